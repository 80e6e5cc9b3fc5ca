"""Which rule a response breaks that is missing, late, early or short: the one that says most of what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from harness.interface.instants import Day, Instant, day_of, later
from harness.oracle.billing import DELIVERED, NO_DATA, NOT_BILLING_AGENT, Request
from harness.oracle.calendar import customers_clock_is_ahead, every_day
from harness.oracle.quantities import MeterBook, is_complete
from harness.oracle.sum_check import NO_READ, THRESHOLD
from harness.referee.billing_answers import Answer, AnswerBooks
from harness.referee.billing_requests import Asked, Found
from harness.referee.billing_schedules import Schedules

STATUS_RULES: Mapping[str, str] = {
    "delivered": "BQ-02",
    NO_DATA: "TXS-03",
    NOT_BILLING_AGENT: "BSV-08",
    THRESHOLD: "SUM-03",
    NO_READ: "SUM-04",
}
"""The rule that says when a status is given, by the name of the status."""
DIVIDING_RULES = frozenset({"SEG-01", "SEG-02", "SEG-03"})
"""The rules of the events that divide a period."""
_BEFORE_THE_WINDOW_CLOSES = frozenset({THRESHOLD, NO_READ, NOT_BILLING_AGENT})


@dataclass(slots=True)
class Causes:
    """Names the rule that is broken.

    :param closed: the periods of which a request was closed without data, by LDC and SDP.
    :param pulled: the periods that were asked for, by LDC and SDP.
    :param divided: by which rules requested periods have been divided rightly so far; `undivided` a scheduled one that
        was not divided, of each rule that asks for it.
    :param in_time: the statuses of answers that came as they should.
    """

    books: AnswerBooks
    schedules: Schedules
    closed: set[tuple[str, str, Day, Day]] = field(default_factory=set)
    pulled: set[tuple[str, str, Day, Day]] = field(default_factory=set)
    divided: set[str] = field(default_factory=set)
    undivided: dict[str, Asked] = field(default_factory=dict)
    in_time: set[str] = field(default_factory=set)

    def due_rule(self, asked: Asked, answer: Answer) -> str:
        """The rule that says when an answer is due."""
        if answer.status == NO_DATA:
            return "WIN-07"
        if answer.status == NOT_BILLING_AGENT:
            return "BSV-08"
        if answer.estimated:
            return "ODE-02"
        if asked.request.requester is None:
            return "WIN-05"
        return "WIN-06" if not asked.request.on_cycle and answer.at == asked.request.received else "WIN-02"

    # --- what did not come in time ---------------------------------------------------------------------------

    def of_silence(self, asked: Asked, answer: Answer) -> str:
        """An answer never came."""
        request = asked.request
        period = _period(request)
        if self._was_refused(answer):
            return "BRP-04"
        if answer.status == NO_DATA or answer.status == NOT_BILLING_AGENT:
            return self.due_rule(asked, answer)
        if answer.estimated:
            return "ODE-01"
        if request.requester is None:
            return self._of_silent_push(request, period)
        if period in self.closed:
            return "WIN-08"
        if self._was_pending(asked, answer):
            return "WIN-02"
        if request.requester != request.ldc:
            return "BSV-07"
        if self._rests_on_estimates(request):
            return "BQ-01"
        return "BSV-03" if any(self.schedules.states[request.ldc]) else "BSV-02"

    def _of_silent_push(self, request: Request, period: tuple[str, str, Day, Day]) -> str:
        if not self.books.terms.calendar.is_business_day(day_of(request.received)):
            return "WIN-04"
        if period in self.pulled:
            return "BSV-03"
        return "BSV-07" if request.ldc in self.schedules.of_agents else "BSV-01"

    def of_lateness(self, asked: Asked, answer: Answer, found: Found) -> str:
        """An answer came late."""
        stated = self._stated(found)
        if found.at > answer.until and self._was_refused(answer):
            return "BRP-04"
        if self._is_an_hour_away(answer.at, found.at):
            return "WIN-09"
        if answer.status == NO_DATA and stated == NO_DATA:
            return self._of_closing(answer, found)
        if answer.estimated and stated == NO_DATA:
            return "ODE-01"
        if answer.status == NO_DATA or answer.estimated:
            return self.due_rule(asked, answer)
        if answer.status in _BEFORE_THE_WINDOW_CLOSES and self._waited_for_the_window(answer, stated, found):
            return "TXS-04"
        if stated == NO_DATA and (rule := self._of_closing_with_data(asked.request)):
            return rule
        if asked.request.requester is None or answer.at != asked.request.received:
            if not self._was_pending(asked, answer) or self._next_run_is(answer.at, found.at):
                return "WIN-05"
            return "WIN-02" if asked.request.on_cycle else "WIN-06"
        return "WIN-06"

    def _of_closing_with_data(self, request: Request) -> str:
        """A request was closed for which there was data; empty where nothing tells by which rule that was wrong."""
        return "BQ-01" if self._rests_on_estimates(request) else "BSV-01" if request.requester is None else ""

    def _was_refused(self, answer: Answer) -> bool:
        """Whether the mailbox refused an answer, which then has to come by the end of the day (AMB-58)."""
        case = self.books.case
        return case.outage_within(answer.recipient, answer.at, later(answer.until, seconds=case.seconds)) is not None

    def _waited_for_the_window(self, answer: Answer, stated: str, found: Found) -> bool:
        """Whether an answer with an exception did not come before its window closed: it came late, or 'no data' did.

        'No data' tells that only where quantities without an exception come in time; an 08 rests on no quantities.
        """
        if stated == answer.status:
            return True
        is_closed = stated == NO_DATA and self._is_at(found.at, self.books.terms.no_data)
        return is_closed and (answer.status == NOT_BILLING_AGENT or DELIVERED in self.in_time)

    def _of_closing(self, answer: Answer, found: Found) -> str:
        """A request was closed on another day than that after its window, or at another time."""
        terms = self.books.terms
        next_business_day = day_of(terms.same_time_next_business_day(answer.at))
        put_off = day_of(found.at) == next_business_day and not terms.calendar.is_business_day(day_of(answer.at))
        return "WIN-01" if self._is_at(found.at, terms.no_data) and not put_off else "WIN-07"

    # --- what came too early ---------------------------------------------------------------------------------

    def of_haste(self, asked: Asked, found: Sequence[Found], is_ready: bool) -> str:
        """A response came although the request has to wait: data is missing, or its run has not come.

        :param is_ready: whether all that an answer needs is there.
        """
        request, first = asked.request, found[0]
        word = self._stated(first)
        if word == NO_DATA:
            if self.books.provides_estimation(request) and asked.was_to_be_estimated:
                return "ODE-07"
            return "WIN-01" if self._is_at(first.at, self.books.terms.no_data) else "WIN-07"
        if word == NOT_BILLING_AGENT:
            return "BSV-08"
        if is_ready:
            if self._is_run_of_the_customers_clock(first.at):
                return "WIN-09"
            return "WIN-05" if request.requester is None or asked.processed else "WIN-06"
        if rule := self.of_shortness(asked, found):
            return rule
        if self._is_there(request):
            return "BQ-01"
        return self._of_estimates(request) or STATUS_RULES.get(word, "TXS-01")

    def _is_there(self, request: Request) -> bool:
        """Whether all data is there, though not all of it is eligible."""
        return self._is_complete_by(request, self.books.case.profile.codes["validation_status"].values())

    def _rests_on_estimates(self, request: Request) -> bool:
        """Whether all data is there that a request needs, though not all of it is validated."""
        validated = self.books.case.profile.codes["validation_status"]["valid"]
        return self._is_there(request) and not self._is_complete_by(request, [validated])

    def _is_complete_by(self, request: Request, statuses: Iterable[str]) -> bool:
        """Whether all data of a period is there, of some statuses alone."""
        book = MeterBook(frozenset(statuses), self.books.meters.book.days)
        parts = self.books.parts(request)
        return parts is not None and all(is_complete(book, request.sdp, part) for part in parts)

    def _of_estimates(self, request: Request) -> str:
        """The rule of on-demand estimation that quantities break of which data is missing; empty where it is none."""
        until = self.books.meters.book.received_until.get(request.sdp)
        provides = self.books.provides_estimation(request)
        if until is None:
            return "ODE-07" if provides else ""
        if until < self.books.ends(request):
            return "ODE-02" if provides else "ODE-01"
        return "ODE-03" if provides else ""

    def of_shortness(self, asked: Asked, found: Sequence[Found]) -> str:
        """The rule that a response breaks that does not cover its period; empty where it does, or has no quantities."""
        request = asked.request
        with_quantities = [each for each in found if each.has_quantities]
        energy = [each for each in with_quantities if each.letter.type != "6200"]
        if not energy:
            return ""
        days: set[object] = set()
        for each in energy:
            start, end = each.record["sub_period_start_date"], each.record["sub_period_end_date"]
            if "day" in each.record.layout.positions:
                days.add(each.record["day"])
            elif _is_span(start, end):
                days |= set(every_day(start, end))  # type: ignore[arg-type]
        if days >= set(every_day(request.start, request.end)):
            return ""
        parts = self.books.parts(request) or []
        is_a_part = any(days == set(every_day(part.start, part.end)) for part in parts)
        return "SEG-04" if is_a_part and len(parts) > 1 else "WIN-03"

    def _was_pending(self, asked: Asked, answer: Answer) -> bool:
        """Whether a request had been processed in vain before it could be answered."""
        return any(moment < answer.at for moment in asked.processed)

    # --- what is looked at -------------------------------------------------------------------------------------

    def _stated(self, found: Found) -> str:
        """The status that a record states, by its name."""
        words = {code: word for word, code in self.books.case.profile.codes["transaction_status"].items()}
        return words.get(str(found.record["transaction_status"]), "")

    def _is_at(self, moment: Instant, clock: tuple[int, int]) -> bool:
        """Whether a moment is in the seconds of a clock time."""
        due = moment.replace(hour=clock[0], minute=clock[1], second=0)
        return due <= moment <= due + timedelta(seconds=self.books.case.seconds)

    def _next_run_is(self, run: Instant, moment: Instant) -> bool:
        """Whether a moment is in the seconds of the run after another."""
        last = self.books.terms.last_run(moment)
        return last > run and self.books.terms.last_run(later(last, seconds=-1)) == run

    def _is_an_hour_away(self, due: Instant, moment: Instant) -> bool:
        """Whether something is an hour early or late in summer, as by the clock that customers live by."""
        seconds = abs(abs(int((moment - due).total_seconds())) - 3600)
        return seconds <= self.books.case.seconds and customers_clock_is_ahead(day_of(due), due.hour)

    def _is_run_of_the_customers_clock(self, moment: Instant) -> bool:
        run = self.books.terms.last_run(later(moment, hours=1))
        return self._is_an_hour_away(run, moment)


def _period(request: Request) -> tuple[str, str, Day, Day]:
    return request.ldc, request.sdp, request.start, request.end


def _is_span(start: object, end: object) -> bool:
    return start is not None and end is not None
