"""Tags say what a scenario judges and rests on: each must name something, stand where it is read, and fit its place.

In the texts, ``<== code`` marks the line of each finding that is expected; there must be no others.
"""

from __future__ import annotations

import importlib.resources
from typing import Any

import pytest

from harness.suite.catalogue import read_catalogue

CASES = {
    "rules, premises, readings and dates that there are": """
        @FTS
        Feature: A

          @FTS-13 @AMB-30:ldc @uses:USDP-03 @dated @USDP
          Scenario: B
            Then a response
    """,
    "a tag that is nothing": """
        @FTS
        Feature: A

          @FTS-01 @slow                    <== unknown-tag
          Scenario: B
            Then a response
    """,
    "a tag that pytest would take for a mark of its own": """
        @FTS
        Feature: A

          @FTS-01 @skip @xfail             <== unknown-tag unknown-tag
          Scenario: B
            Then a response
    """,
    "a rule in lower case": """
        @FTS
        Feature: A

          @fts-01                          <== unknown-tag
          Scenario: B                      <== not-one-rule
            Then a response
    """,
    "a rule that does not exist": """
        @FTS
        Feature: A

          @FTS-99                          <== unknown-rule
          Scenario: B
            Then a response
    """,
    "a premise that is no rule": """
        @FTS
        Feature: A

          @FTS-01 @uses:FTS-99 @uses:time  <== unknown-rule unknown-tag
          Scenario: B
            Then a response
    """,
    "a scenario that judges no rule": """
        @FTS
        Feature: A

          @uses:FTS-01
          Scenario: B                      <== not-one-rule
            Then a response

          Scenario: C                      <== not-one-rule
            Then a response
    """,
    "a scenario that judges two rules": """
        @FTS
        Feature: A

          @FTS-01 @FTS-06
          Scenario: B                      <== not-one-rule
            Then a response
    """,
    "a scenario that rests on the rule it judges": """
        @FTS
        Feature: A

          @FTS-01 @uses:FTS-01
          Scenario: B                      <== own-rule
            Then a response
    """,
    "an ambiguity that does not exist": """
        @FTS
        Feature: A

          @FTS-01 @AMB-99                  <== unknown-reading
          Scenario: B
            Then a response
    """,
    "a reading that nobody takes": """
        @FTS
        Feature: A

          @FTS-13 @AMB-30:everybody        <== unknown-reading
          Scenario: B
            Then a response
    """,
    "two readings at once": """
        @FTS
        Feature: A

          @FTS-13 @AMB-30:ldc @AMB-30:submitter
          Scenario: B                      <== unknown-reading
            Then a response
    """,
    "tags where nothing reads them": """
        @FTS
        Feature: A

          @FTS-01                          <== misplaced-tag
          Rule: B
            @FTS-01
            Scenario Outline: C
              Then an ID for "<SDP>"

              @AMB-30                      <== misplaced-tag
              Examples:
                | SDP  |
                | Mill |
    """,
    "a rule, a premise and a reading on the feature": """
        @FTS @FTS-01 @uses:FTS-06 @AMB-30  <== misplaced-tag misplaced-tag misplaced-tag
        Feature: A

          Scenario: B
            Then a response
    """,
    "a feature without the tag of its area": """
        @USDP
        Feature: A                         <== area class

          @FTS-01
          Scenario: B                      <== class
            Then a response
    """,
    "a feature without tags": """
        Feature: A                         <== area class

          @FTS-01
          Scenario: B                      <== class
            Then a response
    """,
    "a scenario of another area's rule": """
        @FTS @USDP
        Feature: A

          @USDP-03
          Scenario: B                      <== area
            Then a response
    """,
    "a scenario that does not declare the class of its rule": """
        @FTS
        Feature: A

          @USDP-03
          Scenario: B                      <== area class
            Then a response
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CASES.items()])
def test_a_tag_names_something_and_stands_where_it_is_read(suite: Any, text: str) -> None:
    expected = suite.feature(text, file="fts/a.feature")
    assert suite.found() == expected


CASES_OF_A_CIS = {
    "a rule that binds both, and its class": """
        @FTS @CIS-FTS
        Feature: A

          @FTS-01 @uses:USDP-03 @CIS-USDP
          Scenario: B
            Then a response
    """,
    "a rule that binds the repository alone": """
        @FTS @CIS-FTS
        Feature: A

          @FTS-09
          Scenario: B                      <== not-judged
            Then a response
    """,
    "the class of a repository": """
        @FTS @SYNC @CIS-FTS
        Feature: A

          @FTS-01
          Scenario: B                      <== class
            Then a response
    """,
    "no class of a CIS": """
        @FTS
        Feature: A                         <== class

          @FTS-01
          Scenario: B                      <== class
            Then a response
    """,
    "advice beside any rule that binds the CIS": """
        @FTS @CIS-FTS
        Feature: A

          @FTS-01 @advice
          Scenario: B
            Then a response
    """,
    "advice beside a rule that does not": """
        @FTS @CIS-FTS
        Feature: A

          @FTS-09 @advice
          Scenario: B                      <== not-judged
            Then a response
    """,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in CASES_OF_A_CIS.items()])
def test_a_feature_of_a_cis_judges_what_binds_it_and_names_classes_of_a_cis(
    suite: Any, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    rules = (importlib.resources.files("corpus") / "rules.toml").read_text(encoding="utf-8")
    monkeypatch.setattr("harness.suite.check.load_catalogue", lambda: read_catalogue(rules))
    expected = suite.feature(text, file="cis/fts/a.feature")
    assert suite.found() == expected


def test_a_rule_that_is_not_judged_of_a_cis_yet_may_be_shown_as_advice(
    suite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = (importlib.resources.files("corpus") / "rules.toml").read_text(encoding="utf-8")
    waiting = read_catalogue(rules, '[cis_not_yet_judged."FTS-01"]\nwhy = "it is early"\n')
    monkeypatch.setattr("harness.suite.check.load_catalogue", lambda: waiting)
    text = "@FTS @CIS-FTS\nFeature: A\n\n  @FTS-01{}\n  Scenario: B\n    Then a response\n"
    suite.feature(text.format(" @advice"), file="cis/fts/a.feature")
    assert not suite.findings()
    suite.feature(text.format(""), file="cis/fts/a.feature")
    (finding,) = suite.findings()
    assert finding.what == "judges FTS-01, of which the catalogue says: it is early"


def test_advice_is_for_a_cis_alone(suite: Any) -> None:
    suite.feature("@FTS\nFeature: A\n\n  @FTS-01 @advice\n  Scenario: B\n    Then a response\n", file="fts/a.feature")
    (finding,) = suite.findings()
    assert (finding.code, finding.what) == ("misplaced-tag", "@advice stands on a scenario of a repository")


def test_a_rule_that_waits_for_another_chapter_is_not_judged(suite: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = (importlib.resources.files("corpus") / "rules.toml").read_text(encoding="utf-8")
    waiting = read_catalogue(rules, '[not_yet_judged."USDP-03"]\nwaits_for = "SYNC"\nwhy = "It is not seen yet."\n')
    monkeypatch.setattr("harness.suite.check.load_catalogue", lambda: waiting)
    suite.feature("@USDP\nFeature: A\n\n  @USDP-03\n  Scenario: B\n    Then a response\n")
    (finding,) = suite.findings()
    assert finding.what == "judges USDP-03, of which the catalogue says: waits for SYNC: It is not seen yet."


def test_a_rule_that_binds_the_other_side_is_not_judged(suite: Any) -> None:
    suite.feature("@USDP\nFeature: A\n\n  @USDP-17\n  Scenario: B\n    Then a response\n")
    (finding,) = suite.findings()
    assert finding.what == "judges USDP-17, of which the catalogue says: it binds the CIS alone"
    assert (finding.code, finding.expected) == ("not-judged", "no scenario: a repository is not judged by it")


def test_a_rule_whose_judgement_waits_is_not_judged(suite: Any) -> None:
    suite.feature("@ISY @SYNC\nFeature: A\n\n  @ISY-04\n  Scenario: B\n    Then a response\n", file="isy/a.feature")
    (finding,) = suite.findings()
    assert finding.what.startswith("judges ISY-04, of which the catalogue says: seen only of a CIS under test")
    assert finding.expected.startswith("ISY-04 taken out of corpus/judgement.toml")


def test_an_announced_rule_may_have_a_scenario_of_the_present_behaviour(suite: Any) -> None:
    suite.feature(
        "@FUT @BILLING-ENERGY\nFeature: A\n\n  @FUT-01\n  Scenario: B\n    Then a response\n", file="fut/a.feature"
    )
    assert suite.findings() == ()


def test_a_folder_that_is_no_area_is_named_with_the_nearest(suite: Any) -> None:
    suite.feature("@USDP\nFeature: A\n\n  @USDP-03\n  Scenario: B\n    Then a response\n", file="usdb/a.feature")
    findings = {finding.what: finding.remedy for finding in suite.findings() if finding.line == 2}
    assert findings["stands in folder 'usdb', which is no area"] == "did you mean usdp?"


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("USPD-03", "did you mean USDP-03"),
        ("usdp-03", "did you mean USDP-03"),
        ("use:FTS-06", "did you mean uses:FTS-06"),
        ("Dated", "did you mean dated"),
        ("AMB-30:lcd", "did you mean AMB-30:ldc"),
    ],
)
def test_a_wrong_tag_comes_with_the_nearest_right_one(suite: Any, tag: str, hint: str) -> None:
    suite.feature(f"@USDP\nFeature: A\n\n  @{tag}\n  Scenario: B\n    Then a response\n")
    assert next(finding.remedy for finding in suite.findings() if finding.line == 4).startswith(hint)
