"""Requests and responses: each request has one answer, in time, to its recipient, with its status, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from harness.interface.files import Value
from harness.interface.instants import Instant, later
from harness.port.protocol import Outage
from harness.referee.referee import Referee
from tests.referee.billing_streams import (
    FRAMINGS,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    file_set,
    found,
    metered,
    opened,
    parameter,
    report_of_set,
    requested,
    rules,
    since,
    synchronized,
)
from tests.referee.conftest import AGENT, HILL, LAKE, at, judged

NINE = at("09:10", 12)
DAY: Mapping[str, Value] = {"total_wh": 240}
ASKED = [*synchronized(), metered(), requested(NINE, "R1")]
AGENT_BILLS = ("sdp_to_billing_agent", since(organisation_id=str(AGENT)))


def wednesday(clock: str) -> Instant:
    return at(clock, 12)


# --- existence and time --------------------------------------------------------------------------------------


def test_an_off_cycle_request_whose_data_is_there_is_answered() -> None:
    assert rules(*ASKED, answered(NINE, "R1", DAY), until=wednesday("12:00")) == []


def test_a_response_that_never_comes_is_missing() -> None:
    assert rules(*ASKED, until=wednesday("12:00")) == ["BSV-02"]
    said = found(*ASKED, until=wednesday("12:00"))[0]
    assert (said.expected, said.observed) == (
        "status 00 for LAKE, made at 2011-01-12T09:10:00-05:00",
        "nothing has come",
    )


def test_a_response_that_never_comes_where_not_all_is_validated_breaks_what_is_eligible() -> None:
    asked = [*synchronized(), metered(status="EST"), requested(NINE, "R1")]
    assert rules(*asked, answered(NINE, "R1", DAY), until=wednesday("12:00")) == []
    assert rules(*asked, until=wednesday("12:00")) == ["BQ-01"]


@pytest.mark.parametrize(
    ("either", "clock", "held"),
    [
        ((), "09:10:59", True),
        ((), "09:11:00", False),
        (("AMB-52",), "09:20:59", True),
        (("AMB-52",), "09:21:00", False),
    ],
)
def test_an_off_cycle_request_is_answered_at_once_or_with_the_reads_processor(
    either: Any, clock: str, held: bool
) -> None:
    came = answered(wednesday(clock), "R1", DAY)
    assert rules(*ASKED, came, until=wednesday("12:00"), either=either) == ([] if held else ["WIN-06"])


def test_data_that_comes_as_the_reads_processor_reads_a_request_may_be_in_the_response_or_not() -> None:
    stated = {"AMB-52": "next-reads-run"}
    watched: dict[str, Any] = {"until": wednesday("12:00"), "either": ("AMB-52",), "readings": stated}
    more: Mapping[str, Value] = {"total_wh": 480}

    def told(came: str, energy: Mapping[str, Value]) -> list[str]:
        response = answered(wednesday("09:20"), "R1", energy)
        return rules(*ASKED, metered(20, moment=wednesday(came)), response, **watched)

    assert told("09:20", DAY) == told("09:20", more) == told("09:15", more) == []
    assert told("09:15", DAY) != []


def test_what_is_late_is_said_to_be_missing_and_no_more() -> None:
    assert rules(*ASKED, answered(wednesday("11:00"), "R1", DAY), until=wednesday("12:00")) == ["WIN-06"]


@pytest.mark.parametrize(("clock", "expected"), [("11:00", []), ("10:00", ["WIN-06"]), ("11:01", ["WIN-05"])])
def test_an_on_cycle_request_is_answered_by_the_next_run(clock: str, expected: list[str]) -> None:
    asked = [*synchronized(), metered(), requested(NINE, "R1", cycle="N")]
    assert rules(*asked, answered(wednesday(clock), "R1", DAY), until=wednesday("14:00")) == expected


def test_a_request_waits_for_its_data_and_is_answered_by_the_run_after_it() -> None:
    asked = [*synchronized(), requested(NINE, "R1"), metered(moment=wednesday("10:00"))]
    assert rules(*asked, answered(wednesday("11:00"), "R1", DAY), until=wednesday("14:00")) == []
    assert rules(*asked, answered(wednesday("10:30"), "R1", DAY), until=wednesday("14:00")) == ["WIN-05"]
    assert rules(*asked, until=wednesday("14:00")) == ["WIN-02"]


def test_data_that_comes_as_a_run_begins_may_be_in_it_or_not() -> None:
    asked = [*synchronized(), requested(NINE, "R1"), metered(moment=wednesday("11:00:30"))]
    assert rules(*asked, answered(wednesday("11:00:40"), "R1", DAY), until=wednesday("13:00")) == []
    assert rules(*asked, answered(wednesday("14:00"), "R1", DAY), until=wednesday("15:00")) == []


def test_an_answer_before_the_data_is_there() -> None:
    asked = [*synchronized(), requested(NINE, "R1")]
    assert rules(*asked, answered(wednesday("11:00"), "R1", DAY), until=wednesday("14:00")) == ["BQ-02"]


def test_a_second_response_is_one_too_many() -> None:
    twice = [answered(NINE, "R1", DAY), answered(wednesday("11:00"), "R1", DAY)]
    assert rules(*ASKED, *twice, until=wednesday("12:00")) == ["WIN-08"]


def test_a_response_that_nobody_asked_for() -> None:
    assert rules(*synchronized(), answered(NINE, "R9", DAY)) == ["BSV-02"]
    assert rules(*synchronized(), answered(NINE, None, DAY)) == ["BSV-01"]


# --- the window ----------------------------------------------------------------------------------------------

FRIDAY_MORNING = at("08:00", 14)  # three business days after the end of Monday: Tuesday to Thursday
UNFULFILLED = [*synchronized(), requested(at("09:10", 11), "R1")]


def no_data(moment: Instant, **more: Any) -> Any:
    return answered(moment, "R1", status="02", **more)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(FRIDAY_MORNING, []), (at("08:00", 13), ["WIN-01"]), (at("08:01", 14), ["WIN-07"]), (None, ["WIN-07"])],
)
def test_what_is_unfulfilled_is_closed_the_morning_after_its_window(moment: Any, expected: list[str]) -> None:
    came = [] if moment is None else [no_data(moment)]
    assert rules(*UNFULFILLED, *came, until=at("12:00", 14)) == expected


def test_what_is_closed_on_the_next_business_day_instead_is_no_longer_window() -> None:
    """Three business days after the end of Tuesday: Wednesday to Friday; the day after that is a Saturday."""
    tuesdays = [*synchronized(), requested(at("09:10", 12), "R1", start=TUESDAY, end=WEDNESDAY)]

    def closed(day: int) -> list[str]:
        came = answered(at("08:00", day), "R1", status="02", start=TUESDAY, end=WEDNESDAY)
        return rules(*tuesdays, came, until=at("12:00", 18))

    assert closed(15) == []
    assert closed(17) == ["WIN-07"]
    assert closed(18) == ["WIN-01"]


def test_no_data_has_no_quantities() -> None:
    assert rules(*UNFULFILLED, answered(FRIDAY_MORNING, "R1", DAY, status="02"), until=at("12:00", 14)) == ["TXS-03"]


def test_what_goes_first_in_the_morning_may_be_open_and_stays_so() -> None:
    late = metered(moment=at("23:30", 13))
    stream = [*UNFULFILLED, late]
    for either in ((), ("AMB-13",)):
        assert rules(*stream, no_data(FRIDAY_MORNING), until=at("12:00", 14), either=either) == []
    fulfilled = answered(FRIDAY_MORNING, "R1", DAY)
    assert rules(*stream, fulfilled, until=at("12:00", 14), either=("AMB-13",)) == []
    assert rules(*stream, fulfilled, until=at("12:00", 14)) == ["TXS-03"]


def test_the_window_of_a_late_request_may_be_open() -> None:
    asked = [*synchronized(), requested(at("09:10", 20), "R1")]
    at_once, three_days = at("08:00", 21), at("08:00", 25)
    assert rules(*asked, no_data(three_days), until=at("12:00", 25)) == []
    assert rules(*asked, no_data(at_once), until=at("12:00", 25)) == ["WIN-01"]
    for moment in (at_once, three_days):
        assert rules(*asked, no_data(moment), until=at("12:00", 25), either=("AMB-24",)) == []


# --- to whom, and with which status ----------------------------------------------------------------------------


def test_quantities_go_to_the_billing_agent() -> None:
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1", by=AGENT)]
    assert rules(*asked, answered(NINE, "R1", DAY, to=AGENT), until=wednesday("12:00")) == []
    assert rules(*asked, answered(NINE, "R1", DAY, to=LAKE), until=wednesday("12:00")) == ["BSV-05"]


def test_who_is_not_the_billing_agent_gets_08_without_quantities() -> None:
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1")]
    refused = answered(NINE, "R1", status="08")
    assert rules(*asked, refused, until=wednesday("12:00")) == []
    assert rules(*asked, answered(NINE, "R1", DAY), until=wednesday("12:00")) == ["BSV-08"]
    assert rules(*asked, answered(NINE, "R1", DAY, status="08"), until=wednesday("12:00")) == ["BSV-08"]


def test_a_response_without_quantities_may_come_in_6200_beside_its_energy_where_there_is_demand() -> None:
    with_demand = "periodic_15_block_eastern"
    energy, demand = (
        answered(NINE, "R1", status="08", file_type=each, framing=with_demand) for each in ("6000", "6200")
    )
    asked = [*synchronized(with_demand, AGENT_BILLS), metered(), requested(NINE, "R1")]
    assert rules(*asked, energy, until=wednesday("12:00")) == []
    assert rules(*asked, energy, demand, until=wednesday("12:00")) == []
    assert rules(*asked, demand, until=wednesday("12:00")) == ["BQ-11"]
    of_energy_alone = [answered(NINE, "R1", status="08", file_type=each) for each in ("6000", "6200")]
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1")]
    assert rules(*asked, *of_energy_alone, until=wednesday("12:00")) == ["BQ-11"]


def test_a_response_without_quantities_may_be_divided_as_quantities_would_be() -> None:
    hourly = ("service_agreement", since(start=TUESDAY, framing_structure=FRAMINGS["hourly"]))
    asked = [*synchronized("periodic", AGENT_BILLS, hourly), requested(NINE, "R1", end=WEDNESDAY)]

    def said(first: str, last: str) -> list[str]:
        rows = [
            {"sub_period_start_date": start, "sub_period_end_date": end, "framing_structure": FRAMINGS[framing]}
            for framing, start, end in ((first, MONDAY, TUESDAY), (last, TUESDAY, WEDNESDAY))
        ]
        came = answered(NINE, "R1", *rows, status="08", end=WEDNESDAY)
        return rules(*asked, came, until=wednesday("12:00"))

    assert said("periodic", "hourly") == []
    assert said("hourly", "periodic") == ["BQ-03"]


def test_an_exception_that_waits_until_the_window_closes() -> None:
    """A request of Wednesday is closed on Saturday, after three business days."""
    saturday = at("08:00", 15)
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1")]
    assert rules(*asked, no_data(saturday), until=at("12:00", 15)) == ["TXS-04"]
    checked = ("meter", {"meter_id": "M1"}), ("sdp_to_meter", since(meter_id="M1")), parameter("vee_service", "03")
    asked = [*synchronized("periodic", *checked), metered(), requested(NINE, "R1")]
    assert rules(*asked, no_data(saturday), until=at("12:00", 15)) == ["WIN-06"]
    other = [*synchronized(sdp="9876543210", number=2, moment=at("00:10")), metered(sdp="9876543210")]
    ten = wednesday("10:10")
    other += [requested(ten, "R2", sdp="9876543210"), answered(ten, "R2", DAY, sdp="9876543210")]
    told = sorted([*asked, *other, no_data(saturday)], key=lambda each: each.instant)
    assert rules(*told, until=at("12:00", 15)) == ["TXS-04"]


def test_whether_the_agent_gets_the_quantities_beside_an_08_may_be_open() -> None:
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1")]
    both = [answered(NINE, "R1", status="08"), answered(NINE, "R1", DAY, to=AGENT)]
    assert rules(*asked, *both, until=wednesday("12:00"), either=("AMB-59",)) == []
    assert rules(*asked, *both, until=wednesday("12:00")) == ["BSV-08"]


def test_an_08_that_its_requester_may_not_receive_is_not_awaited_beside_the_agents_quantities() -> None:
    asked = [*synchronized(), metered(), requested(NINE, "R1", by=AGENT)]
    to_the_ldc = answered(NINE, "R1", DAY, to=LAKE)
    for receive in (("IR08",), ("6100",)):
        assert rules(*asked, to_the_ldc, until=wednesday("12:00"), receive=receive, either=("AMB-59",)) == []
        assert rules(*asked, to_the_ldc, until=wednesday("12:00"), receive=receive) == ["BSV-08"]
    assert rules(*asked, to_the_ldc, until=wednesday("12:00"), either=("AMB-59",)) == ["BSV-08"]


def test_whose_agent_counts_may_be_open_and_stays_so() -> None:
    """The agent bills from Tuesday on: it is not the one of Monday, the period's last day."""
    bills = ("sdp_to_billing_agent", since(start=TUESDAY, organisation_id=str(AGENT)))
    asked = [*synchronized("periodic", bills), metered(), requested(NINE, "R1")]
    again = requested(wednesday("14:10"), "R2")
    for first, second, expected in ((DAY, DAY, []), (None, None, []), (DAY, None, ["BSV-05"]), (None, DAY, ["BSV-08"])):
        came = [
            answered(moment, request, *([] if row is None else [row]), status="08" if row is None else "00")
            for moment, request, row in ((NINE, "R1", first), (wednesday("14:10"), "R2", second))
        ]
        stream = [*asked, came[0], again, came[1]]
        said = rules(*stream, until=wednesday("16:00"), either=("AMB-26",))
        assert bool(said) == bool(expected), (first, second, said)


