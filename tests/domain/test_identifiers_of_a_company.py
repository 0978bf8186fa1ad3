"""Official numbers: format, check digit and what the answer says (domain §7)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_advisor.domain.establishment_number import (
    check_establishment_number,
    establishment_check_digits,
)
from desktop_advisor.domain.industry_code import check_industry_code, in_2025
from desktop_advisor.domain.occupation_code import check_occupation_code
from desktop_advisor.domain.region_key import check_region_key
from desktop_advisor.domain.trade_register import check_euid, check_register_number, euid_of
from desktop_advisor.domain.vat_id import check_vat_id, vat_check_digit

DIGITS = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize("typed", ["DE136695976", "DE129430206", "de 136 695 976"])
def test_a_vat_id_with_its_check_digit_is_sound(typed: str) -> None:
    checked = check_vat_id(typed)
    assert checked.is_sound
    assert "BZSt" in checked.meaning, "form ok is not assigned"


@pytest.mark.parametrize(
    ("typed", "word"),
    [("DE136695978", "Prüfziffer"), ("DE12345678", "neun Ziffern"), ("ATU12345678", "DE")],
)
def test_a_wrong_vat_id_says_what_is_wrong(typed: str, word: str) -> None:
    checked = check_vat_id(typed)
    assert not checked.is_sound
    assert word in checked.problem


@given(DIGITS.filter(lambda t: t[0] != "0"), st.integers(0, 8), st.integers(1, 9))
def test_a_vat_id_shows_every_single_wrong_digit(eight: str, at: int, by: int) -> None:
    number = eight + str(vat_check_digit(eight))
    assert check_vat_id(f"DE{number}").is_sound
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert not check_vat_id(f"DE{wrong}").is_sound


@pytest.mark.parametrize(
    ("typed", "is_sound"), [("09912342", True), ("09912347", True), ("09912343", False)]
)
def test_an_establishment_number_has_two_valid_check_digits(typed: str, is_sound: bool) -> None:
    assert check_establishment_number(typed).is_sound is is_sound


@pytest.mark.parametrize("start", ["000", "100", "110"])
def test_an_establishment_number_begins_in_its_ranges(start: str) -> None:
    assert "beginnt" in check_establishment_number(f"{start}12345").problem


@given(DIGITS, st.integers(1, 9))
def test_a_wrong_last_digit_of_an_establishment_number_shows_unless_it_is_the_second_valid_one(
    eight: str, by: int
) -> None:
    first_seven = eight[:7]
    assume(1 <= int(first_seven[:3]) <= 99 or int(first_seven[:3]) > 110)
    right = establishment_check_digits(first_seven)
    wrong = (right[0] + by) % 10
    assert check_establishment_number(f"{first_seven}{wrong}").is_sound is (wrong in right)


def test_a_register_number_is_unique_only_with_its_court() -> None:
    assert "Registergericht" in check_register_number("hrb 12345").meaning
    with_court = check_register_number("HRB12345", "AG Chemnitz")
    assert (with_court.value, with_court.meaning) == (
        "HRB 12345",
        "Amtsgericht Chemnitz, HRB 12345",
    )
    assert check_register_number("gnr 7").value == "GnR 7"


@pytest.mark.parametrize("kind", ["HRA", "HRB", "GnR", "PR", "VR", "GsR"])
def test_every_kind_of_register_is_known_with_up_to_six_digits(kind: str) -> None:
    found = check_register_number(f"{kind.lower()}999999", "Chemnitz")
    assert (found.is_sound, found.kind, found.value) == (True, kind, f"{kind} 999999")


@pytest.mark.parametrize("typed", ["HRB 0123", "HRC 12", "HRB 1234567", "12345"])
def test_a_register_number_of_another_form_is_named(typed: str) -> None:
    assert "HRB 12345" in check_register_number(typed).problem


def test_the_euid_joins_court_and_number() -> None:
    kiel = check_register_number("HRB 395 KI", "Kiel")
    assert euid_of("X1517R", kiel) == "DEX1517R.HRB395KI"
    assert check_euid("DEX1517R.HRB395KI").is_sound
    assert not check_euid("DE.HRB395").is_sound
    with pytest.raises(ValueError, match="X1517R"):
        euid_of("X1517R", check_register_number("HRB"))


@pytest.mark.parametrize(
    ("typed", "county", "municipality"),
    [
        ("14524", "14524", ""),
        ("14524330", "14524", "14524330"),
        ("145240330330", "14524", "14524330"),
    ],
)
def test_a_region_key_names_county_and_municipality(
    typed: str, county: str, municipality: str
) -> None:
    key = check_region_key(typed)
    assert (key.county, key.municipality, key.county_name) == (county, municipality, "Zwickau")


def test_a_county_outside_the_networks_is_no_error() -> None:
    key = check_region_key("09162000")
    assert key.is_sound
    assert key.county_name == ""
    assert "Bayern" in key.meaning


@pytest.mark.parametrize("typed", ["1452", "14524a30", "99123"])
def test_a_region_key_of_another_form_is_named(typed: str) -> None:
    assert check_region_key(typed).problem


@pytest.mark.parametrize(
    ("typed", "edition", "value", "label"),
    [
        ("29.32.0", "2008", "29.32.0", "sonstige Teile und Zubehör für Kraftwagen"),
        ("2932", "2008", "29.32", "sonstige Teile und Zubehör für Kraftwagen"),
        ("24.53", "2008", "24.53", "Leichtmetallgießereien"),
        ("25.73", "2008", "25.73", "Werkzeuge"),
        ("25.63", "2025", "25.63", "Werkzeuge"),
        ("14.1", "2008", "14.1", ""),
    ],
)
def test_an_industry_code_is_read_in_its_own_edition(
    typed: str, edition: str, value: str, label: str
) -> None:
    code = check_industry_code(typed, edition)
    assert (code.is_sound, code.value, code.edition, code.label) == (True, value, edition, label)


def test_the_older_edition_has_88_divisions() -> None:
    assert sum(check_industry_code(f"{number:02}").is_sound for number in range(100)) == 88


def test_the_motor_trade_has_a_division_of_its_own_only_in_the_older_edition() -> None:
    assert check_industry_code("45.11", "2008").is_sound
    assert "WZ 2025" in check_industry_code("45.11", "2025").problem
    assert "34" in check_industry_code("34.1").problem


def test_only_certain_classes_are_mapped() -> None:
    assert in_2025("25.62") == "25.53"
    assert in_2025("29.32.0") == "29.32"
    assert in_2025("25.61") == "", "it was divided"


@pytest.mark.parametrize("typed", ["29.3.2", "ABC", "2", "29.321"])
def test_an_industry_code_of_another_form_is_named(typed: str) -> None:
    assert check_industry_code(typed).problem


def test_an_occupation_code_tells_the_level_of_its_demands() -> None:
    code = check_occupation_code("24412")
    assert (code.level, code.is_sound) == (2, True)
    assert "Fachkraft" in code.meaning
    assert check_occupation_code("B 24412").value == "24412"


@pytest.mark.parametrize(
    ("typed", "word"),
    [("2441", "fünf"), ("24415", "Anforderungsniveau"), ("20412", "Berufshauptgruppe 20")],
)
def test_an_occupation_code_that_cannot_be_says_why(typed: str, word: str) -> None:
    assert word in check_occupation_code(typed).problem


def test_there_are_37_main_groups_of_occupations() -> None:
    known = [n for n in range(100) if check_occupation_code(f"{n:02}112").is_sound]
    assert len(known) == 37
    assert not {4, 20, 30, 35, 44, 55, 64, 74, 85, 95} & set(known)


@given(st.text(max_size=20))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    for check in (
        check_vat_id,
        check_establishment_number,
        check_register_number,
        check_euid,
        check_region_key,
        check_industry_code,
        check_occupation_code,
    ):
        found = check(text)
        assert not (found.problem and found.is_sound)
