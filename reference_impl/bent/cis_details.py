"""Faults of a CIS in one detail alone: a record in the file, a digit of an ID, one type of file, one of several LDCs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day, day_of
from reference_impl.bent.bending import Application, Bent, renamed, replaced, text_changed, together
from reference_impl.bent.cis_bending import (
    Wanted,
    asked_otherwise,
    cis_beside,
    cis_fault,
    rows_of_requests,
    submitted,
    whoever_bills,
)
from reference_impl.bent.cis_rare_cases import forgotten, moved
from reference_impl.bent.cis_sync_bending import INCREMENTAL, PERIODIC, entries_of_sets
from reference_impl.cis import (
    billing_cycle_schedule,
    billing_quantities,
    billing_requests,
    book,
    file_transfer,
    identifiers,
    incremental,
    instructions,
    records,
)
from reference_impl.cis.billing_cycle_schedule import Schedule
from reference_impl.cis.billing_requests import Period, Requests
from reference_impl.cis.book import Book, Sdp
from reference_impl.cis.cis import Cis
from reference_impl.cis.file_transfer import Parties
from reference_impl.cis.identifiers import Identifiers
from reference_impl.cis.records import Entry, HoldsFrom
from reference_impl.cis.sequence import Outcome
from reference_impl.cis.state import Desk, State, Submission

NAMED = "FN|"
SUNDAY = 6
APRIL, OCTOBER = 4, 10
NO_ID = "0"
COMPONENTS = 3
LINES = 3
ONE_DAY = timedelta(days=1)
OFF_CYCLE = "|F|"


# --- names and versions -------------------------------------------------------------------------------------


def _stated(
    file_id: str, change: Callable[[str], str], is_meant: Callable[[Submission], bool] = lambda _: True
) -> Application:
    """The File Name Record of files of one type states another name than theirs."""

    def changed(file: Submission) -> list[Submission]:
        if not is_meant(file):
            return [file]
        return [text_changed(file, lambda text: text.replace(f"{NAMED}{file.name}", f"{NAMED}{change(file.name)}", 1))]

    return submitted(file_id, changed)


def _of_later_sets() -> Callable[[Submission], bool]:
    """Whether a file is of a set after the first of its LDC and submitter."""
    first: dict[tuple[str, str], str] = {}

    def is_later(file: Submission) -> bool:
        ldc, you, *_, tx_id, _file_no, _segment_no, _ending = file.name.split(".")
        return first.setdefault((ldc, you), tx_id) != tx_id

    return is_later


def _is_of_sunday(file: Submission) -> bool:
    return file.instant.weekday() == SUNDAY


def _submitter_first(file: Submission) -> list[Submission]:
    """The submitter stands in a name as the LDC, too."""
    _, you, *more = file.name.split(".")
    return [renamed(file, lambda _: ".".join([you, you, *more]))]


def in_version(file_id: str, version: str, is_meant: Callable[[Submission], bool]) -> Application:
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

    return in_version("8000", version, is_later)


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


# --- file sets ----------------------------------------------------------------------------------------------


def _is(month: int, day: int) -> Callable[[date], bool]:
    return lambda found: (found.month, found.day) == (month, day)


def _vee_wipes_later(original: Any) -> Any:
    """A VEE service from a day on takes away whatever was from a later one."""

    def enter(found: Book, sdp: Sdp, attribute: str, day: Day, value: Any) -> None:
        if attribute == "vee_service":
            history = sdp.histories.get(attribute, ())
            sdp.histories[attribute] = tuple(each for each in history if each[0] <= day)
        original(found, sdp, attribute, day, value)

    return enter


def _one_zone(original: Any) -> Any:
    """Time of use is that of the Eastern time zone."""
    return lambda attribute, value, codes: original(
        attribute, "tou_cpp_est" if value == "tou_cpp_cst" else value, codes
    )


def _last_agent_alone(original: Any) -> Any:
    """Of several billing agents that are untold the last is told, and the others with the next set."""

    def untold(source: Any, withheld: Any) -> Any:
        return {
            sdp: {name: frozenset({max(days)}) if name == "billing_agent" else days for name, days in found.items()}
            for sdp, found in original(source, withheld).items()
        }

    return untold


def changed_field(field: str, change: Callable[[str], str], parameter: str | None = None) -> Application:
    """A field of records is told otherwise; of parameters that of one alone."""

    def new(entry: Entry) -> Entry:
        fields = dict(entry.fields)
        value = fields.get(field)
        if not isinstance(value, str) or fields.get("parameter") != parameter:
            return entry
        return entry._replace(fields=tuple({**fields, field: change(value)}.items()))

    return entries_of_sets(lambda entries, _: [new(entry) for entry in entries])


def _forgets_untold(original: Any) -> Any:
    """With a rejection whatever is untold is forgotten."""

    def deliver(cis: Cis, recipient: Any, name: str, content: bytes) -> None:
        original(cis, recipient, name, content)
        for desk in cis.desks.values() if name.split(".")[2] == "IR10" else ():
            desk.book.untold.clear()

    return deliver


def _numbers_by_year(original: Any) -> Any:
    """The first set of a year has number 1."""

    def send_set(state: State, desk: Desk, extract: Any) -> None:
        latest = max((each.sent for each in desk.sequence.sent.values()), default=state.now)
        if latest.year != state.now.year:
            desk.sequence.next_number = 1
        original(state, desk, extract)

    return send_set


def _sets_like_requests(original: Any) -> Any:
    """Who may submit requests 5000 is taken to be allowed to submit file sets, too."""

    def may_submit(parties: Parties, ldc: Any, file_id: str) -> bool:
        is_set = file_id in {INCREMENTAL, PERIODIC}
        return bool(original(parties, ldc, file_id) or (is_set and original(parties, ldc, "5000")))

    return may_submit


def _first_alone(attribute: str) -> Application:
    """Of several values of an attribute that are untold the first is told, and the others with the next set."""

    def make(original: Any) -> Any:
        def untold(source: Any, withheld: Any) -> Any:
            return {
                sdp: {name: frozenset({min(days)}) if name == attribute else days for name, days in found.items()}
                for sdp, found in original(source, withheld).items()
            }

        return untold

    return replaced(incremental, "untold", make)


def _modules_once_there(original: Any) -> Any:
    """The communication module of a meter is told once the meter is there."""

    def extract(source: Any, wanted: Any, moment: Any) -> Any:
        found = original(source, wanted, moment)
        later = {
            dict(entry.fields)["communication_module_id"]
            for entry in found.entries
            if entry.kind == "meter_to_communication_module" and dict(entry.fields)["start_date"] > day_of(moment)
        }
        left = [each for each in found.entries if dict(each.fields).get("communication_module_id") not in later]
        return dataclasses.replace(found, entries=tuple(left))

    return extract


def _virtual_at_once(original: Any) -> Any:
    """A virtual SDP is told of as soon as it has its ID, whatever those that it aggregates have."""
    return lambda source, sdp: original(source, sdp) or (sdp.is_virtual and sdp.sdp_id in source.ids)


def _under_number_of_its_own(original: Any) -> Any:
    """A component without an ID is told of under a number of the CIS's own."""

    def component_records(source: Any, sdp: Sdp, choice: Any) -> Any:
        ids = {**dict.fromkeys(records.components(sdp), NO_ID), **source.ids}
        return original(dataclasses.replace(source, ids=ids), sdp, choice)

    return component_records


