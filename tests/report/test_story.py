"""What a journal tells: files in the order of their instants, parties as the system was told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.report.story import Story, Trouble, read_story


def told(run: Any, *entries: Any) -> Story:
    mark = run._journal("told", [*run.begin(), *entries])
    return read_story((run.folder / "told").read_bytes(), mark)


def test_files_are_told_in_the_order_of_their_instants(written: Callable[..., Any]) -> None:
    run = written()
    instants = [f"2011-01-10T{hour}:00:00-05:00" for hour in ("03", "01", "02")]
    story = told(run, *run.advance("2011-01-10T04:00:00-05:00", *map(run.delivered, instants)))
    assert [file.instant for file in story.files] == sorted(instants)
    assert [file.number for file in story.files] == [1, 2, 3]


def test_a_submitted_file_has_the_instant_that_was_reached(written: Callable[..., Any]) -> None:
    run = written()
    (file,) = told(run, *run.advance("2011-01-10T04:00:00-05:00"), *run.submit()).files
    assert (file.instant, file.way) == ("2011-01-10T04:00:00-05:00", "Lakeside → MDM/R")


def test_whoever_was_not_introduced_is_not_registered(written: Callable[..., Any]) -> None:
    run = written()
    story = told(run, *run.submit("ORG99999"))
    assert [party.described for party in story.parties] == [
        "Lakeside (LDC, ORG11111)",
        "Partners (agent, ORG22222)",
        "ORG99999 (not registered)",
    ]


def test_an_error_that_the_system_answers_is_trouble(written: Callable[..., Any]) -> None:
    run = written()
    story = told(run, ("reply", {"id": 2, "error": {"code": "failed", "message": "no disk"}}))
    assert story.events == (Trouble("failed", "no disk", "2011-01-10T00:00:00-05:00"),)


def test_entries_stand_in_words(written: Callable[..., Any]) -> None:
    run = written()
    story = told(run, *run.submit(), ("request", {"id": 4, "message": "load", "intervals": [1]}))
    assert [entry.text for entry in story.entries] == [
        f"journal version 1; scenario usdp/a/b; suite {'0' * 12}…",
        "begin at 2011-01-10T00:00:00-05:00; conversation c0ffee; seed 7; Lakeside (LDC, ORG11111); "
        "Partners (agent, ORG22222); ORG11111 lets ORG22222 submit 1000; profile workshop-2010",
        "ok",
        "submit ORG11111.ORG11111.1000.00.20110110080000.DAT of ORG11111, 6 bytes",
        "ok",
        "load intervals [1]",
    ]
