"""File sets: in which order they are processed, and when; what each leads to, and who is told of it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

import pytest

from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, later
from harness.oracle.spans import SpanDirectory
from harness.oracle.synchronization import AcceptedSet, Attribute, Outcome
from harness.port.protocol import Outage
from harness.referee.judgements import Judgement
from harness.referee.stream import Delivered, Happening
from harness.referee.sync_content import Content
from harness.referee.sync_differences import Difference, _scenario_passed_over
from harness.referee.synchronization import SynchronizationChapter
from harness.referee.worlds import Worlds
from tests.referee.conftest import AGENT, HILL, LAKE, PROFILE, at, judged, opening, with_either
from tests.referee.sets import (
    ASet,
    a_set,
    change,
    changed,
    component,
    cycle,
    day,
    digits_of,
    has_meter,
    has_module,
    ir06,
    ir07,
    ir10,
    ir14,
    issued,
    meter,
    module,
    parameter,
    reported,
    sdp,
)

EIGHT, NINE, TEN = at("08:00"), at("09:00"), at("10:00")
ONE = a_set(1, EIGHT, sdp("111"), cycle("111", "C1"))
CREATED = [
    change("sdp_id", "111", None, "of 111", effective_from=None),
    change("sdp_type", "111", None, "P", effective_from=None),
    change("billing_cycle_id", "111", None, "C1"),
]
BEFORE: list[Any] = [*issued("111", "222", "333"), *ONE.files, *reported(ONE, EIGHT, *CREATED)]
"""SDP 111 has been created by set 1, with billing cycle C1."""
TWO_METERS = [
    change("sdp_id", "222", None, "of 222", effective_from=None),
    change("sdp_type", "222", None, "P", effective_from=None),
    *(change("meter_id", each, None, each, entity="METER", effective_from=None) for each in ("M1", "M2")),
    *(
        change("communication_module_id", each, None, each, entity="MODULE", effective_from=None)
        for each in ("K1", "K2")
    ),
    change("meter_to_communication_module", "M1", None, "K1", entity="METER"),
    change("meter_to_communication_module", "M2", None, "K2", entity="METER"),
    change("sdp_to_meter", "111", None, "M1"),
    change("sdp_to_meter", "222", None, "M2"),
]
"""What IR06 says of a second SDP, and of a meter with its module for each of both."""
ALONE = [Worlds.of(SynchronizationChapter)]
ERROR = {"severity": "ERROR"}


def found(*happenings: Happening, until: Instant | None = None, **more: Any) -> list[Judgement]:
    told = sorted(happenings, key=lambda each: each.instant)
    judgements = judged(opening(**more), *told, until=until or at("23:00"), checks=ALONE)
    return [each for each in judgements if each.outcome == "violated"]


def rules(*happenings: Happening, until: Instant | None = None, **more: Any) -> list[str]:
    return [each.rule for each in found(*BEFORE, *happenings, until=until, **more) if each.follows is None]


def cycles(number: int, moment: Instant, value: str = "C2", **more: Any) -> ASet:
    """A set that gives SDP 111 another billing cycle."""
    return a_set(number, moment, cycle("111", value), **more)


def to(value: str, prior: str = "C1") -> dict[str, Any]:
    return change("billing_cycle_id", "111", prior, value)


TWO = cycles(2, NINE)


# --- a set as it should be ----------------------------------------------------------------------------------------


def test_sets_that_are_processed_on_receipt_and_told_of() -> None:
    assert rules(*TWO.files, *reported(TWO, NINE, to("C2"))) == []


def test_reports_may_take_their_seconds() -> None:
    assert rules(*TWO.files, *reported(TWO, later(NINE, seconds=59), to("C2"))) == []


def test_a_conversation_left_before_anything_is_due_says_nothing() -> None:
    assert rules(*TWO.files, until=later(NINE, seconds=58)) == []


def test_a_set_that_nobody_is_told_of_was_not_processed() -> None:
    assert rules(*TWO.files) == ["SEQ-09"]


def test_what_follows_from_a_set_that_was_not_processed_follows() -> None:
    three = cycles(3, TEN, "C3")
    told = found(*BEFORE, *TWO.files, *three.files, *reported(three, TEN, to("C3")))
    assert [each.rule for each in told if each.follows is None] == ["SEQ-09"]
    assert {each.follows for each in told[1:]} <= {told[0].number}


@pytest.mark.parametrize(("left_out", "rule"), [("IR14", "STL-02"), ("IR06", "SRP-01"), ("IR07", "SRP-01")])
def test_each_report_comes(left_out: str, rule: str) -> None:
    came = [file for file in reported(TWO, NINE, to("C2")) if left_out not in file.name]
    (told,) = found(*BEFORE, *TWO.files, *came)
    assert (told.rule, told.expected, told.observed) == (
        rule,
        f"{left_out} for LAKE by {at('09:00:59')}".replace(" 0", "T0"),
        "none",
    )


@pytest.mark.parametrize("report", ["IR14", "IR06", "IR07"])
def test_and_once(report: str) -> None:
    twice = [
        replace(
            f,
            name=f.name.replace("0900", "0901"),
            sent=at("09:01"),
            arrived=at("09:01"),
            content=f.content.replace(b".20110110090000", b".20110110090100"),
        )
        for f in reported(TWO, NINE, to("C2"))
        if report in f.name
    ]
    assert rules(*TWO.files, *reported(TWO, NINE, to("C2")), *twice) == ["STL-02" if report == "IR14" else "SRP-01"]


def test_a_mailbox_that_refused_files_excuses_what_did_not_come() -> None:
    outage = {LAKE: (Outage(NINE, TEN),)}
    assert rules(*TWO.files, outages=outage, either=["AMB-58"], until=at("00:30", 11)) == []
    assert rules(*TWO.files, outages=outage, until=at("23:59:58")) == []
    assert rules(*TWO.files, outages=outage, until=at("00:30", 11)) == ["SEQ-09"]


def test_a_report_on_a_set_that_was_never_submitted() -> None:
    assert rules(ir14(TWO, NINE)) == ["STL-02"]
    assert rules(ir10(TWO, NINE)) == ["SEQ-07"]


# --- the sequence ---------------------------------------------------------------------------------------------------

THREE = cycles(3, NINE, "C3")
LATE_TWO = cycles(2, at("09:30"))
RELEASED = [*reported(LATE_TWO, at("09:30"), to("C2")), *reported(THREE, at("09:30"), to("C3", "C2"))]


def test_a_set_ahead_of_its_turn_waits_for_its_predecessor() -> None:
    assert rules(*THREE.files, *LATE_TWO.files, *RELEASED) == []


def test_a_set_that_is_not_released_with_its_predecessor() -> None:
    assert rules(*THREE.files, *LATE_TWO.files, *reported(LATE_TWO, at("09:30"), to("C2"))) == ["SEQ-04"]


def test_a_set_ahead_of_its_turn_changes_nothing_meanwhile() -> None:
    (told, *_) = found(*BEFORE, *THREE.files, *reported(THREE, NINE, to("C3")))
    assert (told.rule, told.expected) == ("SEQ-03", "no IR06 yet: its predecessor has not come")
    (told, *_) = found(*BEFORE, *THREE.files, ir14(THREE, NINE))
    assert (told.rule, told.expected) == ("STL-01", "no IR14 yet: its predecessor has not come")


def test_sets_are_taken_in_the_order_of_their_numbers() -> None:
    wrong = [*reported(LATE_TWO, at("09:30"), to("C2", "C3")), *reported(THREE, at("09:30"), to("C3"))]
    assert rules(*THREE.files, *LATE_TWO.files, *wrong) == ["SRP-03"]


@pytest.mark.parametrize(
    ("moment", "right"),
    [("09:59:59", ["SEQ-05"]), ("10:00:00", []), ("10:00:59", []), ("10:01:00", ["SEQ-05"])],
)
def test_a_set_is_rejected_when_its_predecessor_stays_away_for_an_hour(moment: str, right: list[str]) -> None:
    assert rules(*THREE.files, ir10(THREE, at(moment), "OUT_OF_SEQUENCE")) == right


@pytest.mark.parametrize(
    ("moment", "right"),
    [("09:59:59", ["SEQ-06"]), ("10:00:00", []), ("10:01:00", ["SEQ-06"])],
)
def test_or_when_a_file_does(moment: str, right: list[str]) -> None:
    assert rules(*TWO.without("03"), ir10(TWO, at(moment))) == right


def test_no_rejection_of_what_merely_waits() -> None:
    assert rules(*THREE.files, ir10(THREE, NINE, "OUT_OF_SEQUENCE"), until=at("09:30")) == ["SEQ-07"]
    assert rules(*TWO.without("03"), ir10(TWO, NINE), until=at("09:30")) == ["SEQ-07"]


def test_a_rejection_that_nobody_is_told_of() -> None:
    assert rules(*TWO.without("03")) == ["SEQ-06"]
    assert rules(*THREE.files) == ["SEQ-05"]


def test_the_reason_of_a_rejection() -> None:
    assert rules(*TWO.without("03"), ir10(TWO, TEN, "OUT_OF_SEQUENCE")) == ["SEQ-06"]
    assert rules(*THREE.files, ir10(THREE, TEN, "INCOMPLETE")) == ["SEQ-05"]


def test_no_rejection_of_what_is_processed() -> None:
    assert rules(*TWO.files, *reported(TWO, NINE, to("C2")), ir10(TWO, TEN)) == ["SEQ-07"]


def test_whose_sequence_it_is_that_a_set_is_not_in() -> None:
    """A P-Sync that is rejected though it is next; an LDC's set that comes to nothing, as another LDC is further on."""
    audit = a_set(2, NINE, file_type="3000")
    assert rules(*audit.files, ir10(audit, TEN, "OUT_OF_SEQUENCE"), until=at("10:30")) == ["SEQ-02"]
    hills = [a_set(number, NINE, ldc=HILL, extracted=NINE, tx_id=f"9{number}") for number in (1, 2)]
    told = [report for each in hills for report in reported(each, NINE)]
    files = [file for each in hills for file in each.files]
    assert rules(*files, *told, *cycles(2, TEN).files) == ["SEQ-02"]


