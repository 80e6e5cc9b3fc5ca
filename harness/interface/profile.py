"""The profile: what the workshop configures, how ambiguities are read, and how files are laid out; data, not code.

A vendor who holds the technical specifications writes another profile. Reading is strict: what is not understood is
refused with its place, for a layout that is half read would give wrong verdicts.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import importlib.resources
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

import rfc8785

from harness.interface.regular import read_regular
from harness.interface.toml import read_toml

_TYPE = re.compile(
    r"(char|varchar|padded|fixed_number|signed_number|number|date_time|date)(?:\((\d{1,4})(?:,(\d{1,2}))?\))?"
)
_LENGTHS = {"date_time": 14, "date": 8}
_NUMBERS = {"fixed_number", "signed_number", "number"}
_TEXTS = {"char", "varchar", "padded"}
_LONGEST_NUMBER = 1000
_LARGEST_LOAD = 10**9
_CODE = re.compile(r"[!-{}~]+")  # printable, without blank or delimiter
_OWN_CODES = {"FN", "EF"}  # of the records that open and close a file, whatever the layout
_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_ROLES = ("header", "status", "heading", "detail")

Role: TypeAlias = Literal["header", "status", "heading", "detail"]


CHARACTERS = ("ascii", "latin-1", "utf-8", "any")
"""The character sets that a text may be in; `any` is UTF-8 where it reads as such, and else Latin-1."""
ALPHABETS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "digits": frozenset("0123456789"),
        "hexadecimal": frozenset("0123456789abcdefABCDEF"),
        "uuid": frozenset("0123456789abcdefABCDEF-"),
        "letters-digits": frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    }
)
"""Of what characters an identifier may be made, by name."""

EITHER = "either"
"""What a profile takes of an ambiguity where no slide takes a side: any known reading is right."""

TRANSFORMATIONS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "as_sent": str,
        "upper_case": str.upper,
        "upper_case_without_spaces": lambda text: text.upper().replace(" ", ""),
        "without_leading_zeros": lambda text: text.lstrip("0") or "0",
        "letters_blanks_zeros": lambda text: text.upper().replace(" ", "").lstrip("0") or "0",
    }
)
"""How a value may be changed when IR06 or IR07 shows it; the profile says which attribute is changed how (SRP-07)."""


_A_DAY, _A_YEAR, _A_CENTURY = 24, 366, 36_525
BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "delivery_within_seconds": (1, 59),
        "assignment_run_every_minutes": (1, _A_DAY * 60),
        "billing_reads_processor_every_minutes": (1, _A_DAY * 60),
        "billing_run_every_hours": (1, _A_DAY),
        "step_minutes": (1, _A_DAY * 60),
        "set_wait_time_minutes": (1, _A_YEAR * _A_DAY * 60),
        "psync_processing_within_hours": (1, _A_YEAR * _A_DAY),
        "schedule_update_lead_days": (0, _A_YEAR),
        "billing_window_business_days": (1, _A_YEAR),
        "odest_after_business_days": (1, _A_YEAR),
        "odest_look_back_days": (1, _A_CENTURY),
        "br03_within_days": (1, _A_YEAR),
        "retroactive_dating_limit_days": (0, _A_CENTURY),
        "future_dating_limit_days": (0, _A_CENTURY),
        "psync_deactivation_limit_percent": (0, 100),
        "sum_check_threshold_percent": (0, 100),
        "sum_check_register_range_hours": (0, _A_YEAR * _A_DAY),
        "register_digits": (1, 15),
    }
)
"""Values that have bounds, both included. What is due at a time has come before the next minute begins; what runs again
and again does so after a while, for otherwise no time would pass; and no span of time is less than none.
"""


class ProfileError(Exception):
    """A profile that does not read as one: where, what, and what was expected."""

    def __init__(self, what: str, where: str, expected: str) -> None:
        super().__init__(what, where, expected)
        self.what = what
        self.where = where
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; expected {self.expected}"


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of data file or report, and which of its versions are in force (FTS-07, FTS-08)."""

    id: str
    kind: Literal["data", "report"]
    title: str
    active: str
    retired: tuple[str, ...]
    withdrawn: bool
    in_sets: bool


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """A field of a record.

    :param length: in characters, a minus sign and a point not counted.
    :param decimals: how many of a number's digits stand after its point.
    :param codes: names a code list.
    :param characters: the character set of a text, one of `CHARACTERS`.
    :param alphabet: of what an identifier is made, one of `ALPHABETS`; None where anything will do.
    """

    name: str
    type: str
    length: int
    required: bool
    codes: str | None
    source: str
    decimals: int = 0
    characters: str = "ascii"
    alphabet: str | None = None

    @property
    def form(self) -> str:
        """The field's type as a profile states it."""
        if self.type in _LENGTHS:
            return self.type
        return f"{self.type}({self.length}{f',{self.decimals}' if self.decimals else ''})"


