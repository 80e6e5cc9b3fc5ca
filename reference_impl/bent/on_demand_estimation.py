"""Faults of on-demand estimation."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, day_of, later, midnight
from reference_impl.bent.bending import Application, Bent, fault, replaced, together
from reference_impl.framing import Status
from reference_impl.repository import billing_operations, meter_data, on_demand_estimation
from reference_impl.repository.billing_services import no_data, vee_service
from reference_impl.repository.meter_data import Intervals

HOUR = 60


def _starts(change: Callable[[Any], Any]) -> Application:
    """Estimation starts at another instant."""
    return replaced(on_demand_estimation, "starts", lambda original: lambda *given: change(original(*given)))


def _for_some_requests(choose: Callable[[list[Any]], list[Any]]) -> Application:
    """Estimation starts for some of the active requests alone."""

    def make(original: Any) -> Any:
        def start(here: Any) -> None:
            every = here.billing.active
            here.billing.active = choose(every)
            original(here)
            here.billing.active = every

        return start

    return replaced(billing_operations, "start_estimation", make)


def _every_day_counts(original: Any) -> Any:
    return lambda opens, business_days, holidays: later(midnight(opens), days=business_days)


def _holidays_count(original: Any) -> Any:
    return lambda opens, business_days, _holidays: original(opens, business_days, frozenset())


def _rules(change: Callable[[Any], Any]) -> Application:
    """Other rules of estimation than the profile's."""
    return replaced(
        billing_operations, "estimation_rules", lambda original: lambda repository: change(original(repository))
    )