VEE = parameter("111", "VEE_SERVICE", "02")


@pytest.mark.parametrize(
    ("right", "rule"),
    [
        (a_set(2, NINE, cycle("111", "C2"), VEE, segments={"04": ("01", "03")}), "SYN-06"),
        (a_set(2, NINE, cycle("111", "C2"), VEE, segments={"04": ("01", "02")}), "SYN-05"),
        (a_set(2, NINE, sdp("111"), cycle("111", "C1"), file_type="3000"), "SYN-03"),
        (a_set(2, NINE), "SYN-04"),
        (cycles(2, NINE), "STL-01"),
    ],
)
def test_what_is_right_about_a_set_that_is_refused(right: ASet, rule: str) -> None:
    assert rules(*right.files, ir14(right, NINE, ERROR)) == [rule]


def test_a_rejected_set_has_changed_nothing() -> None:
    came = [ir10(TWO, TEN), *reported(TWO, at("10:05"), to("C2"))]
    assert rules(*TWO.without("03"), *came) == ["SEQ-08"]


def test_an_incomplete_set_is_not_processed() -> None:
    assert rules(*TWO.without("03"), *reported(TWO, NINE, to("C2"))) == ["SYN-07"]


AGAIN = cycles(2, at("10:30"), tx_id="9")
NEXT = cycles(3, at("10:30"), "C3")
WAITED = [*TWO.without("03"), ir10(TWO, TEN)]


def test_whether_a_rejection_uses_up_a_number_is_open_and_the_same_each_time() -> None:
    stays = [*WAITED, *AGAIN.files, *reported(AGAIN, at("10:30"), to("C2"))]
    used = [*WAITED, *NEXT.files, *reported(NEXT, at("10:30"), to("C3"))]
    assert rules(*stays, either=["AMB-05"]) == []
    assert rules(*used, either=["AMB-05"]) == []
    assert rules(*used) == ["SEQ-03"]
    four = cycles(4, at("11:00"), "C4")
    once_more = [*four.without("03"), ir10(four, at("12:00"))]
    five = cycles(4, at("12:30"), "C5", tx_id="5")
    assert rules(*used, *once_more, *five.files, *reported(five, at("12:30"), to("C5", "C3")), either=["AMB-05"]) == [
        "SEQ-01"
    ]


def test_a_number_that_is_used_up_ahead_of_its_turn_may_leave_those_before_it_expected() -> None:
    four, five = cycles(4, NINE, "C4"), cycles(5, at("09:40"), "C5")
    two, three, six = (cycles(number, at("11:00"), f"C{number}") for number in (2, 3, 6))
    held = [*four.files, *five.files, ir10(four, TEN, "OUT_OF_SEQUENCE")]
    gone = [*held, ir10(five, at("10:40"), "OUT_OF_SEQUENCE"), *two.files, *three.files, *six.files]
    told = [*reported(two, at("11:00"), to("C2")), *reported(three, at("11:00"), to("C3", "C2"))]
    assert rules(*held, *reported(five, TEN, to("C5")), either=["AMB-05"]) == []
    assert rules(*gone, *told, *reported(six, at("11:00"), to("C6", "C3")), either=["AMB-05"]) == []
    assert rules(*gone, *told, *reported(six, at("11:00"), to("C6", "C3"))) != []


def test_of_several_rejections_at_one_instant_any_may_be_the_first_that_uses_up_its_number() -> None:
    four, five, six, seven = (cycles(number, NINE, f"C{number}") for number in (4, 5, 6, 7))
    sent = [file for each in (four, five, six, seven) for file in each.files]
    six_told, seven_told = reported(six, TEN, to("C6")), reported(seven, TEN, to("C7", "C6"))
    assert rules(*sent, ir10(five, TEN, "OUT_OF_SEQUENCE"), *six_told, *seven_told, either=["AMB-05"]) == []
    assert rules(*sent, ir10(five, TEN, "OUT_OF_SEQUENCE"), *six_told, *seven_told) != []


def test_which_file_the_hour_runs_from_is_open() -> None:
    late = TWO.only("03", at("09:20"))
    first, last = ir10(TWO, TEN), ir10(TWO, at("10:20"))
    assert rules(*TWO.without("03", "02"), *late, first, either=["AMB-06"]) == []
    assert rules(*TWO.without("03", "02"), *late, last, either=["AMB-06"]) == []
    assert rules(*TWO.without("03", "02"), *late, last) == ["SEQ-06"]


def test_a_file_that_comes_in_the_instant_of_the_rejection_may_come_before_or_after_it() -> None:
    late = TWO.only("03", TEN)
    assert rules(*TWO.without("03"), *late, *reported(TWO, TEN, to("C2"))) == []
    assert rules(*TWO.without("03"), *late, ir10(TWO, TEN)) == []


def test_nor_is_it_said_how_often_a_set_is_there_that_comes_three_times_in_that_instant() -> None:
    bad = a_set(2, TEN, cycle("111", "C2"), otherwise={"03": NINE})
    several = [replace(ir14(bad, TEN, ERROR), name=ir14(bad, later(TEN, seconds=each)).name) for each in range(3)]
    came = [*THREE.only("01", NINE), *[replace(each, instant=TEN) for each in THREE.without("01")], *3 * bad.files]
    assert rules(*came, ir10(THREE, TEN, "INCOMPLETE"), *several, until=at("10:30")) == []
    assert rules(*came, ir10(THREE, TEN, "INCOMPLETE"), until=at("10:30")) == ["STL-02"]


def test_an_old_number_changes_nothing_and_any_report_is_right() -> None:
    old = cycles(1, NINE, "OLD", tx_id="7")
    assert rules(*old.files) == []
    assert rules(*old.files, ir10(old, NINE, "OUT_OF_SEQUENCE")) == []
    assert rules(*old.files, *reported(old, NINE, to("OLD"))) == ["SEQ-01"]


def test_a_set_that_comes_twice_at_once_may_be_reported_on_twice() -> None:
    bad = FAILING["a record without a field"][1]
    again = replace(ir14(bad, NINE, ERROR), name=ir14(bad, NINE).name.replace("090000", "090001"))
    assert rules(*bad.files, *bad.files, ir14(bad, NINE, ERROR), again) == []
    assert rules(*bad.files, ir14(bad, NINE, ERROR), again) == ["STL-02"]
    right = reported(TWO, NINE, to("C2"))
    assert rules(*TWO.files, *TWO.files, *right, ir10(TWO, TEN)) == []


def test_two_ldcs_never_wait_for_each_other() -> None:
    hills = a_set(1, NINE, sdp("901"), ldc=HILL)
    names = [
        change("sdp_id", "901", None, "of 901", effective_from=None),
        change("sdp_type", "901", None, "P", effective_from=None),
    ]
    assert rules(*issued("901", ldc=HILL), *hills.files, *reported(hills, NINE, *names)) == []


# --- P-Sync --------------------------------------------------------------------------------------------------------

ALL = a_set(2, NINE, sdp("111"), cycle("111", "C2"), file_type="3000")
BEHIND = cycles(3, NINE, "C3")


