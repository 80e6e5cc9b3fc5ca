"""What IR06 and IR07 say, as differences of the Master Directory, held to what the oracle says (SRP-03, -04, -07, -08).

How a system cuts a span into records, and in which order they stand, makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from harness.interface.files import Record, Value
from harness.interface.profile import EITHER, TRANSFORMATIONS, Profile
from harness.interface.set_records import NAMES_OF_ASSETS, RELATIONSHIPS, names_new_sdp
from harness.oracle.master_directory import Attribute, Change
from harness.oracle.synchronization import PRIOR_STATE, STOPPED, Outcome
from harness.referee.case import Letter
from harness.referee.sync_sets import Course


class Difference(NamedTuple):
    """A span in which an attribute has another value than before. Open ends and missing values are empty texts."""

    attribute: Attribute
    since: str
    until: str
    prior: str
    new: str

    def __str__(self) -> str:
        span = f" from {self.since}" if self.since else ""
        end = f" until {self.until}" if self.until else ""
        entity, identifier, name = self.attribute
        whose = "SDP" if entity == "sdp" else entity
        return f"{name} of {whose} {identifier}{span}{end}: {self.prior or 'nothing'} -> {self.new or 'nothing'}"


def shown(changes: Iterable[Change], profile: Profile) -> frozenset[Difference]:
    """Changes as they may be shown, in a form in which they can be compared (AMB-42)."""
    return frozenset(
        Difference(
            each.attribute,
            _text(each.since),
            _text(each.until),
            _comparable(each.attribute, each.prior, profile),
            _comparable(each.attribute, each.new, profile),
        )
        for each in changes
    )


def stated(letter: Letter, profile: Profile) -> frozenset[Difference]:
    """The details of an IR06 or IR07, joined where one change was cut into several records."""
    words = {code: word for word, code in profile.codes["entity"].items()}
    return frozenset(_joined(_difference(record, words, profile) for record in letter.details))


def _difference(record: Record, words: dict[str, str], profile: Profile) -> Difference:
    entity = str(record["entity"])
    attribute = Attribute(words.get(entity, entity), str(record["entity_id"]), str(record["attribute"]))
    values = (None if record[of] is None else str(record[of]) for of in ("prior_value", "new_value"))
    prior, new = (_comparable(attribute, value, profile) for value in values)
    return Difference(attribute, _text(record["effective_from"]), _text(record["effective_to"]), prior, new)


def _comparable(attribute: Attribute, value: str | None, profile: Profile) -> str:
    if value is None:
        return ""
    declared = profile.transformations.get(attribute.name, "as_sent")
    otherwise = profile.readings["AMB-42"] in {EITHER, "letters-blanks-zeros"}
    return TRANSFORMATIONS["letters_blanks_zeros" if otherwise else declared](value)


def _text(value: Value | date) -> str:
    return "" if value is None else str(value)


def _joined(differences: Iterable[Difference]) -> list[Difference]:
    joined: list[Difference] = []
    for each in sorted(differences):
        last = joined[-1] if joined else None
        same = last is not None and (last.attribute, *last[3:]) == (each.attribute, *each[3:])
        if last is not None and same and last.until and last.until == each.since:
            joined[-1] = last._replace(until=each.until)
        else:
            joined.append(each)
    return joined


def _names_sdp(each: Difference) -> bool:
    return names_new_sdp(each.attribute.entity_id, each.attribute.name, each.prior, each.new)


def listed(differences: Collection[Difference]) -> str:
    """Some differences in words."""
    several = sorted(differences)
    more = f"; and {len(several) - 4} more" if len(several) > 4 else ""
    return "; ".join(map(str, several[:4])) + more


class Others(NamedTuple):
    """What is other LDCs'.

    :param owner: the LDC that a Universal SDP ID was issued to; None where it is not known. `own`: the LDC at hand.
    :param extracts: the days of the extracts of others' P-Sync sets.
    """

    owner: Callable[[str], str | None]
    own: str
    extracts: Collection[str]

    def are_told_of(self, more: Collection[Difference]) -> bool:
        """Whether SDPs of other LDCs are told of."""
        sdps = {each.attribute.entity_id for each in more if each.attribute.entity == "sdp"}
        return any(self.owner(sdp) not in {None, self.own} for sdp in sdps)

    def have_ended(self, more: Collection[Difference]) -> bool:
        """Whether something has had no value since the extract of another LDC's P-Sync."""
        return any(each.new and not each.prior and each.since in self.extracts for each in more)


class Compared(NamedTuple):
    """In what a report differs from what it should say, and the rule that is broken so; empty where none is.

    :param scenario: the rule of the business scenario that cannot be told apart from it; empty where there is none.
    """

    rule: str
    missing: frozenset[Difference]
    more: frozenset[Difference]
    scenario: str = ""


def compared(
    file_type: str,
    said: Iterable[Difference],
    course: Course,
    outcome: Outcome,
    profile: Profile,
    is_seen: Callable[[Attribute], bool],
    others: Others,
) -> Compared:
    """Hold what a report says to what a set came to.

    :param is_seen: whether it is known what holds of an attribute.
    """
    wanted = outcome.updates if file_type == "IR06" else [change for change, _ in outcome.exceptions]
    expected = {each for each in shown(wanted, profile) if is_seen(each.attribute)}
    told = {each for each in said if is_seen(each.attribute)}
    new = {each.attribute.entity_id for each in expected if each.attribute.name == "sdp_id" and not each.prior}
    missing = frozenset(each for each in expected - told if each.attribute.name not in NAMES_OF_ASSETS)
    more = frozenset(each for each in told - expected if not (each.attribute.entity_id in new and _names_sdp(each)))
    if not missing and not more:
        return Compared("", missing, more)
    rule = _rule(file_type, course, outcome, missing, more, others)
    is_i_sync = file_type == "IR06" and not course.is_periodic_audit
    if rule not in {"SRP-03", "SYN-12"} or more or not is_i_sync:
        return Compared(rule, missing, more)
    scenario = _scenario_passed_over(expected, missing, profile)
    if rule == "SYN-12" and not any(each.prior for each in missing):
        return Compared(rule, missing, more, scenario)
    return Compared(scenario or rule, missing, more)


