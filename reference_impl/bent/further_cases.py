"""Faults of an agent's sets, of P-Sync sets alone, and of the second of two that one file asks for."""

from __future__ import annotations

from typing import Any

from reference_impl.bent.bending import Application, Bent, details_of, fault, replaced, together
from reference_impl.bent.loading import check_kept, refused
from reference_impl.repository import billing_operations, synchronization
from reference_impl.repository.file_sets import SetKey
from reference_impl.repository.master_directory import value_on

_STATUS = 8
"""The place of the Transaction Status in a response's record."""
_SDP = 2


def _is_of_an_agent(key: SetKey) -> bool:
    return key.ldc != key.submitter


def _unless_of_an_agent(name: str, *codes: str) -> Application:
    """A check of the loader overlooks findings of some codes in the sets of agents."""

    def keep(staging: Any, found: list[Any]) -> list[Any]:
        return [each for each in found if each.code not in codes or not _is_of_an_agent(staging.arriving.key)]

    return check_kept(name, keep)


def _unless_periodic(name: str, *codes: str) -> Application:
    """A check of the loader overlooks findings of some codes in P-Sync sets."""

    def keep(staging: Any, found: list[Any]) -> list[Any]:
        return [each for each in found if each.code not in codes or not staging.arriving.is_periodic_audit]

    return check_kept(name, keep)


def _says_nothing_for_an_agent(staging: Any) -> bool:
    return _is_of_an_agent(staging.arriving.key) and not staging.staged.values


def _active_today(original: Any) -> Any:
    """What is left out, but for SDPs of which nothing holds by the day of the extract."""

    def omitted(staged: Any, directory: Any, extracted: Any) -> Any:
        return [
            sdp
            for sdp in original(staged, directory, extracted)
            if any(value_on(directory.history(key), extracted) is not None for key in directory.dated(sdp))
        ]

    return omitted


def _of_different_sdps(original: Any) -> Any:
    """Of the versions of one SDP that a file asks for, the first alone is recovered."""

    def recover(here: Any, name: Any, requests: Any) -> None:
        first = {request.universal_sdp_id: request for request in reversed(requests)}
        original(here, name, [request for request in requests if request in first.values()])

    return recover


def _second_sdp_without_exception(status: str) -> Application:
    """The second SDP of a response file, where it has a status, is told to have been processed without exception."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        second = list(dict.fromkeys(row[_SDP] for row in rows))[1:2]
        return [
            [*row[:_STATUS], "00", *row[_STATUS + 1 :]] if [row[_SDP]] == second and row[_STATUS] == status else row
            for row in rows
        ]

    return together(*(details_of(file_type, change) for file_type in ("6000", "6100", "6200")))


FURTHER_CASE_FAULTS: tuple[Bent, ...] = (
    fault(
        "extracted_date_time_of_agents_unchecked",
        "SYN-09",
        "The files of an agent's set may state different Extracted Date Times.",
        _unless_of_an_agent("check_headers", "extracted-date-time"),
    ),
    fault(
        "agents_set_without_details_refused",
        "SYN-04",
        "A set of an agent's without detail records fails to load.",
        refused(_says_nothing_for_an_agent),
    ),
    fault(
        "module_asset_of_agents_changes_not_needed",
        "ISY-10",
        "A meter change by an agent needs no asset record of the module.",
        _unless_of_an_agent("check_minimum_data", "minimum-data-module"),
    ),
    fault(
        "module_relationship_of_agents_changes_not_needed",
        "ISY-10",
        "A meter change by an agent needs no relationship of the meter to its module.",
        _unless_of_an_agent("check_minimum_data", "minimum-data-relationship"),
    ),
    fault(
        "minimum_data_of_agents_removals_unchecked",
        "ISY-11",
        "A meter removal by an agent needs no module.",
        _unless_of_an_agent("check_minimum_data", "minimum-data-module", "minimum-data-relationship"),
    ),
    fault(
        "meters_of_p_sync_unchecked",
        "STL-01",
        "A P-Sync set may name a meter that nobody created.",
        _unless_periodic("check_assets", "meter-unknown"),
    ),
    fault(
        "modules_of_p_sync_unchecked",
        "STL-01",
        "A P-Sync set may name a communication module that nobody created.",
        _unless_periodic("check_assets", "communication-module-unknown"),
    ),
    fault(
        "sdps_of_p_sync_created_by_data",
        "USDP-07",
        "Data in a P-Sync set creates an SDP without its asset record.",
        _unless_periodic("check_universal_sdp_ids", "sdp-unknown"),
    ),
    fault(
        "what_is_all_to_come_stays",
        "PSY-02",
        "An SDP of which everything is still to come stays as it is where a P-Sync set leaves it out.",
        replaced(synchronization, "omitted_sdps", _active_today),
    ),
    fault(
        "second_version_of_a_file_lost",
        "BSV-10",
        "Of several responses that a file asks for again the first alone is recovered.",
        replaced(
            billing_operations,
            "recover",
            lambda original: lambda here, name, requests: original(here, name, requests[:1]),
        ),
    ),
    fault(
        "second_version_of_an_sdp_lost",
        "BSV-10",
        "Of several responses for one SDP that a file asks for again the first alone is recovered.",
        replaced(billing_operations, "recover", _of_different_sdps),
    ),
    *(
        fault(
            f"second_sdp_never_{status}",
            rule,
            f"The second SDP of a response file has status 00 in place of {status}.",
            _second_sdp_without_exception(status),
        )
        for status, rule in (("02", "TXS-03"), ("06", "SUM-03"), ("07", "SUM-04"), ("08", "BSV-08"))
    ),
)
"""Each fault leaves the other cases as they should be."""
