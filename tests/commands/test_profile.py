"""`mdmr-conform profile` from the outside, and what a system meets whose files have another form."""

from __future__ import annotations

import importlib.resources
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHIPPED = (importlib.resources.files("harness.interface") / "profiles" / "workshop-2010.toml").read_text("utf-8")
NAME = "ORG11111.ORG22222.2000.01.200906082220.DAT"
ODD = """
import re
from harness.interface.profile import load_profile
from reference_impl.bent.bending import only, text_changed
from reference_impl.repository.port import Port


def factory():
    port = Port(load_profile())
    shorter = only("IR01", lambda file: text_changed(file, lambda text: re.sub(r"[|]0{8}([0-9])", r"|\\1", text)))
    port.bent = shorter(port)
    port.bent.__enter__()
    return port
"""


def test_a_real_file_is_held_to_the_profile_field_by_field(said: Callable[..., Any], tmp_path: Path) -> None:
    good = importlib.resources.files("corpus") / "files" / "good" / "response-accents.DAT"
    (tmp_path / NAME).write_bytes(good.read_bytes())
    found = said("profile", "check", str(tmp_path / NAME))
    assert found.code == 0
    assert "all of them fit profile workshop-2010" in found.out
    (tmp_path / NAME).write_bytes(good.read_bytes().replace(b"|00|", b"|000|"))
    found = said("profile", "check", str(tmp_path / NAME))
    assert found.code == 1
    assert "2 DO NOT FIT: found '000', expected 2 characters" in found.out


def test_what_cannot_be_read_is_named(said: Callable[..., Any]) -> None:
    found = said("profile", "check", "nowhere.DAT")
    assert (found.code, "nowhere.DAT: cannot be read" in found.err) == (2, True)


def test_a_pipe_is_not_waited_for(said: Callable[..., Any], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    found = said("profile", "check", str(tmp_path / NAME))
    assert (found.code, "it is no regular file" in found.err) == (2, True)


def test_another_profile_is_told_with_what_a_verdict_under_it_means(said: Callable[..., Any], tmp_path: Path) -> None:
    text = SHIPPED.replace("set_wait_time_minutes = { value = 60", "set_wait_time_minutes = { value = 30")
    text = text.replace('[readings.AMB-06]\ntaken = "either"', '[readings.AMB-06]\ntaken = "from-last-file"')
    (tmp_path / "ours.toml").write_text(text.replace('name = "workshop-2010"', 'name = "ours"'), encoding="utf-8")
    found = said("profile", "diff", "workshop-2010", str(tmp_path / "ours.toml"))
    assert found.code == 1
    assert "value set_wait_time_minutes: 60 -> 30\n  SEQ-05, SEQ-06 state the workshop's value" in found.out
    assert "reading AMB-06: either -> from-last-file\n  2 scenarios of SEQ-06 are judged as well." in found.out
    assert said("profile", "diff", "workshop-2010", "workshop-2010").code == 0


def test_the_layouts_of_a_profile_are_printed(said: Callable[..., Any]) -> None:
    found = said("profile", "show")
    assert found.code == 0
    assert "| assignment_request (`DT`) | `ldc_org_id` | varchar(20) |" in found.out
    assert "| `service_status` | `cut_at_pole` | `CUT_AT_POLE` |" in found.out
    assert "| `validation_status` |" not in found.out  # no field of a file names it


def test_a_profile_of_other_forms_is_kept_to_by_who_reads_it(said: Callable[..., Any], tmp_path: Path) -> None:
    text = SHIPPED.replace("fixed_number(9)", "number(9)").replace('"varchar(50)"', '"padded(50)"')
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    profile = str(tmp_path / "ours.toml")
    found = said("run", "--select", "USDP or SRP", "--profile", profile, "--out", str(tmp_path / "out"))
    assert (found.code, "form  " in found.out) == (0, False)


def test_a_field_of_another_form_is_named_first_and_no_rule_is_accused_for_it(
    said: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "odd.py").write_text(ODD, encoding="utf-8")
    found = said("run", "--adapter", "odd:factory", "--select", "USDP-13", "--out", "out")
    assert found.code == 3
    assert found.out.index("form  IR01.00  issued does not fit its layout") < found.out.index("blocked  ")
    results = json.loads((tmp_path / "out" / "results.json").read_bytes())
    assert {misfit["field"] for misfit in results["misfits"]} >= {"issued", "requested"}
    assert results["counts"]["fail"] == 0
    assert results["noticed"] == []
