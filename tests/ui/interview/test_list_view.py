"""The list: a whole section at once, answered by keys, mouse and Tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.inputs.typed_answers import TypedInput
from desktop_advisor.ui.interview.level_key import LevelKey
from desktop_advisor.ui.interview.list_view import ListView
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import DARK
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, settle, visible_words, window_at
from tests.ui.test_every_screen import clipped, unnamed

ENERGY = "energy_kwh_power"


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    choose(bare_place, made.case_id, "vollcheck")
    return made


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, "d05_consumption"))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> InterviewScreen:
    shown = window.screen_shown
    assert isinstance(shown, InterviewScreen)
    shown.conduct.show_view(View.LIST)
    return shown


@pytest.fixture
def shown(screen: InterviewScreen) -> ListView:
    return screen.list


def press(key: Qt.Key | str) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def stored(visit: Consultation, question: str) -> tuple[AnswerState, str]:
    response = visit.interview().question(question).response
    return response.state, response.value


def test_the_list_shows_the_whole_section_and_keeps_the_question(
    screen: InterviewScreen, shown: ListView
) -> None:
    assert tuple(shown.rows) == screen.conduct.running.section_questions("D05")
    assert screen.conduct.current == "d05_consumption"
    assert shown.rows["d05_consumption"].is_current
    screen.conduct.show_view(View.ONE)
    assert screen.conduct.current == "d05_consumption"
    assert screen.panel.isVisible()


def test_switching_to_the_list_keeps_a_question_in_the_middle(
    screen: InterviewScreen, shown: ListView
) -> None:
    third = tuple(shown.rows)[2]
    screen.conduct.show_view(View.ONE)
    screen.conduct.show(third)
    press(Qt.Key.Key_F3)
    assert screen.conduct.current == third
    assert shown.rows[third].is_current


def test_keys_answer_the_current_row_and_down_goes_to_the_next(
    screen: InterviewScreen, shown: ListView, visit: Consultation
) -> None:
    first, second, *_ = shown.rows
    press("3")
    press(Qt.Key.Key_Down)
    press("1")
    assert stored(visit, first) == (AnswerState.ANSWERED, "3")
    assert stored(visit, second) == (AnswerState.ANSWERED, "1")
    assert [key.isChecked() for key in shown.rows[first].keys].index(True) == 3


def test_right_and_enter_choose_a_level_in_the_row(
    screen: InterviewScreen, shown: ListView, visit: Consultation
) -> None:
    for _ in range(3):
        press(Qt.Key.Key_Right)
    assert stored(visit, "d05_consumption")[0] is AnswerState.OPEN
    press(Qt.Key.Key_Return)
    assert stored(visit, "d05_consumption") == (AnswerState.ANSWERED, "2")
    press(Qt.Key.Key_Return)
    assert screen.conduct.current == tuple(shown.rows)[1]


def test_a_press_in_another_row_answers_that_one_and_makes_it_current(
    screen: InterviewScreen, shown: ListView, visit: Consultation
) -> None:
    third = tuple(shown.rows)[2]
    QTest.mouseClick(shown.rows[third].keys[4], Qt.MouseButton.LeftButton)
    assert stored(visit, third) == (AnswerState.ANSWERED, "4")
    assert screen.conduct.current == third
    press("5")
    assert stored(visit, third) == (AnswerState.ANSWERED, "5")


def test_not_applicable_asks_for_the_reason_below_its_row(
    shown: ListView, visit: Consultation
) -> None:
    press("n")
    assert shown.reason.isVisible()
    assert shown.rows["d05_consumption"].isAncestorOf(shown.reason)
    press(Qt.Key.Key_Return)
    response = visit.interview().question("d05_consumption").response
    assert (response.state, response.reason) == (
        AnswerState.NOT_APPLICABLE,
        "Gibt es hier nicht",
    )
    assert "Nicht zutreffend: Gibt es hier nicht" in visible_words(shown)


def test_the_anchor_of_the_key_pointed_at_stands_below(
    screen: InterviewScreen, shown: ListView
) -> None:
    row = shown.rows["d05_consumption"]
    press(Qt.Key.Key_Right)
    assert row.view.options[0].text in visible_words(row)
    press("2")
    screen.conduct.step(1)
    assert row.view.options[2].text in visible_words(row)


def test_pointing_at_another_level_moves_nothing(qtbot: QtBot, shown: ListView) -> None:
    settle(qtbot)
    row = shown.rows["d05_consumption"]
    before = row.height()
    for _ in row.keys:
        press(Qt.Key.Key_Right)
        settle(qtbot)
        assert row.height() == before


def test_a_number_typed_in_its_row_is_stored_and_answers_nothing_else(
    screen: InterviewScreen, shown: ListView, visit: Consultation
) -> None:
    screen.conduct.show(ENERGY)
    for letter in "1250000":
        press(letter)
    screen.conduct.step(1)
    assert stored(visit, ENERGY) == (AnswerState.ANSWERED, "1250000")
    assert stored(visit, next(iter(shown.rows)))[0] is AnswerState.OPEN


def test_nonsense_in_a_number_keeps_the_advisor_once_and_never_twice(
    screen: InterviewScreen, shown: ListView, visit: Consultation
) -> None:
    screen.conduct.show(ENERGY)
    typed = shown.rows[ENERGY].input
    assert isinstance(typed, TypedInput)
    for letter in "viel":
        press(letter)
    screen.conduct.step(1)
    assert screen.conduct.current == ENERGY
    assert typed.error.text()
    screen.conduct.step(1)
    assert screen.conduct.current != ENERGY
    assert stored(visit, ENERGY)[0] is AnswerState.OPEN


def test_a_table_is_opened_in_the_room_of_one_question(
    screen: InterviewScreen, shown: ListView
) -> None:
    screen.conduct.show("products")
    shown.rows["products"].opened.emit()
    assert screen.conduct.view is View.ONE
    assert screen.conduct.current == "products"
    assert screen.panel.editor is not None


def test_the_button_below_leads_to_the_next_section(
    screen: InterviewScreen, shown: ListView
) -> None:
    assert "Mobilität" in shown.onwards.text()
    shown.onwards.click()
    assert screen.conduct.running.question(screen.conduct.current).dimension == "D06"
    shown.back.click()
    assert screen.conduct.current == "d05_consumption"


@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (1024, 1.0), (1366, 2.0)])
def test_no_word_of_the_list_is_clipped_and_everything_has_a_name(
    qtbot: QtBot,
    qapp: QApplication,
    window: MainWindow,
    shown: ListView,
    width: int,
    scale: float,
) -> None:
    apply_theme(qapp, DARK, scale)
    window.resize(width, 768)
    settle(qtbot)

    def nothing_is_clipped() -> None:
        assert clipped(shown) == []

    qtbot.waitUntil(nothing_is_clipped, timeout=3000)
    assert unnamed(shown) == []
    right = max(key.mapTo(shown, key.rect().topRight()).x() for key in all_keys(shown))
    assert right < shown.width()


def all_keys(shown: ListView) -> list[LevelKey]:
    return [key for row in shown.rows.values() for key in (*row.keys, *row.states.values())]
