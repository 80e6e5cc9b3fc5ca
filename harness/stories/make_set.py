"""Synchronization file sets of a plausible LDC, of any size: written SDP by SDP, so that memory does not grow with it.

The same wish gives the same bytes. A P-Sync holds every SDP as it is when the data is extracted, and what is known to
come; an I-Sync what changes of some of them. Segments are bounded in size, and the manifest lists them (SYN-05 to -07).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from harness.errors import InputError, UsageError
from harness.interface.fields import DELIMITER, LayoutError
from harness.interface.file_sets import FIRST_SEGMENT, INCREMENTAL, MANDATORY, MANIFEST, PERIODIC_AUDIT
from harness.interface.files import FILE_NAME_CODE, Value, read_file, record_writer
from harness.interface.findings import Severity
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, day_of, digits
from harness.interface.names import FileName, SetPart
from harness.interface.profile import FileLayout, Profile, RecordLayout
from harness.interface.regular import read_regular
from harness.stories.made_ldc import Entry, MadeLdc

Kind: TypeAlias = Literal["p-sync", "i-sync", "request"]

FILE_TYPES: Mapping[Kind, str] = {"p-sync": PERIODIC_AUDIT, "i-sync": INCREMENTAL, "request": "1000"}
SEGMENT_RECORDS = 100_000
SEGMENT_LIMIT = 99
"""Segment numbers have two digits, and start at 01 (FTS-05, SYN-05)."""
_MOST_RECORDS_OF_SDP = 10
"""More detail records of one file than an SDP has, on the average of many."""
STEP = 1000
"""SDPs between two steps of a progress bar."""
_LINE_END = "\r\n"
_ELEMENT_LIMIT = 20
_ELEMENT = f"1 to {_ELEMENT_LIMIT} letters and digits"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made.

    :param sdps: how many SDPs the LDC has.
    :param at: the Extracted Date Time, which the files' names carry too.
    :param tx_id: the TX_ID; drawn where it is None.
    :param changed: the percentage of the SDPs that have changed since.
    :param segment_records: at most how many detail records a segment has; where it is None, 100,000 or as many as 99
        segments need.
    :param universal_ids: the Universal SDP IDs issued, by SDP ID; drawn where it is None.
    :param replace: whether earlier files of the same set give way.
    """

    kind: Kind
    sdps: int
    seed: int
    at: Instant
    ldc: OrgId
    submitter: OrgId | None = None
    sequence_number: int = 1
    tx_id: str | None = None
    changed: float = 0
    segment_records: int | None = None
    universal_ids: Mapping[str, str] | None = field(default=None, repr=False)
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the files in order of their names, and how many detail records they have, the manifest's apart."""

    files: tuple[Path, ...]
    records: int


def make(wish: Wish, profile: Profile, folder: Path, step: Callable[[], None] = lambda: None) -> Made:
    """Write a file set, or a request for its Universal SDP IDs, into a folder. Nothing is left there by halves.

    :param step: called each time that another `STEP` SDPs are done.
    :raises UsageError: a name cannot be formed, or the folder holds a file of that name or set already.
    :raises InputError: the profile has no layouts that it can be written by, or an SDP has no Universal SDP ID.
    """
    ldc = MadeLdc(wish.ldc, wish.sdps, wish.seed, profile, wish.universal_ids)
    name = first_name(wish, profile)
    try:
        with _Output(folder, name, replace_earlier=wish.replace) as output:
            writer = (_RequestWriter if wish.kind == "request" else _SetWriter)(wish, profile, name, output)
            for entry in _entries(wish, ldc, step):
                writer.add(entry)
            return writer.close()
    except LayoutError as error:
        where = f"profile {profile.name}"
        raise InputError(f"has no place for what a set says: {error}", where=where, expected="other layouts") from error
    except OSError as error:
        where = str(error.filename or folder)
        raise UsageError(
            f"cannot be written: {error.strerror}", where=where, expected="a folder to write to"
        ) from error


def _entries(wish: Wish, ldc: MadeLdc, step: Callable[[], None]) -> Iterator[Entry]:
    """What is to be written, SDP by SDP."""
    extracted = day_of(wish.at)
    for number in range(wish.sdps):
        changes = ldc.is_changed(number, wish.changed)
        if wish.kind == "request":
            yield Entry("", "assignment_request", {"ldc_org_id": wish.ldc, "sdp_id": ldc.sdp_id(number)})
        elif wish.kind == "p-sync":
            entries = ldc.changed_entries(number)[0] if changes else ldc.entries(number)
            yield from ldc.extract(entries, extracted)
        elif changes:
            yield from ldc.changed_entries(number)[1]
        if number % STEP == STEP - 1:
            step()


# --- Names --------------------------------------------------------------------------------------------------


