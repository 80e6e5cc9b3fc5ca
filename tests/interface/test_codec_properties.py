"""Reading and writing are inverse over every layout of the profile, and no bytes whatever make the reader raise."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from harness.interface.fields import DELIMITER, Value
from harness.interface.files import FINDING_LIMIT, InterfaceFile, Record, read_blocks, read_file, write_file
from harness.interface.findings import CODES
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST, Day, Instant
from harness.interface.names import FileName, SetPart, read_name
from harness.interface.profile import FieldLayout, FileLayout, RecordLayout, load_profile

PROFILE = load_profile()
GOOD = [path.read_bytes() for path in sorted(Path(str(importlib.resources.files("corpus"))).glob("files/*/*.DAT"))]
READABLE = [f"ORG11111.ORG22222.{identifier}.200906082210.DAT" for identifier in ("1000.00", "2000.01", "IR01.00")]

PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=DELIMITER)
LETTERS = st.text("ABCXYZabcxyz0189", min_size=1, max_size=20)
MOMENTS = st.datetimes(timezones=st.just(EST)).map(lambda moment: Instant(moment.replace(microsecond=0)))


def values(field: FieldLayout) -> st.SearchStrategy[Value]:
    """Every value that a field can hold."""
    length = field.length
    filled: Mapping[str, st.SearchStrategy[Any]] = {
        "char": st.text(PRINTABLE, min_size=length, max_size=length),
        "varchar": st.text(PRINTABLE, min_size=1, max_size=length).filter(lambda text: text == text.strip()),
        "fixed_number": st.integers(0, 10**length - 1),
        "signed_number": st.integers(1 - 10**length, 10**length - 1),
        "date_time": MOMENTS,
        "date": st.dates().map(Day),
    }
    some = filled[field.type] if field.codes is None else st.sampled_from(sorted(PROFILE.codes[field.codes].values()))
    return some if field.required else st.none() | some


def records(layout: RecordLayout) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({field.name: values(field) for field in layout.fields})


LAYOUTS: list[tuple[str, str | None, FileLayout]] = [
    *((identifier.partition(".")[0], None, layout) for identifier, layout in sorted(PROFILE.files.items())),
    *(
        (file_type.id, file_no, layout)
        for file_type in PROFILE.file_types.values()
        if file_type.in_sets
        for file_no, layout in sorted(PROFILE.set_files.items())
    ),
]
"""Every layout there is: type, number in a file set, and layout."""


@st.composite
def names(draw: st.DrawFn, file_id: str | None = None, file_no: str | None = None) -> FileName:
    if file_id is None:
        file_id = draw(st.sampled_from([each.id for each in PROFILE.file_types.values() if not each.withdrawn]))
    known = PROFILE.file_types[file_id]
    created = draw(MOMENTS)
    stated = f"{created.year:04}{created:%m%d%H%M%S}"[: draw(st.sampled_from([12, 14]))]
    part = None
    if known.in_sets:
        file_no = file_no or draw(st.sampled_from(PROFILE.set_file_numbers))
        part = SetPart(draw(LETTERS), file_no, "01" if file_no == "00" else f"{draw(st.integers(1, 99)):02}")
    return FileName(OrgId(draw(LETTERS)), OrgId(draw(LETTERS)), file_id, known.active, stated, part)


@st.composite
def files(draw: st.DrawFn) -> tuple[FileName, dict[str, Value], list[tuple[str, dict[str, Value]]]]:
    """A name, the fields of its header, and records of its other kinds in any order."""
    file_id, file_no, layout = draw(st.sampled_from(LAYOUTS))
    kinds = [record for record in layout.records if record.role != "header"]
    some = st.sampled_from(kinds).flatmap(lambda record: st.tuples(st.just(record.kind), records(record)))
    return draw(names(file_id, file_no)), draw(records(layout.header)), draw(st.lists(some, max_size=5))


def fields_of(record: Record) -> dict[str, Value]:
    return {field: record[field] for field in record.layout.positions}


def in_order(file: InterfaceFile) -> list[Record]:
    return sorted((*file.details, *file.others), key=lambda record: record.line)


def rewritten(file: InterfaceFile, line_end: str = "\r\n") -> bytes:
    assert file.header is not None
    details = [(record.kind, fields_of(record)) for record in in_order(file)]
    return write_file(PROFILE, file.name, fields_of(file.header), details, line_end=line_end)


@settings(max_examples=200)
@given(files(), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_back_as_it_was(
    written: tuple[FileName, dict[str, Value], list[tuple[str, dict[str, Value]]]], line_end: str
) -> None:
    name, header, details = written
    reading = read_file(str(name), write_file(PROFILE, name, header, details, line_end=line_end), PROFILE)
    assert reading.findings == ()
    assert reading.file is not None
    assert reading.file.header is not None
    assert reading.name == name
    assert fields_of(reading.file.header) == header
    assert [(record.kind, fields_of(record)) for record in in_order(reading.file)] == details


def test_what_is_read_without_findings_is_written_back_as_it_was() -> None:
    again = 0
    for content in GOOD:
        first_line = content.split(b"\n")[0].decode("latin-1").strip()
        name = first_line.removeprefix("FN|")
        reading = read_file(name, content, PROFILE)
        if reading.file is not None and not reading.findings:
            again += 1
            assert read_file(name, rewritten(reading.file), PROFILE).file == reading.file
    assert again >= 15


@settings(max_examples=300)
@given(names())
def test_a_name_is_read_back_as_it_was_written(name: FileName) -> None:
    assert read_name(str(name), PROFILE) == (name, ())


@settings(max_examples=300)
@given(st.text(max_size=80) | st.from_regex(r"[A-Z0-9.]{0,60}(DAT)?", fullmatch=True))
@example("." * 8 + "DAT")
@example("IR08.IR08.IR08.IR08")
def test_a_text_is_a_name_without_findings_or_has_some(text: str) -> None:
    for profile in (
        PROFILE,
        PROFILE.with_reading("AMB-03", "ir08-bare"),
        PROFILE.with_reading("AMB-02", "accept-13-digits"),
    ):
        name, findings = read_name(text, profile)
        assert findings or str(name) == text
        assert all(finding.code in CODES and str(finding).isascii() for finding in findings)


def check(name: str, content: bytes) -> None:
    """The reader did not raise: hold what it gave to what may be said of any content."""
    reading = read_file(name, content, PROFILE)
    assert len(reading.findings) <= FINDING_LIMIT + 1
    shown = "".join(map(str, reading.findings))
    assert shown == "" or (shown.isascii() and shown.isprintable())
    assert all(finding.severity is CODES[finding.code].severity for finding in reading.findings)
    assert read_blocks(name, (content[place : place + 5] for place in range(0, len(content), 5)), PROFILE).findings == (
        reading.findings
    )
    if reading.file is not None and not reading.findings:
        assert read_file(name, rewritten(reading.file, "\n"), PROFILE).file == reading.file


@settings(max_examples=300)
@given(st.sampled_from(READABLE), st.binary(max_size=300))
def test_no_bytes_whatever_make_the_reader_raise(name: str, content: bytes) -> None:
    check(name, content)


@settings(max_examples=300)
@given(st.sampled_from(READABLE), st.text("FNHDTE|\r\n 019AZ.", max_size=120))
def test_no_bytes_that_look_like_records_make_the_reader_raise(name: str, text: str) -> None:
    check(name, text.encode())


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A file of the corpus with some of its bytes or lines cut, doubled, moved or replaced."""
    content = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        stop = min(len(content), start + draw(st.integers(0, 40)))
        cut = content[start:stop]
        put = draw(
            st.sampled_from([b"", cut * 2, cut[::-1], b"|", b"\n", b"\r", b"\0", b"EF|1\n"]) | st.binary(max_size=9)
        )
        content = content[:start] + put + content[stop:]
    return content


@settings(max_examples=400)
@given(st.sampled_from(READABLE), changed())
def test_no_change_to_a_file_makes_the_reader_raise(name: str, content: bytes) -> None:
    check(name, content)


@settings(max_examples=100)
@given(st.text(), st.binary(max_size=50))
def test_no_name_whatever_makes_the_reader_raise(name: str, content: bytes) -> None:
    check(name, content)