def test_the_period_is_the_one_that_was_asked_for() -> None:
    other = answered(NINE, "R1", DAY, end=WEDNESDAY)
    assert "BSV-09" in rules(*ASKED, other, until=wednesday("12:00"))


def test_a_file_that_its_recipient_may_not_receive_is_not_awaited() -> None:
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1", by=AGENT)]
    assert rules(*asked, until=wednesday("12:00"), receive=("IR08",)) == []


def test_what_a_mailbox_refused_may_come_later_or_never_where_that_is_open() -> None:
    outages = {LAKE: (Outage(wednesday("09:00"), wednesday("10:00")),)}

    def broken(*came: Any, either: Any = ()) -> list[str]:
        said = found(*ASKED, *came, until=at("12:00", 13), outages=outages, reports=True, either=either)
        return [each.rule for each in said if each.expected.startswith("status 00")]

    for came in ([answered(wednesday("10:00"), "R1", DAY)], [answered(wednesday("23:59"), "R1", DAY)]):
        assert broken(*came) == broken(*came, either=("AMB-58",)) == []
    assert broken(either=("AMB-58",)) == []
    assert broken() == ["BRP-04"]
    assert broken(answered(at("00:01", 13), "R1", DAY)) == ["BRP-04"]


def test_a_conversation_that_is_left_before_the_answer_is_due() -> None:
    assert rules(*ASKED, until=wednesday("09:10:58")) == []


