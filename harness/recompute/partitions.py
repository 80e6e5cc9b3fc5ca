"""Partitions: all that is done for the SDPs from one ID until another, in memory that their number bounds.

What comes of an SDP rests on its own data alone, so that results are the same for any partitioning. A partition reads
the groups of rows that may hold its SDPs, as the statistics of the files say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from harness.interface.profile import Profile
from harness.recompute.comparison import HELD, Comparison, Difference, compared, statuses
from harness.recompute.computing import Computing
from harness.recompute.delivered import Responses, StoredResponses
from harness.recompute.findings import Findings
from harness.recompute.groups import Group, Range
from harness.recompute.ids import places, texts
from harness.recompute.interval_arrays import Collected, Intervals
from harness.recompute.interval_reading import IntervalReader, Source
from harness.recompute.master_data import (
    ACCOUNT,
    AGENT,
    FRAMING,
    METER,
    MULTIPLIER,
    OF_METERS,
    VEE,
    MasterData,
    day_number,
)
from harness.recompute.quantities import (
    OUTCOMES,
    OfSdps,
    Quantities,
    computed,
    divided,
    note_what_lacks,
)
from harness.recompute.recipients import BillingAgents, readings_of_agents
from harness.recompute.register_reads import Reads, ReadsSource, reads_of
from harness.recompute.requests import Requests
from harness.recompute.result_tables import differences_table, findings_table, quantities_table
from harness.recompute.sample import RegistersOfSdp, Sampled, SecondModel
from harness.recompute.shares import Parted
from harness.recompute.sum_checks import COUNTED, WORDS, SumChecks, days_around, note_undetermined, sum_checks

WORST = 20
"""How many SDPs are told whose quantities differ most."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that quantities are computed from and held to.

    :param responses: what was delivered, by file type; None where nothing is held to it.
    :param sampled: the SDPs that the oracle computes, too.
    :param reads: files of register reads and their groups of rows; without any, the sum check is not computed.
    """

    profile: Profile
    computing: Computing
    sources: Sequence[Source]
    groups: Sequence[Group]
    master: Parted[MasterData]
    requests: Parted[Requests]
    responses: Mapping[str, Responses] | Mapping[str, StoredResponses] | None
    sampled: frozenset[str]
    reads: Sequence[ReadsSource] = ()
    groups_of_reads: Sequence[Group] = ()


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


def sliced(inputs: Inputs, wanted: Range) -> Inputs:
    """What the work on a range needs of everything, and no more, with paths that hold on other machines."""
    responses = inputs.responses
    if responses is not None:
        responses = {name: records.part(*wanted) for name, records in responses.items()}
    return replace(
        inputs,
        sources=[replace(each, path=each.path.absolute()) for each in inputs.sources],
        groups=[each for each in inputs.groups if each.may_hold(wanted)],
        master=inputs.master.part(*wanted),
        requests=inputs.requests.part(*wanted),
        responses=responses,
        sampled=frozenset(filter(wanted.holds, inputs.sampled)),
        reads=[replace(each, path=each.path.absolute()) for each in inputs.reads],
        groups_of_reads=[each for each in inputs.groups_of_reads if each.may_hold(wanted)],
    )


def outcome_of(inputs: Inputs, wanted: Range) -> Outcome:
    """Compute, hold and sample the SDPs of a range."""
    found = _Partition(inputs, wanted).outcome()
    pa.default_memory_pool().release_unused()  # else what reading took stays with the process
    return found


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
        self.known_sdps = pa.array(texts(self.master.sdps), pa.string())

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
        reads, checks = self._sum_checks(found, intervals)
        sampled = self._sampled(samples, runs, found, reads, checks)
        held = self._held(found, checks)
        return Outcome(
            self._table(found, held, checks),
            differences_table([] if held is None else held.differences),
            findings_table(self.findings),
            self._counts(found, held, checks),
            [] if held is None else self._moved(held),
            sampled,
            0 if held is None else held.undue,
        )

    def _table(self, found: Quantities, held: Comparison | None, checks: SumChecks | None) -> Any:
        codes = self.inputs.profile.codes["transaction_status"]
        stated = None if checks is None else (checks, [codes[word] for word in WORDS])
        return quantities_table(self.requests, found, None if held is None else held.held, self._recipients(), stated)

    def _sum_checks(self, found: Quantities, intervals: Intervals) -> tuple[Reads | None, SumChecks | None]:
        if not self.inputs.reads:
            return None, None
        reads = reads_of(
            self.inputs.reads, self.inputs.groups_of_reads, self.range, self.sdps, self.known_sdps, self.findings
        )
        given = self.requests, self.place, self.sdps
        checks = sum_checks(*given, found, intervals, reads, self.master, self.inputs.computing)
        note_undetermined(checks, *given, self.findings)
        return reads, checks

    def _read(self) -> tuple[Collected, IntervalReader]:
        reader = IntervalReader(self.inputs.profile, self.sdps, self.known_sdps, self.range, self.findings)
        collected = Collected(self.sdps, self.findings)
        for number, source in enumerate(self.inputs.sources):
            groups = [each.number for each in self.inputs.groups if each.source == number and each.may_hold(self.range)]
            if groups:
                collected.take(reader.batches(source, groups))
        return collected, reader

    def _days(self) -> tuple[int, int]:
        """The first day of arrays, and how many they have: those of all requests, and what else may count.

        A Central day ends an hour into the next; register reads may lie some days before and after a period.
        """
        if not self.requests.sdp.size:
            return 0, 1
        around = days_around(self.inputs.computing) if self.inputs.reads else 0
        first = int(self.requests.start.min()) - around
        return first, int(self.requests.end.max()) + around - first + 1

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

    def _sampled(
        self,
        samples: Sequence[str],
        runs: Mapping[str, Any],
        found: Quantities,
        reads: Reads | None,
        checks: SumChecks | None,
    ) -> list[Sampled]:
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
            registers = None if reads is None else self._registers(place, reads)
            sample = model.look_at(sdp, asked, runs[sdp], framings, accounts, found, registers, checks)
            if sample.disagreement is not None:
                self.findings.add(sdp, "oracle-disagrees", -1, 1, sample.disagreement, "the same of both")
            told.append(sample)
        return told

    def _registers(self, place: int, reads: Reads) -> RegistersOfSdp:
        """What the second model is told of an SDP's registers."""
        ever = (0, 2**20)
        histories = {
            name: OfSdps(self.master.spans[name], self.sdps, self.master.values[name]).within(place, *ever)
            for name in (VEE, METER, MULTIPLIER)
        }
        meters = list(dict.fromkeys(state.value for state in histories[METER]))
        of_meters = {
            (meter, name): OfSdps(self.master.spans[name], meters, self.master.values[name]).within(number, *ever)
            for number, meter in enumerate(meters)
            for name in OF_METERS
        }
        own = slice(*reads.reads.offsets[place : place + 2].tolist())
        rows = zip(reads.reads.seconds[own].tolist(), reads.reads.readings[own].tolist(), strict=True)
        return RegistersOfSdp(histories, of_meters, list(rows))

    def _held(self, found: Quantities, checks: SumChecks | None) -> Comparison | None:
        if self.inputs.responses is None:
            return None
        responses = {name: records.part(*self.range) for name, records in self.inputs.responses.items()}
        known = statuses(self.inputs.profile.codes["transaction_status"])
        names = [self.sdps[place] for place in self.place.tolist()]
        of_sdps = OfSdps(self.master.spans[AGENT], self.sdps, self.master.values[AGENT])
        agents = BillingAgents(of_sdps, self.place, readings_of_agents(self.inputs.profile))
        types = self.inputs.computing.file_types
        held = compared(self.requests, names, found, responses, known, types, checks, agents)
        for request, told in held.twice:
            self.findings.add(names[request], "response-twice", -1, 1, told, "each once")
        return held

    def _counts(self, found: Quantities, held: Comparison | None, checks: SumChecks | None) -> dict[str, Counter[str]]:
        size = self.requests.sdp.size
        counts = {
            "outcomes": _counted(found.outcome, OUTCOMES),
            "findings": self.findings.by_code(),
            "sub_periods": Counter(computed=int(found.parts.request.size)),
        }
        if checks is not None:
            counts["sum_check"] = _counted(checks.status[found.outcome == 0] % len(COUNTED), COUNTED)
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


def _counted(numbers: NDArray[np.integer[Any]], words: Sequence[str]) -> Counter[str]:
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
