"""Answers that are typed: text, numbers, days and times; saved at a pause and when left."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.domain.german import short_date
from desktop_advisor.ui.interview.inputs import form_values
from desktop_advisor.ui.interview.inputs.answer_input import (
    AnswerInput,
    Making,
    enlarge,
    make_square,
)
from desktop_advisor.ui.interview.inputs.calendar_button import CalendarButton
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, S
from desktop_advisor.ui.widgets import Label, column, row
from desktop_advisor.ui.widgets.field import NotUnderstood
from desktop_advisor.ui.widgets.inputs import parsed_date
from desktop_advisor.ui.widgets.labels import restyle
from desktop_advisor.usecases.question_views import Kind, QuestionView

PAUSE_MS = 400
"""Silence after the last key before what is typed is said."""


@dataclass(frozen=True)
class Reading:
    """How the texts of one or two fields become a form value and back.

    read: raises NotUnderstood. unfinished: what may still become something while it is typed.
    widths: pixels at 100 %, 0 for all there is. hints: shown in the empty fields.
    """

    read: Callable[[Sequence[str]], str]
    show: Callable[[str], Sequence[str]]
    unfinished: re.Pattern[str]
    widths: tuple[int, ...] = (0,)
    hints: tuple[str, ...] = ("",)
    has_calendar: bool = False


def _today() -> date:
    return date.today()  # noqa: DTZ011  the advisor's own calendar


_NEVER = re.compile(r"(?!)")
_NUMBER_BEGUN = re.compile(r"^[-+\u2212]?[\d.\s]*,?$")
_DAY_BEGUN = re.compile(r"^\d{1,2}(\.\s?(\d{1,2}(\.\s?\d{0,3})?)?)?$")
_TIME_BEGUN = re.compile(r"^\d{1,2}[:.]?\d?$")
_MOMENT_BEGUN = re.compile(r"^[\d.\s]{0,9}\|.*$|^.*\|(\d{1,2}[:.]?\d?)?$")


def _reading(kind: Kind) -> Reading:
    if kind is Kind.INTEGER:
        read = form_values.read_integer
        show = form_values.shown_number
        return Reading(lambda t: read(t[0]), lambda v: (show(v),), _NUMBER_BEGUN, (220,))
    if kind is Kind.DECIMAL:
        read = form_values.read_decimal
        show = form_values.shown_number
        return Reading(lambda t: read(t[0]), lambda v: (show(v),), _NUMBER_BEGUN, (220,))
    if kind is Kind.DATE:
        return Reading(
            lambda t: form_values.read_day(t[0], _today()),
            lambda v: (form_values.shown_day(v),),
            _DAY_BEGUN,
            (160,),
            has_calendar=True,
        )
    if kind is Kind.TIME:
        return Reading(
            lambda t: form_values.read_time(t[0]),
            lambda v: (form_values.shown_time(v),),
            _TIME_BEGUN,
            (120,),
            ("08:30",),
        )
    if kind is Kind.MOMENT:
        return Reading(
            lambda t: form_values.read_moment(t[0], t[1], _today()),
            form_values.shown_moment,
            _MOMENT_BEGUN,
            (160, 120),
            ("", "08:30"),
            has_calendar=True,
        )
    return Reading(lambda t: t[0].strip(), lambda v: (v,), _NEVER)


class TypedInput(AnswerInput):
    """One line to type into, two for a moment; below it what is wrong with it.

    What makes no sense stays in the field, is said below it and never sent.
    """

    def __init__(self, view: QuestionView, parent: QWidget | None = None) -> None:
        super().__init__(view, parent)
        self._reading = _reading(view.kind)
        self._said: str | None = None
        self.edits = [self._edit(number) for number in range(len(self._reading.widths))]
        self.error = Label("", "error", wrap=True)
        self.error.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self._commit(is_final=False))
        self.calendar = CalendarButton() if self._reading.has_calendar else None
        if self.calendar is not None:
            self.calendar.pressed.connect(self._tell_calendar)
            self.calendar.picked.connect(self._take_day)
        line = row(self.edits[0], self.calendar, *self.edits[1:], gap=S)
        if self._reading.widths[0]:
            line.addStretch(1)
        self.setLayout(column(line, self.error, gap=XS))
        self.setFocusProxy(self.edits[0])
        self.measure()
        self.refresh(is_other=True)

    def _edit(self, number: int) -> QLineEdit:
        edit = QLineEdit()
        is_day = self._reading.has_calendar and number == 0
        edit.setPlaceholderText(self.tr("TT.MM.JJJJ") if is_day else self._reading.hints[number])
        edit.textEdited.connect(self._on_typed)
        edit.editingFinished.connect(lambda: self._leave(edit))
        edit.installEventFilter(self)
        return edit

    def refresh(self, *, is_other: bool) -> None:
        names = self._names()
        for edit, name in zip(self.edits, names, strict=True):
            edit.setAccessibleName(name)
            edit.setReadOnly(self.view.is_readonly)
        if self.calendar is not None:
            self.calendar.setVisible(not self.view.is_readonly)
        if is_other or not self._stands_for(self.stored()):
            self._put(self.stored())

    def _tell_calendar(self) -> None:
        if self.calendar is not None:
            self.calendar.shown_day = parsed_date(self.edits[0].text(), _today())

    def _take_day(self, day: date) -> None:
        self.edits[0].setText(short_date(day))
        self._on_typed()
        later = self.edits[-1]
        later.setFocus(Qt.FocusReason.OtherFocusReason)
        self._commit(is_final=later is self.edits[0] or bool(later.text()))

    def _names(self) -> list[str]:
        if len(self.edits) == 1:
            return [self.view.text]
        return [
            self.tr("{0}: Datum").format(self.view.text),
            self.tr("{0}: Uhrzeit").format(self.view.text),
        ]

    def _stands_for(self, value: str) -> bool:
        """Whether what is typed means `value` already, or is being typed right now."""
        if self._pause.isActive() or self.error.text():
            return True
        try:
            return self._read() == value
        except NotUnderstood:
            return False

    def _put(self, value: str) -> None:
        self._pause.stop()
        self._said = value
        shown = self._reading.show(value) if value else ("",) * len(self.edits)
        for edit, text in zip(self.edits, shown, strict=True):
            if edit.text() != text:
                edit.setText(text)
                edit.setCursorPosition(0 if not edit.hasFocus() else len(text))
        self._complain("")

    def _read(self) -> str:
        return self._reading.read([edit.text() for edit in self.edits])

    def _on_typed(self) -> None:
        self._complain("")
        self.typed.emit()
        self._pause.start()

    def _leave(self, edit: QLineEdit) -> None:
        """A moment is left only when its second field is left with something in the first."""
        is_halfway = edit is not self.edits[-1] and not self.edits[-1].text()
        self._commit(is_final=not is_halfway)

    def _commit(self, *, is_final: bool) -> bool:
        """Say what is typed; False when it cannot be read. Unfinished typing is left alone."""
        self._pause.stop()
        typed = "|".join(edit.text().strip() for edit in self.edits)
        if not is_final and self._reading.unfinished.match(typed) and not self._is_number():
            return False
        try:
            value = self._read()
        except NotUnderstood as reason:
            if is_final or not self._reading.unfinished.match(typed):
                self._complain(str(reason))
            return False
        self._complain("")
        if value != self._said:
            self._said = value
            self.answered.emit(value)
        if is_final and value and not any(edit.hasFocus() for edit in self.edits):
            self._put(value)
        return True

    def _is_number(self) -> bool:
        """Every number that is begun is one already; a day or a time is not."""
        return self.view.kind in {Kind.INTEGER, Kind.DECIMAL}

    def _complain(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        for edit in self.edits:
            edit.setAccessibleDescription(sentence)
            if bool(edit.property("wrong")) != bool(sentence):
                edit.setProperty("wrong", bool(sentence))
                restyle(edit)

    def focus_answer(self) -> None:
        self.edits[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.edits[0].selectAll()

    def settle(self) -> bool:
        if self._pause.isActive() or self.error.text():
            return self._commit(is_final=True)
        return True

    def unsettle(self) -> None:
        self._said = None
        self._pause.start()

    def measure(self) -> None:
        for edit, width in zip(self.edits, self._reading.widths, strict=True):
            enlarge(edit, self.is_large)
            if width:
                edit.setFixedWidth(theme().px(width) + (40 if self.is_large else 0))
        if self.calendar is not None:
            make_square(self.calendar, self.is_large)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In an empty field the arrows still lead to the next question."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_sideways = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
            if is_sideways and isinstance(watched, QLineEdit) and not watched.text():
                event.ignore()
                return True
        return super().eventFilter(watched, event)


TYPED: dict[Kind, Making] = dict.fromkeys(
    (Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.MOMENT), TypedInput
)
"""The kinds that are typed in one line."""
