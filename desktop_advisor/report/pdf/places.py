"""Where the passages of a report fell on its pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A paragraph of a passage on a page; one split over pages has several.

    key: as in `report.passages`. page: from 0. left, top, right, bottom: points from the top left.
    """

    key: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Drawn:
    """A finished PDF and the places of its passages, in the order of the pages."""

    pdf: bytes
    places: tuple[Place, ...]
