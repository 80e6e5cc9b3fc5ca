"""The codes of findings, and their table for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.interface import billing_files, fields, file_sets, files, names, set_check
from harness.interface.findings import CODES, Finding, Severity, finding, shown

TABLE = Path(__file__).parents[2] / "docs" / "finding-codes.md"
ROW = re.compile(r"\| `([a-z0-9-]+)` \| ([A-Z]+) \| (yes|no) \| (.+) \|")


def test_the_table_for_people_says_what_the_code_says() -> None:
    rows = [match.groups() for line in TABLE.read_text(encoding="utf-8").splitlines() if (match := ROW.fullmatch(line))]
    assert rows == [
        (code, str(known.severity), "no" if known.structural else "yes", known.meaning) for code, known in CODES.items()
    ]


def test_every_code_is_given_somewhere_and_no_other() -> None:
    modules = (names, files, fields, billing_files, file_sets, set_check)
    sources = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules)
    beginnings = "|".join(sorted({code.partition("-")[0] for code in CODES}))
    said = set(re.findall(rf'"((?:{beginnings})(?:-[a-z0-9]+)*)"', sources))
    assert set(CODES) <= said
    of_loads = {"manifest-segmented"}  # IR14 says so; a reader has told already that the name is none
    assert {code for code in said if "-" in code} - of_loads <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_lower_case_words_and_hyphens_and_its_meaning_a_sentence(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert re.fullmatch(r"[A-Z].*[.]", CODES[code].meaning)


def test_what_may_be_meant_is_a_warning() -> None:
    warnings = {code for code, known in CODES.items() if known.severity is Severity.WARNING}
    assert warnings == {"sdp-unknown", "period-overlap", "schedule-gap", "blank-line"}


def test_a_finding_of_an_unknown_code_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        finding("A.DAT", 1, None, "no-such-code", "", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "''"),
        ("SDP-1", "'SDP-1'"),
        ("it's", '"it\'s"'),
        ("\x1b[2J\n", r"'\x1b[2J\n'"),
        ("Montréal", r"'Montr\xe9al'"),
        ("\udcff", r"'\udcff'"),
        ("x" * 120, f"'{'x' * 120}'"),
        ("x" * 121, f"'{'x' * 120}'..."),
    ],
)
def test_a_text_is_shown_quoted_in_ascii_and_bounded(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("line", "field", "expected"),
    [
        (3, "sdp_id", "A.DAT:3: sdp_id: ERROR field-missing: found '', expected some"),
        (3, None, "A.DAT:3: ERROR field-missing: found '', expected some"),
        (None, None, "A.DAT: ERROR field-missing: found '', expected some"),
    ],
)
def test_a_finding_says_where_what_and_what_was_expected(line: int | None, field: str | None, expected: str) -> None:
    assert str(finding("A.DAT", line, field, "field-missing", "''", "some")) == expected


def test_a_finding_on_a_name_that_cannot_be_printed_escapes_it() -> None:
    odd = Finding("a\x1b\n.DAT", None, None, "name-characters", Severity.ERROR, "''", "others")
    assert str(odd).startswith(r"'a\x1b\n.DAT': ERROR")
