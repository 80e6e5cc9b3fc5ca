"""The whole suite against the reference: the verdict that a newcomer sees first, as the README prints it."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Said

README = Path(__file__).parents[2] / "README.md"


def test_the_whole_suite_ends_as_the_readme_says(whole_run: tuple[Said, Path]) -> None:
    ran, folder = whole_run
    assert (ran.code, ran.err) == (0, "")
    printed = re.search(r"```text\n([\d,]+ scenarios: .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert printed is not None
    assert ran.out.partition("\n\n")[2] == printed[1]
    results = json.loads((folder / "results.json").read_bytes())
    assert {scenario["verdict"] for scenario in results["scenarios"]} == {"pass"}
    assert results["noticed"] == []


def test_what_comes_out_holds_no_place_or_host_but_in_run_json(said: Callable[..., Any], tmp_path: Path) -> None:
    assert said("run", "--select", "USDP-03 or SEQ-05 or WIN-07").code == 0
    traces = (str(tmp_path), str(Path.home()), socket.gethostname())
    for path in (tmp_path / "mdmr-conform-out").rglob("*"):
        if path.is_file() and path.name != "run.json":
            content = path.read_text(encoding="utf-8")
            assert [trace for trace in traces if trace in content] == [], path.name
