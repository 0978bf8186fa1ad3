"""The fields of action at the left: where we are, what is done, what is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET, XS, L, S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.theme.typography import REGULAR, SEMIBOLD, Size, font
from desktop_advisor.ui.widgets import Label, clear, column, scrolling
from desktop_advisor.usecases.question_views import DimensionProgress

WIDTH = 236
RING = 16


class DimensionList(QFrame):
    """Progress as a sentence and a bar, then one row per field of action.

    Signals:
        chosen: the code of the dimension whose row was pressed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "side")
        self.setProperty("edge", "right")
        self.setAccessibleName(self.tr("Handlungsfelder"))
        self._narrow = False
        self._sentence = Label("", "label")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, DimensionRow] = {}
        inside = QWidget()
        whole = column(self._rows, gap=0)
        whole.addStretch(1)
        inside.setLayout(whole)
        head = column(self._sentence, self._bar, gap=L, margins=(6, XS, 6, S))
        self.setLayout(column(head, scrolling(inside), gap=S, margins=(S, L - 2, S, L)))
        self.setFixedWidth(self._width())

    def set_narrow(self, narrow: bool) -> None:
        """Rings only: large type in a small window leaves the room to the question."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._sentence.setVisible(not narrow)
            self.setFixedWidth(self._width())
            self.updateGeometry()

    def full_width(self) -> int:
        """Pixels with the names."""
        return min(round(WIDTH * (1 + (theme().scale - 1) * 0.7)), 400)

    def _width(self) -> int:
        return theme().px(RING) + 5 * S if self._narrow else self.full_width()

    def show_progress(
        self, rows: Sequence[DimensionProgress], done: int, total: int, current: str
    ) -> None:
        """The list as it stands; `current` is the code of the dimension being asked."""
        self.setFixedWidth(self._width())
        self._sentence.setText(self.tr("{0} von {1} beantwortet").format(done, total))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._sentence.text())
        if list(self.buttons) != [row.code for row in rows]:
            self._build(rows)
        for row in rows:
            self.buttons[row.code].show_row(row, is_current=row.code == current)

    def _build(self, rows: Sequence[DimensionProgress]) -> None:
        clear(self._rows)
        self.buttons = {}
        for row in rows:
            button = DimensionRow()
            button.clicked.connect(lambda _checked, code=row.code: self.chosen.emit(code))
            self.buttons[row.code] = button
            self._rows.addWidget(button)


class DimensionRow(QAbstractButton):
    """A ring that fills, and the short name; a full ring carries a tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = DimensionProgress("", "", 0, 1, "")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: DimensionProgress, *, is_current: bool) -> None:
        """Other progress, or another place."""
        self._row = row
        self.setChecked(is_current)
        spoken = self.tr("{0}, {1} von {2} beantwortet").format(row.short, row.done, row.total)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def nextCheckState(self) -> None:
        """A press asks to go there; whether that happens shows in `show_row`."""

    def sizeHint(self) -> QSize:
        height = max(TARGET - 4, round(theme().px(Size.TEXT) * 1.4) + S)
        return QSize(180, height)

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
        self._paint_ring(painter, QRectF(S, (self.height() - side) / 2, side, side))
        words = self.rect().adjusted(S + side + S + 1, 0, -S, 0)
        painter.setFont(font(Size.TEXT, SEMIBOLD if self.isChecked() else REGULAR, theme().scale))
        ink = colours.text_on_tint(Tone.MAIN) if self.isChecked() else colours.ink
        painter.setPen(QColor(ink))
        shown = QFontMetrics(painter.font()).elidedText(
            self._row.short, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        colours, row = tokens(), self._row
        thick = theme().px(3)
        box = box.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        is_done = row.total > 0 and row.done >= row.total
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.good if is_done else colours.line), thick))
        painter.drawEllipse(box)
        if is_done:
            tick = QPen(QColor(colours.good), 1.6)
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
        elif row.done:
            pen = QPen(QColor(colours.main), thick)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, round(-360 * 16 * row.done / row.total))
