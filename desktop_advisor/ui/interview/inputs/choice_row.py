"""One option as a wide row with its key in a box, or as a chip where there is little height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_advisor.ui.interview.balanced_text import comfortable_width, draw, laid_out
from desktop_advisor.ui.interview.inputs.answer_input import LARGE_TARGET, answer_font
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import CONTROL_RADIUS, TARGET, L, M, S
from desktop_advisor.ui.theme.typography import SEMIBOLD
from desktop_advisor.ui.widgets.icons import pixmap
from desktop_advisor.usecases.question_views import Option

ROW_HEIGHT = 52
BOX = 30
LARGE_BOX = 44
TICK = 18
LEFT_TO_THE_SCREEN = frozenset(
    {
        *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
        *(Qt.Key.Key_Return, Qt.Key.Key_Enter),
    }
)


class ChoiceRow(QAbstractButton):
    """A radio button or tick box that is pressed anywhere; a screen reader says which it is.

    badge: the digit key that presses it, "" for none.
    """

    def __init__(
        self, option: Option, badge: str, *, is_single: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.value = option.value
        self.badge = badge
        self.is_single = is_single
        self._large = False
        self._compact = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say(option)
        self._measure()

    def say(self, option: Option) -> None:
        """Other words for the same value."""
        if self.text() != option.text:
            self.setText(option.text)
            self.updateGeometry()
        self.setAccessibleName(option.text)
        self.setAccessibleDescription(self.tr("Taste {0}").format(self.badge) if self.badge else "")

    def show_chosen(self, chosen: bool) -> None:
        """Check or uncheck without a signal; an exclusive button would never let go."""
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setAutoExclusive(self.is_single)

    def set_size(self, *, large: bool, compact: bool) -> None:
        """How much room there is."""
        self._large, self._compact = large, compact
        self._measure()

    def _measure(self) -> None:
        across = QSizePolicy.Policy.Preferred if self._compact else QSizePolicy.Policy.Expanding
        policy = QSizePolicy(across, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, height = self._layout(width)
        return max(self._least(), round(height) + 2 * S)

    def sizeHint(self) -> QSize:
        width = theme().px(480)
        if self._compact:
            metrics = QFontMetrics(answer_font(self._large, SEMIBOLD))
            words = metrics.horizontalAdvance(self.text())
            width = min(self._text_left() + words + L + 1, theme().px(480))
        elif self.width() > width:
            width = self.width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._compact else QSize(theme().px(200), self._least())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in LEFT_TO_THE_SCREEN:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if not self._compact:
            self._paint_box(painter)
        elif self.isChecked():
            side = theme().px(TICK)
            tick = pixmap("check", tokens().main, side)
            painter.drawPixmap(M, (self.height() - side) // 2, tick)
        painter.setPen(QColor(tokens().ink if self.isEnabled() else tokens().soft))
        layout, height = self._layout(self.width())
        left = self._text_left()
        if self._compact and not self.isChecked():  # no tick: its room goes to both sides
            widest = max(layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount()))
            left = max(M, round((self.width() - widest) / 2))
        draw(painter, layout, left, (self.height() - height) / 2)

    def _paint_ground(self, painter: QPainter) -> None:
        colours, chosen = tokens(), self.isChecked()
        ground = colours.main_tint if chosen else colours.card
        if self.underMouse() and not chosen and self.isEnabled():
            ground = mixed(colours.card, colours.main_tint, 0.6)
        thick = 3 if self.hasFocus() and chosen else 2 if chosen or self.hasFocus() else 1
        edge = colours.main if chosen or self.hasFocus() else colours.line
        inset = thick / 2
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), thick))
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, CONTROL_RADIUS, CONTROL_RADIUS)

    def _paint_box(self, painter: QPainter) -> None:
        colours, chosen, side = tokens(), self.isChecked(), self._side()
        box = QRectF(L - 1, (self.height() - side) / 2, side, side)
        painter.setBrush(QColor(colours.main if chosen else colours.paper))
        painter.setPen(QPen(QColor(colours.main if chosen else colours.line), 1))
        painter.drawRoundedRect(box, 6, 6)
        if chosen and (not self.is_single or not self.badge):
            painter.drawPixmap(box.topLeft().toPoint(), pixmap("check", colours.on_main, side))
            return
        painter.setPen(QColor(colours.on_main if chosen else colours.ink))
        painter.setFont(answer_font(self._large, SEMIBOLD))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.badge)

    def _side(self) -> int:
        return theme().px(LARGE_BOX if self._large else BOX)

    def _least(self) -> int:
        if self._large:
            return theme().px(LARGE_TARGET)
        return max(TARGET, theme().px(TARGET - 6)) if self._compact else theme().px(ROW_HEIGHT)

    def _text_left(self) -> int:
        if self._compact:
            return M + theme().px(TICK) + S // 2
        return L + self._side() + M

    def _layout(self, width: int) -> tuple[QTextLayout, float]:
        chosen_chip = self._compact and self.isChecked()
        words_font = answer_font(self._large, SEMIBOLD) if chosen_chip else answer_font(self._large)
        room = width - self._text_left() - (M if self._compact else L)
        return laid_out(self.text(), words_font, min(room, comfortable_width(words_font)))
