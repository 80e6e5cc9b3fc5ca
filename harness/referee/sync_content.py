"""What the records of a set say, as the oracle takes it, under the readings that bear on it (AMB-38, AMB-40)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from harness.interface.columns import Columns, columns_of
from harness.interface.file_sets import MANIFEST, Place
from harness.interface.files import Reading
from harness.interface.instants import Day
from harness.interface.profile import Profile
from harness.interface.set_records import (
    ASSETS,
    BEGINNING,
    SDP_TO_METER,
    Clash,
    Entity,
    Key,
    Statement,
    Statements,
    overlaps,
    owners,
    parameter_words,
    statements,
)
from harness.oracle.master_directory import Attribute, Fact, Record
from harness.oracle.synchronization import AcceptedSet, Kind


class Table(NamedTuple):
    """The records of one kind in one file of a set."""

    file: str
    records: Columns


_GIVEN = {SDP_TO_METER, "meter_to_communication_module"}


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in the files of a set.

    :param created: the assets that it has records of; `types` those of its SDPs.
    :param clashes: what gives an attribute two values at a time.
    :param is_interrupted: whether what has no end is interrupted by what has one (AMB-38).
    """

    tables: tuple[Table, ...]
    said: Sequence[Statement]
    created: frozenset[tuple[Entity, str]]
    types: Mapping[str, str]
    clashes: Sequence[Clash]
    is_interrupted: bool

    @classmethod
    def of(cls, files: Mapping[Place, Reading], profile: Profile) -> Content:
        """The content of the files of a set."""
        tables = tuple(
            Table(str(reading.file.name), records)
            for place, reading in sorted(files.items(), key=lambda entry: entry[0])
            if place.file_no != MANIFEST and reading.file is not None
            for records in columns_of(reading.file.details)
        )
        words = parameter_words(profile.codes)
        said = tuple(Statements(each for table in tables for each in statements(table.file, table.records, words)))
        assets = [owners(table.records) for table in tables if table.records.layout.kind in ASSETS]
        created = frozenset((entity, str(each)) for entity, several in assets for each in several)
        sdps = [table.records for table in tables if table.records.layout.kind == "sdp"]
        types = {
            str(one): str(kind)
            for records in sdps
            for one, kind in zip(records.of("universal_sdp_id"), records.of("sdp_type"), strict=True)
        }
        return cls(tables, said, created, types, tuple(overlaps(said)), _interrupted(said))

    def of_kind(self, kind: str) -> Iterable[tuple[str, Columns]]:
        """The records of a kind, by the file that they stand in."""
        return ((table.file, table.records) for table in self.tables if table.records.layout.kind == kind)

    def named(self) -> frozenset[Key]:
        """The attributes of which it says anything."""
        return frozenset(each.key for each in self.said)

    def metering(self) -> frozenset[str]:
        """The meters and communication modules that it creates, says anything of, or gives to an SDP or a meter."""
        created = (identifier for kind, identifier in self.created if kind != "sdp")
        owners_of = (each.key.id for each in self.said if each.key.entity != "sdp")
        given = (each.value for each in self.said if each.key.attribute in _GIVEN)
        return frozenset((*created, *owners_of, *given))

    def assets(self) -> frozenset[str]:
        """The identifiers of the assets that it creates, or says anything of."""
        return frozenset((*(identifier for _, identifier in self.created), *(each.key.id for each in self.said)))


def _interrupted(said: Sequence[Statement]) -> bool:
    return any(_ended_where_interrupted(about) != about for about in _by_attribute(said))


Reads: TypeAlias = Callable[[list[Statement]], list[Statement]]


def accepted(content: Content, is_periodic_audit: bool, day: Day, reads: Iterable[Reads]) -> AcceptedSet:
    """The set as the oracle takes it, with what is said of each attribute read as readings have it.

    :param day: that of its extract.
    """
    said: Sequence[Statement] = content.said
    for read in reads:
        said = [each for about in _by_attribute(said) for each in read(about)]
    facts = tuple(dict.fromkeys(Fact(Attribute(*each.key), each.value) for each in said if each.start == BEGINNING))
    records = tuple(
        dict.fromkeys(
            Record(Attribute(*each.key), each.start, each.end, each.value)
            for each in said
            if each.start != BEGINNING and (each.end is None or each.end > each.start)
        )
    )
    kind: Kind = "P-Sync" if is_periodic_audit else "I-Sync"
    return AcceptedSet(kind, day, frozenset(content.types), facts, records)


def _by_attribute(said: Iterable[Statement]) -> Iterable[list[Statement]]:
    about: dict[Key, list[Statement]] = defaultdict(list)
    for each in said:
        about[each.key].append(each)
    return (sorted(several, key=lambda each: each[1:4:2]) for several in about.values())


def _ended_where_interrupted(said: list[Statement]) -> list[Statement]:
    """What has no end, ended for good where a later span with one begins."""
    spans = [each.start for each in said if each.end is not None]
    return [
        each._replace(end=min((start for start in spans if start > each.start), default=None))
        if each.end is None
        else each
        for each in said
    ]


def _cut_where_a_later_begins(said: list[Statement]) -> list[Statement]:
    """Of what overlaps, the earlier ended where the later begins; what has no end goes on to the next that has none."""
    starts = [each.start for each in said]
    return [
        each
        if each.end is None
        else each._replace(end=min([each.end, *(start for start in starts if start > each.start)]))
        for each in said
    ]


INTERRUPTED: Mapping[str, Reads | None] = {"comes-back": None, "ends": _ended_where_interrupted}
CONTRADICTED: Mapping[str, Reads | None] = {"refused": None, "later-holds": _cut_where_a_later_begins}
