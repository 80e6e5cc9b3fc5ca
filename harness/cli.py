"""The command ``mdmr-conform``: finds the command that is asked for, and turns every mistake into a message.

Commands are imported when they are used, so that ``--help`` answers at once. Wrong usage and wrong input end with exit
code 2 and say what was expected; an interrupt, and output that cannot be written, end with 3: there is no verdict.
Nothing ends with a traceback, but for a developer (``python -X dev -m harness``).
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from harness import __version__
from harness.commands.terminal import say, say_lines
from harness.errors import ConformError, OutputError, nearest
from harness.port.keeper import let_nobody_stay_stopped, take_in_orphans

WRONG_USAGE = 2
INTERRUPTED = 3
_WRITES_STDOUT = (click.echo.__name__, "run")
"""The functions in which an error of the system is one of standard output: click's own, and the last flush here."""

COMMANDS = {
    "run": "Run scenarios against a system under test and give a verdict.",
    "prove": "Show that the suite catches every seeded fault and passes every allowed variant.",
    "simulate": "Let a plausible LDC live through days with a repository, and check all that comes of it.",
    "explore": "Make dense conversations at random, and tell each rule that is broken by the smallest of them.",
    "rules": "List the rules, with their slides, scenarios, faults and readings.",
    "rulebook": "Write the rules of both sides as a small site, to read, search and print.",
    "inspect": "Read interface files and list everything that is wrong with them.",
    "profile": "Hold real files to a profile, and profiles to one another.",
    "make-set": "Write a synchronization file set of a plausible LDC, of any size.",
    "make-intervals": "Write interval data of a plausible LDC as Parquet, of any size.",
    "recompute": "Compute billing quantities again from interval data, and hold what was delivered to them.",
    "lint": "Check the feature files.",
    "verify": "Replay a run's journals and confirm or refute its verdicts.",
    "compare": "Hold two runs together: what fails now and did not, what was mended, what came and went.",
    "export": "Print a run in a form that other tools show: Markdown, a badge, Cucumber messages.",
    "docs": "List the documents and samples that come with the suite, or print a document.",
    "serve": "Serve a reference implementation, of the MDM/R or a CIS, as a system under test.",
}
"""The commands, in the order in which a newcomer meets them, each with its line of help."""


class _Commands(click.Group):
    """A group that imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"harness.commands.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise click.UsageError(f"No command {args[0]!r}. {_hint(args[0])}", ctx)
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None and command is not None and not ctx.resilient_parsing:
            _refuse_twice(name, command, rest, ctx)
        return name, command, rest


def _refuse_twice(name: str, command: click.Command, args: list[str], ctx: click.Context) -> None:
    """Refuse an option that takes one value and is given more than one: none of them is passed over without a word."""
    inner = click.Context(command, info_name=name, parent=ctx)
    _, rest, given = command.make_parser(inner).parse_args(list(args))
    for option in given:
        takes_one = isinstance(option, click.Option) and not (option.multiple or option.count or option.is_flag)
        if takes_one and given.count(option) > 1:
            times = given.count(option)
            raise click.UsageError(f"Option {option.opts[0]!r} is given {times} times, and takes one value.", inner)
    if isinstance(command, click.Group) and rest:
        below = command.get_command(inner, rest[0])
        if below is not None:
            _refuse_twice(rest[0], below, rest[1:], inner)


def _hint(word: str) -> str:
    near = nearest(word, COMMANDS)
    return f"D{near[1:]}" if near else f"There are {', '.join(COMMANDS)}."


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A first verdict: mdmr-conform run. Each command has its own --help; documents: mdmr-conform docs.",
)
@click.version_option(__version__, "-V", "--version", prog_name="mdmr-conform")
def group() -> None:
    """Judge a system by the file interfaces between a CIS and Ontario's meter data repository (MDM/R)."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code. Whoever asks it to end gets what Ctrl-C gets: an end in good order."""
    _open_what_was_closed()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # not under nohup, say
            signal.signal(number, _interrupt)
    let_nobody_stay_stopped()
    take_in_orphans()
    code = INTERRUPTED
    with contextlib.suppress(OSError):  # of the terminal, to which even this cannot be said
        code = run(arguments)
    sys.exit(code)


def _open_what_was_closed() -> None:
    """Let standard input, output and error lead nowhere where they were handed over closed.

    Otherwise the next file that is opened gets the number of one of them, and what is meant for a terminal goes there.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or io.TextIOWrapper(io.FileIO(0, "r", closefd=False))
    sys.stdout = sys.stdout or io.TextIOWrapper(io.FileIO(1, "w", closefd=False))
    sys.stderr = sys.stderr or io.TextIOWrapper(io.FileIO(2, "w", closefd=False))


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code."""
    try:
        code = group.main(
            args=None if arguments is None else list(arguments), prog_name="mdmr-conform", standalone_mode=False
        )
        sys.stdout.flush()
    except click.ClickException as error:
        _show_wrong_usage(error)
        return WRONG_USAGE
    except OutputError as error:
        say_lines(f"Error: {error}", err=True)
        try:
            sys.stdout.flush()
        except OSError:
            _let_go_of_stdout()
        return INTERRUPTED
    except ConformError as error:
        say_lines(f"Error: {error}", err=True)
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted.", err=True)
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the reader of our output went away (click makes an exit of it), or a system
        # under test ended the process: nobody is left to tell, or nothing is known, and neither may pass for a verdict
        _let_go_of_stdout()
        return INTERRUPTED
    except OSError as error:
        _let_go_of_stdout()
        say_lines(f"Error: {_place_of(error)}{error.strerror or error}", err=True)
        return INTERRUPTED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        say_lines(f"Error: {_described(error)}", err=True)
        return INTERRUPTED
    return code if isinstance(code, int) else 0


def _show_wrong_usage(error: click.ClickException) -> None:
    """Say what click finds wrong, which quotes what was typed."""
    text = io.StringIO()
    error.show(text)
    for line in text.getvalue().splitlines():
        say(line, err=True)


def _place_of(error: OSError) -> str:
    """Which file an error of the system is about, or that it is standard output; empty where neither is known."""
    if traceback.extract_tb(error.__traceback__)[-1].name in _WRITES_STDOUT:
        return "standard output cannot be written: "
    return f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""


def _let_go_of_stdout() -> None:
    """Let what is left to write go nowhere, or it would be tried again, and fail again, as the process ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _described(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory for this; expected: more of it, or less to do at once"
    if isinstance(error, ImportError):  # of a library that was found at the start, and cannot be loaded whole now
        expected = "what it rests on (requirements.txt), installed whole, and memory enough to load it"
        return f"mdmr-conform cannot go on: {type(error).__name__}: {error.__cause__ or error}; expected: {expected}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"
    return f"mdmr-conform is at fault: {what}; please report this"
