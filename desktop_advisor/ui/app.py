"""The program as Qt sees it: the application object, and the way from the start to the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop_advisor.ui.appearance import apply_settings, base_tokens
from desktop_advisor.ui.faults import FaultReporter
from desktop_advisor.ui.start.first_start import FirstStart, FirstStartPage, NetworkChoice
from desktop_advisor.ui.start.unlock import UnlockPage
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.typography import load_fonts

if TYPE_CHECKING:
    from desktop_advisor.ui.shell import MainWindow
    from desktop_advisor.usecases.wiping import Wiped
    from desktop_advisor.usecases.workplace import Resources, Workplace

NAME = "Desktop Advisor"
_PREPARED = "advisor_prepared"


def create_application(
    resources: Resources,
    palette: str = "system",
    scale: float = 1.0,
    arguments: Sequence[str] = (),
) -> QApplication:
    """The application with fonts, German Qt texts and a palette ("light", "dark", "system").

    Made once per process; a second call only applies the palette again.
    """
    held = QApplication.instance()
    app = held if isinstance(held, QApplication) else QApplication([NAME, *arguments])
    if not app.property(_PREPARED):
        app.setProperty(_PREPARED, True)
        app.setApplicationName(NAME)
        app.setApplicationDisplayName(NAME)
        load_fonts(resources.fonts)
        _speak_german(app)
        _show_icon(app, resources.root / "icons" / "desktop-advisor.svg")
    apply_theme(app, base_tokens(palette), scale)
    return app


def _speak_german(app: QApplication) -> None:
    """Qt's own buttons and menus in German; ours are German in the source."""
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    translator = QTranslator(app)
    if translator.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _show_icon(app: QApplication, path: Path) -> None:
    if path.is_file():
        app.setWindowIcon(QIcon(str(path)))


class Entrance(QObject):
    """First start or unlocking, then the window.

    Attributes:
        window: the window after unlocking, None before.
    """

    def __init__(self, app: QApplication, resources: Resources, folder: Path) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self._folder = folder
        self.door: QMainWindow | None = None
        self.window: MainWindow | None = None

    def show(self) -> None:
        """The page that fits: unlock what is there, or set up."""
        door = QMainWindow()
        door.setWindowTitle(NAME)
        door.setCentralWidget(self._page())
        door.setMinimumSize(640, 560)
        door.resize(1366, 768)
        door.show()
        self.door = door
        QTimer.singleShot(0, self._load_ahead)

    def _page(self) -> QWidget:
        from desktop_advisor.usecases.setting_up import is_set_up

        if is_set_up(self._folder):
            page = UnlockPage(self._unlock)
            page.unlocked.connect(self._enter)
            return page
        networks = [
            NetworkChoice(profile.id, profile.name, profile.region, profile.note)
            for profile in self._resources.profiles()
        ]
        first = FirstStartPage(networks, self._set_up)
        first.created.connect(self._enter)
        return first

    def _unlock(self, passphrase: str) -> object:
        from desktop_advisor.usecases.setting_up import unlock

        return unlock(self._resources, self._folder, passphrase)

    def _set_up(self, wanted: FirstStart) -> object:
        from desktop_advisor.usecases.setting_up import set_up

        return set_up(
            self._resources,
            self._folder,
            name=wanted.name,
            profile_id=wanted.profile_id,
            passphrase=wanted.passphrase,
            pin=wanted.pin,
        )

    def _load_ahead(self) -> None:
        """Import what the window needs while the passphrase is being typed."""

        def work(_control: Control) -> None:
            import desktop_advisor.usecases.synchronising
            import desktop_advisor.usecases.today  # noqa: F401

        run_task(self, work, on_done=lambda _none: None, on_failed=lambda _error: None)

    def _enter(self, place: Workplace) -> None:
        from desktop_advisor.ui.shell import MainWindow

        apply_settings(self._app, place)
        self.window = MainWindow(place)
        self.window.closed.connect(place.close)
        self.window.wiped.connect(self._say_wiped)
        self.window.show()
        self._sort_in(place, self.window)
        if self.door is not None:
            self.door.close()
            self.door.deleteLater()
            self.door = None

    def _sort_in(self, place: Workplace, window: MainWindow) -> None:
        """What the last run received and could not sort in before the program ended.

        Where that fails, the window stands all the same and the fault is said over it.
        """
        from desktop_advisor.usecases.setting_up import sort_in_leftovers

        first = window.screen_shown

        def show(is_any: bool) -> None:
            is_seen = window.isVisible() and window.screen_shown is first
            if is_any and first is not None and is_seen:
                first.refresh()

        def work(control: Control) -> bool:
            return sort_in_leftovers(place, control.cancelled)

        def fail(error: Exception) -> None:
            if window.isVisible():
                raise error

        task = run_task(window, work, on_done=show, on_failed=fail)
        window.closing.connect(task.cancel)

    def _say_wiped(self, wiped: Wiped) -> None:
        """The end screen stands before the window goes, or the program would end with it."""
        from desktop_advisor.ui.start.wiped import WipedPage

        page = WipedPage(wiped)
        door = QMainWindow()
        page.quit_pressed.connect(door.close)
        door.setWindowTitle(NAME)
        door.setCentralWidget(page)
        door.setMinimumSize(640, 560)
        door.resize(1366, 768)
        door.show()
        self.door = door


def run_application(resources: Resources, folder: Path, arguments: Sequence[str]) -> int:
    """Run until the window is closed; the exit code."""
    app = create_application(resources, arguments=arguments)
    FaultReporter(folder, app).install()
    entrance = Entrance(app, resources, folder)
    entrance.show()
    return app.exec()
