"""Tables: regular, and every cell of data has a header (ISO 14289-1, 7.2 and 7.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf


def table_faults(table: Any, kids_of: Callable[[Any], list[Any]]) -> Iterator[str]:
    """What is wrong with the grid of cells."""
    rows = [
        [cell for cell in kids_of(row) if isinstance(cell, pikepdf.Dictionary) and "/S" in cell]
        for row in kids_of(table)
        if isinstance(row, pikepdf.Dictionary) and row.get("/S") == "/TR"
    ]
    grid: dict[tuple[int, int], Any] = {}
    for number, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (number, column) in grid:
                column += 1
            for down in range(_span(cell, "/RowSpan")):
                for right in range(_span(cell, "/ColSpan")):
                    if (number + down, column + right) in grid:
                        yield "UA 7.2: cells overlap"
                    grid[number + down, column + right] = cell
    columns = max((column for _, column in grid), default=-1) + 1
    if len(grid) != len(rows) * columns:
        yield f"UA 7.2: table of {len(rows)} rows is not regular"
    for (row, column), cell in grid.items():
        if cell.S == "/TD" and not _has_header(grid, row, column):
            yield "UA 7.5: cell without header"


def _span(cell: Any, key: str) -> int:
    held = cell.get("/A", pikepdf.Dictionary())
    return int(held.get(key, 1)) if isinstance(held, pikepdf.Dictionary) else 1


def _has_header(grid: dict[tuple[int, int], Any], row: int, column: int) -> bool:
    above = (grid[r, c] for r, c in grid if c == column and r < row)
    beside = (grid[r, c] for r, c in grid if r == row)
    return any(_heads(c, "/Column") for c in above) or any(_heads(c, "/Row") for c in beside)


def _heads(cell: Any, scope: str) -> bool:
    return cell.S == "/TH" and cell.get("/A", pikepdf.Dictionary()).get("/Scope") == scope
