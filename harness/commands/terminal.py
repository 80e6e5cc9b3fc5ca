"""The one way to a terminal: whatever is said comes out visible, on the line where it belongs.

What a system says of itself, names of files and messages come from outside, and a terminal obeys control characters.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import click

from harness.report.text import on_one_line


@dataclass(frozen=True, slots=True)
class Styled:
    """A text in a colour, or bold; both are dropped where the output is no terminal, and where NO_COLOR is set."""

    text: str
    colour: str | None = None
    bold: bool = False


Part: TypeAlias = str | Styled


def say(*parts: Part, err: bool = False) -> None:
    """Print a line, as the terminal can take it: the one way to a terminal.

    Whatever a part holds is visible and stays on the line: control characters, line feeds and marks that turn the
    direction of writing have stand-ins, and what the terminal cannot show is escaped. Only `Styled` changes how it
    looks.
    """
    click.echo(painted(parts, (sys.stderr if err else sys.stdout).encoding), err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text of several lines, such as an error; the further ones are indented, so that none looks like ours."""
    first, *more = text.split("\n")
    say(first, err=err)
    for line in more:
        say(line if line.startswith("  ") else f"  {line}", err=err)


def say_document(text: str) -> None:
    """Print a document of our own making, line by line, as it is."""
    for line in text.splitlines():
        say(line)


def painted(parts: Iterable[Part], encoding: str | None) -> str:
    """The parts of a line as they are written to a terminal of an encoding."""

    def fit(text: str) -> str:
        encoded = on_one_line(text).encode(encoding or "ascii", "backslashreplace")
        return encoded.decode(encoding or "ascii")

    def style(part: Styled) -> str:
        plain = bool(os.environ.get("NO_COLOR"))
        return fit(part.text) if plain else click.style(fit(part.text), fg=part.colour, bold=part.bold or None)

    return "".join(fit(part) if isinstance(part, str) else style(part) for part in parts)
