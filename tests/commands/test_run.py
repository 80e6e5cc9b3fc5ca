"""`mdmr-conform run` from the outside: what it writes, what it says, and how it ends."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Said, called, outputs_of

SOME = "USDP-03 or SEQ-04 or FTS-09"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    assert called("run", "--select", SOME, "--out", "out", folder=folder).code == 0
    return folder / "out"


@pytest.mark.parametrize("more", [("--workers", "2"), ("--shuffle", "3"), ("--workers", "2", "--shuffle", "11")])
def test_order_and_workers_change_no_byte(ran: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    assert called("run", "--select", SOME, "--out", "out", *more, folder=tmp_path).code == 0
    assert outputs_of(tmp_path / "out") == outputs_of(ran)


def test_three_seeds_give_the_same_verdicts(ran: Path, tmp_path: Path) -> None:
    def verdicts(path: Path) -> dict[str, str]:
        return {s["id"]: s["verdict"] for s in json.loads((path / "results.json").read_bytes())["scenarios"]}

    for seed in ("1", "2", "9007199254740991"):
        assert called("run", "--select", SOME, "--out", seed, "--seed", seed, folder=tmp_path).code == 0
        assert verdicts(tmp_path / seed) == verdicts(ran)


def test_results_and_journals_hold_no_time_host_or_path(ran: Path) -> None:
    for name, content in outputs_of(ran).items():
        assert str(ran.parent).encode() not in content, name
    document = json.loads((ran / "results.json").read_bytes())
    assert not {"time", "duration", "host", "started"} & set(re.findall(r'"(\w+)":', json.dumps(document)))


def test_what_failed_is_run_again_with_its_adapter_and_seed(tmp_path: Path) -> None:
    system = "reference+summary_never_starts_afresh"
    first = called("run", "--adapter", system, "--seed", "4", "--select", "USDP-12", "--out", "one", folder=tmp_path)
    assert first.code == 1
    again = called("run", "--failed", "one", "--out", "two", folder=tmp_path)
    assert again.code == 1
    results = json.loads((tmp_path / "two" / "results.json").read_bytes())
    assert (results["adapter"], results["seed"]) == (system, 4)
    assert {scenario["verdict"] for scenario in results["scenarios"]} == {"fail"}


def test_a_fail_is_shown_with_expected_observed_file_and_the_command_that_shows_it_again(tmp_path: Path) -> None:
    shown = called("run", "--adapter", "reference+repeat_reported_as_issued", "--select", "USDP-03", folder=tmp_path)
    assert shown.code == 1
    for pattern in (
        r"expected: Mill \([0-9A-Z]{2}-\d{6}\): already issued\n",
        r"observed: Mill \([0-9A-Z]{2}-\d{6}\): issued\n",
        r"file:     ORG\S+\.DAT, line 3\n",
        "again:    mdmr-conform run",
    ):
        assert re.search(pattern, shown.out), pattern
    command = re.search(r"again:    mdmr-conform (.*)", shown.out)
    assert command is not None
    assert called(*command[1].split(), folder=tmp_path).code == 1


def test_what_a_message_identifies_is_called_as_the_scenario_calls_it_and_so_it_is_verified(tmp_path: Path) -> None:
    select = "isy/multiplier-change/everything-of-the-sdp-is-sent-with-it"
    adapter = "reference+ct_pt_multiplier_change_passed_over"
    shown = called("run", "--adapter", adapter, "--select", select, "--out", "out", folder=tmp_path)
    scenario, noticed = shown.out.split("\nfail  ")[1:3]
    for told in (scenario, noticed):
        assert re.search(r"expected: .*ct_pt_multiplier of SDP \d+ \(Mill\) from ", told), told
    assert called("verify", "out", folder=tmp_path).code == 0


@pytest.fixture(scope="module")
def noticed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A run in which no scenario fails, and the referee notices a rule broken: its folder, and what it printed."""
    folder = tmp_path_factory.mktemp("noticed")
    shown = called("run", "--adapter", BESIDE, "--select", "USDP-03", "--out", "out", folder=folder)
    assert shown.code == 1
    return folder / "out", shown.out


