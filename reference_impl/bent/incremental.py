"""Faults of I-Sync (ISY)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from harness.interface.set_records import Clash
from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    replaced,
)
from reference_impl.bent.loading import (
    never,
    overlooked,
    refused,
)
from reference_impl.repository import master_directory, staging_table_loader, synchronization
from reference_impl.repository.master_directory import BEGINNING


def _ignored(*attributes: str) -> Application:
    """Changes of some attributes are ignored, once there is a value."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            kept = (v for v in values if v.key.attribute not in attributes or not directory.history(v.key))
            return original(kept, directory)

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _a_day_later_than_a_leap_day(original: Any) -> Any:
    """29 February is taken for 1 March."""

    def moved(day: Any) -> Any:
        return Day(day + timedelta(days=1)) if day is not None and (day.month, day.day) == (2, 29) else day

    def wanted(values: Any, directory: Any) -> Any:
        return original([v._replace(start=moved(v.start), end=moved(v.end)) for v in values], directory)

    return wanted


def _status_passed_over(status: str) -> Application:
    """A service status is passed over, once there is another."""
    return replaced(
        synchronization,
        "updates_wanted",
        lambda original: (
            lambda values, directory: original(
                [
                    v
                    for v in values
                    if (v.key.attribute, v.value) != ("service_status", status) or not directory.history(v.key)
                ],
                directory,
            )
        ),
    )


def _past_rewrites_the_rest(original: Any) -> Any:
    """A value in the past holds from then on, whatever its end date and whatever came after it."""
    return lambda history, start, end, value: original(
        tuple(state for state in history if state.start <= start), start, None, value
    )


def _end_inclusive(original: Any) -> Any:
    return lambda history, start, end, value: original(history, start, end and Day(end + timedelta(days=1)), value)


def _dropped(which: Callable[[Any], bool]) -> Application:
    """Some values are passed over."""

    def make(original: Any) -> Any:
        def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
            kept = tuple(v for v in staged.values if not which((v, extracted, directory)))
            return original(dataclasses.replace(staged, values=kept), directory, extracted, audit)

        return synchronize

    return replaced(synchronization, "synchronize", make)


def _is_future(of: Any) -> bool:
    value, extracted, _ = of
    return bool(value.start > extracted)


def _is_prior(of: Any) -> bool:
    value, extracted, directory = of
    return value.end is not None and value.end <= extracted and bool(directory.history(value.key))


def _is_current(of: Any) -> bool:
    value, extracted, directory = of
    return bool(value.start == extracted and directory.history(value.key))


def _only_ends(of: Any) -> bool:
    value, _, directory = of
    return value.end is not None and any(s.start == value.start for s in directory.history(value.key))


def _far(of: Any) -> bool:
    value, extracted, directory = of
    return bool(
        abs((value.start - extracted).days) > 360
        and directory.history(value.key)
        and value.start != BEGINNING
        and value.end is None
    )


def _first_sdp_alone(original: Any) -> Any:
    def wanted(values: Any, directory: Any) -> Any:
        every, known = list(values), directory.identifiers("sdp")
        others = list(dict.fromkeys(v.key.id for v in every if v.key.entity == "sdp" and v.key.id in known))[1:]
        return original([v for v in every if v.key.id not in others], directory)

    return wanted


def _clears_what_is_not_named(original: Any) -> Any:
    """An I-Sync set end-dates the other attributes of an SDP that it names."""

    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        found = original(staged, directory, extracted, audit)
        named = {value.key for value in staged.values}
        if audit is None:
            for sdp in {key.id for key in named if key.entity == "sdp"}:
                for key in directory.dated(sdp):
                    if key not in named and not key.attribute.startswith("sdp_to"):
                        directory.record(key, master_directory.end_dated(directory.history(key), extracted))
        return found

    return synchronize


def _empty_fields_clear(original: Any) -> Any:
    """An empty field of a service agreement or premise ends its attribute."""

    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        groups = (("framing_structure", "commodity_type"), ("address", "city", "postal_code"))
        named = {value.key for value in staged.values}
        found = original(staged, directory, extracted, audit)
        for key in named:
            for group in groups:
                if key.attribute in group:
                    for other in group:
                        there = key._replace(attribute=other)
                        if there not in named:
                            directory.record(there, master_directory.end_dated(directory.history(there), extracted))
        return found

    return synchronize


def _surplus_refused(staging: Any) -> bool:
    """More than one kind of record beside assets is too much, for an SDP that exists."""
    known = set(staging.directory.sdps())
    kinds = {
        (r.kind, str(r["parameter"]) if r.kind == "sdp_parameter" else "")
        for _, r in staging.records
        if r.kind not in staging_table_loader.ASSETS
    }
    return bool(known) and len(kinds) > 1 and not staging.arriving.is_periodic_audit


