"""Days of an LDC whose CIS is under test: each evening the MDM/R knows what the books say, and the referee watches.

Judged when nothing is under way any more: what the MDM/R knows of each SDP by the sets that it has processed
(USDP-18, USDP-20, ISY-10 to ISY-22), that each month's quantities are asked for once, without gap or overlap
(BSV-02, BSV-09), and come, or are asked for again (WIN-11), and that a response that got lost is asked for as it was
delivered, each time that it does (BSV-10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeGuard

from harness.interface.fields import Value
from harness.interface.instants import Day, Instant, day_of
from harness.oracle.master_directory import Attribute
from harness.oracle.spans import History, SpanDirectory, value_on
from harness.port.business import CODED, plain
from harness.referee.sync_differences import SCENARIOS
from harness.stage.chapters.cis_sync_sets import GivenSet, ToldAs, content_of, named_by, sendings
from harness.stage.chapters.mailboxes import as_read, file_type
from harness.stage.conversation import Delivered, Sent
from harness.stage.seat import CisConversation
from harness.stories.cis_days import LDC, RETAILER, SUNDAY, CisLife, Period
from harness.stories.ledger import Ledger
from harness.stories.living import DayCount, Lived
from harness.stories.story import Story
from harness.stories.utility import day_after
from harness.stories.watched import LedgerWatch

RULES: Mapping[str, str] = {**SCENARIOS, "sdp_to_meter": "ISY-10", "service_status": "ISY-13"}
"""The business scenario that an attribute is told by; all others by that of a new SDP, ISY-22."""
NO_LIMIT_PERCENT = 100
AWAY = (-20, -3, -1, 0, 1, 5, 16)
"""On how many days around today each attribute is compared."""
PATIENCE_DAYS = 3
"""For so many days a set may be under way before the MDM/R is held to the books without it."""
ANSWERED_DAYS = 9
"""So many days after a month's quantities were asked for they have to have come."""
_SETS, _REPORTS, _QUANTITIES = ("3000", "4000"), ("IR06", "IR07"), ("6000", "6100", "6200")
_PROCESSED = ("completed", "completed_with_exceptions")


def live(seat: CisConversation, story: Story, lived: Lived, *, step: Callable[[], None]) -> None:
    """Let a story happen, and hold the CIS to it day by day.

    :param lived: takes up what the days come to; `step` is called after each.
    :raises AdapterFailure: a system cannot go on.
    :raises Pending: the CIS's clock has not come so far.
    """
    seat.take_seat(LDC, "ldc")
    seat.register(RETAILER, "agent")
    watch = LedgerWatch(seat, seat.judged, lived.ledger)
    seat.let_watch(watch)
    first = day_of(seat.setting.anchor)
    life = CisLife(seat, story, first)
    evening = Evening(seat, life, lived.ledger)
    given = got = 0
    for number in range(story.length):
        lived.ledger.day = number
        life.live(number)
        watch.check()
        evening.check(day_after(first, number))
        watch.check()
        lived.days.append(_counted(day_after(first, number), seat, seat.got[got:]))
        lived.submitted.update(file_type(file) for file in seat.given[given:])
        lived.events.update(event.kind for event in story.on(number))
        given, got = len(seat.given), len(seat.got)
        step()
    seat.end()
    watch.noticed()
    watch.check()


