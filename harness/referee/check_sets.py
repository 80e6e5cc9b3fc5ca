"""Invariants of synchronization: reports when and to whom they are due, and their differences the oracle's (SEQ, SRP).

IR06 and IR07 together are the differences that a set makes, or should have made, in the oracle's Master Directory. How
a system cuts a span into records makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from harness.interface.files import Record
from harness.interface.instants import iso
from harness.interface.profile import TRANSFORMATIONS, Profile
from harness.oracle.master_directory import Attribute, Change
from harness.oracle.sequence import Ending, Fate
from harness.oracle.synchronization import PRIOR_STATE, STOPPED, Outcome
from harness.referee.ledger import Ledger
from harness.referee.mail import PostOffice, Seen
from harness.referee.sets import Ended

TYPES = ("IR06", "IR07", "IR10", "IR14")
_PRESENCE = {"IR06": "SRP-01", "IR07": "SRP-01", "IR10": "SEQ-06", "IR14": "STL-02"}
_RECIPIENT = {"IR06": "SRP-06", "IR07": "SRP-06", "IR10": "STL-06", "IR14": "STL-06"}
_UNDUE = {"IR06": "SEQ-08", "IR07": "SEQ-08", "IR10": "SEQ-07", "IR14": "STL-02"}


class Due(NamedTuple):
    """A report on a set: which, to whom."""

    type: str
    tx_id: str
    recipient: str


@dataclass(slots=True)
class SetCheck:
    """Holds reports on sets to what became of the sets.

    :param extracts: the days of the P-Syncs of each LDC so far.
    """

    ledger: Ledger
    office: PostOffice
    profile: Profile
    extracts: dict[str, set[object]] = field(default_factory=dict)

    def judge(self, ended: Sequence[Ended], seen: Iterable[Seen]) -> None:
        """Hold the reports that came to the sets that ended."""
        came: dict[Due, list[Seen]] = {}
        for each in seen:
            if each.type in TYPES:
                for tx_id in sorted(_told_of(each)):
                    came.setdefault(Due(each.type, tx_id, each.file.recipient), []).append(each)
        for one in ended:
            self._judge_set(one, came)
        for due, files in sorted(came.items()):
            self._undue(due, files, ended)

    def _judge_set(self, one: Ended, came: dict[Due, list[Seen]]) -> None:
        about = f"{one.sent.content.kind} set {one.sent.number} ({one.sent.name.tx_id}) of {one.sent.name.ldc}"
        found: dict[str, Seen] = {}
        for due in self.due_on(one.ending):
            files = came.pop(due, [])
            at = one.ending.at or one.ending.first
            if self._came_once(due, files, one, about):
                found[due.type] = files[0]
                self._check_content(due.type, files[0], one, about)
        if {"IR06", "IR07"} <= found.keys():
            lines = [_line(found[report].status) for report in ("IR06", "IR07")]
            at = found["IR07"].file.instant
            self.ledger.hold("SRP-02", lines[0] == lines[1], at, about, lines[0], lines[1], found["IR07"].file.name)
        if one.sent.content.kind == "P-Sync" and one.outcome is not None:
            self.extracts.setdefault(one.sent.name.ldc, set()).add(one.sent.content.extracted)

    def due_on(self, ending: Ending) -> list[Due]:
        """The reports on a set, by how it ended."""
        if ending.at is None or ending.fate == Fate.DROPPED:
            return []
        name = ending.set
        wanted = [("IR10", name.submitter)] if ending.fate == Fate.REJECTED else [("IR14", name.submitter)]
        if ending.fate == Fate.PROCESSED:
            wanted += [(report, to) for report in ("IR06", "IR07") for to in sorted({name.ldc, name.submitter})]
        return [Due(report, name.tx_id, to) for report, to in wanted if self.office.may_receive(to, name.ldc, report)]

    def _came_once(self, due: Due, files: Sequence[Seen], one: Ended, about: str) -> bool:
        """Whether a report came that can be looked into, be it on time or not."""
        at = one.ending.at or one.ending.first
        until = self.office.latest(due.recipient, at)
        in_time = [each for each in files if at <= each.file.instant <= until]
        expected = f"one {due.type} for {due.recipient} at {iso(at)}"
        observed = [iso(each.file.instant) for each in files] or "none"
        held = len(in_time) == len(files) == 1
        rule = _PRESENCE[due.type]
        if one.ending.fate == Fate.PROCESSED and at != one.ending.first:  # it was held
            rule = "SEQ-03" if any(each.file.instant < at for each in files) else "SEQ-04"
        return self.ledger.hold(rule, held, at, about, expected, observed) or bool(files)

    def _undue(self, due: Due, files: Sequence[Seen], ended: Iterable[Ended]) -> None:
        """A report that was not due: to somebody else, or on a set of which it does not tell."""
        dues = {each for one in ended for each in self.due_on(one.ending)}
        others = any((each.type, each.tx_id) == due[:2] for each in dues)
        rule = _RECIPIENT[due.type] if others else _UNDUE[due.type]
        at, name = files[0].file.instant, files[0].file.name
        self.ledger.hold(rule, False, at, f"set {due.tx_id}", f"no {due.type} for {due.recipient}", name, name)

    # --- what a report says --------------------------------------------------------------------------------

    def _check_content(self, report: str, seen: Seen, one: Ended, about: str) -> None:
        name, at = seen.file.name, seen.file.instant
        if report == "IR14" and seen.status is not None:
            word = "loaded" if one.ending.fate == Fate.PROCESSED else "failed"
            code = self.profile.codes["load_status"][word]
            rule = "STL-04" if word == "loaded" else "STL-03"
            self.ledger.hold(rule, seen.status["status"] == code, at, about, code, seen.status["status"], name)
            errors = sum(each["severity"] == self.profile.codes["severity"]["error"] for each in seen.details)
            held = errors == seen.status["errors"] and (errors > 0) == (word == "failed")
            expected = f"details of {seen.status['errors']} errors{', at least one' if word == 'failed' else ''}"
            self.ledger.hold("STL-05", held, at, about, expected, f"of {errors}", name)
        if report == "IR06" and one.outcome is not None:
            self._check_status(seen, one.outcome, about)
            changes = [(change, "") for change in one.outcome.updates]
            self._compare(report, self._shown(changes), self._stated(seen.details), seen, one, about)
        if report == "IR07" and one.outcome is not None:
            failed = [(change, reason) for change, reason in one.outcome.exceptions]
            self._compare(report, self._shown(failed), self._stated(seen.details), seen, one, about)

    def _check_status(self, seen: Seen, outcome: Outcome, about: str) -> None:
        code = self.profile.codes["sync_status"][outcome.status]
        stated = None if seen.status is None else seen.status["status"]
        self.ledger.hold("SRP-02", stated == code, seen.file.instant, about, code, stated, seen.file.name)

    def _compare(
        self,
        report: str,
        expected: set[tuple[str, ...]],
        stated: set[tuple[str, ...]],
        seen: Seen,
        one: Ended,
        about: str,
    ) -> None:
        missing, more = sorted(expected - stated), sorted(stated - expected)
        rule = self._rule(report, one, missing, more)
        name, at = seen.file.name, seen.file.instant
        wanted = f"{report} says: {_listed(missing)}" if missing else f"{report} says nothing else"
        told = f"it says{' instead' if missing else ''}: {_listed(more)}" if more else "it does not"
        self.ledger.hold(rule, not missing and not more, at, about, wanted, told, name)

    def _rule(
        self, report: str, one: Ended, missing: Sequence[tuple[str, ...]], more: Sequence[tuple[str, ...]]
    ) -> str:
        """The rule that a difference breaks: whose days, and which SDPs, tell which."""
        if not missing and not more:
            return self._rule_that_holds(report, one)
        own = one.sent.name.ldc
        others = {str(day) for ldc, days in self.extracts.items() if ldc != own for day in days}
        if report == "IR06" and any(change[3] in others and not change[5] for change in more):
            return "PSY-06"
        if one.sent.content.kind == "P-Sync":
            reasons = {change[-1] for change in (*missing, *more)}
            if PRIOR_STATE in reasons:
                return "PSY-04"
            if one.outcome is not None and one.outcome.status == STOPPED:
                return "PSY-05"
            extracted = str(one.sent.content.extracted)
            if any(extracted in change[3:5] and not change[6] for change in (*missing, *more)):
                return "PSY-02"
        return _SAYS[report]

    def _rule_that_holds(self, report: str, one: Ended) -> str:
        """The rule that a report without differences bears out."""
        outcome, extracted = one.outcome, one.sent.content.extracted
        if outcome is None or report == "IR07":
            reasons = {reason for _, reason in outcome.exceptions} if outcome is not None else set()
            return "PSY-04" if PRIOR_STATE in reasons else "SRP-04" if reasons else "SRP-05"
        ends = any(change.new is None and change.since == extracted for change in outcome.updates)
        return "PSY-02" if one.sent.content.kind == "P-Sync" and ends else "SRP-03"

    def _shown(self, changes: Iterable[tuple[Change, str]]) -> set[tuple[str, ...]]:
        """Changes as reports show them."""
        return {
            (
                *change.attribute,
                *_span(change),
                self._value(change, change.prior),
                self._value(change, change.new),
                reason,
            )
            for change, reason in changes
        }

    def _stated(self, records: Iterable[Record]) -> set[tuple[str, ...]]:
        """The details of IR06 or IR07, joined where one change was cut into several records."""
        entities = {code: word for word, code in self.profile.codes["entity"].items()}
        reasons = {code: word for word, code in self.profile.codes["sync_exception"].items()}
        found = []
        for record in records:
            entity = entities.get(str(record["entity"]), str(record["entity"]))
            attribute = Attribute(entity, str(record["entity_id"]), str(record["attribute"]))
            prior, new = (None if record[of] is None else str(record[of]) for of in ("prior_value", "new_value"))
            change = Change(attribute, record["effective_from"], record["effective_to"], prior, new)  # type: ignore[arg-type]
            reason = str(record["reason"]) if "reason" in record.layout.positions else ""
            found.append((change, reasons.get(reason, reason)))
        return self._shown(_joined(found))

    def _value(self, change: Change, value: str | None) -> str:
        if value is None:
            return ""
        transformation = self.profile.transformations.get(change.attribute.name)
        return value if transformation is None else TRANSFORMATIONS[transformation](value)


_SAYS: Mapping[str, str] = {"IR06": "SRP-03", "IR07": "SRP-04"}


def _told_of(seen: Seen) -> set[str]:
    """The TX_IDs of the sets that a report tells of."""
    records = seen.details if seen.type == "IR10" else [] if seen.status is None else [seen.status]
    return {str(record["tx_id"]) for record in records}


def _line(record: Record | None) -> tuple[object, ...]:
    return () if record is None else record.values


def _span(change: Change) -> tuple[str, str]:
    return str(change.since or ""), str(change.until or "")


def _joined(changes: Iterable[tuple[Change, str]]) -> list[tuple[Change, str]]:
    """Changes that follow on one another with the same values, as one."""
    joined: list[tuple[Change, str]] = []
    for change, reason in sorted(changes, key=lambda each: (each[0].attribute, str(each[0].since or ""))):
        last, why = joined[-1] if joined else (None, "")
        same = (change.attribute, change.prior, change.new, reason)
        if (
            last is not None
            and (last.attribute, last.prior, last.new, why) == same
            and change.since in {last.until} - {None}
        ):
            joined[-1] = (last._replace(until=change.until), reason)
        else:
            joined.append((change, reason))
    return joined


def _listed(changes: Sequence[tuple[str, ...]]) -> str:
    shown = [
        f"{attribute} of {entity} {identifier} from {since or 'the beginning'}{f' until {until}' if until else ''}: "
        f"{prior or 'nothing'} -> {new or 'nothing'}{f' ({reason})' if reason else ''}"
        for entity, identifier, attribute, since, until, prior, new, reason in changes[:4]
    ]
    more = f"; and {len(changes) - 4} more" if len(changes) > 4 else ""
    return "; ".join(shown) + more
