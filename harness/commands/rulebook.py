"""``mdmr-conform rulebook``: writes the rules of both sides as a small static site, to read, search and print."""

from __future__ import annotations

from pathlib import Path

import click

from harness.commands import console, options
from harness.evidence.stored import stored_results
from harness.runner import controller
from harness.runner.owned import write_owned
from harness.suite.catalogue import load_catalogue
from harness.suite.inventory import take_inventory

RECORD = "rulebook.json"


@click.command(
    epilog="""\b
Examples:
  mdmr-conform rulebook
  mdmr-conform rulebook --out rules --results mdmr-conform-out
  mdmr-conform rulebook --results mdmr-conform-out --results mdmr-conform-out-cis

Exit code: 0 written; 2 wrong usage or input; 3 the pages cannot be written."""
)
@options.out_option("mdmr-conform-rulebook")
@click.option(
    "--results",
    "runs",
    multiple=True,
    type=options.PATH,
    metavar="FOLDER",
    help="Show the verdicts of a run beside the rules; once for each role.",
)
def command(out: Path, runs: tuple[Path, ...]) -> int:
    """Write the rule book: a static site that needs no network.

    Chapter by chapter each rule has its slide, whom it binds, what is left open of it, its scenarios as sentences with
    their tables, and the faults that prove it. Begin with index.html; book.html has all of it on one page, to print;
    rules.csv has a row for each rule and role.
    """
    from harness.report.rulebook import rule_book
    from harness.report.rulebook_pages import INDEX, rule_book_files

    results = [stored_results(path) for path in runs]
    features = controller.features_folder()
    profile = controller.read_profile(None)
    book = rule_book(load_catalogue(), profile, take_inventory(features), features, results)
    files = rule_book_files(book)
    write_owned(out, RECORD, files, what="a rule book")
    console.say(f"rules: {len(book.rules)}, files: {len(files)}; begin with {out / INDEX}")
    return 0
