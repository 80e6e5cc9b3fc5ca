"""Allowed variants: other ways of being conformant, in what the workshop leaves open. Each passes the whole suite."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from harness.interface.identifiers import UniversalSdpId
from harness.interface.instants import Day, day_of, digits, from_digits, later, midnight
from reference_impl.bent.bending import details_changed, outgoing, renamed, replaced, text_changed, together, variant
from reference_impl.bent.put_off import p_sync_at_night, p_sync_loaded_on_receipt
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_reports,
    billing_requests,
    billing_services,
    billing_staging,
    file_transfer,
    identifiers,
    on_demand_estimation,
    repository,
    schedule,
    sequence,
    synchronization,
    synchronization_reports,
)
from reference_impl.repository.master_directory import Key, MasterDirectory
from reference_impl.repository.repository import Repository
from reference_impl.repository.state import Delivery


def _digits(low: int, high: int, width: int) -> Any:
    def make(_: Any) -> Any:
        def new(ids: Any) -> UniversalSdpId:
            while (drawn := UniversalSdpId(str(ids.chance.randrange(low, high)).zfill(width))) in ids.taken:
                pass
            return drawn

        return new

    return replaced(identifiers, "new_universal_sdp_id", make)


def _details(change: Any) -> Any:
    return outgoing(lambda file: text_changed(file, lambda text: details_changed(text, change)))


def _message(text: str) -> Any:
    def change(rows: list[list[str]]) -> list[list[str]]:
        return [[*row[:5], text] if len(row) == 6 else row for row in rows]

    return _of("2000", "IR08")(lambda file: text_changed(file, lambda text: details_changed(text, change)))


def _delayed(seconds: int) -> Any:
    """Each file leaves the repository some seconds after it was made, which may fall into a later `advance`."""
    return _apart({}, seconds)


def _apart(seconds: dict[str, int], others: int = 0) -> Any:
    """Files of each type leave the repository so many seconds after they were made."""

    def make(original: Any) -> Any:
        def advance(repository: Repository, to: Any) -> list[Delivery]:
            made = [
                (later(file.instant, seconds=seconds.get(file.name.split(".")[2], others)), file)
                for file in original(repository, to)
            ]
            repository.outbox = [file for leaves, file in made if leaves > to]
            return [dataclasses.replace(file, instant=leaves) for leaves, file in made if leaves <= to]

        return advance

    return replaced(Repository, "advance", make)


def _nothing_after_spans(original: Any) -> Any:
    """What an earlier set left open ends where a span of a later one begins, and does not hold again."""

    def taken_together(said: Any, history: Any) -> Any:
        def left(state: Any) -> Any:
            cuts = [
                each.start for each in said if state.end is None and each.end is not None and each.end > state.start
            ]
            return state._replace(end=min(cuts)) if cuts else state

        whole = map(left, history)
        return original(said, tuple(state for state in whole if state.end is None or state.start < state.end))

    return taken_together


def _old_numbers_reported(original: Any) -> Any:
    def process_in_turn(here: Any, ldc: Any) -> None:
        for past in list(here.sets.values()):
            turn = sequence.turn_of(past, here.expected_numbers[past.key.ldc])
            if past.key.ldc == ldc and turn is sequence.Turn.PAST:
                repository.report_rejection(here, past)
        original(here, ldc)

    return process_in_turn


def _reversed_files(original: Any) -> Any:
    def advance(repository: Repository, to: Any) -> list[Delivery]:
        return list(reversed(original(repository, to)))

    return advance


def _phase(minutes: int) -> Any:
    return replaced(
        schedule, "next_run", lambda original: lambda after, every: original(after, every, phase_minutes=minutes)
    )


def _recounted(change: Any) -> Any:
    """Other detail records, and an End Of File record that counts them."""

    def changed(text: str) -> str:
        new = details_changed(text, change)
        return re.sub(r"(?m)^EF\|\d+", f"EF|{len(re.findall(r'(?m)^DT', new))}", new)

    return lambda file: text_changed(file, changed)


def _of(*reports: str) -> Any:
    """Change files of some types only."""

    def make(change: Any) -> Any:
        return outgoing(lambda file: change(file) if file.name.split(".")[2] in reports else file)

    return make


def _cut_in_two(rows: list[list[str]]) -> list[list[str]]:
    """Each difference without an end as two that follow one another."""
    found = []
    for row in rows:
        if row[4] and not row[5]:
            later = str(int(row[4][:4]) + 3) + row[4][4:6] + "15"
            found += [[*row[:5], later, *row[6:]], [*row[:4], later, "", *row[6:]]]
        else:
            found.append(row)
    return found


def _rows(change: Any) -> Any:
    """Change the detail records of a file."""
    return lambda file: text_changed(file, lambda text: details_changed(text, change))


def _emptied(*places: int) -> Any:
    """Optional fields that are left empty, by their place."""
    return lambda rows: [[("" if place in places else cell) for place, cell in enumerate(row)] for row in rows]


def _with_a_remark(file: Delivery) -> Delivery:
    """IR14 carries a warning more."""
    return text_changed(file, lambda text: f"{text}DT|||WARNING|remark||The set was read\r\n")


def _headings_otherwise(file: Delivery) -> Delivery:
    return text_changed(
        file, lambda text: re.sub(r"(?m)^CH\|.*", lambda m: m[0].lower().replace("ch|", "CH|", 1), text)
    )


def _untransformed(_: Any) -> Any:
    return lambda _attribute, _profile: str


def _latest_like_day(original: Any) -> Any:
    def like_days(*given: Any) -> Any:
        yield from list(original(*given))[:1]

    return like_days


def _a_file_for_each(original: Any) -> Any:
    """Each response comes in files of its own."""

    def send(here: Any, responses: Any, **more: Any) -> None:
        for response in responses:
            original(here, [response], **more)

    return send


def _a_report_for_each_request_file(original: Any) -> Any:
    """Each request file of a run gets an IR08 of its own."""

    def run(here: Any) -> None:
        every = here.billing.exceptions
        for key, found in every.items():
            for file in sorted({one.file for one in found}):
                here.billing.exceptions = {key: [one for one in found if one.file == file]}
                original(here)
        here.billing.exceptions = {}

    return run


def _minute_names(file: Delivery) -> Delivery:
    """Twelve digits, where no other file of the kind has that minute: the repository's seconds are then 00."""
    return renamed(file, lambda name: re.sub(r"\.(\d{12})00\.DAT", r".\1.DAT", name))


