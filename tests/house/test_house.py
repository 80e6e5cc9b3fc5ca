"""What holds of the tree as a whole: arrows between rooms, nothing of a machine in it, no clock read on the quiet."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parents[2]
CODE = ("harness", "steps", "reference_impl")
CLOCKS = {
    "harness/commands/options.py": {"datetime.now"},
    "harness/commands/run.py": {"datetime.now"},
    "harness/adapters/stdio.py": {"time.monotonic"},
    "harness/adapters/in_process.py": {"time.monotonic"},
}
"""Where a clock is read, and which: the day once for waivers, the start for run.json, time limits of adapters."""
READS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.monotonic",
    "time.perf_counter",
}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_each_room_knows_only_what_the_architecture_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports() == 0


def clock_reads(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            if name in READS:
                yield name


def test_nobody_reads_a_clock_but_those_who_say_so() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): set(clock_reads(path)) for room in CODE for path in tracked(f"{room}/*.py")
    }
    assert {name: reads for name, reads in found.items() if reads} == {k: v for k, v in CLOCKS.items() if found.get(k)}


def test_nothing_draws_without_a_seed() -> None:
    for room in CODE:
        for path in tracked(f"{room}/*.py"):
            for call in re.findall(r"\brandom\.(\w+)\(([^)]*)\)", path.read_text()):
                assert call[0] == "Random", f"{path.name}: random.{call[0]}"
                assert call[1], f"{path.name}: random.Random() without a seed"


def test_no_file_speaks_of_a_machine_or_a_registry() -> None:
    home = re.compile(r"/(?:home|root|Users|work)/\w|pypi\.org|pythonhosted|registry\.npmjs|files\.python")
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".txt", ".feature", ".json", ".mjs", ".j2", ".css"} and path != Path(
            __file__
        ):
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
                assert not home.search(line), f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"


def test_no_file_is_left_unfinished() -> None:
    for path in tracked("*.py", "*.feature"):
        if path != Path(__file__):
            assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text()), path.name


def test_every_assumed_value_and_transformation_of_the_profile_stands_in_the_assumptions() -> None:
    import tomllib

    profile = tomllib.loads((ROOT / "harness/interface/profiles/workshop-2010.toml").read_text())
    page = (ROOT / "docs/assumptions.md").read_text()
    assumed = [name for name, entry in profile["values"].items() if entry["source"] == "assumed"]
    assert [name for name in assumed if name not in page] == []
    assert "transformations" in page


def test_the_documents_name_commands_and_folders_that_there_are() -> None:
    from harness.cli import COMMANDS

    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"):
        text = page.read_text()
        for name in re.findall(r"`mdmr-conform (\w[\w-]*)", text):
            assert name in COMMANDS, f"{page.name}: {name}"
        for name in re.findall(r"`((?:docs|features|harness|corpus|samples|steps|reference_impl)/[\w./-]*\w)`", text):
            assert (ROOT / name).exists(), f"{page.name}: {name}"
