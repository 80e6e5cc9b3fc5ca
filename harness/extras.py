"""What only some commands need, and is installed on request: an extra of the package, named in `pyproject.toml`."""

from __future__ import annotations

import importlib.util

from harness.errors import UsageError


def need(extra: str, *modules: str) -> None:
    """Make sure that what an extra brings is installed, before anything of it is imported.

    :raises UsageError: a module of it is not there; says what to install.
    """
    for module in modules:
        if importlib.util.find_spec(module) is None:
            raise UsageError(
                f"{module} is not installed, and this command needs it",
                expected=f"mdmr-conform with its extra {extra!r}",
                remedy=f"pip install 'mdmr-conform[{extra}]'",
            )
