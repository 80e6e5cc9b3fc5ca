"""Reading and writing interface files against the layouts of a profile.

A record is a line: its type code, then its fields, parted by ``|``; ASCII, but for fields that the profile gives
another character set; LF or CRLF read, CRLF written. A file opens
with its File Name Record (``FN``), then its header and details; where the workshop says so it closes with an End Of
File record (``EF``) that counts the details (FTS-09). Which of this is assumed stands in docs/assumptions.md.

The reader never guesses and never raises: whatever the bytes, it gives the records it could read and a finding for
each thing that is wrong, bounded in number and size. It goes through a file block by block, so that one larger than
memory can be inspected.
"""

from __future__ import annotations

import functools
import io
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import getitem
from typing import Generic, TypeAlias, TypeVar

from harness.interface.fields import DELIMITER, FieldCodec, FieldReader, FieldTexts, LayoutError, Value, field_codec
from harness.interface.findings import CODES, FINDING_LIMIT, Finding, finding, shown
from harness.interface.names import FileName, read_name
from harness.interface.profile import FileLayout, Profile, RecordLayout

__all__ = [
    "BLOCK",
    "InterfaceFile",
    "LayoutError",
    "Reading",
    "Record",
    "Summary",
    "ToWrite",
    "Value",
    "read_blocks",
    "read_file",
    "parts_writer",
    "record_writer",
    "write_file",
]

FILE_NAME_CODE = "FN"
END_CODE = "EF"
LINE_LIMIT = 1024 * 1024
"""A longer line, in bytes without its end, is one finding and is skipped."""
FIELD_LIMIT = 1000
"""A line with more fields, the record type counted, is one finding and is skipped."""
BLOCK = 256 * 1024
"""How many bytes of a file are looked at together."""
_LINES_TOGETHER = 4096
"""How many lines are encoded together."""

