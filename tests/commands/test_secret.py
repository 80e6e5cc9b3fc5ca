"""A system cannot know its scenario beforehand: what it is told rests on a secret, and leads to no journal."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.runner import controller
from tests.conftest import Said

SECRET = "no crystal ball"
FOREKNOWN = "without --secret, what is drawn can be listed beforehand: a system could have known its scenarios"
LISTENING = """
import json, os
from pathlib import Path
from harness.port.naming import opener

class System:
    def __init__(self):
        self.inner = opener("reference", profile_path=None, time_limit=60)()

    def exchange(self, request):
        if request["message"] == "begin":
            told = {key: request[key] for key in ("conversation", "seed", "shared_folder", "organisations")}
            told["record"] = Path("out/run.json").read_text()
            told["environment"] = dict(os.environ)
            with Path("told.jsonl").open("a") as file:
                file.write(json.dumps(told) + "\\n")
        return self.inner.exchange(request)
"""
"""The reference, and somebody who writes down what it is told that could give a scenario away."""


@pytest.fixture
def told(said: Callable[..., Said], tmp_path: Path) -> Callable[..., list[Any]]:
    """Runs two scenarios, and gives what the system was told of each."""
    (tmp_path / "listening.py").write_text(LISTENING)

    def run(*more: str) -> list[Any]:
        (tmp_path / "told.jsonl").unlink(missing_ok=True)
        assert said("run", "--adapter", "listening:System", "--select", "USDP-02", "--out", "out", *more).code == 0
        return [json.loads(line) for line in (tmp_path / "told.jsonl").read_text().splitlines()]

    return run


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def without_foot(content: bytes) -> bytes:
    """A report without its foot, which tells when the run was."""
    return content[: content.index(b"<footer>")]


def test_with_another_secret_nothing_that_is_drawn_is_the_same(told: Callable[..., list[Any]]) -> None:
    fixed, one, other = told(), told("--secret", SECRET), told("--secret", "another")
    for key in ("conversation", "seed"):
        drawn = [{each[key] for each in run} for run in (fixed, one, other)]
        assert not drawn[0] & drawn[1] | drawn[1] & drawn[2] | drawn[0] & drawn[2]
    ids = [{party["id"] for each in run for party in each["organisations"]} for run in (fixed, one)]
    assert not ids[0] & ids[1]


def test_the_environment_names_no_scenario(told: Callable[..., list[Any]], tmp_path: Path) -> None:
    environments = [json.dumps(each["environment"]) for each in told("--secret", SECRET)]
    scenarios = [each["id"] for each in json.loads((tmp_path / "out" / "results.json").read_bytes())["scenarios"]]
    assert environments
    assert [name for name in scenarios for environment in environments if name in environment] == []


def test_a_secret_gives_the_order_so_that_nobody_can_count_along() -> None:
    names = [f"usdp/a/{letter}" for letter in "abcdefgh"]

    def order(**wish: Any) -> list[str]:
        return [task.scenario for task in controller._tasks(controller.Wish(**wish), names)]

    one = order(secret=SECRET)
    assert sorted(one) == names
    assert one == order(secret=SECRET)
    assert len({tuple(each) for each in (names, one, order(secret="another"), order(secret=SECRET, shuffle=1))}) == 4
    assert order() == order(secret=SECRET, adapter="person:folder") == names


def test_seed_and_secret_repeat_a_run_to_the_byte(said: Callable[..., Said], tmp_path: Path) -> None:
    for out in ("one", "other"):
        assert said("run", "--select", "USDP-02", "--secret", SECRET, "--out", out).code == 0
    one, other = content(tmp_path / "one"), content(tmp_path / "other")
    assert one.pop("run.json") != other.pop("run.json")
    assert without_foot(one.pop("report.html")) == without_foot(other.pop("report.html"))
    assert one == other
    assert said("verify", "one").code == 0


def test_the_record_shows_the_secret_only_when_the_run_has_ended(
    told: Callable[..., list[Any]], tmp_path: Path
) -> None:
    for each in told("--secret", SECRET):
        assert SECRET not in each["record"]
        assert set(json.loads(each["record"])["secret"]) == {"salt", "sha256"}
    assert json.loads((tmp_path / "out" / "run.json").read_bytes())["secret"] == SECRET


def test_the_command_that_shows_a_scenario_again_names_the_secret(said: Callable[..., Said], tmp_path: Path) -> None:
    said("run", "--select", "USDP-02", "--secret", SECRET, "--out", "out")
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    assert {f"--secret '{SECRET}'" in scenario["reproduce"] for scenario in results["scenarios"]} == {True}


def test_a_secret_that_is_read_from_input_stands_on_no_command_line(
    said: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n"))
    said("run", "--select", "USDP-02", "--secret", "-", "--out", "out")
    assert json.loads((tmp_path / "out" / "run.json").read_bytes())["secret"] == SECRET


@pytest.mark.parametrize("secret", ["", "  ", "a\nb", "\udcff"])
def test_a_secret_that_is_none_is_refused(said: Callable[..., Said], secret: str) -> None:
    heard = said("run", "--select", "USDP-02", "--secret", secret)
    assert (heard.code, "--secret: the secret is empty, or holds what cannot be printed" in heard.err) == (2, True)


def test_a_verdict_without_a_secret_says_everywhere_that_scenarios_could_be_known(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    heard = said("run", "--select", "USDP-02", "--out", "without")
    assert FOREKNOWN in heard.out
    assert FOREKNOWN not in said("run", "--select", "USDP-02", "--out", "with", "--secret", SECRET).out
    for name in ("results.json", "junit.xml", "report.html"):
        assert FOREKNOWN[1:] in (tmp_path / "without" / name).read_text(), name
        assert FOREKNOWN[1:] not in (tmp_path / "with" / name).read_text(), name


def test_the_shared_folder_lies_outside_the_run_and_is_gone_afterwards(
    told: Callable[..., list[Any]], tmp_path: Path
) -> None:
    folders = [Path(each["shared_folder"]) for each in told() if each["shared_folder"] is not None]
    scenarios = len(json.loads((tmp_path / "out" / "results.json").read_bytes())["scenarios"])
    assert len(folders) == scenarios > 1  # asked once more after the last, the system is told of none
    for folder in folders:
        assert folder.is_absolute()
        assert not folder.is_relative_to(tmp_path / "out")
        assert not folder.exists()
        assert {"journals", "out"}.isdisjoint(folder.parts)
    journal = min((tmp_path / "out" / "journals").rglob("*.jsonl")).read_text()
    assert '"shared_folder":"shared"' in journal


def test_a_folder_for_temporary_files_inside_the_run_is_refused(
    said: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "out" / "tmp"))
    heard = said("run", "--select", "USDP-02", "--out", "out")
    assert (heard.code, "holds the folder for temporary files" in heard.err) == (2, True)


@pytest.fixture
def interrupted(said: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run with a secret that was interrupted after its first scenario."""
    from harness.runner import session

    taken = session._Collector.pytest_runtest_logreport
    number = 0

    def once(self: Any, report: pytest.TestReport) -> None:
        nonlocal number
        number += hasattr(report, "conform")
        if number > 1:
            raise KeyboardInterrupt
        taken(self, report)

    with monkeypatch.context() as patch:
        patch.setattr(session._Collector, "pytest_runtest_logreport", once)
        assert said("run", "--select", "USDP-02", "--secret", SECRET, "--out", "out").code == 3
    return tmp_path / "out"


