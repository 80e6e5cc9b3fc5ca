"""Requests and what came in answer to them: each record finds its request, and each request is judged once.

A request is judged when all files of its answer have to be there, or when nothing has come in any way in which it may
have gone. A way that has not come true is dropped, and what came true tells which readings the system takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from harness.interface.instants import Day, Instant, iso, later
from harness.oracle.billing import NO_DATA, NOT_BILLING_AGENT
from harness.oracle.quantities import day_before
from harness.referee.billing_answers import CHANCE, Answer, AnswerBooks, Branch, explored
from harness.referee.billing_causes import DIVIDING_RULES, Causes
from harness.referee.billing_quantity_rules import QuantityRules
from harness.referee.billing_requests import Asked, Found, Processing
from harness.referee.billing_responses import Responses, Verdict, is_near_the_threshold
from harness.referee.billing_schedules import Schedules
from harness.referee.billing_versions import Versions
from harness.referee.case import Diary, Letter
from harness.referee.post import broken_by

K = TypeVar("K", bound=Hashable)
_TO_THE_AGENT = "quantities-to-the-agent"
_AWAITED_DAYS, _AWAITED_MINUTES = 4, 5
"""How long an answer that is missing is awaited, before it is said that it never came: over a long weekend."""


class Settling:
    """The requests that were made, and those that are over.

    :ivar refused: the rule by which a request file was refused, by Request Detail ID and LDC.
    :ivar when_over: who is told of each request that is over.
    """

    def __init__(self, books: AnswerBooks, processing: Processing, schedules: Schedules) -> None:
        self.books = books
        self.case = books.case
        self.processing = processing
        self.causes = Causes(books, schedules)
        self.responses = Responses(books, self.causes, QuantityRules(books))
        self.versions = Versions(books)
        self.refused: dict[tuple[str, str], str] = {}
        self.over: list[Asked] = []
        self.when_over: list[Callable[[Asked], None]] = []
        self.schedules = schedules
        self._missing: dict[Asked, tuple[Branch, Instant]] = {}
        self._awaited: Diary[Asked] = Diary()
        self._by_id: dict[tuple[str, str], list[Asked]] = defaultdict(list)
        self._pushed: dict[tuple[str, str, Day, Day], list[Asked]] = defaultdict(list)

    def take(self, asked: Asked) -> None:
        """A request has come."""
        request = asked.request
        if request.detail_id is None:
            self._pushed[request.ldc, request.sdp, request.start, request.end].append(asked)
        else:
            same = self._by_id[request.ldc, request.detail_id]
            if same:
                for each in (*same, asked):
                    each.unclear = each.unclear or "several requests carry one Request Detail ID"
            same.append(asked)
            self.causes.pulled.add((request.ldc, request.sdp, request.start, request.end))
        self.processing.take(asked)

    # --- what comes ----------------------------------------------------------------------------------------

    def arrived(self, letter: Letter) -> None:
        """A response came."""
        for record in letter.details:
            found = Found(letter, record)
            asked = self._asked_by(found)
            if asked is None:
                self._judge_undue(found)
                continue
            if asked.is_over and not asked.unclear and asked.version is None:
                self._judge_second(asked, found)
            else:
                asked.found.append(found)
                asked.is_split = asked.is_split or self._is_split(asked)
            if asked.version is None and (asked.unclear or not asked.is_over):
                self.versions.take(asked, letter.recipient)

    def _is_split(self, asked: Asked) -> bool:
        refused = self.case.profile.codes["transaction_status"]["not_billing_agent"]
        statuses = {found.record["transaction_status"] for found in asked.found}
        answers = [branch.answer for branch in asked.branches if branch.answer is not None]
        may_be_refused = any(self._is_for_the_agent(asked, each, found) for each in answers for found in asked.found)
        return (refused in statuses and len(statuses) > 1) or may_be_refused

    def _asked_by(self, found: Found) -> Asked | None:
        """The request that a record answers."""
        ldc, record = found.letter.ldc, found.record
        detail_id = record["request_detail_id"]
        period = (record["universal_sdp_id"], record["period_start_date"], record["period_end_date"])
        if self.names_a_request(ldc, detail_id):
            several = self._by_id.get((ldc, str(detail_id)), [])
        else:
            several = self._pushed.get((ldc, *period), [])  # type: ignore[arg-type]
        waiting = [each for each in several if not each.is_over]
        if waiting:
            return waiting[0]
        if not several:
            return None
        return self._recovering(found, several[-1], period) or several[-1]

    def names_a_request(self, ldc: str, detail_id: object) -> bool:
        """Whether a Request Detail ID is one that somebody has used; what is scheduled may carry the system's own."""
        return (ldc, detail_id) in self._by_id or (ldc, detail_id) in self.refused

    def _recovering(self, found: Found, former: Asked, period: tuple[object, ...]) -> Asked | None:
        """A request that recovers a response: what it recovers may carry the Request Detail ID that it had.

        What carries the ID of a request that could not be judged, and does not fit, may be that request's own answer.
        """
        asked = [
            each
            for each in self.processing.asked
            if each.version is not None
            and (each.request.sdp, each.request.start, each.request.end) == period
            and each.request.requester == found.letter.recipient
        ]
        fitting = (each for each in asked if self.versions.may_recover(each, former))
        return next(fitting, asked[0] if asked and not former.unclear else None)

    def _judge_undue(self, found: Found) -> None:
        """A response that nobody asked for, nor the schedule."""
        letter, record = found.letter, found.record
        detail_id, ldc, sdp = record["request_detail_id"], letter.ldc, str(record["universal_sdp_id"])
        if not self.case.opening.from_the_beginning or ldc not in self.case.ldcs:
            return
        has_schedule = any(self.schedules.states[ldc])
        may_be_scheduled = detail_id is None or (has_schedule and not self.names_a_request(ldc, detail_id))
        if may_be_scheduled and (ldc in self.schedules.unclear or self.books.directories.unknown(ldc, sdp)):
            return
        period = (record["period_start_date"], record["period_end_date"])
        is_late = (ldc, *period) in self.schedules.late
        rule = "BSV-04" if is_late else "BSV-01"
        if detail_id is not None and not (is_late and may_be_scheduled):
            rule = self.refused.get((ldc, str(detail_id)), "BSV-02")
        elif ldc in self.schedules.refused_to:
            rule = self.schedules.refused_to[ldc]
        what = f"scheduled {sdp}" if detail_id is None else f"request {detail_id}"
        expected = "answers to requests that were let in, and what the schedule asks for"
        place = letter.instant, what, expected, f"a response to {letter.recipient}", letter.file.name, record.line
        for each in broken_by(rule, "5000"):
            self.case.hold(each, False, *place, rests_on=letter.resting_on(record))

    def _judge_second(self, asked: Asked, found: Found) -> None:
        """A response to a request that was answered, or closed: nothing more comes of it (WIN-08)."""
        if asked.is_late:
            asked.found.append(found)
            self._say_late(asked, found)
            return
        answer = asked.branches[0].answer
        if answer is not None and self._is_for_the_agent(asked, answer, found):
            return
        if answer is not None and self._was_refused(answer, found.letter):
            why = "no slide says when what a mailbox refused is delivered, if it is"
            self.case.cannot_see("WIN-08", found.at, asked.about, why)
            asked.found.append(found)
            return
        letter, first = found.letter, asked.found[0] if asked.found else None
        expected = "nothing more of a request that was answered"
        expected += "" if first is None else f" at {iso(first.at)}"
        place = letter.instant, asked.about, expected, f"a response to {letter.recipient}", letter.file.name
        rests_on = [asked.subject, *letter.resting_on(found.record)]
        self.case.hold("WIN-08", False, *place, found.record.line, rests_on=rests_on, taints=[asked.subject])

    def _was_refused(self, answer: Answer, letter: Letter) -> bool:
        """Whether a file may be of an answer that a mailbox refused when it was made, and was given later (AMB-58)."""
        made_in_time = letter.made <= later(answer.until, seconds=self.case.seconds)
        return made_in_time and self.case.may_be_late(letter.recipient, answer.at, answer.until)

    @property
    def is_at_rest(self) -> bool:
        """Whether no request is open, and nothing is awaited of those that were."""
        return not (self.processing.asked or self.processing.unseen or self._awaited)

    @property
    def has_been_asked(self) -> bool:
        """Whether there is a request that is remembered, open or over."""
        return bool(self.over or self.processing.asked)

    # --- when it is judged -----------------------------------------------------------------------------------

    def passed(self, until: Instant) -> None:
        """Judge what can be, now that all that arrived by an instant has been seen."""
        self._say_never(until)
        for asked in list(self.processing.asked):
            if asked.unclear:
                self.case.cannot_see("BQ-02", until, asked.about, asked.unclear)
                self._close(asked)
            elif asked.version is not None and self.versions.due(asked) > until:
                continue
            elif asked.version is not None:
                self.versions.judge(asked, until)
                self._close(asked)
            elif asked.found:
                if self._is_whole(asked, until):
                    self._judge(asked)
            else:
                self._judge_silence(asked, until)

    def close(self) -> None:
        """The stream is over: what has come is judged as it is, where a mailbox keeps back no more of it."""
        end = later(self.case.now, seconds=self.case.seconds)
        for asked in list(self.processing.asked):
            can_be_judged = asked.found and not asked.unclear and asked.version is None
            if can_be_judged and self._is_whole(asked, end):
                self._judge(asked)
        self._say_never()

    def forget(self, before: Instant) -> None:
        """Let requests that are over, or cannot be judged, be forgotten that are older than an instant."""
        old = {id(each) for each in self.over if each.request.received < before}
        if not old:
            return
        self.over = [each for each in self.over if id(each) not in old]
        _forget(self._by_id, old)
        _forget(self._pushed, old)
        self.versions.forget(old)

    def _is_whole(self, asked: Asked, by: Instant) -> bool:
        """Whether all files of an answer, of which some have come, have to be there by an instant."""
        recipients = {str(found.letter.recipient) for found in asked.found}
        recipients |= {str(each.answer.recipient) for each in asked.branches if each.answer is not None}
        first = min(found.at for found in asked.found)
        return max(self.case.latest(recipient, first) for recipient in recipients) <= by

    def _close(self, asked: Asked) -> None:
        asked.is_over, asked.closed = True, self.case.now
        if asked in self.processing.asked:
            self.processing.asked.remove(asked)
        self.over.append(asked)
        if asked.unclear:
            self.processing.unseen.append(asked)
        codes, request = self.case.profile.codes["transaction_status"], asked.request
        if any(found.record["transaction_status"] == codes[NO_DATA] for found in asked.found):
            self.causes.closed.add((request.ldc, request.sdp, request.start, request.end))
        for take in self.when_over:
            take(asked)

    def known(self, ldc: str, since: Instant) -> list[Asked]:
        """The requests about an LDC that are open, or were over no longer ago than an instant."""
        recent = [each for each in self.over if each.closed is None or each.closed >= since]
        return [each for each in (*recent, *self.processing.asked) if each.request.ldc == ldc]

    def _judge_silence(self, asked: Asked, until: Instant) -> None:
        """Drop the ways in which something had to have come; where none is left, that is said."""
        due = [
            (branch, self.case.latest(branch.answer.recipient, branch.answer.until, branch.answer.at))
            for branch in asked.branches
            if branch.answer is not None
        ]
        if not due:
            return
        if any(branch.answer is not None and not self._may_arrive(asked, branch.answer) for branch, _ in due):
            if len(due) == len(asked.branches) and all(latest <= until for _, latest in due):
                self._close(asked)
            return
        overdue = [branch for branch, latest in due if latest <= until]
        if not overdue:
            return
        if len(overdue) < len(asked.branches):
            asked.branches = [branch for branch in asked.branches if branch not in overdue]
            return
        self._note_missing(asked, overdue[0], max(latest for _, latest in due))

    def _may_arrive(self, asked: Asked, answer: Answer) -> bool:
        """Whether an answer has to reach somebody: its recipient may receive it, and no mailbox may have lost it."""
        until = self.case.latest(answer.recipient, answer.until, answer.at)
        if self.case.may_be_lost(answer.recipient, answer.at, until):
            return False
        may = self.responses.received_types(asked, answer)
        return bool(may) if answer.parts else answer.file_types <= may

    def _note_missing(self, asked: Asked, branch: Branch, due: Instant) -> None:
        """Nothing has come: what is wrong is told by what comes after all, or by nothing coming for days."""
        asked.is_late, asked.was_judged_right = True, not asked.must
        self._close(asked)
        if asked.must:
            self._missing[asked] = branch, due
            self._awaited.note(later(due, days=_AWAITED_DAYS, minutes=_AWAITED_MINUTES), asked)

    def _say_late(self, asked: Asked, found: Found) -> None:
        """What was missing has come late."""
        branch, due = self._missing.pop(asked, (Branch({}), found.at))
        if branch.answer is not None:
            rule = self.causes.of_lateness(asked, branch.answer, found)
            place = (found.letter.file.name, found.record.line)
            self._say_missing(rule, asked, branch, due, f"nothing until {iso(found.at)}", *place)

    def _say_never(self, until: Instant | None = None) -> None:
        """What was missing has not come at all, as far as it was awaited until an instant, or at any time."""
        for _, asked in self._awaited.over(until):
            branch, due = self._missing.pop(asked, (Branch({}), self.case.now))
            if branch.answer is not None:
                rule = self.causes.of_silence(asked, branch.answer)
                self._say_missing(rule, asked, branch, due, "nothing has come")

    def _say_missing(
        self, rule: str, asked: Asked, branch: Branch, due: Instant, observed: str, *place: str | int
    ) -> None:
        answer = branch.answer
        if answer is None:
            return
        code = self.case.profile.codes["transaction_status"][answer.status]
        expected = f"status {code} for {answer.recipient}, made at {iso(answer.at)}{_under(branch)}"
        rests_on = [("unread", each, answer.recipient) for each in sorted(answer.file_types)]
        where = due, asked.about, expected, observed, *place
        self.case.hold(rule, False, *where, rests_on=rests_on, taints=[asked.subject])  # type: ignore[arg-type]

    # --- one response ----------------------------------------------------------------------------------------

    def _judge(self, asked: Asked) -> None:
        """Hold what came to the answers that may have been due, and keep those that it agrees with."""
        last = max(found.at for found in asked.found)
        still_open = [each for each in asked.branches if self._is_still_open(asked, each)]
        answered = [each for each in still_open if each.answer is not None and each.answer.at <= last]
        if not answered:
            self._judge_early(asked)
            return
        tried = [(branch, self._verdicts(asked, branch.answer)) for branch in answered if branch.answer is not None]
        fewest = min(sum(not each.held for each in verdicts) for _, verdicts in tried)
        best = [each for each in tried if sum(not one.held for one in each[1]) == fewest]
        self._say(asked, best[0][0], best[0][1])
        asked.was_judged_right = fewest == 0
        if fewest == 0:
            self._keep(asked, [branch for branch, _ in best])
        asked.branches = [branch for branch, _ in best]
        self._close(asked)

    def _is_still_open(self, asked: Asked, branch: Branch) -> bool:
        """Whether what else the LDC has received leaves the readings of a branch open."""
        ldc = asked.request.ldc
        return all(
            question.startswith(CHANCE) or taken in self.case.still_open(question, ldc)
            for question, taken in branch.taken.items()
        )

    def _verdicts(self, asked: Asked, answer: Answer) -> list[Verdict]:
        """What came beside an answer; nothing where quantities came for the agent alone, and an 08 need not arrive."""
        own = [found for found in asked.found if not self._is_for_the_agent(asked, answer, found)]
        if not own and not self._may_arrive(asked, answer):
            return []
        if not own:
            unseen = f"{answer.status} for {answer.recipient}"
            return [Verdict("BSV-08", False, unseen, "quantities for another alone", asked.found[0])]
        return self.responses.verdicts(asked, answer, own)

    def _is_for_the_agent(self, asked: Asked, answer: Answer, found: Found) -> bool:
        """Whether a record may be of quantities that go to the billing agent beside an 08 (AMB-59)."""
        to, request = found.letter.recipient, asked.request
        if answer.status != NOT_BILLING_AGENT or to == answer.recipient:
            return False
        agents = {self.books.agent_on(request, day) for day in (request.last_day, day_before(request.end))}
        agents |= {self.books.agent_on(request, Day(found.at.date()))}
        return to in agents and _TO_THE_AGENT in self.case.still_open("AMB-59", request.ldc)

    def _keep(self, asked: Asked, branches: Sequence[Branch]) -> None:
        """Keep the readings that all ways take which agree with what came."""
        first, *others = branches
        for question in first.taken:
            if not question.startswith(CHANCE) and all(question in each.taken for each in others):
                self.case.keeps(question, asked.request.ldc, [each.taken[question] for each in branches])

    def _say(self, asked: Asked, branch: Branch, verdicts: Sequence[Verdict]) -> None:
        broken = [each for each in verdicts if not each.held]
        if broken and (rule := self.causes.of_shortness(asked, asked.found)):
            verdicts = [broken[0]._replace(rule=rule)]
        for each in verdicts:
            place: tuple[str, int] | tuple[()] = ()
            instant = self.case.now
            if each.found is not None:
                place, instant = (each.found.letter.file.name, each.found.record.line), each.found.at
            expected = f"{each.expected}{_under(branch)}"
            self.case.hold(
                each.rule,
                each.held,
                instant,
                asked.about,
                expected,
                each.observed,
                *place,
                rests_on=each.rests_on,
                taints=[asked.subject],
            )
        self._note_division(asked, branch, verdicts)
        if not verdicts:
            why = "whoever asked may not receive the 08, or its mailbox may have lost it"
            self.case.cannot_see("BSV-08", self.case.now, asked.about, why)
        elif branch.answer is not None and all(each.held for each in verdicts):
            self.causes.in_time.add(branch.answer.status)
            for situation in self._met(asked, branch.answer):
                self.case.meet(situation)
            for rule in self._held_as_well(branch.answer):
                self.case.hold(rule, True, self.case.now, asked.about)

    def _note_division(self, asked: Asked, branch: Branch, verdicts: Sequence[Verdict]) -> None:
        """Take note of the events that divide what is requested, and of those that do not divide what is scheduled."""
        for rule, held in sorted({(each.rule, each.held) for each in verdicts if each.rule in DIVIDING_RULES}):
            if held and asked.request.requester is not None:
                self.causes.divided.add(rule)
                scheduled = self.causes.undivided.pop(rule, None)
                if scheduled is not None:
                    expected = f"a response divided by events, as that to {asked.about}"
                    self.case.hold(
                        "SEG-06", False, self.case.now, scheduled.about, expected, "one that was not divided"
                    )
            elif asked.request.requester is None and self.responses.is_undivided(branch.answer, asked.found):
                self.causes.undivided.setdefault(rule, asked)

    def _met(self, asked: Asked, answer: Answer) -> Iterator[str]:
        """The situations that an answer is, as it should be."""
        request, at_first = asked.request, self.books.agent_on(asked.request, asked.request.start)
        yield f"billing/status {answer.status}"
        if answer.checked is not None and is_near_the_threshold(answer.checked, self.books.terms):
            yield "billing/near the threshold"
        if not answer.parts:
            return
        if len(answer.parts) > 1:
            yield "billing/divided"
            yield f"billing/divided, status {answer.status}"
        if answer.estimated:
            yield "billing/estimated"
        if request.requester is None:
            yield "billing/pushed quantities"
        if at_first != self.books.agent_on(request, request.last_day):
            yield "billing/the agent changes in the period"
        fields = [each for _, by_type in answer.parts for several in by_type.values() for each in several]
        for name, situation in (("peak_w", "billing/kW"), ("peak_va", "billing/kVA")):
            if any(each.get(name) for each in fields):
                yield situation

    def _held_as_well(self, answer: Answer) -> Iterator[str]:
        """Rules that an answer as it should be shows to be held."""
        yield from ("WIN-08", "TXS-01")
        if answer.parts:
            yield "SUM-05" if answer.checked is None else "SUM-02"
        if answer.estimated:
            yield from ("ODE-03", "ODE-05")

    def _judge_early(self, asked: Asked) -> None:
        """A response came although the request has to wait: data is missing, or its run has not come."""
        found, request = asked.found[0], asked.request
        rule = self.causes.of_haste(asked, asked.found, self._is_ready(asked))
        branch, window_end = asked.branches[0], self.processing.window_end
        closes = explored(branch, lambda take: window_end(request, take), self.case, request.ldc)
        expected = f"no answer yet: data is missing, or the run has not come; its window ends on {closes[0][1]}"
        observed = f"status {found.record['transaction_status']}"
        place = found.at, asked.about, expected, observed, found.letter.file.name, found.record.line
        rests_on = found.letter.resting_on(found.record)
        self.case.hold(rule, False, *place, rests_on=rests_on, taints=[asked.subject])
        asked.was_judged_right = False
        asked.branches = [replace(branch, answer=None)]
        self._close(asked)

    def _is_ready(self, asked: Asked) -> bool:
        """Whether all that an answer needs is there."""
        request, now = asked.request, self.case.now
        branch, answer = asked.branches[0], self.books.answer
        tried = explored(branch, lambda take: answer(request, now, now, take), self.case, request.ldc)
        return all(found is not None for _, found in tried)


def _forget(kept: dict[K, list[Asked]], old: Collection[int]) -> None:
    """Let requests be forgotten, by their identities."""
    for key, several in list(kept.items()):
        kept[key] = [each for each in several if id(each) not in old]
        if not kept[key]:
            del kept[key]


def _under(branch: Branch) -> str:
    taken = [f"{question} {answer}" for question, answer in branch.taken.items() if not question.startswith(CHANCE)]
    return f" (under {', '.join(taken)})" if taken else ""
