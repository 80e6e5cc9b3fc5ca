"""A run as other people's programs show it: the Cucumber ecosystem's own page in Chromium, a reader of JUnit files.

Runs where `make test-clients` has installed these; elsewhere it is skipped by name.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.samples.test_javascript import node

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make test-clients")
junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed: make test-clients")

HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LIMIT = 60_000
"""So many milliseconds a call of the browser may take before it counts as hanging; it is no measure of speed."""
WITH_A_FAULT = "reference+sdp_id_taken_for_unique_in_ontario"


def said(*command: str, folder: Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, cwd=folder, input=given, capture_output=True, check=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two rules with a repository that breaks one of them."""
    folder = tmp_path_factory.mktemp("run")
    command = [sys.executable, "-m", "harness", "run", "--select", "USDP-05 or USDP-06", "--out", "out"]
    ran = said(*command, "--adapter", WITH_A_FAULT, folder=folder)
    assert ran.returncode == 1, ran.stderr
    return folder / "out"


def verdicts(run: Path) -> dict[str, str]:
    results: dict[str, Any] = json.loads((run / "results.json").read_bytes())
    return {scenario["id"]: scenario["verdict"] for scenario in results["scenarios"]}


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.skipif(not (HERE / "node_modules").is_dir(), reason="Cucumber's page is not installed: make test-clients")
def test_cucumbers_own_page_shows_each_scenario_with_what_became_of_it(run: Path, tmp_path: Path) -> None:
    messages = said(sys.executable, "-m", "harness", "export", "out", "--as", "cucumber", folder=run.parent)
    made = said(node(), str(HERE / "cucumber_page.js"), folder=HERE, given=messages.stdout)
    assert (made.returncode, made.stderr) == (0, b"")
    file = tmp_path / "page.html"
    file.write_bytes(made.stdout)
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=LIMIT)
        page = browser.new_page()
        page.set_default_timeout(LIMIT)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        page.get_by_text("failed", exact=False).first.wait_for()
        text = page.inner_text("body")
        browser.close()
    assert wrong == []
    passed = list(verdicts(run).values()).count("pass")
    assert f"({passed} / {len(verdicts(run))}) passed" in text
    assert "features/usdp/identity.feature" in text
    assert "Scenario: Two LDCs use the same SDP ID" in text
    assert re.search(r"fail: expected Mill \(([^)\n]+)\): issued; observed Mill \(\1\): already issued", text)


def test_a_reader_of_junit_files_counts_what_the_run_counted(run: Path) -> None:
    read = junitparser.JUnitXml.fromfile(str(run / "junit.xml"))
    cases = [case for suite in read for case in suite]
    failed = {case.name for case in cases if any(isinstance(each, junitparser.Failure) for each in case.result)}
    told = verdicts(run)
    assert {case.name for case in cases if not case.name.startswith("noticed/")} == set(told)
    assert {name for name in failed if not name.startswith("noticed/")} == {
        name for name, verdict in told.items() if verdict == "fail"
    }
    assert failed
