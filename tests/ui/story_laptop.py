"""One advisor's laptop in the story: the real program on a store of its own, pressed and typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desktop_advisor.demo import story
from desktop_advisor.demo.window import settle
from desktop_advisor.ui.app import Entrance
from desktop_advisor.ui.appearance import network_tokens
from desktop_advisor.ui.companies.list_view import CompanyList
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.frame.reading_order import bring_into_view
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.start.first_start import FirstStartPage
from desktop_advisor.ui.synchronise.screen import SynchroniseScreen
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.widgets import FieldForm
from desktop_advisor.usecases.sync_state import SyncOverview
from desktop_advisor.usecases.synchronising import show_sync
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import RESOURCES

PLAIN = ("hell", "light", (1366, 768))
LOOKS = (PLAIN, ("dunkel", "dark", (1366, 768)), ("gross", "light", (1920, 1080)))
PATIENCE = 8
"""How often the window may use up its own patience until something is done."""
Part = TypeVar("Part", bound=QWidget)
Shown = TypeVar("Shown", bound=QWidget)


class Camera:
    """Numbered pictures in a folder."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._profile = next(p for p in RESOURCES.profiles() if p.id == "itas")
        self._taken = 0

    def path(self, name: str, look: str = "hell") -> Path:
        """Where the next picture goes, for those who take it themselves."""
        self._taken += look == "hell"
        return self._folder / f"{self._taken:02d}-{name}-{look}.png"

    def shoot(self, name: str, window: QWidget, *, is_important: bool = False) -> None:
        """The window with the dialog over it; important ones also dark and large."""
        for look, palette, size in LOOKS if is_important else (PLAIN,):
            if is_important:
                apply_theme(self._app, network_tokens(palette, self._profile), 1.0)
            window.resize(*size)
            settle(lambda: True)
            _picture(window, self.path(name, look))
        if is_important:
            apply_theme(self._app, network_tokens("light", self._profile), 1.0)
            window.resize(*PLAIN[2])
            settle(lambda: True)


def _picture(window: QWidget, path: Path) -> None:
    from PySide6.QtGui import QPainter

    picture = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            painter = QPainter(picture)
            painter.drawPixmap(window.rect().center() - dialog.rect().center(), dialog.grab())
            painter.end()
    picture.save(str(path))


