"""A journal of two connections: written, read and replayed with each entry at its side."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from harness.port.failure import AdapterFailure
from harness.port.journal import JournalError, JournalWriter, read_journal
from harness.port.protocol import Role
from harness.port.replay import Diverged, Replay

CIS_ADVANCE = {"id": 1, "message": "advance", "to": "2011-01-10T08:10:00-05:00"}
CIS_FILES = {
    "instant": "2011-01-10T08:10:00-05:00",
    "files": [{"organisation": "ORG1", "name": "n", "content": {"text": ""}, "instant": "2011-01-10T08:01:00-05:00"}],
}
SUBMIT = {"id": 1, "message": "submit", "organisation": "ORG1", "name": "n", "content": {"text": ""}}
TOLD = (
    ("request", CIS_ADVANCE, "system"),
    ("reply", {"id": 1, "ok": CIS_FILES}, "system"),
    ("request", SUBMIT, "counterpart"),
    ("reply", {"id": 1, "ok": {}}, "counterpart"),
)
FAILED = {"failure": "timeout", "detail": "no answer", "stderr": []}


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    journal = JournalWriter(tmp_path / "a.jsonl", {"scenario": "cis/fts/a"}, 2)
    for kind, body, side in TOLD:
        journal.append(kind, body, side)  # type: ignore[arg-type]
    journal.close()
    return (tmp_path / "a.jsonl").read_bytes()


def chained(*lines: dict[str, Any]) -> bytes:
    previous, content = "0" * 64, b""
    for number, line in enumerate(lines):
        written = rfc8785.dumps({"entry": number, "prev": previous, **line})
        previous = hashlib.sha256(written).hexdigest()
        content += written + b"\n"
    return content


def test_each_entry_but_the_opening_names_its_connection(content: bytes) -> None:
    opening, *others = read_journal(content)
    assert opening.body == {"journal": 2, "scenario": "cis/fts/a"}
    assert [(entry.kind, entry.body, entry.side) for entry in others] == list(TOLD)


def test_it_is_written_as_canonical_lines_chained_by_their_hashes(content: bytes) -> None:
    told = [{"kind": kind, "body": body, "with": side} for kind, body, side in TOLD]
    assert content == chained({"kind": "opening", "body": {"journal": 2, "scenario": "cis/fts/a"}}, *told)


@pytest.mark.parametrize(
    ("opening", "entry", "said"),
    [
        ({"journal": 2}, {}, "entry 1: not a journal entry (KeyError): it was changed"),
        ({"journal": 2}, {"with": "somebody"}, "entry 1: is not in the canonical form"),
        ({"journal": 1}, {"with": "system"}, "entry 1: is not in the canonical form"),
        ({"journal": 3}, {"with": "system"}, "entry 0: is of journal version 3, expected 1 or 2"),
        ({"journal": True}, {}, "entry 0: is of journal version True, expected 1 or 2"),
        ({}, {}, "entry 0: is of journal version None, expected 1 or 2"),
    ],
)
def test_an_entry_that_is_not_of_its_version_is_noticed(opening: Any, entry: Any, said: str) -> None:
    content = chained({"kind": "opening", "body": opening}, {"kind": "request", "body": {}, **entry})
    with pytest.raises(JournalError) as caught:
        read_journal(content)
    assert str(caught.value).startswith(said)


def test_both_sides_draw_from_one_replay(content: bytes) -> None:
    replay = Replay(read_journal(content)[1:], Role.CIS)
    assert replay.of("system").exchange(CIS_ADVANCE) == {"id": 1, "ok": CIS_FILES}
    assert replay.of("counterpart").exchange(SUBMIT) == {"id": 1, "ok": {}}
    replay.check_used_up()


def test_a_suite_that_asks_the_other_side_first_departs_from_the_journal(content: bytes) -> None:
    replay = Replay(read_journal(content)[1:], Role.CIS)
    with pytest.raises(Diverged, match="entry 1 is 'request' of the system where 'request' belongs"):
        replay.of("counterpart").exchange(SUBMIT)


def test_replies_of_a_cis_are_read_as_those_of_a_cis(content: bytes) -> None:
    replay = Replay(read_journal(content)[1:], Role.REPOSITORY)
    with pytest.raises(Diverged, match=r"entry 2: no system can have answered so: .*has no member 'recipient'"):
        replay.of("system").exchange(CIS_ADVANCE)


@pytest.mark.parametrize("side", ["system", "counterpart"])
def test_a_failure_is_told_of_the_side_that_failed(tmp_path: Path, side: Any) -> None:
    journal = JournalWriter(tmp_path / "a.jsonl", {}, 2)
    request = CIS_ADVANCE if side == "system" else SUBMIT
    journal.append("request", request, side)
    journal.append("event", FAILED, side)
    replay = Replay(read_journal((tmp_path / "a.jsonl").read_bytes())[1:], Role.CIS)
    with pytest.raises(AdapterFailure) as caught:
        replay.of(side).exchange(request)
    assert (caught.value.kind, caught.value.side) == ("timeout", side)
    replay.check_used_up()


def test_a_failure_of_one_side_after_the_end_is_not_taken_for_the_others(tmp_path: Path) -> None:
    journal = JournalWriter(tmp_path / "a.jsonl", {}, 2)
    end = {"id": 1, "message": "end"}
    journal.append("request", end, "counterpart")
    journal.append("reply", {"id": 1, "ok": {}}, "counterpart")
    journal.append("event", FAILED, "system")
    replay = Replay(read_journal((tmp_path / "a.jsonl").read_bytes())[1:], Role.CIS)
    assert replay.of("counterpart").exchange(end) == {"id": 1, "ok": {}}
    assert replay.begins_with_failure
    assert replay.failure().side == "system"
