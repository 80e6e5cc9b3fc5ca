"""What a reply to `advance` may say of time: the span that was asked for, or, on a real clock, less of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import pytest

from harness.errors import SuiteMistake
from harness.interface.identifiers import OrgId
from harness.interface.instants import instant
from harness.interface.profile import load_profile
from harness.port.failure import AdapterFailure
from harness.port.in_process import InProcess
from harness.port.protocol import Holidays, Role, SystemDescription
from harness.stage.conversation import Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.suite.verdicts import Pending

EIGHT, NINE, TEN = (instant(f"2011-01-10T{hour}:00:00-05:00") for hour in ("08", "09", "10"))


class Clock:
    """A system that answers each `advance` with the next of these: an instant, and the instants of its files."""

    def __init__(self, *answers: tuple[str, list[str]]) -> None:
        self.answers = list(answers)

    def exchange(self, request: Any) -> Any:
        if request["message"] != "advance":
            return {"id": request["id"], "ok": {}}
        reached, files = self.answers.pop(0)
        delivered = [
            {"recipient": "ORG1", "name": clock, "content": {"text": ""}, "instant": f"2011-01-10T{clock}:00-05:00"}
            for clock in files
        ]
        return {"id": request["id"], "ok": {"instant": f"2011-01-10T{reached}:00-05:00", "files": delivered}}


def conversation(system: Clock, clock: Literal["settable", "real"] = "settable") -> Conversation:
    description = SystemDescription("a", "1", Role.REPOSITORY, ("FTS",), clock, "process", "conversation", {})
    setting = Setting(load_profile(None), description, Holidays(), EIGHT)
    return Conversation(setting, Draw(0, "", "a/scenario"), Recorder(InProcess(system), None))


def test_files_are_taken_from_both_ends_of_the_span_and_sorted_by_instant() -> None:
    begun = conversation(Clock(("09:00", ["09:00", "08:00", "08:30"]), ("09:00", ["09:00"])))
    begun.advance(NINE)
    begun.advance(NINE)
    assert [file.name for file in begun.delivered] == ["08:00", "08:30", "09:00", "09:00"]
    assert begun.now == NINE


@pytest.mark.parametrize(
    ("first", "last", "arrived"),
    [
        ("08:30", "09:00", ["08:00", "09:00"]),
        ("08:29", "08:31", ["08:00", "09:00"]),
        ("08:31", "09:01", ["08:00", "08:30"]),
        ("08:00", "08:30", ["08:30", "09:00"]),
    ],
)
def test_what_comes_while_a_mailbox_refuses_has_not_arrived(first: str, last: str, arrived: list[str]) -> None:
    begun = conversation(Clock(("09:00", ["08:00", "08:30", "09:00"])))
    party = begun.register("A", "ldc")
    begun.parties["A"] = replace(party, id=OrgId("ORG1"))
    begun.refuse_deliveries("A", *(instant(f"2011-01-10T{clock}:00-05:00") for clock in (first, last)))
    begun.advance(NINE)
    assert [file.name for file in begun.delivered] == arrived


def test_an_outage_of_one_is_no_outage_of_another() -> None:
    begun = conversation(Clock(("09:00", ["08:30"])))
    begun.register("A", "ldc")
    begun.refuse_deliveries("A", EIGHT, NINE)
    begun.advance(NINE)
    assert [file.name for file in begun.delivered] == ["08:30"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (("09:01", []), "was answered with instant 2011-01-10T09:01:00-05:00, which lies outside that span"),
        (("07:59", []), "was answered with instant 2011-01-10T07:59:00-05:00, which lies outside that span"),
        (("09:00", ["09:01"]), "brought file '09:01' with instant 2011-01-10T09:01:00-05:00, which lies outside"),
        (("09:00", ["07:59"]), "brought file '07:59' with instant 2011-01-10T07:59:00-05:00, which lies outside"),
    ],
)
def test_what_lies_outside_the_span_is_malformed(answer: tuple[str, list[str]], said: str) -> None:
    with pytest.raises(AdapterFailure) as caught:
        conversation(Clock(answer)).advance(NINE)
    assert caught.value.kind == "malformed"
    assert said in caught.value.detail


def test_a_settable_clock_that_does_not_come_to_the_instant_asked_for_is_malformed() -> None:
    with pytest.raises(AdapterFailure) as caught:
        conversation(Clock(("08:59", []))).advance(NINE)
    assert (caught.value.kind, caught.value.detail) == (
        "malformed",
        "advance from 2011-01-10T08:00:00-05:00 to 2011-01-10T09:00:00-05:00 was answered with instant "
        "2011-01-10T08:59:00-05:00; a settable clock comes to the instant that was asked for",
    )


def test_an_instant_earlier_than_asked_is_pending_on_a_real_clock_and_its_files_are_kept() -> None:
    begun = conversation(Clock(("08:30", ["08:15"])), "real")
    with pytest.raises(Pending):
        begun.advance(NINE)
    assert [file.name for file in begun.delivered] == ["08:15"]
    assert begun.now == instant("2011-01-10T08:30:00-05:00")


def test_a_real_clock_may_be_behind_the_instant_at_which_a_conversation_opens() -> None:
    with pytest.raises(Pending):
        conversation(Clock(("07:00", [])), "real").advance(NINE)


def test_the_suite_does_not_ask_time_to_run_back() -> None:
    begun = conversation(Clock(("10:00", [])))
    begun.advance(TEN)
    with pytest.raises(SuiteMistake, match="time does not run back"):
        begun.advance(NINE)
