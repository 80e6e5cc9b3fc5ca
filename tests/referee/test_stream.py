"""A stream: in order of time, whatever its files are; the same stream gives the same judgements."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant
from harness.port.protocol import Organisation
from harness.referee.case import Check, Letter, Received, Seen
from harness.referee.referee import Referee
from harness.referee.stream import Delivered, Happening, Loaded, Passed, StreamError, Submitted
from tests.referee.conftest import (
    AGENT,
    HILL,
    ISSUED,
    LAKE,
    STRANGER,
    at,
    judged,
    opening,
    request,
    response,
    summary,
    violated,
)

UNPLACED = Instant(at("08:00").replace(tzinfo=None))
NAMES = [
    "",
    ".",
    "...",
    "\x00",
    "a b",
    "A." * 200,
    "LAKE.LAKE.2000.01.20110110080000.DAT",
    "LAKE.LAKE.1000.00.20110110080000.DAT",
    "LAKE.LAKE.9999.00.20110110080000.DAT",
    "LAKE.LAKE.4000.00.20110110080000.A.00.01.DAT",
    "LAKE.LAKE.6000.01.2011011.DAT",
    "LAKE.LAKE.IR04.00.201101100800.DAT",
    "NOBODY.NOBODY.IR01.00.20110110080000.DAT",
]
FIRST, OTHER = request(at("08:00"), "Mill"), request(at("08:05"), "Mill", ldc=HILL)
DAY: list[Happening] = [
    FIRST,
    OTHER,
    response(FIRST, at("08:15"), ("Mill", "111", ISSUED)),
    response(OTHER, at("08:15"), ("Mill", "222", ISSUED)),
    summary(at("08:15"), (FIRST, at("08:15"), 1, 1, 0, 0, 0)),
    summary(at("08:15"), (OTHER, at("08:15"), 1, 1, 0, 0, 0), to=HILL, ldc=HILL),
    Passed(at("09:00")),
]


def test_a_careful_repository_violates_nothing() -> None:
    assert violated(opening(), *DAY) == []


def test_the_order_of_files_at_an_instant_makes_no_difference() -> None:
    expected = judged(opening(), *DAY)
    for seed in range(5):
        files = DAY[2:6]
        random.Random(seed).shuffle(files)
        assert judged(opening(), *DAY[:2], *files, DAY[6]) == expected


def test_what_is_submitted_comes_before_what_is_delivered_at_its_instant() -> None:
    late = request(at("08:15"), "Mill")
    answer = response(late, at("08:15"), ("Mill", "111", ISSUED))
    told = summary(at("08:15"), (late, at("08:15"), 1, 1, 0, 0, 0))
    assert violated(opening(), answer, told, late, until=at("09:00")) == []


def test_judgements_come_as_soon_as_their_instant_is_over_and_not_before() -> None:
    referee = Referee(opening())
    letter = Delivered(LAKE, "no name", b"", at("08:00"), at("08:00"))
    assert referee.see(letter) == []
    assert referee.see(Passed(at("08:00"))) == []
    assert [each.rule for each in referee.see(Passed(at("08:00:01")))] == ["FTS-06"]


def test_judgements_are_numbered_in_their_order() -> None:
    numbers = [each.number for each in judged(opening(), *DAY)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_absence_is_judged_up_to_the_last_instant_and_no_further() -> None:
    assert violated(opening(), FIRST, until=at("08:15:58")) == []
    assert violated(opening(), FIRST, until=at("08:15:59")) == ["USDP-01"]


def test_rules_of_classes_that_are_not_claimed_are_not_judged() -> None:
    assert violated(opening(classes=frozenset({"FTS"})), FIRST, until=at("09:00")) == []


def test_time_that_runs_back_is_refused() -> None:
    referee = Referee(opening())
    referee.see(Passed(at("08:00")))
    with pytest.raises(StreamError, match="comes after what was told of 2011-01-10T08:00:00-05:00"):
        referee.see(replace(FIRST, instant=at("07:59:59")))


def test_what_happens_before_the_first_instant_is_refused() -> None:
    with pytest.raises(StreamError, match="in order of time"):
        Referee(opening(instant=at("12:00"))).see(FIRST)


@pytest.mark.parametrize(
    "happening",
    [
        Passed(UNPLACED),
        Delivered(LAKE, "x", b"", UNPLACED, at("08:00")),
    ],
)
def test_an_instant_without_an_offset_is_refused(happening: Happening) -> None:
    with pytest.raises(StreamError, match="no offset"):
        Referee(opening()).see(happening)


@pytest.mark.parametrize(
    ("happening", "told"),
    [
        ("a word", "'a word' is no happening"),
        (None, "None is no happening"),
        (Submitted(LAKE, "x", "text", at("08:00")), "content of 'x' is str"),  # type: ignore[arg-type]
        (Submitted(LAKE, None, b"", at("08:00")), "name of None is NoneType"),  # type: ignore[arg-type]
        (Submitted(None, "x", b"", at("08:00")), "organisation of 'x' is NoneType"),  # type: ignore[arg-type]
        (Delivered(LAKE, "x", None, at("08:00"), None), "content of 'x' is NoneType"),  # type: ignore[arg-type]
        (Delivered(7, "x", b"", at("08:00"), None), "recipient of 'x' is int"),  # type: ignore[arg-type]
        (Loaded([1, 2], at("08:00")), "data of 'loaded' is list"),  # type: ignore[arg-type]
        (Passed("2011"), "instant '2011' of 'passed' has no offset"),  # type: ignore[arg-type]
        (Delivered(LAKE, "x", b"", at("09:00"), at("08:00")), "'x' arrives at 2011-01-10T08:00:00-05:00, and was sent"),
        (Passed(Instant(at("08:00").replace(year=9999))), "'passed' is of 9999-01-10T08:00:00-05:00"),
    ],
)
def test_what_is_no_happening_is_refused_with_what_was_expected(happening: Any, told: str) -> None:
    with pytest.raises(StreamError) as refused:
        Referee(opening()).see(happening)
    assert told in str(refused.value)
    assert "expected: " in str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        {"intervals": 5},
        {"register_reads": None},
        {"intervals": [None]},
        {"intervals": [{"universal_sdp_id": "1", "start": "x", "interval_minutes": 60, "wh": [1], "status": "VAL"}]},
        {"register_reads": [{"universal_sdp_id": "1", "instant": "never", "reading": 1}]},
    ],
)
def test_meter_data_that_makes_no_sense_ends_what_can_be_said_of_billing(data: Any) -> None:
    wrong = [*DAY[:4], Loaded(data, at("08:20"))]
    assert violated(opening(), *wrong, until=at("08:30")) == violated(opening(), *DAY[:4], until=at("08:30"))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"seat": "nobody"}, "seat 'nobody' is unknown"),
        ({"seat": "cis", "you": "GHOST"}, "GHOST, whose CIS is judged, is not registered"),
        ({"instant": UNPLACED}, "of the opening has no offset"),
    ],
)
def test_an_opening_that_opens_nothing_is_refused(more: Any, told: str) -> None:
    with pytest.raises(StreamError, match=told):
        Referee(opening(**more))


def test_organisations_that_nobody_registered_are_judged_like_any() -> None:
    from_a_stranger = request(at("08:00"), "Mill", by=STRANGER)
    to_a_stranger = replace(DAY[2], recipient=STRANGER)  # type: ignore[type-var]
    assert "FTS-13" in violated(opening(), FIRST, from_a_stranger, *DAY[1:6], to_a_stranger, DAY[6])


@pytest.mark.parametrize(("seat", "you"), [("cis", None), ("repository", "LAKE")])
def test_a_stream_says_whose_cis_is_judged_and_only_then(seat: str, you: str | None) -> None:
    with pytest.raises(StreamError, match=f"seat '{seat}' is taken by {you or 'nobody'}"):
        Referee(opening(seat=seat, you=you))


def test_an_organisation_that_is_registered_twice_is_refused() -> None:
    opened = opening()
    twice = (*opened.organisations, Organisation("Lakeside again", LAKE, "agent"))
    with pytest.raises(StreamError, match="LAKE is registered twice"):
        Referee(replace(opened, organisations=twice))


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"FN|", b"FN|x\r\nFH|\r\nDT|a|b\r\nEF|x\r\n", b"\n" * 20, b"|" * 3000]
)
@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_submitted_or_delivered_is_judged_and_never_breaks_the_referee(name: str, content: bytes) -> None:
    now = at("08:00")
    stream: list[Happening] = []
    for organisation in (LAKE, AGENT, STRANGER, OrgId("")):
        stream.append(Submitted(organisation, name, content, now))
        stream.append(Delivered(organisation, name, content, now, now))
        stream.append(Delivered(organisation, name, content, now, None))
    stream.append(Loaded({"intervals": "none"}, now))
    assert judged(opening(), *stream, until=at("10:00"))


def test_a_file_that_a_mailbox_refused_was_not_delivered() -> None:
    refused = replace(DAY[2], arrived=None)  # type: ignore[type-var]
    assert "USDP-01" in violated(opening(), FIRST, refused, until=at("09:00"))


def test_no_more_than_some_violations_of_a_rule_are_told_and_all_are_counted() -> None:
    referee = Referee(opening())
    told = []
    for number in range(40):
        told += referee.see(Delivered(LAKE, f"no name {number}", b"", at("08:00"), at("08:00")))
    told += referee.close()
    assert len([each for each in told if each.outcome == "violated"]) == 25
    assert {str(outcome): times for (rule, outcome), times in referee.outcomes.items() if rule == "FTS-06"} == {
        "violated": 40
    }


class OfLetters(Check):
    def arrived(self, letter: Letter) -> None:
        self.case.meet("letters/one came")


class OfEverything(Check):
    def see(self, seen: Seen) -> None:
        self.case.meet(f"everything/{type(seen).__name__}")


def test_a_check_is_shown_what_it_takes() -> None:
    kinds = (Received, Letter, Loaded, Passed)
    assert [kind for kind in kinds if OfLetters.takes(kind)] == [Letter]
    assert [kind for kind in kinds if OfEverything.takes(kind)] == list(kinds)
    assert not any(map(Check.takes, kinds))


def test_whatever_comes_is_shown_to_each_check_that_takes_it() -> None:
    OfLetters.situations = {"letters/one came": "A letter came."}
    names = ("Received", "Letter", "Loaded", "Passed")
    OfEverything.situations = {f"everything/{name}": f"{name} was seen." for name in names}
    referee = Referee(opening(), [OfLetters, OfEverything])
    for happening in (*DAY, Loaded({}, at("09:00"))):
        referee.see(happening)
    referee.close()
    assert referee.situations["letters/one came"] == 4
    met = {name: referee.situations[f"everything/{name}"] for name in names}
    assert met == {"Received": 2, "Letter": 4, "Loaded": 1, "Passed": 5}
