"""A person in place of an adapter: what the CIS is told becomes a task, and what the person copied is its answer.

A task is open from the first `advance` after events or instructions until its files have been taken; until then time
stands still, and whoever asked finds the answer pending. Nothing is remembered here: all that was answered lies in the
folder of the course, and a conversation that is begun once more is answered from there, word for word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from harness.errors import InputError
from harness.interface.instants import Instant, day_of, instant, iso
from harness.port.conversation_folder import AGAIN, DONE, Conversation, OpenTask, TakenFile
from harness.port.course_folder import Course
from harness.port.failure import AdapterFailure
from harness.port.journal import canonical
from harness.port.protocol import Json, Role, pack, unpack
from harness.port.replies import check_reply
from harness.port.task_words import event, instruction, names_of, on_day, participants

_HEADS = {
    "events": "This has happened. Enter it into your CIS, as you would on that day:",
    "instructions": "Let your CIS do this, still on that date:",
}
_SENTENCES = {"events": event, "instructions": instruction}
DAY = 24 * 60
"""How many minutes a task lasts: whatever the CIS sends on the day of a task is its answer."""
STEP_MINUTES = 60
"""A person answers for a whole day: the two sides need not be held together as closely as with a program."""


class Person:
    """A connection to a CIS that a person works with by hand.

    :param folder: of the course, which `run` has begun.
    """

    def __init__(self, folder: Path) -> None:
        self.role = Role.CIS
        self._course = Course.read(folder)
        self._begin: Json = {}
        self._conversation: Conversation | None = None
        self._now: Instant | None = None
        self._told: list[Json] = []
        self._letters: list[str] = []
        self._heard = hashlib.sha256()
        self._done = 0
        self._given: list[TakenFile] = []

    def exchange(self, request: Json) -> Json:
        """Answer a request from what the folder holds.

        :raises AdapterFailure: what was taken there was changed since, or was done when something else was told.
        """
        try:
            return self._answer(request)
        except InputError as changed:
            raise AdapterFailure("refused", str(changed)) from changed

    def _answer(self, request: Json) -> Json:
        message = request["message"]
        if message == "hello":
            ok = self._hello()
        elif message == "begin":
            ok = self._begun(request)
        elif message == "load":
            ok = self._loaded(request)
        elif message == "deliver":
            ok = self._delivered(request)
        elif message == "advance":
            ok = self._advanced(instant(request["to"]))
        elif message == "end":
            ok = self._ended()
        else:
            refused = {"code": "unsupported", "message": f"a person is not asked {message!r}"}
            return check_reply({"id": request["id"], "error": refused}, request, self.role)
        return check_reply({"id": request["id"], "ok": ok}, request, self.role)

    def _hello(self) -> Json:
        return {
            **self._course.about(),
            "protocol": 2,
            "role": "cis",
            "clock": "told",
            "state": "persistent",
            "isolation": "none",
            "sends_within_minutes": DAY,
            "values": {"step_minutes": STEP_MINUTES},
        }

    # --- what the CIS hears --------------------------------------------------------------------------

    def _begun(self, request: Json) -> Json:
        self._begin, self._now = request, instant(request["instant"])
        self._told, self._letters, self._given, self._done = [], [], [], 0
        self._heard = hashlib.sha256()
        self._hears({name: request[name] for name in ("you", "organisations", "authorisations")})
        self._conversation = self._course.conversation(request["conversation"])
        return {}

    def _hears(self, what: Json) -> None:
        self._heard.update(canonical(what) + b"\n")

    def _loaded(self, request: Json) -> Json:
        told: Json = {name: request[name] for name in ("events", "instructions") if name in request}
        self._hears(told)
        self._told.append(told)
        return {}

    def _delivered(self, request: Json) -> Json:
        content = unpack(request["content"])
        self._hears({"name": request["name"], "sha256": hashlib.sha256(content).hexdigest()})
        self._letters.append(request["name"])
        if self._conversation is not None:
            self._conversation.put(request["name"], content)
        return {}

    # --- what it gives -------------------------------------------------------------------------------

    def _advanced(self, to: Instant) -> Json:
        if self._now is None:
            raise AdapterFailure("malformed", "time was to pass before the conversation had begun")
        if self._told and not self._answered(self._now):
            return {"instant": iso(self._now), "files": []}
        gone = [each for each in self._given if each.instant <= to]
        self._given = [each for each in self._given if each.instant > to]
        files = [self._submitted(each, self._now) for each in gone]
        self._now = to
        return {"instant": iso(to), "files": files}

    def _submitted(self, file: TakenFile, now: Instant) -> Json:
        moment = iso(max(file.instant, now))
        return {"organisation": self._begin["you"], "name": file.name, "content": pack(file.content), "instant": moment}

    def _answered(self, now: Instant) -> bool:
        """Whether the files of the task that is due lie there; where they do not, the task is written down."""
        if self._conversation is None:
            if self._course.open_conversation() is not None:  # one after the other
                return False
            self._conversation = self._course.start(self._begin["conversation"])
        number, heard = self._done + 1, self._heard.hexdigest()
        taken = self._conversation.taken(number)
        if taken is None:
            task = OpenTask(number, heard, now)
            self._conversation.open(task, self._text(self._conversation, task))
            return False
        if taken.heard != heard:
            raise AdapterFailure(
                "refused",
                f"task {number} in {self._conversation.path} was done after something else was told than now: another "
                "version of mdmr-conform, another profile or counterpart, or the folder was changed; a file named "
                f"{AGAIN} there lets the conversation begin again",
            )
        self._given += taken.files
        self._done, self._told, self._letters = number, [], []
        return True

    def _ended(self) -> Json:
        if self._conversation is not None:
            self._conversation.close()
        return {}

    # --- in words ------------------------------------------------------------------------------------

    def _text(self, conversation: Conversation, task: OpenTask) -> str:
        """The task, as the person reads it."""
        day, names = on_day(day_of(task.start)), names_of(self._begin)
        steps = [f"Set the date of your CIS to {day}. The time of day does not matter."]
        if task.number == 1:
            steps = [_in_list("Set up in your CIS who takes part:", participants(self._begin)), *steps]
        if self._letters:
            steps.append(
                _in_list(
                    f"Give your CIS these files of the MDM/R, in this order. They lie in {conversation.from_mdmr}:",
                    self._letters,
                )
            )
        said = [
            (_HEADS[kind], _SENTENCES[kind](each, names)) for told in self._told for kind in told for each in told[kind]
        ]
        steps += [_in_list(head, [item for _, item in items]) for head, items in groupby(said, key=itemgetter(0))]
        steps += [
            "Copy every file that your CIS has made for the MDM/R in this task, as it is and under its own name, to\n"
            f"   {conversation.to_mdmr}",
            f"When all of them are there, put an empty file named {DONE} beside them; where your CIS has made none,\n"
            f"   or rightly does not do what it is told, put {DONE} there alone. Then give the same command again.",
        ]
        title = f"{conversation.title}, task {task.number}: {day}"
        numbered = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
        return "\n".join([title, "=" * len(title), "", *numbered, ""])

    def stderr_tail(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        """Nothing is held."""


def _in_list(head: str, items: Iterable[str]) -> str:
    return "\n".join([head, *(f"   - {each}" for each in items)])
