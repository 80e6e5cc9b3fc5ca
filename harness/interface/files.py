"""Reading and writing interface files against the layouts of a profile.

A record is a line: its type code, then its fields, parted by ``|``; ASCII; LF or CRLF read, CRLF written. A file opens
with its File Name Record (``FN``), then its header and details; where the workshop says so it closes with an End Of
File record (``EF``) that counts the details (FTS-09). Which of this is assumed stands in docs/assumptions.md.

The reader never guesses and never raises: whatever the bytes, it gives the records it could read and a finding for
each thing that is wrong, bounded in number and size.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from harness.interface.findings import Finding, Severity
from harness.interface.instants import EST, Instant
from harness.interface.names import FileName, read_name, shown
from harness.interface.profile import FieldLayout, FileLayout, Profile, RecordLayout

Value: TypeAlias = str | int | Instant | None

FILE_NAME_CODE = "FN"
END_CODE = "EF"
DELIMITER = "|"
LINE_LIMIT = 1024 * 1024
"""A longer line, in bytes, is one finding and is skipped."""
FIELD_LIMIT = 1000
FINDING_LIMIT = 10_000
_DATE_TIME = "%Y%m%d%H%M%S"

STRUCTURAL = frozenset(
    {
        "characters",
        "detail-count",
        "end-of-file-missing",
        "end-of-file-not-last",
        "end-of-file-twice",
        "file-name-record",
        "file-name-record-missing",
        "header-missing",
        "header-twice",
        "layout-unknown",
        "line-too-long",
        "more-findings",
        "record-type",
        "too-many-fields",
    },
)
"""Codes of findings after which a file cannot be taken for whole."""


class LayoutError(ValueError):
    """A value that does not fit the field it is to be written into."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was read: ``record["sdp_id"]`` is text, an integer, an instant, or None where it is empty."""

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
    """A file as it was read. `stated_details` is the count in its End Of File record, where it has one."""

    name: FileName
    layout: FileLayout
    header: Record | None
    details: tuple[Record, ...]
    stated_details: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave: its name and content as far as they could be read, and all findings."""

    name: FileName | None
    file: InterfaceFile | None
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Whether the file is whole: no finding says that something of it is missing or could not be read."""
        return self.file is not None and not any(finding.code in STRUCTURAL for finding in self.findings)


def read_file(name: str, content: bytes, profile: Profile) -> Reading:
    """Read a file by its name and content. Never raises."""
    file_name, findings = read_name(name, profile)
    reader = _Reader(name, profile, findings)
    if file_name is None:
        return Reading(None, None, tuple(reader.findings))
    layout = profile.file(file_name.file_id, file_name.version)
    if layout is None:
        reader.found(
            None, None, "layout-unknown", f"{file_name.file_id}.{file_name.version}", "a file type with a layout"
        )
        return Reading(file_name, None, reader.closed())
    file = reader.read(file_name, layout, content)
    return Reading(file_name, file, reader.closed())


