"""The workbook read back: true numbers and days, and no text that a spreadsheet would compute."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import msgspec
import pytest
from openpyxl import load_workbook

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.report.answers_model import AnswerColumn, AnswerTable, PlainAnswer
from desktop_advisor.report.exports.workbook import workbook_file
from desktop_advisor.report.frozen import content_hash
from desktop_advisor.report.model import ReportModel
from tests.report.sample import empty_report, sample_report

HOSTILE = (
    '=HYPERLINK("http://x.example";"Klick")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "#N/A",
    "=1\x00",
    "{=1}",
    "1E5",
    "007",
    "24.11.2026",
    "TRUE",
)


def _hostile(words: str) -> ReportModel:
    """The sample with the words wherever somebody may type."""
    report = sample_report()
    first = report.dimensions[0]
    indicator = first.indicators[0]
    answer = msgspec.structs.replace(indicator.answers[0], text=words, note=words, reason=words)
    indicator = msgspec.structs.replace(indicator, label=words, answers=(answer,))
    table = AnswerTable(
        title=words,
        perspective=Perspective.MANAGEMENT,
        columns=(AnswerColumn(label=words, is_number=True), AnswerColumn(label=words)),
        rows=((words, words),),
        notes=(words,),
    )
    measure = msgspec.structs.replace(report.measures[0], title=words, owner=words, effort=words)
    return msgspec.structs.replace(
        report,
        company=msgspec.structs.replace(report.company, name=words, products=words),
        advisor=msgspec.structs.replace(report.advisor, name=words),
        dimensions=(msgspec.structs.replace(first, label=words, indicators=(indicator,)),),
        answer_tables=(table,),
        measures=(measure,),
        offers=(msgspec.structs.replace(report.offers[0], title=words, reasons=(words,)),),
    )


@pytest.fixture(scope="module")
def made() -> bytes:
    return workbook_file(sample_report())


@pytest.fixture(scope="module")
def book(made: bytes) -> Any:
    return load_workbook(BytesIO(made))


def _column(page: Any, title: str) -> list[Any]:
    head = [cell.value for cell in page[1]]
    return [
        cell
        for (cell,) in page.iter_rows(
            2, min_col=head.index(title) + 1, max_col=head.index(title) + 1
        )
    ]


def _parts(made: bytes, pattern: str) -> str:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = [n for n in archive.namelist() if re.search(pattern, n)]
        return "".join(archive.read(n).decode() for n in names)


def test_every_sheet_keeps_its_head_in_sight_and_can_be_filtered(book: Any) -> None:
    assert book.sheetnames == [
        "Übersicht",
        "Ergebnisse",
        "Antworten",
        "Tabellen",
        "Maßnahmen",
        "Förderhinweise",
        "Prüfsummen",
    ]
    assert {page.freeze_panes for page in book} == {"A2"}
    assert all(page.auto_filter.ref == page.dimensions for page in book)
    assert all(page.column_dimensions["A"].width > 5 for page in book)


def test_levels_are_numbers_and_deadlines_days(book: Any) -> None:
    levels = [c.value for c in _column(book["Antworten"], "Stufe") if c.value is not None]
    assert len(levels) > 40
    assert all(isinstance(level, int | float) for level in levels)
    due = [c for c in _column(book["Maßnahmen"], "Frist") if c.value is not None]
    assert [c.value for c in due] == [
        datetime.combine(m.due_on, datetime.min.time())
        for m in sample_report().measures
        if m.due_on
    ]
    assert {c.number_format for c in due} == {"DD.MM.YYYY"}
    shares = [c.value for c in _column(book["Tabellen"], "Zahl")]
    assert 62.5 in shares
    assert 30 in shares


def test_the_overview_holds_days_and_figures_as_such(book: Any) -> None:
    facts = [(row[0].value, row[1]) for row in book["Übersicht"].iter_rows(2)]
    visits = [cell for label, cell in facts if label == "Termin"]
    assert [cell.value.date() for cell in visits] == [v.on for v in sample_report().visits]
    assert {cell.number_format for cell in visits} == {"DD.MM.YYYY"}
    assert dict(facts)["Beschäftigte (Köpfe)"].value == 118


def test_what_may_not_be_printed_has_no_value_here_either(book: Any) -> None:
    page = book["Ergebnisse"]
    energy = [
        row for row in page.iter_rows(2, values_only=True) if row[11] == "keine belastbare Aussage"
    ]
    assert energy
    assert all(row[4] is row[5] is row[6] is None for row in energy)


def test_an_answer_of_a_side_that_is_not_printed_is_absent() -> None:
    alone = msgspec.structs.replace(sample_report(), perspectives=(Perspective.MANAGEMENT,))
    page = load_workbook(BytesIO(workbook_file(alone)))["Antworten"]
    assert {c.value for c in _column(page, "Sichtweise")} == {"Geschäftsführung"}


def test_other_answers_carry_state_text_and_note() -> None:
    other = PlainAnswer(
        label="Köpfe",
        perspective=Perspective.MANAGEMENT,
        state=AnswerState.ANSWERED,
        text="118",
        note="mit Leiharbeit",
    )
    model = msgspec.structs.replace(empty_report(), other_answers=(other,))
    page = load_workbook(BytesIO(workbook_file(model)))["Antworten"]
    row = dict(zip([c.value for c in page[1]], [c.value for c in page[2]], strict=True))
    assert (row["Kennpunkt"], row["Zustand"], row["Text"], row["Notiz"]) == (
        "Köpfe",
        "beantwortet",
        "118",
        "mit Leiharbeit",
    )
    assert row["Beleg"] is None


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    made = workbook_file(_hostile(words))
    assert "<f" not in re.sub(r"<(font|fill|family)", "", _parts(made, r"worksheets/"))
    book = load_workbook(BytesIO(made))
    kept = words.replace("\x00", "").replace("\r", "")
    found = [c for page in book for row in page.iter_rows() for c in row if c.value == kept]
    assert len(found) >= 12
    assert {c.data_type for c in found} == {"s"}
    assert all(c.quotePrefix for c in found)


def test_the_hash_of_the_content_stands_in_the_last_sheet(book: Any) -> None:
    assert book["Prüfsummen"]["B2"].value == content_hash(sample_report())


def test_the_same_report_gives_the_same_workbook(made: bytes) -> None:
    assert workbook_file(sample_report()) == made
    assert "2026-11-24T00:00:00Z" in _parts(made, "core.xml")


def test_a_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    report = sample_report()
    measure = msgspec.structs.replace(report.measures[0], title="🙂" * 20_000)
    model = msgspec.structs.replace(report, measures=(measure,))
    title = load_workbook(BytesIO(workbook_file(model)))["Maßnahmen"]["B2"].value
    assert title.endswith("(gekürzt; vollständig im PDF)")
    assert len(title.encode("utf-16-le")) // 2 <= 32_767


def test_a_number_of_a_table_is_read_as_the_report_prints_it() -> None:
    said = ("1.234,5", "−3", "ca. 5", "", "12,")
    table = AnswerTable(
        title="T",
        perspective=Perspective.MANAGEMENT,
        columns=(AnswerColumn(label="Zahl", is_number=True),),
        rows=tuple((s,) for s in said),
    )
    model = msgspec.structs.replace(empty_report(), answer_tables=(table,))
    page = load_workbook(BytesIO(workbook_file(model)))["Tabellen"]
    values = [c.value for c in _column(page, "Zahl")]
    assert values == [float(Decimal("1234.5")), -3, None, None, 12]
    assert [c.value for c in _column(page, "Text")][2] == "ca. 5"
