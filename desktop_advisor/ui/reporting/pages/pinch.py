"""Two fingers, on the screen or on a touch pad, make the pages larger or smaller."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QTouchEvent
from PySide6.QtWidgets import QWidget


class _Pinch(QObject):
    """Sees touches before the part that scrolls by one finger does."""

    def __init__(self, view: QWidget, zoom: Callable[[float, QPointF], object]) -> None:
        super().__init__(view)
        self._zoom = zoom
        self._apart = 0.0
        view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self._on_pad(event)
        if isinstance(event, QTouchEvent):
            return self._on_screen(event)
        return False

    def _on_pad(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom(max(0.2, 1 + event.value()), event.position())
        return True

    def _on_screen(self, event: QTouchEvent) -> bool:
        if event.type() in {QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}:
            self._apart = 0.0
            return False
        if len(event.points()) < 2:
            return self._apart > 0
        one, other = (point.position() for point in event.points()[:2])
        apart = hypot(one.x() - other.x(), one.y() - other.y())
        if self._apart > 0 and apart > 0:
            self._zoom(apart / self._apart, (one + other) / 2)
        self._apart = apart
        event.accept()
        return True


def follow_pinch(view: QWidget, zoom: Callable[[float, QPointF], object]) -> None:
    """Call `zoom` with a factor and the point between the fingers."""
    _Pinch(view, zoom)
