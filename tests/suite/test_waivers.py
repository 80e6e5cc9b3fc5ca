"""Waivers: of a scenario, of what was noticed beside one, or of a rule; and what is said of one that names nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from harness.errors import InputError
from harness.suite.waivers import Waiver, load_waivers

SCENARIO, RULE = "usdp/identity/kept", "FTS-09"


def loaded(folder: Path, named: str) -> Waiver:
    path = folder / "waivers.toml"
    path.write_text(f'[[waiver]]\n{named}\nreason = "later"\nowner = "us"\nexpires = 2027-06-30\n', encoding="utf-8")
    (waiver,) = load_waivers(path, scenarios={SCENARIO}, rules={RULE}, as_of=date(2027, 1, 1))
    return waiver


def test_what_was_noticed_is_waived_by_its_own_id_and_its_scenario_is_not(tmp_path: Path) -> None:
    waiver = loaded(tmp_path, f'scenario = "noticed/{RULE}/{SCENARIO}"')
    assert waiver.covers(f"noticed/{RULE}/{SCENARIO}", RULE)
    assert not waiver.covers(SCENARIO, RULE)
    assert not waiver.covers(f"noticed/FTS-08/{SCENARIO}", "FTS-08")


def test_a_waiver_of_a_rule_covers_scenarios_and_what_was_noticed(tmp_path: Path) -> None:
    waiver = loaded(tmp_path, f'rule = "{RULE}"')
    assert waiver.covers(SCENARIO, RULE)
    assert waiver.covers(f"noticed/{RULE}/{SCENARIO}", RULE)


def test_a_waiver_covers_what_is_blocked_where_it_says_so_and_the_rule_is_broken(tmp_path: Path) -> None:
    assert not loaded(tmp_path, f'rule = "{RULE}"').covers_blocked(SCENARIO, {RULE})
    waiver = loaded(tmp_path, f'rule = "{RULE}"\nblocked = true')
    assert waiver.covers_blocked(SCENARIO, {RULE})
    assert not waiver.covers_blocked(SCENARIO, {"FTS-08"})
    assert Waiver.from_record(waiver.as_record(), waiver.place) == waiver


def test_a_waiver_is_of_what_is_blocked_or_is_not(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither true nor false"):
        loaded(tmp_path, f'rule = "{RULE}"\nblocked = "yes"')


@pytest.mark.parametrize(
    ("named", "what"),
    [
        (f'scenario = "noticed/FST-09/{SCENARIO}"', "no rule 'FST-09'"),
        (f'scenario = "noticed/{RULE}/usdp/identity/keept"', "no scenario 'usdp/identity/keept'"),
        (f'scenario = "noticed/{RULE}/"', f"no scenario 'noticed/{RULE}/'"),
        (f'scenario = "noticed/{RULE}/{SCENARIO}"\nrule = "{RULE}"', "names both or neither"),
        ("scenario = 3", "no scenario 3"),
    ],
)
def test_a_waiver_that_names_nothing_is_refused(tmp_path: Path, named: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        loaded(tmp_path, named)
