"""Where content passes: a folder of its own at each end of a conversation, gone after it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.errors import OutputError
from harness.port.shared_folder import PassingFolders, remove


def names(root: Path) -> list[str]:
    """The folders that somebody may take for those of a conversation."""
    return sorted(path.name for path in root.iterdir() if not path.name.startswith("."))


def test_a_folder_is_empty_at_first_and_gone_in_the_end(tmp_path: Path) -> None:
    folders = PassingFolders(str(tmp_path))
    for conversation in ("one", "two", "three"):
        with folders.named(conversation) as folder:
            assert folder is not None
            assert folder.name == conversation
            assert list(folder.iterdir()) == []
            assert names(tmp_path) == [conversation]
            if conversation == "two":
                (folder / "left").write_bytes(b"x")
                (folder / "inner").mkdir()
        assert names(tmp_path) == []


def test_two_ends_have_folders_at_the_same_time(tmp_path: Path) -> None:
    folders = PassingFolders(str(tmp_path))
    for number in range(3):
        with folders.named(f"{number}-a") as one, folders.named(f"{number}-b") as other:
            assert names(tmp_path) == [f"{number}-a", f"{number}-b"]
            assert one != other
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("done", ["removed", "replaced by a link", "replaced by a file"])
def test_what_was_done_to_a_folder_is_not_handed_on(tmp_path: Path, done: str) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    folders = PassingFolders(str(root))
    with folders.named("one") as folder:
        assert folder is not None
        folder.rmdir()
        if done == "replaced by a link":
            folder.symlink_to(elsewhere)
        elif done == "replaced by a file":
            folder.write_bytes(b"x")
    with folders.named("two") as folder:
        assert folder is not None
        (folder / "content").write_bytes(b"x")
        assert folder.is_dir()
        assert not folder.is_symlink()
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_is_to_be_handed_on_may_be_gone(tmp_path: Path) -> None:
    folders = PassingFolders(str(tmp_path))
    with folders.named("one"):
        pass
    for spare in tmp_path.iterdir():
        spare.rmdir()
    with folders.named("two") as folder:
        assert folder is not None
        assert folder.is_dir()


def test_where_there_is_no_root_there_is_none(tmp_path: Path) -> None:
    with PassingFolders(None).named("one") as folder:
        assert folder is None
    with pytest.raises(OutputError), PassingFolders(str(tmp_path / "missing")).named("one"):
        pass


def nested(top: int, levels: int) -> None:
    """Make folders, each in the one before, with a file and a link in each."""
    inside = os.dup(top)
    for level in range(levels):
        name = "n" * 200
        os.mkdir(name, dir_fd=inside)
        os.symlink("/", f"link-{level}", dir_fd=inside)
        os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=inside))
        deeper = os.open(name, os.O_RDONLY, dir_fd=inside)
        os.close(inside)
        inside = deeper
    os.close(inside)


def test_folders_deeper_than_any_path_or_call_are_removed(tmp_path: Path) -> None:
    folders = PassingFolders(str(tmp_path))
    with folders.named("one") as folder:
        assert folder is not None
        (folder / ".lifted-0").mkdir()
        (folder / ".lifted-0" / "taken").touch()
        top = os.open(folder, os.O_RDONLY)
        nested(top, 1500)
        os.close(top)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("puts", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/"), lambda _: None])
def test_whatever_stands_in_the_place_of_a_folder_is_removed(tmp_path: Path, puts: Callable[[Path], object]) -> None:
    puts(tmp_path / "folder")
    remove(tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []
