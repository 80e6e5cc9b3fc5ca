"""The catalogue: read strictly, with the place of every mistake, and whole."""

from __future__ import annotations

import re
from typing import Any

import pytest

from harness.errors import InputError
from harness.interface.profile import load_profile
from harness.port.protocol import Role
from harness.suite.catalogue import CIS_ROLE, Standing, load_catalogue, read_catalogue

RULE = """
[[rule]]
id = "USDP-03"
class = "USDP"
text = "An identifier stays with its SDP."
slide = "LDC and MDM/R Identifiers"
binds = "repository"
status = "current"
values = { assignment_run_every_minutes = 15 }
"""
RULES = f"""
catalogue = "a workshop"
{RULE}
[[rule]]
id = "SEQ-01"
class = "SYNC"
cis_class = "CIS-SYNC"
text = "Sets come in sequence."
slide = "Two interfaces"
binds = "both"
status = "withdrawn"

[[rule]]
id = "SEQ-02"
class = "none"
cis_class = "CIS-SYNC"
text = "A set waits for the one before."
slide = "Two interfaces"
binds = "cis"
status = "current"

[[rule]]
id = "SEQ-03"
class = "none"
text = "Leave an hour between sets."
slide = "Some things to think about"
binds = "repository"
status = "advice"

[[rule]]
id = "SEQ-04"
class = "SYNC"
text = "Soon, sets need no sequence."
slide = "To come"
binds = "repository"
status = "future"

[[rule]]
id = "SEQ-05"
class = "none"
cis_class = "CIS-SYNC"
text = "Both keep a log of incidents."
slide = "Incidents"
binds = "both"
status = "not observable"
unseen = "People keep it by hand."

[[rule]]
id = "SEQ-06"
class = "SYNC"
cis_class = "CIS-SYNC"
text = "A set is complete."
slide = "Two interfaces"
binds = "both"
status = "current"

[[ambiguity]]
id = "AMB-01"
rules = ["USDP-03", "SEQ-01"]
text = "It says a number, and prints letters."
reading = "a number"
"""
JUDGEMENT = """
[area.SEQ]
waits_for = "SYNC"
why = "Synchronization is not judged yet."

[not_yet_judged."SEQ-06"]
waits_for = "cis role"
why = "It is told of the LDC."

[in_part."USDP-03"]
waits_for = ["SYNC", "USDP"]
why = "Judged for what is assigned."
"""


def refusal(rules: str = RULES, judgement: str = JUDGEMENT) -> InputError:
    with pytest.raises(InputError) as caught:
        read_catalogue(rules, judgement, rules_place="rules", judgement_place="judgement")
    return caught.value


