"""A user's own pytest configuration, plugins, environment and working directory change nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

INI = "[{}]\naddopts = --collect-only -k nothing\npython_files = none_*.py\npython_functions = none_*\nmarkers =\n"
FILES = {
    "pytest.ini": INI.format("pytest"),
    ".pytest.ini": INI.format("pytest"),
    "tox.ini": INI.format("pytest"),
    "setup.cfg": INI.format("tool:pytest"),
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--collect-only"\nbdd_features_base_dir = "none"\n',
    "conftest.py": "raise SystemExit('conftest.py was read')\n",
    "sabotage.py": """
        import pytest

        @pytest.hookimpl(tryfirst=True)
        def pytest_pyfunc_call(pyfuncitem):
            return True

        def pytest_collection_modifyitems(items):
            items.clear()
    """,
    "suite.py": "raise SystemExit('suite.py was read')\n",
    **{
        f"{name}/__init__.py": f"raise SystemExit('{name} was imported')\n" for name in ("harness", "steps", "features")
    },
    **{f"{name}/__init__.py": f"raise SystemExit('{name} was imported')\n" for name in ("corpus", "reference_impl")},
    **{f"{name}.py": f"raise SystemExit('{name} was imported')\n" for name in ("json", "struct", "queue", "execnet")},
}
ENVIRONMENT = {
    "PYTEST_ADDOPTS": "--collect-only -p sabotage",
    "PYTEST_PLUGINS": "sabotage",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "",
    "PYTEST_DEBUG": "1",
    "PYTEST_XDIST_AUTO_NUM_WORKERS": "7",
    "PYTHONWARNINGS": "error",
    "PYTHONHASHSEED": "7",
    "PYTHONOPTIMIZE": "1",
    "COLUMNS": "10",
    "LC_ALL": "C",
    "TZ": "Asia/Kathmandu",
}
SELECTION = "USDP-05 or FTS-12"


def hostile(folder: Path) -> Path:
    """A folder in which everything stands that could lead pytest astray."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content), encoding="utf-8")
    return folder


def program(root: Path) -> Path:
    """A program that runs some shipped scenarios as the command does, and prints what became of them."""
    path = root / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


PROGRAM = """
import sys
del sys.path[0]  # a console script's own folder, bin, holds no modules
from harness import siblings
siblings.find_beside()
import json
from dataclasses import replace
from datetime import date
from harness.suite.inventory import take_inventory
from harness.runner import controller
from harness.runner.plan import Task
from harness.runner.session import run_session

if __name__ == "__main__":
    selection, out, workers = sys.argv[1:]
    wish = controller.Wish(selection=selection)
    inventory = take_inventory(controller.features_folder())
    tasks = [Task(case.id, "reference") for case in controller.chosen(wish, inventory)]
    system = controller.introduce(wish)
    subject = controller.subject_of(wish, system, inventory, namespace="", today=date.min)
    subject = replace(subject, suite_hash="0" * 64)
    record = run_session(controller.plan_of(subject, wish, tasks, mode="live", folder=out), workers=int(workers))
    results = sorted(record.results.values(), key=lambda result: result["scenario"])
    print(json.dumps({"results": results, "trouble": record.trouble, "interrupted": record.interrupted}))
"""


def outcome(root: Path, cwd: Path, workers: int, environment: dict[str, str]) -> dict[str, Any]:
    """What a run of the shipped scenarios prints, in a folder and an environment."""
    out = root / "out"
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    command = [sys.executable, str(program(root)), SELECTION, str(out), str(workers)]
    done = subprocess.run(
        command, cwd=cwd, env={**variables, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    journals = out / "journals"
    return {**found, "journals": {str(p.relative_to(out)): p.read_bytes() for p in sorted(journals.rglob("*.jsonl"))}}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the run gives in an empty folder and a plain environment."""
    root = tmp_path_factory.mktemp("plain")
    return outcome(root, root, 1, {})


def test_the_plain_run_passes(plain: dict[str, Any]) -> None:
    assert {result["verdict"] for result in plain["results"]} == {"pass"}


@pytest.mark.parametrize("workers", [1, 2])
def test_a_hostile_folder_path_and_environment_change_nothing(
    tmp_path: Path, plain: dict[str, Any], workers: int
) -> None:
    root, junk = tmp_path / "run", tmp_path / "junk"
    root.mkdir()
    for name in ("steps", "features", "corpus", "reference_impl"):
        (junk / name).mkdir(parents=True)
        (junk / name / "__init__.py").write_text(f"raise SystemExit('{name} was imported')\n")
    (junk / "suite.py").write_text("raise SystemExit('suite was imported')\n")
    environment = {**ENVIRONMENT, "PYTHONPATH": str(junk)}
    assert outcome(root, hostile(tmp_path / "hostile"), workers, environment) == plain


def test_the_environment_is_as_it_was_afterwards(theatre: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # pytest's own, of the test that is running
    before, path = dict(os.environ), list(sys.path)
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n")
    assert [result["verdict"] for result in theatre.run("usdp/a/good").results.values()] == ["pass"]
    assert (dict(os.environ), sys.path) == (before, path)


def test_a_system_that_a_worker_starts_finds_the_environment_as_it_was(theatre: Any) -> None:
    theatre.feature("\n@USDP-03\nScenario: Good\n  Then it is seen\n\n@USDP-03\nScenario: More\n  Then it is seen\n")
    theatre.define("""
        import os
        from pathlib import Path
        from pytest_bdd import then

        @then("it is seen")
        def _seen(conversation):
            (Path(__file__).parent / "seen.txt").write_text(str("PYTHONSAFEPATH" in os.environ))
    """)
    theatre.run_apart("usdp/a/good", "usdp/a/more", workers=2)
    assert (theatre.root / theatre.steps / "seen.txt").read_text() == "False"
