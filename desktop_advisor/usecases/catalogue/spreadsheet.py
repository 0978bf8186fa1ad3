"""The catalogue as .xlsx: heading and explanation fixed in sight, lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from desktop_advisor.questionnaire.authoring.sheets import Sheet, column_letter
from desktop_advisor.usecases.catalogue.columns import OFFER_COLUMNS, OFFERS, RATE_COLUMNS, Kind

_WIDE = ("Titel", "Kurztext", "Voraussetzungen", "Höhe", "Anmerkung", "Kumulierung", "Zu klären")
_LAST_ROW = 3000
"""Down to where a cell offers its list: beyond the most offers a catalogue may have."""


def render(sheets: Sequence[Sheet]) -> bytes:
    """The file; every cell is stored as text, so that "=1" stays what it says."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(title=sheet.name)
        page.freeze_panes = "B3"
        for index, header in enumerate(sheet.headers):
            page.column_dimensions[column_letter(index)].width = 48 if _is_wide(header) else 18
        for validation in _choices(sheet):
            page.data_validations.append(validation)
        for number, row in enumerate(sheet.cells, start=1):
            page.append([_cell(page, text, number) for text in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _is_wide(header: str) -> bool:
    return header.startswith(_WIDE)


def _choices(sheet: Sheet) -> list[DataValidation]:
    """Lists for the columns whose words are fixed."""
    made = []
    columns = OFFER_COLUMNS if sheet.name == OFFERS else RATE_COLUMNS
    for index, column in enumerate(columns):
        words = [word for word in column.words.values() if word]
        if column.kind in {Kind.YES, Kind.YES_NO}:
            words = ["ja", "nein"]
        if column.kind is Kind.WORDS or not words:
            continue
        choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
        letter = column_letter(index)
        choice.add(f"{letter}3:{letter}{_LAST_ROW}")
        made.append(choice)
    return made


def _cell(page: Any, text: str, row: int) -> Any:
    if not text:
        return None
    cell = WriteOnlyCell(page, value=text)
    cell.data_type = "s"  # else "=1" becomes a formula and "#N/A" an error
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if row == 1:
        cell.font = Font(bold=True)
    elif row == 2:
        cell.font = Font(italic=True, color="666666")
    return cell