def _minutes_apart(original: Any) -> Any:
    """Twelve digits for every file; the next of a kind is named a minute later."""

    def outgoing_name(ldc: Any, recipient: Any, file_id: str, moment: Any, taken: Any, profile: Any) -> Any:
        while True:
            name = original(ldc, recipient, file_id, moment, (), profile)
            name = dataclasses.replace(name, created=name.created[:12])
            if str(name) not in taken:
                return name
            moment = later(moment, minutes=1)

    return outgoing_name


def _names_apart(seconds: int) -> Any:
    """Where a name is taken the next is so many seconds later."""

    def make(original: Any) -> Any:
        def outgoing_name(ldc: Any, recipient: Any, file_id: str, moment: Any, taken: Any, profile: Any) -> Any:
            while str(name := original(ldc, recipient, file_id, moment, (), profile)) in taken:
                moment = later(moment, seconds=seconds)
            return name

        return outgoing_name

    return make


def _sums_alone(original: Any) -> Any:
    """A period is looked at again where its sum is another."""

    def rebillings(*told: Any) -> Iterator[Any]:
        for found in original(*told):
            _, start, end = found.period
            sums = [billing_reports.energy_wh(each, start, end) for each in (found.delivered, found.now)]
            if sums[0] != sums[1]:
                yield found

    return rebillings


