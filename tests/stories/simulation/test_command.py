"""`mdmr-conform simulate` and `verify` on what it wrote: what they say, how they end, and what they leave behind."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.stories import playing
from tests.conftest import Said

Conform = Callable[..., Said]
SMALL = ("simulate", "--sdps", "6", "--days", "12")
FAULTY = (*SMALL, "--adapter", "reference+end_of_file_counts_one_too_many")


def results(folder: str = "mdmr-conform-simulation") -> dict[str, object]:
    found: dict[str, object] = json.loads((Path(folder) / "simulation.json").read_bytes())
    return found


# --- what comes out ------------------------------------------------------------------------------------------


def test_a_simulation_of_the_reference_holds(said: Conform) -> None:
    answer = said(*SMALL)
    assert (answer.code, answer.err) == (0, "")
    assert "6 SDPs, 12 days, seed 0" in answer.out
    assert "every invariant held through 12 days" in answer.out
    assert results()["verdict"] == "held"


def test_the_same_seed_gives_the_same_bytes(said: Conform) -> None:
    for folder in ("one", "other"):
        assert said(*SMALL, "--out", folder).code == 0
    names = {path.relative_to("one").as_posix() for path in Path("one").rglob("*") if path.is_file()}
    assert names == {"simulation.json", "simulation.html", "journals/simulation.jsonl"}
    for name in names:
        assert (Path("one") / name).read_bytes() == (Path("other") / name).read_bytes()


def test_results_name_no_time_and_no_place(said: Conform, tmp_path: Path) -> None:
    said(*SMALL, "--out", str(tmp_path / "there"))
    for name in ("simulation.json", "simulation.html", "journals/simulation.jsonl"):
        assert str(tmp_path) not in (tmp_path / "there" / name).read_text()


def test_the_page_needs_no_network_and_no_scripts(said: Conform) -> None:
    said(*FAULTY)
    page = Path("mdmr-conform-simulation/simulation.html").read_text()
    assert re.search(r"<script|https?:|src=|@import|javascript:", page) is None
    assert page.count("<svg") >= 2
    assert "FTS-09" in page


def test_a_violation_is_told_with_its_rule_and_the_command_that_repeats_it(said: Conform) -> None:
    answer = said(*FAULTY)
    assert answer.code == 1
    assert "violated  FTS-09" in answer.out
    command = "simulate --sdps 6 --days 12 --seed 0 --adapter reference+end_of_file_counts_one_too_many"
    assert f"again: mdmr-conform {command}" in answer.out
    first = results()["violations"][0]  # type: ignore[index]
    assert first["rule"] == "FTS-09"
    assert first["file"].endswith(".DAT")
    assert said(*command.split(), "--out", "again").code == 1
    assert results("again") == results()


# --- wrong usage ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--sdps", "0"), "0 is not in the range"),
        (("--days", "many"), "'many' is not a valid whole number"),
        (("--seed", "-1"), "-1 is not in the range"),
        (("--kept", "weeks=3"), "'weeks=3' keeps nothing; there are days=, sdps= and events="),
        (("--adapter", "nobody"), "no system 'nobody'"),
        (("--adapter", "stdio:no-such-command"), "command 'no-such-command' is not found"),
        (("--profile", "nowhere.toml"), "nowhere.toml"),
        (("--out", "full"), "holds files, but no simulation.json of a simulation: they would be lost"),
        (("--out", "full/file"), "is a file"),
        (("more",), "unexpected extra argument"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_was_expected(
    said: Conform, arguments: tuple[str, ...], told: str
) -> None:
    Path("full").mkdir()
    Path("full/file").write_text("precious")
    given = arguments if arguments[0] in SMALL else (*SMALL[1:], *arguments)
    answer = said("simulate", *given)
    assert answer.code == 2
    assert told in answer.err
    assert Path("full/file").read_text() == "precious"


def test_under_a_profile_that_reads_otherwise_the_referee_judges(said: Conform) -> None:
    shipped = Path(playing.__file__).parents[1] / "interface/profiles/workshop-2010.toml"
    text = shipped.read_text().replace('taken = "either"\ndefault = "calendar-days"', 'taken = "business-days"')
    Path("other.toml").write_text(text)
    answer = said(*SMALL, "--profile", "other.toml")
    assert (answer.code, "every invariant held through 12 days" in answer.out) == (0, True)


# --- no verdict ----------------------------------------------------------------------------------------------

ADAPTER = """
from reference_impl.system import create

class System:
    def __init__(self):
        self.system, self.left = create(), {messages}

    def exchange(self, request):
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("out of order")
        reply = self.system.exchange(request)
        if request["message"] == "hello":
            reply["ok"].update({more})
        return reply
