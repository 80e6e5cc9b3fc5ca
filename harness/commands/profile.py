"""``mdmr-conform profile``: whether real files fit a profile, and what a verdict under another means otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from harness.audit.inspection import profile_to_inspect_with
from harness.commands.options import profile_option
from harness.commands.terminal import say, say_document
from harness.errors import InputError
from harness.interface.fitting import FieldFit, RecordFit, fitting
from harness.interface.profile import EITHER, Profile, load_profile
from harness.interface.profile_differences import Difference, differences
from harness.interface.regular import read_regular
from harness.report.layouts import layouts_page
from harness.report.text import clipped, counted
from harness.runner.controller import features_folder
from harness.suite.catalogue import Catalogue, load_catalogue
from harness.suite.inventory import Inventory, take_inventory

DIFFERS = 1
_SHOWN = 20


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Hold real files to a profile, and profiles to one another.

    Layouts of the profile that comes with the suite are assumed. Whoever holds the technical specifications writes
    another, and sees here first whether his files fit it.
    """


@command.command(
    epilog="""\b
Examples:
  mdmr-conform profile check ORG11111.ORG22222.2000.01.200906082220.DAT
  mdmr-conform profile check --profile ours.toml outbox/*.DAT

Exit code: 0 everything fits; 1 something does not; 2 wrong usage, such as a file that there is not."""
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@profile_option
def check(files: tuple[Path, ...], profile: Path | None) -> int:
    """Say of real files where they fit a profile, field by field, and where they do not."""
    wanted = profile_to_inspect_with(profile)
    found = fitting(((path.name, _content(path)) for path in files), wanted)
    for (place, kind), fit in sorted(found.kinds.items()):
        _show_kind(place, kind, fit)
    for finding in found.others[:_SHOWN]:
        say(str(finding))
    if len(found.others) > _SHOWN:
        say(f"and {counted(len(found.others) - _SHOWN, 'finding')} more; mdmr-conform inspect has them all")
    fields = [field for fit in found.kinds.values() for field in fit.fields.values()]
    unfit = sum(field.unfit > 0 for field in fields)
    layouts = " (assumed layouts)" if wanted.assumed_layouts else ""
    how = _how(unfit, found.fits)
    say(f"{counted(found.files, 'file')}, {counted(len(fields), 'field')}: {how} profile {wanted.name}{layouts}")
    return 0 if found.fits else DIFFERS


def _how(unfit: int, fits: bool) -> str:
    """What is said of the fields: that all fit is said only where nothing else is wrong with the files."""
    if unfit:
        return f"{unfit} of them do not fit"
    return "all of them fit" if fits else "the files do not fit"


def _content(path: Path) -> bytes:
    try:
        return read_regular(path)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), expected="an interface file") from error


def _show_kind(place: str, kind: str, fit: RecordFit) -> None:
    say(f"{place}  {kind} ({fit.layout.code}), {counted(fit.records, 'record')}")
    if fit.first is not None:
        say(f"  {fit.miscounted} do not fit: {fit.first}")
    width = max((len(name) for name in fit.fields), default=0)
    for name, field in fit.fields.items():
        say(f"  {name:<{width}}  {field.layout.form:<16} {field.layout.source:<8}  {_outcome(field)}")
    say()


def _outcome(field: FieldFit) -> str:
    if field.first is None:
        return f"fits, {field.filled} filled"
    first = field.first
    return f"{field.unfit} DO NOT FIT: found {first.found}, expected {clipped(first.expected, 100)}, line {first.line}"


@command.command(
    epilog="""\b
Examples:
  mdmr-conform profile diff workshop-2010 ours.toml
  mdmr-conform profile diff last-year.toml ours.toml

Exit code: 0 they say the same; 1 they differ; 2 wrong usage, such as a profile that does not read as one."""
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
def diff(first: str, second: str) -> int:
    """Say in what profile B differs from profile A, and what a verdict under B means otherwise.

    A name without an ending, workshop-2010, is the profile that comes with the suite.
    """
    profiles = _profile(first), _profile(second)
    found = list(differences(*profiles))
    catalogue, inventory = load_catalogue(), take_inventory(features_folder())
    for each in found:
        say(f"{each.kind} {each.name}: {each.before or 'none'} -> {each.after or 'none'}")
        for line in _meaning(each, catalogue, inventory):
            say(f"  {line}")
    say(f"{counted(len(found), 'difference')} of {profiles[1].name} from {profiles[0].name}")
    return DIFFERS if found else 0


@command.command(
    epilog="""\b
Examples:
  mdmr-conform profile show
  mdmr-conform profile show --profile ours.toml > layouts.md

Exit code: 0; 2 wrong usage, such as a profile that does not read as one."""
)
@profile_option
def show(profile: Path | None) -> int:
    """Print the layouts of a profile: the fields of every record, and an example of every file."""
    say_document(layouts_page(profile_to_inspect_with(profile)))
    return 0


def _profile(name: str) -> Profile:
    shipped = load_profile()
    return shipped if name == shipped.name else profile_to_inspect_with(Path(name))


def _meaning(difference: Difference, catalogue: Catalogue, inventory: Inventory) -> Iterator[str]:
    """What a difference makes of a verdict, in sentences."""
    if difference.kind == "value":
        rules = [rule.id for rule in catalogue.rules if difference.name in rule.values]
        if rules:
            yield f"{', '.join(rules)} state the workshop's value: scenarios that rest on another are not applicable."
    elif difference.kind == "reading":
        yield from _of_reading(difference, inventory)
    elif difference.kind == "layout":
        yield "Files are written and read so; what does not fit is named before anything else."


def _of_reading(difference: Difference, inventory: Inventory) -> Iterator[str]:
    for taken, words in ((difference.after, "judged as well"), (difference.before, "no longer judged")):
        cases = [case for case in inventory.cases if (difference.name, taken) in case.readings]
        if cases and taken != EITHER:
            rules = ", ".join(sorted({case.judges for case in cases}))
            yield f"{counted(len(cases), 'scenario')} of {rules} {'is' if len(cases) == 1 else 'are'} {words}."
    if difference.after == EITHER:
        yield "Any known reading is right: a system is held to what they share."
