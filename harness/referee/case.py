"""What all checks share: the opening, what it lets whom do, the answers still open, and the book of judgements.

A check is an object that sees what happens, as the referee has read it, and says what held:

* `Received`: a file was submitted, with what the slides say of letting it in (`Admission`);
* `Letter`: a file arrived in a mailbox, read against its layout;
* `Loaded`: data reached the system from outside these interfaces;
* `Passed`: whatever arrived until this instant, itself included, has been seen. Absence is judged then.

At one instant what was given comes before what was delivered, and letters come in the order of their names, those first
that tell Universal SDP IDs, so that no check depends on the order of files at an instant.
A check keeps what falls due in a `Diary`.
"""

from __future__ import annotations

import functools
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from harness.errors import SuiteMistake
from harness.interface.files import InterfaceFile, Reading, Record, read_file
from harness.interface.findings import Finding
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, at, day_of, from_digits, later
from harness.interface.names import FileName
from harness.interface.profile import EITHER, Profile
from harness.port.protocol import Outage
from harness.referee.judgements import Book, Said, Subject, Voice
from harness.referee.stream import Delivered, Loaded, Opening, Passed, Submitted
from harness.suite.catalogue import load_catalogue

END_OF_DAY = (23, 59, 59)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Admission:
    """What the slides say of letting a submitted file in.

    :param name: its name, as far as it can be taken apart.
    :param verdict: ``in``, ``refused``, or ``open`` where the slides leave it open, as for a damaged content.
    :param rule: the rule by which it is refused, and `why` in words.
    """

    name: FileName | None
    verdict: Literal["in", "refused", "open"]
    rule: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was submitted.

    :param reading: its content, where it is of a type that organisations submit and of no file set.
    """

    file: Submitted
    admission: Admission
    profile: Profile = field(repr=False)
    reading: Reading | None = field(default=None, repr=False)

    @property
    def instant(self) -> Instant:
        return self.file.instant

    @property
    def type(self) -> str:
        """Its file type, as its name states it; empty where it states none."""
        return "" if self.admission.name is None else self.admission.name.file_id

    @property
    def ldc(self) -> str:
        return "" if self.admission.name is None else self.admission.name.org_1

    def read(self) -> Reading:
        """Its content; that of a file of a set is read anew each time."""
        return self.reading or read_file(self.file.name, self.file.content, self.profile)


@dataclass(frozen=True, slots=True)
class Letter:
    """A file that arrived in a mailbox, read against its layout.

    :param type: its type, as its name states it, `ldc` its ORG_ID_1; both as far as they can be made out.
    :param content: what could be read of it; None where nothing could.
    :param findings: everything that is wrong with it.
    """

    file: Delivered
    type: str
    ldc: str
    name: FileName | None
    content: InterfaceFile | None
    findings: tuple[Finding, ...]

    @property
    def instant(self) -> Instant:
        """When it arrived."""
        return self.file.instant

    @property
    def recipient(self) -> OrgId:
        return self.file.recipient

    @property
    def header(self) -> Record | None:
        return None if self.content is None else self.content.header

    @property
    def details(self) -> Sequence[Record]:
        return () if self.content is None else self.content.details

    @property
    def status(self) -> Record | None:
        """Its status record."""
        others = () if self.content is None else self.content.others
        return next((other for other in others if other.layout.role == "status"), None)

    @property
    def tells_ids(self) -> bool:
        """Whether it tells Universal SDP IDs, which sets and requests may name from then on."""
        return self.type == "2000"

    @property
    def whole(self) -> tuple[Subject, ...]:
        """What rests on the whole of it: its name, that it could be read, and each of its lines."""
        return (("name", self.file.name), ("file", self.file.name), ("lines", self.file.name))

    def resting_on(self, record: Record) -> tuple[Subject, ...]:
        """What rests on one of its records."""
        return (("file", self.file.name), ("line", self.file.name, str(record.line)))

    @property
    def made(self) -> Instant:
        """When it was made, as its name says; where it says nothing that reads, when it was sent."""
        try:
            return self.file.sent if self.name is None else from_digits(self.name.created)
        except ValueError:
            return self.file.sent


Seen: TypeAlias = Received | Letter | Loaded | Passed


class Diary(Generic[T]):
    """What falls due, and when: entries come back in the order of their instants, then as they were noted."""

    def __init__(self) -> None:
        self._entries: list[tuple[Instant, int, T]] = []
        self._count = 0

    def note(self, due: Instant, what: T) -> None:
        self._count += 1
        heapq.heappush(self._entries, (due, self._count, what))

    def over(self, until: Instant | None = None) -> Iterator[tuple[Instant, T]]:
        """What falls due until an instant, itself included, or at any time; it is struck out."""
        while self._entries and (until is None or self._entries[0][0] <= until):
            due, _, what = heapq.heappop(self._entries)
            yield due, what

    def __len__(self) -> int:
        return len(self._entries)


Reads: TypeAlias = Callable[[str, bytes, Profile], Reading]
"""What reads a file by its name and content, as `read_file` does."""


class Case(Voice):
    """One stream's case: who may do what, what may be read how, and what has been said of it.

    :ivar profile: the opening's, under what the system states; `now` the instant that is looked at.
    """

    def __init__(self, opening: Opening, read: Reads = read_file) -> None:
        self.opening = opening
        self.read = read
        self.now = opening.instant
        self.profile = replace(opening.profile, readings=opening.profile.narrowed(opening.readings))
        self.kinds: Mapping[str, str] = {each.id: each.kind for each in opening.organisations}
        self.ldcs = frozenset(each.id for each in opening.organisations if each.kind == "ldc")
        self.seconds = int(self.value("delivery_within_seconds"))
        self.book = Book(functools.cache(functools.partial(_is_judged, opening)))
        self.known_situations: dict[str, str] = {}
        self._outages: dict[str, tuple[Outage, ...]] = {each.id: each.mailbox_outages for each in opening.organisations}
        self._may = {(each.ldc, each.agent, each.type, each.direction) for each in opening.authorisations}
        self._kept: dict[tuple[str, str], tuple[str, ...]] = {}
        self._open: dict[str, tuple[str, ...]] = {}
        self._common: dict[type[Any], Any] = {}

    def common(self, kind: type[T]) -> T:
        """What chapters share, of a kind that is made without arguments: one for the case, whatever the worlds."""
        if kind not in self._common:
            self._common[kind] = kind()
        found: T = self._common[kind]
        return found

    def value(self, name: str) -> Any:
        """A configured value as this system has it."""
        return self.opening.values.get(name, self.opening.profile.values[name])

    def content_of(self, received: Received) -> Reading:
        """What stands in a submitted file, read once with whoever shares what is read."""
        return received.reading or self.read(received.file.name, received.file.content, received.profile)

    # --- readings ------------------------------------------------------------------------------------------

    def answers(self, ambiguity: str) -> tuple[str, ...]:
        """The readings of an ambiguity that are right here, the default first: one where a side is taken."""
        taken, likeliest = self.profile.readings[ambiguity], self.profile.default_readings[ambiguity]
        if taken != EITHER:
            return (taken,)
        if ambiguity not in self._open:
            known = self.profile.known_readings[ambiguity]
            self._open[ambiguity] = tuple(sorted(known, key=lambda reading: reading != likeliest))
        return self._open[ambiguity]

    def still_open(self, ambiguity: str, who: str) -> tuple[str, ...]:
        """The answers that what somebody's files have shown so far leaves open."""
        return self._kept.get((ambiguity, who)) or self.answers(ambiguity)

    def keeps(self, ambiguity: str, who: str, fitting: Iterable[str]) -> bool:
        """Keep of the answers that are open for somebody those that fit; whether there are any. If not, all stay.

        A system that answers one way today and the other way tomorrow has none that fits.
        """
        kept = tuple(answer for answer in self.still_open(ambiguity, who) if answer in set(fitting))
        if kept:
            self._kept[ambiguity, who] = kept
        return bool(kept)

    # --- who may do what, and how long it may take ----------------------------------------------------------

    def may_submit(self, organisation: str, ldc: str, file_type: str) -> bool:
        """Whether an organisation may submit a type of an LDC's files (FTS-10)."""
        return organisation == ldc or (ldc, organisation, file_type, "submit") in self._may

    def may_receive(self, organisation: str, ldc: str, file_type: str) -> bool:
        """Whether an organisation may receive a type of an LDC's files (FTS-11, FTS-13)."""
        return organisation == ldc or (ldc, organisation, file_type, "receive") in self._may

    def reports_to_submitter(self, submitter: str, ldc: str, report: str) -> bool:
        """Whether IR03, IR10 or IR14 has to reach who submitted what it is about (AMB-44)."""
        return self.may_receive(submitter, ldc, report) or self.answers("AMB-44") == ("submitter",)

    def is_refused(self, recipient: str, moment: Instant) -> bool:
        """Whether a mailbox refuses what is sent at a moment."""
        return any(each.start <= moment < each.end for each in self._outages.get(recipient, ()))

    def outage_within(self, recipient: str, start: Instant, end: Instant) -> Instant | None:
        """When the last outage of a mailbox is over that has any moment in common with a span, both ends included."""
        ends = [each.end for each in self._outages.get(recipient, ()) if each.start <= end and start < each.end]
        return max(ends, default=None)

    def may_be_lost(self, recipient: str, start: Instant, end: Instant) -> bool:
        """Whether what is sent to a mailbox in a span may never arrive: it refuses files, and may do so for good.

        Under the reading that what was refused is tried again it has to arrive (AMB-58).
        """
        return self.outage_within(recipient, start, end) is not None and "not-tried-again" in self.answers("AMB-58")

    def may_be_late(self, recipient: str, due: Instant, until: Instant | None = None) -> bool:
        """Whether what is due may come however late: its mailbox refuses it, and what becomes of it then is open.

        Under either reading of AMB-58 that somebody states, nothing comes after the day on which files are taken again.

        :param until: by when it is sent, where that may take a while; None where it is sent when it is due.
        """
        refused = self.outage_within(recipient, due, later(until or due, seconds=self.seconds)) is not None
        return refused and len(self.answers("AMB-58")) > 1

    def latest(self, recipient: str, due: Instant, since: Instant | None = None) -> Instant:
        """When a file that is due has to have arrived: some seconds later; after an outage, by the end of that day.

        Where the mailbox refuses files again on that day, what is tried then waits for the end of that outage.

        :param since: when it may have been sent first; None where that is when it is due.
        """
        latest = later(due, seconds=self.seconds)
        over = self.outage_within(recipient, since or due, latest)
        while over is not None:
            latest = max(latest, at(day_of(over), *END_OF_DAY))
            over = self.outage_within(recipient, over, latest)
        return latest

    # --- what is said ---------------------------------------------------------------------------------------

    def write(self, said: Said) -> None:
        self.book.write(said)

    def meet(self, situation: str) -> None:
        """Count a situation, of those that a check declares.

        :raises SuiteMistake: no check declares it.
        """
        if situation not in self.known_situations:
            raise SuiteMistake(f"no check of the referee declares the situation {situation!r}")
        self.book.situations[situation] += 1


