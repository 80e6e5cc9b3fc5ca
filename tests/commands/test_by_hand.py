"""A person takes the course by hand, command by command; the reference CIS stands for the one that they work with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.commands.run import command
from harness.commands.verify import command as verify
from harness.errors import InputError, UsageError
from tests.commands.by_hand import ByHand, forget
from tests.conftest import Said

FIRST = "cis/course/1-identifiers/"
"""The first conversation of the course, which has two tasks."""
Run = Callable[..., Said]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return tmp_path / "course"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "mdmr-conform-out"


@pytest.fixture
def run(course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The one command that begins a course and goes on with it, in this process, from the folder above the course."""
    monkeypatch.chdir(tmp_path)

    def call(*more: str) -> Said:
        where = ["--adapter", f"person:{course.name}", "--time-limit", "3600"]
        code = command.main(["--role", "cis", *where, "--select", FIRST, *more], standalone_mode=False)
        return Said(code, *capsys.readouterr())

    return call


def verdicts(out: Path) -> dict[str, str]:
    """What each rule came to."""
    results = json.loads((out / "results.json").read_text())
    return {scenario["rule"]: scenario["verdict"] for scenario in results["scenarios"]}


def test_a_conversation_is_done_task_by_task_and_can_be_verified(run: Run, course: Path, out: Path) -> None:
    said = run()
    assert said.code == 3
    assert "Conversation 1, task 1: Monday, " in said.out
    assert "0 of 5 scenarios judged so far" in said.out
    person = ByHand(course, out)
    person.works()
    waits = run()
    assert waits.code == 3
    assert f"1 file lies in {course / 'conversation-1' / 'to-mdmr'}, and nothing is taken before done.txt" in waits.out
    assert set(verdicts(out).values()) == {"pending"}
    misnamed = course / "conversation-1" / "to-mdmr" / "Done.txt.txt"
    misnamed.touch()
    assert f"{misnamed} says nothing: it has to be {misnamed.with_name('done.txt')}\n1 file lies" in run().out
    misnamed.unlink()
    person.says_done()
    assert "Conversation 1, task 2: Wednesday, " in run().out
    forget(out)  # the folder of the course remembers everything
    run()
    person.does()
    assert run().code == 0
    assert verdicts(out) == dict.fromkeys(["FTS-01", "FTS-07", "USDP-01", "USDP-06", "USDP-18"], "pass")
    results = (out / "results.json").read_bytes()
    assert verify.main([str(out)], standalone_mode=False) == 0
    again = run()
    assert again.code == 0
    assert "class CIS-USDP        not selected as a whole: conformant in 3 of 9 rules" in again.out
    assert "CIS-BILLING and CIS-READING need an adapter" in again.out
    assert (out / "results.json").read_bytes() == results


def test_a_cis_that_breaks_a_rule_fails_that_rule(run: Run, course: Path, out: Path) -> None:
    run()
    person = ByHand(course, out)

    def of_a_retired_version(name: str, content: bytes) -> tuple[str, bytes]:
        retired = name.replace(".1000.00.", ".1000.99.")
        return retired, content.replace(name.encode(), retired.encode())

    person.does(of_a_retired_version)
    run()
    person.does()
    assert run().code == 1
    assert verdicts(out)["FTS-07"] == "fail"
    assert "fail" not in {verdict for rule, verdict in verdicts(out).items() if rule != "FTS-07"}


def test_a_file_that_lies_there_by_mistake_is_not_judged(run: Run, course: Path, out: Path) -> None:
    run()
    person = ByHand(course, out)
    person.does()
    stray = course / "conversation-1" / "to-mdmr" / "notes.docx"
    stray.write_bytes(b"to do")
    with pytest.raises(InputError, match="is not named as files for the MDM/R are, so nothing was taken"):
        run()
    assert person.conversation() == course / "conversation-1"


def test_a_conversation_begins_again_with_other_identifiers(run: Run, course: Path, out: Path) -> None:
    run()
    person = ByHand(course, out)
    first = person.does()
    run()
    (course / "conversation-1" / "begin-again.txt").touch()
    said = run()
    assert said.code == 3
    assert "Conversation 1 begins again, with other identifiers" in said.out
    assert "Conversation 1, task 1: Monday, " in said.out
    assert not set(person.does()) & set(first)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        (["--role", "repository"], "a person can be the adapter of a CIS alone"),
        (["--secret", "word"], "a secret hides from a program what is drawn; a person reads it"),
        (["--features", "found"], "a person takes the course that is shipped"),
    ],
)
def test_what_a_person_cannot_take_part_in_is_refused(run: Run, course: Path, more: list[str], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        run(*more)
    assert not course.exists()


def test_a_course_and_what_comes_out_are_two_folders(run: Run, course: Path) -> None:
    with pytest.raises(InputError, match=r"holds files, but no run\.json of a run"):
        run("--out", str(course))


def test_a_slip_in_what_is_said_of_the_cis_is_wrong_input_and_no_answer_of_it(run: Run, course: Path) -> None:
    run()
    about = course / "about-your-cis.toml"
    about.write_text(about.read_text().replace('"CIS-USDP"', '"CIS-UDSP"', 1))
    with pytest.raises(InputError, match="names 'CIS-UDSP'"):
        run()


def test_scenarios_of_classes_that_are_not_claimed_count_for_nothing_that_is_to_be_judged(
    run: Run, course: Path
) -> None:
    audits = ("--select", "cis/course/4-periodic-audit/")
    assert "0 of 11 scenarios judged so far; the others are pending" in run(*audits).out
    about = course / "about-your-cis.toml"
    about.write_text(about.read_text().replace(', "CIS-SYNC"]', "]", 1))
    assert "0 of 5 scenarios judged so far; the others are pending" in run(*audits).out
