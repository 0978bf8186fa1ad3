"""The one state of an interview on the screen, and everything that can be done to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_advisor.domain.answers import Evidence, Perspective
from desktop_advisor.usecases.answer_sheet import AnsweredMeanwhile
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.question_views import DimensionProgress, QuestionView

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

BOOKMARK_PAUSE_MS = 400
"""Quiet time after a question is reached before its place is kept: never on the way of a key."""


class View(StrEnum):
    """How the questions are shown: one at a time, a section as a list, one in the machine hall."""

    ONE = "one"
    LIST = "list"
    HALL = "hall"


class Conduct(QObject):
    """Which question is asked of whom in which view; views and panels only show it.

    Attributes:
        current: the question asked, "" while none is; a table is one question.
        view: how it is shown.
        is_over: behind the last question.

    Signals:
        settling: the place is about to be left; whoever holds typed text hands it over now.
        began: an interview was taken up.
        question_changed: QuestionView; another question, or the same one anew.
        answer_changed: QuestionView; the question shown has another answer.
        answered: Effect of an answer, after answer_changed.
        progressed: sections, counts and times may differ.
        ended: nothing more to ask.
        view_changed: the questions are shown another way.
        handing_over: somebody else is about to answer; sheets of the one before are put away.
        parked: code of a section and whether it is put aside now.
        refused: code of a section that is put aside and has nothing to ask.
        saved: the moment something was committed.
        failed: the error that kept something from being committed.
        exhausted: nothing is left to be taken back.
    """

    settling = Signal()
    began = Signal()
    question_changed = Signal(object)
    answer_changed = Signal(object)
    answered = Signal(object)
    progressed = Signal()
    ended = Signal()
    view_changed = Signal()
    handing_over = Signal()
    parked = Signal(str, bool)
    refused = Signal(str)
    saved = Signal(object)
    failed = Signal(object)
    exhausted = Signal()

    def __init__(
        self, place: Workplace, hand_over: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """hand_over: lets the view say what is typed; False while that makes no sense."""
        super().__init__(parent)
        self.place = place
        self._hand_over = hand_over
        self._warned = ""
        self._has_failed = False
        self.interview: Interview | None = None
        self.current = ""
        self.view = View.ONE
        self.is_over = False
        self._completed_here = False
        self._last_parked = ""
        self._parked_at = ""
        self._mark = QTimer(self, singleShot=True, interval=BOOKMARK_PAUSE_MS)
        self._mark.timeout.connect(self.keep_place)

    @property
    def running(self) -> Interview:
        """The interview; asked for only once there is one."""
        assert self.interview is not None, "asked for before it was loaded"  # noqa: S101
        return self.interview

    # -- going through the questions ---------------------------------------------------------

    def begin(self, interview: Interview, wished: str = "", view: View | None = None) -> None:
        """Take up an interview at the wished question, at the first open one otherwise."""
        self.interview = interview
        self.view = view or self.view
        self.began.emit()
        self.view_changed.emit()
        questions = interview.questions()
        done, total = interview.progress()
        question = wished.partition("#")[0]
        if question in questions:
            self.show(question)
        elif not questions or done == total:
            self.current = questions[-1] if questions else ""
            self.end()
        else:
            self.show(interview.first_open())

    def show(self, question: str) -> None:
        """Ask that question."""
        if not self._may_leave():
            return
        self._completed_here = False
        self.is_over = False
        self.current = question
        self._mark.start()
        self.question_changed.emit(self.running.question(question))

    def shown(self) -> QuestionView | None:
        """The question asked as it stands now; None before the first."""
        if self.interview is None or not self.current:
            return None
        return self.interview.question(self.current)

    def show_anew(self) -> None:
        """The question as it stands now, where something else than its answer changed."""
        if self.current and not self.is_over:
            self.answer_changed.emit(self.running.question(self.current))

    def reveal(self) -> None:
        """Show the covered answers to the question asked."""
        if self._tried(lambda: self.running.reveal(self.current)):
            self.show_anew()

    def write_dissent(self, text: str) -> bool:
        """What the table makes of the difference; whether it is on the disk."""
        if self.interview is None or not self.current:
            return True
        return self._tried(lambda: self.running.write_dissent(self.current, text))

    def end(self) -> None:
        """Nothing more to ask, or the last question is behind us."""
        if not self._may_leave():
            return
        self.is_over = True
        self.ended.emit()

    def step(self, step: int) -> None:
        """Weiter or Zurück."""
        if self.is_over:
            if step < 0 and self.current:
                self.show(self.current)
            return
        there = self.running.neighbour(self.current, step)
        if step > 0 and (self._completed_here or there == self.current):
            self.end()
        elif there != self.current:
            self.show(there)

    def go_to_section(self, code: str) -> None:
        """Ask the first question of a section; one put aside has none to ask."""
        row = self.section(code)
        if row is not None and row.is_parked:
            self.refused.emit(code)
        elif row is not None and row.first_question:
            self.show(row.first_question)

    def go_to(self, key: str) -> None:
        """Ask the question, or the table, that a key belongs to; nothing if it is not asked."""
        question = key.partition("#")[0]
        if question in self.running.questions():
            self.show(question)

    def neighbour_section(self, code: str, step: int) -> DimensionProgress | None:
        """The section `step` places on that is asked; None at either end."""
        rows = [row for row in self.running.dimensions() if not row.is_parked]
        here = next((n for n, row in enumerate(rows) if row.code == code), None)
        there = len(rows) if here is None else here + step
        return rows[there] if 0 <= there < len(rows) else None

    def section(self, code: str) -> DimensionProgress | None:
        """One row of the section list; None for a question outside all sections."""
        return next((row for row in self.running.dimensions() if row.code == code), None)

    def short(self, code: str) -> str:
        """The short name of a section."""
        row = self.section(code)
        return row.short if row is not None else code

    def find(self, words: str) -> Sequence[QuestionView]:
        """Questions that contain all of `words`."""
        return self.interview.find(words) if self.interview is not None else ()

    def is_complete(self) -> bool:
        """Whether every question asked of this side has an answer."""
        done, total = self.running.progress()
        return done == total

    # -- saying ------------------------------------------------------------------------------

    def answer(self, value: str, reason: str = "", question: str = "") -> bool:
        """Record an answer; it is on the disk when this returns, unless it is False.

        question: another one than the one asked, where several stand on the screen.
        """
        interview, key = self.running, question or self.current
        if not self._settled():
            self._show_stored(key)  # a note that met another answer must not be followed by ours
            return False
        was_open = not self.is_complete()
        try:
            effect = interview.answer(key, value, reason)
        except Exception as error:  # noqa: BLE001  a full disk must be said, not crash the talk
            self._fail(key, error)
            return False
        self._last_parked = self._warned = ""
        self._completed_here = was_open and self.is_complete()
        self.saved.emit(effect.saved_at)
        self.answer_changed.emit(interview.question(key))
        self.answered.emit(effect)
        self.progressed.emit()
        return True

    def take_table(self) -> None:
        """Rows or cells of the table asked were committed by its editor."""
        self._last_parked = ""
        self.saved.emit(self.place.clock())
        self.show_anew()
        self.progressed.emit()

    def take_files(self) -> None:
        """Files of the question asked were kept or taken away by their card."""
        key = self.current
        if key and self._tried(lambda: self.running.take_files(key)):
            self.show_anew()
            self.progressed.emit()

    def write_note(self, text: str) -> bool:
        """The note to the question asked; whether it is on the disk."""
        if self.interview is None or not self.current:
            return True
        return self._beside(lambda: self.running.write_note(self.current, text))

    def set_evidence(self, evidence: Evidence) -> bool:
        """How well the answer is evidenced; whether it is on the disk."""
        return self._beside(lambda: self.running.set_evidence(self.current, evidence))

    def undo(self) -> None:
        """Take back the last edit of this side and show the question it was."""
        if self.interview is None:
            return
        self.settling.emit()
        if self._last_parked:
            self.take_up(self._last_parked, self._parked_at)
            return
        interview, name = self.interview, None
        try:
            name = interview.undo()
        except Exception as error:  # noqa: BLE001  as in `answer`
            self._fail(self.current, error)
            return
        if name is None:
            self.exhausted.emit()
            return
        question = name.partition("#")[0]
        there = question if question in interview.questions() else interview.first_open()
        if there:
            self.show(there)
        else:
            self.end()
        self.saved.emit(self.place.clock())

    # -- who, how and what at all ------------------------------------------------------------

    def switch(self, perspective: Perspective) -> None:
        """Somebody else answers the same question; behind the last one they begin their own."""
        interview = self.running
        if not self._may_leave():
            return
        self._last_parked = ""
        self.handing_over.emit()
        interview.switch(perspective)
        questions = interview.questions()
        if self.current in questions and not self.is_over:
            self.show(self.current)
        elif questions:
            self.show(interview.first_open())
        else:
            self.end()

    def show_view(self, view: View) -> None:
        """The same question, shown another way."""
        if view is self.view or not self._may_leave():
            return
        self.view = view
        self._mark.start()
        self.view_changed.emit()
        if self.is_over:
            self.ended.emit()
        elif self.current:
            self.question_changed.emit(self.running.question(self.current))

    def park(self, code: str, is_parked: bool = True) -> None:
        """Put a section aside: its questions are not asked and count nowhere. Or take it up."""
        if not is_parked:
            self.take_up(code)
            return
        self.settling.emit()
        onwards = self._behind(code)
        if self._tried(lambda: self.running.park(code)):
            self._last_parked, self._parked_at = code, self.current
            self._after_parking(onwards)
            self.parked.emit(code, True)

    def take_up(self, code: str, question: str = "") -> None:
        """Ask a section again that was put aside, from that question or its first one on."""
        self.settling.emit()
        if self._tried(lambda: self.running.take_up(code)):
            self._last_parked = ""
            if question in self.running.questions():
                self.show(question)
            else:
                self.go_to_section(code)
            self.parked.emit(code, False)

    def keep_place(self) -> None:
        """Remember this place for the next time the interview is opened."""
        self._mark.stop()
        if self.interview is not None and self.current:
            self.interview.keep_bookmark(self.current, str(self.view))

    # -- within ------------------------------------------------------------------------------

    def _behind(self, code: str) -> str:
        """The first question after a section, "" for none."""
        onwards = self.neighbour_section(code, 1)
        return onwards.first_question if onwards is not None else ""

    def _after_parking(self, onwards: str) -> None:
        questions = self.running.questions()
        if self.current in questions and not self.is_over:
            self.show(self.current)
        elif onwards in questions:
            self.show(onwards)
        elif questions:
            self.show(self.running.first_open())
        else:
            self.end()

    def _tried(self, act: Callable[[], object]) -> bool:
        """Do it and say when it was committed, or what kept it from that."""
        try:
            moment = act()
        except Exception as error:  # noqa: BLE001  as in `answer`
            self._has_failed = True
            self.failed.emit(error)
            return False
        self.saved.emit(moment if isinstance(moment, datetime) else self.place.clock())
        return True

    def _beside(self, act: Callable[[], object]) -> bool:
        """Commit something beside the answer; an answer given elsewhere comes to light by it."""
        seen = self.running.question(self.current).response
        is_stored = self._tried(act)
        if is_stored and self.running.question(self.current).response != seen:
            self._has_failed = True
            self._fail(self.current, AnsweredMeanwhile())
        return is_stored

    def _fail(self, question: str, error: Exception) -> None:
        """Say it, and show what is stored: somebody else may have answered meanwhile."""
        self.failed.emit(error)
        self._show_stored(question)

    def _show_stored(self, question: str) -> None:
        if question:
            self.answer_changed.emit(self.running.question(question))
        self.progressed.emit()

    def _settled(self) -> bool:
        """Let everybody hand over what is typed; False when some of it could not be stored."""
        self._has_failed = False
        self.settling.emit()
        return not self._has_failed

    def _may_leave(self) -> bool:
        """Stay once where what is typed makes no sense yet; who insists goes on without it."""
        self.settling.emit()
        if not self.current or self._hand_over() or self._warned == self.current:
            self._warned = ""
            return True
        self._warned = self.current
        return False
