"""Master data: which value an attribute of an SDP has, and from when until when (SYN-11, ISY-01, ISY-02, PSY-02).

It comes from synchronization sets, from the updates that were reported of them (IR06), or from Parquet with a row for
each SDP and span: SDP, start, end, and a column for each attribute that the row says something of. Sets are taken
whole, in the order of their sequence numbers, and each IR06 says what was changed, whatever its set had said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from harness.interface.columns import columns_of
from harness.interface.files import InterfaceFile, Record
from harness.interface.instants import Day
from harness.interface.interval_data import SDP
from harness.interface.profile import Profile
from harness.interface.set_records import parameter_words, statements
from harness.recompute import tables
from harness.recompute.computing import State
from harness.recompute.findings import Findings
from harness.recompute.first_spans import OPEN, FirstSpans, Said, said_of
from harness.recompute.ids import Ids, coded_texts, ids_in, ids_of, ranks, recoded, texts, within
from harness.recompute.reach import Reach

FRAMING, ACCOUNT, AGENT, CYCLE = "framing_structure", "sdp_to_account", "sdp_to_billing_agent", "billing_cycle_id"
ATTRIBUTES = (FRAMING, ACCOUNT, AGENT, CYCLE)
"""The attributes that quantities and requests rest on."""
VEE, METER, MULTIPLIER = "vee_service", "sdp_to_meter", "ct_pt_multiplier"
DIGITS, REGISTER = "register_digits", "register_multiplier"
OF_METERS = (DIGITS, REGISTER)
"""Those of meters; all others are of SDPs."""
OF_SUM_CHECK = (VEE, METER, MULTIPLIER, *OF_METERS)
"""The attributes that the sum check rests on."""
LDC, METER_COLUMN = "ldc", "meter"
COLUMNS = {
    "framing_structure": FRAMING,
    "account": ACCOUNT,
    "billing_agent": AGENT,
    "billing_cycle_id": CYCLE,
    "vee_service": VEE,
    METER_COLUMN: METER,
    "ct_pt_multiplier": MULTIPLIER,
    "register_digits": DIGITS,
    "register_multiplier": REGISTER,
}
"""The columns of a table of master data, and the attributes that they are; those of meters are of the row's meter."""
_EPOCH = date(1970, 1, 1)
_BYTES_OF_HISTORY = 700
"""What a history takes that is held as Python's objects, nearly."""
_TOGETHER = 2**16
"""So many records of an IR06 are taken up together."""
Histories: TypeAlias = "dict[str, tuple[State, ...]]"


class Spans(NamedTuple):
    """The spans of one attribute, by SDP, or by meter, and start: days since 1970-01-01, and numbers of values."""

    sdp: Ids
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    value: NDArray[np.int32]

    def rows(self, chosen: Any) -> Spans:
        return Spans(*(each[chosen] for each in self))


@dataclass(frozen=True, slots=True)
class MasterData:
    """The master data of any number of SDPs.

    :param sdps: those that it tells of, in order; `ldc`: numbers of their LDCs, `ldcs`: what the numbers stand for.
    :param values: by attribute, what the numbers of values stand for.
    """

    sdps: Ids
    ldc: NDArray[np.int32]
    ldcs: Sequence[str]
    spans: Mapping[str, Spans]
    values: Mapping[str, Sequence[str]]

    def part(self, first: str, end: str | None) -> MasterData:
        """What it tells of the SDPs from one ID until another, exclusive, with the values alone that they have."""
        own = within(self.sdps, first, end)
        spans = {
            name: each.rows(within(each.sdp, first, end)) for name, each in self.spans.items() if name not in OF_METERS
        }
        if METER in spans:
            meters = ids_of(recoded(spans[METER].value, self.values[METER])[1])
            spans |= {name: self.spans[name].rows(np.isin(self.spans[name].sdp, meters)) for name in OF_METERS}
        (ldc, ldcs), values = recoded(self.ldc[own], self.ldcs), {}
        for name, each in spans.items():
            numbers, values[name] = recoded(each.value, self.values[name])
            spans[name] = each._replace(value=numbers)
        return MasterData(self.sdps[own], ldc, ldcs, spans, values)


