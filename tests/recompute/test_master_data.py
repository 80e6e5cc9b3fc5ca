"""Master data comes from file sets, from the updates that were reported, or from a table; all say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InputError
from harness.interface.files import write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import EST
from harness.interface.names import FileName, SetPart
from harness.interface.profile import Profile
from harness.recompute.findings import Findings
from harness.recompute.first_spans import FirstSpans, said_of
from harness.recompute.ids import ids_of
from harness.recompute.inputs import Given, master_data
from harness.recompute.master_data import ACCOUNT, CYCLE, FRAMING, MasterData, states_of
from tests.recompute.conftest import SDP, World, days, hours

LDC = OrgId("ORG11111")
OTHER = "1000000002"
JANUARY, FEBRUARY, MARCH = date(2011, 1, 1), date(2011, 2, 1), date(2011, 3, 1)


def write_set(
    folder: Path,
    profile: Profile,
    number: int,
    records: Iterable[tuple[str, str, Mapping[str, Any]]],
    kind: str = "4000",
    extracted: datetime = datetime(2011, 2, 10, 6, tzinfo=EST),
) -> None:
    """Write a synchronization set: records by file number and kind."""
    files: dict[str, list[tuple[str, Mapping[str, Any]]]] = {f"{no:02}": [] for no in range(1, 6)}
    for file_no, of, fields in records:
        files[file_no].append((of, fields))
    header = {"ldc_org_id": LDC, "extracted_date_time": extracted}
    listed = []
    for file_no, details in files.items():
        listed.append(("manifest_entry", {"file_no": file_no, "segment_no": "01", "record_count": len(details)}))
        _write(folder, profile, number, kind, file_no, header, details)
    _write(folder, profile, number, kind, "00", {**header, "sequence_number": number}, listed)


def _write(folder: Path, profile: Profile, number: int, kind: str, file_no: str, header: Any, details: Any) -> None:
    version = profile.file_types[kind].active
    name = FileName(LDC, LDC, kind, version, "20110210060000", SetPart(f"t{number}", file_no, "01"))
    (folder / str(name)).write_bytes(write_file(profile, name, header, details))


def sdp(name: str = SDP) -> tuple[str, str, dict[str, Any]]:
    return "01", "sdp", {"universal_sdp_id": name, "sdp_id": f"S{name}", "sdp_type": "P"}


def framing(code: str, start: date, end: date | None = None, name: str = SDP) -> tuple[str, str, dict[str, Any]]:
    fields = {"framing_structure": code, "commodity_type": "E", "start_date": start, "end_date": end}
    return "03", "service_agreement", {"universal_sdp_id": name, **fields}


def account(other: str, start: date, end: date | None = None) -> tuple[str, str, dict[str, Any]]:
    fields = {"universal_sdp_id": SDP, "account_id": other, "start_date": start, "end_date": end}
    return "05", "sdp_to_account", fields


def cycle(code: str, start: date) -> tuple[str, str, dict[str, Any]]:
    fields = {"parameter": "BILLING_CYCLE_ID", "value": code, "start_date": start, "end_date": None}
    return "04", "sdp_parameter", {"universal_sdp_id": SDP, **fields}


def read(world: World, *paths: Path) -> MasterData:
    return master_data(Given((), paths, (), ()), world.profile, Findings(), lambda: None)


def history(master: MasterData, attribute: str, name: str = SDP) -> list[tuple[date, date | None, str]]:
    spans = master.spans[attribute]
    (wanted,) = ids_of([name])
    places = [place for place, each in enumerate(spans.sdp.tolist()) if each == wanted]
    return [
        tuple(each) for place in places for each in states_of(spans, slice(place, place + 1), master.values[attribute])
    ]


@pytest.fixture
def folder(world: World) -> Path:
    path = world.folder / "sets"
    path.mkdir()
    return path


def test_a_set_tells_framing_account_and_billing_cycle(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp(), framing("E01", JANUARY), account("A", JANUARY), cycle("C1", MARCH)])
    master = read(world, folder)
    assert history(master, FRAMING) == [(JANUARY, None, "E01")]
    assert history(master, ACCOUNT) == [(JANUARY, None, "A")]
    assert history(master, CYCLE) == [(MARCH, None, "C1")]
    assert (list(master.ldcs), master.ldc.tolist()) == (["ORG11111"], [0])


def test_sets_are_taken_in_the_order_of_their_numbers(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 9, [framing("E03", FEBRUARY)])
    write_set(folder, world.profile, 10, [framing("E04", MARCH)])
    write_set(folder, world.profile, 2, [sdp(), framing("E01", JANUARY)])
    found = history(read(world, folder), FRAMING)
    assert found == [(JANUARY, FEBRUARY, "E01"), (FEBRUARY, MARCH, "E03"), (MARCH, None, "E04")]


def test_a_later_record_that_starts_on_the_same_day_amends(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp(), framing("E01", JANUARY)])
    write_set(folder, world.profile, 2, [framing("E03", JANUARY)])
    assert history(read(world, folder), FRAMING) == [(JANUARY, None, "E03")]


def test_what_a_periodic_audit_omits_has_nothing_from_the_extract_on(world: World, folder: Path) -> None:
    write_set(
        folder, world.profile, 1, [sdp(), sdp(OTHER), framing("E01", JANUARY), framing("E03", JANUARY, None, OTHER)]
    )
    extracted = datetime(2011, 2, 20, 6, tzinfo=EST)
    write_set(folder, world.profile, 2, [sdp(), framing("E01", JANUARY)], "3000", extracted)
    master = read(world, folder)
    assert history(master, FRAMING) == [(JANUARY, None, "E01")]
    assert history(master, FRAMING, OTHER) == [(JANUARY, date(2011, 2, 20), "E03")]


def updates(world: World, rows: Iterable[tuple[str, date, date | None, str | None]], created: str) -> Path:
    name = FileName(LDC, LDC, "IR06", "02", created)
    details = [
        (
            "update",
            {
                "entity": "SDP",
                "entity_id": SDP,
                "attribute": attribute,
                "effective_from": start,
                "effective_to": end,
                "new_value": value,
            },
        )
        for attribute, start, end, value in rows
    ]
    path = world.folder / str(name)
    header = {"ldc_org_id": LDC, "created_date_time": datetime(2011, 2, 10, tzinfo=EST)}
    path.write_bytes(write_file(world.profile, name, header, details))
    return path


def test_reported_updates_tell_the_same_as_the_sets(world: World) -> None:
    later = updates(world, [("framing_structure", FEBRUARY, None, "E03")], "20110301000000")
    first = updates(
        world, [("framing_structure", JANUARY, None, "E01"), ("sdp_to_account", JANUARY, MARCH, "A")], "20110201000000"
    )
    master = read(world, later, first)
    assert history(master, FRAMING) == [(JANUARY, FEBRUARY, "E01"), (FEBRUARY, None, "E03")]
    assert history(master, ACCOUNT) == [(JANUARY, MARCH, "A")]


def test_an_update_without_a_new_value_ends_what_was(world: World) -> None:
    first = updates(world, [("framing_structure", JANUARY, None, "E01")], "20110201000000")
    later = updates(world, [("framing_structure", FEBRUARY, None, None)], "20110301000000")
    assert history(read(world, first, later), FRAMING) == [(JANUARY, FEBRUARY, "E01")]


@pytest.mark.parametrize("together", [1, 3, 1000])
def test_updates_are_taken_up_alike_however_many_together(
    world: World, together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.recompute.master_data._TOGETHER", together)
    first = updates(
        world, [("framing_structure", JANUARY, None, "E01"), ("address", JANUARY, None, "1 Mill St")], "20110201000000"
    )
    within = [
        ("framing_structure", FEBRUARY, MARCH, "E03"),
        ("sdp_to_account", JANUARY, None, "A"),
        ("sdp_to_account", FEBRUARY, None, "B"),
        ("billing_cycle_id", JANUARY, MARCH, None),
        ("billing_cycle_id", FEBRUARY, None, "7"),
    ]
    master = read(world, first, updates(world, within, "20110301000000"))
    assert history(master, FRAMING) == [(JANUARY, FEBRUARY, "E01"), (FEBRUARY, MARCH, "E03"), (MARCH, None, "E01")]
    assert history(master, ACCOUNT) == [(JANUARY, FEBRUARY, "A"), (FEBRUARY, None, "B")]
    assert history(master, "billing_cycle_id") == [(FEBRUARY, None, "7")]
    assert [master.ldcs[number] for number in master.ldc] == [LDC]


def test_first_spans_are_found_however_many_times_some_came() -> None:
    firsts = FirstSpans()
    names = [f"{number:04}" for number in range(100)]
    for begin in range(0, 100, 7):
        some = names[begin : begin + 7]
        size = len(some)
        firsts.add(said_of(some, [JANUARY] * size, [None] * size, [f"of {name}" for name in some]))
        if begin:
            assert firsts.taken_out(names[begin - 7]) is not None
    assert firsts.taken_out(names[0]) is None
    there, same = firsts.known(said_of(names, [JANUARY] * 100, [None] * 100, [f"of {name}" for name in names]))
    assert there.tolist() == same.tolist() == [number % 7 != 0 or number == 98 for number in range(100)]
    assert sum(1 for _ in firsts.all()) < 8


def test_a_table_tells_spans_and_leaves_out_what_a_row_is_silent_on(world: World) -> None:
    world.master = [
        {"universal_sdp_id": SDP, "start": JANUARY, "end": MARCH, "framing_structure": "E01", "account": None},
        {"universal_sdp_id": SDP, "start": MARCH, "end": None, "framing_structure": "E03", "account": None},
        {"universal_sdp_id": SDP, "start": FEBRUARY, "end": None, "framing_structure": None, "account": "A"},
    ]
    master = read(world, world.write("master", world.master))
    assert history(master, FRAMING) == [(JANUARY, MARCH, "E01"), (MARCH, None, "E03")]
    assert history(master, ACCOUNT) == [(FEBRUARY, None, "A")]


def test_an_open_span_lasts_until_the_next(world: World) -> None:
    world.master = [
        {"universal_sdp_id": SDP, "start": start, "framing_structure": code}
        for start, code in ((FEBRUARY, "E03"), (JANUARY, "E01"))
    ]
    findings = Findings()
    path = world.write("master", world.master)
    master = master_data(Given((), (path,), (), ()), world.profile, findings, lambda: None)
    assert history(master, FRAMING) == [(JANUARY, FEBRUARY, "E01"), (FEBRUARY, None, "E03")]
    assert list(findings) == []


def test_two_values_at_a_time_are_a_finding(world: World) -> None:
    world.master = [
        {"universal_sdp_id": SDP, "start": start, "end": MARCH, "framing_structure": code}
        for start, code in ((JANUARY, "E01"), (FEBRUARY, "E03"))
    ]
    findings = Findings()
    path = world.write("master", world.master)
    master_data(Given((), (path,), (), ()), world.profile, findings, lambda: None)
    assert [(each.sdp, each.code) for each in findings] == [(SDP, "history-overlap")]


def test_a_set_without_a_manifest_is_refused(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp()])
    for path in folder.glob("*.00.01.DAT"):
        path.unlink()
    with pytest.raises(InputError, match="is of a set without a manifest"):
        read(world, folder)


def test_a_set_that_lacks_a_segment_is_refused(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp(), framing("E01", JANUARY)])
    (path,) = folder.glob("*.03.01.DAT")
    path.unlink()
    with pytest.raises(InputError, match=r"\.00\.01\.DAT: is of a set that lacks 03\.01"):
        read(world, folder)


def test_a_set_file_that_is_cut_after_a_record_is_refused(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp(), framing("E01", JANUARY)])
    (path,) = folder.glob("*.03.01.DAT")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(InputError, match=r"\.03\.01\.DAT: is not as its manifest says: 0 records") as refused:
        read(world, folder)
    assert refused.value.expected == "1, as the manifest says"


def test_a_set_file_that_the_manifest_does_not_list_is_refused(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp(), framing("E01", JANUARY)])
    (path,) = folder.glob("*.03.01.DAT")
    (folder / path.name.replace(".03.01.", ".03.02.")).write_text(path.read_text().replace(".03.01.", ".03.02."))
    with pytest.raises(InputError, match=r"\.03\.02\.DAT: is not as its manifest says: segment 03\.02"):
        read(world, folder)


def test_a_set_file_that_does_not_read_is_refused(world: World, folder: Path) -> None:
    write_set(folder, world.profile, 1, [sdp(), framing("E01", JANUARY)])
    (path,) = folder.glob("*.03.01.DAT")
    path.write_text(path.read_text().replace("E01", "???"))
    with pytest.raises(InputError, match=r"\.03\.01\.DAT: is not as it should be"):
        read(world, folder)


def test_what_is_nothing_that_can_be_read_is_refused(world: World) -> None:
    path = world.folder / "notes.txt"
    path.write_text("notes")
    with pytest.raises(InputError, match="is nothing that can be read here"):
        read(world, path)


def test_what_a_later_set_says_of_some_leaves_what_was_first_said_of_others(world: World, folder: Path) -> None:
    names = (SDP, OTHER, "1000000003", "1000000004")
    first = [record for name in names for record in (sdp(name), framing("E01", JANUARY, name=name))]
    write_set(folder, world.profile, 1, first)
    again = [
        framing("E01", JANUARY, name=names[0]),  # the same again
        framing("E04", FEBRUARY, name=names[1]),
        framing("E04", FEBRUARY, MARCH, name=names[2]),
        framing("E01", JANUARY, FEBRUARY, name=names[2]),
        sdp("1000000005"),
        framing("E03", MARCH, name="1000000005"),
    ]
    write_set(folder, world.profile, 2, again)
    audited = [record for name in names[:3] for record in (sdp(name), framing("E01", JANUARY, name=name))]
    write_set(folder, world.profile, 3, audited, kind="3000", extracted=datetime(2011, 4, 1, 6, tzinfo=EST))
    master = read(world, folder)
    april = date(2011, 4, 1)
    assert history(master, FRAMING, names[0]) == [(JANUARY, None, "E01")]
    assert history(master, FRAMING, names[1]) == [(JANUARY, FEBRUARY, "E01"), (FEBRUARY, None, "E04")]
    assert history(master, FRAMING, names[2]) == [(JANUARY, FEBRUARY, "E01"), (FEBRUARY, MARCH, "E04")]
    assert history(master, FRAMING, names[3]) == [(JANUARY, april, "E01")]
    assert history(master, FRAMING, "1000000005") == [(MARCH, april, "E03")]
    assert master.sdps.tolist() == [name.encode() for name in (*names, "1000000005")]
    assert {master.ldcs[number] for number in master.ldc.tolist()} == {LDC}


@pytest.mark.parametrize("framings", [("E01", "E02", "E03"), ("E03", "E01", "E02")])
def test_two_framing_structures_that_start_on_one_day_are_both_left_out(
    world: World, framings: tuple[str, ...]
) -> None:
    for code in framings:
        world.sdp(framing=code)
    world.ask(1)
    world.intervals = hours(1)
    results = world.recompute()
    assert results.quantities[0]["outcome"] == "undetermined"
    assert results.codes == {"history-overlap", "framing-unknown"}


@pytest.mark.parametrize(
    ("second", "outcomes"),
    [
        ((1, None), ["quantities", "undetermined", "quantities", "quantities"]),
        ((1, 3), ["quantities", "undetermined", "quantities", "undetermined"]),
        ((1, 2), ["quantities", "undetermined", "undetermined", "undetermined"]),
        ((2, None), ["quantities", "quantities", "quantities", "quantities"]),
    ],
)
def test_nothing_is_computed_by_one_of_two_framing_structures_that_hold_together(
    world: World, second: tuple[int, int | None], outcomes: list[str]
) -> None:
    starts, ends = second
    begun, over = days(4)[starts], None if ends is None else days(4)[ends]
    world.master = [
        {"universal_sdp_id": SDP, "start": JANUARY, "end": days(4)[2], "framing_structure": "E01"},
        {"universal_sdp_id": SDP, "start": begun, "end": over, "framing_structure": "E04"},
    ]
    world.intervals = hours(4)
    for day in days(4):
        world.ask(1, first=day)
    assert [row["outcome"] for row in world.recompute().quantities] == outcomes


def test_the_same_span_twice_is_one(world: World) -> None:
    world.sdp()
    world.sdp()
    world.ask(1)
    world.intervals = hours(1)
    results = world.recompute()
    assert (results.quantities[0]["total_wh"], results.codes) == (2400, set())


def test_a_span_that_ends_before_it_starts_is_told(world: World) -> None:
    world.sdp()
    world.sdp(start=days(3)[2], end=days(2)[1], framing="E02")
    world.ask(3)
    world.intervals = hours(3)
    results = world.recompute()
    assert ([row["total_wh"] for row in results.quantities], results.codes) == ([7200], {"span-empty"})


@pytest.mark.parametrize("lacks", ["universal_sdp_id", "start"])
def test_rows_of_master_data_without_sdp_or_start_are_told(world: World, lacks: str) -> None:
    world.sdp()
    world.sdp(framing="E02")
    world.master[1][lacks] = None
    world.ask(1)
    world.intervals = hours(1)
    results = world.recompute()
    assert (results.quantities[0]["total_wh"], results.codes) == (2400, {"master-incomplete"})
