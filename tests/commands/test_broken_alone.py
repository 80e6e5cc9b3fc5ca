"""A system that breaks one rule fails by that rule alone, however much rests on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Said

WITHOUT_RESPONSES = """
from harness.interface.profile import load_profile
from reference_impl.repository.port import Port


class Mute:
    def __init__(self):
        self.port = Port(load_profile())

    def exchange(self, request):
        reply = self.port.exchange(request)
        kept = [file for file in reply["ok"].get("files", ()) if ".2000.01." not in file["name"]]
        return {**reply, "ok": {**reply["ok"], "files": kept}} if "files" in reply["ok"] else reply
"""


def test_who_delivers_no_response_at_all_is_failed_for_that_alone(said: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "mute.py").write_text(WITHOUT_RESPONSES)
    selected = "USDP-01 or USDP-02 or USDP-03 or USDP-08 or USDP-09 or USDP-14 or FTS-01 or FTS-07 or FTS-10 or FTS-13"
    found = said("run", "--adapter", "mute:Mute", "--select", f"({selected}) and (usdp/ or fts/)", "--out", "out")
    assert found.code == 1, found.err
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    judged = [*results["scenarios"], *results["noticed"]]
    failed = {each["rule"] for each in judged if each["verdict"] == "fail"}
    assert failed == {"USDP-01"}
