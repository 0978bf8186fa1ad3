"""Large type, small windows: no word is cut, nothing lies on another, everything is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.conduct import View
from desktop_advisor.ui.interview.level_key import LevelKey
from desktop_advisor.ui.interview.list_view import ListView
from desktop_advisor.ui.interview.option_row import OptionRow
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.widgets.labels import ElidedLabel
from tests.ui.consultation import Consultation, close, screen_of, settle, window_at
from tests.ui.interview.states import STATES, question
from tests.ui.test_every_screen import clipped, pressed_height

LOOKS = [(1366, 768, 1.5), (1366, 768, 2.0), (1024, 640, 2.0), (1920, 1080, 1.0)]
HALL_TARGET = 72
"""Pixels for a glove."""


@pytest.fixture(params=["kurzcheck", "vollcheck", "own"])
def talk(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    furnished_visit: Callable[[str], Consultation],
) -> Iterator[tuple[MainWindow, list[str]]]:
    """The window over one questionnaire, and the states it can show."""
    visit = furnished_visit(request.param)
    window = window_at(qtbot, visit.place, visit.destination(Where.INTERVIEW))
    yield window, [name for name, (form, _) in STATES.items() if form == request.param]
    close(window)


def test_no_word_is_cut_and_nothing_lies_on_another(
    qtbot: QtBot, qapp: QApplication, talk: tuple[MainWindow, list[str]]
) -> None:
    """One window goes through the looks, as opening it costs more."""
    window, names = talk
    screen = screen_of(window, InterviewScreen)
    for width, height, scale in LOOKS:
        apply_theme(qapp, LIGHT, scale)
        window.header.measure()
        window.resize(width, height)
        for name in names:
            part = STATES[name][1](screen)
            settle(qtbot)
            wait_for_order(qtbot, part)
            assert part.width() <= max(width, window.width()), (name, width, scale)
            tidy(screen, part)


def wait_for_order(qtbot: QtBot, part: QWidget) -> None:
    def is_in_order() -> None:
        assert problems(part) == []

    qtbot.waitUntil(is_in_order, timeout=2000)


def problems(root: QWidget) -> list[str]:
    """What a reader would stumble over."""
    return [*clipped(root), *too_low(root), *unexplained(root), *overlaps(root)]


def too_low(root: QWidget) -> list[str]:
    """Words that are higher than the part they stand in."""
    low = [
        label.text()
        for label in root.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and not label.wordWrap()
        and label.fontMetrics().height() > label.height() + 1
    ]
    low += [
        button.text()
        for button in root.findChildren(QPushButton)
        if button.isVisible() and button.fontMetrics().height() > button.height()
    ]
    low += [
        option.words
        for option in root.findChildren(OptionRow)
        if option.isVisible() and option.height() < option.heightForWidth(option.width())
    ]
    return low


def unexplained(root: QWidget) -> list[str]:
    """Shortened words whose whole cannot be read anywhere."""
    return [
        label.text()
        for label in root.findChildren(ElidedLabel)
        if label.isVisible()
        and label.fontMetrics().horizontalAdvance(label.text()) > label.width()
        and label.toolTip() != label.text()
    ]


def overlaps(root: QWidget) -> list[str]:
    """Parts of one layout that lie on each other."""
    found = []
    for parent in (root, *root.findChildren(QWidget)):
        layout = parent.layout()
        if layout is None or isinstance(parent, QStackedWidget) or not parent.isVisible():
            continue
        parts = [part for part in laid_out(layout) if part.isVisible()]
        found += [
            f"{type(one).__name__} {one.geometry()} on {type(other).__name__} {other.geometry()}"
            for number, one in enumerate(parts)
            for other in parts[number + 1 :]
            if one.geometry().intersects(other.geometry())
        ]
    return found


def laid_out(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from laid_out(inner)


def tidy(screen: InterviewScreen, part: QWidget) -> None:
    """Put away what a state opened."""
    if part.isWindow() and part is not screen.window():
        part.close()
    screen.finder.hide()
    screen.panel.close_reason()
    for sheet in screen.notes.sheets:
        sheet.hide()
    screen.conduct.show_view(View.ONE)


@pytest.mark.parametrize("talk", ["vollcheck"], indirect=True)
@pytest.mark.parametrize("view", [View.ONE, View.LIST, View.HALL])
def test_levels_and_the_way_on_are_reached_at_double_size(
    qtbot: QtBot, qapp: QApplication, talk: tuple[MainWindow, list[str]], view: View
) -> None:
    window, _ = talk
    apply_theme(qapp, LIGHT, 2.0)
    screen = screen_of(window, InterviewScreen)
    question("d11_restructuring", view)(screen)
    settle(qtbot)
    page = screen.page
    onwards = page.onwards if isinstance(page, ListView) else page.next
    wanted: list[QWidget] = [*page.findChildren(OptionRow), *page.findChildren(LevelKey), onwards]
    assert len(wanted) > 6
    for part in [part for part in wanted if part.isVisible()]:
        qtbot.waitUntil(partial(brought_to_sight, part))


def brought_to_sight(part: QWidget) -> bool:
    """Whether all of it is seen once scrolled to; the layout may still be settling."""
    area = part.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(part)
    return part.visibleRegion().boundingRect().size() == part.size()


@pytest.mark.parametrize("talk", ["vollcheck"], indirect=True)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_row_asked_is_in_view_when_the_list_opens(
    qtbot: QtBot, qapp: QApplication, talk: tuple[MainWindow, list[str]], scale: float
) -> None:
    window, _ = talk
    apply_theme(qapp, LIGHT, scale)
    screen = screen_of(window, InterviewScreen)
    question("d03_exchange", View.LIST)(screen)

    def is_seen() -> bool:
        row = screen.list.current_row()
        assert row is not None
        return row.visibleRegion().boundingRect().height() == row.height()

    qtbot.waitUntil(is_seen, timeout=2000)


@pytest.mark.parametrize("talk", ["kurzcheck", "vollcheck"], indirect=True)
def test_everything_is_large_enough_to_press(
    qtbot: QtBot, talk: tuple[MainWindow, list[str]]
) -> None:
    window, names = talk
    screen = screen_of(window, InterviewScreen)
    for name in names:
        part = STATES[name][1](screen)
        settle(qtbot)
        room, least = (screen.hall, HALL_TARGET) if "hall" in name else (part, TARGET)
        small = {
            f"{name}: {button.accessibleName()}": (button.width(), pressed_height(button))
            for button in room.findChildren(QAbstractButton)
            if button.isVisible()
            and not isinstance(button.parent(), QLineEdit)
            and min(button.width(), pressed_height(button)) < least
        }
        assert small == {}
        tidy(screen, part)
