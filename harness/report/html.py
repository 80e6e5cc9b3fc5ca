"""`report.html`: a run for people; one file, no network, readable and navigable without scripts.

The page is a template (`templates/report.html.j2`) over the results, with what the journals tell. Whatever comes from
elsewhere is made printable and escaped on its way into the page, without exception: the environment does both to every
value. What is shown of files and journals is bounded, so that the page of a large suite still opens at once; the
journals beside it hold everything. The same results and journals give the same bytes.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from harness.interface.profile import load_profile
from harness.port.protocol import Json
from harness.report.causes import causes
from harness.report.excerpt import BYTES_SHOWN, Excerpt, Gap, excerpt, with_gaps
from harness.report.story import EntryShown, FilePassed, Story, Unreadable, bytes_of, read_story
from harness.report.text import counted, printable, spoken
from harness.report.timeline import Picture, picture
from harness.suite.verdicts import JUDGED, RuleVerdict, ScenarioVerdict

Fetch: TypeAlias = Callable[[str], bytes | None]

EVIDENCE_BYTES = 1_800_000
"""So many bytes of files and journals are shown on a page in all, more or less."""
_MOST_ROOM, _LEAST_ROOM = 16_000, 1_000
_MOST_FILES, _LEAST_FILES = 40, 8
_BYTES_A_FILE, _BYTES_A_LINE = 350, 25
"""What the heading of a file and the number of a line take on the page."""
_MOST_ENTRIES, _LEAST_ENTRIES = 40, 8
_BYTES_AN_ENTRY = 350

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
_AREAS: Mapping[str, str] = {
    "FTS": "File transfer services",
    "USDP": "Universal SDP ID assignment",
    "SYN": "Synchronization file sets",
    "SEQ": "Synchronization in order",
    "STL": "Staging table loader, IR10 and IR14",
    "ISY": "Incremental synchronization",
    "PSY": "Periodic audit synchronization",
    "SRP": "Synchronization reports",
    "BQ": "Billing quantities",
    "BSV": "Billing services, push and pull",
    "WIN": "Billing window and timing",
    "SEG": "Segmented responses",
    "TXS": "Transaction status",
    "SUM": "Sum check",
    "ODE": "On-demand estimation",
    "BRP": "Billing reports",
    "FUT": "Announced for later releases",
}
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
_CASES_LAID_OUT = 3
"""So many of them for each rule; the others are named there."""


def report_html(results: Json, journal: Fetch) -> bytes:
    """The page of a run, in UTF-8.

    :param results: the results of a run (`results.schema.json`).
    :param journal: reads a file of the run's folder by its relative path, such as a scenario's journal; None where
        there is none.
    """
    scenarios, side = _in_reading_order(results["scenarios"]), side_of(results)
    judging = [scenario for scenario in scenarios if not scenario["advice"]]
    room = min(_MOST_ROOM, max(_LEAST_ROOM, EVIDENCE_BYTES // max(1, len(scenarios))))
    evidence = {s["id"]: _evidence(number, s, journal, room) for number, s in enumerate(scenarios, start=1)}
    by_id = {scenario["id"]: scenario for scenario in scenarios}
    noticed = [_as_case(case, by_id[case["scenario"]]) for case in results["noticed"]]
    broken = _wanting(results["rules"], [*judging, *noticed])
    for case in noticed:
        if any(case in entry.laid_out for entry in broken):
            evidence[case["id"]] = _evidence(0, case, journal, _LEAST_ROOM)
    page = environment().get_template("report.html.j2")
    return page.render(
        results=results,
        rules={rule["id"]: rule for rule in results["rules"]},
        by_id=by_id,
        noticed={case["id"]: case for case in noticed},
        side=side,
        areas=_areas(rule for rule in results["rules"] if rule["binds"] != side.other),
        of_the_other=_by_class(results["rules"], OTHER_SIDE[side].class_key),
        features=_features(scenarios),
        broken=broken,
        open_questions=[cause for verdict in _OPEN for cause in causes(judging, verdict)],
        undetermined=[rule for rule in results["rules"] if rule["verdict"] == "undetermined"],
        evidence=evidence,
        ran=sum(bool(scenario["journal"]) for scenario in scenarios),
        judged=sum(rule["verdict"] in JUDGED for rule in results["rules"]),
        classes=[_class(entry, results["rules"], side.class_key) for entry in results["classes"]],
    ).encode()


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
        judged = any(verdict in JUDGED for verdict in counts)
        areas.append(Area(area, _AREAS.get(area, area), of_area, counts, judged))
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
    counts: Mapping[str, int]


def _class(entry: Json, rules: Sequence[Json], key: str) -> Class:
    counts = _tally(rule["verdict"] for rule in rules if rule[key] == entry["class"])
    return Class(entry["class"], entry["verdict"], counts)


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature, its scenarios in groups under the rule that they illustrate."""

    file: str
    title: str
    groups: Sequence[tuple[str | None, Sequence[Json]]]
    counts: Mapping[str, int]