def days_since_1970(day: date) -> int:
    return (day - _EPOCH).days


def day_number(number: int) -> Day:
    """The day so many days after 1970-01-01."""
    return Day(date.fromordinal(_EPOCH.toordinal() + number))


# --- from files ------------------------------------------------------------------------------------------------


class MasterDataBuilder:
    """Takes up what is said of SDPs, one source after the other.

    :param attributes: those that are taken up.
    :param reach: of which SDPs they are taken up; those of meters are of all. It is narrowed as memory is full.
    """

    def __init__(
        self,
        profile: Profile,
        findings: Findings,
        attributes: Sequence[str] = ATTRIBUTES,
        reach: Reach | None = None,
    ) -> None:
        self.profile = profile
        self.findings = findings
        self.reach = Reach() if reach is None else reach
        self._sdps_of: dict[str, Ids] = {}  # by LDC those that sets have asset records for; updates name others
        self._told_of: list[tuple[Ids, str]] = []
        self.attributes = attributes
        self._firsts = {name: FirstSpans() for name in attributes}
        self._histories: dict[str, Histories] = {name: {} for name in attributes}
        self._tables: list[Any] = []
        self._tables_of_meters: list[Any] = []  # a meter may be of several SDPs, and of some beyond reach
        self._said_by_set: list[tuple[str, Said]] = []

    def take_set(self, ldc: str, extracted: Day | None, files: Iterable[tuple[str, InterfaceFile]]) -> None:
        """Take a synchronization set up.

        :param extracted: the day of a P-Sync, from which on SDPs that it omits have nothing; None for an I-Sync.
        """
        sdps = self._read_set(files)
        if extracted is not None:
            self._end_omitted(ldc, sdps, extracted)
        for other, theirs in self._sdps_of.items():
            if other != ldc:
                self._sdps_of[other] = theirs[~np.isin(theirs, sdps)]
        self._sdps_of[ldc] = np.union1d(self._sdps_of[ldc], sdps) if ldc in self._sdps_of else sdps
        while self._said_by_set:
            self._take(*self._said_by_set.pop(0))
        self._make_room()

    def _read_set(self, files: Iterable[tuple[str, InterfaceFile]]) -> Ids:
        """Read what the files of a set say of which attributes; the SDPs that it has asset records for."""
        words = parameter_words(self.profile.codes)
        sdps: list[Ids] = [ids_of(())]
        for name, file in files:
            for records in columns_of(file.details):
                if records.layout.kind == "sdp":
                    sdps.append(ids_of(str(each) for each in records.of(SDP) if each is not None))
                self._said_by_set += [
                    (of.attribute, self._within_reach(of.attribute, said_of(*of[4:])))
                    for of in statements(name, records, words)
                    if of.attribute in self._histories and of.entity == _entity(of.attribute)
                ]
            self._make_room()
        found = np.unique(np.concatenate(sdps))
        return found[self.reach.holds(found)]

    def _within_reach(self, attribute: str, said: Said) -> Said:
        """What is said of SDPs within reach; what is of meters is of all."""
        if self.reach.is_whole or attribute in OF_METERS:
            return said
        return said.rows(self.reach.holds(said.ids))

    def _make_room(self) -> None:
        """Narrow the reach where what is held is more than memory should hold, and let go of what is beyond it."""
        reach, sdp = self.reach, {name: first for name, first in self._firsts.items() if name not in OF_METERS}
        while reach.most is not None and self._held(sdp.values()) > reach.most and reach.halved(self._sdps_held(sdp)):
            self._sdps_of = {ldc: ids[reach.holds(ids)] for ldc, ids in self._sdps_of.items()}
            self._told_of = [(ids[reach.holds(ids)], ldc) for ids, ldc in self._told_of]
            self._said_by_set = [(name, self._within_reach(name, said)) for name, said in self._said_by_set]
            self._tables = [_table_within(reach, table) for table in self._tables]
            for name, first in sdp.items():
                first.keep(reach.holds)
                histories = self._histories[name]
                self._histories[name] = {sdp: histories[sdp] for sdp in compress(histories, reach.takes(histories))}

    def _held(self, firsts: Iterable[FirstSpans]) -> int:
        """How many bytes what is held of SDPs takes, nearly."""
        of_set = sum(said.nbytes for name, said in self._said_by_set if name not in OF_METERS)
        of_ids = sum(ids.nbytes for ids in (*self._sdps_of.values(), *(ids for ids, _ in self._told_of)))
        histories = sum(len(each) for name, each in self._histories.items() if name not in OF_METERS)
        of_tables = sum(int(table.nbytes) for table in self._tables)
        return of_set + of_ids + of_tables + histories * _BYTES_OF_HISTORY + sum(first.nbytes for first in firsts)

    def _sdps_held(self, firsts: Mapping[str, FirstSpans]) -> Ids:
        """The SDPs of which something is held, those of one source after the other."""
        of_set = [said.ids for name, said in self._said_by_set if name not in OF_METERS]
        of_firsts = [said.ids for first in firsts.values() for said in first.all()]
        of_tables = [ids_in(tables.plain_texts(table.column(SDP)).drop_null()) for table in self._tables]
        told_of = [ids for ids, _ in self._told_of]
        histories = [ids_of(each) for name, each in self._histories.items() if name not in OF_METERS]
        several = (*of_set, *of_firsts, *of_tables, *told_of, *histories, *self._sdps_of.values())
        return max((np.unique(each) for each in several), key=len, default=ids_of(()))

    def _take(self, attribute: str, said: Said) -> None:
        """Take up what a set says of an attribute: what is the first of an SDP by columns, the rest one by one."""
        histories = self._histories[attribute]
        first, known = self._are_first(attribute, said)
        self._firsts[attribute].add(said.rows(first))
        by_sdp: dict[str, list[State]] = defaultdict(list)
        others = said.rows(~first & ~known)
        rows = zip(texts(others.ids), others.start.tolist(), others.end.tolist(), others.texts.to_pylist(), strict=True)
        for sdp, start, end, value in rows:
            by_sdp[sdp].append(_state(start, end, value))
        for sdp, states in by_sdp.items():
            histories[sdp] = with_states(self._history(attribute, sdp), states)

    def _are_first(self, attribute: str, said: Said) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which rows are the one thing that was ever said of an SDP's attribute, and which say what is held already."""
        histories = self._histories[attribute]
        _, of, times = np.unique(said.ids, return_inverse=True, return_counts=True)
        once = times[of.reshape(-1)] == 1
        there, same = self._firsts[attribute].known(said)
        if histories:
            there |= np.fromiter((sdp in histories for sdp in texts(said.ids)), dtype=bool, count=said.ids.size)
        return once & ~there, once & there & same

    def _history(self, attribute: str, sdp: str) -> Sequence[State]:
        """What is held of an attribute, which is about to change."""
        history = self._histories[attribute].get(sdp)
        first = self._firsts[attribute].taken_out(sdp) if history is None else None
        return history or (() if first is None else (_state(*first),))

    def _end_omitted(self, ldc: str, sdps: Ids, day: Day) -> None:
        """Let SDPs of an LDC have nothing from a day on that its P-Sync omits (PSY-02)."""
        known = self._sdps_of.get(ldc, ids_of(()))
        omitted = texts(known[~np.isin(known, sdps)])
        for name, histories in self._histories.items():
            for sdp in () if name in OF_METERS else omitted:
                history = self._history(name, sdp)
                if history:
                    histories[sdp] = written_over(history, day, None, None)

    def updates(self, ldc: str) -> Updates:
        """What takes up the records of an IR06 of an LDC."""
        return Updates(self, ldc)

    def take_updates(self, ldc: str, sdps: Iterable[str], rows: Sequence[Updated]) -> None:
        """Take up what some records of an IR06 say was updated: the first of an attribute by columns, the rest in turn.

        :param sdps: those that the records are about.
        """
        told_of = np.unique(ids_of(sdps))
        self._told_of.append((told_of[self.reach.holds(told_of)], ldc))
        by_attribute: dict[str, list[Updated]] = defaultdict(list)
        within = self.reach.takes([row.whose for row in rows]).tolist()
        for row, is_within in zip(rows, within, strict=True):
            if is_within or row.attribute in OF_METERS:
                by_attribute[row.attribute].append(row)
        for attribute, own in by_attribute.items():
            said = said_of(*zip(*(row[1:] for row in own), strict=True))
            first = self._are_first(attribute, said)[0] & pc.is_valid(said.texts).to_numpy(zero_copy_only=False)
            self._firsts[attribute].add(said.rows(first))
            histories = self._histories[attribute]
            for place in np.flatnonzero(~first).tolist():
                _, whose, start, end, value = own[place]
                histories[whose] = written_over(self._history(attribute, whose), start, end, value)
        self._make_room()

    def take_table(self, path: Path, named: Mapping[str, str]) -> None:
        """Take up a table of spans.

        :raises InputError: it does not read, or lacks a column.
        """
        file = tables.opened(path)
        schema = file.schema_arrow
        wanted = {ours: tables.wanted_column(path, schema, ours, named) for ours in (SDP, "start", "framing_structure")}
        for ours in ("end", LDC, *(name for name, attribute in COLUMNS.items() if attribute in self._histories)):
            found = tables.column(path, schema, ours, named)
            if found is not None:
                wanted[ours] = found
        for ours, theirs in wanted.items():
            kind = schema.field(theirs).type
            if ours in {"start", "end"}:
                tables.wanted_type(path, schema, theirs, pa.types.is_date(kind), "a date")
            else:
                tables.wanted_text(path, schema, theirs)
        if not wanted.keys().isdisjoint(OF_METERS):
            wanted[METER_COLUMN] = tables.wanted_column(path, schema, METER_COLUMN, named)
        for batch in tables.batches(path, file, list(dict.fromkeys(wanted.values()))):
            table = pa.table(
                {
                    ours: tables.dates(path, theirs, batch.column(theirs))
                    if ours in {"start", "end"}
                    else batch.column(theirs)
                    for ours, theirs in wanted.items()
                }
            )
            if not wanted.keys().isdisjoint(OF_METERS):
                self._tables_of_meters.append(
                    _whole(table).filter(pc.is_valid(pc.field(METER_COLUMN))).drop_columns(SDP)
                )
                table = table.drop_columns([name for name in OF_METERS if name in wanted])
            self._tables.append(table if self.reach.is_whole else _table_within(self.reach, table))
            self._make_room()

    # --- all together --------------------------------------------------------------------------------------

    def built(self) -> MasterData:
        """Everything that was taken up; nothing more can be."""
        spans, values, of_tables = {}, {}, self._of_tables()
        of_sets = [(ids, pa.array([ldc] * ids.size, pa.string())) for ldc, ids in self._sdps_of.items()]
        owners = [
            (
                np.concatenate([ids_of(()), *(ids for ids, _ in of_sets)]),
                pa.concat_arrays([pa.array([], pa.string()), *(theirs for _, theirs in of_sets)]),
            ),
            *((ids, pa.array([ldc] * ids.size, pa.string())) for ids, ldc in self._told_of),
        ]
        for name, histories in self._histories.items():
            of_files = [*self._firsts.pop(name).all(), _of_histories(histories)]
            of_table = [of_tables[name]] if name in of_tables else []
            spans[name], values[name] = self._sorted(name, [*of_files, *of_table])
            if name not in OF_METERS:
                of_nobody = [said.ids[~np.isin(said.ids, owners[0][0])] for said in of_files]
                owners += [(ids, pa.array([""] * ids.size, pa.string())) for ids in of_nobody]
        if LDC in of_tables:
            owners.append((of_tables[LDC].ids, of_tables[LDC].texts))
        sdps, firsts = np.unique(np.concatenate([ids for ids, _ in owners]), return_index=True)
        ldc, ldcs = coded_texts(pa.concat_arrays([theirs for _, theirs in owners]).take(pa.array(firsts)))
        return MasterData(sdps, ldc, ldcs, spans, values)

    def _of_tables(self) -> dict[str, Said]:
        """By attribute what tables say; by `LDC` which SDPs are whose. Rows without SDP or start are a finding."""
        if not self._tables:
            return {}
        every = pa.concat_tables(self._tables, promote_options="default")
        table = _whole(every)
        if table.num_rows < every.num_rows:
            lack = every.num_rows - table.num_rows
            self.findings.add("", "master-incomplete", -1, lack, "rows without SDP or start", "both in each row")
        said = _said_by(table)
        if self._tables_of_meters:
            said |= _said_of_meters(pa.concat_tables(self._tables_of_meters, promote_options="default"))
        return said

    def _sorted(self, name: str, several: Sequence[Said]) -> tuple[Spans, Sequence[str]]:
        """The spans of an attribute, sorted, and its values; those that overlap or have no day are a finding."""
        filled = [said for said in several if said.ids.size] or several[:1]
        ids, start, end = (np.concatenate(of_one) for of_one in list(zip(*filled, strict=True))[:3])
        numbers, known = coded_texts(pa.concat_arrays([said.texts for said in filled]))
        order = np.lexsort((start, ids))
        found = Spans(ids, start, end, numbers).rows(order)
        if bool(_again(found).any()):  # else the order is one already, however the sources come
            found = found.rows(np.lexsort((found.end, ranks(known)[found.value], found.start, found.sdp)))
        return self._without_overlaps(name, self._without_empty(name, found), known)

    def _without_empty(self, name: str, spans: Spans) -> Spans:
        """The spans that have a day; the others are a finding."""
        empty = spans.end <= spans.start
        for place in np.flatnonzero(empty).tolist():
            begins, ends = (day_number(int(each[place])) for each in (spans.start, spans.end))
            self._note(
                name, spans.sdp[place], "span-empty", f"{name} from {begins} to {ends}", "an end after its start"
            )
        return spans.rows(~empty) if empty.any() else spans

    def _note(self, name: str, whose: bytes, code: str, found: str, expected: str) -> None:
        of_meter = name in OF_METERS
        told = f"meter {whose.decode()}: {found}" if of_meter else found
        self.findings.add("" if of_meter else whose.decode(), code, -1, 1, told, expected)

    def _without_overlaps(self, name: str, spans: Spans, known: Sequence[str]) -> tuple[Spans, Sequence[str]]:
        """Spans that follow one another, and their values: the later ends the earlier.

        Of several that start on one day none is the later, and one that says when it ends is not ended before: framing
        structures are then taken for one that is none of the profile's, as long as both hold, so that nothing is
        computed by them; of other attributes the last, by its start and its text, counts.
        """
        if spans.sdp.size < 2:
            return spans, known
        over = (spans.sdp[1:] == spans.sdp[:-1]) & (spans.start[1:] < spans.end[:-1])
        again = _again(spans)
        differs = spans.value[1:] != spans.value[:-1]
        for place in np.flatnonzero(over & np.where(again, differs, spans.end[:-1] != OPEN)).tolist():
            told = f"{name} from {day_number(int(spans.start[place + 1]))} while another holds"
            self._note(name, spans.sdp[place], "history-overlap", told, "one value")
        end, value, values = spans.end.copy(), spans.value.copy(), known
        end[:-1][over] = spans.start[1:][over]
        if name == FRAMING and bool((again & differs).any()):
            value, values = _told_together(value, [*known], np.flatnonzero(again & differs).tolist())
        followed = spans._replace(end=end, value=value)
        torn = np.flatnonzero(over & ~again & differs & (spans.end[:-1] != OPEN))
        return (
            _torn(followed, [*values], torn, spans.end[torn]) if name == FRAMING and torn.size else (followed, values)
        )


