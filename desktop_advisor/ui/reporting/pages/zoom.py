"""How large a page is shown; no widgets here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

LEAST_WIDTH, MOST_WIDTH = 220, 1600
READING_WIDTH = 680
"""Widest page before anybody zooms: a comfortable reading size."""
STEP = 1.2
PIXELS_PER_POINT = 96 / 72
"""100 % is the size of the paper on a screen of 96 dots per inch."""


class Fit(StrEnum):
    """What the size follows."""

    READING = "reading"
    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True)
class Zoom:
    """width: pixels of a page, where the advisor chose it freely."""

    fit: Fit = Fit.READING
    width: float = READING_WIDTH

    def page_width(self, room: tuple[int, int], ratio: float) -> int:
        """Pixels for a page in a room of width and height; ratio: height by width of the page."""
        wide, high = room
        wanted = {
            Fit.READING: min(READING_WIDTH, wide),
            Fit.WIDTH: wide,
            Fit.PAGE: min(wide, high / ratio),
            Fit.FREE: self.width,
        }[self.fit]
        return round(min(max(wanted, LEAST_WIDTH), MOST_WIDTH))

    def changed(self, factor: float, now: int) -> Zoom:
        """Larger or smaller than the width shown now."""
        width = min(max(now * factor, LEAST_WIDTH), MOST_WIDTH)
        return replace(self, fit=Fit.FREE, width=width)


def percent(page_width: int, points: float) -> int:
    """How large a page of so many points is, 100 as on paper."""
    return round(100 * page_width / (points * PIXELS_PER_POINT))
