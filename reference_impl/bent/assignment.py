"""Faults of the Universal SDP ID chapter."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from harness.interface.findings import Severity
from harness.interface.identifiers import SdpId, UniversalSdpId
from harness.interface.instants import day_of, later
from harness.interface.names import read_name
from reference_impl.bent.bending import Application, details_of, fault, replaced
from reference_impl.repository import (
    file_transfer,
    identifiers,
    master_directory,
    repository,
    schedule,
    staging_table_loader,
)
from reference_impl.repository.identifiers import AssignmentStatus


def _numbered(step: int) -> Any:
    def make(_: Any) -> Any:
        def new(ids: Any) -> UniversalSdpId:
            return UniversalSdpId(str(4_000_000_000 + step * len(ids.taken)))

        return new

    return make


def _numbered_behind_chance(_: Any) -> Any:
    def new(ids: Any) -> UniversalSdpId:
        return UniversalSdpId(f"{ids.chance.randrange(10**6, 10**7)}{len(ids.taken) % 1000:03}")

    return new


def _shuffled_block(_: Any) -> Any:
    def new(ids: Any) -> UniversalSdpId:
        free = [n for n in range(4_000_000_000, 4_000_000_400) if str(n) not in ids.taken]
        return UniversalSdpId(str(ids.chance.choice(free)))

    return new


def _stays_known(ids: Any, ldc: Any, issued: UniversalSdpId) -> None:
    """Let an ID be the LDC's still, though no SDP ID of a request leads to it."""
    ids.issued[ldc, SdpId(f"no longer asked for: {issued}")] = issued
    ids.taken.add(issued)


def _reissued(original: Any) -> Any:
    def issue(line: Any, ids: Any) -> Any:
        answer = original(line, ids)
        if answer.status is not AssignmentStatus.ALREADY_ISSUED:
            return answer
        new = identifiers.new_universal_sdp_id(ids)
        _stays_known(ids, line.ldc, new)
        return identifiers.Assignment(line, new, AssignmentStatus.ISSUED)

    return issue


def _one_id_for_all_ldcs(original: Any) -> Any:
    def issue(line: Any, ids: Any) -> Any:
        others = (issued for (_, sdp_id), issued in ids.issued.items() if sdp_id == line.sdp_id)
        if (line.ldc, line.sdp_id) in ids.issued or (issued := next(others, None)) is None:
            return original(line, ids)
        ids.issued[line.ldc, line.sdp_id] = issued
        return identifiers.Assignment(line, issued, AssignmentStatus.ALREADY_ISSUED)

    return issue


def _relabelled(original: Any) -> Any:
    def issue(line: Any, ids: Any) -> Any:
        answer = original(line, ids)
        return identifiers.Assignment(line, answer.universal_sdp_id, AssignmentStatus.ISSUED)

    return issue


def _forgotten_id(original: Any) -> Any:
    def issue(line: Any, ids: Any) -> Any:
        answer = original(line, ids)
        known = answer.universal_sdp_id if answer.status is AssignmentStatus.ISSUED else None
        return identifiers.Assignment(line, known, answer.status)

    return issue


def _forgets_overnight(original: Any) -> Any:
    def run(here: Any) -> None:
        last = max((summary.processed for records in here.reported.values() for summary in records), default=here.now)
        if day_of(last) != day_of(here.now):
            before = dict(here.ids.issued)
            here.ids.issued.clear()
            for (ldc, _), issued in before.items():
                _stays_known(here.ids, ldc, issued)
        original(here)

    return run


def _few_numbers(_: Any) -> Any:
    def new(ids: Any) -> UniversalSdpId:
        return UniversalSdpId(str(4_000_000_000 + ids.chance.randrange(20)))

    return new


def _whole_file_refused(original: Any) -> Any:
    def assign_all(request: Any, ids: Any) -> Any:
        if any(line.ldc != request.ldc or line.sdp_id is None for line in request.lines):
            bad = AssignmentStatus.INCOMPLETE_DATA
            return tuple(identifiers.Assignment(line, None, bad) for line in request.lines)
        return original(request, ids)

    return assign_all


def _stops_at_bad_line(original: Any) -> Any:
    def assign_all(request: Any, ids: Any) -> Any:
        answers = []
        for answer in original(request, ids):
            answers.append(answer)
            if answer.universal_sdp_id is None:
                break
        return tuple(answers)

    return assign_all


def _bad_lines_unanswered(original: Any) -> Any:
    def assign_all(request: Any, ids: Any) -> Any:
        return tuple(answer for answer in original(request, ids) if answer.universal_sdp_id is not None)

    return assign_all