class _Reader:
    def __init__(self, name: str, profile: Profile, findings: Iterable[Finding]) -> None:
        self.name = name
        self.profile = profile
        self.findings = list(findings)
        self.beyond: Counter[str] = Counter()

    def found(self, line: int | None, field: str | None, code: str, found: str, expected: str) -> None:
        if len(self.findings) < FINDING_LIMIT:
            self.findings.append(Finding(self.name, line, field, code, Severity.ERROR, shown(found), expected))
        else:
            self.beyond[code] += 1

    def closed(self) -> tuple[Finding, ...]:
        """All findings, the last of them saying how many more there were."""
        if self.beyond:
            more = ", ".join(f"{count} {code}" for code, count in sorted(self.beyond.items()))
            last = Finding(
                self.name, None, None, "more-findings", Severity.ERROR, more, f"at most {FINDING_LIMIT} findings"
            )
            return (*self.findings, last)
        return tuple(self.findings)

    def read(self, name: FileName, layout: FileLayout, content: bytes) -> InterfaceFile:
        by_code = {record.code: (record, _field_readers(record)) for record in layout.records}
        header: Record | None = None
        details: list[Record] = []
        ends: list[tuple[int, int | None]] = []
        last = 0
        for last, fields in self._lines(content):
            code = fields[0]
            if last == 1 and code != FILE_NAME_CODE:
                self.found(
                    1,
                    None,
                    "file-name-record-missing",
                    code,
                    f"a File Name Record, {FILE_NAME_CODE}{DELIMITER}{self.name}",
                )
            if code == FILE_NAME_CODE:
                self._file_name_record(last, fields)
            elif code == END_CODE and layout.closes_with_end_of_file:
                ends.append((last, self._count(last, fields)))
            elif code not in by_code:
                self.found(last, None, "record-type", code, f"one of {', '.join(self._codes(layout))}")
            else:
                record = self._record(last, fields, *by_code[code])
                if record.layout.role == "detail":
                    details.append(record)
                elif header is not None:
                    self.found(last, None, "header-twice", code, "one header")
                else:
                    header = record
        if last == 0:
            self.found(1, None, "file-name-record-missing", "", "a File Name Record first")
        if header is None:
            self.found(None, None, "header-missing", "no header", f"a header record, {layout.header.code}")
        stated = self._end(layout, ends, last, len(details))
        return InterfaceFile(name, layout, header, tuple(details), stated)

    def _lines(self, content: bytes) -> Iterator[tuple[int, list[str]]]:
        """Line numbers and fields of the lines that can be read, without a copy of the whole content."""
        start, number, end = 0, 0, len(content)
        while start < end:
            number += 1
            stop = content.find(b"\n", start)
            stop = end if stop < 0 else stop
            if stop - start > LINE_LIMIT:
                self.found(number, None, "line-too-long", f"{stop - start} bytes", f"at most {LINE_LIMIT} bytes")
            else:
                line = content[start:stop]
                line = line.removesuffix(b"\r")
                fields = self._fields(number, line)
                if fields is not None:
                    yield number, fields
            start = stop + 1

    def _fields(self, number: int, line: bytes) -> list[str] | None:
        text = line.decode("latin-1")
        if not line.isascii() or not text.isprintable():
            bad = next(char for char in text if not (char.isascii() and char.isprintable()))
            self.found(number, None, "characters", f"byte 0x{ord(bad):02X}", "printable ASCII characters")
            return None
        fields = text.split(DELIMITER, FIELD_LIMIT)
        if len(fields) > FIELD_LIMIT:
            self.found(
                number, None, "too-many-fields", f"more than {FIELD_LIMIT} fields", f"at most {FIELD_LIMIT} fields"
            )
            return None
        return fields

    def _codes(self, layout: FileLayout) -> list[str]:
        end = [END_CODE] if layout.closes_with_end_of_file else []
        return [FILE_NAME_CODE, *(record.code for record in layout.records), *end]

    def _file_name_record(self, line: int, fields: list[str]) -> None:
        if line != 1 or fields[1:] != [self.name]:
            self.found(line, None, "file-name-record", DELIMITER.join(fields[1:]), f"{self.name!r} in line 1 alone")

    def _count(self, line: int, fields: list[str]) -> int | None:
        if len(fields) == 2 and fields[1].isdigit() and len(fields[1]) <= 9:
            return int(fields[1])
        self.found(line, "detail_count", "detail-count", DELIMITER.join(fields[1:]), "the number of detail records")
        return None

    def _end(self, layout: FileLayout, ends: list[tuple[int, int | None]], last: int, details: int) -> int | None:
        if not layout.closes_with_end_of_file:
            return None
        if not ends:
            self.found(
                None,
                None,
                "end-of-file-missing",
                "no End Of File record",
                "an End Of File record last: the file is cut",
            )
            return None
        line, stated = ends[-1]
        if len(ends) > 1:
            self.found(line, None, "end-of-file-twice", f"{len(ends)} of them", "one End Of File record")
        if line != last:
            self.found(line, None, "end-of-file-not-last", f"line {line} of {last}", "the End Of File record last")
        if stated is not None and stated != details:
            self.found(line, "detail_count", "detail-count", str(stated), f"{details}, the detail records there are")
        return stated

    def _record(self, line: int, fields: list[str], layout: RecordLayout, readers: tuple[_FieldReader, ...]) -> Record:
        if len(fields) - 1 != len(readers):
            self.found(
                line, None, "field-count", f"{len(fields) - 1} fields", f"{len(readers)} fields after {layout.code}"
            )
            fields = [*fields, *[""] * (len(readers) + 1 - len(fields))]
        values = []
        for field, read, text in zip(layout.fields, readers, fields[1:], strict=False):
            try:
                value = read(text)
            except ValueError as error:
                self.found(line, field.name, "field-value" if text else "field-missing", text, str(error))
                value = None
            if field.codes is not None and value is not None:
                self._check_code(line, field.name, str(value), self.profile.codes[field.codes])
            values.append(value)
        return Record(layout, tuple(values), line)

    def _check_code(self, line: int, field: str, value: str, codes: Mapping[str, str]) -> None:
        if value not in codes.values():
            known = ", ".join(f"{code} ({word.replace('_', ' ')})" for word, code in codes.items())
            self.found(line, field, "field-code", value, known)


