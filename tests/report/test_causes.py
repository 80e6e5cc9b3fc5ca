"""What came to nothing for one reason stands together, whatever was drawn for each scenario."""

from __future__ import annotations

from typing import Any

from harness.report.causes import causes


def blocked(number: int, **more: Any) -> dict[str, Any]:
    """A scenario whose set was refused; whatever is drawn differs by its number."""
    return {
        "id": f"bq/a/{number}",
        "verdict": "blocked",
        "message": "a premise could not be established",
        "expected": f"I-Sync set {number} (TX_ID ab) has been processed by 2011-01-1{number}T00:16:58-05:00",
        "observed": f"no such report; in the mailbox of 'Mill': {number} files",
        "reported": [f"IR14 for TX_ID a{number} says FAILED: unknown"],
        **more,
    }


def test_scenarios_that_differ_in_what_is_drawn_have_one_cause() -> None:
    (cause,) = causes([blocked(1), blocked(2), blocked(3)], "blocked")
    assert [scenario["id"] for scenario in cause.scenarios] == ["bq/a/1", "bq/a/2", "bq/a/3"]


def test_another_reason_in_a_report_is_another_cause_and_the_cause_of_most_comes_first() -> None:
    other = blocked(1, reported=["IR10 for TX_ID a1 says INCOMPLETE"])
    found = causes([other, blocked(2), blocked(3)], "blocked")
    assert [len(cause.scenarios) for cause in found] == [2, 1]


def test_names_in_a_message_make_no_other_cause() -> None:
    messages = ("file A1.DAT could not be read: 'Mill'", "file B2.DAT could not be read: 'Barn'")
    found = causes([blocked(1, expected=None, message=message) for message in messages], "blocked")
    assert len(found) == 1


def test_a_cause_says_what_the_report_says_and_else_what_was_seen() -> None:
    (cause,) = causes([blocked(1)], "blocked")
    assert cause.text.endswith("-05:00; IR14 for TX_ID a1 says FAILED: unknown")
    (cause,) = causes([blocked(1, reported=[])], "blocked")
    assert cause.text.endswith("-05:00; no such report; in the mailbox of 'Mill': 1 files")


def test_other_verdicts_are_left_out() -> None:
    assert causes([blocked(1, verdict="pass"), blocked(2, verdict="error")], "blocked") == []
