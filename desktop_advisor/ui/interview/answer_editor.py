"""Editors of what no single input can answer: tables and files."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop_advisor.ui.interview.conduct import Conduct
from desktop_advisor.ui.interview.files_card import FilesCard
from desktop_advisor.ui.interview.question_sheet import Editor
from desktop_advisor.ui.interview.tables import TableEditor
from desktop_advisor.usecases.question_views import Kind, QuestionView


class Editors(QObject):
    """Makes the editor of a question and hands its commits to the conduct.

    Signals:
        covered: whether the editor shows a page with a primary button of its own.
        failed: the editor could not save something and says so itself.
    """

    covered = Signal(bool)
    failed = Signal()

    def __init__(self, conduct: Conduct, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conduct = conduct

    def make(self, view: QuestionView) -> Editor | None:
        """The editor of a table or of files; None where nothing is to be entered."""
        if view.kind is Kind.TABLE:
            return self._table(view)
        return self._files(view) if view.kind is Kind.FILE else None

    def _files(self, view: QuestionView) -> Editor:
        made, running = FilesCard(), self._conduct.running
        made.show_files(self._conduct.place, running.case_id, running.assessment_id, view.name)
        made.changed.connect(self._conduct.take_files)
        made.failed.connect(self._conduct.failed)
        return Editor(made, lambda: made.file.setFocus(Qt.FocusReason.OtherFocusReason))

    def _table(self, view: QuestionView) -> Editor:
        made = TableEditor()
        made.show_table(self._conduct.running, view.name)
        made.changed.connect(self._conduct.take_table)
        made.failed.connect(lambda _error: self.failed.emit())
        made.covered.connect(self.covered)
        return Editor(made, made.focus_answer, made.settle)
