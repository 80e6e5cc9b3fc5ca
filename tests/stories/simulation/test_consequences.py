"""What the referee finds broken in a simulation: first causes are counted, what follows from them stands beside."""

from __future__ import annotations

from harness.stories.document import first_violations, in_consequence
from harness.stories.story import drawn
from tests.stories.simulation.conftest import Simulate


def test_what_follows_is_marked_and_not_counted(simulate: Simulate) -> None:
    ledger = simulate(drawn(6, 15, 1), fault="one_set_a_day").ledger
    causes = {violation.rule for violation in ledger.violations if violation.follows is None}
    followed = {violation.follows for violation in ledger.violations} - {None}
    assert "SEQ-04" in causes
    assert set(ledger.broken) == causes
    assert followed
    assert followed <= causes


def test_the_first_of_each_rule_is_told_with_what_followed() -> None:
    rows = [
        {"rule": "SEQ-09", "follows": None, "about": "one"},
        {"rule": "SRP-03", "follows": "SEQ-09", "about": "two"},
        {"rule": "SEQ-09", "follows": "SEQ-09", "about": "three"},
        {"rule": "SEQ-09", "follows": None, "about": "four"},
    ]
    assert [each["about"] for each in first_violations(rows)] == ["one"]
    assert in_consequence(rows) == {"SEQ-09": ["SRP-03"]}
