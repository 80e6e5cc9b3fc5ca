"""Whether numbers reveal a sequence (USDP-04). A statistic that random numbers practically never fail.

Held against a system that draws from at least 10⁷ numbers, the chance of failing it is below 10⁻⁹; a test works it out.
A sequence that is hidden better than this is not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

SAMPLE = 64
"""How many numbers the statistic wants."""
TURNS = 3
"""At most this many turns in the other direction make a run."""
EQUAL_STEPS = 8
"""So many equal steps make a rhythm."""
TRAILING = (10**3, 10**4, 10**5, 10**6)
"""Numbers are looked at whole, and by their last three to six digits: a running number may stand behind random ones."""
CROWD = 100
"""Numbers that lie, on average, closer than this to each other make a block."""


def sequence_shown(numbers: Sequence[int]) -> str | None:
    """How the numbers, in the order in which they were asked for, reveal a sequence; None where they do not."""
    steps = [after - before for before, after in pairwise(numbers)]
    rising = sum(step > 0 for step in steps)
    if rising <= TURNS or rising >= len(steps) - TURNS:
        return f"{max(rising, len(steps) - rising)} of {len(steps)} steps go the same way"
    step, count = Counter(steps).most_common(1)[0]
    if count >= EQUAL_STEPS:
        return f"{count} of {len(steps)} steps are {step:+d}"
    for modulus in TRAILING:
        step, count = Counter(step % modulus for step in steps).most_common(1)[0]
        if count >= EQUAL_STEPS:
            return f"{count} of {len(steps)} steps of the last {len(str(modulus)) - 1} digits are {step:+d}"
    span = max(numbers) - min(numbers) + 1
    if span < CROWD * len(numbers):
        return f"{len(numbers)} numbers lie in a block of {span}"
    return None
