"""Workbooks as XLSX, what content editors work in; every cell is text in both directions."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

from openpyxl import Workbook as XlsxWorkbook
from openpyxl import load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from desktop_advisor.questionnaire.authoring.bounds import (
    COLUMNS,
    ROWS,
    CellBudget,
    check_archive,
    too_large,
)
from desktop_advisor.questionnaire.authoring.sheets import (
    BrokenWorkbook,
    Sheet,
    Workbook,
    column_letter,
    make_sheet,
)

_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_ZEROS = re.compile(r"0{2,}")
_LONGEST_TITLE = 31
_LONGEST_CELL = 32_767
"""Both are Excel's own limits (ECMA-376; "Excel specifications and limits")."""
_WIDE = ("label", "hint", "title", "text", "steps", "relevant", "weight_reason", "constraint")


def parse(content: bytes, name: str) -> Workbook:
    """The sheets of an XLSX file; formulas count as the value Excel stored beside them.

    Raises:
        BrokenWorkbook: out of bounds, or no XLSX.
    """
    check_archive(content, name)
    budget = CellBudget(name)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [_read_sheet(page, name, budget) for page in book.worksheets]
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise BrokenWorkbook(
            f"„{name}“ ist beschädigt oder keine .xlsx-Datei.",
            todo="Öffnen Sie die Datei in Excel und speichern Sie sie neu.",
        ) from error
    return Workbook(tuple(sheets))


def _read_sheet(page: Any, name: str, budget: CellBudget) -> Sheet:
    page.reset_dimensions()  # a wrong dimension record would cut off rows
    rows: list[list[str]] = []
    for row in page.iter_rows():
        budget.spend(len(row))
        if len(row) > COLUMNS and any(cell.value is not None for cell in row[COLUMNS:]):
            raise too_large(name, f"Das Blatt „{page.title}“ hat mehr als {COLUMNS} Spalten")
        rows.append([_as_shown(cell) for cell in row[:COLUMNS]])
        if len(rows) > ROWS:
            raise too_large(name, f"Das Blatt „{page.title}“ hat mehr als {ROWS} Zeilen")
    return make_sheet(page.title, rows)


def _as_shown(cell: Any) -> str:
    """The cell's text; a whole number keeps the leading zeros its format shows ("007")."""
    text = _as_text(cell.value)
    if text.isdigit() and not isinstance(cell.value, str) and _ZEROS.fullmatch(cell.number_format):
        return text.zfill(len(cell.number_format))
    return text


def _as_text(value: object) -> str:
    """Excel's value as pyxform reads it (`xlsx_value_to_str`): 3.0 → 3, True → TRUE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return str(value.date())
    return str(value)


def render(workbook: Workbook) -> bytes:
    """The XLSX file: header bold and fixed, long columns wide, every cell stored as text.

    Raises:
        BrokenWorkbook: a sheet name or a cell exceeds what Excel allows.
    """
    book = XlsxWorkbook(write_only=True)
    titles: set[str] = set()
    for sheet in workbook.sheets:
        _check_title(sheet.name, titles)
        page = book.create_sheet(title=sheet.name)
        page.freeze_panes = "A2"
        for index, header in enumerate(sheet.headers):
            wide = header.startswith(_WIDE)
            page.column_dimensions[column_letter(index)].width = 48 if wide else 18
        for number, row in enumerate(sheet.cells, start=1):
            page.append([_cell(page, text, sheet.name, number) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _check_title(title: str, seen: set[str]) -> None:
    broken = (
        not title
        or len(title) > _LONGEST_TITLE
        or _FORBIDDEN_IN_TITLE.search(title)
        or title.startswith("'")
        or title.endswith("'")
        or title.lower() in seen
    )
    if broken:
        raise BrokenWorkbook(
            f"Excel erlaubt den Blattnamen „{title}“ nicht.",
            todo=f"Höchstens {_LONGEST_TITLE} Zeichen, keines von [ ] : * ? / \\ und kein Name "
            "doppelt.",
            sheet=title,
        )
    seen.add(title.lower())


def _cell(page: Any, text: str, sheet: str, row: int) -> Any:
    if not text:
        return None
    if len(text) > _LONGEST_CELL:
        raise BrokenWorkbook(
            f"Blatt „{sheet}“, Zeile {row}: Eine Zelle ist länger, als Excel erlaubt.",
            todo=f"Höchstens {_LONGEST_CELL} Zeichen.",
            sheet=sheet,
            row=row,
        )
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"  # else "=1" becomes a formula and "#N/A" an error
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if row == 1:
        cell.font = Font(bold=True)
    return cell
