"""Which requests are answered, when, to whom and with what: every open request is looked at, at every run.

It carries BSV-01, -05, -08, -10, WIN-01 to WIN-09 and TXS-02 to TXS-04.

Readings taken: AMB-09 (the newest answer by then), AMB-24 (a late request's window runs from its receipt), AMB-26 (the
relationship on the period's last day; 08 to the requester), and, as told, AMB-13 (what goes first at 08:00).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from harness.interface.instants import Day, Instant, at, day_of
from harness.oracle.calendar import Calendar, next_day
from harness.oracle.estimation import Estimation
from harness.oracle.quantities import (
    Fields,
    MeterBook,
    Part,
    day_before,
    energy_file,
    is_complete,
    parts_of,
    quantities,
)
from harness.oracle.spans import SpanDirectory
from harness.oracle.sum_check import Checked, RegisterBook, boundary

DELIVERED = "delivered"
NO_DATA = "no_data"
NOT_BILLING_AGENT = "not_billing_agent"


@dataclass(frozen=True, slots=True)
class Request:
    """Quantities of an SDP over a period, asked for by somebody, or (`requester` None) by the schedule.

    :param start: the first day; `end`: the first day after.
    """

    ldc: str
    requester: str | None
    detail_id: str | None
    sdp: str
    start: Day
    end: Day
    received: Instant
    on_cycle: bool = True

    @property
    def last_day(self) -> Day:
        return day_before(self.end)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with, and when: with quantities where it has parts.

    :param status: the name of its Transaction Status in the profile.
    :param framing: the framing structure on the period's last day, which an answer without quantities states.
    :param parts: the parts of the period, each with fields of records by file type.
    :param checked: what the sum check came to, where there was one.
    """

    request: Request
    at: Instant
    recipient: str
    status: str
    framing: str | None = None
    parts: Sequence[tuple[Part, Mapping[str, list[Fields]]]] = ()
    checked: Checked | None = None

    @property
    def file_types(self) -> set[str]:
        """The file types that it comes in."""
        if self.parts:
            return {file_type for _, by_type in self.parts for file_type in by_type}
        return {"6000" if self.framing is None else energy_file(self.framing)}


@dataclass(frozen=True, slots=True)
class Terms:
    """The configured times, as hours and minutes of a day, and the reading of AMB-13."""

    push_load: tuple[int, int]
    runs: tuple[tuple[int, int], ...]
    no_data: tuple[int, int]
    window_business_days: int
    run_goes_first: bool = False


def clock(text: str) -> tuple[int, int]:
    """Hours and minutes of a text such as ``07:30``."""
    hours, _, minutes = text.partition(":")
    return int(hours), int(minutes)


def runs_between(first: str, last: str, every_hours: int) -> tuple[tuple[int, int], ...]:
    """The times of the billing runs of a day."""
    runs = []
    hours, minutes = clock(first)
    while (hours, minutes) <= clock(last):
        runs.append((hours, minutes))
        hours += every_hours
    return tuple(runs)


