"""Invariants of what is submitted for billing: IR08 tells of bad requests, IR03 of every schedule (BRP, BSV-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harness.interface.instants import Day, Instant, iso, later
from harness.referee.ledger import Ledger
from harness.referee.mail import PostOffice, Seen


@dataclass(frozen=True, slots=True)
class BadRequest:
    """A request that is no good, and who submitted it."""

    detail_id: str
    ldc: str
    submitter: str
    at: Instant


@dataclass(frozen=True, slots=True)
class SentSchedule:
    """A schedule that was submitted, and the billing cycle dates of it that come too late."""

    name: str
    submitter: str
    at: Instant
    dates: int
    refused: tuple[tuple[str, Day], ...]

    @property
    def status(self) -> str:
        return "loaded" if not self.refused else "in_part" if len(self.refused) < self.dates else "refused"


@dataclass(slots=True)
class RequestCheck:
    """Holds IR08 and IR03 to what was submitted.

    :param minutes: how often request files are reported on.
    """

    ledger: Ledger
    office: PostOffice
    minutes: int
    bad: list[BadRequest] = field(default_factory=list)
    schedules: list[SentSchedule] = field(default_factory=list)

    def judge(self, seen: Iterable[Seen]) -> None:
        """Hold the reports that came to what was submitted."""
        files = list(seen)
        self._judge_exceptions([each for each in files if each.type == "IR08"])
        self._judge_schedules([each for each in files if each.type == "IR03"])

    def _judge_exceptions(self, reports: Sequence[Seen]) -> None:
        bad, self.bad = self.bad, []
        due: dict[tuple[str, str], BadRequest] = {}
        for each in bad:
            for recipient in sorted({each.ldc, each.submitter}):
                if self.office.may_receive(recipient, each.ldc, "IR08"):
                    due[each.detail_id, recipient] = each
        came: dict[tuple[str, str], list[Seen]] = {}
        for report in reports:
            for detail_id in sorted({str(record["request_detail_id"]) for record in report.details}):
                came.setdefault((detail_id, report.file.recipient), []).append(report)
        for (detail_id, recipient), request in due.items():
            until = self.office.latest(recipient, later(request.at, minutes=self.minutes))
            found = came.pop((detail_id, recipient), [])
            in_time = [each for each in found if request.at <= each.file.instant <= until]
            rule = "BRP-02" if recipient == request.ldc else "BRP-03"
            expected = f"IR08 for {recipient} by {iso(until)}"
            observed = [iso(each.file.instant) for each in found] or "none"
            held = len(in_time) == len(found) == 1
            self.ledger.hold(rule, held, until, f"request {detail_id}", expected, observed)
        for (detail_id, recipient), found in came.items():
            rule = "BRP-03" if any(detail_id == each.detail_id for each in bad) else "BRP-02"
            at, name = found[0].file.instant, found[0].file.name
            self.ledger.hold(rule, False, at, f"request {detail_id}", "no IR08", f"IR08 for {recipient}", name)

    def _judge_schedules(self, reports: Sequence[Seen]) -> None:
        schedules, self.schedules = self.schedules, []
        codes = self.office.profile.codes["schedule_status"]
        by_name: dict[str, list[Seen]] = {}
        for report in reports:
            named = "" if report.status is None else str(report.status["file_name"])
            by_name.setdefault(named, []).append(report)
        for schedule in schedules:
            found = by_name.pop(schedule.name, [])
            until = self.office.latest(schedule.submitter, schedule.at)
            about = f"schedule {schedule.name}"
            held = [each.file.recipient for each in found] == [schedule.submitter]
            in_time = all(schedule.at <= each.file.instant <= until for each in found)
            expected = f"IR03 for {schedule.submitter} at {iso(schedule.at)}"
            observed = [f"for {each.file.recipient} at {iso(each.file.instant)}" for each in found]
            self.ledger.hold("BRP-01", held and in_time, schedule.at, about, expected, observed)
            for report in found:
                self._check_schedule(schedule, report, codes, about)
        for name, found in by_name.items():
            at, file = found[0].file.instant, found[0].file.name
            self.ledger.hold("BRP-01", False, at, f"schedule {name}", "IR03 on schedules alone", file, file)

    def _check_schedule(self, schedule: SentSchedule, report: Seen, codes: Mapping[str, str], about: str) -> None:
        at, name = report.file.instant, report.file.name
        refused = sorted((str(each["billing_cycle_id"]), str(each["period_start_date"])) for each in report.details)
        expected = sorted((cycle, str(start)) for cycle, start in schedule.refused)
        self.ledger.hold("BSV-04", refused == expected, at, about, f"refused: {expected}", refused, name)
        stated = None if report.status is None else report.status["status"]
        self.ledger.hold("BRP-01", stated == codes[schedule.status], at, about, codes[schedule.status], stated, name)
