"""Which sets of a CIS tell of something anew (ISY-03, ISY-10), and what the MDM/R knows by them."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from types import SimpleNamespace
from typing import cast

import pytest

from harness.interface.files import Record
from harness.interface.instants import Day, midnight
from harness.interface.profile import load_profile
from harness.oracle import master_directory
from harness.oracle.master_directory import Attribute
from harness.oracle.spans import SpanDirectory
from harness.oracle.synchronization import AcceptedSet
from harness.port.business import plain
from harness.stage.chapters.cis_sync_directory import Known, Library, telling_anew
from harness.stage.chapters.cis_sync_sets import GivenSet
from harness.stage.seat import CisConversation
from harness.suite.verdicts import Unmet

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


@pytest.mark.parametrize(("until", "held"), [("Monday", True), ("Tuesday", False)])
def test_what_was_left_open_may_come_back_after_a_span_or_not(
    until: str, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M1 was told without an end, then M2 until a Monday: that nothing follows is as right as that M1 does."""
    meter = Attribute("sdp", "17", "sdp_to_meter")
    days = {"before": BEGINS, "Monday": ENDS, "Tuesday": Day(date(2011, 2, 11))}
    first = master_directory.Record(meter, Day(date(2009, 1, 1)), None, "M1")
    second = master_directory.Record(meter, BEGINS, ENDS, "M2")

    def replayed(_library: Library, _ldc: str, *, ends_for_good: bool = False) -> tuple[SpanDirectory, tuple[()]]:
        directory = SpanDirectory()
        for each in (first, second):
            directory.synchronize(AcceptedSet("I-Sync", BEGINS, records=(each,), ends_for_good=ends_for_good), 100)
        return directory, ()

    monkeypatch.setattr(Library, "_replayed", replayed)
    monkeypatch.setattr(Library, "let_come", lambda _library: None)
    monkeypatch.setattr(Library, "ldc_of", lambda _library, _alias: "Lakeside")
    monkeypatch.setattr(Library, "attribute", lambda _library, known: (meter, known.value))
    monkeypatch.setattr(Library, "_day", lambda _library, words: days[words])
    library = Library.__new__(Library)
    library.seat = cast("CisConversation", SimpleNamespace(now=midnight(ENDS)))
    rows = [Known("Mill", "meter", "M2", "before", until)]
    with nullcontext() if held else pytest.raises(Unmet):
        library.check_knows(rows)
    library.check_knows([Known("Mill", "meter", "M2", "before", "Monday"), Known("Mill", "meter", "M1", "Monday", "")])


@pytest.mark.parametrize(
    ("attribute", "told", "is_same"),
    [
        ("address", "12 MILL ROAD", True),
        ("postal_code", "l0l1l0", True),
        ("address", "13 Mill Road", False),
        ("sdp_to_account", "a-77", False),
    ],
)
def test_a_premise_is_the_same_in_other_letters_and_an_account_is_not(attribute: str, told: str, is_same: bool) -> None:
    known = {"address": "12 Mill Road", "postal_code": "L0L 1L0", "sdp_to_account": "A-77"}
    assert (plain(attribute, told) == plain(attribute, known[attribute])) == is_same
