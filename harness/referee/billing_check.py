"""Billing: each request gets one answer, in time, to its recipient, with what the oracle says (BSV, WIN, BQ to TXS).

What the schedule asks for is a request like any other. Whatever a repository does of itself at a clock time it does
before what is given at that instant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from harness.interface.files import Record
from harness.interface.instants import Day, Instant, later
from harness.oracle.billing import Request
from harness.referee.billing_answers import AnswerBooks
from harness.referee.billing_causes import STATUS_RULES
from harness.referee.billing_directories import Directories
from harness.referee.billing_exceptions import BadLine, ExceptionReports, RequestFile
from harness.referee.billing_failures import LISTED, FailureReports
from harness.referee.billing_meters import MeterRoom
from harness.referee.billing_rebilling import RebillingReports
from harness.referee.billing_requests import Asked, Processing
from harness.referee.billing_responses import CHECKED, TYPES
from harness.referee.billing_runs import ReportRuns
from harness.referee.billing_schedules import Cycle, Schedules
from harness.referee.billing_settling import Settling
from harness.referee.billing_staging import StagingReports
from harness.referee.billing_terms import BillingTerms
from harness.referee.case import Case, Check, Letter, Received
from harness.referee.stream import Loaded

_REMEMBERED_DAYS = 730
"""How long a request that is over is remembered, so that nothing more comes of it."""
_UNKNOWN = "whose Universal SDP ID is of no SDP of the LDC"


class BillingCheck(Check):
    """Holds responses, IR03 and IR08 to what was asked for."""

    situations: ClassVar[Mapping[str, str]] = {
        "billing/on cycle": "A request is made on cycle.",
        "billing/off cycle": "A request is made off cycle.",
        "billing/by the schedule": "The schedule asks for quantities.",
        "billing/a version": "A response is asked for again.",
        "billing/a bad line": "A request cannot be processed, beside others or alone.",
        "billing/by an agent": "An agent asks for quantities.",
        "billing/a period that lies back": "A request comes after the end of its period.",
        "billing/a request is refused": "A request file is refused at the door.",
        "billing/near the threshold": "A sum check is off by about as much as passes.",
        "billing/estimated": "A response has estimated quantities.",
        "billing/pushed quantities": "The schedule's quantities are pushed.",
        "billing/the agent changes in the period": "An SDP gets another billing agent within a period.",
        "billing/kW": "A response has kW.",
        "billing/kVA": "A response has kVA.",
        "billing/divided": "A period is divided.",
        **{f"billing/status {status}": f"A response has the status of {status}." for status in STATUS_RULES},
        **{f"billing/divided, status {each}": f"A divided one has the status of {each}." for each in CHECKED},
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.terms = BillingTerms.of(case)
        self.directories = Directories(case)
        self.meters = MeterRoom.of(case, self.terms)
        self.books = AnswerBooks(case, self.terms, self.directories, self.meters)
        self.processing = Processing(self.books)
        self.schedules = Schedules(case, self.terms)
        self.settling = Settling(self.books, self.processing, self.schedules)
        self.exceptions = ExceptionReports(case, self.terms)
        runs = ReportRuns(case)
        self.staging = StagingReports(self.settling, runs)
        self.failures = FailureReports(self.settling, runs)
        self.rebilling = RebillingReports(self.settling, runs)
        self._until = later(case.opening.instant, seconds=-1)
        self._names: set[str] = set()

    # --- time ------------------------------------------------------------------------------------------------

    def _advance(self, until: Instant) -> None:
        """Let fall due whatever does by an instant, itself included; what had come before it is judged before it.

        Days on which nobody is billed are passed over: at their clock times nothing can fall due.
        """
        at_rest = self.settling.is_at_rest and self.schedules.is_empty
        for moment in () if at_rest else self.terms.ticks(self._until, until):
            self.settling.passed(later(moment, seconds=-1))
            if (moment.hour, moment.minute) == self.terms.push_load:
                self._push(moment)
            self.processing.tick(moment)
        self._until = max(self._until, until)

    def passed(self, until: Instant) -> None:
        self._advance(until)
        self.settling.passed(until)
        self.schedules.passed(until)
        self.exceptions.passed(until)
        self.staging.passed(until)
        self.failures.passed(until)
        self.rebilling.passed(until)
        self.settling.forget(later(until, days=-_REMEMBERED_DAYS))

    def close(self) -> None:
        self.settling.close()

    # --- what comes ------------------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        self._advance(received.instant)
        concerns = self.directories.received(received)
        if concerns is not None:
            self.processing.synchronized(received.ldc, concerns, received.instant)
            self.exceptions.synchronized(received.ldc, concerns, received.instant)
        if received.type == "8000":
            self.schedules.received(received)
        elif received.type == "5000":
            self._take_file(received)

    def loaded(self, loaded: Loaded) -> None:
        self._advance(loaded.instant)
        changed = self.meters.take(loaded)
        self.processing.changed(changed, loaded.instant)
        self.rebilling.changed(changed, loaded.instant)

    def arrived(self, letter: Letter) -> None:
        self._advance(letter.instant)
        self.directories.arrived(letter)
        if letter.type in TYPES:
            self.settling.arrived(letter)
        elif letter.type == "IR03":
            self.schedules.arrived(letter)
        elif letter.type == "IR08":
            self.exceptions.arrived(letter)
        elif letter.type in {"BR01", "BR04"}:
            self.staging.arrived(letter)
        elif letter.type in LISTED:
            self.failures.arrived(letter)
        elif letter.type == "BR03":
            self.rebilling.arrived(letter)

    # --- requests --------------------------------------------------------------------------------------------

    def _take_file(self, received: Received) -> None:
        """Take a request file, line by line; what becomes of one that is damaged is open."""
        file, ldc = received.file, received.ldc
        reading = received.read()
        details = () if reading.file is None else reading.file.details
        if received.admission.verdict == "refused":
            self.case.meet("billing/a request is refused")
            self.exceptions.refused[file.name] = received.admission.rule
            for record in details:
                self.settling.refused.setdefault((ldc, str(record["request_detail_id"])), received.admission.rule)
            return
        is_sure = received.admission.verdict == "in" and not reading.findings and file.name not in self._names
        self._names.add(file.name)
        times = Counter(record["request_detail_id"] for record in details)
        bad: list[BadLine] = []
        may_be_bad: set[str] = set()
        for record in details:
            detail_id = str(record["request_detail_id"])
            if not is_sure or times[record["request_detail_id"]] > 1:
                self._take(received, record, "what becomes of a damaged or repeated request is open")
                may_be_bad.add(detail_id)
            elif why := self._why_bad(ldc, record):
                if why == _UNKNOWN and self.case.answers("AMB-64") != ("exception",):
                    may_be_bad.add(detail_id)
                else:
                    bad.append(BadLine(record.line, detail_id, why, str(record["universal_sdp_id"])))
                self.case.meet("billing/a bad line")
                self._take(received, record, f"a request {why}: whether it gets a response besides IR08 is on no slide")
            else:
                asked = self._take(received, record, "")
                may_be_bad |= {detail_id} if asked is None or asked.unclear or asked.version is not None else set()
        self.exceptions.take(
            RequestFile(file.name, ldc, file.organisation, file.instant, is_sure, tuple(bad), frozenset(may_be_bad))
        )

    def _why_bad(self, ldc: str, record: Record) -> str:
        """Why a request cannot be processed; empty where it can, or may be."""
        start, end, sdp = record["period_start_date"], record["period_end_date"], str(record["universal_sdp_id"])
        if isinstance(start, date) and isinstance(end, date) and end <= start:
            return "whose exclusive end date does not lie after its start date"
        is_known = self.directories.of[ldc].knows(sdp) or self.directories.unknown(ldc, sdp)
        if not is_known and self.directories.is_settled(ldc):
            return _UNKNOWN
        return ""

    def _take(self, received: Received, record: Record, unclear: str) -> Asked | None:
        start, end, version = (record[name] for name in ("period_start_date", "period_end_date", "version_date_time"))
        if not isinstance(start, date) or not isinstance(end, date):
            return None
        on_cycle = record["cycle"] == self.case.profile.codes["request_cycle"]["on_cycle"]
        detail_id, sdp = str(record["request_detail_id"]), str(record["universal_sdp_id"])
        submitter, ldc = str(received.file.organisation), received.ldc
        request = Request(ldc, submitter, detail_id, sdp, Day(start), Day(end), received.instant, on_cycle)
        asked = Asked(
            request,
            received.file.name,
            version=Instant(version) if isinstance(version, datetime) else None,
            unclear=unclear,
        )
        self.case.meet("billing/on cycle" if on_cycle else "billing/off cycle")
        if submitter != ldc:
            self.case.meet("billing/by an agent")
        if asked.version is not None:
            self.case.meet("billing/a version")
        elif request.end < received.instant.date():
            self.case.meet("billing/a period that lies back")
        self.settling.take(asked)
        return asked

    def _push(self, moment: Instant) -> None:
        """Load the SDPs whose billing cycle is due (BSV-01, WIN-04)."""
        for ldc in sorted(self.case.ldcs):
            certain, possible = self.schedules.due_on(ldc, Day(moment.date()))
            for cycle in sorted(certain | possible):
                self._push_cycle(ldc, cycle, moment, must=cycle in certain)

    def _push_cycle(self, ldc: str, cycle: Cycle, moment: Instant, *, must: bool) -> None:
        directory = self.directories.of[ldc]
        for sdp in sorted(directory.sdps()):
            held = directory.values("sdp", sdp, "billing_cycle_id", cycle.start, cycle.end)
            if cycle.billing_cycle_id in held:
                self.case.meet("billing/by the schedule")
                request = Request(ldc, None, None, sdp, cycle.start, cycle.end, moment)
                self.settling.take(Asked(request, must=must and len(held) == 1))
