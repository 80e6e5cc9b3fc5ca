"""What docs/adapter-protocol.md shows is true: its messages fit the schema, its conversation is what is answered."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from harness.interface.files import read_file
from harness.interface.profile import load_profile
from harness.port.failure import AdapterFailure
from harness.port.naming import opener
from harness.port.protocol import CONTENT_LIMIT, LINE_LIMIT, ErrorCode, Role
from harness.port.replies import check_reply
from harness.port.shapes import schema, shape
from harness.port.shared_folder import CONVERSATION_LIMIT, SIZE_LIMIT

ROOT = Path(__file__).parents[2]
CIS_PAGE = (ROOT / "docs" / "cis-adapter.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "adapter-protocol.md").read_text(encoding="utf-8")
REFRESH = "the page is behind; bring it up with: python tests/port/refresh_protocol_page.py"
MESSAGES = re.findall(r"^([→←]) (.+)$", PAGE, re.MULTILINE)
CONVERSATION = re.findall(r"^([→←]) (.+)$", PAGE.partition("## A conversation, line by line")[2], re.MULTILINE)


def pairs(messages: list[tuple[str, str]]) -> list[tuple[Any, Any]]:
    """Requests with their replies."""
    assert [arrow for arrow, _ in messages] == ["→", "←"] * (len(messages) // 2)
    lines = [json.loads(line) for _, line in messages]
    return list(zip(lines[::2], lines[1::2], strict=True))


@pytest.mark.parametrize(("request_", "reply"), pairs(MESSAGES))
def test_every_message_on_the_page_fits_the_schema(request_: Any, reply: Any) -> None:
    assert shape(request_["message"])(request_) is None
    assert shape(f"{request_['message']}_reply")(reply) is None
    assert reply["id"] == request_["id"]


def messages_of_a_cis() -> list[tuple[str, Any]]:
    return [(arrow, json.loads(line)) for arrow, line in re.findall(r"^([→←]) (.+)$", CIS_PAGE, re.MULTILINE)]


def test_every_message_on_the_page_of_a_cis_fits_the_schema() -> None:
    request: Any = None
    for arrow, message in messages_of_a_cis():
        if arrow == "→":
            request = message
            assert shape(request["message"])(request) is None
        else:
            assert message["id"] == request["id"]
            assert check_reply(message, request, Role.CIS) == message


def test_every_message_of_the_protocol_is_on_one_of_the_pages() -> None:
    shown = {request["message"] for request, _ in pairs(MESSAGES)}
    shown_to_a_cis = {message["message"] for arrow, message in messages_of_a_cis() if arrow == "→"}
    assert shown | shown_to_a_cis == {each["$ref"].rpartition("/")[2] for each in schema()["oneOf"]}


@pytest.mark.parametrize("kind", ["event", "instruction"])
def test_the_page_of_a_cis_has_every_event_and_instruction_with_its_members(kind: str) -> None:
    table = CIS_PAGE.partition(f"| `{kind}` |")[2].partition("\n\n")[0]
    stated = {
        row[1]: set(re.findall(r"`(\w+)`", row[2]))
        for row in re.finditer(r"^\| `(\w+)` \| (.*?) ?\|", table, re.MULTILINE)
    }
    members: dict[str, set[str]] = {}
    for branch in schema()["$defs"][kind]["oneOf"]:
        name = branch["properties"][kind]
        for each in [name["const"]] if "const" in name else name["enum"]:
            members.setdefault(each, set()).update(branch["properties"].keys() - {kind, "ldc", "sdp_id", "effective"})
    every = set().union(*members.values())
    assert {name: words & every for name, words in stated.items()} == members


def test_the_page_of_a_cis_names_every_attribute_of_an_sdp_and_every_question() -> None:
    members = {
        *schema()["$defs"]["sdp_attributes"]["properties"],
        *schema()["$defs"]["meter"]["properties"],
        *schema()["$defs"]["ask"]["properties"]["question"]["enum"],
        *schema()["$defs"]["cis_hello_reply"]["properties"]["ok"]["properties"],
    }
    assert {member for member in members if f"`{member}`" not in CIS_PAGE} == set()


def test_the_conversation_on_the_page_is_what_the_reference_answers() -> None:
    reference = opener("reference", profile_path=None, time_limit=3600)()
    answered = [reference.exchange(request) for request, _ in pairs(CONVERSATION)]
    assert answered == [reply for _, reply in pairs(CONVERSATION)], REFRESH


def test_the_profile_on_the_page_is_the_workshops() -> None:
    profile = load_profile(None)
    stated = next(request["profile"] for request, _ in pairs(CONVERSATION) if request["message"] == "begin")
    assert stated["name"] == profile.name
    assert stated["values"] == json.loads(json.dumps(dict(profile.values))), REFRESH
    assert stated["readings"] == profile.readings, REFRESH


@pytest.mark.parametrize("block", re.findall(r"^```\n(FN\|.*?)^```$", PAGE, re.DOTALL | re.MULTILINE))
def test_every_file_on_the_page_reads_without_a_finding(block: str) -> None:
    name = block.partition("\n")[0].removeprefix("FN|")
    assert read_file(name, block.encode(), load_profile(None)).findings == ()


def test_the_page_explains_every_kind_of_failure_and_every_error_code() -> None:
    for kind in (*AdapterFailure.KINDS, *(code.value for code in ErrorCode)):
        assert f"| `{kind}` |" in PAGE


def test_the_page_states_the_limits_that_hold() -> None:
    assert f"{LINE_LIMIT:,} bytes" in PAGE
    assert f"{CONTENT_LIMIT:,} bytes" in PAGE
    assert (
        f"one reply may name {SIZE_LIMIT >> 30} GiB by path, those of a conversation {CONVERSATION_LIMIT >> 30} GiB"
        in PAGE
    )


def test_the_program_of_five_minutes_answers_as_it_should(tmp_path: Path) -> None:
    program = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert program is not None
    (tmp_path / "adapter.py").write_text(program[1], encoding="utf-8")
    connection = opener(f"stdio:{sys.executable} {tmp_path / 'adapter.py'}", profile_path=None, time_limit=3600)()
    hello, begin = (request for request, _ in pairs(CONVERSATION)[:2])
    assert connection.exchange(hello)["ok"]["name"] == "my system"
    assert connection.exchange(begin)["error"]["code"] == "unsupported"
    connection.close()


def test_the_lines_of_the_conversation_can_be_tried_by_hand() -> None:
    lines = "".join(f"{line}\n" for arrow, line in CONVERSATION if arrow == "→")
    served = subprocess.run(
        [sys.executable, "-m", "harness", "serve", "--stdio"], input=lines, capture_output=True, text=True, check=True
    )
    answered = [json.loads(line) for line in served.stdout.splitlines()]
    assert answered == [reply for _, reply in pairs(CONVERSATION)], REFRESH
