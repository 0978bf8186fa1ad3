"""Which of the documents is looked at: the report that is opened, or another one, drawn now."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_advisor.ui.reporting.pages.paper import Paper, read_paper
from desktop_advisor.ui.tasks import Control
from desktop_advisor.usecases.documents.listing import DOCUMENTS, Document, document

if TYPE_CHECKING:
    from desktop_advisor.ui.reporting.latest_work import LatestWork
    from desktop_advisor.usecases.workplace import Workplace

REPORT = DOCUMENTS[0]
"""The only one that is signed and sealed."""


@dataclass(frozen=True)
class Drawn:
    """A document and its pages."""

    document: Document
    paper: Paper


class Shelf(QObject):
    """Fetches a document; the last one asked for wins.

    Attributes:
        shown: the document that is looked at.
        report: the pages of the report that is opened, sealed or as a draft.

    Signals:
        changed: another document is `shown`, as a Drawn.
        failed: the exception of one that could not be drawn; what was shown stays.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, place: Workplace, case_id: uuid.UUID, work: LatestWork, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._case_id = case_id
        self._work = work
        self.shown = REPORT
        self.report: Paper | None = None

    @property
    def is_report(self) -> bool:
        """Whether the report itself is looked at."""
        return self.shown.id == REPORT.id

    def take_report(self, paper: Paper) -> None:
        """The report is (another) one now; it is looked at."""
        self.report = paper
        self._show(REPORT, paper)

    def renew_report(self, paper: Paper) -> None:
        """The same report drawn anew, for instance with one more signature."""
        self.report = paper
        if self.is_report:
            self._show(REPORT, paper)

    def choose(self, document_id: str) -> None:
        """Show that document; the report as it is opened, any other as the file stands now."""
        made = document(document_id)
        if made.id == REPORT.id:
            self._work.drop()
            if self.report is not None:
                self._show(REPORT, self.report)
            return
        place, case_id = self._place, self._case_id

        def work(_control: Control) -> Paper:
            return read_paper(made.draw(place, case_id))

        self._work.run(work, lambda paper: self._show(made, paper), self.failed.emit)

    def _show(self, made: Document, paper: Paper) -> None:
        self.shown = made
        self.changed.emit(Drawn(made, paper))
