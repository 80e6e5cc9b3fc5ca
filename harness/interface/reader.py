"""Files read once: whoever asks for the content of a file again is given what was read of it before.

Small files are remembered, all of them; of larger ones the last, and these are read by columns.
"""

from __future__ import annotations

from typing import TypeAlias

from harness.interface.columns import read_columns
from harness.interface.files import Reading, read_file
from harness.interface.names import READ_UNDER
from harness.interface.profile import Profile

_Key: TypeAlias = tuple[str | bytes | None, ...]
REMEMBERED = 64 * 1024
"""Files of at most so many bytes are remembered."""


class Reader:
    """Reads files against the layouts of one profile, under whatever readings of ambiguities."""

    def __init__(self) -> None:
        self._known: dict[_Key, Reading] = {}
        self._last: tuple[_Key, Reading] | None = None

    def read(self, name: str, content: bytes, profile: Profile) -> Reading:
        """Read a file by its name and content, as `read_file` does."""
        key = _key(name, content, profile)
        if len(content) > REMEMBERED:
            if self._last is None or self._last[0] != key:
                self._last = key, read_columns(name, content, profile)
            return self._last[1]
        if key not in self._known:
            self._known[key] = read_file(name, content, profile)
        return self._known[key]

    def known(self, name: str, content: bytes, profile: Profile) -> Reading | None:
        """What was read of a file before; None where it was not, or was too large to be remembered."""
        return self._known.get(_key(name, content, profile))


def _key(name: str, content: bytes, profile: Profile) -> _Key:
    return name, content, *(profile.readings.get(ambiguity) for ambiguity in READ_UNDER)
