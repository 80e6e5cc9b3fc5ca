"""A conversation with a CIS under test: steps and causality, what either side is told, and what is nobody's fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.errors import SuiteMistake
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day, Instant, day_of, instant, iso, later
from harness.interface.profile import load_profile
from harness.port.failure import AdapterFailure
from harness.port.protocol import (
    Authorisation,
    Event,
    Instruction,
    OwnOrganisation,
    Role,
    SystemDescription,
    holidays_of_ontario,
)
from harness.stage import post
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.stage.post import Order
from harness.stage.seat import EVENTS_TOGETHER, CisConversation, End
from harness.suite.verdicts import NotApplicable, Pending, Unmet

EIGHT = instant("2011-01-10T08:00:00-05:00")
CIS = SystemDescription("C", "1", Role.CIS, (), "settable", "process", "conversation", {}, protocol=2)
REPOSITORY = SystemDescription("R", "1", Role.REPOSITORY, (), "settable", "process", "conversation", {}, protocol=2)


class Fake:
    """A system that notes what it is asked, and sends what it was told to when time reaches that."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.to_send: list[tuple[Instant, str, str]] = []
        self.comes_to: Instant | None = None
        self.now = EIGHT
        self.clock: list[str] = []

    def exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(request)
        ok: dict[str, Any] = {}
        if request["message"] == "advance":
            to = instant(request["to"])
            to = to if self.comes_to is None else min(to, self.comes_to)
            sent = [each for each in self.to_send if each[0] <= to]
            self.to_send = [each for each in self.to_send if each[0] > to]
            ok = {"instant": iso(to), "files": [self.file(*each) for each in sent]}
            self.now = to
        return {"id": request["id"], "ok": ok}

    def file(self, at: Instant, whose: str, name: str) -> dict[str, Any]:
        return {self.whose: whose, "name": name, "content": {"text": name}, "instant": iso(at)}

    whose = "organisation"

    def of(self, message: str) -> list[dict[str, Any]]:
        return [request for request in self.asked if request["message"] == message]


class FakeRepository(Fake):
    whose = "recipient"


class World:
    """A CIS and a repository, and the conversation between them; the CIS is that of Lakeside."""

    def __init__(
        self, cis: SystemDescription = CIS, repository: SystemDescription = REPOSITORY, *, is_seated: bool = True
    ) -> None:
        self.cis, self.repository = Fake(), FakeRepository()
        self.revived = 0
        profile, holidays = load_profile(None), holidays_of_ontario()
        self.seat = CisConversation(
            End(Setting(profile, cis, holidays, EIGHT), Recorder(self.cis, None, "system", self.revive)),
            End(Setting(profile, repository, holidays, EIGHT), Recorder(self.repository, None, "counterpart")),
            Draw(0, "", "cis/a"),
        )
        if is_seated:
            self.seat.take_seat("Lakeside", "ldc")

    def revive(self) -> None:
        self.revived += 1

    @property
    def you(self) -> OrgId:
        return self.seat.you.id

    def event(self, sdp: str) -> Event:
        return Event("sdp_removed", self.you, SdpId(sdp), Day(day_of(EIGHT)))


@pytest.fixture
def world() -> World:
    return World()


def at(minutes: int, seconds: int = 0) -> Instant:
    return later(EIGHT, minutes=minutes, seconds=seconds)


# --- steps and causality -----------------------------------------------------------------------------


def test_time_passes_in_steps_of_ten_minutes_at_the_most_on_both_sides(world: World) -> None:
    world.seat.advance(at(25))
    steps = [iso(at(minutes)) for minutes in (10, 20, 25)]
    assert [request["to"] for request in world.cis.of("advance")] == steps
    assert [request["to"] for request in world.repository.of("advance")] == steps


def test_what_leaves_one_side_within_a_step_reaches_the_other_at_its_end(world: World) -> None:
    world.cis.to_send.append((at(1), world.you, "L.L.1000.00.20110110080100.DAT"))
    world.repository.to_send.append((at(15), world.you, "L.L.2000.01.20110110081500.DAT"))
    world.seat.advance(at(30))
    asked = [request["message"] for request in world.repository.asked]
    assert asked == ["begin", "advance", "submit", "advance", "advance"]
    assert [request["message"] for request in world.cis.asked] == ["begin", "advance", "advance", "deliver", "advance"]
    (given,), (sent,), (got,) = world.seat.given, world.seat.sent, world.seat.got
    assert (given.instant, sent.instant, got.instant) == (at(1), at(10), at(20))


