"""To what a CIS is held at the end of an explored conversation about billing, in the sentences of features.

Which quantities it has to have asked for, and which again, as people ordered; which schedule the MDM/R has to have;
what it has understood of what was delivered. What rests on more than was told is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from harness.exploration.cis_duties import SUBMITS_REQUESTS, SUBMITS_SCHEDULES, Duty, Story, Told
from harness.exploration.cis_scene import ALL_SDPS, AT_REST
from harness.exploration.lines import Line, Lines, names

ASKED = ("SDP", "first day", "last day")
UNDERSTOOD = (*ASKED, "status", "Wh")
SURELY_IN_TIME_DAYS = 14
"""A date so many days ahead is new, or changed, in time by any reading, and with whatever lead a CIS takes."""
A_WEEKDAY_IS_CLEAR = 6
"""For so many days a weekday and a clock time name what was last."""
HOURS = 24
_NAME = re.compile(r'"([^"]*)"')
_CUT_SHORT, _GETS_LOST = "comes cut short", "gets lost"
_UNSETTLING = {"account", "framing structure", "billing agent", "meter", "CT/PT multiplier", "billing cycle"}
"""Attributes by which quantities come in sub-periods, otherwise, or to somebody else."""


@dataclass(frozen=True, slots=True)
class Order:
    """Quantities that people ordered: of which SDPs, for days of which the last is included.

    :param amiss: what the post was told to do with the response.
    """

    ldc: str
    sdps: tuple[str, ...]
    first: str
    last: str
    cycle: str
    amiss: str = ""

    def rows(self, *, cycle: bool) -> Iterator[tuple[str, ...]]:
        for sdp in self.sdps:
            yield (sdp, self.first, self.last, *([self.cycle] if cycle else []))


@dataclass(slots=True)
class Billing:
    """What was told about billing.

    :param metered: the watt-hours of each hour that came in of an SDP, with the days.
    :param amiss: what the post was told to do with the next response; `lost` the SDPs whose first response got lost.
    :param lost_again: whether what recovers a response that got lost was lost as well; `failed_again` the SDPs of which
        it tells that the sum check failed.
    :param lost_since: since when what recovers the response that got lost last is to be asked for, `lost_on` the day.
    :param corrected: of which SDPs, and days, a problem was corrected, since when what follows is to be asked for, and
        the day of that; `for_all`: whether people named the days alone; `closed` the SDPs that were; `is_over`: whether
        nothing was ordered after that.
    :param came: the SDPs whose quantities have come.
    :param decided: which days of which SDPs people decided to bill again, since when, and the day of that.
    :param dates: the date of each period, by LDC, cycle and first day; `unsure` the LDCs whose dates cannot be told;
        `published` those that surely have submitted a schedule.
    :param settled: whether both sides came to rest after the last order.
    """

    orders: list[Order] = field(default_factory=list)
    metered: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    amiss: str = ""
    lost: list[str] = field(default_factory=list)
    lost_again: bool = False
    failed_again: set[str] = field(default_factory=set)
    lost_since: str = ""
    lost_on: date | None = None
    closed: set[str] = field(default_factory=set)
    in_br06: bool = False
    corrected: dict[str, tuple[str, str]] = field(default_factory=dict)
    for_all: bool = False
    corrected_since: str = ""
    corrected_on: date | None = None
    came: set[str] = field(default_factory=set)
    decided: list[tuple[str, str, str]] = field(default_factory=list)
    decided_since: str = ""
    decided_on: date | None = None
    is_over: bool = True
    clock: str = ""
    dates: dict[tuple[str, str, str], str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    published: set[str] = field(default_factory=set)
    settled: bool = True

    # --- what is heard -----------------------------------------------------------------------------------

    def is_ordered(self, match: re.Match[str], _: Line, __: date) -> None:
        self.orders.append(Order(match[1], tuple(_NAME.findall(match[2])), match[3], match[4], match[5], self.amiss))
        self.amiss, self.settled, self.is_over = "", False, not self.corrected and not self.decided

    def is_metered(self, match: re.Match[str], _: Line, __: date) -> None:
        self.metered.setdefault(match[1], []).append((int(match[2]), match[3], match[4]))

    def goes_amiss(self, match: re.Match[str], _: Line, __: date) -> None:
        self.amiss = match[1]

    def is_lost(self, match: re.Match[str], _: Line, today: date) -> None:
        self.lost.append(match[1])
        self.lost_since, self.lost_on = self.clock, today
        self.lost_again = self.lost_again or self.amiss == _GETS_LOST
        self.failed_again |= set(_NAME.findall(self.amiss))
        self.settled, self.amiss = False, ""

    def is_closed(self, match: re.Match[str], _: Line, __: date) -> None:
        self.closed |= set(_NAME.findall(match[1]))

    def has_come(self, match: re.Match[str], _: Line, __: date) -> None:
        self.came |= set(_NAME.findall(match[1]))

    def is_listed(self, match: re.Match[str], _: Line, __: date) -> None:
        self.closed |= set(_NAME.findall(match[1]))
        self.in_br06 = True

    def time_is(self, match: re.Match[str], _: Line, __: date) -> None:
        self.clock = match[1]

    def is_corrected(self, match: re.Match[str], _: Line, today: date) -> None:
        sdps = _NAME.findall(match[2])
        if match[2] == ALL_SDPS:
            sdps, self.for_all = [sdp for order in self.orders if order.ldc == match[1] for sdp in order.sdps], True
        self.corrected |= dict.fromkeys(sdps, (match[3], match[4]))
        self.corrected_since, self.corrected_on = self.corrected_since or self.clock, self.corrected_on or today
        self.settled = False

    def is_decided(self, match: re.Match[str], _: Line, today: date) -> None:
        self.decided += [(sdp, match[2], match[3]) for sdp in _NAME.findall(match[1])]
        self.decided_since, self.decided_on = self.decided_since or self.clock, self.decided_on or today
        self.settled = False

    def comes_to_rest(self, _: re.Match[str], __: Line, ___: date) -> None:
        self.settled, self.clock = True, ""

    def is_published(self, match: re.Match[str], line: Line, today: date) -> None:
        self.settled = False
        ldc, in_time = match[1], today + timedelta(days=SURELY_IN_TIME_DAYS)
        told = {(ldc, cycle, first): last for cycle, first, last in line.table[1:]}
        new = {key: last for key, last in told.items() if self.dates.get(key) != last}
        nearest = [date.fromisoformat(min(last, self.dates.get(key, last))) for key, last in new.items()]
        if any(each < in_time for each in nearest):
            self.unsure.add(ldc)
        elif new:
            self.published.add(ldc)
        self.dates |= told

    # --- what was there ----------------------------------------------------------------------------------

    def is_there(self, order: Order) -> bool:
        """Whether what was ordered could be delivered at once: off cycle, of days that were metered before."""
        spans = ([each[1:] for each in self.metered.get(sdp, [])] for sdp in order.sdps)
        return order.cycle == "off cycle" and all(each == [(order.first, order.last)] for each in spans)

    def is_metered_for(self, sdp: str, first: str, last: str) -> bool:
        """Whether an SDP was metered on just the days of a period."""
        return (first, last) in [each[1:] for each in self.metered.get(sdp, [])]

    def understood(self, order: Order) -> Iterator[tuple[str, ...]]:
        """What was delivered, as the post has let it say: SDP, days, status, watt-hours."""
        days = (date.fromisoformat(order.last) - date.fromisoformat(order.first)).days + 1
        refused = _NAME.findall(order.amiss)
        for sdp in order.sdps:
            status = order.amiss.split()[2] if sdp in refused else "00"
            yield sdp, order.first, order.last, status, str(self.metered[sdp][0][0] * HOURS * days)


_DAYS = r"from (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)"
_HEARD: Sequence[tuple[re.Pattern[str], Callable[[Billing, re.Match[str], Line, date], None]]] = (
    (re.compile(rf'"(.*?)" is told to request quantities of (.*) {_DAYS}, (.*)'), Billing.is_ordered),
    (re.compile(rf'"(.*)" is metered at (\d+) Wh each hour {_DAYS}'), Billing.is_metered),
    (re.compile(r"the next 6100 for the CIS (.*)"), Billing.goes_amiss),
    (re.compile(r'".*" is told that the first response about "(.*)" got lost'), Billing.is_lost),
    (re.compile(r"the CIS has been given status 02 for (.*)"), Billing.is_closed),
    (re.compile(r"the CIS has been given status 00 for (.*)"), Billing.has_come),
    (re.compile(r"the CIS has been given a BR06 that lists (.*)"), Billing.is_listed),
    (
        re.compile(rf'"(.*?)" hears that the problems with quantities of (.*) {_DAYS} are corrected'),
        Billing.is_corrected,
    ),
    (re.compile(rf'".*?" decides to bill (.*) again, {_DAYS}'), Billing.is_decided),
    (re.compile(r"it is (.*)"), Billing.time_is),
    (re.compile(r'"(.*)" is told to publish this billing cycle schedule'), Billing.is_published),
    (re.compile(re.escape(AT_REST)), Billing.comes_to_rest),
)
"""What becomes of a line, by its words."""


def duties(lines: Lines) -> list[Duty]:
    """To what a CIS is held that has heard some lines."""
    billing, story = Billing(), Story()
    for line in lines:
        if line.text.startswith("the mailbox "):
            return []  # whatever came meanwhile has got lost
        story.hear(line)
        for pattern, take in _HEARD:
            if (match := pattern.fullmatch(line.text)) is not None:
                take(billing, match, line, story.now.date())
                break
    return [*_of_requests(billing, story), *_of_schedules(billing, story)] if billing.settled else []


# --- schedules -----------------------------------------------------------------------------------------------


def _of_schedules(billing: Billing, story: Story) -> Iterator[Duty]:
    for told in story.acting:
        rows = [(cycle, first, last) for (ldc, cycle, first), last in billing.dates.items() if ldc == told.name]
        if not rows or not told.may_all(SUBMITS_SCHEDULES):
            continue
        if told.name in billing.published:
            said = f'no date of the schedule of "{told.name}" has been changed less than three days ahead'
            yield Duty("BSV-04", Line(said))
        if told.name not in billing.unsure:
            said = f'the MDM/R has been given exactly this schedule of "{told.name}"'
            yield Duty("BSV-12", Line(said, (("cycle", "first day", "last day"), *rows)))


# --- requests ------------------------------------------------------------------------------------------------


def _of_requests(billing: Billing, story: Story) -> Iterator[Duty]:
    """What was asked for: of the SDPs that are billed by the organisation whose CIS it is, where it may ask."""
    acting = {told.name: told for told in story.acting}
    orders = billing.orders
    if not orders or not all(each.ldc in acting and _is_plain(acting[each.ldc], each) for each in orders):
        return
    asked = [each for each in (_to_ask(order, acting[order.ldc], story.seat) for order in orders) if each.sdps]
    others = {sdp for each in orders for sdp in each.sdps} - {sdp for each in asked for sdp in each.sdps}
    if others:
        yield Duty("BSV-08", Line(f"the CIS has asked for no quantities of {names(sorted(others))}"))
    if billing.decided:
        if _is_clear(billing.decided_on, story):
            yield from _of_decided(billing, asked)
    elif billing.lost:
        yield from _of_lost(billing, asked, story)
    elif billing.corrected:
        if _is_clear(billing.corrected_on, story):
            yield from _of_corrected(billing, asked)
    elif asked:
        yield Duty("BSV-10", Line("no request of the CIS asks for an earlier response"))
        for rule in ("BSV-09", *(["BSV-08"] if others else []), *(["BRP-11"] if billing.closed else [])):
            yield Duty(rule, _exactly(asked))
        yield Duty("BSV-02", _exactly(asked, cycle=True))
        yield from _of_delivered(billing, asked)


def _is_plain(told: Told, order: Order) -> bool:
    """Whether an order is about SDPs of which nothing has changed that quantities rest on."""
    return all(
        sdp in told.records
        and not told.records[sdp].is_new
        and not any((sdp, attribute) in told.changes for attribute in _UNSETTLING)
        and sdp not in told.meters
        for sdp in order.sdps
    )


def _to_ask(order: Order, told: Told, seat: str) -> Order:
    """What of an order the CIS is to ask for."""
    billed = [sdp for sdp in order.sdps if told.records[sdp].values["billing agent"][-1][1] == seat]
    return replace(order, sdps=tuple(billed) if told.may_all(SUBMITS_REQUESTS) else ())


def _exactly(orders: Sequence[Order], *, cycle: bool = False) -> Line:
    headings = (*ASKED, "cycle") if cycle else ASKED
    rows = [row for order in orders for row in order.rows(cycle=cycle)]
    return Line("the CIS has asked for exactly these quantities", (headings, *rows))


def _of_lost(billing: Billing, asked: Sequence[Order], story: Story) -> Iterator[Duty]:
    """A response that got lost is asked for as it was delivered, and no other: the words know the last order alone.

    Where what recovers it got lost as well it is asked for once more.
    """
    sdp, amiss = billing.lost[0], [each.amiss for each in asked if each.amiss]
    is_ordered_once = sum(sdp in order.sdps for order in asked) == 1
    if set(billing.lost) != {sdp} or billing.corrected or amiss != [_GETS_LOST] or not is_ordered_once:
        return
    said = f'the CIS has asked for the first response about "{sdp}" as it was delivered'
    yield Duty("BSV-10", Line(f"{said}, and for no other"))
    for order in asked:
        if sdp in order.sdps and sdp in billing.failed_again and billing.is_there(order):
            yield Duty("SUM-07", Line(f'quantities of "{sdp}" wait for a person at "{order.ldc}"'), is_asked=True)
    if billing.lost_again and len(billing.lost) > 1 and billing.lost_since and _is_clear(billing.lost_on, story):
        yield Duty("BSV-10", Line(f"since {billing.lost_since} {said}"))


def _is_clear(day: date | None, story: Story) -> bool:
    """Whether a weekday and a clock time still name the day."""
    return day is not None and story.now.date() - day < timedelta(A_WEEKDAY_IS_CLEAR)


def _of_corrected(billing: Billing, asked: Sequence[Order]) -> Iterator[Duty]:
    """What was closed, and is corrected, is asked for again; all else is not."""
    again = [
        (sdp, order.first, order.last)
        for order in asked
        for sdp in order.sdps
        if sdp in billing.corrected and _meet(billing.corrected[sdp], (order.first, order.last))
    ]
    may_miss = {"", _GETS_LOST} if billing.in_br06 else {""}
    is_plain = set(billing.corrected) <= billing.closed and {each.amiss for each in asked} <= may_miss
    is_plain = is_plain and not (billing.for_all and billing.dates)  # a schedule may ask for SDPs that nobody named
    if not is_plain or not billing.corrected_since or not billing.is_over:
        return
    if not again:
        yield Duty("BRP-11", Line(f"since {billing.corrected_since} the CIS has asked for no quantities"))
    else:
        said = f"since {billing.corrected_since} the CIS has asked again for exactly these quantities"
        for rule in ("WIN-11", "WIN-08", *(["BRP-11"] if billing.in_br06 else [])):
            yield Duty(rule, Line(said, (ASKED, *again)))


def _meet(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two spans, both ends included, have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _of_decided(billing: Billing, asked: Sequence[Order]) -> Iterator[Duty]:
    """What people decided to bill again is asked for again, and all else is not."""
    ordered = [(sdp, order.first, order.last) for order in asked for sdp in order.sdps]
    again, sdps = list(dict.fromkeys(billing.decided)), {sdp for sdp, *_ in billing.decided}
    is_there = all(billing.is_metered_for(*each) for each in ordered if each[0] in sdps)
    if set(again) <= set(ordered) and sdps <= billing.came and is_there and billing.decided_since and billing.is_over:
        said = f"since {billing.decided_since} the CIS has asked again for exactly these quantities"
        yield Duty("BRP-12", Line(said, (ASKED, *again)))


# --- what the CIS has understood -----------------------------------------------------------------------------


def _may_come_apart(order: Order) -> bool:
    """Whether one file that is not as it ought to be may hold only some of what was asked for.

    No slide has several SDPs come in one file that was cut short; and a CIS may ask for a period of several days in
    parts, of which one alone comes cut short, or fails the sum check.
    """
    if order.amiss == _CUT_SHORT and len(order.sdps) > 1:
        return True
    is_amiss = order.amiss == _CUT_SHORT or _NAME.search(order.amiss) is not None
    return is_amiss and order.first != order.last


def _of_delivered(billing: Billing, asked: Sequence[Order]) -> Iterator[Duty]:
    """What is asked of a CIS that says what it has understood: of whole days that were metered before, off cycle."""
    sdps = [sdp for order in asked for sdp in order.sdps]
    there = [order for order in asked if billing.is_there(order) and all(sdps.count(sdp) == 1 for sdp in order.sdps)]
    for order in there:
        refused = [sdp for sdp in _NAME.findall(order.amiss) if sdp in order.sdps]
        if refused:
            yield Duty(
                "SUM-07", Line(f'quantities of {names(refused)} wait for a person at "{order.ldc}"'), is_asked=True
            )
        elif order.amiss == _CUT_SHORT and not _may_come_apart(order):
            yield Duty(
                "FTS-16", Line(f'the CIS of "{order.ldc}" has no quantities of {names(order.sdps)}'), is_asked=True
            )
    for ldc in dict.fromkeys(order.ldc for order in asked):
        of_ldc = [order for order in asked if order.ldc == ldc]
        if not all(order in there and not _may_come_apart(order) for order in of_ldc):
            continue
        rows = [row for order in of_ldc if order.amiss != _CUT_SHORT for row in billing.understood(order)]
        if rows:
            said = f'the CIS of "{ldc}" has understood exactly these quantities'
            if any(_NAME.search(order.amiss) for order in of_ldc):  # of what failed the sum check the status counts
                yield Duty("SUM-07", Line(said, (UNDERSTOOD[:-1], *(row[:-1] for row in rows))), is_asked=True)
            else:
                yield Duty("FTS-16", Line(said, (UNDERSTOOD, *rows)), is_asked=True)
