"""Fields: the text between two delimiters, read into a value and written from one, by the types of a layout.

``char(n)`` and ``varchar(n)`` are text, ``padded(n)`` text that is filled up with blanks; ``fixed_number(n)`` is an
integer padded left with zeros, ``signed_number(n)`` one that may have a minus sign before its n digits, ``number(n)``
one that is not padded, and ``number(n,m)`` one of which m digits stand after a point: ``12.345`` is 12345 thousandths.
``date_time`` is an instant (``yyyymmddhh24miss``, EST), ``date`` a day (``yyyymmdd``). An empty field is None, whatever
its type. Reading and writing are inverse: what cannot be read back as it was is not written.

A line with bytes beyond ASCII is handed on as Latin-1, a character for each byte. What they mean is the field's affair,
and where a field may not have them, that field alone cannot be read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from harness.interface.findings import shown
from harness.interface.instants import Day, Instant, day_digits, day_from_digits, digits, from_digits
from harness.interface.profile import ALPHABETS, FieldLayout

Value: TypeAlias = str | int | Instant | Day | None
FieldReader: TypeAlias = Callable[[str], Value]
"""Reads a field's text. It raises ValueError where the text is not as the layout says."""

DELIMITER = "|"
_CHARSETS: Mapping[str, tuple[str, ...]] = {
    "ascii": (),
    "latin-1": ("latin-1",),
    "utf-8": ("utf-8",),
    "any": ("utf-8", "latin-1"),
}
_TEXTS_KNOWN = 8192
_TEXTS = frozenset({"char", "varchar", "padded"})
_DATES = frozenset({"date", "date_time"})


class LayoutError(ValueError):
    """A value that does not fit the field it is to be written into."""


@dataclass(frozen=True, slots=True)
class FieldCodec:
    """A field of a layout, ready to be read.

    :param parse: reads filled text, by type alone.
    :param codes: the field's code list, words by code, or None.
    :param expected: what the type wants, in words.
    """

    layout: FieldLayout
    parse: FieldReader
    codes: Mapping[str, str] | None
    expected: str

    def reader(self) -> FieldReader:
        """Reads the field in full, in one call: whether it may be empty, its type and length, and its code list."""
        required, parse, codes, is_empty = self.layout.required, self.parse, self.codes, self.is_empty
        if required and codes is None:
            return parse  # no type takes an empty text

        def read(text: str) -> Value:
            if not required and is_empty(text):
                return None
            value = parse(text)
            if codes is not None and _as_code(text, value) not in codes:
                raise ValueError
            return value

        return read

    def is_empty(self, text: str) -> bool:
        """Whether there is nothing in the field: blanks are nothing where they pad it."""
        return not text or (self.layout.type == "padded" and not text.strip(" "))

    def decoded(self, text: str) -> str | None:
        """A text with bytes beyond ASCII in the field's character set; None where it may not have them."""
        for charset in _CHARSETS[self.layout.characters]:
            try:
                plain = text.encode("latin-1").decode(charset)
            except UnicodeError:
                continue
            if plain.isprintable():
                return plain
        return None

    def read(self, text: str) -> tuple[Value, str | None, str]:
        """The field's value, and what is wrong with it: a finding's code and what was expected, or None and nothing.

        A text of the right type that is no code of the code list is still the field's value.
        """
        if self.is_empty(text):
            return (None, "field-missing", self.expected) if self.layout.required else (None, None, "")
        try:
            value = self.parse(text)
        except ValueError:
            return None, "field-form" if _is_of_its_kind(self, text) else "field-value", self.expected
        if self.codes is not None and _as_code(text, value) not in self.codes:
            return value, "field-code", "one of " + ", ".join(f"{code} ({word})" for code, word in self.codes.items())
        return value, None, ""


def field_codec(layout: FieldLayout, code_lists: Mapping[str, Mapping[str, str]]) -> FieldCodec:
    """A field's codec. `code_lists` are the profile's: codes by word."""
    return _codec(layout, None if layout.codes is None else tuple(code_lists[layout.codes].items()))


@functools.lru_cache(maxsize=4096)  # most files are short: to make their codecs anew would cost more than reading them
def _codec(layout: FieldLayout, words: tuple[tuple[str, str], ...] | None) -> FieldCodec:
    codes = None if words is None else {code: word.replace("_", " ") for word, code in words}
    return FieldCodec(layout, _reader(layout), codes, _expected(layout))


_ANY_NUMBER = re.compile(r"[+-]?[0-9]*[.,]?[0-9]+")
_DATE_PUNCTUATION = re.compile(r"[-/:. T]")
_ANY_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})[0-9]*)?)?)?")


