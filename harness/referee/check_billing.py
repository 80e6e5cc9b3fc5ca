"""Invariants of billing: each request gets one answer, when, to whom and with what the oracle says (BSV, WIN, BQ, SEG).

An answer is found by its Request Detail ID, or, where the schedule asked, by SDP and period. Which records stand in
which of several files of one type, and in which order, makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from harness.interface.billing_files import quantity
from harness.interface.files import Record, Value
from harness.interface.instants import Day, Instant, iso
from harness.oracle.billing import DELIVERED, NO_DATA, NOT_BILLING_AGENT, Answer, BillingBooks, Request
from harness.oracle.quantities import NOT_JUDGED, Fields, day_before, quantities, structure_of
from harness.referee.ledger import Ledger
from harness.referee.mail import PostOffice, Seen

TYPES = ("6000", "6100", "6200")
_STATUS_RULES: Mapping[str, str] = {
    DELIVERED: "BQ-02",
    NO_DATA: "TXS-03",
    NOT_BILLING_AGENT: "BSV-08",
    "sum_check_threshold": "SUM-03",
    "sum_check_no_register_read": "SUM-04",
}
"""The rule that says when a status is given, by the name of the status."""


class Key(NamedTuple):
    """What an answer answers: a request by its ID, or (ID empty) an SDP and period that the schedule asked for."""

    detail_id: str
    sdp: str
    start: Day | None
    end: Day | None

    def __str__(self) -> str:
        return f"request {self.detail_id}" if self.detail_id else f"scheduled {self.sdp} {self.start} to {self.end}"


def key_of(request: Request) -> Key:
    """The key of a request's answer."""
    if request.detail_id is not None:
        return Key(request.detail_id, "", None, None)
    return Key("", request.sdp, request.start, request.end)


@dataclass(frozen=True, slots=True)
class Found:
    """A record of an answer, and the file it stands in."""

    seen: Seen
    record: Record

    @property
    def at(self) -> Instant:
        return self.seen.file.instant


