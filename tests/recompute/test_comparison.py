"""What was delivered is held to what was computed: one bucket, one day, one SDP, and no more is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from harness.errors import InputError
from harness.interface.interval_data import LARGEST
from tests.recompute.conftest import FIRST, SDP, World, days, hours

NAMES = [f"10000000{number:02}" for number in range(6)]
FRAMINGS = ["E01", "E01", "E03", "E04", "D13", "D05"]


@pytest.fixture
def answered(world: World) -> World:
    """Six SDPs of several framing structures that were answered as they should have been; the last has no data."""
    for name, framing in zip(NAMES, FRAMINGS, strict=True):
        world.sdp(name, framing)
        world.ask(2, sdp=name)
        if name != NAMES[5]:
            world.intervals += hours(2, lambda hour: 10 + hour, sdp=name)
    results = world.recompute(files=True)
    world.delivered = sorted((results.folder / "files").iterdir())
    return world


def change(world: World, file_type: str, of: str, new: Callable[[list[str]], list[list[str]]]) -> Path:
    """Let records of an SDP in a delivered file become others."""
    (path,) = [path for path in world.delivered if f".{file_type}." in path.name]
    lines = path.read_text().split("\n")
    changed: list[str] = []
    for line in lines:
        fields = line.rstrip("\r").split("|")
        if fields[0] == "DT" and fields[2] == of:
            changed += ["|".join(each) for each in new(fields)]
        elif fields[0] != "EF":
            changed.append(line.rstrip("\r"))
    details = sum(line.startswith("DT|") for line in changed)
    path.write_text("\r\n".join([*changed[:-1], f"EF|{details}", ""]))
    return path


def with_field(place: int, value: str) -> Callable[[list[str]], list[list[str]]]:
    return lambda fields: [[*fields[:place], value, *fields[place + 1 :]]]


def test_what_was_delivered_rightly_is_equal(answered: World) -> None:
    results = answered.recompute()
    assert (results.code, results.document["verdict"]) == (0, "what was delivered is what was computed")
    assert results.document["held"]["equal"] == 6
    assert results.differences == []


def test_responses_tell_what_was_asked_for_where_no_request_does(answered: World) -> None:
    answered.requests.clear()
    results = answered.recompute()
    assert (results.code, results.document["held"]["equal"]) == (0, 6)
    assert results.codes == {"interval-missing"}


def test_one_bucket_that_differs_is_told_with_its_file_and_line(answered: World) -> None:
    path = change(answered, "6000", NAMES[0], with_field(9, "000000000001"))
    results = answered.recompute()
    (found,) = results.differences
    assert results.code == 1
    assert (found["universal_sdp_id"], found["kind"], found["quantity"]) == (NAMES[0], "different", "on_peak_wh")
    assert (found["computed"] - 1, found["delivered"]) == (-found["difference"], 1)
    assert (found["file"], path.read_text().split("\n")[found["line"] - 1].split("|")[2]) == (path.name, NAMES[0])
    assert results.document["held"] | {"equal": 5, "different": 1} == results.document["held"]
    assert results.document["worst"] == [{"universal_sdp_id": NAMES[0], "moved": -found["difference"]}]


def test_one_hour_of_one_day_that_differs_is_told_with_its_day(answered: World) -> None:
    second = f"{days(2)[1]:%Y%m%d}"

    def other(fields: list[str]) -> list[list[str]]:
        return [[*fields[:12], "000000000005", *fields[13:]]] if fields[9] == second else [fields]

    change(answered, "6100", NAMES[2], other)
    (found,) = answered.recompute().differences
    assert (found["quantity"], found["day"], found["delivered"]) == ("hour_03_wh", days(2)[1], 5)


def test_a_demand_that_differs_is_told(answered: World) -> None:
    change(answered, "6200", NAMES[4], with_field(9, "000000000999"))
    (found,) = answered.recompute().differences
    assert (found["universal_sdp_id"], found["quantity"], found["delivered"]) == (NAMES[4], "peak_w", 999)


def test_an_apparent_demand_that_the_slides_leave_open_is_not_held(answered: World) -> None:
    for number, row in enumerate(answered.intervals):
        row["varh"] = 5 if row["universal_sdp_id"] == NAMES[4] and number % 2 else None
    change(answered, "6200", NAMES[4], with_field(10, "000000000999"))
    assert answered.recompute().differences == []


def test_an_apparent_demand_without_reactive_data_is_undue(answered: World) -> None:
    change(answered, "6200", NAMES[4], with_field(10, "000000000999"))
    (found,) = answered.recompute().differences
    assert (found["kind"], found["quantity"], found["delivered"]) == ("undue", "peak_va", 999)


def test_a_quantity_left_blank_is_missing(answered: World) -> None:
    change(answered, "6000", NAMES[3], with_field(13, ""))
    (missing,) = answered.recompute().differences
    assert (missing["kind"], missing["quantity"], missing["delivered"]) == ("missing", "total_wh", None)


def test_a_bucket_of_a_periodic_response_is_undue(answered: World) -> None:
    change(answered, "6000", NAMES[3], with_field(10, "000000000007"))
    (undue,) = answered.recompute().differences
    assert (undue["kind"], undue["quantity"], undue["computed"]) == ("undue", "mid_peak_wh", None)


def test_a_bucket_left_blank_beside_another_counts_as_nothing(answered: World) -> None:
    change(answered, "6000", NAMES[0], with_field(10, ""))
    (found,) = answered.recompute().differences
    assert (found["kind"], found["quantity"], found["delivered"]) == ("different", "mid_peak_wh", 0)


def test_a_critical_peak_quantity_left_blank_counts_as_nothing(answered: World) -> None:
    change(answered, "6000", NAMES[0], with_field(12, ""))
    assert answered.recompute().differences == []


def test_what_the_slides_leave_open_is_not_held(answered: World) -> None:
    change(answered, "6000", NAMES[3], with_field(10, "000000000000"))
    change(answered, "6000", NAMES[0], with_field(7, ""))
    assert answered.recompute().differences == []


def test_another_framing_structure_is_told(answered: World) -> None:
    change(answered, "6000", NAMES[0], with_field(7, "E02"))
    (found,) = answered.recompute().differences
    assert (found["quantity"], found["told"]) == ("framing_structure", "E01 computed, E02 delivered")


def test_no_response_is_missing(answered: World) -> None:
    change(answered, "6000", NAMES[0], lambda _: [])
    (found,) = answered.recompute().differences
    assert (found["universal_sdp_id"], found["kind"], found["told"]) == (NAMES[0], "missing", "no response")


def test_a_day_that_is_left_out_is_missing(answered: World) -> None:
    first = f"{FIRST:%Y%m%d}"
    change(answered, "6100", NAMES[2], lambda fields: [] if fields[9] == first else [fields])
    (found,) = answered.recompute().differences
    assert (found["kind"], found["day"], found["told"]) == ("missing", FIRST, "nothing delivered of it in 6100")


def test_a_demand_response_that_is_left_out_is_missing(answered: World) -> None:
    change(answered, "6200", NAMES[4], lambda _: [])
    (found,) = answered.recompute().differences
    assert (found["kind"], found["told"]) == ("missing", "nothing delivered of it in 6200")


def test_no_data_where_all_data_is_there_is_missing(answered: World) -> None:
    change(answered, "6000", NAMES[0], lambda fields: [[*fields[:8], "02", "", "", "", "", ""]])
    (found,) = answered.recompute().differences
    assert (found["kind"], found["told"]) == ("missing", "answered with 02, though all data is there")


@pytest.mark.parametrize("status", ["06", "07"])
def test_what_fails_the_sum_check_comes_with_quantities(answered: World, status: str) -> None:
    change(answered, "6000", NAMES[0], with_field(8, status))
    assert answered.recompute().differences == []


def test_a_refusal_is_not_judged(answered: World) -> None:
    change(answered, "6000", NAMES[0], lambda fields: [[*fields[:8], "08", "", "", "", "", ""]])
    results = answered.recompute()
    assert (results.code, results.document["held"]["not judged"], results.differences) == (3, 1, [])


def test_quantities_where_data_is_missing_are_undue(answered: World) -> None:
    change(answered, "6000", NAMES[5], lambda fields: [[*fields[:8], "00", *["000000000001"] * 5]])
    (found,) = answered.recompute().differences
    assert (found["kind"], found["told"]) == ("undue", "quantities, though data is missing or not eligible")


def test_no_response_where_no_data_is_due_is_missing(answered: World) -> None:
    change(answered, "6000", NAMES[5], lambda _: [])
    (found,) = answered.recompute().differences
    assert (found["kind"], found["told"]) == ("missing", "no response; 02 was due")


def test_a_response_that_nobody_asked_for_is_undue(answered: World) -> None:
    change(answered, "6000", NAMES[0], lambda fields: [fields, [*fields[:2], "9999999999", *fields[3:]]])
    results = answered.recompute()
    (found,) = results.differences
    assert (found["universal_sdp_id"], found["kind"]) == ("9999999999", "undue")
    assert (results.code, results.document["undue_responses"]) == (1, 1)


def test_a_period_divided_otherwise_is_missing_and_undue(answered: World) -> None:
    middle = f"{days(2)[1]:%Y%m%d}"

    def divided(fields: list[str]) -> list[list[str]]:
        return [[*fields[:6], middle, *fields[7:]], [*fields[:5], middle, *fields[6:]]]

    change(answered, "6000", NAMES[0], divided)
    kinds = [found["kind"] for found in answered.recompute().differences]
    assert sorted(kinds) == ["missing", "undue", "undue"]


def test_requests_are_told_apart_by_their_detail_id(answered: World) -> None:
    answered.requests[0]["request_detail_id"] = "R1"
    change(answered, "6000", NAMES[0], with_field(1, "R2"))
    kinds = {found["kind"]: found["told"] for found in answered.recompute().differences}
    assert kinds == {"missing": "no response", "undue": "a response in 6000 that nobody asked for"}


def test_a_request_without_a_detail_id_takes_the_response_that_has_one(answered: World) -> None:
    change(answered, "6000", NAMES[0], with_field(1, "R2"))
    assert answered.recompute().differences == []


def test_what_rests_on_doubtful_data_is_not_held(answered: World) -> None:
    answered.intervals.append({**answered.intervals[3], "wh": 999})
    change(answered, "6000", NAMES[0], with_field(9, "000000000001"))
    results = answered.recompute()
    assert (results.code, results.differences) == (3, [])
    assert results.document["held"]["undetermined"] == 1


def test_differences_stand_by_ldc_framing_and_period(answered: World) -> None:
    change(answered, "6000", NAMES[0], with_field(9, "000000000001"))
    by = answered.recompute().document["by"]
    assert [(row["value"], row["different"]) for row in by["ldc"]] == [("ORG11111", 1)]
    assert {row["value"]: row["different"] for row in by["framing"]} == {
        "D05": 0,
        "D13": 0,
        "E01": 1,
        "E03": 0,
        "E04": 0,
    }
    assert [row["value"] for row in by["end"]] == [str(date(2011, 2, 9))]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text[: len(text) // 2], "is not as it should be"),
        (lambda text: text.replace("E01", "E99"), "field-code"),
        (lambda text: re.sub(r"EF\|\d+\n", "", text), "end-of-file-missing"),
    ],
)
def test_a_response_file_that_is_not_as_it_should_be_is_refused(
    answered: World, spoil: Callable[[str], str], told: str
) -> None:
    (path,) = [path for path in answered.delivered if ".6000." in path.name]
    path.write_text(spoil(path.read_text()))
    with pytest.raises(InputError) as refused:
        answered.recompute()
    assert told in str(refused.value)
    assert f"mdmr-conform inspect {path}" in str(refused.value)


@pytest.mark.parametrize("other", [False, True])
def test_two_records_of_one_thing_in_a_file_are_told_and_both_held(answered: World, other: bool) -> None:
    (path,) = [path for path in answered.delivered if ".6000." in path.name]
    lines = path.read_text().splitlines(keepends=True)
    again = lines[2].rstrip("\n")[:-1] + "9\n" if other else lines[2]
    count = len(lines) - 2
    path.write_text("".join([*lines[:3], again, *lines[3:-1], lines[-1].replace(f"{count - 1}", f"{count}")]))
    results = answered.recompute()
    assert [(row["code"], row["count"]) for row in results.rows("findings") if row["code"] == "response-twice"] == [
        ("response-twice", 1)
    ]
    assert {row["kind"] for row in results.differences} == ({"different"} if other else set())


def test_a_quantity_that_has_no_place_in_response_files_is_named(world: World) -> None:
    world.sdp()
    world.ask(20)
    world.intervals = hours(20, lambda _: LARGEST)
    total = 20 * 24 * LARGEST  # has 13 digits, and the field of the total 12
    assert world.recompute().quantities[0]["total_wh"] == total
    with pytest.raises(
        InputError, match=f"SDP {SDP} from 2011-02-07: has no place for a quantity: .*: {total} is not"
    ) as refused:
        world.recompute(files=True)
    assert "without --files" in str(refused.value)
