"""Übergabenotiz of one referral: as a PDF, or as an e-mail to be copied."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.widgets import Label, QuietButton, SecondaryButton, SmallText, column
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.usecases.handover import FILE_NAME, handover_mail, save_handover

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

TEXT_HEIGHT = 230
"""Pixels of the text at 100 %; it scrolls within."""


class HandoverView(QWidget):
    """The text as it is handed over, to be read before it is copied or printed.

    Signals:
        said: a sentence on what was done.
        failed: the error.
        closed: it is no longer needed.
    """

    said = Signal(str)
    failed = Signal(object)
    closed = Signal()

    def __init__(self, place: Workplace, referral_id: uuid.UUID) -> None:
        super().__init__()
        self._place, self._referral_id = place, referral_id
        self.text = QPlainTextEdit(handover_mail(place, referral_id))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme().px(TEXT_HEIGHT))
        self.text.setAccessibleName(self.tr("Text der Übergabenotiz"))
        self.save = SecondaryButton(self.tr("Als PDF speichern …"))
        self.copy = SecondaryButton(self.tr("E-Mail-Text kopieren"))
        close = QuietButton(self.tr("Schließen"))
        self.save.clicked.connect(self._ask_where)
        self.copy.clicked.connect(self._copy)
        close.clicked.connect(self.closed)
        hint = self.tr(
            "Das und nicht mehr wird weitergegeben. Ergebnisse der Befragung und andere Personen "
            "stehen nicht darin. Ihre Telefonnummer tragen Sie in den Einstellungen ein."
        )
        buttons = FlowLayout(self.save, self.copy, close)
        title = Label(self.tr("Übergabenotiz"), "label")
        self.setLayout(column(title, SmallText(hint), buttons, self.text, gap=S))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.said.emit(self.tr("Der Text liegt in der Zwischenablage."))

    def _ask_where(self) -> None:
        found, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Übergabenotiz speichern"),
            FILE_NAME,
            self.tr("PDF-Dateien (*.pdf)"),
        )
        if found:
            self.write(Path(found))

    def write(self, target: Path) -> None:
        """Write the page there, off the GUI thread."""
        place, referral_id = self._place, self._referral_id

        def work(_control: Control) -> None:
            save_handover(place, referral_id, target)

        def done(_result: None) -> None:
            self.said.emit(self.tr("Die Übergabenotiz liegt in {0}.").format(str(target)))

        run_task(self, work, on_done=done, on_failed=self.failed.emit)