def _every(minutes: int) -> Application:
    return replaced(schedule, "next_run", lambda original: lambda after, _every: original(after, minutes))


def _report_for_each(original: Any) -> Any:
    def report(here: Any, key: Any, new: Any) -> None:
        for summary in new:
            original(here, key, [summary])

    return report


def _only_new(_: Any) -> Any:
    return lambda _earlier, new, _day: tuple(new)


def _as_processed_now(original: Any) -> Any:
    def summaries(earlier: Any, new: Any, day: Any) -> Any:
        now = new[0].processed
        return tuple(dataclasses.replace(each, processed=now) for each in original(earlier, new, day))

    return summaries


def _never_afresh(_: Any) -> Any:
    return lambda earlier, new, _day: (*earlier, *new)


def _last_day(_: Any) -> Any:
    def summaries(earlier: Any, new: Any, day: Any) -> Any:
        kept = [s for s in earlier if day_of(later(s.processed, hours=1)) == day]
        return (*kept, *new)

    return summaries


def _midnight_belongs_to_the_day_before(_: Any) -> Any:
    def summaries(earlier: Any, new: Any, day: Any) -> Any:
        def day_before_midnight(summary: Any) -> Any:
            return day_of(later(summary.processed, seconds=-1))

        added = tuple(new)
        days = {day_before_midnight(summary) for summary in added} or {day}
        return (*(summary for summary in earlier if day_before_midnight(summary) in days), *added)

    return summaries


def _only_last_report(_: Any) -> Any:
    return lambda earlier, new, day: (*[s for s in earlier if day_of(s.processed) == day][-1:], *new)


def _miscounting(wrong: AssignmentStatus, by: int) -> Any:
    def make(original: Any) -> Any:
        def summarise(request: Any, assignments: Any, moment: Any) -> Any:
            found = original(request, assignments, moment)
            counts = {**found.counts, wrong: max(0, found.counts[wrong] + by)}
            return identifiers.Summary(request, moment, counts)

        return summarise

    return replaced(identifiers, "summarise", make)


def _counted_as(one: AssignmentStatus, other: AssignmentStatus) -> Application:
    def make(original: Any) -> Any:
        def summarise(request: Any, assignments: Any, moment: Any) -> Any:
            counts = dict(original(request, assignments, moment).counts)
            counts[other], counts[one] = counts[other] + counts[one], 0
            return identifiers.Summary(request, moment, counts)

        return summarise

    return replaced(identifiers, "summarise", make)


def _to_ldc_too(original: Any) -> Any:
    def recipients(request: Any, participants: Any, reading: str) -> Any:
        found = original(request, participants, reading)
        return (*found, request.ldc) if request.ldc not in found else found

    return recipients


def _to_ldc_alone(_: Any) -> Any:
    return lambda request, _participants, _reading: (request.ldc,)


def _on_1000_too(original: Any) -> Any:
    def recipients(request: Any, participants: Any, reading: str) -> Any:
        allowed = file_transfer.may_submit(request.submitter, request.ldc, "1000", participants)
        return original(request, participants, reading) or ((request.submitter,) if allowed else ())

    return recipients


def _on_2000_too(original: Any) -> Any:
    def recipients(request: Any, participants: Any, reading: str) -> Any:
        allowed = file_transfer.may_receive(request.submitter, request.ldc, "2000", participants)
        return original(request, participants, reading) or ((request.submitter,) if allowed else ())

    return recipients


def _where_authorised(_: Any) -> Any:
    def recipients(request: Any, participants: Any, _readings: Any) -> Any:
        may = file_transfer.may_receive(request.submitter, request.ldc, "IR01", participants)
        return (request.submitter,) if may else ()

    return recipients


def _to_authorised_agents_too(original: Any) -> Any:
    def recipients(request: Any, participants: Any, reading: str) -> Any:
        found = original(request, participants, reading)
        may = file_transfer.may_receive
        agents = [one for one in sorted(participants.agents) if may(one, request.ldc, "2000", participants)]
        return (*found, *(agent for agent in agents if agent not in found))

    return recipients


def _records_of_everybody(original: Any) -> Any:
    def report(here: Any, key: Any, new: Any) -> None:
        here.reported[key] = tuple(summary for records in here.reported.values() for summary in records)
        original(here, key, new)

    return report


