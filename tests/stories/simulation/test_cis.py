"""Days of a CIS: what happens in its business is known to the MDM/R by the evening, whatever the post does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day
from harness.oracle.master_directory import Attribute, Record
from harness.oracle.synchronization import AcceptedSet
from harness.port.protocol import Event, Role, SystemDescription
from harness.stories.cis_books import Books
from harness.stories.cis_living import Evening
from harness.stories.playing import NEEDED, unfit
from harness.stories.story import drawn
from tests.conftest import Said

Conform = Callable[..., Said]
CIS = ("simulate", "--role", "cis")
SMALL = (*CIS, "--sdps", "6", "--days", "24")


ACCOUNT = Attribute("sdp", "17", "sdp_to_account")


def results(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(folder) / "simulation.json").read_bytes())
    return found


def test_a_simulation_of_the_reference_holds_and_is_confirmed(said: Conform) -> None:
    answer = said(*SMALL, "--out", "one")
    assert (answer.code, answer.err) == (0, "")
    assert "mdmr-conform: reference-cis, 6 SDPs, 24 days, seed 0" in answer.out
    assert "every invariant held through 24 days" in answer.out
    found = results("one")
    assert {"USDP-15", "USDP-18", "USDP-20", "SEQ-02", "ISY-19", "BSV-09", "SYN-07"} <= {
        r["id"] for r in found["rules"]
    }  # type: ignore[attr-defined]
    assert set(found["events"]) >= {"response lost", "set file lost", "restart"}  # type: ignore[call-overload]
    assert said("verify", "one").code == 0
    assert said(*SMALL, "--out", "other").code == 0
    for name in ("simulation.json", "simulation.html", "journals/simulation.jsonl"):
        assert (Path("one") / name).read_bytes() == (Path("other") / name).read_bytes()


@pytest.mark.parametrize(("within", "is_fit"), [(0, True), (120, True), (121, False), (1440, False)])
def test_a_cis_that_takes_longer_than_the_evening_allows_is_not_held_to_it(within: int, is_fit: bool) -> None:
    claims = tuple(NEEDED[Role.CIS])
    cis = SystemDescription("C", "1", Role.CIS, claims, "settable", "process", "conversation", {}, protocol=2)
    told = unfit(replace(cis, sends_within_minutes=within))
    assert (told is None) == is_fit
    assert is_fit or str(told).startswith(f"it may take {within} minutes to send: ")


@pytest.mark.parametrize(
    ("fault", "rule"), [("cis_rejected_set_forgotten", "USDP-20"), ("cis_request_sdp_ids_cut", "USDP-01")]
)
def test_a_cis_that_goes_wrong_is_found_out_and_the_command_shows_it_again(
    said: Conform, fault: str, rule: str
) -> None:
    answer = said(*SMALL, "--adapter", f"reference-cis+{fault}", "--out", "out")
    assert answer.code == 1
    assert f"violated  {rule}" in answer.out
    again = str(results("out")["again"]).split()[1:]
    assert (again[0], "--role" in again) == ("simulate", True)
    assert said(*again, "--out", "again").code == 1
    assert results("again")["violations"] == results("out")["violations"]


def test_a_cis_that_claims_less_is_not_simulated_with(said: Conform) -> None:
    Path("less.py").write_text(
        "from harness.port.naming import opener\n"
        "class Less:\n"
        "    def __init__(self): self.inner = opener('reference-cis', profile_path=None, time_limit=3600)()\n"
        "    def exchange(self, request):\n"
        "        reply = self.inner.exchange(request)\n"
        "        if request['message'] == 'hello': reply['ok']['classes'] = ['CIS-FTS', 'CIS-USDP']\n"
        "        return reply\n"
    )
    answer = said(*SMALL, "--adapter", "less:Less")
    assert (answer.code, "it does not claim CIS-SYNC, CIS-BILLING" in answer.out) == (3, True)


def test_a_repository_is_no_cis(said: Conform) -> None:
    answer = said(*SMALL, "--adapter", "reference")
    assert (answer.code, "role" in answer.all) == (3, True)


def test_a_story_of_a_cis_has_events_of_its_own() -> None:
    story = drawn(6, 24, 0, None, Role.CIS)
    assert {"restart", "response lost", "account change"} <= set(story.kinds)
    assert "gap" not in story.kinds
    assert story.is_whole
    part = story.shortened(5).among([0, 2])
    assert drawn(6, 24, 0, None, Role.CIS).keeping(part.kept) == part


# --- the books -----------------------------------------------------------------------------------------------


def day(number: int) -> Day:
    return Day(date(2011, 1, number))


def event(name: str, since: int, **more: object) -> Event:
    return Event(name, OrgId("LAKE"), SdpId("A-1"), day(since), more)


def created() -> Event:
    attributes = {"account_id": "first", "framing_structure": "hourly"}
    return event("sdp_created", 10, type="physical", attributes=attributes, meter={"meter_id": "M1"})


def test_what_is_told_holds_until_the_next_in_whatever_order_it_is_told() -> None:
    books = Books()
    for each in (
        created(),
        event("account_changed", 20, account_id="last"),
        event("account_changed", 15, account_id=None),
    ):
        books.take(each)
    values = [books.on("A-1", "sdp_to_account", day(number)) for number in (9, 10, 14, 15, 19, 20, 31)]
    assert values == [None, "first", "first", None, None, "last", "last"]


def test_of_two_of_one_day_the_one_told_last_holds_but_takes_nothing_away() -> None:
    books = Books()
    for each in (
        created(),
        event("account_changed", 15, account_id="one"),
        event("account_changed", 15, account_id="two"),
    ):
        books.take(each)
    assert books.on("A-1", "sdp_to_account", day(15)) == "two"
    assert not books.can_take(event("account_changed", 15, account_id=None))
    assert books.can_take(event("account_changed", 16, account_id=None))


@pytest.mark.parametrize(("until", "held"), [(12, True), (13, False)])
def test_what_a_cis_left_open_may_hold_again_after_a_span_of_a_later_set_or_not(
    until: int, held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tenant was told without an end; then one from the 8th until the 12th, after whom the business has none."""
    books = Books()
    for value, first in (("A1", 1), ("A2", 8), (None, 12)):
        books.take(Event("account_changed", "L", "Mill", Day(date(2011, 1, first)), {"account_id": value}))
    told: list[tuple[object, ...]] = []

    def hold(*said: object) -> bool:
        told.append(said)
        return bool(said[1])

    seat: Any = SimpleNamespace(now=None, delivered=[], sent=[], you=SimpleNamespace(id="L"))
    evening = Evening(seat, SimpleNamespace(books=books), SimpleNamespace(hold=hold))  # type: ignore[arg-type]
    days = [Day(date(2011, 1, each)) for each in (1, 8, until)]
    records = (Record(ACCOUNT, days[0], None, "A1"), Record(ACCOUNT, days[1], days[2], "A2"))
    contents = iter(AcceptedSet("I-Sync", days[0], records=(each,)) for each in records)
    sets = [SimpleNamespace(told_as=("L", "4000", each), number=each, files={}) for each in (1, 2)]
    monkeypatch.setattr("harness.stories.cis_living.sendings", lambda *_: sets)
    monkeypatch.setattr("harness.stories.cis_living.content_of", lambda *_: next(contents))
    monkeypatch.setattr(Evening, "_is_processed", lambda *_: True)
    evening._processed = {each.told_as: each.number for each in sets}  # type: ignore[misc]
    evening._take_sets()
    evening._check_attribute("Mill", "17", "sdp_to_account", Day(date(2011, 1, 12)))
    assert all(each[1] for each in told) == held
