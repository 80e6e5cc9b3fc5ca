"""Master data in the words of features: which attributes there are, in which record each travels, and who is who.

A change is a row of a table: ``| of | attribute | value | from | until |``. Days are words too, relative to the day on
which the set is extracted: ``today``, ``tomorrow``, ``in 10 days``, ``30 days ago``; ``long ago`` is one and the same
day all through a scenario, and so is ``Tuesday of week 2``, counted from the week in which the scenario begins.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from harness.errors import SuiteMistake
from harness.interface.instants import Day

Owner: TypeAlias = Literal["sdp", "meter", "module"]
ValueKind: TypeAlias = Literal[
    "text", "code", "organisation", "sdp", "meter", "module", "account", "component", "formula"
]

ASSETS = "01"
RELATIONSHIPS = "05"
COMPONENTS = "07"
SINCE = "long ago"
"""Since when what a scenario finds in the Master Directory has held."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of an SDP or meter.

    :param words: how features name it.
    :param of: whose attribute it is.
    :param file_no: the file in which it travels; `record`: the kind of record; `field`: the field with its value.
    :param value: what its value is: text as it stands, a code of the profile's list `codes`, or the alias of something.
    :param parameter: the code of a parameter record, where it is one.
    """

    words: str
    of: Owner
    file_no: str
    record: str
    field: str
    value: ValueKind = "text"
    codes: str = ""
    parameter: str = ""

    @property
    def name(self) -> str:
        """How IR06 and IR07 name it: a parameter by its code's word, a relationship by its kind, else by its field."""
        return self.parameter or (self.record if self.file_no == RELATIONSHIPS else self.field)

    def name_of(self, value: str) -> str:
        """How IR06 and IR07 name it with a value: a component, and what has a formula, by the first channel."""
        if self.value not in {"component", "formula"}:
            return self.name
        return f"{self.record}_01_{value}_01" if self.value == "component" else f"{self.record}_01"

    @property
    def owner_field(self) -> str:
        """The field that says whose attribute it is."""
        return "universal_sdp_id" if self.of == "sdp" else "meter_id"


def _relationship(words: str, record: str, field: str, value: ValueKind, of: Owner = "sdp") -> Attribute:
    return Attribute(words, of, RELATIONSHIPS, record, field, value)


def _coded(words: str, field: str) -> Attribute:
    return Attribute(words, "sdp", "03", "service_agreement", field, "code", field)


def _parameter(words: str, parameter: str, of: Owner = "sdp", codes: str = "") -> Attribute:
    value: ValueKind = "code" if codes else "text"
    return Attribute(words, of, "04", f"{of}_parameter", "value", value, codes, parameter)


ATTRIBUTES: Mapping[str, Attribute] = {
    attribute.words: attribute
    for attribute in (
        Attribute("SDP ID", "sdp", ASSETS, "sdp", "sdp_id", "sdp"),
        Attribute("SDP type", "sdp", ASSETS, "sdp", "sdp_type", "code", "sdp_type"),
        Attribute("meter ID", "meter", ASSETS, "meter", "meter_id", "meter"),
        Attribute("module ID", "module", ASSETS, "communication_module", "communication_module_id", "module"),
        Attribute("address", "sdp", "02", "premise", "address"),
        Attribute("city", "sdp", "02", "premise", "city"),
        Attribute("postal code", "sdp", "02", "premise", "postal_code"),
        _coded("framing structure", "framing_structure"),
        _coded("commodity type", "commodity_type"),
        _parameter("billing cycle", "billing_cycle_id"),
        _parameter("VEE service", "vee_service"),
        _parameter("CT/PT multiplier", "ct_pt_multiplier"),
        _parameter("service status", "service_status", codes="service_status"),
        _parameter("register digits", "register_digits", of="meter"),
        _parameter("register multiplier", "register_multiplier", of="meter"),
        Attribute("component", "sdp", COMPONENTS, "channel_to_channel", "component_universal_sdp_id", "component"),
        Attribute("formula", "sdp", COMPONENTS, "channel_to_formula", "formula", "formula"),
        _relationship("meter", "sdp_to_meter", "meter_id", "meter"),
        _relationship("account", "sdp_to_account", "account_id", "account"),
        _relationship("billing agent", "sdp_to_billing_agent", "organisation_id", "organisation"),
        _relationship("AMI operator", "sdp_to_ami_operator", "organisation_id", "organisation"),
        _relationship("energy service provider", "sdp_to_energy_service_provider", "organisation_id", "organisation"),
        _relationship("CCA service provider", "sdp_to_cca_service_provider", "organisation_id", "organisation"),
        _relationship(
            "communication module", "meter_to_communication_module", "communication_module_id", "module", "meter"
        ),
    )
}
"""Every attribute that features speak of, by its words. Those of assets have no dates."""


def attribute(words: str) -> Attribute:
    """The attribute of a name.

    :raises SuiteMistake: there is none.
    """
    if words not in ATTRIBUTES:
        raise SuiteMistake(f"{words!r} is no attribute; there are {', '.join(ATTRIBUTES)}")
    return ATTRIBUTES[words]


LONG_AGO_DAYS = 400
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = re.compile(rf"({'|'.join(WEEKDAYS)}) of week (\d)")
_RELATIVE = re.compile(r"in (\d+) days|(\d+) days ago")
_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}


def day(words: str, today: Day, anchor: Day) -> Day | None:
    """The day that words name, seen from another; None for an empty text: an open end.

    :param anchor: the first day of the conversation, from which ``long ago`` is counted.

    :raises SuiteMistake: the words name no day.
    """
    if not words:
        return None
    match = _RELATIVE.fullmatch(words)
    if words == SINCE:
        return Day(anchor - timedelta(days=LONG_AGO_DAYS))
    if (of_week := _WEEK.fullmatch(words)) is not None:
        return Day(anchor + timedelta(days=7 * (int(of_week[2]) - 1) + WEEKDAYS.index(of_week[1])))
    if words in _NEAR:
        ahead = _NEAR[words]
    elif match is not None:
        ahead = int(match[1]) if match[1] else -int(match[2])
    else:
        try:
            return Day(date.fromisoformat(words))
        except ValueError:
            forms = "'Tuesday of week 2', 'today', 'tomorrow', 'yesterday', 'in 10 days', '30 days ago' or 2011-01-31"
            raise SuiteMistake(f"{words!r} is no day; a day is {forms}") from None
    return Day(today + timedelta(days=ahead))


_AHEAD = re.compile(r"\bin (\d+) days\b|\btomorrow\b")
_OF = "of"
"""Heads the first column of a table that says what sets change."""
_DATED = {"from", "until"}


def furthest_ahead(text: str, table: Sequence[Sequence[str]], anchor: Day) -> int:
    """How many days ahead, at most, a step dates what a set tells; 0 where it dates nothing ahead.

    Days that have a date or a place in a week are counted from the first of the conversation, and so never too few.
    """
    cells = [cell for row in table for cell in row]
    near = [int(match[1] or 1) for words in (text, *cells) for match in _AHEAD.finditer(words)]
    return max([0, *near, *_days_of_changes(table, anchor)])


def _days_of_changes(table: Sequence[Sequence[str]], anchor: Day) -> Iterable[int]:
    if not table or table[0][0] != _OF:
        return
    for row in table[1:]:
        for heading, words in zip(table[0], row, strict=True):
            if heading in _DATED:
                with contextlib.suppress(SuiteMistake):  # the step itself says so
                    yield ((day(words, anchor, anchor) or anchor) - anchor).days
