"""An interrupted recomputation goes on where it was, and comes to the same bytes."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.errors import InputError, OutputError, UsageError
from harness.recompute import run, tables
from harness.recompute.output_folder import PARTS, kept_for_results
from harness.recompute.partitions import outcome_of
from tests.recompute.conftest import Results, World, hours
from tests.recompute.test_partitions import parted

NAMES = [f"10000000{number:02}" for number in range(8)]


class Interrupted(Exception):
    """Somebody ends the command."""


@pytest.fixture
def eight(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Eight SDPs in eight partitions, of one of which data is missing."""
    for name in NAMES:
        world.sdp(name, "E03")
        world.ask(1, sdp=name)
        world.intervals += hours(1, lambda hour: 1 + hour, sdp=name)[: 20 if name == NAMES[3] else 24]
    parted(monkeypatch, 8)
    return world


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first SDP of each range that is computed."""
    found: list[str] = []

    def noted(inputs: Any, wanted: Any) -> Any:
        found.append(wanted.first)
        return outcome_of(inputs, wanted)

    monkeypatch.setattr(run, "outcome_of", noted)
    return found


def interrupted(world: World, out: Path, after: int) -> None:
    """Let a call end when so many partitions are done."""
    with pytest.MonkeyPatch.context() as patch:
        left = iter(range(after))

        def some(inputs: Any, wanted: Any) -> Any:
            if next(left, None) is None:
                raise Interrupted
            return outcome_of(inputs, wanted)

        patch.setattr(run, "outcome_of", some)
        with pytest.raises(Interrupted):
            world.recompute(out=out)


def test_what_is_done_is_not_done_again_and_the_bytes_are_the_same(eight: World, computed: list[str]) -> None:
    whole = eight.recompute().bytes()
    out = eight.folder / "out"
    interrupted(eight, out, 5)
    computed.clear()
    assert eight.recompute(out=out).bytes() == whole
    assert computed == NAMES[5:]
    assert not (out / PARTS).exists()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def changed(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:-40] + bytes([content[-40] ^ 1]) + content[-39:])


def of_another(path: Path) -> None:
    path.write_bytes((path.parent / "part-000000").read_bytes())


@pytest.mark.parametrize("spoil", [cut_short, emptied, changed, of_another, Path.unlink])
def test_a_spoilt_part_is_found_and_done_again(
    eight: World, computed: list[str], spoil: Callable[[Path], None]
) -> None:
    whole = eight.recompute().bytes()
    out = eight.folder / "out"
    interrupted(eight, out, 5)
    spoil(out / PARTS / "part-000002")
    computed.clear()
    assert eight.recompute(out=out).bytes() == whole
    assert computed == [NAMES[2], *NAMES[5:]]


def test_parts_of_other_data_count_for_nothing(eight: World, computed: list[str]) -> None:
    out = eight.folder / "out"
    interrupted(eight, out, 5)
    eight.intervals = [{**row, "wh": 7} for row in eight.intervals]
    computed.clear()
    assert eight.recompute(out=out).bytes() == eight.recompute().bytes()
    assert len(computed) == 16


def test_another_partitioning_comes_to_the_same(eight: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = eight.recompute().bytes()
    out = eight.folder / "out"
    interrupted(eight, out, 5)
    parted(monkeypatch, 3)
    assert eight.recompute(out=out).bytes() == whole


def test_where_a_part_cannot_be_written_those_before_it_are_kept(eight: World, computed: list[str]) -> None:
    whole = eight.recompute().bytes()
    out = eight.folder / "out"
    right = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if "part-000004" in path.name:
            right(path, content[:10])
            raise OSError(errno.ENOSPC, "No space left on device")
        return right(path, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OutputError) as ended:
            eight.recompute(out=out)
    assert "cannot be written: No space left on device" in str(ended.value)
    assert tables.REMEDY in str(ended.value)
    assert sorted(path.name for path in (out / PARTS).iterdir()) == [f"part-{number:06}" for number in range(4)]
    computed.clear()
    assert eight.recompute(out=out).bytes() == whole
    assert computed == NAMES[4:]


@pytest.mark.parametrize("given", ["delivered", "intervals"])
def test_what_was_given_is_not_removed_with_what_an_earlier_call_wrote(eight: World, given: str) -> None:
    out = eight.folder / "out"
    before = eight.recompute(out=out, files=True).bytes()
    if given == "delivered":
        eight.delivered = [out / "files"]
    else:
        eight.files = [out / "quantities.parquet"]
    with pytest.raises(UsageError, match="lies in the folder for what comes out"):
        eight.recompute(out=out)
    assert Results({}, out).bytes() == before
    assert list((out / "files").iterdir())


def test_what_comes_out_is_not_put_among_what_was_given(eight: World) -> None:
    eight.files = [eight.folder]
    with pytest.raises(UsageError, match="holds the folder for what comes out"):
        eight.recompute(out=eight.folder / "out")


def test_one_recomputation_at_a_time_writes_in_a_folder(eight: World) -> None:
    out = eight.folder / "out"
    with kept_for_results(out, []), pytest.raises(InputError, match="another command is writing there"):
        eight.recompute(out=out)
    assert eight.recompute(out=out).code == 0
    assert not (out / ".lock").exists()
