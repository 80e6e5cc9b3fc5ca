"""The whole chain with a CIS under test: scenarios, a scripted CIS, the real counterpart, the post, and verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.errors import UsageError
from harness.evidence.results import COUNTERPART
from harness.interface.instants import instant
from harness.interface.profile import load_profile
from harness.port.failure import AdapterFailure
from harness.port.journal import read_journal
from harness.port.protocol import Role, SystemDescription, holidays_of_ontario
from harness.runner import controller
from harness.runner.cast import Cast
from harness.runner.controller import Wish
from harness.runner.plan import Plan, Task
from harness.runner.session import SessionRecord, run_unchecked
from harness.runner.verification import verify
from harness.stage.chapters.assignment import AssignmentDesk
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox
from harness.stage.chapters.cis_post import PostOffice
from harness.stage.chapters.cis_requests import IdDesk
from harness.stage.chapters.mailboxes import of_type
from harness.stage.chapters.synchronization import SyncDesk
from harness.stage.draws import Draw
from harness.stage.link import Recorder, Setting
from harness.stage.seat import CisConversation, End
from harness.suite.inventory import COURSE, take_inventory
from harness.suite.verdicts import Unmet
from tests.conftest import outputs_of
from tests.stage.scripted_cis import FAULTS

CIS = "tests.stage.scripted_cis"
BREAKS = {
    "writes .dat": "FTS-01",
    "names itself first": "FTS-01",
    "sends a retired version": "FTS-07",
    "asks in its own name": "USDP-01",
    "asks for one alone": "USDP-18",
    "asks nobody's leave": "USDP-08",
    "does not wait for IDs": "USDP-15",
    "swaps IDs": "USDP-20",
    "reads half files": "USDP-15",
}
"""The rule that each fault breaks, as far as scenarios judge it."""


RESTARTS = {
    case.id
    for case in take_inventory(controller.features_folder()).cases
    if case.id.startswith("cis/usdp/") and any("is started again" in step.text for step in case.steps)
}
AREAS = f"(cis/fts/file-names or cis/fts/versions or cis/usdp/) and not ({' or '.join(sorted(RESTARTS))})"
"""What the scripted CIS is good for, which keeps nothing beyond its process."""
CLAIMED = frozenset({"CIS-FTS", "CIS-USDP", "CIS-SYNC"})


def scenarios() -> list[Any]:
    cases = (case for case in take_inventory(controller.features_folder()).cases if case.role is Role.CIS)
    own = (case for case in cases if case.area != COURSE)
    good_for = (case for case in own if case.judges.startswith(("FTS-01", "FTS-07", "USDP-")))
    return [case for case in good_for if case.id not in RESTARTS and CLAIMED.issuperset(case.classes)]


def plan(tasks: list[Task], **more: Any) -> Plan:
    settings: dict[str, Any] = {
        "mode": "prove",
        "features": str(controller.features_folder()),
        "step_package": "steps",
        "suite_hash": "0" * 64,
        "profile_path": None,
        "seed": 0,
        "namespace": "",
        "anchor": "2011-01-10T00:00:00-05:00",
        "time_limit_seconds": 3600.0,
        "role": "cis",
        "counterpart": COUNTERPART,
    }
    return Plan(tasks=tuple(tasks), **{**settings, **more})


def system(fault: str) -> str:
    names = {said: name for name, said in FAULTS.items()}
    return f"{CIS}:fault_{names[fault]}" if fault else f"{CIS}:conformant"


@pytest.fixture(scope="module")
def found() -> Mapping[str, Mapping[str, dict[str, Any]]]:
    """What came of every scenario, by system and rule, in one session."""
    tasks = [Task(case.id, system(fault)) for fault in ("", *BREAKS) for case in scenarios()]
    record = run_unchecked(plan(tasks))
    assert record.trouble == []
    by_fault: dict[str, dict[str, dict[str, Any]]] = {}
    for fault in ("", *BREAKS):
        by_fault[fault] = {
            result["scenario"]: result for result in record.results.values() if result["system"] == system(fault)
        }
    return by_fault


def test_a_conformant_cis_passes_every_scenario(found: Any) -> None:
    assert {result["verdict"] for result in found[""].values()} == {"pass"}
    assert len(found[""]) == len(scenarios())


@pytest.mark.parametrize("fault", BREAKS)
def test_a_fault_of_a_cis_is_caught_by_a_scenario_of_its_rule_and_fails_no_other(found: Any, fault: str) -> None:
    rules = {case.id: case.judges for case in scenarios()}
    fails = {rules[name] for name, result in found[fault].items() if result["verdict"] == "fail"}
    assert BREAKS[fault] in fails
    assert fails <= {
        BREAKS[fault],
        "USDP-06",
        "USDP-15",
        "USDP-17",
        "USDP-18",
        "USDP-20",
    }  # which ask for what the fault keeps back


# --- whose fault it is -------------------------------------------------------------------------------


HANGING = """
import json, sys

