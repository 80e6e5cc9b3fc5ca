"""Stories for simulations: which sets the LDCs and their agent write, and when each file arrives, if it does.

Every value lies in a window of a few days around the story's, so that states meet, overlap and are cut; meters, cities
and the like have few values each, so that much that is sent is held already. What the slides leave open does not occur:
a file that arrives in the very moment of a deadline, and two sets that wait with one number.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from harness.interface.instants import Day, Instant, later
from harness.oracle.master_directory import Attribute, Record
from harness.oracle.sequence import Arrival, SetName
from harness.oracle.synchronization import AcceptedSet, Kind
from tests.reference_impl.properties.world import (
    AGENT,
    FILE_TYPES,
    FIRST_NUMBERS,
    FLAWS,
    LDCS,
    METERS,
    MODULES,
    PHYSICAL,
    SDPS,
    START,
    VIRTUAL,
    Delivered,
    Plan,
    SetFile,
    World,
    day,
    facts_of,
    facts_of_sdps,
)

STEADY = settings(
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
"""Without chance or clock: the same examples on every machine and in every run."""

LAST_DAY = 16
TODAY = 8

VALUES = {
    "city": ("Ajax", "Barrie"),
    "postal_code": ("K1A 0B1", "k1a0b1", "L5N 2X2"),
    "framing_structure": ("E01", "E03"),
    "billing_cycle_id": ("01", "02", "03"),
    "register_digits": ("4", "5"),
    "sdp_to_account": ("1001", "1002"),
    "sdp_to_meter": METERS,
    "meter_to_communication_module": MODULES,
}
OF_SDPS = ("city", "postal_code", "framing_structure", "billing_cycle_id", "sdp_to_account")
CHANNELS = tuple(
    Attribute("sdp", VIRTUAL, f"channel_to_channel_0{place}_{sdp}_01") for place, sdp in enumerate("AB", 1)
)
ATTRIBUTES = (
    *(Attribute("sdp", sdp, name) for sdp in SDPS for name in OF_SDPS),
    *(Attribute("sdp", sdp, "sdp_to_meter") for sdp in PHYSICAL * 2),
    *(
        Attribute("meter", meter, name)
        for meter in METERS
        for name in ("register_digits", MODULES and "meter_to_communication_module")
    ),
    CHANNELS[0],
)


def values_of(attribute: Attribute) -> Sequence[str]:
    """What an attribute may be."""
    return (attribute.name.split("_")[4],) if attribute in CHANNELS else VALUES[attribute.name]


# --- What a set says -------------------------------------------------------------------------------------------


@st.composite
def records_of(draw: st.DrawFn, attribute: Attribute) -> list[Record]:
    """One or two records of an attribute that do not overlap; ends may be open, spans may touch."""
    days = sorted(draw(st.lists(st.integers(0, LAST_DAY), min_size=2, max_size=3, unique=True)))
    records = []
    for start, end in itertools.pairwise(days):
        stop = None if draw(st.booleans()) else day(end)
        records.append(Record(attribute, day(start), stop, draw(st.sampled_from(values_of(attribute)))))
    return records


def meters_once(records: Iterable[Record]) -> list[Record]:
    """Records without those that would give a meter to a second SDP at a time: such a set would not load."""
    kept: list[Record] = []
    for record in records:
        rivals = [
            other
            for other in kept
            if record.attribute.name == other.attribute.name == "sdp_to_meter"
            and record.attribute != other.attribute
            and record.value == other.value
            and (other.end is None or record.start < other.end)
            and (record.end is None or other.start < record.end)
        ]
        if not rivals:
            kept.append(record)
    return kept


def both_channels(records: Sequence[Record]) -> list[Record]:
    """Records of which those of a component say the same of the other: one alone would be left, and no set load."""
    first, second = CHANNELS
    of_first = [record for record in records if record.attribute == first]
    of_others = [record for record in records if record.attribute not in CHANNELS]
    return [
        *of_others,
        *of_first,
        *(record._replace(attribute=second, value=values_of(second)[0]) for record in of_first),
    ]


def with_components(records: Sequence[Record], extracted: Day) -> list[Record]:
    """Records by which the virtual SDP, which a P-Sync lists, surely has components from the extract on, or later."""
    said = [record for record in records if record.attribute in CHANNELS]
    if any(record.start >= extracted or (record.end is not None and record.end > extracted) for record in said):
        return list(records)
    standing = [Record(channel, extracted, None, values_of(channel)[0]) for channel in CHANNELS]
    return [*(record for record in records if record.attribute not in CHANNELS), *standing]


def with_modules(records: Sequence[Record], module: str = MODULES[0]) -> list[Record]:
    """Records with the communication module of each meter that they give to an SDP, as a meter change needs it."""
    named = {record.value for record in records if record.attribute.name == "sdp_to_meter"}
    told = {
        record.attribute.entity_id for record in records if record.attribute.name == "meter_to_communication_module"
    }
    more = [
        Record(Attribute("meter", meter, "meter_to_communication_module"), day(0), None, module)
        for meter in sorted(named - told)
    ]
    return [*records, *more]


@st.composite
def contents(draw: st.DrawFn, kind: Kind) -> AcceptedSet:
    """What a set says. All that it names was created by the opening set, or is by it."""
    extracted = day(TODAY + draw(st.integers(-3, 3)))
    chosen = draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=6, unique=True))
    drawn = [record for attribute in chosen for record in draw(records_of(attribute))]
    records = meters_once(both_channels(drawn))
    if kind == "P-Sync":
        sdps = set(draw(st.sampled_from(["ABC", "BV", SDPS, "AC", "C", "ABV"])))
        records = [
            record for record in records if record.attribute.entity != "sdp" or record.attribute.entity_id in sdps
        ]
        if VIRTUAL in sdps:
            records = with_components(records, extracted)
    else:
        sdps = draw(st.sets(st.sampled_from(PHYSICAL), max_size=1))
    records = with_modules(records)
    modules = {record.value for record in records if record.attribute.name == "meter_to_communication_module"}
    facts = (*facts_of_sdps(sorted(sdps)), *facts_of("communication_module", sorted(modules)))
    return AcceptedSet(kind, extracted, frozenset(sdps), facts, tuple(draw(st.permutations(records))))


def opening(ldc: str) -> Plan:
    """The set that creates what an LDC has: every SDP with an account and a billing cycle, two of them with a meter."""
    records = [Record(Attribute("sdp", sdp, "billing_cycle_id"), day(2), None, "01") for sdp in SDPS]
    records += [Record(Attribute("sdp", sdp, "sdp_to_account"), day(2), day(14), "1001") for sdp in PHYSICAL]
    records += [
        Record(Attribute("sdp", sdp, "sdp_to_meter"), day(2), None, meter)
        for sdp, meter in zip(PHYSICAL[:2], METERS, strict=False)
    ]
    records += [Record(channel, day(2), None, values_of(channel)[0]) for channel in CHANNELS]
    facts = facts_of_sdps(SDPS) + facts_of("meter", METERS) + facts_of("communication_module", MODULES)
    content = AcceptedSet("I-Sync", day(TODAY), frozenset(SDPS), tuple(facts), tuple(with_modules(records)))
    return Plan(SetName(ldc, ldc, FILE_TYPES["I-Sync"], "opening"), FIRST_NUMBERS[ldc], content)


KINDS: Sequence[Kind] = ("P-Sync", "I-Sync")


@st.composite
def plans(draw: st.DrawFn, ldc: str, number: int, tx_id: str) -> Plan:
    """A set of an LDC, sent by itself or by the agent."""
    kind = draw(st.sampled_from(KINDS))
    submitter = draw(st.sampled_from([ldc, ldc, AGENT]))
    cuts = draw(st.dictionaries(st.sampled_from(["01", "04", "05"]), st.integers(2, 3), max_size=2))
    flaw = draw(st.sampled_from([""] * 8 + [draw(st.sampled_from(FLAWS))]))
    return Plan(SetName(ldc, submitter, FILE_TYPES[kind], tx_id), number, draw(contents(kind)), cuts, flaw)


def closing(ldc: str, number: int) -> Plan:
    """A set that gives every attribute another value for all days, so that IR06 shows what held on each."""
    meters = [f"Z{sdp}" for sdp in PHYSICAL]
    records = []
    for attribute in dict.fromkeys(ATTRIBUTES):
        if attribute not in CHANNELS:
            value = f"Z{attribute.entity_id}" if attribute.name == "sdp_to_meter" else CLOSING_VALUES[attribute.name]
            records += [Record(attribute, day(-9), day(99), value), Record(attribute, day(99), None, value)]
    facts = facts_of("meter", meters) + facts_of(
        "communication_module", [CLOSING_VALUES["meter_to_communication_module"]]
    )
    content = AcceptedSet("I-Sync", day(TODAY), frozenset(), tuple(facts), tuple(with_modules(records, "Z1")))
    return Plan(SetName(ldc, ldc, FILE_TYPES["I-Sync"], "closing"), number, content)


CLOSING_VALUES = {
    "city": "Zurich",
    "postal_code": "Z9Z9Z9",
    "framing_structure": "E04",
    "billing_cycle_id": "99",
    "register_digits": "9",
    "sdp_to_account": "9999",
    "meter_to_communication_module": "Z1",
}
"""Values that no other set gives."""


# --- When files arrive -----------------------------------------------------------------------------------------

Manner = Literal["whole", "scattered", "torn", "lossy"]
MANNERS: Sequence[Manner] = ("whole", "whole", "whole", "scattered", "torn", "lossy")


@dataclass(frozen=True, slots=True)
class Post:
    """A file on its way: it arrives so many seconds after the story begins."""

    seconds: int
    file: SetFile


@dataclass(frozen=True, slots=True, repr=False)
class Story:
    """What is written, and when it arrives."""

    plans: tuple[Plan, ...]
    posts: tuple[Post, ...]

    def of(self, ldc: str) -> Story:
        """What of it is one LDC's."""
        posts = tuple(post for post in self.posts if post.file.set.ldc == ldc)
        return Story(tuple(plan for plan in self.plans if plan.name.ldc == ldc), posts)

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(repr(self))

    def __repr__(self) -> str:
        lines = [f"  {told(plan)}" for plan in self.plans]
        lines += [f"  {post.seconds:>6} s {post.file.name}" for post in self.posts]
        return "\n".join(["Story:", *lines])


