"""What was computed, and what was delivered: missing, undue, or different, bucket by bucket (BQ-03, WIN-03, TXS).

A delivered record belongs to the request with its SDP, period and request detail ID; where a request states no detail
ID, to that for its SDP and period. What rests on data in doubt is not judged, nor what was refused (08) to somebody of
whom the readings do not agree whether it is the billing agent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from harness.recompute.delivered import FIELDS, NO_DAY, NONE, Responses
from harness.recompute.ids import Ids, places
from harness.recompute.quantities import NO_DATA, NOT_JUDGED, OUTCOMES, QUANTITIES, TOTALS, Quantities
from harness.recompute.recipients import BillingAgents
from harness.recompute.requests import Requests
from harness.recompute.row_matching import first_of_each, looked_up
from harness.recompute.sum_checks import PASSED, WORDS, SumChecks

EQUAL, DIFFERENT, MISSING, UNDUE = "equal", "different", "missing", "undue"
NOT_DECIDED, REFUSED = "undetermined", "not judged"
HELD = (EQUAL, DIFFERENT, MISSING, UNDUE, NOT_DECIDED, REFUSED)
"""What holding a request against its responses comes to; the first that is worst is told: different before missing."""
_WORST = {name: rank for rank, name in enumerate((DIFFERENT, UNDUE, MISSING))}


class Difference(NamedTuple):
    """One thing in which what was delivered differs: about a request, a sub-period, or one quantity of it.

    Days are days since 1970-01-01, -1 where there is none; quantities are None where there is none.
    """

    sdp: str
    ldc: str
    detail: str
    start: int
    end: int
    part_start: int
    part_end: int
    framing: str
    kind: str
    quantity: str
    day: int
    computed: int | None
    delivered: int | None
    told: str
    file: str
    line: int

    @property
    def difference(self) -> int | None:
        """Delivered less computed."""
        return None if self.computed is None or self.delivered is None else self.delivered - self.computed


@dataclass(slots=True)
class Comparison:
    """What holding requests against responses came to.

    :param held: by request, a number of `HELD`; `moved`: by request, the sum of differences, without their signs.
    :param undue: responses that nobody asked for.
    :param twice: records of which a file has two: the request, and what is told.
    """

    held: NDArray[np.int8]
    moved: NDArray[np.int64]
    differences: list[Difference] = field(default_factory=list)
    undue: int = 0
    twice: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Statuses:
    """Transaction status codes: those that come with quantities, that of no data, and that of a refusal.

    :param with_quantities: in the order of `sum_checks.WORDS`.
    """

    with_quantities: tuple[str, ...]
    no_data: str
    refused: str


def statuses(codes: Mapping[str, str]) -> Statuses:
    """The statuses of a profile's code list."""
    return Statuses(tuple(codes[word] for word in WORDS), codes["no_data"], codes["not_billing_agent"])


def compared(
    requests: Requests,
    names: Sequence[str],
    found: Quantities,
    responses: Mapping[str, Responses],
    known: Statuses,
    file_types: Callable[[str], Sequence[str]],
    checks: SumChecks | None = None,
    agents: BillingAgents | None = None,
) -> Comparison:
    """Hold requests against all responses of their SDPs.

    :param names: the SDP of each request.
    :param file_types: those of a framing structure, energy first.
    :param checks: the sum checks; None where 00, 06 and 07 are all right.
    :param agents: the billing agents; None where it is all one who received what.
    """
    return _Comparing(requests, names, found, known, file_types, checks, agents).with_all(responses)