def test_a_p_sync_set_may_be_put_off_and_what_is_behind_it_waits() -> None:
    night = at("02:00", 11)
    came = [*reported(ALL, night, to("C2")), *reported(BEHIND, night, to("C3", "C2"))]
    assert rules(*ALL.files, *BEHIND.files, *came, until=at("12:00", 11)) == []
    assert rules(*ALL.files, *BEHIND.files, until=at("08:59", 11)) == []


def test_behind_a_p_sync_set_reports_may_be_lost_as_early_as_those_of_the_p_sync() -> None:
    """Nothing shows when the P-Sync was processed: it may have been while a mailbox refused files, and both with it."""
    outage = {LAKE: (Outage(at("08:59"), TEN),)}
    unseen: dict[str, Any] = {"outages": outage, "either": ["AMB-58"], "until": at("12:00", 11)}
    assert rules(*ALL.files, *BEHIND.files, **unseen) == []
    assert rules(*ALL.files, *BEHIND.files, until=at("12:00", 11)) != []
    shown = reported(ALL, at("11:00"), to("C2"))
    assert rules(*ALL.files, *BEHIND.files, *shown, **unseen) == ["SEQ-04"]


def test_behind_a_p_sync_set_what_lacks_another_may_be_rejected_or_wait_on() -> None:
    night = at("02:00", 11)
    four = cycles(4, NINE, "C4")
    came = [*ALL.files, *four.files, *reported(ALL, night, to("C2"))]
    assert rules(*came, ir10(four, TEN, "OUT_OF_SEQUENCE"), until=at("12:00", 11)) == []
    assert rules(*came, ir10(four, night, "OUT_OF_SEQUENCE"), until=at("12:00", 11)) == []
    seconds_before = [*came[: -len(reported(ALL, night))], *reported(ALL, later(night, seconds=40), to("C2"))]
    assert rules(*seconds_before, ir10(four, night, "OUT_OF_SEQUENCE"), until=at("12:00", 11)) == []
    early = ir10(BEHIND, TEN, "OUT_OF_SEQUENCE")
    assert rules(*ALL.files, *BEHIND.files, early, until=at("12:00")) == ["SEQ-05"]


def test_a_p_sync_set_that_is_put_off_is_so_still_where_another_set_of_its_number_comes() -> None:
    night, rival = at("02:00", 11), cycles(2, TEN, "C9", tx_id="99")
    came = [*ALL.files, *BEHIND.files, *rival.files]
    told = [*reported(ALL, night, to("C2")), *reported(BEHIND, night, to("C3", "C2"))]
    assert rules(*came, *told, until=at("12:00", 11)) == []
    instead = [*reported(rival, TEN, to("C9")), *reported(BEHIND, TEN, to("C3", "C9"))]
    assert rules(*came, *instead, until=at("12:00", 11)) == []
    assert rules(*came, until=at("12:00", 11)) != []


def test_a_p_sync_set_that_is_put_off_is_processed_though_a_set_behind_it_uses_up_its_number() -> None:
    night, four, five = at("02:00", 11), cycles(4, NINE, "C4"), cycles(5, at("03:00", 11), "C5")
    came = [*ALL.files, *four.files, ir10(four, TEN, "OUT_OF_SEQUENCE"), *reported(ALL, night, to("C2")), *five.files]
    after = reported(five, at("03:00", 11), to("C5", "C2"))
    assert rules(*came, *after, until=at("12:00", 11), either=["AMB-05"]) == []
    assert rules(*came, *after, until=at("12:00", 11)) != []


def test_behind_a_p_sync_set_that_is_put_off_and_fails_to_load_sets_are_rejected_after_it() -> None:
    night, bad = at("02:00", 11), a_set(2, NINE, sdp("111"), cycle("999", "C2"), file_type="3000")
    for behind in (BEHIND, cycles(4, NINE, "C4")):
        came = [*bad.files, *behind.files, ir14(bad, night, ERROR)]
        assert rules(*came, ir10(behind, night, "OUT_OF_SEQUENCE"), until=at("12:00", 11)) == []
        assert rules(*came, ir10(behind, at("03:00", 11), "OUT_OF_SEQUENCE"), until=at("12:00", 11)) == ["SEQ-05"]


@pytest.mark.parametrize("by", [LAKE, AGENT])
def test_a_p_sync_set_that_is_taken_for_incomplete_is_rejected_with_what_is_behind_it(by: OrgId) -> None:
    """Whichever of the two reports comes first."""
    bad = a_set(2, NINE, sdp("111"), file_type="3000", unlisted=["02"])
    behind = cycles(3, NINE, "C3", by=by)
    told = [ir10(bad, TEN), ir10(behind, later(TEN, seconds=by == LAKE), "OUT_OF_SEQUENCE")]
    assert rules(*bad.files, *behind.files, *told, until=at("12:00", 11)) == []
    early = ir10(behind, at("09:30"), "OUT_OF_SEQUENCE")
    assert "SEQ-05" in rules(*bad.files, *behind.files, early, until=at("12:00"))


def test_of_two_p_sync_sets_of_one_number_the_one_that_is_taken_for_incomplete_is_rejected_meanwhile() -> None:
    bad = a_set(2, NINE, sdp("111"), file_type="3000", tx_id="78", unlisted=["02"])
    came, told = (*ALL.files, *bad.files), reported(ALL, at("02:00", 11), to("C2"))
    assert rules(*came, ir10(bad, TEN), *told, until=at("12:00", 11)) == []
    assert rules(*came, ir10(bad, at("09:30")), *told, until=at("12:00", 11)) == ["SEQ-06"]


def test_p_sync_sets_of_two_sequences_that_are_put_off_may_be_processed_in_any_order() -> None:
    """Where submitters have sequences of their own (AMB-34): the reports on the one that was second may come first."""
    night, agents = (
        at("02:00", 11),
        a_set(1, NINE, sdp("111"), cycle("111", "C3"), file_type="3000", by=AGENT, tx_id="77"),
    )
    both = [*ALL.files, *agents.files]
    first, second = later(night, seconds=10), later(night, seconds=20)
    told = [*reported(agents, first, to("C3", "C2")), *reported(ALL, second, to("C2"))]
    assert rules(*both, *told, until=at("12:00", 11), either=["AMB-34"]) == []
    told = [*reported(agents, first, to("C3")), *reported(ALL, second, to("C2", "C3"))]
    assert rules(*both, *told, until=at("12:00", 11), either=["AMB-34"]) == []
    told = [*reported(agents, first, to("C3", "C2")), *reported(ALL, second, to("C2", "C3"))]
    assert rules(*both, *told, until=at("12:00", 11), either=["AMB-34"]) != []


@pytest.mark.parametrize("beside", ["4000", "3000"], ids=["an I-Sync set", "a P-Sync set"])
def test_of_two_sets_of_one_number_and_one_of_another_sequence_any_may_be_processed_first(beside: str) -> None:
    """The agent's P-Sync set comes before one of the LDC's two or after it, and of these either may be first."""
    other = a_set(
        2, NINE, *([sdp("111")] if beside == "3000" else []), cycle("111", "C4"), file_type=beside, tx_id="78"
    )
    agents = a_set(1, NINE, sdp("111"), cycle("111", "C3"), file_type="3000", by=AGENT, tx_id="77")
    first = NINE if beside == "4000" else at("02:00", 11)
    told = [*reported(other, first, to("C4")), *reported(agents, later(first, seconds=10), to("C3", "C4"))]
    assert rules(*ALL.files, *other.files, *agents.files, *told, until=later(first, hours=1), either=["AMB-34"]) == []


def test_not_for_ever() -> None:
    assert rules(*ALL.files, until=at("12:00", 11)) == ["SEQ-10"]


def test_nor_is_it_overtaken() -> None:
    came = [*reported(ALL, NINE, to("C2", "C3")), *reported(BEHIND, NINE, to("C3"))]
    assert rules(*ALL.files, *BEHIND.files, *came) != []


def test_what_a_p_sync_leaves_out_ends() -> None:
    other = a_set(2, NINE, sdp("222"), cycle("222", "C2"), file_type="3000")
    new = [
        change("sdp_id", "222", None, "of 222", effective_from=None),
        change("sdp_type", "222", None, "P", effective_from=None),
        change("billing_cycle_id", "222", None, "C2"),
    ]
    ended = change("billing_cycle_id", "111", "C1", None, effective_from=day(10))
    limits = {"values": {"psync_deactivation_limit_percent": 100}}
    assert rules(*other.files, *reported(other, NINE, *new, ended), **limits) == []
    assert rules(*other.files, *reported(other, NINE, *new), **limits) == ["PSY-02"]
    assert rules(*other.files, *reported(other, NINE, *new, {**ended, "effective_from": day(9)}), **limits) == [
        "PSY-02"
    ]


