"""Partitions: all that is done for the SDPs from one ID until another, in memory that their number bounds.

What comes of an SDP rests on its own data alone, so that results are the same for any partitioning. A partition reads
the groups of rows that may hold its SDPs, as the statistics of the files say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from harness.interface.interval_data import DAY, SDP, START, WH
from harness.interface.profile import Profile
from harness.recompute import tables
from harness.recompute.comparison import HELD, Comparison, Difference, compared, statuses
from harness.recompute.computing import Computing
from harness.recompute.delivered import NONE, Responses
from harness.recompute.findings import CODES, DataFinding, Findings
from harness.recompute.ids import places, texts
from harness.recompute.interval_arrays import Collected
from harness.recompute.interval_reading import IntervalReader, Source
from harness.recompute.master_data import ACCOUNT, AGENT, FRAMING, MasterData, day_number
from harness.recompute.quantities import (
    NOT_JUDGED,
    OUTCOMES,
    TOTALS,
    OfSdps,
    Quantities,
    computed,
    divided,
    note_what_lacks,
)
from harness.recompute.requests import Requests
from harness.recompute.sample import Sampled, SecondModel

BYTES_OF_INTERVAL = 40
"""What an interval takes at most, while it is read and put into arrays."""
WORST = 20
"""How many SDPs are told whose quantities differ most."""


class Range(NamedTuple):
    """The SDPs from one ID until another, exclusive; all that follow, where it is None."""

    first: str
    end: str | None


class Group(NamedTuple):
    """A group of rows of a file, and which SDPs may be in it; None where nobody knows."""

    source: int
    number: int
    lowest: str | None
    highest: str | None
    intervals: int

    def may_hold(self, wanted: Range) -> bool:
        """Whether SDPs of a range may be in it."""
        if self.lowest is None or self.highest is None:
            return True
        return wanted.first <= self.highest and (wanted.end is None or self.lowest < wanted.end)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that quantities are computed from and held to.

    :param responses: what was delivered, by file type; None where nothing is held to it.
    :param sampled: the SDPs that the oracle computes, too.
    """

    profile: Profile
    computing: Computing
    sources: Sequence[Source]
    groups: Sequence[Group]
    master: MasterData
    requests: Requests
    responses: Mapping[str, Responses] | None
    sampled: frozenset[str]


@dataclass(slots=True)
class Outcome:
    """What came of a partition: tables of quantities, differences and findings, and counts.

    :param counts: requests by what became of them, by what holding them came to, and the latter by LDC, framing
        structure and end of the period; SDPs with findings by code.
    :param moved: Wh, W and VA by which SDPs differ, without signs, of those that differ most.
    """

    quantities: Any
    differences: Any
    findings: Any
    counts: dict[str, Counter[str]]
    moved: list[tuple[int, str]]
    sampled: list[Sampled] = field(default_factory=list)
    undue: int = 0


def groups_of(sources: Sequence[Source], findings: Findings) -> list[Group]:
    """The groups of rows of files, and what their statistics say of SDPs; rows that name none are a finding."""
    found: list[Group] = []
    for number, source in enumerate(sources):
        meta = tables.opened(source.path).metadata
        paths = {meta.schema.column(place).path: place for place in range(meta.num_columns)}
        wh = next(place for path, place in paths.items() if path.split(".")[0] == source.columns[WH])
        sdp = paths[source.columns[SDP]]
        begins = paths[source.columns[START if source.layout == "long" else DAY]]
        for place in range(meta.num_row_groups):
            group = meta.row_group(place)
            stated = group.column(sdp).statistics
            known = stated is not None and stated.has_min_max and isinstance(stated.min, str)
            lowest, highest = (stated.min, stated.max) if known else (None, None)
            _note_unnamed(group, (sdp, begins), source, findings)
            found.append(Group(number, place, lowest, highest, group.column(wh).num_values))
    return found