def _in_summer_time(file: Submission) -> list[Submission]:
    """From April to October names are dated an hour ahead."""
    ldc, you, kind, version, made, *more = file.name.split(".")
    if not APRIL <= file.instant.month <= OCTOBER:
        return [file]
    hour = f"{file.instant.hour + 1:02}"
    return [renamed(file, lambda _: ".".join([ldc, you, kind, version, made[:8] + hour + made[10:], *more]))]


# --- audits -------------------------------------------------------------------------------------------------


def _audits_without(kind: str) -> Application:
    """Records of a kind are left out of audits."""
    return entries_of_sets(lambda entries, of: [each for each in entries if of != PERIODIC or each.kind != kind])


def _moved_in_audits(is_meant: Callable[[date], bool]) -> Application:
    """What begins on a certain day begins a day later in audits."""
    return moved(None, is_meant, ONE_DAY, PERIODIC)


def _without_withheld(original: Any) -> Any:
    """SDPs of which an attribute waits for a person are left out of audits."""

    def audit(state: State, desk: Desk) -> None:
        waiting = {sdp: desk.book.sdps.pop(sdp) for sdp, _ in desk.withheld if sdp in desk.book.sdps}
        original(state, desk)
        desk.book.sdps.update(waiting)

    return audit


def _once_all_is_heard_of(original: Any) -> Any:
    """No audit is made while nothing was heard of a set."""

    def audit(state: State, desk: Desk) -> None:
        if all(each.outcome is not Outcome.WAITING for each in desk.sequence.sent.values()):
            original(state, desk)

    return audit


