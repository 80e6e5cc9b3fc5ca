"""Whether files fit a profile, and in what two profiles differ."""

from __future__ import annotations

from dataclasses import replace

from harness.interface.fitting import fitting
from harness.interface.profile import EITHER, Profile
from harness.interface.profile_differences import differences

NAME = "ORG11111.ORG11111.IR01.00.20110110080000.DAT"
GOOD = (
    f"FN|{NAME}\nFH|ORG11111|20110110080000\n"
    "DT|ORG11111.ORG11111.1000.00.20110110074500.DAT|20110110080000|000000003|000000003|000000000|000000000|000000000\n"
)


def test_a_good_file_fits_and_its_filled_fields_are_counted(profile: Profile) -> None:
    found = fitting([(NAME, GOOD.encode())], profile)
    assert (found.fits, found.files) == (True, 1)
    assert found.kinds["IR01.00", "assignment_summary"].fields["issued"].filled == 1


def test_a_field_of_another_form_is_named_with_how_often_and_where_first(profile: Profile) -> None:
    found = fitting([(NAME, GOOD.replace("000000003", "3").encode())] * 2, profile)
    issued = found.kinds["IR01.00", "assignment_summary"].fields["issued"]
    assert (found.fits, issued.unfit) == (False, 2)
    assert issued.first is not None
    assert (issued.first.line, issued.first.found) == (3, "'3'")


def test_a_record_with_another_number_of_fields_is_named(profile: Profile) -> None:
    kind = fitting([(NAME, GOOD.replace("|000000000\n", "\n").encode())], profile).kinds[
        "IR01.00", "assignment_summary"
    ]
    assert (kind.fits, kind.miscounted) == (False, 1)


def test_what_is_wrong_with_a_name_is_told_apart(profile: Profile) -> None:
    found = fitting([("no name", b"")], profile)
    assert (found.fits, [finding.code for finding in found.others]) == (False, ["name-characters"])


def test_a_profile_does_not_differ_from_itself(profile: Profile) -> None:
    assert list(differences(profile, profile)) == []


def test_each_difference_is_told_once_by_its_kind(profile: Profile) -> None:
    other = replace(
        profile,
        values={**profile.values, "set_wait_time_minutes": 30},
        readings={**profile.readings, "AMB-06": "from-last-file"},
        transformations={},
    )
    assert [(each.kind, each.name, each.before, each.after) for each in differences(profile, other)] == [
        ("value", "set_wait_time_minutes", "60", "30"),
        ("reading", "AMB-06", EITHER, "from-last-file"),
        ("transformation", "postal_code", "upper_case_without_spaces", None),
    ]