def _note_unnamed(group: Any, columns: Iterable[int], source: Source, findings: Findings) -> None:
    for column in columns:
        stated = group.column(column).statistics
        if stated is not None and stated.has_null_count and stated.null_count:
            expected = "an SDP and an instant in each row"
            findings.add("", "sdp-missing", -1, stated.null_count, f"rows without one in {source.path.name}", expected)


def ranges(requests: Requests, groups: Iterable[Group], memory: int) -> list[Range]:
    """Ranges of SDPs, each small enough for the memory that there is."""
    sdps = np.unique(requests.sdp)
    needed = sum(group.intervals for group in groups) * BYTES_OF_INTERVAL
    number = max(1, min(sdps.size, -(-needed // memory)))
    edges = [sdps[sdps.size * place // number].decode() for place in range(1, number)]
    return [Range(first, end) for first, end in zip(["", *edges], [*edges, None], strict=True)]


def outcome_of(inputs: Inputs, wanted: Range) -> Outcome:
    """Compute, hold and sample the SDPs of a range."""
    return _Partition(inputs, wanted).outcome()


class _Partition:
    """The work on one range of SDPs."""

    def __init__(self, inputs: Inputs, wanted: Range) -> None:
        self.inputs, self.range = inputs, wanted
        self.master = inputs.master.part(*wanted)
        self.requests = inputs.requests.part(*wanted)
        self.findings = Findings()
        ids = np.unique(self.requests.sdp)
        self.sdps = texts(ids)
        self.place = places(self.requests.sdp, ids)
        self.known = places(ids, self.master.sdps) >= 0

    def outcome(self) -> Outcome:
        collected, reader = self._read()
        first, days = self._days()
        intervals = collected.arrays(first, days, reader.doubts)
        samples = [sdp for sdp in self.sdps if sdp in self.inputs.sampled]
        runs = self._runs_of(collected, samples)
        collected.release()
        computing = self.inputs.computing
        parts, why = divided(self.requests, self.place, self.sdps, self.master, computing)
        found = computed(self.requests, self.place, parts, why, intervals, computing)
        self._note_unknown(found)
        note_what_lacks(found, self.requests, self.place, self.sdps, self.findings, intervals, computing)
        sampled = self._sampled(samples, runs, found)
        held = self._held(found)
        return Outcome(
            _quantities(self.requests, found, None if held is None else held.held, self._recipients()),
            differences_table([] if held is None else held.differences),
            findings_table(self.findings),
            self._counts(found, held),
            [] if held is None else self._moved(held),
            sampled,
            0 if held is None else held.undue,
        )

    def _read(self) -> tuple[Collected, IntervalReader]:
        master = pa.array(texts(self.master.sdps), pa.string())
        reader = IntervalReader(self.inputs.profile, self.sdps, master, self.range, self.findings)
        collected = Collected(self.sdps, self.findings)
        for number, source in enumerate(self.inputs.sources):
            groups = [each.number for each in self.inputs.groups if each.source == number and each.may_hold(self.range)]
            if groups:
                collected.take(reader.batches(source, groups))
        return collected, reader

    def _days(self) -> tuple[int, int]:
        """The first day of all requests, and how many days arrays have: a Central day ends an hour into the next."""
        if not self.requests.sdp.size:
            return 0, 1
        first = int(self.requests.start.min())
        return first, int(self.requests.end.max()) - first + 1

    def _runs_of(self, collected: Collected, samples: Sequence[str]) -> dict[str, list[Any]]:
        numbers = np.array([self.sdps.index(sdp) for sdp in samples], dtype=np.int64)
        found: dict[str, list[Any]] = {sdp: [] for sdp in samples}
        if samples:
            for sdp, *run in collected.elements(numbers):
                found[self.sdps[sdp]].append(tuple(run))
        return found

    def _recipients(self) -> list[str]:
        """Who receives the quantities of each request: the billing agent on its last day, else the LDC (BSV-05)."""
        agents = OfSdps(self.master.spans[AGENT], self.sdps, self.master.values[AGENT])
        numbers = agents.on(self.place, self.requests.end.astype(np.int64) - 1).tolist()
        ldcs = [self.requests.ldcs[number] for number in self.requests.ldc.tolist()]
        return [ldc if number < 0 else agents.values[number] for number, ldc in zip(numbers, ldcs, strict=True)]

    def _note_unknown(self, found: Quantities) -> None:
        """Requests for SDPs that nobody knows are undetermined."""
        unknown = np.flatnonzero(~self.known[self.place]) if self.place.size else np.zeros(0, dtype=np.int64)
        for row in unknown.tolist():
            expected = "an SDP that the master data tells of"
            self.findings.add(self.sdps[int(self.place[row])], "sdp-unknown", -1, 1, "a request", expected)
            found.why[row] = "sdp-unknown"

    def _sampled(self, samples: Sequence[str], runs: Mapping[str, Any], found: Quantities) -> list[Sampled]:
        if not samples:
            return []
        model = SecondModel(self.inputs.profile)
        histories = {
            name: OfSdps(self.master.spans[name], self.sdps, self.master.values[name]) for name in (FRAMING, ACCOUNT)
        }
        told = []
        for sdp in samples:
            place = self.sdps.index(sdp)
            rows = np.flatnonzero(self.place == place)
            asked = [(row, int(self.requests.start[row]), int(self.requests.end[row])) for row in rows.tolist()]
            ever = (0, 2**20)
            framings, accounts = (histories[name].within(place, *ever) for name in (FRAMING, ACCOUNT))
            sample = model.look_at(sdp, asked, runs[sdp], framings, accounts, found)
            if sample.disagreement is not None:
                self.findings.add(sdp, "oracle-disagrees", -1, 1, sample.disagreement, "the same of both")
            told.append(sample)
        return told

    def _held(self, found: Quantities) -> Comparison | None:
        if self.inputs.responses is None:
            return None
        responses = {name: records.part(*self.range) for name, records in self.inputs.responses.items()}
        known = statuses(self.inputs.profile.codes["transaction_status"])
        names = [self.sdps[place] for place in self.place.tolist()]
        return compared(self.requests, names, found, responses, known, self.inputs.computing.file_types)

    def _counts(self, found: Quantities, held: Comparison | None) -> dict[str, Counter[str]]:
        size = self.requests.sdp.size
        counts = {
            "outcomes": _counted(found.outcome, OUTCOMES),
            "findings": self.findings.by_code(),
            "sub_periods": Counter(computed=int(found.parts.request.size)),
        }
        if held is None:
            return counts
        counts["held"] = _counted(held.held, HELD)
        counts["sizes"] = _sizes(held.differences)
        counts["by_day"] = Counter(str(day_number(each.day)) for each in held.differences if each.day >= 0)
        framing = np.full(size, -1, dtype=np.int64)
        framing[found.parts.request] = found.parts.framing
        dimensions: dict[str, tuple[NDArray[Any], Sequence[str] | None]] = {
            "by_ldc": (self.requests.ldc, self.requests.ldcs),
            "by_framing": (framing, [*found.parts.framings, "none"]),
            "by_end": (self.requests.end, None),
        }
        for name, (values, words) in dimensions.items():
            counts[name] = _by_dimension(values, words, held.held)
        return counts

    def _moved(self, held: Comparison) -> list[tuple[int, str]]:
        moved = np.zeros(len(self.sdps), dtype=np.int64)
        np.add.at(moved, self.place, held.moved)
        some = np.flatnonzero(moved)
        return sorted((-int(moved[place]), self.sdps[place]) for place in some.tolist())[:WORST]


def _counted(numbers: NDArray[np.int8], words: Sequence[str]) -> Counter[str]:
    counts = np.bincount(numbers, minlength=len(words)).tolist()
    return Counter({word: count for word, count in zip(words, counts, strict=True) if count})


def _by_dimension(values: NDArray[Any], words: Sequence[str] | None, held: NDArray[np.int8]) -> Counter[str]:
    """Requests by a value and what holding them came to, as ``value|held``."""
    keys, counts = np.unique(values.astype(np.int64) * len(HELD) + held, return_counts=True)
    found: Counter[str] = Counter()
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        value, number = divmod(key, len(HELD))
        found[f"{day_number(value) if words is None else words[value]}|{HELD[number]}"] += count
    return found


def _sizes(differences: Iterable[Difference]) -> Counter[str]:
    """Differences of quantities by sign and number of digits."""
    found: Counter[str] = Counter()
    for each in differences:
        if each.difference:
            found[f"{'-' if each.difference < 0 else '+'}{len(str(abs(each.difference)))}"] += 1
    return found


# --- tables ---------------------------------------------------------------------------------------------------------

_TEXT, _DAY, _NUMBER = pa.string(), pa.date32(), pa.int64()
QUANTITIES = pa.schema(
    [
        ("universal_sdp_id", _TEXT),
        ("ldc", _TEXT),
        ("request_detail_id", _TEXT),
        ("period_start_date", _DAY),
        ("period_end_date", _DAY),
        ("outcome", _TEXT),
        ("held", _TEXT),
        ("recipient", _TEXT),
        ("sub_period_start_date", _DAY),
        ("sub_period_end_date", _DAY),
        ("framing_structure", _TEXT),
        *((name, _NUMBER) for name in TOTALS),
        ("hours_wh", pa.list_(_NUMBER)),
        ("intervals_missing", _NUMBER),
        ("intervals_not_eligible", _NUMBER),
        ("intervals_in_doubt", _NUMBER),
        ("why", _TEXT),
    ]
)
"""A row for each sub-period of a request that has quantities, and for each request that has none."""
DIFFERENCES = pa.schema(
    [
        ("universal_sdp_id", _TEXT),
        ("ldc", _TEXT),
        ("request_detail_id", _TEXT),
        ("period_start_date", _DAY),
        ("period_end_date", _DAY),
        ("sub_period_start_date", _DAY),
        ("sub_period_end_date", _DAY),
        ("framing_structure", _TEXT),
        ("kind", _TEXT),
        ("quantity", _TEXT),
        ("day", _DAY),
        ("computed", _NUMBER),
        ("delivered", _NUMBER),
        ("difference", _NUMBER),
        ("told", _TEXT),
        ("file", _TEXT),
        ("line", _NUMBER),
    ]
)
"""A row for each thing in which what was delivered differs."""
FINDINGS = pa.schema(
    [
        ("universal_sdp_id", _TEXT),
        ("code", _TEXT),
        ("severity", _TEXT),
        ("first_at", _TEXT),
        ("count", _NUMBER),
        ("found", _TEXT),
        ("expected", _TEXT),
    ]
)
"""A row for each SDP and kind of finding."""


def _quantities(requests: Requests, found: Quantities, held: NDArray[np.int8] | None, recipients: Sequence[str]) -> Any:
    """The table of quantities."""
    parts = found.parts
    delivered = found.outcome[parts.request] == 0 if parts.request.size else np.zeros(0, dtype=bool)
    members = np.flatnonzero(delivered)
    without = np.flatnonzero(found.outcome != 0)
    request = np.concatenate([parts.request[members], without])
    member = np.concatenate([members, np.full(without.size, -1, dtype=np.int64)])
    order = np.lexsort((member, request))
    request, member = request[order], member[order]
    none = member < 0
    last = np.full(requests.sdp.size, -1, dtype=np.int64)
    last[parts.request] = parts.framing
    framing = np.where(none, last[request], _at(parts.framing, member))
    columns: dict[str, Any] = {
        "universal_sdp_id": pa.array(requests.sdp[request].astype(str), _TEXT),
        "ldc": _words(requests.ldcs, requests.ldc[request]),
        "request_detail_id": _words(requests.details, requests.detail[request]),
        "period_start_date": _dates(requests.start[request]),
        "period_end_date": _dates(requests.end[request]),
        "outcome": _words(OUTCOMES, found.outcome[request]),
        "held": pa.nulls(request.size, _TEXT) if held is None else _words(HELD, held[request]),
        "recipient": pa.array(recipients, _TEXT).take(pa.array(request)),
        "sub_period_start_date": _dates(_at(parts.start, member), none),
        "sub_period_end_date": _dates(_at(parts.end, member), none),
        "framing_structure": _words(parts.framings, framing, framing < 0),
    }
    for place, name in enumerate(TOTALS):
        values = _at(found.totals[:, place], member)
        columns[name] = pa.array(values, _NUMBER, mask=none | (values == NONE) | (values == NOT_JUDGED))
    columns["hours_wh"] = _hours(found, member)
    for name, counts in (
        ("intervals_missing", found.missing),
        ("intervals_not_eligible", found.barred),
        ("intervals_in_doubt", found.doubtful),
    ):
        columns[name] = pa.array(counts[request], _NUMBER)
    columns["why"] = pa.array(
        [found.why.get(row) for row in request.tolist()] if found.why else [None] * request.size, _TEXT
    )
    return pa.table(columns, schema=QUANTITIES)


def _at(values: NDArray[Any], places: NDArray[np.int64]) -> NDArray[Any]:
    return values[places] if values.size else np.zeros(places.size, dtype=values.dtype)


def _words(words: Sequence[str], numbers: NDArray[Any], none: NDArray[np.bool_] | None = None) -> Any:
    """Texts of numbers; an empty text is none."""
    if not words:
        return pa.nulls(numbers.size, _TEXT)
    known = pa.array([word or None for word in words], _TEXT)
    return known.take(pa.array(numbers.astype(np.int64), mask=none))


def _dates(days: NDArray[Any], none: NDArray[np.bool_] | None = None) -> Any:
    return pa.array(days.astype(np.int32), pa.int32(), mask=none).cast(_DAY)


def _hours(found: Quantities, member: NDArray[np.int64]) -> Any:
    if not found.hours:
        return pa.nulls(member.size, pa.list_(_NUMBER))
    lists = [found.hours.get(row) for row in member.tolist()]
    lengths = np.array([0 if each is None else each.size for each in lists], dtype=np.int64)
    edges = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    values = np.concatenate([each for each in lists if each is not None] or [np.zeros(0, dtype=np.int64)])
    none = pa.array([each is None for each in lists], pa.bool_())
    return pa.ListArray.from_arrays(pa.array(edges), pa.array(values, _NUMBER), mask=none)


def differences_table(differences: Sequence[Difference]) -> Any:
    """The table of differences."""
    columns = [list(each) for each in zip(*differences, strict=True)] or [[] for _ in Difference._fields]
    by_name = dict(zip(Difference._fields, columns, strict=True))
    days = {
        "period_start_date": "start",
        "period_end_date": "end",
        "sub_period_start_date": "part_start",
        "sub_period_end_date": "part_end",
        "day": "day",
    }
    named = {"universal_sdp_id": "sdp", "request_detail_id": "detail", "framing_structure": "framing"}
    found: dict[str, Any] = {}
    for name in DIFFERENCES.names:
        if name in days:
            numbers = np.array(by_name[days[name]], dtype=np.int64)
            found[name] = _dates(numbers, numbers < 0)
        elif name == "difference":
            found[name] = pa.array([each.difference for each in differences], _NUMBER)
        elif name == "line":
            found[name] = pa.array([None if line < 0 else line for line in by_name["line"]], _NUMBER)
        elif name in {"computed", "delivered"}:
            found[name] = pa.array(by_name[name], _NUMBER)
        else:
            found[name] = pa.array([word or None for word in by_name[named.get(name, name)]], _TEXT)
    return pa.table(found, schema=DIFFERENCES)


def findings_table(findings: Iterable[DataFinding]) -> Any:
    """The table of findings."""
    rows = [
        (
            each.sdp or None,
            each.code,
            str(CODES[each.code].severity),
            each.at or None,
            each.times,
            each.found,
            each.expected,
        )
        for each in findings
    ]
    columns = [list(each) for each in zip(*rows, strict=True)] or [[] for _ in FINDINGS.names]
    return pa.table(
        {
            name: pa.array(values, kind)
            for name, kind, values in zip(FINDINGS.names, FINDINGS.types, columns, strict=True)
        },
        schema=FINDINGS,
    )
