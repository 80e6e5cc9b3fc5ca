"""Two runs held together: each kind of change, what the referee noticed, and what never counts."""

from __future__ import annotations

from typing import Any

import pytest

from harness.errors import UsageError
from harness.evidence.comparison import Change, compared


def results(*, role: str = "repository", noticed: dict[str, str] | None = None, **verdicts: str) -> dict[str, Any]:
    """Results of a run; ``noticed`` gives the verdict of what was noticed, by scenario."""

    def case(identifier: str, verdict: str) -> dict[str, Any]:
        return {"id": identifier, "rule": "FTS-09", "verdict": verdict, "message": f"{identifier} is {verdict}"}

    return {
        "system": {"name": "Theirs", "version": "1", "role": role},
        "statement": "conformant",
        "scenarios": [case(name, verdict) for name, verdict in verdicts.items()],
        "noticed": [
            {**case(f"noticed/FTS-09/{name}", verdict), "scenario": name} for name, verdict in (noticed or {}).items()
        ],
    }


def changes(older: dict[str, Any], newer: dict[str, Any]) -> dict[str, list[str]]:
    return {
        str(change): [each.id for each in found] for change, found in compared(older, newer).changes.items() if found
    }


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("pass", "fail", "newly failing"),
        ("waived", "fail", "newly failing"),
        ("blocked", "fail", "newly failing"),
        ("fail", "pass", "mended"),
        ("waived", "pass", "mended"),
        ("error", "pass", "judged now"),
        ("not claimed", "pass", "judged now"),
        ("pass", "waived", "newly waived"),
        ("fail", "waived", "newly waived"),
        ("blocked", "waived", "newly waived"),
        ("pass", "blocked", "without a verdict now"),
        ("fail", "error", "without a verdict now"),
        ("waived", "pending", "without a verdict now"),
    ],
)
def test_what_became_of_a_scenario(before: str, after: str, change: str) -> None:
    comparison = compared(results(a=before, b="pass"), results(a=after, b="pass"))
    (found,) = comparison.changes[Change(change)]
    assert (found.id, found.before, found.after, found.message) == ("a", before, after, f"a is {after}")
    assert comparison.unchanged == 1
    assert comparison.has_new_fails is (after == "fail")
    assert comparison.has_lost_verdicts is (change == "without a verdict now")


@pytest.mark.parametrize(
    ("before", "lost"), [("pass", True), ("fail", True), ("waived", True), ("blocked", False), ("not claimed", False)]
)
def test_what_was_judged_and_is_gone_is_lost(before: str, lost: bool) -> None:
    comparison = compared(results(a=before, b="pass"), results(b="pass"))
    assert [each.id for each in comparison.changes[Change.GONE]] == ["a"]
    assert comparison.has_lost_verdicts is lost


@pytest.mark.parametrize("verdict", ["pass", "fail", "waived", "blocked"])
def test_what_is_as_before_is_no_change(verdict: str) -> None:
    assert changes(results(a=verdict), results(a=verdict)) == {}


def test_from_one_way_of_no_verdict_to_another_is_no_change() -> None:
    assert changes(results(a="blocked"), results(a="error")) == {}


def test_scenarios_come_and_go_and_a_new_one_that_fails_fails_newly() -> None:
    found = changes(results(a="pass", b="fail"), results(c="pass", d="fail", e="blocked"))
    assert found == {"newly failing": ["d"], "added": ["c", "e"], "gone": ["a", "b"]}


def test_what_is_noticed_for_the_first_time_fails_newly() -> None:
    found = compared(results(a="pass"), results(a="pass", noticed={"a": "fail"}))
    assert [each.id for each in found.changes[Change.NEWLY_FAILING]] == ["noticed/FTS-09/a"]
    assert found.has_new_fails


def test_what_is_noticed_no_more_is_mended_where_its_scenario_was_judged() -> None:
    older = results(a="pass", noticed={"a": "fail"})
    assert changes(older, results(a="pass")) == {"mended": ["noticed/FTS-09/a"]}
    assert changes(older, results(a="blocked")) == {"without a verdict now": ["a", "noticed/FTS-09/a"]}
    assert changes(older, results()) == {"gone": ["a", "noticed/FTS-09/a"]}


def test_what_is_noticed_and_waived_does_not_fail() -> None:
    found = compared(results(a="pass"), results(a="pass", noticed={"a": "waived"}))
    assert [each.id for each in found.changes[Change.NEWLY_WAIVED]] == ["noticed/FTS-09/a"]
    assert not found.has_new_fails


def test_advice_counts_for_nothing() -> None:
    newer = results(a="fail")
    newer["scenarios"][0]["advice"] = True
    assert changes(results(), newer) == {}


def test_a_repository_and_a_cis_are_not_compared() -> None:
    with pytest.raises(UsageError, match="the older run judged a repository, the newer a cis"):
        compared(results(), results(role="cis"))


def test_what_is_noticed_no_more_is_mended_though_its_scenario_fails() -> None:
    older = results(a="fail", noticed={"a": "fail"})
    assert changes(older, results(a="fail")) == {"mended": ["noticed/FTS-09/a"]}
