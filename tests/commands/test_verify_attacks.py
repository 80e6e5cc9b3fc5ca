"""Whatever is done to what a run or simulation left: `verify` confirms nothing that was changed, and always answers."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.interface.profile import load_profile
from harness.port.journal import NO_PREDECESSOR, canonical, line_hash
from harness.runner.folder import read_results, write_outputs
from tests.conftest import Said

Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of two scenarios, and a small simulation."""
    from harness import cli

    folder = tmp_path_factory.mktemp("kept")
    assert cli.run(["run", "--select", "USDP-02", "--out", str(folder / "run")]) == 0
    assert cli.run(["simulate", "--sdps", "4", "--days", "3", "--out", str(folder / "simulation")]) == 0
    return folder


@pytest.fixture
def verified(said: Callable[..., Said], kept: Path, tmp_path: Path) -> Callable[..., Said]:
    """Changes a copy of the run, or simulation, and verifies it."""

    def verify(change: Change, what: str = "run") -> Said:
        shutil.copytree(kept / what, tmp_path / what)
        change(tmp_path / what)
        return said("verify", what)

    return verify


def journal(folder: Path) -> Path:
    return min((folder / "journals").rglob("*.jsonl"))


def of_json(name: str, change: Callable[[Any], object]) -> Change:
    """A change of a JSON document, written as the run writes it."""

    def changed(folder: Path) -> None:
        document = json.loads((folder / name).read_bytes())
        change(document)
        (folder / name).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")

    return changed