# --- what cannot be judged -------------------------------------------------------------------------------------


def test_what_a_set_on_its_way_names_is_not_judged() -> None:
    without_report = synchronized()[:-1]
    stream = [*without_report, metered(), requested(NINE, "R1"), answered(NINE, "R1", {"total_wh": 1})]
    assert rules(*stream, until=wednesday("12:00")) == []


def test_what_a_set_of_the_same_instant_names_is_not_judged() -> None:
    """A request may have come before the set or after it; by name the agent's file is told before those of the LDC."""
    other = ("service_agreement", since(framing_structure=FRAMINGS["tou_cpp_est"]))
    for framing in ("periodic", "tou_cpp_est"):
        came = answered(NINE, "R1", status="08", framing=framing, to=AGENT)
        stream = [*synchronized(), *file_set([other], NINE, 2), requested(NINE, "R1", by=AGENT), came]
        assert rules(*stream, report_of_set(NINE, 2), until=wednesday("12:00")) == []


def test_what_was_synchronized_before_the_stream_began_is_not_judged() -> None:
    stream = [metered(), requested(NINE, "R1"), answered(NINE, "R1", {"total_wh": 1})]
    assert rules(*stream, until=wednesday("12:00"), from_the_beginning=False) == []


def test_two_open_requests_of_one_id_are_not_judged() -> None:
    stream = [*synchronized(), requested(NINE, "R1"), requested(later(NINE, minutes=1), "R1")]
    assert rules(*stream, answered(wednesday("11:00"), "R1", DAY), until=wednesday("12:00")) == []


