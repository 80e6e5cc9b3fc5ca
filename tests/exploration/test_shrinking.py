"""Conversations made smaller: what is left breaks the same rule, and nothing more can be left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.exploration import working
from harness.exploration.course import Outcome
from harness.exploration.lines import Line, Lines
from harness.exploration.playing import ERROR, Breach, Played
from harness.exploration.shrinking import MOST_TRIES, Shrunk, shrink
from harness.port.protocol import Role

BROKEN = Breach("FTS-09", "IR01", "an End Of File record", "none")


def player(fails: Callable[[Lines], bool], heard: Callable[[Lines], int] = len) -> Callable[[Lines], Played]:
    return lambda lines: Played((BROKEN,) if fails(lines) else (), {}, heard(lines))


def shrunk(lines: Lines, play: Callable[[Lines], Played], key: str = "FTS-09") -> Shrunk:
    return shrink(lines, play(lines), key, play)


def numbered(*numbers: int) -> Lines:
    return tuple(Line(f"line {number}") for number in numbers)


def test_only_the_lines_are_left_that_are_needed() -> None:
    needed = set(numbered(3, 57))
    found = shrunk(numbered(*range(80)), player(lambda lines: needed <= set(lines)))
    assert found.lines == numbered(3, 57)
    assert found.is_smallest
    assert found.played.breach("FTS-09") == BROKEN


def test_rows_names_and_whole_tables_are_left_out() -> None:
    table = (("SDP", "status"), ("A", "1"), ("B", "2"), ("C", "3"))
    lines = (Line('"X" asks for "A", "B" and "C"', table), Line('"X" has synchronized "A" in set 1, with', table))
    play = player(lambda left: len(left) == 2 and '"B"' in left[0].text and ("C", "3") in left[0].table)
    assert shrunk(lines, play).lines == (
        Line('"X" asks for "B"', (table[0], table[3])),
        Line('"X" has synchronized "A" in set 1'),
    )


def test_a_line_that_is_left_with_one_name_speaks_of_one() -> None:
    lines = (Line('"X" has synchronized SDPs "A" and "B" in set 1'),)
    assert shrunk(lines, player(lambda left: bool(left))).lines == (Line('"X" has synchronized SDP "A" in set 1'),)


def test_a_conversation_that_stops_early_is_left_where_it_stops() -> None:
    play = player(lambda lines: Line("line 1") in lines, lambda lines: min(2, len(lines)))
    assert shrunk(numbered(*range(9)), play).lines == numbered(1)


def test_one_that_breaks_the_rule_only_where_it_stops_is_told_whole() -> None:
    whole = numbered(*range(9))
    found = shrunk(whole, player(lambda lines: lines == whole, lambda _: 2))
    assert (found.lines, found.is_smallest) == (whole, False)


def test_a_conversation_in_which_the_adapter_fails_ends_with_that() -> None:
    def play(lines: Lines) -> Played:
        place = next((number for number, line in enumerate(lines) if line.text == "line 5"), None)
        return Played((), {}, len(lines)) if place is None else Played((Breach(ERROR, "", "", ""),), {}, place)

    assert shrunk(numbered(*range(9)), play, ERROR).lines == numbered(5)


def test_the_work_has_a_bound() -> None:
    tries = 0

    def fails(lines: Lines) -> bool:
        nonlocal tries
        tries += 1
        return len(lines) == 5000

    found = shrunk(numbered(*range(5000)), player(fails))
    assert (found.tries, found.is_smallest) == (MOST_TRIES, False)
    assert tries == MOST_TRIES + 1


def test_no_journal_is_kept_of_what_does_not_break_the_rule_when_it_is_played_a_last_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that is not steady: what was seen of it is told, and no journal that shows nothing of it."""
    kept = tmp_path / "kept.jsonl"
    play = player(lambda left: Line("line 3") in left)

    def last(_name: str, lines: Lines) -> Played:
        kept.touch()
        return Played(heard=len(lines), journal={"path": kept.name, "entries": 9, "last_hash": ""})

    first = SimpleNamespace(play=lambda _name, lines: play(lines))
    work = SimpleNamespace(folder=str(tmp_path), player=lambda *, keeps: SimpleNamespace(play=last))
    source: Any = SimpleNamespace(drawn=lambda *_: (None, numbered(*range(8))), role=Role.REPOSITORY)
    monkeypatch.setattr(working, "_at_work", [(work, first)])
    outcome = cast("Outcome", SimpleNamespace(number=5, played=play(numbered(*range(8)))))
    found = working.make_smaller(source, 0, outcome, "FTS-09")
    assert (found.breach, found.lines, found.journal) == (BROKEN, numbered(3), None)
    assert (found.again, found.is_told, found.scenario) == (False, False, "explore/0/5")
    assert "played once more, did not break it" in found.why_not
    assert not kept.exists()
