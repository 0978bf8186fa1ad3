"""The tables as a workbook and as CSV; text is text, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sync.server.indicators.tables import Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEADS = ("Zeile", "Unternehmen", "Mittelwert (0–5)")
_WIDTHS = (52, 16, 18)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet reading CSV might compute."""
Day = Callable[[int | None], str]
"""Milliseconds → the day in words."""


def workbook(tables: Sequence[Table], network: str, method: Sequence[str], day: Day) -> bytes:
    """A sheet for each table, and first one that says what the numbers are."""
    from openpyxl import Workbook  # 12 MB of memory, for what is asked for a few times a year
    from openpyxl.styles import Font

    book = Workbook()
    first = book.active or book.create_sheet()
    first.title = "Hinweise"
    for line in (network, *method):
        _append(first, [line])
    first.column_dimensions["A"].width = 120
    for number, table in enumerate(tables, start=1):
        sheet = book.create_sheet(f"{number} {table.key}")
        _append(sheet, [table.title])
        _append(sheet, [f"Stand: {day(table.as_of_ms)}"])
        _append(sheet, HEADS if table.is_measured else HEADS[:2])
        for row in table.rows:
            _append(sheet, [row.label, row.n, *([row.mean] if row.mean is not None else [])])
        if table.total is not None:
            _append(sheet, ["Summe der gezeigten Zeilen", table.total])
        for column, width in zip("ABC", _WIDTHS, strict=True):
            sheet.column_dimensions[column].width = width
        for cell in (sheet["A1"], *sheet[3]):
            cell.font = Font(bold=True)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_csv(tables: Sequence[Table], day: Day) -> bytes:
    """All tables below each other; UTF-8 with a mark, semicolons, as spreadsheets here expect."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Tabelle", *HEADS, "Stand"])
    for table in tables:
        for row in table.rows:
            mean = "" if row.mean is None else str(row.mean).replace(".", ",")
            cells = [table.title, row.label, str(row.n), mean, day(table.as_of_ms)]
            writer.writerow([_plain(cell) for cell in cells])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _append(sheet: Worksheet, values: Sequence[str | int | Decimal]) -> None:
    sheet.append(list(values))
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"  # openpyxl takes "=…" for a formula


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
