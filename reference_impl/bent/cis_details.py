"""Faults of a CIS in one detail alone: a record in the file, a digit of an ID, one type of file, one of several LDCs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, renamed, replaced, text_changed
from reference_impl.bent.cis_bending import cis_fault, rows_of_requests, submitted
from reference_impl.bent.cis_sync_bending import lines_of_sets
from reference_impl.cis import identifiers, instructions, records
from reference_impl.cis.book import Book
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.state import Desk, State, Submission

NAMED = "FN|"
SUNDAY = 6
MANIFEST_AND_FIRST = ("00", "01")
COMPONENTS = 3
OFF_CYCLE = "|F|"


# --- names and versions -------------------------------------------------------------------------------------


def _stated(file_id: str, change: Callable[[str], str]) -> Application:
    """The File Name Record of files of one type states another name than theirs."""

    def changed(file: Submission) -> list[Submission]:
        return [text_changed(file, lambda text: text.replace(f"{NAMED}{file.name}", f"{NAMED}{change(file.name)}", 1))]

    return submitted(file_id, changed)


def _states_manifest(lines: list[str], _: object) -> list[str]:
    """The File Name Record of each file of a set states the name of its manifest."""
    *before, _file_no, _segment_no, ending = lines[0].split(".")
    return [".".join([*before, *MANIFEST_AND_FIRST, ending]), *lines[1:]]


def _submitter_first(file: Submission) -> list[Submission]:
    """The submitter stands in a name as the LDC, too."""
    _, you, *more = file.name.split(".")
    return [renamed(file, lambda _: ".".join([you, you, *more]))]


def _in_version(file_id: str, version: str, is_meant: Callable[[Submission], bool]) -> Application:
    """Some files of a type are sent in another version."""

    def changed(file: Submission) -> list[Submission]:
        ldc, you, kind, _, *more = file.name.split(".")
        new = ".".join([ldc, you, kind, version, *more])
        return [renamed(file, lambda _: new) if is_meant(file) else file]

    return submitted(file_id, changed)


def _updates_in_version(version: str) -> Application:
    """Schedules that follow another are sent in another version."""
    known: set[str] = set()

    def is_later(file: Submission) -> bool:
        submitter = file.name.split(".")[1]
        is_known = submitter in known
        known.add(submitter)
        return is_known

    return _in_version("8000", version, is_later)


# --- Universal SDP IDs --------------------------------------------------------------------------------------


def _one_ldc_at_a_time(original: Any) -> Any:
    """While an LDC's IDs are awaited none is asked for of another."""

    def request(state: State, desk: Desk, sdps: Any) -> None:
        if not any(other.ids.asked for other in state.desks.values() if other is not desk):
            original(state, desk, sdps)

    return request


def _stopped_by_exceptions(original: Any) -> Any:
    """While an SDP is an exception no ID is asked for of any other."""

    def request(state: State, desk: Desk, sdps: Any) -> None:
        if sdps is not None or not any(key[0] == "id" for key in desk.matters.held):
            original(state, desk, sdps)

    return request


def _large_ones_unasked(original: Any) -> Any:
    """No ID is asked for a virtual SDP that aggregates more than two."""

    def without_id(book: Book, ids: Identifiers) -> list[Any]:
        return [sdp for sdp in original(book, ids) if len(records.components(book.sdps[sdp])) < COMPONENTS]

    return without_id


def _first_of_the_day(original: Any) -> Any:
    """Of the responses of a day the first alone is read."""
    first: dict[tuple[int, str], str] = {}

    def take_response(details: Any, file: str, *more: Any) -> None:
        day = file.split(".")[4][:8]
        if first.setdefault((id(more[2]), day), file) == file:
            original(details, file, *more)

    return take_response


CIS_DETAIL_FAULTS: tuple[Bent, ...] = (
    cis_fault("cis_sets_state_their_manifest", "FTS-01", "the File Name Record of each file of a set states the name of its manifest", lines_of_sets(_states_manifest)),
    cis_fault("cis_schedules_state_lower_case", "FTS-01", "the File Name Record of schedules states their name in lower case", _stated("8000", str.lower)),
    cis_fault("cis_requests_state_no_ending", "FTS-01", "the File Name Record of requests 5000 states their name without its end", _stated("5000", lambda name: name.removesuffix(".DAT"))),
    cis_fault("cis_schedules_of_agent_as_its_own", "FTS-01", "an agent's schedules name the agent as the LDC", submitted("8000", _submitter_first)),
    cis_fault("cis_quantity_requests_of_agent_as_its_own", "FTS-01", "an agent's requests 5000 name the agent as the LDC", submitted("5000", _submitter_first)),
    cis_fault("cis_off_cycle_in_next_version", "FTS-07", "requests 5000 off cycle are sent in version 01", _in_version("5000", "01", lambda file: OFF_CYCLE in file.content.decode())),
    cis_fault("cis_schedule_updates_in_next_version", "FTS-07", "schedules that follow another are sent in version 01", _updates_in_version("01")),
    cis_fault("cis_sunday_audits_in_former_version", "FTS-07", "P-Sync sets of a Sunday are sent in version 00", _in_version("3000", "00", lambda file: file.instant.weekday() == SUNDAY)),
    cis_fault("cis_request_zeros_dropped", "USDP-01", "zeros with which an SDP ID begins are left out of requests", rows_of_requests(lambda rows, _: [[*row[:2], row[2].lstrip("0"), *row[3:]] for row in rows])),
    cis_fault("cis_virtual_of_three_not_asked", "USDP-06", "no ID is asked for a virtual SDP that aggregates three", replaced(identifiers, "without_id", _large_ones_unasked)),
    cis_fault("cis_one_ldc_at_a_time", "USDP-18", "an agent asks for no IDs of one LDC while it waits for those of another", replaced(instructions, "request_universal_sdp_ids", _one_ldc_at_a_time)),
    cis_fault("cis_exception_stops_requests", "USDP-18", "while an SDP is an exception no ID is asked for any other", replaced(instructions, "request_universal_sdp_ids", _stopped_by_exceptions)),
    cis_fault("cis_already_issued_is_an_exception", "USDP-20", "an ID that had been issued before is taken for an exception", replaced(identifiers, "ISSUED", lambda _: ("issued",))),
    cis_fault("cis_first_response_of_a_day", "USDP-20", "of the responses of a day the first alone is read", replaced(identifiers, "take_response", _first_of_the_day)),
)  # fmt: skip
"""As rows of a table: id, rule, what it does, and how."""
