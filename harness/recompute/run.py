"""A whole recomputation: what was given is read, partition after partition is computed, and results are written.

What comes out rests on what was given alone: `quantities.parquet`, `differences.parquet`, `findings.parquet`, and
`recompute.json`, which counts them. Partitions that are done are kept until all are, and put together in their order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness import __version__
from harness.errors import InputError
from harness.interface.interval_data import INSTANT, READING, SDP
from harness.interface.profile import Profile
from harness.recompute import inputs as reading
from harness.recompute import sample
from harness.recompute.comparison import DIFFERENT, EQUAL, HELD, MISSING, UNDUE
from harness.recompute.computing import Computing, computing
from harness.recompute.delivered import StoredResponses
from harness.recompute.findings import CODES, Findings
from harness.recompute.groups import Range, groups_of, ranges
from harness.recompute.kept_parts import KeptParts, content_of, key_of
from harness.recompute.master_data import COLUMNS as MASTER_COLUMNS
from harness.recompute.output_folder import (
    FILE,
    MEMBER,
    PAGE,
    PARTS,
    TABLES,
    VERSION,
    Writers,
    kept_for_results,
    let_go_of_parts,
    prepare,
    write,
)
from harness.recompute.partitions import WORST, Inputs, Outcome, outcome_of
from harness.recompute.quantities import OUTCOMES, UNDETERMINED
from harness.recompute.register_reads import groups_of_reads, reads_sources
from harness.recompute.requests import DETAIL, END, START
from harness.recompute.response_files import write_response_files
from harness.recompute.result_tables import findings_table
from harness.recompute.shares import Shares, clamped, read
from harness.recompute.sum_checks import COUNTED
from harness.report.recomputation import recomputation_html

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "intervals": (SDP, "start", "day", "minutes", "wh", "kwh", "status", "varh"),
    "master": (SDP, "start", "end", "ldc", *MASTER_COLUMNS),
    "requests": (SDP, START, END, DETAIL, "ldc"),
    "reads": (SDP, INSTANT, READING),
}
"""The columns that may be called otherwise in the Parquet files that are given, by the kind of table."""
READINGS = ("AMB-04", "AMB-10", "AMB-11", "AMB-14", "AMB-15", "AMB-25", "AMB-26", "AMB-56")
"""The ambiguities that quantities, their statuses and recipients rest on."""
SHARE = 2
"""Master data, and requests, may each take so many times less than interval data."""
FIRST = 20
"""How many differences the document and the page show."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted.

    :param memory: bytes that interval data may take at a time.
    :param files: whether response files are written, too.
    :param scheduler: the address of a Dask scheduler whose workers compute; none, where this process does.
    :param sample: how many SDPs the oracle computes, too; drawn from `seed`.
    """

    given: reading.Given
    computing: str
    memory: int
    sample: int
    seed: int
    out: Path
    files: bool = False
    scheduler: str | None = None


@dataclass(slots=True)
class Watch:
    """Who is told how far it is.

    :param partitions: told how many partitions there are; `kept`: how many of them an interrupted call had done.
    :param step: told that something was read or computed.
    """

    partitions: Callable[[int], None] = lambda _: None
    kept: Callable[[int], None] = lambda _: None
    step: Callable[[], None] = lambda: None


@dataclass(slots=True)
class _Sums:
    """What the partitions came to, taken together."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    worst: list[tuple[int, str]] = field(default_factory=list)
    first: list[dict[str, Any]] = field(default_factory=list)
    sampled: int = 0
    agreed: int = 0
    undue: int = 0

    def take(self, outcome: Outcome) -> None:
        for name, counts in outcome.counts.items():
            self.counts.setdefault(name, Counter()).update(counts)
        self.worst = sorted([*self.worst, *outcome.moved])[:WORST]
        self.first += outcome.differences.slice(0, FIRST - len(self.first)).to_pylist()
        self.sampled += len(outcome.sampled)
        self.agreed += sum(each.disagreement is None for each in outcome.sampled)
        self.undue += outcome.undue


