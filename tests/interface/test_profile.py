"""Profiles are read strictly: what is not understood is refused with its place, and the nearest right spelling."""

from __future__ import annotations

import importlib.resources
import os
from pathlib import Path

import pytest

from harness.interface.profile import BOUNDS, EITHER, Profile, ProfileError, load_profile, read_profile

SHIPPED = (importlib.resources.files("harness.interface") / "profiles" / "workshop-2010.toml").read_text(
    encoding="utf-8"
)
HEADER = '[[file.record]]\nkind = "header"\ncode = "FH"\nrole = "header"\nfields = []\n'


def changed(old: str, new: str) -> str:
    assert old in SHIPPED, old
    return SHIPPED.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("name = ", "is not TOML", "p.toml"),
        ("[" * 100_000, "is not TOML", "p.toml"),
        ('name = "x"', "has no key", "p.toml"),
        (changed('name = "workshop-2010"', 'name = ""'), "name is ''", "p.toml"),
        (changed('name = "workshop-2010"', 'nam = "x"\nname = "y"'), "unknown key 'nam'", "p.toml"),
        (changed('name = "workshop-2010"', "name = 7"), "name is 7", "p.toml"),
        (changed('name = "workshop-2010"', "name = 2011-01-10"), "name is datetime.date", "p.toml"),
        (changed("assumed_layouts = true", 'assumed_layouts = "yes"'), "assumed_layouts is 'yes'", "p.toml"),
        (changed("{ value = 15,", "{ value = 1.5,"), "value is 1.5", "values.assignment_run_every_minutes"),
        (changed("{ value = 15,", "{ value = true,"), "value is True", "values.assignment_run_every_minutes"),
        (changed('value = 15, source = "workshop"', 'value = 15, source = "guess"'), "source is 'guess'", "values."),
        (changed("value = 15, source", "value = 15, unit = 1, source"), "unknown key 'unit'", "values."),
        (changed('default = "refuse-13-digits"', 'default = "refuse-13"'), "default is 'refuse-13'", "readings.AMB-02"),
        (changed('type = "varchar(50)"', 'type = "varchar"'), "type is 'varchar'", "file"),
        (changed('type = "varchar(50)"', 'type = "varchar(0)"'), "type is 'varchar(0)'", "file"),
        (changed('type = "varchar(50)"', 'type = "text(50)"'), "type is 'text(50)'", "file"),
        (changed('type = "varchar(50)"', 'type = "date(8)"'), "type is 'date(8)'", "file"),
        (changed('type = "varchar(50)"', 'type = "fixed_number(1001)"'), "type is 'fixed_number(1001)'", "file"),
        (changed('type = "varchar(50)"', 'type = "signed_number(1001)"'), "type is 'signed_number(1001)'", "file"),
        (changed('type = "varchar(50)"', 'type = "signed_number"'), "type is 'signed_number'", "file"),
        (changed('name = "sdp_id"', 'name = "ldc_org_id"'), "two fields have one name", "record"),
        (changed('role = "detail"', 'role = "footer"'), "role is 'footer'", "record"),
        (changed('role = "detail"', 'role = "header"'), "has not one header", "file 1"),
        (changed('code = "DT"', 'code = "FH"'), "two records of one code", "file 1"),
        (changed('code = "DT"', 'code = "FN"'), "code is 'FN'", "record 2"),
        (changed('code = "DT"', 'code = "EF"'), "code is 'EF'", "record 2"),
        (changed('code = "DT"', 'code = "D|T"'), "code is 'D|T'", "record 2"),
        (changed('code = "DT"', 'code = "D T"'), "code is 'D T'", "record 2"),
        (changed('code = "DT"', 'code = "\\u00c4"'), "code is", "record 2"),
        (changed('codes = "assignment_status"', 'codes = "assignment_state"'), "no code list", "status"),
        (changed('id = "2000.01"', 'id = "1000.00"'), "'1000.00' stands there twice", "p.toml"),
        (changed('id = "2000.01"', 'id = "2001.01"'), "'2001.01' is of no file type", "p.toml"),
        (
            changed('kind = "data", title = "Universal SDP ID Assignment Request"', 'kind = "date", title = "x"'),
            "kind is 'date'",
            "1000",
        ),
    ],
)
def test_a_profile_that_is_not_understood_is_refused_with_its_place(text: str, what: str, where: str) -> None:
    with pytest.raises(ProfileError) as refused:
        read_profile(text, "p.toml")
    assert what in refused.value.what
    assert where in refused.value.where
    assert refused.value.expected


