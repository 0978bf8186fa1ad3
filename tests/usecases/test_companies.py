"""Creating, finding and editing companies."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import (
    CompanyDraft,
    InvalidFields,
    check_company,
    company_facts,
    create_company,
    draft_of,
    edit_company,
    list_companies,
    remarks_on,
)
from desktop_advisor.usecases.company_file import add_contact, remove_contact, show_company_file
from desktop_advisor.usecases.workplace import Workplace
from tests.usecases.conftest import FOUNDRY


def test_a_company_without_a_name_is_not_saved(place: Workplace) -> None:
    with pytest.raises(InvalidFields) as caught:
        create_company(place, CompanyDraft(town="Zwickau"))
    assert "name" in caught.value.errors
    assert list_companies(place) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("postcode", "0805"),
        ("heads", "zwölf"),
        ("turnover_million", "viel"),
        ("turnover_million", "-3"),
        ("turnover_million", "12.5"),
        ("turnover_million", "1.0214,5"),
        ("turnover_million", "1e3"),
        ("turnover_million", "NaN"),
    ],
)
def test_each_mistyped_field_is_named(field: str, text: str) -> None:
    assert set(check_company(replace(FOUNDRY, **{field: text}))) == {field}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("wz_code", "Gießerei"),
        ("vat_id", "DE12"),
        ("ags", "145"),
        ("register_number", "12345"),
        ("establishment_number", "09912343"),
    ],
)
def test_a_number_that_cannot_be_right_is_kept_and_remarked_on(
    place: Workplace, field: str, text: str
) -> None:
    draft = replace(FOUNDRY, **{field: text})
    assert check_company(draft) == {}
    company_id = create_company(place, draft)
    stored = show_company_file(place, company_id).draft
    assert getattr(stored, field) == text
    assert remarks_on(stored)[field].problem
    with place.store.read() as session:
        facts = company_facts(session.get_one(Company, company_id))
    assert text not in (facts.wz, facts.county), "advice does not rest on it"


def test_sound_numbers_are_kept_tidied(place: Workplace) -> None:
    draft = replace(FOUNDRY, vat_id="de 136 695 976", register_number="hrb12345", wz_code="2932")
    stored = show_company_file(place, create_company(place, draft)).draft
    assert stored.vat_id == "DE136695976"
    assert (stored.register_number, stored.wz_code) == ("HRB 12345", "29.32")


def test_german_figures_are_kept_exactly_and_come_back_as_typed(place: Workplace) -> None:
    draft = replace(FOUNDRY, turnover_million="1.021,45", staff_units="109,5")
    company_id = create_company(place, draft)
    with place.store.read() as session:
        company = session.get_one(Company, company_id)
        assert company.turnover_million == Decimal("1021.45")
        assert draft_of(company).staff_units == "109,5"


def test_companies_are_found_by_name_and_town(place: Workplace, company_id: uuid.UUID) -> None:
    create_company(place, CompanyDraft(name="Kabelwerk Sonnenberg", town="Chemnitz"))
    assert [row.name for row in list_companies(place, "zwick")] == ["Gießerei Muldental GmbH"]
    assert [row.town for row in list_companies(place, "KABEL")] == ["Chemnitz"]
    assert len(list_companies(place)) == 2


def test_saving_an_unchanged_draft_writes_nothing(place: Workplace, company_id: uuid.UUID) -> None:
    from desktop_advisor.usecases.synchronising import show_sync

    before = show_sync(place).unsent
    edit_company(place, company_id, show_company_file(place, company_id).draft)
    assert show_sync(place).unsent == before


def test_a_removed_contact_leaves_the_file(place: Workplace, company_id: uuid.UUID) -> None:
    contact = add_contact(place, company_id, name="Martin Uhlig", role="gf")
    assert [c.name for c in show_company_file(place, company_id).contacts] == ["Martin Uhlig"]
    remove_contact(place, contact)
    assert show_company_file(place, company_id).contacts == ()
