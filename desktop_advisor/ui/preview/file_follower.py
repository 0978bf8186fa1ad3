"""Says when a file has changed on the disk, however its editor writes it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

QUIET_MS = 200
"""Quiet time before a change counts: editors write in several steps. Our choice."""

_Stamp = tuple[int, int, int]


class FileFollower(QObject):
    """Follows one file, also through being replaced: Excel and most editors write a new one.

    Signals:
        changed: the file is there, its content may differ, and it has been quiet for QUIET_MS.
    """

    changed = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file.resolve()
        self._seen = _stamp(self._file)
        self._watcher = QFileSystemWatcher([str(self._file.parent), str(self._file)], self)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._watcher.fileChanged.connect(self._stir)
        self._watcher.directoryChanged.connect(self._stir)
        self._quiet.timeout.connect(self._look)

    def _stir(self, _path: str) -> None:
        self._quiet.start()

    def _look(self) -> None:
        stamp = _stamp(self._file)
        if stamp is None:
            return  # between the old file and the new one; the folder tells when it is there
        if str(self._file) not in self._watcher.files():
            self._watcher.addPath(str(self._file))  # a replaced file is forgotten
        if stamp != self._seen:
            self._seen = stamp
            self.changed.emit()


def _stamp(file: Path) -> _Stamp | None:
    """What differs when a file was written; None while there is none."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
