"""The port to a system under test: two roles, a handful of messages, one reply to each request.

Each message is a frozen dataclass; `request` and `read_reply` turn them into and out of the JSON objects that cross
the port, in process or as lines over stdio. `protocol.schema.json` states the same for adapters in any language and is
what replies are checked against; `docs/adapter-protocol.md` explains it, and `docs/cis-adapter.md` what a CIS is told.

A request is ``{"id": n, "message": "submit", …}``; its reply is ``{"id": n, "ok": {…}}`` or
``{"id": n, "error": {"code": …, "message": …}}``. Instants are ISO 8601 with ``-05:00``; numbers are integers.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Generic, Literal, TypeAlias, TypeVar

from harness.interface.calendars import price_plan_holidays, statutory_holidays
from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day, Instant, instant, iso
from harness.port.passing import AskedForTime, asks_for_time

PROTOCOL_VERSIONS = (1, 2)
"""The versions that the harness speaks; of the role CIS the last alone knows."""
LINE_LIMIT = 8 * 1024 * 1024
"""The longest line, in bytes, that either side may send."""
CONTENT_LIMIT = 1024 * 1024
"""Content of more bytes than this goes by path through the shared folder."""

Json: TypeAlias = dict[str, Any]


class Role(StrEnum):
    """Which side of the interface a system under test stands on."""

    REPOSITORY = "repository"
    CIS = "cis"

    @property
    def protocols(self) -> tuple[int, ...]:
        """The versions of the protocol that know the role: `hello` names the first, the reply the one spoken."""
        return PROTOCOL_VERSIONS if self is Role.REPOSITORY else PROTOCOL_VERSIONS[1:]


class ErrorCode(StrEnum):
    """Why a system could not answer a request."""

    UNSUPPORTED = "unsupported"
    BAD_MESSAGE = "bad_message"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Hello:
    """Asks the system for its name, role, claims and kind of clock. Opens a connection, before any conversation."""

    message: ClassVar[str] = "hello"
    role: Role = Role.REPOSITORY

    def body(self) -> Json:
        return {"protocol": self.role.protocols[0], "role": self.role.value}


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation that a CIS under test has of its own.

    :param next_sequence_number: the number of an LDC's next file set when a conversation begins; of an agent, of the
        next one that it submits, where it counts these together (AMB-34).
    """

    id: OrgId
    kind: Literal["ldc", "agent"]
    next_sequence_number: int = 1

    @classmethod
    def from_reply(cls, stated: Mapping[str, Any]) -> OwnOrganisation:
        return cls(OrgId(stated["id"]), stated["kind"], stated.get("next_sequence_number", 1))

    def as_json(self) -> Json:
        return {"id": self.id, "kind": self.kind, "next_sequence_number": self.next_sequence_number}


