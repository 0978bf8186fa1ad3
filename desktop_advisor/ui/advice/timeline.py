"""The plan in time on the screen: the same chart values that the report draws, painted by Qt."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_advisor.report.timeline_chart import Bar, TimelineChart, in_words, timeline_chart
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import M, S
from desktop_advisor.ui.theme.typography import Size, font
from desktop_advisor.ui.widgets import Card, Label, SoftText, Text
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.action_plan import ActionPlan

_LABELS, _MOST_LABELS = 300, 0.4
"""Pixels of the words at 100 %, and the share of the width they may take at most."""
_ROW, _AXIS, _BAR = 52, 30, 16
_PATTERNS = {
    "empty": Qt.BrushStyle.NoBrush,
    "hatched": Qt.BrushStyle.BDiagPattern,
    "solid": Qt.BrushStyle.SolidPattern,
}


class TimelineView(QWidget):
    """Words at the left, bars under a time axis at the right; a row is chosen and opened.

    Signals:
        opened: number of the row.
    """

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.chart = TimelineChart((), (), None)
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_chart(self, chart: TimelineChart) -> None:
        """Another chart; said as a whole and row by row."""
        self.chart = chart
        self.current = min(self.current, max(0, len(chart.bars) - 1))
        self.setAccessibleName(in_words(chart))
        self._say_row()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, theme().px(_AXIS) + theme().px(_ROW) * len(self.chart.bars))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, self.sizeHint().height())

    # -- choosing ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self.current + step < len(self.chart.bars):
            self.current += step
            self._say_row()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.chart.bars:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = int((event.position().y() - theme().px(_AXIS)) // theme().px(_ROW))
        if event.button() is Qt.MouseButton.LeftButton and 0 <= number < len(self.chart.bars):
            self.current = number
            self.opened.emit(number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _say_row(self) -> None:
        if self.chart.bars:
            bar = self.chart.bars[self.current]
            self.setAccessibleDescription(f"{bar.label}: {bar.dates}")

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._left = min(theme().px(_LABELS), round(self.width() * _MOST_LABELS))
        self._paint_axis(painter)
        for number, bar in enumerate(self.chart.bars):
            self._paint_words(painter, number, bar)
            self._paint_bar(painter, number, bar)
        for base, number in self.chart.links():
            self._paint_link(painter, base, number)
        if self.hasFocus() and self.chart.bars:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().main), 2))
            painter.drawRoundedRect(self._row(self.current).adjusted(1, 1, -1, -1), 6, 6)

    def _row(self, number: int) -> QRectF:
        height = theme().px(_ROW)
        return QRectF(0, theme().px(_AXIS) + number * height, self.width(), height)

    def _x(self, place: float) -> float:
        edge = theme().px(M)
        return self._left + edge + place * (self.width() - self._left - 2 * edge)

    def _paint_axis(self, painter: QPainter) -> None:
        colours, top = tokens(), theme().px(_AXIS)
        painter.setFont(font(Size.SMALL, scale=theme().scale))
        metrics = QFontMetricsF(painter.font())
        free_from = 0.0
        for tick in self.chart.ticks:
            x, width = self._x(tick.at), metrics.horizontalAdvance(tick.label)
            painter.setPen(QPen(QColor(colours.control_line if tick.is_year else colours.line), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, self.height()))
            if x - width / 2 >= free_from and x + width / 2 <= self.width():
                painter.setPen(QColor(colours.ink if tick.is_year else colours.soft))
                painter.drawText(QPointF(x - width / 2, top - theme().px(S)), tick.label)
                free_from = x + width / 2 + theme().px(S)
        if self.chart.today is not None:
            pen = QPen(QColor(colours.ink), 1.4, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            x = self._x(self.chart.today)
            painter.drawLine(QPointF(x, top), QPointF(x, self.height()))

    def _paint_words(self, painter: QPainter, number: int, bar: Bar) -> None:
        colours, row = tokens(), self._row(number)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(row.topLeft(), row.topRight())
        room = self._left - theme().px(M)
        half = row.height() / 2
        for words, at, size, weight, colour in (
            (bar.label, row.top() + 3, Size.TEXT, 600, colours.ink),
            (bar.dates, row.top() + half, Size.SMALL, 400, colours.soft),
        ):
            shown = font(size, scale=theme().scale)
            shown.setWeight(shown.weight().__class__(weight))
            painter.setFont(shown)
            painter.setPen(QColor(colours.danger if bar.is_late and weight == 400 else colour))
            line = QFontMetricsF(shown).elidedText(words, Qt.TextElideMode.ElideRight, room)
            box = QRectF(6, at, room, half)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)

    def _paint_bar(self, painter: QPainter, number: int, bar: Bar) -> None:
        if bar.end is None:
            return
        colours, middle = tokens(), self._row(number).center().y()
        edge = colours.ink if bar.is_critical else colours.main
        painter.setPen(QPen(QColor(edge), 2.6 if bar.is_critical else 1.4))
        painter.setBrush(QColor(colours.card))
        shape = self._shape(bar, middle)
        painter.drawPolygon(shape)
        painter.setBrush(QBrush(QColor(colours.main), _PATTERNS[bar.fill]))
        painter.drawPolygon(shape)

    def _shape(self, bar: Bar, middle: float) -> QPolygonF:
        """A diamond where only the date is known, else a bar of at least a few pixels."""
        end, half = self._x(bar.end or 0), theme().px(_BAR) / 2
        if bar.start is None:
            corners = ((end - half, 0.0), (end, -half), (end + half, 0.0), (end, half))
            return QPolygonF([QPointF(x, middle + y) for x, y in corners])
        start = self._x(bar.start)
        end = max(end, start + 4)
        return QPolygonF(QRectF(start, middle - half, end - start, 2 * half))

    def _paint_link(self, painter: QPainter, base: int, number: int) -> None:
        """From the end of the base to the bar that waits for it, with an arrow head."""
        bar, before, half = self.chart.bars[number], self.chart.bars[base], theme().px(_BAR) / 2
        first = bar.end if bar.start is None else bar.start
        x1, x2 = self._x(before.end or 0), self._x(first or 0)
        y1, y2 = self._row(base).center().y(), self._row(number).center().y()
        side = -1 if y2 > y1 else 1
        turn, tip = y2 + side * (half + 7), y2 + side * (half + 1)
        painter.setBrush(QColor(tokens().soft))
        painter.setPen(QPen(QColor(tokens().soft), 1.2))
        way = (
            QPointF(x1, y1 - side * half),
            QPointF(x1, turn),
            QPointF(x2, turn),
            QPointF(x2, tip),
        )
        for here, there in pairwise(way):
            painter.drawLine(here, there)
        head = (QPointF(x2, tip), QPointF(x2 - 4, tip + side * 5), QPointF(x2 + 4, tip + side * 5))
        painter.drawPolygon(QPolygonF(head))


class Timeline(Card):
    """The timeline with what its fillings mean, and the same in words below.

    Signals:
        opened: the id of the measure whose row was pressed.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Zeitplan"))
        self.view = TimelineView()
        self.view.opened.connect(self._on_opened)
        self._keys: Sequence[uuid.UUID] = ()
        self._empty = SoftText("")
        legend = FlowLayout(
            *(
                Label(words, "small")
                for words in (
                    self.tr("leer: vereinbart"),
                    self.tr("schraffiert: läuft"),
                    self.tr("gefüllt: umgesetzt"),
                    self.tr("Raute: nur Frist"),
                    self.tr("dicker Rand: kritische Kette"),
                    self.tr("gestrichelt: heute"),
                )
            ),
            gap=M,
        )
        self.chain = Text("")
        self.add(legend, self._empty, self.view, self.chain, None)

    def show_plan(self, plan: ActionPlan) -> None:
        """The measures in time, without what was dropped."""
        chart = timeline_chart(plan.timeline, plan.today)
        self._keys = [row.item.key for row in plan.timeline]
        self.view.show_chart(chart)
        self.view.setVisible(bool(chart.bars))
        self._empty.setText(self._hint(chart))
        self._empty.setVisible(not chart.has_dates)
        chain = [row.item.title for row in plan.timeline if row.is_critical]
        words = self.tr("Kritische Kette: {0}. Verzug hier verschiebt das Ende der ganzen Kette.")
        self.chain.setText(words.format(" → ".join(chain)))
        self.chain.setVisible(bool(chain))

    def _hint(self, chart: TimelineChart) -> str:
        if not chart.bars:
            return self.tr("Noch keine Maßnahme vereinbart.")
        return self.tr("Noch hat keine Maßnahme einen Termin. Öffnen Sie eine, um ihn einzutragen.")

    def _on_opened(self, number: int) -> None:
        self.opened.emit(self._keys[number])
