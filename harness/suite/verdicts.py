"""Verdicts: of a scenario, of a rule, and of classes and systems over their rules. Never mixed, merged by priority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class ScenarioVerdict(StrEnum):
    """What became of one scenario."""

    PASS = "pass"  # noqa: S105 (no password)
    """Every `Then` held."""
    FAIL = "fail"
    """A `Then` of the rule judged does not hold."""
    BLOCKED = "blocked"
    """A premise could not be established, or a file that is not what is judged could not be read."""
    ERROR = "error"
    """Something went wrong with the adapter itself."""
    PENDING = "pending"
    """The system's clock has not yet reached the instant the scenario waits for."""
    NOT_CLAIMED = "not claimed"
    """The system does not claim a class that the scenario needs."""
    NOT_APPLICABLE = "not applicable"
    """The system has fixed a value, or a clock, on which the scenario cannot be judged."""
    WAIVED = "waived"
    """A fail that a waiver covers."""


class RuleVerdict(StrEnum):
    """What the scenarios say of a rule, a class or a system; and why a rule has no verdict."""

    CONFORMANT = "conformant"
    NOT_CONFORMANT = "not conformant"
    WAIVED = "waived"
    UNDETERMINED = "undetermined"
    NOT_CLAIMED = "not claimed"
    NOT_YET_JUDGED = "not yet judged"
    NOT_SELECTED = "not selected"
    ADVICE = "advice"
    NOT_OBSERVABLE = "not observable"
    ANNOUNCED = "announced"
    OTHER_ROLE = "other role"


JUDGED = frozenset(
    {RuleVerdict.CONFORMANT, RuleVerdict.NOT_CONFORMANT, RuleVerdict.WAIVED, RuleVerdict.UNDETERMINED},
)
"""Verdicts proper; the others say why there is none."""

_OF_SCENARIOS = (
    (frozenset({ScenarioVerdict.FAIL}), RuleVerdict.NOT_CONFORMANT),
    (frozenset({ScenarioVerdict.WAIVED}), RuleVerdict.WAIVED),
    (
        frozenset(
            {
                ScenarioVerdict.BLOCKED,
                ScenarioVerdict.ERROR,
                ScenarioVerdict.PENDING,
                ScenarioVerdict.NOT_APPLICABLE,
            },
        ),
        RuleVerdict.UNDETERMINED,
    ),
    (frozenset({ScenarioVerdict.PASS}), RuleVerdict.CONFORMANT),
    (frozenset({ScenarioVerdict.NOT_CLAIMED}), RuleVerdict.NOT_CLAIMED),
)
"""Which verdicts of scenarios decide over a rule, strongest first."""

_PRIORITY = (
    RuleVerdict.NOT_CONFORMANT,
    RuleVerdict.WAIVED,
    RuleVerdict.UNDETERMINED,
    RuleVerdict.CONFORMANT,
)


def rule_verdict(verdicts: Iterable[ScenarioVerdict]) -> RuleVerdict:
    """The verdict on a rule from those of its scenarios; undetermined where there are none.

    A scenario that is not claimed is never a pass: where others of the rule pass, the report names it as left out.
    """
    seen = frozenset(verdicts)
    for deciding, verdict in _OF_SCENARIOS:
        if seen & deciding:
            return verdict
    return RuleVerdict.UNDETERMINED


def merged(verdicts: Iterable[RuleVerdict]) -> RuleVerdict:
    """The verdict on a class or a system from those of its rules; undetermined where nothing was judged."""
    seen = frozenset(verdicts) & JUDGED
    for verdict in _PRIORITY:
        if verdict in seen:
            return verdict
    return RuleVerdict.UNDETERMINED


@dataclass(frozen=True, slots=True)
class Misfit:
    """A field, or a whole record where `field` is None, that does not have the form of its layout.

    :param layout: file type and version, such as ``2000.01``.
    :param found: what stood there first, in `line` of `file`; `expected`: the form.
    """

    layout: str
    field: str | None
    found: str
    expected: str
    file: str
    line: int | None

    def __str__(self) -> str:
        what = "a record" if self.field is None else f"field {self.field}"
        return f"{what} of {self.layout} does not fit its layout: found {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario came to, with the evidence that a reader needs to believe it.

    :param expected: what the rule demands; `observed`: what was seen instead.
    :param file: name of the interface file in question; `record`: its line.
    :param misfits: what of the files that were read does not have the form of its layout, whatever is judged.
    :param reported: what reports that came say is amiss, where a premise could not be established.
    """

    verdict: ScenarioVerdict
    message: str = ""
    expected: str | None = None
    observed: str | None = None
    file: str | None = None
    record: int | None = None
    stderr: tuple[str, ...] = field(default=())
    reported: tuple[str, ...] = field(default=())
    misfits: tuple[Misfit, ...] = ()


class Unmet(Exception):
    """A check that does not hold. In a `Then` it is a fail; in a `Given` or `When` it blocks the scenario.

    :param expected: what should have been seen; `observed`: what was.
    """

    def __init__(self, expected: str, observed: str, *, file: str | None = None, record: int | None = None) -> None:
        super().__init__(expected, observed, file, record)
        self.expected = expected
        self.observed = observed
        self.file = file
        self.record = record

    def __str__(self) -> str:
        place = "" if self.file is None else f" (file {self.file}{f', line {self.record}' if self.record else ''})"
        return f"expected {self.expected}; observed {self.observed}{place}"


def in_words(value: object) -> str:
    """What a field of a file holds, as a message says it: an empty one is "none"."""
    return "none" if value is None else str(value)


class Unreadable(Exception):
    """A file that is not what is judged could not be read: the scenario is blocked wherever it is met."""

    def __init__(self, message: str, *, file: str | None = None, record: int | None = None) -> None:
        super().__init__(message, file, record)
        self.message = message
        self.file = file
        self.record = record

    def __str__(self) -> str:
        return self.message


class NotApplicable(Exception):
    """What a scenario needs the system says that it does not have: it cannot be judged on it.

    :param why: what is missing, in a sentence.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class Pending(Exception):
    """The system's own clock has not come to the instant that the scenario waits for."""

    def __init__(self, until: str, reached: str) -> None:
        super().__init__(until, reached)
        self.until = until
        self.reached = reached

    def __str__(self) -> str:
        return f"pending until {self.until}: the system's clock stands at {self.reached}"
