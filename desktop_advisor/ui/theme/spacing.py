"""Distances in pixels; everything between things is one of these six."""

from __future__ import annotations

XS, S, M, L, XL, XXL = 4, 8, 12, 16, 20, 24

CARD_RADIUS = 10
CONTROL_RADIUS = 8
CONTROL_HEIGHT = 44
RAIL_WIDTH = 208
HEADER_HEIGHT = 60
TARGET = 44
"""Least height of anything that is pressed (domain §8: gloves, convertible on the knee)."""


def control_height(scale: float) -> int:
    """Height of a button or field at a font scale: 44 px, more once the text needs it."""
    return max(CONTROL_HEIGHT, round(15 * scale * 1.5) + 2 * S)
