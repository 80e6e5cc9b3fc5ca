"""`report.html`: a run for people; one file, no network; a small script of its own searches it, and nothing needs it.

The page is a template (`templates/report.html.j2`) over the results, with what the journals tell. Whatever comes from
elsewhere is made printable and escaped on its way into the page, without exception: the environment does both to every
value. What is shown of files and journals is bounded, so that the page of a large suite still opens at once; the
journals beside it hold everything. The same results, journals and record of the run give the same bytes; of the record
alone is the page's last part, its foot.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from harness.interface.profile import Profile, load_profile
from harness.port.protocol import Json
from harness.report.areas import title_of
from harness.report.causes import causes
from harness.report.evidence import Fetch, gathered
from harness.report.excerpt import Gap
from harness.report.text import counted, in_spans, printable, spoken
from harness.suite.places import lines_of_slides, numbers_of_slides
from harness.suite.verdicts import JUDGED, RuleVerdict, ScenarioVerdict

_GLYPHS: Mapping[str, str] = {
    "pass": "✓",
    "conformant": "✓",
    "passed": "✓",
    "fail": "✗",
    "failed": "✗",
    "not conformant": "✗",
    "waived": "≈",
    "blocked": "!",
    "error": "!",
    "undetermined": "?",
    "pending": "…",
    "not applicable": "?",
}
_OTHERWISE = "\N{EN DASH}"
_BROKEN = ("fail", "waived")
_OPEN = ("error", "blocked", "pending", "not applicable")
"""Verdicts of scenarios whose case is laid out at the beginning of the page, in this order: by rule, and by cause."""
_ORDER: Sequence[str] = (
    *(RuleVerdict.NOT_CONFORMANT, RuleVerdict.UNDETERMINED, RuleVerdict.CONFORMANT),
    *_BROKEN,
    *_OPEN,
    *ScenarioVerdict,
    *RuleVerdict,
)
_SCENARIOS_OPEN = 40
"""A feature of which something fails stands open, unless it has more scenarios than that."""
_CASES_LAID_OUT = 3
"""So many of them for each rule; the others are named there."""


def report_html(results: Json, journal: Fetch, record: Json | None = None, profile: Profile | None = None) -> bytes:
    """The page of a run, in UTF-8.

    :param results: the results of a run (`results.schema.json`).
    :param journal: reads a file of the run's folder by its relative path, such as a scenario's journal; None where
        there is none.
    :param record: the run's own record, `run.json`, of which the foot of the page tells; None leaves the foot out.
    :param profile: whose layouts files are read by; the workshop's where None is given.
    """
    scenarios, side = _in_reading_order(results["scenarios"]), side_of(results)
    judging = [scenario for scenario in scenarios if not scenario["advice"]]
    by_id = {scenario["id"]: scenario for scenario in scenarios}
    noticed = [_as_case(case, by_id[case["scenario"]]) for case in results["noticed"]]
    broken = _wanting(results["rules"], [*judging, *noticed])
    open_questions = [cause for verdict in _OPEN for cause in causes(judging, verdict)]
    laid_out = [case for entry in broken for case in entry.laid_out]
    first = {case["id"] for case in (*laid_out, *(cause.example for cause in open_questions))}
    first |= {scenario["id"] for scenario in judging if scenario["verdict"] in _BROKEN}
    cases = [*scenarios, *(case for case in noticed if case["id"] in first)]
    page = (
        environment()
        .get_template("report.html.j2")
        .render(
            results=results,
            record=record,
            script=_script(),
            script_hash=_hash_of(_script()),
            rules={rule["id"]: rule for rule in results["rules"]},
            by_id=by_id,
            noticed={case["id"]: case for case in noticed},
            noticed_in=_by(noticed, "scenario"),
            side=side,
            areas=_areas(rule for rule in results["rules"] if rule["binds"] != side.other),
            of_the_other=_by_class(results["rules"], OTHER_SIDE[side].class_key),
            left_out=_by(results["leaves_out"], "why"),
            features=_features(scenarios),
            broken=broken,
            open_questions=open_questions,
            cause_of={each["id"]: number for number, cause in enumerate(open_questions, 1) for each in cause.scenarios},
            passing=frozenset(rule["id"] for rule in results["rules"] if _passes(rule, by_id)),
            undetermined=[rule for rule in results["rules"] if rule["verdict"] == "undetermined"],
            evidence=gathered(cases, first, journal, profile or load_profile(None)),
            slides=lines_of_slides(),
            numbers=numbers_of_slides(),
            ran=sum(bool(scenario["journal"]) for scenario in scenarios),
            judged=sum(rule["verdict"] in JUDGED for rule in results["rules"]),
            classes=[_class(entry, results["rules"], side.class_key) for entry in results["classes"]],
            verdicts=[
                *dict.fromkeys(
                    (*_tally(s["verdict"] for s in scenarios), *_tally(r["verdict"] for r in results["rules"]))
                )
            ],
        )
    )
    return spared(page).encode()


def _passes(rule: Json, scenarios: Mapping[str, Json]) -> bool:
    """Whether there are scenarios of a rule, and each of them passes."""
    return {scenarios[scenario]["verdict"] for scenario in rule["scenarios"]} == {"pass"}


_UNNEEDED = re.compile(
    r"</li>\s*(?=<li[ >]|</[ou]l>)|</t[dh]>\s*(?=<t[dh][ >]|</tr>)|</tr>\s*(?=<tr[ >]|</(?:table|tbody|thead)>)"
    r"|</d[td]>\s*(?=<d[td][ >]|</dl>|</div>)"
    r"|</p>\s*(?=<(?:p|[du]l|ol|pre|div|details)[ >]|</(?:div|details|article|li)>)"
)
"""End tags that HTML lets one leave out, with the space behind them."""
_EMPTY_LINES = re.compile(r">\n{2,}<")
_BETWEEN_TAGS = re.compile(r">[^<>]*&#3[49];[^<>]*")
_START_TAG = re.compile(r"<[a-z][a-z0-9]* [^<>]*>")
_IN_ONE_WORD = re.compile(r"""(?<= )([a-z-]+)="([^\s"'=<>`]+)"(?=[ >])""")


