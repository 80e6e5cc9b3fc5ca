"""Faults of sets that show when something happens again: the third value, one that comes back, what ends and begins anew.

The first time is as it should be. Beside them stand faults that show where a set is about much, or about what is rare.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from harness.interface.set_records import CHANNEL_TO_CHANNEL, CHANNEL_TO_FORMULA, SDP_TO_METER
from reference_impl.bent.bending import Application, Bent, fault, replaced
from reference_impl.bent.loading import never, staged
from reference_impl.repository import repository, synchronization
from reference_impl.repository.master_directory import History, Key
from reference_impl.repository.synchronization import Update

_MANY_ATTRIBUTES, _MANY_SDPS, _MANY_OMITTED = 7, 10, 5
_LATE = 22
_MANY_DIGITS = 4
_AGENTS = frozenset({"sdp_to_billing_agent", "sdp_to_ami_operator"})
_RETAILER, _CCA = "sdp_to_energy_service_provider", "sdp_to_cca_service_provider"
_OF_METERS = frozenset({"register_digits", "register_multiplier", "meter_to_communication_module"})

# --- what is passed over ----------------------------------------------------------------------------------------


def _passed_over(is_so: Callable[[Update, History], bool], *attributes: str) -> Application:
    """Updates of some attributes, or of all, are not made: `is_so` is given one, and what was held before."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            return [
                each
                for each in original(values, directory)
                if (attributes and each.key.attribute not in attributes) or not is_so(each, directory.history(each.key))
            ]

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _values(held: History) -> list[str]:
    return list(dict.fromkeys(state.value for state in held))


def _third(update: Update, held: History) -> bool:
    """It would have a third value, and one that was not there before."""
    values = _values(held)
    return len(values) > 1 and any(change.after not in {None, *values} for change in update.differences)


def _comes_back(update: Update, held: History) -> bool:
    former = _values(held)
    return any(change.before is not None and change.after in former for change in update.differences)


def _begins_anew(update: Update, held: History) -> bool:
    """It had ended, and has a value from then on, or later."""
    end = held[-1].end if held else None
    return end is not None and any(
        change.before is None and change.after is not None and change.start >= end for change in update.differences
    )


def _ends_again(update: Update, held: History) -> bool:
    return len(held) > 1 and any(change.before and change.after is None for change in update.differences)


def _changes(update: Update, _: History) -> bool:
    return any(change.before and change.after for change in update.differences)


def _comes_earlier(update: Update, held: History) -> bool:
    last = held[-1] if held else None
    return last is not None and any(change[1:] == (last.start, change.before, last.value) for change in update[2])


def _is_taken_back(update: Update, held: History) -> bool:
    """From the day of the last change on, what was before it holds."""
    return len(held) > 1 and any(
        change.start == held[-1].start and change.after == held[-2].value for change in update.differences
    )


def _end_is(is_so: Callable[[Day, Day | None], bool]) -> Callable[[Update, History], bool]:
    """The last state that is held has an end, and gets another."""

    def is_moved(update: Update, held: History) -> bool:
        if not held or held[-1].end is None or not update.history:
            return False
        start, end, _ = update.history[-1]
        return start == held[-1].start and end != held[-1].end and is_so(held[-1].end, end)

    return is_moved


def _of_virtual_sdps(original: Any) -> Any:
    """What a virtual SDP has stays as it is."""

    def wanted(values: Any, directory: Any) -> Any:
        def is_virtual(key: Key) -> bool:
            return any(name.startswith(CHANNEL_TO_CHANNEL) for name in directory.attributes_of("sdp", key.id))

        return [
            each
            for each in original(values, directory)
            if each.key.attribute.startswith("channel_") or not (directory.history(each.key) and is_virtual(each.key))
        ]

    return wanted


