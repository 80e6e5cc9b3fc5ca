"""Universal SDP ID assignment: one response and one summary for each request, and one ID for each SDP ID, for ever."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from harness.interface.instants import Instant, later
from harness.port.protocol import Outage
from harness.referee.referee import Referee
from harness.referee.stream import Delivered, Happening, Passed, Submitted
from tests.referee.conftest import (
    AGAIN,
    AGENT,
    HILL,
    INCOMPLETE,
    INVALID,
    ISSUED,
    LAKE,
    STRANGER,
    at,
    judged,
    name,
    opening,
    request,
    response,
    submitted,
    summary,
    violated,
)

RUN = at("08:15")
MILL = request(at("08:00"), "Mill")
DONE = (1, 1, 0, 0, 0)


def answered(
    *rows: tuple[Any, ...], to: Submitted = MILL, run: Instant = RUN, counts: Sequence[int] = DONE
) -> list[Any]:
    """A request with its response and its summary."""
    by, ldc = to.name.split(".")[1], to.name.split(".")[0]
    return [to, response(to, run, *rows), summary(run, (to, run, *counts), to=by, ldc=ldc)]


def rules(*happenings: Any, until: Instant | None = None, **more: Any) -> list[str]:
    return violated(opening(**more), *happenings, until=until or at("09:00"))


# --- the response ----------------------------------------------------------------------------------------------


def test_a_request_with_its_response_and_summary() -> None:
    assert rules(*answered(("Mill", "111", ISSUED))) == []


@pytest.mark.parametrize(("moment", "held"), [(at("08:15:59"), True), (at("08:16:00"), False)])
def test_the_response_is_of_the_run_after_the_request(moment: Instant, held: bool) -> None:
    assert rules(*answered(("Mill", "111", ISSUED), run=moment)) == ([] if held else ["USDP-11"])


def test_a_response_that_never_comes_is_missing() -> None:
    assert rules(MILL) == ["USDP-01"]


def test_what_the_summary_lacks_because_nothing_came_follows() -> None:
    assert [each.follows for each in judged(opening(), MILL, until=at("09:00")) if each.rule == "USDP-11"] == [1]


def test_two_responses_are_one_too_many_however_late_the_second_comes() -> None:
    again = response(MILL, at("08:40"), ("Mill", "111", ISSUED))
    assert rules(*answered(("Mill", "111", ISSUED)), again) == ["USDP-09"]


def test_a_request_that_comes_twice_before_a_run_is_answered_twice_in_any_order() -> None:
    """Nothing says in which order the files of a run arrive: the one that says `already issued` may be first."""
    again = replace(MILL, instant=at("08:02"))
    told = [
        response(MILL, later(RUN, seconds=seconds), ("Mill", "111", status), made=later(RUN, seconds=made))
        for seconds, made, status in ((3, 1, AGAIN), (40, 0, ISSUED))
    ]
    assert rules(MILL, again, summary(RUN, (MILL, RUN, *DONE)), *told) == []


def test_a_request_that_comes_again_after_its_response_was_refused_is_answered_then() -> None:
    """Whether what the mailbox refused is tried again is open (AMB-58)."""
    outage = {LAKE: (Outage(at("08:10"), at("08:50")),)}
    again, run = replace(MILL, instant=at("08:02", 12)), at("08:15", 12)
    told = [response(MILL, run, ("Mill", "111", AGAIN)), summary(run, (MILL, run, 1, 0, 1, 0, 0))]
    open_to: dict[str, Any] = {"outages": outage, "either": ["AMB-58"], "until": at("09:00", 12)}
    assert rules(MILL, again, *told, **open_to) == []
    late = [
        response(MILL, at("08:35", 12), ("Mill", "111", AGAIN)),
        summary(at("08:35", 12), (MILL, run, 1, 0, 1, 0, 0)),
    ]
    assert rules(MILL, again, *late, **open_to) == ["USDP-11"]


def test_a_request_that_comes_again_days_later_is_answered_or_not() -> None:
    """No slide says what becomes of a file of a name that was there before."""
    again, run = replace(MILL, instant=at("08:02", 20)), at("08:15", 20)
    stream = [*answered(("Mill", "111", ISSUED)), again]
    told = [response(MILL, run, ("Mill", "111", AGAIN)), summary(run, (MILL, run, 1, 0, 1, 0, 0))]
    assert rules(*stream, until=at("09:00", 20)) == rules(*stream, *told, until=at("09:00", 20)) == []


def test_a_response_to_nothing_that_was_submitted() -> None:
    assert rules(response(MILL, RUN, ("Mill", "111", ISSUED))) == ["USDP-01"]


def test_a_response_is_named_as_of_the_ldc_that_was_asked_for() -> None:
    right = response(MILL, RUN, ("Mill", "111", ISSUED))
    of_another = right.name.replace(LAKE, HILL, 1)
    wrong = replace(right, name=of_another, content=right.content.replace(right.name.encode(), of_another.encode()))
    assert "FTS-01" not in rules(MILL, right, summary(RUN, (MILL, RUN, *DONE)))
    assert "FTS-01" in rules(MILL, wrong, summary(RUN, (MILL, RUN, *DONE)))


@pytest.mark.parametrize("rows", [(), (("Mill", "111", ISSUED), ("Depot", "112", ISSUED)), (("Depot", "111", ISSUED),)])
def test_the_response_lists_what_was_asked_for_and_nothing_else(rows: Any) -> None:
    assert rules(*answered(*rows, counts=(1, len(rows), 0, 0, 0)))[:1] == ["USDP-01"]


def test_a_record_without_its_id_is_no_issue() -> None:
    assert rules(*answered(("Mill", None, ISSUED))) == ["USDP-01"]


# --- bad lines -------------------------------------------------------------------------------------------------

LINES = [(LAKE, "Mill"), (STRANGER, "Bakery"), (LAKE, None), (None, "Depot")]
BAD = request(at("08:00"), lines=LINES)


def rows(*statuses: tuple[str | None, str]) -> list[tuple[Any, ...]]:
    return [(*line, *status) for line, status in zip(LINES, statuses, strict=True)]


@pytest.mark.parametrize(
    ("statuses", "counts", "expected"),
    [
        ([("1", ISSUED), (None, INVALID), (None, INCOMPLETE), (None, INCOMPLETE)], (4, 1, 0, 1, 2), []),
        ([("1", ISSUED), (None, INVALID), (None, INVALID), (None, INCOMPLETE)], (4, 1, 0, 2, 1), ["USDP-14"]),
        ([("1", ISSUED), (None, INCOMPLETE), (None, INCOMPLETE), (None, INCOMPLETE)], (4, 1, 0, 0, 3), ["USDP-14"]),
        ([("1", ISSUED), (None, INVALID), (None, INCOMPLETE), (None, INVALID)], (4, 1, 0, 2, 1), ["USDP-14"]),
        ([("1", ISSUED), ("2", INVALID), (None, INCOMPLETE), (None, INCOMPLETE)], (4, 1, 0, 1, 2), ["USDP-14"]),
        ([(None, INVALID), (None, INVALID), (None, INCOMPLETE), (None, INCOMPLETE)], (4, 0, 0, 2, 2), ["USDP-14"]),
        ([("1", ISSUED), ("2", ISSUED), (None, INCOMPLETE), (None, INCOMPLETE)], (4, 2, 0, 0, 2), ["USDP-14"]),
    ],
)
def test_a_bad_line_gets_its_exception_and_keeps_no_good_one_back(statuses: Any, counts: Any, expected: Any) -> None:
    assert rules(*answered(*rows(*statuses), to=BAD, counts=counts)) == expected


def test_what_a_line_without_an_ldc_gets_is_open_and_stays_so() -> None:
    second = request(at("08:30"), lines=[(None, "Mill")])
    first = request(at("08:00"), lines=[(None, "Depot")])

    def answers(one: str, other: str) -> list[str]:
        found: list[Any] = []
        for asked, run, sdp, status in ((first, RUN, "Depot", one), (second, at("08:45"), "Mill", other)):
            found += [asked, response(asked, run, (None, sdp, None, status))]
        return [each for each in rules(*found, either=["AMB-36"]) if each == "USDP-14"]

    assert answers(INVALID, INVALID) == answers(INCOMPLETE, INCOMPLETE) == []
    assert answers(INVALID, INCOMPLETE) == answers(INCOMPLETE, INVALID) == ["USDP-14"]


def test_a_bad_line_is_answered_like_any_other() -> None:
    assert rules(*answered((LAKE, "Mill", "1", ISSUED), to=BAD)) == ["USDP-14"]


@pytest.mark.parametrize("status", [INVALID, INCOMPLETE])
def test_what_a_line_gets_that_names_another_ldc_is_open(status: str) -> None:
    other = request(at("08:00"), lines=[(HILL, "Mill")])
    counts = (1, 0, 0, int(status == INVALID), int(status == INCOMPLETE))
    assert rules(*answered((HILL, "Mill", None, status), to=other, counts=counts)) == []


# --- one ID for each SDP ID, for ever --------------------------------------------------------------------------

AGAIN_MILL = request(at("09:00"), "Mill")


def again(*row: Any, counts: Any = (1, 0, 1, 0, 0)) -> list[Any]:
    """The same SDP ID is asked for an hour later."""
    earlier = answered(("Mill", "111", ISSUED))
    late = [AGAIN_MILL, response(AGAIN_MILL, at("09:15"), ("Mill", *row))]
    told = summary(at("09:15"), (MILL, RUN, *DONE), (AGAIN_MILL, at("09:15"), *counts))
    return [*earlier, *late, told]


@pytest.mark.parametrize(
    ("row", "counts", "expected"),
    [
        (("111", AGAIN), (1, 0, 1, 0, 0), []),
        (("111", ISSUED), (1, 1, 0, 0, 0), ["USDP-03"]),
        (("112", ISSUED), (1, 1, 0, 0, 0), ["USDP-03"]),
        (("112", AGAIN), (1, 0, 1, 0, 0), ["USDP-03"]),
        ((None, AGAIN), (1, 0, 1, 0, 0), ["USDP-03"]),
    ],
)
def test_asking_again_gives_the_same_id_and_says_so(row: Any, counts: Any, expected: Any) -> None:
    assert rules(*again(*row, counts=counts), until=at("10:00")) == expected


def test_already_issued_is_wrong_of_what_nobody_has_asked_for() -> None:
    happened = answered(("Mill", "111", AGAIN), counts=(1, 0, 1, 0, 0))
    assert rules(*happened) == ["USDP-03"]
    assert rules(*happened, from_the_beginning=False) == []


@pytest.mark.parametrize(("first", "second"), [(ISSUED, AGAIN), (AGAIN, ISSUED), (ISSUED, ISSUED)])
def test_of_two_requests_of_a_run_either_may_be_the_first(first: str, second: str) -> None:
    other = request(at("08:05"), "Mill")
    counts = {ISSUED: (1, 1, 0, 0, 0), AGAIN: (1, 0, 1, 0, 0)}
    files = [
        response(MILL, RUN, ("Mill", "111", first)),
        response(other, RUN, ("Mill", "111", second), made=at("08:15:01")),
    ]
    told = summary(RUN, (MILL, RUN, *counts[first]), (other, RUN, *counts[second]))
    assert rules(MILL, other, *files, told) == []


@pytest.mark.parametrize("order", [(ISSUED, AGAIN), (AGAIN, ISSUED), (ISSUED, ISSUED)])
def test_an_sdp_id_that_stands_twice_in_a_request_gets_one_id(order: tuple[str, str]) -> None:
    twice = request(at("08:00"), "Mill", "Mill")
    counts = (2, order.count(ISSUED), order.count(AGAIN), 0, 0)
    assert rules(*answered(*[("Mill", "111", status) for status in order], to=twice, counts=counts)) == []
    assert rules(*answered(("Mill", "111", ISSUED), ("Mill", "112", ISSUED), to=twice, counts=(2, 2, 0, 0, 0))) == [
        "USDP-03"
    ]


def test_no_two_sdp_ids_share_an_id() -> None:
    two = request(at("08:00"), "Mill", "Bakery")
    assert rules(*answered(("Mill", "111", ISSUED), ("Bakery", "111", ISSUED), to=two, counts=(2, 2, 0, 0, 0))) == [
        "USDP-02"
    ]


def test_the_same_sdp_id_of_another_ldc_gets_an_id_of_its_own() -> None:
    hill = request(at("08:00"), "Mill", ldc=HILL)
    files = [*answered(("Mill", "111", ISSUED)), *answered(("Mill", "111", ISSUED), to=hill)]
    assert rules(*sorted(files, key=lambda each: each.instant)) == ["USDP-05"]


def test_an_id_is_a_number() -> None:
    assert rules(*answered(("Mill", "11A", ISSUED))) == ["USDP-04"]


def numbered(numbers: Sequence[int]) -> list[str]:
    sdps = [f"S{place}" for place in range(len(numbers))]
    many = request(at("08:00"), *sdps)
    given = [(sdp, str(number), ISSUED) for sdp, number in zip(sdps, numbers, strict=True)]
    random.Random(3).shuffle(given)
    return rules(*answered(*given, to=many, counts=(len(sdps), len(sdps), 0, 0, 0)))


def test_ids_reveal_no_sequence_as_soon_as_there_are_enough_to_tell() -> None:
    assert numbered(range(1000, 1064)) == ["USDP-04"]
    assert numbered(range(1000, 1063)) == []
    assert numbered(drawn(64)) == []


def test_a_sequence_is_looked_for_in_the_order_in_which_ids_were_asked_for() -> None:
    asked = [request(at("08:00"), f"S{n}", seconds=n % 60, by=None if n < 60 else AGENT) for n in range(64)]
    numbers = sorted(drawn(64))
    random.Random(4).shuffle(backwards := list(range(64)))
    made = {n: later(RUN, seconds=place) for place, n in enumerate(backwards)}
    in_order = sorted(range(64), key=lambda n: asked[n].name)
    risen = [response(asked[n], RUN, (f"S{n}", str(numbers[p]), ISSUED), made=made[n]) for p, n in enumerate(in_order)]
    assert "USDP-04" in rules(*asked, *risen)


def drawn(number: int) -> list[int]:
    chance = random.Random(5)
    return [chance.randrange(10**9, 10**10) for _ in range(number)]


# --- who may ask, and who is answered --------------------------------------------------------------------------

BY_AGENT = request(at("08:00"), "Mill", by=AGENT)


def test_an_agent_that_may_submits_and_is_answered() -> None:
    assert rules(*answered(("Mill", "111", ISSUED), to=BY_AGENT)) == []
    own, *answer = answered(("Bakery", "222", ISSUED), to=request(at("08:00"), "Bakery"))
    assert rules(own, BY_AGENT, *answer) == ["USDP-08"]
    assert rules(own, BY_AGENT, *answer, *answered(to=BY_AGENT)[2:]) == ["USDP-09"]


def test_that_nobody_is_answered_is_told_as_that_whoever_submits() -> None:
    assert rules(BY_AGENT) == ["USDP-01"]
    assert rules(BY_AGENT, *answered(to=BY_AGENT)[2:]) == ["USDP-01"]


@pytest.mark.parametrize(
    ("asked", "broken"),
    [
        (request(at("08:00"), "Mill", by=AGENT), ["FTS-10", "USDP-08"]),
        (request(at("08:00"), "Mill", by=HILL), ["FTS-10", "USDP-08"]),
        (request(at("08:00"), "Mill", by=STRANGER), ["USDP-08"]),
    ],
)
def test_who_may_not_submit_is_not_answered_and_nothing_of_it_takes_effect(asked: Submitted, broken: list[str]) -> None:
    submit = ("4000",)
    assert rules(asked, submit=submit) == []
    served = answered(("Mill", "111", ISSUED), to=asked)[:2]
    assert {*broken} <= {*rules(*served, submit=submit)}
    own = answered(("Mill", "111", AGAIN), counts=(1, 0, 1, 0, 0))
    assert rules(asked, *own, submit=submit) == broken


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        ("LAKE.LAKE.1000.00.20110110080000.dat", "FTS-01"),
        ("LAKE.LAKE.1000.00.20110110080000.A1.01.01.DAT", "FTS-02"),
        ("LAKE.LAKE.1000.00.2011011008000.DAT", "FTS-01"),
        ("LAKE.LAKE.1000.07.20110110080000.DAT", "FTS-07"),
        ("LAKE.HILL.1000.00.20110110080000.DAT", "FTS-01"),
    ],
)
def test_a_request_that_is_named_otherwise_is_refused(new: str, rule: str) -> None:
    asked = Submitted(LAKE, new, MILL.content.replace(MILL.name.encode(), new.encode()), at("08:00"))
    assert rules(asked) == []
    header = {"ldc_org_id": LAKE, "request_file_name": new, "created_date_time": RUN}
    fields = {"ldc_org_id": LAKE, "sdp_id": "Mill", "universal_sdp_id": "111", "status": ISSUED}
    answer = submitted(name("2000", RUN), header, [("assignment_response", fields)], RUN)
    told = Delivered(LAKE, answer.name, answer.content, RUN, RUN)
    assert rules(asked, told) == [rule]


def test_whether_a_name_of_thirteen_digits_is_taken_may_be_open() -> None:
    new = "LAKE.LAKE.1000.00.2011011008000.DAT"
    asked = Submitted(LAKE, new, MILL.content.replace(MILL.name.encode(), new.encode()), at("08:00"))
    taken = response(asked, RUN, ("Mill", "111", ISSUED))
    told = summary(RUN, (asked, RUN, *DONE))
    assert rules(asked, either=["AMB-02"]) == []
    assert rules(asked, taken, told, either=["AMB-02"]) == []
    assert "FTS-01" in rules(asked, taken, told)


def test_what_becomes_of_a_damaged_request_is_open() -> None:
    damaged = Submitted(LAKE, MILL.name, MILL.content.replace(b"FH|", b"XX|"), at("08:00"))
    assert rules(damaged) == []
    assert rules(damaged, *answered(("Mill", "111", ISSUED))[1:]) == []


@pytest.mark.parametrize("to", [LAKE, HILL])
def test_the_response_goes_to_the_submitter_alone(to: str) -> None:
    own = answered(("Mill", "111", ISSUED), to=BY_AGENT)
    copy = response(BY_AGENT, RUN, ("Mill", "111", ISSUED), recipient=to)
    rule = "USDP-09" if to == LAKE else "FTS-13"
    assert rules(*own, copy) == [rule]


@pytest.mark.parametrize(("reading", "to"), [("nobody", None), ("ldc", LAKE), ("submitter", AGENT)])
def test_who_gets_the_response_that_its_submitter_may_not_receive_is_open_and_stays_so(
    reading: str, to: str | None
) -> None:
    second = request(at("08:30"), "Depot", by=AGENT)
    run = at("08:45")

    def answers(*which: Submitted) -> list[Happening]:
        found: list[Happening] = []
        for asked, moment, row in ((BY_AGENT, RUN, ("Mill", "111", ISSUED)), (second, run, ("Depot", "112", ISSUED))):
            found += [asked, *([response(asked, moment, row, recipient=to)] if to and asked in which else [])]
        return found

    may = {"receive": ["IR14"], "until": at("09:30")}
    assert rules(*answers(BY_AGENT, second), **may, either=["AMB-30"]) == []
    if reading == "nobody":
        assert rules(*answers(BY_AGENT, second), **may) == []
    else:
        assert rules(*answers(BY_AGENT), **may, either=["AMB-30"]) == ["USDP-09"]


@pytest.mark.parametrize("to", [LAKE, AGENT])
def test_a_request_that_comes_twice_before_a_run_may_be_answered_twice_whoever_receives_it(to: str) -> None:
    again = replace(BY_AGENT, instant=at("08:05"))
    answers = [
        response(BY_AGENT, RUN, ("Mill", "111", ISSUED), recipient=to),
        response(BY_AGENT, RUN, ("Mill", "111", AGAIN), recipient=to, made=at("08:15:01")),
    ]
    assert rules(BY_AGENT, again, *answers, receive=["IR14"], either=["AMB-30"]) == []
    assert rules(BY_AGENT, *answers, receive=["IR14"], either=["AMB-30"]) != []


# --- the summary -----------------------------------------------------------------------------------------------

TWO = [request(at("08:00"), "Mill"), request(at("08:05"), "Depot")]
ANSWERS = [
    response(TWO[0], RUN, ("Mill", "111", ISSUED)),
    response(TWO[1], RUN, ("Depot", "112", ISSUED), made=at("08:15:01")),
]


def told(*asked: Submitted, run: Instant = RUN, earlier: Sequence[Any] = (), made: Instant | None = None) -> Delivered:
    return summary(run, *earlier, *[(each, run, *DONE) for each in asked], made=made)


def test_the_requests_of_a_run_share_one_summary() -> None:
    assert rules(*TWO, *ANSWERS, told(*TWO)) == []
    apart = [told(TWO[0]), summary(RUN, *[(each, RUN, *DONE) for each in TWO], made=at("08:15:01"))]
    assert rules(*TWO, *ANSWERS, *apart) == ["USDP-11"]


def test_a_request_that_no_summary_tells_of() -> None:
    assert rules(*TWO, *ANSWERS, told(TWO[0])) == ["USDP-11"]
    assert rules(*answered(("Mill", "111", ISSUED), to=BY_AGENT)[:2]) == ["USDP-10"]


@pytest.mark.parametrize("place", range(5))
def test_a_summary_counts_what_the_response_says(place: int) -> None:
    wrong = [count + (index == place) for index, count in enumerate(DONE)]
    assert rules(*answered(("Mill", "111", ISSUED), counts=wrong)) == ["USDP-13"]


def next_day(*earlier: Any, day: int, clock: str, counts: Any = DONE) -> list[str]:
    run = at(clock, day)
    asked = request(later(run, minutes=-10), "Depot")
    told = summary(run, *earlier, (asked, run, *counts))
    late = [asked, response(asked, run, ("Depot", "112", ISSUED)), told]
    return rules(*answered(("Mill", "111", ISSUED)), *late, until=later(run, hours=1))


MILL_TOLD = (MILL, RUN, *DONE)


def test_a_summary_repeats_those_of_its_day_as_they_were_and_no_others() -> None:
    assert next_day(MILL_TOLD, day=10, clock="09:00") == []
    assert next_day(day=10, clock="09:00") == ["USDP-12"]
    assert next_day((MILL, RUN, 1, 0, 1, 0, 0), day=10, clock="09:00") == ["USDP-12"]
    assert next_day((MILL, at("09:00"), *DONE), day=10, clock="09:00") == ["USDP-12"]
    assert next_day(MILL_TOLD, day=10, clock="23:45") == []
    assert next_day(MILL_TOLD, day=11, clock="00:00") == ["USDP-12"]
    assert next_day(day=11, clock="00:00") == []


@pytest.mark.parametrize(("day", "clock"), [(10, "09:00"), (14, "09:00")])
def test_of_which_of_two_files_of_one_name_a_summary_tells_is_not_looked_at(day: int, clock: str) -> None:
    again, run = replace(MILL, instant=at("08:50", day)), at(clock, day)
    repeated = ((MILL, RUN, *DONE),) if day == RUN.day else ()
    files = response(MILL, run, ("Mill", "111", AGAIN)), summary(run, *repeated, (MILL, run, 1, 0, 1, 0, 0))
    assert rules(*answered(("Mill", "111", ISSUED)), again, *files, until=later(run, hours=1)) == []


def test_a_summary_tells_of_requests_that_concern_its_recipient() -> None:
    hill = request(at("08:00"), "Barn", ldc=HILL)
    others = [*answered(("Barn", "222", ISSUED), to=hill)]
    mine = [*answered(("Mill", "111", ISSUED))[:2], summary(RUN, MILL_TOLD, (hill, RUN, *DONE))]
    files = sorted([*others, *mine], key=lambda each: each.instant)
    assert "USDP-12" in rules(*files)


@pytest.mark.parametrize(
    ("processed", "held"),
    [(at("08:14:00"), False), (at("08:14:01"), True), (RUN, True), (at("08:15:01"), False), (at("09:15"), False)],
)
def test_a_request_is_processed_when_its_run_was(processed: Instant, held: bool) -> None:
    files = [*answered(("Mill", "111", ISSUED))[:2], summary(RUN, (MILL, processed, *DONE))]
    assert rules(*files) == ([] if held else ["USDP-11"])


def of_both(*summaries: tuple[str, Sequence[Submitted]]) -> list[Any]:
    """An agent asks for two LDCs in one run; each summary with its ORG_ID_1 and what it tells of."""
    hill = request(at("08:00"), "Barn", ldc=HILL, by=AGENT)
    asked = {"LAKE": BY_AGENT, "HILL": hill}
    files: list[Any] = [BY_AGENT, hill, response(BY_AGENT, RUN, ("Mill", "111", ISSUED))]
    files.append(response(hill, RUN, ("Barn", "222", ISSUED)))
    for ldc, which in summaries:
        rows = [(asked[str(each)], RUN, *DONE) for each in which]
        files.append(summary(RUN, *rows, to=AGENT, ldc=ldc))
    return files


def test_an_agents_requests_for_two_ldcs_share_a_summary_or_have_one_each() -> None:
    apart, together = of_both((LAKE, [LAKE]), (HILL, [HILL])), of_both((LAKE, [LAKE, HILL]))  # type: ignore[list-item]
    assert rules(*apart) == rules(*apart, either=["AMB-29"]) == rules(*together, either=["AMB-29"]) == []
    assert rules(*together) == ["USDP-12"]


def test_whether_the_ldc_is_told_of_its_agents_requests_is_open_and_stays_so() -> None:
    own = answered(("Mill", "111", ISSUED), to=BY_AGENT)
    copy = summary(RUN, (BY_AGENT, RUN, *DONE))
    assert rules(*own, copy) == ["USDP-09"]
    assert rules(*own, copy, either=["AMB-01"]) == rules(*own, either=["AMB-01"]) == []
    run = at("08:45")
    second = request(at("08:30"), "Depot", by=AGENT)
    more = [second, response(second, run, ("Depot", "112", ISSUED))]
    more.append(summary(run, (BY_AGENT, RUN, *DONE), (second, run, *DONE), to=AGENT))
    assert rules(*own, copy, *more, until=at("09:30"), either=["AMB-01"]) == ["USDP-09"]


def test_whether_an_agent_gets_summaries_that_it_may_not_receive_is_open_and_stays_so() -> None:
    may: dict[str, Any] = {"receive": ["2000"], "either": ["AMB-43"], "until": at("09:30")}
    own = answered(("Mill", "111", ISSUED), to=BY_AGENT)
    run, second = at("08:45"), request(at("08:30"), "Depot", by=AGENT)
    more = [second, response(second, run, ("Depot", "112", ISSUED))]
    told = summary(run, (BY_AGENT, RUN, *DONE), (second, run, *DONE), to=AGENT)
    assert rules(*own, *more, told, **may) == rules(*own[:2], *more, **may) == []
    assert rules(*own, *more, **may) == ["USDP-10"]
    assert rules(*own[:2], *more, told, **may)[0] == "FTS-11"


def test_an_agent_that_may_not_receive_summaries_gets_none_by_either_rule() -> None:
    own = answered(("Mill", "111", ISSUED), to=BY_AGENT)
    assert rules(*own[:2], receive=["2000"]) == []
    found = judged(opening(receive=["2000"]), *own, until=at("09:00"))
    assert [each.rule for each in found if each.outcome == "violated"] == ["FTS-11", "USDP-10"]
    assert [each.follows for each in found if each.outcome == "violated"] == [None, None]


# --- runs and mailboxes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clock", "held"),
    [
        ("08:29:00", False),
        ("08:29:01", True),
        ("08:30:59", True),
        ("08:31:00", False),
        ("08:20:00", False),
        ("12:44:30", True),
    ],
)
def test_runs_are_a_quarter_of_an_hour_apart(clock: str, held: bool) -> None:
    run = at(clock)
    asked = request(at(f"{clock[:3]}{int(clock[3:5]) - 4:02}"), "Depot")
    late = [asked, response(asked, run, ("Depot", "112", ISSUED)), summary(run, MILL_TOLD, (asked, run, *DONE))]
    assert rules(*answered(("Mill", "111", ISSUED)), *late, until=at("14:00")) == ([] if held else ["USDP-11"])


def test_the_minutes_between_runs_are_those_of_the_system() -> None:
    happened = answered(("Mill", "111", ISSUED), run=at("08:25"))
    assert rules(*happened) == ["USDP-11"]
    assert rules(*happened, values={"assignment_run_every_minutes": 30}) == []


def test_what_a_mailbox_refused_may_come_later_or_never() -> None:
    outage = {LAKE: (Outage(at("08:10"), at("08:50")),)}
    late = at("08:50")
    came = [response(MILL, late, ("Mill", "111", ISSUED), made=RUN), summary(late, MILL_TOLD, made=RUN)]
    open_to: dict[str, Any] = {"outages": outage, "either": ["AMB-58"]}
    assert rules(MILL, *came, **open_to) == rules(MILL, **open_to, until=at("00:30", 11)) == []
    assert rules(MILL, *came, outages=outage) == []
    assert rules(MILL, outages=outage, until=at("00:30", 11)) == ["USDP-01"]
    assert "USDP-11" in rules(MILL, *came)


def test_a_response_that_a_mailbox_refused_may_come_the_next_morning_where_nobody_says_when() -> None:
    outage, morning = {LAKE: (Outage(at("08:10"), at("08:50")),)}, at("06:00", 11)
    came = response(MILL, morning, ("Mill", "111", ISSUED), made=RUN)
    open_to: dict[str, Any] = {"outages": outage, "either": ["AMB-58"], "until": at("08:00", 11)}
    assert rules(MILL, came, **open_to) == []
    assert "USDP-11" in rules(MILL, response(MILL, morning, ("Mill", "111", ISSUED)), **open_to)
    assert "USDP-11" in rules(MILL, came, outages=outage, until=at("08:00", 11))


def test_a_summary_that_a_mailbox_refused_tells_what_was_so_when_it_was_made() -> None:
    """It comes after one of a later run, and lacks what that one added."""
    outage = {LAKE: (Outage(at("08:10"), at("08:50")),)}
    told = summary(at("09:15"), MILL_TOLD, (AGAIN_MILL, at("09:15"), 1, 0, 1, 0, 0))
    responses = response(MILL, at("08:50"), ("Mill", "111", ISSUED), made=RUN), AGAIN_MILL
    stream = [MILL, *responses, response(AGAIN_MILL, at("09:15"), ("Mill", "111", AGAIN)), told]
    assert rules(*stream, summary(at("23:59"), MILL_TOLD, made=RUN), outages=outage, until=at("00:30", 11)) == []
    assert rules(*stream, summary(at("09:30"), MILL_TOLD), outages=outage, until=at("10:00")) == ["USDP-12"]
    anew = replace(summary(later(at("09:15"), seconds=1), MILL_TOLD), sent=at("09:15"), arrived=at("09:15"))
    assert "USDP-11" not in rules(*stream, anew, outages=outage, until=at("10:00"))
    assert "USDP-11" in rules(*stream, anew, until=at("10:00"))


@pytest.mark.parametrize(("clock", "held"), [("08:15:59", True), ("08:16:00", False)])
def test_an_outage_that_begins_in_the_last_second_of_delivery_explains_absence(clock: str, held: bool) -> None:
    outage = {LAKE: (Outage(at(clock), at("08:50")),)}
    assert rules(MILL, outages=outage) == ([] if held else ["USDP-01"])


def test_situations_that_were_met_are_counted() -> None:
    referee = Referee(opening())
    for happening in [*again("111", AGAIN), Passed(at("10:00"))]:
        referee.see(happening)
    referee.close()
    met = {each for each, times in referee.situations.items() if times}
    assert {"assignment/an SDP ID is asked for again", "assignment/a second summary of a day"} <= met
    assert referee.situations["assignment/an agent submits"] == 0


def test_the_check_forgets_requests_after_days_and_keeps_their_ids() -> None:
    run = at("08:15", 20)
    old = summary(run, MILL_TOLD, (AGAIN_LATE, run, 1, 0, 1, 0, 0))
    stream = [*answered(("Mill", "111", ISSUED)), AGAIN_LATE, response(AGAIN_LATE, run, ("Mill", "111", AGAIN)), old]
    assert rules(*stream, until=at("09:00", 20)) == ["USDP-13", "USDP-12"]


AGAIN_LATE = request(at("08:00", 20), "Mill")
