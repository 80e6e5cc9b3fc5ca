"""``python -m harness``: the same as the command ``mdmr-conform``."""

from __future__ import annotations

import sys

from harness import memory, siblings

NO_VERDICT = 3


def main() -> None:
    """Run the command and exit with its code; what keeps it from starting is said in a sentence."""
    siblings.find_beside()
    memory.look_seldom()
    try:
        from harness.cli import main as run
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        print(  # noqa: T201 (click, which prints otherwise, may be what is missing)
            f"Error: mdmr-conform cannot start: {type(error).__name__}: {error}\n"
            "  expected: what it rests on (requirements.txt), installed, and nothing else of the same names before it",
            file=sys.stderr,
        )
        sys.exit(NO_VERDICT)
    run()


if __name__ == "__main__":
    main()
