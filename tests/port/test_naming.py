"""Adapters by name: each finds its system, and a name that finds none says what was expected."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.errors import UsageError
from harness.interface.instants import instant, later
from harness.interface.profile import load_profile
from harness.port import naming
from harness.port.failure import Connection
from harness.port.in_process import InProcess
from harness.port.introduction import introduced
from harness.port.naming import opener
from harness.port.protocol import holidays_of_ontario
from harness.stage.conversation import Conversation
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from reference_impl.cis.port import Port

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
        ("referenc", "did you mean reference"),
        ("", 'expected: reference, reference-cis, module:factory, "stdio:COMMAND ARGS", or person:FOLDER'),
        ("person:", "names no folder"),
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
        opener(name, profile_path=None, time_limit=3600)()
    assert said in str(caught.value)


def test_the_reference_is_found_by_its_name() -> None:
    connection = opener("reference", profile_path=None, time_limit=1)()
    assert connection.exchange(HELLO)["ok"]["name"] == "mdmr-conform reference implementation"
    connection.close()


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
    connect = opener("mine_counting:create", profile_path=None, time_limit=3600)
    first, second = connect(), connect()
    assert [each.exchange(HELLO)["error"]["message"] for each in (first, second)] == ["1", "1"]
    for each in (first, second):
        each.close()


def test_a_users_module_and_folder_are_none_of_this_process(folder: Path) -> None:
    (folder / "mine_plain.py").write_text("class System:\n    def exchange(self, request): ...\n")
    opener("mine_plain:System", profile_path=None, time_limit=3600)().close()
    assert str(folder) not in sys.path
    assert "mine_plain" not in sys.modules


def issued(connection: Connection) -> str:
    """The status with which a system answers a request for a Universal SDP ID, asked for a second time."""
    opens = instant("2011-01-10T08:00:00-05:00")
    setting = Setting(load_profile(None), introduced(connection), holidays_of_ontario(), opens)
    begun = Conversation(setting, Draw(0, "", "a/scenario"), Recorder(connection, None))
    ldc = begun.register("Lakeside", "ldc").id
    for number in (1, 2):
        name = f"{ldc}.{ldc}.1000.00.2011011008000{number}.DAT"
        lines = (f"FN|{name}", f"FH|{ldc}|2011011008000{number}", f"DT|{ldc}|A")
        begun.submit("Lakeside", name, "".join(f"{line}\r\n" for line in lines).encode())
        begun.advance(later(begun.now, minutes=16))
    begun.end()
    return [file for file in begun.delivered if ".2000." in file.name][-1].content.decode().split("|")[-3]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other test has left a system of ours open in this process."""
    monkeypatch.setattr(naming, "_open", weakref.WeakKeyDictionary())


@pytest.mark.usefixtures("alone")
def test_of_two_systems_one_of_which_is_bent_each_does_what_it_does_alone() -> None:
    names = ("reference", "reference+universal_sdp_id_reissued_on_repeat", "reference")
    connections = [opener(name, profile_path=None, time_limit=3600)() for name in names]
    assert [isinstance(connection, InProcess) for connection in connections] == [True, False, True]
    assert [issued(connection) for connection in connections] == ["01", "00", "01"]
    for connection in connections:
        connection.close()


@pytest.mark.usefixtures("alone")
def test_beside_a_system_that_is_bent_none_is_let_into_this_process() -> None:
    names = ("reference+universal_sdp_id_reissued_on_repeat", "reference")
    connections = [opener(name, profile_path=None, time_limit=3600)() for name in names[:2]]
    assert [isinstance(connection, InProcess) for connection in connections] == [True, False]
    assert [issued(connection) for connection in connections] == ["00", "01"]
    for connection in connections:
        connection.close()
    again = opener(names[0], profile_path=None, time_limit=3600)()
    assert isinstance(again, InProcess)
    again.close()


@pytest.mark.usefixtures("alone")
def test_a_bent_cis_and_the_repository_leave_each_other_as_they_are() -> None:
    names = ("reference-cis+cis_response_cut_short_read", "reference")
    connections = [opener(name, profile_path=None, time_limit=3600)() for name in names]
    assert [isinstance(connection, InProcess) for connection in connections] == [True, True]
    assert issued(connections[1]) == "01"
    for connection in connections:
        connection.close()


@pytest.mark.parametrize("bent", naming.bents("reference-cis"), ids=lambda bent: str(bent.id))
def test_what_bends_a_cis_changes_nothing_that_the_repository_uses(bent: Any) -> None:
    def held() -> dict[str, Any]:
        modules = {
            name: module for name, module in sys.modules.items() if name.startswith(("harness.", "reference_impl."))
        }
        outside = {name: module for name, module in modules.items() if not name.startswith("reference_impl.cis")}
        return {f"{name}.{key}": value for name, module in outside.items() for key, value in vars(module).items()}

    port = Port(load_profile())
    before = held()
    with bent.apply(port):
        assert [name for name, value in held().items() if before.get(name) is not value] == []


@pytest.mark.parametrize(
    ("system", "other"), [("reference", "cis_asks_once"), ("reference-cis", "retired_response_version")]
)
def test_a_system_has_no_fault_of_another(system: str, other: str) -> None:
    with pytest.raises(UsageError, match="has no fault or variant"):
        opener(f"{system}+{other}", profile_path=None, time_limit=1)


@pytest.fixture
def other_distribution(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed distribution of somebody else's that offers a system, and one by the name of ours."""
    (folder / "others-1.dist-info").mkdir()
    (folder / "others-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: others\nVersion: 1\n")
    (folder / "others-1.dist-info" / "entry_points.txt").write_text(
        "[mdmr_conform.systems]\nothers = mine_entry:create\nreference = mine_entry:create\n"
    )
    (folder / "mine_entry.py").write_text(
        "import os\n"
        "class System:\n"
        "    def __init__(self, given):\n"
        "        self.given = given\n"
        "    def exchange(self, request):\n"
        "        told = f'{os.getpid()} {self.given}'\n"
        "        return {'id': request['id'], 'error': {'code': 'failed', 'message': told}}\n"
        "def create(*, profile_path, bent):\n"
        "    return System((type(profile_path).__name__, bent))\n"
    )
    monkeypatch.syspath_prepend(str(folder))


@pytest.mark.usefixtures("other_distribution")
def test_a_system_of_another_distribution_is_not_let_into_this_process(folder: Path) -> None:
    connection = opener("others", profile_path=folder / "profile.toml", time_limit=3600)()
    process, _, given = connection.exchange(HELLO)["error"]["message"].partition(" ")
    assert (int(process) != os.getpid(), given) == (True, "('PosixPath', None)")
    connection.close()


@pytest.mark.usefixtures("other_distribution")
def test_nobody_elses_system_takes_the_name_of_ours() -> None:
    connection = opener("reference", profile_path=None, time_limit=3600)()
    assert connection.exchange(HELLO)["ok"]["name"] == "mdmr-conform reference implementation"
    connection.close()


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("python3 adapter.py", 'did you mean "stdio:python3 adapter.py"?'),
        ("adapter.mjs", 'a program is named with what runs it: "stdio:COMMAND adapter.mjs"'),
        ("nowhere.mjs", ""),
    ],
)
def test_a_program_that_is_named_as_a_system_is_shown_how_it_is_named(
    name: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "adapter.mjs").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as refused:
        opener(name, profile_path=None, time_limit=5)
    assert refused.value.remedy == remedy
