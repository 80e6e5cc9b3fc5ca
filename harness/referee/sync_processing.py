"""What becomes of a set whose turn it is: whether it loads, and what it changes in the Master Directory.

Everything that may ask for a reading happens before anything is changed (`harness.referee.worlds`).
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from harness.interface.files import Reading
from harness.interface.instants import Day
from harness.interface.set_records import SDP_TO_METER
from harness.oracle.master_directory import Attribute, Record
from harness.oracle.spans import SpanDirectory, after_records, changes_between
from harness.oracle.synchronization import (
    COMPLETED,
    METER_IN_USE,
    PRIOR_STATE,
    STOPPED,
    WITH_EXCEPTIONS,
    AcceptedSet,
    Failed,
    Outcome,
    is_prior,
)
from harness.referee import sync_loading as loading
from harness.referee.case import Case
from harness.referee.sync_content import CONTRADICTED, INTERRUPTED, Content, accepted
from harness.referee.sync_loading import Known, Trouble
from harness.referee.sync_sets import Course, Files
from harness.referee.worlds import Answering, World

_SETS_HELD = 8
_WORKED_OUT_ONCE = 10_000
"""Of sets and directories of up to so many statements and attributes it is kept what was worked out."""
LOADS, FAILS, STAYS = "it loads", "it fails to load", "it is taken for incomplete"


class Verdict(NamedTuple):
    """What becomes of a set.

    :param word: whether it loads, fails to load, or waits on.
    :param trouble: what keeps it from being loaded, or from taking effect.
    :param wrong: the records that IR14 has to report as errors.
    :param lists_nothing: it loads, and nothing of it may take effect.
    :param is_blind: it loads, and what it changes is not known.
    :param books: what is known after it; None where it changes nothing.
    """

    word: str
    trouble: Trouble | None = None
    wrong: tuple[tuple[str, int], ...] = ()
    has_warnings: bool = False
    lists_nothing: bool = False
    is_blind: bool = False
    named: frozenset[Attribute] = frozenset()
    outcome: Outcome | None = None
    books: Books | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of an LDC's master data. Nothing of it is ever changed: a set leads to other books.

    :param created: every asset that was created, by kind; `types` those of SDPs.
    :param issued: the Universal SDP IDs that were issued to it; None where they are not all known.
    :param unseen: the attributes of which it is not known what holds; `is_blind`: of none it is.
    """

    directory: SpanDirectory = field(default_factory=SpanDirectory)
    created: dict[str, frozenset[str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    issued: frozenset[str] | None = frozenset()
    unseen: frozenset[Attribute] = frozenset()
    is_blind: bool = False


class Asked(Answering):
    """A world that is asked what becomes of a set, and what it has answered to which questions."""

    def __init__(self, world: World) -> None:
        self.case = world.case
        self.answers: dict[str, str] = {}
        self._world = world

    def choice(self, question: str, answers: Sequence[str]) -> str:
        self.answers[question] = self._world.choice(question, answers)
        return self.answers[question]


class Worked:
    """A set after some books, with what no answer changes: worked out once, however often it is asked for."""

    def __init__(self, course: Course, content: Content, books: Books, case: Case) -> None:
        self.content = content
        self.books = books
        self.troubles = loading.troubles(course, content, self._known)
        self._day = course.day
        self._case = case
        self._tried: dict[tuple[AcceptedSet, int], tuple[SpanDirectory, Outcome]] = {}

    @property
    def directory(self) -> SpanDirectory:
        return self.books.directory

    @property
    def _known(self) -> Known:
        books = self.books
        return Known(books.directory, books.issued, books.created, books.types)

    @property
    def is_small(self) -> bool:
        """Whether there is memory enough for what was worked out to be kept."""
        return len(self.content.said) + len(self.directory.histories) <= _WORKED_OUT_ONCE

    @functools.cached_property
    def contradictions(self) -> tuple[Sequence[Trouble], Sequence[Trouble]]:
        return loading.contradictions(self.content, self.directory)

    @functools.cached_property
    def repetitions(self) -> Sequence[Trouble]:
        return loading.repetitions(self.content)

    @functools.cached_property
    def lacks_components(self) -> Sequence[Trouble]:
        return loading.lacks_components(self._day, self.content, self._known, self._case.profile)

    @functools.cached_property
    def beyond_limits(self) -> Sequence[Trouble]:
        limits = (int(self._case.value(f"{which}_dating_limit_days")) for which in ("retroactive", "future"))
        return loading.beyond_limits(self._day, self.content, self.directory, *limits)

    def tried(self, taken: AcceptedSet, limit: int) -> tuple[SpanDirectory, Outcome]:
        """What the set leads to, taken in some way; neither is to be changed."""
        asked = taken, limit
        if asked not in self._tried:
            directory = self.directory.copied()
            self._tried[asked] = directory, directory.synchronize(taken, limit)
        return self._tried[asked]


@dataclass(slots=True)
class _Held:
    """What became of a set after some books; both are held on to, so that no others can be taken for them."""

    files: tuple[Reading, ...]
    books: Books
    found: list[tuple[Mapping[str, str], Verdict]] = field(default_factory=list)
    worked: Worked | None = None


class Verdicts:
    """What has become of the last few sets: worlds that give the same answers come to the same, worked out once."""

    def __init__(self) -> None:
        self._held: dict[Hashable, _Held] = {}

    def of(self, course: Course, books: Books, days: Sequence[Day], world: World) -> Verdict:
        """What becomes of a set that is processed; see `verdict_of`.

        :raises Undecided: that rests on an answer which the world has not given.
        """
        files = tuple(course.files[place] for place in sorted(course.files))
        key = course.key, course.first, tuple(days), id(books), tuple(map(id, files))
        held = self._held.setdefault(key, _Held(files, books))
        for answers, verdict in held.found:
            if answers.items() <= world.decided.items():
                return verdict
        if held.worked is None:
            held.worked = Worked(course, self._content(course, files, world.case), books, world.case)
        asked = Asked(world)
        try:
            verdict = verdict_of(course, held.worked, days, asked)
        finally:
            if not held.worked.is_small:
                held.worked = None
        held.found.append((asked.answers, verdict))
        while len(self._held) > _SETS_HELD:
            del self._held[next(iter(self._held))]
        return verdict

    def _content(self, course: Course, files: tuple[Reading, ...], case: Case) -> Content:
        """What stands in the files of a set, which may be held after other books as well."""
        for each in self._held.values():
            if each.worked is not None and len(each.files) == len(files) and all(map(operator.is_, each.files, files)):
                return each.worked.content
        return Content.of(course.files, case.profile)


def verdict_of(course: Course, worked: Worked, days: Sequence[Day], world: Asked) -> Verdict:
    """What becomes of a set that is processed.

    :param worked: the set after the books in which it is processed.
    :param days: the days on which it may have been; more than one where nothing shows on which it was.
    """
    found = worked.troubles
    name = f"set {course.key.tx_id} of {course.first:%d %b %H:%M:%S}"
    if found.failing:
        wrong = tuple(sorted({(each.file, each.line) for each in found.records if each.file and each.line}))
        return Verdict(FAILS, found.failing[0], wrong)
    if found.perhaps_lacking and world.choice(f"{name}, without all of its modules", (FAILS, LOADS)) == FAILS:
        return Verdict(FAILS, found.perhaps_lacking[0])
    if found.unfinished:
        return Verdict(world.choice(name, (FAILS, STAYS)), found.unfinished[0])
    if worked.books.is_blind:
        unknown = Trouble("STL-01", "what was held before is not known")
        return Verdict(world.choice(name, (FAILS, LOADS)), unknown, is_blind=True)
    of_another = world.case.common(Files).metering_of_another(course.key.ldc, worked.content.metering())
    if of_another:
        word = world.choice(name, (FAILS, LOADS))
        why = f"it names {of_another}, which another LDC had before"
        return Verdict(word, Trouble("STL-01", why), is_blind=word == LOADS)
    if found.senseless:
        word = world.choice(name, (FAILS, LOADS))
        return Verdict(word, found.senseless[0], lists_nothing=word == LOADS)
    if found.left_open:
        word = world.choice(name, (FAILS, LOADS))
        return Verdict(word, found.left_open[0], is_blind=word == LOADS)
    failing = _failing_by_readings(worked, world)
    if failing is not None:
        return Verdict(FAILS, failing)
    return _synchronized(course, worked, days, world)


def _failing_by_readings(worked: Worked, world: Asked) -> Trouble | None:
    """What fails a load under the readings of this world; they are asked for where it depends on them."""
    if worked.repetitions and world.reading("AMB-39") == "error":
        return worked.repetitions[0]
    several, stuck = worked.contradictions
    if several and world.reading("AMB-40") == "refused":
        return several[0]
    if stuck:
        return stuck[0]
    if worked.lacks_components and world.reading("AMB-41") == "refused":
        return worked.lacks_components[0]
    if worked.beyond_limits and world.reading("AMB-18") == "within-limits":
        return worked.beyond_limits[0]
    return None


def _synchronized(course: Course, worked: Worked, days: Sequence[Day], world: Asked) -> Verdict:
    """What a set that nothing keeps from loading changes; it may still be refused (AMB-17, -35, -61)."""
    limit = int(world.case.value("psync_deactivation_limit_percent"))
    content, contradicts = worked.content, bool(worked.contradictions[0])
    reads = []
    if content.is_interrupted:
        reads.append(INTERRUPTED[world.reading("AMB-38")])
    if contradicts:
        reads.append(CONTRADICTED[world.reading("AMB-40")])
    taken = accepted(content, course.is_periodic_audit, course.day, [each for each in reads if each is not None])
    taken = _after_its_spans(taken, worked.books.directory, world)
    if course.is_periodic_audit:
        taken = _ending(taken, worked, days, course.key.tx_id, world)
    taken = _without_what_is_current(taken, worked, course.key.tx_id, world)
    directory, outcome = worked.tried(taken, 100)
    if any(reason == PRIOR_STATE for _, reason in outcome.exceptions) and world.reading("AMB-35") == "load-error":
        return Verdict(FAILS, Trouble("PSY-04", "it changes prior states, and is a P-Sync"))
    if any(reason == METER_IN_USE for _, reason in outcome.exceptions) and world.reading("AMB-61") == "load-error":
        return Verdict(FAILS, Trouble("STL-01", "it gives an SDP a meter that another SDP has by earlier sets"))
    directory, outcome = _record_by_record(taken, worked, (directory, outcome), course.key.tx_id, world)
    if course.is_periodic_audit:
        stopped = worked.tried(taken, limit)
        reading = world.reading("AMB-17") if stopped[1].status == STOPPED else "not-checked"
        if reading == "refused-at-load":
            return Verdict(FAILS, Trouble("PSY-05", f"it would deactivate more than {limit} % of the active SDPs"))
        if reading == "stopped-whole":
            directory, outcome = stopped
    warns = bool(worked.repetitions) and world.reading("AMB-39") == "warning"
    meters = (each for each in content.named() if contradicts and each.attribute == SDP_TO_METER)
    unseen = frozenset(Attribute(*each) for each in meters)
    outcome = _with_meters_unseen(outcome, unseen, course.key.tx_id, world)
    named = frozenset(Attribute(*each) for each in content.named())
    after = _after(worked, directory, unseen)
    return Verdict(LOADS, has_warnings=warns, named=named, outcome=outcome, books=after)


def _after_its_spans(taken: AcceptedSet, directory: SpanDirectory, world: Asked) -> AcceptedSet:
    """A set after whose spans what an earlier set had left open holds again, or nothing holds."""
    if not directory.left_open(taken):
        return taken
    answers = ("it holds again", "nothing holds")
    holds = world.choice("what earlier sets left open, after a span of a later set", answers)
    return replace(taken, ends_for_good=holds == "nothing holds")


def _ending(taken: AcceptedSet, worked: Worked, days: Sequence[Day], tx_id: str, world: Asked) -> AcceptedSet:
    """A P-Sync with the way in which it ends what it leaves out (AMB-32, AMB-37)."""
    omitted = worked.directory.active_sdps(taken.extracted) - taken.sdps
    named = omitted & {each.attribute.entity_id for each in taken.records if each.attribute.entity == "sdp"}
    answers = ("are left out", "are not")
    if named and world.choice(f"SDPs that set {tx_id} names without their asset", answers) == "are not":
        taken, omitted = replace(taken, sdps=taken.sdps | named), omitted - named
    if not omitted:
        return taken
    if {*days} != {taken.extracted} and world.reading("AMB-32") == "day-of-processing":
        names = [f"{day:%d %b}" for day in days]
        of_which = names[0] if len(names) == 1 else world.choice(f"set {tx_id} is processed on", names)
        taken = replace(taken, ends=days[names.index(of_which)])
    related = replace(taken, related=True)
    alone, too = (worked.tried(each, 100)[1] for each in (taken, related))
    if len(alone.updates) != len(too.updates) and world.reading("AMB-37") == "related-assets-too":
        return related
    return taken


def _without_what_is_current(taken: AcceptedSet, worked: Worked, tx_id: str, world: Asked) -> AcceptedSet:
    """A P-Sync in which what was sent without an end is a prior state, or is none, once a later span has ended it."""
    if taken.kind != "P-Sync":
        return taken
    said = worked.content.said
    unended = {(Attribute(*each.key), each.start, each.value) for each in said if each.end is None}
    ended = [each for each in taken.records if is_prior(each, taken)]
    current = frozenset(each for each in ended if (each.attribute, each.start, each.value) in unended)
    other = replace(taken, current=current)
    if not current or worked.tried(taken, 100)[1] == worked.tried(other, 100)[1]:
        return taken
    name = f"what set {tx_id} says without an end, and ends by a later span"
    return other if world.choice(name, ("is a prior state", "is none")) == "is none" else taken


def _with_meters_unseen(outcome: Outcome, unseen: Collection[Attribute], tx_id: str, world: Asked) -> Outcome:
    """What came of a set of which it is not said whose its meters are: of two SDPs one may be an exception (AMB-40)."""
    if not unseen or outcome.status != COMPLETED:
        return outcome
    name = f"of the meters of set {tx_id}"
    is_one = world.choice(name, ("none is an exception", "one is an exception")) == "one is an exception"
    return replace(outcome, status=WITH_EXCEPTIONS) if is_one else outcome


def _record_by_record(
    taken: AcceptedSet, worked: Worked, whole: tuple[SpanDirectory, Outcome], tx_id: str, world: Asked
) -> tuple[SpanDirectory, Outcome]:
    """What becomes of a set of which something fails: all that is said of its attribute does, or the record alone."""
    reasons = {change.attribute: reason for change, reason in whole[1].exceptions}
    failing = {each for each in taken.records if each.attribute in reasons and _fails(each, taken, worked, reasons)}
    rest = replace(taken, records=tuple(each for each in taken.records if each not in failing))
    if not any(each.attribute in reasons for each in rest.records):
        return whole
    kept = {each for each in rest.records if reasons.get(each.attribute) == METER_IN_USE}
    ways = {"the rest is taken": rest, "the rest is taken, ends too": replace(rest, current=rest.current | kept)}
    found = {"nothing is taken": whole}
    for way, what in ways.items():
        alone, of_the_rest = worked.tried(what, 100)
        exceptions = list(of_the_rest.exceptions)
        for attribute, reason in sorted(reasons.items()):
            before = worked.directory.histories.get(attribute, ())
            without, with_them = (
                after_records(
                    before,
                    [each for each in records if each.attribute == attribute],
                    ends_for_good=taken.ends_for_good,
                )
                for records in (rest.records, taken.records)
            )
            exceptions += [Failed(each, reason) for each in changes_between(attribute, without, with_them)]
        outcome = replace(of_the_rest, status=WITH_EXCEPTIONS, exceptions=exceptions)
        updates = sorted(outcome.updates, key=repr)
        if all(updates != sorted(each.updates, key=repr) for _, each in found.values()):
            found[way] = alone, outcome
    if len(found) == 1:
        return whole
    return found[world.choice(f"of an attribute of which a record of set {tx_id} fails", tuple(found))]


def _fails(record: Record, taken: AcceptedSet, worked: Worked, reasons: Mapping[Attribute, str]) -> bool:
    """Whether a record of an attribute that fails is what fails of it."""
    if reasons[record.attribute] == PRIOR_STATE:
        return is_prior(record, taken)
    others = tuple(each for each in taken.records if each.attribute != record.attribute)
    outcome = worked.tried(replace(taken, records=(*others, record)), 100)[1]
    return any(each.attribute == record.attribute and why == METER_IN_USE for each, why in outcome.exceptions)


def _after(worked: Worked, directory: SpanDirectory, unseen: frozenset[Attribute]) -> Books:
    books, content = worked.books, worked.content
    created = {
        entity: books.created.get(entity, frozenset()) | {one for kind, one in content.created if kind == entity}
        for entity in ("sdp", "meter", "communication_module")
    }
    types = {**books.types, **content.types}
    return replace(books, directory=directory, created=created, types=types, unseen=books.unseen | unseen)