def _once_a_day(original: Any) -> Any:
    """Of two audits on one day the first alone is made."""

    def audit(state: State, desk: Desk) -> None:
        sent = [each for each in desk.sequence.sent.values() if each.extract.kind == PERIODIC]
        if not any(day_of(each.sent) == day_of(state.now) for each in sent):
            original(state, desk)

    return audit


def _first_components(original: Any) -> Any:
    """Audits say of a virtual SDP which others it aggregated first."""

    def component_records(source: Any, sdp: Sdp, choice: Any) -> Any:
        first = {source.ids[each] for each in records.components_in(book.spans(sdp, ("components",))[0])}
        for entry in original(source, sdp, choice):
            component = dict(entry.fields).get("component_universal_sdp_id")
            if not isinstance(choice, HoldsFrom) or component is None or component in first:
                yield entry

    return component_records


# --- billing ------------------------------------------------------------------------------------------------


def _ended_otherwise(is_meant: Callable[[date], bool], by: timedelta) -> Application:
    """Requests for a period whose last day is a certain one end some days too early, or too late."""

    def change(wanted: list[Wanted], _: State, __: Desk) -> list[Wanted]:
        return [
            each._replace(period=each.period._replace(end=Day(each.period.end + by)))
            if is_meant(each.period.end - ONE_DAY)
            else each
            for each in wanted
        ]

    return asked_otherwise(change)


def _last_of_three_off_cycle(wanted: list[Wanted], _: State, __: Desk) -> list[Wanted]:
    """The last of three lines or more is asked for off cycle."""
    return [*wanted[:-1], wanted[-1]._replace(on_cycle=False)] if len(wanted) >= LINES else wanted


def _sundays_off_cycle(wanted: list[Wanted], state: State, _: Desk) -> list[Wanted]:
    """What is ordered on a Sunday is asked for off cycle."""
    return [each._replace(on_cycle=each.on_cycle and state.now.weekday() != SUNDAY) for each in wanted]


def _moved_one_at_a_time(original: Any) -> Any:
    """Of several dates that are moved the first alone is sent."""

    def changed(cycles: Any, schedule: Schedule) -> list[Any]:
        found = original(cycles, schedule)
        later = [each for each in found if (each.billing_cycle_id, each.start) in schedule.ends][1:]
        return [each for each in found if each not in later]

    return changed


def _begun_left_out(original: Any) -> Any:
    """Periods that have begun are left out of a schedule."""

    def publish(state: State, desk: Desk, cycles: Any) -> None:
        original(state, desk, [each for each in cycles if each.start > day_of(state.now)])

    return publish


