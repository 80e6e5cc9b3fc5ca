"""Faults of a CIS in asking for Universal SDP IDs, and in waiting for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from harness.interface.identifiers import SdpId, UniversalSdpId
from harness.interface.instants import day_of, later
from reference_impl.bent.bending import Application, Bent, renamed, replaced, together
from reference_impl.bent.cis_bending import (
    REQUEST,
    RESPONSE,
    Rows,
    cis_fault,
    may_submit,
    reads_a_name_once,
    rows_of_requests,
    submitted,
)
from reference_impl.bent.cis_sync_bending import entries_of_sets
from reference_impl.cis import cis as mailbox
from reference_impl.cis import file_transfer, identifiers, incremental, instructions, periodic_audit, records
from reference_impl.cis.book import Book, Sdp
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.records import Entry, Source
from reference_impl.cis.state import Desk, State, Submission

LATE_MINUTES = 60
FEW = 2
AHEAD_DAYS, DAY_MINUTES = 30, 24 * 60


# --- who may ask, and what is asked (USDP-01, -06, -08, -18) ------------------------------------------------


def _each_line(change: Callable[[list[str], str], list[str]]) -> Application:
    """Change each line of requests: its code, organisation ID and SDP ID; `change` is given the submitter, too."""
    return rows_of_requests(lambda rows, you: [change(row, you) for row in rows])


def _last_line_of_another(rows: Rows, _: str) -> Rows:
    code, ldc, sdp = rows[-1]
    return [*rows[:-1], [code, ldc[:-1] + ("1" if ldc[-1] == "0" else "0"), sdp]]


def _and_without_first_character(rows: Rows, _: str) -> Rows:
    return [*rows, *([code, ldc, sdp[1:]] for code, ldc, sdp in rows)]


def _asked(change: Callable[[list[SdpId], Book, Identifiers], list[SdpId]]) -> Application:
    """Change of which SDPs IDs are asked for, when all are to be asked for that have none."""

    def make(original: Any) -> Any:
        return lambda book, ids: change(original(book, ids), book, ids)

    return replaced(identifiers, "without_id", make)


def _of_this_month(original: Any) -> Any:
    """SDPs that are to be created in more than a month are not asked for yet."""

    def request_universal_sdp_ids(state: Any, desk: Any, sdps: Any) -> None:
        last = day_of(later(state.now, minutes=AHEAD_DAYS * DAY_MINUTES))

        def near(sdps: list[SdpId], book: Book, _: Identifiers) -> list[SdpId]:
            return [sdp for sdp in sdps if (created := book.sdps[sdp].created) is None or created <= last]

        with _asked(near)(None):
            original(state, desk, sdps)

    return request_universal_sdp_ids


def _physical(sdps: list[SdpId], book: Book, _: Identifiers) -> list[SdpId]:
    return [sdp for sdp in sdps if not book.sdps[sdp].is_virtual]


def _components(book: Book) -> set[str]:
    """The SDPs that virtual ones aggregate."""
    virtual = [sdp for sdp in book.sdps.values() if sdp.is_virtual]
    return {str(each) for sdp in virtual for _, named in sdp.histories["components"] for each in _listed(named)}


def _listed(named: Any) -> Iterable[str]:
    return named if isinstance(named, tuple) else ()


def _last_of_components(sdps: list[SdpId], book: Book, _: Identifiers) -> list[SdpId]:
    last = [sdp for sdp in sdps if sdp in _components(book)][-1:]
    return [sdp for sdp in sdps if sdp not in last]


def _components_first(sdps: list[SdpId], book: Book, ids: Identifiers) -> list[SdpId]:
    waited_for = _components(book) - set(ids.known)
    return [sdp for sdp in sdps if not (book.sdps[sdp].is_virtual and waited_for)]


def _tries_the_last(original: Any) -> Any:
    def request_universal_sdp_ids(state: State, desk: Desk, sdps: Any) -> None:
        if file_transfer.may_submit(state.parties, desk.ldc, "1000"):
            original(state, desk, sdps)
        else:
            last = identifiers.without_id(desk.book, desk.ids)[-1:]
            state.send(desk.ldc, "1000", identifiers.request_details(desk.ldc, last))
            desk.ids.asked.update(last)

    return request_universal_sdp_ids


def _in_name_of_ldc(file: Submission) -> list[Submission]:
    return [renamed(file, lambda name: ".".join([*name.split(".")[:1] * 2, *name.split(".")[2:]]))]


# --- nothing is synchronized without an ID (USDP-15) --------------------------------------------------------


def _made_up(sdp: SdpId) -> UniversalSdpId:
    """A number that nobody has given."""
    return UniversalSdpId(str(sum(ord(each) * 7**place for place, each in enumerate(sdp)) % 10**8).zfill(8))


def _without_waiting(waits_not: Callable[[SdpId, Desk], bool], other: Callable[[SdpId, Desk], UniversalSdpId]) -> Any:
    """Synchronize some SDPs that have no ID, under another: `waits_not` says which, `other` gives it."""

    def make(original: Any) -> Any:
        def source(state: State, desk: Desk) -> Any:
            found = original(state, desk)
            ids = dict(desk.ids.known)
            free = [sdp for sdp in desk.book.sdps if sdp not in ids and waits_not(sdp, desk)]
            return dataclasses.replace(found, ids={**ids, **{sdp: other(sdp, desk) for sdp in free}})

        return source

    return replaced(State, "source", make)


def _audited_without_waiting(original: Any) -> Any:
    """An audit takes in SDPs that have no ID, under another."""

    def extract(source: Any, moment: Any) -> Any:
        made_up = {sdp: _made_up(sdp) for sdp in source.book.sdps}
        return original(dataclasses.replace(source, ids={**made_up, **source.ids}), moment)

    return extract


def _first_virtual_alone(original: Any) -> Any:
    """Of several virtual SDPs the first alone is asked for."""

    def without_id(book: Any, ids: Any) -> list[SdpId]:
        others = [sdp.sdp_id for sdp in book.sdps.values() if sdp.is_virtual][1:]
        return [each for each in original(book, ids) if each not in others]

    return without_id


def _of_before(_: SdpId, desk: Desk) -> UniversalSdpId:
    return list(desk.ids.known.values())[-1]


def _is_exception(sdp: SdpId, desk: Desk) -> bool:
    return ("id", sdp) in desk.matters.held and bool(desk.ids.known)


def _half_read(original: Any) -> Any:
    def is_whole(reading: Any) -> bool:
        return bool(original(reading)) or (reading.name.file_id == RESPONSE and reading.file is not None)

    return is_whole


# --- under the ID that it was given (USDP-20) ---------------------------------------------------------------


def _known_otherwise(change: Callable[[dict[SdpId, UniversalSdpId]], dict[SdpId, UniversalSdpId]]) -> Application:
    """Synchronize under other IDs than those that were given."""

    def make(original: Any) -> Any:
        def source(state: State, desk: Desk) -> Any:
            return dataclasses.replace(original(state, desk), ids=change(dict(desk.ids.known)))

        return source

    return replaced(State, "source", make)


def _turned(ids: dict[SdpId, UniversalSdpId]) -> dict[SdpId, UniversalSdpId]:
    """Each SDP has the ID of the one after it."""
    values = list(ids.values())
    return dict(zip(ids, [*values[1:], *values[:1]], strict=True))


def _last_changed(ids: dict[SdpId, UniversalSdpId]) -> dict[SdpId, UniversalSdpId]:
    """The last ID has its digits in another order."""
    return {sdp: UniversalSdpId(known[1:] + known[:1]) if sdp == [*ids][-1] else known for sdp, known in ids.items()}


def _untold_but(left_out: Callable[[list[SdpId]], list[SdpId]]) -> Application:
    """Leave SDPs out of what is to be told."""

    def make(original: Any) -> Any:
        def untold(source: Any, withheld: Any) -> Any:
            found = original(source, withheld)
            without = left_out([*found])
            return {sdp: days for sdp, days in found.items() if sdp not in without}

        return untold

    return replaced(incremental, "untold", make)


def _reads_responses_in_time(original: Any) -> Any:
    """A response that comes long after it was made is taken for an old one."""

    def receive(cis: Any, recipient: Any, name: str, content: bytes) -> None:
        made = name.split(".")[4] if name.split(".")[2:3] == [RESPONSE] else ""
        now = f"{cis.now:%Y%m%d%H%M}"
        if not made or _minutes(now) - _minutes(made) <= LATE_MINUTES:
            original(cis, recipient, name, content)

    return receive


def _minutes(moment: str) -> int:
    return (int(moment[6:8]) * 24 + int(moment[8:10])) * 60 + int(moment[10:12])


# --- one SDP ID for one SDP (USDP-17) -----------------------------------------------------------------------


def _sdp_ids(change: Callable[[str, list[str]], str]) -> Application:
    """Change the SDP IDs of a set: `change` is given each, and all of them in the order in which they stand."""

    def changed(entries: list[Entry], _: str) -> list[Entry]:
        own = [str(dict(entry.fields)["sdp_id"]) for entry in entries if entry.kind == "sdp"]
        return [_named(entry, lambda sdp_id: change(sdp_id, own)) for entry in entries]

    return entries_of_sets(changed)


def _named(entry: Entry, change: Callable[[str], str]) -> Entry:
    """An SDP's asset record with another SDP ID; any other record as it is."""
    if entry.kind != "sdp":
        return entry
    fields = ((name, change(str(value)) if name == "sdp_id" else value) for name, value in entry.fields)
    return entry._replace(fields=tuple(fields))


