"""Faults that show in days of operation alone: no scenario is long, or crooked, enough for them; simulations are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Bent, in_operation, replaced
from reference_impl.repository import billing_quantities, synchronization
from reference_impl.repository.master_directory import MasterDirectory
from reference_impl.repository.synchronization import active_sdps

DAYS_OF_A_MONTH = 30
LEFT_OUT = "left out"


def _thirty_days_a_month(original: Callable[..., Any]) -> Callable[..., Any]:
    def tou_record(energy: Any, days: Sequence[Day], calendar: Any) -> Any:
        found = dict(original(energy, days, calendar))
        if len(days) > DAYS_OF_A_MONTH:
            within = original(_first_days(energy), days[:DAYS_OF_A_MONTH], calendar)
            more = found["total_wh"] - within["total_wh"]
            found = {**within, "off_peak_wh": within["off_peak_wh"] + more, "total_wh": found["total_wh"]}
        return found

    return tou_record


def _first_days(energy: Any) -> Any:
    hours = DAYS_OF_A_MONTH * 24
    return type(energy)(energy.wh[:hours], energy.eligible[:hours])


def _left_out_once_and_for_all(original: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def omitted_sdps(staged: Any, directory: MasterDirectory, extracted: Day) -> list[str]:
        found = original(staged, directory, extracted)
        earlier = directory.sdps_of_meter.get(LEFT_OUT, ())  # a place that no meter has
        active = active_sdps(directory, extracted)
        again = [sdp for sdp in active if sdp in earlier and sdp not in found]
        if 2 * len(found) <= len(active):
            directory.sdps_of_meter[LEFT_OUT] = (*earlier, *found)
        return [*found, *again]

    return omitted_sdps


OPERATION_FAULTS: tuple[Bent, ...] = (
    in_operation(
        "thirty_first_day_off_peak",
        "BQ-05",
        "From the 31st day of a sub-period on all energy counts as off-peak.",
        replaced(billing_quantities, "tou_record", _thirty_days_a_month),
    ),
    in_operation(
        "returned_sdps_end_dated_again",
        "PSY-02",
        "An SDP that came back after a P-Sync had left it out is end-dated by every further one.",
        replaced(synchronization, "omitted_sdps", _left_out_once_and_for_all),
    ),
)
