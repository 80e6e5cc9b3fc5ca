"""Faults of reports on file sets that no scenario asks after, and the referee notices (SEQ, STL, SRP)."""

from __future__ import annotations

import re
from collections.abc import Callable

from reference_impl.bent.bending import Application, Bent, beside, only, text_changed, together


def _of(file_id: str, pattern: str, new: str | Callable[[re.Match[str]], str]) -> Application:
    """Other text in every file of a type."""
    return only(file_id, lambda file: text_changed(file, lambda text: re.sub(pattern, new, text)))


def _one_more(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]) + 1:09}"


NOTICED_SET_FAULTS: tuple[Bent, ...] = (
    beside(
        "held_set_called_incomplete",
        "SEQ-05",
        "IR10 calls a set incomplete that was held.",
        _of("IR10", "OUT_OF_SEQUENCE", "INCOMPLETE"),
    ),
    beside(
        "incomplete_set_called_out_of_sequence",
        "SEQ-06",
        "IR10 calls a set out of sequence that was incomplete.",
        _of("IR10", "INCOMPLETE", "OUT_OF_SEQUENCE"),
    ),
    beside(
        "one_error_too_many_counted",
        "STL-05",
        "IR14 counts an error more than it reports, where it reports any.",
        _of("IR14", r"(?m)^(SS\|.*\|FAILED\|)(\d{9})", _one_more),
    ),
    beside(
        "one_update_too_many_counted",
        "SRP-02",
        "IR06 and IR07 count an update more than IR06 lists, both alike.",
        together(*(_of(report, r"(?m)^(SS\|.*\|)(\d{9})(?=\|\d{9}\s*$)", _one_more) for report in ("IR06", "IR07"))),
    ),
)
