"""Faults of a CIS in the records of its sets, and in whom it sends sets for (SYN-03, SYN-10 to SYN-13)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from reference_impl.bent.bending import Application, Bent, renamed, replaced, together
from reference_impl.bent.cis_bending import cis_fault, may_submit
from reference_impl.bent.cis_sync_bending import (
    INCREMENTAL,
    PERIODIC,
    Part,
    entries_of_sets,
    lines_of_sets,
    of_each_set,
    of_sets,
)
from reference_impl.bent.cis_sync_sequence import FIRST_SET
from reference_impl.bent.cis_sync_told import Told, all_but_last, each_told, extracted, nothing, still_open
from reference_impl.cis import file_transfer
from reference_impl.cis.records import Entry
from reference_impl.cis.state import Submission

_DATE = re.compile(r"\|(\d{4})(\d\d)(\d\d)(?=\||$)")
COMPONENTS = "07"


# --- one format (SYN-03) ------------------------------------------------------------------------------------


def _records(change: Callable[[list[str], Part], list[str]]) -> Application:
    """Change the lines of records but those of manifests."""
    return lines_of_sets(lambda lines, part: [*lines[:2], *change(lines[2:], part)] if part.file_no > "00" else lines)


def _with_dashes(lines: list[str]) -> list[str]:
    return [_DATE.sub(r"|\1-\2-\3", line) for line in lines]


# --- in whose name (SYN-10) ---------------------------------------------------------------------------------


def _leave_of_any(_: Any) -> Any:
    def may(parties: Any, ldc: Any, file_id: str) -> bool:
        return bool(ldc == parties.you or any(file_id in types for types in parties.authorised.values()))

    return may


def _in_name_of_ldc(file: Submission, _: Part) -> list[Submission]:
    return [renamed(file, lambda name: ".".join([*name.split(".")[:1] * 2, *name.split(".")[2:]]))]


# --- records in other files (SYN-11) ------------------------------------------------------------------------


def _moved(code: str, target: str, concerns: Callable[[Part], bool] = lambda _: True) -> Application:
    """Let the records of a code stand in another file of their set: in its last segment, at its end."""

    def change(files: dict[Part, list[str]]) -> dict[Part, list[str]]:
        there = [part for part in files if part.file_no == target]
        for part, lines in files.items():
            moved = [line for line in lines if line.startswith(f"{code}|")]
            if moved and there and concerns(part):
                files[part] = [line for line in lines if line not in moved]
                files[there[-1]] = [*files[there[-1]], *moved]
        return files

    return of_each_set(change)


# --- relationships (SYN-12) and components (SYN-13) ---------------------------------------------------------


def _kinds(*kinds: str) -> Callable[[Told], bool]:
    return lambda told: told.entry.kind in kinds


def _made_up(kind: str, field: str, value: Callable[[Told], str]) -> Application:
    """Tell of a relationship where there is none."""

    def change(told: list[Told]) -> list[Entry]:
        has = {each.fields["universal_sdp_id"] for each in told if each.entry.kind == kind}
        return [
            new
            for each in told
            for new in (
                [each.entry]
                if each.entry.kind != "sdp_to_billing_agent" or each.fields["universal_sdp_id"] in has
                else [each.entry, _of_kind(each, kind, field, value(each))]
            )
        ]

    return extracted(change)


def _of_kind(told: Told, kind: str, field: str, value: str) -> Entry:
    kept = ((name, each) for name, each in told.entry.fields if name != "organisation_id")
    return Entry(told.entry.file_no, kind, (*kept, (field, value)))


def _components(change: Callable[[list[Entry]], Collection[Entry]], kinds: Collection[str]) -> Application:
    """Leave records of components out: `change` gives those that stay."""

    def changed(entries: list[Entry], kind: str) -> list[Entry]:
        of_components = [entry for entry in entries if entry.kind == "channel_to_channel"]
        stay = change(of_components) if kind in kinds else of_components
        return [entry for entry in entries if entry not in of_components or entry in stay]

    return entries_of_sets(changed)


def _first_of_each(entries: list[Entry]) -> list[Entry]:
    first: dict[Any, Entry] = {}
    for entry in entries:
        first.setdefault(dict(entry.fields)["universal_sdp_id"], entry)
    return list(first.values())


def _last_of_each_left_out(entries: list[Entry]) -> list[Entry]:
    last = {dict(entry.fields)["universal_sdp_id"]: entry for entry in entries}
    return [entry for entry in entries if entry not in last.values()]


def _of_first_virtual(entries: list[Entry]) -> list[Entry]:
    return [
        entry
        for entry in entries
        if dict(entry.fields)["universal_sdp_id"] == dict(entries[0].fields)["universal_sdp_id"]
    ]


def _turned_round(entries: list[Entry], _: str) -> list[Entry]:
    def turned(entry: Entry) -> Entry:
        fields = dict(entry.fields)
        both = fields["universal_sdp_id"], fields["component_universal_sdp_id"]
        new = {**fields, "universal_sdp_id": both[1], "component_universal_sdp_id": both[0]}
        return entry._replace(fields=tuple(new.items()))

    return [turned(entry) if entry.kind == "channel_to_channel" else entry for entry in entries]


_SETS = (INCREMENTAL, PERIODIC)

CIS_RECORDS_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_audit_with_another_field",
        "SYN-03",
        "records of P-Sync sets have a field more at their end",
        _records(lambda lines, part: [f"{line}|" for line in lines] if part.kind == PERIODIC else lines),
    ),
    cis_fault(
        "cis_dates_of_i_sync_with_dashes",
        "SYN-03",
        "dates in I-Sync sets have dashes",
        _records(lambda lines, part: _with_dashes(lines) if part.kind == INCREMENTAL else lines),
    ),
    cis_fault(
        "cis_components_without_channel",
        "SYN-03",
        "records of file 07 lack their last field",
        _records(
            lambda lines, part: [line.rpartition("|")[0] for line in lines] if part.file_no == COMPONENTS else lines
        ),
    ),
    cis_fault(
        "cis_second_set_without_end_dates",
        "SYN-03",
        "from the second set on records of file 04 lack their end date",
        _records(
            lambda lines, part: (
                [line.rpartition("|")[0] for line in lines]
                if part.file_no == "04" and part.tx_id > FIRST_SET
                else lines
            )
        ),
    ),
    cis_fault(
        "cis_last_record_of_audit_in_lower_case",
        "SYN-03",
        "the last record of each file of a P-Sync set has its type in lower case",
        _records(
            lambda lines, part: (
                [*lines[:-1], lines[-1][:2].lower() + lines[-1][2:]] if lines and part.kind == PERIODIC else lines
            )
        ),
    ),
    cis_fault(
        "cis_agent_takes_leave_of_any_type",
        "SYN-10",
        "an authorisation for one file type is taken for all",
        may_submit(lambda authorised, _: bool(authorised)),
    ),
    cis_fault(
        "cis_agent_takes_i_sync_for_p_sync",
        "SYN-10",
        "an authorisation for I-Sync is taken for P-Sync, too",
        may_submit(
            lambda authorised, wanted: wanted in authorised or (wanted == PERIODIC and INCREMENTAL in authorised)
        ),
    ),
    cis_fault(
        "cis_agent_takes_p_sync_for_i_sync",
        "SYN-10",
        "an authorisation for P-Sync is taken for I-Sync, too",
        may_submit(
            lambda authorised, wanted: wanted in authorised or (wanted == INCREMENTAL and PERIODIC in authorised)
        ),
    ),
    cis_fault(
        "cis_agent_takes_leave_of_another_ldc",
        "SYN-10",
        "what one LDC has authorised is taken for all",
        replaced(file_transfer, "may_submit", _leave_of_any),
    ),
    cis_fault(
        "cis_agent_sends_sets_in_name_of_ldc",
        "SYN-10",
        "sets that are not authorised are sent in the name of the LDC",
        together(may_submit(lambda _, __: True), of_sets(_in_name_of_ldc)),
    ),
    cis_fault("cis_meter_parameters_among_assets", "SYN-11", "meter parameters stand in file 01", _moved("MP", "01")),
    cis_fault(
        "cis_premises_among_agreements",
        "SYN-11",
        "premises of P-Sync sets stand in file 03",
        _moved("PR", "03", lambda part: part.kind == PERIODIC),
    ),
    cis_fault("cis_formulas_among_relationships", "SYN-11", "formulas stand in file 05", _moved("CF", "05")),
    cis_fault(
        "cis_modules_among_relationships_later",
        "SYN-11",
        "from the second set on communication modules stand in file 05",
        _moved("CM", "05", lambda part: part.tx_id > FIRST_SET),
    ),
    cis_fault(
        "cis_last_operator_not_told",
        "SYN-12",
        "of several SDPs the last comes without its AMI operator",
        all_but_last(_kinds("sdp_to_ami_operator")),
    ),
    cis_fault(
        "cis_account_made_up",
        "SYN-12",
        "an SDP without a customer is told of with an account of its own",
        _made_up("sdp_to_account", "account_id", lambda told: f"VACANT{told.fields['universal_sdp_id']}"),
    ),
    cis_fault(
        "cis_ldc_as_retailer",
        "SYN-12",
        "an SDP without a retailer is told of with its billing agent as one",
        _made_up("sdp_to_energy_service_provider", "organisation_id", lambda told: str(told.fields["organisation_id"])),
    ),
    cis_fault(
        "cis_cca_not_told",
        "SYN-12",
        "a CCA service provider is not told of",
        each_told(_kinds("sdp_to_cca_service_provider"), nothing),
    ),
    cis_fault(
        "cis_last_module_not_told",
        "SYN-12",
        "of several meters the last comes without the relationship to its module",
        all_but_last(_kinds("meter_to_communication_module")),
    ),
    cis_fault(
        "cis_first_component_alone",
        "SYN-13",
        "of a virtual SDP's components the first alone is told",
        _components(_first_of_each, _SETS),
    ),
    cis_fault(
        "cis_last_component_left_out",
        "SYN-13",
        "the last component of a virtual SDP is not told",
        _components(_last_of_each_left_out, _SETS),
    ),
    cis_fault(
        "cis_components_of_second_virtual_left_out",
        "SYN-13",
        "of several virtual SDPs the first alone is told with its components",
        _components(_of_first_virtual, _SETS),
    ),
    cis_fault(
        "cis_components_turned_round",
        "SYN-13",
        "a component is told as what aggregates the virtual SDP",
        entries_of_sets(_turned_round),
    ),
    cis_fault(
        "cis_component_that_leaves_stays",
        "SYN-13",
        "a component that leaves is told as one that stays",
        still_open(_kinds("channel_to_channel")),
    ),
    cis_fault(
        "cis_last_component_left_out_of_audit",
        "SYN-13",
        "a P-Sync set leaves out the last component of a virtual SDP",
        _components(_last_of_each_left_out, (PERIODIC,)),
    ),
)
