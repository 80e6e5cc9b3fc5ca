"""Every message that the checks of billing can give, as a vendor reads it: what was expected, what was observed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import pytest

from harness.interface.instants import Day, at, day_of, instant, later
from harness.interface.profile import load_profile
from harness.port.in_process import InProcess
from harness.port.introduction import introduced
from harness.port.protocol import Holidays
from harness.stage.chapters import mailboxes
from harness.stage.chapters.assignment import AssignmentDesk
from harness.stage.chapters.billing import BillingDesk, ResponseRef
from harness.stage.chapters.billing_reports import ReportDesk, Run
from harness.stage.chapters.master_data import attribute
from harness.stage.chapters.synchronization import Change, SyncDesk
from harness.stage.conversation import Conversation, Recorder, Setting
from harness.stage.draws import Draw
from harness.suite.verdicts import Unmet
from reference_impl.repository.port import Port

MONDAY = instant("2011-01-10T00:00:00-05:00")


class World:
    """Lakeside has asked for quantities of Mill on Tuesday, for those of Depot, of which it is not the billing agent,
    and for those of an SDP that there is not; a schedule with a period that is none has been refused in part."""

    def __init__(self) -> None:
        profile = load_profile()
        connection = InProcess(Port(profile))
        system = introduced(connection)
        setting = Setting(profile, system, Holidays((), ()), MONDAY)
        self.conversation = Conversation(setting, Draw(0, "", "messages"), Recorder(connection, None))
        for alias, kind in (("Lakeside", "ldc"), ("Metering Partners", "agent")):
            self.conversation.register(alias, "ldc" if kind == "ldc" else "agent")
        self.sync = SyncDesk(self.conversation, AssignmentDesk(self.conversation))
        self.billing = BillingDesk(self.conversation, self.sync)
        self.reports = ReportDesk(self.conversation, self.billing)
        changes = [
            Change("Depot", attribute("billing agent"), "Metering Partners"),
            Change("Farm", attribute("framing structure"), "periodic 15 block eastern"),
        ]
        self.sync.synchronize("Lakeside", ["Mill", "Depot", "Farm"], 6, changes, lambda _: None)
        monday, tuesday, wednesday = (Day(day_of(later(MONDAY, days=ahead))) for ahead in (0, 1, 2))
        self.monday, self.tuesday = monday, tuesday
        for sdp in ("Mill", "Farm"):
            self.billing.load(sdp, monday, tuesday, [10] * 24)
        next_monday = day_of(later(MONDAY, days=7))
        periods = [("C1", next_monday, day_of(later(MONDAY, days=9))), ("C2", next_monday, next_monday)]
        self.billing.schedule("Lakeside", "Lakeside", periods)
        self.conversation.advance(at(tuesday, 9))
        rows = [(alias, sdp, monday, tuesday) for alias, sdp in (("R1", "Mill"), ("R2", "Depot"), ("R3", "Nowhere"))]
        self.billing.request("Lakeside", "Lakeside", "off cycle", rows)
        self.billing.request("Lakeside", "Lakeside", "off cycle", [("R4", "Farm", monday, tuesday)])
        self.conversation.advance(at(wednesday, 0))
        self.noon = at(tuesday, 12)

    def run(self, report: str, alias: str = "Lakeside") -> Run:
        return self.reports.run(report, alias, self.noon)

    def with_nothing_delivered(self, act: Callable[[], None]) -> None:
        """Let something be looked at as if no response had come."""
        every = self.conversation.delivered
        self.conversation.delivered = [file for file in every if mailboxes.file_type(file) == "BR04"]
        try:
            act()
        finally:
            self.conversation.delivered = every

    def words(self, text: str) -> str:
        """A message with the names that were drawn left out."""
        for number, request in enumerate(self.billing.asked.values(), start=1):
            text = text.replace(request.request_detail_id, f"<R{number}>")
        for sdp in ("Mill", "Depot", "Farm"):
            text = text.replace(self.sync.universal_sdp_id("Lakeside", sdp), f"<{sdp}>")
        for alias in ("Lakeside", "Metering Partners"):
            text = text.replace(str(self.conversation.party(alias).id), f"<{alias}>")
        return text


Act: TypeAlias = Callable[[World], None]


def ref(request: str) -> ResponseRef:
    return ResponseRef(request, None)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


CASES: dict[str, tuple[Act, str, str]] = {
    "no response": (
        lambda w: w.billing.check_status(ref("R3"), "00"),
        "the response to 'R3' in 6000 or 6100 or 6200 by 2011-01-12T00:00:00-05:00",
        "none; delivered: <Lakeside>.<Lakeside>.6000.01.20110111090000.DAT at 2011-01-11T09:00:00-05:00, ",
    ),
    "no scheduled response": (
        lambda w: w.billing.check_status(ResponseRef(None, "Mill"), "00"),
        "the scheduled response for 'Mill' in 6000 or 6100 or 6200 by ",
        "none; delivered: ",
    ),
    "a response in another file": (
        lambda w: void(w.billing.response(ref("R1"), "6000")),
        "the response to 'R1' in 6000 by ",
        "none; delivered: ",
    ),
    "a response where there is to be none": (
        lambda w: w.billing.check_no_response(ref("R1")),
        "no response to 'R1' by 2011-01-12T00:00:00-05:00",
        "DT request_detail_id=<R1> universal_sdp_id=<Mill> period_start_date=2011-01-10 ",
    ),
    "other rows": (
        lambda w: w.billing.check_says(ref("R4"), [{"framing": "periodic", "total": "240", "on-peak": "1"}]),
        "of the response to 'R4': framing_structure E04, total_wh 240, on_peak_wh 1",
        "framing_structure D17, total_wh 240, on_peak_wh -",
    ),
    "other demand": (
        lambda w: w.billing.check_demand(ref("R4"), [{"W": "400", "VA": ""}]),
        "of the response to 'R4': peak_w 400, peak_va -",
        "peak_w -, peak_va -",
    ),
    "other days": (
        lambda w: w.billing.check_hours(ref("R1"), {w.tuesday: [10] * 24}),
        "the response to 'R1' for the days 2011-01-11",
        "2011-01-10",
    ),
    "other hours": (
        lambda w: w.billing.check_hours(ref("R1"), {w.monday: [11] * 24}),
        "for 2011-01-10, hour by hour: 11, 11, ",
        "10, 10, ",
    ),
    "another status": (
        lambda w: w.billing.check_status(ref("R1"), "02"),
        "status 02 in the response to 'R1'",
        "00",
    ),
    "quantities": (
        lambda w: w.billing.check_no_quantities(ref("R1")),
        "the response to 'R1' without quantities",
        "DT request_detail_id=<R1> ",
    ),
    "somebody else": (
        lambda w: w.billing.check_goes_to(ref("R1"), "Metering Partners"),
        "the response to 'R1' with 'Metering Partners' (<Metering Partners>) alone",
        "with <Lakeside>",
    ),
    "nothing for the agent": (
        lambda w: w.billing.check_gives_quantities(ref("R2"), "Metering Partners"),
        "quantities in the response to 'R2' with 'Metering Partners' (<Metering Partners>) by 2011-01-12T",
        "nothing",
    ),
    "another time": (
        lambda w: w.billing.check_came_at(ref("R1"), w.noon),
        "the response to 'R1' at 2011-01-11T12:00:00-05:00",
        "at 2011-01-11T09:00:00-05:00",
    ),
    "another span": (
        lambda w: w.billing.check_came_at(ref("R1"), w.noon, later(w.noon, minutes=10)),
        "the response to 'R1' from 2011-01-11T12:00:00-05:00 until 2011-01-11T12:10:00-05:00",
        "at 2011-01-11T09:00:00-05:00",
    ),
    "something else": (
        lambda w: w.billing.check_same(ref("R1"), ref("R2")),
        "the response to 'R1' as the response to 'R2': DT universal_sdp_id=<Depot> ",
        "DT universal_sdp_id=<Mill> ",
    ),
    "other fields": (
        lambda w: w.billing.check_same_layout(ref("R1"), ref("R2")),
        "the response to 'R1' with the fields of the response to 'R2': ['framing_structure', ",
        "['day', 'framing_structure', 'hour_01_wh', ",
    ),
    "another load status": (
        lambda w: w.billing.check_schedule_status("Lakeside", "loaded or refused"),
        "IR03 that says loaded or refused",
        "in_part",
    ),
    "other dates": (
        lambda w: w.billing.check_schedule_refuses("Lakeside", [("C1", w.monday)]),
        "IR03 that refuses billing cycle C1 from 2011-01-10",
        "billing cycle C2 from 2011-01-17",
    ),
    "another exception": (
        lambda w: w.billing.check_exceptions("Lakeside", ["R1"]),
        "IR08 that reports exactly <R1>",
        "<R3>",
    ),
    "an exception": (
        lambda w: w.billing.check_no_exceptions(),
        "no exception in any IR08",
        "DT file_name=<Lakeside>.<Lakeside>.5000.00.20110111090000.DAT line=5 request_detail_id=<R3> ",
    ),
    "a report": (
        lambda w: mailboxes.not_received(w.conversation, "Lakeside", "IR08"),
        "'Lakeside' has received no IR08 by 2011-01-12T00:00:00-05:00",
        "<Lakeside>.<Lakeside>.IR08.00.20110111091000.DAT at 2011-01-11T09:10:00-05:00",
    ),
    "a report, whoever received it": (
        lambda w: mailboxes.not_received(w.conversation, None, "IR08"),
        "nobody has received IR08 by 2011-01-12T00:00:00-05:00",
        "<Lakeside>.<Lakeside>.IR08.00.20110111091000.DAT at 2011-01-11T09:10:00-05:00",
    ),
    "no report": (
        lambda w: w.billing.check_schedule_status("Metering Partners", "loaded"),
        "'Metering Partners' has received IR03 by 2011-01-12T00:00:00-05:00",
        "no IR03; in its mailbox: none",
    ),
    "a report at another time": (
        lambda w: w.reports.check_times("BR04", "Lakeside", ["11:00"]),
        "BR04 of 'Lakeside' at 11:00 alone",
        "2011-01-11T12:00:00-05:00",
    ),
    "a late report": (
        lambda w: w.reports.check_comes_by("BR04", "Lakeside", "11:00"),
        "BR04 of 'Lakeside' by 11:00",
        "2011-01-11T12:00:00-05:00",
    ),
    "other records": (
        lambda w: w.reports.check_lists(w.run("BR04"), [{"request": "R1", "SDP": "Mill", "status": "06"}]),
        "BR04 that came to 'Lakeside' from 2011-01-11T12:00:00-05:00 until 2011-01-11T12:00:59-05:00: "
        "request R1, SDP Mill, status 06",
        "request R1, SDP Mill, status 00; request R2, SDP Depot, status 08; request R4, SDP Farm, status 00",
    ),
    "records where there are to be none": (
        lambda w: w.reports.check_lists(w.reports.between("BR06", "Lakeside", w.noon, later(w.noon, hours=10)), []),
        "BR06 that came to 'Lakeside' from 2011-01-11T12:00:00-05:00 until 2011-01-11T22:00:59-05:00: no records",
        "request R2, SDP Depot, status 08, from 2011-01-10, until 2011-01-11",
    ),
    "a request that is not listed": (
        lambda w: w.reports.check_export_is_true(w.run("BR04"), "R3"),
        "BR04 that came to 'Lakeside' from 2011-01-11T12:00:00-05:00 until 2011-01-11T12:00:59-05:00 that lists 'R3'",
        "no record of it",
    ),
    "another export status": (
        lambda w: w.with_nothing_delivered(lambda: w.reports.check_export_is_true(w.run("BR04"), "R1")),
        "'R1' as delivery_failed, as it is when the report comes",
        "sent",
    ),
    "other counts": (
        lambda w: w.reports.check_counts(w.run("BR01"), []),
        "BR01 that came to 'Lakeside' from 2011-01-11T12:00:00-05:00 until 2011-01-11T12:00:59-05:00: no records",
        "window until 2011-01-13, period until 2011-01-11: failed_and_sent 1, found_and_sent 2, total 3",
    ),
    "no status in BR04": (
        lambda w: w.reports.check_status_agrees("Metering Partners", ["R1"]),
        "status 00 of 'R1' in BR04 of 'Metering Partners'",
        "no status",
    ),
    "nothing to count": (
        lambda w: w.reports.check_counts_details(w.run("BR01", "Metering Partners")),
        "records of BR04 that came to 'Metering Partners' from 2011-01-11T12:00:00-05:00 until "
        "2011-01-11T12:00:59-05:00, to be counted",
        "none",
    ),
    "nothing to add up": (
        lambda w: w.reports.check_adds_up(w.run("BR01", "Metering Partners")),
        "records in BR01 that came to 'Metering Partners' from ",
        "none",
    ),
}


def void(_: object) -> None:
    """A check that gives something back."""


@pytest.mark.parametrize("case", CASES)
def test_a_message_says_what_was_expected_and_what_was_observed(world: World, case: str) -> None:
    act, expected, observed = CASES[case]
    with pytest.raises(Unmet) as unmet:
        act(world)
    assert world.words(unmet.value.expected).startswith(expected)
    assert world.words(unmet.value.observed).startswith(observed)
    assert "None" not in str(unmet.value)
    assert not re.search(r"nobody has received no", str(unmet.value))
