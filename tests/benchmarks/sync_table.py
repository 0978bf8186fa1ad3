"""One table of everything the sync benchmark measures: ours, the peers beside it, what to reach."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

OURS = "ours"


@dataclass(frozen=True)
class Row:
    """cells: engine → what was measured. reached: how far ours is from `aim`, "" without one."""

    what: str
    cells: dict[str, str]
    aim: str = ""
    reached: str = ""
    is_reached: bool | None = None


@dataclass
class Table:
    """Rows in the order they were measured, and what was left out and why."""

    engines: Sequence[str]
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, **more: object) -> None:
        """Only figures, nothing to reach; underscores in the names stand for spaces."""
        cells = {name.replace("_", " "): str(cell) for name, cell in more.items()}
        self.append(Row(what, cells))

    def append(self, row: Row) -> None:
        """One more, said at once: the whole takes minutes."""
        self.rows.append(row)
        shown = "  ".join(f"{name} {cell}" for name, cell in row.cells.items())
        sys.stderr.write(f"· {row.what}: {shown}  {row.reached}\n")

    def note(self, text: str) -> None:
        """What was left out, or what must be known to read the figures."""
        self.notes.append(text)
        sys.stderr.write(f"· {text}\n")

    def text(self) -> str:
        """The table as lines of equal columns."""
        heads = ["", OURS, *self.engines, "to reach", "reached", ""]
        lines = [heads, *(self._cells(row) for row in self.rows)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        shown = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        ]
        return "\n".join([*shown, *self.notes]) + "\n"

    def _cells(self, row: Row) -> list[str]:
        verdict = {None: "", True: "yes", False: "NO"}[row.is_reached]
        measured = [row.cells.get(name, "–") for name in (OURS, *self.engines)]
        return [row.what, *measured, row.aim, row.reached, verdict]


def at_least(what: str, cells: dict[str, str], ratio: float | None, aim: float, of: str) -> Row:
    """A row that is reached when ours is `aim` times the other; None: the other is missing."""
    if ratio is None:
        return Row(what, cells, f"≥ {aim:g} × {of}", "not measured")
    return Row(what, cells, f"≥ {aim:g} × {of}", f"{ratio:.2f} ×", ratio >= aim)


def at_most(what: str, cells: dict[str, str], found: float, aim: float, unit: str) -> Row:
    """A row that is reached when a figure of ours is not above `aim`."""
    return Row(what, cells, f"≤ {aim:g} {unit}", f"{found:.3g} {unit}", found <= aim)
