"""Waivers: fails that somebody answers for, until a day.

A waiver file is TOML: ``[[waiver]]`` tables with ``scenario`` or ``rule``, ``reason``, ``owner`` and ``expires``. What
the referee noticed beside a scenario is waived by its own id, ``noticed/RULE/scenario-id``, or by its rule. With
``blocked = true`` a waiver also covers the scenarios that what it waives keeps from a verdict.

A waiver that is malformed, has expired, or matches nothing is an error of the file, so that none outlives its cause.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from harness.errors import InputError, nearest
from harness.interface.regular import read_regular
from harness.interface.toml import read_toml
from harness.suite.noticed import behind, noticed_id

_TEXTS = ("reason", "owner")
_KEYS = frozenset({"scenario", "rule", "expires", "blocked", *_TEXTS})


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waived fail: of one scenario, of what was noticed beside it, or of everything of a rule.

    :param blocked: whether scenarios are covered as well that are blocked and rest on what is waived.
    """

    scenario: str | None
    rule: str | None
    reason: str
    owner: str
    expires: date
    place: str
    blocked: bool = False

    def covers(self, scenario: str, rule: str) -> bool:
        return scenario == self.scenario or rule == self.rule

    def covers_blocked(self, scenario: str, broken: Collection[str]) -> bool:
        """Whether a scenario that is blocked is covered.

        :param broken: the rules that are broken in the run, among those that the scenario rests on.
        """
        return self.blocked and (scenario == self.scenario or self.rule in broken)

    def as_json(self) -> dict[str, str]:
        """What stands beside a fail that it covers."""
        return {"reason": self.reason, "owner": self.owner, "expires": self.expires.isoformat()}

    def as_record(self) -> dict[str, str | bool | None]:
        """What stands in the record of a run that it was granted to; `from_record` reads it."""
        return {"scenario": self.scenario, "rule": self.rule, "blocked": self.blocked, **self.as_json()}

    @classmethod
    def from_record(cls, raw: Mapping[str, Any], place: str) -> Waiver:
        """The waiver of a run's record.

        :raises KeyError, TypeError, ValueError: it is none.
        """
        scenario, rule, expires = raw["scenario"], raw["rule"], date.fromisoformat(raw["expires"])
        blocked = raw["blocked"]
        if not isinstance(blocked, bool):
            raise TypeError(f"blocked is {blocked!r}")
        return cls(scenario, rule, raw["reason"], raw["owner"], expires, place, blocked)


def load_waivers(path: Path, *, scenarios: Collection[str], rules: Collection[str], as_of: date) -> tuple[Waiver, ...]:
    """Read a waiver file.

    :param as_of: the day on which the waivers must still hold.
    :raises InputError: the file cannot be read, or a waiver is malformed, names what does not exist, or has expired.
    """
    try:
        raw = read_toml(read_regular(path).decode("utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), expected="a waiver file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is not TOML: {error}", where=str(path), expected="[[waiver]] tables") from error
    tables = raw.get("waiver")
    for key in sorted(raw.keys() - {"waiver"}):
        raise InputError(f"has {key!r}", where=str(path), expected="[[waiver]] tables and nothing else")
    if not isinstance(tables, list):
        raise InputError("holds no waivers", where=str(path), expected="[[waiver]] tables and nothing else")
    return tuple(
        _waiver(table, f"{path}: waiver {number}", scenarios, rules, as_of)
        for number, table in enumerate(tables, start=1)
    )


def _waiver(table: Any, place: str, scenarios: Collection[str], rules: Collection[str], as_of: date) -> Waiver:
    if not isinstance(table, dict):
        raise InputError("is no table", where=place, expected="a [[waiver]] table")
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise InputError(
            f"unknown key {unknown[0]!r}",
            where=place,
            expected=", ".join(sorted(_KEYS)),
            remedy=nearest(unknown[0], _KEYS),
        )
    for key in _TEXTS:
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise InputError(f"{key!r} is missing or empty", where=place, expected=f'{key} = "…"')
    scenario = _scenario(table, scenarios, rules, place)
    rule = _named(table, "rule", rules, place)
    if (scenario is None) == (rule is None):
        raise InputError("names both or neither of scenario and rule", where=place, expected="exactly one of them")
    expires = table.get("expires")
    if not isinstance(expires, date) or isinstance(expires, datetime):
        raise InputError("'expires' is missing or no date", where=place, expected="expires = 2027-06-30")
    if expires < as_of:
        raise InputError(
            f"expired on {expires}", where=place, expected=f"a day not before {as_of}", remedy="renew or remove it"
        )
    blocked = table.get("blocked", False)
    if not isinstance(blocked, bool):
        raise InputError("'blocked' is neither true nor false", where=place, expected="blocked = true")
    return Waiver(scenario, rule, table["reason"], table["owner"], expires, place, blocked)


def _scenario(table: Mapping[str, Any], scenarios: Collection[str], rules: Collection[str], place: str) -> str | None:
    """The scenario that a waiver names, or what was noticed beside one; None where it names a rule."""
    stated = table.get("scenario")
    noticed = behind(stated) if isinstance(stated, str) else None
    if noticed is None:
        return _named(table, "scenario", scenarios, place)
    for key, name, known in (("rule", noticed[0], rules), ("scenario", noticed[1], scenarios)):
        _named({key: name}, key, known, place)
    return noticed_id(*noticed)


def _named(table: Mapping[str, Any], key: str, known: Collection[str], place: str) -> str | None:
    name = table.get(key)
    if name is None:
        return None
    if not isinstance(name, str) or name not in known:
        raise InputError(
            f"no {key} {name!r}", where=place, expected=f"a {key} of the suite", remedy=nearest(str(name), known)
        )
    return name