def _told_together(
    value: NDArray[np.int32], values: list[str], places: Sequence[int]
) -> tuple[NDArray[np.int32], list[str]]:
    """Values of which some stand for all that the one before says and they say themselves."""
    for place in places:
        values.append(f"{values[value[place]]} and {values[value[place + 1]]}")
        value[place + 1] = len(values) - 1
    return value, values


def _torn(
    spans: Spans, values: list[str], places: NDArray[np.intp], ends: NDArray[np.int32]
) -> tuple[Spans, list[str]]:
    """Spans of which some hold until an end after the start of the next: from there until then both are told.

    :param ends: the end that each of these states.
    """
    later = places + 1
    both = spans.rows(later)
    told = [f"{values[one]} and {values[other]}" for one, other in zip(spans.value[places], both.value, strict=True)]
    until = np.minimum(ends, both.end)
    both = both._replace(end=until, value=np.arange(len(values), len(values) + len(told), dtype=spans.value.dtype))
    start = spans.start.copy()
    start[later] = until
    found = Spans(*(np.insert(of_all, later, of) for of_all, of in zip(spans._replace(start=start), both, strict=True)))
    return found.rows(found.start < found.end), [*values, *told]


def _again(spans: Spans) -> NDArray[np.bool_]:
    """Which spans but the first start on the day on which the one before starts, and are of the same SDP or meter."""
    again: NDArray[np.bool_] = (spans.sdp[1:] == spans.sdp[:-1]) & (spans.start[1:] == spans.start[:-1])
    return again


