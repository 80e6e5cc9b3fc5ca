"""What comes back on a synchronization file set: IR06, IR07, IR10 and IR14, found by the set they name, and checked.

IR06 and IR07 are compared as differences of the Master Directory: which value holds in which span instead of which.
How a system cuts a span into records, and in which order they stand, makes no difference; nor does whether it makes use
of a transformation that the profile declares (SRP-07).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from harness.interface.files import InterfaceFile, Record, Value
from harness.interface.instants import iso
from harness.interface.profile import EITHER, TRANSFORMATIONS, Profile
from harness.interface.set_records import NAMES_OF_ASSETS, names_new_sdp
from harness.stage.chapters import mailboxes
from harness.stage.chapters.file_sets import Draft
from harness.stage.conversation import Conversation, Delivered
from harness.suite.verdicts import Unmet, Unreadable

SYNCHRONIZED = ("IR06", "IR07")
"""The reports on a set whose synchronization was completed."""


_SHOWN_OTHERWISE: Mapping[str, str | None] = {
    "declared-alone": None,
    "letters-blanks-zeros": "letters_blanks_zeros",
    EITHER: "letters_blanks_zeros",
}
"""What makes values comparable that may be shown otherwise than the profile declares (AMB-42)."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A span in which an attribute has another value than before. Open ends and missing values are empty texts."""

    entity: str
    entity_id: str
    attribute: str
    start: str
    until: str
    before: str
    after: str

    def __str__(self) -> str:
        span = f" from {self.start or 'the beginning'}" if self.start or self.until else ""
        end = f" until {self.until}" if self.until else ""
        change = f"{self.before or 'nothing'} -> {self.after or 'nothing'}"
        return f"{self.attribute} of {self.entity} {self.entity_id}{span}{end}: {change}"

    def transformed(self, profile: Profile) -> Difference:
        """The same with its values as they may be shown (SRP-07, AMB-42)."""
        otherwise = _SHOWN_OTHERWISE[profile.readings["AMB-42"]]
        declared = profile.transformations.get(self.attribute, "as_sent")
        change = TRANSFORMATIONS[otherwise or declared]
        before, after = (change(value) if value else "" for value in (self.before, self.after))
        return replace(self, before=before, after=after)


@dataclass(frozen=True, slots=True)
class Report:
    """A report on a set."""

    file: Delivered
    content: InterfaceFile
    profile: Profile

    @property
    def status(self) -> Record:
        """Its status record.

        :raises Unreadable: it has none.
        """
        for record in self.content.others:
            if record.layout.role == "status":
                return record
        raise Unreadable(f"file {self.file.name} has no status record", file=self.file.name)


def reports(conversation: Conversation, draft: Draft, wanted: str, *, mailbox: str | None = None) -> list[Report]:
    """The reports of a type on a set, to whomever or to one mailbox.

    :raises Unreadable: a report that may be one of them cannot be read.
    """
    profile = conversation.profile
    files = conversation.delivered if mailbox is None else conversation.mailbox(mailbox)
    found = []
    for file in mailboxes.of_type(files, wanted):
        content = mailboxes.read_whole(conversation, file).file
        if content is not None and _is_about(Report(file, content, profile), draft, wanted):
            found.append(Report(file, content, profile))
    return found


def _is_about(report: Report, draft: Draft, wanted: str) -> bool:
    named = report.content.details if wanted == "IR10" else (report.status,)
    wanted_set = draft.file_type, draft.tx_id.casefold()
    return any((record["file_type"], str(record["tx_id"]).casefold()) == wanted_set for record in named)


def report(conversation: Conversation, draft: Draft, wanted: str, *, mailbox: str | None = None) -> Report:
    """The one report of a type on a set that somebody, by default the LDC, has received: the last of several.

    :raises Unmet: there is none.
    """
    who = mailbox or draft.ldc
    found = reports(conversation, draft, wanted, mailbox=who)
    if not found:
        seen = mailboxes.described(conversation.mailbox(who))
        raise Unmet(
            f"{who!r} has received {wanted} for {draft} by {iso(conversation.now)}", f"none; in its mailbox: {seen}"
        )
    return found[-1]


