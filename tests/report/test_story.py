"""What a journal tells: files in the order of their instants, parties as the system was told of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.port.journal import JournalWriter
from harness.report.story import Story, Trouble, read_story
from harness.report.timeline import picture


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
    story = told(
        run,
        *run.submit(),
        ("request", {"id": 4, "message": "load", "intervals": [1, "a"], "of": {"at": 3, "name": "Mill"}}),
    )
    assert [f"{entry.who}: {entry.text}" for entry in story.entries] == [
        f": journal version 1: scenario usdp/a/b; suite {'0' * 12}…",
        "suite → system: begin: instant Mon 10 Jan 2011 00:00:00 EST; conversation c0ffee; seed 7; "
        "organisation Lakeside (LDC, ORG11111); organisation Partners (agent, ORG22222); "
        "authorisation ORG11111 lets ORG22222 submit 1000; profile workshop-2010",
        "system → suite: ok",
        "suite → system: submit: file ORG11111.ORG11111.1000.00.20110110080000.DAT; "
        "organisation Lakeside (ORG11111); content 6 bytes",
        "system → suite: ok",
        'suite → system: load: intervals [1, "a"]; of at 3, name Mill',
    ]


LDC = "ORG11111"


def told_of_a_cis(tmp_path: Path) -> Story:
    """What a journal of two connections tells: the CIS asks, the response is delivered, another LDC gets a report."""
    begin = {
        "message": "begin",
        "conversation": "c0ffee",
        "instant": "2011-01-10T00:00:00-05:00",
        "seed": 7,
        "organisations": [{"alias": "Lakeside", "id": LDC, "kind": "ldc"}],
        "authorisations": [],
        "profile": {"name": "workshop-2010"},
    }

    def file(whose: str, of: str, name: str, minute: int) -> dict[str, Any]:
        return {whose: of, "name": name, "content": {"text": ""}, "instant": f"2011-01-10T00:{minute:02}:00-05:00"}

    def advanced(number: int, minute: int, *files: dict[str, Any]) -> dict[str, Any]:
        return {"id": number, "ok": {"instant": f"2011-01-10T00:{minute:02}:00-05:00", "files": list(files)}}

    request, response = f"{LDC}.{LDC}.1000.00.20110110000100.DAT", f"{LDC}.{LDC}.2000.01.20110110001500.DAT"
    handed = {"organisation": LDC, "content": {"text": ""}}
    journal = JournalWriter(tmp_path / "told", {"scenario": "cis/usdp/a"}, 2)
    for kind, body, side in (
        ("request", {"id": 1, **begin}, "counterpart"),
        ("reply", {"id": 1, "ok": {}}, "counterpart"),
        ("request", {"id": 1, **begin, "you": LDC, "resumed": False}, "system"),
        ("reply", {"id": 1, "ok": {}}, "system"),
        ("reply", advanced(2, 10, file("organisation", LDC, request, 1)), "system"),
        ("request", {"id": 2, "message": "submit", "name": request, **handed}, "counterpart"),
        ("reply", advanced(3, 20, file("recipient", LDC, response, 15)), "counterpart"),
        ("reply", advanced(4, 20, file("recipient", "ORG99999", response, 15)), "counterpart"),
        ("request", {"id": 3, "message": "deliver", "name": response, **handed}, "system"),
        ("event", {"failure": "exit", "detail": "gone", "stderr": []}, "system"),
        ("event", {"failure": "timeout", "detail": "waited", "stderr": []}, "counterpart"),
    ):
        journal.append(kind, body, side)  # type: ignore[arg-type]
    mark = {"entries": journal.mark.entries, "last_hash": journal.mark.last_hash}
    return read_story((tmp_path / "told").read_bytes(), mark)


def test_files_of_a_cis_are_told_as_it_gave_and_got_them(tmp_path: Path) -> None:
    story = told_of_a_cis(tmp_path)
    passed = [(file.label, file.way, file.instant[11:16]) for file in story.files]
    assert passed == [
        ("1000.00", "Lakeside → MDM/R", "00:01"),
        ("2000.01", "MDM/R → ORG99999", "00:15"),
        ("2000.01", "MDM/R → Lakeside", "00:20"),
    ]
    assert story.under_test == LDC


def test_trouble_stands_with_whom_it_came_from(tmp_path: Path) -> None:
    troubles = [event for event in told_of_a_cis(tmp_path).events if isinstance(event, Trouble)]
    assert [(trouble.kind, trouble.at) for trouble in troubles] == [("exit", LDC), ("timeout", "MDM/R")]


def test_entries_of_two_connections_say_with_whom(tmp_path: Path) -> None:
    entries = told_of_a_cis(tmp_path).entries
    assert entries[0].text.startswith("journal version 2: ")
    assert (entries[1].who, entries[2].who) == ("suite → counterpart", "counterpart → suite")
    assert (entries[9].who, entries[9].said) == ("suite → system", "deliver")
    assert entries[9].fields == (
        ("file", f"{LDC}.{LDC}.2000.01.20110110001500.DAT"),
        ("organisation", f"Lakeside ({LDC})"),
        ("content", "0 bytes"),
    )


def test_the_picture_names_who_is_under_test_and_who_failed(tmp_path: Path) -> None:
    drawn = picture(told_of_a_cis(tmp_path))
    assert drawn is not None
    below = {lane.name: lane.below for lane in drawn.lanes}
    assert (below["Lakeside"], below["MDM/R"]) == ("system under test", "counterpart")
    troubles = [row.text for row in drawn.rows if row.kind == "trouble"]
    assert troubles == ["the system fails (exit)", "the counterpart fails (timeout)"]