@dataclass(frozen=True, slots=True)
class RecordLayout:
    """A record: its type code stands first, then its fields.

    :param role: ``header`` once in a file; ``detail`` for what the file is about; ``status`` and ``heading`` for the
        status record and column headings of a report, which are no details and are not counted as such.
    """

    kind: str
    code: str
    role: Role
    fields: tuple[FieldLayout, ...]
    positions: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "positions", {entry.name: place for place, entry in enumerate(self.fields)})


@dataclass(frozen=True, slots=True)
class FileLayout:
    """A file: File Name Record, header, details, and an End Of File record where the workshop has one (FTS-09)."""

    id: str
    records: tuple[RecordLayout, ...]
    closes_with_end_of_file: bool

    @property
    def header(self) -> RecordLayout:
        return next(record for record in self.records if record.role == "header")

    def record(self, kind: str) -> RecordLayout:
        """The layout of a kind of record.

        :raises KeyError: the file has none of that kind.
        """
        for record in self.records:
            if record.kind == kind:
                return record
        raise KeyError(kind)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile. Equal content has an equal `hash`, however it is written.

    :param readings: the reading taken of each ambiguity; `EITHER` where any known one is right.
    :param default_readings: for each ambiguity the reading that a system takes which has to do something and states
        none: what the reference does, and what a system of protocol 1 is told.
    :param single_readings: ambiguities of which one reading alone is known, each with the reason.
    """

    name: str
    title: str
    hash: str
    assumed_layouts: bool
    set_file_numbers: tuple[str, ...]
    values: Mapping[str, Any]
    readings: Mapping[str, str]
    known_readings: Mapping[str, Mapping[str, str]]
    default_readings: Mapping[str, str]
    single_readings: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    file_types: Mapping[str, FileType]
    files: Mapping[str, FileLayout]
    set_files: Mapping[str, FileLayout]
    transformations: Mapping[str, str]

    def file(self, file_id: str, version: str, file_no: str | None = None) -> FileLayout | None:
        """The layout of a file type and version, or None where the profile has none.

        :param file_no: which file of a set it is, for synchronization files: I-Sync and P-Sync share one format.
        """
        known = self.file_types.get(file_id)
        if known is not None and known.in_sets and file_no is not None:
            return self.set_files.get(file_no) if version == known.active else None
        return self.files.get(f"{file_id}.{version}")

    def with_reading(self, ambiguity: str, reading: str) -> Profile:
        """A profile that differs from this one in one reading.

        :raises ProfileError: the ambiguity or the reading is not known.
        """
        known = self.known_readings.get(ambiguity, {})
        if reading not in known:
            raise ProfileError(f"{ambiguity} has no reading {reading!r}", self.name, _one_of(known, reading))
        digest = hashlib.sha256(f"{self.hash}\n{ambiguity}={reading}".encode()).hexdigest()
        readings = MappingProxyType({**self.readings, ambiguity: reading})
        defaults = MappingProxyType({**self.default_readings, ambiguity: reading})
        name = f"{self.name}+{ambiguity}:{reading}"
        return replace(self, name=name, hash=digest, readings=readings, default_readings=defaults)

    def narrowed(self, stated: Mapping[str, str]) -> Mapping[str, str]:
        """The readings that hold for a system: where any is right, the one that it states, if it states one."""
        return {
            ambiguity: stated.get(ambiguity, taken) if taken == EITHER else taken
            for ambiguity, taken in self.readings.items()
        }

    def decided(self, readings: Mapping[str, str] | None = None) -> Mapping[str, str]:
        """Readings with the default one wherever any is right; the profile's own where none are given."""
        return {
            ambiguity: self.default_readings[ambiguity] if taken == EITHER else taken
            for ambiguity, taken in (self.readings if readings is None else readings).items()
        }

    def decision(self, ambiguity: str) -> str:
        """The profile's own reading of an ambiguity, with the default one where any is right."""
        taken = self.readings[ambiguity]
        return self.default_readings[ambiguity] if taken == EITHER else taken


def load_profile(path: Path | None = None) -> Profile:
    """Read a profile; the shipped workshop profile where no path is given.

    :raises ProfileError: it cannot be read, does not read as a profile, or has other values than there are.
    """
    if path is None:
        return _shipped()
    profile = _load(path)
    _check_values(profile, _shipped(), path.name)
    return profile


@functools.cache
def _shipped() -> Profile:
    return _load(Path(str(importlib.resources.files("harness.interface"))) / "profiles" / "workshop-2010.toml")


def _load(path: Path) -> Profile:
    try:
        text = read_regular(path).decode("utf-8-sig")
    except OSError as error:
        raise ProfileError(f"cannot be read: {error.strerror}", str(path), "a profile, as TOML") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"is not UTF-8: {error}", str(path), "a profile, as TOML") from error
    return read_profile(text, path.name)


def read_profile(text: str, place: str) -> Profile:
    """Read a profile from its text.

    :raises ProfileError: it does not read as a profile.
    """
    try:
        raw = read_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"is not TOML: {error}", place, "a profile, as TOML") from error
    top = _Table(raw, place)
    readings = top.tables("readings")
    profile = Profile(
        name=top.text("name"),
        title=top.text("title"),
        hash=_hash(raw, place),
        assumed_layouts=top.flag("assumed_layouts"),
        set_file_numbers=tuple(top.texts("set_file_numbers")),
        values=MappingProxyType({key: _value(table) for key, table in top.tables("values").items()}),
        readings=MappingProxyType({key: table.text("taken") for key, table in readings.items()}),
        known_readings=MappingProxyType({key: table.strings("known") for key, table in readings.items()}),
        default_readings=MappingProxyType({key: _default_reading(table) for key, table in readings.items()}),
        single_readings=MappingProxyType(
            {key: why for key, table in readings.items() if (why := _why_one_reading(table)) is not None}
        ),
        codes=MappingProxyType({key: _codes(table) for key, table in top.tables("codes").items()}),
        file_types=MappingProxyType({key: _file_type(key, table) for key, table in top.tables("file_types").items()}),
        files=_by_id(map(_file, top.list_of_tables("file")), place),
        set_files=_by_id(map(_set_file, top.list_of_tables("set_file")), place),
        transformations=_transformations(top.tables("transformations")),
    )
    for table in readings.values():
        table.close()
    top.close()
    _check_codes(profile, place)
    return profile


def _hash(raw: Mapping[str, Any], place: str) -> str:
    try:
        return hashlib.sha256(rfc8785.dumps(dict(raw))).hexdigest()
    except (rfc8785.CanonicalizationError, TypeError, RecursionError) as error:
        raise ProfileError(
            f"holds a value of no known kind: {error}", place, "texts, integers, lists and tables"
        ) from error


def _value(table: _Table) -> Any:
    value = table.take("value")
    if not _is_plain(value):
        raise table.wrong("value", value, "an integer, a text, or a list or table of such")
    table.source()
    table.close()
    return tuple(value) if isinstance(value, list) else value


def _is_plain(value: object) -> bool:
    """Whether a value is integers and texts, in lists and tables or not."""
    if isinstance(value, dict | list):
        return all(_is_plain(item) for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, int | str) and not isinstance(value, bool)


