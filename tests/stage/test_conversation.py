"""What a conversation tells a system of readings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.interface.instants import instant
from harness.interface.profile import EITHER, load_profile
from harness.port.protocol import Role, SystemDescription
from harness.stage.link import Setting

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
