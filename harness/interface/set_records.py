"""What the records of a synchronization set say, and how it can contradict itself.

A record says of an SDP, a meter or a communication module that an attribute of it has a value from one day until
another. Rules SYN-11 to SYN-13 as far as records show them; whatever can be told without a Master Directory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import repeat
from typing import Literal, NamedTuple, TypeAlias

from harness.interface.columns import Columns
from harness.interface.fields import Value
from harness.interface.instants import Day

Entity: TypeAlias = Literal["sdp", "meter", "communication_module"]

BEGINNING = Day(date.min)
"""The first day of what has no dates."""

ASSETS: Mapping[str, tuple[Entity, str]] = {
    "sdp": ("sdp", "universal_sdp_id"),
    "meter": ("meter", "meter_id"),
    "communication_module": ("communication_module", "communication_module_id"),
}
"""Asset records, by kind: what they create, and the field that names it."""

RELATIONSHIPS: Mapping[str, str] = {
    "sdp_to_meter": "meter_id",
    "meter_to_communication_module": "communication_module_id",
    "sdp_to_account": "account_id",
    "sdp_to_billing_agent": "organisation_id",
    "sdp_to_ami_operator": "organisation_id",
    "sdp_to_energy_service_provider": "organisation_id",
    "sdp_to_cca_service_provider": "organisation_id",
}
"""Relationship records, by kind: the field that names the other end (SYN-12)."""

CHANNEL_TO_CHANNEL = "channel_to_channel_"
"""What the names of the attributes begin with that say which SDPs a virtual one aggregates."""

OF_METERS = frozenset({"meter_parameter", "meter_to_communication_module"})
"""Records that are about a meter, not about an SDP."""


class Key(NamedTuple):
    """Whose attribute, and which."""

    entity: Entity
    id: str
    attribute: str


class Source(NamedTuple):
    """Where a record stands."""

    file: str
    line: int


class Statement(NamedTuple):
    """What a record says: an attribute has a value from a day until another, exclusive; None where that is open."""

    key: Key
    start: Day
    end: Day | None
    value: str
    source: Source


def parameter_words(codes: Mapping[str, Mapping[str, str]]) -> Mapping[tuple[str, str], str]:
    """The names of parameters, by what they are parameters of and their code."""
    return {(of, code): word for of in ("sdp", "meter") for word, code in codes[f"{of}_parameter"].items()}


def statements(file: str, records: Columns, words: Mapping[tuple[str, str], str]) -> Iterator[Statement]:
    """What records of one kind say of which attributes; those that lack what they need, nothing.

    :param file: the name of the file in which they stand.
    :param words: the names of parameters, see `parameter_words`.
    """
    entity, identifiers = owners(records)
    of_asset = records.layout.kind in ASSETS
    starts = repeat(BEGINNING) if of_asset else records.of("start_date")
    ends = repeat(None) if of_asset else records.of("end_date")
    sources = [Source(file, line) for line in records.lines]
    for attributes, values in _attributes(records, words):
        rows = zip(identifiers, attributes, starts, ends, values, sources, strict=False)
        for identifier, attribute, start, end, value, source in rows:
            if identifier is not None and attribute and isinstance(start, date) and value is not None:
                key = Key(entity, str(identifier), attribute)
                yield Statement(key, Day(start), None if end is None else day_or_none(end), str(value), source)


def day_or_none(value: Value) -> Day | None:
    """A field's day, where it has one."""
    return Day(value) if isinstance(value, date) and not isinstance(value, datetime) else None


def owners(records: Columns) -> tuple[Entity, Sequence[Value]]:
    """Whom records are about: what kind of thing, and the identifier of each."""
    kind = records.layout.kind
    entity: Entity = ASSETS[kind][0] if kind in ASSETS else "meter" if kind in OF_METERS else "sdp"
    return entity, records.of(dict(ASSETS.values())[entity])


def _attributes(
    records: Columns, words: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Iterable[str], Sequence[Value]]]:
    """The attributes that records give values, and the values: those of all records for one field after the other."""
    kind, of = records.layout.kind, records.of
    if kind in RELATIONSHIPS:
        yield repeat(kind), of(RELATIONSHIPS[kind])
    elif kind in {"sdp_parameter", "meter_parameter"}:
        about = kind.partition("_")[0]
        yield [words.get((about, str(code)), "") for code in of("parameter")], of("value")
    elif kind == "channel_to_channel":
        components = of("component_universal_sdp_id")
        rows = zip(of("channel"), components, of("component_channel"), strict=True)
        yield [f"{CHANNEL_TO_CHANNEL}{_no(one)}_{component}_{_no(other)}" for one, component, other in rows], components
    elif kind == "channel_to_formula":
        yield [f"channel_to_formula_{_no(channel)}" for channel in of("channel")], of("formula")
    else:
        for field in records.layout.fields:
            if field.name not in {"universal_sdp_id", "start_date", "end_date"}:
                yield repeat(field.name), of(field.name)