def _share_of_physical_sdps(original: Any) -> Any:
    """The share is that of the active SDPs that are physical."""

    def plan(staged: Any, directory: MasterDirectory, extracted: Day, audit: Any) -> Any:
        found = original(staged, directory, extracted, audit)
        if audit is None or found.is_over_threshold:
            return found
        omitted = synchronization.omitted_sdps(staged, directory, extracted)
        physical = [sdp for sdp in synchronization.active_sdps(directory, extracted) if not _is_virtual(directory, sdp)]
        is_over = synchronization.is_over_threshold(len(omitted), len(physical), audit.limit_percent)
        return found._replace(is_over_threshold=is_over)

    return plan


def _is_virtual(directory: MasterDirectory, sdp: str) -> bool:
    return any(state.value == "V" for state in directory.history(Key("sdp", sdp, "sdp_type")))


def _as_of_all(original: Any) -> Any:
    return lambda before, after: 10_000 if before == 0 else original(before, after)


def _nothing_without_records(original: Any) -> Any:
    def send(here: Any, report: str, ldc: Any, details: Any) -> None:
        if records := list(details):
            original(here, report, ldc, records)

    return send


def _a_file_for_each_record(original: Any) -> Any:
    def send(here: Any, report: str, ldc: Any, details: Any) -> None:
        for record in details:
            original(here, report, ldc, [record])

    return send


def _runs(run: str, *clocks: str) -> Any:
    """A report runs at other times of the day."""

    def make(original: Any) -> Any:
        def runs(*told: Any) -> Any:
            wanted = getattr(billing_reports, run)
            return [(clocks if happen is wanted else usual, happen) for usual, happen in original(*told)]

        return runs

    return replaced(repository, "_report_runs", make)


def _inserted_with_the_next_run(original: Any) -> Any:
    """The billing reads processor inserts what has come since its last run."""

    def detail(entry: Any, *others: Any) -> Any:
        kind, fields = original(entry, *others)
        received = entry.request.received
        inserted = received if entry.request.is_pushed else schedule.next_run(later(received, seconds=-1), 10)
        return kind, {**fields, "inserted_date_time": inserted}

    return detail


def _answered_leave_the_same_day(original: Any) -> Any:
    def is_listed(entry: Any, today: Any, reading: Any) -> bool:
        return original(entry, today, reading) and (entry.completed is None or day_of(entry.completed) == today)

    return is_listed


def _tried_again_hourly(original: Any) -> Any:
    """What a mailbox refused is delivered an hour after it could be."""

    def advance(here: Repository, to: Any) -> list[Delivery]:
        made = original(here, to)
        leaves = [later(file.instant, hours=1) if _was_refused(here, file) else file.instant for file in made]
        here.outbox = [file for file, moment in zip(made, leaves, strict=True) if moment > to]
        return [
            dataclasses.replace(file, instant=moment) for file, moment in zip(made, leaves, strict=True) if moment <= to
        ]

    return advance


def _was_refused(here: Repository, file: Delivery) -> bool:
    return any(file.instant == end for _, end in here.outages.get(file.recipient, ()))


def _with_empty_windows(original: Any) -> Any:
    """BR01 also gives a window of which it has nothing to count."""

    def details(*arguments: Any) -> Any:
        found = list(original(*arguments))
        for kind, fields in found[:1]:
            empty = {name: 0 if isinstance(value, int) else value for name, value in fields.items()}
            found.append((kind, {**empty, "period_end_date": fields["window_end_date"]}))
        return found

    return details


def _accented(charset: str) -> Any:
    """Messages carry accents."""

    def change(file: Delivery) -> Delivery:
        text = re.sub(r"(?m)^(DT\|.*\|)([^|\r\n]+)(\r?)$", r"\1\2 déjà\3", file.content.decode("ascii"))
        return dataclasses.replace(file, content=text.encode(charset))

    return _of("2000", "IR14")(change)


def _with_the_former_id(original: Any) -> Any:
    """A former response is recovered byte for byte, its Request Detail ID included."""

    def recovered(request: Any, delivered: Any, reading: str) -> Any:
        every = [one for one in delivered if one.response.recipient == request.requester]
        found = original(request, every, reading)
        if found is None:
            return None
        renamed = [(original(request, [one], reading), one.response) for one in every]
        former = [response for again, response in renamed if again is not None and again.records == found.records]
        return dataclasses.replace(found, records=former[-1].records)

    return recovered


