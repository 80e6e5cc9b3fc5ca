"""Faults of the sum check, of the statuses that it gives, and of what is announced and not in force."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from harness.interface.instants import midnight
from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.framing import Energy
from reference_impl.repository import billing_services, sum_check
from reference_impl.repository.meter_data import energy_between
from reference_impl.repository.sum_check import NO_READ, SumCheck

DELIVERED, OVER, NO_READS = "delivered", "sum_check_threshold", "sum_check_no_register_read"


def _outcome(change: Callable[[Any, SumCheck], SumCheck | None]) -> Application:
    """Another outcome of the sum check than it came to, for a request."""

    def make(original: Any) -> Any:
        def checked(request: Any, parts: Any, billing: Any) -> Any:
            found = original(request, parts, billing)
            return None if found is None else change(request, found)

        return checked

    return replaced(billing_services, "sum_checked", make)


def _status(before: str, after: str) -> Application:
    return _outcome(lambda _, found: dataclasses.replace(found, status=after) if found.status == before else found)


def _not_for(energy: Energy) -> Application:
    """Quantities framed so are not checked."""

    def make(original: Any) -> Any:
        def checked(request: Any, parts: Any, billing: Any) -> Any:
            framings = {billing.framing_of(part.framing).energy for part, _ in parts}
            return None if energy in framings else original(request, parts, billing)

        return checked

    return replaced(billing_services, "sum_checked", make)


def _reads_of_first_look(original: Any) -> Any:
    """The register reads are those that were there when a request was first looked at."""
    seen: dict[Any, Any] = {}

    def respond(request: Any, billing: Any) -> Any:
        known = seen.setdefault(request, dict(billing.data.reads.get(request.universal_sdp_id, {})))
        held = dataclasses.replace(billing.data, reads={request.universal_sdp_id: known})
        return original(request, dataclasses.replace(billing, data=held))

    return respond


def _nearest(choose: Callable[[Any, Any], Any]) -> Application:
    """Another read than the nearest is taken: `choose` is given the distances before and after."""

    def make(_: Any) -> Any:
        def nearest(reads: Any, boundaries: Any, range_seconds: int, **_more: Any) -> Any:
            away = boundaries[0] - reads.seconds
            near = [place for place in range(reads.seconds.size) if abs(away[place]) <= range_seconds]
            chosen = min(near, key=lambda place: choose(int(away[place]), place), default=NO_READ)
            return np.array([chosen], dtype=np.int64)

        return nearest

    return replaced(sum_check, "nearest_reads", make)


def _range(hours: Callable[[int], int]) -> Application:
    def make(original: Any) -> Any:
        return lambda reads, start, end, rules: original(
            reads, start, end, dataclasses.replace(rules, range_hours=hours(rules.range_hours))
        )

    return replaced(billing_services, "reads_near", make)


def _compared(over: Callable[[Any, Any, Any], Any]) -> Application:
    """Whether a variance is over the threshold is found otherwise: from Wh of intervals and register, and a unit."""

    def make(original: Any) -> Any:
        def compared(interval_wh: Any, first: Any, last: Any, registers: Any, percent: int) -> Any:
            found = original(interval_wh, first, last, registers, percent)
            odd = over(interval_wh, found.register_wh, percent) & (found.variance_wh > registers[1])
            return dataclasses.replace(found, over=odd)

        return compared

    return replaced(sum_check, "compared", make)


def _registers(change: Callable[[Any, Any], tuple[Any, Any]]) -> Application:
    def make(original: Any) -> Any:
        return lambda wh, first, last, registers, percent: original(wh, first, last, change(*registers), percent)

    return replaced(sum_check, "compared", make)


def _rollover_is_no_read(original: Any) -> Any:
    def check(first: Any, last: Any, registers: Any, interval_wh: int, rules: Any) -> Any:
        if first is not None and last is not None and last.reading < first.reading:
            return SumCheck(NO_READS, first, last)
        return original(first, last, registers, interval_wh, rules)

    return check


def _energy_of_the_period(original: Any) -> Any:
    """The energy of the period is compared, not of what lies between the reads."""

    def checked(request: Any, parts: Any, billing: Any) -> Any:
        found = original(request, parts, billing)
        if found is None or found.interval_wh is None:
            return found
        energy = energy_between(billing.data, request.universal_sdp_id, midnight(request.start), midnight(request.end))
        register = billing_services.register_on(request.universal_sdp_id, request.start, billing)
        return sum_check.check(found.first, found.last, (register, register), energy, billing.sum_check)

    return checked


def _bare(fields: Any) -> Any:
    return {name: None if name.endswith(("_wh", "_w", "_va")) else value for name, value in fields.items()}


def _without_quantities(status: str) -> Application:
    def make(original: Any) -> Any:
        def respond(*arguments: Any) -> Any:
            found = original(*arguments)
            if found is None or found.status != status:
                return found
            records = {kind: tuple(map(_bare, rows)) for kind, rows in found.records.items()}
            return dataclasses.replace(found, records=records)

        return respond

    return replaced(billing_services, "respond", make)


def _first_record_alone(original: Any) -> Any:
    """Only the first sub-period carries the status of the sum check."""

    def respond(request: Any, billing: Any) -> Any:
        found = original(request, billing)
        if found is None or found.status != OVER:
            return found
        code = billing.statuses[DELIVERED]
        rows = {
            kind: (every[0], *({**row, "transaction_status": code} for row in every[1:]))
            for kind, every in found.records.items()
        }
        return dataclasses.replace(found, records=rows)

    return respond


def _exempt(change: Callable[[frozenset[str]], frozenset[str]]) -> Application:
    def make(original: Any) -> Any:
        return lambda service, rules: original(service, dataclasses.replace(rules, exempt=change(rules.exempt)))

    return replaced(billing_services, "has_sum_check", make)


def _waits_for_the_window(status: str) -> Application:
    """A response with an exception is held back until the window has closed."""

    def make(original: Any) -> Any:
        def respond(request: Any, billing: Any) -> Any:
            found = original(request, billing)
            return None if found is not None and found.status == status else found

        return respond

    return replaced(billing_services, "respond", make)


def _push_unchecked(request: Any, found: SumCheck) -> SumCheck | None:
    return None if request.is_pushed else found


def _adjusted(original: Any) -> Any:
    """Quantities are scaled to the difference of the register reads."""

    def quantities(request: Any, billing: Any) -> Any:
        parts = original(request, billing)
        found = None if parts is None else billing_services.sum_checked(request, parts, billing)
        if found is None or not found.interval_wh:
            return parts
        return [
            (part, dataclasses.replace(got, records=_scaled(got.records, found.register_wh or 0, found.interval_wh)))
            for part, got in parts
        ]

    return quantities


def _scaled(records: Any, numerator: int, denominator: int) -> Any:
    def scaled(row: Any) -> Any:
        return {
            name: value * numerator // denominator if name.endswith("_wh") and value is not None else value
            for name, value in row.items()
        }

    return {kind: tuple(map(scaled, rows)) for kind, rows in records.items()}


SUM_CHECK_FAULTS: tuple[Bent, ...] = (
    *(
        fault(
            f"sum_check_left_out_for_{energy.value}",
            "SUM-01",
            f"There is no sum check for quantities framed as {energy.value.replace('_', '/').upper()}.",
            _not_for(energy),
        )
        for energy in Energy
    ),
    fault(
        "sum_check_on_receipt",
        "SUM-01",
        "The register reads that were there when a request was first looked at are used, not those at delivery.",
        replaced(billing_services, "respond", _reads_of_first_look),
    ),
    fault(
        "sum_check_of_the_period_alone",
        "SUM-02",
        "The energy of the period is compared, wherever the reads lie.",
        replaced(billing_services, "sum_checked", _energy_of_the_period),
    ),
    fault(
        "sum_check_with_the_last_read_before",
        "SUM-02",
        "The last read before a boundary is taken, however near the next one is.",
        _nearest(lambda away, _: (away < 0, abs(away))),
    ),
    fault(
        "sum_check_with_the_first_read_after",
        "SUM-02",
        "The first read after a boundary is taken, however near the one before is.",
        _nearest(lambda away, _: (away > 0, abs(away))),
    ),
    fault(
        "rollover_counted_backwards",
        "SUM-02",
        "A register that has begun again at nothing gives a difference of nearly its whole capacity.",
        _registers(lambda capacity, unit: (capacity * 10, unit)),
    ),
    fault(
        "ct_pt_multiplier_ignored",
        "SUM-02",
        "Registers are read as if there were no transformers.",
        _registers(lambda capacity, unit: (capacity, unit * 0 + 1000)),
    ),
    fault("over_threshold_as_processed", "SUM-03", "Over the threshold the status is 00.", _status(OVER, DELIVERED)),
    fault("over_threshold_as_no_read", "SUM-03", "Over the threshold the status is 07.", _status(OVER, NO_READS)),
    fault("06_without_quantities", "SUM-03", "A response with status 06 has no quantities.", _without_quantities(OVER)),
    fault(
        "06_in_the_first_record_alone",
        "SUM-03",
        "Of a segmented response the first sub-period alone carries status 06.",
        replaced(billing_services, "respond", _first_record_alone),
    ),
    fault("push_without_sum_check", "SUM-03", "Push responses are not checked.", _outcome(_push_unchecked)),
    fault(
        "less_than_the_register_passes",
        "SUM-03",
        "Intervals that add up to less than the register says pass.",
        _compared(lambda interval, register, percent: (interval - register) * 100 > register * percent),
    ),
    fault(
        "more_than_the_register_passes",
        "SUM-03",
        "Intervals that add up to more than the register says pass.",
        _compared(lambda interval, register, percent: (register - interval) * 100 > register * percent),
    ),
    fault(
        "register_at_rest_passes",
        "SUM-03",
        "A register that has not moved is not compared.",
        _compared(
            lambda interval, register, percent: (abs(interval - register) * 100 > register * percent) & (register > 0)
        ),
    ),
    fault("no_read_as_processed", "SUM-04", "Without register reads the status is 00.", _status(NO_READS, DELIVERED)),
    fault("no_read_as_over", "SUM-04", "Without register reads the status is 06.", _status(NO_READS, OVER)),
    fault(
        "07_without_quantities", "SUM-04", "A response with status 07 has no quantities.", _without_quantities(NO_READS)
    ),
    fault("register_range_an_hour_longer", "SUM-04", "The register range is an hour longer.", _range(lambda h: h + 1)),
    fault(
        "register_range_an_hour_shorter", "SUM-04", "The register range is an hour shorter.", _range(lambda h: h - 1)
    ),
    fault(
        "rollover_taken_for_07",
        "SUM-02",
        "A register that has begun again at nothing counts as none.",
        replaced(billing_services, "sum_check", _rollover_is_no_read),
    ),
    fault("vee_service_01_checked", "SUM-05", "VEE service 01 has a sum check.", _exempt(lambda e: e - {"01"})),
    fault("vee_service_02_checked", "SUM-05", "VEE service 02 has a sum check.", _exempt(lambda e: e - {"02"})),
    *(
        fault(
            f"vee_service_{service}_unchecked",
            "SUM-05",
            f"VEE service {service} has no sum check.",
            _exempt(lambda exempt, service=service: exempt | {service}),  # type: ignore[misc]
        )
        for service in ("03", "04", "13")
    ),
    fault(
        "at_the_threshold_fails",
        "SUM-06",
        "A variance of exactly the threshold fails.",
        _compared(lambda interval, register, percent: abs(interval - register) * 100 >= register * percent),
    ),
    fault(
        "threshold_of_the_intervals",
        "SUM-06",
        "The threshold is so many per cent of the intervals, not of the register.",
        _compared(lambda interval, register, percent: abs(interval - register) * 100 > interval * percent),
    ),
    fault(
        "threshold_rounded_up",
        "SUM-06",
        "The variance is rounded down to whole kilowatt-hours.",
        _compared(lambda interval, register, percent: abs(interval - register) // 1000 * 100000 > register * percent),
    ),
    fault("06_waits_for_the_window", "TXS-04", "A response with 06 waits for the window.", _waits_for_the_window(OVER)),
    fault(
        "07_waits_for_the_window", "TXS-04", "A response with 07 waits for the window.", _waits_for_the_window(NO_READS)
    ),
    fault(
        "08_waits_for_the_window",
        "TXS-04",
        "A response with 08 waits for the window.",
        _waits_for_the_window("not_billing_agent"),
    ),
    fault(
        "quantities_adjusted_to_the_register",
        "FUT-04",
        "Quantities are scaled to the difference of the register reads.",
        replaced(billing_services, "quantities", _adjusted),
    ),
)
