"""Two runs held together: what fails now and did not, what was mended, what came and what went.

What is compared are the scenarios that judge, and what the referee noticed, each by its id. Advice is left out: no
verdict rests on it. A fail of a scenario that is new fails as newly as any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.errors import UsageError
from harness.port.protocol import Json

_TEXTS = {"type": "string"}
_CASES = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": dict.fromkeys(("id", "rule", "verdict", "message"), _TEXTS),
        "required": ["id", "rule", "verdict", "message"],
    },
}
COMPARED: Json = {
    "type": "object",
    "properties": {
        "results": {"const": 2},
        "statement": _TEXTS,
        "system": {
            "type": "object",
            "properties": dict.fromkeys(("name", "version", "role"), _TEXTS),
            "required": ["name", "version", "role"],
        },
        "scenarios": _CASES,
        "noticed": _CASES,
    },
    "required": ["results", "statement", "system", "scenarios", "noticed"],
}
"""What of results is compared, as a schema: those of other releases of the suite may have more, or less, beside it."""


class Change(StrEnum):
    """What became of a scenario, or of what was noticed, from one run to the next."""

    NEWLY_FAILING = "newly failing"
    NEWLY_WAIVED = "newly waived"
    NO_VERDICT_NOW = "without a verdict now"
    MENDED = "mended"
    JUDGED_NOW = "judged now"
    ADDED = "added"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Changed:
    """A scenario, or what was noticed in its conversation, that is not as it was.

    :param before: its verdict in the older run; None where it did not stand there, and `after` in the newer.
    """

    id: str
    rule: str
    before: str | None
    after: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs; every kind of change is there, in the order of `Change`."""

    older: Json
    newer: Json
    changes: Mapping[Change, tuple[Changed, ...]]
    unchanged: int

    @property
    def has_new_fails(self) -> bool:
        return bool(self.changes[Change.NEWLY_FAILING])

    @property
    def has_lost_verdicts(self) -> bool:
        """Whether the newer run says nothing of something that the older one judged."""
        gone = any(each.before in _JUDGED for each in self.changes[Change.GONE])
        return gone or bool(self.changes[Change.NO_VERDICT_NOW])


def compared(older: Json, newer: Json) -> Comparison:
    """Hold two results together.

    :param older: as `COMPARED` says; and `newer` as well.
    :raises UsageError: they are of different roles.
    """
    roles = [results["system"]["role"] for results in (older, newer)]
    if roles[0] != roles[1]:
        raise UsageError(
            f"the older run judged a {roles[0]}, the newer a {roles[1]}",
            where="compare",
            expected="two runs of one role",
        )
    before, after = _cases(older), _cases(newer)
    changes: dict[Change, list[Changed]] = {change: [] for change in Change}
    ids = sorted(before.keys() | after.keys())
    for identifier in ids:
        old, new = before.get(identifier), after.get(identifier)
        change = _change(*(_verdict(identifier, cases, other) for cases, other in ((before, after), (after, before))))
        if change is not None:
            shown = new or old or {}
            verdicts = (None if old is None else old["verdict"], None if new is None else new["verdict"])
            changes[change].append(Changed(identifier, shown["rule"], *verdicts, shown["message"]))
    unchanged = len(ids) - sum(map(len, changes.values()))
    return Comparison(older, newer, {change: tuple(found) for change, found in changes.items()}, unchanged)


def _cases(results: Json) -> dict[str, Json]:
    """The judging scenarios, and what was noticed, by id."""
    judging = [scenario for scenario in results["scenarios"] if not scenario.get("advice")]
    return {case["id"]: case for case in (*judging, *results["noticed"])}


def _verdict(identifier: str, cases: Mapping[str, Json], other: Mapping[str, Json]) -> str | None:
    """A verdict as it is compared: of what was not noticed, that of the scenario in which it could have been.

    That scenario may fail by a rule of its own: what was not noticed in it has passed all the same.
    """
    if identifier in cases:
        return str(cases[identifier]["verdict"])
    scenario = other[identifier].get("scenario")
    if not isinstance(scenario, str) or scenario not in cases:
        return None
    verdict = str(cases[scenario]["verdict"])
    return "pass" if verdict in _JUDGED else verdict


_JUDGED = frozenset({"pass", "fail", "waived"})


def _change(before: str | None, after: str | None) -> Change | None:
    if after == before:
        return None
    if after == "fail":
        return Change.NEWLY_FAILING
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.GONE
    if after == "waived":
        return Change.NEWLY_WAIVED
    if after == "pass":
        return Change.MENDED if before in _JUDGED else Change.JUDGED_NOW
    return Change.NO_VERDICT_NOW if before in _JUDGED else None
