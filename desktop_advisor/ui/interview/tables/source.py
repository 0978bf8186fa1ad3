"""What a table needs of an interview, and its columns as the pasting understands them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from desktop_advisor.domain.cell_values import CellKind, Choice
from desktop_advisor.domain.column_matching import Target
from desktop_advisor.usecases.question_views import (
    ColumnView,
    Kind,
    Option,
    QuestionView,
    TableView,
)

CELL_KINDS = {
    Kind.LEVEL: CellKind.CHOICE,
    Kind.CHOICE: CellKind.CHOICE,
    Kind.CHOICES: CellKind.CHOICES,
    Kind.INTEGER: CellKind.WHOLE,
    Kind.DECIMAL: CellKind.DECIMAL,
    Kind.RANGE: CellKind.DECIMAL,
    Kind.TEXT: CellKind.WORDS,
    Kind.LONG_TEXT: CellKind.WORDS,
    Kind.DATE: CellKind.DAY,
}
"""Kinds that can be typed or pasted into a cell; the others are answered in the row's form."""
IN_CELL = frozenset(CELL_KINDS) - {Kind.CHOICES, Kind.LONG_TEXT, Kind.RANGE}
"""Kinds that have an editor right in the table."""
NOT_SHOWN = frozenset({Kind.OTHER, Kind.NOTE, Kind.TABLE, Kind.FILE})
"""Kinds that no cell and no row form can show."""
STATE_WORDS = {"na": "nicht zutreffend", "dk": "weiß nicht", "kv": "keine Angabe"}
"""Answer states in a cell, in the terms of domain §11."""


class TableSource(Protocol):
    """The part of an interview that a table works with; see `usecases.interview.Interview`."""

    def table(self, key: str) -> TableView:
        """The table with its rows."""

    def question(self, key: str) -> QuestionView:
        """One cell as a question."""

    def add_row(self, table: str) -> str:
        """An empty last row; its key."""

    def remove_row(self, row_key: str) -> None:
        """Take a row away."""

    def fill_rows(self, table: str, rows: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
        """New rows of column name → form value, as one edit."""

    def answer(self, key: str, form_value: str, reason: str = "") -> object:
        """Record and commit one cell."""

    def undo(self) -> str | None:
        """Take back the last edit."""


def kind_of(column: ColumnView) -> CellKind:
    """How the cells of a column are read and shown."""
    return CELL_KINDS.get(column.kind, CellKind.WORDS)


def choices_of(options: Sequence[Option]) -> tuple[Choice, ...]:
    """The options as what a pasted text is compared with."""
    return tuple(Choice(option.value, option.text) for option in options)


def target_of(column: ColumnView) -> Target:
    """A column as pasting sees it."""
    options = choices_of(column.options)
    return Target(column.name, column.label, kind_of(column), options, column.hint)


def targets_of(view: TableView) -> tuple[Target, ...]:
    """The columns that a paste may fill."""
    return tuple(
        target_of(column)
        for column in view.columns
        if column.kind in CELL_KINDS and not column.is_readonly
    )
