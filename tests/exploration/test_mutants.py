"""Mutants: which there are, that each changes one place, and what becomes of them."""

from __future__ import annotations

import ast
import json
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from harness.commands import mutation_proof
from harness.errors import InputError
from harness.exploration.drawing import Source
from harness.exploration.equivalents import Equivalent, declared, read
from harness.exploration.exploring import Wish, subject_of
from harness.exploration.lines import Line
from harness.exploration.mutant_trials import (
    ALIVE,
    EQUIVALENT,
    EXPLORED,
    FATES,
    KILLED,
    PACKAGE,
    PACKAGES,
    Fate,
    Scenario,
    Trial,
    try_all,
)
from harness.exploration.mutants import Mutant, all_of, changed, drawn, modules_of
from harness.exploration.scene import Times
from harness.interface.profile import load_profile
from harness.runner import controller
from harness.suite.inventory import take_inventory
from tests.conftest import Said

SOURCE = """
LIMIT = 5

def pays(amount: int | None = None) -> "int":
    \"\"\"Says 5.\"\"\"
    if amount < LIMIT and ready(amount):
        total[0] = amount + 2
        note("a" + "b")
    if amount is None:
        raise ValueError(f"{amount + 1}")
    return True
"""
"""Of a function: not what it is given, what it says of itself, and what it raises."""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one chapter, and of a port."""
    folder = tmp_path / "some_package"
    folder.mkdir()
    for name in ("__init__", "chapter", "port"):
        (folder / f"{name}.py").write_text(textwrap.dedent(SOURCE))
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder / "chapter.py"


def test_every_small_change_of_what_functions_do_is_a_mutant(made: Path) -> None:
    assert [(each.module, each.line, each.was, each.now) for each in all_of("some_package")] == [
        ("some_package.chapter", line, was, now)
        for line, was, now in (
            (6, "if amount < LIMIT and ready(amount): …", "if not (amount < LIMIT and ready(amount)): …"),
            (6, "amount < LIMIT and ready(amount)", "amount < LIMIT or ready(amount)"),
            (6, "amount < LIMIT", "amount <= LIMIT"),
            (7, "total[0] = amount + 2", "pass"),
            (7, "0", "1"),
            (7, "0", "-1"),
            (7, "amount + 2", "amount - 2"),
            (7, "2", "3"),
            (7, "2", "1"),
            (8, "note('a' + 'b')", "pass"),
            (9, "amount is None", "amount is not None"),
            (11, "True", "False"),
        )
    ]
    assert made.name == "chapter.py"


def test_a_mutant_says_in_which_function_and_line_it_stands(made: Path) -> None:
    (mutant,) = [each for each in all_of("some_package") if each.was == "amount + 2"]
    assert (mutant.function, mutant.source) == ("pays", "total[0] = amount + 2")


def test_a_mutant_differs_in_its_place_alone(made: Path) -> None:
    plain = ast.unparse(ast.parse(made.read_text())).splitlines()
    for mutant in all_of("some_package"):
        new = changed(mutant, made).splitlines()
        assert len([1 for a, b in zip(plain, new, strict=False) if a != b]) >= 1
        assert abs(len(plain) - len(new)) <= 1
    assert len({changed(mutant, made) for mutant in all_of("some_package")}) == 12


def test_a_seed_draws_the_same_mutants(made: Path) -> None:
    every = all_of("some_package")
    assert drawn(every, 4, 7) == drawn(every, 4, 7)
    assert drawn(every, 4, 7) != drawn(every, 4, 8)
    assert sorted(map(str, drawn(every, 99, 7))) == sorted(map(str, every))
    assert made.is_file()


def test_every_mutant_of_the_reference_can_be_compiled() -> None:
    paths = modules_of(PACKAGE)
    assert f"{PACKAGE}.port" not in paths
    for mutant in drawn(all_of(PACKAGE), 60, 3):
        compile(changed(mutant, paths[mutant.module]), "mutant", "exec")


# --- what becomes of them ---------------------------------------------------------------------------------


def scenarios(*prefixes: str) -> tuple[Scenario, ...]:
    cases = take_inventory(controller.features_folder()).cases
    return tuple(
        Scenario(case.id, tuple((step.type, Line(step.text, step.table)) for step in case.steps))
        for case in cases
        if case.id.startswith(prefixes)
    )


def mutant_of(module: str, was: str, now: str) -> Mutant:
    found = [each for each in all_of(PACKAGE) if (each.module, each.was, each.now) == (f"{PACKAGE}.{module}", was, now)]
    assert found, f"the reference holds no {was!r} any more"
    return found[0]


def fates(chosen: Sequence[Mutant], performed: Sequence[Scenario], conversations: int) -> list[Fate]:
    subject = subject_of(Wish("reference", None, 1, None, None, 1, 3600.0))
    source = Source(1, Times.of(load_profile().values), frozenset({"USDP"}))
    return try_all(chosen, Trial(subject.plan(), tuple(performed), source, conversations, 3600), 2, lambda _: None)


def test_a_mutant_is_killed_by_a_scenario_or_by_exploration_or_stays_alive() -> None:
    wrong = mutant_of("identifiers", "line.ldc != request.ldc", "line.ldc == request.ldc")
    (killed,) = fates([wrong], scenarios("usdp/assignment"), 0)
    assert (killed.word, killed.by.startswith("usdp/assignment/")) == (KILLED, True)
    (explored,) = fates([wrong], (), 30)
    assert (explored.word, explored.by.startswith("USDP-")) == (EXPLORED, True)
    assert fates([wrong], (), 0) == [Fate(wrong, ALIVE)]


# --- those declared equivalent ----------------------------------------------------------------------------


ENTRY = """
[[mutant]]
module = "some_package.chapter"
function = "pays"
source = "if amount < LIMIT and ready(amount):"
was = "amount < LIMIT"
now = "amount <= LIMIT"
why = "No amount is ever 5."
"""


def test_what_one_reading_alone_brings_to_bear_is_held_to_the_scenarios_of_that_reading() -> None:
    limit = "extracted + timedelta(days=staging.limits.ahead)"
    wrong = mutant_of("staging_table_loader", limit, limit.replace("+", "-"))
    cases = [
        case
        for case in take_inventory(controller.features_folder()).cases
        if case.id == "isy/effective-dates/as-far-back-and-ahead-as-the-limits-allow"
    ]
    (killed,) = fates([wrong], mutation_proof.scenarios_of(cases, load_profile()), 0)
    assert (killed.word, killed.by) == (KILLED, cases[0].id)


def test_a_mutant_is_declared_equivalent_by_its_source(made: Path) -> None:
    every = all_of("some_package")
    ((mutant, entry),) = read(ENTRY, every).items()
    assert (mutant.was, mutant.line, entry.why) == ("amount < LIMIT", 6, "No amount is ever 5.")
    made.write_text(f"LIMIT = 4\n\n\n{made.read_text()}")
    assert [mutant.line for mutant in read(ENTRY, all_of("some_package"))] == [9]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("LIMIT and ready(amount):", "MOST:", "no longer found: some_package.chapter, pays: 'if amount < MOST"),
        ('"pays"', '"owes"', "no longer found: some_package.chapter, owes"),
        ("No amount is ever 5.", " ", "'why' is missing or empty"),
        ("why =", "reason =", "unknown key 'reason'"),
        ("why =", "which = 2\nwhy =", "is found 1 time: "),
        ("why =", "which = 0\nwhy =", "'which' is no whole number from 1"),
        ("[[mutant]]", "[[mutants]]", "unknown table 'mutants'"),
        ("[[mutant]]", "mutant = [1]\n[other]", "unknown table 'other'"),
        ("[[mutant]]", "[mutant]", "is no list of [[mutant]] tables"),
        ("[[mutant]]", "[[mutant", "is not TOML"),
        ("\n[[mutant]]", f"{ENTRY}[[mutant]]", "is declared twice"),
    ],
)
@pytest.mark.usefixtures("made")
def test_a_wrong_declaration_says_what_was_expected(old: str, new: str, expected: str) -> None:
    assert old in ENTRY
    with pytest.raises(InputError) as raised:
        read(ENTRY.replace(old, new), all_of("some_package"))
    assert expected in str(raised.value)


def test_of_several_that_read_alike_the_one_meant_is_named(made: Path) -> None:
    made.write_text("def pays(amount):\n    return amount[1] + amount[1]\n")
    entry = """
