"""What a set lacks while its files come, and whose turn it is (SYN-01 to SYN-07, SEQ-01 to SEQ-08)."""

from __future__ import annotations

import itertools

import pytest

from reference_impl.repository.file_sets import ArrivingSet, is_complete, missing
from reference_impl.repository.sequence import (
    Turn,
    deadline,
    next_in_turn,
    number_after_processing,
    number_after_rejection,
    turn_of,
)
from reference_impl.repository.state import Delivery
from tests.reference_impl.repository.sets import (
    EXTRACT,
    NOON,
    Mdmr,
    arrived,
    changes,
    cycle,
    edited,
    noon_and,
    only,
    sdp,
    set_files,
    without,
)

# --- what a set lacks ---------------------------------------------------------------------------------------

PREMISE = "PR|1001|2 Main St|Oakville|L6L2X3|20110101|"
COMPONENT = "CF|1001|01|A+B|20110101|"


@pytest.mark.parametrize(
    "places",
    [pytest.param(places, id=" ".join(places)) for places in itertools.permutations(["00.01", "01.01", "04.01"])],
)
def test_a_set_is_complete_in_whatever_order_its_files_come(places: tuple[str, ...]) -> None:
    files = set_files(1, sdp("1001"))
    order = {**without(files, *places)}
    for place in places:
        order |= only(files, place)
    assert is_complete(arrived(order))


@pytest.mark.parametrize("place", ["01.01", "02.01", "03.01", "04.01", "05.01"])
def test_a_set_lacks_a_listed_file_that_has_not_come(place: str) -> None:
    assert missing(arrived(without(set_files(1, sdp("1001")), place))) == (place,)


def test_a_set_without_its_manifest_lacks_the_manifest() -> None:
    assert missing(arrived(without(set_files(1, sdp("1001")), "00.01"))) == ("00",)


def test_a_set_without_file_07_is_complete() -> None:
    assert is_complete(arrived(set_files(1)))


def test_a_listed_file_07_is_awaited() -> None:
    assert missing(arrived(without(set_files(1, [COMPONENT]), "07.01"))) == ("07.01",)


def test_a_mandatory_file_that_the_manifest_does_not_list_is_missing() -> None:
    assert missing(arrived(edited(set_files(1), "00.01", "MF|03|01|000000000\r\n", ""))) == ("03",)


def test_segments_with_gaps_make_a_complete_set() -> None:
    assert is_complete(arrived(set_files(1, sdp("1001"), elsewhere={"02.03": PREMISE, "02.07": PREMISE})))


def test_each_listed_segment_is_awaited() -> None:
    files = set_files(1, sdp("1001"), elsewhere={"02.03": PREMISE, "02.07": PREMISE})
    assert missing(arrived(without(files, "02.03", "02.07"))) == ("02.03", "02.07")


def test_of_a_segment_that_comes_twice_the_first_stands() -> None:
    files = set_files(1, sdp("1001"))
    again = {
        name.replace("20110110060000", "20110110070000"): content
        for name, content in only(edited(files, "02.01", "Oakville", "Bronte"), "02.01").items()
    }
    reading = next(reading for place, reading in arrived(files | again).files.items() if place.file_no == "02")
    assert reading.file is not None
    assert [record["city"] for record in reading.file.details] == ["Oakville"]


def test_a_manifest_that_cannot_be_read_is_missing() -> None:
    assert missing(arrived(edited(set_files(1), "00.01", "|000000001\r\n", "|NUMBER\r\n"))) == ("00",)


# --- whose turn it is ----------------------------------------------------------------------------------------


def numbered(number: int, minute: int = 0, *, complete: bool = True, tx_id: str = "") -> ArrivingSet:
    files = set_files(number, tx_id=tx_id)
    return arrived(files if complete else without(files, "03.01"), noon_and(minute))


@pytest.mark.parametrize(
    ("number", "complete", "turn"),
    [
        (6, True, Turn.PAST),
        (7, True, Turn.NEXT),
        (8, True, Turn.HELD),
        (99, True, Turn.HELD),
        (6, False, Turn.WAITS),
        (7, False, Turn.WAITS),
        (8, False, Turn.WAITS),
    ],
)
def test_where_set_7_is_expected(number: int, complete: bool, turn: Turn) -> None:
    assert turn_of(numbered(number, complete=complete), 7) is turn


def test_a_set_without_manifest_waits() -> None:
    assert turn_of(arrived(without(set_files(7), "00.01")), 7) is Turn.WAITS


def test_the_set_with_the_expected_number_goes_first_whenever_it_came() -> None:
    sets = [numbered(9, 0), numbered(8, 1), numbered(7, 2)]
    assert next_in_turn(sets, 7) is sets[2]


def test_nobody_goes_where_the_expected_set_is_incomplete() -> None:
    assert next_in_turn([numbered(7, complete=False), numbered(8)], 7) is None