def test_whether_an_sdp_that_a_p_sync_names_without_its_asset_is_left_out_is_open() -> None:
    audit = a_set(2, NINE, cycle("111", "C1"), file_type="3000")
    ended = change("billing_cycle_id", "111", "C1", None, effective_from=day(10))
    limits = {"values": {"psync_deactivation_limit_percent": 100}}
    assert rules(*audit.files, *reported(audit, NINE, ended), **limits) == []
    assert rules(*audit.files, *reported(audit, NINE), **limits) == []
    assert rules(*audit.files, *reported(audit, NINE, {**ended, "effective_from": day(9)}), **limits) == ["PSY-02"]
    nothing = a_set(2, NINE, file_type="3000")
    assert rules(*nothing.files, *reported(nothing, NINE), **limits) == ["PSY-02"]


def test_on_which_day_a_p_sync_whose_reports_got_lost_was_processed_is_not_known() -> None:
    """What it leaves out ends on that day, by a reading; nor does a report say it that was refused and made anew."""
    ten_at_night, two = at("22:00"), at("02:00", 11)
    other = a_set(2, ten_at_night, sdp("222"), cycle("222", "C2"), file_type="3000", extracted=at("22:00", 9))
    new = [
        change("sdp_id", "222", None, "of 222", effective_from=None),
        change("sdp_type", "222", None, "P", effective_from=None),
        change("billing_cycle_id", "222", None, "C2"),
    ]
    three = cycles(3, at("09:00", 12), "C3")
    readings = {**with_either("AMB-58").readings, "AMB-32": "day-of-processing", "AMB-17": "not-checked"}
    outage = {LAKE: (Outage(at("21:00"), at("08:00", 11)),)}
    unseen: dict[str, Any] = {"outages": outage, "profile": replace(PROFILE, readings=readings)}
    for ends in (10, 11):
        ended = change("billing_cycle_id", "111", "C1", "C3", effective_to=day(ends))
        back = change("billing_cycle_id", "111", None, "C3", effective_from=day(ends))
        told = reported(three, at("09:00", 12), ended, back)
        assert rules(*other.files, *three.files, *told, until=at("12:00", 12), **unseen) == []
        gone = change("billing_cycle_id", "111", "C1", None, effective_from=day(ends))
        anew = reported(other, at("08:00", 11), *new, gone)
        assert rules(*other.files, *anew, *three.files, *told, until=at("12:00", 12), **unseen) == []
    early, late = (change("billing_cycle_id", "111", "C1", None, effective_from=day(ends)) for ends in (10, 11))
    shown = {**unseen, "outages": None, "until": at("12:00", 11)}
    assert rules(*other.files, *reported(other, two, *new, late), **shown) == []
    assert rules(*other.files, *reported(other, two, *new, early), **shown) == ["PSY-02"]


def test_of_an_attribute_with_a_prior_state_the_rest_may_be_taken_or_not() -> None:
    entries = [cycle("111", "C9", day(3), day(5)), cycle("111", "C2", day(10))]
    prior = a_set(2, NINE, sdp("111"), *entries, file_type="3000")
    past = change("billing_cycle_id", "111", "C1", "C9", effective_from=day(3), effective_to=day(5))
    now = change("billing_cycle_id", "111", "C1", "C2", effective_from=day(10))
    assert rules(*prior.files, *reported(prior, NINE, failed=[past, now])) == []
    assert rules(*prior.files, *reported(prior, NINE, now, failed=[past])) == []
    assert "PSY-04" in rules(*prior.files, *reported(prior, NINE, past, now))


def test_what_a_value_that_ends_for_good_took_the_place_of_may_hold_again_or_not() -> None:
    two = a_set(2, NINE, cycle("111", "C2", day(10)), cycle("111", "C9", day(12), day(14)))
    told = [
        change("billing_cycle_id", "111", "C1", "C2", effective_from=day(10), effective_to=day(12)),
        change("billing_cycle_id", "111", "C1", "C9", effective_from=day(12), effective_to=day(14)),
    ]
    nothing = change("billing_cycle_id", "111", "C1", None, effective_from=day(14))
    again = change("billing_cycle_id", "111", "C1", "C2", effective_from=day(14))
    assert rules(*two.files, *reported(two, NINE, *told, again)) == []
    for after in ([], [nothing], [again]):
        assert rules(*two.files, *reported(two, NINE, *told, *after), either=["AMB-38"]) == []
    assert rules(*two.files, *reported(two, NINE, *told, nothing)) != []


def test_after_a_span_of_a_later_set_what_was_left_open_holds_again_or_nothing_does_always_the_same() -> None:
    two = a_set(2, NINE, cycle("111", "C9", day(12), day(14)))
    span = change("billing_cycle_id", "111", "C1", "C9", effective_from=day(12), effective_to=day(14))
    nothing = change("billing_cycle_id", "111", "C1", None, effective_from=day(14))
    ten = at("10:00")
    three = a_set(3, ten, cycle("111", "C3", day(20)))
    of_nothing, of_what_held = (
        change("billing_cycle_id", "111", before, "C3", effective_from=day(20)) for before in (None, "C1")
    )
    for after, right, wrong in (([nothing], of_nothing, of_what_held), ([], of_what_held, of_nothing)):
        told = reported(two, NINE, span, *after)
        assert rules(*two.files, *told, *three.files, *reported(three, ten, right)) == []
        assert "SRP-03" in rules(*two.files, *told, *three.files, *reported(three, ten, wrong))
    late = change("billing_cycle_id", "111", "C1", None, effective_from=day(15))
    assert rules(*two.files, *reported(two, NINE, span, late)) != []


def test_what_was_left_open_may_be_a_prior_state_that_ends_where_a_periodic_audit_says_that_it_held() -> None:
    entries = [cycle("111", "C1", day(3), day(5)), cycle("111", "C1", day(7))]
    audit = a_set(2, NINE, sdp("111"), *entries, file_type="3000", extracted=at("09:00", 9))
    gone = change("billing_cycle_id", "111", "C1", None, effective_from=day(5), effective_to=day(7))
    assert rules(*audit.files, *reported(audit, NINE)) == []
    assert rules(*audit.files, *reported(audit, NINE, failed=[{**gone, "reason": "PRIOR_STATE"}])) == []


def test_a_meter_that_a_set_gives_to_two_sdps_may_be_an_exception_of_one_where_the_later_holds() -> None:
    both = a_set(2, NINE, sdp("222"), meter("M1"), has_meter("111", "M1"), has_meter("222", "M1"))
    names = [
        change("sdp_id", "222", None, "of 222", effective_from=None),
        change("sdp_type", "222", None, "P", effective_from=None),
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
    ]
    first, second = (change("sdp_to_meter", each, None, "M1") for each in ("111", "222"))
    failed = {**second, "reason": "METER_IN_USE"}
    assert rules(*both.files, *reported(both, NINE, *names, first, failed=[failed]), either=["AMB-40"]) == []
    assert rules(*both.files, *reported(both, NINE, *names, first, second), either=["AMB-40"]) == []


def test_whether_the_identifier_of_a_new_asset_is_told_is_not_judged() -> None:
    two = a_set(2, NINE, sdp("222"), meter("M1"), module("K1"), has_module("M1", "K1"), has_meter("222", "M1"))
    rest = [
        change("sdp_id", "222", None, "of 222", effective_from=None),
        change("sdp_type", "222", None, "P", effective_from=None),
        change("meter_to_communication_module", "M1", None, "K1", entity="METER"),
        change("sdp_to_meter", "222", None, "M1"),
    ]
    named = change("universal_sdp_id", "222", None, "222", effective_from=None)
    assert rules(*two.files, *reported(two, NINE, *rest)) == rules(*two.files, *reported(two, NINE, named, *rest)) == []
    others = [
        change("meter_id", "M2", None, "M2", entity="METER", effective_from=None),
        change("meter_id", "M1", None, "M2", entity="METER", effective_from=None),
        change("universal_sdp_id", "111", None, "111", effective_from=None),
    ]
    assert all(rules(*two.files, *reported(two, NINE, other, *rest)) for other in others)


