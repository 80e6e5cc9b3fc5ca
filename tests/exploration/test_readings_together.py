"""A system that states its reading of every ambiguity, in combinations that nobody chose, breaks no rule."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.interface.profile import EITHER, load_profile
from tests.conftest import Said, stating


def some_reading_of_each(number: int) -> dict[str, object]:
    """Of each ambiguity in which the profile takes no side one of its known readings, drawn by a number."""
    profile, chance = load_profile(), random.Random(number)
    return {
        ambiguity: chance.choice(sorted(known))
        for ambiguity, known in sorted(profile.known_readings.items())
        if profile.readings[ambiguity] == EITHER
    }


@pytest.mark.parametrize("number", [1, 2])
def test_no_rule_is_seen_broken(number: int, tmp_path: Path, said: Callable[..., Said]) -> None:
    (tmp_path / "stating.py").write_text(stating(readings=some_reading_of_each(number)))
    heard = said("explore", "--adapter", "stating:create", "--conversations", "64", "--seed", str(number))
    assert "no rule was seen broken" in heard.out
    assert heard.code == 0


@pytest.mark.parametrize("number", [2, 7])
def test_no_scenario_fails_a_cis_whose_counterpart_states_them(
    number: int, tmp_path: Path, said: Callable[..., Said]
) -> None:
    (tmp_path / "stating.py").write_text(stating(readings=some_reading_of_each(number)))
    roles = ["--role", "cis", "--adapter", "reference-cis", "--counterpart", "stating:create"]
    some = "cis/seq/rejection or cis/isy/after-reports or cis/brp/no-reads"
    heard = said("run", *roles, "--select", some, "--allow-not-applicable", "--json")
    failed = [each["id"] for each in json.loads(heard.out)["scenarios"] if each["verdict"] == "fail"]
    assert (failed, heard.code) == ([], 0)
