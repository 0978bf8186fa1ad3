"""Put a photo into the report, away from the window's thread; consent comes first."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.file_intake import Item
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.usecases.evidence import (
    PhotoConsentMissing,
    record_photo_consent,
    require_photo_consent,
)
from desktop_advisor.usecases.report_edits.insertions import add_report_photo

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class PhotoIntake(QObject):
    """Keeps one photo at a time.

    Signals:
        kept: the id of the new part of the report.
        consent_missing: the sentence that asks for it; the photo waits.
        failed: the exception that kept it out.
    """

    kept = Signal(object)
    consent_missing = Signal(str)
    failed = Signal(object)

    def __init__(self, place: Workplace, case_id: uuid.UUID, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._case_id = case_id
        self._waiting: tuple[str, Path] | None = None

    def take(self, chapter: str, path: Path) -> None:
        """Keep it, or ask for the consent it needs."""
        try:
            require_photo_consent(self._place, self._case_id, None)
        except PhotoConsentMissing as error:
            self._waiting = (chapter, path)
            self.consent_missing.emit(f"{error.what} {error.todo}")
            return
        place, case_id = self._place, self._case_id

        def work(_control: Control) -> uuid.UUID:
            content = Item(path.name, path).read()
            return add_report_photo(place, case_id, chapter, path.name, content)

        run_task(self, work, on_done=self.kept.emit, on_failed=self.failed.emit)

    def consent_given(self) -> None:
        """Note it and keep the photo that waits."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        try:
            record_photo_consent(self._place, self._case_id, None)
        except KnownError as error:
            self._waiting = waiting
            self.failed.emit(error)
            return
        self.take(*waiting)
