"""A run written by hand: two features, and a scenario of each verdict that a page treats in its own way."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.port.journal import JournalWriter
from harness.suite.verdicts import ScenarioVerdict

LAKESIDE, AGENT, NOBODY = "ORG11111", "ORG22222", "ORG99999"
REQUEST = "ORG11111.ORG11111.1000.00.20110110080000.DAT"
RESPONSE = "ORG11111.ORG11111.2000.01.20110110081500.DAT"
RULES = (
    ("FTS-09", "FTS", "Response files close with an End Of File record.", "not conformant"),
    ("USDP-01", "USDP", "The response lists each SDP ID of the request.", "not conformant"),
    ("USDP-03", "USDP", "A Universal SDP ID stays with its SDP.", "undetermined"),
    ("SEQ-05", "SYNC", "A set out of sequence is rejected after an hour.", "not claimed"),
)


def content(raw: bytes) -> dict[str, str]:
    return {"text": raw.decode()} if raw.isascii() else {"base64": base64.b64encode(raw).decode()}


class Written:
    """A run as its results and its journals; `text` is applied to every text that comes from elsewhere.

    :param response: the content of the response, of which line 3 is in question.
    """

    def __init__(
        self,
        folder: Path,
        text: Callable[[str], str] = lambda text: text,
        response: bytes = b"FN|x\r\nFH|ORG11111\r\nDT|SDP-1||03\r\nEF|1\r\n",
    ) -> None:
        self.folder = folder
        self.text = text
        self.response = response
        self.results = self._results()

    def fetch(self, path: str) -> bytes | None:
        for scenario in self.results["scenarios"]:
            if scenario["journal"] is not None and scenario["journal"]["path"] == path:
                return (self.folder / scenario["name"].split(" ")[0]).read_bytes()
        return None

    # --- journals ------------------------------------------------------------------------------------

    def _journal(self, name: str, entries: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
        writer = JournalWriter(self.folder / name, {"scenario": self.text("usdp/a/b"), "suite": self.text("0" * 64)})
        for kind, body in entries:
            writer.append(kind, body)  # type: ignore[arg-type]
        writer.close()
        path = self.text(f"journals/usdp/a/{name}.jsonl")
        return {"path": path, "entries": writer.mark.entries, "last_hash": writer.mark.last_hash}

    def begin(self) -> list[tuple[str, dict[str, Any]]]:
        organisation = {"kind": "ldc", "next_sequence_number": 1, "mailbox_outages": []}
        body = {
            "id": 1,
            "message": "begin",
            "conversation": self.text("c0ffee"),
            "instant": "2011-01-10T00:00:00-05:00",
            "seed": 7,
            "calendar": {"holidays": []},
            "organisations": [
                {"alias": self.text("Lakeside"), "id": self.text(LAKESIDE), **organisation},
                {"alias": self.text("Partners"), "id": self.text(AGENT), **organisation, "kind": "agent"},
            ],
            "authorisations": [
                {
                    "ldc": self.text(LAKESIDE),
                    "agent": self.text(AGENT),
                    "type": self.text("1000"),
                    "direction": "submit",
                }
            ],
            "profile": {"name": self.text("workshop-2010"), "hash": "0" * 64, "values": {}, "readings": {}},
            "shared_folder": "shared",
        }
        return [("request", body), ("reply", {"id": 1, "ok": {}})]

    def submit(self, organisation: str = LAKESIDE, name: str = REQUEST) -> list[tuple[str, dict[str, Any]]]:
        body = {"organisation": self.text(organisation), "name": self.text(name), "content": content(b"FN|x\r\n")}
        return [("request", {"id": 2, "message": "submit", **body}), ("reply", {"id": 2, "ok": {}})]

    def advance(self, to: str, *files: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        return [
            ("request", {"id": 3, "message": "advance", "to": to}),
            ("reply", {"id": 3, "ok": {"instant": to, "files": list(files)}}),
        ]

    def delivered(self, instant: str, raw: bytes | None = None) -> dict[str, Any]:
        raw = self.response if raw is None else raw
        return {
            "recipient": self.text(LAKESIDE),
            "name": self.text(RESPONSE),
            "content": content(raw),
            "instant": instant,
        }

    def failing(self) -> dict[str, Any]:
        return self._journal(
            "failing",
            [
                *self.begin(),
                *self.advance("2011-01-10T08:00:00-05:00"),
                *self.submit(),
                *self.submit(NOBODY),
                *self.advance("2011-01-11T08:15:59-05:00", self.delivered("2011-01-10T08:15:00-05:00")),
                ("request", {"id": 9, "message": "end"}),
                ("reply", {"id": 9, "ok": {}}),
            ],
        )

    def broken(self) -> dict[str, Any]:
        gone = {"failure": "exit", "detail": self.text("the process ended"), "stderr": [self.text("Traceback")]}
        return self._journal("broken", [*self.begin(), ("event", gone)])

    # --- results -------------------------------------------------------------------------------------

    def _results(self) -> dict[str, Any]:
        text = self.text
        names = ("passing", "failing", "waived", "broken", "unclaimed")
        scenarios = {name: self._scenario(name) for name in names}
        scenarios["passing"] |= {"journal": self._journal("passing", [*self.begin(), *self.submit()])}
        found = {
            "message": text("expected an ID; observed none"),
            "expected": text("a Universal SDP ID for 'Mill'"),
            "observed": text("the field is empty"),
            "file": text(RESPONSE),
            "record": 3,
        }
        scenarios["failing"] |= {"verdict": "fail", "journal": self.failing(), **found}
        scenarios["failing"]["steps"][-1]["outcome"] = "failed"
        waiver = {"reason": text("the mend is planned"), "owner": text("J. Doe"), "expires": "2031-01-31"}
        scenarios["waived"] |= {"verdict": "waived", "waiver": waiver, **found}
        scenarios["broken"] |= {
            "rule": text("USDP-03"),
            "verdict": "error",
            "message": text("the adapter failed (exit): the process ended"),
            "journal": self.broken(),
            "stderr": [text("Traceback"), text("ValueError: no")],
        }
        scenarios["unclaimed"] |= {
            "rule": text("SEQ-05"),
            "verdict": "not claimed",
            "message": text("the system does not claim SYNC"),
            "feature": {"file": text("seq/order.feature"), "title": text("In sequence"), "line": 9},
        }
        listed = sorted(scenarios.values(), key=lambda scenario: str(scenario["id"]))
        return {
            "results": 2,
            "suite": {"name": "mdmr-conform", "version": text("0.1.0"), "hash": text("a" * 64)},
            "catalogue": text("mdmr-cis-workshop-2010"),
            "profile": {
                "name": text("workshop-2010"),
                "hash": text("b" * 64),
                "assumed_layouts": True,
                "values": {text("set_wait_time_minutes"): 60, "br04_at": [text("12:00"), "23:30"]},
                "readings": {text("AMB-01"): text("submitter-alone")},
            },
            "system": {
                "name": text("Example MDM/R"),
                "version": text("3.1"),
                "role": "repository",
                "classes": [text("FTS"), text("USDP")],
                "clock": "settable",
                "state": "process",
                "isolation": "conversation",
                "values": {text("set_wait_time_minutes"): text("5")},
            },
            "adapter": text("stdio:./adapter"),
            "counterpart": None,
            "seed": 0,
            "namespace": text("n1"),
            "selection": text("@USDP"),
            "only": [scenario["id"] for scenario in listed],
            "as_of": "2030-01-31",
            "verdict": "not conformant",
            "statement": text("not conformant (assumed layouts)"),
            "foreknown": text("a system could have known its scenarios"),
            "exit_code": 1,
            "counts": dict.fromkeys(ScenarioVerdict, 0)
            | {"pass": 1, "fail": 1, "error": 1, "not claimed": 1, "waived": 1},
            "advice": {},
            "leaves_out": [{"what": text("class SYNC"), "why": text("not claimed")}],
            "classes": [
                self._class("FTS", "conformant", "FTS-09"),
                self._class("USDP", "not conformant", "USDP-01", "USDP-03"),
                self._class("SYNC", "not claimed", "SEQ-05"),
            ],
            "rules": [*(self._rule(*rule, listed) for rule in RULES), self._rule_of_the_cis()],
            "scenarios": listed,
            "noticed": [self._noticed(scenarios["passing"])],
            "left_out": [{"id": text("usdp/a/twin"), "why": text("rests on another reading")}],
        }

    def _class(self, name: str, verdict: str, *rules: str) -> dict[str, Any]:
        listed = [self.text(rule) for rule in rules]
        statement = self.text(f"{verdict} ({len(rules)} of {len(rules)} rules judged)")
        return {"class": self.text(name), "verdict": verdict, "statement": statement, "rules": listed}

    def _rule(
        self, rule: str, of_class: str, says: str, verdict: str, scenarios: list[dict[str, Any]]
    ) -> dict[str, Any]:
        identifier = self.text(rule)
        return {
            "id": identifier,
            "area": self.text(rule.split("-")[0]),
            "class": self.text(of_class),
            "cis_class": "none",
            "text": self.text(says),
            "slide": self.text("LDC and MDM/R Identifiers"),
            "binds": "repository",
            "status": "current",
            "verdict": verdict,
            "why": self.text("1 of its scenarios needs more"),
            "scenarios": [scenario["id"] for scenario in scenarios if scenario["rule"] == identifier],
            "noticed": [self.text("noticed/FTS-09/usdp/a/passing")] if rule == "FTS-09" else [],
        }

    def _noticed(self, scenario: dict[str, Any]) -> dict[str, Any]:
        text = self.text
        return {
            "id": text("noticed/FTS-09/usdp/a/passing"),
            "rule": text("FTS-09"),
            "scenario": scenario["id"],
            "verdict": "fail",
            "message": text("expected an End Of File record; observed none"),
            "expected": text("an End Of File record last"),
            "observed": text("no such record"),
            "file": text(REQUEST),
            "record": None,
            "about": text("2000 for Lakeside"),
            "instant": text("2011-01-10T08:15:00-05:00"),
            "times": 3,
            "followed_by": [text("USDP-01")],
            "waiver": None,
            "journal": scenario["journal"],
            "reproduce": text("mdmr-conform run --select noticed/FTS-09/usdp/a/passing"),
        }

    def _rule_of_the_cis(self) -> dict[str, Any]:
        alone = {"cis_class": self.text("CIS-SYNC"), "binds": "cis", "why": self.text("it binds the CIS alone")}
        return self._rule("PSY-01", "none", "All SDPs are in a P-Sync", "other role", []) | alone

    def _scenario(self, name: str) -> dict[str, Any]:
        text = self.text
        table = [[text("LDC"), text("SDP")], [text("Lakeside"), text("Mill")]]
        return {
            "id": text(f"usdp/a/{name}"),
            "rule": text("USDP-01"),
            "advice": False,
            "uses": [text("FTS-09")],
            "classes": [text("USDP")],
            "readings": [text("AMB-01")],
            "feature": {"file": text("usdp/a.feature"), "title": text("Universal SDP IDs"), "line": 4},
            "name": text(f"{name} scenario"),
            "case": text("case"),
            "rule_text": text("Each SDP ID is answered"),
            "verdict": "pass",
            "message": "",
            "expected": None,
            "observed": None,
            "file": None,
            "record": None,
            "stderr": [],
            "reported": [],
            "steps": [
                {"keyword": "Given", "text": text("a request"), "table": table, "line": 5, "outcome": "passed"},
                {"keyword": "Then", "text": text("an answer"), "table": [], "line": 6, "outcome": "passed"},
            ],
            "waiver": None,
            "journal": None,
            "reproduce": text(f"mdmr-conform run --select usdp/a/{name}"),
        }


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Written]:
    """Makes runs; each keeps its journals in a folder of its own."""
    made: list[Written] = []

    def make(**options: Any) -> Written:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Written(folder, **options))
        return made[-1]

    return make
