"""Messages name what a feature calls something beside its identifier."""

from __future__ import annotations

import pytest

from harness.stage.aliases import Aliases


@pytest.fixture
def aliases() -> Aliases:
    found = Aliases()
    for identifier, alias in (("4011", "Mill"), ("40112", "Depot"), ("P-7", "Mill account"), ("D51", "R1")):
        assert found.call(identifier, alias) == identifier
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("city of SDP 4011: A -> B", "city of SDP 4011 (Mill): A -> B"),
        ("SDP 40112 and SDP 4011.", "SDP 40112 (Depot) and SDP 4011 (Mill)."),
        ("SDP 4011 before; SDP 4011 after", "SDP 4011 (Mill) before; SDP 4011 after"),
        ("exactly D51, P-7", "exactly D51 (R1), P-7 (Mill account)"),
        ("'Mill' (SDP ID 4011)", "'Mill' (SDP ID 4011)"),
        ("ORG1.4000.00.4011.01.DAT, X4011, 40113", "ORG1.4000.00.4011.01.DAT, X4011, 40113"),
        ("nothing", "nothing"),
    ],
)
def test_a_name_stands_once_behind_an_identifier_that_stands_alone(aliases: Aliases, text: str, said: str) -> None:
    assert aliases.added_to(text) == said


def test_the_first_name_of_an_identifier_stays(aliases: Aliases) -> None:
    aliases.call("4011", "Depot")
    assert aliases.added_to("SDP 4011") == "SDP 4011 (Mill)"
