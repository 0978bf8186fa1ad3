"""One paragraph of the advisor's own, or the caption of a photo."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal

from desktop_advisor.ui.reporting.editing.words_edit import WordsEdit
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import Card, KeyButton, QuietButton, SmallText
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.report_edits.showing import InsertionView


class OwnCard(Card):
    """A new paragraph, or one that stands in the report.

    Signals:
        written: id (None for a new one), chapter and the words to store now.
        moved: id and -1 or 1.
        removed: id.
        done: the advisor is done; the keyboard goes back to the page.
    """

    written = Signal(object, str, str)
    moved = Signal(object, int)
    removed = Signal(object)
    done = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self.heading.setWordWrap(True)
        self._id: uuid.UUID | None = None
        self._chapter = ""
        self.words = WordsEdit()
        self._hint = SmallText("")
        self.apply = KeyButton(self.tr("Übernehmen"), self.tr("Strg ↵"))
        self.up = QuietButton(self.tr("Nach oben"))
        self.down = QuietButton(self.tr("Nach unten"))
        self.remove = QuietButton(self.tr("Entfernen"), "trash")
        self.add(self._hint, self.words, self.apply, FlowLayout(self.up, self.down, self.remove))
        self.body.setSpacing(S)
        self._connect()

    def _connect(self) -> None:
        self.words.settled.connect(self._write)
        self.words.confirmed.connect(self.done)
        self.words.escaped.connect(self.done)
        self.apply.clicked.connect(self._apply)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._remove)

    @property
    def insertion_id(self) -> uuid.UUID | None:
        """The part shown; None for a new one that holds no word yet."""
        return self._id

    def open_new(self, chapter: str, title: str) -> None:
        """A paragraph that is kept as soon as something stands in it."""
        self.settle()
        self._id, self._chapter = None, chapter
        self.words.put("")
        self._tell(self.tr("Eigener Absatz"), title, is_stored=False)

    def open(self, part: InsertionView, title: str) -> None:
        """Edit this one; what is pending of another is saved first."""
        self.settle()
        self._id, self._chapter = part.insertion_id, part.chapter
        self.words.open(part.words)
        photo, own = self.tr("Bildunterschrift"), self.tr("Eigener Absatz")
        self._tell(photo if part.is_photo else own, title, is_stored=True)

    def follow(self, part: InsertionView) -> None:
        """The same part as it is stored now."""
        self.words.follow(part.words)

    def stored_as(self, insertion_id: uuid.UUID) -> None:
        """The new paragraph has a place in the report."""
        self._id = insertion_id
        self._show_ways(is_stored=True)

    def settle(self) -> None:
        """Save what is pending."""
        self.words.settle()

    def _write(self, text: str) -> None:
        if text.strip() or self._id is not None:
            self.written.emit(self._id, self._chapter, text)

    def _apply(self) -> None:
        self.settle()
        self.done.emit()

    def _move(self, step: int) -> None:
        self.settle()
        if self._id is not None:
            self.moved.emit(self._id, step)

    def _remove(self) -> None:
        if self._id is not None:
            self.words.put(self.words.toPlainText())
            self.removed.emit(self._id)

    def _tell(self, what: str, title: str, *, is_stored: bool) -> None:
        self.set_title(what)
        self.words.setAccessibleName(what)
        self._hint.setText(self.tr("Am Ende von „{0}“").format(title))
        self._show_ways(is_stored=is_stored)

    def _show_ways(self, *, is_stored: bool) -> None:
        for part in (self.up, self.down, self.remove):
            show_if(part, is_stored)
