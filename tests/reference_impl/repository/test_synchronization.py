"""What sets do to the Master Directory, seen in IR06 and IR07 (ISY-01 to -03, PSY-02 to -06, SRP-01 to -08)."""

from __future__ import annotations

import pytest

from reference_impl.repository.synchronization import is_over_threshold
from tests.reference_impl.repository.sets import (
    AGENT,
    LDC,
    OTHER_LDC,
    P_SYNC,
    Mdmr,
    changes,
    cycle,
    noon_and,
    sdp,
    set_files,
    without,
)

pytestmark = pytest.mark.usefixtures("either_way")

METERED = [*sdp("1001"), "MT|M1|", "MT|M2|", "CM|C1|", "MC|M1|C1|20110101|", "SM|1001|M1|20110101|"]


def opened(*identifiers: str, **given: object) -> Mdmr:
    """A repository with SDPs on billing cycle A since the 1st."""
    mdmr = Mdmr(**given)  # type: ignore[arg-type]
    mdmr.take(set_files(1, [record for identifier in identifiers for record in sdp(identifier)]))
    return mdmr


# --- I-Sync -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "line"),
    [
        pytest.param(cycle("1001", "B", 5, 8), (5, 8, "A", "B"), id="prior"),
        pytest.param(cycle("1001", "B", 10), (10, None, "A", "B"), id="current"),
        pytest.param(cycle("1001", "B", 20), (20, None, "A", "B"), id="future"),
        pytest.param(cycle("1001", "A", 1, 20), (20, None, "A", None), id="end-dated"),
        pytest.param(cycle("1001", "B", 1), (1, None, "A", "B"), id="put right from its start"),
    ],
)
def test_an_i_sync_takes_a_state_that_is(record: str, line: tuple[object, ...]) -> None:
    mdmr = opened("1001")
    assert changes(mdmr.take(set_files(2, [record]))["IR06"]) == [("1001", "billing_cycle_id", *line)]


def test_what_is_held_already_is_not_reported() -> None:
    mdmr = opened("1001")
    assert changes(mdmr.take(set_files(2, [*sdp("1001"), cycle("1001", "B", 20)]))["IR06"]) == [
        ("1001", "billing_cycle_id", 20, None, "A", "B")
    ]


def test_an_i_sync_leaves_omitted_sdps_alone() -> None:
    mdmr = opened("1001", "1002")
    mdmr.take(set_files(2, [cycle("1001", "B", 5)]))
    assert mdmr.history("1002", "billing_cycle_id") == [(1, None, "A")]


def test_the_same_meter_again_is_no_meter_change() -> None:
    mdmr = Mdmr()
    mdmr.take(set_files(1, METERED))
    reports = mdmr.take(set_files(2, ["SM|1001|M1|20110101|", cycle("1001", "B", 5)]))
    assert changes(reports["IR06"]) == [("1001", "billing_cycle_id", 5, None, "A", "B")]


def test_a_new_meter_where_there_is_none_any_more_needs_no_module() -> None:
    mdmr = Mdmr()
    mdmr.take(set_files(1, METERED))
    mdmr.take(set_files(2, ["CM|C1|", "MC|M1|C1|20110101|", "SM|1001|M1|20110101|20110105"]))
    reports = mdmr.take(set_files(3, ["SM|1001|M2|20110108|"]))
    assert changes(reports["IR06"]) == [("1001", "sdp_to_meter", 8, None, None, "M2")]


def test_a_meter_that_another_sdp_has_is_refused_and_the_rest_is_taken() -> None:
    mdmr = Mdmr()
    mdmr.take(set_files(1, [*METERED, *sdp("1002")]))
    reports = mdmr.take(set_files(2, ["SM|1002|M1|20110105|", cycle("1002", "B", 5)]))
    assert changes(reports["IR06"]) == [("1002", "billing_cycle_id", 5, None, "A", "B")]
    assert changes(reports["IR07"]) == [("1002", "sdp_to_meter", 5, None, None, "M1")]


