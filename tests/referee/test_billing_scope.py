"""Each rule of billing is judged by watching, or is listed with the reason."""

from __future__ import annotations

import re
from pathlib import Path

from harness.referee.billing_scope import LEFT_OPEN, NOT_JUDGED
from harness.suite.catalogue import load_catalogue

ROOT = Path(__file__).parents[2]
CLASSES = {"BILLING-ENERGY", "BILLING-DEMAND", "ODEST", "REPORTS"}


def test_every_rule_of_billing_is_judged_or_listed() -> None:
    rules = {
        rule.id
        for rule in load_catalogue().rules
        if rule.class_ in CLASSES and rule.binds in {"repository", "both"} and rule.status == "current"
    }
    assert rules - _named() == NOT_JUDGED.keys()


def _named() -> set[str]:
    """The rules that the modules of billing name."""
    modules = [path for path in (ROOT / "harness/referee").glob("billing_*.py") if path.stem != "billing_scope"]
    return {rule for path in modules for rule in re.findall(r'"([A-Z]{2,3}-\d\d)"', path.read_text(encoding="utf-8"))}


def test_the_document_says_the_same() -> None:
    text = (ROOT / "docs" / "referee.md").read_text(encoding="utf-8")
    rows = [f"| {what} | {why} |" for table in (NOT_JUDGED, LEFT_OPEN) for what, why in table.items()]
    assert [row for row in rows if row not in text] == []
