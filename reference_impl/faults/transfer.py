"""Faults of the File Transfer Services chapter."""

from __future__ import annotations

import re
from typing import Any

from harness.interface.names import FileName, read_name
from reference_impl import file_transfer, identifiers, repository
from reference_impl.faults.bending import fault, only, renamed, replaced, text_changed
from reference_impl.repository import Delivery


def _swapped(name: str) -> str:
    first, second, rest = name.split(".", 2)
    return f"{second}.{first}.{rest}"


def _version(version: str) -> Any:
    return lambda file: renamed(file, lambda name: re.sub(r"\.\d\d\.(\d{12,14})", rf".{version}.\1", name))


def _without_end(file: Delivery) -> Delivery:
    return text_changed(file, lambda text: re.sub(r"EF\|\d+\r\n", "", text))


def _miscounted(file: Delivery) -> Delivery:
    return text_changed(file, lambda text: re.sub(r"EF\|(\d+)", lambda m: f"EF|{int(m[1]) + 1}", text))


def _lenient(_: Any) -> Any:
    def admitted(submitter: Any, text: str, participants: Any, profile: Any) -> FileName | None:
        name, _ = read_name(text, profile)
        if name is None or name.org_1 not in participants.ldcs:
            return None
        return name if file_transfer.may_submit(submitter, name.org_1, name.file_id, participants) else None

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


def _withdrawn_too(original: Any) -> Any:
    def report(here: Any, key: Any, new: Any) -> None:
        original(here, key, new)
        last = here.outbox[-1]
        here.outbox.append(renamed(last, lambda name: name.replace(".IR01.", ".IR04.")))

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


def _other_direction(direction: str) -> Any:
    def make(_: Any) -> Any:
        def may(organisation: Any, ldc: Any, file_id: Any, participants: Any) -> bool:
            return organisation == ldc or (ldc, organisation, file_id, direction) in participants.authorisations

        return may

    return make


def _recipients_anyway(name: str, file_id: str) -> Any:
    def make(_: Any) -> Any:
        def recipients(request: Any, participants: Any, _reading: str) -> Any:
            granted = participants.authorisations
            allowed = any(b == request.submitter and c == file_id for _, b, c, _ in granted)
            return (request.submitter,) if allowed or request.submitter == request.ldc else ()

        return recipients

    return replaced(identifiers, name, make)


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
    ),
    fault(
        "file_named_against_the_rules_accepted",
        "FTS-01",
        "A file whose name has faults is let in all the same.",
        replaced(file_transfer, "admitted", _lenient),
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
        "authorisation_to_receive_admits",
        "FTS-10",
        "An authorisation to receive a type is taken for one to submit it.",
        replaced(file_transfer, "may_submit", _other_direction("receive")),
    ),
    fault(
        "report_to_agent_without_authorisation",
        "FTS-11",
        "IR01 goes to the submitting agent, authorised or not.",
        replaced(identifiers, "summary_recipients", lambda _: lambda request, *_: (request.submitter,)),
    ),
    fault(
        "report_authorised_by_another_ldc",
        "FTS-11",
        "An authorisation by one LDC lets an agent receive every LDC's IR01.",
        _recipients_anyway("summary_recipients", "IR01"),
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
)
