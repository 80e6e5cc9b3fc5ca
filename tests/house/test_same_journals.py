"""The script that holds a move of code to have changed nothing: it sees one byte."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).with_name("same_journals.py")
    spec = importlib.util.spec_from_file_location("same_journals", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(kind: str, number: int, **body: object) -> str:
    return json.dumps({"kind": kind, "entry": number, "prev": "0" * 64, "body": body})


def written(folder: Path, *lines: str) -> Path:
    journal = folder / "journals" / "usdp" / "one.jsonl"
    journal.parent.mkdir(parents=True)
    journal.write_text("".join(f"{line}\n" for line in lines))
    return folder


OPENING = line("opening", 0, suite="aa", seed=0)
ASKED = line("request", 1, message="submit", name="A.DAT")


def test_another_suite_is_no_difference(script: ModuleType, tmp_path: Path) -> None:
    before = written(tmp_path / "a", OPENING, ASKED)
    after = written(tmp_path / "b", line("opening", 0, suite="bb", seed=0), ASKED)
    assert list(script.differences(before, after)) == []


@pytest.mark.parametrize(
    "after",
    [
        (OPENING, ASKED.replace("A.DAT", "B.DAT")),
        (OPENING, ASKED.replace("request", "reply")),
        (OPENING.replace('"seed": 0', '"seed": 1'), ASKED),
        (OPENING,),
        (OPENING, ASKED, ASKED),
        (OPENING, ASKED[:-1]),
    ],
)
def test_one_changed_byte_is_told(script: ModuleType, tmp_path: Path, after: tuple[str, ...]) -> None:
    assert list(script.differences(written(tmp_path / "a", OPENING, ASKED), written(tmp_path / "b", *after)))


def test_a_journal_that_is_gone_is_told(script: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    assert list(script.differences(written(tmp_path / "a", OPENING), tmp_path / "b"))
