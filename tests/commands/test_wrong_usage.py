"""Whatever a user gets wrong ends with a message that says what was expected, and never with a traceback."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FACTORIES = """
one = 1

def create():
    raise ValueError("no such database")

def creates_a_number():
    return 3

def takes_an_argument(address):
    pass
"""
WAIVER = '[[waiver]]\nrule = "USDP-03"\nreason = "later"\nowner = "us"\nexpires = 2027-06-30\n'
FILES = {
    "a-file": "thesis",
    "not.toml": "= =",
    "empty.toml": "",
    "raising.py": "raise RuntimeError('no licence')",
    "unfinished.py": "def (",
    "factories.py": FACTORIES,
    "no-program": "neither script nor binary",
    "full/thesis.txt": "years of work",
    "no-record/run.json": "[]",
    "begun/run.json": '{"run": 1, "state": "unfinished"}',
    "half-record/run.json": '{"run": 1}',
    "odd-record/run.json": '{"run": 1, "state": "unfinished", "identity": 3, "namespace": "", "anchor": ""}',
    "other/results.json": '{"results": 1}',
    "no-results/results.json": "]",
    "hollow/results.json": '{"results": 2, "scenarios": [3]}',
    "string-for-a-day.toml": WAIVER.replace("2027-06-30", '"2027-06-30"'),
    "both.toml": WAIVER + 'scenario = "usdp/identity/many-sdps-of-one-ldc"\n',
    "unknown-key.toml": WAIVER + 'owners = "us"\n',
    "no-table.toml": 'waiver = ["USDP-03"]\n',
    "of-no-rule.toml": WAIVER.replace("USDP-03", "USPD-03"),
    "expired.toml": WAIVER.replace("2027-06-30", "2020-12-31"),
    "nested.toml": f"waiver = {'[' * 5_000}{']' * 5_000}",
    "marked.toml": "\ufeff" + WAIVER.replace("2027-06-30", "2020-12-31"),
    "one.feature": "hello\n",
    "no-features/readme.txt": "",
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "utf-16").write_bytes("name".encode("utf-16"))
    (tmp_path / "no-program").chmod(0o755)
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        # commands and options
        ([], "Commands:"),
        (["rnu"], "Did you mean run?"),
        (["walk"], "There are run, prove, simulate, explore, rules"),
        (["--sede"], "No such option"),
        (["run", "--sede", "3"], "'--seed'"),
        (["run", "usdp"], "unexpected extra argument (usdp)"),
        (["run", "--seed"], "requires an argument"),
        (["run", "--seed", "x"], "'x' is not a valid whole number"),
        (["run", "--list", "--seed", "1_000"], "'1_000' is not a valid whole number"),
        (["run", "--list", "--seed", "\u0663"], "is not a valid whole number"),
        (["run", "--list", "--seed", " 3"], "' 3' is not a valid whole number"),
        (["run", "--list", "--time-limit", "1_0"], "'1_0' is not a valid number"),
        (["make-set", "--sdps", "1", "--kind", "p-sync", "--out", "o", "--tx-id", ""], "--tx-id: '' has no place"),
        (["run", "--list", "--secret", "x" * 1001], "the secret is longer than 1000 characters"),
        (["run", "--list", "--counterpart", "reference"], "--counterpart: is named, and a repository is under test"),
        (
            ["explore", "--conversations", "1", "--counterpart", "reference"],
            "--counterpart: is named, and a repository is under test",
        ),
        (
            ["simulate", "--days", "1", "--counterpart", "reference"],
            "--counterpart: is named, and a repository is under test",
        ),
        (["run", "-q", "-v"], "-q and -v contradict each other"),
        (["run", "--list", "--json"], "--list lists scenarios, --json prints results"),
        (["run", "--select", "usdp/identty"], "did you mean usdp/identity"),
        (["run", "--out", "dangling"], "dangling: cannot be made: it is a link to nothing"),
        (["run", "--waivers", "nested.toml"], "nested.toml: is not TOML"),
        (["run", "--waivers", "marked.toml"], "marked.toml: waiver 1: expired on 2020-12-31"),
        (["run", "--features", "one.feature"], "1 finding in features and steps; nothing was run"),
        (["run", "--seed", "-1"], "is not in the range 0<=x<=9007199254740991"),
        (["run", "--seed", "9007199254740992"], "is not in the range"),
        (["run", "--workers", "0"], "is not in the range 1<=x<=64"),
        (["run", "--seed", "1", "-q", "--seed", "2"], "'--seed' is given 2 times, and takes one value"),
        (["run", "--adapter=reference", "--adapter", "reference-cis"], "'--adapter' is given 2 times"),
        (["run", "--seed", "1", "--seed", "2"], "Usage: mdmr-conform run [OPTIONS]"),
        (["profile", "check", "--profile", "a", "b", "--profile", "c"], "'--profile' is given 2 times"),
        (["profile", "check", "--profile", "a", "b", "--profile", "c"], "Usage: mdmr-conform profile check [OPTIONS]"),
        (["run", "--shuffle", "-1"], "is not in the range x>=0"),
        (["run", "--time-limit", "0"], "is not in the range 0.1<=x<=3600"),
        (["run", "--as-of", "tomorrow"], "expected: a day such as 2027-06-30"),
        (["run", "--as-of", "2026-02-30"], "expected: a day such as 2027-06-30"),
        # adapters
        (["run", "--adapter", "refrence"], "did you mean reference"),
        (
            ["run", "--adapter", ""],
            'expected: reference, reference-cis, module:factory, "stdio:COMMAND ARGS", or person:FOLDER',
        ),
        (["run", "--adapter", "reference+"], "has no fault or variant ''"),
        (["run", "--adapter", "reference+retired_version"], "did you mean retired_"),
        (["run", "--adapter", "stdio:"], "names no command"),
        (["run", "--adapter", 'stdio:node "adapter.mjs'], "No closing quotation"),
        (["run", "--adapter", "stdio:no-such-program"], "command 'no-such-program' is not found"),
        (["run", "--adapter", "stdio:./a-file"], "command './a-file' may not be run"),
        (["run", "--adapter", "stdio:./a-file"], "chmod +x ./a-file, or name what runs it"),
        (["run", "--adapter", "no_such_module:create"], "No module named 'no_such_module'"),
        (["run", "--adapter", "sdtio:python3 adapter.py"], "did you mean stdio:?"),
        (["run", "--adapter", ":create"], "cannot be imported"),
        (["run", "--adapter", "..:create"], "cannot be imported"),
        (["run", "--adapter", "raising:create"], "RuntimeError: no licence"),
        (["run", "--adapter", "unfinished:create"], "SyntaxError"),
        (["run", "--adapter", "factories:creat"], "did you mean create"),
        (["run", "--adapter", "factories:one"], "expected: a callable without arguments"),
        # selections
        (["run", "--select", "USPD-03"], "did you mean USDP-03"),
        (["run", "--select", "SYNK"], "did you mean SYN or SYNC"),
        (["run", "--select", "(USDP-03"], "expected: ')'"),
        (["run", "--select", "usdp/", "--select", "USPD-03"], "did you mean USDP-03"),
        (["run", "--select", ""], "expected: a tag, a rule, a scenario id or '('"),
        (["run", "--select", "not"], "found 'the end' at column 4"),
        (["run", "--select", "USDP-03 USDP-04"], "expected: an end, 'and' or 'or'"),
        (["run", "--select", "(" * 5000 + "USDP"], "at most 100 parentheses"),
        (["run", "--select", "usdp/identity/the-same-sdp"], "no scenario"),
        (["run", "--select", "usdp/identty/"], "no scenario"),
        # files that are read
        (["run", "--profile", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["run", "--profile", "not.toml"], "not.toml: is not TOML"),
        (["run", "--profile", "utf-16"], "is not UTF-8"),
        (["run", "--profile", "empty.toml"], "empty.toml: has no key"),
        (["run", "--profile", "full"], "expected: a profile, as TOML"),
        (["run", "--profile", "loop"], "cannot be read"),
        (["run", "--waivers", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["run", "--waivers", "not.toml"], "is not TOML"),
        (["run", "--waivers", "utf-16"], "is not TOML"),
        (["run", "--waivers", "empty.toml"], "holds no waivers"),
        (["run", "--waivers", "full"], "cannot be read"),
        (["run", "--waivers", "string-for-a-day.toml"], "expected: expires = 2027-06-30"),
        (["run", "--waivers", "both.toml"], "expected: exactly one of them"),
        (["run", "--waivers", "unknown-key.toml"], "did you mean owner?"),
        (["run", "--waivers", "no-table.toml"], "is no table"),
        (["run", "--waivers", "of-no-rule.toml"], "did you mean USDP-03"),
        (["run", "--waivers", "expired.toml"], "expired on 2020-12-31"),
        # folders
        (["run", "--out", "a-file"], "expected: a folder"),
        (["run", "--out", "a-file/below"], "cannot be made: Not a directory"),
        (["run", "--out", "dangling"], "cannot be made"),
        (["run", "--out", "full"], "they would be lost"),
        (["run", "--out", "no-record"], "no run.json of a run"),
        (["run", "--out", "half-record"], "no run.json of a run"),
        (["run", "--out", "odd-record"], "no run.json of a run"),
        (["run", "--failed", "nowhere"], "expected: the results of a run"),
        (["run", "--failed", "a-file"], "expected: the results of a run"),
        (["run", "--failed", "full"], "expected: the results of a run"),
        (["run", "--failed", "no-results"], "is not JSON"),
        (["run", "--failed", "begun"], "the run there has not ended: the same command goes on with it"),
        (["verify", "begun"], "the run there has not ended: the same command goes on with it"),
        (["export", "begun"], "the run there has not ended: the same command goes on with it"),
        (["run", "--out", "caf\udce9"], "expected: a name in UTF-8, and a locale that reads it so"),
        (["run", "--adapter", "stdio:true caf\udce9"], "--adapter: stdio:true caf[U+DCE9]: is not text in UTF-8"),
        (["run", "--failed", "other"], "is not a results document of version 2"),
        (["run", "--failed", "hollow"], "the file was changed"),
        (["prove", "--out", "a-file", "--select", "USDP-02"], "cannot be made"),
        (["prove", "--select", "nothing"], "no tag 'nothing'"),
        (["prove", "USDP"], "unexpected extra argument"),
        (["prove", "--profile", "nowhere.toml"], "cannot be read"),
        # the other commands
        (["rules", "USDP-3"], "did you mean USDP-03?"),
        (["rules", ""], "expected: an id such as USDP-03"),
        (["verify"], "Missing argument 'DIR'"),
        (["verify", "nowhere"], "expected: the results of a run"),
        (["verify", "dangling"], "expected: the results of a run"),
        (["verify", "hollow"], "as mdmr-conform wrote them: one was changed"),
        (["inspect"], "Missing argument 'FILE|FOLDER...'"),
        (["inspect", "nowhere.DAT"], "nowhere.DAT: cannot be read"),
        (["inspect", "loop"], "loop: cannot be read"),
        (["lint", "nowhere"], "nowhere: does not exist"),
        (["lint", "a-file"], "is no .feature file"),
        (["lint", "no-features"], "holds no .feature file"),
        (["serve"], "expected: --stdio"),
        (["serve", "--stdio", "--fault", "retired_version"], "did you mean retired_"),
        (["serve", "--stdio", "--fault", "line_feed_alone"], "--variant line_feed_alone"),
        (["serve", "--stdio", "--fault", "one", "--variant", "another"], "expected: one of them"),
        (["serve", "--stdio", "--profile", "nowhere.toml"], "cannot be read"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_2_and_says_what_was_expected(
    said: Callable[..., Any], arguments: list[str], expected: str
) -> None:
    found = said(*arguments)
    assert (found.code, found.out) == (2, "") or found.out.startswith("mdmr-conform: ")
    assert found.code == 2
    assert expected in found.err


@pytest.mark.parametrize(
    ("adapter", "expected"),
    [
        ("stdio:false", "the system exited with code 1"),
        ("stdio:./no-program", "cannot be started"),
        ("stdio:echo ready", "(stdout is for replies alone, logs go to stderr)"),
        ("stdio:cat", "the reply to 'hello'"),
        ("factories:create", "no such database"),
        ("factories:creates_a_number", "expected an object with exchange(request)"),
        ("factories:takes_an_argument", "missing 1 required positional argument"),
    ],
)
def test_a_system_that_cannot_be_talked_to_gets_no_verdict(
    said: Callable[..., Any], adapter: str, expected: str
) -> None:
    found = said("run", "--adapter", adapter, "--select", "USDP-02")
    assert (found.code, expected in found.out) == (3, True)
    assert found.out.endswith("No verdict: the system under test gave no sensible answer to 'hello'.\n")


def test_a_mistake_leaves_the_results_of_an_earlier_run_alone(said: Callable[..., Any], tmp_path: Path) -> None:
    assert said("run", "--select", "USDP-02").code == 0
    before = {path: path.read_bytes() for path in (tmp_path / "mdmr-conform-out").rglob("*") if path.is_file()}
    for mistake in (["--select", "USPD-02"], ["--waivers", "expired.toml"], ["--adapter", "stdio:false"]):
        assert said("run", *mistake).code in {2, 3}
    assert said("run", "--failed", "mdmr-conform-out").code == 3
    assert {path: path.read_bytes() for path in (tmp_path / "mdmr-conform-out").rglob("*") if path.is_file()} == before


def test_results_with_a_part_torn_out_are_refused_or_refuted_never_confirmed(
    said: Callable[..., Any], tmp_path: Path
) -> None:
    assert said("run", "--select", "USDP-02", "--out", "out").code == 0
    path = tmp_path / "out" / "results.json"
    whole = json.loads(path.read_bytes())
    for key in whole:
        path.write_text(json.dumps({name: value for name, value in whole.items() if name != key}))
        assert said("run", "--failed", "out", "--list").code in {2, 3}, key
        path.write_text(json.dumps(whole | {key: [3]}))
        assert said("verify", "out").code in {1, 2, 3}, key


@pytest.mark.parametrize("size", [f"{'9' * 400}G", f"{2**50}G", "\u0663G", "1e9G", "0.0G"])
def test_a_size_beyond_measure_is_refused(said: Callable[..., Any], size: str) -> None:
    paths = ("--intervals", "full", "--master", "full", "--requests", "full")
    found = said("recompute", *paths, "--memory", size)
    assert (found.code, "--memory: " in found.err) == (2, True), found.all
    assert "expected: a size such as 512M or 4G, at least 64M and at most 1048576G" in found.err


def test_a_secret_is_not_read_from_an_input_without_end(
    said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Endless(io.RawIOBase):
        read_so_far = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            self.read_so_far += len(buffer)
            assert self.read_so_far < 1_000_000, "it reads on and on"
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    found = said("run", "--secret", "-", "--list")
    assert (found.code, "the secret is longer than 1000 characters" in found.err) == (2, True)


@pytest.mark.parametrize("select", ["USDP-02 and not USDP-02", "USDP-02"])
def test_a_list_of_nothing_says_so(said: Callable[..., Any], select: str) -> None:
    role = ("--role", "cis", "--adapter", "reference-cis") if select == "USDP-02" else ()
    found = said("run", *role, "--select", select, "--list")
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith("Nothing to list: no scenario of the role ")


def test_a_variable_that_is_no_number_is_named(said: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MDMR_CONFORM_TIME_LIMIT", "soon")
    found = said("run", "--list")
    assert found.code == 2
    assert "(env var: 'MDMR_CONFORM_TIME_LIMIT'): 'soon' is not a valid number" in found.err
