"""The files of the billing quantity process reports: which run each is of, and to whom they go (BRP-04 to BRP-10).

A report that has nothing to say may be a file without records, or none; its records may come in several files. Each LDC
receives every report, and an agent those that it is authorised for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from harness.interface.files import Record
from harness.interface.instants import Instant, at, day_of, iso, later, midnight
from harness.oracle.billing import clock
from harness.referee.case import Case, Letter

RULES: Mapping[str, str] = {
    "BR01": "BRP-05",
    "BR03": "BRP-09",
    "BR04": "BRP-04",
    "BR05": "BRP-07",
    "BR06": "BRP-08",
}
"""The rule that says what stands in a report, and when it runs."""


class Told(NamedTuple):
    """A record of a report, and the file that it stands in."""

    letter: Letter
    record: Record


class ReportRuns:
    """When reports run, and who receives them.

    :ivar sent: when reports were sent that have come, by type, LDC and recipient.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        value = case.value
        self.clocks: Mapping[str, Sequence[tuple[int, int]]] = {
            "BR01": [clock(each) for each in value("br01_at")],
            "BR04": [clock(each) for each in value("br04_at")],
            "BR05": [clock(value("br05_by"))],
            "BR06": [clock(value("br06_by"))],
            "BR03": [clock(value("br03_at"))],
        }
        self._agents = sorted({each.agent for each in case.opening.authorisations})
        self.sent: dict[tuple[str, str, str], list[Instant]] = defaultdict(list)

    def recipients(self, ldc: str, report: str) -> list[str]:
        """Who receives a report on an LDC (BRP-10)."""
        return [each for each in (ldc, *self._agents) if self.case.may_receive(each, ldc, report)]

    def took(self, letter: Letter) -> None:
        """A report has come."""
        self.sent[letter.type, letter.ldc, letter.recipient].append(letter.file.sent)

    def absence_rules(self, ldc: str, recipient: str, report: str, *, came: bool) -> Sequence[str]:
        """The rules that are broken where somebody is not told what a report tells.

        :param came: whether a report has come to it: then that lacks what it has to say, and an agent lacks the report.
        """
        if recipient == ldc:
            return (RULES[report],)
        return (RULES[report], "BRP-10") if came else ("BRP-10",)

    def has_come(self, report: str, ldc: str, recipient: str, since: Instant, until: Instant) -> bool:
        """Whether a report was sent to somebody after an instant, and until another."""
        return any(since < sent <= until for sent in self.sent.get((report, ldc, recipient), ()))

    def after(self, report: str, since: Instant, until: Instant) -> Iterator[Instant]:
        """The runs of a report after an instant and until another, itself included."""
        day, last = day_of(since), day_of(until)
        while day <= last:
            for each in sorted(self.clocks[report]):
                if since < (moment := at(day, *each)) <= until:
                    yield moment
            day = day_of(later(at(day, 12), days=1))

    def runs_of(self, letter: Letter) -> Sequence[Instant]:
        """The runs at a clock time that a file may be of; none where it is of no run.

        What a mailbox refused may be made anew when it is tried again (AMB-58): then nothing says of which run it is.
        """
        dated = self._run_of(letter)
        if dated is not None and letter.instant > later(dated, seconds=self.case.seconds):
            return [dated]
        return [*self._refused(letter), *([] if dated is None else [dated])]

    def _refused(self, letter: Letter) -> list[Instant]:
        """The former runs of which somebody's mailbox has refused the report, and now may be given it."""
        begin, seconds = self.case.opening.instant, self.case.seconds
        refuses = self.case.outage_within(letter.recipient, begin, letter.instant) is not None
        if not refuses or "tried-again" not in self.case.answers("AMB-58"):
            return []
        return [
            run
            for run in self.after(letter.type, begin, later(letter.instant, seconds=-seconds - 1))
            if self.case.outage_within(letter.recipient, run, later(run, seconds=seconds)) is not None
            and letter.instant <= self.case.latest(letter.recipient, run)
        ]

    def _run_of(self, letter: Letter) -> Instant | None:
        """The run that a file is of: by when it was made, or sent; None where it is of none."""
        for made in (_stated(letter), letter.made, letter.file.sent):
            runs = [moment for each in self.clocks[letter.type] if (moment := at(day_of(made), *each)) <= made]
            run = max(runs, default=None)
            if run is None or made > later(run, seconds=self.case.seconds):
                continue
            if letter.instant <= self.case.latest(letter.recipient, run) or self.case.may_be_late(
                letter.recipient, run
            ):
                return run
        return None

    def due(self, report: str, moment: Instant) -> Instant:
        """The time of a day by which a report of the day is delivered."""
        return at(day_of(moment), *self.clocks[report][0])

    def judge_clock(self, letter: Letter) -> Sequence[Instant]:
        """Hold a report to the clock times at which it runs; the runs that it may be of."""
        runs = self.runs_of(letter)
        times = " and ".join(f"{hours:02}:{minutes:02}" for hours, minutes in self.clocks[letter.type])
        about, rests_on = f"{letter.type} for {letter.recipient}", [("name", letter.file.name)]
        expected, observed = f"{letter.type} at {times}", f"one at {iso(letter.instant)}"
        place = letter.instant, about, expected, observed, letter.file.name
        self.case.hold(RULES[letter.type], bool(runs), *place, rests_on=rests_on)
        return runs

    def judge_by(self, letter: Letter) -> None:
        """Hold a report to the time of the day by which it is delivered (AMB-12)."""
        due = self.due(letter.type, letter.instant)
        sent_on_time = letter.file.sent <= later(due, seconds=self.case.seconds)
        since = min(due, midnight(day_of(letter.instant)))  # an earlier run of the day may have been refused
        refused = self.case.outage_within(letter.recipient, since, letter.instant) is not None
        made = letter.made, later(letter.made, seconds=self.case.seconds)
        made_before = self.case.latest(letter.recipient, self.due(letter.type, letter.made)) >= letter.instant
        made_before = made_before or self.case.may_be_late(letter.recipient, *made)
        held = sent_on_time or refused or made_before
        about = f"{letter.type} for {letter.recipient}"
        expected, observed = f"{letter.type} by {due:%H:%M}", f"one at {iso(letter.instant)}"
        place = letter.instant, about, expected, observed, letter.file.name
        self.case.hold(RULES[letter.type], held, *place)


def in_words(value: object) -> str:
    """What a field of a report holds, as a judgement tells it."""
    if value is None:
        return "blank"
    return iso(Instant(value)) if isinstance(value, datetime) else str(value)


def _stated(letter: Letter) -> Instant:
    """When a file was made, as its header says; where that says nothing, as its name does."""
    stated = None if letter.header is None else letter.header["created_date_time"]
    return Instant(stated) if isinstance(stated, datetime) else letter.made
