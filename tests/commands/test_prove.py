"""The proof that the suite can fail, and that it does not fail the innocent: it holds for every area of both seats.

A part of the proof, in shards of some areas each: each fault is run until a scenario of its rule catches it, each
scenario until it catches a fault, and each allowed variant against one in sixty-four of the scenarios, or of a CIS one
in thirty-two. Every fault against all scenarios of its rule, and variants against all, are run by `mdmr-conform prove`;
the whole matrix is `prove --full`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.interface.profile import load_profile
from harness.port.naming import REFERENCES, bents
from harness.port.protocol import Role
from harness.runner.proof import Trial, caught_before, next_round, sought, trials
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import take_inventory
from tests.commands.keeping_catches import as_text, to_keep

FEATURES = Path(__file__).parents[2] / "features"
ODD = ("None", "nobody has received no", "received no no", "[]", "()", "Day(", "datetime.")
"""What no message to a person says: words of a programmer, and a denial of a denial."""
PART = {Role.REPOSITORY: 64, Role.CIS: 32}
"""Each variant is held to one in so many of the scenarios of its seat: fewer variants, a larger part."""
CASES = take_inventory(FEATURES).cases
SHARDS = {Role.REPOSITORY: 3, Role.CIS: 1}
"""Into how many shards the areas of each seat are dealt; each shard costs a command of its own."""
IN_OPERATION = {"thirty_first_day_off_peak": {"BQ-05"}, "returned_sdps_end_dated_again": {"PSY-02"}}
"""The faults that show in days of operation alone, and the rules that they break there."""


def dealt(role: Role) -> list[str]:
    """The areas of a seat, as selections of much the same number of scenarios: ``usdp/ or win/``, ``cis/usdp/``."""
    sizes = Counter(f"{case.file.rpartition('/')[0]}/" for case in CASES if case.role is role)
    shards: list[list[str]] = [[] for _ in range(SHARDS[role])]
    for area in sorted(sizes, key=lambda each: (-sizes[each], each)):
        min(shards, key=lambda shard: sum(sizes[each] for each in shard)).append(area)
    return [" or ".join(sorted(shard)) for shard in shards]


@pytest.mark.parametrize(("role", "areas"), [(role, areas) for role in SHARDS for areas in dealt(role)])
def test_every_fault_is_caught_every_scenario_catches_one_and_every_variant_passes(
    role: Role, areas: str, tmp_path: Path
) -> None:
    part = ["--one-in", str(PART[role])]
    command = [sys.executable, "-m", "harness", "prove", "--select", areas, *part, "--out", "proof"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    proof = json.loads((tmp_path / "proof" / "proof.json").read_bytes())
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


def test_each_scenario_is_in_one_shard() -> None:
    areas = [area for role in SHARDS for shard in dealt(role) for area in shard.split(" or ")]
    assert [case.id for case in CASES if sum(case.id.startswith(area) for area in areas) != 1] == []


def test_each_fault_that_shows_in_operation_alone_is_held_to_its_rule_in_an_area() -> None:
    showing = [each for name in REFERENCES.values() for each in bents(name) if each.shows_in == "operation"]
    judged = {case.judges for case in CASES}
    assert {each.id for each in showing} == IN_OPERATION.keys()
    assert all(judged & set(each.rules) & IN_OPERATION[each.id] for each in showing)


def test_of_many_each_variant_gets_its_part_and_all_scenarios_are_in_some_part() -> None:
    cases, profile = [case for case in CASES if case.role is Role.REPOSITORY], load_profile()
    variants = [each for each in bents("reference") if each.kind == "variant" and each.takes is None]
    part = [t for t in trials(cases, variants, profile, full=False, one_in=PART[Role.REPOSITORY]) if t.bent is not None]
    assert {trial.bent for trial in part} == {variant.id for variant in variants}
    assert {trial.case.id for trial in part} == {case.id for case in cases}
    assert 0.0125 < len(part) / (len(cases) * len(variants)) < 0.0188


def searched(before: Mapping[str, list[str]]) -> list[Trial]:
    """The trials of the faults of an area's rules, the likeliest to catch one first."""
    cases = [case for case in CASES if case.area == "SEQ" and case.role is Role.REPOSITORY]
    rules = {case.judges for case in cases}
    faults = [each for each in bents("reference") if each.kind == "fault" and rules & set(each.rules)]
    return sought(trials(cases, faults, load_profile(), full=False), faults, before)


