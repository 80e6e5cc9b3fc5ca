"""Universal SDP ID assignment: each request gets one response, of the run after it, to its submitter (USDP, AMB-30).

Requests that one run processes are judged together, when all of its files must have arrived: in which order it took
them is not known. `assignment_ids` holds the IDs, `assignment_summaries` the IR01s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

from harness.interface.files import Reading
from harness.interface.instants import Instant, iso, later
from harness.referee.assignment_ids import Line, Request, UniversalIds
from harness.referee.assignment_summaries import SummaryCheck
from harness.referee.case import Case, Check, Diary, Letter, Received
from harness.referee.post import broken_by

_TYPES = ("2000", "IR01")
_REMEMBERED_DAYS = 2
"""How long a request is remembered by name: an IR01 tells of those of one day."""


class AssignmentCheck(Check):
    """Holds responses and summaries to the requests that were made."""

    situations: ClassVar[Mapping[str, str]] = {
        "assignment/an SDP ID is asked for again": "A Universal SDP ID is asked for that is issued already.",
        "assignment/an SDP ID stands twice in a request": "A request asks for one SDP ID twice.",
        "assignment/two requests of a run ask for one SDP ID": "Two requests that wait for one run ask for one SDP ID.",
        "assignment/two LDCs have one SDP ID": "Two LDCs ask for the same SDP ID.",
        "assignment/a line with an exception": "A request has a line that cannot be assigned, and others.",
        "assignment/as many IDs as show a sequence": "So many IDs were issued that a sequence would show.",
        "assignment/an agent submits": "An agent submits a request.",
        "assignment/an agent that may not receive": "An agent submits that may not receive the response.",
        "assignment/a request is refused": "A request is refused at the door.",
        "assignment/two requests of a submitter in a run": "A run processes two requests of one submitter.",
        "assignment/a second summary of a day": "An IR01 is the second of its day, or a later one.",
        "assignment/the first summary of another day": "An IR01 is the first of its day, after one of the day before.",
        "assignment/an agent of two LDCs in a run": "A run processes an agent's requests for two LDCs.",
    }

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.minutes = int(case.value("assignment_run_every_minutes"))
        self.ids = UniversalIds(case)
        self.requests: dict[str, Request] = {}
        self._names: set[str] = set()
        self._refused: dict[str, tuple[str, str]] = {}
        self.summaries = SummaryCheck(case, self.requests, self._refused)
        self._due: Diary[Request] = Diary()
        self._over: Diary[Request] = Diary()
        self._forgotten: Diary[str] = Diary()
        self._run: list[Letter] = []
        self._run_began: Instant | None = None
        self._last_run: Instant | None = None
        self._has_answered = False  # anybody, in this conversation

    # --- what is asked ---------------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        if received.type != "1000":
            return
        file, reading = received.file, received.read()
        details = () if reading.file is None else reading.file.details
        lines = tuple(Line(_text(each["ldc_org_id"]), _text(each["sdp_id"])) for each in details)
        is_new = file.name not in self._names
        is_sure = received.admission.verdict == "in" and not _is_damaged(reading) and is_new
        request = Request(file.name, received.ldc, file.organisation, file.instant, lines, is_sure, file.instant)
        self._meet(request, received.admission.verdict)
        if received.admission.verdict == "refused":
            self.ids.refuse(request, received.admission.rule)
            self._refused[request.name] = received.admission.rule, received.admission.why
            self._forgotten.note(later(request.instant, days=_REMEMBERED_DAYS), request.name)
        elif request.name in self.requests:
            self._came_again(self.requests[request.name], request.instant)
        else:
            self._open(request)

    def _open(self, request: Request) -> None:
        self.requests[request.name] = request
        self._names.add(request.name)
        self.ids.ask(request)
        self._due.note(self.due(request), request)

    def _came_again(self, known: Request, moment: Instant) -> None:
        known.is_sure, known.latest = False, moment
        known.times += 1
        if known.statuses is None:
            self.ids.ask(known)

    def due(self, request: Request) -> Instant:
        """By when the response to a request has to have arrived, whoever is given it."""
        given = self._given(request) or [str(request.submitter)]
        return max(self._due_since(each, request.instant) for each in given)

    def _due_since(self, recipient: str, moment: Instant) -> Instant:
        return self.case.latest(recipient, later(moment, minutes=self.minutes), moment)

    def _given(self, request: Request) -> list[str]:
        """Of whom one is given the response: the submitter, or where it may not receive it, whom a reading names."""
        if self.case.may_receive(request.submitter, request.ldc, "2000"):
            return [str(request.submitter)]
        named = _named(request)
        return [named[each] for each in self.case.still_open("AMB-30", request.ldc) if each in named]

    def _meet(self, request: Request, verdict: str) -> None:
        meet = self.case.meet
        asked = Counter(request.pairs())
        if verdict == "refused":
            meet("assignment/a request is refused")
            return
        if any(times > 1 for times in asked.values()):
            meet("assignment/an SDP ID stands twice in a request")
        if any(pair in self.ids.waiting for pair in asked):
            meet("assignment/two requests of a run ask for one SDP ID")
        if any(map(self.ids.is_another_ldcs, asked)):
            meet("assignment/two LDCs have one SDP ID")
        if request.has_bad_lines and asked:
            meet("assignment/a line with an exception")
        if request.submitter != request.ldc:
            meet("assignment/an agent submits")
            if not self.case.may_receive(request.submitter, request.ldc, "2000"):
                meet("assignment/an agent that may not receive")

    # --- what comes ------------------------------------------------------------------------------------------

    def arrived(self, letter: Letter) -> None:
        if letter.type not in _TYPES or letter.header is None:
            return
        if letter.type == "2000":
            self._has_answered = True
            request = self._answered(letter)
            if request is None:
                return
            request.responses.append(letter)
            if request.is_settled:
                self._judge_recipients(request)
        if self._run_began is None:
            self._run_began = letter.instant
        self._run.append(letter)

    def passed(self, until: Instant) -> None:
        if self._run_began is not None and later(self._run_began, seconds=self.case.seconds) <= until:
            self._judge_run()
        for due, request in self._due.over(until):
            self._judge_presence(request, due)
        for due, request in self._over.over(until):
            self._judge_silence(request, due)
        self.summaries.passed(until)
        for due, name in self._forgotten.over(until):
            known = self.requests.get(name)
            if known is not None and due < (rest := later(known.latest, days=_REMEMBERED_DAYS)):
                self._forgotten.note(rest, name)
                continue
            self.requests.pop(name, None)
            self._refused.pop(name, None)

    def close(self) -> None:
        self._judge_run()
        for after, request in self._over.over():
            self._judge_silence(request, after)
        self.summaries.passed(self.case.now)

    def _judge_run(self) -> None:
        """Hold what arrived together, as the files of one run do."""
        began, letters = self._run_began, self._run
        self._run_began, self._run = None, []
        if began is None:
            return
        named = [self.requests.get(_request_of(letter)) for letter in letters if letter.type == "2000"]
        answered = sorted({each.name: each for each in named if each is not None and each.statuses is None}.values())
        for request in answered:
            self._judge_response(request, request.responses[0], began)
        for request in answered:
            self.ids.answer(request)
        self.ids.take_sample(answered)
        if any(not self._was_kept(each.responses[0]) for each in answered):
            self._judge_interval(began, answered)
        self.summaries.judge_run(began, [letter for letter in letters if letter.type == "IR01"])

    def _was_kept(self, letter: Letter) -> bool:
        return self.case.outage_within(letter.recipient, letter.made, letter.instant) is not None

    def _answered(self, letter: Letter) -> Request | None:
        """The request that a response answers; None, which is said, where there is none."""
        named = _request_of(letter)
        request = self.requests.get(named)
        rule, why = self._refused.get(named, ("USDP-01", "")) if request is None else ("USDP-01", "")
        expected = "nothing of a request that was refused" if why else "a response to a request that was submitted"
        observed = f"a response to {named}{f', refused: {why}' if why else ''}"
        held = request is not None
        place = letter.instant, f"2000 for {letter.recipient}", expected, observed, letter.file.name
        for each in broken_by(rule, "1000"):
            self.case.hold(each, held, *place, rests_on=letter.whole, taints=[("request", named)])
        return request

    def _judge_interval(self, began: Instant, answered: Sequence[Request]) -> None:
        """Hold the time since the last run to being a multiple of the minutes between two runs (USDP-11)."""
        last, self._last_run = self._last_run, began
        if last is None:
            return
        every = 60 * self.minutes
        seconds = int((began - last).total_seconds()) % every
        held = min(seconds, every - seconds) <= self.case.seconds
        expected = f"a run every {self.minutes} minutes: the last one was seen at {iso(last)}"
        file = answered[0].responses[0].file.name
        self.case.hold("USDP-11", held, began, "assignment run", expected, f"one at {iso(began)}", file)

    # --- one response ----------------------------------------------------------------------------------------

    def _judge_response(self, request: Request, letter: Letter, began: Instant) -> None:
        hold, name, since = self.case.hold, letter.file.name, request.instant
        if request.came_again and letter.instant > self.due(request):
            since = request.latest
        due, run = self._due_since(letter.recipient, since), later(since, minutes=self.minutes)
        in_time = letter.instant <= due or (
            letter.made <= later(run, seconds=self.case.seconds) and self.case.may_be_late(letter.recipient, since, run)
        )
        where = letter.instant, request.about
        expected = f"the response by {iso(due)}, of the run after the request"
        hold("USDP-11", in_time, *where, expected, iso(letter.instant), name, taints=[request.subject])
        named = f"a name that begins with {request.ldc}, whose request it answers"
        hold("FTS-01", letter.ldc == request.ldc, *where, named, name, name)
        self._judge_lines(request, letter)
        words = [self.ids.judge(request, letter, record, began) for record in letter.details]
        request.statuses = Counter(word for word in words if word is not None)

    def _judge_lines(self, request: Request, letter: Letter) -> None:
        """The response lists what was asked for: each line of the request once (USDP-01), also a bad one (USDP-14)."""
        if not request.is_sure:
            return
        listed = Counter(Line(_text(each["ldc_org_id"]), _text(each["sdp_id"])) for each in letter.details)
        asked = Counter(request.lines)
        missing, more = asked - listed, listed - asked
        bad = [line for line in missing if line.ldc != request.ldc or line.sdp_id is None]
        rule = "USDP-14" if request.has_bad_lines and (bad or not more) and missing else "USDP-01"
        expected = f"a record for each line of the request{f'; also {_shown(missing)}' if missing else ''}"
        observed = f"records of {_shown(more)}" if more else f"{len(letter.details)} records"
        held, where = not missing and not more, (letter.instant, request.about)
        ties = letter.whole, [request.subject]
        self.case.hold(rule, held, *where, expected, observed, letter.file.name, rests_on=ties[0], taints=ties[1])

    # --- whether it came, and to whom --------------------------------------------------------------------------

    def _judge_presence(self, request: Request, due: Instant) -> None:
        """Judge who has received the response, when it was due; where nobody has, wait whether it comes late."""
        self._forgotten.note(later(due, days=_REMEMBERED_DAYS), request.name)
        if request.responses:
            self._judge_recipients(request)
            self.summaries.await_summary(request, due)
        elif not request.is_sure:
            return
        elif any(self.case.may_be_lost(each, request.instant, due) for each in self._given(request)):
            why = "no slide says whether what a mailbox refused is delivered later"
            self.case.cannot_see("USDP-01", due, request.about, why)
        elif self.case.may_receive(request.submitter, request.ldc, "2000"):
            self._over.note(later(due, minutes=self.minutes), request)
        else:
            self._judge_nobody(request, due)
            self.summaries.await_summary(request, due)

    def _judge_nobody(self, request: Request, due: Instant) -> None:
        """Nobody has received a response that its submitter may not receive (AMB-30)."""
        held = self.case.keeps("AMB-30", request.ldc, ("nobody",))
        expected = f"the response with the {' or '.join(self.case.still_open('AMB-30', request.ldc))}, as before"
        self.case.hold("USDP-09", held, due, request.about, expected, "nobody has received it")

    def _judge_silence(self, request: Request, after: Instant) -> None:
        """A response has not come in time, nor soon after: it does not come, unless it was late, which was said."""
        due = later(after, minutes=-self.minutes)
        if not request.responses:
            of_agents = self._has_answered and request.submitter != request.ldc
            rule = "USDP-01" if not of_agents else "USDP-09" if request.summarised_to else "USDP-08"
            expected, unread = (
                f"a response for {request.submitter} by {iso(due)}",
                ("unread", "2000", request.submitter),
            )
            about, taints = request.about, [request.subject]
            self.case.hold(rule, False, due, about, expected, "none", rests_on=[unread], taints=taints)
        self.summaries.await_summary(request, due)

    def _judge_recipients(self, request: Request) -> None:
        case, letters = self.case, request.responses
        request.is_settled = True
        to = sorted(letter.recipient for letter in letters)
        told = to if request.is_sure else sorted(set(to))
        last = letters[-1]
        if case.may_receive(request.submitter, request.ldc, "2000"):
            held = told == [str(request.submitter)]
        else:
            fitting = [reading for reading, who in _named(request).items() if told == [who]]
            held = case.keeps("AMB-30", request.ldc, fitting)
        right = self._given(request)
        expected, observed = f"one response, for {' or '.join(right) or 'nobody'}", f"for {' and '.join(to)}"
        rests_on = [("recipient", letter.file.name) for letter in letters]
        case.hold("USDP-09", held, last.instant, request.about, expected, observed, last.file.name, rests_on=rests_on)


def _named(request: Request) -> dict[str, str]:
    """Whom readings give a response that its submitter may not receive (AMB-30)."""
    return {"ldc": str(request.ldc), "submitter": str(request.submitter)}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _shown(lines: Mapping[Line, int]) -> str:
    words = [f"{line.sdp_id or 'no SDP ID'} of {line.ldc or 'no LDC'}" for line in list(lines)[:4]]
    return f"{', '.join(words)}{f' and {len(lines) - 4} more' if len(lines) > 4 else ''}"


def _request_of(letter: Letter) -> str:
    return "" if letter.header is None else str(letter.header["request_file_name"])


def _is_damaged(reading: Reading) -> bool:
    """Whether anything of a request is not as it should be, but fields that are left empty."""
    return any(finding.code != "field-missing" for finding in reading.findings)
