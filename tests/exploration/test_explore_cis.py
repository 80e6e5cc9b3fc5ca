"""`mdmr-conform explore --role cis`: a CIS and its counterpart, found features of a CIS, and the secret."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.exploration import cis_billing_duties, cis_duties, exploring
from harness.exploration.course import Course
from harness.exploration.drawing import REPERTOIRES, Source
from harness.exploration.lines import Lines, typed
from harness.exploration.scene import Times
from harness.interface.profile import load_profile
from harness.port.protocol import Role
from harness.suite.definitions import read_definitions
from tests.conftest import Said
from tests.exploration.test_explore import OUT, STUMBLES, explored

Conform = Callable[..., Said]
FAULTY = "reference-cis+cis_cycle_change_a_day_late"
TIMES = Times.of(load_profile().values)
CLASSES = frozenset({"CIS-FTS", "CIS-USDP", "CIS-SYNC", "CIS-BILLING", "CIS-READING"})


def source(classes: frozenset[str] = CLASSES, secret: str | None = None) -> Source:
    return Source(5, TIMES, classes, (), Role.CIS, True, ("agent", "ldc"), secret)


def conversations(of: Source, number: int = 150) -> list[Lines]:
    return [of.drawn(0, each)[1] for each in range(number)]


def test_every_line_and_every_duty_is_a_step_that_the_suite_has() -> None:
    index = read_definitions("steps").index
    drawn = conversations(source())
    said = {step for lines in drawn for step in typed(lines)}
    owed = [duty for lines in drawn for duty in (*cis_duties.duties(lines), *cis_billing_duties.duties(lines))]
    said |= {("then", duty.line) for duty in owed}
    assert {"ISY-16", "PSY-01", "SEQ-08", "BSV-09", "BSV-12", "WIN-11", "SUM-07"} <= {duty.rule for duty in owed}
    assert [step for step in said if index.find(step[0], step[1].text) is None] == []
    made = {move for number in range(150) for move in source().drawn(0, number)[0].moves}
    assert made == set(REPERTOIRES[Role.CIS].moves)


def test_what_a_cis_does_not_claim_is_not_drawn() -> None:
    told = "\n".join(line.text for lines in conversations(source(frozenset({"CIS-USDP"}))) for line in lines)
    assert "is told to request Universal SDP IDs" in told
    assert "is told to synchronize" not in told
    assert "known to the MDM/R" not in told


def test_with_a_secret_other_conversations_are_drawn_and_the_same_with_the_same() -> None:
    plain, one, other = (source(secret=secret).drawn(0, 3) for secret in (None, "a b c", "d e f"))
    assert len({plain[1], one[1], other[1]}) == 3
    assert source(secret="a b c").drawn(0, 3) == one


def test_of_the_reference_cis_no_rule_is_seen_broken(said: Conform) -> None:
    answer = said("explore", "--role", "cis", "--conversations", "6", "--seed", "2")
    assert (answer.code, answer.err) == (0, "")
    assert "reference-cis, answered by reference" in answer.out
    assert "no rule was seen broken" in answer.out
    assert explored()["identity"]["counterpart"]["adapter"] == "reference"


def test_what_a_cis_breaks_is_told_in_a_sentence_of_features_and_fails_alike(said: Conform) -> None:
    arguments = ("--role", "cis", "--adapter", FAULTY, "--conversations", "4", "--seed", "4", "--select", "ISY-16")
    assert said("explore", *arguments).code == 1
    (found,) = explored()["found"]
    assert (found["feature"], found["is_told"]) == ("found/cis/ISY-16.feature", True)
    assert "--role cis" in explored()["again"]
    text = (OUT / found["feature"]).read_text()
    assert "@ISY @CIS-SYNC" in text
    assert "Then the MDM/R knows\n" in text
    assert said("lint", str(OUT / "found")).out.endswith("nothing found\n")
    assert said("verify", str(OUT)).code == 0

    run = ("run", "--role", "cis", "--features", str(OUT / "found"), "--seed", "1")
    again = said(*run, "--adapter", FAULTY, "--out", "faulty")
    assert again.code == 1
    assert "fail  ISY-16  found/cis/ISY-16/" in again.out
    assert said(*run, "--out", "sound").code == 0
    assert said("verify", "faulty", "--features", str(OUT / "found")).code == 0


def test_a_counterpart_that_misbehaves_is_an_error_and_no_fail_of_the_cis(said: Conform) -> None:
    Path("stumbling.py").write_text(STUMBLES.replace(".5000.", ".1000."))
    answer = said(
        "explore", "--role", "cis", "--counterpart", "stumbling:System", "--conversations", "1", "--seed", "1"
    )
    assert answer.code == 3
    assert "the counterpart failed (malformed)" in answer.out
    assert explored()["times"].keys() == {"error"}


def test_an_exploration_goes_on_with_its_secret_alone_and_names_it_when_it_has_ended(
    said: Conform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exploring, "ROUND", 2)
    arguments = ("explore", "--conversations", "4", "--select", "USDP")
    take = Course.take

    def interrupted(course: Course, line: dict[str, Any]) -> None:
        take(course, line)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Course, "take", interrupted)
        assert said(*arguments, "--secret", "a b c").code == 3
    assert b"a b c" not in (OUT / "explore.json").read_bytes()
    other = said(*arguments, "--secret", "d e f")
    assert (other.code, "with another secret" in other.err) == (2, True)
    assert said(*arguments, "--secret", "a b c").code == 0
    assert json.loads((OUT / "explore.json").read_bytes())["secret"] == "a b c"
    assert "--secret 'a b c'" in explored()["again"]
    assert said("verify", str(OUT)).code == 0
