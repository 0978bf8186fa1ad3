"""Which columns of a table there is room for, and how wide they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from desktop_advisor.domain.cell_values import CellKind
from desktop_advisor.domain.column_matching import is_share
from desktop_advisor.domain.german import THIN_SPACE
from desktop_advisor.ui.interview.tables.source import IN_CELL, kind_of
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.typography import SEMIBOLD, Size, font
from desktop_advisor.usecases.question_views import ColumnView

PADDING = S
"""Distance of a cell's text to its edges, in pixels."""
_LEAST = {
    CellKind.WORDS: 112,
    CellKind.CHOICE: 120,
    CellKind.CHOICES: 120,
    CellKind.DAY: 92,
    CellKind.WHOLE: 60,
    CellKind.DECIMAL: 60,
}
"""Least width at 100 %: an everyday value stands there unshortened (our choice)."""
_FIRST_LEAST = 148
_HEAD_LINES = 4
_FLEXIBLE = frozenset({CellKind.WORDS, CellKind.CHOICE, CellKind.CHOICES})
MOST_FLEXIBLE = 300
"""No column of words grows beyond it, at 100 %, while another one could use the room."""


@dataclass(frozen=True)
class Fitting:
    """widths: column number → pixels, only of the columns shown. hidden: numbers of the others."""

    widths: dict[int, int]
    hidden: tuple[int, ...]


def head_metrics() -> QFontMetrics:
    """Of the type that heads are set in."""
    return QFontMetrics(font(Size.SMALL, SEMIBOLD, theme().scale))


def fit(columns: Sequence[ColumnView], room: int) -> Fitting:
    """The columns in the order of the form, as many as fit; the first one always.

    What cannot be answered in a cell gives way first.
    """
    least = [_least(number, column) for number, column in enumerate(columns)]
    order = sorted(range(len(columns)), key=lambda n: (n != 0, columns[n].kind not in IN_CELL))
    chosen: list[int] = []
    left = room
    for number in order:
        if chosen and least[number] > left:
            break
        chosen.append(number)
        left -= least[number]
    widths = {number: least[number] for number in sorted(chosen)}
    _spread(widths, columns, max(0, left))
    return Fitting(widths, tuple(n for n in range(len(columns)) if n not in widths))


def _least(number: int, column: ColumnView) -> int:
    least = _FIRST_LEAST if number == 0 else _LEAST[kind_of(column)]
    metrics = head_metrics()
    words = (column.label + ("\u00a0*" if column.is_required else "")).split(" ")
    longest = max(metrics.horizontalAdvance(word) for word in words) + 2 * PADDING + 4
    return max(theme().px(least), min(longest, theme().px(180)), _sum_width(column))


def _sum_width(column: ColumnView) -> int:
    """Of the sum below shares, more than 100 % included; 0 for every other column."""
    if not is_share(column.name, column.label):
        return 0
    metrics = QFontMetrics(font(Size.TEXT, SEMIBOLD, theme().scale))
    return metrics.horizontalAdvance(f"100,0{THIN_SPACE}%") + 2 * PADDING + 2


def _spread(widths: dict[int, int], columns: Sequence[ColumnView], left: int) -> None:
    """Give the rest to columns of words, then to the first one."""
    flexible = [n for n in widths if kind_of(columns[n]) in _FLEXIBLE]
    most = theme().px(MOST_FLEXIBLE)
    for place, number in enumerate(flexible):
        share = min(left // (len(flexible) - place), max(0, most - widths[number]))
        widths[number] += share
        left -= share
    widths[next(iter(widths))] += left


def head_height(columns: Sequence[ColumnView], widths: dict[int, int]) -> int:
    """Height of the head so that every label shown fits, up to four lines."""
    metrics, most = head_metrics(), 0
    for number, width in widths.items():
        label = columns[number].label + ("\u00a0*" if columns[number].is_required else "")
        room = QRect(0, 0, width - 2 * PADDING - 2, 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        most = max(most, metrics.boundingRect(room, flags, label).height())
    return min(most, _HEAD_LINES * metrics.lineSpacing()) + 2 * PADDING
