"""Where memory does not hold master data and requests, they are read share by share, and what comes out is the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.errors import OutputError
from harness.interface.instants import EST
from harness.recompute.findings import Findings
from harness.recompute.first_spans import FirstSpans, said_of
from harness.recompute.groups import Range
from harness.recompute.ids import ids_of, texts
from harness.recompute.inputs import Given, master_data
from harness.recompute.master_data import MasterData, states_of
from harness.recompute.reach import Reach
from harness.recompute.requests import RequestsBuilder
from harness.recompute.shares import Shares, clamped
from tests.recompute.conftest import World, hours
from tests.recompute.test_master_data import JANUARY, MARCH, cycle, framing, sdp, updates, write_set

NAMES = [f"10000000{number:02}" for number in range(40)]
FRAMINGS = ("E01", "E02", "E03", "E04")


@pytest.fixture
def many(world: World) -> World:
    """Forty SDPs, some of which the master data, the requests or the intervals say odd things of."""
    chance = random.Random(11)
    for number, name in enumerate(NAMES):
        world.sdp(name, FRAMINGS[number % 4], vee_service="03", meter=f"M{number}", register_digits="6")
        world.ask(2, sdp=name)
        if number % 8 == 3:
            world.master.append({**world.master[-1], "framing_structure": "E02", "register_digits": "5"})
            world.ask(2, sdp=name)
        world.reads += [
            {"universal_sdp_id": name, "instant": datetime(2011, 2, 7 + 2 * end, tzinfo=EST), "reading": 10 + 3 * end}
            for end in range(2)
        ]
        world.intervals += hours(3, lambda _: chance.randrange(500), sdp=name)
    world.master.append({**world.master[0], "universal_sdp_id": None})
    world.master.append({**world.master[-2], "start": date(2006, 2, 1), "meter": "M2", "register_digits": "4"})
    chance.shuffle(world.master)
    chance.shuffle(world.requests)
    return world


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[Range]]:
    """Let master data and requests each take so many bytes; the shares that come of it."""

    def at_most(most: int) -> list[Range]:
        seen: list[Range] = []
        add = Shares.add

        def noting(self: Shares, of: Range, *held: Any) -> None:
            seen.append(of)
            add(self, of, *held)

        monkeypatch.setattr("harness.recompute.run.SHARE", 2**30 // most)
        monkeypatch.setattr(Shares, "add", noting)
        return seen

    return at_most


@pytest.mark.parametrize("most", [40, 900, 2500])
def test_any_number_of_shares_gives_the_same_bytes(
    many: World, shares: Callable[[int], list[Range]], most: int
) -> None:
    whole = many.recompute()
    assert {"history-overlap", "request-twice", "master-incomplete"} <= whole.codes
    seen = shares(most)
    assert many.recompute().bytes() == whole.bytes()
    assert len(seen) > 1
    assert [each.first for each in seen[1:]] == [each.end for each in seen[:-1]]
    assert (seen[0].first, seen[-1].end) == ("", None)


def test_requests_that_are_told_by_what_was_delivered_are_shared_as_well(
    many: World, shares: Callable[[int], list[Range]]
) -> None:
    files = many.recompute(files=True).folder / "files"
    many.delivered, many.requests = [files], []
    whole = many.recompute()
    assert whole.document["read"]["requests"] == 35  # five are told in two ways, and come to nothing
    seen = shares(600)
    assert many.recompute().bytes() == whole.bytes()
    assert len(seen) > 1


def test_a_recomputation_that_was_interrupted_goes_on_share_by_share(
    many: World, shares: Callable[[int], list[Range]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = many.recompute()
    shares(900)
    monkeypatch.setattr("harness.recompute.run.write_response_files", full)
    out = many.folder / "interrupted"
    with pytest.raises(OutputError):
        many.recompute(out=out, files=True)
    monkeypatch.undo()
    shares(900)
    assert many.recompute(out=out).bytes() == whole.bytes()


def full(*_: object) -> None:
    raise OutputError("cannot be written: No space left on device", where="files", expected="room")


@pytest.mark.parametrize("content", [b"", b"\x80\x05", None], ids=["empty", "cut short", "gone"])
def test_a_share_that_is_lost_meanwhile_ends_in_a_message(many: World, tmp_path: Path, content: bytes | None) -> None:
    held = Shares(tmp_path)
    master = of_paths(many, [many.write("master", many.master)])
    for of in (Range("", NAMES[20]), Range(NAMES[20], None)):
        held.add(of, master, RequestsBuilder(Findings()).built(master))
    path = tmp_path / "share-000000"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(OutputError, match="cannot be read again"):
        held.of_master_data.part("", NAMES[3])


def of_paths(world: World, paths: list[Path], reach: Reach | None = None) -> MasterData:
    return master_data(Given((), paths, (), ()), world.profile, Findings(), lambda: None, reach)


def histories(master: MasterData) -> Mapping[tuple[str, str], Any]:
    """All histories, by attribute and SDP, and the LDC of each SDP."""
    found: dict[tuple[str, str], Any] = {}
    for name, spans in master.spans.items():
        for place, each in enumerate(texts(spans.sdp)):
            found.setdefault((name, each), []).extend(states_of(spans, slice(place, place + 1), master.values[name]))
    ldcs = [master.ldcs[number] for number in master.ldc.tolist()]
    return found | {("ldc", each): ldc for each, ldc in zip(texts(master.sdps), ldcs, strict=True)}


@pytest.mark.parametrize("most", [60, 1500])
def test_sets_and_reports_say_the_same_of_each_sdp_share_by_share(world: World, most: int) -> None:
    folder = world.folder / "sets"
    folder.mkdir()
    every = [sdp(name) for name in NAMES]
    of_all = [framing(FRAMINGS[number % 4], JANUARY, None, name) for number, name in enumerate(NAMES)]
    write_set(folder, world.profile, 1, [*every, *of_all, cycle("C1", JANUARY)])
    kept = [name for number, name in enumerate(NAMES) if number % 5]
    again = [framing("E01", date(2011, 2, 1), None, name) for name in kept]
    extracted = datetime(2011, 2, 20, 6, tzinfo=EST)
    write_set(folder, world.profile, 2, [*map(sdp, kept), *again], "3000", extracted)
    write_set(folder, world.profile, 3, [framing("E03", MARCH, None, name) for name in NAMES[::3]])
    paths = [folder, updates(world, [("framing_structure", MARCH, None, "E04")], "20110301080000")]
    whole = histories(of_paths(world, paths))
    found: dict[tuple[str, str], Any] = {}
    first: str | None = ""
    number = 0
    while first is not None:
        reach = Reach(first, most=most)
        master = of_paths(world, paths, reach)
        assert reach.holds(master.sdps).all()
        found |= histories(master)
        assert reach.end is None or reach.end > first
        first, number = reach.end, number + 1
    assert found == whole
    assert number > 1


def test_what_was_taken_out_of_first_spans_stays_out_as_they_become_fewer() -> None:
    firsts = FirstSpans()
    firsts.add(said_of(["3", "1", "2"], [JANUARY] * 3, [None] * 3, ["C", "A", "B"]))
    firsts.taken_out("2")
    firsts.keep(lambda ids: ids >= b"2")
    assert [texts(said.ids) for said in firsts.all()] == [["3"]]


def test_a_reach_is_halved_until_one_sdp_is_left() -> None:
    reach, ids = Reach(), ids_of(["4", "1", "3", "2", "4", "1"])
    halved = [reach.halved(ids) and reach.end for _ in range(3)]
    assert halved == ["3", "2", False]
    assert reach.holds(ids_of(["0", "1", "2"])).tolist() == [True, True, False]


def test_partitions_lie_within_their_share() -> None:
    parts = [Range("", "4"), Range("4", "7"), Range("7", None)]
    assert clamped(parts, Range("3", "9")) == [Range("3", "4"), Range("4", "7"), Range("7", "9")]
    assert clamped([Range("", None)], Range("3", None)) == [Range("3", None)]
