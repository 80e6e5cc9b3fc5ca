"""What a scenario's journal tells: who took part, which files passed when, and how the conversation went on.

A journal is evidence byte for byte; this is its reading for people. It is read with its chain checked, and against the
entry count and last hash that the results hold: a journal that was changed tells no story.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from harness.port.journal import Entry, JournalError, JournalMark, read_journal
from harness.port.protocol import Json, unpack
from harness.report.text import clipped, counted, cut, spoken

REPOSITORY = "MDM/R"
_LONGEST_ENTRY = 600
_SHORT_HASH = 12
_LONGEST_LABEL = 14
_NAME_ELEMENTS = 6

_Told: TypeAlias = tuple[str, Sequence[tuple[str, str]]]
"""What an entry says, in a word or two, and what it says with it."""


class Unreadable(Exception):
    """A journal, or a file in it, that cannot be shown: why."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part; a stranger is somebody of whom the system was told nothing."""

    id: str
    alias: str
    kind: str

    @property
    def described(self) -> str:
        """Name, kind and id, as far as they are known."""
        return f"{self.alias} ({self.kind}, {self.id})" if self.alias != self.id else f"{self.id} ({self.kind})"


@dataclass(frozen=True, slots=True)
class FilePassed:
    """A file that passed between an organisation and the repository.

    :param number: its place among the scenario's files, from 1.
    :param to_repository: whether it was submitted; otherwise it was delivered.
    :param instant: ISO 8601.
    """

    number: int
    party: Party
    to_repository: bool
    name: str
    content: Mapping[str, Any]
    instant: str

    @property
    def label(self) -> str:
        """File or report type with version, such as ``2000.01``; the name itself where it has no such elements."""
        elements = self.name.split(".")
        return clipped(".".join(elements[2:4]) if len(elements) >= _NAME_ELEMENTS else self.name, _LONGEST_LABEL)

    @property
    def way(self) -> str:
        """From whom to whom."""
        ends = (self.party.alias, REPOSITORY)
        return " → ".join(ends if self.to_repository else reversed(ends))


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where a system gave no answer, or none that makes sense.

    :param at: whose it is: `REPOSITORY`, or the id of the party whose CIS is under test.
    """

    kind: str
    detail: str
    instant: str
    at: str = REPOSITORY


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry of the journal in words.

    :param who: who speaks to whom; empty where it is the journal that speaks.
    :param said: what is said, in a word or two.
    :param fields: what is said with it: names, each with its value.
    """

    number: int
    kind: str
    who: str
    said: str
    fields: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """All of it on one line."""
        fields = "; ".join(f"{name} {value}" for name, value in self.fields)
        return f"{self.said}: {fields}" if fields else self.said


@dataclass(frozen=True, slots=True)
class Story:
    """What happened in a conversation, in order.

    :param until: the instant that the conversation had reached at its end, ISO 8601; empty where it never began.
    :param journal: the entries of the journal; `entry` puts one into words, for few of many are shown.
    :param under_test: whose system is under test: `REPOSITORY`, or the id of the party whose CIS it is. Files of that
        party are told as its CIS gave and got them.
    """

    parties: tuple[Party, ...]
    events: tuple[FilePassed | Trouble, ...]
    until: str
    journal: tuple[Entry, ...]
    under_test: str = REPOSITORY

    @property
    def files(self) -> tuple[FilePassed, ...]:
        return tuple(event for event in self.events if isinstance(event, FilePassed))

    @property
    def entries(self) -> tuple[EntryShown, ...]:
        """All entries of the journal in words.

        :raises Unreadable: one does not follow the protocol.
        """
        return tuple(map(self.entry, range(len(self.journal))))

    def entry(self, number: int) -> EntryShown:
        """An entry of the journal in words.

        :raises Unreadable: it does not follow the protocol.
        """
        entry = self.journal[number]
        try:
            said, fields = _Words({party.id: party for party in self.parties}).of(entry)
            cut_off = tuple((name, cut(value, _LONGEST_ENTRY)) for name, value in fields)
        except _NOT_FOLLOWED as error:
            raise _against_the_protocol(entry) from error
        return EntryShown(entry.number, entry.kind, self._who(entry), said, cut_off)

    def _who(self, entry: Entry) -> str:
        if entry.kind == "opening":
            return ""
        other = entry.side if _is_two_sided(self.journal[0]) else "system"
        return f"suite → {other}" if entry.kind == "request" else f"{other} → suite"