def replaced(name: str, old: str, new: str) -> Change:
    def change(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return change


def both(change: Callable[[Any], object]) -> Change:
    """The same change of the system in results and record."""

    def changed(folder: Path) -> None:
        of_json("results.json", lambda found: change(found["system"]))(folder)
        of_json("run.json", lambda found: change(found["identity"]["system"]))(folder)

    return changed


def rewritten(change: Callable[[list[Any]], object]) -> Change:
    """A journal whose entries were changed and chained anew, and outputs that state its new end."""

    def changed(folder: Path) -> None:
        path = journal(folder)
        entries = [json.loads(line) for line in path.read_bytes().splitlines()]
        change(entries)
        previous, lines = NO_PREDECESSOR, []
        for number, entry in enumerate(entries):
            lines.append(canonical({**entry, "entry": number, "prev": previous}))
            previous = line_hash(lines[-1])
        path.write_bytes(b"".join(line + b"\n" for line in lines))

        def mark(results: Any) -> None:
            for scenario in results["scenarios"]:
                if scenario["journal"]["path"] == path.relative_to(folder).as_posix():
                    scenario["journal"] |= {"entries": len(lines), "last_hash": previous}

        of_json("results.json", mark)(folder)
        write_outputs(folder, read_results(folder), json.loads((folder / "run.json").read_bytes()), load_profile(None))

    return changed


def advanced(entries: list[Any]) -> Any:
    """The first reply that brought files."""
    return next(e["body"]["ok"] for e in entries if e["kind"] == "reply" and e["body"].get("ok", {}).get("files"))


def without(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def pipe(name: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).unlink()
        os.mkfifo(folder / name)

    return change


def nested(name: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).write_bytes(b"[" * 100_000 + b"]" * 100_000)

    return change


def of_journal(change: Callable[[str], Change]) -> Change:
    """A change of the first journal, whatever it is called."""
    return lambda folder: change(journal(folder).relative_to(folder).as_posix())(folder)


def copied(name: str) -> Change:
    """A journal more, beside the first."""

    def change(folder: Path) -> None:
        shutil.copy(journal(folder), journal(folder).with_name(name))

    return change


def device(folder: Path) -> None:
    path = journal(folder)
    path.unlink()
    path.symlink_to("/dev/zero")


def cut(folder: Path) -> None:
    path = folder / "results.json"
    path.write_bytes(path.read_bytes().rstrip())


REFUTED: dict[str, Change] = {
    "another name of the system in the results": of_json("results.json", lambda r: r["system"].update(name="Other")),
    "another name of the system in the record": of_json(
        "run.json", lambda r: r["identity"]["system"].update(name="Other")
    ),
    "another clock in the results": of_json("results.json", lambda r: r["system"].update(clock="real")),
    "another clock in both": both(lambda system: system.update(clock="real")),
    "a clock that there is not": both(lambda system: system.update(clock="sundial")),
    "another state in both": both(lambda system: system.update(state="persistent")),
    "a class that there is not in both": both(lambda system: system["classes"].append("TELEPATHY")),
    "another member of the system in both": both(lambda system: system.update(mood="good")),
    "a scenario twice": of_json("results.json", lambda r: r["scenarios"].append(r["scenarios"][0])),
    "scenarios in another order": of_json("results.json", lambda r: r["scenarios"].reverse()),
    "rules in another order": of_json("results.json", lambda r: r["rules"].reverse()),
    "a scenario less": of_json("results.json", lambda r: r["scenarios"].pop()),
    "a member more": of_json("results.json", lambda r: r.update(remark="all is well")),
    "a member more of a scenario": of_json("results.json", lambda r: r["scenarios"][0].update(remark="well")),
    "a member more of the record": of_json("run.json", lambda r: r.update(remark="well")),
    "a member more of the identity": of_json("run.json", lambda r: r["identity"].update(remark="well")),
    "a member less of the record": of_json("run.json", lambda r: r.pop("started")),
    "another day, which the report has in its foot": of_json(
        "run.json", lambda r: r.update(started="2001-01-01T00:00:00-05:00")
    ),
    "a day that is none": of_json("run.json", lambda r: r.update(started="yesterday")),
    "another seed in the record": of_json("run.json", lambda r: r["identity"].update(seed=1)),
    "another secret": of_json("run.json", lambda r: r.update(secret="a secret")),
    "another anchor": of_json("run.json", lambda r: r.update(anchor="2011-01-11T00:00:00-05:00")),
    "a waiver that was not granted": of_json("run.json", lambda r: r["waivers"].append({"rule": "USDP-02"})),
    "a scenario that left no journal": of_json(
        "run.json", lambda r: r["without_journal"].update({"usdp/a/b": {"verdict": "pass", "message": ""}})
    ),
    "another statement": replaced("results.json", '"statement": "conformant', '"statement": "CONFORMANT'),
    "no foreknowledge": of_json("results.json", lambda r: r.update(foreknown=None)),
    "a space in the results": replaced("results.json", '"seed": 0', '"seed":  0'),
    "a member twice in the results": replaced("results.json", '"seed": 0', '"seed": 0,\n "seed": 0'),
    "no line feed at the end": cut,
    "another test in JUnit": replaced("junit.xml", 'failures="0"', 'failures="1"'),
    "no JUnit": without("junit.xml"),
    "JUnit is a pipe": pipe("junit.xml"),
    "another report": replaced("report.html", "</body>", "<p>All is well.</p></body>"),
    "no report": without("report.html"),
    "the report is a pipe": pipe("report.html"),
    "a journal is a pipe": of_journal(pipe),
    "a journal is a device": device,
    "a journal is a deep nest": of_journal(nested),
    "a journal more": copied("more.jsonl"),
    "a reply of another id": rewritten(
        lambda entries: next(e for e in entries if e["kind"] == "reply")["body"].update(id=99)
    ),
    "a reply with a member more": rewritten(lambda entries: advanced(entries).update(mood="good")),
    "a reply whose instant is none": rewritten(lambda entries: advanced(entries).update(instant="noon")),
    "a file without a recipient": rewritten(lambda entries: advanced(entries)["files"][0].pop("recipient")),
    "a reply that is an error of no kind": rewritten(
        lambda entries: entries[-1].update(
            body={"id": entries[-1]["body"]["id"], "error": {"code": "x", "message": ""}}
        )
    ),
    "an event of no kind": rewritten(lambda entries: entries.append({"kind": "event", "body": {"failure": []}})),
    "an entry more at the end": rewritten(lambda entries: entries.append(entries[-1])),
}


@pytest.mark.parametrize("change", REFUTED.values(), ids=REFUTED)
def test_what_was_changed_is_not_confirmed(verified: Callable[..., Said], change: Change) -> None:
    heard = verified(change)
    assert (heard.code in {1, 2}, "every verdict is confirmed" in heard.out) == (True, False), heard.all
    assert heard.code == 2 or "refuted: " in heard.out


@pytest.mark.parametrize("name", ["results.json", "run.json"])
@pytest.mark.parametrize("change", [pipe, nested, without])
def test_a_document_that_cannot_be_read_gives_no_verdict(
    verified: Callable[..., Said], name: str, change: Callable[[str], Change]
) -> None:
    heard = verified(change(name))
    assert heard.code in {2, 3}
    assert "confirmed" not in heard.out


SIMULATED: dict[str, Change] = {
    "another name of the system": of_json("simulation.json", lambda s: s["system"].update(mood="good")),
    "a clock that cannot be set": of_json("simulation.json", lambda s: s["system"].update(clock="real")),
    "a member more": of_json("simulation.json", lambda s: s.update(remark="well")),
    "another secret": of_json("simulation.json", lambda s: s.update(secret="a secret")),
    "a namespace": of_json("simulation.json", lambda s: s.update(namespace="n")),
    "another order of members": of_json("simulation.json", lambda s: s.update(checks=s.pop("checks"))),
    "another verdict": of_json("simulation.json", lambda s: s.update(verdict="violated")),
    "another page": replaced("simulation.html", "</body>", "<p>All is well.</p></body>"),
    "no page": without("simulation.html"),
    "the page is a pipe": pipe("simulation.html"),
    "the journal is a pipe": pipe("journals/simulation.jsonl"),
    "the journal is a deep nest": nested("journals/simulation.jsonl"),
    "a journal more": copied("more.jsonl"),
}


@pytest.mark.parametrize("change", SIMULATED.values(), ids=SIMULATED)
def test_a_simulation_that_was_changed_is_not_confirmed(verified: Callable[..., Said], change: Change) -> None:
    heard = verified(change, "simulation")
    assert (heard.code in {1, 2}, "every verdict is confirmed" in heard.out) == (True, False), heard.all


@pytest.mark.parametrize("change", [nested, pipe])
def test_results_of_a_simulation_that_cannot_be_read_are_said(
    verified: Callable[..., Said], change: Callable[[str], Change]
) -> None:
    heard = verified(change("simulation.json"), "simulation")
    assert (heard.code, "Traceback" in heard.err) == (2, False)


def test_what_the_record_alone_says_is_named(verified: Callable[..., Said]) -> None:
    heard = verified(lambda _: None)
    assert heard.code == 0
    assert "run.json alone says, and nothing here can confirm: the system's name" in heard.out


DYING = """
import os
from harness.port.naming import opener

class System:
    def __init__(self):
        self.inner = opener("reference", profile_path=None, time_limit=60)()

    def exchange(self, request):
        if request["message"] == "submit":
            os.kill(os.getpid(), 9)
        return self.inner.exchange(request)
"""


def test_a_run_in_which_the_process_died_is_confirmed_and_says_what_nobody_can_confirm(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    (tmp_path / "dying.py").write_text(DYING)
    select = ("--select", "USDP-02", "--workers", "2")
    assert said("run", "--adapter", "dying:System", *select, "--out", "out").code == 3
    heard = said("verify", "out")
    assert (heard.code, "confirmed" in heard.out) == (0, True), heard.all


def test_a_run_under_another_profile_is_confirmed_from_wherever_the_profile_lies(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    from harness.stories import folder

    shipped = Path(folder.__file__).parents[1] / "interface" / "profiles" / "workshop-2010.toml"
    text = shipped.read_text().replace("set_wait_time_minutes = { value = 60,", "set_wait_time_minutes = { value = 61,")
    (tmp_path / "mine.toml").write_text(text)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine.toml").write_text(text)
    said("run", "--select", "USDP-02", "--profile", "mine.toml", "--out", "out")
    assert said("verify", "out").code == 3
    assert said("verify", "out", "--profile", "elsewhere/mine.toml").code == 0
