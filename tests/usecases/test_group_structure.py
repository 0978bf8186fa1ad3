"""Group, years, staff and aids of a company file, stored and read back (domain §4, §5)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.domain.headcounts import Count, Staff
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import (
    CompanyDraft,
    company_facts,
    create_company,
    edit_company,
)
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.de_minimis_aids import (
    AidDraft,
    add_aid,
    edit_aid,
    list_aids,
    remove_aid,
)
from desktop_advisor.usecases.group_structure import (
    AffiliateDraft,
    YearDraft,
    YearTaken,
    add_affiliate,
    edit_affiliate,
    record_year,
    remove_affiliate,
    remove_year,
    show_group,
)
from desktop_advisor.usecases.staff_counts import record_staff, show_staff
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import workplace

SUPPLIER = CompanyDraft(
    name="Gießerei Muldental GmbH",
    town="Zwickau",
    ags="14524",
    heads="190",
    staff_units="180",
    turnover_million="40",
)
HOLDING = AffiliateDraft(
    name="Holding AG",
    capital=Decimal(30),
    staff_units=Decimal(300),
    turnover_million=Decimal(80),
)


@pytest.fixture
def supplier(place: Workplace) -> uuid.UUID:
    return create_company(place, SUPPLIER)


def size_known_to_rules(place: Workplace, company: uuid.UUID) -> SizeClass:
    with place.store.read() as session:
        return company_facts(session.get_one(Company, company)).size


def test_a_partner_of_the_file_makes_it_no_kmu_everywhere(
    place: Workplace, supplier: uuid.UUID
) -> None:
    assert show_company_file(place, supplier).size_class is SizeClass.MEDIUM
    add_affiliate(place, supplier, HOLDING)
    finding = show_group(place, supplier).finding
    assert (finding.figures.staff, finding.size) == (Decimal(270), SizeClass.LARGE)
    assert show_company_file(place, supplier).size_class is SizeClass.LARGE
    assert size_known_to_rules(place, supplier) is SizeClass.LARGE


def test_an_affiliate_is_edited_and_taken_out_with_what_hangs_on_it(
    place: Workplace, supplier: uuid.UUID
) -> None:
    holding = add_affiliate(place, supplier, HOLDING)
    add_affiliate(
        place,
        supplier,
        AffiliateDraft("Schwester GmbH", holding, is_owner=False, capital=Decimal(100)),
    )
    views = show_group(place, supplier).affiliates
    assert [(v.draft.name, v.level) for v in views] == [("Holding AG", 1), ("Schwester GmbH", 2)]
    edit_affiliate(place, holding, replace(HOLDING, capital=Decimal(20)))
    assert show_group(place, supplier).affiliates[0].draft.capital == 20
    remove_affiliate(place, holding)
    assert show_group(place, supplier).affiliates == ()


def test_one_enterprise_entered_twice_counts_once(place: Workplace, supplier: uuid.UUID) -> None:
    mother = AffiliateDraft("Mutter SE", None, capital=Decimal(60), staff_units=Decimal(10))
    first = add_affiliate(place, supplier, replace(mother, turnover_million=Decimal(1)))
    again = AffiliateDraft("mutter se", first, is_owner=False, capital=Decimal(60))
    add_affiliate(place, supplier, again)
    assert show_group(place, supplier).finding.figures.staff == 190


def test_the_company_among_its_own_affiliates_closes_the_circle(
    place: Workplace, supplier: uuid.UUID
) -> None:
    mother = AffiliateDraft(
        "Mutter SE", None, True, Decimal(60), None, False, False, "", Decimal(10), Decimal(1)
    )
    first = add_affiliate(place, supplier, mother)
    circle = AffiliateDraft(SUPPLIER.name, first, is_owner=True, capital=Decimal(60))
    add_affiliate(place, supplier, circle)
    assert show_group(place, supplier).finding.figures.staff == 190


def test_two_earlier_years_hold_the_class(place: Workplace) -> None:
    company = create_company(place, replace(SUPPLIER, staff_units="51", turnover_million="6"))
    assert show_company_file(place, company).size_class is SizeClass.MEDIUM
    for year in (2023, 2024):
        record_year(place, company, YearDraft(year, Decimal(48), Decimal(6)))
    view = show_group(place, company)
    assert (view.finding.size, view.finding.years) == (SizeClass.SMALL, (2024, 2025))
    assert [year.year for year in view.years] == [2024, 2023]
    record_year(place, company, YearDraft(2025, owner_changed=True))
    assert show_group(place, company).finding.size is SizeClass.MEDIUM
    record_year(place, company, YearDraft(2026))
    assert show_group(place, company).current == YearDraft(2026)
    remove_year(place, company, 2024)
    assert [year.year for year in show_group(place, company).years] == [2023]


def test_a_year_with_figures_cannot_be_the_years_own(place: Workplace, supplier: uuid.UUID) -> None:
    record_year(place, supplier, YearDraft(2024, Decimal(48), Decimal(6)))
    with pytest.raises(YearTaken):
        record_year(place, supplier, YearDraft(2024))


def test_two_laptops_meet_in_the_row_of_a_year(tmp_path: Path, place: Workplace) -> None:
    from desktop_advisor.storage.advice_models import ClosedYear, StaffCount

    company = create_company(place, SUPPLIER)
    record_year(place, company, YearDraft(2024, Decimal(48), Decimal(6)))
    record_staff(place, company, Staff(full_time=40))
    other = workplace(tmp_path / "other")
    try:
        with other.store.edit("x") as session:
            session.add(Company(id=company, company_id=company, name="x"))
        record_year(other, company, YearDraft(2024, Decimal(50), Decimal(6)))
        record_staff(other, company, Staff(full_time=41))
        for model in (ClosedYear, StaffCount):
            ids = []
            for at in (place, other):
                with at.store.read() as session:
                    ids.append([row.id for row in session.query(model).all()])
            assert ids[0] == ids[1]
    finally:
        other.close()


def test_staff_by_hours_gives_five_counts(place: Workplace, supplier: uuid.UUID) -> None:
    record_staff(place, supplier, Staff(100, 8, 6, 4, 5, 117, 1), date(2026, 10, 31))
    view = show_staff(place, supplier)
    values = {count.count: count.value for count in view.counts}
    assert (values[Count.SGB3], values[Count.HEADS], values[Count.UNITS]) == (110, 123, 180)
    assert view.as_of == date(2026, 10, 31)


def test_aids_are_listed_with_the_balance_of_today(place: Workplace, supplier: uuid.UUID) -> None:
    draft = AidDraft(date(2025, 3, 1), Decimal(100_000), "SAB", "Beratung")
    aid = add_aid(place, supplier, draft)
    add_aid(place, supplier, AidDraft(date(2023, 11, 24), Decimal(50_000)))
    add_aid(place, supplier, AidDraft(body="noch ohne Bescheid"))
    view = list_aids(place, supplier)
    assert view.balance.free == 200_000
    assert [row.counts for row in view.rows] == [False, True, False]
    edit_aid(place, aid, replace(draft, amount=Decimal(120_000)))
    assert list_aids(place, supplier).balance.free == 180_000
    remove_aid(place, aid)
    assert list_aids(place, supplier).balance.free == 300_000


def test_the_report_prints_the_class_of_the_group_with_its_arithmetic(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    edit_company(place, company_id, replace(SUPPLIER, name="Gießerei Muldental GmbH"))
    add_affiliate(place, company_id, HOLDING)
    model = compose_report(place, case_id)
    assert model.company.size_class == "Großunternehmen"
    derivation = next(d for d in model.derivations if d.title == "KMU-Klasse")
    assert any(term.value.startswith("270 JAE") for term in derivation.terms)
