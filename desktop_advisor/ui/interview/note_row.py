"""One note of the inbox: its words, where it belongs, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.interview.sides import shortened
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XS, M, S
from desktop_advisor.ui.theme.typography import Size
from desktop_advisor.ui.widgets import (
    ChoiceBox,
    Label,
    QuietButton,
    SecondaryButton,
    SmallText,
    SoftText,
    column,
    row,
)
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.notes import NoteView
from desktop_advisor.usecases.question_views import QuestionView

SHORT_QUESTION = 30
"""Characters of a question on a button; the whole is in its tool tip."""
SHORT_NOTE = 40
"""Characters by which a screen reader tells the buttons of one note from those of the next."""
_SMALL = "QPushButton {{ font-size: {0}px; padding: 0 11px; }}"


@dataclass(frozen=True)
class Places:
    """Where a note can be put: the question asked now (None for none), the fields of action.

    dimensions: code and short name; the field talked about is `current.dimension`.
    """

    current: QuestionView | None
    dimensions: Sequence[tuple[str, str]]

    def short(self, code: str) -> str:
        """Name of a field of action; the code itself where the questionnaire has it no more."""
        return dict(self.dimensions).get(code, code)


class NoteRow(QFrame):
    """A note with its actions.

    Signals:
        put: dimension and question it belongs to from now on; "" and "" take the tag off.
        to_question: go to the question it belongs to.
        edit_wanted, edited, done: its words are to be changed, have changed, are right now.
        delete_wanted: it is to be taken away.
    """

    put = Signal(str, str)
    to_question = Signal(str)
    edit_wanted = Signal()
    edited = Signal(str)
    done = Signal()
    delete_wanted = Signal()

    def __init__(self, note: NoteView, places: Places, question: str, *, is_edited: bool) -> None:
        """question: text of the question it belongs to, "" for none or unknown."""
        super().__init__()
        self.note_id = note.note_id
        self._name = shortened(note.text, SHORT_NOTE)
        self.edit: AutosavedNote | None = None
        self.setAccessibleName(self.tr("Notiz: {0}").format(shortened(note.text)))
        words = self._editor(note.text) if is_edited else Label(note.text, "text", wrap=True)
        detail = joined(day_and_time(note.written_at), question)
        actions = FlowLayout(*self._actions(note, places, is_edited=is_edited))
        parts = column(words, SmallText(detail), actions, gap=XS, margins=(0, S, 0, S))
        self.setLayout(parts)

    def first_control(self) -> QWidget | None:
        """Where the keyboard goes when it comes to this note."""
        return self.edit or next(iter(self.findChildren(QPushButton)), None)

    def _editor(self, text: str) -> AutosavedNote:
        self.edit = AutosavedNote(3)
        self.edit.setAccessibleName(self.tr("Notiz bearbeiten"))
        self.edit.put(text)
        self.edit.setMaximumHeight(theme().px(132))
        self.edit.settled.connect(self.edited)
        self.edit.escaped.connect(self.done)
        return self.edit

    def _actions(self, note: NoteView, places: Places, *, is_edited: bool) -> list[QWidget]:
        if is_edited:
            ready = _small(self.tr("Fertig"))
            ready.clicked.connect(self.done)
            return [ready]
        is_tagged = bool(note.dimension or note.question)
        parts = self._tagged(note) if is_tagged else self._untagged(places)
        change = _symbol("pen", self.tr("Notiz bearbeiten"))
        change.clicked.connect(self.edit_wanted)
        remove = _symbol("trash", self.tr("Notiz löschen"))
        remove.clicked.connect(self.delete_wanted)
        all_of_them = [*parts, change, remove]
        for part in all_of_them:
            part.setAccessibleName(f"{part.accessibleName()} – {self._name}")
        return all_of_them

    def _tagged(self, note: NoteView) -> list[QWidget]:
        parts: list[QWidget] = []
        if note.question:
            there = _small(self.tr("Frage öffnen"))
            there.clicked.connect(lambda _checked: self.to_question.emit(note.question))
            parts.append(there)
        loose = _small(self.tr("Zuordnung lösen"))
        loose.clicked.connect(lambda _checked: self.put.emit("", ""))
        return [*parts, loose]

    def _untagged(self, places: Places) -> list[QWidget]:
        parts: list[QWidget] = []
        current = places.current
        if current is not None:
            words = self.tr("Zur Frage: {0}").format(shortened(current.text, SHORT_QUESTION))
            asked = _small(words)
            asked.setToolTip(current.text)
            asked.clicked.connect(lambda _checked: self.put.emit(current.dimension, current.name))
            parts.append(asked)
        if current is not None and current.dimension in dict(places.dimensions):
            field = _small(self.tr("Zum Feld: {0}").format(places.short(current.dimension)))
            field.clicked.connect(lambda _checked: self.put.emit(current.dimension, ""))
            parts.append(field)
        return [*parts, self._any_field(places)]

    def _any_field(self, places: Places) -> ChoiceBox:
        choice = ChoiceBox([("", self.tr("anderes Feld …")), *places.dimensions])
        choice.setMinimumContentsLength(16)
        choice.setAccessibleName(self.tr("Einem Handlungsfeld zuordnen"))
        choice.chosen.connect(lambda code: self.put.emit(code, "") if code else None)
        return choice


class DeletedRow(QFrame):
    """A note just taken away, with the way back.

    Signals:
        restore_wanted: it is to come back.
    """

    restore_wanted = Signal()

    def __init__(self, note: NoteView) -> None:
        super().__init__()
        self.note_id = note.note_id
        words = SoftText(self.tr("Gelöscht: {0}").format(shortened(note.text, 60)))
        self.restore = SecondaryButton(self.tr("Zurückholen"))
        self.restore.clicked.connect(self.restore_wanted)
        line = row(gap=M, margins=(0, S, 0, S))
        line.addWidget(words, 1)
        line.addWidget(self.restore)
        self.setLayout(line)

    def first_control(self) -> QWidget | None:
        """Where the keyboard goes when it comes to this note."""
        return self.restore


def _small(text: str) -> SecondaryButton:
    made = SecondaryButton(text.replace("&", "&&"))
    made.setAccessibleName(text)
    made.setStyleSheet(_SMALL.format(theme().px(Size.SMALL)))
    return made


def _symbol(icon_name: str, spoken: str) -> QuietButton:
    made = QuietButton("", icon_name)
    made.setAccessibleName(spoken)
    made.setToolTip(spoken)
    return made
