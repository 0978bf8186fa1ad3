"""Kennzahlen: right numbers, only with consent, and not one name in any cell or byte."""

from __future__ import annotations

import csv
import io
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.report.indicator_model import IndicatorReport, IndicatorRow, IndicatorTable
from desktop_advisor.report.indicator_sheets import harmless, indicator_csv, indicator_workbook
from desktop_advisor.storage.advice_models import Referral
from desktop_advisor.storage.models import Company, Measure, Visit
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import add_contact, show_company_file
from desktop_advisor.usecases.funder_indicators import (
    IndicatorsNotWritten,
    Period,
    PeriodBackwards,
    funder_indicators,
    last_quarter,
    save_indicators,
    this_year,
)
from desktop_advisor.usecases.measures import MeasureDraft, add_measure
from desktop_advisor.usecases.notes import write_note
from desktop_advisor.usecases.recipient_kinds import KINDS, OTHER, recipient_kind
from desktop_advisor.usecases.referrals import (
    ReferralDraft,
    add_referral,
    agree_referral,
    note_feedback,
    send_referral,
)
from desktop_advisor.usecases.visits import (
    Person,
    begin_visit,
    end_visit,
    plan_visit,
    record_consent,
)
from desktop_advisor.usecases.workplace import Workplace
from tests.usecases.test_referrals import council_measure
from tests.workplaces import workplace

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
PLANTED = "Quitte"
"""Stands in every field that somebody can type into."""


def advise(
    place: Workplace,
    draft: CompanyDraft,
    *,
    consent: bool | None = True,
    on: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC),
    hours: str | None = "2.5",
) -> uuid.UUID:
    """The case of a company with one held visit."""
    company_id = create_company(place, draft)
    people = (Person(f"{PLANTED} Uhlig", "gf", f"{PLANTED}chef"),)
    visit_id = plan_visit(
        place,
        company_id,
        starts_at=on,
        purpose=f"{PLANTED}nschau",
        location=f"{PLANTED}nhof",
        people=people,
    )
    begin_visit(place, visit_id)
    if consent is not None:
        by = f"{PLANTED} Uhlig"
        record_consent(place, visit_id, "statistics", granted=consent, given_by=by)
    if hours is not None:
        end_visit(place, visit_id, Decimal(hours))
    with place.store.edit(place.author) as session:
        session.get_one(Visit, visit_id).starts_at = on
    case_id = show_company_file(place, company_id).case_id
    assert case_id is not None
    return case_id


def firm(number: int, **more: str) -> CompanyDraft:
    known = {"ags": "14524", "wz_code": "24.53", "heads": "48"}
    return CompanyDraft(name=f"{PLANTED}nwerk {number}", **{**known, **more})


def fill(place: Workplace) -> None:
    """Four companies that agreed and one that did not, every word of theirs planted."""
    cases = {
        "first": advise(place, firm(1)),
        "second": advise(place, firm(2, ags="14511", wz_code="29.32"), hours="1.25"),
        "third": advise(place, firm(3), on=datetime(2026, 9, 30, 22, 30, tzinfo=UTC)),
        "bare": advise(place, CompanyDraft(name=f"{PLANTED}nlager"), hours=None),
        "refused": advise(place, firm(5), consent=False),
    }
    for name in ("first", "second", "refused"):
        draft = MeasureDraft(f"{PLANTED}nmatrix", owner=f"{PLANTED} Voigt", dimension="D07")
        add_measure(place, cases[name], draft)
    add_measure(place, cases["first"], MeasureDraft("=1+1", dimension="D03", state="done"))
    add_measure(place, cases["first"], MeasureDraft(PLANTED, dimension=PLANTED, state="dropped"))
    write_note(place, cases["first"], f"{PLANTED}ngelee")
    for offer, recipient, is_answered in (
        ("itas-helpdesk", "", True),
        ("", f"{PLANTED}nbank Zwickau", False),
        ("", f"{PLANTED}nkontor", False),
    ):
        wanted = ReferralDraft(recipient, f"{PLANTED}nfrage", offer)
        key = add_referral(place, cases["first"], wanted)
        agree_referral(place, key, f"{PLANTED} Uhlig")
        send_referral(place, key)
        if is_answered:
            note_feedback(place, key, f"{PLANTED}nantwort")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """The region in a store that no test writes to."""
    made = workplace(tmp_path_factory.mktemp("region"))
    fill(made)
    yield made
    made.close()


def rows(report: IndicatorReport, key: str) -> dict[str, tuple[int | Decimal, ...]]:
    (table,) = [table for table in report.tables if table.key == key]
    return {row.label: row.figures for row in table.rows}


