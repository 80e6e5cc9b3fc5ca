"""Faults that show in rare cases alone: the second time, beside another of a kind, at a border, or of one kind of set."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from harness.interface.instants import Day
from harness.interface.set_records import CHANNEL_TO_CHANNEL
from reference_impl.bent.bending import Application, Bent, fault, replaced, together
from reference_impl.bent.loading import check_kept, findings_kept, never, outcome_changed, overlooked, staged
from reference_impl.repository import (
    billing_operations,
    billing_quantities,
    billing_services,
    repository,
    sequence,
    staging_table_loader,
    sum_check,
    synchronization,
    synchronization_reports,
)
from reference_impl.repository.master_directory import BEGINNING, Difference, Key
from reference_impl.repository.synchronization import Outcome

_LONGEST_MONTH = 31
_UNKNOWN, _EXTRACTED = "universal-sdp-id-unknown", "extracted-date-time"
"""What the loader says of a Universal SDP ID that was not issued, and of another Extracted Date Time."""


# --- file sets --------------------------------------------------------------------------------------------------


def _second_failure_uses_up() -> Application:
    """A number is used up by the second set of it that fails to load; each conversation begins anew."""
    failed: list[int] = []

    def begun(original: Any) -> Any:
        def opened(*arguments: Any, **more: Any) -> Any:
            failed.clear()
            return original(*arguments, **more)

        return opened

    def counted(original: Any) -> Any:
        def number(expected: int, *, loaded: bool, reading: str) -> int:
            if not loaded and expected in failed:
                return expected + 1
            failed.extend([] if loaded else [expected])
            return int(original(expected, loaded=loaded, reading=reading))

        return number

    return together(
        replaced(repository.Repository, "opened", begun), replaced(sequence, "number_after_processing", counted)
    )


def _of_the_first_reason(outcome: Outcome, *_: Any) -> Outcome:
    failures = tuple(each for each in outcome.failures if each.why is outcome.failures[0].why)
    return dataclasses.replace(outcome, failures=failures)


def _extracted(later: int) -> Application:
    """Prior states are those of an extract so many days later."""

    def make(original: Any) -> Any:
        return lambda values, directory, extracted: original(values, directory, Day(extracted + timedelta(days=later)))

    return replaced(synchronization, "prior_states", make)


def _nothing_ended_beside_exceptions(outcome: Outcome, *_: Any) -> Outcome:
    ended = [each for each in outcome.updates if each.history and each.history[-1].end is not None]
    left = tuple(each for each in outcome.updates if each not in ended)
    return dataclasses.replace(outcome, updates=left) if outcome.failures else outcome


def _as_planned(original: Any) -> Any:
    def deactivated(omitted: Any, directory: Any, extracted: Any) -> Any:
        found = original(omitted, directory, extracted)
        return [each for each in found if directory.history(each.key)[-1].end is None]

    return deactivated


def _prior_states(counts: Callable[..., bool]) -> Application:
    """Of the prior states that a P-Sync would change those alone are refused that are of a kind."""

    def make(original: Any) -> Any:
        return lambda *arguments: (key for key in original(*arguments) if counts(key))

    return replaced(synchronization, "prior_states", make)


def _passed_over(is_so: Callable[[Key, Difference], bool]) -> Application:
    """Attributes do not change where one of their differences is of a kind."""

    def make(original: Any) -> Any:
        def wanted(values: Any, directory: Any) -> Any:
            return [
                each
                for each in original(values, directory)
                if not any(is_so(each.key, difference) for difference in each.differences)
            ]

        return wanted

    return replaced(synchronization, "updates_wanted", make)


def _ends(*attributes: str) -> Application:
    return _passed_over(lambda key, change: key.attribute in attributes and change.after is None)


def _at_new_year(_: Key, change: Difference) -> bool:
    days = [(day.month, day.day) for day in (change.start, change.end) if day is not None and day != BEGINNING]
    return (1, 1) in days or (12, 31) in days


def _comes_back(original: Any) -> Any:
    def wanted(values: Any, directory: Any) -> Any:
        def had(update: Any) -> bool:
            former = {state.value for state in directory.history(update.key)}
            return any(change.before is not None and change.after in former for change in update.differences)

        return [each for each in original(values, directory) if not had(each)]

    return wanted


def _not_of_p_sync(staging: Any, found: Any) -> Any:
    return [] if staging.arriving.is_periodic_audit else found


def _without_third_component(values: Any) -> Any:
    components: dict[str, list[str]] = {}
    for each in values:
        if each.key.attribute.startswith(CHANNEL_TO_CHANNEL):
            of_one = components.setdefault(each.key.id, [])
            of_one.extend([] if each.value in of_one else [each.value])
            if of_one[2:3] == [each.value]:
                continue
        yield each


def _without_records_of_unknown_meters(kind: str) -> Application:
    """Records of a kind that name a meter which nobody created are left out."""

    def make(original: Any) -> Any:
        def load(arriving: Any, *arguments: Any, **more: Any) -> Any:
            found = original(arriving, *arguments, **more)
            of_kind = {
                (table.file, line)
                for table in staging_table_loader.tables(arriving)
                if table.records.layout.kind == kind
                for line in table.records.lines
            }
            out = {(each.file, each.line) for each in found.findings if each.code == "meter-unknown"} & of_kind
            values = tuple(each for each in found.staged.values if tuple(each.source) not in out)
            findings = tuple(each for each in found.findings if (each.file, each.line) not in out)
            return dataclasses.replace(
                found, staged=dataclasses.replace(found.staged, values=values), findings=findings
            )

        return load

    return replaced(staging_table_loader, "load", make)


def _of_i_sync_alone(original: Any) -> Any:
    return lambda here, rejected: None if rejected.is_periodic_audit else original(here, rejected)


def _while_all_are_active(original: Any) -> Any:
    def omitted(staged: Any, directory: Any, extracted: Any) -> Any:
        every = {*directory.sdps()}
        return original(staged, directory, extracted) if every == {*directory.active_sdps(extracted)} else []

    return omitted


def _of_what_is_known(original: Any) -> Any:
    """A P-Sync set changes what is on record, and creates nothing."""

    def synchronize(staged: Any, directory: Any, extracted: Any, audit: Any = None) -> Any:
        values = [each for each in staged.values if each.key.id in directory.identifiers(each.key.entity)]
        known = staged if audit is None else dataclasses.replace(staged, values=tuple(values))
        return original(known, directory, extracted, audit)

    return synchronize


def _first_span_alone(original: Any) -> Any:
    def details(*arguments: Any) -> Any:
        told = set()
        for kind, fields in original(*arguments):
            attribute = kind == "update" and (fields["entity_id"], fields["attribute"])
            if not attribute or attribute not in told:
                yield kind, fields
            told.add(attribute)

    return details


# --- reports on sets ----------------------------------------------------------------------------------------------


def _later_in_turn(change: Callable[[list[Outcome]], Application]) -> Application:
    """Bent while what is reported of those sets is written that are processed right after another.

    :param change: is given what became of the sets of this turn, the one that is reported last.
    """
    outcomes: list[Outcome] = []

    def begun(original: Any) -> Any:
        def in_turn(*arguments: Any) -> None:
            outcomes.clear()
            original(*arguments)

        return in_turn

    def bent(original: Any) -> Any:
        def report(here: Any, processed: Any, extracted: Any, outcome: Outcome) -> None:
            outcomes.append(outcome)
            with change(outcomes)(None) if len(outcomes) > 1 else contextlib.nullcontext():
                original(here, processed, extracted, outcome)

        return report

    return together(
        replaced(repository, "process_in_turn", begun), replaced(repository, "report_synchronization", bent)
    )


def _untold(report: str) -> Application:
    return _recipients_of((report,), lambda _original, *_: ())


def _recipients_of(reports: Collection[str], change: Callable[..., tuple[Any, ...]]) -> Application:
    """Who receives a report on a set is changed: `change` is given who should, by key and participants."""

    def make(original: Any) -> Any:
        def recipients(key: Any, report: str, participants: Any, *reading: str) -> tuple[Any, ...]:
            found: tuple[Any, ...] = original(key, report, participants, *reading)
            return change(found, key, participants) if report in reports else found

        return recipients

    names = ("submitter_alone", "ldc_and_authorised")
    return together(*(replaced(synchronization_reports, name, make) for name in names))


def _agent_of_the_first_ldc(found: tuple[Any, ...], key: Any, participants: Any) -> tuple[Any, ...]:
    agents = [agent for ldc, agent, _, _ in sorted(participants.authorisations) if ldc == min(participants.ldcs)]
    return tuple(agents[0] if agents and each != key.ldc else each for each in found)


def _ldcs_of(agent: Any, participants: Any) -> list[Any]:
    return sorted({ldc for ldc, whom, _, _ in participants.authorisations if whom == agent})


def _as_authorised_by_the_first(original: Any) -> Any:
    def may_receive(organisation: Any, ldc: Any, file_id: str, participants: Any) -> bool:
        return bool(original(organisation, min([*_ldcs_of(organisation, participants), ldc]), file_id, participants))

    return may_receive


def _named_by(chosen: Callable[[list[Any]], Any]) -> Application:
    """The reports of an agent are named as if they were about one of its LDCs."""

    def make(original: Any) -> Any:
        def send(here: Any, ldc: Any, recipient: Any, file_id: str, *content: Any) -> Any:
            ldcs = _ldcs_of(recipient, here.participants) if file_id in ("IR06", "IR07", "IR14") else []
            return original(here, chosen(ldcs) if ldcs else ldc, recipient, file_id, *content)

        return send

    return replaced(repository.Repository, "send", make)


def _unchecked(code: str, file_no: str) -> Application:
    """What the loader says by a code of a file is passed over."""

    def is_told(found: Any) -> bool:
        return bool(found.code != code or found.file is None or found.file.split(".")[-3] != file_no)

    return findings_kept(is_told)


def _is_of_first_segment(found: Any) -> bool:
    return found.file is None or found.file.endswith(".01.DAT")


# --- billing ------------------------------------------------------------------------------------------------------


def _register_of(multiplier: Callable[[int, int], int]) -> Application:
    """The Wh of a dial unit come otherwise from the multipliers of register and transformers."""

    def make(original: Any) -> Any:
        def register(meter: Any, parameters: Any, digits: int) -> Any:
            found = original(meter, parameters, digits)
            names = ("register_multiplier", "ct_pt_multiplier")
            counted = multiplier(*(int(parameters[name] or 1) for name in names))
            return None if found is None else found._replace(unit_wh=sum_check.WH_OF_DIAL_UNIT * counted)

        return register

    return replaced(billing_services, "register_of", make)


def _in_whole_units(original: Any) -> Any:
    """The threshold is rounded down to whole dial units."""

    def compared(interval_wh: Any, first: Any, last: Any, registers: Any, percent: int) -> Any:
        found = original(interval_wh, first, last, registers, percent)
        threshold = found.register_wh * percent // 100 // registers[1] * registers[1]
        return dataclasses.replace(found, over=(found.variance_wh > threshold) & (found.variance_wh > registers[1]))

    return compared


def _by_that_for(granted: str, wanted: str) -> Application:
    """Who may receive one type of file receives another."""

    def make(original: Any) -> Any:
        return lambda recipient, ldc, file_type, participants: original(
            recipient, ldc, granted if file_type == wanted else file_type, participants
        )

    return replaced(billing_operations, "may_receive", make)


def _with_quantities_alone(original: Any) -> Any:
    def recovered(request: Any, delivered: Any, reading: str) -> Any:
        return original(request, [each for each in delivered if each.response.status != "no_data"], reading)

    return recovered


RARE_FAULTS: tuple[Bent, ...] = (
    fault(
        "second_failed_load_uses_up_the_number",
        "STL-03",
        "The second set of a number that fails to load uses the number up.",
        _second_failure_uses_up(),
        AMB_22="number-stays",
    ),
    fault(
        "exceptions_of_the_first_reason",
        "SRP-04",
        "Where attributes fail for several reasons, those that fail for the first stand in IR07.",
        outcome_changed(_of_the_first_reason),
        AMB_35="exception",
        AMB_61="exception",
    ),
    fault(
        "what_ended_today_taken_for_current",
        "PSY-04",
        "A state that has ended as the day of the extract begins is changed by a P-Sync.",
        _extracted(-1),
    ),
    fault(
        "what_ends_tomorrow_taken_for_prior",
        "PSY-04",
        "A state that ends with the day of the extract is not changed by a P-Sync.",
        _extracted(1),
    ),
    fault(
        "prior_states_of_billing_cycles_alone_refused",
        "PSY-04",
        "A P-Sync changes prior states of everything but the Billing Cycle ID.",
        _prior_states(lambda key: key.attribute == "billing_cycle_id"),
    ),
    *(
        fault(
            f"prior_states_of_{attribute}_changed",
            "PSY-04",
            f"A P-Sync changes prior states of {words}.",
            _prior_states(lambda key, attribute=attribute: key.attribute != attribute),
        )
        for attribute, words in (("sdp_to_account", "the account"), ("city", "the city"))
    ),
    dataclasses.replace(
        fault(
            "p_sync_sets_rejected_silently",
            "SEQ-05",
            "Of a P-Sync set that is rejected nobody is told.",
            replaced(repository, "report_rejection", _of_i_sync_alone),
        ),
        rules=("SEQ-05", "SEQ-06"),
    ),
    *(
        fault(f"{check}_of_p_sync_passed_over", rule, text, check_kept(f"check_{check}", _not_of_p_sync))
        for check, rule, text in (
            ("headers", "SYN-09", "The Extracted Date Time of a P-Sync set's files may be another."),
            ("universal_sdp_ids", "USDP-15", "A P-Sync set may name SDPs that have no Universal SDP ID."),
            ("syntax", "STL-01", "The syntax of P-Sync sets is not checked."),
            ("manifest", "SYN-06", "Of a P-Sync set the segments are not held against the manifest."),
        )
    ),
    *(
        fault(
            f"universal_sdp_ids_of_file_{file_no}_unchecked",
            "USDP-15",
            f"Whether a Universal SDP ID was issued is not asked of file {file_no}.",
            _unchecked(_UNKNOWN, file_no),
        )
        for file_no in ("02", "03", "05")
    ),
    *(
        fault(
            f"extracted_date_time_of_{file_no}_unchecked",
            "SYN-09",
            f"File {file_no} may state another Extracted Date Time.",
            _unchecked(_EXTRACTED, file_no),
        )
        for file_no in ("01", "02", "03")
    ),
    fault(
        "overlaps_of_p_sync_passed_over",
        "STL-01",
        "Of a P-Sync set two values of one attribute at a time are taken.",
        check_kept("check_overlaps", _not_of_p_sync),
        AMB_40="refused",
    ),
    fault(
        "virtual_sdps_of_p_sync_passed_over",
        "SYN-13",
        "In a P-Sync set a virtual SDP may aggregate a single physical one.",
        check_kept("check_virtual_sdps", _not_of_p_sync),
        AMB_41="refused",
    ),
    fault(
        "third_component_lost",
        "SYN-13",
        "Of the components that a set gives a virtual SDP the third is lost.",
        staged(_without_third_component),
        AMB_41="refused",
    ),
    *(
        fault(f"{kind}_of_unknown_meter_overlooked", "STL-01", text, _without_records_of_unknown_meters(kind))
        for kind, text in (
            ("meter_parameter", "A parameter of a meter that nobody created is left out, and the rest taken."),
            (
                "meter_to_communication_module",
                "The module of a meter that nobody created is left out, and the rest taken.",
            ),
            ("sdp_to_meter", "A meter that nobody created is left out, and the rest taken."),
        )
    ),
    fault(
        "unknown_module_accepted",
        "STL-01",
        "A communication module that nobody created is taken.",
        overlooked("communication-module-unknown"),
    ),
    fault("new_year_passed_over", "ISY-01", "Nothing changes on 1 January or 31 December.", _passed_over(_at_new_year)),
    fault(
        "former_value_passed_over",
        "ISY-01",
        "A value that held before does not come back.",
        replaced(synchronization, "updates_wanted", _comes_back),
    ),
    fault("account_does_not_end", "ISY-19", "An account without one after it does not end.", _ends("sdp_to_account")),
    *(
        fault(f"{name}_does_not_end", rule, f"{words} without one after it does not end.", _ends(f"sdp_to_{name}"))
        for name, rule, words in (
            ("billing_agent", "ISY-20", "A billing agent"),
            ("ami_operator", "ISY-20", "An AMI operator"),
            ("cca_service_provider", "ISY-20", "A CCA service provider"),
            ("energy_service_provider", "ISY-21", "A retailer"),
        )
    ),
    fault(
        "register_multiplier_passed_over",
        "ISY-12",
        "The multiplier of a register is not taken.",
        never("register_multiplier"),
    ),
    fault(
        "one_omitted_sdp_ended",
        "PSY-02",
        "Of the SDPs that a P-Sync set leaves out the first is deactivated.",
        replaced(synchronization, "omitted_sdps", lambda original: lambda *arguments: original(*arguments)[:1]),
    ),
    fault(
        "nothing_deactivated_beside_exceptions",
        "PSY-02",
        "A P-Sync set of which something is refused deactivates nothing.",
        outcome_changed(_nothing_ended_beside_exceptions),
        AMB_35="exception",
    ),
    fault(
        "what_was_to_end_later_ends_then",
        "PSY-02",
        "What an SDP that is left out has until a later day ends on that day.",
        replaced(synchronization, "deactivate_omitted", _as_planned),
    ),
    fault(
        "nothing_deactivated_after_the_first",
        "PSY-02",
        "Once an SDP was deactivated, no other is.",
        replaced(synchronization, "omitted_sdps", _while_all_are_active),
    ),
    fault(
        "nothing_created_by_p_sync",
        "SRP-03",
        "A P-Sync set does not create what is not there.",
        replaced(synchronization, "synchronize", _of_what_is_known),
    ),
    fault(
        "ten_findings_at_most",
        "STL-05",
        "IR14 reports no more than ten errors and warnings.",
        replaced(synchronization_reports, "reported_findings", lambda _: lambda load: load.findings[:10]),
    ),
    fault(
        "first_segment_alone_checked",
        "STL-01",
        "The syntax of the first segment of each file is checked, and no other's.",
        check_kept("check_syntax", lambda _, found: [each for each in found if _is_of_first_segment(each)]),
    ),
    fault(
        "errors_of_later_segments_untold",
        "STL-05",
        "IR14 reports the errors and warnings of the first segments of files.",
        replaced(
            synchronization_reports,
            "reported_findings",
            lambda _: lambda load: [each for each in load.findings if _is_of_first_segment(each)],
        ),
    ),
    fault(
        "second_set_of_a_minute_without_ir06",
        "SRP-01",
        "Of sets that are processed one right after the other the first alone yields IR06.",
        _later_in_turn(lambda _: _untold("IR06")),
    ),
    fault(
        "second_set_of_a_minute_with_updates_of_the_first",
        "SRP-03",
        "Of sets that are processed one right after the other each IR06 lists the updates of the first.",
        _later_in_turn(
            lambda outcomes: replaced(
                synchronization_reports,
                "update_details",
                lambda original: lambda status, _, profile: original(status, outcomes[0], profile),
            )
        ),
    ),
    *(
        fault(
            f"{report.lower()}_to_the_first_ldcs_agent",
            rule,
            f"{report} on a set that an agent submitted goes to the agent of the first LDC.",
            _recipients_of((report,), _agent_of_the_first_ldc),
        )
        for report, rule in (("IR07", "SRP-06"), ("IR14", "STL-06"))
    ),
    fault(
        "agent_authorised_as_by_its_first_ldc",
        "SRP-06",
        "For which reports an agent of several LDCs is authorised says the first of them.",
        replaced(synchronization_reports, "may_receive", _as_authorised_by_the_first),
    ),
    *(
        fault(
            f"agents_reports_named_by_the_{word}_ldc",
            "FTS-06",
            f"The reports of an agent of several LDCs bear the name of the {word} of them.",
            _named_by(chosen),
        )
        for word, chosen in (("first", min), ("last", max))
    ),
    fault(
        "first_of_several_spans_reported",
        "SRP-03",
        "Of an attribute that changes in several spans IR06 shows the first.",
        replaced(synchronization_reports, "update_details", _first_span_alone),
    ),
    fault(
        "register_multiplier_ignored",
        "SUM-02",
        "The multiplier of the register does not count.",
        _register_of(lambda _, of_transformers: of_transformers),
    ),
    fault("larger_multiplier_alone", "SUM-02", "Of two multipliers the larger counts.", _register_of(max)),
    fault(
        "threshold_in_whole_units",
        "SUM-06",
        "The threshold is rounded down to whole dial units.",
        replaced(sum_check, "compared", _in_whole_units),
    ),
    fault(
        "hours_of_a_month_alone",
        "BQ-07",
        "Of an Hourly period the first 31 days are delivered.",
        replaced(
            billing_quantities,
            "hourly_records",
            lambda original: lambda energy, days: original(energy, days)[:_LONGEST_MONTH],
        ),
    ),
    fault(
        "no_data_response_not_recovered",
        "BSV-10",
        "A response that says that there is no data cannot be recovered.",
        replaced(billing_services, "recovered", _with_quantities_alone),
    ),
    fault(
        "demand_as_authorised_for_energy",
        "FTS-13",
        "Who may receive 6000 receives 6200.",
        _by_that_for("6000", "6200"),
    ),
    fault(
        "energy_as_authorised_for_demand",
        "FTS-13",
        "Who may receive 6200 receives 6000.",
        _by_that_for("6200", "6000"),
    ),
)
"""Each leaves the plain case as it should be."""
