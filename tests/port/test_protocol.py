"""Dataclasses, published schema and the functions compiled from it say the same."""

from __future__ import annotations

import copy
import json
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from harness.interface.identifiers import OrgId, SdpId
from harness.interface.instants import Day, instant
from harness.port import protocol
from harness.port.protocol import (
    Advance,
    Advanced,
    Ask,
    Authorisation,
    Begin,
    Deliver,
    DeliveredFile,
    End,
    ErrorCode,
    Event,
    Hello,
    Holidays,
    Instruction,
    Load,
    Organisation,
    Outage,
    OwnOrganisation,
    ProfileStatement,
    Refusal,
    Request,
    Restart,
    Role,
    Submit,
    SubmittedFile,
    SystemDescription,
    pack,
)
from harness.port.replies import located
from harness.port.shapes import _compiled, schema, shape

LDC, AGENT = OrgId("ORG11111"), OrgId("ORG22222")
EIGHT, NINE = instant("2011-01-10T08:00:00-05:00"), instant("2011-01-10T09:00:00-05:00")
BY_PATH = {"path": "large/file", "sha256": "0123456789abcdef" * 4}
INTERVALS = {
    "universal_sdp_id": "10000003",
    "start": "2011-01-10T00:00:00-05:00",
    "interval_minutes": 60,
    "wh": [500, 480],
    "varh": [20, -10],
    "status": ["VAL", "NVE"],
}
FIRST, LAST = "2011-01-10", "2011-02-09"
METER = {"meter_id": "M-5", "register_digits": 5, "communication_module_id": "C-5"}
ATTRIBUTES = {
    "address": "1 Mill Road",
    "city": "Lakeside",
    "postal_code": "L0L 1L0",
    "framing_structure": "tou_cpp_est",
    "commodity_type": "electricity",
    "billing_cycle_id": "BC01",
    "vee_service": "03",
    "ct_pt_multiplier": 1,
    "service_status": "connected",
    "account_id": None,
    "billing_agent": LDC,
    "ami_operator": LDC,
}
PERIOD = {"first_day": FIRST, "last_day": LAST}


def event(name: str, **more: Any) -> dict[str, Any]:
    return Event(name, LDC, SdpId("TK-1"), Day(date(2011, 1, 10)), more).as_json()


def instruction(name: str, **more: Any) -> dict[str, Any]:
    return Instruction(name, LDC, more).as_json()


