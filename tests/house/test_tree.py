"""What holds of every file: no clock read on the quiet, nothing drawn without a seed, no trace of a machine."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("mdmr_conform", "harness", "steps", "reference_impl")
THIS = Path(__file__).resolve()

CLOCKS = {
    "harness/commands/explore.py": {"time.monotonic"},  # when the seconds that were given are over
    "harness/commands/options.py": {"datetime.now"},  # the day, once, for waivers
    "harness/commands/run.py": {"datetime.now"},  # when the run began, for run.json
    "harness/port/hosted.py": {"time.monotonic"},  # how long a system takes to be made
    "harness/port/keeper.py": {"time.monotonic"},  # how long a system takes to go
    "harness/port/stdio.py": {"time.monotonic"},  # how long an answer takes
}
"""Who reads a clock, and which: nobody below the commands, but for the time limits of adapters."""
CHANCE = {
    "harness/commands/explore.py": {"secrets.token_hex"},  # a namespace that is new for each exploration
    "harness/commands/run.py": {"secrets.token_hex"},  # a namespace that is new for each run on a persistent system
    "harness/commands/simulate.py": {"secrets.token_hex"},  # the same for each simulation
}
"""Who draws without a seed."""

_CLOCK_NAMES = re.compile(
    r"(datetime\.)?(datetime\.(now|utcnow|today)|date\.today)|os\.times"
    r"|time\.((time|monotonic|perf_counter|process_time|thread_time)(_ns)?|localtime|gmtime|ctime|strftime)"
)
_CHANCE_NAMES = re.compile(
    r"random\.(?!Random\b)\w+|secrets\.\w+|uuid\.uuid[14]|os\.u?random\w*|(numpy|np)\.random\.(?!Generator\b|PCG64\b)\w+"
)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *patterns],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [path for name in listed.splitlines() if (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    return tracked(*(f"{room}/*.py" for room in CODE))


def texts() -> Iterator[tuple[str, int, str]]:
    """Every line of every tracked text file but this one: path, number, line."""
    for path in tracked():
        if path.resolve() == THIS or "nasty" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            yield path.relative_to(ROOT).as_posix(), number, line


@functools.cache
def named_in(path: Path) -> frozenset[str]:
    return frozenset(named(path.read_text()))


def named(source: str) -> Iterator[str]:
    """Everything that a module names with a dot, or imports from a module: under the module's own name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (f"{name.name} as {name.asname}" for name in node.names if name.asname is not None)


def found_in_code(names: re.Pattern[str]) -> dict[str, set[str]]:
    found = {
        path.relative_to(ROOT).as_posix(): {name for name in named_in(path) if names.fullmatch(name)}
        for path in modules()
    }
    return {path: reads for path, reads in found.items() if reads}


def test_nobody_reads_a_clock_but_those_who_say_so() -> None:
    assert found_in_code(_CLOCK_NAMES) == CLOCKS


def test_nobody_draws_without_a_seed_but_those_who_say_so() -> None:
    assert found_in_code(_CHANCE_NAMES) == CHANCE


def test_every_random_number_generator_gets_a_seed() -> None:
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"random.Random", "Random", "Faker"}:
                seeded = node.args or node.keywords or ast.unparse(node.func) == "Faker"
                assert seeded, f"{path.relative_to(ROOT)}:{node.lineno}: a generator without a seed"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import time\ntime.time()", {"time.time"}),
        ("from time import monotonic", {"time.monotonic"}),
        ("import datetime\ndatetime.datetime.now()", {"datetime.datetime.now"}),
        ("from datetime import date\ndate.today()", {"date.today"}),
        ("from time import sleep", set()),
    ],
)
def test_a_clock_is_noticed_however_it_is_read(source: str, found: set[str]) -> None:
    assert {name for name in named(source) if _CLOCK_NAMES.fullmatch(name)} == found


def test_no_module_hides_a_clock_behind_another_name() -> None:
    hidden = re.compile(r"(time|datetime|random|secrets|uuid) as \w+")
    assert found_in_code(hidden) == {}


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of somebody's machine", r"(?<![\w.])/(?:home|root|Users|work|opt|mnt)/\w"),
        ("a package registry", r"pypi\.org|pythonhosted|registry\.npmjs|files\.python|index-url[ =]\w"),
        ("an issue by its number", r"(?i:\bissues? )#?\d|(?<![\w&\"'(/#])#\d{1,4}\b(?![0-9a-fA-F])"),
        ("what is left to do", r"\b(?:TODO|FIXME|NotImplementedError)\b"),
    ],
)
def test_no_file_speaks_of(what: str, pattern: str) -> None:
    search = re.compile(pattern).search
    assert [f"{path}:{number}: {line.strip()[:100]}" for path, number, line in texts() if search(line)] == []


def test_every_module_says_what_it_is_in_its_first_lines() -> None:
    silent = [path.name for path in tracked("*.py") if path.stat().st_size and not ast.get_docstring(_tree(path))]
    assert silent == []


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())
