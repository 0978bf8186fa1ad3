"""An editor follows the README from an empty Excel file to a questionnaire that is asked."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop_advisor.cli import main
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.questionnaire.authoring.checking import check_workbook
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.own_questionnaires import Refused, add_questionnaire
from desktop_advisor.usecases.questionnaires import available, choose
from desktop_advisor.usecases.recommending import refresh_recommendations
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.visits import begin_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.architecture.imports import ROOT
from tests.workplaces import workplace

Sheets = dict[str, list[list[str]]]

SAID = {
    "D01": {"goals": "1", "customers": "2", "markets": "0", "products": "2"},
    "D02": {"machines": "3", "data": "2", "security": "1", "orders": "4"},
    "D03": {"skills": "1", "training": "2", "young": "3", "voice": "4"},
}


def recipe() -> Sheets:
    """The sheets of the README's example, cell by cell as they stand there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```\n(\| survey \|\n.*?)```", readme, re.DOTALL)
    assert example is not None
    sheets: Sheets = {}
    for line in filter(None, example[1].split("\n")):
        title, *cells = (cell.strip() for cell in line[1:-1].split("|"))
        if title:
            rows: list[list[str]] = sheets.setdefault(title, [])
        else:
            rows.append(cells)
    return sheets


def typed(sheets: Sheets, file: Path) -> Path:
    """A new workbook into which an editor has typed the cells, all of them text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                if text:
                    page.cell(number, column, text).number_format = "@"
    book.save(file)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return typed(recipe(), tmp_path / "wandel.xlsx")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    made = workplace(tmp_path / "store")
    yield made
    made.close()


def visit(place: Workplace) -> tuple[uuid.UUID, uuid.UUID]:
    """A visit under way and its case."""
    company = create_company(
        place, CompanyDraft(name="Federnwerk Aue GmbH", heads="60", has_works_council="yes")
    )
    visit_id = plan_visit(place, company, starts_at=place.clock())
    begin_visit(place, visit_id)
    case_id = show_company_file(place, company).case_id
    assert case_id is not None
    return visit_id, case_id


def test_the_recipe_makes_three_dimensions_twelve_questions_and_four_rules() -> None:
    sheets = recipe()
    header, *survey = sheets["survey"]
    scored = [row for row in survey if row[header.index("score_dimension")]]

    assert (len(sheets["dimensions"]), len(scored), len(sheets["recommendations"])) == (4, 12, 5)


def test_its_workbook_has_no_mistake(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["form", "check", str(file)]) == 0
    assert capsys.readouterr().out == "0 Fehler, 0 Warnungen\n"


def test_it_is_added_asked_and_evaluated(place: Workplace, file: Path) -> None:
    added = add_questionnaire(place, file)
    visit_id, case_id = visit(place)
    choose(place, case_id, added.name)

    talk = Interview(place, visit_id)
    assert talk.title == "Wandel in Kürze"
    assert [section.code for section in talk.dimensions() if section.total][-3:] == [
        "D01",
        "D02",
        "D03",
    ]
    assert "markets" not in talk.questions()
    talk.answer("exports", "yes")
    assert "markets" in talk.questions()
    for levels in SAID.values():
        for question, level in levels.items():
            talk.answer(question, level)
    assert talk.progress() == (13, 13)
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("voice", "1")
    release_view(place, case_id, "Sabine Krauß")

    results = show_results(place, case_id)
    scores = {
        row.dimension.code: row.scores[Perspective.MANAGEMENT].value for row in results.dimensions
    }
    fired = {view.title for view in refresh_recommendations(place, case_id)}

    assert added in available(place)
    assert {code: float(value or -1) for code, value in scores.items()} == pytest.approx(
        {"D01": 1.25, "D02": 2.5, "D03": 2.5}
    )
    assert fired == {"Ziele festlegen", "IT absichern", "Beteiligung besprechen"}


MISTAKES = {
    "survey!E5": ("${export} = 'yes'", "„${exports}“"),
    "survey!A7": ("select_one maturty", "„maturity“"),
    "survey!F10": ("D04", "„D0"),
    "dimensions!B3": ("K", "R (Reifegrad)"),
    "recommendations!C4": ("${score_d03} < 2,5", "„${score_d03} < 2.5“"),
}
"""Cell, what the editor types there, words of the way out."""


def spoilt(file: Path) -> Path:
    book = load_workbook(file)
    for address, (text, _) in MISTAKES.items():
        sheet, _, cell = address.partition("!")
        assert book[sheet][cell].value, address
        book[sheet][cell] = text
    book.save(file)
    return file


def test_five_mistakes_are_found_at_their_cells_and_keep_the_form_out(
    place: Workplace, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = check_workbook(spoilt(file))

    errors = {finding.address: finding for finding in findings if finding.is_error}
    assert set(errors) == set(MISTAKES), "\n".join(map(str, findings))
    for address, (_, way_out) in MISTAKES.items():
        assert way_out in errors[address].suggestion
    assert main(["form", "check", str(file)]) == 1
    said = capsys.readouterr().out
    assert all(f"Zelle {address}: " in said for address in MISTAKES)
    assert "5 Fehler" in said
    with pytest.raises(Refused, match="5 Fehler"):
        add_questionnaire(place, file)
    assert [view.name for view in available(place) if view.is_own] == []
