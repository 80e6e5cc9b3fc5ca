"""The reports BR01 and BR03 to BR06 of the billing quantity process: what they say, for whom, and by when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from harness.interface.files import Value
from harness.interface.instants import Instant, later
from harness.port.protocol import Outage
from harness.referee.stream import Delivered
from tests.referee.billing_streams import (
    FRAMINGS,
    MILL,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    answered,
    found,
    metered,
    parameter,
    read,
    requested,
    rules,
    since,
    synchronized,
)
from tests.referee.conftest import AGENT, LAKE, PROFILE, at, delivered, name

NINE, NOON = at("09:10", 12), at("12:00", 12)
WINDOW = at("00:00", 13).date()
DAY: Mapping[str, Value] = {"total_wh": 240}
OWN = ("6000", "6100", "6200", "IR03", "IR08")
"""What the agent may receive in most of these: no report."""
CODES = PROFILE.codes
ASKED = [*synchronized(), metered(), requested(NINE, "R1")]
ANSWERED = [*ASKED, answered(NINE, "R1", DAY)]


def report(kind: str, moment: Instant, *rows: tuple[str, Mapping[str, Value]], to: str = LAKE) -> Delivered:
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return delivered(name(kind, moment, LAKE, to), header, rows, moment)


def violated(*happenings: Any, until: Instant, **more: Any) -> list[str]:
    return rules(*happenings, until=until, **{"receive": OWN, "reports": True, **more})


# --- BR04 and BR01 -----------------------------------------------------------------------------------------------


def detail(**changed: Value) -> tuple[str, Mapping[str, Value]]:
    """The record of R1, which was answered at 09:10 on Wednesday: in a window from then until Friday."""
    fields = {
        "request_detail_id": "R1",
        "universal_sdp_id": MILL,
        "read_status": CODES["read_status"]["data_found"],
        "transaction_status": "00",
        "inserted_date_time": NINE,
        "export_status": CODES["export_status"]["sent"],
        "period_start_date": MONDAY,
        "period_end_date": TUESDAY,
        "window_end_date": at("00:00", 14).date(),
        "completed_date_time": NINE,
    }
    return ("delivery_detail", {**fields, **changed})


OPEN: Mapping[str, Value] = {
    "read_status": CODES["read_status"]["no_data"],
    "transaction_status": None,
    "export_status": CODES["export_status"]["not_sent"],
    "completed_date_time": None,
}


def summary(end: Any = None, **counts: int) -> tuple[str, Mapping[str, Value]]:
    names = (
        "pending",
        "in_process",
        "in_process_no_data",
        "data_found",
        "found_and_sent",
        "found_and_delivery_failed",
        "request_failed",
        "failed_and_sent",
        "failed_and_delivery_failed",
    )
    window = end or at("00:00", 14).date()
    fields: Mapping[str, Value] = {"window_end_date": window, "period_end_date": TUESDAY}
    return ("delivery_summary", {**fields, "total": 1, **dict.fromkeys(names, 0), **counts})


def at_noon(*details: Any, counts: Any = None, stream: Any = None, moment: Instant = NOON, **more: Any) -> list[str]:
    counted = [summary(found_and_sent=1)] if counts is None else counts
    files = [report("BR04", moment, *details), *([report("BR01", moment, *counted)] if counted else [])]
    return violated(*(stream or ANSWERED), *files, until=later(moment, minutes=5), **more)


def test_a_request_stands_in_the_table_as_it_is() -> None:
    assert at_noon(detail()) == []


@pytest.mark.parametrize(
    ("word", "category", "broken"),
    [("pending", "pending", []), ("no_data", "in_process_no_data", ["BRP-04"])],
)
def test_no_run_has_looked_at_a_request_by_the_time_of_the_no_data_response(
    word: str, category: str, broken: list[str]
) -> None:
    at_night = {"billing_run_first": "18:00", "billing_run_last": "23:00", "billing_run_every_hours": 5}
    seven = at("07:00", 12)
    asked = [*synchronized(), requested(seven, "R1", cycle="N")]
    waits = detail(**{**OPEN, "read_status": CODES["read_status"][word], "inserted_date_time": seven})
    assert at_noon(waits, counts=[summary(**{category: 1})], stream=asked, values=at_night) == broken


@pytest.mark.parametrize(
    "changed",
    [
        {"read_status": CODES["read_status"]["failed"]},
        {"export_status": CODES["export_status"]["not_sent"]},
        {"period_end_date": at("00:00", 12).date()},
        {"window_end_date": at("00:00", 13).date()},
        {"inserted_date_time": at("09:00", 12)},
        {"completed_date_time": at("09:12", 12)},
        {"completed_date_time": None},
        {"universal_sdp_id": "999"},
    ],
)
def test_what_is_not_so_in_the_table(changed: Mapping[str, Value]) -> None:
    said = at_noon(detail(**changed), counts=[])
    assert "BRP-04" in said


def test_the_status_is_that_of_the_response() -> None:
    assert at_noon(detail(transaction_status="06"), counts=[summary(failed_and_sent=1)]) == ["TXS-05"]


def test_what_is_missing_in_the_table_and_what_nobody_asked_for() -> None:
    assert at_noon(counts=[summary(total=0)]) == ["BRP-04"]
    assert "BRP-04" in at_noon(detail(), detail(request_detail_id="R9"), counts=[summary(total=2, found_and_sent=2)])
    assert "BRP-04" in at_noon(detail(), detail(), counts=[summary(total=2, found_and_sent=2)])


def test_the_table_comes_at_noon() -> None:
    late = later(NOON, minutes=1)
    assert set(at_noon(detail(), moment=late)) == {"BRP-04", "BRP-05"}
    assert violated(*ANSWERED, until=later(NOON, minutes=2)) == ["BRP-04"]


def test_the_ldc_and_every_agent_that_may_receive_it() -> None:
    may = (*OWN, "BR04")
    both = [report("BR04", NOON, detail()), report("BR04", NOON, detail(), to=AGENT)]
    counted = report("BR01", NOON, summary(found_and_sent=1))
    assert violated(*ANSWERED, *both, counted, until=later(NOON, minutes=2), receive=may) == []
    assert violated(*ANSWERED, both[0], counted, until=later(NOON, minutes=2), receive=may) == ["BRP-10"]


def test_an_open_request_and_what_it_waits_for() -> None:
    stream = [*synchronized(), requested(NINE, "R1")]
    counts = [summary(in_process_no_data=1)]
    assert at_noon(detail(**OPEN), counts=counts, stream=stream) == []
    pending = {**OPEN, "read_status": CODES["read_status"]["pending"]}
    assert at_noon(detail(**pending), counts=[summary(pending=1)], stream=stream) == ["BRP-04"]
    partly = [*stream, metered(hours=3, moment=at("09:30", 12))]
    in_process = {**OPEN, "read_status": CODES["read_status"]["in_process"]}
    assert at_noon(detail(**in_process), counts=[summary(in_process=1)], stream=partly) == []
    no_data = [detail(**OPEN)], [summary(in_process_no_data=1)]
    assert at_noon(*no_data[0], counts=no_data[1], stream=partly) == ["BRP-04"]
    assert at_noon(*no_data[0], counts=no_data[1], stream=partly, either=("AMB-62",)) == []


def test_whether_data_that_is_not_eligible_is_none_is_not_judged() -> None:
    stream = [*synchronized(), metered(status="NVE"), requested(NINE, "R1")]
    in_process = {**OPEN, "read_status": CODES["read_status"]["in_process"]}
    assert at_noon(detail(**OPEN), counts=[summary(in_process_no_data=1)], stream=stream) == []
    assert at_noon(detail(**in_process), counts=[summary(in_process=1)], stream=stream) == []
    some = [*synchronized(), metered(hours=3), requested(NINE, "R1")]
    assert at_noon(detail(**OPEN), counts=[summary(in_process_no_data=1)], stream=some) == ["BRP-04"]


def test_the_summary_counts_the_details() -> None:
    assert at_noon(detail(), counts=[summary(data_found=1)]) == ["BRP-06", "BRP-05"]
    assert at_noon(detail(), counts=[summary(total=2, found_and_sent=1)]) == ["BRP-06", "BRP-05"]
    assert at_noon(detail(), counts=[summary(found_and_sent=1), summary(total=0, end=at("00:00", 20).date())]) == []


def test_the_summary_of_a_table_that_is_wrong_itself_counts_what_the_table_says() -> None:
    failed = detail(transaction_status="06")
    assert at_noon(failed, counts=[summary(failed_and_sent=1)]) == ["TXS-05"]
    assert at_noon(failed, counts=[summary(found_and_sent=1)]) == ["TXS-05", "BRP-06"]


def test_the_copy_of_an_agent_says_all_that_the_ldcs_says() -> None:
    may, until = (*OWN, "BR01", "BR04"), later(NOON, minutes=2)
    counted = [report("BR01", NOON, summary(found_and_sent=1), to=to) for to in (LAKE, AGENT)]
    details = [report("BR04", NOON, detail(), to=to) for to in (LAKE, AGENT)]
    assert violated(*ANSWERED, *details, *counted, until=until, receive=may) == []
    empty = report("BR04", NOON, to=AGENT)
    assert violated(*ANSWERED, details[0], empty, *counted, until=until, receive=may) == ["BRP-04", "BRP-10", "BRP-06"]
    nothing = report("BR01", NOON, to=AGENT)
    said = violated(*ANSWERED, *details, counted[0], nothing, until=until, receive=may)
    assert said == ["BRP-06", "BRP-05", "BRP-10"]


def test_what_is_closed_after_its_window_may_be_shown_on_its_day_or_not() -> None:
    """Asked for on Tuesday, closed on Friday at 08:00."""
    asked = requested(at("09:10", 11), "R1")
    stream = [*synchronized(), asked, answered(at("08:00", 14), "R1", status="02")]
    failed = detail(
        read_status=CODES["read_status"]["failed"],
        transaction_status="02",
        inserted_date_time=at("09:10", 11),
        completed_date_time=at("08:00", 14),
        window_end_date=WINDOW,
    )
    before = [
        each
        for day, clock in ((11, "12:00"), (11, "23:30"), (12, "12:00"), (12, "23:30"), (13, "12:00"), (13, "23:30"))
        for each in (
            report(
                "BR04",
                at(clock, day),
                detail(**{**OPEN, "inserted_date_time": at("09:10", 11), "window_end_date": WINDOW}),
            ),
            report("BR01", at(clock, day), summary(in_process_no_data=1, end=WINDOW)),
        )
    ]
    friday, until = at("12:00", 14), at("12:05", 14)
    told = sorted([*stream, *before], key=lambda each: each.instant)
    shown = [report("BR04", friday, failed), report("BR01", friday, summary(failed_and_sent=1, end=WINDOW))]
    assert violated(*told, *shown, until=until) == []
    assert violated(*told, until=until) == ["BRP-04"]
    assert violated(*told, until=until, either=("AMB-54",)) == []
    assert violated(*told, *shown, until=until, either=("AMB-54",)) == []


def test_what_a_mailbox_refused_is_shown_as_failed() -> None:
    outages = {AGENT: (Outage(at("09:00", 12), at("13:00", 12)),)}
    bills = ("sdp_to_billing_agent", since(organisation_id=str(AGENT)))
    stream = [*synchronized("periodic", bills), metered(), requested(NINE, "R1", by=AGENT)]
    failed = detail(export_status=CODES["export_status"]["delivery_failed"])
    counts = [summary(found_and_delivery_failed=1)]
    assert at_noon(failed, counts=counts, stream=stream, outages=outages) == []
    assert at_noon(detail(), stream=stream, outages=outages) == ["BRP-04"]


def test_a_response_that_is_on_its_way_when_a_report_runs_may_not_be_sent_yet() -> None:
    before, until = at("11:59:50", 12), later(NOON, minutes=5)
    stream = [*synchronized(), metered(moment=NINE), requested(before, "R1")]
    fields: dict[str, Value] = {
        "inserted_date_time": before,
        "completed_date_time": before,
        "export_status": CODES["export_status"]["not_sent"],
    }
    told = [report("BR04", NOON, detail(**fields)), report("BR01", NOON, summary(data_found=1))]
    assert violated(*stream, *told, answered(later(NOON, seconds=30), "R1", DAY), until=until) == []
    assert violated(*stream, answered(later(NOON, seconds=-5), "R1", DAY), *told, until=until) == ["BRP-04"]


def test_in_which_type_a_response_without_quantities_was_sent_is_open() -> None:
    """An agent that may receive 6000 alone asks for an SDP framed as Hourly that is not its own."""
    stream = [*synchronized("hourly"), metered(), requested(NINE, "R1", by=AGENT)]
    for word, count in (("sent", "failed_and_sent"), ("not_sent", "request_failed")):
        changed = {"read_status": CODES["read_status"]["failed"], "export_status": CODES["export_status"][word]}
        row = detail(transaction_status="08", **changed)
        assert at_noon(row, counts=[summary(**{count: 1})], stream=stream, receive=("6000",)) == []


# --- BR06 and BR05 -----------------------------------------------------------------------------------------------

REFUSED = [
    *synchronized("periodic", ("sdp_to_billing_agent", since(organisation_id=str(AGENT)))),
    metered(),
    requested(NINE, "R1"),
    answered(NINE, "R1", status="08"),
]
ONLY = frozenset({"BRP-07", "BRP-08", "BRP-09", "BRP-10"})


def of_failures(*happenings: Any, until: Instant, **more: Any) -> list[str]:
    """What is violated of BR03, BR05 and BR06; the staging table is not told of in these streams."""
    return [each for each in violated(*happenings, until=until, **more) if each in ONLY]


def no_reads(moment: Instant, *requests: str | None, status: str = "08", to: str = LAKE) -> Delivered:
    rows = [
        (
            "no_reads",
            {
                "request_detail_id": each,
                "universal_sdp_id": MILL,
                "period_start_date": MONDAY,
                "period_end_date": TUESDAY,
                "transaction_status": status,
            },
        )
        for each in requests
    ]
    return report("BR06", moment, *rows, to=to)


DUE, NEXT = at("21:30", 12), at("21:30", 13)


def test_what_was_closed_without_quantities_is_told_that_evening() -> None:
    assert of_failures(*REFUSED, no_reads(DUE, "R1"), until=later(NEXT, minutes=5)) == []
    assert of_failures(*REFUSED, no_reads(DUE, None), until=later(NEXT, minutes=5)) == []
    assert of_failures(*REFUSED, until=later(DUE, minutes=5)) == ["BRP-08"]
    assert of_failures(*REFUSED, no_reads(DUE, "R1", status="02"), until=later(DUE, minutes=5)) == ["BRP-08"]
    assert of_failures(*REFUSED, no_reads(later(DUE, minutes=1), "R1"), until=later(DUE, minutes=5)) != []


def test_a_report_that_was_refused_may_come_later_in_the_day_than_it_is_due() -> None:
    outages = {LAKE: (Outage(at("21:00", 12), at("21:00", 13)),)}
    anew = no_reads(at("22:00", 13), "R1")
    watched: dict[str, Any] = {"until": later(NEXT, hours=1)}
    assert of_failures(*REFUSED, anew, outages=outages, **watched) == []
    assert of_failures(*REFUSED, anew, **watched) != []


def test_when_the_report_runs_may_be_open() -> None:
    either = {"either": ("AMB-12",)}
    assert of_failures(*REFUSED, until=later(DUE, minutes=5), **either) == []
    assert of_failures(*REFUSED, no_reads(at("06:00", 13), "R1"), until=later(NEXT, minutes=5), **either) == []
    assert of_failures(*REFUSED, until=later(NEXT, minutes=5), **either) == ["BRP-08"]
    empty = no_reads(at("20:00", 12))
    assert of_failures(*REFUSED, empty, until=later(DUE, minutes=5), **either) == ["BRP-08"]


def test_each_failure_is_told_once_and_no_other() -> None:
    twice = [no_reads(DUE, "R1"), no_reads(NEXT, "R1")]
    assert of_failures(*REFUSED, *twice, until=later(NEXT, minutes=5)) == ["BRP-08"]
    assert of_failures(*ANSWERED, no_reads(DUE, "R1"), until=later(DUE, minutes=5)) == ["BRP-08"]


def test_an_agent_that_may_is_told_as_well() -> None:
    may = (*OWN, "BR06")
    both = [no_reads(DUE, "R1"), no_reads(DUE, "R1", to=AGENT)]
    assert of_failures(*REFUSED, *both, until=later(DUE, minutes=5), receive=may) == []
    assert of_failures(*REFUSED, both[0], until=later(DUE, minutes=5), receive=may) == ["BRP-10"]
    empty = no_reads(DUE, to=AGENT)
    assert of_failures(*REFUSED, both[0], empty, until=later(DUE, minutes=5), receive=may) == ["BRP-08", "BRP-10"]


METER = [("meter", {"meter_id": "M1"}), ("sdp_to_meter", since(meter_id="M1")), parameter("vee_service", "03")]
FAILED = [
    *synchronized("periodic", *METER),
    metered(1000),
    read(at("00:00", 10), 100),
    read(at("00:00", 11), 130),
    requested(NINE, "R1"),
    answered(NINE, "R1", {"total_wh": 24000}, status="06"),
]
EVENING = at("23:30", 12)
HOURS_OF_EVENING = ("23:30", "23:40", "23:50")


def failure(**changed: Value) -> Delivered:
    fields = {
        "request_detail_id": "R1",
        "universal_sdp_id": MILL,
        "period_start_date": MONDAY,
        "period_end_date": TUESDAY,
        "transaction_status": "06",
        "total_variant_wh": 6000,
        "start_read_date_time": at("00:00", 10),
        "start_reading": 100,
        "end_read_date_time": at("00:00", 11),
        "end_reading": 130,
        "interval_total_wh": 24000,
    }
    return report("BR05", EVENING, ("sum_check_failure", {**fields, **changed}))


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        ({}, True),
        ({"interval_total_wh": None, "start_reading": None}, True),
        ({"total_variant_wh": None}, False),
        ({"total_variant_wh": 6001}, False),
        ({"end_reading": 131}, False),
        ({"interval_total_wh": 24001}, False),
        ({"start_read_date_time": at("01:00", 10)}, False),
    ],
)
def test_a_sum_check_that_failed_is_told_with_what_it_compared(changed: Mapping[str, Value], held: bool) -> None:
    said = of_failures(*FAILED, failure(**changed), until=later(EVENING, minutes=5))
    assert said == ([] if held else ["BRP-07"])


def test_a_sum_check_that_failed_and_is_not_told() -> None:
    assert of_failures(*FAILED, until=later(EVENING, minutes=5)) == ["BRP-07"]


FAR_AWAY = at("00:00", 3)
WITHOUT_READS = [
    *synchronized("periodic", *METER),
    read(FAR_AWAY, 54),
    read(FAR_AWAY, 55),
    metered(1000),
    requested(NINE, "R1"),
    answered(NINE, "R1", {"total_wh": 24000}, status="07"),
]


@pytest.mark.parametrize(
    ("changed", "held"),
    [
        ({}, True),
        ({"start_read_date_time": FAR_AWAY, "start_reading": 55}, True),
        ({"start_reading": 55}, True),
        ({"end_read_date_time": FAR_AWAY}, True),
        ({"start_read_date_time": FAR_AWAY, "start_reading": 54}, True),
        ({"start_read_date_time": FAR_AWAY, "start_reading": 0}, False),
        ({"start_reading": 56}, False),
        ({"end_read_date_time": at("00:00", 11), "end_reading": 55}, False),
    ],
)
def test_a_failure_without_reads_gives_one_that_came_or_none(changed: Mapping[str, Value], held: bool) -> None:
    """One came too early to be compared, first as 54 and then as 55."""
    blank = dict.fromkeys(
        ("total_variant_wh", "interval_total_wh", "start_read_date_time", "start_reading", "end_read_date_time")
    )
    told = failure(**{**blank, "transaction_status": "07", "end_reading": None, **changed})
    assert of_failures(*WITHOUT_READS, told, until=later(EVENING, minutes=5)) == ([] if held else ["BRP-07"])


# --- BR03 --------------------------------------------------------------------------------------------------------

CHANGED = [*ANSWERED, metered(20, moment=at("14:30", 12))]
END_OF_NEXT_DAY = at("00:02", 14)


def changed(moment: Instant, to: str = LAKE, times: int = 1, **fields: Value) -> Delivered:
    row: Mapping[str, Value] = {
        "universal_sdp_id": MILL,
        "period_start_date": MONDAY,
        "period_end_date": TUESDAY,
        "change": CODES["rebilling_change"]["usage"],
        "original_wh": 240,
        "new_wh": 480,
        "difference_wh": 240,
        "percent_change": 10000,
        **fields,
    }
    return report("BR03", moment, *[("event_period", row)] * times, to=to)


@pytest.mark.parametrize("moment", [at("03:15", 13), at("23:30", 12), at("23:30", 13)])
def test_what_has_changed_since_it_was_delivered_is_told_by_the_next_day(moment: Instant) -> None:
    assert of_failures(*CHANGED, changed(moment), until=END_OF_NEXT_DAY) == []


def test_a_change_that_is_not_told() -> None:
    assert of_failures(*CHANGED, until=END_OF_NEXT_DAY) == ["BRP-09"]
    assert of_failures(*CHANGED, until=at("23:59", 13)) == []
    said = [each for each in found(*CHANGED, until=END_OF_NEXT_DAY, receive=OWN, reports=True) if each.rule == "BRP-09"]
    assert said[0].expected == f"SDP {MILL}, 2011-01-10 to 2011-01-11: from 240 to 480 Wh"


def test_a_change_may_be_told_within_as_many_days_as_the_system_says() -> None:
    weekly = {"values": {"br03_within_days": 7}}
    assert of_failures(*CHANGED, until=at("23:59", 19), **weekly) == []
    assert of_failures(*CHANGED, changed(at("23:30", 19)), until=at("00:02", 20), **weekly) == []
    assert of_failures(*CHANGED, until=at("00:02", 20), **weekly) == ["BRP-09"]


@pytest.mark.parametrize(
    "fields",
    [
        {"original_wh": 239},
        {"new_wh": 481},
        {"difference_wh": -240},
        {"percent_change": 10002},
        {"percent_change": None},
        {"change": CODES["rebilling_change"]["interval_data"]},
    ],
)
def test_what_a_record_of_a_change_says(fields: Mapping[str, Value]) -> None:
    assert "BRP-09" in of_failures(*CHANGED, changed(EVENING, **fields), until=later(EVENING, minutes=5))


def test_of_a_period_of_both_kinds_of_framing_either_change_is_told() -> None:
    hours: dict[str, Value] = {"day": MONDAY, **{f"hour_{hour:02}_wh": 10 for hour in range(1, 25)}}
    first: dict[str, Value] = {"sub_period_end_date": TUESDAY, **hours}
    second: dict[str, Value] = {"sub_period_start_date": TUESDAY, **DAY}
    moved = ("service_agreement", since(start=TUESDAY, framing_structure=FRAMINGS["periodic"]))
    stream = [
        *synchronized("hourly", moved),
        metered(days=2),
        requested(NINE, "R1", end=WEDNESDAY),
        answered(NINE, "R1", first, file_type="6100", end=WEDNESDAY, framing="hourly"),
        answered(NINE, "R1", second, end=WEDNESDAY),
        metered(20, moment=at("14:30", 12)),
    ]
    row: dict[str, Value] = {"period_end_date": WEDNESDAY, "original_wh": 480, "new_wh": 720, "percent_change": 5000}
    for word in CODES["rebilling_change"].values():
        told = changed(at("23:30", 12), change=word, **row)
        assert of_failures(*stream, told, until=END_OF_NEXT_DAY) == []
    wrong = changed(at("23:30", 12), change="OTHER", **row)
    assert "BRP-09" in of_failures(*stream, wrong, until=END_OF_NEXT_DAY)


def parts_changed(*wh: int) -> list[Any]:
    """A response of two parts of a day, 240 Wh each; afterwards each hour of a day has other Wh."""
    halves: list[Mapping[str, Value]] = [
        {"sub_period_end_date": TUESDAY, **DAY},
        {"sub_period_start_date": TUESDAY, **DAY},
    ]
    days = (MONDAY, TUESDAY)
    return [
        *synchronized("periodic", ("sdp_to_account", since(start=TUESDAY, account_id="A2"))),
        metered(days=2),
        requested(NINE, "R1", end=WEDNESDAY),
        answered(NINE, "R1", *halves, end=WEDNESDAY),
        *(metered(each, day, moment=at("14:30", 12)) for each, day in zip(wh, days, strict=True)),
    ]


def part(start: Any, end: Any, new: int, original: int = 240) -> Mapping[str, Value]:
    difference = new - original
    return {
        "period_start_date": start,
        "period_end_date": end,
        "original_wh": original,
        "new_wh": new,
        "difference_wh": difference,
        "percent_change": difference * 10_000 // original,
    }


def test_each_part_that_has_changed_is_told_or_the_whole_period() -> None:
    either: dict[str, Any] = {"until": END_OF_NEXT_DAY, "either": ("AMB-55",)}
    stream = parts_changed(20, 30)
    monday, tuesday = changed(EVENING, **part(MONDAY, TUESDAY, 480)), part(TUESDAY, WEDNESDAY, 720)
    afterwards = changed(later(EVENING, seconds=1), **tuesday)
    whole = changed(EVENING, **part(MONDAY, WEDNESDAY, 1200, 480))
    assert of_failures(*stream, monday, afterwards, **either) == of_failures(*stream, whole, **either) == []
    assert of_failures(*stream, monday, **either) == of_failures(*stream, afterwards, **either) == ["BRP-09"]
    assert of_failures(*stream, **either) == ["BRP-09"]


def test_parts_that_changed_so_that_the_whole_did_not_are_told_or_not() -> None:
    either: dict[str, Any] = {"until": END_OF_NEXT_DAY, "either": ("AMB-55",)}
    stream = parts_changed(15, 5)
    assert of_failures(*stream, **either) == []
    assert of_failures(*stream, changed(EVENING, **part(MONDAY, WEDNESDAY, 480, 480)), **either) == []
    each_part = replace(PROFILE, readings={**PROFILE.readings, "AMB-55": "each-sub-period"})
    assert of_failures(*stream, until=END_OF_NEXT_DAY, profile=each_part) == ["BRP-09"]


def test_what_has_not_changed_is_no_change() -> None:
    assert of_failures(*ANSWERED, changed(EVENING), until=later(EVENING, minutes=5)) == ["BRP-09"]
    same = [*ANSWERED, metered(10, moment=at("14:30", 12))]
    assert of_failures(*same, changed(EVENING), until=later(EVENING, minutes=5)) == ["BRP-09"]
    assert of_failures(*same, until=END_OF_NEXT_DAY) == []


def test_a_file_tells_of_a_change_once() -> None:
    assert of_failures(*CHANGED, changed(EVENING, times=2), until=END_OF_NEXT_DAY) == ["BRP-09"]


def test_the_next_report_may_tell_of_a_change_again() -> None:
    twice = [changed(EVENING), changed(at("23:30", 13))]
    assert of_failures(*CHANGED, *twice, until=END_OF_NEXT_DAY) == []


def test_a_change_of_a_period_that_was_asked_for_twice_is_told_once() -> None:
    again = [requested(at("10:02", 12), "R2"), answered(at("10:02", 12), "R2", {"total_wh": 240})]
    twice = [*ANSWERED, *again, metered(20, moment=at("14:30", 12))]
    assert of_failures(*twice, changed(EVENING), until=END_OF_NEXT_DAY) == []
    assert of_failures(*twice, until=END_OF_NEXT_DAY) == ["BRP-09"]


def test_of_a_period_that_was_asked_for_twice_what_was_delivered_last_counts() -> None:
    """Data comes in the seconds in which both requests may be processed, and again before the first is answered."""
    stream = [
        *synchronized(),
        metered(moment=at("10:01", 12)),
        requested(at("10:01:01", 12), "R1"),
        requested(at("10:01:02", 12), "R2"),
        answered(at("10:01:03", 12), "R2", {"total_wh": 240}),
        metered(20, moment=at("10:36", 12)),
        answered(at("11:00", 12), "R1", {"total_wh": 480}),
    ]
    assert of_failures(*stream, until=END_OF_NEXT_DAY) == []


BOTH_DAYS = {"end": WEDNESDAY}
TWO_REQUESTS = [
    *synchronized(),
    metered(10, days=2, moment=at("01:00", 12)),
    requested(NINE, "R1"),
    answered(NINE, "R1", {"total_wh": 999}),
    requested(at("10:02", 12), "R2", **BOTH_DAYS),
    answered(at("10:02", 12), "R2", {"total_wh": 480}, **BOTH_DAYS),
    metered(20, days=2, moment=at("14:30", 12)),
]
"""A request for Monday that is answered wrongly, one for two days from then on that is not; then both days change."""
FROM_480_TO_960: Mapping[str, Value] = {
    "period_end_date": WEDNESDAY,
    "original_wh": 480,
    "new_wh": 960,
    "difference_wh": 480,
}


def test_what_was_told_counts_though_a_response_for_a_part_of_the_period_was_wrong() -> None:
    assert of_failures(*TWO_REQUESTS, changed(EVENING, **FROM_480_TO_960), until=END_OF_NEXT_DAY) == []
    assert of_failures(*TWO_REQUESTS, until=END_OF_NEXT_DAY) == ["BRP-09"]
    wrong = {**FROM_480_TO_960, "new_wh": 961}
    assert "BRP-09" in of_failures(*TWO_REQUESTS, changed(EVENING, **wrong), until=END_OF_NEXT_DAY)


def test_a_period_that_is_a_part_of_another_is_told_whichever_of_both_the_record_was_taken_for() -> None:
    """Monday and Tuesday, divided where the account changes; Tuesday alone as well; then Tuesday changes."""
    tuesday: dict[str, Any] = {"start": TUESDAY, "end": WEDNESDAY}
    watched: dict[str, Any] = {"until": END_OF_NEXT_DAY, "either": ("AMB-55",)}
    moved = ("sdp_to_account", since(start=TUESDAY, account_id="A2"))
    halves = {"sub_period_end_date": TUESDAY, **DAY}, {"sub_period_start_date": TUESDAY, **DAY}
    stream = [
        *synchronized("periodic", moved),
        metered(10, days=2, moment=at("01:00", 12)),
        requested(NINE, "R1", **BOTH_DAYS),
        answered(NINE, "R1", *halves, **BOTH_DAYS),
        requested(at("10:02", 12), "R2", **tuesday),
        answered(at("10:02", 12), "R2", DAY, **tuesday),
        metered(20, TUESDAY, moment=at("14:30", 12)),
    ]
    whole = changed(EVENING, period_end_date=WEDNESDAY, original_wh=480, new_wh=720, percent_change=5000)
    part = [changed(at(hour, 12), period_start_date=TUESDAY, period_end_date=WEDNESDAY) for hour in HOURS_OF_EVENING]
    assert of_failures(*stream, whole, part[0], **watched) == []
    assert of_failures(*stream, part[0], whole, **watched) == []
    assert of_failures(*stream, part[0], part[1], **watched) == []
    assert of_failures(*stream, *part, **watched) == []
    assert of_failures(*stream, whole, **watched) == ["BRP-09"]


OTHER_DAYS = [metered(10, WEDNESDAY, moment=at("03:00", each)) for each in (13, 14)]
"""Data of other days, which comes every night, and makes nothing of the change."""


def test_data_of_other_days_changes_nothing_of_what_is_to_be_told() -> None:
    assert of_failures(*CHANGED, *OTHER_DAYS, until=at("03:02", 14)) == ["BRP-09"]
    nights = [changed(EVENING), OTHER_DAYS[0], changed(at("23:30", 13)), OTHER_DAYS[1]]
    assert of_failures(*CHANGED, *nights, until=at("03:02", 14)) == []
    assert of_failures(*CHANGED, changed(EVENING), *OTHER_DAYS, until=at("03:02", 14)) == []


# --- what a mailbox refused ----------------------------------------------------------------------------------------


def test_a_report_that_a_mailbox_refused_comes_by_the_end_of_the_day_where_that_is_so() -> None:
    outages = {LAKE: (Outage(at("11:30", 12), at("12:30", 12)),)}

    def broken(*files: Any, **more: Any) -> list[str]:
        until = at("23:29", 12) if files else at("00:01", 13)
        watched: dict[str, Any] = {"until": until, "outages": outages, "receive": OWN, "reports": True, **more}
        return [each.rule for each in found(*ANSWERED, *files, **watched)]

    made_at_noon = report("BR04", NOON, detail())
    late = replace(made_at_noon, sent=at("12:31", 12), arrived=at("12:31", 12))
    assert broken(late) == []
    assert [each for each in broken() if each == "BRP-04"] == ["BRP-04", "BRP-04"]
    assert [each for each in broken(either=("AMB-58",)) if each == "BRP-04"] == ["BRP-04"]


@pytest.mark.parametrize(
    ("stream", "report_of", "rule"),
    [
        (REFUSED, lambda moment: no_reads(moment, "R1"), "BRP-08"),
        (FAILED, lambda moment: replace(failure(), sent=moment, arrived=moment), "BRP-07"),
        (CHANGED, changed, "BRP-09"),
    ],
)
def test_what_a_report_told_while_a_mailbox_refused_files_comes_by_the_end_of_a_day(
    stream: list[Any], report_of: Any, rule: str
) -> None:
    def broken(day_of_its_end: int, until: Instant, *files: Any, **more: Any) -> list[str]:
        outages = {LAKE: (Outage(at("21:00", 12), at("06:00", day_of_its_end)),)}
        return of_failures(*stream, *files, until=until, outages=outages, **more)

    assert broken(13, at("00:10", 14)) == broken(14, at("00:10", 15)) == [rule]
    assert broken(14, at("00:10", 14)) == broken(13, at("00:10", 14), either=("AMB-58",)) == []
    assert broken(13, at("00:10", 14), report_of(at("06:00", 13))) == []


def test_what_a_mailbox_refused_shows_requests_as_they_stood_or_stand() -> None:
    """At noon there is no data; at 14:00 the request is answered; at 14:30 the agent's mailbox takes files again."""
    run, again = at("14:00", 12), at("14:30", 12)
    waiting = [report("BR04", NOON, detail(**OPEN)), report("BR01", NOON, summary(in_process_no_data=1))]
    answer = [metered(moment=at("13:00", 12)), answered(run, "R1", DAY)]
    stream = [*synchronized(), requested(NINE, "R1"), *waiting, *answer]
    outages = {AGENT: (Outage(at("11:30", 12), again),)}

    def broken(**shown: Value) -> list[str]:
        told = report("BR04", again, detail(**shown), to=AGENT)
        watched: dict[str, Any] = {"until": at("14:40", 12), "outages": outages, "receive": (*OWN, "BR04")}
        return violated(*stream, told, **watched)

    assert broken(**OPEN) == broken(completed_date_time=run) == []
    assert broken(**{**OPEN, "read_status": CODES["read_status"]["failed"]}) == ["BRP-04"]
    assert broken(completed_date_time=run, period_end_date=WEDNESDAY) == ["BRP-04"]
    assert broken(completed_date_time=run, transaction_status="06") == ["TXS-05"]


