"""What the tests of the interview do again and again: press a key, read what is stored."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.interview.screen import InterviewScreen
from tests.ui.consultation import Consultation

FIRST = "d01_strategy"


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
    """A key to whatever has the keyboard, as the advisor would press it."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)


def questions(screen: InterviewScreen) -> tuple[str, ...]:
    assert screen.interview is not None
    return screen.interview.questions()


def stored(visit: Consultation, question: str = FIRST) -> tuple[AnswerState, str, str]:
    response = visit.interview().question(question).response
    return response.state, response.value, response.reason
