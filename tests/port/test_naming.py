"""Adapters by name: each finds its system, and a name that finds none says what was expected."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.port.naming import opener

HELLO = {"id": 0, "message": "hello", "protocol": 1, "role": "repository"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's own folder, in which they are."""
    monkeypatch.chdir(tmp_path)
    before = list(sys.path)
    yield tmp_path
    sys.path[:] = before
    for name in [name for name in sys.modules if name.startswith("mine")]:
        del sys.modules[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("referenc", "did you mean reference?"),
        ("", "expected: reference, module:factory, or"),
        ("reference+retired_response_versio", "did you mean retired_response_version?"),
        ("stdio:", "names no command"),
        ("stdio:'unclosed", "cannot be split into words: No closing quotation"),
        ("stdio:no-such-command-here --stdio", "command 'no-such-command-here' is not found"),
        ("mine_missing:create", "module 'mine_missing' cannot be imported: ModuleNotFoundError"),
        (":create", "cannot be imported: ValueError"),
        ("mine:create_systm", "did you mean create_system?"),
        ("mine:NUMBER", "module 'mine' has no factory 'NUMBER'"),
        ("mine_broken:create", "module 'mine_broken' cannot be imported: SyntaxError"),
        ("mine_leaving:create", "module 'mine_leaving' cannot be imported: SystemExit: 4"),
        ("mine_raising:create", "module 'mine_raising' cannot be imported: ZeroDivisionError"),
    ],
)
def test_a_name_that_finds_no_system_says_what_was_expected(folder: Path, name: str, said: str) -> None:
    (folder / "mine.py").write_text("NUMBER = 1\ndef create_system(): ...\n")
    (folder / "mine_broken.py").write_text("def create(:\n")
    (folder / "mine_leaving.py").write_text("raise SystemExit(4)\n")
    (folder / "mine_raising.py").write_text("1 / 0\n")
    with pytest.raises(UsageError) as caught:
        opener(name, profile_path=None, time_limit=1)
    assert said in str(caught.value)


def test_the_reference_is_found_by_its_name() -> None:
    connection = opener("reference", profile_path=None, time_limit=1)()
    assert connection.exchange(HELLO)["ok"]["name"] == "mdmr-conform reference implementation"


def test_each_call_of_an_opener_makes_a_system_of_its_own(folder: Path) -> None:
    (folder / "mine_counting.py").write_text(
        "made = 0\n"
        "class System:\n"
        "    def exchange(self, request):\n"
        "        return {'id': request['id'], 'error': {'code': 'failed', 'message': str(made)}}\n"
        "def create():\n"
        "    global made\n"
        "    made += 1\n"
        "    return System()\n"
    )
    connect = opener("mine_counting:create", profile_path=None, time_limit=30)
    first, second = connect(), connect()
    assert [each.exchange(HELLO)["error"]["message"] for each in (first, second)] == ["2", "2"]


def test_a_users_modules_do_not_stand_before_those_of_the_suite(folder: Path) -> None:
    (folder / "mine_plain.py").write_text("def create(): ...\n")
    opener("mine_plain:create", profile_path=None, time_limit=1)
    assert sys.path.index(str(folder)) == len(sys.path) - 1
