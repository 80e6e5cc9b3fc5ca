"""Selections: which scenarios an expression means, and what is said of one that does not read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.errors import UsageError
from harness.port.protocol import Role
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import Inventory, ScenarioCase
from harness.suite.selection import DEPTH_LIMIT, parse_selection


def case(identifier: str, *tags: str) -> ScenarioCase:
    area, file, name = identifier.split("/")[:3]
    return ScenarioCase(
        id=identifier,
        area=area.upper(),
        file=f"{area}/{file}.feature",
        feature=file,
        name=name,
        case=None,
        line=1,
        rule_text=None,
        judges=next(tag for tag in tags if tag[-2:].isdecimal()),
        uses=(),
        classes=(),
        readings=(),
        dated=False,
        tags=frozenset(tags),
        steps=(),
    )


CASES = {
    "a": case("fts/names/plain", "FTS", "FTS-01", "uses:USDP-08"),
    "b": case("fts/names/plain-and-long", "FTS", "FTS-01", "FTS-12"),
    "c": case("usdp/identity/kept", "USDP", "USDP-03"),
    "d": case("usdp/identity/kept-for-years", "USDP", "USDP-03", "dated"),
    "e": case("usdp/summary/shared/one", "USDP", "USDP-11", "AMB-29"),
    "f": case("usdp/summary/shared/two", "USDP", "USDP-11", "AMB-29:one-per-recipient"),
}
OF_A_CIS = replace(
    case("usdp/held-back/waits", "USDP", "CIS-USDP", "USDP-15"), id="cis/usdp/held-back/waits", role=Role.CIS
)
INVENTORY = Inventory((*CASES.values(), OF_A_CIS), {each.id: each for each in (*CASES.values(), OF_A_CIS)})


def selected(text: str) -> str:
    """The letters of the scenarios that a selection means."""
    selection = parse_selection(text, INVENTORY, load_catalogue())
    assert selection.text == text
    return "".join(letter for letter, each in CASES.items() if selection.matches(each))


@pytest.mark.parametrize("text", ["CIS-USDP", "cis/usdp/", "cis/usdp/held-back/waits", "USDP-15 and not CIS-SYNC"])
def test_a_selection_is_among_the_scenarios_of_a_role(text: str) -> None:
    assert parse_selection(text, INVENTORY, load_catalogue(), Role.CIS).matches(OF_A_CIS)


@pytest.mark.parametrize(
    ("text", "role", "remedy"),
    [
        ("CIS-USDP", Role.REPOSITORY, "it is there with --role cis"),
        ("cis/usdp/", Role.REPOSITORY, "it is there with --role cis"),
        ("cis/usdp/held-back/waits", Role.REPOSITORY, "it is there with --role cis"),
        ("BILLING-ENERGY", Role.CIS, "it is there with --role repository"),
        ("usdp/identity/kept", Role.CIS, "it is there with --role repository"),
    ],
)
def test_what_only_the_other_role_has_is_named_with_the_option_that_takes_it(
    text: str, role: Role, remedy: str
) -> None:
    with pytest.raises(UsageError) as caught:
        parse_selection(text, INVENTORY, load_catalogue(), role)
    assert caught.value.remedy == remedy


def refusal(text: str) -> UsageError:
    with pytest.raises(UsageError) as caught:
        parse_selection(text, INVENTORY, load_catalogue())
    assert caught.value.where == f"--select {text!r}"
    return caught.value


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("FTS", "ab"),
        ("@FTS", "ab"),
        ("fts", "ab"),
        ("@Usdp-03", "cd"),
        ("USDP-03", "cd"),
        ("uses:USDP-08", "a"),
        ("@USES:usdp-08", "a"),
        ("dated", "d"),
        ("AMB-29", "e"),
        ("AMB-29:one-per-recipient", "f"),
        ("usdp/identity/kept", "c"),
        ("usdp/identity/", "cd"),
        ("usdp/", "cdef"),
        ("usdp/summary/shared/", "ef"),
        ("usdp/summary/shared/one", "e"),
        ("noticed/FTS-09/usdp/identity/kept", "c"),
        ("noticed/USDP-11/usdp/identity/", "cd"),
    ],
)
def test_an_atom_is_a_tag_an_id_or_the_beginning_of_ids(text: str, letters: str) -> None:
    assert selected(text) == letters


@pytest.mark.parametrize("text", ["SUM-02", "SYNC", "ODE", "AMB-11", "BILLING-DEMAND"])
def test_what_the_catalogue_names_may_be_asked_for_though_no_scenario_has_it(text: str) -> None:
    assert selected(text) == ""


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("not FTS", "cdef"),
        ("not not FTS", "ab"),
        ("not not not FTS", "cdef"),
        ("USDP and dated", "d"),
        ("USDP and not dated", "cef"),
        ("FTS or USDP-11", "abef"),
        ("FTS-12 or USDP and dated", "bd"),
        ("USDP and dated or FTS-12", "bd"),
        ("(FTS-12 or USDP) and dated", "d"),
        ("dated and (FTS-12 or USDP)", "d"),
        ("not FTS-12 and FTS", "a"),
        ("not (FTS-12 and FTS)", "acdef"),
        ("not (FTS or USDP-03)", "ef"),
        ("not not (FTS or USDP-03)", "abcd"),
        ("USDP-03 and USDP-11 or FTS-01 and not FTS-12", "a"),
        ("((FTS))", "ab"),
        ("(FTS)or(dated)", "abd"),
        ("FTS AND NOT FTS-12 OR dated", "ad"),
        ("  FTS\tand\nFTS-12  ", "b"),
        ("FTS-12, USDP-03,dated", "bcd"),
        ("USDP and dated, FTS-12", "bd"),
        ("not usdp/ and not fts/names/plain", "b"),
    ],
)
def test_not_binds_before_and_and_and_before_or(text: str, letters: str) -> None:
    assert selected(text) == letters


@pytest.mark.parametrize(
    ("text", "found", "column"),
    [
        ("", "the end", 1),
        ("   ", "the end", 4),
        ("FTS and", "the end", 8),
        ("not", "the end", 4),
        ("(FTS", "the end", 5),
        ("(FTS or", "the end", 8),
        ("()", ")", 2),
        ("FTS)", ")", 4),
        ("FTS USDP", "USDP", 5),
        ("FTS not USDP", "not", 5),
        ("FTS (USDP)", "(", 5),
        ("and FTS", "and", 1),
        ("FTS or or USDP", "or", 8),
        ("FTS,, USDP", ",", 5),
        ("FTS or, USDP", ",", 7),
        ("FTS and and USDP", "and", 9),
        ("(FTS  USDP)", "USDP", 7),
        ("FTS or  (not )", ")", 14),
    ],
)
def test_an_expression_that_does_not_read_is_refused_with_the_column(text: str, found: str, column: int) -> None:
    error = refusal(text)
    assert error.what == f"found {found!r} at column {column}"
    assert error.expected


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("USPD-03", "no tag 'USPD-03'", "USDP-03"),
        ("FTS and @udsp-11", "no tag '@udsp-11'", "USDP-11"),
        ("uses:USDP-80", "no tag 'uses:USDP-80'", "uses:USDP-08"),
        ("AMB-29:one-per-receiver", "no tag 'AMB-29:one-per-receiver'", "AMB-29:one-per-recipient"),
        ("datd", "no tag 'datd'", "dated"),
        ("usdp/identity/keept", "no scenario 'usdp/identity/keept'", "usdp/identity/kept"),
        ("usdp/identities/", "no scenario 'usdp/identities/'", "usdp/identity/kept"),
        ("usdp/ident", "no scenario 'usdp/ident'", "usdp/identity/kept"),
        ("identity", "no tag 'identity'", "did you mean usdp/identity/"),
        ("USDP/identity/kept", "no scenario 'USDP/identity/kept'", "usdp/identity/kept"),
        ("noticed/FTS-09/usdp/identity/keept", "no scenario 'usdp/identity/keept'", "usdp/identity/kept"),
        ("noticed/FST-09/usdp/identity/kept", "no rule 'FST-09'", "FTS-09"),
    ],
)
def test_an_atom_that_names_nothing_is_refused_with_the_nearest(text: str, what: str, remedy: str) -> None:
    error = refusal(text)
    assert error.what == what
    assert remedy in error.remedy


@pytest.mark.parametrize("text", ["/", "noticed/", "noticed/FTS-09/", "zzzzzzzz", "@", "not", "🙂", "*"])
def test_an_atom_that_is_like_nothing_is_refused_without_a_guess(text: str) -> None:
    assert refusal(text).remedy == ""


def test_parentheses_go_a_hundred_deep_and_no_deeper() -> None:
    assert selected("(" * DEPTH_LIMIT + "FTS" + ")" * DEPTH_LIMIT) == "ab"
    error = refusal("(" * (DEPTH_LIMIT + 1) + "FTS" + ")" * (DEPTH_LIMIT + 1))
    assert error.expected == "at most 100 parentheses inside each other"


def test_parentheses_beside_each_other_are_not_deep() -> None:
    assert selected(" or ".join(["(FTS)"] * (DEPTH_LIMIT + 1))) == "ab"


def test_a_long_selection_reads() -> None:
    assert selected(" or ".join(["not not FTS"] * 5000)) == "ab"


@pytest.mark.parametrize("word", ["or", "and", "and not"])
def test_20000_terms_are_as_good_as_one(word: str) -> None:
    letters = {"or": "cd", "and": "cd", "and not": ""}
    assert selected(f" {word} ".join(["USDP-03"] * 20_000)) == letters[word]


def test_what_is_said_of_a_long_selection_is_short() -> None:
    for text in ("x" * 100_000, "(" * 100_000, f"usdp/{'x' * 100_000}/", "USDP or " * 20_000):
        with pytest.raises(UsageError) as caught:
            parse_selection(text, INVENTORY, load_catalogue())
        assert len(str(caught.value)) < 1_000


@pytest.mark.parametrize(
    ("text", "seats"),
    [("USDP", set(Role)), ("cis/usdp/", {Role.CIS}), ("usdp/", {Role.REPOSITORY}), ("usdp/ or CIS-USDP", set(Role))],
)
def test_of_no_role_alone_a_selection_means_the_scenarios_of_both(text: str, seats: set[Role]) -> None:
    selection = parse_selection(text, INVENTORY, load_catalogue(), None)
    assert {case.role for case in INVENTORY.cases if selection.matches(case)} == seats


def test_of_no_role_alone_a_slip_is_named_with_what_is_nearest() -> None:
    with pytest.raises(UsageError, match="no scenario 'cis/usdpp/'"):
        parse_selection("cis/usdpp/", INVENTORY, load_catalogue(), None)
