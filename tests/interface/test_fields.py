"""Fields by type: what is read, what is refused, and that what is written is read back as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from harness.interface.fields import FieldTexts, LayoutError, Value, field_codec, write_field
from harness.interface.instants import EST
from harness.interface.profile import FieldLayout

CODES = {"status": {"issued": "00", "already_issued": "01"}}


def layout(kind: str, length: int, *, required: bool = True, codes: str | None = None) -> FieldLayout:
    return FieldLayout("a_field", kind, length, required, codes, "assumed")


@pytest.mark.parametrize(
    ("kind", "length", "text", "value"),
    [
        ("char", 2, "00", "00"),
        ("char", 2, "  ", "  "),
        ("varchar", 3, "a", "a"),
        ("varchar", 3, "a b", "a b"),
        ("varchar", 3, '"a"', '"a"'),
        ("fixed_number", 3, "007", 7),
        ("fixed_number", 3, "000", 0),
        ("fixed_number", 3, "999", 999),
        ("signed_number", 3, "007", 7),
        ("signed_number", 3, "-007", -7),
        ("signed_number", 3, "000", 0),
        ("signed_number", 3, "999", 999),
        ("signed_number", 3, "-999", -999),
        ("date_time", 14, "20110110080000", datetime(2011, 1, 10, 8, tzinfo=EST)),
        ("date", 8, "20080229", date(2008, 2, 29)),
    ],
)
def test_a_text_of_the_fields_type_is_read_and_written_back(kind: str, length: int, text: str, value: Value) -> None:
    assert field_codec(layout(kind, length), {}).read(text) == (value, None, "")
    assert write_field(layout(kind, length), value) == text
    texts = FieldTexts(layout(kind, length))
    assert [texts[value], texts[value]] == [text, text]


@pytest.mark.parametrize(
    ("kind", "length", "text"),
    [
        ("varchar", 3, " "),
        ("fixed_number", 3, "-07"),
        ("fixed_number", 3, "0_7"),
        ("fixed_number", 3, "0x7"),
        ("fixed_number", 3, "\u0660\u0660\u0667"),
        ("fixed_number", 3, "\uff10\uff10\uff17"),
        ("fixed_number", 3, "00\u00b2"),
        ("signed_number", 3, "--007"),
        ("signed_number", 3, "007-"),
        ("signed_number", 3, "- 07"),
        ("signed_number", 3, "0-07"),
        ("signed_number", 3, "-"),
        ("signed_number", 3, "\u2212007"),
        ("date_time", 14, "20110229080000"),
        ("date_time", 14, "20110110240000"),
        ("date", 8, "20110229"),
        ("date", 8, "2011-1-1"),
    ],
)
def test_a_text_of_another_type_is_found_and_has_no_value(kind: str, length: int, text: str) -> None:
    value, code, _ = field_codec(layout(kind, length), {}).read(text)
    assert (value, code) == (None, "field-value")


@pytest.mark.parametrize(
    ("kind", "length", "text"),
    [
        ("char", 2, "0"),
        ("char", 2, "000"),
        ("varchar", 3, "abcd"),
        ("varchar", 3, " a"),
        ("varchar", 3, "a "),
        ("fixed_number", 3, "7"),
        ("fixed_number", 3, "0007"),
        ("fixed_number", 3, "  7"),
        ("fixed_number", 3, "+07"),
        ("fixed_number", 3, "7.0"),
        ("signed_number", 3, "-000"),
        ("signed_number", 3, "-07"),
        ("signed_number", 3, "+007"),
        ("signed_number", 3, "0007"),
        ("date_time", 14, "201101100800"),
        ("fixed_number", 3, ".7"),
        ("signed_number", 3, " -7,5"),
        ("date_time", 14, "2011-01-10T08:00:00.000Z"),
        ("date_time", 14, "20110110"),
        ("date", 8, "2011/01/10"),
        ("date", 8, "20110110080000"),
    ],
)
def test_a_text_of_its_kind_in_another_form_is_found_as_that_and_has_no_value(
    kind: str, length: int, text: str
) -> None:
    assert field_codec(layout(kind, length), {}).read(text)[:2] == (None, "field-form")


def test_a_code_is_one_of_its_list_whatever_its_form() -> None:
    codec = field_codec(layout("char", 2, codes="status"), {"status": {"complete": "00"}})
    assert [codec.read(text)[1] for text in ("00 ", "0", "01")] == ["field-form", "field-value", "field-code"]


@pytest.mark.parametrize(
    ("kind", "length"),
    [("char", 2), ("varchar", 2), ("fixed_number", 2), ("signed_number", 2), ("date_time", 14), ("date", 8)],
)
def test_an_empty_field_is_missing_only_where_it_must_be_filled(kind: str, length: int) -> None:
    assert field_codec(layout(kind, length), {}).read("")[:2] == (None, "field-missing")
    assert field_codec(layout(kind, length, required=False), {}).read("")[:2] == (None, None)


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("codes", [None, "status"])
@pytest.mark.parametrize("text", ["", "00", "01", "02", "0", "000"])
def test_the_short_way_to_read_takes_what_the_long_way_finds_nothing_in(
    text: str, codes: str | None, required: bool
) -> None:
    codec = field_codec(layout("char", 2, required=required, codes=codes), CODES)
    value, code, _ = codec.read(text)
    if code is None:
        assert codec.reader()(text) == value
    else:
        with pytest.raises(ValueError, match=r"^$"):
            codec.reader()(text)


def test_a_text_that_is_no_code_is_found_and_keeps_its_value() -> None:
    found = field_codec(layout("char", 2, codes="status"), CODES).read("02")
    assert found == ("02", "field-code", "one of 00 (issued), 01 (already issued)")


def test_a_code_is_looked_up_by_its_text_zeros_included() -> None:
    assert field_codec(layout("fixed_number", 2, codes="status"), CODES).read("01")[:2] == (1, None)


NAIVE = datetime(2011, 1, 10, 8)  # noqa: DTZ001 (naive is the point)


@pytest.mark.parametrize(
    ("kind", "length", "value"),
    [
        ("char", 2, "0"),
        ("char", 2, 11),
        ("varchar", 3, ""),
        ("varchar", 3, "abcd"),
        ("varchar", 3, "a "),
        ("varchar", 3, "a|b"),
        ("varchar", 3, "a\n"),
        ("varchar", 3, "a\0"),
        ("varchar", 3, "\u00e9"),
        ("varchar", 3, 7),
        ("fixed_number", 3, -1),
        ("fixed_number", 3, 1000),
        pytest.param("fixed_number", 3, 10**5000, id="a number of 5001 digits"),
        ("fixed_number", 3, "007"),
        ("fixed_number", 3, True),
        ("signed_number", 3, -1000),
        ("signed_number", 3, 1000),
        pytest.param("signed_number", 3, -(10**5000), id="a number of 5001 digits and a sign"),
        ("signed_number", 3, "-007"),
        ("signed_number", 3, True),
        ("date_time", 14, NAIVE),
        ("date_time", 14, datetime(2011, 1, 10, 8, 0, 0, 1, tzinfo=EST)),
        ("date_time", 14, datetime(1, 1, 1, tzinfo=UTC)),
        ("date_time", 14, date(2011, 1, 10)),
        ("date_time", 14, "20110110080000"),
        ("date", 8, datetime(2011, 1, 10, tzinfo=EST)),
        ("date", 8, "20110110"),
    ],
)
def test_what_would_not_read_back_as_it_is_is_not_written(kind: str, length: int, value: Any) -> None:
    with pytest.raises(LayoutError, match="a_field"):
        write_field(layout(kind, length), value)
    with pytest.raises(LayoutError, match="a_field"):
        FieldTexts(layout(kind, length))[value]


def test_a_value_that_equals_one_that_was_written_is_looked_at_all_the_same() -> None:
    texts = FieldTexts(layout("fixed_number", 3))
    assert texts[1] == "001"
    with pytest.raises(LayoutError, match="a_field"):
        texts[True]


def test_texts_are_the_same_however_many_there_are() -> None:
    texts = FieldTexts(layout("varchar", 9))
    for _ in range(2):
        assert all(texts[str(number)] == str(number) for number in range(20_000))
        assert texts[None] == ""
    assert len(texts) < 10_000


def test_an_instant_of_another_offset_is_written_in_est() -> None:
    assert write_field(layout("date_time", 14), datetime(2011, 1, 10, 13, tzinfo=UTC)) == "20110110080000"


def test_nothing_is_written_as_nothing_even_where_a_reader_will_miss_it() -> None:
    assert write_field(layout("varchar", 3), None) == ""


# --- forms that another profile may have ---------------------------------------------------------------------


def formed(kind: str, length: int, **more: Any) -> FieldLayout:
    return FieldLayout("a_field", kind, length, required=True, codes=None, source="assumed", **more)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (formed("number", 9), "7", 7),
        (formed("number", 9), "0", 0),
        (formed("number", 9), "-12", -12),
        (formed("number", 9, decimals=3), "0.007", 7),
        (formed("number", 9, decimals=3), "-12.345", -12345),
        (formed("padded", 4), "ab  ", "ab"),
        (formed("padded", 4), "a b ", "a b"),
        (formed("varchar", 9, alphabet="hexadecimal"), "00fF", "00fF"),
        (formed("varchar", 36, alphabet="uuid"), "123e4567-e89b", "123e4567-e89b"),
    ],
)
def test_another_form_is_read_and_written_back(field: FieldLayout, text: str, value: Value) -> None:
    assert field_codec(field, {}).read(text) == (value, None, "")
    assert field_codec(field, {}).reader()(text) == value
    assert write_field(field, value) == text
    assert FieldTexts(field)[value] == text


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (formed("number", 3), "007"),
        (formed("number", 3), "1000"),
        (formed("number", 3), "-0"),
        (formed("number", 3), "1.0"),
        (formed("number", 9, decimals=2), "1"),
        (formed("number", 9, decimals=2), "1.0"),
        (formed("number", 9, decimals=2), ".50"),
        (formed("number", 4, decimals=2), "100.00"),
        (formed("padded", 4), "ab"),
        (formed("padded", 4), " ab "),
        (formed("varchar", 9, alphabet="digits"), "12a"),
    ],
)
def test_a_text_of_another_form_is_found(field: FieldLayout, text: str) -> None:
    assert field_codec(field, {}).read(text)[:2] == (None, "field-form")


def test_a_padded_field_is_empty_where_there_are_blanks_alone() -> None:
    optional = FieldLayout("a_field", "padded", 4, required=False, codes=None, source="assumed")
    assert field_codec(optional, {}).read("    ")[:2] == (None, None)
    assert field_codec(optional, {}).reader()("    ") is None
    assert field_codec(formed("padded", 4), {}).read("    ")[:2] == (None, "field-missing")
    assert write_field(optional, None) == FieldTexts(optional)[None] == "    "


@pytest.mark.parametrize(
    ("characters", "bytes_", "text"),
    [
        ("latin-1", b"d\xe9j\xe0", "d\u00e9j\u00e0"),
        ("utf-8", b"d\xc3\xa9j\xc3\xa0", "d\u00e9j\u00e0"),
        ("any", b"d\xc3\xa9j\xc3\xa0", "d\u00e9j\u00e0"),
        ("any", b"d\xe9j\xe0", "d\u00e9j\u00e0"),
        ("utf-8", b"d\xe9j\xe0", None),
        ("ascii", b"d\xe9j\xe0", None),
        ("any", b"d\x85j", None),
    ],
)
def test_bytes_beyond_ascii_mean_what_the_character_set_of_the_field_says(
    characters: str, bytes_: bytes, text: str | None
) -> None:
    field = formed("varchar", 9, characters=characters)
    assert field_codec(field, {}).decoded(bytes_.decode("latin-1")) == text


@pytest.mark.parametrize(("characters", "bytes_"), [("latin-1", b"\xe9"), ("utf-8", b"\xc3\xa9"), ("any", b"\xc3\xa9")])
def test_what_is_written_beyond_ascii_stands_in_the_record_byte_by_byte(characters: str, bytes_: bytes) -> None:
    assert write_field(formed("varchar", 9, characters=characters), "\u00e9").encode("latin-1") == bytes_
    with pytest.raises(LayoutError):
        write_field(formed("varchar", 9), "\u00e9")


# --- Several texts together ------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [[], ["a"], ["a b", "c"], ["c", "a b", "c", "123456789"]])
def test_texts_looked_at_together_are_the_values_themselves(values: list[str]) -> None:
    assert list(FieldTexts(layout("varchar", 9)).all_of(values)) == values


@pytest.mark.parametrize("odd", ["", " a", "a ", " ", "a|b", "|", "1234567890", "\t", "\u00e9"])
def test_an_odd_text_among_others_is_refused_as_it_is_by_itself(odd: str) -> None:
    for values in ([odd], ["a", odd], [odd, "a"], ["a", odd, "b"]):
        with pytest.raises(LayoutError):
            FieldTexts(layout("varchar", 9)).all_of(values)


def test_texts_of_a_field_that_fills_them_up_are_filled_up_together_as_well() -> None:
    assert list(FieldTexts(layout("padded", 3)).all_of(["a", "bcd"])) == ["a  ", "bcd"]
