"""What the records of a synchronization set say, and how it can contradict itself.

A record says of an SDP, a meter or a communication module that an attribute of it has a value from one day until
another. Rules SYN-11 to SYN-13 as far as records show them; whatever can be told without a Master Directory.
"""

from __future__ import annotations

import functools
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime
from itertools import chain, compress, repeat
from types import NoneType
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from harness.interface.columns import Columns, MadeWhenAsked
from harness.interface.fields import Value
from harness.interface.instants import Day

T = TypeVar("T")
Entity: TypeAlias = Literal["sdp", "meter", "communication_module"]

BEGINNING = Day(date.min)
"""The first day of what has no dates."""

ASSETS: Mapping[str, tuple[Entity, str]] = {
    "sdp": ("sdp", "universal_sdp_id"),
    "meter": ("meter", "meter_id"),
    "communication_module": ("communication_module", "communication_module_id"),
}
"""Asset records, by kind: what they create, and the field that names it."""
NAMES_OF_ASSETS = frozenset(field for _, field in ASSETS.values())
"""The fields that name them. Whether IR06 lists the identifier of a new asset beside the rest is not said."""

SDP_TO_METER = "sdp_to_meter"
RELATIONSHIPS: Mapping[str, str] = {
    SDP_TO_METER: "meter_id",
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
CHANNEL_TO_FORMULA = "channel_to_formula_"
"""What the names of the attributes begin with that say by which formula a channel of a virtual SDP is computed."""

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


_NUMBERS = frozenset({"ct_pt_multiplier", "register_digits", "register_multiplier"})
"""Parameters that are numbers, in a field that is a text."""


def as_meant(statement: Statement) -> Statement:
    """What a statement of a CIS comes to: a number is the same with zeros before it as without."""
    if statement.key.attribute not in _NUMBERS or not statement.value.isdecimal():
        return statement
    return statement._replace(value=statement.value.lstrip("0") or "0")


class StatementColumns(NamedTuple):
    """What the records of one kind in one file say of one attribute, by columns: a statement in each row."""

    entity: Entity
    attribute: str
    file: str
    lines: Sequence[int]
    identifiers: Sequence[str]
    starts: Sequence[Day]
    ends: Sequence[Day | None]
    values: Sequence[str]

    def rows(self, places: Sequence[int]) -> StatementColumns:
        """Some of the rows."""
        return self._replace(
            lines=_at(places, self.lines),
            identifiers=_at(places, self.identifiers),
            starts=_at(places, self.starts),
            ends=_at(places, self.ends),
            values=_at(places, self.values),
        )

    def statements(self) -> Iterator[Statement]:
        keys = map(_KEY, zip(repeat(self.entity), self.identifiers, repeat(self.attribute)))
        sources = map(_SOURCE, zip(repeat(self.file), self.lines))
        return map(_STATEMENT, zip(keys, self.starts, self.ends, self.values, sources, strict=True))


def _at(places: Iterable[int], column: Sequence[T]) -> list[T]:
    return [column[place] for place in places]


About: TypeAlias = tuple[Entity, str]
"""An attribute, whosever it is: of what kind of thing, and which."""

# As the constructors of these, and without a call of Python for each of the millions of a large set.
_KEY: Callable[[Iterable[Any]], Key] = functools.partial(tuple.__new__, Key)
_SOURCE: Callable[[Iterable[Any]], Source] = functools.partial(tuple.__new__, Source)
_STATEMENT: Callable[[Iterable[Any]], Statement] = functools.partial(tuple.__new__, Statement)


class Statements(MadeWhenAsked[Statement]):
    """Statements, kept by columns."""

    def __init__(self, columns: Iterable[StatementColumns]) -> None:
        self.columns = tuple(columns)

    @classmethod
    def of(cls, said: Iterable[Statement]) -> Statements:
        """Statements by columns, however they are kept."""
        if isinstance(said, cls):
            return said
        together: dict[tuple[str, Entity, str], list[Statement]] = defaultdict(list)
        for statement in said:
            together[statement.source.file, statement.key.entity, statement.key.attribute].append(statement)
        return cls(_in_columns(*place, statements) for place, statements in together.items())

    def __len__(self) -> int:
        return sum(len(columns.lines) for columns in self.columns)

    def __iter__(self) -> Iterator[Statement]:
        return chain.from_iterable(columns.statements() for columns in self.columns)

    def by_attribute(self) -> Mapping[About, list[StatementColumns]]:
        """The columns of each attribute, of which there are several where records of several files speak of it."""
        found: dict[About, list[StatementColumns]] = {}
        for columns in self.columns:
            found.setdefault((columns.entity, columns.attribute), []).append(columns)
        return found

    @functools.cached_property
    def repeated(self) -> Mapping[About, Set[str]]:
        """Of whom more than one thing is said, by the attribute that it is said of."""
        found: dict[About, Set[str]] = {}
        seen: dict[tuple[int, ...], Set[str]] = {}  # the attributes of a record share a column of identifiers
        before: tuple[Sequence[str], Set[str]] = (), frozenset()  # and records are often of the same as those before
        for about, several in self.by_attribute().items():
            shared = tuple(id(columns.identifiers) for columns in several)
            if shared not in seen:
                identifiers = [*chain.from_iterable(columns.identifiers for columns in several)]
                seen[shared] = before[1] if identifiers == before[0] else _repeated(identifiers)
                before = identifiers, seen[shared]
            if seen[shared]:
                found[about] = seen[shared]
        return found

    def matching(self, wanted: Mapping[About, Set[str]]) -> Iterator[Statement]:
        """What is said of some attributes of some."""
        for columns in self.columns:
            identifiers = wanted.get((columns.entity, columns.attribute))
            if identifiers:
                places = [place for place, each in enumerate(columns.identifiers) if each in identifiers]
                yield from columns.rows(places).statements()


def _repeated(identifiers: Sequence[str]) -> Set[str]:
    if len(set(identifiers)) == len(identifiers):
        return frozenset()
    return {identifier for identifier, times in Counter(identifiers).items() if times > 1}


def _in_columns(file: str, entity: Entity, attribute: str, said: Iterable[Statement]) -> StatementColumns:
    rows = ((each.source.line, each.key.id, each.start, each.end, each.value) for each in said)
    return StatementColumns(entity, attribute, file, *zip(*rows, strict=True))


def hold_names_once(kinds: Iterable[Columns], names: dict[str, str]) -> None:
    """Let records share the names of assets, of which each stands in a dozen records of a set or more.

    :param names: those that are held already, and from now on those of the records.
    """
    for records in kinds:
        for field, values in zip(records.layout.fields, records.values, strict=True):
            if field.name in NAMES_OF_ASSETS and isinstance(values, list):
                values[:] = map(names.setdefault, values, values)


def parameter_words(codes: Mapping[str, Mapping[str, str]]) -> Mapping[tuple[str, str], str]:
    """The names of parameters, by what they are parameters of and their code."""
    return {(of, code): word for of in ("sdp", "meter") for word, code in codes[f"{of}_parameter"].items()}


def statements(file: str, records: Columns, words: Mapping[tuple[str, str], str]) -> Iterator[StatementColumns]:
    """What records of one kind say of which attributes; those that lack what they need, nothing.

    :param file: the name of the file in which they stand.
    :param words: the names of parameters, see `parameter_words`.
    """
    entity, named = owners(records)
    of_asset = records.layout.kind in ASSETS
    number = len(records.lines)
    identifiers = _texts(named)
    starts = [BEGINNING] * number if of_asset else _days(records.of("start_date"))
    ends = [None] * number if of_asset else _days(records.of("end_date"))
    for attribute, values in _attributes(records, words):
        columns = records.lines, identifiers, starts, ends, _texts(values)
        if isinstance(attribute, str):
            yield _filled(entity, attribute, file, columns)
            continue
        places: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(attribute):
            places[name].append(place)
        for name, chosen in places.items():
            if name:
                of_lines, *others = (_at(chosen, column) for column in columns)
                yield _filled(entity, name, file, (array("I", of_lines), *others))


def _filled(entity: Entity, attribute: str, file: str, columns: tuple[Sequence[Any], ...]) -> StatementColumns:
    """The rows that have what they need: line, identifier, start and value."""
    lines, identifiers, starts, ends, values = columns
    if None in identifiers or None in starts or None in values:
        has = [None not in needed for needed in zip(identifiers, starts, values, strict=True)]
        lines, identifiers, starts, ends, values = (list(compress(column, has)) for column in columns)
    return StatementColumns(entity, attribute, file, lines, identifiers, starts, ends, values)


def _days(values: Sequence[Value]) -> Sequence[Day | None]:
    return [day_or_none(value) for value in values] if {*map(type, values)} - {date, NoneType} else values  # type: ignore[return-value]


def _texts(values: Sequence[Value]) -> Sequence[str | None]:
    if {*map(type, values)} - {str, NoneType}:
        return [None if value is None else str(value) for value in values]
    return values  # type: ignore[return-value]


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
) -> Iterator[tuple[str | Sequence[str], Sequence[Value]]]:
    """The attributes that records give values, and the values: those of all records for one field after the other.

    Where each record says of which attribute it is, there is one for each; empty where it is none.
    """
    kind, of = records.layout.kind, records.of
    if kind in RELATIONSHIPS:
        yield kind, of(RELATIONSHIPS[kind])
    elif kind in {"sdp_parameter", "meter_parameter"}:
        about = kind.partition("_")[0]
        yield [words.get((about, str(code)), "") for code in of("parameter")], of("value")
    elif kind == "channel_to_channel":
        components = of("component_universal_sdp_id")
        rows = zip(of("channel"), components, of("component_channel"), strict=True)
        yield [f"{CHANNEL_TO_CHANNEL}{_no(one)}_{component}_{_no(other)}" for one, component, other in rows], components
    elif kind == "channel_to_formula":
        yield [f"{CHANNEL_TO_FORMULA}{_no(channel)}" for channel in of("channel")], of("formula")
    else:
        for field in records.layout.fields:
            if field.name not in {"universal_sdp_id", "start_date", "end_date"}:
                yield field.name, of(field.name)


def _no(value: Value) -> str:
    return f"{value or 0:02}"


# --- Contradictions -----------------------------------------------------------------------------------------


def ends_too_early(records: Columns) -> Iterator[tuple[int, Day, Day]]:
    """Where what records say ends on the day on which it starts, or before: the line, start and end of each."""
    if "start_date" in records.layout.positions and any(records.of("end_date")):
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
    by_key: dict[Key, list[Statement]] = defaultdict(list)
    every = Statements.of(said)
    for statement in every.matching(every.repeated):
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
    about_meters = Statements.of(said).by_attribute().get(("sdp", SDP_TO_METER), ())
    meters = [meter for columns in about_meters for meter in columns.values]
    if len(set(meters)) == len(meters):
        return
    for statement in chain.from_iterable(columns.statements() for columns in about_meters):
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


def names_new_sdp(sdp: str, attribute: str, prior: str, new: str) -> bool:
    """Whether a difference says no more of an SDP than its Universal SDP ID, which it has had since it was created."""
    return attribute == ASSETS["sdp"][1] and not prior and new.lstrip("0") == sdp.lstrip("0")