def told(plan: Plan) -> str:
    """A set in a line."""
    content = plan.content
    head = f"{content.kind} {plan.number} ({plan.name.tx_id}) of {plan.name.ldc} by {plan.name.submitter}"
    records = [
        f"{record.attribute.entity_id}.{record.attribute.name} {record.start}..{record.end or ''} {record.value}"
        for record in content.records
    ]
    listed = "".join(sorted(content.sdps))
    return f"{head}, extracted {content.extracted}, SDPs {listed or '-'} {plan.flaw}: {'; '.join(records)}"


WRITER = World().writer
"""Every world is the same, down to its Universal SDP IDs."""
OPENINGS = {ldc: WRITER.files(opening(ldc)) for ldc in LDCS}
END = later(START, hours=9)
"""When a story is over: every file has arrived, and every wait-time has passed."""


@st.composite
def posts_of(draw: st.DrawFn, plan: Plan, *, repeats: bool, together: bool) -> list[Post]:
    """When the files of a set arrive: at once, over an hour or more, one of them apart, or not all of them."""
    manner = draw(st.sampled_from(MANNERS))
    base = draw(st.sampled_from([0, 30])) if together else 5 * draw(st.integers(0, 13))
    files = draw(st.permutations(WRITER.files(plan)))
    minutes = [base] * len(files)
    if manner == "scattered":
        minutes = [base + draw(st.integers(0, 65)) for _ in files]
    if manner == "torn":
        minutes[0] = base + draw(st.sampled_from([1, 30, 59, 61, 90]))
    posts = [Post(60 * minute, file) for minute, file in zip(minutes, files, strict=True)]
    if manner == "lossy":
        return posts[1:]
    if repeats and draw(st.integers(0, 3)) == 0:
        again = draw(st.sampled_from([posts, *([post] for post in posts)]))
        later_on = 60 * draw(st.sampled_from([0, 1, 45, 100]))
        posts += [replace(post, seconds=post.seconds + later_on) for post in again]
    return posts