@dataclass(slots=True)
class Evening:
    """Holds the MDM/R to the books at each day's end.

    :ivar directory: what the MDM/R knows, by the sets that it has processed; in `other`, what was left open does not
        hold again after a span of a later set, which is as right.
    """

    seat: CisConversation
    life: CisLife
    ledger: Ledger
    directory: SpanDirectory = field(default_factory=SpanDirectory)
    other: SpanDirectory = field(default_factory=SpanDirectory)
    _files: list[Sent] = field(default_factory=list)
    _sent: int = 0
    _delivered: int = 0
    _checked: int = 0
    _processed: dict[ToldAs, Instant] = field(default_factory=dict)
    _asked: list[tuple[str, Day, Day]] = field(default_factory=list)
    _recovered: list[tuple[str, Day, Day, Instant]] = field(default_factory=list)
    _recoveries: int = 0
    _came: dict[str, set[date]] = field(default_factory=dict)
    _given: int = 0
    _got: int = 0
    _waiting_since: Day | None = None

    def check(self, day: Day) -> None:
        """Judge a day, when nothing is under way any more."""
        self._take_sets()
        self._check_periods(day)
        self._check_recoveries()
        if self._files:
            self._waiting_since = self._waiting_since or day
            if (day - self._waiting_since).days < PATIENCE_DAYS:
                return
        else:
            self._waiting_since = None
        ids = self.life.universal_ids()
        thoroughly = day.weekday() == SUNDAY or self.life.story.length - 1 == (day - self.life.first).days
        for sdp in sorted(self.life.books.created):
            if self.ledger.day and not thoroughly and sdp not in self.life.touched:
                continue
            self._check_sdp(sdp, ids.get(sdp), day)
        self.life.touched.clear()

    # --- what the MDM/R knows --------------------------------------------------------------------------------

    def _take_sets(self) -> None:
        """Take in the sets that the MDM/R has processed since the last time, in the order in which it did."""
        arrived = self.seat.sent[self._sent :]
        self._files += [each for each in arrived if each.organisation == self.seat.you.id and file_type(each) in _SETS]
        self._sent = len(self.seat.sent)
        for file in self.seat.delivered[self._delivered :]:
            self._note_report(file)
        self._delivered = len(self.seat.delivered)
        sets = [each for each in sendings(self._files, self.seat) if self._is_processed(each)]
        sets.sort(key=lambda each: (self._processed[each.told_as], each.number))
        for each in sets:
            content = content_of(each, self.seat)
            self.directory.synchronize(content, NO_LIMIT_PERCENT)
            self.other.synchronize(replace(content, ends_for_good=True), NO_LIMIT_PERCENT)
        done = {file.file.name for each in sets for file in each.files.values()}
        told = {each.told_as for each in sets}
        self._files = [each for each in self._files if each.name not in done and _told_as(each) not in told]

    def _is_processed(self, given: GivenSet) -> bool:
        processed = self._processed.get(given.told_as)
        return processed is not None and given.is_whole and given.first <= processed

    def _note_report(self, file: Delivered) -> None:
        codes = self.seat.profile.codes["sync_status"]
        content = as_read(self.seat, file).file if file_type(file) in (*_REPORTS, "IR10", "IR14") else None
        if content is None:
            return
        for record in (*content.others, *content.details):
            if "tx_id" not in record.layout.positions:
                continue
            key = named_by(content, record)
            if file_type(file) in _REPORTS and record["status"] in {codes[word] for word in _PROCESSED}:
                self._processed.setdefault(key, file.instant)
            elif file_type(file) == "IR10":  # it does not count any more: it comes again, under whatever name
                self._files = [each for each in self._files if _told_as(each) != key or each.instant > file.instant]

    def _check_sdp(self, sdp: str, universal: str | None, day: Day) -> None:
        now = self.seat.now
        if not self.ledger.hold("USDP-18", universal is not None, now, sdp, "a Universal SDP ID, asked for", "none"):
            return
        known = {each.name for each in self.directory.dated(str(universal))}
        if not self.ledger.hold("USDP-20", bool(known), now, sdp, f"{universal} created by a file set", "nothing"):
            return
        for name in sorted(self.life.books.told[sdp]):
            self._check_attribute(sdp, str(universal), name, day)

    def _check_attribute(self, sdp: str, universal: str, name: str, day: Day) -> None:
        if name == "commodity_type":
            return  # told with the framing structure, and the same for all
        about = Attribute("sdp", universal, name)
        histories = (each.histories.get(about, ()) for each in (self.directory, self.other))
        compared = [list(self._compared(history, sdp, name, day)) for history in histories]
        judged = next((each for each in compared if all(held for held, *_ in each)), compared[0])
        for held, on, expected, seen in judged:
            what = f"{name.replace('_', ' ')} of {sdp} on {on}"
            if not self.ledger.hold(RULES.get(name, "ISY-22"), held, self.seat.now, what, expected, seen):
                return

    def _compared(self, history: History, sdp: str, name: str, day: Day) -> Iterator[tuple[bool, Day, str, str]]:
        """Whether what is known on days around a day is what was told, with the day and both."""
        for away in AWAY:
            on = Day(day + timedelta(days=away))
            told = self.life.books.on(sdp, name, on)
            expected = self.seat.profile.codes[name][told] if name in CODED and told is not None else told
            seen = value_on(history, on)
            yield self._same(name, seen, expected), on, expected or "none", seen or "none"

    def _same(self, name: str, seen: str | None, expected: str | None) -> bool:
        """Whether two values are one."""
        return seen == expected or (seen and plain(name, seen)) == (expected and plain(name, expected))

    # --- what is billed --------------------------------------------------------------------------------------

    def _check_periods(self, day: Day) -> None:
        self._take_quantities()
        while self._checked < len(self.life.periods):
            period = self.life.periods[self._checked]
            if (day - period.end).days < ANSWERED_DAYS:
                return
            self._checked += 1
            self._check_period(period)

    def _take_quantities(self) -> None:
        """Take in what was asked for, and what came of it, since the last time."""
        for file in self.seat.given[self._given :]:
            self._asked += [each[:3] for each in _asked_for(self.seat, file) if not each.recovers]
            self._recovered += [(*each[:3], file.instant) for each in _asked_for(self.seat, file) if each.recovers]
        for got in self.seat.got[self._got :]:
            for universal, days in _came_in(self.seat, got):
                self._came.setdefault(universal, set()).update(days)
        self._given, self._got = len(self.seat.given), len(self.seat.got)

    def _check_period(self, period: Period) -> None:
        ids = self.life.universal_ids()
        by_universal = {universal: sdp for sdp, universal in ids.items()}
        spans: dict[str, list[tuple[date, date]]] = {}
        for universal, start, end in self._asked:
            if period.start <= start and end <= period.end and universal in by_universal:
                spans.setdefault(by_universal[universal], []).append((start, end))
        for sdp in period.sdps:
            about = f"quantities of {sdp} from {period.start} until {period.end}"
            found = sorted(spans.get(sdp, []))
            shown = ", ".join(f"{start} until {end}" for start, end in found) or "nothing"
            if not self.ledger.hold("BSV-02", bool(found), self.seat.now, about, "a request 5000", shown):
                continue
            edges = [period.start, *(end for _, end in found)]
            meets = [start for start, _ in found] == edges[:-1] and edges[-1] == period.end
            expected = "requests that meet, without gap or overlap, the end of each exclusive"
            self.ledger.hold("BSV-09", meets, self.seat.now, about, expected, shown)
            missing = [each for each in _days(period) if each not in self._came.get(ids[sdp], ())]
            observed = f"nothing of {', '.join(map(str, missing[:5]))}"
            self.ledger.hold("WIN-11", not missing, self.seat.now, about, "every day, delivered to the CIS", observed)

    def _check_recoveries(self) -> None:
        """Of what people said today had got lost every day is asked for as it was delivered."""
        ids, new = self.life.universal_ids(), self.life.recoveries[self._recoveries :]
        self._recoveries = len(self.life.recoveries)
        for lost in new:
            for sdp in lost.sdps:
                found = [
                    (start, end)
                    for universal, start, end, given in self._recovered
                    if universal == ids.get(sdp) and given >= lost.told
                ]
                held = all(any(start <= day < end for start, end in found) for day in _days(lost.period))
                about = f"quantities of {sdp} from {lost.period.start} until {lost.period.end}"
                expected = (
                    f"asked for as they were delivered, since {lost.told:%H:%M}, when it was said that they got lost"
                )
                shown = ", ".join(f"{start} until {end}" for start, end in found) or "nothing"
                self.ledger.hold("BSV-10", held, self.seat.now, about, expected, shown)


