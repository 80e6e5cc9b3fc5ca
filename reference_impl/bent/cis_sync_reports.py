"""Faults of a CIS in what it makes of advice, and of reports and responses that inform it (ISY-05, PSY-07, -08, USDP-18)."""

from __future__ import annotations

import re
from typing import Any

from harness.interface.instants import later
from reference_impl.bent.bending import Bent, replaced
from reference_impl.bent.cis_bending import cis_fault, reads_a_name_once
from reference_impl.bent.cis_sync_periodic import as_told_last
from reference_impl.cis import book as books
from reference_impl.cis import cis as mailbox
from reference_impl.cis import instructions, periodic_audit, synchronization_reports
from reference_impl.cis.cis import Cis, next_work

_PARTED = re.compile(rb"\|[A-Z]\d[A-Z] \d[A-Z]\d\s")
"""A postal code with a blank, as no LDC here has it on record."""


def _by_audit(_: Any) -> Any:
    """What is to be told by an I-Sync is told by a P-Sync."""
    return instructions.audit


def _all_but_last(original: Any) -> Any:
    """Of what a failed set told the last SDP is forgotten."""

    def held_back(*about: Any) -> Any:
        found = original(*about)
        return {sdp: found[sdp] for sdp in [*found][:-1]}

    return held_back


def _corrects(original: Any) -> Any:
    """A postal code that IR06 shows with a blank is told again."""

    def receive(cis: Cis, recipient: Any, name: str, content: bytes) -> None:
        original(cis, recipient, name, content)
        if ".IR06." not in name or not _PARTED.search(content):
            return
        for desk in cis.desks.values():
            for sdp_id in desk.book.sdps:
                days = synchronization_reports.every_day(desk, sdp_id, "postal_code")
                books.leave_untold(desk.book, sdp_id, {"postal_code": days})
            cis.due.append((next_work(cis.now), desk.ldc, instructions.synchronize))

    return receive


def _read_once(original: Any) -> Any:
    """An IR07 that comes again under its name is not looked at, even where it was cut short before."""
    read_once = reads_a_name_once(original)

    def receive(cis: Cis, recipient: Any, name: str, content: bytes) -> None:
        (read_once if ".IR07." in name else original)(cis, recipient, name, content)

    return receive


def _an_hour_early(original: Any) -> Any:
    """What is meant for an instant is done an hour before."""

    def due(instruction: Any) -> Any:
        moment = original(instruction)
        return None if moment is None else later(moment, minutes=-60)

    return due


CIS_REPORT_FAULTS: tuple[Bent, ...] = (
    cis_fault(
        "cis_changes_told_by_audit",
        "ISY-05",
        "day-to-day changes are told by P-Sync",
        replaced(instructions, "synchronize", _by_audit),
    ),
    cis_fault(
        "cis_failed_set_not_made_anew",
        "ISY-05",
        "what a set told that failed to load is not told again",
        replaced(instructions, "held_back", lambda _: lambda *__: {}),
    ),
    cis_fault(
        "cis_last_of_failed_set_forgotten",
        "ISY-05",
        "of what a set told that failed to load the last SDP is not told again",
        replaced(instructions, "held_back", _all_but_last),
    ),
    cis_fault(
        "cis_exceptions_not_read",
        "ISY-05",
        "an attribute that could not be updated is not told again",
        replaced(synchronization_reports, "take_exceptions", lambda _: lambda *__: None),
    ),
    cis_fault(
        "cis_whole_exceptions_passed_over",
        "ISY-05",
        "an IR07 that came cut short is not looked at when it comes whole",
        replaced(mailbox, "receive", _read_once),
    ),
    cis_fault(
        "cis_shown_value_corrected",
        "ISY-05",
        "a postal code that IR06 shows with a blank is told again",
        replaced(mailbox, "receive", _corrects),
    ),
    cis_fault(
        "cis_audit_leaves_changes_to_i_sync",
        "PSY-07",
        "what was not told yet is left out of an audit",
        replaced(periodic_audit, "extract", as_told_last),
    ),
    cis_fault(
        "cis_audit_whenever_told",
        "PSY-08",
        "an audit is made when it is ordered, whatever the schedule says",
        replaced(instructions, "due", lambda _: lambda __: None),
    ),
    cis_fault(
        "cis_audit_an_hour_early",
        "PSY-08",
        "an audit is made an hour before its time",
        replaced(instructions, "due", _an_hour_early),
    ),
    cis_fault(
        "cis_exceptions_not_asked_again",
        "USDP-18",
        "what came back as an exception is not asked for again",
        replaced(instructions, "ask_again", lambda _: lambda *__: None),
    ),
)
