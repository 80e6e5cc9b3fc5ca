"""What pipelines take from this tree works: the action, the job of the page, the image."""

from __future__ import annotations

import importlib.resources
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from tests.commands.test_compare import put

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pipeline.md").read_text(encoding="utf-8")
CONTAINERFILE = ROOT / "Containerfile"
BIN = Path(sys.executable).parent


def schema(name: str) -> Any:
    vendored = importlib.resources.files("check_jsonschema").joinpath(f"builtin_schemas/vendor/{name}.json")
    raw = json.loads(vendored.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(raw)(raw)


def yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def action() -> Any:
    return yaml((ROOT / "action.yml").read_text(encoding="utf-8"))


def blocks() -> list[Any]:
    return [yaml(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


# --- the action -----------------------------------------------------------------------------------------------


def test_the_action_is_one_by_the_published_schema() -> None:
    schema("github-actions").validate(action())


def test_what_somebody_gives_the_action_reaches_no_shell_as_program_text() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_input_is_used_and_none_is_used_that_there_is_not() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(action()["inputs"])
    (job,) = [block["jobs"] for block in blocks() if "jobs" in block]
    used = job["conformance"]["steps"][-1]["with"]
    assert set(used) <= set(action()["inputs"])


class Judged:
    """The step of the action that judges, run by a shell as a runner does."""

    def __init__(self, folder: Path, command: str | None = None, **inputs: str) -> None:
        (step,) = [step for step in action()["runs"]["steps"] if step.get("id") == "judge"]
        given = {name: entry.get("default", "") for name, entry in action()["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        self.output, self.page = folder / "output", folder / "page"
        env = {name: given[str(value)[len("${{ inputs.") : -len(" }}")]] for name, value in step["env"].items()}
        path = f"{folder}:{BIN}:{os.environ['PATH']}"
        if command is not None:
            (folder / "mdmr-conform").write_text(f"#!/bin/sh\n{command}\n")
            (folder / "mdmr-conform").chmod(stat.S_IRWXU)
        env |= {"PATH": path, "GITHUB_OUTPUT": str(self.output), "GITHUB_STEP_SUMMARY": str(self.page)}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        self.code = subprocess.run(shell, cwd=folder, env=env, capture_output=True, check=False).returncode


def test_the_step_judges_and_shows_the_verdict_on_the_page_of_the_job(tmp_path: Path) -> None:
    judged = Judged(tmp_path, select="USDP-05", out="results here")
    assert (judged.code, judged.output.read_text()) == (0, "exit-code=0\n")
    assert judged.page.read_text().startswith("## mdmr-conform reference implementation")
    assert (tmp_path / "results here" / "junit.xml").exists()


ECHO = (
    'if [ "$1" = run ]; then printf "%s\\n" "$@" > given; mkdir -p out; echo {} > out/results.json; exit 1; fi; exit '
)


@pytest.mark.parametrize(("compared", "code"), [(0, 0), (1, 1), (2, 2)])
def test_where_it_compares_old_fails_pass_and_new_ones_do_not(tmp_path: Path, compared: int, code: int) -> None:
    command = f'{ECHO}$([ "$1" = compare ] && echo {compared} || echo 0)'
    assert Judged(tmp_path, command, compare_with="older", out="out").code == code
    assert Judged(tmp_path, command, out="out").code == 1
    passing = command.replace("exit 1; fi", "exit 0; fi")
    assert Judged(tmp_path, passing, compare_with="older", out="out").code == code
    blocked = command.replace("exit 1; fi", "exit 3; fi")
    assert Judged(tmp_path, blocked, compare_with="older", out="out").code == 3


def test_what_may_go_unjudged_is_said_to_the_comparison(tmp_path: Path) -> None:
    command = f'[ "$1" != compare ] || printf "%s\\n" "$@" > compared; {ECHO}0'
    Judged(tmp_path, command, compare_with="older", out="out", allow_unjudged="true")
    assert (tmp_path / "compared").read_text().splitlines() == [
        "compare",
        "older",
        "out",
        "--markdown",
        "--allow-unjudged",
    ]


def test_what_is_given_reaches_the_command_whole(tmp_path: Path) -> None:
    select = "USDP-03 or $(touch broken) ; touch broken"
    Judged(tmp_path, f"{ECHO}0", select=select, adapter="stdio:./a b", allow_not_applicable="true", out="out")
    given = (tmp_path / "given").read_text().splitlines()
    assert given[-5:] == ["--adapter", "stdio:./a b", "--select", select, "--allow-not-applicable"]
    assert not (tmp_path / "broken").exists()


def test_of_a_run_that_could_not_begin_nothing_older_is_shown(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    put(str(tmp_path / "out" / "results.json"), "pass")
    judged = Judged(tmp_path, 'if [ "$1" = run ]; then exit 2; fi; echo shown', out="out")
    assert (judged.code, judged.page.exists()) == (2, False)


# --- the job --------------------------------------------------------------------------------------------------


def test_the_job_is_one_by_the_published_schema() -> None:
    (job,) = [block for block in blocks() if "conformance" in block]
    schema("gitlab-ci").validate(job)


# --- the image ------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n", " ", CONTAINERFILE.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


@pytest.mark.skipif(shutil.which("hadolint", path=str(BIN)) is None, reason="hadolint is not installed here")
def test_the_containerfile_has_nothing_that_its_linter_finds() -> None:
    linted = subprocess.run([BIN / "hadolint", CONTAINERFILE], capture_output=True, text=True, check=False)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_image_runs_as_nobody_and_installs_only_what_is_pinned() -> None:
    last = max(place for place, (word, _) in enumerate(instructions()) if word == "FROM")
    assert [rest for word, rest in instructions()[last:] if word == "USER"] == ["10001:10001"]
    assert [word for word, _ in instructions()[last:] if word in {"RUN", "ADD"}] == []
    installs = [rest for word, rest in instructions() if word == "RUN" and "pip install" in rest]
    assert all("--require-hashes" in rest or "--no-index" in rest for rest in installs)


def test_the_image_is_made_of_all_that_the_package_is_and_of_nothing_that_is_not_let_in() -> None:
    copied = {
        name for word, rest in instructions() if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]
    }
    ignored = (ROOT / ".containerignore").read_text().splitlines()
    assert copied == {line[1:] for line in ignored if line.startswith("!")}
    assert [name for name in sorted(copied) if not (ROOT / name).exists()] == []
    wheel = (ROOT / "pyproject.toml").read_text().partition("[tool.hatch.build.targets.wheel]")[2]
    packages = re.search(r"packages = \[(.*?)\]", wheel)
    assert packages is not None
    assert set(re.findall(r'"(\w+)"', packages[1])) <= copied
