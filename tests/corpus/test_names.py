"""corpus/names.toml holds the reading of names to what the slides print, and to one fault at a time."""

from __future__ import annotations

import importlib.resources
import tomllib
from typing import Any

import pytest

from harness.interface.findings import CODES, Finding, Severity
from harness.interface.names import read_name
from harness.interface.profile import Profile, load_profile

TABLE = tomllib.loads((importlib.resources.files("corpus") / "names.toml").read_text(encoding="utf-8"))
PRINTED = pytest.mark.parametrize("entry", TABLE["printed"], ids=lambda entry: entry["name"])
BAD = pytest.mark.parametrize("entry", TABLE["bad"], ids=lambda entry: ascii(f"{entry['fault']}: {entry['name'][:60]}"))
READINGS = pytest.mark.parametrize("entry", TABLE["reading"], ids=lambda entry: f"{entry['reading']}: {entry['what']}")


@pytest.fixture(scope="module")
def profile() -> Profile:
    """The workshop's profile where it takes the slips of the slides for such, so that each is a finding."""
    return load_profile().with_reading("AMB-02", "refuse-13-digits").with_reading("AMB-03", "dat-ending")


def found(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.field) for finding in findings]


def expected(entry: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding["code"], finding.get("field")) for finding in entry.get("findings", [])]


@PRINTED
def test_a_printed_name_is_taken_apart_as_the_slide_means_it(entry: dict[str, Any], profile: Profile) -> None:
    name, _ = read_name(entry["name"], profile)
    assert name is not None
    part = (None, None, None) if name.part is None else (name.part.tx_id, name.part.file_no, name.part.segment_no)
    assert (name.org_1, name.org_2, name.file_id, name.version, name.created, *part) == (
        *(entry[key] for key in ("org_1", "org_2", "file_id", "version", "created")),
        *(entry.get(key) for key in ("tx_id", "file_no", "segment_no")),
    )


@PRINTED
def test_a_printed_name_gets_no_finding_but_for_the_slides_own_slips(entry: dict[str, Any], profile: Profile) -> None:
    assert found(read_name(entry["name"], profile)[1]) == expected(entry)


@PRINTED
def test_a_printed_type_has_the_title_and_kind_that_the_slide_gives_it(entry: dict[str, Any], profile: Profile) -> None:
    known = profile.file_types[entry["file_id"]]
    assert (known.title, known.kind, known.active) == (entry["title"], entry["kind"], entry["version"])


@PRINTED
def test_blanks_and_asterisks_are_all_that_was_left_out_of_a_printed_name(entry: dict[str, Any]) -> None:
    assert entry["printed"].replace(" ", "").replace("*", "") == entry["name"]


def test_every_finding_on_a_printed_name_is_an_ambiguity_of_the_catalogue() -> None:
    slips = {(entry["ambiguity"], entry["findings"][0]["code"]) for entry in TABLE["printed"] if "findings" in entry}
    assert slips == {("AMB-02", "name-date-time-13-digits"), ("AMB-03", "name-ending")}


@pytest.mark.parametrize("entry", [entry for entry in TABLE["printed"] if "findings" not in entry], ids=str)
def test_a_printed_name_is_written_as_it_was_read(entry: dict[str, Any], profile: Profile) -> None:
    assert str(read_name(entry["name"], profile)[0]) == entry["name"]


@BAD
def test_a_bad_name_gets_the_one_finding_of_its_one_fault(entry: dict[str, Any], profile: Profile) -> None:
    assert found(read_name(entry["name"], profile)[1]) == [(entry["code"], entry.get("field"))]


@BAD
def test_a_finding_on_a_name_is_an_error_about_no_line_and_shows_itself_in_ascii(
    entry: dict[str, Any], profile: Profile
) -> None:
    _, (finding,) = read_name(entry["name"], profile)
    assert (finding.severity, finding.line) == (Severity.ERROR, None)
    assert str(finding).isascii()
    assert str(finding).isprintable()


def test_there_are_sixty_different_bad_names_or_more() -> None:
    assert len(TABLE["bad"]) >= 60
    assert len({entry["name"] for entry in TABLE["bad"]}) == len(TABLE["bad"])


def test_every_code_of_names_has_a_bad_name() -> None:
    assert {entry["code"] for entry in TABLE["bad"]} == {code for code in CODES if code.startswith("name-")}


@READINGS
def test_another_reading_changes_what_it_is_about_and_nothing_else(entry: dict[str, Any], profile: Profile) -> None:
    other = profile.with_reading(entry["ambiguity"], entry["reading"])
    assert found(read_name(entry["name"], other)[1]) == expected(entry)


@pytest.mark.parametrize("entry", [entry for entry in TABLE["reading"] if not entry["findings"]], ids=str)
def test_where_any_reading_is_right_a_name_that_one_of_them_takes_is_right(entry: dict[str, Any]) -> None:
    assert found(read_name(entry["name"], load_profile())[1]) == []


@pytest.mark.parametrize(
    "entry", [entry for entry in TABLE["reading"] if not entry["findings"]], ids=lambda entry: entry["name"]
)
def test_a_name_that_another_reading_takes_is_written_as_it_was_read(entry: dict[str, Any], profile: Profile) -> None:
    other = profile.with_reading(entry["ambiguity"], entry["reading"])
    assert str(read_name(entry["name"], other)[0]) == entry["name"]


@pytest.mark.parametrize(
    "entry",
    [entry for entry in TABLE["bad"] if entry["code"] != "name-date-time-13-digits"],
    ids=lambda entry: ascii(f"{entry['fault']}: {entry['name'][:60]}"),
)
@pytest.mark.parametrize("reading", [("AMB-02", "accept-13-digits"), ("AMB-03", "ir08-bare")], ids=str)
def test_another_reading_makes_no_other_bad_name_good(
    entry: dict[str, Any], reading: tuple[str, str], profile: Profile
) -> None:
    assert found(read_name(entry["name"], profile.with_reading(*reading))[1]) == [(entry["code"], entry.get("field"))]