# --- what is refused, and where it says so --------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "expected", "remedy"),
    [
        ('catalogue = "a workshop"', "", "rules", "has no key 'catalogue'", "a key 'catalogue'", ""),
        ('catalogue = "a workshop"', 'catalog = "a workshop"', "rules", "has no key 'catalogue'", "", "catalog?"),
        ('catalogue = "a workshop"', "catalogue = 1", "rules", "catalogue is 1", "a text", ""),
        ('catalogue = "a workshop"', 'catalogue = "a"\nauthor = "b"', "rules", "unknown key 'author'", "keys", ""),
        ('catalogue = "a workshop"', "catalogue = ", "rules", "is no TOML: Invalid value", "a TOML file", ""),
        ('id = "USDP-03"', 'id = "USDP-03"\nid = "USDP-03"', "rules", "is no TOML: Cannot overwrite", "", ""),
        ('id = "USDP-03"\n', "", "rules, rule 1", "has no key 'id'", "a key 'id'", ""),
        ('id = "USDP-03"', "id = 3", "rules, rule 1", "id is 3", "a text", ""),
        ('id = "USDP-03"', 'id = "  "', "rules, rule 1", "id is '  '", "a text", ""),
        ('id = "USDP-03"', 'id = "USDP-3"', "rules, rule 1 (USDP-3)", "id is 'USDP-3'", "USDP-03", ""),
        ('id = "USDP-03"', 'id = "usdp-03"', "rules, rule 1 (usdp-03)", "id is 'usdp-03'", "capitals", ""),
        ('id = "USDP-03"', 'id = "AMB-03"', "rules, rule 1 (AMB-03)", "id is 'AMB-03'", "USDP-03", ""),
        ('id = "USDP-03"', 'id = "USDP-03\\n"', "rules, rule 1 (USDP-03\n)", "id is 'USDP-03\\n'", "USDP-03", ""),
        ('id = "SEQ-02"', 'id = "SEQ-01"', "rules", "SEQ-01 stands twice", "each id once", ""),
        ('class = "USDP"\n', "", "rules, rule 1 (USDP-03)", "has no key 'class'", "a key 'class'", ""),
        ('class = "USDP"\n', 'klass = "USDP"\n', "rules, rule 1 (USDP-03)", "has no key 'class'", "", "klass?"),
        ('slide = "LDC', 'page = 3\nslide = "LDC', "rules, rule 1 (USDP-03)", "unknown key 'page'", "keys among", ""),
        ('slide = "LDC', 'slde = ""\nslide = "LDC', "rules, rule 1 (USDP-03)", "unknown key 'slde'", "", "slide?"),
        ('binds = "repository"', 'binds = "repositry"', "rules, rule 1 (USDP-03)", "binds is", "cis", "repository?"),
        ('status = "current"', 'status = "curent"', "rules, rule 1 (USDP-03)", "status is", "withdrawn", "current?"),
        ('class = "none"', 'class = "SYNC"', "rules, rule 3 (SEQ-02)", "class is 'SYNC'", "binds the CIS alone", ""),
        ('cis_class = "CIS-SYNC"\n', "", "rules, rule 2 (SEQ-01)", "cis_class is 'none'", "CIS-SYNC", ""),
        ('cis_class = "CIS-SYNC"', 'cis_class = "SYNC"', "rules, rule 2 (SEQ-01)", "cis_class is 'SYNC'", "CIS-", ""),
        ('class = "USDP"', 'class = "USDP"\ncis_class = "CIS-A"', "rules, rule 1 (USDP-03)", "cis_class", "no", ""),
        ('status = "current"', 'status = ["current"]', "rules, rule 1 (USDP-03)", "status is [", "a text", ""),
        ('unseen = "People keep it by hand."\n', "", "rules, rule 6 (SEQ-05)", "unseen is ''", "not observable", ""),
        (
            'status = "current"',
            'status = "current"\nunseen = "so"',
            "rules, rule 1 (USDP-03)",
            "unseen is 'so'",
            "",
            "",
        ),
        ("values = {", "value = {", "rules, rule 1 (USDP-03)", "unknown key 'value'", "keys among", "values?"),
        ("{ assignment_run_every_minutes = 15 }", "15", "rules, rule 1 (USDP-03)", "values is 15", "", ""),
        ('id = "AMB-01"', 'id = "AMB-1"', "rules, ambiguity 1 (AMB-1)", "id is 'AMB-1'", "AMB-01", ""),
        ('rules = ["USDP-03", "SEQ-01"]\n', "", "rules, ambiguity 1 (AMB-01)", "has no key 'rules'", "", ""),
        ('["USDP-03", "SEQ-01"]', "[]", "rules, ambiguity 1 (AMB-01)", "rules is []", "a list of texts", ""),
        ('["USDP-03", "SEQ-01"]', "[3]", "rules, ambiguity 1 (AMB-01)", "rules is [3]", "a list of texts", ""),
        ('["USDP-03", "SEQ-01"]', '["SEQ-01", "SEQ-01"]', "rules, ambiguity 1 (AMB-01)", "rules is", "each", ""),
        ('["USDP-03", "SEQ-01"]', '["USDP-30"]', "rules, AMB-01, rules", "no rule is called USDP-30", "", "USDP-03?"),
        ("[[ambiguity]]", "[[ambiguty]]", "rules", "unknown key 'ambiguty'", "keys among", "ambiguity?"),
        ('reading = "a', 'readings = ""\nreading = "a', "rules, ambiguity 1 (AMB-01)", "unknown key", "", "reading?"),
        ("[[ambiguity]]", "[ambiguity]", "rules", "ambiguity is {", "[[ambiguity]] tables", ""),
    ],
)  # fmt: skip
def test_a_mistake_in_the_rules_is_refused_with_its_place(
    old: str, new: str, where: str, what: str, expected: str, remedy: str
) -> None:
    assert old in RULES
    error = refusal(rules=RULES.replace(old, new, 1))
    assert error.where == where
    assert error.what.startswith(what)
    assert expected in error.expected
    assert error.remedy.endswith(remedy) if remedy else error.remedy == ""


@pytest.mark.parametrize("rules", ["", 'catalogue = "empty"', 'catalogue = "empty"\nrule = []\nrule_ = 1'])
def test_a_catalogue_without_rules_is_refused(rules: str) -> None:
    assert refusal(rules=rules).where == "rules"


