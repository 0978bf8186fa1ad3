"""Declarations say what the file holds, and name what it does not (domain §4, §5)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop_advisor.report.documents.de_minimis_model import DeMinimisDeclaration
from desktop_advisor.report.documents.sme_declaration_model import SmeDeclaration
from desktop_advisor.usecases.companies import CompanyDraft, edit_company
from desktop_advisor.usecases.de_minimis_aids import AidDraft, add_aid
from desktop_advisor.usecases.documents.de_minimis import compose_de_minimis
from desktop_advisor.usecases.documents.sme_declaration import compose_sme_declaration
from desktop_advisor.usecases.group_structure import (
    AffiliateDraft,
    YearDraft,
    add_affiliate,
    record_year,
)
from desktop_advisor.usecases.workplace import Workplace

WHOLE = CompanyDraft(
    name="Gießerei Muldental GmbH",
    legal_form="GmbH",
    street="Muldestraße 14",
    postcode="08056",
    town="Zwickau",
    heads="190",
    staff_units="180",
    turnover_million="40",
    vat_id="DE136695976",
    register_court="Chemnitz",
    register_number="HRB 12345",
)


@pytest.fixture
def company(place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID) -> uuid.UUID:
    edit_company(place, company_id, WHOLE)
    record_year(place, company_id, YearDraft(2025))
    record_year(place, company_id, YearDraft(2024, Decimal(178), Decimal(39)))
    return company_id


def declared(place: Workplace, case_id: uuid.UUID) -> SmeDeclaration:
    return compose_sme_declaration(place, case_id)


def missing(declaration: SmeDeclaration | DeMinimisDeclaration) -> list[str]:
    return [gap.what for gap in declaration.gaps]


def test_a_whole_file_declares_its_class_and_misses_nothing(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    made = declared(place, case_id)
    assert (made.size, made.is_sme, made.kinds) == ("mittleres Unternehmen", True, ("autonomous",))
    assert made.gaps == ()
    assert made.declarant.register == "Amtsgericht Chemnitz, HRB 12345"
    assert made.declarant.signer == "Martin Uhlig"
    assert [year.year for year in made.years] == [2025, 2024]
    assert made.change.startswith("Nein. 2024 und 2025")


def test_a_partner_of_thirty_percent_adds_its_share(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    draft = AffiliateDraft(
        "Holding AG",
        capital=Decimal(30),
        staff_units=Decimal(300),
        turnover_million=Decimal(80),
    )
    add_affiliate(place, company, draft)
    made = declared(place, case_id)
    assert made.years[0].total.staff == 270
    assert (made.size, made.is_sme, made.kinds) == ("kein KMU (Small Mid-Cap)", False, ("partner",))
    (line,) = made.group
    assert (line.name, line.relation, line.counted) == ("Holding AG", "Partner", Decimal(30))
    assert line.ties == "hält 30\u202f% Kapital"


def test_a_town_of_a_quarter_makes_it_no_sme_and_a_university_nothing(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_affiliate(
        place,
        company,
        AffiliateDraft("Hochschule", capital=Decimal(30), investor="university"),
    )
    alone = declared(place, case_id)
    assert alone.kinds == ("autonomous",)
    exempt = "eigenständig (Ausnahme: Hochschule oder gemeinnützige Forschung)"
    assert [line.relation for line in alone.group] == [exempt]
    add_affiliate(place, company, AffiliateDraft("Stadt", capital=Decimal(26), is_public=True))
    made = declared(place, case_id)
    assert (made.size, made.is_sme) == ("kein KMU", False)
    assert "Öffentliche Stellen" in made.reason
    assert made.two_years.startswith("Ohne Bedeutung")


def test_an_enterprise_behind_another_is_told_with_its_owner(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    parent = add_affiliate(
        place, company, AffiliateDraft("Mutter SE", capital=Decimal(60), staff_units=Decimal(1))
    )
    sister = AffiliateDraft("Schwester KG", parent, is_owner=False, votes=Decimal(75))
    add_affiliate(place, company, sister)
    ties = {line.name: line.ties for line in declared(place, case_id).group}
    assert ties["Mutter SE"] == "hält 60\u202f% Kapital"
    assert ties["Schwester KG"] == "gehalten: 75\u202f% Stimmen durch Mutter SE"


def test_an_unknown_share_leaves_type_and_class_open_and_is_named(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_affiliate(place, company, AffiliateDraft("Holding AG"))
    made = declared(place, case_id)
    assert (made.size, made.is_sme, made.kinds) == ("", None, ())
    assert missing(made) == ["Anteil von Holding AG an Gießerei Muldental GmbH"]


def test_two_years_above_are_needed_before_a_class_is_lost(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    figures = {"staff_units": "51", "turnover_million": "8"}
    edit_company(place, company, replace(WHOLE, **figures))
    for year in (2023, 2024):
        record_year(place, company, YearDraft(year, Decimal(48), Decimal(8)))
    made = declared(place, case_id)
    assert made.size == "kleines Unternehmen"
    assert made.change.startswith("Ja. 2024 allein ergäbe: kleines Unternehmen; 2025")
    assert made.two_years.startswith("Angewandt (verglichen: 2024 und 2025)")


def test_a_year_nobody_named_is_said_to_be_assumed(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    edit_company(place, company_id, WHOLE)
    record_year(place, company_id, YearDraft(2024, Decimal(178), Decimal(39)))
    made = declared(place, case_id)
    assert [(year.year, year.is_assumed) for year in made.years] == [(2025, True), (2024, False)]
    assert missing(made) == ["das Geschäftsjahr, zu dem die Zahlen gehören"]


def test_an_empty_file_names_every_gap_with_its_place(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    edit_company(place, company_id, CompanyDraft(name="Neu", vat_id="DE136695978"))
    made = declared(place, case_id)
    assert (made.size, made.is_sme) == ("", None)
    assert {
        "Rechtsform",
        "Anschrift",
        "Registergericht und Nummer",
        "richtige USt-IdNr. statt „DE136695978“",
        "Jahresarbeitseinheiten",
        "Jahresumsatz oder Bilanzsumme",
        "das Geschäftsjahr, zu dem die Zahlen gehören",
    } <= set(missing(made))
    assert made.declarant.vat_id == ""
    sentence = "fehlt: Rechtsform, einzutragen unter Firmenakte, Karte „Unternehmensdaten“"
    assert sentence in [gap.sentence for gap in made.gaps]


def test_a_sole_trader_misses_no_register(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    bare = {"legal_form": "Einzelunternehmen", "register_court": "", "register_number": ""}
    edit_company(place, company, replace(WHOLE, **bare))
    assert "Registergericht und Nummer" not in missing(declared(place, case_id))


def aid(granted_on: date | None, amount: str | None, body: str = "SAB") -> AidDraft:
    return AidDraft(granted_on, None if amount is None else Decimal(amount), body)


def test_aids_of_three_years_count_and_the_rest_is_told(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    for draft in (
        aid(date(2023, 11, 24), "90000"),
        aid(date(2023, 11, 25), "70000"),
        aid(date(2026, 5, 4), "50000.50"),
        aid(None, "1000", "BAFA"),
        replace(aid(date(2024, 1, 2), "0.50", ""), purpose="Messe"),
        aid(date(2026, 5, 4), None, "KfW"),
    ):
        add_aid(place, company, draft)
    made = compose_de_minimis(place, case_id)
    assert made.created_on == date(2026, 11, 24)
    assert made.first == date(2023, 11, 25)
    days = [date(2023, 11, 25), date(2024, 1, 2), date(2026, 5, 4)]
    assert [line.granted_on for line in made.aids] == days
    assert made.aids[0].counts_to == date(2026, 11, 24)
    assert (made.used, made.free) == (Decimal("120001.00"), Decimal("179999.00"))
    assert made.others == (
        "Nicht mehr zu zählen: 1 ältere Beihilfe über zusammen 90.000,00\u202f€.",
    )
    named = ["Beihilfegeber (Messe)", "Betrag (KfW)", "Bewilligungstag (BAFA)"]
    assert sorted(missing(made)) == named


def test_linked_enterprises_are_one_undertaking_and_partners_are_not(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_affiliate(place, company, AffiliateDraft("Partner AG", capital=Decimal(40)))
    add_affiliate(place, company, AffiliateDraft("Mutter SE", votes=Decimal(51)))
    assert compose_de_minimis(place, case_id).members == ("Mutter SE",)


def test_beyond_the_ceiling_nothing_is_free(
    place: Workplace, company: uuid.UUID, case_id: uuid.UUID
) -> None:
    add_aid(place, company, aid(date(2026, 1, 2), "312000"))
    made = compose_de_minimis(place, case_id)
    assert (made.free, made.excess) == (Decimal(0), Decimal(12000))