def _several_sdps_refused(staging: Any) -> bool:
    sdps = {
        str(record["universal_sdp_id"])
        for _, record in staging.records
        if "universal_sdp_id" in record.layout.positions
    }
    return len(sdps & set(staging.directory.sdps())) > 1 and not staging.arriving.is_periodic_audit


def _meter_scenario(removal: bool, code: str) -> Application:
    """Minimum data of meter change, or of meter removal, is not checked."""

    def make(checks: Any) -> Any:
        def without(check: Any) -> Any:
            def run(staging: Any) -> Any:
                for found in check(staging):
                    ends = any(
                        record["end_date"] is not None
                        for source, record in staging.of_kind("sdp_to_meter")
                        if tuple(source) == (found.file, found.line)
                    )
                    if found.code != code or ends is not removal:
                        yield found

            return run

        return tuple(without(check) for check in checks)

    return replaced(staging_table_loader, "CHECKS", make)


def _open_ends_for_ever(_: Any) -> Any:
    """A record without an end gives an SDP its meter for ever, whatever the set says next."""

    def clashes(said: Any, _: Any) -> Any:
        given = [statement for statement in said if statement.key.attribute == "sdp_to_meter"]
        for later in given:
            rivals = (other for other in given if other.key != later.key and other.value == later.value)
            for other in rivals:
                if other.start <= later.start and (other.end is None or later.start < other.end):
                    yield Clash(other, later)

    return clashes


def _moved_meters_in_use(original: Any) -> Any:
    """A meter is in use where an SDP has it before the set, though the set takes it from there."""

    def in_use(updates: Any, failed: Any, directory: Any) -> Any:
        for key in updates:
            alone = {key: updates[key]}
            yield from original(alone, failed, directory)

    return in_use


def _limits_changed(days: int) -> Callable[[Any], Any]:
    """Dating limits lie some days further away."""

    def make(original: Any) -> Any:
        def limits(values: Any, reading: Any) -> Any:
            found = original(values, reading)
            return None if found is None else found._replace(back=found.back + days, ahead=found.ahead + days)

        return limits

    return make


def _old_meter_kept(original: Any) -> Any:
    """A meter change leaves the old meter with the SDP: the new one comes after it ends, never."""

    def wanted(values: Any, directory: Any) -> Any:
        kept = (
            v for v in values if v.key.attribute != "sdp_to_meter" or not directory.history(v.key) or v.end is not None
        )
        return original(kept, directory)

    return wanted


def _module_follows_not(original: Any) -> Any:
    return lambda values, directory: original(
        (v for v in values if v.key.attribute != "meter_to_communication_module" or v.end is None), directory
    )


def _modules_not_with_new_meters(original: Any) -> Any:
    """The communication module of a meter that was not there before is passed over."""
    return lambda values, directory: original(
        (
            v
            for v in values
            if v.key.attribute != "meter_to_communication_module" or directory.history(v.key) or not directory.histories
        ),
        directory,
    )


def _beyond(extra: str, main: str) -> Application:
    """What is sent beside a scenario's own attribute is passed over."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            every, known = list(values), directory.identifiers("sdp")
            updates = original([v for v in every if v.key.attribute == main and v.key.id in known], directory)
            changed = {update.key.id for update in updates if update.differences}
            return original([v for v in every if v.key.attribute != extra or v.key.id not in changed], directory)

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _is_first_meter(value: Any, directory: Any) -> bool:
    """Whether a value gives a meter to an SDP that exists and has none by then."""
    return (
        value.key.attribute == "sdp_to_meter"
        and value.key.id in directory.identifiers("sdp")
        and master_directory.value_on(directory.history(value.key), value.start) is None
    )


def _new_without(attribute: str) -> Callable[[Any], Any]:
    """A new SDP is created without one of its attributes."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            known = directory.identifiers("sdp")
            return original([v for v in values if v.key.attribute != attribute or v.key.id in known], directory)

        return wanted

    return make


def _only_one_new_sdp(original: Any) -> Any:
    def wanted(values: Any, directory: Any) -> Any:
        every = list(values)
        new = sorted(
            {v.key.id for v in every if v.key.entity == "sdp" and v.key.id not in directory.identifiers("sdp")}
        )
        return original([v for v in every if v.key.id not in new[1:]] if len(new) == 2 else every, directory)

    return wanted


