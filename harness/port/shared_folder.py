"""The shared folder: where content over 1 MiB lies while a message names it by path, and is kept under its SHA-256.

What a system put there is read once, within bounds, and kept under its hash: the system may then do with its own file
what it likes, and a journal names the content for ever. Where content passes, and where it is kept, are two folders:
the first is private and tells nothing of the run, the second lies beside the journals.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from harness.errors import writing
from harness.interface.regular import read_regular
from harness.port.protocol import content_hash

SIZE_LIMIT = 1024 * 1024 * 1024
"""How many bytes of content the files of one reply may name by path, one file as many together."""
CONVERSATION_LIMIT = 2 * SIZE_LIMIT
"""How many bytes of content all replies of a conversation may name by path."""


class PassingFolders:
    """The folders in which content passes, one at each end of a conversation, which are gone after it.

    Most stay empty, and are handed on under the next name: to remove a folder takes some file systems several
    milliseconds, as long as a short conversation.

    :param root: the folder in which they lie; None where nothing passes.
    """

    def __init__(self, root: str | None) -> None:
        self._root = root
        self._spare: list[Path] = []

    @contextlib.contextmanager
    def named(self, name: str) -> Iterator[Path | None]:
        """A folder for one end of a conversation; None where there is no root.

        :raises OutputError: it cannot be made.
        """
        if self._root is None:
            yield None
            return
        folder = Path(self._root, name)
        with writing(folder):
            self._make(folder)
        try:
            yield folder
        finally:
            self._let_go(folder)

    def _make(self, folder: Path) -> None:
        if self._spare and not folder.exists():
            with contextlib.suppress(OSError):
                self._spare.pop().rename(folder)
        folder.mkdir(exist_ok=True)

    def _let_go(self, folder: Path) -> None:
        spare = folder.with_name(f".spare-{os.getpid()}-{len(self._spare)}")
        try:
            if not _is_as_made(folder):
                raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
            folder.rename(spare)
        except OSError:
            remove(folder)
        else:
            self._spare.append(spare)


def _is_as_made(folder: Path) -> bool:
    """Whether nothing was put into a folder, nor another thing in its place."""
    is_folder = folder.is_dir() and not folder.is_symlink()
    return is_folder and os.access(folder, os.R_OK | os.W_OK | os.X_OK) and not any(folder.iterdir())


def remove(folder: Path) -> None:
    """Remove a folder, whatever a system put into it or in its place; what cannot be removed stays.

    Folders inside it are lifted to the top before they go: they may lie deeper than a path or a stack of calls reaches.
    """
    with contextlib.suppress(OSError):
        folder.unlink()
    with contextlib.suppress(OSError):
        top = os.open(folder, _FOLDER)
        try:
            _empty(top)
        finally:
            os.close(top)
        folder.rmdir()


_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def _empty(top: int) -> None:
    """Remove what lies in an open folder."""
    numbers = itertools.count()
    left = _names(top)
    while left:
        for name in left:
            with contextlib.suppress(OSError):
                if not _unlinked(name, top):
                    _lift(name, top, numbers)
                    os.rmdir(name, dir_fd=top)
        before, left = left, _names(top)
        if left == before:  # nobody may
            return


def _lift(name: str, top: int, numbers: Iterator[int]) -> None:
    """Empty one folder of those at the top: what lies in it goes, or comes to the top."""
    inside = os.open(name, _FOLDER, dir_fd=top)
    try:
        for each in _names(inside):
            if not _unlinked(each, inside):
                os.rename(each, f".lifted-{next(numbers)}", src_dir_fd=inside, dst_dir_fd=top)
    finally:
        os.close(inside)


def _names(folder: int) -> list[str]:
    return sorted(os.listdir(folder))


def _unlinked(name: str, folder: int) -> bool:
    """Remove what is no folder; whether it was none."""
    try:
        os.unlink(name, dir_fd=folder)
    except (IsADirectoryError, PermissionError):  # what POSIX says of a folder, and Linux
        return False
    return True


class ContentLeft:
    """How many bytes a reply, and its conversation, may still name by path; what is named twice counts twice."""

    def __init__(self) -> None:
        self._of_conversation = CONVERSATION_LIMIT
        self._of_reply = SIZE_LIMIT

    def of_next_reply(self) -> None:
        """Begin to count anew for another reply of the conversation."""
        self._of_reply = SIZE_LIMIT

    @property
    def bytes(self) -> int:
        """How many are left."""
        return min(self._of_reply, self._of_conversation)

    def take(self, size: int) -> None:
        """Count some more.

        :raises ValueError: they are too many.
        """
        if size > self.bytes:
            raise ValueError(_TOO_MUCH)
        self._of_reply -= size
        self._of_conversation -= size


_TOO_MUCH = (
    f"by path come more than {SIZE_LIMIT} bytes in a reply, or {CONVERSATION_LIMIT} in a conversation, "
    "which is as much as is read"
)


def content_by_path(folder: Path, path: str, digest: str, most: int = SIZE_LIMIT) -> bytes:
    """Content that a system put into the shared folder.

    :param most: how many bytes are read.
    :raises ValueError: the path leads out of the folder or to no file, or the file is too large or has another hash.
    :raises OSError: the file cannot be read.
    """
    found = Path(os.path.realpath(folder / path))
    if path.startswith("/") or not found.is_relative_to(os.path.realpath(folder)):
        raise ValueError(f"path {path!a} leads out of the shared folder, expected a path relative to it")
    if not found.is_file():
        raise ValueError(f"path {path!a} is no file in the shared folder")
    try:
        content = read_regular(found, most)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise ValueError(f"path {path!a}: {_TOO_MUCH}") from error
        raise
    if content_hash(content) != digest:
        raise ValueError(f"file {path!a} in the shared folder does not have the SHA-256 stated, {digest}")
    return content


def keep_content(folder: Path, content: bytes) -> None:
    """Keep content in the shared folder under its hash, once, and never half of it.

    :raises OutputError: it cannot be written.
    """
    path = folder / content_hash(content)
    if path.is_file() and path.stat().st_size == len(content) and content_hash(path.read_bytes()) == path.name:
        return
    unfinished = folder / f".{path.name}.{os.getpid()}"
    with writing(path):
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with unfinished.open("xb") as file:  # through nothing that somebody else put there
            file.write(content)
        unfinished.replace(path)
