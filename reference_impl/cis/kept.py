"""What a CIS keeps over a restart: the messages of the conversation so far, from which it comes to know all of it anew.

They lie in the shared folder; where there is none, this process remembers them itself. This is the one place in the
chapters of the CIS that touches the disk.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_REMEMBERED: dict[str, str] = {}


def put_away(messages: Sequence[Mapping[str, Any]], conversation: str, folder: Path | None) -> None:
    """Keep the messages of a conversation where the next process finds them.

    :raises OSError: they cannot be written.
    """
    text = "".join(f"{json.dumps(message)}\n" for message in messages)
    if folder is None:
        _REMEMBERED[conversation] = text
    else:
        _place(conversation, folder).write_text(text, encoding="ascii")


def taken_up(conversation: str, folder: Path | None) -> list[dict[str, Any]]:
    """The messages of a conversation that was put away.

    :raises KeyError, OSError: there is none.
    """
    kept = _REMEMBERED[conversation] if folder is None else _place(conversation, folder).read_text(encoding="ascii")
    return [json.loads(line) for line in kept.splitlines()]


def forget(conversation: str, folder: Path | None) -> None:
    """Let go of a conversation that is over."""
    _REMEMBERED.pop(conversation, None)
    if folder is not None:
        _place(conversation, folder).unlink(missing_ok=True)


def _place(conversation: str, folder: Path) -> Path:
    return folder / f"cis-{hashlib.sha256(conversation.encode()).hexdigest()[:32]}.jsonl"
