"""What a person reads at the end of a run: fails first and whole, a line for each cause, a verdict that agrees."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.commands import console
from harness.commands.terminal import painted
from harness.suite.inventory import ScenarioCase
from tests.conftest import Said


def case(name: str) -> ScenarioCase:
    identifier = f"usdp/a/{name}"
    empty: Any = ()
    return ScenarioCase(
        identifier, "USDP", "usdp/a.feature", "A", name, None, 1, None, "USDP-03", *[empty] * 3, False, frozenset(), ()
    )


def scenario(number: int, verdict: str, **more: Any) -> dict[str, Any]:
    fail = {"expected": f"this of {number}", "observed": "that", "message": "expected this; observed that"}
    other = {"expected": None, "observed": None, "message": "the adapter failed (exit): it went"}
    return {
        "id": f"usdp/a/{number}",
        "rule": "USDP-03",
        "advice": False,
        "verdict": verdict,
        **(fail if verdict in {"fail", "blocked"} else other),
        "file": None,
        "record": None,
        "stderr": [],
        "reported": [],
        "journal": None,
        "reproduce": f"mdmr-conform run --select usdp/a/{number}",
        "scenario": f"usdp/a/{number}",
        **more,
    }


def shown(
    capsys: pytest.CaptureFixture[str], scenarios: list[dict[str, Any]], noticed: Any = (), **more: Any
) -> list[str]:
    rules = [{"id": rule, "slide": "LDC and MDM/R Identifiers"} for rule in ("USDP-01", "USDP-03", "FTS-08", "FTS-09")]
    console.show_failures({"scenarios": scenarios, "noticed": noticed, "rules": rules}, **more)
    return capsys.readouterr().out.splitlines()


def test_every_fail_is_shown_before_anything_else(capsys: pytest.CaptureFixture[str]) -> None:
    mixed = [scenario(number, verdict) for number, verdict in enumerate(["blocked", "error", "fail"] * 40)]
    lines = shown(capsys, mixed)
    kinds = [line.split(" ")[0] for line in lines if line and not line.startswith(" ")]
    assert kinds == ["fail"] * 40 + ["error", "blocked"]


def test_what_was_noticed_is_shown_once_for_each_rule_after_the_fails(capsys: pytest.CaptureFixture[str]) -> None:
    noticed = [scenario(number, "fail", id=f"noticed/FTS-09/usdp/a/{number}", rule="FTS-09") for number in range(30)]
    noticed += [scenario(40, "fail", id="noticed/FTS-08/usdp/a/40", rule="FTS-08"), scenario(41, "waived")]
    lines = shown(capsys, [scenario(99, "blocked"), scenario(98, "fail")], noticed)
    assert [line for line in lines if line and not line.startswith("  ")] == [
        "fail  USDP-03  usdp/a/98",
        "fail  FTS-09  noticed/FTS-09/usdp/a/0",
        "fail  FTS-08  noticed/FTS-08/usdp/a/40",
        "blocked  usdp/a/99: expected this of 99; that",
    ]
    assert "  the same rule in 29 other conversations; all of them stand in the report" in lines


def test_a_fail_names_the_other_rules_that_are_broken_in_its_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    same, other = ({"id": f"noticed/{rule}/usdp/a/7", "rule": rule} for rule in ("USDP-03", "USDP-01"))
    lines = shown(capsys, [scenario(7, "fail")], [scenario(7, "fail", **same), scenario(7, "fail", **other)])
    assert "  besides:  USDP-01 broken in the same conversation, of which this may come" in lines
    assert not any(line.startswith("  besides:  USDP-03") for line in lines)


def test_a_fail_names_the_slide_of_its_rule_and_the_command_that_repeats_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, [scenario(7, "fail")]) == [
        "",
        "fail  USDP-03  usdp/a/7",
        "  expected: this of 7",
        "  observed: that",
        "  slide:    19, 20: LDC and MDM/R Identifiers",
        "  again:    mdmr-conform run --select usdp/a/7",
    ]


def test_the_line_of_a_feature_counts_what_was_noticed_beyond_what_its_scenarios_fail() -> None:
    cases = [case(letter) for letter in "abc"]
    lines = console.FeatureLines()
    lines.starts(cases, [])
    found = [
        lines.result({"scenario": each.id, "verdict": verdict, "noticed": [{"rule": rule} for rule in rules]})
        for each, verdict, rules in zip(
            cases, ("pass", "fail", "fail"), (["FTS-09"], ["USDP-03", "FTS-09"], []), strict=True
        )
    ]
    assert found[:2] == [[], []]
    line = "".join(part if isinstance(part, str) else part.text for part in found[2])
    assert line.split() == ["usdp/a", "2", "fail,", "1", "pass;", "besides,", "the", "referee", "noticed", "2", "fail"]


def test_what_is_blocked_for_one_cause_is_one_line_with_a_count_and_what_the_report_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = "IR14 for TX_ID a1 says FAILED: it was not issued"
    lines = shown(capsys, [scenario(number, "blocked", reported=[said]) for number in range(30)])
    assert lines == ["", f"blocked  30 scenarios such as usdp/a/0: expected this of 0; {said}"]


def test_what_is_blocked_while_a_run_was_interrupted_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, [scenario(1, "blocked")], interrupted=True) == []


def test_what_comes_of_an_advice_is_no_fail_and_stands_on_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    of_advice = [scenario(1, "fail", advice=True), scenario(2, "pass", advice=True)]
    assert shown(capsys, of_advice) == []
    lines = verdict_of(capsys, [], "conformant", scenarios=of_advice, advice={"pass": 1, "fail": 1})
    assert "1 scenario: 1 pass" in lines
    assert "  advice, on which nothing rests: 2 scenarios: 1 pass, 1 fail" in lines
    at = lines.index("    fail  USDP-03  usdp/a/1")
    assert lines[at + 1 : at + 3] == ["      expected: this of 1", "      observed: that"]


def verdict_of(
    capsys: pytest.CaptureFixture[str],
    rules: list[str],
    statement: str,
    stale: int = 0,
    noticed: Any = None,
    **more: Any,
) -> list[str]:
    results = {
        "scenarios": [],
        "noticed": noticed or [],
        "counts": {"pass": 1, "fail": 0},
        "advice": {},
        "leaves_out": [],
        "foreknown": None,
        "selection": None,
        "classes": [],
        "rules": [
            {"id": f"SEQ-{number:02}", "text": "T", "verdict": verdict} for number, verdict in enumerate(rules, start=1)
        ],
        "system": {"name": "S", "version": "1"},
        "statement": statement,
        "profile": {"name": "P"},
        "seed": 0,
        **more,
    }
    console.show_verdict(results, stale_waivers=stale)
    return capsys.readouterr().out.splitlines()


def test_rules_without_a_verdict_are_one_line_with_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    lines = verdict_of(capsys, ["undetermined"] * 9 + ["not conformant"], "not conformant")
    assert "  9 rules undetermined: SEQ-01, SEQ-02, SEQ-03, SEQ-04, SEQ-05, SEQ-06 and 3 more" in lines
    assert "  rule SEQ-10   not conformant: T" in lines
    assert sum("undetermined" in line for line in lines) == 1


def test_how_much_was_noticed_is_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    lines = verdict_of(capsys, [], "conformant")
    assert "  besides, the referee noticed in 0 conversations: nothing" in lines
    noticed = [{"verdict": "waived"}, {"verdict": "fail"}, {"verdict": "fail"}]
    lines = verdict_of(capsys, [], "not conformant", noticed=noticed)
    assert "  besides, the referee noticed in 0 conversations: 2 fail, 1 waived" in lines


def test_a_class_carries_how_much_of_it_is_judged_and_a_selection_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    entry = {"class": "FTS", "verdict": "conformant", "statement": "conformant (9 of 13 rules judged, 7 in part)"}
    lines = verdict_of(capsys, [], "conformant", classes=[entry], selection="FTS or USDP-03")
    assert "  class FTS             conformant (9 of 13 rules judged, 7 in part)" in lines
    assert "  selected: FTS or USDP-03" in lines


def test_classes_of_which_nothing_is_judged_are_a_line_for_each_reason(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"FTS": "not claimed", "USDP": "conformant (15 of 15 rules judged)", "SYNC": "not selected"}
    said |= {"ODEST": "not claimed", "REPORTS": "undetermined"}
    classes = [{"class": name, "verdict": words.split(" (")[0], "statement": words} for name, words in said.items()]
    lines = verdict_of(capsys, [], "conformant", classes=classes)
    assert [line for line in lines if "class " in line] == [
        "  class USDP            conformant (15 of 15 rules judged)",
        "  class REPORTS         undetermined",
        "  not claimed: class FTS, ODEST",
        "  not selected: class SYNC",
    ]


def test_every_case_is_shown_by_itself_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    noticed = [scenario(number, "fail", id=f"noticed/FTS-09/usdp/a/{number}", rule="FTS-09") for number in range(3)]
    blocked = [scenario(number, "blocked", reported=["it was not issued"]) for number in range(4, 6)]
    lines = shown(capsys, blocked, noticed, every=True)
    assert [line for line in lines if line and not line.startswith("  ")] == [
        *(f"fail  FTS-09  noticed/FTS-09/usdp/a/{number}" for number in range(3)),
        *(f"blocked  usdp/a/{number}: expected this of {number}; it was not issued" for number in range(4, 6)),
    ]


@pytest.mark.parametrize(("value", "coloured"), [("", True), ("1", False)])
def test_no_colour_is_shown_where_none_is_wanted(monkeypatch: pytest.MonkeyPatch, value: str, coloured: bool) -> None:
    monkeypatch.setenv("NO_COLOR", value)
    assert ("\x1b[" in painted([console.coloured("fail")], "utf-8")) is coloured


def test_a_stale_waiver_leaves_no_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    lines = verdict_of(capsys, ["conformant"], "conformant (assumed layouts)", stale=1)
    assert "S 1: no verdict: 1 waiver covers nothing that fails" in lines
    assert not any("conformant" in line for line in lines)


# --- what comes from outside -------------------------------------------------------------------------------

CONTROL = "\x1b]0;mine\x07\x1b[31m\x9b8m\u202e\u2066\r\n\tpass"
VISIBLE = "␛]0;mine␇␛[31m[U+009B]8m[U+202E][U+2066]␍␊␉pass"


def test_whatever_is_said_stays_on_its_line_and_is_visible(capsys: pytest.CaptureFixture[str]) -> None:
    console.say(CONTROL, console.Styled(CONTROL, "red"))
    assert capsys.readouterr().out == f"{VISIBLE}{VISIBLE}\n"


def test_further_lines_of_an_error_are_indented(capsys: pytest.CaptureFixture[str]) -> None:
    console.say_lines("Error: a\n  expected: b\nconformant\x1b", err=True)
    assert capsys.readouterr().err == "Error: a\n  expected: b\n  conformant␛\n"


def test_what_the_terminal_cannot_show_is_escaped(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> None:
    with open(1, "w", encoding="ascii", closefd=False) as narrow:
        monkeypatch.setattr(sys, "stdout", narrow)
        console.say("é\x1b")
        narrow.flush()
    assert capfdbinary.readouterr().out == b"\\xe9\\u241b\n"


ODD_SYSTEM = """
import json, sys
HELLO = {
    "protocol": 1, "name": "Odd\\x1b[31m\\u202e", "version": "1\\n\\x07", "role": "repository", "classes": ["USDP"],
    "clock": "settable", "state": "process", "isolation": "conversation",
}
for line in sys.stdin:
    request = json.loads(line)
    if request["message"] == "begin":
        sys.stderr.write("\\x1b[2Jgone\\u202e\\n")
        sys.exit()
    print(json.dumps({"id": request["id"], "ok": HELLO}), flush=True)
