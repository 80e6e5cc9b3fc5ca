"""A small suite of its own: a catalogue of nine rules, scenarios for some of them, and a system to be judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from harness.evidence.results import Subject, not_performed, results_document, set_aside
from harness.interface.profile import load_profile
from harness.port.protocol import Role, SystemDescription
from harness.suite.catalogue import read_catalogue
from harness.suite.inventory import Inventory, ScenarioCase, StepText

RULES = """
catalogue = "small"
"""
RULE = """
[[rule]]
id = "{id}"
class = "{of}"
text = "text of {id}"
slide = "slide of {id}"
binds = "repository"
status = "{status}"
"""
OF_THE_CIS = RULE.replace("repository", "cis").replace("text =", 'cis_class = "CIS-SYNC"\ntext =')
LISTED = (
    ("FTS-01", "FTS", "current"),
    ("FTS-02", "FTS", "current"),
    ("FTS-03", "FTS", "advice"),
    ("USDP-01", "USDP", "current"),
    ("USDP-02", "USDP", "current"),
    ("USDP-03", "USDP", "future"),
    ("SYN-01", "SYNC", "current"),
    ("SYN-02", "SYNC", "current"),
)
JUDGEMENT = """
[not_yet_judged."FTS-02"]
waits_for = "SYNC"
why = "it is too early"
[in_part."FTS-01"]
waits_for = "SYNC"
why = "half of it is too early"
[not_yet_judged."SYN-02"]
waits_for = "cis role"
why = "it binds the other side"
"""


class Small:
    """Builds the results of a run from verdicts: ``{"USDP-01/a": "pass"}`` is scenario a of rule USDP-01.

    `noticed` says in which conversation the referee noticed which rules.
    """

    def __init__(self) -> None:
        rules = RULES + "".join(RULE.format(id=id_, of=of, status=status) for id_, of, status in LISTED)
        rules += OF_THE_CIS.format(id="SYN-03", of="none", status="advice")
        self.catalogue = read_catalogue(rules.replace('"USDP-02"', '"USDP-02"\nvalues = { wait = 60 }', 1), JUDGEMENT)
        profile = load_profile(None)
        self.workshop = replace(profile, values={"wait": 60}, readings={"AMB-01": "one"})
        self.profile = self.workshop
        self.system = SystemDescription(
            "A", "1", Role.REPOSITORY, ("FTS", "USDP"), "settable", "process", "conversation", {}
        )

    def case(self, key: str, **more: Any) -> ScenarioCase:
        rule, name = key.split("/")
        area = rule.split("-")[0].lower()
        standard = {
            "id": f"{area}/feature/{rule.lower()}-{name}",
            "area": area.upper(),
            "file": f"{area}/feature.feature",
            "feature": "A feature",
            "name": f"{rule} {name}",
            "case": None,
            "line": 7,
            "rule_text": None,
            "judges": rule,
            "uses": (),
            "classes": (self.catalogue.rule(rule).class_,),
            "readings": (),
            "dated": False,
            "tags": frozenset(),
            "steps": (
                StepText("Given", "given", "a table", 8, (("SDP",), ("Mill",))),
                StepText("Then", "then", "it holds", 9),
            ),
        }
        return ScenarioCase(**{**standard, **more})

    def subject(self, cases: list[ScenarioCase], selection: str | None = None) -> Subject:
        by_id = {case.id: case for case in cases}
        inventory = Inventory(tuple(by_id[name] for name in sorted(by_id)), by_id)
        return Subject(
            suite_hash="a" * 64,
            catalogue=self.catalogue,
            inventory=inventory,
            profile=self.profile,
            workshop=self.workshop,
            system=self.system,
            adapter="reference",
            profile_option=None,
            seed=0,
            namespace="",
            anchor="2011-01-10T00:00:00-05:00",
            selection=selection,
        )

    def results(
        self,
        verdicts: Mapping[str, str],
        *,
        unselected: tuple[str, ...] = (),
        twins: tuple[str, ...] = (),
        noticed: Mapping[str, Sequence[str]] | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        selected = [self.case(key) for key in verdicts]
        others = [self.case(key) for key in unselected]
        others += [self.case(key, readings=(("AMB-01", "another"),)) for key in twins]
        subject = self.subject([*selected, *others], selection="x" if unselected else None)
        performed = {
            case.id: self.performed(case, verdicts[key])
            | {"noticed": [self.noticed(r) for r in (noticed or {}).get(key, ())]}
            for key, case in zip(verdicts, selected, strict=True)
        }
        left_out = [
            (case.id, aside.why) for case in others if (aside := set_aside(case, subject)) and not aside.verdict
        ]
        return results_document(subject, selected, performed, left_out, **more)

    def noticed(self, rule: str) -> dict[str, Any]:
        """What the referee noticed of a rule."""
        found = {"expected": "this", "observed": "that", "file": "F", "record": 3}
        return {
            "rule": rule,
            "instant": "2011-01-10T08:00:00-05:00",
            "about": "it",
            **found,
            "times": 2,
            "followed_by": ["USDP-02"],
        }

    def performed(self, case: ScenarioCase, verdict: str) -> dict[str, Any]:
        if verdict in {"not claimed", "not applicable"}:
            return not_performed(case, verdict, "why")  # type: ignore[arg-type]
        found = {"expected": "this", "observed": "that", "file": "F", "record": 3} if verdict == "fail" else {}
        name = case.id.rpartition("/")[2]
        return {
            **not_performed(case, verdict, "" if verdict == "pass" else "why"),  # type: ignore[arg-type]
            "steps": [{"keyword": "Given", "text": "", "line": 8, "outcome": "passed"}],
            "journal": {"path": f"journals/usdp/feature/{name}.jsonl", "entries": 3, "last_hash": "b" * 64},
            **found,
        }


@pytest.fixture
def small() -> Small:
    return Small()


@pytest.fixture
def rule_of() -> Callable[[dict[str, Any], str], tuple[str, str]]:
    """The verdict on a rule, and what is said of it."""

    def look(results: dict[str, Any], rule: str) -> tuple[str, str]:
        (found,) = [entry for entry in results["rules"] if entry["id"] == rule]
        return found["verdict"], found["why"]

    return look