_TYPE_FIELDS = {"FILE_ID", "VERSION", "FILE_NO"}
_COUNT = re.compile(r"[0-9]{1,9}")
_ODD_BYTE = re.compile(rb"[^\x20-\x7e\x80-\xff]")
_PLAIN = bytes(range(0x20, 0x7F)) + b"\r\n"
_EXPECTED = {
    "characters": "printable characters",
    "line-too-long": f"at most {LINE_LIMIT} bytes",
    "too-many-fields": f"at most {FIELD_LIMIT} fields",
}
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was read: ``record["sdp_id"]`` is text, an integer, an instant, a day, or None where empty."""

    layout: RecordLayout
    values: tuple[Value, ...]
    line: int

    @property
    def kind(self) -> str:
        return self.layout.kind

    def __getitem__(self, field: str) -> Value:
        return self.values[self.layout.positions[field]]


@dataclass(frozen=True, slots=True)
class InterfaceFile:
    """A file as it was read. `stated_details` is the count in its End Of File record, where it has one.

    :param others: status and heading records of a report, in the file's order.
    """

    name: FileName
    layout: FileLayout
    header: Record | None
    details: Sequence[Record]
    stated_details: int | None
    others: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave: its name and content as far as they could be read, and all findings."""

    name: FileName | None
    file: InterfaceFile | None
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether the file is whole: no finding says that something of it is missing or could not be read."""
        return self.file is not None and not self.flaws

    @property
    def flaws(self) -> tuple[Finding, ...]:
        """The findings that say that something of the file is missing or could not be read."""
        return tuple(found for found in self.findings if CODES[found.code].structural)


@dataclass(frozen=True, slots=True)
class Summary:
    """What reading a file gave when its records were not kept. `layout` is None where its content was not read."""

    name: FileName | None
    layout: FileLayout | None
    lines: int
    details: int
    findings: tuple[Finding, ...]
    header: Record | None = None


def read_file(name: str, content: bytes, profile: Profile) -> Reading:
    """Read a file by its name and content. Never raises."""
    file_name, layout, findings = _named(name, profile)
    details: list[Record] = []
    others: list[Record] = []
    reader = _Reader(name, profile, findings, details.append, others.append)
    if file_name is None or layout is None:
        return Reading(file_name, None, reader.closed())
    reader.read(layout, (content[start : start + BLOCK] for start in range(0, len(content), BLOCK)))
    file = InterfaceFile(file_name, layout, reader.header, tuple(details), reader.stated_details, tuple(others))
    return Reading(file_name, file, reader.closed())


def _let_go(_: Record) -> None:
    """What becomes of records that nobody keeps."""


def read_blocks(
    name: str, blocks: Iterable[bytes], profile: Profile, see_detail: Callable[[Record], None] = _let_go
) -> Summary:
    """Read a file of any size for its findings alone, in memory that does not grow with it.

    Where the name leaves nothing to read, `blocks` is left alone. Raises only what `blocks` raises.

    :param see_detail: is given each detail record as it is read.
    """
    file_name, layout, findings = _named(name, profile)
    reader = _Reader(name, profile, findings, see_detail, _let_go)
    if layout is not None:
        reader.read(layout, blocks)
    return Summary(file_name, layout, reader.lines, reader.details, reader.closed(), reader.header)


def _named(name: str, profile: Profile) -> tuple[FileName | None, FileLayout | None, tuple[Finding, ...]]:
    """What the name says: itself taken apart, the layout of the content, and what is wrong so far."""
    file_name, findings = read_name(name, profile)
    file_no = None if file_name is None or file_name.part is None else file_name.part.file_no
    layout = None if file_name is None else profile.file(file_name.file_id, file_name.version, file_no)
    told = any(found.field in _TYPE_FIELDS or found.code == "name-set-elements-missing" for found in findings)
    if file_name is not None and layout is None and not told:
        kind, expected = f"{file_name.file_id}.{file_name.version}", f"a layout for it in profile {profile.name}"
        findings = (*findings, finding(name, None, None, "layout-unknown", kind, expected))
    return file_name, layout, findings


class _Reader:
    """One reading of one file: what was read so far, and what was found."""

    def __init__(
        self,
        name: str,
        profile: Profile,
        findings: Iterable[Finding],
        keep_detail: Callable[[Record], None],
        keep_other: Callable[[Record], None],
    ) -> None:
        self.name = name
        self.profile = profile
        self.keep_detail = keep_detail
        self.keep_other = keep_other
        self.findings = list(findings)
        self.beyond: Counter[str] = Counter()
        self.lines = 0
        self.last_filled = 0
        self.unread = 0
        self.unread_places: set[int] = set()
        self.named = False
        self.header: Record | None = None
        self.details = 0
        self.others = 0
        self.ends = 0
        self.end_line = 0
        self.stated_details: int | None = None

    def found(self, line: int | None, field: str | None, code: str, found: str, expected: str) -> None:
        if len(self.findings) < FINDING_LIMIT:
            self.findings.append(finding(self.name, line, field, code, found, expected))
        else:
            self.beyond[code] += 1

    def closed(self) -> tuple[Finding, ...]:
        """All findings in the order of their lines, the last of them saying how many more there were."""
        findings = sorted(self.findings, key=lambda found: found.line or 0)
        if self.beyond:
            more = ", ".join(f"{count} {code}" for code, count in sorted(self.beyond.items()))
            findings.append(finding(self.name, None, None, "more-findings", more, f"at most {FINDING_LIMIT} findings"))
        return tuple(findings)

    def read(self, layout: FileLayout, blocks: Iterable[bytes]) -> None:
        readers: dict[str, _RecordReader] = {FILE_NAME_CODE: self._file_name_record}
        if layout.closes_with_end_of_file:
            readers[END_CODE] = self._end_record
        for number, line in self._lines(blocks):
            fields = line.split(DELIMITER, FIELD_LIMIT)
            read = readers.get(fields[0]) or self._record_reader(layout, fields[0], readers)
            if len(fields) > FIELD_LIMIT:
                self._unreadable(number, "too-many-fields", f"more than {FIELD_LIMIT} fields")
            elif read is None:
                known = (FILE_NAME_CODE, *(record.code for record in layout.records))
                ends = (END_CODE,) if layout.closes_with_end_of_file else ()
                self._unreadable(number, "record-type", shown(fields[0]), f"one of {', '.join((*known, *ends))}")
            else:
                self.last_filled = number
                read(number, fields)
        self._close(layout)

    def _unreadable(self, line: int, code: str, found: str, expected: str = "") -> None:
        self.found(line, None, code, found, expected or _EXPECTED[code])
        self.last_filled = line
        self.unread += 1
        if line <= 2:
            self.unread_places.add(line)

    # --- Lines ---------------------------------------------------------------------------------------------

    def _lines(self, blocks: Iterable[bytes]) -> Iterator[tuple[int, str]]:
        """Numbers and texts of the lines that can be read and are not empty."""
        for piece in pieces(blocks):
            lines = plain_lines(piece)
            for line in self._odd_lines(piece) if lines is None else lines:
                self.lines += 1
                if line:
                    yield self.lines, line
                elif line is not None:
                    self.found(self.lines, None, "blank-line", "''", "a record")

    def _odd_lines(self, piece: bytes) -> Iterator[str | None]:
        """The lines of a piece that has to be looked at line by line; None for one that cannot be read."""
        *ended, last = piece.split(b"\n")
        for line in ended:
            yield self._text(line.removesuffix(b"\r"))
        if last:
            yield self._text(last)

    def _text(self, line: bytes) -> str | None:
        number = self.lines + 1
        if len(line) > LINE_LIMIT:
            self._unreadable(number, "line-too-long", f"more than {LINE_LIMIT} bytes")
            return None
        marked = number == 1 and line.startswith(_BYTE_ORDER_MARKS)
        odd = _ODD_BYTE.search(line)
        if odd is None and not marked:
            return line.decode("latin-1")
        place = 0 if odd is None or marked else odd.start()
        mark = ", a byte order mark" if marked else ""
        self._unreadable(number, "characters", f"byte 0x{line[place]:02X} in column {place + 1}{mark}")
        return None

    # --- Records -------------------------------------------------------------------------------------------

    def _record_reader(self, file: FileLayout, code: str, made: dict[str, _RecordReader]) -> _RecordReader | None:
        """What reads records of a type: made, and kept, where the first one comes, for few files have all types."""
        layout = next((record for record in file.records if record.code == code), None)
        if layout is None:
            return None
        made[code] = self._reader_of(layout)
        return made[code]

    def _reader_of(self, layout: RecordLayout) -> _RecordReader:
        readers, expected = _field_readers(_Itself(layout), _Itself(self.profile.codes))
        take = {"detail": self._detail, "header": self._header}.get(layout.role, self._other)

        def read(line: int, fields: list[str]) -> None:
            del fields[0]
            missing = len(readers) - len(fields)
            if missing:
                self.found(line, None, "field-count", str(len(fields)), expected)
            values: list[Value] = []
            for (read_field, codec), text in zip(readers, fields, strict=False):
                try:
                    values.append(read_field(text) if text.isascii() else self._beyond_ascii(line, codec, text))
                except ValueError:
                    values.append(self._troubled(line, codec, text))
            if missing > 0:
                values += [None] * missing
            take(Record(layout, tuple(values), line))

        return read

    def _beyond_ascii(self, line: int, codec: FieldCodec, text: str) -> Value:
        """A field with bytes beyond ASCII; None where it may not have them, and the rest of the record is read."""
        plain = codec.decoded(text)
        if plain is not None:
            return self._troubled(line, codec, plain)
        self.found(line, codec.layout.name, "field-characters", shown(text), f"{codec.layout.characters} characters")
        return None

    def _troubled(self, line: int, codec: FieldCodec, text: str) -> Value:
        """What there is to read of a field that something is wrong with."""
        value, code, expected = codec.read(text)
        if code is not None:
            self.found(line, codec.layout.name, code, shown(text), expected)
        return value

    def _detail(self, record: Record) -> None:
        self.details += 1
        self.keep_detail(record)

    def _other(self, record: Record) -> None:
        self.others += 1
        self.keep_other(record)

    def _header(self, record: Record) -> None:
        code = record.layout.code
        if self.header is not None:
            self.found(record.line, None, "header-twice", code, "one header record")
            return
        if self.details or self.others:
            self.found(record.line, None, "header-not-first", f"{code} in line {record.line}", "the header in line 2")
        self.header = record

    def _file_name_record(self, line: int, fields: list[str]) -> None:
        self.named = True
        if line != 1:
            found = f"{FILE_NAME_CODE} in line {line}"
            self.found(line, None, "file-name-record-not-first", found, "one File Name Record, in line 1")
        stated = DELIMITER.join(fields[1:])
        if stated != self.name:
            self.found(line, "file_name", "file-name-record", shown(stated), shown(self.name))

    def _end_record(self, line: int, fields: list[str]) -> None:
        self.ends += 1
        self.end_line = line
        stated = DELIMITER.join(fields[1:])
        self.stated_details = int(stated) if _COUNT.fullmatch(stated) else None
        if self.stated_details is None:
            self.found(line, "detail_count", "detail-count", shown(stated), "the number of detail records")

    # --- The whole -----------------------------------------------------------------------------------------

    def _close(self, layout: FileLayout) -> None:
        """Find what is missing, and what the end of the file alone can tell."""
        if not self.lines:
            self.found(None, None, "file-empty", "no content", f"a File Name Record, {FILE_NAME_CODE}, first")
            return
        if not self.named and 1 not in self.unread_places:
            expected = f"a File Name Record, {FILE_NAME_CODE}{DELIMITER}{self.name}"
            self.found(1, None, "file-name-record-missing", "another record", expected)
        if self.header is None and 2 not in self.unread_places:
            self.found(None, None, "header-missing", "no header", f"a header record, {layout.header.code}, in line 2")
        if layout.closes_with_end_of_file:
            self._end()

    def _end(self) -> None:
        stated, line = self.stated_details, self.end_line
        if not self.ends:
            expected = f"an End Of File record, {END_CODE}, last: the file is cut"
            self.found(None, None, "end-of-file-missing", "no End Of File record", expected)
        elif self.ends > 1:
            self.found(line, None, "end-of-file-twice", f"{self.ends} of them", "one End Of File record")
        elif line != self.last_filled:
            found = f"{END_CODE} in line {line}, another record in line {self.last_filled}"
            self.found(line, None, "end-of-file-not-last", found, "nothing after the End Of File record")
        # Lines that could not be read may have been details: they neither make nor break the count.
        if stated is not None and not self.details <= stated <= self.details + self.unread:
            expected = f"{self.details}, the detail records that there are"
            self.found(line, "detail_count", "detail-count", str(stated), expected)


_RecordReader: TypeAlias = Callable[[int, list[str]], None]
_T = TypeVar("_T")


class _Itself(Generic[_T]):
    """Something that is equal to itself alone: to compare layouts part by part would cost more than to read a file."""

    __slots__ = ("it",)

    def __init__(self, it: _T) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.it is other.it


@functools.lru_cache(maxsize=1024)
def _field_readers(
    record: _Itself[RecordLayout], codes: _Itself[Mapping[str, Mapping[str, str]]]
) -> tuple[tuple[tuple[FieldReader, FieldCodec], ...], str]:
    """What reads the fields of a record, one after the other, and how many there are to be, in words."""
    layout = record.it
    codecs = [field_codec(field, codes.it) for field in layout.fields]
    names = ", ".join(field.name for field in layout.fields)
    return tuple((codec.reader(), codec) for codec in codecs), f"{len(codecs)} fields after {layout.code}: {names}"


def pieces(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The content in pieces of whole lines; the last line of the last may lack its end.

    Of a line beyond the limit only so much is kept that it is seen to be too long.
    """
    rest = b""
    for block in blocks:
        cut = block.rfind(b"\n") + 1
        if cut:
            yield rest + block[:cut]
            rest = block[cut:]
        elif len(rest) <= LINE_LIMIT + 1:
            rest += block
    if rest:
        yield rest


