"""A run in short: what the page of a job shows, bounded, and with nothing of what a system says obeyed; the badge."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from harness.report.summary import FAILS_TOLD, badge, summary
from tests.conftest import Said


def lines(run: Any) -> list[str]:
    return summary(run.results).splitlines()


def test_it_begins_with_the_verdict_and_counts_what_ran(written: Callable[..., Any]) -> None:
    run = written()
    head, _, counts = lines(run)[:3]
    system = run.results["system"]
    assert head == f"## {system['name']} {system['version']}: {run.results['statement']}"
    assert "1 pass" in counts
    assert "besides, the referee noticed 1" in counts


def test_classes_say_how_many_of_their_rules_are_judged(written: Callable[..., Any]) -> None:
    assert "| USDP | **not conformant** | 2 of 2 |" in lines(written())


def test_a_fail_is_told_with_what_was_expected_and_seen_and_where(written: Callable[..., Any]) -> None:
    told = lines(written())
    at = told.index(
        "- **USDP-01** <code>usdp/a/failing</code> (<code>ORG11111.ORG11111.2000.01.20110110081500.DAT</code>, line 3)"
    )
    assert told[at + 1 : at + 3] == ["  - expected: a Universal SDP ID for 'Mill'", "  - observed: the field is empty"]
    assert "- **FTS-09** <code>noticed/FTS-09/usdp/a/passing</code>" in summary(written().results)


def test_a_waiver_is_told_with_its_reason(written: Callable[..., Any]) -> None:
    assert any("until 2031-01-31 by J. Doe: the mend is planned" in line for line in lines(written()))


def test_what_came_to_no_verdict_is_told_by_cause(written: Callable[..., Any]) -> None:
    assert any(line.startswith("- error, 1 scenario such as <code>usdp/a/broken</code>:") for line in lines(written()))


def test_what_is_left_out_for_one_reason_is_told_on_one_line(written: Callable[..., Any]) -> None:
    run = written()
    why = "not selected: none of its scenarios is selected"
    run.results["leaves_out"] = [{"what": f"rule SUM-0{number}", "why": why} for number in range(1, 5)]
    assert f"- rules SUM-01 to SUM-04: {why}" in lines(run)


def test_of_many_fails_the_first_are_told_and_the_others_counted(written: Callable[..., Any]) -> None:
    run = written()
    (failing,) = [scenario for scenario in run.results["scenarios"] if scenario["verdict"] == "fail"]
    run.results["scenarios"] += [{**failing, "id": f"usdp/a/more-{number}"} for number in range(2000)]
    told = summary(run.results)
    assert "### 2,002 fails" in told
    assert told.count("- **") == FAILS_TOLD
    assert f"- and {2002 - FAILS_TOLD} more" in told
    assert len(told) < 50_000


def test_whatever_a_system_says_is_text(written: Callable[..., Any]) -> None:
    hostile = "<script>\n# | [x](https://evil) @team ```\u202e"
    told = summary(written(text=lambda text: f"{text}{hostile}").results)
    assert [line for line in told.splitlines() if line.startswith("# ")] == []
    for bad in ("<script>", "](", "https://", "@team", "```", "\u202e"):
        assert bad not in told


@pytest.mark.parametrize(
    ("verdict", "colour"),
    [("conformant", "brightgreen"), ("not conformant", "red"), ("waived", "yellow"), ("undetermined", "lightgrey")],
)
def test_a_badge_has_the_verdict_and_its_colour(written: Callable[..., Any], verdict: str, colour: str) -> None:
    results = {**written().results, "verdict": verdict, "statement": f"{verdict} (1 waived)"}
    assert badge(results) == {
        "schemaVersion": 1,
        "label": "MDM/R CIS interfaces",
        "message": f"{verdict} (1 waived)",
        "color": colour,
    }


def test_a_run_is_exported_whatever_its_verdict(said: Callable[..., Said]) -> None:
    said("run", "--select", "USDP-05", "--out", "out")
    ended = said("export", "out")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("## mdmr-conform reference implementation")
    assert json.loads(said("export", "out/results.json", "--as", "badge").out)["schemaVersion"] == 1
    refused = said("export", "nowhere")
    assert (refused.code, refused.out) == (2, "")
    assert "nowhere: cannot be read" in refused.err
