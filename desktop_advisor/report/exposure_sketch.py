"""The stacked bars of the exposure on the page; patterns instead of colours."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

from desktop_advisor.report import theme as look
from desktop_advisor.report.exposure_chart import ExposureStack, Hatch, Segment, StackBar
from desktop_advisor.report.fonts import REGULAR, SEMIBOLD
from desktop_advisor.report.sketches import Sketch
from desktop_advisor.report.theme import Theme

_LABEL, _ROW, _THICK, _WHOLE = 46.0, 27.0, 18.0, 64.0
_PLATE = 11.0
_GAP: dict[Hatch, float] = {
    "cross": 3.4,
    "rising": 4.0,
    "falling": 4.0,
    "upright": 4.0,
    "dots": 3.4,
}
"""Points between the lines of a pattern: they must survive a laser printer."""


def stack_bars(theme: Theme, stack: ExposureStack, width: float) -> Sketch:
    """One bar per weighting, its whole at the right."""
    height = _ROW * len(stack.bars)

    def paint(canvas: Any) -> None:
        for number, bar in enumerate(stack.bars):
            _bar(canvas, theme, bar, width, height - (number + 1) * _ROW + (_ROW - _THICK) / 2)

    return Sketch(width, height, paint, alt=stack.spoken)


def swatch(theme: Theme, hatch: Hatch) -> Sketch:
    """The pattern of one group, for the key."""

    def paint(canvas: Any) -> None:
        _fill(canvas, theme, hatch, 0.5, 0.5, 20, 9)

    return Sketch(22, 10, paint)


def _bar(canvas: Any, theme: Theme, bar: StackBar, width: float, y: float) -> None:
    canvas.setFont(REGULAR, 9)
    canvas.setFillColor(look.INK)
    canvas.drawString(0, y + 5.6, bar.label)
    canvas.setFont(REGULAR, 8)
    canvas.setFillColor(look.SOFT)
    canvas.drawRightString(width, y + 5.6, bar.whole)
    room = width - _LABEL - _WHOLE
    for segment in bar.segments:
        x, length = _LABEL + segment.start * room, max(1.0, segment.length * room)
        _fill(canvas, theme, segment.hatch, x, y, length, _THICK)
        _mark(canvas, segment, x, y, length)


def _mark(canvas: Any, segment: Segment, x: float, y: float, length: float) -> None:
    """The number of the group on a plate, so that the pattern does not eat it."""
    if length < _PLATE + 3:
        return
    left = x + (length - _PLATE) / 2
    canvas.setFillColor(look.WHITE)
    canvas.rect(left, y + (_THICK - _PLATE) / 2, _PLATE, _PLATE, stroke=0, fill=1)
    canvas.setFillColor(look.INK)
    canvas.setFont(SEMIBOLD, 8)
    middle = left + (_PLATE - stringWidth(segment.mark, SEMIBOLD, 8)) / 2
    canvas.drawString(middle, y + _THICK / 2 - 2.8, segment.mark)


def _fill(
    canvas: Any, theme: Theme, hatch: Hatch, x: float, y: float, width: float, height: float
) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.7)
    canvas.setStrokeColor(look.SOFT if hatch == "blank" else theme.main)
    canvas.setFillColor(theme.main if hatch == "solid" else look.WHITE)
    if hatch == "blank":
        canvas.setDash(2, 2)
    canvas.rect(x, y, width, height, stroke=1, fill=1)
    canvas.setDash()
    if hatch in _GAP:
        clip = canvas.beginPath()
        clip.rect(x, y, width, height)
        canvas.clipPath(clip, stroke=0, fill=0)
        _pattern(canvas, theme, hatch, x, y, width, height)
    canvas.restoreState()


def _pattern(
    canvas: Any, theme: Theme, hatch: Hatch, x: float, y: float, width: float, height: float
) -> None:
    gap = _GAP[hatch]
    canvas.setLineWidth(0.6)
    if hatch == "dots":
        canvas.setFillColor(theme.main)
        for column in range(int(width / gap) + 1):
            for line in range(int(height / gap) + 1):
                canvas.circle(x + column * gap + 1, y + line * gap + 1, 0.6, stroke=0, fill=1)
        return
    for number in range(int((width + height) / gap) + 2):
        at = x + number * gap
        if hatch == "upright":
            canvas.line(at, y, at, y + height)
        if hatch in ("rising", "cross"):
            canvas.line(at - height, y, at, y + height)
        if hatch in ("falling", "cross"):
            canvas.line(at, y, at - height, y + height)