def _check_values(profile: Profile, shipped: Profile, place: str) -> None:
    """Hold configured values, and the ambiguities that are read, to the names and forms that there are.

    :raises ProfileError: one is called otherwise, is missing, or has another form: nothing would heed it.
    """
    for what, found, known in (
        ("value", profile.values, shipped.values),
        ("ambiguity", profile.readings, shipped.readings),
    ):
        where = f"{place}, {'values' if what == 'value' else 'readings'}"
        for name in sorted(found.keys() - known.keys()):
            raise ProfileError(f"no {what} is called {name!r}", where, _one_of(known, name))
        for name in sorted(known.keys() - found.keys()):
            raise ProfileError(f"lacks {name!r}", where, f"every {what} that profile {shipped.name} has")
    for name, example in shipped.values.items():
        if not _is_like(profile.values[name], example):
            shown = json.dumps(list(example) if isinstance(example, tuple) else example)
            raise ProfileError(f"is {profile.values[name]!r}", f"{place}, values.{name}", f"a value such as {shown}")
        if (expected := out_of_bounds(name, profile.values[name])) is not None:
            raise ProfileError(f"is {profile.values[name]!r}", f"{place}, values.{name}", expected)
    first, last = (str(profile.values[f"billing_run_{which}"]) for which in ("first", "last"))
    if first > last:
        raise ProfileError(f"is {first!r}", f"{place}, values.billing_run_first", f"a time not after {last}, the last")
    _check_estimation(profile, f"{place}, values")


def _is_of_a_day(loads: object) -> bool:
    """Whether something is a load for each hour of a day."""
    whole = isinstance(loads, list | tuple) and len(loads) == 24
    return whole and all(type(wh) is int and 0 <= wh <= _LARGEST_LOAD for wh in cast("Iterable[object]", loads))


def _check_estimation(profile: Profile, place: str) -> None:
    """Hold what says how on-demand estimation estimates to its form.

    :raises ProfileError: a service is estimated by no method that there is, or a load profile has not 24 hours a day.
    """
    services, loads = profile.values["odest_vee_services"], profile.values["class_load_profiles"]
    for code, service in services.items():
        expected = '{ parallel_of = "03", method = "historic" }, or with the method class_load_profile'
        if not (isinstance(service, Mapping) and set(service) == {"parallel_of", "method"}):
            raise ProfileError(f"{code} is {_plain(service)}", f"{place}.odest_vee_services", expected)
        if service["method"] not in (
            "historic",
            "class_load_profile",
        ):  # no set: what is a list cannot be looked up in one
            raise ProfileError(f"{code} has the method {service['method']!r}", f"{place}.odest_vee_services", expected)
        if service["method"] == "class_load_profile" and code not in loads:
            raise ProfileError(
                f"lacks {code!r}", f"{place}.class_load_profiles", "a load profile for each such service"
            )
    for code, load in loads.items():
        days = [load.get(day) for day in ("business_day", "other_day")] if isinstance(load, Mapping) else []
        if not all(_is_of_a_day(day) for day in days) or len(days) != 2 or len(load) != len(days):
            expected = f"business_day and other_day, each a list of 24 quantities in Wh, from 0 to {_LARGEST_LOAD}"
            raise ProfileError(f"{code} is none", f"{place}.class_load_profiles", expected)


def _plain(value: object) -> object:
    """A value as a message shows it."""
    return dict(value) if isinstance(value, Mapping) else value


def out_of_bounds(name: str, value: Any) -> str | None:
    """What is expected of a value that lies out of its bounds; None where it does not, or has none."""
    if name not in BOUNDS:
        return None
    least, most = BOUNDS[name]
    return None if least <= value <= most else f"a whole number from {least} to {most}"


def _is_like(value: Any, example: Any) -> bool:
    """Whether a value has the form of an example; of a table, only that it is one."""
    if isinstance(example, tuple):
        kind = example[0] if example else ""
        return isinstance(value, tuple) and all(_is_like(item, kind) for item in value)
    if isinstance(example, str) and _TIME_OF_DAY.fullmatch(example):
        return isinstance(value, str) and _TIME_OF_DAY.fullmatch(value) is not None
    return type(value) is type(example)


def _default_reading(table: _Table) -> str:
    """The reading that is taken; where any is right, the one called the default."""
    taken, known = table.text("taken"), table.strings("known")
    which = "default" if taken == EITHER and len(known) > 1 else "taken"
    table.take("default", required=False)  # a profile that takes a side may leave it standing
    reading = table.text(which)
    if reading not in known:
        raise table.wrong(which, reading, _one_of(known, reading))
    return reading


def _why_one_reading(table: _Table) -> str | None:
    """Why one reading alone is known; None where there are several."""
    return table.text("one_reading") if len(table.strings("known")) == 1 else None


