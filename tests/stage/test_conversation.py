"""What a conversation tells a system of readings, and what only found features say in one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.errors import SuiteMistake
from harness.interface.instants import instant
from harness.interface.profile import EITHER, load_profile
from harness.port.protocol import Role, SystemDescription
from harness.stage.conversation import Breach, Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.suite.verdicts import NotApplicable, Unmet

SYSTEM = SystemDescription("A", "1", Role.REPOSITORY, ("FTS",), "settable", "process", "conversation", {})


def told(**system: Any) -> str:
    profile = load_profile()
    opened = replace(profile, readings={**profile.readings, "AMB-06": EITHER})
    setting = Setting(opened, replace(SYSTEM, **system), (), instant("2011-01-10T00:00:00-05:00"))
    return setting.told_readings()["AMB-06"]


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ({"protocol": 2}, EITHER),
        ({"protocol": 1}, "from-first-file"),
        ({"protocol": 2, "readings": {"AMB-06": "from-last-file"}}, "from-last-file"),
        ({"protocol": 1, "readings": {"AMB-06": "from-last-file"}}, "from-last-file"),
    ],
)
def test_an_open_reading_is_told_as_such_to_a_system_of_protocol_2_alone(system: dict[str, Any], expected: str) -> None:
    assert told(**system) == expected


# --- what only found features say ---------------------------------------------------------------------------


def conversation(**system: Any) -> Conversation:
    setting = Setting(load_profile(), replace(SYSTEM, **system), (), instant("2011-01-10T00:00:00-05:00"))
    return Conversation(setting, Draw(0, "", "a test"), Recorder(Nobody(), None))


class Nobody:
    """Answers nothing, and is asked nothing."""

    def exchange(self, request: Any) -> Any:
        raise AssertionError(request)


def test_a_conversation_may_begin_with_another_monday() -> None:
    begun = conversation()
    begun.begin_on("2012-02-27")
    assert begun.now == begun.setting.anchor == instant("2012-02-27T00:00:00-05:00")


@pytest.mark.parametrize(("day", "why"), [("2012-02-28", "is no Monday"), ("Monday", "is no first day")])
def test_it_begins_with_no_other_day(day: str, why: str) -> None:
    with pytest.raises(SuiteMistake, match=why):
        conversation().begin_on(day)


def test_a_clock_that_cannot_be_set_begins_when_it_begins() -> None:
    with pytest.raises(NotApplicable, match="cannot be set"):
        conversation(clock="real").begin_on("2012-02-27")


def test_what_was_not_submitted_is_not_submitted_again() -> None:
    begun = conversation()
    begun.register("Lakeside", "ldc")
    with pytest.raises(SuiteMistake, match="has submitted no 1000"):
        begun.submit_again("Lakeside", "1000")


def test_a_rule_is_held_by_whoever_judges_by_every_rule() -> None:
    class Strict:
        def breach(self, rule: str) -> Breach | None:
            return Breach("a name", "none", "file", 3) if rule == "FTS-01" else None

    begun = conversation()
    with pytest.raises(SuiteMistake, match="nobody judges"):
        begun.check_held("FTS-01")
    begun.let_judge(Strict())
    begun.check_held("FTS-06")
    with pytest.raises(Unmet) as unmet:
        begun.check_held("FTS-01")
    assert (unmet.value.expected, unmet.value.observed, unmet.value.record) == ("a name", "none", 3)