for line in sys.stdin:
    request = json.loads(line)
    if request["message"] == "hello":
        ok = {"protocol": 1, "name": "hangs", "version": "1", "role": "repository", "classes": [],
              "clock": "settable", "state": "process", "isolation": "conversation"}
    elif request["message"] == "advance":
        print("no reply", flush=True)
        continue
    else:
        ok = {}
    print(json.dumps({"id": request["id"], "ok": ok}), flush=True)
"""


def one(tmp_path: Path, **more: Any) -> tuple[SessionRecord, dict[str, Any], Path]:
    case = next(case for case in scenarios() if case.judges == "USDP-20")
    record = run_unchecked(plan([Task(case.id, system(""))], mode="live", folder=str(tmp_path), **more))
    (result,) = record.results.values()
    return record, result, tmp_path / result["journal"]["path"]


def test_a_counterpart_that_misbehaves_is_its_error_and_no_fail_of_the_cis(tmp_path: Path) -> None:
    (tmp_path / "hanging.py").write_text(HANGING, encoding="utf-8")
    _, result, journal = one(tmp_path, counterpart=f"stdio:python3 {tmp_path / 'hanging.py'}")
    assert result["verdict"] == "error"
    assert result["message"].startswith("the counterpart failed (malformed): 'no reply' is not a reply in JSON")
    event = read_journal(journal.read_bytes())[-1]
    assert (event.kind, event.side) == ("event", "counterpart")


def test_a_counterpart_that_cannot_be_started_is_its_error(tmp_path: Path) -> None:
    _, result, journal = one(tmp_path, counterpart=f"stdio:{tmp_path / 'nothing'}")
    assert result["verdict"] == "error"
    assert result["message"].startswith("the counterpart failed (start): ")
    assert [(entry.kind, entry.side) for entry in read_journal(journal.read_bytes())[1:]] == [("event", "counterpart")]


def test_a_journal_of_two_connections_numbers_the_requests_of_each(tmp_path: Path) -> None:
    _, result, journal = one(tmp_path)
    assert result["verdict"] == "pass"
    opening, *entries = read_journal(journal.read_bytes())
    assert opening.body["journal"] == 2
    for side in ("system", "counterpart"):
        numbers = [entry.body["id"] for entry in entries if entry.side == side and entry.kind == "request"]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 3


def test_a_cast_says_which_of_two_cannot_be_reached() -> None:
    with pytest.raises(AdapterFailure) as caught:
        Cast(plan([], counterpart="stdio:false")).connected(system(""))
    assert caught.value.side == "counterpart"


# --- another process -----------------------------------------------------------------------------------


@contextmanager
def _seated(adapter: str, folder: Path) -> Iterator[CisConversation]:
    """A conversation with a CIS, which is seated as that of "Lakeside"."""
    cast = Cast(plan([]))
    profile, holidays, begins = load_profile(None), holidays_of_ontario(), instant("2011-01-10T08:00:00-05:00")
    ends = {
        side: End(
            Setting(profile, each.description, holidays, begins, folder),
            Recorder(each, None, side, each.restart),
        )
        for side, each in cast.connected(adapter).items()
    }
    seat = CisConversation(ends["system"], ends["counterpart"], Draw(0, "", "cis/a"))
    seat.take_seat("Lakeside", "ldc")
    try:
        yield seat
    finally:
        cast.close()


def test_a_cis_goes_on_after_a_restart_with_what_it_has_put_away(tmp_path: Path) -> None:
    with _seated(f"{CIS}:keeping", tmp_path) as seat:
        business = Business(seat, SyncDesk(seat, AssignmentDesk(seat)))
        business.create("Lakeside", ["Mill"])
        business.order_ids("Lakeside")
        seat.come_to_rest()
        seat.restart()
        business.order("synchronize", "Lakeside")
        IdDesk(business, Outbox(seat)).check_synchronized(["Mill"])


def test_an_sdp_that_is_in_no_set_for_want_of_an_id_is_said_to_lack_the_id(tmp_path: Path) -> None:
    with _seated("reference-cis", tmp_path) as seat:
        business = Business(seat, SyncDesk(seat, AssignmentDesk(seat)))
        business.create("Lakeside", ["Mill"])
        PostOffice(business).answer_otherwise("Mill", "incomplete data")
        business.order_ids("Lakeside")
        seat.come_to_rest()
        (response,) = of_type(seat.got, "2000")
        assert b"||03|incomplete data\r\n" in response.content, "its status and its words say the same"
        business.order("synchronize", "Lakeside")
        with pytest.raises(Unmet, match="and no response an ID for it; requests for it: 1 ") as told:
            IdDesk(business, Outbox(seat)).check_synchronized(["Mill"])
        assert "under the Universal SDP ID that a response has given it" in told.value.expected
        assert ".1000." in str(told.value.file)


# --- the way in --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cis")
    assert run_of("", folder).exit_code == 0
    return folder


def run_of(fault: str, folder: Path, **more: Any) -> controller.Run:
    wish = Wish(adapter=system(fault), role=Role.CIS, selection=AREAS, time_limit_seconds=3600.0, **more)
    return controller.run(
        wish, folder, as_of=None, today=date(2030, 1, 1), fresh_namespace=lambda: "n", started="2030-01-01T00:00:00"
    )


def test_order_and_workers_change_no_byte_of_a_run_of_a_cis(ran: Path, tmp_path: Path) -> None:
    assert run_of("", tmp_path, workers=2, shuffle=5).exit_code == 0
    assert outputs_of(tmp_path) == outputs_of(ran)


def test_both_descriptions_stand_in_the_record_of_the_run(ran: Path) -> None:
    identity = json.loads((ran / "run.json").read_text())["identity"]
    assert identity["system"]["name"] == "a scripted CIS"
    assert identity["counterpart"]["adapter"] == "reference"
    assert identity["counterpart"]["system"]["role"] == "repository"


def test_a_run_of_a_cis_is_verified_without_either_system(ran: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> Any:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr("harness.runner.cast.opener", nobody)
    steps = SimpleNamespace(total=lambda _: None, step=lambda: None)
    found = verify(ran, None, workers=0, watch=lambda _: nullcontext(steps))
    assert (found.undecided, found.refuted) == ((), ())
    assert found.replayed == len(scenarios())


def test_results_of_a_cis_list_the_rules_of_the_repository_as_the_other_roles(ran: Path) -> None:
    results = json.loads((ran / "results.json").read_text())
    of_the_repository = {rule["verdict"] for rule in results["rules"] if rule["binds"] == "repository"}
    assert of_the_repository == {"other role"}
    assert results["counterpart"]["system"]["name"] == "mdmr-conform reference implementation"
    assert all(scenario["id"].startswith("cis/") for scenario in results["scenarios"])


INTRODUCES_ITSELF = """
import json, sys