def plain_lines(piece: bytes) -> list[str] | None:
    """The lines of a piece in which no byte and no length needs a second look; None where one does."""
    if len(piece) > LINE_LIMIT or piece.translate(None, _PLAIN):
        return None
    text = piece.decode("ascii").replace("\r\n", "\n")
    if "\r" in text:
        return None
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


# --- Writing -----------------------------------------------------------------------------------------------

ToWrite: TypeAlias = tuple[str, Mapping[str, Value] | list[str]]
"""A record to write: its kind, and its fields by name; or the lines of several that are written already."""


def write_file(
    profile: Profile,
    name: FileName,
    header: Mapping[str, Value],
    details: Iterable[ToWrite],
    *,
    line_end: str = "\r\n",
) -> bytes:
    """Write a file: File Name Record, header, details, and the End Of File record where the layout has one.

    :param details: pairs of record kind and fields by name, in the order in which they are to stand; an absent field is
        written empty. Status and heading records stand among them, and are not counted by the End Of File record. In
        the place of fields may stand a list of lines: several records of the kind that are written already.
    :raises LayoutError: the profile has no layout of the file, the layout no such record or field, or a value does not
        fit its field.
    """
    content = io.BytesIO()  # grows in place: the lines of a report on a million SDPs never stand beside it
    lines: list[str] = []
    for some in _written_lines(profile, name, header, details):
        lines += some
        if len(lines) >= _LINES_TOGETHER:
            content.write(line_end.join((*lines, "")).encode("latin-1"))
            lines.clear()
    content.write(line_end.join((*lines, "")).encode("latin-1"))
    return content.getvalue()