BESIDE = "reference+report_version_ahead"


def test_what_the_referee_notices_is_a_fail_though_every_scenario_passes(noticed: tuple[Path, str]) -> None:
    folder, shown = noticed
    results = json.loads((folder / "results.json").read_bytes())
    assert {scenario["verdict"] for scenario in results["scenarios"]} == {"pass"}
    assert {case["rule"] for case in results["noticed"]} == {"FTS-08"}
    assert "fail  FTS-08  noticed/FTS-08/usdp/" in shown
    assert "rule FTS-08   not conformant" in shown


def test_the_command_shown_with_what_was_noticed_shows_it_again(noticed: tuple[Path, str], tmp_path: Path) -> None:
    command = re.search(r"again:    mdmr-conform (.*)", noticed[1])
    assert command is not None
    assert "--select noticed/FTS-08/usdp/" in command[1]
    again = called(*command[1].split(), folder=tmp_path)
    assert (again.code, "1 scenario: 1 pass" in again.out) == (1, True)


def test_scenarios_in_which_something_was_noticed_are_run_again(noticed: tuple[Path, str], tmp_path: Path) -> None:
    shown = called("run", "--failed", str(noticed[0]), "--list", folder=tmp_path)
    assert "usdp/identity/" in shown.out


def test_verify_confirms_what_was_noticed_and_refutes_what_was_not(noticed: tuple[Path, str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(noticed[0], folder)
    assert called("verify", "out", folder=tmp_path).code == 0
    path = folder / "results.json"
    results = json.loads(path.read_bytes())
    first = results["noticed"].pop(0)
    path.write_text(json.dumps(results))
    found = called("verify", "out", folder=tmp_path)
    assert (found.code, f"{first['id']}: the journal gives it, and it is not stated" in found.out) == (1, True)
    results["noticed"].append(first | {"id": f"{first['id']}x"})
    path.write_text(json.dumps(results))
    found = called("verify", "out", folder=tmp_path)
    assert f"{first['id']}x: is stated to have been noticed, and the journal does not give it" in found.out


def test_what_was_noticed_is_waived_by_its_rule(tmp_path: Path) -> None:
    waivers(tmp_path, WAIVER.replace("USDP-03", "FTS-08"))
    ran = with_waivers(tmp_path, BESIDE)
    assert ran.code == 0
    assert re.search(r"besides, the referee noticed in \d+ conversations: \d+ waived", ran.out)


def waivers(folder: Path, text: str) -> None:
    (folder / "waivers.toml").write_text(text)


WAIVER = '[[waiver]]\nrule = "USDP-03"\nreason = "later"\nowner = "us"\nexpires = 2027-06-30\n'


def with_waivers(folder: Path, system: str, *more: str) -> Said:
    arguments = (
        "run",
        "--adapter",
        system,
        "--select",
        "USDP-03",
        "--waivers",
        "waivers.toml",
        "--as-of",
        "2027-01-01",
    )
    return called(*arguments, *more, folder=folder)


def test_a_waived_fail_is_counted_and_ends_with_0(tmp_path: Path) -> None:
    waivers(tmp_path, WAIVER)
    ran = with_waivers(tmp_path, "reference+repeat_reported_as_issued")
    assert (ran.code, "waived" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WAIVER, "which does not fail"),
        (WAIVER.replace("2027-06-30", "2026-12-31"), "expired on 2026-12-31"),
        (WAIVER.replace("USDP-03", "USDP-3"), "USDP-03"),
        (WAIVER.replace('owner = "us"\n', ""), "'owner' is missing"),
        ("waiver = 3", "holds no waivers"),
        (WAIVER.replace("[[waiver]]", "[[waivers]]"), "has 'waivers'"),
    ],
)
def test_a_waiver_that_is_stale_or_malformed_ends_with_2(tmp_path: Path, text: str, said: str) -> None:
    waivers(tmp_path, text)
    ran = with_waivers(tmp_path, "reference")
    assert (ran.code, said in ran.out + ran.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rnu",), "Did you mean run"),
        (("run", "--sede", "3"), "--seed"),
        (("run", "--seed", "x"), "not a valid whole number"),
        (("run", "--adapter", "refrence"), "did you mean reference"),
        (("run", "--adapter", "reference+no_such_fault"), "no fault or variant"),
        (("run", "--adapter", "stdio:no-such-program"), "is not found"),
        (("run", "--adapter", "no_such_module:create"), "cannot be imported"),
        (("run", "--select", "USPD-03"), "did you mean USDP-03"),
        (("run", "--select", "(USDP-03"), "expected: ')'"),
        (("run", "--select", "usdp/identity/the-same-sdp"), "no scenario"),
        (("run", "--profile", "no-such.toml"), "cannot be read"),
        (("run", "--waivers", "no-such.toml"), "cannot be read"),
        (("run", "--as-of", "tomorrow"), "is no day"),
        (("run", "--failed", "nowhere"), "cannot be read"),
        (("rules", "USDP-3"), "did you mean"),
        (("verify", "nowhere"), "cannot be read"),
        (("inspect",), "Missing argument"),
        (("lint", "nowhere"), "nowhere"),
        (("prove", "--select", "nothing"), "no tag"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_was_expected(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = called(*arguments, folder=tmp_path)
    assert ran.code == 2
    assert said in ran.out + ran.err
    assert "Traceback" not in ran.out + ran.err


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    ran = called("run", "--select", "USDP-02", "--out", "out", folder=tmp_path)
    assert (ran.code, "they would be lost" in ran.err) == (2, True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["thesis.txt"]


def test_a_list_runs_nothing(tmp_path: Path) -> None:
    ran = called("run", "--list", "--select", "USDP-02", folder=tmp_path)
    assert (ran.code, "USDP-02  usdp/identity/" in ran.out) == (0, True)
    assert list(tmp_path.iterdir()) == []


def test_the_catalogue_lists_every_rule(tmp_path: Path) -> None:
    document: dict[str, Any] = json.loads(called("rules", "--json", folder=tmp_path).out)
    assert (len(document["rules"]), len(document["ambiguities"])) == (182, 59)
    judged = [rule for rule in document["rules"] if rule["standing"] == "judged"]
    assert [rule["id"] for rule in judged if not rule["scenarios"] or not rule["faults"]] == []


def test_rules_of_the_cis_are_listed_apart_and_rules_of_both_say_so(tmp_path: Path) -> None:
    said = called("rules", "FTS-16", "USDP-01", folder=tmp_path).out
    assert "binds: the repository and the CIS; CIS-USDP: judged" in said
    places = [said.index(text) for text in ("USDP-01", "Rules that bind the CIS alone", "FTS-16  CIS-FTS")]
    assert (places, said.count("FTS-16")) == (sorted(places), 1)
    assert "rules: 2, judged: 1, of a CIS: 2; binding the CIS as well: 1, the CIS alone: 1" in said


def test_verify_confirms_a_run_and_refutes_a_changed_verdict(ran: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(ran, folder)
    assert called("verify", "copy", folder=tmp_path).code == 0
    text = (folder / "results.json").read_text()
    (folder / "results.json").write_text(text.replace('"verdict": "pass"', '"verdict": "fail"', 1))
    refuted = called("verify", "copy", folder=tmp_path)
    assert (refuted.code, "refuted" in refuted.out) == (1, True)


@pytest.mark.parametrize("how", ["empties", "removes", "adds to"])
def test_a_system_that_spoils_journals_while_it_runs_gets_no_verdict_for_them(tmp_path: Path, how: str) -> None:
    command = shlex.join([sys.executable, str(Path(__file__).with_name("destroying.py")), how])
    ran = called("run", "--adapter", f"stdio:{command}", "--select", "USDP-02", "--out", "out", folder=tmp_path)
    results = json.loads((tmp_path / "out" / "results.json").read_text())
    spoilt = [scenario for scenario in results["scenarios"] if scenario["verdict"] == "error"]
    assert (ran.code, results["verdict"]) == (3, "undetermined")
    assert spoilt
    assert {scenario["message"] for scenario in spoilt} == {
        "its journal was changed or removed while the run went on: nothing bears out what was seen"
    }
    assert called("verify", "out", folder=tmp_path).out.count("refuted") == 0
