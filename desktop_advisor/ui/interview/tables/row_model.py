"""The rows of a table as Qt shows them, with what was typed and could not be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_advisor.domain.cell_values import NUMBERS, NotUnderstood, form_value, shown
from desktop_advisor.ui.interview.tables.source import (
    IN_CELL,
    NOT_SHOWN,
    STATE_WORDS,
    choices_of,
    kind_of,
)
from desktop_advisor.usecases.question_views import CellView, ColumnView, RowView, TableView

Index = QModelIndex | QPersistentModelIndex
Commit = Callable[[str, str], bool]
"""Takes a cell's key and form value; whether it was saved."""
ROOT = QModelIndex()
ACTIONS = 2
"""Columns behind those of the table: open the row's form, take the row away."""
_EMPTY = TableView("", "", "", (), (), can_change_rows=False)


@dataclass(frozen=True)
class Draft:
    """What was typed into a cell and not taken. problem: why; "" where saving failed."""

    text: str
    problem: str


@dataclass(frozen=True)
class Problem:
    """One cell that does not fit. row: from 1."""

    row: int
    row_key: str
    column: ColumnView
    sentence: str


class RowModel(QAbstractTableModel):
    """One Qt column per column of the table, whether it is visible or not, then the actions.

    Signals:
        edited: a cell was saved, the table is to be read anew.
    """

    edited = Signal()

    def __init__(self, commit: Commit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commit = commit
        self.view = _EMPTY
        self.columns: tuple[ColumnView, ...] = ()
        self._places: tuple[int, ...] = ()
        self._drafts: dict[str, Draft] = {}

    def show_view(self, view: TableView) -> None:
        """Another state of the same table, or another table."""
        is_same_shape = self._shape(view) == self._shape(self.view)
        if not is_same_shape:
            self.beginResetModel()
        self.view = view
        self._places = tuple(
            n for n, column in enumerate(view.columns) if column.kind not in NOT_SHOWN
        )
        self.columns = tuple(view.columns[n] for n in self._places)
        keys = {cell.key for row in view.rows for cell in row.cells}
        self._drafts = {key: draft for key, draft in self._drafts.items() if key in keys}
        if not is_same_shape:
            self.endResetModel()
        elif view.rows and self.columns:
            last = self.index(len(view.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @staticmethod
    def _shape(view: TableView) -> tuple[object, ...]:
        return view.name, view.columns, tuple(row.key for row in view.rows)

    # -- Qt ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.view.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or not self.columns else len(self.columns) + ACTIONS

    @property
    def open_column(self) -> int:
        """The column that opens the row's form."""
        return len(self.columns)

    @property
    def remove_column(self) -> int:
        """The column that takes the row away."""
        return len(self.columns) + 1

    def is_action(self, index: Index) -> bool:
        """Whether the cell is a button."""
        return index.column() >= len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.label + ("\u00a0*" if column.is_required else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column) | Qt.TextFlag.TextWordWrap
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_editable(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if self.is_action(index):
            return self._action_data(index, role)
        column = self.columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            said: Any = self.text(index)
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            said = _alignment(column) | Qt.AlignmentFlag.AlignVCenter
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{self.name(index)}: {self.text(index)}".rstrip(": ")
        elif role == Qt.ItemDataRole.AccessibleDescriptionRole:
            said = self.problem(index) or column.hint
        elif role == Qt.ItemDataRole.ToolTipRole:
            said = self.problem(index) or self.text(index)
        else:
            said = None
        return said

    def _action_data(self, index: Index, role: int) -> Any:
        if role not in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        row = index.row() + 1
        if index.column() == self.open_column:
            return self.tr("Zeile {0} bearbeiten").format(row)
        return self.tr("Zeile {0} entfernen").format(row)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.is_editable(index):
            return False
        text = str(value)
        cell = self.cell(index)
        if text == self.text(index) or (text == cell.value and cell.key not in self._drafts):
            return False
        self.take_text(index, text)
        return True

    # -- cells -------------------------------------------------------------------------------

    def cell(self, index: Index) -> CellView:
        """The cell behind an index."""
        return self.view.rows[index.row()].cells[self._places[index.column()]]

    def column(self, index: Index) -> ColumnView:
        """The column of an index."""
        return self.columns[index.column()]

    def row_at(self, number: int) -> RowView:
        """A row, from 0."""
        return self.view.rows[number]

    def name(self, index: Index) -> str:
        """ "Umsatzanteil, Zeile 2"."""
        column = self.columns[index.column()].label
        return self.tr("{0}, Zeile {1}").format(column, index.row() + 1)

    def is_editable(self, index: Index) -> bool:
        """Whether the cell has an editor in the table."""
        if not index.isValid() or self.is_action(index):
            return False
        cell = self.cell(index)
        return cell.is_asked and not cell.is_readonly and self.column(index).kind in IN_CELL

    def text(self, index: Index) -> str:
        """What stands in the cell, in German."""
        cell = self.cell(index)
        draft = self._drafts.get(cell.key)
        if draft is not None:
            return draft.text
        if cell.value in STATE_WORDS and cell.value not in {o.value for o in cell.options}:
            return STATE_WORDS[cell.value]
        return shown(kind_of(self.column(index)), cell.value, choices_of(cell.options))

    def problem(self, index: Index) -> str:
        """Why the content does not fit, "" when it does."""
        cell = self.cell(index)
        draft = self._drafts.get(cell.key)
        return draft.problem if draft is not None else cell.problem

    def problems(self) -> list[Problem]:
        """All cells that do not fit, row by row."""
        return [
            Problem(row + 1, self.view.rows[row].key, self.columns[column], sentence)
            for row in range(self.rowCount())
            for column in range(len(self.columns))
            if (sentence := self.problem(self.index(row, column)))
        ]

    def has_drafts(self) -> bool:
        """Whether anything was typed that is not saved."""
        return bool(self._drafts)

    def take_text(self, index: Index, text: str) -> None:
        """Save what was typed; keep it in the cell with the reason where that does not work."""
        cell, column = self.cell(index), self.column(index)
        try:
            today = date.today()  # noqa: DTZ011  the advisor's own calendar
            value = form_value(kind_of(column), text, choices_of(cell.options), today)
        except NotUnderstood as reason:
            self._drafts[cell.key] = Draft(text, str(reason))
            self.edited.emit()
            return
        self.take_value(cell.key, value, text)

    def take_value(self, key: str, value: str, text: str) -> None:
        """Save a form value. text: what stays in the cell where that fails."""
        self._drafts.pop(key, None)
        if not self._commit(key, value):
            self._drafts[key] = Draft(text, self.tr("Noch nicht gespeichert."))
        self.edited.emit()


def _alignment(column: ColumnView) -> Qt.AlignmentFlag:
    is_number = kind_of(column) in NUMBERS
    return Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
