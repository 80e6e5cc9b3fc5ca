"""Requests for quantities as a CIS under test makes them: for whom, for which days, and what is asked for again.

Requests are held to the days that people ordered: whether a period was asked for in one file or in several, at once or
in parts that meet, early or when it was ordered, makes no difference. A file that comes again as it was asks for
nothing new. Rules BSV-02, -08, -09 and -10; WIN-08 and -11; BRP-11.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from harness.errors import SuiteMistake
from harness.interface.instants import Day, Instant, iso
from harness.interface.set_records import day_or_none
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_requests import IdDesk
from harness.stage.conversation import Sent
from harness.suite.verdicts import Unmet

REQUEST = "5000"


@dataclass(frozen=True, slots=True)
class Ordered:
    """A period as people say it, both days included; its cycle, or None where any will do."""

    sdp: str
    first_day: Day
    last_day: Day
    cycle: str | None = None

    @property
    def span(self) -> tuple[Day, Day]:
        """Its first day, and the first day after it."""
        return self.first_day, Day(self.last_day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a request.

    :param sdp: the alias of the SDP, or what stands there where nobody was given such a Universal SDP ID.
    :param span: first day, and the day that stands as the end; None where one of them is missing or is no day.
    :param version: the Request Version Date Time, where there is one.
    """

    sdp: str
    span: tuple[Day, Day] | None
    cycle: str
    version: Instant | None
    file: Sent
    number: int


