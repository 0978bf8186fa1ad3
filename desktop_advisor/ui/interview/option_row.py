"""One anchored level: its number in a box, its words beside it, at least 52 px high."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop_advisor.ui.interview.balanced_text import comfortable_width, draw, laid_out
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import CONTROL_RADIUS, L, M, S
from desktop_advisor.ui.theme.typography import SEMIBOLD, Size, font

ROW_HEIGHT = 52
BOX = 30
_LEFT_TO_THE_SCREEN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class OptionRow(QRadioButton):
    """A radio button painted as a wide row; a screen reader says its number and its words."""

    def __init__(self, value: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self._words = words
        self.setAccessibleName(f"{value}: {words}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """The text of the level."""
        return self._words

    def show_chosen(self, chosen: bool) -> None:
        """Check or uncheck; a group of radio buttons alone would never let go of its last one."""
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, height = self._layout(width)
        return max(theme().px(ROW_HEIGHT), round(height) + 2 * S)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(480), self.heightForWidth(max(self.width(), theme().px(480))))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(ROW_HEIGHT))

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
        painter.setPen(QColor(colours.ink))
        layout, height = self._layout(self.width())
        draw(painter, layout, self._text_left(), (self.height() - height) / 2)

    def _paint_ground(self, painter: QPainter) -> None:
        colours, chosen = tokens(), self.isChecked()
        ground = colours.main_tint if chosen else colours.card
        if self.underMouse() and not chosen:
            ground = mixed(colours.card, colours.main_tint, 0.6)
        thick = 2 if chosen or self.hasFocus() else 1
        edge = colours.main if chosen or self.hasFocus() else colours.line
        inset = thick / 2
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), thick))
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)

    def _paint_box(self, painter: QPainter) -> None:
        colours, chosen, side = tokens(), self.isChecked(), theme().px(BOX)
        box = QRectF(L - 1, (self.height() - side) / 2, side, side)
        painter.setBrush(QColor(colours.main if chosen else colours.paper))
        painter.setPen(QPen(QColor(colours.main if chosen else colours.line), 1))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QColor(colours.on_main if chosen else colours.ink))
        painter.setFont(font(Size.TEXT, SEMIBOLD, theme().scale))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.value)

    def _text_left(self) -> int:
        return L + theme().px(BOX) + M

    def _layout(self, width: int) -> tuple[QTextLayout, float]:
        words_font = font(Size.TEXT, scale=theme().scale)
        room = min(width - self._text_left() - L, comfortable_width(words_font))
        return laid_out(self._words, words_font, room)