class Updated(NamedTuple):
    """That an attribute of an SDP, or of a meter, has another value from a day until another; none where it is None."""

    attribute: str
    whose: str
    start: Day
    end: Day | None
    value: str | None


class Updates:
    """Takes up the records of an IR06, so many together."""

    def __init__(self, builder: MasterDataBuilder, ldc: str) -> None:
        self.builder, self.ldc = builder, ldc
        self._codes = builder.profile.codes["entity"]
        self._wanted = {name: self._codes[_entity(name)] for name in builder.attributes}
        self._sdps: list[str] = []
        self._rows: list[Updated] = []

    def see(self, record: Record) -> None:
        """Take up a record."""
        attribute, whose, entity = str(record["attribute"]), str(record["entity_id"]), record["entity"]
        if entity == self._codes["sdp"] and (not self._sdps or self._sdps[-1] != whose):
            self._sdps.append(whose)
        start, end, value = (record[name] for name in ("effective_from", "effective_to", "new_value"))
        if self._wanted.get(attribute) == entity and isinstance(start, date):
            last = Day(end) if isinstance(end, date) else None
            text = None if value is None else str(value)
            self._rows.append(Updated(attribute, whose, Day(start), last, text))
        if max(len(self._rows), len(self._sdps)) >= _TOGETHER:
            self.close()

    def close(self) -> None:
        """Let everything be taken up that was seen."""
        self.builder.take_updates(self.ldc, self._sdps, self._rows)
        self._sdps, self._rows = [], []


