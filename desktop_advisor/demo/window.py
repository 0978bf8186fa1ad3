"""The real window, driven offscreen, and pictures of its screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_advisor.ui.destinations import Destination

if TYPE_CHECKING:
    from desktop_advisor.ui.shell import MainWindow
    from desktop_advisor.usecases.workplace import Workplace

SIZE = (1366, 768)
LONGEST_WAIT_MS = 8000
QUIET_MS = 350
"""A little longer than the window waits before it counts what is unsent."""
PAINT_MS = 60


class Photographer:
    """Opens screens of a window and saves what is to be seen.

    Attributes:
        taken: the pictures, in the order they were taken; none without a folder.
    """

    def __init__(self, window: MainWindow, folder: Path | None) -> None:
        self._window = window
        self._folder = folder
        self.taken: list[Path] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, destination: Destination, *, suffix: str = "") -> None:
        """Open that screen, wait until it is quiet, save it as NAME.png."""
        if self._folder is not None:
            self._window.open(destination)
            self.shoot(name + suffix)

    def press_next(self, destination: Destination) -> None:
        """Open that screen and press its one primary button."""
        self._window.open(destination)
        screen = self._window.screen_shown
        action = screen.primary() if screen is not None else None
        if action is None:
            raise RuntimeError(f"nothing comes next at {destination.where}")
        action.run()

    def shoot(self, name: str) -> None:
        """Save what the window shows now."""
        settle(lambda: True)
        if self._folder is None:
            return
        path = self._folder / f"{len(self.taken) + 1:02d}-{name}.png"
        self._window.grab().save(str(path))
        self.taken.append(path)


@contextmanager
def opened_window(place: Workplace, palette: str = "light") -> Iterator[MainWindow]:
    """The main window on `place`, as after unlocking."""
    from desktop_advisor.ui.app import create_application
    from desktop_advisor.ui.shell import MainWindow

    create_application(place.resources, palette)
    window = MainWindow(place)
    window.resize(*SIZE)
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        settle(lambda: True)


def settle(is_done: Callable[[], bool]) -> None:
    """Let the window work until `is_done`, its background tasks have ended and it has painted."""
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

    from desktop_advisor.ui.tasks import is_work_under_way

    waited, was_quiet, pause_ms = QElapsedTimer(), False, QUIET_MS
    waited.start()
    while waited.elapsed() < LONGEST_WAIT_MS:
        pause = QEventLoop()
        QTimer.singleShot(pause_ms, pause.quit)
        pause.exec()
        is_quiet = is_done() and not is_work_under_way()
        if is_quiet and was_quiet:
            return
        # What a task brought is laid out and painted only in the round after it.
        was_quiet, pause_ms = is_quiet, PAINT_MS
