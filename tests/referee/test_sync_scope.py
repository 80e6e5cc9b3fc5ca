"""Each rule of synchronization is judged by watching, or is listed with the reason."""

from __future__ import annotations

from pathlib import Path

from harness.referee.sync_reports import RULES
from harness.referee.sync_scope import LEFT_OPEN, NOT_JUDGED
from harness.suite.catalogue import load_catalogue

DOCS = Path(__file__).parents[2] / "docs" / "referee.md"


def test_every_rule_of_synchronization_is_judged_or_listed() -> None:
    rules = {
        rule.id
        for rule in load_catalogue().rules
        if rule.class_ == "SYNC" and rule.binds in {"repository", "both"} and rule.status == "current"
    }
    assert rules <= RULES | NOT_JUDGED.keys()
    assert not RULES & NOT_JUDGED.keys()


def test_the_document_says_the_same() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [row for row in _rows() if row not in text] == []


def _rows() -> list[str]:
    return [f"| {what} | {why} |" for table in (NOT_JUDGED, LEFT_OPEN) for what, why in table.items()]