def _of_histories(histories: Histories) -> Said:
    """What histories say, span by span."""
    rows = [(sdp, state) for sdp, states in histories.items() for state in states]
    return said_of(
        [sdp for sdp, _ in rows],
        [state.start for _, state in rows],
        [state.end for _, state in rows],
        [str(state.value) for _, state in rows],
    )


def _table_within(reach: Reach, table: Any) -> Any:
    """The rows of a table of SDPs within reach, and those that name none where all is read from the first on."""
    names = tables.plain_texts(table.column(SDP).combine_chunks())
    found = pc.greater_equal(names, reach.first)
    if reach.end is not None:
        found = pc.and_(found, pc.less(names, reach.end))
    return table.filter(pc.fill_null(found, not reach.first))


def _said_by(table: Any) -> dict[str, Said]:
    """By attribute what a table says; by `LDC` which SDPs are whose."""
    whole = _spans_in(table, SDP)
    said = {attribute: _told(table, ours, whole) for ours, attribute in COLUMNS.items() if ours in table.column_names}
    owner = [""] * whole.ids.size
    said[LDC] = whole._replace(
        texts=pc.fill_null(_plain(table, LDC), "") if LDC in table.column_names else pa.array(owner, pa.string())
    )
    return said


def _said_of_meters(table: Any) -> dict[str, Said]:
    """By attribute what a table says of meters."""
    whole = _spans_in(table, METER_COLUMN)
    return {name: _told(table, name, whole) for name in OF_METERS if name in table.column_names}


