"""The referee watches a conversation: what it notices, and what it is told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.interface.files import read_file
from harness.interface.instants import Instant
from harness.port.protocol import Begin, Holidays, ProfileStatement, Role, SystemDescription
from harness.referee.referee import Referee
from harness.referee.stream import Delivered, Passed, Submitted
from harness.runner.session import run_unchecked
from harness.runner.watching import Noticed, Watch, opening_of
from harness.stage import conversation
from tests.referee.conftest import AGAIN, ISSUED, PROFILE, at, opening, request, response, summary

CLASSES = ("FTS", "USDP")
SYSTEM = SystemDescription("s", "1", Role.REPOSITORY, CLASSES, "settable", "process", "conversation", {})
OPENED = opening()
BEGIN = Begin(
    "c",
    at("00:00"),
    1,
    Holidays(),
    OPENED.organisations,
    OPENED.authorisations,
    ProfileStatement("p", "0", PROFILE.values, PROFILE.readings),
)
FIRST = request(at("08:00"), "Mill")
ANSWER = response(FIRST, at("08:15"), ("Mill", "111", ISSUED))
SUMMARY = summary(at("08:15"), (FIRST, at("08:15"), 1, 1, 0, 0, 0))


def noticed(*happenings: Submitted | Delivered, until: Instant, system: SystemDescription = SYSTEM) -> list[Noticed]:
    """What is noticed where these things happen."""
    watch = Watch(PROFILE, system, read_file)
    watch.begun(BEGIN)
    for each in happenings:
        if isinstance(each, Submitted):
            watch.submitted(conversation.Sent(each.organisation, each.name, each.content, each.instant))
        else:
            file = conversation.Delivered(each.recipient, each.name, each.content, each.sent)
            watch.delivered(file, arrived=each.arrived is not None)
    watch.passed(until)
    assert watch.mistake is None
    return watch.noticed()


def without_end(file: Delivered) -> Delivered:
    return replace(file, content=file.content[: file.content.rindex(b"EF|")])


def test_nothing_is_noticed_where_all_is_well() -> None:
    assert noticed(FIRST, ANSWER, SUMMARY, until=at("09:00")) == []


def test_a_rule_is_noticed_once_where_it_was_broken_first() -> None:
    again = request(at("08:20"), "Mill")
    files = (FIRST, ANSWER, SUMMARY, again, response(again, at("08:30"), ("Mill", "111", AGAIN)))
    (found,) = noticed(
        *(without_end(each) if each.name.split(".")[2] == "2000" else each for each in files[:-1]),
        without_end(files[-1]),
        until=at("08:31"),
        system=replace(SYSTEM, classes=("FTS",)),
    )  # type: ignore[arg-type]
    assert (found.first.rule, found.first.file, found.times) == ("FTS-09", ANSWER.name, 2)
    assert found.as_json()["instant"] == "2011-01-10T08:15:00-05:00"


def test_what_follows_is_named_with_its_cause_and_is_nothing_of_its_own() -> None:
    retired = replace(ANSWER, name=ANSWER.name.replace(".2000.01.", ".2000.00."))
    (found,) = noticed(FIRST, retired, SUMMARY, until=at("09:00"))
    assert found.first.rule == "FTS-07"
    assert "USDP-01" in found.followed_by


def test_rules_of_classes_that_are_not_claimed_are_not_noticed_nor_what_rests_on_them() -> None:
    retired = replace(ANSWER, name=ANSWER.name.replace(".2000.01.", ".2000.00."))
    assert noticed(FIRST, retired, SUMMARY, until=at("09:00"), system=replace(SYSTEM, classes=("USDP",))) == []


def test_it_is_judged_by_the_values_that_the_system_states() -> None:
    half_hourly = replace(SYSTEM, values={"assignment_run_every_minutes": 30})
    assert [each.first.rule for each in noticed(FIRST, until=at("08:16"))] == ["USDP-01"]
    assert noticed(FIRST, until=at("08:16"), system=half_hourly) == []


def test_absence_is_noticed_up_to_the_last_instant_that_was_reached() -> None:
    assert noticed(FIRST, until=at("08:15:58")) == []
    assert [each.first.rule for each in noticed(FIRST, until=at("08:15:59"))] == ["USDP-01"]


def test_of_many_small_steps_the_referee_hears_of_the_last_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    see = Referee.see
    monkeypatch.setattr(Referee, "see", lambda self, happening: (heard.append(happening), see(self, happening))[1])
    watch = Watch(PROFILE, SYSTEM, read_file)
    watch.begun(BEGIN)
    watch.submitted(conversation.Sent(FIRST.organisation, FIRST.name, FIRST.content, FIRST.instant))
    for minute in range(1, 60):
        watch.passed(at(f"08:{minute:02}"))
    assert len(heard) == 1
    assert [each.first.rule for each in watch.noticed()] == ["USDP-01"]
    assert heard[1:] == [Passed(at("08:59"))]


def test_a_conversation_that_never_began_shows_nothing() -> None:
    assert Watch(PROFILE, SYSTEM, read_file).noticed() == []


def test_what_the_system_is_told_is_what_it_is_judged_by() -> None:
    found = opening_of(replace(BEGIN, holidays=Holidays()), PROFILE, replace(SYSTEM, state="persistent"))
    assert (found.classes, found.from_the_beginning, found.price_plan_holidays) == (set(CLASSES), False, None)
    assert found.organisations == OPENED.organisations
    assert opening_of(BEGIN, PROFILE, SYSTEM).from_the_beginning


# --- in a run ----------------------------------------------------------------------------------------------

FAULTY = """
class System:
    def exchange(self, request):
        message, to = request["message"], request.get("to")
        if message == "begin":
            self.ldc = request["organisations"][0]["id"]
        answer = {"hello": HELLO, "advance": {"instant": to, "files": []}}.get(message, {})
        if message == "advance":
            answer["files"] = [{"recipient": self.ldc, "name": "odd", "content": {"text": ""}, "instant": to}]
        if message == "end" and END:
            return {"id": request["id"], "error": {"code": "failed", "message": "no"}}
        return {"id": request["id"], "ok": answer}