EVENTS = [
    event("sdp_created", type="physical", attributes=ATTRIBUTES, meter=METER),
    event("sdp_created", type="physical", attributes={**ATTRIBUTES, "energy_service_provider": AGENT}, meter=None),
    event("sdp_created", type="virtual", attributes=ATTRIBUTES, components=["TK-2", "TK-3"]),
    *map(event, ("sdp_removed", "meter_removed", "service_cut_at_pole", "meter_booted")),
    event("meter_added", meter=METER),
    event("meter_changed", meter=METER),
    event("framing_structure_changed", framing_structure="hourly"),
    event("billing_cycle_changed", billing_cycle_id="BC02"),
    event("vee_service_changed", vee_service="04"),
    event("multiplier_changed", ct_pt_multiplier=80),
    event("account_changed", account_id=None),
    event("billing_agent_changed", organisation=AGENT),
    event("ami_operator_changed", organisation=AGENT),
    event("retailer_changed", organisation=None),
    event("premise_changed", city="Hilltop"),
    event("components_changed", components=["TK-2"]),
]
INSTRUCTIONS = [
    instruction("request_universal_sdp_ids"),
    instruction("request_universal_sdp_ids", sdp_ids=["TK-1"]),
    instruction("synchronize"),
    instruction("audit"),
    instruction("audit", at="2011-01-10T20:00:00-05:00"),
    instruction("publish_billing_schedule", cycles=[{"billing_cycle_id": "BC01", **PERIOD}]),
    instruction("request_quantities", sdp_ids=["TK-1"], **PERIOD, cycle="on"),
    instruction("response_lost", sdp_ids=["TK-1"], **PERIOD, delivered="2011-02-10T09:00:00-05:00"),
    instruction("problem_corrected", sdp_ids=[], what="the line works again"),
    instruction("problem_corrected", sdp_ids=["TK-1"], **PERIOD, what="the meter is read again"),
    instruction("decide", sdp_ids=["TK-1"], **PERIOD, rebill=True),
]
REQUESTS: dict[str, Request] = {
    "hello": Hello(),
    "hello to a cis": Hello(Role.CIS),
    "begin": Begin(
        "7f3a",
        EIGHT,
        2**48 - 1,
        Holidays((Day(date(2011, 7, 1)),), (Day(date(2011, 7, 1)), Day(date(2011, 8, 1)))),
        (Organisation("Lakeside", LDC, "ldc", 7, (Outage(EIGHT, NINE),)), Organisation("Partners", AGENT, "agent")),
        (Authorisation(LDC, AGENT, "1000", "submit"), Authorisation(LDC, AGENT, "IR01", "receive")),
        ProfileStatement("workshop-2010", "ab" * 32, {"br04_at": ["12:00"]}, {"AMB-01": "submitter-alone"}),
        "/tmp/shared",
    ),
    "begin of a cis": Begin(
        "7f3c", EIGHT, 0, Holidays(), (), (), ProfileStatement("x", "ef" * 32, {}, {}), you=LDC, resumed=True
    ),
    "begin, bare": Begin("7f3b", EIGHT, 0, Holidays(), (), (), ProfileStatement("other", "cd" * 32, {}, {})),
    "submit": Submit(LDC, "a name", pack(b"FN|a name\r\n")),
    "submit, no text": Submit(LDC, "", pack(b"\xff\x00")),
    "submit by path": Submit(LDC, "a name", BY_PATH),
    "deliver": Deliver(LDC, "a name", pack(b"")),
    "load for a repository": Load({"intervals": [INTERVALS], "register_reads": []}),
    "load for a cis": Load({"events": EVENTS, "instructions": INSTRUCTIONS}),
    "advance": Advance(NINE),
    "ask": Ask("open_matters", LDC),
    "restart": Restart(),
    "end": End(),
}
DESCRIPTION = SystemDescription("a", "1", Role.REPOSITORY, ("FTS",), "real", "persistent", "none", {"br05_by": "23:00"})
CIS = SystemDescription(
    "a CIS",
    "2",
    Role.CIS,
    ("CIS-FTS",),
    "told",
    "process",
    "conversation",
    {},
    protocol=2,
    sends_within_minutes=30,
    keeps="all",
    organisations=(OwnOrganisation(LDC, "ldc", 7), OwnOrganisation(AGENT, "agent")),
    authorisations=(Authorisation(LDC, AGENT, "1000", "submit"),),
)
REFUSAL = Refusal(ErrorCode.FAILED, "disk full")
DELIVERED = Advanced(NINE, (DeliveredFile(LDC, "b", pack(b"x"), EIGHT), DeliveredFile(AGENT, "c", BY_PATH, NINE)))
SUBMITTED = Advanced(NINE, (SubmittedFile(LDC, "b", pack(b"\x80"), EIGHT),))
REPLIES: dict[str, list[dict[str, Any]]] = {
    "hello_reply": [{"id": 0, "ok": {"protocol": 1, **DESCRIPTION.as_json()}}, {"id": 0, "error": REFUSAL.as_json()}],
    "cis_hello_reply": [{"id": 0, "ok": CIS.as_json()}, {"id": 0, "error": REFUSAL.as_json()}],
    "ask_reply": [{"id": 4, "ok": {"answer": []}}, {"id": 4, "ok": {"answer": [{"sdp_id": "TK-1"}]}}],
    "empty_reply": [{"id": 4, "ok": {}}, {"id": 4, "error": REFUSAL.as_json()}],
    "advance_reply": [{"id": 9, "ok": DELIVERED.as_json()}, {"id": 9, "error": REFUSAL.as_json()}],
    "cis_advance_reply": [{"id": 9, "ok": SUBMITTED.as_json()}],
    "unreadable_reply": [{"id": None, "error": Refusal(ErrorCode.BAD_MESSAGE, "no JSON").as_json()}],
}
EXAMPLES: dict[str, list[Any]] = {
    **REPLIES,
    "event": EVENTS,
    "instruction": INSTRUCTIONS,
    "universal_sdp_ids_answer": [[{"sdp_id": "TK-1", "universal_sdp_id": "10000003"}]],
    "quantities_answer": [
        [
            {"sdp_id": "TK-1", "first_day": FIRST, "last_day": LAST, "status": "00", "wh": 41250},
            {"sdp_id": "TK-1", "first_day": FIRST, "last_day": LAST, "status": "06", "wh": None},
        ]
    ],
    "open_matters_answer": [[{"about": "request", "sdp_id": "TK-1", "file": None, "says": "no data"}]],
    **{
        message: [protocol.request(3, each) for each in REQUESTS.values() if each.message == message]
        for message in dict.fromkeys(each.message for each in REQUESTS.values())
    },
}


@cache
def library(name: str) -> Draft202012Validator:
    """The published schema as the jsonschema library has it."""
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema()["$defs"]})


def messages_of_the_schema() -> set[str]:
    return {each["$ref"].rpartition("/")[2] for each in schema()["oneOf"]}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_is_as_the_schema_says(name: str) -> None:
    sent = json.loads(json.dumps(protocol.request(3, REQUESTS[name])))
    assert [error.message for error in Draft202012Validator(schema()).iter_errors(sent)] == []


@pytest.mark.parametrize(("name", "reply"), [(name, reply) for name, replies in REPLIES.items() for reply in replies])
def test_every_reply_is_as_the_schema_says(name: str, reply: dict[str, Any]) -> None:
    assert [error.message for error in library(name).iter_errors(json.loads(json.dumps(reply)))] == []


