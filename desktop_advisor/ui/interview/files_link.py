"""Keeps a files card in step with the conduct: it belongs to the question that is asked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_advisor.ui.interview.conduct import Conduct, View
from desktop_advisor.ui.interview.files_card import FilesCard
from desktop_advisor.usecases.question_views import Kind, QuestionView


class FilesLink(QObject):
    """in_hall: the card is the one of the hall, which is seen only there."""

    def __init__(self, conduct: Conduct, card: FilesCard, *, in_hall: bool = False) -> None:
        super().__init__(card)
        self._conduct = conduct
        self._card = card
        self._in_hall = in_hall
        conduct.question_changed.connect(self._follow)
        card.changed.connect(conduct.take_files)
        card.failed.connect(conduct.failed)

    def _follow(self, view: QuestionView) -> None:
        if (self._conduct.view is View.HALL) is not self._in_hall:
            return
        running = self._conduct.running
        self._card.show_files(
            self._conduct.place, running.case_id, running.assessment_id, view.name
        )
        if not self._in_hall:
            self._card.setVisible(view.kind is not Kind.FILE)  # it stands in the middle then