def _answered_again(original: Any) -> Any:
    """With what was closed also what was answered for these days is asked for again."""

    def to_ask_again(requests: Requests, sdps: Any, corrected: Any) -> list[Any]:
        found = original(requests, sdps, corrected)
        answered = [
            (period, requests.made[latest].on_cycle)
            for period, latest in requests.latest.items()
            if latest not in requests.active and period not in requests.closed and period.sdp_id in sdps
        ]
        return [*found, *answered]

    return to_ask_again


def _last_closed_alone(original: Any) -> Any:
    """Of the periods of an SDP that were closed the last alone is kept in mind."""

    def close(requests: Requests, period: Period, detail_id: Any) -> bool:
        is_news: bool = original(requests, period, detail_id)
        others = [each for each in requests.closed if is_news and each.sdp_id == period.sdp_id and each != period]
        for each in others:
            requests.closed.pop(each)
        return is_news

    return close


def _half_read(original: Any) -> Any:
    """An IR07 is acted upon though its End Of File record is missing."""
    return lambda reading: original(reading) or (reading.file is not None and reading.name.file_id == "IR07")


def _last_part_alone(original: Any) -> Any:
    """Of several sub-periods the last alone is kept."""

    def keep(quantities: Any, period: Any, detail_id: Any, parts: Any, *, is_demand: bool) -> None:
        original(quantities, period, detail_id, dict([max(parts.items())]), is_demand=is_demand)

    return keep