def test_a_damaged_request_file_is_not_judged() -> None:
    whole = requested(NINE, "R1")
    damaged = type(whole)(whole.organisation, whole.name, whole.content[:-9], NINE)
    assert rules(*synchronized(), metered(), damaged, until=wednesday("12:00")) == []


@pytest.mark.parametrize("submit", [("8000",), ()])
def test_a_file_that_is_refused_is_not_answered(submit: Any) -> None:
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1", by=AGENT)]
    came = answered(NINE, "R1", DAY, to=AGENT)
    more: dict[str, Any] = {"submit": submit, "classes": None}
    assert "FTS-10" in rules(*asked, came, until=wednesday("12:00"), **more)
    assert rules(*asked, until=wednesday("12:00"), submit=submit) == []


# --- a version -------------------------------------------------------------------------------------------------


def recovered(version: Instant, *came: Any, **more: Any) -> list[str]:
    thursday = at("09:00", 13)
    first = [*ASKED, answered(NINE, "R1", DAY), metered(99, moment=wednesday("12:00"))]
    again = requested(thursday, "R2", version=version)
    return rules(*first, again, *came, until=at("12:00", 13), **more)


def test_a_response_is_recovered_as_it_was() -> None:
    thursday = at("09:00", 13)
    assert recovered(NINE, answered(thursday, "R2", DAY)) == []
    assert recovered(NINE, answered(thursday, "R1", DAY)) == []
    assert recovered(NINE, answered(thursday, "R2", {"total_wh": 99 * 24})) == ["BSV-10"]
    assert recovered(NINE) == ["BSV-10"]


