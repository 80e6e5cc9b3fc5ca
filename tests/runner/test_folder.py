"""The folder of a run: one command writes in it, what no run wrote stays, and no link is followed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import InputError, OutputError
from harness.port.journal import JournalWriter
from harness.runner.folder import LOCK, append, kept_for, make_folder
from tests.conftest import Said

RUN = ("run", "--select", "USDP-02", "--out", "out")
SIMULATE = ("simulate", "--sdps", "3", "--days", "2", "--out", "out")
HOLD = "import sys; from pathlib import Path; from harness.runner.folder import kept_for\n"
HOLD += "with kept_for(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"


@pytest.mark.parametrize("command", [RUN, SIMULATE, ("prove", "--select", "USDP-02", "--out", "out")])
def test_a_second_command_on_the_folder_is_refused(
    said: Callable[..., Said], tmp_path: Path, command: tuple[str, ...]
) -> None:
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "out")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == b"held\n"
        heard = said(*command)
        assert (heard.code, "out: another command is writing there" in heard.err) == (2, True)
    assert list((tmp_path / "out").iterdir()) == []
    assert said(*command).code == 0


def test_a_folder_whose_command_was_killed_is_free_again(tmp_path: Path) -> None:
    holding = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holding:
        assert holding.stdout is not None
        holding.stdout.readline()
        holding.kill()
    assert (tmp_path / LOCK).exists()
    with kept_for(tmp_path):
        pass
    assert not (tmp_path / LOCK).exists()


@pytest.mark.parametrize("command", [RUN, SIMULATE])
def test_what_no_run_wrote_stays(said: Callable[..., Said], tmp_path: Path, command: tuple[str, ...]) -> None:
    assert said(*command).code == 0
    theirs = [
        *(tmp_path / "out" / name for name in ("thesis.txt", "journals/thesis.txt", "journals/usdp/a/notes.jsonl")),
        *(tmp_path / "out" / "shared" / name for name in ("thesis.txt", "deep/thesis.txt")),
        tmp_path / "out" / "smallest" / "thesis.txt",
    ]
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("years of work")
    assert said(*command).code == 0
    assert [path.read_text() for path in theirs] == ["years of work"] * len(theirs)


@pytest.mark.parametrize(
    "link", ["journals", "shared", "journals/usdp", "results.json", "run.json", "report.html", "ended.jsonl", LOCK]
)
def test_nothing_is_written_through_a_link(said: Callable[..., Said], tmp_path: Path, link: str) -> None:
    assert said(*RUN).code == 0
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.jsonl").write_text("years of work")
    there = tmp_path / "out" / link
    before = there.read_bytes() if there.is_file() else b""
    if there.exists():
        there.rename(tmp_path / "aside")
    (tmp_path / "target").write_bytes(before)
    there.symlink_to(home if "." not in link else tmp_path / "target")
    heard = said(*RUN)
    assert (heard.code, "is a link, and nothing is written through a link" in heard.err) == (2, True)
    assert [path.name for path in home.iterdir()] == ["thesis.jsonl"]
    assert there.is_symlink()
    assert (tmp_path / "target").read_bytes() == before


@pytest.mark.parametrize("link", ["journals", "shared", "smallest", "simulation.html", "simulation.json"])
def test_a_simulation_writes_through_no_link(said: Callable[..., Said], tmp_path: Path, link: str) -> None:
    assert said(*SIMULATE).code == 0
    there = tmp_path / "out" / link
    if there.exists():
        there.rename(tmp_path / "aside")
    target = tmp_path / ("aside" if (tmp_path / "aside").is_file() else "home")
    if target.name == "home":
        target.mkdir()
        (target / "simulation.json").write_text("years of work")
    there.symlink_to(target)
    assert said(*SIMULATE).code == 2
    assert target.name == "aside" or (target / "simulation.json").read_text() == "years of work"


def test_a_part_that_is_a_pipe_ends_in_a_message(said: Callable[..., Said], tmp_path: Path) -> None:
    assert said(*RUN).code == 0
    os.mkfifo(tmp_path / "out" / "results.json.part")
    heard = said(*RUN)
    assert (heard.code, "results.json: cannot be written" in heard.err) == (3, True)


@pytest.mark.parametrize(
    "command",
    [
        ["run", "--out", ""],
        ["simulate", "--out", ""],
        ["prove", "--out", ""],
        ["make-set", "--sdps", "1", "--kind", "p-sync", "--out", ""],
        ["verify", ""],
        ["inspect", ""],
        ["lint", ""],
        ["run", "--profile", ""],
        ["run", "--failed", ""],
        ["run", "--waivers", ""],
    ],
    ids=lambda command: " ".join(command),
)
def test_an_empty_path_is_none(said: Callable[..., Said], tmp_path: Path, command: list[str]) -> None:
    heard = said(*command)
    assert (heard.code, "is empty; expected a path" in heard.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_kept_for_one(tmp_path: Path) -> None:
    with kept_for(tmp_path), pytest.raises(InputError, match="another command is writing there"), kept_for(tmp_path):
        pass


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_folder_for_which_there_is_no_room_is_output_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", closed)
    with pytest.raises(OutputError, match=os.strerror(number)):
        make_folder(tmp_path / "out")


def a_pipe_that_is_read(path: Path) -> None:
    os.mkfifo(path)
    os.open(path, os.O_RDONLY | os.O_NONBLOCK)


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a pipe that is read": a_pipe_that_is_read,
    "a folder": Path.mkdir,
    "a link": lambda path: path.symlink_to(path.with_name("elsewhere")),
    "a link to a device": lambda path: path.symlink_to("/dev/null"),
}


@pytest.mark.parametrize("puts", [pytest.param(puts, id=name) for name, puts in IN_THE_WAY.items()])
@pytest.mark.parametrize("writes", [append, lambda path, _: JournalWriter(path, {})], ids=["a line", "a journal"])
def test_nothing_is_written_to_what_was_put_in_the_place_of_a_file(
    tmp_path: Path, puts: Callable[[Path], object], writes: Callable[[Path, bytes], object]
) -> None:
    puts(tmp_path / "file")
    with pytest.raises(OutputError, match="cannot be written"):
        writes(tmp_path / "file", b"line\n")
    assert not (tmp_path / "elsewhere").exists()


def test_a_line_is_added_to_a_file_that_is_made_where_there_is_none(tmp_path: Path) -> None:
    for _ in range(2):
        append(tmp_path / "file", b"line\n")
    assert (tmp_path / "file").read_bytes() == b"line\nline\n"