def test_files_for_others_do_not_reach_the_cis(world: World) -> None:
    other = world.seat.register("Hilltop", "ldc")
    world.repository.to_send.append((at(5), other.id, "H.H.2000.01.20110110080500.DAT"))
    world.seat.advance(at(20))
    assert world.cis.of("deliver") == []
    assert len(world.seat.mailbox("Hilltop")) == 1


def test_a_letter_that_is_late_ends_a_step_of_its_own(world: World) -> None:
    world.repository.to_send.append((at(5), world.you, "L.L.2000.01.20110110080500.DAT"))
    world.seat.post.order(Order(lambda _: True, post.late(3)))
    world.seat.advance(at(30))
    assert [request["to"] for request in world.cis.of("advance")] == [iso(at(each)) for each in (10, 13, 23, 30)]
    assert world.seat.got[0].instant == at(13)


def test_what_the_cis_submits_for_somebody_else_is_the_adapters_fault(world: World) -> None:
    world.cis.to_send.append((at(1), "ORG00000", "n"))
    with pytest.raises(AdapterFailure, match="was submitted by 'ORG00000', expected") as caught:
        world.seat.advance(at(10))
    assert (caught.value.kind, caught.value.side) == ("malformed", "system")


def test_a_counterpart_that_answers_nonsense_is_charged_to_the_counterpart(world: World) -> None:
    world.repository.comes_to = at(5)
    with pytest.raises(AdapterFailure, match="a settable clock comes to the instant") as caught:
        world.seat.advance(at(10))
    assert caught.value.side == "counterpart"


@pytest.mark.parametrize("clock", ["real", "told"])
def test_the_counterpart_follows_the_clock_of_the_cis_however_slow_it_is(clock: Any) -> None:
    world = World(replace(CIS, clock=clock))
    world.cis.comes_to = at(14)
    with pytest.raises(Pending):
        world.seat.advance(at(30))
    assert [request["to"] for request in world.repository.of("advance")] == [iso(at(10)), iso(at(14))]


# --- what either side is told --------------------------------------------------------------------------


def test_both_are_told_of_one_conversation_and_the_cis_whose_it_is(world: World) -> None:
    world.seat.refuse_deliveries("Lakeside", at(0), at(60))
    world.seat.start()
    (repository,), (cis,) = world.repository.of("begin"), world.cis.of("begin")
    assert (cis["you"], cis["resumed"]) == (world.you, False)
    assert "you" not in repository
    assert cis["conversation"] == repository["conversation"]
    assert len(repository["organisations"][0]["mailbox_outages"]) == 1
    assert cis["organisations"][0]["mailbox_outages"] == []


def test_the_counterpart_acts_by_the_readings_that_the_cis_states() -> None:
    world = World(replace(CIS, readings={"AMB-05": "number-used-up"}))
    world.seat.start()
    for told in (world.cis.of("begin")[0], world.repository.of("begin")[0]):
        held = load_profile(None).narrowed({"AMB-05": "number-used-up"})["AMB-05"]
        assert told["profile"]["readings"]["AMB-05"] == held


def test_many_events_go_in_several_messages(world: World) -> None:
    world.seat.tell([world.event(f"S-{number}") for number in range(EVENTS_TOGETHER + 1)])
    assert [len(request["events"]) for request in world.cis.of("load")] == [EVENTS_TOGETHER, 1]


def test_meter_data_goes_to_the_counterpart_and_not_to_the_cis(world: World) -> None:
    world.seat.load({"intervals": []})
    assert (len(world.repository.of("load")), world.cis.of("load")) == (1, [])


def test_files_of_the_organisation_under_test_come_from_its_cis_alone(world: World) -> None:
    world.seat.register("Hilltop", "ldc")
    world.seat.submit("Hilltop", "n", b"")
    assert [request["organisation"] for request in world.repository.of("submit")] == [world.seat.party("Hilltop").id]
    with pytest.raises(SuiteMistake, match="come from its CIS"):
        world.seat.submit("Lakeside", "n", b"")


