"""Steps of the tests about tables: an interview over a small form, cells opened and typed into."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.ui.interview.tables import TableEditor
from desktop_advisor.usecases.companies import CompanyDraft, create_company
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.visits import begin_visit, plan_visit
from desktop_advisor.usecases.workplace import Workplace

FORM = Path(__file__).with_name("tables_form.md")
THIN = "\u202f"
ROWS = [
    {"product_name": "Kurbelwellen", "product_share": "58", "product_cati": "g5"},
    {"product_name": "Bremskolben", "product_share": "25.5", "product_eop": "2031"},
    {"product_name": "Gehäuse", "product_share": "14.5", "product_cati": "g0"},
]
NAME, SHARE, HEADS, CATI, EOP, SINCE, TOPICS = range(7)


def begun(place: Workplace) -> Interview:
    """An interview over the tables, nothing said yet."""
    compile_file(FORM, place.forms)
    company = create_company(place, CompanyDraft(name="Muster GmbH"))
    visit = plan_visit(place, company, starts_at=place.clock())
    begin_visit(place, visit)
    return Interview(place, visit, "tables_form")


def filled(qtbot: QtBot, interview: Interview) -> TableEditor:
    """The editor over three product groups."""
    interview.fill_rows("products", ROWS)
    made = opened(qtbot, interview, "products")
    assert made.model.rowCount() == 3
    return made


def opened(qtbot: QtBot, interview: Interview, key: str, width: int = 1200) -> TableEditor:
    made = TableEditor()
    qtbot.addWidget(made)
    made.resize(width, 700)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.show_table(interview, key)
    return made


def at(editor: TableEditor, row: int, column: int) -> QModelIndex:
    return editor.model.index(row, column)


def values(interview: Interview, row: int, key: str = "products") -> dict[str, str]:
    view = interview.table(key)
    cells = view.rows[row].cells
    return {c.name: cell.value for c, cell in zip(view.columns, cells, strict=True) if cell.value}


def open_cell(qtbot: QtBot, editor: TableEditor, row: int, column: int) -> QLineEdit:
    editor.page.grid.edit_cell(at(editor, row, column))
    return line_of(qtbot, editor)


def line_of(qtbot: QtBot, editor: TableEditor) -> QLineEdit:
    grid = editor.page.grid

    def lines() -> list[QLineEdit]:
        found = grid.viewport().findChildren(QLineEdit)
        return [line for line in found if line.isVisible() and line.hasFocus()]

    qtbot.waitUntil(lambda: bool(lines()))
    return lines()[0]


def type_over(line: QLineEdit, text: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, key)


def copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