def _codes(table: _Table) -> Mapping[str, str]:
    table.source()
    return {key: table.text(key) for key in table.keys_left()}


def _file_type(identifier: str, table: _Table) -> FileType:
    kind = table.text("kind")
    if kind not in {"data", "report"}:
        raise table.wrong("kind", kind, "'data' or 'report'")
    found = FileType(
        identifier,
        "data" if kind == "data" else "report",
        table.text("title"),
        table.text("active"),
        tuple(table.texts("retired", required=False)),
        table.flag("withdrawn", required=False),
        table.flag("in_sets", required=False),
    )
    table.close()
    return found


def _transformations(tables: Mapping[str, _Table]) -> Mapping[str, str]:
    found = {}
    for attribute, table in tables.items():
        found[attribute] = table.text("as")
        if found[attribute] not in TRANSFORMATIONS:
            raise table.wrong("as", found[attribute], _one_of(TRANSFORMATIONS, found[attribute]))
        table.source()
        table.close()
    return MappingProxyType(found)


def _set_file(table: _Table) -> FileLayout:
    found = FileLayout(table.text("file_no"), _records(table), closes_with_end_of_file=False)
    table.close()
    return found


def _file(table: _Table) -> FileLayout:
    found = FileLayout(table.text("id"), _records(table), table.flag("end_of_file"))
    table.close()
    return found


def _by_id(files: Iterable[FileLayout], place: str) -> Mapping[str, FileLayout]:
    found: dict[str, FileLayout] = {}
    for file in files:
        if file.id in found:
            raise ProfileError(f"layout {file.id!r} stands there twice", place, "each layout once")
        found[file.id] = file
    return MappingProxyType(found)


def _records(table: _Table) -> tuple[RecordLayout, ...]:
    records = tuple(_record(record) for record in table.list_of_tables("record"))
    if sum(record.role == "header" for record in records) != 1:
        raise ProfileError("has not one header", table.place, "one record of role 'header'")
    for distinct in ({record.code for record in records}, {record.kind for record in records}):
        if len(distinct) != len(records):
            raise ProfileError("has two records of one code or kind", table.place, "each code and each kind once")
    return records


def _record(table: _Table) -> RecordLayout:
    role = table.text("role")
    if role not in _ROLES:
        raise table.wrong("role", role, f"one of {', '.join(_ROLES)}")
    fields = tuple(_field(entry) for entry in table.list_of_tables("fields"))
    if len({entry.name for entry in fields}) != len(fields):
        raise ProfileError("two fields have one name", table.place, "each field name once")
    code = table.text("code")
    if code in _OWN_CODES or not _CODE.fullmatch(code):
        raise table.wrong(
            "code", code, f"printable ASCII without blank or '|', and not {' or '.join(sorted(_OWN_CODES))}"
        )
    found = RecordLayout(table.text("kind"), code, cast("Role", role), fields)
    table.close()
    return found


def _field(table: _Table) -> FieldLayout:
    stated = table.text("type")
    match = _TYPE.fullmatch(stated)
    length = _LENGTHS.get(match[1]) or int(match[2] or 0) if match else 0
    if match is None or length < 1 or (match[1] in _LENGTHS) != (match[2] is None):
        raise table.wrong("type", stated, _TYPES_WANTED)
    if match[1] in _NUMBERS and length > _LONGEST_NUMBER:
        raise table.wrong("type", stated, f"a number of at most {_LONGEST_NUMBER} digits")
    decimals = int(match[3] or 0)
    if decimals and (match[1] != "number" or decimals >= length):
        raise table.wrong("type", stated, "decimals of a number(n,m) alone, and fewer than its digits")
    found = FieldLayout(
        name=table.text("name"),
        type=match[1],
        length=length,
        required=not table.flag("optional", required=False),
        codes=table.text("codes") if "codes" in table.raw else None,
        source=table.source(),
        decimals=decimals,
        characters=_named(table, "characters", CHARACTERS, match[1]) or "ascii",
        alphabet=_named(table, "alphabet", ALPHABETS, match[1]),
    )
    table.close()
    return found


_TYPES_WANTED = (
    "char(n), varchar(n), padded(n), fixed_number(n), signed_number(n), number(n), number(n,m), date_time or date"
)


