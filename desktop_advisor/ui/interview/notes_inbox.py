"""Ctrl+Shift+N: every note of the talk, those that wait to be sorted first (domain §8)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.interview.note_row import DeletedRow, NoteRow, Places
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, L, M, S
from desktop_advisor.ui.widgets import (
    Banner,
    Heading,
    Label,
    QuietButton,
    RowList,
    SoftText,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.ui.words import joined
from desktop_advisor.usecases.notes import (
    NoteView,
    delete_note,
    edit_note,
    list_notes,
    restore_note,
    tag_note,
)
from desktop_advisor.usecases.question_views import DimensionProgress, QuestionView
from desktop_advisor.usecases.workplace import Workplace

WIDTH = 480
"""At 100 %: a note in lines of about 60 characters beside the question it may belong to."""


class NotesInbox(QFrame):
    """A drawer at the right; what is taken away can be brought back until it is closed.

    Signals:
        changed: something was committed.
        question: key of a question to go to; the drawer is closed then.
        closed: the keyboard goes back to the question.
    """

    changed = Signal()
    question = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: Workplace | None = None
        self._case_id: uuid.UUID | None = None
        self._side: Perspective | None = None
        self._places = Places(None, ())
        self._question_text: Callable[[str], str] = lambda _key: ""
        self._deleted: dict[uuid.UUID, NoteView] = {}
        self._edited: uuid.UUID | None = None
        self.setProperty("kind", "menu")
        self.setAccessibleName(self.tr("Notizen"))
        self.setProperty("holds_tab", True)
        self._title = Heading(self.tr("Notizen"))
        self.done = QuietButton("", "close")
        self.done.setAccessibleName(self.tr("Notizen schließen"))
        self.done.setToolTip(self.tr("Schließen (Esc)"))
        self.done.clicked.connect(self.close_inbox)
        self._trouble = Banner()
        self._empty = SoftText(
            self.tr("Noch keine Notiz. Mit Strg N schreiben Sie mit, ohne die Frage zu verlassen.")
        )
        self.list = RowList()
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(column(self._empty, self.list, spacer(), gap=S, margins=(0, 0, M, 0)))
        self._area = scrolling(inside)
        head = row(self._title, spacer(), self.done, gap=S)
        whole = column(head, self._trouble, gap=S, margins=(XL, M, M, L))
        whole.addWidget(self._area, 1)
        self.setLayout(whole)

    def show_notes(
        self,
        place: Workplace,
        case_id: uuid.UUID,
        current_question: QuestionView | None,
        dimensions: Sequence[DimensionProgress],
        question_text: Callable[[str], str] | None = None,
        side: Perspective | None = None,
    ) -> None:
        """Open with the notes of a case.

        current_question: what a note can be put to with one press; None between questions.
        question_text: key of a question → its words, for notes that belong to one already.
        side: who is speaking and sees its own notes, released or not.
        """
        self._place, self._case_id, self._side = place, case_id, side
        self._places = Places(current_question, [(row.code, row.short) for row in dimensions])
        self._question_text = question_text or (lambda _key: "")
        self._deleted, self._edited = {}, None
        self._trouble.say_nothing()
        self._build()
        self.place_itself()
        self.show()
        self.raise_()
        self._focus(self.rows[0] if self.rows else None)

    @property
    def rows(self) -> list[NoteRow | DeletedRow]:
        """The notes shown, from top to bottom."""
        return [part for part in self.list.rows if isinstance(part, NoteRow | DeletedRow)]

    def place_itself(self) -> None:
        """The right side of the parent, over its whole height."""
        room = self.parentWidget()
        if room is not None:
            width = min(theme().px(WIDTH), room.width() - 2 * S)
            self.setGeometry(room.width() - width - 4, 4, width, room.height() - 8)

    def settle(self) -> bool:
        """Save what is being written; False when that failed."""
        edits = [r.edit for r in self.rows if isinstance(r, NoteRow) and r.edit is not None]
        for edit in edits:
            edit.settle()
        return not any(edit.is_pending() for edit in edits)

    def close_inbox(self) -> None:
        """Save and put it away; it stays where something could not be saved."""
        if self.isVisible() and self.settle():
            self.hide()
            self.closed.emit()

    # -- what is shown -----------------------------------------------------------------------

    def _build(self) -> None:
        """All rows anew, at the place scrolled to."""
        notes = self._notes()
        waiting = [note for note in notes if not (note.dimension or note.question)]
        at = self._area.verticalScrollBar().value()
        parts: list[QWidget] = []
        if waiting:
            parts.append(_group(self.tr("Noch zuzuordnen")))
            parts += [self._row(note) for note in waiting]
        codes = [code for code, _ in self._places.dimensions]
        tagged = [note for note in notes if note not in waiting]
        others = [note.dimension for note in tagged if note.dimension not in codes]
        for code in dict.fromkeys([*codes, *others]):
            mine = [note for note in tagged if note.dimension == code]
            if mine:
                parts.append(_group(self._places.short(code) or self.tr("Zu einer Frage")))
                parts += [self._row(note) for note in mine]
        self.list.show_rows(parts)
        self._empty.setVisible(not parts)
        left = len([note for note in waiting if note.note_id not in self._deleted])
        open_words = self.tr("{0} noch zuzuordnen").format(left) if left else ""
        self._title.setText(joined(self.tr("Notizen"), open_words))
        QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(at))

    def _notes(self) -> list[NoteView]:
        """Newest first, the ones just taken away at their old place."""
        if self._place is None or self._case_id is None:
            return []
        known = list_notes(self._place, self._case_id, self._side)
        there = [note for note in known if note.text]
        both = [*there, *self._deleted.values()]
        return sorted(both, key=lambda note: note.note_id.bytes, reverse=True)

    def _row(self, note: NoteView) -> NoteRow | DeletedRow:
        if note.note_id in self._deleted:
            gone = DeletedRow(note)
            gone.restore_wanted.connect(lambda: self._restore(note))
            return gone
        question = self._question_text(note.question) if note.question else ""
        is_edited = note.note_id == self._edited
        made = NoteRow(note, self._places, question, is_edited=is_edited)
        made.put.connect(lambda dimension, key: self._tag(note, dimension, key))
        made.to_question.connect(self._to_question)
        made.edit_wanted.connect(lambda: self._edit(note))
        made.edited.connect(lambda words: self._save(made, words))
        made.done.connect(lambda: self._edit(None))
        made.delete_wanted.connect(lambda: self._delete(note))
        return made

    def _focus(self, part: NoteRow | DeletedRow | None) -> None:
        control = part.first_control() if part is not None else None
        (control or self.done).setFocus(Qt.FocusReason.TabFocusReason)

    def _focus_note(self, note_id: uuid.UUID) -> None:
        self._focus(next((part for part in self.rows if part.note_id == note_id), None))

    # -- what is done ------------------------------------------------------------------------

    def _tag(self, note: NoteView, dimension: str, question: str) -> None:
        """Put it there and go on with the note that took its place."""
        here = next(n for n, part in enumerate(self.rows) if part.note_id == note.note_id)
        if self._tried(lambda place: tag_note(place, note.note_id, dimension, question)):
            self._build()
            self._focus(self.rows[min(here, len(self.rows) - 1)])

    def _edit(self, note: NoteView | None) -> None:
        """Change the words of a note; None: of none any more."""
        if not self.settle():
            return
        before, self._edited = self._edited, note.note_id if note is not None else None
        self._build()
        shown = self._edited or before
        if shown is not None:
            self._focus_note(shown)

    def _save(self, part: NoteRow, words: str) -> None:
        if not self._tried(lambda place: self._reword(place, part.note_id, words)) and part.edit:
            part.edit.unsettle()

    def _reword(self, place: Workplace, note_id: uuid.UUID, words: str) -> None:
        edit_note(place, note_id, words, perspective=self._side)

    def _delete(self, note: NoteView) -> None:
        if self._tried(lambda place: delete_note(place, note.note_id)):
            self._deleted[note.note_id] = note
            self._build()
            self._focus_note(note.note_id)

    def _restore(self, note: NoteView) -> None:
        if self._tried(lambda place: restore_note(place, note.note_id)):
            del self._deleted[note.note_id]
            self._build()
            self._focus_note(note.note_id)

    def _to_question(self, key: str) -> None:
        self.close_inbox()
        self.question.emit(key)

    def _tried(self, act: Callable[[Workplace], None]) -> bool:
        """Do it, or say what kept it from being committed."""
        if self._place is None:
            return False
        try:
            act(self._place)
        except Exception as error:  # noqa: BLE001  said here; nothing on the drawer has changed
            self._trouble.say_error(error)
            return False
        self._trouble.say_nothing()
        self.changed.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_inbox()
        # Everything else stays here: a key pressed over the drawer must not answer the question.


def _group(words: str) -> Label:
    return Label(words, "label")
