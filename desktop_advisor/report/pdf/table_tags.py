"""Tags of tables: rows and cells keep their identity over all pages they are split into.

ReportLab calls them while it draws a table and hands them on to the parts of a split one. A cell
is recognised by the name of its style, "(row, column)" in the unsplit table.
"""

from __future__ import annotations

from typing import Any

from desktop_advisor.report.pdf.structure import Node, Tree
from desktop_advisor.report.pdf.tagged_canvas import TaggedCanvas

_REPEATED = "/Type /Pagination"
_SCOPES = {"column": "/O /Table /Scope /Column", "row": "/O /Table /Scope /Row"}
Place = tuple[int, int]


class _Cells:
    """What both kinds of tables share: the node of each cell, made at first sight."""

    def __init__(self) -> None:
        self._tree: Tree | None = None
        self._nodes: dict[Place, Node] = {}
        self._is_tagging = False

    def __call__(self, table: Any, command: str, *args: Any) -> None:
        """What ReportLab is about to draw."""
        canvas = table.canv
        if command == "startTable":
            self._is_tagging = isinstance(canvas, TaggedCanvas) and not canvas.is_silent
            if self._is_tagging and self._tree is not canvas.tree:
                self._tree, self._nodes = canvas.tree, {}
                self.start(canvas)
        elif not self._is_tagging:
            return
        elif command == "startCell":
            canvas.tree.enter(self.cell(canvas, _place(args[3])))
        elif command == "endCell":
            canvas.tree.leave()
        elif command == "startRow":
            self.start_row(table, args[0])
        elif command == "endRow":
            self.end_row(canvas)

    def start(self, canvas: TaggedCanvas) -> None:
        """Before the first cell of the first part."""

    def start_row(self, table: Any, number: int) -> None:
        """Before a row; number: within the part."""

    def end_row(self, canvas: TaggedCanvas) -> None:
        """After a row."""

    def cell(self, canvas: TaggedCanvas, place: Place) -> Node:
        """The node of a cell."""
        raise NotImplementedError


class LayoutTags(_Cells):
    """Things side by side are no table: each cell is read to its end, from left to right."""

    def cell(self, canvas: TaggedCanvas, place: Place) -> Node:
        """A group, so that a cell that goes over two pages is read in one piece."""
        if place not in self._nodes:
            self._nodes[place] = canvas.tree.here.add("Div")
        return self._nodes[place]


class TableTags(_Cells):
    """A table with headers. column_headers: whether its first row names the columns.

    row_headers: the column that names the rows, None where none does.
    """

    def __init__(self, *, column_headers: bool, row_headers: int | None) -> None:
        super().__init__()
        self._column_headers = column_headers
        self._row_headers = row_headers
        self._table = Node("Table")
        self._rows: dict[int, Node] = {}
        self._is_repeated = False

    def start(self, canvas: TaggedCanvas) -> None:
        """The table, without rows yet."""
        self._table, self._rows = canvas.tree.here.add("Table"), {}

    def start_row(self, table: Any, number: int) -> None:
        """The row; a header that stands on a former page already is no content."""
        canvas, row = table.canv, _place(table._cellStyles[number][0])[0]
        self._is_repeated = row in self._rows and number < table.repeatRows
        if self._is_repeated:
            canvas.begin_artifact(_REPEATED)
        elif row not in self._rows:
            self._rows[row] = self._table.add("TR")

    def end_row(self, canvas: TaggedCanvas) -> None:
        """The end of a repeated header."""
        if self._is_repeated:
            canvas.end_artifact()
            self._is_repeated = False

    def cell(self, canvas: TaggedCanvas, place: Place) -> Node:
        """Header or data; a cell that goes over two pages is one."""
        if place not in self._nodes:
            row, column = place
            if row == 0 and self._column_headers:
                scope = _SCOPES["column"]
            else:
                scope = _SCOPES["row"] if column == self._row_headers else ""
            self._nodes[place] = self._rows[row].add("TH" if scope else "TD", attributes=scope)
        return self._nodes[place]


def _place(style: Any) -> Place:
    row, column = style.name[1:-1].split(",")
    return int(row), int(column)