def _divided_as_quantities(original: Any) -> Any:
    """A response without quantities has the records, all of them blank, that one with quantities would have."""

    def without_quantities(request: Any, recipient: Any, status: str, billing: Any) -> Any:
        whole = original(request, recipient, status, billing)
        (blank,) = next(iter(whole.records.values()))
        records: dict[str, list[Any]] = {}
        for start, end, framing in billing_services.sub_periods(request, billing) or ():
            structure = billing.framing_of(framing)
            record = {**blank, "sub_period_start_date": start, "sub_period_end_date": end, "framing_structure": framing}
            energy = billing_quantities.energy_file(structure)
            days = billing_quantities.days_between(start, end) if energy == billing_quantities.HOURLY else [None]
            records.setdefault(energy, []).extend(record if day is None else {**record, "day": day} for day in days)
            if structure.demand is not None:
                records.setdefault(billing_quantities.DEMAND, []).append(record)
        return dataclasses.replace(
            whole, records={key: tuple(every) for key, every in records.items()} or whole.records
        )

    return without_quantities


def _with_an_id_of_its_own(original: Any) -> Any:
    """What is scheduled carries a Request Detail ID that the repository makes."""

    def identified(fields: dict[str, Any]) -> dict[str, Any]:
        own = f"P{fields['universal_sdp_id']}{fields['period_end_date']:%y%m%d}"[-20:]
        return {**fields, "request_detail_id": fields["request_detail_id"] or own}

    def made(*told: Any) -> Any:
        found = original(*told)
        return (found[0], identified(found[1])) if isinstance(found, tuple) else identified(found)

    return made


def _zeros_for_periodic(rows: list[list[str]]) -> list[list[str]]:
    """The buckets of a Periodic record are stated as 0."""
    return [[*row[:9], *["0" * 12] * 4, row[13]] if row[13] and not any(row[9:13]) else row for row in rows]


def _blanks_for_0(rows: list[list[str]]) -> list[list[str]]:
    """A bucket in which nothing was used is left blank beside the total."""
    return [
        [*row[:9], *(cell if cell.strip("0") else "" for cell in row[9:13]), row[13]] if row[13] else row
        for row in rows
    ]


def _no_total_beside_buckets(rows: list[list[str]]) -> list[list[str]]:
    return [[*row[:13], "" if any(row[9:13]) else row[13]] for row in rows]


def _another_category(file: Delivery) -> Delivery:
    """BR01 has a category more than the slides."""
    return text_changed(file, lambda text: re.sub(r"(?m)^(DT\|[^\r\n]*)", r"\1|000000000", text))


def _another_report(original: Any) -> Any:
    """A report that is on no slide comes with BR01."""

    def advance(here: Repository, to: Any) -> list[Delivery]:
        return [
            new
            for file in original(here, to)
            for new in (file, *([renamed(file, _as_br99)] if ".BR01." in file.name else []))
        ]

    return advance


def _as_br99(name: str) -> str:
    return name.replace(".BR01.", ".BR99.")


def _in_the_last_minute_of_the_day(original: Any) -> Any:
    return lambda *given: later(midnight(day_of(original(*given))), hours=23, minutes=59)


def _the_next_morning(original: Any) -> Any:
    return lambda *given: later(midnight(day_of(original(*given))), hours=30)


def _told_again(original: Any) -> Any:
    """BR03 looks at all that was ever delivered, as if it had told nothing before."""

    def run(here: Any) -> None:
        for (_, sdp), delivered in here.billing.delivered.items():
            here.billing.changed[sdp] = {each.response.request.start for each in delivered}
        here.billing.rebilled.clear()
        original(here)

    return run


def _made_seconds_before(seconds: int) -> Any:
    """The header of each file gives a time some seconds before that in its name."""

    def change(file: Delivery) -> Delivery:
        def earlier(header: re.Match[str]) -> str:
            return f"{header[1]}{digits(later(from_digits(header[2]), seconds=-seconds))}"

        return text_changed(file, lambda text: re.sub(r"(?m)^(FH\|.*)(\d{14})(?=\r?$)", earlier, text))

    return outgoing(change)


