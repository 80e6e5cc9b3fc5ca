"""A run as a whole: nothing is lost, nothing is thrown away, and an interrupted run goes on where it ended."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InputError
from harness.port.failure import AdapterFailure
from harness.runner import controller
from harness.runner import folder as folder_of_run
from harness.runner.controller import Run, Wish

STEPS = """
from pathlib import Path
from pytest_bdd import parsers, then, when

HERE = Path(__file__).parent

def note(text):
    with (HERE / "notes.txt").open("a") as notes:
        notes.write(f"{text}\\n")

@when(parsers.parse("{name} is tried"))
def _tried(conversation, name):
    note(name)

@then("it is seen")
def _seen():
    pass

@then("it is seen, unless somebody presses Ctrl-C")
def _interrupted():
    if (HERE / "interrupt").exists():
        raise KeyboardInterrupt

@then("the process ends")
def _ends():
    import os
    os._exit(0)
"""
NAMES = ("a", "b", "c", "d")


@pytest.fixture
def run(theatre: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the scenarios of a theatre as the command does; the pages made of the results have tests of their own."""

    def only_results(folder: Path, results: dict[str, Any], *_: Any) -> None:
        folder_of_run.write(folder / "results.json", folder_of_run.as_document(results))

    theatre.define(STEPS)
    monkeypatch.setattr(controller, "write_outputs", only_results)
    monkeypatch.setattr(controller, "features_folder", lambda: theatre.root / "features")
    monkeypatch.setattr(controller, "STEP_PACKAGE", theatre.steps)
    monkeypatch.setattr(controller, "suite_hash", lambda _: "0" * 64)

    def perform(**wish: Any) -> Run:
        return controller.run(
            Wish(**{"workers": 0, **wish}),
            theatre.root / "out",
            as_of=None,
            today=date(2026, 1, 5),
            fresh_namespace=lambda: "n",
            started="2026-01-05T00:00:00-05:00",
        )

    return perform


def scenarios(theatre: Any, then: str = "it is seen", **others: str) -> None:
    """Four scenarios with one Then, but for those that have another."""
    theatre.feature(
        "".join(
            f"\n@USDP-03\nScenario: {name}\n  When {name} is tried\n  Then {others.get(name, then)}\n" for name in NAMES
        )
    )


def tried(theatre: Any) -> list[str]:
    """The scenarios that ran since this was asked last, in their order."""
    path = theatre.root / theatre.steps / "notes.txt"
    found = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return found


def verdicts(run: Run) -> dict[str, str]:
    return {scenario["name"]: scenario["verdict"] for scenario in run.results["scenarios"]}


def test_every_scenario_has_its_verdict_in_the_results(theatre: Any, run: Any) -> None:
    scenarios(theatre)
    done = run()
    assert verdicts(done) == dict.fromkeys(NAMES, "pass")
    assert done.exit_code == 0
    written = json.loads((theatre.root / "out" / "results.json").read_bytes())
    assert {scenario["name"]: scenario["verdict"] for scenario in written["scenarios"]} == verdicts(done)


def test_shuffle_changes_the_order_and_nothing_else(theatre: Any, run: Any) -> None:
    scenarios(theatre)
    first = run()
    assert tried(theatre) == ["a", "b", "c", "d"]
    again = run(shuffle=1)
    order = tried(theatre)
    assert sorted(order) == ["a", "b", "c", "d"]
    assert order != ["a", "b", "c", "d"]
    assert again.results == first.results


def test_findings_of_the_feature_check_stop_a_run_before_anything_is_touched(theatre: Any, run: Any) -> None:
    scenarios(theatre)
    run()
    before = {path: path.read_bytes() for path in (theatre.root / "out").rglob("*") if path.is_file()}
    scenarios(theatre)
    theatre.feature("\n@USDP-03\nScenario: A\n  Then it is seen\n\n@USDP-03\nScenario: A\n", file="usdp/b.feature")
    with pytest.raises(InputError, match="2 findings in features and steps; nothing was run"):
        run()
    assert {path: path.read_bytes() for path in (theatre.root / "out").rglob("*") if path.is_file()} == before