# --- whether a set was processed, or rejected --------------------------------------------------------------


def check_processed(conversation: Conversation, draft: Draft) -> None:
    """Hold a system to having processed a set: IR06 or IR07 tells of it, be the other of them readable or not.

    :raises Unmet: the LDC has received neither for the set.
    :raises Unreadable: neither can be read.
    """
    if not _told_of(conversation, draft):
        seen = mailboxes.described(conversation.mailbox(draft.ldc))
        expected = f"{draft} has been processed by {iso(conversation.now)}, so that IR06 and IR07 tell of it"
        raise Unmet(expected, f"no such report; in the mailbox of {draft.ldc!r}: {seen}")


def _told_of(conversation: Conversation, draft: Draft) -> bool:
    unreadable: list[Unreadable] = []
    for wanted in SYNCHRONIZED:
        try:
            if any(not _stopped_at_load(found) for found in reports(conversation, draft, wanted, mailbox=draft.ldc)):
                return True
        except Unreadable as found:
            unreadable.append(found)
    if len(unreadable) == len(SYNCHRONIZED):
        raise unreadable[0]
    return False


def check_not_processed(conversation: Conversation, draft: Draft) -> None:
    """Hold a system to not having processed a set: no IR06 and no IR07 tells of it, but that it stopped at the load.

    :raises Unmet: somebody has received another IR06 or IR07 for the set.
    """
    may_tell = {"after-load-alone": False, "stopped-at-load-too": True, EITHER: True}
    allowed = may_tell[conversation.profile.readings["AMB-08"]]
    for wanted in SYNCHRONIZED:
        for found in reports(conversation, draft, wanted):
            if not (allowed and _stopped_at_load(found) and not found.content.details):
                expected = f"{draft} has not been processed by {iso(conversation.now)}"
                raise Unmet(expected, f"{wanted} at {iso(found.file.instant)}", file=found.file.name)


def _stopped_at_load(found: Report) -> bool:
    """Whether a report says that its set failed to load (AMB-08)."""
    return found.status["status"] == found.profile.codes["sync_status"]["stopped_at_load"]


def check_changed_nothing(conversation: Conversation, draft: Draft) -> None:
    """Hold a system to a set having taken no effect, whoever refused it: no IR06 lists an update of it.

    :raises Unmet: an IR06 lists one.
    """
    for found in reports(conversation, draft, "IR06"):
        if found.content.details:
            expected = f"nothing of {draft} has taken effect by {iso(conversation.now)}"
            line = found.content.details[0].line
            raise Unmet(expected, _listed(differences(found)), file=found.file.name, record=line)


def check_on_receipt(conversation: Conversation, draft: Draft) -> None:
    """:raises Unmet: the set was not processed when its last file had come, within the seconds of delivery."""
    names = {file.sent_as for file in draft.files.values()}
    last = max(sent.instant for sent in conversation.sent if sent.name in names)
    due = last + timedelta(seconds=int(conversation.setting.value("delivery_within_seconds")))
    check_processed(conversation, draft)
    for wanted in SYNCHRONIZED:
        for found in reports(conversation, draft, wanted, mailbox=draft.ldc):
            if found.file.instant > due:
                expected = f"{wanted} for {draft} at {iso(last)}, when its last file came"
                raise Unmet(expected, f"at {iso(found.file.instant)}", file=found.file.name)


def check_reported(conversation: Conversation, draft: Draft, wanted: str, mailbox: str) -> None:
    """:raises Unmet: somebody has not received a report of a type on the set."""
    report(conversation, draft, wanted, mailbox=mailbox)


