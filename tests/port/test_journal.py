"""A journal is read as it was written, or not at all: whatever was done to it is noticed, and named."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.port.journal import (
    Entry,
    JournalError,
    JournalMark,
    JournalWriter,
    canonical,
    check_contents,
    is_whole,
    line_hash,
    read_journal,
    without_place,
)

BODIES: list[tuple[Any, dict[str, Any]]] = [
    ("request", {"id": 1, "message": "begin", "seed": 0}),
    ("reply", {"id": 1, "ok": {}}),
    ("request", {"id": 2, "message": "submit", "content": {"text": "FN|é\r\n\u2028😀"}}),
    ("event", {"failure": "timeout", "detail": "no answer", "stderr": []}),
]


def written(path: Path, bodies: list[tuple[Any, dict[str, Any]]]) -> tuple[bytes, JournalMark]:
    """A journal of an opening and these entries."""
    journal = JournalWriter(path, {"scenario": "usdp/a"})
    for kind, body in bodies:
        journal.append(kind, body)
    journal.close()
    return path.read_bytes(), journal.mark


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, JournalMark]:
    return written(tmp_path_factory.mktemp("journal") / "a.jsonl", BODIES)


def problem(content: bytes, mark: JournalMark | None) -> JournalError:
    with pytest.raises(JournalError) as caught:
        read_journal(content, mark)
    return caught.value


def chained(bodies: list[tuple[Any, Any]], *, start: int = 0, previous: str = "0" * 64) -> bytes:
    """Lines chained as a journal's are, made without the code that is judged."""
    lines = b""
    for number, (kind, body) in enumerate(bodies, start):
        line = rfc8785.dumps({"entry": number, "prev": previous, "kind": kind, "body": body})
        previous = hashlib.sha256(line).hexdigest()
        lines += line + b"\n"
    return lines


def test_a_journal_is_read_as_it_was_written(journal: tuple[bytes, JournalMark]) -> None:
    content, mark = journal
    opening, *others = read_journal(content, mark)
    assert opening == Entry(0, "opening", {"journal": 1, "scenario": "usdp/a"})
    assert others == [Entry(number, kind, body) for number, (kind, body) in enumerate(BODIES, 1)]


PASSING: list[tuple[Any, dict[str, Any]]] = [
    ("request", {"id": 0, "message": "advance", "to": "2011-01-10T08:00:00-05:00"}),
    ("reply", {"id": 999999999999999, "ok": {"files": [], "instant": "2011-01-10T08:00:00-05:00"}}),
    ("reply", {"id": 1, "message": "advance", "to": "2011-01-10T08:00:00-05:00"}),
    ("request", {"id": 1, "ok": {"files": [], "instant": "2011-01-10T08:00:00-05:00"}}),
    ("request", {"id": -1, "message": "advance", "to": "2011-01-10T08:00:00-05:00"}),
    ("request", {"id": 1, "message": "advance", "to": "2011-01-10T08:00:00.5-05:00"}),
    ("request", {"id": 1, "message": "advance", "to": "2011-01-10T08:00:00-05:00", "by": 0}),
    ("reply", {"id": 1, "ok": {"files": [{}], "instant": "2011-01-10T08:00:00-05:00"}}),
]


@pytest.mark.parametrize(("kind", "body"), PASSING)
def test_what_says_that_time_passes_is_read_as_all_else(tmp_path: Path, kind: Any, body: dict[str, Any]) -> None:
    content, mark = written(tmp_path / "a.jsonl", [(kind, body)])
    assert read_journal(content, mark)[1] == Entry(1, kind, body)


@pytest.mark.parametrize("side", ["system", "counterpart"])
def test_with_whom_time_passes_is_read_where_there_are_two(tmp_path: Path, side: Any) -> None:
    journal = JournalWriter(tmp_path / "a.jsonl", {"scenario": "usdp/a"}, 2)
    for kind, body in PASSING:
        journal.append(kind, body, side)
    found = read_journal(journal.path.read_bytes(), journal.mark)[1:]
    assert found == tuple(Entry(number, kind, body, side) for number, (kind, body) in enumerate(PASSING, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"id":1', b'"id":01'),
        (b'"entry":1', b'"entry":2'),
        (b'"entry":1', b'"entry":01'),
        (b'"message"', b' "message"'),
        (b'"prev":"', b'"prev":"0'),
        (b'"}\n', b'","with":"system"}\n'),
        (b'"kind":"request"', b'"kind":"event"'),
        (b"08:00:00", b"09:00:00"),
        (b"08:00:00", b"08:00:0\xd9\xa0"),
    ],
)
def test_what_is_changed_where_time_passes_is_noticed(tmp_path: Path, old: bytes, new: bytes) -> None:
    body = {"id": 1, "message": "advance", "to": "2011-01-10T08:00:00-05:00"}
    content, mark = written(tmp_path / "a.jsonl", [("request", body), ("reply", {"id": 1, "ok": {}})])
    opening, line, reply = content.splitlines(keepends=True)
    problem(opening + line.replace(old, new) + reply, mark)


