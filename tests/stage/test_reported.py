"""What exception reports say is quoted: which set, its status, and each reason once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.interface.files import Value, write_file
from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, at
from harness.interface.names import read_name
from harness.interface.profile import load_profile
from harness.interface.reader import Reader
from harness.stage.chapters.reported import quoted
from harness.stage.conversation import Conversation, Delivered

PROFILE = load_profile(None)
NOON = at(Day(date(2011, 1, 10)), 12)
Records = list[tuple[str, Mapping[str, Value]]]


def load_status(tx_id: str, status: str) -> Records:
    fields: Mapping[str, Value] = {"file_type": "4000", "tx_id": tx_id, "sequence_number": 6, "status": status}
    return [("load_status", {**fields, "errors": 1, "warnings": 0})]


def error(code: str, message: str) -> tuple[str, Mapping[str, Value]]:
    return "load_finding", {"severity": "ERROR", "code": code, "message": message}


def rejected(tx_id: str, reason: str) -> tuple[str, Mapping[str, Value]]:
    times = {"first_received_date_time": NOON, "rejected_date_time": NOON}
    return "rejected_set", {"file_type": "4000", "tx_id": tx_id, "sequence_number": 6, "reason": reason, **times}


def conversation(*reports: tuple[str, Records]) -> Conversation:
    """A conversation in which reports have come: pairs of type with version, and records."""
    delivered = []
    for report, records in reports:
        name, _ = read_name(f"ORG1.ORG1.{report}.20110110120000.DAT", PROFILE)
        assert name is not None
        content = write_file(PROFILE, name, {"ldc_org_id": "ORG1", "created_date_time": NOON}, records)
        delivered.append(Delivered(OrgId("ORG1"), str(name), content, NOON))
    looked_at = SimpleNamespace(delivered=delivered, profile=PROFILE, reader=Reader())
    return cast("Conversation", looked_at)


def test_a_failed_load_is_quoted_with_each_reason_and_how_often_it_is_given() -> None:
    unknown = error("universal-sdp-id-unknown", "it was not issued to the LDC")
    found = quoted(conversation(("IR14.00", [*load_status("aa11", "FAILED"), unknown, unknown])), "set 6 (TX_ID aa11)")
    reason = "ERROR universal-sdp-id-unknown it was not issued to the LDC (2 times)"
    assert found == (f"IR14 for TX_ID aa11 says FAILED: {reason}",)


def test_of_many_reasons_three_are_quoted_and_the_others_counted() -> None:
    errors = [error(f"code-{number}", "so") for number in range(5)]
    (found,) = quoted(conversation(("IR14.00", [*load_status("aa11", "FAILED"), *errors])), "")
    assert found.endswith("ERROR code-2 so, and 2 other reasons")


def test_a_report_that_all_is_well_is_not_quoted() -> None:
    assert quoted(conversation(("IR14.00", load_status("aa11", "LOADED"))), "") == ()


def test_only_reports_on_the_set_of_the_premise_are_quoted_where_there_are_any() -> None:
    reports = ("IR10.00", [rejected("aa11", "INCOMPLETE"), rejected("bb22", "OUT_OF_SEQUENCE")])
    assert quoted(conversation(reports), "set 6 (TX_ID bb22)") == ("IR10 for TX_ID bb22 says OUT_OF_SEQUENCE",)
    assert len(quoted(conversation(reports), "a response to 'R1'")) == 2


@pytest.mark.parametrize(
    ("report", "records", "said"),
    [
        (
            "IR08.00",
            [("request_exception", {"file_name": "F", "code": "sdp-unknown", "message": "no such SDP"})],
            "IR08 says sdp-unknown no such SDP",
        ),
        (
            "IR03.00",
            [
                ("schedule_status", {"file_name": "F", "status": "REFUSED", "loaded": 0, "refused": 1}),
                ("schedule_exception", {"code": "too-late"}),
            ],
            "IR03 says REFUSED: too-late",
        ),
    ],
)
def test_every_exception_report_is_quoted(report: str, records: Any, said: str) -> None:
    assert quoted(conversation((report, records)), "") == (said,)


def test_a_report_that_cannot_be_read_is_passed_over() -> None:
    odd = conversation()
    odd.delivered.append(Delivered(OrgId("ORG1"), "ORG1.ORG1.IR14", b"\xff", NOON))
    assert quoted(odd, "") == ()
