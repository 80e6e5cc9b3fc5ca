"""The staging table, the reports on it, and what becomes of files that a mailbox refuses, in the reference itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from harness.interface.files import Record, read_file, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, at, instant
from harness.interface.names import FileName
from harness.interface.profile import load_profile
from reference_impl.repository import billing_reports, billing_staging
from reference_impl.repository.billing_operations import load_meter_data
from reference_impl.repository.billing_requests import BillingRequest
from reference_impl.repository.billing_staging import StagedRequest
from reference_impl.repository.file_transfer import Outages, Participants, refuses_until
from reference_impl.repository.master_directory import Key, State
from reference_impl.repository.repository import Repository
from reference_impl.repository.state import Delivery

PROFILE = load_profile()
LDC, AGENT = OrgId("ORG11111"), OrgId("ORG22222")
MILL, BAKERY = "10000003", "10000011"
MONDAY = Day(date(2011, 1, 10))
LONG_AGO = Day(date(2010, 1, 1))


def day(number: int) -> Day:
    """A day by its number: 0 is Monday."""
    return Day(MONDAY + timedelta(days=number))


def repository(outages: Outages | None = None) -> Repository:
    """A repository on Monday. Mill is Hourly; Bakery is TOU/CPP, and its billing agent is the agent. No sum check."""
    codes, values = PROFILE.codes["framing_structure"], dict(PROFILE.values)
    authorisations = frozenset({(LDC, AGENT, "6000", "receive")})
    parties = Participants(frozenset({LDC}), frozenset({AGENT}), authorisations)  # type: ignore[arg-type]
    made = Repository.opened(PROFILE, parties, at(MONDAY, 0), 1, values, PROFILE.decided(), {LDC: 1}, (), outages)
    for sdp, framing, agent in ((MILL, "hourly", LDC), (BAKERY, "tou_cpp_est", AGENT)):
        for attribute, value in (
            ("framing_structure", codes[framing]),
            ("vee_service", "02"),
            ("sdp_to_billing_agent", agent),
        ):
            made.directories[LDC].record(Key("sdp", sdp, attribute), (State(LONG_AGO, None, value),))
    return made


def load(here: Repository, sdp: str, first: int, days: int, wh: int, status: str = "VAL") -> None:
    entry = {
        "universal_sdp_id": sdp,
        "start": f"{day(first)}T00:00:00-05:00",
        "interval_minutes": 60,
        "wh": [wh] * 24 * days,
        "status": status,
    }
    load_meter_data(here, {"intervals": [entry]}, instant)


def ask(here: Repository, sdp: str, first: int, end: int, request: str = "R1", who: OrgId = LDC) -> None:
    """Let a request come, off cycle, at the present instant."""
    name = FileName(LDC, who, "5000", "00", here.now.strftime("%Y%m%d%H%M%S"))
    fields = {
        "request_detail_id": request,
        "universal_sdp_id": sdp,
        "cycle": PROFILE.codes["request_cycle"]["off_cycle"],
        "period_start_date": day(first),
        "period_end_date": day(end),
        "version_date_time": None,
    }
    header = {"ldc_org_id": LDC, "created_date_time": here.now}
    here.participants = dataclasses.replace(
        here.participants,
        authorisations=here.participants.authorisations | {(LDC, AGENT, "5000", "submit")},
    )
    here.submit(who, str(name), write_file(PROFILE, name, header, [("billing_request", fields)]))


def of_type(files: Sequence[Delivery], report: str) -> Iterator[tuple[Delivery, Sequence[Record]]]:
    for file in files:
        if file.name.split(".")[2] == report:
            content = read_file(file.name, file.content, PROFILE).file
            assert content is not None
            yield file, content.details


def changes(here: Repository, number: int) -> list[tuple[Any, ...]]:
    """What BR03 tells on a day: original, new, difference and percent change."""
    names = ("original_wh", "new_wh", "difference_wh", "percent_change")
    files = here.advance(at(day(number), 23, 59))
    return [tuple(each[name] for name in names) for _, records in of_type(files, "BR03") for each in records]


# --- what a request is shown as ------------------------------------------------------------------------------------

REQUEST = BillingRequest(LDC, LDC, "R1", MILL, day(0), day(1), at(day(1), 9))


def staged(**facts: Any) -> StagedRequest:
    return StagedRequest(REQUEST, day(3), **facts)


FAILED = ("delivery_failed",)


@pytest.mark.parametrize(
    ("entry", "refused", "read", "export", "category"),
    [
        (staged(), (), "pending", "not_sent", "pending"),
        (staged(is_processed=True), (), "no_data", "not_sent", "in_process_no_data"),
        (staged(is_processed=True, has_data=True), (), "in_process", "not_sent", "in_process"),
        (staged(status="delivered"), (), "data_found", "not_sent", "data_found"),
        (staged(status="delivered", files=("A",)), (), "data_found", "sent", "found_and_sent"),
        (
            staged(status="delivered", files=("A", "B")),
            ("B",),
            "data_found",
            "delivery_failed",
            "found_and_delivery_failed",
        ),
        (staged(status="sum_check_threshold", files=("A",)), (), "data_found", "sent", "failed_and_sent"),
        (staged(status="sum_check_no_register_read"), (), "data_found", "not_sent", "request_failed"),
        (staged(status="no_data", files=("A",)), (), "failed", "sent", "failed_and_sent"),
        (staged(status="no_data"), (), "failed", "not_sent", "request_failed"),
        (
            staged(status="not_billing_agent", files=("A",)),
            ("A",),
            "failed",
            "delivery_failed",
            "failed_and_delivery_failed",
        ),
    ],
)
def test_a_request_is_shown_by_what_was_found_and_what_became_of_its_files(
    entry: StagedRequest, refused: tuple[str, ...], read: str, export: str, category: str
) -> None:
    assert billing_staging.read_status(entry) == read
    assert billing_staging.export_status(entry, refused) == export
    assert billing_staging.category(entry, refused) == category


@pytest.mark.parametrize(
    ("entry", "reading", "days"),
    [
        (staged(), "closed-on-their-day", [1, 2, 3, 4, 5, 6]),  # nobody has closed it
        (staged(status="delivered", completed=at(day(1), 9)), "closed-on-their-day", [1, 2, 3]),
        (staged(status="no_data", completed=at(day(4), 8)), "closed-on-their-day", [1, 2, 3, 4]),
        (staged(status="no_data", completed=at(day(6), 8)), "closed-on-their-day", [1, 2, 3, 6]),
        (staged(), "open-window-alone", [1, 2, 3, 4, 5, 6]),
        (staged(status="delivered", completed=at(day(1), 9)), "open-window-alone", [1, 2, 3]),
        (staged(status="no_data", completed=at(day(4), 8)), "open-window-alone", [1, 2, 3]),
    ],
)
def test_a_request_is_listed_while_it_is_active_in_its_window_and_where_that_is_shown_on_the_day_of_its_end(
    entry: StagedRequest, reading: str, days: list[int]
) -> None:
    assert [number for number in range(1, 7) if billing_staging.is_listed(entry, day(number), reading)] == days


# --- BR03 -------------------------------------------------------------------------------------------------------


def billed() -> Repository:
    """Mill was billed for Monday on Tuesday: 240 Wh."""
    here = repository()
    load(here, MILL, 0, 1, 10)
    here.advance(at(day(1), 9))
    ask(here, MILL, 0, 1)
    assert changes(here, 1) == []
    return here


def test_a_change_is_told_once() -> None:
    here = billed()
    load(here, MILL, 0, 1, 12)
    assert changes(here, 2) == [(240, 288, 48, 2000)]
    assert changes(here, 3) == []


def test_the_same_new_quantity_is_not_told_twice_and_another_one_is() -> None:
    here = billed()
    load(here, MILL, 0, 1, 12)
    assert changes(here, 2) == [(240, 288, 48, 2000)]
    load(here, MILL, 0, 1, 12)
    assert changes(here, 3) == []
    load(here, MILL, 0, 1, 9)
    assert changes(here, 4) == [(240, 216, -24, -1000)]


def test_a_change_that_is_taken_back_is_told_when_it_comes_again() -> None:
    here = billed()
    load(here, MILL, 0, 1, 12)
    assert changes(here, 2) == [(240, 288, 48, 2000)]
    load(here, MILL, 0, 1, 10)
    assert changes(here, 3) == []
    load(here, MILL, 0, 1, 12)
    assert changes(here, 4) == [(240, 288, 48, 2000)]


def test_a_change_waits_until_all_data_is_eligible() -> None:
    here = billed()
    load(here, MILL, 0, 1, 12, status="NVE")
    assert changes(here, 2) == []
    load(here, MILL, 0, 1, 12)
    assert changes(here, 3) == [(240, 288, 48, 2000)]


def test_a_framing_structure_that_changes_later_changes_no_quantity_that_was_delivered() -> None:
    here = billed()
    periodic = PROFILE.codes["framing_structure"]["periodic"]
    here.directories[LDC].record(Key("sdp", MILL, "framing_structure"), (State(LONG_AGO, None, periodic),))
    load(here, MILL, 0, 1, 10)
    assert changes(here, 2) == []


def test_data_of_other_days_and_sdps_changes_nothing() -> None:
    here = billed()
    load(here, MILL, 1, 1, 99)
    load(here, BAKERY, 0, 1, 99)
    assert changes(here, 2) == []


def test_energy_that_moves_between_buckets_is_a_change_of_nothing_in_all() -> None:
    here = repository()
    load(here, BAKERY, 0, 1, 10)
    here.advance(at(day(1), 9))
    ask(here, BAKERY, 0, 1, who=AGENT)
    assert changes(here, 1) == []
    entry = {
        "universal_sdp_id": BAKERY,
        "start": f"{day(0)}T00:00:00-05:00",
        "interval_minutes": 60,
        "wh": [20, *[10] * 11, 0, *[10] * 11],
        "status": "VAL",
    }
    load_meter_data(here, {"intervals": [entry]}, instant)
    assert changes(here, 2) == [(240, 240, 0, 0)]


@pytest.mark.parametrize(
    ("original", "new", "expected"),
    [
        (240, 300, 2500),
        (300, 240, -2000),
        (3, 4, 3333),
        (3, 5, 6667),
        (3, 1, -6667),
        (0, 5, None),
        (7, 7, 0),
        (1, 10**12 - 1, 9999999999980000),
    ],
)
def test_percent_change_is_of_the_original_in_hundredths(original: int, new: int, expected: int | None) -> None:
    assert billing_reports.percent_change(original, new) == expected


# --- mailboxes that refuse ------------------------------------------------------------------------------------------


def outage(first: tuple[int, int], last: tuple[int, int]) -> tuple[Instant, Instant]:
    """A span between clock times of Tuesday."""
    return at(day(1), *first), at(day(1), *last)


def test_a_mailbox_refuses_from_the_first_instant_on_and_takes_files_at_the_last() -> None:
    outages = {AGENT: [outage((10, 0), (14, 0))]}
    seen = {
        clock: refuses_until(AGENT, instant(f"2011-01-11T{clock}-05:00"), outages)
        for clock in (
            "09:59:59",
            "10:00:00",
            "13:59:59",
            "14:00:00",
        )
    }
    assert seen == {"09:59:59": None, "10:00:00": at(day(1), 14), "13:59:59": at(day(1), 14), "14:00:00": None}
    assert refuses_until(LDC, at(day(1), 12), outages) is None


@pytest.mark.parametrize(
    ("spans", "delivered"),
    [
        ([], (9, 30)),
        ([outage((9, 0), (11, 15))], (11, 15)),
        ([outage((9, 31), (11, 15))], (9, 30)),
        ([outage((9, 0), (10, 0)), outage((10, 0), (11, 0))], (11, 0)),
        ([outage((9, 0), (10, 0)), outage((10, 1), (11, 0))], (10, 0)),
        ([outage((9, 0), (12, 0)), outage((9, 15), (10, 0))], (12, 0)),
    ],
    ids=["none", "one", "later", "one after the other", "two with a minute between them", "one in another"],
)
def test_what_is_refused_comes_once_under_its_name_when_the_outage_is_over(
    spans: list[tuple[Instant, Instant]], delivered: tuple[int, int]
) -> None:
    here = repository({AGENT: spans})
    load(here, BAKERY, 0, 1, 10)
    here.advance(at(day(1), 9, 30))
    ask(here, BAKERY, 0, 1, who=AGENT)
    files = [*here.advance(at(day(1), 9, 45)), *here.advance(at(day(2), 9))]
    (found,) = [file for file, _ in of_type(files, "6000")]
    assert found.instant == at(day(1), *delivered)
    assert found.name == f"{LDC}.{AGENT}.6000.01.20110111093000.DAT"


def test_a_report_that_is_refused_shows_what_was_so_when_it_ran() -> None:
    here = repository({LDC: [outage((11, 0), (14, 0))]})
    load(here, MILL, 0, 1, 10)
    here.advance(at(day(1), 11, 30))
    ask(here, MILL, 0, 1)
    files = here.advance(at(day(1), 23, 59))
    shown = [(file.instant.hour, each["export_status"]) for file, found in of_type(files, "BR04") for each in found]
    assert shown == [(14, "DELIVERY_FAILED"), (23, "SENT")]
