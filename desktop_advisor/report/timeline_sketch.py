"""The timeline on the page: bars that read in grey print, their dates in words beside them."""

from __future__ import annotations

from typing import Any

from desktop_advisor.domain.language import say
from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import REGULAR, SEMIBOLD
from desktop_advisor.report.pages import fitted
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.theme import Theme
from desktop_advisor.report.timeline_chart import LEGEND, Bar, Fill, TimelineChart, in_words

_LABELS, _ROW, _AXIS, _BAR = 196.0, 25.0, 18.0, 8.0
_ROWS_EACH = 22
"""Bars in one drawing, which cannot go over two pages."""
_HATCH = 4.0
_LEGEND_IN_WORDS = (
    "Zeichenerklärung: Balken sind Maßnahmen von Beginn bis Frist, leer vereinbart, schraffiert "
    "läuft, voll umgesetzt; eine Raute ist eine Maßnahme, die nur eine Frist hat; ein dicker Rand "
    "ist die kritische Kette, die gestrichelte Linie der Tag des Berichts."
)


def timeline_sketches(theme: Theme, chart: TimelineChart, width: float) -> list[Sketch]:
    """The chart in pieces of a page each, every piece with its own axis."""
    starts = range(0, len(chart.bars), _ROWS_EACH)
    return [_sketch(theme, chart, width, first) for first in starts]


def _sketch(theme: Theme, chart: TimelineChart, width: float, first: int) -> Sketch:
    bars = chart.bars[first : first + _ROWS_EACH]
    height = _AXIS + _ROW * len(bars) + 4
    room = width - _LABELS

    def middle(number: int) -> float:
        return height - _AXIS - _ROW * (number - first) - _ROW / 2

    def paint(canvas: Any) -> None:
        _axis(canvas, chart, _LABELS, room, height)
        for number, bar in enumerate(bars, start=first):
            _words(canvas, bar, middle(number))
            _bar(canvas, theme, bar, _LABELS, room, middle(number))
        for base, number in chart.links():
            if first <= base < first + len(bars) and first <= number < first + len(bars):
                _link(canvas, chart, base, number, (_LABELS, room), middle)

    alt = say("Zeitplan: {0}").format(in_words(chart, first, len(bars)))
    return Sketch(width, height, paint, alt=alt)


def _axis(canvas: Any, chart: TimelineChart, left: float, room: float, height: float) -> None:
    canvas.setLineWidth(0.5)
    canvas.setFont(REGULAR, 7)
    for tick in chart.ticks:
        x = left + tick.at * room
        canvas.setStrokeColor(look.NET if tick.is_year else look.LINE)
        canvas.line(x, 2, x, height - _AXIS + 3)
        canvas.setFillColor(look.INK if tick.is_year else look.SOFT)
        canvas.setFont(SEMIBOLD if tick.is_year else REGULAR, 7)
        canvas.drawCentredString(x, height - 9, tick.label)
    if chart.today is not None:
        x = left + chart.today * room
        canvas.setStrokeColor(look.INK)
        canvas.setDash(2, 2)
        canvas.line(x, 2, x, height - _AXIS + 3)
        canvas.setDash()


def _words(canvas: Any, bar: Bar, middle: float) -> None:
    canvas.setFillColor(look.INK)
    canvas.setFont(SEMIBOLD, 8)
    canvas.drawString(0, middle + 1.5, fitted(bar.label, SEMIBOLD, 8, _LABELS - 12))
    canvas.setFillColor(look.SOFT)
    canvas.setFont(REGULAR, 7)
    canvas.drawString(0, middle - 7, fitted(bar.dates, REGULAR, 7, _LABELS - 12))


def _bar(canvas: Any, theme: Theme, bar: Bar, left: float, room: float, middle: float) -> None:
    if bar.end is None:
        return
    end = left + bar.end * room
    canvas.setStrokeColor(look.INK if bar.is_critical else theme.main)
    canvas.setLineWidth(1.5 if bar.is_critical else 0.9)
    if bar.start is None:
        _diamond(canvas, theme, bar.fill, end, middle)
        return
    start = left + bar.start * room
    box(canvas, theme, bar.fill, (start, middle - _BAR / 2, max(2.0, end - start), _BAR))