def _no(value: Value) -> str:
    return f"{value or 0:02}"


# --- Contradictions -----------------------------------------------------------------------------------------


def ends_too_early(records: Columns) -> Iterator[tuple[int, Day, Day]]:
    """Where what records say ends on the day on which it starts, or before: the line, start and end of each."""
    if "start_date" in records.layout.positions:
        for line, first, last in zip(records.lines, records.of("start_date"), records.of("end_date"), strict=True):
            start, end = (None, None) if last is None else (day_or_none(first), day_or_none(last))
            if start is not None and end is not None and end <= start:
                yield line, start, end


class Clash(NamedTuple):
    """Two statements that cannot both be meant."""

    earlier: Statement
    later: Statement

    @property
    def is_repetition(self) -> bool:
        """Whether the later one says the very same: nothing is lost by it."""
        return self.earlier[:4] == self.later[:4]


def overlaps(said: Sequence[Statement]) -> Iterator[Clash]:
    """Statements that give one attribute two values at a time, or the same twice. An open end lasts until the next."""
    once: set[Key] = set()
    by_key: dict[Key, list[Statement]] = {}
    for key in (statement.key for statement in said):
        if key in once:
            by_key[key] = []
        once.add(key)
    for statement in said if by_key else ():
        if statement.key in by_key:
            by_key[statement.key].append(statement)
    for about_one in by_key.values():
        furthest, *others = sorted(about_one, key=_stated)
        before = furthest
        for later in others:
            if later.start == before.start:
                yield Clash(before, later)
            elif furthest.end is not None and later.start < furthest.end:
                yield Clash(furthest, later)
            if furthest.end is None or (later.end is not None and later.end > furthest.end):
                furthest = later
            before = later


def meters_on_two_sdps(
    said: Iterable[Statement], starts_on_record: Callable[[Key], Iterable[Day]] = lambda _: ()
) -> Iterator[Clash]:
    """Statements that give a meter to two SDPs at a time; each later one once, with one that it clashes with.

    An open end lasts until the next start that is stated of the SDP or on record: there it gets another meter.

    :param starts_on_record: the days on which a state of an attribute begins that a Master Directory holds.
    """
    by_sdp: dict[Key, list[Statement]] = defaultdict(list)
    sdps_of: dict[str, set[Key]] = defaultdict(set)
    for statement in said:
        if statement.key.attribute == "sdp_to_meter":
            by_sdp[statement.key].append(statement)
            sdps_of[statement.value].add(statement.key)
    rivals = {key for keys in sdps_of.values() if len(keys) > 1 for key in keys}
    by_meter: dict[str, list[_Held]] = defaultdict(list)
    for key in sorted(rivals):
        for held in _held_in_turn(by_sdp[key], starts_on_record(key)):
            by_meter[held.by.value].append(held)
    for meter in sorted(by_meter):
        yield from _meter_clashes(sorted(by_meter[meter], key=_by_start))


class _Held(NamedTuple):
    """A span in which an SDP holds a meter, by which statement."""

    start: Day
    end: Day | None
    by: Statement


def _held_in_turn(said: Sequence[Statement], on_record: Iterable[Day]) -> Iterator[_Held]:
    """The spans of an SDP's statements; those with an end cut what has none, and the rest of it holds again after."""
    spans = sorted((statement for statement in said if statement.end is not None), key=_stated)
    starts = sorted({*on_record, *(statement.start for statement in said if statement.end is None)})
    yield from (_Held(span.start, span.end, span) for span in spans)
    for ground in said:
        if ground.end is None:
            start: Day | None = ground.start
            last = next((day for day in starts if day > ground.start), None)
            for span in spans:
                if start is not None and span.start >= start and (last is None or span.start < last):
                    if span.start > start:
                        yield _Held(start, span.start, ground)
                    start = span.end
            if start is not None and (last is None or start < last):
                yield _Held(start, last, ground)


def _meter_clashes(ordered: Iterable[_Held]) -> Iterator[Clash]:
    furthest: list[_Held] = []  # of the SDPs so far, the two that keep the meter longest
    told: set[Statement] = set()
    for later in ordered:
        other = next((earlier for earlier in furthest if earlier.by.key != later.by.key), None)
        if other is not None and (other.end is None or later.start < other.end) and later.by not in told:
            told.add(later.by)
            yield Clash(other.by, later.by)
        of_same = [earlier for earlier in furthest if earlier.by.key == later.by.key]
        longest = max([*of_same, later], key=_by_end)
        others = (earlier for earlier in furthest if earlier.by.key != later.by.key)
        furthest = sorted([*others, longest], key=_by_end)[-2:]
        furthest.reverse()


def _stated(statement: Statement) -> tuple[Day, Source]:
    return statement.start, statement.source


def _by_start(held: _Held) -> tuple[Day, Source]:
    return held.start, held.by.source


def _by_end(held: _Held) -> tuple[bool, Day]:
    return held.end is None, held.end or held.start
