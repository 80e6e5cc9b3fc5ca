"""The files of the corpus, written by hand, hold the codec to what is on the line: a second source beside it."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from harness.audit.inspection import inspect, listed_sdps
from harness.interface.files import Reading, read_blocks, read_file
from harness.interface.findings import CODES
from harness.interface.instants import EST
from harness.interface.profile import Profile

CORPUS = Path(str(importlib.resources.files("corpus")))


def entries(*areas: str) -> Iterator[dict[str, Any]]:
    for area in areas:
        for entry in tomllib.loads((CORPUS / area / "index.toml").read_text(encoding="utf-8"))["file"]:
            yield {**entry, "area": area}


ALL = list(entries("files", "nasty"))
TOGETHER = tomllib.loads((CORPUS / "together" / "index.toml").read_text(encoding="utf-8"))["inspection"]
SETS = tomllib.loads((CORPUS / "sets" / "index.toml").read_text(encoding="utf-8"))["set"]
EACH = pytest.mark.parametrize("entry", ALL, ids=lambda entry: f"{entry['area']}/{entry['path']}")


def content(entry: dict[str, Any]) -> bytes:
    return (CORPUS / entry["area"] / entry["path"]).read_bytes()


def read(entry: dict[str, Any], profile: Profile) -> Reading:
    return read_file(entry["name"], content(entry), profile)


def good(path: str, profile: Profile) -> Reading:
    return read(next(entry for entry in ALL if entry["path"] == f"good/{path}.DAT"), profile)


@EACH
def test_a_file_gets_exactly_the_findings_expected_of_it(entry: dict[str, Any], profile: Profile) -> None:
    found = [(finding.code, finding.line, finding.field) for finding in read(entry, profile).findings]
    assert found == [(each["code"], each.get("line"), each.get("field")) for each in entry["findings"]]


@EACH
def test_a_file_is_whole_or_not_as_expected(entry: dict[str, Any], profile: Profile) -> None:
    assert read(entry, profile).complete is entry["whole"]


@EACH
def test_a_file_has_the_detail_records_and_the_count_expected(entry: dict[str, Any], profile: Profile) -> None:
    file = read(entry, profile).file
    found = (None, None) if file is None else (len(file.details), file.stated_details)
    assert found == (entry.get("details"), entry.get("stated"))


@EACH
def test_a_file_reads_the_same_byte_by_byte(entry: dict[str, Any], profile: Profile) -> None:
    whole = content(entry)
    in_bytes = read_blocks(entry["name"], (whole[place : place + 1] for place in range(len(whole))), profile)
    assert in_bytes.findings == read(entry, profile).findings


@EACH
def test_a_finding_shows_itself_in_printable_ascii(entry: dict[str, Any], profile: Profile) -> None:
    shown = "".join(map(str, read(entry, profile).findings))
    assert shown.isascii()
    assert not shown or shown.isprintable()


def test_every_good_file_has_no_findings_and_every_other_has_some() -> None:
    assert all(entry["path"].startswith("good/") is not bool(entry["findings"]) for entry in entries("files"))


def test_bad_files_have_one_fault_each_and_several_have_more() -> None:
    faults = {entry["path"]: len(entry["findings"]) for entry in entries("files")}
    assert all(number == 1 for path, number in faults.items() if path.startswith("bad/"))
    assert all(number > 1 for path, number in faults.items() if path.startswith("several/"))


def test_the_index_holds_every_file_that_lies_there() -> None:
    for area in ("files", "nasty"):
        lying = {path.relative_to(CORPUS / area).as_posix() for path in (CORPUS / area).rglob("*") if path.is_file()}
        assert lying - {"index.toml", ".gitattributes"} == {entry["path"] for entry in entries(area)}


def test_the_index_of_inspections_holds_every_file_that_lies_there() -> None:
    lying = {path.name for path in (CORPUS / "together").iterdir()} - {"index.toml", ".gitattributes"}
    assert lying == {name for each in TOGETHER for name in (*each["files"], *filter(None, [each.get("sdps")]))}


@pytest.mark.parametrize("entry", TOGETHER, ids=lambda entry: entry["what"])
def test_files_inspected_together_get_exactly_the_findings_expected(entry: dict[str, Any], profile: Profile) -> None:
    folder = CORPUS / "together"
    listed = listed_sdps(folder / entry["sdps"]) if "sdps" in entry else None
    inspection = inspect([folder / name for name in entry["files"]], profile, listed)
    assert (None if inspection.known is None else len(inspection.known)) == entry.get("known")
    found = [
        (each.read.name.file_id if each.read.name else None, found.code, found.line, found.field)
        for each in inspection
        for found in each.findings
    ]
    assert found == [(each["file"], each["code"], each.get("line"), each.get("field")) for each in entry["findings"]]


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: entry["folder"])
def test_a_set_in_a_folder_gets_exactly_the_findings_expected(entry: dict[str, Any], profile: Profile) -> None:
    found = [
        (".".join(str(each.read.name).split(".")[5:8]), found.code, found.line, found.field)
        for each in inspect([CORPUS / "sets" / entry["folder"]], profile)
        if each.read.name is not None
        for found in each.findings
    ]
    expected = [(each["file"], each["code"], each.get("line"), each.get("field")) for each in entry["findings"]]
    assert found == expected


def test_every_code_of_contents_has_a_file_but_those_that_take_a_large_one_or_another_profile() -> None:
    codes = {finding["code"] for entry in ALL for finding in entry["findings"]}
    of_contents = {code for code in CODES if not code.startswith("name-")}
    codes |= {finding["code"] for inspection in (*TOGETHER, *SETS) for finding in inspection["findings"]}
    large = {"line-too-long", "too-many-fields", "more-findings"}
    without_layout = {"layout-unknown"}  # the profile has every layout: tests/interface/test_files.py
    assert of_contents - codes == large | without_layout


def test_numbers_keep_their_sign(profile: Profile) -> None:
    file = good("rebilling-report", profile).file
    assert file is not None
    seen = [(record["difference_wh"], record["percent_change"]) for record in file.details]
    assert seen == [(6000, 2500), (-6000, -2000), (10, None)]


# Were the checkout to change line ends, the files above would no longer be about what they say.
@pytest.mark.parametrize(
    ("path", "line_ends", "last"),
    [
        ("request-crlf", {b"\r\n": 4, b"\n": 4}, b"\r\n"),
        ("request-lf", {b"\r\n": 0, b"\n": 4}, b"\n"),
        ("request-lf-without-last", {b"\r\n": 0, b"\n": 3}, b"2"),
        ("request-crlf-without-last", {b"\r\n": 3, b"\n": 3}, b"2"),
        ("request-both-line-ends", {b"\r\n": 2, b"\n": 4}, b"2\n"),
    ],
)
def test_line_ends_are_as_they_were_written(path: str, line_ends: dict[bytes, int], last: bytes) -> None:
    lying = (CORPUS / "files" / "good" / f"{path}.DAT").read_bytes()
    assert {end: lying.count(end) for end in line_ends} == line_ends
    assert lying.endswith(last)


def test_a_request_reads_as_it_was_written(profile: Profile) -> None:
    file = good("request-crlf", profile).file
    assert file is not None
    assert file.header is not None
    assert file.header["ldc_org_id"] == "ORG11111"
    assert file.header["created_date_time"] == datetime(2009, 6, 8, 22, 10, tzinfo=EST)
    assert [(record.line, record.kind, record.values) for record in file.details] == [
        (3, "assignment_request", ("ORG11111", "SDP-0001")),
        (4, "assignment_request", ("ORG11111", "SDP-0002")),
    ]


@pytest.mark.parametrize("path", ["lf", "lf-without-last", "crlf-without-last", "both-line-ends"])
def test_line_ends_change_nothing(path: str, profile: Profile) -> None:
    assert good(f"request-{path}", profile).file == good("request-crlf", profile).file


def test_a_response_reads_as_it_was_written(profile: Profile) -> None:
    file = good("response-of-every-status", profile).file
    assert file is not None
    assert [record.values for record in file.details] == [
        ("ORG11111", "SDP-0001", "4711000815", "00", None),
        ("ORG11111", "SDP-0002", "0000000042", "01", "already issued"),
        ("ORG99999", "SDP-0003", None, "02", "invalid organisation"),
        ("ORG11111", None, None, "03", "incomplete data"),
        (None, None, None, "03", None),
    ]


def test_a_summary_reads_as_it_was_written(profile: Profile) -> None:
    file = good("summary-of-two-requests", profile).file
    assert file is not None
    processed = datetime(2009, 6, 8, 22, 15, tzinfo=EST)
    assert [record.values for record in file.details] == [
        ("ORG11111.ORG22222.1000.00.200906082210.DAT", processed, 4, 1, 1, 1, 1),
        ("ORG11111.ORG22222.1000.00.200906082211.DAT", processed, 2, 2, 0, 0, 0),
    ]


def test_a_text_that_is_no_code_is_kept_as_what_was_read(profile: Profile) -> None:
    entry = next(entry for entry in ALL if entry["path"] == "bad/response-status-unknown.DAT")
    file = read(entry, profile).file
    assert file is not None
    assert file.details[0]["status"] == "99"


def test_fields_that_are_missing_are_read_as_empty(profile: Profile) -> None:
    entry = next(entry for entry in ALL if entry["path"] == "bad/detail-field-too-few.DAT")
    file = read(entry, profile).file
    assert file is not None
    assert file.details[0].values == ("ORG11111", None)


# The response's End Of File record is there so that a file that was cut is recognised (FTS-09).
@pytest.mark.parametrize("path", ["response-of-every-status", "response-lf-without-last", "response-without-details"])
def test_a_response_that_is_cut_anywhere_is_not_whole(path: str, profile: Profile) -> None:
    entry = next(entry for entry in ALL if entry["path"] == f"good/{path}.DAT")
    uncut = content(entry)
    text = uncut.rstrip(b"\r\n")
    for length in range(len(text)):
        assert not read_file(entry["name"], text[:length], profile).complete, text[:length][-40:]
    assert read_file(entry["name"], text, profile).complete
