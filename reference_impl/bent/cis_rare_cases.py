"""Faults of a CIS that show in rare cases alone: on one kind of day, the second time, after a restart, after nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day
from reference_impl.bent.bending import Application, Bent, replaced
from reference_impl.bent.cis_bending import Wanted, asked_otherwise, cis_beside, cis_fault
from reference_impl.bent.cis_sync_bending import INCREMENTAL, PERIODIC, entries_of_sets, held_back
from reference_impl.cis import (
    billing_cycle_schedule,
    billing_quantities,
    billing_requests,
    book,
    file_transfer,
    identifiers,
    instructions,
    periodic_audit,
    port,
    records,
    sequence,
)
from reference_impl.cis.book import Book, Sdp
from reference_impl.cis.file_transfer import Parties
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.records import Entry, HoldsFrom, Source
from reference_impl.cis.sequence import Outcome, Sequence
from reference_impl.cis.state import Desk, State

ONE_DAY = timedelta(days=1)
LONG_GONE = Day(date(1990, 1, 1))
MONTH = timedelta(days=31)
SUNDAY = 6
TOO_LATE_MINUTES = 65
MOST, HUNDRED = 3, 100


# --- Universal SDP IDs --------------------------------------------------------------------------------------


def _asked_for(wanted: Callable[[Sdp], bool]) -> Application:
    """Ask for IDs of some SDPs alone; virtual ones are always among them."""

    def make(original: Any) -> Any:
        def without_id(found: Book, ids: Identifiers) -> list[Any]:
            return [each for each in original(found, ids) if found.sdps[each].is_virtual or wanted(found.sdps[each])]

        return without_id

    return replaced(identifiers, "without_id", make)


def _until_exception(original: Any) -> Any:
    """Of a response nothing is read behind the first exception."""

    def take_response(details: Any, file: Any, ldc: Any, found: Any, ids: Any, matters: Any, codes: Any) -> None:
        issued = {codes[word] for word in identifiers.ISSUED}
        rows = list(details)
        first = next((place for place, row in enumerate(rows) if str(row["status"]) not in issued), len(rows))
        original(rows[: first + 1], file, ldc, found, ids, matters, codes)

    return take_response


# --- after a restart ----------------------------------------------------------------------------------------


def forgotten(forget: Callable[[Desk], None]) -> Application:
    """Something is forgotten whenever the CIS is started again."""

    def make(original: Any) -> Any:
        def take_up(self: port.Port, conversation: str) -> None:
            original(self, conversation)
            for desk in () if self.cis is None else self.cis.desks.values():
                forget(desk)

        return take_up

    return replaced(port.Port, "_take_up", make)


def _one_sequence_after_restart(original: Any) -> Any:
    """Started again, the sets of all LDCs go on from the highest number of any."""

    def take_up(self: port.Port, conversation: str) -> None:
        original(self, conversation)
        desks = [] if self.cis is None else list(self.cis.desks.values())
        highest = max((desk.sequence.next_number for desk in desks), default=0)
        for desk in desks:
            desk.sequence.next_number = highest

    return take_up


# --- file sets ----------------------------------------------------------------------------------------------


def _number_for_nothing(original: Any) -> Any:
    """Where there is nothing to tell a number is used all the same."""

    def tell(state: State, desk: Desk, wanted: Any) -> None:
        if not wanted:
            desk.sequence.next_number += 1
        original(state, desk, wanted)

    return tell


def _sunday_audit_numbered_ahead(original: Any) -> Any:
    """A P-Sync set of a Sunday leaves out a number."""

    def send_set(state: State, desk: Desk, extract: Any) -> None:
        if extract.kind == PERIODIC and state.now.weekday() == SUNDAY:
            desk.sequence.next_number += 1
        original(state, desk, extract)

    return send_set


def moved(kind: str | None, is_meant: Callable[[date], bool], by: timedelta, of_sets: str | None = None) -> Application:
    """Records of a kind, or all, begin another day where they begin on a certain one, in sets of one kind, or in all."""

    def change(entry: Entry) -> Entry:
        fields = dict(entry.fields)
        start = fields.get("start_date")
        if kind not in {None, entry.kind} or not isinstance(start, date) or not is_meant(start):
            return entry
        return entry._replace(fields=tuple({**fields, "start_date": Day(start + by)}.items()))

    def changed(entries: list[Entry], of: str) -> list[Entry]:
        return [change(entry) for entry in entries] if of_sets in {None, of} else entries

    return entries_of_sets(changed)


def _is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def _clocks_go_back(day: date) -> bool:
    return day.month == 11 and day.weekday() == SUNDAY and day.day <= 7


def _untold_where_known(original: Any) -> Any:
    """A value that an attribute had before is not told of when it comes again."""

    def enter(found: Book, sdp: Sdp, attribute: str, day: Day, value: Any) -> None:
        before = [each for _, each in sdp.histories.get(attribute, ())]
        original(found, sdp, attribute, day, value)
        if value in before:
            book.mark_told(found, sdp.sdp_id, {attribute: frozenset({day})})

    return enter


def _first_of_a_day(original: Any) -> Any:
    """Of two values of one day the one that was put on record first holds."""
    return lambda history, day, value: history if day in dict(history) else original(history, day, value)


def _ones_not_told(entries: list[Entry], kind: str) -> list[Entry]:
    """A multiplier of 1 that another one had been before is not told."""
    seen = [dict(entry.fields) for entry in entries if entry.kind == "sdp"]
    new = {each["universal_sdp_id"] for each in seen}
    return [
        entry
        for entry in entries
        if kind != INCREMENTAL
        or dict(entry.fields).get("parameter") != "CT_PT_MULTIPLIER"
        or dict(entry.fields)["value"] != "1"
        or dict(entry.fields)["universal_sdp_id"] in new
    ]


def _first_owners_alone(original: Any) -> Any:
    """Of a meter that another SDP had before nothing is told."""

    def meter_records(source: Source, sdp: Sdp, choice: Any) -> Any:
        for entry in original(source, sdp, choice):
            meter = dict(entry.fields).get("meter_id")
            others = [each for each in book.sdps_with_meter(source.book, str(meter)) if each.sdp_id != sdp.sdp_id]
            if not others or entry.kind != "sdp_to_meter":
                yield entry

    return meter_records


def _wrong_digits(entries: list[Entry], _: str) -> list[Entry]:
    """The registers of all meters have five digits."""
    return [
        entry._replace(fields=tuple({**dict(entry.fields), "value": "5"}.items()))
        if entry.kind == "meter_parameter"
        else entry
        for entry in entries
    ]


def _repeated_where_unheard(original: Any) -> Any:
    """While two sets have not been heard of, the next one has the number of the last."""

    def number_for(found: Sequence) -> int:
        unheard = [each for each in found.sent.values() if each.outcome is Outcome.WAITING]
        number: int = original(found)
        return number - 1 if len(unheard) > 1 else number

    return number_for


def _wipes_later(original: Any) -> Any:
    """What is put on record from a day on takes away whatever was from a later one."""
    return lambda history, day, value: tuple(each for each in original(history, day, value) if each[0] <= day)


def _regrouped_once(original: Any) -> Any:
    """That a virtual SDP comes to aggregate others is told once, and not again."""

    def leave_untold(found: Book, sdp_id: Any, days: Any) -> None:
        groups = found.sdps[sdp_id].histories.get("components", ()) if sdp_id in found.sdps else ()
        is_told = len(groups) > 1 + 1 and "components" in days
        original(found, sdp_id, {key: each for key, each in days.items() if key != "components" or not is_told})

    return leave_untold


# --- audits -------------------------------------------------------------------------------------------------


def _audited(is_left_out: Callable[[Sdp, Day], bool]) -> Application:
    """Some SDPs are left out of audits."""

    def make(original: Any) -> Any:
        return lambda source, day: [sdp for sdp in original(source, day) if not is_left_out(sdp, day)]

    return replaced(periodic_audit, "audited", make)


def _lost(attribute: str) -> Callable[[Sdp, Day], bool]:
    """Whether an SDP has had something, and has it no more."""

    def has_lost(sdp: Sdp, day: Day) -> bool:
        return bool(sdp.histories.get(attribute)) and book.value_on(sdp, attribute, day) is None

    return has_lost


def _sunday_audits_of_changes(original: Any) -> Any:
    """On a Sunday what an audit said before is left out of the next one."""
    said: dict[int, dict[Any, Any]] = {}

    def audited(source: Source, day: Day) -> list[Sdp]:
        found = original(source, day)
        before = said.get(id(source.book), {})
        said[id(source.book)] = {sdp.sdp_id: dict(sdp.histories) for sdp in found}
        left = [sdp for sdp in found if before.get(sdp.sdp_id) != sdp.histories]
        return left if before and day.weekday() == SUNDAY else found

    return audited


def _operated_by_agents(entries: list[Entry], kind: str) -> list[Entry]:
    """Audits say of each SDP that its billing agent is its AMI operator, too."""
    agents = {
        dict(entry.fields)["universal_sdp_id"]: dict(entry.fields)["organisation_id"]
        for entry in entries
        if entry.kind == "sdp_to_billing_agent"
    }

    def change(entry: Entry) -> Entry:
        fields = dict(entry.fields)
        agent = agents.get(fields.get("universal_sdp_id"))
        if kind != PERIODIC or entry.kind != "sdp_to_ami_operator" or agent is None:
            return entry
        return entry._replace(fields=tuple({**fields, "organisation_id": agent}.items()))

    return [change(entry) for entry in entries]


def all_ever(function: str, is_meant: Callable[[Any], bool]) -> Application:
    """Of some things audits say all that ever was."""

    def make(original: Any) -> Any:
        def found(source: Source, sdp: Sdp, *more: Any) -> Any:
            *what, choice = more
            ever = isinstance(choice, HoldsFrom) and is_meant(what[0] if what else None)
            return original(source, sdp, *what, HoldsFrom(LONG_GONE) if ever else choice)

        return found

    return replaced(records, function, make)


# --- billing ------------------------------------------------------------------------------------------------


def _days_once(original: Any) -> Any:
    """Of several cycles with the same days the first alone is published."""

    def changed(cycles: Any, schedule: Any) -> list[Any]:
        found: dict[Any, Any] = {}
        for cycle in original(cycles, schedule):
            found.setdefault((cycle.start, cycle.end), cycle)
        return list(found.values())

    return changed


def _not_moved_twice(original: Any) -> Any:
    """A date that was moved is not moved again."""

    def changed(cycles: Any, schedule: Any) -> list[Any]:
        found = original(cycles, schedule)
        return [each for each in found if (each.billing_cycle_id, each.start) not in schedule.former]

    return changed


def _in_months(wanted: list[Wanted], _: State, __: Desk) -> list[Wanted]:
    """A period of more than a month is asked for in two parts, with a day between them."""
    found: list[Wanted] = []
    for each in wanted:
        start, end = each.period.start, each.period.end
        if end - start > MONTH:
            middle = Day(start + MONTH)
            found.append(each._replace(period=each.period._replace(end=middle)))
            start = Day(middle + ONE_DAY)
        found.append(each._replace(period=each.period._replace(start=start)))
    return found


def _on_cycle_over_months(wanted: list[Wanted], _: State, __: Desk) -> list[Wanted]:
    """A period over the end of a month is asked for on cycle, however it was ordered."""
    return [
        each._replace(on_cycle=each.on_cycle or each.period.start.month != each.period.end.month) for each in wanted
    ]


def _with_last_version(wanted: list[Wanted], _: State, desk: Desk) -> list[Wanted]:
    """Once a response was recovered, whatever is asked for is asked for as of then."""
    versions = [each.version for each in desk.requests.made.values() if each.version is not None]
    return [each._replace(version=each.version or (versions[-1] if versions else None)) for each in wanted]


def _billed_once_changed_back(original: Any) -> Any:
    """Where the billing agent has changed twice it is taken for this organisation."""
    return lambda sdp, *more: original(sdp, *more) or len(sdp.histories.get("billing_agent", ())) > 1 + 1


def _unread(file_id: str) -> Application:
    """Of responses of one type those without quantities are not read."""

    def make(original: Any) -> Any:
        def take_response(file: Any, *more: Any) -> None:
            has_none = all(record["transaction_status"] == "02" for record in file.details)
            if file.name.file_id != file_id or not has_none:
                original(file, *more)

        return take_response

    return replaced(billing_quantities, "take_response", make)


def _first_days(original: Any) -> Any:
    """Of a period of more than a week that was closed the first week is asked for again."""

    def to_ask_again(*more: Any) -> list[Any]:
        week = timedelta(days=7)
        return [(period._replace(end=min(period.end, Day(period.start + week))), on) for period, on in original(*more)]

    return to_ask_again


def _half_read(file_id: str) -> Application:
    """Files of one type are acted upon though they came cut short."""

    def make(original: Any) -> Any:
        def is_whole(reading: Any) -> bool:
            is_meant = reading.name is not None and reading.file is not None and reading.name.file_id == file_id
            return bool(is_meant or original(reading))

        return is_whole

    return replaced(file_transfer, "is_whole", make)


def _most_is_all(original: Any) -> Any:
    """Who may submit most file types for an LDC is taken to be allowed to submit all."""
    every = ("1000", "3000", "4000", "5000", "8000")

    def may_submit(parties: Parties, ldc: Any, file_id: str) -> bool:
        may = parties.authorised.get(ldc, frozenset())
        return bool(original(parties, ldc, file_id) or (len(may) > MOST and file_id in every))

    return may_submit


CIS_RARE_FAULTS: tuple[Bent, ...] = (
    cis_fault("cis_customers_alone_asked", "USDP-18", "no ID is asked for an SDP without a customer", _asked_for(lambda sdp: "account_id" in sdp.histories)),
    cis_fault("cis_meters_alone_asked", "USDP-18", "no ID is asked for an SDP without a meter", _asked_for(lambda sdp: "meter" in sdp.histories)),
    cis_fault("cis_past_sdps_not_asked", "USDP-18", "no ID is asked for an SDP that was created on the last day of a year", _asked_for(lambda sdp: sdp.created is None or (sdp.created.month, sdp.created.day) != (12, 31))),
    cis_fault("cis_unread_behind_exception", "USDP-20", "what stands in a response behind an exception is not read", replaced(identifiers, "take_response", _until_exception)),
    cis_fault("cis_ids_lost_in_restart", "USDP-20", "started again, the CIS has forgotten the IDs that had come", forgotten(lambda desk: desk.ids.known.clear())),
    cis_fault("cis_agent_takes_most_for_all", "FTS-10", "who may submit all file types but one is taken to be allowed to submit that, too", replaced(file_transfer, "may_submit", _most_is_all)),
    cis_fault("cis_hundred_ids_at_most", "USDP-18", "of more than a hundred new SDPs a hundred are asked for", replaced(identifiers, "without_id", lambda original: lambda *more: original(*more)[:HUNDRED])),
    cis_fault("cis_number_repeated_unheard", "SEQ-02", "while two sets have not been heard of, the next one has the number of the last", replaced(sequence, "number_for", _repeated_where_unheard)),
    cis_fault("cis_one_sequence_after_restart", "SEQ-02", "started again, the CIS numbers the sets of all its LDCs on from the highest number of any", replaced(port.Port, "_take_up", _one_sequence_after_restart)),
    cis_fault("cis_number_for_nothing", "SEQ-02", "where there is nothing to tell a number is used all the same", replaced(instructions, "tell", _number_for_nothing)),
    cis_fault("cis_sunday_audit_skips_number", "SEQ-02", "a number is left out before a P-Sync set of a Sunday", replaced(instructions, "send_set", _sunday_audit_numbered_ahead)),
    cis_fault("cis_components_late", "SEQ-06", "file 07 leaves more than an hour late", held_back(lambda part: TOO_LATE_MINUTES if part.file_no == "07" else 0)),
    cis_fault("cis_change_back_not_told", "ISY-03", "a change back to what was before is not told", replaced(book, "enter", _untold_where_known)),
    cis_fault("cis_first_of_a_day_holds", "ISY-03", "of two values of one day the one that was put on record first is told", replaced(book, "with_value", _first_of_a_day)),
    cis_fault("cis_earlier_day_wipes_later", "ISY-03", "what is put on record from an earlier day takes away what was from a later one", replaced(book, "with_value", _wipes_later)),
    cis_fault("cis_regrouped_once", "SYN-13", "that a virtual SDP aggregates others is told once, and not again", replaced(book, "leave_untold", _regrouped_once)),
    cis_fault("cis_untold_lost_in_restart", "ISY-03", "started again, the CIS has forgotten what it had not told yet", forgotten(lambda desk: desk.book.untold.clear())),
    cis_beside("cis_register_digits_alike", "ISY-10", "the registers of all meters are told to have five digits", entries_of_sets(_wrong_digits)),
    cis_fault("cis_meter_of_another_not_told", "ISY-12", "that an SDP has a meter which another one had before is not told", replaced(records, "meter_records", _first_owners_alone)),
    cis_fault("cis_leap_day_cycle_a_day_late", "ISY-16", "a billing cycle from 29 February on is told from 1 March", moved("sdp_parameter", _is_leap_day, ONE_DAY)),
    cis_fault("cis_multiplier_of_one_not_told", "ISY-18", "a multiplier that comes to be 1 is not told", entries_of_sets(_ones_not_told)),
    cis_fault("cis_account_before_clocks_go_back", "ISY-19", "an account from the day on which clocks go back is told from the day before", moved("sdp_to_account", _clocks_go_back, -ONE_DAY)),
    cis_fault("cis_audit_without_lost_meters", "PSY-01", "SDPs whose meter was removed are left out", _audited(_lost("meter"))),
    cis_fault("cis_audit_without_left_customers", "PSY-01", "SDPs whose customer has left are left out", _audited(_lost("account_id"))),
    cis_fault("cis_sunday_audit_of_changes", "PSY-01", "on Sundays SDPs of which the audit before said the same are left out", replaced(periodic_audit, "audited", _sunday_audits_of_changes)),
    cis_fault("cis_audit_operated_by_agents", "PSY-01", "the billing agent is told as the AMI operator, too", entries_of_sets(_operated_by_agents)),
    cis_fault("cis_audit_with_retailers_gone", "PSY-04", "an audit tells of retailers that have left", all_ever("part_records", lambda part: part.kind == "sdp_to_energy_service_provider")),
    cis_fault("cis_audit_with_components_gone", "PSY-04", "an audit tells of components that have left", all_ever("component_records", lambda _: True)),
    cis_fault("cis_cycles_of_same_days_once", "BSV-12", "of several cycles with the same days the first alone is published", replaced(billing_cycle_schedule, "changed", _days_once)),
    cis_fault("cis_schedule_lost_in_restart", "BSV-04", "started again, the CIS has forgotten the schedule, and changes any date", forgotten(lambda desk: desk.schedule.ends.clear())),
    cis_fault("cis_date_moved_once", "BSV-04", "a date that was moved is not moved again", replaced(billing_cycle_schedule, "changed", _not_moved_twice)),
    cis_fault("cis_long_period_with_a_gap", "BSV-09", "a period of more than a month is asked for in parts with a day between them", asked_otherwise(_in_months)),
    cis_fault("cis_on_cycle_over_months", "BSV-02", "a period over the end of a month is asked for on cycle", asked_otherwise(_on_cycle_over_months)),
    cis_fault("cis_version_stays", "BSV-10", "after a response was recovered all requests carry its version", asked_otherwise(_with_last_version)),
    cis_fault("cis_billed_once_changed_back", "BSV-08", "where the billing agent has changed twice quantities are asked for whoever bills", replaced(billing_requests, "is_billed_by", _billed_once_changed_back)),
    cis_fault("cis_closed_by_time_of_use_unread", "WIN-11", "responses 6000 without quantities are not read", _unread("6000")),
    cis_fault("cis_closed_lost_in_restart", "WIN-11", "started again, the CIS has forgotten what was closed", forgotten(lambda desk: desk.requests.closed.clear())),
    cis_fault("cis_first_week_of_closed_again", "WIN-11", "of a closed period the first week is asked for again", replaced(billing_requests, "to_ask_again", _first_days)),
    cis_fault("cis_cut_time_of_use_used", "FTS-16", "responses 6000 are acted upon though they came cut short", _half_read("6000")),
)  # fmt: skip
"""As rows of a table: id, rule, what it does, and how."""