@dataclass(frozen=True, slots=True)
class SystemDescription:
    """What a system answers to `hello`.

    :param classes: the conformance classes it claims, whole.
    :param clock: ``settable`` where `advance` moves its time, ``real`` where time passes by itself, ``told`` where a
        person sets the date of a CIS.
    :param state: ``process`` where each conversation starts empty, ``persistent`` where names stay used for ever.
    :param isolation: ``conversation`` where conversations do not see each other, ``none`` where they share one world.
    :param values: configured values that it has fixed otherwise than the profile says.
    :param readings: readings of ambiguities that it states as its own.
    :param protocol: the version of the protocol that it speaks.
    :param sends_within_minutes: how long a CIS may take to send what follows from an instruction or a delivery.
    :param keeps: what a CIS still knows after its process has ended.
    :param acts_as: whose CIS a CIS can be.
    :param organisations: those that a CIS has of its own, and `authorisations` between them.
    """

    name: str
    version: str
    role: Role
    classes: tuple[str, ...]
    clock: Literal["settable", "real", "told"]
    state: Literal["process", "persistent"]
    isolation: Literal["conversation", "none"]
    values: Mapping[str, Any]
    readings: Mapping[str, str] = field(default_factory=dict)
    protocol: int = PROTOCOL_VERSIONS[0]
    sends_within_minutes: int = 0
    keeps: Literal["nothing", "all"] = "nothing"
    acts_as: tuple[str, ...] = ("agent", "ldc")
    organisations: tuple[OwnOrganisation, ...] = ()
    authorisations: tuple[Authorisation, ...] = ()

    @classmethod
    def from_reply(cls, ok: Mapping[str, Any]) -> SystemDescription:
        return cls(
            name=ok["name"],
            version=ok["version"],
            role=Role(ok["role"]),
            classes=tuple(sorted(ok["classes"])),
            clock=ok["clock"],
            state=ok["state"],
            isolation=ok["isolation"],
            values=dict(ok.get("values", {})),
            readings=dict(sorted(ok.get("readings", {}).items())),
            protocol=ok["protocol"],
            sends_within_minutes=ok.get("sends_within_minutes", 0),
            keeps=ok.get("keeps", "nothing"),
            acts_as=tuple(sorted(ok.get("acts_as", ("agent", "ldc")))),
            organisations=tuple(map(OwnOrganisation.from_reply, ok.get("organisations", ()))),
            authorisations=tuple(map(Authorisation.from_reply, ok.get("authorisations", ()))),
        )

    def as_json(self) -> Json:
        of_every_role = {
            "name": self.name,
            "version": self.version,
            "role": self.role.value,
            "classes": list(self.classes),
            "clock": self.clock,
            "state": self.state,
            "isolation": self.isolation,
            "values": dict(self.values),
            "readings": dict(self.readings),
            "protocol": self.protocol,
        }
        if self.role is Role.REPOSITORY:
            return of_every_role
        return {
            **of_every_role,
            "sends_within_minutes": self.sends_within_minutes,
            "keeps": self.keeps,
            "acts_as": list(self.acts_as),
            "organisations": [each.as_json() for each in self.organisations],
            "authorisations": [each.as_json() for each in self.authorisations],
        }


@dataclass(frozen=True, slots=True)
class Outage:
    """A span of time in which an organisation's mailbox refuses files: from the start on, until the end."""

    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation registered with the MDM/R for one conversation."""

    alias: str
    id: OrgId
    kind: Literal["ldc", "agent"]
    next_sequence_number: int = 1
    mailbox_outages: tuple[Outage, ...] = ()

    def as_json(self) -> Json:
        return {
            "alias": self.alias,
            "id": self.id,
            "kind": self.kind,
            "next_sequence_number": self.next_sequence_number,
            "mailbox_outages": [{"from": iso(o.start), "to": iso(o.end)} for o in self.mailbox_outages],
        }


@dataclass(frozen=True, slots=True)
class Authorisation:
    """An LDC's authorisation (SME_FORM_0006) of an agent, for one file or report type, to submit or to receive it."""

    ldc: OrgId
    agent: OrgId
    type: str
    direction: Literal["submit", "receive"]

    @classmethod
    def from_reply(cls, stated: Mapping[str, Any]) -> Authorisation:
        return cls(OrgId(stated["ldc"]), OrgId(stated["agent"]), stated["type"], stated["direction"])

    def as_json(self) -> Json:
        return {"ldc": self.ldc, "agent": self.agent, "type": self.type, "direction": self.direction}


@dataclass(frozen=True, slots=True)
class ProfileStatement:
    """What a conversation tells of the profile: its configured values and readings, never its layouts."""

    name: str
    hash: str
    values: Mapping[str, Any]
    readings: Mapping[str, str]

    def as_json(self) -> Json:
        return {"name": self.name, "hash": self.hash, "values": dict(self.values), "readings": dict(self.readings)}