class _Comparing:
    def __init__(
        self,
        requests: Requests,
        names: Sequence[str],
        found: Quantities,
        known: Statuses,
        file_types: Callable[[str], Sequence[str]],
        checks: SumChecks | None,
        agents: BillingAgents | None,
    ) -> None:
        size = requests.sdp.size
        self.checks, self.agents = checks, agents
        self.status_told, self.recipient_told, self.rightly_refused = (np.zeros(size, dtype=bool) for _ in range(3))
        self.requests, self.names, self.found, self.known = requests, names, found, known
        self.result = Comparison(np.zeros(size, dtype=np.int8), np.zeros(size, dtype=np.int64))
        self.file_types = [file_types(code) if _is_known(file_types, code) else () for code in found.parts.framings]
        self.has = {kind: np.zeros(size, dtype=bool) for kind in ("quantities", "no data", "refused")}
        self._sdps, self._sdp_place = np.unique(requests.sdp, return_inverse=True)

    def with_all(self, responses: Mapping[str, Responses]) -> Comparison:
        matched = {}
        for file_type, records in sorted(responses.items()):
            matched[file_type] = self._requests_of(records)
            self._note_statuses(records, matched[file_type])
        for file_type, records in sorted(responses.items()):
            self._hold_records(file_type, records, matched[file_type])
            if self.agents is not None:
                self._hold_recipients(self.agents, records, matched[file_type])
        for file_type in FIELDS:
            if file_type not in responses:
                self._hold_records(file_type, _no_records(file_type), np.zeros(0, dtype=np.int64))
        self._hold_requests()
        self.result.differences.sort(key=_order)
        return self.result

    # --- which request a record belongs to --------------------------------------------------------------------

    def _requests_of(self, records: Responses) -> NDArray[np.int64]:
        """The request of each record; -1 where nobody asked."""
        sdp = places(records.sdp, self._sdps)
        numbers = {text: number for number, text in enumerate(self.requests.details)}
        detail = np.array([numbers.get(text, -2) for text in records.texts["detail"]] or [-2], dtype=np.int64)
        theirs: list[NDArray[Any]] = [
            sdp,
            records.start,
            records.end,
            detail[records.detail] if records.detail.size else records.detail,
        ]
        ours: list[NDArray[Any]] = [self._sdp_place, self.requests.start, self.requests.end, self.requests.detail]
        found = looked_up(theirs, ours)
        blank = np.flatnonzero(self.requests.detail == numbers.get("", -1))
        if blank.size and (found < 0).any():
            other = looked_up(theirs[:3], [each[blank] for each in ours[:3]])
            found = np.where((found < 0) & (other >= 0), blank[np.maximum(other, 0)], found)
        return np.where(sdp < 0, -1, found)

    def _note_statuses(self, records: Responses, request: NDArray[np.int64]) -> None:
        words = [self._kind(code) for code in records.texts["status"]]
        kinds = np.array([list(self.has).index(word) if word else -1 for word in words] or [-1])
        for number, kind in enumerate(self.has):
            rows = (kinds[records.status] == number) & (request >= 0) if records.status.size else np.zeros(0, bool)
            self.has[kind][request[rows]] = True

    def _kind(self, status: str) -> str | None:
        if status in self.known.with_quantities:
            return "quantities"
        return {self.known.no_data: "no data", self.known.refused: "refused"}.get(status)

    # --- recipients -----------------------------------------------------------------------------------------------

    def _hold_recipients(self, agents: BillingAgents, records: Responses, request: NDArray[np.int64]) -> None:
        """Hold who received quantities, and to whom they were refused, to the billing agents: once for each request."""
        asked = np.flatnonzero(request >= 0)
        if not asked.size:
            return
        records, request = records.rows(asked), request[asked]
        received = agents.received(self.requests, records, request)
        kinds = [self._kind(code) for code in records.texts["status"]]
        quantities, refused = (
            np.array([kind == each for kind in kinds])[records.status] for each in ("quantities", "refused")
        )
        self.rightly_refused[request[refused & received.by_another]] = True
        for wrong, kind, told in (
            (refused & received.by_agent, DIFFERENT, "{status} delivered to {to}, which is the billing agent"),
            (quantities & received.by_another, UNDUE, "quantities for {to}, which is not the billing agent"),
        ):
            rows = np.flatnonzero(wrong & ~self.recipient_told[request])
            for row in rows[first_of_each(request[rows])].tolist():
                to = records.texts["recipient"][records.file[row]]
                said = told.format(to=to, status=self.known.refused)
                self._note(
                    int(request[row]), kind, said, records, row, "transaction_status" if kind == DIFFERENT else ""
                )
                self.recipient_told[request[row]] = True

    # --- records --------------------------------------------------------------------------------------------------

    def _hold_records(self, file_type: str, records: Responses, request: NDArray[np.int64]) -> None:
        with_quantities = np.array([self._kind(code) == "quantities" for code in records.texts["status"]] or [False])
        rows = np.flatnonzero(request < 0)
        self._undue(file_type, records, rows)
        asked = request >= 0
        given = with_quantities[records.status] if records.status.size else asked
        outcome = self.found.outcome[np.maximum(request, 0)]
        own = np.flatnonzero(asked & given & (outcome == OUTCOMES.index(QUANTITIES)))
        self._hold_parts(file_type, records.rows(own), request[own])
        if self.checks is not None:
            self._hold_sum_checks(self.checks, file_type, records.rows(own), request[own])
        lacking = np.flatnonzero(asked & given & (outcome == OUTCOMES.index(NO_DATA)))
        for row in first_of_each(request[lacking]).tolist():
            told = "quantities, though data is missing or not eligible"
            self._note(int(request[lacking[row]]), UNDUE, told, records, int(lacking[row]))

    def _hold_sum_checks(
        self, checks: SumChecks, file_type: str, records: Responses, request: NDArray[np.int64]
    ) -> None:
        """Hold the statuses of records with quantities against what the sum check came to: once for each request.

        A demand response may carry that of no failure, whatever its energy response carries (AMB-63).
        """
        if not request.size:
            return
        known = self.known.with_quantities
        bits = np.array([1 << known.index(code) if code in known else 0 for code in records.texts["status"]])
        accepted = checks.accepted[request] | (1 << PASSED if file_type == "6200" else 0)
        wrong = (accepted & bits[records.status] == 0) & ~self.status_told[request]
        rows = np.flatnonzero(wrong)
        for row in rows[first_of_each(request[rows])].tolist():
            computed = known[int(checks.status[request[row]])]
            told = f"{computed} computed, {records.texts['status'][records.status[row]]} delivered"
            self._note(int(request[row]), DIFFERENT, told, records, row, "transaction_status")
            self.status_told[request[row]] = True

    def _undue(self, file_type: str, records: Responses, rows: NDArray[np.int64]) -> None:
        """Note responses that nobody asked for: once for each response."""
        if not rows.size:
            return
        own = records.rows(rows)
        keys = [own.sdp, own.start, own.end, own.detail, own.file]
        new = np.ones(rows.size, dtype=bool)
        order = np.lexsort(keys[::-1])
        for column in keys:
            new[1:] &= column[order][1:] == column[order][:-1]
        new[1:] = ~new[1:]
        for row in np.sort(rows[order][new]).tolist():
            self.result.undue += 1
            self.result.differences.append(
                self._of_record(records, row, UNDUE, f"a response in {file_type} that nobody asked for")
            )

    def _hold_parts(self, file_type: str, records: Responses, request: NDArray[np.int64]) -> None:
        """Hold records against the sub-periods, and days, that are due in their type of file."""
        due = self._due(file_type)
        theirs: list[NDArray[Any]] = [request, records.part_start, records.part_end]
        ours: list[NDArray[Any]] = [due.request, due.start, due.end]
        if file_type == "6100":
            theirs, ours = [*theirs, records.day], [*ours, due.day]
        found = looked_up(theirs, ours)
        for row in np.flatnonzero(found < 0).tolist():
            self._note(int(request[row]), UNDUE, "a sub-period, or a day of it, that there is not", records, row)
        held = np.flatnonzero(found >= 0)
        for row in held[_again(found[held], records.file[held])].tolist():
            file, line = records.texts["file"][records.file[row]], records.line[row]
            self.result.twice.append((int(request[row]), f"line {line} of {file} is of what a line before it is of"))
        self._hold_values(file_type, records.rows(held), request[held], due, found[held])
        seen = np.zeros(due.request.size, dtype=bool)
        seen[found[held]] = True
        answered = self.has["quantities"][due.request]
        for place in np.flatnonzero(~seen & answered).tolist():
            self._note_part(due, place, MISSING, f"nothing delivered of it in {file_type}")

    def _due(self, file_type: str) -> _Due:
        """What is due in a type of file: of the requests that have quantities."""
        parts, found = self.found.parts, self.found
        comes = np.array([file_type in types for types in self.file_types] or [False])
        rows = np.flatnonzero(
            (found.outcome[parts.request] == OUTCOMES.index(QUANTITIES)) & comes[parts.framing]
            if parts.request.size
            else np.zeros(0, dtype=bool)
        )
        if file_type != "6100":
            fields = [TOTALS.index(name) for name in FIELDS[file_type]]
            return _Due(
                rows,
                parts.request[rows],
                parts.start[rows],
                parts.end[rows],
                np.full(rows.size, NO_DAY, dtype=np.int32),
                found.totals[rows][:, fields],
            )
        days = (parts.end[rows] - parts.start[rows]).astype(np.int64)
        part = np.repeat(rows, days)
        ahead = np.arange(part.size) - np.repeat(np.cumsum(days) - days, days)
        values = np.concatenate([found.hours[row] for row in rows.tolist()] or [np.zeros(0, dtype=np.int64)])
        return _Due(
            part,
            parts.request[part],
            parts.start[part],
            parts.end[part],
            (parts.start[part] + ahead).astype(np.int32),
            values.reshape(-1, 24),
        )

    def _hold_values(
        self, file_type: str, records: Responses, request: NDArray[np.int64], due: _Due, place: NDArray[np.int64]
    ) -> None:
        """Hold quantities and framing structures of records against what is due."""
        computed, delivered = due.values[place], records.values
        odd = (computed != delivered) & (computed != NOT_JUDGED) & ~_left_open(file_type, computed, delivered)
        both = odd & (computed != NONE) & (delivered != NONE)
        moved = np.where(both, np.abs(delivered - computed), 0).sum(axis=1)
        np.add.at(self.result.moved, request, moved)
        for row, column in np.argwhere(odd).tolist():
            name = FIELDS[file_type][column]
            one, other = (
                None if value == NONE else value for value in (int(computed[row, column]), int(delivered[row, column]))
            )
            kind = DIFFERENT if one is not None and other is not None else MISSING if other is None else UNDUE
            self._note(int(request[row]), kind, "", records, row, name, one, other)
        framings = np.array([_number(self.found.parts.framings, code) for code in records.texts["framing"]] or [-1])
        if records.framing.size:
            stated = np.array([code != "" for code in records.texts["framing"]])[records.framing]
            wrong = stated & (framings[records.framing] != self.found.parts.framing[due.part[place]])
            for row in np.flatnonzero(wrong).tolist():
                code = self.found.parts.framings[int(self.found.parts.framing[due.part[place[row]]])]
                told = f"{code} computed, {records.texts['framing'][records.framing[row]] or 'none'} delivered"
                self._note(int(request[row]), DIFFERENT, told, records, row, "framing_structure")

    # --- requests ---------------------------------------------------------------------------------------------------

    def _hold_requests(self) -> None:
        """Which requests were answered otherwise than they should have been."""
        outcome, has = self.found.outcome, self.has
        due, lacking = outcome == OUTCOMES.index(QUANTITIES), outcome == OUTCOMES.index(NO_DATA)
        refused = has["refused"] & ~has["quantities"] & (due | lacking)
        unanswered = ~has["quantities"] & ~has["refused"]
        for request in np.flatnonzero(due & unanswered).tolist():
            no_data = self.known.no_data
            told = f"answered with {no_data}, though all data is there" if has["no data"][request] else "no response"
            self._note(request, MISSING, told)
        for request in np.flatnonzero(lacking & unanswered & ~has["no data"]).tolist():
            self._note(request, MISSING, f"no response; {self.known.no_data} was due")
        untold = self.result.held == HELD.index(EQUAL)
        self.result.held[refused & untold & ~self.rightly_refused] = HELD.index(REFUSED)
        self.result.held[~due & ~lacking] = HELD.index(NOT_DECIDED)

    # --- differences --------------------------------------------------------------------------------------------------

    def _mark(self, request: int, kind: str) -> None:
        held = HELD[self.result.held[request]]
        if held not in _WORST or _WORST[kind] < _WORST[held]:
            self.result.held[request] = HELD.index(kind)

    def _note(
        self,
        request: int,
        kind: str,
        told: str,
        records: Responses | None = None,
        row: int = -1,
        quantity: str = "",
        computed: int | None = None,
        delivered: int | None = None,
    ) -> None:
        self._mark(request, kind)
        if records is not None:
            new = self._of_record(records, row, kind, told)._replace(
                ldc=self._ldc(request), quantity=quantity, computed=computed, delivered=delivered
            )
        else:
            new = self._of_request(request, kind, told)
        self.result.differences.append(new)

    def _note_part(self, due: _Due, place: int, kind: str, told: str) -> None:
        request = int(due.request[place])
        self._mark(request, kind)
        self.result.differences.append(
            self._of_request(request, kind, told)._replace(
                part_start=int(due.start[place]),
                part_end=int(due.end[place]),
                framing=self.found.parts.framings[int(self.found.parts.framing[due.part[place]])],
                day=-1 if due.day[place] == NO_DAY else int(due.day[place]),
            )
        )

    def _ldc(self, request: int) -> str:
        return self.requests.ldcs[int(self.requests.ldc[request])]

    def _of_request(self, request: int, kind: str, told: str) -> Difference:
        asked = self.requests
        return Difference(
            self.names[request],
            self._ldc(request),
            asked.details[int(asked.detail[request])],
            int(asked.start[request]),
            int(asked.end[request]),
            -1,
            -1,
            "",
            kind,
            "",
            -1,
            None,
            None,
            told,
            "",
            -1,
        )

    def _of_record(self, records: Responses, row: int, kind: str, told: str) -> Difference:
        words = records.texts
        day = int(records.day[row])
        return Difference(
            records.sdp[row].decode(),
            words["ldc"][records.file[row]],
            words["detail"][records.detail[row]],
            int(records.start[row]),
            int(records.end[row]),
            int(records.part_start[row]),
            int(records.part_end[row]),
            words["framing"][records.framing[row]],
            kind,
            "",
            -1 if day == NO_DAY else day,
            None,
            None,
            told,
            words["file"][records.file[row]],
            int(records.line[row]),
        )


