"""Universal SDP IDs as a CIS under test goes about them: what it asks for, and what it makes of the answers (USDP)."""

from __future__ import annotations

from collections.abc import Iterable

from harness.interface.files import read_file
from harness.interface.instants import Instant, iso
from harness.stage.chapters.cis_business import Business
from harness.stage.chapters.cis_files import Outbox, of_ldc
from harness.stage.chapters.mailboxes import of_type
from harness.stage.conversation import Sent
from harness.suite.verdicts import Unmet, in_words

REQUEST, RESPONSE = "1000", "2000"
SETS = ("3000", "4000")
IDS = ("universal_sdp_id", "component_universal_sdp_id")


class IdDesk:
    """Reads what a CIS asked for, and whom its file sets speak of."""

    def __init__(self, business: Business, outbox: Outbox) -> None:
        self.business = business
        self.outbox = outbox
        self.seat = business.seat

    def requested(self) -> list[tuple[str, str, Sent]]:
        """What all requests asked for: LDC organisation ID and SDP ID of each line, with the file.

        :raises Unreadable: a request cannot be read.
        """
        return [
            (in_words(record["ldc_org_id"]), in_words(record["sdp_id"]), file)
            for file in self.outbox.given([REQUEST])
            for record in self.outbox.read_whole(file).details
        ]

    def check_requested(self, ldc: str, sdps: Iterable[str]) -> None:
        """A Universal SDP ID was asked for of each of some SDPs of an LDC (USDP-06, USDP-18).

        :raises Unmet: one was not asked for.
        """
        organisation, found = self.seat.party(ldc).id, self.requested()
        for alias in sdps:
            sdp_id = self.business.sdp_id(alias)
            if not any((of, asked) == (organisation, sdp_id) for of, asked, _ in found):
                listed = ", ".join(sorted({f"{asked} of {of}" for of, asked, _ in found})) or "nothing"
                wanted = f"a request for {sdp_id} ({alias}) of {organisation} by {iso(self.seat.now)}"
                raise Unmet(wanted, f"requests for {listed}")

    def check_lines(self, ldc: str) -> None:
        """Each line of the requests ties an SDP ID of an LDC to its organisation ID (USDP-01).

        :raises Unmet: a line does not, or nothing was requested.
        """
        organisation, own = self.seat.party(ldc).id, self.business.created.get(ldc, set())
        self.outbox.submitted(REQUEST)
        for of, asked, file in self.requested():
            if of != organisation or asked not in own:
                expected = f"lines with organisation ID {organisation} and an SDP ID of {ldc!r}"
                raise Unmet(expected, f"a line with {of} and {asked}", file=file.name)

    def check_asked_times(self, sdp: str, times: int) -> None:
        """:raises Unmet: a Universal SDP ID of an SDP was asked for more or fewer times."""
        asked = [file for _, sdp_id, file in self.requested() if sdp_id == self.business.sdp_id(sdp)]
        if len(asked) != times:
            file = asked[-1].name if asked else None
            raise Unmet(f"{sdp!r} asked for {times} times by {iso(self.seat.now)}", f"{len(asked)} times", file=file)

    # --- no synchronization without one (USDP-15, USDP-20) ---------------------------------------------

    def issued(self, until: Instant, organisation: str | None = None) -> dict[str, str]:
        """The Universal SDP IDs that responses had given the CIS by an instant, by SDP ID; those that came whole.

        :param organisation: the LDC whose SDP IDs they stand for: another may have the same. None for any LDC.
        """
        found = {}
        for file in of_type(self.seat.got, RESPONSE):
            read = read_file(file.name, file.content, self.seat.profile)
            whole = read.file is not None and not read.findings and file.instant <= until
            for record in read.file.details if whole and read.file is not None else ():
                if record["universal_sdp_id"] is not None and organisation in {None, record["ldc_org_id"]}:
                    found[str(record["sdp_id"])] = str(record["universal_sdp_id"])
        return found

    def check_nothing_without_id(self) -> None:
        """No record of a file set names a Universal SDP ID that the CIS was not given for that SDP (USDP-15).

        :raises Unmet: one does.
        """
        for file in self.outbox.given(SETS):
            issued = self.issued(file.instant)
            for record in self.outbox.read_whole(file).details:
                named = [record[field] for field in IDS if field in record.layout.positions]
                if unknown := [each for each in named if each is not None and each not in issued.values()]:
                    raise Unmet(
                        "file sets that speak of no SDP before a response has given its Universal SDP ID",
                        f"a record {record.kind!r} of {unknown[0]}",
                        file=file.name,
                        record=record.line,
                    )
                if record.kind == "sdp" and [issued.get(str(record["sdp_id"]))] != named:
                    expected = f"{record['sdp_id']} {_under(issued.get(str(record['sdp_id'])))}"
                    raise Unmet(expected, f"it stands there as {named[0]}", file=file.name, record=record.line)

    def check_synchronized(self, sdps: Iterable[str], ldc: str | None = None) -> None:
        """Some SDPs are created by file sets, each under the Universal SDP ID that it was given (USDP-20).

        :param ldc: the LDC that they are of; None where no two LDCs have an SDP ID in common.

        :raises Unmet: one is not, or under another ID.
        """
        organisation = None if ldc is None else self.seat.party(ldc).id
        found = [
            (in_words(record["sdp_id"]), in_words(record["universal_sdp_id"]), file)
            for file in self.outbox.given(SETS)
            for record in self.outbox.read_whole(file).details
            if record.kind == "sdp" and organisation in {None, of_ldc(file)}
        ]
        issued = self.issued(self.seat.now, organisation)
        for alias in sdps:
            sdp_id = self.business.sdp_id(alias)
            of = "" if ldc is None else f" of {ldc!r}"
            expected = f"{alias!r} ({sdp_id}){of} synchronized by {iso(self.seat.now)} {_under(issued.get(sdp_id))}"
            under = [(identifier, file) for asked, identifier, file in found if asked == sdp_id]
            if not under:
                raise self._not_synchronized(alias, issued.get(sdp_id))
            for identifier, file in under:
                if identifier != issued.get(sdp_id):
                    raise Unmet(expected, f"synchronized as {identifier}", file=file.name)

    def _not_synchronized(self, alias: str, identifier: str | None) -> Unmet:
        """Of an SDP that no file set has: what was expected, and whether it is the ID that it lacks."""
        sdp_id = self.business.sdp_id(alias)
        expected = f"{alias!r} ({sdp_id}) synchronized by {iso(self.seat.now)}"
        if identifier is not None:
            return Unmet(f"{expected} {_under(identifier)}", "no file set has an asset of it")
        asked = [file for file in self.outbox.given([REQUEST]) if self._asks_for(file, sdp_id)]
        return Unmet(
            f"{expected} under the Universal SDP ID that a response has given it",
            f"no file set has an asset of it, and no response an ID for it; requests for it: {len(asked) or 'none'}",
            file=asked[-1].name if asked else None,
        )

    def _asks_for(self, file: Sent, sdp_id: str) -> bool:
        """Whether a request names an SDP, as far as it can be read."""
        read = read_file(file.name, file.content, self.seat.profile).file
        return read is not None and any(record["sdp_id"] == sdp_id for record in read.details)

    # --- one SDP ID for one SDP (USDP-17) --------------------------------------------------------------

    def check_told_apart(self, ldc: str) -> None:
        """No file set names two Universal SDP IDs by one SDP ID of an LDC (USDP-17).

        :raises Unmet: one does, or no set names an SDP.
        """
        told: dict[str, str] = {}
        for file in self.outbox.submitted(*SETS):
            if of_ldc(file) != self.seat.party(ldc).id:
                continue
            for record in self.outbox.read_whole(file).details:
                if record.kind != "sdp" or record["sdp_id"] is None:
                    continue
                sdp_id, universal = str(record["sdp_id"]), in_words(record["universal_sdp_id"])
                if told.setdefault(sdp_id, universal) != universal:
                    expected = f"SDP ID {sdp_id} of {told[sdp_id]} alone"
                    raise Unmet(expected, f"it stands there of {universal}", file=file.name, record=record.line)
        if not told:
            raise Unmet(f"a file set of {ldc!r} that names an SDP by {iso(self.seat.now)}", "none")


def _under(issued: str | None) -> str:
    """Under which Universal SDP ID an SDP may be synchronized, for people."""
    return f"as {issued}" if issued is not None else "in no file set before a response has given its Universal SDP ID"
