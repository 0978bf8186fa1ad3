"""The system's camera program, and the folder where it leaves what it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_advisor.domain.errors import KnownError

CAMERA = "microsoft.windows.camera:"
"""Opens the camera program of Windows 10 and 11 (Microsoft, "Launch default apps")."""
FOLDERS = ("Camera Roll", "Eigene Aufnahmen")
"""What the folder is called below the pictures; the second is the German display name."""
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".heic"})
SETTLE_MS = 300
"""Between two looks at a picture that is still being written."""
PATIENCE_MS = 10 * 60 * 1000
"""Ten minutes without a picture: the advisor has gone on to something else."""


class OriginalStays(KnownError):
    """The unencrypted original could not be deleted."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Das Original „{path.name}“ ließ sich nicht löschen.",
            safe="Das Foto ist in der Firmenakte verschlüsselt gesichert.",
            todo=f"Bitte löschen Sie es selbst in „{path.parent}“.",
        )


def camera_folders(pictures: Path | None = None) -> list[Path]:
    """Where pictures may arrive, as far as there are such folders."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    root = pictures or Path(QStandardPaths.writableLocation(place))
    return [folder for folder in (root / name for name in FOLDERS) if folder.is_dir()]


def open_camera() -> bool:
    """Whether the system has a camera program that could be opened."""
    return sys.platform == "win32" and QDesktopServices.openUrl(QUrl(CAMERA))


class CameraRoll(QObject):
    """Waits for one new picture.

    Signals:
        arrived: its path, once it is written completely.
        given_up: ten minutes have passed without one.
    """

    arrived = Signal(object)
    given_up = Signal()

    def __init__(
        self,
        folders: Callable[[], Sequence[Path]] = camera_folders,
        launch: Callable[[], bool] = open_camera,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folders = folders
        self._launch = launch
        self._known: set[Path] = set()
        self._sizes: dict[Path, int] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._give_up)

    def start(self) -> bool:
        """Open the camera and wait; False where there is no camera program or no folder."""
        self.stop()
        folders = list(self._folders())
        self._known = self._pictures(folders)
        if not folders or not self._launch():
            return False
        self._watcher.addPaths([str(folder) for folder in folders])
        self._patience.start()
        return True

    def stop(self) -> None:
        """Wait no longer."""
        self._patience.stop()
        self._settle.stop()
        self._sizes.clear()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)

    def is_waiting(self) -> bool:
        """Whether a picture is still expected."""
        return self._patience.isActive()

    def _look(self) -> None:
        folders = [Path(folder) for folder in self._watcher.directories()]
        for picture in sorted(self._pictures(folders) - self._known):
            size = _size(picture)
            if size > 0 and self._sizes.get(picture) == size:
                self.stop()
                self.arrived.emit(picture)
                return
            self._sizes[picture] = size
            self._settle.start()

    def _give_up(self) -> None:
        self.stop()
        self.given_up.emit()

    @staticmethod
    def _pictures(folders: Sequence[Path]) -> set[Path]:
        found: set[Path] = set()
        for folder in folders:
            try:
                found |= {p for p in folder.iterdir() if p.suffix.lower() in PICTURES}
            except OSError:
                continue  # the folder has just been taken away
        return found


def delete_original(path: Path) -> None:
    """Take the unencrypted original off the disk. Raises: OriginalStays."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OriginalStays(path) from error


def _size(path: Path) -> int:
    """Bytes; 0 while nobody may read it yet."""
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError:
        return 0
