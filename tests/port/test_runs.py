"""Whole runs: in process and over stdio alike, and whatever the system does, a verdict and no traceback."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.port.protocol import Role
from harness.suite.inventory import take_inventory
from tests.conftest import Said, called

FEATURES = Path(__file__).parents[2] / "features"
HOSTILE = Path(__file__).parent / "hostile.py"
PYTHON = [sys.executable, "-I", "-S"]
SERVE = [sys.executable, "-m", "harness", "serve", "--stdio"]
RULE = "FTS-08"
PART = {case.id for case in [each for each in take_inventory(FEATURES).cases if each.role is Role.REPOSITORY][::8]}
"""One scenario in eight, of every chapter: enough to see whether it matters by which way a system is reached."""


def run(folder: Path, adapter: str, *arguments: str) -> Said:
    done = called("run", "--adapter", adapter, "--out", "out", *arguments, folder=folder)
    assert "Traceback" not in done.err, done.err
    return done


def stdio(*command: str | Path) -> str:
    return f"stdio:{shlex.join(map(str, command))}"


def journals(folder: Path) -> dict[str, bytes]:
    kept = folder / "out" / "journals"
    return {path.relative_to(kept).as_posix(): path.read_bytes() for path in kept.rglob("*.jsonl")}


def journals_of_part(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in journals(folder).items() if name.removesuffix(".jsonl") in PART}


def results(folder: Path) -> Any:
    return json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))


def without_system(document: Any) -> Any:
    """Results but for what names the system: its description, and the commands that reproduce a scenario."""
    document = {key: value for key, value in document.items() if key not in {"adapter", "system"}}
    for cases in ("scenarios", "noticed"):
        document[cases] = [
            {key: value for key, value in each.items() if key != "reproduce"} for each in document[cases]
        ]
    return document


@pytest.fixture(scope="module")
def in_process(whole_run: tuple[Said, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    said, out = whole_run
    assert said.code == 0
    folder = tmp_path_factory.mktemp("in_process")
    (folder / "out").symlink_to(out)
    return folder


@pytest.fixture(scope="module")
def over_stdio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("over_stdio")
    assert run(folder, stdio(*SERVE), "--select", " or ".join(sorted(PART))).code == 0
    return folder


def test_in_process_and_over_stdio_the_journals_are_the_same(in_process: Path, over_stdio: Path) -> None:
    assert len(journals(over_stdio)) > 100
    assert journals_of_part(in_process) == journals(over_stdio)


def test_in_process_and_over_stdio_the_results_are_the_same(in_process: Path, over_stdio: Path) -> None:
    here, there = (without_system(results(folder)) for folder in (in_process, over_stdio))
    assert [each for each in here["scenarios"] if each["id"] in PART] == there["scenarios"]
    assert here["noticed"] == there["noticed"] == []


def test_a_fault_that_is_served_is_caught_as_it_is_in_process(tmp_path: Path) -> None:
    for name, adapter in (
        ("in_process", "reference+report_version_ahead"),
        ("over_stdio", stdio(*SERVE, "--fault", "report_version_ahead")),
    ):
        (tmp_path / name).mkdir()
        assert run(tmp_path / name, adapter, "--select", RULE).code == 1
    assert journals(tmp_path / "in_process") == journals(tmp_path / "over_stdio")
    assert without_system(results(tmp_path / "in_process")) == without_system(results(tmp_path / "over_stdio"))


@pytest.mark.parametrize(
    ("mode", "kind", "last_words"),
    [
        ("exits", "exit", ["out of memory"]),
        ("hangs", "timeout", ["thinking"]),
        ("floods", "flood", []),
        ("logs_to_stdout", "malformed", []),
        ("writes_control_characters_to_stderr", "exit", [r"\x1b[31mred\x1b[0m \x00 \x07"]),
    ],
)
def test_a_system_that_misbehaves_ends_as_an_error_with_its_last_words(
    tmp_path: Path, mode: str, kind: str, last_words: list[str]
) -> None:
    patience = ["--time-limit", "10"] if mode == "hangs" else []
    done = run(tmp_path, stdio(*PYTHON, HOSTILE, mode), "--select", RULE, *patience)
    assert done.code == 3
    (scenario,) = [each for each in results(tmp_path)["scenarios"] if each["verdict"] == "error"]
    assert f"the adapter failed ({kind})" in scenario["message"]
    assert scenario["stderr"] == last_words
    assert called("verify", "out", folder=tmp_path).code == 0


def test_the_scenario_after_a_failure_starts_afresh(tmp_path: Path) -> None:
    system = stdio(*PYTHON, HOSTILE, "fails_once", tmp_path / "marker", *SERVE)
    assert run(tmp_path, system, "--select", "fts/end-of-file/").code == 3
    verdicts = [each["verdict"] for each in results(tmp_path)["scenarios"] if each["verdict"] != "not selected"]
    assert sorted(verdicts) == ["error", "pass"]


@pytest.mark.parametrize(
    ("factory", "seconds", "said"),
    [
        ("def create():\n    raise OSError('no licence')\n", "3600", "no licence"),
        ("def create():\n    return None\n", "3600", "expected an object with exchange(request)"),
        ("def create():\n    while True: ...\n", "1", "the factory made no system within 1 s"),
    ],
)
def test_a_factory_that_makes_no_system_ends_the_run_without_a_verdict(
    tmp_path: Path, factory: str, seconds: str, said: str
) -> None:
    (tmp_path / "mine.py").write_text(factory)
    done = run(tmp_path, "mine:create", "--select", RULE, "--time-limit", seconds)
    assert done.code == 3
    assert said in done.out + done.err
