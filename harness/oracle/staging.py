"""What the billing quantity process reports have to say: the staging table, and what changed after delivery.

It carries BRP-04 to BRP-10.

The table is read off the requests that are open and the answers that were given, at the moment of a report. Readings
taken: AMB-12 (reports run when they are due, over what happened since the last), AMB-16 and AMB-20.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from harness.interface.instants import Day, Instant, day_of
from harness.oracle.billing import Answer, BillingBooks, Request
from harness.oracle.calendar import every_day
from harness.oracle.quantities import Part, energy, is_complete, quantities, structure_of, total_wh


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the staging table at a moment; words are the names of codes in the profile.

    :param must: whether it has to be listed; else it may.
    :param status: its Transaction Status, None while it is open.
    """

    request: Request
    must: bool
    read_status: str
    status: str | None
    export_status: str
    window_end: Day
    completed: Instant | None


def staging_table(
    books: BillingBooks, ldc: str, moment: Instant, has_arrived: Callable[[Answer, Instant], bool | None]
) -> list[Row]:
    """The requests of an LDC that may be listed at a moment.

    :param has_arrived: whether an answer has reached its recipient by a moment; None where nobody may receive it.
    """
    rows = [_open(books, request, moment) for request in books.open if request.ldc == ldc]
    today = day_of(moment)
    no_window_is_longer = timedelta(days=7 + 3 * books.terms.window_business_days)
    for answer in books.answers:
        if answer.request.ldc == ldc and max(answer.request.end, day_of(answer.at)) + no_window_is_longer >= today:
            window_end = books.window_ends(answer.request)
            if day_of(answer.at) == today or today <= window_end:
                rows.append(_closed(answer, moment, window_end, has_arrived(answer, moment)))
    return rows


def _open(books: BillingBooks, request: Request, moment: Instant) -> Row:
    if not is_processed(books, request, moment):
        word = "pending"
    else:
        held = books.meters.days.get(request.sdp, {})
        there = (held.get(day) for day in every_day(request.start, request.end))
        any_data = any(day is not None and any(status is not None for status in day.status) for day in there)
        word = "in_process" if any_data else "no_data"
    return Row(request, True, word, None, "not_sent", books.window_ends(request), None)


def is_processed(books: BillingBooks, request: Request, moment: Instant) -> bool:
    """Whether a request was looked at: an off-cycle one on receipt, any other by a run after it."""
    if not request.on_cycle:
        return True
    return any(request.received < run <= moment for run in books.runs_of(day_of(request.received), day_of(moment)))


def _closed(answer: Answer, moment: Instant, window_end: Day, arrived: bool | None) -> Row:
    sent = "not_sent" if arrived is None else "sent" if arrived else "delivery_failed"
    read = "data_found" if answer.parts else "failed"
    today = day_of(answer.at) == day_of(moment)
    return Row(answer.request, today, read, answer.status, sent, window_end, answer.at)


def closed_without(books: BillingBooks, ldc: str, after: Instant, until: Instant) -> list[Answer]:
    """The answers without quantities since the last BR06 (AMB-20)."""
    return [
        answer
        for answer in books.answers
        if answer.request.ldc == ldc and not answer.parts and after < answer.at <= until
    ]


def failed_sum_check(books: BillingBooks, ldc: str, after: Instant, until: Instant) -> list[Answer]:
    """The answers that failed the sum check since the last BR05 (AMB-12)."""
    return [
        answer
        for answer in books.answers
        if answer.request.ldc == ldc
        and answer.checked is not None
        and answer.checked.status is not None
        and after < answer.at <= until
    ]


# --- what changed after delivery -------------------------------------------------------------------------------


class Period(NamedTuple):
    """A billing period of an SDP."""

    ldc: str
    sdp: str
    start: Day
    end: Day


@dataclass(frozen=True, slots=True)
class Rebilling:
    """A period whose quantities would come out otherwise now, all over: the energy then and now, in Wh."""

    period: Period
    original_wh: int
    new_wh: int
    is_hourly: bool


@dataclass(slots=True)
class RebillingBooks:
    """What BR03 has to tell: days of data that came since the last one, and what was told last of each period."""

    books: BillingBooks
    touched: dict[str, set[Day]] = field(default_factory=dict)
    told: dict[Period, tuple[Answer, object]] = field(default_factory=dict)
    last: dict[str, dict[tuple[Day, Day], Answer]] = field(default_factory=dict)
    _read: int = 0

    def comes(self, sdp: str, day: Day) -> None:
        """Data of a day has come."""
        self.touched.setdefault(sdp, set()).add(day)

    def take(self) -> list[Rebilling]:
        """What there is to tell now, of all LDCs."""
        for answer in self.books.answers[self._read :]:
            if answer.parts:
                request = answer.request
                self.last.setdefault(request.sdp, {})[request.start, request.end] = answer
        self._read = len(self.books.answers)
        touched, self.touched = self.touched, {}
        return [news for sdp, days in sorted(touched.items()) for news in self._of(sdp, days)]

    def _of(self, sdp: str, days: Collection[Day]) -> Iterator[Rebilling]:
        for (start, end), answer in self.last.get(sdp, {}).items():
            parts = [part for part, _ in answer.parts]
            if not any(start <= day <= end for day in days):
                continue
            if not all(is_complete(self.books.meters, sdp, part) for part in parts):
                continue
            now = [energy(quantities(self.books.meters, sdp, part, self.books.calendar)) for part in parts]
            then = [energy(by_type) for _, by_type in answer.parts]
            period = Period(answer.request.ldc, sdp, start, end)
            before, self.told[period] = self.told.get(period), (answer, now)
            if now != then and before != (answer, now):
                yield Rebilling(period, total_wh(then), total_wh(now), _is_hourly(parts))


def _is_hourly(parts: Iterable[Part]) -> bool:
    return structure_of(list(parts)[-1].framing).energy == "hourly"