def without_races(posts: Iterable[Post]) -> list[Post]:
    """Posts in the order of their arrival; none of them arrives in the very moment of a deadline of its LDC."""
    arrived: list[Post] = []
    for post in sorted(posts, key=lambda post: post.seconds):
        while any(
            post.seconds > earlier.seconds
            and (post.seconds - earlier.seconds) % 3600 == 0
            and earlier.file.set.ldc == post.file.set.ldc
            for earlier in arrived
        ):
            post = replace(post, seconds=post.seconds + 1)
        arrived.append(post)
    return sorted(arrived, key=lambda post: post.seconds)


@st.composite
def stories(draw: st.DrawFn, *, sets: int = 4, repeats: bool = True, together: bool = False) -> Story:
    """A story of several sets of each LDC, with one number after the other.

    :param repeats: whether a file, or a whole set, may arrive twice.
    :param together: whether many sets begin to arrive in one moment.
    """
    written: list[Plan] = []
    for ldc in LDCS:
        count = draw(st.integers(2, sets))
        first = FIRST_NUMBERS[ldc] + 1
        written += [draw(plans(ldc, first + place, f"{ldc[-1]}x{place}")) for place in range(count)]
    posts = [post for plan in written for post in draw(posts_of(plan, repeats=repeats, together=together))]
    return Story(tuple(written), tuple(without_races(posts)))


# --- Playing a story -------------------------------------------------------------------------------------------


def opened(**readings: str) -> tuple[World, list[Arrival]]:
    """A world in which both opening sets have been processed; their reports are put aside."""
    world = World(**readings)
    arrivals = [world.send(file) for ldc in LDCS for file in OPENINGS[ldc]]
    world.advance(world.now)
    world.delivered.clear()
    return world, arrivals


def moment(seconds: int) -> Instant:
    """A moment of a story."""
    return later(START, minutes=15, seconds=seconds)


def played(story: Story, *, stops: Iterable[Instant] = (), backwards: bool = False) -> tuple[World, list[Arrival]]:
    """Let a story happen.

    :param stops: moments at which time stops on its way, beside those at which files arrive.
    :param backwards: whether files that arrive in one moment do so in the reverse of their order in the story.
    """
    world, arrivals = opened()
    waiting = list(story.posts)
    for stop in sorted({*stops, *(moment(post.seconds) for post in story.posts), END}):
        world.advance(stop)
        now = [post for post in waiting if moment(post.seconds) == stop]
        arrivals += [world.send(post.file) for post in (reversed(now) if backwards else now)]
    world.advance(END)
    return world, arrivals


def delivered_to(world: World, ldc: str) -> list[Delivered]:
    """What was delivered about an LDC."""
    return [file for file in world.delivered if file.ldc == ldc]