@dataclass(frozen=True, slots=True)
class Holidays:
    """What a conversation tells of the calendar.

    :param statutory: those that are no business days; `price_plan`: those that are off-peak all day,
        told from protocol 2 on.
    """

    statutory: tuple[Day, ...] = ()
    price_plan: tuple[Day, ...] = ()

    def as_json(self) -> Json:
        told = {"holidays": list(_written(self.statutory))}
        if self.price_plan:
            told["price_plan_holidays"] = list(_written(self.price_plan))
        return told


@functools.lru_cache(maxsize=16)  # nearly every conversation tells of the same days
def _written(days: tuple[Day, ...]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)


@functools.cache
def holidays_of_ontario() -> Holidays:
    """Both calendars of the corpus."""
    return Holidays(tuple(statutory_holidays()), tuple(price_plan_holidays()))


@dataclass(frozen=True, slots=True)
class Begin:
    """Opens a conversation: a world of its own with its organisations, authorisations, calendar and first instant.

    :param you: the organisation whose CIS the system is; None for a repository.
    :param resumed: whether a CIS goes on with a conversation after a restart.
    """

    message: ClassVar[str] = "begin"
    conversation: str
    instant: Instant
    seed: int
    holidays: Holidays
    organisations: tuple[Organisation, ...]
    authorisations: tuple[Authorisation, ...]
    profile: ProfileStatement
    shared_folder: str | None = None
    you: OrgId | None = None
    resumed: bool = False

    def body(self) -> Json:
        to_a_cis = {} if self.you is None else {"you": self.you, "resumed": self.resumed}
        return {
            "conversation": self.conversation,
            "instant": iso(self.instant),
            "seed": self.seed,
            "calendar": self.holidays.as_json(),
            "organisations": [o.as_json() for o in self.organisations],
            "authorisations": [a.as_json() for a in self.authorisations],
            "shared_folder": self.shared_folder,
            "profile": self.profile.as_json(),
            **to_a_cis,
        }


@dataclass(frozen=True, slots=True)
class Submit:
    """A file from an organisation to the repository (repository role)."""

    message: ClassVar[str] = "submit"
    organisation: OrgId
    name: str
    content: Json

    def body(self) -> Json:
        return {"organisation": self.organisation, "name": self.name, "content": self.content}


@dataclass(frozen=True, slots=True)
class Deliver:
    """A file for an organisation's mailbox (cis role)."""

    message: ClassVar[str] = "deliver"
    organisation: OrgId
    name: str
    content: Json

    def body(self) -> Json:
        return {"organisation": self.organisation, "name": self.name, "content": self.content}


@dataclass(frozen=True, slots=True)
class Load:
    """What reaches the system from outside these interfaces.

    For a repository: ``intervals`` (meter data with validation status) and ``register_reads``. For a CIS: ``events``
    and ``instructions``, see `Event` and `Instruction`.
    """

    message: ClassVar[str] = "load"
    data: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> Json:
        return dict(self.data)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact of an LDC's business, as a CIS hears of it in `load`.

    :param effective: the first day on which it holds.
    :param more: the members that events of this name have besides.
    """

    event: str
    ldc: OrgId
    sdp_id: SdpId
    effective: Day
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> Json:
        about = {"ldc": self.ldc, "sdp_id": self.sdp_id, "effective": self.effective.isoformat()}
        return {"event": self.event, **about, **self.more}


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a person at an LDC tells the CIS to do, as it hears of it in `load`.

    :param more: the members that instructions of this name have besides.
    """

    instruction: str
    ldc: OrgId
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> Json:
        return {"instruction": self.instruction, "ldc": self.ldc, **self.more}


