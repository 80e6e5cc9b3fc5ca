"""The numbers of the sets of a CIS under test, and how long they are under way (SEQ-02, SEQ-05, SEQ-06, SEQ-08)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta

from harness.interface.instants import Instant, iso
from harness.interface.profile import EITHER
from harness.stage.chapters.cis_sync_sets import GivenSet, SetDesk, sets_named, sets_that_failed
from harness.suite.verdicts import Unmet

STAYS, USED_UP = "number-stays", "number-used-up"
"""The readings of AMB-05 and AMB-22: whether the number of a set that was not taken is still expected."""


class SequenceDesk:
    """Holds the sets of a CIS to their sequence."""

    def __init__(self, sets: SetDesk) -> None:
        self.sets = sets
        self.seat = sets.seat

    # --- numbers (SEQ-02, SEQ-08) ------------------------------------------------------------------------

    def check_numbered(self, ldc: str, first: int) -> None:
        """The sets of an LDC, of either kind, have one number after the other as they left (SEQ-02).

        :raises Unmet: one has another number, or there is none.
        """
        given = _as_they_left(self.sets.demanded(ldc))
        wanted = range(first, first + len(given))
        if (odd := _first_odd(given, wanted)) is not None:
            expected = f"the sets of {ldc!r} numbered {_listed(wanted)}, in the order in which they left"
            raise Unmet(expected, _numbers(given), file=odd.manifest.file.name)

    def check_goes_on(self, ldc: str, first: int) -> None:
        """No number is left out, and none is used by two sets that use theirs up (SEQ-08, AMB-05, AMB-22).

        By one reading the number of a set that was rejected, or that failed to load, is still expected, so that the
        set, or what comes in its place, has it; by the other it is used up, and the next set has the next number. A
        counterpart may take the other reading than the CIS, and state none: then what comes again is rejected as well,
        and the next set has the next number.

        :raises Unmet: none of it is so, as far as the readings are open.
        """
        given = self.sets.given(ldc)
        rejected = [((kind, tx_id), instant) for kind, tx_id, instant in sets_named(self.seat, ("IR10",))]
        failed = [((kind, tx_id), instant) for kind, tx_id, instant in sets_that_failed(self.seat)]
        allowed = []
        for taken in itertools.product(self._readings("AMB-05"), self._readings("AMB-22")):
            tried = [each for each in given if taken[1] == USED_UP or not _was_refused(each, given, failed)]
            others = [each for each in tried if taken[0] == USED_UP or not _was_refused(each, given, rejected)]
            allowed.append(_by_number(others) if STAYS in taken else _as_they_left(given))
            if self.seat.profile.readings["AMB-05"] == EITHER:
                allowed.append(one_of_each(tried, [each for each in tried if not _was_refused(each, given, rejected)]))
        odd = [_first_odd(sets, range(first, first + len(sets))) for sets in allowed]
        if None not in odd:
            expected = f"numbers from {first} on, without gap, by the sets that use theirs up"
            refused = [each for each in given if _was_refused(each, given, [*rejected, *failed])]
            found = f"{_numbers(given)}; of these rejected, or not loaded: {_numbers(refused)}"
            raise Unmet(expected, found, file=next(each for each in odd if each is not None).manifest.file.name)

    def _readings(self, ambiguity: str) -> Sequence[str]:
        """The readings of whether a set that was not taken uses its number up that may be meant."""
        taken = self.seat.profile.readings[ambiguity]
        return (STAYS, USED_UP) if taken == EITHER else (taken,)

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
        given = self.sets.demanded(ldc)
        for held in given:
            for before in (each for each in given if each.number == held.number - 1):
                waited = {"from-first-file": before.last - held.first, "from-last-file": before.last - held.last}
                if self._waited(waited) > self._wait:
                    expected = f"set {before.number} of {ldc!r} within {self._wait} of set {held.number}"
                    raise Unmet(expected, f"the {before} came at {iso(before.last)}", file=before.any_file.name)

    @property
    def _wait(self) -> timedelta:
        return timedelta(minutes=int(self.seat.setting.value("set_wait_time_minutes")))

    def _waited(self, by_reading: Mapping[str, timedelta]) -> timedelta:
        """How long a set has waited: the least that the open readings make of it."""
        taken = self.seat.profile.readings["AMB-06"]
        return min(by_reading.values()) if taken == EITHER else by_reading[taken]


def _was_refused(
    sent: GivenSet, given: Sequence[GivenSet], refusals: Sequence[tuple[tuple[str, str], Instant]]
) -> bool:
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
