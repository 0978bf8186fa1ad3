"""One state for all views: sections put aside, perspectives, resuming, what was said elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from tests.ui.consultation import Consultation, settle, visible_words
from tests.ui.interview.answering import FIRST, press, stored


def test_p_puts_the_section_aside_and_ctrl_z_brings_it_back(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press(Qt.Key.Key_Right)
    second = screen.conduct.current
    press("p")
    assert visit.interview().dimensions()[0].is_parked
    assert screen.conduct.running.question(screen.conduct.current).dimension == "D02"
    assert "„Geschäftsfelder“ wird nicht betrachtet." in visible_words(screen.notices)
    assert screen.dimensions.buttons["D01"].accessibleName() == "Geschäftsfelder, nicht betrachtet"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not visit.interview().dimensions()[0].is_parked
    assert screen.conduct.current == second
    assert not screen.notices.isVisible()


def test_the_button_on_the_row_puts_its_section_aside(
    screen: InterviewScreen, visit: Consultation
) -> None:
    row = screen.dimensions.buttons["D01"]
    assert not screen.dimensions.buttons["D02"].park.isVisible()
    QTest.mouseClick(row.park, Qt.MouseButton.LeftButton)
    assert visit.interview().dimensions()[0].is_parked
    screen.notices.parking.button.click()
    assert not visit.interview().dimensions()[0].is_parked
    assert screen.conduct.current == FIRST


def test_a_section_put_aside_offers_to_be_taken_up(
    screen: InterviewScreen, visit: Consultation
) -> None:
    screen.conduct.park("D07")
    QTest.mouseClick(screen.dimensions.buttons["D07"], Qt.MouseButton.LeftButton)
    assert screen.conduct.current == FIRST
    assert "Wieder aufnehmen" in visible_words(screen.notices)
    screen.notices.parking.button.click()
    assert screen.conduct.current == "d07_plan"
    assert not any(row.is_parked for row in visit.interview().dimensions())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_long_press_on_a_section_opens_its_menu_and_goes_nowhere(
    qtbot: QtBot, screen: InterviewScreen
) -> None:
    row = screen.dimensions.buttons["D05"]
    with qtbot.waitSignal(row.menu_wanted, timeout=3000):
        QTest.mousePress(row, Qt.MouseButton.LeftButton)
    (menu,) = screen.dimensions.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Feld zurückstellen"]
    menu.close()
    QTest.mouseRelease(row, Qt.MouseButton.LeftButton)
    assert screen.conduct.current == FIRST


@pytest.mark.parametrize(
    ("key", "perspective"), list(zip("1234", Perspective, strict=True)), ids=str
)
def test_alt_and_a_digit_switch_the_perspective(
    screen: InterviewScreen, key: str, perspective: Perspective
) -> None:
    press(key, Qt.KeyboardModifier.AltModifier)
    assert screen.conduct.running.perspective is perspective
    assert screen.context.perspective.value() == str(perspective)


def test_the_interview_goes_on_at_the_exact_place(
    qtbot: QtBot, window: MainWindow, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    screen.conduct.show("d07_matrix")
    screen.conduct.show_view(View.LIST)
    assert window.open(Destination(Where.COMPANIES))
    assert window.open(visit.destination(Where.INTERVIEW))
    settle(qtbot)
    again = window.screen_shown
    assert isinstance(again, InterviewScreen)
    assert again.conduct.running.perspective is Perspective.WORKS_COUNCIL
    assert again.conduct.current == "d07_matrix"
    assert again.list.isVisible()


def test_an_answer_given_elsewhere_meanwhile_is_shown_and_nothing_typed_is_lost(
    screen: InterviewScreen, visit: Consultation
) -> None:
    visit.interview().answer(FIRST, "5")
    screen.context.note.setPlainText("Bank fragen")
    press("1")
    assert "inzwischen an anderer Stelle geändert" in visible_words(screen.notices)
    assert stored(visit)[1] == "5"
    assert [option.isChecked() for option in screen.panel.options].index(True) == 5
    assert screen.context.note.toPlainText() == "Bank fragen"


def test_the_key_sheet_names_every_key_that_works(screen: InterviewScreen) -> None:
    sheet = screen.keys()
    words = " ".join(key for key, _ in sheet)
    for key in ("0 … 5", "N  W  K", "P", "F2  F3  F4", "Alt 1 … 4", "Strg Umschalt N", "Entf"):
        assert key in words


def test_ctrl_shift_n_opens_the_notes(screen: InterviewScreen) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(Qt.Key.Key_N, modifiers)
    assert screen.notes.inbox.isVisible()


def test_why_a_question_is_asked_opens_over_the_screen(screen: InterviewScreen) -> None:
    screen.context.why_wanted.emit()
    assert screen.notes.reasons.isVisible()
    press(Qt.Key.Key_Escape)
    assert not screen.notes.reasons.isVisible()


def test_the_end_names_what_was_put_aside_and_takes_it_up(
    screen: InterviewScreen, qtbot: QtBot
) -> None:
    screen.conduct.park("D07")
    screen.conduct.end()
    settle(qtbot)
    assert "Nicht betrachtet: Qualifizierung" in visible_words(screen.end)
    take_up = next(
        b for b in screen.end.findChildren(QPushButton) if b.text() == "Qualifizierung aufnehmen"
    )
    take_up.click()
    assert screen.conduct.current == "d07_plan"


def test_the_end_lists_what_seems_odd_and_leads_there(
    screen: InterviewScreen, visit: Consultation, qtbot: QtBot
) -> None:
    screen.conduct.show("d07_matrix")
    press("5")
    screen.conduct.end()
    settle(qtbot)
    assert "Beleg" in visible_words(screen.end.odd)
    screen.end.odd.question.emit("d07_matrix")
    assert screen.conduct.current == "d07_matrix"


def test_an_answer_touches_only_what_it_changes(
    screen: InterviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []
    for code, row in screen.dimensions.buttons.items():
        monkeypatch.setattr(row, "update", lambda code=code: touched.append(code))
    options = list(screen.panel.options)
    press("3")
    press("4")
    assert touched == ["D01"]
    assert screen.panel.options == options
