"""Faults of a CIS in telling of meters that are removed, and of communication modules (ISY-04, ISY-10, ISY-11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.bent.cis_sync_told import (
    Change,
    Concern,
    Told,
    all_but_last,
    each_told,
    extracted,
    nothing,
    still_open,
)
from reference_impl.cis import book as books
from reference_impl.cis.records import Entry


def _meter_before(told: Told) -> Any:
    """The meter that an SDP had on the day before another one."""
    return None if told.sdp is None else books.value_on(told.sdp, "meter", Day(told.start - timedelta(days=1)))


def meter_changed(told: Told) -> bool:
    return told.entry.kind == "sdp_to_meter" and not told.is_new() and _meter_before(told) is not None


def meter_added(told: Told) -> bool:
    return told.entry.kind == "sdp_to_meter" and not told.is_new() and _meter_before(told) is None


def meter_removed(told: Told) -> bool:
    ends = told.entry.kind == "sdp_to_meter" and told.sdp is not None and told.end is not None
    return ends and books.value_on(told.sdp, "meter", told.end) is None  # type: ignore[arg-type]


def _end(change: Callable[[Told, Day], Day]) -> Change:
    """Tell another day of an end."""
    return lambda told: told.entry if told.end is None else told.with_fields(end_date=change(told, told.end))


def _removals() -> Iterator[Bent]:
    removed = meter_removed
    for how, text, apply in (
        ("not_told", "the removal of a meter is not told", each_told(removed, nothing)),
        ("stays", "a meter that was removed is told as one that stays", still_open(removed)),
        (
            "a_day_late",
            "a meter ends a day late",
            each_told(removed, _end(lambda _, day: Day(day + timedelta(days=1)))),
        ),
        (
            "from_today",
            "a meter that is removed ends with the day of the extract, whatever its day",
            each_told(removed, _end(lambda told, _: told.today)),
        ),
        ("last_stays", "of several meters that are removed the last one stays", all_but_last(removed)),
    ):
        yield cis_fault(f"cis_meter_removal_{how}", "ISY-11", text, apply)


# --- meters and their modules -------------------------------------------------------------------------------


def _module_left_out(when: Concern, left_out: Sequence[str]) -> Application:
    """Leave records of communication modules out where a set tells of some meters."""

    def change(told: list[Told]) -> list[Entry]:
        meters = {each.fields["meter_id"] for each in told if each.entry.kind == "sdp_to_meter" and when(each)}
        relationships = [each for each in told if each.entry.kind == "meter_to_communication_module"]
        modules = {
            each.fields["communication_module_id"] for each in relationships if each.fields["meter_id"] in meters
        }
        return [
            each.entry
            for each in told
            if each.entry.kind not in left_out or each.fields["communication_module_id"] not in modules
        ]

    return extracted(change)


def _last_modules(when: Concern) -> Application:
    """Of several meters of which a set tells leave out the module of the last."""

    def change(told: list[Told]) -> list[Entry]:
        meters = [each.fields["meter_id"] for each in told if each.entry.kind == "sdp_to_meter" and when(each)]
        return [
            each.entry
            for each in told
            if len(meters) < 2
            or each.entry.kind != "meter_to_communication_module"
            or each.fields["meter_id"] != meters[-1]
        ]

    return extracted(change)


def _not_with_others(told: list[Told]) -> list[Entry]:
    """Where a set tells of an account, too, no module comes along with a meter."""
    has_account = any(each.entry.kind == "sdp_to_account" and not each.is_new() for each in told)
    kinds = ("communication_module", "meter_to_communication_module") if has_account else ()
    return [each.entry for each in told if each.entry.kind not in kinds]


_RELATIONSHIP = ("meter_to_communication_module",)
_BOTH = ("communication_module", *_RELATIONSHIP)


def _any(told: Told) -> bool:
    return meter_changed(told) or meter_removed(told)


CIS_METER_FAULTS: tuple[Bent, ...] = (
    *_removals(),
    cis_fault(
        "cis_meter_change_without_module",
        "ISY-10",
        "a meter change is told without its communication module",
        _module_left_out(meter_changed, _BOTH),
    ),
    cis_fault(
        "cis_meter_change_without_relationship",
        "ISY-10",
        "a meter change is told without the relationship of meter and module",
        _module_left_out(meter_changed, _RELATIONSHIP),
    ),
    cis_fault(
        "cis_meter_removal_without_module",
        "ISY-11",
        "a meter removal is told without its communication module",
        _module_left_out(meter_removed, _BOTH),
    ),
    cis_fault(
        "cis_meter_removal_without_asset",
        "ISY-11",
        "a meter removal is told without the asset of its module",
        _module_left_out(meter_removed, ("communication_module",)),
    ),
    cis_fault(
        "cis_last_module_left_out",
        "ISY-04",
        "of several meters of which a set tells the last one comes without its module",
        _last_modules(_any),
    ),
    cis_fault(
        "cis_modules_left_out",
        "ISY-04",
        "no communication module comes along with meters",
        _module_left_out(_any, _BOTH),
    ),
    cis_fault(
        "cis_module_not_with_others",
        "ISY-04",
        "no communication module comes along where an account changes in the same set",
        extracted(_not_with_others),
    ),
    cis_fault(
        "cis_removed_module_left_out",
        "ISY-04",
        "no relationship to its module comes along with a meter that is removed",
        _module_left_out(meter_removed, _RELATIONSHIP),
    ),
)
