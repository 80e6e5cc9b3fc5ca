"""Some SDPs computed by the oracle, too: a second model that shares nothing with what computed them.

Which SDPs is drawn from a seed among those that were asked for. The oracle is given the intervals as they were read,
and says which of their requests have quantities, how periods are divided, what each sub-period comes to, and whether
the sum check holds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.instants import EST, Day, Instant
from harness.interface.profile import Profile
from harness.oracle.calendar import Calendar
from harness.oracle.master_directory import Attribute
from harness.oracle.quantities import NOT_JUDGED as OPEN
from harness.oracle.quantities import MeterBook, is_complete, parts_of, quantities
from harness.oracle.quantities import Part as OraclePart
from harness.oracle.spans import SpanDirectory, State, value_on
from harness.oracle.sum_check import RegisterBook, SumCheckTerms
from harness.recompute.delivered import HOURS, NONE
from harness.recompute.ids import Ids
from harness.recompute.master_data import day_number
from harness.recompute.quantities import NOT_JUDGED, OUTCOMES, TOTALS, UNDETERMINED, Quantities
from harness.recompute.sum_checks import PASSED, WORDS, SumChecks

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNDETERMINED = OUTCOMES.index(UNDETERMINED)
_STATUSES = ("missing", "VAL", "EST", "NV", "NVE")


def drawn(sdps: Ids, size: int, seed: int) -> frozenset[str]:
    """Some of the SDPs, each once; all of them where there are no more."""
    chance = random.Random(seed)
    chosen = chance.sample(range(sdps.size), min(size, sdps.size))
    return frozenset(sdps[place].decode() for place in chosen)


@dataclass(frozen=True, slots=True)
class Sampled:
    """An SDP that the oracle looked at: the disagreement that came up first, or none."""

    sdp: str
    disagreement: str | None


class RegistersOfSdp(NamedTuple):
    """What the oracle is told of an SDP's registers.

    :param histories: states of attributes of the SDP; `of_meters`: of its meters, by meter and attribute.
    :param reads: seconds since 1970-01-01 00:00 UTC, and dial units.
    """

    histories: Mapping[str, Sequence[Any]]
    of_meters: Mapping[tuple[str, str], Sequence[Any]]
    reads: Sequence[tuple[int, int]]


class SecondModel:
    """The oracle, with what a profile says."""

    def __init__(self, profile: Profile) -> None:
        self.terms = _terms(profile)
        self.one_read_serves = profile.decision("AMB-56") == "one-read-serves"
        critical = {Day(date.fromisoformat(day)) for day in profile.values["critical_peak_days"]}
        readings = profile.decided()
        prevailing = readings["AMB-14"] == "prevailing-time"
        holidays = statutory_holidays(), price_plan_holidays()
        self.calendar = Calendar(*holidays, tou_schedules(), critical, prevailing)
        self.words = {code: word for word, code in profile.codes["framing_structure"].items()}
        nv = readings["AMB-04"] == "nv-eligible"
        self.eligible = _STATUSES[1:4] if nv else _STATUSES[1:3]

    def look_at(
        self,
        sdp: str,
        requests: Iterable[tuple[int, int, int]],
        runs: Iterable[tuple[int, int, list[int], list[int], list[int] | None]],
        framings: Sequence[Any],
        accounts: Sequence[Any],
        found: Quantities,
        registers: RegistersOfSdp | None = None,
        checks: SumChecks | None = None,
    ) -> Sampled:
        """Compute the requests of one SDP, and hold what was found to it.

        :param requests: the row, first day and end of each.
        :param runs: start, minutes, Wh, statuses and varh of consecutive intervals.
        :param framings: states of its framing structure; `accounts`: of its account.
        :param registers: where sum checks were computed, what they rest on; `checks`: what they came to.
        """
        book = self._book(sdp, runs)
        for row, start, end in requests:
            if found.outcome[row] == _UNDETERMINED:
                continue
            period = day_number(start), day_number(end)
            parts = self._parts(period, framings, accounts)
            told = self._disagreement(book, sdp, row, period, parts, found)
            if told is None and parts and registers is not None and checks is not None:
                told = self._disagreement_on_sum_check(book, sdp, row, parts, registers, checks)
            if told is not None:
                return Sampled(sdp, told)
        return Sampled(sdp, None)

    def _parts(
        self, period: tuple[Day, Day], framings: Sequence[Any], accounts: Sequence[Any]
    ) -> list[OraclePart] | None:
        history = tuple(State(state.start, state.end, self.words.get(state.value, state.value)) for state in framings)
        account = tuple(State(*state) for state in accounts)
        return parts_of(*period, lambda day: value_on(history, day), lambda day: value_on(account, day), self.calendar)

    def _book(self, sdp: str, runs: Iterable[tuple[int, int, list[int], list[int], list[int] | None]]) -> MeterBook:
        book = MeterBook(self.eligible)
        for start, minutes, wh, status, varh in runs:
            for place, (energy, number) in enumerate(zip(wh, status, strict=True)):
                if number:
                    moment = Instant((_EPOCH + timedelta(minutes=start + place * minutes)).astimezone(EST))
                    reactive = None if varh is None else [varh[place]]
                    book.write(sdp, moment, minutes, [energy], _STATUSES[number], reactive)
        return book

    def _disagreement(
        self,
        book: MeterBook,
        sdp: str,
        row: int,
        period: tuple[Day, Day],
        parts: list[OraclePart] | None,
        found: Quantities,
    ) -> str | None:
        whole = parts is not None and all(is_complete(book, sdp, part) for part in parts)
        if whole != (found.outcome[row] == 0):
            return f"{_period(period)}: {'all' if whole else 'not all'} data is there and eligible"
        if not whole or parts is None:
            return None
        members = np.flatnonzero(found.parts.request == row).tolist()
        if len(members) != len(parts):
            return f"{_period(period)}: {len(parts)} sub-periods, {len(members)} computed"
        for member, part in zip(members, parts, strict=True):
            told = _differs(quantities(book, sdp, part, self.calendar), member, found)
            if told is not None:
                return f"{_period((part.start, part.end))}: {told}"
        return None

    def _disagreement_on_sum_check(
        self,
        book: MeterBook,
        sdp: str,
        row: int,
        parts: list[OraclePart],
        registers: RegistersOfSdp,
        checks: SumChecks,
    ) -> str | None:
        """What the oracle says of a sum check otherwise; nothing where it is open, or there are no quantities."""
        if checks.status[row] < 0:
            return None
        directory = SpanDirectory()
        for name, states in registers.histories.items():
            directory.take(Attribute("sdp", sdp, name), tuple(State(*state) for state in states))
        for (meter, name), states in registers.of_meters.items():
            directory.take(Attribute("meter", meter, name), tuple(State(*state) for state in states))
        reads = RegisterBook(self.terms)
        for seconds, reading in registers.reads:
            reads.take(sdp, Instant((_EPOCH + timedelta(seconds=seconds)).astimezone(EST)), reading)
        checked = reads.check(book, directory, sdp, parts)
        word = WORDS[PASSED] if checked is None or checked.status is None else checked.status
        if checked is not None and checked.first is not None and checked.first == checked.last and self.one_read_serves:
            word = WORDS[PASSED]
        period = _period((parts[0].start, parts[-1].end))
        if word != WORDS[checks.status[row]]:
            return f"{period}: the sum check comes to {word}, {WORDS[checks.status[row]]} computed"
        variance = None if checked is None else checked.variance_wh
        if variance is not None and variance != checks.variance_wh[row]:
            return f"{period}: a variance of {variance} Wh, {checks.variance_wh[row]} computed"
        return None


def _terms(profile: Profile) -> SumCheckTerms:
    values = profile.values
    return SumCheckTerms(
        frozenset(values["vee_services_without_sum_check"]),
        int(values["sum_check_threshold_percent"]),
        timedelta(hours=int(values["sum_check_register_range_hours"])),
        int(values["register_digits"]),
        profile.decision("AMB-11") == "nearest-later-on-a-tie",
    )


def _period(period: tuple[Day, Day]) -> str:
    return f"{period[0]} to {period[1]}"


def _differs(records: Mapping[str, Sequence[Mapping[str, Any]]], member: int, found: Quantities) -> str | None:
    """In which quantity what the oracle says of a sub-period differs from what was found."""
    for file_type, several in records.items():
        if file_type == "6100":
            hours = [int(fields[hour]) for fields in several for hour in HOURS]
            if hours != found.hours[member].tolist():
                return "the hours are other ones"
            continue
        for fields in several:
            for place, name in enumerate(TOTALS):
                got = int(found.totals[member, place])
                if name in fields and fields[name] != OPEN and got not in {NOT_JUDGED, _number(fields[name])}:
                    return f"{name} is {fields[name]}, {'none' if got == NONE else got} computed"
    return None


def _number(value: Any) -> int:
    return NONE if value is None else int(value)
