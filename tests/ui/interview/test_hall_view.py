"""Hallenmodus: gloves, sun, standing up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.hall_view import HallView
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.contrast import contrast
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import DARK, LIGHT, SUN, Tone
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, close, settle, window_at
from tests.ui.test_every_screen import clipped, unnamed

LONGEST = "d11_council"
"""The question with the longest help and long anchors."""


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    return begin(bare_place)


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW, LONGEST))
    yield made
    close(made)


@pytest.fixture
def screen(qtbot: QtBot, window: MainWindow) -> InterviewScreen:
    shown = window.screen_shown
    assert isinstance(shown, InterviewScreen)
    shown.conduct.show_view(View.HALL)
    settle(qtbot)
    return shown


@pytest.fixture
def hall(screen: InterviewScreen) -> HallView:
    return screen.hall


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)


def gaps(parts: list[QWidget]) -> list[int]:
    """Free pixels between parts that stand below each other."""
    boxes = sorted((part.geometry() for part in parts), key=lambda box: (box.x(), box.y()))
    return [
        below.y() - (above.y() + above.height())
        for above, below in pairwise(boxes)
        if above.x() == below.x()
    ]


def test_the_hall_keeps_the_question_and_shows_nothing_beside_it(
    screen: InterviewScreen, hall: HallView
) -> None:
    assert screen.conduct.current == LONGEST
    assert hall.isVisible()
    assert not screen.dimensions.isVisible()
    assert not screen.context.isVisible()
    hall.leave.click()
    assert screen.conduct.current == LONGEST
    assert screen.panel.isVisible()
    assert screen.dimensions.isVisible()


def test_levels_are_high_enough_for_gloves_and_apart(hall: HallView) -> None:
    assert len(hall.options) == 6
    assert min(option.height() for option in hall.options) >= 96
    assert min(gaps(list(hall.options))) >= 16
    assert len({option.x() for option in hall.options}) == 2


def test_a_press_anywhere_on_a_level_answers(hall: HallView, visit: Consultation) -> None:
    option = hall.options[4]
    QTest.mouseClick(option, Qt.MouseButton.LeftButton, pos=option.rect().bottomRight() / 2)
    assert visit.interview().question(LONGEST).response.value == "4"
    assert option.isChecked()


def test_digits_letters_and_enter_work_in_the_hall(
    screen: InterviewScreen, visit: Consultation
) -> None:
    press("2")
    press(Qt.Key.Key_Return)
    press("w")
    following = screen.conduct.current
    assert visit.interview().question(LONGEST).response.value == "2"
    assert following != LONGEST
    assert visit.interview().question(following).response.state is AnswerState.UNKNOWN


def test_the_reasons_take_the_place_of_the_levels(hall: HallView, visit: Consultation) -> None:
    hall.states[AnswerState.NOT_APPLICABLE].click()
    assert hall.reason.isVisible()
    assert not hall.options[0].isVisible()
    assert min(chip.height() for chip in hall.reason.chips) >= 72
    hall.reason.chips[1].click()
    assert visit.interview().question(LONGEST).response.reason == "Betrieb zu klein"
    assert hall.options[0].isVisible()


def test_who_answers_is_shown_and_switched_in_the_hall(
    screen: InterviewScreen, hall: HallView, visit: Consultation
) -> None:
    assert hall.perspective.value() == "gf"
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert hall.perspective.value() == "br"
    press("1")
    council = visit.interview(Perspective.WORKS_COUNCIL)
    assert council.question(LONGEST).response.value == "1"
    assert visit.interview().question(LONGEST).response.state is AnswerState.OPEN


def test_the_hall_is_black_on_white_even_in_the_dark_palette(
    qapp: QApplication, qtbot: QtBot, screen: InterviewScreen, hall: HallView
) -> None:
    screen.conduct.show_view(View.ONE)
    apply_theme(qapp, DARK)
    screen.conduct.show_view(View.HALL)
    settle(qtbot)
    assert theme().tokens == SUN
    assert theme().calm
    picture = hall.grab().toImage()
    assert picture.pixelColor(4, 4).name() == SUN.paper
    screen.conduct.show_view(View.ONE)
    assert theme().tokens == DARK
    assert screen.panel.grab().toImage().pixelColor(4, 4).lightness() < 60


def test_leaving_the_screen_puts_the_palette_back(
    window: MainWindow, screen: InterviewScreen
) -> None:
    assert window.open(Destination(Where.COMPANIES))
    assert theme().tokens != SUN


def test_another_font_scale_stays_in_the_sun(
    qtbot: QtBot, qapp: QApplication, screen: InterviewScreen
) -> None:
    apply_theme(qapp, LIGHT, 1.25)
    qtbot.waitUntil(lambda: theme().tokens == SUN, timeout=2000)
    assert theme().scale == 1.25


def test_the_sun_palette_reads_at_seven_to_one() -> None:
    for tone in Tone:
        assert contrast(SUN.text_on_tint(tone), SUN.tint(tone)) >= 7
    assert contrast(SUN.ink, SUN.paper) == pytest.approx(21)
    assert contrast(SUN.on_main, SUN.main) >= 7


def test_a_note_is_written_from_the_hall_by_its_key(screen: InterviewScreen) -> None:
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert screen.notes.free_note.isVisible()


def test_photos_stand_in_place_of_the_levels(hall: HallView, screen: InterviewScreen) -> None:
    hall.photos.click()
    assert hall.files.isVisible()
    assert hall.files.consent.isVisible()
    assert not hall.options[0].isVisible()
    hall.files_done.click()
    assert hall.options[0].isVisible()


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1366, 768, 1.0), (1024, 768, 1.0), (1366, 768, 2.0), (1920, 1080, 1.0)],
)
def test_no_question_of_the_kurzcheck_is_cut_or_scrolled_in_the_hall(
    qtbot: QtBot,
    qapp: QApplication,
    window: MainWindow,
    screen: InterviewScreen,
    width: int,
    height: int,
    scale: float,
) -> None:
    hall = screen.hall
    screen.conduct.show_view(View.ONE)
    apply_theme(qapp, LIGHT, scale)
    window.resize(width, height)
    screen.conduct.show_view(View.HALL)
    settle(qtbot)
    for name in (LONGEST, *screen.conduct.running.questions()[::5]):
        screen.conduct.show(name)
        qtbot.waitUntil(lambda: clipped(hall) == [], timeout=2000)
        qtbot.waitUntil(lambda: cut(hall) == [], timeout=2000)
        qtbot.waitUntil(lambda: hall.overflow() == 0, timeout=2000)
    assert unnamed(hall) == []


def cut(hall: HallView) -> list[str]:
    """Levels that are lower than their words need."""
    return [o.words for o in hall.options if o.height() < o.heightForWidth(o.width())]