@pytest.mark.parametrize("version", [1, 2])
def test_a_journal_that_was_left_alone_is_whole(tmp_path: Path, version: int) -> None:
    writer = JournalWriter(tmp_path / "a.jsonl", {"scenario": "cis/a"}, version)
    for number in range(3):
        writer.append("request", {"id": number}, "counterpart")
    writer.close()
    assert is_whole((tmp_path / "a.jsonl").read_bytes(), writer.mark)


def test_a_journal_is_canonical_lines_chained_by_their_hashes(journal: tuple[bytes, JournalMark]) -> None:
    content, mark = journal
    assert content == chained([("opening", {"journal": 1, "scenario": "usdp/a"}), *BODIES])
    assert mark == JournalMark(5, hashlib.sha256(content.split(b"\n")[-2]).hexdigest())


@given(data=st.data())
@settings(max_examples=500, deadline=None)
def test_any_byte_that_is_changed_is_noticed(journal: tuple[bytes, JournalMark], data: st.DataObject) -> None:
    content, mark = journal
    place = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != content[place]))
    changed = content[:place] + bytes([byte]) + content[place + 1 :]
    problem(changed, mark)
    assert not is_whole(changed, mark)


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_byte_that_is_added_or_left_out_is_noticed(journal: tuple[bytes, JournalMark], data: st.DataObject) -> None:
    content, mark = journal
    place = data.draw(st.integers(0, len(content) - 1))
    added = data.draw(st.binary(min_size=1, max_size=3))
    for changed in (content[:place] + added + content[place:], content[:place] + content[place + 1 :]):
        problem(changed, mark)
        assert not is_whole(changed, mark)


def test_wherever_its_tail_is_cut_it_is_noticed(journal: tuple[bytes, JournalMark]) -> None:
    content, mark = journal
    for length in range(len(content)):
        problem(content[:length], mark)
        assert not is_whole(content[:length], mark)


def dropped(number: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: lines[:number] + lines[number + 1 :]


def repeated(number: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [*lines[: number + 1], *lines[number:]]


def swapped(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[2], lines[1], *lines[3:]]


def line_changed(number: int, before: bytes, after: bytes) -> Callable[[list[bytes]], list[bytes]]:
    def change(lines: list[bytes]) -> list[bytes]:
        assert before in lines[number]
        return [*lines[:number], lines[number].replace(before, after), *lines[number + 1 :]]

    return change


def renumbered(lines: list[bytes]) -> list[bytes]:
    """Entry 2 left out, and the rest numbered and chained anew, as somebody would who knows how."""
    entries = [json.loads(line) for line in lines if line]
    kept = [(entry["kind"], entry["body"]) for entry in entries if entry["entry"] != 2]
    return [*chained(kept).splitlines(), b""]


@pytest.mark.parametrize(
    ("change", "entry", "said"),
    [
        (dropped(0), 0, "carries number 1: an entry was dropped, added or moved"),
        (dropped(2), 2, "carries number 3: an entry was dropped, added or moved"),
        (dropped(4), 4, "missing: the journal had 5 entries, its tail was cut"),
        (repeated(2), 3, "carries number 2: an entry was dropped, added or moved"),
        (repeated(4), 5, "carries number 4: an entry was dropped, added or moved"),
        (swapped, 1, "carries number 2: an entry was dropped, added or moved"),
        (renumbered, 4, "missing: the journal had 5 entries, its tail was cut"),
        (line_changed(1, b'"seed":0', b'"seed":1'), 2, "entry 1 or this one was changed"),
        (line_changed(2, b'"prev":"', b'"prev":"0'), 2, "entry 1 or this one was changed"),
        (line_changed(0, b'"prev":"0', b'"prev":"1'), 0, "which is 000000000000…: it was changed"),
        (line_changed(4, b"timeout", b"exit"), 4, "recorded was"),
        (line_changed(3, b'"id":2', b'"id": 2'), 3, "is not in the canonical form it was written in: it was changed"),
        (line_changed(3, b'"id":2', b'"id":2.0'), 3, "is not in the canonical form it was written in: it was changed"),
        (line_changed(3, b'"id":2', b'"id":2,"id":2'), 3, "is not in the canonical form"),
        (line_changed(3, b"FN", b"\\u0046N"), 3, "is not in the canonical form it was written in: it was changed"),
        (line_changed(3, b'{"body"', b"[" * 50_000 + b'{"body"'), 3, "not a journal entry (RecursionError)"),
        (line_changed(3, b'"kind":"request",', b""), 3, "not a journal entry (KeyError): it was changed"),
        (line_changed(3, b"FN", b"\xff"), 3, "not a journal entry (UnicodeDecodeError): it was changed"),
        (lambda lines: [*lines[:3], b"", *lines[3:]], 3, "not a journal entry (JSONDecodeError): it was changed"),
        (lambda lines: [line + b"\r" if line else line for line in lines], 0, "not in the canonical form"),
        (lambda lines: [*lines[:-1], lines[-2], b""], 5, "carries number 4"),
        (lambda lines: lines[:-1], 4, "the last line is not closed by a line feed: the journal is cut"),
        (
            lambda lines: [*lines[:4], lines[4][:30]],
            4,
            "the last line is not closed by a line feed: the journal is cut",
        ),
        (lambda _: [b""], None, "the journal is empty"),
    ],
)
def test_what_was_done_to_a_journal_is_named(
    journal: tuple[bytes, JournalMark], change: Callable[[list[bytes]], list[bytes]], entry: int | None, said: str
) -> None:
    content, mark = journal
    found = problem(b"\n".join(change(content.split(b"\n"))), mark)
    assert said in found.what
    assert found.entry == entry


def test_an_entry_that_is_added_at_the_end_is_noticed(journal: tuple[bytes, JournalMark]) -> None:
    content, mark = journal
    more = chained([("reply", {"id": 9, "ok": {}})], start=mark.entries, previous=mark.last_hash)
    assert str(problem(content + more, mark)) == "entry 5: added: the journal had 5 entries"


@pytest.mark.parametrize("kind", ["opening", "remark", ["request"], None, 1])
def test_an_entry_of_another_kind_is_no_entry(kind: Any) -> None:
    content = chained([("opening", {"journal": 1}), (kind, {})])
    assert "is of kind" in problem(content, None).what


@pytest.mark.parametrize("body", [[], "text", None, 5])
def test_an_entry_holds_an_object(body: Any) -> None:
    assert problem(chained([("opening", {"journal": 1}), ("reply", body)]), None).entry == 1


def test_entries_are_written_whole_even_where_the_system_takes_them_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
    content, mark = written(tmp_path / "a.jsonl", BODIES)
    monkeypatch.undo()
    assert len(read_journal(content, mark)) == 5


def test_every_entry_is_on_disk_before_the_next_message_goes_out(tmp_path: Path) -> None:
    journal = JournalWriter(tmp_path / "a.jsonl", {})
    for number, (kind, body) in enumerate(BODIES, 2):
        journal.append(kind, body)
        assert len(read_journal((tmp_path / "a.jsonl").read_bytes(), journal.mark)) == number
    journal.close()


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), "\ud800", b"bytes", {1: 2}])
def test_what_canonical_json_cannot_hold_is_not_written(tmp_path: Path, value: Any) -> None:
    journal = JournalWriter(tmp_path / "a.jsonl", {})
    with pytest.raises(ValueError):  # noqa: PT011 (whatever it says: no message with such a value comes so far)
        journal.append("reply", {"id": 1, "ok": value})
    journal.close()
    assert len(read_journal((tmp_path / "a.jsonl").read_bytes(), journal.mark)) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON)