_FieldReader: TypeAlias = Callable[[str], Value]


@functools.lru_cache(maxsize=256)
def _field_readers(layout: RecordLayout) -> tuple[_FieldReader, ...]:
    return tuple(_field_reader(field) for field in layout.fields)


def _field_reader(field: FieldLayout) -> _FieldReader:
    """A function that reads one field, and raises ValueError with what was expected."""
    read = _READERS[field.type](field.length)

    def reader(text: str) -> Value:
        if text:
            return read(text)
        if field.required:
            raise ValueError(_expected(field))
        return None

    return reader


def _expected(field: FieldLayout) -> str:
    return {
        "char": f"{field.length} characters",
        "varchar": f"1 to {field.length} characters",
        "fixed_number": f"{field.length} digits, padded left with zeros",
        "date_time": "yyyymmddhh24miss",
    }[field.type]


def _char(length: int) -> _FieldReader:
    def read(text: str) -> str:
        if len(text) != length:
            raise ValueError(f"{length} characters")
        return text

    return read


def _varchar(length: int) -> _FieldReader:
    def read(text: str) -> str:
        if len(text) > length or text != text.strip():
            raise ValueError(f"1 to {length} characters without blanks around them")
        return text

    return read


def _fixed_number(length: int) -> _FieldReader:
    def read(text: str) -> int:
        if len(text) != length or not text.isdecimal():
            raise ValueError(f"{length} digits, padded left with zeros")
        return int(text)

    return read


def _date_time(_: int) -> _FieldReader:
    def read(text: str) -> Instant:
        if len(text) != 14 or not text.isdecimal():
            raise ValueError("14 digits, yyyymmddhh24miss")
        try:
            return Instant(datetime.strptime(text, _DATE_TIME).replace(tzinfo=EST))
        except ValueError:
            raise ValueError("a date and time that there is, yyyymmddhh24miss") from None

    return read


_READERS: Mapping[str, Callable[[int], _FieldReader]] = {
    "char": _char,
    "varchar": _varchar,
    "fixed_number": _fixed_number,
    "date_time": _date_time,
}


# --- writing -----------------------------------------------------------------------------------------------


def write_file(
    profile: Profile,
    name: FileName,
    header: Mapping[str, Value],
    details: Iterable[tuple[str, Mapping[str, Value]]],
    *,
    line_end: str = "\r\n",
) -> bytes:
    """Write a file: File Name Record, header, details, and the End Of File record where the layout has one.

    :param details: pairs of record kind and fields by name; an absent field is written empty.
    :raises LayoutError: the profile has no layout of the file, or a value does not fit its field.
    """
    layout = profile.file(name.file_id, name.version)
    if layout is None:
        raise LayoutError(f"the profile has no layout for {name.file_id}.{name.version}")
    lines = [f"{FILE_NAME_CODE}{DELIMITER}{name}", _written(layout.header, header)]
    lines += [_written(layout.record(kind), fields) for kind, fields in details]
    if layout.closes_with_end_of_file:
        lines.append(f"{END_CODE}{DELIMITER}{len(lines) - 2}")
    return "".join(f"{line}{line_end}" for line in lines).encode("ascii")


def _written(layout: RecordLayout, fields: Mapping[str, Value]) -> str:
    unknown = set(fields) - {field.name for field in layout.fields}
    if unknown:
        raise LayoutError(f"record {layout.kind!r} has no field {min(unknown)!r}")
    return DELIMITER.join([layout.code, *(_field_text(field, fields.get(field.name)) for field in layout.fields)])


def _field_text(field: FieldLayout, value: Value) -> str:
    """A field as text. An empty required field is written empty: that a reader finds it is the reader's affair."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        text = value.astimezone(EST).strftime(_DATE_TIME)
    elif isinstance(value, int):
        text = str(value).zfill(field.length)
    else:
        text = value
    if DELIMITER in text or not text.isascii() or not text.isprintable():
        raise LayoutError(f"field {field.name!r}: {text!r} holds characters that a record cannot carry")
    try:
        _field_reader(field)(text)
    except ValueError as error:
        raise LayoutError(f"field {field.name!r}: {text!r} is not {error}") from None
    return text
