"""The errors a user can meet, as one small tree.

Each says what is wrong, where, what was expected instead, and where it helps, what to do. The command line prints them
as they are and exits with 2; nothing of this tree ever reaches a user as a traceback.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


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


class UsageError(ConformError):
    """An option, name or argument of a command that is not one of those there are."""


class InputError(ConformError):
    """A file that was given (profile, waivers, feature, catalogue) does not read as what it should be."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest right spelling of `word`, or an empty string when nothing is near.

    Whether letters are capitals makes no distance.
    """
    spelt = {spelling.lower(): spelling for spelling in sorted(known)}
    close = difflib.get_close_matches(word.lower(), spelt, n=3, cutoff=0.6)
    return f"did you mean {' or '.join(spelt[each] for each in close)}?" if close else ""
