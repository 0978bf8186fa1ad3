"""Where passages lie on the pages, as shares of each page; no widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_advisor.report.pdf.places import Place
from desktop_advisor.report.preview import PageSize
from desktop_advisor.report.text_search import Box


@dataclass(frozen=True)
class PassageBox:
    """All of a passage that stands on one page. page: from 0."""

    key: str
    page: int
    box: Box


def passage_boxes(places: Sequence[Place], sizes: Sequence[PageSize]) -> tuple[PassageBox, ...]:
    """One box for each passage and page, in the order of the pages."""
    found: dict[tuple[str, int], Box] = {}
    for place in places:
        if place.page >= len(sizes):
            continue
        size = sizes[place.page]
        box = Box(
            left=place.left / size.width,
            top=place.top / size.height,
            right=place.right / size.width,
            bottom=place.bottom / size.height,
        )
        at = (place.key, place.page)
        found[at] = _around(found[at], box) if at in found else box
    return tuple(PassageBox(key, page, box) for (key, page), box in found.items())


def _around(one: Box, other: Box) -> Box:
    return Box(
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )
