"""A CIS and a repository, both of the reference, with somebody who carries files between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.interface.instants import Instant, instant, iso, later
from harness.interface.profile import load_profile
from reference_impl.cis.cis import Cis
from reference_impl.cis.port import Port as CisPort
from reference_impl.repository.port import Port as RepositoryPort
from reference_impl.repository.repository import Repository

PROFILE = load_profile()
LDC, AGENT, RETAILER = "ORG11111", "ORG22222", "ORG33333"
START = instant("2011-01-10T08:00:00-05:00")
STEP = 10

File = dict[str, Any]


def begin(
    *, you: str = LDC, authorised: Sequence[str] = (), readings: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    """How a conversation begins, for either side. The agent may submit, and receive, the types that are authorised."""
    types = [(kind, way) for kind in authorised for way in ("submit", "receive")]
    return {
        "id": 1,
        "message": "begin",
        "conversation": "c1",
        "instant": iso(START),
        "seed": 7,
        "calendar": {"holidays": []},
        "organisations": [
            {"alias": "Lakeside", "id": LDC, "kind": "ldc", "next_sequence_number": 1, "mailbox_outages": []},
            {"alias": "Agent", "id": AGENT, "kind": "agent", "next_sequence_number": 1, "mailbox_outages": []},
        ],
        "authorisations": [{"ldc": LDC, "agent": AGENT, "type": kind, "direction": way} for kind, way in types],
        "shared_folder": None,
        "profile": {
            "name": "p",
            "hash": "0" * 64,
            "values": dict(PROFILE.values),
            "readings": {**PROFILE.readings, **(readings or {})},
        },
        "you": you,
        **more,
    }


def created(sdp_id: str, effective: str = "2011-01-10", meter: str | None = "M-{}", **attributes: Any) -> File:
    """A physical SDP with all its attributes; of a virtual one `components` stand among them."""
    known = {
        "address": "1 Mill Road",
        "city": "Lakeside",
        "postal_code": "L0L 1L0",
        "framing_structure": "tou_cpp_est",
        "commodity_type": "electricity",
        "billing_cycle_id": "BC01",
        "vee_service": "02",
        "ct_pt_multiplier": 1,
        "service_status": "connected",
        "account_id": f"A-{sdp_id}",
        "billing_agent": LDC,
        "ami_operator": LDC,
    }
    components = attributes.pop("components", None)
    if components is not None:
        more: dict[str, Any] = {"type": "virtual", "components": components}
    else:
        more = {"type": "physical", "meter": None if meter is None else meter_of(meter.format(sdp_id))}
    return event("sdp_created", sdp_id, effective, attributes={**known, **attributes}, **more)


def meter_of(meter_id: str, module: str | None = None, digits: int = 5) -> dict[str, Any]:
    return {
        "meter_id": meter_id,
        "register_digits": digits,
        "communication_module_id": module or meter_id.replace("M", "C", 1),
    }


def event(name: str, sdp_id: str, effective: str, **more: Any) -> dict[str, Any]:
    return {"event": name, "ldc": LDC, "sdp_id": sdp_id, "effective": effective, **more}


def instruction(name: str, **more: Any) -> dict[str, Any]:
    return {"instruction": name, "ldc": LDC, **more}


def kind(file: File) -> str:
    return str(file["name"]).split(".")[2]


def rows(file: File, code: str = "DT") -> list[list[str]]:
    """The records of a file with a code, as lists of fields without it."""
    lines = [line.split("|") for line in str(file["content"]["text"]).split("\r\n")]
    return [fields for first, *fields in lines if first == code]


@dataclass
class Pair:
    """The two sides, what the CIS submitted and what came for it; `post` may change either on its way.

    :param post: what becomes of a file that leaves one side: the files that reach the other.
    """

    you: str = LDC
    authorised: Sequence[str] = ()
    readings: dict[str, str] = field(default_factory=dict)
    post: Callable[[File], list[File]] = lambda file: [file]
    submitted: list[File] = field(default_factory=list)
    delivered: list[File] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cis_port, self.repository_port = CisPort(PROFILE), RepositoryPort(PROFILE)
        self.now = START
        opening = begin(you=self.you, authorised=self.authorised, readings=self.readings)
        self.say(self.cis_port, opening)
        self.say(self.repository_port, opening)

    @property
    def cis(self) -> Cis:
        assert self.cis_port.cis is not None
        return self.cis_port.cis

    @property
    def repository(self) -> Repository:
        assert self.repository_port.repository is not None
        return self.repository_port.repository

    def say(self, port: CisPort | RepositoryPort, message: dict[str, Any]) -> Any:
        reply = port.exchange({"id": 1, **message})
        assert "ok" in reply, reply
        return reply["ok"]

    def load(self, *events: dict[str, Any]) -> None:
        self.say(self.cis_port, {"message": "load", "events": list(events)})

    def tell(self, name: str, **more: Any) -> list[File]:
        """Tell the CIS to do something: what it submits within a step, which reaches the MDM/R."""
        self.say(self.cis_port, {"message": "load", "instructions": [instruction(name, **more)]})
        return self.step()

    def step(self, minutes: int = STEP) -> list[File]:
        """Let some minutes pass: what the CIS submits meanwhile. At the end files reach the other side."""
        self.now = later(self.now, minutes=minutes)
        sent: list[File] = self.say(self.cis_port, {"message": "advance", "to": iso(self.now)})["files"]
        came = self.say(self.repository_port, {"message": "advance", "to": iso(self.now)})["files"]
        self.submitted += sent
        for file in sent:
            for arrives in self.post(file):
                about = {key: value for key, value in arrives.items() if key != "instant"}
                self.say(self.repository_port, {"message": "submit", **about})
        for file in came:
            for arrives in self.post(file) if file["recipient"] == self.you else ():
                self.deliver(arrives)
        return sent

    def deliver(self, file: File) -> None:
        """Put a file into the CIS's mailbox."""
        self.delivered.append(file)
        about = {"organisation": file["recipient"], "name": file["name"], "content": file["content"]}
        self.say(self.cis_port, {"message": "deliver", **about})

    def until(self, moment: Instant) -> None:
        """Let time pass until an instant, in steps."""
        while self.now < moment:
            self.step()

    def jump(self, moment: Instant) -> None:
        """Let time pass until an instant in one step, where nobody has anything to do before."""
        self.step(int((moment - self.now).total_seconds()) // 60)

    def ask(self, question: str) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self.say(self.cis_port, {"message": "ask", "question": question, "ldc": LDC})[
            "answer"
        ]
        return answer

    def known(self, *sdp_ids: str) -> None:
        """Let SDPs get their Universal SDP IDs and be synchronized."""
        self.tell("request_universal_sdp_ids")
        self.step()
        self.step()
        self.tell("synchronize")
        self.step()

    def of(self, *kinds: str) -> list[File]:
        """The files of some kinds that the CIS submitted."""
        return [file for file in self.submitted if kind(file) in kinds]


def sets_of(files: Iterable[File]) -> dict[str, dict[tuple[str, str], File]]:
    """Files of sets by TX_ID, then by file and segment number."""
    found: dict[str, dict[tuple[str, str], File]] = {}
    for file in files:
        elements = file["name"].split(".")
        if elements[2] in {"3000", "4000"}:
            found.setdefault(elements[5], {})[elements[6], elements[7]] = file
    return found


def file_for_cis(kind_and_version: str, lines: Iterable[str], *, you: str = LDC, number: int = 0) -> File:
    """A file by hand for the CIS's mailbox, by its lines after the File Name Record."""
    name = f"{LDC}.{you}.{kind_and_version}.201101100900{number:02}.DAT"
    text = "".join(f"{line}\r\n" for line in (f"FN|{name}", *lines))
    return {"recipient": you, "name": name, "content": {"text": text}}


def renamed(file: File, old: str, new: str) -> File:
    """A file under another name, inside as well as outside."""
    name = file["name"].replace(old, new)
    assert name != file["name"]
    return {**file, "name": name, "content": {"text": file["content"]["text"].replace(file["name"], name)}}


def response(*lines: str, number: int = 0, request: str = "a request", end: bool = True) -> File:
    """A response 2000 by hand."""
    details = [f"DT|{line}" for line in lines]
    return file_for_cis(
        "2000.01",
        [f"FH|{LDC}|{request}|20110110090000", *details, *([f"EF|{len(details)}"] if end else [])],
        number=number,
    )


def alone(**more: Any) -> Pair:
    """A CIS to which files come by hand alone, and whose files reach nobody."""
    return Pair(post=lambda _: [], **more)