def _spans_in(table: Any, whose: str) -> Said:
    """Whose the rows of a table are, and from when until when; as texts, whose they are."""
    names = _plain(table, whose)
    start = table.column("start").cast(pa.date32()).cast(pa.int32()).to_numpy()
    end = np.full(start.size, OPEN, dtype=np.int32)
    if "end" in table.column_names:
        end = pc.fill_null(table.column("end").cast(pa.date32()).cast(pa.int32()), OPEN).to_numpy()
    return Said(ids_in(names), start, end, names)


def _told(table: Any, column: str, whole: Said) -> Said:
    """What the rows of a table say in a column that say something there."""
    texts = _plain(table, column)
    return whole._replace(texts=texts).rows(pc.is_valid(texts).to_numpy(zero_copy_only=False))


def _whole(table: Any) -> Any:
    """The rows of a table that name an SDP and a start."""
    return table.filter(pc.and_(pc.is_valid(table.column(SDP)), pc.is_valid(table.column("start"))))


def _plain(table: Any, name: str) -> Any:
    return tables.plain_texts(table.column(name).combine_chunks())


def _entity(attribute: str) -> str:
    """What has an attribute, by its name in the profile."""
    return "meter" if attribute in OF_METERS else "sdp"


# --- histories ---------------------------------------------------------------------------------------------------


