"""Ids of what the referee notices beside a scenario: ``noticed/RULE/scenario-id``."""

from __future__ import annotations

PREFIX = "noticed/"
FORM = "noticed/RULE/scenario-id"


def noticed_id(rule: str, scenario: str) -> str:
    """The id of a rule that was broken in a scenario's conversation."""
    return f"{PREFIX}{rule}/{scenario}"


def behind(identifier: str) -> tuple[str, str] | None:
    """The rule and the scenario that such an id names; None where it is of another form."""
    rule, _, scenario = identifier.removeprefix(PREFIX).partition("/")
    return (rule, scenario) if identifier.startswith(PREFIX) and scenario else None
