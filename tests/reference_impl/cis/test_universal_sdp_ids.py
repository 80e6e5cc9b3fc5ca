"""Universal SDP IDs: asked for each SDP, and nothing of an SDP is synchronized before it has its own."""

from __future__ import annotations

import pytest

from tests.reference_impl.cis.pair import AGENT, LDC, Pair, alone, created, response, rows, sets_of


@pytest.fixture
def pair() -> Pair:
    return Pair()


def sdps_told(pair: Pair) -> set[str]:
    """The SDP IDs that asset records of any set name."""
    return {row[1] for file in pair.of("3000", "4000") for row in rows(file, "SD")}


def test_a_request_lists_every_sdp_once_with_the_ldcs_id(pair: Pair) -> None:
    pair.load(created("Mill"), created("Bakery"), created("Both", components=["Mill", "Bakery"]))
    (request,) = pair.tell("request_universal_sdp_ids")
    assert request["name"] == f"{LDC}.{LDC}.1000.00.20110110080100.DAT"
    assert rows(request) == [[LDC, "Mill"], [LDC, "Bakery"], [LDC, "Both"]]
    assert pair.tell("request_universal_sdp_ids") == []


def test_an_instruction_may_name_the_sdps(pair: Pair) -> None:
    pair.load(created("Mill"), created("Bakery"))
    (request,) = pair.tell("request_universal_sdp_ids", sdp_ids=["Bakery", "Nowhere", "Bakery"])
    assert rows(request) == [[LDC, "Bakery"]]
    assert [matter["sdp_id"] for matter in pair.ask("open_matters")] == ["Nowhere"]


def test_nothing_of_an_sdp_is_synchronized_before_it_has_its_id(pair: Pair) -> None:
    pair.load(created("Mill"), created("Bakery"), created("Both", components=["Mill", "Bakery"]))
    pair.tell("request_universal_sdp_ids", sdp_ids=["Mill"])
    pair.step()
    pair.step()
    pair.tell("synchronize")
    pair.tell("audit")
    assert sdps_told(pair) == {"Mill"}
    pair.known()
    assert sdps_told(pair) == {"Mill", "Bakery", "Both"}


def test_exceptions_do_not_keep_the_others_away_and_are_asked_for_again_once_corrected() -> None:
    pair = alone()
    pair.load(created("Mill"), created("Bakery"))
    pair.tell("request_universal_sdp_ids")
    pair.deliver(response(f"{LDC}|Mill|1000000001|00|", f"{LDC}|Bakery||03|Incomplete data"))
    assert pair.ask("universal_sdp_ids") == [{"sdp_id": "Mill", "universal_sdp_id": "1000000001"}]
    (matter,) = pair.ask("open_matters")
    assert (matter["about"], matter["sdp_id"]) == ("id", "Bakery")
    assert pair.step() == []
    (again,) = pair.tell("problem_corrected", sdp_ids=["Bakery"], what="the SDP ID was completed")
    assert rows(again) == [[LDC, "Bakery"]]
    pair.deliver(response(f"{LDC}|Bakery|1000000002|00|", number=1))
    assert pair.ask("open_matters") == []


def test_an_id_that_was_issued_before_is_taken(pair: Pair) -> None:
    pair.load(created("Mill"))
    pair.deliver(response(f"{LDC}|Mill|1000000001|01|already issued"))
    assert pair.ask("universal_sdp_ids") == [{"sdp_id": "Mill", "universal_sdp_id": "1000000001"}]


@pytest.mark.parametrize(
    "lines",
    [
        [f"{LDC}|Mill|1000000002|00|"],
        [f"{LDC}|Bakery|1000000001|00|"],
        [f"{LDC}|Nowhere|1000000003|00|"],
        [f"{AGENT}|Bakery|1000000003|00|"],
        [f"{LDC}||1000000003|00|"],
    ],
    ids=["another for the same SDP", "one that another SDP has", "of no SDP", "of another LDC", "of nobody"],
)
def test_an_id_that_cannot_be_is_a_matter_for_people(pair: Pair, lines: list[str]) -> None:
    pair.load(created("Mill"), created("Bakery"))
    pair.deliver(response(f"{LDC}|Mill|1000000001|00|"))
    pair.deliver(response(*lines, number=1))
    assert pair.ask("universal_sdp_ids") == [{"sdp_id": "Mill", "universal_sdp_id": "1000000001"}]
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["id"]


def test_a_response_that_is_cut_is_not_acted_upon_until_it_comes_whole(pair: Pair) -> None:
    pair.load(created("Mill"))
    pair.deliver(response(f"{LDC}|Mill|1000000001|00|", end=False))
    assert pair.ask("universal_sdp_ids") == []
    assert [matter["about"] for matter in pair.ask("open_matters")] == ["id"]
    pair.deliver(response(f"{LDC}|Mill|1000000001|00|"))
    assert pair.ask("universal_sdp_ids") == [{"sdp_id": "Mill", "universal_sdp_id": "1000000001"}]
    assert pair.ask("open_matters") == []


def test_what_is_for_somebody_else_is_left_alone(pair: Pair) -> None:
    pair.load(created("Mill"))
    file = response(f"{LDC}|Mill|1000000001|00|")
    pair.deliver({**file, "name": file["name"].replace(f".{LDC}.", f".{AGENT}.")})
    pair.deliver({**file, "recipient": AGENT})
    pair.deliver({**file, "name": "a letter"})
    assert pair.ask("universal_sdp_ids") == []


@pytest.mark.parametrize("authorised", [(), ("4000",), ("1000", "4000")])
def test_an_agent_sends_what_the_ldc_has_authorised_it_to_and_nothing_else(authorised: tuple[str, ...]) -> None:
    pair = Pair(you=AGENT, authorised=authorised)
    pair.load(created("Mill", billing_agent=AGENT))
    pair.tell("request_universal_sdp_ids")
    pair.deliver({**response(f"{LDC}|Mill|1000000001|00|"), "recipient": AGENT})
    for told in ("synchronize", "audit"):
        pair.tell(told)
    pair.tell("request_quantities", sdp_ids=["Mill"], first_day="2011-01-10", last_day="2011-01-10", cycle="off")
    assert {file["name"].split(".")[2] for file in pair.submitted} <= set(authorised)
    assert all(file["name"].startswith(f"{LDC}.{AGENT}.") for file in pair.submitted)


def test_one_sdp_id_never_stands_for_two_sdps(pair: Pair) -> None:
    pair.load(created("Mill", address="1 Mill Road"), created("Mill", address="9 Lake Road", meter="M-9"))
    pair.known()
    (files,) = sets_of(pair.submitted).values()
    assert [row[1] for row in rows(files["02", "01"], "PR")] == ["1 Mill Road"]
    assert [matter["sdp_id"] for matter in pair.ask("open_matters")] == ["Mill"]
