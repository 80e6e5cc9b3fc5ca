"""What a CIS has to have done about billing by the lines that it heard: worked by hand."""

from __future__ import annotations

from harness.exploration.cis_billing_duties import duties
from harness.exploration.lines import Line

OPENING = (
    Line('LDC "Lakeside" is registered'),
    Line('agent "Northern Billing" is registered'),
    Line('the CIS of "Lakeside" is under test'),
)
SERVED = Line('"Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R')
OTHERS = Line(
    '"Lakeside" serves SDPs "Mill" and "Bakery", known to the MDM/R, with',
    (("of", "attribute", "value"), ("Bakery", "billing agent", "Northern Billing")),
)
AT_REST = Line("the CIS and the MDM/R have come to rest")
METERED = Line('"Mill" is metered at 10 Wh each hour from 2011-01-03 to 2011-01-04')
EXACTLY = "the CIS has asked for exactly these quantities"
UNDERSTOOD = 'the CIS of "Lakeside" has understood exactly these quantities'


def ordered(sdps: str, cycle: str = "off cycle") -> Line:
    return Line(f'"Lakeside" is told to request quantities of {sdps} from 2011-01-03 to 2011-01-04, {cycle}')


def published(*rows: tuple[str, str, str]) -> Line:
    headings = ("cycle", "first day", "last day")
    return Line('"Lakeside" is told to publish this billing cycle schedule', (headings, *rows))


