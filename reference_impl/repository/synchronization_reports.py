"""IR06, IR07, IR10 and IR14: what they say of a set, and who receives them (STL-02, -05, -06; SRP-01, -02, -05 to -07).

IR10 and IR14 go to the submitter alone, IR06 and IR07 to the LDC, and to a submitting agent where it may have them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from operator import itemgetter
from typing import TypeAlias, TypeVar

from harness.interface.fields import FieldTexts
from harness.interface.files import ToWrite, Value, parts_writer, record_writer
from harness.interface.findings import Severity
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant
from harness.interface.profile import TRANSFORMATIONS, Profile, RecordLayout
from reference_impl.repository import file_transfer
from reference_impl.repository.file_sets import ArrivingSet, SetKey, missing
from reference_impl.repository.file_transfer import Participants, may_receive
from reference_impl.repository.first_states import FirstStates, StateColumns
from reference_impl.repository.master_directory import BEGINNING, Entity
from reference_impl.repository.staging_table_loader import Load, LoadFinding
from reference_impl.repository.synchronization import (
    Changed,
    Outcome,
    Update,
    Updates,
    UpdatesOfAssets,
    changed_by,
    number_of_differences,
)

T = TypeVar("T")
Fields: TypeAlias = Mapping[str, Value]
Details: TypeAlias = Iterator[ToWrite]

_REMEMBERED = 4096
"""Of so many attributes it is remembered how their records begin."""
_MOSTLY = ("entity_id", "new_value")
"""The fields in which most records of first states differ, and of what has dates one more."""
_OTHERWISE = {"declared-alone": "as_sent", "letters-blanks-zeros": "letters_blanks_zeros"}
HEADINGS = ("ENTITY", "ID", "ATTRIBUTE", "FROM", "TO", "PRIOR VALUE", "NEW VALUE")


def submitter_alone(key: SetKey, report: str, participants: Participants, reading: str) -> tuple[OrgId, ...]:
    """Who receives IR10 and IR14: the submitting organisation, authorised or, by AMB-44, not; and no other (STL-06)."""
    always = {"authorised-alone": False, "submitter": True}[reading]
    return (key.submitter,) if always or may_receive(key.submitter, key.ldc, report, participants) else ()


def ldc_and_authorised(key: SetKey, report: str, participants: Participants, reading: str) -> tuple[OrgId, ...]:
    """Who receives IR06 and IR07: the LDC, and agents that are authorised for them, see AMB-31 (SRP-06)."""
    agents = {"submitting-agent": {key.submitter} - {key.ldc}, "authorised-agents": participants.agents}
    chosen = sorted(agents[reading])
    return (key.ldc, *(agent for agent in chosen if may_receive(agent, key.ldc, report, participants)))


def rejected_details(rejected: ArrivingSet, moment: Instant, codes: Mapping[str, str]) -> Details:
    """The detail record of IR10: which set was rejected, and why (SEQ-05, SEQ-06)."""
    lacking = missing(rejected)
    yield (
        "rejected_set",
        {
            "file_type": rejected.key.file_type,
            "tx_id": rejected.key.tx_id,
            "sequence_number": None if rejected.manifest is None else rejected.manifest.sequence_number,
            "first_received_date_time": rejected.first_received,
            "rejected_date_time": moment,
            "reason": codes["incomplete" if lacking else "out_of_sequence"],
            "missing": _printable(" ".join(lacking)),
        },
    )


def load_details(loaded: ArrivingSet, load: Load, profile: Profile) -> Details:
    """The records of IR14: the load's status, then every error and warning (STL-02, STL-05)."""
    severities = [finding.severity for finding in load.findings]
    yield (
        "load_status",
        {
            **_of_set(loaded),
            "status": profile.codes["load_status"]["loaded" if load.succeeded else "failed"],
            "errors": severities.count(Severity.ERROR),
            "warnings": severities.count(Severity.WARNING),
        },
    )
    for finding in reported_findings(load):
        yield (
            "load_finding",
            {
                "file_name": finding.file,
                "line": finding.line,
                "severity": profile.codes["severity"][finding.severity.value.lower()],
                "code": finding.code,
                "field": finding.field,
                "message": _printable(finding.message),
            },
        )