def every_text(xlsx: bytes) -> Iterator[str]:
    """Every cell, sheet name and raw XML of a workbook."""
    book = load_workbook(io.BytesIO(xlsx))
    for sheet in book:
        yield sheet.title
        for row in sheet.iter_rows():
            yield from (str(cell.value) for cell in row if cell.value is not None)
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_numbers_are_those_of_the_files(full: Workplace) -> None:
    report = funder_indicators(full, YEAR)

    assert rows(report, "Überblick") == {
        "Unternehmen": (4,),
        "Beratungsfälle": (4,),
        "Termine": (4,),
        "Beratungsstunden": (Decimal("6.25"),),
        "Termine ohne Stundenangabe": (1,),
        "Maßnahmen": (3,),
        "Verweise": (3,),
    }
    assert rows(report, "Kreis") == {
        "14511 Chemnitz, Stadt": (1,),
        "14524 Zwickau": (2,),
        "nicht angegeben": (1,),
    }
    assert rows(report, "Branche") == {
        "WZ 2008, Abteilung 24": (2,),
        "WZ 2008, Abteilung 29: Herstellung von Kraftwagen und Kraftwagenteilen": (1,),
        "nicht angegeben": (1,),
    }
    assert sum(int(f[0]) for f in rows(report, "KMU-Klasse").values()) == 4
    assert rows(report, "Termine und Stunden") == {
        "10/2026": (1, Decimal("2.5")),
        "11/2026": (3, Decimal("3.75")),
    }
    assert rows(report, "Verweise") == {
        "Helpdesk des Netzwerks": (1, 1),
        "Förderbank, Hausbank": (1, 0),
        "andere Stelle": (1, 0),
    }
    assert rows(report, "Maßnahmen") == {
        "vereinbart": (2,),
        "läuft": (0,),
        "umgesetzt": (1,),
        "verworfen": (1,),
    }
    topics = rows(report, "Themen")
    assert [(label[:3], figures) for label, figures in topics.items()] == [
        ("D03", (1, 1)),
        ("D07", (2, 2)),
    ]


def test_who_did_not_agree_is_counted_in_one_sentence_only(full: Workplace) -> None:
    report = funder_indicators(full, YEAR)

    words = "1 Fall ohne Einwilligung zur Statistik; nicht mitgezählt."
    assert report.without_consent == words


def test_the_last_word_on_the_statistics_counts(place: Workplace) -> None:
    case_id = advise(place, firm(1), consent=False)
    with place.store.read() as session:
        company_id = session.query(Company.id).scalar()
    (visit,) = show_company_file(place, company_id).visits
    assert funder_indicators(place, YEAR).without_consent.startswith("1 Fall")

    record_consent(place, visit.visit_id, "statistics", granted=True, given_by="Uhlig")
    report = funder_indicators(place, YEAR)
    assert report.without_consent.startswith("Keine Fälle")
    assert rows(report, "Überblick")["Unternehmen"] == (1,)
    assert case_id


def test_nobody_asked_is_nobody_agreed(place: Workplace) -> None:
    advise(place, firm(1), consent=None)
    report = funder_indicators(place, YEAR)

    assert rows(report, "Überblick")["Unternehmen"] == (0,)
    assert report.without_consent.startswith("1 Fall ohne")


def test_below_three_companies_nothing_is_broken_down(place: Workplace) -> None:
    for number in (1, 2):
        advise(place, firm(number))
    report = funder_indicators(place, YEAR)
    tables = {table.key: table for table in report.tables}

    for key in ("KMU-Klasse", "Branche", "Kreis", "Themen"):
        assert tables[key].rows == ()
        assert tables[key].note.startswith("Weniger als drei Unternehmen")
    advise(place, firm(3))
    assert rows(funder_indicators(place, YEAR), "Kreis") == {"14524 Zwickau": (3,)}


def test_no_name_stands_in_any_cell_or_byte(place: Workplace, tmp_path: Path) -> None:
    fill(place)
    with place.store.edit(place.author) as session:
        for company in session.query(Company):
            add = f"{PLANTED} & Söhne"
            company.street, company.products, company.website = add, add, add
            if not company.ags:
                company.ags, company.wz_code = PLANTED, f"=24{PLANTED}"
                company.legal_form, company.wz_edition = PLANTED, PLANTED
        for measure in session.query(Measure).where(Measure.title == PLANTED):
            measure.state = "agreed"
    with place.store.read() as session:
        company_id = session.query(Company.id).limit(1).scalar()
    add_contact(place, company_id, name=f"{PLANTED} Krauß", email=f"{PLANTED}@werk.example")
    save_indicators(place, YEAR, tmp_path / "kennzahlen.xlsx")
    save_indicators(place, YEAR, tmp_path / "kennzahlen.csv")

    texts = [*every_text((tmp_path / "kennzahlen.xlsx").read_bytes())]
    texts.append((tmp_path / "kennzahlen.csv").read_bytes().decode("utf-8-sig"))
    for text in texts:
        assert PLANTED not in text
        assert "Uhlig" not in text
        assert "Jana Vogel" not in text
        assert "=1+1" not in text


def test_the_unreleased_view_is_not_counted(place: Workplace) -> None:
    cases = [advise(place, firm(number)) for number in (1, 2, 3)]
    measure_id = council_measure(place, cases[0])
    with place.store.edit(place.author) as session:
        row = session.get_one(Measure, measure_id)
        row.dimension = "D07"
        session.add(
            Referral(
                id=new_id(place.clock()),
                company_id=row.company_id,
                case_id=cases[0],
                measure_id=measure_id,
                recipient="IG Metall",
                consent_by="Uhlig",
                state="sent",
                sent_on=date(2026, 11, 24),
            )
        )
    report = funder_indicators(place, YEAR)

    assert rows(report, "Themen") == {}
    assert rows(report, "Verweise") == {}
    assert rows(report, "Maßnahmen")["vereinbart"] == (0,)


