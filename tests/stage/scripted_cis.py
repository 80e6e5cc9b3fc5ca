"""A CIS of a page: it keeps a book of SDPs, asks for their IDs and synchronizes them. Its faults are what tests catch.

It speaks protocol 2, role ``cis``, and does what CIS-FTS and CIS-USDP ask for, and what these need of CIS-SYNC.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from harness.interface.files import Value, read_file, write_file
from harness.interface.instants import digits, instant, iso, later
from harness.interface.names import FileName, SetPart
from harness.interface.profile import load_profile

PROFILE = load_profile(None)
HELLO = {
    "protocol": 2,
    "name": "a scripted CIS",
    "version": "1",
    "role": "cis",
    "classes": ["CIS-FTS", "CIS-USDP", "CIS-SYNC"],
    "clock": "settable",
    "state": "process",
    "isolation": "conversation",
    "keeps": "nothing",
}
ACTIVE = {"1000": "00", "3000": "01", "4000": "00"}
"""The versions that it sends."""
Content = list[tuple[str, Mapping[str, Value]]]


class ScriptedCis:
    """The system; `fault` names what it does wrong."""

    def __init__(self, fault: str = "", **stated: Any) -> None:
        self.fault = fault
        self.stated = stated
        self.out: list[dict[str, Any]] = []
        self.book: dict[str, Any] = {}

    def exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        answer: Callable[[dict[str, Any]], Any] = getattr(self, f"_{request['message']}")
        return {"id": request["id"], "ok": answer(request) or {}}

    def _hello(self, _: dict[str, Any]) -> dict[str, Any]:
        return {**HELLO, **self.stated}

    def _begin(self, request: dict[str, Any]) -> None:
        self.now, self.you, self.out = instant(request["instant"]), request["you"], []
        self.allowed = {(each["ldc"], each["type"]) for each in request["authorisations"] if each["agent"] == self.you}
        self.kept = Path(request["shared_folder"] or ".", "book.json")
        self.names: set[FileName] = set()
        self.due: list[Callable[[], None]] = []
        numbers = {each["id"]: each["next_sequence_number"] for each in request["organisations"]}
        self.book = {"sdps": {}, "ids": {}, "tx": 0, "number": numbers}
        if request["resumed"]:
            self.book = json.loads(self.kept.read_text(encoding="utf-8"))

    def _load(self, request: dict[str, Any]) -> None:
        for event in request.get("events", ()):
            self.book["sdps"].setdefault(key(event["ldc"], event["sdp_id"]), event)
        for told in request.get("instructions", ()):
            if told["instruction"] in {"request_universal_sdp_ids", "problem_corrected"}:
                self._request(told["ldc"], told.get("sdp_ids"))
            elif told["instruction"] == "synchronize":
                self.due.append(functools.partial(self._synchronize, told["ldc"], "4000"))
            elif told["instruction"] == "audit":
                self.due.append(functools.partial(self._synchronize, told["ldc"], "3000"))

    def _request(self, ldc: str, named: list[str] | None) -> None:
        own = [sdp for sdp, event in self.book["sdps"].items() if event["ldc"] == ldc]
        listed = [key(ldc, sdp) for sdp in named] if named else own
        wanted = [sdp.partition(" ")[2] for sdp in listed if sdp not in self.book["ids"]]
        if self.fault == "asks for one alone":
            wanted = wanted[:1]
        of = self.you if self.fault == "asks in its own name" else ldc
        rows: Content = [("assignment_request", {"ldc_org_id": of, "sdp_id": sdp}) for sdp in wanted]
        self.due.append(lambda: self._send(ldc, "1000", "00", rows))

    def _deliver(self, request: dict[str, Any]) -> None:
        if ".2000." not in request["name"]:
            return
        read = read_file(request["name"], request["content"]["text"].encode(), PROFILE)
        if (read.findings and self.fault != "reads half files") or read.file is None:
            return
        for record in read.file.details:
            if record["universal_sdp_id"] is not None:
                self.book["ids"][key(record["ldc_org_id"], record["sdp_id"])] = record["universal_sdp_id"]

    def _advance(self, request: dict[str, Any]) -> dict[str, Any]:
        to = instant(request["to"])
        if to >= later(self.now, minutes=1):
            self.now = later(self.now, minutes=1)
            due, self.due = self.due, []
            for send in due:
                send()
        self.now = to
        files, self.out = self.out, []
        return {"instant": iso(to), "files": files}

    def _restart(self, _: dict[str, Any]) -> None:
        self.kept.write_text(json.dumps(self.book), encoding="utf-8")

    def _end(self, _: dict[str, Any]) -> None: ...

    def close(self) -> None: ...

    # --- files -------------------------------------------------------------------------------------

    def _send(self, ldc: str, file_id: str, version: str, rows: Content, part: SetPart | None = None) -> None:
        if ldc != self.you and (ldc, file_id) not in self.allowed and self.fault != "asks nobody's leave":
            return
        first, second = (self.you, ldc) if self.fault == "names itself first" else (ldc, self.you)
        if file_id == "1000" and self.fault == "sends a retired version":
            version = "01"
        moment = self.now
        while (name := FileName(first, second, file_id, version, digits(moment), part)) in self.names:
            moment = later(moment, seconds=1)
        self.names.add(name)
        header: dict[str, Value] = {"ldc_org_id": ldc, "created_date_time": self.now}
        if part is not None:
            header = {"ldc_org_id": ldc, "extracted_date_time": self.now}
        if part is not None and part.file_no == "00":
            header["sequence_number"] = self.book["number"][ldc]
        good = FileName(ldc, self.you, file_id, ACTIVE[file_id], name.created, part)
        content = write_file(PROFILE, good, header, rows).replace(str(good).encode(), str(name).encode())
        shown = str(name).replace(".DAT", ".dat") if self.fault == "writes .dat" else str(name)
        text = content.replace(str(name).encode(), shown.encode()).decode()
        self.out.append({"organisation": self.you, "name": shown, "content": {"text": text}, "instant": iso(self.now)})

    def _synchronize(self, ldc: str, file_id: str) -> None:
        ids = dict(self.book["ids"])
        if self.fault == "does not wait for IDs":
            ids = {sdp: ids.get(sdp, f"9{number:09}") for number, sdp in enumerate(self.book["sdps"])}
        if self.fault == "swaps IDs":
            ids = dict(zip(ids, reversed(ids.values()), strict=True))
        files: dict[str, Content] = {number: [] for number in ("01", "02", "03", "04", "05")}
        for sdp, event in self.book["sdps"].items():
            if event["ldc"] == ldc and sdp in ids:
                self._describe(files, ids[sdp], event)
        self.book["tx"] += 1
        tx = f"{self.book['tx']:06}"
        for number, rows in files.items():
            self._send(ldc, file_id, ACTIVE[file_id], rows, SetPart(tx, number, "01"))
        entries: Content = [
            ("manifest_entry", {"file_no": number, "segment_no": "01", "record_count": len(rows)})
            for number, rows in files.items()
        ]
        self._send(ldc, file_id, ACTIVE[file_id], entries, SetPart(tx, "00", "01"))
        self.book["number"][ldc] += 1

    def _describe(self, files: dict[str, Content], sdp: str, event: dict[str, Any]) -> None:
        values, since = event["attributes"], date.fromisoformat(event["effective"])
        about: dict[str, Value] = {"universal_sdp_id": sdp, "start_date": since}
        asset: dict[str, Value] = {"universal_sdp_id": sdp, "sdp_id": event["sdp_id"]}
        files["01"].append(("sdp", {**asset, "sdp_type": PROFILE.codes["sdp_type"][event["type"]]}))
        files["02"].append(("premise", {**about, **{key: values[key] for key in ("address", "city", "postal_code")}}))
        coded = {key: PROFILE.codes[key][values[key]] for key in ("framing_structure", "commodity_type")}
        files["03"].append(("service_agreement", {**about, **coded}))
        for name, code in PROFILE.codes["sdp_parameter"].items():
            value = PROFILE.codes[name][values[name]] if name in PROFILE.codes else str(values[name])
            files["04"].append(("sdp_parameter", {**about, "parameter": code, "value": value}))
        files["05"].append(("sdp_to_account", {**about, "account_id": values["account_id"]}))
        for name in ("billing_agent", "ami_operator"):
            files["05"].append((f"sdp_to_{name}", {**about, "organisation_id": values[name]}))
        if event.get("meter"):
            self._describe_meter(files, about, event["meter"])

    def _describe_meter(self, files: dict[str, Content], about: dict[str, Value], meter: dict[str, Any]) -> None:
        identifier, module = meter["meter_id"], meter["communication_module_id"]
        files["01"].append(("meter", {"meter_id": identifier}))
        files["01"].append(("communication_module", {"communication_module_id": module}))
        files["05"].append(("sdp_to_meter", {**about, "meter_id": identifier}))
        of_meter = {"meter_id": identifier, "start_date": about["start_date"]}
        files["05"].append(("meter_to_communication_module", {**of_meter, "communication_module_id": module}))
        digits_ = {
            "parameter": PROFILE.codes["meter_parameter"]["register_digits"],
            "value": str(meter["register_digits"]),
        }
        files["04"].append(("meter_parameter", {**of_meter, **digits_}))


def key(ldc: Value, sdp_id: Value) -> str:
    """An SDP in the book: its SDP ID is unique within the systems of its LDC alone."""
    return f"{ldc} {sdp_id}"


def conformant() -> ScriptedCis:
    return ScriptedCis()


def keeping() -> ScriptedCis:
    return ScriptedCis(keeps="all")


def faulty(fault: str) -> Callable[[], ScriptedCis]:
    return functools.partial(ScriptedCis, fault)


def __getattr__(name: str) -> Callable[[], ScriptedCis]:
    """A factory for each fault: ``fault_writes_dat`` makes the one that is called so, spaces for underscores."""
    if name.startswith("fault_"):
        return faulty(FAULTS[name.removeprefix("fault_")])
    raise AttributeError(name)


FAULTS = {
    name.replace(" ", "_").replace(".", "").replace("'", ""): name
    for name in (
        "writes .dat",
        "names itself first",
        "sends a retired version",
        "asks for one alone",
        "asks in its own name",
        "does not wait for IDs",
        "swaps IDs",
        "reads half files",
        "asks nobody's leave",
    )
}
