"""The proof that the suite can fail, and that it does not fail the innocent: it holds for every area.

Area by area each fault is run against the scenarios of its own rule, and each allowed variant against one in eight of
the area's. Against all of them variants are run by `mdmr-conform prove`; the whole matrix is `prove --full`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from harness.interface.profile import load_profile
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Role
from harness.runner.proof import trials
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import COURSE, take_inventory

FEATURES = Path(__file__).parents[2] / "features"
ODD = ("None", "nobody has received no", "received no no", "[]", "()", "Day(", "datetime.")
"""What no message to a person says: words of a programmer, and a denial of a denial."""
PART = "8"
CASES = take_inventory(FEATURES).cases
AREAS = sorted({f"{case.file.rpartition('/')[0]}/" for case in CASES})
"""The areas of both seats, as selections: ``usdp/`` and ``cis/usdp/``."""
IN_OPERATION = {"thirty_first_day_off_peak": {"BQ-05"}, "returned_sdps_end_dated_again": {"PSY-02"}}
"""The faults that show in days of operation alone, and the rules that they break there."""


@pytest.mark.parametrize("area", AREAS)
def test_every_fault_is_caught_every_scenario_catches_one_and_every_variant_passes(area: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "harness", "prove", "--select", area, "--one-in", PART, "--out", "proof"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    proof = json.loads((tmp_path / "proof" / "proof.json").read_bytes())
    if (
        area == f"cis/{COURSE.lower()}/"
    ):  # for people: of what breaks a rule it holds a part, and other areas hold the rest
        assert [
            problem
            for problem in proof["problems"]
            if not re.match(r"fault \S+ of \S+ is not (caught|noticed by the referee): ", problem)
        ] == []
    else:
        assert proof["problems"] == []
        assert (ran.returncode, proof["proven"]) == (0, True)
    assert len(proof["variants"]) >= 10
    for entry in proof["in_operation"]:
        assert (entry["scenarios"], entry["noticed_in"]) == ([], [])
        assert set(entry["violated"]) == IN_OPERATION[entry["id"]]
    number = len(proof["in_operation"])
    caught = f"{number} of {number} faults that show in operation alone are caught by a simulation"
    assert (caught in ran.stdout) == (number > 0)
    for fault in proof["faults"]:
        for scenario, message in fault["said"].items():
            odd = [words for words in ODD if words in message]
            assert not odd, f"{fault['id']} in {scenario}: {message}"


def test_each_fault_that_shows_in_operation_alone_is_held_to_its_rule_in_an_area() -> None:
    showing = [each for name in REFERENCES.values() for each in bents(name) if each.shows_in == "operation"]
    judged = {case.judges for case in CASES}
    assert {each.id for each in showing} == IN_OPERATION.keys()
    assert all(judged & set(each.rules) & IN_OPERATION[each.id] for each in showing)


def test_of_many_each_variant_gets_its_part_and_all_scenarios_are_in_some_part() -> None:
    cases, profile = [case for case in CASES if case.role is Role.REPOSITORY], load_profile()
    variants = [each for each in bents("reference") if each.kind == "variant" and each.takes is None]
    part = [t for t in trials(cases, variants, profile, full=False, one_in=int(PART)) if t.bent is not None]
    assert {trial.bent for trial in part} == {variant.id for variant in variants}
    assert {trial.case.id for trial in part} == {case.id for case in cases}
    assert 0.1 < len(part) / (len(cases) * len(variants)) < 0.15


def test_the_areas_together_hold_every_rule_that_is_judged() -> None:
    catalogue, judged = load_catalogue(), {(case.role, case.judges) for case in CASES}
    for role in Role:
        assert {rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id, role)} <= {
            rule for of, rule in judged if of is role
        }