def first_name(wish: Wish, profile: Profile) -> FileName:
    """The name of the manifest, or of the request.

    :raises UsageError: an organisation ID or the TX_ID is none.
    :raises InputError: the profile has no such file type.
    """
    file_type = FILE_TYPES[wish.kind]
    known = profile.file_types.get(file_type)
    if known is None:
        raise InputError(f"has no file type {file_type}", where=f"profile {profile.name}", expected="one to write")
    tx_id = _drawn_tx_id(wish) if wish.tx_id is None else wish.tx_id
    part = None if wish.kind == "request" else SetPart(tx_id, MANIFEST, FIRST_SEGMENT)
    submitter = wish.ldc if wish.submitter is None else wish.submitter
    for option, text in (("--ldc", wish.ldc), ("--submitter", submitter), ("--tx-id", part.tx_id if part else "x")):
        if not 0 < len(text) <= _ELEMENT_LIMIT or not text.isascii() or not text.isalnum():
            raise UsageError(f"{text!a} has no place in a file's name", where=option, expected=_ELEMENT)
    return FileName(wish.ldc, submitter, file_type, known.active, digits(wish.at), part)


def _drawn_tx_id(wish: Wish) -> str:
    text = f"{wish.kind} {wish.seed} {wish.ldc} {wish.sequence_number} {digits(wish.at)}"
    chance = random.Random(hashlib.sha256(text.encode()).digest())
    return "".join(chance.choices("abcdefghjkmnpqrstuvwxyz", k=6))


class _Output:
    """A folder that is written to: every file under another name until all are whole, and never over a foreign one."""

    def __init__(self, folder: Path, name: FileName, *, replace_earlier: bool) -> None:
        self.folder = folder
        self.earlier = self._earlier(name)
        if self.earlier and not replace_earlier:
            raise UsageError(
                f"holds {self.earlier[0].name} already",
                where=str(folder),
                expected="a folder without files of this set" if name.part else "a folder without this file",
                remedy="name another --out or --tx-id, or let it give way by --replace",
            )
        self.unfinished: dict[Path, Path] = {}

    def _earlier(self, name: FileName) -> list[Path]:
        """The files there that have the name, or belong to the set that the name is of."""
        if self.folder.exists() and not self.folder.is_dir():
            raise UsageError("is no folder", where=str(self.folder), expected="a folder to write to")
        if name.part is None:
            return [path for path in [self.folder / str(name)] if path.exists()]
        beginning, tx_id = f"{name.org_1}.{name.org_2}.{name.file_id}.", f".{name.part.tx_id}."
        found = self.folder.glob(f"{beginning}*{tx_id}*") if self.folder.exists() else ()
        return sorted(path for path in found if path.name.split(".")[5:6] == [name.part.tx_id])

    def __enter__(self) -> _Output:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def create(self, name: FileName) -> BinaryIO:
        path = self.folder / str(name)
        self.unfinished[path] = path.with_name(f".{path.name}.unfinished")
        return self.unfinished[path].open("wb")

    def keep(self) -> tuple[Path, ...]:
        """Let the files have their names, now that all of them are whole."""
        for path in self.earlier:
            path.unlink(missing_ok=True)
        for path, unfinished in self.unfinished.items():
            unfinished.replace(path)
        kept = tuple(sorted(self.unfinished))
        self.unfinished.clear()
        return kept

    def __exit__(self, *_: object) -> None:
        for path in self.unfinished.values():
            path.unlink(missing_ok=True)


# --- Writing ------------------------------------------------------------------------------------------------


class _File:
    """A file that is being written, record by record."""

    def __init__(self, output: _Output, name: FileName, layout: FileLayout, header: Mapping[str, Value]) -> None:
        self.name = name
        self.layout = layout
        self.records = 0
        self._writers: dict[str, Callable[[Mapping[str, Value]], str]] = {}
        self._stream = output.create(name)
        self._write(f"{FILE_NAME_CODE}{DELIMITER}{name}")
        self._write(self._writer(layout.header, header)(header))

    def add(self, kind: str, fields: Mapping[str, Value]) -> None:
        write = self._writers.get(kind)
        if write is None:
            write = self._writers[kind] = self._writer(self._record(kind), fields)
        self._write(write(fields))
        self.records += 1

    def close(self) -> None:
        self._stream.close()

    def _write(self, line: str) -> None:
        self._stream.write(f"{line}{_LINE_END}".encode("ascii"))

    def _record(self, kind: str) -> RecordLayout:
        try:
            return self.layout.record(kind)
        except KeyError:
            raise LayoutError(f"file {self.layout.id} has no record {kind!r}") from None

    def _writer(self, layout: RecordLayout, fields: Mapping[str, Value]) -> Callable[[Mapping[str, Value]], str]:
        for wanted in layout.fields:
            if wanted.required and fields.get(wanted.name) is None:
                raise LayoutError(f"record {layout.kind!r} wants a field {wanted.name!r}")
        return record_writer(layout)