@settings(deadline=None)
def test_canonical_json_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_a_message_is_recorded_without_the_place_of_the_shared_folder() -> None:
    assert without_place({"id": 1, "shared_folder": "/somewhere/out/shared"}) == {
        "id": 1,
        "shared_folder": "shared",
    }
    assert without_place({"id": 1, "shared_folder": None}) == {"id": 1, "shared_folder": None}
    assert without_place({"id": 1}) == {"id": 1}


# --- content that is kept once, by its hash ---------------------------------------------------------------------

LARGE = b"FN|large\r\n"
DIGEST = hashlib.sha256(LARGE).hexdigest()
BY_PATH = {"path": "anything", "sha256": DIGEST}
SENT = Entry(1, "request", {"id": 1, "message": "submit", "content": BY_PATH})
DELIVERED = Entry(2, "reply", {"id": 2, "ok": {"files": [{"content": {"text": ""}}, {"content": BY_PATH}]}})


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / DIGEST).write_bytes(LARGE)
    return tmp_path


@pytest.mark.parametrize("entry", [SENT, DELIVERED])
def test_content_that_is_as_it_was_is_no_problem(shared: Path, entry: Entry) -> None:
    check_contents([entry], shared)


@pytest.mark.parametrize("entry", [SENT, DELIVERED])
@pytest.mark.parametrize("change", [LARGE[:-1], LARGE + b"\n", b"fN" + LARGE[2:], b""])
def test_content_that_was_changed_is_noticed(shared: Path, entry: Entry, change: bytes) -> None:
    (shared / DIGEST).write_bytes(change)
    with pytest.raises(JournalError) as caught:
        check_contents([entry], shared)
    assert caught.value.entry == entry.number
    assert f"its content {DIGEST[:12]}… in the shared folder has hash" in caught.value.what


def test_content_that_is_missing_is_noticed(shared: Path) -> None:
    (shared / DIGEST).unlink()
    with pytest.raises(JournalError, match=r"entry 1: its content .* cannot be read .*: No such file"):
        check_contents([SENT], shared)


def test_content_that_was_no_good_when_it_came_is_not_looked_for(shared: Path) -> None:
    (shared / DIGEST).unlink()
    check_contents([DELIVERED, Entry(3, "event", {"failure": "malformed", "detail": "", "stderr": []})], shared)


def test_the_hash_of_a_line_is_its_sha_256() -> None:
    assert line_hash(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
