"""Why a question is asked: the rule in German, what it reads, how it is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.interview.why_sheet import WhySheet
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import DARK
from desktop_advisor.usecases.question_views import WhyView
from tests.ui.consultation import visible_words
from tests.ui.interview.test_context_free_note import MATRIX
from tests.ui.test_every_screen import clipped, unnamed

RULE = WhyView(
    "Wird nur gefragt, wenn es einen Betriebsrat gibt und mehr als 20 Menschen hier arbeiten.",
    (("Gibt es einen Betriebsrat?", "ja"), ("Wie viele Menschen arbeiten hier?", "")),
    "${has_works_council} = 'yes' and ${heads} > 20",
)


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 708)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def sheet(room: QWidget) -> WhySheet:
    made = WhySheet(room)
    made.show_reasons(MATRIX, (RULE,))
    return made


def test_a_rule_is_told_with_the_answers_it_reads(sheet: WhySheet) -> None:
    words = visible_words(sheet)
    assert MATRIX.text in words
    for part in (RULE.sentence, "Gibt es einen Betriebsrat?\nja", "noch offen", RULE.rule):
        assert part in words


def test_a_question_without_a_rule_is_always_asked(qtbot: QtBot, sheet: WhySheet) -> None:
    sheet.show_reasons(MATRIX, ())
    words = "Diese Frage wird immer gestellt."
    qtbot.waitUntil(lambda: words in visible_words(sheet), timeout=2000)
    assert RULE.sentence not in visible_words(sheet)


def test_escape_closes_and_other_keys_answer_nothing(qtbot: QtBot, sheet: WhySheet) -> None:
    with qtbot.assertNotEmitted(sheet.closed):
        QTest.keyClick(sheet, "3")
    with qtbot.waitSignal(sheet.closed):
        QTest.keyClick(sheet.done, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(
    qtbot: QtBot, qapp: QApplication, sheet: WhySheet, scale: float
) -> None:
    apply_theme(qapp, DARK, scale)
    sheet.show_reasons(MATRIX, (RULE, RULE))
    qtbot.waitUntil(lambda: clipped(sheet) == [], timeout=2000)
    assert unnamed(sheet) == []


def test_a_short_reason_leaves_the_question_in_sight(qtbot: QtBot, sheet: WhySheet) -> None:
    sheet.show_reasons(MATRIX, (RULE, RULE, RULE, RULE))
    qtbot.waitUntil(lambda: sheet.height() > 400, timeout=2000)
    sheet.show_reasons(MATRIX, ())
    qtbot.waitUntil(lambda: 100 < sheet.height() < 200, timeout=2000)
