"""``mdmr-conform docs``: every document that a message sends people to is there to be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import cli
from tests.conftest import Said

ROOT = Path(__file__).parents[2]


def test_documents_are_listed_with_their_titles_and_where_they_lie(said: Callable[..., Said]) -> None:
    listed = said("docs")
    assert (listed.code, listed.err) == (0, "")
    for page in (ROOT / "docs").glob("*.md"):
        title = page.read_text().splitlines()[0].removeprefix("# ")
        assert re.search(rf"^{page.stem} +{re.escape(title)}$", listed.out, re.MULTILINE)
    assert listed.out.endswith(f"They lie in {ROOT / 'docs'}, samples of adapters in {ROOT / 'samples'}.\n")


@pytest.mark.parametrize("name", ["finding-codes", "finding-codes.md", "docs/finding-codes.md"])
def test_a_document_is_printed_however_it_is_named(said: Callable[..., Said], name: str) -> None:
    assert said("docs", name).out == (ROOT / "docs" / "finding-codes.md").read_text()


@pytest.mark.parametrize("name", ["finding-code", "../README", "", "/etc/passwd"])
def test_what_is_no_document_is_refused(said: Callable[..., Said], name: str) -> None:
    ended = said("docs", name)
    assert (ended.code, ended.out) == (2, "")
    assert f"docs: no document '{name}'" in ended.err


def test_every_document_that_a_help_text_names_is_there(said: Callable[..., Said]) -> None:
    named = {name for command in cli.COMMANDS for name in re.findall(r"docs/[\w-]+\.md", said(command, "--help").out)}
    assert "docs/finding-codes.md" in named
    for name in named:
        assert said("docs", name).code == 0
