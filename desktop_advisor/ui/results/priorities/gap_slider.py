"""Ist as a bar, Soll as a knob one can drag: the gap between them is what is to be closed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen

from desktop_advisor.assessment.scores import HIGHEST_LEVEL
from desktop_advisor.domain.german import one_digit
from desktop_advisor.ui.theme.contrast import mixed
from desktop_advisor.ui.theme.current import theme, tokens
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.widgets.slider import KNOB, Slider

STEPS_PER_LEVEL = 2
THICK = 10


class GapSlider(Slider):
    """From 0 to 5 in half levels."""

    def __init__(self, name: str, actual: Decimal | None, target: Decimal) -> None:
        super().__init__(int(HIGHEST_LEVEL) * STEPS_PER_LEVEL)
        self._name = name
        self._actual = actual
        self.put_level(target)

    def level(self) -> Decimal:
        """The Soll under the knob, 0–5."""
        return Decimal(self.value()) / STEPS_PER_LEVEL

    def put_level(self, level: Decimal) -> None:
        """Show a Soll, to the next half level."""
        self.put(int((level * STEPS_PER_LEVEL).to_integral_value()))

    def put(self, step: int | None) -> None:
        super().put(step)
        actual = one_digit(self._actual) if self._actual is not None else self.tr("offen")
        words = self.tr("{0}: Ist {1}, Soll {2}")
        self.setAccessibleName(words.format(self._name, actual, one_digit(self.level())))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), max(TARGET, theme().px(KNOB) + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(mixed(colours.card, colours.line, 0.6)))
        painter.drawRoundedRect(self._span(Decimal(0), HIGHEST_LEVEL), 3, 3)
        if self._actual is not None:
            self._paint_gap(painter, self._actual)
            painter.setBrush(QColor(colours.main))
            painter.drawRoundedRect(self._span(Decimal(0), self._actual), 3, 3)
        self._paint_knob(painter)

    def _paint_gap(self, painter: QPainter, actual: Decimal) -> None:
        """Hatched, so that it differs from the bar without colour too."""
        if self.level() > actual:
            brush = QBrush(QColor(tokens().main), Qt.BrushStyle.BDiagPattern)
            painter.setBrush(brush)
            painter.drawRect(self._span(actual, self.level()))

    def _paint_knob(self, painter: QPainter) -> None:
        colours, side = tokens(), theme().px(KNOB) - 6
        centre, middle = self._x(self.level()), self.height() / 2
        ring = colours.ink if self.hasFocus() else colours.main
        painter.setPen(QPen(QColor(ring), 3 if self.hasFocus() else 2))
        painter.setBrush(QColor(colours.card))
        painter.drawEllipse(QRectF(centre - side / 2, middle - side / 2, side, side))

    def _x(self, level: Decimal) -> float:
        knob = theme().px(KNOB)
        return knob / 2 + float(level / HIGHEST_LEVEL) * (self.width() - knob)

    def _span(self, low: Decimal, high: Decimal) -> QRectF:
        thick = theme().px(THICK)
        left, right = self._x(low), self._x(high)
        return QRectF(left, (self.height() - thick) / 2, right - left, thick)
