"""A list whose rows open a form in its place: pattern of every small table of the company file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Field,
    FieldForm,
    ListRow,
    QuietButton,
    RowList,
    SecondaryButton,
    SoftText,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Value

Values = Mapping[str, Value]


@dataclass(frozen=True)
class Entry:
    """One row. values: what its form shows. level: indentation of its title."""

    key: object
    title: str
    detail: str
    values: Values
    level: int = 0


class RowsWithForm(QWidget):
    """Rows, a button for one more, and the form that opens above them.

    Signals:
        changed: something was saved or removed.
    """

    changed = Signal()

    def __init__(self, add: str, empty: str) -> None:
        super().__init__()
        self.plus = QuietButton(add, "plus")
        self.plus.clicked.connect(lambda _checked: self.open(None))
        self._empty = empty
        self._room = QVBoxLayout()
        self.list = RowList()
        self.form: FieldForm | None = None
        self.trouble = Banner()
        self.setLayout(
            column(self._room, self.trouble, self.list, row(self.plus, spacer()), gap=spacing.S)
        )

    def fields(self, entry: Entry | None) -> Sequence[Field]:
        """The fields of the form; the entry it is opened for, None for a new one."""
        raise NotImplementedError

    def save(self, key: object | None, values: dict[str, Value]) -> None:
        """Keep it; key None is a new one. A KnownError is shown above the rows."""
        raise NotImplementedError

    def remove(self, key: object) -> None:
        """Take it out."""
        raise NotImplementedError

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """These rows; an open form stays as it is."""
        self.list.show_rows([self._row(entry) for entry in entries] or [SoftText(self._empty)])

    def _row(self, entry: Entry) -> ListRow:
        made = ListRow(entry.title, entry.detail, inset=2 + entry.level * spacing.L)
        made.pressed.connect(lambda: self.open(entry))
        return made

    def open(self, entry: Entry | None) -> None:
        """The form for an entry, or for a new one."""
        clear(self._room)
        self.trouble.say_nothing()
        self.form = form = FieldForm(self.fields(entry), columns=2)
        if entry is not None:
            form.put(entry.values)
        key = None if entry is None else entry.key
        self.keep = SecondaryButton(self.tr("Übernehmen"))
        self.keep.clicked.connect(lambda _checked: self._save(key))
        close = QuietButton(self.tr("Abbrechen"))
        close.clicked.connect(lambda _checked: self.close_form())
        remove = QuietButton(self.tr("Entfernen"), "trash") if entry is not None else None
        if remove is not None:
            remove.clicked.connect(lambda _checked: self._done(lambda: self.remove(key)))
        buttons = row(remove, spacer(), close, self.keep)
        self._room.addLayout(column(form, buttons, gap=spacing.M, margins=(0, 0, 0, spacing.M)))
        form.focus_first()

    def close_form(self) -> None:
        """Put the form away without saving."""
        clear(self._room)
        self.form = None

    def _save(self, key: object | None) -> None:
        values = self.form.values() if self.form is not None else None
        if values is not None:
            self._done(lambda: self.save(key, values))

    def _done(self, work: Callable[[], None]) -> None:
        try:
            work()
        except KnownError as error:
            self.trouble.say_error(error)
            return
        self.close_form()
        self.plus.setFocus()
        self.changed.emit()