def test_of_two_sets_with_the_expected_number_the_one_that_began_to_arrive_first_goes() -> None:
    sets = [numbered(7, 2, tx_id="a"), numbered(7, 1, tx_id="b")]
    assert next_in_turn(sets, 7) is sets[1]


@pytest.mark.parametrize(
    ("reading", "minutes"),
    [pytest.param("from-first-file", 60, id="first file"), pytest.param("from-last-file", 65, id="last file")],
)
def test_the_wait_time_runs_from(reading: str, minutes: int) -> None:
    arriving = numbered(7)
    arriving.last_received = noon_and(5)
    assert deadline(arriving, 60, reading) == noon_and(minutes)


def test_a_wait_time_of_another_length_is_over_sooner() -> None:
    assert deadline(numbered(7), 5, "from-first-file") == noon_and(5)


@pytest.mark.parametrize(
    ("loaded", "reading", "number"),
    [(True, "number-stays", 8), (False, "number-stays", 7), (True, "number-used-up", 8), (False, "number-used-up", 8)],
)
def test_after_processing_set_7_the_expected_number_is(loaded: bool, reading: str, number: int) -> None:
    assert number_after_processing(7, loaded=loaded, reading=reading) == number


@pytest.mark.parametrize(
    ("rejected", "reading", "number"),
    [(7, "number-stays", 7), (9, "number-stays", 7), (7, "number-used-up", 8), (6, "number-used-up", 7)],
)
def test_after_rejecting_a_set_where_7_is_expected_the_number_is(rejected: int, reading: str, number: int) -> None:
    assert number_after_rejection(7, numbered(rejected), reading) == number


def test_a_set_whose_number_nobody_knows_uses_up_none() -> None:
    assert number_after_rejection(7, arrived(without(set_files(7), "00.01")), "number-used-up") == 7


# --- sets and segments that come again ---------------------------------------------------------------------------


def test_a_set_that_failed_to_load_is_loaded_again_when_it_comes_again_whole() -> None:
    mdmr = Mdmr()
    bad = set_files(1, [*sdp("1001"), "SA|1001|E99|E|20110101|"])
    for minutes in (5, 10):
        assert set(mdmr.take(bad)) == {"IR14"}
        mdmr.until(noon_and(minutes))
    assert set(mdmr.take(set_files(1, sdp("1001")))) == {"IR06", "IR07", "IR14"}


def test_the_successor_of_a_set_that_failed_to_load_is_processed_once_that_comes_mended() -> None:
    mdmr = Mdmr()
    mdmr.take(set_files(1, [*sdp("1001"), "SA|1001|E99|E|20110101|"]))
    assert mdmr.take(set_files(2, [cycle("1001", "B", 5)])) == {}
    mdmr.until(noon_and(59))
    mdmr.take(set_files(1, sdp("1001")))
    assert [set_no(mdmr, report) for report in mdmr.reports("IR06")] == [1, 2]


def set_no(mdmr: Mdmr, report: Delivery) -> object:
    """The number of the set that an IR06 is about."""
    return next(record for record in mdmr.read(report).others if record.layout.role == "status")["sequence_number"]


@pytest.mark.parametrize("readings", [{}, {"AMB-05": "number-used-up"}, {"AMB-06": "from-last-file"}], ids=str)
@pytest.mark.parametrize("places", [("00.01",), ("01.01",), ("04.01", "05.01"), ()], ids=str)
def test_what_comes_again_of_a_processed_set_neither_blocks_nor_uses_up_anything(
    places: tuple[str, ...], readings: dict[str, str]
) -> None:
    mdmr = Mdmr(readings=readings)
    first = set_files(1, sdp("1001"))
    mdmr.take(first)
    mdmr.until(noon_and(1))
    mdmr.send(only(first, *places) if places else first)
    mdmr.until(noon_and(2))
    assert set(mdmr.take(set_files(2, [cycle("1001", "B", 5)]))) == {"IR06", "IR07", "IR14"}
    mdmr.until(noon_and(200))
    assert changes(mdmr.take(set_files(3, [cycle("1001", "C", 7)]))["IR06"]) == [
        ("1001", "billing_cycle_id", 7, None, "B", "C")
    ]


def test_a_segment_that_comes_again_does_not_take_the_place_of_a_new_one_of_the_same_tx_id() -> None:
    mdmr = Mdmr()
    first = set_files(1, sdp("1001"), tx_id="daily")
    mdmr.take(first)
    mdmr.send(only(first, "04.01"))
    second = set_files(2, [cycle("1001", "B", 5)], tx_id="daily")
    renamed = {name.replace(EXTRACT, "20110111060000"): content for name, content in second.items()}
    renamed = {name: content.replace(b"20110110060000", b"20110111060000") for name, content in renamed.items()}
    assert changes(mdmr.take(renamed)["IR06"]) == [("1001", "billing_cycle_id", 5, None, "A", "B")]


def test_a_set_that_arrives_at_noon_is_first_and_last_received_then() -> None:
    arriving = numbered(7)
    assert (arriving.first_received, arriving.last_received) == (NOON, NOON)