def _asset(change: Callable[[str, Source, Sdp], str]) -> Application:
    """Change the SDP ID in an SDP's asset record."""

    def make(original: Any) -> Any:
        def sdp_asset(source: Source, sdp: Sdp) -> Entry:
            return _named(original(source, sdp), lambda sdp_id: change(sdp_id, source, sdp))

        return sdp_asset

    return replaced(records, "sdp_asset", make)


def _of_first_where_later(sdp_id: str, source: Source, _: Sdp) -> str:
    """The SDP that was put on record last has the SDP ID of the first, where more than two are."""
    sdps = [*source.book.sdps]
    return sdps[0] if len(sdps) > FEW and sdp_id == sdps[-1] else sdp_id


def _of_first_component(sdp_id: str, _: Source, sdp: Sdp) -> str:
    return str(records.components(sdp)[0]) if sdp.is_virtual else sdp_id


def _of_given_up(sdp_id: str, source: Source, _: Sdp) -> str:
    given_up = [other.sdp_id for other in source.book.sdps.values() if other.removed is not None]
    return given_up[0] if given_up and sdp_id == [*source.book.sdps][-1] else sdp_id


CIS_IDENTIFIER_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_request_lines_of_agent",
        "USDP-01",
        "an agent ties SDP IDs to its own organisation ID",
        _each_line(lambda row, you: [row[0], you, row[2]]),
    ),
    cis_fault(
        "cis_request_lines_swapped",
        "USDP-01",
        "the SDP ID stands where the organisation ID belongs, and it there",
        _each_line(lambda row, _: [row[0], row[2], row[1]]),
    ),
    cis_fault(
        "cis_request_sdp_ids_cut",
        "USDP-01",
        "the SDP IDs have lost their last character",
        _each_line(lambda row, _: [*row[:2], row[2][:-1]]),
    ),
    cis_fault(
        "cis_request_last_line_of_another",
        "USDP-01",
        "the last line names another organisation than the LDC",
        rows_of_requests(_last_line_of_another),
    ),
    cis_fault(
        "cis_request_copies_shortened",
        "USDP-01",
        "each SDP ID is asked for again without its first character",
        rows_of_requests(_and_without_first_character),
    ),
    cis_fault("cis_virtual_not_asked", "USDP-06", "no ID is asked for a virtual SDP", _asked(_physical)),
    cis_fault(
        "cis_components_not_asked",
        "USDP-06",
        "no ID is asked for an SDP that a virtual one aggregates",
        _asked(lambda sdps, book, _: [sdp for sdp in sdps if sdp not in _components(book)]),
    ),
    cis_fault(
        "cis_last_component_not_asked",
        "USDP-06",
        "no ID is asked for the last of the SDPs that a virtual one aggregates",
        _asked(_last_of_components),
    ),
    cis_fault(
        "cis_virtual_asked_after_components",
        "USDP-06",
        "the ID of a virtual SDP is not asked for before its components have theirs",
        _asked(_components_first),
    ),
    cis_fault(
        "cis_agent_asks_without_leave",
        "USDP-08",
        "an agent requests IDs whatever the LDC has authorised",
        may_submit(lambda _, __: True),
    ),
    cis_fault(
        "cis_agent_takes_any_leave",
        "USDP-08",
        "an authorisation for one file type is taken for all",
        may_submit(lambda authorised, _: bool(authorised)),
    ),
    cis_fault(
        "cis_agent_takes_leave_for_sets",
        "USDP-08",
        "an authorisation for file sets is taken for one for the requests before them",
        may_submit(lambda authorised, wanted: wanted in authorised or (wanted == "1000" and "4000" in authorised)),
    ),
    cis_fault(
        "cis_agent_tries_the_last",
        "USDP-08",
        "an agent that is not authorised asks for the last SDP alone, to see what comes",
        replaced(instructions, "request_universal_sdp_ids", _tries_the_last),
    ),
    cis_fault(
        "cis_agent_asks_in_name_of_ldc",
        "USDP-08",
        "an agent that is not authorised requests IDs in the name of the LDC",
        together(may_submit(lambda _, __: True), submitted(REQUEST, _in_name_of_ldc)),
    ),
    cis_fault(
        "cis_asks_for_first_alone",
        "USDP-18",
        "of several new SDPs the first alone is asked for",
        _asked(lambda sdps, _, __: sdps[:1]),
    ),
    cis_fault(
        "cis_asks_for_all_but_last",
        "USDP-18",
        "the last of several new SDPs is left out",
        _asked(lambda sdps, _, __: sdps[:-1] or sdps),
    ),
    cis_fault(
        "cis_asks_once",
        "USDP-18",
        "once IDs have come, none is asked for a later SDP",
        _asked(lambda sdps, _, ids: [] if ids.known else sdps),
    ),
    cis_fault(
        "cis_far_ahead_not_asked",
        "USDP-18",
        "no ID is asked for an SDP that is to be created in more than thirty days",
        replaced(instructions, "request_universal_sdp_ids", _of_this_month),
    ),
    cis_fault("cis_asks_for_none", "USDP-18", "no ID is asked for at all", _asked(lambda _, __, ___: [])),
    cis_fault(
        "cis_synchronizes_without_ids",
        "USDP-15",
        "an SDP without an ID is synchronized under a number of the CIS's own",
        _without_waiting(lambda _, __: True, lambda sdp, _: _made_up(sdp)),
    ),
    cis_fault(
        "cis_audits_without_ids",
        "USDP-15",
        "an audit takes in SDPs without an ID, under numbers of the CIS's own",
        replaced(periodic_audit, "extract", _audited_without_waiting),
    ),
    cis_fault(
        "cis_second_virtual_not_asked",
        "USDP-06",
        "of several virtual SDPs the first alone is asked for",
        replaced(identifiers, "without_id", _first_virtual_alone),
    ),
    cis_fault(
        "cis_synchronizes_once_asked",
        "USDP-15",
        "an SDP is synchronized once its ID has been asked for, under a number of the CIS's own",
        _without_waiting(lambda sdp, desk: sdp in desk.ids.asked, lambda sdp, _: _made_up(sdp)),
    ),
    cis_fault(
        "cis_first_id_frees_second",
        "USDP-15",
        "once one SDP has its ID, the second is synchronized as well, under a number of the CIS's own",
        _without_waiting(lambda _, desk: bool(desk.ids.known), lambda sdp, _: _made_up(sdp)),
    ),
    cis_fault(
        "cis_exception_copies_id",
        "USDP-15",
        "an SDP that got an exception is synchronized under the ID of the SDP before it",
        _without_waiting(_is_exception, _of_before),
    ),
    cis_fault(
        "cis_response_cut_short_read",
        "USDP-15",
        "a response that came cut short is acted upon",
        replaced(file_transfer, "is_whole", _half_read),
    ),
    cis_fault(
        "cis_ids_turned", "USDP-20", "each SDP is synchronized under the ID of the next", _known_otherwise(_turned)
    ),
    cis_fault(
        "cis_last_id_garbled",
        "USDP-20",
        "the last ID has its digits in another order",
        _known_otherwise(_last_changed),
    ),
    cis_fault(
        "cis_last_with_id_not_synchronized",
        "USDP-20",
        "the last SDP that was given its ID is not synchronized",
        _untold_but(lambda sdps: sdps[-1:]),
    ),
    cis_fault(
        "cis_a_hundred_synchronized",
        "USDP-20",
        "of the SDPs that were given their IDs a hundred are synchronized",
        _untold_but(lambda sdps: sdps[100:]),
    ),
    cis_fault(
        "cis_late_response_passed_over",
        "USDP-20",
        "a response that comes more than an hour late is passed over",
        replaced(mailbox, "receive", _reads_responses_in_time),
    ),
    cis_fault(
        "cis_whole_response_passed_over",
        "USDP-20",
        "a response that came cut short is not looked at when it comes whole",
        replaced(mailbox, "receive", reads_a_name_once),
    ),
    cis_fault(
        "cis_sdp_ids_cut_in_sets",
        "USDP-17",
        "SDP IDs are cut after three characters in file sets",
        _sdp_ids(lambda sdp_id, _: sdp_id[:3]),
    ),
    cis_fault(
        "cis_last_sdp_named_as_first",
        "USDP-17",
        "the last of several SDPs has the SDP ID of the first",
        _sdp_ids(lambda sdp_id, own: own[0] if sdp_id == own[-1] else sdp_id),
    ),
    cis_fault(
        "cis_third_sdp_named_as_first",
        "USDP-17",
        "the last of more than two SDPs has the SDP ID of the first",
        _asset(_of_first_where_later),
    ),
    cis_fault(
        "cis_virtual_named_as_component",
        "USDP-17",
        "a virtual SDP has the SDP ID of the first SDP that it aggregates",
        _asset(_of_first_component),
    ),
    cis_fault(
        "cis_sdp_id_given_again",
        "USDP-17",
        "an SDP that comes after another was given up has its SDP ID",
        _asset(_of_given_up),
    ),
)
