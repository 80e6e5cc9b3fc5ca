"""Billing cycle schedules: what may be held of each LDC's, and what IR03 says of a file (BSV-04, BRP-01).

Which dates of an update are taken is open in several ways (AMB-27, AMB-50, AMB-51, and whether a first schedule needs a
lead), so is whether it gives up what it leaves out, and when a file is loaded (AMB-19). A schedule is kept in every
state that it may be in; IR03 tells which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import NamedTuple, TypeAlias

from harness.interface.instants import Day, Instant, day_of, iso
from harness.oracle.calendar import next_day
from harness.referee.billing_terms import BillingTerms
from harness.referee.case import Case, Letter, Received
from harness.referee.post import broken_by

Ends: TypeAlias = "Mapping[tuple[str, Day], Day]"
"""The exclusive end of each period, by billing cycle and first day."""
_HELD_ALONE = "a date that is added is none to be updated"
_WAYS: Mapping[str, tuple[str, ...]] = {"date-held": ("date-held", _HELD_ALONE)}
"""Where the date held counts (AMB-50), one that none was held of is late by itself, or is no update of any."""


class Cycle(NamedTuple):
    """A period of a billing cycle, from a day until another, exclusive."""

    billing_cycle_id: str
    start: Day
    end: Day


class Load(NamedTuple):
    """A way in which a file may be loaded: what it makes of a schedule, and what is refused."""

    ends: Ends
    bad: frozenset[Cycle]
    refused: frozenset[Cycle]


@dataclass(slots=True, eq=False)
class SentSchedule:
    """A schedule file that was submitted.

    :param due: until when it is loaded and IR03 has come.
    :param is_sure: whether it was let in, and all of it could be read.
    :param reports: the names of the reports that came; `times` how often it was submitted: for each there may be one.
    """

    name: str
    ldc: str
    submitter: str
    at: Instant
    due: Instant
    cycles: tuple[Cycle, ...]
    is_sure: bool
    reports: list[str] = field(default_factory=list)
    is_loaded: bool = False
    times: int = 1


class Schedules:
    """The schedules of all LDCs."""

    def __init__(self, case: Case, terms: BillingTerms) -> None:
        self.case = case
        self.terms = terms
        self.states: dict[str, list[Ends]] = {ldc: [{}] for ldc in sorted(case.ldcs)}
        self.unclear: dict[str, str] = {}
        self._sent: dict[str, SentSchedule] = {}
        self._waiting: list[SentSchedule] = []
        self.of_agents: set[str] = set()
        self.late: set[tuple[str, Day, Day]] = set()
        self.refused_to: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._given: dict[str, set[Cycle]] = {}

    # --- what comes ----------------------------------------------------------------------------------------

    def received(self, received: Received) -> None:
        """A schedule file was submitted."""
        file, ldc = received.file, received.ldc
        if received.admission.verdict == "refused":
            self._refused[file.name] = self.refused_to[ldc] = received.admission.rule
            return
        if file.organisation != ldc:
            self.of_agents.add(ldc)
        if file.name in self._sent:
            self.unclear.setdefault(ldc, "a schedule file was submitted twice")
            self._sent[file.name].times += 1
            return
        if any(each.ldc == ldc and not each.is_loaded for each in self._waiting):
            self.unclear.setdefault(ldc, "several schedule files wait to be loaded, and in which order is open")
        reading = received.read()
        details = () if reading.file is None else reading.file.details
        cycles = [
            Cycle(str(each["billing_cycle_id"]), Day(start), Day(end))
            for each in details
            if isinstance(start := each["period_start_date"], date) and isinstance(end := each["period_end_date"], date)
        ]
        is_sure = received.admission.verdict == "in" and not reading.findings and len(set(cycles)) == len(cycles)
        at_once = self.case.still_open("AMB-19", ldc) == ("on-receipt",)
        due = file.instant if at_once else self.terms.same_time_next_business_day(file.instant)
        sent = SentSchedule(file.name, ldc, file.organisation, file.instant, due, tuple(cycles), is_sure)
        self._sent[file.name] = sent
        self._waiting.append(sent)
        if _overlap(cycles, self._given.setdefault(ldc, set())):
            self.unclear.setdefault(ldc, "whether a period updates another that it overlaps is open")
        self._given[ldc].update(cycles)
        if not is_sure:
            self.unclear.setdefault(ldc, "what becomes of a damaged schedule file is open")
        elif not self.case.opening.from_the_beginning:
            self.unclear.setdefault(ldc, "the schedule held before the stream began is not known")

    def arrived(self, letter: Letter) -> None:
        """An IR03 came."""
        named = "" if letter.status is None else str(letter.status["file_name"])
        sent = self._sent.get(named)
        if sent is None:
            if letter.status is not None and self.case.opening.from_the_beginning:
                rule, refused = self._refused.get(named, "BRP-01"), named in self._refused
                expected = "nothing of a file that was refused" if refused else "a report on a schedule that came"
                place = letter.instant, f"IR03 for {letter.recipient}", expected, f"one on {named}", letter.file.name
                for each in broken_by(rule, "8000"):
                    self.case.hold(each, False, *place, rests_on=letter.whole)
            return
        sent.reports.append(letter.file.name)
        if sent.is_sure and letter.ldc == sent.ldc:
            self._judge_report(sent, letter)

    def passed(self, until: Instant) -> None:
        """Judge the reports that had to have come by an instant."""
        for sent in list(self._waiting):
            due = self.case.latest(sent.submitter, sent.due, sent.at)
            if due > until:
                continue
            if not sent.is_loaded:
                self._load(sent, None)
            is_told = self.case.reports_to_submitter(sent.submitter, sent.ldc, "IR03")
            if not sent.reports and sent.is_sure and is_told:
                self._judge_silence(sent, due)
            self._waiting.remove(sent)

    def _judge_silence(self, sent: SentSchedule, due: Instant) -> None:
        sent.is_sure = False
        about = f"schedule {sent.name}"
        if self.case.may_be_lost(sent.submitter, sent.at, due):
            why = "no slide says whether what a mailbox refused is delivered later"
            self.case.cannot_see("BRP-01", due, about, why)
            return
        unread = [("unread", "IR03", sent.submitter)]
        expected = f"IR03 for {sent.submitter} by {iso(sent.due)}"
        self.case.hold("BRP-01", False, due, about, expected, "none", rests_on=unread)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is scheduled, nor waits to be."""
        return not self._waiting and not any(held for states in self.states.values() for held in states)

    # --- what is due ---------------------------------------------------------------------------------------

    def due_on(self, ldc: str, day: Day) -> tuple[set[Cycle], set[Cycle]]:
        """The periods that are billed on a day: those for certain, and those that may be (BSV-01, AMB-60)."""
        states = [*self.states[ldc]]
        for sent in self._waiting:
            if sent.ldc == ldc and not sent.is_loaded:
                states += [load.ends for held in self.states[ldc] for load in self._loads(sent, held)]
        due = [{Cycle(cycle, start, end) for (cycle, start), end in held.items() if end == day} for held in states]
        certain = set.intersection(*due) if due and ldc not in self.unclear else set()
        return certain, set.union(*due) - certain

    # --- how a file may be loaded --------------------------------------------------------------------------

    def _loads(self, sent: SentSchedule, held: Ends) -> list[Load]:
        """Every way in which a file may be loaded into a schedule, the likeliest first."""
        found: dict[tuple[frozenset[Cycle], frozenset[Cycle], frozenset[tuple[str, Day]]], Load] = {}
        readings = product(*(self.case.still_open(each, sent.ldc) for each in ("AMB-27", "AMB-50", "AMB-51")))
        for lead, reading, others in readings:
            earliest = self._earliest(sent.at, lead)
            ways = _WAYS.get(reading, (reading,))
            for is_update, which in product((True,) if held else (False, True), ways):
                bad = frozenset(
                    each
                    for each in sent.cycles
                    if each.end <= each.start or (is_update and _is_late(each, held, which, earliest))
                )
                whole = bool(bad) and others == "whole-file"
                taken = () if whole else [each for each in sent.cycles if each not in bad]
                refused = frozenset(sent.cycles) if whole else bad
                given_up = _left_out(sent.cycles, held, earliest) if taken else []
                for gone in [frozenset[tuple[str, Day]](), *given_up]:
                    ends = {period: end for period, end in held.items() if period not in gone}
                    ends |= {(each.billing_cycle_id, each.start): each.end for each in taken}
                    found.setdefault((bad, refused, gone), Load(ends, bad, refused))
        return list(found.values())

    def _earliest(self, moment: Instant, reading: str) -> Day:
        """The first billing cycle date that a file may still change (BSV-04, AMB-27)."""
        day, left = day_of(moment), self.terms.lead_days
        while left > 0:
            day = next_day(day)
            left -= reading == "calendar-days" or self.terms.calendar.is_business_day(day)
        return day

    def _load(self, sent: SentSchedule, report: Letter | None) -> bool:
        """Load a file in every state, as far as that agrees with its report; whether anything does."""
        sent.is_loaded = True
        every = [load for held in self.states[sent.ldc] for load in self._loads(sent, held)]
        fitting = every if report is None else [load for load in every if self._agrees(load, sent, report)]
        states: list[Ends] = []
        for load in fitting or every:
            if load.ends not in states:
                states.append(load.ends)
        self.states[sent.ldc] = states
        return bool(fitting)

    def _agrees(self, load: Load, sent: SentSchedule, report: Letter) -> bool:
        codes, status = self.case.profile.codes["schedule_status"], report.status
        taken = len(sent.cycles) - len(load.refused)
        word = "loaded" if not load.bad else "in_part" if taken else "refused"
        if status is None or status["status"] != codes[word]:
            return False
        told = [(each["billing_cycle_id"], each["period_start_date"]) for each in report.details]
        return _are_told(load.bad, told) and len(told) <= len(load.refused) and _are_of(load.refused, told)

    # --- IR03 ----------------------------------------------------------------------------------------------

    def _judge_report(self, sent: SentSchedule, letter: Letter) -> None:
        hold, name = self.case.hold, letter.file.name
        about, where = f"schedule {sent.name}", letter.instant
        recipient = letter.recipient == sent.submitter
        expected, observed = f"IR03 for {sent.submitter} alone", f"one for {letter.recipient}"
        rests_on = [("recipient", name)]
        hold("BRP-01", recipient, where, about, expected, observed, name, rests_on=rests_on)
        if not recipient:
            sent.reports.remove(name)
            return
        if len(sent.reports) > sent.times:
            hold("BRP-01", False, where, about, "one IR03", f"IR03 number {len(sent.reports)}", name)
        if len(sent.reports) > 1:
            return
        until = self.case.latest(sent.submitter, sent.due, sent.at)
        held = sent.at <= where <= until
        hold("BRP-01", held, where, about, f"IR03 by {iso(sent.due)}", f"one at {iso(where)}", name)
        if where > self.case.latest(sent.submitter, sent.at):
            self.case.keeps("AMB-19", sent.ldc, ("within-a-business-day",))
        was_held = all(self.states[sent.ldc])
        ways = [load for state in self.states[sent.ldc] for load in self._loads(sent, state)]
        agrees = self._load(sent, letter)
        self.late |= {(sent.ldc, each.start, each.end) for load in ways for each in load.bad}
        periods = all(each.end > each.start for each in sent.cycles)
        is_update = periods and (any(load.bad for load in ways) or was_held)
        rule = "BSV-04" if is_update else "BRP-01"
        status = letter.status
        told = sorted(str(each["billing_cycle_id"]) for each in letter.details)
        stated = "" if status is None else status["status"]
        observed = f"{stated}, refused: {', '.join(told) or 'nothing'}"
        expected = " or ".join(_words(load, sent.cycles) for load in ways[:3])
        hold(rule, agrees or sent.ldc in self.unclear, where, about, expected, observed, name, rests_on=letter.whole)