ISY_FAULTS: tuple[Bent, ...] = (
    fault(
        "current_values_passed_over",
        "ISY-01",
        "A value from today on is passed over where there is one already.",
        _dropped(_is_current),
    ),
    fault("future_values_passed_over", "ISY-01", "Values from a later day on are passed over.", _dropped(_is_future)),
    fault(
        "prior_values_passed_over",
        "ISY-01",
        "A value that has ended is passed over where there is one already.",
        _dropped(_is_prior),
    ),
    fault(
        "past_change_rewrites_later_states",
        "ISY-01",
        "A value holds from its start on, whatever its end, and whatever came after it.",
        replaced(master_directory, "put", _past_rewrites_the_rest),
    ),
    fault(
        "leap_day_taken_for_the_day_after",
        "ISY-01",
        "29 February is taken for 1 March.",
        replaced(synchronization, "updates_wanted", _a_day_later_than_a_leap_day),
    ),
    fault(
        "end_date_taken_for_inclusive",
        "ISY-01",
        "The end date is taken for the last day.",
        replaced(master_directory, "put", _end_inclusive),
    ),
    fault(
        "dating_unlimited",
        "ISY-01",
        "Dates may lie as far back or ahead as they like, though there are limits.",
        overlooked("too-far-back", "too-far-ahead"),
        AMB_18="within-limits",
    ),
    fault(
        "dating_limits_a_day_short",
        "ISY-01",
        "The day that a dating limit is away is beyond it.",
        replaced(staging_table_loader, "dating_limits", _limits_changed(-1)),
        AMB_18="within-limits",
    ),
    fault(
        "dating_limits_a_day_long",
        "ISY-01",
        "The day after a dating limit is within it.",
        replaced(staging_table_loader, "dating_limits", _limits_changed(1)),
        AMB_18="within-limits",
    ),
    fault("end_dates_passed_over", "ISY-01", "A record that only ends a state is passed over.", _dropped(_only_ends)),
    fault(
        "dates_beyond_a_year_passed_over",
        "ISY-01",
        "An open value that begins more than 360 days before or after the extract is passed over where there is one.",
        _dropped(_far),
    ),
    fault(
        "only_first_sdp_updated",
        "ISY-02",
        "Of several SDPs that exist, the first is updated.",
        replaced(synchronization, "updates_wanted", _first_sdp_alone),
    ),
    fault(
        "attributes_not_named_are_ended",
        "ISY-02",
        "An I-Sync set ends the other attributes of an SDP that it names, but for relationships.",
        replaced(synchronization, "synchronize", _clears_what_is_not_named),
    ),
    fault(
        "empty_fields_end_attributes",
        "ISY-02",
        "An empty field of a service agreement or premise ends its attribute.",
        replaced(synchronization, "synchronize", _empty_fields_clear),
    ),
    fault(
        "more_than_minimum_data_refused",
        "ISY-03",
        "Once there are SDPs, an I-Sync set with more than one kind of record beside assets is refused.",
        refused(_surplus_refused),
    ),
    fault(
        "several_scenarios_refused",
        "ISY-03",
        "An I-Sync set with records of two SDPs that exist is refused.",
        refused(_several_sdps_refused),
    ),
    fault(
        "new_meter_not_related",
        "ISY-10",
        "A new meter without an end is passed over where the SDP has, or had, one.",
        replaced(synchronization, "updates_wanted", _old_meter_kept),
    ),
    fault(
        "open_ends_held_for_ever",
        "ISY-10",
        "A meter cannot leave an SDP whose record of it has no end.",
        replaced(staging_table_loader, "meters_on_two_sdps", _open_ends_for_ever),
    ),
    fault(
        "moved_meters_in_use",
        "ISY-10",
        "A meter that a set moves from one SDP to another is still in use.",
        replaced(synchronization, "meters_in_use", _moved_meters_in_use),
    ),
    fault(
        "multiplier_left_out_of_meter_change",
        "ISY-10",
        "A multiplier that comes with a meter change is passed over.",
        _beyond("ct_pt_multiplier", "sdp_to_meter"),
    ),
    fault(
        "meter_change_without_module_asset",
        "ISY-10",
        "A meter change without the communication module asset is accepted.",
        _meter_scenario(removal=False, code="minimum-data-module"),
    ),
    fault(
        "meter_change_without_module_relationship",
        "ISY-10",
        "A meter change without the module relationship is accepted.",
        _meter_scenario(removal=False, code="minimum-data-relationship"),
    ),
    fault(
        "removed_meter_stays",
        "ISY-11",
        "A removed meter stays with its SDP.",
        _dropped(lambda of: of[0].key.attribute == "sdp_to_meter" and _only_ends(of)),
    ),
    fault(
        "module_of_removed_meter_stays",
        "ISY-11",
        "The end of a meter's relationship to its module is passed over.",
        replaced(synchronization, "updates_wanted", _module_follows_not),
    ),
    fault(
        "status_left_out_of_meter_removal",
        "ISY-11",
        "A service status that comes with a meter removal is passed over.",
        _beyond("service_status", "sdp_to_meter"),
    ),
    fault(
        "meter_removal_without_module_asset",
        "ISY-11",
        "A meter removal without the communication module asset is accepted.",
        _meter_scenario(removal=True, code="minimum-data-module"),
    ),
    fault(
        "meter_removal_without_module_relationship",
        "ISY-11",
        "A meter removal without the module relationship is accepted.",
        _meter_scenario(removal=True, code="minimum-data-relationship"),
    ),
    fault(
        "new_meter_passed_over",
        "ISY-12",
        "A meter for an SDP that has none is passed over.",
        replaced(
            synchronization,
            "updates_wanted",
            lambda original: (
                lambda values, directory: original([v for v in values if not _is_first_meter(v, directory)], directory)
            ),
        ),
    ),
    fault(
        "module_of_new_meter_passed_over",
        "ISY-12",
        "The module of a new meter is passed over.",
        replaced(synchronization, "updates_wanted", _modules_not_with_new_meters),
    ),
    *(
        fault(f"{name}_change_passed_over", rule, f"A change of {name} is passed over.", _ignored(name))
        for name, rule in (
            ("framing_structure", "ISY-15"),
            ("billing_cycle_id", "ISY-16"),
            ("vee_service", "ISY-17"),
            ("ct_pt_multiplier", "ISY-18"),
            ("sdp_to_account", "ISY-19"),
        )
    ),
    fault(
        "service_cut_passed_over",
        "ISY-13",
        "A service that is cut at the pole goes on as connected.",
        _status_passed_over("CUT_AT_POLE"),
    ),
    fault(
        "account_left_out_of_service_cut",
        "ISY-13",
        "What comes with a service cut is passed over.",
        _beyond("sdp_to_account", "service_status"),
    ),
    fault(
        "booting_passed_over", "ISY-14", "A meter that is booted goes on as connected.", _status_passed_over("BOOTED")
    ),
    fault(
        "vee_left_out_of_booting",
        "ISY-14",
        "What comes with booting a meter is passed over.",
        _beyond("vee_service", "service_status"),
    ),
    fault(
        "billing_cycle_left_out_of_framing_change",
        "ISY-15",
        "What comes with a framing structure change is passed over.",
        _beyond("billing_cycle_id", "framing_structure"),
    ),
    fault(
        "vee_left_out_of_billing_cycle_change",
        "ISY-16",
        "What comes with a billing cycle change is passed over.",
        _beyond("vee_service", "billing_cycle_id"),
    ),
    fault(
        "city_left_out_of_vee_change",
        "ISY-17",
        "What comes with a VEE service change is passed over.",
        _beyond("city", "vee_service"),
    ),
    fault(
        "framing_left_out_of_multiplier_change",
        "ISY-18",
        "What comes with a multiplier change is passed over.",
        _beyond("framing_structure", "ct_pt_multiplier"),
    ),
    fault(
        "billing_cycle_left_out_of_account_change",
        "ISY-19",
        "What comes with an account change is passed over.",
        _beyond("billing_cycle_id", "sdp_to_account"),
    ),
    fault(
        "billing_agent_change_passed_over",
        "ISY-20",
        "A change of the billing agent is passed over.",
        _ignored("sdp_to_billing_agent"),
    ),
    fault(
        "ami_operator_change_passed_over",
        "ISY-20",
        "A change of the AMI operator is passed over.",
        _ignored("sdp_to_ami_operator"),
    ),
    fault(
        "cca_left_out_of_agent_change",
        "ISY-20",
        "What comes with a change of the billing agent is passed over.",
        _beyond("sdp_to_cca_service_provider", "sdp_to_billing_agent"),
    ),
    fault(
        "retailer_passed_over",
        "ISY-21",
        "An energy service provider is never taken.",
        never("sdp_to_energy_service_provider"),
    ),
    fault(
        "agent_left_out_of_retailer_change",
        "ISY-21",
        "What comes with a change of the retailer is passed over.",
        _beyond("sdp_to_billing_agent", "sdp_to_energy_service_provider"),
    ),
    fault(
        "new_sdp_without_account",
        "ISY-22",
        "A new SDP is created without its account.",
        replaced(synchronization, "updates_wanted", _new_without("sdp_to_account")),
    ),
    fault(
        "new_sdp_without_cca_service_provider",
        "ISY-22",
        "A new SDP is created without its CCA service provider.",
        replaced(synchronization, "updates_wanted", _new_without("sdp_to_cca_service_provider")),
    ),
    fault(
        "one_new_sdp_of_two",
        "ISY-22",
        "Of two new SDPs of a set one is created.",
        replaced(synchronization, "updates_wanted", _only_one_new_sdp),
    ),
)