def test_a_summary_that_a_mailbox_refused_comes_by_the_end_of_the_day_where_that_is_so() -> None:
    outages = {LAKE: (Outage(at("11:30", 12), at("12:30", 12)),)}
    noons = replace(report("BR04", NOON, detail()), sent=at("12:31", 12), arrived=at("12:31", 12))
    evening = at("23:30", 12)
    told = [noons, report("BR04", evening, detail()), report("BR01", evening, summary(found_and_sent=1))]
    watched: dict[str, Any] = {"until": at("00:01", 13), "outages": outages}
    assert violated(*ANSWERED, *told, **watched) == ["BRP-05"]
    assert violated(*ANSWERED, *told, either=("AMB-58",), **watched) == []


def test_a_report_that_a_mailbox_refused_may_be_made_anew_when_it_is_tried_again() -> None:
    anew, evening = at("12:31", 12), at("23:30", 12)
    watched: dict[str, Any] = {"receive": OWN, "reports": True, "until": later(evening, seconds=-1)}
    outages = {LAKE: (Outage(at("11:30", 12), at("12:30", 12)),)}
    told = [report("BR04", anew, detail()), report("BR01", anew, summary(found_and_sent=1))]
    assert violated(*ANSWERED, *told, outages=outages, **watched) == []
    assert {*violated(*ANSWERED, *told, **watched)} == {"BRP-04", "BRP-05"}
    never = replace(PROFILE, readings={**PROFILE.readings, "AMB-58": "not-tried-again"})
    assert {*violated(*ANSWERED, *told, outages=outages, profile=never, **watched)} == {"BRP-04", "BRP-05"}
    until_the_run = {LAKE: (Outage(at("11:30", 12), evening),)}
    watched |= {"until": later(evening, minutes=3), "outages": until_the_run}
    own, noons = report("BR04", later(evening, seconds=1), detail()), report("BR04", evening, detail())
    assert violated(*ANSWERED, noons, own, **watched) == []
    assert violated(*ANSWERED, own, **watched) == []
    assert violated(*ANSWERED, **watched) == ["BRP-04"]


