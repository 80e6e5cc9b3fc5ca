"""Files as the referee reads them: whether a submitted one is let in, and what a delivered one is.

What the slides say of letting a file in: FTS-01 to FTS-05 and FTS-07 of its name, FTS-10, USDP-08, SYN-10 and BSV-07 of
who submits it. Of a file whose content is damaged they say nothing: whatever becomes of it is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from harness.interface.findings import Finding
from harness.interface.names import FileName, read_name
from harness.referee.case import Admission, Case, Letter, Received
from harness.referee.stream import Delivered, Submitted

SUBMITTED_TYPES = ("1000", "3000", "4000", "5000", "8000")
"""The file types that organisations submit."""
SUBMITTERS: Mapping[str, str] = {
    "1000": "USDP-08",
    "3000": "SYN-10",
    "4000": "SYN-10",
    "5000": "BSV-07",
    "8000": "BSV-07",
}
"""By which rule nobody but a registered organisation, and an authorised agent, submits a type."""
_NAME_RULES: Mapping[str, str] = {
    "name-set-elements": "FTS-02",
    "name-set-elements-missing": "FTS-02",
    "name-file-no": "FTS-04",
    "name-segment-no": "FTS-05",
    "name-version": "FTS-07",
    "name-version-retired": "FTS-07",
}
_UNSTATED = frozenset({"name-organisation", "name-tx-id"})
"""Findings of identifiers of another form than the assumed one: no slide says which forms there are."""


def admitted(file: Submitted, case: Case) -> Received:
    """A submitted file, with what the slides say of letting it in."""
    name, findings = read_name(file.name, case.profile)
    admission = _admission(file, name, findings, case)
    if name is None or name.part is not None or admission.verdict == "refused":
        return Received(file, admission, case.profile)
    reading = case.read(file.name, file.content, case.profile)
    if reading.flaws and admission.verdict == "in":
        admission = replace(admission, verdict="open", why=str(reading.flaws[0]))
    return Received(file, admission, case.profile, reading)


def opened(file: Delivered, case: Case) -> Letter:
    """A delivered file, read against its layout."""
    reading = case.read(file.name, file.content, case.profile)
    elements = file.name.split(".")
    file_type = elements[2] if len(elements) > 2 else ""
    return Letter(file, file_type, elements[0], reading.name, reading.file, reading.findings)


def _admission(file: Submitted, name: FileName | None, findings: tuple[Finding, ...], case: Case) -> Admission:
    if name is None:
        return Admission(None, "refused", "FTS-01", str(findings[0]))
    if name.file_id not in SUBMITTED_TYPES:
        return Admission(name, "refused", "FTS-01", f"organisations submit no {name.file_id}")
    wrong = [finding for finding in findings if finding.code not in _UNSTATED]
    if wrong:
        return Admission(name, "refused", _NAME_RULES.get(wrong[0].code, "FTS-01"), str(wrong[0]))
    rule, why = _of_submitter(file, name, case)
    if rule:
        return Admission(name, "refused", rule, why)
    if findings:
        return Admission(name, "open", why=str(findings[0]))
    if len(name.created) == 13 and len(case.still_open("AMB-02", name.org_1)) > 1:
        return Admission(name, "open", why="a date-time of 13 digits")
    if name.part is not None and not name.part.tx_id.isdecimal() and len(case.answers("AMB-33")) > 1:
        return Admission(name, "open", why="a TX_ID that is no number")
    return Admission(name, "in")


def broken_by(rule: str, file_type: str) -> tuple[str, ...]:
    """The rules that are broken where something comes of a file that one of them refuses."""
    return (rule, SUBMITTERS[file_type]) if rule == "FTS-10" and file_type in SUBMITTERS else (rule,)


def _of_submitter(file: Submitted, name: FileName, case: Case) -> tuple[str, str]:
    """By which rule a submitter is turned away, and why in words; empty where none does."""
    if name.org_2 != file.organisation:
        return "FTS-01", f"submitted by {file.organisation} under the name of {name.org_2}"
    if file.organisation not in case.kinds:
        return SUBMITTERS[name.file_id], f"{file.organisation} is not registered"
    if name.org_1 not in case.ldcs:
        return SUBMITTERS[name.file_id], f"{name.org_1} is no LDC that is registered"
    if not case.may_submit(file.organisation, name.org_1, name.file_id):
        return "FTS-10", f"{file.organisation} is not authorised by {name.org_1} to submit {name.file_id}"
    return "", ""