def test_the_end_that_a_p_sync_states_of_a_meter_may_be_taken_where_the_next_one_is_in_use() -> None:
    meters = [meter("M1"), module("K1"), has_module("M1", "K1"), meter("M2"), module("K2"), has_module("M2", "K2")]
    first = a_set(2, NINE, sdp("222"), *meters, has_meter("111", "M1"), has_meter("222", "M2"))
    before = [*first.files, *reported(first, NINE, *TWO_METERS)]
    moved = has_meter("111", "M1", end=day(5)), has_meter("111", "M2", day(5))
    audit = a_set(3, TEN, sdp("111"), cycle("111", "C1"), *meters, *moved, file_type="3000")
    gone = change("sdp_to_meter", "222", "M2", None, effective_from=day(10))
    ended = change("sdp_to_meter", "111", "M1", None, effective_from=day(5))
    alone = change("sdp_to_meter", "111", None, "M2", effective_from=day(5), reason="METER_IN_USE")
    whole = change("sdp_to_meter", "111", "M1", "M2", effective_from=day(5), reason="METER_IN_USE")
    assert rules(*before, *audit.files, *reported(audit, TEN, gone, failed=[whole])) == []
    assert rules(*before, *audit.files, *reported(audit, TEN, gone, ended, failed=[alone])) == []
    assert rules(*before, *audit.files, *reported(audit, TEN, gone, ended)) != []


def test_of_an_attribute_with_a_meter_that_is_in_use_the_rest_may_be_taken_or_not() -> None:
    meters = [meter("M1"), module("K1"), has_module("M1", "K1"), has_meter("222", "M1")]
    first = a_set(2, NINE, sdp("222"), meter("M2"), *meters)
    names = [
        change("sdp_id", "222", None, "of 222", effective_from=None),
        change("sdp_type", "222", None, "P", effective_from=None),
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("meter_id", "M2", None, "M2", entity="METER", effective_from=None),
        change("communication_module_id", "K1", None, "K1", entity="MODULE", effective_from=None),
        change("meter_to_communication_module", "M1", None, "K1", entity="METER"),
        change("sdp_to_meter", "222", None, "M1"),
    ]
    before = [*first.files, *reported(first, NINE, *names)]
    three = a_set(3, TEN, has_meter("111", "M2", day(2), day(5)), has_meter("111", "M1", day(5)))
    free = change("sdp_to_meter", "111", None, "M2", effective_from=day(2), effective_to=day(5))
    used = change("sdp_to_meter", "111", None, "M1", effective_from=day(5), reason="METER_IN_USE")
    assert rules(*before, *three.files, *reported(three, TEN, failed=[{**free, "reason": "METER_IN_USE"}, used])) == []
    assert rules(*before, *three.files, *reported(three, TEN, free, failed=[used])) == []
    assert rules(*before, *three.files, *reported(three, TEN, failed=[used])) != []


def test_what_has_no_end_and_is_ended_by_a_later_span_is_a_prior_state_or_none() -> None:
    entries = [cycle("111", "C1"), cycle("111", "C2", day(10), day(12))]
    ended = a_set(2, NINE, sdp("111"), *entries, file_type="3000")
    span = change("billing_cycle_id", "111", "C1", "C2", effective_from=day(10), effective_to=day(12))
    gone = change("billing_cycle_id", "111", "C1", None, effective_from=day(12))
    assert rules(*ended.files, *reported(ended, NINE, span, gone), either=["AMB-38"]) == []
    failed = reported(ended, NINE, failed=[span, gone])
    assert rules(*ended.files, *failed, either=["AMB-38"]) == []
    assert rules(*ended.files, *reported(ended, NINE, span), either=["AMB-38"]) == []
    assert rules(*ended.files, *reported(ended, NINE, span, gone)) != []


def test_a_p_sync_that_leaves_out_too_much() -> None:
    none = a_set(2, NINE, file_type="3000")
    ended = change("billing_cycle_id", "111", "C1", None, effective_from=day(10))
    stopped = reported(none, NINE, failed=[{**ended, "reason": "THRESHOLD"}], status="STOPPED_AT_THRESHOLD")
    assert rules(*none.files, *stopped) == []
    assert rules(*none.files, *reported(none, NINE, ended)) != []
    for way in (stopped, reported(none, NINE, ended), [ir14(none, NINE, ERROR)]):
        assert rules(*none.files, *way, either=["AMB-17", "AMB-22"]) == []


def test_a_p_sync_that_is_stopped_though_it_may_leave_out_what_it_does() -> None:
    none = a_set(2, NINE, file_type="3000")
    stopped = reported(none, NINE, status="STOPPED_AT_THRESHOLD")
    assert rules(*none.files, *stopped, values={"psync_deactivation_limit_percent": 100}) == ["PSY-05"]


def test_a_p_sync_leaves_the_sdps_of_other_ldcs_alone() -> None:
    audit = a_set(1, NINE, file_type="3000", ldc=HILL)
    ended = change("billing_cycle_id", "111", "C1", None, effective_from=day(10))
    assert rules(*audit.files, *reported(audit, NINE, ended)) == ["PSY-06"]
    two = cycles(2, TEN)
    told = [
        {**to("C2"), "effective_to": day(10)},
        change("billing_cycle_id", "111", None, "C2", effective_from=day(10)),
    ]
    assert rules(*audit.files, *reported(audit, NINE), *two.files, *reported(two, TEN, *told)) == ["PSY-06"]


def test_prior_states_in_a_p_sync() -> None:
    prior = a_set(2, NINE, sdp("111"), cycle("111", "C1"), cycle("111", "C0", day(2), day(5)), file_type="3000")
    change_of = change("billing_cycle_id", "111", "C1", "C0", effective_from=day(2), effective_to=day(5))
    assert rules(*prior.files, *reported(prior, NINE, failed=[change_of])) == []
    assert rules(*prior.files, *reported(prior, NINE, change_of)) != []
    assert rules(*prior.files, ir14(prior, NINE, ERROR), either=["AMB-35"]) == []
    assert rules(*prior.files, ir14(prior, NINE, ERROR)) == ["STL-01"]


# --- loading -------------------------------------------------------------------------------------------------------

FIELD_SHORT = [changed("|C2|", "|", file) for file in TWO.files]
FAILING: dict[str, tuple[str, ASet]] = {
    "a record without a field": ("STL-01", replace(TWO, files=tuple(FIELD_SHORT))),
    "Extracted Date Times that differ": ("SYN-09", cycles(2, NINE, otherwise={"05": EIGHT})),
    "a record in the wrong file": (
        "SYN-11",
        replace(TWO, files=tuple(changed("SP|111|BILLING_CYCLE_ID", "XX|111|BILLING_CYCLE_ID", f) for f in TWO.files)),
    ),
    "one segment that is not 01": ("FTS-05", cycles(2, NINE, segments={"04": ["02"]})),
    "segments that begin at 02": ("SYN-06", cycles(2, NINE, segments={"04": ["02", "03"]})),
    "two values at a time": (
        "STL-01",
        a_set(2, NINE, cycle("111", "A", day(2), day(9)), cycle("111", "B", day(5), day(12))),
    ),
    "one component": ("SYN-13", a_set(2, NINE, sdp("222", "V"), component("222", "111"))),
}


@pytest.mark.parametrize("case", FAILING)
def test_what_fails_the_load(case: str) -> None:
    rule, bad = FAILING[case]
    assert rules(*bad.files, ir14(bad, NINE, ERROR)) == []
    told = found(*BEFORE, *bad.files, *reported(bad, NINE, to("C2")))
    assert [each.rule for each in told if each.follows is None] == [rule]
    assert told[0].expected.startswith(("it fails to load: ", "no IR06 yet"))


def test_a_right_set_loads() -> None:
    assert rules(*TWO.files, ir14(TWO, NINE, ERROR)) == ["STL-01"]


def test_a_mandatory_file_that_the_manifest_does_not_list() -> None:
    lacking = cycles(2, NINE, unlisted=["03"])
    files = lacking.without("03")
    assert rules(*files, ir10(lacking, TEN)) == []
    assert rules(*files, ir14(lacking, NINE, ERROR)) == []
    assert "SYN-01" in rules(*files, *reported(lacking, NINE, to("C2")))


@pytest.mark.parametrize(
    ("entry", "rule"),
    [(cycle("222", "C2"), "USDP-07"), (cycle("999", "C2"), "USDP-15"), (has_meter("111", "M9"), "STL-01")],
)
def test_what_no_data_can_mean_takes_no_effect_by_whatever_way(entry: Any, rule: str) -> None:
    bad = a_set(2, NINE, entry)
    assert rules(*bad.files, ir14(bad, NINE, ERROR)) == []
    assert rules(*bad.files, *reported(bad, NINE)) == []
    assert rules(*bad.files, *reported(bad, NINE, to("C2"))) == [rule]


