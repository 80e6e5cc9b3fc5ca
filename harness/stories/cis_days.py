"""The days of an LDC whose CIS is under test: what happens in its business, what its people order, what the post does.

New SDPs join, attributes change, some back-dated, some to come. In the morning IDs are asked for and sets are sent, on
Sundays an audit; in the night the meter data of the day before comes; on the first of a month quantities of the last
one are asked for. Letters get lost, come late, twice or cut short, and are put right by people's word.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from harness.interface.identifiers import SdpId
from harness.interface.instants import Day, Instant, at, iso, midnight
from harness.port.protocol import Event, Instruction
from harness.stage.chapters.mailboxes import as_read, file_type
from harness.stage.post import Letter, Order, cut_short, late, then_whole, twice
from harness.stage.seat import CisConversation
from harness.stories import story as stories
from harness.stories.cis_books import Books
from harness.stories.story import Story
from harness.stories.utility import day_after

LDC, RETAILER = "Lakeside", "Retailer"
SUNDAY = 6
WH_AN_HOUR = 500
JOINS_AT_ONCE = 0.7
"""The share of SDPs that are there from the first day on."""
_SETS = ("3000", "4000")
_QUANTITIES = ("6000", "6100", "6200")
_FRAMINGS = ("tou_cpp_est", "hourly", "periodic")
_LATE_MINUTES = 40
LOST_AGAIN = 0.3
"""The share of responses that got lost of which that which recovers them gets lost as well."""


@dataclass(slots=True)
class Period:
    """A month of which quantities were asked for: of which SDPs, from a day until another, exclusive."""

    sdps: tuple[str, ...]
    start: Day
    end: Day


@dataclass(slots=True)
class Recovery:
    """Responses that people said got lost: about which period of which SDPs, and when they said so."""

    period: Period
    sdps: tuple[str, ...]
    told: Instant


@dataclass(slots=True)
class CisLife:
    """Lets a story happen.

    :ivar books: what was told; `periods` what was asked for; `recoveries` what people said got lost; `sdps`: those that
        joined, by number; `touched`: those of which something was told since that was last asked.
    """

    seat: CisConversation
    story: Story
    first: Day
    books: Books = field(default_factory=Books)
    periods: list[Period] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)
    sdps: dict[int, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    _ids: list[SdpId] = field(init=False)
    _prefix: str = field(init=False)
    _lost: list[Letter] = field(default_factory=list)
    _issued: dict[str, str] = field(default_factory=dict)
    _read: int = 0

    def __post_init__(self) -> None:
        self._ids = [self.seat.draw.sdp_id() for _ in range(self.story.sdps)]
        self._prefix = self.seat.draw.asset_id()

    def live(self, number: int) -> None:
        """Let a day happen, up to its last minutes."""
        day = day_after(self.first, number)
        self._load_meter_data(day, number)
        self.seat.advance(at(day, 8, 10))
        kinds = {event.kind for event in self.story.on(number)}
        self._order_the_post(kinds)
        events = [*self._joining(number, day), *self._changes(number, day)]
        self.seat.tell(events)
        for event in events:
            self.books.take(event)
            self.touched.add(event.sdp_id)
        if "restart" in kinds and self.seat.judged.keeps == "all":
            self.seat.restart()
        self._tell("request_universal_sdp_ids")
        self.seat.advance(at(day, 8, 50))
        if day.weekday() == SUNDAY:
            self._tell("audit")
        self._tell("synchronize")
        if day.day == 1:
            self._bill(day)
        self.seat.advance(at(day, 11))
        self._put_right(at(day, 11))
        self.seat.advance(at(day, 15))
        self._tell("synchronize")
        self.seat.advance(at(day, 17))
        self._put_right(at(day, 17))
        self.seat.advance(at(day, 23, 50))

    # --- the business ----------------------------------------------------------------------------------------

    def _joining(self, number: int, day: Day) -> Iterator[Event]:
        for each in self.story.taking_part:
            if self._joins(each) == number:
                self.sdps[each] = self._ids[each]
                yield self._event("sdp_created", each, day, self._created(each))

    def _joins(self, each: int) -> int:
        """The day on which an SDP joins."""
        chance = random.Random(f"{self.story.chance} joins {each}")
        return 0 if chance.random() < JOINS_AT_ONCE else chance.randrange(self.story.days)

    def _created(self, each: int) -> Mapping[str, Any]:
        chance = random.Random(f"{self.story.chance} created {each}")
        own = self.seat.party(LDC).id
        attributes = {
            "address": f"{each + 1} Mill Road",
            "city": "Lakeside",
            "postal_code": "L0L 1L0",
            "framing_structure": chance.choice(_FRAMINGS),
            "commodity_type": "electricity",
            "billing_cycle_id": f"BC{chance.randrange(1, 4):02}",
            "vee_service": "02",
            "ct_pt_multiplier": 1,
            "service_status": "connected",
            "account_id": f"A{self._prefix}{each}",
            "billing_agent": own,
            "ami_operator": own,
        }
        return {"type": "physical", "attributes": attributes, "meter": self._meter(f"{each}")}

    def _meter(self, which: str) -> Mapping[str, Any]:
        meter = f"{self._prefix}{which}"
        return {"meter_id": f"M{meter}", "register_digits": 5, "communication_module_id": f"C{meter}"}

    def _changes(self, number: int, day: Day) -> Iterator[Event]:
        """What changes on a day: of an SDP one thing of a kind, at the earliest the day after it was created."""
        for event in self.story.on(number):
            if event.kind not in stories.CIS_RATES or event.sdp not in self.sdps:
                continue
            chance = self.story.of(event)
            effective = Day(day + timedelta(days=chance.choice((0, 0, 0, -1, -3, -20, 1, 4, 15))))
            if self.sdps[event.sdp] in self.books.created and effective > self.books.created[self.sdps[event.sdp]]:
                name, more = self._change(event, chance)
                happened = self._event(name, event.sdp, effective, more)
                if self.books.can_take(happened):
                    yield happened

    def _change(self, event: stories.Event, chance: random.Random) -> tuple[str, Mapping[str, Any]]:
        own, retailer = self.seat.party(LDC).id, self.seat.party(RETAILER).id
        account = f"A{self._prefix}{event.sdp}{event.number}"
        changes: Mapping[str, tuple[str, Callable[[], Mapping[str, Any]]]] = {
            "account change": ("account_changed", lambda: {"account_id": chance.choice((account, account, None))}),
            "framing change": ("framing_structure_changed", lambda: {"framing_structure": chance.choice(_FRAMINGS)}),
            "cycle change": ("billing_cycle_changed", lambda: {"billing_cycle_id": f"BC{chance.randrange(1, 4):02}"}),
            "VEE service change": ("vee_service_changed", lambda: {"vee_service": chance.choice(("01", "02"))}),
            "multiplier change": ("multiplier_changed", lambda: {"ct_pt_multiplier": chance.randrange(1, 9)}),
            "AMI operator change": ("ami_operator_changed", lambda: {"organisation": chance.choice((own, retailer))}),
            "retailer change": ("retailer_changed", lambda: {"organisation": chance.choice((retailer, None))}),
            "premise correction": ("premise_changed", lambda: {"address": f"{chance.randrange(1, 99)} Weir Street"}),
            "meter change": ("meter_changed", lambda: {"meter": self._meter(f"{event.sdp}-{event.number}")}),
            "service cut": ("service_cut_at_pole", dict),
        }
        name, more = changes[event.kind]
        return name, more()

    def _event(self, name: str, each: int, day: Day, more: Mapping[str, Any]) -> Event:
        return Event(name, self.seat.party(LDC).id, self._ids[each], day, more)

    # --- what people order -----------------------------------------------------------------------------------

    def _tell(self, instruction: str, **more: Any) -> None:
        self.seat.tell(instructions=[Instruction(instruction, self.seat.party(LDC).id, more)])

    def _bill(self, day: Day) -> None:
        """Ask for the quantities of the last month, of the SDPs that were there on its first day."""
        end = day
        start = max(Day((day - timedelta(days=1)).replace(day=1)), self.first)
        billed = tuple(sorted(sdp for sdp, since in self.books.created.items() if since <= start))
        if not billed:
            return
        last = Day(end - timedelta(days=1))
        period = {"first_day": start.isoformat(), "last_day": last.isoformat()}
        self._tell("request_quantities", sdp_ids=list(billed), cycle="on", **period)
        self.periods.append(Period(billed, start, end))

    def _put_right(self, now: Instant) -> None:
        """What has got lost is put right: what concerns IDs and sets by a word, quantities one by one."""
        lost, self._lost = self._lost, []
        if any(letter.file_type not in _QUANTITIES for letter in lost):
            self._tell("problem_corrected", sdp_ids=[], what="the line to the MDM/R works again")
        for letter in lost:
            if letter.file_type in _QUANTITIES:
                self._recover(letter, now)

    def _recover(self, letter: Letter, now: Instant) -> None:
        """Ask again for the quantities of a letter that has got lost, as they were delivered."""
        content = self.seat.reader.read(letter.name, letter.content, self.seat.profile).file
        ids = {} if content is None else {str(each["universal_sdp_id"]) for each in content.details}
        known = self.universal_ids()
        sdps = sorted(sdp for sdp, universal in known.items() if universal in ids)
        of = next((each for each in reversed(self.periods) if set(sdps) <= set(each.sdps)), None)
        if sdps and of is not None:
            last = Day(of.end - timedelta(days=1)).isoformat()
            if random.Random(f"{self.story.chance} again {len(self.recoveries)}").random() < LOST_AGAIN:
                self.seat.post.order(Order(partial(_concerns, "cis", _QUANTITIES), self._loses))
            self._tell("response_lost", sdp_ids=sdps, first_day=of.start.isoformat(), last_day=last, delivered=iso(now))
            self.recoveries.append(Recovery(of, tuple(sdps), now))

    # --- the post --------------------------------------------------------------------------------------------

    def _order_the_post(self, kinds: set[str]) -> None:
        orders: Mapping[str, tuple[str, Sequence[str], Callable[[Letter], Any]]] = {
            "response late": ("cis", ("2000",), late(_LATE_MINUTES)),
            "response lost": ("cis", ("2000",), self._loses),
            "response cut short": ("cis", ("2000",), then_whole(_LATE_MINUTES)),
            "response twice": ("cis", ("2000", *_QUANTITIES), twice(_LATE_MINUTES)),
            "quantities lost": ("cis", _QUANTITIES, self._loses),
            "quantities cut short": ("cis", _QUANTITIES, self._cuts),
            "set file lost": ("repository", _SETS, self._loses),
            "set file late": ("repository", _SETS, late(_LATE_MINUTES)),
        }
        for kind, (to, types, treat) in orders.items():
            if kind in kinds:
                self.seat.post.order(Order(partial(_concerns, to, types), treat))

    def _loses(self, letter: Letter) -> Sequence[Letter]:
        self._lost.append(letter)
        return []

    def _cuts(self, letter: Letter) -> Sequence[Letter]:
        """It comes cut short, and is asked for again."""
        self._lost.append(letter)
        return cut_short(letter)

    # --- what the repository is given ------------------------------------------------------------------------

    def _load_meter_data(self, day: Day, number: int) -> None:
        """In the night the hours of the day before come in, of every SDP that has its ID."""
        self.seat.advance(at(day, 3, 20))
        if number == 0:
            return
        codes = self.seat.profile.codes["validation_status"]
        start = iso(midnight(Day(day - timedelta(days=1))))
        hours = {"start": start, "interval_minutes": 60, "wh": [WH_AN_HOUR] * 24, "status": codes["valid"]}
        ids = sorted(self.universal_ids().values())
        self.seat.load({"intervals": [{"universal_sdp_id": each, **hours} for each in ids], "register_reads": []})

    def universal_ids(self) -> Mapping[str, str]:
        """The Universal SDP ID of each SDP that the MDM/R has issued one for, whether the response came or not."""
        for file in self.seat.delivered[self._read :]:
            content = as_read(self.seat, file).file if file_type(file) == "2000" else None
            for record in () if content is None else content.details:
                if record["universal_sdp_id"] is not None:
                    self._issued[str(record["sdp_id"])] = str(record["universal_sdp_id"])
        self._read = len(self.seat.delivered)
        return self._issued


def _concerns(to: str, types: Sequence[str], letter: Letter) -> bool:
    return letter.to == to and letter.file_type in types
