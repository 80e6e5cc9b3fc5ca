"""What a day is like: meter data in the night, file sets in the morning, requests through the day, and what goes amiss.

Nothing happens at the very minute at which something of the repository's falls due, or in the minute after it: what
comes first then is left open. Everything that an event needs is drawn from the event itself.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from harness.interface.instants import Day, later, midnight
from harness.oracle.billing import Request
from harness.stories.made_ldc import Entry
from harness.stories.metering import Metering
from harness.stories.schedule import billing_cycle_dates
from harness.stories.story import Event, Story
from harness.stories.utility import Happening, Sdp, Utility, day_after, there
from harness.stories.world import AGENT, World

IDS, IDS_TAKEN = 140, 190
INCREMENTAL, FLAW_MENDED, PREDECESSOR, AGENTS_RESENT, PART_RESENT, PERIODIC = 305, 345, 325, 375, 400, 425
SCHEDULE = 500
"""Minutes of the day."""
REQUEST_HOURS = (*range(9, 22), 11, 11)
REQUEST_MINUTES = tuple(minute for minute in range(12, 49, 2) if minute % 10)
P_SYNC_DAY = 3
"""The day of the month on which P-Syncs are sent."""
EDGE_IS_NEAR, EDGE_SHARE = 20, 0.35
"""A third of the changes hold from the edge of a billing period, where that is not so many days away."""
LEFT_OUT_FOR = 3
"""How many days an SDP that a P-Sync left out is missing."""

_BUSINESS = frozenset(
    {
        "account change",
        "framing change",
        "cycle change",
        "agent change",
        "meter change",
        "VEE service change",
        "premise correction",
        "service cut",
    }
)
_REQUESTS = frozenset(
    {"off-cycle request", "on-cycle request", "request of another", "unknown SDP requested", "version requested"}
)
_P_SYNCS = frozenset({"left out of a P-Sync", "prior state in a P-Sync"})
_MANNERS = ("set in part", "set with a flaw", "set ahead of its turn", "set of the agent")


@dataclass(slots=True)
class Life:
    """Lets a story happen in a world.

    :param first: the first day.
    :param to_come: what events of earlier days have left to be done, by day.
    """

    world: World
    story: Story
    first: Day
    to_come: dict[int, list[Happening]] = field(default_factory=lambda: defaultdict(list))
    _owners: dict[int, tuple[Utility, Sdp]] = field(default_factory=dict)
    metering: Metering = field(init=False)
    _edges: dict[str, list[Day]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for cycle, _, end in billing_cycle_dates(self.first, self.story.days):
            self._edges[cycle].append(end)
        for utility in self.world.utilities:
            self._owners |= {number: (utility, sdp) for number, sdp in utility.sdps.items()}
        self.metering = Metering(self.world, self.story, self.first, self.to_come, self._owners)

    def live(self, day: int) -> None:
        """Let a day happen, up to its last minute."""
        self.world.ledger.day = day
        start = midnight(day_after(self.first, day))
        for minute, happen in sorted(self._happenings(day), key=lambda each: each[0]):
            self.world.until(later(start, minutes=minute))
            happen()
        for minute, happen in sorted(self.to_come.pop(day, []), key=lambda each: each[0]):
            raise AssertionError(f"something is left to be done on day {day} at {minute}: {happen}")

    def _happenings(self, day: int) -> list[Happening]:
        events = self.story.on(day)
        found: list[Happening] = []
        for place, utility in enumerate(self.world.utilities):
            own = [event for event in events if event.sdp in utility.sdps]
            found += self._of_ids(utility, day, place)
            found += self.metering.of_day(utility, day, place)
            found += self._of_sets(utility, day, own, place)
            found += self._of_schedules(utility, day, own, place)
        found += self._of_requests(day, [event for event in events if event.kind in _REQUESTS])
        self.metering.note_corrections(day, events)
        return found + self.to_come.pop(day, [])

    # --- Universal SDP IDs -----------------------------------------------------------------------------------

    def _of_ids(self, utility: Utility, day: int, place: int) -> Iterable[Happening]:
        """IDs are asked for the day before an SDP joins; who has one already is asked for along with it."""
        joining = [sdp for sdp in utility.sdps.values() if max(sdp.nature.joins - 1, 0) == day]
        if not joining:
            return
        known = [sdp for sdp in utility.sdps.values() if sdp.universal_id][:1]
        yield IDS + place, partial(self.world.ask_for_ids, utility, [*joining, *known])
        yield IDS_TAKEN + place, partial(self.world.take_ids, utility, joining)

    # --- file sets -------------------------------------------------------------------------------------------

    def _of_sets(self, utility: Utility, day: int, events: Sequence[Event], place: int) -> Iterable[Happening]:
        if not utility.sdps:
            return
        minute = 2 * place
        manner = next((kind for kind in _MANNERS if any(event.kind == kind for event in events)), "")
        entries: list[Entry] = []
        yield INCREMENTAL + minute, partial(self._send_incremental, utility, day, events, entries, manner)
        again = {
            "set in part": PART_RESENT,
            "set with a flaw": FLAW_MENDED,
            "set ahead of its turn": PREDECESSOR,
        }.get(manner)
        if again is not None:
            yield again + minute, partial(self._send_again, utility, entries, manner)
        elif manner == "set of the agent" and utility.agent is not None:
            yield AGENTS_RESENT + minute, partial(self._send_agents_again, utility, entries)
        amiss = [event for event in events if event.kind in _P_SYNCS]
        if day > 0 and (day_after(self.first, day).day == P_SYNC_DAY or amiss):
            yield PERIODIC + minute, partial(self._send_periodic, utility, day, amiss)

    def _send_incremental(
        self, utility: Utility, day: int, events: Sequence[Event], entries: list[Entry], manner: str
    ) -> None:
        """The I-Sync of a day, with what has changed; `entries` takes it up, since it may have to be sent again."""
        today = day_after(self.first, day)
        for sdp in there(utility, day):
            if sdp.nature.joins == day:
                entries += utility.create(sdp, today)
        changed: set[tuple[int, str]] = set()
        for event in events:
            if event.kind in _BUSINESS and (event.sdp, event.kind) not in changed:
                changed.add((event.sdp, event.kind))
                entries += self._change(utility, event, day)
        for event in events:
            if event.kind == "meter of another":
                entries += self._meter_of_another(utility, event, day)
        for sdp in there(utility, day):
            if sdp.left_out and day >= sdp.left_out_until:
                sdp.left_out = False
                entries += utility.extract(sdp, today)
        self._send(utility, entries, manner)

    def _send(self, utility: Utility, entries: Sequence[Entry], manner: str) -> None:
        world = self.world
        if manner == "set in part":
            world.send_set(utility, "I-Sync", entries, without="03")
        elif manner == "set with a flaw":
            world.send_set(utility, "I-Sync", entries, flawed=True)
        elif manner == "set ahead of its turn":
            world.send_set(utility, "I-Sync", entries, ahead=1)
        elif manner == "set of the agent" and utility.agent is not None and self._agent_may_send(utility):
            tx_id = world.send_set(utility, "I-Sync", entries, submitter=AGENT)
            world.use_number(utility, AGENT)
            if world.sequences.agents_apart is None:
                world.sequences.shown_by = tx_id
        else:
            world.send_set(utility, "I-Sync", entries)
            world.use_number(utility)

    def _agent_may_send(self, utility: Utility) -> bool:
        """Whether it will be seen in whose sequence an agent's set counts, where nobody knows yet."""
        return self.world.sequences.agents_apart is not None or self.world.sequences.is_told_apart(utility.ldc)

    def _send_agents_again(self, utility: Utility, entries: Sequence[Entry]) -> None:
        """An agent that turns out to have a sequence of its own sends its set again, with the first number of it."""
        if self.world.sequences.learn(utility.ldc, self.world.seen):
            self.world.send_set(utility, "I-Sync", entries, submitter=AGENT)
            self.world.use_number(utility, AGENT)

    def _send_again(self, utility: Utility, entries: Sequence[Entry], manner: str) -> None:
        """What a set needs to be processed after all: to be sent again, or to get its predecessor."""
        ahead = manner == "set ahead of its turn"
        self.world.send_set(utility, "I-Sync", [] if ahead else entries)
        for _ in range(1 + ahead):
            self.world.use_number(utility)

    def _change(self, utility: Utility, event: Event, day: int) -> list[Entry]:
        sdp, chance = utility.sdps[event.sdp], self.story.of(event)
        if not sdp.entries or sdp.nature.joins >= day or sdp.left_out:
            return []
        effective = self._effective(sdp, day, chance)
        if effective <= day_after(self.first, sdp.nature.joins):
            return []
        new = utility.changed(sdp, event.kind, effective, chance)
        utility.amend(sdp, new)
        return new

    def _meter_of_another(self, utility: Utility, event: Event, day: int) -> list[Entry]:
        """An I-Sync gives an SDP the meter that another one has and keeps: that cannot be."""
        chance, sdp = self.story.of(event), utility.sdps[event.sdp]
        known = [each for each in there(utility, day) if each.entries and each.nature.joins < day]
        others = [each for each in known if each is not sdp and not each.left_out]
        if sdp not in known or sdp.left_out or not others:
            return []
        return utility.with_meter_of(sdp, chance.choice(others), day_after(self.first, day))

    def _effective(self, sdp: Sdp, day: int, chance: random.Random) -> Day:
        """From when a change holds: today or some days around it, or at the edge of a billing period that is near."""
        today = day_after(self.first, day)
        edges = [edge for edge in self._edges[sdp.nature.cycle] if abs((edge - today).days) < EDGE_IS_NEAR]
        if edges and chance.random() < EDGE_SHARE:
            return Day(chance.choice(edges) + timedelta(days=chance.choice((-1, 0, 0, 1))))
        return Day(today + timedelta(days=chance.choice((0, 0, 0, -1, -4, -9, 1, 3, 12))))

    def _send_periodic(self, utility: Utility, day: int, amiss: Sequence[Event]) -> None:
        """A P-Sync: everything present and to come of every SDP, but for what is amiss with it.

        SDPs are left out by mistake, or a state is told of that is over, which a P-Sync may not change. An agent, where
        there is one, submits those of even months, as soon as it is known in whose sequence they count.
        """
        more: list[Entry] = []
        for event in amiss:
            sdp = utility.sdps[event.sdp]
            if sdp.entries and not sdp.left_out and event.kind == "left out of a P-Sync":
                sdp.left_out, sdp.left_out_until = True, day + LEFT_OUT_FOR
            elif sdp.entries and not sdp.left_out and sdp.nature.joins < day:
                more += utility.prior_state(sdp)
        today = day_after(self.first, day)
        present = [sdp for sdp in there(utility, day) if sdp.entries and not sdp.left_out]
        entries = [entry for sdp in present for entry in utility.extract(sdp, today)]
        is_known = self.world.sequences.agents_apart is not None
        by = AGENT if is_known and utility.agent is not None and today.month % 2 == 0 else None
        self.world.send_set(utility, "P-Sync", [*entries, *more], submitter=by)
        self.world.use_number(utility, by)

    # --- billing ---------------------------------------------------------------------------------------------

    def _of_schedules(self, utility: Utility, day: int, events: Sequence[Event], place: int) -> Iterable[Happening]:
        if day == 0:
            yield SCHEDULE + 2 * place, partial(self._send_schedule, utility)
        elif any(event.kind == "schedule update" for event in events):
            event = next(event for event in events if event.kind == "schedule update")
            yield SCHEDULE + 2 * place, partial(self._update_schedule, utility, event)

    def _send_schedule(self, utility: Utility) -> None:
        """The first schedule, which is taken whole."""
        dates = billing_cycle_dates(self.first, self.story.days)
        self.world.send_schedule(utility, dates)
        self.world.schedules[utility.ldc] |= {(cycle, start): end for cycle, start, end in dates}

    def _update_schedule(self, utility: Utility, event: Event) -> None:
        """A date in time is moved by a day, and one that is too near to be moved.

        What may still be changed is stated again, moved or not: whether what an update leaves out stays is left open.
        """
        today, chance, held = self.world.today, self.story.of(event), self.world.schedules[utility.ldc]
        lead = int(self.world.conversation.setting.value("schedule_update_lead_days"))
        dates = sorted((cycle, start, end) for (cycle, start), end in held.items())
        near = [each for each in dates if 0 < (each[2] - today).days < lead]
        far = [each for each in dates if (each[2] - today).days >= lead]
        chosen = [chance.choice(some) for some in (far, near) if some]
        moved = [(cycle, start, Day(end + timedelta(days=1))) for cycle, start, end in chosen]
        if moved:
            self.world.send_schedule(utility, sorted({*moved, *far} - {*chosen}))
        held |= {(cycle, start): end for cycle, start, end in moved[: bool(far)]}

    def _of_requests(self, day: int, events: Sequence[Event]) -> Iterable[Happening]:
        taken: set[int] = set()
        for event in events:
            chance = self.story.of(event)
            minute = 60 * chance.choice(REQUEST_HOURS) + chance.choice(REQUEST_MINUTES)
            while minute in taken:
                minute += 60 if minute < 60 * max(REQUEST_HOURS) else -719
            taken.add(minute)
            yield minute, partial(self._ask, event, day)

    def _ask(self, event: Event, day: int) -> None:
        utility, sdp = self._owners[event.sdp]
        if not sdp.entries or sdp.nature.joins >= day:
            return
        if event.kind == "version requested":
            self._ask_for_version(event, utility, sdp)
            return
        request = self._request(event, utility, sdp, day)
        if event.kind == "unknown SDP requested":
            self.world.request(utility, utility.alias, _with_sdp(request, f"{10**10 + event.number}"))
            return
        if request.requester is not None and self.world.may_receive(request.requester, utility.ldc, "6000"):
            self.world.request(utility, AGENT if request.requester == utility.agent else utility.alias, request)

    def _request(self, event: Event, utility: Utility, sdp: Sdp, day: int) -> Request:
        chance = self.story.of(event)
        on_cycle = event.kind == "on-cycle request"
        last = day + (chance.choice((-3, -1, 0, 1, 2)) if on_cycle else -chance.choice((0, 1, 1, 2, 5, 20)))
        end = max(1, last)
        start = max(0, end - chance.choice((1, 3, 7, 28, 31)))
        period = day_after(self.first, start), day_after(self.first, end)
        agent = _billing_agent(sdp, period[1]) or utility.ldc
        if event.kind == "request of another":
            agent = str(utility.ldc if agent != utility.ldc else utility.agent or utility.ldc)
        return Request(utility.ldc, agent, self._detail_id(event), sdp.universal_id, *period, self.world.now, on_cycle)

    def _ask_for_version(self, event: Event, utility: Utility, sdp: Sdp) -> None:
        """Ask for a response that was received by an instant; where there was none, for one that never was."""
        chance, now = self.story.of(event), self.world.now
        earlier = [
            each for each in self.world.answers if each.sdp == sdp.universal_id and later(each.at, hours=1) < now
        ]
        if not earlier:
            request = self._request(event, utility, sdp, (self.world.today - self.first).days)
            own = Request(utility.ldc, utility.ldc, request.detail_id, request.sdp, request.start, request.end, now)
            self.world.request(utility, utility.alias, own, later(now, days=-1))
            return
        former = chance.choice(earlier)
        period = former.start, former.end
        detail_id = self._detail_id(event)
        own = Request(utility.ldc, former.recipient, detail_id, former.sdp, *period, now, on_cycle=False)
        alias = AGENT if former.recipient == utility.agent else utility.alias
        self.world.request(utility, alias, own, later(former.at, hours=1))

    def _detail_id(self, event: Event) -> str:
        return f"{self.world.prefix}-{event.number}"


def _with_sdp(request: Request, sdp: str) -> Request:
    return Request(
        request.ldc, request.ldc, request.detail_id, sdp, request.start, request.end, request.received, request.on_cycle
    )


def _billing_agent(sdp: Sdp, end: Day) -> str | None:
    """The billing agent of an SDP on the last day of a period, as its LDC has it on record."""
    last = Day(end - timedelta(days=1))
    for entry in sdp.entries:
        start = entry.fields.get("start_date")
        holds = isinstance(start, date) and start <= last and (entry.end is None or last < entry.end)
        if entry.kind == "sdp_to_billing_agent" and holds:
            return str(entry.fields["organisation_id"])
    return None
