"""Faults of a CIS in file sets that are sent again, because they were rejected."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from harness.interface.instants import later
from reference_impl.bent.bending import Application, Bent, renamed, replaced, text_changed, together
from reference_impl.bent.cis_bending import cis_fault
from reference_impl.bent.cis_sync_bending import MANIFEST, Part, part_of
from reference_impl.cis import instructions, sequence
from reference_impl.cis.cis import Cis
from reference_impl.cis.sequence import Sequence
from reference_impl.cis.state import Desk, State, Submission

NAMED, HEADER = "FN|", "FH|"
INSTANT_DIGITS = 14
RELATIONSHIPS = "05"
TOO_LATE_MINUTES = 70


def _of_repeated(change: Callable[[Submission, Part], Submission]) -> Application:
    """Change the files of sets that are sent again, on their way out."""
    again: set[tuple[int, int]] = set()

    def noted(original: Any) -> Any:
        def send_files(state: State, desk: Desk, extract: Any, number: int) -> None:
            is_known = any(each.number == number for each in desk.sequence.sent.values())
            original(state, desk, extract, number)
            if is_known:
                again.add((id(state), state.tx_ids))

        return send_files

    def changed(original: Any) -> Any:
        def advance(cis: Cis, to: Any) -> list[Submission]:
            return [new(cis, file) for file in original(cis, to)]

        return advance

    def new(cis: Cis, file: Submission) -> Submission:
        part = part_of(file)
        return file if part is None or (id(cis), part.tx_id) not in again else change(file, part)

    return together(replaced(instructions, "send_files", noted), replaced(Cis, "advance", changed))


def _with_element(file: Submission, place: int, value: str) -> Submission:
    """A file with another element in its name."""
    elements = file.name.split(".")
    elements[place] = value
    return renamed(file, lambda _: ".".join(elements))


def _former(part: Part) -> str:
    return f"{part.tx_id - 1:06}"


def _stating_former_name(file: Submission, part: Part) -> Submission:
    former = file.name.replace(f".{part.tx_id:06}.", f".{_former(part)}.")
    return text_changed(file, lambda text: text.replace(f"{NAMED}{file.name}", f"{NAMED}{former}", 1))


def _under_former_tx_id(file: Submission, part: Part) -> Submission:
    return _with_element(file, 5, _former(part)) if part.file_no == RELATIONSHIPS else file


def _without_header(file: Submission, _: Part) -> Submission:
    lines = file.content.decode().split("\r\n")
    return dataclasses.replace(
        file, content="\r\n".join(line for line in lines if not line.startswith(HEADER)).encode()
    )


def _manifest_later(file: Submission, part: Part) -> Submission:
    """The manifest states the next day."""
    if part.file_no != MANIFEST:
        return file

    def moved(line: str) -> str:
        fields = line.split("|")
        return "|".join(f"{int(each) + 1_000_000}" if len(each) == INSTANT_DIGITS else each for each in fields)

    lines = file.content.decode().split("\r\n")
    text = "\r\n".join(moved(line) if line.startswith(HEADER) else line for line in lines)
    return dataclasses.replace(file, content=text.encode())


def _late(is_meant: Callable[[Part], bool]) -> Application:
    """Files of a set that is sent again leave late."""
    held: list[tuple[Cis, Submission]] = []

    def put_off(file: Submission, part: Part) -> Submission:
        return dataclasses.replace(file, instant=later(file.instant, minutes=TOO_LATE_MINUTES * is_meant(part)))

    def make(original: Any) -> Any:
        def advance(cis: Cis, to: Any) -> list[Submission]:
            held.extend((cis, file) for file in original(cis, to))
            due = [each for each in held if each[0] is cis and each[1].instant <= to]
            held[:] = [each for each in held if each not in due]
            return [file for _, file in due]

        return advance

    return together(_of_repeated(put_off), replaced(Cis, "advance", make))


def _given_up(original: Any) -> Any:
    """A set that is rejected for the second time is given up."""

    def take_rejection(sequence: Sequence, tx_id: str, **why: bool) -> list[Any]:
        found = sequence.sent.get(tx_id)
        times = sum(found is not None and each.number == found.number for each in sequence.sent.values())
        return [] if times > 1 else list(original(sequence, tx_id, **why))

    return take_rejection


CIS_SENT_AGAIN_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_repeated_states_former_names",
        "FTS-01",
        "the File Name Records of a set that is sent again state the names of the first time",
        _of_repeated(_stating_former_name),
    ),
    cis_fault(
        "cis_repeated_keeps_one_tx_id",
        "FTS-03",
        "file 05 of a set that is sent again has the TX_ID of the first time, and the rest another",
        _of_repeated(_under_former_tx_id),
    ),
    cis_fault(
        "cis_repeated_as_second_segment",
        "FTS-05",
        "the files of a set that is sent again are segment 02",
        _of_repeated(lambda file, _: _with_element(file, 7, "02")),
    ),
    cis_fault(
        "cis_repeated_in_next_version",
        "FTS-07",
        "a set that is sent again is of the next version",
        _of_repeated(lambda file, part: _with_element(file, 3, "02" if part.kind == "3000" else "01")),
    ),
    cis_fault(
        "cis_repeated_without_header",
        "SYN-04",
        "the files of a set that is sent again have no File Header Record",
        _of_repeated(_without_header),
    ),
    cis_fault(
        "cis_repeated_extracted_twice",
        "SYN-09",
        "the manifest of a set that is sent again states another time than its files",
        _of_repeated(_manifest_later),
    ),
    cis_fault(
        "cis_repeated_relationships_late",
        "SEQ-06",
        "file 05 of a set that is sent again leaves more than an hour late",
        _late(lambda part: part.file_no == RELATIONSHIPS),
    ),
    cis_fault(
        "cis_repeated_after_next",
        "SEQ-05",
        "a set that is sent again leaves more than an hour after the one that is numbered after it",
        _late(lambda _: True),
    ),
    cis_fault(
        "cis_rejected_twice_given_up",
        "SEQ-08",
        "a set that is rejected for the second time is not sent again",
        replaced(sequence, "take_rejection", _given_up),
    ),
)
