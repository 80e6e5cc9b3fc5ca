"""Load checks: each code of IR14, the sets that just escape it, and that everything is told at once (STL-01 to -05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from harness.interface.findings import Severity
from reference_impl.repository.master_directory import Key, MasterDirectory, State
from reference_impl.repository.staging_table_loader import Load, dating_limits, load
from tests.reference_impl.repository.sets import (
    LDC,
    P_SYNC,
    PROFILE,
    SDPS,
    Mdmr,
    arrived,
    cycle,
    day,
    edited,
    sdp,
    set_files,
)

ASSETS = ["MT|M1|", "CM|C1|", "MT|M2|", "CM|C2|"]
PAIR = [*sdp("1001"), *sdp("1002"), "MT|M1|", "MT|M2|"]
METERED = [*sdp("1001"), *sdp("1002"), *ASSETS, "MC|M1|C1|20110101|", "SM|1001|M1|20110101|"]
"""An LDC with two SDPs, of which the first has a meter."""


@pytest.fixture
def directory() -> MasterDirectory:
    mdmr = Mdmr()
    mdmr.take(set_files(1, METERED))
    return mdmr.repository.directories[LDC]


def loaded(files: Mapping[str, bytes], directory: MasterDirectory | None = None) -> Load:
    return load(arrived(files), directory or MasterDirectory(), frozenset(SDPS), PROFILE)


def codes(files: Mapping[str, bytes], directory: MasterDirectory | None = None) -> list[str]:
    return [finding.code for finding in loaded(files, directory).findings]


def test_a_plausible_set_has_no_findings() -> None:
    assert loaded(set_files(1, METERED)).findings == ()


@pytest.mark.parametrize(
    ("records", "code"),
    [
        pytest.param([*sdp("1001"), "PR|1001|1 Elm St|Oakville|L6L2X3||"], "field-missing", id="no start date"),
        pytest.param([*sdp("1001"), "PR|1001|1 Elm St|Oakville|L6L2X3|20110230|"], "field-value", id="no such day"),
        pytest.param([*sdp("1001"), "SA|1001|E99|E|20110101|"], "field-code", id="no such framing structure"),
        pytest.param([*sdp("1001"), "BA|1001|ORG33333|20110101"], "field-count", id="a field too few"),
        pytest.param(sdp("9999"), "universal-sdp-id-unknown", id="a Universal SDP ID that nobody was issued"),
        pytest.param(sdp("2001"), "universal-sdp-id-unknown", id="a Universal SDP ID of another LDC"),
        pytest.param(["SA|1001|E01|E|20110101|"], "sdp-unknown", id="an SDP that was never created"),
        pytest.param([*sdp("1001"), "SM|1001|M1|20110101|"], "meter-unknown", id="a meter that was never created"),
        pytest.param(["MT|M1|", "MC|M1|C1|20110101|"], "communication-module-unknown", id="a module never created"),
        pytest.param(["MP|M1|REGISTER_DIGITS|5|20110101|"], "meter-unknown", id="a parameter of no meter"),
        pytest.param([*sdp("1001"), "SA|1001|E01|E|20110105|20110104"], "end-not-after-start", id="end before start"),
        pytest.param([*sdp("1001"), "SA|1001|E01|E|20110105|20110105"], "end-not-after-start", id="end on the start"),
        pytest.param([*sdp("1001"), cycle("1001", "B", 1)], "overlap", id="two values from one day on"),
        pytest.param(
            [*sdp("1001"), cycle("1001", "B", 3, 6), cycle("1001", "C", 5, 8)], "overlap", id="spans that overlap"
        ),
        pytest.param(
            [*sdp("1001"), *sdp("1002"), "MT|M1|", "SM|1001|M1|20110101|20110106", "SM|1002|M1|20110105|"],
            "meter-on-two-sdps",
            id="a meter on two SDPs at once",
        ),
        pytest.param(
            [*PAIR, "SM|1001|M1|20110101|", "SM|1002|M1|20110105|"], "meter-on-two-sdps", id="both without an end"
        ),
        pytest.param(
            [*PAIR, "SM|1001|M1|20110101|", "SM|1001|M2|20110106|", "SM|1002|M1|20110105|"],
            "meter-on-two-sdps",
            id="an exchange that is a day late",
        ),
        pytest.param(
            [*PAIR, "SM|1001|M1|20110101|", "SM|1001|M2|20110103|20110105", "SM|1002|M1|20110103|"],
            "meter-on-two-sdps",
            id="a meter that comes back to where it was",
        ),
        pytest.param(sdp("1001", kind="V"), "virtual-sdp-components", id="a virtual SDP of none"),
        pytest.param(
            [*sdp("1001", kind="V"), *sdp("1002"), "CL|1001|01|1002|01|20110101|"],
            "virtual-sdp-components",
            id="a virtual SDP of one",
        ),
        pytest.param(
            [*sdp("1001", kind="V"), *sdp("1002"), "CL|1001|01|1002|01|20110101|", "CL|1001|02|1002|02|20110101|"],
            "virtual-sdp-components",
            id="a virtual SDP of one, twice",
        ),
        pytest.param(
            [*sdp("1001"), "CL|1001|01|9999|01|20110101|"], "universal-sdp-id-unknown", id="a component never issued"
        ),
        pytest.param([*sdp("1001"), "CL|1001|01|1002|01|20110101|"], "sdp-unknown", id="a component never created"),
    ],
)
def test_one_error_fails_the_load(records: Iterable[str], code: str) -> None:
    load = loaded(set_files(1, records))
    assert {finding.code for finding in load.findings} == {code}
    assert not load.succeeded


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([*sdp("1001"), "SA|1001|E01|E|20110105|20110106"], id="a span of one day"),
        pytest.param([*sdp("1001"), cycle("1001", "B", 5), cycle("1001", "C", 9)], id="open spans one after another"),
        pytest.param([*sdp("1001"), cycle("1001", "B", 3, 5), cycle("1001", "C", 5, 8)], id="spans that touch"),
        pytest.param(
            [*sdp("1001"), *sdp("1002"), "MT|M1|", "SM|1001|M1|20110101|20110105", "SM|1002|M1|20110105|"],
            id="a meter that moves",
        ),
        pytest.param(
            [*PAIR, "SM|1001|M1|20110101|", "SM|1001|M2|20110105|", "SM|1002|M2|20110101|", "SM|1002|M1|20110105|"],
            id="meters exchanged between two SDPs, without ends",
        ),
        pytest.param(
            [*PAIR, "SM|1001|M1|20110101|", "SM|1001|M2|20110105|", "SM|1002|M1|20110105|"],
            id="a meter that moves when another takes its place, without ends",
        ),
        pytest.param(
            [*PAIR, "SM|1001|M1|20110101|", "SM|1001|M2|20110103|20110105", "SM|1002|M1|20110103|20110105"],
            id="a meter that is lent out for two days",
        ),
        pytest.param(
            [*sdp("1001", kind="V"), *sdp("1002"), *sdp("1003"), *[f"CL|1001|01|100{n}|01|20110101|" for n in (2, 3)]],
            id="a virtual SDP of two",
        ),
    ],
)
def test_what_just_escapes_an_error_loads_without_a_finding(records: Iterable[str]) -> None:
    assert loaded(set_files(1, records)).findings == ()


@pytest.mark.parametrize(
    ("place", "old", "new", "code"),
    [
        pytest.param("02.01", "|20110110060000", "|20110110060001", "extracted-date-time", id="another extract"),
        pytest.param("00.01", "|20110110060000", "|20110110060001", "extracted-date-time", id="the manifest's extract"),
        pytest.param("02.01", "FH|ORG11111", "FH|ORG22222", "header-ldc", id="another LDC"),
        pytest.param("00.01", "|000000002", "|000000003", "record-count", id="a record fewer than listed"),
        pytest.param("00.01", "|000000002", "|000000001", "record-count", id="a record more than listed"),
        pytest.param("02.01", "PR|", "ZZ|", "record-type", id="a record of no kind"),
    ],
)
def test_files_that_disagree_fail_the_load(place: str, old: str, new: str, code: str) -> None:
    load = loaded(edited(set_files(1, [*sdp("1001"), *sdp("1002")]), place, old, new))
    assert code in {finding.code for finding in load.findings}
    assert not load.succeeded


@pytest.mark.parametrize(
    ("place", "record"),
    [
        ("02.01", "SD|1001|SDP1001|P"),
        ("01.01", "PR|1001|1 Elm St|Oakville|L6L2X3|20110101|"),
        ("05.01", "SA|1001|E01|E|20110101|"),
        ("03.01", "SP|1001|BILLING_CYCLE_ID|B|20110105|"),
        ("04.01", "BA|1001|ORG33333|20110101|"),
        ("05.01", "CF|1001|01|A+B|20110101|"),
        ("00.01", "SD|1001|SDP1001|P"),
    ],
)
def test_a_record_in_the_wrong_file_fails_the_load(place: str, record: str) -> None:
    files = set_files(1, sdp("1001"))
    name = next(name for name in files if name.endswith(f".{place}.DAT"))
    files[name] += f"{record}\r\n".encode()
    assert "record-type" in codes(files)


def test_a_segment_that_the_manifest_does_not_list_fails_the_load() -> None:
    files = set_files(1, sdp("1001"), elsewhere={"02.02": "PR|1001|1 Elm St|Oakville|L6L2X3|20110105|"})
    assert codes(edited(files, "00.01", "MF|02|02|000000001\r\n", "")) == ["not-in-manifest"]


def test_segments_that_do_not_start_at_01_fail_the_load() -> None:
    files = set_files(1, sdp("1001"), elsewhere={"07.02": "CF|1001|01|A+B|20110101|"})
    assert codes(files) == ["segment-01-missing"]


def test_a_manifest_in_two_segments_fails_the_load() -> None:
    files = set_files(1, sdp("1001"))
    whole = next(name for name in files if name.endswith(".00.01.DAT"))
    second = whole.replace(".00.01.", ".00.02.")
    files[second] = files[whole].replace(whole.encode(), second.encode())
    assert "manifest-segmented" in codes(files)


def test_segments_with_gaps_load() -> None:
    records = {f"02.{number}": f"PR|1001|{number} Elm St|Oakville|L6L2X3|201101{number}|" for number in ("03", "07")}
    assert codes(set_files(1, sdp("1001"), elsewhere=records)) == []


def test_the_same_record_twice_is_a_warning_and_loads() -> None:
    load = loaded(set_files(1, [*sdp("1001"), cycle("1001", "B", 5), cycle("1001", "B", 5)]))
    assert [(finding.code, finding.severity) for finding in load.findings] == [("repeated", Severity.WARNING)]
    assert load.succeeded


def test_all_errors_and_warnings_of_a_set_are_told() -> None:
    records = [
        *sdp("1001"),
        cycle("1001", "B", 5),
        cycle("1001", "B", 5),
        *sdp("9999"),
        "SA|1001|E01|E|20110105|20110104",
        "SM|1001|M9|20110101|",
    ]
    found = codes(edited(set_files(1, records), "02.01", "|20110110060000", "|20110110060001"))
    assert set(found) == {
        "extracted-date-time",
        "universal-sdp-id-unknown",
        "end-not-after-start",
        "meter-unknown",
        "repeated",
    }


def test_each_record_with_an_error_is_told() -> None:
    assert codes(set_files(1, [*sdp("9998"), *sdp("9999")])) == ["universal-sdp-id-unknown"] * 6


def test_a_finding_says_in_which_line_of_which_file_it_stands() -> None:
    finding = loaded(set_files(1, [*sdp("1001"), "SA|1001|E01|E|20110105|20110104"])).findings[0]
    assert finding.file == "ORG11111.ORG11111.4000.00.20110110060000.tx1.03.01.DAT"
    assert (finding.line, finding.field) == (3, "end_date")


# --- against a directory that holds something ---------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        cycle("1001", "B", 5),
        "SA|1002|E01|E|20110101|",
        "MP|M1|REGISTER_DIGITS|5|20110101|",
        "MC|M2|C2|20110101|",
        "SM|1002|M2|20110101|",
    ],
)
def test_what_was_created_before_is_known(record: str, directory: MasterDirectory) -> None:
    assert codes(set_files(2, [record]), directory) == []


CHANGE = ["SM|1001|M1|20110101|20110108", "SM|1001|M2|20110108|"]
MODULES = ["CM|C1|", "CM|C2|", "MC|M1|C1|20110101|20110108", "MC|M2|C2|20110108|"]
REMOVAL = "SM|1001|M1|20110101|20110108"


@pytest.mark.parametrize(
    ("records", "found"),
    [
        pytest.param([*CHANGE, *MODULES], set(), id="a meter change with both modules"),
        pytest.param(CHANGE, {"minimum-data-relationship"}, id="a meter change without modules"),
        pytest.param([*CHANGE, *MODULES[2:]], {"minimum-data-module"}, id="a meter change without module assets"),
        pytest.param([*CHANGE, *MODULES[:2]], {"minimum-data-relationship"}, id="a change without relationships"),
        pytest.param([REMOVAL, MODULES[0], MODULES[2]], set(), id="a meter removal with the module"),
        pytest.param([REMOVAL], {"minimum-data-relationship"}, id="a meter removal without the module"),
        pytest.param([REMOVAL, MODULES[2]], {"minimum-data-module"}, id="a meter removal without the module asset"),
        pytest.param(["SM|1002|M2|20110101|"], set(), id="a new meter needs no module"),
    ],
)
def test_the_minimum_data_of_an_i_sync(records: list[str], found: set[str], directory: MasterDirectory) -> None:
    assert set(codes(set_files(2, records), directory)) == found


def test_a_p_sync_needs_no_minimum_data_of_a_meter_change(directory: MasterDirectory) -> None:
    assert codes(set_files(2, [*METERED[:-1], *CHANGE], kind=P_SYNC), directory) == []


def test_a_virtual_sdp_counts_the_components_that_it_had_before(directory: MasterDirectory) -> None:
    mdmr = Mdmr()
    components = [f"CL|1001|01|100{number}|01|20110101|" for number in (2, 3)]
    mdmr.take(set_files(1, [*sdp("1001", kind="V"), *sdp("1002"), *sdp("1003"), *components]))
    assert codes(set_files(2, ["SD|1001|SDP1001|V"]), mdmr.repository.directories[LDC]) == []


def test_a_meter_stays_until_the_next_start_on_record_alone() -> None:
    mdmr = Mdmr()
    mdmr.take(set_files(1, [*PAIR, "SM|1001|M2|20110105|"]))
    again = set_files(2, ["SM|1001|M1|20110101|", "SM|1002|M1|20110105|"], kind=P_SYNC)
    assert "meter-on-two-sdps" not in codes(again, mdmr.repository.directories[LDC])
    early = set_files(2, ["SM|1001|M1|20110101|", "SM|1002|M1|20110104|"], kind=P_SYNC)
    assert "meter-on-two-sdps" in codes(early, mdmr.repository.directories[LDC])


@pytest.mark.parametrize(
    ("record", "found"),
    [
        pytest.param(cycle("1001", "B", 5), [], id="as far back as allowed"),
        pytest.param(cycle("1001", "B", 4), ["too-far-back"], id="a day further back"),
        pytest.param(cycle("1001", "B", 13), [], id="as far ahead as allowed"),
        pytest.param(cycle("1001", "B", 14), ["too-far-ahead"], id="a day further ahead"),
        pytest.param(cycle("1001", "B", 10, 13), [], id="an end as far ahead as allowed"),
        pytest.param(cycle("1001", "B", 10, 14), ["too-far-ahead"], id="an end a day further ahead"),
        pytest.param(cycle("1001", "B", 3, 20), ["too-far-back", "too-far-ahead"], id="both"),
        pytest.param(cycle("1001", "A", 1), [], id="what is held already"),
        pytest.param("SD|1001|OTHERNAME|P", [], id="what has no dates"),
    ],
)
def test_changes_lie_within_the_dating_limits(record: str, found: list[str], directory: MasterDirectory) -> None:
    limits = dating_limits({"retroactive_dating_limit_days": 5, "future_dating_limit_days": 3}, "within-limits")
    load_of = load(arrived(set_files(2, [record])), directory, frozenset(SDPS), PROFILE, limits)
    assert [finding.code for finding in load_of.findings] == found


def test_by_default_there_are_no_dating_limits() -> None:
    assert dating_limits(PROFILE.values, PROFILE.decided()["AMB-18"]) is None


def test_a_repository_takes_its_dating_limits_from_the_values_it_was_given() -> None:
    mdmr = Mdmr(readings={"AMB-18": "within-limits"}, values={"retroactive_dating_limit_days": 8})
    assert set(mdmr.take(set_files(1, sdp("1001")))) == {"IR14"}
    assert set(mdmr.take(set_files(1, sdp("1001", since=2)))) == {"IR06", "IR07", "IR14"}


def component(number: int, end: int | None = None) -> str:
    """An SDP is a component of SDP 1001 from the first of January until another day."""
    return f"CL|1001|01|100{number}|01|20110101|{'' if end is None else f'201101{end:02}'}"


@pytest.mark.parametrize(
    ("before", "records", "refused"),
    [
        pytest.param([None, None], [component(3, 12)], True, id="one of two is to leave"),
        pytest.param([None, None], [component(3, 9)], True, id="one of two left before the extract"),
        pytest.param([None, None, None], [component(3, 12)], False, id="one of three is to leave"),
        pytest.param([None, None, 12], [component(3, 12)], True, id="the second of three is to leave on that day"),
        pytest.param([None, None, 9], [component(3, 15)], True, id="the second of three, of which one left long ago"),
        pytest.param([None, 9], [component(2)], True, id="the one that is left is said again"),
        pytest.param([None, None], [component(2, 12), component(3, 12)], False, id="both are to leave on one day"),
        pytest.param([None, None], [component(2, 12), component(3, 13)], True, id="both are to leave, one a day later"),
        pytest.param([None, None], ["SD|1001|SDP1001|V", component(2, 9), component(3, 9)], True, id="none is left"),
        pytest.param([None, None], [component(3, 12), "CL|1001|01|1004|01|20110112|"], False, id="another comes"),
        pytest.param([None, None], [component(3, 12), "CL|1001|01|1004|01|20110113|"], True, id="a day too late"),
        pytest.param([None, None], [cycle("1001", "B", 5)], False, id="nothing is said of components"),
    ],
)
def test_a_virtual_sdp_keeps_two_components(before: list[int | None], records: list[str], refused: bool) -> None:
    mdmr = Mdmr()
    held = [component(number, end) for number, end in enumerate(before, 2)]
    created = [record for number in "234" for record in sdp(f"100{number}")]
    first = held if before[1] != 9 else [component(2), component(3)]
    assert "IR06" in mdmr.take(set_files(1, [*sdp("1001", kind="V"), *created, *first]))
    if first is not held:  # what no set may leave behind is there from before
        directory = mdmr.repository.directories[LDC]
        key = Key("sdp", "1001", "channel_to_channel_01_1003_01")
        directory.record(key, (State(day(1), day(9), "1003"),))
    found = codes(set_files(2, records), mdmr.repository.directories[LDC])
    assert found == ["virtual-sdp-components"] * refused


def test_loading_changes_nothing(directory: MasterDirectory) -> None:
    before = dict(directory.histories)
    loaded(set_files(2, [cycle("1001", "B", 5)]), directory)
    assert directory.histories == before


def test_a_p_sync_record_that_ends_before_it_starts_fails_the_load_where_prior_states_do() -> None:
    mdmr = Mdmr(readings={"AMB-35": "load-error"})
    mdmr.take(set_files(1, sdp("1001")))
    mdmr.take(set_files(2, [cycle("1001", "B", 10)]))
    assert set(mdmr.take(set_files(3, [*sdp("1001"), cycle("1001", "C", 11, 9)], kind=P_SYNC))) == {"IR14"}