def _components(is_kept: Callable[[Key, History, Iterable[str]], bool]) -> Application:
    """Some components are not taken: `is_kept` is given the other attributes that are held of the virtual SDP."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            return [
                each
                for each in original(values, directory)
                if not each.key.attribute.startswith(CHANNEL_TO_CHANNEL)
                or is_kept(each.key, directory.history(each.key), directory.attributes_of("sdp", each.key.id))
            ]

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _none_later(_: Key, held: History, names: Iterable[str]) -> bool:
    return bool(held) or not any(name.startswith(CHANNEL_TO_CHANNEL) for name in names)


def _of_the_first_virtual_sdp(values: Iterable[Any]) -> Any:
    first = None
    for each in values:
        if each.key.attribute.startswith(CHANNEL_TO_CHANNEL):
            first = first or each.key.id
            if each.key.id != first:
                continue
        yield each


def _so_many(most: int, kind: Callable[[Update], object]) -> Application:
    """Of what is held of SDPs, so many of a kind change by one set at most."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            found = original(values, directory)
            held = [each for each in found if each.key.entity == "sdp" and directory.history(each.key)]
            kinds = list(dict.fromkeys(map(kind, held)))[:most]
            return [each for each in found if each not in held or kind(each) in kinds]

        return wanted

    return replaced(synchronization, "updates_wanted", make)


# --- P-Sync -----------------------------------------------------------------------------------------------------


def _audited(is_so: Callable[[Update, History, Day], bool]) -> Application:
    """Updates by a P-Sync of SDPs that it lists are not made: `is_so` is given the day of its extract, too."""

    def make(original: Any) -> Any:
        def plan(staged: Any, directory: Any, extracted: Any, audit: Any) -> Any:
            found = original(staged, directory, extracted, audit)
            listed = [each for each in found.wanted if each.key.id in staged.sdps]
            out = [each for each in listed if is_so(each, directory.history(each.key), extracted)]
            return found if audit is None else found._replace(wanted=[each for each in found.wanted if each not in out])

        return plan

    return replaced(synchronization, "plan", make)


def _stays(*beginnings: str) -> Application:
    """Attributes of SDPs that are left out stay, by what their names begin with."""

    def make(original: Any) -> Any:
        def deactivated(*arguments: Any) -> Any:
            return [each for each in original(*arguments) if not each.key.attribute.startswith(beginnings)]

        return deactivated

    return replaced(synchronization, "deactivate_omitted", make)


def _five_omitted(original: Any) -> Any:
    return lambda omitted, directory, ends: original(list(omitted)[:_MANY_OMITTED], directory, ends)


def _a_day_later_at_night(original: Any) -> Any:
    def audit_of(here: Any, extracted: Any) -> Any:
        found = original(here, extracted)
        late = here.now.hour >= _LATE
        return found._replace(ends=Day(found.ends + timedelta(days=1))) if late else found

    return audit_of


def _unless_all(original: Any) -> Any:
    return lambda omitted, active, limit: omitted < active and original(omitted, active, limit)


def _but(is_so: Callable[[Key], bool]) -> Application:
    """Prior states of some attributes are changed by a P-Sync."""

    def make(original: Any) -> Any:
        return lambda *arguments: (key for key in original(*arguments) if not is_so(key))

    return replaced(synchronization, "prior_states", make)


def _in_use_for_good(original: Any) -> Any:
    """A meter that another SDP has is given for a while."""

    def in_use(updates: Any, failed: Any, directory: Any) -> Any:
        for key in original(updates, failed, directory):
            if any(change.after is not None and change.end is None for change in updates[key].differences):
                yield key

    return in_use


def _of_value(*values: str) -> Callable[[Update, History], bool]:
    return lambda update, _: any(change.after in values for change in update.differences)


def _is_long(update: Update, _: History) -> bool:
    return any(len(change.after or "") >= _MANY_DIGITS for change in update.differences)


def _ends_on_an_easy_day_to_get_wrong(update: Update, _: History) -> bool:
    """It ends, and nothing follows, on the last day of a year, or as clocks go forward."""
    ends = [change.start for change in update.differences if change.after is None]
    return any((day.month, day.day) in {(12, 31), (3, 13)} for day in ends)


