"""Synchronization file sets as an LDC or agent writes and sends them: drafts, files, segments, and what can be amiss.

A draft is laid out when its first file is sent, so that what it calls ``today`` is the day on which it was extracted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from harness.errors import SuiteMistake
from harness.interface.file_sets import COMPONENTS, MANDATORY, MANIFEST, Place
from harness.interface.files import Value, write_file
from harness.interface.instants import Instant, later
from harness.interface.names import FileName, SetPart
from harness.stage.conversation import Conversation

Kind: TypeAlias = Literal["I-Sync", "P-Sync"]
Detail: TypeAlias = tuple[str, Mapping[str, Value]]

FILE_TYPES: Mapping[Kind, str] = {"I-Sync": "4000", "P-Sync": "3000"}
ALWAYS_SENT = tuple(number for number in MANDATORY if number != MANIFEST)
"""The files of details that every set has (SYN-01)."""
A_MINUTE_EARLIER, A_SECOND_LATER = -60, 1
"""By how many seconds the Extracted Date Time of a header is another."""
_HEADER_LINES = 2
"""A file begins with so many lines that are no details."""


@dataclass(frozen=True, slots=True)
class SetFile:
    """A file of a set as it is to be sent."""

    place: Place
    name: FileName
    content: bytes
    sent_as: str = ""

    def lines(self) -> list[str]:
        return self.content.decode("ascii").split("\r\n")[:-1]

    def holding(self, lines: Sequence[str]) -> SetFile:
        """The file with other lines."""
        return replace(self, content="".join(f"{line}\r\n" for line in lines).encode("ascii"))

    def renamed(self, name: str) -> SetFile:
        """The file under another name, which its File Name Record states too."""
        return replace(self, content=self.content.replace(str(self.name).encode(), name.encode()), sent_as=name)


@dataclass(slots=True)
class Draft:
    """A file set that is being written.

    :param plans: what writes the details when the set is extracted.
    :param details: detail records by file number.
    :param segments: the segment numbers of a file; a file that is not named is one segment, 01.
    :param version: the version in the names, where it is not the active one.
    :param unlisted: files that the manifest does not list.
    :param extracted_otherwise: files, by their number, and segments whose header states another Extracted Date Time,
        and by how many seconds it is later.
    :param misplaced: files whose last detail record stands in another file, and in which.
    :param spoilt: records that lack their last field, as file number and number of the record from 1.
    :param named: how the name of a file is changed.
    """

    kind: Kind
    number: int
    ldc: str
    submitter: str
    tx_id: str
    plans: list[Callable[[], None]] = field(default_factory=list)
    details: dict[str, list[Detail]] = field(default_factory=dict)
    segments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    version: str | None = None
    unlisted: set[str] = field(default_factory=set)
    extracted_otherwise: dict[str | Place, int] = field(default_factory=dict)
    misplaced: dict[str, str] = field(default_factory=dict)
    spoilt: set[tuple[str, int]] = field(default_factory=set)
    named: dict[str, Callable[[FileName], str]] = field(default_factory=dict)
    extracted: Instant | None = None
    sent: set[Place] = field(default_factory=set)
    files: dict[Place, SetFile] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind} set {self.number} (TX_ID {self.tx_id})"

    @property
    def file_type(self) -> str:
        return FILE_TYPES[self.kind]

    def add(self, file_no: str, kind: str, **fields: Value) -> None:
        """Add a detail record."""
        self.details.setdefault(file_no, []).append((kind, fields))

    def place_of(self, file_no: str, number: int) -> tuple[Place, int]:
        """The segment and the line, from 1, in which a detail record of a file stands."""
        for place, details in self._laid_out(file_no):
            if number <= len(details):
                return place, number + 2
            number -= len(details)
        raise SuiteMistake(f"{self} has no record {number} in file {file_no}")

    def rename_part(self, of: str, **part: str) -> None:
        """Let the name of a file give another TX_ID, file number or segment number."""

        def change(name: FileName) -> str:
            return str(name if name.part is None else replace(name, part=replace(name.part, **part)))

        self.named[of] = change

    def repeat(self, file_no: str, number: int) -> None:
        """Let a detail record of a file, numbered from 1, stand there twice.

        :raises SuiteMistake: the file has no such record.
        """
        details = self.details.get(file_no, [])
        if number > len(details):
            raise SuiteMistake(f"{self} has no record {number} in file {file_no}")
        details.insert(number, details[number - 1])

    def file_numbers(self) -> tuple[str, ...]:
        """The files of the set but the manifest."""
        return (*ALWAYS_SENT, COMPONENTS) if self.details.get(COMPONENTS) else ALWAYS_SENT

    def _laid_out(self, file_no: str) -> Iterable[tuple[Place, Sequence[Detail]]]:
        return self._cut(file_no, self.details.get(file_no, []))

    def _cut(self, file_no: str, details: Sequence[Detail]) -> Iterable[tuple[Place, Sequence[Detail]]]:
        """The segments of a file, with the details split evenly over them, between complete records (SYN-08)."""
        segments = self.segments.get(file_no, ("01",))
        size = -(-len(details) // len(segments))
        for number, segment in enumerate(segments):
            yield Place(file_no, segment), details[number * size : (number + 1) * size]

    def lay_out(self, conversation: Conversation, created: str) -> None:
        """Write the files of the set, as extracted now."""
        self.extracted = conversation.now
        for file_no in self.file_numbers():
            for place, details in self._laid_out(file_no):
                self.files[place] = self._written(conversation, created, place, details)
        for source, target in self.misplaced.items():
            self._misplace(source, target)
        for file_no, number in self.spoilt:
            self._spoil(*self.place_of(file_no, number))
        entries = [self._entry(place) for place in sorted(self.files) if place.file_no not in self.unlisted]
        for place, listed in self._cut(MANIFEST, entries):
            self.files[place] = self._written(conversation, created, place, listed)

    def _entry(self, place: Place) -> Detail:
        records = len(self.files[place].lines()) - _HEADER_LINES
        fields: Mapping[str, Value] = {
            "file_no": place.file_no,
            "segment_no": place.segment_no,
            "record_count": records,
        }
        return "manifest_entry", fields

    def _written(self, conversation: Conversation, created: str, place: Place, details: Sequence[Detail]) -> SetFile:
        ldc, submitter = conversation.party(self.ldc).id, conversation.party(self.submitter).id
        part = SetPart(self.tx_id, place.file_no, place.segment_no)
        active = conversation.profile.file_types[self.file_type].active
        name = FileName(ldc, submitter, self.file_type, active, created, part)
        extracted = self.extracted
        otherwise = self.extracted_otherwise.get(place, self.extracted_otherwise.get(place.file_no))
        if otherwise is not None and extracted is not None:
            extracted = later(extracted, seconds=otherwise)
        header: dict[str, Value] = {"ldc_org_id": ldc, "extracted_date_time": extracted}
        if place.file_no == MANIFEST:
            header["sequence_number"] = self.number
        return SetFile(place, name, write_file(conversation.profile, name, header, details)).renamed(
            self._sent_as(name)
        )

    def _sent_as(self, name: FileName) -> str:
        if self.version is not None:
            name = replace(name, version=self.version)
        change = self.named.get("" if name.part is None else name.part.file_no)
        return str(name) if change is None else change(name)

    def _spoil(self, place: Place, line: int) -> None:
        lines = self.files[place].lines()
        lines[line - 1] = lines[line - 1].rpartition("|")[0]
        self.files[place] = self.files[place].holding(lines)

    def _misplace(self, source: str, target: str) -> None:
        if not self.details.get(source):
            raise SuiteMistake(f"{self} has no record in file {source}")
        with_records = [place for place in self.files if len(self.files[place].lines()) > _HEADER_LINES]
        last = max(place for place in with_records if place.file_no == source)
        places = [last, max(place for place in self.files if place.file_no == target)]
        lines = [self.files[place].lines() for place in places]
        lines[1].append(lines[0].pop())
        for place, new in zip(places, lines, strict=True):
            self.files[place] = self.files[place].holding(new)