def spared(page: str) -> str:
    """A page in fewer bytes that reads the same: without what HTML lets one leave out, and with quotes as they are.

    That is end tags that say nothing, and the quotes around attributes of one word: tens of thousands of each.
    Text that comes from elsewhere is escaped, so it has no tags; its quotes are but where they do not end an attribute.
    """
    page = _EMPTY_LINES.sub(">\n<", _UNNEEDED.sub("", page))
    page = _START_TAG.sub(lambda tag: _IN_ONE_WORD.sub(r"\1=\2", tag[0]), page)
    return _BETWEEN_TAGS.sub(lambda text: text[0].replace("&#34;", '"').replace("&#39;", "'"), page)


@functools.cache
def _script() -> Markup:
    """The page's own script."""
    return Markup(environment().get_template("report.js").render())  # noqa: S704 (of our own making)


def _hash_of(script: str) -> str:
    """By what a browser knows the one script that the page allows."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _by(entries: Iterable[Json], key: str) -> dict[str, list[Json]]:
    """Entries by what they have under a key, in their order."""
    found: dict[str, list[Json]] = {}
    for entry in entries:
        found.setdefault(entry[key], []).append(entry)
    return found


def _as_case(noticed: Json, scenario: Json) -> Json:
    """What the referee noticed, with what it shares with the scenario in whose conversation it did."""
    return {**{key: scenario[key] for key in ("name", "case", "feature", "advice")}, "stderr": [], **noticed}


def _in_reading_order(scenarios: Iterable[Json]) -> list[Json]:
    """As they stand in the feature files."""
    return sorted(scenarios, key=lambda s: (s["feature"]["file"], s["feature"]["line"], s["id"]))


# --- the side of the interface that was judged ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """Whose rules a page is about.

    :param role: as results name it, and `other` the other one.
    :param whom: what it is called, as in: what the workshop asks of a CIS.
    :param class_key: under which key a rule's entry has the class that it counts for.
    """

    role: str
    other: str
    name: str
    whom: str
    class_key: str


_SIDES = (
    Side("repository", "cis", "repository", "a repository", "class"),
    Side("cis", "repository", "CIS", "a CIS", "cis_class"),
)
OTHER_SIDE = dict(zip(_SIDES, reversed(_SIDES), strict=True))


def side_of(results: Json) -> Side:
    """The side of the system that was judged."""
    return next(side for side in _SIDES if side.role == results["system"]["role"])


# --- rules, classes, features --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Area:
    """The rules of one area; open where there is something to see at once."""

    id: str
    title: str
    rules: Sequence[Json]
    counts: Mapping[str, int]
    open: bool


def _areas(listed: Iterable[Json]) -> list[Area]:
    areas, rules = [], list(listed)
    for area in dict.fromkeys(rule["area"] for rule in rules):
        of_area = [rule for rule in rules if rule["area"] == area]
        counts = _tally(rule["verdict"] for rule in of_area)
        wanting = RuleVerdict.NOT_CONFORMANT in counts
        areas.append(Area(area, title_of(area), of_area, counts, wanting))
    return areas


def _by_class(rules: Iterable[Json], key: str) -> Mapping[str, list[Json]]:
    """The rules that count for a class, by that class."""
    classes: dict[str, list[Json]] = {}
    for rule in rules:
        if rule[key] != "none":
            classes.setdefault(rule[key], []).append(rule)
    return classes


def _tally(verdicts: Iterable[str]) -> dict[str, int]:
    """How many there are of each verdict, the graver first."""
    counts = Counter(verdicts)
    return {verdict: counts[verdict] for verdict in sorted(counts, key=_ORDER.index)}


@dataclass(frozen=True, slots=True)
class Class:
    """A conformance class, and how many of its rules have which verdict."""

    name: str
    verdict: str
    statement: str
    counts: Mapping[str, int]


def _class(entry: Json, rules: Sequence[Json], key: str) -> Class:
    counts = _tally(rule["verdict"] for rule in rules if rule[key] == entry["class"])
    statement = entry["statement"].removeprefix(entry["verdict"]).strip()
    return Class(entry["class"], entry["verdict"], statement, counts)


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature, its scenarios in groups under the rule that they illustrate."""

    file: str
    title: str
    groups: Sequence[tuple[str | None, Sequence[Json]]]
    counts: Mapping[str, int]
    open: bool


