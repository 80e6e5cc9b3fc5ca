"""What people tell the CIS to do: send requests, sets and schedules; send some again, once a problem was corrected.

Each instruction is understood when it comes and carried out at the next minute, or when it says. Nothing is sent that
the LDC has not authorised the CIS's organisation to submit (FTS-10, USDP-08, SYN-10, BSV-07).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from harness.interface.file_sets import INCREMENTAL, PERIODIC_AUDIT
from harness.interface.identifiers import SdpId
from harness.interface.instants import Day, Instant, day_of, instant
from reference_impl.cis import (
    billing_cycle_schedule,
    billing_requests,
    book,
    file_sets,
    file_transfer,
    identifiers,
    incremental,
    periodic_audit,
    sequence,
)
from reference_impl.cis.billing_cycle_schedule import Cycle
from reference_impl.cis.billing_requests import Period, Request
from reference_impl.cis.file_sets import Addressed, Extract
from reference_impl.cis.incremental import Wanted
from reference_impl.cis.open_matters import About
from reference_impl.cis.sequence import SentSet
from reference_impl.cis.state import Deed, Desk, State


def understood(instruction: Mapping[str, Any]) -> Deed:
    """What an instruction asks for, ready to be done.

    :raises KeyError, ValueError: there is no such instruction, or it lacks a member.
    """
    name = instruction["instruction"]
    if name == "request_universal_sdp_ids":
        asked = instruction.get("sdp_ids")
        return functools.partial(request_universal_sdp_ids, sdps=None if asked is None else _sdps(asked))
    if name == "publish_billing_schedule":
        return functools.partial(publish_billing_schedule, cycles=[_cycle(each) for each in instruction["cycles"]])
    if name == "problem_corrected":
        days = _days(instruction) if "first_day" in instruction else None
        return functools.partial(problem_corrected, sdps=_sdps(instruction["sdp_ids"]), days=days)
    if name in {"request_quantities", "response_lost", "decide"}:
        return _about_quantities(name, instruction)
    return {"synchronize": synchronize, "audit": audit}[name]


def due(instruction: Mapping[str, Any]) -> Instant | None:
    """The instant for which an instruction is meant, where it names one, as a schedule of P-Syncs does (PSY-08)."""
    return instant(instruction["at"]) if "at" in instruction else None


def _about_quantities(name: str, instruction: Mapping[str, Any]) -> Deed:
    first, last = _days(instruction)
    periods = [billing_requests.period_of(sdp, first, last) for sdp in _sdps(instruction["sdp_ids"])]
    if name == "request_quantities":
        on_cycle = {"on": True, "off": False}[instruction["cycle"]]
        return functools.partial(request_quantities, periods=[(period, on_cycle) for period in periods])
    if name == "response_lost":
        return functools.partial(recover_quantities, periods=periods, delivered=instant(instruction["delivered"]))
    return functools.partial(decide, periods=periods, rebill=bool(instruction["rebill"]))


def _sdps(stated: Iterable[str]) -> list[SdpId]:
    return [SdpId(sdp) for sdp in stated]


def _days(instruction: Mapping[str, Any]) -> tuple[Day, Day]:
    return _day(instruction["first_day"]), _day(instruction["last_day"])


def _day(stated: str) -> Day:
    return Day(date.fromisoformat(stated))


def _cycle(stated: Mapping[str, Any]) -> Cycle:
    return Cycle(
        stated["billing_cycle_id"], _day(stated["first_day"]), Day(_day(stated["last_day"]) + timedelta(days=1))
    )


def is_authorised(state: State, desk: Desk, file_id: str, about: About) -> bool:
    """Whether a file type may be submitted for the LDC; where not, people hear of it (FTS-10)."""
    if file_transfer.may_submit(state.parties, desk.ldc, file_id):
        return True
    says = f"{desk.ldc} has not authorised {state.parties.you} to submit {file_id}: nothing was sent"
    desk.matters.note(("authorisation", file_id), about, says)
    return False


# --- Universal SDP IDs --------------------------------------------------------------------------------------


def request_universal_sdp_ids(state: State, desk: Desk, sdps: Collection[SdpId] | None) -> None:
    """Ask for the Universal SDP IDs of some SDPs, or of all that have none and are not being asked for."""
    if not is_authorised(state, desk, "1000", "id"):
        return
    free = identifiers.without_id(desk.book, desk.ids)
    asked = free if sdps is None else identifiers.to_ask(sdps, desk.book, desk.ids)
    for unknown in (sdp for sdp in sdps or () if sdp not in desk.book.sdps):
        desk.matters.note(("id", "unknown", unknown), "id", "this SDP is not on record", sdp_id=unknown)
    if asked:
        state.send(desk.ldc, "1000", identifiers.request_details(desk.ldc, asked))
        desk.ids.asked.update(asked)


# --- synchronization ----------------------------------------------------------------------------------------


def synchronize(state: State, desk: Desk) -> None:
    """Tell by an I-Sync what has changed and was not told yet; what was rejected before goes first."""
    if is_authorised(state, desk, INCREMENTAL, "set"):
        repeat_rejected(state, desk)
        tell(state, desk, incremental.untold(state.source(desk), desk.withheld))


def tell(state: State, desk: Desk, wanted: Wanted) -> None:
    """Send an I-Sync of some changes, if there are any."""
    if wanted:
        send_set(state, desk, incremental.extract(state.source(desk), wanted, state.now))


def audit(state: State, desk: Desk) -> None:
    """Send a P-Sync of all active SDPs; what was rejected before goes first."""
    if is_authorised(state, desk, PERIODIC_AUDIT, "set"):
        repeat_rejected(state, desk)
        send_set(state, desk, periodic_audit.extract(state.source(desk), state.now))


def send_set(state: State, desk: Desk, extract: Extract) -> None:
    """Send what was extracted as a set of its own, with the next number."""
    number = sequence.number_for(desk.sequence)
    send_files(state, desk, extract, number)
    for sdp_id, days in extract.told.items():
        book.mark_told(desk.book, sdp_id, days)
    replaced = [failed for failed in to_replace(desk) if failed.extract.kind == extract.kind]
    desk.sequence.to_replace = [failed for failed in desk.sequence.to_replace if failed not in replaced]
    settle_sets(desk, replaced)


def repeat_rejected(state: State, desk: Desk) -> None:
    """Send the sets that were rejected again, in order, each as it was (SEQ-08): all that are counted together."""
    rejected, desk.sequence.to_repeat = sequence.in_order(desk.sequence.to_repeat), []
    for each in rejected:
        of_the_ldc = state.desks[each.ldc]
        send_files(state, of_the_ldc, each.extract, sequence.number_of_repeated(desk.sequence, each, state.readings))
        settle_sets(of_the_ldc, [each])


def to_replace(desk: Desk) -> list[SentSet]:
    """The sets of an LDC that failed to load, and were not made anew yet."""
    return [failed for failed in desk.sequence.to_replace if failed.ldc == desk.ldc]


def send_files(state: State, desk: Desk, extract: Extract, number: int) -> None:
    """Send the files of a set, all at one instant, under a TX_ID that no other set has (FTS-03)."""
    state.tx_ids += 1
    addressed = Addressed(desk.ldc, state.parties.you, state.now, f"{state.tx_ids:06}", number)
    files = [(str(name), content) for name, content in file_sets.written(extract, addressed, state.profile)]
    for name, content in files:
        state.submit(name, content)
    sequence.take_number(desk.sequence, number)
    desk.sequence.sent[addressed.tx_id] = SentSet(desk.ldc, addressed.tx_id, number, extract, state.now, files[0][0])


def settle_sets(desk: Desk, sets: Iterable[SentSet]) -> None:
    """Take the matters of sets that were sent again off the list."""
    settled = {("set", each.tx_id) for each in sets}
    desk.matters.settle(lambda key: key in settled)


# --- billing ------------------------------------------------------------------------------------------------


def publish_billing_schedule(state: State, desk: Desk, cycles: list[Cycle]) -> None:
    """Send what is new of a billing cycle schedule, and comes in time (BSV-04, BSV-12)."""
    if not is_authorised(state, desk, "8000", "schedule"):
        return
    lead, reading = state.values["schedule_update_lead_days"], state.readings["AMB-27"]
    earliest = billing_cycle_schedule.earliest_change(day_of(state.now), lead, reading, state.holidays)
    new = billing_cycle_schedule.changed(cycles, desk.schedule)
    late = [cycle for cycle in new if billing_cycle_schedule.comes_too_late(cycle, desk.schedule, earliest)]
    for cycle in late:
        says = billing_cycle_schedule.said_of_late(cycle, earliest)
        desk.matters.note(("schedule", cycle), "schedule", says)
    in_time = [cycle for cycle in new if cycle not in late]
    if in_time:
        state.send(desk.ldc, "8000", billing_cycle_schedule.schedule_details(in_time))
        billing_cycle_schedule.publish(in_time, desk.schedule)


def request_quantities(state: State, desk: Desk, periods: Iterable[tuple[Period, bool]]) -> None:
    """Ask for quantities, on cycle or off; not twice while an answer is to come (BSV-02)."""
    free = [(period, on_cycle) for period, on_cycle in periods if not billing_requests.is_active(desk.requests, period)]
    submit_requests(state, desk, [(period, on_cycle, None) for period, on_cycle in free])


def recover_quantities(state: State, desk: Desk, periods: Iterable[Period], delivered: Instant) -> None:
    """Ask for responses that were lost, as they were delivered by an instant (BSV-10)."""
    submit_requests(state, desk, [(period, on_cycle_before(desk, period), delivered) for period in periods])


def on_cycle_before(desk: Desk, period: Period) -> bool:
    """Whether a period was last asked for on cycle; so it was where the schedule asked for it."""
    latest = desk.requests.latest.get(period)
    return latest is None or desk.requests.made[latest].on_cycle


def submit_requests(state: State, desk: Desk, wanted: list[tuple[Period, bool, Instant | None]]) -> None:
    """Send a request 5000 for periods that can be asked for."""
    if not wanted or not is_authorised(state, desk, "5000", "request"):
        return
    made = [
        Request(new_detail_id(state), period, on_cycle, state.now, version)
        for period, on_cycle, version in wanted
        if can_be_asked_for(state, desk, period)
    ]
    if made:
        codes = state.profile.codes["request_cycle"]
        state.send(desk.ldc, "5000", billing_requests.request_details(made, desk.ids, codes))
        billing_requests.remember(desk.requests, made)
        asked = {("request", request.period) for request in made}
        desk.matters.settle(lambda key: key in asked)


def new_detail_id(state: State) -> str:
    """A Request Detail ID that no other request has."""
    state.detail_ids += 1
    return f"{state.detail_ids:08}"


def can_be_asked_for(state: State, desk: Desk, period: Period) -> bool:
    """Whether an SDP has its Universal SDP ID and is billed by this organisation; where not, people hear of it."""
    sdp = desk.book.sdps.get(period.sdp_id)
    if sdp is None or period.sdp_id not in desk.ids.known:
        says = "no quantities can be asked for: the SDP has no Universal SDP ID"
    elif not billing_requests.is_billed_by(sdp, period, state.parties.you):
        says = f"quantities of {period.start} until {period.end} were not asked for: another organisation bills"
    else:
        return True
    desk.matters.note(("request", period), "request", says, sdp_id=period.sdp_id)
    return False


# --- what people say ----------------------------------------------------------------------------------------


def problem_corrected(state: State, desk: Desk, sdps: Collection[SdpId], days: tuple[Day, Day] | None) -> None:
    """Do what a problem had kept back; where it kept quantities of some days away, ask for these again and no more."""
    if days is None:
        send_again(state, desk, sdps)
        ask_again(state, desk, sdps)
    request_quantities(state, desk, billing_requests.to_ask_again(desk.requests, sdps, days))


def send_again(state: State, desk: Desk, sdps: Collection[SdpId]) -> None:
    """Send sets again that were rejected, or failed to load, and attributes that could not be updated."""
    repeat_rejected(state, desk)
    kinds = {each.extract.kind for each in to_replace(desk)}
    lifted = {(sdp, attribute) for sdp, attribute in desk.withheld if not sdps or sdp in sdps}
    if (lifted or INCREMENTAL in kinds) and is_authorised(state, desk, INCREMENTAL, "set"):
        desk.withheld -= lifted
        desk.matters.settle(lambda key: key[0] == "set" and key[1:] in lifted)
        tell(state, desk, held_back(state, desk, lifted))
    if PERIODIC_AUDIT in kinds:
        audit(state, desk)


def held_back(state: State, desk: Desk, lifted: Collection[tuple[SdpId, str]]) -> Wanted:
    """What failed sets told, or could not be updated, and is still untold."""
    failed = {
        (sdp, attribute)
        for each in to_replace(desk)
        if each.extract.kind == INCREMENTAL
        for sdp, days in each.extract.told.items()
        for attribute in days
    }
    found = {}
    for sdp, attributes in incremental.untold(state.source(desk), desk.withheld).items():
        wanted = {name: days for name, days in attributes.items() if (sdp, name) in failed | set(lifted)}
        if wanted:
            found[sdp] = wanted
    return found


def ask_again(state: State, desk: Desk, sdps: Collection[SdpId]) -> None:
    """Ask again for the Universal SDP IDs that came back as exceptions, or did not come."""
    exceptions = identifiers.exceptions_of(desk.matters, desk.ids, sdps)
    if exceptions:
        request_universal_sdp_ids(state, desk, exceptions)


def decide(state: State, desk: Desk, periods: Sequence[Period], *, rebill: bool) -> None:
    """Do what a person decided on the event periods of a BR03: ask for quantities off cycle, or leave it (BRP-12)."""
    decided = {("rebilling", period) for period in periods}
    desk.matters.settle(lambda key: key in decided)
    if rebill:
        request_quantities(state, desk, [(period, False) for period in periods])