def check_not_reported(conversation: Conversation, draft: Draft, wanted: str, mailbox: str | None = None) -> None:
    """:raises Unmet: somebody, or anybody, has received a report of a type on the set."""
    for found in reports(conversation, draft, wanted, mailbox=mailbox):
        who = "nobody has received" if mailbox is None else f"{mailbox!r} has not received"
        expected = f"{who} {wanted} for {draft} by {iso(conversation.now)}"
        raise Unmet(expected, mailboxes.described([found.file]), file=found.file.name)


# --- what a set changed, and what it could not -----------------------------------------------------------------


def differences(found: Report) -> list[Difference]:
    """What the detail records of IR06 or IR07 say, cut into as few spans as can be, sorted."""
    rows = sorted(_difference(record).transformed(found.profile) for record in found.content.details)
    joined: list[Difference] = []
    for row in rows:
        whole = row
        if joined and _continues(joined[-1], row):
            whole = replace(row, start=joined.pop().start)
        joined.append(whole)
    return joined


def _continues(last: Difference, row: Difference) -> bool:
    same = (last.entity, last.entity_id, last.attribute, last.before, last.after)
    return (
        bool(last.until)
        and last.until == row.start
        and same
        == (
            row.entity,
            row.entity_id,
            row.attribute,
            row.before,
            row.after,
        )
    )