def box(canvas: Any, theme: Theme, fill: Fill, at: tuple[float, float, float, float]) -> None:
    """A bar in the stroke that is set: solid, hatched or empty. at: x, y, width, height."""
    x, y, width, height = at
    canvas.setFillColor(theme.main if fill == "solid" else look.WHITE)
    canvas.rect(x, y, width, height, stroke=1, fill=1)
    if fill != "hatched":
        return
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(0.8)
    step = x - height
    while step < x + width:
        canvas.line(step, y, step + height, y + height)
        step += _HATCH
    canvas.restoreState()


def _diamond(canvas: Any, theme: Theme, fill: Fill, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x - 5, y)
    for corner in ((x, y + 5), (x + 5, y), (x, y - 5)):
        path.lineTo(*corner)
    path.close()
    canvas.setFillColor({"solid": theme.main, "hatched": theme.tint}.get(fill, look.WHITE))
    canvas.drawPath(path, stroke=1, fill=1)


def _link(
    canvas: Any,
    chart: TimelineChart,
    base: int,
    number: int,
    axis: tuple[float, float],
    middle: Any,
) -> None:
    """From the end of the base down to the bar that waits for it, with an arrow head."""
    left, room = axis
    bar, before = chart.bars[number], chart.bars[base]
    x1 = left + (before.end or 0) * room
    x2 = left + (bar.end if bar.start is None else bar.start or 0) * room  # type: ignore[operator]
    y1, y2 = middle(base), middle(number)
    side = 1 if y2 < y1 else -1
    canvas.setStrokeColor(look.SOFT)
    canvas.setFillColor(look.SOFT)
    canvas.setLineWidth(0.7)
    turn = y2 + side * (_BAR / 2 + 4)
    tip = y2 + side * (_BAR / 2 + 0.5)
    for line in ((x1, y1 - side * _BAR / 2, x1, turn), (x1, turn, x2, turn), (x2, turn, x2, tip)):
        canvas.line(*line)
    path = canvas.beginPath()
    path.moveTo(x2, tip)
    path.lineTo(x2 - 2.2, tip + side * 3.4)
    path.lineTo(x2 + 2.2, tip + side * 3.4)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def legend(theme: Theme, width: float) -> Sketch:
    """What the fillings, the diamond, the thick edge and the dashed line mean."""

    def paint(canvas: Any) -> None:
        x = 0.0
        canvas.setFont(REGULAR, 7.4)
        for fill, german in LEGEND:
            word = say(german)
            canvas.setStrokeColor(theme.main)
            canvas.setLineWidth(0.9)
            box(canvas, theme, fill, (x, 4, 18, 7))
            x = _word(canvas, word, x + 22)
        canvas.setStrokeColor(theme.main)
        _diamond(canvas, theme, "empty", x + 5, 7.5)
        x = _word(canvas, say("nur Frist"), x + 14)
        canvas.setStrokeColor(look.INK)
        canvas.setLineWidth(1.5)
        box(canvas, theme, "empty", (x, 4, 18, 7))
        x = _word(canvas, say("kritische Kette"), x + 22)
        canvas.setLineWidth(0.6)
        canvas.setDash(2, 2)
        canvas.line(x + 4, 2, x + 4, 13)
        canvas.setDash()
        _word(canvas, say("Tag des Berichts"), x + 10)

    return Sketch(width, 18, paint, alt=say(_LEGEND_IN_WORDS))


def _word(canvas: Any, word: str, x: float) -> float:
    """Write a word of the legend; where the next entry begins."""
    canvas.setFillColor(look.SOFT)
    canvas.drawString(x, 5, word)
    return x + float(canvas.stringWidth(word, REGULAR, 7.4)) + 12
