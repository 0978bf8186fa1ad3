"""Add a paragraph or a photo to a chapter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog

from desktop_advisor.ui.interview.notice import Notice
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Card, ChoiceBox, Label, SecondaryButton
from desktop_advisor.usecases.report_edits.showing import ChapterView

PICTURES = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.heic"


class AddingCard(Card):
    """Where it goes and what it is.

    Attributes:
        consent: asks for the consent that photos need.

    Signals:
        paragraph_wanted: the chapter.
        photo_wanted: the chapter and the file.
        consented: the company has just agreed to photos.
    """

    paragraph_wanted = Signal(str)
    photo_wanted = Signal(str, Path)
    consented = Signal()

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("AddingCard", "Eigenes hinzufügen"))
        self.where = ChoiceBox()
        self.where.setAccessibleName(self.tr("Am Ende von Kapitel"))
        self.paragraph = SecondaryButton(self.tr("Absatz hinzufügen"), "note")
        self.photo = SecondaryButton(self.tr("Foto hinzufügen"), "camera")
        no = self.tr("Ohne Foto weiter")
        self.consent = Notice(self.tr("Einwilligung liegt jetzt vor"), no, Tone.ATTENTION)
        label = Label(self.tr("Am Ende von Kapitel"), "label")
        self.add(label, self.where, self.paragraph, self.photo, self.consent)
        self.body.setSpacing(S)
        self.paragraph.clicked.connect(lambda: self.paragraph_wanted.emit(self.where.value()))
        self.photo.clicked.connect(self._ask)
        self.consent.accepted.connect(self.consented)

    def show_chapters(self, chapters: Sequence[ChapterView], printed: Sequence[str]) -> None:
        """Those that are printed; what is chosen stays."""
        options = [(c.chapter, c.title) for c in chapters if c.is_shown and c.printed in printed]
        before = self.where.value()
        if options != [
            (self.where.itemData(n), self.where.itemText(n)) for n in range(self.where.count())
        ]:
            self.where.set_options(options)
            self.choose(before)

    def choose(self, chapter: str) -> None:
        """Suggest the chapter that is being read."""
        if self.where.findData(chapter) >= 0:
            self.where.set_value(chapter)

    def ask_file(self) -> Path | None:
        """The photo the advisor chooses."""
        pattern = self.tr("Bilder ({0})").format(PICTURES)
        found, _ = QFileDialog.getOpenFileName(self.window(), self.tr("Foto wählen"), "", pattern)
        return Path(found) if found else None

    def _ask(self) -> None:
        path = self.ask_file()
        if path is not None:
            self.photo_wanted.emit(self.where.value(), path)
