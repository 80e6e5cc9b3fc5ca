"""A response beside the answer that was due: when, to whom, with which status, and what it says (BSV, WIN, BQ, SEG).

Which records stand in which of several files of one type, and in which order, makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from harness.interface.billing_files import quantity
from harness.interface.files import Record, Value
from harness.interface.instants import Day, iso
from harness.oracle.billing import DELIVERED, NO_DATA, NOT_BILLING_AGENT, Request
from harness.oracle.calendar import every_day
from harness.oracle.quantities import NOT_JUDGED, Fields, day_before, structure_of
from harness.oracle.sum_check import NO_READ, THRESHOLD, WH_OF_A_UNIT, Checked
from harness.referee.billing_answers import Answer, AnswerBooks
from harness.referee.billing_causes import STATUS_RULES, Causes
from harness.referee.billing_quantity_rules import QuantityRules
from harness.referee.billing_requests import Asked, Found
from harness.referee.billing_terms import BillingTerms
from harness.referee.judgements import Subject

ENERGY, DEMAND = frozenset({"6000", "6100"}), frozenset({"6200"})
TYPES = ENERGY | DEMAND
WITHOUT_QUANTITIES = frozenset({NO_DATA, NOT_BILLING_AGENT})
CHECKED = (DELIVERED, THRESHOLD, NO_READ)
"""The statuses that a sum check may come to."""


class Verdict(NamedTuple):
    """What a response comes to beside an answer, in one respect."""

    rule: str
    held: bool
    expected: object = ""
    observed: object = ""
    found: Found | None = None
    rests_on: tuple[Subject, ...] = ()


@dataclass(slots=True)
class Responses:
    """Holds what came in answer to a request to an answer."""

    books: AnswerBooks
    causes: Causes
    quantities: QuantityRules

    def verdicts(self, asked: Asked, answer: Answer, found: Sequence[Found]) -> list[Verdict]:
        """What responses come to beside an answer, in every respect."""
        seen = [*self._of_time(asked, answer, found), *self._of_head(asked, answer, found)]
        if all(each.held for each in seen):
            seen += self._of_types(asked, answer, found)
        if all(each.held for each in seen):
            seen += self._of_records(asked, answer, found)
        return seen

    def received_types(self, asked: Asked, answer: Answer) -> set[str]:
        """The file types of an answer that its recipient may receive."""
        may, ldc = self.books.case.may_receive, asked.request.ldc
        return {each for each in answer.file_types if may(answer.recipient, ldc, each)}

    def _of_time(self, asked: Asked, answer: Answer, found: Sequence[Found]) -> Iterator[Verdict]:
        until = self.books.case.latest(answer.recipient, answer.until, answer.at)
        between = f"at {iso(answer.at)}" if answer.at == answer.until else f"by {iso(answer.until)}"
        for moment in sorted({each.at for each in found}):
            one = next(each for each in found if each.at == moment)
            held = answer.at <= moment <= until
            rule = self.causes.due_rule(asked, answer) if held else self.causes.of_lateness(asked, answer, one)
            yield Verdict(rule, held, f"a response {between}", f"one at {iso(moment)}", one)

    def _of_head(self, asked: Asked, answer: Answer, found: Sequence[Found]) -> Iterator[Verdict]:
        """Status, recipient and period."""
        codes, request = self.books.case.profile.codes["transaction_status"], asked.request
        words = {code: word for word, code in codes.items()}
        for each in found:
            to, misled = each.letter.recipient, (("recipient", each.letter.file.name),)
            rule = "BSV-08" if answer.status == NOT_BILLING_AGENT else "BSV-05"
            held = to == answer.recipient
            yield Verdict(rule, held, f"a response to {answer.recipient}", f"one to {to}", each, misled)
            if not held:
                continue
            stated = str(each.record["transaction_status"])
            word = words.get(stated, "")
            held = word in self._statuses_of(each, answer)
            rule, rests_on = self._status_rule(asked, answer, word, held), each.letter.resting_on(each.record)
            expected, observed = f"status {codes[answer.status]}", f"status {stated}"
            yield Verdict(rule, held, expected, observed, each, rests_on)
            names = ("universal_sdp_id", "period_start_date", "period_end_date")
            period = (request.sdp, request.start, request.end)
            told = tuple(each.record[name] for name in names)
            yield Verdict("BSV-09", told == period, _shown(period), _shown(told), each, rests_on)

    def _statuses_of(self, found: Found, answer: Answer) -> Collection[str]:
        """The statuses that a record may state, by their names: of demand also that of no sum check (AMB-63)."""
        if answer.any_check:
            return CHECKED
        if found.letter.type != "6200" or answer.status not in CHECKED:
            return (answer.status,)
        by_reading = {"as-the-energy": answer.status, "as-processed": DELIVERED}
        return [by_reading[reading] for reading in self.books.case.answers("AMB-63")]

    def _status_rule(self, asked: Asked, answer: Answer, word: str, held: bool) -> str:
        if held:
            return STATUS_RULES[answer.status]
        if answer.estimated:
            return "ODE-06"
        if answer.status not in CHECKED or word not in CHECKED:
            rule = STATUS_RULES.get(word, "TXS-01")
            return STATUS_RULES[answer.status] if rule == "BQ-02" else rule
        if answer.checked is None:
            return "SUM-05" if self._is_exempt(asked) else "TXS-02"
        if is_near_the_threshold(answer.checked, self.books.terms):
            return "SUM-06"
        return "SUM-02" if answer.status == DELIVERED else STATUS_RULES[answer.status]

    def _is_exempt(self, asked: Asked) -> bool:
        """Whether the VEE service of an SDP is one without sum check (SUM-05)."""
        exempt = next(iter(self.books.terms.sum_checks.values())).exempt
        return self.books.vee_service(asked.request) in exempt

    def _of_types(self, asked: Asked, answer: Answer, found: Sequence[Found]) -> Iterator[Verdict]:
        came = {each.letter.type for each in found}
        if not answer.parts:
            with_demand = "6200" in came and any(structure_of(each).minutes for each in self._framings(asked.request))
            held = "6200" not in came or (with_demand and not came.isdisjoint(ENERGY))
            beside = ", in 6200 at most beside it" if with_demand else ""
            observed = f"one in {' and '.join(sorted(came))}"
            yield Verdict("BQ-11", held, f"a response without quantities in 6000 or 6100{beside}", observed, found[0])
            return
        may = self.books.case.may_receive
        wanted = {each for each in answer.file_types if may(answer.recipient, found[0].letter.ldc, each)}
        for rule, types in (("BQ-11", ENERGY), ("BQ-09", DEMAND)):
            expected, observed = _types(wanted & types), _types(came & types)
            unread = tuple(("unread", each, answer.recipient) for each in sorted(types))
            yield Verdict(rule, expected == observed, expected, observed, found[0], unread)

    def _framings(self, request: Request, record: Record | None = None) -> set[str]:
        """The framing structures in a request's period; or in the sub-period that a record of its answer states."""
        days: Iterable[Day] = every_day(request.start, request.end)
        if record is not None:
            first, end = record["sub_period_start_date"], record["sub_period_end_date"]
            days = (day for day in days if isinstance(first, date) and isinstance(end, date) and first <= day < end)
        return {each for day in days if (each := self.books.framing(request, day)) is not None}

    # --- what it says --------------------------------------------------------------------------------------

    def _of_records(self, asked: Asked, answer: Answer, found: Sequence[Found]) -> Iterator[Verdict]:
        if not answer.parts:
            for each in found:
                yield from self._of_fields(asked, answer, each, {"framing": answer.framing})
            return
        stated: dict[tuple[Any, ...], list[Found]] = {}
        for each in found:
            stated.setdefault(_place(each), []).append(each)
        lines = tuple(subject for each in found for subject in each.letter.whole)
        parts = self._of_parts(asked, answer, found, lines)
        yield parts
        if not parts.held:
            return
        twice = next((several for several in stated.values() if len(several) > 1), None)
        if twice is not None:
            yield Verdict("WIN-08", False, "one answer", f"{len(twice)} of one record", twice[1], lines)
        may, ldc = self.books.case.may_receive, asked.request.ldc
        expected = {
            place: fields for place, fields in _expected(answer).items() if may(answer.recipient, ldc, place[0])
        }
        for place, fields in expected.items():
            for each in stated.get(place, [])[:1]:
                yield from self._of_fields(asked, answer, each, fields)
        missing = [place for place in expected if place not in stated]
        more = [place for place in stated if place not in expected]
        yield Verdict(
            _records_rule(asked, missing, more),
            not missing and not more,
            f"records of {_places(missing)}" if missing else "no more records",
            f"records of {_places(more)}" if more else "none of them",
            found[0],
            lines,
        )

    def _of_parts(self, asked: Asked, answer: Answer, found: Sequence[Found], rests_on: tuple[Subject, ...]) -> Verdict:
        """Whether the period is divided where it has to be, and nowhere else, as far as the recipient may see."""
        types = self.received_types(asked, answer)
        wanted = [(part.start, part.end) for part, by_type in answer.parts if not types.isdisjoint(by_type)]
        spans = {(each.record["sub_period_start_date"], each.record["sub_period_end_date"]) for each in found}
        stated = sorted(spans, key=lambda span: tuple(map(str, span)))
        rule = self._division_rule(asked, wanted, stated)
        expected, observed = f"sub-periods {_spans(wanted)}", f"sub-periods {_spans(stated)}"
        return Verdict(rule, stated == wanted, expected, observed, found[0], rests_on)

    def is_undivided(self, answer: Answer | None, found: Sequence[Found]) -> bool:
        """Whether a response is of one sub-period that has to be of several."""
        spans = {(each.record["sub_period_start_date"], each.record["sub_period_end_date"]) for each in found}
        return answer is not None and len(answer.parts) > 1 and len(spans) == 1

    def _division_rule(self, asked: Asked, wanted: Sequence[Any], stated: Sequence[Any]) -> str:
        """The rule by which a period is divided, or should have been, or should not have been."""
        events = [start for start, _ in wanted[1:]]
        starts = {start for start, _ in stated}
        if stated == wanted:
            return self._event_rule(asked, events[0]) if events else "SEG-04"
        if any(start == end for start, end in stated):
            return "SEG-05"
        odd = sorted({*(start for start, _ in wanted)} ^ starts, key=str)
        missing = [day for day in events if day not in starts]
        by = {self._event_rule(asked, day) for day in missing}
        if missing and len(stated) == 1 and asked.request.requester is None and by <= self.causes.divided:
            return "SEG-06"
        if len(events) > 1 and missing and len(missing) < len(events):
            return "SEG-04"
        return self._event_rule(asked, odd[0] if odd else None)

    def _event_rule(self, asked: Asked, day: Any) -> str:
        """The rule of the event that divides a period on a day, or that is a day away; else that nothing does."""
        request = asked.request
        if not isinstance(day, date):
            return "SEG-04"
        if day in {request.start, request.end}:
            return "SEG-05"
        directory = self.books.directory(request)
        for each in (Day(day + timedelta(days=ahead)) for ahead in (0, -1, 1)):
            before = day_before(each)
            if self.books.framing(request, before) != self.books.framing(request, each):
                return "SEG-01"
            accounts = {directory.value("sdp", request.sdp, "sdp_to_account", one) for one in (before, each)}
            if len(accounts) > 1:
                return "SEG-02"
            if self.books.terms.calendar.prices_change_on(each):
                return "SEG-03"
        for name, rule in (("sdp_to_account", "SEG-02"), ("framing_structure", "SEG-01")):
            if any(state.start == day for state in directory.history("sdp", request.sdp, name)):
                return rule
        return "SEG-08"

    def _of_fields(self, asked: Asked, answer: Answer, each: Found, fields: Fields) -> Iterator[Verdict]:
        record, framing = each.record, fields["framing"]
        codes = self.books.case.profile.codes["framing_structure"]
        code = None if framing is None else codes.get(framing, framing)
        stated, rests_on = record["framing_structure"], each.letter.resting_on(record)
        held = stated in {code, None}
        if not held and not answer.parts:  # whether it is divided as quantities would be is on no slide
            held = stated in {codes.get(one, one) for one in self._framings(asked.request, record)}
        of_another = any(codes.get(part.framing) == stated for part, _ in answer.parts)
        rule = "SEG-01" if not held and of_another else "BQ-03"
        yield Verdict(rule, held, f"framing structure {code}", f"framing structure {stated}", each, rests_on)
        if answer.any_quantity and answer.parts:
            return
        names = [name for name in record.layout.positions if name.endswith(("_wh", "_w", "_va"))]
        if each.letter.type == "6200" and fields.get("peak_w") is None:
            names = []  # intervals that are no part of the span of demand, or of several lengths: no slide says
        names = [name for name in names if fields.get(name) != NOT_JUDGED]
        if not self.books.terms.knows_price_plan:
            names = [name for name in names if "_peak_" not in name]
        wanted = {name: fields.get(name) for name in names}
        seen = {name: quantity(record, name) for name in names}
        odd = [name for name in names if not self._says_the_same(name, seen[name], wanted[name], answer)]
        if odd == ["total_wh"] and wanted["total_wh"] is not None and self._says_nothing_else(each, odd[0]):
            odd = []
        rule = self.quantities.of_right(answer, framing, each.letter.type)
        if odd:
            rule = self.quantities.of_wrong(asked.request, answer, each, fields, odd, seen)
        yield Verdict(rule, not odd, _fields(odd, wanted), _fields(odd, seen), each, rests_on)

    def _says_nothing_else(self, each: Found, name: str) -> bool:
        """Whether a total is left blank beside buckets, which say it."""
        return each.record[name] is None and any(
            each.record[other] is not None for other in each.record.layout.positions if other.endswith("peak_wh")
        )

    def _says_the_same(self, name: str, stated: Value, wanted: Value, answer: Answer) -> bool:
        """Whether a quantity is stated as wanted, in what is left open: 0 for nothing, how VA are rounded (AMB-57)."""
        if stated == wanted or (wanted is None and stated == 0 and bool(answer.parts)):
            return True
        if name == "peak_va" and isinstance(stated, int) and isinstance(wanted, int):
            readings = self.books.case.answers("AMB-57")
            return readings != ("down",) and stated == wanted + 1
        return False


