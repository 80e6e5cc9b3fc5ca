"""A conversation as the referee sees it: the stream that its journal tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from harness.interface.identifiers import OrgId
from harness.interface.instants import Day, Instant, instant
from harness.interface.profile import Profile
from harness.port.journal import Entry
from harness.port.protocol import (
    Advanced,
    Authorisation,
    DeliveredFile,
    Organisation,
    Outage,
    SystemDescription,
    unpack,
)
from harness.referee.stream import Delivered, Happening, Loaded, Opening, Passed, Submitted


def opening_of(begin: Mapping[str, Any], profile: Profile, system: SystemDescription) -> Opening:
    """What a conversation opens with, as its `begin` says."""
    return Opening(
        seat="repository",
        organisations=tuple(map(_organisation, begin["organisations"])),
        authorisations=tuple(
            Authorisation(OrgId(each["ldc"]), OrgId(each["agent"]), each["type"], each["direction"])
            for each in begin["authorisations"]
        ),
        profile=profile,
        instant=instant(begin["instant"]),
        holidays=_days(begin["calendar"]["holidays"]),
        price_plan_holidays=_days(begin["calendar"]["price_plan_holidays"])
        if "price_plan_holidays" in begin["calendar"]
        else None,
        values=system.values,
        readings=system.readings,
        classes=frozenset(system.classes),
        from_the_beginning=system.state == "process",
    )


def stream_of(
    entries: Iterable[Entry], profile: Profile, system: SystemDescription, shared: Path | None = None
) -> Iterator[Opening | Happening]:
    """What a journal tells: an opening, then what happened. Nothing where no conversation was begun.

    :param shared: where content by path is kept, under its SHA-256.
    """
    opening: Opening | None = None
    now: Instant | None = None
    request: Mapping[str, Any] = {}
    for entry in entries:
        if entry.kind == "request":
            request = entry.body
            continue
        if entry.kind != "reply" or "ok" not in entry.body:
            continue
        if request["message"] == "begin":
            opening = opening_of(request, profile, system)
            now = opening.instant
            yield opening
        elif opening is not None and now is not None:
            for happening in _told(request, entry.body["ok"], opening, now, shared):
                now = happening.instant
                yield happening


def _told(
    request: Mapping[str, Any], ok: Mapping[str, Any], opening: Opening, now: Instant, shared: Path | None
) -> Iterator[Happening]:
    """What a request and its reply tell."""
    match request["message"]:
        case "submit":
            yield Submitted(OrgId(request["organisation"]), request["name"], _content(request["content"], shared), now)
        case "load":
            yield Loaded({key: value for key, value in request.items() if key not in {"id", "message"}}, now)
        case "advance":
            advanced = Advanced.from_reply(ok, DeliveredFile)
            for file in sorted(advanced.files, key=lambda file: file.instant):
                refused = any(
                    outage.start <= file.instant < outage.end
                    for organisation in opening.organisations
                    if organisation.id == file.recipient
                    for outage in organisation.mailbox_outages
                )
                arrived = None if refused else file.instant
                yield Delivered(file.recipient, file.name, _content(file.content, shared), file.instant, arrived)
            yield Passed(advanced.instant)


def _days(texts: Iterable[str]) -> frozenset[Day]:
    return frozenset(Day(date.fromisoformat(text)) for text in texts)


def _content(content: Mapping[str, Any], shared: Path | None) -> bytes:
    return unpack(content) if "path" not in content or shared is None else (shared / content["sha256"]).read_bytes()


def _organisation(entry: Mapping[str, Any]) -> Organisation:
    outages = tuple(Outage(instant(each["from"]), instant(each["to"])) for each in entry["mailbox_outages"])
    return Organisation(entry["alias"], OrgId(entry["id"]), entry["kind"], entry["next_sequence_number"], outages)
