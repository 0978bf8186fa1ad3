"""A finger moves the page: Qt alone leaves scrolling to the bar, which no finger meets.

QScroller is not used: it swallows the second of two quick taps, such as Weiter, Weiter.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPointF, QPropertyAnimation, Qt
from PySide6.QtGui import QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QApplication, QWidget

from desktop_advisor.ui.theme.current import theme

SLIP = 12
"""Pixels a resting finger may move before it scrolls (our choice; a fingertip rolls that far)."""
GLIDE_MS = 350
"""How long the page goes on after a quick swipe."""
_AWAY = QPointF(-10_000, -10_000)


class FingerScroll(QObject):
    """Turns touches on a scroll area into clicks of what is under them, or into scrolling."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._pressed: QWidget | None = None
        self._start = QPointF()
        self._from = 0
        self._last: tuple[float, int] = (0.0, 0)
        self._speed = 0.0
        self._is_scrolling = False
        self._glide = QPropertyAnimation(area.verticalScrollBar(), b"value", self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        area.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QTouchEvent) or not event.points():
            if event.type() is QEvent.Type.TouchCancel:
                self._let_go(_AWAY, event=None)
            return False
        {
            QEvent.Type.TouchBegin: self._begin,
            QEvent.Type.TouchUpdate: self._move,
            QEvent.Type.TouchEnd: self._end,
        }.get(event.type(), lambda _: None)(event)
        event.accept()
        return True

    def _begin(self, event: QTouchEvent) -> None:
        self._glide.stop()
        point = event.points()[0]
        self._start, self._from = point.globalPosition(), self._area.verticalScrollBar().value()
        self._last, self._speed, self._is_scrolling = (self._start.y(), event.timestamp()), 0, False
        view = self._area.viewport()
        at = view.mapFromGlobal(self._start.toPoint())
        self._pressed = view.childAt(at) or view
        _give_keyboard(self._pressed)
        self._send(QEvent.Type.MouseButtonPress, self._start, event)

    def _move(self, event: QTouchEvent) -> None:
        now = event.points()[0].globalPosition()
        way = now - self._start
        bar = self._area.verticalScrollBar()
        is_sideways = abs(way.x()) > abs(way.y())
        if not self._is_scrolling and (
            is_sideways or abs(way.y()) < SLIP or isinstance(self._pressed, QAbstractSlider)
        ):
            self._send(QEvent.Type.MouseMove, now, event)
            return
        if not self._is_scrolling:
            self._is_scrolling = True
            self._let_go(_AWAY, event)
        bar.setValue(self._from - round(way.y()))
        y, before = self._last
        passed = max(event.timestamp() - before, 1)
        self._speed = (now.y() - y) / passed
        self._last = (now.y(), event.timestamp())

    def _end(self, event: QTouchEvent) -> None:
        if not self._is_scrolling:
            self._let_go(event.points()[0].globalPosition(), event)
        elif not theme().calm and abs(self._speed) > 0.3:  # pixels in a millisecond
            bar = self._area.verticalScrollBar()
            self._glide.setStartValue(bar.value())
            self._glide.setEndValue(bar.value() - round(self._speed * GLIDE_MS / 3))
            self._glide.setDuration(GLIDE_MS)
            self._glide.start()

    def _let_go(self, at: QPointF, event: QTouchEvent | None) -> None:
        """Release what is pressed; away from it, so that nothing is clicked, with `_AWAY`."""
        if self._pressed is not None:
            self._send(QEvent.Type.MouseButtonRelease, at, event)
        self._pressed = None

    def _send(self, kind: QEvent.Type, at: QPointF, event: QTouchEvent | None) -> None:
        target = self._pressed
        if target is None:
            return
        local = target.mapFromGlobal(at) if at != _AWAY else _AWAY
        none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
        button = none if kind is QEvent.Type.MouseMove else left
        held = none if kind is QEvent.Type.MouseButtonRelease else left
        keys = event.modifiers() if event is not None else Qt.KeyboardModifier.NoModifier
        window = QPointF(target.window().mapFromGlobal(at.toPoint()))
        QApplication.sendEvent(target, QMouseEvent(kind, local, window, at, button, held, keys))


def _give_keyboard(touched: QWidget) -> None:
    """As a click does: to the nearest part that takes the keyboard from the mouse."""
    part: QWidget | None = touched
    while part is not None and not part.isWindow():
        if part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            part.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        part = part.parentWidget()


def follow_finger(area: QAbstractScrollArea) -> None:
    """Let a finger scroll the area."""
    FingerScroll(area)
