"""The numbers of the sets of a CIS under test, and how long they are under way (SEQ-02, SEQ-05, SEQ-06, SEQ-08).

The sets of an LDC have a sequence, or those that its agent submits, of whichever LDC (AMB-34).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from harness.interface.instants import Instant, iso
from harness.interface.profile import EITHER
from harness.stage.chapters.cis_sync_sets import (
    GivenSet,
    SetDesk,
    ToldAs,
    sets_named,
    sets_rejected_without_number,
    sets_that_failed,
)
from harness.suite.verdicts import Unmet

USED_UP = "number-used-up"
"""The reading of AMB-05 and AMB-22 by which a set that was not taken uses up its number."""


Refusal: TypeAlias = tuple[ToldAs, Instant]
"""By which name a report says that a set was refused, and when it was delivered."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Sets that are counted together: whose they are, the number of the first, and in the order in which they left."""

    whose: str
    first: int
    sets: Sequence[GivenSet]


class SequenceDesk:
    """Holds the sets of a CIS to their sequence."""

    def __init__(self, sets: SetDesk) -> None:
        self.sets = sets
        self.seat = sets.seat

    # --- numbers (SEQ-02, SEQ-08) ------------------------------------------------------------------------

    def countings(self, ldc: str, first: int) -> list[Counting]:
        """In which sequences the sets of an LDC may be counted: its own, or that of who submits them (AMB-34)."""
        of_the_ldc = Counting(f"the sets of {ldc!r}", first, _as_they_left(self.sets.given(ldc)))
        you = self.seat.you.alias
        of_submitter = of_the_ldc if you == ldc else self.of_submitter(self.seat.first_number(you))
        by_reading = {"per-ldc": of_the_ldc, "per-submitter": of_submitter}
        return [by_reading[reading] for reading in self._readings("AMB-34")]

    def of_submitter(self, first: int) -> Counting:
        """All sets that the CIS gave, of whichever LDC."""
        return Counting(f"the sets that {self.seat.you.alias!r} has sent", first, _as_they_left(self.sets.all_given()))

    def check_numbered(self, ldc: str, first: int) -> None:
        """The sets of an LDC, of either kind, have one number after the other as they left (SEQ-02).

        :raises Unmet: one has another number, or there is none.
        """
        self.sets.demanded(ldc)
        _check_one_after_the_other(self.countings(ldc, first))

    def check_numbered_together(self, first: int) -> None:
        """All sets that the CIS gave have one number after the other as they left (SEQ-02, AMB-34:per-submitter).

        :raises Unmet: one has another number, or there is none.
        """
        counting = self.of_submitter(first)
        if not counting.sets:
            raise Unmet(f"the CIS has sent a file set by {iso(self.seat.now)}", "none")
        _check_one_after_the_other([counting])

    def check_goes_on(self, ldc: str, first: int) -> None:
        """No number is left out, and none is used by two sets that use theirs up (SEQ-08, AMB-05, AMB-22).

        By one reading the number of a set that was rejected, or that failed to load, is still expected, so that the
        set, or what comes in its place, has it; by the other it is used up, and the next set has the next number. Where
        the rejection names no number, as of a set whose manifest got lost, it may be either way.

        A counterpart may take the other reading than the CIS, and state none: then what comes again is rejected as
        well, and the next set has the next number.

        :raises Unmet: none of it is so, as far as the readings are open.
        """
        countings = self.countings(ldc, first)
        odd = [self._first_out_of_order(each) for each in countings]
        if None not in odd:
            given = countings[0].sets
            refused = [each for each in given if _was_refused(each, given, [*self._rejected(), *self._failed()])]
            expected = f"numbers from {countings[0].first} on, without gap, by the sets that use theirs up"
            found = f"{_numbers(given)}; of these rejected, or not loaded: {_numbers(refused)}"
            raise Unmet(expected, found, file=next(each for each in odd if each is not None).manifest.file.name)

    def _first_out_of_order(self, counting: Counting) -> GivenSet | None:
        """The first set with a number that it can have by no reading of what uses numbers up; None where all can."""
        given, rejected, failed, unnumbered = counting.sets, self._rejected(), self._failed(), self._unnumbered()
        allowed = []
        for taken in itertools.product(self._readings("AMB-05"), self._readings("AMB-22")):
            tried = [each for each in given if taken[1] == USED_UP or not _was_refused(each, given, failed)]
            others = [each for each in tried if taken[0] == USED_UP or not _was_refused(each, given, rejected)]
            allowed.append(others if set(taken) == {USED_UP} else _by_number(others))
            allowed.append(_by_number([each for each in others if not _was_refused(each, given, unnumbered)]))
            if self.seat.profile.readings["AMB-05"] == EITHER:
                allowed.append(one_of_each(tried, [each for each in tried if not _was_refused(each, given, rejected)]))
        odd = [_first_odd(sets, range(counting.first, counting.first + len(sets))) for sets in allowed]
        return None if None in odd else next(each for each in odd if each is not None)

    def _rejected(self) -> Sequence[Refusal]:
        return list(sets_named(self.seat, ("IR10",)))

    def _unnumbered(self) -> Sequence[Refusal]:
        return list(sets_rejected_without_number(self.seat))

    def _failed(self) -> Sequence[Refusal]:
        return list(sets_that_failed(self.seat))

    def _readings(self, ambiguity: str) -> Sequence[str]:
        """The readings of an ambiguity that may be meant."""
        taken = self.seat.profile.readings[ambiguity]
        return tuple(self.seat.profile.known_readings[ambiguity]) if taken == EITHER else (taken,)

    # --- time (SEQ-05, SEQ-06) ---------------------------------------------------------------------------

    def check_whole_in_time(self, ldc: str) -> None:
        """All files of a set leave within the wait-time (SEQ-06, AMB-06).

        :raises Unmet: one leaves later, or there is no set.
        """
        for each in self.sets.demanded(ldc):
            left = sorted(file.file.instant for file in each.files.values())
            waited = {"from-first-file": left[-1] - left[0], "from-last-file": _longest_pause(left)}
            if self._waited(waited) > self._wait:
                last = max(each.files.values(), key=lambda file: file.file.instant)
                expected = f"all files of the {each} within {self._wait}"
                raise Unmet(expected, f"file {last.place} at {iso(last.file.instant)}", file=last.file.name)

    def check_predecessors_in_time(self, ldc: str) -> None:
        """Before a set has waited for the wait-time, the sets before it have left, whole (SEQ-05, AMB-06).

        :raises Unmet: one comes later, or there is no set.
        """
        self.sets.demanded(ldc)
        overtaken = [self._overtaken(each) for each in self.countings(ldc, self.seat.first_number(ldc))]
        if None not in overtaken:
            raise next(each for each in overtaken if each is not None)

    def _overtaken(self, counting: Counting) -> Unmet | None:
        """That a set waits too long for one before it; None where none does."""
        for held in counting.sets:
            for before in (each for each in counting.sets if each.number == held.number - 1):
                waited = {"from-first-file": before.last - held.first, "from-last-file": before.last - held.last}
                if self._waited(waited) > self._wait:
                    expected = f"of {counting.whose} set {before.number} within {self._wait} of set {held.number}"
                    return Unmet(expected, f"the {before} came at {iso(before.last)}", file=before.any_file.name)
        return None

    @property
    def _wait(self) -> timedelta:
        return timedelta(minutes=int(self.seat.setting.value("set_wait_time_minutes")))

    def _waited(self, by_reading: Mapping[str, timedelta]) -> timedelta:
        """How long a set has waited: the least that the open readings make of it."""
        taken = self.seat.profile.readings["AMB-06"]
        return min(by_reading.values()) if taken == EITHER else by_reading[taken]


