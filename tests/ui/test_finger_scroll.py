"""A finger on a page that scrolls: taps press, swipes move, and nothing is pressed by a swipe."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.widgets import column, scrolling


class Page:
    """Thirty buttons, a slider and a field, higher than the window; pressed: the buttons."""

    def __init__(self, qtbot: QtBot) -> None:
        self.pressed: list[str] = []
        self.slider, self.field = QSlider(Qt.Orientation.Horizontal), QLineEdit()
        self.buttons = [self._button(str(number)) for number in range(30)]
        inside = QWidget()
        inside.setLayout(column(self.slider, self.field, *self.buttons))
        self.area: QScrollArea = scrolling(inside)
        qtbot.addWidget(self.area)
        self.area.resize(300, 400)
        self.area.show()
        qtbot.waitExposed(self.area)
        self._finger = QTest.createTouchDevice(
            QInputDevice.DeviceType.TouchScreen, QPointingDevice.Capability.Position
        )

    def _button(self, text: str) -> QPushButton:
        made = QPushButton(text)
        made.clicked.connect(lambda: self.pressed.append(text))
        return made

    def touch(self, widget: QWidget, *ways: QPoint) -> None:
        """Down on its middle, along the ways, up."""
        at = widget.mapTo(self.area, widget.rect().center())
        QTest.touchEvent(self.area, self._finger).press(0, at, self.area).commit()
        for way in ways:
            at += way
            QTest.touchEvent(self.area, self._finger).move(0, at, self.area).commit()
        QTest.touchEvent(self.area, self._finger).release(0, at, self.area).commit()


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    return Page(qtbot)


def test_a_tap_presses_and_two_quick_ones_press_twice(page: Page) -> None:
    page.touch(page.buttons[1])
    page.touch(page.buttons[1])
    assert page.pressed == ["1", "1"]


def test_a_tap_gives_a_field_the_keyboard(page: Page) -> None:
    page.touch(page.field)
    assert page.area.window().focusWidget() is page.field


def test_a_swipe_moves_the_page_and_presses_nothing(page: Page) -> None:
    page.touch(page.buttons[3], *[QPoint(0, -20)] * 5)
    assert page.area.verticalScrollBar().value() >= 100
    assert page.pressed == []
    assert not page.buttons[3].isDown()


def test_a_trembling_finger_still_presses(page: Page) -> None:
    page.touch(page.buttons[2], QPoint(3, 4), QPoint(-2, -5))
    assert page.pressed == ["2"]
    assert page.area.verticalScrollBar().value() == 0


def test_a_slider_is_drawn_and_not_scrolled(page: Page) -> None:
    page.slider.setValue(50)
    page.touch(page.slider, *[QPoint(20, 8)] * 4)
    assert page.slider.value() > 60
    assert page.area.verticalScrollBar().value() == 0
