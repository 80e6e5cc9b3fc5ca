"""Recognises a keyword that is mistyped: Gherkin takes such a line for description, and what follows it is lost."""

from __future__ import annotations

import difflib
import re

TITLES = (
    "Feature",
    "Rule",
    "Background",
    "Scenario",
    "Example",
    "Scenario Outline",
    "Scenario Template",
    "Examples",
    "Scenarios",
)
STEPS = ("Given", "When", "Then", "And", "But")
_NEAR = 0.8
_WORDS = frozenset({"the", "they", "them", "than", "give", "gives", "even", "open", "ten", "hen", "an", "any", "bit"})
"""English words that lie as near to a keyword as a slip of the finger does, and begin sentences."""


def meant_title(line: str) -> str | None:
    """The keyword of a title that a line seems to want to begin with, or None: ``Scenaro: …``, ``Scenario …``."""
    text = line.strip()
    head, colon, _ = text.partition(":")
    if colon and len(head.split()) <= 3:
        return _nearest(head.strip(), TITLES)
    for title in sorted(TITLES, key=len, reverse=True):
        if text == title or text.startswith(f"{title} "):
            return title
    return None


def meant_step(line: str) -> str | None:
    """The keyword of a step that a line seems to want to begin with, or None: ``Gven …``, and ``Given …`` itself."""
    match = re.match(r"\s*(\*|\w+)\s", f"{line} ")
    if match is None:
        return None
    word = match[1]
    if word == "*" or word in STEPS:
        return "Given" if word == "*" else word
    if not word[0].isupper() or word.lower() in _WORDS or len(word) < 3:
        return None
    return _nearest(word, STEPS[:3])


def meant(line: str) -> str | None:
    """The keyword that a line seems to want to begin with, or None."""
    return meant_title(line) or meant_step(line)


def hint(keyword: str) -> str:
    """A hint that names a keyword as it is written."""
    return f"did you mean {keyword if keyword in STEPS else f'{keyword}:'!r}?"


def _nearest(word: str, keywords: tuple[str, ...]) -> str | None:
    """The keyword that a word is a slip of; exchanged neighbours (``Wehn``) count as one slip."""
    known = {keyword.lower(): keyword for keyword in keywords}
    lowered = word.lower()
    if len(lowered) >= 4:
        swapped = {lowered[:i] + lowered[i + 1] + lowered[i] + lowered[i + 2 :] for i in range(len(lowered) - 1)}
        if found := sorted(swapped & known.keys()):
            return known[found[0]]
    close = difflib.get_close_matches(lowered, known, n=1, cutoff=_NEAR)
    return known[close[0]] if close else None
