"""`report.html`: what stands on the page, that nothing breaks out of it, and that a large run has a usable one."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from harness.report.html import report_html
from harness.suite.verdicts import RuleVerdict, ScenarioVerdict

VOID = frozenset({"meta", "input", "line", "rect", "br"})
ENDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("p", "ol", "ul", "dl", "pre", "div", "details"), frozenset({"p"})),
    "li": frozenset({"p", "li"}),
    **dict.fromkeys(("dt", "dd"), frozenset({"p", "dt", "dd"})),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th"})),
    "tr": frozenset({"td", "th", "tr"}),
}
"""What each start tag ends that has no end tag of its own."""
MAY_STAY_OPEN = frozenset({"p", "li", "dt", "dd", "td", "th", "tr"})
VERDICTS = frozenset(
    verdict.replace(" ", "-") for verdict in (*ScenarioVerdict, *RuleVerdict, "passed", "failed", "not run")
)


class Page(HTMLParser):
    """A page taken apart: its elements in order, its text, its ids and links; and that every element is closed.

    What a reader says of a file is no part of the elements: there is more of it the more is wrong with the file.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.of_class: list[tuple[str, list[str]]] = []
        self.marked: list[str] = []
        self._open: list[str] = []
        self._read_at = 0
        self._listening: list[tuple[int, list[str]]] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end(ENDS.get(tag, frozenset()))
        given = {name: value or "" for name, value in attrs}
        if not self._read_at:
            self.elements.append((tag, tuple(sorted(given))))
        self.attributes += given.items()
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        words: list[str] = [given["aria-label"]] if "aria-label" in given else []
        self.of_class += [(name, words) for name in given.get("class", "").split()]
        if tag == "mark":
            self.marked.append("")
        if tag not in VOID:
            self._open.append(tag)
            self._read_at = len(self._open) if given.get("class") == "read" else self._read_at
            self._listening.append((len(self._open), words))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._end(MAY_STAY_OPEN - {tag})
            assert self._open[-1] == tag
            self._close()

    def _end(self, tags: frozenset[str]) -> None:
        while self._open and self._open[-1] in tags:
            self._close()

    def _close(self) -> None:
        self._open.pop()
        self._listening.pop()
        self._read_at = self._read_at if len(self._open) >= self._read_at else 0

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        for _, words in self._listening:
            words.append(data)
        if "mark" in self._open:
            self.marked[-1] += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def page_of(run: Any) -> Page:
    return Page(report_html(run.results, run.fetch))


# --- what stands on it -----------------------------------------------------------------------------------


def test_a_sentence_is_parted_from_the_one_before(written: Callable[..., Any]) -> None:
    run = written()
    run.results |= {"selection": "FTS", "profile": {**run.results["profile"], "assumed_layouts": True}}
    text = page_of(run).text
    assert "was not at hand. Only selected scenarios were run" in text
    assert not re.search(r"[a-z]\.[A-Z][a-z]", text)


def test_two_builds_give_the_same_bytes(written: Callable[..., Any]) -> None:
    first, second = written(), written()
    assert report_html(first.results, first.fetch) == report_html(second.results, second.fetch)


