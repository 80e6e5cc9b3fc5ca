"""How the reference CIS is bent: functions of its chapters replaced, and files changed on their way out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, NamedTuple

from harness.interface.instants import Instant
from reference_impl.bent.bending import (
    Application,
    Bent,
    beside,
    details_changed,
    fault,
    replaced,
    text_changed,
    variant,
)
from reference_impl.cis import billing_requests, file_transfer, instructions
from reference_impl.cis.billing_requests import Period
from reference_impl.cis.cis import Cis
from reference_impl.cis.state import Desk, State, Submission

CIS = "reference-cis"
REQUEST, RESPONSE = "1000", "2000"
Rows = list[list[str]]


class Wanted(NamedTuple):
    """A period that is about to be asked for, and the instant whose response is to be recovered, or None."""

    period: Period
    on_cycle: bool
    version: Instant | None


def whoever_bills(original: Any) -> Any:
    """What a function asks for is asked for whoever bills."""

    def asks(*wanted: Any, **more: Any) -> None:
        with replaced(billing_requests, "is_billed_by", lambda _: lambda *_: True)(None):
            original(*wanted, **more)

    return asks


def cis_fault(identifier: str, rule: str, text: str, apply: Application) -> Bent:
    """A fault of one rule, of a CIS."""
    return dataclasses.replace(fault(identifier, rule, text, apply), system=CIS)


def cis_beside(identifier: str, rule: str, text: str, apply: Application) -> Bent:
    """A fault of one rule, of a CIS, that no scenario catches, and the referee notices."""
    return dataclasses.replace(beside(identifier, rule, text, apply), system=CIS)


def cis_variant(identifier: str, text: str, apply: Application, takes: str | None = None) -> Bent:
    """A conformant difference, of a CIS; in a known reading of the ambiguity `takes`."""
    return dataclasses.replace(variant(identifier, text, apply, takes), system=CIS)


def submitted(file_id: str, change: Callable[[Submission], list[Submission]]) -> Application:
    """Change files of one type on their way out: each becomes some others, or none."""

    def make(original: Callable[..., list[Submission]]) -> Callable[..., list[Submission]]:
        def advance(cis: Cis, to: Any) -> list[Submission]:
            files = original(cis, to)
            return [new for file in files for new in (change(file) if of_type(file, file_id) else [file])]

        return advance

    return replaced(Cis, "advance", make)


def of_type(file: Submission, file_id: str) -> bool:
    """Whether a file is of a type."""
    return file.name.split(".")[2] == file_id


def rows_of_requests(change: Callable[[Rows, str], Rows]) -> Application:
    """Change the lines of requests 1000, as lists of fields; `change` is given the submitter, too."""

    def changed(file: Submission) -> list[Submission]:
        you = file.name.split(".")[1]
        return [text_changed(file, lambda text: details_changed(text, lambda rows: change(rows, you)))]

    return submitted(REQUEST, changed)


def may_submit(change: Callable[[frozenset[str], str], bool]) -> Application:
    """Replace what an agent may submit: `change` is given the authorised types and the one that is wanted."""

    def make(_: Any) -> Any:
        def may(parties: Any, ldc: Any, file_id: str) -> bool:
            return bool(ldc == parties.you or change(parties.authorised.get(ldc, frozenset()), file_id))

        return may

    return replaced(file_transfer, "may_submit", make)


def rows_of(file_id: str, change: Callable[[Rows], Rows]) -> Application:
    """Change the lines of files of one type, as lists of fields."""
    return submitted(file_id, lambda file: [text_changed(file, lambda text: details_changed(text, change))])


def asked_otherwise(change: Callable[[list[Wanted], State, Desk], list[Wanted]]) -> Application:
    """Change what quantities are asked for, at the moment at which they are."""

    def make(original: Any) -> Any:
        def submit_requests(state: State, desk: Desk, wanted: Any) -> None:
            original(state, desk, change([Wanted(*each) for each in wanted], state, desk))

        return submit_requests

    return replaced(instructions, "submit_requests", make)


def reads_a_name_once(original: Any) -> Any:
    """A file that comes again under its name is not looked at, even where it was cut short before."""

    def receive(cis: Any, recipient: Any, name: str, content: bytes) -> None:
        known = any(key == ("mail", name) for desk in cis.desks.values() for key in desk.matters.held)
        if not known:
            original(cis, recipient, name, content)

    return receive


def without_last_record(original: Any) -> Any:
    """What takes a file in is given it without its last detail record."""
    return lambda file, *more: original(dataclasses.replace(file, details=file.details[:-1]), *more)
