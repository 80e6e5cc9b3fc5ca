"""What somebody else left where a command writes is never lost, whatever it is called."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import Said

THESIS = "years of work"
SIMULATE = ("simulate", "--sdps", "2", "--days", "2", "--out", "out")
EXPLORE = ("explore", "--conversations", "1", "--out", "out")
PROVE = ("prove", "--select", "usdp/identity/many-sdps-of-one-ldc", "--out", "out")
BY_CALL = ("--one-in", "1000"), ("--explore", "--conversations", "1"), ("--mutants", "1", "--conversations", "1")
RECOMPUTE = ("recompute", "--intervals", "made", "--master", "set", "--requests", "asked.parquet", "--out", "out")
OTHERS = {
    "a simulation": (SIMULATE, {"simulation.json": THESIS, "simulation.html": THESIS}),
    "a simulation, of other JSON": (SIMULATE, {"simulation.json": '{"name": "thesis"}', "simulation.html": THESIS}),
    "an exploration": (EXPLORE, {"explore.json": '{"state": "finished"}', "rounds.jsonl": THESIS}),
    "a proof": ((*PROVE, *BY_CALL[0]), {"proof.json": THESIS}),
    "the text of a proof": ((*PROVE, *BY_CALL[0]), {"proof.txt": THESIS}),
    "a proof by exploration": ((*PROVE, *BY_CALL[1]), {"explored.json": "[]"}),
    "trials of a proof": ((*PROVE, *BY_CALL[1]), {"trials.jsonl": "{}\n"}),
    "a proof by mutants": ((*PROVE, *BY_CALL[2]), {"mutants.json": "[" * 100_000}),
}
"""Of each kind a command, and what somebody else has under the names that it writes."""


def written(files: Mapping[str, str]) -> Callable[[], bool]:
    """Write files in a folder; what tells whether each of them is as it was."""
    folder = Path("out")
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return lambda: {name: (folder / name).read_text() for name in files} == files


@pytest.mark.parametrize(("command", "files"), OTHERS.values(), ids=OTHERS)
def test_files_of_others_are_not_lost_for_their_names(
    said: Callable[..., Said], command: tuple[str, ...], files: dict[str, str]
) -> None:
    are_left = written(files)
    heard = said(*command)
    assert (heard.code, "would be lost" in heard.err) == (2, True), heard.all
    assert are_left()


def test_files_beside_a_smaller_story_of_others_are_not_lost(said: Callable[..., Said]) -> None:
    assert said(*SIMULATE).code == 0
    are_left = written({"smallest/simulation.json": THESIS, "smallest/simulation.html": THESIS})
    assert said(*SIMULATE).code == 0
    assert are_left()


def test_features_of_others_among_those_found_are_not_lost(said: Callable[..., Said]) -> None:
    assert said(*EXPLORE).code == 0
    are_left = written({"found/ours.feature": "Feature: ours\n"})
    assert said(*EXPLORE).code == 0
    assert are_left()


def test_a_recomputation_leaves_what_is_called_as_its_own(said: Callable[..., Said]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    said("make-intervals", "--sdps", "1", "--days", "1", "--out", "made")
    said("make-set", "--sdps", "1", "--kind", "p-sync", "--out", "set")
    parquet.write_table(pyarrow.table({"universal_sdp_id": ["10000000000000"]}), "asked.parquet")
    names = ("recompute.json", "files/thesis.txt", "parts/thesis.txt", "quantities.parquet", "recompute.html")
    are_left = written(dict.fromkeys(names, THESIS))
    assert said(*RECOMPUTE).code == 2
    assert are_left()


# --- SARIF ---------------------------------------------------------------------------------------------------


INSPECT, LINT = ("inspect", "--sarif", "out/A.DAT", "out"), ("lint", "--sarif", "out/A.DAT", "out")


@pytest.mark.parametrize("command", [INSPECT, LINT], ids=["inspect", "lint"])
@pytest.mark.parametrize("text", [THESIS, "{}", '{"$schema": "x", "runs": [{"tool": {"driver": {"name": "other"}}}]}'])
def test_the_first_file_of_an_outbox_is_no_place_for_findings(
    said: Callable[..., Said], command: tuple[str, ...], text: str
) -> None:
    """So ``--sarif outbox/*`` would have it."""
    are_left = written({"A.DAT": text})
    heard = said(*command)
    assert (heard.code, "no file that --sarif wrote earlier" in heard.err) == (2, True), heard.all
    assert are_left()


def test_findings_are_not_written_over_a_link_a_pipe_or_a_folder(said: Callable[..., Said], tmp_path: Path) -> None:
    """Nor over /dev/null, which whoever may write there would replace by a file."""
    written({"x.DAT": THESIS})
    (tmp_path / "link").symlink_to("elsewhere")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", "out"):
        assert said("inspect", "--sarif", name, "out").code == 2
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "pipe").is_fifo()) == (True, True)


def test_findings_are_written_anew_where_they_were_or_where_there_is_nothing_yet(said: Callable[..., Said]) -> None:
    written({"x.DAT": THESIS})
    Path("findings.sarif").touch()
    assert said("inspect", "--sarif", "findings.sarif", "out").code == 1
    first = Path("findings.sarif").read_bytes()
    assert said("inspect", "--sarif", "findings.sarif", "out").code == 1
    assert (Path("findings.sarif").read_bytes(), b"2.1.0" in first) == (first, True)
