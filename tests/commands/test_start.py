"""The command starts, or says why not, whatever lies in the folder and stands on the path."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness import cli

COMMAND = Path(sys.executable).with_name("mdmr-conform")
THEIRS = 'raise RuntimeError("somebody else\'s was loaded")\n'
NAMES = ("harness", "steps", "features", "corpus", "reference_impl", "click", "rich", "jinja2", "pytest", "rfc8785")


def started(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "PYTHON"))}
    return subprocess.run(
        command, cwd=folder, env={**variables, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder whose packages are called like ours, and like those that we rest on."""
    for name in NAMES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(THEIRS)
    return tmp_path


@pytest.mark.parametrize("path", [".", "absolute"])
def test_packages_of_the_users_of_the_same_name_are_not_loaded(hostile: Path, path: str) -> None:
    command = [str(COMMAND), "run", "--select", "USDP-02", "--out", "out"]
    ran = started(command, hostile, PYTHONPATH=str(hostile) if path == "absolute" else path)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_so_it_is_by_the_name_of_the_module(tmp_path: Path) -> None:
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text(THEIRS)
    ran = started([sys.executable, "-m", "harness", "rules", "USDP-02"], tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_package_that_cannot_be_loaded_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Broken:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': raise ImportError('no click today')\n"
        "sys.meta_path.insert(0, Broken())\n"
    )
    ran = started([str(COMMAND), "rules"], tmp_path, PYTHONPATH=".")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("Error: mdmr-conform cannot start: ImportError: no click today\n  expected: ")
    assert "Traceback" not in ran.stderr


def test_a_folder_that_is_gone_is_no_traceback(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = started(["sh", "-c", f"rmdir '{gone}'; '{COMMAND}' rules USDP-02"], gone)
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)


def test_scenarios_are_not_run_from_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = started(["sh", "-c", f"rmdir '{gone}'; '{COMMAND}' run --select USDP-02 --out '{tmp_path / 'out'}'"], gone)
    assert ran.returncode == 2
    assert ran.stderr.startswith("Error: the current folder: No such file or directory; expected: one that exists")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_terminal_that_is_closed_changes_no_verdict(tmp_path: Path, closed: str) -> None:
    ran = started(["sh", "-c", f"'{COMMAND}' run --select USDP-02 --out '{tmp_path / 'out'}' {closed}"], tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads((tmp_path / "out" / "results.json").read_text())["verdict"] == "conformant"


def test_too_little_memory_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("harness.cli.group.main", no_memory)
    assert cli.run(["rules"]) == 3
    assert capsys.readouterr().err.startswith("Error: there is not enough memory for this; expected: ")


def test_a_library_that_cannot_be_loaded_in_little_memory_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def half_loaded(*_: object, **__: object) -> None:
        raise ImportError("IMPORTANT: PLEASE READ THIS") from ImportError("failed to map segment from shared object")

    monkeypatch.setattr("harness.cli.group.main", half_loaded)
    assert cli.run(["rules"]) == 3
    assert capsys.readouterr().err == (
        "Error: mdmr-conform cannot go on: ImportError: failed to map segment from shared object; expected: "
        "what it rests on (requirements.txt), installed whole, and memory enough to load it\n"
    )


@pytest.mark.parametrize("seconds", ["nan", "inf", "-inf", "1e400", "0", "-1", ""])
def test_a_time_limit_that_is_no_number_of_seconds_is_refused(tmp_path: Path, seconds: str) -> None:
    ran = started([str(COMMAND), "run", "--time-limit", seconds, "--list"], tmp_path)
    assert (ran.returncode, "Invalid value for '--time-limit'" in ran.stderr) == (2, True)