@pytest.fixture(scope="module")
def looked_for() -> list[Trial]:
    return searched({})


def rounds_of(candidates: list[Trial], is_caught: Callable[[Trial], bool]) -> list[list[Trial]]:
    """What is run, round by round, where a fault is caught in some trials."""
    rounds: list[list[Trial]] = []
    caught: dict[str, bool] = {}
    while following := next_round(candidates, caught, len(rounds)):
        assert not caught.keys() & {trial.task.key for trial in following}
        caught |= {trial.task.key: is_caught(trial) for trial in following}
        rounds.append(following)
    return rounds


def test_where_every_scenario_catches_every_fault_one_round_is_enough(looked_for: list[Trial]) -> None:
    (only,) = rounds_of(looked_for, lambda _: True)
    assert {trial.bent for trial in only} == {trial.bent for trial in looked_for}
    assert {trial.case.id for trial in only} == {trial.case.id for trial in looked_for}
    assert len(only) < len(looked_for) / 4


def test_what_nothing_catches_is_run_against_everything(looked_for: list[Trial]) -> None:
    run = [trial.task.key for each in rounds_of(looked_for, lambda _: False) for trial in each]
    assert sorted(run) == sorted(trial.task.key for trial in looked_for)


@pytest.mark.parametrize("which", [0, -1])
def test_a_fault_that_one_scenario_alone_catches_is_run_until_that_catches_it(
    looked_for: list[Trial], which: int
) -> None:
    fault = max({str(trial.bent) for trial in looked_for}, key=lambda each: (_number_of(looked_for, each), each))
    by_it = [trial for trial in looked_for if trial.bent == fault]
    catching = by_it[which].task.key
    rounds = rounds_of(looked_for, lambda trial: trial.bent != fault or trial.task.key == catching)
    run = [trial for each in rounds for trial in each]
    assert catching in {trial.task.key for trial in run}
    assert (len([trial for trial in run if trial.bent == fault]) == len(by_it)) == (which == -1)


def test_a_scenario_that_catches_one_fault_alone_is_run_until_it_catches_that(looked_for: list[Trial]) -> None:
    scenario = max({trial.case.id for trial in looked_for}, key=lambda each: (_number_of(looked_for, each), each))
    by_it = [trial for trial in looked_for if trial.case.id == scenario]
    rounds = rounds_of(looked_for, lambda trial: trial.case.id != scenario or trial is by_it[-1])
    assert by_it[-1].task.key in {trial.task.key for each in rounds for trial in each}


def _number_of(candidates: list[Trial], identifier: str) -> int:
    return sum(identifier in {trial.bent, trial.case.id} for trial in candidates)


def test_the_areas_together_hold_every_rule_that_is_judged() -> None:
    catalogue, judged = load_catalogue(), {(case.role, case.judges) for case in CASES}
    for role in Role:
        assert {rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id, role)} <= {
            rule for of, rule in judged if of is role
        }


def test_what_was_caught_before_is_tried_first_and_where_it_is_caught_no_more_the_search_goes_on(
    looked_for: list[Trial],
) -> None:
    last = looked_for[-1]
    candidates = searched({last.case.id: [str(last.bent)]})
    assert candidates[0] == last
    assert last in next_round(candidates, {}, 0)
    run = [trial for each in rounds_of(candidates, lambda trial: trial != last) for trial in each]
    assert {trial.bent for trial in run if trial != last} == {trial.bent for trial in candidates}


def test_what_scenarios_caught_before_is_of_scenarios_and_faults_that_there_are() -> None:
    kept = caught_before()
    assert kept.keys() <= {case.id for case in CASES}
    assert {fault for faults in kept.values() for fault in faults} <= {
        each.id for name in REFERENCES.values() for each in bents(name) if each.shows_in == "scenarios"
    }


def test_a_fault_that_one_scenario_alone_catches_is_kept_with_it_and_each_scenario_once() -> None:
    proof = {
        "faults": [
            {"id": "late", "caught_by": ["a", "b"]},
            {"id": "lost", "caught_by": ["b"]},
            {"id": "twice", "caught_by": ["b"]},
            {"id": "unseen", "caught_by": []},
        ]
    }
    assert to_keep([proof]) == {"a": ["late"], "b": ["lost", "twice"]}
    assert tomllib.loads(as_text(to_keep([proof]))) == to_keep([proof])
