"""Sets of `make-set` that are damaged at random: all damage is found, nothing raised, and nothing applied in part."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from harness.audit.inspection import inspect
from harness.interface.files import read_file
from harness.interface.instants import later
from harness.interface.profile import Profile
from harness.stories.make_set import Made
from reference_impl.repository import large_sets
from reference_impl.repository import repository as chapters
from tests.stories.sets.conftest import AT, LDC, Mdmr, new_mdmr

Files: TypeAlias = dict[str, bytes]
Damage: TypeAlias = "Callable[[Files, random.Random], Files]"
SEEDS = range(4)


@dataclass
class Sets:
    """Two sets, one after the other: the first is processed, the second comes to harm."""

    first: Files
    second: Files

    def mdmr(self, profile: Profile) -> Mdmr:
        """A repository that has taken the first set."""
        mdmr = new_mdmr(profile, AT)
        for files in (self.first, self.second):
            for name, content in files.items():
                if ".01." in name[-10:]:
                    issue(mdmr, content)
        arrive(mdmr, self.first)
        return mdmr


def issue(mdmr: Mdmr, content: bytes) -> None:
    for line in content.decode("ascii").splitlines():
        if line.startswith("SD|"):
            _, universal, sdp, _ = line.split("|")
            mdmr.repository.ids.issued[LDC, sdp] = universal  # type: ignore[index, assignment]


def arrive(mdmr: Mdmr, files: Mapping[str, bytes], minutes: int = 90) -> Mapping[str, list[bytes]]:
    """Let files arrive, and the wait-time pass; the reports that came, by type."""
    for name, content in files.items():
        mdmr.repository.submit(LDC, name, content)
    came: dict[str, list[bytes]] = {}
    for file in mdmr.repository.advance(later(mdmr.repository.now, minutes=minutes)):
        came.setdefault(file.name.split(".")[2], []).append(file.content)
    return came


@pytest.fixture
def sets(made: Callable[..., Made]) -> Sets:
    given: dict[str, Any] = {"sdps": 12, "segment_records": 9}
    first = made(**given)
    second = made(**given, changed=40, sequence_number=2, at=later(AT, minutes=1440))
    return Sets(*({path.name: path.read_bytes() for path in each.files} for each in (first, second)))


# --- How a set comes to harm ------------------------------------------------------------------------------------


def lines_of(content: bytes) -> list[bytes]:
    return content.split(b"\r\n")[:-1]


def of_lines(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\r\n" for line in lines)


def with_details(files: Files) -> list[str]:
    return sorted(name for name, content in files.items() if len(lines_of(content)) > 2)


def a_record(files: Files, chance: random.Random) -> tuple[str, int]:
    """A file with detail records, and the place of one among its lines."""
    name = chance.choice(with_details(files))
    return name, chance.randrange(2, len(lines_of(files[name])))


def drop_a_file(files: Files, chance: random.Random) -> Files:
    dropped = chance.choice(sorted(files))
    return {name: content for name, content in files.items() if name != dropped}


def exchange_two_contents(files: Files, chance: random.Random) -> Files:
    one, other = chance.sample(sorted(files), 2)
    return {**files, one: files[other], other: files[one]}


def spoil_a_field(files: Files, chance: random.Random) -> Files:
    name, place = a_record(files, chance)
    lines = lines_of(files[name])
    fields = lines[place].split(b"|")
    fields[chance.randrange(1, len(fields))] = chance.choice([b" x", b"\x07", b"?" * 300])
    lines[place] = b"|".join(fields)
    return {**files, name: of_lines(lines)}


def add_a_field(files: Files, chance: random.Random) -> Files:
    name, place = a_record(files, chance)
    lines = lines_of(files[name])
    lines[place] += b"|"
    return {**files, name: of_lines(lines)}


def change_the_tx_id(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    elements = name.split(".")
    elements[5] = "other"
    new = ".".join(elements)
    return {
        (new if each == name else each): content.replace(name.encode(), new.encode()) for each, content in files.items()
    }


def change_the_extracted_date_time(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    lines = lines_of(files[name])
    fields = lines[1].split(b"|")
    fields[2] = b"20110111060001"
    lines[1] = b"|".join(fields)
    return {**files, name: of_lines(lines)}


def put_a_record_into_another_file(files: Files, chance: random.Random) -> Files:
    name, place = a_record(files, chance)
    others = [other for other in sorted(files) if other.split(".")[6] != name.split(".")[6]]
    other = chance.choice(others)
    lines = lines_of(files[name])
    record = lines.pop(place)
    return {**files, name: of_lines(lines), other: files[other] + record + b"\r\n"}


def cut_a_file(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    last = files[name].rindex(b"\r\n", 0, -2) + 2
    return {**files, name: files[name][: chance.randrange(last + 1)]}


def repeat_a_line(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    lines = lines_of(files[name])
    place = chance.randrange(len(lines))
    return {**files, name: of_lines([*lines[: place + 1], *lines[place:]])}


def leave_a_line_out(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    lines = lines_of(files[name])
    del lines[chance.randrange(len(lines))]
    return {**files, name: of_lines(lines)}


def spoil_a_byte(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    place = chance.randrange(len(files[name]))
    spoilt = bytes([chance.choice([0, 7, 127, 128, 233, 255])])
    return {**files, name: files[name][:place] + spoilt + files[name][place + 1 :]}


def empty_a_file(files: Files, chance: random.Random) -> Files:
    return {**files, chance.choice(sorted(files)): b""}


def end_before_the_start(files: Files, chance: random.Random) -> Files:
    name = chance.choice([name for name in with_details(files) if name.split(".")[6] in {"02", "03", "04", "05"}])
    lines = lines_of(files[name])
    place = chance.randrange(2, len(lines))
    fields = lines[place].split(b"|")
    fields[-1] = b"19991231"
    lines[place] = b"|".join(fields)
    return {**files, name: of_lines(lines)}


DAMAGES: tuple[Damage, ...] = (
    drop_a_file,
    exchange_two_contents,
    spoil_a_field,
    add_a_field,
    change_the_tx_id,
    change_the_extracted_date_time,
    put_a_record_into_another_file,
    cut_a_file,
    repeat_a_line,
    leave_a_line_out,
    spoil_a_byte,
    empty_a_file,
    end_before_the_start,
)
EACH = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)


def damaged(files: Files, damage: Damage, seed: int) -> Files:
    """A set that came to harm, its files in another order."""
    chance = random.Random(f"{damage.__name__} {seed}")
    harmed = damage(files, chance)
    names = list(harmed)
    chance.shuffle(names)
    return {name: harmed[name] for name in names}


# --- What is found, and what is not applied ---------------------------------------------------------------------


@EACH
@pytest.mark.parametrize("seed", SEEDS)
def test_inspect_finds_the_damage(damage: Damage, seed: int, sets: Sets, tmp_path: Path, profile: Profile) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    for name, content in damaged(sets.second, damage, seed).items():
        (folder / name).write_bytes(content)
    assert any(each.findings for each in inspect([folder], profile))


@EACH
@pytest.mark.parametrize("seed", SEEDS)
def test_a_repository_applies_nothing_of_a_damaged_set_and_says_so(
    damage: Damage, seed: int, sets: Sets, profile: Profile
) -> None:
    mdmr = sets.mdmr(profile)
    before = dict(mdmr.repository.directories[LDC].histories)
    came = arrive(mdmr, damaged(sets.second, damage, seed))
    assert came.keys() <= {"IR10", "IR14"}
    assert "IR10" in came or any(b"|FAILED|" in content for content in came["IR14"])
    assert mdmr.repository.directories[LDC].histories == before


@EACH
def test_the_set_that_came_to_harm_can_be_sent_again_whole(damage: Damage, sets: Sets, profile: Profile) -> None:
    mdmr, unharmed = sets.mdmr(profile), sets.mdmr(profile)
    arrive(mdmr, damaged(sets.second, damage, 0))
    again, straight = arrive(mdmr, sets.second), arrive(unharmed, sets.second)
    assert again.keys() == straight.keys() == {"IR06", "IR07", "IR14"}
    assert mdmr.repository.directories[LDC].histories == unharmed.repository.directories[LDC].histories


@pytest.mark.parametrize("damage", [None, *DAMAGES], ids=lambda damage: getattr(damage, "__name__", "none"))
@pytest.mark.parametrize("seed", SEEDS)
def test_findings_and_changes_are_the_same_by_columns_and_record_by_record(
    damage: Damage | None, seed: int, sets: Sets, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sets.second if damage is None else damaged(sets.second, damage, seed)
    monkeypatch.setattr(large_sets, "LARGE", 0)
    by_columns = sets.mdmr(profile)
    came = arrive(by_columns, files)
    monkeypatch.undo()
    monkeypatch.setattr(chapters, "read_columns", read_file)
    by_records = sets.mdmr(profile)
    assert arrive(by_records, files) == came
    assert by_records.repository.directories[LDC].histories == by_columns.repository.directories[LDC].histories
