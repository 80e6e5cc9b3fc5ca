"""Faults that show in the second of two, the last of several, a copy, one detail, or on one kind of day alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day, Instant, day_of, later
from reference_impl.bent.bending import Application, Bent, beside, fault, only, replaced, text_changed, together
from reference_impl.bent.loading import check_kept, outcome_changed
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    billing_staging,
    file_transfer,
    identifiers,
    meter_data,
    on_demand_estimation,
    repository,
    schedule,
    segmentation,
    sequence,
)
from reference_impl.repository import synchronization_reports as reports
from reference_impl.repository.master_directory import value_on

REPORTS = ("BR01", "BR03", "BR04", "BR05", "BR06")
_SUNDAY = 6
_ASSIGNMENT_MINUTES = 15


# --- Universal SDP IDs ------------------------------------------------------------------------------------------


def _looked_up(change: Callable[[str], str]) -> Application:
    """SDP IDs are told apart by a part of them alone."""
    return replaced(identifiers, "pair_of", lambda _: lambda ldc, sdp_id: (ldc, change(str(sdp_id))))


def _begun_with(original: Any) -> Any:
    def issue(line: Any, ids: Any) -> Any:
        for (ldc, sdp_id), issued in ids.issued.items():
            if ldc == line.ldc and sdp_id != line.sdp_id and sdp_id.startswith(line.sdp_id):
                return identifiers.Assignment(line, issued, identifiers.AssignmentStatus.ALREADY_ISSUED)
        return original(line, ids)

    return issue


def _alike(identifier: str, text: str, apply: Application) -> Bent:
    return dataclasses.replace(fault(identifier, "USDP-02", text, apply), rules=("USDP-02", "USDP-03"))


# --- what is sent -----------------------------------------------------------------------------------------------


def _sent_otherwise(change: Callable[[Any, Any, str, list[Any]], list[Any] | None]) -> Application:
    """Files have other records, or are not sent: `change` is given the repository's LDC, recipient, type and records."""

    def make(original: Any) -> Any:
        def send(here: Any, ldc: Any, recipient: Any, file_id: str, header: Any, details: Any) -> Any:
            every = change(ldc, recipient, file_id, list(details))
            return "" if every is None else original(here, ldc, recipient, file_id, header, every)

        return send

    return replaced(repository.Repository, "send", make)


def _of_one_ldc(original: Any) -> Any:
    """What an agent gets as billing agent of one LDC's SDPs; that of any other LDC goes to the LDC."""

    def send(here: Any, ldc: Any, recipient: Any, file_id: str, header: Any, details: Any) -> Any:
        is_quantities = file_id in {"6000", "6100", "6200"} and ldc != min(here.directories)
        return original(here, ldc, ldc if is_quantities else recipient, file_id, header, details)

    return send


def _without_the_last(file_id: str) -> Application:
    """An agent's copy of a file lacks the last of several records."""

    def change(ldc: Any, recipient: Any, kind: str, every: list[Any]) -> list[Any]:
        return every[:-1] if kind == file_id and recipient != ldc and len(every) > 1 else every

    return _sent_otherwise(change)


def _to_the_first_agent_alone(original: Any) -> Any:
    return lambda here, report, ldc: original(here, report, ldc)[:2]


def _counted(file_id: str, change: int) -> Application:
    """The End Of File record of a file with several details counts otherwise."""

    def counted(text: str) -> str:
        lines = text.split("\r\n")
        places = [number for number, line in enumerate(lines) if line.startswith("EF|")]
        if sum(line.startswith("DT|") for line in lines) > 1 and places:
            code, _, number = lines[places[-1]].partition("|")
            lines[places[-1]] = f"{code}|{int(number) + change:0{len(number)}}"
        return "\r\n".join(lines)

    return only(file_id, lambda file: text_changed(file, counted))


