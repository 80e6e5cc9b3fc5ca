"""What the referee is given: an opening, and then what happened, in order of time.

A stream tells of one seat: what its system was given, and what it gave. It may come from a scenario, from days of
operation, from captured traffic or from a live system: the referee cannot tell, and need not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from harness.errors import ConformError
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, iso
from harness.interface.profile import Profile
from harness.port.protocol import Authorisation, Organisation

Seat: TypeAlias = Literal["repository", "cis"]


class StreamError(ConformError):
    """A stream that cannot be judged: it runs back in time, or does not say what time it is."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a stream begins with: whose seat it is, who takes part, and by what is judged.

    :param you: the organisation whose CIS is judged; None in the seat of the repository.
    :param organisations: who is registered with the MDM/R: kind, sequence number expected next, mailbox outages.
    :param instant: the first instant; nothing happens before it.
    :param holidays: the days that are no business days, weekends apart.
    :param price_plan_holidays: those of the price plan; None where the system was not told them.
    :param values: configured values that the system has fixed otherwise than the profile.
    :param readings: readings of ambiguities that it states as its own.
    :param classes: the conformance classes that it claims; None where everything is judged.
    :param from_the_beginning: whether nothing had happened before: no ID issued, no SDP synchronized.
    """

    seat: Seat
    organisations: tuple[Organisation, ...]
    authorisations: tuple[Authorisation, ...]
    profile: Profile
    instant: Instant
    holidays: frozenset[Day] = frozenset()
    price_plan_holidays: frozenset[Day] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    classes: frozenset[str] | None = None
    from_the_beginning: bool = True
    you: OrgId | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A file that an organisation submitted to the repository."""

    organisation: OrgId
    name: str
    content: bytes
    instant: Instant


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that the repository delivered to an organisation's mailbox.

    :param sent: when it left the repository.
    :param arrived: when it was in the mailbox; None where the mailbox refused it.
    """

    recipient: OrgId
    name: str
    content: bytes
    sent: Instant
    arrived: Instant | None

    @property
    def instant(self) -> Instant:
        """Its place in the stream: its arrival, or, where it never came, its sending."""
        return self.sent if self.arrived is None else self.arrived


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reached the system from outside these interfaces: the body of the protocol's message `load`."""

    data: Mapping[str, Any]
    instant: Instant


@dataclass(frozen=True, slots=True)
class Passed:
    """Time has come so far: whatever had arrived before this instant has been told."""

    instant: Instant


Happening: TypeAlias = Submitted | Delivered | Loaded | Passed


def in_order(happening: Happening, after: Instant) -> None:
    """Hold a happening to the order of time.

    :raises StreamError: it is earlier than what was told before it, or its instant has no offset.
    """
    moments = [happening.instant, *([happening.sent] if isinstance(happening, Delivered) else [])]
    what = getattr(happening, "name", type(happening).__name__.lower())
    for moment in moments:
        if not isinstance(moment, datetime) or moment.tzinfo is None:
            raise StreamError(f"instant {moment!r} of {what!r} has no offset", expected="an instant, EST")
    if happening.instant < after:
        raise StreamError(
            f"{what!r} of {iso(happening.instant)} comes after what was told of {iso(after)}",
            expected="happenings in order of time",
        )
