"""The seat of a CIS: what it gives is held to what holds of any file, to what it was told, and to what makes a set."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from harness.interface.files import write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Instant, digits, later
from harness.interface.names import FileName, SetPart
from harness.referee.referee import Referee
from harness.referee.stream import Delivered, Happening, Loaded, Opening, Submitted
from tests.referee.conftest import (
    AGENT,
    HILL,
    LAKE,
    PROFILE,
    at,
    delivered,
    judged,
    name,
    opening,
    request,
    response,
    submitted,
    violated,
)

NOON = at("12:00")
RECORDS: Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]] = {
    "01": [("sdp", {"universal_sdp_id": "3746317213", "sdp_id": "A-1", "sdp_type": "P"})],
}
"""What an I-Sync set says of A-1."""
ALL: Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]] = {
    **RECORDS,
    "05": [
        (
            "sdp_to_billing_agent",
            {"universal_sdp_id": "3746317213", "organisation_id": LAKE, "start_date": date(2011, 1, 1)},
        )
    ],
}
"""All that `business` tells of A-1, as a P-Sync set says it."""


def seat(you: OrgId = LAKE, submit: Sequence[str] = (), **more: Any) -> Opening:
    """The CIS of an LDC that lets nobody else submit, or of the agent of both."""
    return opening(seat="cis", you=you, submit=submit, **more)


def business(*sdps: str, ldc: str = LAKE, agent: str = LAKE, moment: Instant | None = None) -> Loaded:
    events = [
        {
            "event": "sdp_created",
            "ldc": ldc,
            "sdp_id": s,
            "effective": "2011-01-01",
            "attributes": {"billing_agent": agent},
        }
        for s in sdps
    ]
    return Loaded({"events": events}, moment or at("08:00"))


def file_of_set(
    place: str,
    moment: Instant = NOON,
    *,
    number: int = 1,
    tx: str = "000001",
    kind: str = "4000",
    listed: Mapping[str, int] | None = None,
    extracted: Instant | None = None,
    records: Mapping[str, Any] = RECORDS,
    ldc: OrgId = LAKE,
    you: OrgId = LAKE,
) -> Submitted:
    """A file of a set, by its FILE_NO and SEGMENT_NO, such as ``01.01``."""
    file_no, segment_no = place.split(".")
    version = PROFILE.file_types[kind].active
    parsed = FileName(ldc, you, kind, version, digits(moment), SetPart(tx, file_no, segment_no))
    header: dict[str, Any] = {"ldc_org_id": ldc, "extracted_date_time": extracted or moment}
    details: Any = records.get(file_no, ())
    if file_no == "00":
        header["sequence_number"] = number
        counts = listed or {f"{no:02}.01": len(records.get(f"{no:02}", ())) for no in range(1, 6)}
        rows = [(*each.split("."), count) for each, count in counts.items()]
        details = [
            ("manifest_entry", dict(zip(("file_no", "segment_no", "record_count"), row, strict=True))) for row in rows
        ]
    return Submitted(you, str(parsed), write_file(PROFILE, parsed, header, details), moment)


def whole(moment: Instant = NOON, **more: Any) -> list[Submitted]:
    return [file_of_set(f"{no:02}.01", moment, **more) for no in range(6)]


def known(*happenings: Happening) -> list[Happening]:
    """What happens after the response for A-1 has come."""
    asked = request(at("08:05"), "A-1")
    return [business("A-1"), asked, response(asked, at("08:15"), ("A-1", "3746317213", "00")), *happenings]


# --- files ---------------------------------------------------------------------------------------------------


def test_a_day_as_it_should_be_is_held_and_nothing_is_violated() -> None:
    found = judged(seat(), *known(*whole()), until=at("18:00"))
    assert {each.outcome for each in found} == {"held"}
    assert {each.rule for each in found} >= {"FTS-01", "FTS-07", "USDP-01", "USDP-15", "SYN-07", "SYN-09", "SEQ-02"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("LAKE.LAKE", "HILL.LAKE", "USDP-08"),
        ("LAKE.LAKE", "LAKE.HILL", "FTS-01"),
        (".1000.00.", ".1000.01.", "FTS-07"),
        (".DAT", ".TXT", "FTS-01"),
        (".DAT", ".A1.01.01.DAT", "FTS-02"),
    ],
)
def test_a_name_is_held_to_its_rules(old: str, new: str, rule: str) -> None:
    asked = request(at("08:05"), "A-1")
    told = dataclasses.replace(
        asked, name=asked.name.replace(old, new), content=asked.content.replace(old.encode(), new.encode())
    )
    assert violated(seat(), business("A-1"), told)[:1] == [rule]


@pytest.mark.parametrize(("lost", "rule"), [(".01.DAT", "FTS-02"), (".000001.01.01.DAT", "FTS-02"), (".DAT", "FTS-01")])
def test_a_name_of_a_set_with_some_of_its_elements_alone_lacks_the_others(lost: str, rule: str) -> None:
    _, asset, *others = whole()
    told = dataclasses.replace(asset, name=asset.name.removesuffix(lost) + (".DAT" if lost != ".DAT" else ".TXT"))
    assert told.name != asset.name
    assert rule in violated(seat(), *known(told, *others))


@pytest.mark.parametrize("place", ["request", "01.01"])
def test_a_file_states_its_own_name(place: str) -> None:
    file = request(at("08:05"), "A-1") if place == "request" else file_of_set(place)
    told = dataclasses.replace(file, content=file.content.replace(b".DAT", b".dat", 1))
    assert violated(seat(), business("A-1"), told)[:1] == ["FTS-01"]


def test_a_name_that_is_dated_an_hour_ahead_is_told() -> None:
    asked = request(at("09:05"), "A-1")
    assert violated(seat(), business("A-1"), dataclasses.replace(asked, instant=at("08:05"))) == ["FTS-01"]
    assert violated(seat(), business("A-1"), dataclasses.replace(asked, instant=at("23:05"))) == []


def test_files_of_one_instant_may_carry_seconds_of_their_own() -> None:
    asked = [request(at("08:05"), f"A-{each}", seconds=each % 60) for each in range(60)]
    ahead = [request(at("08:06"), f"A-{each + 60}", seconds=each) for each in range(30)]
    given = [dataclasses.replace(each, instant=at("08:05")) for each in (*asked, *ahead)]
    assert violated(seat(), business(*(f"A-{each}" for each in range(90))), *given) == []


def test_files_of_one_instant_that_are_named_to_the_minute_may_carry_minutes_of_their_own() -> None:
    given = []
    for each in range(3):
        asked = request(at(f"08:{5 + each:02}"), f"A-{each}")
        name = asked.name.removesuffix("00.DAT") + ".DAT"
        content = asked.content.replace(asked.name.encode(), name.encode())
        given.append(dataclasses.replace(asked, name=name, content=content, instant=at("08:05")))
    assert violated(seat(), business("A-0", "A-1", "A-2"), *given) == []
    assert violated(seat(), business("A-2"), given[2]) == ["FTS-01"]


@pytest.mark.parametrize(("may", "rules"), [(("1000",), []), (("4000",), ["USDP-08"])])
def test_an_agent_gives_what_it_is_authorised_for_and_no_more(may: tuple[str, ...], rules: list[str]) -> None:
    asked = request(at("08:05"), "A-1", by=AGENT)
    assert violated(seat(AGENT, may), business("A-1"), asked) == rules


def test_a_period_that_does_not_end_after_it_begins_is_told() -> None:
    header = {"ldc_org_id": LAKE, "created_date_time": NOON}
    line = {"request_detail_id": "1", "universal_sdp_id": "3746317213", "cycle": "F"}
    for end, rules in ((11, []), (10, ["BSV-09"])):
        days = {"period_start_date": at("00:00", 10).date(), "period_end_date": at("00:00", end).date()}
        asked = submitted(name("5000", NOON), header, [("billing_request", {**line, **days})], NOON)
        assert violated(seat(), asked) == rules


def test_a_field_in_another_form_is_no_violation() -> None:
    given = [each for each in known(*whole()) if isinstance(each, Submitted)]
    files = [dataclasses.replace(each, content=each.content.replace(b"|000000001", b"|1")) for each in given]
    happenings = [business("A-1"), files[0], response(files[0], at("08:15"), ("A-1", "3746317213", "00")), *files[1:]]
    found = judged(seat(), *happenings, until=NOON)
    assert {each.outcome for each in found} == {"held", "not to be seen"}


# --- of whom it speaks ---------------------------------------------------------------------------------------


def test_a_request_names_sdps_of_its_ldc_alone() -> None:
    here, there = business("A-1"), business("B-1", ldc=HILL)
    assert violated(seat(), here, there, request(at("08:05"), "A-1")) == []
    assert violated(seat(), here, there, request(at("08:05"), "A-1", "B-1")) == ["USDP-01"]
    assert violated(seat(), here, there, request(at("08:05"), lines=[(LAKE, "A-1"), (HILL, "B-1")])) == ["USDP-01"]


def test_no_set_speaks_of_an_sdp_before_its_id_has_come_whole() -> None:
    asked = request(at("08:05"), "A-1")
    answered = response(asked, at("08:15"), ("A-1", "3746317213", "00"))
    cut = dataclasses.replace(answered, content=answered.content[:-8])
    assert violated(seat(), business("A-1"), asked, *whole()) == ["USDP-15"]
    assert violated(seat(), business("A-1"), asked, cut, *whole()) == ["USDP-15"]
    assert violated(seat(), business("A-1"), asked, answered, *whole()) == []


def test_no_set_gives_an_sdp_the_id_of_another() -> None:
    asked = request(at("08:05"), "A-1", "A-2")
    answered = response(asked, at("08:15"), ("A-1", "9999999999", "00"), ("A-2", "3746317213", "00"))
    assert violated(seat(), business("A-1", "A-2"), asked, answered, *whole()) == ["USDP-15"]


@pytest.mark.parametrize(("changed", "rules"), [("2011-02-01", ["BSV-08"]), ("2011-01-20", []), ("2011-01-02", [])])
def test_quantities_are_asked_for_by_who_may_be_the_billing_agent(changed: str, rules: list[str]) -> None:
    event = {"event": "billing_agent_changed", "ldc": LAKE, "sdp_id": "A-1", "effective": changed, "organisation": LAKE}
    header = {"ldc_org_id": LAKE, "created_date_time": NOON}
    days = {"period_start_date": at("00:00", 5).date(), "period_end_date": at("00:00", 25).date()}
    line = {"request_detail_id": "1", "universal_sdp_id": "3746317213", "cycle": "F", **days}
    asked = request(at("08:05"), "A-1")
    told = [
        business("A-1", agent=AGENT),
        Loaded({"events": [event]}, at("08:01")),
        asked,
        response(asked, at("08:15"), ("A-1", "3746317213", "00")),
        submitted(name("5000", NOON), header, [("billing_request", line)], NOON),
    ]
    assert violated(seat(), *told) == rules


def report_on(status: str) -> Delivered:
    """IR06 of the set with TX_ID 000001, at half past twelve."""
    fields = {"file_type": "4000", "tx_id": "000001", "status": status, "updates": 0, "exceptions": 0}
    moment = at("12:30")
    header = {"ldc_org_id": LAKE, "created_date_time": moment}
    return delivered(name("IR06", moment), header, [("synchronization_status", fields)], moment)


def test_an_sdp_id_stands_for_one_universal_sdp_id() -> None:
    other = {"01": [("sdp", {"universal_sdp_id": "1111111111", "sdp_id": "A-1", "sdp_type": "P"})]}
    asked = request(at("08:20"), "A-2")
    came = response(asked, at("08:30"), ("A-2", "1111111111", "00"))
    second = whole(at("13:00"), number=2, tx="000002", records=other)
    assert violated(seat(), *known(business("A-2", moment=at("08:20")), asked, came, *whole(), *second)) == [
        "USDP-15",
        "USDP-17",
    ]


# --- sets ----------------------------------------------------------------------------------------------------


def test_a_manifest_lists_each_mandatory_file() -> None:
    listed = {f"{no:02}.01": 1 if no == 1 else 0 for no in range(1, 5)}
    assert violated(seat(), *known(file_of_set("00.01", listed=listed))) == ["SYN-01"]


@pytest.mark.parametrize(
    ("listed", "broken"),
    [({"01.01": 2}, ["SYN-07"]), ({"01.01": 0}, ["SYN-07"]), ({"01.02": 1}, ["SYN-06", "FTS-05"])],
)
def test_a_manifest_and_its_segments_agree(listed: Mapping[str, int], broken: Sequence[str]) -> None:
    counts = {**{f"{no:02}.01": 0 for no in range(2, 6)}, **listed}
    files = [file_of_set("00.01", listed=counts), *(file_of_set(place) for place in counts)]
    assert violated(seat(), *known(*files)) == broken


def test_a_number_of_records_in_another_form_is_held_to_nothing() -> None:
    manifest, *files = whole()
    bare = dataclasses.replace(manifest, content=manifest.content.replace(b"01|000000001", b"01|1"))
    assert bare.content != manifest.content
    assert violated(seat(), *known(bare, *files)) == []


def test_of_two_segments_the_second_may_be_02() -> None:
    counts = {"01.01": 1, "01.02": 1, **{f"{no:02}.01": 0 for no in range(2, 6)}}
    files = [file_of_set("00.01", listed=counts), *(file_of_set(place) for place in counts)]
    assert violated(seat(), *known(*files)) == []


def test_a_file_under_a_tx_id_that_no_manifest_has_is_told() -> None:
    stray = file_of_set("05.01", tx="000002")
    assert violated(seat(), *known(*whole()[:-1], stray), until=at("14:00")) == ["SYN-07", "FTS-03"]


@pytest.mark.parametrize(("number", "rules"), [(2, ["FTS-03"]), (1, [])])
def test_a_tx_id_comes_again_for_a_repetition_alone_while_its_set_is_under_way(number: int, rules: list[str]) -> None:
    again = whole(at("12:10"), number=number)
    assert violated(seat(), *known(*whole(), *again)) == rules


def test_a_tx_id_is_free_once_its_set_has_ended() -> None:
    again = whole(at("13:00"), number=2)
    assert violated(seat(), *known(*whole(), report_on("COMPLETED"), *again)) == []


def test_all_that_a_manifest_lists_is_given_within_the_wait_time() -> None:
    files = whole()
    late = dataclasses.replace(files[-1], instant=later(NOON, minutes=59))
    assert violated(seat(), *known(*files[:-1]), until=later(NOON, minutes=59)) == []
    assert violated(seat(), *known(*files[:-1]), until=later(NOON, minutes=61)) == ["SYN-07"]
    assert violated(seat(), *known(*files[:-1], late), until=later(NOON, minutes=61)) == []


def test_a_file_after_the_wait_time_is_late() -> None:
    manifest, *files = whole()
    late = dataclasses.replace(files[-1], instant=later(NOON, minutes=61))
    assert violated(seat(), *known(manifest, *files[:-1], late)) == ["SYN-07", "SEQ-06"]
    late_manifest = dataclasses.replace(manifest, instant=later(NOON, minutes=61))
    assert violated(seat(), *known(*files, late_manifest)) == ["SEQ-06"]


@pytest.mark.parametrize(
    ("reading", "rules"), [("either", []), ("from-last-file", []), ("from-first-file", ["SYN-07", "SEQ-06"])]
)
def test_by_one_reading_each_file_begins_the_wait_time_anew(reading: str, rules: list[str]) -> None:
    dripping = [dataclasses.replace(each, instant=later(NOON, minutes=13 * no)) for no, each in enumerate(whole())]
    stated = {} if reading == "either" else {"AMB-06": reading}
    found = violated(seat(either=("AMB-06",), readings=stated), *known(*dripping), until=at("14:00"))
    assert list(dict.fromkeys(found)) == rules


def test_a_set_has_one_extracted_date_time_and_it_is_past() -> None:
    files = whole()
    odd = file_of_set("05.01", extracted=later(NOON, minutes=-1))
    assert violated(seat(), *known(*files[:-1], odd)) == ["SYN-09"]
    assert set(violated(seat(), *known(*whole(extracted=later(NOON, hours=1))))) == {"SYN-09"}


def test_numbers_follow_one_another_whatever_the_kind() -> None:
    second = {"moment": at("13:00"), "tx": "000002", "kind": "3000", "records": ALL}
    assert violated(seat(), *known(*whole(), *whole(number=2, **second))) == []
    assert violated(seat(), *known(*whole(), *whole(number=3, **second))) == ["SEQ-02"]
    assert violated(seat(), *known(*whole(number=2))) == ["SEQ-02"]


def test_sets_of_one_instant_are_in_no_order() -> None:
    first, second = whole(number=1, tx="000009"), whole(number=2, tx="000001", kind="3000", records=ALL)
    assert violated(seat(), *known(*second, *first)) == []


@pytest.mark.parametrize("processed", [True, False])
def test_a_number_is_used_again_only_for_a_set_that_was_not_processed(processed: bool) -> None:
    report = report_on("COMPLETED" if processed else "STOPPED_AT_LOAD")
    again = whole(at("13:00"), number=1, tx="000002")
    assert violated(seat(), *known(*whole(), report, *again)) == (["SEQ-02"] if processed else [])


def test_numbers_are_not_judged_where_another_may_take_some() -> None:
    found = judged(seat(submit=("4000",)), *known(*whole(number=5)))
    assert [(each.rule, each.outcome) for each in found if each.outcome != "held"] == [("SEQ-02", "not to be seen")]


@pytest.mark.parametrize(("reading", "of_lake", "of_hill"), [("per-ldc", 1, 1), ("per-submitter", 1, 2)])
def test_an_agent_that_says_so_counts_together_what_it_submits(reading: str, of_lake: int, of_hill: int) -> None:
    profile = dataclasses.replace(PROFILE, readings={**PROFILE.readings, "AMB-34": reading})

    def odd(*numbers: int) -> list[tuple[str, str]]:
        both = zip((LAKE, HILL), numbers, (NOON, at("13:00")), ("000001", "000002"), strict=True)
        sets = [
            each
            for ldc, number, moment, tx in both
            for each in whole(moment, ldc=ldc, you=AGENT, number=number, tx=tx, records={})
        ]
        found = judged(seat(you=AGENT, submit=("1000", "4000"), profile=profile), *sets)
        return [(each.rule, each.outcome) for each in found if each.rule == "SEQ-02" and each.outcome != "held"]

    unseen = [("SEQ-02", "not to be seen")] if reading == "per-ldc" else []
    broken = [("SEQ-02", "violated")] if reading == "per-submitter" else []
    assert set(odd(of_lake, of_hill)) == set(unseen)
    assert set(odd(of_lake, of_hill + 1)) == set(unseen or broken)


def test_situations_are_counted() -> None:
    referee = Referee(seat())
    for each in known(*whole(), *whole(at("13:00"), number=2, tx="000002", kind="3000", records=ALL)):
        referee.see(each)
    referee.close()
    met = {name for name, times in referee.situations.items() if times}
    assert met >= {"given/for itself", "given/of a set", "ids/set after a response", "sets/of both kinds"}
    assert isinstance(known()[2], Delivered)
