"""File sets as they are sent: complete, one TX_ID, one Extracted Date Time, segments of whole records."""

from __future__ import annotations

import pytest

from harness.interface.files import read_file
from reference_impl.cis import file_sets
from reference_impl.cis.file_sets import segments
from reference_impl.cis.records import Entry
from tests.reference_impl.cis.pair import LDC, PROFILE, File, Pair, alone, created, event, response, rows, sets_of

U = {"Mill": "1000000001", "Bakery": "1000000002", "Both": "1000000003"}


@pytest.fixture
def pair() -> Pair:
    pair = alone()
    pair.load(created("Mill"), created("Bakery"))
    pair.deliver(response(*(f"{LDC}|{sdp}|{universal}|00|" for sdp, universal in list(U.items())[:2])))
    return pair


def test_a_set_has_files_00_to_05_at_one_instant_under_one_tx_id(pair: Pair) -> None:
    files = pair.tell("synchronize")
    assert [file["name"] for file in files] == [
        f"{LDC}.{LDC}.4000.00.20110110080100.000001.{number:02}.01.DAT" for number in range(6)
    ]
    assert {file["instant"] for file in files} == {"2011-01-10T08:01:00-05:00"}


def test_each_file_is_read_without_a_finding(pair: Pair) -> None:
    for file in (*pair.tell("synchronize"), *pair.tell("audit")):
        assert read_file(file["name"], file["content"]["text"].encode(), PROFILE).findings == ()


def test_the_headers_have_one_extracted_date_time_that_of_the_extraction(pair: Pair) -> None:
    headers = [rows(file, "FH")[0] for file in pair.tell("synchronize")]
    assert headers[0] == [LDC, "20110110080100", "000000001"]
    assert headers[1:] == [[LDC, "20110110080100"]] * 5


def test_files_without_a_change_have_no_records_and_are_listed(pair: Pair) -> None:
    pair.tell("synchronize")
    pair.load(event("account_changed", "Mill", "2011-01-10", account_id="A-2"))
    manifest, *others = pair.tell("synchronize")
    assert rows(manifest, "MF") == [[f"{number:02}", "01", f"{int(number == 5):09}"] for number in range(1, 6)]
    assert [len(file["content"]["text"].splitlines()) for file in others] == [2, 2, 2, 2, 3]


def test_file_07_is_there_where_the_set_tells_of_virtual_sdps(pair: Pair) -> None:
    pair.load(created("Both", components=["Mill", "Bakery"]))
    pair.deliver(response(f"{LDC}|Both|{U['Both']}|00|", number=1))
    files = pair.tell("synchronize")
    assert [file["name"].split(".")[6] for file in files] == ["00", "01", "02", "03", "04", "05", "07"]
    assert [row[:4] for row in rows(files[-1], "CL")] == [
        [U["Both"], "01", U["Mill"], "01"],
        [U["Both"], "01", U["Bakery"], "01"],
    ]


def many(number: int) -> list[Entry]:
    return [Entry("01", "meter", (("meter_id", f"M-{each}"),)) for each in range(number)]


@pytest.mark.parametrize(
    ("records", "sizes"),
    [(0, [0]), (1, [1]), (200, [200]), (201, [200, 1]), (400, [200, 200]), (19_801, [201] * 98 + [103])],
)
def test_a_file_of_many_records_goes_in_segments_from_01_on(records: int, sizes: list[int]) -> None:
    entries = many(records)
    found = list(segments(entries))
    assert [number for number, _ in found] == [f"{number:02}" for number in range(1, len(sizes) + 1)]
    assert [len(part) for _, part in found] == sizes
    assert [entry for _, part in found for entry in part] == entries


def test_segments_are_listed_with_what_they_hold(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_sets, "SEGMENT_RECORDS", 3)
    (files,) = sets_of(pair.tell("synchronize")).values()
    listed = [(row[0], row[1], int(row[2])) for row in rows(files["00", "01"], "MF")]
    assert listed == [(*place, records(file)) for place, file in files.items() if place != ("00", "01")]
    assert len(files) > 8


def records(file: File) -> int:
    return len(file["content"]["text"].splitlines()) - 2


def test_every_set_has_a_tx_id_of_its_own(pair: Pair) -> None:
    pair.tell("synchronize")
    pair.tell("audit")
    pair.tell("audit")
    assert list(sets_of(pair.submitted)) == ["000001", "000002", "000003"]
