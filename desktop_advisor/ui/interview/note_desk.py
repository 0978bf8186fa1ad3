"""The notes that belong to the conversation: writing one at any moment, sorting them later."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.ui.interview.conduct import Conduct
from desktop_advisor.ui.interview.free_note import FreeNote
from desktop_advisor.ui.interview.notes_inbox import NotesInbox
from desktop_advisor.ui.interview.why_sheet import WhySheet
from desktop_advisor.usecases.notes import edit_note, write_note
from desktop_advisor.usecases.question_views import QuestionView


class NoteDesk(QObject):
    """Puts the sheets over the screen and keeps them in step with what is asked.

    Signals:
        typed: something is not saved yet.
        closed: the keyboard goes back to the question.
    """

    typed = Signal()
    closed = Signal()

    def __init__(self, conduct: Conduct, screen: QWidget) -> None:
        super().__init__(screen)
        self._conduct = conduct
        self.free_note = FreeNote(self._save, screen)
        self.free_note.hide()
        self.free_note.text.typed.connect(self.typed)
        self.free_note.saved.connect(lambda: conduct.saved.emit(conduct.place.clock()))
        self.free_note.failed.connect(conduct.failed)
        self.free_note.closed.connect(self.closed)
        self.inbox = NotesInbox(screen)
        self.inbox.hide()
        self.inbox.changed.connect(lambda: conduct.saved.emit(conduct.place.clock()))
        self.inbox.question.connect(conduct.go_to)
        self.inbox.closed.connect(self.closed)
        self.reasons = WhySheet(screen)
        self.reasons.hide()
        self.reasons.closed.connect(self.closed)
        self.sheets = (self.free_note, self.inbox, self.reasons)
        conduct.settling.connect(self.free_note.settle)
        conduct.question_changed.connect(self._follow)
        conduct.handing_over.connect(self._put_away)

    def write(self) -> None:
        """Ctrl+N: a note, put to what is asked now or sorted later."""
        conduct = self._conduct
        view = conduct.shown()
        if view is not None:
            self.free_note.open(view.dimension, conduct.short(view.dimension), view)

    def sort(self) -> None:
        """Ctrl+Shift+N: all notes of the talk, those without a place first."""
        conduct = self._conduct
        if conduct.interview is not None:
            self.free_note.close_note()
            view = conduct.shown()
            case_id, sections = conduct.interview.case_id, conduct.interview.dimensions()
            side = conduct.interview.perspective
            self.inbox.show_notes(conduct.place, case_id, view, sections, self._words_of, side)

    def say_why(self) -> None:
        """Which rules the question asked follows from."""
        view = self._conduct.shown()
        if view is not None:
            self.reasons.show_reasons(view, self._conduct.running.why(view.name))

    def is_pending(self) -> bool:
        """Whether something typed could not be saved."""
        return self.free_note.text.is_pending() or not self.inbox.settle()

    def place(self) -> None:
        """The screen has another size."""
        if self.free_note.isVisible():
            self.free_note.place_itself()
        for sheet in (self.inbox, self.reasons):
            if sheet.isVisible():
                sheet.place_itself()

    def _words_of(self, question: str) -> str:
        try:
            return self._conduct.running.question(question).text
        except KeyError:  # a note to a question this questionnaire does not have
            return ""

    def _follow(self, view: QuestionView) -> None:
        if self.free_note.isVisible():
            self.free_note.follow(view.dimension, self._conduct.short(view.dimension), view)

    def _put_away(self) -> None:
        """Somebody else sits down: what one side has noted is not for the eyes of the next."""
        self.free_note.close_note()
        self.inbox.close_inbox()

    def _save(
        self, note_id: uuid.UUID | None, text: str, dimension: str, question: str = ""
    ) -> uuid.UUID:
        place, talk = self._conduct.place, self._conduct.running
        side = talk.perspective
        if note_id is not None:
            edit_note(
                place, note_id, text, dimension=dimension, question=question, perspective=side
            )
            return note_id
        return write_note(
            place, talk.case_id, text, dimension=dimension, question=question, perspective=side
        )