[[mutant]]
module = "some_package.chapter"
function = "pays"
source = "return amount[1] + amount[1]"
was = "1"
now = "2"
why = "Both are alike."
"""
    with pytest.raises(InputError, match="is found 2 times"):
        read(entry, all_of("some_package"))
    first, second = (next(iter(read(f"{entry}which = {which}", all_of("some_package")))) for which in (1, 2))
    assert changed(first, made).endswith("return amount[2] + amount[1]")
    assert changed(second, made).endswith("return amount[1] + amount[2]")


def test_those_declared_equivalent_are_counted_apart_and_refuted_where_they_do_not_stay_alive(
    said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = mutant_of("identifiers", "line.ldc != request.ldc", "line.ldc == request.ldc")
    right = next(each for each in all_of(PACKAGE) if each.module == f"{PACKAGE}.large_sets")
    reasons = {
        each: Equivalent(each.module, each.function, each.source, each.was, each.now, "Says nothing.")
        for each in (wrong, right)
    }
    monkeypatch.setattr(mutation_proof, "declared", lambda _: reasons)
    monkeypatch.setattr(mutation_proof, "drawn", lambda *_: [wrong, right])
    answer = said("prove", "--mutants", "2", "--select", "USDP-06", "--conversations", "1", "--out", "proof")
    assert (answer.code, answer.err) == (1, "")
    assert f"not equivalent  {wrong}: killed by run usdp/" in answer.out
    assert "declared equivalent: 1 of 2 mutants, more than 5 in a hundred" in answer.out
    told = json.loads(Path("proof/mutants.json").read_bytes())
    assert told["fates"] == {**dict.fromkeys(FATES, 0), KILLED: 1, EQUIVALENT: 1}
    assert [each["by"] for each in told["each"]][1] == "Says nothing."


def test_where_scenarios_of_a_cis_alone_are_selected_it_is_the_cis_that_is_changed(
    said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_the_cis(possible: Sequence[Mutant], *_: int) -> list[Mutant]:
        assert {each.module.rpartition(".")[0] for each in possible} == {"reference_impl.cis"}
        return [each for each in possible if each.was == "ids.known[sdp] = universal"]

    monkeypatch.setattr(mutation_proof, "drawn", of_the_cis)
    answer = said("prove", "--mutants", "1", "--select", "cis/usdp/", "--conversations", "1", "--out", "proof")
    assert (answer.code, answer.err) == (0, "")
    (told,) = json.loads(Path("proof/mutants.json").read_bytes())["each"]
    assert (told["module"], told["fate"]) == ("reference_impl.cis.identifiers", KILLED)
    assert told["by"].startswith("cis/usdp/")


def test_the_references_hold_every_mutant_that_is_declared_equivalent() -> None:
    for mutant, entry in declared([each for package in PACKAGES.values() for each in all_of(package)]).items():
        assert mutant.function == entry.function
