"""The places of a rule are found where they are, and no rule that has a scenario lacks one."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.runner import controller
from harness.suite.catalogue import Standing, load_catalogue
from harness.suite.inventory import take_inventory
from harness.suite.places import Places, lines_of_slides, numbers_of_slides, places_of, rules_named

ROOT = Path(__file__).parents[2]
EVERY_JUDGED_RULE_HAS = ("slide", "features", "steps", "chapters", "reference", "faults")


@pytest.fixture(scope="module")
def places() -> dict[str, Places]:
    """The places of every rule that is judged, or has a scenario that judges a CIS or advises it."""
    catalogue, inventory = load_catalogue(), take_inventory(controller.features_folder())
    found = {rule.id: places_of(rule.id, rule.slide, inventory, controller.STEP_PACKAGE) for rule in catalogue.rules}
    judged = {rule.id for rule in catalogue.rules if catalogue.standing(rule.id) is Standing.JUDGED}
    return {rule: each for rule, each in found.items() if rule in judged or each.features}


def test_every_rule_that_scenarios_are_about_has_a_slide_feature_step_chapter_reference_and_fault(
    places: dict[str, Places],
) -> None:
    missing = [
        (rule, kind) for rule, found in places.items() for kind in EVERY_JUDGED_RULE_HAS if not getattr(found, kind)
    ]
    assert len(places) > 100
    assert missing == []


def test_every_place_but_the_slides_is_a_line_of_a_file_of_the_tree(places: dict[str, Places]) -> None:
    odd = [
        place
        for found in places.values()
        for kind in Places.__slots__[1:]
        for place in getattr(found, kind)
        if (place.line or 1) > len((ROOT / place.path).read_text(encoding="utf-8").splitlines())
    ]
    assert odd == []


def test_the_rule_of_repeated_requests_is_where_a_reader_would_look(places: dict[str, Places]) -> None:
    found = places["USDP-03"]
    assert [place.line for place in found.slide] == [321, 347]
    assert {place.path for place in found.features} == {"features/usdp/identity.feature"}
    assert {(place.path, place.what) for place in found.steps if place.line is not None} == {
        ("steps/assignment.py", step) for step in ("_response_says", "_same_id", "_one_id")
    }
    assert "steps/clock.py" in {place.path for place in found.steps}
    assert {place.path for place in found.chapters} == {"harness/stage/chapters/assignment.py"}
    assert "harness/referee/assignment_ids.py" in {place.path for place in found.checks}
    assert "issue" in {place.what for place in found.reference}
    assert ("reference_impl/bent/assignment.py", "repeat_reported_as_issued") in {
        (place.path, place.what) for place in found.faults
    }


def test_every_line_of_code_that_is_told_has_a_name(places: dict[str, Places]) -> None:
    told = [
        place
        for found in places.values()
        for kind in ("steps", "checks", "oracle", "reference", "faults")
        for place in getattr(found, kind)
        if place.line is not None
    ]
    assert len(told) > 1000
    assert [place for place in told if not place.what] == []
    assert ("harness/referee/post.py", "_NAME_RULES") in {(place.path, place.what) for place in places["FTS-04"].checks}


def test_a_fault_whose_id_is_put_together_has_the_place_of_its_text(places: dict[str, Places]) -> None:
    assert {place.path for place in places["ODE-01"].faults} == {"reference_impl/bent/on_demand_estimation.py"}


def test_every_slide_of_the_catalogue_has_its_lines_and_no_other_has() -> None:
    assert {rule.slide for rule in load_catalogue().rules} == set(lines_of_slides())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("one (USDP-03) alone", "USDP-03"),
        ("a span SEQ-01 to SEQ-03", "SEQ-01 SEQ-02 SEQ-03"),
        ("cut short (USDP-01 to -03, -08; SRP-01)", "USDP-01 USDP-02 USDP-03 USDP-08 SRP-01"),
        ("two (STL-02, -05 to -06 and -08)", "STL-02 STL-05 STL-06 STL-08"),
        ("no rule: SHA-256, IR14, RFC-3339", ""),
    ],
)
def test_rules_are_named_singly_and_in_spans(text: str, named: str) -> None:
    assert rules_named(text) == set(named.split())


@pytest.mark.parametrize(
    ("slide", "numbers"),
    [
        ("File Name Elements - Data Files", (6,)),  # after title, purpose, objectives, agenda and "FTS Specifics"
        ("File Name Elements - Data Files, Note 1", (6,)),
        ("LDC and MDM/R Identifiers", (19, 20)),
        ("Data Files and Reports (all)", (8, 9, 10, 11, 12, 13, 14, 15, 16)),
        ("Some other important items for your review (Threshold checks)", (47,)),
        ("Future MDM/R Billing Service Standard Interface", (72,)),  # the last but one
    ],
)
def test_slides_are_numbered_by_counting_their_headings(slide: str, numbers: tuple[int, ...]) -> None:
    assert numbers_of_slides()[slide] == numbers


def test_the_parts_of_a_slide_that_is_carried_on_follow_one_another() -> None:
    numbers, parts = numbers_of_slides(), "Two MDM/R Synchronization Interfaces ({} of 3)"
    assert [numbers[parts.format(part)] for part in (1, 2, 3)] == [(29,), (30,), (31,)]
    assert [numbers[f"Billing Quantity Process Reporting ({part} of 7)"] for part in range(2, 8)] == [
        (number,) for number in range(65, 71)
    ]
