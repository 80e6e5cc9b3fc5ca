"""The file sets of a simulation as the oracle follows them: what becomes of each, and of the directories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from harness.interface.instants import Instant
from harness.oracle.sequence import Arrival, Ending, Fate, SetName, follow
from harness.oracle.spans import SpanDirectory
from harness.oracle.synchronization import AcceptedSet


@dataclass(frozen=True, slots=True)
class SentSet:
    """A set that is sent.

    :param flawed: whether it fails to load.
    """

    name: SetName
    number: int
    content: AcceptedSet
    flawed: bool = False


@dataclass(slots=True)
class SetBooks:
    """The sets under way, and the directories as those leave them that have ended.

    :param expected: the number expected next of each LDC, as of the first of the `arrivals`.
    """

    wait: timedelta
    limit_percent: int
    directories: Mapping[str, SpanDirectory]
    expected: dict[str, int]
    arrivals: list[Arrival] = field(default_factory=list)
    sent: dict[SetName, SentSet] = field(default_factory=dict)
    _followed: int = 0

    def arrives(self, arrival: Arrival) -> None:
        """A file of a set reaches the repository."""
        self.arrivals.append(arrival)

    def proceed(self, now: Instant) -> None:
        """Follow the sets until now. What is synchronized changes the directory of its LDC."""
        if not self.arrivals:
            return
        flawed = {name for name, sent in self.sent.items() if sent.flawed}
        endings = follow(self.arrivals, self.expected, self.wait, now, flawed)
        over = [ending for ending in endings if ending.at is not None]
        for ending in over[self._followed :]:
            self._end(ending)
        self._followed = len(over)
        if len(over) == len(endings):
            for ending in over:
                self.expected[ending.set.ldc] += ending.fate == Fate.PROCESSED
            self.arrivals, self.sent, self._followed = [], {}, 0

    def _end(self, ending: Ending) -> None:
        if ending.fate == Fate.PROCESSED:
            self.directories[ending.set.ldc].synchronize(self.sent[ending.set].content, self.limit_percent)
