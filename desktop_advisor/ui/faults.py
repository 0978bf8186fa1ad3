"""A fault of ours is said in plain German instead of leaving a dead button."""

from __future__ import annotations

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.errors import StoreLocked

LOG = "fehler.log"
LARGEST_LOG_BYTES = 200_000
"""Beyond it the log begins anew; enough for some hundred faults."""


class FaultReporter(QObject):
    """Takes what no one else caught: writes where it happened, says it once at a time.

    The log names types and places, never messages or values: they may hold what was typed.
    """

    _happened = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = folder / LOG
        self.box: QMessageBox | None = None
        self._happened.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on unexpected errors come here, whichever thread they are from."""
        sys.excepthook = self.report

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Write it down and ask the window's thread to say it."""
        if issubclass(kind, StoreLocked):
            return  # a timer came late; what it wanted to save still stands in its field
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._write(kind, trace)
        self._happened.emit(error)

    def _write(self, kind: type[BaseException], trace: TracebackType | None) -> None:
        places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        entry = "\n  ".join([f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {kind.__name__}", *places])
        try:
            is_full = self._log.exists() and self._log.stat().st_size > LARGEST_LOG_BYTES
            with self._log.open("w" if is_full else "a", encoding="utf-8") as log:
                log.write(entry + "\n")
        except OSError:
            return  # a full disk must not hide the fault itself

    def _say(self, error: BaseException) -> None:
        if self.box is not None and self.box.isVisible():
            return
        if isinstance(error, KnownError):
            what, rest = error.what, " ".join(part for part in (error.safe, error.todo) if part)
        else:
            what = self.tr("Im Programm ist ein Fehler aufgetreten.")
            rest = self.tr(
                "Was als gespeichert angezeigt wurde, ist gespeichert. Bitte wiederholen Sie den "
                "Schritt oder starten Sie das Programm neu. Der Fehler ist ohne Ihre Eingaben "
                "vermerkt in: {0}"
            ).format(self._log)
        self.box = QMessageBox(QApplication.activeWindow())
        self.box.setIcon(QMessageBox.Icon.Warning)
        self.box.setWindowTitle(self.tr("Desktop Advisor"))
        self.box.setText(what)
        self.box.setInformativeText(rest)
        self.box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        self.box.open()
