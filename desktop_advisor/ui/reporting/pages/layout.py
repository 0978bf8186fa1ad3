"""Where the pages of a document lie below each other; no widgets here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_advisor.report.preview import PageSize


@dataclass(frozen=True)
class Spot:
    """A place in the document that survives zooming and drawing anew.

    share: how far down the page, 0 to 1.
    """

    page: int
    share: float


class PageLayout:
    """Pages of one width, one below the other, in pixels from the top of the first."""

    def __init__(self, sizes: Sequence[PageSize], width: int, gap: int) -> None:
        self.width = width
        self._gap = gap
        self.heights = [round(width * size.ratio) for size in sizes]
        self.tops: list[int] = []
        top = 0
        for height in self.heights:
            self.tops.append(top)
            top += height + gap
        self.height = max(0, top - gap)

    def page_at(self, y: float) -> int:
        """The page at that height, or the one above the gap there; 0 above all and of none."""
        return max(0, bisect_right(self.tops, y) - 1)

    def pages_between(self, top: float, bottom: float) -> range:
        """Pages of which anything lies there."""
        if not self.tops:
            return range(0)
        first = self.page_at(top)
        if top > self.tops[first] + self.heights[first]:
            first += 1
        return range(first, self.page_at(bottom) + 1)

    def spot(self, y: float) -> Spot:
        """What lies at that height."""
        if not self.tops:
            return Spot(0, 0.0)
        page = self.page_at(y)
        return Spot(page, (y - self.tops[page]) / max(1, self.heights[page]))

    def y_of(self, spot: Spot) -> int:
        """Where it lies now; a page that is gone is the last one."""
        if not self.tops:
            return 0
        page = min(spot.page, len(self.tops) - 1)
        return self.tops[page] + round(spot.share * self.heights[page])
