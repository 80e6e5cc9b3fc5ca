"""Output that cannot be written: said in a line, never a traceback, and never a verdict."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness import cli
from harness.errors import OutputError, writing
from harness.port.protocol import Json
from harness.runner import folder
from harness.runner.plan import Plan
from harness.runner.session import SessionRecord, run_unchecked
from tests.conftest import Said

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
HARNESS = [sys.executable, "-m", "harness"]
USDP = ["--features", str(Path(__file__).parents[2] / "features" / "usdp")]


def full(*_: Any, **__: Any) -> Any:
    """What is called to write to a disk that is full."""
    raise FULL


def states(folder: Path) -> tuple[str, int, bool]:
    """The state of a run, how many scenarios are noted as ended, and whether there is a verdict."""
    record = json.loads((folder / "run.json").read_bytes())
    ended = folder / "ended.jsonl"
    lines = ended.read_bytes().count(b"\n") if ended.exists() else 0
    return record["state"], lines, (folder / "results.json").exists()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_cannot_write_on_ends_and_goes_on_later(workers: str, tmp_path: Path) -> None:
    command = [*HARNESS, "run", *USDP, "--select", "USDP-03 or USDP-05", "--workers", workers]

    def ran(limit: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)),
        )

    stopped = ran(limit=5_000)  # a file may have 5,000 bytes: run.json has fewer, and some journal has more
    assert stopped.returncode == 3
    assert "cannot be written: File too large" in stopped.stderr
    assert "expected: a folder that may be written to, with room left" in stopped.stderr
    assert "the same command goes on" in stopped.stderr
    assert "Traceback" not in stopped.stdout + stopped.stderr
    state, _, verdict = states(tmp_path / "mdmr-conform-out")
    assert (state, verdict) == ("unfinished", False)
    gone_on = ran(limit=resource.RLIM_INFINITY)
    assert gone_on.returncode == 0, gone_on.stdout + gone_on.stderr
    assert states(tmp_path / "mdmr-conform-out") == ("finished", 0, True)


def test_results_that_cannot_be_written_are_no_verdict(
    said: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = folder.write

    def full_for_results(path: Path, content: bytes) -> None:
        with monkeypatch.context() as patch:
            if path.name == "results.json":
                patch.setattr(Path, "replace", full)
            write(path, content)

    monkeypatch.setattr(folder, "write", full_for_results)
    heard = said("run", "--select", "FTS-01")
    assert heard.code == 3
    assert "mdmr-conform-out/results.json: cannot be written: No space left on device" in heard.err
    assert not (tmp_path / "mdmr-conform-out" / "results.json.part").exists()
    state, ended, verdict = states(tmp_path / "mdmr-conform-out")
    assert (state, verdict) == ("unfinished", False)
    assert ended > 0
    monkeypatch.setattr(folder, "write", write)
    assert said("run", "--select", "FTS-01").code == 0


def in_this_process(plan: Plan, *, workers: int, on_result: Callable[[Json], None]) -> SessionRecord:
    return run_unchecked(plan, workers=0, on_result=on_result)


@pytest.mark.parametrize("name", ["results.json", "junit.xml", "report.html", "run.json"])
def test_what_is_not_read_back_as_it_was_written_is_no_verdict(
    said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    read = folder.read_regular
    monkeypatch.setattr(folder, "read_regular", lambda path: read(path)[:-1] if path.name == name else read(path))
    heard = said("run", "--select", "FTS-01")
    assert heard.code == 3
    assert f"{name}: cannot be written: what was written is not what is read back" in heard.err


def test_a_scenario_that_could_not_be_noted_has_not_ended(
    said: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("harness.runner.plugin.note_ended", noting_fails)
    monkeypatch.setattr("harness.runner.controller.run_unchecked", in_this_process)
    heard = said("run", "--select", "FTS-01")
    assert heard.code == 3
    assert heard.err.count("cannot be written") == 1
    assert states(tmp_path / "mdmr-conform-out") == ("unfinished", 0, False)


def noting_fails(folder: Path, _: Any) -> None:
    with writing(folder / "ended.jsonl"):
        raise FULL


def test_an_output_error_says_where_and_what() -> None:
    with pytest.raises(OutputError, match="No space left") as caught, writing("out/a.json"):
        raise FULL
    assert str(caught.value).splitlines() == [
        "out/a.json: cannot be written: No space left on device",
        "  expected: a folder that may be written to, with room left",
    ]


# --- what is printed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["rules"], ["run", "--list"], ["--help"], ["rules", "--json"]])
def test_a_reader_that_goes_away_ends_a_command_quietly(command: list[str], tmp_path: Path) -> None:
    """Not with 0: what was printed, and judged, is not the whole."""
    with subprocess.Popen(
        [*HARNESS, *command], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 3


def test_a_run_whose_reader_goes_away_ends_as_if_interrupted_and_goes_on(tmp_path: Path) -> None:
    command = [*HARNESS, "run", *USDP]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == (
            "Error: standard output cannot be written: Broken pipe\n"
            "  the same command goes on with the scenarios that had not ended\n"
        )
    assert process.returncode == 3
    assert json.loads((tmp_path / "mdmr-conform-out" / "run.json").read_bytes())["state"] == "unfinished"
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("command", [["rules"], ["--help"]])
def test_a_terminal_or_file_that_cannot_take_it_is_said(command: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as nowhere:
        ran = subprocess.run(
            [*HARNESS, *command], cwd=tmp_path, stdout=nowhere, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (ran.returncode, ran.stderr) == (
        3,
        "Error: standard output cannot be written: No space left on device\n",
    )


def test_a_folder_that_is_gone_while_one_is_in_it_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"import os; os.rmdir({str(gone)!r}); from harness.cli import main; main(['run', '--select', 'USDP-02'])"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=gone, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("Error: the current folder: No such file or directory; expected: one that exists")


def test_a_defect_of_the_command_is_said_with_its_place(
    said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_fault(*_: Any) -> None:
        raise KeyError("Mill")

    monkeypatch.setattr("harness.commands.rules.load_catalogue", at_fault)
    heard = said("rules")
    assert heard.code == 3
    assert heard.err.startswith("Error: mdmr-conform is at fault: KeyError in test_output.py:")
    assert heard.err.endswith(": 'Mill'; please report this\n")


def test_a_developer_sees_where_a_defect_lies(tmp_path: Path) -> None:
    script = (
        "import harness.commands.rules as r; r.load_catalogue = None; from harness.cli import main; main(['rules'])"
    )
    ran = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "ignore", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "TypeError" in ran.stderr
    assert "Traceback" in ran.stderr


@pytest.mark.parametrize("status", [0, 1])
def test_a_process_that_is_ended_under_the_command_gives_no_verdict(
    status: int, said: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave(*_: Any) -> None:
        sys.exit(status)

    monkeypatch.setattr("harness.commands.rules.load_catalogue", leave)
    assert said("rules").code == cli.INTERRUPTED
