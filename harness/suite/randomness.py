"""Whether numbers reveal a sequence (USDP-04). A statistic that random numbers practically never fail.

Held against a system that draws from at least 10⁷ numbers in a row, the chance of failing it is below 10⁻⁹; a test
works it out. A sequence that is hidden better than this is not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

SAMPLE = 64
"""How many numbers the statistic looks at, and wants."""
LAGS = {1: "", 2: " from the last but one"}
"""Numbers are held against the one before, and against the last but one: two sequences may take turns."""
TURNS = 3
"""At most this many turns in the other direction make a run."""
EQUAL_STEPS = 8
"""So many equal steps make a rhythm."""
TRAILING = 10**3
"""Numbers are looked at whole, and by their last three digits: a running number may stand behind random ones."""
ENDINGS = SAMPLE // 2
"""So many different endings may be a running number; fewer are a code, such as that of a region, and no sequence."""
CROWD = 1000
"""Numbers that lie, on average, closer than this to each other make a block."""


def sequence_shown(numbers: Sequence[int]) -> str | None:
    """How the first numbers, in the order in which they were asked for, reveal a sequence; None where they do not."""
    numbers = _without_common_ending(numbers[:SAMPLE])
    for lag, which in LAGS.items():
        if (shown := _shown_by_steps(numbers, lag)) is not None:
            return shown + which
    span = max(numbers) - min(numbers) + 1
    if span < CROWD * len(numbers):
        return f"{len(numbers)} numbers lie in a block of {span}"
    return None


def _shown_by_steps(numbers: Sequence[int], lag: int) -> str | None:
    steps = [after - before for before, after in zip(numbers, numbers[lag:], strict=False)]
    rising = sum(step > 0 for step in steps)
    if rising <= TURNS or rising >= len(steps) - TURNS:
        return f"{max(rising, len(steps) - rising)} of {len(steps)} steps go the same way"
    step, count = Counter(steps).most_common(1)[0]
    if count >= EQUAL_STEPS:
        return f"{count} of {len(steps)} steps are {step:+d}"
    if len({number % TRAILING for number in numbers}) >= ENDINGS:
        step, count = Counter(step % TRAILING for step in steps).most_common(1)[0]
        if count >= EQUAL_STEPS:
            return f"{count} of {len(steps)} steps of the last three digits are {step:+d}"
    return None


def _without_common_ending(numbers: Sequence[int]) -> Sequence[int]:
    """Numbers without the last digits that all of them share: a code, or the zeros of a step."""
    while any(numbers) and len({number % 10 for number in numbers}) == 1:
        numbers = [number // 10 for number in numbers]
    return numbers
