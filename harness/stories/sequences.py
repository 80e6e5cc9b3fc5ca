"""The numbers of file sets, as those who send them count: an LDC, and its agent (SEQ-02, AMB-34).

Whose sets a sequence counts is said nowhere. Where the system does not state it either, the first set of an agent shows
it: it has the LDC's next number, which nobody awaits of an agent that has a sequence of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.stories.mail import Seen

FIRST_NUMBER = 1
_PROCESSED = frozenset({"IR06", "IR14"})
"""What tells that a set was processed; a set that was rejected is in neither."""


@dataclass(slots=True)
class Sequences:
    """The next numbers of sequences, by the organisation that each is counted for.

    :param agents_apart: whether an agent's sets have a sequence of their own; None where nobody knows yet.
    :ivar shown_by: the TX_ID of the set that will show it.
    """

    agents_apart: bool | None
    numbers: dict[str, int] = field(default_factory=dict)
    shown_by: str | None = None

    @classmethod
    def of_reading(cls, reading: str) -> Sequences:
        """As AMB-34 is read: stated, or open."""
        return cls({"per-ldc": False, "per-submitter": True}.get(reading))

    def counted_for(self, ldc: str, submitter: str) -> str:
        """In whose sequence a set counts; while nobody knows, in the LDC's."""
        return submitter if self.agents_apart else ldc

    def next_number(self, ldc: str, submitter: str) -> int:
        """The number that the next set of a submitter has."""
        return self.numbers.get(self.counted_for(ldc, submitter), FIRST_NUMBER)

    def use(self, ldc: str, submitter: str) -> None:
        """The set that was sent is going to be processed: the next one has the next number."""
        self.numbers[self.counted_for(ldc, submitter)] = self.next_number(ldc, submitter) + 1

    def is_told_apart(self, ldc: str) -> bool:
        """Whether an agent's next set would show whose sequence it counts in: not where both expect one number."""
        return self.next_number(ldc, ldc) != FIRST_NUMBER

    def learn(self, ldc: str, seen: Iterable[Seen]) -> bool:
        """Note what became of the set that shows whose sequences there are.

        :returns: whether it was rejected, as a set of a sequence of its own: then it has to be sent again.
        """
        awaited, self.shown_by = self.shown_by, None
        if awaited is None:
            return False
        self.agents_apart = not any(_is_about(each, awaited) for each in seen)
        if self.agents_apart:
            self.numbers[ldc] = self.next_number(ldc, ldc) - 1
        return self.agents_apart


def _is_about(seen: Seen, tx_id: str) -> bool:
    """Whether a file tells that the set of a TX_ID was processed."""
    return seen.type in _PROCESSED and any(
        record["tx_id"] == tx_id for record in seen.content.others if "tx_id" in record.layout.positions
    )