def _checked_otherwise(keep: Callable[[Any, Any], bool]) -> Application:
    """The staging table loader drops findings: `keep` is given the staging and a finding."""

    def dropping(check: Any) -> Any:
        return lambda staging: (found for found in check(staging) if keep(staging, found))

    return replaced(staging_table_loader, "CHECKS", lambda checks: tuple(dropping(check) for check in checks))


def _universal_sdp_id(staging: Any, found: Any) -> str:
    """The Universal SDP ID of the record that a finding is about."""
    here = (found.file, found.line)
    return next(str(record["universal_sdp_id"]) for source, record in staging.records if tuple(source) == here)


def _of_virtual_sdp(staging: Any, found: Any) -> bool:
    virtual = staging.profile.codes["sdp_type"]["virtual"]
    return bool(staging.sdp_types.get(_universal_sdp_id(staging, found)) == virtual)


def _virtual_sdps_refused(checks: Any) -> Any:
    def refuse(staging: Any) -> Any:
        virtual = staging.profile.codes["sdp_type"]["virtual"]
        for source, record in staging.of_kind("sdp"):
            if record["sdp_type"] == virtual:
                yield staging_table_loader.LoadFinding(
                    source.file, source.line, Severity.ERROR, "virtual", None, "no virtual SDPs"
                )

    return (*checks, refuse)


def _created_on_assignment(original: Any) -> Any:
    def run(here: Any) -> None:
        before = set(here.ids.issued)
        original(here)
        for ldc, sdp_id in here.ids.issued.keys() - before:
            issued = here.ids.issued[ldc, sdp_id]
            for attribute, value in (("sdp_id", sdp_id), ("sdp_type", here.profile.codes["sdp_type"]["physical"])):
                key = master_directory.Key("sdp", issued, attribute)
                here.directories[ldc].record(key, (master_directory.State(master_directory.BEGINNING, None, value),))

    return run


def _accepted_where(issued_to_somebody: bool) -> Application:
    """Universal SDP IDs that the LDC was not issued are accepted: those of others, or those of nobody."""
    unknown = {"universal-sdp-id-unknown", "sdp-unknown"}

    def make(original: Any) -> Any:
        def process(here: Any, due: Any) -> None:
            known = {str(issued) for issued in here.ids.issued.values()}

            def keep(staging: Any, found: Any) -> bool:
                is_odd = found.code in unknown and _universal_sdp_id(staging, found) not in staging.issued
                return not is_odd or (_universal_sdp_id(staging, found) in known) is not issued_to_somebody

            with _checked_otherwise(keep)(here):
                original(here, due)

        return process

    return replaced(repository, "process", make)


def _strangers(original: Any) -> Any:
    def admitted(submitter: Any, text: str, participants: Any, profile: Any) -> Any:
        found = original(submitter, text, participants, profile)
        if found is not None or file_transfer.is_registered(submitter, participants):
            return found
        name, findings = read_name(text, profile)
        return None if findings or name is None else name

    return admitted


_S = AssignmentStatus

