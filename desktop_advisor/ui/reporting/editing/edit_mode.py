"""The draft on the desk turned into something one can edit, and back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report.model import ReportModel
from desktop_advisor.ui.reporting.editing.draft_editing import DraftEditing, DrawnDraft
from desktop_advisor.ui.reporting.editing.panel import EditingPanel
from desktop_advisor.ui.reporting.editing.passage_boxes import passage_boxes
from desktop_advisor.ui.reporting.editing.passage_layer import PassageLayer

if TYPE_CHECKING:
    from desktop_advisor.ui.reporting.desk import ReportDesk
    from desktop_advisor.usecases.workplace import Workplace


class EditMode(QObject):
    """Lays the passages over the pages of the desk and a panel beside them.

    Attributes:
        editing: stores what is changed and draws the pages anew.
        panel, layer: beside and over the pages.

    Signals:
        drawn: the DrawnDraft that is to stand on the desk now.
        turned: editing began or ended.
        failed: the exception of what could not be stored or drawn.
    """

    drawn = Signal(object)
    turned = Signal()
    failed = Signal(object)

    def __init__(self, place: Workplace, case_id: uuid.UUID, desk: ReportDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.is_active = False
        self.editing = DraftEditing(place, case_id, self)
        self.panel = EditingPanel(place, self.editing)
        self.panel.setParent(desk)
        self.panel.hide()
        self.layer = PassageLayer(desk.preview.pages)
        self._back = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), desk)
        self._back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._back.setEnabled(False)
        self._connect()

    def _connect(self) -> None:
        self.editing.drawn.connect(self._take)
        self.editing.failed.connect(self.failed)
        self.editing.work.slow.connect(self._desk.preview.bar.show_drawing)
        self.panel.failed.connect(self.failed)
        self.panel.chosen.connect(self.layer.choose)
        self.panel.done.connect(lambda: self.layer.setFocus(Qt.FocusReason.OtherFocusReason))
        self.panel.finished.connect(self.end)
        self.layer.pressed.connect(self.panel.open)
        self._back.activated.connect(self.panel.take_back)

    @property
    def is_drawing(self) -> bool:
        """Whether the pages are still behind what was changed."""
        return self.editing.is_drawing

    def begin(self, model: ReportModel) -> None:
        """Edit this draft; its passages are marked as soon as their places are known."""
        if self.is_active:
            return
        self.is_active = True
        self._back.setEnabled(True)
        self._desk.lend_side(self.panel)
        self.editing.begin(model)
        self.turned.emit()

    def end(self) -> None:
        """Save what is pending and put signatures beside the pages again."""
        if not self.is_active:
            return
        self.panel.close_editor()
        if self.panel.is_pending():
            return  # it could not be saved, and the screen says why
        self.is_active = False
        self._back.setEnabled(False)
        self.layer.hide()
        self._desk.lend_side(None)
        self.turned.emit()

    def settle(self) -> bool:
        """Save what is pending; False while words would go with the window."""
        self.panel.settle()
        return not self.panel.is_pending()

    def _take(self, draft: DrawnDraft) -> None:
        self.drawn.emit(draft)
        if not self.is_active:
            return
        edits = self.editing.edits
        names = {passage.key: passage.label for passage in edits.passages}
        photo, own = self.tr("Bildunterschrift"), self.tr("Eigener Absatz")
        for part in edits.insertions:
            names[keys.own(str(part.insertion_id))] = photo if part.is_photo else own
        edited = frozenset(p.key for p in edits.passages if p.is_edited)
        boxes = passage_boxes(draft.places, draft.paper.sizes)
        self.layer.show_boxes(boxes, names, edited)
        self.layer.show()
        self.layer.raise_()
        known = {chapter.printed for chapter in edits.chapters}
        self.panel.show_printed([m.title for m in draft.paper.bookmarks if m.title in known])
