"""The work list for people: what the CIS cannot settle by itself, and waits for somebody's word (SUM-07, BRP-13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from harness.interface.identifiers import SdpId

About: TypeAlias = Literal["id", "set", "schedule", "request", "quantities"]
Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """What waits for a person: about which SDP and file, as far as there is one, and in a sentence."""

    about: About
    sdp_id: SdpId | None
    file: str | None
    says: str


@dataclass(slots=True)
class OpenMatters:
    """The list, by what each matter is about."""

    held: dict[Key, OpenMatter] = field(default_factory=dict)

    def note(self, key: Key, about: About, says: str, *, sdp_id: SdpId | None = None, file: str | None = None) -> None:
        """Put a matter on the list; one of the same key gives way."""
        self.held[key] = OpenMatter(about, sdp_id, file, says)

    def settle(self, settled: Callable[[Key], bool]) -> None:
        """Take matters off the list."""
        self.held = {key: matter for key, matter in self.held.items() if not settled(key)}