def test_nothing_that_an_interrupted_run_writes_shows_its_secret(interrupted: Path) -> None:
    assert [name for name, found in content(interrupted).items() if SECRET.encode() in found] == []
    assert b"--secret -" in (interrupted / "results.json").read_bytes()


def test_an_interrupted_run_goes_on_with_the_same_secret_alone(said: Callable[..., Said], interrupted: Path) -> None:
    for other in (["--secret", "another"], []):
        heard = said("run", "--select", "USDP-02", "--out", "out", *other)
        assert (heard.code, "an unfinished run lies there, with another secret" in heard.err) == (2, True)
        assert SECRET not in heard.all
    assert said("run", "--select", "USDP-02", "--out", "out", "--secret", SECRET).code == 0
    assert said("verify", "out").code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"verdict": "pass"', b'"verdict": "fail"'),
        (b'"message": ""', b'"message": "all is well"'),
        (b'"outcome": "passed"', b'"outcome": "not run"'),
        (b'"entries": ', b'"entries": 1'),
        (b'"last_hash": "', b'"last_hash": "0'),
        (b'"journal": {', b'"journal": null, "j": {'),
    ],
)
def test_what_an_interrupted_run_wrote_down_is_held_against_its_journals(
    said: Callable[..., Said], interrupted: Path, old: bytes, new: bytes
) -> None:
    path = interrupted / "ended.jsonl"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    heard = said("run", "--select", "USDP-02", "--secret", SECRET, "--out", "out")
    assert (heard.code, "one of them was changed" in heard.err) == (2, True)
    assert "ended.jsonl: usdp/" in heard.err


