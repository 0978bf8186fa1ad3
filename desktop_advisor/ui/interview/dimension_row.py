"""One section in the list: a ring that fills, its short name, and the way to put it aside."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET, L, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import REGULAR, SEMIBOLD, Size, font
from desktop_advisor.usecases.question_views import DimensionProgress

RING = 16
LONG_PRESS_MS = 600
"""How long a finger rests before the menu opens (our choice, as on telephones)."""


class ParkButton(QAbstractButton):
    """Two bars: put the section aside. An arrow: take it up again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_parked = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_parked(self, is_parked: bool, short: str) -> None:
        """What a press would do now, for the section of that name."""
        self._is_parked = is_parked
        words = self.tr("{0} zurückstellen (P)").format(short)
        if is_parked:
            words = self.tr("{0} wieder aufnehmen").format(short)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, painter = tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        if self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(colours.card))
            thick = 2 if self.hasFocus() else 1
            painter.setPen(QPen(QColor(colours.main), thick))
            painter.drawRoundedRect(box, 6, 6)
        pen = QPen(QColor(colours.soft), theme().px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        x, y, r = box.center().x(), box.center().y(), theme().px(5)
        if self._is_parked:
            corners = (QPointF(x - r * 0.6, y - r), QPointF(x + r, y), QPointF(x - r * 0.6, y + r))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(corners)
        else:
            for side in (-0.5, 0.5):
                painter.drawLine(QPointF(x + side * r, y - r), QPointF(x + side * r, y + r))


class DimensionRow(QAbstractButton):
    """A full ring carries a tick; a section put aside steps back and says so in words.

    Signals:
        parking: True to put it aside, False to take it up again.
        menu_wanted: where on the screen; right click, menu key or a long press.
    """

    parking = Signal(bool)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = DimensionProgress("", "", 0, 1, "")
        self._narrow = False
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.park = ParkButton(self)
        self.park.hide()
        self.park.clicked.connect(lambda: self.parking.emit(not self.is_parked))
        self._held = QTimer(self, singleShot=True, interval=LONG_PRESS_MS)
        self._held.timeout.connect(self._on_held)
        self._held_at = QPoint()

    @property
    def is_parked(self) -> bool:
        """Whether the section is put aside."""
        return self._row.is_parked

    def set_narrow(self, narrow: bool) -> None:
        """The ring only; what its button does is left to the menu."""
        self._narrow = narrow
        self._show_button()

    def show_row(self, row: DimensionProgress, *, is_current: bool) -> None:
        """Other progress, or another place."""
        if row == self._row and is_current == self.isChecked():
            return
        self._row = row
        self.setChecked(is_current)
        spoken = self.tr("{0}, {1} von {2} beantwortet").format(row.short, row.done, row.total)
        if row.is_parked:
            spoken = self.tr("{0}, nicht betrachtet").format(row.short)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.park.show_parked(row.is_parked, row.short)
        self._show_button()
        self.updateGeometry()
        self.update()

    def _show_button(self) -> None:
        self.park.setVisible((self.isChecked() or self.is_parked) and not self._narrow)

    def nextCheckState(self) -> None:
        """A press asks to go there; whether that happens shows in `show_row`."""

    def sizeHint(self) -> QSize:
        height = max(TARGET, round(theme().px(Size.TEXT) * 1.4) + S)
        if self.is_parked:
            height = max(TARGET, round(theme().px(Size.TEXT + Size.SMALL) * 1.4) + 2)
        return QSize(180, height)

    # -- Qt ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = min(self.height(), TARGET)
        self.park.setGeometry(self.width() - side, (self.height() - side) // 2, side, side)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._held_at = event.globalPosition().toPoint()
            self._held.start()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held.stop()
        super().mouseReleaseEvent(event)

    def _on_held(self) -> None:
        if self.isDown():
            self.setDown(False)  # so that letting go does not also go there
            self.menu_wanted.emit(self._held_at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        ground = QRectF(self.rect()).adjusted(1, 2, -1, -2)
        painter.setPen(QPen(QColor(colours.main), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            painter.setBrush(QColor(colours.main_tint if self.isChecked() else colours.paper))
            painter.drawRoundedRect(ground, 6, 6)
        side = theme().px(RING)
        left = (self.width() - side) / 2 if self._narrow else S
        self._paint_ring(painter, QRectF(left, (self.height() - side) / 2, side, side))
        if not self._narrow:
            self._paint_words(painter, S + side + S + 1)

    def _paint_words(self, painter: QPainter, left: int) -> None:
        colours, row = tokens(), self._row
        taken = self.park.width() if self.park.isVisible() else S
        words = self.rect().adjusted(left, 0, -taken, 0)
        painter.setFont(font(Size.TEXT, SEMIBOLD if self.isChecked() else REGULAR, theme().scale))
        ink = colours.text_on_tint(Tone.MAIN) if self.isChecked() else colours.ink
        painter.setPen(QColor(colours.soft if row.is_parked else ink))
        shown = QFontMetrics(painter.font()).elidedText(
            row.short, Qt.TextElideMode.ElideRight, words.width()
        )
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if not row.is_parked:
            painter.drawText(words, middle, shown)
            return
        line = QFontMetrics(painter.font()).height()
        top = (self.height() - line - theme().px(L)) // 2
        painter.drawText(words.adjusted(0, top, 0, 0), int(Qt.AlignmentFlag.AlignTop), shown)
        painter.setFont(font(Size.SMALL, scale=theme().scale))
        below = words.adjusted(0, top + line - 3, 0, 0)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignTop), self.tr("nicht betrachtet"))

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        colours, row = tokens(), self._row
        thick = theme().px(3)
        box = box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        is_done = row.total > 0 and row.done >= row.total and not row.is_parked
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = QPen(QColor(colours.good if is_done else colours.line), thick)
        if row.is_parked:
            edge = QPen(QColor(colours.soft), 1.4, Qt.PenStyle.DotLine)
        painter.setPen(edge)
        painter.drawEllipse(box)
        if is_done:
            self._paint_tick(painter, box)
        elif row.done and not row.is_parked:
            pen = QPen(QColor(colours.main), thick)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, round(-360 * 16 * row.done / row.total))

    def _paint_tick(self, painter: QPainter, box: QRectF) -> None:
        tick = QPen(QColor(tokens().good), 1.6)
        tick.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(tick)
        x, y, r = box.center().x(), box.center().y(), box.width() / 2
        painter.drawPolyline(
            [
                QPointF(x - r * 0.42, y + r * 0.02),
                QPointF(x - r * 0.1, y + r * 0.36),
                QPointF(x + r * 0.46, y - r * 0.34),
            ]
        )
