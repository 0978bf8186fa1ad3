"""The funder's indicators as files: a workbook with a sheet per table, or one list as CSV.

Texts are stored as texts: "=1+1" stays what it says in either file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from desktop_advisor.domain.german import figure, short_date
from desktop_advisor.report.indicator_model import TITLE, Figure, IndicatorReport, IndicatorTable

COVER = "Deckblatt"
_WIDE, _NARROW = 52, 18
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet would compute; OWASP, CSV injection."""


def indicator_workbook(report: IndicatorReport) -> bytes:
    """The .xlsx: a cover with period, network, Stand and method, then a sheet per table."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Desktop Advisor"
    book.properties.title = TITLE
    cover = book.create_sheet(title=COVER)
    cover.column_dimensions["A"].width = 24
    cover.column_dimensions["B"].width = 110
    for label, words in cover_lines(report):
        cover.append([_text(cover, label, bold=True), _text(cover, words)])
    for table in report.tables:
        _add_sheet(book, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def indicator_csv(report: IndicatorReport) -> bytes:
    """One list: table, row, figure, value; UTF-8 with mark, semicolons, decimal comma."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Tabelle", "Merkmal", "Kennzahl", "Wert"))
    for label, words in cover_lines(report):
        writer.writerow((COVER, harmless(label), "", harmless(words)))
    for table in report.tables:
        for row in table.rows:
            for column, value in zip(table.columns, row.figures, strict=True):
                cells = (table.title, row.label, column)
                writer.writerow((*(harmless(cell) for cell in cells), _plain(value)))
        if table.note:
            writer.writerow((harmless(table.title), "Anmerkung", "", harmless(table.note)))
    return out.getvalue().encode("utf-8-sig")


def cover_lines(report: IndicatorReport) -> Iterator[tuple[str, str]]:
    """What the cover says, label and words."""
    yield TITLE, ""
    yield "Netzwerk", report.network
    yield "Zeitraum", f"{short_date(report.first)} bis {short_date(report.last)}"
    yield "Stand", short_date(report.as_of)
    yield "Einwilligungen", report.without_consent
    for number, sentence in enumerate(report.method):
        yield "" if number else "Methode", sentence


def harmless(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _plain(value: Figure) -> str:
    return figure(value).replace(".", "")


def _add_sheet(book: Any, table: IndicatorTable) -> None:
    page = book.create_sheet(title=table.key[:31])
    page.freeze_panes = "B2"
    page.column_dimensions["A"].width = _WIDE
    for index in range(len(table.columns)):
        page.column_dimensions[chr(ord("B") + index)].width = _NARROW
    head = (table.title, *table.columns)
    page.append([_text(page, words, bold=True) for words in head])
    for row in table.rows:
        page.append([_text(page, row.label), *row.figures])
    if table.note:
        page.append([_text(page, table.note)])


def _text(page: Any, words: str, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(page, value=_printable(words))
    cell.data_type = "s"  # else "=1" becomes a formula and "#N/A" an error
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _printable(words: str) -> str:
    """XML carries no control characters; openpyxl would refuse them."""
    return "".join(c for c in words if c in "\n\t" or ord(c) >= 0x20)
