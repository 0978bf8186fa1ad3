"""What one types into for a cell, in the table and in the row's form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.domain.cell_values import NUMBERS, CellKind
from desktop_advisor.ui.interview.tables.source import kind_of
from desktop_advisor.ui.widgets import ChoiceBox, DateEdit
from desktop_advisor.usecases.question_views import CellView, ColumnView

Editor = ChoiceBox | QLineEdit
NOTHING = "—"


def make_editor(
    column: ColumnView, cell: CellView, parent: QWidget | None, *, in_form: bool
) -> Editor:
    """A list for choices, else a line. in_form: not within the table; a date may be picked."""
    kind = kind_of(column)
    if kind is CellKind.CHOICE:
        box = ChoiceBox((("", NOTHING), *((o.value, o.text) for o in cell.options)), parent)
        box.setMinimumContentsLength(4)
        return box
    line = DateEdit(parent) if kind is CellKind.DAY and in_form else QLineEdit(parent)
    if kind is CellKind.DAY:
        line.setPlaceholderText(line.tr("TT.MM.JJJJ"))
    if kind in NUMBERS:
        if not in_form:
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
    return line


def put_text(editor: QWidget, cell: CellView, text: str) -> None:
    """Show a cell's text without saying so."""
    editor.blockSignals(True)
    if isinstance(editor, ChoiceBox):
        editor.set_value(cell.value)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    editor.blockSignals(False)


def text_of(editor: QWidget) -> str:
    """What stands there now: the words of a choice, not its key."""
    if isinstance(editor, ChoiceBox):
        return "" if not editor.value() else editor.value()
    return editor.text() if isinstance(editor, QLineEdit) else ""
