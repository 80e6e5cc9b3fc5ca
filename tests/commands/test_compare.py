"""``mdmr-conform compare``: what it prints, for people and as Markdown, and the exit code that gates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Said

CASE = {"id": "fts/a/b", "rule": "FTS-09", "verdict": "pass", "message": ""}


def put(path: str, verdict: str, message: str = "", **more: Any) -> None:
    results = {
        "results": 2,
        "statement": "a statement",
        "system": {"name": "Theirs", "version": "1", "role": "repository"},
        "scenarios": [CASE | {"verdict": verdict, "message": message}],
        "noticed": [],
    }
    Path(path).write_text(json.dumps(results | more))


def test_a_new_fail_is_told_and_gates(said: Callable[..., Said]) -> None:
    put("old.json", "pass")
    put("new.json", "fail", "expected an End Of File record; observed none")
    ended = said("compare", "old.json", "new.json")
    assert ended.code == 1
    assert "newly failing (1)\n  FTS-09   fts/a/b: pass → fail\n      expected an End Of File record" in ended.out
    assert ended.out.endswith("1 newly failing, 0 as before\n")


def test_a_mended_one_is_told_and_lets_through(said: Callable[..., Said]) -> None:
    put("old.json", "fail")
    put("new.json", "pass")
    ended = said("compare", "old.json", "new.json")
    assert (ended.code, ended.err) == (0, "")
    assert "mended (1)\n  FTS-09   fts/a/b: fail → pass\n" in ended.out


@pytest.mark.parametrize("more", [{"scenarios": []}, {}])
def test_what_was_judged_and_no_longer_is_gates_unless_it_may(said: Callable[..., Said], more: dict[str, Any]) -> None:
    put("old.json", "pass")
    put("new.json", "blocked", **more)
    assert said("compare", "old.json", "new.json").code == 1
    assert said("compare", "old.json", "new.json", "--allow-unjudged").code == 0
    told = said("compare", "old.json", "new.json", "--markdown").out
    assert told.startswith("### Nothing fails newly, and not all that was judged still is\n")


def test_folders_of_runs_are_compared(said: Callable[..., Said]) -> None:
    assert said("run", "--select", "USDP-05", "--out", "old").code == 0
    fault = "reference+" + json.loads(said("rules", "USDP-05", "--json").out)["rules"][0]["faults"][0]
    assert said("run", "--select", "USDP-05", "--adapter", fault, "--out", "new").code == 1
    assert said("compare", "old", "old").code == 0
    assert said("compare", "old", "new").code == 1
    assert said("compare", "new", "old/results.json").code == 0


def test_results_of_another_release_of_the_suite_are_compared(said: Callable[..., Said]) -> None:
    put("old.json", "pass", more_than_there_is_today=True)
    assert said("compare", "old.json", "old.json").code == 0


def test_markdown_holds_what_comes_from_elsewhere_as_text(said: Callable[..., Said]) -> None:
    put("old.json", "pass")
    put("new.json", "fail", "<img src=x>\n# [a](http://x) @all | `b`")
    out = said("compare", "old.json", "new.json", "--markdown").out
    assert out.startswith("### Something fails newly\n")
    (line,) = [line for line in out.splitlines() if "FTS-09" in line]
    assert not set("<[]@`#|") & set(line.partition("</code>")[2].replace("&#", ""))
    assert "http://" not in line
    assert "&#60;img src=x&#62;␊&#35; &#91;a&#93;(http&#58;//x) &#64;all" in line


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: None, "new.json: cannot be read"),
        (lambda: Path("new.json").write_text("{"), "new.json: is not JSON"),
        (lambda: put("new.json", "pass", results=1), "new.json: results is not as the schema of results says"),
        (lambda: put("new.json", "pass", noticed={}), "new.json: noticed is not as the schema of results says"),
        (
            lambda: put("new.json", "fail", scenarios=[CASE | {"verdict": "fail"}, CASE]),
            "new.json: fts/a/b stands there",
        ),
        (lambda: Path("new.json").mkdir(), "new.json/results.json: cannot be read"),
    ],
)
def test_what_are_no_results_is_refused(said: Callable[..., Said], make: Callable[[], object], told: str) -> None:
    put("old.json", "pass")
    make()
    ended = said("compare", "old.json", "new.json")
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