def _first_schedule_held_to_the_lead(original: Any) -> Any:
    def load(reading: Any, schedule: Any, rules: Any) -> Any:
        schedule.ends.setdefault(("", Day(date.min)), Day(date.min))
        return original(reading, schedule, rules)

    return load


VARIANTS = (
    variant("universal_sdp_ids_of_8_digits", "Universal SDP IDs have 8 digits.", _digits(10**7, 10**8, 8)),
    variant("universal_sdp_ids_of_20_digits", "Universal SDP IDs have 20 digits.", _digits(10**19, 10**20, 20)),
    variant("universal_sdp_ids_with_leading_zeros", "Universal SDP IDs may begin with zeros.", _digits(0, 10**9, 12)),
    variant("records_in_reverse_order", "Detail records stand in reverse order.", _details(lambda rows: rows[::-1])),
    variant("records_sorted", "Detail records are sorted.", _details(sorted)),
    variant(
        "files_at_one_instant_reversed",
        "Files of one instant come in another order.",
        replaced(Repository, "advance", _reversed_files),
    ),
    variant("delivered_59_seconds_later", "Files arrive 59 seconds after the run.", _delayed(59)),
    variant(
        "reports_of_a_set_seconds_apart",
        "IR14, IR06 and IR07 of a set arrive one after the other, within a minute.",
        _apart({"IR14": 2, "IR06": 20, "IR07": 55}),
    ),
    variant(
        "old_number_reported",
        "A set with a sequence number that was used before gets IR10 at once (AMB-23).",
        replaced(repository, "process_in_turn", _old_numbers_reported),
    ),
    variant(
        "nothing_holds_after_a_span",
        "What an earlier set left open ends for good where a span of a later one begins.",
        replaced(synchronization, "taken_together", _nothing_after_spans),
    ),
    variant("p_sync_processed_at_night", "P-Sync sets are processed at the next 02:00.", p_sync_at_night),
    variant(
        "p_sync_loaded_on_receipt",
        "P-Sync sets are loaded on receipt, and synchronized at the next 02:00.",
        p_sync_loaded_on_receipt,
    ),
    variant("delivered_one_second_later", "Files arrive a second after the run.", _delayed(1)),
    variant("runs_at_minute_7", "The assignment process runs at 7, 22, 37 and 52 minutes past the hour.", _phase(7)),
    variant("runs_at_minute_1", "The assignment process runs at 1, 16, 31 and 46 minutes past the hour.", _phase(1)),
    variant("messages_in_utf_8", "Messages carry accents, in UTF-8.", _accented("utf-8")),
    variant("messages_in_latin_1", "Messages carry accents, in Latin-1.", _accented("latin-1")),
    variant("other_wording", "Messages are worded otherwise.", _message("OK OR NOT OK")),
    variant("no_messages", "Responses carry no messages.", _message("")),
    variant(
        "line_feed_alone",
        "Lines end with LF.",
        outgoing(lambda file: text_changed(file, lambda text: text.replace("\r\n", "\n"))),
    ),
    variant("names_to_the_minute", "Names carry 12 digits of date-time.", outgoing(_minute_names)),
    variant(
        "names_a_minute_apart",
        "Names carry 12 digits of date-time, and the next file of a kind is named a minute later.",
        replaced(file_transfer, "outgoing_name", _minutes_apart),
    ),
    variant(
        "differences_cut_into_more_records",
        "IR06 and IR07 give a span as two that follow one another.",
        _of("IR06", "IR07")(_recounted(_cut_in_two)),
    ),
    variant(
        "load_findings_without_words",
        "IR14 gives no field and no message.",
        _of("IR14")(_recounted(_emptied(5, 6))),
    ),
    variant(
        "load_findings_without_places",
        "IR14 does not say where its findings are.",
        _of("IR14")(_recounted(_emptied(1, 2))),
    ),
    variant("load_report_with_a_remark", "IR14 carries a warning more.", _of("IR14")(_with_a_remark)),
    variant(
        "rejection_report_without_what_is_missing",
        "IR10 does not say what is missing.",
        _of("IR10")(_recounted(_emptied(7))),
    ),
    variant(
        "column_headings_otherwise",
        "The column headings of IR06 and IR07 are worded otherwise.",
        _of("IR06", "IR07")(_headings_otherwise),
    ),
    variant(
        "postal_codes_as_sent",
        "Postal codes are shown as they were sent.",
        replaced(synchronization_reports, "transformation", _untransformed),
    ),
    variant(
        "a_response_file_for_each_request",
        "Each billing quantity response comes in files of its own.",
        replaced(billing_operations, "send_responses", _a_file_for_each),
    ),
    variant(
        "a_report_for_each_request_file",
        "Each request file of a run gets an IR08 of its own.",
        replaced(billing_operations, "run_billing_reads_processor", _a_report_for_each_request_file),
        readings={"AMB-53": "with-exceptions-only"},
    ),
    variant(
        "no_reports_without_records",
        "A report that has nothing to say is not sent.",
        replaced(billing_reports, "send_report", _nothing_without_records),
    ),
    variant(
        "a_report_file_for_each_record",
        "Each record of a report of the billing quantity process comes in a file of its own.",
        replaced(billing_reports, "send_report", _a_file_for_each_record),
    ),
    variant("rebilling_report_at_night", "BR03 runs at 03:15.", _runs("run_rebilling", "03:15")),
    variant("rebilling_report_twice_a_day", "BR03 runs with BR04.", _runs("run_rebilling", "12:00", "23:30")),
    variant("no_reads_report_minutes_earlier", "BR06 runs at 21:28.", _runs("run_no_reads", "21:28")),
    variant(
        "requests_inserted_with_the_next_run",
        "The insert time of a request is that of the next run of the billing reads processor.",
        replaced(billing_reports, "delivery_detail", _inserted_with_the_next_run),
    ),
    variant(
        "answered_requests_leave_the_same_day",
        "A request that was answered is listed on that day alone.",
        replaced(billing_staging, "is_listed", _answered_leave_the_same_day),
    ),
    variant(
        "refused_files_tried_in_the_last_minute_of_the_day",
        "What a mailbox refused is tried again at 23:59.",
        replaced(file_transfer, "tried_again_at", _in_the_last_minute_of_the_day),
    ),
    variant(
        "refused_files_tried_the_next_morning",
        "What a mailbox refused is tried again at 06:00 of the day after it takes files again.",
        replaced(file_transfer, "tried_again_at", _the_next_morning),
        takes="AMB-58",
    ),
    variant(
        "rebilling_told_again",
        "BR03 tells of a change day after day.",
        replaced(billing_reports, "run_rebilling", _told_again),
    ),
    variant(
        "rebilling_of_sums_alone",
        "BR03 leaves out what moves energy from one hour to another.",
        replaced(billing_reports, "rebillings", _sums_alone),
    ),
    variant(
        "share_of_physical_sdps",
        "The share that a P-Sync may deactivate is one of the physical SDPs.",
        replaced(synchronization, "plan", _share_of_physical_sdps),
    ),
    variant(
        "percent_of_nothing",
        "BR03 shows 100 per cent where nothing was delivered.",
        replaced(billing_reports, "percent_change", _as_of_all),
    ),
    variant(
        "names_jump",
        "Of files of a kind at one instant the next is named 17 seconds after the last.",
        replaced(file_transfer, "outgoing_name", _names_apart(17)),
    ),
    variant(
        "headers_before_names",
        "The header of a file says that it was created 20 seconds before its name does.",
        _made_seconds_before(20),
    ),
    variant(
        "recovered_with_the_former_detail_id",
        "A recovered response carries the Request Detail ID that it had.",
        replaced(billing_services, "recovered", _with_the_former_id),
    ),
    variant(
        "responses_without_quantities_in_6000",
        "08 and 02 come in file 6000, whatever the framing structure.",
        replaced(billing_services, "energy_file", lambda _: lambda _framing: "6000"),
    ),
    variant(
        "scheduled_with_an_id_of_its_own",
        "What is scheduled carries a Request Detail ID that the repository makes, in responses and in BR04 to BR06.",
        together(
            replaced(billing_services, "response_head", _with_an_id_of_its_own),
            replaced(billing_reports, "asked_for", _with_an_id_of_its_own),
            replaced(billing_reports, "delivery_detail", _with_an_id_of_its_own),
        ),
    ),
    variant(
        "responses_without_quantities_divided",
        "08 and 02 come as quantities would: in the same files, with a record for each sub-period, or each of its days.",
        replaced(billing_services, "without_quantities", _divided_as_quantities),
    ),
    variant("zeros_for_periodic", "The buckets of a Periodic record are 0.", _of("6000")(_rows(_zeros_for_periodic))),
    variant("blanks_for_0", "A bucket of 0 is left blank beside the total.", _of("6000")(_rows(_blanks_for_0))),
    variant(
        "no_total_beside_buckets",
        "The total of a TOU/CPP record is left blank.",
        _of("6000")(_rows(_no_total_beside_buckets)),
    ),
    variant(
        "framing_structure_left_blank",
        "Responses do not state the framing structure.",
        _of("6000", "6100", "6200")(_rows(_emptied(7))),
    ),
    variant(
        "billing_exceptions_in_few_words",
        "IR03 and IR08 tell the code of an exception, and no more than they must.",
        together(_of("IR03")(_rows(_emptied(1, 3, 4, 6))), _of("IR08")(_rows(_emptied(2, 3, 5)))),
    ),
    variant(
        "failure_reports_without_detail_id",
        "BR05 and BR06 do not state the Request Detail ID.",
        _of("BR05", "BR06")(_rows(_emptied(1))),
    ),
    variant("summary_with_another_category", "BR01 has a category more.", _of("BR01")(_another_category)),
    variant(
        "report_that_is_on_no_slide",
        "A report of a type that is on no slide comes with BR01.",
        replaced(Repository, "advance", _another_report),
    ),
    variant(
        "first_schedule_held_to_the_lead",
        "The first schedule of an LDC, too, comes three days ahead.",
        replaced(billing_requests, "load_schedule", _first_schedule_held_to_the_lead),
    ),
    variant(
        "failure_reports_at_noon",
        "BR05 and BR06 run at 12:00.",
        together(_runs("run_sum_check_failures", "12:00"), _runs("run_no_reads", "12:00")),
        takes="AMB-12",
    ),
    variant(
        "failure_reports_in_the_night",
        "BR05 and BR06 run at 00:30.",
        together(_runs("run_sum_check_failures", "00:30"), _runs("run_no_reads", "00:30")),
        takes="AMB-12",
    ),
    variant(
        "refused_files_tried_an_hour_later",
        "What a mailbox refused is delivered an hour after it takes files again.",
        replaced(Repository, "advance", _tried_again_hourly),
    ),
    variant(
        "summary_of_empty_windows",
        "BR01 also gives a window of which it has nothing to count.",
        replaced(billing_reports, "summary_details", _with_empty_windows),
    ),
    variant(
        "sum_check_failure_report_minutes_earlier", "BR05 runs at 23:28.", _runs("run_sum_check_failures", "23:28")
    ),
    variant(
        "historic_estimation_from_the_latest_like_day",
        "Historic estimation takes the latest like day, and no average.",
        replaced(on_demand_estimation, "like_days", _latest_like_day),
    ),
    variant(
        "historic_estimation_over_all_days",
        "Historic estimation makes no difference between business days and others.",
        replaced(on_demand_estimation, "is_like", lambda _: lambda *_days: True),
    ),
    variant(
        "estimation_before_the_morning_run",
        "On-demand estimation starts at 07:50.",
        replaced(
            on_demand_estimation, "starts", lambda original: lambda *given: later(original(*given), hours=7, minutes=50)
        ),
    ),
)
