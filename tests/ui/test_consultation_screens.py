"""What holds for the four central screens with the longest real texts: whole words, names, size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, screen_of, settle, tell, window_at
from tests.ui.test_every_screen import clipped, pressed_height, unnamed

LOOKS = [(1366, 768, 1.0), (1366, 768, 1.5), (1920, 1080, 1.0), (1366, 768, 2.0)]
PLACES = (Where.INTERVIEW, Where.RESULTS, Where.ADVICE, Where.REPORT)


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    tell(made)
    return made


@pytest.fixture
def interview(qtbot: QtBot, visit: Consultation) -> Iterator[InterviewScreen]:
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, "d11_council"))
    yield screen_of(window, InterviewScreen)
    close(window)


def shown(qtbot: QtBot, visit: Consultation, where: Where, width: int, height: int) -> MainWindow:
    window = window_at(qtbot, visit.place, visit.destination(where, "d07_matrix"))
    window.resize(width, height)
    settle(qtbot)
    settle(qtbot)
    return window


@pytest.mark.parametrize(("width", "height", "scale"), LOOKS)
@pytest.mark.parametrize("where", PLACES)
def test_no_word_of_the_consultation_is_clipped(
    qtbot: QtBot,
    qapp: QApplication,
    visit: Consultation,
    where: Where,
    width: int,
    height: int,
    scale: float,
) -> None:
    apply_theme(qapp, LIGHT, scale)
    window = shown(qtbot, visit, where, width, height)
    try:
        qtbot.waitUntil(lambda: clipped(window) == [], timeout=2000)
    finally:
        found = clipped(window)
        close(window)
    assert found == []


@pytest.mark.parametrize("where", PLACES)
def test_every_control_of_the_consultation_can_be_named_and_hit(
    qtbot: QtBot, visit: Consultation, where: Where
) -> None:
    window = shown(qtbot, visit, where, 1366, 768)
    silent = unnamed(window)
    small = {
        button.text() or button.accessibleName(): button.height()
        for button in window.findChildren(QPushButton)
        if button.isVisible() and pressed_height(button) < TARGET
    }
    close(window)
    assert silent == []
    assert small == {}


def test_every_question_fits_without_scrolling_at_the_smallest_window(
    qtbot: QtBot, interview: InterviewScreen
) -> None:
    assert interview.interview is not None
    too_tall = []
    for name in interview.interview.questions():
        interview.conduct.show(name)
        settle(qtbot)
        if interview.panel.overflow() > 0:
            too_tall.append(name)
    assert too_tall == []


def cut_levels(screen: InterviewScreen) -> list[str]:
    """Levels that are lower than their words need."""
    return [o.words for o in screen.panel.options if o.height() < o.heightForWidth(o.width())]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_level_shows_all_its_lines(
    qtbot: QtBot, qapp: QApplication, visit: Consultation, scale: float
) -> None:
    apply_theme(qapp, LIGHT, scale)
    window = shown(qtbot, visit, Where.INTERVIEW, 1366, 768)
    screen = screen_of(window, InterviewScreen)
    assert screen.interview is not None
    for name in screen.interview.questions()[::3]:
        screen.conduct.show(name)
        qtbot.waitUntil(lambda: cut_levels(screen) == [], timeout=2000)
    close(window)


def test_a_destination_without_a_case_is_refused(bare_place: Workplace) -> None:
    from desktop_advisor.ui.routes import make_screen

    for where in PLACES:
        with pytest.raises(ValueError, match="Destination"):
            make_screen(bare_place, Destination(where))