def test_an_id_that_another_ldc_was_issued_is_not_issued() -> None:
    bad = a_set(2, NINE, sdp("901"))
    named = change("sdp_id", "901", None, "of 901", effective_from=None)
    assert rules(*issued("901", ldc=HILL), *bad.files, *reported(bad, NINE, named)) == ["USDP-15"]


def test_a_failed_load_has_an_error_and_a_load_without_errors_succeeds() -> None:
    bad = FAILING["a record without a field"][1]
    warned = ir14(bad, NINE, {"severity": "WARNING"}, status="FAILED")
    assert "STL-04" in rules(*bad.files, warned)


def test_every_error_is_reported() -> None:
    two = a_set(2, NINE, cycle("111", "C2"), cycle("111", "C2", day(5)))
    bad = [changed("|C2|", "|", file) for file in two.files]
    assert rules(*bad, ir14(two, NINE, ERROR, ERROR)) == []
    assert rules(*bad, ir14(two, NINE, ERROR)) == ["STL-05"]
    assert rules(*bad, ir14(two, NINE, ERROR, ERROR, errors=3)) == ["STL-05"]
    elsewhere = {**ERROR, "file_name": bad[0].name, "line": 3}
    assert rules(*bad, ir14(two, NINE, elsewhere, elsewhere)) == ["STL-05"]


def test_the_rejection_of_files_that_came_again_may_use_up_the_number_of_a_set_that_failed_to_load() -> None:
    bad = FAILING["a record without a field"][1]
    twice = [*bad.files, *bad.files[:-1], ir14(bad, NINE, ERROR), ir10(bad, TEN)]
    third = cycles(3, at("10:30"), "C3")
    came = [*twice, *third.files, *reported(third, at("10:30"), to("C3"))]
    assert rules(*came, either=["AMB-05"]) == []
    assert rules(*came) == ["SEQ-03"]
    again = cycles(2, at("10:30"), tx_id="9")
    assert rules(*twice, *again.files, *reported(again, at("10:30"), to("C2")), either=["AMB-05"]) == []


def test_whether_a_failed_load_uses_up_a_number_is_open() -> None:
    bad = FAILING["a record without a field"][1]
    failed = [*bad.files, ir14(bad, NINE, ERROR)]
    again, third = cycles(2, TEN, tx_id="9"), cycles(3, TEN, "C3")
    assert rules(*failed, *again.files, *reported(again, TEN, to("C2")), either=["AMB-22"]) == []
    assert rules(*failed, *third.files, *reported(third, TEN, to("C3")), either=["AMB-22"]) == []
    assert rules(*failed, *third.files, *reported(third, TEN, to("C3"))) == ["SEQ-03"]


def test_whether_a_failed_load_has_ir06_and_ir07_is_open() -> None:
    bad = FAILING["a record without a field"][1]
    stopped = [report(bad, NINE, status="STOPPED_AT_LOAD") for report in (ir06, ir07)]
    assert rules(*bad.files, ir14(bad, NINE, ERROR), *stopped, either=["AMB-08"]) == []
    assert "STL-03" in rules(*bad.files, ir14(bad, NINE, ERROR), *stopped)


def test_a_set_is_read_and_tried_once_however_many_readings_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Content] = []
    tried: list[AcceptedSet] = []
    of, synchronize = Content.of, SpanDirectory.synchronize
    monkeypatch.setattr(Content, "of", lambda *given: read.append(of(*given)) or read[-1])

    def synchronized(directory: SpanDirectory, accepted: AcceptedSet, limit: int) -> Outcome:
        tried.append(accepted)
        return synchronize(directory, accepted, limit)

    monkeypatch.setattr(SpanDirectory, "synchronize", synchronized)
    two = a_set(2, NINE, cycle("111", "C2"), cycle("111", "C2"), cycle("111", "C3", start=day(5)))
    assert rules(*two.files, either=["AMB-18", "AMB-22", "AMB-38", "AMB-39", "AMB-40"]) != []
    of_two = [each for each in read if each.clashes]
    assert len(of_two) == 1
    assert len(tried) == len(set(tried))


@pytest.mark.parametrize("severity", ["WARNING", "ERROR", None])
def test_what_the_same_record_twice_is_is_open(severity: str | None) -> None:
    twice = a_set(2, NINE, cycle("111", "C2"), cycle("111", "C2"))
    loaded = reported(twice, NINE, to("C2"))
    told = ir14(twice, NINE, *([{"severity": severity}] if severity else []))
    came = [told] if severity == "ERROR" else [told, *loaded[1:]]
    assert rules(*twice.files, *came, either=["AMB-39"]) == []


def test_a_meter_change_comes_with_its_module() -> None:
    whole = [meter("M1"), module("K1"), has_module("M1", "K1"), has_meter("111", "M1")]
    first = a_set(2, NINE, *whole)
    names = [
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("communication_module_id", "K1", None, "K1", entity="MODULE", effective_from=None),
        change("meter_to_communication_module", "M1", None, "K1", entity="METER"),
        change("sdp_to_meter", "111", None, "M1"),
    ]
    bare = a_set(3, TEN, meter("M2"), has_meter("111", "M2", day(5)))
    before = [*first.files, *reported(first, NINE, *names)]
    assert rules(*before) == []
    assert rules(*before, *bare.files, ir14(bare, TEN, ERROR)) == []
    elsewhere = {**ERROR, "file_name": next(each.name for each in bare.files if ".01.01." in each.name), "line": 3}
    assert rules(*before, *bare.files, ir14(bare, TEN, elsewhere)) == []
    told = [
        change("meter_id", "M2", None, "M2", entity="METER", effective_from=None),
        change("sdp_to_meter", "111", "M1", "M2", effective_from=day(5)),
    ]
    assert rules(*before, *bare.files, *reported(bare, TEN, *told)) == ["ISY-10"]


def test_whether_a_meter_change_needs_the_module_of_the_meter_that_it_ends_is_open() -> None:
    whole = [meter("M1"), module("K1"), has_module("M1", "K1"), has_meter("111", "M1")]
    first = a_set(2, NINE, *whole)
    names = [
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("communication_module_id", "K1", None, "K1", entity="MODULE", effective_from=None),
        change("meter_to_communication_module", "M1", None, "K1", entity="METER"),
        change("sdp_to_meter", "111", None, "M1"),
    ]
    before = [*first.files, *reported(first, NINE, *names)]
    new = [meter("M2"), module("K2"), has_module("M2", "K2", day(5)), has_meter("111", "M2", day(5))]
    changed_over = a_set(3, TEN, *new, has_meter("111", "M1", day(1), day(5)))
    told = [
        change("meter_id", "M2", None, "M2", entity="METER", effective_from=None),
        change("communication_module_id", "K2", None, "K2", entity="MODULE", effective_from=None),
        change("meter_to_communication_module", "M2", None, "K2", entity="METER", effective_from=day(5)),
        change("sdp_to_meter", "111", "M1", "M2", effective_from=day(5)),
    ]
    assert rules(*before, *changed_over.files, *reported(changed_over, TEN, *told)) == []
    assert rules(*before, *changed_over.files, ir14(changed_over, TEN, ERROR)) == []
    removed = a_set(3, TEN, has_meter("111", "M1", day(1), day(5)))
    gone = change("sdp_to_meter", "111", "M1", None, effective_from=day(5))
    assert rules(*before, *removed.files, *reported(removed, TEN, gone)) == ["ISY-11"]


def test_whether_a_meter_change_needs_a_module_that_fails_as_another_sdp_has_the_meter_is_open() -> None:
    whole = [meter("M1"), module("K1"), has_module("M1", "K1"), has_meter("111", "M1")]
    other = [sdp("222"), meter("M2"), module("K2"), has_module("M2", "K2"), has_meter("222", "M2")]
    first = a_set(2, NINE, *whole, *other)
    before = [*first.files, *reported(first, NINE, *TWO_METERS)]
    bare = a_set(3, TEN, has_meter("111", "M2", day(5)))
    failed = change("sdp_to_meter", "111", "M1", "M2", effective_from=day(5))
    assert rules(*before) == []
    assert rules(*before, *bare.files, ir14(bare, TEN, ERROR)) == []
    assert rules(*before, *bare.files, *reported(bare, TEN, failed=[failed])) == []
    assert rules(*before, *bare.files, *reported(bare, TEN, failed)) != []