def test_the_workbook_has_a_cover_and_a_sheet_per_table(full: Workplace) -> None:
    report = funder_indicators(full, YEAR)
    book = load_workbook(io.BytesIO(indicator_workbook(report)))

    assert book.sheetnames == ["Deckblatt", *(table.key for table in report.tables)]
    cover = {row[0]: row[1] for row in book["Deckblatt"].iter_rows(values_only=True)}
    assert cover["Zeitraum"] == "01.01.2026 bis 31.12.2026"
    assert cover["Stand"] == "24.11.2026"
    assert cover["Netzwerk"] == full.profile.name
    assert str(cover["Einwilligungen"]).startswith("1 Fall")
    assert [c.value for c in book["Kreis"][1]] == ["Kreis des Unternehmens", "Unternehmen"]
    hours = {row[0]: row[1] for row in book["Überblick"].iter_rows(values_only=True)}
    assert hours["Beratungsstunden"] == 6.25


def test_the_csv_reads_back_with_german_figures(full: Workplace) -> None:
    said = indicator_csv(funder_indicators(full, YEAR)).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(said), delimiter=";"))

    assert lines[0] == ["Tabelle", "Merkmal", "Kennzahl", "Wert"]
    assert ["Überblick", "Beratungsstunden", "Wert", "6,25"] in lines
    assert ["Kreis des Unternehmens", "14524 Zwickau", "Unternehmen", "2"] in lines
    assert all(len(line) == 4 for line in lines)


@pytest.mark.parametrize("label", ["=1+1", "+49", "-2", "@SUM(A1)", '=HYPERLINK("x")'])
def test_a_label_never_becomes_a_formula(label: str) -> None:
    row = IndicatorRow(label=label, figures=(1,))
    table = IndicatorTable(key="Überblick", title=label, columns=("Wert",), rows=(row,))
    day = date(2026, 11, 24)
    risky = IndicatorReport(network=label, first=day, last=day, as_of=day, tables=(table,))
    xlsx = indicator_workbook(risky)

    sheet = load_workbook(io.BytesIO(xlsx))["Überblick"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (label, "s")
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    said = indicator_csv(risky).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(said), delimiter=";") for cell in line]
    assert label not in cells
    assert f"'{label}" in cells


@given(st.text())
def test_no_cell_of_the_list_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(text).removeprefix("'") == text.removeprefix("'")


@given(st.text(), st.sampled_from(["", "IHK", "Agentur für Arbeit", "IG Metall"]))
def test_a_recipient_becomes_one_of_our_kinds(name: str, body: str) -> None:
    assert recipient_kind(f"{name} {body}", None) in KINDS


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Agentur für Arbeit Zwickau", "Agentur für Arbeit, Jobcenter"),
        ("IHK Chemnitz", "Kammer"),
        ("SAB", "Förderbank, Hausbank"),
        ("Sabine Hartmann", OTHER),
        ("TU Chemnitz", "Hochschule, Forschung"),
        ("Kanzlei Berger", OTHER),
    ],
)
def test_the_kind_is_told_from_the_name(name: str, kind: str) -> None:
    assert recipient_kind(name, None) == kind


def test_a_visit_outside_the_period_does_not_count(full: Workplace) -> None:
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert rows(funder_indicators(full, october), "Überblick")["Termine"] == (1,)
    september = Period(date(2026, 9, 1), date(2026, 9, 30))
    assert rows(funder_indicators(full, september), "Überblick")["Termine"] == (0,)


def test_a_period_does_not_end_before_it_begins(place: Workplace) -> None:
    with pytest.raises(PeriodBackwards):
        funder_indicators(place, Period(date(2026, 2, 1), date(2026, 1, 31)))


def test_a_file_that_cannot_be_written_says_so(place: Workplace) -> None:
    with pytest.raises(IndicatorsNotWritten):
        save_indicators(place, YEAR, Path("/no/such/drive/kennzahlen.xlsx"))


def test_the_figures_of_the_overview_say_how_they_came_about(full: Workplace) -> None:
    report = funder_indicators(full, YEAR)
    hours = next(d for d in report.derivations if d.title == "Beratungsstunden")

    assert [d.title for d in report.derivations] == [*rows(report, "Überblick")]
    assert hours.result == "6,25"
    assert [(t.label, t.value) for t in hours.terms] == [("10/2026", "2,5"), ("11/2026", "3,75")]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_last_quarter_is_three_whole_months_before_this_one(today: date) -> None:
    quarter = last_quarter(today)
    assert quarter.first.day == 1
    assert quarter.first.month in (1, 4, 7, 10)
    assert 89 <= (quarter.last - quarter.first).days <= 91
    assert quarter.last < today
    assert (today - quarter.last).days <= 92
    assert this_year(today) == Period(date(today.year, 1, 1), today)
