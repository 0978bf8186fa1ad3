"""A workplace with a few company files, built through the use cases, for tests and for looking."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_advisor.usecases.companies import CompanyDraft, create_company, list_companies
from desktop_advisor.usecases.company_file import add_contact, show_company_file
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.visits import (
    Person,
    begin_visit,
    end_visit,
    interrupt_visit,
    plan_visit,
    record_consent,
)
from desktop_advisor.usecases.workplace import Workplace
from tests.workplaces import resources, workplace

RESOURCES = resources()


def empty_workplace(folder: Path) -> Workplace:
    """A fresh store without a company, on the morning of 24 November 2026."""
    return workplace(folder, name="Jana Richter")


def furnished_workplace(folder: Path) -> Workplace:
    """Four companies: one in the middle of a visit, one planned, one followed up, one bare."""
    place = empty_workplace(folder)
    _foundry(place)
    _cable_works(place)
    _tool_makers(place)
    create_company(
        place, CompanyDraft(name="Stanzwerk Elsterberg GmbH & Co. KG", town="Elsterberg")
    )
    return place


def foundry(place: Workplace) -> uuid.UUID:
    """The id of the company in the middle of its visit."""
    return list_companies(place, "Muldental")[0].company_id


def _foundry(place: Workplace) -> None:
    company = create_company(
        place,
        CompanyDraft(
            name="Gießerei Muldental GmbH",
            legal_form="GmbH",
            street="Am Hammerwerk 4",
            postcode="08056",
            town="Zwickau",
            ags="14524",
            wz_code="24.53",
            heads="118",
            staff_units="109,5",
            turnover_million="17,4",
            has_works_council="yes",
            products="Pumpengehäuse und Getriebedeckel aus Aluminium",
        ),
    )
    add_contact(
        place,
        company,
        name="Sabine Hartmann",
        role="gf",
        function="Geschäftsführerin",
        phone="0375 123 45-0",
        email="hartmann@giesserei-muldental.example",
    )
    add_contact(place, company, name="Uwe Lindner", role="br", function="Vorsitzender")
    visit = plan_visit(
        place,
        company,
        starts_at=datetime(2026, 11, 24, 7, 30, tzinfo=UTC),
        location="Werk Zwickau, Besprechungsraum",
        people=(
            Person("Sabine Hartmann", "gf", "Geschäftsführerin"),
            Person("Uwe Lindner", "br", "Vorsitzender"),
            Person("Petra Voigt", "hr"),
        ),
    )
    begin_visit(place, visit)
    interrupt_visit(place, visit)
    record_consent(
        place, visit, place.profile.consents[0].id, granted=True, given_by="Sabine Hartmann"
    )
    case = show_company_file(place, company).case_id
    assert case is not None
    write_note(place, case, "Formerei sucht seit März zwei Maschinenbediener.")
    write_note(place, case, "Ofen 3 soll 2028 elektrisch werden, Angebot liegt vor.")
    add_measure(
        place,
        case,
        MeasureDraft(
            title="Energieaudit: Angebot einholen",
            owner="Sabine Hartmann",
            due_on=date(2026, 12, 1),
        ),
    )


def _cable_works(place: Workplace) -> None:
    company = create_company(
        place,
        CompanyDraft(name="Kabelwerk Sonnenberg GmbH", town="Chemnitz", ags="14511", heads="64"),
    )
    plan_visit(
        place,
        company,
        starts_at=datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
        purpose="Maßnahmenplan besprechen",
        people=(Person("Thomas Krause", "gf"),),
    )


def _tool_makers(place: Workplace) -> None:
    company = create_company(
        place,
        CompanyDraft(name="Werkzeugbau Parthe", town="Borna", ags="14729", heads="37"),
    )
    visit = plan_visit(place, company, starts_at=datetime(2026, 8, 19, 7, 0, tzinfo=UTC))
    begin_visit(place, visit)
    end_visit(place, visit)
    case = show_company_file(place, company).case_id
    assert case is not None
    for title, owner, due, state in (
        ("Qualifikationsmatrix Stanzerei", "Ines Vogel", date(2026, 11, 21), "running"),
        ("Rückmeldung Arbeitgeberservice zu § 82", "Jana Richter", date(2026, 11, 27), "agreed"),
        ("Lieferantengespräch Halbzeuge", "Ines Vogel", date(2026, 10, 1), "done"),
    ):
        add_measure(place, case, MeasureDraft(title, owner=owner, due_on=due, state=state))
