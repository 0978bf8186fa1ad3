"""The questionnaire of a case is seen and changed in the company file; own ones in the settings."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.company_file.questionnaire_line import QuestionnaireLine
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.settings.questionnaires_card import QuestionnairesCard
from desktop_advisor.ui.settings.screen import SettingsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import ChoiceBox, Segmented
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.own_questionnaires import add_questionnaire
from desktop_advisor.usecases.questionnaires import available, choose
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.ui.sample import foundry
from tests.workbooks import HOUSE_CHECK, house_check

GF, BR = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL


@pytest.fixture
def case_id(place: Workplace) -> uuid.UUID:
    found = show_company_file(place, foundry(place)).case_id
    assert found is not None
    return found


@pytest.fixture
def window(qtbot: QtBot, place: Workplace) -> Iterator[MainWindow]:
    made = MainWindow(place, start=Destination(Where.COMPANY, company_id=foundry(place)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def file_screen(window: MainWindow) -> CompanyFileScreen:
    screen = window.screen_shown
    assert isinstance(screen, CompanyFileScreen)
    return screen


def words(widget: QWidget) -> str:
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return "\n".join(shown)


def press(line: QuestionnaireLine, title: str) -> None:
    name = f"Fragebogen: {title}"
    buttons = line.findChildren(QPushButton)
    next(b for b in buttons if b.accessibleName().startswith(name)).click()


def chosen(window: MainWindow) -> str:
    file = show_company_file(window.place, foundry(window.place))
    assert file.questionnaire is not None
    return file.questionnaire.name


def test_before_the_conversation_another_one_is_chosen_with_one_press(window: MainWindow) -> None:
    line = file_screen(window).questionnaire
    assert isinstance(line.choice, Segmented)
    assert line.choice.value() == "kurzcheck"
    assert "36 Fragen · ca. 50 min" in words(line)
    press(line, "Vollcheck")
    assert chosen(window) == "vollcheck"
    assert line.sheet is None
    assert "96 Fragen · zwei Termine" in words(line)


def test_with_answers_the_sheet_says_what_becomes_of_them_before_anything_happens(
    window: MainWindow, case_id: uuid.UUID
) -> None:
    say(window.place, case_id, GF, {"d07_plan": "2", "d07_matrix": "3"})
    screen = file_screen(window)
    screen.refresh()
    line = screen.questionnaire
    press(line, "Vollcheck")
    assert line.sheet is not None
    assert "2 von 2 Antworten der Geschäftsführung werden übernommen." in words(line.sheet)
    assert chosen(window) == "kurzcheck"
    assert screen.primary() is None
    assert line.sheet.go.text() == "Übernehmen und wechseln"
    line.sheet.go.click()
    assert chosen(window) == "vollcheck"
    assert line.sheet is None
    action = screen.primary()
    assert action is not None
    assert action.label == "Gespräch fortsetzen ›"
    answered = show_company_file(window.place, foundry(window.place)).progress
    assert answered is not None
    assert answered.answered == 2


def test_escape_leaves_the_questionnaire_and_returns_the_keyboard(
    qtbot: QtBot, window: MainWindow, case_id: uuid.UUID
) -> None:
    choose(window.place, case_id, "vollcheck")
    only_there = next(
        i.question
        for i in window.place.form("vollcheck").sidecar.indicators
        if not i.is_core and "gf" in i.perspectives
    )
    say(window.place, case_id, GF, {"d07_plan": "2", only_there: "3"}, "vollcheck")
    screen = file_screen(window)
    screen.refresh()
    line = screen.questionnaire
    press(line, "Kurzcheck")
    assert line.sheet is not None
    assert "1 von 2 Antworten der Geschäftsführung werden übernommen, 1 nicht." in words(line.sheet)
    assert "Diese Frage gibt es dort nicht." in words(line.sheet)
    QTest.keyClick(line.sheet, Qt.Key.Key_Escape)
    assert line.sheet is None
    assert line.choice is not None
    assert line.choice.value() == "vollcheck"
    assert window.screen_shown is screen
    qtbot.waitUntil(lambda: line.choice is not None and line.isAncestorOf(_focus()))


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_newer_version_is_offered_and_taken_after_a_look(
    qtbot: QtBot, window: MainWindow, case_id: uuid.UUID, tmp_path: Path
) -> None:
    place = window.place
    add_questionnaire(place, house_check(tmp_path))
    choose(place, case_id, "hauscheck")
    say(place, case_id, GF, {"h_order": "2"}, "hauscheck")
    screen = file_screen(window)
    screen.refresh()
    assert screen.questionnaire.newer.isHidden()
    text = HOUSE_CHECK.replace("| hauscheck | 1 ", "| hauscheck | 2 ").replace("kaum", "selten")
    add_questionnaire(place, house_check(tmp_path, text))
    screen.refresh()
    line = screen.questionnaire
    assert "neue Fassung 2" in words(line)
    line.newer.click()
    assert line.sheet is not None
    assert "Hauscheck: von Fassung 1 zu Fassung 2" in words(line.sheet)
    line.sheet.go.click()
    assert line.newer.isHidden()
    qtbot.waitUntil(lambda: "neue Fassung" not in words(line))
    assert line.former.text() == "Zurück zu Fassung 1"
    assert not line.former.isHidden()
    line.former.click()
    qtbot.waitUntil(lambda: "neue Fassung 2" in words(line))
    assert line.former.isHidden()


def test_many_questionnaires_drop_down(window: MainWindow, tmp_path: Path) -> None:
    for name in ("eins", "zwei"):
        add_questionnaire(
            window.place, house_check(tmp_path, HOUSE_CHECK.replace("hauscheck", name))
        )
    screen = file_screen(window)
    screen.refresh()
    assert isinstance(screen.questionnaire.choice, ChoiceBox)
    assert screen.questionnaire.choice.value() == "kurzcheck"


def test_one_that_is_missing_here_is_named_and_the_file_still_opens(
    window: MainWindow, case_id: uuid.UUID, tmp_path: Path
) -> None:
    add_questionnaire(window.place, house_check(tmp_path))
    choose(window.place, case_id, "hauscheck")
    (window.place.forms / "hauscheck.own").unlink()
    screen = file_screen(window)
    screen.refresh()
    assert "fehlt auf diesem Gerät" in words(screen.questionnaire)


# -- settings ----------------------------------------------------------------------------------


@pytest.fixture
def card(qtbot: QtBot, window: MainWindow) -> QuestionnairesCard:
    window.open(Destination(Where.SETTINGS))
    screen = window.screen_shown
    assert isinstance(screen, SettingsScreen)
    qtbot.waitUntil(screen.questionnaires.isVisible)
    return screen.questionnaires


def test_an_own_questionnaire_is_added_listed_and_removed(
    qtbot: QtBot, window: MainWindow, card: QuestionnairesCard, tmp_path: Path
) -> None:
    assert "Fassung 2026.11" in words(card)
    with qtbot.waitSignal(card.changed, timeout=10_000):
        card.take(house_check(tmp_path))
    assert "„Hauscheck“, Fassung 1, kann jetzt in der Firmenakte gewählt werden." in words(card)
    remove = next(
        b for b in card.findChildren(QPushButton) if b.accessibleName() == "Hauscheck entfernen"
    )
    with qtbot.waitSignal(card.changed):
        remove.click()
    assert [view.name for view in available(window.place)] == ["kurzcheck", "vollcheck"]


def test_mistakes_are_told_place_by_place(
    qtbot: QtBot, card: QuestionnairesCard, tmp_path: Path
) -> None:
    path = house_check(tmp_path, HOUSE_CHECK.replace("${h_order} &lt; 2", "${h_oder} < 2"))
    card.take(path)
    where = "Blatt survey, Zeile 3, Spalte D (relevant)"
    qtbot.waitUntil(lambda: where in words(card), timeout=10_000)
    assert "hat 1 Fehler" in words(card)
    assert "→ „${h_order}“" in words(card)
    assert card.bring.isEnabled()


def test_one_in_use_stays_and_says_why(
    window: MainWindow, card: QuestionnairesCard, case_id: uuid.UUID, tmp_path: Path
) -> None:
    add_questionnaire(window.place, house_check(tmp_path))
    choose(window.place, case_id, "hauscheck")
    card.show_questionnaires()
    next(
        b for b in card.findChildren(QPushButton) if b.accessibleName() == "Hauscheck entfernen"
    ).click()
    assert "1 laufender Beratungsfall nutzt den Fragebogen „Hauscheck“." in words(card)
