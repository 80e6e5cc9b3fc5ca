"""What is submitted for billing: IR08 tells of bad requests, IR03 of schedules, and schedules ask for quantities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from harness.interface.files import Value
from harness.interface.instants import Day, Instant, later
from harness.port.protocol import Outage
from harness.referee.stream import Delivered, Submitted
from tests.referee.billing_streams import (
    MILL,
    TUESDAY,
    answered,
    metered,
    parameter,
    requested,
    rules,
    since,
    synchronized,
)
from tests.referee.conftest import AGENT, LAKE, PROFILE, at, delivered, name, submitted
from tests.referee.sets import a_set, cycle, sdp

NINE, DUE = at("09:03", 12), at("09:10", 12)
BAD = requested(NINE, "R1", sdp="999")
EMPTY = requested(NINE, "R1", start=TUESDAY, end=TUESDAY)


def exceptions(
    moment: Instant, *rows: tuple[Any, ...], to: str = LAKE, of: Submitted = BAD, line: int | None = 3
) -> Delivered:
    """An IR08, of each row the Request Detail ID; where a row has more, the file that it names."""
    details = [
        (
            "request_exception",
            {
                "file_name": row[1] if len(row) > 1 else of.name,
                "line": line,
                "request_detail_id": row[0],
                "code": "wrong",
                "message": None,
            },
        )
        for row in rows
    ]
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return delivered(name("IR08", moment, LAKE, to), header, details, moment)


def told(*came: Any, asked: Submitted = BAD, **more: Any) -> list[str]:
    return rules(*synchronized(), asked, *came, until=at("09:40", 12), **more)


# --- IR08 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [BAD, EMPTY])
def test_a_bad_request_is_told_of_by_the_next_run(asked: Submitted) -> None:
    assert told(exceptions(DUE, ("R1",), of=asked), asked=asked) == []
    assert told(asked=asked) == ["BRP-02"]
    assert told(exceptions(later(NINE, minutes=11), ("R1",), of=asked), asked=asked) == ["BRP-02"]


def test_whether_an_unknown_sdp_is_an_exception_may_be_open() -> None:
    told_of = exceptions(DUE, ("R1",), of=BAD)
    assert told(told_of) == told(told_of, either=("AMB-64",)) == told(either=("AMB-64",)) == []
    assert told() == told(asked=EMPTY, either=("AMB-64",)) == ["BRP-02"]


def test_what_a_record_leaves_blank_is_not_held_against_it() -> None:
    assert told(exceptions(DUE, (None,), line=None)) == []


def test_an_sdp_that_is_synchronized_before_the_file_may_have_been_read_is_known_or_not() -> None:
    """AMB-52: the file is read on receipt, or with the next run, and the SDP is there by then."""
    new = a_set(2, later(NINE, minutes=3), sdp("999"), cycle("999", "C1"))
    for came in ([exceptions(DUE, ("R1",))], []):
        assert told(*new.files, *came, either=("AMB-52",)) == []
    assert told(*new.files) == ["BRP-02"]


def test_each_exception_is_told_once() -> None:
    again = later(DUE, minutes=1)
    assert told(exceptions(DUE, ("R1",)), exceptions(again, ("R1",))) == ["BRP-02"]


def test_a_file_that_comes_again_may_be_told_of_again_or_not() -> None:
    """Both copies may stand in one report, or the first alone; what is wrong with that one is told in any case."""
    again = replace(BAD, instant=later(NINE, minutes=5))
    assert told(again, exceptions(DUE, ("R1",), of=BAD)) == []
    assert told(again, exceptions(DUE, ("R1",), ("R1",), of=BAD)) == []
    assert told(again) == ["BRP-02"]


def test_a_file_that_comes_again_days_later_is_one_that_was_let_in() -> None:
    again = replace(BAD, instant=later(NINE, minutes=-5, days=2))
    late = exceptions(later(NINE, minutes=10, days=2), ("R1",), of=BAD)
    assert (
        rules(*synchronized("periodic"), BAD, exceptions(DUE, ("R1",), of=BAD), again, late, until=at("10:00", 14))
        == []
    )


def test_what_is_right_is_no_exception() -> None:
    right = requested(NINE, "R1")
    assert told(exceptions(DUE, ("R1",), of=right), asked=right) == ["BRP-02"]
    assert told(exceptions(DUE, ("R1", "LAKE.LAKE.5000.00.20110112000000.DAT")), asked=right) == ["BRP-02"]


def test_whether_a_file_without_exceptions_gets_a_report_may_be_open() -> None:
    right = requested(NINE, "R1")
    assert told(exceptions(DUE), asked=right) == ["BRP-02"]
    assert told(asked=right) == []
    for came in ([exceptions(DUE)], []):
        assert told(*came, asked=right, either=("AMB-53",)) == []


def test_the_ldc_is_told_and_a_submitting_agent_that_may() -> None:
    asked = requested(NINE, "R1", sdp="999", by=AGENT)
    own, agents = exceptions(DUE, ("R1",), of=asked), exceptions(DUE, ("R1",), of=asked, to=AGENT)
    assert told(own, agents, asked=asked) == []
    assert told(own, asked=asked) == ["BRP-03"]
    assert told(agents, asked=asked) == ["BRP-02"]
    assert told(own, asked=asked, receive=("6000",)) == []


def test_an_agent_that_is_told_of_one_exception_is_told_of_all() -> None:
    asked = requested(NINE, "R1", "R2", sdp="999", by=AGENT)
    own = exceptions(DUE, ("R1",), ("R2",), of=asked, line=None)
    agents = exceptions(DUE, ("R1",), of=asked, to=AGENT, line=None)
    assert told(own, agents, asked=asked) == ["BRP-03", "BRP-02"]


# --- the schedule ----------------------------------------------------------------------------------------------

CYCLE = parameter("billing_cycle_id", "C1")
PERIOD = (Day(date(2011, 1, 17)), Day(date(2011, 1, 21)))
OTHER = Day(date(2011, 1, 24))
DAYS: Mapping[str, Value] = {"total_wh": 960}


def schedule(moment: Instant, *dates: tuple[Day, Day], by: str = LAKE) -> Submitted:
    details = [
        ("billing_cycle", {"billing_cycle_id": "C1", "period_start_date": start, "period_end_date": end})
        for start, end in dates
    ]
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return submitted(name("8000", moment, LAKE, by), header, details, moment)


def status(
    moment: Instant, of: Submitted, word: str, refused: Sequence[tuple[Day, Day]] = (), to: str = LAKE
) -> Delivered:
    codes = PROFILE.codes["schedule_status"]
    counts = {"loaded": 1 - len(refused), "refused": len(refused)}
    details: list[tuple[str, Mapping[str, Value]]] = [
        ("schedule_status", {"file_name": of.name, "status": codes[word], **counts})
    ]
    details += [
        (
            "schedule_exception",
            {
                "line": 3,
                "billing_cycle_id": "C1",
                "period_start_date": start,
                "period_end_date": end,
                "code": "late",
                "message": None,
            },
        )
        for start, end in refused
    ]
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return delivered(name("IR03", moment, LAKE, to), header, details, moment)


EARLY = at("08:00", 10)
SENT = schedule(EARLY, PERIOD)
LOADED = [*synchronized("periodic", CYCLE), SENT, status(EARLY, SENT, "loaded")]
MEASURED = metered(start=PERIOD[0], days=4, moment=at("01:00", 21))
PUSHED = answered(at("08:00", 21), None, DAYS, start=PERIOD[0], end=PERIOD[1])


def test_the_status_of_a_schedule_comes_to_its_submitter_alone() -> None:
    assert rules(*LOADED, until=at("12:00")) == []
    assert rules(*LOADED[:-1], until=at("12:00")) == ["BRP-01"]
    both = [*LOADED, status(EARLY, SENT, "loaded", to=AGENT)]
    assert rules(*both, until=at("12:00")) == ["BRP-01"]
    assert rules(*LOADED[:-1], status(EARLY, SENT, "refused", [PERIOD]), until=at("12:00")) == ["BRP-01"]


def test_a_mailbox_that_refused_files_before_a_status_is_due_puts_it_not_forward() -> None:
    watched: dict[str, Any] = {"until": at("12:00", 11), "either": ["AMB-19"]}
    watched["outages"] = {LAKE: (Outage(at("22:59"), at("23:00")),)}
    assert rules(*LOADED[:-1], status(at("08:00", 11), SENT, "loaded"), **watched) == []
    assert rules(*LOADED[:-1], **watched) == ["BRP-01"]


def test_when_a_schedule_is_loaded_may_be_open() -> None:
    tuesday = at("08:00", 11)
    late = [*LOADED[:-1], status(tuesday, SENT, "loaded")]
    assert rules(*late, until=at("12:00", 11)) == ["BRP-01"]
    assert rules(*late, until=at("12:00", 11), either=("AMB-19",)) == []
    later_still = [*LOADED[:-1], status(at("08:01", 11), SENT, "loaded")]
    assert rules(*later_still, until=at("12:00", 11), either=("AMB-19",)) == ["BRP-01"]


def test_a_schedule_that_comes_again_days_later_may_be_reported_on_again_or_not() -> None:
    """No slide says what becomes of a file that comes again; a third report has nothing that it would be about."""
    again = replace(SENT, instant=at("23:31", 17))
    more = [status(moment, SENT, "loaded") for moment in (at("23:31", 17), at("11:00", 18))]
    stream = [*LOADED, again]
    assert rules(*stream, until=at("12:00", 18)) == []
    assert rules(*stream, more[0], until=at("12:00", 18)) == []
    assert rules(*stream, *more, until=at("12:00", 18)) == ["BRP-01"]


def test_the_schedule_asks_for_quantities() -> None:
    assert rules(*LOADED, MEASURED, PUSHED, until=at("12:00", 21)) == []
    assert rules(*LOADED, MEASURED, until=at("12:00", 21)) == ["BSV-01"]
    early = answered(at("07:30", 21), None, DAYS, start=PERIOD[0], end=PERIOD[1])
    assert rules(*LOADED, MEASURED, early, until=at("12:00", 21)) == ["WIN-05"]


def test_what_is_scheduled_may_carry_an_id_of_the_systems_own_in_responses_and_reports() -> None:
    noon = at("12:00", 21)
    own = answered(at("08:00", 21), "P7", DAYS, start=PERIOD[0], end=PERIOD[1])
    codes = PROFILE.codes
    listed = {
        "request_detail_id": "P7",
        "universal_sdp_id": MILL,
        "read_status": codes["read_status"]["data_found"],
        "transaction_status": "00",
        "inserted_date_time": at("07:30", 21),
        "export_status": codes["export_status"]["sent"],
        "period_start_date": PERIOD[0],
        "period_end_date": PERIOD[1],
        "window_end_date": date(2011, 1, 25),
        "completed_date_time": at("08:00", 21),
    }
    header = {"ldc_org_id": LAKE, "created_date_time": noon}
    table = delivered(name("BR04", noon), header, [("delivery_detail", listed)], noon)
    watched: dict[str, Any] = {"until": later(noon, minutes=2), "reports": True, "receive": ("6000", "IR03")}
    assert rules(*LOADED, MEASURED, own, table, **watched) == ["BRP-05"]  # there is no BR01
    assert rules(*LOADED, MEASURED, PUSHED, own, until=noon) == ["WIN-08"]
    asked = requested(at("07:00", 21), "P7", start=PERIOD[0], end=PERIOD[1])
    assert "BSV-03" in rules(*LOADED, MEASURED, asked, own, until=noon)


def test_in_whatever_order_a_report_tells_of_what_was_scheduled_and_asked_for() -> None:
    eight, due = at("08:00", 26), at("21:30", 26)
    period = {"period_start_date": PERIOD[0], "period_end_date": PERIOD[1]}
    stream = [*LOADED, requested(at("07:00", 21), "R1", start=PERIOD[0], end=PERIOD[1])]
    stream += [answered(eight, each, status="02", start=PERIOD[0], end=PERIOD[1]) for each in ("R1", None)]
    header = {"ldc_org_id": LAKE, "created_date_time": due}
    for order in ((None, "R1"), ("R1", None)):
        rows = [
            ("no_reads", {"request_detail_id": each, "universal_sdp_id": MILL, "transaction_status": "02", **period})
            for each in order
        ]
        told = [*stream, delivered(name("BR06", due), header, rows, due)]
        broken = rules(*told, until=later(due, minutes=2), reports=True, receive=("6000", "IR03"))
        assert "BRP-08" not in broken


def test_which_days_billing_cycle_counts_is_not_judged() -> None:
    """The SDP has another cycle until a day within the period, or from the day on which it is due."""
    until = Day(date(2011, 1, 19))
    came = ("sdp_parameter", since(end=until, parameter="BILLING_CYCLE_ID", value="C9"))
    went = ("sdp_parameter", since(end=PERIOD[1], parameter="BILLING_CYCLE_ID", value="C1"))
    for cycles in ((came, parameter("billing_cycle_id", "C1", until)), (went,)):
        stream = [*synchronized("periodic", *cycles), *LOADED[-2:], MEASURED]
        assert rules(*stream, until=at("12:00", 21)) == []
        assert rules(*stream, PUSHED, until=at("12:00", 21)) == []
        wrong = answered(at("08:00", 21), None, {"total_wh": 961}, start=PERIOD[0], end=PERIOD[1])
        assert rules(*stream, wrong, until=at("12:00", 21)) == ["BQ-06"]


def test_what_the_schedule_does_not_ask_for() -> None:
    other = answered(at("08:00", 21), None, DAYS, start=PERIOD[0], end=OTHER)
    assert rules(*LOADED, MEASURED, PUSHED, other, until=at("12:00", 21)) == ["BSV-01"]


def test_what_may_be_scheduled_is_not_judged_where_the_schedule_is_open_whatever_id_it_carries() -> None:
    twice = [*LOADED, replace(SENT, instant=at("23:31", 17)), MEASURED]
    for own in (None, "P7"):
        other = answered(at("08:00", 21), own, DAYS, start=PERIOD[0], end=OTHER)
        assert rules(*twice, PUSHED, other, until=at("12:00", 21)) == []
    without_schedule = [*synchronized("periodic", CYCLE), MEASURED]
    other = answered(at("08:00", 21), "P7", DAYS, start=PERIOD[0], end=OTHER)
    assert rules(*without_schedule, other, until=at("12:00", 21)) == ["BSV-02"]


def test_a_report_of_rebilling_may_be_of_what_was_scheduled_where_the_schedule_is_open() -> None:
    due = at("23:30", 25)
    row = {
        "universal_sdp_id": MILL,
        "change": PROFILE.codes["rebilling_change"]["usage"],
        "period_start_date": PERIOD[0],
        "period_end_date": OTHER,
        "original_wh": 960,
        "new_wh": 1920,
        "difference_wh": 960,
        "percent_change": 1000,
    }
    header = {"ldc_org_id": LAKE, "created_date_time": due}
    told = delivered(name("BR03", due), header, [("event_period", row)], due)
    twice = [*LOADED, replace(SENT, instant=at("23:31", 17))]
    watched: dict[str, Any] = {"until": later(due, minutes=2), "reports": True}
    assert "BRP-09" not in rules(*twice, told, **watched)
    assert "BRP-09" in rules(*LOADED, told, **watched)


def test_an_update_that_was_refused_asks_for_nothing_whatever_id_that_carries() -> None:
    moment = at("09:00", 19)
    update = schedule(moment, (PERIOD[0], OTHER))
    refused = status(moment, update, "refused", [(PERIOD[0], OTHER)])
    for own in (None, "P7"):
        other = answered(at("08:00", 21), own, DAYS, start=PERIOD[0], end=OTHER)
        assert rules(*LOADED, update, refused, MEASURED, PUSHED, other, until=at("12:00", 21)) == ["BSV-04"]


def test_an_update_that_comes_too_late_is_refused_and_changes_nothing() -> None:
    moment = at("09:00", 19)  # two days before the date held
    update = schedule(moment, (PERIOD[0], OTHER))
    refused = status(moment, update, "refused", [(PERIOD[0], OTHER)])
    stream = [*LOADED, update]
    assert rules(*stream, refused, MEASURED, PUSHED, until=at("12:00", 21)) == []
    assert rules(*stream, status(moment, update, "loaded"), until=at("10:00", 19)) == ["BSV-04"]
    assert rules(*stream, refused, MEASURED, until=at("12:00", 21)) == ["BSV-01"]


def test_whether_an_update_gives_up_what_it_leaves_out_is_open() -> None:
    """Four days ahead of the date held another period is stated alone; three days are what an update needs."""
    stream, more = [*LOADED, MEASURED], (OTHER, OTHER + timedelta(days=4))
    for moment in (at("09:00", 17), at("09:00", 19)):
        update = schedule(moment, (Day(more[0]), Day(more[1])))
        told = [*stream[:-1], update, status(moment, update, "loaded"), MEASURED]
        assert rules(*told, PUSHED, until=at("12:00", 21)) == []
        assert rules(*told, until=at("12:00", 21)) == ([] if moment < at("09:00", 18) else ["BSV-01"])


def test_a_date_that_an_update_adds_is_late_by_itself_or_where_the_date_held_counts_no_update() -> None:
    moment = at("09:00", 19)
    update = schedule(moment, (Day(date(2011, 1, 14)), PERIOD[0]))
    taken = [*LOADED, update, status(moment, update, "loaded")]
    refused = [*LOADED, update, status(moment, update, "refused", [(Day(date(2011, 1, 14)), PERIOD[0])])]
    assert rules(*taken, until=at("10:00", 19)) == ["BSV-04"]
    assert rules(*taken, until=at("10:00", 19), either=("AMB-50",)) == []
    assert rules(*refused, until=at("10:00", 19)) == rules(*refused, until=at("10:00", 19), either=("AMB-50",)) == []


def test_which_date_has_to_lie_ahead_may_be_open_and_the_report_tells_which() -> None:
    """The date held lies two days ahead, the new one five."""
    moment = at("09:00", 19)
    update = schedule(moment, (PERIOD[0], OTHER))
    taken = [*LOADED, update, status(moment, update, "loaded")]
    assert rules(*taken, until=at("10:00", 19), either=("AMB-50",)) == []
    assert rules(*taken, MEASURED, until=at("12:00", 21), either=("AMB-50",)) == []
    assert rules(*taken, MEASURED, PUSHED, until=at("12:00", 21), either=("AMB-50",)) == ["BSV-01"]


def test_whether_a_period_updates_one_that_it_overlaps_is_open() -> None:
    """It begins a day earlier than the one held, which is two days ahead: no slide says whether it takes its place."""
    moment, earlier = at("09:00", 19), (PERIOD[0] - timedelta(days=1), OTHER)
    update = schedule(moment, earlier)
    stream = [*LOADED, update]
    for told in (status(moment, update, "refused", [earlier]), status(moment, update, "loaded")):
        assert rules(*stream, told, MEASURED, PUSHED, until=at("12:00", 21)) == []
    assert rules(*stream, status(moment, update, "loaded"), MEASURED, until=at("12:00", 21)) == []


def test_a_schedule_that_is_refused_at_the_door_asks_for_nothing() -> None:
    sent = schedule(EARLY, PERIOD, by=AGENT)
    stream = [*synchronized("periodic", CYCLE), sent, MEASURED]
    assert rules(*stream, until=at("12:00", 21), submit=("5000",)) == []
    assert rules(*stream, PUSHED, until=at("12:00", 21), submit=("5000",)) == ["BSV-07"]


# --- the same for push and pull (SEG-06) -----------------------------------------------------------------------------

MOVED = ("sdp_to_account", since(start=Day(date(2011, 1, 19)), account_id="A2"))
"""Another account from the third of the four days on."""
SCHEDULED = [*synchronized("periodic", CYCLE, MOVED), SENT, status(EARLY, SENT, "loaded"), MEASURED]
HALVES: list[Mapping[str, Value]] = [
    {"sub_period_start_date": start, "sub_period_end_date": end, "total_wh": 480}
    for start, end in ((PERIOD[0], Day(date(2011, 1, 19))), (Day(date(2011, 1, 19)), PERIOD[1]))
]


def test_a_scheduled_response_is_divided_as_a_requested_one() -> None:
    asked = requested(at("09:10", 21), "R1", start=PERIOD[0], end=PERIOD[1])
    pulled = answered(at("09:10", 21), "R1", *HALVES, start=PERIOD[0], end=PERIOD[1])
    whole = answered(at("09:10", 21), "R1", DAYS, start=PERIOD[0], end=PERIOD[1])
    pushed = answered(at("08:00", 21), None, *HALVES, start=PERIOD[0], end=PERIOD[1])
    assert rules(*SCHEDULED, pushed, asked, pulled, until=at("12:00", 21)) == []
    assert rules(*SCHEDULED, PUSHED, until=at("09:00", 21)) == ["SEG-02"]
    assert rules(*SCHEDULED, PUSHED, asked, pulled, until=at("12:00", 21)) == ["SEG-02", "SEG-06"]
    assert rules(*SCHEDULED, PUSHED, asked, whole, until=at("12:00", 21)) == ["SEG-02", "SEG-02"]


def test_and_not_differently_from_one_that_came_before() -> None:
    before = requested(at("01:10", 21), "R1", start=PERIOD[0], end=PERIOD[1])
    pulled = answered(at("01:10", 21), "R1", *HALVES, start=PERIOD[0], end=PERIOD[1])
    assert rules(*SCHEDULED, before, pulled, PUSHED, until=at("12:00", 21)) == ["SEG-06"]
