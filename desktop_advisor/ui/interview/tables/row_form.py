"""All fields of one row: for what does not fit into the table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from desktop_advisor.ui.interview.inputs import ANSWERED_HERE, AnswerInput, input_for
from desktop_advisor.ui.interview.tables.cell_editors import Editor, make_editor, put_text, text_of
from desktop_advisor.ui.interview.tables.row_model import RowModel
from desktop_advisor.ui.interview.tables.source import IN_CELL, TableSource
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, L, M, control_height
from desktop_advisor.ui.widgets import (
    ChoiceBox,
    Label,
    SecondaryButton,
    SmallText,
    Strong,
    clear,
    column,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import restyle, show_if

FIELD_WIDTH = 216
MOST_COLUMNS = 3
"""A field narrower than that, at 100 %, would cramp; up to three stand beside each other."""


class CellField(QWidget):
    """One cell with its label, hint and problem.

    Signals:
        settled: its text has changed and is to be saved.
    """

    settled = Signal()

    def __init__(self, model: RowModel, row_number: int, number: int) -> None:
        super().__init__()
        self._model, self._row, self._number = model, row_number, number
        index = model.index(row_number, number)
        self.column, cell = model.column(index), model.cell(index)
        self.editor: Editor = make_editor(self.column, cell, None, in_form=True)
        self.editor.setFixedHeight(control_height(theme().scale))
        self.editor.setAccessibleName(model.name(index))
        self.label = Label(self.column.label + (" *" if self.column.is_required else ""), "label")
        self.label.setWordWrap(True)
        self.label.setBuddy(self.editor)
        self.hint = SmallText(self.column.hint)
        show_if(self.hint, bool(self.column.hint))
        self.error = Label(kind="error", wrap=True)
        self.setLayout(column(self.label, self.editor, self.error, self.hint, gap=XS))
        if isinstance(self.editor, ChoiceBox):
            self.editor.chosen.connect(self._settle)
        else:
            self.editor.editingFinished.connect(self._settle)
        self.refresh()

    def refresh(self) -> None:
        """Show what the model has, unless somebody is typing here."""
        index = self._model.index(self._row, self._number)
        cell, problem = self._model.cell(index), self._model.problem(index)
        is_typing = self.editor.hasFocus() and isinstance(self.editor, QLineEdit)
        if not (is_typing and self.editor.isModified()):  # type: ignore[union-attr]
            put_text(self.editor, cell, self._model.text(index))
        self.editor.setEnabled(self._model.is_editable(index))
        self.error.setText(problem)
        show_if(self.error, bool(problem))
        self.editor.setAccessibleDescription(problem or self.column.hint)
        if bool(self.editor.property("wrong")) != bool(problem):
            self.editor.setProperty("wrong", bool(problem))
            restyle(self.editor)

    def settle(self) -> None:
        """Save what is typed and not saved yet."""
        if isinstance(self.editor, QLineEdit) and self.editor.isModified():
            self._settle()

    def _settle(self) -> None:
        if isinstance(self.editor, QLineEdit):
            self.editor.setModified(False)
        self._model.setData(self._model.index(self._row, self._number), text_of(self.editor))
        self.settled.emit()


def bring_to_sight(part: QWidget) -> None:
    """Scroll whatever `part` stands in so far that it is seen."""
    around = part.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part)
        around = around.parentWidget()


class RowForm(QWidget):
    """A page of its own in place of the table; the rows can be walked through.

    Signals:
        left: back to the table.
    """

    left = Signal()

    def __init__(self, model: RowModel) -> None:
        super().__init__()
        self._model = model
        self._source: TableSource | None = None
        self.row = -1
        self.fields: list[CellField | AnswerInput] = []
        self.title = Strong(wrap=True)
        self.back = SecondaryButton(self.tr("Zur Tabelle"), "back")
        self.back.clicked.connect(self.left)
        self.previous = SecondaryButton(self.tr("Vorige Zeile"))
        self.next = SecondaryButton(self.tr("Nächste Zeile"))
        self.previous.clicked.connect(lambda: self.show_row(self.row - 1))
        self.next.clicked.connect(lambda: self.show_row(self.row + 1))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, L)
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(M)
        self._places: list[tuple[QWidget, bool]] = []
        self._columns = 0
        top = FlowLayout(self.back)
        top.add_gap()
        top.addWidget(self.previous)
        top.addWidget(self.next)
        whole = column(top, self.title, gap=M)
        whole.addLayout(self._grid)
        whole.addStretch(1)
        self.setLayout(whole)
        model.edited.connect(self.refresh)

    # -- rows --------------------------------------------------------------------------------

    def show_row(self, number: int, source: TableSource | None = None, focus: str = "") -> None:
        """Fields of a row, from 0. focus: name of the column that gets the keyboard."""
        self._source = source or self._source
        if not 0 <= number < self._model.rowCount():
            return
        self.row = number
        self._build()
        self._say_title()
        wanted = [f for f in self.fields if isinstance(f, CellField) and f.column.name == focus]
        first = [f for f in self.fields if isinstance(f, CellField) and f.editor.isEnabled()]
        for field in (wanted or first)[:1]:
            field.editor.setFocus(Qt.FocusReason.TabFocusReason)
            QTimer.singleShot(0, field, partial(bring_to_sight, field))

    def refresh(self) -> None:
        """Values, problems and what is asked, as the model has them now."""
        if not self.isVisible() or not 0 <= self.row < self._model.rowCount():
            return
        self._say_title()
        for field in self.fields:
            if isinstance(field, CellField):
                field.refresh()

    def settle(self) -> None:
        """Save what is typed in a field that still has the keyboard."""
        for field in self.fields if self.isVisible() else ():
            field.settle()

    def _say_title(self) -> None:
        name = self._model.text(self._model.index(self.row, 0))
        words = self.tr("Zeile {0} von {1}").format(self.row + 1, self._model.rowCount())
        self.title.setText(f"{words}: {name}" if name else words)
        self.previous.setEnabled(self.row > 0)
        self.next.setEnabled(self.row + 1 < self._model.rowCount())

    # -- fields ------------------------------------------------------------------------------

    def _build(self) -> None:
        clear(self._grid)
        self.fields, self._places, self._columns = [], [], 0
        for number, shown in enumerate(self._model.columns):
            if shown.kind in IN_CELL or shown.kind not in ANSWERED_HERE:
                field = CellField(self._model, self.row, number)
                self.fields.append(field)
                self._places.append((field, False))
            else:
                self._add_input(number)
        self._place()

    def _add_input(self, number: int) -> None:
        """Kinds that no single line can take: several choices, a longer text, a range."""
        if self._source is None:
            return
        index = self._model.index(self.row, number)
        key = self._model.cell(index).key
        answer = input_for(self._source.question(key))
        answer.setEnabled(self._model.cell(index).is_asked)
        answer.answered.connect(lambda value: self._model.take_value(key, value, value))
        label = Label(self._model.columns[number].label, "label", wrap=True)
        whole = QWidget()
        whole.setLayout(column(label, answer, gap=XS))
        self.fields.append(answer)
        self._places.append((whole, True))

    def _place(self) -> None:
        columns = (self.width() + L) // (theme().px(FIELD_WIDTH) + L)
        columns = max(1, min(MOST_COLUMNS, columns))
        if columns == self._columns:
            return
        self._columns = columns
        at = 0
        for field, is_wide in self._places:
            if is_wide:
                at += -at % columns
            self._grid.addWidget(
                field,
                at // columns,
                at % columns,
                1,
                columns if is_wide else 1,
                Qt.AlignmentFlag.AlignTop,
            )
            at += columns if is_wide else 1
        for number in range(MOST_COLUMNS):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    # -- keyboard ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, Enter to the next field, page keys to the other rows."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == Qt.Key.Key_PageDown:
            self.show_row(self.row + 1)
        elif key == Qt.Key.Key_PageUp:
            self.show_row(self.row - 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
