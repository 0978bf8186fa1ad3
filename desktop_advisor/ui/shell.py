"""The window: rail, header, the screens in a stack, the way back, and the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.appearance import apply_settings
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.error_screen import ErrorScreen
from desktop_advisor.ui.frame.header import Header
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.frame.network_state import NetworkState
from desktop_advisor.ui.frame.rail import ENTRIES, Rail
from desktop_advisor.ui.frame.reading_order import (
    bring_into_view,
    go_to,
    neighbour,
    room_of,
    tab_stops,
)
from desktop_advisor.ui.lock.window_lock import WindowLock
from desktop_advisor.ui.routes import make_screen
from desktop_advisor.ui.screen import Screen
from desktop_advisor.ui.widgets import column, row

if TYPE_CHECKING:
    from desktop_advisor.ui.synchronise.run import SyncRun
    from desktop_advisor.usecases.workplace import Workplace

_ROOTS = frozenset(where for where, _ in ENTRIES)
SCALE_STEP = 25
"""Percent per press of Ctrl + or −."""
STATE_PAUSE_MS = 300
"""Quiet time after a commit before the unsent count is read again."""


class MainWindow(QMainWindow):
    """Everything after unlocking.

    Attributes:
        lock: hides everything until the passphrase is typed again.

    Signals:
        closing: nothing keeps the window open; what runs behind it is to stop soon.
        closed: the window is gone and pending work has ended.
        wiped: a Wiped, right before the window closes: its store is gone.
    """

    closing = Signal()
    closed = Signal()
    wiped = Signal(object)

    def __init__(
        self,
        place: Workplace,
        *,
        start: Destination | None = None,
        make: Callable[[Workplace, Destination], Screen] = make_screen,
    ) -> None:
        super().__init__()
        self.place = place
        self._make = make
        self._is_closed = False
        self._sync: SyncRun | None = None
        self._trail: list[Destination] = []
        self._roots: dict[Where, Screen] = {}
        self.setWindowTitle("Desktop Advisor")
        self.rail = Rail(place.profile.short_name)
        self.header = Header()
        self.stack = QStackedWidget()
        self.stack.setProperty("kind", "page")
        self.stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self.lock = WindowLock(place, self._front, self._settle)
        self.network = NetworkState(self)
        self._state_pause = QTimer(self, singleShot=True, interval=STATE_PAUSE_MS)
        self._connect()
        self._keys()
        self.setMinimumSize(1024, 640)
        self.resize(1366, 768)
        self.open(start or Destination(Where.TODAY))
        QTimer.singleShot(0, self.network.begin)
        self.lock.idleness.begin()

    def _lay_out(self) -> None:
        right = column(self.header, gap=0)
        right.addWidget(self.stack, 1)
        line = row(self.rail, gap=0)
        line.addLayout(right, 1)
        self._frame = QWidget()
        self._frame.setProperty("kind", "page")
        self._frame.setLayout(line)
        self._front = QStackedWidget()
        self._front.addWidget(self._frame)
        self.setCentralWidget(self._front)

    def _connect(self) -> None:
        self.rail.chosen.connect(lambda where: self.open(Destination(where)))
        self.rail.lock_pressed.connect(self.lock.lock)
        self.header.back_pressed.connect(self.go_back)
        self.header.lock_pressed.connect(self.lock.lock)
        self.lock.lifted.connect(self.show_state)
        self.network.changed.connect(self.show_state)
        self._state_pause.timeout.connect(self.show_state)

    def _keys(self) -> None:
        for number, (where, _) in enumerate(ENTRIES, start=1):
            self._key(f"Ctrl+{number}", partial(self.open, Destination(where)))
        self._key("Ctrl+F", self._search)
        self._key("Alt+Left", self.go_back)
        self._key("Ctrl+L", self.lock.lock)
        self._key("F1", self.show_keys)
        self._key("Ctrl++", lambda: self._zoom(SCALE_STEP))
        self._key("Ctrl+-", lambda: self._zoom(-SCALE_STEP))

    def _key(self, key: str, run: Callable[[], object]) -> None:
        """Of the frame, not of the window: what is hidden has no keys."""
        QShortcut(QKeySequence(key), self._frame).activated.connect(run)

    # -- going places ----------------------------------------------------------------------

    @property
    def screen_shown(self) -> Screen | None:
        """The screen at the front."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def open(self, destination: Destination) -> bool:
        """Go there; False when the screen that is open keeps the advisor until it is settled."""
        if not self._left():
            return False
        if destination.where in _ROOTS:
            self._trail.clear()
        self._trail.append(destination)
        self._show(destination)
        return True

    def go_back(self) -> bool:
        """To where one came from; at the top of a place nothing happens."""
        if not self._can_go_back() or not self._left():
            return False
        self._trail.pop()
        if not self._trail:
            self._trail.append(Destination(Where.TODAY))
        self._show(self._trail[-1])
        return True

    def _can_go_back(self) -> bool:
        """Also out of a screen without the rail that was the first to be opened."""
        screen = self.screen_shown
        return len(self._trail) > 1 or (screen is not None and screen.FULL_SCREEN)

    def _settle(self) -> bool:
        screen = self.screen_shown
        return screen is None or screen.settle()

    def _left(self) -> bool:
        screen = self.screen_shown
        return screen is None or screen.leave()

    def _show(self, destination: Destination) -> None:
        old = self.screen_shown
        screen = self._ready(destination)
        wanted = screen.focusWidget()
        self.stack.setCurrentWidget(screen)  # which would ring the first thing that takes focus
        (wanted or self.stack).setFocus()
        self.rail.light(screen.RAIL)
        self.rail.setVisible(not screen.FULL_SCREEN)
        self.show_header()
        self.show_state()
        if old is not None and old is not screen and old not in self._roots.values():
            self.stack.removeWidget(old)
            old.deleteLater()

    def _ready(self, destination: Destination) -> Screen:
        """The screen with its content, or what happened instead."""
        try:
            screen = self._screen(destination)
            self._take_in(screen)
            screen.refresh()
        except KnownError as error:
            screen = self._connected(ErrorScreen(error, destination))
            self._take_in(screen)
        return screen

    def _take_in(self, screen: Screen) -> None:
        """Before it is refreshed: a widget without a window cannot ask for the keyboard."""
        if self.stack.indexOf(screen) < 0:
            self.stack.addWidget(screen)

    def _screen(self, destination: Destination) -> Screen:
        """Roots are made once, unless they are asked for something special."""
        where = destination.where
        if destination == Destination(where) and where in self._roots:
            return self._roots[where]
        screen = self._connected(self._make(self.place, destination))
        if destination == Destination(where) and where in _ROOTS:
            self._roots[where] = screen
        return screen

    def _connected(self, screen: Screen) -> Screen:
        screen.navigate.connect(self.open)
        screen.back.connect(self.go_back)
        screen.header_changed.connect(self.show_header)
        screen.committed.connect(self._state_pause.start)
        if hasattr(screen, "follow_run"):
            screen.follow_run(self.sync)
        if hasattr(screen, "wiped"):
            screen.wiped.connect(self._end)
        if hasattr(screen, "appearance_changed"):
            screen.appearance_changed.connect(self.restyle)
        return screen

    @property
    def sync(self) -> SyncRun:
        """The one synchronisation of this window; it goes on whatever screen is at the front."""
        from desktop_advisor.ui.synchronise.run import SyncRun

        if self._sync is None:
            self._sync = SyncRun(self.place, self)
            self._sync.moved.connect(self._show_run)
            self._sync.ended.connect(self._state_pause.start)
        return self._sync

    def _end(self, wiped: object) -> None:
        """Nothing may read the store any more."""
        self._is_closed = True
        self._state_pause.stop()
        self.wiped.emit(wiped)
        self.close()

    def _show_run(self) -> None:
        from desktop_advisor.ui.synchronise.phases import running_words

        run = self.sync
        self.rail.foot.show_run(running_words(run.view) if run.is_running else "")

    # -- what the frame says ---------------------------------------------------------------

    def show_header(self) -> None:
        """Ask the screen at the front again for its words and actions."""
        screen = self.screen_shown
        if screen is not None:
            self.header.show_screen(screen, with_back=self._can_go_back())

    def show_state(self) -> None:
        """Read the network state and the unsent count again."""
        from desktop_advisor.usecases.locking import is_locked
        from desktop_advisor.usecases.sync_state import unsent_work

        if self._is_closed or self.lock.is_locked or is_locked(self.place):
            return
        work = unsent_work(self.place)
        self.rail.foot.show_state(self.network.is_online(), work, self.place.clock())

    def show_keys(self) -> None:
        """The key sheet of the screen at the front."""
        screen = self.screen_shown
        sheet = KeySheet(screen.keys() if screen is not None else (), self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def restyle(self) -> None:
        """Follow palette and font scale as saved."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_settings(app, self.place)
        self.rail.measure()
        self.header.measure()
        self.show_header()

    def _zoom(self, step: int) -> None:
        from desktop_advisor.usecases.settings import save_settings, show_settings

        settings = show_settings(self.place)
        percent = min(max(settings.scale_percent + step, 100), 200)
        save_settings(self.place, replace(settings, scale_percent=percent))
        self.restyle()

    def _search(self) -> None:
        screen = self.screen_shown
        field = screen.search_field() if screen is not None else None
        if field is None and self.open(Destination(Where.COMPANIES)):
            field = self._roots[Where.COMPANIES].search_field()
        if field is not None:
            field.setFocus()
            field.selectAll()

    # -- Qt --------------------------------------------------------------------------------

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes on; a part that vanishes with the keyboard leaves it on its screen.

        Qt would hand it to whatever was made next, which after the last part is the rail. Where
        parts come and go all the time, as in the interview, Tab follows the layout instead: in
        the order of making, what was made last would always be reached last.
        """
        held = QApplication.focusWidget()
        if held is not None and not (held.isVisible() and held.isEnabled()):
            self.stack.setFocus()
            return True
        screen, step = self.screen_shown, 1 if is_next else -1
        if screen is None or not screen.FULL_SCREEN:
            is_moved = super().focusNextPrevChild(is_next)
            if (now := QApplication.focusWidget()) is not None:
                bring_into_view(now)
            return is_moved
        room = room_of(held)
        stops = tab_stops(room) if room else [*tab_stops(self.header), *tab_stops(screen)]
        there = neighbour(stops, held, step)
        if there is not None:
            go_to(there, step)
        return there is not None

    def changeEvent(self, event: QEvent) -> None:
        """A window that comes to the front with no keyboard anywhere would ring its rail."""
        if event.type() is QEvent.Type.ActivationChange and self.focusWidget() is None:
            (self.lock.page or self.stack).setFocus()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape and not self.lock.is_locked:
            shown = self.screen_shown
            if (shown is not None and shown.close_one()) or self.go_back():
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.lock.is_all_saved if self.lock.is_locked else self._left()):
            event.ignore()
            return
        if self._sync is not None:
            self._sync.cancel()  # what is confirmed stays confirmed, the rest goes next time
        self.closing.emit()
        self._is_closed = True  # late timers and network news find no store any more
        QThreadPool.globalInstance().waitForDone(10_000)
        super().closeEvent(event)
        self.closed.emit()
