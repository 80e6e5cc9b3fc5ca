"""What the workshop asks of a CIS, against the catalogue: every duty has rules or a reason, every rule a duty."""

from __future__ import annotations

import re
from pathlib import Path

from harness.suite.catalogue import load_catalogue

PAGE = (Path(__file__).parents[2] / "docs/readings-cis.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in row) for row in re.findall(r"^\| (\d+) \|([^|]+)\|([^|]+)\|$", PAGE, re.MULTILINE)
]
DUTIES = 65


def named(text: str) -> list[str]:
    return re.findall(r"[A-Z]{2,4}-\d\d", text)


def test_every_duty_is_there_once_and_in_order() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, DUTIES + 1))


def test_every_duty_has_rules_that_bind_the_cis_or_a_reason_in_a_sentence() -> None:
    catalogue = load_catalogue()
    for number, duty, answer in ROWS:
        rules, _, reason = answer.partition(";") if named(answer.partition(";")[0]) else ("", "", answer)
        assert all(catalogue.rule(rule).binds in {"cis", "both"} for rule in named(rules)), (number, duty)
        assert named(rules) or reason, (number, duty)
        assert not reason or reason.endswith("."), (number, duty)


def test_every_rule_that_binds_the_cis_answers_a_duty() -> None:
    answered = {rule for _, _, answer in ROWS for rule in named(answer)}
    binding = {rule.id for rule in load_catalogue().rules if rule.binds != "repository"}
    assert binding - answered == set()


def test_every_rule_that_a_duty_names_is_in_the_catalogue() -> None:
    catalogue = load_catalogue()
    assert [rule for _, _, answer in ROWS for rule in named(answer) if rule not in catalogue] == []
