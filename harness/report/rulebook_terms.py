"""The words of scenarios, explained where they stand: what "Wednesday 11:00", "long ago" or "the other set 7" mean.

A term is found by a pattern in the sentences and tables of scenarios; file and report types are explained by what the
workshop calls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.interface.profile import Profile

_DAYS = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"


FIELD: tuple[tuple[str, str], ...] = (
    ("MDM/R", "Ontario's Meter Data Management and Repository, in these rules also called the repository."),
    ("CIS", "Customer Information System: what an LDC, or its agent, keeps customers and bills by."),
    ("LDC", "Local distribution company: the utility whose customers are served."),
    (
        "agent",
        "An organisation that submits or receives files for an LDC, each type as far as that LDC authorised it for it.",
    ),
    (
        "SDP",
        "Service Delivery Point: where energy is deemed to be delivered to the customer. A virtual SDP sums others.",
    ),
    ("SDP ID", "What an LDC calls an SDP in its own systems."),
    ("Universal SDP ID", "The number, unique in Ontario, that the MDM/R assigns to one LDC's SDP ID."),
    (
        "Master Directory",
        "What the MDM/R knows of SDPs: attributes and relationships, each since a day, and some until one.",
    ),
    ("file set", "The files of one synchronization, which carry one TX_ID; its manifest, file 00, lists them."),
    (
        "sequence number",
        "What puts the file sets of an LDC in order: the next one to be processed has the next number.",
    ),
    ("billing quantity", "The energy or demand of an SDP in a period, as the MDM/R delivers it to be billed."),
)
"""Names of the field that rules use, and what they mean."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of scenarios.

    :param name: how it is spoken of, and `explained` what it means, in whole sentences.
    :param pattern: where it stands in a sentence or in a cell of a table.
    :param opens: how a sentence begins in which it means this; None where that makes no difference.
    """

    id: str
    name: str
    explained: str
    pattern: re.Pattern[str]
    opens: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `term` explains it, where it is a term."""

    text: str
    term: Term | None = None


def terms(profile: Profile) -> Terms:
    """Every term, the narrower before the wider: where two stand at one place, the first explains it."""
    delivered = profile.values["delivery_within_seconds"]
    return Terms(
        (
            *(_term(*entry) for entry in _entries(profile.values)),
            Term(
                "given-moment",
                "Given it is Wednesday 10:00",
                "This very instant: the first Wednesday, 10:00 EST, at or after what was told before. A story begins "
                "on a Monday at 00:00.",
                re.compile(rf"(?<=it is ){_DAYS} \d\d:\d\d"),
                "given",
            ),
            Term(
                "moment",
                "Wednesday 11:00",
                "The first such day and time at or after what was told before; EST, all year. After “When it is” it is "
                f"late enough that what falls due by then must have arrived: {delivered} seconds later.",
                re.compile(rf"{_DAYS} \d\d:\d\d"),
            ),
            *(
                Term(f"type-{name.lower()}", name, f"{kind.title}.", re.compile(rf"(?<![\w-]){name}(?![\w-])"))
                for name, kind in sorted(profile.file_types.items())
            ),
        )
    )


def _term(identifier: str, name: str, pattern: str, explained: str) -> Term:
    return Term(identifier, name, explained, re.compile(pattern))


