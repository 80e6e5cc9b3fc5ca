"""Files read once: whoever asks for the content of a file again is given what was read of it before."""

from __future__ import annotations

from harness.interface.files import Reading, read_file
from harness.interface.names import READ_UNDER
from harness.interface.profile import Profile

_REMEMBERED = 64 * 1024
"""Files of at most so many bytes are remembered."""


class Reader:
    """Reads files against the layouts of one profile, under whatever readings of ambiguities."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | bytes | None, ...], Reading] = {}

    def read(self, name: str, content: bytes, profile: Profile) -> Reading:
        """Read a file by its name and content, as `read_file` does."""
        if len(content) > _REMEMBERED:
            return read_file(name, content, profile)
        key = _key(name, content, profile)
        if key not in self._known:
            self._known[key] = read_file(name, content, profile)
        return self._known[key]

    def known(self, name: str, content: bytes, profile: Profile) -> Reading | None:
        """What was read of a file before; None where it was not, or was too large to be remembered."""
        return self._known.get(_key(name, content, profile))


def _key(name: str, content: bytes, profile: Profile) -> tuple[str | bytes | None, ...]:
    return name, content, *(profile.readings.get(ambiguity) for ambiguity in READ_UNDER)
