"""What the records of a synchronization set say, and how it can contradict itself.

A record says of an SDP, a meter or a communication module that an attribute of it has a value from one day until
another. Rules SYN-11 to SYN-13 as far as records show them; whatever can be told without a Master Directory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from harness.interface.files import Record, Value
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


def statements(source: Source, record: Record, words: Mapping[tuple[str, str], str]) -> Iterator[Statement]:
    """What a record says of which attributes; of one that lacks what it needs, nothing.

    :param words: the names of parameters, see `parameter_words`.
    """
    if record.kind in ASSETS:
        yield from _of_asset(source, record)
        return
    entity, identifier = owner(record)
    start, end = day_or_none(record["start_date"]), day_or_none(record["end_date"])
    if identifier is None or start is None:
        return
    for attribute, value in _attributes(record, words):
        if value is not None:
            yield Statement(Key(entity, identifier, attribute), start, end, str(value), source)


def day_or_none(value: Value) -> Day | None:
    """A field's day, where it has one."""
    return Day(value) if isinstance(value, date) and not isinstance(value, datetime) else None


def _of_asset(source: Source, record: Record) -> Iterator[Statement]:
    entity, named_by = ASSETS[record.kind]
    identifier = record[named_by]
    if identifier is None:
        return
    for field in record.layout.fields:
        value = record[field.name]
        if value is not None and field.name != "universal_sdp_id":
            yield Statement(Key(entity, str(identifier), field.name), BEGINNING, None, str(value), source)


def owner(record: Record) -> tuple[Entity, str | None]:
    """Whom a record is about."""
    entity: Entity = "meter" if record.kind in OF_METERS else "sdp"
    identifier = record[ASSETS[entity][1]]
    return entity, None if identifier is None else str(identifier)


def _attributes(record: Record, words: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, Value]]:
    """The attributes that a record gives a value, by name."""
    kind = record.kind
    if kind in RELATIONSHIPS:
        yield kind, record[RELATIONSHIPS[kind]]
    elif kind in {"sdp_parameter", "meter_parameter"}:
        word = words.get((kind.partition("_")[0], str(record["parameter"])))
        if word is not None:
            yield word, record["value"]
    elif kind == "channel_to_channel":
        component = record["component_universal_sdp_id"]
        yield f"channel_to_channel_{_no(record['channel'])}_{component}_{_no(record['component_channel'])}", component
    elif kind == "channel_to_formula":
        yield f"channel_to_formula_{_no(record['channel'])}", record["formula"]
    else:
        for field in record.layout.fields:
            if field.name not in {"universal_sdp_id", "start_date", "end_date"}:
                yield field.name, record[field.name]


def _no(value: Value) -> str:
    return f"{value or 0:02}"


# --- Contradictions -----------------------------------------------------------------------------------------


def ends_too_early(record: Record) -> bool:
    """Whether what a record says ends on the day on which it starts, or before."""
    if "start_date" not in record.layout.positions:
        return False
    start, end = day_or_none(record["start_date"]), day_or_none(record["end_date"])
    return start is not None and end is not None and end <= start


class Clash(NamedTuple):
    """Two statements that cannot both be meant."""

    earlier: Statement
    later: Statement

    @property
    def is_repetition(self) -> bool:
        """Whether the later one says the very same: nothing is lost by it."""
        return self.earlier[:4] == self.later[:4]


def overlaps(said: Iterable[Statement]) -> Iterator[Clash]:
    """Statements that give one attribute two values at a time, or the same twice. An open end lasts until the next."""
    by_key: dict[Key, list[Statement]] = defaultdict(list)
    for statement in said:
        by_key[statement.key].append(statement)
    for about_one in by_key.values():
        furthest, *others = sorted(about_one, key=_by_start)
        before = furthest
        for later in others:
            if later.start == before.start:
                yield Clash(before, later)
            elif furthest.end is not None and later.start < furthest.end:
                yield Clash(furthest, later)
            if furthest.end is None or (later.end is not None and later.end > furthest.end):
                furthest = later
            before = later


def meters_on_two_sdps(said: Iterable[Statement]) -> Iterator[Clash]:
    """Statements that give a meter to two SDPs at a time; each later one once, with one that it clashes with."""
    by_meter: dict[str, list[Statement]] = defaultdict(list)
    for statement in said:
        if statement.key.attribute == "sdp_to_meter":
            by_meter[statement.value].append(statement)
    for about_one in by_meter.values():
        if len({statement.key for statement in about_one}) > 1:
            yield from _meter_clashes(sorted(about_one, key=_by_start))


def _meter_clashes(ordered: Iterable[Statement]) -> Iterator[Clash]:
    furthest: list[Statement] = []  # of the SDPs so far, the two that keep the meter longest
    for later in ordered:
        other = next((earlier for earlier in furthest if earlier.key != later.key), None)
        if other is not None and (other.end is None or later.start < other.end):
            yield Clash(other, later)
        of_same = [earlier for earlier in furthest if earlier.key == later.key]
        longest = max([*of_same, later], key=_by_end)
        furthest = sorted([*(earlier for earlier in furthest if earlier.key != later.key), longest], key=_by_end)[-2:]
        furthest.reverse()


def _by_start(statement: Statement) -> tuple[Day, Source]:
    return statement.start, statement.source


def _by_end(statement: Statement) -> tuple[bool, Day]:
    return statement.end is None, statement.end or statement.start
