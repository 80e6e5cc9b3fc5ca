"""Files in mailboxes: found by type, read, and held to what the workshop says of any file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harness.interface.files import Reading
from harness.interface.instants import iso
from harness.interface.names import read_name
from harness.stage.conversation import Conversation, Delivered, Sent
from harness.suite.verdicts import Misfit, Unmet, Unreadable


def file_type(file: Delivered | Sent) -> str:
    """The file or report type that a file's name states, as far as it can be made out."""
    elements = file.name.split(".")
    return elements[2] if len(elements) > 2 else ""


def of_type(files: Iterable[Delivered], wanted: str) -> tuple[Delivered, ...]:
    """The files of one type."""
    return tuple(file for file in files if file_type(file) == wanted)


def described(files: Iterable[Delivered | Sent]) -> str:
    """Files for a message: names and instants; of many the last few, for those tell most of what did not come."""
    shown = [f"{file.name} at {iso(file.instant)}" for file in files]
    more = f"{len(shown) - 5} before, " if len(shown) > 5 else ""
    return more + ", ".join(shown[-5:]) if shown else "none"


def received(conversation: Conversation, alias: str, wanted: str) -> tuple[Delivered, ...]:
    """The files of a type that somebody has received.

    :raises Unmet: there are none.
    """
    mailbox = conversation.mailbox(alias)
    found = of_type(mailbox, wanted)
    if not found:
        raise Unmet(
            f"{alias!r} has received {wanted} by {iso(conversation.now)}",
            f"no {wanted}; in its mailbox: {described(mailbox)}",
        )
    return found


def not_received(conversation: Conversation, alias: str | None, wanted: str) -> None:
    """Check that somebody, or where `alias` is None anybody at all, has received no file of a type.

    :raises Unmet: such a file came.
    """
    found = of_type(conversation.delivered if alias is None else conversation.mailbox(alias), wanted)
    if found:
        none = f"nobody has received {wanted}" if alias is None else f"{alias!r} has received no {wanted}"
        raise Unmet(f"{none} by {iso(conversation.now)}", described(found), file=found[0].name)


def read_whole(conversation: Conversation, file: Delivered) -> Reading:
    """Read a file whose form is not what is judged.

    :raises Unreadable: something of it is missing or cannot be read.
    """
    reading = as_read(conversation, file)
    if not reading.complete:
        finding = next(iter((*reading.flaws, *reading.findings)), None)
        what = "its layout is not in the profile" if finding is None else str(finding)
        line = None if finding is None else finding.line
        raise Unreadable(
            f"file {file.name} could not be read, and is not what is judged: {what}", file=file.name, record=line
        )
    return reading


def as_read(conversation: Conversation, file: Delivered) -> Reading:
    """Read a file as far as it can be read."""
    return conversation.reader.read(file.name, file.content, conversation.profile)


_OF_FORM = frozenset({"field-form", "field-value", "field-count", "field-characters"})


def misfits(conversation: Conversation) -> tuple[Misfit, ...]:
    """The fields that do not have the form of their layout in the files that were read, each once.

    A layout may be assumed, and a system may lay its files out otherwise: then this is the cause of much else.
    """
    found: dict[tuple[str, str | None, str], Misfit] = {}
    for misfit in _misfits(conversation):
        found.setdefault((misfit.layout, misfit.field, misfit.expected), misfit)
    return tuple(found.values())


def misfit_in(conversation: Conversation, file: str | None, line: int | None) -> Misfit | None:
    """What does not have the form of its layout in a line of a file, or in any line where none is meant: the first."""
    return next((each for each in _misfits(conversation) if each.file == file and line in {None, each.line}), None)


def _misfits(conversation: Conversation) -> Iterator[Misfit]:
    """What does not fit in the files that were delivered and read, by the scenario or by whoever watches it."""
    for file in conversation.delivered:
        reading = conversation.reader.known(file.name, file.content, conversation.profile)
        if reading is None:
            continue
        layout = "" if reading.name is None else f"{reading.name.file_id}.{reading.name.version}"
        for each in reading.findings:
            if each.code in _OF_FORM:
                yield Misfit(layout, each.field, each.found, each.expected, file.name, each.line)


def check_name(conversation: Conversation, alias: str, wanted: str, ldc: str) -> None:
    """Hold the names of somebody's files of a type to FTS-01 and FTS-06: in form, LDC first, recipient second (AMB-28).

    :raises Unmet: a name is not so, or there is no such file.
    """
    first, second = conversation.party(ldc).id, conversation.party(alias).id
    for file in received(conversation, alias, wanted):
        name, findings = read_name(file.name, conversation.profile)
        wrong = [finding for finding in findings if not finding.code.startswith("name-version")]
        if name is None or wrong:
            raise Unmet("<ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT", str(wrong[0]), file=file.name)
        if (name.org_1, name.org_2) != (first, second):
            raise Unmet(
                f"a name that begins with the LDC {first} and the recipient {second}",
                f"{name.org_1} and {name.org_2}",
                file=file.name,
            )


def check_version(conversation: Conversation, alias: str, wanted: str, version: str) -> None:
    """Hold somebody's files of a type to the version in force (FTS-07, FTS-08).

    :raises Unmet: a file is of another, or there is no such file.
    """
    for file in received(conversation, alias, wanted):
        stated = file.name.split(".")[3:4]
        if stated != [version]:
            raise Unmet(f"version {version} of {wanted}", f"version {'.'.join(stated)}", file=file.name)


def check_end_of_file(conversation: Conversation, alias: str, wanted: str, details: int | None = None) -> None:
    """Hold somebody's files of a type to their End Of File record, which counts the details (FTS-09).

    :param details: how many there are to be; where it is left out, as many as there are.

    :raises Unmet: it is missing, not last, or counts otherwise; or there is no such file.
    :raises Unreadable: the file cannot be read for another reason.
    """
    expected = f"an End Of File record last, counting {'its' if details is None else details} detail records"
    for file in received(conversation, alias, wanted):
        for finding in as_read(conversation, file).findings:
            if finding.code.startswith("end-of-file") or finding.code == "detail-count":
                raise Unmet(expected, str(finding), file=file.name, record=finding.line)
        whole = read_whole(conversation, file)
        stated = None if whole.file is None else whole.file.stated_details
        if stated != details and (details is not None or stated is None):
            raise Unmet(expected, f"it counts {stated}", file=file.name)
