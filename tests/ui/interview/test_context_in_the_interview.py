"""Two sides answer covertly, see each other and agree: in the real window and the real store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets.field_form import PAUSE_MS
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, screen_of, visible_words, window_at

MATRIX = "d07_matrix"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    """Management says 4."""
    made = begin(bare_place)
    made.interview().answer(MATRIX, "4")
    return made


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, MATRIX))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> InterviewScreen:
    return screen_of(window, InterviewScreen)


def test_the_works_council_answers_covertly_and_then_both_stand_side_by_side(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    words = visible_words(screen.context)
    assert "Die Geschäftsführung hat verdeckt geantwortet." in words
    assert "Betriebsweite Matrix" not in words
    QTest.keyClick(screen.panel, "1")
    words = visible_words(screen.context)
    assert "Ob aufgedeckt wird, entscheidet der Betriebsrat." in words
    assert "Betriebsweite Matrix" not in words
    QTest.mouseClick(screen.context.cover.button, LEFT)
    words = visible_words(screen.context)
    assert "Gesprächsanlass: 3 Stufen auseinander" in words
    assert "GF: Betriebsweite Matrix" in words


def test_looking_early_uncovers_for_everybody(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    screen.conduct.switch(Perspective.WORKS_COUNCIL)
    for _ in range(2):
        QTest.mouseClick(screen.context.cover.button, LEFT)
    assert "GF: Betriebsweite Matrix" in visible_words(screen.context)
    assert visit.interview(Perspective.ADVISOR).comparison(MATRIX).sides


def test_what_the_table_says_about_a_dissent_is_stored_in_the_pause(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    visit.interview(Perspective.WORKS_COUNCIL).answer(MATRIX, "1")
    release_view(visit.place, visit.case_id, "Sabine Krauß")
    screen.conduct.running.switch(Perspective.MANAGEMENT)
    screen.conduct.show(MATRIX)
    qtbot.waitUntil(screen.context.sides.note.isVisible, timeout=2000)
    QTest.keyClicks(screen.context.sides.note, "Nachtschicht 3")
    qtbot.waitUntil(
        lambda: visit.interview().comparison(MATRIX).note == "Nachtschicht 3",
        timeout=4 * PAUSE_MS,
    )
    assert visit.interview().question(MATRIX).response.value == "4"


def test_the_table_agrees_on_a_value_of_its_own(
    qtbot: QtBot, screen: InterviewScreen, visit: Consultation
) -> None:
    visit.interview(Perspective.WORKS_COUNCIL).answer(MATRIX, "1")
    release_view(visit.place, visit.case_id, "Sabine Krauß")
    screen.conduct.running.switch(Perspective.MANAGEMENT)
    screen.conduct.show(MATRIX)
    qtbot.waitUntil(screen.context.sides.joint.isVisible, timeout=2000)
    QTest.mouseClick(screen.context.sides.joint, LEFT)
    assert screen.context.perspective.value() == "gem"
    assert screen.conduct.current == MATRIX
    QTest.keyClick(screen.panel, "2")
    joint = visit.interview(Perspective.JOINT).question(MATRIX).response
    assert joint.value == "2"
    assert visit.interview().question(MATRIX).response.value == "4"
