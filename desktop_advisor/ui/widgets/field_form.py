"""A form made from a table of fields: label above, field, and a line that says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.widgets.field import Field, Kind, NotUnderstood, Value, parsed, shown
from desktop_advisor.ui.widgets.inputs import ChoiceBox, DateEdit, NoteEdit, PassphraseEdit
from desktop_advisor.ui.widgets.labels import Label, restyle, show_if
from desktop_advisor.ui.widgets.layout import column

translate = QCoreApplication.translate

PAUSE_MS = 500
"""Longest pause between the last key and the commit of a text."""


class FieldLine(QWidget):
    """One labelled field.

    Signals:
        typed: something changed that is not committed yet.
        settled: the pause is over or the field was left; the value may be committed.
    """

    typed = Signal()
    settled = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.edit = _editor(field)
        self.label = Label(field.label + (" *" if field.required else ""), "label")
        self.label.setBuddy(self.edit)
        self.error = Label(kind="error", wrap=True)
        self.error.hide()
        self.edit.setAccessibleName(field.label)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.settled)
        self._listen()
        self._measure()
        self._lines = column(self.label, self.edit, self.error, gap=spacing.XS)
        self.setLayout(self._lines)

    def put_below(self, part: QWidget) -> None:
        """`part`, which explains the field, right under it."""
        self._lines.addWidget(part)

    def _measure(self) -> None:
        """A line is as high as a button, whatever the layout would like."""
        if not isinstance(self.edit, QPlainTextEdit):
            self.edit.setFixedHeight(spacing.control_height(theme().scale))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange and hasattr(self, "edit"):
            self._measure()
        super().changeEvent(event)

    def _listen(self) -> None:
        edit = self.edit
        if isinstance(edit, ChoiceBox):
            edit.chosen.connect(self._settle_now)
        elif isinstance(edit, NoteEdit):
            edit.textChanged.connect(self._on_typed)
            edit.installEventFilter(self)
        elif isinstance(edit, QLineEdit):
            edit.textEdited.connect(self._on_typed)
            edit.editingFinished.connect(self._settle_if_waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self._settle_if_waiting()
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        self.typed.emit()
        self._pause.start()

    def _settle_now(self) -> None:
        self.typed.emit()
        self.settled.emit()

    def _settle_if_waiting(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit()

    def is_waiting(self) -> bool:
        """Whether something is typed that is not committed yet, or could not be."""
        return self._pause.isActive() or bool(self.error.text())

    def settle(self) -> None:
        """Do not wait for the pause."""
        self._settle_if_waiting()

    def raw(self) -> str:
        """What stands in the field."""
        edit = self.edit
        if isinstance(edit, ChoiceBox):
            return edit.value()
        return edit.toPlainText() if isinstance(edit, QPlainTextEdit) else _line_text(edit)

    def put(self, value: Value) -> None:
        """Show a value without any signal."""
        edit, text = self.edit, shown(value)
        edit.blockSignals(True)
        if isinstance(edit, ChoiceBox):
            edit.set_value(text)
        elif isinstance(edit, QPlainTextEdit):
            edit.setPlainText(text)
        elif isinstance(edit, QLineEdit):
            edit.setText(text)
        edit.blockSignals(False)

    def complaint(self) -> str:
        """What is wrong with the content, "" when nothing is."""
        try:
            value = parsed(self.field.kind, self.raw(), date.today())  # noqa: DTZ011
        except NotUnderstood as reason:
            return str(reason)
        if self.field.required and value in {None, ""}:
            return self.tr("Bitte ausfüllen.")
        return self.field.check(value) if self.field.check is not None else ""

    def value(self) -> Value:
        """The parsed content; ask `complaint` first."""
        return parsed(self.field.kind, self.raw(), date.today())  # noqa: DTZ011

    def say(self, error: str) -> None:
        """Show or take back what is wrong."""
        self.error.setText(error)
        show_if(self.error, bool(error))
        self.edit.setAccessibleDescription(error or self.field.hint)
        if bool(self.edit.property("wrong")) != bool(error):
            self.edit.setProperty("wrong", bool(error))
            restyle(self.edit)


class FieldForm(QWidget):
    """All fields of a table.

    Signals:
        typed: key; something is in the field that is not committed yet.
        settled: key, value; the value is valid and may be committed.
    """

    typed = Signal(str)
    settled = Signal(str, object)

    def __init__(self, fields: Sequence[Field], columns: int = 1) -> None:
        super().__init__()
        self.lines = {field.key: FieldLine(field) for field in fields}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(spacing.L)
        self._grid.setVerticalSpacing(spacing.M)
        self._place(fields, columns)
        for key, line in self.lines.items():
            line.typed.connect(lambda key=key: self._on_typed(key))
            line.settled.connect(lambda key=key: self._on_settled(key))

    def _place(self, fields: Sequence[Field], columns: int) -> None:
        at = 0
        for field in fields:
            if field.wide and at % columns:
                at += columns - at % columns
            span = columns if field.wide else 1
            line, y, x = self.lines[field.key], at // columns, at % columns
            self._grid.addWidget(line, y, x, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        for number in range(columns):
            self._grid.setColumnStretch(number, 1)

    def _on_typed(self, key: str) -> None:
        self.lines[key].say("")
        self.typed.emit(key)

    def _on_settled(self, key: str) -> None:
        line = self.lines[key]
        complaint = line.complaint()
        line.say(complaint)
        if not complaint:
            self.settled.emit(key, line.value())

    def put_below(self, key: str, part: QWidget) -> None:
        """`part`, which explains the field, right under it."""
        self.lines[key].put_below(part)

    def put(self, values: Mapping[str, Value]) -> None:
        """Show values; keys that are no field are ignored, fields without a key stay."""
        for key, value in values.items():
            if key in self.lines:
                self.lines[key].put(value)
                self.lines[key].say("")

    def values(self) -> dict[str, Value] | None:
        """All values; None when one is wrong, which is then said beside it and has the keyboard."""
        wrong = [key for key, line in self.lines.items() if self._checked(line)]
        if wrong:
            self.lines[wrong[0]].edit.setFocus()
            return None
        return {key: line.value() for key, line in self.lines.items()}

    def _checked(self, line: FieldLine) -> str:
        complaint = line.complaint()
        line.say(complaint)
        return complaint

    def texts(self) -> dict[str, str]:
        """What stands in every field, unread, for use cases that take typed texts."""
        return {key: line.raw().strip() for key, line in self.lines.items()}

    def say(self, key: str, error: str) -> None:
        """Show an error that only the store could find."""
        self.lines[key].say(error)

    def settle(self) -> None:
        """Let every field that waits for its pause be committed now."""
        for line in self.lines.values():
            line.settle()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        next(iter(self.lines.values())).edit.setFocus()

    def edit(self, key: str) -> QWidget:
        """The widget of a field, for tests and special wiring."""
        return self.lines[key].edit


def _line_text(edit: QWidget) -> str:
    return edit.text() if isinstance(edit, QLineEdit) else ""


def _editor(field: Field) -> QLineEdit | QPlainTextEdit | QComboBox:
    if field.kind is Kind.CHOICE:
        return ChoiceBox(field.options)
    if field.kind is Kind.YES_NO:
        return ChoiceBox(
            (
                ("", translate("fields", "nicht bekannt")),
                ("yes", translate("fields", "ja")),
                ("no", translate("fields", "nein")),
            )
        )
    if field.kind is Kind.NOTE:
        note = NoteEdit()
        note.setPlaceholderText(field.hint)
        return note
    made = {Kind.DAY: DateEdit, Kind.PASSPHRASE: PassphraseEdit}.get(field.kind, QLineEdit)()
    if field.hint:
        made.setPlaceholderText(field.hint)
    return made
