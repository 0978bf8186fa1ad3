"""What holds for the four central screens with the longest real texts: whole words, names, size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, screen_of, settle, tell, window_at
from tests.ui.sample import empty_workplace
from tests.ui.test_every_screen import clipped, grow, too_low, unnamed

LOOKS = [(1366, 768, 1.0), (1366, 768, 1.5), (1920, 1080, 1.0), (1366, 768, 2.0)]
PLACES = (Where.INTERVIEW, Where.RESULTS, Where.ADVICE, Where.REPORT)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consultation]:
    """The whole visit, told once; nobody here adds to it."""
    made = begin(empty_workplace(tmp_path_factory.mktemp("told")))
    tell(made)
    yield made
    QThreadPool.globalInstance().waitForDone(10_000)
    made.place.close()


@pytest.fixture
def visit(told: Consultation) -> Consultation:
    grow(told.place, 1.0)
    return told


@pytest.fixture
def interview(qtbot: QtBot, visit: Consultation) -> Iterator[InterviewScreen]:
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, "d11_council"))
    yield screen_of(window, InterviewScreen)
    close(window)


def main_window(interview: InterviewScreen) -> MainWindow:
    window = interview.window()
    assert isinstance(window, MainWindow)
    return window


@pytest.mark.parametrize("where", PLACES)
def test_every_control_of_the_consultation_can_be_named_and_hit_and_no_word_is_clipped(
    qtbot: QtBot, visit: Consultation, where: Where
) -> None:
    """One window goes through the looks, as with Ctrl +."""
    window = window_at(qtbot, visit.place, visit.destination(where, "d07_matrix"))
    settle(qtbot)
    silent, low, found = unnamed(window), too_low(window), {}
    for width, height, scale in LOOKS:
        grow(visit.place, scale)
        window.restyle()
        window.resize(width, height)
        settle(qtbot)
        with suppress(TimeoutError):
            qtbot.waitUntil(lambda: clipped(window) == [], timeout=2000)
        found[width, scale] = clipped(window)
    close(window)
    assert silent == []
    assert low == {}
    assert {look: words for look, words in found.items() if words} == {}


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


def test_every_level_shows_all_its_lines(qtbot: QtBot, interview: InterviewScreen) -> None:
    assert interview.interview is not None
    window = main_window(interview)
    for scale in (1.0, 1.5, 2.0):
        grow(window.place, scale)
        window.restyle()
        for name in interview.interview.questions()[::3]:
            interview.conduct.show(name)
            qtbot.waitUntil(lambda: cut_levels(interview) == [], timeout=2000)


def test_a_destination_without_a_case_is_refused(bare_place: Workplace) -> None:
    from desktop_advisor.ui.routes import make_screen

    for where in PLACES:
        with pytest.raises(ValueError, match="Destination"):
            make_screen(bare_place, Destination(where))
