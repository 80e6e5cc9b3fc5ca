"""The shared folder: where content over 1 MiB lies while a message names it by path, and is kept under its SHA-256.

What a system put there is read once, within bounds, and kept under its hash: the system may then do with its own file
what it likes, and a journal names the content for ever. Where content passes, and where it is kept, are two folders:
the first is private and tells nothing of the run, the second lies beside the journals.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from harness.errors import writing
from harness.port.protocol import content_hash

SIZE_LIMIT = 1024 * 1024 * 1024
"""The largest content, in bytes, that is read from the shared folder."""


@contextlib.contextmanager
def passing_folder(root: str | None, conversation: str) -> Iterator[Path | None]:
    """The folder in which content passes in one conversation, which is gone after it; None where there is no root.

    :raises OutputError: it cannot be made.
    """
    if root is None:
        yield None
        return
    folder = Path(root, conversation)
    with writing(folder):
        folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def content_by_path(folder: Path, path: str, digest: str) -> bytes:
    """Content that a system put into the shared folder.

    :raises ValueError: the path leads out of the folder or to no file, or the file is too large or has another hash.
    :raises OSError: the file cannot be read.
    """
    found = Path(os.path.realpath(folder / path))
    if path.startswith("/") or not found.is_relative_to(os.path.realpath(folder)):
        raise ValueError(f"path {path!a} leads out of the shared folder, expected a path relative to it")
    if not found.is_file():
        raise ValueError(f"path {path!a} is no file in the shared folder")
    if found.stat().st_size > SIZE_LIMIT:
        raise ValueError(f"file {path!a} in the shared folder has more than {SIZE_LIMIT} bytes")
    content = found.read_bytes()
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
