"""TOML that others wrote: read in time that its size bounds, and whatever is amiss is one kind of error."""

from __future__ import annotations

import tomllib
from typing import Any

_DOTS = 1_000
"""How many dots a line may have: the time that the library takes grows with the square of a key's parts."""


def read_toml(text: str) -> dict[str, Any]:
    """What a text says.

    :raises tomllib.TOMLDecodeError: it is not TOML, or its keys or values are nested beyond all use.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if line.count(".") > _DOTS:
            raise tomllib.TOMLDecodeError(f"line {number} has more than {_DOTS:,} dots")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("its values are nested too deep") from error
