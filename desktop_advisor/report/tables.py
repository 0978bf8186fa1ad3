"""Tables in hairlines; every cell may be longer than a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import LongTable, Table

from desktop_advisor.report import theme as look
from desktop_advisor.report.fonts import REGULAR
from desktop_advisor.report.pdf.table_tags import LayoutTags, TableTags
from desktop_advisor.report.theme import Theme, text

Cell = Any
"""A flowable or a list of them."""
_FONT = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
"""Even an empty cell starts in Helvetica otherwise."""
AFTER_NUMBERS = 8
"""Points of more air before a column of words that follows one of numbers."""
_WHOLE = look.BODY_HEIGHT * 0.45
"""Points up to which a row is not cut."""
_COMPANY = 2
"""Rows that go to the next page together, where there are so many."""
_LEAST_PART = 26
"""Points of a row that must fit before it is split."""


class _Rows(LongTable):  # type: ignore[misc]  # ReportLab is untyped
    """Cuts a row only where it is long: a shorter one moves to the next page as a whole."""

    def split(self, width: float, height: float) -> list[Any]:
        """The parts before and after the end of the page."""
        self._calc(width, height)
        first = sum(self._rowHeights[: self.repeatRows + 1])
        self.splitInRow = 0 if first < _WHOLE else _LEAST_PART
        parts: list[Any] = super().split(width, height)
        shown = self.repeatRows + _COMPANY
        is_alone = len(parts) == 2 and len(parts[1]._rowHeights) == self.repeatRows + 1
        if is_alone and len(parts[0]._rowHeights) >= shown and parts[0] is not self:
            kept = sum(self._rowHeights[:-_COMPANY])
            parts = super().split(width, kept + 0.1) or parts
        return parts


def ruled(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    header: Sequence[str] = (),
    theme: Theme,
    padding: float = 4,
    middle: bool = False,
    right: Sequence[int] = (),
    foot: Sequence[Cell] = (),
    is_table: bool = True,
) -> Any:
    """Rows under a hairline each, an optional header repeated on every page.

    right: columns whose header stands to the right, as their cells do. foot: a last row of sums.
    is_table: False where things merely stand side by side and no cell names another.
    """
    styles = [theme.label_right if i in right else theme.label for i in range(len(widths))]
    head = [[text(h, s) for h, s in zip(header, styles, strict=True)]] if header else []
    style: list[tuple[Any, ...]] = [
        _FONT,
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), 6),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, look.LINE),
    ]
    if header:
        style.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, theme.main))
        style.append(("VALIGN", (0, 0), (-1, 0), "BOTTOM"))
    style += [
        ("LEFTPADDING", (i + 1, 0), (i + 1, -1), 6 + AFTER_NUMBERS)
        for i in right
        if i + 1 not in right
    ]
    if foot:
        style.append(("LINEABOVE", (0, -1), (-1, -1), 0.9, theme.main))
    return _Rows(
        [*head, *(list(row) for row in rows), *([list(foot)] if foot else [])],
        colWidths=list(widths),
        repeatRows=len(head),
        splitByRow=1,
        splitInRow=_LEAST_PART,
        hAlign="LEFT",
        style=style,
        renderCB=_tags(header, len(widths)) if is_table else LayoutTags(),
    )


def _tags(header: Sequence[str], columns: int) -> TableTags | LayoutTags:
    """What a reader hears: cells with headers, or mere lines where there is but one column.

    The first column names the rows, or the one after a column of mere pictures.
    """
    if columns < 2 and not header:
        return LayoutTags()
    first = 1 if header and not header[0] and columns > 1 else 0
    return TableTags(column_headers=bool(header), row_headers=first if columns > 1 else None)


def lead_height(table: Any) -> float:
    """Points a heading needs below it so that it does not stand without the first row."""
    table.wrap(look.BODY_WIDTH, look.BODY_HEIGHT)
    first = float(sum(table._rowHeights[: table.repeatRows + 1]))
    return float(min(first, _WHOLE))


def bare(rows: Sequence[Sequence[Cell]], widths: Sequence[float], *, middle: bool = True) -> Any:
    """A row of things side by side, without lines or padding."""
    return Table(
        [list(row) for row in rows],
        colWidths=list(widths),
        hAlign="LEFT",
        splitInRow=_LEAST_PART,
        renderCB=LayoutTags(),
        style=[
            _FONT,
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE" if middle else "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
    )


def boxes(cells: Sequence[Cell], theme: Theme, *, width: float = look.BODY_WIDTH) -> Any:
    """Tinted boxes of equal width and height side by side, with air between them."""
    gap, count = 10.0, max(1, len(cells))
    each = (width - gap * (count - 1)) / count
    row: list[Cell] = []
    widths: list[float] = []
    style: list[tuple[Any, ...]] = [
        _FONT,
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ]
    for i, cell in enumerate(cells):
        if i:
            row.append("")
            widths.append(gap)
        column = len(row)
        style.append(("BACKGROUND", (column, 0), (column, 0), theme.tint))
        style.append(("LINEABOVE", (column, 0), (column, 0), 1.4, theme.main))
        row.append(cell)
        widths.append(each)
    return Table(
        [row],
        colWidths=widths,
        hAlign="LEFT",
        splitInRow=_LEAST_PART,
        renderCB=LayoutTags(),
        style=style,
    )
