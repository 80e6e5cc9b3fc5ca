"""Features that retell what exploration found: where they lie, and the steps that stand in them alone."""

from __future__ import annotations

from typing import Any

FOUND = """
@USDP
Feature: A

  @USDP-03
  Scenario: B
    Given the first day is 2012-02-27
    Then no rule USDP-03 is broken
"""
STEPS = """
from pytest_bdd import given, then

@given("the first day is 2012-02-27")
@then("no rule USDP-03 is broken")
def _a():
    pass
"""


def test_they_are_named_after_their_rule(suite: Any) -> None:
    suite.define(STEPS, module="found")
    suite.feature(FOUND, file="found/USDP-03.feature")
    assert suite.found() == []
    suite.feature(FOUND, file="found/SEQ-01.feature")
    assert {code for _, code in suite.found(suite.features / "found" / "SEQ-01.feature")} == {"area", "class"}


def test_their_steps_stand_nowhere_else(suite: Any) -> None:
    suite.define(STEPS, module="found")
    suite.feature(FOUND)
    assert suite.found() == [(6, "undefined-step"), (7, "undefined-step")]
