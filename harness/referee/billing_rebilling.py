"""BR03: what would come out otherwise now than it was delivered (BRP-09, BRP-10; AMB-55).

A period is looked at whenever data of it comes. What it would come to then is told by the end of the next day, or of
as many days as a system says, whenever the report runs, and once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from harness.interface.files import Record
from harness.interface.instants import Day, Instant, at, day_of, later
from harness.oracle.quantities import Fields, Part, energy, is_complete, quantities, structure_of, total_wh
from harness.referee.billing_requests import Asked
from harness.referee.billing_runs import ReportRuns, Told
from harness.referee.billing_settling import Settling
from harness.referee.case import Diary, Letter

Parts: TypeAlias = "Sequence[tuple[Part, Mapping[str, list[Fields]]]]"
_KEPT_OF_A_PERIOD = 3


class Change(NamedTuple):
    """What a period would come to with the data of a moment: its parts; None while not all of it can be had."""

    at: Instant
    parts: Parts | None


class Amount(NamedTuple):
    """What a record of BR03 may say: of a period or a part of it, what was delivered and what it would be now."""

    start: Day
    end: Day
    original: int
    new: int
    kinds: frozenset[str]


@dataclass(slots=True, eq=False)
class Delivery:
    """Quantities of a period that were delivered, and what has changed of it since.

    :param unsure: whether quantities were delivered that cannot be judged.
    :param told: what each recipient was told; `told_in`: the last file that said so.
    """

    asked: Asked
    at: Instant
    parts: Parts
    reading: str
    unsure: bool
    changes: list[Change] = field(default_factory=list)
    told: dict[str, set[tuple[Instant, Amount]]] = field(default_factory=lambda: defaultdict(set))
    told_in: dict[tuple[str, Instant, Amount], str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        return self.asked.request.ldc, self.asked.request.sdp


class RebillingReports:
    """Holds BR03 to what has changed since it was delivered."""

    def __init__(self, settling: Settling, runs: ReportRuns) -> None:
        self.settling = settling
        self.case = settling.case
        self.runs = runs
        self.books = settling.books
        self._delivered: dict[tuple[str, str], list[Delivery]] = defaultdict(list)
        self._unjudged: list[Letter] = []
        self._due: Diary[tuple[Delivery, Change, Sequence[str] | None]] = Diary()
        self._touched: dict[str, Instant] = {}
        settling.when_over.append(self._take)

    # --- what was delivered, and what changes ------------------------------------------------------------------

    def _take(self, asked: Asked) -> None:
        """Take note of a request that is over, where quantities were delivered."""
        request = asked.request
        branch = next((each for each in asked.branches if each.answer is not None and each.answer.parts), None)
        unsure = asked.is_unsure or not asked.found
        if asked.version is not None or (branch is None and not unsure):
            return
        answer = None if branch is None else branch.answer
        reading = next(iter(self.books.terms.calendars)) if branch is None else branch.taken.get("AMB-14", "")
        parts = () if answer is None else answer.parts
        made = min((found.letter.file.sent for found in asked.found), default=self.case.now)
        unsure = unsure or not parts or (answer is not None and answer.any_quantity) or self._is_split(request.sdp)
        unsure = unsure or (answer is not None and self._was_refused(asked, answer.at))
        delivery = Delivery(asked, made, parts, reading, unsure)
        same = self._delivered[delivery.key]
        same.append(delivery)
        of_period = self._of_period(delivery)
        for old in of_period[:-_KEPT_OF_A_PERIOD]:
            same.remove(old)
        self._look(delivery, made)

    def _was_refused(self, asked: Asked, since: Instant) -> bool:
        """Whether a mailbox refused a response at first: from when on its quantities count as delivered is open."""
        outage = self.case.outage_within
        return any(outage(found.letter.recipient, since, found.at) is not None for found in asked.found)

    def _is_split(self, sdp: str) -> bool:
        """Whether what is eligible of an SDP's data is open (AMB-04)."""
        return sdp in self.books.meters.not_validated and len(self.books.meters.books) > 1

    def changed(self, sdps: Iterable[str], moment: Instant) -> None:
        """Data of SDPs has come; what it changes is looked at once all that comes at that moment has been seen."""
        self._touched |= dict.fromkeys(sdps, moment)

    def _look_at_changes(self) -> None:
        touched, self._touched = self._touched, {}
        for sdp, moment in touched.items():
            for ldc in self.case.ldcs:
                for delivery in self._delivered.get((ldc, sdp), ()):
                    self._look(delivery, moment)

    def _look(self, delivery: Delivery, since: Instant) -> None:
        """Work out what a period would come to now, where data of its days has come since an instant."""
        request = delivery.asked.request
        if self._is_split(request.sdp):
            delivery.unsure = True
        moment = None if delivery.unsure else self._touched_at(delivery, since)
        if moment is None or (delivery.changes and delivery.changes[-1].at == moment):
            return
        book, calendars = self.books.meters.book, self.books.terms.calendars
        calendar = calendars.get(delivery.reading, self.books.terms.calendar)
        parts = [part for part, _ in delivery.parts]
        whole = all(is_complete(book, request.sdp, part) for part in parts)
        now = [(part, quantities(book, request.sdp, part, calendar)) for part in parts] if whole else None
        change = Change(moment, now)
        delivery.changes.append(change)
        last = day_of(later(moment, days=self.case.value("br03_within_days")))
        due = later(at(last, 23, 59, 59), seconds=self.case.seconds)
        self._due.note(due, (delivery, change, None))

    def _touched_at(self, delivery: Delivery, since: Instant) -> Instant | None:
        """When data of a period's days has come last, since an instant and after it was delivered."""
        request = delivery.asked.request
        for moment, days in reversed(self.books.meters.came[request.sdp]):
            if moment < since or moment <= delivery.at:
                return None
            if any(request.start <= day <= request.end for day in days):
                return moment
        return None

    def _amounts(self, delivery: Delivery, change: Change) -> Iterator[Amount]:
        """What records may say of a change, by any reading of AMB-55 that is open."""
        for amounts in self._ways(delivery, change):
            yield from amounts

    def _ways(self, delivery: Delivery, change: Change) -> Iterator[list[Amount]]:
        """What records say of a change, for each reading that is open: of the whole period, or of each part (AMB-55).

        A part is a sub-period that differs.
        """
        if change.parts is None:
            return
        readings = self.case.still_open("AMB-55", delivery.asked.request.ldc)
        differing = [
            (part, before, after)
            for (part, before), (_, after) in zip(delivery.parts, change.parts, strict=True)
            if energy(before) != energy(after)
        ]
        if not differing:
            return
        request = delivery.asked.request
        if "whole-period" in readings:
            then, now = (total_wh(energy(each) for _, each in parts) for parts in (delivery.parts, change.parts))
            kinds = frozenset(_kind(part) for part, _ in delivery.parts)  # of a period of both kinds, either is right
            yield [Amount(request.start, request.end, then, now, kinds)]
        if "each-sub-period" in readings:
            yield [
                Amount(part.start, part.end, total_wh([energy(before)]), total_wh([energy(after)]), kinds)
                for part, before, after in differing
                for kinds in (frozenset({_kind(part)}),)
            ]

    # --- what is told ------------------------------------------------------------------------------------------

    def arrived(self, letter: Letter) -> None:
        """A BR03 came."""
        self.runs.took(letter)
        self._unjudged.append(letter)

    def passed(self, until: Instant) -> None:
        """Judge what has come, and what had to have come by an instant."""
        self._look_at_changes()
        for letter in [each for each in self._unjudged if self._may_be_judged(each, until)]:
            self._unjudged.remove(letter)
            for record in letter.details:
                self._judge_record(Told(letter, record))
        for due, waiting in self._due.over(until):
            self._judge_absence(due, *waiting)

    def _may_be_judged(self, letter: Letter, until: Instant) -> bool:
        """Whether whatever was delivered before a report ran has been judged."""
        if later(letter.instant, seconds=self.case.seconds) > until:
            return False
        waiting = self.settling.processing.asked
        return not any(each.found and each.request.ldc == letter.ldc and not each.is_over for each in waiting)

    def _judge_record(self, told: Told) -> None:
        letter, record = told
        sdp, about = str(record["universal_sdp_id"]), f"BR03 about {letter.ldc} for {letter.recipient}"
        several = [each for each in self._delivered.get((letter.ldc, sdp), ()) if self._may_tell_of(each, record)]
        stated = (record["period_start_date"], record["period_end_date"])
        possible = [
            (each, change, amount)
            for each in several
            for change in self._changes_by(each, letter)
            for amount in self._amounts(each, change)
            if (amount.start, amount.end) == stated
        ]
        tried = [(each, change, amount, _odd(amount, record, self._kinds())) for each, change, amount in possible]
        if self._is_open(several):
            for delivery, change, amount, odd in tried:
                if not odd:
                    delivery.told[letter.recipient].add((change.at, amount))
            return
        what = f"SDP {sdp}, {stated[0]} to {stated[1]}"
        if not tried:
            if letter.ldc in self.settling.schedules.unclear:
                return  # it may be of a scheduled period that nobody can know of
            expected = "periods alone whose quantities have changed since they were delivered"
            self._hold(False, told, about, expected, what)
            return
        best = min(tried, key=lambda each: (len(each[3]), self._was_told(each[0], each[1], each[2], letter.recipient)))
        delivery, change, amount, odd = best
        self._hold(
            not odd,
            told,
            f"{what} in BR03",
            ", ".join(f"{name} {value}" for name, value in odd.items()),
            ", ".join(f"{name} {record[name]}" for name in odd),
        )
        if not odd:
            self._note(delivery, change, amount, told, about)
            self._keep_reading([each for each, _, _, wrong in tried if not wrong], amount)

    def _is_open(self, deliveries: Sequence[Delivery]) -> bool:
        """Whether what a report tells of some deliveries cannot be judged."""
        unsure = any(each.unsure or self.books.unknown(each.asked.request) for each in deliveries)
        return unsure or not self.case.opening.from_the_beginning

    def _note(self, delivery: Delivery, change: Change, amount: Amount, told: Told, about: str) -> None:
        """Take note of what was told; one file tells it once. Whether the next ones tell it again is not said."""
        recipient, file = told.letter.recipient, told.letter.file.name
        what = recipient, change.at, amount
        again = any(each.told_in.get(what) == file for each in self._of_period(delivery))
        delivery.told_in[what] = file
        expected = f"SDP {delivery.key[1]}, {amount.start} to {amount.end} once in a file"
        self._hold(not again, told, about, expected, "again")
        delivery.told[recipient].add((change.at, amount))

    def _was_told(self, delivery: Delivery, change: Change, amount: Amount, recipient: str) -> bool:
        """Whether a change of a period was told before, of whichever response of that period."""
        return any((change.at, amount) in each.told[recipient] for each in self._of_period(delivery))

    def _of_period(self, delivery: Delivery) -> list[Delivery]:
        """What was delivered of a period, in the order in which it was, not in that in which it was judged."""
        same = (each for each in self._delivered[delivery.key] if _period(each) == _period(delivery))
        return sorted(same, key=lambda each: each.at)

    def _keep_reading(self, fitting: Sequence[Delivery], amount: Amount) -> None:
        """Keep to the reading that a record shows, where it is of a divided period whichever response it is of."""
        if all(len(each.parts) > 1 for each in fitting):
            whole = {(amount.start, amount.end) == _period(each) for each in fitting}
            if len(whole) == 1:
                reading = "whole-period" if whole == {True} else "each-sub-period"
                self.case.keeps("AMB-55", fitting[0].asked.request.ldc, (reading,))

    def _may_tell_of(self, delivery: Delivery, record: Record) -> bool:
        """Whether a record may be of a delivery: of one that cannot be judged, whatever lies within its period."""
        start, end = record["period_start_date"], record["period_end_date"]
        request = delivery.asked.request
        if delivery.unsure:
            return not (isinstance(start, date) and isinstance(end, date)) or (
                request.start <= start and end <= request.end
            )
        spans = {(request.start, request.end), *((part.start, part.end) for part, _ in delivery.parts)}
        return (start, end) in spans

    def _changes_by(self, delivery: Delivery, letter: Letter) -> list[Change]:
        """The changes that a report may tell of: the last one before it ran, and those in the seconds of its run."""
        sent, seconds = letter.file.sent, self.case.seconds
        made = min(letter.made, sent)
        before = [change for change in delivery.changes if change.at <= later(made, seconds=-seconds)]
        meanwhile = [
            change
            for change in delivery.changes
            if later(made, seconds=-seconds) < change.at <= later(sent, seconds=seconds)
        ]
        return [*before[-1:], *meanwhile]

    def _kinds(self) -> Mapping[str, str]:
        return self.case.profile.codes["rebilling_change"]

    # --- what is not told --------------------------------------------------------------------------------------

    def _judge_absence(self, due: Instant, delivery: Delivery, change: Change, to: Sequence[str] | None) -> None:
        """Judge whom a change had to have been told by the end of the day when it is due, if nothing has come since.

        :param to: whose mailbox has refused the report, and has to be given it by then; None for everybody.
        """
        if delivery.unsure or delivery.changes[-1] is not change or change.parts is None:
            return
        ldc, sdp = delivery.key
        same = self._of_period(delivery)
        ways = [{each for each in way if each.original != each.new} for way in self._ways(delivery, change)]
        if same[-1] is not delivery or not all(ways) or not ways or self.books.unknown(delivery.asked.request):
            return
        if any(each.unsure and not _came_before(each, delivery.at) for each in same):
            return  # it may have been the last that was delivered of the period
        for recipient in to or self.runs.recipients(ldc, "BR03"):
            told = {amount for each in self._delivered[delivery.key] for _, amount in each.told[recipient]}
            if any(way <= told for way in ways):
                continue
            if self.case.may_be_lost(recipient, change.at, due):
                why = "no slide says whether what a mailbox refused is delivered later"
                self.case.cannot_see("BRP-09", due, f"BR03 on {sdp}", why)
                continue
            if (latest := self.case.latest(recipient, due, change.at)) > later(due, seconds=self.case.seconds):
                self._due.note(latest, (delivery, change, (recipient,)))
                continue
            amount = min(min(ways, key=lambda way: len(way - told)) - told)
            came = self.runs.has_come("BR03", ldc, recipient, later(change.at, seconds=self.case.seconds), due)
            expected = f"SDP {sdp}, {amount.start} to {amount.end}: from {amount.original} to {amount.new} Wh"
            rests_on = [("unread", "BR03", recipient), delivery.asked.subject]
            about = f"BR03 about {ldc} for {recipient}"
            for rule in self.runs.absence_rules(ldc, recipient, "BR03", came=came):
                self.case.hold(rule, False, due, about, expected, "it is not told", rests_on=rests_on)

    def _hold(self, held: bool, told: Told, about: str, expected: str, observed: str) -> None:
        letter, record = told
        place = letter.instant, about, expected, observed, letter.file.name, record.line
        self.case.hold("BRP-09", held, *place, rests_on=letter.resting_on(record))


