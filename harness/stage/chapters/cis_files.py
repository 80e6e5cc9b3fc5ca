"""The files that a CIS under test submitted: found by type, read, and held to what the workshop says of any file.

What is judged is what the CIS gave, at the instants at which it did, whatever the post made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from harness.interface.files import InterfaceFile, read_file
from harness.interface.instants import Instant, iso
from harness.interface.names import FileName, read_name
from harness.stage.chapters.mailboxes import described, file_type
from harness.stage.conversation import Sent
from harness.stage.seat import CisConversation
from harness.suite.verdicts import Unmet, Unreadable

BEFORE_SET_ELEMENTS = 5
"""How many elements of a name stand before those of a file set."""
SET_ELEMENTS = 3
"""How many elements say of a file of a set where it belongs: TX_ID, FILE_NO, SEGMENT_NO."""


class Outbox:
    """What came out of the CIS. Before anything is looked for, the CIS is given the time that it says it needs."""

    def __init__(self, seat: CisConversation) -> None:
        self.seat = seat

    def given(self, types: Iterable[str] = ()) -> list[Sent]:
        """All files that the CIS submitted, or those of some types, once it must have sent what follows by now."""
        self.seat.let_answer()
        wanted = set(types)
        return [file for file in self.seat.given if not wanted or file_type(file) in wanted]

    def submitted(self, *types: str) -> list[Sent]:
        """The files of some types that the CIS submitted.

        :raises Unmet: there are none.
        """
        found = self.given(types)
        if not found:
            raise Unmet(
                f"the CIS has submitted {' or '.join(types)} by {iso(self.seat.now)}",
                f"none; it has submitted {described(self.seat.given)}",
            )
        return found

    def not_submitted(self, unwanted: str) -> None:
        """:raises Unmet: the CIS has submitted a file of a type."""
        found = self.given([unwanted])
        if found:
            raise Unmet(
                f"the CIS has submitted no {unwanted} by {iso(self.seat.now)}", described(found), file=found[0].name
            )

    def not_submitted_since(self, unwanted: str, since: Instant) -> None:
        """:raises Unmet: the CIS has submitted a file of a type since an instant."""
        found = [file for file in self.given([unwanted]) if file.instant >= since]
        if found:
            raise Unmet(f"no {unwanted} of the CIS since {iso(since)}", described(found), file=found[0].name)

    def check_nothing_but(self, ldc: str, types: Collection[str]) -> None:
        """The CIS has submitted no file of an LDC of another type than some (FTS-10).

        :raises Unmet: it has.
        """
        own = self.seat.party(ldc).id
        found = [each for each in self.given() if of_ldc(each) == own and file_type(each) not in types]
        if found:
            expected = f"nothing of {ldc!r} but {' and '.join(types)} by {iso(self.seat.now)}"
            raise Unmet(expected, described(found), file=found[0].name)

    def read_whole(self, file: Sent) -> InterfaceFile:
        """Read a file whose form is not what is judged.

        :raises Unreadable: something of it is missing or cannot be read.
        """
        reading = read_file(file.name, file.content, self.seat.profile)
        if reading.file is None or not reading.complete:
            finding = next(iter((*reading.flaws, *reading.findings)), None)
            what = "its layout is not in the profile" if finding is None else str(finding)
            raise Unreadable(f"file {file.name} could not be read, and is not what is judged: {what}", file=file.name)
        return reading.file

    # --- names (FTS-01, FTS-02, FTS-07) ----------------------------------------------------------------

    def check_names(self, of_type: str, ldc: str) -> None:
        """Hold the names of files of a type to FTS-01: in form, LDC first, submitter second, and so in the file.

        :raises Unmet: a name is not so, or there is no such file.
        """
        first, second = self.seat.party(ldc).id, self.seat.you.id
        for file in self.submitted(of_type):
            name = self._name(file)
            if (name.org_1, name.org_2) != (first, second):
                raise Unmet(
                    f"a name that begins with the LDC {first} and the submitter {second}",
                    f"{name.org_1} and {name.org_2}",
                    file=file.name,
                )
            for found in read_file(file.name, file.content, self.seat.profile).findings:
                if found.code == "file-name-record":
                    raise Unmet(f"the File Name Record of {file.name} states that name", found.found, file=file.name)

    def _name(self, file: Sent) -> FileName:
        name, findings = read_name(file.name, self.seat.profile)
        wrong = [finding for finding in findings if not finding.code.startswith("name-version")]
        if name is None or wrong:
            expected = "<ORG_ID_1>.<ORG_ID_2>.<FILE_ID>.<VERSION>.<DATETIME>.DAT"
            raise Unmet(expected, str(wrong[0]) if wrong else file.name, file=file.name)
        return name

    def check_set_elements(self, of_type: str, *, carried: bool) -> None:
        """Files of a type carry TX_ID, FILE_NO and SEGMENT_NO before the end of their names, or nothing (FTS-02).

        :raises Unmet: a name is not so, or there is no such file.
        """
        for file in self.submitted(of_type):
            elements = file.name.split(".")[BEFORE_SET_ELEMENTS:-1]
            if len(elements) != (SET_ELEMENTS if carried else 0):
                wanted = "<TX_ID>.<FILE_NO>.<SEGMENT_NO>" if carried else "nothing"
                found = ".".join(elements) or "nothing"
                raise Unmet(f"{wanted} between the date-time of a {of_type} and .DAT", found, file=file.name)

    def check_version(self, of_type: str, version: str) -> None:
        """Hold files of a type to the version in force (FTS-07).

        :raises Unmet: a file is of another, or there is no such file.
        """
        for file in self.submitted(of_type):
            stated = file.name.split(".")[3:4]
            if stated != [version]:
                raise Unmet(f"version {version} of {of_type}", f"version {'.'.join(stated)}", file=file.name)


def of_ldc(file: Sent) -> str:
    """The organisation that stands first in the name of a file: the LDC that it is about."""
    return file.name.split(".")[0]
