"""What happens when a kept file is opened: a picture is shown here, anything else is copied."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.file_intake import write_copy
from desktop_advisor.ui.interview.picture_viewer import PictureViewer
from desktop_advisor.ui.tasks import run_task
from desktop_advisor.usecases.evidence import AttachmentView, read_file
from desktop_advisor.usecases.workplace import Workplace


class FileOpening(QObject):
    """Decrypts into memory only; a readable copy is written where the advisor asks for one.

    Attributes:
        viewer: the picture shown now, None for none.

    Signals:
        failed: the error that kept a file from being read or copied.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._above = parent
        self.viewer: PictureViewer | None = None

    def open(self, place: Workplace, file: AttachmentView) -> None:
        """Read it in a worker, then show or copy it."""
        run_task(
            self,
            lambda _control: read_file(place, file.attachment_id),
            on_done=lambda content: self._show(file, content),
            on_failed=self.failed.emit,
        )

    def _show(self, file: AttachmentView, content: bytes) -> None:
        if not file.is_picture:
            self._save_copy(file, content)
            return
        self.viewer = PictureViewer(file.name, content, self._above)
        self.viewer.save_wanted.connect(lambda: self._save_copy(file, content))
        self.viewer.destroyed.connect(self._forget_viewer)
        self.viewer.open()

    def _forget_viewer(self) -> None:
        self.viewer = None

    def _save_copy(self, file: AttachmentView, content: bytes) -> None:
        target = self.ask_save(file.name)
        if target is not None:
            try:
                write_copy(target, content)
            except KnownError as error:
                self.failed.emit(error)

    def ask_save(self, name: str) -> Path | None:
        """Where a readable copy goes; None for nowhere."""
        found, _ = QFileDialog.getSaveFileName(
            self._above.window(), self.tr("Unverschlüsselte Kopie speichern"), name
        )
        return Path(found) if found else None
