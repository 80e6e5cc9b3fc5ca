"""The rule book says of every rule what the suite knows, explains its words, and leads nowhere that is not there."""

from __future__ import annotations

import base64
import csv
import functools
import hashlib
import html
import io
import itertools
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from harness.interface.files import read_file
from harness.interface.instants import Day, at
from harness.interface.profile import load_profile
from harness.port.protocol import Role
from harness.referee.case import Case
from harness.referee.referee import CHECKS
from harness.referee.stream import Opening
from harness.report.rulebook import RuleBook, declared_situations, rule_book
from harness.report.rulebook_pages import rule_book_files
from harness.report.rulebook_sentences import told
from harness.report.rulebook_terms import terms
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import Inventory, take_inventory

FEATURES = Path(__file__).parents[2] / "features"


@functools.cache
def inventory() -> Inventory:
    return take_inventory(FEATURES)


def book(*results: Any) -> RuleBook:
    return rule_book(load_catalogue(), load_profile(None), inventory(), FEATURES, results)


@functools.cache
def files() -> dict[str, bytes]:
    return rule_book_files(book())


class Page(HTMLParser):
    """What a page leads to, what may be led to on it, and the text that is seen."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: list[str] = []
        self.loaded: list[str] = []
        self._data: list[str] = []
        self.feed(content.decode())
        self.text = "".join(self._data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.places += [place] if (place := given.get("id")) else []
        self.links += [str(given["href"])] if tag == "a" else []
        self.loaded += [str(given[key]) for key in ("src", "href") if tag != "a" and key in given]

    def handle_data(self, data: str) -> None:
        self._data.append(data)


@functools.cache
def pages() -> dict[str, Page]:
    return {name: Page(content) for name, content in files().items() if name.endswith(".html")}


def test_every_rule_stands_in_its_chapter_on_the_list_and_on_the_page_to_print() -> None:
    for rule in load_catalogue().rules:
        for page in (f"{rule.area.lower()}.html", "book.html"):
            assert rule.id in pages()[page].places
            assert rule.text in pages()[page].text
        assert rule.text in pages()["index.html"].text


def test_every_link_leads_to_a_place_that_is_there() -> None:
    lost = [(name, link) for name, page in pages().items() for link in page.links if not _is_there(link, name)]
    assert lost == []


def _is_there(link: str, page: str) -> bool:
    name, _, place = link.partition("#")
    target = name or page
    return target in files() and (not place or place in pages()[target].places)


def test_no_place_on_a_page_is_there_twice() -> None:
    assert {name: len(page.places) - len(set(page.places)) for name, page in pages().items()} == dict.fromkeys(
        pages(), 0
    )


def test_nothing_is_loaded_from_anywhere() -> None:
    assert {name: page.loaded for name, page in pages().items() if page.loaded} == {}


def test_every_sentence_and_cell_of_every_scenario_stands_in_the_chapter_of_its_rule() -> None:
    for area in load_catalogue().areas:
        page = " ".join(pages()[f"{area.lower()}.html"].text.split())
        for scenario in told((case for case in inventory().cases if case.judges.startswith(f"{area}-")), FEATURES):
            for sentence in scenario.sentences:
                assert f"{sentence.keyword} {sentence.text}" in page
                assert [cell for row in sentence.table for cell in row if cell not in page] == []
            assert [
                cell for each in scenario.examples for row, _ in each.rows for cell in row if cell not in page
            ] == []


def test_an_outline_is_told_once_with_all_its_cases() -> None:
    scenarios = told(inventory().cases, FEATURES)
    assert sum(len(scenario.cases) for scenario in scenarios) == len(inventory().cases)
    for scenario in scenarios:
        rows = [case for examples in scenario.examples for _, case in examples.rows]
        assert rows == ([] if scenario.first.case is None else list(scenario.cases))


def test_every_fault_stands_with_the_rule_that_it_breaks() -> None:
    for shown in book().rules:
        page = pages()[f"{shown.rule.area.lower()}.html"].text
        assert [fault.id for fault in shown.faults if fault.id not in page or fault.text not in page] == []
    assert sum(len(shown.faults) for shown in book().rules) > 300


# --- words ----------------------------------------------------------------------------------------------------


def _sentences() -> list[Any]:
    return [sentence for scenario in told(inventory().cases, FEATURES) for sentence in scenario.sentences]


def test_every_word_that_is_explained_is_used_and_marking_it_loses_nothing() -> None:
    known = terms(load_profile(None))
    met = {
        term.id
        for term in known.within(text for scenario in told(inventory().cases, FEATURES) for text in scenario.texts)
    }
    assert [term.id for term in known if term.id not in met and not term.id.startswith("type-")] == []
    for sentence in _sentences():
        assert "".join(piece.text for piece in known.pieces(sentence.text, sentence.type)) == sentence.text


@pytest.mark.parametrize(
    ("kind", "text", "marked"),
    [
        ("given", "it is Wednesday 10:00", {"Wednesday 10:00": "given-moment"}),
        ("when", "it is Wednesday 10:00", {"Wednesday 10:00": "moment"}),
        ("then", 'IR06 of set 7 shows "IR10" among others', {"IR06": "type-ir06"}),
        ("when", "the other set 7 arrives", {"the other set 7": "other-set"}),
        ("then", "BR04 came on Tuesday of week 2", {"BR04": "type-br04", "Tuesday of week 2": "day-of-week"}),
    ],
)
def test_words_are_found_where_they_stand(kind: str, text: str, marked: dict[str, str]) -> None:
    found = terms(load_profile(None)).pieces(text, kind)
    assert {piece.text: piece.term.id for piece in found if piece.term is not None} == marked


# --- the referee ----------------------------------------------------------------------------------------------


def test_every_situation_that_a_check_declares_is_told_and_belongs_to_a_chapter() -> None:
    profile = load_profile(None)
    told_of = {(each.name, each.sentence): each for each in declared_situations(load_catalogue().areas)}
    for seat, checks in CHECKS.items():
        opening = Opening(seat, (), (), profile, at(Day(date(2011, 1, 10)), 0, 0))
        for make in checks:
            for name, sentence in make(Case(opening, read_file)).declared().items():
                assert told_of[name, sentence].areas
                assert sentence in pages()["referee.html"].text


def test_names_of_the_field_are_explained_beside_the_chapters_and_on_the_page_to_print() -> None:
    for page in ("words.html", "book.html"):
        assert "Service Delivery Point: where energy is deemed to be delivered to the customer." in pages()[page].text
    assert "words.html" in pages()["index.html"].links
    assert "#field" in pages()["book.html"].links


# --- verdicts, and the table ----------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_rule_and_role_with_all_its_scenarios() -> None:
    rows = list(csv.DictReader(io.StringIO(files()["rules.csv"].decode())))
    wanted = [(rule.id, role.value) for rule in load_catalogue().rules for role in Role if rule.binds_in(role)]
    assert [(row["rule"], row["role"]) for row in rows] == wanted
    listed = [scenario for row in rows for scenario in row["scenarios"].split()]
    assert sorted(listed) == [case.id for case in inventory().cases]
    assert {row["verdict"] for row in rows if row["rule"] == "USDP-03"} == {"no run"}
    assert {row["slide"] for row in rows if row["rule"] == "SEQ-01"} == {
        "Two MDM/R Synchronization Interfaces (1 of 3)"
    }


def results(**system: Any) -> dict[str, Any]:
    case = next(case for case in inventory().cases if case.judges == "USDP-03" and case.case is None)
    return {
        "system": {"name": "Their MDM/R", "version": "4", "role": "repository", **system},
        "statement": "not conformant",
        "seed": 7,
        "rules": [{"id": "USDP-03", "verdict": "not conformant"}],
        "scenarios": [{"id": case.id, "verdict": "fail"}],
    }


def test_verdicts_stand_beside_rules_scenarios_and_in_the_table() -> None:
    with_verdicts = rule_book_files(book(results()))
    assert 'class="v not-conformant"' in with_verdicts["usdp.html"].decode()
    assert 'class="v fail"' in with_verdicts["usdp.html"].decode()
    rows = list(csv.DictReader(io.StringIO(with_verdicts["rules.csv"].decode())))
    assert {row["verdict"] for row in rows if row["rule"] == "USDP-03"} == {"not conformant"}
    first = Page(with_verdicts["index.html"])
    assert "Their MDM/R 4, not conformant, seed 7" in first.text
    told = first.text[: first.text.index("Search rules")]
    assert "Their MDM/R 4, as the MDM/R: not conformant." in " ".join(told.split())
    assert "Not conformant: USDP-03." in told


def test_verdicts_of_a_repository_are_none_of_a_cis() -> None:
    rows = list(csv.DictReader(io.StringIO(rule_book_files(book(results(role="cis")))["rules.csv"].decode())))
    assert {row["verdict"] for row in rows if row["rule"] == "USDP-03"} == {"no run"}


def test_what_a_system_calls_itself_is_shown_and_not_obeyed() -> None:
    page = rule_book_files(book(results(name="<script>alert(1)</script>\u202e")))["index.html"].decode()
    assert "<script>alert" not in page
    assert html.escape("<script>alert(1)</script>") in page
    assert "\u202e" not in page


def test_a_keyboard_gets_through_a_chapter_in_hundreds_of_steps() -> None:
    for name, content in files().items():
        if name not in {"book.html", "rules.csv"}:
            stops = re.findall(r'<a (?![^>]*tabindex="-1")|<summary|<input|tabindex="0"', content.decode())
            assert len(stops) < 500, name


def test_the_same_book_gives_the_same_bytes() -> None:
    assert rule_book_files(book()) == files()


def test_a_page_allows_its_own_script_and_no_other() -> None:
    for name, content in files().items():
        scripts = re.findall("<script>(.*?)</script>", content.decode(), re.DOTALL)
        assert len(scripts) == content.count(b"<script") == (name == "index.html")
        for script in scripts:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"default-src 'none'; script-src 'sha256-{digest}'" in html.unescape(content.decode())


def test_headings_go_down_step_by_step_and_no_two_regions_of_a_page_have_one_name() -> None:
    for name, content in files().items():
        page = content.decode()
        levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
        leaps = [(upper, lower) for upper, lower in itertools.pairwise(levels) if lower > upper + 1]
        regions = Counter(re.findall(r'role="region" aria-label="([^"]*)"', page))
        assert (name, leaps, [label for label, times in regions.items() if times > 1]) == (name, [], [])
