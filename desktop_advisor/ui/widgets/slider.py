"""A slider that shows no value until somebody gave one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider

from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET

KNOB, GROOVE = 26, 6
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class Slider(QSlider):
    """Whole steps from 0; the wheel never gives a value by accident.

    Signals:
        moved: the step under the knob while it is dragged.
        given: the step to keep, at the end of a drag or on a key.
    """

    moved = Signal(int)
    given = Signal(int)

    def __init__(self, steps: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.has_value = False
        self.setRange(0, steps)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def put(self, step: int | None) -> None:
        """Show a step; None for no value, which waits in the middle for the keyboard."""
        self.has_value = step is not None
        self.setValue(self.maximum() // 2 if step is None else step)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), max(TARGET, theme().px(KNOB) + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        self._move(max(0, min(self.maximum(), self.value() + step)))
        self.given.emit(self.value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._move(self._step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(self._step_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.given.emit(self.value())

    def _move(self, step: int) -> None:
        self.put(step)
        self.moved.emit(step)

    def _step_at(self, x: float) -> int:
        knob = theme().px(KNOB)
        share = (x - knob / 2) / max(1, self.width() - knob)
        return max(0, min(self.maximum(), round(share * self.maximum())))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, knob = tokens(), theme().px(KNOB)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, width = self.height() // 2, knob // 2, self.width() - knob
        at = left + round(self.value() / max(1, self.maximum()) * width)
        pen = QPen(QColor(colours.control_line), GROOVE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(left, middle, left + width, middle)
        if self.has_value:
            pen.setColor(QColor(colours.main))
            painter.setPen(pen)
            painter.drawLine(left, middle, at, middle)
        if self.has_value or self.hasFocus():
            side = knob - 4
            painter.setPen(QPen(QColor(colours.ink if self.hasFocus() else colours.main), 2))
            painter.setBrush(QColor(colours.main if self.has_value else colours.card))
            painter.drawEllipse(at - side // 2, middle - side // 2, side, side)
