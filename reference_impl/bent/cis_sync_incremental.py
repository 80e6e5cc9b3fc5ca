"""Faults of a CIS in telling of business scenarios by I-Sync (ISY-03, ISY-10, ISY-12 to ISY-22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from reference_impl.bent.bending import Bent
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.bent.cis_sync_meters import meter_added, meter_changed
from reference_impl.bent.cis_sync_told import Concern, Told, all_but_last, each_told, extracted, nothing, still_open
from reference_impl.cis.records import Entry

SERVED_DAYS = 365
"""An SDP that was created longer ago has been served since before the scenario."""


# --- what can be wrong with any change ----------------------------------------------------------------------


def _a_day_late(told: Told) -> Entry:
    return told.with_fields(start_date=told.start + timedelta(days=1))


def _from_today(told: Told) -> Entry:
    return told.with_fields(start_date=told.today)


def _unless_future(told: Told) -> Entry | None:
    return None if told.start > told.today else told.entry


def _unless_prior(told: Told) -> Entry | None:
    return None if told.start < told.today else told.entry


def _changed(kind: str, parameter: str | None = None, values: Sequence[str] = ()) -> Concern:
    """Records of a kind that tell of a change, not of a new SDP."""

    def concerns(told: Told) -> bool:
        if told.entry.kind != kind or told.is_new():
            return False
        fields = told.fields
        return fields.get("parameter") == parameter and (not values or fields.get("value") in values)

    return concerns


def _plain(rule: str, what: str, says: str, concerns: Concern) -> Iterator[Bent]:
    """The faults that every change of something can have."""
    for how, text, apply in (
        ("not_told", f"{says} is not told", each_told(concerns, nothing)),
        ("a_day_late", f"{says} is told from the day after", each_told(concerns, _a_day_late)),
        (
            "from_today",
            f"{says} is told from the day of the extract, whatever its day",
            each_told(concerns, _from_today),
        ),
        (
            "not_ahead",
            f"{says} that is still to come is taken off the list untold",
            each_told(concerns, _unless_future),
        ),
        ("not_back", f"{says} of an earlier day is taken off the list untold", each_told(concerns, _unless_prior)),
        ("last_not_told", f"where several are told, {says} that stands last is left out", all_but_last(concerns)),
    ):
        yield cis_fault(f"cis_{what}_{how}", rule, text, apply)


_PLAIN: Sequence[tuple[str, str, str, Concern]] = (
    ("ISY-10", "meter_change", "a meter change", meter_changed),
    ("ISY-12", "new_meter", "a meter that is added", meter_added),
    ("ISY-13", "service_cut", "a service cut", _changed("sdp_parameter", "SERVICE_STATUS", ["CUT_AT_POLE"])),
    ("ISY-14", "booting", "the booting of a meter", _changed("sdp_parameter", "SERVICE_STATUS", ["BOOTED"])),
    ("ISY-15", "framing_change", "a change of framing structure", _changed("service_agreement")),
    ("ISY-16", "cycle_change", "a change of billing cycle", _changed("sdp_parameter", "BILLING_CYCLE_ID")),
    ("ISY-17", "vee_change", "a change of VEE service", _changed("sdp_parameter", "VEE_SERVICE")),
    ("ISY-18", "multiplier_change", "a change of multiplier", _changed("sdp_parameter", "CT_PT_MULTIPLIER")),
    ("ISY-19", "account_change", "a change of account", _changed("sdp_to_account")),
    ("ISY-20", "billing_agent_change", "a change of billing agent", _changed("sdp_to_billing_agent")),
    ("ISY-20", "operator_change", "a change of AMI operator", _changed("sdp_to_ami_operator")),
    ("ISY-21", "retailer_change", "a change of retailer", _changed("sdp_to_energy_service_provider")),
)
"""By rule: what changes, how people call it, and which records tell of it."""


# --- ends ---------------------------------------------------------------------------------------------------


def _ended(kind: str) -> Concern:
    return lambda told: told.entry.kind == kind and told.end is not None


# --- new SDPs (ISY-22), and several scenarios at once (ISY-03) ----------------------------------------------


def _new(kind: str, parameter: str | None = None) -> Concern:
    """Records of a kind that belong to a new SDP, of which others were there before."""
    return lambda told: told.entry.kind == kind and _is_later(told) and told.fields.get("parameter") == parameter


def _is_later(told: Told) -> bool:
    created = None if told.sdp is None else told.sdp.created
    return told.sdp is not None and created is not None and (told.today - created).days < SERVED_DAYS


def _without_city(told: Told) -> Entry:
    return told.with_fields(city=None)


def _first_attribute_alone(told: list[Told]) -> list[Entry]:
    """Of what changes about an SDP the first thing alone is told."""
    first: dict[Any, tuple[str, Any]] = {}
    kept = []
    for each in told:
        owner = each.fields.get("universal_sdp_id")
        if (
            owner is None
            or each.entry.kind == "sdp"
            or each.is_new()
            or first.setdefault(owner, _what(each)) == _what(each)
        ):
            kept.append(each.entry)
    return kept


def _what(told: Told) -> tuple[str, Any]:
    return told.entry.kind, told.fields.get("parameter")


def _latest_of_each(told: list[Told]) -> list[Entry]:
    """Of several states of one thing the latest alone is told."""
    latest = {(each.fields.get("universal_sdp_id"), _what(each)): each for each in told}
    states = [each for each in told if each.entry.kind == "sdp_parameter"]
    return [each.entry for each in told if each not in states or each in latest.values()]


def _also_at_first_values(told: list[Told]) -> list[Entry]:
    """With an account the billing cycle is told along as it was before, a day after its change, and so undoes it."""
    found = [each.entry for each in told]
    for each in told:
        if each.entry.kind == "sdp_to_account" and not each.is_new():
            found += [
                other.with_fields(start_date=other.start + timedelta(days=1), value="C1")
                for other in told
                if _changed("sdp_parameter", "BILLING_CYCLE_ID")(other)
            ]
    return found


def _changes_or_new(told: list[Told]) -> list[Entry]:
    """Where a set tells of a new SDP, no change is told."""
    has_new = any(each.entry.kind == "sdp" and _is_later(each) for each in told)
    return [
        each.entry
        for each in told
        if not has_new or each.entry.kind == "sdp" or "start_date" not in each.fields or each.is_new()
    ]


CIS_INCREMENTAL_FAULTS: tuple[Bent, ...] = (
    *(bent for entry in _PLAIN for bent in _plain(*entry)),
    cis_fault(
        "cis_end_of_account_not_told", "ISY-19", "an account that ends goes on", still_open(_ended("sdp_to_account"))
    ),
    cis_fault(
        "cis_end_of_retailer_not_told",
        "ISY-21",
        "a retailer that leaves stays",
        still_open(_ended("sdp_to_energy_service_provider")),
    ),
    cis_fault(
        "cis_new_sdp_without_account",
        "ISY-22",
        "a new SDP comes without its account",
        each_told(_new("sdp_to_account"), nothing),
    ),
    cis_fault(
        "cis_new_sdp_without_operator",
        "ISY-22",
        "a new SDP comes without its AMI operator",
        each_told(_new("sdp_to_ami_operator"), nothing),
    ),
    cis_fault(
        "cis_new_sdp_without_city",
        "ISY-22",
        "a new SDP's premise has no city",
        each_told(_new("premise"), _without_city),
    ),
    cis_fault(
        "cis_last_new_sdp_without_multiplier",
        "ISY-22",
        "the last of several new SDPs comes without its multiplier",
        all_but_last(_new("sdp_parameter", "CT_PT_MULTIPLIER")),
    ),
    cis_fault(
        "cis_new_sdp_from_today",
        "ISY-22",
        "a new SDP has its billing cycle from the day of the extract on",
        each_told(_new("sdp_parameter", "BILLING_CYCLE_ID"), _from_today),
    ),
    cis_fault(
        "cis_new_sdp_changes_not_told",
        "ISY-22",
        "what changes of a new SDP before it was told of is not told",
        each_told(lambda told: "start_date" in told.fields and _is_later(told) and not told.is_new(), nothing),
    ),
    cis_fault(
        "cis_first_change_alone",
        "ISY-03",
        "of several changes of one SDP the first alone is told",
        extracted(_first_attribute_alone),
    ),
    cis_fault(
        "cis_latest_state_alone",
        "ISY-03",
        "of several states of one attribute the latest alone is told",
        extracted(_latest_of_each),
    ),
    cis_fault(
        "cis_old_values_told_along",
        "ISY-03",
        "with an account the billing cycle is told along as it was, over the new one",
        extracted(_also_at_first_values),
    ),
    cis_fault(
        "cis_no_changes_beside_new_sdp",
        "ISY-03",
        "a set that tells of a new SDP tells of no changes",
        extracted(_changes_or_new),
    ),
)
