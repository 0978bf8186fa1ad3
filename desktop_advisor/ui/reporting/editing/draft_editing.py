"""A draft that is being edited: every change is stored at once, and the pages follow."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_advisor.domain.language import GERMAN
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.pdf.places import Place
from desktop_advisor.ui.reporting.latest_work import LatestWork
from desktop_advisor.ui.reporting.pages.paper import Paper, read_paper
from desktop_advisor.ui.tasks import Control
from desktop_advisor.usecases.report_edits.applying import reapply_edits
from desktop_advisor.usecases.report_edits.chapters import show_chapter
from desktop_advisor.usecases.report_edits.drawing import draw_editable
from desktop_advisor.usecases.report_edits.insertions import (
    add_paragraph,
    edit_insertion,
    move_insertion,
    remove_insertion,
)
from desktop_advisor.usecases.report_edits.passages import (
    change_passage,
    keep_passage,
    revert_passage,
)
from desktop_advisor.usecases.report_edits.showing import ReportEdits, show_edits
from desktop_advisor.usecases.report_edits.undoing import undo_report_edit

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class DrawnDraft:
    """The draft as it was at one moment, and where its passages fell."""

    model: ReportModel
    paper: Paper
    places: tuple[Place, ...]


class DraftEditing(QObject):
    """Changes one case's draft.

    Attributes:
        model: the draft with all edits, None before `begin`.
        edits: what can be edited in it and what was.

    Signals:
        changed: model and edits are others now; the pages follow.
        drawn: a DrawnDraft of the latest model.
        failed: the exception; nothing was stored, or the pages could not be drawn.
    """

    changed = Signal()
    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, place: Workplace, case_id: uuid.UUID, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._case_id = case_id
        self.work = LatestWork(self)
        self.model: ReportModel | None = None
        self.edits = ReportEdits((), (), (), ())

    @property
    def case_id(self) -> uuid.UUID:
        """Whose report it is."""
        return self._case_id

    @property
    def language(self) -> str:
        """Of the draft, whose words are changed."""
        return self.model.language if self.model else GERMAN

    @property
    def is_drawing(self) -> bool:
        """Whether the pages are behind the model."""
        return self.work.is_running

    def begin(self, model: ReportModel) -> None:
        """Edit this draft."""
        self.model = model
        self.refresh()

    # -- passages ----------------------------------------------------------------------------

    def change(self, key: str, text: str) -> bool:
        """Other words for a passage; False where they could not be stored."""
        found = self.edits.passage(key)
        if found is None:
            return True
        generated = found.generated
        return self._do(
            lambda: change_passage(
                self._place,
                self._case_id,
                key,
                generated=generated,
                text=text,
                language=self.language,
            )
        )

    def revert(self, key: str) -> bool:
        """The generated words again; also how a lost edit is thrown away."""
        return self._do(lambda: revert_passage(self._place, self._case_id, key, self.language))

    def keep(self, key: str) -> bool:
        """The edit stands although what is generated has changed."""
        found = self.edits.passage(key)
        if found is None:
            return True
        generated = found.generated
        return self._do(
            lambda: keep_passage(self._place, self._case_id, key, generated, self.language)
        )

    # -- chapters and own parts --------------------------------------------------------------

    def show_chapter(self, chapter: str, *, is_shown: bool) -> bool:
        """Print a chapter or leave it out."""
        return self._do(
            lambda: show_chapter(self._place, self._case_id, chapter, is_shown=is_shown)
        )

    def write_own(
        self, insertion_id: uuid.UUID | None, chapter: str, text: str
    ) -> uuid.UUID | None:
        """Other words for a paragraph or caption, None for a new one; None if it failed."""
        made: list[uuid.UUID] = []

        def write() -> None:
            if insertion_id is None:
                made.append(add_paragraph(self._place, self._case_id, chapter, text))
            else:
                edit_insertion(self._place, insertion_id, text)
                made.append(insertion_id)

        return made[0] if self._do(write) and made else None

    def move_own(self, insertion_id: uuid.UUID, step: int) -> bool:
        """One place up or down within its chapter."""
        return self._do(lambda: move_insertion(self._place, insertion_id, step))

    def remove_own(self, insertion_id: uuid.UUID) -> bool:
        """Out of the report."""
        return self._do(lambda: remove_insertion(self._place, insertion_id))

    def undo(self) -> bool:
        """Take back the last change of any kind; False where there is none."""
        undone: list[bool] = []
        is_done = self._do(lambda: undone.append(undo_report_edit(self._place, self._case_id)))
        return is_done and any(undone)

    # -- within ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the edits anew, and draw."""
        if self.model is None:
            return
        self.model = reapply_edits(self._place, self._case_id, self.model)
        self.edits = show_edits(self._place, self._case_id, self.model)
        self.changed.emit()
        self._draw(self.model)

    def _do(self, change: Callable[[], object]) -> bool:
        try:
            change()
            self.refresh()
        except Exception as error:  # noqa: BLE001  shown; what was typed stays in its field
            self.failed.emit(error)
            return False
        return True

    def _draw(self, model: ReportModel) -> None:
        place = self._place

        def work(_control: Control) -> DrawnDraft:
            made = draw_editable(place, model)
            return DrawnDraft(model, read_paper(made.pdf), made.places)

        self.work.run(work, on_done=self.drawn.emit, on_failed=self.failed.emit)
