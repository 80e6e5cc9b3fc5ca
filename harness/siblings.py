"""The packages that travel with this one are found beside it, whatever stands on the path before them.

`steps` and `features` are names that a user's project may well have, too, and PYTHONPATH goes before what is installed:
without this, a verdict could come from somebody else's steps. So what the user's folder and PYTHONPATH hold is found
after what is installed: a folder named like a package that we rest on does not stand in for it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

SIBLINGS = frozenset({"corpus", "features", "reference_impl", "steps"})
_ROOT = str(Path(__file__).parent.parent)


class _Beside(MetaPathFinder):
    """Finds the siblings in the folder that holds this package, and nothing else."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 (the interface of a finder)
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        return PathFinder.find_spec(fullname, [_ROOT]) if fullname in SIBLINGS else None


def find_beside() -> None:
    """From now on, let the siblings be found beside this package, and what is installed before what is not."""
    _let_the_user_follow()
    if not any(isinstance(finder, _Beside) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Beside())


def _let_the_user_follow() -> None:
    """Move the working directory and the folders of PYTHONPATH to the end of the path."""
    given = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    with contextlib.suppress(FileNotFoundError):  # the working directory is gone
        theirs = {_absolute(path) for path in (*given, "")} - {_ROOT}
        sys.path.sort(key=lambda path: _absolute(path) in theirs)


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (as Python makes them, links and all)