# --- P-Sync -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "refused"),
    [
        pytest.param(cycle("1001", "B", 5, 9), True, id="ended before the extract"),
        pytest.param(cycle("1001", "B", 5, 10), True, id="ended on the extract's day"),
        pytest.param(cycle("1001", "B", 5, 11), False, id="ending the day after"),
        pytest.param(cycle("1001", "B", 5), False, id="current"),
        pytest.param(cycle("1001", "B", 20), False, id="future"),
    ],
)
def test_a_p_sync_refuses_prior_states_alone(record: str, refused: bool) -> None:
    mdmr = opened("1001")
    reports = mdmr.take(set_files(2, ["SD|1001|SDP1001|P", record], kind=P_SYNC))
    assert (len(changes(reports["IR06"])), len(changes(reports["IR07"]))) == ((0, 1) if refused else (1, 0))


@pytest.mark.parametrize(
    ("records", "updates", "exceptions"),
    [
        pytest.param([cycle("1001", "A", 1, 5), cycle("1001", "B", 5)], [(5, None, "A", "B")], [], id="held already"),
        pytest.param([cycle("1001", "A", 1, 10), cycle("1001", "B", 10)], [(10, None, "A", "B")], [], id="to the day"),
        pytest.param([cycle("1001", "A", 1, 20), cycle("1001", "B", 20)], [(20, None, "A", "B")], [], id="future"),
        pytest.param(
            [cycle("1001", "A", 1, 5), cycle("1001", "A", 1, 5), cycle("1001", "B", 5)],
            [(5, None, "A", "B")],
            [],
            id="held already, and said twice",
        ),
        pytest.param(
            [cycle("1001", "C", 1, 5), cycle("1001", "B", 5)],
            [],
            [(1, 5, "A", "C"), (5, None, "A", "B")],
            id="another value then",
        ),
        pytest.param(
            [cycle("1001", "C", 1, 5), cycle("1001", "C", 1, 5), cycle("1001", "B", 5)],
            [],
            [(1, 5, "A", "C"), (5, None, "A", "B")],
            id="another value then, said twice",
        ),
        pytest.param([cycle("1001", "A", 1, 5)], [], [(5, None, "A", None)], id="it ended and nothing came after"),
        pytest.param(
            [cycle("1001", "A", 1, 4), cycle("1001", "B", 5)],
            [],
            [(4, 5, "A", None), (5, None, "A", "B")],
            id="a gap before the current value",
        ),
    ],
)
def test_a_p_sync_may_name_the_prior_state_that_its_current_one_follows(
    records: list[str], updates: list[object], exceptions: list[object]
) -> None:
    mdmr = opened("1001")
    reports = mdmr.take(set_files(2, ["SD|1001|SDP1001|P", *records], kind=P_SYNC))
    assert [line[2:] for line in changes(reports["IR06"])] == updates
    assert [line[2:] for line in changes(reports["IR07"])] == exceptions


@pytest.mark.parametrize(("end", "refused"), [(9, True), (10, True), (11, False)])
def test_a_p_sync_refuses_what_has_ended_also_where_nothing_held_before(end: int, refused: bool) -> None:
    mdmr = opened("1001")
    records = [*sdp("1001"), f"AC|1001|ACC1|20110102|201101{end:02}"]
    reports = mdmr.take(set_files(2, records, kind=P_SYNC))
    line = ("1001", "sdp_to_account", 2, end, None, "ACC1")
    assert (changes(reports["IR06"]), changes(reports["IR07"])) == (([], [line]) if refused else ([line], []))


def test_an_omitted_sdp_is_end_dated_from_the_extract_on() -> None:
    mdmr = opened("1001", "1002")
    reports = mdmr.take(set_files(2, sdp("1001"), kind=P_SYNC))
    assert changes(reports["IR06"]) == [
        ("1002", "address", 10, None, "1002 Main St", None),
        ("1002", "billing_cycle_id", 10, None, "A", None),
        ("1002", "city", 10, None, "Oakville", None),
        ("1002", "postal_code", 10, None, "L6L2X3", None),
    ]