def _told_as(file: Sent) -> ToldAs:
    elements = file.name.split(".")
    return elements[0], elements[2], elements[5].casefold() if len(elements) > 5 else ""


def _days(period: Period) -> Iterator[date]:
    return (period.start + timedelta(days=each) for each in range((period.end - period.start).days))


class _Asked(NamedTuple):
    """What a request asks for: of an SDP days from one until another, and whether as they were delivered before."""

    universal: str
    start: Day
    end: Day
    recovers: bool


def _asked_for(seat: CisConversation, file: Sent) -> Iterator[_Asked]:
    """What a request asks for. To recover what was delivered is no asking anew."""
    content = seat.reader.read(file.name, file.content, seat.profile).file if file_type(file) == "5000" else None
    for record in () if content is None else content.details:
        start, end = record["period_start_date"], record["period_end_date"]
        if _is_day(start) and _is_day(end):
            yield _Asked(str(record["universal_sdp_id"]), start, end, record["version_date_time"] is not None)


def _came_in(seat: CisConversation, file: Delivered) -> Iterator[tuple[str, set[date]]]:
    """The days of each SDP of which a file that was handed over to the CIS, and came whole, has quantities."""
    delivered = seat.profile.codes["transaction_status"]["delivered"]
    reading = as_read(seat, file) if file_type(file) in _QUANTITIES else None
    if reading is None or reading.file is None or reading.findings:
        return
    periods = {
        (str(record["universal_sdp_id"]), record["period_start_date"], record["period_end_date"])
        for record in reading.file.details
        if record["transaction_status"] == delivered
    }
    for universal, start, end in periods:
        if _is_day(start) and _is_day(end):
            yield universal, {start + timedelta(days=each) for each in range((end - start).days)}


def _counted(day: Day, seat: CisConversation, got: Iterable[Delivered]) -> DayCount:
    found = DayCount(day)
    for file in got:
        found.files[file_type(file)] += 1
        content = as_read(seat, file).file if file_type(file) in {"6000", "6100"} else None
        found.statuses.update(
            str(record["transaction_status"])
            for record in (() if content is None else content.details)
            if "transaction_status" in record.layout.positions and record["transaction_status"] is not None
        )
    return found


def _is_day(value: Value) -> TypeGuard[Day]:
    return isinstance(value, date) and not isinstance(value, datetime)