def _features(scenarios: Sequence[Json]) -> list[Feature]:
    features = []
    for file, of_file in groupby(scenarios, key=lambda s: str(s["feature"]["file"])):
        found = list(of_file)
        groups = [(text, list(group)) for text, group in groupby(found, key=lambda s: s["rule_text"])]
        counts = _tally(s["verdict"] for s in found)
        features.append(Feature(file, found[0]["feature"]["title"], groups, counts))
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
    bad: dict[str, list[Json]] = {}
    for verdict in _BROKEN:
        for case in cases:
            if case["verdict"] == verdict:
                bad.setdefault(case["rule"], []).append(case)
    return [
        Wanting(rule, bad[rule["id"]][:_CASES_LAID_OUT], bad[rule["id"]][_CASES_LAID_OUT:])
        for verdict in ("not conformant", "waived")
        for rule in rules
        if rule["verdict"] == verdict and rule["id"] in bad
    ]


# --- evidence ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file of a scenario: what it is, and the part of its content for which there is room.

    :param note: why there is no content, where there is none.
    """

    file: FilePassed
    title: str
    when: str
    marked: bool
    content: Excerpt | None
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the journal of a scenario adds to its results.

    :param missing: why there is nothing of it, where there is not.
    """

    number: int
    missing: str = ""
    picture: Picture | None = None
    files: Sequence[FileShown | Gap] = ()
    entries: Sequence[EntryShown | Gap] = ()

    @property
    def in_question(self) -> FileShown | None:
        """The file that the verdict rests on, where it passed and is shown."""
        shown = [file for file in self.files if isinstance(file, FileShown) and file.marked]
        return shown[-1] if shown else None

    @property
    def passed(self) -> int:
        """How many files passed."""
        return sum(1 if isinstance(file, FileShown) else file.left_out for file in self.files)


def _evidence(number: int, scenario: Json, fetch: Fetch, room: int) -> Evidence:
    mark = scenario["journal"]
    if mark is None:
        return Evidence(number)
    content = fetch(mark["path"])
    if content is None:
        return Evidence(number, "The journal is not at hand.")
    try:
        story = read_story(content, mark)
    except Unreadable as error:
        return Evidence(number, f"Nothing is shown of what passed: {error}.")
    return Evidence(
        number,
        "",
        picture(story, scenario["file"]),
        _files(story, scenario, fetch, room),
        _entries(story.entries, room),
    )


def _files(story: Story, scenario: Json, fetch: Fetch, room: int) -> list[FileShown | Gap]:
    """The files of a scenario, the one in question first served; of very many, the first and the last are listed."""
    files = story.files
    marked = {i for i, file in enumerate(files) if file.name == scenario["file"]}
    chosen = set(range(len(files)))
    half = min(_MOST_FILES, max(_LEAST_FILES, room // (2 * _BYTES_A_FILE))) // 2
    if len(files) > 2 * half:
        chosen = {*range(half), *range(len(files) - half, len(files)), *sorted(marked)[:4]}
    room -= len(chosen) * _BYTES_A_FILE
    shown: dict[int, FileShown] = {}
    for index in sorted(chosen, key=lambda index: (index not in marked, index)):
        record = scenario["record"] if index in marked else None
        allowed = BYTES_SHOWN if index in marked else min(room, BYTES_SHOWN)
        shown[index] = _file(files[index], fetch, record, allowed, marked=index in marked)
        room -= _room_taken(shown[index])
    return [
        shown[kept]
        if isinstance(kept, int)
        else Gap(f"… {counted(kept[1] - kept[0], 'more file')} …", kept[1] - kept[0])
        for kept in with_gaps(sorted(chosen), len(files))
    ]


def _file(file: FilePassed, fetch: Fetch, record: int | None, room: int, *, marked: bool) -> FileShown:
    content, note = None, ""
    if room <= 0:
        note = "Its content stands in the journal."
    else:
        try:
            content = excerpt(bytes_of(file, fetch), marked=record, room=room)
        except Unreadable as error:
            note = f"Not shown: {error}."
    return FileShown(file, _titles().get(file.label.split(".")[0], ""), spoken(file.instant), marked, content, note)


def _room_taken(shown: FileShown) -> int:
    parts = () if shown.content is None else shown.content.parts
    return sum(len(part.text) + _BYTES_A_LINE for part in parts)


@functools.cache
def _titles() -> Mapping[str, str]:
    """What the workshop calls each file and report type."""
    return {identifier: file_type.title for identifier, file_type in load_profile(None).file_types.items()}


def _entries(entries: Sequence[EntryShown], room: int) -> list[EntryShown | Gap]:
    """The entries of a journal; of very many, the first and the last."""
    most = min(_MOST_ENTRIES, max(_LEAST_ENTRIES, room // _BYTES_AN_ENTRY))
    chosen: Sequence[int] = range(len(entries))
    if len(entries) > most:
        chosen = [*range(most // 2), *range(len(entries) - most // 2, len(entries))]
    return [
        entries[kept]
        if isinstance(kept, int)
        else Gap(f"… {counted(kept[1] - kept[0], 'more entry', 'more entries')} …")
        for kept in with_gaps(chosen, len(entries))
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
    environment.filters.update(anchor=_anchor, slug=_slug, glyph=_glyph, counted=counted, capital=_capital)
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
