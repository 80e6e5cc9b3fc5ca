"""The file sets that a CIS under test gave: which files belong together, and what each of them says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from harness.interface.columns import columns_of
from harness.interface.file_sets import MANIFEST, Place, SetKey, key_of, manifest_of, place_of, segments_awaited
from harness.interface.files import InterfaceFile, Reading, Record, Value
from harness.interface.instants import Instant, day_of, iso
from harness.interface.set_records import BEGINNING, as_meant, parameter_words, statements
from harness.oracle.master_directory import Attribute, Fact
from harness.oracle.master_directory import Record as Dated
from harness.oracle.synchronization import AcceptedSet
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_requests import SETS
from harness.stage.chapters.file_sets import FILE_TYPES, Kind
from harness.stage.chapters.mailboxes import as_read, file_type
from harness.stage.conversation import Sent
from harness.stage.seat import CisConversation
from harness.suite.verdicts import Unmet, Unreadable

KINDS: Mapping[str, Kind] = {number: kind for kind, number in FILE_TYPES.items()}
"""How people call a set, by its file type."""


ToldAs: TypeAlias = tuple[str, str, str]
"""How reports name a set: by the LDC that they are about, file type, and TX_ID in one case."""


@dataclass(frozen=True, slots=True)
class SetFile:
    """A file of a set: its place in it, and what was read of it."""

    place: Place
    file: Sent
    reading: Reading


@dataclass(slots=True)
class GivenSet:
    """A set as it left once. One that is sent again is another.

    :ivar files: in the order in which they left.
    """

    key: SetKey
    files: dict[Place, SetFile]

    @property
    def first(self) -> Instant:
        """When its first file left."""
        return min(each.file.instant for each in self.files.values())

    @property
    def last(self) -> Instant:
        """When its last file left."""
        return max(each.file.instant for each in self.files.values())

    @property
    def manifest(self) -> SetFile:
        """Its manifest, in the first segment that there is.

        :raises Unreadable: it has none.
        """
        found = next((self.files[place] for place in sorted(self.files) if place.file_no == MANIFEST), None)
        if found is None:
            raise Unreadable(f"{self} has no manifest, and is not what is judged", file=self.any_file.name)
        return found

    @property
    def any_file(self) -> Sent:
        """A file of it, to point at."""
        return next(iter(self.files.values())).file

    @property
    def number(self) -> int:
        """Its sequence number.

        :raises Unreadable: its manifest does not give it.
        """
        manifest = manifest_of(self.manifest.reading)
        if manifest is None:
            raise Unreadable(f"the manifest of {self} gives no sequence number", file=self.manifest.file.name)
        return manifest.sequence_number

    @property
    def is_whole(self) -> bool:
        """Whether its manifest is there, and everything that it lists."""
        found = next((each for place, each in self.files.items() if place.file_no == MANIFEST), None)
        manifest = None if found is None else manifest_of(found.reading)
        return manifest is not None and not segments_awaited(manifest, self.files)

    @property
    def extracted(self) -> Instant:
        """Its Extracted Date Time, as its manifest gives it.

        :raises Unreadable: it gives none.
        """
        file = self.manifest.reading.file
        stated = None if file is None or file.header is None else file.header["extracted_date_time"]
        if not isinstance(stated, datetime):
            raise Unreadable(f"the manifest of {self} gives no Extracted Date Time", file=self.manifest.file.name)
        return Instant(stated)

    def records(self) -> Iterator[tuple[SetFile, Record]]:
        """Its detail records but those of the manifest, with the file in which each stands."""
        for place in sorted(self.files):
            each = self.files[place]
            if place.file_no != MANIFEST and each.reading.file is not None:
                yield from ((each, record) for record in each.reading.file.details)

    @property
    def told_as(self) -> ToldAs:
        """How reports name it."""
        return self.key.ldc, self.key.file_type, self.key.tx_id.casefold()

    def __str__(self) -> str:
        return f"{KINDS[self.key.file_type]} set with TX_ID {self.key.tx_id} of {iso(self.first)}"


def sendings(files: Iterable[Sent], seat: CisConversation) -> list[GivenSet]:
    """The sets among files, in the order in which their first files left.

    A file that a set has already begins another sending of it.

    :raises Unreadable: a file is not named as one of a set.
    """
    found: list[GivenSet] = []
    latest: dict[SetKey, GivenSet] = {}
    for file in sorted(files, key=lambda each: each.instant):
        if file_type(file) not in SETS:
            continue
        reading = seat.reader.read(file.name, file.content, seat.profile)
        if reading.name is None or reading.name.part is None:
            raise Unreadable(f"file {file.name} is not named as one of a set, and that is not judged", file=file.name)
        key, place = key_of(reading.name), place_of(reading.name)
        if key not in latest or place in latest[key].files:
            latest[key] = GivenSet(key, {})
            found.append(latest[key])
        latest[key].files[place] = SetFile(place, file, reading)
    return found


def content_of(given: GivenSet, seat: CisConversation) -> AcceptedSet:
    """What a set tells, as the oracle takes it.

    :raises Unreadable: a file of it cannot be read, and that is not judged.
    """
    for each in given.files.values():
        if not each.reading.complete:
            finding = next(iter((*each.reading.flaws, *each.reading.findings)), "its layout is not in the profile")
            what = f"file {each.file.name} could not be read, and is not what is judged: {finding}"
            raise Unreadable(what, file=each.file.name)
    words = parameter_words(seat.profile.codes)
    said = [
        as_meant(statement)
        for each in given.files.values()
        if each.place.file_no != MANIFEST and each.reading.file is not None
        for records in columns_of(each.reading.file.details)
        for columns in statements(each.file.name, records, words)
        for statement in columns.statements()
    ]
    facts = {Fact(Attribute(*each.key), each.value) for each in said if each.start == BEGINNING}
    dated = {Dated(Attribute(*each.key), each.start, each.end, each.value) for each in said if each.start > BEGINNING}
    listed = frozenset(fact.attribute.entity_id for fact in facts if fact.attribute.entity == "sdp")
    said_of = tuple(sorted(facts)), tuple(sorted(dated, key=str))
    return AcceptedSet(KINDS[given.key.file_type], day_of(given.extracted), listed, *said_of)


def fields_of(record: Record) -> dict[str, Value]:
    """The fields of a record by name."""
    return dict(zip(record.layout.positions, record.values, strict=True))


def sets_named(
    seat: CisConversation, types: Collection[str], statuses: Collection[str] | None = None
) -> Iterator[tuple[ToldAs, Instant]]:
    """The sets that delivered reports name, and when each report was delivered.

    :param statuses: where given, only reports with one of these synchronization statuses, in the profile's words.
    """
    codes = seat.profile.codes["sync_status"]
    for file in seat.delivered:
        content = as_read(seat, file).file if file_type(file) in types else None
        if content is None:
            continue
        for record in (*content.others, *content.details):
            if "tx_id" not in record.layout.positions:
                continue
            if statuses is None or record["status"] in {codes[word] for word in statuses}:
                yield named_by(content, record), file.instant


def named_by(report: InterfaceFile, record: Record) -> ToldAs:
    """The set that a record of a report names."""
    return report.name.org_1, str(record["file_type"]), str(record["tx_id"]).casefold()


def sets_rejected_without_number(seat: CisConversation) -> Iterator[tuple[ToldAs, Instant]]:
    """The sets that a delivered IR10 names by their TX_ID alone, as `sets_named`: their manifests got lost, say."""
    for file in seat.delivered:
        content = as_read(seat, file).file if file_type(file) == "IR10" else None
        if content is None:
            continue
        for record in content.details:
            if record["sequence_number"] is None:
                yield named_by(content, record), file.instant


def sets_that_failed(seat: CisConversation) -> Iterator[tuple[ToldAs, Instant]]:
    """The sets of which a delivered IR14 says that they failed to load, as `sets_named`."""
    failed = seat.profile.codes["load_status"]["failed"]
    for file in seat.delivered:
        content = as_read(seat, file).file if file_type(file) == "IR14" else None
        if content is None:
            continue
        for record in content.others:
            if record.kind == "load_status" and record["status"] == failed:
                yield named_by(content, record), file.instant


class SetDesk:
    """The sets that came out of the CIS."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.seat = outbox.seat

    def given(self, ldc: str, kind: Kind | None = None) -> list[GivenSet]:
        """The sets of an LDC that the CIS gave, in order, once it must have sent what follows by now."""
        own = self.seat.party(ldc).id
        wanted = SETS if kind is None else (FILE_TYPES[kind],)
        return [each for each in self.all_given() if each.key.ldc == own and each.key.file_type in wanted]

    def all_given(self) -> list[GivenSet]:
        """The sets of all LDCs, as `given`."""
        return sendings(self.outbox.given(SETS), self.seat)

    def demanded(self, ldc: str, kind: Kind | None = None) -> list[GivenSet]:
        """The same, where there must be some.

        :raises Unmet: the CIS gave none.
        """
        found = self.given(ldc, kind)
        if not found:
            what = "a file set" if kind is None else f"a {kind} set"
            raise Unmet(f"the CIS has sent {what} of {ldc!r} by {iso(self.seat.now)}", "none")
        return found

    def check_none(self, ldc: str) -> None:
        """:raises Unmet: the CIS gave a set of an LDC."""
        found = self.given(ldc)
        if found:
            raise Unmet(f"no file set of {ldc!r}", f"the {found[0]}", file=found[0].any_file.name)

    def check_none_since(self, ldc: str, report: str, shown: str) -> None:
        """The CIS gave no set of an LDC after a report that shows a value had been handed over to it.

        :raises Unmet: it gave one, or no such report has come.
        """
        came = [file.instant for file in self.seat.got if file_type(file) == report and shown.encode() in file.content]
        found = [each for each in self.given(ldc) if came and each.first > came[0]]
        if found or not came:
            what = f"the {found[0]}" if found else f"no such {report} has come"
            raise Unmet(f"no file set of {ldc!r} after {report} had shown {shown!r}", what)
