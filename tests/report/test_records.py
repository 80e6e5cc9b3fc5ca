"""Files as their layouts read them: fields beside their names, and findings in words."""

from __future__ import annotations

from harness.interface.profile import load_profile
from harness.report.records import Read, read

NAME = "ORG11111.ORG11111.2000.01.20110110081500.DAT"
LINES = (
    f"FN|{NAME}",
    "FH|ORG11111|ORG11111.ORG11111.1000.00.20110110080000.DAT|20110110081500",
    "DT|ORG11111|SDP-1|471100081500|00|issued",
    "DT|ORG11111|SDP-2||00|issued|twice",
    "EF|2",
)


def of_line(marked: int | None, name: str = NAME, lines: tuple[str, ...] = LINES) -> Read:
    return read(name, "\r\n".join((*lines, "")).encode(), load_profile(None), marked)


def test_the_fields_of_a_line_stand_beside_their_names() -> None:
    assert [(field.name, field.value) for field in of_line(3).fields] == [
        ("record", "DT (assignment_response)"),
        ("ldc_org_id", "ORG11111"),
        ("sdp_id", "SDP-1"),
        ("universal_sdp_id", "471100081500"),
        ("status", "00"),
        ("message", "issued"),
    ]


def test_a_field_too_many_is_called_so() -> None:
    assert (of_line(4).fields[-1].name, of_line(4).fields[-1].value) == ("one too many", "twice")


def test_a_line_that_no_layout_has_and_a_file_that_has_none_have_no_fields() -> None:
    for found in (of_line(1), of_line(99), of_line(None), of_line(3, name="what.is.this")):
        assert found.fields == ()


def test_findings_are_told_with_line_and_field() -> None:
    (finding,) = of_line(None).findings
    assert finding.startswith("line 4: found 6, expected 5 fields after DT")
    assert finding.endswith("(field-count)")


def test_of_very_many_findings_the_first_are_told_and_the_others_counted() -> None:
    found = of_line(None, lines=(*LINES[:2], *["XX"] * 50, "EF|0")).findings
    assert len(found) == 21
    assert found[-1].startswith("and ")