def test_an_interrupted_run_keeps_what_had_ended_and_gives_no_verdict(theatre: Any, run: Any) -> None:
    scenarios(theatre, c="it is seen, unless somebody presses Ctrl-C")
    (theatre.root / theatre.steps / "interrupt").touch()
    done = run()
    assert verdicts(done) == {"a": "pass", "b": "pass", "c": "blocked", "d": "blocked"}
    assert done.interrupted
    assert done.exit_code == 3


def test_an_interrupted_run_goes_on_with_what_had_not_ended(theatre: Any, run: Any) -> None:
    scenarios(theatre, c="it is seen, unless somebody presses Ctrl-C")
    (theatre.root / theatre.steps / "interrupt").touch()
    run()
    tried(theatre)
    journals = [theatre.root / "out" / "journals" / "usdp" / "a" / f"{name}.jsonl" for name in ("a", "b")]
    kept = [path.stat().st_ino for path in journals]
    (theatre.root / theatre.steps / "interrupt").unlink()
    done = run()
    assert tried(theatre) == ["a", "b", "c", "d"]  # a and b with their journals in place of the system
    assert [path.stat().st_ino for path in journals] == kept
    assert verdicts(done) == dict.fromkeys(NAMES, "pass")
    assert done.exit_code == 0


def test_a_finished_run_is_replaced(theatre: Any, run: Any) -> None:
    scenarios(theatre)
    run()
    tried(theatre)
    run()
    assert tried(theatre) == ["a", "b", "c", "d"]


def test_an_unfinished_run_of_something_else_is_not_thrown_away(theatre: Any, run: Any) -> None:
    scenarios(theatre, c="it is seen, unless somebody presses Ctrl-C")
    (theatre.root / theatre.steps / "interrupt").touch()
    run()
    with pytest.raises(InputError, match="an unfinished run lies there, with another seed"):
        run(seed=1)


def test_a_folder_with_somebodys_files_is_not_thrown_away(theatre: Any, run: Any) -> None:
    scenarios(theatre)
    (theatre.root / "out").mkdir()
    (theatre.root / "out" / "thesis.txt").touch()
    with pytest.raises(InputError, match="they would be lost"):
        run()
    assert (theatre.root / "out" / "thesis.txt").exists()


@pytest.mark.parametrize("lost", ["usdp/a/a", "usdp/a/d"])
def test_a_scenario_that_leaves_no_result_is_blocked(
    theatre: Any, run: Any, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    from harness.runner.session import run_unchecked

    def losing(*arguments: Any, **more: Any) -> Any:
        record = run_unchecked(*arguments, **more)
        del record.results[f"{lost} @ reference"]
        return record

    monkeypatch.setattr(controller, "run_unchecked", losing)
    scenarios(theatre)
    done = run()
    assert verdicts(done)[lost[-1]] == "blocked"
    assert done.exit_code == 3


def test_a_step_that_no_definition_matches_blocks_its_scenario_alone(theatre: Any, run: Any) -> None:
    scenarios(theatre, b="it is sen")
    done = run()
    assert verdicts(done) == {"a": "pass", "b": "blocked", "c": "pass", "d": "pass"}
    assert done.exit_code == 3


def test_nothing_selected_is_no_verdict(theatre: Any, run: Any) -> None:
    scenarios(theatre)
    assert run(selection="USDP-02").exit_code == 3


def test_an_output_folder_holds_no_absolute_path_in_what_is_compared(theatre: Any, run: Any) -> None:
    scenarios(theatre, b="it is sen")
    run()
    out: Path = theatre.root / "out"
    for path in (out / "results.json", *(out / "journals").rglob("*.jsonl")):
        assert str(theatre.root) not in path.read_text()


def test_who_never_answers_hello_is_asked_whether_replies_are_flushed() -> None:
    silent = controller.SystemUnreachable(AdapterFailure("timeout", "no answer to 'hello' within 10 s"))
    assert str(silent).endswith("within 10 s\n  is each reply flushed, and closed by a line feed?")
    gone = controller.SystemUnreachable(AdapterFailure("exit", "no answer to 'hello': the system exited with code 1"))
    assert str(gone).endswith("the system exited with code 1")
