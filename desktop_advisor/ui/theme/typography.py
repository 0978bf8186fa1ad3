"""Source Sans 3 in six sizes and three weights; figures are tabular."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Source Sans 3"
REGULAR, SEMIBOLD, BOLD = 400, 600, 700


class Size(IntEnum):
    """Pixel sizes at 100 %."""

    SMALL = 13
    TEXT = 15
    LARGE = 17
    TITLE = 19
    QUESTION = 23
    FIGURE = 30


def load_fonts(folder: Path) -> list[str]:
    """The families found in `folder`; [] when it holds none (the system's font is used then)."""
    families: list[str] = []
    for file in sorted(folder.glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.extend(QFontDatabase.applicationFontFamilies(number) if number >= 0 else [])
    return families


def scaled(size: int, scale: float) -> int:
    """`size` in whole pixels at a font scale of 1.0 to 2.0."""
    return round(size * scale)


def font(size: int = Size.TEXT, weight: int = REGULAR, scale: float = 1.0) -> QFont:
    """The program's font; figures share one width, so columns of numbers line up."""
    made = QFont(FAMILY)
    made.setPixelSize(scaled(size, scale))
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
