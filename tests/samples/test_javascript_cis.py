"""The sample CIS in JavaScript gets the verdict it claims, and does what its page says."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.samples.test_javascript import ROOT, conform, node

COMMAND = [node(), str(ROOT / "samples" / "javascript-cis" / "adapter.mjs")]
LDC = "ORG11111"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A run of the suite of a CIS against the sample."""
    folder = tmp_path_factory.mktemp("run")
    adapter = f"stdio:{shlex.join(COMMAND)}"
    return conform("run", "--role", "cis", "--adapter", adapter, folder=folder), folder / "mdmr-conform-out"


def test_it_is_conformant_in_what_it_claims(run: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = run
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((folder / "results.json").read_text())
    verdicts = {each["class"]: each["verdict"] for each in results["classes"]}
    assert (verdicts.pop("CIS-FTS"), verdicts.pop("CIS-USDP")) == ("conformant", "conformant")
    assert set(verdicts.values()) == {"not claimed"}
    assert conform("verify", str(folder), folder=folder).returncode == 0


# --- by hand -------------------------------------------------------------------------------------------------

BEGIN: dict[str, Any] = {
    "message": "begin",
    "conversation": "c",
    "instant": "2011-01-10T08:00:00-05:00",
    "organisations": [{"id": LDC, "kind": "ldc", "alias": "A", "next_sequence_number": 1, "mailbox_outages": []}],
    "authorisations": [],
    "shared_folder": None,
    "you": LDC,
}
EVENTS = [{"event": "sdp_created", "ldc": LDC, "sdp_id": sdp, "effective": "2011-01-10"} for sdp in ("A-1", "A-2")]


def told(instruction: str, *sdps: str) -> dict[str, Any]:
    return {"message": "load", "instructions": [{"instruction": instruction, "ldc": LDC, "sdp_ids": list(sdps)}]}


def advance(clock: str) -> dict[str, Any]:
    return {"message": "advance", "to": f"2011-01-10T{clock}:00-05:00"}


def response(*lines: str, end: int) -> dict[str, Any]:
    name = f"{LDC}.{LDC}.2000.01.20110110081500.DAT"
    text = "".join(f"{line}\r\n" for line in (f"FN|{name}", f"FH|{LDC}|x|20110110081500", *lines, f"EF|{end}"))
    return {"message": "deliver", "organisation": LDC, "name": name, "content": {"text": text}}


def requested(*messages: dict[str, Any]) -> list[list[str]]:
    """The SDP IDs of each request that comes of some messages."""
    lines = "".join(json.dumps({"id": number, **each}) + "\n" for number, each in enumerate((BEGIN, *messages)))
    done = subprocess.run(COMMAND, input=lines, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    files = [file for line in done.stdout.splitlines() for file in json.loads(line)["ok"].get("files", ())]
    texts = [file["content"]["text"].split("\r\n") for file in files]
    return [[line.split("|")[2] for line in text if line.startswith("DT|")] for text in texts]


def test_each_sdp_is_asked_for_once() -> None:
    ask = told("request_universal_sdp_ids")
    first, then = {"message": "load", "events": EVENTS[:1]}, {"message": "load", "events": EVENTS[1:]}
    assert requested(first, ask, advance("08:10"), ask, then, ask, advance("08:20")) == [["A-1"], ["A-2"]]


def test_an_exception_is_asked_for_again_once_its_cause_is_corrected_and_not_before() -> None:
    ask, corrected = told("request_universal_sdp_ids"), told("problem_corrected", "A-2")
    answer = response(f"DT|{LDC}|A-1|3746317213|00|issued", f"DT|{LDC}|A-2||03|incomplete", end=2)
    begun = ({"message": "load", "events": EVENTS}, ask, advance("08:10"), answer)
    assert requested(*begun, ask, advance("08:30")) == [["A-1", "A-2"]]
    assert requested(*begun, corrected, advance("08:30")) == [["A-1", "A-2"], ["A-2"]]


def test_a_response_that_is_not_whole_is_not_acted_upon() -> None:
    ask, corrected = told("request_universal_sdp_ids"), told("problem_corrected", "A-1")
    begun = ({"message": "load", "events": EVENTS[:1]}, ask, advance("08:10"))
    whole, cut = (response(f"DT|{LDC}|A-1|3746317213|00|issued", end=end) for end in (1, 2))
    assert requested(*begun, whole, corrected, advance("08:30")) == [["A-1"]]
    assert requested(*begun, cut, corrected, advance("08:30")) == [["A-1"], ["A-1"]]