CIS_DETAIL_FAULTS: tuple[Bent, ...] = (
    cis_fault("cis_later_sets_state_lower_case", "FTS-01", "the File Name Record of I-Sync files states their name in lower case, but for the first set", _stated("4000", str.lower, _of_later_sets())),
    cis_fault("cis_audits_state_no_ending", "FTS-01", "the File Name Record of P-Sync files states their name without its end", _stated("3000", lambda name: name.removesuffix(".DAT"))),
    cis_fault("cis_schedules_state_lower_case", "FTS-01", "the File Name Record of schedules states their name in lower case", _stated("8000", str.lower)),
    cis_fault("cis_requests_state_no_ending", "FTS-01", "the File Name Record of requests 5000 states their name without its end", _stated("5000", lambda name: name.removesuffix(".DAT"))),
    cis_fault("cis_schedules_of_agent_as_its_own", "FTS-01", "an agent's schedules name the agent as the LDC", submitted("8000", _submitter_first)),
    cis_fault("cis_quantity_requests_of_agent_as_its_own", "FTS-01", "an agent's requests 5000 name the agent as the LDC", submitted("5000", _submitter_first)),
    cis_fault("cis_off_cycle_in_next_version", "FTS-07", "requests 5000 off cycle are sent in version 01", in_version("5000", "01", lambda file: OFF_CYCLE in file.content.decode())),
    cis_fault("cis_schedule_updates_in_next_version", "FTS-07", "schedules that follow another are sent in version 01", _updates_in_version("01")),
    cis_fault("cis_sunday_changes_in_next_version", "FTS-07", "incremental synchronizations of a Sunday are sent in version 01", in_version("4000", "01", _is_of_sunday)),
    cis_fault("cis_sunday_schedules_in_next_version", "FTS-07", "schedules of a Sunday are sent in version 01", in_version("8000", "01", _is_of_sunday)),
    cis_fault("cis_sunday_audits_in_former_version", "FTS-07", "P-Sync sets of a Sunday are sent in version 00", in_version("3000", "00", _is_of_sunday)),
    cis_fault("cis_request_zeros_dropped", "USDP-01", "zeros with which an SDP ID begins are left out of requests", rows_of_requests(lambda rows, _: [[*row[:2], row[2].lstrip("0"), *row[3:]] for row in rows])),
    cis_fault("cis_virtual_of_three_not_asked", "USDP-06", "no ID is asked for a virtual SDP that aggregates three", replaced(identifiers, "without_id", _large_ones_unasked)),
    cis_fault("cis_one_ldc_at_a_time", "USDP-18", "an agent asks for no IDs of one LDC while it waits for those of another", replaced(instructions, "request_universal_sdp_ids", _one_ldc_at_a_time)),
    cis_fault("cis_exception_stops_requests", "USDP-18", "while an SDP is an exception no ID is asked for any other", replaced(instructions, "request_universal_sdp_ids", _stopped_by_exceptions)),
    cis_fault("cis_already_issued_is_an_exception", "USDP-20", "an ID that had been issued before is taken for an exception", replaced(identifiers, "ISSUED", lambda _: ("issued",))),
    cis_fault("cis_first_response_of_a_day", "USDP-20", "of the responses of a day the first alone is read", replaced(identifiers, "take_response", _first_of_the_day)),
    cis_fault("cis_vee_change_wipes_later", "ISY-17", "a VEE service from an earlier day takes away the one from a later day", replaced(book, "enter", _vee_wipes_later)),
    cis_fault("cis_end_of_february_cycle_late", "ISY-16", "a billing cycle from 28 February on is told from the day after", moved("sdp_parameter", _is(2, 28), ONE_DAY, INCREMENTAL)),
    cis_fault("cis_new_year_cycle_early", "ISY-16", "a billing cycle from 1 January on is told from 31 December", moved("sdp_parameter", _is(1, 1), -ONE_DAY, INCREMENTAL)),
    cis_fault("cis_last_agent_alone", "ISY-20", "of two billing agents to come the last alone is told", replaced(incremental, "untold", _last_agent_alone)),
    cis_fault("cis_multiplier_of_three_digits", "ISY-18", "multipliers are cut after three digits", changed_field("value", lambda value: value[:3], "CT_PT_MULTIPLIER")),
    cis_fault("cis_one_time_zone", "ISY-15", "time of use in the Central time zone is told as that in the Eastern one", replaced(records, "coded", _one_zone)),
    cis_fault("cis_accounts_cut", "ISY-19", "accounts are cut after ten characters", changed_field("account_id", lambda value: value[:10])),
    cis_fault("cis_account_zeros_dropped", "ISY-19", "zeros with which an account begins are left out", changed_field("account_id", lambda value: value.lstrip("0"))),
    cis_fault("cis_untold_lost_in_rejection", "ISY-03", "with a rejection what was not told yet is forgotten", replaced(Cis, "deliver", _forgets_untold)),
    cis_fault("cis_numbers_by_year", "SEQ-02", "the first set of a year has number 1", replaced(instructions, "send_set", _numbers_by_year)),
    cis_fault("cis_rejected_lost_in_restart", "SEQ-08", "started again, the CIS has forgotten which sets were rejected", forgotten(lambda desk: desk.sequence.to_repeat.clear())),
    cis_fault("cis_agent_takes_requests_for_sets", "SYN-10", "an authorisation for requests 5000 is taken for one for file sets", replaced(file_transfer, "may_submit", _sets_like_requests)),
    cis_fault("cis_audit_without_register_digits", "PSY-01", "audits leave out how many digits registers have", _audits_without("meter_parameter")),
    cis_beside("cis_audit_without_formulas", "PSY-01", "audits leave out the formulas of virtual SDPs", _audits_without("channel_to_formula")),
    cis_fault("cis_audit_leap_day_late", "PSY-01", "what begins on 29 February begins on 1 March in audits", _moved_in_audits(_is(2, 29))),
    cis_fault("cis_audit_end_of_year_late", "PSY-01", "what begins on 31 December begins on 1 January in audits", _moved_in_audits(_is(12, 31))),
    cis_fault("cis_audit_without_withheld", "PSY-01", "SDPs of which an attribute could not be updated are left out", replaced(instructions, "audit", _without_withheld)),
    cis_fault("cis_audit_waits_for_reports", "PSY-08", "no audit is made while nothing was heard of the set before", replaced(instructions, "audit", _once_all_is_heard_of)),
    cis_fault("cis_leap_day_left_out", "BSV-09", "a period until 29 February is asked for without that day", _ended_otherwise(_is(2, 29), -ONE_DAY)),
    cis_fault("cis_leap_day_asked_for", "BSV-09", "a period until 28 February is asked for up to the end of the month", _ended_otherwise(lambda day: _is(2, 28)(day) and _is(2, 29)(day + ONE_DAY), ONE_DAY)),
    cis_fault("cis_last_of_three_off_cycle", "BSV-02", "the last of three lines is asked for off cycle", asked_otherwise(_last_of_three_off_cycle)),
    cis_fault("cis_one_date_moved_at_a_time", "BSV-04", "of two dates that are moved the first alone is sent", replaced(billing_cycle_schedule, "changed", _moved_one_at_a_time)),
    cis_fault("cis_begun_periods_not_published", "BSV-12", "periods that have begun are left out of the schedule", replaced(instructions, "publish_billing_schedule", _begun_left_out)),
    cis_fault("cis_virtual_asked_whoever_bills", "BSV-08", "quantities of virtual SDPs are asked for whoever bills", replaced(billing_requests, "is_billed_by", lambda original: lambda sdp, *more: sdp.is_virtual or original(sdp, *more))),
    cis_fault("cis_closed_asked_whoever_bills", "BSV-08", "what was closed is asked for again whoever bills", replaced(instructions, "problem_corrected", whoever_bills)),
    cis_fault("cis_answered_with_closed_again", "WIN-11", "with what was closed also what was answered is asked for again", replaced(billing_requests, "to_ask_again", _answered_again)),
    cis_fault("cis_last_closed_of_an_sdp", "WIN-11", "of several periods of an SDP that were closed the last alone is asked for again", replaced(billing_requests, "close", _last_closed_alone)),
    cis_fault("cis_listed_lost_in_restart", "BRP-11", "started again, the CIS has forgotten what BR06 listed", forgotten(lambda desk: desk.requests.closed.clear())),
    cis_fault("cis_cut_exceptions_used", "FTS-16", "an IR07 is acted upon though it came without its End Of File record", replaced(file_transfer, "is_whole", _half_read)),
    cis_fault("cis_last_sub_period_alone", "SUM-07", "of several sub-periods the last alone is kept", replaced(billing_quantities, "keep", _last_part_alone)),
    cis_fault("cis_quantities_lost_in_restart", "SUM-07", "started again, the CIS has forgotten the quantities that came", forgotten(lambda desk: desk.quantities.answers.clear())),
    cis_fault("cis_first_cycle_alone", "ISY-16", "of two billing cycles that are untold the first alone is told", _first_alone("billing_cycle_id")),
    cis_fault("cis_first_meter_alone", "ISY-10", "of two meters that are untold the first alone is told", _first_alone("meter")),
    cis_fault("cis_modules_once_there", "ISY-04", "the communication module of a meter to come is left out", replaced(incremental, "extract", _modules_once_there)),
    cis_fault("cis_virtual_before_its_components", "USDP-15", "a virtual SDP is told of with a component that has no ID, under a number of the CIS's own", together(replaced(incremental, "can_be_synchronized", _virtual_at_once), replaced(records, "component_records", _under_number_of_its_own))),
    cis_beside("cis_names_in_summer_time", "FTS-01", "from April to October names are dated an hour ahead", submitted("1000", _in_summer_time)),
    cis_fault("cis_audit_once_a_day", "PSY-08", "of two audits on one day the first alone is made", replaced(instructions, "audit", _once_a_day)),
    cis_fault("cis_audit_with_first_components", "PSY-01", "audits say of a virtual SDP which others it aggregated first", replaced(records, "component_records", _first_components)),
    cis_fault("cis_sundays_off_cycle", "BSV-02", "what is ordered on a Sunday is asked for off cycle", asked_otherwise(_sundays_off_cycle)),
)  # fmt: skip
"""As rows of a table: id, rule, what it does, and how."""
