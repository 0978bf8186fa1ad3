"""Notes of the case: write first, sort later."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal

from desktop_advisor.ui.widgets import (
    Card,
    ListRow,
    NoteEdit,
    Pill,
    RowList,
    SecondaryButton,
    SoftText,
    row,
    spacer,
)
from desktop_advisor.ui.words import day_and_time
from desktop_advisor.usecases.notes import NoteView, list_notes, write_note
from desktop_advisor.usecases.workplace import Workplace


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
        self.edit = NoteEdit(lines=2)
        self.edit.setPlaceholderText(self.tr("Was ist Ihnen aufgefallen?"))
        self.edit.setAccessibleName(self.tr("Neue Notiz"))
        self.keep = SecondaryButton(self.tr("Notiz festhalten"))
        self.keep.clicked.connect(lambda _checked: self.flush())
        self._before = SoftText(self.tr("Notizen gehören zu einem Termin; legen Sie einen an."))
        self.list = RowList()
        self.add(self._before, self.edit, row(spacer(), self.keep), self.list)

    def show_case(self, case_id: uuid.UUID | None) -> None:
        """The notes of a case; None before the first visit."""
        self._case_id = case_id
        for part in (self.edit, self.keep, self.list):
            part.setVisible(case_id is not None)
        self._before.setVisible(case_id is None)
        notes = list_notes(self._place, case_id) if case_id is not None else []
        self.list.show_rows([self._row(note) for note in notes])

    def _row(self, note: NoteView) -> ListRow:
        tagged = note.dimension or note.question
        return ListRow(
            note.text,
            day_and_time(note.written_at),
            trail=[] if tagged else [Pill(self.tr("ohne Handlungsfeld"))],
            pressable=False,
        )

    def flush(self) -> None:
        """Commit what stands in the field."""
        text = self.edit.toPlainText().strip()
        if self._case_id is None or not text:
            return
        write_note(self._place, self._case_id, text)
        self.edit.clear()
        self.changed.emit()
