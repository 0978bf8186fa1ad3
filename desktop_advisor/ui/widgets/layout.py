"""Short typed layouts: a column, a row, a scrolling page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from desktop_advisor.ui.theme import spacing

Part = QWidget | QLayout | QSpacerItem | int | None
"""A widget, a layout, a distance in pixels, or None for nothing (convenient for optional parts)."""


def spacer() -> QSpacerItem:
    """Takes all the room that is left in a row or column."""
    policy = QSizePolicy.Policy
    return QSpacerItem(0, 0, policy.MinimumExpanding, policy.MinimumExpanding)


def column(
    *parts: Part, gap: int = spacing.S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """`parts` below each other."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def row(
    *parts: Part, gap: int = spacing.S, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """`parts` beside each other."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def _fill(
    layout: QBoxLayout, parts: Iterable[Part], gap: int, margins: tuple[int, int, int, int]
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif isinstance(part, QSpacerItem):
            layout.addStretch(1)
        elif part is not None:
            layout.addSpacing(part)


def grid(rows: Sequence[Sequence[QWidget | None]], gap: int = spacing.M) -> QGridLayout:
    """A table of widgets, one stretch per column."""
    made = QGridLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(gap)
    made.setVerticalSpacing(gap)
    for y, cells in enumerate(rows):
        for x, cell in enumerate(cells):
            if cell is not None:
                made.addWidget(cell, y, x)
                made.setColumnStretch(x, 1)
    return made


def scrolling(content: QWidget) -> QScrollArea:
    """`content`, which scrolls up and down when it is too tall, never sideways."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("kind", "clear")
    area.viewport().setProperty("kind", "clear")
    area.setWidget(content)
    return area
