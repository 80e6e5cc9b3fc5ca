"""``mdmr-conform docs``: the documents that messages send people to, wherever the suite is installed."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import click

from harness.commands import console
from harness.errors import UsageError, nearest

_DOCUMENTS, _SAMPLES = "docs", "samples"


@click.command(
    epilog="""\b
Examples:
  mdmr-conform docs
  mdmr-conform docs finding-codes
  mdmr-conform docs docs/adapter-protocol.md

Exit code: 0; 2 there is no such document."""
)
@click.argument("name", metavar="[NAME]", required=False)
def command(name: str | None) -> int:
    """List the documents and samples that come with the suite, or print a document.

    What messages call docs/finding-codes.md is finding-codes here.
    """
    pages = {page.stem: page for page in sorted((_home() / _DOCUMENTS).glob("*.md"))}
    if name is None:
        for stem, page in pages.items():
            console.say(f"{stem:<20} {_title(page)}")
        console.say()
        console.say(f"They lie in {_home() / _DOCUMENTS}, samples of adapters in {_home() / _SAMPLES}.")
        return 0
    wanted = name.removeprefix(f"{_DOCUMENTS}/").removesuffix(".md")
    if wanted not in pages:
        raise UsageError(
            f"no document {name!r}",
            where="docs",
            expected=f"one of {', '.join(pages)}",
            remedy=nearest(wanted, pages),
        )
    console.say_document(pages[wanted].read_text(encoding="utf-8"))
    return 0


def _home() -> Path:
    """Where documents and samples lie: in the installed package, or beside it in a checkout."""
    package = Path(str(importlib.resources.files("mdmr_conform")))
    return package if (package / _DOCUMENTS).is_dir() else package.parent


def _title(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
