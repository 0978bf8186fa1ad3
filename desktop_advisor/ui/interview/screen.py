"""Gespräch: the questions at the left, the one being asked in the middle, its context right."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QWidget

from desktop_advisor.domain.answers import AnswerState, Evidence, Perspective
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.context_panel import ContextPanel
from desktop_advisor.ui.interview.dimension_list import DimensionList
from desktop_advisor.ui.interview.end_state import EndState
from desktop_advisor.ui.interview.finder import Finder
from desktop_advisor.ui.interview.free_note import FreeNote
from desktop_advisor.ui.interview.keys import Ask, asked, key_sheet
from desktop_advisor.ui.interview.question_panel import QuestionPanel
from desktop_advisor.ui.interview.remaining import RemainingPill
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner, LoadingState, SaveState, column, row
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.notes import edit_note, write_note
from desktop_advisor.usecases.question_views import QuestionView

if TYPE_CHECKING:
    from datetime import datetime

    from desktop_advisor.usecases.workplace import Workplace

SLOW_MS = 250
"""Opening faster than this shows no loading state, so that nothing blinks."""
LEAST_MIDDLE = 480
"""Pixels at 100 % the question needs; below, the names of the fields of action give way."""


class InterviewScreen(Screen):
    """One visit's interview; picks up at the first open question.

    Attributes:
        interview: None until it is loaded.
        current: the name of the question shown, "" while none is.
    """

    FULL_SCREEN: ClassVar[bool] = True

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        if destination.visit_id is None:
            raise ValueError(destination)
        self._place = place
        self._destination = destination
        self._visit_id = destination.visit_id
        self.interview: Interview | None = None
        self.current = ""
        self._completed_here = False
        self.saved = SaveState()
        self.remaining = RemainingPill()
        self.dimensions = DimensionList()
        self.panel = QuestionPanel()
        self.context = ContextPanel()
        self.end = EndState()
        self.trouble = Banner()
        self._blank = QWidget()
        self._loading = LoadingState(self.tr("Das Gespräch wird geöffnet."))
        self.finder = Finder(self._find, self)
        self.free_note = FreeNote(self._save_free_note, self)
        self.finder.hide()
        self.free_note.hide()
        self._lay_out()
        self._connect()

    # -- what the window shows ---------------------------------------------------------------

    def title(self) -> str:
        return self.interview.company_name if self.interview else ""

    def subtitle(self) -> str:
        return self.interview.title if self.interview else ""

    def pills(self) -> Sequence[QWidget]:
        return (self.saved, self.remaining) if self.interview else ()

    def secondary(self) -> Sequence[Action]:
        if self.interview is None:
            return ()
        note = Action(self.tr("Notiz"), self.open_note, key="Ctrl+N")
        return (Action(self.tr("Auswertung"), self._to_results), note)

    def keys(self) -> Sequence[tuple[str, str]]:
        return key_sheet()

    def search_field(self) -> QLineEdit | None:
        """Ctrl+F: the finder opens and lends its field."""
        if self.interview is None:
            return None
        self._settle()
        self.finder.open()
        return self.finder.field

    def refresh(self) -> None:
        """Load the interview again, off the GUI thread: another laptop's answers may have come."""
        QTimer.singleShot(SLOW_MS, self, self._show_loading_if_slow)
        place, visit_id = self._place, self._visit_id
        perspective = self._wished_perspective()

        def load(_control: Control) -> Interview:
            interview = Interview(place, visit_id)
            if perspective is not interview.perspective:
                interview.switch(perspective)
            return interview

        run_task(self, load, on_done=self.begin, on_failed=self._on_trouble)

    def leave(self) -> bool:
        """Commit what is typed; stay only when that failed, so that the text is not lost."""
        self._settle()
        return not (self.context.note.is_pending() or self.free_note.text.is_pending())

    # -- going through the questions ---------------------------------------------------------

    def begin(self, interview: Interview) -> None:
        """Take up an interview at the wished or the first open question."""
        self.interview = interview
        self.trouble.say_nothing()
        questions = interview.questions()
        wished = self.current or self._destination.focus
        done, total = interview.progress()
        if wished in questions:
            self.show_question(wished)
        elif not questions or done == total:
            self.current = questions[-1] if questions else ""
            self.show_end()
        else:
            self.show_question(interview.first_open())
        self.header_changed.emit()

    def show_question(self, name: str) -> None:
        """Ask that question."""
        interview = self._running()
        self._settle()
        self._completed_here = False
        self.current = name
        view = interview.question(name)
        self._show_view(view)
        self._show_progress(view.dimension)
        self.context.show_standing(self._short(view.dimension), interview.score(view.dimension))
        self._stack.setCurrentWidget(self.panel)
        self.panel.focus_answer()

    def show_end(self) -> None:
        """Nothing more to ask, or the last question is behind us."""
        interview = self._running()
        self._settle()
        done, total = interview.progress()
        self.end.show_state(done, total, interview.perspective)
        self._show_progress("")
        self.context.show_end(interview.perspective)
        self._stack.setCurrentWidget(self.end)
        self.end.results.setFocus()

    def step(self, step: int) -> None:
        """Weiter or Zurück."""
        interview = self._running()
        if self._stack.currentWidget() is self.end:
            if step < 0 and self.current:
                self.show_question(self.current)
            return
        there = interview.neighbour(self.current, step)
        is_over = step > 0 and (self._completed_here or there == self.current)
        if is_over:
            self.show_end()
        elif there != self.current:
            self.show_question(there)

    def answer(self, value: str, reason: str = "") -> None:
        """Record an answer to the question shown; it is on the disk when this returns."""
        interview = self._running()
        was_open = self._is_everything_answered() is False
        try:
            effect = interview.answer(self.current, value, reason)
        except Exception as error:  # noqa: BLE001  a full disk must be said, not crash the talk
            self._on_trouble(error)
            self._show_view(interview.question(self.current))
            return
        self._completed_here = was_open and self._is_everything_answered()
        self._on_saved(effect.saved_at)
        self._show_view(interview.question(self.current))
        self._show_progress(effect.dimension)
        self.context.show_effect(effect)

    def undo(self) -> None:
        """Take back the last edit of this perspective and show the question it was."""
        if self.interview is None:
            return
        interview = self.interview
        self._settle()
        name = interview.undo()
        if name is None:
            self.saved.say(self.tr("nichts mehr zurückzunehmen"), Tone.NEUTRAL)
            return
        self.context.note.put("")
        self.show_question(name if name in interview.questions() else interview.first_open())
        self._on_saved(self._place.clock())

    def switch(self, perspective: Perspective) -> None:
        """Somebody else answers the same question; behind the last one they begin their own."""
        interview = self._running()
        self._settle()
        interview.switch(perspective)
        questions = interview.questions()
        if self.current in questions and self._stack.currentWidget() is not self.end:
            self.show_question(self.current)
        elif questions:
            self.show_question(interview.first_open())
        else:
            self.show_end()

    def open_note(self) -> None:
        """Ctrl+N: a note to the conversation."""
        if self.interview is not None and self.current:
            self._settle()
            dimension = self.interview.question(self.current).dimension
            self.free_note.open(dimension, self._short(dimension))

    # -- Qt ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.interview is None or not self._handle_key(event):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of ours. Text fields keep theirs before they come here."""
        match asked(event):
            case (Ask.STEP, int(step)):
                self.step(step)
            case (Ask.ONWARDS, _):
                self._on_enter()
            case None:
                return False
            case _ if self._stack.currentWidget() is not self.panel:
                return False
            case (Ask.ROW, int(step)):
                self.panel.move_focus(step)
            case (Ask.STATE, AnswerState() as state):
                self.panel.press_state(state)
            case (Ask.LEVEL, str(level)):
                return self.panel.press(level)
            case _:
                self.answer("")
        return True

    def _on_enter(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused.isVisible() and focused.hasFocus():
            focused.click()
        elif self._stack.currentWidget() is self.end:
            self._to_results()
        elif not self.panel.choose_focused():
            self.step(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.dimensions.full_width() + self.context.width()
        self.dimensions.set_narrow(self.width() - beside < theme().px(LEAST_MIDDLE))
        if self.free_note.isVisible():
            self.free_note.place_itself()

    # -- within ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self._blank, self.panel, self.end, self._loading):
            self._stack.addWidget(page)
        self.trouble.say_nothing()
        banner = QWidget()
        banner.setLayout(column(self.trouble, margins=(XL, L, XL, 0)))
        self.trouble_room = banner
        banner.hide()
        middle = column(banner, gap=0)
        middle.addWidget(self._stack, 1)
        line = row(self.dimensions, gap=0)
        line.addLayout(middle, 1)
        line.addWidget(self.context)
        self.setLayout(line)

    def _connect(self) -> None:
        self.dimensions.chosen.connect(self._to_dimension)
        self.panel.answered.connect(self.answer)
        self.panel.step.connect(self.step)
        self.context.perspective_chosen.connect(self.switch)
        self.context.evidence_chosen.connect(self._set_evidence)
        self.context.note_typed.connect(self.saved.saving)
        self.context.note_settled.connect(self._write_note)
        self.context.left.connect(self.panel.focus_answer)
        self.end.onwards.connect(self._to_results)
        self.end.open_question.connect(lambda: self.show_question(self._running().first_open()))
        self.end.again.connect(lambda: self.step(-1))
        self.finder.found.connect(self.show_question)
        self.finder.dismissed.connect(self.panel.focus_answer)
        self.free_note.text.typed.connect(self.saved.saving)
        self.free_note.saved.connect(lambda: self._on_saved(self._place.clock()))
        self.free_note.failed.connect(self._on_trouble)
        self.free_note.closed.connect(self.panel.focus_answer)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo)

    def _wished_perspective(self) -> Perspective:
        if self.interview is not None:
            return self.interview.perspective
        return Perspective(self._destination.perspective or Perspective.MANAGEMENT)

    def _running(self) -> Interview:
        assert self.interview is not None, "asked for before it was loaded"  # noqa: S101
        return self.interview

    def _show_loading_if_slow(self) -> None:
        if self.interview is None and self._stack.currentWidget() is self._blank:
            self._stack.setCurrentWidget(self._loading)

    def _show_view(self, view: QuestionView) -> None:
        self.panel.show_question(view)
        self.context.show_question(view, self._running().perspective)

    def _show_progress(self, dimension: str) -> None:
        interview = self._running()
        done, total = interview.progress()
        self.dimensions.show_progress(interview.dimensions(), done, total, dimension)
        self.remaining.show_remaining(done, total, interview.remaining_minutes())

    def _to_dimension(self, code: str) -> None:
        rows = {row.code: row for row in self._running().dimensions()}
        if code in rows:
            self.show_question(rows[code].first_question)

    def _short(self, code: str) -> str:
        return next((r.short for r in self._running().dimensions() if r.code == code), code)

    def _is_everything_answered(self) -> bool:
        done, total = self._running().progress()
        return done == total

    def _find(self, words: str) -> Sequence[QuestionView]:
        return self.interview.find(words) if self.interview else ()

    def _settle(self) -> None:
        self.context.note.settle()
        self.free_note.settle()

    def _write_note(self, text: str) -> None:
        if self.interview is None or not self.current:
            return
        try:
            moment = self.interview.write_note(self.current, text)
        except Exception as error:  # noqa: BLE001  the text stays in the field, marked unsaved
            self.context.note.unsettle()
            self._on_trouble(error)
        else:
            self._on_saved(moment)

    def _set_evidence(self, evidence: Evidence) -> None:
        interview = self._running()
        try:
            moment = interview.set_evidence(self.current, evidence)
        except Exception as error:  # noqa: BLE001  as above
            self._on_trouble(error)
            self.context.evidence.set_value(str(interview.question(self.current).evidence))
        else:
            self._on_saved(moment)
        self.panel.focus_answer()

    def _save_free_note(self, note_id: uuid.UUID | None, text: str, dimension: str) -> uuid.UUID:
        if note_id is None:
            return write_note(self._place, self._running().case_id, text, dimension=dimension)
        edit_note(self._place, note_id, text, dimension=dimension)
        return note_id

    def _on_saved(self, moment: datetime) -> None:
        self.saved.saved(moment)
        self.trouble.say_nothing()
        self.trouble_room.hide()
        self.committed.emit()

    def _on_trouble(self, error: Exception) -> None:
        self.trouble.say_error(error)
        self.trouble_room.show()
        if self.interview is not None:
            self.saved.failed()

    def _to_results(self) -> None:
        interview = self._running()
        self.go(
            Destination(Where.RESULTS, company_id=interview.company_id, case_id=interview.case_id)
        )
