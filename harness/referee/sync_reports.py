"""IR06, IR07, IR10 and IR14 on file sets: who is told what, by when (SEQ-03 to -10, STL-02 to -06, SRP-01 to -08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from harness.interface.files import Record
from harness.interface.instants import Instant, iso
from harness.oracle.master_directory import Attribute
from harness.referee.case import Letter
from harness.referee.judgements import Subject
from harness.referee.sync_differences import compared, listed, stated
from harness.referee.sync_sets import Course, Fate

if TYPE_CHECKING:
    from harness.referee.synchronization import SynchronizationChapter

REPORTS = ("IR06", "IR07", "IR10", "IR14")
SYNCHRONIZED = ("IR06", "IR07")
_PRESENCE: Mapping[str, str] = {"IR06": "SRP-01", "IR07": "SRP-01", "IR14": "STL-02"}

RULES = frozenset(
    {
        *(f"SYN-{number}" for number in ("01", "05", "06", "07", "09", "10", "11", "12", "13")),
        *(f"SEQ-{number:02}" for number in range(1, 11)),
        *(f"STL-{number:02}" for number in range(1, 7)),
        *(f"SRP-{number:02}" for number in range(1, 9)),
        *("ISY-01", "ISY-02", "ISY-10", "ISY-11", "USDP-07", "USDP-15"),
        *("PSY-02", "PSY-03", "PSY-04", "PSY-05", "PSY-06"),
    }
)
"""The rules that synchronization is held to."""

SITUATIONS: Mapping[str, str] = {
    "sets/IR06 for an agent": "An agent receives IR06 on a set.",
    "sets/an exception": "A set has changes that fail.",
    "sets/nothing changes": "A set changes nothing.",
    "sets/what is left out ends": "A P-Sync set leaves out an SDP.",
}


class ReportCheck:
    """Holds the reports on an LDC's sets to what became of them."""

    def __init__(self, chapter: SynchronizationChapter) -> None:
        self.chapter = chapter
        self.world = chapter.world
        self.case = chapter.case
        self.ldc = chapter.world.ldc

    # --- who receives what ---------------------------------------------------------------------------------------

    def plan(self, course: Course, *, failed: bool, moment: Instant) -> dict[tuple[str, str], Instant]:
        """The reports on a set that was processed at a moment: of which type, for whom, and by when."""
        submitter = str(course.key.submitter)
        told = [("IR14", submitter)] if self._may(submitter, "IR14") else []
        if not failed or self.world.reading("AMB-08") == "stopped-at-load-too":
            told += [(report, each) for report in SYNCHRONIZED for each in self._synchronized(course, report)]
        return {each: self.case.latest(each[1], moment) for each in told}

    def plan_rejection(self, course: Course, moment: Instant) -> dict[tuple[str, str], Instant]:
        """The report on a set that was rejected at a moment."""
        submitter = course.key.submitter
        return {("IR10", submitter): self.case.latest(submitter, moment)} if self._may(submitter, "IR10") else {}

    def _synchronized(self, course: Course, report: str) -> list[str]:
        """Who receives IR06 or IR07: the LDC, and authorised agents, all or the one that submitted (AMB-31)."""
        agents = [each for each, kind in self.case.kinds.items() if kind == "agent" and self._may(each, report)]
        if any(each != course.key.submitter for each in agents):
            reading = self.world.reading("AMB-31")
            agents = (
                agents if reading == "authorised-agents" else [each for each in agents if each == course.key.submitter]
            )
        return [self.ldc, *agents]

    def _may(self, organisation: str, report: str) -> bool:
        return self.case.may_receive(organisation, self.ldc, report)

    # --- which set a report is about -------------------------------------------------------------------------------

    def course_of(self, letter: Letter) -> Course | None:
        """The set that a report is about; the first of several."""
        records = [*letter.details[:1]] if letter.type == "IR10" else [letter.status]
        named = (each for each in records if each is not None and each["tx_id"] is not None)
        return next((self._course(letter, each) for each in named), None)

    def _course(self, letter: Letter, record: Record) -> Course | None:
        file_type, tx_id = str(record["file_type"]), str(record["tx_id"]).casefold()
        own = [
            each
            for each in self.chapter.courses
            if each.key.file_type == file_type and each.key.tx_id.casefold() == tx_id
        ]
        slot = letter.type, str(letter.recipient)
        awaiting = [each for each in own if slot in each.awaited and slot not in each.came]
        return awaiting[0] if awaiting else own[-1] if own else None

    # --- a report ---------------------------------------------------------------------------------------------------

    def see(self, letter: Letter) -> None:
        """Hold a report to the set, or the sets, that it is about."""
        records = letter.details if letter.type == "IR10" else [letter.status]
        for record in records:
            if record is None or record["tx_id"] is None or record["file_type"] is None:
                continue
            course = self._course(letter, record)
            if course is None:
                self._of_no_set(letter, record)
            elif self._fits(letter, course, record) and self._is_due(letter, course):
                self._content(letter, course, record)

    def _say(
        self,
        rule: str,
        held: bool,
        letter: Letter,
        course: Course,
        expected: object,
        observed: object,
        record: int | None = None,
        *,
        rests_on: Iterable[Subject] = (),
        taints: Iterable[Subject] = (),
    ) -> bool:
        """Say something of a report on a set. What went wrong with sets before may have led to it."""
        ties = [("sets", self.ldc), ("recipient", letter.file.name), *letter.whole, *rests_on]
        place = letter.instant, course.about, expected, observed, letter.file.name, record
        return self.world.hold(rule, held, *place, rests_on=ties, taints=taints)

    def _of_no_set(self, letter: Letter, record: Record) -> None:
        """A report on no set that is known: of one that was turned away at the door, it may say that."""
        key = str(record["file_type"]), str(record["tx_id"]).casefold()
        rule, why = self.chapter.turned_away.get(key, ("", ""))
        known = any((each.file_type, each.tx_id.casefold()) == key for each in self.chapter.over)
        if known or (why and not self._takes_effect(letter)):
            return
        expected = "no report on a set that was never submitted"
        rule = rule or {"IR10": "SEQ-07", "IR14": "STL-02"}.get(letter.type, "SRP-01")
        if why:
            expected = f"nothing of a set that is refused: {why}"
        about = f"{letter.type} for {letter.recipient}"
        observed = f"one on TX_ID {record['tx_id']}"
        place = letter.instant, about, expected, observed, letter.file.name, record.line
        self.world.hold(rule, False, *place, rests_on=letter.whole, taints=[("sets", self.ldc)])

    def _takes_effect(self, letter: Letter) -> bool:
        """Whether a report says that something of a set was taken: that it was loaded, or synchronized."""
        codes, status = self.case.profile.codes, letter.status
        if status is None:
            return False
        if letter.type == "IR14":
            return status["status"] == codes["load_status"]["loaded"]
        return status["status"] != codes["sync_status"]["stopped_at_load"]

    def _fits(self, letter: Letter, course: Course, record: Record) -> bool:
        """Whether a report is one that this fate of a set leads to."""
        lists = letter.type == "IR06" and bool(letter.details)
        taints = [("sets", self.ldc)]
        if course.fate is Fate.PAST:
            expected, observed = "nothing changed by what came before", f"{len(letter.details)} updates"
            return self._say("SEQ-01", not lists, letter, course, expected, observed, taints=taints) and False
        if course.fate is Fate.WAITING:
            rule, why = self._not_yet(letter, course)
            return self._say(rule, False, letter, course, f"no {letter.type} yet: {why}", "it came", taints=taints)
        if course.fate is Fate.REJECTED and letter.type != "IR10":
            held = not self._takes_effect(letter)
            expected = f"nothing of a set that was rejected: {course.why}"
            return self._say("SEQ-08", held, letter, course, expected, letter.type, taints=taints) and False
        if course.fate in {Fate.PROCESSED, Fate.FAILED} and letter.type == "IR10":
            expected = f"no IR10: it was {'loaded' if course.fate is Fate.PROCESSED else 'not loaded'} in its turn"
            return self._say("SEQ-07", False, letter, course, expected, "it came", record.line, taints=taints)
        if course.fate is Fate.FAILED and self._takes_effect(letter):
            expected = f"it fails to load: {course.why}"
            return self._say(course.rule, False, letter, course, expected, letter.type, taints=taints)
        return True

    def _not_yet(self, letter: Letter, course: Course) -> tuple[str, str]:
        """The rule that a report on a set breaks that still waits, and why it waits."""
        lacks = course.missing or ("a file that its manifest does not list" if course.stays else "")
        if letter.type != "IR10":
            rule = "SYN-01" if course.unlisted and course.whole_at else "SYN-07"
            return (rule, f"{lacks} has not come") if lacks else ("SEQ-03", "its predecessor has not come")
        if not lacks and course.number <= min(self.chapter.expected.get(each, 0) for each in course.key[:2]):
            return "SEQ-07", "it is whole, and its turn has come"
        rule = "SEQ-06" if lacks else "SEQ-05"
        return rule, f"it waits for {self.chapter.wait} minutes, since {iso(course.first)}"

    def _is_due(self, letter: Letter, course: Course) -> bool:
        """Whether somebody receives a report, for the first time, and in time; whether it is worth reading."""
        slot, report = (letter.type, str(letter.recipient)), letter.type
        if slot not in course.awaited:
            if not self._may(letter.recipient, report):
                return False  # that it may not be received was said of the file
            self._undue(letter, course)
            return False
        if report in SYNCHRONIZED and self.case.kinds.get(letter.recipient) == "agent":
            self.world.meet("sets/IR06 for an agent")
        if slot in course.came:
            rule = _PRESENCE.get(report, course.rule)
            return self._say(rule, False, letter, course, f"one {report}", f"another, {course.came[slot].file.name}")
        course.came[slot] = letter
        latest = course.awaited[slot]
        if slot in course.pending or letter.instant <= latest:
            rule, by = self._presence_rule(slot, course), f"{report} by {iso(latest)}"
            self._say(rule, letter.instant <= latest, letter, course, by, iso(letter.instant))
        course.pending.pop(slot, None)
        return True

    def _undue(self, letter: Letter, course: Course) -> None:
        """A report that somebody receives who does not receive it."""
        rule, expected = "STL-06", f"{letter.type} with {course.key.submitter} alone"
        if letter.type in SYNCHRONIZED:
            rule, expected = "SRP-06", f"{letter.type} with the LDC and an agent that submitted"
            if course.fate is Fate.FAILED:
                rule, expected = "STL-03", f"no {letter.type} on a set that fails to load"
        self._say(rule, False, letter, course, expected, f"with {letter.recipient}")

    def _presence_rule(self, slot: tuple[str, str], course: Course) -> str:
        report, recipient = slot
        if report == "IR10":
            return course.rule
        return "SRP-06" if report in SYNCHRONIZED and recipient != self.ldc else _PRESENCE[report]

    # --- absence ------------------------------------------------------------------------------------------------------

    def passed(self, until: Instant) -> None:
        """Judge the reports that had to have come by an instant."""
        for course in self.chapter.courses:
            late = [slot for slot, latest in course.pending.items() if latest <= until]
            if late and course.fate in {Fate.PROCESSED, Fate.FAILED} and not course.came and len(course.awaited) > 1:
                self._nothing_came(course, late, until)
            else:
                for slot in late:
                    self._absent(course, slot, course.pending.pop(slot))

    def _absent(self, course: Course, slot: tuple[str, str], latest: Instant) -> None:
        report, recipient = slot
        rule = self._presence_rule(slot, course)
        if self._was_refused(course, slot):
            self.world.cannot_see(
                rule, latest, course.about, "no slide says whether what a mailbox refused comes later"
            )
            return
        expected = f"{report} for {recipient} by {iso(latest)}"
        ties = [("sets", self.ldc), ("unread", report, recipient)]
        self.world.hold(rule, False, latest, course.about, expected, "none", rests_on=ties)

    def _was_refused(self, course: Course, slot: tuple[str, str]) -> bool:
        since = course.at or course.first
        return self.case.outage_within(slot[1], since, course.awaited[slot]) is not None

    def _nothing_came(self, course: Course, late: list[tuple[str, str]], until: Instant) -> None:
        """Nobody has been told anything of a set whose turn had come: it was not processed."""
        seen = [slot for slot in late if not self._was_refused(course, slot)]
        for slot in late:
            latest = course.pending.pop(slot)
            if not seen:
                self.world.cannot_see(
                    self._presence_rule(slot, course), latest, course.about, "mailboxes refused files"
                )
        if seen:
            rule = "SEQ-10" if course.is_periodic_audit else "SEQ-04" if course.was_held else "SEQ-09"
            expected = f"it is processed by {iso(course.at or course.first)}, and {' and '.join(_words(seen))}"
            ties = [("sets", self.ldc), *(("unread", *slot) for slot in seen)]
            place = until, course.about, expected, "nothing"
            self.world.hold(rule, False, *place, rests_on=ties, taints=[("sets", self.ldc)])

    # --- content ------------------------------------------------------------------------------------------------------

    def _content(self, letter: Letter, course: Course, record: Record) -> None:
        """Hold what a report says to what became of its set."""
        self._number(letter, course, record)
        if letter.type == "IR10":
            self._rejection(letter, course, record)
        elif letter.type == "IR14":
            self._load(letter, course, record)
        else:
            self._status(letter, course, record)
            if course.fate is Fate.PROCESSED:
                self._differences(letter, course)

    def _number(self, letter: Letter, course: Course, record: Record) -> None:
        """The sequence number is that of the set's manifest."""
        number = record["sequence_number"]
        if number is not None and course.manifest is not None:
            rule = self._presence_rule((letter.type, letter.recipient), course)
            rule = "SRP-02" if letter.type in SYNCHRONIZED else rule
            rests_on = letter.resting_on(record)
            expected = f"sequence number {course.number}"
            self._say(rule, number == course.number, letter, course, expected, number, record.line, rests_on=rests_on)

    def _rejection(self, letter: Letter, course: Course, record: Record) -> None:
        codes = self.case.profile.codes["rejection"]
        words = {"SEQ-06": ("incomplete",), "SEQ-05": ("out_of_sequence",)}.get(course.rule, tuple(codes))
        right = [codes[word] for word in words]
        if record["reason"] is not None:
            expected = f"reason {' or '.join(right)}: {course.why}"
            self._say(course.rule, record["reason"] in right, letter, course, expected, record["reason"], record.line)

    def _load(self, letter: Letter, course: Course, record: Record) -> None:
        """IR14: whether the set was loaded, and every error (STL-03 to STL-05)."""
        codes = self.case.profile.codes
        loaded, failed = (codes["load_status"][word] for word in ("loaded", "failed"))
        errors = [each for each in letter.details if each["severity"] == codes["severity"]["error"]]
        status = record["status"]
        if course.fate is Fate.PROCESSED and not course.lists_nothing:
            rule = "STL-04" if course.has_warnings else "STL-01"
            findings = ", ".join(sorted({f"{each['severity']} {each['code']}" for each in letter.details}))
            observed = f"{status}{f': {findings}' if findings else ''}"
            if not self._say(
                rule,
                status == loaded,
                letter,
                course,
                f"{loaded}: nothing is wrong with it",
                observed,
                record.line,
                taints=[("sets", self.ldc)],
            ):
                return
        rule = "STL-03" if errors else "STL-04"
        why = f"{len(errors)} records with ERROR codes"
        self._say(
            rule, (status == failed) == bool(errors), letter, course, f"{failed if errors else loaded}: {why}", status
        )
        number = record["errors"]
        if number is not None:
            expected = f"{len(errors)} errors, as its details"
            self._say("STL-05", number == len(errors), letter, course, expected, number, record.line)
        self._findings(letter, course, errors)

    def _findings(self, letter: Letter, course: Course, errors: list[Record]) -> None:
        """Every error is reported, and every warning. IR14 need not say where they stand."""
        lacking = [
            f"{file}, line {line}"
            for file, line in course.wrong
            if not any(each["file_name"] in {None, file} and each["line"] in {None, line} for each in errors)
        ]
        held = not lacking and len(errors) >= len(course.wrong)
        if course.wrong:
            expected = f"an ERROR for each of {len(course.wrong)} records; also {', '.join(lacking)}"
            self._say("STL-05", held, letter, course, expected, f"{len(errors)} errors")
        if course.has_warnings:
            warning = self.case.profile.codes["severity"]["warning"]
            held = any(each["severity"] == warning for each in letter.details)
            self._say("STL-05", held, letter, course, "a WARNING of what stands there twice", "none")

    def _status(self, letter: Letter, course: Course, record: Record) -> None:
        """The Synchronization Status Record: the same in every copy, and the point at which it stopped (SRP-02)."""
        for slot, other in course.came.items():
            if slot[0] in SYNCHRONIZED and other is not letter and other.status is not None:
                same = other.status.values == record.values
                expected = f"the status record of {other.file.name}: {_line(other.status)}"
                self._say("SRP-02", same, letter, course, expected, _line(record), record.line, rests_on=other.whole)
                break
        codes = self.case.profile.codes["sync_status"]
        if course.fate is Fate.FAILED:
            expected = f"{codes['stopped_at_load']}, and nothing listed"
            self._say("STL-03", not letter.details, letter, course, expected, f"{len(letter.details)} records")
        elif course.outcome is not None:
            right = codes[course.outcome.status]
            self._say("SRP-02", record["status"] == right, letter, course, right, record["status"], record.line)
        if course.extracted is not None and record["extracted_date_time"] is not None:
            held, expected = record["extracted_date_time"] == course.extracted, f"extracted {course.extracted}"
            self._say("SRP-02", held, letter, course, expected, record["extracted_date_time"], record.line)
        self._counts(letter, course, record)

    def _counts(self, letter: Letter, course: Course, record: Record) -> None:
        """The count of a status record is that of the changes that its report lists, however they are cut."""
        number = record["updates" if letter.type == "IR06" else "exceptions"]
        if number is not None:
            right = sorted({len(letter.details), len(stated(letter, self.case.profile))})
            expected = f"a count of {' or '.join(map(str, right))}, as it lists"
            self._say("SRP-02", number in right, letter, course, expected, number, record.line)

    def _differences(self, letter: Letter, course: Course) -> None:
        """IR06 and IR07 list what the oracle says."""
        if course.lists_nothing:
            if letter.type == "IR06":
                held, observed = not letter.details, f"{len(letter.details)} updates"
                expected = f"nothing changed: {course.why}"
                taints = [("sets", self.ldc)]
                self._say(course.rule, held, letter, course, expected, observed, taints=taints)
            return
        if course.outcome is None:
            return
        self._meet(course)
        profile, owners = self.case.profile, self.chapter.files.owners
        found = compared(
            letter, course, course.outcome, profile, self._is_seen, lambda one: owners.get(one, self.ldc) != self.ldc
        )
        rule = found.rule or _held_by(letter, course)
        expected = f"{letter.type} says {listed(found.missing) or 'nothing else'}"
        observed = f"it says {listed(found.more)}" if found.more else "it does not"
        ties = [self._subject(each.attribute) for each in (*found.missing, *found.more)]
        self._say(rule, not found.rule, letter, course, expected, observed, rests_on=ties, taints=ties)
        other = course.came.get(("IR06", letter.recipient))
        if letter.type == "IR07" and other is not None:
            both = stated(letter, profile) & stated(other, profile)
            self._say("SRP-08", not both, letter, course, "each change in IR06 or in IR07", f"in both: {listed(both)}")

    def _is_seen(self, attribute: Attribute) -> bool:
        return attribute not in self.chapter.books.unseen

    def _subject(self, attribute: Attribute) -> Subject:
        return ("attribute", self.ldc, *attribute)

    def _meet(self, course: Course) -> None:
        outcome = course.outcome
        if outcome is not None and outcome.exceptions:
            self.world.meet("sets/an exception")
        if outcome is not None and not outcome.updates and not outcome.exceptions:
            self.world.meet("sets/nothing changes")
        if outcome is not None and course.is_periodic_audit and any(each.new is None for each in outcome.updates):
            self.world.meet("sets/what is left out ends")


def _held_by(letter: Letter, course: Course) -> str:
    """The rule that a report without differences bears out."""
    if letter.type == "IR06":
        return "SRP-03"
    return "SRP-04" if course.outcome is not None and course.outcome.exceptions else "SRP-05"


def _words(slots: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{report} for {recipient}" for report, recipient in slots]


def _line(record: Record) -> str:
    return "|".join("" if value is None else str(value) for value in record.values)