def test_an_empty_list_of_rules_is_refused() -> None:
    assert refusal(rules='catalogue = "empty"\nrule = []', judgement="").what == "rule is []"


def test_an_ambiguity_that_stands_twice_is_refused() -> None:
    ambiguity = RULES[RULES.index("[[ambiguity]]") :]
    assert refusal(rules=RULES + ambiguity).what == "AMB-01 stands twice"


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "remedy"),
    [
        ("[area.SEQ]", "[areas.SEQ]", "judgement", "unknown key 'areas'", "area?"),
        ("[area.SEQ]", "[area.SEX]", "judgement, area.SEX", "no rule's id begins with SEX", "SEQ?"),
        ("[area.SEQ]", "area = 1\n[other]", "judgement", "area is 1", ""),
        ("[area.SEQ]", "[area]\nSEQ = 1\n[other]", "judgement", "area.SEQ is 1", ""),
        ('waits_for = "SYNC"\n', "", "judgement, area.SEQ", "has no key 'waits_for'", ""),
        ('waits_for = "SYNC"', 'waits_for = "SYNK"', "judgement, area.SEQ", "waits_for is 'SYNK'", "SYNC?"),
        ('waits_for = "SYNC"', 'waits_for = "none"', "judgement, area.SEQ", "waits_for is 'none'", ""),
        ('waits_for = "SYNC"', "waits_for = []", "judgement, area.SEQ", "waits_for is []", ""),
        ('why = "Synchronization is not judged yet."', "", "judgement, area.SEQ", "has no key 'why'", ""),
        ('why = "Synchronization', 'wy = ""\nwhy = "Sync', "judgement, area.SEQ", "unknown key 'wy'", "why?"),
        ('not_yet_judged."SEQ-06"', 'not_yet_judged."SEQ-60"', "judgement, not_yet_judged", "no rule is", "SEQ-06"),
        ('not_yet_judged."SEQ-06"', 'not_yet_judged."SEQ-02"', "judgement, not_yet_judged", "SEQ-02 binds the CIS", ""),
        ('not_yet_judged."SEQ-06"', 'not_yet_judged."SEQ-03"', "judgement, not_yet_judged", "SEQ-03 is advice:", ""),
        ('not_yet_judged."SEQ-06"', 'not_yet_judged."SEQ-04"', "judgement, not_yet_judged", "SEQ-04 is future:", ""),
        ('not_yet_judged."SEQ-06"', 'not_yet_judged."SEQ-05"', "judgement, not_yet_judged", "SEQ-05 is not obs", ""),
        ('not_yet_judged."SEQ-06"', 'not_yet_judged."USDP-03"', "judgement", "USDP-03 is said to wait", ""),
        ('in_part."USDP-03"', 'in_part."USDP-04"', "judgement, in_part", "no rule is called USDP-04", "USDP-03"),
        ('waits_for = "SYNC"', 'waits_for = "SYNC', "judgement", "is no TOML:", ""),
    ],
)  # fmt: skip
def test_a_mistake_in_the_judgement_is_refused_with_its_place(
    old: str, new: str, where: str, what: str, remedy: str
) -> None:
    assert old in JUDGEMENT
    error = refusal(judgement=JUDGEMENT.replace(old, new, 1))
    assert error.where == where
    assert error.what.startswith(what)
    assert error.expected
    assert remedy in error.remedy if remedy else error.remedy == ""


# --- how rules stand ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "standing", "why"),
    [
        ("USDP-03", Standing.JUDGED, ""),
        ("SEQ-01", Standing.NOT_YET_JUDGED, "waits for SYNC: Synchronization is not judged yet."),
        ("SEQ-02", Standing.OTHER_ROLE, "it binds the CIS alone"),
        ("SEQ-03", Standing.ADVICE, "advice: shown, not judged"),
        ("SEQ-04", Standing.ANNOUNCED, "announced: not in force yet"),
        ("SEQ-05", Standing.NOT_OBSERVABLE, "not observable: People keep it by hand."),
        ("SEQ-06", Standing.OTHER_ROLE, "seen only of a CIS under test: It is told of the LDC."),
    ],
)
def test_a_rule_has_one_standing_and_says_why(rule: str, standing: Standing, why: str) -> None:
    catalogue = read_catalogue(RULES, JUDGEMENT)
    assert (catalogue.standing(rule), catalogue.why_not_judged(rule)) == (standing, why)
    assert catalogue.is_judged(rule) is (standing is Standing.JUDGED)


