"""Synchronization: in which order sets are processed, when, and what each leads to (SEQ, STL, SYN, ISY, PSY, SRP).

A chapter of worlds (`harness.referee.worlds`). Sets are followed as they come; each whose turn it is is processed, and
each that waits too long rejected, as the readings of its world have it: AMB-05, -06, -22, -34 of numbers and waiting,
AMB-17, -18, -32, -35, -37 to -41, -61 of what a set leads to, AMB-08 and -31 of who is told. What is then reported is
judged in `sync_reports`.

When a P-Sync set is processed is told by the first report that shows it; it may take the hours that the profile states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, NamedTuple, Self

from harness.interface.file_sets import key_of
from harness.interface.instants import Instant, day_of, iso, later
from harness.referee.case import Letter, Received
from harness.referee.stream import Loaded
from harness.referee.sync_content import Content
from harness.referee.sync_loading import is_unfinished
from harness.referee.sync_processing import FAILS, STAYS, Books, Verdict, Verdicts
from harness.referee.sync_reports import REPORTS, RULES, SITUATIONS, ReportCheck
from harness.referee.sync_sets import Course, Fate, Files, Register
from harness.referee.worlds import World

_REASONS = {"incomplete": {"incomplete"}, "held": {"out_of_sequence"}}
"""Why a set is rejected, and the words of the code list that say so."""


class Event(NamedTuple):
    """Something that the repository does of itself."""

    at: Instant
    place: int
    what: str
    course: Course


class SynchronizationChapter:
    """The sets of one LDC, and its master data as they leave it.

    :ivar books: what is known of its master data.
    :ivar lost: why nothing can be said any more; empty while something can.
    :ivar settled: the last instant of which it is settled whether its files or its rejections came first.
    """

    situations: ClassVar[Mapping[str, str]] = SITUATIONS
    rules: ClassVar[frozenset[str]] = RULES

    def __init__(self, world: World) -> None:
        self.world = world
        self.case = world.case
        self.files = self.case.common(Files)
        known = self.case.opening.from_the_beginning
        self.books = Books(issued=frozenset() if known else None, is_blind=not known)
        self.lost = ""
        self.settled: Instant | None = None
        self.sets = Register({each.id: each.next_sequence_number for each in self.case.opening.organisations})
        self.reports = ReportCheck(world, self.sets)
        self.ahead: list[Letter] = []
        self.wait = int(self.case.value("set_wait_time_minutes"))
        self.put_off = int(self.case.value("psync_processing_within_hours"))

    def copied(self, world: World) -> Self:
        copy = type(self)(world)
        copy.books, copy.lost, copy.settled = self.books, self.lost, self.settled
        copy.sets = self.sets.copied()
        copy.reports = ReportCheck(world, copy.sets)
        copy.ahead = [*self.ahead]
        return copy

    # --- what is seen -----------------------------------------------------------------------------------------

    def see(self, seen: Received | Letter | Loaded) -> None:
        """Take note of a file of a set, a report on one, or a response that tells which IDs were issued."""
        if self.lost:
            return
        if isinstance(seen, Received) and seen.type in {"3000", "4000"}:
            self._take(seen)
        elif isinstance(seen, Letter) and seen.type == "2000":
            self._note_issued(seen)
        elif isinstance(seen, Letter) and seen.type in REPORTS:
            if self._tells_of_the_load_alone(seen):
                self.ahead.append(seen)
                return
            self._process_what_it_shows(seen)
            self._see_what_came_ahead()
            if not self.lost:
                self._see_number_used_up(seen)
                self.reports.see(seen)

    def _note_issued(self, letter: Letter) -> None:
        known = self.books.issued
        if (
            known is None
            or letter.content is None
            or any(not each.code.startswith("name-") for each in letter.findings)
        ):
            self.books = replace(self.books, issued=None)
            return
        own = (each for each in letter.details if each["ldc_org_id"] in {None, self.world.ldc})
        issued = {str(each["universal_sdp_id"]) for each in own if each["universal_sdp_id"] is not None}
        self.books = replace(self.books, issued=known | issued)
        self.files.owners.update((each, self.world.ldc) for each in issued if each not in self.files.owners)

    def _take(self, received: Received) -> None:
        name = received.admission.name
        if name is None or (name.part is None and received.admission.rule != "FTS-02"):
            return
        if name.part is None or not self._is_let_in(received):
            turned_away = name.file_id, "" if name.part is None else name.part.tx_id.casefold()
            self.sets.turned_away.setdefault(turned_away, (received.admission.rule, received.admission.why))
            return
        self._settle_race(received)
        reading = self.case.content_of(received)
        key = key_of(name)
        course = next((each for each in self.sets.waiting() if each.key == key), None)
        if course is None:
            course = Course(key, received.instant, received.instant, self.sets.over.get(key))
            self.sets.courses.append(course)
        course.take(name, reading, received.instant)
        if key.submitter != key.ldc:
            self.files.ldcs_of.setdefault(key.submitter, set()).add(key.ldc)
        if course.has_unreadable_manifest:
            self._lose(f"the manifest of {course.about} cannot be read")

    def _is_let_in(self, received: Received) -> bool:
        admission, name = received.admission, received.admission.name
        if admission.verdict != "open" or name is None or name.part is None:
            return admission.verdict == "in"
        if len(name.created) == 13:
            return self.world.reading("AMB-02") == "accept-13-digits"
        if not name.part.tx_id.isdecimal():
            return self.world.reading("AMB-33") == "letters-and-digits"
        return self.world.choice(f"file {received.file.name}", ("it is let in", "it is refused")) == "it is let in"

    def _settle_race(self, received: Received) -> None:
        """What comes at the very end of a wait-time may come before or after the rejection: no slide says which.

        It is settled once for all files of an instant: what they make whole is processed after them.
        """
        now = received.instant
        if self.settled == now:
            return
        question, answers = f"at {iso(now)}", ("rejections first", "files first")
        is_asked = question in self.world.decided or self._due_together(now)
        if is_asked and self.world.choice(question, answers) == "rejections first":
            self._do_all(now)
        self.settled = now

    # --- what the repository does of itself ----------------------------------------------------------------------

    def due(self) -> Instant | None:
        event = None if self.lost else self._next()
        return None if event is None else event.at

    def act(self) -> None:
        event = self._next()
        if event is not None:
            self._do(event)
            self._see_what_came_ahead()

    def _next(self) -> Event | None:
        """What the repository does next, and when."""
        self._lose_where_sequences_are_shared()
        if self.lost:
            return None
        waiting = [(place, each) for place, each in enumerate(self.sets.courses) if each.fate is Fate.WAITING]
        return min(
            (event for place, each in waiting for event in self._events(place, each)),
            key=lambda event: (event.at, event.what != "process", event.place),
            default=None,
        )

    def _events(self, place: int, course: Course) -> list[Event]:
        owner = self._known_owner(course)
        if owner is None and course.is_whole:
            return [Event(course.whole_at or course.last, place, "process", course)]
        found: list[Event] = []
        if owner is not None and course.is_whole and course.number <= self.sets.expected[owner]:
            ready = self._ready(course)
            in_turn = course.number == self.sets.expected[owner]
            if in_turn and course.gives_way and self._awaits_processing(owner) is not None:
                return found
            hours = self.put_off if course.is_periodic_audit and in_turn else 0
            found.append(Event(later(ready, hours=hours), place, "process", course))
            if in_turn:
                return found
        if self._may_be_rejected(course):
            held_until = self.sets.turned.get(owner, course.first) if course.is_whole and owner else course.first
            found.append(Event(max(self._deadline(course), held_until), place, "reject", course))
        return found

    def _may_be_rejected(self, course: Course) -> bool:
        """Whether the end of a set's wait-time rejects it; behind a P-Sync set that is put off it is merely held."""
        owner = self._known_owner(course)
        if owner is None or not course.is_whole:
            return True
        if course.number == self.sets.expected[owner]:
            return False
        is_behind = self._awaits_processing(owner) is not None
        may_be = bool(course.unlisted) or self._lacks_one_before(course, owner)
        return not is_behind or (not course.is_patient and may_be)

    def _lacks_one_before(self, course: Course, owner: str) -> bool:
        """Whether a set between the one whose turn it is and another is missing."""
        there = {each.number for each in self.sets.waiting() if each.is_whole and self._known_owner(each) == owner}
        return not there.issuperset(range(self.sets.expected[owner], course.number))

    def _deadline(self, course: Course) -> Instant:
        """When the wait-time of a set is over; where AMB-06 is not answered yet, when it may be."""
        answers = self.case.answers("AMB-06")
        taken = answers[0] if len(answers) == 1 else self.world.decided.get("AMB-06", "from-first-file")
        since = {"from-first-file": course.first, "from-last-file": course.last}[taken]
        return later(since, minutes=self.wait)

    def _known_owner(self, course: Course) -> str | None:
        """In whose sequence a set counts; None where AMB-34 decides, and is not answered yet."""
        key, answers = course.key, self.case.answers("AMB-34")
        if key.submitter == key.ldc:
            return key.ldc
        taken = answers[0] if len(answers) == 1 else self.world.decided.get("AMB-34")
        return None if taken is None else {"per-ldc": key.ldc, "per-submitter": key.submitter}[taken]

    def _owner(self, course: Course) -> str:
        """In whose sequence a set counts.

        :raises Undecided: AMB-34 decides.
        """
        key = course.key
        if key.submitter == key.ldc or self.world.reading("AMB-34") == "per-ldc":
            return key.ldc
        return key.submitter

    def _lose_where_sequences_are_shared(self) -> None:
        """The sets of each LDC are followed apart: what an agent with its own sequence submits for others is unseen."""
        for key in (each.key for each in self.sets.waiting() if self._known_owner(each) == each.key.submitter):
            if key.submitter != key.ldc and len(self.files.ldcs_of.get(key.submitter, ())) > 1:
                self._lose(f"{key.submitter} has a sequence of its own, and submits sets of several LDCs")
                return

    def _counts_in(self, course: Course, owner: str) -> bool:
        """Whether a set counts in a sequence.

        :raises Undecided: AMB-34 decides.
        """
        key = course.key
        of_the_ldc = key.submitter == key.ldc or self.world.reading("AMB-34") == "per-ldc"
        return owner == (key.ldc if of_the_ldc else key.submitter)

    def _awaits_processing(self, owner: str) -> Course | None:
        """The P-Sync set whose turn it is in a sequence, and that may be put off: who is behind it is held."""
        for each in self.sets.waiting():
            in_turn = each.number == self.sets.expected[owner] and self._known_owner(each) == owner
            if each.is_periodic_audit and each.is_whole and in_turn:
                return each
        return None

    def _do_all(self, until: Instant) -> None:
        while not self.lost and (event := self._next()) is not None and event.at <= until:
            self._do(event)

    def _do(self, event: Event) -> None:
        if event.what == "process":
            self._process(event.course, event.at)
        else:
            self._reject(event.course, event.at)

    def _process_what_it_shows(self, letter: Letter) -> None:
        """A report may show that a P-Sync set was processed: one on itself, or on one that is held behind it."""
        while not self.lost:
            self._do_all(letter.instant)
            shown = self._shown_by(letter)
            if shown is None:
                return
            moment = min(max(letter.made, self._ready(shown)), letter.instant)
            self._process(shown, moment, self._earliest(shown, letter))

    def _tells_of_the_load_alone(self, letter: Letter) -> bool:
        """Whether an IR14 says that a P-Sync set was loaded, whose synchronization may be put off still."""
        course = self.reports.course_of(letter) if letter.type == "IR14" and self.reports.takes_effect(letter) else None
        owner = None if course is None or course.fate is not Fate.WAITING else self._known_owner(course)
        if course is None or owner is None or self._awaits_processing(owner) is not course:
            return False
        return letter.instant < later(self._ready(course), hours=self.put_off)

    def _see_what_came_ahead(self) -> None:
        """Look at what was told of the load of sets that have been processed since."""
        waiting, self.ahead = self.ahead, []
        for letter in waiting:
            course = self.reports.course_of(letter)
            if course is not None and course.fate is Fate.WAITING:
                self.ahead.append(letter)
            elif not self.lost:
                self.reports.see(letter)

    def _see_number_used_up(self, letter: Letter) -> None:
        """Files of a set that failed to load may have come again, and be rejected as a set that is incomplete.

        By one reading (AMB-05) that uses up its number, which was still expected.
        """
        course = self.reports.course_of(letter) if letter.type == "IR10" else None
        if course is None or course.fate is not Fate.FAILED or not course.is_repeated:
            return
        owner = self._owner(course)
        if course.number == self.sets.expected[owner] and self.world.reading("AMB-05") == "number-used-up":
            self._turn(owner, course.number + 1, min(letter.made, letter.instant))

    def _earliest(self, course: Course, letter: Letter) -> Instant:
        """Since when a set may have been processed, by a report: one that a mailbox refused may have been made anew."""
        ready, sent = self._ready(course), min(letter.made, later(letter.instant, seconds=-self.case.seconds))
        return ready if self.case.outage_within(letter.recipient, ready, letter.instant) else max(ready, sent)

    def _ready(self, course: Course, turned: Mapping[str, Instant] | None = None) -> Instant:
        """Since when a set can be processed, which may be put off: once it is whole, and it is its number's turn."""
        turns = self.sets.turned if turned is None else turned
        return max(course.whole_at or course.last, turns.get(self._known_owner(course) or "", course.first))

    def _shown_by(self, letter: Letter) -> Course | None:
        course = self.reports.course_of(letter)
        owner = None if course is None or course.fate is not Fate.WAITING else self._known_owner(course)
        first = None if owner is None else self._awaits_processing(owner)
        if course is None or first is None or course is first:
            return first
        is_rejection = letter.type == "IR10" and course.is_whole and self._deadline(course) <= letter.instant
        if is_rejection and course.number == first.number and is_unfinished(course):
            return course  # of two that have one number the one that is taken for incomplete
        may_be_rejected = course.is_patient or self._may_have_ended_unseen(first, course, letter)
        return first if course.is_whole and (letter.type != "IR10" or may_be_rejected) else None

    def _may_have_ended_unseen(self, first: Course, rejected: Course, letter: Letter) -> bool:
        """Whether a P-Sync set may have ended, and nothing told of it so far, when one behind it is rejected.

        It may have failed to load, and its IR14 reaches nobody; or it is taken for incomplete, and is rejected as well.
        """
        is_told = self.case.reports_to_submitter(first.key.submitter, first.key.ldc, "IR14")
        return (not is_told or is_unfinished(first)) and self._deadline(rejected) <= letter.instant

    # --- processing ----------------------------------------------------------------------------------------------

    def _process(self, course: Course, moment: Instant, earliest: Instant | None = None) -> None:
        """Process the set whose turn it is, or pass over one whose number was used before.

        :param earliest: since when it may have been, by the report that shows it; None where none does.
        """
        owner = self._owner(course)
        if self.lost or course.number > self.sets.expected[owner]:
            return
        if course.number < self.sets.expected[owner]:
            self._end(course, Fate.PAST, moment)
            self.world.meet("sets/an old number")
            return
        first = self._first_of_its_number(course, owner)
        if first is not course and first.is_periodic_audit and earliest is None:
            course.gives_way = True  # to one that may be put off still
            return
        course = first
        self._process_what_is_first(course, owner, moment)
        name = f"set {course.key.tx_id} again"
        if course.earlier is Fate.PROCESSED and self.world.choice(name, ("passed over", "taken")) == "passed over":
            self._end(course, Fate.PAST, moment)
            return
        since = self._ready(course) if earliest is None else earliest
        days = sorted({day_of(since), day_of(moment)})
        verdict = self.case.common(Verdicts).of(course, self.books, days, self.world)
        if verdict.word == STAYS:
            course.stays = True
            return
        plan = self.reports.plan(course, failed=verdict.word == FAILS, moment=moment)
        latest = later(self._ready(course), hours=self.put_off if course.is_periodic_audit else 0)
        course.ready = self._ready(course, self.sets.turned_since)
        is_used_up = verdict.word != FAILS or self.world.reading("AMB-22") == "number-used-up"
        self._meet(course, verdict, moment)
        course.was_held = course.whole_at is not None and moment > course.whole_at
        self._end(course, Fate.FAILED if verdict.word == FAILS else Fate.PROCESSED, moment)
        self._enter(course, verdict)
        course.awaited, course.pending = plan, dict(plan)
        following = max(course.number + is_used_up, self.sets.used_up.pop(owner, 0))
        self._turn(owner, following, moment, course.ready if moment == latest else moment)

    def _first_of_its_number(self, course: Course, owner: str) -> Course:
        rivals = {
            each.key.tx_id: each
            for each in self.sets.waiting()
            if each.is_whole and each.number == course.number and self._counts_in(each, owner)
        }
        if len(rivals) < 2:
            return course
        names = sorted(rivals)
        return rivals[self.world.choice(f"first of {' and '.join(names)}", names)]

    def _process_what_is_first(self, course: Course, owner: str, moment: Instant) -> None:
        """Process a set of another sequence before this one, where both are due at one moment and it may be the first.

        Where submitters have sequences of their own (AMB-34), nothing says in which order such sets are processed.
        """
        for other in self.sets.waiting():
            others_owner = self._known_owner(other)
            if others_owner in {None, owner} or not other.is_whole:
                continue
            in_turn = other.number == self.sets.expected[str(others_owner)]
            are_put_off = course.is_periodic_audit and other.is_periodic_audit and self._ready(other) <= moment
            if in_turn and (are_put_off or self._ready(other) == moment) and self._concern_the_same(course, other):
                rival = self._first_of_its_number(other, str(others_owner))
                names = sorted(f"{each.key.tx_id} of {each.key.submitter}" for each in (course, rival))
                first = self.world.choice(f"processed first of {' and '.join(names)}", names)
                if first == f"{rival.key.tx_id} of {rival.key.submitter}":
                    self._process(rival, moment)
                return

    def _concern_the_same(self, one: Course, other: Course) -> bool:
        """Whether the order of two sets may make a difference: a P-Sync is about all that there is."""
        if one.is_periodic_audit or other.is_periodic_audit:
            return True
        first, second = (Content.of(each.files, self.case.profile) for each in (one, other))
        return not first.assets().isdisjoint(second.assets())

    def _enter(self, course: Course, verdict: Verdict) -> None:
        if verdict.trouble is not None:
            course.rule, course.why = verdict.trouble.rule, verdict.trouble.why
        course.wrong, course.has_warnings, course.named = verdict.wrong, verdict.has_warnings, verdict.named
        course.lists_nothing = verdict.lists_nothing
        course.outcome = verdict.outcome
        self.files.numbers[self.world.ldc] = max(course.number, self.files.numbers.get(self.world.ldc, 0))
        if course.is_periodic_audit:
            self.files.extracts.setdefault(self.world.ldc, set()).add(course.day)
        if verdict.books is not None:
            self.books = verdict.books
        elif verdict.is_blind:
            self.books = replace(self.books, is_blind=True)
        self.sets.unseen = self.books.unseen

    def _reject(self, course: Course, moment: Instant) -> None:
        """Reject a set that has waited for the wait-time."""
        if any(each.first != each.last for each in self._due_together(moment)):
            self.world.reading("AMB-06")
            if self._deadline(course) > moment:
                return
        course = self._first_rejected(course, moment)
        if self._waits_on(course):
            course.is_patient = True
            return
        has_number = course.manifest is not None
        owner = self._owner(course) if has_number else course.key.ldc
        if self.lost:
            return
        is_past = has_number and course.number < self.sets.expected[owner]
        is_used_up = has_number and not is_past and self.world.reading("AMB-05") == "number-used-up"
        is_put_off = is_used_up and self._is_put_off_still(course, owner)
        is_ahead = has_number and course.number > self.sets.expected[owner]
        stays_behind = is_used_up and is_ahead and not is_put_off and self._still_expects_what_is_missing()
        plan = self.reports.plan_rejection(course, moment)
        why = "incomplete" if course.missing or course.stays or course.unlisted else "held"
        course.reasons = tuple(_REASONS[why] | (_REASONS["held"] if is_ahead else set()))
        self.world.meet(f"sets/{why} for the wait-time")
        is_optional = course.earlier is not None or is_past
        course.rule = "SEQ-06" if why == "incomplete" else "SEQ-05"
        course.why = (
            f"{course.missing or 'a file'} has not come" if why == "incomplete" else "its predecessor has not come"
        )
        self._end(course, Fate.PAST if is_past else Fate.REJECTED, moment)
        course.awaited, course.pending = plan, {} if is_optional else dict(plan)
        if is_put_off:
            self.sets.used_up[owner] = max(course.number + 1, self.sets.used_up.get(owner, 0))
        elif stays_behind:
            self.sets.passed_over[owner] = self.sets.passed_over.get(owner, frozenset()) | {course.number}
        elif is_used_up:
            self._turn(owner, max(self.sets.expected[owner], course.number + 1), moment)

    def _is_put_off_still(self, course: Course, owner: str) -> bool:
        """Whether a P-Sync set in its turn is processed all the same where one behind it uses up its number: it may."""
        first = self._awaits_processing(owner)
        if first is None or first is course:
            return False
        name = f"set {first.key.tx_id}, behind which {course.key.tx_id} uses up its number"
        return self.world.choice(name, ("it is processed", "it is passed over")) == "it is processed"

    def _still_expects_what_is_missing(self) -> bool:
        """Whether a set that is rejected ahead of its turn uses up its own number alone, and not those before it."""
        answers = ("it is passed over", "it is still expected")
        return self.world.choice("what is missing before a rejected set", answers) == "it is still expected"

    def _waits_on(self, course: Course) -> bool:
        """Whether a set waits on for a P-Sync set that is put off, although others between are missing: it may."""
        owner = self._known_owner(course)
        if owner is None or not course.is_whole or self._awaits_processing(owner) is None:
            return False
        answers = ("it is rejected", "it is held")
        return self.world.choice(f"set {course.key.tx_id}, behind a P-Sync set", answers) == "it is held"

    def _first_rejected(self, course: Course, moment: Instant) -> Course:
        """Of sets whose wait-time ends at one instant, which is rejected first: it may let the next one in."""
        together = sorted(self._due_together(moment), key=lambda each: (each.number, each.key))
        open_numbers = "number-used-up" in self.case.answers("AMB-05")
        if len(together) < 2 or not open_numbers or self.world.reading("AMB-05") != "number-used-up":
            return course
        names = [each.key.tx_id for each in together]
        return together[names.index(self.world.choice(f"rejected first of {' and '.join(names)}", names))]

    def _due_together(self, moment: Instant) -> list[Course]:
        """The sets whose wait-time may end at a moment."""
        waiting = self.sets.waiting()
        return [each for each in waiting if self._deadline(each) == moment and self._may_be_rejected(each)]

    def _end(self, course: Course, fate: Fate, moment: Instant) -> None:
        course.end(fate, moment)
        self.sets.over[course.key] = fate

    def _turn(self, owner: str, number: int, moment: Instant, since: Instant | None = None) -> None:
        """The next number is expected from a moment on; where nothing has shown when, perhaps since an earlier one."""
        while number in self.sets.passed_over.get(owner, ()):
            number += 1
        self.sets.expected[owner] = number
        self.sets.turned[owner] = moment
        self.sets.turned_since[owner] = since or moment

    def _lose(self, why: str) -> None:
        self.lost = why
        for rule in sorted(self.rules):
            self.world.cannot_see(rule, self.case.now, f"sets of {self.world.ldc}", why)

    def _meet(self, course: Course, verdict: Verdict, moment: Instant) -> None:
        meet, places = self.world.meet, course.files
        if course.whole_at is not None and moment > course.whole_at and not course.is_periodic_audit:
            meet("sets/ahead of its turn")
            meet("sets/held, then in turn")
        if course.earlier is not None:
            meet("sets/sent again")
        if any(place.segment_no != "01" for place in places):
            meet("sets/in segments")
        if any(place.file_no == "07" for place in places):
            meet("sets/with components")
        if course.key.submitter != course.key.ldc:
            meet("sets/by an agent")
        if verdict.word == FAILS:
            meet("sets/fails to load")
        if course.is_periodic_audit:
            meet("sets/a P-Sync")
        if verdict.outcome is not None and verdict.outcome.status == "stopped_at_threshold":
            meet("sets/stopped at the threshold")

    # --- absence --------------------------------------------------------------------------------------------------

    def passed(self, until: Instant) -> None:
        """Judge who has not been told what had to be by an instant; forget what is long over."""
        if self.lost:
            return
        self.reports.passed(until)
        self.sets.forget(until)