def with_states(history: Sequence[State], said: Sequence[State]) -> tuple[State, ...]:
    """A history with all that a set says of an attribute (SYN-11).

    States that start on the day on which a new one starts give way. An open end lasts until the next start on record.
    """
    if not history and len(said) == 1:
        return tuple(said)
    starts = {state.start for state in said}
    found = [state for state in history if state.start not in starts]
    on_record = [state.start for state in history]
    for state in sorted(said, key=lambda each: each.start):
        end = state.end
        if end is None:
            end = min((start for start in on_record if start > state.start), default=None)
        found = [rest for each in found for rest in _around(each, state.start, end)]
        found.append(State(state.start, end, state.value))
    return tuple(sorted(found, key=lambda each: each.start))


def written_over(history: Sequence[State], start: Day, end: Day | None, value: str | None) -> tuple[State, ...]:
    """A history in which another value, or none, holds from a day until another."""
    found = [rest for state in history for rest in _around(state, start, end)]
    if value is not None:
        found.append(State(start, end, value))
    return tuple(sorted(found, key=lambda each: each.start))


def _around(state: State, start: Day, end: Day | None) -> Iterator[State]:
    before = start if state.end is None else min(start, state.end)
    if state.start < before:
        yield state._replace(end=before)
    if end is not None and (state.end is None or end < state.end):
        yield state._replace(start=max(end, state.start))


def states_of(spans: Spans, place: slice, values: Sequence[str]) -> tuple[State, ...]:
    """The spans of one SDP as states."""
    rows = zip(*(each[place].tolist() for each in spans[1:]), strict=True)
    return tuple(_state(start, end, values[value]) for start, end, value in rows)


def _state(start: int, end: int, value: str) -> State:
    """A state whose days are numbers of days since 1970-01-01."""
    return State(day_number(start), None if end == OPEN else day_number(end), value)
