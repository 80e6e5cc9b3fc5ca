"""What an LDC's business told its CIS, and what holds by that on a day: said by looking through all of it.

A statement holds from its day until the next of its attribute; of two of one day the one told last holds.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.interface.instants import Day
from harness.port.business import stated
from harness.port.protocol import Event


class Statement(NamedTuple):
    """What was told of an attribute: from a day on it has a value, or none."""

    since: Day
    value: str | None


@dataclass(slots=True)
class Books:
    """Everything that was told of an LDC's SDPs.

    :ivar created: the first day of each SDP, by SDP ID.
    """

    created: dict[str, Day] = field(default_factory=dict)
    told: dict[str, dict[str, list[Statement]]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, event: Event) -> None:
        """Note an event."""
        if event.event == "sdp_created":
            self.created[event.sdp_id] = event.effective
        for attribute, value in stated(event.event, event.more):
            statements = self.told[event.sdp_id].setdefault(attribute, [])
            statements.append(Statement(event.effective, None if value is None else str(value)))

    def can_take(self, event: Event) -> bool:
        """Whether it takes nothing away that begins on its own day: no record could say so."""
        taken = [attribute for attribute, value in stated(event.event, event.more) if value is None]
        known = self.told.get(event.sdp_id, {})
        return not any(each.since == event.effective for name in taken for each in known.get(name, ()))

    def on(self, sdp_id: str, attribute: str, day: Day) -> str | None:
        """The value of an attribute on a day, in the words in which it was told."""
        found: Statement | None = None
        for each in self.told[sdp_id].get(attribute, ()):
            if each.since <= day and (found is None or each.since >= found.since):
                found = each
        return None if found is None else found.value