def _left_out(cycles: Collection[Cycle], held: Ends, earliest: Day) -> list[frozenset[tuple[str, Day]]]:
    """What an update leaves out that may still be changed, of the billing cycles that it names and of all.

    Whether an update states what it changes alone, or all there is from now on, is not said.
    """
    stated = {(each.billing_cycle_id, each.start) for each in cycles}
    named = {each.billing_cycle_id for each in cycles}
    left = frozenset(period for period, end in held.items() if period not in stated and end >= earliest)
    return [left, frozenset(period for period in left if period[0] in named)]


def _overlap(cycles: Sequence[Cycle], earlier: Collection[Cycle]) -> bool:
    """Whether a period that begins on a day of its own has days in common with another of its billing cycle."""
    begun = {(each.billing_cycle_id, each.start) for each in earlier}
    return any(
        one.billing_cycle_id == two.billing_cycle_id
        and one.start != two.start
        and one.start < two.end
        and two.start < one.end
        for one in cycles
        if (one.billing_cycle_id, one.start) not in begun
        for two in (*earlier, *cycles)
    )


def _is_late(cycle: Cycle, held: Ends, way: str, earliest: Day) -> bool:
    """Whether a file would change a billing cycle date that lies too near (BSV-04, AMB-50)."""
    before = held.get((cycle.billing_cycle_id, cycle.start))
    if before == cycle.end or (before is None and way == _HELD_ALONE):
        return False
    before = cycle.end if before is None else before
    dates = {"earlier-of-both": min(cycle.end, before), "new-date": cycle.end}
    return dates.get(way, before) < earliest


def _are_told(cycles: frozenset[Cycle], told: Sequence[tuple[object, object]]) -> bool:
    """Whether a report tells of each of some dates; what it leaves blank is not held against it."""
    return all(any(_may_be(each, one) for one in told) for each in cycles)


def _are_of(cycles: frozenset[Cycle], told: Sequence[tuple[object, object]]) -> bool:
    return all(any(_may_be(each, one) for each in cycles) for one in told)


def _may_be(cycle: Cycle, told: tuple[object, object]) -> bool:
    identifier, start = told
    return identifier in {None, cycle.billing_cycle_id} and start in {None, cycle.start}


def _words(load: Load, cycles: Sequence[Cycle]) -> str:
    refused = sorted(f"{each.billing_cycle_id} from {each.start}" for each in load.bad)
    whole = " with the whole file" if load.bad and len(load.refused) > len(load.bad) else ""
    return f"{len(cycles) - len(load.refused)} loaded, refused: {', '.join(refused) or 'nothing'}{whole}"
