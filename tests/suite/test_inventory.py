"""Where scenarios of either seat stand, told by their files and ids alone."""

from __future__ import annotations

import pytest

from harness.port.protocol import Role
from harness.runner.controller import features_folder
from harness.suite.inventory import area_of, feature_file_of, outline_of, scenario_id, seat_of, take_inventory


@pytest.mark.parametrize(
    ("file", "role", "area"),
    [("fts/file-names.feature", Role.REPOSITORY, "FTS"), ("cis/fts/file-names.feature", Role.CIS, "FTS")],
)
@pytest.mark.parametrize("case", [None, "With a case"])
def test_a_scenario_is_known_by_its_id(file: str, role: Role, area: str, case: str | None) -> None:
    identifier = scenario_id(file, "An LDC submits", case)
    assert (seat_of(identifier), area_of(identifier)) == (role, area)
    assert feature_file_of(identifier) == file
    assert outline_of(identifier) == scenario_id(file, "An LDC submits", None)


def test_every_scenario_of_the_suite_stands_where_its_id_says() -> None:
    for case in take_inventory(features_folder()).cases:
        assert (feature_file_of(case.id), seat_of(case.file), area_of(case.file)) == (case.file, case.role, case.area)


def test_a_scenario_needs_classes_of_its_own_role_alone() -> None:
    for case in take_inventory(features_folder()).cases:
        assert all(name.startswith("CIS-") == (case.role is Role.CIS) for name in case.classes), case.id
