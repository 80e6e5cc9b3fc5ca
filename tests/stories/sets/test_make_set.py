"""``mdmr-conform make-set``: what it writes, that it is the same each time, and what it refuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine

from harness.cli import run
from harness.errors import InputError, UsageError
from harness.interface.files import Reading, read_file
from harness.interface.instants import instant
from harness.interface.profile import Profile, load_profile
from harness.stories import make_set
from harness.stories.made_ldc import MadeLdc
from harness.stories.make_set import Made

NAME = re.compile(r"ORG11111\.ORG11111\.3000\.01\.20110110060000\.[a-z]{6}\.0[0-7]\.\d\d\.DAT")


def contents(made: Made) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made.files}


def readings(made: Made) -> list[Reading]:
    profile = load_profile()
    return [read_file(path.name, path.read_bytes(), profile) for path in made.files]


def kinds(made: Made) -> Counter[str]:
    return Counter(record.kind for each in readings(made) if each.file is not None for record in each.file.details)


# --- What is written --------------------------------------------------------------------------------------------


def test_the_same_wish_gives_the_same_bytes(made: Callable[..., Made]) -> None:
    assert contents(made(sdps=120)) == contents(made(sdps=120))


@pytest.mark.parametrize("other", [{"seed": 2}, {"sdps": 61}, {"changed": 5}, {"ldc": "ORG22222"}])
def test_another_wish_gives_other_bytes(other: dict[str, Any], made: Callable[..., Made]) -> None:
    assert contents(made()) != contents(made(**other))


def test_the_machines_clock_has_no_say(made: Callable[..., Made]) -> None:
    now = contents(made())
    with time_machine.travel("2031-05-05T05:05:05+00:00"):
        assert contents(made()) == now


@pytest.mark.parametrize("kind", ["p-sync", "i-sync", "request"])
@pytest.mark.parametrize("sdps", [1, 2, 3, 4, 49, 50, 51, 130])
def test_nothing_is_wrong_with_any_file(kind: str, sdps: int, made: Callable[..., Made]) -> None:
    assert [found for each in readings(made(kind, sdps=sdps, changed=10)) for found in each.findings] == []


def test_files_are_named_by_the_time_that_was_handed_in(made: Callable[..., Made]) -> None:
    assert all(NAME.fullmatch(name) for name in contents(made()))


def test_every_kind_of_record_occurs(made: Callable[..., Made], profile: Profile) -> None:
    known = {record.kind for file in profile.set_files.values() for record in file.records if record.role == "detail"}
    assert kinds(made(sdps=200)).keys() == known


def test_the_manifest_lists_each_segment_with_its_records(made: Callable[..., Made]) -> None:
    manifest, *others = readings(made(segment_records=50))
    assert manifest.file is not None
    assert [(record["file_no"], record["segment_no"], record["record_count"]) for record in manifest.file.details] == [
        (each.file.name.part.file_no, each.file.name.part.segment_no, len(each.file.details))
        for each in others
        if each.file is not None and each.file.name.part is not None
    ]


def test_no_segment_has_more_records_than_were_wished(made: Callable[..., Made]) -> None:
    sizes = [len(each.file.details) for each in readings(made(segment_records=50))[1:] if each.file is not None]
    assert max(sizes) == 50


def test_a_virtual_sdp_aggregates_physical_ones(made: Callable[..., Made]) -> None:
    records = [r for each in readings(made(sdps=100)) if each.file is not None for r in each.file.details]
    types = {record["universal_sdp_id"]: record["sdp_type"] for record in records if record.kind == "sdp"}
    parts = [
        (r["universal_sdp_id"], r["component_universal_sdp_id"]) for r in records if r.kind == "channel_to_channel"
    ]
    assert {types[virtual] for virtual, _ in parts} == {"V"}
    assert {types[component] for _, component in parts} == {"P"}
    assert min(Counter(virtual for virtual, _ in parts).values()) >= 2


def test_identifiers_are_not_given_twice(made: Callable[..., Made]) -> None:
    records = [r for each in readings(made(sdps=3000)) if each.file is not None for r in each.file.details]
    for kind in ("sdp", "meter", "communication_module"):
        given = Counter(record.values[0] for record in records if record.kind == kind)
        assert max(given.values()) == 1


def test_a_p_sync_says_nothing_of_what_has_ended(made: Callable[..., Made]) -> None:
    at = instant("2013-01-10T06:00:00-05:00")
    records = [r for each in readings(made(sdps=200, at=at)) if each.file is not None for r in each.file.details]
    ends = [r["end_date"] for r in records if "end_date" in r.layout.positions and r["end_date"] is not None]
    assert ends
    assert min(map(str, ends)) > "2013-01-10"


# --- What it is to a repository --------------------------------------------------------------------------------


def test_a_p_sync_is_loaded_and_changes_everything_once(made: Callable[..., Made], mdmr: Any) -> None:
    first = made(sdps=120)
    mdmr.issue(first.files)
    assert len(mdmr.take(first.files)["IR06"].details) > 120 * 15
    again = mdmr.take(made(sdps=120, sequence_number=2).files)
    assert (len(again["IR06"].details), len(again["IR07"].details)) == (0, 0)


def test_an_i_sync_makes_of_an_ldc_what_a_later_p_sync_finds(made: Callable[..., Made], mdmr: Any) -> None:
    first = made(sdps=400)
    mdmr.issue(first.files)
    mdmr.take(first.files)
    changed = mdmr.take(made("i-sync", sdps=400, changed=10, sequence_number=2).files)
    assert len({record["entity_id"] for record in changed["IR06"].details if record["entity"] == "SDP"}) == 40
    later = mdmr.take(made(sdps=400, changed=10, sequence_number=3, at=instant("2011-02-10T06:00:00-05:00")).files)
    assert (len(later["IR06"].details), len(later["IR07"].details)) == (0, 0)


def test_a_request_gets_the_universal_sdp_ids_that_a_set_then_carries(
    made: Callable[..., Made], mdmr: Any, tmp_path: Path, profile: Profile
) -> None:
    response = mdmr.take(made("request").files)["2000"]
    path = tmp_path / str(response.name)
    path.write_bytes(mdmr.contents[path.name])
    issued = make_set.universal_ids_in(path, profile)
    assert len(issued) == 60
    assert "IR06" in mdmr.take(made(universal_ids=issued).files)


def test_who_changes_of_a_small_share_changes_of_a_larger_one(profile: Profile) -> None:
    ldc = MadeLdc("ORG11111", 1000, 1, profile)
    few, more = ({number for number in range(1000) if ldc.is_changed(number, percent)} for percent in (1, 20))
    assert (len(few), len(more)) == (10, 200)
    assert few < more


# --- What is refused --------------------------------------------------------------------------------------------


def test_a_folder_with_a_file_of_the_set_is_left_as_it_is(made: Callable[..., Made], tmp_path: Path) -> None:
    before = contents(made(out=tmp_path / "there"))
    with pytest.raises(UsageError, match=r"holds ORG11111.* already"):
        made(out=tmp_path / "there", changed=50)
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == before


def test_an_earlier_set_gives_way_where_that_is_wished_and_nothing_else_does(
    made: Callable[..., Made], tmp_path: Path
) -> None:
    earlier = made(out=tmp_path / "there", segment_records=20)
    foreign = tmp_path / "there" / "notes.txt"
    foreign.write_text("mine", encoding="ascii")
    other = made("i-sync", out=tmp_path / "there", changed=10)
    now = made(out=tmp_path / "there", replace=True)
    assert len(now.files) < len(earlier.files)
    assert set((tmp_path / "there").iterdir()) == {*now.files, *other.files, foreign}


def test_what_fails_half_way_leaves_nothing(
    made: Callable[..., Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = MadeLdc.entries

    def failing(ldc: MadeLdc, number: int) -> Any:
        if number == 50:
            raise KeyboardInterrupt
        return entries(ldc, number)

    monkeypatch.setattr(MadeLdc, "entries", failing)
    with pytest.raises(KeyboardInterrupt):
        made(out=tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []


def test_too_many_segments_are_refused_at_once(made: Callable[..., Made], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too many segments"):
        made(sdps=1_000_000, segment_records=1000)


def test_without_a_wish_segments_grow_so_that_their_numbers_suffice(profile: Profile) -> None:
    wish = make_set.Wish("p-sync", 5_000_000, 1, instant("2011-01-10T06:00:00-05:00"), "ORG11111")
    assert make_set._segment_size(wish) * 99 >= 5_000_000 * 8


def test_a_response_without_one_of_the_sdps_is_refused(made: Callable[..., Made]) -> None:
    with pytest.raises(InputError, match="gives no Universal SDP ID"):
        made(universal_ids={})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--ldc", "ORG.1"], "--ldc: 'ORG.1' has no place in a file's name"),
        (["--submitter", "ORG 1"], "--submitter"),
        (["--tx-id", "a/b"], "--tx-id"),
        (["--at", "noon"], "--at: 'noon' is no date and time"),
        (["--at", "2011-01-10T06:00:00.5"], "finer than a second"),
        (["--at", "0001-01-01T00:00:00+14:00"], "beyond the calendar"),
        (["--out", "file"], "file: is no folder"),
        (["--out", "file/below"], "file/below"),
        (["--sdps", "0"], "--sdps"),
        (["--kind", "z-sync"], "--kind"),
        (["--changed", "101"], "--changed"),
        (["--universal-ids", "file"], "file: is not as it should be"),
        (["--universal-ids", "none"], "none: cannot be read"),
        (["--segment-records", "0"], "--segment-records"),
    ],
)
def test_a_wrong_option_is_refused_with_what_was_expected(
    given: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_bytes(b"")
    needed = {"--sdps": "5", "--kind": "p-sync", "--out": "set"}
    others = (word for option, value in needed.items() if option != given[0] for word in (option, value))
    assert run(["make-set", *others, *given]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_profile_that_has_no_place_for_a_set_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shipped = Path(make_set.__file__).parents[1] / "interface" / "profiles" / "workshop-2010.toml"
    text = shipped.read_text(encoding="utf-8")
    for number, (old, new) in enumerate(
        [
            ('{ name = "formula", type = "varchar(50)"', '{ name = "rule", type = "varchar(50)"'),
            ('{ name = "sdp_id", type = "varchar(50)"', '{ name = "sdp_id", type = "varchar(3)"'),
            ('kind = "premise"', 'kind = "place"'),
            ('physical = "P"', 'real = "P"'),
        ]
    ):
        assert old in text, old
        path = tmp_path / f"{number}.toml"
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert run(["make-set", "--sdps", "5", "--kind", "p-sync", "--out", "set", "--profile", path.name]) == 2
        assert "expected" in capsys.readouterr().err


def test_what_was_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["make-set", "--sdps", "5", "--kind", "request", "--out", str(tmp_path / "set")]) == 0
    assert re.match(r"5 detail records in 1 file, \d+ bytes, in .*set\n", capsys.readouterr().out)
