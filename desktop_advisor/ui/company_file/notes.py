"""Notes of the case: write first, sort later."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.autosave import AutosavedNote
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ChoiceBox,
    ListRow,
    RowList,
    SecondaryButton,
    SoftText,
    row,
    spacer,
)
from desktop_advisor.ui.words import day_and_time
from desktop_advisor.usecases.notes import NoteView, edit_note, list_notes, tag_note, write_note
from desktop_advisor.usecases.questionnaires import dimensions_of
from desktop_advisor.usecases.workplace import Workplace

LONGEST_DIMENSION = 20


class Notes(Card):
    """Notizen.

    Signals:
        changed: a note was committed.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Notizen"))
        self._place = place
        self._case_id: uuid.UUID | None = None
        self._writing: uuid.UUID | None = None
        self._shown: list[NoteView] = []
        self._trouble = Banner()
        self.edit = AutosavedNote(lines=2)
        self.edit.setPlaceholderText(self.tr("Was ist Ihnen aufgefallen?"))
        self.edit.setAccessibleName(self.tr("Neue Notiz"))
        self.edit.settled.connect(self._keep)
        self.keep = SecondaryButton(self.tr("Notiz festhalten"))
        self.keep.clicked.connect(lambda _checked: self.flush())
        self.edit.escaped.connect(self.keep.setFocus)
        self._before = SoftText(self.tr("Notizen gehören zu einem Termin; legen Sie einen an."))
        self.list = RowList()
        self.add(self._before, self._trouble, self.edit, row(spacer(), self.keep), self.list)

    def show_case(self, case_id: uuid.UUID | None) -> None:
        """The notes of a case but the one being written; None before the first visit."""
        self._case_id = case_id
        for part in (self.edit, self.keep, self.list):
            part.setVisible(case_id is not None)
        self._before.setVisible(case_id is None)
        notes = self._notes()
        if notes != self._shown or len(notes) != len(self.list.rows):
            self._shown = notes
            self.list.show_rows([self._row(note) for note in notes])

    def row_of(self, note_id: uuid.UUID) -> ListRow | None:
        """The row of a note, marked as the one somebody was looking for; None if it is not here."""
        for note, made in zip(self._shown, self.list.rows, strict=True):
            if note.note_id == note_id and isinstance(made, ListRow):
                made.set_chosen(True)
                return made
        return None

    def _notes(self) -> list[NoteView]:
        notes = list_notes(self._place, self._case_id) if self._case_id is not None else []
        return [note for note in notes if note.note_id != self._writing and note.text]

    def _row(self, note: NoteView) -> ListRow:
        trail = [] if note.question else [self._dimension(note)]
        return ListRow(note.text, day_and_time(note.written_at), trail=trail, pressable=False)

    def _dimension(self, note: NoteView) -> ChoiceBox:
        choice = ChoiceBox([("", self.tr("ohne Handlungsfeld")), *self._dimensions()])
        choice.setMinimumContentsLength(LONGEST_DIMENSION)
        choice.setAccessibleName(self.tr("Handlungsfeld der Notiz"))
        choice.set_value(note.dimension)
        choice.chosen.connect(lambda code: self._tag(note.note_id, code))
        return choice

    def _dimensions(self) -> list[tuple[str, str]]:
        return dimensions_of(self._place, self._case_id) if self._case_id else []

    def _tag(self, note_id: uuid.UUID, code: str) -> None:
        try:
            tag_note(self._place, note_id, code)
        except KnownError as error:
            self._trouble.say_error(error)
            return
        self._shown = self._notes()  # the row shows it already and keeps the keyboard
        self._trouble.say_nothing()
        self.changed.emit()

    def _keep(self, words: str) -> None:
        """What stands in the field is on the disk, whether or not anybody presses the button."""
        if self._case_id is None or (self._writing is None and not words.strip()):
            return
        try:
            if self._writing is None:
                self._writing = write_note(self._place, self._case_id, words)
            else:
                edit_note(self._place, self._writing, words)
        except KnownError as error:
            self.edit.unsettle()
            self._trouble.say_error(error)
            return
        self._trouble.say_nothing()
        self.changed.emit()

    def flush(self) -> None:
        """Commit what stands in the field and be ready for the next note."""
        self.edit.settle()
        if self._writing is None or self.edit.is_pending():
            return
        self._writing = None
        self.edit.put("")
        self.changed.emit()