def _named_by(clock: Callable[[Instant], Instant]) -> Application:
    """Names are dated by another clock."""

    def make(original: Any) -> Any:
        def name(ldc: Any, recipient: Any, file_id: str, moment: Any, *others: Any) -> Any:
            return original(ldc, recipient, file_id, clock(moment), *others)

        return name

    return replaced(file_transfer, "outgoing_name", make)


def _on_the_wall_on_the_day_of_change(moment: Instant) -> Instant:
    """An hour ahead from 02:00 until midnight of the day in March on which clocks are moved."""
    is_day = moment.month == 3 and moment.weekday() == _SUNDAY and 8 <= moment.day <= 14
    return later(moment, hours=1) if is_day and 2 <= moment.hour < 23 else moment


def _year_of_the_week(moment: Instant) -> Instant:
    return Instant(moment.replace(year=moment.isocalendar().year))


def _in_the_order_of_digits(original: Any) -> Any:
    def turn_of(arriving: Any, expected: int) -> Any:
        turn = original(arriving, expected)
        if turn is sequence.Turn.HELD and str(arriving.manifest.sequence_number) < str(expected):
            return sequence.Turn.PAST
        return turn

    return turn_of


# --- IR06 and IR07 ----------------------------------------------------------------------------------------------


def _one_each(of: Callable[[Any], Any]) -> Application:
    """Of the exceptions that are alike in something the first alone stands in IR07."""

    def change(outcome: Any, *_: Any) -> Any:
        first: dict[Any, Any] = {}
        for failure in outcome.failures:
            first.setdefault(of(failure.update.key), failure)
        return dataclasses.replace(outcome, failures=tuple(first.values()))

    return outcome_changed(change)


def _records(name: str, kind: str, change: Callable[[int, dict[str, Any]], dict[str, Any]]) -> Application:
    """Records of a report's kind are changed: `change` is given the number of each, from 1."""

    def make(original: Any) -> Any:
        def details(*arguments: Any) -> Iterator[Any]:
            number = 0
            for each, fields in original(*arguments):
                number += each == kind
                yield each, change(number, dict(fields)) if each == kind and isinstance(fields, dict) else fields

        return details

    return replaced(reports, name, make)


def _day_before(fields: dict[str, Any]) -> dict[str, Any]:
    end = fields["effective_to"]
    return {**fields, "effective_to": None if end is None else Day(end - timedelta(days=1))}


def _completed_all_the_same(original: Any) -> Any:
    def record(processed: Any, extracted: Any, outcome: Any, profile: Any) -> Any:
        fields = original(processed, extracted, outcome, profile)
        several = len(outcome.failures) > 1
        return {**fields, "status": profile.codes["sync_status"]["completed"]} if several else fields

    return record


# --- checks of the loader ---------------------------------------------------------------------------------------


def _not_of_later_segments(_: Any, found: list[Any]) -> Iterable[Any]:
    return [each for each in found if each.file is None or each.file.split(".")[-2] == "01"]


def _of_one_sdp_alone(staging: Any, found: list[Any]) -> Iterable[Any]:
    changed = {record["universal_sdp_id"] for _, record in staging.of_kind("sdp_to_meter")}
    return found if len(changed) < 2 else []


# --- quantities -------------------------------------------------------------------------------------------------


def _hours_of(minutes: int, energy: Callable[[Any], Any]) -> Application:
    """The energy of an hour is taken otherwise from intervals of so many minutes, ``[hour, interval]``."""

    def make(original: Any) -> Any:
        def hours(held: Any, last: Any) -> Any:
            wh, eligible = original(held, last)
            shorter = held is not None and held.minutes == minutes
            return energy(held.wh.reshape(24, -1)) if shorter else wh, eligible

        return hours

    return replaced(meter_data, "_hours_of_day", make)


