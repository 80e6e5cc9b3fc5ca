"""Canonical JSON: the quick way of writing it and RFC 8785 are one."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from harness.port.journal import canonical

TEXTS = st.text() | st.text(alphabet='"\\/\b\f\n\r\t\x00\x1f\x7f\u2028\ud7ff\ue000\ufffd\U0001f600')
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(TEXTS | st.text(alphabet="abAB_10"), inner)
    ),
)


class Colour(StrEnum):
    RED = "red"


@given(VALUES)
def test_any_value_is_written_as_rfc_8785_says(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, False, None], "A": {}}, b'{"A":{},"a":[true,false,null],"b":1}'),
        ({"instant": "2011-01-10T00:00:00-05:00"}, b'{"instant":"2011-01-10T00:00:00-05:00"}'),
        ("a/b \x7f \u20ac \u0007 \r\n", b'"a/b \x7f \xe2\x82\xac \\u0007 \\r\\n"'),
        ({"\U0001f600": 1, "\ufffd": 2}, b'{"\xf0\x9f\x98\x80":1,"\xef\xbf\xbd":2}'),
        ({"of": Colour.RED, "at": ("12:00", "23:30")}, b'{"at":["12:00","23:30"],"of":"red"}'),
        (-(2**53) + 1, b"-9007199254740991"),
    ],
    ids=["names-in-order", "instant", "escapes", "names-by-utf-16", "what-python-has-besides", "least-integer"],
)
def test_a_value_has_one_form(value: Any, written: bytes) -> None:
    assert canonical(value) == written


@pytest.mark.parametrize(
    "value",
    [2**53, -(2**53), [1, {"deep": 2**60}], {1: "one"}, {"a": {None: 1}}, {1, 2}, b"bytes", "\ud800", {"\udfff": 1}],
    ids=ascii,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(value)
