"""A level or a state as one small key: its digit or letter, pressed by mouse, finger or pen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.typography import SEMIBOLD, Size, font

_LEFT_TO_THE_ROW = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class LevelKey(QRadioButton):
    """A square of at least 44 px; painted, because a section has a hundred of them.

    Signals:
        pointed: whether the mouse or the keyboard is on it.
    """

    pointed = Signal(bool)

    def __init__(self, value: str, shown: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self._shown = shown
        self.setAccessibleName(spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chosen(self, chosen: bool) -> None:
        """Check or uncheck; the last one of a group would never let go by itself."""
        if self.isChecked() != chosen:
            self.setAutoExclusive(False)
            self.setChecked(chosen)
            self.setAutoExclusive(True)

    def sizeHint(self) -> QSize:
        side = max(TARGET, theme().px(36))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def nextCheckState(self) -> None:
        """A press asks for the answer; whether it was taken shows in `show_chosen`."""

    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(False)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.pointed.emit(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.pointed.emit(False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEFT_TO_THE_ROW:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, chosen = tokens(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colours.main if chosen else colours.card
        if self.underMouse() and not chosen:
            ground = mixed(colours.card, colours.main_tint, 0.6)
        thick = 2 if self.hasFocus() else 1
        edge = colours.main if self.hasFocus() or chosen else colours.control_line
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), thick))
        inset = thick / 2 + 1
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, 6, 6)
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.on_main), 1.5))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 4, 4)
        ink = colours.on_main if chosen else colours.ink if self.isEnabled() else colours.soft
        painter.setPen(QColor(ink))
        painter.setFont(font(Size.TEXT, SEMIBOLD, theme().scale))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._shown)
