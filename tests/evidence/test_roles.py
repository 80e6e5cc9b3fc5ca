"""A CIS is judged by its own scenarios, rules and classes; advice is shown, and nothing rests on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.evidence.results import Counterpart, Subject, reproduce, results_document, set_aside
from harness.port.protocol import Role, SystemDescription
from harness.suite.catalogue import read_catalogue
from harness.suite.inventory import Inventory, ScenarioCase
from harness.suite.waivers import Waiver

RuleOf = Callable[[dict[str, Any], str], tuple[str, str]]
RULE = """
[[rule]]
id = "{id}"
class = "{of}"
{cis}
text = "text of {id}"
slide = "slide of {id}"
binds = "{binds}"
status = "{status}"
"""
LISTED = (
    ("SEQ-01", "SYNC", "", "repository", "current"),
    ("SEQ-02", "SYNC", "CIS-SYNC", "both", "current"),
    ("PSY-01", "none", "CIS-SYNC", "cis", "current"),
    ("PSY-07", "none", "CIS-SYNC", "cis", "advice"),
    ("BSV-12", "none", "CIS-BILLING", "cis", "current"),
)
CATALOGUE = 'catalogue = "small"\n' + "".join(
    RULE.format(id=id_, of=of, cis=f'cis_class = "{cis}"' if cis else "", binds=binds, status=status)
    for id_, of, cis, binds, status in LISTED
)


class OtherSeat:
    """Builds the results of a CIS from verdicts, by rule and name; an advice ends in an exclamation mark."""

    def __init__(self, small: Any) -> None:
        self.small = small
        small.catalogue = read_catalogue(CATALOGUE)
        small.system = SystemDescription(
            "A", "1", Role.CIS, ("CIS-SYNC",), "settable", "process", "conversation", {}, protocol=2
        )
        repository = SystemDescription("B", "2", Role.REPOSITORY, (), "settable", "process", "conversation", {})
        self.counterpart = Counterpart("reference", repository)

    def case(self, key: str, **more: Any) -> ScenarioCase:
        rule, name = key.rstrip("!").split("/")
        of_class = self.small.catalogue.rule(rule).cis_class
        identifier = f"cis/{rule[:3].lower()}/feature/{name}"
        standard = {"id": identifier, "role": Role.CIS, "classes": (of_class,), "advice": key.endswith("!")}
        found: ScenarioCase = self.small.case(f"{rule}/{name}", **{**standard, **more})
        return found

    def subject(self, *cases: ScenarioCase) -> Subject:
        found: Subject = replace(self.small.subject(list(cases)), counterpart=self.counterpart)
        return found

    def results(self, verdicts: Mapping[str, str], **more: Any) -> dict[str, Any]:
        cases = {key: self.case(key) for key in verdicts}
        performed = {case.id: self.small.performed(case, verdicts[key]) for key, case in cases.items()}
        subject = self.subject(*cases.values(), self.small.case("SEQ-02/of-a-repository"))
        return results_document(subject, list(cases.values()), performed, (), **more)


@pytest.fixture
def seat(small: Any) -> OtherSeat:
    return OtherSeat(small)


def test_a_cis_is_judged_by_its_own_scenarios_and_classes(seat: OtherSeat, rule_of: RuleOf) -> None:
    results = seat.results({"SEQ-02/a": "pass", "PSY-01/a": "fail"})
    assert rule_of(results, "SEQ-02") == ("conformant", "")
    assert rule_of(results, "PSY-01") == ("not conformant", "")
    assert rule_of(results, "SEQ-01") == ("other role", "it binds the repository alone")
    classes = [(entry["class"], entry["verdict"], entry["rules"]) for entry in results["classes"]]
    assert classes == [
        ("CIS-SYNC", "not conformant", ["SEQ-02", "PSY-01", "PSY-07"]),
        ("CIS-BILLING", "not claimed", ["BSV-12"]),
    ]


def test_what_a_verdict_on_a_cis_leaves_out_are_the_repositorys_rules(seat: OtherSeat) -> None:
    results = seat.results({"SEQ-02/a": "pass", "PSY-01/a": "pass"})
    left_out = [(entry["what"], entry["why"]) for entry in results["leaves_out"]]
    assert left_out == [
        ("class CIS-BILLING", "not claimed"),
        ("rule PSY-07", "advice: shown, not judged"),
        ("1 rule that binds the repository alone", "other role"),
    ]


@pytest.mark.parametrize("outcome", ["pass", "fail", "blocked", "error", "pending", "not applicable"])
def test_nothing_rests_on_what_comes_of_an_advice(seat: OtherSeat, rule_of: RuleOf, outcome: str) -> None:
    without = seat.results({"SEQ-02/a": "pass"})
    results = seat.results({"SEQ-02/a": "pass", "PSY-07/a!": outcome, "SEQ-02/b!": outcome})
    assert results["advice"] == {outcome: 2}
    for key in ("verdict", "statement", "exit_code", "counts", "classes", "leaves_out"):
        assert results[key] == without[key], key
    assert rule_of(results, "PSY-07") == ("advice", "advice: shown, not judged")
    shown = [entry["id"] for entry in results["scenarios"] if entry["advice"]]
    assert shown == ["cis/psy/feature/a", "cis/seq/feature/b"]


def test_an_advice_alone_is_no_verdict(seat: OtherSeat) -> None:
    results = seat.results({"PSY-07/a!": "pass"})
    assert (results["verdict"], results["exit_code"]) == ("undetermined", 3)


def test_an_advice_is_not_waived(seat: OtherSeat) -> None:
    waiver = Waiver(None, "PSY-07", "planned", "J. Doe", date(2031, 1, 31), "waivers.toml: waiver 1")
    (scenario,) = seat.results({"PSY-07/a!": "fail"}, waivers=[waiver])["scenarios"]
    assert (scenario["verdict"], scenario["waiver"]) == ("fail", None)


def test_what_the_counterpart_has_fixed_otherwise_is_not_applicable_either(seat: OtherSeat) -> None:
    seat.small.catalogue = read_catalogue(
        CATALOGUE.replace('status = "current"', 'status = "current"\nvalues = { wait = 60 }', 2)
    )
    case = seat.case("SEQ-02/a")
    assert set_aside(case, seat.subject(case)) is None
    seat.counterpart = replace(seat.counterpart, system=replace(seat.counterpart.system, values={"wait": 5}))
    aside = set_aside(case, seat.subject(case))
    assert aside is not None
    assert (str(aside.verdict), aside.why) == ("not applicable", "rests on wait = 60; here it is 5")


@pytest.mark.parametrize("clock", ["real", "told"])
def test_a_date_cannot_be_had_where_a_person_or_time_itself_sets_the_clock(seat: OtherSeat, clock: Any) -> None:
    seat.small.system = replace(seat.small.system, clock=clock)
    case = seat.case("SEQ-02/a", dated=True)
    aside = set_aside(case, seat.subject(case))
    assert aside is not None
    assert str(aside.verdict) == "not applicable"


@pytest.mark.parametrize(
    ("acts_as", "aside"),
    [(("agent", "ldc"), None), (("agent",), None), (("ldc",), "is of the CIS of an agent, which the system says")],
)
def test_scenarios_of_an_agent_are_left_out_where_the_cis_cannot_be_an_agents(
    seat: OtherSeat, rule_of: RuleOf, acts_as: tuple[str, ...], aside: str | None
) -> None:
    seat.small.system = replace(seat.small.system, acts_as=acts_as)
    own, of_an_agent = seat.case("SEQ-02/a"), seat.case("SEQ-02/b", acts_as="agent")
    subject = seat.subject(own, of_an_agent)
    found = set_aside(of_an_agent, subject)
    assert (None if found is None else (found.verdict, found.why[: len(aside or "")])) == (
        None if aside is None else (None, aside)
    )
    if aside is not None:
        results = results_document(subject, [own], {own.id: seat.small.performed(own, "pass")}, ())
        assert rule_of(results, "SEQ-02") == ("conformant", "")
        left = {"what": "scenarios of the CIS of an agent", "why": "the system says that it cannot be one"}
        assert left in results["leaves_out"]


@pytest.mark.parametrize(
    ("counterpart", "said"),
    [("reference", ""), ("stdio:./their repository", "--counterpart 'stdio:./their repository' ")],
)
def test_the_command_that_runs_a_scenario_again_names_role_and_counterpart(
    seat: OtherSeat, counterpart: str, said: str
) -> None:
    case = seat.case("SEQ-02/a")
    seat.counterpart = replace(seat.counterpart, adapter=counterpart)
    command = reproduce(seat.subject(case), case.id)
    assert command == f"mdmr-conform run --role cis {said}--adapter reference --seed 0 --select {case.id}"


def test_an_inventory_of_both_seats_counts_for_each_its_own(seat: OtherSeat, rule_of: RuleOf) -> None:
    others = [seat.case("SEQ-02/b"), seat.case("SEQ-02/c!"), seat.small.case("SEQ-02/d")]
    own = seat.case("SEQ-02/a")
    by_id = {case.id: case for case in [own, *others]}
    subject = replace(seat.subject(own), inventory=Inventory(tuple(by_id.values()), by_id), selection="x")
    results = results_document(subject, [own], {own.id: seat.small.performed(own, "pass")}, ())
    assert rule_of(results, "SEQ-02") == ("conformant", "1 of its 2 scenarios is not selected")