def _check_one_after_the_other(countings: Sequence[Counting]) -> None:
    """:raises Unmet: the sets have not one number after the other, in whichever sequence they are counted."""
    wanted = [range(each.first, each.first + len(each.sets)) for each in countings]
    odd = [_first_odd(each.sets, numbers) for each, numbers in zip(countings, wanted, strict=True)]
    if (first := odd[0]) is not None and None not in odd:
        numbered = (
            f"{each.whose} numbered {_listed(numbers)}" for each, numbers in zip(countings, wanted, strict=True)
        )
        expected = f"{', or '.join(dict.fromkeys(numbered))}, in the order in which they left"
        raise Unmet(expected, _numbers(countings[0].sets), file=first.manifest.file.name)


def _was_refused(sent: GivenSet, given: Sequence[GivenSet], refusals: Sequence[Refusal]) -> bool:
    """Whether a set was refused before it was sent again: that may be under the TX_ID that it had."""
    again = [each.first for each in given if each.told_as == sent.told_as and each.first > sent.first]
    return any(
        named == sent.told_as and sent.first <= instant and not any(first < instant for first in again)
        for named, instant in refusals
    )


def one_of_each(given: Sequence[GivenSet], others: Sequence[GivenSet]) -> list[GivenSet]:
    """The sets that were not rejected, and of each number of which all were, the first; by their numbers."""
    taken = {each.number for each in others}
    first = {each.number: each for each in reversed(_as_they_left(given)) if each.number not in taken}
    return _by_number([*others, *first.values()])


def _by_number(given: Sequence[GivenSet]) -> list[GivenSet]:
    return sorted(given, key=lambda each: each.number)


def _as_they_left(given: Sequence[GivenSet]) -> list[GivenSet]:
    """Sets in the order in which they left; those of one instant by their numbers."""
    return sorted(given, key=lambda each: (each.first, each.number))


def _first_odd(given: Sequence[GivenSet], wanted: Sequence[int]) -> GivenSet | None:
    """The first set that has not the number that is wanted of it."""
    return next((each for each, number in zip(given, wanted, strict=True) if each.number != number), None)


def _longest_pause(left: Sequence[Instant]) -> timedelta:
    return max((later - earlier for earlier, later in itertools.pairwise(left)), default=timedelta())


def _numbers(given: Sequence[GivenSet]) -> str:
    return _listed([each.number for each in given])


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"
