"""``mdmr-conform rulebook``: writes its folder and nothing else, and says what is wrong with what it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said

OUT = Path("mdmr-conform-rulebook")


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_is_written_and_written_again_to_the_byte(said: Callable[..., Said]) -> None:
    first = said("rulebook")
    assert (first.code, first.err) == (0, "")
    assert f"begin with {OUT / 'index.html'}" in first.out
    before = content(OUT)
    assert said("rulebook").code == 0
    assert content(OUT) == before


def test_a_folder_of_somebody_elses_files_is_refused(said: Callable[..., Said]) -> None:
    OUT.mkdir()
    (OUT / "index.html").write_text("mine")
    ended = said("rulebook")
    assert ended.code == 2
    assert "holds index.html, which is not of a rule book" in ended.err
    assert content(OUT) == {"index.html": b"mine"}


def test_verdicts_of_a_run_are_shown(said: Callable[..., Said]) -> None:
    said("run", "--select", "USDP-03", "--out", "out")
    assert said("rulebook", "--results", "out").code == 0
    assert 'class="v conformant"' in (OUT / "usdp.html").read_text()
    again = said("rulebook", "--results", "out", "--results", "out/results.json")
    assert again.code == 2
    assert "two results are of the role repository" in again.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "cannot be read"),
        ("{", "is not JSON"),
        ("[]", "the document is not as the schema of results says"),
        ('{"results": 2, "seed": "x"}', "is not as the schema of results says"),
    ],
)
def test_results_that_are_none_are_refused(said: Callable[..., Said], text: str | None, told: str) -> None:
    if text is not None:
        Path("results.json").write_text(text)
    ended = said("rulebook", "--results", "results.json")
    assert ended.code == 2
    assert told in ended.err
    assert not OUT.exists()


@pytest.mark.parametrize("command", [("export", "out"), ("rulebook", "--results", "out")])
def test_results_that_lack_a_rule_of_a_class_are_refused(said: Callable[..., Said], command: tuple[str, ...]) -> None:
    said("run", "--select", "USDP-03", "--out", "out")
    kept = Path("out", "results.json")
    results = json.loads(kept.read_bytes())
    results["rules"] = [rule for rule in results["rules"] if rule["id"] != "USDP-03"]
    kept.write_text(json.dumps(results))
    ended = said(*command)
    assert ended.code == 2
    assert "USDP-03 of USDP is not among the rules" in ended.err
