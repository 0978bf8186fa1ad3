"""Beside the pages while the draft is edited: the passage at hand, own parts, chapters."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.report import passage_keys as keys
from desktop_advisor.report.chapter_titles import TITLES
from desktop_advisor.ui.reporting.editing.adding_card import AddingCard
from desktop_advisor.ui.reporting.editing.chapters_card import ChaptersCard
from desktop_advisor.ui.reporting.editing.draft_editing import DraftEditing
from desktop_advisor.ui.reporting.editing.made_card import MadeCard
from desktop_advisor.ui.reporting.editing.own_card import OwnCard
from desktop_advisor.ui.reporting.editing.passage_card import PassageCard
from desktop_advisor.ui.reporting.editing.photo_intake import PhotoIntake
from desktop_advisor.ui.theme.spacing import L, S
from desktop_advisor.ui.widgets import (
    Card,
    Heading,
    QuietButton,
    SecondaryButton,
    SmallText,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.ui.widgets.labels import show_if

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class EditingPanel(QWidget):
    """Everything one can do to the draft beside pressing it.

    Signals:
        chosen: the key of what is being edited now, "" for nothing.
        done: the keyboard goes back to the page.
        finished: the advisor is through with editing.
        failed: the exception of a photo that could not be kept.
    """

    chosen = Signal(str)
    done = Signal()
    finished = Signal()
    failed = Signal(object)

    def __init__(self, place: Workplace, editing: DraftEditing) -> None:
        super().__init__()
        self._editing = editing
        self.intake = PhotoIntake(place, editing.case_id, self)
        self.passage, self.own = PassageCard(), OwnCard()
        self.adding, self.made, self.chapters = AddingCard(), MadeCard(), ChaptersCard()
        self.finish = SecondaryButton(self.tr("Fertig"))
        self.undo = QuietButton(self.tr("Rückgängig"))
        self.undo.setToolTip(self.tr("Die letzte Änderung am Bericht zurücknehmen (Strg Z)"))
        self._printed: Sequence[str] = ()
        self.foreign = SmallText(
            self.tr(
                "Im Bericht in der anderen Sprache sind Passagen geändert. Sie gelten nur dort; "
                "Kapitel, eigene Absätze und Fotos gelten in beiden."
            )
        )
        self.foreign.hide()
        self._lay_out()
        self._connect()
        self.close_editor()

    def _lay_out(self) -> None:
        self._hint = Card()
        self._hint.add(
            SmallText(
                self.tr(
                    "Drücken Sie auf eine umrandete Passage, oder gehen Sie mit Tab von einer zur "
                    "nächsten und öffnen sie mit Enter. Der erzeugte Text bleibt erhalten; die "
                    "Anlage nennt, was geändert wurde."
                )
            )
        )
        head = row(Heading(self.tr("Bearbeiten")), spacer(), self.undo, self.finish, gap=S)
        inside = QWidget()
        cards = column(
            self._hint,
            self.foreign,
            self.passage,
            self.own,
            self.made,
            self.adding,
            self.chapters,
            gap=L,
        )
        cards.addStretch(1)
        inside.setLayout(cards)
        self._area = scrolling(inside)
        whole: QVBoxLayout = column(head, gap=S)
        whole.addWidget(self._area, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        editing = self._editing
        editing.changed.connect(self._follow)
        self.passage.written.connect(self._write)
        self.passage.reverted.connect(self._revert)
        self.passage.kept.connect(editing.keep)
        self.own.written.connect(self._write_own)
        self.own.moved.connect(editing.move_own)
        self.own.removed.connect(self._remove_own)
        for card in (self.passage, self.own):
            card.done.connect(self._end)
        self.adding.paragraph_wanted.connect(self.add_paragraph)
        self.adding.photo_wanted.connect(self.intake.take)
        self.adding.consented.connect(self.intake.consent_given)
        self.intake.consent_missing.connect(self.adding.consent.say)
        self.intake.failed.connect(self.failed)
        self.intake.kept.connect(self._on_photo)
        self.made.passage_wanted.connect(self.open)
        self.made.own_wanted.connect(lambda part: self.open(keys.own(str(part))))
        self.made.dropped.connect(editing.revert)
        self.chapters.switched.connect(
            lambda chapter, is_on: editing.show_chapter(chapter, is_shown=is_on)
        )
        self.undo.clicked.connect(self.take_back)
        self.finish.clicked.connect(self.finished)

    # -- what is edited ----------------------------------------------------------------------

    def open(self, key: str) -> None:
        """The passage or own part of that key, with the keyboard in its words."""
        self.settle()
        own_id = keys.own_id(key)
        if own_id:
            self._open_own(uuid.UUID(own_id))
            return
        found = self._editing.edits.passage(key)
        if found is None:
            return
        self._show(self.passage)
        self.passage.open(found)
        self.adding.choose(found.chapter)
        self.passage.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(key)

    def _open_own(self, part_id: uuid.UUID) -> None:
        found = [p for p in self._editing.edits.insertions if p.insertion_id == part_id]
        if not found:
            return
        self._show(self.own)
        self.own.open(found[0], TITLES[found[0].chapter])
        self.own.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(keys.own(str(part_id)))

    def add_paragraph(self, chapter: str) -> None:
        """A new paragraph at the end of that chapter."""
        self.settle()
        self._show(self.own)
        self.own.open_new(chapter, TITLES[chapter])
        self.own.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit("")

    def close_editor(self) -> None:
        """Nothing is edited."""
        self.settle()
        self._show(self._hint)
        self.chosen.emit("")

    def settle(self) -> None:
        """Save what is pending."""
        self.passage.settle()
        self.own.settle()

    def is_pending(self) -> bool:
        """Whether words could not be saved, so that they would go with the window."""
        return self.passage.words.is_pending() or self.own.words.is_pending()

    def take_back(self) -> None:
        """Undo the last change of any kind."""
        self.settle()
        self._editing.undo()

    def show_printed(self, titles: Sequence[str]) -> None:
        """The chapters that stand in the report as it was drawn."""
        self._printed = titles
        self._follow()

    # -- within ------------------------------------------------------------------------------

    def _show(self, card: Card) -> None:
        for other in (self._hint, self.foreign, self.passage, self.own):
            other.setVisible(other is card)
        self._area.verticalScrollBar().setValue(0)

    def _end(self) -> None:
        if not self.is_pending():
            self.close_editor()
            self.done.emit()

    def _follow(self) -> None:
        """The edits are others now."""
        edits = self._editing.edits
        self.foreign.setVisible(edits.foreign > 0)
        self.made.show_edits(edits)
        for card in (self.adding, self.chapters):
            show_if(card, bool(self._printed))  # which chapters there are, the drawing says
        self.chapters.show_chapters(edits.chapters, self._printed)
        self.adding.show_chapters(edits.chapters, self._printed)
        passage = edits.passage(self.passage.key)
        if passage is not None and self.passage.isVisibleTo(self):
            self.passage.follow(passage)
        own = [p for p in edits.insertions if p.insertion_id == self.own.insertion_id]
        if own and self.own.isVisibleTo(self):
            self.own.follow(own[0])

    def _write(self, key: str, text: str) -> None:
        if self._editing.change(key, text):
            self.passage.words.keep(text)
        else:
            self.passage.words.unsettle()

    def _revert(self, key: str) -> None:
        self.passage.words.put(self.passage.words.toPlainText())
        self._editing.revert(key)

    def _write_own(self, part_id: uuid.UUID | None, chapter: str, text: str) -> None:
        stored = self._editing.write_own(part_id, chapter, text)
        if stored is None:
            self.own.words.unsettle()
            return
        self.own.words.keep(text)
        self.own.stored_as(stored)
        if part_id is None:
            self.chosen.emit(keys.own(str(stored)))

    def _remove_own(self, part_id: uuid.UUID) -> None:
        if self._editing.remove_own(part_id):
            self.close_editor()
            self.done.emit()

    def _on_photo(self, part_id: uuid.UUID) -> None:
        self._editing.refresh()
        self._open_own(part_id)