def test_a_rule_that_waits_for_a_class_besides_the_other_role_is_not_yet_judged() -> None:
    judgement = JUDGEMENT.replace('"cis role"', '["cis role", "SYNC"]')
    assert read_catalogue(RULES, judgement).standing("SEQ-06") is Standing.NOT_YET_JUDGED


OF_A_CIS = """
[cis_class."CIS-SYNC"]
why = "no scenario judges it"

[cis_not_yet_judged."SEQ-06"]
why = "it needs files"
"""


@pytest.mark.parametrize(
    ("rule", "standing", "why"),
    [
        ("USDP-03", Standing.OTHER_ROLE, "it binds the repository alone"),
        ("SEQ-01", Standing.NOT_YET_JUDGED, "no scenario judges it"),
        ("SEQ-02", Standing.NOT_YET_JUDGED, "no scenario judges it"),
        ("SEQ-04", Standing.OTHER_ROLE, "it binds the repository alone"),
        ("SEQ-05", Standing.NOT_OBSERVABLE, "not observable: People keep it by hand."),
        ("SEQ-06", Standing.NOT_YET_JUDGED, "it needs files"),
    ],
)
def test_a_rule_has_a_standing_of_its_own_for_a_cis(rule: str, standing: Standing, why: str) -> None:
    catalogue = read_catalogue(RULES, JUDGEMENT + OF_A_CIS)
    assert (catalogue.standing(rule, Role.CIS), catalogue.why_not_judged(rule, Role.CIS)) == (standing, why)


def test_what_is_not_said_to_wait_is_judged_of_a_cis_whatever_waits_for_a_repository() -> None:
    judged = [rule.id for rule in read_catalogue(RULES, JUDGEMENT).rules]
    catalogue = read_catalogue(RULES, JUDGEMENT)
    assert [rule for rule in judged if catalogue.is_judged(rule, Role.CIS)] == ["SEQ-01", "SEQ-02", "SEQ-06"]


@pytest.mark.parametrize(
    ("old", "new", "where", "what", "expected", "remedy"),
    [
        ('"CIS-SYNC"', '"CIS-SNYC"', "cis_class", "'CIS-SNYC' is not waited for", "a class of the CIS", "CIS-SYNC?"),
        ('"SEQ-06"', '"USDP-03"', "cis_not_yet_judged", "'USDP-03' is not waited for", "binds the CIS", ""),
        ('"SEQ-06"', '"SEQ-05"', "cis_not_yet_judged", "'SEQ-05' is not waited for", "in force", "SEQ-0"),
        ('it needs files"', 'it needs files"\nwaits_for = "SYNC"', "SEQ-06", "unknown key 'waits_for'", "why", ""),
    ],
)
def test_a_mistake_in_what_waits_for_a_cis_is_refused_with_its_place(
    old: str, new: str, where: str, what: str, expected: str, remedy: str
) -> None:
    refused = refusal(judgement=JUDGEMENT + OF_A_CIS.replace(old, new, 1))
    assert where in refused.where
    assert what in refused.what
    assert expected in refused.expected
    assert remedy in refused.remedy


def test_a_rule_judged_in_part_is_judged_and_says_what_waits() -> None:
    catalogue = read_catalogue(RULES, JUDGEMENT)
    assert catalogue.is_judged("USDP-03")
    assert str(catalogue.in_part["USDP-03"]) == "waits for SYNC and USDP: Judged for what is assigned."


def test_a_rule_judged_in_part_goes_before_its_area() -> None:
    judgement = JUDGEMENT.replace('in_part."USDP-03"', 'in_part."SEQ-01"')
    assert read_catalogue(RULES, judgement).standing("SEQ-01") is Standing.JUDGED


def test_without_a_judgement_every_binding_rule_is_judged() -> None:
    catalogue = read_catalogue(RULES)
    assert [rule.id for rule in catalogue.rules if catalogue.is_judged(rule.id)] == ["USDP-03", "SEQ-01", "SEQ-06"]


def test_the_order_of_the_file_is_kept() -> None:
    catalogue = read_catalogue(RULES, JUDGEMENT)
    assert catalogue.classes == ("USDP", "SYNC")
    assert catalogue.classes_of(Role.CIS) == ("CIS-SYNC",)
    assert catalogue.areas == ("USDP", "SEQ")
    assert "SEQ-01" in catalogue
    assert "SEQ-09" not in catalogue