@pytest.mark.parametrize(
    ("text", "what", "where", "expected"),
    [
        (changed("odest_look_back_days", "Odest_lok_back_days"), "no value", "values", "mean 'odest_look_back_days'?"),
        (changed("br05_by = ", "# br05_by = "), "lacks 'br05_by'", "values", "every value"),
        (changed("odest_look_back_days = { value = 28", 'odest_look_back_days = { value = "28"'), "is '28'", "", "28"),
        (changed('{ value = 28, source = "assumed" }', '"28"'), "odest_look_back_days is '28'", "values", "a table"),
        (changed('br05_by = { value = "23:30"', 'br05_by = { value = "24:30"'), "is '24:30'", "br05_by", '"23:30"'),
        (
            changed('br04_at = { value = ["12:00"', 'br04_at = { value = ["noon"'),
            "'noon'",
            "br04_at",
            '["12:00", "23:30"]',
        ),
        (changed("{ value = 59,", "{ value = 60,"), "is 60", "delivery_within_seconds", "from 1 to 59"),
        (changed("{ value = 59,", "{ value = 0,"), "is 0", "delivery_within_seconds", "from 1 to 59"),
        (changed("{ value = 15,", "{ value = 0,"), "is 0", "values.assignment_run_every_minutes", "from 1 to 1440"),
        (changed("{ value = 60,", "{ value = -5,"), "is -5", "values.set_wait_time_minutes", "from 1 to"),
        (
            changed("billing_run_every_hours = { value = 3", "billing_run_every_hours = { value = 0"),
            "is 0",
            "",
            "from 1",
        ),
        (
            changed('first = { value = "08:00"', 'first = { value = "23:30"'),
            "is '23:30'",
            "run_first",
            "not after 23:00",
        ),
        (changed('method = "historic"', 'method = "guess"'), "the method 'guess'", "odest_vee_services", "historic"),
        (changed('method = "historic"', "method = []"), "the method", "odest_vee_services", "historic"),
        (changed('method = "historic"', "method = { a = 1 }"), "the method", "odest_vee_services", "historic"),
        (changed("[300, 300, ", "[300, -1, "), "14 is none", "class_load_profiles", "from 0 to 1000000000"),
        (changed("[300, 300, ", f"[300, {10**10}, "), "14 is none", "class_load_profiles", "from 0 to 1000000000"),
        (changed('method = "historic"', 'way = "historic"'), "13 is {", "odest_vee_services", "method"),
        (changed("[300, 300, ", "[300, "), "14 is none", "class_load_profiles", "24 quantities"),
        (changed("class_load_profiles.value.14", "class_load_profiles.value.15"), "lacks '14'", "", "a load profile"),
        (changed("[readings.AMB-30]", "[readings.AMB-99]"), "no ambiguity is called 'AMB-99'", "readings", "AMB-30"),
    ],
)
def test_a_profile_with_other_values_than_there_are_is_refused(
    text: str, what: str, where: str, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        load_profile(tmp_path / "p.toml")
    assert what in refused.value.what
    assert where in refused.value.where
    assert expected in refused.value.expected


def test_every_whole_number_of_a_profile_has_bounds() -> None:
    assert {name for name, value in load_profile(None).values.items() if isinstance(value, int)} == set(BOUNDS)


def test_a_profile_may_have_other_values_of_the_same_form(tmp_path: Path) -> None:
    text = changed('br04_at = { value = ["12:00", "23:30"]', 'br04_at = { value = ["00:00", "09:05", "23:59"]')
    text = text.replace("critical_peak_days = { value = []", 'critical_peak_days = { value = ["2011-07-15"]')
    (tmp_path / "p.toml").write_text(text, encoding="utf-8")
    profile = load_profile(tmp_path / "p.toml")
    assert profile.values["br04_at"] == ("00:00", "09:05", "23:59")
    assert profile.values["critical_peak_days"] == ("2011-07-15",)


def test_the_nearest_right_spelling_is_offered() -> None:
    with pytest.raises(ProfileError, match="did you mean 'assignment_status'"):
        read_profile(changed('codes = "assignment_status"', 'codes = "asignment_status"'), "p.toml")


def test_a_profile_written_otherwise_has_the_same_hash(profile: Profile) -> None:
    assert read_profile(f"# a remark\n{SHIPPED}\n", "elsewhere.toml").hash == profile.hash


def test_a_profile_that_says_something_else_has_another_hash(profile: Profile) -> None:
    assert read_profile(changed("value = 15,", "value = 14,"), "p.toml").hash != profile.hash


def test_another_reading_gives_another_name_and_hash_and_changes_that_reading_alone(profile: Profile) -> None:
    other = profile.with_reading("AMB-02", "accept-13-digits")
    assert (other.name == profile.name, other.hash == profile.hash) == (False, False)
    assert {key for key in profile.readings if other.readings[key] != profile.readings[key]} == {"AMB-02"}


OPEN = '[readings.AMB-06]\ntaken = "either"\ndefault = "from-first-file"'
TAKEN = '[readings.AMB-06]\ntaken = "from-first-file"'


def test_a_profile_may_leave_a_reading_open_and_a_system_narrows_it() -> None:
    profile = read_profile(SHIPPED, "p.toml")
    assert profile.readings["AMB-06"] == EITHER
    assert profile.narrowed({})["AMB-06"] == EITHER
    assert profile.narrowed({"AMB-06": "from-last-file"})["AMB-06"] == "from-last-file"
    strict = read_profile(changed(OPEN, TAKEN), "p.toml")
    assert strict.narrowed({"AMB-06": "from-last-file"})["AMB-06"] == "from-first-file"


def test_who_has_to_act_takes_the_default_of_an_open_reading() -> None:
    profile = read_profile(SHIPPED, "p.toml")
    assert profile.decided()["AMB-06"] == "from-first-file"
    assert profile.decided(profile.narrowed({"AMB-06": "from-last-file"}))["AMB-06"] == "from-last-file"
    assert profile.with_reading("AMB-06", "from-last-file").decided()["AMB-06"] == "from-last-file"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (changed('default = "from-first-file"\n', ""), "has no key 'default'"),
        (changed('default = "from-first-file"', 'default = "from-file"'), "default is 'from-file'"),
        (changed('one_reading = "nobody has argued another"', ""), "has no key 'one_reading'"),
        (changed('[readings.AMB-10]\ntaken = "kva-where-reactive"', '[readings.AMB-10]\ntaken = "either"'), "taken is"),
    ],
)
def test_an_open_reading_has_a_default_and_a_single_one_a_reason(text: str, what: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(text, "p.toml")
    assert what in caught.value.what


@pytest.mark.parametrize(("ambiguity", "reading"), [("AMB-02", "accept-13"), ("AMB-99", "any"), ("", "")])
def test_a_reading_that_is_not_known_is_refused(ambiguity: str, reading: str, profile: Profile) -> None:
    with pytest.raises(ProfileError, match="has no reading"):
        profile.with_reading(ambiguity, reading)


def test_a_profile_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="No such file"):
        load_profile(tmp_path / "nothing.toml")


def test_a_path_longer_than_any_is_refused() -> None:
    with pytest.raises(ProfileError, match="File name too long"):
        load_profile(Path("x" * 5000))


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(ProfileError, match="is no regular file"):
        load_profile(tmp_path / "pipe.toml")


def test_a_profile_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes("name = 'Montréal'".encode("latin-1"))
    with pytest.raises(ProfileError, match="is not UTF-8"):
        load_profile(tmp_path / "p.toml")


# A code that its own field cannot hold would make every record of that kind a finding.
def test_every_code_fits_every_field_that_takes_it(profile: Profile) -> None:
    from harness.interface.fields import field_codec

    for file in (*profile.files.values(), *profile.set_files.values()):
        for record in file.records:
            for field in record.fields:
                for code in profile.codes.get(field.codes or "", {}).values():
                    assert field_codec(field, profile.codes).read(code)[1] is None, (file.id, record.kind, field.name)


def test_no_code_stands_for_two_words(profile: Profile) -> None:
    for name, codes in profile.codes.items():
        assert len(set(codes.values())) == len(codes), name
