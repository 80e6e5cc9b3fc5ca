"""What a CIS has to have done by the lines that it heard: worked by hand, line by line."""

from __future__ import annotations

from harness.exploration.cis_duties import TABLE, duties
from harness.exploration.lines import Line, Lines

OPENING = (
    Line('LDC "Lakeside" is registered'),
    Line('the CIS of "Lakeside" is under test'),
    Line('the next expected sequence number of "Lakeside" is 7'),
)
KNOWS = "the MDM/R knows"
ASKED = Line('"Lakeside" is told to request Universal SDP IDs')
AT_REST = Line("the CIS and the MDM/R have come to rest")
TOLD = Line('"Lakeside" is told to synchronize')
SETTLED = (ASKED, AT_REST, TOLD, AT_REST)
SERVED = Line('"Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R')


def changed(*rows: tuple[str, str, str, str]) -> Line:
    return Line('"Lakeside" puts on record', (TABLE, *rows))


def owed(*lines: Line) -> dict[str, Lines]:
    found: dict[str, Lines] = {}
    for duty in duties((*OPENING, *lines)):
        found[duty.rule] = (*found.get(duty.rule, ()), duty.line)
    return found


def test_what_was_put_on_record_has_to_be_known_from_its_day_by_the_rule_of_its_business_scenario() -> None:
    changes = changed(("Mill", "billing cycle", "17", "2011-01-12"), ("Mill", "service status", "booted", "2011-01-13"))
    found = owed(SERVED, changes, *SETTLED)
    cycle = ("Mill", "billing cycle", "C1", "long ago"), ("Mill", "billing cycle", "17", "2011-01-12")
    status = (
        ("Mill", "service status", "connected", "long ago"),
        ("Mill", "service status", "booted", "2011-01-13"),
    )
    assert found["ISY-16"] == (Line("the MDM/R knows", (TABLE, *cycle)),)
    assert found["ISY-14"] == (Line("the MDM/R knows", (TABLE, *status)),)
    assert found["ISY-03"] == (Line("the MDM/R knows", (TABLE, *cycle, *status)),)
    assert found["SEQ-02"] == (Line('the numbers of "Lakeside" from 7 on have no gap, and none is used twice'),)


def test_of_two_changes_of_one_day_the_last_has_to_be_known() -> None:
    first, last = (changed(("Mill", "VEE service", value, "2011-01-12")) for value in ("03", "05"))
    (said,) = owed(SERVED, first, last, *SETTLED)["ISY-17"]
    assert said.table[1:] == (("Mill", "VEE service", "02", "long ago"), ("Mill", "VEE service", "05", "2011-01-12"))


def test_what_is_put_on_record_from_an_earlier_day_ends_with_what_was_before_it() -> None:
    later, earlier = (
        changed(("Mill", "account", "A", "2011-01-12")),
        changed(("Mill", "account", "nobody", "2011-01-11")),
    )
    (said,) = owed(SERVED, later, earlier, *SETTLED)["ISY-19"]
    assert [row[2:] for row in said.table[1:]] == [
        ("Mill account", "long ago"),
        ("nobody", "2011-01-11"),
        ("A", "2011-01-12"),
    ]


def test_of_an_sdp_that_is_given_up_all_has_to_be_known_that_was_before() -> None:
    gone = Line('"Lakeside" gives up SDPs "Mill" as of 2011-01-14')
    changes = changed(("Mill", "account", "A", "2011-01-12"), ("Mill", "account", "B", "2011-01-14"))
    (said,) = owed(SERVED, gone, changes, *SETTLED)["ISY-19"]
    before = ("Mill", "account", "Mill account", "long ago"), ("Mill", "account", "A", "2011-01-12")
    assert said == Line("the MDM/R knows, of the days before 2011-01-14", (TABLE, *before))


def test_a_premise_that_changes_belongs_to_no_business_scenario_of_its_own() -> None:
    found = owed(SERVED, changed(("Mill", "city", "Hilltop", "2011-01-12")), *SETTLED)
    assert not any(rule.startswith("ISY") for rule in found)