def reported_findings(load: Load) -> Iterable[LoadFinding]:
    """The findings that IR14 lists: all of them (STL-05)."""
    return load.findings


def _printable(text: str) -> str | None:
    plain = "".join(char if char.isascii() and char.isprintable() and char != "|" else "?" for char in text)
    return plain[:200].strip() or None


def _of_set(arriving: ArrivingSet) -> dict[str, Value]:
    return {
        "file_type": arriving.key.file_type,
        "tx_id": arriving.key.tx_id,
        "sequence_number": None if arriving.manifest is None else arriving.manifest.sequence_number,
    }


def status_record(processed: ArrivingSet, extracted: Instant, outcome: Outcome, profile: Profile) -> Fields:
    """The Synchronization Status Record, the same in IR06 and IR07 (SRP-02)."""
    return {
        **_of_set(processed),
        "extracted_date_time": extracted,
        "status": profile.codes["sync_status"][outcome.status],
        "updates": number_of_differences(outcome.updates),
        "exceptions": number_of_differences([failure.update for failure in outcome.failures]),
    }


def update_details(status: Fields, outcome: Outcome, profile: Profile) -> Details:
    """The records of IR06: status, column headings, and every difference that was made (SRP-03)."""
    entities = profile.codes["entity"]
    yield "synchronization_status", status
    yield "column_headings", _headings(HEADINGS)
    if isinstance(outcome.updates, Updates):
        write = _lines_writer(profile)
        for some in outcome.updates.in_order():
            yield "update", write(some)
    else:
        for change in changed_by(outcome.updates):
            yield "update", _difference(change, entities, profile)


def _lines_writer(profile: Profile) -> Callable[[UpdatesOfAssets], list[str]]:
    """What writes the update records of some assets: those of first states by columns, and others one by one."""
    layout = profile.files[f"IR06.{file_transfer.active_version('IR06', profile)}"].record("update")
    write_news, write = _news_writer(layout, profile), record_writer(layout)

    def lines(some: UpdatesOfAssets) -> list[str]:
        of_assets = [*write_news(some.entity, some.news)]
        for identifier, others in some.others.items():
            row = some.news.rows[identifier]
            of_assets[row] = with_others(some.news.columns, of_assets[row], others)
        return [*filter(None, chain.from_iterable(of_assets))]

    def with_others(
        attributes: Iterable[str], of_news: Iterable[str | None], others: Iterable[Update]
    ) -> tuple[str | None, ...]:
        changes = [
            (change[2], write(_difference(change, profile.codes["entity"], profile))) for change in changed_by(others)
        ]
        every = [*zip(attributes, of_news, strict=True), *changes]
        return tuple(line for _, line in sorted(every, key=itemgetter(0)))

    return lines


def _news_writer(
    layout: RecordLayout, profile: Profile
) -> Callable[[Entity, FirstStates], Iterable[tuple[str | None, ...]]]:
    """What writes the update records of first states: of each asset, one for each attribute; None where it has none.

    The records of an attribute differ in a few fields, and the rest is written once.
    """
    names = sorted(("entity_id", "effective_from", "effective_to", "new_value"), key=layout.positions.__getitem__)
    texts = {name: FieldTexts(layout.fields[layout.positions[name]]) for name in names}
    from_days = _Texts[Day](lambda start: texts["effective_from"][_shown_start(start)])
    to_days = _Texts[Day | None](texts["effective_to"].__getitem__)
    write = parts_writer(layout, names)

    @functools.lru_cache(_REMEMBERED)
    def parts(entity: Entity, attribute: str) -> tuple[str, ...]:
        change = (entity, "", attribute, BEGINNING, None, None, None)
        return write(_difference(change, profile.codes["entity"], profile))

    def written(entity: Entity, attribute: str, identifiers: Sequence[str], states: StateColumns) -> Iterable[str]:
        show = transformation(attribute, profile)
        values = [value if show is str else show(value) for value in states.values if value is not None]
        found: dict[str, str | Iterable[str]] = {
            "entity_id": identifiers,
            "effective_from": from_days.all_of(states.starts),
            "effective_to": to_days.all_of(states.ends),
            "new_value": texts["new_value"].all_of(values),
        }
        return _joined(parts(entity, attribute), [found[name] for name in names])

    def lines(entity: Entity, news: FirstStates) -> Iterable[tuple[str | None, ...]]:
        identifiers = texts["entity_id"].all_of([*news.assets])
        columns: list[Iterable[str | None]] = []
        for attribute, states in news.columns.items():
            if None not in states.values:
                columns.append(written(entity, attribute, identifiers, states))
                continue
            rows = [row for row, value in enumerate(states.values) if value is not None]
            if not rows:
                columns.append(states.values)
                continue
            own = iter(written(entity, attribute, [identifiers[row] for row in rows], states.chosen(rows)))
            columns.append([None if value is None else next(own) for value in states.values])
        return zip(*columns, strict=True) if columns else repeat((), len(identifiers))

    return lines