class _RequestWriter:
    """Writes the request for the Universal SDP IDs of an LDC."""

    def __init__(self, wish: Wish, profile: Profile, name: FileName, output: _Output) -> None:
        self.output = output
        header: dict[str, Value] = {"ldc_org_id": wish.ldc, "created_date_time": wish.at}
        self.file = _File(output, name, _layout(profile, name), header)

    def add(self, entry: Entry) -> None:
        self.file.add(entry.kind, entry.fields)

    def close(self) -> Made:
        self.file.close()
        return Made(self.output.keep(), self.file.records)


class _SetWriter:
    """Writes the files of a set: a segment of each at a time, and the manifest at last."""

    def __init__(self, wish: Wish, profile: Profile, name: FileName, output: _Output) -> None:
        self.profile = profile
        self.output = output
        self.manifest = name
        self.header: dict[str, Value] = {"ldc_org_id": wish.ldc, "extracted_date_time": wish.at}
        self.sequence_number = wish.sequence_number
        self.size = _segment_size(wish)
        self.open: dict[str, _File] = {}
        self.closed: list[_File] = []
        for file_no in MANDATORY[1:]:
            self._next_segment(file_no, 1)

    def add(self, entry: Entry) -> None:
        file = self.open.get(entry.file_no)
        if file is None:
            file = self._next_segment(entry.file_no, 1)
        elif file.records >= self.size and file.name.part is not None:
            file.close()
            self.closed.append(file)
            file = self._next_segment(entry.file_no, int(file.name.part.segment_no) + 1)
        file.add(entry.kind, entry.fields)

    def close(self) -> Made:
        files = [*self.closed, *self.open.values()]
        header = {**self.header, "sequence_number": self.sequence_number}
        manifest = _File(self.output, self.manifest, _layout(self.profile, self.manifest), header)
        for file in sorted(files, key=lambda file: str(file.name)):
            if file.name.part is not None:
                entry = {"file_no": file.name.part.file_no, "segment_no": file.name.part.segment_no}
                manifest.add("manifest_entry", {**entry, "record_count": file.records})
        for file in (*self.open.values(), manifest):
            file.close()
        return Made(self.output.keep(), sum(file.records for file in files))

    def _next_segment(self, file_no: str, number: int) -> _File:
        if number > SEGMENT_LIMIT:
            raise _too_small(self.size)
        tx_id = "" if self.manifest.part is None else self.manifest.part.tx_id
        name = replace(self.manifest, part=SetPart(tx_id, file_no, f"{number:02}"))
        self.open[file_no] = file = _File(self.output, name, _layout(self.profile, name), self.header)
        return file


def _layout(profile: Profile, name: FileName) -> FileLayout:
    layout = profile.file(name.file_id, name.version, None if name.part is None else name.part.file_no)
    if layout is None:
        of = "" if name.part is None else f", file {name.part.file_no}"
        raise LayoutError(f"no layout for {name.file_id}.{name.version}{of}")
    return layout


def _segment_size(wish: Wish) -> int:
    """How many detail records a segment may have, so that no file needs more segments than there are numbers for."""
    share = 1.0 if wish.kind == "p-sync" else wish.changed / 100
    needed = -(-int(wish.sdps * share * _MOST_RECORDS_OF_SDP) // SEGMENT_LIMIT)
    if wish.segment_records is None:
        return max(SEGMENT_RECORDS, needed)
    if wish.segment_records < needed:
        raise _too_small(wish.segment_records, needed)
    return wish.segment_records


def _too_small(size: int, needed: int | None = None) -> UsageError:
    expected = f"at most {SEGMENT_LIMIT} segments" if needed is None else f"at least {needed}"
    return UsageError(f"{size} records make too many segments", where="--segment-records", expected=expected)


# --- Universal SDP IDs that were issued ----------------------------------------------------------------------


def universal_ids_in(path: Path, profile: Profile) -> dict[str, str]:
    """The Universal SDP IDs in a response 2000, by SDP ID.

    :raises InputError: it cannot be read, is not named as a response, or something is wrong with it.
    """
    expected = "a response 2000, under its own name"
    try:
        content = read_regular(path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), expected=expected) from error
    reading = read_file(path.name, content, profile)
    for found in reading.findings:
        if found.severity is Severity.ERROR:
            raise InputError(f"is not as it should be: {found}", where=str(path), expected=expected)
    if reading.file is None or reading.file.name.file_id != "2000":
        raise InputError("is no response", where=str(path), expected=expected)
    return {
        str(record["sdp_id"]): str(record["universal_sdp_id"])
        for record in reading.file.details
        if record["sdp_id"] is not None and record["universal_sdp_id"] is not None
    }
