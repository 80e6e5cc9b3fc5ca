"""Regular files, opened without a risk: a pipe or a device might never answer, or never end, and is not opened."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

SIZE_LIMIT = 4 * 1024**3
"""The largest file that is read, in bytes: more than a line for each meter in Ontario."""
NOT_REGULAR = "it is no regular file, but a folder, a pipe or a device"


def open_regular(path: Path, limit: int = SIZE_LIMIT) -> int:
    """A file descriptor of a regular file; whoever asks for it closes it.

    :param limit: the largest size, in bytes, that is read.
    :raises OSError: there is no such file, it may not be read, is no regular one, or is too large.
    """
    try:
        _check(path, path.stat(), limit)
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except ValueError as error:  # a path that no file can have
        raise OSError(errno.EINVAL, str(error), str(path)) from error
    try:
        _check(path, os.fstat(descriptor), limit)  # again: another file may have taken its place
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _check(path: Path, found: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, NOT_REGULAR, str(path))
    if found.st_size > limit:
        raise OSError(errno.EFBIG, f"it has {found.st_size} bytes, and at most {limit} are read", str(path))


def open_to_write(path: Path, how: int) -> int:
    """A file descriptor for writing to a regular file, made where there is none; whoever asks for it closes it.

    It is opened through no link, and nobody is waited for who would read from a pipe.

    :param how: ``os.O_TRUNC`` to write it anew, ``os.O_APPEND`` to add to it, or both.
    :raises OSError: it may not be written, or is no regular file.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | how, 0o644)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, NOT_REGULAR, str(path))
    return descriptor


def read_regular(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """The content of a regular file.

    :raises OSError: as `open_regular`, or it grows beyond the limit while it is read.
    """
    with os.fdopen(open_regular(path, limit), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it grows while it is read, and at most {limit} bytes are", str(path))
    return content
