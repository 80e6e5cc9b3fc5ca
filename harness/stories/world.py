"""The world of a simulation: a conversation with the repository, and the oracle's books, kept in step with it.

Whatever is done here is done to both: a file that is submitted, data that is loaded, time that passes. What the
repository delivers is read as it comes, and judged at the end of each day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from harness.interface.calendars import price_plan_holidays, statutory_holidays, tou_schedules
from harness.interface.files import Value, write_file
from harness.interface.instants import Day, Instant, at, day_of, digits, iso, later
from harness.interface.names import FileName
from harness.oracle.billing import BillingBooks, Request, Terms, clock, runs_between
from harness.oracle.calendar import Calendar
from harness.oracle.estimation import Estimation, EstimationTerms
from harness.oracle.quantities import MeterBook
from harness.oracle.sequence import Arrival, Manifest, Segment, SetName
from harness.oracle.spans import SpanDirectory
from harness.oracle.staging import RebillingBooks
from harness.oracle.sum_check import RegisterBook, SumCheckTerms
from harness.oracle.synchronization import AcceptedSet
from harness.port.protocol import Outage
from harness.referee.check_billing import BillingCheck
from harness.referee.check_reports import ReportCheck, report_times
from harness.referee.check_requests import BadRequest, RequestCheck, SentSchedule
from harness.referee.ledger import Ledger
from harness.referee.mail import END_OF_DAY, PostOffice, Seen
from harness.referee.sets import SentSet, SetBooks
from harness.stage.chapters.file_sets import FILE_TYPES, MANIFEST, Draft, Kind, Place
from harness.stage.conversation import Conversation
from harness.stories.made_ldc import Entry
from harness.stories.utility import Sdp, Utility, told
from harness.stories.watched import LedgerWatch

AGENT = "Northern Billing"
FIRST_NUMBER = 1


@dataclass(frozen=True, slots=True)
class Intervals:
    """Meter data of an SDP, from an instant on, as it is loaded."""

    sdp: Sdp
    start: Instant
    wh: Sequence[int]
    status: str
    varh: Sequence[int] | None = None


BOOKS_READ = {
    "AMB-05": "number-stays",
    "AMB-12": "at-that-time",
    "AMB-19": "on-receipt",
    "AMB-22": "number-stays",
    "AMB-24": "from-receipt",
    "AMB-26": "last-day-of-period",
    "AMB-27": "calendar-days",
    "AMB-50": "earlier-of-both",
    "AMB-51": "in-part",
    "AMB-52": "on-receipt",
    "AMB-54": "closed-on-their-day",
    "AMB-55": "whole-period",
    "AMB-56": "two-reads-needed",
    "AMB-58": "tried-again",
    "AMB-59": "nothing-to-the-agent",
}
"""Readings that the books of billing take. Where all of them are taken, by the profile or by the system's own word,
responses and reports are held to these books as well; else the referee alone judges, who leaves open what is open."""


@dataclass(slots=True)
class World:
    """Everybody and everything of a simulation.

    :param authorised: which types the agent may receive of which LDC.
    :param outages: when each organisation's mailbox refuses files.
    :param checks_demand: whether demand is looked at, and `checks_reports` the reports BR01 to BR06.
    :param prefix: what every Request Detail ID begins with.
    :param seen: the files of the day, as far as they could be read.
    :ivar holds_to_books: whether responses and reports are held to the books, besides the referee.
    """

    conversation: Conversation
    ledger: Ledger
    utilities: Sequence[Utility]
    authorised: frozenset[tuple[str, str, str]]
    outages: Mapping[str, Sequence[Outage]] = field(default_factory=dict)
    checks_demand: bool = True
    checks_reports: bool = True
    directories: dict[str, SpanDirectory] = field(init=False)
    registers: RegisterBook = field(init=False)
    books: BillingBooks = field(init=False)
    sets: SetBooks = field(init=False)
    numbers: dict[str, int] = field(init=False)
    office: PostOffice = field(init=False)
    watch: LedgerWatch = field(init=False)
    requests: RequestCheck = field(init=False)
    billing: BillingCheck = field(init=False)
    rebilling: RebillingBooks = field(init=False)
    reports: ReportCheck = field(init=False)
    prefix: str = ""
    seen: list[Seen] = field(default_factory=list)
    holds_to_books: bool = field(init=False)
    _read: int = 0
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        profile, value = self.conversation.profile, self.conversation.setting.value
        seconds = int(value("delivery_within_seconds"))
        self.directories = {utility.ldc: SpanDirectory() for utility in self.utilities}
        self.numbers = {utility.ldc: FIRST_NUMBER for utility in self.utilities}
        codes = profile.codes["validation_status"]
        eligible = {codes["valid"], codes["estimated"]}
        narrowed = profile.narrowed(self.conversation.setting.system.readings)
        self.holds_to_books = all(narrowed[each] == reading for each, reading in BOOKS_READ.items())
        readings = profile.decided(narrowed)
        if readings["AMB-04"] == "nv-eligible":
            eligible.add(codes["not_validated"])
        calendar = Calendar(
            frozenset(statutory_holidays()),
            frozenset(price_plan_holidays()),
            tou_schedules(),
            frozenset(Day(date.fromisoformat(day)) for day in value("critical_peak_days")),
            readings["AMB-14"] == "prevailing-time",
        )
        runs = runs_between(
            value("billing_run_first"), value("billing_run_last"), int(value("billing_run_every_hours"))
        )
        terms = Terms(
            clock(value("push_load_at")),
            runs,
            clock(value("no_data_response_at")),
            int(value("billing_window_business_days")),
            readings["AMB-13"] == "run-first",
        )
        framings = {code: word for word, code in profile.codes["framing_structure"].items()}
        self.registers = RegisterBook(
            SumCheckTerms(
                frozenset(value("vee_services_without_sum_check")),
                int(value("sum_check_threshold_percent")),
                timedelta(hours=int(value("sum_check_register_range_hours"))),
                int(value("register_digits")),
                readings["AMB-11"] == "nearest-later-on-a-tie",
            )
        )
        meters = MeterBook(eligible)
        estimation = Estimation(estimation_terms(value, codes["estimated"]), calendar, meters)
        self.books = BillingBooks(terms, calendar, meters, self.directories, framings, self.registers, estimation)
        self.sets = SetBooks(
            timedelta(minutes=int(value("set_wait_time_minutes"))),
            int(value("psync_deactivation_limit_percent")),
            self.directories,
            dict(self.numbers),
        )
        self.office = PostOffice(profile, self.authorised, seconds, self.outages)
        self.watch = LedgerWatch(self.conversation, self.conversation.setting.system, self.ledger)
        self.conversation.let_watch(self.watch)
        every = int(value("billing_reads_processor_every_minutes"))
        self.requests = RequestCheck(self.ledger, self.office, every)
        self.billing = BillingCheck(self.ledger, self.office, self.books, self.checks_demand)
        self.rebilling = RebillingBooks(self.books)
        self.reports = ReportCheck(self.ledger, self.office, self.billing, report_times(value), every, self.rebilling)

    @property
    def now(self) -> Instant:
        return self.conversation.now

    @property
    def today(self) -> Day:
        return day_of(self.now)

    # --- time ------------------------------------------------------------------------------------------------

    def until(self, moment: Instant) -> None:
        """Let time pass, in the repository and in the books."""
        if moment <= self.now:
            return
        before = self.now
        self.conversation.advance(moment)
        for due in self.reports.moments(before, moment):
            self.books.pass_time(before, due)
            self.reports.note(due)
            before = due
        self.books.pass_time(before, moment)
        self.sets.proceed(moment)
        delivered = self.conversation.delivered
        for file in delivered[self._read :]:
            seen = self.office.read(file)
            if seen is not None:
                self.seen.append(seen)
        self._read = len(delivered)

    def end_of_day(self) -> list[Seen]:
        """Let the day come to its end, and judge it; the files that were delivered on it."""
        self.until(at(self.today, *END_OF_DAY))
        seen, self.seen = self.seen, []
        self.watch.check()
        if self.holds_to_books:
            self.requests.judge(seen)
            self.billing.judge(seen)
        if self.holds_to_books and self.checks_reports:
            self.reports.judge(seen)
        return seen

    # --- what is submitted -----------------------------------------------------------------------------------

    def _name(self, utility: Utility, submitter: str, file_type: str) -> FileName:
        """A name that no other file has: those of one instant differ in their seconds."""
        version = self.conversation.profile.file_types[file_type].active
        moment, org = self.now, self.conversation.party(submitter).id
        while True:
            name = FileName(utility.ldc, org, file_type, version, digits(moment))
            if str(name) not in self._names:
                self._names.add(str(name))
                return name
            moment = later(moment, seconds=1)

    def _submit(
        self,
        utility: Utility,
        submitter: str,
        file_type: str,
        details: Iterable[tuple[str, Mapping[str, Value]]],
    ) -> str:
        name = self._name(utility, submitter, file_type)
        header: Mapping[str, Value] = {"ldc_org_id": utility.ldc, "created_date_time": self.now}
        self.conversation.submit(submitter, str(name), write_file(self.conversation.profile, name, header, details))
        return str(name)

    def ask_for_ids(self, utility: Utility, sdps: Sequence[Sdp]) -> None:
        """Ask for the Universal SDP IDs of SDPs."""
        details = [("assignment_request", {"ldc_org_id": utility.ldc, "sdp_id": sdp.sdp_id}) for sdp in sdps]
        self._submit(utility, utility.alias, "1000", details)

    def take_ids(self, utility: Utility, sdps: Iterable[Sdp]) -> None:
        """Take the Universal SDP IDs of SDPs from what has come; one that did not come stays unknown."""
        for seen in self.seen:
            for record in seen.details if seen.type == "2000" and seen.ldc == utility.ldc else ():
                utility.ids.setdefault(str(record["sdp_id"]), str(record["universal_sdp_id"]))
        for sdp in sdps:
            sdp.universal_id = utility.ids.get(sdp.sdp_id, "")

    def send_set(
        self,
        utility: Utility,
        kind: Kind,
        entries: Sequence[Entry],
        *,
        number: int | None = None,
        submitter: str | None = None,
        flawed: bool = False,
        without: str | None = None,
    ) -> None:
        """Send a file set.

        :param number: its sequence number, where it is not the next one.
        :param flawed: whether its files state different Extracted Date Times, so that it does not load.
        :param without: the file number that is held back, so that the set stays incomplete.
        """
        by = submitter or utility.alias
        number = self.numbers[utility.ldc] if number is None else number
        draft = Draft(kind, number, utility.alias, by, self.conversation.draw.transaction_id())
        if flawed:
            draft.extracted_otherwise.add("03")
        for entry in dict.fromkeys(map(_hashable, entries)):
            draft.add(entry[0], entry[1], **dict(entry[2]))
        created = self._name(utility, by, FILE_TYPES[kind]).created
        draft.lay_out(self.conversation, created)
        name = SetName(utility.ldc, self.conversation.party(by).id, FILE_TYPES[kind], draft.tx_id)
        facts, records = told(entries, self.conversation.profile)
        listed = frozenset(str(e.fields["universal_sdp_id"]) for e in entries if e.kind == "sdp")
        content = AcceptedSet(kind, day_of(self.now), listed, tuple(facts), tuple(records))
        self.sets.sent[name] = SentSet(name, number, content, flawed)
        self._send_files(draft, name, by, without)

    def _send_files(self, draft: Draft, name: SetName, by: str, without: str | None) -> None:
        listed = frozenset(
            Segment(place.file_no, place.segment_no) for place in draft.files if place.file_no != MANIFEST
        )

        def last(place: Place) -> tuple[bool, Place]:
            return place.file_no == MANIFEST, place

        for place in sorted(draft.files, key=last):
            if place.file_no == without:
                continue
            file = draft.files[place]
            self.conversation.submit(by, file.sent_as, file.content)
            manifest = Manifest(draft.number, listed) if place.file_no == MANIFEST else None
            self.sets.arrives(Arrival(self.now, name, Segment(place.file_no, place.segment_no), manifest))
        self.sets.proceed(self.now)

    def use_number(self, utility: Utility) -> None:
        """The set that was sent is going to be processed: the next one has the next number."""
        self.numbers[utility.ldc] += 1

    def load(self, intervals: Sequence[Intervals], reads: Sequence[tuple[Sdp, Instant, int]] = ()) -> None:
        """Let meter data, and register reads, reach the repository."""
        if not intervals and not reads:
            return
        entries: list[dict[str, Any]] = []
        for each in intervals:
            minutes = each.sdp.nature.minutes
            entry: dict[str, Any] = {
                "universal_sdp_id": each.sdp.universal_id,
                "start": iso(each.start),
                "interval_minutes": minutes,
                "wh": list(each.wh),
                "status": each.status,
            }
            if each.varh is not None:
                entry["varh"] = list(each.varh)
            entries.append(entry)
            self.rebilling.comes(each.sdp.universal_id, day_of(each.start))
            self.books.meters.take(each.sdp.universal_id, each.start, minutes, each.wh, each.status, each.varh)
        message: dict[str, Any] = {"intervals": entries}
        for sdp, moment, reading in reads:
            self.registers.take(sdp.universal_id, moment, reading)
            read = {"universal_sdp_id": sdp.universal_id, "instant": iso(moment), "reading": reading}
            message.setdefault("register_reads", []).append(read)
        self.conversation.load(message)

    def request(self, utility: Utility, submitter: str, request: Request, version: Instant | None = None) -> None:
        """Ask for billing quantities, or, with a version, for what was delivered by an instant."""
        self._submit(utility, submitter, "5000", [("billing_request", self._fields(request, version))])
        if request.sdp not in self.directories[utility.ldc].sdps():
            self._is_bad(request)
        elif version is None:
            self.books.ask(request)
        else:
            former = self.books.recovered(request, version)
            if former is None:
                self._is_bad(request)
            else:
                self.billing.recover(request, former, self.now)

    def _is_bad(self, request: Request) -> None:
        requester = request.requester or request.ldc
        self.requests.bad.append(BadRequest(request.detail_id or "", request.ldc, requester, self.now))

    def _fields(self, request: Request, version: Instant | None) -> Mapping[str, Value]:
        codes = self.conversation.profile.codes["request_cycle"]
        return {
            "request_detail_id": request.detail_id,
            "universal_sdp_id": request.sdp,
            "cycle": codes["on_cycle" if request.on_cycle else "off_cycle"],
            "period_start_date": request.start,
            "period_end_date": request.end,
            "version_date_time": version,
        }

    def send_schedule(self, utility: Utility, dates: Sequence[tuple[str, Day, Day]]) -> None:
        """Send billing cycle dates: billing cycle, first day and exclusive end. The first schedule is taken whole."""
        held = self.books.schedules.setdefault(utility.ldc, {})
        lead = int(self.conversation.setting.value("schedule_update_lead_days"))
        earliest = Day(self.today + timedelta(days=lead))
        is_update = bool(held)
        refused = []
        for cycle, start, end in dates:
            before = held.get((cycle, start))
            if is_update and before != end and min(end, before or end) < earliest:
                refused.append((cycle, start))
            else:
                held[cycle, start] = end
        details: list[tuple[str, Mapping[str, Value]]] = [
            ("billing_cycle", {"billing_cycle_id": cycle, "period_start_date": start, "period_end_date": end})
            for cycle, start, end in dates
        ]
        name = self._submit(utility, utility.alias, "8000", details)
        self.requests.schedules.append(SentSchedule(name, utility.ldc, self.now, len(dates), tuple(refused)))


def _hashable(entry: Entry) -> tuple[str, str, tuple[tuple[str, Value], ...]]:
    return entry.file_no, entry.kind, tuple(entry.fields.items())


def estimation_terms(value: Callable[[str], Any], status: str) -> EstimationTerms:
    """The configured values of on-demand estimation.

    :param value: gives a configured value; `status`: that of an estimated interval.
    """
    return EstimationTerms(
        int(value("odest_after_business_days")),
        {code: service["method"] for code, service in value("odest_vee_services").items()},
        {code: (each["business_day"], each["other_day"]) for code, each in value("class_load_profiles").items()},
        int(value("odest_look_back_days")),
        status,
    )