# --- what IR06 and IR07 say -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("updates", "rule"),
    [
        ([], "SRP-03"),
        ([to("C9")], "SRP-03"),
        ([to("C2"), change("vee_service", "111", None, "02")], "ISY-02"),
        ([to("C2"), change("vee_service", "111", "02", None)], "ISY-02"),
        ([to("C2"), change("vee_service", "333", "02", None)], "PSY-03"),
        ([{**to("C2"), "effective_from": day(2)}], "ISY-01"),
        ([{**to("C2"), "effective_to": day(9)}], "ISY-01"),
    ],
)
def test_ir06_lists_what_changed_and_nothing_else(updates: Any, rule: str) -> None:
    assert rules(*TWO.files, *reported(TWO, NINE, *updates)) == [rule]


@pytest.mark.parametrize(
    ("lost", "rule"),
    [
        (to("C2"), "ISY-16"),
        (change("vee_service", "111", None, "02"), "ISY-17"),
        (change("service_status", "111", None, "BOOTED"), "ISY-14"),
        (change("sdp_to_meter", "111", None, "M1"), "ISY-12"),
    ],
)
def test_a_business_scenario_that_is_passed_over_where_what_comes_with_it_is_not(lost: Any, rule: str) -> None:
    both = a_set(
        *(2, NINE, meter("M1"), cycle("111", "C2"), has_meter("111", "M1"), has_module("M1", "MOD"), module("MOD")),
        VEE,
        parameter("111", "SERVICE_STATUS", "BOOTED"),
    )
    updates = [
        *(to("C2"), change("vee_service", "111", None, "02"), change("service_status", "111", None, "BOOTED")),
        change("sdp_to_meter", "111", None, "M1"),
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("communication_module_id", "MOD", None, "MOD", entity="MODULE", effective_from=None),
        change("meter_to_communication_module", "M1", None, "MOD", entity="METER"),
    ]
    assert rules(*both.files, *reported(both, NINE, *updates)) == []
    assert rule in rules(*both.files, *reported(both, NINE, *(each for each in updates if each != lost)))


def test_of_several_changes_that_are_passed_over_the_first_tells_the_scenario_in_whatever_order_they_are() -> None:
    def status(sdp: str, becomes: str) -> Difference:
        return Difference(Attribute("sdp", sdp, "service_status"), str(day(1)), "", "", becomes)

    cut, booted = status("111", "CUT_AT_POLE"), status("222", "BOOTED")
    told = Difference(Attribute("sdp", "111", "billing_cycle_id"), str(day(1)), "", "C1", "C2")
    for missing in ([cut, booted], [booted, cut]):
        assert _scenario_passed_over([told, *missing], missing, PROFILE) == "ISY-13"


def test_what_was_submitted_as_it_is_held_is_not_listed() -> None:
    same = cycles(2, NINE, "C1")
    assert rules(*same.files, *reported(same, NINE)) == []
    assert rules(*same.files, *reported(same, NINE, to("C1"))) == ["SRP-03"]


def test_a_change_may_be_cut_into_several_records() -> None:
    cut = [{**to("C2"), "effective_to": day(20)}, {**to("C2"), "effective_from": day(20)}]
    assert rules(*TWO.files, *reported(TWO, NINE, *cut)) == []
    assert rules(*TWO.files, *reported(TWO, NINE, *cut, updates=1)) == []
    assert rules(*TWO.files, *reported(TWO, NINE, *cut, updates=7)) == ["SRP-02"]


def test_values_shown_otherwise_are_open() -> None:
    assert (
        rules(*TWO.files, *reported(TWO, NINE, change("billing_cycle_id", "111", "c1", "c2")), either=["AMB-42"]) == []
    )
    assert rules(*TWO.files, *reported(TWO, NINE, change("billing_cycle_id", "111", "c1", "c2"))) == ["SRP-07"]


def test_a_change_that_did_not_fail_is_no_exception() -> None:
    assert rules(*TWO.files, *reported(TWO, NINE, failed=[to("C2")])) != []


def test_no_change_stands_in_both() -> None:
    both = reported(TWO, NINE, to("C2"), failed=[to("C2")], status="COMPLETED")
    assert "SRP-08" in rules(*TWO.files, *both)


def test_what_was_told_wrongly_once_is_told_once() -> None:
    third = cycles(3, TEN, "C3")
    told = found(*BEFORE, *TWO.files, *reported(TWO, NINE), *third.files, *reported(third, TEN, to("C3")))
    assert [(each.rule, each.follows is None) for each in told] == [("SRP-03", True), ("SRP-03", False)]


def test_the_status_record_is_the_same_in_both() -> None:
    came = reported(TWO, NINE, to("C2"))
    other = ir07(TWO, NINE, updates=0)
    assert rules(*TWO.files, *came[:2], other) == ["SRP-02"]
    wrong = reported(TWO, NINE, to("C2"), status="STOPPED_AT_THRESHOLD")
    assert set(rules(*TWO.files, *wrong)) == {"SRP-02"}
    assert set(rules(*TWO.files, *reported(TWO, NINE, to("C2"), sequence_number=9))) == {"SRP-02"}


# --- who is told ----------------------------------------------------------------------------------------------------

AGENTS = cycles(2, NINE, by=AGENT)


def test_an_agent_that_submits_is_told_and_the_ldc() -> None:
    assert rules(*AGENTS.files, *reported(AGENTS, NINE, to("C2"))) == []


def test_the_ldc_receives_no_ir14_of_its_agents_set() -> None:
    assert rules(*AGENTS.files, *reported(AGENTS, NINE, to("C2")), ir14(AGENTS, NINE, to=LAKE)) == ["STL-06"]


def test_each_copy_is_there_and_says_the_same() -> None:
    came = reported(AGENTS, NINE, to("C2"))
    assert rules(*AGENTS.files, *came[:3]) == ["SRP-06", "SRP-06"]
    assert rules(*AGENTS.files, *came[:3], ir06(AGENTS, NINE, to=AGENT, updates=1), came[4]) == ["SRP-02", "SRP-03"]


def test_a_copy_that_lacks_what_ended_is_no_wrong_end() -> None:
    two = a_set(2, NINE, sdp("222"), cycle("222", "C1"))
    created = [change("sdp_id", "222", None, "of 222", effective_from=None)]
    created += [change("sdp_type", "222", None, "P", effective_from=None)]
    begun = [*two.files, *reported(two, NINE, *created, change("billing_cycle_id", "222", None, "C1"))]
    audit = a_set(3, TEN, sdp("111"), cycle("111", "C1"), by=AGENT, file_type="3000")
    ended = change("billing_cycle_id", "222", "C1", None, effective_from=day(10))
    limits = {"values": {"psync_deactivation_limit_percent": 100}}
    first, right, none, copy, none_too = reported(audit, TEN, ended)
    lacking = ir06(audit, TEN, to=AGENT, updates=1)
    assert rules(*begun, *audit.files, first, right, none, copy, none_too, **limits) == []
    assert "SRP-03" in rules(*begun, *audit.files, first, right, none, lacking, none_too, **limits)
    assert "SRP-03" in rules(*begun, *audit.files, first, ir06(audit, TEN, updates=1), none, copy, none_too, **limits)


def test_every_copy_of_an_ir07_without_exceptions_has_column_headings() -> None:
    came = reported(AGENTS, NINE, to("C2"))
    bare = replace(came[4], content=re.sub(rb"CH\|.*\r\n", b"", came[4].content))
    assert rules(*AGENTS.files, *came[:4], bare) == ["SRP-05"]


def test_the_ldc_is_told_of_its_agents_set_as_well() -> None:
    of_the_agent = [file for file in reported(AGENTS, NINE, to("C2")) if file.recipient == AGENT]
    assert rules(*AGENTS.files, *of_the_agent) == ["SRP-06", "SRP-06"]


def test_an_agent_that_is_not_authorised_is_not_told() -> None:
    receive = ("2000",)
    own = [file for file in reported(AGENTS, NINE, to("C2")) if file.recipient == LAKE]
    assert rules(*AGENTS.files, *own, receive=receive) == []


def test_whether_an_agent_that_did_not_submit_is_told_is_open() -> None:
    own = reported(TWO, NINE, to("C2"))
    copies = [ir06(TWO, NINE, to("C2"), to=AGENT), ir07(TWO, NINE, to=AGENT, updates=1)]
    ones = [ir06(ONE, EIGHT, *CREATED, to=AGENT), ir07(ONE, EIGHT, to=AGENT, updates=3)]
    assert rules(*TWO.files, *own, either=["AMB-31"]) == []
    assert rules(*ones, *TWO.files, *own, *copies, either=["AMB-31"]) == []
    assert rules(*TWO.files, *own, *copies) == ["SRP-06", "SRP-06"]


