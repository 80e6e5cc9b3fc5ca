"""The timeline picture: whose lanes there are, which way arrows point, and what is left out of a long one."""

from __future__ import annotations

from harness.report.story import FilePassed, Party, Story, Trouble
from harness.report.timeline import FEW_ROWS, ROWS_SHOWN, Picture, picture

LAKESIDE = Party("ORG11111", "Lakeside", "LDC")
HILLTOP = Party("ORG22222", "Hilltop", "LDC")


def passed(number: int, party: Party = LAKESIDE, *, submitted: bool = True, instant: str = "08:00:00") -> FilePassed:
    name = f"{party.id}.{party.id}.{'1000.00' if submitted else '2000.01'}.20110110{number:06}.DAT"
    return FilePassed(number, party, submitted, name, {"text": ""}, f"2011-01-10T{instant}-05:00")


def story(*events: FilePassed | Trouble, parties: tuple[Party, ...] = (LAKESIDE,)) -> Story:
    return Story(parties, events, "2011-01-11T00:00:00-05:00", ())


def drawn(*events: FilePassed | Trouble, parties: tuple[Party, ...] = (LAKESIDE,), marked: str = "") -> Picture:
    found = picture(story(*events, parties=parties), marked)
    assert found is not None
    return found


def test_where_nothing_passed_there_is_no_picture() -> None:
    assert picture(story()) is None


def test_the_repository_has_the_lane_on_the_right() -> None:
    lanes = drawn(passed(1), parties=(LAKESIDE, HILLTOP)).lanes
    assert [lane.name for lane in lanes] == ["Lakeside", "Hilltop", "MDM/R"]
    assert [lane.place for lane in lanes] == [1, 2, 3]


def test_a_submitted_file_points_to_the_repository_and_a_delivered_one_away_from_it() -> None:
    there, back = [row for row in drawn(passed(1), passed(2, submitted=False)).rows if row.kind == "file"]
    assert (there.to_repository, back.to_repository) == (True, False)
    assert (there.way, back.way) == ("Lakeside → MDM/R", "MDM/R → Lakeside")
    assert there.lane == back.lane == 1


def test_each_day_is_named_once() -> None:
    rows = drawn(passed(1), passed(2), passed(3, instant="09:00:00")).rows
    assert [row.text for row in rows if row.kind == "day"] == ["Mon 10 Jan 2011", "Tue 11 Jan 2011"]


def test_of_very_many_parties_the_last_share_a_lane() -> None:
    parties = tuple(Party(f"ORG{number}", f"Party {number}", "LDC") for number in range(20))
    found = drawn(*(passed(number, party) for number, party in enumerate(parties, start=1)), parties=parties)
    assert [lane.name for lane in found.lanes[-3:]] == ["Party 6", "13 others", "MDM/R"]
    assert max(row.lane for row in found.rows) == 8
    assert [lane.place for lane in found.lanes] == list(range(1, 10))


def test_the_many_files_of_a_set_share_an_arrow() -> None:
    found = drawn(*(passed(number) for number in range(1, 8)), passed(8, submitted=False))
    assert [row.text for row in found.rows if row.kind == "file"] == ["1\N{EN DASH}7 · 1000.00, 7 files", "8 · 2000.01"]
    assert [row.file for row in found.rows if row.kind == "file"] == [None, 8]


def test_three_files_have_an_arrow_each() -> None:
    rows = drawn(*(passed(number) for number in range(1, 4))).rows
    assert [row.text for row in rows if row.kind == "file"] == ["1 · 1000.00", "2 · 1000.00", "3 · 1000.00"]


def every_minute(number: int) -> list[FilePassed]:
    return [passed(n, instant=f"{8 + n // 60:02}:{n % 60:02}:00") for n in range(1, number + 1)]


def test_a_long_story_shows_beginning_and_end_and_counts_what_is_left_out() -> None:
    found = drawn(*every_minute(100))
    shown = [int(row.text.split()[0]) for row in found.rows if row.kind == "file"]
    assert shown == [*range(1, 11), *range(95, 101)]
    assert [row.text for row in found.rows if row.kind == "gap"] == ["… 84 more files …"]


def test_where_there_is_little_room_fewer_rows_are_drawn() -> None:
    found = picture(story(*every_minute(100)), None, FEW_ROWS)
    assert found is not None
    assert [row.text.split()[0] for row in found.rows if row.kind == "file"] == ["1", "2", "100"]
    assert not [row for row in found.rows if row.kind == "end"]


def test_the_file_in_question_is_drawn_though_it_lies_in_the_middle() -> None:
    files = every_minute(100)
    rows = drawn(*files, marked=files[49].name).rows
    assert [row.text for row in rows if row.marked] == ["50 · 1000.00"]


def test_a_story_of_as_many_files_as_there_are_rows_is_drawn_whole() -> None:
    rows = drawn(*every_minute(ROWS_SHOWN)).rows
    assert len([row for row in rows if row.kind == "file"]) == ROWS_SHOWN
    assert [row for row in rows if row.kind == "gap"] == []


def test_a_failure_of_the_system_stands_in_its_lane() -> None:
    found = drawn(Trouble("exit", "the process ended", ""))
    assert [(row.text, row.lane) for row in found.rows if row.kind == "trouble"] == [("the system fails (exit)", 2)]


def test_a_file_whose_name_has_no_elements_is_labelled_with_the_name() -> None:
    odd = FilePassed(1, LAKESIDE, True, "a very long name indeed", {"text": ""}, "2011-01-10T08:00:00-05:00")
    assert odd.label == "a very long n…"
