"""What the identifiers of a conversation are called in its feature, so that a message can be read beside the steps."""

from __future__ import annotations

import re


class Aliases:
    """The names by which a feature calls organisations, SDPs, meters, accounts and requests, by their identifiers."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}

    def call(self, identifier: str, alias: str) -> str:
        """Note what an identifier is called; the first name stays.

        :returns: the identifier.
        """
        self._of.setdefault(identifier, alias)
        return identifier

    def added_to(self, text: str) -> str:
        """A message with the name behind each identifier where it stands first, unless the message has that name."""
        missing = {each: alias for each, alias in self._of.items() if each in text and alias not in text}
        if not missing:
            return text
        alone = "|".join(map(re.escape, sorted(missing, key=len, reverse=True)))

        def named(found: re.Match[str]) -> str:
            alias = missing.pop(found[0], None)
            return found[0] if alias is None else f"{found[0]} ({alias})"

        return re.sub(rf"(?<![\w.])(?:{alone})(?!\w|\.\w)", named, text)
