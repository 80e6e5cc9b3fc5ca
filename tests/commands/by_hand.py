"""Somebody who takes the course by hand: does each task with the reference CIS, and copies what it makes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness.port.naming import system_factory


class ByHand:
    """A person at a CIS, who reads from the journals what the tasks say in words.

    :param folder: of the course; `out`: of the run.
    :param system: the CIS, such as ``reference-cis`` or one with a fault.
    """

    def __init__(self, folder: Path, out: Path, system: str = "reference-cis") -> None:
        self.folder = folder
        self.out = out
        self.system = system

    def conversation(self) -> Path:
        """The folder of the conversation that is going on."""
        found = sorted(self.folder.glob("conversation-*"))
        return next(path for path in found if (path / "open-task.json").exists())

    def works(self, change: Callable[[str, bytes], tuple[str, bytes]] = lambda *file: file) -> list[str]:
        """Do the open task: copy what the CIS makes for it, and not say yet that it is done.

        :param change: what becomes of a file on the way.
        """
        conversation = self.conversation()
        identifier = json.loads((conversation / "conversation.json").read_text())["conversation"]
        day = json.loads((conversation / "open-task.json").read_text())["start"]
        made = [file for file in self._made(identifier) if file["instant"] >= day]
        for file in made:
            name, content = change(file["name"], file["content"]["text"].encode())
            (conversation / "to-mdmr" / name).write_bytes(content)
        return [file["name"] for file in made]

    def says_done(self) -> None:
        (self.conversation() / "to-mdmr" / "done.txt").touch()

    def does(self, change: Callable[[str, bytes], tuple[str, bytes]] = lambda *file: file) -> list[str]:
        """Do the open task, and say so."""
        names = self.works(change)
        self.says_done()
        return names

    def _made(self, identifier: str) -> list[dict[str, Any]]:
        """All that the CIS makes of what it has been told so far in a conversation."""
        create, bent = system_factory(self.system)
        cis = create(profile_path=None, bent=bent)
        files = []
        for request in self._requests(identifier):
            reply = cis.exchange(request)
            files += reply["ok"].get("files", [])
        cis.close()
        return files

    def _requests(self, identifier: str) -> list[dict[str, Any]]:
        hello = {"id": 0, "message": "hello", "protocol": 1, "role": "cis"}
        for path in sorted((self.out / "journals").rglob("*.jsonl")):
            entries = [json.loads(line) for line in path.read_text().splitlines()]
            if entries[0]["body"]["conversation"] == identifier:
                asked = [each["body"] for each in entries if each["kind"] == "request" and each["with"] == "system"]
                return [
                    hello,
                    *({**each, "shared_folder": None} if each["message"] == "begin" else each for each in asked),
                ]
        raise AssertionError(f"no journal of conversation {identifier}")


def forget(out: Path) -> None:
    """Remove what a run wrote: a course does not need it."""
    shutil.rmtree(out)
