"""Which sets of a CIS tell of something anew: those that say it first, or otherwise than before (ISY-03, ISY-10)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

from harness.interface.files import Record
from harness.interface.instants import Day
from harness.interface.profile import load_profile
from harness.stage.chapters.cis_sync_directory import telling_anew
from harness.stage.chapters.cis_sync_sets import GivenSet

LAYOUT = next(each for each in load_profile(None).set_files["05"].records if each.kind == "sdp_to_meter")
BEGINS, ENDS = Day(date(2011, 1, 10)), Day(date(2011, 2, 10))
MILL_HAS_M1 = "sdp_to_meter", "00000017", "M1"


def a_set(sdp: str, meter: str, end: Day | None = None) -> GivenSet:
    fields = {"universal_sdp_id": sdp, "meter_id": meter, "start_date": BEGINS, "end_date": end}
    record = Record(LAYOUT, tuple(fields.get(each.name) for each in LAYOUT.fields), 2)
    return cast("GivenSet", SimpleNamespace(records=lambda: iter([(None, record)])))


def test_a_set_that_says_again_what_was_told_tells_of_nothing_anew() -> None:
    first, again = a_set("00000017", "M1"), a_set("00000017", "M1")
    assert telling_anew([first, again], MILL_HAS_M1) == [first]


def test_the_end_of_what_was_told_as_open_is_told_anew() -> None:
    first, again, ended = a_set("00000017", "M1"), a_set("00000017", "M1"), a_set("00000017", "M1", ENDS)
    assert telling_anew([first, again, ended, again], MILL_HAS_M1) == [first, ended]


def test_what_is_told_of_another_sdp_or_meter_does_not_count() -> None:
    assert telling_anew([a_set("00000018", "M1"), a_set("00000017", "M2")], MILL_HAS_M1) == []
