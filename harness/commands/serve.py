"""``mdmr-conform serve``: the reference implementations as systems under test, for trying adapters and harnesses."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from harness.commands import console, options
from harness.errors import InputError, UsageError, nearest
from harness.interface.profile import ProfileError
from harness.port.naming import REFERENCES, bents, system_factory
from harness.port.protocol import Role
from harness.port.serving import serve

_HELLO = {
    "repository": '{"id": 0, "message": "hello", "protocol": 1, "role": "repository"}',
    "cis": '{"id": 0, "message": "hello", "protocol": 2, "role": "cis"}',
}


@click.command(
    epilog="""\b
Examples:
  mdmr-conform run --adapter "stdio:mdmr-conform serve --stdio"
  mdmr-conform run --adapter "stdio:mdmr-conform serve --stdio --fault retired_response_version"
  mdmr-conform serve --stdio --role cis --fault cis_response_cut_short_read
  echo '{"id": 0, "message": "hello", "protocol": 1, "role": "repository"}' | mdmr-conform serve --stdio

The messages are described in docs/adapter-protocol.md, those of a CIS in docs/cis-adapter.md.
Exit code: 0 at the end of the input."""
)
@click.option("--stdio", is_flag=True, help="Speak the adapter protocol on stdin and stdout, a JSON object a line.")
@click.option(
    "--role",
    type=click.Choice([role.value for role in REFERENCES]),
    default="repository",
    help="Which reference: the MDM/R, or a CIS.",
)
@click.option("--fault", metavar="ID", help="Break a rule, as a seeded fault does; 'mdmr-conform rules' lists them.")
@click.option("--variant", metavar="ID", help="Be conformant in another way than the reference.")
@options.profile_option
def command(stdio: bool, role: str, fault: str | None, variant: str | None, profile: Path | None) -> int:
    """Serve a reference implementation as a system under test.

    It answers each line of its input with one line, and ends where its input ends.
    """
    if not stdio:
        raise UsageError(
            "says not over what to serve",
            where="serve",
            expected="--stdio",
            remedy='a run starts it by itself: mdmr-conform run --adapter "stdio:mdmr-conform serve --stdio"',
        )
    reference = REFERENCES[Role(role)]
    bent = _bent(reference, fault, variant)
    create, _ = system_factory(reference)
    try:
        system = create(profile_path=profile, bent=bent)
    except ProfileError as error:
        raise InputError(error.what, where=error.where, expected=error.expected) from error
    if sys.stdin.isatty():
        console.say(f"Serving on stdin and stdout, one JSON object a line; Ctrl-D ends. Try: {_HELLO[role]}", err=True)
    try:
        serve(system, sys.stdin.buffer, sys.stdout.buffer)
    except KeyboardInterrupt:  # the usual way to end a server by hand
        return 0
    except BrokenPipeError:  # whoever asked has gone, and nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        system.close()
    return 0


def _bent(reference: str, fault: str | None, variant: str | None) -> str | None:
    """The id of the fault or variant of a reference that is wanted.

    :raises UsageError: there is none of that id, or both are wanted.
    """
    if fault is not None and variant is not None:
        raise UsageError("a fault and a variant at once", where="--fault, --variant", expected="one of them")
    for kind, wanted in (("fault", fault), ("variant", variant)):
        if wanted is not None:
            return _known(reference, kind, wanted)
    return None


def _known(reference: str, kind: str, wanted: str) -> str:
    known = {entry.id: entry.kind for entry in bents(reference)}
    of_kind = {identifier for identifier, its_kind in known.items() if its_kind == kind}
    if wanted in of_kind:
        return wanted
    if wanted in known:
        remedy = f"{wanted!r} is a {known[wanted]}: --{known[wanted]} {wanted}"
    else:
        there_are = f"there are {', '.join(sorted(of_kind))}"
        remedy = nearest(wanted, of_kind) or (
            "mdmr-conform rules RULE names a rule's" if kind == "fault" else there_are
        )
    raise UsageError(f"no {kind} {wanted!r}", where=f"--{kind}", expected=f"the id of a {kind}", remedy=remedy)
