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


_SHOWN = 80


class StreamError(ConformError):
    """A stream that cannot be judged: it runs back in time, does not say what time it is, or tells of no happening."""


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
    :param sends_within_minutes: how long a CIS that is judged says it may take until it sends what follows from a file.
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
    sends_within_minutes: int = 0
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
_HAPPENINGS = (Submitted, Delivered, Loaded, Passed)


LAST_YEAR = 2100
"""No stream goes on for longer: whoever says so has mistaken its time, and would be judged for ever."""
_KINDS: Mapping[str, tuple[type, str]] = {
    "organisation": (str, "an ORG_ID, as text"),
    "recipient": (str, "an ORG_ID, as text"),
    "name": (str, "the name of a file, as text"),
    "content": (bytes, "the content of a file, as bytes"),
    "data": (Mapping, "the body of a message, by the names of its fields"),
}
"""Of which kind each part of a happening is, by its name, and what that is in words."""


def in_order(happening: object, after: Instant) -> None:
    """Hold a happening to its form, and to the order of time.

    :raises StreamError: it is none, or a part of it is of another kind; it is earlier than what was told before it,
        arrives before it was sent, or its instant has no offset.
    """
    if not isinstance(happening, _HAPPENINGS):
        shown = repr(happening)[:_SHOWN]
        raise StreamError(f"{shown} is no happening", expected="Submitted, Delivered, Loaded or Passed")
    what = getattr(happening, "name", type(happening).__name__.lower())
    if not isinstance(happening, Passed):
        _of_its_kinds(happening, what)
    moments = [happening.instant, *([happening.sent] if isinstance(happening, Delivered) else [])]
    for moment in moments:
        has_offset(moment, repr(what))
    if max(moments).year >= LAST_YEAR:
        raise StreamError(f"{what!r} is of {iso(max(moments))}", expected=f"an instant before {LAST_YEAR}")
    if happening.instant < after:
        raise StreamError(
            f"{what!r} of {iso(happening.instant)} comes after what was told of {iso(after)}",
            expected="happenings in order of time",
        )
    if max(moments) > happening.instant:
        raise StreamError(
            f"{what!r} arrives at {iso(happening.instant)}, and was sent at {iso(max(moments))}",
            expected="files that arrive after they were sent",
        )


def _of_its_kinds(happening: object, what: str) -> None:
    """Hold each part of a happening to its kind.

    :raises StreamError: one is of another.
    """
    for name, (kind, expected) in _KINDS.items():
        value = getattr(happening, name, None)
        if hasattr(happening, name) and not isinstance(value, kind):
            raise StreamError(f"{name} of {what!r} is {type(value).__name__}", expected=expected)


def has_offset(moment: object, what: str) -> None:
    """Hold an instant to its form.

    :param what: whose instant it is.
    :raises StreamError: it has no offset.
    """
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise StreamError(f"instant {moment!r} of {what} has no offset", expected="an instant, EST")
