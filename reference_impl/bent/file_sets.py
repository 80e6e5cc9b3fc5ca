"""Faults of synchronization file sets: their names, files and content (SYN)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from harness.interface.instants import Day
from harness.interface.names import read_name
from reference_impl.bent.bending import (
    Application,
    Bent,
    fault,
    replaced,
    together,
)
from reference_impl.bent.loading import (
    findings_kept,
    never,
    overlooked,
    refused,
    staged,
)
from reference_impl.repository import file_sets, file_transfer, repository, sequence, staging_table_loader
from reference_impl.repository.file_sets import Place


def _not_taken_lately(attribute: str) -> Application:
    """An attribute is taken only with a start before June 2010, as in the first set of a scenario."""

    def taken(value: Any) -> bool:
        return value.key.attribute != attribute or bool(value.start < Day(date(2010, 6, 1)))

    return staged(lambda values: filter(taken, values))


def _only_listed(original: Any) -> Any:
    """Which files are mandatory does not matter: what the manifest lists is enough."""

    def missing(arriving: Any) -> Any:
        return tuple(entry for entry in original(arriving) if "." in entry or entry == "00")

    return missing


def _components_awaited(original: Any) -> Any:
    """Sets after the first await file 07."""

    def missing(arriving: Any) -> Any:
        found = original(arriving)
        later = arriving.manifest is not None and arriving.manifest.sequence_number > 6
        return (*found, "07") if later and not any(place.file_no == "07" for place in arriving.files) else found

    return missing


def _manifest_segments_admitted(original: Any) -> Any:
    def admitted(submitter: Any, text: str, parties: Any, profile: Any) -> Any:
        first = original(submitter, re.sub(r"\.00\.\d\d\.DAT$", ".00.01.DAT", text), parties, profile)
        return first and read_name(text, profile)[0]

    return admitted


def _segments_refused(*segments: str) -> Application:
    return refused(lambda staging: any(place.segment_no in segments for place in staging.arriving.files))


def _has_segments(file_no: str, *segments: str) -> Callable[[Any], bool]:
    wanted = {Place(file_no, segment) for segment in segments}
    return lambda staging: not wanted.isdisjoint(staging.arriving.files)


def _file_segments_refused(*numbers: str) -> Application:
    return refused(
        lambda staging: any(place.file_no in numbers and place.segment_no != "01" for place in staging.arriving.files)
    )


def _manifests_joined(original: Any) -> Any:
    def take(arriving: Any, name: Any, reading: Any, moment: Any) -> None:
        held = arriving.manifest
        original(arriving, name, reading, moment)
        if name.part.file_no != "00" or name.part.segment_no == "01":
            if held is not None and name.part.file_no == "00" and arriving.manifest is not None:
                listed = {**held.listed, **arriving.manifest.listed}
                arriving.manifest = dataclasses.replace(arriving.manifest, listed=listed)
            return
        more = file_sets.manifest_of(reading)
        if more is not None:
            listed = {**(held.listed if held else {}), **more.listed}
            arriving.manifest = dataclasses.replace(more, listed=listed)

    return take


def _segments_without_a_gap(original: Any) -> Any:
    def tables(arriving: Any) -> Any:
        for table in original(arriving):
            file_no, segment_no = table.file.split(".")[6:8]
            if all(Place(file_no, f"{number:02}") in arriving.files for number in range(1, int(segment_no))):
                yield table

    return tables


def _complete_with_last_file(original: Any) -> Any:
    """A set is taken for complete when its manifest has come last; else it waits for ever."""

    def is_complete(arriving: Any) -> bool:
        return bool(original(arriving)) and next(iter(arriving.files)).file_no != "00"

    return is_complete


def _complete_without_segments(original: Any) -> Any:
    def is_complete(arriving: Any) -> bool:
        manifest = arriving.manifest
        return manifest is not None and {p.file_no for p in arriving.files} >= {p.file_no for p in manifest.listed}

    return is_complete


def _one_set_at_a_time(original: Any) -> Any:
    """Files of another set end the set that was arriving."""

    def receive(here: Any, name: Any, reading: Any) -> None:
        key = file_sets.key_of(name)
        for other in [held for held in here.sets if held != key and not file_sets.is_complete(here.sets[held])]:
            del here.sets[other]
        original(here, name, reading)

    return receive


def _repeats_counted(original: Any) -> Any:
    def take(arriving: Any, name: Any, reading: Any, moment: Any) -> None:
        place = Place(name.part.file_no, name.part.segment_no)
        if place in arriving.files:
            arriving.first_received = moment - timedelta(minutes=59)
        original(arriving, name, reading, moment)

    return take


def _of_stranger(submitter: Any, text: str, parties: Any, profile: Any) -> Any:
    """The name of a set file of an organisation that is not registered, where that is all that is amiss."""
    name, findings = read_name(text, profile)
    if name is None or findings or name.org_2 != submitter or file_transfer.is_registered(submitter, parties):
        return None
    return name if name.org_1 in parties.ldcs and name.file_id in {"3000", "4000"} else None


def _without_account(staging: Any) -> bool:
    new = {str(record["universal_sdp_id"]) for _, record in staging.of_kind("sdp")} - set(staging.directory.sdps())
    return not new <= {str(record["universal_sdp_id"]) for _, record in staging.of_kind("sdp_to_account")}


def _of_today(original: Any) -> Any:
    """Components are counted on one day alone."""

    def numbers(components: Any, since: Any) -> Any:
        today = {name: [s for s in held if s.start <= since] for name, held in components.items()}
        return original(
            {
                name: [s._replace(end=None) for s in held if s.end is None or s.end > since]
                for name, held in today.items()
            },
            since,
        )

    return numbers


SYN_FAULTS: tuple[Bent, ...] = (
    fault(
        "missing_mandatory_file_tolerated",
        "SYN-01",
        "A set without a mandatory file is processed.",
        replaced(file_sets, "missing", _only_listed),
    ),
    fault(
        "component_file_mandatory",
        "SYN-01",
        "From number 7 on file 07 is taken for mandatory: a set of six files waits.",
        replaced(file_sets, "missing", _components_awaited),
    ),
    fault(
        "set_without_components_waits",
        "SYN-02",
        "A set numbered 7 or later without file 07 is never complete.",
        replaced(
            sequence,
            "is_complete",
            lambda original: (
                lambda arriving: (
                    original(arriving)
                    and (any(p.file_no == "07" for p in arriving.files) or arriving.manifest.sequence_number < 7)
                )
            ),
        ),
    ),
    fault(
        "component_file_refused",
        "SYN-02",
        "A set with file 07 is refused.",
        refused(lambda staging: any(place.file_no == "07" for place in staging.arriving.files)),
    ),
    fault(
        "p_sync_in_another_format",
        "SYN-03",
        "P-Sync files are refused for a format of their own.",
        refused(lambda staging: staging.arriving.is_periodic_audit),
    ),
    fault(
        "p_sync_framing_not_read",
        "SYN-03",
        "Service agreements of P-Sync files are not read.",
        replaced(
            staging_table_loader,
            "tables",
            lambda original: (
                lambda arriving: (
                    table
                    for table in original(arriving)
                    if not (arriving.is_periodic_audit and table.records.layout.kind == "service_agreement")
                )
            ),
        ),
    ),
    fault(
        "empty_set_refused",
        "SYN-04",
        "A set without any detail record is refused.",
        refused(lambda staging: not staging.records),
    ),
    fault(
        "file_without_details_refused",
        "SYN-04",
        "A set with detail records is refused where fewer than three of its files carry any.",
        refused(lambda staging: bool(staging.records) and len({s.file.split(".")[6] for s, _ in staging.records}) < 3),
    ),
    fault("segments_of_01_refused", "SYN-05", "Segments of the asset file are refused.", _file_segments_refused("01")),
    fault(
        "segments_of_02_refused", "SYN-05", "Segments of the premise file are refused.", _file_segments_refused("02")
    ),
    fault(
        "segments_of_03_refused",
        "SYN-05",
        "Segments of the service agreement file are refused.",
        _file_segments_refused("03"),
    ),
    fault(
        "segments_of_04_refused", "SYN-05", "Segments of the parameter file are refused.", _file_segments_refused("04")
    ),
    fault(
        "segments_of_05_and_07_refused",
        "SYN-05",
        "Segments of the relationship and component files are refused.",
        _file_segments_refused("05", "07"),
    ),
    fault(
        "segmented_manifest_accepted",
        "SYN-05",
        "A manifest in two segments is put together.",
        together(
            replaced(file_transfer, "admitted", _manifest_segments_admitted),
            replaced(file_sets, "take_segment", _manifests_joined),
            overlooked("manifest-segmented", "name-segment-no"),
        ),
    ),
    *(
        fault(
            f"segment_gaps_of_file_{file_no}refused",
            "SYN-06",
            f"Segments 03 and 07 of file {file_no} are refused.",
            refused(_has_segments(file_no, "03", "07")),
        )
        for file_no in ("01", "02", "03", "05")
    ),
    fault("segment_gaps_refused", "SYN-06", "A set with a segment 03 or 07 is refused.", _segments_refused("03", "07")),
    fault(
        "segments_after_a_gap_lost",
        "SYN-06",
        "Records of segments after a gap are lost.",
        replaced(staging_table_loader, "tables", _segments_without_a_gap),
    ),
    fault("segments_may_start_anywhere", "SYN-06", "Segments may start at 02.", overlooked("segment-01-missing")),
    fault(
        "manifest_has_to_come_last",
        "SYN-07",
        "A set whose manifest came first is never complete.",
        replaced(sequence, "is_complete", _complete_with_last_file),
    ),
    fault(
        "complete_with_one_segment_each",
        "SYN-07",
        "A set is complete when each listed file has one segment.",
        replaced(sequence, "is_complete", _complete_without_segments),
    ),
    fault(
        "files_of_another_set_end_the_set",
        "SYN-07",
        "A set is given up when files of another come.",
        replaced(repository, "receive_segment", _one_set_at_a_time),
    ),
    fault(
        "repeated_segment_rejects_the_set",
        "SYN-07",
        "A segment that comes twice leaves its set one more minute.",
        replaced(file_sets, "take_segment", _repeats_counted),
    ),
    fault(
        "extracted_date_time_unchecked",
        "SYN-09",
        "The Extracted Date Time may differ within a set.",
        overlooked("extracted-date-time"),
    ),
    fault(
        "extracted_date_time_of_07_unchecked",
        "SYN-09",
        "The Extracted Date Time of file 07 may be another.",
        findings_kept(
            lambda found: (
                found.code != "extracted-date-time" or re.search(r"\.07\.\d\d\.DAT$", found.file or "") is None
            )
        ),
    ),
    fault(
        "agent_sends_p_sync_with_4000",
        "SYN-10",
        "The authorisation for 4000 is taken for one for 3000.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (kind == "3000" and original(who, ldc, "4000", parties))
                )
            ),
        ),
    ),
    fault(
        "agent_sends_i_sync_with_3000",
        "SYN-10",
        "The authorisation for 3000 is taken for one for 4000.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (kind == "4000" and original(who, ldc, "3000", parties))
                )
            ),
        ),
    ),
    fault(
        "agent_sends_sets_with_receipt",
        "SYN-10",
        "An authorisation to receive 4000 is taken for one to submit it.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: (
                    original(who, ldc, kind, parties) or (ldc, who, kind, "receive") in parties.authorisations
                )
            ),
        ),
    ),
    fault(
        "agents_never_send_i_sync",
        "SYN-10",
        "Agents may not send I-Sync sets.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: original(who, ldc, kind, parties) and (kind != "4000" or who == ldc)
            ),
        ),
    ),
    fault(
        "agents_never_send_p_sync",
        "SYN-10",
        "Agents may not send P-Sync sets.",
        replaced(
            file_transfer,
            "may_submit",
            lambda original: (
                lambda who, ldc, kind, parties: original(who, ldc, kind, parties) and (kind != "3000" or who == ldc)
            ),
        ),
    ),
    fault(
        "stranger_sends_sets",
        "SYN-10",
        "Sets of organisations that are not registered are processed.",
        replaced(
            file_transfer,
            "admitted",
            lambda original: (
                lambda submitter, text, parties, profile: (
                    original(submitter, text, parties, profile) or _of_stranger(submitter, text, parties, profile)
                )
            ),
        ),
    ),
    fault(
        "record_in_wrong_file_passed_over",
        "SYN-11",
        "A record in the wrong file, or one that has another number of fields, is passed over.",
        overlooked("record-type", "record-count", "field-count"),
    ),
    fault("sdp_types_not_taken_from_01", "SYN-11", "The types of SDPs in file 01 are passed over.", never("sdp_type")),
    *(
        fault(
            f"{name}_not_taken",
            "SYN-12",
            f"Relationship {name} is not taken where it begins in June 2010 or later.",
            _not_taken_lately(name),
        )
        for name in (
            "sdp_to_billing_agent",
            "sdp_to_ami_operator",
            "sdp_to_account",
            "sdp_to_energy_service_provider",
            "sdp_to_cca_service_provider",
        )
    ),
    fault(
        "modules_of_meters_not_taken",
        "SYN-12",
        "A meter's relationship to its communication module is not taken.",
        never("meter_to_communication_module"),
    ),
    fault(
        "account_mandatory",
        "SYN-12",
        "A new SDP without an account is refused.",
        refused(_without_account),
    ),
    fault(
        "virtual_sdp_of_one",
        "SYN-13",
        "A virtual SDP may aggregate a single physical one.",
        findings_kept(lambda found: found.code != "virtual-sdp-components" or " 1 " not in found.message),
        AMB_41="refused",
    ),
    fault(
        "virtual_sdp_of_none",
        "SYN-13",
        "A virtual SDP may aggregate nothing.",
        findings_kept(lambda found: found.code != "virtual-sdp-components" or " 0 " not in found.message),
        AMB_41="refused",
    ),
    fault(
        "virtual_sdp_of_two_refused",
        "SYN-13",
        "A set with one or two component records is refused.",
        refused(
            lambda staging: (
                any(r.kind == "channel_to_channel" for _, r in staging.records)
                and sum(r.kind == "channel_to_channel" for _, r in staging.records) < 3
            )
        ),
    ),
    fault(
        "virtual_sdp_of_three_refused",
        "SYN-13",
        "A set with more than two component records is refused.",
        refused(lambda staging: sum(r.kind == "channel_to_channel" for _, r in staging.records) > 2),
    ),
    fault(
        "components_may_leave_one",
        "SYN-13",
        "Components may leave a virtual SDP until one is left.",
        findings_kept(lambda found: found.code != "virtual-sdp-components" or found.field is not None),
        AMB_41="refused",
    ),
    fault(
        "components_counted_when_gone",
        "SYN-13",
        "Components that left a virtual SDP are counted still.",
        replaced(staging_table_loader, "numbers_of_components", lambda _: lambda components, _: {len(components)}),
        AMB_41="refused",
    ),
    fault(
        "components_counted_today",
        "SYN-13",
        "Only the components of the day of the extract are counted, not of days to come.",
        replaced(staging_table_loader, "numbers_of_components", _of_today),
        AMB_41="refused",
    ),
    fault(
        "components_stay_for_ever",
        "SYN-13",
        "No component may leave a virtual SDP.",
        refused(lambda staging: any(r["end_date"] for _, r in staging.of_kind("channel_to_channel"))),
    ),
)