@dataclass(slots=True)
class BillingBooks:
    """The requests that are open, and every answer that has to have been given.

    :param framings: framing structures by their codes in the directories; a code that is not named is a name itself.
    :param registers: the register reads; without them there is no sum check.
    :param estimation: on-demand estimation; without it nothing is estimated.
    :param estimated: requests for which something was estimated.
    :param schedules: of each LDC the exclusive end of each period, by billing cycle and first day.
    """

    terms: Terms
    calendar: Calendar
    meters: MeterBook
    directories: Mapping[str, SpanDirectory]
    framings: Mapping[str, str] = field(default_factory=dict)
    registers: RegisterBook | None = None
    estimation: Estimation | None = None
    schedules: dict[str, dict[tuple[str, Day], Day]] = field(default_factory=dict)
    open: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    estimated: set[Request] = field(default_factory=set)

    # --- what comes in -----------------------------------------------------------------------------------

    def ask(self, request: Request) -> None:
        """A request has come: an off-cycle one is looked at on receipt (WIN-06)."""
        self.open.append(request)
        if not request.on_cycle:
            self.look_at([request], request.received)

    def recovered(self, request: Request, version: Instant) -> Answer | None:
        """The newest answer that its requester got to the same question by an instant (BSV-10, AMB-09)."""
        same = [
            answer
            for answer in self.answers
            if answer.at <= version
            and answer.recipient == request.requester
            and (answer.request.sdp, answer.request.start, answer.request.end)
            == (request.sdp, request.start, request.end)
        ]
        return max(same, key=lambda answer: answer.at, default=None)

    # --- what falls due ----------------------------------------------------------------------------------

    def pass_time(self, after: Instant, until: Instant) -> None:
        """Let everything fall due after an instant and until another, that one included."""
        day = day_of(after)
        while day <= day_of(until):
            for moment, happen in self._of_day(day):
                if after < moment <= until:
                    happen(moment)
            day = next_day(day)

    def _of_day(self, day: Day) -> Iterator[tuple[Instant, Callable[[Instant], None]]]:
        """What falls due on a day, in order."""
        terms = self.terms
        due: list[tuple[Instant, int, Callable[[Instant], None]]] = [(at(day, *terms.push_load), 0, self.load_push)]
        due.append((at(day, 0), 0, self.estimate))
        due.append((at(day, *terms.no_data), 2 if terms.run_goes_first else 1, self.close))
        due += [(at(day, *run), 1 if terms.run_goes_first else 2, self.run) for run in terms.runs]
        for moment, _, happen in sorted(due, key=lambda entry: entry[:2]):
            yield moment, happen

    def runs_of(self, first: Day, last: Day) -> Iterator[Instant]:
        """The billing runs of some days, the last included."""
        day = first
        while day <= last:
            yield from (at(day, *run) for run in self.terms.runs)
            day = next_day(day)

    def load_push(self, moment: Instant) -> None:
        """Ask for the quantities of every SDP whose billing cycle is due on the day (BSV-01)."""
        today = day_of(moment)
        for ldc, schedule in sorted(self.schedules.items()):
            for (cycle, start), end in sorted(schedule.items()):
                if end != today:
                    continue
                for sdp in sorted(self.directories[ldc].sdps()):
                    if self.directories[ldc].value("sdp", sdp, "billing_cycle_id", day_before(end)) == cycle:
                        self.open.append(Request(ldc, None, None, sdp, start, end, moment))

    def estimate(self, moment: Instant) -> None:
        """What is missing of requests that are still open is estimated, where it is time for that (ODE-02)."""
        if self.estimation is None:
            return
        for request in self.open:
            due = self.estimation.starts(max(request.end, day_of(request.received))) == moment
            if due and self.estimation.extrapolate(request.sdp, self.ends(request), self.vee_service(request)):
                self.estimated.add(request)

    def may_be_estimated(self, request: Request) -> bool:
        """Whether the last intervals of a request's period have not been received: what estimation could stand for."""
        until = self.meters.received_until.get(request.sdp)
        return until is not None and until < self.ends(request)

    def estimates(self, request: Request) -> bool:
        """Whether the VEE service of a request's SDP provides on-demand estimation (ODE-01)."""
        return self.estimation is not None and self.vee_service(request) in self.estimation.terms.methods

    def vee_service(self, request: Request) -> str | None:
        """The VEE service of an SDP on the period's last day."""
        return self.directories[request.ldc].value("sdp", request.sdp, "vee_service", request.last_day)

    def ends(self, request: Request) -> Instant:
        """When a request's period ends, by the clock of its last part's framing structure."""
        parts = self.parts(request)
        return boundary(request.end, parts[-1].framing) if parts else at(request.end, 0)

    def run(self, moment: Instant) -> None:
        """A billing run: every open request is looked at (WIN-05)."""
        self.look_at(list(self.open), moment)

    def close(self, moment: Instant) -> None:
        """Requests whose window is over get 02, and are closed (WIN-07)."""
        for request in [request for request in self.open if self.closes_at(request) <= moment]:
            self._give(Answer(request, moment, self.billing_agent(request), NO_DATA, self.last_framing(request)))

    def look_at(self, requests: Iterable[Request], moment: Instant) -> None:
        """Answer each request that can be answered."""
        for request in requests:
            answer = self.answer(request, moment)
            if answer is not None:
                self._give(answer)

    def _give(self, answer: Answer) -> None:
        self.open.remove(answer.request)
        self.answers.append(answer)

    # --- one request -------------------------------------------------------------------------------------

    def answer(self, request: Request, moment: Instant) -> Answer | None:
        """The answer to a request, or None while it has to wait."""
        agent = self.billing_agent(request)
        if request.requester not in {None, agent}:
            to = request.requester or agent
            return Answer(request, moment, to, NOT_BILLING_AGENT, self.last_framing(request))
        parts = self.parts(request)
        if parts is None or not all(is_complete(self.meters, request.sdp, part) for part in parts):
            return None
        found = [(part, quantities(self.meters, request.sdp, part, self.calendar)) for part in parts]
        checked = None
        if self.registers is not None:
            checked = self.registers.check(self.meters, self.directories[request.ldc], request.sdp, parts)
        status = DELIVERED if checked is None or checked.status is None else checked.status
        return Answer(request, moment, agent, status, parts[-1].framing, found, checked)

    def parts(self, request: Request) -> list[Part] | None:
        """The parts of a request's period; None where a day has no framing structure."""
        directory, sdp = self.directories[request.ldc], request.sdp
        return parts_of(
            request.start,
            request.end,
            lambda day: self.framing(request.ldc, sdp, day),
            lambda day: directory.value("sdp", sdp, "sdp_to_account", day),
            self.calendar,
        )

    def billing_agent(self, request: Request) -> str:
        """Who receives the quantities: the billing agent on the period's last day, else the LDC (BSV-05, AMB-26)."""
        directory = self.directories[request.ldc]
        return directory.value("sdp", request.sdp, "sdp_to_billing_agent", request.last_day) or request.ldc

    def last_framing(self, request: Request) -> str | None:
        """The framing structure on the period's last day."""
        return self.framing(request.ldc, request.sdp, request.last_day)

    def framing(self, ldc: str, sdp: str, day: Day) -> str | None:
        """The framing structure of an SDP on a day, by its name."""
        code = self.directories[ldc].value("sdp", sdp, "framing_structure", day)
        return None if code is None else self.framings.get(code, code)

    def window_ends(self, request: Request) -> Day:
        """The last day of a request's window (WIN-01, AMB-24)."""
        opens = max(request.end, day_of(request.received))
        return self.calendar.last_day_of_window(opens, self.terms.window_business_days)

    def closes_at(self, request: Request) -> Instant:
        """When a request gets 02, if it is open then: on the calendar day after its window (WIN-07)."""
        return at(next_day(self.window_ends(request)), *self.terms.no_data)