class _Due(NamedTuple):
    """Records that are due: the part that each is of, its request and days, and its quantities."""

    part: NDArray[np.int64]
    request: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    day: NDArray[np.int32]
    values: NDArray[np.int64]


def _again(place: NDArray[np.int64], file: NDArray[np.int32]) -> NDArray[np.int64]:
    """The records of what one before them in their file is of."""
    order = np.lexsort((file, place))
    same = (np.diff(place[order]) == 0) & (np.diff(file[order]) == 0)
    return np.sort(order[1:][same])


def _no_records(file_type: str) -> Responses:
    none = np.zeros(0, dtype=np.int32)
    values = np.zeros((0, len(FIELDS[file_type])), dtype=np.int64)
    names = ("file", "ldc", "recipient", "created", "detail", "framing", "status")
    words: dict[str, Sequence[str]] = dict.fromkeys(names, ())
    empty: Ids = np.zeros(0, dtype="S1")
    return Responses._make([empty, *([none] * 10), values, words])


def _is_known(file_types: Callable[[str], Sequence[str]], code: str) -> bool:
    try:
        file_types(code)
    except (KeyError, ValueError):
        return False
    return True


def _number(words: Sequence[str], word: str) -> int:
    return words.index(word) if word in words else -1


def _order(difference: Difference) -> tuple[Any, ...]:
    return (*difference[:11], difference.file, difference.line, difference.told)


def _left_open(file_type: str, computed: NDArray[np.int64], delivered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a quantity differs in what is left open: 0 for nothing, and how a fraction of a VA is rounded (AMB-57)."""
    apparent = np.array([name == "peak_va" for name in FIELDS[file_type]])
    given = (computed != NONE) & (delivered != NONE)
    left_open: NDArray[np.bool_] = (computed == NONE) & (delivered == 0)
    left_open |= given & apparent & (np.abs(np.where(given, computed - delivered, 0)) <= 1)
    return left_open
