"""`simulation.html`: what broke first stands first, and every picture has its numbers beside it."""

from __future__ import annotations

import re
from typing import Any

from harness.report.simulation import simulation_html
from tests.report.test_html import Page

RULES = ("BQ-01", "BQ-02", "SEQ-03", "WIN-01")


def violation(rule: str, day: int, at: str) -> dict[str, Any]:
    found = {"expected": "this", "observed": "that", "file": None, "record": None, "follows": None}
    return {"rule": rule, "day": day, "at": at, "about": f"about {rule}", **found}


def results(*violations: dict[str, Any]) -> dict[str, Any]:
    broken = [each["rule"] for each in violations]
    return {
        "system": {"name": "Example", "version": "1", "classes": ["FTS"]},
        "statement": "violations",
        "verdict": "violated",
        "foreknown": None,
        "trouble": None,
        "again": "mdmr-conform simulate",
        "lived": {"sdps": 3, "days": 2},
        "anchor": "2011-01-10T00:00:00-05:00",
        "checks": 40,
        "broken": len(broken),
        "rules": [{"id": rule, "text": "T", "checks": 10, "broken": broken.count(rule)} for rule in RULES],
        "violations": list(violations),
        "days": [
            {"day": "2011-01-10", "statuses": {"00": 3, "02": 1}, "files": {}},
            {"day": "2011-01-11", "statuses": {"00": 4}, "files": {}},
        ],
        "delivered": {"2000": 4, "6000": 8},
        "submitted": {},
        "adapter": "reference",
        "profile": {"name": "workshop-2010", "assumed_layouts": False},
        "story": {"sdps": 3, "days": 2, "seed": 0, "kept": ""},
        "events": {},
        "journal": None,
        "exit_code": 1,
    }


def test_the_rule_that_broke_first_is_shown_first_and_the_others_as_what_may_have_followed() -> None:
    late, early = (
        violation("BQ-01", 1, "2011-01-11T08:00:00-05:00"),
        violation("SEQ-03", 0, "2011-01-10T09:00:00-05:00"),
    )
    earlier = violation("BQ-02", 0, "2011-01-10T08:00:00-05:00")
    text = Page(simulation_html(results(late, early, earlier))).text
    cards = text[text.rindex("What did not hold") :]
    assert re.findall(r"(\S+) 1 violation in 10 checks · (broke \w+)", cards) == [
        ("BQ-02", "broke first"),
        ("SEQ-03", "broke later"),
        ("BQ-01", "broke later"),
    ]


def test_what_broke_alone_is_not_said_to_be_first() -> None:
    assert "broke first" not in Page(simulation_html(results(violation("BQ-01", 0, "")))).text


def test_the_pictures_stand_in_numbers_too() -> None:
    text = Page(simulation_html(results())).text
    assert "The same in numbers Days 00 02 2011-01-10 3 1 2011-01-11 4 0" in text
    assert "2000 Universal SDP ID Assignment Response 4" in text


def test_what_scrolls_is_reached_by_the_keyboard() -> None:
    page = Page(simulation_html(results()))
    scrolling = [attributes for tag, attributes in page.elements if tag == "div" and "tabindex" in attributes]
    assert scrolling == [("aria-label", "class", "role", "tabindex")] * 2
