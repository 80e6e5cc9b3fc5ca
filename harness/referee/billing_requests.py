"""Requests for billing quantities, pulled or pushed, on their way to an answer (BSV-01, -02; WIN-01 to -08; ODE-02).

A request goes on in branches (`billing_answers`), one for each way in which it may have gone. It is looked at when it
is received, or with the run of the Billing Reads Processor after that (AMB-52); then at every billing run, until it is
answered, or its window is over. What comes at the very moment of a run may be there for it, or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from harness.interface.files import Record
from harness.interface.instants import Day, Instant, at, day_of, iso, later
from harness.oracle.billing import Request
from harness.oracle.calendar import every_day, next_day
from harness.referee.billing_answers import CHANCE, Answer, AnswerBooks, Branch, Takes, explored
from harness.referee.case import Letter
from harness.referee.judgements import Subject


class Found(NamedTuple):
    """A record of an answer, and the file it stands in."""

    letter: Letter
    record: Record

    @property
    def at(self) -> Instant:
        return self.letter.instant

    @property
    def has_quantities(self) -> bool:
        """Whether it states any quantity."""
        names = self.record.layout.positions
        return any(self.record[name] is not None for name in names if name.endswith(("_wh", "_w", "_va")))


@dataclass(slots=True, eq=False)
class Asked:
    """A request, and what has become of it so far.

    :param file: the file that it stood in; empty where the schedule asked.
    :param must: whether it was made for certain; else it may have been.
    :param version: the instant whose response it recovers.
    :param unclear: why it cannot be judged; empty where it can.
    :param found: the records that have come in answer to it.
    :param is_over: whether its answer has been judged; `is_late` whether it was said to be missing.
    :param closed: when its answer was judged.
    :param is_split: whether its requester may have got 08, and another quantities (AMB-59): what reports tell is open.
    """

    request: Request
    file: str = ""
    must: bool = True
    version: Instant | None = None
    unclear: str = ""
    branches: list[Branch] = field(default_factory=lambda: [Branch({})])
    found: list[Found] = field(default_factory=list)
    is_over: bool = False
    is_late: bool = False
    closed: Instant | None = None
    was_judged_right: bool = True
    estimated: bool = False
    was_to_be_estimated: bool = False
    is_split: bool = False
    processed: list[Instant] = field(default_factory=list)

    @property
    def about(self) -> str:
        request = self.request
        if request.detail_id is not None:
            return f"request {request.detail_id} of {request.requester}"
        return f"scheduled {request.sdp}, {request.start} to {request.end}"

    @property
    def energy(self) -> Found | None:
        """The first record of energy, which states the status: whether one of demand states it is open (AMB-63)."""
        return next((each for each in self.found if each.letter.type != "6200"), None)

    @property
    def is_unsure(self) -> bool:
        """Whether it is not for certain what reports have to tell of it."""
        return bool(self.unclear) or not self.was_judged_right or self.is_split

    @property
    def subject(self) -> Subject:
        request = self.request
        return ("billing", request.ldc, request.detail_id or f"{request.sdp} {request.start} {request.end}")

    @property
    def is_open(self) -> bool:
        """Whether it may still be unanswered."""
        return not self.is_over and any(branch.answer is None for branch in self.branches)


class Cloud(NamedTuple):
    """Days of an SDP of which it is not known whether what is missing was estimated, and why."""

    since: Day
    until: Day
    why: str


class Estimates(NamedTuple):
    """Days of an SDP of which something was estimated; whether a slide says to what it was."""

    since: Day
    until: Day
    are_known: bool


class Processing:
    """Lets requests be processed, as the slides say when.

    :ivar unseen: the requests that cannot be judged, until their data would be estimated.
    """

    def __init__(self, books: AnswerBooks) -> None:
        self.books = books
        self.case = books.case
        self.terms = books.terms
        self.asked: list[Asked] = []
        self._estimated_on: dict[str, Day] = {}
        self._clouds: dict[str, list[Cloud]] = {}
        self.unseen: list[Asked] = []
        self._estimates: dict[str, list[Estimates]] = {}

    def take(self, asked: Asked) -> None:
        """A request has come, or is loaded by the schedule."""
        request = asked.request
        self.asked.append(asked)
        if asked.unclear or self._cannot(asked):
            return
        if not self.terms.divides_as_usual:
            asked.unclear = "the system states other events that divide a period"
        elif self._estimated_on.get(request.sdp) == day_of(request.received) and request.received < self._first_run():
            asked.unclear = "on the day on which data of the SDP is estimated, before the first run"
        elif not request.on_cycle:
            until = later(request.received, minutes=self._reads_minutes(request.ldc))
            self._in_branches(asked, lambda reading: self.books.answer(request, request.received, until, reading))
            asked.processed.append(request.received)
        elif (run := self.terms.last_run(request.received)) < request.received < later(run, seconds=self.case.seconds):
            self._in_branches(asked, lambda reading: self._taken_along(asked, run, reading))

    def _first_run(self) -> Instant:
        return at(day_of(self.case.now), *self.terms.runs[0])

    def _reads_minutes(self, ldc: str) -> int:
        return self.terms.reads_minutes if "next-reads-run" in self.case.still_open("AMB-52", ldc) else 0

    def is_unread(self, request: Request, moment: Instant) -> bool:
        """Whether a request may not have been read yet at a moment (AMB-52)."""
        read_by = later(request.received, minutes=self._reads_minutes(request.ldc), seconds=self.case.seconds)
        return request.requester is not None and moment < read_by

    def may_be_estimated(self, sdp: str) -> bool:
        """Whether data of an SDP was to be estimated at any time: what was stays, for all requests."""
        return sdp in self._estimated_on

    def _cannot(self, asked: Asked) -> bool:
        """Whether nothing can be said of a request's SDP now: the request is not judged then."""
        why = self.books.unknown(asked.request) or self._why_clouded(asked.request)
        if why:
            asked.unclear = why
        return bool(why)

    def _in_branches(self, asked: Asked, take: Callable[[Takes], Answer | None]) -> None:
        """Let an open request perhaps be answered, in each of its branches."""
        branches: list[Branch] = []
        for branch in asked.branches:
            if branch.answer is not None:
                branches.append(branch)
                continue
            for each, answer in explored(branch, take, self.case, asked.request.ldc):
                branches.append(replace(each, answer=self._marked(asked, answer)))
        asked.branches = branches

    def _marked(self, asked: Asked, answer: Answer | None) -> Answer | None:
        if answer is None:
            return answer
        is_open = not all(each.are_known for each in self.estimates_in(asked.request))
        any_check = answer.any_check or (is_open and answer.checked is not None)
        return replace(answer, estimated=asked.estimated, any_quantity=is_open, any_check=any_check)

    def waiting(self) -> Iterator[Asked]:
        """The requests that can still be judged, and may still be unanswered."""
        return (each for each in self.asked if not each.unclear and each.is_open)

    # --- what falls due ------------------------------------------------------------------------------------

    def tick(self, moment: Instant) -> None:
        """Let fall due what does so at a clock time."""
        if (moment.hour, moment.minute) == (0, 0):
            self._estimate(moment)
        closes = (moment.hour, moment.minute) == self.terms.no_data
        if not closes and not self.terms.is_run(moment):
            return
        for asked in list(self.waiting()):
            if asked.version is None and not self._cannot(asked):
                if self.terms.is_run(moment):
                    asked.processed.append(moment)
                self._in_branches(asked, lambda reading, asked=asked: self._at(asked, moment, reading))  # type: ignore[misc]

    def _at(self, asked: Asked, moment: Instant, reading: Takes) -> Answer | None:
        """What a request is answered with at a clock time, if at all."""
        request, books = asked.request, self.books
        found = books.answer(request, moment, moment, reading) if self.terms.is_run(moment) else None
        if (moment.hour, moment.minute) == self.terms.no_data and self.closes_at(request, reading) <= moment:
            found = found or books.answer(request, moment, moment, reading)
            if found is None or reading("AMB-13") == "no-data-first":
                found = books.no_data(request, moment, reading)
        if found is None or moment > later(request.received, minutes=self._reads_minutes(request.ldc)):
            return found
        unread = reading("AMB-52") == "next-reads-run" and request.requester is not None
        return None if unread and reading(f"{CHANCE}read by {iso(moment)}") == "no" else found

    def _taken_along(self, asked: Asked, run: Instant, reading: Takes) -> Answer | None:
        """What a request gets that came in the seconds that a run may take."""
        found = self.books.answer(asked.request, asked.request.received, asked.request.received, reading)
        return found if found is not None and reading(f"{CHANCE}taken along at {iso(run)}") == "yes" else None

    def window_end(self, request: Request, reading: Takes) -> Day:
        """The last day of a request's window (WIN-01)."""
        return self.terms.window_end(self.books.opens(request, reading))

    def closes_at(self, request: Request, reading: Takes) -> Instant:
        """When a request gets 02, if it is open then, on the calendar day after its window (WIN-07)."""
        return at(next_day(self.window_end(request, reading)), *self.terms.no_data)

    # --- estimation ----------------------------------------------------------------------------------------

    def _estimate(self, midnight: Instant) -> None:
        """Estimate what is missing of requests that are open, where it is time for that (ODE-02)."""
        estimation = self.books.estimation()
        for asked in list(self.waiting()):
            request = asked.request
            if asked.version is not None or not self.books.provides_estimation(request):
                continue
            starts = [
                due and branch.answer is None
                for each in asked.branches
                for branch, due in explored(
                    each,
                    lambda reading, request=request: (  # type: ignore[misc]
                        estimation.starts(self.books.opens(request, reading)) == midnight
                    ),
                    self.case,
                    request.ldc,
                )
            ]
            if any(starts):
                self._estimated_on[request.sdp], asked.was_to_be_estimated = day_of(midnight), True
                why = self._why_open(request) if all(starts) else "whether its data is estimated is open"
                if why:
                    self._cloud(request, why)
                else:
                    self._extrapolate(asked)

        for asked in list(self.unseen):
            self._estimate_unseen(asked, midnight)

    def _estimate_unseen(self, asked: Asked, midnight: Instant) -> None:
        """A request that cannot be judged may be open still, and its data estimated."""
        request, start = asked.request, self.books.estimation().starts
        opens = explored(Branch({}), lambda reading: self.books.opens(request, reading), self.case, request.ldc)
        starts = {start(day) for _, day in opens}
        if midnight in starts and self.books.provides_estimation(request):
            self._cloud(request, "whether its data was estimated for a request that cannot be judged is not known")
        if max(starts) <= midnight:
            self.unseen.remove(asked)

    def _why_open(self, request: Request) -> str:
        if not self.terms.estimates:
            return "the system does not claim on-demand estimation, and may do it or not"
        if not self.books.is_estimation_sure(request):
            return "which day's VEE service counts is on no slide"
        if request.sdp in self.books.meters.not_validated and len(self.books.meters.books) > 1:
            return "whether NV data is history to estimate from is open (AMB-04)"
        return ""

    def _extrapolate(self, asked: Asked) -> None:
        request, books = asked.request, self.books
        is_sure = books.estimates_are_sure(request)
        received_until = books.meters.book.received_until.get(request.sdp)
        done = books.estimation().extrapolate(request.sdp, books.ends(request), books.vee_service(request))
        if done:
            asked.estimated = True
            if received_until is not None:
                estimates = Estimates(day_of(received_until), self._over_on(request), is_sure)
                self._estimates.setdefault(request.sdp, []).append(estimates)
        elif not is_sure:
            self._cloud(request, "how history is weighed is on no slide")

    def estimates_in(self, request: Request) -> list[Estimates]:
        """What was estimated, for this request or for another, of the days of a request's period."""
        several = self._estimates.get(request.sdp)
        over_on = self._over_on(request) if several else request.end
        return [each for each in several or () if each.since < over_on and request.start <= each.until]

    def _over_on(self, request: Request) -> Day:
        """The first day of which no hour belongs to a period: by the Central clock it ends an hour into a day."""
        return next_day(day_of(later(self.books.ends(request), seconds=-1)))

    def _cloud(self, request: Request, why: str) -> None:
        """Judge no request whose data may be estimates, neither of those that are open nor of those to come."""
        sdp = request.sdp
        for asked in self.asked:
            if asked.request.sdp == sdp and not asked.is_over:
                asked.unclear = asked.unclear or why
        received_until = self.books.meters.book.received_until.get(sdp)
        if received_until is not None:
            self._clouds.setdefault(sdp, []).append(Cloud(day_of(received_until), self._over_on(request), why))

    def _why_clouded(self, request: Request) -> str:
        """Why it is not known which data of a request's period is there; empty where it is.

        What was estimated stays until all that is missing has come.
        """
        left = [each for each in self._clouds.pop(request.sdp, ()) if self._lacks_any(request.sdp, each)]
        if left:
            self._clouds[request.sdp] = left
        return next((each.why for each in left if each.since <= request.end and request.start <= each.until), "")

    def _lacks_any(self, sdp: str, cloud: Cloud) -> bool:
        """Whether any interval is missing on the days of a cloud."""
        held = self.books.meters.book.days.get(sdp, {})
        days = (held.get(day) for day in every_day(cloud.since, cloud.until))
        return any(day is None or None in day.status for day in days)

    # --- what comes meanwhile ------------------------------------------------------------------------------

    def changed(self, sdps: Iterable[str], moment: Instant) -> None:
        """Data of SDPs has come: what is processed at that very moment may have seen it, or not."""
        run = self.terms.last_run(moment)
        wanted = set(sdps)
        for asked in self.asked:
            if asked.request.sdp not in wanted or asked.is_over or asked.unclear or asked.found or asked.version:
                continue
            received = asked.request.received
            seconds = self.case.seconds
            if (run in asked.processed and moment < later(run, seconds=seconds)) or (
                not asked.request.on_cycle and moment < later(received, seconds=seconds)
            ):
                asked.unclear = "data came in the seconds in which it was processed"
            elif not asked.request.on_cycle:
                self._read_later(asked, moment)

    def synchronized(self, ldc: str, concerns: Callable[[str], bool], moment: Instant) -> None:
        """A set has come: what it says is so for requests that are not read yet, and for no others (AMB-52)."""
        for asked in self.asked:
            request = asked.request
            is_open = not (request.on_cycle or asked.found or asked.unclear or asked.version)
            if is_open and request.ldc == ldc and concerns(request.sdp) and self.is_unread(request, moment):
                asked.unclear = "a file set that names the SDP came before the request may have been read"

    def _read_later(self, asked: Asked, moment: Instant) -> None:
        """An off-cycle request that the Billing Reads Processor has not read yet is processed with what is new."""
        request = asked.request
        until = later(request.received, minutes=self._reads_minutes(request.ldc))
        if moment >= later(until, seconds=self.case.seconds):
            return

        def again(branch: Branch) -> list[tuple[Branch, Answer | None]]:
            def take(reading: Takes) -> Answer | None:
                if reading("AMB-52") == "on-receipt":
                    return branch.answer
                if reading(f"{CHANCE}read as data came at {iso(moment)}") == "yes":
                    return branch.answer and replace(branch.answer, until=min(moment, branch.answer.until))
                return self.books.answer(request, moment, until, reading)

            return explored(branch, take, self.case, request.ldc)

        asked.branches = [replace(each, answer=answer) for branch in asked.branches for each, answer in again(branch)]