class Laptop:
    """From the first start on. Whatever an advisor does here goes through buttons and keys."""

    def __init__(self, app: QApplication, folder: Path, camera: Camera) -> None:
        self._entrance = Entrance(app, RESOURCES, folder)
        self._camera = camera
        self.folder = folder
        self._entrance.show()

    @property
    def window(self) -> MainWindow:
        """The window after the first start."""
        assert self._entrance.window is not None
        return self._entrance.window

    @property
    def place(self) -> Workplace:
        """What the window works on."""
        return self.window.place

    @property
    def door(self) -> QWidget:
        """What stands there before there is a window, and after its end."""
        assert self._entrance.door is not None
        return self._entrance.door

    def begin(self, name: str) -> None:
        """The first start, filled in."""
        page = shown(self.door, FirstStartPage)
        page.form.put({"profile": "itas"})
        secret = story.PASSPHRASE
        fill(page.form, name=name, passphrase=secret, again=secret, pin=story.PIN)
        press(page, "Einrichten")
        wait(lambda: self._entrance.window is not None)

    def end(self) -> None:
        """Close the program."""
        if self._entrance.window is not None:
            self.window.close()
            self.window.deleteLater()
        settle(lambda: True)

    def shoot(self, name: str, *, is_important: bool = False, at: QWidget | None = None) -> None:
        """A picture of the window; at: what is to be in sight."""
        if at is not None:
            bring_into_view(at)
        self._camera.shoot(name, self.window, is_important=is_important)

    # -- going places ----------------------------------------------------------------------

    def go(self, where: Where) -> None:
        """By the rail."""
        click(self.window.rail.buttons[where])
        settle(lambda: True)

    def screen(self, kind: type[Shown]) -> Shown:
        """The screen at the front, which is of that kind."""
        screen = self.window.screen_shown
        assert isinstance(screen, kind), screen
        return screen

    def open_company(self, name: str) -> CompanyFileScreen:
        """Its file, from the list."""
        self.go(Where.COMPANIES)
        found = shown(self.window, CompanyList)
        rows = [row.name for row in found.companies.rows]
        index = found.companies.index(rows.index(name), 0)
        QTest.mouseClick(
            found.viewport(),
            Qt.MouseButton.LeftButton,
            pos=found.visualRect(index).center(),
        )
        settle(lambda: True)
        return self.screen(CompanyFileScreen)

    def write_products(self, company: str, words: str) -> CompanyFileScreen:
        """What the company makes, typed anew."""
        screen = self.open_company(company)
        edit = screen.data.form.edit("products")
        bring_into_view(edit)
        type_into(edit, words)
        settle(lambda: screen.data.form.texts()["products"] == words)
        return screen

    def press_header(self, words: str) -> None:
        """A button in the header."""
        press(self.window.header, words)

    # -- synchronising ---------------------------------------------------------------------

    @property
    def overview(self) -> SyncOverview:
        """What the program knows of its synchronisation."""
        return show_sync(self.place)

    def to_sync(self) -> SynchroniseScreen:
        """The screen with the one button."""
        self.go(Where.SYNCHRONISE)
        return self.screen(SynchroniseScreen)

    def enrol(self, text: str, name: str) -> SynchroniseScreen:
        """Paste what the network's office sent, name the laptop, press the one button."""
        screen = self.to_sync()
        fill(screen.enrolment.form, code=text, device=name)
        self.press_header("Gerät anmelden")
        wait(lambda: screen.is_enrolled)
        return screen

    def synchronise(self, words: str = "Jetzt synchronisieren") -> SynchroniseScreen:
        """Press the one button and wait for the end of the run."""
        screen = self.to_sync()
        self.press_header(words)
        assert self.window.sync.is_running
        wait(lambda: not self.window.sync.is_running)
        return screen


def shown(root: QWidget, kind: type[Part]) -> Part:
    """The one part of that kind that can be seen."""
    (found,) = [part for part in root.findChildren(kind) if part.isVisible()]
    return found


def words_on(root: QWidget) -> str:
    """Everything that can be read there."""
    labels = [label.text() for label in root.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)


def press(root: QWidget, words: str) -> None:
    """The one button with these words, if it can be pressed."""
    buttons = [b for b in root.findChildren(QPushButton) if b.isVisible()]
    (button,) = [b for b in buttons if b.text().strip() == words]
    click(button)


def click(button: QPushButton) -> None:
    """With the mouse, where it can be seen."""
    assert button.isEnabled(), button.text()
    bring_into_view(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill(form: FieldForm, **texts: str) -> None:
    """Type these into the form's fields."""
    for key, text in texts.items():
        type_into(form.edit(key), text)


def type_into(edit: QWidget, text: str) -> None:
    """Instead of what is there, key by key."""
    assert isinstance(edit, QLineEdit | QPlainTextEdit)
    edit.setFocus()
    edit.selectAll()
    for letter in text:  # Qt's own keyClicks knows no umlauts
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(edit, pressed)


def wait(is_done: Callable[[], bool]) -> None:
    """Until it is done; AssertionError where it never is."""
    for _ in range(PATIENCE):
        settle(is_done)
        if is_done():
            return
    raise AssertionError("it takes too long")


def choose_file(path: Path, look: Callable[[QWidget], object] = lambda _dialog: None) -> None:
    """Answer the next file dialog with this path. look: called with the dialog before that."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(50, answer)
            return
        dialog.move(QPoint(0, 0))
        look(dialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.setText(str(path))
        dialog.accept()

    QTimer.singleShot(50, answer)