"""


@pytest.mark.parametrize(
    ("messages", "more", "told"),
    [
        (10**6, '{"clock": "real"}', "its clock cannot be set"),
        (10**6, '{"classes": ["FTS"]}', "it does not claim USDP, SYNC, BILLING-ENERGY"),
        (0, "{}", "gave no sensible answer to 'hello'"),
        (60, "{}", "no verdict: the adapter failed (exit)"),
    ],
)
def test_a_system_that_cannot_be_simulated_with_gets_no_verdict(
    said: Conform, messages: int, more: str, told: str
) -> None:
    module = f"theirs_{messages}_{len(more)}"
    Path(f"{module}.py").write_text(ADAPTER.replace("{messages}", str(messages)).replace("{more}", more))
    answer = said(*SMALL, "--adapter", f"{module}:System")
    assert answer.code == 3
    assert told in answer.out


def test_an_interrupted_simulation_says_how_far_it_came(said: Conform, monkeypatch: pytest.MonkeyPatch) -> None:
    original, days = playing.live, iter(range(100))

    def interrupted(*arguments: object, step: Callable[[], None], **more: object) -> None:
        def then() -> None:
            step()
            if next(days) == 4:
                raise KeyboardInterrupt

        original(*arguments, step=then, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(playing, "live", interrupted)
    answer = said(*SMALL)
    assert answer.code == 3
    assert "no verdict: interrupted after 5 of 12 days" in answer.out
    assert said("verify", "mdmr-conform-simulation").code == 3


# --- verify --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [SMALL, FAULTY])
def test_verify_confirms_a_simulation(said: Conform, command: tuple[str, ...]) -> None:
    said(*command)
    answer = said("verify", "mdmr-conform-simulation")
    assert answer.code == 0
    assert "12 days replayed; every verdict is confirmed" in answer.out


def journal() -> Path:
    return Path("mdmr-conform-simulation/journals/simulation.jsonl")


def change_a_byte(text: str) -> str:
    lines = text.split("\n")
    lines[200] = lines[200].replace('"id":', '"id":9', 1)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (change_a_byte, "entry 200 or this one was changed"),
        (lambda text: "\n".join(text.split("\n")[:-3]) + "\n", "its tail was cut"),
        (lambda text: text[:-20], "the last line is not closed by a line feed: the journal is cut"),
    ],
    ids=["a changed byte", "a cut tail", "a torn line"],
)
def test_a_journal_that_was_changed_is_named(said: Conform, change: Callable[[str], str], told: str) -> None:
    said(*SMALL)
    journal().write_text(change(journal().read_text()))
    answer = said("verify", "mdmr-conform-simulation")
    assert answer.code == 1
    assert told in answer.out
    assert "NOT confirmed" in answer.out


def test_results_that_say_otherwise_than_the_journal_are_refuted(said: Conform) -> None:
    said(*FAULTY)
    stated = results()
    stated.update(verdict="held", violations=[], broken=0)
    Path("mdmr-conform-simulation/simulation.json").write_text(json.dumps(stated))
    answer = said("verify", "mdmr-conform-simulation")
    assert answer.code == 1
    assert "refuted: verdict is stated as 'held', the journal gives 'violated'" in answer.out


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"simulation": 1, "state": "finished"}', '{"simulation": 2}'])
def test_results_that_do_not_read_end_with_2(said: Conform, content: str) -> None:
    Path("odd").mkdir()
    Path("odd/simulation.json").write_text(content)
    answer = said("verify", "odd")
    assert answer.code == 2
    assert "Error: odd" in answer.err


# --- shrink --------------------------------------------------------------------------------------------------


def test_a_story_that_fails_is_made_small_and_verify_confirms_it(said: Conform) -> None:
    arguments = ("simulate", "--sdps", "12", "--days", "30", "--adapter", "reference+rejection_on_a_mere_hold")
    answer = said(*arguments, "--shrink")
    assert answer.code == 1
    assert "making the story smaller while SEQ-07 is violated" in answer.out
    smallest = results("mdmr-conform-simulation/smallest")
    assert smallest["lived"]["sdps"] == 1  # type: ignore[index]
    assert sum(smallest["events"].values()) == 1  # type: ignore[attr-defined]
    assert "more may be left out" not in answer.out
    assert said("verify", "mdmr-conform-simulation/smallest").code == 0
    assert f"again: {smallest['again']}" in answer.out


def test_a_story_is_made_small_for_the_rule_that_is_named(said: Conform) -> None:
    arguments = ("simulate", "--sdps", "12", "--days", "30", "--adapter", "reference+rejection_on_a_mere_hold")
    answer = said(*arguments, "--shrink", "seq-07")
    assert answer.code == 1
    assert "making the story smaller while SEQ-07 is violated" in answer.out
    assert results("mdmr-conform-simulation/smallest")["lived"]["sdps"] == 1  # type: ignore[index]


def test_a_rule_that_was_not_violated_has_no_smaller_story(said: Conform) -> None:
    arguments = ("simulate", "--sdps", "12", "--days", "30", "--adapter", "reference+rejection_on_a_mere_hold")
    answer = said(*arguments, "--shrink", "BQ-05")
    assert answer.code == 1
    assert "no smaller story: BQ-05 was not violated by itself; SEQ-07 was" in answer.out
    assert not Path("mdmr-conform-simulation/smallest").exists()


def test_a_rule_that_there_is_not_is_refused_before_anything_is_played(said: Conform) -> None:
    answer = said("simulate", "--shrink", "BQ-5")
    assert answer.code == 2
    assert "no rule is called BQ-5" in answer.err
    assert "did you mean BQ-05" in answer.err
    assert not Path("mdmr-conform-simulation").exists()


def test_nothing_is_made_smaller_where_nothing_fails(said: Conform) -> None:
    answer = said(*SMALL, "--shrink")
    assert answer.code == 0
    assert "smaller" not in answer.out
