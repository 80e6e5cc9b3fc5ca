"""What comes out, as Parquet: the tables of quantities, differences and findings, and how their rows are made.

Equal results give equal tables, whatever partition they come of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from harness.recompute.comparison import HELD, Difference
from harness.recompute.delivered import NONE
from harness.recompute.findings import CODES, DataFinding
from harness.recompute.ids import texts
from harness.recompute.quantities import NOT_JUDGED, OUTCOMES, TOTALS, Quantities
from harness.recompute.requests import Requests
from harness.recompute.sum_checks import SumChecks

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
        ("transaction_status", _TEXT),
        ("sum_check_interval_wh", _NUMBER),
        ("sum_check_register_wh", _NUMBER),
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


def quantities_table(
    requests: Requests,
    found: Quantities,
    held: NDArray[np.int8] | None,
    recipients: Sequence[str],
    checked: tuple[SumChecks, Sequence[str]] | None,
) -> Any:
    """The table of quantities.

    :param checked: the sum checks, where they were computed, and the codes of the statuses that they come to.
    """
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
        "universal_sdp_id": pa.array(texts(requests.sdp[request]), _TEXT),
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
        **_checked(request, none, checked),
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


def _checked(
    request: NDArray[np.int64], none: NDArray[np.bool_], checked: tuple[SumChecks, Sequence[str]] | None
) -> dict[str, Any]:
    """What the sum check of rows with quantities came to; nothing where it was not computed, or is open."""
    names = "sum_check_interval_wh", "sum_check_register_wh"
    if checked is None:
        return {
            "transaction_status": pa.nulls(request.size, _TEXT),
            **dict.fromkeys(names, pa.nulls(request.size, _NUMBER)),
        }
    checks, codes = checked
    status = checks.status[request]
    found = {"transaction_status": _words(codes, np.maximum(status, 0), none | (status < 0))}
    for name, values in zip(names, (checks.interval_wh[request], checks.register_wh[request]), strict=True):
        found[name] = pa.array(values, _NUMBER, mask=none | (values == NONE))
    return found


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
