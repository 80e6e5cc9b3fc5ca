"""Faults of a CIS in what names say of file sets: TX_ID, FILE_NO, SEGMENT_NO (FTS-02 to FTS-05)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl.bent.bending import Application, Bent, renamed, replaced
from reference_impl.bent.cis_bending import REQUEST, cis_fault, submitted
from reference_impl.bent.cis_sync_bending import MANIFEST, PERIODIC, Part, of_sets
from reference_impl.bent.cis_sync_sequence import FIRST_SET
from reference_impl.cis import instructions
from reference_impl.cis.port import Port
from reference_impl.cis.state import Submission

TX_ID, FILE_NO, SEGMENT_NO = 5, 6, 7
"""Where the elements of a set stand in a name."""
BEFORE_SET_ELEMENTS = 5
AS_OF_A_SET = ["000001", "00", "01"]
ONLY = "01"

Elements = list[str]


def _named(concerns: Callable[[Part], bool], change: Callable[[Elements], Elements]) -> Application:
    """Change the elements of the names of some files of sets."""
    return of_sets(lambda file, part: [_renamed(file, change)] if concerns(part) else [file])


def _and_a_copy(concerns: Callable[[Part], bool], change: Callable[[Elements], Elements]) -> Application:
    """Send some files of sets under their names, and a copy under another."""
    return of_sets(lambda file, part: [file, _renamed(file, change)] if concerns(part) else [file])


def _renamed(file: Submission, change: Callable[[Elements], Elements]) -> Submission:
    return renamed(file, lambda name: ".".join(change(name.split("."))))


def _with(place: int, value: str) -> Callable[[Elements], Elements]:
    return lambda name: [*name[:place], value, *name[place + 1 :]]


def _with_file_number_in_tx_id(name: Elements) -> Elements:
    return [*name[:TX_ID], f"{name[TX_ID]}{name[FILE_NO]}", *name[FILE_NO:]]


def _without_set_elements(name: Elements) -> Elements:
    return [*name[:BEFORE_SET_ELEMENTS], name[-1]]


def _with_set_elements(name: Elements) -> Elements:
    return [*name[:-1], *AS_OF_A_SET, name[-1]]


def _named_as_of_a_set(file_id: str) -> Application:
    return submitted(file_id, lambda file: [_renamed(file, _with_set_elements)])


def _is_later(part: Part) -> bool:
    return part.tx_id > FIRST_SET


def _is_of_audit(file_no: str) -> Callable[[Part], bool]:
    return lambda part: (part.kind, part.file_no) == (PERIODIC, file_no)


def _is_file(file_no: str) -> Callable[[Part], bool]:
    return lambda part: part.file_no == file_no


# --- TX_IDs that come again (FTS-03) ------------------------------------------------------------------------


def _always_one(original: Any) -> Any:
    """Every set is sent under one TX_ID."""

    def addressed(ldc: Any, you: Any, sent: Any, _: str, number: int) -> Any:
        return original(ldc, you, sent, "000001", number)

    return addressed


def _of_two(original: Any) -> Any:
    """The TX_ID of a set comes again with the next one."""

    def addressed(ldc: Any, you: Any, sent: Any, tx_id: str, number: int) -> Any:
        return original(ldc, you, sent, f"{(int(tx_id) + 1) // 2:06}", number)

    return addressed


def _counts_anew(original: Any) -> Any:
    """TX_IDs count from one again when the CIS is started again."""

    def take_up(port: Port, conversation: str) -> None:
        original(port, conversation)
        if port.cis is not None:
            port.cis.tx_ids = 0

    return take_up


CIS_SET_NAME_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_sets_without_set_elements",
        "FTS-02",
        "the files of sets have nothing between date-time and .DAT",
        _named(lambda _: True, _without_set_elements),
    ),
    cis_fault(
        "cis_audit_without_set_elements",
        "FTS-02",
        "the manifest of a P-Sync set has nothing between date-time and .DAT",
        _named(_is_of_audit(MANIFEST), _without_set_elements),
    ),
    cis_fault(
        "cis_second_set_without_segment_number",
        "FTS-02",
        "files of sets after the first carry TX_ID and file number alone",
        _named(_is_later, lambda name: [*name[:SEGMENT_NO], name[-1]]),
    ),
    cis_fault(
        "cis_requests_named_as_of_a_set",
        "FTS-02",
        "requests 1000 carry TX_ID, file number and segment number",
        _named_as_of_a_set(REQUEST),
    ),
    cis_fault(
        "cis_copy_of_request_named_as_of_a_set",
        "FTS-02",
        "of each request 1000 a copy is sent with TX_ID, file number and segment number",
        submitted(REQUEST, lambda file: [file, _renamed(file, _with_set_elements)]),
    ),
    cis_fault(
        "cis_quantity_requests_named_as_of_a_set",
        "FTS-02",
        "requests 5000 carry TX_ID, file number and segment number",
        _named_as_of_a_set("5000"),
    ),
    cis_fault(
        "cis_schedules_named_as_of_a_set",
        "FTS-02",
        "schedules 8000 carry TX_ID, file number and segment number",
        _named_as_of_a_set("8000"),
    ),
    cis_fault(
        "cis_tx_id_of_each_file",
        "FTS-03",
        "each file of a set has a TX_ID of its own",
        _named(lambda _: True, _with_file_number_in_tx_id),
    ),
    cis_fault(
        "cis_manifest_has_own_tx_id",
        "FTS-03",
        "the manifest carries another TX_ID than its files",
        _named(_is_file(MANIFEST), _with(TX_ID, "777777")),
    ),
    cis_fault(
        "cis_relationships_of_audit_have_own_tx_id",
        "FTS-03",
        "file 05 of a P-Sync set carries another TX_ID than the rest",
        _named(_is_of_audit("05"), _with(TX_ID, "777777")),
    ),
    cis_fault(
        "cis_later_segments_have_own_tx_id",
        "FTS-03",
        "segments after the first carry another TX_ID than the rest",
        _named(lambda part: part.segment_no > ONLY, _with(TX_ID, "777777")),
    ),
    cis_fault(
        "cis_one_tx_id_for_all_sets",
        "FTS-03",
        "all sets carry one TX_ID",
        replaced(instructions, "Addressed", _always_one),
    ),
    cis_fault(
        "cis_tx_id_of_first_set_for_second",
        "FTS-03",
        "the second of two sets carries the TX_ID of the first",
        replaced(instructions, "Addressed", _of_two),
    ),
    cis_fault(
        "cis_tx_ids_from_one_after_restart",
        "FTS-03",
        "TX_IDs count from one again when the CIS is started again",
        replaced(Port, "_take_up", _counts_anew),
    ),
    cis_fault(
        "cis_relationships_as_file_06",
        "FTS-04",
        "relationships are sent as file 06",
        _named(_is_file("05"), _with(FILE_NO, "06")),
    ),
    cis_fault(
        "cis_components_as_file_06",
        "FTS-04",
        "the components of virtual SDPs are sent as file 06",
        _named(_is_file("07"), _with(FILE_NO, "06")),
    ),
    cis_fault(
        "cis_parameters_of_second_set_as_file_08",
        "FTS-04",
        "parameters are sent as file 08 in sets after the first",
        _named(lambda part: _is_later(part) and part.file_no == "04", _with(FILE_NO, "08")),
    ),
    cis_fault(
        "cis_copy_of_premises_as_file_06",
        "FTS-04",
        "of file 02 a copy is sent as file 06",
        _and_a_copy(_is_file("02"), _with(FILE_NO, "06")),
    ),
    cis_fault(
        "cis_manifest_of_audit_as_file_99",
        "FTS-04",
        "the manifest of a P-Sync set is sent as file 99",
        _named(_is_of_audit(MANIFEST), _with(FILE_NO, "99")),
    ),
    cis_fault(
        "cis_only_segments_are_zero",
        "FTS-05",
        "manifests are segment 00",
        _named(_is_file(MANIFEST), _with(SEGMENT_NO, "00")),
    ),
    cis_fault(
        "cis_only_segments_of_one_digit",
        "FTS-05",
        "files that are sent as one segment are segment 1",
        _named(lambda part: part.file_no in {MANIFEST, "02"}, _with(SEGMENT_NO, "1")),
    ),
    cis_fault(
        "cis_components_are_segment_07",
        "FTS-05",
        "file 07 is segment 07",
        _named(_is_file("07"), _with(SEGMENT_NO, "07")),
    ),
    cis_fault(
        "cis_segments_go_on_in_second_set",
        "FTS-05",
        "the only segments of the second set go on where those of the first ended",
        _named(lambda part: _is_later(part) and part.file_no == "03", _with(SEGMENT_NO, "02")),
    ),
)