def _difference(record: Record) -> Difference:
    return Difference(
        _text(record["entity"]),
        _text(record["entity_id"]),
        _text(record["attribute"]),
        _text(record["effective_from"]),
        _text(record["effective_to"]),
        _text(record["prior_value"]),
        _text(record["new_value"]),
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def check_differences(found: Report, expected: Iterable[Difference]) -> None:
    """:raises Unmet: a report lists other differences than those expected, whatever the order."""
    seen = differences(found)
    wanted = _with_identifiers_as_in(seen, _sorted(found, expected))
    if wanted == seen:
        return
    odd = [row for row in seen if row not in wanted]
    raise Unmet(f"exactly {_listed(wanted)}", _apart(wanted, seen), file=found.file.name, record=_line_of(found, odd))


def _apart(wanted: Sequence[Difference], seen: Sequence[Difference]) -> str:
    """In what the differences that are listed are others than those expected."""
    missing = [row for row in wanted if row not in seen]
    odd = [row for row in seen if row not in wanted]
    several = [row for row in dict.fromkeys(seen) if row in wanted and seen.count(row) > wanted.count(row)]
    said = {"missing": missing, "not expected": odd, "more than once": several}
    return "; ".join(f"{what}: {_listed(rows)}" for what, rows in said.items() if rows)


def check_contains(found: Report, expected: Iterable[Difference]) -> None:
    """:raises Unmet: a report leaves out one of the differences expected; it may list others."""
    seen = differences(found)
    missing = [row for row in _sorted(found, expected) if row not in seen]
    if missing:
        raise Unmet(f"among others {_listed(missing)}", _most_alike(seen, missing), file=found.file.name)


def _most_alike(seen: Sequence[Difference], missing: Sequence[Difference]) -> str:
    """What is listed of the attributes that are missing; or else of their assets; or that there is nothing of those."""
    assets = dict.fromkeys((row.entity, row.entity_id) for row in missing)
    attributes = {(row.entity, row.entity_id, row.attribute) for row in missing}
    of_assets = [row for row in seen if (row.entity, row.entity_id) in assets]
    of_attributes = [row for row in of_assets if (row.entity, row.entity_id, row.attribute) in attributes]
    shown = of_attributes or of_assets
    said = _listed(shown) if shown else "nothing of " + ", ".join(f"{entity} {one}" for entity, one in assets)
    return said if len(shown) == len(seen) else f"{said}; differences in all: {len(seen)}"


def check_contains_either(found: Report, alternatives: Sequence[Sequence[Difference]]) -> None:
    """Hold a report to one of several ways of saying the same; of a failure the first is told.

    :raises Unmet: a report leaves out one of the differences expected, whichever way is taken.
    """
    seen = differences(found)
    if not any(all(row in seen for row in _sorted(found, rows)) for rows in alternatives):
        check_contains(found, alternatives[0])


def check_together(conversation: Conversation, draft: Draft, expected: Iterable[Difference]) -> None:
    """Hold IR06 and IR07 of a set to listing between them what it should change, each difference once (SRP-08).

    :raises Unmet: one stands in both or in neither, or there is one more; or a report is missing.
    """
    updates, exceptions = (report(conversation, draft, wanted) for wanted in SYNCHRONIZED)
    told = [differences(each) for each in (updates, exceptions)]
    if twice := [row for row in told[0] if row in told[1]]:
        raise Unmet("each difference in IR06 or in IR07", f"in both: {_listed(twice)}", file=exceptions.file.name)
    seen = sorted(told[0] + told[1])
    wanted = _with_identifiers_as_in(seen, _sorted(updates, expected))
    if wanted != seen:
        expects = f"IR06 and IR07 list, between them, {_listed(wanted)}"
        raise Unmet(expects, _apart(wanted, seen), file=updates.file.name)


def check_status_fits(conversation: Conversation, draft: Draft) -> None:
    """Hold IR14 to its findings: a set fails to load where there are ERRORs, and not for WARNINGs alone (STL-04).

    :raises Unmet: its status says otherwise.
    """
    found = report(conversation, draft, "IR14", mailbox=draft.submitter)
    codes = conversation.profile.codes
    errors = any(record["severity"] == codes["severity"]["error"] for record in found.content.details)
    expected = "failed" if errors else "loaded"
    if found.status["status"] != codes["load_status"][expected]:
        why = "an ERROR" if errors else "no ERROR"
        stated = str(found.status["status"])
        raise Unmet(f"IR14 says {expected!r}: it reports {why}", stated, file=found.file.name, record=found.status.line)


def check_nothing_of(found: Report, identifiers: Mapping[str, str]) -> None:
    """:raises Unmet: a report lists a difference of one of those named; `identifiers` gives their names."""
    for record in found.content.details:
        identifier = _text(record["entity_id"])
        if identifier in identifiers:
            expected = f"nothing of {identifiers[identifier]!r}"
            raise Unmet(expected, str(_difference(record)), file=found.file.name, record=record.line)


def _sorted(found: Report, expected: Iterable[Difference]) -> list[Difference]:
    return sorted(row.transformed(found.profile) for row in expected)


def _with_identifiers_as_in(seen: Sequence[Difference], wanted: Sequence[Difference]) -> list[Difference]:
    """What is expected, with the identifiers of new assets where they are told: whether they are is not said."""
    new = {row.entity_id for row in wanted if row.attribute == "sdp_id" and not row.before}
    named = [row for row in seen if row.entity_id in new]
    named = [row for row in named if names_new_sdp(row.entity_id, row.attribute, row.before, row.after)]
    return sorted([*(row for row in wanted if row.attribute not in NAMES_OF_ASSETS or row in seen), *named])


def check_no_exceptions(conversation: Conversation, draft: Draft) -> None:
    """:raises Unmet: the LDC has not received IR07 for the set, or it lists exceptions."""
    check_differences(report(conversation, draft, "IR07"), ())


def _line_of(found: Report, odd: Sequence[Difference]) -> int | None:
    for record in found.content.details:
        if odd and _difference(record).transformed(found.profile) == odd[0]:
            return record.line
    return None


def _listed(rows: Sequence[Difference]) -> str:
    shown = [str(row) for row in rows[:8]]
    more = [f"and {len(rows) - 8} more"] if len(rows) > 8 else []
    return "; ".join([*shown, *more]) or "nothing"


# --- the status records, headings and findings of reports ---------------------------------------------------------


def check_identical_status(conversation: Conversation, draft: Draft) -> None:
    """:raises Unmet: copies of IR06 and IR07 of a set carry different Synchronization Status Records (SRP-02)."""
    first, *others = (report(conversation, draft, wanted) for wanted in SYNCHRONIZED)
    agents = [alias for alias in conversation.parties if alias != draft.ldc]
    for wanted, alias in itertools.product(SYNCHRONIZED, agents):
        others += reports(conversation, draft, wanted, mailbox=alias)[-1:]
    expected = _line(first, first.status.line)
    for each in others:
        observed = _line(each, each.status.line)
        if observed != expected:
            what = f"the Synchronization Status Record of IR06, {expected}"
            raise Unmet(what, observed, file=each.file.name, record=each.status.line)


def _line(found: Report, number: int) -> str:
    return found.file.content.decode("ascii", "backslashreplace").splitlines()[number - 1]


def check_status(conversation: Conversation, draft: Draft, wanted: str, status: str, codes: Mapping[str, str]) -> None:
    """:raises Unmet: the status record of a report on a set gives another status."""
    found = report(conversation, draft, wanted, mailbox=draft.submitter if wanted == "IR14" else draft.ldc)
    words = {code: word.replace("_", " ") for word, code in codes.items()}
    told = _text(found.status["status"])
    stated = words.get(told, f"unknown {told}" if told else "no status")
    if stated != status:
        raise Unmet(f"{wanted} says {status!r}", repr(stated), file=found.file.name, record=found.status.line)


def fails_to_load(conversation: Conversation, draft: Draft) -> bool:
    """Whether IR14 says that a set has failed to load.

    :raises Unmet: there is no IR14 on it.
    """
    found = report(conversation, draft, "IR14", mailbox=draft.submitter)
    return found.status["status"] == conversation.profile.codes["load_status"]["failed"]


def check_headings_alone(conversation: Conversation, draft: Draft, wanted: str, recipient: str) -> None:
    """:raises Unmet: somebody's report on a set has no column headings, or has detail records (SRP-05)."""
    found = report(conversation, draft, wanted, mailbox=recipient)
    headings = [record for record in found.content.others if record.layout.role == "heading"]
    expected = "column headings, and no detail records"
    if not headings:
        raise Unmet(expected, "no column headings", file=found.file.name)
    if found.content.details:
        line = found.content.details[0].line
        raise Unmet(expected, f"{len(found.content.details)} detail records", file=found.file.name, record=line)


def check_finding(conversation: Conversation, draft: Draft, severity: str, name: str | None, line: int | None) -> None:
    """Hold IR14 of a set to a finding. It need not say where, and where it does, it has to be right.

    :raises Unmet: it reports nothing of that severity on that file and line, nor without saying where.
    """
    found = report(conversation, draft, "IR14", mailbox=draft.submitter)
    code = conversation.profile.codes["severity"][severity]
    for record in found.content.details:
        fits = name is None or record["file_name"] in {None, name}
        if record["severity"] == code and fits and (line is None or record["line"] in {None, line}):
            return
    place = "the set" if name is None else f"{name}{'' if line is None else f', line {line}'}"
    seen = "; ".join(_finding(record) for record in found.content.details) or "no findings"
    raise Unmet(f"IR14 reports a {code} on {place}", seen, file=found.file.name)


def check_number_of_findings(conversation: Conversation, draft: Draft, severity: str, number: int) -> None:
    """:raises Unmet: IR14 of a set reports fewer findings of a severity (STL-05)."""
    found = report(conversation, draft, "IR14", mailbox=draft.submitter)
    code = conversation.profile.codes["severity"][severity]
    seen = [_finding(record) for record in found.content.details if record["severity"] == code]
    if len(seen) < number:
        raise Unmet(f"IR14 reports {number} {code}s or more", "; ".join(seen) or "none", file=found.file.name)


def _finding(record: Record) -> str:
    place = f"{_text(record['file_name'])}:{_text(record['line'])}".strip(":")
    return f"{_text(record['severity'])} {_text(record['code'])} {place} {_text(record['message'])}".strip()