def test_whose_sets_a_sequence_counts_is_open() -> None:
    agents_first = cycles(1, NINE, by=AGENT)
    came = [*agents_first.files, *reported(agents_first, NINE, to("C2"))]
    assert rules(*came, either=["AMB-34"]) == []
    assert rules(*AGENTS.files, *reported(AGENTS, NINE, to("C2")), either=["AMB-34"]) == []
    assert rules(*came) == ["SEQ-01"]


def test_what_an_agent_with_a_sequence_of_its_own_submits_for_another_ldc_is_not_seen() -> None:
    others = [a_set(number, NINE, ldc=HILL, by=AGENT) for number in (1, 2)]
    own = cycles(3, TEN, by=AGENT)
    came = [*(file for each in others for file in (*each.files, *reported(each, NINE))), *own.files]
    assert rules(*came, *reported(own, TEN, to("C2")), either=["AMB-34"]) == []


def test_sets_of_two_sequences_that_come_at_one_instant_may_be_processed_in_any_order() -> None:
    agents = a_set(1, NINE, cycle("111", "C3"), by=AGENT, tx_id="77")
    both = [*TWO.files, *agents.files]
    for first, second in ((TWO, agents), (agents, TWO)):
        values = {TWO.tx_id: "C2", agents.tx_id: "C3"}
        firsts = reported(first, NINE, to(values[first.tx_id]))
        seconds = reported(second, NINE, to(values[second.tx_id], values[first.tx_id]))
        assert rules(*both, *firsts, *seconds, either=["AMB-34"]) == []
    each_first = [*reported(TWO, NINE, to("C2")), *reported(agents, NINE, to("C3"))]
    assert rules(*both, *each_first, either=["AMB-34"]) != []


def test_nothing_of_a_set_that_is_refused_at_the_door() -> None:
    came = [ir06(AGENTS, NINE, to("C2")), ir07(AGENTS, NINE, updates=1)]
    assert rules(*AGENTS.files, submit=("1000",)) == []
    assert set(rules(*AGENTS.files, *came, submit=("1000",))) == {"FTS-10", "SYN-10"}


def test_a_file_that_is_refused_completes_no_set() -> None:
    last = next(file for file in TWO.files if ".05.01." in file.name)
    others = [file for file in TWO.files if file is not last]
    misnamed = replace(last, name=last.name.replace(".05.01.", ".08.01."))
    assert misnamed.name != last.name
    assert set(rules(*others, misnamed, *reported(TWO, NINE, to("C2")))) == {"FTS-04"}
    bare = replace(last, name=last.name.replace(f".{TWO.tx_id}.05.01", ""))
    assert bare.name != last.name
    assert set(rules(*others, bare, *reported(TWO, NINE, to("C2")))) == {"FTS-02"}


def test_sets_of_the_ldc_alone_are_processed() -> None:
    assert rules(*AGENTS.files, until=at("12:00")) == ["SYN-10"]


# --- virtual SDPs, segments, related assets ---------------------------------------------------------------------------


def test_a_virtual_sdp_in_segments() -> None:
    virtual = a_set(
        2,
        NINE,
        sdp("222", "V"),
        sdp("333"),
        component("222", "111"),
        component("222", "333"),
        segments={"01": ["01", "03"], "07": ["01", "07"]},
    )
    told = [
        change(name, one, None, value, effective_from=None)
        for one, kind in (("222", "V"), ("333", "P"))
        for name, value in (("sdp_id", f"of {one}"), ("sdp_type", kind))
    ]
    told += [change(f"channel_to_channel_01_{one}_01", "222", None, one) for one in ("111", "333")]
    assert rules(*virtual.files, *reported(virtual, NINE, *told)) == []


def test_whether_the_meter_of_what_is_left_out_ends_too_is_open() -> None:
    whole = [meter("M1"), digits_of("M1", "6"), has_meter("111", "M1")]
    first = a_set(2, NINE, *whole)
    names = [
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("register_digits", "M1", None, "6", entity="METER"),
        change("sdp_to_meter", "111", None, "M1"),
    ]
    none = a_set(3, TEN, file_type="3000")
    ended = [
        change("billing_cycle_id", "111", "C1", None, effective_from=day(10)),
        change("sdp_to_meter", "111", "M1", None, effective_from=day(10)),
    ]
    its_meters = change("register_digits", "M1", "6", None, entity="METER", effective_from=day(10))
    before = [*first.files, *reported(first, NINE, *names), *none.files]
    more = {"values": {"psync_deactivation_limit_percent": 100}}
    assert rules(*before, *reported(none, TEN, *ended), either=["AMB-37"], **more) == []
    assert rules(*before, *reported(none, TEN, *ended, its_meters), either=["AMB-37"], **more) == []
    assert rules(*before, *reported(none, TEN, *ended, its_meters), **more) == ["PSY-02"]


# --- the stream ----------------------------------------------------------------------------------------------------


def test_the_order_of_files_at_an_instant_makes_no_difference() -> None:
    came: list[Any] = [*BEFORE, *THREE.files, *LATE_TWO.files, *RELEASED]
    chance = random.Random(7)
    for _ in range(5):
        chance.shuffle(came)
        assert found(*came) == []


def test_a_report_without_a_readable_name_of_its_set_is_not_missed() -> None:
    came = reported(TWO, NINE, to("C2"))
    odd: Delivered = replace(came[0], content=came[0].content.replace(b"SS|4000|00000002|", b"SS|4000||"))
    told = judged(opening(), *BEFORE, *TWO.files, odd, *came[1:], until=at("12:00"))
    assert [
        each.rule for each in told if each.outcome == "violated" and each.rule == "STL-02" and not each.follows
    ] == []


# --- a meter that somebody else has ---------------------------------------------------------------------------------

OWNED = a_set(2, NINE, meter("M1"), has_meter("111", "M1"))
OWNING = [
    *OWNED.files,
    *reported(
        OWNED,
        NINE,
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("sdp_to_meter", "111", None, "M1"),
    ),
]


def test_a_meter_that_another_sdp_has_is_an_exception_or_fails_the_load() -> None:
    taking = a_set(3, TEN, sdp("222"), has_meter("222", "M1"))
    new = [
        change("sdp_id", "222", None, "of 222", effective_from=None),
        change("sdp_type", "222", None, "P", effective_from=None),
    ]
    taken = change("sdp_to_meter", "222", None, "M1")
    refused = [*OWNING, *taking.files, *reported(taking, TEN, *new, failed=[{**taken, "reason": "METER_IN_USE"}])]
    failed = [*OWNING, *taking.files, ir14(taking, TEN, ERROR)]
    assert rules(*refused) == rules(*refused, either=["AMB-61"]) == rules(*failed, either=["AMB-61"]) == []
    assert rules(*failed) == ["STL-01"]
    assert rules(*OWNING, *taking.files, *reported(taking, TEN, *new, taken), either=["AMB-61"]) != []


def test_whether_another_ldc_may_have_a_meter_of_the_same_id_is_open() -> None:
    theirs = a_set(1, TEN, sdp("777"), meter("M1"), has_meter("777", "M1"), ldc=HILL)
    before = [*OWNING, *issued("777", ldc=HILL), *theirs.files]
    loaded = [
        change("sdp_id", "777", None, "of 777", effective_from=None),
        change("sdp_type", "777", None, "P", effective_from=None),
        change("meter_id", "M1", None, "M1", entity="METER", effective_from=None),
        change("sdp_to_meter", "777", None, "M1"),
    ]
    assert rules(*before, *reported(theirs, TEN, *loaded)) == []
    assert rules(*before, *reported(theirs, TEN, *loaded[:2], failed=loaded[3:])) == []
    assert rules(*before, ir14(theirs, TEN, ERROR)) == []
    assert rules(*before) != []


def test_a_p_sync_set_may_be_loaded_on_receipt_and_synchronized_at_night() -> None:
    night, noon = at("02:00", 11), at("12:00", 11)
    loaded, synchronized = (
        ir14(ALL, NINE),
        [each for each in reported(ALL, night, to("C2")) if ".IR14." not in each.name],
    )
    behind = reported(BEHIND, night, to("C3", "C2"))
    assert rules(*ALL.files, *BEHIND.files, loaded, *synchronized, *behind, until=noon) == []
    assert rules(*ALL.files, loaded, until=noon) == ["SRP-01", "SRP-01"]  # neither IR06 nor IR07
    assert rules(*ALL.files, loaded, *synchronized, ir14(ALL, night), until=noon) == ["STL-02"]
    overtaken = [*ALL.files, *BEHIND.files, loaded, *reported(BEHIND, TEN, to("C3", "C1"))]
    assert rules(*overtaken, until=noon) != []
