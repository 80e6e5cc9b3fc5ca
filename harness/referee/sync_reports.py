"""IR06, IR07, IR10 and IR14 on file sets: who is told what, by when (SEQ-03 to -10, STL-02 to -06, SRP-01 to -08)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.interface.files import Record
from harness.interface.instants import Instant, iso, later
from harness.referee.case import Letter
from harness.referee.judgements import Subject
from harness.referee.post import broken_by
from harness.referee.sync_sets import Course, Fate, Files, Register
from harness.referee.sync_statements import PRESENCE, SYNCHRONIZED, ReportContent
from harness.referee.worlds import World

REPORTS = ("IR06", "IR07", "IR10", "IR14")

RULES = frozenset(
    {
        *(f"SYN-{number}" for number in ("01", "03", "04", "05", "06", "07", "09", "10", "11", "12", "13")),
        *(f"SEQ-{number:02}" for number in range(1, 11)),
        *(f"STL-{number:02}" for number in range(1, 7)),
        *(f"SRP-{number:02}" for number in range(1, 9)),
        *("ISY-01", "ISY-02", *(f"ISY-{number}" for number in range(10, 23)), "USDP-07", "USDP-15"),
        *("PSY-02", "PSY-03", "PSY-04", "PSY-05", "PSY-06"),
    }
)
"""The rules that synchronization is held to."""

SITUATIONS: Mapping[str, str] = {
    "sets/ahead of its turn": "A set is whole before its predecessor has come.",
    "sets/held, then in turn": "A set that was held is processed after its predecessor.",
    "sets/incomplete for the wait-time": "A set is rejected for files that have not come.",
    "sets/held for the wait-time": "A set is rejected for a predecessor that has not come.",
    "sets/sent again": "A set comes again that was rejected, or that did not load.",
    "sets/in segments": "A file of a set is segmented.",
    "sets/with components": "A set has file 07.",
    "sets/by an agent": "An agent submits a set.",
    "sets/an old number": "A set comes with a number that was used before.",
    "sets/fails to load": "A set fails to load.",
    "sets/a P-Sync": "A P-Sync set is processed.",
    "sets/stopped at the threshold": "A P-Sync set would deactivate too much.",
    "sets/IR06 for an agent": "An agent receives IR06 on a set.",
    "sets/an exception": "A set has changes that fail.",
    "sets/nothing changes": "A set changes nothing.",
    "sets/what is left out ends": "A P-Sync set leaves out an SDP.",
}
"""The cases of file sets that are worth meeting."""


class ReportCheck:
    """Holds the reports on an LDC's sets to what became of them."""

    def __init__(self, world: World, sets: Register) -> None:
        self.world = world
        self.sets = sets
        self.case = world.case
        self.ldc = world.ldc
        self.content = ReportContent(world, sets)

    # --- who receives what ---------------------------------------------------------------------------------------

    def plan(self, course: Course, *, failed: bool, moment: Instant) -> dict[tuple[str, str], Instant]:
        """The reports on a set that was processed at a moment: of which type, for whom, and by when."""
        submitter = str(course.key.submitter)
        told = [("IR14", submitter)] if self.case.reports_to_submitter(submitter, self.ldc, "IR14") else []
        if not failed or self.world.reading("AMB-08") == "stopped-at-load-too":
            told += [(report, each) for report in SYNCHRONIZED for each in self._synchronized(course, report)]
        return {each: self.case.latest(each[1], moment) for each in told}

    def plan_rejection(self, course: Course, moment: Instant) -> dict[tuple[str, str], Instant]:
        """The report on a set that was rejected at a moment."""
        submitter = course.key.submitter
        is_told = self.case.reports_to_submitter(submitter, self.ldc, "IR10")
        return {("IR10", submitter): self.case.latest(submitter, moment)} if is_told else {}

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
        own = self.sets.of(str(record["file_type"]), str(record["tx_id"]))
        slot = letter.type, str(letter.recipient)
        awaiting = [each for each in own if slot in each.awaited and slot not in each.came]
        return awaiting[0] if awaiting else own[-1] if own else None

    # --- a report ---------------------------------------------------------------------------------------------------

    def see(self, letter: Letter) -> None:
        """Hold a report to the set, or the sets, that it is about."""
        records = letter.details if letter.type == "IR10" else [letter.status]
        for record in records:
            if record is None or record["tx_id"] is None or record["file_type"] is None:
                self.sets.unnamed.setdefault((letter.type, str(letter.recipient)), ("lines", letter.file.name))
                continue
            course = self._course(letter, record)
            if course is None:
                self._of_no_set(letter, record)
            elif self._fits(letter, course, record) and self._is_due(letter, course):
                self.content.hold(letter, course, record)

    def _of_no_set(self, letter: Letter, record: Record) -> None:
        """A report on no set that is known: of one that was turned away at the door, it may say that."""
        key = str(record["file_type"]), str(record["tx_id"]).casefold()
        rule, why = self.sets.turned_away.get(key, ("", ""))
        is_known = self.sets.was_there(*key) or not self.case.opening.from_the_beginning
        if is_known or (why and not self.takes_effect(letter)):
            return
        expected = "no report on a set that was never submitted"
        rule = rule or {"IR10": "SEQ-07", "IR14": "STL-02"}.get(letter.type, "SRP-01")
        if why:
            expected = f"nothing of a set that is refused: {why}"
        about = f"{letter.type} for {letter.recipient}"
        observed = f"one on TX_ID {record['tx_id']}"
        place = letter.instant, about, expected, observed, letter.file.name, record.line
        for each in broken_by(rule, key[0]):
            self.world.hold(each, False, *place, rests_on=letter.whole, taints=[("sets", self.ldc)])

    def takes_effect(self, letter: Letter) -> bool:
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
            expected, observed = "nothing changed by what came before", f"updates listed: {len(letter.details)}"
            return self.content.say("SEQ-01", not lists, letter, course, expected, observed, taints=taints) and False
        if course.fate is Fate.WAITING:
            rule, why = self._not_yet(letter, course)
            return self.content.say(
                rule, False, letter, course, f"no {letter.type} yet: {why}", "it came", taints=taints
            )
        if course.fate is Fate.REJECTED and letter.type != "IR10":
            held = not self.takes_effect(letter)
            expected = f"nothing of a set that was rejected: {course.why}"
            return self.content.say("SEQ-08", held, letter, course, expected, letter.type, taints=taints) and False
        if course.fate in {Fate.PROCESSED, Fate.FAILED} and letter.type == "IR10":
            expected = f"no IR10: it was {'loaded' if course.fate is Fate.PROCESSED else 'not loaded'} in its turn"
            held, at = course.is_repeated, record.line
            rule = "SEQ-02" if self._is_kept_apart(course) else "SEQ-07"
            return self.content.say(rule, held, letter, course, expected, "it came", at, taints=taints) and False
        if course.fate is Fate.FAILED and self.takes_effect(letter):
            expected = f"it fails to load: {course.why}"
            return self.content.say(course.rule, False, letter, course, expected, letter.type, taints=taints)
        return True

    def _not_yet(self, letter: Letter, course: Course) -> tuple[str, str]:
        """The rule that a report on a set breaks that still waits, and why it waits."""
        lacks = course.missing or ("a file that its manifest does not list" if course.stays else "")
        if letter.type != "IR10":
            rule = "SYN-01" if course.unlisted and course.whole_at else "SYN-07"
            if lacks:
                refused_by, why = self._turned_away(course)
                return refused_by or rule, f"{lacks} has not come{f', but was refused: {why}' if why else ''}"
            return "STL-01" if letter.type == "IR14" else "SEQ-03", "its predecessor has not come"
        if not lacks and course.number <= min(self.sets.expected.get(each, 0) for each in course.key[:2]):
            return "SEQ-02" if self._is_kept_apart(course) else "SEQ-07", "it is whole, and its turn has come"
        at_once = letter.instant <= later(course.last, seconds=self.case.seconds)
        rule = "SEQ-07" if at_once else "SEQ-06" if lacks else "SEQ-05"
        return rule, f"it waits for {self.case.value('set_wait_time_minutes')} minutes, since {iso(course.first)}"

    def _turned_away(self, course: Course) -> tuple[str, str]:
        """By which rule a file was refused that may be of a set: by its TX_ID, or since it states none; and why."""
        refused, file_type = self.sets.turned_away, course.key.file_type
        return refused.get((file_type, course.key.tx_id.casefold())) or refused.get((file_type, "")) or ("", "")

    def _is_kept_apart(self, course: Course) -> bool:
        """Whether a P-Sync set of which nothing else is told is rejected in its turn, where I-Sync sets are not."""
        return course.is_periodic_audit and not course.came and self.sets.has_processed(periodic_audits=False)

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
        if slot in course.came and course.is_repeated:
            return False
        if slot in course.came:
            rule = PRESENCE.get(report, course.rule)
            return self.content.say(
                rule, False, letter, course, f"one {report}", f"another, {course.came[slot].file.name}"
            )
        course.came[slot] = letter
        latest = course.awaited[slot]
        if slot in course.pending or letter.instant <= latest:
            rule, by = self._presence_rule(slot, course), f"{report} by {iso(latest)}"
            self.content.say(rule, letter.instant <= latest, letter, course, by, iso(letter.instant))
        course.pending.pop(slot, None)
        return True

    def _undue(self, letter: Letter, course: Course) -> None:
        """A report that somebody receives who does not receive it."""
        rule, expected = "STL-06", f"{letter.type} with {course.key.submitter} alone"
        if letter.type in SYNCHRONIZED:
            rule, expected = "SRP-06", f"{letter.type} with the LDC and an agent that submitted"
            if course.fate is Fate.FAILED:
                rule, expected = "STL-03", f"no {letter.type} on a set that fails to load"
        self.content.say(rule, False, letter, course, expected, f"with {letter.recipient}")

    def _presence_rule(self, slot: tuple[str, str], course: Course) -> str:
        report, recipient = slot
        if report == "IR10":
            return course.rule
        return "SRP-06" if report in SYNCHRONIZED and recipient != self.ldc else PRESENCE[report]

    # --- absence ------------------------------------------------------------------------------------------------------

    def passed(self, until: Instant) -> None:
        """Judge the reports that had to have come by an instant."""
        for course in self.sets.courses:
            late = [slot for slot, latest in course.pending.items() if latest <= until]
            if late and course.fate in {Fate.PROCESSED, Fate.FAILED} and not course.came and len(course.awaited) > 1:
                self._nothing_came(course, late, until)
            else:
                for slot in late:
                    self._absent(course, slot, course.pending.pop(slot))

    def _absent(self, course: Course, slot: tuple[str, str], latest: Instant) -> None:
        report, recipient = slot
        rule = self._presence_rule(slot, course)
        if self._may_be_lost(course, slot):
            self.world.cannot_see(
                rule, latest, course.about, "no slide says whether what a mailbox refused comes later"
            )
            return
        if report in SYNCHRONIZED and (report, str(course.key.submitter)) in course.came:
            rule = "SRP-06"  # the agent that submitted has it, and the LDC has not
        expected = f"{report} for {recipient} by {iso(latest)}"
        ties = [("sets", self.ldc), *self._unread(slot)]
        self.world.hold(rule, False, latest, course.about, expected, "none", rests_on=ties)

    def _unread(self, slot: tuple[str, str]) -> list[Subject]:
        """What may have come, and does not say in a form that can be read what it is or of which set."""
        unnamed = self.sets.unnamed.get(slot)
        return [("unread", *slot), *([] if unnamed is None else [unnamed])]

    def _may_be_lost(self, course: Course, slot: tuple[str, str]) -> bool:
        """Whether a mailbox may have lost a report: where none has come, any time since the set was ready."""
        since = course.at if course.came else course.ready
        return self.case.may_be_lost(slot[1], since or course.at or course.first, course.awaited[slot])

    def _nothing_came(self, course: Course, late: list[tuple[str, str]], until: Instant) -> None:
        """Nobody has been told anything of a set whose turn had come: it was not processed."""
        seen = [slot for slot in late if not self._may_be_lost(course, slot)]
        for slot in late:
            latest = course.pending.pop(slot)
            if not seen:
                self.world.cannot_see(
                    self._presence_rule(slot, course), latest, course.about, "mailboxes refused files"
                )
        if seen:
            rule = "SEQ-10" if course.is_periodic_audit else "SEQ-04" if course.was_held else "SEQ-09"
            if rule == "SEQ-09" and self._is_another_ldcs_number(course):
                rule = "SEQ-02"
            elif rule != "SEQ-04" and self._is_the_ldcs_alone(course):
                rule = "SYN-10"
            expected = f"it is processed by {iso(course.at or course.first)}, and {' and '.join(_words(seen))}"
            ties = [("sets", self.ldc), *(each for slot in seen for each in self._unread(slot))]
            place = until, course.about, expected, "nothing"
            self.world.hold(rule, False, *place, rests_on=ties, taints=[("sets", self.ldc)])

    def _is_another_ldcs_number(self, course: Course) -> bool:
        """Whether another LDC has had a set of that number, or of a higher one, processed."""
        numbers = self.case.common(Files).numbers
        return any(number >= course.number for ldc, number in numbers.items() if ldc != self.ldc)

    def _is_the_ldcs_alone(self, course: Course) -> bool:
        """Whether a set is an agent's, of which none was processed, where some of the LDC itself were."""
        whose = {each.key.submitter for each in self.sets.courses if each.fate is Fate.PROCESSED and each.came}
        return course.key.submitter not in whose and self.ldc in whose


def _words(slots: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{report} for {recipient}" for report, recipient in slots]
