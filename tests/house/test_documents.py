"""The documents are true: what they name exists, what they say to type works, what is generated is up to date."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from harness import cli
from harness.stage.words import TYPES
from harness.suite.catalogue import load_catalogue
from harness.suite.waivers import load_waivers

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("documents", Path(__file__).with_name("documents.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


documents = _load()


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(documents.PARTS))
def test_what_is_read_off_the_tree_is_up_to_date(name: str) -> None:
    page = text(documents.PAGES[name])
    assert f"<!-- {name}: " in page
    assert documents.refreshed(page) == page, "run: make docs"


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_of_gap_has_an_example_that_it_reads(name: str) -> None:
    pattern = TYPES[name].pattern  # type: ignore[attr-defined]
    assert re.fullmatch(pattern, documents.EXAMPLES[name])


def test_every_assumed_value_of_the_profile_is_spoken_of_and_used() -> None:
    profile = tomllib.loads(documents.PROFILE.read_text(encoding="utf-8"))
    assumed = [name for name, entry in profile["values"].items() if entry["source"] == "assumed"]
    page = text("docs/assumptions.md").partition("## What the profile marks")[0]
    assert [name for name in assumed if name not in page] == []
    assert [name for name in assumed if "the layouts" in documents._users(name)] == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_paths_on_the_page_exist(page: str) -> None:
    for name in re.findall(r"\bmdmr-conform (?!run\b)([a-z][a-z-]+)\b", text(page)):
        assert name in {*cli.COMMANDS, "reference"}, name
    for name in re.findall(
        r"[`(\]]((?:\.\./)?(?:docs|features|harness|corpus|samples|steps|reference_impl|tests)/[\w./-]*\w)", text(page)
    ):
        assert (ROOT / name.removeprefix("../").replace("AREA", "usdp")).exists(), name


def test_every_room_of_the_harness_stands_in_the_architecture() -> None:
    rooms = {path.name for path in (ROOT / "harness").iterdir() if path.suffix in {".py", ""}} - {"__pycache__"}
    page = text("docs/architecture.md")
    assert sorted(room for room in rooms if room not in page and not room.startswith("__")) == []


def test_every_chapter_of_the_reference_stands_in_the_architecture() -> None:
    chapters = {path.stem for path in (ROOT / "reference_impl").glob("*.py")} - {"__init__", "system"}
    page = text("docs/architecture.md")
    assert sorted(chapter for chapter in chapters if f"`{chapter}`" not in page and f"{chapter}.py" not in page) == []


def commands() -> Iterator[list[str]]:
    """The commands of the README that run on the reference, or on no system at all."""
    typed = re.findall(r"\$ mdmr-conform (.+)|`mdmr-conform ([^`\n]+)`", text("README.md"))
    for line in sorted({block or inline for block, inline in typed}):
        words = shlex.split(line.replace("\\|", "|"))
        if (
            not set("…[|") & set(line)
            and words[0] in {"run", "rules", "lint", "inspect", "verify"}
            and "stdio" not in line
        ):
            yield words


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_what_the_readme_says_to_type_works(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if arguments[0] == "verify":
        made_by = {
            "mdmr-conform-simulation": ["simulate", "--days", "3"],
            "mdmr-conform-exploration": ["explore", "--conversations", "1"],
        }
        assert cli.run(made_by.get(arguments[1], ["run", "--select", "USDP-02"])) == 0
    if arguments[0] == "run" and "--list" not in arguments:
        arguments = [*arguments, "--list"]
    assert cli.run(arguments) == 0


def test_the_readmes_waiver_is_one(tmp_path: Path) -> None:
    (block,) = [found for found in re.findall(r"```toml\n(.*?)```", text("README.md"), re.DOTALL) if "waiver" in found]
    (tmp_path / "waivers.toml").write_text(block)
    rules = {rule.id for rule in load_catalogue().rules}
    (waiver,) = load_waivers(tmp_path / "waivers.toml", scenarios=(), rules=rules, as_of=date(2011, 1, 10))
    assert waiver.rule is not None


def test_the_fail_that_the_readme_shows_is_the_one_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = [
        found for found in re.findall(r"```text\n(.*?)```", text("README.md"), re.DOTALL) if "observed:" in found
    ]
    shown = [line.strip() for line in block.strip().splitlines()]
    adapter = re.findall(r"--adapter (\S+)", block)[0]
    monkeypatch.chdir(tmp_path)
    assert cli.run(["run", "--select", shown[0].split()[-1], "--adapter", adapter]) == 1
    printed = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert [line for line in shown if not any(other.startswith(line.removesuffix("…")) for other in printed)] == []
