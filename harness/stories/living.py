"""A simulation from its first day to its last: who takes part, what they may do, and what every day came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.interface.instants import Day, day_of, later, midnight
from harness.stage.conversation import Conversation
from harness.stories.days import Life
from harness.stories.ledger import Ledger
from harness.stories.mail import Seen
from harness.stories.sequences import FIRST_NUMBER
from harness.stories.story import Story
from harness.stories.utility import Utility, day_after
from harness.stories.world import AGENT, World

LDCS = ("Lakeside", "Riverbend")
SECOND_OF = 5
"""One SDP in so many is the second LDC's."""
OUTAGES_BEGIN = (285, 445, 685, 1165, 1285)
"""Minutes of the day: before the sets of the morning, the runs at 08:00 and 20:00, and reports at 12:00 and 21:30."""
SUBMITS = ("3000", "4000", "5000")
RECEIVES = ("6000", "6100", "6200", "IR06", "IR07", "IR08", "IR14", "BR01", "BR03", "BR04", "BR06")
"""What the first LDC lets its agent do. The second one has no agent, though the agent is registered."""


@dataclass(slots=True)
class DayCount:
    """What a day came to: responses by Transaction Status, and files by type."""

    day: Day
    statuses: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Lived:
    """What a simulation came to, as far as it got."""

    story: Story
    ledger: Ledger = field(default_factory=Ledger)
    days: list[DayCount] = field(default_factory=list)
    submitted: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)


def live(conversation: Conversation, story: Story, lived: Lived, *, step: Callable[[], None]) -> None:
    """Let a story happen, and hold the repository to it day by day.

    :param lived: takes up what the days come to, so that nothing is lost where the simulation is interrupted.
    :param step: is called after each day.
    :raises AdapterFailure: the system cannot go on.
    :raises Pending: its clock has not come so far.
    """
    world = opened(conversation, story, lived.ledger)
    first = day_of(conversation.setting.anchor)
    life = Life(world, story, first)
    sent = 0
    for number in range(story.length):
        life.live(number)
        seen = world.end_of_day()
        lived.days.append(_counted(day_after(first, number), seen))
        lived.submitted.update(file.name.split(".")[2] for file in conversation.sent[sent:])
        lived.events.update(event.kind for event in story.on(number))
        sent = len(conversation.sent)
        step()
    world.watch.noticed()
    world.watch.check()
    conversation.end()


def opened(conversation: Conversation, story: Story, ledger: Ledger) -> World:
    """The world of a story, before anything has happened."""
    parties = [conversation.register(alias, "ldc") for alias in LDCS]
    agent = conversation.register(AGENT, "agent")
    for alias in (*LDCS, AGENT):
        conversation.expect_sequence_number(alias, FIRST_NUMBER)
    for file_type in SUBMITS:
        conversation.authorise(LDCS[0], AGENT, file_type, "submit")
    for file_type in RECEIVES:
        conversation.authorise(LDCS[0], AGENT, file_type, "receive")
    utilities = [
        Utility(
            party.alias,
            party.id,
            agent.id if place == 0 else None,
            _numbers(story, place),
            story.days,
            story.chance,
            conversation.profile,
            estimates="ODEST" in conversation.setting.system.classes,
        )
        for place, party in enumerate(parties)
    ]
    for each in sorted({each for utility in utilities for each in utility.made.organisations}):
        if each not in {party.id for party in conversation.parties.values()}:
            conversation.register(each, "agent", each)
    authorised = frozenset((parties[0].id, agent.id, file_type) for file_type in RECEIVES)
    _let_mailboxes_refuse(conversation, story)
    return World(conversation, ledger, utilities, authorised, conversation.draw.asset_id())


def _let_mailboxes_refuse(conversation: Conversation, story: Story) -> None:
    """Let mailboxes refuse files for an hour: that of an SDP's LDC, or the agent's. None lasts over midnight."""
    first = day_of(conversation.setting.anchor)
    for event in story.events:
        if event.kind == "mailbox outage":
            chance = story.of(event)
            alias = chance.choice((LDCS[_place(event.sdp)], LDCS[_place(event.sdp)], AGENT))
            start = later(midnight(day_after(first, event.day)), minutes=chance.choice(OUTAGES_BEGIN))
            conversation.refuse_deliveries(alias, start, later(start, hours=1))


def _numbers(story: Story, place: int) -> Sequence[int]:
    """The SDPs of one of the LDCs."""
    return [number for number in story.taking_part if _place(number) == place]


def _place(number: int) -> int:
    """Which of the LDCs an SDP is of."""
    return int(number % SECOND_OF == SECOND_OF - 1)


def _counted(day: Day, seen: Sequence[Seen]) -> DayCount:
    found = DayCount(day)
    answers: set[tuple[object, ...]] = set()
    for each in seen:
        found.files[each.type] += 1
        for record in each.details if each.type in {"6000", "6100"} else ():
            key = (record["request_detail_id"], record["universal_sdp_id"], record["period_start_date"])
            answers.add((*key, record["period_end_date"], record["transaction_status"]))
    found.statuses.update(str(answer[-1]) for answer in answers)
    return found