def read_story(content: bytes, mark: Json) -> Story:
    """Read a journal.

    :param mark: the scenario's ``journal`` in the results.
    :raises Unreadable: it is not as it was written, or does not follow the protocol.
    """
    try:
        entries = read_journal(content, JournalMark(mark["entries"], mark["last_hash"]))
    except JournalError as error:
        raise Unreadable(f"the journal is not the one of this run: {error}") from error
    teller = _Teller()
    for entry in entries:
        try:
            teller.take(entry)
        except _NOT_FOLLOWED as error:
            raise _against_the_protocol(entry) from error
    story = tuple(teller.parties.values()), tuple(teller.events), teller.now, entries
    return Story(*story, teller.you or REPOSITORY)


def _against_the_protocol(entry: Entry) -> Unreadable:
    return Unreadable(f"entry {entry.number} of the journal does not follow the protocol")


_NOT_FOLLOWED = (KeyError, TypeError, ValueError, AttributeError)
"""What comes of taking an entry apart that does not follow the protocol."""


def bytes_of(file: FilePassed, fetch: Callable[[str], bytes | None]) -> bytes:
    """The content of a file.

    :param fetch: reads a path relative to the run's folder; None where there is nothing.
    :raises Unreadable: it is not at hand.
    """
    content = file.content
    if "path" in content:
        digest = str(content["sha256"])
        kept = fetch(f"shared/{digest}") if digest.isalnum() else None
        if kept is None:
            raise Unreadable(f"its content is not at hand; it has the SHA-256 {digest}")
        return kept
    try:
        return unpack(content)
    except (KeyError, ValueError) as error:
        raise Unreadable(f"its content does not read: {error}") from error


@dataclass(slots=True)
class _Teller:
    """Takes the entries of a journal one by one, and keeps what they tell."""

    parties: dict[str, Party] = field(default_factory=dict)
    events: list[FilePassed | Trouble] = field(default_factory=list)
    now: str = ""
    files: int = 0
    you: str = ""
    side: str = "system"
    two_sided: bool = False

    def take(self, entry: Entry) -> None:
        self.side = entry.side
        if entry.kind == "request":
            self._request(entry.body)
        elif entry.kind == "reply":
            self._reply(entry.body)
        elif entry.kind == "event":
            self._fails(entry.body["failure"], entry.body["detail"])
        else:
            self.two_sided = _is_two_sided(entry)

    def _request(self, body: Mapping[str, Any]) -> None:
        if body["message"] == "begin":
            self.now, self.you = body["instant"], body.get("you", self.you)
            self.parties.update((party.id, party) for party in _parties(body))
        elif body["message"] in {"submit", "deliver"} and self._tells_of(body["organisation"]):
            self._passed(body["organisation"], body, self.now, to_repository=body["message"] == "submit")

    def _reply(self, body: Mapping[str, Any]) -> None:
        if "error" in body:
            self._fails(body["error"]["code"], body["error"]["message"])
        elif "instant" in (ok := body["ok"]):
            for file in sorted(ok["files"], key=lambda file: str(file["instant"])):
                whose = file["recipient"] if "recipient" in file else file["organisation"]
                if self._tells_of(whose):
                    self._passed(whose, file, file["instant"], to_repository="organisation" in file)
            self.now = ok["instant"]

    def _fails(self, kind: str, detail: str) -> None:
        at = self.you if self.two_sided and self.side == "system" else REPOSITORY
        self.events.append(Trouble(kind, detail, self.now, at))

    def _tells_of(self, organisation: str) -> bool:
        """Whether the present entry is the one that tells of a file: of those of a CIS under test, its own entries."""
        return not self.two_sided or (self.side == "system") == (organisation == self.you)

    def _passed(self, organisation: str, file: Mapping[str, Any], instant: str, *, to_repository: bool) -> None:
        self.files += 1
        party = self.parties.setdefault(organisation, Party(organisation, organisation, "not registered"))
        self.events.append(FilePassed(self.files, party, to_repository, file["name"], file["content"], instant))


