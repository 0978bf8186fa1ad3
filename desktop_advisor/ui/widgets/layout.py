"""Short typed layouts: a column, a row, a scrolling page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
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
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets.finger_scroll import follow_finger

NARROW = 800
"""Below this width, at 100 %, two columns of cards become one."""

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


class TwoColumns(QWidget):
    """Two columns in a fixed proportion; below each other where the window is too narrow."""

    def __init__(self, left: QLayout, right: QLayout, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(spacing.XL)
        for content, share in zip((left, right), shares, strict=True):
            side = QWidget()
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            side.setSizePolicy(policy)
            side.setLayout(content)
            self._line.addWidget(side, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.width() < NARROW * theme().scale
        wanted = direction.TopToBottom if is_narrow else direction.LeftToRight
        if self._line.direction() is not wanted:
            self._line.setDirection(wanted)


def tab_through(start: QWidget, parts: Iterable[QWidget]) -> None:
    """Let Tab go from `start` through `parts`; Qt sends it last to what was made last."""
    before, tab = start, Qt.FocusPolicy.TabFocus
    for part in parts:
        for widget in (part, *part.findChildren(QWidget)):
            is_inside = widget.window() is start.window()  # the list of a choice is a window
            if is_inside and widget.focusPolicy() & tab and not widget.focusProxy():
                QWidget.setTabOrder(before, widget)
                before = widget


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
    follow_finger(area)
    return area
