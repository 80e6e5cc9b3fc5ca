"""What only some commands need is imported by these alone, and where it is lacking they say what to install."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXTRAS = {"pyarrow", "dask", "distributed"}
WHO_NEEDS_THEM = ("harness/recompute/", "harness/stories/make_intervals.py")
ELSE = """
import importlib, pkgutil, sys
import harness, reference_impl, steps
left_out = {"harness.stories.make_intervals", "harness.__main__", "harness.runner.suite"}
for package in (harness, reference_impl, steps):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.startswith("harness.recompute") and module.name not in left_out:
            importlib.import_module(module.name)
print(sorted({"pyarrow", "dask", "distributed"} & set(sys.modules)))
"""


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_nobody_names_an_extra_but_those_who_need_it() -> None:
    rooms = ("harness", "reference_impl", "steps")
    paths = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    users = {path.relative_to(ROOT).as_posix() for path in paths if imported(path) & EXTRAS}
    assert users
    assert {name for name in users if not name.startswith(WHO_NEEDS_THEM)} == set()


def test_everything_else_is_imported_without_them() -> None:
    ended = subprocess.run([sys.executable, "-c", ELSE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.stdout.strip(), ended.stderr) == ("[]", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("recompute", "--intervals", "a", "--master", "b", "--requests", "c"),
        ("make-intervals", "--sdps", "1", "--days", "1", "--out", "x"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_that_lacks_an_extra_says_what_to_install(
    said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    found = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> Any:
        return None if name in EXTRAS else found(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    ended = said(*arguments)
    assert ended.code == 2
    assert "pyarrow is not installed" in ended.err
    assert "pip install 'mdmr-conform[volume]'" in ended.err


@pytest.mark.parametrize("command", ["recompute", "make-intervals"])
def test_help_needs_no_extra(said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda *_: None)
    assert said(command, "--help").code == 0
