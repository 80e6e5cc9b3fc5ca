"""`junit.xml`: the results for whatever gates a release; one test case a scenario, one suite a feature.

What the referee noticed in a scenario's conversation is a test case of its own, after the scenario's. A test case has
the file and line of its scenario, below the folder of this suite; of what rests on an exchanged file, properties name
that file and the line in it.

| verdict                                | in JUnit                                    |
|----------------------------------------|---------------------------------------------|
| pass                                   | passed                                      |
| fail                                   | failure, of type the rule's id              |
| blocked, error                         | error, of that type                         |
| pending, not claimed, not applicable   | skipped, with the reason                    |
| waived                                 | skipped, with the waiver and what it covers |
| anything but pass, of advice           | skipped: nothing rests on it                |

A waived fail is skipped, not passed: a reader of JUnit alone must not take it for a pass. A scenario that is pending is
skipped too, though a run with one exits with 3: JUnit has no word for it, and the exit code is what gates.

Nothing but the results goes in: no time, duration, host or path, so that the same results give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.etree import ElementTree

from harness.port.protocol import Json
from harness.report.text import printable

_FAILURE, _ERROR, _SKIPPED = "failure", "error", "skipped"
_OUTCOMES: Mapping[str, str] = {
    "fail": _FAILURE,
    "blocked": _ERROR,
    "error": _ERROR,
    "pending": _SKIPPED,
    "not claimed": _SKIPPED,
    "not applicable": _SKIPPED,
    "waived": _SKIPPED,
}
_OF_NO_SCENARIO: Json = {"uses": (), "classes": (), "readings": (), "stderr": (), "steps": (), "followed_by": ()}
"""What a case of the one kind has nothing of, and one of the other kind has."""
_FINDING: Mapping[str, str] = {"finding in file": "file", "finding in line": "record"}
"""Properties that say where in an exchanged file a verdict rests, where it rests on one."""
_COUNTS = ((_FAILURE, "failures"), (_ERROR, "errors"), (_SKIPPED, "skipped"))


def junit_xml(results: Json) -> bytes:
    """The results of a run (`results.schema.json`) as a JUnit document in UTF-8."""
    noticed: dict[str, list[Json]] = {}
    for case in results["noticed"]:
        noticed.setdefault(case["scenario"], []).append(case)
    cases = [
        {**_OF_NO_SCENARIO, "feature": scenario["feature"], **case}
        for scenario in sorted(results["scenarios"], key=_feature)
        for case in (scenario, *noticed.get(scenario["id"], ()))
    ]
    root = _element("testsuites", {"name": results["suite"]["name"], **_counts(cases)})
    rules = {rule["id"]: rule for rule in results["rules"]}
    for feature, of_feature in groupby(cases, key=_feature):
        _suite(root, feature, list(of_feature), results, rules)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _feature(scenario: Json) -> str:
    return str(scenario["feature"]["file"]).removesuffix(".feature")


def _suite(root: ElementTree.Element, feature: str, cases: list[Json], results: Json, rules: Json) -> None:
    suite = _element("testsuite", {"name": feature, **_counts(cases)}, root)
    _properties(
        suite,
        [
            ("feature", cases[0]["feature"]["title"]),
            ("system", f"{results['system']['name']} {results['system']['version']}"),
            ("profile", results["profile"]["name"]),
            ("seed", str(results["seed"])),
            ("verdict of the run", results["statement"]),
            *([("foreknown", results["foreknown"])] if results["foreknown"] is not None else []),
        ],
    )
    for scenario in cases:
        _case(suite, feature, scenario, rules[scenario["rule"]])


def _case(suite: ElementTree.Element, feature: str, scenario: Json, rule: Json) -> None:
    place = {"file": f"features/{scenario['feature']['file']}", "line": str(scenario["feature"]["line"])}
    case = _element("testcase", {"name": scenario["id"], "classname": feature, **place}, suite)
    _properties(
        case,
        [
            ("rule", rule["id"]),
            ("rule text", rule["text"]),
            ("slide", rule["slide"]),
            *((name, ", ".join(scenario[name])) for name in ("uses", "classes", "readings") if scenario[name]),
            ("verdict", scenario["verdict"]),
            *((name, str(scenario[key])) for name, key in _FINDING.items() if scenario[key] is not None),
        ],
    )
    outcome = _outcome(scenario)
    if outcome is not None:
        kind = rule["id"] if outcome == _FAILURE else scenario["verdict"]
        attributes = {"message": _message(scenario)} | ({} if outcome == _SKIPPED else {"type": kind})
        _element(outcome, attributes, case).text = printable(_evidence(scenario))
    if scenario["stderr"]:
        _element("system-err", {}, case).text = printable("\n".join(scenario["stderr"]))


def _outcome(scenario: Json) -> str | None:
    """What stands in the test case of a scenario; None where it passed."""
    outcome = _OUTCOMES.get(scenario["verdict"])
    return _SKIPPED if outcome is not None and scenario.get("advice") else outcome


def _message(scenario: Json) -> str:
    if scenario.get("advice"):
        return f"advice: {scenario['verdict']}: {scenario['message']}"
    waiver = scenario["waiver"]
    if waiver is not None:
        return f"waived until {waiver['expires']} by {waiver['owner']}: {waiver['reason']}"
    if scenario["verdict"] in {"fail", "error"}:
        return str(scenario["message"])
    return f"{scenario['verdict']}: {scenario['message']}"


def _evidence(scenario: Json) -> str:
    stated = [("message", scenario["message"])] if scenario["expected"] is None else []
    stated += [(name, scenario[name]) for name in ("expected", "observed", "file")]
    stated += [("line", scenario["record"]), ("in consequence", ", ".join(scenario["followed_by"]))]
    stated += [("step", _step(scenario["steps"])), ("again", scenario["reproduce"])]
    lines = [f"{name}: {value}" for name, value in stated if value not in {None, ""}]
    return "\n" + "\n".join(lines) + "\n"


def _step(steps: Iterable[Json]) -> str | None:
    """The step at which the scenario stopped, or None where it was not run."""
    stopped = [step for step in steps if step["outcome"] not in {"passed", "not run"}]
    return f"{stopped[0]['keyword']} {stopped[0]['text']} (line {stopped[0]['line']})" if stopped else None


# --- XML ---------------------------------------------------------------------------------------------------


def _element(tag: str, attributes: Mapping[str, str], parent: ElementTree.Element | None = None) -> ElementTree.Element:
    clean = {name: printable(value) for name, value in attributes.items()}
    return ElementTree.Element(tag, clean) if parent is None else ElementTree.SubElement(parent, tag, clean)


def _properties(parent: ElementTree.Element, values: Iterable[tuple[str, str]]) -> None:
    properties = _element("properties", {}, parent)
    for name, value in values:
        _element("property", {"name": name, "value": value}, properties)


def _counts(cases: Iterable[Json]) -> dict[str, str]:
    outcomes = [_outcome(case) for case in cases]
    return {"tests": str(len(outcomes))} | {name: str(outcomes.count(outcome)) for outcome, name in _COUNTS}
