"""What the journals of a run add to its page: pictures, files and conversations, as far as there is room for them.

What did not hold, and an example of each cause that kept scenarios from a verdict, come first, and whole; the others
share what room there is, and where they are very many their files are only named. The journals beside the page hold
everything.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from harness.interface.profile import Profile, load_profile
from harness.port.protocol import Json
from harness.report.excerpt import BYTES_SHOWN, WHOLE_BYTES, Excerpt, Gap, evidence, excerpt, with_gaps
from harness.report.records import Read, read
from harness.report.story import EntryShown, FilePassed, Story, Unreadable, bytes_of, read_story
from harness.report.text import counted, spoken
from harness.report.timeline import FEW_ROWS, Picture, picture

Fetch: TypeAlias = Callable[[str], bytes | None]

BYTES_FIRST = 900_000
"""So many bytes of files and journals of what comes first are shown on a page in all, more or less; fewer where there
are very many cases."""
_LEAST_BYTES_FIRST = 400_000
_BYTES_IN_ALL, _BYTES_A_CASE = 2_700_000, 3_000
"""What a page may take, and what it takes for each case even if nothing is shown of its files: its steps, its links."""
BYTES_OTHERS = 700_000
"""So many of all the others."""
_MOST_ROOM, _LEAST_ROOM = 16_000, 3_000
"""Where there is less room for each of the others, their files are only drawn."""
_MOST_ROOM_FIRST, _LEAST_ROOM_FIRST = 400_000, 2_000
_MOST_FILES, _LEAST_FILES = 40, 4
_BYTES_A_FILE, _BYTES_A_LINE = 350, 25
"""What the heading of a file and the number of a line take on the page."""
_MOST_ENTRIES, _LEAST_ENTRIES = 60, 8
_BYTES_AN_ENTRY = 350


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file of a scenario: what it is, and the part of its content for which there is room.

    :param read: what a reader says of it, where it is evidence of something that did not hold.
    :param note: why there is no content, where there is none.
    """

    file: FilePassed
    title: str
    when: str
    marked: bool
    content: Excerpt | None
    read: Read | None
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the journal of a scenario adds to its results.

    :param missing: why there is nothing of it, where there is not.
    :param entries: the conversation; empty where there is no room for it.
    :param brief: whether there is room for no more than the first and the last files as they are drawn.
    """

    number: int
    missing: str = ""
    picture: Picture | None = None
    files: Sequence[FileShown | Gap] = ()
    entries: Sequence[EntryShown | Gap] = ()
    in_all: int = 0
    brief: bool = False

    @property
    def in_question(self) -> FileShown | None:
        """The file that the verdict rests on, where it passed and is shown."""
        shown = [file for file in self.files if isinstance(file, FileShown) and file.marked]
        return shown[-1] if shown else None

    @property
    def listed(self) -> frozenset[int]:
        """The numbers of the files that are listed."""
        return frozenset(file.file.number for file in self.files if isinstance(file, FileShown))

    @property
    def passed(self) -> int:
        """How many files passed."""
        listed = sum(1 if isinstance(file, FileShown) else file.left_out for file in self.files)
        return max(listed, self.in_all)

    @property
    def size(self) -> int:
        """What files and conversation take on the page, in bytes, more or less."""
        files = sum(_room_taken(file) + _BYTES_A_FILE for file in self.files if isinstance(file, FileShown))
        return files + _BYTES_AN_ENTRY * len(self.entries)


def gathered(cases: Sequence[Json], first: Collection[str], fetch: Fetch, profile: Profile) -> dict[str, Evidence]:
    """The evidence of cases, by id, numbered in their order.

    :param cases: scenarios, or what was noticed in their conversations.
    :param first: the ids of those that come first.
    :param profile: whose layouts the files are read by.
    """
    numbered = list(enumerate(cases, start=1))
    found: dict[str, Evidence] = {}
    left = min(BYTES_FIRST, max(_LEAST_BYTES_FIRST, _BYTES_IN_ALL - _BYTES_A_CASE * len(cases)))
    for number, case in numbered:
        if case["id"] in first:
            room = min(_MOST_ROOM_FIRST, max(_LEAST_ROOM_FIRST, left))
            found[case["id"]] = shown = _of(number, case, fetch, room, profile)
            left -= shown.size
    others = [(number, case) for number, case in numbered if case["id"] not in first]
    share = min(_MOST_ROOM, BYTES_OTHERS // max(1, len(others)))
    for number, case in others:
        found[case["id"]] = _of(number, case, fetch, share, None)
    return found


def _of(number: int, case: Json, fetch: Fetch, room: int, profile: Profile | None) -> Evidence:
    """The evidence of a case; its files are read where a profile is given."""
    mark = case["journal"]
    if mark is None:
        return Evidence(number)
    content = fetch(mark["path"])
    if content is None:
        return Evidence(number, "The journal is not at hand.")
    try:
        story = read_story(content, mark)
        entries = _entries(story, room)
    except Unreadable as error:
        return Evidence(number, f"Nothing is shown of what passed: {error}.")
    if room < _LEAST_ROOM:
        return Evidence(number, "", picture(story, case["file"], FEW_ROWS), in_all=len(story.files), brief=True)
    files = _files(story, case, fetch, room, profile)
    return Evidence(number, "", picture(story, case["file"]), files, entries)


def _files(story: Story, case: Json, fetch: Fetch, room: int, profile: Profile | None) -> list[FileShown | Gap]:
    """The files of a case, the one in question first served; of very many, the first and the last are listed."""
    files = story.files
    marked = {i for i, file in enumerate(files) if file.name == case["file"]}
    chosen = set(range(len(files)))
    half = min(_MOST_FILES, max(_LEAST_FILES, room // (2 * _BYTES_A_FILE))) // 2
    if len(files) > 2 * half:
        chosen = {*range(half), *range(len(files) - half, len(files)), *sorted(marked)[:4]}
    room -= len(chosen) * _BYTES_A_FILE
    shown: dict[int, FileShown] = {}
    for index in sorted(chosen, key=lambda index: (index not in marked, index)):
        record = case["record"] if index in marked else None
        least = BYTES_SHOWN if index in marked else 0
        shown[index] = _file(files[index], fetch, record, max(room, least), profile, marked=index in marked)
        room -= _room_taken(shown[index])
    return [
        shown[kept]
        if isinstance(kept, int)
        else Gap(f"… {counted(kept[1] - kept[0], 'more file')} …", kept[1] - kept[0])
        for kept in with_gaps(sorted(chosen), len(files))
    ]


def _file(
    file: FilePassed, fetch: Fetch, record: int | None, room: int, profile: Profile | None, *, marked: bool
) -> FileShown:
    content, note, found = None, "", None
    if room <= 0:
        note = "Its content stands in the journal."
    else:
        try:
            held = bytes_of(file, fetch)
        except Unreadable as error:
            note = f"Not shown: {error}."
        else:
            if profile is None:
                content = excerpt(held, marked=record, room=min(room, BYTES_SHOWN))
            else:
                content = evidence(held, marked=record, room=min(room, WHOLE_BYTES))
                found = read(file.name, held, profile, record)
    title = _titles().get(file.label.split(".")[0], "")
    return FileShown(file, title, spoken(file.instant), marked, content, found, note)


def _room_taken(shown: FileShown) -> int:
    parts = () if shown.content is None else shown.content.parts
    return sum(len(part.text) + _BYTES_A_LINE for part in parts)


@functools.cache
def _titles() -> Mapping[str, str]:
    """What the workshop calls each file and report type."""
    return {identifier: file_type.title for identifier, file_type in load_profile(None).file_types.items()}


def _entries(story: Story, room: int) -> list[EntryShown | Gap]:
    """The entries of a journal; of very many, the first and the last; none where there is next to no room.

    :raises Unreadable: one of them does not follow the protocol.
    """
    most = min(_MOST_ENTRIES, room // _BYTES_AN_ENTRY)
    if most < _LEAST_ENTRIES:
        return []
    total = len(story.journal)
    chosen: Sequence[int] = range(total)
    if total > most:
        chosen = [*range(most // 2), *range(total - most // 2, total)]
    return [
        story.entry(kept)
        if isinstance(kept, int)
        else Gap(f"… {counted(kept[1] - kept[0], 'more entry', 'more entries')} …")
        for kept in with_gaps(chosen, total)
    ]
