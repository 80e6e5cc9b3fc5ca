"""Mutants that are declared equivalent: after them the reference does what it did before, as far as any slide says.

They stand in ``corpus/equivalent_mutants.toml``, each by the source of what is changed, so that it outlives edits
elsewhere, and with a reason that another person can check. One that the reference no longer holds is an error of the
file.
"""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.errors import InputError, nearest
from harness.exploration.mutants import Mutant
from harness.report.text import counted

FILE = "corpus/equivalent_mutants.toml"
MOST_PERCENT = 5
"""So many of a hundred mutants may be declared equivalent."""
_TABLES = "[[mutant]] tables and nothing else"
_PLACE = ("module", "function", "source", "was", "now")
_TEXTS = (*_PLACE, "why")
_KEYS = (*_TEXTS, "which")


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutant that does what the reference does.

    :param source: the line on which it stands, without its indentation.
    :param why: the reason, for another person to check.
    :param which: where several on that line read alike: which of them, from 1.
    """

    module: str
    function: str
    source: str
    was: str
    now: str
    why: str
    which: int | None = None

    def __str__(self) -> str:
        return f"{self.module}, {self.function}: {self.source!r} with {self.was}  →  {self.now}"

    def is_about(self, mutant: Mutant) -> bool:
        return all(getattr(self, name) == getattr(mutant, name) for name in _PLACE)


def declared(mutants: Sequence[Mutant]) -> Mapping[Mutant, Equivalent]:
    """The mutants that the file declares equivalent.

    :param mutants: every one that there is.
    :raises InputError: an entry is malformed, or the reference no longer holds what it is about.
    """
    return read((importlib.resources.files("corpus") / "equivalent_mutants.toml").read_text(encoding="utf-8"), mutants)


def read(text: str, mutants: Sequence[Mutant]) -> Mapping[Mutant, Equivalent]:
    """What a text declares equivalent, as `declared` does."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not TOML: {error}", where=FILE, expected=_TABLES) from error
    for name in sorted(set(raw) - {"mutant"}):
        raise InputError(f"unknown table {name!r}", where=FILE, expected=_TABLES)
    tables = raw.get("mutant", [])
    if not isinstance(tables, list):
        raise InputError("is no list of [[mutant]] tables", where=FILE, expected=_TABLES)
    found: dict[Mutant, Equivalent] = {}
    for number, table in enumerate(tables, start=1):
        entry = _entry(table, f"{FILE}: mutant {number}")
        mutant = _the_one(entry, mutants, f"{FILE}: mutant {number}")
        if mutant in found:
            raise InputError("is declared twice", where=f"{FILE}: mutant {number}", expected="each mutant once")
        found[mutant] = entry
    return found


def _entry(table: Any, place: str) -> Equivalent:
    if not isinstance(table, dict):
        raise InputError("is no table", where=place, expected=_TABLES)
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        remedy = nearest(unknown[0], _KEYS)
        raise InputError(f"unknown key {unknown[0]!r}", where=place, expected=", ".join(_KEYS), remedy=remedy)
    for key in _TEXTS:
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise InputError(f"{key!r} is missing or empty", where=place, expected=f'{key} = "…"')
    which = table.get("which", 1)
    if type(which) is not int or which < 1:
        raise InputError("'which' is no whole number from 1", where=place, expected="which = 2")
    return Equivalent(**table)


def _the_one(entry: Equivalent, mutants: Sequence[Mutant], place: str) -> Mutant:
    found = [mutant for mutant in mutants if entry.is_about(mutant)]
    if not found:
        remedy = "remove the entry, or write down the line as it stands now, if the reason still holds"
        raise InputError(f"no longer found: {entry}", where=place, expected="a change of the reference", remedy=remedy)
    is_clear = len(found) == 1 if entry.which is None else entry.which <= len(found)
    if not is_clear:
        expected = f"which = the number of the one that is meant, at most {len(found)}"
        raise InputError(f"is found {counted(len(found), 'time')}: {entry}", where=place, expected=expected)
    return found[(entry.which or 1) - 1]