SCENARIOS: Mapping[str, str] = {
    "framing_structure": "ISY-15",
    "billing_cycle_id": "ISY-16",
    "vee_service": "ISY-17",
    "ct_pt_multiplier": "ISY-18",
    "sdp_to_account": "ISY-19",
    "sdp_to_billing_agent": "ISY-20",
    "sdp_to_ami_operator": "ISY-20",
    "sdp_to_energy_service_provider": "ISY-21",
}
"""The business scenario of a change, by the attribute that changes."""
OF_STATUS: Mapping[str, str] = {"cut_at_pole": "ISY-13", "booted": "ISY-14"}
"""That of a change of the service status, by what it becomes."""
METER, MODULE = "sdp_to_meter", "meter_to_communication_module"


def _scenario_passed_over(expected: Collection[Difference], missing: Collection[Difference], profile: Profile) -> str:
    """The business scenario that was passed over where others of a set were taken; empty where that is not so."""
    told = [each for each in expected if each not in missing]
    created = {each.attribute.entity_id for each in expected if each.attribute.name == "sdp_id"}
    if all(each.attribute.name == METER and each.prior and each.new for each in missing):
        return "ISY-10"
    if not told:
        return ""
    if any(each.attribute.name == "sdp_id" for each in missing):
        return "ISY-22"
    lost, others = {each.attribute.name for each in missing}, {each.attribute.name for each in told}
    if len(lost) > 1 or lost & others or any(each.attribute.entity_id in created for each in missing):
        return ""
    one = min(missing)
    if one.attribute.name in {METER, MODULE}:
        return _of_a_meter(one, told)
    if one.attribute.name == "service_status":
        plain = TRANSFORMATIONS["letters_blanks_zeros"]
        words = {plain(code): word for word, code in profile.codes["service_status"].items()}
        return OF_STATUS.get(words.get(plain(one.new), ""), "")
    beside = {SCENARIOS[name] for name in others if name in SCENARIOS}
    return SCENARIOS.get(one.attribute.name, next(iter(beside)) if len(beside) == 1 else "")


def _of_a_meter(lost: Difference, told: Collection[Difference]) -> str:
    """Whether a meter is changed, removed or new, by what is not told of it, or of its module."""
    if not lost.new:
        return "ISY-11"
    of = [lost] if lost.attribute.name == METER else [each for each in told if each.attribute.name == METER]
    return "ISY-10" if any(each.prior for each in of) else "ISY-12"


def _rule(
    report: str,
    course: Course,
    outcome: Outcome,
    missing: Collection[Difference],
    more: Collection[Difference],
    others: Others,
) -> str:
    """The rule that a difference breaks: whose days, and which SDPs, tell which."""
    if report == "IR06" and (others.have_ended(more) or (course.is_periodic_audit and others.are_told_of(more))):
        return "PSY-06"
    if course.is_periodic_audit:
        rule = _rule_of_p_sync(course, outcome, [*missing, *more])
        if rule:
            return rule
    elif report == "IR06" and (rule := _rule_of_i_sync(course, missing, more)):
        return rule
    if report == "IR07":
        return "SRP-04"
    if any(each.prior == each.new for each in more):
        return "SRP-03"
    if (
        missing
        and {each[:3] for each in missing} == {each[:3] for each in more}
        and _only_shown_otherwise(missing, more)
    ):
        return "SRP-07"
    return "SRP-03"


def _rule_of_p_sync(course: Course, outcome: Outcome, wrong: Collection[Difference]) -> str:
    if outcome.status == STOPPED:
        return "PSY-05"
    prior = {change.attribute for change, reason in outcome.exceptions if reason == PRIOR_STATE}
    if any(each.attribute in prior for each in wrong):
        return "PSY-04"
    ended = [each for each in wrong if not each.new and each.since]
    if any(each.attribute not in course.named or each.since == str(course.day) for each in ended):
        return "PSY-02"
    return ""


def _rule_of_i_sync(course: Course, missing: Collection[Difference], more: Collection[Difference]) -> str:
    ended = [each for each in more if not each.new and each.attribute not in course.named]
    if ended:
        named = {each.entity_id for each in course.named}
        return "ISY-02" if any(each.attribute.entity_id in named for each in ended) else "PSY-03"
    if any(each.attribute not in course.named for each in more):
        return "ISY-02"
    spans = {(each.attribute, each.new): (each.since, each.until) for each in more}
    if any(spans.get((each.attribute, each.new), each[1:3]) != each[1:3] for each in missing):
        return "ISY-01"
    lost = {each.attribute.name for each in missing} - {each.attribute.name for each in more}
    if lost and all(name in RELATIONSHIPS for name in lost):
        return "SYN-12"
    return ""


def _only_shown_otherwise(missing: Collection[Difference], more: Collection[Difference]) -> bool:
    plain = TRANSFORMATIONS["letters_blanks_zeros"]
    return {tuple(map(plain, each[3:])) for each in missing} == {tuple(map(plain, each[3:])) for each in more}
