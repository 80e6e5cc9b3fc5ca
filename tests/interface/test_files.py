"""Files: the bounds of reading, and what writing refuses. What single lines read as stands in corpus/files."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from harness.interface.files import BLOCK, LayoutError, Summary, parts_writer, read_blocks, read_file, write_file
from harness.interface.findings import Finding
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST
from harness.interface.names import FileName
from harness.interface.profile import Profile

MIB = 1024 * 1024
NAME = "ORG11111.ORG22222.1000.00.200906082210.DAT"
REQUEST = FileName(OrgId("ORG11111"), OrgId("ORG22222"), "1000", "00", "200906082210")
RESPONSE = FileName(OrgId("ORG11111"), OrgId("ORG22222"), "2000", "01", "200906082220")
HEAD = f"FN|{NAME}\nFH|ORG11111|20090608221000\n".encode()
HEADER = {"ldc_org_id": "ORG11111", "created_date_time": datetime(2009, 6, 8, 22, 10, tzinfo=EST)}


def findings(content: bytes, profile: Profile) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read_file(NAME, content, profile).findings]


# --- Bounds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""], ids=["LF", "CRLF", "no end"])
@pytest.mark.parametrize(("length", "code"), [(MIB, "field-form"), (MIB + 1, "line-too-long")])
def test_a_line_may_have_one_mebibyte_without_its_end(length: int, code: str, end: bytes, profile: Profile) -> None:
    line = b"DT|ORG11111|".ljust(length, b"x")
    assert findings(HEAD + line + end, profile) == [(code, 3)]


def test_the_lines_after_one_that_is_too_long_are_read(profile: Profile) -> None:
    content = HEAD + b"DT|ORG11111|" + b"x" * 3 * MIB + b"\r\nDT|ORG11111|\r\n"
    assert findings(content, profile) == [("line-too-long", 3), ("field-missing", 4)]


@pytest.mark.parametrize(("fields", "code"), [(1000, "field-count"), (1001, "too-many-fields")])
def test_a_line_may_have_a_thousand_fields_its_type_included(fields: int, code: str, profile: Profile) -> None:
    assert findings(HEAD + b"DT" + b"|x" * (fields - 1) + b"\n", profile) == [(code, 3)]


def test_a_line_of_too_many_fields_is_no_record(profile: Profile) -> None:
    file = read_file(NAME, HEAD + b"DT" + b"|x" * 1000 + b"\nDT|ORG11111|SDP-1\n", profile).file
    assert file is not None
    assert [record.line for record in file.details] == [4]


def test_ten_thousand_findings_are_all_listed(profile: Profile) -> None:
    assert findings(HEAD + b"DX\n" * 10_000, profile) == [("record-type", line) for line in range(3, 10_003)]


def test_a_last_finding_counts_those_beyond_ten_thousand_by_code(profile: Profile) -> None:
    found = read_file(NAME, HEAD + b"DX\n" * 10_000 + b"DT|ORG11111|\nDX\nDX\n", profile).findings
    assert len(found) == 10_001
    assert found[-1].code == "more-findings"
    assert found[-1].found == "1 field-missing, 2 record-type"


def test_a_file_with_findings_beyond_those_listed_is_not_whole(profile: Profile) -> None:
    assert read_file(NAME, HEAD + b"DT|ORG11111|\n" * 10_000, profile).complete
    assert not read_file(NAME, HEAD + b"DT|ORG11111|\n" * 10_001, profile).complete


def large(blocks: Iterator[bytes], profile: Profile) -> tuple[Summary, int]:
    """What a large content gives, and how many bytes its reading took at most."""
    tracemalloc.start()
    try:
        return read_blocks(NAME, blocks, profile), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("block", "times", "lines"),
    [
        pytest.param(b"x" * BLOCK, 4096, 1, id="a line of 1 GiB"),
        pytest.param(b"|" * BLOCK, 40, 1, id="ten million fields"),
        pytest.param(b"\0" * BLOCK, 64, 1, id="NULs"),
        pytest.param(b"garbage\n" * 8192, 12, 98_304, id="lines of garbage"),
        pytest.param(b"\n" * 65_536, 8, 524_288, id="line feeds"),
        pytest.param(b"garb\xe9ge\n" * 8192, 6, 49_152, id="lines that are not ASCII"),
        pytest.param(b"EF|0\n" * 8192, 6, 49_152, id="End Of File records"),
    ],
)
def test_a_large_content_takes_little_memory_and_few_findings(
    block: bytes, times: int, lines: int, profile: Profile
) -> None:
    summary, memory = large((block for _ in range(times)), profile)
    assert summary.lines == lines
    assert 0 < len(summary.findings) <= 10_001
    assert memory < 24 * MIB


def test_a_good_file_of_any_size_is_read_in_little_memory(profile: Profile) -> None:
    record = b"DT|ORG11111|SDP-0001\n" * 4096
    summary, memory = large(iter([HEAD, *[record] * 12]), profile)
    assert (summary.details, summary.findings) == (49_152, ())
    assert memory < 8 * MIB


@pytest.mark.parametrize("length", [MIB - 1, MIB, MIB + 1, MIB + 2])
def test_a_line_is_as_long_in_blocks_as_it_is_in_one(length: int, profile: Profile) -> None:
    line = b"DT|ORG11111|".ljust(length, b"x")
    blocks = [HEAD, line[:-2], line[-2:-1], line[-1:], b"\r", b"\n"]
    assert read_blocks(NAME, blocks, profile).findings == read_file(NAME, HEAD + line + b"\r\n", profile).findings


def test_no_block_of_a_line_at_the_limit_is_lost(profile: Profile) -> None:
    line = b"DT|ORG11111|".ljust(MIB, b"x") + b"\r"
    found = read_blocks(NAME, [HEAD, line, b"x", b"\n"], profile).findings
    assert [finding.code for finding in found] == ["line-too-long"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_blocks_may_end_anywhere(size: int, profile: Profile) -> None:
    content = HEAD.replace(b"\n", b"\r\n") + b"DT|ORG11111|SDP-1\r\n\r\nDT|ORG11111|\rx\r\nDX|\xff\r\n"
    blocks = (content[place : place + size] for place in range(0, len(content), size))
    assert read_blocks(NAME, blocks, profile).findings == read_file(NAME, content, profile).findings


def test_a_file_that_is_in_no_set_has_no_place_in_one_whatever_its_name_says(profile: Profile) -> None:
    name = NAME.replace(".DAT", ".abcdef.01.01.DAT")
    reading = read_file(name, HEAD, profile)
    assert reading.name is not None
    assert (reading.name.part, reading.name.file_id) == (None, "1000")


def test_an_empty_block_is_not_the_end(profile: Profile) -> None:
    assert read_blocks(NAME, [b"", HEAD, b"", b"DT|ORG11111|SDP-1"], profile).details == 1


class Untouchable:
    def __iter__(self) -> Iterator[bytes]:
        raise AssertionError("the content was asked for")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nothing.DAT",
        NAME.replace("1000.00", "1000.99"),
        NAME.replace("1000.00", "IR04.00"),
        NAME.replace("1000", "4000"),
    ],
)
def test_content_is_left_alone_where_the_name_leaves_no_layout_to_read_it_by(name: str, profile: Profile) -> None:
    summary = read_blocks(name, Untouchable(), profile)
    assert summary.layout is None
    assert len(summary.findings) == 1


def without(profile: Profile, layout: str) -> Profile:
    """A profile that lacks a layout."""
    return replace(profile, files={key: file for key, file in profile.files.items() if key != layout})


def test_content_is_left_alone_where_the_profile_has_no_layout_for_it(profile: Profile) -> None:
    summary = read_blocks(NAME, Untouchable(), without(profile, "1000.00"))
    assert [found.code for found in summary.findings] == ["layout-unknown"]


def test_nothing_is_written_where_the_profile_has_no_layout_for_it(profile: Profile) -> None:
    with pytest.raises(LayoutError, match=r"no layout for 1000\.00"):
        write_file(without(profile, "1000.00"), REQUEST, HEADER, [])


def test_findings_stand_in_the_order_of_their_lines(profile: Profile) -> None:
    lines = [finding.line or 0 for finding in read_file(NAME, b"DT|\nDX\nFN|\nFH\nFH\n\n", profile).findings]
    assert lines == sorted(lines)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"], ids=["UTF-8", "UTF-16 LE", "UTF-16 BE"])
def test_a_byte_order_mark_is_called_by_its_name(mark: bytes, profile: Profile) -> None:
    first: Finding = read_file(NAME, mark + HEAD, profile).findings[0]
    assert first.found == f"byte 0x{mark[0]:02X} in column 1, a byte order mark"


def test_a_byte_that_cannot_be_read_is_told_with_its_column(profile: Profile) -> None:
    (found,) = read_file(NAME, HEAD + b"DT|ORG11111|Montr\x07al\n", profile).findings
    assert found.found == "byte 0x07 in column 18"


def test_a_byte_beyond_ascii_leaves_its_field_alone_unread(profile: Profile) -> None:
    reading = read_file(NAME, HEAD + b"DT|ORG11111|Montr\xe9al\n", profile)
    assert [(each.code, each.field, each.line) for each in reading.findings] == [("field-characters", "sdp_id", 3)]
    assert reading.file is not None
    assert (reading.file.details[0]["ldc_org_id"], reading.file.details[0]["sdp_id"]) == ("ORG11111", None)


# --- Writing ---------------------------------------------------------------------------------------------


def test_a_request_is_written_as_the_layout_says(profile: Profile) -> None:
    details = [("assignment_request", {"ldc_org_id": "ORG11111", "sdp_id": "SDP-0001"})]
    assert write_file(profile, REQUEST, HEADER, details) == (
        b"FN|ORG11111.ORG22222.1000.00.200906082210.DAT\r\nFH|ORG11111|20090608221000\r\nDT|ORG11111|SDP-0001\r\n"
    )


def test_a_response_is_closed_by_a_count_of_its_details(profile: Profile) -> None:
    header = {**HEADER, "request_file_name": NAME}
    detail = ("assignment_response", {"ldc_org_id": "ORG11111", "sdp_id": "S", "status": "03"})
    written = write_file(profile, RESPONSE, header, [detail, detail], line_end="\n")
    assert written.endswith(b"\nDT|ORG11111|S||03|\nDT|ORG11111|S||03|\nEF|2\n")


@pytest.mark.parametrize(
    ("name", "header", "details", "message"),
    [
        (REQUEST, {"sdp_id": "S"}, [], "'header' has no field 'sdp_id'"),
        (REQUEST, {"ldc_org_id": "x" * 21}, [], "'ldc_org_id'"),
        (REQUEST, {}, [("assignment_request", {"sdp": "S"})], "'assignment_request' has no field 'sdp'"),
        (REQUEST, {}, [("assignment_response", {})], "1000.00 has no record 'assignment_response'"),
        (REQUEST, {}, [("header", {})], "1000.00 has no record 'header'"),
    ],
)
def test_what_the_layout_does_not_hold_is_not_written(
    name: FileName, header: Any, details: Any, message: str, profile: Profile
) -> None:
    with pytest.raises(LayoutError, match=message):
        write_file(profile, name, header, details)


def test_a_file_can_be_written_that_lacks_what_a_reader_will_miss(profile: Profile) -> None:
    content = write_file(profile, REQUEST, HEADER, [("assignment_request", {})])
    assert findings(content, profile) == [("field-missing", 3), ("field-missing", 3)]


def test_lines_that_are_written_already_stand_among_records_and_are_counted(profile: Profile) -> None:
    header = {**HEADER, "request_file_name": NAME}
    line = "DT|ORG11111|SDP-0001|10000003|00|"
    detail = {
        "ldc_org_id": "ORG11111",
        "sdp_id": "SDP-0001",
        "universal_sdp_id": "10000003",
        "status": "00",
    }
    one_by_one = write_file(profile, RESPONSE, header, [("assignment_response", detail)] * 3)
    assert line.encode() in one_by_one
    assert one_by_one.endswith(b"\r\nEF|3\r\n")
    assert (
        write_file(profile, RESPONSE, header, [("assignment_response", detail), ("assignment_response", [line, line])])
        == one_by_one
    )


@pytest.mark.parametrize(
    ("left_out", "parts"),
    [
        ((), ("DT|ORG11111|SDP-0001|10000003|00|",)),
        (("sdp_id",), ("DT|ORG11111|", "|10000003|00|")),
        (("status", "ldc_org_id"), ("DT|", "|SDP-0001|10000003|", "|")),
    ],
)
def test_a_record_is_written_but_for_some_fields(
    left_out: tuple[str, ...], parts: tuple[str, ...], profile: Profile
) -> None:
    layout = profile.files["2000.01"].record("assignment_response")
    fields = {"ldc_org_id": "ORG11111", "sdp_id": "SDP-0001", "universal_sdp_id": "10000003", "status": "00"}
    assert parts_writer(layout, left_out)(fields) == parts
    with pytest.raises(LayoutError, match="no field 'nothing'"):
        parts_writer(layout, left_out)({**fields, "nothing": None})
