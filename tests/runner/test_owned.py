"""A folder that a command writes anew: its own files come and go, and nobody else's are touched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.errors import InputError
from harness.runner.owned import write_owned

RECORD = "book.json"


def write(folder: Path, **files: str) -> None:
    write_owned(folder, RECORD, {f"{name}.html": text.encode() for name, text in files.items()}, what="a book")


def content(folder: Path) -> Mapping[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir()) if path.name != RECORD}


def test_what_was_written_before_goes_and_what_somebody_added_stays(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, a="1", b="2")
    (folder / "mine.html").write_text("mine")
    write(folder, b="3", c="4")
    assert content(folder) == {"b.html": "3", "c.html": "4", "mine.html": "mine"}


def test_a_record_that_names_other_places_removes_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, a="1")
    record = json.loads((folder / RECORD).read_text())
    (folder / RECORD).write_text(json.dumps({**record, "files": ["../mine.html", "a.html", 7]}))
    (tmp_path / "mine.html").write_text("mine")
    write(folder, b="2")
    assert content(folder) == {"b.html": "2"}
    assert (tmp_path / "mine.html").read_text() == "mine"


@pytest.mark.parametrize("name", ["a.html", "anything"])
def test_a_folder_of_somebody_elses_files_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match=f"holds {name}, which is not of a book: it would be lost"):
        write(tmp_path, a="1")
    assert content(tmp_path) == {name: "mine"}


@pytest.mark.parametrize("record", ["[]", "{}", '{"mdmr-conform": "a book"}', "no JSON"])
def test_a_record_that_is_none_makes_no_folder_ours(tmp_path: Path, record: str) -> None:
    (tmp_path / RECORD).write_text(record)
    with pytest.raises(InputError, match=f"holds {RECORD}"):
        write(tmp_path, a="1")


def test_a_file_that_somebody_put_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, a="1")
    (folder / "b.html").write_text("mine")
    with pytest.raises(InputError, match=r"holds b\.html"):
        write(folder, a="2", b="3")
    assert content(folder) == {"a.html": "1", "b.html": "mine"}


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write(folder, a="1")
    (tmp_path / "mine").write_text("mine")
    (folder / "a.html").unlink()
    (folder / "a.html").symlink_to(tmp_path / "mine")
    with pytest.raises(InputError, match="is a link"):
        write(folder, a="2")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match="is a file"):
        write(tmp_path / "out", a="1")