def _named(table: _Table, key: str, known: Iterable[str], kind: str) -> str | None:
    """What a text field says of its characters, where it says anything."""
    if key not in table.raw:
        return None
    name = table.text(key)
    if name not in known or kind not in _TEXTS:
        wanted = f"one of {', '.join(known)}" if kind in _TEXTS else "it of a text field alone"
        raise table.wrong(key, name, wanted)
    return name


def _check_codes(profile: Profile, place: str) -> None:
    for file_no in profile.set_files:
        if file_no not in profile.set_file_numbers:
            numbers = ", ".join(profile.set_file_numbers)
            raise ProfileError(f"layout {file_no!r} is of no file of a set", place, f"one of {numbers}")
    for file in profile.files.values():
        if file.id.partition(".")[0] not in profile.file_types:
            raise ProfileError(f"layout {file.id!r} is of no file type", place, _one_of(profile.file_types, file.id))
    for file in (*profile.files.values(), *profile.set_files.values()):
        for record in file.records:
            for entry in record.fields:
                if entry.codes is not None and entry.codes not in profile.codes:
                    where = f"{place}, file {file.id}, {record.kind}, {entry.name}"
                    raise ProfileError(f"no code list {entry.codes!r}", where, _one_of(profile.codes, entry.codes))


def _one_of(known: Mapping[str, Any], word: str) -> str:
    spelt = {spelling.lower(): spelling for spelling in sorted(known)}
    near = difflib.get_close_matches(word.lower(), spelt, n=1)
    hint = f" (did you mean {spelt[near[0]]!r}?)" if near else ""
    return f"one of {', '.join(sorted(known)) or 'none'}{hint}"


class _Table:
    """A TOML table that is read key by key, and refuses keys that nobody asked for."""

    def __init__(self, raw: Mapping[str, Any], place: str) -> None:
        self.raw = raw
        self.place = place
        self._asked: set[str] = set()

    def wrong(self, key: str, found: object, expected: str) -> ProfileError:
        return ProfileError(f"{key} is {found!r}", self.place, expected)

    def take(self, key: str, *, required: bool = True) -> Any:
        self._asked.add(key)
        if required and key not in self.raw:
            raise ProfileError(f"has no key {key!r}", self.place, f"a key {key!r}")
        return self.raw.get(key)

    def text(self, key: str) -> str:
        value = self.take(key)
        if not isinstance(value, str) or not value:
            raise self.wrong(key, value, "a text")
        return value

    def source(self) -> str:
        value = self.text("source")
        if value not in {"workshop", "assumed"}:
            raise self.wrong("source", value, "'workshop' or 'assumed'")
        return value

    def texts(self, key: str, *, required: bool = True) -> list[str]:
        value = self.take(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, value, "a list of texts")
        return value

    def flag(self, key: str, *, required: bool = True) -> bool:
        value = self.take(key, required=required)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.wrong(key, value, "true or false")
        return value

    def strings(self, key: str) -> Mapping[str, str]:
        value = self.take(key)
        return MappingProxyType(self._members(key, value, str, "a text"))

    def tables(self, key: str) -> dict[str, _Table]:
        value = self.take(key)
        members = self._members(key, value, dict, "a table, { name = value, ... }")
        return {name: _Table(item, f"{self.place}, {key}.{name}") for name, item in members.items()}

    def _members(self, key: str, value: object, kind: type[Any], expected: str) -> dict[str, Any]:
        """A table of values of one kind; where one is of another, it alone is named."""
        if not isinstance(value, dict):
            raise self.wrong(key, value, "a table")
        for name, item in value.items():
            if not isinstance(item, kind):
                raise ProfileError(f"{name} is {item!r}", f"{self.place}, {key}", expected)
        return value

    def list_of_tables(self, key: str) -> list[_Table]:
        value = self.take(key)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, value, "a list of tables")
        return [_Table(item, f"{self.place}, {key} {number}") for number, item in enumerate(value, start=1)]

    def keys_left(self) -> list[str]:
        return [key for key in self.raw if key not in self._asked]

    def close(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self.keys_left():
            raise ProfileError(f"unknown key {key!r}", self.place, _one_of(dict.fromkeys(self._asked), key))