def _types(types: Iterable[str]) -> str:
    return f"a response in {' and '.join(sorted(types)) or 'no file of this kind'}"


def is_near_the_threshold(checked: Checked, terms: BillingTerms) -> bool:
    """Whether a variance lies within a kilowatt-hour of the threshold (SUM-06)."""
    if checked.variance_wh is None or checked.interval_wh is None:
        return False
    percent = next(iter(terms.sum_checks.values())).percent
    distance = abs(checked.variance_wh * 100 - checked.interval_wh * percent)
    return checked.variance_wh > WH_OF_A_UNIT and distance <= 100 * WH_OF_A_UNIT


def _expected(answer: Answer) -> dict[tuple[Any, ...], Fields]:
    """The quantities of each record of an answer, by the record's place in it."""
    return {
        (file_type, part.start, part.end, fields.get("day")): {**fields, "framing": part.framing}
        for part, by_type in answer.parts
        for file_type, several in by_type.items()
        for fields in several
    }


def _records_rule(asked: Asked, missing: Sequence[tuple[Any, ...]], more: Sequence[tuple[Any, ...]]) -> str:
    """The rule by which an answer has all of its records, and no others.

    What lacks and is of no day, where something else of its sub-period came, is energy or demand: both have to come.
    """
    if any(day is None for *_, day in missing):
        return "BQ-09"
    days = {day for *_, day in (*missing, *more)}
    return "BSV-09" if days & {asked.request.start, asked.request.end} else "WIN-03"


def _place(found: Found) -> tuple[Any, ...]:
    record = found.record
    day = record["day"] if "day" in record.layout.positions else None
    return found.letter.type, record["sub_period_start_date"], record["sub_period_end_date"], day


def _places(places: Iterable[tuple[Any, ...]]) -> str:
    shown = [f"{file_type} for {day or f'{start} to {end}'}" for file_type, start, end, day in places]
    return f"{', '.join(shown[:4])}{f' and {len(shown) - 4} more' if len(shown) > 4 else ''}"


def _spans(spans: Iterable[tuple[Any, Any]]) -> str:
    return ", ".join(f"{start} to {end}" for start, end in spans) or "none"


def _shown(period: Sequence[object]) -> str:
    sdp, start, end = period
    return f"SDP {sdp}, {start} to {end}"


def _fields(names: Iterable[str], values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {'blank' if values[name] is None else values[name]}" for name in names)
