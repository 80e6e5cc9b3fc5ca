"""Billing: meter data, requests, schedules, responses and exception reports."""

from __future__ import annotations

import pytest

from harness.interface.instants import Day
from harness.stage import words
from harness.stage.chapters.billing import HOURS, BillingDesk, ResponseRef, hours_of, quarters_of
from harness.stage.chapters.synchronization import SyncDesk
from harness.stage.conversation import Conversation
from harness.stage.words import ClockTime
from steps.vocabulary import done, seen


@pytest.fixture
def billing(conversation: Conversation, sync: SyncDesk) -> BillingDesk:
    """Where quantities are asked for and responses read."""
    return BillingDesk(conversation, sync)


# --- meter data -----------------------------------------------------------------------------------------------


@done('"{sdp:Name}" uses {wh:Number} Wh each hour from {start:Day} until {end:Day}')
def _uses(billing: BillingDesk, sdp: str, wh: int, start: str, end: str) -> None:
    billing.load(sdp, billing.day(start), billing.day(end), [wh] * HOURS)


@done('"{sdp:Name}" uses {wh:Number} Wh each hour from {start:Day} until {end:Day}, with status {status}')
def _uses_with_status(billing: BillingDesk, sdp: str, wh: int, start: str, end: str, status: str) -> None:
    billing.load(sdp, billing.day(start), billing.day(end), [wh] * HOURS, status=status)


@done('"{sdp:Name}" uses {wh:Number} Wh each hour on {day:Day} until {time:Clock}')
def _uses_until(billing: BillingDesk, sdp: str, wh: int, day: str, time: str) -> None:
    first = billing.day(day)
    billing.load_part(sdp, first, [wh] * words.clock_on(first, time).hour)


@done('"{sdp:Name}" uses, each hour of the days from {start:Day} until {end:Day}')
def _uses_by_hour(billing: BillingDesk, sdp: str, start: str, end: str, datatable: list[list[str]]) -> None:
    rows = [(row["hours"], int(row["Wh"])) for row in words.table(datatable)]
    billing.load(sdp, billing.day(start), billing.day(end), hours_of(rows))


@done('"{sdp:Name}" uses, each {minutes:Number} minutes of the days from {start:Day} until {end:Day}')
def _uses_by_minutes(
    billing: BillingDesk, sdp: str, minutes: int, start: str, end: str, datatable: list[list[str]]
) -> None:
    rows, per_day = words.table(datatable), HOURS * 60 // minutes
    wh = hours_of([(row["hours"], int(row["Wh"])) for row in rows], per_day)
    varh = hours_of([(row["hours"], int(row["varh"])) for row in rows], per_day) if "varh" in rows[0] else None
    billing.load(sdp, billing.day(start), billing.day(end), wh, varh_of_day=varh)


@done('"{sdp:Name}" uses, each quarter hour of the days from {start:Day} until {end:Day}')
def _uses_by_quarter(billing: BillingDesk, sdp: str, start: str, end: str, datatable: list[list[str]]) -> None:
    rows = words.table(datatable)
    wh = quarters_of([(row["times"], int(row["Wh"])) for row in rows])
    varh = quarters_of([(row["times"], int(row["varh"])) for row in rows]) if "varh" in rows[0] else None
    billing.load(sdp, billing.day(start), billing.day(end), wh, varh_of_day=varh)


@done('"{sdp:Name}" uses, in intervals of {minutes:Number} minutes on {day:Day}')
def _uses_in_part(billing: BillingDesk, sdp: str, minutes: int, day: str, datatable: list[list[str]]) -> None:
    rows = [
        (row["times"], int(row["Wh"]), int(row["varh"]) if "varh" in row else None, row["status"])
        for row in words.table(datatable)
    ]
    billing.load_spans(sdp, billing.day(day), minutes, rows)


@done('the register of "{sdp:Name}" reads')
def _register_reads(billing: BillingDesk, sdp: str, datatable: list[list[str]]) -> None:
    rows = [
        (words.clock_on(billing.day(row["day"]), row["time"]), int(row["reading"])) for row in words.table(datatable)
    ]
    billing.read_register(sdp, rows)


# --- requests and schedules -----------------------------------------------------------------------------------


def _rows(billing: BillingDesk, datatable: list[list[str]]) -> list[tuple[str, str, Day, Day]]:
    return [
        (row["request"], row["SDP"], billing.day(row["from"]), billing.day(row["until"]))
        for row in words.table(datatable)
    ]


@done('"{who:Name}" requests quantities {cycle:Cycle}')
def _requests(billing: BillingDesk, who: str, cycle: str, datatable: list[list[str]]) -> None:
    billing.request(who, who, cycle, _rows(billing, datatable))