def test_a_conversation_ends_on_both_sides(world: World) -> None:
    world.seat.start()
    world.seat.end()
    assert (len(world.cis.of("end")), len(world.repository.of("end"))) == (1, 1)


def test_a_conversation_of_which_nobody_says_whose_cis_it_is_neither_begins_nor_ends_on_either_side() -> None:
    world = World(is_seated=False)
    with pytest.raises(SuiteMistake, match="whose it is"):
        world.seat.start()
    world.seat.end()
    assert (world.cis.asked, world.repository.asked) == ([], [])


# --- time for an answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("within", "minutes"), [(0, 1), (1, 1), (30, 30)])
def test_a_cis_has_the_time_that_it_says_it_needs(within: int, minutes: int) -> None:
    world = World(replace(CIS, sends_within_minutes=within))
    world.seat.tell(instructions=[Instruction("synchronize", world.you)])
    world.seat.let_answer()
    assert world.seat.now == at(minutes)
    world.seat.let_answer()
    assert world.seat.now == at(minutes)


def test_two_sides_are_at_rest_when_nothing_went_to_and_fro(world: World) -> None:
    world.cis.to_send.append((at(1), world.you, "L.L.1000.00.20110110080100.DAT"))
    world.repository.to_send.append((at(15), world.you, "L.L.2000.01.20110110081500.DAT"))
    world.cis.to_send.append((at(21), world.you, "L.L.4000.00.20110110082100.TX.00.01.DAT"))
    world.seat.come_to_rest()
    assert (len(world.seat.given), len(world.seat.got)) == (2, 1)
    assert world.seat.now >= at(36)


def test_reports_that_come_by_the_clock_keep_nobody_from_coming_to_rest() -> None:
    world = World(replace(CIS, sends_within_minutes=1440))
    name = "L.L.BR01.01.20110110120000.DAT"
    world.repository.to_send += [(at(hours * 60), world.you, name) for hours in range(1, 2000, 6)]
    world.seat.tell(instructions=[Instruction("synchronize", world.you)])
    world.seat.come_to_rest()
    assert at(1440) < world.seat.now < at(3 * 1440)


def test_audits_that_a_cis_sends_by_a_schedule_of_its_own_keep_nobody_from_coming_to_rest() -> None:
    world = World(replace(CIS, sends_within_minutes=1440))
    for day in range(60):
        audit = at(day * 1440 + 90)
        world.cis.to_send.append((audit, world.you, f"L.L.3000.01.2011{day:04}.TX{day}.00.01.DAT"))
        world.repository.to_send.append((later(audit, minutes=12), world.you, f"L.L.IR14.00.2011{day:04}.DAT"))
    world.seat.tell(instructions=[Instruction("synchronize", world.you)])
    world.cis.to_send.append((at(1440), world.you, "L.L.4000.00.20110111080000.TX.00.01.DAT"))
    world.repository.to_send.append((at(1450), world.you, "L.L.IR14.00.20110111081000.DAT"))
    world.cis.to_send.append((at(2 * 1440), world.you, "L.L.1000.00.20110112080000.DAT"))
    world.repository.to_send.append((at(2 * 1440 + 15), world.you, "L.L.2000.01.20110112081500.DAT"))
    world.seat.come_to_rest()
    assert at(3 * 1440) < world.seat.now < at(5 * 1440)


def test_what_a_scenario_waits_for_answers_makes_no_day_another_and_what_it_says_does() -> None:
    world = World(replace(CIS, sends_within_minutes=1440))
    world.seat.tell(instructions=[Instruction("synchronize", world.you)])
    world.seat.come_to_rest()
    assert (day_of(world.seat.now), world.seat.today) == (date(2011, 1, 11), date(2011, 1, 10))
    world.seat.tell(instructions=[Instruction("synchronize", world.you)])
    world.seat.let_answer()
    assert (day_of(world.seat.now), world.seat.today) == (date(2011, 1, 12), date(2011, 1, 10))
    with world.seat.waiting():
        world.seat.let_answer()
        world.seat.settle(at(3 * 1440))
    assert (day_of(world.seat.now), world.seat.today) == (date(2011, 1, 13), date(2011, 1, 10))
    world.seat.advance(at(4 * 1440))
    assert world.seat.today == date(2011, 1, 14)


