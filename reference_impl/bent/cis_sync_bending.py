"""How the file sets of the reference CIS are bent: files held back, and numbers, headers and records changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from harness.interface.instants import later
from reference_impl.bent.bending import Application, replaced, text_changed
from reference_impl.cis.cis import Cis
from reference_impl.cis.state import Submission

SETS = ("3000", "4000")
PERIODIC, INCREMENTAL = SETS
MANIFEST = "00"


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """What the name of a set's file says."""

    kind: str
    tx_id: int
    file_no: str
    segment_no: str


def part_of(file: Submission) -> Part | None:
    """What a file is of a set; None where it is no file of a set."""
    elements = file.name.split(".")
    if elements[2] not in SETS:
        return None
    return Part(elements[2], int(elements[5]), elements[6], elements[7])


def of_sets(change: Callable[[Submission, Part], list[Submission]]) -> Application:
    """Change the files of sets on their way out: each becomes some others, or none."""

    def make(original: Callable[..., list[Submission]]) -> Callable[..., list[Submission]]:
        def advance(cis: Cis, to: Any) -> list[Submission]:
            found = []
            for file in original(cis, to):
                part = part_of(file)
                found += [file] if part is None else change(file, part)
            return found

        return advance

    return replaced(Cis, "advance", make)


def lines_of_sets(change: Callable[[list[str], Part], list[str]]) -> Application:
    """Change the lines of the files of sets; the File Name Record is the first, the header the second."""

    def changed(file: Submission, part: Part) -> list[Submission]:
        def rewrite(text: str) -> str:
            return "".join(f"{line}\r\n" for line in change(text.split("\r\n")[:-1], part))

        return [text_changed(file, rewrite)]

    return of_sets(changed)


def held_back(minutes: Callable[[Part], int]) -> Application:
    """Let files of sets leave some minutes late: `minutes` says how many, 0 for not at all."""

    def make(original: Callable[..., list[Submission]]) -> Callable[..., list[Submission]]:
        held: list[tuple[Cis, Submission]] = []

        def advance(cis: Cis, to: Any) -> list[Submission]:
            for file in original(cis, to):
                part = part_of(file)
                late = 0 if part is None else minutes(part)
                held.append((cis, dataclasses.replace(file, instant=later(file.instant, minutes=late))))
            due = [each for each in held if each[0] is cis and each[1].instant <= to]
            held[:] = [each for each in held if each not in due]
            return [file for _, file in due]

        return advance

    return replaced(Cis, "advance", make)