def _features(scenarios: Sequence[Json]) -> list[Feature]:
    features = []
    for file, of_file in groupby(scenarios, key=lambda s: str(s["feature"]["file"])):
        found = list(of_file)
        groups = [(text, list(group)) for text, group in groupby(found, key=lambda s: s["rule_text"])]
        counts = _tally(s["verdict"] for s in found)
        is_open = "fail" in counts and len(found) <= _SCENARIOS_OPEN
        features.append(Feature(file, found[0]["feature"]["title"], groups, counts, is_open))
    return features


@dataclass(frozen=True, slots=True)
class Wanting:
    """A rule of which not everything held: the cases laid out, and further ones that are only named.

    A case is a scenario, or what was noticed in one's conversation.
    """

    rule: Json
    laid_out: Sequence[Json]
    named: Sequence[Json]


def _wanting(rules: Iterable[Json], cases: Sequence[Json]) -> list[Wanting]:
    """The rules that do not hold, then the waived ones, in the order of the catalogue, each with what led to it."""
    bad = _by((case for verdict in _BROKEN for case in cases if case["verdict"] == verdict), "rule")
    return [
        Wanting(rule, bad[rule["id"]][:_CASES_LAID_OUT], bad[rule["id"]][_CASES_LAID_OUT:])
        for verdict in ("not conformant", "waived")
        for rule in rules
        if rule["verdict"] == verdict and rule["id"] in bad
    ]


# --- the page ------------------------------------------------------------------------------------------------


@functools.cache
def environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("harness.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        anchor=_anchor, slug=_slug, glyph=_glyph, counted=counted, capital=_capital, spoken=spoken, in_spans=in_spans
    )
    environment.tests.update(gap=lambda part: isinstance(part, Gap), noticed=lambda case: "followed_by" in case)
    return environment


def _fit(value: Any) -> Any:
    """Make every value printable that is not markup of the template itself."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _anchor(identifier: str) -> str:
    """An id as the fragment of a link."""
    return quote(printable(identifier), safe="/")


def _slug(verdict: str) -> str:
    return verdict.replace(" ", "-")


def _glyph(verdict: str) -> str:
    return _GLYPHS.get(verdict, _OTHERWISE)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
