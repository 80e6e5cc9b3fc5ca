"""The report in Chromium: searched, filtered, linked, narrow, dark, printed, held to axe-core, and without its script.

Runs where Chromium and the packages of `requirements-clients.txt` are installed (`make test-clients`); elsewhere it is
skipped by name.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.report.html import report_html
from tests.report.test_html import many

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make test-clients")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: make test-clients")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

LIMIT = 60_000
"""So many milliseconds a call of the browser may take before it counts as hanging; it is no measure of speed."""
SCENARIOS = 200
EACH = SCENARIOS // 5
"""So many scenarios there are of each of the five kinds of the run written by hand."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=LIMIT)
        yield opened
        opened.close()


@pytest.fixture
def opened(browser: Any, written: Callable[..., Any], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a large run; what goes wrong in its script fails the test."""
    run = written()
    page_file = tmp_path / "report.html"
    page_file.write_bytes(report_html(many(run, SCENARIOS), run.fetch, {"started": "2030-01-31T08:00:00-05:00"}))
    wrong: list[str] = []
    pages: list[Any] = []

    def open_page(width: int = 1400, at: str = "", **options: Any) -> Any:
        page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True, **options)
        page.set_default_timeout(LIMIT)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{page_file.as_uri()}{at}")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert wrong == []


def search(page: Any, words: str) -> str:
    """What the page says of a search, once it has said it."""
    before = page.inner_text("#told")
    page.fill("#search", words)
    page.wait_for_function("before => document.getElementById('told').textContent !== before", arg=before)
    return str(page.inner_text("#told"))


def test_a_search_narrows_the_page_and_gives_it_back(opened: Callable[..., Any]) -> None:
    page = opened()
    assert search(page, "usdp-03") == f"1 rule, {EACH} scenarios"
    assert page.locator("#rule\\/USDP-01").is_hidden()
    assert page.locator("article:visible").count() == EACH
    assert search(page, "1000.00.20110110080000.dat failing") == f"0 rules, {EACH} scenarios"
    page.click("#clear")
    assert page.inner_text("#told") == ""
    assert page.locator("article[hidden]").count() == 0


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("verdict", "fail", f"0 rules, {EACH} scenarios"),
        ("class", "SYNC", f"1 rule, {EACH} scenarios"),
        ("area", "USDP", f"2 rules, {4 * EACH} scenarios"),
        ("role", "cis", "1 rule, 0 scenarios"),
    ],
)
def test_the_page_is_filtered(opened: Callable[..., Any], name: str, value: str, said: str) -> None:
    page = opened()
    page.select_option(f"select[name={name}]", value)
    assert page.inner_text("#told") == said


def test_a_link_opens_what_it_leads_to_and_there_is_a_way_back(opened: Callable[..., Any]) -> None:
    page = opened()
    page.click("#matrix a >> nth=0")
    assert page.locator("#rule\\/FTS-09").is_visible()
    page.locator("#back").click()
    page = opened(at="#scenario/usdp/a/failing-7")
    assert page.locator("[id='scenario/usdp/a/failing-7'] ol.steps").is_visible()


@pytest.mark.parametrize("width", [420, 1400])
def test_what_a_link_leads_to_is_not_behind_the_bar(opened: Callable[..., Any], width: int) -> None:
    page = opened(width=width)
    page.evaluate("location.hash = '#scenario/usdp/a/failing-7'")
    page.wait_for_selector("#back", state="visible")
    page.wait_for_function("document.getElementById('scenario/usdp/a/failing-7').getBoundingClientRect().top < 500")
    bar = page.evaluate("document.querySelector('.bar').getBoundingClientRect().bottom")
    assert page.evaluate("document.getElementById('scenario/usdp/a/failing-7').getBoundingClientRect().top") >= bar


def test_the_keyboard_reaches_the_search_and_leaves_it(opened: Callable[..., Any]) -> None:
    page = opened()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == ""
    stops = (
        "[...document.querySelectorAll('a[href],button,input,select,summary')].filter(e => e.checkVisibility()).length"
    )
    assert page.evaluate(stops) < 200


def test_each_verdict_has_a_sign_besides_its_word_and_its_colour(opened: Callable[..., Any]) -> None:
    sign = "v => [v.textContent, getComputedStyle(v, '::before').content[1]]"
    signs = opened().evaluate(f"[...document.querySelectorAll('article .v')].map({sign})")
    of_scenarios = {"pass": "✓", "fail": "✗", "waived": "≈", "error": "!", "not claimed": "\N{EN DASH}"}
    assert dict(signs) == of_scenarios | {"passed": "✓", "failed": "✗"}


OVERFLOWING = """() => {
  document.querySelectorAll('details').forEach(each => { each.open = true; });
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.width && box.right > width + 1 && !each.closest('.wide, nav');
  }).map(each => each.outerHTML.slice(0, 100));
}"""


def test_nothing_is_wider_than_420_px_whatever_is_open(opened: Callable[..., Any]) -> None:
    assert opened(width=420).evaluate(OVERFLOWING) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened: Callable[..., Any], scheme: str) -> None:
    page = opened(color_scheme=scheme, at="#scenario/usdp/a/failing-0")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in {"serious", "critical"}] == []


def test_it_prints_as_a_certificate_of_at_most_four_pages(opened: Callable[..., Any]) -> None:
    printed = opened().pdf(format="Letter")
    assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 4


def broken(run: Any, number: int) -> dict[str, Any]:
    """The results of a run of 150 rules, of which so many are broken, each in a scenario of its own."""
    results = many(run, 5)
    (rule, *_), failing = results["rules"], next(s for s in results["scenarios"] if s["verdict"] == "fail")
    rules = [
        rule
        | {"id": f"{area}-{place:02}", "area": area, "verdict": "conformant", "scenarios": [], "noticed": []}
        | {"text": "A file that is delivered says to whom it goes, and of what it tells, record by record. " * 2}
        for area in (
            "FTS",
            "USDP",
            "SYN",
            "SEQ",
            "STL",
            "ISY",
            "PSY",
            "SRP",
            "BQ",
            "BSV",
            "WIN",
            "SEG",
            "SUM",
            "ODE",
            "BRP",
        )
        for place in range(1, 11)
    ]
    scenarios = []
    for place, each in enumerate(rules[:number]):
        said = {"expected": f"one response to request {place} of ORG11111", "observed": f"no such response, {place}"}
        scenarios.append(failing | said | {"id": f"usdp/a/broken-{place}", "rule": each["id"]})
        each |= {"verdict": "not conformant", "scenarios": [f"usdp/a/broken-{place}"]}
    return results | {"rules": rules, "scenarios": scenarios, "noticed": []}


def test_the_certificate_of_a_dozen_broken_rules_says_all_on_at_most_four_pages(
    browser: Any, written: Callable[..., Any], tmp_path: Path
) -> None:
    run = written()
    page_file = tmp_path / "report.html"
    page_file.write_bytes(report_html(broken(run, 12), run.fetch, {"started": "2030-01-31T08:00:00-05:00"}))
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.set_default_timeout(LIMIT)
    page.goto(page_file.as_uri())
    page.emulate_media(media="print")
    told = page.inner_text("#broken")
    assert all(f"one response to request {place} of" in told for place in range(12))
    assert all(f"no such response, {place}" in told for place in range(12))
    printed = page.pdf(format="Letter")
    page.close()
    assert 2 <= len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 4


def test_without_its_script_the_page_is_read_all_the_same(opened: Callable[..., Any]) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#tools").is_hidden()
    page.locator("[id='feature/usdp/a.feature'] > details > summary").click()
    page.locator("[id='scenario/usdp/a/failing-0'] > details > summary").click()
    assert page.locator("[id='scenario/usdp/a/failing-0'] ol.steps").is_visible()
