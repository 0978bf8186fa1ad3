"""A questionnaire workbook as plain sheets whose every cell knows where it stands.

Row 1 of a sheet is its header in every notation; column A is the first column of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_advisor.domain.errors import KnownError

HEADER_ROW = 1
FIRST_ROW = 2


class BrokenWorkbook(KnownError):
    """A workbook cannot be read or compiled.

    Attributes: sheet, row: where, as far as it is known; "" and 0 otherwise.
    """

    def __init__(self, what: str, *, todo: str = "", sheet: str = "", row: int = 0) -> None:
        super().__init__(
            what, safe="Die bisherigen Fragebögen bleiben unverändert in Gebrauch.", todo=todo
        )
        self.sheet = sheet
        self.row = row


@dataclass(frozen=True)
class Sheet:
    """One table.

    cells: the rows from row 1 on, as written, "" when empty; only what is read from them
    (`headers`, `rows`) is stripped. Trailing empty cells and rows are cut off. lines: line in the
    `.md` file per row; empty for `.xlsx`.
    """

    name: str
    cells: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row; "" where a column has none."""
        return tuple(cell.strip() for cell in self.cells[0]) if self.cells else ()

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Row number and filled cells by header, stripped, blank rows left out."""
        headers = self.headers
        for number, cells in enumerate(self.cells[1:], start=FIRST_ROW):
            pairs = zip(headers, cells, strict=False)
            filled = {header: cell.strip() for header, cell in pairs if header and cell.strip()}
            if filled:
                yield number, filled

    def letter(self, index: int) -> str:
        """Letter of a column by its index from 0; A for a column the sheet does not have."""
        return column_letter(max(0, index))

    def line(self, row: int) -> int:
        """Line of a row in the `.md` file, 0 for `.xlsx`."""
        return self.lines[row - 1] if 0 < row <= len(self.lines) else 0


@dataclass(frozen=True)
class Workbook:
    """All sheets in their order; the name of a sheet is found whatever its case."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """The sheet with this name, an empty one when the workbook has none."""
        for sheet in self.sheets:
            if sheet.name.lower() == name:
                return sheet
        return Sheet(name, ())


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def make_sheet(name: str, rows: Iterable[Iterable[str]], lines: Iterable[int] = ()) -> Sheet:
    """A sheet from raw cells: line ends unified, trailing emptiness cut off."""
    cells = [_trimmed(clean_cell(cell, name, n) for cell in row) for n, row in enumerate(rows, 1)]
    while cells and not cells[-1]:
        cells.pop()
    return Sheet(name, tuple(cells), tuple(lines)[: len(cells)])


def clean_cell(text: str, sheet: str, row: int) -> str:
    """The cell's text with `\\n` line ends.

    Raises:
        BrokenWorkbook: it holds a control character, which no XForm can carry (XML 1.0 §2.2).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any((c < " " and c not in "\t\n") or c in "\x7f\ufffe\uffff" for c in text):
        raise BrokenWorkbook(
            f"Blatt „{sheet}“, Zeile {row}: Eine Zelle enthält ein unsichtbares Steuerzeichen.",
            todo="Tippen Sie den Text der Zelle neu.",
            sheet=sheet,
            row=row,
        )
    return text


def _trimmed(cells: Iterable[str]) -> tuple[str, ...]:
    row = list(cells)
    while row and not row[-1]:
        row.pop()
    return tuple(row)
