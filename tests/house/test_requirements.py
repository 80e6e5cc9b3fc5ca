"""The pins: what a run needs, what tests need besides, each by version and hash, and nobody's registry in them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FILES = ("requirements.txt", "requirements-dev.txt", "requirements-clients.txt")


def pins(name: str) -> dict[str, set[str]]:
    """The versions of each package that a file pins: several where they depend on the Python."""
    found: dict[str, set[str]] = {}
    for line in re.findall(r"^(\w\S*==[^\\\n]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        requirement = Requirement(line.strip())
        found.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier).removeprefix("=="))
    return found


def wanted(*groups: str) -> list[Requirement]:
    texts = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        texts += [text for text in PROJECT["dependency-groups"][group] if isinstance(text, str)]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize(
    ("name", "groups"), [("requirements.txt", ["build"]), ("requirements-dev.txt", ["build", "dev"])]
)
def test_what_the_project_asks_for_is_pinned_within_what_it_allows(name: str, groups: list[str]) -> None:
    pinned = pins(name)
    for requirement in wanted(*groups):
        versions = pinned[canonicalize_name(requirement.name)]
        assert [version for version in versions if version not in requirement.specifier] == [], requirement


def test_what_looks_at_pages_is_pinned_within_what_the_project_allows() -> None:
    pinned = pins("requirements-clients.txt")
    for requirement in map(Requirement, PROJECT["dependency-groups"]["clients"]):
        assert all(version in requirement.specifier for version in pinned[canonicalize_name(requirement.name)])


def test_tests_run_on_what_runs_run_on() -> None:
    dev = pins("requirements-dev.txt")
    assert {name: versions for name, versions in pins("requirements.txt").items() if dev.get(name) != versions} == {}


def test_a_run_needs_no_tool_of_the_tests() -> None:
    tools = {canonicalize_name(requirement.name) for requirement in wanted("dev")}
    tools -= {canonicalize_name(requirement.name) for requirement in wanted("build")}
    assert pins("requirements.txt").keys() & tools == set()


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_a_hash_and_no_line_has_an_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "index-url" not in text
