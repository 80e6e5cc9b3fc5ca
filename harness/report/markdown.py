"""Markdown for pages of other tools: whatever comes from elsewhere is text there, and nothing else."""

from __future__ import annotations

import re

from harness.report.text import clipped, on_one_line

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~@&]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LONGEST = 300


def plain(text: str, length: int = _LONGEST) -> str:
    """A text on one line, cut where it is long: no character of it marks anything up, links or mentions anyone."""
    return _MARKS.sub(lambda found: f"&#{ord(found[0])};", clipped(on_one_line(text), length))


def code(text: str) -> str:
    """A text on one line as code, cut where it is long."""
    return f"<code>{plain(text)}</code>"


def row(*cells: str) -> str:
    """A row of a table; the cells are Markdown."""
    return f"| {' | '.join(cells)} |"
