"""Every delivered file: its name, version, recipient, date, layout and end."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest

from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, later
from harness.port.protocol import Outage
from harness.referee.delivered_files import DeliveredFilesCheck
from harness.referee.judgements import Judgement
from harness.referee.stream import Delivered
from tests.referee.conftest import (
    AGENT,
    HILL,
    LAKE,
    PROFILE,
    STRANGER,
    at,
    delivered,
    judged,
    name,
    opening,
    violated,
    written,
)

NOON = at("12:00")
ALONE = [DeliveredFilesCheck]


def report(moment: Instant = NOON, made: Instant | None = None, to: str = LAKE, ldc: str = LAKE) -> Delivered:
    """A BR06 without records."""
    return delivered(name("BR03", made or moment, ldc, to), header(made or moment, ldc), [], moment)


def header(made: Instant, ldc: str = LAKE) -> dict[str, object]:
    return {"ldc_org_id": ldc, "created_date_time": made}


def ir10(moment: Instant = NOON, made: Instant | None = None, to: str = LAKE, text: str = "") -> Delivered:
    """An IR10 without records, of which the name, or a text in it, may be another."""
    file = delivered(name("IR10", made or moment, LAKE, to), header(made or moment), [], moment)
    return renamed(file, text) if text else file


def renamed(file: Delivered, new: str) -> Delivered:
    return dataclasses.replace(file, name=new, content=file.content.replace(file.name.encode(), new.encode()))


def told(file: Delivered, **more: object) -> list[str]:
    opened = opening(**more)  # type: ignore[arg-type]
    return violated(opened, file, until=at("13:00"), checks=ALONE)


def of(judgements: list[Judgement], rule: str) -> Judgement:
    return next(each for each in judgements if each.rule == rule and each.outcome == "violated")


# --- names and versions ----------------------------------------------------------------------------------------


def test_a_file_as_it_should_be_is_held_to_everything() -> None:
    found = judged(opening(), ir10(), until=at("13:00"), checks=ALONE)
    assert {each.rule for each in found} == {"FTS-06", "FTS-08", "FTS-11", "FTS-12", "SEQ-05"}
    assert {each.outcome for each in found} == {"held"}


@pytest.mark.parametrize(
    "text",
    [
        "LAKE.LAKE.IR10.00.20110110120000.dat",
        "LAKE.LAKE.IR10.00.20110110120000",
        "LAKE.LAKE.IR10.00.20110110250000.DAT",
        "LAKE.LAKE.IR10.00.2011011012000.DAT",
        "LAKE.LAKE.IR10.00.20110110120000.A1.01.01.DAT",
        "LAKE.IR10.00.20110110120000.DAT",
        "OTHER.LAKE.IR10.00.20110110120000.DAT",
        "LAKE.HILL.IR10.00.20110110120000.DAT",
    ],
)
def test_a_report_that_is_named_otherwise_violates_fts_06(text: str) -> None:
    assert told(ir10(text=text))[:1] == ["FTS-06"]


def test_a_data_file_that_is_named_otherwise_violates_fts_01() -> None:
    file = delivered(name("2000", NOON), {**header(NOON), "request_file_name": "x"}, [], NOON)
    assert told(renamed(file, file.name.replace("LAKE.LAKE", "LAKE.HILL"))) == ["FTS-01"]


def test_thirteen_digits_are_right_where_a_reading_takes_them() -> None:
    file = ir10(text="LAKE.LAKE.IR10.00.2011011012000.DAT")
    assert told(file) == ["FTS-06"]
    assert told(file, either=["AMB-02"]) == []


def test_ir08_may_lack_its_ending_where_a_reading_takes_that_and_no_other_report_may() -> None:
    file = delivered(name("IR08", NOON), header(NOON), [], NOON)
    bare = renamed(file, file.name.removesuffix(".DAT"))
    assert told(bare) == ["FTS-06"]
    assert told(bare, either=["AMB-03"]) == told(file, either=["AMB-03"]) == []
    assert told(ir10(text="LAKE.LAKE.IR10.00.20110110120000"), either=["AMB-03"]) == ["FTS-06"]


@pytest.mark.parametrize(("file_type", "version", "rule"), [("IR10", "01", "FTS-08"), ("2000", "00", "FTS-07")])
def test_another_version_than_the_active_one_is_told_and_its_content_is_not_judged(
    file_type: str, version: str, rule: str
) -> None:
    new = name(file_type, NOON, version=version)
    assert told(Delivered(LAKE, new, b"anything", NOON, NOON)) == [rule]


def test_a_withdrawn_report_is_never_produced() -> None:
    assert told(Delivered(LAKE, name("IR04", NOON), b"", NOON, NOON)) == ["FTS-12"]


def test_a_type_that_no_slide_knows_is_named_once_and_is_no_violation() -> None:
    files = [Delivered(LAKE, f"LAKE.LAKE.XR99.00.2011011012000{n}.DAT", b"", NOON, NOON) for n in range(3)]
    found = judged(opening(), *files, until=at("13:00"), checks=ALONE)
    assert [(each.rule, each.outcome, each.about) for each in found] == [
        ("FTS-06", "not to be seen", "files of type XR99")
    ]


# --- recipients ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file_type", "recipient", "broken"),
    [
        ("IR10", HILL, ["FTS-11"]),
        ("IR10", STRANGER, ["FTS-11"]),
        ("IR08", HILL, ["FTS-11", "BRP-03"]),
        ("BR06", AGENT, ["BRP-10"]),
        ("6000", HILL, ["FTS-13"]),
        ("6200", STRANGER, ["FTS-13"]),
    ],
)
def test_who_is_not_authorised_receives_nothing(file_type: str, recipient: str, broken: list[str]) -> None:
    assert told(delivered(name(file_type, NOON, LAKE, recipient), header(NOON), [], NOON)) == broken


def test_an_agent_receives_what_the_ldc_has_authorised_it_for_and_no_more() -> None:
    assert told(ir10(to=AGENT)) == []
    assert told(ir10(to=AGENT), receive=("IR14", "IR06")) == ["FTS-11"]


@pytest.mark.parametrize(("file_type", "submitted"), [("IR03", "8000"), ("IR10", "3000"), ("IR14", "4000")])
def test_who_submits_may_get_its_report_without_being_authorised_under_one_reading_alone(
    file_type: str, submitted: str
) -> None:
    file = delivered(name(file_type, NOON, LAKE, AGENT), header(NOON), [], NOON)
    assert "FTS-11" in told(file, receive=(), submit=(submitted,))
    assert told(file, receive=(), submit=(submitted,), either=["AMB-44"]) == []
    assert "FTS-11" in told(file, receive=(), submit=("1000", "5000"), either=["AMB-44"])


def test_an_agent_that_may_not_receive_a_response_may_get_it_under_one_reading_alone() -> None:
    file = delivered(name("6000", NOON, LAKE, AGENT), header(NOON), [], NOON)
    assert told(file, receive=()) == ["FTS-13"]
    assert told(file, receive=(), either=["AMB-30"]) == []


@pytest.mark.parametrize(("submitter", "broken"), [(AGENT, []), (LAKE, ["FTS-13"])])
def test_a_reading_lets_a_submitter_alone_have_a_response_without_being_authorised(
    submitter: str, broken: list[str]
) -> None:
    about = {**header(NOON), "request_file_name": f"LAKE.{submitter}.1000.00.20110110080000.DAT"}
    file = delivered(name("2000", NOON, LAKE, AGENT), about, [], NOON)
    assert told(file, receive=(), either=["AMB-30"]) == broken


# --- dates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "held"), [(-60, False), (-59, True), (-1, True), (0, True), (1, True), (60, True), (61, False)]
)
def test_a_file_is_dated_when_it_was_made_which_is_shortly_before_it_arrives(seconds: int, held: bool) -> None:
    made = later(NOON, seconds=seconds)
    assert told(ir10(made=made)) == ([] if held else ["FTS-06"])


def test_a_name_to_the_minute_stands_for_any_second_of_it() -> None:
    file = ir10(moment=at("12:01:58"), made=at("12:00:59"))
    assert told(renamed(file, "LAKE.LAKE.IR10.00.201101101200.DAT")) == []
    file = ir10(moment=at("12:01:59"), made=at("12:01:00"))
    assert told(renamed(file, "LAKE.LAKE.IR10.00.201101101200.DAT")) == ["FTS-06"]


def test_a_daylight_saving_clock_shows_in_names_and_headers() -> None:
    assert told(ir10(made=at("13:00"))) == ["FTS-06"]


def test_files_of_an_instant_may_carry_seconds_of_their_own() -> None:
    files = [ir10(made=later(NOON, seconds=n)) for n in range(90)]
    assert violated(opening(), *files, until=at("13:00")) == []


def test_files_of_an_instant_that_are_named_to_the_minute_may_carry_minutes_of_their_own() -> None:
    files = [renamed(ir10(), f"LAKE.LAKE.IR10.00.2011011012{minute:02}.DAT") for minute in range(3)]
    assert violated(opening(), *files, until=at("13:00")) == []
    assert told(files[2]) == ["FTS-06"]


def test_what_a_mailbox_refused_comes_later_under_its_old_date() -> None:
    outage = {LAKE: (Outage(at("11:00"), at("12:00")),)}
    assert told(ir10(made=at("11:30")), outages=outage) == []
    assert told(ir10(made=at("11:30")), outages={HILL: outage[LAKE]}) == ["FTS-06"]
    assert told(ir10(made=at("10:59")), outages=outage) == ["FTS-06"]


@pytest.mark.parametrize(("made", "held"), [(at("00:00"), True), (at("12:00", 9), True), (at("11:58:59", 9), False)])
def test_a_report_of_its_own_time_may_be_made_hours_before(made: Instant, held: bool) -> None:
    assert (told(report(made=made)) == []) is held


# --- layouts ---------------------------------------------------------------------------------------------------


def bent(change: Callable[[str], str], file_type: str = "IR10") -> Delivered:
    fields = {
        "file_type": "4000",
        "tx_id": "A1",
        "sequence_number": 7,
        "first_received_date_time": NOON,
        "rejected_date_time": NOON,
        "reason": "INCOMPLETE",
    }
    file = delivered(name("IR10", NOON), header(NOON), [("rejected_set", fields)] * 2, NOON)
    return dataclasses.replace(file, content=change(file.content.decode()).encode())


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("INCOMPLETE", "UNFINISHED", "one of INCOMPLETE (incomplete), OUT_OF_SEQUENCE (out of sequence)"),
        ("000000007", "seven", "9 digits"),
        ("20110110120000|INC", "2011011012000|INC", "a date and time"),
        ("DT|", "XX|", "one of FN, FH, DT"),
        ("FH|LAKE|20110110120000\r\n", "", "a header record, FH, in line 2"),
        ("|INCOMPLETE|", "|INCOMPLETE|x|", "7 fields after DT"),
        ("|INCOMPLETE|", "", "7 fields after DT"),
    ],
)
def test_a_file_is_held_to_its_layout_field_by_field(old: str, new: str, expected: str) -> None:
    found = judged(opening(), bent(lambda text: text.replace(old, new)), until=at("13:00"), checks=ALONE)
    violation = of(found, "SEQ-05")
    assert expected in violation.expected
    assert violation.file == name("IR10", NOON)


def test_a_field_in_another_form_than_the_assumed_one_is_named_once_and_is_no_violation() -> None:
    found = judged(opening(), bent(lambda text: text.replace("000000007", "7")), until=at("13:00"), checks=ALONE)
    assert [(each.rule, each.about) for each in found if each.outcome == "not to be seen"] == [
        ("SEQ-05", "field sequence_number of IR10")
    ]
    assert "violated" not in {each.outcome for each in found}


def test_one_thing_that_is_wrong_in_every_record_is_told_once() -> None:
    assert told(bent(lambda text: text.replace("INCOMPLETE", "UNFINISHED"))) == ["SEQ-05"]


def test_a_header_about_another_ldc_than_the_name_is_told() -> None:
    assert told(bent(lambda text: text.replace("FH|LAKE", "FH|HILL"))) == ["SEQ-05"]


@pytest.mark.parametrize("details", [0, 1, 3])
@pytest.mark.parametrize(("change", "held"), [(0, True), (-1, False), (1, False)])
def test_a_file_that_closes_with_an_end_of_file_record_counts_its_details(
    details: int, change: int, held: bool
) -> None:
    fields = {"entity": "SDP", "entity_id": "1", "attribute": "city"}
    file = delivered(name("IR06", NOON), header(NOON), [("update", fields)] * details, NOON)
    counted = file.content.replace(b"EF|%d" % details, b"EF|%d" % (details + change))
    assert told(dataclasses.replace(file, content=counted)) == ([] if held else ["FTS-09"])


def test_a_file_without_its_end_is_told_however_short_it_is() -> None:
    file = delivered(name("IR07", NOON), header(NOON), [], NOON)
    assert told(dataclasses.replace(file, content=file.content.replace(b"EF|0\r\n", b""))) == ["FTS-09"]


def test_br01_may_have_more_categories_than_the_slides_name() -> None:
    layout = PROFILE.files["BR01.01"].record("delivery_summary")
    fields = {each.name: 0 if each.type == "fixed_number" else NOON.date() for each in layout.fields}
    file = delivered(name("BR01", NOON), header(NOON), [("delivery_summary", fields)], NOON)
    more = dataclasses.replace(file, content=file.content.rstrip() + b"|000000000\r\n")
    assert told(file) == told(more) == []
    less = dataclasses.replace(file, content=file.content.rstrip()[:-10] + b"\r\n")
    assert told(less) == ["BRP-05"]


def test_what_rests_on_a_file_that_cannot_be_read_follows_from_that() -> None:
    file = bent(lambda text: text.replace("FH|LAKE|20110110120000\r\n", ""))
    found = judged(opening(), file, until=at("13:00"), checks=ALONE)
    assert len([each for each in found if each.outcome == "violated" and each.follows is None]) == 1


def test_a_profile_without_a_layout_is_told_as_that_and_not_as_a_violation() -> None:
    files = {key: layout for key, layout in PROFILE.files.items() if key != "IR10.00"}
    found = judged(opening(profile=dataclasses.replace(PROFILE, files=files)), ir10(), until=at("13:00"), checks=ALONE)
    assert [each.rule for each in found if each.outcome == "not to be seen"] == ["SEQ-05"]
    assert "violated" not in {each.outcome for each in found}


def test_a_type_that_organisations_submit_is_no_violation_when_it_is_delivered() -> None:
    content = written(name("1000", NOON), header(NOON))
    assert told(Delivered(OrgId(LAKE), name("1000", NOON), content, NOON, NOON)) == []


def test_the_delivery_tolerance_is_that_of_the_system() -> None:
    late = ir10(made=Instant(NOON - timedelta(seconds=90)))
    assert told(late) == ["FTS-06"]
    assert told(late, values={"delivery_within_seconds": 120}) == []