def recompute(wish: Wish, profile: Profile, watch: Watch | None = None) -> dict[str, Any]:
    """Compute everything again, and write what comes of it; the document that counts it.

    :raises UsageError: the output folder holds something else, or what was given, or nobody of that name computes.
    :raises InputError: something that was given does not read.
    :raises OutputError: results cannot be written.
    """
    engine = computing(wish.computing, profile)
    given = wish.given
    every = (*given.intervals, *given.master, *given.requests, *given.delivered, *given.reads)
    with kept_for_results(wish.out, every):
        return _recomputed(wish, profile, engine, watch or Watch())


def _recomputed(wish: Wish, profile: Profile, engine: Computing, watch: Watch) -> dict[str, Any]:
    findings = Findings()
    sources = reading.sources(wish.given)
    reads = reads_sources(wish.given.reads, wish.given.columns) if wish.given.reads else []
    key = key_of(wish.given, profile, wish.computing, wish.sample, wish.seed)
    prepare(wish.out, key)
    responses = reading.delivered(wish.given, profile, wish.out / PARTS, watch.step) if wish.given.delivered else None
    shares = Shares(wish.out / PARTS)
    read(wish.given, profile, findings, responses or {}, shares, wish.memory // SHARE, watch.step)
    _check(shares, wish)
    sampled = sample.drawn(shares.asked(), wish.sample, wish.seed)
    groups = groups_of(sources, findings)
    of_reads = groups_of_reads(reads, findings)
    held = shares.of_master_data, shares.of_requests
    given = Inputs(profile, engine, sources, groups, *held, responses, sampled, reads, of_reads)
    parts = [
        part
        for number, share in enumerate(shares.ranges)
        for part in clamped(ranges(shares.share(number)[1], groups, wish.memory), share)
    ]
    kept = KeptParts(wish.out, key)
    _compute(wish, given, parts, kept, watch)
    sums = _Sums()
    with Writers(wish.out) as writers:
        for number, part in enumerate(parts):
            outcome = kept.outcome(number, part) or outcome_of(given, part)
            sums.take(outcome)
            for name in TABLES:
                writers.add(name, getattr(outcome, name))
        writers.add("findings", findings_table(findings))
    sums.counts["findings"].update(findings.by_code())
    files = write_response_files(wish.out, profile) if wish.files else None
    document = _document(wish, profile, given, responses, sums, shares) | {"files": files}
    write(wish.out / PAGE, recomputation_html(document))
    let_go_of_parts(wish.out)
    write(wish.out / FILE, (json.dumps(document, indent=1) + "\n").encode())
    return document


def _compute(wish: Wish, given: Inputs, parts: Sequence[Range], kept: KeptParts, watch: Watch) -> None:
    """Compute the partitions that are not done, and keep what comes of each."""
    missing = kept.missing(parts)
    watch.partitions(len(missing))
    watch.kept(len(parts) - len(missing))
    if wish.scheduler is not None:
        from harness.recompute import cluster

        cluster.compute(wish.scheduler, wish.computing, given, parts, missing, kept, watch.step)
        return
    for number in missing:
        kept.keep(number, parts[number], content_of(outcome_of(given, parts[number])))
        watch.step()


def _check(shares: Shares, wish: Wish) -> None:
    if shares.requests:
        return
    where = ", ".join(str(path) for path in (*wish.given.requests, *wish.given.delivered)) or "--requests"
    raise InputError("asks for no quantities", where=where, expected="requests for SDPs that the master data tells of")


# --- the document ----------------------------------------------------------------------------------------------------


def _document(
    wish: Wish,
    profile: Profile,
    given: Inputs,
    responses: Mapping[str, StoredResponses] | None,
    sums: _Sums,
    shares: Shares,
) -> dict[str, Any]:
    held = sums.counts.get("held")
    exit_code, verdict = _verdict(sums, held)
    layouts = {source.described: 0 for source in given.sources}
    for source in given.sources:
        layouts[source.described] += 1
    codes = sums.counts["findings"]
    return {
        MEMBER: VERSION,
        "state": "finished",
        "version": __version__,
        "profile": {"name": profile.name, "hash": profile.hash, "assumed_layouts": profile.assumed_layouts},
        "computing": wish.computing,
        "readings": {name: profile.decision(name) for name in READINGS},
        "exit_code": exit_code,
        "verdict": verdict,
        "read": {
            "layouts": layouts,
            "intervals": sum(group.intervals for group in given.groups),
            "sdps": shares.sdps,
            "requests": shares.requests,
            "recoveries": shares.recoveries,
            "requests_from": "requests" if wish.given.requests else "what was delivered",
            "responses": None if responses is None else {name: each.runs.rows for name, each in responses.items()},
        },
        "outcomes": {name: sums.counts["outcomes"][name] for name in OUTCOMES},
        "sub_periods": sums.counts["sub_periods"]["computed"],
        "sum_check": _sum_check(profile, given, sums),
        "held": None if held is None else {name: held[name] for name in HELD},
        "undue_responses": sums.undue,
        "by": {
            **{name: _dimension(sums.counts.get(f"by_{name}", {})) for name in ("ldc", "framing", "end")},
            "day": dict(sorted(sums.counts.get("by_day", {}).items())),
        },
        "first_differences": [_short(each) for each in sums.first],
        "sizes": dict(sorted(sums.counts.get("sizes", {}).items())),
        "worst": [{"universal_sdp_id": sdp, "moved": -moved} for moved, sdp in sums.worst],
        "sample": {"seed": wish.seed, "sdps": sums.sampled, "agreed": sums.agreed},
        "findings": {
            code: {"sdps": codes[code], "severity": str(known.severity), "meaning": known.meaning}
            for code, known in CODES.items()
            if codes[code]
        },
    }


def _sum_check(profile: Profile, given: Inputs, sums: _Sums) -> dict[str, int] | None:
    """Requests by what their sum checks came to; None where they were not computed."""
    if not given.reads:
        return None
    codes, counts = profile.codes["transaction_status"], sums.counts.get("sum_check", Counter())
    return {codes.get(word, word): counts[word] for word in COUNTED}


def _dimension(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Requests by a value, and what holding them came to."""
    found: dict[str, dict[str, int]] = {}
    for key, count in counts.items():
        value, _, held = key.rpartition("|")
        found.setdefault(value, dict.fromkeys(HELD, 0))[held] += count
    return [{"value": value, **found[value]} for value in sorted(found)]


def _short(difference: Mapping[str, Any]) -> dict[str, Any]:
    """A difference as the document and the page show it."""
    part = difference["sub_period_start_date"] is not None
    first, last = (f"{'sub_' if part else ''}period_{edge}_date" for edge in ("start", "end"))
    named = ("universal_sdp_id", "kind", "quantity", "computed", "delivered", "told", "file", "line")
    day = difference["day"]
    return {
        **{name: difference[name] for name in named},
        "day": None if day is None else str(day),
        "period": f"{difference[first]} to {difference[last]}",
    }


def _verdict(sums: _Sums, held: Mapping[str, int] | None) -> tuple[int, str]:
    """The exit code, as of a run, and the verdict in words."""
    if sums.agreed < sums.sampled:
        return 3, "no verdict: the second model computes other quantities"
    if held is None:
        undetermined = sums.counts["outcomes"][UNDETERMINED]
        return (3, "computed, but for what is in doubt") if undetermined else (0, "computed")
    if sums.undue or any(held[kind] for kind in (DIFFERENT, MISSING, UNDUE)):
        return 1, "what was delivered differs"
    if held[EQUAL] < sum(held.values()) or sums.counts.get("sum_check", Counter())["undetermined"]:
        return 3, "no difference, but not everything could be held"
    return 0, "what was delivered is what was computed"