class RequestDesk:
    """What people order about quantities, and what the CIS asks for.

    :ivar ordered: the period that was ordered last, by SDP.
    :ivar wanted_again: the days whose quantities people want again, by SDP.
    """

    def __init__(self, business: Business, outbox: Outbox, id_desk: IdDesk) -> None:
        self.business = business
        self.outbox = outbox
        self.id_desk = id_desk
        self.seat = business.seat
        self.ordered: dict[str, Ordered] = {}
        self.wanted_again: dict[str, Ordered] = {}

    # --- what people order --------------------------------------------------

    def order(self, ldc: str, sdps: Sequence[str], first: Day, last: Day, cycle: str) -> None:
        """Let people order the quantities of a period, now."""
        self.ordered |= {sdp: Ordered(sdp, first, last, cycle) for sdp in sdps}
        self._tell("request_quantities", ldc, sdps, first, last, cycle=cycle.removesuffix(" cycle"))

    def order_recovery(self, ldc: str, sdps: Sequence[str], delivered: Instant) -> None:
        """Let people say that responses got lost, which were about the period that was ordered last of some SDPs.

        :raises SuiteMistake: of these SDPs different periods were ordered last.
        """
        spans = {self._ordered(sdp).span: self._ordered(sdp) for sdp in sdps}
        if len(spans) != 1:
            raise SuiteMistake(f"of {', '.join(sdps)} different periods were ordered: say of each that it got lost")
        (period,) = spans.values()
        self._tell("response_lost", ldc, sdps, period.first_day, period.last_day, delivered=iso(delivered))

    def correct(self, ldc: str, sdps: Sequence[str], first: Day, last: Day) -> None:
        """Let people say that a problem is corrected, which had kept quantities of some days away.

        :param sdps: whose problem it was; none where it was that of all.
        """
        self.wanted_again |= {sdp: Ordered(sdp, first, last) for sdp in sdps or self.ordered}
        self._tell("problem_corrected", ldc, sdps, first, last, what="the meter data of these days is there now")

    def decide(self, ldc: str, sdps: Sequence[str], first: Day, last: Day, *, rebill: bool) -> None:
        """Let people decide whether a period of which BR03 told is billed again."""
        self.wanted_again |= {sdp: Ordered(sdp, first, last) for sdp in sdps if rebill}
        self._tell("decide", ldc, sdps, first, last, rebill=rebill)

    def _tell(self, instruction: str, ldc: str, sdps: Sequence[str], first: Day, last: Day, **more: Any) -> None:
        ids = [self.business.sdp_id(sdp) for sdp in sdps]
        days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
        self.business.order(instruction, ldc, sdp_ids=ids, **days, **more)

    def _ordered(self, sdp: str) -> Ordered:
        if sdp not in self.ordered:
            raise SuiteMistake(f"no quantities of {sdp!r} were ordered; there are {', '.join(self.ordered) or 'none'}")
        return self.ordered[sdp]

    def periods(self, rows: Iterable[Mapping[str, str]]) -> list[Ordered]:
        """The periods of a table: SDP, first day, last day, and where it is of interest the cycle."""
        day = self.business.billed_day
        return [Ordered(row["SDP"], day(row["first day"]), day(row["last day"]), row.get("cycle")) for row in rows]

    # --- what was asked for ------------------------------------------------------------------------------

    def named(self) -> Mapping[str, str]:
        """The SDPs that have a Universal SDP ID, by it."""
        issued = self.id_desk.issued(self.seat.now)
        return {issued[sdp_id]: name for sdp_id, name in self.business.names.items() if sdp_id in issued}

    def lines(self, since: Instant | None = None) -> list[Line]:
        """The lines of all requests, or of those submitted at an instant or later; of a file that came twice once.

        :raises Unreadable: a request cannot be read.
        """
        found: list[Line] = []
        seen = set()
        for file in self.outbox.given([REQUEST]):
            if (file.name, file.content) not in seen and (since is None or file.instant >= since):
                found += self._read(file)
            seen.add((file.name, file.content))
        return found

    def _read(self, file: Sent) -> Iterator[Line]:
        named = self.named()
        words = {code: word.replace("_", " ") for word, code in self.seat.profile.codes["request_cycle"].items()}
        for record in self.outbox.read_whole(file).details:
            start, end = day_or_none(record["period_start_date"]), day_or_none(record["period_end_date"])
            version = record["version_date_time"]
            identifier, cycle = str(record["universal_sdp_id"]), str(record["cycle"])
            yield Line(
                named.get(identifier, identifier),
                None if start is None or end is None else (start, end),
                words.get(cycle, cycle),
                Instant(version) if isinstance(version, datetime) else None,
                file,
                record.line,
            )

    def check_asked(self, ordered: Sequence[Ordered]) -> None:
        """New quantities were asked for exactly of the days of some periods, and of no others.

        :raises Unmet: a day was not asked for, or one that nobody ordered was, or two requests of an SDP overlap.
        """
        by_cycle = any(each.cycle is not None for each in ordered)
        wanted: dict[tuple[str, str | None], list[tuple[Day, Day]]] = {}
        for each in ordered:
            wanted.setdefault((each.sdp, each.cycle), []).append(each.span)
        lines: dict[tuple[str, str | None], list[Line]] = {}
        for line in self.lines():
            if line.version is None:
                lines.setdefault((line.sdp, line.cycle if by_cycle else None), []).append(line)
        for key in [*wanted, *(key for key in lines if key not in wanted)]:
            self._check_days(key, wanted.get(key, []), lines.get(key, []))

    def _check_days(
        self, key: tuple[str, str | None], wanted: Sequence[tuple[Day, Day]], lines: Sequence[Line]
    ) -> None:
        sdp, cycle = key
        what = f"{sdp!r}, {cycle}," if cycle else repr(sdp)
        expected = f"requests for {what} of {_spans(_joined(wanted))} by {iso(self.seat.now)}"
        last = lines[-1] if lines else None
        file, number = (last.file.name, last.number) if last else (None, None)
        spans = sorted({line.span for line in lines if line.span is not None})
        observed = _spans(spans)
        if any(line.span is None or line.span[0] >= line.span[1] for line in lines):
            raise Unmet(expected, f"a request that has no day: {observed}", file=file, record=number)
        if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(spans)):
            raise Unmet(f"{expected}, none of which overlap", observed, file=file, record=number)
        if _joined(spans) != _joined(wanted):
            raise Unmet(expected, observed, file=file, record=number)

    def check_asked_again(self, periods: Sequence[Ordered], since: Instant) -> None:
        """From an instant on some periods were asked for again, and no others, as people want them again.

        Where the CIS had asked for a period in parts, those of them are enough whose days are wanted again, whole or in
        parts of their own that meet.

        :raises Unmet: a day that is wanted again was not asked for, or other days were, or a part that is none.
        """
        before: dict[str, set[tuple[Day, Day]]] = {}
        found: dict[str, list[Line]] = {}
        for line in self.lines():
            if line.version is None and line.span is not None:
                if line.file.instant < since:
                    before.setdefault(line.sdp, set()).add(line.span)
                else:
                    found.setdefault(line.sdp, []).append(line)
        wanted: dict[str, list[tuple[Day, Day]]] = {}
        for period in periods:
            wanted.setdefault(period.sdp, []).append(period.span)
        for sdp in [*wanted, *(sdp for sdp in found if sdp not in wanted)]:
            self._check_again(sdp, wanted.get(sdp, []), found.get(sdp, []), before.get(sdp, set()))

    def _check_again(
        self, sdp: str, wanted: Sequence[tuple[Day, Day]], lines: Sequence[Line], before: Collection[tuple[Day, Day]]
    ) -> None:
        expected = f"new requests for {sdp!r} of {_spans(wanted)} by {iso(self.seat.now)}"
        spans = _joined(sorted({line.span for line in lines if line.span is not None}))
        if spans == _joined(wanted):
            return
        may = {part for part in before if any(whole[0] <= part[0] and part[1] <= whole[1] for whole in wanted)}
        for line in lines:
            if line.span not in {*wanted, *may} and _around(line.span, spans) not in {*wanted, *may}:
                raise Unmet(expected, _shown(line), file=line.file.name, record=line.number)
        first, after = self.wanted_again[sdp].span
        for start, end in wanted:
            needed = max(start, first), min(end, after)
            if not any(start <= needed[0] and needed[1] <= end for start, end in spans):
                raise Unmet(expected, _spans(spans))

    def check_not_asked(self, sdps: Sequence[str]) -> None:
        """:raises Unmet: quantities of some SDPs were asked for."""
        for line in self.lines():
            if line.sdp in sdps:
                expected = f"no request for {line.sdp!r} by {iso(self.seat.now)}"
                raise Unmet(expected, _shown(line), file=line.file.name, record=line.number)

    def check_asked_up_to(self, sdps: Sequence[str], last: Day) -> None:
        """Quantities of some SDPs were asked for with a certain last day: of a whole period, or of the last part of it.

        :raises Unmet: of one they were not.
        """
        for sdp in sdps:
            spans = [line.span for line in self.lines() if line.sdp == sdp and line.span is not None]
            after = last + timedelta(days=1)
            if all(end != after for _, end in spans):
                expected = f"requests for {sdp!r}, of which one ends with {after} (exclusive), by {iso(self.seat.now)}"
                raise Unmet(expected, _spans(spans))

    def check_asked_once(self, sdps: Sequence[str]) -> None:
        """:raises Unmet: some day of an SDP was asked for twice."""
        for sdp in sdps:
            found = [(line.span, line) for line in self.lines() if line.sdp == sdp and line.span is not None]
            for (earlier, _), (later, line) in itertools.pairwise(sorted(found, key=lambda each: each[0])):
                if later[0] < earlier[1]:
                    expected = f"each day of {sdp!r} once by {iso(self.seat.now)}"
                    raise Unmet(expected, f"{_shown(line)}, again", file=line.file.name, record=line.number)

    def check_nothing_asked(self, since: Instant) -> None:
        """:raises Unmet: quantities were asked for at an instant or later."""
        for line in self.lines(since):
            expected = f"no request from {iso(since)} until {iso(self.seat.now)}"
            raise Unmet(expected, _shown(line), file=line.file.name, record=line.number)

    def check_recovers(self, sdp: str, delivered: Instant, following: Instant | None) -> None:
        """What was ordered last of an SDP was asked for as it was delivered at an instant; nothing else is recovered.

        :param following: when the next response was delivered; None where none was.

        :raises Unmet: it was not, or as it was at another time, or something else is recovered.
        """
        until = "" if following is None else f" and before {iso(following)}, when the next came"
        span = self._ordered(sdp).span
        expected = f"requests for {sdp!r} of {_spans([span])}, as it was at {iso(delivered)} or later{until}"
        lines = [line for line in self.lines() if line.version is not None]
        for line in lines:
            if line.sdp != sdp or not _is_of(line, delivered, following):
                raise Unmet(expected, _shown(line), file=line.file.name, record=line.number)
        if _joined(sorted({line.span for line in lines if line.span})) != [span]:
            raise Unmet(expected, "; ".join(map(_shown, lines)) or "nothing is recovered")

    def check_recovered_since(self, sdp: str, delivered: Instant, following: Instant | None, since: Instant) -> None:
        """From an instant on what was ordered last of an SDP was asked for as it was delivered at another.

        What else was recovered is no matter.

        :param following: when the next response was delivered; None where none was.

        :raises Unmet: it was not.
        """
        span = self._ordered(sdp).span
        lines = [line for line in self.lines(since) if line.version is not None and line.sdp == sdp]
        found = {line.span for line in lines if line.span and _is_of(line, delivered, following)}
        if span not in _joined(sorted(found)):
            expected = f"requests for {sdp!r} of {_spans([span])}, as it was at {iso(delivered)}, since {iso(since)}"
            raise Unmet(expected, "; ".join(map(_shown, lines)) or f"nothing of {sdp!r} is recovered")

    def check_recovers_nothing(self) -> None:
        """:raises Unmet: a request has a Request Version Date Time, though nothing was lost."""
        self.outbox.submitted(REQUEST)
        for line in self.lines():
            if line.version is not None:
                expected = "requests without a Request Version Date Time, which recovers an earlier response"
                raise Unmet(expected, _shown(line), file=line.file.name, record=line.number)


def _is_of(line: Line, delivered: Instant, following: Instant | None) -> bool:
    """Whether a line asks for what was delivered at an instant, and not for what was delivered next."""
    version = line.version
    return version is not None and delivered <= version and (following is None or version < following)


def _joined(spans: Sequence[tuple[Day, Day]]) -> list[tuple[Day, Day]]:
    """Spans of days, those together that meet."""
    found: list[tuple[Day, Day]] = []
    for start, end in sorted(spans):
        if found and start == found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _around(span: tuple[Day, Day] | None, spans: Sequence[tuple[Day, Day]]) -> tuple[Day, Day] | None:
    """That of some spans in which a span lies; None where there is none."""
    return next((each for each in spans if span and each[0] <= span[0] and span[1] <= each[1]), None)


def _spans(spans: Sequence[tuple[Day, Day]]) -> str:
    return " and ".join(f"{start} until {end} (exclusive)" for start, end in spans) or "no day"


def _shown(line: Line) -> str:
    """A line, for people."""
    days = "days that cannot be read" if line.span is None else _spans([line.span])
    version = f", as it was at {iso(line.version)}" if line.version else ""
    return f"a request for {line.sdp!r}, {line.cycle}, of {days}{version}"
