"""The rule book as files: a page for each chapter, one of them all to print, and a table for whoever keeps a matrix.

| file                              | what                                                             |
|-----------------------------------|------------------------------------------------------------------|
| `index.html`                      | how to read it, the chapters, every rule on a line; search       |
| `AREA.html`                       | a chapter: its rules, each with all that the suite knows of it   |
| `readings.html`                   | what the slides leave open, and how it is read                   |
| `referee.html`                    | the situations in which the referee watches                      |
| `words.html`                      | names of the field, and the words of scenarios                   |
| `book.html`                       | all of it on one page, to print                                  |
| `rules.csv`                       | a row for each rule and role                                     |

Pages need no network, and nothing but the search needs a script. The same book gives the same bytes.
"""

from __future__ import annotations

import base64
import csv
import functools
import hashlib
import importlib.resources
import io
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from harness import __version__
from harness.port.protocol import Role
from harness.report.html import environment
from harness.report.rulebook import WHOM, RuleBook, RuleShown
from harness.report.rulebook_terms import FIELD

INDEX, BOOK, TABLE = "index.html", "book.html", "rules.csv"
COLUMNS = ("rule", "area", "role", "class", "status", "slide", "lines", "text", "readings", "faults", "scenarios")
_COLUMNS_THAT_FIT = 4
"""So many columns of a table fit on the narrowest screen; those of wider ones are reached by keyboard too."""
_CLASSES = {"pass", "conformant", "fail", "not conformant", "waived", "undetermined", "pending", "blocked", "error"}


def rule_book_files(book: RuleBook) -> dict[str, bytes]:
    """The files of a rule book, by name."""
    pages = {INDEX: _page("index", book), BOOK: _page("book", book, together=True)}
    for chapter in book.chapters:
        pages[chapter.page] = _page("chapter", book, chapter=chapter)
    for name in ("readings", "referee", "words"):
        pages[f"{name}.html"] = _page(name, book)
    return {**pages, TABLE: rules_csv(book)}


def _page(name: str, book: RuleBook, *, together: bool = False, **of_it: Any) -> bytes:
    """A page by its template; `together` where all chapters stand on it, so that links lead to places on it.

    Rules are headed below their chapters there, and below the page elsewhere: `level`.
    """
    page = _environment().get_template(f"rulebook/{name}.html.j2")
    script, style = _asset("rulebook.js"), _asset("rulebook.css")
    return page.render(
        book=book,
        together=together,
        level=3 if together else 2,
        pages=_pages_of_rules(book),
        field=FIELD,
        whom={role: WHOM[role] for role in Role},
        version=__version__,
        columns=_COLUMNS_THAT_FIT,
        script=Markup(script),  # noqa: S704 (a file of our own)
        style=Markup(style),  # noqa: S704
        allowed=f"script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(style)}'",
        **of_it,
    ).encode()


def _pages_of_rules(book: RuleBook) -> Mapping[str, str]:
    return {shown.rule.id: chapter.page for chapter in book.chapters for shown in chapter.rules}


@functools.cache
def _environment() -> Environment:
    found = environment().overlay()
    found.filters.update(searched=_searched)
    found.globals.update(coloured=lambda verdict: verdict in _CLASSES)
    return found


@functools.cache
def _asset(name: str) -> str:
    return importlib.resources.files("harness.report").joinpath(f"templates/rulebook/{name}").read_text("utf-8").strip()


def _digest(text: str) -> str:
    """The hash by which a page allows its own script and style, and no other."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _searched(shown: RuleShown) -> str:
    """All that the search looks through for a rule, beyond what its line shows: each word once."""
    told = [f"{each.name} {each.id}" for stand in shown.stands for each in stand.scenarios]
    texts = [*told, *(fault.text for fault in shown.faults), *(reading.entry.id for reading in shown.readings)]
    return " ".join(dict.fromkeys(" ".join(texts).lower().split()))


def rules_csv(book: RuleBook) -> bytes:
    """A row for each rule and role that it binds, in UTF-8.

    :returns: `COLUMNS`, and the verdict: of the run of that role, or why there is none.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([*COLUMNS, "verdict"])
    for shown in book.rules:
        rows.writerows(_rows(shown))
    return text.getvalue().encode()


def _rows(shown: RuleShown) -> Iterable[list[str]]:
    for stand in shown.stands:
        yield [
            shown.rule.id,
            shown.rule.area,
            stand.role.value,
            stand.class_,
            shown.rule.status,
            shown.slide.title,
            " ".join(map(str, shown.slide.lines)),
            shown.rule.text,
            " ".join(reading.entry.id for reading in shown.readings),
            " ".join(fault.id for fault in shown.faults if _bends(fault, stand.role)),
            " ".join(case.id for told in stand.scenarios for case in told.cases),
            stand.verdict or ("no run" if stand.standing == "judged" else stand.standing),
        ]


def _bends(fault: Any, role: Role) -> bool:
    """Whether a fault is one of the reference of a role."""
    return bool(fault.system == ("reference" if role is Role.REPOSITORY else "reference-cis"))
