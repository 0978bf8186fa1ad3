"""Sheets of a workbook from plain values: nothing in them can ever be computed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from desktop_advisor.domain.language import say
from desktop_advisor.report.exports.xml_words import carried

Value = str | int | Decimal | date | None
"""What a cell holds; None and "" leave it empty."""
DAY = "DD.MM.YYYY"
MOST_CHARACTERS = 32_767
"""What a cell of a spreadsheet can hold (Excel's specification of limits)."""
_LINE, _TALLEST, _INDENT = 15.0, 409.0, 1
"""Points of a line and of the tallest row there can be; characters a cell loses at its edges."""
_CUT = " … (gekürzt; vollständig im PDF)"


@dataclass(frozen=True)
class Column:
    """width: in characters. form: number format where it is not plain text."""

    title: str
    width: int = 16
    form: str = "General"


@dataclass(frozen=True)
class Sheet:
    """One table with a head."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Colours:
    """Of head and line: "RRGGBB"."""

    main: str
    tint: str


def workbook(sheets: Sequence[Sheet], *, title: str, author: str, colours: Colours) -> bytes:
    """The .xlsx; heads stay in sight and can be filtered."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, author
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, colours)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet, colours: Colours) -> None:
    look = _Look(colours)
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        look.head(_put(page.cell(1, number), column.title))
    for down, row in enumerate(sheet.rows, start=2):
        for across, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
            look.body(_put(page.cell(down, across), value), column)
        page.row_dimensions[down].height = _height(row, sheet.columns)
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{last}{max(2, len(sheet.rows) + 1)}"
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float:
    """Points for the longest text of a row; not every program measures it on opening."""
    lines = [
        sum(max(1, ceil(len(line) / (column.width - _INDENT))) for line in value.split("\n"))
        for value, column in zip(row, columns, strict=True)
        if isinstance(value, str)
    ]
    return min(_LINE * max([1, *lines]) + 2, _TALLEST)


def _put(cell: Cell, value: Value) -> Cell:
    """Numbers and days as such; words as words, whatever they begin with."""
    if isinstance(value, str) and value:
        cell.value = _fitting(carried(value))
        cell.data_type = "s"  # else "=1" becomes a formula and "#N/A" an error
        cell.number_format = "@"
        cell.quotePrefix = True  # keeps them words when somebody edits the cell
    elif value is not None and value != "":
        cell.value = value
    return cell


def _fitting(words: str) -> str:
    """At most what a cell can hold, counted as the file does, in UTF-16."""
    if len(words.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
        return words
    room = (MOST_CHARACTERS - len(say(_CUT))) * 2
    return words.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + say(_CUT)


class _Look:
    """The few styles of a sheet, made once."""

    def __init__(self, colours: Colours) -> None:
        self._bold = Font("Calibri", 11, bold=True, color=colours.main)
        self._tint = PatternFill("solid", fgColor=colours.tint)
        self._under = Border(bottom=Side("medium", color=colours.main))
        self._hair = Border(bottom=Side("hair", color="CCD4DB"))
        self._top = Alignment(wrap_text=True, vertical="top")
        self._words = Alignment("left", "top", wrap_text=True, indent=1)
        self._bottom = Alignment("left", "bottom", wrap_text=True, indent=1)

    def head(self, cell: Cell) -> None:
        cell.font, cell.fill = self._bold, self._tint
        cell.border, cell.alignment = self._under, self._bottom

    def body(self, cell: Cell, column: Column) -> None:
        is_said = cell.data_type == "s"
        cell.alignment, cell.border = self._words if is_said else self._top, self._hair
        if cell.value is not None and not is_said:
            cell.number_format = DAY if cell.is_date else column.form