Question: TypeAlias = Literal["universal_sdp_ids", "quantities", "open_matters"]


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks a CIS that claims CIS-READING what it has understood so far."""

    message: ClassVar[str] = "ask"
    question: Question
    ldc: OrgId

    def body(self) -> Json:
        return {"question": self.question, "ldc": self.ldc}


@dataclass(frozen=True, slots=True)
class Restart:
    """Lets a CIS put away what it must not lose: its process ends, and another goes on with the conversation."""

    message: ClassVar[str] = "restart"

    def body(self) -> Json:
        return {}


@dataclass(frozen=True, slots=True)
class Advance:
    """Moves time on to an instant, the present one included, and collects the files that left the system meanwhile."""

    message: ClassVar[str] = "advance"
    to: Instant

    def body(self) -> Json:
        return {"to": iso(self.to)}


@dataclass(frozen=True, slots=True)
class End:
    """Closes the conversation."""

    message: ClassVar[str] = "end"

    def body(self) -> Json:
        return {}


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file that a repository delivered to an organisation's mailbox, as it stands in the reply to `advance`."""

    recipient: OrgId
    name: str
    content: Json
    instant: Instant

    @classmethod
    def from_reply(cls, file: Mapping[str, Any]) -> DeliveredFile:
        return cls(OrgId(file["recipient"]), file["name"], file["content"], instant(file["instant"]))

    def as_json(self) -> Json:
        return {
            "recipient": self.recipient,
            "name": self.name,
            "content": self.content,
            "instant": iso(self.instant),
        }


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file that a CIS submitted for an organisation, as it stands in the reply to `advance`."""

    organisation: OrgId
    name: str
    content: Json
    instant: Instant

    @classmethod
    def from_reply(cls, file: Mapping[str, Any]) -> SubmittedFile:
        return cls(OrgId(file["organisation"]), file["name"], file["content"], instant(file["instant"]))

    def as_json(self) -> Json:
        return {
            "organisation": self.organisation,
            "name": self.name,
            "content": self.content,
            "instant": iso(self.instant),
        }


File = TypeVar("File", DeliveredFile, SubmittedFile)


@dataclass(frozen=True, slots=True)
class Advanced(Generic[File]):
    """What a system answers to `advance`: the instant reached, and the files that left it meanwhile.

    :param instant: earlier than was asked where the system's own clock has not come so far.
    :param files: of a repository those that it delivered, of a CIS those that it submitted.
    """

    instant: Instant
    files: tuple[File, ...]

    @classmethod
    def from_reply(cls, ok: Mapping[str, Any], kind: type[File]) -> Advanced[File]:
        return cls(instant(ok["instant"]), tuple(kind.from_reply(file) for file in ok["files"]))

    def as_json(self) -> Json:
        return {"instant": iso(self.instant), "files": [file.as_json() for file in self.files]}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reply that says why there is no answer.

    :param message: what went wrong, in the system's own words, for people.
    """

    code: ErrorCode
    message: str

    @classmethod
    def from_reply(cls, error: Mapping[str, Any]) -> Refusal:
        return cls(ErrorCode(error["code"]), error["message"])

    def as_json(self) -> Json:
        return {"code": self.code.value, "message": self.message}


Request: TypeAlias = Hello | Begin | Submit | Deliver | Load | Advance | Ask | Restart | End


def request(number: int, message: Request) -> Json:
    """The JSON object of a request."""
    made = {"id": number, "message": message.message, **message.body()}
    return AskedForTime(made) if asks_for_time(made) else made


def pack(content: bytes) -> Json:
    """File content as it stands in a message: text where the bytes are ASCII, base64 otherwise."""
    if content.isascii():
        return {"text": content.decode("ascii")}
    return {"base64": base64.b64encode(content).decode("ascii")}


def unpack(content: Mapping[str, Any]) -> bytes:
    """The bytes of a file content that came in a message, other than by path.

    :raises ValueError: the text is not ASCII or the base64 is none.
    """
    if "text" in content:
        try:
            return str(content["text"]).encode("ascii")
        except UnicodeEncodeError as error:
            raise ValueError("content.text holds characters that are not ASCII; such bytes go as base64") from error
    try:
        return base64.b64decode(str(content["base64"]), validate=True)
    except ValueError as error:
        raise ValueError(f"content.base64 is not base64: {error}") from error


def content_hash(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
