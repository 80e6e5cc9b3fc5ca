"""How the file sets of the reference CIS are bent: files held back, and numbers, headers and records changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from harness.interface.instants import later
from reference_impl.bent.bending import Application, replaced, text_changed
from reference_impl.cis import file_sets
from reference_impl.cis.cis import Cis
from reference_impl.cis.file_sets import Extract
from reference_impl.cis.records import Entry
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


def of_each_set(change: Callable[[dict[Part, list[str]]], dict[Part, list[str]]]) -> Application:
    """Change the lines of all files of a set together, by their places in it, in the order in which they leave."""

    def make(original: Callable[..., list[Submission]]) -> Callable[..., list[Submission]]:
        def advance(cis: Cis, to: Any) -> list[Submission]:
            files = original(cis, to)
            sets: dict[tuple[str, int], dict[Part, list[str]]] = {}
            for file in files:
                if (part := part_of(file)) is not None:
                    lines = file.content.decode().split("\r\n")[:-1]
                    sets.setdefault((part.kind, part.tx_id), {})[part] = lines
            changed = {part: lines for each in sets.values() for part, lines in change(each).items()}
            return [_with_lines(file, changed) for file in files]

        return advance

    return replaced(Cis, "advance", make)


def _with_lines(file: Submission, changed: dict[Part, list[str]]) -> Submission:
    part = part_of(file)
    if part is None:
        return file
    return dataclasses.replace(file, content="".join(f"{line}\r\n" for line in changed[part]).encode())


def entries_of_sets(change: Callable[[list[Entry], str], list[Entry]]) -> Application:
    """Change the records of sets before they are written; `change` is given the kind of set, too."""

    def make(original: Any) -> Any:
        def written(extract: Extract, addressed: Any, profile: Any) -> Any:
            entries = tuple(change(list(extract.entries), extract.kind))
            return original(dataclasses.replace(extract, entries=entries), addressed, profile)

        return written

    return replaced(file_sets, "written", make)
