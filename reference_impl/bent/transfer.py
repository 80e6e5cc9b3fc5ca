"""Faults of the File Transfer Services chapter."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

from harness.interface.names import FileName, read_name
from reference_impl.bent.bending import fault, only, renamed, replaced, text_changed
from reference_impl.repository import billing_operations, file_transfer, identifiers, repository, staging_table_loader
from reference_impl.repository.file_sets import is_complete
from reference_impl.repository.state import Delivery


def _swapped(name: str) -> str:
    first, second, rest = name.split(".", 2)
    return f"{second}.{first}.{rest}"


_QUANTITIES = frozenset({"6000", "6100", "6200"})


def _version(version: str) -> Any:
    return lambda file: renamed(file, lambda name: re.sub(r"\.\d\d\.(\d{12,14})", rf".{version}.\1", name))


def _without_end(file: Delivery) -> Delivery:
    return text_changed(file, lambda text: re.sub(r"EF\|\d+\r\n", "", text))


def _miscounted(file: Delivery) -> Delivery:
    return text_changed(file, lambda text: re.sub(r"EF\|(\d+)", lambda m: f"EF|{int(m[1]) + 1}", text))


def _lenient(_: Any) -> Any:
    def admitted(submitter: Any, text: str, participants: Any, profile: Any) -> FileName | None:
        name, _ = read_name(text, profile)
        if name is None or name.org_2 != submitter or name.org_1 not in participants.ldcs:
            return None
        return name if file_transfer.may_submit(submitter, name.org_1, name.file_id, participants) else None

    return admitted


def _in_any_name(original: Any) -> Any:
    def admitted(submitter: Any, text: str, participants: Any, profile: Any) -> Any:
        found = original(submitter, text, participants, profile)
        name, _ = read_name(text, profile)
        if found is not None or name is None or not file_transfer.is_registered(submitter, participants):
            return found
        return original(name.org_2, text, participants, profile)

    return admitted


def _digits_refused(digits: int) -> Any:
    def make(original: Any) -> Any:
        def admitted(submitter: Any, text: str, participants: Any, profile: Any) -> FileName | None:
            found: FileName | None = original(submitter, text, participants, profile)
            return None if found is None or len(found.created) == digits else found

        return admitted

    return replaced(file_transfer, "admitted", make)


def _any_version(original: Any) -> Any:
    def submit(here: Any, submitter: Any, name: str, content: bytes) -> None:
        taken_for = re.sub(r"\.1000\.\d\d\.", ".1000.00.", name)
        original(here, submitter, taken_for, content.replace(name.encode(), taken_for.encode()))

    return submit


def _whoever_submits(original: Any) -> Any:
    def receive(here: Any, name: Any, reading: Any) -> None:
        wanted = name.org_1, name.file_id, name.part.tx_id
        submitters = [key.submitter for key in here.sets if (key.ldc, key.file_type, key.tx_id) == wanted]
        original(here, dataclasses.replace(name, org_2=submitters[0]) if submitters else name, reading)

    return receive


def _withdrawn_too(original: Any) -> Any:
    def report(here: Any, key: Any, new: Any) -> None:
        before = len(here.outbox)
        original(here, key, new)
        here.outbox += [renamed(file, lambda name: name.replace(".IR01.", ".IR04.")) for file in here.outbox[before:]]

    return report


def _names_taken_for(change: Callable[[Any, str], str]) -> Any:
    """Files are taken for ones of another name: `change` is given the repository and the name."""

    def make(original: Any) -> Any:
        def submit(here: Any, submitter: Any, name: str, content: bytes) -> None:
            taken_for = change(here, name)
            original(here, submitter, taken_for, content.replace(name.encode(), taken_for.encode()))

        return submit

    return replaced(repository.Repository, "submit", make)


def _arriving(here: Any, elements: list[str]) -> Any:
    """The sets of which files are still missing, of the LDC, submitter and type that the elements of a name say."""
    return (
        (key, arriving)
        for key, arriving in here.sets.items()
        if [key.ldc, key.submitter, key.file_type] == elements[:3] and not is_complete(arriving)
    )


def _elements_guessed(here: Any, name: str) -> str:
    """A set file without TX_ID, file number and segment is taken for the next one of the set that is arriving."""
    elements = name.split(".")
    if elements[2] not in {"3000", "4000"} or len(elements) != 6:
        return name
    for key, arriving in _arriving(here, elements):
        last = max(int(place.file_no) for place in arriving.files)
        return ".".join([*elements[:5], key.tx_id, f"{last + 1:02}", "01", "DAT"])
    return name


def _any_open_set(here: Any, name: str) -> str:
    """A set file is taken for one of the set that is arriving, whatever its TX_ID."""
    elements = name.split(".")
    for key, _ in _arriving(here, elements):
        if len(elements) == 9:
            return ".".join([*elements[:5], key.tx_id, *elements[6:]])
    return name


def _without_check(code: str) -> Any:
    """The staging table loader overlooks findings of one code."""

    def dropping(check: Any) -> Any:
        return lambda staging: (found for found in check(staging) if found.code != code)

    return replaced(staging_table_loader, "CHECKS", lambda checks: tuple(dropping(check) for check in checks))


def _withdrawn_on_organisations(original: Any) -> Any:
    def report(here: Any, processed: Any, extracted: Any, outcome: Any) -> None:
        before = len(here.outbox)
        original(here, processed, extracted, outcome)
        if any("agent" in update.key.attribute for update in outcome.updates):
            sent = [file for file in here.outbox[before:] if ".IR07." in file.name]
            here.outbox += [renamed(file, lambda name: name.replace(".IR07.", ".IR04.")) for file in sent]

    return report


def _anybody(original: Any) -> Any:
    def may(organisation: Any, ldc: Any, file_id: Any, participants: Any) -> bool:
        return original(organisation, ldc, file_id, participants) or organisation in participants.agents

    return may


def _any_type(direction: str) -> Any:
    def make(_: Any) -> Any:
        def may(organisation: Any, ldc: Any, _file_id: Any, participants: Any) -> bool:
            granted = participants.authorisations
            return organisation == ldc or any((a, b, d) == (ldc, organisation, direction) for a, b, _, d in granted)

        return may

    return make


def _any_ldc(direction: str) -> Any:
    def make(_: Any) -> Any:
        def may(organisation: Any, ldc: Any, file_id: Any, participants: Any) -> bool:
            granted = participants.authorisations
            wanted = (organisation, file_id, direction)
            return organisation == ldc or any((b, c, d) == wanted for _, b, c, d in granted)

        return may

    return make


def _other_direction_too(direction: str) -> Any:
    def make(original: Any) -> Any:
        def may(organisation: Any, ldc: Any, file_id: Any, participants: Any) -> bool:
            granted = (ldc, organisation, file_id, direction) in participants.authorisations
            return granted or original(organisation, ldc, file_id, participants)

        return may

    return make


def _to_all(file_id: str) -> Any:
    """Every agent that anybody authorised for a type receives it, whoever submits."""

    def make(original: Any) -> Any:
        def recipients(request: Any, participants: Any, readings: Any) -> Any:
            granted = {
                agent for _, agent, kind, way in participants.authorisations if (kind, way) == (file_id, "receive")
            }
            found = original(request, participants, readings)
            return (*found, *sorted(granted - set(found)))

        return recipients

    return make


def _tx_ids_refused(which: Callable[[str], bool]) -> Any:
    """Synchronization files with some TX_IDs are refused."""

    def make(original: Any) -> Any:
        def admitted(submitter: Any, text: str, participants: Any, profile: Any) -> FileName | None:
            found: FileName | None = original(submitter, text, participants, profile)
            return None if found is not None and found.part is not None and which(found.part.tx_id) else found

        return admitted

    return replaced(file_transfer, "admitted", make)


def _letters_taken(original: Any) -> Any:
    """A TX_ID with letters is let in, whatever the profile reads."""

    def submit(here: Any, submitter: Any, name: str, content: bytes) -> None:
        here.profile = here.profile.with_reading("AMB-33", "letters-and-digits")
        original(here, submitter, name, content)

    return submit


def _recipients_anyway(name: str, file_id: str) -> Any:
    def make(_: Any) -> Any:
        def recipients(request: Any, participants: Any, _readings: Any) -> Any:
            granted = participants.authorisations
            allowed = any((b, c, d) == (request.submitter, file_id, "receive") for _, b, c, d in granted)
            return (request.submitter,) if allowed or request.submitter == request.ldc else ()

        return recipients

    return replaced(identifiers, name, make)


SET_FAULTS = (
    fault(
        "set_elements_guessed",
        "FTS-02",
        "A synchronization file without TX_ID, file number and segment is taken for the next of its set.",
        _names_taken_for(_elements_guessed),
    ),
    fault(
        "tx_ids_of_all_submitters_alike",
        "FTS-03",
        "A file joins the set with its TX_ID that is arriving for its LDC, whoever submits it.",
        replaced(repository, "receive_segment", _whoever_submits),
    ),
    fault(
        "tx_id_ignored",
        "FTS-03",
        "A file joins the set that is arriving, whatever its TX_ID.",
        _names_taken_for(_any_open_set),
    ),
    fault(
        "tx_id_with_letters_refused",
        "FTS-03",
        "A TX_ID has to be a number, where it may have letters.",
        _tx_ids_refused(lambda tx_id: not tx_id.isdigit()),
        AMB_33="letters-and-digits",
    ),
    fault(
        "tx_id_with_letters_accepted",
        "FTS-03",
        "A TX_ID may have letters, where it is to be a number.",
        replaced(repository.Repository, "submit", _letters_taken),
        AMB_33="digits",
    ),
    fault(
        "file_number_06_taken_for_05",
        "FTS-04",
        "A file numbered 06 is taken for file 05.",
        _names_taken_for(lambda _, name: name.replace(".06.01.DAT", ".05.01.DAT")),
    ),
    fault(
        "file_number_08_taken_for_04",
        "FTS-04",
        "A file numbered 08 is taken for file 04.",
        _names_taken_for(lambda _, name: name.replace(".08.01.DAT", ".04.01.DAT")),
    ),
    fault(
        "one_segment_numbered_at_will",
        "FTS-05",
        "A file that comes as one segment may carry any segment number.",
        _without_check("segment-01-missing"),
    ),
    fault(
        "ir06_name_swaps_organisations",
        "FTS-06",
        "IR06 carries its recipient first and the LDC second.",
        only("IR06", lambda file: renamed(file, _swapped)),
    ),
    fault(
        "ir07_name_swaps_organisations",
        "FTS-06",
        "IR07 carries its recipient first and the LDC second.",
        only("IR07", lambda file: renamed(file, _swapped)),
    ),
    fault(
        "ir10_name_swaps_organisations",
        "FTS-06",
        "IR10 carries its recipient first and the LDC second.",
        only("IR10", lambda file: renamed(file, _swapped)),
    ),
    fault(
        "ir14_name_swaps_organisations",
        "FTS-06",
        "IR14 carries its recipient first and the LDC second.",
        only("IR14", lambda file: renamed(file, _swapped)),
    ),
    fault(
        "retired_p_sync_accepted",
        "FTS-07",
        "P-Sync sets of version 00 are still processed.",
        _names_taken_for(lambda _, name: name.replace(".3000.00.", ".3000.01.")),
    ),
    fault(
        "unknown_i_sync_accepted",
        "FTS-07",
        "I-Sync sets of a version that never was are processed.",
        _names_taken_for(lambda _, name: name.replace(".4000.01.", ".4000.00.")),
    ),
    fault("ir06_of_another_version", "FTS-08", "IR06 is produced in version 01.", only("IR06", _version("01"))),
    fault("ir07_of_another_version", "FTS-08", "IR07 is produced in version 01.", only("IR07", _version("01"))),
    fault("ir10_of_another_version", "FTS-08", "IR10 is produced in version 01.", only("IR10", _version("01"))),
    fault("ir14_of_another_version", "FTS-08", "IR14 is produced in version 01.", only("IR14", _version("01"))),
    fault("ir06_without_end_of_file", "FTS-09", "IR06 lacks its End Of File record.", only("IR06", _without_end)),
    fault("ir07_without_end_of_file", "FTS-09", "IR07 lacks its End Of File record.", only("IR07", _without_end)),
    fault(
        "end_of_file_of_ir06_counts_headings",
        "FTS-09",
        "The End Of File record of IR06 counts one record too many.",
        only("IR06", _miscounted),
    ),
    fault(
        "organisation_report_produced",
        "FTS-12",
        "IR04 is still produced when the organisations of an SDP change.",
        replaced(repository, "report_synchronization", _withdrawn_on_organisations),
    ),
)

BILLING_FILE_FAULTS = (
    fault(
        "response_6000_of_retired_version", "FTS-07", "6000 is produced in version 00.", only("6000", _version("00"))
    ),
    fault(
        "response_6000_without_end_of_file", "FTS-09", "6000 lacks its End Of File record.", only("6000", _without_end)
    ),
    fault(
        "response_6000_name_of_no_ldc",
        "FTS-01",
        "6000 begins with an LDC that is none.",
        only("6000", lambda file: renamed(file, lambda name: name.replace("ORG", "ORX", 1))),
    ),
    fault(
        "response_6100_of_retired_version", "FTS-07", "6100 is produced in version 00.", only("6100", _version("00"))
    ),
    fault(
        "response_6100_without_end_of_file", "FTS-09", "6100 lacks its End Of File record.", only("6100", _without_end)
    ),
    fault(
        "response_6100_name_of_no_ldc",
        "FTS-01",
        "6100 begins with an LDC that is none.",
        only("6100", lambda file: renamed(file, lambda name: name.replace("ORG", "ORX", 1))),
    ),
    fault(
        "response_6200_of_retired_version", "FTS-07", "6200 is produced in version 00.", only("6200", _version("00"))
    ),
    fault(
        "response_6200_without_end_of_file", "FTS-09", "6200 lacks its End Of File record.", only("6200", _without_end)
    ),
    fault(
        "response_6200_name_of_no_ldc",
        "FTS-01",
        "6200 begins with an LDC that is none.",
        only("6200", lambda file: renamed(file, lambda name: name.replace("ORG", "ORX", 1))),
    ),
    fault(
        "unknown_billing_request_version_accepted",
        "FTS-07",
        "Requests 5000 of a version that never was are processed.",
        _names_taken_for(lambda _, name: name.replace(".5000.01.", ".5000.00.")),
    ),
    fault(
        "unknown_schedule_version_accepted",
        "FTS-07",
        "Schedules 8000 of a version that never was are loaded.",
        _names_taken_for(lambda _, name: name.replace(".8000.01.", ".8000.00.")),
    ),
    fault("ir03_of_another_version", "FTS-08", "IR03 is produced in version 01.", only("IR03", _version("01"))),
    fault(
        "ir03_named_without_ending",
        "FTS-06",
        "IR03 is named without .DAT.",
        only("IR03", lambda file: renamed(file, lambda name: name.removesuffix(".DAT"))),
    ),
    fault("ir08_of_another_version", "FTS-08", "IR08 is produced in version 01.", only("IR08", _version("01"))),
    fault(
        "ir08_named_without_ending",
        "FTS-06",
        "IR08 is named without .DAT.",
        only("IR08", lambda file: renamed(file, lambda name: name.removesuffix(".DAT"))),
        AMB_03="dat-ending",
    ),
    fault(
        "ir08_name_swaps_organisations",
        "FTS-06",
        "IR08 carries two organisations that are none.",
        only("IR08", lambda file: renamed(file, lambda name: name.replace("ORG", "ORX", 1))),
    ),
    fault(
        "ir08_named_with_ending",
        "FTS-06",
        "IR08 ends in .DAT, where it is to have no ending.",
        only("IR08", lambda file: renamed(file, lambda name: f"{name}.DAT")),
        AMB_03="ir08-bare",
    ),
    fault(
        "quantities_to_agent_without_authorisation",
        "FTS-13",
        "Quantities go to the billing agent, authorised for the type or not.",
        replaced(
            billing_operations,
            "may_receive",
            lambda original: lambda who, ldc, kind, parties: kind in _QUANTITIES or original(who, ldc, kind, parties),
        ),
    ),
    fault(
        "quantities_never_to_agents",
        "FTS-13",
        "Quantities go to LDCs only.",
        replaced(
            billing_operations,
            "may_receive",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) and (kind not in _QUANTITIES or who == ldc)
                )
            ),
        ),
    ),
)

TRANSFER_FAULTS = (
    fault(
        "data_file_name_swaps_organisations",
        "FTS-01",
        "Responses carry the recipient first and the LDC second.",
        only("2000", lambda file: renamed(file, _swapped)),
    ),
    fault(
        "data_file_name_without_ending",
        "FTS-01",
        "Responses are named without .DAT.",
        only("2000", lambda file: renamed(file, lambda name: name.removesuffix(".DAT"))),
    ),
    fault(
        "data_file_name_with_13_digits",
        "FTS-01",
        "Responses carry the 13-digit date-time that the slides print by mistake.",
        only("2000", lambda file: renamed(file, lambda name: re.sub(r"(\d{13})\d\.DAT", r"\1.DAT", name))),
        AMB_02="refuse-13-digits",
    ),
    fault(
        "file_named_against_the_rules_accepted",
        "FTS-01",
        "A file whose name has faults is let in all the same.",
        replaced(file_transfer, "admitted", _lenient),
    ),
    fault(
        "file_in_the_name_of_another_accepted",
        "FTS-01",
        "A file is let in though its name says that another organisation submits it.",
        replaced(file_transfer, "admitted", _in_any_name),
    ),
    fault(
        "name_to_the_minute_refused",
        "FTS-01",
        "A file whose date-time has 12 digits is refused.",
        _digits_refused(12),
    ),
    fault(
        "name_with_13_digits_refused",
        "FTS-01",
        "A file whose date-time has 13 digits is refused, where they are to be taken.",
        _digits_refused(13),
        AMB_02="accept-13-digits",
    ),
    fault(
        "report_name_swaps_organisations",
        "FTS-06",
        "Reports carry the recipient first and the LDC second.",
        only("IR01", lambda file: renamed(file, _swapped)),
    ),
    fault(
        "report_name_in_lower_case",
        "FTS-06",
        "Reports end in .dat.",
        only("IR01", lambda file: renamed(file, lambda name: name.replace(".DAT", ".dat"))),
    ),
    fault("retired_response_version", "FTS-07", "Responses are still of version 00.", only("2000", _version("00"))),
    fault(
        "unknown_request_version_accepted",
        "FTS-07",
        "A request of a version that is not in force is processed.",
        replaced(repository.Repository, "submit", _any_version),
    ),
    fault("report_version_ahead", "FTS-08", "IR01 is produced in version 01.", only("IR01", _version("01"))),
    fault(
        "response_without_end_of_file", "FTS-09", "Responses lack their End Of File record.", only("2000", _without_end)
    ),
    fault(
        "end_of_file_counts_one_too_many",
        "FTS-09",
        "The End Of File record counts one detail record too many.",
        only("2000", _miscounted),
    ),
    fault(
        "agent_submits_without_authorisation",
        "FTS-10",
        "Any registered agent may submit.",
        replaced(file_transfer, "may_submit", _anybody),
    ),
    fault(
        "authorisation_for_another_type_admits",
        "FTS-10",
        "An authorisation for any file type admits every file type.",
        replaced(file_transfer, "may_submit", _any_type("submit")),
    ),
    fault(
        "authorisation_of_another_ldc_admits",
        "FTS-10",
        "An authorisation by one LDC admits files about every LDC.",
        replaced(file_transfer, "may_submit", _any_ldc("submit")),
    ),
    fault(
        "agents_never_submit",
        "FTS-10",
        "No agent may submit, authorised or not.",
        replaced(file_transfer, "may_submit", lambda _: lambda organisation, ldc, *_others: organisation == ldc),
    ),
    fault(
        "authorisation_to_receive_admits",
        "FTS-10",
        "An authorisation to receive a type is taken for one to submit it.",
        replaced(file_transfer, "may_submit", _other_direction_too("receive")),
    ),
    fault(
        "report_to_agent_without_authorisation",
        "FTS-11",
        "IR01 goes to the submitting agent, authorised or not.",
        replaced(identifiers, "summary_recipients", lambda _: lambda request, *_: (request.submitter,)),
        AMB_43="authorised-alone",
    ),
    fault(
        "report_authorised_by_another_ldc",
        "FTS-11",
        "An authorisation by one LDC lets an agent receive every LDC's IR01.",
        _recipients_anyway("summary_recipients", "IR01"),
    ),
    fault(
        "report_to_agents_of_other_ldcs",
        "FTS-11",
        "Whoever is authorised for the IR01 of one LDC receives that of every LDC, also where it did not submit.",
        replaced(identifiers, "summary_recipients", _to_all("IR01")),
    ),
    fault(
        "report_never_to_agents",
        "FTS-11",
        "IR01 goes to LDCs only.",
        replaced(
            identifiers,
            "summary_recipients",
            lambda _: lambda request, *_: (request.submitter,) if request.submitter == request.ldc else (),
        ),
    ),
    fault(
        "withdrawn_report_produced", "FTS-12", "IR04 is still produced.", replaced(repository, "report", _withdrawn_too)
    ),
    fault(
        "response_to_agent_without_authorisation",
        "FTS-13",
        "The response goes to the submitting agent, authorised or not.",
        replaced(identifiers, "response_recipients", lambda _: lambda request, *_: (request.submitter,)),
        AMB_30="nobody",
    ),
    fault(
        "response_to_agents_of_other_ldcs",
        "FTS-13",
        "Whoever is authorised for the responses of one LDC receives those of every LDC, also where it did not submit.",
        replaced(identifiers, "response_recipients", _to_all("2000")),
    ),
    fault(
        "response_never_to_agents",
        "FTS-13",
        "Responses go to LDCs only.",
        replaced(
            identifiers,
            "response_recipients",
            lambda _: lambda request, *_: (request.submitter,) if request.submitter == request.ldc else (),
        ),
    ),
    fault(
        "response_authorised_by_another_ldc",
        "FTS-13",
        "An authorisation by one LDC lets an agent receive every LDC's 2000.",
        _recipients_anyway("response_recipients", "2000"),
    ),
    *SET_FAULTS,
    *BILLING_FILE_FAULTS,
)
