"""What the post makes of the next file set of a CIS, or of a report on one: records damaged, or said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from harness.interface.fields import DELIMITER
from harness.interface.files import Value, write_file
from harness.interface.profile import Profile
from harness.stage.chapters.cis_post import to_rewrite
from harness.stage.chapters.cis_sync_directory import Library
from harness.stage.chapters.cis_sync_sets import fields_of
from harness.stage.chapters.file_sets import FILE_TYPES
from harness.stage.post import Letter, Order, Treatment, as_it_is, with_content

_END = "\r\n"
_ANY_WARNING = "WARNING"
"""The code of a warning, of which the slides name none."""


class SetPost:
    """Where orders for the post are given that are about file sets."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.seat = library.seat

    def damage(self, file_no: str) -> None:
        """Let the last record of a file of the next set arrive without its beginning."""

        def damaged(letter: Letter) -> bytes:
            head, end, tail = letter.content.rstrip().rpartition(_END.encode())
            return head + end + tail[len(tail) // 2 :] + _END.encode()

        self._order(file_no, damaged)

    def fail_update(self, sdp: str, words: str, then: Treatment = as_it_is) -> None:
        """Let the next IR07 say that an attribute of an SDP could not be updated, and treat it further."""
        self.fail_updates([(sdp, words)], then)

    def fail_updates(self, attributes: Sequence[tuple[str, str]], then: Treatment = as_it_is) -> None:
        """Let the next IR07 say that some attributes could not be updated, by SDP or meter and words.

        :param then: what becomes of the report besides.
        """
        profile = self.seat.profile

        def failed(alias: str, words: str) -> Mapping[str, Value]:
            attribute = self.library.named(alias, words)
            return {
                "entity": profile.codes["entity"][attribute.entity],
                "entity_id": attribute.entity_id,
                "attribute": attribute.name,
                "reason": profile.codes["sync_exception"]["meter_in_use"],
            }

        def changed(letter: Letter) -> bytes:
            more = [failed(alias, words) for alias, words in attributes]
            return _told_besides(letter, profile, more, lambda status: _with_more(status, len(attributes), profile))

        def concerns(letter: Letter) -> bool:
            return letter.to == "cis" and letter.file_type == "IR07"

        def treat(letter: Letter) -> Iterator[Letter]:
            for told in with_content(changed)(letter):
                yield from then(told)

        self.seat.post.order(Order(concerns, treat))

    def warn(self) -> None:
        """Let the next IR14 have a warning more, which says nothing of where it was found."""
        profile = self.seat.profile
        found: Mapping[str, Value] = {"severity": profile.codes["severity"]["warning"], "code": _ANY_WARNING}

        def changed(letter: Letter) -> bytes:
            return _told_besides(letter, profile, [found], _warning_once_more)

        def concerns(letter: Letter) -> bool:
            return letter.to == "cis" and letter.file_type == "IR14"

        self.seat.post.order(Order(concerns, with_content(changed)))

    def show_otherwise(self, report: str, sent: str, shown: str) -> None:
        """Let the next report of a type show a value in another form."""

        def otherwise(letter: Letter) -> bytes:
            lines = letter.content.decode().split(_END)
            fields = (line.split(DELIMITER) for line in lines)
            changed = (DELIMITER.join(shown if field == sent else field for field in each) for each in fields)
            return _END.join(changed).encode()

        def concerns(letter: Letter) -> bool:
            return letter.to == "cis" and letter.file_type == report

        self.seat.post.order(Order(concerns, with_content(otherwise)))

    def _order(self, file_no: str, make: Callable[[Letter], bytes]) -> None:
        def concerns(letter: Letter) -> bool:
            return letter.to == "repository" and letter.file_no == file_no and letter.file_type in FILE_TYPES.values()

        self.seat.post.order(Order(concerns, with_content(make)))


def _told_besides(
    letter: Letter,
    profile: Profile,
    more: Sequence[Mapping[str, Value]],
    counted: Callable[[dict[str, Value]], dict[str, Value]],
) -> bytes:
    """A report with further details behind its own, and with what `counted` makes of its status record."""
    file = to_rewrite(letter, profile)
    kind = next(each.kind for each in file.layout.records if each.role == "detail")
    others = [(each.kind, counted(fields_of(each))) for each in file.others]
    details = [(each.kind, fields_of(each)) for each in file.details]
    header = {} if file.header is None else fields_of(file.header)
    return write_file(profile, file.name, header, [*others, *details, *((kind, each) for each in more)])


def _warning_once_more(status: dict[str, Value]) -> dict[str, Value]:
    """A status record that counts one warning more; any other record as it is."""
    counted = status.get("warnings")
    return {**status, "warnings": counted + 1} if isinstance(counted, int) else status


def _with_more(status: dict[str, Value], number: int, profile: Profile) -> dict[str, Value]:
    """A status record that counts so many exceptions more; any other record as it is."""
    counted = status.get("exceptions")
    if not isinstance(counted, int):
        return status
    return {
        **status,
        "exceptions": counted + number,
        "status": profile.codes["sync_status"]["completed_with_exceptions"],
    }
