"""First states by columns: what is held of attributes is the same as where each has a history of its own."""

from __future__ import annotations

from datetime import date

import pytest

from harness.interface.instants import Day
from harness.interface.set_records import BEGINNING, Key
from reference_impl.repository.first_states import FirstStates, StateColumns
from reference_impl.repository.master_directory import MasterDirectory, State

FIRST, NEXT = Day(date(2011, 1, 1)), Day(date(2011, 2, 1))
TYPE = StateColumns([BEGINNING] * 4, [None] * 4, ["P", "P", None, "V"])
CYCLE = StateColumns([FIRST] * 4, [None, NEXT, None, None], ["A", "B", "C", None])
STATES = FirstStates(["4", "2", "3", "1"], {"sdp_type": TYPE, "billing_cycle_id": CYCLE})


@pytest.fixture
def directory() -> MasterDirectory:
    held = MasterDirectory()
    held.record_first("sdp", STATES)
    return held


def one_by_one(states: FirstStates) -> MasterDirectory:
    held = MasterDirectory()
    for asset in states.assets:
        for attribute, state in states.states_of(asset):
            held.record(Key("sdp", asset, attribute), (State(*state),))
    return held


def test_a_directory_holds_columns_as_it_holds_histories(directory: MasterDirectory) -> None:
    other = one_by_one(STATES)
    assert len(STATES) == len(other.histories) == 6
    assert directory.histories == other.histories
    assert directory.identifiers("sdp") == other.identifiers("sdp")
    for sdp in "12345":
        assert directory.attributes_of("sdp", sdp) == other.attributes_of("sdp", sdp)
        assert {*directory.dated(sdp)} == {*other.dated(sdp)}
        for attribute in ("sdp_type", "billing_cycle_id", "framing_structure"):
            key = Key("sdp", sdp, attribute)
            assert directory.history(key) == other.history(key)
    for day in (FIRST, Day(date(2011, 1, 31)), NEXT):
        assert sorted(directory.active_sdps(day)) == sorted(other.active_sdps(day))


def test_what_changes_later_takes_the_place_of_a_first_state(directory: MasterDirectory) -> None:
    cycle = Key("sdp", "4", "billing_cycle_id")
    directory.record(cycle, (State(FIRST, NEXT, "A"),))
    assert directory.history(cycle) == (State(FIRST, NEXT, "A"),)
    assert "4" not in directory.active_sdps(NEXT)
    directory.record(cycle, ())
    assert directory.history(cycle) == directory.histories[cycle] == ()
    assert directory.attributes_of("sdp", "4")["sdp_type"] == (State(BEGINNING, None, "P"),)


def test_first_states_of_other_attributes_and_assets_join_those_that_are_there(directory: MasterDirectory) -> None:
    framing = StateColumns([NEXT] * 3, [None] * 3, ["TOU", "TOU", "TOU"])
    directory.record_first("sdp", FirstStates(["1", "5", "2"], {"framing_structure": framing}))
    assert [*directory.identifiers("sdp")] == ["4", "2", "3", "1", "5"]
    assert directory.attributes_of("sdp", "2") == {
        "billing_cycle_id": (State(FIRST, NEXT, "B"),),
        "framing_structure": (State(NEXT, None, "TOU"),),
        "sdp_type": (State(BEGINNING, None, "P"),),
    }
    assert sorted(directory.active_sdps(NEXT)) == ["1", "2", "3", "4", "5"]


def test_a_few_first_states_are_held_as_histories(directory: MasterDirectory) -> None:
    meter = StateColumns([NEXT], [None], ["M1"])
    directory.record_first("sdp", FirstStates(["9"], {"sdp_to_meter": meter}))
    assert len(directory.firsts["sdp"]) == 1
    assert directory.history(Key("sdp", "9", "sdp_to_meter")) == (State(NEXT, None, "M1"),)
    assert directory.sdps_of_meter == {"M1": ("9",)}


def test_meters_of_first_states_are_known_to_be_used(directory: MasterDirectory) -> None:
    meters = StateColumns([NEXT] * 3, [None] * 3, ["M1", None, "M1"])
    directory.record_first("sdp", FirstStates(["6", "7", "8"], {"sdp_to_meter": meters}))
    assert directory.sdps_of_meter == {"M1": ("6", "8")}


def test_rows_are_found_by_asset_whatever_their_order() -> None:
    found = STATES.aligned(["1", "9", "4"])
    assert [*found["sdp_type"].rows()] == [(BEGINNING, None, "V"), (BEGINNING, None, None), (BEGINNING, None, "P")]
    assert found["billing_cycle_id"].values == [None, None, "A"]
    assert STATES.aligned(["4", "2", "3", "1"]) is STATES.columns