@done('"{who:Name}" requests quantities of both kinds')
def _requests_of_both_kinds(billing: BillingDesk, who: str, datatable: list[list[str]]) -> None:
    cycles = [row["cycle"] for row in words.table(datatable)]
    billing.request_in_cycles(who, who, zip(cycles, _rows(billing, datatable), strict=True))


@done('"{who:Name}" requests quantities {cycle:Cycle}, in version {version:No}')
def _requests_in_version(billing: BillingDesk, who: str, cycle: str, version: str, datatable: list[list[str]]) -> None:
    billing.request(who, who, cycle, _rows(billing, datatable), file_version=version)


@done('"{who:Name}" requests quantities {cycle:Cycle} on behalf of "{ldc:Name}"')
def _requests_for(billing: BillingDesk, who: str, cycle: str, ldc: str, datatable: list[list[str]]) -> None:
    billing.request(who, ldc, cycle, _rows(billing, datatable))


@done('the response to "{request:Name}" of {time:Moment} is requested again, as "{again:Name}"')
def _recovers(billing: BillingDesk, request: str, time: ClockTime, again: str) -> None:
    billing.recover(billing.asked_for(request), again, [time.at_or_before(billing.conversation.now)])


@done('the response to "{request:Name}" is requested again as of the moment it came, as "{again:Name}"')
def _recovers_as_it_came(billing: BillingDesk, request: str, again: str) -> None:
    billing.recover_as_it_came(request, again)


@done('the response to "{request:Name}" is requested again {cycle:Cycle}, as of the moment it came, as "{again:Name}"')
def _recovers_in_cycle(billing: BillingDesk, request: str, cycle: str, again: str) -> None:
    billing.recover_in_cycle(request, again, cycle)


@done(
    'the response to "{request:Name}" is requested again as of the moment it came, as "{again:Name}", by a file that '
    "also requests off cycle"
)
def _recovers_beside(billing: BillingDesk, request: str, again: str, datatable: list[list[str]]) -> None:
    billing.recover_beside(request, again, _rows(billing, datatable))


@done("the responses to {requests:Names} are requested again by one file, as of the moment each came, as {again:Names}")
def _recovers_together(billing: BillingDesk, requests: list[str], again: list[str]) -> None:
    billing.recover_together(requests, again)


@done(
    'the scheduled response for "{sdp:Name}", from {start:Day} until {end:Day}, is requested again as of the moment '
    'it came, as "{again:Name}"'
)
def _recovers_scheduled(billing: BillingDesk, sdp: str, start: str, end: str, again: str) -> None:
    billing.recover_scheduled(sdp, billing.day(start), billing.day(end), again)


@done('the response to "{request:Name}" is requested again by "{who:Name}" as of the moment it came, as "{again:Name}"')
def _recovers_for(billing: BillingDesk, request: str, who: str, again: str) -> None:
    billing.recover_as_it_came(request, again, who)


@done(
    'the scheduled response for "{sdp:Name}", from {start:Day} until {end:Day}, is requested again by "{who:Name}" as '
    'of the moment it came, as "{again:Name}"'
)
def _recovers_scheduled_for(billing: BillingDesk, sdp: str, start: str, end: str, who: str, again: str) -> None:
    billing.recover_scheduled(sdp, billing.day(start), billing.day(end), again, who)


@done('"{who:Name}" submits a billing cycle schedule')
def _schedules(billing: BillingDesk, who: str, datatable: list[list[str]]) -> None:
    _schedule(billing, who, who, datatable)


@done('"{who:Name}" submits a billing cycle schedule on behalf of "{ldc:Name}"')
def _schedules_for(billing: BillingDesk, who: str, ldc: str, datatable: list[list[str]]) -> None:
    _schedule(billing, who, ldc, datatable)


@done('"{who:Name}" submits a billing cycle schedule, in version {version:No}')
def _schedules_in_version(billing: BillingDesk, who: str, version: str, datatable: list[list[str]]) -> None:
    _schedule(billing, who, who, datatable, version)


def _schedule(billing: BillingDesk, who: str, ldc: str, datatable: list[list[str]], version: str | None = None) -> None:
    rows = [(row["cycle"], billing.day(row["from"]), billing.day(row["until"])) for row in words.table(datatable)]
    billing.schedule(who, ldc, rows, file_version=version)


# --- responses ------------------------------------------------------------------------------------------------


@seen("the {ref:Response} says")
def _says(billing: BillingDesk, ref: ResponseRef, datatable: list[list[str]]) -> None:
    billing.check_says(ref, words.table(datatable))