@dataclass(slots=True)
class BillingCheck:
    """Holds responses to the answers that the oracle gives.

    :param stated: the Transaction Status that each request was answered with, as it stood in the response.
    :param told: the requests whose answer came early, late or not at all, of which that was said.
    """

    ledger: Ledger
    office: PostOffice
    books: BillingBooks
    checks_demand: bool = True
    judged: int = 0
    recovered: list[Answer] = field(default_factory=list)
    answered: dict[Key, Answer] = field(default_factory=dict)
    stated: dict[Key, str] = field(default_factory=dict)
    told: set[Key] = field(default_factory=set)

    def recover(self, request: Request, former: Answer, moment: Instant) -> None:
        """A former answer is asked for again: it comes as it was, but for the request that it answers (BSV-10)."""
        self.recovered.append(replace(former, request=request, at=moment))

    def judge(self, seen: Iterable[Seen]) -> None:
        """Hold the responses that came to the answers that were due."""
        came: dict[Key, list[Found]] = {}
        for each in seen:
            for record in each.details if each.type in TYPES else ():
                came.setdefault(_key_in(record), []).append(Found(each, record))
                self.stated.setdefault(_key_in(record), str(record["transaction_status"]))
        due = [*self.books.answers[self.judged :], *self.recovered]
        self.judged, self.recovered = len(self.books.answers), []
        for answer in due:
            key = key_of(answer.request)
            self.answered[key] = answer
            self._judge(key, answer, came.pop(key, []))
        for key, found in came.items():
            self._undue(key, found)

    # --- one answer --------------------------------------------------------------------------------------------

    def _judge(self, key: Key, answer: Answer, found: Sequence[Found]) -> None:
        types = {each for each in answer.file_types if self._arrives(answer, each)}
        if not types and not found:
            return
        if not found:
            if key not in self.told:
                self.told.add(key)
                expected = f"{answer.status} for {answer.recipient} at {iso(answer.at)}"
                self.ledger.hold(self._due_rule(answer), False, answer.at, str(key), expected, "nothing")
            return
        self.ledger.checks["WIN-08"] += 1
        self._check_time(key, answer, found)
        if self._check_head(key, answer, found):
            self._check_types(key, found, types)
            self._check_records(key, answer, found)

    def _arrives(self, answer: Answer, file_type: str) -> bool:
        if file_type == "6200" and not self.checks_demand:
            return False
        return self.office.may_receive(answer.recipient, answer.request.ldc, file_type)

    def _check_time(self, key: Key, answer: Answer, found: Sequence[Found]) -> None:
        until = self.office.latest(answer.recipient, answer.at)
        for moment in sorted({each.at for each in found}):
            held = answer.at <= moment <= until
            name = next(each.seen.file.name for each in found if each.at == moment)
            observed = f"at {iso(moment)}"
            self.ledger.hold(self._due_rule(answer), held, moment, str(key), f"at {iso(answer.at)}", observed, name)

    def _due_rule(self, answer: Answer) -> str:
        """The rule that says when an answer is due."""
        if answer.status == NO_DATA:
            return "WIN-07"
        if answer.status == NOT_BILLING_AGENT:
            return "BSV-08"
        if answer.request in self.books.estimated:
            return "ODE-02"
        if not answer.request.on_cycle and answer.at == answer.request.received:
            return "WIN-06"
        return "WIN-02"

    def _check_head(self, key: Key, answer: Answer, found: Sequence[Found]) -> bool:
        """Whether status and recipient, and the period, are those of the answer."""
        codes, request = self.office.profile.codes["transaction_status"], answer.request
        names = {code: word for word, code in codes.items()}
        expected = codes[answer.status]
        held = True
        for each in found:
            record, name = each.record, each.seen.file.name
            stated = str(record["transaction_status"])
            rule = _STATUS_RULES.get(names.get(stated, ""), "TXS-01")
            rule = _STATUS_RULES[answer.status] if stated == expected or rule == "BQ-02" else rule
            rule = "ODE-06" if stated != expected and request in self.books.estimated else rule
            held &= self.ledger.hold(
                rule, stated == expected, each.at, str(key), f"status {expected}", f"status {stated}", name, record.line
            )
            to = each.seen.file.recipient
            rule = "BSV-08" if answer.status == NOT_BILLING_AGENT else "BSV-05"
            expected_to, observed = f"to {answer.recipient}", f"to {to}"
            self.ledger.hold(rule, to == answer.recipient, each.at, str(key), expected_to, observed, name, record.line)
            stated_period = (record["universal_sdp_id"], record["period_start_date"], record["period_end_date"])
            period = (request.sdp, request.start, request.end)
            self.ledger.hold(
                "BSV-09", stated_period == period, each.at, str(key), period, stated_period, name, record.line
            )
        if held and answer.parts and request in self.books.estimated:
            self.ledger.checks["ODE-02"] += 1
        if held and answer.parts:
            self.ledger.checks["SUM-05" if answer.checked is None else "SUM-02"] += 1
        return held

    def _check_types(self, key: Key, found: Sequence[Found], types: set[str]) -> None:
        for file_type in TYPES:
            there = any(each.seen.type == file_type for each in found)
            if file_type == "6200" and not self.checks_demand:
                continue
            rule = "BQ-09" if file_type == "6200" else "BQ-11"
            expected = f"{'' if file_type in types else 'no '}{file_type}"
            observed = sorted({each.seen.type for each in found})
            self.ledger.hold(rule, there == (file_type in types), found[0].at, str(key), expected, observed)

    # --- what it says ------------------------------------------------------------------------------------------

    def _check_records(self, key: Key, answer: Answer, found: Sequence[Found]) -> None:
        expected = self._expected(answer)
        stated: dict[tuple[Any, ...], list[Found]] = {}
        for each in found:
            stated.setdefault(_place(each.seen.type, each.record), []).append(each)
        repeated = next((several for several in stated.values() if len(several) > 1), None)
        name = None if repeated is None else repeated[1].seen.file.name
        at, twice = found[0].at, None if repeated is None else len(repeated)
        self.ledger.hold("WIN-08", repeated is None, at, str(key), "one answer", f"{twice} of one record", name)
        if not self._check_parts(key, answer, found):
            return
        for place, fields in expected.items():
            if not self.checks_demand and place[0] == "6200":
                continue
            for each in stated.get(place, [])[:1]:
                self._check_fields(key, answer, each, fields)
        missing = [place for place in expected if place not in stated and self._arrives(answer, place[0])]
        more = [place for place in stated if place not in expected]
        self.ledger.hold("WIN-03", not missing and not more, at, str(key), missing or "no more", more or "missing")

    def _expected(self, answer: Answer) -> dict[tuple[Any, ...], Fields]:
        """The quantities of each record of an answer, by the record's place in it."""
        if not answer.parts:
            request = answer.request
            return {(*answer.file_types, request.start, request.end, None): {"framing": answer.framing}}
        return {
            (file_type, part.start, part.end, fields.get("day")): {**fields, "framing": part.framing}
            for part, by_type in answer.parts
            for file_type, several in by_type.items()
            for fields in several
        }

    def _check_parts(self, key: Key, answer: Answer, found: Sequence[Found]) -> bool:
        """Whether the period is divided where it has to be."""
        if not answer.parts:
            return True
        expected = [part.start for part, _ in answer.parts]
        stated = sorted({each.record["sub_period_start_date"] for each in found}, key=str)
        held = [str(day) for day in stated] == [str(day) for day in expected]
        for day in expected[1:] if held else ():
            self.ledger.checks[self._event_rule(answer, day)] += 1
        odd = sorted({*expected} ^ {*stated}, key=str)
        rule = "SEG-04" if held else self._event_rule(answer, odd[0])
        observed, at = f"parts that begin on {_days(stated)}", found[0].at
        return self.ledger.hold(
            rule, held, at, str(key), f"parts that begin on {_days(expected)}", observed, found[0].seen.file.name
        )

    def _event_rule(self, answer: Answer, day: Any) -> str:
        """The rule of the event that divides a period on a day, or that is a day away; else that nothing does."""
        request = answer.request
        if not isinstance(day, date):
            return "SEG-04"
        near = [Day(day + timedelta(days=ahead)) for ahead in (0, -1, 1)]
        for each in near:
            before = day_before(each)
            framings = {self.books.framing(request.ldc, request.sdp, one) for one in (before, each)}
            directory = self.books.directories[request.ldc]
            accounts = {directory.value("sdp", request.sdp, "sdp_to_account", one) for one in (before, each)}
            if len(framings) > 1:
                return "SEG-01"
            if len(accounts) > 1:
                return "SEG-02"
            if self.books.calendar.prices_change_on(each):
                return "SEG-03"
        return "SEG-04"

    def _check_fields(self, key: Key, answer: Answer, each: Found, fields: Fields) -> None:
        record, name = each.record, each.seen.file.name
        framing = fields["framing"]
        code = None if framing is None else self.office.profile.codes["framing_structure"][framing]
        stated = record["framing_structure"]
        self.ledger.hold("BQ-03", stated in {code, None}, each.at, str(key), code, stated, name, record.line)
        quantities = (name for name in record.layout.positions if name.endswith(("_wh", "_w", "_va")))
        names = [name for name in quantities if fields.get(name) != NOT_JUDGED]
        wanted = {name: fields.get(name) for name in names}
        seen = {name: quantity(record, name) for name in names}
        if answer.parts:
            seen = {
                name: wanted[name] if _says_the_same(name, seen[name], wanted[name]) else seen[name] for name in names
            }
        rule = self._quantity_rule(answer, each, framing, wanted, seen)
        odd = {name: wanted[name] for name in names if wanted[name] != seen[name]}
        told = {name: seen[name] for name in odd}
        self.ledger.hold(rule, not odd, each.at, str(key), odd, told, name, record.line)

    def _quantity_rule(
        self, answer: Answer, each: Found, framing: str | None, wanted: Mapping[str, Any], seen: Mapping[str, Any]
    ) -> str:
        """The rule that says what a quantity is; where it was taken by another clock, that it is not."""
        if not answer.parts or framing is None:
            return "BSV-08" if answer.status == NOT_BILLING_AGENT else "TXS-03"
        if answer.status != DELIVERED and all(value is None for value in seen.values()):
            return _STATUS_RULES[answer.status]
        if answer.request in self.books.estimated:
            return "ODE-04"
        structure = structure_of(framing)
        if each.seen.type == "6200":
            return "BQ-08"
        if structure.energy == "tou_cpp" and wanted != seen:
            return self._clock_rule(answer, each, seen)
        return {"hourly": "BQ-07", "periodic": "BQ-06"}.get(structure.energy, "BQ-05")

    def _clock_rule(self, answer: Answer, each: Found, seen: Mapping[str, Any]) -> str:
        """WIN-09 where quantities are those by the clock that customers live by."""
        calendar, request = self.books.calendar, answer.request
        other = replace(calendar, prevailing=not calendar.prevailing, _known={})
        part = next(part for part, _ in answer.parts if part.start == each.record["sub_period_start_date"])
        by_other_clock = quantities(self.books.meters, request.sdp, part, other)["6000"][0]
        return "WIN-09" if by_other_clock == seen else "BQ-05"

    # --- what was not due --------------------------------------------------------------------------------------

    def _undue(self, key: Key, found: Sequence[Found]) -> None:
        """An answer that was not due: a second one, one that comes too early or too late, or one nobody asked for."""
        each = found[0]
        codes = self.office.profile.codes["transaction_status"]
        stated = str(each.record["transaction_status"])
        about, observed = str(key), f"status {stated} for {each.seen.file.recipient}"
        waiting = next((request for request in self.books.open if key_of(request) == key), None)
        if key in self.told:
            return
        self.told.add(key)
        if key in self.answered:
            before = self.answered[key]
            rule, expected = "WIN-08", f"nothing more: {before.status} was due at {iso(before.at)}"
        elif waiting is not None:
            names = {code: word for word, code in codes.items()}
            word = names.get(stated, "")
            rule = _STATUS_RULES.get(word, "TXS-01")
            if word == NO_DATA:
                rule = "WIN-07"
            elif self.books.may_be_estimated(waiting):
                rule = "ODE-02" if self.books.estimates(waiting) else "ODE-01"
            expected = f"no answer yet: its window ends on {self.books.window_ends(waiting)}, and data is missing"
        else:
            rule = "BSV-02" if key.detail_id else "BSV-01"
            expected = "answers to requests alone, and what the schedule asks for"
        self.ledger.hold(rule, False, each.at, about, expected, observed, each.seen.file.name, each.record.line)


def _key_in(record: Record) -> Key:
    detail_id = record["request_detail_id"]
    if detail_id is not None:
        return Key(str(detail_id), "", None, None)
    start, end = record["period_start_date"], record["period_end_date"]
    return Key("", str(record["universal_sdp_id"]), start, end)  # type: ignore[arg-type]


def _place(file_type: str, record: Record) -> tuple[Any, ...]:
    day = record["day"] if "day" in record.layout.positions else None
    return file_type, record["sub_period_start_date"], record["sub_period_end_date"], day


def _days(days: Iterable[Any]) -> str:
    return ", ".join(str(day) for day in days) or "no day"


def _says_the_same(name: str, stated: Value, wanted: Value) -> bool:
    """Whether a quantity is stated as wanted, in what is left open: 0 for nothing, and how a VA is rounded (AMB-57)."""
    if name == "peak_va" and isinstance(stated, int) and isinstance(wanted, int):
        return abs(stated - wanted) <= 1
    return stated == wanted or (wanted is None and stated == 0)