def test_a_request_that_may_not_have_been_read_yet_may_be_missing() -> None:
    asked = [*synchronized(), requested(at("23:29", 12), "R1")]
    assert violated(*asked, until=at("23:35", 12), either=("AMB-52",)) == []
    assert violated(*asked, until=at("23:35", 12)) == ["BRP-04"]
    early = [*synchronized(), requested(at("23:15", 12), "R1")]
    assert violated(*early, until=at("23:35", 12), either=("AMB-52",)) == ["BRP-04"]


def test_nor_need_it_have_been_there_for_a_run_before_that() -> None:
    """On cycle at 22:59: the run at 23:00 found no data of it, or it was read at 23:10 and waits for the morning."""
    asked = [*synchronized(), requested(at("22:59", 12), "R1", cycle="N")]
    pending, no_data = CODES["read_status"]["pending"], CODES["read_status"]["no_data"]

    def at_night(word: str, **more: Any) -> list[str]:
        shown = {**OPEN, "read_status": word, "inserted_date_time": at("22:59", 12)}
        counts = summary(**{"pending" if word == pending else "in_process_no_data": 1})
        late = [report("BR04", at("23:30", 12), detail(**shown)), report("BR01", at("23:30", 12), counts)]
        return violated(*asked, *late, until=at("23:35", 12), **more)

    assert at_night(no_data) == at_night(no_data, either=("AMB-52",)) == at_night(pending, either=("AMB-52",)) == []
    assert at_night(pending) == ["BRP-04"]


