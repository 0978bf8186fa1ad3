"""Gespräch: the sections at the left, what is asked in the middle, its context right."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QWidget

from desktop_advisor.ui.conflicts.line import ProvisionalLine
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.header import Header
from desktop_advisor.ui.interview.answer_editor import Editors
from desktop_advisor.ui.interview.conduct import Conduct, View
from desktop_advisor.ui.interview.context_link import ContextLink
from desktop_advisor.ui.interview.context_panel import ContextPanel
from desktop_advisor.ui.interview.dimension_list import DimensionList
from desktop_advisor.ui.interview.end_state import EndState
from desktop_advisor.ui.interview.ending import Ending
from desktop_advisor.ui.interview.files_card import FilesCard
from desktop_advisor.ui.interview.files_link import FilesLink
from desktop_advisor.ui.interview.finder import Finder
from desktop_advisor.ui.interview.hall_view import HallView
from desktop_advisor.ui.interview.keys import Ask, add_shortcuts, asked, key_sheet, route
from desktop_advisor.ui.interview.list_view import ListView
from desktop_advisor.ui.interview.note_desk import NoteDesk
from desktop_advisor.ui.interview.notices import Notices
from desktop_advisor.ui.interview.opening import Opened, open_interview
from desktop_advisor.ui.interview.question_panel import QuestionPanel
from desktop_advisor.ui.interview.remaining import RemainingPill
from desktop_advisor.ui.interview.sun_light import SunLight
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import LoadingState, SaveState, column, row
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.question_views import QuestionView
from desktop_advisor.usecases.visits import visit_to_continue

if TYPE_CHECKING:
    from datetime import datetime

    from desktop_advisor.usecases.workplace import Workplace

SLOW_MS = 250
"""Opening faster than this shows no loading state, so that nothing blinks."""
LEAST_MIDDLE = 480
"""Pixels at 100 % the question needs; below, the names of the sections give way."""


class InterviewScreen(Screen):
    """One visit's interview; picks up where it was left, else at the first open question.

    Attributes:
        conduct: what is asked of whom, in which view.
    """

    FULL_SCREEN: ClassVar[bool] = True

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        visit_id = destination.visit_id
        if visit_id is None and destination.case_id is not None:
            visit_id = visit_to_continue(place, destination.case_id)
        if visit_id is None:
            raise ValueError(destination)
        self._place = place
        self._destination = destination
        self._visit_id = visit_id
        self._sun = SunLight()
        self._scale = theme().scale
        self.conduct = Conduct(place, self._hand_over, self)
        self.saved = SaveState()
        self.remaining = RemainingPill()
        self.dimensions = DimensionList()
        self.editors = Editors(self.conduct, self)
        self.panel = QuestionPanel(self.editors.make)
        self.list = ListView(self.conduct)
        self.hall = HallView(self.editors.make)
        self.context = ContextPanel()
        self.files = FilesCard()
        self.end = EndState()
        self.notices = Notices(self.conduct)
        self.provisional = ProvisionalLine(place)
        self._blank = QWidget()
        self._loading = LoadingState(self.tr("Das Gespräch wird geöffnet."))
        self.finder = Finder(self.conduct.find, self)
        self.finder.hide()
        self.notes = NoteDesk(self.conduct, self)
        self._lay_out()
        self._connect_conduct()
        self._connect_parts()
        add_shortcuts(self, self.conduct, {"Ctrl+Shift+N": self.notes.sort})

    @property
    def interview(self) -> Interview | None:
        """None until it is loaded."""
        return self.conduct.interview

    @property
    def page(self) -> QuestionPanel | HallView | ListView:
        """The view in force."""
        if self.conduct.view is View.LIST:
            return self.list
        return self.hall if self.conduct.view is View.HALL else self.panel

    # -- what the window shows ---------------------------------------------------------------

    def title(self) -> str:
        return self.interview.company_name if self.interview else ""

    def subtitle(self) -> str:
        return self.interview.title if self.interview else ""

    def pills(self) -> Sequence[QWidget]:
        return (self.saved, self.remaining) if self.interview else ()

    def secondary(self) -> Sequence[Action]:
        if self.interview is None or self.conduct.view is View.HALL:
            return ()
        note = Action(self.tr("Notiz"), self.notes.write, key="Ctrl+N")
        return (Action(self.tr("Auswertung"), self._to_results), note)

    def keys(self) -> Sequence[tuple[str, str]]:
        return key_sheet()

    def search_field(self) -> QLineEdit | None:
        """Ctrl+F: the finder opens and lends its field."""
        if self.interview is None:
            return None
        self.finder.open()
        return self.finder.field

    def refresh(self) -> None:
        """Load the interview again, off the GUI thread: another laptop's answers may have come."""
        QTimer.singleShot(SLOW_MS, self, self._show_loading_if_slow)
        place, visit_id, running = self._place, self._visit_id, self.interview
        wished = self._destination.perspective

        def load(_control: Control) -> Opened:
            return open_interview(place, visit_id, running, wished)

        run_task(self, load, on_done=self._begin, on_failed=self._on_failed)

    def settle(self) -> bool:
        makes_sense = self._hand_all_over()
        self.conduct.keep_place()
        return makes_sense and not self._is_unsaved()

    def leave(self) -> bool:
        """Commit what is typed; stay only when that failed, so that the text is not lost."""
        self._hand_all_over()
        if self._is_unsaved():
            return False
        self.conduct.keep_place()
        self._sun.fade()
        return True

    # -- following the conduct ---------------------------------------------------------------

    def _begin(self, opened: Opened) -> None:
        wished = self.conduct.current or self._destination.focus or opened.question
        self.conduct.begin(opened.interview, wished, opened.view)
        self.provisional.show_file(opened.interview.company_id)
        self._show_provisional()

    def _on_question(self, view: QuestionView) -> None:
        self.page.show_question(view)
        self._stack.setCurrentWidget(self.page)
        if self.conduct.view is View.HALL:
            self.hall.show_perspective(self.conduct.running.perspective)
        self._show_progress(view.dimension)
        self.page.focus_answer()

    def _on_answer(self, view: QuestionView) -> None:
        self.page.show_answer(view)

    def _on_progress(self) -> None:
        current = self.conduct.current
        is_asked = bool(current) and not self.conduct.is_over
        self._show_progress(self.conduct.running.question(current).dimension if is_asked else "")

    def _on_end(self) -> None:
        self._show_progress("")
        self._stack.setCurrentWidget(self.end)

    def _on_view(self) -> None:
        is_hall = self.conduct.view is View.HALL
        if is_hall:
            self._shine()
        else:
            self._sun.fade()
        self._show_provisional()
        self.dimensions.setVisible(not is_hall)
        self.context.setVisible(not is_hall)
        self.dimensions.views.show_view(self.conduct.view)
        self._give_way()
        self.header_changed.emit()

    def _show_provisional(self) -> None:
        """For the advisor alone: in the hall everybody reads along."""
        is_hall = self.conduct.view is View.HALL
        self._provisional.setVisible(not is_hall and not self.provisional.isHidden())

    def _show_progress(self, dimension: str) -> None:
        interview = self.conduct.running
        done, total = interview.progress()
        self.dimensions.show_progress(interview.dimensions(), done, total, dimension)
        self.remaining.show_remaining(done, total, interview.remaining_minutes())

    # -- Qt ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Text fields keep their keys before they come here."""
        ask = asked(event)
        if self.interview is not None and ask is not None and ask[0] is Ask.ONWARDS:
            self._on_enter()
        elif self.interview is None or not route(ask, self.conduct, self.page):
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused.isVisible() and focused.hasFocus():
            focused.click()
        elif self.conduct.is_over:
            self._to_results()
        elif not self.page.choose_focused():
            self.conduct.step(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()
        self.notes.place()

    def changeEvent(self, event: QEvent) -> None:
        """Another font scale brings the saved palette along, also into the hall."""
        if event.type() is QEvent.Type.StyleChange:
            if self._sun.is_on:
                QTimer.singleShot(0, self, self._shine)
            if self._scale != theme().scale:
                self._scale = theme().scale
                QTimer.singleShot(0, self, self._measure)
        super().changeEvent(event)

    # -- within ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self._blank, self.panel, self.list, self.hall, self.end, self._loading):
            self._stack.addWidget(page)
        self._provisional = QWidget()  # the margins go with it where all stands in one version
        edges = (spacing.XL, spacing.L, spacing.XL, 0)
        self._provisional.setLayout(column(self.provisional, margins=edges))
        self._provisional.hide()
        middle = column(self._provisional, self.notices, gap=0)
        middle.addWidget(self._stack, 1)
        line = row(self.dimensions, gap=0)
        line.addLayout(middle, 1)
        line.addWidget(self.context)
        self.setLayout(line)

    def _connect_conduct(self) -> None:
        conduct = self.conduct
        conduct.question_changed.connect(self._on_question)
        conduct.answer_changed.connect(self._on_answer)
        conduct.progressed.connect(self._on_progress)
        self._ending = Ending(conduct, self.end)
        self._ending.shown.connect(self._on_end)
        conduct.view_changed.connect(self._on_view)
        conduct.saved.connect(self._on_saved)
        conduct.failed.connect(lambda _error: self.saved.failed())
        nothing = self.tr("nichts mehr zurückzunehmen")
        conduct.exhausted.connect(lambda: self.saved.say(nothing, Tone.NEUTRAL))
        self._link = ContextLink(conduct, self.context)

    def _connect_parts(self) -> None:
        conduct = self.conduct
        self.dimensions.chosen.connect(conduct.go_to_section)
        self.dimensions.parking.connect(conduct.park)
        self.dimensions.views.chosen.connect(conduct.show_view)
        self.dimensions.search_wanted.connect(self.search_field)
        for sheet in (self.panel, self.hall):
            sheet.answered.connect(self._answer)
            sheet.step.connect(conduct.step)
            self.editors.covered.connect(sheet.cover)
        self.hall.left.connect(lambda: conduct.show_view(View.ONE))
        self.hall.perspective_chosen.connect(conduct.switch)
        self.hall.note.connect(self.notes.write)
        self.context.put_files(self.files)
        self._files_links = (
            FilesLink(conduct, self.files),
            FilesLink(conduct, self.hall.files, in_hall=True),
        )
        self.context.note_typed.connect(self.saved.saving)
        self.context.dissent_typed.connect(self.saved.saving)
        self.context.left.connect(self._focus_answer)
        self.context.why_wanted.connect(self.notes.say_why)
        self.editors.failed.connect(self.saved.failed)
        self.provisional.wanted.connect(self._to_conflicts)
        self.end.onwards.connect(self._to_results)
        self.finder.found.connect(conduct.show)
        self.finder.dismissed.connect(self._focus_answer)
        self.notes.typed.connect(self.saved.saving)
        self.notes.closed.connect(self._focus_answer)

    # -- small things ------------------------------------------------------------------------

    def _answer(self, value: str, reason: str, question: str) -> None:
        if not self.conduct.answer(value, reason, question):
            self.page.unsettle()

    def _hand_all_over(self) -> bool:
        """Also what is typed beside the question; False while the answer makes no sense."""
        self.conduct.settling.emit()
        return self._hand_over()

    def _is_unsaved(self) -> bool:
        """Whether a note could not be saved."""
        return not self.context.settle() or self.notes.is_pending()

    def _hand_over(self) -> bool:
        return self.page.settle()

    def _focus_answer(self) -> None:
        if not self.conduct.is_over:
            self.page.focus_answer()

    def _show_loading_if_slow(self) -> None:
        if self.interview is None and self._stack.currentWidget() is self._blank:
            self._stack.setCurrentWidget(self._loading)

    def _give_way(self) -> None:
        beside = self.dimensions.full_width() + self.context.width()
        self.dimensions.set_narrow(self.width() - beside < theme().px(LEAST_MIDDLE))

    def _measure(self) -> None:
        """Larger or smaller type: what stands beside the question gives way anew."""
        self.context.measure()
        self._give_way()
        self.notes.place()

    def _shine(self) -> None:
        """Over all that is seen in the hall, the window's header with it."""
        if self.conduct.view is View.HALL:
            headers = self.window().findChildren(Header)
            self._sun.shine([self.hall, self.end, self.notices, *self.notes.sheets, *headers])

    def _on_saved(self, moment: datetime) -> None:
        self.saved.saved(moment)
        self.committed.emit()

    def _on_failed(self, error: Exception) -> None:
        """It could not be opened, or not be read again."""
        self.notices.say_error(error)

    def _to_conflicts(self, company_id: uuid.UUID) -> None:
        self.go(Destination(Where.CONFLICTS, company_id=company_id))

    def _to_results(self) -> None:
        interview = self.conduct.running
        self.go(
            Destination(Where.RESULTS, company_id=interview.company_id, case_id=interview.case_id)
        )
