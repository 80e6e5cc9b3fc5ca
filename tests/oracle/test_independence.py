"""The oracle shares nothing with what it checks, but days, instants, and the calendar data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("features", "harness", "steps", "reference_impl", "corpus", "tests")


def imports_of(path: Path) -> Iterator[str]:
    """The modules of the project that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] in OURS)


@pytest.mark.parametrize("path", sorted((ROOT / "harness" / "oracle").glob("*.py")), ids=lambda path: path.name)
def test_the_oracle_imports_itself_days_and_calendars_only(path: Path) -> None:
    others = {name for name in imports_of(path) if not name.startswith("harness.oracle.")}
    assert others <= {"harness.interface.instants", "harness.interface.calendars"}


def test_the_reference_does_not_import_the_oracle() -> None:
    paths = list((ROOT / "reference_impl").rglob("*.py"))
    assert paths
    assert not [path for path in paths for name in imports_of(path) if name.startswith("harness.oracle")]
