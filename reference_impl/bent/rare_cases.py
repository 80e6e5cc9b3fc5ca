"""Faults that show in rare cases alone: the second time, beside another of a kind, at a border, or of one kind of set."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, fault, replaced, together
from reference_impl.bent.loading import outcome_changed
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_services,
    repository,
    sequence,
    sum_check,
    synchronization,
)
from reference_impl.repository.synchronization import Outcome

_LONGEST_MONTH = 31


# --- file sets --------------------------------------------------------------------------------------------------


def _second_failure_uses_up() -> Application:
    """A number is used up by the second set of it that fails to load; each conversation begins anew."""
    failed: list[int] = []

    def begun(original: Any) -> Any:
        def opened(*arguments: Any, **more: Any) -> Any:
            failed.clear()
            return original(*arguments, **more)

        return opened

    def counted(original: Any) -> Any:
        def number(expected: int, *, loaded: bool, reading: str) -> int:
            if not loaded and expected in failed:
                return expected + 1
            failed.extend([] if loaded else [expected])
            return int(original(expected, loaded=loaded, reading=reading))

        return number

    return together(
        replaced(repository.Repository, "opened", begun), replaced(sequence, "number_after_processing", counted)
    )


def _of_the_first_reason(outcome: Outcome, *_: Any) -> Outcome:
    failures = tuple(each for each in outcome.failures if each.why is outcome.failures[0].why)
    return dataclasses.replace(outcome, failures=failures)


def _extracted(later: int) -> Application:
    """Prior states are those of an extract so many days later."""

    def make(original: Any) -> Any:
        return lambda values, directory, extracted: original(values, directory, Day(extracted + timedelta(days=later)))

    return replaced(synchronization, "prior_states", make)


# --- billing ------------------------------------------------------------------------------------------------------


def _register_of(multiplier: Callable[[int, int], int]) -> Application:
    """The Wh of a dial unit come otherwise from the multipliers of register and transformers."""

    def make(original: Any) -> Any:
        def register(meter: Any, parameters: Any, digits: int) -> Any:
            found = original(meter, parameters, digits)
            names = ("register_multiplier", "ct_pt_multiplier")
            counted = multiplier(*(int(parameters[name] or 1) for name in names))
            return None if found is None else found._replace(unit_wh=sum_check.WH_OF_DIAL_UNIT * counted)

        return register

    return replaced(billing_services, "register_of", make)


def _in_whole_units(original: Any) -> Any:
    """The threshold is rounded down to whole dial units."""

    def compared(interval_wh: Any, first: Any, last: Any, registers: Any, percent: int) -> Any:
        found = original(interval_wh, first, last, registers, percent)
        threshold = found.register_wh * percent // 100 // registers[1] * registers[1]
        return dataclasses.replace(found, over=(found.variance_wh > threshold) & (found.variance_wh > registers[1]))

    return compared


def _by_that_for(granted: str, wanted: str) -> Application:
    """Who may receive one type of file receives another."""

    def make(original: Any) -> Any:
        return lambda recipient, ldc, file_type, participants: original(
            recipient, ldc, granted if file_type == wanted else file_type, participants
        )

    return replaced(billing_operations, "may_receive", make)


def _with_quantities_alone(original: Any) -> Any:
    def recovered(request: Any, delivered: Any, reading: str) -> Any:
        return original(request, [each for each in delivered if each.response.status != "no_data"], reading)

    return recovered


RARE_FAULTS: tuple[Bent, ...] = (
    fault(
        "second_failed_load_uses_up_the_number",
        "STL-03",
        "The second set of a number that fails to load uses the number up.",
        _second_failure_uses_up(),
        AMB_22="number-stays",
    ),
    fault(
        "exceptions_of_the_first_reason",
        "SRP-04",
        "Where attributes fail for several reasons, those that fail for the first stand in IR07.",
        outcome_changed(_of_the_first_reason),
        AMB_35="exception",
        AMB_61="exception",
    ),
    fault(
        "what_ended_today_taken_for_current",
        "PSY-04",
        "A state that has ended as the day of the extract begins is changed by a P-Sync.",
        _extracted(-1),
    ),
    fault(
        "what_ends_tomorrow_taken_for_prior",
        "PSY-04",
        "A state that ends with the day of the extract is not changed by a P-Sync.",
        _extracted(1),
    ),
    fault(
        "register_multiplier_ignored",
        "SUM-02",
        "The multiplier of the register does not count.",
        _register_of(lambda _, of_transformers: of_transformers),
    ),
    fault("larger_multiplier_alone", "SUM-02", "Of two multipliers the larger counts.", _register_of(max)),
    fault(
        "threshold_in_whole_units",
        "SUM-06",
        "The threshold is rounded down to whole dial units.",
        replaced(sum_check, "compared", _in_whole_units),
    ),
    fault(
        "hours_of_a_month_alone",
        "BQ-07",
        "Of an Hourly period the first 31 days are delivered.",
        replaced(
            billing_quantities,
            "hourly_records",
            lambda original: lambda energy, days: original(energy, days)[:_LONGEST_MONTH],
        ),
    ),
    fault(
        "no_data_response_not_recovered",
        "BSV-10",
        "A response that says that there is no data cannot be recovered.",
        replaced(billing_services, "recovered", _with_quantities_alone),
    ),
    fault(
        "demand_as_authorised_for_energy",
        "FTS-13",
        "Who may receive 6000 receives 6200.",
        _by_that_for("6000", "6200"),
    ),
    fault(
        "energy_as_authorised_for_demand",
        "FTS-13",
        "Who may receive 6200 receives 6000.",
        _by_that_for("6200", "6000"),
    ),
)
"""Each leaves the plain case as it should be."""
