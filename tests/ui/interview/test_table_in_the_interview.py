"""A table asked in the running interview: what is typed in a cell is never left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.questionnaire.authoring.building import compile_file
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.interview.tables import TableEditor
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.questionnaire_moves import move
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, screen_of, window_at
from tests.ui.interview.table_steps import FORM, ROWS, open_cell, values


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    compile_file(FORM, bare_place.forms)
    move(bare_place, made.case_id, "tables_form")
    made.interview().fill_rows("products", ROWS)
    return made


@pytest.fixture
def screen(qtbot: QtBot, visit: Consultation) -> Iterator[InterviewScreen]:
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, "products"))
    yield screen_of(window, InterviewScreen)
    close(window)


def table_of(screen: InterviewScreen) -> TableEditor:
    assert screen.panel.editor is not None
    made = screen.panel.editor.widget
    assert isinstance(made, TableEditor)
    return made


def test_a_cell_still_open_is_committed_when_the_question_is_left(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    line = open_cell(qtbot, table_of(screen), 0, 1)
    line.selectAll()
    QTest.keyClicks(line, "12,5")
    screen.conduct.step(1)
    read = Interview(visit.place, visit.visit_id)
    assert "12.5" in values(read, 0).values()


def test_a_cell_without_sense_holds_the_advisor_once(qtbot: QtBot, screen: InterviewScreen) -> None:
    editor = table_of(screen)
    line = open_cell(qtbot, editor, 0, 1)
    line.selectAll()
    QTest.keyClicks(line, "viel")
    QTest.keyClick(line, Qt.Key.Key_Return)
    screen.conduct.step(1)
    assert screen.conduct.current == "products"
    screen.conduct.step(1)
    assert screen.conduct.current != "products"
