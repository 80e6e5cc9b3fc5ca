"""The errors a user can meet, as one small tree.

Each says what is wrong, where, what was expected instead, and where it helps, what to do. The command line prints them
as they are and exits with 2, or with 3 where what comes out cannot be written: then there is no verdict. Nothing of
this tree ever reaches a user as a traceback.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import re
from collections.abc import Iterable, Iterator


class ConformError(Exception):
    """Wrong usage or wrong input: the run cannot give a verdict.

    :param what: what is wrong, in one sentence.
    :param where: file, line, option or field in which it stands.
    :param expected: what would have been right.
    :param remedy: what the reader can do about it.
    """

    def __init__(self, what: str, *, where: str = "", expected: str = "", remedy: str = "") -> None:
        super().__init__(what, where, expected, remedy)
        self.what = what
        self.where = where
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.remedy:
            lines.append(f"  {self.remedy}")
        return "\n".join(lines)


class SuiteMistake(Exception):
    """A scenario or a step asks for what makes no sense: the suite is at fault, not the user and not the system."""


class UsageError(ConformError):
    """An option, name or argument of a command that is not one of those there are."""


class InputError(ConformError):
    """A file that was given (profile, waivers, feature, catalogue) does not read as what it should be."""


class OutputError(ConformError):
    """What comes out cannot be written: the disk is full, or its folder may not be written to."""


@contextlib.contextmanager
def writing(path: str | os.PathLike[str], remedy: str = "") -> Iterator[None]:
    """Where a file that comes out is written.

    :raises OutputError: it cannot be.
    """
    try:
        yield
    except OSError as error:
        raise unwritten(path, error, remedy) from error


def unwritten(path: str | os.PathLike[str], error: OSError, remedy: str = "") -> OutputError:
    """What is said of a file that comes out and cannot be written."""
    expected = "a folder that may be written to, with room left"
    what = f"cannot be written: {error.strerror or error}"
    return OutputError(what, where=os.fspath(path), expected=expected, remedy=remedy)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest right spelling of `word`, or an empty string when nothing is near.

    Whether letters are capitals makes no distance, and noughts before a number make none.
    """
    spelt = {spelling.lower(): spelling for spelling in sorted(known)}
    plain = _without_noughts(word)
    if same := [spelling for spelling in spelt.values() if _without_noughts(spelling) == plain]:
        return f"did you mean {' or '.join(same)}?"
    close = difflib.get_close_matches(word.lower(), spelt, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(spelt[each] for each in close)}?" if close else ""


def _without_noughts(word: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", word.lower())
