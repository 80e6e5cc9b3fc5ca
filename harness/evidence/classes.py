"""The conformance classes of a run: the verdict on each, and of how many of its rules that verdict is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from harness.port.protocol import Json
from harness.suite.verdicts import JUDGED, RuleVerdict, merged


def class_entry(name: str, rules: Sequence[Json], *, claimed: bool, in_part: Collection[str]) -> Json:
    """What stands in the results for a class.

    A selection is not a class: what was selected of it in part alone can make it not conformant, and nothing else.

    :param rules: the entries of the rules that count for it.
    :param in_part: the ids of the rules of which a selection leaves scenarios out.
    """
    judged = [RuleVerdict(rule["verdict"]) for rule in rules if rule["verdict"] in JUDGED]
    open_ones = judged.count(RuleVerdict.UNDETERMINED)
    limits = sum(bool(rule["why"]) for rule in rules if rule["verdict"] in JUDGED)
    more = f", {limits} in part" if limits else ""
    if not claimed:
        verdict, statement = RuleVerdict.NOT_CLAIMED, str(RuleVerdict.NOT_CLAIMED)
    elif not judged:
        selected_out = any(rule["verdict"] == RuleVerdict.NOT_SELECTED for rule in rules)
        verdict = RuleVerdict.NOT_SELECTED if selected_out else RuleVerdict.NOT_YET_JUDGED
        statement = str(verdict)
    elif merged(judged) is not RuleVerdict.NOT_CONFORMANT and any(rule["id"] in in_part for rule in rules):
        verdict = RuleVerdict.NOT_SELECTED
        statement = f"{verdict} as a whole: {merged(judged)} in {len(judged)} of {len(rules)} rules{more}"
    else:
        verdict = merged(judged)
        undetermined = f", {open_ones} undetermined" if open_ones else ""
        statement = f"{verdict} ({len(judged) - open_ones} of {len(rules)} rules judged{undetermined}{more})"
    return {
        "class": name,
        "verdict": str(verdict),
        "statement": statement,
        "rules": [rule["id"] for rule in rules],
    }