def test_of_a_new_sdp_everything_has_to_be_known_that_it_was_created_with() -> None:
    created = Line(
        '"Lakeside" creates SDPs "Depot" as of 2011-01-09, with',
        (("of", "attribute", "value"), ("Depot", "account", "nobody")),
    )
    found = owed(created, *SETTLED)
    (said,) = found["SYN-12"]
    assert said.table[1:] == (
        ("Depot", "meter", "Depot meter", "2011-01-09"),
        ("Depot", "account", "nobody", "2011-01-09"),
        ("Depot", "billing agent", "Lakeside", "2011-01-09"),
        ("Depot", "AMI operator", "Lakeside", "2011-01-09"),
        ("Depot", "energy service provider", "nobody", "2011-01-09"),
        ("Depot", "CCA service provider", "nobody", "2011-01-09"),
    )
    assert found["USDP-18"] == (Line('the CIS has asked for Universal SDP IDs of "Depot" of "Lakeside"'),)
    (everything,) = found["ISY-22"]
    assert ("Depot", "address", "1 Main St", "2011-01-09") in everything.table


def test_no_id_has_to_be_asked_for_of_an_sdp_that_was_given_up() -> None:
    """A Universal SDP ID is required for each SDP ID in the MDM/R; this one never comes there."""
    created = Line('"Lakeside" creates SDPs "Depot" and "Forge" as of 2011-01-09')
    gone = Line('"Lakeside" gives up SDPs "Forge" as of 2011-01-10')
    found = owed(created, gone, ASKED, AT_REST)
    assert found["USDP-18"] == (Line('the CIS has asked for Universal SDP IDs of "Depot" of "Lakeside"'),)
    assert "USDP-18" not in owed(Line('"Lakeside" creates SDPs "Forge" as of 2011-01-09'), gone, ASKED, AT_REST)


def test_nothing_has_to_be_known_of_what_was_not_to_be_told_or_got_lost_on_its_way() -> None:
    change = changed(("Mill", "billing cycle", "17", "2011-01-12"))
    lost = Line("file 03 of the next file set of the CIS gets lost")
    assert "ISY-16" not in owed(SERVED, change, ASKED, AT_REST)
    assert "ISY-16" not in owed(SERVED, *SETTLED, change)
    assert "ISY-16" not in owed(SERVED, change, ASKED, TOLD, AT_REST)
    assert "ISY-16" not in owed(SERVED, change, lost, *SETTLED)
    assert "SEQ-08" not in owed(SERVED, change, Line("the next IR06 for the CIS gets lost"), *SETTLED)


def test_numbers_go_on_once_the_problem_is_put_right_that_a_set_was_rejected_for() -> None:
    """Before that the rejected set waits for a person's word, and what leaves meanwhile waits for it."""
    change = changed(("Mill", "billing cycle", "17", "2011-01-12"))
    lost = Line("file 03 of the next file set of the CIS gets lost")
    put_right = Line('"Lakeside" is told that the problem is put right')
    audit = Line('"Lakeside" is told to send a periodic audit')
    assert "SEQ-08" not in owed(SERVED, change, lost, *SETTLED)
    assert "SEQ-08" in owed(SERVED, change, lost, *SETTLED, put_right, audit, AT_REST)
    assert "SEQ-08" not in owed(SERVED, change, lost, *SETTLED, put_right, lost, audit, AT_REST)


def test_an_agent_owes_only_what_its_ldc_has_authorised_it_for() -> None:
    opening = Line('LDC "Lakeside" is registered'), Line('the CIS of agent "Metering Partners" is under test')
    created = Line('"Lakeside" creates SDPs "Mill" as of 2011-01-09, with', (TABLE[:3], ("Mill", "account", "nobody")))
    leave = [
        Line(f'"Lakeside" has authorised "Metering Partners" to {what}') for what in ("submit 1000", "receive 2000")
    ]
    assert duties((*opening, created, *SETTLED)) == []
    assert {duty.rule for duty in duties((*opening, *leave, created, *SETTLED))} == {"USDP-18"}