def test_what_a_p_sync_says_of_an_sdp_without_its_asset_holds_until_the_extract_alone() -> None:
    mdmr = opened("1001", "1002")
    reports = mdmr.take(set_files(2, [*sdp("1001"), cycle("1002", "B", 5)], kind=P_SYNC))
    lines = [line[2:] for line in changes(reports["IR06"]) if line[1] == "billing_cycle_id"]
    assert lines == [(5, 10, "A", "B"), (10, None, "A", None)]


def test_what_a_p_sync_says_of_the_time_to_come_of_an_sdp_without_its_asset_holds_never() -> None:
    mdmr = opened("1001", "1002")
    mdmr.take(set_files(2, [*sdp("1001"), cycle("1002", "B", 12), "AC|1002|ACC1|20110112|"], kind=P_SYNC))
    assert mdmr.history("1002", "billing_cycle_id") == [(1, 10, "A")]
    assert mdmr.history("1002", "sdp_to_account") == []


def test_an_sdp_deactivated_before_is_not_deactivated_again() -> None:
    mdmr = opened("1001", "1002")
    mdmr.take(set_files(2, sdp("1001"), kind=P_SYNC))
    assert changes(mdmr.take(set_files(3, sdp("1001"), kind=P_SYNC))["IR06"]) == []


def test_a_p_sync_leaves_the_sdps_of_another_ldc_alone() -> None:
    mdmr = opened("1001", "1002")
    mdmr.take(set_files(1, sdp("2001"), ldc=OTHER_LDC))
    mdmr.take(set_files(2, sdp("1001"), kind=P_SYNC))
    again = mdmr.take(set_files(2, [*sdp("2001"), cycle("2001", "B", 20)], ldc=OTHER_LDC))
    assert changes(again["IR06"]) == [("2001", "billing_cycle_id", 20, None, "A", "B")]


@pytest.mark.parametrize(
    ("omitted", "active", "limit", "over"),
    [
        (1, 2, 50, False),
        (2, 3, 50, True),
        (2, 4, 50, False),
        (3, 4, 50, True),
        (0, 0, 50, False),
        (1, 100, 1, False),
        (2, 100, 1, True),
        (1, 1, 100, False),
        (1, 1, 0, True),
    ],
)
def test_the_threshold(omitted: int, active: int, limit: int, over: bool) -> None:
    assert is_over_threshold(omitted, active, limit) is over


def test_a_p_sync_over_the_threshold_changes_nothing_and_uses_up_its_number() -> None:
    mdmr = opened("1001", "1002", "1003")
    reports = mdmr.take(set_files(2, [*sdp("1001"), cycle("1001", "B", 20)], kind=P_SYNC))
    assert reports["IR06"].others[0]["status"] == "STOPPED_AT_THRESHOLD"
    assert changes(reports["IR06"]) == []
    assert len(changes(reports["IR07"])) == 9
    assert mdmr.history("1001", "billing_cycle_id") == [(1, None, "A")]
    after = mdmr.take(set_files(3, [cycle("1002", "C", 20)]))
    assert changes(after["IR06"]) == [("1002", "billing_cycle_id", 20, None, "A", "C")]


# --- reports ------------------------------------------------------------------------------------------------


def test_the_status_record_is_the_same_to_the_letter_in_both_reports() -> None:
    mdmr = Mdmr()
    mdmr.take(set_files(1, [*METERED, *sdp("1002")]))
    mdmr.take(set_files(2, ["SM|1002|M1|20110105|", cycle("1002", "B", 5)]))
    lines = [
        next(line for line in mdmr.reports(report)[-1].content.splitlines() if line.startswith(b"SS|"))
        for report in ("IR06", "IR07")
    ]
    expected = b"SS|4000|tx2|000000002|20110110060000|COMPLETED_WITH_EXCEPTIONS|000000001|000000001"
    assert lines == [expected, expected]


def test_ir07_of_a_set_without_exceptions_has_headings_alone() -> None:
    ir07 = Mdmr().take(set_files(1, sdp("1001")))["IR07"]
    assert ir07.details == ()
    assert [record.kind for record in ir07.others] == ["synchronization_status", "column_headings"]


