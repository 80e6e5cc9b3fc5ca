"""Verdicts over rules, classes and the system, what they leave out, exit codes and waivers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.evidence.results import not_performed, reproduce, results_document, set_aside, unmatched_waivers
from harness.suite.inventory import StepText
from harness.suite.verdicts import ScenarioVerdict
from harness.suite.waivers import Waiver

RuleOf = Callable[[dict[str, Any], str], tuple[str, str]]


def waiver(*, scenario: str | None = None, rule: str | None = None) -> Waiver:
    return Waiver(scenario, rule, "planned", "J. Doe", date(2031, 1, 31), "waivers.toml: waiver 1")


VERDICT_OF = {0: ("conformant", "waived"), 1: ("not conformant",), 3: ("undetermined",)}


@pytest.mark.parametrize("interrupted", [False, True])
def test_the_verdict_agrees_with_the_exit_code_whatever_verdicts_come_together(small: Any, interrupted: bool) -> None:
    rules = ("FTS-01", "USDP-01", "USDP-02")
    for number in range(len(ScenarioVerdict) + 1):
        for together in itertools.combinations(ScenarioVerdict, number):
            verdicts = {f"{rules[place % 3]}/{place}": str(verdict) for place, verdict in enumerate(together)}
            waived = [key for key, verdict in verdicts.items() if verdict == "waived"]
            granted = [waiver(scenario=small.case(key).id) for key in waived]
            failing = verdicts | dict.fromkeys(waived, "fail")
            results = small.results(failing, waivers=granted, interrupted=interrupted)
            assert results["verdict"] in VERDICT_OF[results["exit_code"]], together
            assert results["statement"].startswith(results["verdict"])
            assert not (interrupted and results["exit_code"] == 0)


# --- from scenarios to a rule, a class, the system -------------------------------------------------------


@pytest.mark.parametrize(
    ("scenarios", "rule", "exit_code"),
    [
        (("pass", "pass"), "conformant", 0),
        (("pass", "fail"), "not conformant", 1),
        (("error", "fail"), "not conformant", 1),
        (("blocked", "pass"), "undetermined", 3),
        (("error", "pass"), "undetermined", 3),
        (("pending", "pass"), "undetermined", 3),
        (("not applicable", "pass"), "undetermined", 3),
        (("not claimed", "pass"), "conformant", 0),
        (("not claimed", "not claimed"), "not claimed", 3),
    ],
)
def test_verdicts_of_scenarios_decide_over_their_rule_and_the_exit_code(
    small: Any, rule_of: RuleOf, scenarios: tuple[str, str], rule: str, exit_code: int
) -> None:
    results = small.results({"USDP-01/a": scenarios[0], "USDP-01/b": scenarios[1]})
    assert rule_of(results, "USDP-01")[0] == rule
    assert results["exit_code"] == exit_code


def test_the_worst_rule_decides_over_its_class_and_the_system(small: Any) -> None:
    results = small.results({"FTS-01/a": "pass", "USDP-01/a": "fail", "USDP-02/a": "pass"})
    assert [(entry["class"], entry["verdict"]) for entry in results["classes"]] == [
        ("FTS", "conformant"),
        ("USDP", "not conformant"),
        ("SYNC", "not claimed"),
    ]
    assert results["verdict"] == "not conformant"


def test_a_run_of_nothing_is_undetermined(small: Any) -> None:
    results = small.results({})
    assert (results["verdict"], results["exit_code"]) == ("undetermined", 3)


def test_the_statement_names_assumed_layouts_and_a_selection(small: Any) -> None:
    assert small.results({"USDP-01/a": "pass"})["statement"] == "conformant (assumed layouts)"
    results = small.results({"USDP-01/a": "pass"}, unselected=("USDP-01/b",))
    assert results["statement"] == "conformant (assumed layouts, selected scenarios only)"
    small.profile = replace(small.profile, assumed_layouts=False)
    assert small.results({"USDP-01/a": "pass"})["statement"] == "conformant"


def test_a_class_says_how_many_of_its_rules_are_judged_and_how_many_of_these_in_part(small: Any) -> None:
    results = small.results({"FTS-01/a": "pass", "USDP-01/a": "pass", "USDP-02/a": "fail"})
    assert {entry["class"]: entry["statement"] for entry in results["classes"]} == {
        "FTS": "conformant (1 of 3 rules judged, 1 in part)",
        "USDP": "not conformant (2 of 3 rules judged)",
        "SYNC": "not claimed",
    }


def test_a_class_says_how_many_of_its_rules_came_to_no_verdict(small: Any) -> None:
    results = small.results({"USDP-01/a": "blocked", "USDP-01/b": "blocked", "USDP-02/a": "fail"})
    assert results["classes"][1]["statement"] == "not conformant (1 of 3 rules judged, 1 undetermined)"


@pytest.mark.parametrize(
    ("verdict", "of_the_class", "statement"),
    [
        ("pass", "not selected", "not selected as a whole: conformant in 1 of 3 rules, 1 in part"),
        ("blocked", "not selected", "not selected as a whole: undetermined in 1 of 3 rules, 1 in part"),
        ("fail", "not conformant", "not conformant (1 of 3 rules judged, 1 in part)"),
    ],
)
def test_a_selection_is_not_a_class(small: Any, verdict: str, of_the_class: str, statement: str) -> None:
    entry = small.results({"USDP-01/a": verdict}, unselected=("USDP-01/b",))["classes"][1]
    assert (entry["verdict"], entry["statement"]) == (of_the_class, statement)


def test_a_class_that_is_selected_whole_has_its_verdict(small: Any) -> None:
    entry = small.results({"USDP-01/a": "pass"}, unselected=("FTS-01/a",))["classes"][1]
    assert (entry["verdict"], entry["statement"]) == ("conformant", "conformant (1 of 3 rules judged)")


@pytest.mark.parametrize(
    ("also_blocked", "broken", "verdicts", "exit_code"),
    [
        (True, "fail", ["waived", "waived"], 0),
        (False, "fail", ["waived", "blocked"], 3),
        (True, "pass", ["pass", "blocked"], 3),
    ],
)
def test_a_waiver_may_cover_what_its_fail_blocks(
    small: Any, also_blocked: bool, broken: str, verdicts: list[str], exit_code: int
) -> None:
    fails, rests_on_it = small.case("FTS-01/a"), small.case("USDP-01/a", uses=("FTS-01",))
    performed = {fails.id: small.performed(fails, broken), rests_on_it.id: small.performed(rests_on_it, "blocked")}
    for result in performed.values():
        result["noticed"] = []
    granted = [replace(waiver(rule="FTS-01"), blocked=also_blocked)]
    cases = [fails, rests_on_it]
    results = results_document(small.subject(cases), cases, performed, [], granted)
    assert [scenario["verdict"] for scenario in results["scenarios"]] == verdicts
    assert results["exit_code"] == exit_code


def test_scenarios_are_counted_by_every_verdict(small: Any) -> None:
    counts = small.results({"USDP-01/a": "pass", "USDP-01/b": "pass", "FTS-01/a": "error"})["counts"]
    assert counts == {
        "pass": 2,
        "fail": 0,
        "blocked": 0,
        "error": 1,
        "pending": 0,
        "not claimed": 0,
        "not applicable": 0,
        "waived": 0,
    }


# --- why there is no verdict, and what one leaves out ----------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "verdict", "why"),
    [
        ("FTS-02", "not yet judged", "waits for SYNC: it is too early"),
        ("FTS-03", "advice", "advice: shown, not judged"),
        ("USDP-02", "not yet judged", "no scenario judges it yet"),
        ("USDP-03", "announced", "announced: not in force yet"),
        ("SYN-02", "other role", "seen only of a CIS under test: it binds the other side"),
        ("SYN-03", "other role", "it binds the CIS alone"),
    ],
)
def test_a_rule_without_scenarios_says_why_it_has_no_verdict(
    small: Any, rule_of: RuleOf, rule: str, verdict: str, why: str
) -> None:
    assert rule_of(small.results({"USDP-01/a": "pass"}), rule) == (verdict, why)


def test_a_rule_of_which_nothing_is_selected_says_so(small: Any, rule_of: RuleOf) -> None:
    results = small.results({"USDP-01/a": "pass"}, unselected=("USDP-02/a",))
    assert rule_of(results, "USDP-02") == ("not selected", "none of its scenarios is selected")


def test_a_rule_of_which_a_part_is_selected_says_how_much(small: Any, rule_of: RuleOf) -> None:
    results = small.results({"USDP-01/a": "pass"}, unselected=("USDP-01/b", "USDP-01/c"))
    assert rule_of(results, "USDP-01") == ("conformant", "2 of its 3 scenarios are not selected")


def test_scenarios_of_another_reading_are_left_out_and_not_missed(small: Any, rule_of: RuleOf) -> None:
    results = small.results({"USDP-01/a": "pass"}, twins=("USDP-01/twin",))
    assert rule_of(results, "USDP-01") == ("conformant", "")
    why = "rests on reading 'another' of AMB-01; the profile takes 'one'"
    assert results["left_out"] == [{"id": "usdp/feature/usdp-01-twin", "why": why}]


def test_a_rule_that_has_scenarios_of_other_readings_alone_says_so(small: Any, rule_of: RuleOf) -> None:
    results = small.results({"USDP-01/a": "pass"}, twins=("USDP-02/twin",))
    assert rule_of(results, "USDP-02") == ("not yet judged", "no scenario judges it under the readings taken")


def test_a_verdict_names_what_it_leaves_out(small: Any) -> None:
    results = small.results({"FTS-01/a": "pass", "USDP-01/a": "pass", "USDP-01/b": "not claimed"})
    assert [(entry["what"], entry["why"]) for entry in results["leaves_out"]] == [
        ("class SYNC", "not claimed"),
        ("rule FTS-02", "not yet judged: waits for SYNC: it is too early"),
        ("rule FTS-03", "advice: shown, not judged"),
        ("rule USDP-02", "not yet judged: no scenario judges it yet"),
        ("rule USDP-03", "announced: not in force yet"),
        ("part of rule FTS-01", "judged in part: waits for SYNC: half of it is too early"),
        ("part of rule USDP-01", "1 of its scenarios needs classes that are not claimed"),
        ("1 rule that binds the CIS alone", "other role"),
    ]


def test_a_class_that_is_claimed_without_those_it_needs_says_so(small: Any) -> None:
    case = small.case("USDP-01/a", classes=("USDP", "SYNC"))
    performed = {case.id: not_performed(case, ScenarioVerdict.NOT_CLAIMED, "the system does not claim SYNC")}
    left = results_document(small.subject([case]), [case], performed, ())["leaves_out"]
    assert {"what": "class USDP", "why": "claimed without SYNC, which its scenarios need"} in left
    assert not any(entry["what"] == "rule USDP-01" for entry in left)


def test_a_class_some_of_whose_scenarios_can_be_judged_is_not_claimed_in_vain(small: Any) -> None:
    cases = [small.case("USDP-01/a", classes=("USDP", "SYNC")), small.case("USDP-01/b")]
    performed = {case.id: not_performed(case, ScenarioVerdict.NOT_CLAIMED, "") for case in cases}
    left = results_document(small.subject(cases), cases, performed, ())["leaves_out"]
    assert not any(entry["why"].startswith("claimed without") for entry in left)


# --- what can be judged on a system ----------------------------------------------------------------------


def test_a_scenario_whose_class_is_not_claimed_is_set_aside(small: Any) -> None:
    aside = set_aside(small.case("SYN-01/a"), small.subject([]))
    assert (aside.verdict, aside.why) == (ScenarioVerdict.NOT_CLAIMED, "the system does not claim SYNC")


def test_a_dated_scenario_is_set_aside_on_a_real_clock_alone(small: Any) -> None:
    dated = small.case("USDP-01/a", dated=True)
    assert set_aside(dated, small.subject([])) is None
    small.system = replace(small.system, clock="real")
    assert set_aside(dated, small.subject([])).verdict is ScenarioVerdict.NOT_APPLICABLE


@pytest.mark.parametrize("place", ["judges", "uses"])
def test_a_scenario_that_rests_on_a_changed_value_is_set_aside(small: Any, place: str) -> None:
    case = small.case("USDP-02/a") if place == "judges" else small.case("USDP-01/a", uses=("USDP-02",))
    small.system = replace(small.system, values={"wait": 5})
    aside = set_aside(case, small.subject([]))
    assert (aside.verdict, aside.why) == (ScenarioVerdict.NOT_APPLICABLE, "rests on wait = 60; here it is 5")


def test_a_value_that_the_profile_changes_counts_like_one_of_the_system(small: Any) -> None:
    small.profile = replace(small.profile, values={"wait": 30})
    assert set_aside(small.case("USDP-02/a"), small.subject([])).why == "rests on wait = 60; here it is 30"


def test_a_value_that_the_system_states_as_the_workshop_has_it_sets_nothing_aside(small: Any) -> None:
    small.workshop = small.profile = replace(small.profile, values={"wait": ("12:00", "23:30")})
    for stated, is_judged in ((["12:00", "23:30"], True), (["12:00"], False)):
        small.system = replace(small.system, values={"wait": stated})
        assert (set_aside(small.case("USDP-02/a"), small.subject([])) is None) == is_judged


@pytest.mark.parametrize(
    ("limit", "reading", "is_judged"),
    [(399, "either", False), (399, "within-limits", False), (400, "within-limits", True), (0, "no-limit", True)],
)
def test_a_scenario_is_set_aside_where_what_it_finds_lies_too_far_back(
    small: Any, limit: int, reading: str, is_judged: bool
) -> None:
    small.profile = replace(small.profile, readings={**small.profile.readings, "AMB-18": reading})
    small.system = replace(small.system, classes=("USDP", "SYNC"), values={"retroactive_dating_limit_days": limit})
    assert set_aside(small.case("USDP-01/a"), small.subject([])) is None
    aside = set_aside(small.case("SYN-01/a"), small.subject([]))
    assert aside is None if is_judged else aside.verdict is ScenarioVerdict.NOT_APPLICABLE
    if not is_judged:
        why = f"rests on a change dated 400 days back; here retroactive_dating_limit_days is {limit}"
        assert aside.why == why


@pytest.mark.parametrize(
    ("words", "days"),
    [("in 30 days", 30), ("tomorrow", 1), ("Tuesday of week 2", 8), ("2011-02-10", 31)],
)
def test_a_scenario_is_set_aside_where_what_it_changes_lies_too_far_ahead(small: Any, words: str, days: int) -> None:
    rows = (("of", "attribute", "value", "from"), ("Mill", "billing cycle", "C2", words))
    case = small.case("SYN-01/a", steps=(StepText("Given", "given", "I-Sync set 7 changes", 8, rows),))
    for limit in (days - 1, days):
        stated = {"future_dating_limit_days": limit}
        small.system = replace(small.system, classes=("USDP", "SYNC"), values=stated)
        small.profile = replace(small.profile, readings={**small.profile.readings, "AMB-18": "either"})
        aside = set_aside(case, small.subject([]))
        assert (aside is None) == (limit == days)
        if aside is not None:
            assert aside.why == f"rests on a change dated {days} days ahead; here future_dating_limit_days is {limit}"


# --- scenarios -------------------------------------------------------------------------------------------


def test_steps_keep_their_tables_and_those_that_did_not_run_say_so(small: Any) -> None:
    (scenario,) = small.results({"USDP-01/a": "fail"})["scenarios"]
    assert scenario["steps"] == [
        {"keyword": "Given", "text": "a table", "table": [["SDP"], ["Mill"]], "line": 8, "outcome": "passed"},
        {"keyword": "Then", "text": "it holds", "table": [], "line": 9, "outcome": "not run"},
    ]


def test_results_do_not_depend_on_the_order_in_which_scenarios_ended(small: Any) -> None:
    there = {"USDP-01/a": "pass", "USDP-01/b": "fail", "FTS-01/a": "pass"}
    assert small.results(there) == small.results(dict(reversed(there.items())))


def test_the_command_to_reproduce_can_be_pasted_into_a_shell(small: Any) -> None:
    subject = replace(small.subject([]), adapter="stdio:node 'my adapter.js'", profile_option="my profile.toml", seed=7)
    assert reproduce(subject, "usdp/a/b") == (
        "mdmr-conform run --adapter 'stdio:node '\"'\"'my adapter.js'\"'\"'' --seed 7 --select usdp/a/b "
        "--profile 'my profile.toml'"
    )


# --- waivers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [{"rule": "USDP-01"}, {"scenario": "usdp/feature/usdp-01-a"}])
def test_a_waived_fail_waives_its_rule_and_does_not_fail_the_run(small: Any, rule_of: RuleOf, by: Any) -> None:
    results = small.results({"USDP-01/a": "fail", "FTS-01/a": "pass"}, waivers=[waiver(**by)], as_of="2030-01-31")
    assert rule_of(results, "USDP-01")[0] == "waived"
    assert (results["exit_code"], results["statement"]) == (0, "waived (1 waived, assumed layouts)")
    waived = results["scenarios"][-1]
    assert waived["waiver"] == {"reason": "planned", "owner": "J. Doe", "expires": "2031-01-31"}


def test_a_waiver_covers_nothing_but_fails(small: Any) -> None:
    results = small.results({"USDP-01/a": "error"}, waivers=[waiver(rule="USDP-01")])
    assert (results["scenarios"][0]["verdict"], results["exit_code"]) == ("error", 3)


def test_a_fail_that_is_not_waived_beside_one_that_is_fails_the_rule(small: Any, rule_of: RuleOf) -> None:
    results = small.results(
        {"USDP-01/a": "fail", "USDP-01/b": "fail"}, waivers=[waiver(scenario="usdp/feature/usdp-01-a")]
    )
    assert rule_of(results, "USDP-01")[0] == "not conformant"
    assert results["exit_code"] == 1


@pytest.mark.parametrize(
    ("verdicts", "outlived"),
    [
        (("pass", "pass"), True),
        (("pass", "fail"), False),
        (("pass", "error"), False),
        (("pending", "pending"), False),
        (("not claimed", "not claimed"), False),
        (("pass", "not claimed"), True),
    ],
)
def test_a_waiver_has_outlived_its_cause_where_all_that_it_covers_holds(
    small: Any, verdicts: tuple[str, str], outlived: bool
) -> None:
    granted = [waiver(rule="USDP-01")]
    results = small.results({"USDP-01/a": verdicts[0], "USDP-01/b": verdicts[1]}, waivers=granted)
    assert unmatched_waivers(granted, results) == (granted if outlived else [])


def test_a_waiver_of_what_was_not_selected_has_not_outlived_its_cause(small: Any) -> None:
    results = small.results({"USDP-01/a": "pass"})
    assert unmatched_waivers([waiver(rule="USDP-02")], results) == []


def test_a_scenario_that_never_began_keeps_its_steps(small: Any) -> None:
    case = small.case("USDP-01/a")
    lost = not_performed(case, ScenarioVerdict.BLOCKED, "lost")
    results = results_document(small.subject([case]), [case], {case.id: lost}, [])
    assert [step["outcome"] for step in results["scenarios"][0]["steps"]] == ["not run", "not run"]


# --- what the referee noticed ------------------------------------------------------------------------------

BESIDE = "noticed/FTS-01/usdp/feature/usdp-01-a"


def test_what_was_noticed_beside_a_pass_makes_its_rule_class_and_system_not_conformant(
    small: Any, rule_of: RuleOf
) -> None:
    results = small.results({"USDP-01/a": "pass", "FTS-01/a": "pass"}, noticed={"USDP-01/a": ["FTS-01"]})
    assert [(case["id"], case["verdict"]) for case in results["noticed"]] == [(BESIDE, "fail")]
    assert (rule_of(results, "FTS-01")[0], rule_of(results, "USDP-01")[0]) == ("not conformant", "conformant")
    assert [entry["verdict"] for entry in results["classes"][:2]] == ["not conformant", "conformant"]
    assert (results["verdict"], results["exit_code"]) == ("not conformant", 1)
    assert results["counts"]["pass"] == 2


def test_what_was_noticed_says_where_and_how_to_see_it_again(small: Any) -> None:
    (case,) = small.results({"USDP-01/a": "pass"}, noticed={"USDP-01/a": ["FTS-01"]})["noticed"]
    assert case["message"] == "expected this; observed that (file F, line 3)"
    assert case["reproduce"] == f"mdmr-conform run --adapter reference --seed 0 --select {BESIDE}"
    assert case["journal"]["path"] == "journals/usdp/feature/usdp-01-a.jsonl"
    assert (case["times"], case["followed_by"]) == (2, ["USDP-02"])


@pytest.mark.parametrize("verdict", ["fail", "waived"])
def test_a_rule_that_the_scenario_itself_fails_is_not_noticed_beside_it(small: Any, verdict: str) -> None:
    granted = [waiver(rule="USDP-01")] if verdict == "waived" else []
    results = small.results({"USDP-01/a": "fail"}, noticed={"USDP-01/a": ["USDP-01", "FTS-01"]}, waivers=granted)
    assert results["scenarios"][0]["verdict"] == verdict
    assert [case["rule"] for case in results["noticed"]] == ["FTS-01"]


@pytest.mark.parametrize("verdict", ["pass", "blocked", "error", "pending"])
def test_a_rule_that_the_scenario_judges_and_does_not_fail_is_noticed(
    small: Any, rule_of: RuleOf, verdict: str
) -> None:
    results = small.results({"USDP-01/a": verdict}, noticed={"USDP-01/a": ["USDP-01"]})
    assert rule_of(results, "USDP-01") == ("not conformant", "")
    assert results["exit_code"] == 1


def test_a_rule_of_which_no_scenario_was_run_is_not_conformant_where_it_was_noticed(
    small: Any, rule_of: RuleOf
) -> None:
    results = small.results({"USDP-01/a": "pass"}, unselected=("USDP-02/a",), noticed={"USDP-01/a": ["USDP-02"]})
    assert rule_of(results, "USDP-02") == ("not conformant", "")


def test_nothing_noticed_makes_no_rule_conformant(small: Any, rule_of: RuleOf) -> None:
    results = small.results({"USDP-01/a": "pass"}, unselected=("USDP-02/a",))
    assert rule_of(results, "USDP-02")[0] == "not selected"


@pytest.mark.parametrize("by", [{"scenario": BESIDE}, {"rule": "FTS-01"}])
def test_what_was_noticed_is_waived_by_its_id_or_its_rule(small: Any, rule_of: RuleOf, by: dict[str, str]) -> None:
    granted = [waiver(**by)]
    results = small.results({"USDP-01/a": "pass"}, noticed={"USDP-01/a": ["FTS-01"]}, waivers=granted)
    assert results["noticed"][0]["verdict"] == "waived"
    assert rule_of(results, "FTS-01")[0] == "waived"
    assert (results["exit_code"], results["statement"]) == (0, "waived (1 waived, assumed layouts)")
    assert unmatched_waivers(granted, results) == []


def test_a_waiver_of_the_scenario_does_not_cover_what_was_noticed_beside_it(small: Any) -> None:
    granted = [waiver(scenario="usdp/feature/usdp-01-a")]
    results = small.results({"USDP-01/a": "fail"}, noticed={"USDP-01/a": ["FTS-01"]}, waivers=granted)
    assert results["noticed"][0]["verdict"] == "fail"


@pytest.mark.parametrize(
    ("verdict", "noticed", "outlived"),
    [("pass", [], True), ("pass", ["FTS-01"], False), ("fail", [], False), ("blocked", [], False)],
)
def test_a_waiver_of_what_was_noticed_has_outlived_its_cause_where_its_scenario_passes_without(
    small: Any, verdict: str, noticed: list[str], outlived: bool
) -> None:
    granted = [waiver(scenario=BESIDE)]
    results = small.results({"USDP-01/a": verdict}, noticed={"USDP-01/a": noticed}, waivers=granted)
    assert unmatched_waivers(granted, results) == (granted if outlived else [])