def _is_of_its_kind(codec: FieldCodec, text: str) -> bool:
    """Whether a text says what its field is for, only otherwise than the layout wants it: no slide shows the form.

    A number is one however it is padded and wherever its point stands, a date however it is punctuated and how much of
    the time is left out; a text may be longer or of other characters, but a code is one of its list.
    """
    layout, plain = codec.layout, text.strip(" ")
    if layout.type in _TEXTS:
        return bool(plain) if codec.codes is None else plain in codec.codes
    if layout.type not in _DATES:
        may_be_less = layout.type != "fixed_number"
        return _ANY_NUMBER.fullmatch(plain) is not None and (may_be_less or not plain.startswith("-"))
    found = _ANY_DATE.fullmatch(_DATE_PUNCTUATION.sub("", plain.removesuffix("Z")))
    return found is not None and _forms_a_date(found.groups("0"))


def _forms_a_date(parts: tuple[str, ...]) -> bool:
    year, month, day, hour, minute, second = map(int, parts)
    try:
        datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (only whether there is such a time)
    except ValueError:
        return False
    return True


def _as_code(text: str, value: Value) -> str:
    return value if isinstance(value, str) else text


def _reader(layout: FieldLayout) -> FieldReader:
    """Reads filled text, by type and alphabet."""
    parse = _TYPES[layout.type].reader(layout.length, layout.decimals)
    if layout.alphabet is None:
        return parse
    allowed = ALPHABETS[layout.alphabet]

    def read(text: str) -> Value:
        value = parse(text)
        if not allowed.issuperset(str(value)):
            raise ValueError
        return value

    return read


def _expected(layout: FieldLayout) -> str:
    made_of = "" if layout.alphabet is None else f", made of {layout.alphabet.replace('-', ' and ')}"
    return _TYPES[layout.type].expected.format(length=layout.length, decimals=layout.decimals) + made_of


def write_field(layout: FieldLayout, value: Value) -> str:
    """A field as text.

    None is written empty even where the layout wants the field filled, and no code list is consulted: that a reader
    finds such things is the reader's affair, and systems under test must be shown files that have them.

    :raises LayoutError: the value is of another type than the field, does not fit it, or would not read back as it is.
    """
    if value is None:
        return " " * layout.length if layout.type == "padded" else ""
    try:
        text = _TYPES[layout.type].written(value, layout.length, layout.decimals)
        if text.isprintable() and DELIMITER not in text and _reader(layout)(text) == value:
            return text if text.isascii() else _as_bytes(text, layout.characters)
    except (ValueError, OverflowError):
        pass
    raise LayoutError(
        f"field {layout.name!r}: {_shown(value)} is not {_expected(layout)}, of characters that a record can carry"
    )


def _as_bytes(text: str, characters: str) -> str:
    """A text beyond ASCII as a record carries it: a Latin-1 character for each byte.

    :raises ValueError: the character set has no such characters.
    """
    charset = next(iter(_CHARSETS[characters]), "ascii")
    return text.encode(charset).decode("latin-1")


_DOUBTFUL = tuple("".join(ends) for ends in ((DELIMITER, DELIMITER), (DELIMITER, " "), (" ", DELIMITER)))
"""Between delimiters: an empty text, or one that begins or ends with a blank."""


class FieldTexts(dict[Value, str]):
    """The texts of a field by its values, as `write_field` gives them; those of the last some hundred are remembered.

    Dates, codes and names recur within files. Numbers are not remembered: to Python, some values are equal to them that
    are none.
    """

    def __init__(self, layout: FieldLayout) -> None:
        super().__init__({None: write_field(layout, None)})
        self._layout = layout
        self._longest = layout.length if layout.type == "varchar" and layout.alphabet is None else 0

    def __missing__(self, value: Value) -> str:
        """:raises LayoutError: as `write_field`."""
        if isinstance(value, str) and 0 < len(value) <= self._longest and value.isascii() and value.isprintable():
            plain = value[0] != " " and value[-1] != " " and DELIMITER not in value
            text = value if plain else write_field(self._layout, value)
        else:
            text = write_field(self._layout, value)
        if not isinstance(value, int):
            if len(self) >= _TEXTS_KNOWN:
                self.clear()
                self[None] = write_field(self._layout, None)
            self[value] = text
        return text

    def all_of(self, values: Sequence[str]) -> Sequence[str]:
        """The texts of several values, looked at together where nothing about them is odd.

        :raises LayoutError: as `write_field`.
        """
        together = DELIMITER.join(("", *values, ""))
        is_plain = together.isascii() and together.isprintable() and together.count(DELIMITER) == len(values) + 1
        if (
            not is_plain
            or any(map(together.__contains__, _DOUBTFUL))
            or max(map(len, values), default=0) > self._longest
        ):
            return [self[value] for value in values]
        return values