@seen("the demand {ref:Response} says")
def _demand_says(billing: BillingDesk, ref: ResponseRef, datatable: list[list[str]]) -> None:
    billing.check_demand(ref, words.table(datatable))


@seen("the {ref:Response} gives, hour by hour")
def _gives_hours(billing: BillingDesk, ref: ResponseRef, datatable: list[list[str]]) -> None:
    spans: dict[Day, list[tuple[str, int]]] = {}
    for row in words.table(datatable):
        spans.setdefault(billing.day(row["day"]), []).append((row["hours"], int(row["Wh"])))
    billing.check_hours(ref, {day: hours_of(rows) for day, rows in spans.items()})


@seen("the {ref:Response} has status {status:No}")
def _has_status(billing: BillingDesk, ref: ResponseRef, status: str) -> None:
    billing.check_status(ref, status)


@seen("the {ref:Response} has a status in each record")
def _has_statuses(billing: BillingDesk, ref: ResponseRef) -> None:
    billing.check_has_status(ref)


@seen("the {ref:Response} has no quantities")
def _has_no_quantities(billing: BillingDesk, ref: ResponseRef) -> None:
    billing.check_no_quantities(ref)


@seen("there is no {ref:Response}")
def _is_none(billing: BillingDesk, ref: ResponseRef) -> None:
    billing.check_no_response(ref)


@seen("there is no {ref:Response} in {file_type:FileType}")
def _is_none_in(billing: BillingDesk, ref: ResponseRef, file_type: str) -> None:
    billing.check_no_response(ref, file_type)


@seen("the {ref:Response} comes in {file_type:FileType}")
def _comes_in(billing: BillingDesk, ref: ResponseRef, file_type: str) -> None:
    billing.response(ref, file_type)


@seen('"{alias:Name}" alone has received the {ref:Response}')
def _goes_to(billing: BillingDesk, alias: str, ref: ResponseRef) -> None:
    billing.check_goes_to(ref, alias)


@seen("the {ref:Response} came on {day:Day} at {time:Clock}")
def _came_at(billing: BillingDesk, ref: ResponseRef, day: str, time: str) -> None:
    billing.check_came_at(ref, words.clock_on(billing.day(day), time))


@seen("the {ref:Response} came on {day:Day} from {start:Clock} until {end:Clock}")
def _came_between(billing: BillingDesk, ref: ResponseRef, day: str, start: str, end: str) -> None:
    on = billing.day(day)
    billing.check_came_at(ref, words.clock_on(on, start), words.clock_on(on, end))


@seen('"{alias:Name}" has received quantities in the {ref:Response}')
def _gives_quantities(billing: BillingDesk, alias: str, ref: ResponseRef) -> None:
    billing.check_gives_quantities(ref, alias)


@seen('"{alias:Name}" has received no quantities in the {ref:Response}')
def _gives_none(billing: BillingDesk, alias: str, ref: ResponseRef) -> None:
    billing.check_gives_no_quantities(ref, alias)


@seen("the {ref:Response} says the same as the {earlier:Response}")
def _says_the_same(billing: BillingDesk, ref: ResponseRef, earlier: ResponseRef) -> None:
    billing.check_same(ref, earlier)


@seen("the {ref:Response} fills the same fields as the {other:Response}")
def _fills_the_same(billing: BillingDesk, ref: ResponseRef, other: ResponseRef) -> None:
    billing.check_same_layout(ref, other)


# --- exception reports ------------------------------------------------------------------------------------------


@seen('IR03 of "{alias:Name}" says "{status:Name}"')
def _schedule_says(billing: BillingDesk, alias: str, status: str) -> None:
    billing.check_schedule_status(alias, status)


@seen('IR03 of "{alias:Name}" refuses')
def _schedule_refuses(billing: BillingDesk, alias: str, datatable: list[list[str]]) -> None:
    billing.check_schedule_refuses(alias, _dates(billing, datatable))


@seen('IR03 of "{alias:Name}" refuses among others')
def _schedule_refuses_among_others(billing: BillingDesk, alias: str, datatable: list[list[str]]) -> None:
    billing.check_schedule_refuses(alias, _dates(billing, datatable), among_others=True)


def _dates(billing: BillingDesk, datatable: list[list[str]]) -> list[tuple[str, Day]]:
    return [(row["cycle"], billing.day(row["from"])) for row in words.table(datatable)]


@seen("no IR08 reports an exception")
def _reports_nothing(billing: BillingDesk) -> None:
    billing.check_no_exceptions()


@seen('IR08 of "{alias:Name}" reports {requests:Names}')
def _reports_exceptions(billing: BillingDesk, alias: str, requests: list[str]) -> None:
    billing.check_exceptions(alias, requests)