def owed(*lines: Line) -> set[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    return {(duty.rule, duty.line.text, duty.line.table[1:]) for duty in duties((*OPENING, *lines))}


def test_what_people_ordered_is_asked_for_once_both_sides_are_at_rest() -> None:
    both = ("Mill", "2011-01-03", "2011-01-04"), ("Bakery", "2011-01-03", "2011-01-04")
    found = owed(SERVED, ordered('"Mill" and "Bakery"', "on cycle"), AT_REST)
    assert ("BSV-09", EXACTLY, both) in found
    assert ("BSV-02", EXACTLY, tuple((*row, "on cycle") for row in both)) in found
    assert owed(SERVED, ordered('"Mill"')) == set()


def test_what_another_organisation_bills_is_not_asked_for() -> None:
    found = owed(OTHERS, ordered('"Mill" and "Bakery"'), AT_REST)
    assert ("BSV-08", 'the CIS has asked for no quantities of "Bakery"', ()) in found
    assert ("BSV-08", EXACTLY, (("Mill", "2011-01-03", "2011-01-04"),)) in found


def test_what_was_delivered_is_understood_in_watt_hours_of_whole_days() -> None:
    whole = ("Mill", "2011-01-03", "2011-01-04", "00", "480")  # two days of 24 hours, 10 Wh each
    assert ("FTS-16", UNDERSTOOD, (whole,)) in owed(SERVED, METERED, ordered('"Mill"'), AT_REST)
    cut = Line("the next 6100 for the CIS comes cut short")
    found = owed(SERVED, METERED, cut, ordered('"Mill"'), AT_REST)
    assert not any(rule == "FTS-16" for rule, *_ in found)  # one of the two days may have come in a file of its own
    day = [Line(each.text.replace("2011-01-04", "2011-01-03")) for each in (METERED, cut, ordered('"Mill"'))]
    none = ("FTS-16", 'the CIS of "Lakeside" has no quantities of "Mill"', ())
    assert none in owed(SERVED, *day, AT_REST)
    other = Line('"Bakery" is metered at 10 Wh each hour from 2011-01-03 to 2011-01-04')
    both = owed(SERVED, METERED, other, cut, ordered('"Mill" and "Bakery"'), AT_REST)
    assert not any(rule == "FTS-16" for rule, *_ in both)  # each may come in a file of its own
    failed = Line('the next 6100 for the CIS says status 06 of "Mill"')
    found = owed(SERVED, METERED, failed, ordered('"Mill"'), AT_REST)
    assert ("SUM-07", 'quantities of "Mill" wait for a person at "Lakeside"', ()) in found
    assert not any(text == UNDERSTOOD for _, text, _ in found)  # a part of the two days may have failed alone
    day = [Line(each.text.replace("2011-01-04", "2011-01-03")) for each in (METERED, failed, ordered('"Mill"'))]
    assert ("SUM-07", UNDERSTOOD, (("Mill", "2011-01-03", "2011-01-03", "06"),)) in owed(SERVED, *day, AT_REST)
    assert not {rule for rule, *_ in owed(SERVED, ordered('"Mill"'), AT_REST)} & {"FTS-16", "SUM-07"}


def test_a_response_that_got_lost_is_asked_for_as_it_was_delivered() -> None:
    lost = Line("the next 6100 for the CIS gets lost"), ordered('"Mill"'), AT_REST
    told = Line('"Lakeside" is told that the first response about "Mill" got lost'), AT_REST
    said = 'the CIS has asked for the first response about "Mill" as it was delivered, and for no other'
    assert owed(SERVED, METERED, *lost, *told) == {("BSV-10", said, ())}


def test_what_was_closed_is_asked_for_again_where_its_problem_is_corrected_and_else_not() -> None:
    closed = Line("it is Sunday 09:00"), Line('the CIS has been given status 02 for "Mill" and "Bakery"')
    hears = '"Lakeside" hears that the problems with quantities of "Mill" from 2011-01-03 to 2011-01-04 are corrected'
    corrected = Line("it is Sunday 09:01"), Line(hears), AT_REST
    again = "since Sunday 09:01 the CIS has asked again for exactly these quantities"
    row = ("Mill", "2011-01-03", "2011-01-04")
    order = ordered('"Mill" and "Bakery"')
    assert owed(SERVED, order, *closed, *corrected) == {("WIN-11", again, (row,)), ("WIN-08", again, (row,))}
    assert ("BRP-11", EXACTLY, (row, ("Bakery", *row[1:]))) in owed(SERVED, order, *closed, AT_REST)
    assert owed(SERVED, order, *closed, *corrected, ordered('"Bakery"'), AT_REST) == set()
    a_week_later = Line("it is Sunday 09:00"), AT_REST  # "Sunday 09:01" is still the one before, and soon another
    assert owed(SERVED, order, *closed, *corrected, *a_week_later) == set()


def test_a_problem_of_all_sdps_is_that_of_all_that_were_closed_unless_a_schedule_asks_for_others() -> None:
    hears = '"Lakeside" hears that the problems with quantities of all SDPs from 2011-01-03 to 2011-01-04 are corrected'
    closed = Line('the CIS has been given status 02 for "Mill" and "Bakery"')
    told = closed, Line("it is Sunday 09:01"), Line(hears), AT_REST
    again = "since Sunday 09:01 the CIS has asked again for exactly these quantities"
    rows = ("Mill", "2011-01-03", "2011-01-04"), ("Bakery", "2011-01-03", "2011-01-04")
    order = ordered('"Mill" and "Bakery"')
    assert ("WIN-11", again, rows) in owed(SERVED, order, *told)
    assert owed(SERVED, order, *told[1:]) == set()  # nobody says that anything was closed
    schedule = published(("C1", "2011-01-03", "2011-01-04"))
    assert not {rule for rule, *_ in owed(SERVED, schedule, order, *told)} & {"WIN-08", "WIN-11"}


def test_the_schedule_that_was_published_last_is_there_unless_a_date_was_new_or_changed_too_near() -> None:
    today, first = Line("it is Monday 06:00"), published(("C1", "2011-01-10", "2011-02-28"))
    said = 'the MDM/R has been given exactly this schedule of "Lakeside"'
    far = published(("C1", "2011-01-10", "2011-03-31"), ("C2", "2011-01-10", "2011-01-24"))
    rows = ("C1", "2011-01-10", "2011-03-31"), ("C2", "2011-01-10", "2011-01-24")
    assert ("BSV-12", said, rows) in owed(today, first, far, AT_REST)
    days_later = Line("it is Wednesday 06:00")
    assert ("BSV-12", said, rows) in owed(today, first, far, AT_REST, days_later, far, AT_REST)
    changed, new = (published((cycle, "2011-01-10", "2011-01-23")) for cycle in ("C1", "C2"))
    for near in (changed, new):
        assert {rule for rule, *_ in owed(today, first, near, AT_REST)} == {"BSV-04"}


def test_a_schedule_whose_first_dates_are_near_may_never_have_been_submitted() -> None:
    today, near = Line("it is Monday 06:00"), published(("C1", "2011-01-10", "2011-01-23"))
    assert owed(today, near, AT_REST) == set()
    assert owed(today, near, published(("C1", "2011-01-10", "2011-02-28")), AT_REST) == set()
    both = published(("C1", "2011-01-10", "2011-01-23"), ("C2", "2011-01-10", "2011-02-28"))
    assert owed(today, both, AT_REST) == set()
    far = published(("C2", "2011-01-10", "2011-02-28"))
    assert {rule for rule, *_ in owed(today, near, far, AT_REST)} == {"BSV-04"}


def test_what_a_cis_has_understood_is_asked_of_those_alone_that_claim_to_say_it() -> None:
    lines = (*OPENING, SERVED, METERED, ordered('"Mill"'), AT_REST)
    asked = {duty.line.text: duty.is_asked for duty in duties(lines)}
    assert (asked[EXACTLY], asked[UNDERSTOOD]) == (False, True)


def test_what_recovers_a_response_is_asked_for_again_where_it_got_lost_as_well() -> None:
    goes, lost = (
        "the next 6100 for the CIS gets lost",
        '"Lakeside" is told that the first response about "Mill" got lost',
    )
    first = (SERVED, METERED, Line(goes), ordered('"Mill"'), AT_REST)
    said = 'the CIS has asked for the first response about "Mill" as it was delivered'
    once = owed(*first, Line(lost), AT_REST)
    assert once == {("BSV-10", f"{said}, and for no other", ())}
    twice = owed(*first, Line(goes), Line(lost), AT_REST, Line("it is Wednesday 09:00"), Line(lost), AT_REST)
    assert twice == {*once, ("BSV-10", f"since Wednesday 09:00 {said}", ())}
    whole = owed(*first, Line(lost), AT_REST, Line("it is Wednesday 09:00"), Line(lost), AT_REST)
    assert whole == once  # what recovers it has come: nothing is left to ask for


def test_what_br06_alone_tells_of_is_asked_for_again() -> None:
    goes, listed = Line("the next 6100 for the CIS gets lost"), Line('the CIS has been given a BR06 that lists "Mill"')
    days = "from 2011-01-03 to 2011-01-04"
    corrected = Line(f'"Lakeside" hears that the problems with quantities of "Mill" {days} are corrected')
    later = (Line("it is Wednesday 09:00"), corrected, AT_REST)
    again = "since Wednesday 09:00 the CIS has asked again for exactly these quantities"
    found = owed(SERVED, goes, ordered('"Mill"', "on cycle"), listed, *later)
    assert ("BRP-11", again, (("Mill", "2011-01-03", "2011-01-04"),)) in found
    assert owed(SERVED, goes, ordered('"Mill"', "on cycle"), *later) == set()  # nobody has told the CIS


def corrected(first: str, last: str) -> tuple[Line, ...]:
    """The quantities of Mill are closed, and a problem is corrected."""
    told = f'"Lakeside" hears that the problems with quantities of "Mill" from {first} to {last} are corrected'
    closed = Line('the CIS has been given status 02 for "Mill"')
    return SERVED, ordered('"Mill"', "on cycle"), closed, Line("it is Wednesday 09:00"), Line(told), AT_REST


def test_what_was_closed_is_asked_for_again_where_the_problem_was_of_one_of_its_days() -> None:
    again = "since Wednesday 09:00 the CIS has asked again for exactly these quantities"
    whole = ("Mill", "2011-01-03", "2011-01-04")
    assert ("WIN-11", again, (whole,)) in owed(*corrected("2011-01-04", "2011-01-04"))
    beside = owed(*corrected("2011-01-05", "2011-01-05"))
    assert ("BRP-11", "since Wednesday 09:00 the CIS has asked for no quantities", ()) in beside
    assert not any(rule == "WIN-11" for rule, *_ in beside)


def test_what_people_decide_to_bill_again_is_asked_for_again_also_where_it_was_recovered() -> None:
    lost = Line('"Lakeside" is told that the first response about "Mill" got lost')
    gets_lost, decided = (
        Line("the next 6100 for the CIS gets lost"),
        Line('"Lakeside" decides to bill "Mill" again, from 2011-01-03 to 2011-01-04'),
    )
    came = Line('the CIS has been given status 00 for "Mill"')
    told = [gets_lost, ordered('"Mill"'), AT_REST, lost, AT_REST, came, Line("it is Wednesday 09:00"), decided, AT_REST]
    again = "since Wednesday 09:00 the CIS has asked again for exactly these quantities"
    assert owed(SERVED, METERED, *told) == {("BRP-12", again, (("Mill", "2011-01-03", "2011-01-04"),))}
    assert owed(SERVED, METERED, *[each for each in told if each != came]) == set()


def test_of_two_periods_that_came_the_one_that_people_decide_on_is_asked_for_again() -> None:
    following = Line('"Mill" is metered at 10 Wh each hour from 2011-01-05 to 2011-01-05')
    next_day = Line(ordered('"Mill"').text.replace("from 2011-01-03 to 2011-01-04", "from 2011-01-05 to 2011-01-05"))
    decided = Line('"Lakeside" decides to bill "Mill" again, from 2011-01-03 to 2011-01-04')
    came, clock = Line('the CIS has been given status 00 for "Mill"'), Line("it is Wednesday 09:00")
    told = ordered('"Mill"'), AT_REST, following, next_day, AT_REST, came, clock, decided, AT_REST
    again = "since Wednesday 09:00 the CIS has asked again for exactly these quantities"
    assert owed(SERVED, METERED, *told) == {("BRP-12", again, (("Mill", "2011-01-03", "2011-01-04"),))}
    assert owed(SERVED, *told) == set()  # what came may be the quantities of the other period
    assert owed(SERVED, METERED, *[each for each in told if each != ordered('"Mill"')]) == set()


def test_what_is_recovered_and_failed_the_sum_check_waits_for_a_person() -> None:
    lost = Line('"Lakeside" is told that the first response about "Mill" got lost')
    gets_lost, fails = (
        Line("the next 6100 for the CIS gets lost"),
        Line('the next 6100 for the CIS says status 06 of "Mill"'),
    )
    waits = ("SUM-07", 'quantities of "Mill" wait for a person at "Lakeside"', ())
    told = [SERVED, METERED, gets_lost, ordered('"Mill"'), AT_REST]
    assert waits in owed(*told, fails, lost, AT_REST)
    assert waits not in owed(*told, lost, AT_REST)