def test_a_journal_that_was_changed_before_the_run_goes_on_is_noticed(
    said: Callable[..., Said], interrupted: Path
) -> None:
    ended = json.loads((interrupted / "ended.jsonl").read_text().splitlines()[0])
    path = interrupted / ended["journal"]["path"]
    path.write_bytes(path.read_bytes().replace(b"already", b"Already", 1).replace(b"ORG", b"OGR", 1))
    heard = said("run", "--select", "USDP-02", "--secret", SECRET, "--out", "out")
    assert (heard.code, "was changed" in heard.err) == (2, True)


@pytest.mark.parametrize(
    ("key", "value"), [("namespace", "n"), ("anchor", "2011-01-11T00:00:00-05:00"), ("anchor", "x")]
)
def test_a_record_that_was_changed_before_the_run_goes_on_is_noticed(
    said: Callable[..., Said], interrupted: Path, key: str, value: str
) -> None:
    record = json.loads((interrupted / "run.json").read_bytes())
    (interrupted / "run.json").write_text(json.dumps({**record, key: value}))
    heard = said("run", "--select", "USDP-02", "--secret", SECRET, "--out", "out")
    assert (heard.code, "run.json: says that the run is of namespace" in heard.err) == (2, True)


def test_what_failed_is_run_again_with_the_secret_of_its_run(said: Callable[..., Said], tmp_path: Path) -> None:
    fault = "reference+universal_sdp_id_reissued_on_repeat"
    said("run", "--adapter", fault, "--select", "USDP-03", "--secret", SECRET, "--out", "out")
    assert said("run", "--failed", "out", "--out", "again").code == 1
    assert json.loads((tmp_path / "again" / "run.json").read_bytes())["secret"] == SECRET


def test_a_story_rests_on_the_secret_too(said: Callable[..., Said], tmp_path: Path) -> None:
    size = ("simulate", "--sdps", "6", "--days", "4")
    without, one, other = said(*size, "--out", "a"), said(*size, "--out", "b", "--secret", SECRET), None
    other = said(*size, "--out", "c", "--secret", SECRET)
    assert [run.code for run in (without, one, other)] == [0, 0, 0]
    said_so = "a system could have known its scenarios"
    assert (said_so in without.out, said_so in one.out) == (True, False)
    a, b, c = (content(tmp_path / name) for name in "abc")
    assert b == c
    assert a["journals/simulation.jsonl"] != b["journals/simulation.jsonl"]
    assert f"--secret '{SECRET}'" in json.loads(b["simulation.json"])["again"]
    assert said("verify", "b").code == 0
