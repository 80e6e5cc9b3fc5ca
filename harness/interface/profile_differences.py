"""In what two profiles differ: values, readings, code lists, file types, layouts and transformations, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from harness.interface.profile import FieldLayout, FileLayout, Profile

Kind: TypeAlias = Literal["value", "reading", "code list", "file type", "layout", "transformation"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one profile says, and the other: of what, in words; None where it says nothing."""

    kind: Kind
    name: str
    before: str | None
    after: str | None


def differences(first: Profile, second: Profile) -> Iterator[Difference]:
    """What the second profile says otherwise than the first, kind by kind, in the order of names."""
    yield from _compared("value", _shown(first.values), _shown(second.values))
    yield from _compared("reading", first.readings, second.readings)
    yield from _compared("code list", _codes(first), _codes(second))
    yield from _compared("file type", _file_types(first), _file_types(second))
    yield from _compared("layout", _layouts(first), _layouts(second))
    yield from _compared("transformation", first.transformations, second.transformations)


def _compared(kind: Kind, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Difference(kind, name, before.get(name), after.get(name))


def _shown(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(list(value) if isinstance(value, tuple) else value) for name, value in values.items()}


def _codes(profile: Profile) -> dict[str, str]:
    return {f"{codes}.{word}": code for codes, entries in profile.codes.items() for word, code in entries.items()}


def _file_types(profile: Profile) -> dict[str, str]:
    return {
        known.id: ", ".join(
            (f"version {known.active}", *(f"{version} retired" for version in known.retired))
            + (("withdrawn",) if known.withdrawn else ())
        )
        for known in profile.file_types.values()
    }


def _layouts(profile: Profile) -> dict[str, str]:
    files = [(file.id, file) for file in profile.files.values()]
    files += [(f"file {file.id} of a set", file) for file in profile.set_files.values()]
    found: dict[str, str] = {}
    for name, file in files:
        found[name] = "closes with End Of File" if file.closes_with_end_of_file else "without End Of File"
        found |= {f"{name}, {record}": words for record, words in _records(file)}
    return found


def _records(file: FileLayout) -> Iterator[tuple[str, str]]:
    for record in file.records:
        yield record.kind, f"{record.code}, {len(record.fields)} fields"
        for place, entry in enumerate(record.fields, start=1):
            yield f"{record.kind}.{entry.name}", f"field {place}: {field_in_words(entry)}"


def field_in_words(entry: FieldLayout) -> str:
    """A field's form, and what else is said of it."""
    more = (
        "" if entry.required else "may be empty",
        "" if entry.codes is None else f"codes {entry.codes}",
        "" if entry.characters == "ascii" else f"{entry.characters} characters",
        "" if entry.alphabet is None else f"made of {entry.alphabet}",
    )
    return ", ".join((entry.form, *filter(None, more)))
