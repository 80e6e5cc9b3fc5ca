"""BR05 and BR06: what failed the sum check, and what was closed without quantities (BRP-07, -08, -10; AMB-12, -20).

Each failure is told once to everybody who receives the report: by the report of its day, or, where that may have run
before, by the next day's. When in the day a report runs may be open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.interface.files import Record
from harness.interface.instants import Instant, day_of, iso, later
from harness.oracle.sum_check import NO_READ, THRESHOLD, Checked
from harness.referee.billing_requests import Asked
from harness.referee.billing_responses import WITHOUT_QUANTITIES
from harness.referee.billing_runs import RULES, ReportRuns, Told, in_words
from harness.referee.billing_settling import Settling
from harness.referee.case import Letter

LISTED: Mapping[str, frozenset[str]] = {"BR05": frozenset({THRESHOLD, NO_READ}), "BR06": WITHOUT_QUANTITIES}
"""The statuses, by name, that each report tells of."""
_EARLY_MINUTES = 10
"""What runs at a time may run so many minutes before it."""
_REMEMBERED_DAYS = 14


@dataclass(slots=True, eq=False)
class Failure:
    """A response that a report has to tell of, and to whom it has been told so far.

    :param perhaps_to: whom it may have been told, by a record that may as well be about another request.
    """

    asked: Asked
    report: str
    at: Instant
    told_to: dict[str, str] = field(default_factory=dict)
    perhaps_to: set[str] = field(default_factory=set)

    @property
    def status(self) -> object:
        """The Transaction Status that the response states."""
        return None if self.asked.energy is None else self.asked.energy.record["transaction_status"]


class FailureReports:
    """Holds BR05 and BR06 to what failed."""

    def __init__(self, settling: Settling, runs: ReportRuns) -> None:
        self.settling = settling
        self.case = settling.case
        self.runs = runs
        self._failures: list[Failure] = []
        settling.when_over.append(self._take)
        self._unjudged: list[Letter] = []
        self._told_before: list[Told] = []

    def arrived(self, letter: Letter) -> None:
        """A BR05 or BR06 came."""
        self.runs.judge_by(letter)
        self.runs.took(letter)
        self._unjudged.append(letter)

    def passed(self, until: Instant) -> None:
        """Judge what has come, and what had to have come by an instant."""
        ready = [each for each in self._unjudged if later(each.instant, seconds=self.case.seconds) <= until]
        for letter in ready:
            self._unjudged.remove(letter)
            for record in letter.details:
                self._judge_record(Told(letter, record))
        since = later(until, days=-_REMEMBERED_DAYS)
        self._told_before = [each for each in self._told_before if each.letter.instant >= since]
        for failure in list(self._failures):
            self._judge_absence(failure, until)

    # --- what failed -----------------------------------------------------------------------------------------

    def _take(self, asked: Asked) -> None:
        """Take note of a request that is over, where it failed."""
        if asked.is_unsure or asked.version is not None or asked.energy is None:
            return
        words = {code: word for word, code in self.case.profile.codes["transaction_status"].items()}
        stated = words.get(str(asked.energy.record["transaction_status"]), "")
        for report, statuses in LISTED.items():
            if stated in statuses:
                sent = min(found.letter.file.sent for found in asked.found)
                failure = Failure(asked, report, sent)
                self._failures.append(failure)
                for letter, record in self._told_before:
                    if letter.type == report and letter.ldc == asked.request.ldc and self._is_about(asked, record):
                        failure.told_to[letter.recipient] = letter.file.name
                        if record["request_detail_id"] != asked.request.detail_id:
                            failure.perhaps_to.add(letter.recipient)

    def _of(self, told: Told) -> tuple[Failure | None, bool]:
        """The failure that a record tells of, and whether the record may tell of something that cannot be judged."""
        letter, record = told
        failures = [
            each
            for each in self._failures
            if each.report == letter.type
            and each.asked.request.ldc == letter.ldc
            and self._is_about(each.asked, record)
        ]
        untold = [each for each in failures if letter.recipient not in each.told_to]
        stated = record["transaction_status"], record["request_detail_id"]
        untold.sort(key=lambda each: (each.status != stated[0], each.asked.request.detail_id != stated[1]))
        asked = self.settling.known(letter.ldc, later(letter.instant, days=-_REMEMBERED_DAYS))
        is_open = any(self._is_about(each, record) and self._is_unseen(each) for each in asked)
        return next(iter((*untold, *failures)), None), is_open

    def _is_unseen(self, asked: Asked) -> bool:
        """Whether it is not known for certain what a request was answered with."""
        unseen = asked.energy is None and any(branch.answer is not None for branch in asked.branches)
        return asked.is_unsure or unseen or not asked.is_over

    # --- what is told ----------------------------------------------------------------------------------------

    def _judge_record(self, told: Told) -> None:
        letter, record = told
        failure, is_open = self._of(told)
        rule, about = RULES[letter.type], f"{letter.type} about {letter.ldc} for {letter.recipient}"
        what = _key(record)
        if failure is None:
            if is_open:
                self._told_before.append(told)
            if is_open or not self.case.opening.from_the_beginning or letter.ldc in self.settling.schedules.unclear:
                return
            expected = (
                f"responses alone that {'failed the sum check' if letter.type == 'BR05' else 'had no quantities'}"
            )
            self._hold(rule, False, told, about, expected, what)
            return
        if is_open and failure.status != record["transaction_status"]:
            self._told_before.append(told)
            return
        before = failure.told_to.get(letter.recipient)
        if before is not None and letter.recipient not in failure.perhaps_to:
            self._hold(rule, is_open, told, about, f"{failure.asked.about} once", f"again, after {before}")
            return
        held = failure.at <= later(letter.file.sent, seconds=self.case.seconds)
        self._hold(rule, held, told, about, "what has failed by then", f"{what}, which failed at {iso(failure.at)}")
        failure.told_to[letter.recipient] = letter.file.name
        failure.perhaps_to.discard(letter.recipient)
        self._judge_content(failure, told, about)

    def _judge_content(self, failure: Failure, told: Told, about: str) -> None:
        record, asked = told.record, failure.asked
        status = failure.status
        rule = RULES[told.letter.type]
        held, observed = record["transaction_status"] == status, f"status {record['transaction_status']}"
        self._hold(rule, held, told, about, f"status {status} of {asked.about}", observed)
        period = (asked.request.sdp, asked.request.start, asked.request.end)
        stated = (record["universal_sdp_id"], record["period_start_date"], record["period_end_date"])
        expected = " ".join(map(str, period))
        self._hold(rule, stated == period, told, about, expected, " ".join(map(str, stated)))
        if failure.report != "BR05":
            return
        answers = [branch.answer for branch in asked.branches if branch.answer is not None]
        if any(answer.any_check for answer in answers):
            return
        checks = [answer.checked for answer in answers if answer.checked is not None]
        odd = [_odd(check, record) | self._never_read(asked, check, record) for check in checks]
        fewest = min(odd, key=len, default={})
        expected = ", ".join(f"{name} {in_words(value)}" for name, value in fewest.items())
        observed = ", ".join(f"{name} {in_words(record[name])}" for name in fewest)
        self._hold(rule, not fewest, told, about, expected, observed)

    def _never_read(self, asked: Asked, checked: Checked, record: Record) -> dict[str, object]:
        """What a record says of a read where the check found none: a read that lies too far away, or nothing."""
        odd: dict[str, object] = {}
        for name, read in (("start", checked.first), ("end", checked.last)):
            stated = {field: record[field] for field in (f"{name}_read_date_time", f"{name}_reading")}
            is_blank = read is not None or set(stated.values()) == {None}
            if not is_blank and not self.settling.books.meters.was_read(asked.request.sdp, *stated.values()):
                odd |= dict.fromkeys(stated, "of a read that came, or blank")
        return odd if self.case.opening.from_the_beginning else {}

    # --- what is not told ------------------------------------------------------------------------------------

    def _judge_absence(self, failure: Failure, until: Instant) -> None:
        """Judge whom a failure had to have been told by an instant."""
        ldc, everybody = failure.asked.request.ldc, self.runs.recipients(failure.asked.request.ldc, failure.report)
        due = {recipient: self._due(failure, ldc, recipient) for recipient in everybody}
        waiting = [each for each in everybody if each not in failure.told_to]
        for recipient in [each for each in waiting if due[each] <= until]:
            failure.told_to[recipient] = "nothing"
            if self.case.may_be_lost(recipient, failure.at, due[recipient]):
                why = "no slide says whether what a mailbox refused is delivered later"
                self.case.cannot_see(RULES[failure.report], due[recipient], failure.asked.about, why)
                if self.case.may_be_late(recipient, failure.at, due[recipient]):
                    failure.perhaps_to.add(recipient)
                continue
            came = self.runs.has_come(failure.report, ldc, recipient, failure.at, due[recipient])
            about = f"{failure.report} about {ldc} for {recipient}"
            expected = f"{failure.asked.about}, which failed at {iso(failure.at)}"
            rests_on = [("unread", failure.report, recipient), failure.asked.subject]
            for rule in self.runs.absence_rules(ldc, recipient, failure.report, came=came):
                self.case.hold(rule, False, due[recipient], about, expected, "it is not told", rests_on=rests_on)
        if until > later(failure.at, days=_REMEMBERED_DAYS):
            self._failures.remove(failure)

    def _due(self, failure: Failure, ldc: str, recipient: str) -> Instant:
        """When a failure has to have been told somebody (AMB-12)."""
        today = self.runs.due(failure.report, failure.at)
        tomorrow = self.runs.due(failure.report, later(failure.at, days=1))
        seconds = self.case.seconds
        runs_then = self.case.still_open("AMB-12", ldc) == ("at-that-time",)
        in_time = later(failure.at, minutes=_EARLY_MINUTES) <= today
        after = later(failure.at, seconds=seconds)
        ran = any(
            after < sent and day_of(sent) == day_of(failure.at)
            for sent in self.runs.sent.get((failure.report, ldc, recipient), ())
        )
        due = today if ran or (runs_then and in_time) else tomorrow
        return later(
            max(self.case.latest(recipient, due), self.case.latest(recipient, due, failure.at)), seconds=seconds
        )

    def _is_about(self, asked: Asked, record: Record) -> bool:
        """Whether a record is about a request; what it leaves blank is not held against it."""
        request, detail_id = asked.request, record["request_detail_id"]
        if self.settling.names_a_request(request.ldc, detail_id):
            return detail_id == request.detail_id
        stated = (record["universal_sdp_id"], record["period_start_date"], record["period_end_date"])
        is_scheduled = detail_id is None or request.detail_id is None
        return is_scheduled and stated == (request.sdp, request.start, request.end)

    def _hold(self, rule: str, held: bool, told: Told, about: str, expected: str, observed: str) -> None:
        letter, record = told
        place = letter.instant, about, expected, observed, letter.file.name, record.line
        self.case.hold(rule, held, *place, rests_on=letter.resting_on(record))


def _odd(checked: Checked, record: Record) -> dict[str, object]:
    """What of a record of BR05 is not what the sum check came to: what was expected, by field."""
    wanted: dict[str, object] = {}
    for name, read in (("start", checked.first), ("end", checked.last)):
        if read is not None:
            wanted |= {f"{name}_read_date_time": read.instant, f"{name}_reading": read.reading}
    wanted["interval_total_wh"] = checked.interval_wh
    if checked.status == THRESHOLD:
        if record["total_variant_wh"] is None:
            return {"total_variant_wh": checked.variance_wh}
        wanted["total_variant_wh"] = checked.variance_wh
    return {
        name: value
        for name, value in wanted.items()
        if value is not None and record[name] is not None and record[name] != value
    }


def _key(record: Record) -> str:
    detail_id = record["request_detail_id"]
    period = f"SDP {record['universal_sdp_id']}, {record['period_start_date']} to {record['period_end_date']}"
    return period if detail_id is None else f"request {detail_id}"
