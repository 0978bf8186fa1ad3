"""A canvas that notes what the charts draw as plain shapes: lines, boxes, circles, paths, words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth

Shape = dict[str, Any]
"""{"kind": "line" | "rect" | "circle" | "path" | "words", …}; points, y downwards from the top."""


class LineDrawing:
    """The part of ReportLab's canvas that our charts use; y upwards, as in PDF."""

    def __init__(self, height: float) -> None:
        self.shapes: list[Shape] = []
        self._height = height
        self._kept: list[tuple[float, float]] = []
        self._at = (0.0, 0.0)
        self._stroke, self._fill, self._pen, self._dash = "#000000", "#000000", 1.0, list[float]()
        self._size, self._bold = 10.0, False

    # -- state -------------------------------------------------------------------------------

    def saveState(self) -> None:
        self._kept.append(self._at)

    def restoreState(self) -> None:
        self._at = self._kept.pop()

    def translate(self, x: float, y: float) -> None:
        self._at = (self._at[0] + x, self._at[1] + y)

    def setStrokeColor(self, colour: Any, *_: Any) -> None:
        self._stroke = _hex(colour)

    def setFillColor(self, colour: Any, *_: Any) -> None:
        self._fill = _hex(colour)

    def setLineWidth(self, width: float) -> None:
        self._pen = width

    def setDash(self, *pattern: Any) -> None:
        self._dash = list(pattern[0] if pattern and isinstance(pattern[0], list) else pattern)

    def setLineCap(self, _cap: int) -> None:
        pass

    def setFont(self, name: str, size: float, *_: Any) -> None:
        self._size, self._bold = size, "Bold" in name

    def stringWidth(self, text: str, font: str, size: float) -> float:
        return float(stringWidth(text, font, size))

    @contextmanager
    def tagged(self, *_: Any, **__: Any) -> Iterator[None]:
        yield

    artifact = tagged

    # -- shapes ------------------------------------------------------------------------------

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._draw("line", True, False, points=[self._point(x1, y1), self._point(x2, y2)])

    def lines(self, several: Any) -> None:
        for each in several:
            self.line(*each)

    def rect(self, x: float, y: float, width: float, height: float, **how: int) -> None:
        at = self._point(x, y + height)
        self._draw("rect", *_inks(how), at=at, width=width, height=height)

    def circle(self, x: float, y: float, r: float, **how: int) -> None:
        self._draw("circle", *_inks(how), at=self._point(x, y), radius=r)

    def beginPath(self) -> Path:
        return Path(self)

    def drawPath(self, path: Path, **how: int) -> None:
        self._draw("path", *_inks(how), points=path.points)

    def clipPath(self, *_: Any, **__: Any) -> None:
        pass

    def drawImage(self, *_: Any, **__: Any) -> None:
        pass

    def drawString(self, x: float, y: float, text: str) -> None:
        self._words(x, y, text, "start")

    def drawCentredString(self, x: float, y: float, text: str) -> None:
        self._words(x, y, text, "middle")

    def drawRightString(self, x: float, y: float, text: str) -> None:
        self._words(x, y, text, "end")

    def _words(self, x: float, y: float, text: str, anchor: str) -> None:
        how = {"text": text, "anchor": anchor, "size": self._size, "bold": self._bold}
        self._draw("words", False, True, at=self._point(x, y), **how)

    def _draw(self, kind: str, strokes: bool, fills: bool, **what: Any) -> None:
        ink = {"stroke": self._stroke if strokes else "", "fill": self._fill if fills else ""}
        self.shapes.append({"kind": kind, "pen": self._pen, "dash": self._dash, **ink, **what})

    def _point(self, x: float, y: float) -> tuple[float, float]:
        return round(self._at[0] + x, 3), round(self._height - self._at[1] - y, 3)


class Path:
    """A closed path under way; our charts draw no curves."""

    def __init__(self, canvas: LineDrawing) -> None:
        self._canvas = canvas
        self.points: list[tuple[float, float]] = []

    def moveTo(self, x: float, y: float) -> None:
        self.points.append(self._canvas._point(x, y))

    lineTo = moveTo

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        for corner in ((x, y), (x + width, y), (x + width, y + height), (x, y + height)):
            self.moveTo(*corner)

    def close(self) -> None:
        pass


def _inks(how: dict[str, int]) -> tuple[bool, bool]:
    """Whether the outline and the inside are drawn, by ReportLab's defaults."""
    return bool(how.get("stroke", 1)), bool(how.get("fill", 0))


def _hex(colour: Any) -> str:
    return "#" + str(colour.hexval())[2:8]
