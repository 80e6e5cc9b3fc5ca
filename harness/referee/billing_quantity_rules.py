"""Which rule a wrong quantity breaks: other days, another clock or zone, losses, registers, or its framing's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harness.oracle.billing import DELIVERED, NOT_BILLING_AGENT, Request
from harness.oracle.calendar import Calendar, next_day
from harness.oracle.quantities import Fields, Part, is_complete, quantities, structure_of
from harness.referee.billing_answers import Answer, AnswerBooks
from harness.referee.billing_causes import STATUS_RULES
from harness.referee.billing_requests import Found

_ZONES = (("est", "cst"), ("eastern", "central"))
_LOSSES_PERCENT = 25
"""Quantities that are off by one factor, no further than this from 1, were adjusted for losses."""
_TELLING = 2
"""So many quantities that are off by one factor are no chance."""


@dataclass(slots=True)
class QuantityRules:
    """Names the rule of a quantity."""

    books: AnswerBooks

    def of_right(self, answer: Answer, framing: str | None, file_type: str) -> str:
        """The rule that says what a quantity is."""
        if not answer.parts or framing is None:
            return "BSV-08" if answer.status == NOT_BILLING_AGENT else "TXS-03"
        if file_type == "6200":
            return "BQ-08"
        return {"hourly": "BQ-07", "periodic": "BQ-06"}.get(structure_of(framing).energy, "BQ-05")

    def of_wrong(
        self, request: Request, answer: Answer, each: Found, wanted: Fields, odd: Sequence[str], seen: Fields
    ) -> str:
        """The rule that a wrong quantity breaks.

        :param odd: the fields that are not as wanted; `seen` what the record says.
        """
        framing, file_type = wanted["framing"], each.letter.type
        rule = self.of_right(answer, framing, file_type)
        if not answer.parts or framing is None:
            return rule
        if answer.status != DELIVERED and all(value is None for value in seen.values()):
            return STATUS_RULES[answer.status]
        if answer.estimated:
            return "ODE-04"
        start = each.record["sub_period_start_date"]
        part = next((part for part, _ in answer.parts if part.start == start), None)
        if part is None:
            return rule
        if len(answer.parts) == 1 and self._is_of_other_days(request, part, file_type, seen):
            return "BSV-09"
        if any(self._is(request, other, file_type, seen) for other in _of_the_other_zone(part)):
            return "BQ-04"
        if file_type == "6000" and structure_of(framing).energy == "tou_cpp" and "total_wh" not in odd:
            calendar = self.books.terms.calendar
            other = replace(calendar, prevailing=not calendar.prevailing, _known={})
            return "WIN-09" if self._is(request, part, file_type, seen, other) else rule
        if file_type != "6200" and self._is_what_registers_say(answer, seen):
            return "FUT-04"
        return "BQ-10" if file_type != "6200" and _is_scaled(wanted, seen) else rule

    def _is(self, request: Request, part: Part, file_type: str, seen: Fields, calendar: Calendar | None = None) -> bool:
        """Whether a record says what it would of another part, or by another calendar."""
        book = self.books.meters.book
        if not is_complete(book, request.sdp, part):
            return False
        records = quantities(book, request.sdp, part, calendar or self.books.terms.calendar).get(file_type, [])
        return any(all(seen[name] == record.get(name) for name in seen) for record in records)

    def _is_of_other_days(self, request: Request, part: Part, file_type: str, seen: Fields) -> bool:
        """Whether quantities are those of the period with its exclusive end, or without its first day (BSV-09)."""
        others = [part._replace(end=next_day(request.end)), part._replace(start=next_day(request.start))]
        return any(each.start < each.end and self._is(request, each, file_type, seen) for each in others)

    def _is_what_registers_say(self, answer: Answer, seen: Fields) -> bool:
        """Whether a total is the difference of the register reads, where that of the intervals is another (FUT-04)."""
        checked, total = answer.checked, seen.get("total_wh")
        if checked is None or not isinstance(total, int) or not checked.variance_wh or checked.interval_wh is None:
            return False
        return abs(total - checked.interval_wh) == checked.variance_wh


def _of_the_other_zone(part: Part) -> list[Part]:
    """A part as it would be framed by the clock of the other zone."""
    words = part.framing.split("_")
    names = ["_".join([*words[:-1], other]) for pair in _ZONES for one, other in (pair, pair[::-1]) if words[-1] == one]
    return [part._replace(framing=name) for name in names]


def _is_scaled(wanted: Fields, seen: Fields) -> bool:
    """Whether all energy is off by one factor near 1, as if losses had been added (BQ-10)."""
    pairs = [(wanted.get(name), value) for name, value in seen.items() if name.endswith("_wh")]
    numbers = [(one, other) for one, other in pairs if isinstance(one, int) and isinstance(other, int) and one]
    if len(numbers) < _TELLING or any(one == other for one, other in numbers):
        return False
    whole, scaled = max(numbers)
    if abs(scaled - whole) * 100 > _LOSSES_PERCENT * whole:
        return False
    return all(abs(other * whole - one * scaled) <= whole for one, other in numbers)
