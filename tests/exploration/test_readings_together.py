"""A system that states its reading of every ambiguity, in combinations that nobody chose, breaks no rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.interface.profile import EITHER, load_profile
from tests.conftest import Said

SYSTEM = """
from harness.interface.profile import load_profile
from reference_impl.repository.port import Port

READINGS = {readings!r}


class System:
    def __init__(self):
        self.port = Port(load_profile())

    def exchange(self, request):
        reply = self.port.exchange(request)
        if request["message"] == "hello":
            reply["ok"]["readings"] = READINGS
        return reply


create = System
"""


def some_reading_of_each(number: int) -> dict[str, str]:
    """Of each ambiguity in which the profile takes no side one of its known readings, drawn by a number."""
    profile, chance = load_profile(), random.Random(number)
    return {
        ambiguity: chance.choice(sorted(known))
        for ambiguity, known in sorted(profile.known_readings.items())
        if profile.readings[ambiguity] == EITHER
    }


@pytest.mark.parametrize("number", [1, 2])
def test_no_rule_is_seen_broken(number: int, tmp_path: Path, said: Callable[..., Said]) -> None:
    (tmp_path / "stating.py").write_text(SYSTEM.format(readings=some_reading_of_each(number)))
    heard = said("explore", "--adapter", "stating:create", "--conversations", "64", "--seed", str(number))
    assert "no rule was seen broken" in heard.out
    assert heard.code == 0
