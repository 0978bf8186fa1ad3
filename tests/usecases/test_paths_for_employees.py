"""Wege für Beschäftigte: one page to hand out, and nothing on it that the company keeps back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.paths_model import Hint, LearningNeed
from desktop_advisor.report.paths_page import draw_paths
from desktop_advisor.signing.pdfium import opened
from desktop_advisor.storage.models import Answer, Company
from desktop_advisor.usecases.documents.listing import document, file_name, save_document
from desktop_advisor.usecases.drives import DriveMissing
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.paths_for_employees import compose_paths
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.recommending import refresh_recommendations
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.report.reading import pages_of
from tests.usecases.test_jobs_of_a_case import jobs

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL
LATHE = {
    "name": "Zerspanung",
    "kldb": "24232",
    "heads": "731",
    "demand5": "613",
    "exits5": "97",
    "substitution": "83",
    "c1_name": "Hochvolt-Grundlagen",
    "c1_is": "1",
    "c1_should": "3",
    "c2_name": "Drehen",
    "c2_is": "4",
    "c2_should": "4",
}
SMALL = {"name": "Lohnbüro", "heads": "2", "c1_name": "Geheimfach", "c1_is": "0", "c1_should": "4"}
SECRETS = {
    "Umsatz": "48,7",
    "Kundin": "Volksmotoren",
    "Produkt": "Kurbelgehäuse",
    "Notiz": "Werksschließung",
    "Quelle": "Vorstandsvorlage",
    "Köpfe": "731",
    "Bedarf": "613",
    "Abgänge": "97 ",
    "Ersetzbarkeit": "83",
    "kleine Tätigkeit": "Lohnbüro",
    "ihr Können": "Geheimfach",
    "gekonnt": "Drehen",
    "Betrieb": "Muldental",
    "Beteiligte": "Uhlig",
    "Beschäftigte im Betrieb": "812",
    "KldB": "24232",
}


def words(pdf: bytes) -> tuple[int, str]:
    """Number of pages, and everything an independent reader finds on them."""
    pages = pages_of(pdf)
    return len(pages), " ".join(pages)


def tell_secrets(place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID) -> None:
    """A company file full of what must not hang on a wall."""
    choose(place, case_id, "vollcheck")
    products = {
        "products#00": "1",
        "products#00/product_name": "Kurbelgehäuse für Volksmotoren",
        "products#00/product_share": "64",
    }
    low = {"d07_matrix": "1", "d02_followon": "0", "d08_age": "1"}
    said = {**jobs(LATHE, SMALL), **products, **low}
    assessment_id = say(place, case_id, GF, said, "vollcheck")
    say(place, case_id, BR, {"br_d11_informed": "0", "d11_council": "0"}, "vollcheck")
    with place.store.edit(place.author) as session:
        company = session.get_one(Company, company_id)
        company.turnover_million, company.heads = Decimal("48.7"), 812
        company.products = "Kurbelgehäuse für Volksmotoren"
        cell = session.get_one(Answer, (assessment_id, "jobs#00/job_substitution"))
        cell.note = "Vorstandsvorlage vom 3. März"
        session.get_one(Answer, (assessment_id, "d07_matrix")).note = "Werksschließung droht"
    write_note(place, case_id, "Werksschließung droht")
    refresh_recommendations(place, case_id)


def test_no_secret_of_file_or_answers_reaches_the_page(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, tmp_path: Path
) -> None:
    tell_secrets(place, case_id, company_id)
    target = tmp_path / "wege.pdf"
    save_document(place, case_id, "paths", target)
    pages, text = words(target.read_bytes())
    assert pages == 1
    assert [kind for kind, secret in SECRETS.items() if secret in f"{text} "] == []
    assert "Zerspanung" in text
    assert "Hochvolt-Grundlagen" in text


def test_the_file_itself_carries_no_secret_either(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, tmp_path: Path
) -> None:
    tell_secrets(place, case_id, company_id)
    target = tmp_path / "wege.pdf"
    save_document(place, case_id, "paths", target)
    with opened(target.read_bytes()) as document:
        described = " ".join(document.get_metadata_dict().values())
        assert document.count_attachments() == 0
    assert "Wege für Beschäftigte" in described
    assert "Muldental" not in described
    assert place.author not in described


def test_size_and_turnover_change_nothing_on_the_page(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    before = compose_paths(place, case_id)
    with place.store.edit(place.author) as session:
        company = session.get_one(Company, company_id)
        company.heads, company.staff_units = 900, Decimal(880)
        company.turnover_million, company.balance_million = Decimal(300), Decimal(200)
    assert compose_paths(place, case_id) == before


def test_the_page_stands_without_a_table_of_jobs(place: Workplace, case_id: uuid.UUID) -> None:
    page = compose_paths(place, case_id)
    assert page.needs == ()
    pages, text = words(draw_paths(page, place.resources.fonts))
    assert pages == 1
    for said in ("Was künftig gefragt ist", "§ 82 SGB III", "AFBG", "Berufsberatung", "ITAS"):
        assert said in text.replace("\u00a0", " ")


def test_the_works_council_is_named_only_where_there_is_one(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID
) -> None:
    assert "Betriebsrat" in [helper.who for helper in compose_paths(place, case_id).helpers]
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).has_works_council = False
    page = compose_paths(place, case_id)
    assert "Betriebsrat" not in [helper.who for helper in page.helpers]
    assert not any("Betriebsrat" in right.text for right in page.rights)


@pytest.mark.parametrize(
    ("county", "law"), [("11000", "BiZeitG Berlin"), ("12054", "BbgWBG"), ("14524", "")]
)
def test_educational_leave_is_named_only_where_it_is_certain(
    place: Workplace, case_id: uuid.UUID, company_id: uuid.UUID, county: str, law: str
) -> None:
    with place.store.edit(place.author) as session:
        session.get_one(Company, company_id).ags = county
    laws = {right.law for right in compose_paths(place, case_id).rights}
    assert laws & {"BiZeitG Berlin", "BbgWBG"} == ({law} if law else set())


def test_short_time_work_and_what_is_suspended_stay_off_the_page(
    place: Workplace, case_id: uuid.UUID
) -> None:
    text = str(compose_paths(place, case_id).funding)
    assert "Kurzarbeit" not in text
    assert "SAB" not in text
    assert "Voraussetzung offen" in text


def test_an_old_entry_carries_its_warning(place: Workplace, case_id: uuid.UUID) -> None:
    now = place.clock()
    later = replace(place, clock=lambda: now + timedelta(days=120))
    first = compose_paths(later, case_id).funding[0]
    assert "vor mehr als 90 Tagen" in first.note


def test_the_file_s_name_does_not_name_the_company() -> None:
    assert file_name(document("paths"), "Gießerei Muldental") == "Wege-fuer-Beschaeftigte.pdf"


def test_a_page_that_cannot_be_written_says_so(
    place: Workplace, case_id: uuid.UUID, tmp_path: Path
) -> None:
    with pytest.raises(DriveMissing):
        save_document(place, case_id, "paths", tmp_path / "fehlt" / "wege.pdf")


def test_however_much_there_is_to_learn_it_stays_one_page(
    place: Workplace, case_id: uuid.UUID
) -> None:
    page = compose_paths(place, case_id)
    long = ("Instandhaltung verketteter Fertigungsanlagen mit Robotern " * 2)[:60]
    full = msgspec.structs.replace(
        page,
        created_on=date(2026, 11, 24),
        needs=tuple(LearningNeed(job=f"{n} {long}"[:60], skills=(long,) * 4) for n in range(40)),
        courses=tuple(Hint(title=f"Kurs {n}", text=long * 2) for n in range(40)),
    )
    pages, text = words(draw_paths(full, place.resources.fonts))
    assert pages == 1
    assert "weitere Tätigkeiten" in text
