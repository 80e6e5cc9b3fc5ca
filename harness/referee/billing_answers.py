"""What a request has to be answered with at a moment, by the oracle: one answer for each way in which slides are read.

A reading is asked for only where it makes a difference. Readings are asked of a `Branch`: where one is open that it has
not taken yet, it splits (`explored`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias, TypeVar

from harness.interface.instants import Day, Instant, day_of, midnight
from harness.oracle.billing import DELIVERED, NO_DATA, NOT_BILLING_AGENT, Request
from harness.oracle.estimation import HISTORIC, Estimation
from harness.oracle.quantities import Fields, Part, energy_file, is_complete, parts_of, quantities
from harness.oracle.spans import SpanDirectory
from harness.oracle.sum_check import NO_READ, Checked, boundary
from harness.referee.billing_directories import Directories
from harness.referee.billing_meters import MeterRoom
from harness.referee.billing_terms import BillingTerms
from harness.referee.case import Case
from harness.referee.worlds import Undecided

T = TypeVar("T")
CHANCE = "whether "
"""What the questions begin with that no reading decides, such as which of two things came first: yes or no."""
_YES_OR_NO = ("yes", "no")
Takes: TypeAlias = Callable[[str], str]
"""Gives the reading that is taken of an ambiguity. May raise `Undecided`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request has to be answered with: with quantities where it has parts.

    :param at: the moment that it is made; `until` the last moment at which it may be made.
    :param status: the name of its Transaction Status in the profile.
    :param framing: the framing structure on the period's last day, which an answer without quantities states.
    :param checked: what the sum check came to, where there was one; `any_check` where its outcome is open.
    :param estimated: whether something was estimated; `any_quantity` where the estimates are open.
    """

    at: Instant
    until: Instant
    recipient: str
    status: str
    framing: str | None = None
    parts: Sequence[tuple[Part, Mapping[str, list[Fields]]]] = ()
    checked: Checked | None = None
    any_check: bool = False
    estimated: bool = False
    any_quantity: bool = False

    @property
    def file_types(self) -> frozenset[str]:
        """The file types that it comes in; without quantities, any one of them."""
        if self.parts:
            return frozenset(file_type for _, by_type in self.parts for file_type in by_type)
        return frozenset({"6000", "6000" if self.framing is None else energy_file(self.framing)})


@dataclass(frozen=True, slots=True)
class Branch:
    """A way in which a request may have gone: the readings that it takes, and its answer where it has one."""

    taken: Mapping[str, str]
    answer: Answer | None = None


def explored(branch: Branch, take: Callable[[Takes], T], case: Case, ldc: str) -> list[tuple[Branch, T]]:
    """Do something in a branch that may ask for readings; with the branches that it splits into."""

    def reading(ambiguity: str) -> str:
        if ambiguity in branch.taken:
            return branch.taken[ambiguity]
        answers = _YES_OR_NO if ambiguity.startswith(CHANCE) else case.still_open(ambiguity, ldc)
        if len(answers) > 1:
            raise Undecided(ambiguity, answers)
        return answers[0]

    try:
        return [(branch, take(reading))]
    except Undecided as question:
        split = (replace(branch, taken={**branch.taken, question.question: each}) for each in question.answers)
        return [found for each in split for found in explored(each, take, case, ldc)]


@dataclass(slots=True)
class AnswerBooks:
    """Makes answers of what is known at a moment."""

    case: Case
    terms: BillingTerms
    directories: Directories
    meters: MeterRoom

    def directory(self, request: Request) -> SpanDirectory:
        return self.directories.of[request.ldc]

    def unknown(self, request: Request) -> str:
        """Why nothing can be said of the request's SDP now; empty where it can."""
        return self.meters.unclear or self.directories.unknown(request.ldc, request.sdp)

    def framing(self, request: Request, day: Day) -> str | None:
        """The framing structure of the request's SDP on a day, by its name."""
        code = self.directory(request).value("sdp", request.sdp, "framing_structure", day)
        words = {each: word for word, each in self.case.profile.codes["framing_structure"].items()}
        return None if code is None else words.get(code, code)

    def agent(self, request: Request, moment: Instant, reading: Takes) -> str:
        """The organisation that receives the quantities (BSV-05, AMB-26)."""
        on = {"last-day-of-period": request.last_day, "when-answered": day_of(moment)}
        agents = {each: self.agent_on(request, day) for each, day in on.items()}
        return agents[reading("AMB-26") if len(set(agents.values())) > 1 else "last-day-of-period"]

    def agent_on(self, request: Request, day: Day) -> str:
        """The billing agent on a day, else the LDC."""
        return self.directory(request).value("sdp", request.sdp, "sdp_to_billing_agent", day) or request.ldc

    def parts(self, request: Request) -> list[Part] | None:
        """The parts of a request's period (SEG-01 to -05); None where a day has no framing structure."""
        directory, sdp = self.directory(request), request.sdp
        return parts_of(
            request.start,
            request.end,
            lambda day: self.framing(request, day),
            lambda day: directory.value("sdp", sdp, "sdp_to_account", day),
            self.terms.calendar,
        )

    def ends(self, request: Request) -> Instant:
        """When a request's period ends, by the clock of its last part's framing structure."""
        parts = self.parts(request)
        return boundary(request.end, parts[-1].framing if parts else "hourly")

    def vee_service(self, request: Request) -> str | None:
        """The VEE service of the request's SDP on the period's last day."""
        return self.directory(request).value("sdp", request.sdp, "vee_service", request.last_day)

    def vee_services(self, request: Request) -> set[str | None]:
        """The VEE services of the request's SDP in its period: which day's counts is on no slide."""
        return self.directory(request).values("sdp", request.sdp, "vee_service", request.start, request.last_day)

    def is_check_sure(self, request: Request) -> bool:
        """Whether there is a sum check, or none, whichever day's VEE service counts (SUM-05)."""
        exempt = next(iter(self.terms.sum_checks.values())).exempt
        return len({each is None or each in exempt for each in self.vee_services(request)}) == 1

    def is_estimation_sure(self, request: Request) -> bool:
        """Whether on-demand estimation is provided, and how, whichever day's VEE service counts."""
        return len({self._estimated_by(each) for each in self.vee_services(request)}) == 1

    def _estimated_by(self, vee_service: str | None) -> str | None:
        return vee_service if vee_service in self.terms.estimation.methods else None

    def opens(self, request: Request, reading: Takes) -> Day:
        """The first day of a request's window (WIN-01, AMB-24)."""
        late = day_of(request.received)
        if late <= request.end:
            return request.end
        return {"from-receipt": late, "from-period-end": request.end}[reading("AMB-24")]

    # --- answers -------------------------------------------------------------------------------------------

    def answer(self, request: Request, at: Instant, until: Instant, reading: Takes) -> Answer | None:
        """The answer to a request at a moment, or None while it has to wait."""
        agent = self.agent(request, at, reading)
        if request.requester not in {None, agent}:
            framing = self.framing(request, request.last_day)
            return Answer(at, until, request.requester or agent, NOT_BILLING_AGENT, framing)
        return self.with_quantities(request, agent, at, until, reading)

    def no_data(self, request: Request, at: Instant, reading: Takes) -> Answer:
        """The 'no data available' response (WIN-07)."""
        agent = self.agent(request, at, reading)
        return Answer(at, at, agent, NO_DATA, self.framing(request, request.last_day))

    def with_quantities(
        self, request: Request, agent: str, at: Instant, until: Instant, reading: Takes
    ) -> Answer | None:
        """The answer that delivers quantities; None where not all of them can be had (WIN-03)."""
        parts = self.parts(request)
        if parts is None or not self._is_complete(request, parts, reading):
            return None
        found = self._quantities(request, parts, reading)
        checked = self._check(request, parts, reading)
        status = DELIVERED if checked is None or checked.status is None else checked.status
        unsure = (checked is not None and _is_unsure(checked)) or not self.is_check_sure(request)
        return Answer(at, until, agent, status, parts[-1].framing, found, checked, any_check=unsure)

    def _is_complete(self, request: Request, parts: Sequence[Part], reading: Takes) -> bool:
        books = list(self.meters.books.items())
        found = {
            each: all(is_complete(book, request.sdp, part) for part in parts)
            for each, book in (books if request.sdp in self.meters.not_validated else books[:1])
        }
        return found[reading("AMB-04")] if len(set(found.values())) > 1 else next(iter(found.values()))

    def _quantities(
        self, request: Request, parts: Sequence[Part], reading: Takes
    ) -> list[tuple[Part, Mapping[str, list[Fields]]]]:
        found = {
            each: [(part, quantities(self.meters.book, request.sdp, part, calendar)) for part in parts]
            for each, calendar in self.terms.calendars.items()
        }
        first = next(iter(found.values()))
        if all(each == first for each in found.values()):
            return list(first)
        return list(found[reading("AMB-14")])

    def _check(self, request: Request, parts: list[Part], reading: Takes) -> Checked | None:
        """The sum check of a response that is ready (SUM-01 to -06, AMB-11, AMB-56)."""
        found = {
            each: book.check(self.meters.book, self.directory(request), request.sdp, parts)
            for each, book in self.meters.registers.items()
        }
        first = next(iter(found.values()))
        checked = first if all(each == first for each in found.values()) else found[reading("AMB-11")]
        if checked is None or checked.first is None or checked.first != checked.last:
            return checked
        if reading("AMB-56") == "two-reads-needed":
            return checked
        return Checked(None, checked.first, checked.last, 0, 0)

    # --- estimation ----------------------------------------------------------------------------------------

    def estimation(self) -> Estimation:
        """On-demand estimation with what is known now."""
        return Estimation(self.terms.estimation, self.terms.calendar, self.meters.book)

    def provides_estimation(self, request: Request) -> bool:
        """Whether a VEE service of the request's SDP in its period provides on-demand estimation (ODE-01)."""
        return any(each in self.terms.estimation.methods for each in self.vee_services(request))

    def estimates_are_sure(self, request: Request) -> bool:
        """Whether everybody estimates alike: from days that are alike, or from a profile that leaves nothing open."""
        return self.history_is_alike(request) if self.is_historic(request) else self._shares_are_sure(request)

    def _shares_are_sure(self, request: Request) -> bool:
        """Whether each missing interval has a whole share of the profile, the same by EST and by the SDP's own clock.

        How a share is rounded, and by which clock a profile's hours go, is not said.
        """
        moment = self.meters.book.received_until.get(request.sdp)
        profiles = self.terms.estimation.profiles.get(self.vee_service(request) or "")
        if moment is None or profiles is None:
            return True
        minutes = self.meters.book.days[request.sdp][day_of(Instant(moment - timedelta(minutes=1)))].minutes
        end = self.ends(request)
        behind = end - midnight(day_of(end))
        while moment < end:
            hour = self._of_profile(profiles, moment)
            if hour * minutes % 60 or hour != self._of_profile(profiles, Instant(moment - behind)):
                return False
            moment = Instant(moment + timedelta(minutes=minutes))
        return True

    def _of_profile(self, profiles: tuple[Sequence[int], Sequence[int]], moment: Instant) -> int:
        business, other = profiles
        return (business if self.terms.calendar.is_business_day(day_of(moment)) else other)[moment.hour]

    def is_historic(self, request: Request) -> bool:
        """Whether it estimates from history."""
        return self.terms.estimation.methods.get(self.vee_service(request) or "") == HISTORIC

    def history_is_alike(self, request: Request) -> bool:
        """Whether all days that history may be taken from are alike: how they are weighed is on no slide."""
        until = self.meters.book.received_until.get(request.sdp)
        if until is None:
            return True
        days = self.meters.book.days.get(request.sdp, {})
        first = Day(day_of(until) - timedelta(days=self.terms.estimation.look_back_days))
        held = [each for day, each in days.items() if first <= day < day_of(until)]
        return len({(each.minutes, tuple(each.wh), tuple(map(str, each.status)), str(each.varh)) for each in held}) <= 1


def _is_unsure(checked: Checked) -> bool:
    """Whether a sum check rests on what no slide says: a read of no meter, or of another register."""
    if checked.first is None or checked.last is None or checked.first == checked.last:
        return False
    return checked.status == NO_READ
