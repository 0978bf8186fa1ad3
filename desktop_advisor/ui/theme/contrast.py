"""Contrast of two colours as the web accessibility guidelines define it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

READABLE = 4.5
"""Least ratio for text of ordinary size (WCAG 2.2, success criterion 1.4.3, level AA)."""


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", 0 black to 1 white (WCAG 2.2, definitions)."""
    red, green, blue = (_channel(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Ratio 1 to 21 between two colours, whichever is the lighter."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` in it."""
    blend = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in blend)


def readable(text: str, ground: str) -> str:
    """`text`, moved towards black or white just far enough to be readable on `ground`."""
    target = "#000000" if luminance(ground) > 0.18 else "#ffffff"
    for step in range(21):
        candidate = mixed(text, target, step / 20)
        if contrast(candidate, ground) >= READABLE:
            return candidate
    return target
