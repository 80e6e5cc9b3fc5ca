"""Some SDPs computed by the oracle, too: a second model that shares nothing with what computed them.

Which SDPs is drawn from a seed among those that were asked for. The oracle is given the intervals as they were read,
and says which of their requests have quantities, how periods are divided, and what each sub-period comes to.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.instants import EST, Day, Instant
from harness.interface.profile import Profile
from harness.oracle.calendar import Calendar
from harness.oracle.quantities import NOT_JUDGED as OPEN
from harness.oracle.quantities import MeterBook, is_complete, parts_of, quantities
from harness.oracle.spans import State, value_on
from harness.recompute.delivered import HOURS, NONE
from harness.recompute.ids import Ids
from harness.recompute.master_data import day_number
from harness.recompute.quantities import NOT_JUDGED, OUTCOMES, TOTALS, UNDETERMINED, Quantities

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


class SecondModel:
    """The oracle, with what a profile says."""

    def __init__(self, profile: Profile) -> None:
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
    ) -> Sampled:
        """Compute the requests of one SDP, and hold what was found to it.

        :param requests: the row, first day and end of each.
        :param runs: start, minutes, Wh, statuses and varh of consecutive intervals.
        :param framings: states of its framing structure; `accounts`: of its account.
        """
        book = self._book(sdp, runs)
        for row, start, end in requests:
            if found.outcome[row] == _UNDETERMINED:
                continue
            told = self._disagreement(book, sdp, row, (day_number(start), day_number(end)), framings, accounts, found)
            if told is not None:
                return Sampled(sdp, told)
        return Sampled(sdp, None)

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
        framings: Sequence[Any],
        accounts: Sequence[Any],
        found: Quantities,
    ) -> str | None:
        history = tuple(State(state.start, state.end, self.words.get(state.value, state.value)) for state in framings)
        account = tuple(State(*state) for state in accounts)
        parts = parts_of(*period, lambda day: value_on(history, day), lambda day: value_on(account, day), self.calendar)
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
