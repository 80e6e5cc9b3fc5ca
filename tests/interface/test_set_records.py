"""Records of sets by columns: the names that they share are held once, and say what they said."""

from __future__ import annotations

from harness.interface.columns import ColumnRecords, read_columns
from harness.interface.profile import Profile
from harness.interface.set_records import hold_names_once

HEAD = "FN|{name}\r\nFH|ORG11111|20110110060000\r\n"
SDPS = "ORG11111.ORG11111.3000.01.20110110060000.abcdef.01.01.DAT"


def read(name: str, lines: list[str], profile: Profile) -> ColumnRecords:
    content = HEAD.format(name=name) + "".join(f"{line}\r\n" for line in lines)
    reading = read_columns(name, content.encode("ascii"), profile)
    assert reading.file is not None
    assert isinstance(reading.file.details, ColumnRecords), reading.findings
    return reading.file.details


def test_what_is_named_in_two_files_is_held_once_and_all_else_is_left_alone(profile: Profile) -> None:
    first = read(SDPS, ["SD|10000003|SDP-0001|P", "SD|10000011|SDP-0002|P"], profile)
    second = read(SDPS, ["SD|10000011|SDP-0002|P", "SD|10000003|SDP-0001|P"], profile)
    said = [list(each) for each in (first, second)]
    names: dict[str, str] = {}
    for details in (first, second):
        hold_names_once(details.kinds, names)
    assert [list(each) for each in (first, second)] == said
    assert sorted(names) == ["10000003", "10000011"]
    ones, others = (each.kinds[0].of("universal_sdp_id") for each in (first, second))
    assert ones[0] is others[1]
    assert ones[1] is others[0]
