"""P-Sync: everything that is active, whole, and no state that had ended."""

from __future__ import annotations

import pytest

from tests.reference_impl.cis.pair import LDC, File, Pair, alone, created, event, meter_of, response, rows
from tests.reference_impl.cis.test_incremental import CODES, LAST_WEEK, TODAY, TOMORROW, U


@pytest.fixture
def pair() -> Pair:
    pair = alone()
    pair.load(created("Mill", "2010-06-01"), created("Bakery", "2010-06-01"))
    pair.deliver(response(*(f"{LDC}|{sdp}|{U[sdp]}|00|" for sdp in ("Mill", "Bakery", "Forge"))))
    pair.tell("synchronize")
    return pair


def of_kind(files: list[File], code: str) -> list[list[str]]:
    return [row for file in files for row in rows(file, code)]


def test_every_active_sdp_is_there_with_every_kind_of_record(pair: Pair) -> None:
    files = pair.tell("audit")
    assert all(file["name"].split(".")[2:4] == ["3000", "01"] for file in files)
    for code in set(CODES) - {"ES", "CC", "CL", "CF"}:
        assert len(of_kind(files, code)) == (8 if code == "SP" else 2), code


def test_an_sdp_is_left_out_once_it_is_removed_and_not_before(pair: Pair) -> None:
    pair.load(event("sdp_removed", "Bakery", TOMORROW))
    files = pair.tell("audit")
    assert [row[1] for row in of_kind(files, "SD")] == ["Mill", "Bakery"]
    assert [row[-1] for row in of_kind(files, "BA")] == ["", "20110111"]
    pair.jump(pair.now.replace(day=11))
    assert [row[1] for row in of_kind(pair.tell("audit"), "SD")] == ["Mill"]


def test_an_sdp_that_is_to_be_created_is_there_already(pair: Pair) -> None:
    pair.load(created("Forge", TOMORROW))
    pair.tell("request_universal_sdp_ids")
    pair.deliver(response(f"{LDC}|Forge|{U['Forge']}|00|", number=1))
    assert [row[1] for row in of_kind(pair.tell("audit"), "SD")] == ["Mill", "Bakery", "Forge"]
    assert pair.tell("synchronize") == []


def test_current_and_future_states_are_there_and_prior_ones_go_by_i_sync(pair: Pair) -> None:
    for day, account in ((LAST_WEEK, "A-2"), (TODAY, "A-3"), (TOMORROW, "A-4")):
        pair.load(event("account_changed", "Mill", day, account_id=account))
    audited = [row for row in of_kind(pair.tell("audit"), "AC") if row[0] == U["Mill"]]
    assert [row[1:] for row in audited] == [["A-3", "20110110", "20110111"], ["A-4", "20110111", ""]]
    told = of_kind(pair.tell("synchronize"), "AC")
    assert [row[1:] for row in told] == [["A-2", "20110103", "20110110"]]


def test_of_a_meter_the_module_that_it_had_before_is_not_there(pair: Pair) -> None:
    pair.load(event("meter_changed", "Mill", LAST_WEEK, meter=meter_of("M-Mill", "C-new")))
    audited = of_kind(pair.tell("audit"), "MC")
    assert [row for row in audited if row[0] == "M-Mill"] == [["M-Mill", "C-new", "20110103", ""]]


def test_an_end_that_nothing_follows_goes_by_i_sync_when_it_lies_in_the_past(pair: Pair) -> None:
    pair.load(event("account_changed", "Mill", LAST_WEEK, account_id=None))
    assert [row[0] for row in of_kind(pair.tell("audit"), "AC")] == [U["Bakery"]]
    assert [row[2:] for row in of_kind(pair.tell("synchronize"), "AC")] == [["20100601", "20110103"]]


def test_an_audit_is_made_at_the_instant_for_which_it_is_meant(pair: Pair) -> None:
    assert pair.tell("audit", at="2011-01-10T09:05:30-05:00") == []
    pair.until(pair.now.replace(hour=9, minute=0))
    pair.load(event("account_changed", "Mill", TODAY, account_id="A-2"))
    pair.step()
    audits = pair.of("3000")
    assert {file["instant"] for file in audits} == {"2011-01-10T09:05:30-05:00"}
    assert {rows(file, "FH")[0][1] for file in audits} == {"20110110090530"}
    assert [row[1] for row in of_kind(audits, "AC")] == ["A-2", "A-Bakery"]
    assert pair.tell("synchronize") == []


def test_a_component_that_came_is_told_by_the_audit(pair: Pair) -> None:
    pair.load(created("Forge", "2010-06-01"), created("Both", "2010-06-01", components=["Mill", "Bakery"]))
    pair.deliver(response(f"{LDC}|Forge|{U['Forge']}|00|", f"{LDC}|Both|{U['Both']}|00|", number=1))
    pair.tell("audit")
    assert pair.tell("synchronize") == []
    pair.load(event("components_changed", "Both", TODAY, components=["Mill", "Bakery", "Forge"]))
    pair.tell("audit")
    assert pair.tell("synchronize") == []


def test_a_component_that_left_is_told_by_i_sync(pair: Pair) -> None:
    pair.load(created("Forge", "2010-06-01"), created("Both", "2010-06-01", components=["Mill", "Bakery", "Forge"]))
    pair.deliver(response(f"{LDC}|Forge|{U['Forge']}|00|", f"{LDC}|Both|{U['Both']}|00|", number=1))
    pair.tell("synchronize")
    pair.load(event("components_changed", "Both", TODAY, components=["Mill", "Bakery"]))
    assert [row[2] for row in of_kind(pair.tell("audit"), "CL")] == [U["Mill"], U["Bakery"]]
    assert [U["Forge"], "01", "20100601", "20110110"] in [row[2:] for row in of_kind(pair.tell("synchronize"), "CL")]