class _Texts(dict[T, str]):
    """The texts of values of which there are some thousand at most."""

    def __init__(self, text: Callable[[T], str]) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, value: T) -> str:
        self[value] = text = self._text(value)
        return text

    def all_of(self, values: Sequence[T]) -> str | Iterable[str]:
        """The texts of values; the text alone where all are the same."""
        if values.count(values[0]) == len(values):
            return self[values[0]]
        return map(self.__getitem__, values)


def _joined(around: Sequence[str], between: Sequence[str | Iterable[str]]) -> Iterable[str]:
    """Lines of texts that are the same in all, and of others between these."""
    same, others = [around[0]], []
    for texts, following in zip(between, around[1:], strict=True):
        if isinstance(texts, str):
            same[-1] += texts + following
        else:
            others.append(texts)
            same.append(following)
    if len(others) == len(_MOSTLY):
        a, b, c = same
        return [f"{a}{one}{b}{other}{c}" for one, other in zip(*others, strict=True)]
    if len(others) == len(_MOSTLY) + 1:
        a, b, c, d = same
        return [f"{a}{one}{b}{day}{c}{other}{d}" for one, day, other in zip(*others, strict=True)]
    each: list[Iterable[str]] = [repeat(same[0])]
    for texts, following in zip(others, same[1:], strict=True):
        each += [texts, repeat(following)]
    return map("".join, zip(*each, strict=False))


def exception_details(status: Fields, outcome: Outcome, profile: Profile) -> Details:
    """The records of IR07: status, column headings, and every difference that could not be made (SRP-04, SRP-05)."""
    entities = profile.codes["entity"]
    yield "synchronization_status", status
    yield "column_headings", _headings((*HEADINGS, "REASON"))
    for failure in outcome.failures:
        reason = profile.codes["sync_exception"][failure.why]
        for change in changed_by([failure.update]):
            yield "exception", {**_difference(change, entities, profile), "reason": reason}


def _headings(names: Iterable[str]) -> Fields:
    return {f"heading_{number}": name for number, name in enumerate(names, start=1)}


def _difference(change: Changed, entities: Mapping[str, str], profile: Profile) -> Fields:
    """The fields that update and exception records share."""
    entity, identifier, attribute, start, end, before, after = change
    show = transformation(attribute, profile)
    return {
        "entity": entities[entity],
        "entity_id": identifier,
        "attribute": attribute,
        "effective_from": _shown_start(start),
        "effective_to": end,
        "prior_value": None if before is None else show(before),
        "new_value": None if after is None else show(after),
    }


def _shown_start(start: Day) -> Day | None:
    return None if start == BEGINNING else start


def transformation(attribute: str, profile: Profile) -> Callable[[str], str]:
    """How IR06 and IR07 show values of an attribute: transformed where the profile declares it, else as sent.

    Of what the profile does not declare, AMB-42 says how (SRP-07).
    """
    return TRANSFORMATIONS[profile.transformations.get(attribute) or _OTHERWISE[profile.decision("AMB-42")]]
