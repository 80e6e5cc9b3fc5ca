"""What IR06, IR07, IR10 and IR14 say of a set, held to what became of it (STL-03 to -05, SRP-02 to -08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.interface.file_sets import COMPONENTS
from harness.interface.files import Record
from harness.oracle.master_directory import Attribute
from harness.oracle.synchronization import STOPPED
from harness.referee.case import Letter
from harness.referee.judgements import Subject
from harness.referee.sync_differences import Difference, Others, compared, listed, stated
from harness.referee.sync_sets import Course, Fate, Files, Register
from harness.referee.worlds import World

SYNCHRONIZED = ("IR06", "IR07")
"""The reports on a set whose synchronization was completed."""
PRESENCE: Mapping[str, str] = {"IR06": "SRP-01", "IR07": "SRP-01", "IR14": "STL-02"}
"""The rule by which the LDC, or the submitter, receives a report."""


class ReportContent:
    """Holds what reports on an LDC's sets say to what became of the sets."""

    def __init__(self, world: World, sets: Register) -> None:
        self.world = world
        self.sets = sets
        self.case = world.case
        self.ldc = world.ldc
        self._last: tuple[Letter, frozenset[Difference]] | None = None

    def say(
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

    def hold(self, letter: Letter, course: Course, record: Record) -> None:
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
                self._headings(letter, course)

    def _number(self, letter: Letter, course: Course, record: Record) -> None:
        """The sequence number is that of the set's manifest."""
        number = record["sequence_number"]
        if number is not None and course.manifest is not None:
            rule = "SRP-02" if letter.type in SYNCHRONIZED else PRESENCE.get(letter.type, course.rule)
            rests_on = letter.resting_on(record)
            expected = f"sequence number {course.number}"
            self.say(rule, number == course.number, letter, course, expected, number, record.line, rests_on=rests_on)

    def _rejection(self, letter: Letter, course: Course, record: Record) -> None:
        codes = self.case.profile.codes["rejection"]
        right = sorted(codes[word] for word in course.reasons)
        if record["reason"] is not None:
            expected = f"reason {' or '.join(right)}: {course.why}"
            self.say(course.rule, record["reason"] in right, letter, course, expected, record["reason"], record.line)

    def _load(self, letter: Letter, course: Course, record: Record) -> None:
        """IR14: whether the set was loaded, and every error (STL-03 to STL-05)."""
        codes = self.case.profile.codes
        loaded, failed = (codes["load_status"][word] for word in ("loaded", "failed"))
        errors = [each for each in letter.details if each["severity"] == codes["severity"]["error"]]
        status = record["status"]
        if course.fate is Fate.PROCESSED and not course.lists_nothing:
            rule = "STL-04" if course.has_warnings else self._rule_of_refusal(course)
            findings = ", ".join(sorted({f"{each['severity']} {each['code']}" for each in letter.details}))
            observed = f"{status}{f': {findings}' if findings else ''}"
            if not self.say(
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
        self.say(
            rule, (status == failed) == bool(errors), letter, course, f"{failed if errors else loaded}: {why}", status
        )
        number = record["errors"]
        if number is not None:
            expected = f"{len(errors)} errors, as its details"
            self.say("STL-05", number == len(errors), letter, course, expected, number, record.line)
        self._findings(letter, course, errors)

    def _rule_of_refusal(self, course: Course) -> str:
        """The rule by which a set that does not load is right: of what sets it has that others, which loaded, lack."""
        if not self.sets.has_processed(periodic_audits=False):
            return "STL-01"
        segments = course.segments
        if any(numbers != list(range(1, len(numbers) + 1)) for numbers in segments.values()):
            return "SYN-06"
        if any(len(numbers) > 1 for numbers in segments.values()):
            return "SYN-05"
        if COMPONENTS in segments:
            return "SYN-13"
        if course.is_periodic_audit and (course.outcome is None or not course.outcome.exceptions):
            return "SYN-03"
        return "STL-01" if course.named else "SYN-04"

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
            self.say("STL-05", held, letter, course, expected, f"{len(errors)} errors")
        if course.has_warnings:
            warning = self.case.profile.codes["severity"]["warning"]
            held = any(each["severity"] == warning for each in letter.details)
            self.say("STL-05", held, letter, course, "a WARNING of what stands there twice", "none")

    def _status(self, letter: Letter, course: Course, record: Record) -> None:
        """The Synchronization Status Record: the same in every copy, and the point at which it stopped (SRP-02)."""
        for slot, other in course.came.items():
            if slot[0] in SYNCHRONIZED and other is not letter and other.status is not None:
                same = other.status.values == record.values
                expected = f"the status record of {other.file.name}: {_line(other.status)}"
                self.say("SRP-02", same, letter, course, expected, _line(record), record.line, rests_on=other.whole)
                break
        codes = self.case.profile.codes["sync_status"]
        if course.fate is Fate.FAILED:
            expected = f"{codes['stopped_at_load']}, and nothing listed"
            self.say("STL-03", not letter.details, letter, course, expected, f"{len(letter.details)} records")
        elif course.outcome is not None:
            right = codes[course.outcome.status]
            is_undue = self._is_stopped_unduly(letter, course, record)
            rule, taints = ("PSY-05", [("sets", self.ldc)]) if is_undue else ("SRP-02", [])
            held, observed = record["status"] == right, record["status"]
            self.say(rule, held, letter, course, right, observed, record.line, taints=taints)
        if course.extracted is not None and record["extracted_date_time"] is not None:
            held, expected = record["extracted_date_time"] == course.extracted, f"extracted {course.extracted}"
            self.say("SRP-02", held, letter, course, expected, record["extracted_date_time"], record.line)
        self._counts(letter, course, record)

    def _is_stopped_unduly(self, letter: Letter, course: Course, record: Record) -> bool:
        """Whether a P-Sync was stopped, and made nothing of, that deactivates no more than it may (PSY-05)."""
        stopped = self.case.profile.codes["sync_status"][STOPPED]
        is_stopped = course.is_periodic_audit and letter.type == "IR06" and record["status"] == stopped
        outcome = course.outcome
        return is_stopped and not letter.details and outcome is not None and outcome.status != STOPPED

    def _counts(self, letter: Letter, course: Course, record: Record) -> None:
        """The count of a status record is that of the changes that its report lists, however they are cut."""
        number = record["updates" if letter.type == "IR06" else "exceptions"]
        if number is not None:
            right = sorted({len(letter.details), len(self._stated(letter))})
            expected = f"a count of {' or '.join(map(str, right))}, as it lists"
            self.say("SRP-02", number in right, letter, course, expected, number, record.line)

    def _differences(self, letter: Letter, course: Course) -> None:
        """IR06 and IR07 list what the oracle says."""
        if course.lists_nothing:
            if letter.type == "IR06":
                held, observed = not letter.details, f"updates listed: {len(letter.details)}"
                expected = f"nothing changed: {course.why}"
                taints = [("sets", self.ldc)]
                self.say(course.rule, held, letter, course, expected, observed, taints=taints)
            return
        if course.outcome is None:
            return
        self._meet(course)
        profile, files = self.case.profile, self.case.common(Files)
        others = Others(files.owners.get, self.ldc, files.extracts_of_others(self.ldc))
        found = compared(letter.type, self._stated(letter), course, course.outcome, profile, self._is_seen, others)
        own = "SRP-03" if letter.type == "IR06" else "SRP-04"
        copies: Subject = ("copies", letter.type, course.about)
        differs = self._differs(letter, course)
        if differs and not found.rule:
            same, apart = "the copies of the LDC and its agent say the same", f"in one alone: {listed(differs)}"
            self.say(own, False, letter, course, same, apart, rests_on=[copies])
            return
        rule = own if differs else found.rule or _held_by(letter, course)
        expected = f"{letter.type} says {listed(found.missing) or 'nothing else'}"
        observed = f"it says {listed(found.more)}" if found.more else "it does not"
        ties: list[Subject] = [self._subject(each.attribute) for each in (*found.missing, *found.more)]
        if found.scenario:
            self.say(found.scenario, False, letter, course, expected, observed, rests_on=ties)
        told = [*ties, copies] if rule == own else ties
        self.say(rule, not found.rule, letter, course, expected, observed, rests_on=ties, taints=told)
        other = course.came.get(("IR06", letter.recipient))
        if letter.type == "IR07" and other is not None:
            both = self._stated(letter) & stated(other, profile)
            self.say("SRP-08", not both, letter, course, "each change in IR06 or in IR07", f"in both: {listed(both)}")

    def _headings(self, letter: Letter, course: Course) -> None:
        """IR07 without exceptions has column headings all the same (SRP-05)."""
        if letter.type == "IR07" and letter.content is not None and not letter.details:
            held = any(each.layout.role == "heading" for each in letter.content.others)
            self.say("SRP-05", held, letter, course, "column headings, and no detail records", "no column headings")

    def _differs(self, letter: Letter, course: Course) -> frozenset[Difference]:
        """In what a report differs from another's copy of it: an LDC and its agent receive the same."""
        for (report, recipient), other in course.came.items():
            if report == letter.type and recipient != letter.recipient:
                return self._stated(letter) ^ stated(other, self.case.profile)
        return frozenset()

    def _stated(self, letter: Letter) -> frozenset[Difference]:
        """What an IR06 or IR07 says; that of the last one is kept, which is asked for several times."""
        if self._last is None or self._last[0] is not letter:
            self._last = letter, stated(letter, self.case.profile)
        return self._last[1]

    def _is_seen(self, attribute: Attribute) -> bool:
        return attribute not in self.sets.unseen

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


def _line(record: Record) -> str:
    return "|".join("" if value is None else str(value) for value in record.values)
