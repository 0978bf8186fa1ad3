"""One anchored level: its number in a box, its words beside it, all of it to be pressed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop_advisor.ui.interview.balanced_text import comfortable_width, draw, height_of, laid_out
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import CONTROL_RADIUS, XL, L, M, S
from desktop_advisor.ui.theme.typography import BOLD, REGULAR, SEMIBOLD, Size, font

HALL_TEXT = 22
"""Pixels of the words in the hall; larger only where the advisor reads larger everywhere."""
TALLEST = 190
"""Pixels a row in the hall grows to where the screen has room."""


@dataclass(frozen=True)
class Measure:
    """Pixels of a row. height: the least; box: side of the number; text: of the words."""

    height: int
    box: int
    edge: int
    gap: int
    text: int

    @classmethod
    def at_desk(cls) -> Measure:
        """52 px that grow with the type."""
        px = theme().px
        return cls(px(52), px(30), 1, M, px(Size.TEXT))

    @classmethod
    def in_hall(cls, text: int) -> Measure:
        """96 px for gloves, whatever the type."""
        return cls(96, 56, 3, XL, text)


_LEFT_TO_THE_SCREEN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class OptionRow(QRadioButton):
    """A radio button painted as a wide row; a screen reader says its number and its words.

    large: for the hall; the chosen row is filled, so that it is seen in the sun.
    """

    def __init__(
        self, value: str, words: str, *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.value = value
        self._words = words
        self._large = large
        self._hall_text = HALL_TEXT
        self._heights: dict[tuple[int, int], int] = {}
        self._laid_out: tuple[tuple[int, int], QTextLayout, float] | None = None
        self.setAccessibleName(f"{value}: {words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if large:
            self.setMaximumHeight(TALLEST)

    @property
    def words(self) -> str:
        """The text of the level."""
        return self._words

    def set_hall_text(self, text: int) -> None:
        """Pixels of the words in the hall, as large as the screen allows."""
        if text != self._hall_text:
            self._hall_text = text
            self.updateGeometry()

    def show_chosen(self, chosen: bool) -> None:
        """Check or uncheck; a group of radio buttons alone would never let go of its last one."""
        if self.isChecked() != chosen:
            self.setAutoExclusive(False)
            self.setChecked(chosen)
            self.setAutoExclusive(True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        measure = self._measure
        room = (width, measure.text)
        if room not in self._heights:
            height = height_of(self._words, self._words_font(), self._room(width))
            self._heights[room] = max(measure.height, round(height) + 2 * S)
        return self._heights[room]

    def sizeHint(self) -> QSize:
        least = 320 if self._large else theme().px(480)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), self._measure.height)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _LEFT_TO_THE_SCREEN:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_box(painter)
        colours = tokens()
        painter.setPen(QColor(colours.on_main if self._is_filled else colours.ink))
        layout, height = self._layout(self.width())
        draw(painter, layout, self._text_left(), (self.height() - height) / 2)

    @property
    def _measure(self) -> Measure:
        return Measure.in_hall(self._hall_text) if self._large else Measure.at_desk()

    @property
    def _is_filled(self) -> bool:
        return self._large and self.isChecked()

    def _paint_ground(self, painter: QPainter) -> None:
        colours, chosen, measure = tokens(), self.isChecked(), self._measure
        ground = colours.main_tint if chosen else colours.card
        if self._is_filled:
            ground = colours.main
        elif self.underMouse() and not chosen and not self._large:
            ground = mixed(colours.card, colours.main_tint, 0.6)
        thick = measure.edge + (1 + self._large * 2) * (chosen or self.hasFocus())
        if chosen and self.hasFocus() and not self._large:
            thick += 1  # or the ring of the keyboard would look like the choice
        edge = colours.main if chosen or self.hasFocus() else colours.line
        inset = thick / 2
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), thick))
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)
        if self._is_filled and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.on_main), 2))
            painter.drawRoundedRect(box.adjusted(5, 5, -5, -5), 4, 4)

    def _paint_box(self, painter: QPainter) -> None:
        colours, chosen, side = tokens(), self.isChecked(), self._measure.box
        box = QRectF(L - 1, (self.height() - side) / 2, side, side)
        ground, edge, ink = colours.paper, colours.line, colours.ink
        if self._is_filled:
            ground, edge, ink = colours.on_main, colours.on_main, colours.main
        elif chosen:
            ground, edge, ink = colours.main, colours.main, colours.on_main
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), 1 + self._large))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(ink))
        size = round(side * 0.6) if self._large else self._measure.text
        painter.setFont(font(size, BOLD if self._large else SEMIBOLD))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.value)

    def _text_left(self) -> int:
        measure = self._measure
        return L + measure.box + measure.gap

    def _layout(self, width: int) -> tuple[QTextLayout, float]:
        """Painted as often as the mouse passes, laid out only for another width or size."""
        room = (width, self._measure.text)
        if self._laid_out is None or self._laid_out[0] != room:
            made = laid_out(self._words, self._words_font(), self._room(width))
            self._laid_out = (room, *made)
        return self._laid_out[1:]

    def _words_font(self) -> QFont:
        return font(self._measure.text, SEMIBOLD if self._large else REGULAR)

    def _room(self, width: int) -> int:
        return min(width - self._text_left() - L, comfortable_width(self._words_font()))
