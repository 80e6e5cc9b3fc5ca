"""A run that is interrupted, or killed, leaves what is valid, and the same command goes on with what had not ended."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import outputs_of

SYSTEM = f"stdio:{shlex.quote(sys.executable)} {shlex.quote(str(Path(__file__).with_name('holding.py')))}"
FEATURES = Path(__file__).parents[2] / "features" / "usdp"
SELECTION = "USDP-01 or USDP-02 or USDP-03"


def command(workers: int) -> list[str]:
    options = ["--features", str(FEATURES), "--select", SELECTION, "--workers", str(workers), "--time-limit", "3600"]
    return [sys.executable, "-m", "harness", "run", "--adapter", SYSTEM, *options, "--out", "out"]


def finished(folder: Path, workers: int) -> subprocess.CompletedProcess[str]:
    (folder / "hold").unlink(missing_ok=True)
    return subprocess.run(command(workers), cwd=folder, capture_output=True, text=True, check=False)


def outputs(folder: Path) -> dict[str, bytes]:
    return {name: content for name, content in outputs_of(folder).items() if "interrupted" not in name}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the run leaves when nothing comes between."""
    folder = tmp_path_factory.mktemp("undisturbed")
    assert finished(folder, 1).returncode == 0
    return outputs(folder / "out")


class Held:
    """A run that waits in the middle for its system."""

    def __init__(self, folder: Path, workers: int) -> None:
        (folder / "hold").touch()
        with (folder / "said").open("w") as said:
            self.process = subprocess.Popen(
                command(workers), cwd=folder, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
            )
        self._wait_for(folder / "holding")

    def _wait_for(self, sign: Path) -> None:
        while not sign.exists():
            assert self.process.poll() is None, "the run ended before it was held"
            time.sleep(0.05)

    def signalled(self, number: signal.Signals) -> int:
        """Send a signal to all its processes, as a terminal does; how the run ended."""
        os.killpg(self.process.pid, number)
        return self.process.wait()


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
def workers(request: Any) -> int:
    return int(request.param)


@pytest.fixture
def held(tmp_path: Path, workers: int) -> Iterator[Held]:
    run = Held(tmp_path, workers)
    yield run
    (tmp_path / "hold").unlink(missing_ok=True)
    if run.process.poll() is None:
        os.killpg(run.process.pid, signal.SIGKILL)


def test_ctrl_c_leaves_valid_output_of_what_was_done_and_ends_with_3(tmp_path: Path, held: Held) -> None:
    assert held.signalled(signal.SIGINT) == 3
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    verdicts = [scenario["verdict"] for scenario in results["scenarios"]]
    assert set(verdicts) == {"pass", "blocked"}
    assert (results["verdict"], results["exit_code"]) == ("undetermined", 3)
    cases = ET.fromstring((tmp_path / "out" / "junit.xml").read_bytes()).findall(".//testcase")
    assert len(cases) == len(verdicts)
    assert (tmp_path / "out" / "report.html").read_text().rstrip().endswith("</html>")
    said = (tmp_path / "said").read_text()
    assert "interrupted: the same command goes on with the scenarios that had not ended" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["ctrl-c", "kill -9"])
def test_the_same_command_goes_on_with_what_had_not_ended(
    tmp_path: Path, workers: int, held: Held, number: signal.Signals, undisturbed: dict[str, bytes]
) -> None:
    held.signalled(number)
    done = len((tmp_path / "out" / "ended.jsonl").read_bytes().splitlines())
    assert done > 0
    (tmp_path / "begun").unlink()
    again = finished(tmp_path, workers)
    assert (again.returncode, again.stderr) == (0, "")
    begun = set((tmp_path / "begun").read_text().splitlines())  # the last of each worker is begun once more
    assert len(begun) == len(json.loads(undisturbed["results.json"])["scenarios"]) - done
    assert outputs(tmp_path / "out") == undisturbed