def _as_of(is_so: Callable[[Day, Day], bool], counts: Callable[[Any], bool]) -> Application:
    """Meters do not change, by the day of the change and that of the extract."""

    def make(original: Any) -> Any:
        def plan(staged: Any, directory: Any, extracted: Any, audit: Any) -> Any:
            found = original(staged, directory, extracted, audit)
            wanted = [
                each
                for each in found.wanted
                if each.key.attribute != SDP_TO_METER
                or not any(change.before and counts(change) and is_so(change.start, extracted) for change in each[2])
            ]
            return found._replace(wanted=wanted)

        return plan

    return replaced(synchronization, "plan", make)


def _used_elsewhere(attribute: str, is_so: Callable[[Update, Any, set[str]], bool]) -> Application:
    """Updates of an attribute are not made: `is_so` is given one, the directory, and the values that other SDPs had."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            def others(update: Update) -> set[str]:
                keys = (Key("sdp", sdp, attribute) for sdp in directory.sdps() if sdp != update.key.id)
                return {state.value for key in keys for state in directory.history(key)}

            return [
                each
                for each in original(values, directory)
                if each.key.attribute != attribute or not is_so(each, directory, others(each))
            ]

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _to_a_value_of(update: Update, _: Any, others: set[str]) -> bool:
    return any(change.after in others for change in update.differences)


def _moves_back(update: Update, directory: Any, others: set[str]) -> bool:
    former = _values(directory.history(update.key))
    return any(change.after in others and change.after in former for change in update.differences)


def _new_and_so(update: Update, directory: Any, others: set[str]) -> bool:
    return not directory.history(update.key) and _to_a_value_of(update, directory, others)


def _two_new_sdps(original: Any) -> Any:
    """Of the SDPs that a set creates all but two are created alone, and nothing else of them."""

    def wanted(values: Any, directory: Any) -> Any:
        found = original(values, directory)
        new = [each.key.id for each in found if each.key.attribute == "sdp_id"][2:]
        return [each for each in found if each.key.id not in new or each.key.attribute in {"sdp_id", "sdp_type"}]

    return wanted


def _physical_before_virtual(original: Any) -> Any:
    """Where several SDPs are left out, the virtual ones among them stay."""

    def omitted(staged: Any, directory: Any, extracted: Any) -> Any:
        found = original(staged, directory, extracted)
        virtual = [
            sdp for sdp in found if any(name.startswith("channel_") for name in directory.attributes_of("sdp", sdp))
        ]
        return found if len(found) == 1 else [sdp for sdp in found if sdp not in virtual]

    return omitted


def _nothing_new_beside_what_ends(original: Any) -> Any:
    def plan(staged: Any, directory: Any, extracted: Any, audit: Any) -> Any:
        found = original(staged, directory, extracted, audit)
        ends = audit is not None and any(change.after is None for each in found.wanted for change in each.differences)
        return found._replace(wanted=[e for e in found.wanted if directory.history(e.key)]) if ends else found

    return plan


def _number_stays_beside_exceptions(original: Any) -> Any:
    """A set of which something is refused leaves its number to another one."""

    def report(here: Any, processed: Any, extracted: Any, outcome: Any) -> Any:
        original(here, processed, extracted, outcome)
        if outcome.failures:
            here.expected_numbers[processed.key.ldc] = processed.manifest.sequence_number

    return report


def _of(rules: tuple[str, ...], identifier: str, text: str, apply: Application) -> Bent:
    return dataclasses.replace(fault(identifier, rules[0], text, apply), rules=rules)


_BUSINESS = {
    "framing_structure": ("ISY-15", "framing structure"),
    "billing_cycle_id": ("ISY-16", "Billing Cycle ID"),
    "vee_service": ("ISY-17", "VEE service"),
    "ct_pt_multiplier": ("ISY-18", "multiplier"),
    "sdp_to_account": ("ISY-19", "account"),
    "sdp_to_billing_agent": ("ISY-20", "billing agent"),
    "sdp_to_ami_operator": ("ISY-20", "AMI operator"),
}

AGAIN_FAULTS: tuple[Bent, ...] = (
    *(
        fault(f"third_{name}_passed_over", rule, f"A third {words} is passed over.", _passed_over(_third, name))
        for name, (rule, words) in _BUSINESS.items()
    ),
    *(
        fault(
            f"{name}_does_not_come_back", rule, f"A former {words} does not come back.", _passed_over(_comes_back, name)
        )
        for name, (rule, words) in _BUSINESS.items()
    ),
    fault(
        "second_meter_change_passed_over",
        "ISY-10",
        "A second meter change is passed over.",
        _passed_over(_third, SDP_TO_METER),
    ),
    fault(
        "former_meter_does_not_come_back",
        "ISY-10",
        "A former meter does not come back.",
        _passed_over(_comes_back, SDP_TO_METER),
    ),
    fault(
        "second_removal_passed_over",
        "ISY-11",
        "A second meter removal is passed over.",
        _passed_over(_ends_again, SDP_TO_METER),
    ),
    fault(
        "no_meter_after_a_removal",
        "ISY-12",
        "An SDP whose meter was removed gets none.",
        _passed_over(_begins_anew, SDP_TO_METER),
    ),
    _of(
        ("ISY-13", "ISY-14"),
        "former_service_status_does_not_come_back",
        "A former service status does not come back.",
        _passed_over(_comes_back, "service_status"),
    ),
    fault(
        "ended_account_stays_ended",
        "ISY-19",
        "An account that ended does not begin anew.",
        _passed_over(_begins_anew, "sdp_to_account"),
    ),
    fault(
        "ended_organisation_stays_ended",
        "ISY-20",
        "A billing agent or AMI operator that ended does not begin anew.",
        _passed_over(_begins_anew, *_AGENTS),
    ),
    fault(
        "ended_retailer_stays_ended",
        "ISY-21",
        "A retailer that ended does not begin anew.",
        _passed_over(_begins_anew, _RETAILER),
    ),
    fault(
        "retailers_do_not_follow_each_other",
        "ISY-21",
        "A retailer does not follow another.",
        _passed_over(_changes, _RETAILER),
    ),
    fault(
        "planned_change_does_not_come_earlier",
        "ISY-01",
        "A change that is planned does not come earlier.",
        _passed_over(_comes_earlier),
    ),
    fault(
        "planned_change_not_taken_back",
        "ISY-01",
        "A change that is planned is not taken back, nor put off.",
        _passed_over(_is_taken_back),
    ),
    fault(
        "end_does_not_come_earlier",
        "ISY-01",
        "An end that is stated does not come earlier.",
        _passed_over(_end_is(lambda old, new: new is not None and new < old)),
    ),
    fault(
        "end_not_put_off",
        "ISY-01",
        "An end that is stated is not put off.",
        _passed_over(_end_is(lambda old, new: new is not None and new > old)),
    ),
    fault(
        "end_not_taken_back",
        "ISY-01",
        "An end that is stated is not taken back.",
        _passed_over(_end_is(lambda _, new: new is None)),
    ),
    fault(
        "seven_attributes_at_most",
        "ISY-02",
        "Of what is held, seven attributes change by one set at most.",
        _so_many(_MANY_ATTRIBUTES, lambda each: each.key.attribute),
    ),
    fault(
        "ten_sdps_at_most",
        "ISY-02",
        "Ten SDPs change by one set at most.",
        _so_many(_MANY_SDPS, lambda each: each.key.id),
    ),
    fault(
        "meters_stay_as_they_are",
        "ISY-02",
        "What meters have of their own does not change.",
        _passed_over(_changes, *_OF_METERS),
    ),
    fault(
        "virtual_sdps_stay_as_they_are",
        "ISY-02",
        "What virtual SDPs have does not change.",
        replaced(synchronization, "updates_wanted", _of_virtual_sdps),
    ),
    fault("no_component_added_later", "SYN-13", "No component joins a virtual SDP later.", _components(_none_later)),
    fault(
        "no_component_comes_back",
        "SYN-13",
        "A component that left a virtual SDP does not come back.",
        _passed_over(lambda each, held: each.key.attribute.startswith(CHANNEL_TO_CHANNEL) and _begins_anew(each, held)),
    ),
    fault(
        "components_of_one_virtual_sdp",
        "SYN-13",
        "Of two virtual SDPs of a set the first gets its components.",
        staged(_of_the_first_virtual_sdp),
    ),
    fault(
        "formulas_not_taken", "SYN-11", "Formulas of virtual SDPs are passed over.", never(f"{CHANNEL_TO_FORMULA}01")
    ),
    fault(
        "formulas_do_not_change",
        "SYN-11",
        "Formulas of virtual SDPs do not change.",
        _passed_over(_changes, f"{CHANNEL_TO_FORMULA}01"),
    ),
    fault(
        "meter_in_use_given_for_a_while",
        "STL-01",
        "A meter that another SDP has is given to a second one for a while.",
        replaced(synchronization, "meters_in_use", _in_use_for_good),
    ),
    fault(
        "number_of_a_set_with_exceptions_stays",
        "SEQ-01",
        "The number of a set with exceptions can be used again.",
        replaced(repository, "report_synchronization", _number_stays_beside_exceptions),
    ),
    fault("retailers_of_omitted_sdps_stay", "PSY-02", "Retailers of SDPs that are left out stay.", _stays(_RETAILER)),
    fault(
        "cca_service_providers_of_omitted_sdps_stay",
        "PSY-02",
        "CCA service providers of SDPs that are left out stay.",
        _stays(_CCA),
    ),
    fault(
        "components_of_omitted_sdps_stay",
        "PSY-02",
        "Components of virtual SDPs that are left out stay.",
        _stays(CHANNEL_TO_CHANNEL),
    ),
    fault(
        "formulas_of_omitted_sdps_stay",
        "PSY-02",
        "Formulas of virtual SDPs that are left out stay.",
        _stays(CHANNEL_TO_FORMULA),
    ),
    fault(
        "five_omitted_sdps_at_most",
        "PSY-02",
        "Of the SDPs that are left out five are deactivated.",
        replaced(synchronization, "deactivate_omitted", _five_omitted),
    ),
    fault(
        "omitted_at_night_end_a_day_later",
        "PSY-02",
        "What is left out ends a day later where that is processed at night.",
        replaced(repository, "audit_of", _a_day_later_at_night),
    ),
    fault(
        "omitted_sdps_do_not_come_back",
        "PSY-02",
        "A P-Sync does not bring back what was deactivated.",
        _audited(lambda each, held, _: _begins_anew(each, held)),
    ),
    fault(
        "no_threshold_where_all_are_omitted",
        "PSY-05",
        "A set that leaves out all SDPs is not stopped.",
        replaced(synchronization, "is_over_threshold", _unless_all),
    ),
    fault(
        "nothing_ends_by_p_sync",
        "PSY-04",
        "Nothing ends by a P-Sync but what is left out.",
        _audited(lambda each, *_: any(change.after is None for change in each.differences)),
    ),
    fault(
        "no_spans_to_come_by_p_sync",
        "PSY-04",
        "A P-Sync does not state what is to hold for a while.",
        _audited(
            lambda each, _, today: any(change.start > today and change.end is not None for change in each.differences)
        ),
    ),
    fault(
        "no_relationships_to_come_by_p_sync",
        "PSY-04",
        "A P-Sync changes no relationship of a day to come.",
        _audited(
            lambda each, _, today: (
                each.key.attribute.startswith("sdp_to_") and any(change.start > today for change in each.differences)
            )
        ),
    ),
    fault(
        "no_meter_change_by_p_sync",
        "PSY-04",
        "A P-Sync changes no meter.",
        _audited(lambda each, held, _: each.key.attribute == SDP_TO_METER and bool(held)),
    ),
    fault(
        "no_premises_by_p_sync",
        "PSY-04",
        "A P-Sync changes no address.",
        _audited(lambda each, held, _: each.key.attribute == "address" and bool(held)),
    ),
    fault(
        "no_retailer_by_p_sync",
        "PSY-04",
        "A P-Sync brings no retailer.",
        _audited(lambda each, held, _: each.key.attribute == _RETAILER and not held),
    ),
    fault(
        "prior_states_of_meters_changed",
        "PSY-04",
        "A P-Sync changes prior states of meters.",
        _but(lambda key: key.entity == "meter"),
    ),
    fault(
        "prior_meters_of_sdps_changed",
        "PSY-04",
        "A P-Sync changes which meter an SDP had.",
        _but(lambda key: key.attribute == SDP_TO_METER),
    ),
    fault(
        "central_time_not_taken",
        "ISY-15",
        "A framing structure of Central time is passed over.",
        _passed_over(_of_value("E02", *(f"D{number:02}" for number in range(2, 25, 2))), "framing_structure"),
    ),
    fault(
        "demand_of_periodic_energy_not_taken",
        "ISY-15",
        "Demand beside Periodic energy is passed over.",
        _passed_over(_of_value(*(f"D{number}" for number in range(17, 25))), "framing_structure"),
    ),
    fault(
        "three_digits_of_a_multiplier",
        "ISY-18",
        "A multiplier of four digits is passed over.",
        _passed_over(_is_long, "ct_pt_multiplier"),
    ),
    fault(
        "one_sdp_for_each_account",
        "ISY-19",
        "An account that another SDP has is passed over.",
        _used_elsewhere("sdp_to_account", _to_a_value_of),
    ),
    fault(
        "cca_service_providers_do_not_follow_each_other",
        "ISY-20",
        "A CCA service provider does not follow another.",
        _passed_over(_changes, _CCA),
    ),
    fault(
        "ended_cca_service_provider_stays_ended",
        "ISY-20",
        "A CCA service provider that ended does not begin anew.",
        _passed_over(_begins_anew, _CCA),
    ),
    fault(
        "no_meter_change_to_come",
        "ISY-10",
        "A meter change to come is passed over.",
        _as_of(lambda day, today: day > today, lambda change: change.after),
    ),
    fault(
        "meters_do_not_move_back",
        "ISY-10",
        "A meter that moved to another SDP does not move back.",
        _used_elsewhere(SDP_TO_METER, _moves_back),
    ),
    fault(
        "no_former_meter_removal",
        "ISY-11",
        "A meter removal that has been is passed over.",
        _as_of(lambda day, today: day < today, lambda change: not change.after),
    ),
    fault(
        "two_new_sdps_at_most",
        "ISY-22",
        "Of the SDPs that a set creates two get their attributes.",
        replaced(synchronization, "updates_wanted", _two_new_sdps),
    ),
    fault(
        "no_used_meter_for_a_new_sdp",
        "ISY-22",
        "A new SDP does not get a meter that another had.",
        _used_elsewhere(SDP_TO_METER, _new_and_so),
    ),
    fault(
        "ends_on_days_easily_got_wrong_passed_over",
        "ISY-01",
        "What ends on 31 December, or as clocks go forward, does not end.",
        _passed_over(_ends_on_an_easy_day_to_get_wrong),
    ),
    fault(
        "omitted_virtual_sdps_stay_beside_others",
        "PSY-02",
        "Where several SDPs are left out, virtual ones stay.",
        replaced(synchronization, "omitted_sdps", _physical_before_virtual),
    ),
    fault(
        "nothing_new_beside_what_p_sync_ends",
        "SRP-03",
        "A P-Sync that ends anything creates nothing.",
        replaced(synchronization, "plan", _nothing_new_beside_what_ends),
    ),
)
"""Each fault leaves the first time, or the plain case, as it should be."""
