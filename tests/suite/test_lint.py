"""The command `lint`: what it prints, and its exit codes."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness import cli
from harness.errors import InputError
from harness.port.protocol import Role
from harness.suite.catalogue import load_catalogue
from harness.suite.check import check, refuse_to_run, shipped_features
from harness.suite.inventory import FEATURE_LIMIT

GOOD = '@USDP\nFeature: A\n\n  @USDP-03\n  Scenario: B\n    Then "Lakeside" has received 2000\n'
BAD = GOOD.replace("@USDP-03", "@USDP-30").replace("received", "recieved")


def lint(*arguments: str) -> int:
    return cli.run(["lint", *arguments])


def test_nothing_found_is_said_and_ends_with_0(suite: Any, capsys: pytest.CaptureFixture[str]) -> None:
    suite.feature(GOOD)
    assert lint(str(suite.features)) == 0
    assert capsys.readouterr().out.startswith("feature files: 1, scenarios: 1, step definitions: ")


def test_all_findings_are_listed_and_end_with_1(suite: Any, capsys: pytest.CaptureFixture[str]) -> None:
    suite.feature(BAD)
    assert lint(str(suite.features / "usdp" / "identity.feature")) == 1
    assert [line for line in capsys.readouterr().out.splitlines() if "identity.feature:" in line] == [
        f"{suite.features}/usdp/identity.feature:4: @USDP-30: no rule is called USDP-30 [unknown-rule]",
        f"{suite.features}/usdp/identity.feature:6: no step definition matches "
        "Then '\"Lakeside\" has recieved 2000' [undefined-step]",
    ]


@pytest.mark.parametrize("path", ["features", "features/usdp", "features/usdp/identity.feature"])
def test_a_folder_an_area_and_a_file_may_be_named(
    suite: Any, path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(suite.root)
    suite.feature(BAD)
    assert lint(path) == 1
    assert "features/usdp/identity.feature:4: @USDP-30" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("feature", "Error: feature: does not exist"),
        ("notes.txt", "Error: notes.txt: is no .feature file"),
        ("empty", "Error: empty: holds no .feature file"),
    ],
)
def test_a_path_without_features_is_wrong_usage(
    suite: Any, path: str, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(suite.root)
    suite.feature(GOOD)
    Path("notes.txt").touch()
    Path("empty").mkdir()
    assert lint(path) == 2
    assert capsys.readouterr().err.startswith(message)


def test_a_path_that_does_not_exist_comes_with_the_nearest(
    suite: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(suite.root)
    suite.feature(GOOD)
    lint("featrues")
    assert "did you mean features?" in capsys.readouterr().err


# --- a whole suite ------------------------------------------------------------------------------------------


def whole(suite: Any, *rules: str) -> None:
    """A suite with a folder for each area, a scenario for each of some rules, and all that a CIS is judged by."""
    catalogue = load_catalogue()
    for area in catalogue.areas:
        (suite.features / area.lower()).mkdir(parents=True, exist_ok=True)
    for name in rules:
        rule = catalogue.rule(name)
        tags = " ".join(f"@{tag}" for tag in sorted({rule.area, rule.class_} - {"none"}))
        text = f"{tags}\nFeature: A\n\n  @{name}\n  Scenario: B\n    Given a request\n    Then a response\n"
        suite.feature(text, file=f"{rule.area.lower()}/{name.lower()}.feature")
    for rule in catalogue.rules:
        if catalogue.is_judged(rule.id, Role.CIS):
            text = f"@{rule.area} @{rule.cis_class}\nFeature: A\n\n  @{rule.id}\n  Scenario: B\n    Then a response\n"
            suite.feature(text, file=f"cis/{rule.area.lower()}/{rule.id.lower()}.feature")


def test_in_a_whole_suite_every_judged_rule_has_a_scenario(suite: Any) -> None:
    catalogue = load_catalogue()
    judged = [rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id)]
    whole(suite, *(name for name in judged if name != "USDP-03"))
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef _a():\n    pass\n'
    )
    (finding,) = suite.findings()
    assert (str(finding.code), finding.what) == ("no-scenario-for-rule", "no scenario judges USDP-03")
    assert finding.path.read_text(encoding="utf-8").splitlines()[finding.line - 1] == 'id = "USDP-03"'


def test_in_a_whole_suite_every_rule_that_is_judged_of_a_cis_has_a_scenario_of_one(
    suite: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = load_catalogue()
    waiting = {**catalogue.cis_not_yet_judged, "FTS-01": "it is early"}
    monkeypatch.setattr("tests.suite.test_lint.load_catalogue", lambda: replace(catalogue, cis_not_yet_judged=waiting))
    of_a_cis = {rule: why for rule, why in waiting.items() if rule != "FTS-01"}
    monkeypatch.setattr("harness.suite.check.load_catalogue", lambda: replace(catalogue, cis_not_yet_judged=of_a_cis))
    whole(suite, *(rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id)))
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef _a():\n    pass\n'
    )
    assert [finding.what for finding in suite.findings()] == ["no scenario of a CIS judges FTS-01"]
    text = "@FTS @CIS-FTS\nFeature: A\n\n  @FTS-01{}\n  Scenario: B\n    Then a response\n"
    suite.feature(text.format(" @advice"), file="cis/fts/a.feature")
    assert [finding.what for finding in suite.findings()] == ["no scenario of a CIS judges FTS-01"]
    suite.feature(text.format(""), file="cis/fts/a.feature")
    assert not suite.findings()


@pytest.mark.parametrize("path", ["", "cis", "cis/fts", "cis/fts/a.feature"])
def test_features_of_a_cis_are_known_as_such_from_wherever_they_are_checked(suite: Any, path: str) -> None:
    suite.feature(
        "@FTS @CIS-FTS\nFeature: A\n\n  @FTS-01 @advice\n  Scenario: B\n    Then a response\n", "cis/fts/a.feature"
    )
    assert not suite.findings(suite.features / path)


def test_a_twin_for_another_reading_alone_does_not_judge_a_rule(suite: Any) -> None:
    catalogue = load_catalogue()
    judged = [rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id)]
    whole(suite, *judged)
    suite.feature(
        "@FTS\nFeature: A\n\n  @FTS-13 @AMB-30:ldc\n  Scenario: B\n    Given a request\n    Then a response\n",
        file="fts/fts-13.feature",
    )
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef _a():\n    pass\n'
    )
    assert [finding.what for finding in suite.findings()] == ["no scenario judges FTS-13"]


def test_in_a_whole_suite_every_step_definition_is_used(suite: Any) -> None:
    catalogue = load_catalogue()
    whole(suite, *(rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id)))
    suite.define("""
        from pytest_bdd import given, then, when

        @given("a request")
        @when("a request")
        @then("a response")
        def _a():
            pass

        @given("a demand")
        def _b():
            pass
    """)
    (finding,) = suite.findings()
    assert (finding.line, str(finding.code)) == (9, "unused-step")


def test_in_a_whole_suite_a_file_that_is_almost_a_feature_is_noticed(suite: Any) -> None:
    catalogue = load_catalogue()
    whole(suite, *(rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id)))
    suite.define(
        'from pytest_bdd import given, then\n\n@given("a request")\n@then("a response")\ndef _a():\n    pass\n'
    )
    for name in ("a.Feature", "b.feature.txt", "c.features"):
        (suite.features / "usdp" / name).write_text(GOOD, encoding="utf-8")
    (suite.features / "README.md").touch()
    assert [finding.path.name for finding in suite.findings()] == ["a.Feature", "b.feature.txt", "c.features"]


def test_the_shipped_features_have_no_findings() -> None:
    assert [str(finding) for finding in check().findings] == []


def test_a_copy_of_the_shipped_features_is_a_whole_suite(suite: Any) -> None:
    for path in shipped_features().rglob("*.feature"):
        if path.name != "identity.feature":
            suite.feature(path.read_text(encoding="utf-8"), file=path.relative_to(shipped_features()).as_posix())
    found = {finding.what for finding in check(suite.features).findings}
    assert "no scenario judges USDP-02" in found


# --- and nothing is run with findings that make scenarios get lost ------------------------------------------------


def test_nothing_is_run_with_findings_and_all_of_them_are_named(suite: Any) -> None:
    suite.feature(GOOD + GOOD.partition("\n\n")[2])
    suite.feature(GOOD.replace('    Then "Lakeside" has received 2000\n', ""), file="usdp/empty.feature")
    with pytest.raises(InputError) as caught:
        refuse_to_run(suite.features, "steps")
    assert "two scenarios have the name 'B'" in str(caught.value)
    assert "scenario 'B' has no steps" in str(caught.value)


def test_what_the_runner_blocks_by_itself_does_not_stop_the_others(suite: Any) -> None:
    suite.feature(GOOD.replace("received", "recieved"))
    refuse_to_run(suite.features, "steps")


def test_what_is_no_readable_feature_is_said_and_waited_for_by_nobody(
    suite: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    suite.feature(GOOD)
    area = suite.features / "usdp"
    os.mkfifo(area / "pipe.feature")
    (area / "zero.feature").symlink_to("/dev/zero")
    (area / "circle.feature").symlink_to("circle.feature")
    (area / "huge.feature").write_bytes(b"#" * (FEATURE_LIMIT + 1))
    (area / "above").symlink_to("..")
    assert lint(str(suite.features)) == 1
    heard = capsys.readouterr().out
    assert heard.count("cannot be read: ") == 4
    assert "feature files: 5" in heard
