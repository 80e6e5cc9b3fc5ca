"""What the post does between a CIS under test and the MDM/R, in the words of features: orders about the next file.

A response or report can also come with another content: a record that says something else of an SDP, as a repository
might have said it. The file keeps its form, so that nothing but the news is amiss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.errors import SuiteMistake
from harness.interface.files import InterfaceFile, Record, Value, read_file, write_file
from harness.interface.profile import Profile
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_sync_sets import fields_of
from harness.stage.post import (
    Destination,
    Letter,
    Order,
    Treatment,
    cut_short,
    late,
    lost,
    then_whole,
    twice,
    with_content,
)

Fields = Mapping[str, Value]
_GIVING_AN_ID = frozenset({"issued", "already_issued"})
"""The statuses of a response with which a Universal SDP ID is given."""


class PostOffice:
    """Where orders for the post are given."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self.seat = business.seat

    # --- the next file of a type ----------------------------------------------------------------------

    def lose(self, file_type: str, to: Destination) -> None:
        """The next file of a type never comes."""
        self._order(file_type, to, lost)

    def delay(self, file_type: str, to: Destination, minutes: int) -> None:
        """The next file of a type comes late."""
        self._order(file_type, to, late(minutes))

    def cut(self, file_type: str, to: Destination) -> None:
        """The next file of a type comes cut short, and never whole."""
        self._order(file_type, to, cut_short)

    def cut_from_now_on(self, file_type: str, to: Destination) -> None:
        """The next file of a type comes cut short, and never whole, and so does every one after it."""
        self.cut(file_type, to)
        self._order(file_type, to, cut_short, times=None)

    def cut_then_whole(self, file_type: str, to: Destination, minutes: int) -> None:
        """The next file of a type comes cut short, and later once more, whole."""
        self._order(file_type, to, then_whole(minutes))

    def repeat(self, file_type: str, to: Destination, minutes: int) -> None:
        """The next file of a type comes twice."""
        self._order(file_type, to, twice(minutes))

    def lose_of_set(self, file_no: str) -> None:
        """A file of the next set of the CIS never reaches the MDM/R, by its number."""
        self.seat.post.order(Order(lambda letter: letter.to == "repository" and letter.file_no == file_no, lost))

    def _order(self, file_type: str, to: Destination, treat: Treatment, times: int | None = 1) -> None:
        self.seat.post.order(Order(lambda letter: letter.to == to and letter.file_type == file_type, treat, times))

    # --- another content --------------------------------------------------------------------------------

    def answer_otherwise(self, sdp: str, status: str) -> None:
        """The next response 2000 that names an SDP says another status of it, in words; an exception gives it no ID."""
        codes = self.seat.profile.codes["assignment_status"]
        word = status.replace(" ", "_")
        if word not in codes:
            raise SuiteMistake(f"{status!r} is no status of a response; there are {', '.join(codes)}")
        said: dict[str, Value] = {"status": codes[word], "message": status}
        if word not in _GIVING_AN_ID:
            said["universal_sdp_id"] = None

        def change(record: Record) -> Fields:
            fields = record.layout.positions if self._is_of(record, sdp) else {}
            return {name: value for name, value in said.items() if name in fields}

        rewritten = self._rewritten(change)
        names = self.business.sdp_id(sdp).encode()

        def concerns(letter: Letter) -> bool:
            return letter.to == "cis" and letter.file_type == "2000" and names in letter.content

        self.seat.post.order(Order(concerns, rewritten))

    def reverse(self, file_type: str, to: Destination) -> None:
        """The next file of a type lists its detail records in the opposite order."""

        def reversed_details(letter: Letter) -> bytes:
            file = to_rewrite(letter, self.seat.profile)
            return self._written(file, [(each.kind, fields_of(each)) for each in reversed(file.details)])

        self._order(file_type, to, with_content(reversed_details))

    def restate(self, file_type: str, concerns: Callable[[Record], bool], fields: Fields) -> None:
        """The next file of a type that has some detail records has other values in them."""

        def has_some(letter: Letter) -> bool:
            if letter.to != "cis" or letter.file_type != file_type:
                return False
            file = read_file(letter.name, letter.content, self.seat.profile).file
            return file is not None and any(map(concerns, file.details))

        self.seat.post.order(Order(has_some, self._rewritten(lambda record: fields if concerns(record) else {})))

    def _is_of(self, record: Record, sdp: str) -> bool:
        return record["sdp_id"] == self.business.sdp_id(sdp)

    def _rewritten(self, change: Callable[[Record], Fields]) -> Treatment:
        """The letter with other values in its detail records: `change` gives those that differ."""

        def rewrite(letter: Letter) -> bytes:
            file = to_rewrite(letter, self.seat.profile)
            return self._written(file, [(each.kind, {**fields_of(each), **change(each)}) for each in file.details])

        return with_content(rewrite)

    def _written(self, file: InterfaceFile, details: Sequence[tuple[str, Fields]]) -> bytes:
        """A file with other detail records."""
        header = {} if file.header is None else fields_of(file.header)
        return write_file(self.seat.profile, file.name, header, details)


def to_rewrite(letter: Letter, profile: Profile) -> InterfaceFile:
    """What stands in a letter whose content is to be another.

    :raises SuiteMistake: it cannot be read.
    """
    file = read_file(letter.name, letter.content, profile).file
    if file is None or file.header is None:
        raise SuiteMistake(f"{letter.name} cannot be rewritten: the counterpart sent what cannot be read")
    return file
