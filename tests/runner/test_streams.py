"""The stream that a journal tells."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from harness.interface.instants import instant
from harness.interface.profile import load_profile
from harness.port.journal import Entry
from harness.port.protocol import SystemDescription
from harness.referee.stream import Delivered, Loaded, Opening, Passed, Submitted
from harness.runner.streams import stream_of

SYSTEM = SystemDescription.from_reply(
    {
        "protocol": 1,
        "name": "test",
        "version": "1",
        "role": "repository",
        "classes": ["FTS"],
        "clock": "settable",
        "state": "persistent",
        "isolation": "none",
        "values": {"set_wait_time_minutes": 5},
    }
)
START, NOON, ONE = (f"2011-01-10T{clock}:00-05:00" for clock in ("00:00", "12:00", "13:00"))
BEGIN = {
    "message": "begin",
    "instant": START,
    "calendar": {"holidays": ["2011-02-21"]},
    "organisations": [
        {
            "alias": "Lakeside",
            "id": "LAKE",
            "kind": "ldc",
            "next_sequence_number": 7,
            "mailbox_outages": [{"from": NOON, "to": ONE}],
        }
    ],
    "authorisations": [{"ldc": "LAKE", "agent": "AGENT", "type": "1000", "direction": "submit"}],
}


def told(*exchanges: tuple[dict[str, Any], dict[str, Any]], shared: Path | None = None) -> list[Any]:
    entries = [Entry(0, "opening", {})]
    for request, reply in exchanges:
        entries += [Entry(0, "request", request), Entry(0, "reply", reply)]
    return list(stream_of(entries, load_profile(), SYSTEM, shared))


def advanced(to: str, *files: tuple[str, dict[str, str], str]) -> tuple[dict[str, Any], dict[str, Any]]:
    listed = [{"recipient": "LAKE", "name": name, "content": content, "instant": at} for name, content, at in files]
    return {"message": "advance", "to": to}, {"ok": {"instant": to, "files": listed}}


def test_it_opens_with_who_takes_part_and_what_the_system_states() -> None:
    (opening,) = told((BEGIN, {"ok": {}}))
    assert isinstance(opening, Opening)
    assert opening.organisations[0].next_sequence_number == 7
    assert opening.organisations[0].mailbox_outages[0].end == instant(ONE)
    assert opening.authorisations[0].direction == "submit"
    assert opening.values == {"set_wait_time_minutes": 5}
    assert opening.classes == {"FTS"}
    assert not opening.from_the_beginning  # names of a persistent system stay used for ever


def test_what_was_submitted_and_loaded_happens_at_the_instant_reached() -> None:
    submit = {"message": "submit", "organisation": "LAKE", "name": "a", "content": {"text": "A"}}
    load = {"id": 3, "message": "load", "intervals": []}
    found = told((BEGIN, {"ok": {}}), advanced(ONE), (submit, {"ok": {}}), (load, {"ok": {}}))
    assert found[1:] == [
        Passed(instant(ONE)),
        Submitted("LAKE", "a", b"A", instant(ONE)),  # type: ignore[arg-type]
        Loaded({"intervals": []}, instant(ONE)),
    ]


def test_files_come_in_order_of_time_and_those_a_mailbox_refuses_do_not_arrive() -> None:
    bytes_as_text = {"base64": base64.b64encode(b"\xff").decode()}
    files = [("c", {"text": ""}, ONE), ("b", bytes_as_text, NOON), ("a", {"text": "A"}, START)]
    found = told((BEGIN, {"ok": {}}), advanced(ONE, *files))
    delivered = [each for each in found if isinstance(each, Delivered)]
    assert [(each.name, each.content, each.arrived) for each in delivered] == [
        ("a", b"A", instant(START)),
        ("b", b"\xff", None),
        ("c", b"", instant(ONE)),
    ]


def test_content_by_path_is_read_from_the_shared_folder(tmp_path: Path) -> None:
    (tmp_path / "5c3").write_bytes(b"large")
    found = told((BEGIN, {"ok": {}}), advanced(NOON, ("a", {"path": "x", "sha256": "5c3"}, START)), shared=tmp_path)
    assert [each.content for each in found if isinstance(each, Delivered)] == [b"large"]


def test_what_was_refused_or_never_answered_did_not_happen() -> None:
    assert told((BEGIN, {"error": {"code": "failed", "message": ""}})) == []
    submit = {"message": "submit", "organisation": "LAKE", "name": "a", "content": {"text": "A"}}
    assert len(told((BEGIN, {"ok": {}}), (submit, {"error": {"code": "failed", "message": ""}}))) == 1