def test_which_response_an_instant_recovers_may_be_open_and_stays_so() -> None:
    noon, thursday = wednesday("12:00"), at("09:00", 13)
    same = answered(thursday, "R2", DAY)
    assert recovered(noon, same) == []
    assert recovered(noon) == ["BSV-10"]
    for came in ([same], []):
        assert recovered(noon, *came, either=("AMB-09",)) == []
    changes = [same, requested(at("10:00", 13), "R3", version=noon)]
    assert recovered(noon, *changes, either=("AMB-09",)) == ["BSV-10"]


def test_of_several_instants_at_which_a_response_came_a_system_may_go_by_one() -> None:
    arrived = later(NINE, seconds=40)
    for version in (NINE, arrived):
        first = [*ASKED, answered(arrived, "R1", DAY, made=NINE)]
        stream = [*first, requested(at("09:00", 13), "R2", version=version)]
        assert rules(*stream, until=at("12:00", 13), either=("AMB-09",)) == []
        assert rules(*stream, until=at("12:00", 13)) == ([] if version == NINE else ["BSV-10"])


def test_nothing_is_recovered_where_nothing_came() -> None:
    assert recovered(at("00:00", 12), answered(at("09:00", 13), "R2", DAY)) == ["BSV-10"]
    assert recovered(at("00:00", 12)) == []


def test_who_is_not_the_billing_agent_may_get_08_for_what_another_received_and_no_quantities() -> None:
    asked = [*synchronized("periodic", AGENT_BILLS), metered(), requested(NINE, "R1", by=AGENT)]
    thursday = at("09:00", 13)
    stream = [*asked, answered(NINE, "R1", DAY, to=AGENT), requested(thursday, "R2", version=NINE)]
    for came in ([], [answered(thursday, "R2", status="08")]):
        assert rules(*stream, *came, until=at("12:00", 13)) == []
    for status in ("00", "08"):
        assert rules(*stream, answered(thursday, "R2", DAY, status=status), until=at("12:00", 13)) == ["BSV-10"]
    own = [*ASKED, answered(NINE, "R1", DAY), requested(thursday, "R2", version=NINE)]
    assert rules(*own, answered(thursday, "R2", status="08"), until=at("12:00", 13)) == ["BSV-10"]


# --- what was met ----------------------------------------------------------------------------------------------


def test_situations_that_were_met_are_counted() -> None:
    referee = Referee(opened())
    for each in ASKED:
        referee.see(each)
    referee.close()
    assert referee.situations["billing/off cycle"] == 1
    assert referee.situations["billing/on cycle"] == 0


def test_of_another_ldc_nothing_is_mixed_up() -> None:
    assert [each.rule for each in judged(opened(), *ASKED, until=NINE) if each.about == str(HILL)] == []


def test_a_response_names_the_place_that_is_wrong() -> None:
    said = found(*ASKED, answered(NINE, "R1", {"total_wh": 241}), until=wednesday("12:00"))
    assert [(each.rule, each.expected, each.observed, each.record) for each in said] == [
        ("BQ-06", "total_wh 240", "total_wh 241", 3)
    ]


def test_what_a_mailbox_refused_may_come_the_next_day_where_nobody_says_when_it_is_tried_again() -> None:
    refused = answered(at("06:00", 13), "R1", DAY, made=NINE)
    watched: dict[str, Any] = {
        "until": at("12:00", 13),
        "outages": {LAKE: (Outage(wednesday("09:05"), wednesday("09:30")),)},
    }
    assert rules(*ASKED, refused, either=("AMB-58",), **watched) == []
    assert "BRP-04" in rules(*ASKED, refused, reports=True, **watched)
    made_then = answered(at("06:00", 13), "R1", DAY)
    assert rules(*ASKED, made_then, either=("AMB-58",), **watched) == ["WIN-08"]
