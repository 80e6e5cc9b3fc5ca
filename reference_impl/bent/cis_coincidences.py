"""Faults of a CIS that show where two things meet: a change and an audit, two LDCs and an SDP ID, a report and a restart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from harness.interface.files import InterfaceFile
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced, together
from reference_impl.bent.cis_again import taken_for_told
from reference_impl.bent.cis_bending import asked_otherwise, cis_fault
from reference_impl.bent.cis_rare_cases import forgotten
from reference_impl.bent.cis_sync_bending import PERIODIC
from reference_impl.bent.cis_sync_told import Told, still_open
from reference_impl.cis import billing_cycle_schedule, billing_requests, book, identifiers, instructions, records
from reference_impl.cis import synchronization_reports as reports
from reference_impl.cis.billing_requests import Period
from reference_impl.cis.book import Book, History, Sdp
from reference_impl.cis.records import Entry, HoldsFrom, Source
from reference_impl.cis.sequence import SentSet
from reference_impl.cis.state import Desk, State

TEN, SIXTY = 10, 60


# --- audits -------------------------------------------------------------------------------------------------


def _without_states_to_come(is_meant: Callable[[str], bool]) -> Application:
    """Of some attributes of SDPs that are there already audits say the current state alone."""

    def make(original: Any) -> Any:
        def records_of(source: Source, sdp: Sdp, attribute: str, choice: Any) -> list[Entry]:
            found = list(original(source, sdp, attribute, choice))
            if not isinstance(choice, HoldsFrom) or sdp.created is None or sdp.created > choice.day:
                return found
            return [each for each in found if not is_meant(attribute) or not _begins_after(each, choice.day)]

        return records_of

    return replaced(records, "records_of", make)


def _begins_after(entry: Entry, day: Day) -> bool:
    start = dict(entry.fields).get("start_date")
    return isinstance(start, date) and start > day


def _told_gives_way(original: Any) -> Any:
    """What was told from a later day on leaves the book where a value from an earlier day is put on record."""

    def enter(found: Book, sdp: Sdp, attribute: str, day: Day, value: Any) -> None:
        untold = found.untold.get(sdp.sdp_id, {}).get(attribute, set())
        history = sdp.histories.get(attribute, ())
        sdp.histories[attribute] = tuple(each for each in history if each[0] <= day or each[0] in untold)
        original(found, sdp, attribute, day, value)

    return enter


# --- Universal SDP IDs --------------------------------------------------------------------------------------


def _ids_of_first_ldc(original: Any) -> Any:
    """An SDP ID that several LDCs have is synchronized under the Universal SDP ID that the first of them was given."""

    def synchronize(state: State, desk: Desk) -> None:
        for other in reversed(state.desks.values()):
            shared = {sdp: known for sdp, known in other.ids.known.items() if sdp in desk.ids.known}
            desk.ids.known.update(shared)
        original(state, desk)

    return synchronize


def _exceptions_left(original: Any) -> Any:
    """Of what has no ID that which came back as an exception is asked for only when people name it."""

    def request(state: State, desk: Desk, sdps: Any) -> None:
        if sdps is None:
            free = identifiers.without_id(desk.book, desk.ids)
            sdps = [sdp for sdp in free if ("id", sdp) not in desk.matters.held]
        original(state, desk, sdps)

    return request


# --- reports on file sets -----------------------------------------------------------------------------------


def _not_told_again(*attributes: str) -> Application:
    """Of some attributes it is not read that they could not be updated."""

    def make(original: Any) -> Any:
        def take_exceptions(desk: Desk, synchronized: SentSet, file: InterfaceFile) -> None:
            left = tuple(record for record in file.details if record["attribute"] not in attributes)
            original(desk, synchronized, dataclasses.replace(file, details=left))

        return take_exceptions

    return replaced(reports, "take_exceptions", make)


def _withheld_forgotten(desk: Desk) -> None:
    """Attributes that could not be updated are taken for told."""
    for sdp, attribute in desk.withheld:
        days = desk.book.untold.get(sdp, {}).get(attribute, set())
        book.mark_told(desk.book, sdp, {attribute: frozenset(days)})
    desk.withheld.clear()


def _id_exceptions_forgotten(desk: Desk) -> None:
    """What came back as an exception is no matter any more."""
    desk.matters.settle(lambda key: key[0] == "id")


def _failed_audits_forgotten(desk: Desk) -> None:
    """No P-Sync set that failed to load is to be made anew."""
    desk.sequence.to_replace = [each for each in desk.sequence.to_replace if each.extract.kind != PERIODIC]


# --- changes ------------------------------------------------------------------------------------------------


def _leaves_on_a_day_to_come(told: Told) -> bool:
    return told.entry.kind == "sdp_to_account" and told.end is not None and told.end > told.today


def _had_before(wanted: str) -> Application:
    """An attribute that comes to be what it was before another value is taken for told."""

    def is_meant(_: Sdp, attribute: str, day: Day, value: Any, before: History) -> bool:
        earlier = [held for since, held in before if since < day]
        return attribute == wanted and value in earlier and value != earlier[-1]

    return taken_for_told(is_meant)


# --- quantities and schedules -------------------------------------------------------------------------------


def _bills_all_along(original: Any) -> Any:
    """Quantities are asked for where the organisation is the billing agent on every day of the period."""

    def is_billed_by(sdp: Sdp, period: Period, you: OrgId) -> bool:
        begun = [day for day, _ in sdp.histories.get("billing_agent", ()) if period.start < day < period.end]
        agents = {book.value_on(sdp, "billing_agent", day) for day in (period.start, *begun)}
        return bool(original(sdp, period, you)) and agents == {you}

    return is_billed_by


def _first_dates(original: Any) -> Any:
    return lambda cycles: original(list(cycles)[:SIXTY])


def _agent_of_first_day(_: Any) -> Any:
    return lambda sdp, period, you: book.value_on(sdp, "billing_agent", period.start) == you


def _what_was_asked_for(original: Any) -> Any:
    """Of what people decide to bill again that alone is asked for which the CIS knows to have asked for before."""

    def decide(state: State, desk: Desk, periods: Sequence[Period], *, rebill: bool) -> None:
        original(state, desk, [each for each in periods if each in desk.requests.latest], rebill=rebill)

    return decide


CIS_COINCIDENCE_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_audit_of_few_states_to_come",
        "PSY-01",
        "audits leave out what begins on a day to come, but for accounts and billing cycles",
        _without_states_to_come(lambda attribute: attribute not in {"account_id", "billing_cycle_id"}),
    ),
    cis_fault(
        "cis_audit_without_agents_to_come",
        "PSY-01",
        "audits leave out who will be the billing agent from a day to come on",
        _without_states_to_come(lambda attribute: attribute == "billing_agent"),
    ),
    cis_fault(
        "cis_earlier_day_takes_away_told",
        "PSY-01",
        "what is put on record from an earlier day takes a later value that was told already off the record",
        replaced(book, "enter", _told_gives_way),
    ),
    cis_fault(
        "cis_one_id_for_sdp_ids_of_two_ldcs",
        "USDP-20",
        "an SDP ID that several LDCs have is synchronized under the Universal SDP ID that the first of them was given",
        replaced(instructions, "synchronize", _ids_of_first_ldc),
    ),
    cis_fault(
        "cis_exceptions_not_among_those_without_id",
        "USDP-18",
        "told to ask for all that have no ID, the CIS leaves out what came back as an exception",
        replaced(instructions, "request_universal_sdp_ids", _exceptions_left),
    ),
    cis_fault(
        "cis_id_exceptions_lost_in_restart",
        "USDP-18",
        "started again, the CIS has forgotten what came back as an exception",
        forgotten(_id_exceptions_forgotten),
    ),
    cis_fault(
        "cis_address_not_told_again",
        "ISY-05",
        "an address that could not be updated is not told again",
        _not_told_again("address"),
    ),
    cis_fault(
        "cis_framing_structure_not_told_again",
        "ISY-05",
        "a framing structure that could not be updated is not told again",
        _not_told_again("framing_structure"),
    ),
    cis_fault(
        "cis_service_status_not_told_again",
        "ISY-05",
        "a service status that could not be updated is not told again",
        _not_told_again("service_status"),
    ),
    cis_fault(
        "cis_not_updated_lost_in_restart",
        "ISY-05",
        "started again, the CIS has forgotten which attributes could not be updated",
        forgotten(_withheld_forgotten),
    ),
    cis_fault(
        "cis_account_to_end_not_told",
        "ISY-19",
        "that an account ends on a day to come, and none follows, is not told",
        still_open(_leaves_on_a_day_to_come),
    ),
    cis_fault(
        "cis_billed_by_one_all_along",
        "BSV-08",
        "quantities are asked for where the organisation bills on all days of the period alone",
        replaced(billing_requests, "is_billed_by", _bills_all_along),
    ),
    cis_fault(
        "cis_agent_of_first_day_counts",
        "BSV-08",
        "quantities are asked for where the organisation bills on the first day of the period",
        replaced(billing_requests, "is_billed_by", _agent_of_first_day),
    ),
    cis_fault(
        "cis_ten_sdps_asked_for",
        "BSV-02",
        "of the SDPs whose quantities are asked for at once those after the tenth are left out",
        asked_otherwise(lambda wanted, *_: wanted[:TEN]),
    ),
    cis_fault(
        "cis_vee_service_back_not_told",
        "ISY-17",
        "a VEE service that an SDP had before is not told when it comes again",
        _had_before("vee_service"),
    ),
    cis_fault(
        "cis_billing_cycle_back_not_told",
        "ISY-16",
        "a billing cycle that an SDP had before is not told when it comes again",
        _had_before("billing_cycle_id"),
    ),
    cis_fault(
        "cis_retailer_back_not_told",
        "ISY-21",
        "a retailer that an SDP had before is not told when it comes again",
        _had_before("energy_service_provider"),
    ),
    cis_fault(
        "cis_sixty_dates_published",
        "BSV-12",
        "of a schedule the first sixty dates alone are published",
        replaced(billing_cycle_schedule, "schedule_details", _first_dates),
    ),
    cis_fault(
        "cis_failed_audit_lost_in_restart",
        "ISY-05",
        "started again, the CIS has forgotten the P-Sync set that failed to load",
        forgotten(_failed_audits_forgotten),
    ),
    cis_fault(
        "cis_asked_in_vain_lost_in_restart",
        "USDP-18",
        "started again, the CIS has forgotten for which IDs no response has come",
        forgotten(lambda desk: desk.ids.asked.clear()),
    ),
    cis_fault(
        "cis_billed_again_lost_in_restart",
        "BRP-12",
        "started again, the CIS has forgotten what it had asked for, and asks for none of it to bill it again",
        together(
            forgotten(lambda desk: desk.requests.latest.clear()),
            replaced(instructions, "decide", _what_was_asked_for),
        ),
    ),
)
