"""TOML that others wrote: whatever is amiss with it is said, and no text takes long."""

from __future__ import annotations

import tomllib

import pytest

from harness.interface.toml import read_toml


def test_what_a_text_says() -> None:
    assert read_toml('a.b = "1. and so on. and on."\n') == {"a": {"b": "1. and so on. and on."}}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = 1\n" + "a." * 20_000 + "a = 1\n", "line 2 has more than 1,000 dots"),
        ("a = " + "[" * 100_000, "its values are nested too deep"),
        ("a = ", "Invalid value"),
    ],
)
def test_what_cannot_be_read_is_one_kind_of_error(text: str, says: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match=says):
        read_toml(text)
