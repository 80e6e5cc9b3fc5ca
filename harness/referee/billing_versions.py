"""Responses that are recovered: as they were, whatever has changed since (BSV-10, AMB-09)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from harness.interface.files import Value
from harness.interface.instants import Day, Instant, day_of, iso, later
from harness.oracle.billing import NOT_BILLING_AGENT, Request
from harness.referee.billing_answers import AnswerBooks
from harness.referee.billing_requests import Asked, Found

What: TypeAlias = "tuple[str, str, str, Day, Day]"
"""LDC, recipient, SDP and period."""


@dataclass(slots=True)
class Former:
    """A response that was delivered: its records, and the instants at which it may be said to have been."""

    asked: Asked
    records: Counter[tuple[str, tuple[Value, ...]]]
    first: Instant
    last: Instant
    instants: frozenset[Instant]

    @classmethod
    def of(cls, asked: Asked, recipient: str) -> Former:
        """What came to somebody in answer to a request."""
        found = [each for each in asked.found if each.letter.recipient == recipient]
        instants: set[Instant] = set()
        for each in found:
            letter = each.letter
            stated = None if letter.header is None else letter.header["created_date_time"]
            instants |= {letter.file.sent, letter.instant, letter.made}
            instants |= {Instant(stated)} if isinstance(stated, datetime) else set()
        return cls(asked, _records(found), min(instants), max(instants), frozenset(instants))


@dataclass(slots=True)
class Versions:
    """The responses that were delivered, and what recovers them."""

    books: AnswerBooks
    delivered: dict[What, list[Asked]] = field(default_factory=lambda: defaultdict(list))

    def take(self, asked: Asked, recipient: str) -> None:
        """A response has come that may be recovered later."""
        known = self.delivered[_what(asked.request, recipient)]
        if asked not in known:
            known.append(asked)

    def forget(self, old: Collection[int]) -> None:
        """Let responses be forgotten, by the identities of the requests that they answered."""
        for what, several in list(self.delivered.items()):
            self.delivered[what] = [each for each in several if id(each) not in old]
            if not self.delivered[what]:
                del self.delivered[what]

    def due(self, asked: Asked) -> Instant:
        """When what is recovered has to have come."""
        request = asked.request
        until = later(request.received, minutes=self.books.terms.reads_minutes)
        if request.on_cycle:
            until = next(self._runs_after(until))
        return self.books.case.latest(str(request.requester), until)

    def _runs_after(self, moment: Instant) -> Iterator[Instant]:
        yield from (
            each for each in self.books.terms.ticks(moment, later(moment, days=1)) if self.books.terms.is_run(each)
        )

    def may_recover(self, asked: Asked, former: Asked) -> bool:
        """Whether a request may recover what came in answer to another."""
        if asked.version is None:
            return False
        open_to = self._options(asked.request, asked.version)
        return any(one.asked is former for several in open_to.values() for one in several)

    def _options(self, request: Request, version: Instant) -> Mapping[str, list[Former]]:
        """What a request may recover, by the readings of AMB-09."""
        recipient = str(request.requester)
        formers = [Former.of(former, recipient) for former in self.delivered.get(_what(request, recipient), ())]
        return {
            "newest-until": _newest(formers, version),
            "that-very-one": [former for former in formers if version in former.instants],
        }

    def judge(self, asked: Asked, moment: Instant) -> None:
        """Hold what came, or that nothing did, to what was delivered before."""
        request, case, version = asked.request, self.books.case, asked.version
        recipient = str(request.requester)
        if version is None or not case.opening.from_the_beginning:
            return
        if case.outage_within(recipient, case.opening.instant, moment) is not None:
            why = "whether what a mailbox refused counts as delivered is open"
            case.cannot_see("BSV-10", moment, asked.about, why)
            return
        if any(each.unclear for each in self.delivered.get(_what(request, recipient), ())):
            why = "what was delivered of this period could not be judged, nor so what recovers it"
            case.cannot_see("BSV-10", moment, asked.about, why)
            return
        options = self._options(request, version)
        open_readings = case.still_open("AMB-09", request.ldc)
        came = _records(asked.found) if asked.found else None
        is_refused = self._is_refused(asked, recipient)
        fitting = [
            reading
            for reading in open_readings
            if is_refused
            or (came is None and not any(_has_to_be_recovered(reading, former, version) for former in options[reading]))
            or (came is not None and any(former.records == came for former in options[reading]))
        ]
        expected = f"what was delivered to {recipient} by {iso(version)}, as it was"
        if not any(options[reading] for reading in open_readings):
            expected = "nothing: nothing was delivered by then"
        observed = "nothing" if came is None else f"{sum(came.values())} records that differ from it"
        place = (asked.found[0].letter.file.name, asked.found[0].record.line) if asked.found else ()
        rests_on = [subject for found in asked.found for subject in found.letter.whole]
        rests_on += [("unread", file_type, recipient) for file_type in ("6000", "6100", "6200")]
        held = case.keeps("AMB-09", request.ldc, fitting)
        case.hold("BSV-10", held, moment, asked.about, expected, observed, *place, rests_on=rests_on)

    def _is_refused(self, asked: Asked, recipient: str) -> bool:
        """Whether somebody who may not be the billing agent gets an 08 instead: no slide says that it does not."""
        request, code = asked.request, self.books.case.profile.codes["transaction_status"][NOT_BILLING_AGENT]
        days = (request.last_day, *(day_of(each.at) for each in asked.found))
        is_an_08 = (each.record["transaction_status"] == code and not each.has_quantities for each in asked.found)
        may_be_another = any(self.books.agent_on(request, day) != recipient for day in days)
        return bool(asked.found) and may_be_another and all(is_an_08)


def _has_to_be_recovered(reading: str, former: Former, version: Instant) -> bool:
    """Whether a response is recovered for certain: of several instants at which one came, a system goes by its own."""
    return len(former.instants) == 1 if reading == "that-very-one" else former.last <= version


def _newest(formers: Sequence[Former], version: Instant) -> list[Former]:
    """The newest response until an instant; all that may be, where it came about then."""
    surely = [former for former in formers if former.last <= version]
    newest = max(surely, key=lambda former: former.first, default=None)
    about_then = [former for former in formers if former.first <= version < former.last]
    return [*([] if newest is None else [newest]), *about_then]


def _records(found: Iterable[Found]) -> Counter[tuple[str, tuple[Value, ...]]]:
    """The records of a response by file type, their Request Detail ID left out."""
    return Counter(
        (
            each.letter.type,
            tuple(
                value
                for name, value in zip(each.record.layout.positions, each.record.values, strict=True)
                if name != "request_detail_id"
            ),
        )
        for each in found
    )


def _what(request: Request, recipient: str) -> What:
    return request.ldc, recipient, request.sdp, request.start, request.end