def _shown(value: Value) -> str:
    if isinstance(value, int) and abs(value) >= 10**100:  # Python will not even print the very largest
        return "a number of more than 100 digits"
    return shown(value) if isinstance(value, str) else repr(value)


# --- The types ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _FieldType:
    expected: str
    reader: Callable[[int, int], FieldReader]
    written: Callable[[Value, int, int], str]


def _char(length: int, _: int) -> FieldReader:
    def read(text: str) -> str:
        if len(text) != length:
            raise ValueError
        return text

    return read


def _varchar(length: int, _: int) -> FieldReader:
    def read(text: str) -> str:
        if not 0 < len(text) <= length or text[0] == " " or text[-1] == " ":
            raise ValueError
        return text

    return read


def _padded(length: int, _: int) -> FieldReader:
    def read(text: str) -> str:
        if len(text) != length or text[0] == " ":
            raise ValueError
        return text.rstrip(" ")

    return read


def _number(length: int, decimals: int) -> FieldReader:
    whole = rf"0|[1-9][0-9]{{0,{length - decimals - 1}}}"
    pattern = re.compile(rf"-?(?:{whole})" + (rf"\.[0-9]{{{decimals}}}" if decimals else ""))

    def read(text: str) -> int:
        if not pattern.fullmatch(text):
            raise ValueError
        value = int(text.replace(".", ""))
        if value == 0 and text[0] == "-":
            raise ValueError
        return value

    return read


def _fixed_number(length: int, _: int) -> FieldReader:
    def read(text: str) -> int:
        if len(text) != length or not (text.isascii() and text.isdecimal()):
            raise ValueError
        return int(text)

    return read


def _digits(text: str, length: int) -> int:
    if len(text) != length or not (text.isascii() and text.isdecimal()):
        raise ValueError
    return int(text)


def _signed_number(length: int, _: int) -> FieldReader:
    def read(text: str) -> int:
        if not text.startswith("-"):
            return _digits(text, length)
        size = _digits(text[1:], length)
        if size == 0:  # there is one zero, and it has no sign
            raise ValueError
        return -size

    return read


# Dates and times repeat within a file, and there are few of them: the last thousands are remembered.
_instant = functools.lru_cache(maxsize=4096)(from_digits)
_day = functools.lru_cache(maxsize=4096)(day_from_digits)


def _date_time(length: int, _: int) -> FieldReader:
    def read(text: str) -> Instant:
        if len(text) != length:
            raise ValueError
        return _instant(text)

    return read


def _date(_: int, __: int) -> FieldReader:
    return _day


def _text_written(value: Value, _: int, __: int) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _padded_written(value: Value, length: int, _: int) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value.ljust(length)


def _unpadded_written(value: Value, _: int, decimals: int) -> str:
    if not isinstance(value, int):
        raise ValueError
    digits = str(abs(value)).zfill(decimals + 1)
    point = len(digits) - decimals
    return "-" * (value < 0) + digits[:point] + (f".{digits[point:]}" if decimals else "")


def _number_written(value: Value, length: int, _: int) -> str:
    if not isinstance(value, int):
        raise ValueError
    return str(value).zfill(length)


def _signed_number_written(value: Value, length: int, _: int) -> str:
    if not isinstance(value, int):
        raise ValueError
    return str(value).zfill(length + (value < 0))


def _date_time_written(value: Value, _: int, __: int) -> str:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError
    return digits(Instant(value))


def _date_written(value: Value, _: int, __: int) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError
    return day_digits(Day(value))


_TYPES: Mapping[str, _FieldType] = {
    "char": _FieldType("{length} characters", _char, _text_written),
    "varchar": _FieldType("1 to {length} characters without blanks around them", _varchar, _text_written),
    "padded": _FieldType("1 to {length} characters, filled up to {length} with blanks", _padded, _padded_written),
    "number": _FieldType(
        "a number of up to {length} digits, not padded, {decimals} of them after its point", _number, _unpadded_written
    ),
    "fixed_number": _FieldType("{length} digits, padded left with zeros", _fixed_number, _number_written),
    "signed_number": _FieldType(
        "{length} digits, padded left with zeros, after a minus sign where it is negative",
        _signed_number,
        _signed_number_written,
    ),
    "date_time": _FieldType("a date and time that there is, yyyymmddhh24miss", _date_time, _date_time_written),
    "date": _FieldType("a date that there is, yyyymmdd", _date, _date_written),
}
