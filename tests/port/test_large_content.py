"""Content over 1 MiB goes by path through the shared folder, both ways, and is kept once, by its hash."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.errors import SuiteMistake
from harness.interface.files import read_file
from harness.interface.instants import instant, later
from harness.interface.profile import load_profile
from harness.port import shared_folder
from harness.port.failure import AdapterFailure
from harness.port.in_process import InProcess
from harness.port.journal import JournalError, JournalWriter, check_contents, read_journal
from harness.port.naming import opener
from harness.port.protocol import CONTENT_LIMIT, LINE_LIMIT, Holidays, SystemDescription
from harness.port.replay import Replay
from harness.port.shared_folder import content_by_path, keep_content
from harness.stage.conversation import Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting

SDPS = 60_000
ANCHOR = instant("2011-01-10T00:00:00-05:00")
LARGE = b"x" * (CONTENT_LIMIT + 1)
DIGEST = hashlib.sha256(LARGE).hexdigest()
DESCRIPTION = SystemDescription("a", "1", "repository", ("FTS",), "settable", "process", "conversation", {})  # type: ignore[arg-type]


def conversation(
    system: Any, folder: Path | None, journal: JournalWriter | None, *, replayed: bool = False
) -> Conversation:
    setting = Setting(load_profile(None), DESCRIPTION, Holidays(), ANCHOR, folder, replayed)
    begun = Conversation(setting, Draw(0, "", "a/scenario"), Recorder(system, journal))
    begun.register("Lakeside", "ldc")
    return begun


def population(of: Conversation) -> tuple[str, bytes]:
    """A request for Universal SDP IDs of all the SDPs of an LDC."""
    ldc = of.party("Lakeside").id
    name = f"{ldc}.{ldc}.1000.00.20110110000000.DAT"
    lines = [f"FN|{name}", f"FH|{ldc}|20110110000000", *(f"DT|{ldc}|SDP-{n:06}" for n in range(SDPS))]
    return name, "".join(f"{line}\r\n" for line in lines).encode()


def asked_for_all(of: Conversation) -> bytes:
    """Ask for all SDPs of an LDC; the response."""
    of.submit("Lakeside", *population(of))
    of.advance(later(ANCHOR, minutes=16))
    of.end()
    (response,) = [file for file in of.delivered if ".2000." in file.name]
    return response.content


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, JournalWriter, bytes]:
    """The folder, journal and response of a conversation over stdio in which both request and response are large."""
    folder = tmp_path_factory.mktemp("run")
    journal = JournalWriter(folder / "a.jsonl", {})
    command = f"stdio:{sys.executable} -m harness serve --stdio"
    connection = opener(command, profile_path=None, time_limit=3600)()
    (folder / "shared").mkdir()
    response = asked_for_all(conversation(connection, folder / "shared", journal))
    connection.close()
    journal.close()
    return folder, journal, response


def test_a_large_file_is_submitted_and_answered_by_a_large_file(kept: tuple[Path, JournalWriter, bytes]) -> None:
    _, _, response = kept
    assert len(response) > CONTENT_LIMIT
    name = response.partition(b"\r\n")[0].decode().removeprefix("FN|")
    reading = read_file(name, response, load_profile(None))
    assert reading.file is not None
    assert reading.complete
    assert len(list(reading.file.details)) == SDPS


def test_the_journal_names_large_content_by_its_hash_alone(kept: tuple[Path, JournalWriter, bytes]) -> None:
    folder, journal, response = kept
    content = (folder / "a.jsonl").read_bytes()
    assert len(content) < 10_000
    digests = sorted(path.name for path in (folder / "shared").iterdir())
    assert hashlib.sha256(response).hexdigest() in digests
    assert len(digests) == 2
    assert all(digest.encode() in content for digest in digests)
    check_contents(read_journal(content, journal.mark), folder / "shared")


def test_in_process_the_journal_is_the_same(kept: tuple[Path, JournalWriter, bytes], tmp_path: Path) -> None:
    folder, _, response = kept
    journal = JournalWriter(tmp_path / "a.jsonl", {})
    (tmp_path / "shared").mkdir()
    connection = opener("reference", profile_path=None, time_limit=3600)()
    assert asked_for_all(conversation(connection, tmp_path / "shared", journal)) == response
    journal.close()
    assert (tmp_path / "a.jsonl").read_bytes() == (folder / "a.jsonl").read_bytes()


def test_a_replay_reads_what_was_kept(kept: tuple[Path, JournalWriter, bytes]) -> None:
    folder, journal, response = kept
    replay = Replay(read_journal((folder / "a.jsonl").read_bytes(), journal.mark)[1:])
    assert asked_for_all(conversation(replay, folder / "shared", None, replayed=True)) == response
    replay.check_used_up()


@pytest.mark.parametrize("which", [0, 1])
def test_a_byte_that_is_changed_in_kept_content_is_noticed(
    kept: tuple[Path, JournalWriter, bytes], which: int, tmp_path: Path
) -> None:
    folder, journal, _ = kept
    for path in (folder / "shared").iterdir():
        content = bytearray(path.read_bytes())
        if path == sorted((folder / "shared").iterdir())[which]:
            content[-3] ^= 1
        (tmp_path / path.name).write_bytes(content)
    with pytest.raises(JournalError, match=r"in the shared folder has hash .*: it was changed"):
        check_contents(read_journal((folder / "a.jsonl").read_bytes(), journal.mark), tmp_path)


# --- content that is no good ---------------------------------------------------------------------------------


class Delivering:
    """A system that delivers one file, with the content it is given."""

    def __init__(self, content: Any) -> None:
        self.content = content

    def exchange(self, request: Any) -> Any:
        if request["message"] != "advance":
            return {"id": request["id"], "ok": {}}
        file = {"recipient": "ORG1", "name": "a\nb", "content": self.content, "instant": request["to"]}
        return {"id": request["id"], "ok": {"instant": request["to"], "files": [file]}}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "large").write_bytes(LARGE)
    (folder / "folder").mkdir()
    (tmp_path / "outside").write_bytes(LARGE)
    (folder / "link").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    return folder


NO_GOOD = [
    ({"path": "/etc/hostname", "sha256": DIGEST}, "leads out of the shared folder"),
    ({"path": "../outside", "sha256": DIGEST}, "leads out of the shared folder"),
    ({"path": "link", "sha256": DIGEST}, "leads out of the shared folder"),
    ({"path": "loop", "sha256": DIGEST}, "is no file in the shared folder"),
    ({"path": "pipe", "sha256": DIGEST}, "is no file in the shared folder"),
    ({"path": "folder", "sha256": DIGEST}, "is no file in the shared folder"),
    ({"path": "missing", "sha256": DIGEST}, "is no file in the shared folder"),
    ({"path": "nul\0byte", "sha256": DIGEST}, "embedded null"),
    ({"path": "x" * 300, "sha256": DIGEST}, "File name too long"),
    ({"path": "large", "sha256": "ab" * 32}, f"does not have the SHA-256 stated, {'ab' * 32}"),
    ({"text": "é"}, "content.text holds characters that are not ASCII"),
    ({"base64": "===="}, "content.base64 is not base64"),
]


@pytest.mark.parametrize(("content", "said"), NO_GOOD)
def test_content_that_is_no_good_is_the_adapters_failure(shared: Path, content: Any, said: str) -> None:
    system = InProcess(Delivering(content))
    with pytest.raises(AdapterFailure) as caught:
        conversation(system, shared, None).advance(ANCHOR)
    assert caught.value.kind == "malformed"
    assert r"content of file 'a\nb':" in caught.value.detail
    assert said in caught.value.detail
    assert str(shared.parent) not in caught.value.detail


@pytest.mark.parametrize(("content", "said"), NO_GOOD)
def test_content_that_is_no_good_is_so_in_a_replay_as_well(shared: Path, content: Any, said: str) -> None:
    journal = JournalWriter(shared.parent / "a.jsonl", {})
    with pytest.raises(AdapterFailure) as live:
        conversation(InProcess(Delivering(content)), shared, journal).advance(ANCHOR)
    journal.close()
    entries = read_journal(journal.path.read_bytes(), journal.mark)
    check_contents(entries, shared)
    replay = Replay(entries[1:])
    with pytest.raises(AdapterFailure) as again:
        conversation(replay, shared, None, replayed=True).advance(ANCHOR)
    assert again.value.args == live.value.args
    replay.check_used_up()


def test_content_that_came_by_path_is_kept_whatever_becomes_of_the_systems_own_file(shared: Path) -> None:
    conversation(InProcess(Delivering({"path": "large", "sha256": DIGEST})), shared, None).advance(ANCHOR)
    (shared / "large").write_bytes(b"something else")
    assert (shared / DIGEST).read_bytes() == LARGE


class Naming:
    """A system that names one file by path, so many times in each reply."""

    def __init__(self, times: int) -> None:
        self.times = times

    def exchange(self, request: Any) -> Any:
        content = {"path": "large", "sha256": DIGEST}
        file = {"recipient": "ORG1", "name": "a", "content": content, "instant": request.get("to")}
        answer = {"instant": request.get("to"), "files": [file] * self.times}
        return {"id": request["id"], "ok": answer if request["message"] == "advance" else {}}


@pytest.mark.parametrize(("times", "replies"), [(3, 0), (2, 2), (1, 4)])
def test_content_by_path_is_bounded_in_each_reply_and_in_a_conversation(
    shared: Path, monkeypatch: pytest.MonkeyPatch, times: int, replies: int
) -> None:
    monkeypatch.setattr(shared_folder, "SIZE_LIMIT", 2 * len(LARGE))
    monkeypatch.setattr(shared_folder, "CONVERSATION_LIMIT", 4 * len(LARGE))
    begun = conversation(InProcess(Naming(times)), shared, None)
    for _ in range(replies):
        begun.advance(ANCHOR)
    with pytest.raises(AdapterFailure, match=r"malformed: content of file 'a': .*more than .* which is as much as"):
        begun.advance(ANCHOR)
    assert len(begun.delivered) == times * replies


def test_a_file_that_is_named_many_times_is_read_once(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noting(folder: Path, path: str, *more: Any) -> bytes:
        read.append(path)
        return content_by_path(folder, path, *more)

    monkeypatch.setattr("harness.stage.link.content_by_path", noting)
    begun = conversation(InProcess(Naming(50)), shared, None)
    begun.advance(ANCHOR)
    assert (len(begun.delivered), read) == (50, ["large"])


def test_a_file_that_is_larger_than_what_is_left_is_not_read(shared: Path) -> None:
    with pytest.raises(ValueError, match="path 'large': by path come more than"):
        content_by_path(shared, "large", DIGEST, len(LARGE) - 1)
    assert content_by_path(shared, "large", DIGEST, len(LARGE)) == LARGE


def test_large_content_without_a_shared_folder_is_a_mistake_of_the_suite() -> None:
    with pytest.raises(SuiteMistake, match="goes by path, and there is no shared folder"):
        conversation(InProcess(Delivering(None)), None, None).submit("Lakeside", "a", LARGE)


def test_content_of_exactly_the_limit_goes_in_the_message(shared: Path) -> None:
    asked: list[Any] = []

    class Noting(Delivering):
        def exchange(self, request: Any) -> Any:
            asked.append(request)
            return super().exchange(request)

    for content in (LARGE[:-1], b"\xff" * CONTENT_LIMIT, LARGE):
        conversation(InProcess(Noting(None)), shared, None).submit("Lakeside", "a", content)
    submitted = [request for request in asked if request["message"] == "submit"]
    assert [list(request["content"]) for request in submitted] == [["text"], ["base64"], ["path", "sha256"]]
    assert all(len(json.dumps(request)) < LINE_LIMIT for request in submitted)


def test_kept_content_that_was_spoilt_is_written_again(shared: Path) -> None:
    (shared / DIGEST).write_bytes(LARGE[:-1] + b"y")
    keep_content(shared, LARGE)
    assert content_by_path(shared, DIGEST, DIGEST) == LARGE


def test_nothing_half_written_is_left_in_the_shared_folder(shared: Path) -> None:
    before = {path.name for path in shared.iterdir()}
    keep_content(shared, LARGE)
    assert {path.name for path in shared.iterdir()} - before == {DIGEST}