@pytest.mark.parametrize(("within", "weeks"), [(0, 0), (360, 0), (361, 1), (1260, 1), (1440, 2)])
def test_a_slow_cis_begins_whole_weeks_before_the_week_of_the_scenario(within: int, weeks: int) -> None:
    world = World(replace(CIS, sends_within_minutes=within))
    world.seat.begin_before(8)
    assert world.seat.now == at(-weeks * 7 * 1440)
    world.seat.tell(instructions=[Instruction("synchronize", world.you)])
    begun = {iso(world.seat.now)}
    assert {each["instant"] for each in (*world.cis.of("begin"), *world.repository.of("begin"))} == begun
    world.seat.let_the_week_begin()
    assert world.seat.now == EIGHT
    world.seat.begin_before(8)
    assert world.seat.now == EIGHT


@pytest.mark.parametrize("other", [{"clock": "real"}, {"isolation": "none"}])
def test_a_cis_whose_time_does_not_run_back_begins_with_the_week(other: dict[str, Any]) -> None:
    world = World(replace(CIS, sends_within_minutes=1440, **other))
    world.seat.begin_before(8)
    assert world.seat.now == EIGHT


def test_a_cis_that_never_stops_does_not_come_to_rest(world: World) -> None:
    world.cis.to_send += [(at(minutes), world.you, f"n{minutes}") for minutes in range(1, 1000)]
    with pytest.raises(Unmet, match="a CIS that comes to rest"):
        world.seat.come_to_rest()


def test_what_the_post_waits_for_in_vain_is_a_premise_that_is_not_there(world: World) -> None:
    world.seat.post.order(Order(lambda _: True, post.lost))
    with pytest.raises(Unmet, match="no such file came"):
        world.seat.come_to_rest()


# --- restart -------------------------------------------------------------------------------------------


def test_a_cis_that_keeps_all_goes_on_in_another_process() -> None:
    world = World(replace(CIS, keeps="all"))
    world.seat.advance(at(10))
    world.seat.restart()
    assert world.revived == 1
    assert [request["message"] for request in world.cis.asked] == ["begin", "advance", "restart", "begin"]
    first, again = world.cis.of("begin")
    assert (again["resumed"], again["instant"]) == (True, iso(at(10)))
    changed = {"id", "instant", "resumed"}
    assert {key: again[key] for key in first.keys() - changed} == {key: first[key] for key in first.keys() - changed}
    assert len(world.repository.of("begin")) == 1


def test_a_cis_that_keeps_nothing_is_not_restarted(world: World) -> None:
    with pytest.raises(NotApplicable, match="ends with its process"):
        world.seat.restart()
    assert world.revived == 0


# --- organisations of its own --------------------------------------------------------------------------------

OWN = replace(
    CIS,
    organisations=(
        OwnOrganisation(OrgId("LAKE"), "ldc", 41),
        OwnOrganisation(OrgId("HILL"), "ldc", 7),
        OwnOrganisation(OrgId("PARTNERS"), "agent"),
    ),
    authorisations=(Authorisation(OrgId("LAKE"), OrgId("PARTNERS"), "1000", "submit"),),
)


def test_a_product_with_organisations_of_its_own_is_spoken_to_of_them() -> None:
    world = World(OWN)
    other = world.seat.register("Hilltop", "ldc")
    assert {world.you, other.id} == {"LAKE", "HILL"}
    world.seat.start()
    numbers = {each["id"]: each["next_sequence_number"] for each in world.repository.of("begin")[0]["organisations"]}
    assert numbers == {"LAKE": 41, "HILL": 7}
    assert world.seat.first_number("Lakeside") == numbers[world.you]


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        (lambda seat: [seat.register(f"L{number}", "ldc") for number in (1, 2)], "one more ldc than the CIS has"),
        (lambda seat: seat.expect_sequence_number("Lakeside", 3), "has another number than 3"),
        (
            lambda seat: [seat.register("P", "agent"), seat.authorise("Lakeside", "P", "4000", "submit"), seat.start()],
            "have authorised each other otherwise",
        ),
    ],
)
def test_what_a_product_does_not_have_cannot_be_judged_on_it(needs: Any, said: str) -> None:
    with pytest.raises(NotApplicable, match=said):
        needs(World(OWN).seat)