END = False
HELLO = {
    "protocol": 1, "name": "test", "version": "1", "role": "repository", "classes": ["FTS", "USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
"""
STEPS = """
from pytest_bdd import given, then
from harness.interface.instants import later
from harness.suite.verdicts import Pending, Unmet

@given("a premise")
def _premise(conversation):
    conversation.register("Lakeside", "ldc")
    conversation.advance(later(conversation.now, minutes=1))

@then("it is seen")
def _seen(conversation):
    pass

@then("it fails")
def _fails(conversation):
    raise Unmet("this", "that")

@then("it waits")
def _waits(conversation):
    raise Pending("then", "now")
"""


@pytest.fixture
def result(theatre: Any) -> Callable[..., dict[str, Any]]:
    def of(then: str, system: str = FAULTY, **more: Any) -> dict[str, Any]:
        theatre.define(STEPS)
        theatre.feature(f"@USDP-03\nScenario: One\n  Given a premise\n  Then {then}\n")
        record = theatre.run("usdp/a/one", system=theatre.system(system), **more)
        (found,) = record.results.values()
        return dict(found)

    return of


@pytest.mark.parametrize(("then", "verdict"), [("it is seen", "pass"), ("it fails", "fail"), ("it waits", "pending")])
def test_what_is_noticed_stands_beside_whatever_the_scenario_came_to(
    result: Callable[..., dict[str, Any]], then: str, verdict: str
) -> None:
    found = result(then)
    assert (found["verdict"], [each["rule"] for each in found["noticed"]]) == (verdict, ["FTS-06"])


def test_what_was_noticed_stays_where_the_end_goes_wrong(result: Callable[..., dict[str, Any]]) -> None:
    found = result("it is seen", FAULTY.replace("END = False", "END = True"))
    assert (found["verdict"], [each["rule"] for each in found["noticed"]]) == ("error", ["FTS-06"])


def test_a_replay_notices_the_same(theatre: Any, result: Callable[..., dict[str, Any]]) -> None:
    live = result("it is seen")
    task = replace(theatre.plan("usdp/a/one").tasks[0], mark=(live["journal"]["entries"], live["journal"]["last_hash"]))
    hello = {"name": "test", "version": "1", "role": "repository", "classes": ["FTS", "USDP"], "clock": "settable"}
    hello |= {"state": "process", "isolation": "conversation", "protocol": 1}
    plan = theatre.plan("usdp/a/one", mode="replay", introduced={"system": ("reference", hello)}, tasks=(task,))
    (replayed,) = run_unchecked(plan, workers=0).results.values()
    assert (replayed["diverged"], replayed["noticed"]) == (None, live["noticed"])


def test_a_mistake_of_the_referee_blocks_what_would_pass(
    result: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def mistaken(*_: Any) -> Any:
        raise ValueError("no such thing")

    monkeypatch.setattr(Referee, "see", mistaken)
    found = result("it is seen")
    assert (found["verdict"], found["noticed"]) == ("blocked", [])
    assert "the suite is at fault: ValueError in test_watching.py:" in found["message"]
    assert result("it fails")["verdict"] == "fail"
