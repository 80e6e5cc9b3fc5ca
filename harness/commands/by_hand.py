"""A run in which a person is the adapter: what is taken from the folder of the course, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from harness.commands import console
from harness.errors import UsageError
from harness.port.conversation_folder import AGAIN, DONE, Conversation
from harness.port.course_folder import ABOUT, CLASSES, Course
from harness.port.naming import PERSON, person_folder
from harness.port.protocol import Role
from harness.report.text import counted
from harness.runner.controller import Run, Wish
from harness.suite.inventory import CIS_FOLDER, COURSE

_COURSE = f"{CIS_FOLDER}/{COURSE.lower()}/"
_SET_ASIDE = frozenset({"not claimed", "not applicable"})
"""Verdicts of scenarios that no task leads to."""


def course_of(wish: Wish, today: date, fresh_namespace: str) -> Course:
    """The course that a person takes, begun today where there was none.

    :param fresh_namespace: from which its identifiers are drawn then: a word that was never used before.
    :raises ConformError: a person cannot take part in such a run, or the folder is none for a course.
    """
    where = f"--adapter {wish.adapter!r}"
    if wish.role is not Role.CIS:
        raise UsageError("a person can be the adapter of a CIS alone", where=where, expected="--role cis")
    if wish.secret is not None:
        what = "a secret hides from a program what is drawn; a person reads it"
        raise UsageError(what, where="--secret", expected=f"no secret with {PERSON}FOLDER")
    if wish.features is not None:
        expected = f"the shipped features with {PERSON}FOLDER"
        raise UsageError("a person takes the course that is shipped", where="--features", expected=expected)
    course = Course.begin(person_folder(wish.adapter), seed=wish.seed, today=today, namespace=fresh_namespace)
    course.about()  # a slip there is of whoever wrote it, and nothing that the CIS answered
    return course


def in_course(wish: Wish) -> Wish:
    """What is asked for, within the course."""
    return replace(wish, selection=_COURSE if wish.selection is None else f"({wish.selection}) and {_COURSE}")


def take(course: Course, *, aside: bool) -> None:
    """Take what the person says is done, and say what was taken.

    :param aside: whether that goes to error output.
    :raises InputError: a file is not one that a CIS can have made for the task; nothing was taken.
    """
    for title in course.begin_again():
        console.say(
            f"{title} begins again, with other identifiers; what there was lies in {course.folder / 'given-up'}"
        )
    conversation = course.open_conversation()
    if conversation is None:
        return
    task = conversation.open_task
    taken = conversation.take()
    if task is None:
        return
    if taken is not None:
        console.say(
            f"taken for {conversation.title.lower()}, task {task.number}: {counted(len(taken), 'file')}", err=aside
        )
        for name in taken:
            console.say(f"  {name}", err=aside)


def say_next(course: Course, run: Run) -> bool:
    """Say which task is open and how to go on; whether there is one."""
    conversation = course.open_conversation()
    task = None if conversation is None else conversation.open_task
    if conversation is None or task is None:
        return False
    concerned = {verdict: number for verdict, number in run.results["counts"].items() if verdict not in _SET_ASIDE}
    every = sum(concerned.values())
    judged = every - concerned.get("pending", 0)
    console.show_failures(run.results)
    console.say()
    console.say_document(conversation.text(task))
    console.say()
    console.say(f"All tasks so far stand in {conversation.path / 'tasks.txt'}. The same command goes on.")
    console.say(f"To begin this conversation again, put an empty file named {AGAIN} into {conversation.path}.")
    console.say(f"What the verdict says of your CIS stands in {course.folder / ABOUT}.")
    console.say(f"{judged} of {counted(every, 'scenario')} judged so far; the others are pending")
    _say_what_waits(conversation)
    return True


def _say_what_waits(conversation: Conversation) -> None:
    """Say, last of all, what lies there and was not taken, and what was meant to say that it may be."""
    misnamed = conversation.misnamed()
    for found, right in misnamed:
        console.say(f"{found} says nothing: it has to be {right}")
    meant = {found.name for found, _ in misnamed}
    if waiting := [name for name in conversation.waiting() if name not in meant]:
        files = counted(len(waiting), "file lies", "files lie")
        console.say(f"{files} in {conversation.to_mdmr}, and nothing is taken before {DONE} lies there, too")


def say_limits() -> None:
    """Say what is not judged where a person is the adapter."""
    console.say(
        f"by hand {', '.join(CLASSES)} are judged, in part: how soon something is sent is not, nor are large sets"
    )
    console.say(
        "CIS-BILLING and CIS-READING need an adapter: docs/by-hand.md says why, and how many days they would take"
    )
