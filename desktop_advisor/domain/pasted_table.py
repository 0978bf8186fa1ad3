"""A table from the clipboard: cells of Excel, or of a CSV file, as plain texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_advisor.domain.cell_values import read_day, read_number
from desktop_advisor.domain.errors import KnownError

MOST_ROWS = 2_000
MOST_COLUMNS = 100
MOST_BYTES = 2_000_000
"""Bounds of what is taken (our choice): far above any product or staff list of a KMU."""
_TODAY = date(2026, 1, 1)
"""Only decides whether a text is a date at all, not which."""


class TooLargeToPaste(KnownError):
    """More than a table of the interview can reasonably hold."""

    def __init__(self, found: str, most: str) -> None:
        super().__init__(
            f"Die Zwischenablage enthält {found}, möglich sind {most}.",
            safe="Die Tabelle bleibt, wie sie ist.",
            todo="Bitte in Excel einen kleineren Bereich markieren und erneut kopieren.",
        )


class NothingToPaste(KnownError):
    """The clipboard holds no text."""

    def __init__(self) -> None:
        super().__init__(
            "In der Zwischenablage liegt keine Tabelle.",
            todo="Bitte in Excel die Zellen markieren, kopieren und hier einfügen.",
        )


@dataclass(frozen=True)
class PastedTable:
    """Cells as texts, every row of the same width.

    heads: of the columns; "" where the table has no header row or that cell is empty.
    first_row: number of the first data row as its owner counts them, from 1.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.heads)

    def column(self, number: int) -> tuple[str, ...]:
        """All cells of a column, from 0."""
        return tuple(row[number] for row in self.rows)

    def title(self, number: int) -> str:
        """What to call a column: its head, else "Spalte 3"."""
        return self.heads[number] or f"Spalte {number + 1}"


def read_pasted(text: str) -> list[tuple[str, ...]]:
    """The cells of a copied range or CSV text, empty rows and empty outer columns left out.

    Raises:
        NothingToPaste: nothing but blanks.
        TooLargeToPaste: more than the bounds above.
    """
    _weigh(text)
    clean = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").replace("\0", "")
    rows = [row for row in _rows(clean, _separator(clean)) if any(row)]
    if not rows:
        raise NothingToPaste
    if len(rows) > MOST_ROWS:
        raise TooLargeToPaste(f"mehr als {MOST_ROWS} Zeilen", f"höchstens {MOST_ROWS}")
    width = max(len(row) for row in rows)
    filled = [number for number in range(width) if any(_at(row, number) for row in rows)]
    used = range(filled[0], filled[-1] + 1)
    if len(used) > MOST_COLUMNS:
        raise TooLargeToPaste(f"{len(used)} Spalten", f"höchstens {MOST_COLUMNS}")
    return [tuple(_at(row, number) for number in used) for row in rows]


def _weigh(text: str) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise TooLargeToPaste("mehr als 2 MB Text", "höchstens 2 MB")


def with_header(cells: Sequence[tuple[str, ...]], *, has_header: bool) -> PastedTable:
    """The cells as a table, the first row as heads or as data."""
    if has_header:
        heads = tuple(" ".join(head.split()) for head in cells[0])
        return PastedTable(heads, tuple(cells[1:]), first_row=2)
    return PastedTable(("",) * len(cells[0]), tuple(cells))


def seems_header(cells: Sequence[tuple[str, ...]]) -> bool:
    """Whether the first row names the columns: only words there, figures or dates below it.

    A table of words only has a header if its first row never recurs in its column (our choice).
    """
    first, others = cells[0], cells[1:]
    if not others or any(_is_figure(cell) for cell in first) or not any(first):
        return False
    if any(_is_figure(cell) for row in others for cell in row):
        return True
    return len(first) > 1 and all(first) and not any(first == row for row in others)


def _is_figure(cell: str) -> bool:
    return bool(cell) and (read_number(cell) is not None or read_day(cell, _TODAY) is not None)


def _at(row: Sequence[str], number: int) -> str:
    return row[number] if number < len(row) else ""


def _separator(text: str) -> str:
    """Tab where there is one, else ";", else "," unless it is a decimal comma; "" for none."""
    if "\t" in text:
        return "\t"
    outside = re.sub(r'"(?:[^"]|"")*"', '""', text)
    lines = [line for line in outside.split("\n") if line.strip()]
    if any(";" in line for line in lines):
        return ";"
    counts = {line.count(",") for line in lines}
    is_even = len(counts) == 1 and 0 not in counts
    if is_even and not all(_is_figure(line) for line in lines):
        return ","
    return ""


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Rows of stripped cells. A quote opens a cell only where a closing one ends it."""
    mark = re.escape(separator) if separator else "(?!)"
    plain = f"[^{mark}\n]*" if separator else "[^\n]*"
    cell = re.compile(rf'"((?:[^"]|"")*)"(?={mark}|\n|$(?![\s\S]))|({plain})')
    at, row = 0, list[str]()
    count = 0
    while at <= len(text):
        found = cell.match(text, at)
        if found is None:
            return
        quoted, bare = found.group(1), found.group(2)
        row.append((quoted.replace('""', '"') if quoted is not None else bare).strip())
        at = found.end() + 1
        if found.end() >= len(text) or text[found.end()] == "\n":
            yield row
            count += any(row)
            row = []
            if count > MOST_ROWS:
                return