"""


def test_a_system_that_speaks_to_the_terminal_is_heard_and_not_obeyed(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "odd.py").write_text(ODD_SYSTEM)
    heard = said("run", "--adapter", f"stdio:{sys.executable} odd.py", "--select", "USDP-01")
    assert heard.code == 3
    assert "Odd␛[31m[U+202E] 1␊␇: undetermined" in heard.out
    assert "[2Jgone[U+202E]" in heard.out
    assert not set(heard.all) & set("\x1b\x07\u202e")


@pytest.mark.parametrize("command", [["inspect"], ["lint"], ["verify"], ["run", "--waivers"], ["run", "--adapter"], []])
def test_names_of_files_and_what_was_typed_are_shown_and_not_obeyed(
    command: list[str], said: Callable[..., Said]
) -> None:
    heard = said(*command, "odd\x1b[31m\u202e")
    assert heard.code in {2, 3}
    assert not set(heard.all) & set("\x1b\u202e")
    assert "[U+202E]" in heard.all or "\\u202e" in heard.all


def test_a_file_with_an_odd_name_is_inspected_under_a_visible_one(said: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "odd\x1b[31m\n.DAT").write_bytes(b"FN|x\r\n")
    heard = said("inspect", ".")
    assert "odd␛[31m␊.DAT" in heard.out
    assert "\x1b" not in heard.all