def test_a_postal_code_is_shown_as_the_profile_says_and_kept_as_it_was_sent() -> None:
    mdmr = Mdmr()
    reports = mdmr.take(set_files(1, ["SD|1001|SDP1001|P", "PR|1001|||l6l 2x3|20110101|"]))
    assert changes(reports["IR06"])[0][-1] == "L6L2X3"
    assert mdmr.history("1001", "postal_code") == [(1, None, "l6l 2x3")]


def test_a_set_that_does_not_load_gets_ir14_alone_and_its_number_is_still_expected() -> None:
    mdmr = Mdmr()
    assert set(mdmr.take(set_files(1, sdp("9999")))) == {"IR14"}
    assert set(mdmr.take(set_files(1, sdp("1001"), tx_id="again"))) == {"IR06", "IR07", "IR14"}


@pytest.mark.parametrize(
    ("authorised", "received"),
    [
        ({"IR06", "IR07", "IR10", "IR14"}, {"IR06": {LDC, AGENT}, "IR07": {LDC, AGENT}, "IR14": {AGENT}}),
        ({"IR06", "IR14"}, {"IR06": {LDC, AGENT}, "IR07": {LDC}, "IR14": {AGENT}}),
        ({"IR14"}, {"IR06": {LDC}, "IR07": {LDC}, "IR14": {AGENT}}),
        (set(), {"IR06": {LDC}, "IR07": {LDC}}),
    ],
    ids=["for all", "not for IR07", "for IR14 alone", "for none"],
)
def test_of_a_set_that_an_agent_submits_who_receives_what(authorised: set[str], received: dict[str, set[str]]) -> None:
    mdmr = Mdmr(authorised=frozenset(authorised))
    mdmr.take(set_files(1, sdp("1001"), submitter=AGENT))
    seen: dict[str, set[str]] = {}
    for file in mdmr.delivered:
        seen.setdefault(file.name.split(".")[2], set()).add(file.recipient)
    assert seen == received


# --- the hour -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minute", "second", "rejected"), [(59, 59, 0), (60, 0, 1), (60, 1, 1)], ids=["before", "at", "after"]
)
def test_an_incomplete_set_is_rejected_when_the_hour_is_over(minute: int, second: int, rejected: int) -> None:
    mdmr = Mdmr()
    mdmr.send(without(set_files(1, sdp("1001")), "03.01"))
    mdmr.until(noon_and(minute, second))
    assert len(mdmr.reports("IR10")) == rejected


def test_a_held_set_is_processed_after_its_predecessor_and_never_rejected() -> None:
    mdmr = Mdmr()
    mdmr.send(set_files(2, [cycle("1001", "B", 20)]))
    mdmr.until(noon_and(59, 59))
    assert mdmr.delivered == []
    mdmr.send(set_files(1, sdp("1001")))
    mdmr.until(noon_and(180))
    assert mdmr.reports("IR10") == []
    assert mdmr.history("1001", "billing_cycle_id") == [(1, 20, "A"), (20, None, "B")]


def test_a_rejected_set_leaves_its_number_and_its_tx_id_free() -> None:
    mdmr = Mdmr()
    files = set_files(1, sdp("1001"))
    mdmr.send(without(files, "03.01"))
    mdmr.until(noon_and(60))
    assert set(mdmr.take(files)) == {"IR06", "IR07", "IR14"}


@pytest.mark.parametrize("steps", [1, 1000])
def test_time_in_steps_brings_the_same_files(steps: int) -> None:
    mdmr = Mdmr()
    mdmr.send(without(set_files(1, sdp("1001")), "03.01"))
    mdmr.send(set_files(2, sdp("1002")))
    for step in range(1, steps + 1):
        mdmr.until(noon_and(0, 7200 * step // steps))
    assert [(file.name[18:25], file.instant) for file in mdmr.delivered] == [("IR10.00", noon_and(60))] * 2