def _is_two_sided(opening: Entry) -> bool:
    """Whether a journal is of two connections."""
    return bool(opening.body["journal"] > 1)


def _parties(begin: Mapping[str, Any]) -> Iterator[Party]:
    """The parties that a conversation begins with."""
    for organisation in begin["organisations"]:
        kind = {"ldc": "LDC"}.get(organisation["kind"], organisation["kind"])
        yield Party(organisation["id"], organisation["alias"], kind)


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts entries into words; parties are called what the conversation calls them."""

    parties: Mapping[str, Party]

    def of(self, entry: Entry) -> _Told:
        tell = {"opening": _opening, "request": self._request, "reply": self._reply, "event": _event}[entry.kind]
        return tell(entry.body)

    def _request(self, body: Mapping[str, Any]) -> _Told:
        if body["message"] == "begin":
            return _begin(body)
        if body["message"] in {"submit", "deliver"}:
            fields = [("file", body["name"]), ("organisation", self._named(body["organisation"]))]
            return body["message"], [*fields, ("content", _size(body["content"]))]
        if body["message"] == "advance":
            return "advance", [("to", spoken(body["to"]))]
        return str(body["message"]), [(name, _value(body[name])) for name in body if name not in {"id", "message"}]

    def _reply(self, body: Mapping[str, Any]) -> _Told:
        if "error" in body:
            error = body["error"]
            return "error", [("code", error["code"]), ("message", error["message"])]
        ok = body["ok"]
        if "instant" not in ok:
            return "ok", []
        files = [("file", self._delivered(file)) for file in ok["files"]]
        return "ok", [("instant", spoken(ok["instant"])), *(files or [("files", "none")])]

    def _delivered(self, file: Mapping[str, Any]) -> str:
        whose = "for" if "recipient" in file else "of"
        party = self._named(file.get("recipient") or file["organisation"])
        return f"{file['name']} {whose} {party}, {spoken(file['instant'])}, {_size(file['content'])}"

    def _named(self, organisation: str) -> str:
        party = self.parties.get(organisation)
        return organisation if party is None or party.alias == party.id else f"{party.alias} ({organisation})"


def _begin(body: Mapping[str, Any]) -> _Told:
    allowed = [f"{a['ldc']} lets {a['agent']} {a['direction']} {a['type']}" for a in body["authorisations"]]
    return "begin", [
        ("instant", spoken(body["instant"])),
        ("conversation", str(body["conversation"])),
        ("seed", str(body["seed"])),
        *(("organisation", party.described) for party in _parties(body)),
        *(("authorisation", each) for each in allowed),
        ("profile", str(body["profile"]["name"])),
    ]


def _event(body: Mapping[str, Any]) -> _Told:
    return str(body["failure"]), [("detail", str(body["detail"]))]


def _opening(body: Mapping[str, Any]) -> _Told:
    stated = ((name, str(value)) for name, value in sorted(body.items()) if name != "journal")
    return f"journal version {body['journal']}", list(_shortened(stated))


def _shortened(stated: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for name, value in stated:
        yield name, f"{value[:_SHORT_HASH]}…" if name in {"suite", "profile"} else value


def _value(value: object) -> str:
    """A value of a message, as people write it."""
    parts = value.items() if isinstance(value, Mapping) else [("", value)]
    texts = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for _, each in parts)
    return ", ".join(f"{name} {text}".strip() for (name, _), text in zip(parts, texts, strict=True))


def _size(content: Mapping[str, Any]) -> str:
    if "text" in content:
        return counted(len(content["text"]), "byte")
    if "base64" in content:
        return f"{counted(len(content['base64']), 'character')} of base64"
    return f"by path, SHA-256 {str(content['sha256'])[:_SHORT_HASH]}…"