def _in_tens(name: str) -> Application:
    def make(original: Any) -> Any:
        def record(*arguments: Any) -> Any:
            found = original(*arguments)
            return {**found, name: None if found[name] is None else (found[name] + 5) // 10 * 10}

        return record

    return replaced(billing_quantities, "demand_record", make)


def _five_digits(original: Any) -> Any:
    def register(*arguments: Any) -> Any:
        found = original(*arguments)
        return None if found is None else found._replace(digits=5)

    return register


def _from_the_hour(original: Any) -> Any:
    return lambda data, sdp, first, last: original(data, sdp, first.replace(minute=0), last.replace(minute=0))


def _first_alone(original: Any) -> Any:
    return lambda history, start, end: set(sorted(original(history, start, end))[:1])


def _where_another_comes(original: Any) -> Any:
    def events(history: Any, start: Any, end: Any) -> set[Any]:
        before = value_on(history, start)
        return {day for day in original(history, start, end) if value_on(history, day) != before}

    return events


def _as_delivered(original: Any) -> Any:
    """What is recovered of a former response is all but its status, which says that it is delivered."""

    def recovered(*arguments: Any) -> Any:
        found = original(*arguments)
        if found is None:
            return None
        records = {
            file_type: tuple({**fields, "transaction_status": "00"} for fields in every)
            for file_type, every in found.records.items()
        }
        return dataclasses.replace(found, records=records)

    return recovered


def _once_for_each_refused(original: Any) -> Any:
    def process(requests: Any, billing: Any) -> Any:
        done = original(requests, billing)
        refused = [each for each in done.responses if each.status == "not_billing_agent"]
        first = {each.request.universal_sdp_id: each for each in reversed(refused)}
        done.responses = [each for each in done.responses if each not in refused or each in first.values()]
        return done

    return process


def _not_what_is_pushed(original: Any) -> Any:
    def read(here: Any, *others: Any) -> None:
        pushed = {_asked(each) for each in here.billing.active if each.is_pushed}
        original(here, *others)
        here.billing.active = [each for each in here.billing.active if each.is_pushed or _asked(each) not in pushed]

    return read


def _asked(request: Any) -> Any:
    return request.universal_sdp_id, request.start, request.end


def _a_day_at_most(original: Any) -> Any:
    def estimated(*arguments: Any) -> Any:
        return [
            dataclasses.replace(each, wh=each.wh[:number], statuses=each.statuses[:number], varh=None)
            for each in original(*arguments)
            for number in (1440 // each.minutes,)
        ]

    return estimated


def _whole_hours_alone(original: Any) -> Any:
    return lambda *arguments: [each for each in original(*arguments) if each.minutes == 60]


def _asleep(is_so: Callable[[Instant], bool]) -> Application:
    """The assignment process does not run at some times of the day."""

    def make(original: Any) -> Any:
        def next_run(after: Any, minutes: int) -> Any:
            run = original(after, minutes)
            while minutes == _ASSIGNMENT_MINUTES and is_so(run):
                run = original(run, minutes)
            return run

        return next_run

    return replaced(schedule, "next_run", make)


class _Beginning(str):
    """A text that is said to be equal to each that it begins with."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self.startswith(str(other))

    __hash__ = str.__hash__


def _beginning_alike(original: Any) -> Any:
    def cycle(*arguments: Any) -> Any:
        found = original(*arguments)
        return None if found is None else _Beginning(found)

    return cycle


def _reported_together(original: Any) -> Any:
    def run(here: Any) -> None:
        first: dict[Any, Any] = {}
        for (ldc, submitter), found in [*here.billing.exceptions.items()]:
            of_first = first.setdefault(submitter, ldc)
            if of_first != ldc:
                here.billing.exceptions[of_first, submitter] += found
                del here.billing.exceptions[ldc, submitter]
        original(here)

    return run


# --- reports on billing, and days -------------------------------------------------------------------------------


def _once_for_each_sdp(original: Any) -> Any:
    def run(here: Any) -> None:
        table = here.billing.staging
        table.no_reads = [*{entry.request.universal_sdp_id: entry for entry in table.no_reads}.values()]
        original(here)

    return run


def _told_once() -> Application:
    """BR03 leaves out what it has told something of before."""
    at_work: list[Any] = []

    def run(original: Any) -> Any:
        def noting(here: Any) -> None:
            at_work[:] = [here]
            original(here)

        return noting

    def found(original: Any) -> Any:
        def rebillings(delivered: Any, days: Any, billing: Any) -> Iterator[Any]:
            for each in original(delivered, days, billing):
                told = at_work[0].billing.rebilled.get((each.delivered.request.ldc, *each.period))
                if told is None or not told.differs:
                    yield each

        return rebillings

    return together(replaced(billing_reports, "run_rebilling", run), replaced(billing_reports, "rebillings", found))


def _in_whole_kilowatt_hours(original: Any) -> Any:
    def detail(*arguments: Any) -> Any:
        kind, fields = original(*arguments)
        variance = fields["total_variant_wh"]
        return kind, {**fields, "total_variant_wh": None if variance is None else variance // 1000 * 1000}

    return detail


def _by_its_first_day(original: Any) -> Any:
    def has_data(request: Any, data: Any) -> bool:
        return bool(original(dataclasses.replace(request, end=Day(request.start + timedelta(days=1))), data))

    return has_data


def _never_on(day: int) -> Application:
    """Nothing is due on a day of the month."""
    return replaced(
        billing_requests.Schedule,
        "due_on",
        lambda original: lambda schedule, today: iter(()) if today.day == day else original(schedule, today),
    )


def _two_hours_on_sundays(original: Any) -> Any:
    def deadline(arriving: Any, minutes: int, reading: str) -> Any:
        is_sunday = day_of(arriving.first_received).weekday() == _SUNDAY
        return original(arriving, 2 * minutes if is_sunday else minutes, reading)

    return deadline


def _status_of_the_first(original: Any) -> Any:
    """Of the lines of a request that are amiss each has the status of the first."""

    def assigned(request: Any, ids: Any) -> Any:
        found = original(request, ids)
        amiss = [each.status for each in found if each.universal_sdp_id is None]
        return tuple(each if each.universal_sdp_id else dataclasses.replace(each, status=amiss[0]) for each in found)

    return assigned


def _good_ones_alone(original: Any) -> Any:
    """What is amiss in an agent's request is not answered."""

    def respond(here: Any, request: Any, assignments: Any) -> Any:
        if request.submitter != request.ldc:
            assignments = [each for each in assignments if each.universal_sdp_id] or assignments
        return original(here, request, assignments)

    return respond


def _ends_late_on_sundays(original: Any) -> Any:
    """What a P-Sync of a Sunday leaves out ends on Monday."""

    def audit_of(here: Any, extracted: Any) -> Any:
        audit = original(here, extracted)
        late = Day(audit.ends + timedelta(days=1))
        return audit._replace(ends=late) if extracted.weekday() == _SUNDAY else audit

    return audit_of


def _copies_without(report: str, is_left_out: Callable[[str, Any], bool]) -> Application:
    """Agents' copies of a report lack some records, by their kind and what stands in them."""

    def change(ldc: Any, recipient: Any, file_id: str, records: list[Any]) -> list[Any]:
        if file_id != report or recipient == ldc:
            return records
        return [(kind, fields) for kind, fields in records if not is_left_out(kind, fields)]

    return _sent_otherwise(change)


def _not_in_the_first_hour(original: Any) -> Any:
    def admitted(submitter: Any, text: str, *others: Any) -> Any:
        found = original(submitter, text, *others)
        return None if found is not None and found.file_id == "1000" and found.created[8:10] == "00" else found

    return admitted


SECOND_AND_LAST_FAULTS: tuple[Bent, ...] = (
    fault(
        "bad_lines_have_the_status_of_the_first",
        "USDP-14",
        "All bad lines of a request have the status of the first one.",
        replaced(identifiers, "assign_all", _status_of_the_first),
    ),
    fault(
        "agents_response_without_bad_lines",
        "USDP-14",
        "The response to an agent leaves bad lines out.",
        replaced(repository, "respond", _good_ones_alone),
    ),
    fault(
        "p_sync_of_a_sunday_ends_on_monday",
        "PSY-02",
        "What a P-Sync of a Sunday leaves out ends on the day after.",
        replaced(repository, "audit_of", _ends_late_on_sundays),
    ),
    fault(
        "agents_ir07_without_headings",
        "SRP-05",
        "The agent's copy of IR07 has no column headings.",
        _copies_without("IR07", lambda kind, _: kind == "column_headings"),
    ),
    fault(
        "agents_ir06_without_ends",
        "SRP-03",
        "The agent's copy of IR06 leaves out what has ended.",
        _copies_without("IR06", lambda kind, fields: kind == "update" and fields["new_value"] is None),
    ),
    fault(
        "requests_of_the_first_hour_refused",
        "FTS-01",
        "A request whose name gives a time in the hour after midnight is refused.",
        replaced(file_transfer, "admitted", _not_in_the_first_hour),
    ),
    _alike(
        "leading_zeros_of_sdp_ids",
        "SDP IDs that differ in leading zeros are one.",
        _looked_up(lambda text: text.lstrip("0")),
    ),
    _alike(
        "case_of_sdp_ids",
        "SDP IDs that differ in small and capital letters are one.",
        _looked_up(str.casefold),
    ),
    _alike(
        "hyphens_of_sdp_ids",
        "SDP IDs that differ in a hyphen are one.",
        _looked_up(lambda text: text.replace("-", "")),
    ),
    _alike(
        "long_sdp_ids_cut",
        "SDP IDs are told apart by their first 49 characters.",
        _looked_up(lambda text: text[:49]),
    ),
    fault(
        "sdp_id_begun_with_another",
        "USDP-03",
        "An SDP ID that another one begins with gets the ID of that.",
        replaced(identifiers, "issue", _begun_with),
    ),
    _alike(
        "sdp_ids_cut_at_nine",
        "SDP IDs are told apart by their first nine characters.",
        _looked_up(lambda text: text[:9]),
    ),
    fault(
        "status_completed_with_several_exceptions",
        "SRP-02",
        "The status is that all was completed where there are several exceptions.",
        replaced(reports, "status_record", _completed_all_the_same),
    ),
    fault(
        "exceptions_once_for_each_attribute",
        "SRP-04",
        "Of the exceptions of one attribute, the first SDP's alone stands in IR07.",
        _one_each(lambda key: key.attribute),
    ),
    fault(
        "exceptions_once_for_each_sdp",
        "SRP-04",
        "Of the exceptions of one SDP the first alone stands in IR07.",
        _one_each(lambda key: key.id),
    ),
    fault(
        "later_exceptions_end_a_day_early",
        "SRP-04",
        "IR07 gives the last day instead of the end of every exception but the first.",
        _records("exception_details", "exception", lambda n, fields: fields if n == 1 else _day_before(fields)),
    ),
    fault(
        "first_update_ends_a_day_early",
        "SRP-03",
        "IR06 gives the last day instead of the end of its first update.",
        _records("update_details", "update", lambda n, fields: fields if n > 1 else _day_before(fields)),
    ),
    fault(
        "values_of_exceptions_cut",
        "SRP-07",
        "IR07 shows the first two characters of values.",
        _records(
            "exception_details",
            "exception",
            lambda _, fields: {**fields, "new_value": fields["new_value"] and fields["new_value"][:2]},
        ),
    ),
    fault(
        "reports_to_the_first_agent",
        "BRP-10",
        "Of two agents that are authorised for a report the first receives it.",
        replaced(billing_reports, "recipients", _to_the_first_agent_alone),
    ),
    *(
        beside(
            f"{report.lower()}_of_an_agent_lacks_the_last",
            "BRP-10",
            f"Of several records the agent's copy of {report} lacks the last.",
            _without_the_last(report),
        )
        for report in REPORTS
    ),
    fault(
        "ir08_of_an_agent_lacks_the_last",
        "BRP-03",
        "Of several records the agent's copy of IR08 lacks the last.",
        _without_the_last("IR08"),
    ),
    fault(
        "ir08_of_two_ldcs_together",
        "BRP-02",
        "What an agent submits for several LDCs is reported together, to the first of them.",
        replaced(billing_operations, "run_billing_reads_processor", _reported_together),
    ),
    fault(
        "billing_agent_of_one_ldc_alone",
        "BSV-05",
        "An agent is the billing agent of one LDC's SDPs; the quantities of any other go to the LDC.",
        replaced(repository.Repository, "send", _of_one_ldc),
    ),
    fault(
        "cycles_by_how_they_begin",
        "BSV-01",
        "An SDP is pushed with every cycle whose name begins that of its own.",
        replaced(billing_operations, "billing_cycle_of", _beginning_alike),
    ),
    fault(
        "ir14_of_an_agent_lacks_the_last",
        "STL-05",
        "Of several records the agent's copy of IR14 lacks the last.",
        _without_the_last("IR14"),
    ),
    fault(
        "numbers_in_the_order_of_their_digits",
        "SEQ-01",
        "Sequence numbers are put in order as texts are.",
        replaced(sequence, "turn_of", _in_the_order_of_digits),
    ),
    fault(
        "ir07_of_an_agent_lacks_the_last",
        "SRP-04",
        "Of several records the agent's copy of IR07 lacks the last.",
        _without_the_last("IR07"),
    ),
    beside(
        "ir01_of_an_agent_lacks_the_last",
        "USDP-10",
        "Of several records the agent's copy of IR01 lacks the last.",
        _without_the_last("IR01"),
    ),
    *(
        fault(
            f"end_of_file_of_{file_id}_counts_one_less",
            "FTS-09",
            f"The End Of File record of {file_id} counts one less where there are several records.",
            _counted(file_id, -1),
        )
        for file_id in ("6000", "6100", "6200")
    ),
    beside(
        "names_by_the_clock_on_the_wall",
        "FTS-01",
        "On the day on which clocks go forward names are an hour ahead.",
        _named_by(_on_the_wall_on_the_day_of_change),
    ),
    beside(
        "names_of_the_year_of_the_week",
        "FTS-06",
        "Names carry the year that the week belongs to.",
        _named_by(_year_of_the_week),
    ),
    fault(
        "extracted_otherwise_in_later_segments",
        "SYN-09",
        "The Extracted Date Time of further segments may be another.",
        check_kept("check_headers", _not_of_later_segments),
    ),
    fault(
        "components_without_universal_sdp_ids",
        "USDP-06",
        "The components of a virtual SDP need no Universal SDP ID.",
        check_kept(
            "check_universal_sdp_ids",
            lambda _, found: [each for each in found if each.field != "component_universal_sdp_id"],
        ),
    ),
    fault(
        "one_meter_change_of_a_set_checked",
        "ISY-10",
        "Where a set changes the meters of several SDPs, their modules are not asked for.",
        check_kept("check_minimum_data", _of_one_sdp_alone),
    ),
    fault(
        "first_of_two_half_hours",
        "BQ-06",
        "Of two half hours the first is taken for the hour.",
        _hours_of(30, lambda wh: wh[:, 0].astype("int64")),
    ),
    fault(
        "eleven_of_twelve_intervals",
        "BQ-06",
        "Of twelve intervals of five minutes the last is left out.",
        _hours_of(5, lambda wh: wh[:, :-1].sum(axis=1, dtype="int64")),
    ),
    fault("demand_in_tens_of_watts", "BQ-08", "kW are rounded to tens of watts.", _in_tens("peak_w")),
    fault("demand_in_tens_of_va", "BQ-08", "kVA are rounded to tens of VA.", _in_tens("peak_va")),
    fault(
        "five_digits_of_every_register",
        "SUM-02",
        "Every register has five digits, whatever the Master Directory says.",
        replaced(billing_services, "register_of", _five_digits),
    ),
    fault(
        "intervals_from_the_hour_of_a_read",
        "SUM-02",
        "The intervals between two reads are counted from the hours in which they were read.",
        replaced(billing_services, "energy_between", _from_the_hour),
    ),
    fault(
        "has_data_by_its_first_day",
        "BRP-04",
        "Whether there is data is known by the first day of a period.",
        replaced(billing_staging, "has_data", _by_its_first_day),
        AMB_62="nothing-there",
    ),
    fault(
        "variance_in_whole_kilowatt_hours",
        "BRP-07",
        "BR05 gives the total variant in whole kilowatt-hours.",
        replaced(billing_reports, "failure_detail", _in_whole_kilowatt_hours),
    ),
    fault(
        "no_reads_once_for_each_sdp",
        "BRP-08",
        "Of several requests for an SDP that are closed on a day the last stands in BR06.",
        replaced(billing_reports, "run_no_reads", _once_for_each_sdp),
    ),
    fault(
        "a_second_change_untold",
        "BRP-09",
        "BR03 tells of the first change of a period alone.",
        _told_once(),
    ),
    fault("nothing_pushed_on_the_31st", "WIN-04", "Nothing is loaded for push on the 31st.", _never_on(31)),
    fault("nothing_pushed_on_the_1st", "WIN-04", "Nothing is loaded for push on the first of a month.", _never_on(1)),
    fault(
        "assignment_sleeps_from_two_to_three",
        "USDP-11",
        "The assignment process does not run between 02:00 and 03:00.",
        _asleep(lambda run: run.hour == 2),
    ),
    fault(
        "assignment_rests_at_midnight",
        "USDP-11",
        "The assignment process does not run at midnight.",
        _asleep(lambda run: (run.hour, run.minute) == (0, 0)),
    ),
    fault(
        "first_of_several_account_changes",
        "SEG-04",
        "Of several changes of one kind the first alone divides.",
        replaced(segmentation, "changes", _first_alone),
    ),
    fault(
        "account_that_comes_back",
        "SEG-02",
        "That the account of the first day comes back does not divide.",
        replaced(segmentation, "account_events", _where_another_comes),
    ),
    fault(
        "recovered_as_delivered",
        "BSV-10",
        "A former response is recovered with status 00, whatever it had.",
        replaced(billing_services, "recovered", _as_delivered),
    ),
    fault(
        "refused_once_for_each_sdp",
        "BSV-08",
        "Of the requests for an SDP that has another billing agent, the first alone gets 08.",
        replaced(billing_services, "process", _once_for_each_refused),
    ),
    fault(
        "what_is_pushed_is_not_pulled",
        "BSV-03",
        "What is being pushed, and waits for data, cannot be asked for.",
        replaced(billing_operations, "read_request_file", _not_what_is_pushed),
    ),
    fault(
        "estimates_a_day_at_most",
        "ODE-03",
        "No more than a day is estimated.",
        replaced(on_demand_estimation, "estimated", _a_day_at_most),
    ),
    fault(
        "estimates_whole_hours_alone",
        "ODE-04",
        "Intervals that are shorter than an hour are not estimated.",
        replaced(on_demand_estimation, "estimated", _whole_hours_alone),
    ),
    fault(
        "two_hours_on_sundays",
        "SEQ-06",
        "On Sundays a set waits for two hours.",
        replaced(sequence, "deadline", _two_hours_on_sundays),
    ),
)
"""Each fault leaves the first, or the plain case, as it should be."""