for line in sys.stdin:
    request = json.loads(line)
    ok = {{"protocol": 2, "name": "a", "version": "1", "role": "repository", "classes": [], "clock": {clock!r},
          "state": "process", "isolation": "conversation", "readings": {readings!r}}}
    print(json.dumps({{"id": request["id"], "ok": ok}}), flush=True)
"""


@pytest.mark.parametrize(
    ("clock", "readings", "said"),
    [
        ("real", {}, "has a clock that cannot be set"),
        ("settable", {"AMB-05": "number-stays"}, "reads AMB-05 as 'number-stays', and the CIS as 'number-used-up'"),
        ("settable", {"AMB-05": "number-used-up", "AMB-01": "submitter-alone"}, None),
    ],
)
def test_a_counterpart_must_fit_the_cis(tmp_path: Path, clock: str, readings: Any, said: str | None) -> None:
    (tmp_path / "other.py").write_text(INTRODUCES_ITSELF.format(clock=clock, readings=readings), encoding="utf-8")
    name = f"stdio:python3 {tmp_path / 'other.py'}"
    cis = SystemDescription(
        "C", "1", Role.CIS, (), "settable", "process", "conversation", {}, {"AMB-05": "number-used-up"}, 2
    )
    wish = Wish(role=Role.CIS, counterpart=name)
    if said is None:
        counterpart = controller.introduce_counterpart(wish, cis)
        assert counterpart is not None
        assert (counterpart.adapter, counterpart.system.readings) == (name, readings)
        return
    with pytest.raises(UsageError) as caught:
        controller.introduce_counterpart(wish, cis)
    assert (caught.value.what, caught.value.where) == (said, f"--counterpart {name!r}")


def test_a_counterpart_that_there_is_not_is_named_by_its_option(ran: Path) -> None:
    with pytest.raises(UsageError) as caught:
        controller.introduce_counterpart(
            Wish(role=Role.CIS, counterpart="refrence"), controller.introduce(Wish(adapter=system(""), role=Role.CIS))
        )
    assert (caught.value.what, caught.value.where) == ("no system 'refrence'", "--counterpart 'refrence'")


def test_a_system_of_the_other_role_is_not_taken(tmp_path: Path) -> None:
    wish = Wish(adapter="reference", role=Role.CIS)
    with pytest.raises(controller.SystemUnreachable, match="takes the role 'repository', asked was 'cis'"):
        controller.introduce(wish)
