"""The pad one signs on: by mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.ui.reporting.strokes import INK_SHARE, draw_strokes, is_signature, picture
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import CONTROL_RADIUS, XL
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.theme.typography import Size, font


class SignaturePad(QWidget):
    """White in both palettes, because that is how it stands on the page.

    Signals:
        changed: a stroke was finished, taken back, or all were.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[QPointF]] = []
        self._is_down = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(QSize(320, 120))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Unterschriftsfeld: hier mit Stift, Finger oder Maus"))

    # -- what is there -----------------------------------------------------------------------

    @property
    def strokes(self) -> int:
        """How many strokes there are."""
        return len(self._strokes)

    def is_signed(self) -> bool:
        """Whether there is more than an accidental touch."""
        return is_signature(self._strokes)

    def picture(self) -> bytes:
        """The signature as PNG."""
        return picture(self._strokes)

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        """Start again."""
        self._strokes.clear()
        self._tell()

    # -- pen, finger, mouse ------------------------------------------------------------------

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Only the place is read; pressure, tilt and time are not."""
        if event.type() is QEvent.Type.TabletPress:
            self._down(event.position())
        elif event.type() is QEvent.Type.TabletMove:
            self._move(event.position())
        elif event.type() is QEvent.Type.TabletRelease:
            self._up()
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touched(event)
            event.accept()
            return True
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> None:
        """The first finger draws; a resting hand beside it does not."""
        points = event.points()
        if not points:
            self._up()
            return
        point, state = points[0], QEventPoint.State
        if point.state() is state.Pressed:
            self._down(point.position())
        elif point.state() is state.Released:
            self._up()
        else:
            self._move(point.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._down(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._up()

    def _down(self, point: QPointF) -> None:
        self._is_down = True
        self._strokes.append([QPointF(point)])
        self.update()

    def _move(self, point: QPointF) -> None:
        if self._is_down:
            inside = QPointF(
                min(max(point.x(), 0.0), float(self.width())),
                min(max(point.y(), 0.0), float(self.height())),
            )
            if inside != self._strokes[-1][-1]:
                self._strokes[-1].append(inside)
                self.update()

    def _up(self) -> None:
        if self._is_down:
            self._is_down = False
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # -- paint -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().control_line), 1))
        painter.setBrush(QColor(LIGHT.card))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
        line = round(self.height() * 0.74)
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawLine(XL, line, self.width() - XL, line)
        if not self._strokes:
            painter.setPen(QColor(LIGHT.soft))
            painter.setFont(font(Size.TEXT, scale=theme().scale))
            below = box.adjusted(0, line, 0, 0)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.tr("hier unterschreiben"))
        draw_strokes(painter, self._strokes, LIGHT.ink, max(2.0, self.width() * INK_SHARE * 0.6))
