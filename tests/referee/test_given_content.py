"""What a CIS says in file sets is what its LDC has on record; a P-Sync set says all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from harness.interface.instants import Instant
from harness.referee.given_content import GivenContentCheck
from harness.referee.stream import Happening, Loaded, Submitted
from tests.referee.conftest import LAKE, at, request, response, violated
from tests.referee.test_given import NOON, file_of_set, seat, whole

ONE, TWO, BOTH = "3746317213", "1111111111", "2222222222"
CREATED = date(2010, 6, 1)
MEETING = date(2011, 1, 5)
GIVEN = date(2011, 1, 10)
RETAILER = "sdp_to_energy_service_provider"
ATTRIBUTES = {
    "address": "1 Mill Road",
    "city": "Lakeside",
    "postal_code": "L0L 1L0",
    "billing_cycle_id": "C1",
    "account_id": "Miller",
    "billing_agent": LAKE,
}
Records = Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]


def event(name: str, effective: date, sdp: str = "A-1", moment: Instant | None = None, **more: Any) -> Loaded:
    told = {"event": name, "ldc": LAKE, "sdp_id": sdp, "effective": effective.isoformat(), **more}
    return Loaded({"events": [told]}, moment or at("08:00"))


def created(sdp: str = "A-1", effective: date = CREATED, **changed: Any) -> Loaded:
    meter = {"meter_id": f"M-{sdp}", "register_digits": 5, "communication_module_id": f"C-{sdp}"}
    more = {"type": "physical", "attributes": {**ATTRIBUTES, **changed}, "meter": meter}
    return event("sdp_created", effective, sdp, **more)


def grouped(name: str, effective: date, *components: str, moment: Instant | None = None) -> Loaded:
    more = {"type": "virtual", "attributes": {}} if name == "sdp_created" else {}
    return event(name, effective, "A-V", moment, components=list(components), **more)


def about(sdp: str = ONE, start: date = CREATED, end: date | None = None, **fields: Any) -> dict[str, Any]:
    return {"universal_sdp_id": sdp, "start_date": start, "end_date": end, **fields}


def cycle(value: str, sdp: str = ONE, start: date = CREATED, end: date | None = None) -> tuple[str, dict[str, Any]]:
    return "sdp_parameter", about(sdp, start, end, parameter="BILLING_CYCLE_ID", value=value)


def all_of(sdp_id: str = "A-1", sdp: str = ONE, cycles: Sequence[tuple[str, dict[str, Any]]] = ()) -> dict[str, Any]:
    """All that is on record of an SDP, by the files in which it stands."""
    module, meter = {"communication_module_id": f"C-{sdp_id}"}, {"meter_id": f"M-{sdp_id}"}
    of_meter = {**meter, "start_date": CREATED}
    return {
        "01": [
            ("sdp", {"universal_sdp_id": sdp, "sdp_id": sdp_id, "sdp_type": "P"}),
            ("meter", meter),
            ("communication_module", module),
        ],
        "02": [("premise", about(sdp, address="1 MILL ROAD", city="LAKESIDE", postal_code="L0L1L0"))],
        "04": [
            *(cycles or [cycle("C1", sdp)]),
            ("meter_parameter", {**of_meter, "parameter": "REGISTER_DIGITS", "value": "5"}),
        ],
        "05": [
            ("sdp_to_account", about(sdp, account_id="Miller")),
            ("sdp_to_billing_agent", about(sdp, organisation_id=LAKE)),
            ("sdp_to_meter", about(sdp, **meter)),
            ("meter_to_communication_module", {**of_meter, **module}),
        ],
    }


def together(*several: Records) -> dict[str, Any]:
    return {no: [row for each in several for row in each.get(no, ())] for no in ("01", "02", "03", "04", "05", "07")}


def without(records: Records, kind: str) -> dict[str, Any]:
    return {no: [row for row in rows if row[0] != kind] for no, rows in records.items()}


def dated(records: Records, start: date) -> dict[str, Any]:
    """The same from another day on."""
    return {
        no: [(kind, {**row, "start_date": start} if "start_date" in row else row) for kind, row in rows]
        for no, rows in records.items()
    }


def known(told: Sequence[Happening], *given: Happening) -> list[Happening]:
    """What was told first; then IDs are asked for and come, and at last something is given."""
    asked = request(at("08:05"), "A-1", "A-2", "A-V")
    rows = [("A-1", ONE, "00"), ("A-2", TWO, "00"), ("A-V", BOTH, "00")]
    return [*told, asked, response(asked, at("08:15"), *rows), *given]


def broken(*happenings: Happening) -> list[str]:
    """The rules that what is said breaks, each once."""
    return list(dict.fromkeys(violated(seat(), *happenings, checks=[GivenContentCheck])))


def i_sync(records: Records, moment: Instant = NOON) -> list[Submitted]:
    return whole(moment, records=records, listed=_counts(records))


def p_sync(records: Records, moment: Instant = NOON, **more: Any) -> list[Submitted]:
    return whole(moment, kind="3000", records=records, listed=_counts(records), **more)


def _counts(records: Records) -> dict[str, int]:
    return {f"{no:02}.01": len(records.get(f"{no:02}", ())) for no in range(1, 6)}


# --- nothing is said that was never so ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "rules"),
    [
        (cycle("C2", start=MEETING), []),
        (cycle("C1", end=MEETING), []),
        (cycle("C1", start=date(2010, 7, 1)), []),
        (cycle("C2", start=date(2011, 1, 6)), []),
        (cycle("C3", start=MEETING), ["ISY-16"]),
        (cycle("C2", start=date(2011, 1, 4)), ["ISY-16"]),
        (cycle("C1", start=MEETING), ["ISY-16"]),
        (cycle("C1", start=date(2010, 5, 31)), ["ISY-22"]),
    ],
)
def test_a_value_is_told_for_days_on_which_it_holds(record: tuple[str, dict[str, Any]], rules: list[str]) -> None:
    changed = event("billing_cycle_changed", MEETING, billing_cycle_id="C2")
    assert broken(*known([created(), changed], *i_sync({"04": [record]}))) == rules


@pytest.mark.parametrize(
    ("change", "record", "rule"),
    [
        (("meter_booted", {}), ("sdp_parameter", {"parameter": "SERVICE_STATUS", "value": "CUT_AT_POLE"}), "ISY-14"),
        (("account_changed", {"account_id": "Baker"}), ("sdp_to_account", {"account_id": "Bak"}), "ISY-19"),
        (("account_changed", {"account_id": None}), ("sdp_to_account", {"account_id": "Miller"}), "ISY-19"),
        (("retailer_changed", {"organisation": "R"}), (RETAILER, {"organisation_id": "S"}), "ISY-21"),
        (("premise_changed", {"city": "Hilltop"}), ("premise", {"city": "Lakeside"}), "ISY-22"),
        (("meter_removed", {}), ("sdp_to_meter", {"meter_id": "M-A-1"}), "ISY-11"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_of_the_business_scenario_that_changed_it(
    change: tuple[str, dict[str, Any]], record: tuple[str, dict[str, Any]], rule: str
) -> None:
    kind, fields = record
    file_no = {"premise": "02", "sdp_parameter": "04"}.get(kind, "05")
    records = {file_no: [(kind, about(start=MEETING, **fields))]}
    assert broken(*known([created(), event(change[0], MEETING, **change[1])], *i_sync(records))) == [rule]


def test_of_two_values_of_one_day_either_may_be_told() -> None:
    corrected = [event("billing_cycle_changed", MEETING, billing_cycle_id=each) for each in ("C2", "C3")]
    assert broken(*known([created(), *corrected], *i_sync({"04": [cycle("C2", start=MEETING)]}))) == []


@pytest.mark.parametrize(("extracted", "rules"), [(at("08:30"), []), (NOON, ["ISY-16"])])
def test_a_set_says_what_was_so_when_it_was_extracted(extracted: Instant, rules: list[str]) -> None:
    later = event("billing_cycle_changed", date(2011, 1, 1), moment=at("09:00"), billing_cycle_id="C2")
    records = {"04": [cycle("C1", start=MEETING)]}
    files = whole(records=records, listed=_counts(records), extracted=extracted)
    assert broken(*known([created()], later, *files)) == rules


@pytest.mark.parametrize(("digits", "rules"), [("5", []), ("4", ["ISY-10"])])
def test_register_digits_are_those_of_the_meter(digits: str, rules: list[str]) -> None:
    meter = {"meter_id": "M2", "register_digits": 5, "communication_module_id": "C2"}
    record = (
        "meter_parameter",
        {"meter_id": "M2", "start_date": MEETING, "parameter": "REGISTER_DIGITS", "value": digits},
    )
    told = [created(), event("meter_changed", MEETING, meter=meter)]
    assert broken(*known(told, *i_sync({"04": [record]}))) == rules


@pytest.mark.parametrize(("component", "rules"), [(ONE, []), (TWO, ["SYN-13"])])
def test_a_component_is_one_that_the_virtual_sdp_aggregates(component: str, rules: list[str]) -> None:
    fields = {"channel": 1, "component_universal_sdp_id": component, "component_channel": 1}
    told = [created(), created("A-2"), grouped("sdp_created", CREATED, "A-1")]
    segment = file_of_set("07.01", records={"07": [("channel_to_channel", about(BOTH, **fields))]})
    assert broken(*known(told, segment)) == rules


# --- a P-Sync set says all that is so -------------------------------------------------------------------------


def test_an_audit_that_says_everything_is_right() -> None:
    records = together(all_of(), all_of("A-2", TWO))
    assert broken(*known([created(), created("A-2")], *p_sync(records))) == []


def test_an_audit_leaves_no_sdp_out() -> None:
    assert broken(*known([created(), created("A-2")], *p_sync(all_of()))) == ["PSY-01"]


OF_AN_SDP = ("premise", "sdp_parameter", "sdp_to_account", "sdp_to_billing_agent", "sdp_to_meter")


OF_A_METER = ("meter", "communication_module", "meter_parameter", "meter_to_communication_module")


@pytest.mark.parametrize("kind", ["sdp", *OF_AN_SDP, *OF_A_METER])
def test_an_audit_leaves_no_current_value_out(kind: str) -> None:
    assert broken(*known([created()], *p_sync(without(all_of(), kind)))) == ["PSY-01"]


@pytest.mark.parametrize(
    ("cycles", "rules"),
    [
        ([cycle("C1", end=MEETING), cycle("C2", start=MEETING)], []),
        ([cycle("C2", start=MEETING)], []),
        ([cycle("C1", end=MEETING)], ["PSY-01"]),
        ([cycle("C1")], ["PSY-01"]),
    ],
)
def test_an_audit_says_what_holds_on_its_day(cycles: list[tuple[str, dict[str, Any]]], rules: list[str]) -> None:
    changed = event("billing_cycle_changed", MEETING, billing_cycle_id="C2")
    assert broken(*known([created(), changed], *p_sync(all_of(cycles=cycles)))) == rules


def test_what_is_told_or_given_up_after_the_extract_is_no_matter() -> None:
    late = [
        event("billing_cycle_changed", MEETING, billing_cycle_id="C2", moment=NOON),
        event("sdp_created", CREATED, "A-2", NOON, type="physical", attributes=ATTRIBUTES, meter=None),
    ]
    assert broken(*known([created()], *late, *p_sync(all_of()))) == []


@pytest.mark.parametrize(("since", "rules"), [(GIVEN, []), (GIVEN + timedelta(days=1), ["PSY-01"])])
def test_an_audit_leaves_out_what_is_given_up_by_its_day_alone(since: date, rules: list[str]) -> None:
    told = [created(), event("sdp_removed", since)]
    assert broken(*known(told, *p_sync({}))) == rules


RETAILED = {"energy_service_provider": "ORG77777"}


def retailer(end: date | None = None) -> tuple[str, dict[str, Any]]:
    return "sdp_to_energy_service_provider", about(end_date=None, organisation_id="ORG77777") | {"end_date": end}


@pytest.mark.parametrize(
    ("happens", "said", "rules"),
    [
        ([], [retailer(MEETING)], ["ISY-22"]),
        ([event("retailer_changed", MEETING, organisation=None)], [retailer(MEETING)], []),
        ([event("retailer_changed", MEETING, organisation="ORG77777")], [retailer(MEETING)], []),
        ([event("sdp_removed", MEETING)], [retailer(MEETING)], []),
        (
            [],
            [retailer(MEETING), ("sdp_to_energy_service_provider", about(start=MEETING, organisation_id="ORG77777"))],
            [],
        ),
    ],
)
def test_nothing_is_ended_that_goes_on(
    happens: list[Loaded], said: list[tuple[str, dict[str, Any]]], rules: list[str]
) -> None:
    assert broken(*known([created(**RETAILED), *happens], *i_sync({"05": said}))) == rules


def test_a_premise_record_may_end_where_one_of_its_parts_changes() -> None:
    moved = event("premise_changed", MEETING, city="Hillside")
    first = ("premise", about(end=MEETING, address="1 MILL ROAD", city="LAKESIDE", postal_code="L0L1L0"))
    assert broken(*known([created(), moved], *i_sync({"02": [first]}))) == []


@pytest.mark.parametrize(("told", "rules"), [("11:59", []), ("12:02", ["SYN-09"])])
def test_what_a_set_tells_was_on_record_when_it_was_extracted(told: str, rules: list[str]) -> None:
    changed = event("billing_cycle_changed", MEETING, moment=at(told), billing_cycle_id="C2")
    records = {"04": [cycle("C2", start=MEETING)]}
    given = whole(at("12:05"), records=records, listed=_counts(records), extracted=NOON)
    assert broken(*known([created()], changed, *given)) == rules


def test_an_id_that_has_just_come_need_not_be_known() -> None:
    assert broken(*known([created()], *p_sync({}, at("09:10")))) == []
    assert broken(*known([created()], *p_sync({}, at("09:20")))) == ["PSY-01"]


def test_an_sdp_that_is_still_to_be_created_is_listed_with_its_first_values() -> None:
    ahead = date(2011, 3, 1)
    told = [created(), created("A-2", ahead)]
    later = dated(all_of("A-2", TWO), ahead)
    assert broken(*known(told, *p_sync(together(all_of(), later)))) == []
    assert broken(*known(told, *p_sync(together(all_of(), without(later, "sdp_to_account"))))) == ["PSY-01"]


def test_an_audit_leaves_neither_component_nor_a_formula_out_that_was_given() -> None:
    """No event names a formula: a CIS that has none leaves it out of all its sets."""
    told = [created(), created("A-2"), grouped("sdp_created", CREATED, "A-1", "A-2")]
    virtual = {"01": [("sdp", {"universal_sdp_id": BOTH, "sdp_id": "A-V", "sdp_type": "V"})]}
    fields = {"channel": 1, "component_channel": 1}
    one, two = (("channel_to_channel", about(BOTH, component_universal_sdp_id=each, **fields)) for each in (ONE, TWO))
    formula, ended = (("channel_to_formula", about(BOTH, channel=1, formula="SUM", end=end)) for end in (None, MEETING))
    for before, rows, rules in (
        ([], [one, two, formula], []),
        ([], [one, formula], ["PSY-01", "SYN-13"]),
        ([], [one, two], []),
        ([formula], [one, two], ["PSY-01"]),
        ([formula], [one, two, formula], []),
        ([ended], [one, two], []),
    ):
        records = together(all_of(), all_of("A-2", TWO), virtual, {"07": rows})
        sets = _with_components({"07": before}, "4000", at("09:00")) if before else []
        assert broken(*known(told, *sets, *_with_components(records, "3000", NOON))) == rules


def _with_components(records: Records, kind: str, moment: Instant) -> list[Submitted]:
    counts = {**_counts(records), "07.01": len(records["07"])}
    return [file_of_set(each, moment, kind=kind, records=records, listed=counts) for each in ("00.01", *counts)]


# --- what is left to a CIS ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "rules"), [("40", []), ("00040", []), ("400", ["ISY-18"]), ("0", ["ISY-18"])])
def test_a_multiplier_is_the_same_with_zeros_before_it(value: str, rules: list[str]) -> None:
    changed = event("multiplier_changed", MEETING, ct_pt_multiplier=40)
    record = "sdp_parameter", about(start=MEETING, parameter="CT_PT_MULTIPLIER", value=value)
    assert broken(*known([created(ct_pt_multiplier=1), changed], *i_sync({"04": [record]}))) == rules


def test_register_digits_are_the_same_with_zeros_before_them() -> None:
    record = "meter_parameter", {"meter_id": "M-A-1", "start_date": CREATED, "parameter": "REGISTER_DIGITS"}
    assert broken(*known([created()], *i_sync({"04": [(record[0], {**record[1], "value": "05"})]}))) == []
    assert broken(*known([created()], *i_sync({"04": [(record[0], {**record[1], "value": "50"})]}))) == ["ISY-22"]


@pytest.mark.parametrize(("minutes", "rules"), [(0, ["PSY-01"]), (1440, [])])
def test_an_audit_need_not_list_an_sdp_whose_id_the_cis_may_not_have_read_yet(minutes: int, rules: list[str]) -> None:
    happenings = known([created(), created("A-2")], *p_sync(all_of()))
    opened = seat(sends_within_minutes=minutes)
    assert list(dict.fromkeys(violated(opened, *happenings, checks=[GivenContentCheck]))) == rules
