"""The command from the outside: as a process of its own, or, where that shows as much, in this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import cli


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@pytest.fixture
def conform(tmp_path: Path) -> Callable[..., Said]:
    """Runs the command as a process, in a folder of its own."""

    def call(*arguments: str) -> Said:
        command = [sys.executable, "-m", "harness", *arguments]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
        return Said(ran.returncode, ran.stdout, ran.stderr)

    return call


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs the command in this process, in a folder of its own: what it raises, the test raises."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))

    def call(*arguments: str) -> Said:
        code = cli.run(arguments)
        return Said(code, *capsys.readouterr())

    return call