def test_every_message_of_the_schema_has_a_dataclass_and_the_other_way_round() -> None:
    classes = {each.message for each in Request.__args__}  # type: ignore[attr-defined]
    assert messages_of_the_schema() == classes == {each.message for each in REQUESTS.values()}


def test_every_message_of_the_schema_has_a_reply() -> None:
    assert {f"{message}_reply" for message in messages_of_the_schema()} <= set(schema()["$defs"])


def test_the_schema_states_the_codes_roles_and_limits_of_the_code() -> None:
    definitions = schema()["$defs"]
    assert definitions["error"]["properties"]["code"]["enum"] == [code.value for code in ErrorCode]
    assert definitions["hello"]["properties"]["role"]["enum"] == [role.value for role in Role]
    assert definitions["hello"]["properties"]["protocol"]["enum"] == [role.protocols[0] for role in Role]
    assert definitions["hello_reply"]["properties"]["ok"]["properties"]["protocol"]["enum"] == list(
        protocol.PROTOCOL_VERSIONS
    )
    text, base64, _ = definitions["content"]["oneOf"]
    assert text["properties"]["text"]["maxLength"] == protocol.CONTENT_LIMIT
    assert base64["properties"]["base64"]["maxLength"] == len(pack(b"\xff" * protocol.CONTENT_LIMIT)["base64"])


def test_what_a_system_answers_is_read_back_as_it_was() -> None:
    assert SystemDescription.from_reply(DESCRIPTION.as_json()) == DESCRIPTION
    assert SystemDescription.from_reply(CIS.as_json()) == CIS
    assert Refusal.from_reply(REFUSAL.as_json()) == REFUSAL
    assert Advanced.from_reply(DELIVERED.as_json(), DeliveredFile) == DELIVERED
    assert Advanced.from_reply(SUBMITTED.as_json(), SubmittedFile) == SUBMITTED


@pytest.mark.parametrize("content", [b"", b"FN|a\r\n", b"\x00\x7f", b"\x80", bytes(range(256))])
def test_content_is_unpacked_as_it_was_packed(content: bytes) -> None:
    assert protocol.unpack(pack(content)) == content


@pytest.mark.parametrize(
    ("content", "said"), [({"text": "é"}, "not ASCII"), ({"base64": "é"}, "base64"), ({"base64": "abc"}, "not base64")]
)
def test_content_that_cannot_be_unpacked_says_why(content: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        protocol.unpack(content)


# --- the compiled functions, held against the jsonschema library -----------------------------------------------

SCALARS = (
    st.none() | st.booleans() | st.integers(-2, 12) | st.sampled_from(["", "ldc", "FTS", "real", "virtual"]) | st.text()
)
NAMES = st.sampled_from(
    ["id", "ok", "error", "text", "path", "sha256", "code", "files", "instant", "alias", "x", "event", "type", "meter"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container in a value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


@st.composite
def changed(draw: st.DrawFn, example: Any) -> Any:
    """An example in which something was replaced, left out or added."""
    value = copy.deepcopy(example)
    container, key = draw(st.sampled_from(places(value)))
    match draw(st.sampled_from(["replace", "drop", "add", "as it was"])):
        case "replace":
            container[key] = draw(VALUES)
        case "drop":
            del container[key]
        case "add" if isinstance(container, dict):
            container[draw(NAMES)] = draw(VALUES)
        case "add":
            container.append(draw(st.sampled_from(container) | VALUES))
    return value


@given(data=st.data())
@settings(max_examples=400, deadline=None)
def test_the_compiled_schema_takes_and_refuses_what_the_schema_does(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(EXAMPLES)))
    value = data.draw(changed(data.draw(st.sampled_from(EXAMPLES[name]))) | VALUES)
    assert (shape(name)(value) is None) == library(name).is_valid(value), value


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_compiled_schema_takes_every_example(name: str) -> None:
    for value in EXAMPLES[name]:
        assert shape(name)(json.loads(json.dumps(value))) is None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"event": "meter_swapped"}, "event: 'meter_swapped', expected \"sdp_created\" or "),
        ({}, "it has no member 'event'"),
        ("meter_changed", "'meter_changed', expected an object"),
        (event("meter_changed"), "it has no member 'meter', expected 'event', "),
        (event("sdp_created", type="half"), 'type: \'half\', expected "physical" or "virtual"'),
        (event("account_changed", account_id=7), "account_id: 7, expected a text or null"),
        (event("sdp_removed", meter=METER), "it has a member 'meter' that does not belong there"),
    ],
)
def test_what_is_wrong_with_an_event_is_said_of_events_of_its_name(told: Any, said: str) -> None:
    problem = shape("event")(told)
    assert problem is not None
    assert located(problem).startswith(said)


def test_a_line_feed_after_an_instant_is_not_overlooked() -> None:
    assert shape("instant")("2011-01-10T08:00:00-05:00\n") is not None


def test_a_keyword_that_is_not_known_is_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="keyword 'exclusiveMinimum'"):
        _compiled({"type": "integer", "exclusiveMinimum": 0})
