"""Tables of a word processor: hairlines, a head repeated on every page, tinted boxes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from desktop_advisor.report import theme as look
from desktop_advisor.report.exports.word_elements import edges, element, holding
from desktop_advisor.report.exports.word_styles import hex_colour
from desktop_advisor.report.theme import Theme

Cell = Sequence[Any]
"""Paragraphs, the last one no table."""
_SHORT_ROW = 1500
"""Characters of a row that stays on one page: well below what a column of a page holds."""
_NONE = (0.0, "auto")


def ruled(
    rows: Sequence[Sequence[Cell]], widths: Sequence[int], *, heads: int, theme: Theme
) -> Any:
    """Rows under a hairline each. widths: of the columns, in twips; heads: rows to be repeated."""
    line = (0.5, hex_colour(look.LINE))
    borders = edges("tblBorders", top=_NONE, left=_NONE, bottom=line, right=_NONE, insideH=line)
    table = _table(widths, borders, heads=heads)
    under = (0.9, hex_colour(theme.main))
    for number, row in enumerate(rows):
        is_head = number < heads
        marks = [edges("tcBorders", bottom=under)] if is_head else []
        cells = [_cell(c, w, marks) for c, w in zip(row, widths, strict=True)]
        table.append(_row(cells, is_head=is_head))
    return table


def boxed(cells: Sequence[Cell], width: int, theme: Theme) -> Any:
    """Tinted boxes side by side. width: of all, in twips."""
    each = width // max(1, len(cells))
    gap = (6.0, "FFFFFF")
    borders = edges("tblBorders", top=(1.4, hex_colour(theme.main)), insideV=gap)
    table = _table([each] * len(cells), borders, heads=0)
    tint = hex_colour(theme.tint)
    made = [_cell(c, each, [], tint=tint) for c in cells]
    table.append(_row(made, is_head=False))
    return table


def _table(widths: Sequence[int], borders: Any, *, heads: int) -> Any:
    margins = holding(
        "tblCellMar",
        [
            element(side, w=size, type="dxa")
            for side, size in (("top", 50), ("left", 100), ("bottom", 50), ("right", 40))
        ],
    )
    properties = [
        element("tblW", w=sum(widths), type="dxa"),
        borders,
        element("tblLayout", type="fixed"),
        margins,
        element("tblLook", firstRow=int(heads > 0), firstColumn=0, noHBand=1, noVBand=1),
    ]
    grid = holding("tblGrid", [element("gridCol", w=width) for width in widths])
    return holding("tbl", [holding("tblPr", properties), grid])


def _row(cells: Sequence[Any], *, is_head: bool) -> Any:
    length = sum(len(t.text or "") for cell in cells for t in cell.iter(qn("w:t")))
    properties = [element("cantSplit")] if length < _SHORT_ROW else []
    properties += [element("tblHeader")] if is_head else []
    return holding("tr", [holding("trPr", properties), *cells])


def _cell(content: Cell, width: int, marks: Sequence[Any], tint: str = "") -> Any:
    properties = [element("tcW", w=width, type="dxa")]
    properties += [deepcopy(mark) for mark in marks]
    properties += [element("shd", val="clear", color="auto", fill=tint)] if tint else []
    return holding("tc", [holding("tcPr", properties), *content])