ASSIGNMENT_FAULTS = (
    fault(
        "response_omits_last_sdp",
        "USDP-01",
        "The response leaves out the request's last SDP ID.",
        replaced(identifiers, "assign_all", lambda original: lambda request, ids: original(request, ids)[:-1]),
    ),
    fault(
        "response_without_sdp_ids",
        "USDP-01",
        "The response does not say which SDP ID a Universal SDP ID is for.",
        details_of("2000", lambda rows: [[*row[:2], "", *row[3:]] for row in rows]),
    ),
    fault(
        "response_with_one_status_for_all",
        "USDP-01",
        "Only the first record of a response has a status.",
        details_of(
            "2000", lambda rows: [row if number == 0 else [*row[:4], "", *row[5:]] for number, row in enumerate(rows)]
        ),
    ),
    fault(
        "universal_sdp_id_shared",
        "USDP-02",
        "Universal SDP IDs are drawn from twenty numbers, without a look at those taken.",
        replaced(identifiers, "new_universal_sdp_id", _few_numbers),
    ),
    fault(
        "universal_sdp_id_reissued_on_repeat",
        "USDP-03",
        "Asking again issues another Universal SDP ID.",
        replaced(identifiers, "issue", _reissued),
    ),
    fault(
        "repeat_reported_as_issued",
        "USDP-03",
        "Asking again gives the same ID, with the status 'issued'.",
        replaced(identifiers, "issue", _relabelled),
    ),
    fault(
        "repeat_answered_without_id",
        "USDP-03",
        "Asking again says 'already issued' and leaves the ID out.",
        replaced(identifiers, "issue", _forgotten_id),
    ),
    fault(
        "universal_sdp_ids_forgotten_overnight",
        "USDP-03",
        "Which SDP ID a Universal SDP ID was issued for is forgotten at midnight: asking again gives another.",
        replaced(repository, "run_assignment", _forgets_overnight),
    ),
    fault(
        "universal_sdp_ids_in_sequence",
        "USDP-04",
        "Universal SDP IDs are numbered one after the other.",
        replaced(identifiers, "new_universal_sdp_id", _numbered(1)),
    ),
    fault(
        "universal_sdp_ids_at_constant_step",
        "USDP-04",
        "Universal SDP IDs follow each other at a constant step.",
        replaced(identifiers, "new_universal_sdp_id", _numbered(7919)),
    ),
    fault(
        "universal_sdp_ids_end_in_a_running_number",
        "USDP-04",
        "The last three digits of Universal SDP IDs count up, behind random ones.",
        replaced(identifiers, "new_universal_sdp_id", _numbered_behind_chance),
    ),
    fault(
        "universal_sdp_ids_from_one_block",
        "USDP-04",
        "Universal SDP IDs are a block of consecutive numbers in random order.",
        replaced(identifiers, "new_universal_sdp_id", _shuffled_block),
    ),
    fault(
        "sdp_id_taken_for_unique_in_ontario",
        "USDP-05",
        "One SDP ID of two LDCs gets one Universal SDP ID.",
        replaced(identifiers, "issue", _one_id_for_all_ldcs),
    ),
    fault(
        "unregistered_organisation_served",
        "USDP-08",
        "Files of organisations that are not registered are processed.",
        replaced(file_transfer, "admitted", _strangers),
    ),
    fault(
        "agent_requests_without_authorisation",
        "USDP-08",
        "An agent needs no authorisation for 1000.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (kind == "1000" and who in parties.agents)
                )
            ),
        ),
    ),
    fault(
        "agents_never_served",
        "USDP-08",
        "Requests 1000 of agents are refused, authorised or not.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: original(who, ldc, kind, parties) and (kind != "1000" or who == ldc)
            ),
        ),
    ),
    fault(
        "response_to_every_authorised_agent",
        "USDP-09",
        "The response goes to every agent that may receive 2000, whoever submits.",
        replaced(identifiers, "response_recipients", _to_authorised_agents_too),
    ),
    fault(
        "response_to_ldc_of_submitting_agent",
        "USDP-09",
        "The LDC receives the response to its agent's request too.",
        replaced(identifiers, "response_recipients", _to_ldc_too),
    ),
    fault(
        "response_to_ldc_instead_of_agent",
        "USDP-09",
        "The response goes to the LDC, whoever submits.",
        replaced(identifiers, "response_recipients", _to_ldc_alone),
    ),
    fault(
        "summary_to_ldc_of_submitting_agent",
        "USDP-09",
        "The LDC receives IR01 of its agent's request too.",
        replaced(identifiers, "summary_recipients", _to_ldc_too),
        AMB_01="submitter-alone",
    ),
    fault(
        "summary_authorised_with_1000",
        "USDP-10",
        "The authorisation to submit 1000 is taken for one to receive IR01.",
        replaced(identifiers, "summary_recipients", _on_1000_too),
        AMB_43="authorised-alone",
    ),
    fault(
        "summary_authorised_with_2000",
        "USDP-10",
        "The authorisation to receive 2000 is taken for one to receive IR01.",
        replaced(identifiers, "summary_recipients", _on_2000_too),
        AMB_43="authorised-alone",
    ),
    fault(
        "summary_to_authorised_submitters_alone",
        "USDP-10",
        "An agent that was not authorised for IR01 receives none, where it is to receive it all the same.",
        replaced(identifiers, "summary_recipients", _where_authorised),
        AMB_43="submitter",
    ),
    fault(
        "summary_authorisation_not_heeded",
        "USDP-10",
        "No agent receives IR01, though it is authorised to receive it.",
        replaced(
            identifiers,
            "summary_recipients",
            lambda _: lambda request, *_: (request.submitter,) if request.submitter == request.ldc else (),
        ),
    ),
    fault("assignment_every_16_minutes", "USDP-11", "The assignment process runs every 16 minutes.", _every(16)),
    fault("assignment_every_30_minutes", "USDP-11", "The assignment process runs every 30 minutes.", _every(30)),
    fault("assignment_every_5_minutes", "USDP-11", "The assignment process runs every 5 minutes.", _every(5)),
    fault(
        "summary_report_for_each_request",
        "USDP-11",
        "Each request of a run gets an IR01 of its own.",
        replaced(repository, "report", _report_for_each),
    ),
    fault(
        "summary_without_earlier_records",
        "USDP-12",
        "IR01 holds the new summary records only.",
        replaced(identifiers, "summaries_of_day", _only_new),
    ),
    fault(
        "summary_with_records_of_other_ldcs",
        "USDP-12",
        "IR01 repeats the day's summary records of every LDC.",
        replaced(repository, "report", _records_of_everybody),
    ),
    fault(
        "summary_with_last_report_only",
        "USDP-12",
        "IR01 repeats one earlier record, not all.",
        replaced(identifiers, "summaries_of_day", _only_last_report),
    ),
    fault(
        "summary_repeats_as_processed_now",
        "USDP-12",
        "IR01 repeats the day's earlier records as if their requests had been processed in this run.",
        replaced(identifiers, "summaries_of_day", _as_processed_now),
    ),
    fault(
        "summary_never_starts_afresh",
        "USDP-12",
        "IR01 goes on over midnight.",
        replaced(identifiers, "summaries_of_day", _never_afresh),
    ),
    fault(
        "summary_day_ends_an_hour_early",
        "USDP-12",
        "The day of IR01 ends at 23:00, as on a daylight saving clock.",
        replaced(identifiers, "summaries_of_day", _last_day),
    ),
    fault(
        "summary_of_midnight_run_goes_with_the_day_before",
        "USDP-12",
        "What is processed at midnight itself goes with the day that ends.",
        replaced(identifiers, "summaries_of_day", _midnight_belongs_to_the_day_before),
    ),
    fault("summary_counts_issued_wrong", "USDP-13", "IR01 counts one issued ID too many.", _miscounting(_S.ISSUED, 1)),
    fault(
        "summary_counts_repeats_as_issued",
        "USDP-13",
        "IR01 counts already issued IDs as issued.",
        _counted_as(_S.ALREADY_ISSUED, _S.ISSUED),
    ),
    fault(
        "summary_counts_incomplete_as_invalid",
        "USDP-13",
        "IR01 counts incomplete data as invalid organisations.",
        _counted_as(_S.INCOMPLETE_DATA, _S.INVALID_ORGANISATION),
    ),
    fault(
        "summary_counts_invalid_as_incomplete",
        "USDP-13",
        "IR01 counts invalid organisations as incomplete data.",
        _counted_as(_S.INVALID_ORGANISATION, _S.INCOMPLETE_DATA),
    ),
    fault(
        "bad_line_refuses_the_file",
        "USDP-14",
        "One bad line keeps the whole request from being assigned.",
        replaced(identifiers, "assign_all", _whole_file_refused),
    ),
    fault(
        "bad_line_stops_the_file",
        "USDP-14",
        "Nothing after a bad line is assigned.",
        replaced(identifiers, "assign_all", _stops_at_bad_line),
    ),
    fault(
        "bad_line_not_answered",
        "USDP-14",
        "A bad line is left out of the response.",
        replaced(identifiers, "assign_all", _bad_lines_unanswered),
    ),
    fault(
        "physical_sdp_needs_no_universal_sdp_id",
        "USDP-06",
        "A physical SDP is created without a Universal SDP ID.",
        _checked_otherwise(
            lambda staging, found: found.code != "universal-sdp-id-unknown" or _of_virtual_sdp(staging, found)
        ),
    ),
    fault(
        "virtual_sdp_needs_no_universal_sdp_id",
        "USDP-06",
        "A virtual SDP is created without a Universal SDP ID.",
        _checked_otherwise(
            lambda staging, found: found.code != "universal-sdp-id-unknown" or not _of_virtual_sdp(staging, found)
        ),
    ),
    fault(
        "virtual_sdp_refused",
        "USDP-06",
        "A virtual SDP is refused, whatever its Universal SDP ID.",
        replaced(staging_table_loader, "CHECKS", _virtual_sdps_refused),
    ),
    fault(
        "sdp_created_on_assignment",
        "USDP-07",
        "Assignment creates the SDP in the Master Directory.",
        replaced(repository, "run_assignment", _created_on_assignment),
    ),
    fault(
        "unissued_universal_sdp_id_accepted",
        "USDP-15",
        "Data for a Universal SDP ID that nobody was given is accepted.",
        _accepted_where(issued_to_somebody=False),
    ),
    fault(
        "universal_sdp_id_of_another_ldc_accepted",
        "USDP-15",
        "Data for the Universal SDP ID of another LDC is accepted.",
        _accepted_where(issued_to_somebody=True),
    ),
)