def test_what_html_lets_one_leave_out_changes_nothing_that_is_read(
    written: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = written(text=lambda text: f"{text} a=\"b\" c='d' <li> e=f")
    page = report_html(run.results, run.fetch)
    monkeypatch.setattr("harness.report.html.spared", lambda page: page)
    spelled_out = report_html(run.results, run.fetch)
    assert len(page) < len(spelled_out)
    assert (Page(page).text, Page(page).elements) == (Page(spelled_out).text, Page(spelled_out).elements)
    assert Page(page).attributes == Page(spelled_out).attributes


def test_the_verdict_and_its_limits_come_before_everything_else(written: Callable[..., Any]) -> None:
    text = page_of(written()).text
    head = text[text.index("Conformance report") : text.index("Conformance classes")]
    for stated in (
        "Not conformant (assumed layouts)",
        "3 of 5 scenarios ran; of 4 rules that bind a repository 2 came to a verdict, 1 was tried and came to none",
        "1 fail",
        "Example MDM/R 3.1, in the role of the repository; claims FTS, USDP",
        "stdio:./adapter",
        "Profile workshop-2010",
        "Seed 0",
        "Exit code 1",
    ):
        assert stated in head


def test_what_the_verdict_leaves_out_is_named_with_the_reason(written: Callable[..., Any]) -> None:
    page = page_of(written())
    assert "What the verdict leaves out # 1 rule undetermined" in page.text
    assert "could not be judged Class SYNC not claimed" in page.text
    assert page.text.index("What the verdict leaves out") < page.text.index("Conformance classes")


def test_a_fail_shows_rule_slide_expectation_observation_and_how_to_see_it_again(written: Callable[..., Any]) -> None:
    text = page_of(written()).text
    card = text[text.rindex("What did not hold") : text.rindex("Rules at a glance")]
    for stated in (
        "USDP-01",
        "The response lists each SDP ID of the request.",
        "Workshop slides 19, 20, “LDC and MDM/R Identifiers”, lines 321, 347 of its text",
        "Expected a Universal SDP ID for 'Mill' Observed the field is empty",
        "ORG11111.ORG11111.2000.01.20110110081500.DAT ◄ line 3 is in question",
        "mdmr-conform run --select usdp/a/failing",
    ):
        assert stated in card


def test_the_line_in_question_is_marked_by_colour_and_sign(written: Callable[..., Any]) -> None:
    assert set(page_of(written()).marked) == {"► 3DT|SDP-1||03\n"}


def test_what_came_to_no_verdict_stands_apart_from_what_did_not_hold(written: Callable[..., Any]) -> None:
    text = page_of(written()).text
    apart = text[text.rindex("What came to no verdict") : text.rindex("Rules at a glance")]
    assert "1 scenario error broken scenario" in apart
    assert "The adapter failed (exit): the process ended" in apart
    assert "1 rule is undetermined No scenario of them fails, and at least one could not be judged. USDP-03" in apart


def test_error_output_of_the_system_is_shown_with_an_error(written: Callable[..., Any]) -> None:
    assert "Last lines of the system's error output Traceback ValueError: no" in page_of(written()).text


def test_what_was_noticed_is_laid_out_under_its_rule_and_at_the_scenario_in_which_it_was(
    written: Callable[..., Any],
) -> None:
    page = page_of(written())
    text = page.text
    card = text[text.rindex("What did not hold") : text.rindex("Rules at a glance")]
    for stated in (
        "FTS-09 not conformant",
        "noticed in passing scenario \N{EN DASH} case fail",
        "Expected an End Of File record last Observed no such record",
        "3 times in this conversation. In consequence: USDP-01",
        "mdmr-conform run --select noticed/FTS-09/usdp/a/passing",
    ):
        assert stated in card
    assert "Noticed in 1 conversation" in text
    assert text.count("Expected an End Of File record last") == 2
    assert "fail noticed: FTS-09 , 2000 for Lakeside" in text
    assert "1 noticed besides by the referee" in text
    assert not any("noticed" in link for link in page.links)


def test_every_rule_links_to_its_scenarios_and_every_scenario_to_its_rule(written: Callable[..., Any]) -> None:
    run = written()
    page = page_of(run)
    for rule in (rule for rule in run.results["rules"] if rule["binds"] != "cis"):
        assert f"#rule/{rule['id']}" in page.links
        assert f"rule/{rule['id']}" in page.ids
    for scenario in run.results["scenarios"]:
        assert f"#scenario/{scenario['id']}" in page.links
        assert f"scenario/{scenario['id']}" in page.ids


def test_rules_of_the_other_side_stand_apart(written: Callable[..., Any]) -> None:
    page = page_of(written())
    said = page.text[page.text.index("What the workshop asks of a CIS:") :]
    assert (
        said.index("the verdict says nothing of it") < said.index("CIS-SYNC") < said.index("All SDPs are in a P-Sync")
    )
    assert page.text.count("All SDPs are in a P-Sync") == 1


def test_steps_stand_with_their_outcomes_and_tables(written: Callable[..., Any]) -> None:
    text = page_of(written()).text
    assert "passed Given a request LDC SDP Lakeside Mill" in text
    assert "failed Then an answer" in text
    assert "Given a request LDC SDP Lakeside Mill Then an answer passed : every step" in text


def test_the_picture_says_in_words_who_sent_what_when(written: Callable[..., Any]) -> None:
    assert (
        "Mon 10 Jan 2011 08:00:00 1 · 1000.00 Lakeside → MDM/R 08:00:00 2 · 1000.00 ORG99999 → MDM/R "
        "08:15:00 3 · 2000.01 ◄ MDM/R → Lakeside Tue 11 Jan 2011 08:15:59 watched until here"
    ) in page_of(written()).text


def test_the_picture_leads_to_the_files(written: Callable[..., Any]) -> None:
    page = page_of(written())
    files = [link.removeprefix("#") for link in page.links if re.fullmatch(r"#f\d+\.\d+", link)]
    assert len(files) > 3
    assert set(files) <= set(page.ids)


def test_the_journal_stands_as_a_conversation_with_where_its_bytes_are(written: Callable[..., Any]) -> None:
    text = page_of(written()).text
    assert "Journal, 13 entries As a conversation here; byte for byte in journals/usdp/a/failing.jsonl" in text
    assert (
        "suite → system submit file ORG11111.ORG11111.1000.00.20110110080000.DAT organisation ORG99999 content 6 bytes"
    ) in text
    assert "system → suite exit detail the process ended" in text


def test_the_line_in_question_stands_field_by_field_with_what_a_reader_finds(written: Callable[..., Any]) -> None:
    text = page_of(written()).text
    shown = text[text.index("Line 3, field by field") :]
    assert shown.startswith(
        "Line 3, field by field record DT (assignment_response) ldc_org_id SDP-1 sdp_id empty universal_sdp_id 03 "
        "What a reader finds wrong with it, whatever is judged"
    )
    assert "line 3: found 3, expected 5 fields after DT" in shown


def test_a_fail_names_the_other_rules_that_are_broken_in_its_conversation(written: Callable[..., Any]) -> None:
    run = written()
    failing = next(s for s in run.results["scenarios"] if s["verdict"] == "fail")
    run.results["noticed"][0]["scenario"] = failing["id"]
    text = page_of(run).text
    card = text[text.rindex("What did not hold") : text.rindex("Rules at a glance")]
    assert "In the same conversation the referee noticed FTS-09 broken, of which this may come." in card


def test_the_verdict_names_the_rules_that_are_broken_and_counts_those_without_a_verdict(
    written: Callable[..., Any],
) -> None:
    verdict = page_of(written()).text.partition("Conformance classes")[0]
    assert "Broken FTS-09 , USDP-01 " in verdict
    assert "1 rule undetermined no scenario of them fails, and at least one could not be judged" in verdict


def test_a_class_says_of_how_many_rules_its_verdict_is(written: Callable[..., Any]) -> None:
    assert "USDP not conformant (2 of 2 rules judged)" in page_of(written()).text


def test_the_foot_alone_tells_when_the_run_was(written: Callable[..., Any]) -> None:
    run = written()
    pages = [
        report_html(run.results, run.fetch, {"started": started})
        for started in ("2030-01-31T08:00:00-05:00", "2030-02-01T09:30:00-05:00")
    ]
    bodies = [re.sub(rb"<footer>.*</footer>", b"", page, flags=re.DOTALL) for page in pages]
    assert bodies[0] == bodies[1]
    assert b"Run on Thu 31 Jan 2030 08:00:00 EST by mdmr-conform 0.1.0" in pages[0]
    assert b"Run on Fri 1 Feb 2030 09:30:00 EST" in pages[1]


def test_every_heading_of_a_section_and_a_scenario_has_a_link_to_itself(written: Callable[..., Any]) -> None:
    run = written()
    page = page_of(run)
    places = ["broken", "open", "matrix", "rules", "scenarios", "run"]
    for place in (*places, *(f"scenario/{scenario['id']}" for scenario in run.results["scenarios"])):
        assert f"#{place}" in page.links, place


# --- a page of its own, readable by anybody -------------------------------------------------------------------


def test_nothing_is_fetched_from_anywhere(written: Callable[..., Any]) -> None:
    run = written()
    page = page_of(run)
    assert {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "embed", "form"} == set()
    assert {name for name, _ in page.attributes} & {"src", "srcset", "action", "style", "ping"} == set()
    assert all(link.startswith("#") for link in page.links)
    assert re.search(rb"url\(|@import|https?:|xlink", report_html(run.results, run.fetch)) is None


def test_one_script_runs_the_page_s_own(written: Callable[..., Any]) -> None:
    run = written(text=lambda text: f"{text}</script><script>alert(1)</script>")
    scripts = re.findall(rb"<script>(.*?)</script>", report_html(run.results, run.fetch), re.DOTALL)
    assert len(scripts) == 1
    allowed = base64.b64encode(hashlib.sha256(scripts[0]).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'"
    assert ("content", policy) in page_of(run).attributes


def test_without_the_script_nothing_is_hidden_but_what_is_the_script_s(written: Callable[..., Any]) -> None:
    hidden = [attributes for _, attributes in page_of(written()).elements if "hidden" in attributes]
    assert all("class" in attributes or attributes == ("hidden", "id", "type") for attributes in hidden)


def test_every_link_leads_to_one_place_on_the_page(written: Callable[..., Any]) -> None:
    page = page_of(written(text=lambda text: f"{text} <&\u202e%20"))
    assert len(page.ids) == len(set(page.ids))
    assert {unquote(link.removeprefix("#")) for link in page.links} <= set(page.ids)


def test_no_verdict_is_told_by_colour_alone(written: Callable[..., Any]) -> None:
    coloured = [(name, "".join(words)) for name, words in page_of(written()).of_class if name in VERDICTS]
    assert len(coloured) > 20
    assert [(name, words) for name, words in coloured if name.replace("-", " ") not in words.lower()] == []


# --- hostile text ----------------------------------------------------------------------------------------

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</pre></details></article></main></body></html>",
    "</style><style>*{display:none}</style>",
    "]]></title><!-- ",
    "&lt;b&gt;&#0;&",
    "{{ 7*7 }}{% raw %}",
    "\x00\x01\x1b[31m\x7f\x85\r",
    "\u202egnp.exe\u2066\u2028",
    "a\n\nb\tc",
    "x" * 3000,
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_in_every_field_changes_nothing_of_the_page_but_text(
    written: Callable[..., Any], hostile: str
) -> None:
    harmless = page_of(written())
    attacked = page_of(written(text=lambda text: text + hostile))
    assert attacked.elements == harmless.elements


@pytest.mark.parametrize("hostile", HOSTILE[:9])
def test_hostile_content_of_a_file_stays_inside_its_line(written: Callable[..., Any], hostile: str) -> None:
    lines = [b"FN|x", b"FH|y", hostile.encode() + b"\xff\xfe", b"EF|1", b""]
    page, harmless = page_of(written(response=b"\r\n".join(lines))), page_of(written())
    assert page.elements == harmless.elements
    assert {tag for tag, _ in page.elements} == {tag for tag, _ in harmless.elements}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_page_holds_no_character_that_is_invisible_or_turns_the_writing(
    written: Callable[..., Any], hostile: str
) -> None:
    run = written(text=lambda text: text + hostile)
    text = report_html(run.results, run.fetch).decode()
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text) is None


def test_a_lone_surrogate_is_shown_by_its_number(written: Callable[..., Any]) -> None:
    run = written()
    run.results["scenarios"][0]["message"] = "odd \ud800"
    assert b"[U+D800]" in report_html(run.results, run.fetch)


# --- large and damaged runs ----------------------------------------------------------------------------------


def many(run: Any, number: int) -> dict[str, Any]:
    """The results of a run with its scenarios over and over."""
    results = copy.deepcopy(run.results)
    scenarios: list[dict[str, Any]] = []
    for copy_number in range(number // len(run.results["scenarios"])):
        scenarios += [scenario | {"id": f"{scenario['id']}-{copy_number}"} for scenario in run.results["scenarios"]]
    (noticed,) = run.results["noticed"]
    results["scenarios"] = scenarios
    results["noticed"] = [
        noticed | {"id": f"noticed/{noticed['rule']}/{scenario['id']}", "scenario": scenario["id"]}
        for scenario in scenarios
    ]
    for rule in results["rules"]:
        rule["noticed"] = [case["id"] for case in results["noticed"] if case["rule"] == rule["id"]]
        rule["scenarios"] = [scenario["id"] for scenario in scenarios if scenario["rule"] == rule["id"]]
    return results


def test_400_scenarios_with_many_and_large_files_stay_within_a_few_megabytes(written: Callable[..., Any]) -> None:
    run = written(response=b"DT|0123456789|0123456789|0123456789\r\n" * 300)
    scenario = next(s for s in run.results["scenarios"] if s["name"] == "passing scenario")
    files = [run.delivered("2011-01-10T00:00:00-05:00")] * 30
    scenario["journal"] = run._journal("passing", [*run.begin(), *run.advance("2011-01-10T00:00:00-05:00", *files)])
    content = report_html(many(run, 400), run.fetch)
    assert len(Page(content).ids) > 400
    assert len(content) < 3_000_000


def blocked(scenario: dict[str, Any]) -> dict[str, Any]:
    """A scenario as if its second step could not be taken."""
    outcomes = ["passed", "blocked", *["not run"] * len(scenario["steps"])]
    steps = [step | {"outcome": outcome} for step, outcome in zip(scenario["steps"], outcomes, strict=False)]
    said = {"message": "no response", "expected": "a response by 2011-01-10T00:15:59-05:00", "observed": "none"}
    return scenario | said | {"verdict": "blocked", "steps": steps, "reproduce": "mdmr-conform run"}


def test_each_scenario_costs_the_page_few_bytes_also_where_most_is_blocked(whole_run: tuple[Any, Path]) -> None:
    _, folder = whole_run
    results = json.loads((folder / "results.json").read_bytes())

    def fetch(path: str) -> bytes | None:
        return (folder / path).read_bytes() if (folder / path).exists() else None

    number = len(results["scenarios"])
    assert len(report_html(results, fetch)) / number < 2_300
    first = results["rules"][0]["id"]
    results["scenarios"] = [blocked(each) if at % 10 else each for at, each in enumerate(results["scenarios"])]
    results["noticed"] = [
        {name: each[name] for name in ("file", "record", "journal", "waiver", "reproduce")}
        | {"id": f"noticed/{first}/{each['id']}", "rule": first, "scenario": each["id"], "verdict": "fail"}
        | {"expected": each["expected"], "observed": "none", "message": "", "reported": []}
        | {"about": "request ORG11111.ORG11111.1000.00.20110110080000.DAT", "times": 1, "followed_by": []}
        for each in results["scenarios"]
        if each["verdict"] == "blocked"
    ]
    results["rules"][0] |= {"verdict": "not conformant", "noticed": [each["id"] for each in results["noticed"]]}
    assert len(report_html(results, fetch)) / number < 2_900


def test_of_the_fails_of_one_rule_three_are_laid_out_and_the_others_named(written: Callable[..., Any]) -> None:
    run = written()
    text = Page(report_html(many(run, 50), run.fetch)).text
    card = text[text.rindex("What did not hold") : text.rindex("Rules at a glance")]
    assert card.count("Expected a Universal SDP ID") == 3
    assert "17 more cases of this rule" in card
    assert card.count("Expected an End Of File record last") == 3
    assert "47 more cases of this rule" in card


def test_what_has_one_cause_is_laid_out_once_with_what_the_reports_say(written: Callable[..., Any]) -> None:
    run = written()
    for number, scenario in enumerate(run.results["scenarios"][:2]):
        scenario |= {
            "verdict": "blocked",
            "expected": f"I-Sync set {number} (TX_ID a{number}) has been processed",
            "observed": f"no such report; in the mailbox: a{number}.DAT",
            "reported": [f"IR14 for TX_ID a{number} says FAILED: it was not issued"],
        }
    text = page_of(run).text
    apart = text[text.rindex("What came to no verdict") : text.rindex("Rules at a glance")]
    assert "2 scenarios blocked" in apart
    assert apart.count("says FAILED: it was not issued") == 1
    assert "2 scenarios with this cause" in apart


def test_a_changed_journal_is_named_and_shows_nothing(written: Callable[..., Any]) -> None:
    run = written()
    journal = run.folder / "failing"
    journal.write_bytes(journal.read_bytes().replace(b"DT|SDP-1", b"DT|SDP-2"))
    page = page_of(run)
    assert "Nothing is shown of what passed: the journal is not the one of this run: entry 11" in page.text
    assert page.marked == []


def test_a_journal_that_is_gone_is_named(written: Callable[..., Any]) -> None:
    run = written()
    assert page_of(run).text.count("The journal is not at hand.") == 0
    assert Page(report_html(run.results, lambda _: None)).text.count("The journal is not at hand.") == 3


@pytest.mark.parametrize(
    "body",
    [
        {"message": "submit"},
        {"message": "begin", "instant": 5, "organisations": [{}]},
        {"message": "submit", "organisation": [], "name": 5, "content": 7},
        {"nothing": 1},
    ],
)
def test_a_journal_that_is_whole_but_not_of_the_protocol_is_named(written: Callable[..., Any], body: Any) -> None:
    run = written()
    scenario = next(s for s in run.results["scenarios"] if s["name"] == "passing scenario")
    scenario["journal"] = run._journal("passing", [("request", body)])
    assert "entry 1 of the journal does not follow the protocol" in page_of(run).text


def test_a_run_of_no_scenario_has_a_page(written: Callable[..., Any]) -> None:
    run = written()
    run.results |= {"scenarios": [], "noticed": []}
    for rule in run.results["rules"]:
        rule |= {"scenarios": [], "noticed": []}
    assert "None was run." in page_of(run).text


def test_content_by_path_is_read_from_the_shared_folder_alone(written: Callable[..., Any], tmp_path: Path) -> None:
    run = written()
    digest = "d" * 64
    asked: list[str] = []

    def fetch(path: str) -> bytes | None:
        asked.append(path)
        return b"DT|large\n" if path == f"shared/{digest}" else run.fetch(path)

    scenario = next(s for s in run.results["scenarios"] if s["name"] == "passing scenario")
    for kept in (digest, "../../secret"):
        by_path = run.delivered("2011-01-10T00:00:00-05:00") | {"content": {"path": "large", "sha256": kept}}
        passed = [*run.begin(), *run.advance("2011-01-10T00:00:00-05:00", by_path)]
        scenario["journal"] = run._journal("passing", passed)
        text = Page(report_html(run.results, fetch)).text
        assert ("DT|large" in text) == (kept == digest)
    assert [path for path in asked if "secret" in path] == []