def test_an_audit_of_a_known_day_says_what_is_so_that_day_and_lists_who_is_not_given_up() -> None:
    audit = Line("it is Wednesday 06:00"), Line('"Lakeside" is told to send a periodic audit'), AT_REST
    change = changed(("Mill", "billing cycle", "17", "2011-01-10"), ("Mill", "VEE service", "05", "2011-03-01"))
    lists, says, _ = owed(SERVED, change, *SETTLED, *audit)["PSY-01"]
    assert lists.text == 'the last P-Sync set of "Lakeside" lists "Mill" and "Bakery"'
    assert ("Mill", "billing cycle", "17", "2011-01-12") in says.table
    assert ("Bakery", "billing cycle", "C1", "2011-01-12") in says.table
    assert not any(row[:2] == ("Mill", "VEE service") for row in says.table)
    gone = Line('"Lakeside" gives up SDPs "Mill" as of 2011-01-10')
    (lists, _) = owed(SERVED, gone, *SETTLED, *audit)["PSY-01"]
    assert lists.text == 'the last P-Sync set of "Lakeside" lists "Bakery"'


def test_an_audit_need_not_say_of_today_what_stands_in_a_record_with_what_changes_later() -> None:
    later = changed(("Mill", "city", "Hilltop", "2011-01-12"))
    audit = (Line("it is Tuesday 10:00"), Line('"Lakeside" is told to send a periodic audit'), AT_REST)
    said = next(line for line in owed(SERVED, later, *SETTLED, *audit)["PSY-01"] if line.table and line.text != KNOWS)
    told = {row[1] for row in said.table[1:] if row[0] == "Mill"}
    assert "billing cycle" in told
    assert not told & {"address", "city", "postal code"}


def test_a_meter_is_told_by_an_incremental_set_unless_an_audit_may_have_told_it_before() -> None:
    change = changed(("Mill", "meter", "M1", "2011-01-12"))
    audit = Line('"Lakeside" is told to send a periodic audit')
    module = "holds its communication module, and how it belongs to the meter"
    said = Line(f'the I-Sync set that says "Mill" has meter "M1" {module}')
    found = owed(SERVED, change, *SETTLED)
    assert found["ISY-04"] == (said,)
    assert said in found["ISY-10"]
    for lines in ((change, audit, *SETTLED), (audit, change, *SETTLED), (change, ASKED, AT_REST, audit, *SETTLED[2:])):
        assert not any(said in duties_of_rule for duties_of_rule in owed(SERVED, *lines).values())


def test_of_a_meter_that_another_has_replaced_no_module_is_owed() -> None:
    meters = (changed(("Mill", "meter", value, day)) for value, day in (("M1", "2011-01-12"), ("M2", "2011-01-13")))
    found = owed(SERVED, *meters, *SETTLED)["ISY-04"]
    module = "holds its communication module, and how it belongs to the meter"
    assert found == (Line(f'the I-Sync set that says "Mill" has meter "M2" {module}'),)


def test_an_sdp_without_a_meter_owes_nothing_where_no_meter_is_put_on_record_again() -> None:
    first, again = (changed(("Mill", "meter", "nobody", day)) for day in ("2011-01-12", "2011-01-13"))
    module = "holds its communication module, and how it belongs to the meter"
    found = [each.text for each in owed(SERVED, first, again, *SETTLED)["ISY-11"] if each.text.endswith(module)]
    assert found == [f'the I-Sync set that says "Mill" has meter "Mill meter" {module}']


def test_a_component_that_leaves_and_one_that_stays() -> None:
    lines = (
        SERVED,
        Line("it is Wednesday 06:00"),
        Line('"Lakeside" creates virtual SDP "Yard", which aggregates "Mill" and "Bakery"'),
        Line('as of 2011-01-14, virtual SDP "Yard" of "Lakeside" aggregates "Mill" and "Depot"'),
    )
    assert "SYN-13" not in owed(SERVED, *lines[2:], *SETTLED)  # nobody knows on which day it was created
    (said,) = owed(*lines, *SETTLED)["SYN-13"]
    assert said.table[1:] == (
        ("Yard", "component", "Mill", "2011-01-12", ""),
        ("Yard", "component", "Bakery", "2011-01-12", "2011-01-14"),
        ("Yard", "component", "Depot", "2011-01-14", ""),
    )
