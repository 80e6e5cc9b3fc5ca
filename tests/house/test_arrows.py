"""Each room of the house knows only what the architecture says: docs/architecture.md draws it, this holds it."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest
from importlinter import cli

ROOT = Path(__file__).parents[2]
OURS = ("harness", "steps", "reference_impl", "features", "corpus")


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*OURS, cache_dir=None)


def imported_by(graph: grimp.ImportGraph, room: str) -> set[str]:
    """The modules of ours, outside a room, that a room imports."""
    inside = {room, *graph.find_descendants(room)}
    return {found for module in inside for found in graph.find_modules_directly_imported_by(module)} - inside


def test_each_room_knows_only_what_the_architecture_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("room", ["reference_impl", "harness.oracle"])
def test_the_reference_and_what_checks_it_share_the_interface_as_files_alone(
    graph: grimp.ImportGraph, room: str
) -> None:
    assert {name for name in imported_by(graph, room) if not name.startswith("harness.interface")} == set()


@pytest.mark.parametrize("room", ["harness.interface", "features", "corpus"])
def test_the_interface_as_files_and_the_data_import_nothing_of_ours(graph: grimp.ImportGraph, room: str) -> None:
    assert imported_by(graph, room) == set()


def test_the_oracle_is_asked_by_what_judges_alone(graph: grimp.ImportGraph) -> None:
    inside = {"harness.oracle", *graph.find_descendants("harness.oracle")}
    asked = {asker for module in inside for asker in graph.find_modules_that_directly_import(module)} - inside
    rooms = ("harness.recompute.", "harness.referee.", "harness.stage.chapters.cis_sync_", "harness.stories.")
    assert {asker for asker in asked if not asker.startswith(rooms)} == set()