def _written_lines(
    profile: Profile,
    name: FileName,
    header: Mapping[str, Value],
    details: Iterable[ToWrite],
) -> Iterator[list[str]]:
    """The lines of a file, some at a time."""
    layout = profile.file(name.file_id, name.version, None if name.part is None else name.part.file_no)
    if layout is None:
        raise LayoutError(f"the profile has no layout for {name.file_id}.{name.version}")
    writers = {record.kind: record_writer(record) for record in layout.records if record.role != "header"}
    counted = {record.kind for record in layout.records if record.role == "detail"}
    count = 0
    yield [f"{FILE_NAME_CODE}{DELIMITER}{name}"]
    yield [record_writer(layout.header)(header)]
    for kind, fields in details:
        if kind not in writers:
            raise LayoutError(f"{layout.id} has no record {kind!r}, but {', '.join(writers)}")
        lines = fields if isinstance(fields, list) else [writers[kind](fields)]
        yield lines
        count += len(lines) if kind in counted else 0
    if layout.closes_with_end_of_file:
        yield [f"{END_CODE}{DELIMITER}{count}"]


@functools.lru_cache(maxsize=256)
def record_writer(layout: RecordLayout) -> Callable[[Mapping[str, Value]], str]:
    """What writes records of a layout, each as a line without its end."""
    names = [field.name for field in layout.fields]
    texts = [FieldTexts(field) for field in layout.fields]

    def write(fields: Mapping[str, Value]) -> str:
        _check_names(layout, fields)
        return DELIMITER.join((layout.code, *map(getitem, texts, map(fields.get, names))))

    return write


def parts_writer(layout: RecordLayout, left_out: Container[str]) -> Callable[[Mapping[str, Value]], tuple[str, ...]]:
    """What writes records of a layout but for some fields: the texts before, between and after those.

    Where records differ in these fields alone, the rest is written once.
    """
    texts = [(field.name, None if field.name in left_out else FieldTexts(field)) for field in layout.fields]

    def write(fields: Mapping[str, Value]) -> tuple[str, ...]:
        _check_names(layout, fields)
        parts = [layout.code]
        for name, text in texts:
            parts[-1] += DELIMITER
            if text is None:
                parts.append("")
            else:
                parts[-1] += text[fields.get(name)]
        return tuple(parts)

    return write


def _check_names(layout: RecordLayout, fields: Mapping[str, Value]) -> None:
    if not fields.keys() <= layout.positions.keys():
        unknown = min(fields.keys() - layout.positions.keys())
        raise LayoutError(f"record {layout.kind!r} has no field {unknown!r}")