def _period(delivery: Delivery) -> tuple[Day, Day]:
    return delivery.asked.request.start, delivery.asked.request.end


def _kind(part: Part) -> str:
    """Whether interval data or daily framed usage has changed, as the framing structure has it."""
    return "interval_data" if structure_of(part.framing).energy == "hourly" else "usage"


def _odd(amount: Amount, record: Record, kinds: Mapping[str, str]) -> dict[str, str]:
    """What of a record is not as it should be: what was expected, by field.

    How a percentage is rounded is open, and what it is where nothing was delivered: no slide says.
    """
    difference = amount.new - amount.original
    wanted = {
        "original_wh": amount.original,
        "new_wh": amount.new,
        "difference_wh": difference,
    }
    odd = {name: str(value) for name, value in wanted.items() if record[name] != value}
    if record["change"] not in (right := sorted(kinds[each] for each in amount.kinds)):
        odd["change"] = " or ".join(right)
    percent = record["percent_change"]
    exact = difference * 10_000
    if amount.original == 0 or (isinstance(percent, int) and abs(percent * amount.original - exact) < amount.original):
        return odd
    return {**odd, "percent_change": f"about {exact // amount.original}"}


def _came_before(delivery: Delivery, moment: Instant) -> bool:
    """Whether all that came of a delivery did before a moment; of one of which nothing has come, that is not known."""
    came = [found.at for found in delivery.asked.found]
    return bool(came) and max(came) < moment
