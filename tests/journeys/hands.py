"""The real window over a real store, and hands that use it: keys, a finger, a pen."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.demo import story
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.screen import Screen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.usecases.companies import create_company
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.notes import list_notes
from desktop_advisor.usecases.visits import plan_visit
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import SLOW_MS


class Talk:
    """The real window over a store with one planned visit, and what is stored there."""

    def __init__(self, qtbot: QtBot, place: Workplace) -> None:
        self.qtbot, self.place = qtbot, place
        company_id = create_company(place, story.COMPANY)
        self.visit_id: uuid.UUID = plan_visit(
            place, company_id, starts_at=place.clock(), people=story.PEOPLE
        )
        self.window = MainWindow(place, start=Destination(Where.TODAY))
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def screen(self) -> InterviewScreen:
        """The interview, once it is at the front and loaded."""
        shown = self.window.screen_shown
        assert isinstance(shown, InterviewScreen)
        return shown

    @property
    def current(self) -> str:
        return self.screen.conduct.current

    def wait_for(self, kind: type[Screen]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.window.screen_shown, kind), timeout=SLOW_MS)

    def wait_for_questions(self) -> None:
        self.wait_for(InterviewScreen)
        self.qtbot.waitUntil(lambda: bool(self.current), timeout=SLOW_MS)

    def stored(self, perspective: Perspective = Perspective.MANAGEMENT) -> Interview:
        """What is on the disk, read anew."""
        read = Interview(self.place, self.visit_id)
        read.switch(perspective)
        return read

    def state(
        self, question: str, perspective: Perspective = Perspective.MANAGEMENT
    ) -> tuple[AnswerState, str, str]:
        response = self.stored(perspective).question(question).response
        return response.state, response.value, response.reason

    def notes(self) -> list[str]:
        return [note.text for note in list_notes(self.place, self.stored().case_id)]

    def words(self, part: QWidget) -> str:
        return "\n".join(w.text() for w in part.findChildren(QLabel) if w.isVisible())


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier | None = None) -> None:
    """A key to whatever has the keyboard."""
    target = QApplication.focusWidget()
    assert target is not None
    held = modifiers or Qt.KeyboardModifier.NoModifier
    if isinstance(key, str):
        QTest.keyClicks(target, key, held)
    else:
        QTest.keyClick(target, key, held)
    QApplication.processEvents()  # nobody is faster than the next picture


def write(words: str) -> None:
    for letter in words:
        press(letter)


def tab_to(is_it: Callable[[QWidget], bool], name: str) -> None:
    """Tab until the keyboard is there."""
    for _ in range(120):
        press(Qt.Key.Key_Tab)
        held = QApplication.focusWidget()
        if held is not None and is_it(held):
            return
    pytest.fail(f"Tab never came to {name}")


def tab_to_name(words: str) -> None:
    """Tab to the control of which a screen reader says these words."""
    tab_to(lambda held: words in held.accessibleName(), words)


class Finger:
    """Touches a spot of the window, whatever is there; swipes what does not fit."""

    def __init__(self, talk: Talk) -> None:
        self.talk, self.window = talk, talk.window
        self._device = QTest.createTouchDevice(
            QInputDevice.DeviceType.TouchScreen, QPointingDevice.Capability.Position
        )

    def tap(self, widget: QWidget) -> None:
        """On the middle of what is seen of it."""
        self._bring(widget)
        at = self._seen(widget).center()
        touched = self.window.childAt(at)
        assert touched is not None
        assert touched is widget or widget.isAncestorOf(touched), f"{touched} covers {widget}"
        self._touch(at, at)
        QApplication.processEvents()  # nobody is faster than the next picture

    def choose_held(self, widget: QWidget) -> None:
        """Rest on it until its menu opens, and touch the first thing there."""
        self._bring(widget)
        at = self._seen(widget).center()
        QTest.touchEvent(self.window, self._device).press(0, at, self.window).commit()
        self.talk.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
        QTest.touchEvent(self.window, self._device).release(0, at, self.window).commit()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        at = menu.actionGeometry(menu.actions()[0]).center()
        QTest.touchEvent(menu, self._device).press(0, at, menu).commit()
        QTest.touchEvent(menu, self._device).release(0, at, menu).commit()
        QApplication.processEvents()

    def swipe(self, area: QScrollArea, way: int) -> None:
        """Move the content by so many pixels; positive is down."""
        view = area.viewport()
        start = view.mapTo(self.window, QPoint(view.width() // 2, view.height() // 2))
        before = area.verticalScrollBar().value()
        self._touch(start - QPoint(0, way // 2), start + QPoint(0, way // 2))
        assert area.verticalScrollBar().value() != before, "the finger scrolls nothing"

    def _touch(self, start: QPoint, end: QPoint) -> None:
        QTest.touchEvent(self.window, self._device).press(0, start, self.window).commit()
        if start != end:
            for share in range(1, 9):
                at = start + (end - start) * share / 8
                QTest.touchEvent(self.window, self._device).move(0, at, self.window).commit()
        QTest.touchEvent(self.window, self._device).release(0, end, self.window).commit()

    def _seen(self, widget: QWidget) -> QRect:
        """What is seen of it, in the window; empty for nothing."""
        box = widget.visibleRegion().boundingRect()
        return QRect(widget.mapTo(self.window, box.topLeft()), box.size())

    def _bring(self, widget: QWidget) -> None:
        assert widget.isVisible(), widget.accessibleName()
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        for _ in range(12):
            if self._seen(widget).height() >= min(widget.height(), 40) or area is None:
                return
            middle = widget.mapTo(area.viewport(), widget.rect().center()).y()
            self.swipe(area, 160 if middle < area.viewport().height() // 2 else -160)
        pytest.fail(f"{widget.accessibleName()} could not be reached by swiping")


class Pen:
    """A stylus on the glass.

    PySide has no way to put a tablet event where the window system would. So it is sent to the
    window, and what nobody takes becomes the mouse event that Qt makes of it by itself.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        kind, pen = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
        can = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        self._device = QPointingDevice("Stift", 7, kind, pen, can, 1, 2)

    def tap(self, widget: QWidget) -> None:
        assert not widget.visibleRegion().isEmpty()
        at = widget.mapTo(self._window, widget.visibleRegion().boundingRect().center())
        handle, left = self._window.windowHandle(), Qt.MouseButton.LeftButton
        if not self._send(QEvent.Type.TabletPress, at):
            QTest.mousePress(handle, left, pos=at)
        if not self._send(QEvent.Type.TabletRelease, at):
            QTest.mouseRelease(handle, left, pos=at)
        QApplication.processEvents()

    def _send(self, kind: QEvent.Type, at: QPoint) -> bool:
        """Whether somebody took it."""
        whole = QPointF(self._window.mapToGlobal(at))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        is_down = kind is QEvent.Type.TabletPress
        event = QTabletEvent(
            kind,
            self._device,
            QPointF(at),
            whole,
            0.5 if is_down else 0,
            0,
            0,
            0,
            0,
            0,
            Qt.KeyboardModifier.NoModifier,
            left,
            left if is_down else none,
        )
        event.ignore()
        QApplication.sendEvent(self._window.windowHandle(), event)
        return event.isAccepted()
