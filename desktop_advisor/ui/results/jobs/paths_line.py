"""Wege für Beschäftigte: what the page is, and the button that writes it."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.spacing import L
from desktop_advisor.ui.widgets import SecondaryButton, SmallText, Strong, column, row
from desktop_advisor.usecases.documents.listing import document, file_name, save_document

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class PathsLine(QWidget):
    """One line with its button.

    Signals:
        written: the path of the page.
        failed: the error, to be said where it can be seen.
    """

    written = Signal(Path)
    failed = Signal(object)

    def __init__(self, place: Workplace, case_id: uuid.UUID) -> None:
        super().__init__()
        self._place, self._case_id = place, case_id
        self.button = SecondaryButton(self.tr("Als PDF speichern"))
        self.button.setAccessibleName(self.tr("Wege für Beschäftigte als PDF speichern"))
        self.button.clicked.connect(self.ask)
        words = column(Strong(self.tr("Wege für Beschäftigte")), SmallText(self._hint()), gap=0)
        line = row(gap=L)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)

    def _hint(self) -> str:
        return self.tr(
            "Eine Seite zum Aushängen: Tätigkeiten und ihr Lernbedarf, Kurse, Förderung, Rechte, "
            "Ansprechstellen; keine Zahlen. Bitte vor dem Verteilen gemeinsam ansehen."
        )

    def ask(self) -> None:
        """Ask where, then write."""
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Wege für Beschäftigte speichern"),
            file_name(document("paths"), ""),
            self.tr("PDF-Dateien (*.pdf)"),
        )
        if found:
            self.write(Path(found))

    def write(self, target: Path) -> None:
        """Write the page there, off the GUI thread."""
        place, case_id = self._place, self._case_id

        def work(_control: Control) -> Path:
            return save_document(place, case_id, "paths", target)

        run_task(self, work, on_done=self.written.emit, on_failed=self.failed.emit)
