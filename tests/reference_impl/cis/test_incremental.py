"""I-Sync: the minimum data of each business scenario, prior, current and future, and each change once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reference_impl.cis.pair import (
    AGENT,
    LDC,
    RETAILER,
    File,
    Pair,
    alone,
    created,
    event,
    meter_of,
    response,
    rows,
)

CODES = ("SD", "MT", "CM", "PR", "SA", "SP", "MP", "SM", "MC", "AC", "BA", "AO", "ES", "CC", "CL", "CF")
TODAY, TOMORROW, LAST_WEEK = "2011-01-10", "2011-01-11", "2011-01-03"
U = {"Mill": "1000000001", "Bakery": "1000000002", "Forge": "1000000003", "Both": "1000000004"}


@pytest.fixture
def pair() -> Pair:
    """A pair that knows Mill, Bakery and Forge, since 2010-06-01, and Both, which aggregates the first two."""
    pair = alone()
    names = [created(name, "2010-06-01") for name in ("Mill", "Bakery", "Forge")]
    pair.load(*names, created("Both", "2010-06-01", components=["Mill", "Bakery"]))
    pair.deliver(response(*(f"{LDC}|{sdp}|{universal}|00|" for sdp, universal in U.items())))
    pair.tell("synchronize")
    pair.submitted.clear()
    return pair


def told(files: list[File]) -> list[list[str]]:
    """The detail records of sets, in order, without the Universal SDP ID of Mill."""
    return [
        [code, *(field for field in row if field != U["Mill"])]
        for file in files
        for code in CODES
        for row in rows(file, code)
    ]


M2 = [["MT", "M-2", ""], ["CM", "C-2", ""], ["MP", "M-2", "REGISTER_DIGITS", "6", TODAY, ""]]
M2 += [["SM", "M-2", TODAY, ""], ["MC", "M-2", "C-2", TODAY, ""]]
GONE = [["MT", "M-Mill", ""], ["CM", "C-Mill", ""], ["MP", "M-Mill", "REGISTER_DIGITS", "5", "2010-06-01", ""]]
GONE += [["SM", "M-Mill", "2010-06-01", TODAY], ["MC", "M-Mill", "C-Mill", "2010-06-01", ""]]

SCENARIOS: dict[str, tuple[str, dict[str, Any], list[list[str]]]] = {
    "meter change": ("meter_changed", {"meter": meter_of("M-2", digits=6)}, M2),
    "meter removal": ("meter_removed", {}, GONE),
    "service cut at pole": ("service_cut_at_pole", {}, [["SP", "SERVICE_STATUS", "CUT_AT_POLE", TODAY, ""]]),
    "booting a meter": ("meter_booted", {}, [["SP", "SERVICE_STATUS", "BOOTED", TODAY, ""]]),
    "framing structure": (
        "framing_structure_changed",
        {"framing_structure": "hourly"},
        [["SA", "E03", "E", TODAY, ""]],
    ),
    "billing cycle": (
        "billing_cycle_changed",
        {"billing_cycle_id": "BC02"},
        [["SP", "BILLING_CYCLE_ID", "BC02", TODAY, ""]],
    ),
    "VEE service": ("vee_service_changed", {"vee_service": "04"}, [["SP", "VEE_SERVICE", "04", TODAY, ""]]),
    "multiplier": ("multiplier_changed", {"ct_pt_multiplier": 40}, [["SP", "CT_PT_MULTIPLIER", "40", TODAY, ""]]),
    "account": ("account_changed", {"account_id": "A-2"}, [["AC", "A-2", TODAY, ""]]),
    "end of an account": ("account_changed", {"account_id": None}, [["AC", "A-Mill", "2010-06-01", TODAY]]),
    "billing agent": ("billing_agent_changed", {"organisation": AGENT}, [["BA", AGENT, TODAY, ""]]),
    "AMI operator": ("ami_operator_changed", {"organisation": AGENT}, [["AO", AGENT, TODAY, ""]]),
    "retailer": ("retailer_changed", {"organisation": RETAILER}, [["ES", RETAILER, TODAY, ""]]),
    "premise": ("premise_changed", {"city": "Bronte"}, [["PR", "1 Mill Road", "Bronte", "L0L 1L0", TODAY, ""]]),
}


def dated(row: list[str]) -> list[str]:
    return [field.replace("-", "") if field[:3] == "201" else field for field in row]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_business_scenario_comes_with_its_minimum_data(pair: Pair, scenario: str) -> None:
    name, members, expected = SCENARIOS[scenario]
    pair.load(event(name, "Mill", TODAY, **members))
    assert told(pair.tell("synchronize")) == [dated(row) for row in expected]
    assert pair.tell("synchronize") == []


def test_a_new_meter_comes_as_a_changed_one_does(pair: Pair) -> None:
    pair.load(event("meter_removed", "Mill", LAST_WEEK))
    pair.tell("synchronize")
    pair.load(event("meter_added", "Mill", TODAY, meter=meter_of("M-2", digits=6)))
    assert told(pair.tell("synchronize")) == [dated(row) for row in M2]


def test_a_new_sdp_comes_with_all_its_attributes() -> None:
    pair = alone()
    pair.load(created("Mill", TODAY, energy_service_provider=RETAILER, cca_service_provider=RETAILER))
    pair.deliver(response(f"{LDC}|Mill|{U['Mill']}|00|"))
    kinds = {row[0] for row in told(pair.tell("synchronize"))}
    assert kinds == set(CODES) - {"CL", "CF"}


def test_an_sdp_without_account_retailer_or_meter_has_no_record_of_one() -> None:
    pair = alone()
    pair.load(created("Mill", TODAY, meter=None, account_id=None))
    pair.deliver(response(f"{LDC}|Mill|{U['Mill']}|00|"))
    kinds = {row[0] for row in told(pair.tell("synchronize"))}
    assert kinds == {"SD", "PR", "SA", "SP", "BA", "AO"}


@pytest.mark.parametrize("effective", [LAST_WEEK, TOMORROW])
def test_prior_and_future_changes_carry_their_own_day(pair: Pair, effective: str) -> None:
    pair.load(event("account_changed", "Mill", effective, account_id="A-2"))
    assert told(pair.tell("synchronize")) == [["AC", "A-2", effective.replace("-", ""), ""]]


def test_a_back_dated_change_leaves_alone_what_holds_from_a_later_day(pair: Pair) -> None:
    pair.load(event("account_changed", "Mill", TODAY, account_id="A-2"))
    pair.tell("synchronize")
    pair.load(event("account_changed", "Mill", LAST_WEEK, account_id="A-3"))
    assert told(pair.tell("synchronize")) == [["AC", "A-3", "20110103", "20110110"]]


def test_a_back_dated_account_that_ends_comes_with_the_end_of_the_one_before_it(pair: Pair) -> None:
    pair.load(event("account_changed", "Mill", TOMORROW, account_id=None))
    pair.load(event("account_changed", "Mill", LAST_WEEK, account_id="A-2"))
    ended, between = ["AC", "A-Mill", "20100601", "20110103"], ["AC", "A-2", "20110103", "20110111"]
    assert told(pair.tell("synchronize")) == [ended, between]


def test_of_two_changes_with_one_day_the_one_told_last_holds(pair: Pair) -> None:
    for account in ("A-2", "A-3"):
        pair.load(event("account_changed", "Mill", TODAY, account_id=account))
    assert told(pair.tell("synchronize")) == [["AC", "A-3", "20110110", ""]]


def test_several_scenarios_of_several_sdps_stand_in_one_set(pair: Pair) -> None:
    pair.load(event("service_cut_at_pole", "Mill", TODAY), event("account_changed", "Bakery", TODAY, account_id="A-2"))
    files = pair.tell("synchronize")
    assert len(files) == 6
    assert {row[0] for row in told(files)} == {"SP", "AC"}


def test_components_that_stay_begin_anew_and_one_that_goes_ends(pair: Pair) -> None:
    pair.load(event("components_changed", "Both", TODAY, components=["Bakery", "Forge"]))
    assert sorted(told(pair.tell("synchronize"))) == [
        ["CF", U["Both"], "01", "SUM", "20110110", ""],
        ["CL", U["Both"], "01", "01", "20100601", "20110110"],
        ["CL", U["Both"], "01", U["Bakery"], "01", "20110110", ""],
        ["CL", U["Both"], "01", U["Forge"], "01", "20110110", ""],
    ]


def test_what_is_told_of_a_removed_sdp_is_that_it_has_ended(pair: Pair) -> None:
    pair.load(event("sdp_removed", "Mill", TODAY))
    records = [row for row in told(pair.tell("synchronize")) if row[0] not in {"MT", "CM", "MP", "MC"}]
    assert {row[-1] for row in records} == {"20110110"}
    assert {row[0] for row in records} == {"PR", "SA", "SP", "SM", "AC", "BA", "AO"}


def test_a_change_may_be_heard_of_before_the_sdp_that_it_is_about() -> None:
    pair = alone()
    pair.load(event("account_changed", "Mill", TOMORROW, account_id="A-2"), created("Mill", TODAY))
    pair.deliver(response(f"{LDC}|Mill|{U['Mill']}|00|"))
    accounts = [row for row in told(pair.tell("synchronize")) if row[0] == "AC"]
    assert accounts == [["AC", "A-Mill", "20110110", "20110111"], ["AC", "A-2", "20110111", ""]]


def test_a_change_is_told_again_where_another_field_of_the_record_changes_later(pair: Pair) -> None:
    pair.load(event("premise_changed", "Mill", TOMORROW, city="Bronte"))
    pair.tell("synchronize")
    pair.load(event("premise_changed", "Mill", TODAY, address="2 Lake Road"))
    assert told(pair.tell("synchronize")) == [
        ["PR", "2 Lake Road", "Lakeside", "L0L 1L0", "20110110", "20110111"],
        ["PR", "2 Lake Road", "Bronte", "L0L 1L0", "20110111", ""],
    ]