@pytest.mark.parametrize("method", ["rule", "standing", "is_judged", "why_not_judged"])
def test_a_rule_that_there_is_not_is_refused_with_the_nearest(method: str) -> None:
    catalogue = read_catalogue(RULES, JUDGEMENT)
    with pytest.raises(InputError, match=r"no rule is called usdp-3(.|\n)*did you mean USDP-03\?"):
        getattr(catalogue, method)("usdp-3")


def test_an_ambiguity_is_found_by_its_id_and_refused_with_the_nearest() -> None:
    catalogue = read_catalogue(RULES, JUDGEMENT)
    assert catalogue.ambiguity("AMB-01").reading == "a number"
    with pytest.raises(InputError, match=r"no ambiguity is called amb-10(.|\n)*did you mean AMB-01\?"):
        catalogue.ambiguity("amb-10")


# --- the shipped catalogue ------------------------------------------------------------------------------


def test_the_workshop_has_182_rules() -> None:
    assert len(load_catalogue().rules) == 182


def test_every_ambiguity_is_one_that_the_profile_reads() -> None:
    ids = [ambiguity.id for ambiguity in load_catalogue().ambiguities]
    assert ids == sorted(set(ids))
    assert set(ids) == load_profile().readings.keys()


def test_its_classes_are_those_that_the_catalogue_speaks_of() -> None:
    classes = ("FTS", "USDP", "SYNC", "BILLING-ENERGY", "BILLING-DEMAND", "ODEST", "REPORTS")
    assert load_catalogue().classes == classes
    assert load_catalogue().classes_of(Role.CIS) == ("CIS-FTS", "CIS-USDP", "CIS-SYNC", "CIS-READING", "CIS-BILLING")


def test_who_is_advised_or_not_seen_is_the_cis() -> None:
    for rule in load_catalogue().rules:
        if rule.status in {"advice", "not observable"}:
            assert rule.binds in {"cis", "both"}, rule.id


def test_the_rules_of_an_area_stand_in_the_order_of_their_ids() -> None:
    catalogue = load_catalogue()
    for area in catalogue.areas:
        ids = [rule.id for rule in catalogue.rules if rule.area == area]
        assert ids == sorted(ids)


def test_every_rule_is_judged_or_says_why_not() -> None:
    catalogue = load_catalogue()
    for rule in catalogue.rules:
        assert catalogue.is_judged(rule.id) is (catalogue.why_not_judged(rule.id) == ""), rule.id


def test_what_waits_as_a_whole_waits_for_classes_or_for_the_other_role() -> None:
    catalogue = load_catalogue()
    for rule_id, waiting in catalogue.not_yet_judged.items():
        assert set(waiting.waits_for) <= {*catalogue.classes, CIS_ROLE}, rule_id
        assert waiting.why.endswith("."), rule_id


def test_what_waits_for_the_other_role_binds_the_cis() -> None:
    catalogue = load_catalogue()
    for rule in catalogue.rules:
        if catalogue.standing(rule.id) is Standing.OTHER_ROLE:
            assert rule.binds in {"cis", "both"}, rule.id


FIRST_CHAPTERS = (
    *(f"FTS-{number:02}" for number in (1, 6, 7, 8, 9, 10, 11, 12, 13)),
    *(f"USDP-{number:02}" for number in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14)),
)


@pytest.mark.parametrize("rule", FIRST_CHAPTERS)
def test_file_transfer_and_assignment_are_judged(rule: str) -> None:
    assert load_catalogue().is_judged(rule)


def test_the_configured_values_of_rules_are_those_of_the_profile() -> None:
    values: dict[str, Any] = dict(load_profile(None).values)
    for rule in load_catalogue().rules:
        for name, value in rule.values.items():
            assert name in values, (rule.id, name)
            stated = list(values[name]) if isinstance(values[name], tuple) else values[name]
            assert stated == value, (rule.id, name)


def test_what_the_profile_reads_one_way_is_ambiguous() -> None:
    assert set(load_profile(None).readings) <= {ambiguity.id for ambiguity in load_catalogue().ambiguities}


def test_no_text_of_the_catalogue_is_cut_or_left_open() -> None:
    catalogue = load_catalogue()
    for entry in (*catalogue.rules, *catalogue.ambiguities):
        assert re.fullmatch(r"[A-Z0-9<'\"].{15,}[.)]", entry.text), entry.id