def test_a_summary_of_what_the_mailbox_of_the_ldc_refused_is_not_counted_after() -> None:
    """The agent may receive BR01, and no BR04: what it counts stands in the LDC's copy alone."""
    outages = {LAKE: (Outage(at("11:30", 12), at("13:30", 12)),)}
    counted = report("BR01", NOON, summary(found_and_sent=1), to=AGENT)
    watched: dict[str, Any] = {"receive": (*OWN, "BR01"), "until": at("12:05", 12), "either": ("AMB-58",)}
    assert violated(*ANSWERED, counted, outages=outages, **watched) == []
    assert "BRP-06" in violated(*ANSWERED, counted, **watched)


def test_what_nobody_asked_for_is_seen_in_a_report_that_may_be_of_a_run_that_was_refused() -> None:
    noon, tried_again, evening = at("12:00", 12), at("20:01", 12), at("23:30", 12)
    watched: dict[str, Any] = {
        "until": later(evening, minutes=3),
        "outages": {LAKE: (Outage(at("11:30", 12), at("20:00", 12)),)},
    }
    noons = replace(report("BR04", noon), sent=tried_again, arrived=tried_again)
    assert violated(noons, report("BR04", evening), **watched) == []
    summed_up = report("BR04", evening, detail()), report("BR01", evening, summary(found_and_sent=1))
    assert violated(noons, *summed_up, **watched) == ["BRP-04"]


@pytest.mark.parametrize(
    ("stream", "report_of"),
    [
        (REFUSED, lambda moment: no_reads(moment, "R1")),
        (FAILED, lambda moment: replace(failure(), sent=moment, arrived=moment)),
        (CHANGED, changed),
    ],
    ids=["BR06", "BR05", "BR03"],
)
def test_a_report_that_a_mailbox_refused_may_come_days_later_where_nobody_says_when(
    stream: list[Any], report_of: Any
) -> None:
    made, morning = at("21:30", 12), at("06:00", 14)
    watched: dict[str, Any] = {"until": at("08:00", 14), "either": ("AMB-58",)}
    late = replace(report_of(made), sent=morning, arrived=morning)
    outages = {LAKE: (Outage(at("21:00", 12), at("01:00", 13)),)}
    assert of_failures(*stream, late, outages=outages, **watched) == []
