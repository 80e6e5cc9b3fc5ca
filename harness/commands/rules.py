"""``mdmr-conform rules``: the catalogue: each rule with its slide, scenarios, faults and places; the ambiguities."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

import click

from harness.commands import console, options
from harness.errors import UsageError, nearest
from harness.interface.profile import EITHER, Profile
from harness.port.naming import bents
from harness.port.protocol import Json, Role
from harness.runner import controller
from harness.suite.catalogue import Ambiguity, Catalogue, Rule, load_catalogue
from harness.suite.inventory import Inventory, take_inventory
from harness.suite.places import places_of


@click.command(
    epilog="""\b
Examples:
  mdmr-conform rules
  mdmr-conform rules USDP-03 AMB-01
  mdmr-conform rules FTS --json

Exit code: 0; 2 wrong usage."""
)
@click.argument("names", metavar="[RULE|AREA|AMBIGUITY]...", nargs=-1, shell_complete=options.names_of_the_catalogue)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(names: tuple[str, ...], as_json: bool) -> int:
    """List the rules: text, slide, scenarios, faults; then those of the CIS, and ambiguities with the reading taken.

    Of a RULE that is named, its places are listed too: slide, features, steps, chapters, the referee's checks, the
    oracle's books, the reference and its faults.
    """
    catalogue = load_catalogue()
    inventory = take_inventory(controller.features_folder())
    wanted = _wanted(names, catalogue)
    document = {
        "catalogue": catalogue.name,
        "rules": [
            _rule(rule, catalogue, inventory) | (_places(rule, inventory) if as_json or rule.id in wanted.names else {})
            for rule in catalogue.rules
            if wanted(rule.id, rule.area)
        ],
        "ambiguities": [
            _ambiguity(ambiguity, controller.read_profile(None), inventory)
            for ambiguity in catalogue.ambiguities
            if wanted(ambiguity.id, "AMB")
        ],
    }
    if as_json:
        console.say_document(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        _show(document)
    return 0


class _Wanted:
    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = {name.upper().removeprefix("@") for name in names}

    def __call__(self, identifier: str, area: str) -> bool:
        return not self.names or identifier in self.names or area in self.names


def _wanted(names: tuple[str, ...], catalogue: Catalogue) -> _Wanted:
    known = {rule.id for rule in catalogue.rules} | {ambiguity.id for ambiguity in catalogue.ambiguities}
    known |= {*catalogue.areas, "AMB"}
    wanted = _Wanted(names)
    for name in sorted(wanted.names - known):
        raise UsageError(
            f"no rule, area or ambiguity {name!r}",
            where="rules",
            expected="an id such as USDP-03 or AMB-01, or an area such as USDP",
            remedy=nearest(name, known),
        )
    return wanted


def _rule(rule: Rule, catalogue: Catalogue, inventory: Inventory) -> Json:
    waiting = catalogue.in_part.get(rule.id)
    of_the_cis = None if rule.cis_class == "none" else catalogue.standing(rule.id, Role.CIS)
    return {
        "id": rule.id,
        "class": rule.class_,
        "cis_class": rule.cis_class,
        "status": rule.status,
        "binds": rule.binds,
        "standing": str(catalogue.standing(rule.id)),
        "cis_standing": None if of_the_cis is None else str(of_the_cis),
        "why": catalogue.why_not_judged(rule.id),
        "cis_why": None if of_the_cis is None else catalogue.why_not_judged(rule.id, Role.CIS),
        "in_part": "" if waiting is None else str(waiting),
        "text": rule.text,
        "slide": rule.slide,
        "values": dict(rule.values),
        "scenarios": [case.id for case in inventory.cases if case.judges == rule.id],
        "faults": [bent.id for bent in bents() if rule.id in bent.rules],
        "ambiguities": [entry.id for entry in catalogue.ambiguities if rule.id in entry.rules],
    }


def _places(rule: Rule, inventory: Inventory) -> Json:
    found = places_of(rule.id, rule.slide, inventory, controller.STEP_PACKAGE)
    return {"places": {kind.name: [asdict(place) for place in getattr(found, kind.name)] for kind in fields(found)}}


def _ambiguity(ambiguity: Ambiguity, profile: Profile, inventory: Inventory) -> Json:
    return {
        "id": ambiguity.id,
        "rules": list(ambiguity.rules),
        "text": ambiguity.text,
        "reading": ambiguity.reading,
        "taken": profile.readings[ambiguity.id],
        "default": profile.default_readings[ambiguity.id],
        "one_reading": profile.single_readings.get(ambiguity.id),
        "known": dict(profile.known_readings.get(ambiguity.id, {})),
        "scenarios": [case.id for case in inventory.cases if any(name == ambiguity.id for name, _ in case.readings)],
    }


def _show(document: Json) -> None:
    of_the_cis = [rule for rule in document["rules"] if rule["binds"] == "cis"]
    for rule in document["rules"]:
        if rule not in of_the_cis:
            _show_rule(rule, f"{rule['class']}  {rule['standing']}")
    if of_the_cis:
        console.say("Rules that bind the CIS alone:")
        console.say()
    for rule in of_the_cis:
        _show_rule(rule, f"{rule['cis_class']}  {rule['cis_standing']}")
    for entry in document["ambiguities"]:
        _show_ambiguity(entry)
    judged, of_a_cis = (
        sum(rule[key] == "judged" for rule in document["rules"]) for key in ("standing", "cis_standing")
    )
    both = sum(rule["binds"] == "both" for rule in document["rules"])
    console.say(
        f"rules: {len(document['rules'])}, judged: {judged}, of a CIS: {of_a_cis}; binding the CIS as well: {both}, "
        f"the CIS alone: {len(of_the_cis)}; ambiguities: {len(document['ambiguities'])}"
    )


def _show_rule(rule: Json, standing: str) -> None:
    console.say(console.Styled(rule["id"], bold=True), f"  {standing}")
    console.say(f"  {rule['text']}")
    console.say(f"  slide: {rule['slide']}")
    if rule["binds"] == "both":
        counts = f"; {rule['cis_class']}: {rule['cis_standing']}" if rule["cis_standing"] else ""
        console.say(f"  binds: the repository and the CIS{counts}")
    for label, key in (("why", "why"), ("judged in part", "in_part")):
        if rule[key] and rule["binds"] != "cis":
            console.say(f"  {label}: {rule[key]}")
    if rule["scenarios"]:
        console.say(f"  scenarios ({len(rule['scenarios'])}):")
        for scenario in rule["scenarios"]:
            console.say(f"    {scenario}")
    if rule["faults"]:
        console.say(f"  faults ({len(rule['faults'])}): {', '.join(rule['faults'])}")
    if rule["ambiguities"]:
        console.say(f"  read with: {', '.join(rule['ambiguities'])}")
    for kind, places in rule.get("places", {}).items():
        console.say(f"  {kind}:{'' if places else ' none'}")
        for place in places:
            line = "" if place["line"] is None else f":{place['line']}"
            console.say(f"    {place['path']}{line}  {place['what']}".rstrip())
    console.say()


def _show_ambiguity(entry: Json) -> None:
    console.say(console.Styled(entry["id"], bold=True), f"  {', '.join(entry['rules'])}")
    console.say(f"  {entry['text']}")
    console.say(f"  default reading: {entry['reading']}")
    for name, text in entry["known"].items():
        console.say(f"  {'*' if name == entry['default'] else ' '} {name}: {text}")
    if entry["one_reading"]:
        console.say(f"  one reading: {entry['one_reading']}")
    elif entry["taken"] == EITHER:
        console.say("  taken: either; any of them is right, and a system may state its own in hello")
    else:
        console.say(f"  taken: {entry['taken']}")
    console.say()
