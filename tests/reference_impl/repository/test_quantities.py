"""Quantities of requests: what they add up to, and that no order of anything changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.interface.calendars import price_plan_holidays, tou_schedules
from harness.interface.files import Value
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, at
from harness.interface.profile import load_profile
from reference_impl.framing import Rounding, Status, billing_calendar, framing_of
from reference_impl.repository.billing_requests import BillingRequest
from reference_impl.repository.billing_services import Billing, process, respond
from reference_impl.repository.master_directory import Key, MasterDirectory, State
from reference_impl.repository.meter_data import Intervals, MeterData, take_intervals
from reference_impl.repository.sum_check import SumCheckRules

PROFILE = load_profile()
LDC = OrgId("ORG11111")
FIRST = date(2010, 4, 28)
DAYS = 6
"""Days 0 to 5, of which day 3 is the first of May, with a seasonal price change."""
SDPS = ("10000003", "10000011")
CALENDAR = billing_calendar(tou_schedules(), price_plan_holidays(), (), prevailing_time=False)
NO_SUM_CHECK = SumCheckRules(frozenset(), 2, 48)
"""The SDPs here have no VEE service, so that there is no sum check."""
MANY = settings(derandomize=True, deadline=None, database=None, max_examples=10)
WORDS = ("tou_cpp_est", "hourly", "periodic", "tou_cpp_15_block_eastern")
FRAMINGS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=2)


def day(number: int) -> Day:
    return Day(FIRST + timedelta(days=number))


@st.composite
def intervals(draw: st.DrawFn) -> list[Intervals]:
    """The data of both SDPs, a day at a time, each in intervals of a length of its own; some is not eligible."""
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    found = []
    for sdp in SDPS:
        for number in range(DAYS):
            minutes = draw(st.sampled_from([15, 30, 60]))
            count = 24 * 60 // minutes
            wh = numbers.integers(0, 5000, count).tolist()
            status = draw(st.sampled_from([Status.VAL, Status.VAL, Status.VAL, Status.EST, Status.NV, Status.NVE]))
            found.append(Intervals(sdp, at(day(number), 0, 0), minutes, wh, [status] * count))
    return found


def billing(data: Iterable[Intervals], framings: Sequence[str]) -> Billing:
    """Billing on data as it arrives, with a framing structure for the days before day 4, and one from it on."""
    held = MeterData()
    for each in data:
        take_intervals(held, each)
    directory = MasterDirectory()
    states = (State(day(0), day(4), framings[0]), State(day(4), None, framings[1]))
    for sdp in SDPS:
        directory.record(Key("sdp", sdp, "framing_structure"), states)
    return Billing(
        directory,
        held,
        CALENDAR,
        PROFILE.codes["transaction_status"],
        framing_of,
        Status.NV,
        NO_SUM_CHECK,
        register_digits=5,
        dividing=frozenset(),
        today=day(DAYS),
        agent_of="last-day-of-period",
        rounding=Rounding.DOWN,
        demand_fails=True,
    )


def request(sdp: str, start: int, end: int) -> BillingRequest:
    return BillingRequest(LDC, LDC, f"{sdp}-{start}-{end}", sdp, day(start), day(end), at(day(DAYS), 0, 0))


REQUESTS = [request(sdp, start, end) for sdp in SDPS for start in range(DAYS) for end in range(start + 1, DAYS + 1)]


def total(records: Iterable[Mapping[str, Value]]) -> int:
    """All energy of response records, in Wh: the total of each sub-period, or its hours."""
    found = 0
    for record in records:
        found += sum(int(str(record[field])) for field in record if field.startswith("hour_") or field == "total_wh")
    return found


def outcome(request: BillingRequest, billing: Billing) -> tuple[str, Mapping[str, object]] | None:
    response = respond(request, billing)
    return None if response is None else (response.status, response.records)


@MANY
@given(intervals(), FRAMINGS)
def test_energy_adds_up_to_the_plain_sum_however_a_period_is_divided(
    data: list[Intervals], framings: list[str]
) -> None:
    known = billing(data, framings)
    by_day = {(each.sdp, each.start): (sum(each.wh), each.statuses[0]) for each in data}
    for asked in REQUESTS:
        days = [
            by_day[asked.universal_sdp_id, at(each, 0, 0)]
            for each in map(day, range(DAYS))
            if asked.start <= each < asked.end
        ]
        response = respond(asked, known)
        if any(status is Status.NVE for _, status in days):
            assert response is None
        else:
            assert response is not None
            records = [*response.records.get("6000", ()), *response.records.get("6100", ())]
            assert total(records) == sum(energy for energy, _ in days)


@MANY
@given(intervals(), FRAMINGS, st.data())
def test_the_order_in_which_reads_arrive_means_nothing(
    data: list[Intervals], framings: list[str], drawn: st.DataObject
) -> None:
    one, other = billing(data, framings), billing(drawn.draw(st.permutations(data)), framings)
    assert [outcome(asked, one) for asked in REQUESTS] == [outcome(asked, other) for asked in REQUESTS]


@MANY
@given(intervals(), FRAMINGS, st.permutations(REQUESTS))
def test_the_order_of_requests_means_nothing(
    data: list[Intervals], framings: list[str], requests: list[BillingRequest]
) -> None:
    known = billing(data, framings)
    for given_ in (process(REQUESTS, known), process(requests, known)):
        answers = {answer.request.request_detail_id: answer.records for answer in given_.responses}
        assert answers == {
            asked.request_detail_id: found[1] for asked in REQUESTS if (found := outcome(asked, known)) is not None
        }
        assert {asked.request_detail_id for asked in given_.active} == {
            asked.request_detail_id for asked in REQUESTS
        } - answers.keys()


@MANY
@given(intervals(), FRAMINGS)
def test_what_an_sdp_gets_does_not_depend_on_another(data: list[Intervals], framings: list[str]) -> None:
    all_of_them = billing(data, framings)
    for sdp in SDPS:
        alone = billing([each for each in data if each.sdp == sdp], framings)
        for asked in REQUESTS:
            if asked.universal_sdp_id == sdp:
                assert outcome(asked, all_of_them) == outcome(asked, alone)