TAKEN_BY: Mapping[type[Seen], str] = {
    Received: "received",
    Letter: "arrived",
    Loaded: "loaded",
    Passed: "passed",
}
"""The method of a check that takes what is seen, by its kind."""


class Check:
    """A check of a chapter. A subclass declares its situations, and takes the kinds of what is seen that it needs.

    :cvar situations: the cases worth meeting, each in a sentence, by a name that begins with the chapter's.
    """

    situations: ClassVar[Mapping[str, str]] = {}

    def __init__(self, case: Case) -> None:
        self.case = case

    def declared(self) -> Mapping[str, str]:
        """The situations that it declares."""
        return self.situations

    @classmethod
    def takes(cls, kind: type[Seen]) -> bool:
        """Whether it does anything with what is seen of a kind: time passes far more often than most checks ask for."""
        return any(getattr(cls, name) is not getattr(Check, name) for name in ("see", TAKEN_BY[kind]))

    def see(self, seen: Seen) -> None:
        """Take note of what happened."""
        match seen:
            case Received():
                self.received(seen)
            case Letter():
                self.arrived(seen)
            case Loaded():
                self.loaded(seen)
            case Passed():
                self.passed(seen.instant)

    def received(self, received: Received) -> None:
        """A file was submitted."""

    def arrived(self, letter: Letter) -> None:
        """A file arrived in a mailbox."""

    def loaded(self, loaded: Loaded) -> None:
        """Data reached the system from outside."""

    def passed(self, until: Instant) -> None:
        """Whatever arrived until an instant, itself included, has been seen: what was due by then can be judged."""

    def close(self) -> None:
        """The stream is over; what is due after its last instant is not judged."""


def _is_judged(opening: Opening, rule: str) -> bool:
    """Whether a rule is of a class that is claimed in the seat."""
    known = load_catalogue().rule(rule)
    its_class = known.class_ if opening.seat == "repository" else known.cis_class
    return opening.classes is None or its_class in opening.classes