def _entries(values: Mapping[str, Any]) -> Iterable[tuple[str, str, str, str]]:
    hours = values["psync_processing_within_hours"]
    yield (
        "day-of-week",
        "Tuesday of week 2",
        rf"{_DAYS} of week \d",
        "A day of the calendar of this story. Week 1 is the week in which it begins, and week 0 the one before.",
    )
    yield (
        "relative-day",
        "today, in 10 days, 30 days ago",
        r"\b(?:today|tomorrow|yesterday|in \d+ days|\d+ days ago)\b",
        "Counted from the day of the story on which this is said; in a file set, from the day of its extract.",
    )
    yield (
        "before-the-story",
        "long ago",
        r"\b(?:long ago|since before the story)\b",
        "One and the same day, long before the story begins, since which what the story finds has held.",
    )
    yield (
        "other-set",
        "the other set 7, another set 7",
        r"(?:the other (?:[IP]-Sync )?set \d+|another (?:[IP]-Sync )?set \d+|the second set numbered \d+)",
        "A second file set of the same sequence number: not the one told of before, and with files of its own.",
    )
    yield (
        "had-its-time",
        "has had its time",
        r"has had its time\b",
        "So long after its arrival that it must have been processed: a periodic set may take "
        f"{hours} hours, and one that waits for its predecessor {values['set_wait_time_minutes']} minutes.",
    )
    yield (
        "assignment-run",
        "the assignment process has run",
        r"the assignment process has run\b",
        f"It runs every {values['assignment_run_every_minutes']} minutes: the next run has come, and its files.",
    )
    yield (
        "at-rest",
        "have come to rest",
        r"have come to rest\b",
        "Nothing is under way between the two, and neither has anything left to send.",
    )
    yield (
        "is-told",
        "is told to",
        r"is told to\b",
        "People at the LDC order this of their CIS. What was not ordered is not missed.",
    )
    yield (
        "under-test",
        "under test",
        r"is under test\b",
        "This is the system that is judged; the MDM/R that answers it is not.",
    )
    yield (
        "cycle",
        "on cycle, off cycle",
        r"\b(?:on|off) cycle\b",
        "On cycle, quantities are due when the billing cycle ends by the schedule; off cycle, when asked for.",
    )
    yield "exactly", "shows exactly", r"\bshows exactly\b", "These rows, in any order, and no other."
    yield (
        "kind-of-set",
        "I-Sync, P-Sync",
        r"\b[IP]-Sync\b",
        "Incremental (file type 4000) and periodic audit synchronization (3000); the number is the set's own.",
    )


class Terms:
    """Terms, the narrower before the wider, and where they stand in texts; a text that comes again is known."""

    def __init__(self, listed: Iterable[Term]) -> None:
        self._listed = tuple(listed)
        self._apart: dict[tuple[str, str], tuple[Piece, ...]] = {}

    def __iter__(self) -> Iterator[Term]:
        return iter(self._listed)

    def pieces(self, text: str, kind: str) -> tuple[Piece, ...]:
        """A text, with its terms apart.

        :param kind: how its sentence opens: ``given``, ``when`` or ``then``; empty in a table of cases.
        """
        if (text, kind) not in self._apart:
            self._apart[text, kind] = _pieces(text, [term for term in self if term.opens in {None, kind}])
        return self._apart[text, kind]

    def within(self, texts: Iterable[tuple[str, str]]) -> tuple[Term, ...]:
        """The terms that stand in texts, in the order in which they are listed.

        :param texts: each after the kind of its sentence; see `pieces`.
        """
        found = {piece.term.id for kind, text in texts for piece in self.pieces(text, kind) if piece.term is not None}
        return tuple(term for term in self if term.id in found)


def _pieces(text: str, known: Sequence[Term]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    place = 0
    for start, end, term in _matches(text, known):
        if start > place:
            found.append(Piece(text[place:start]))
        found.append(Piece(text[start:end], term))
        place = end
    return (*found, Piece(text[place:])) if place < len(text) else tuple(found)


def _matches(text: str, known: Sequence[Term]) -> list[tuple[int, int, Term]]:
    """The terms in a text that do not overlap; of those that would, the one that is listed first."""
    quoted = [match.span() for match in re.finditer(r'"[^"]*"', text)]
    taken: list[tuple[int, int, Term]] = []
    for term in known:
        for match in term.pattern.finditer(text):
            start, end = match.span()
            free = all(end <= other or start >= until for other, until, _ in taken)
            if free and all(end <= other or start >= until for other, until in quoted):
                taken.append((start, end, term))
    return sorted(taken, key=lambda each: each[:2])
