"""Reading by columns: the same records and findings as record by record, whatever the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.interface import columns
from harness.interface.columns import ColumnRecords, columns_of, read_columns
from harness.interface.files import read_file
from harness.interface.profile import Profile, load_profile
from harness.stories.make_set import Made

NAME = "ORG11111.ORG22222.4000.00.20110110060000.abcdef.{}.01.DAT"
HEADER = "FH|ORG11111|20110110060000"
LINES = {
    "01": ["SD|1000000001|S-1|P", "MT|M1|", "MT|M2|SN2", "CM|C1|RF", "SD|1000000002|S-2|V"],
    "02": ["PR|1000000001|12 Elm Street|Kenora|P9N 1A1|20100101|", "PR|1000000002||||20100101|20110101"],
    "04": ["SP|1000000001|VEE_SERVICE|1|20100101|", "MP|M1|REGISTER_DIGITS|5|20100101|20100201"],
    "05": ["SM|1000000001|M1|20100101|", "MC|M1|C1|20100101|", "AC|1000000001|A1|20100101|20110101"],
    "07": ["CL|1000000002|01|1000000001|02|20100101|", "CF|1000000002|01|SUM|20100101|"],
}
SPOILT = [
    "SD|1000000003|S-3|X",
    "SD|1000000003|S-3",
    "SD|1000000003|S-3|P|",
    "SD||S-3|P",
    "SD|1000000003| S-3|P",
    "SD|1000000003|S-3 |P",
    "SD|1000000003|S\x003|P",
    "SD|1000000003|S3é|P",
    f"SD|{'1' * 21}|S-3|P",
    "PR|1000000001|a|b|c|20100230|",
    "SM|1000000001|M1|20100101|2010",
    "CL|1000000002|1|1000000001|02|20100101|",
    "EF|3",
    "FN|again",
    HEADER,
    "",
    " ",
    "XX",
    "|",
    "MT|M9|\rMT|M8|",
]


def written(file_no: str, lines: list[str], end: str = "\r\n", begin: list[str] | None = None) -> tuple[str, bytes]:
    name = NAME.format(file_no)
    whole = [*([f"FN|{name}", HEADER] if begin is None else begin), *lines]
    return name, "".join(f"{line}{end}" for line in whole).encode()


def same(name: str, content: bytes, profile: Profile) -> bool:
    """Whether both ways read a file alike; they must."""
    by_columns, by_records = read_columns(name, content, profile), read_file(name, content, profile)
    assert by_columns.findings == by_records.findings
    assert by_columns.name == by_records.name
    if by_columns.file is None or by_records.file is None:
        return by_columns.file is by_records.file is None
    assert tuple(by_columns.file.details) == by_records.file.details
    assert len(by_columns.file.details) == len(by_records.file.details)
    return (by_columns.file.header, by_columns.file.layout) == (by_records.file.header, by_records.file.layout)


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("file_no", LINES)
def test_a_file_without_fault_is_read_by_columns(file_no: str, end: str, profile: Profile) -> None:
    name, content = written(file_no, LINES[file_no] * 3, end)
    reading = read_columns(name, content, profile)
    assert reading.file is not None
    assert isinstance(reading.file.details, ColumnRecords)
    assert same(name, content, profile)


def test_a_file_without_its_last_line_end_is_read_by_columns(profile: Profile) -> None:
    name, content = written("01", LINES["01"])
    assert same(name, content.removesuffix(b"\r\n"), profile)


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("file_no", LINES)
def test_one_line_that_is_amiss_is_found_as_ever(file_no: str, spoilt: str, profile: Profile) -> None:
    lines = LINES[file_no]
    assert same(*written(file_no, [*lines, spoilt, *lines]), profile)


@pytest.mark.parametrize(
    "begin",
    [[], [HEADER], ["FN|other", HEADER], ["FN|{}"], ["FN|{}", "FH|ORG11111|x"], ["", "FN|{}", HEADER]],
    ids=repr,
)
def test_a_beginning_that_is_amiss_is_found_as_ever(begin: list[str], profile: Profile) -> None:
    named = [line.format(NAME.format("01")) for line in begin]
    assert same(*written("01", LINES["01"], begin=named), profile)


@pytest.mark.parametrize("content", [b"", b"\n", b"\n\n", b"\r\n\r\n\r\n", b"FN", b"\xef\xbb\xbfFN|x\r\n"], ids=repr)
def test_what_is_no_file_is_found_as_ever(content: bytes, profile: Profile) -> None:
    assert same(NAME.format("01"), content, profile)


@pytest.mark.parametrize(
    "name", ["ORG11111.ORG22222.1000.00.20110110060000.DAT", NAME.format("06"), NAME.format("01")[:-4], "x"]
)
def test_a_name_of_another_kind_or_none_is_found_as_ever(name: str, profile: Profile) -> None:
    _, content = written("01", LINES["01"], begin=[f"FN|{name}", HEADER])
    assert same(name, content, profile)


@given(st.data())
def test_whatever_bytes_are_changed_both_ways_read_alike(data: st.DataObject) -> None:
    profile = load_profile()
    file_no = data.draw(st.sampled_from(sorted(LINES)))
    name, content = written(file_no, LINES[file_no] * 2, data.draw(st.sampled_from(["\r\n", "\n"])))
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        end = place + data.draw(st.integers(0, 2))
        changed[place:end] = data.draw(st.binary(max_size=2) | st.sampled_from([b"|", b" ", b"\r\n", b"0"]))
    assert same(name, bytes(changed), profile)


def test_what_is_large_is_read_alike_across_the_seams_of_blocks(
    made: Callable[..., Made], profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "BLOCK", 1000)
    for path in made(sdps=60).files:
        assert same(path.name, path.read_bytes(), profile)


@pytest.mark.parametrize("file_no", LINES)
def test_columns_are_the_same_however_a_file_was_read(file_no: str, profile: Profile) -> None:
    name, content = written(file_no, LINES[file_no])
    ways: list[Any] = [read(name, content, profile).file for read in (read_columns, read_file)]
    by_columns, by_records = (
        {
            each.layout.kind: (list(each.lines), [list(column) for column in each.values])
            for each in columns_of(way.details)
        }
        for way in ways
    )
    assert by_columns == by_records


def test_one_record_of_many_can_be_asked_for(profile: Profile) -> None:
    name, content = written("05", LINES["05"])
    reading = read_columns(name, content, profile)
    assert reading.file is not None
    assert [record.kind for record in reading.file.details[1:]] == ["meter_to_communication_module", "sdp_to_account"]
    assert reading.file.details[0]["meter_id"] == "M1"
