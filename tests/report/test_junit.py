"""`junit.xml`: each verdict as the word that CI knows for it, and well-formed whatever messages hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.report.junit import junit_xml
from tests.report.conftest import REQUEST

HOSTILE = (
    '"/></testcase><testcase name="',
    "]]><!-- <![CDATA[",
    "&#0;&amp;&unknown;",
    "".join(map(chr, range(32))),
    "\x7f\x85\u2028\ufffe\uffff\ud800\U0001f600",
    "\u202egnp.exe",
)


def document(run: Any) -> ElementTree.Element:
    return ElementTree.fromstring(junit_xml(run.results))


def case(run: Any, name: str) -> ElementTree.Element:
    (found,) = [each for each in document(run).iter("testcase") if each.attrib["name"] == f"usdp/a/{name}"]
    return found


def outcome(run: Any, name: str) -> list[tuple[str, dict[str, str]]]:
    return [(child.tag, child.attrib) for child in case(run, name) if child.tag in {"failure", "error", "skipped"}]


def test_every_scenario_is_one_test_case_of_its_feature(written: Callable[..., Any]) -> None:
    cases = [(each.attrib["classname"], each.attrib["name"]) for each in document(written()).iter("testcase")]
    assert cases == [
        ("seq/order", "usdp/a/unclaimed"),
        ("usdp/a", "usdp/a/broken"),
        ("usdp/a", "usdp/a/failing"),
        ("usdp/a", "usdp/a/passing"),
        ("usdp/a", "noticed/FTS-09/usdp/a/passing"),
        ("usdp/a", "usdp/a/waived"),
    ]


def test_a_test_case_says_where_its_scenario_stands_and_where_its_verdict_rests(written: Callable[..., Any]) -> None:
    found = case(written(), "failing")
    assert (found.attrib["file"], found.attrib["line"]) == ("features/usdp/a.feature", "4")
    properties = {each.attrib["name"]: each.attrib["value"] for each in found.iter("property")}
    assert properties["finding in file"] == "ORG11111.ORG11111.2000.01.20110110081500.DAT"
    assert properties["finding in line"] == "3"
    rests_on_none = {each.attrib["name"] for each in case(written(), "broken").iter("property")}
    assert not {"finding in file", "finding in line"} & rests_on_none


def test_suites_count_what_is_in_them(written: Callable[..., Any]) -> None:
    root = document(written())
    counts = [
        (each.attrib["tests"], each.attrib["failures"], each.attrib["errors"], each.attrib["skipped"])
        for each in root.iter("testsuite")
    ]
    assert counts == [("1", "0", "0", "1"), ("5", "2", "1", "1")]
    assert [root.attrib[name] for name in ("tests", "failures", "errors", "skipped")] == ["6", "2", "1", "2"]


def test_a_pass_is_a_case_without_an_outcome(written: Callable[..., Any]) -> None:
    assert outcome(written(), "passing") == []


def test_a_fail_is_a_failure_of_its_rule(written: Callable[..., Any]) -> None:
    assert outcome(written(), "failing") == [
        ("failure", {"message": "expected an ID; observed none", "type": "USDP-01"})
    ]


@pytest.mark.parametrize("name", ["failing", "broken"])
def test_whatever_comes_of_an_advice_gates_nothing(written: Callable[..., Any], name: str) -> None:
    run = written()
    for scenario in run.results["scenarios"]:
        scenario["advice"] = scenario["id"].endswith(name)
    ((kind, attributes),) = outcome(run, name)
    assert kind == "skipped"
    assert attributes["message"].startswith("advice: ")


def test_a_failure_carries_its_evidence(written: Callable[..., Any]) -> None:
    assert (case(written(), "failing").findtext("failure") or "").splitlines() == [
        "",
        "expected: a Universal SDP ID for 'Mill'",
        "observed: the field is empty",
        "file: ORG11111.ORG11111.2000.01.20110110081500.DAT",
        "line: 3",
        "step: Then an answer (line 6)",
        "again: mdmr-conform run --select usdp/a/failing",
    ]


def test_what_was_noticed_is_a_failure_of_its_rule_with_its_evidence(written: Callable[..., Any]) -> None:
    (found,) = [each for each in document(written()).iter("failure") if each.attrib["type"] == "FTS-09"]
    assert found.attrib["message"] == "expected an End Of File record; observed none"
    assert (found.text or "").splitlines() == [
        "",
        "expected: an End Of File record last",
        "observed: no such record",
        f"file: {REQUEST}",
        "in consequence: USDP-01",
        "again: mdmr-conform run --select noticed/FTS-09/usdp/a/passing",
    ]


def test_an_error_of_the_adapter_is_an_error_with_its_error_output(written: Callable[..., Any]) -> None:
    run = written()
    message = "the adapter failed (exit): the process ended"
    assert outcome(run, "broken") == [("error", {"message": message, "type": "error"})]
    assert case(run, "broken").findtext("system-err") == "Traceback\nValueError: no"


@pytest.mark.parametrize("verdict", ["pending", "not claimed", "not applicable"])
def test_what_has_no_verdict_is_skipped_with_the_reason(written: Callable[..., Any], verdict: str) -> None:
    run = written()
    run.results["scenarios"][-2] |= {"verdict": verdict, "message": "for a reason"}
    name = run.results["scenarios"][-2]["id"].removeprefix("usdp/a/")
    assert outcome(run, name) == [("skipped", {"message": f"{verdict}: for a reason"})]


def test_a_blocked_scenario_is_an_error(written: Callable[..., Any]) -> None:
    run = written()
    run.results["scenarios"][0] |= {"verdict": "blocked", "message": "no premise"}
    assert outcome(run, "broken") == [("error", {"message": "blocked: no premise", "type": "blocked"})]


def test_a_waived_fail_is_skipped_with_who_answers_for_it(written: Callable[..., Any]) -> None:
    message = "waived until 2031-01-31 by J. Doe: the mend is planned"
    assert outcome(written(), "waived") == [("skipped", {"message": message})]


def test_rules_are_properties_of_a_case(written: Callable[..., Any]) -> None:
    properties = {each.attrib["name"]: each.attrib["value"] for each in case(written(), "failing").iter("property")}
    assert properties == {
        "rule": "USDP-01",
        "rule text": "The response lists each SDP ID of the request.",
        "slide": "LDC and MDM/R Identifiers",
        "uses": "FTS-09",
        "classes": "USDP",
        "readings": "AMB-01",
        "verdict": "fail",
        "finding in file": "ORG11111.ORG11111.2000.01.20110110081500.DAT",
        "finding in line": "3",
    }


def test_two_builds_give_the_same_bytes_without_time_or_host(written: Callable[..., Any]) -> None:
    content = junit_xml(written().results)
    assert content == junit_xml(written().results)
    assert {name for each in ElementTree.fromstring(content).iter() for name in each.attrib} & {
        "time",
        "timestamp",
        "hostname",
    } == set()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_every_field_leaves_the_document_as_it_is(written: Callable[..., Any], hostile: str) -> None:
    def shape(run: Any) -> list[tuple[str, list[str]]]:
        return [(each.tag, sorted(each.attrib)) for each in document(run).iter()]

    run = written()
    harmless = shape(run)
    run.results = spread(run.results, hostile)
    assert shape(run) == harmless


def spread(value: Any, hostile: str, key: str = "") -> Any:
    """A text appended to every text of a document, words that stand for themselves excepted."""
    if isinstance(value, dict):
        return {name: spread(each, hostile, name) for name, each in value.items()}
    if isinstance(value, list):
        return [spread(each, hostile) for each in value]
    return value + hostile if isinstance(value, str) and key not in {"verdict", "outcome"} else value