def _services(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Application:
    return _rules(lambda rules: dataclasses.replace(rules, methods=change(dict(rules.methods))))


def _estimated(change: Callable[..., list[Intervals]]) -> Application:
    """Other estimates: `change` is given the estimates, meter data, the SDP, and the end of the period."""

    def make(original: Any) -> Any:
        def estimated(data: Any, sdp: str, end: Any, service: Any, rules: Any) -> Any:
            return change(original(data, sdp, end, service, rules), data, sdp, end)

        return estimated

    return replaced(on_demand_estimation, "estimated", make)


def _gaps_filled(found: list[Intervals], data: Any, sdp: str, end: Any) -> list[Intervals]:
    """Whole days that are missing in the week before the end are filled as well, with what comes first to hand."""
    if not found:
        return found
    filled = []
    for back in range(1, 8):
        day = Day(day_of(end) - timedelta(days=back))
        if data.day(sdp, day) is None:
            filled.append(Intervals(sdp, midnight(day), HOUR, [found[0].wh[0]] * 24, [Status.EST] * 24))
    return [*filled, *found]


def _whatever_is_held(original: Any) -> Any:
    return lambda data, new, **_: original(data, new)


def _from_midnight(found: list[Intervals], data: Any, sdp: str, _: Any) -> list[Intervals]:
    """A day that was received in part is estimated as a whole."""
    if not found:
        return found
    first = found[0]
    missing = first.start.hour
    wh = [first.wh[0]] * missing + list(first.wh)
    start = midnight(day_of(first.start))
    return [dataclasses.replace(first, start=start, wh=wh, statuses=[Status.EST] * len(wh))]


def _scaled_to_the_register(found: list[Intervals], data: Any, sdp: str, end: Any) -> list[Intervals]:
    """The estimate is scaled to the register reads at its start and end."""
    reads = data.reads.get(sdp, {})
    if not found or found[0].start not in reads or end not in reads:
        return found
    total = sum(found[0].wh)
    measured = (reads[end] - reads[found[0].start]) * 1000
    return [dataclasses.replace(each, wh=[wh * measured // total for wh in each.wh]) for each in found]


def _after_the_last_measured(original: Any) -> Any:
    """What the meter data process has estimated is estimated anew."""

    def estimated(data: Any, sdp: str, end: Any, *others: Any) -> Any:
        until = data.received_until.get(sdp)
        while until is not None and _is_estimated(data, sdp, later(until, hours=-1)):
            until = later(until, hours=-1)
        received = {**data.received_until} if until is None else {**data.received_until, sdp: until}
        return original(dataclasses.replace(data, received_until=received), sdp, end, *others)

    return estimated


def _is_estimated(data: Any, sdp: str, moment: Any) -> bool:
    held = data.day(sdp, day_of(moment))
    return held is not None and held.status[(moment.hour * HOUR + moment.minute) // held.minutes] == Status.EST


def _where_the_first_began(original: Any) -> Any:
    """A second estimation of an SDP begins where the first one did."""
    begun: dict[str, Any] = {}

    def estimated(data: Any, sdp: str, *others: Any) -> Any:
        if sdp in data.received_until:
            begun.setdefault(sdp, data.received_until[sdp])
        return original(dataclasses.replace(data, received_until={**data.received_until, **begun}), sdp, *others)

    return estimated


def _with_status(status: Status) -> Application:
    return _estimated(lambda found, *_: [dataclasses.replace(each, statuses=[status] * len(each.wh)) for each in found])


def _later_data_ignored(original: Any) -> Any:
    """What was estimated is not replaced by what is received later."""

    def take(data: Any, new: Any) -> None:
        until = data.received_until.get(new.sdp)
        held = data.day(new.sdp, day_of(new.start))
        if until is not None and until <= new.start and held is not None and (held.status == Status.EST).all():
            return
        original(data, new)

    return take


def _average_of_the_day(original: Any) -> Any:
    """The average of whole days, not of the same time of day."""

    def historic(data: Any, sdp: str, moment: Any, length: int, rules: Any) -> Any:
        hours = [original(data, sdp, later(midnight(day_of(moment)), hours=hour), length, rules) for hour in range(24)]
        if any(each is None for each in hours):
            return None
        return sum(wh for wh, _ in hours) // 24, None

    return historic


def _business_day_always(original: Any) -> Any:
    def hours_of(self: Any, day: Any, holidays: Any) -> Any:
        return self.business_day

    return hours_of


def _nothing_without_history(found: list[Intervals], data: Any, sdp: str, end: Any) -> list[Intervals]:
    """Where nothing was ever received, the day before the end is taken to have used nothing."""
    if found or sdp in data.received_until:
        return found
    return [Intervals(sdp, later(end, days=-1), HOUR, [0] * 24, [Status.EST] * 24)]


def _closed_when_estimation_fails(original: Any) -> Any:
    """A request whose estimation fails is closed with 02 at once."""

    def start(repository: Any) -> None:
        original(repository)
        active = billing_operations.answer(repository, repository.billing.active)
        billing = {request.ldc: billing_operations.billing_of(repository, request.ldc) for request in active}
        methods = billing_operations.estimation_rules(repository).methods
        due = [
            request
            for request in active
            if billing_operations.estimation_starts(repository, request) == repository.now
            and vee_service(request, billing[request.ldc].directory) in methods
        ]
        repository.billing.active = [request for request in active if request not in due]
        billing_operations.send_responses(repository, [no_data(request, billing[request.ldc]) for request in due])

    return start


ON_DEMAND_ESTIMATION_FAULTS: tuple[Bent, ...] = (
    *(
        fault(
            f"vee_service_{service}_estimates",
            "ODE-01",
            f"VEE service {service}, which has no on-demand estimation, estimates.",
            _services(lambda methods, service=service: {**methods, service: "historic"}),  # type: ignore[misc]
        )
        for service in ("01", "02", "03", "04")
    ),
    *(
        fault(
            f"vee_service_{service}_does_not_estimate",
            "ODE-01",
            f"VEE service {service}, which has on-demand estimation, does not estimate.",
            _services(lambda methods, out=service: {s: m for s, m in methods.items() if s != out}),  # type: ignore[misc]
        )
        for service in ("13", "14")
    ),
    fault(
        "estimation_a_day_early",
        "ODE-02",
        "Estimation starts a day early.",
        _starts(lambda start: later(start, days=-1)),
    ),
    fault(
        "estimation_a_day_late", "ODE-02", "Estimation starts a day late.", _starts(lambda start: later(start, days=1))
    ),
    fault(
        "estimation_with_the_morning_run_over",
        "ODE-02",
        "Estimation starts in the morning, after the first run.",
        _starts(lambda start: later(start, hours=9)),
    ),
    fault(
        "estimation_for_the_first_request_alone",
        "ODE-02",
        "Of several requests that wait, estimation starts for one.",
        _for_some_requests(lambda requests: requests[:1]),
    ),
    fault(
        "estimation_for_pulled_requests_alone",
        "ODE-02",
        "Estimation does not start for what a schedule asked for.",
        _for_some_requests(lambda requests: [request for request in requests if not request.is_pushed]),
    ),
    fault(
        "estimation_counts_from_receipt",
        "ODE-02",
        "Business days are counted from the receipt of the request.",
        replaced(
            billing_operations,
            "estimation_starts",
            lambda _: (
                lambda repository, request: on_demand_estimation.starts(
                    day_of(request.received), 2, repository.holidays
                )
            ),
        ),
    ),
    fault(
        "estimation_counts_every_day",
        "ODE-02",
        "Weekends and holidays count as business days.",
        replaced(on_demand_estimation, "starts", _every_day_counts),
    ),
    fault(
        "estimation_counts_holidays",
        "ODE-02",
        "Holidays count as business days.",
        replaced(on_demand_estimation, "starts", _holidays_count),
    ),
    fault(
        "day_received_in_part_estimated_whole",
        "ODE-03",
        "A day that was received in part is estimated as a whole.",
        together(_estimated(_from_midnight), replaced(meter_data, "hold", _whatever_is_held)),
    ),
    fault(
        "earlier_gap_filled", "ODE-03", "Gaps before the last received interval are filled.", _estimated(_gaps_filled)
    ),
    fault(
        "estimate_beats_an_estimate_received",
        "ODE-03",
        "Received intervals at the end that were estimated are estimated anew.",
        together(
            replaced(on_demand_estimation, "estimated", _after_the_last_measured),
            replaced(meter_data, "hold", _whatever_is_held),
        ),
    ),
    fault(
        "second_estimate_beats_received_data",
        "ODE-03",
        "A second estimation for an SDP begins where the first began, and replaces what has come since.",
        together(
            replaced(on_demand_estimation, "estimated", _where_the_first_began),
            replaced(meter_data, "hold", _whatever_is_held),
        ),
    ),
    fault(
        "estimate_beats_later_data",
        "ODE-03",
        "What is received after the estimation does not replace it.",
        replaced(meter_data, "take_intervals", _later_data_ignored),
    ),
    fault(
        "average_of_whole_days",
        "ODE-04",
        "Every hour gets the average of the day.",
        replaced(on_demand_estimation, "historic", _average_of_the_day),
    ),
    fault(
        "historic_for_every_service",
        "ODE-04",
        "History is used where the VEE service says class load profile.",
        _services(lambda methods: dict.fromkeys(methods, "historic")),
    ),
    fault(
        "business_day_profile_always",
        "ODE-04",
        "The class load profile of business days is used on every day.",
        replaced(on_demand_estimation.LoadProfile, "hours_of", _business_day_always),
    ),
    fault(
        "estimate_scaled",
        "ODE-05",
        "The estimate is scaled to the register reads.",
        _estimated(_scaled_to_the_register),
    ),
    fault(
        "estimate_needs_verification",
        "ODE-06",
        "Estimated intervals are not eligible.",
        _with_status(Status.NVE),
    ),
    fault(
        "estimation_fails_silently",
        "ODE-07",
        "Where nothing was ever received, the estimate is that nothing was used.",
        _estimated(_nothing_without_history),
    ),
    fault(
        "window_ends_with_the_estimation",
        "ODE-07",
        "A request whose estimation fails is closed at once, with a business day of its window left.",
        replaced(billing_operations, "start_estimation", _closed_when_estimation_fails),
    ),
)
