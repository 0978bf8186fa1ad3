"""When the program locks itself: nobody touched it, the laptop slept, or Ctrl+L was pressed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

TICK_MS = 2_000
"""How long what was open may be seen after the lid is opened."""
SLEPT_S = 120
"""A longer gap between two ticks means that the laptop slept, not that it was busy."""
LEAST_S = 60
"""Nobody is asked for the limit sooner: no limit is shorter."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,  # alone, where the key was a shortcut
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


@dataclass(frozen=True)
class Moment:
    """steady_s: never set, may stand still in sleep. wall_s: goes on in sleep."""

    steady_s: float
    wall_s: float


def now() -> Moment:
    """As the system's clocks say."""
    return Moment(time.monotonic(), time.time())


class Idleness(QObject):
    """Watches what arrives at the program's windows, before any widget sees it.

    limit_s: seconds without a touch after which the program locks, None for never; asked only
    when it may have passed.

    Signals:
        due: nobody has touched the program for that long, the laptop slept, or Ctrl+L.
    """

    due = Signal()

    def __init__(
        self,
        limit_s: Callable[[], float | None],
        *,
        clock: Callable[[], Moment] = now,
        tick_ms: int = TICK_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit_s = limit_s
        self._clock = clock
        self._seen = clock()
        self._touched_s = self._seen.steady_s
        self._tick = QTimer(self, interval=tick_ms)
        self._tick.timeout.connect(self.check)

    def begin(self) -> None:
        """Watch every window of the program from now on."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            for window in app.topLevelWindows():
                self._watch(window)
            app.focusWindowChanged.connect(self._watch)
        self._tick.start()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched_s = self._clock().steady_s

    def check(self) -> None:
        """Whether it is time to lock."""
        before, self._seen = self._seen, self._clock()
        idle_s = self._seen.steady_s - self._touched_s
        if self._seen.wall_s - before.wall_s > SLEPT_S or self._is_over(idle_s):
            self.touch()
            self.due.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self.check()  # the lid may just have been opened by this very key
            self.touch()
            if event.type() is QEvent.Type.KeyPress and _is_lock_key(event):
                self.due.emit()
                return True
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time changes nothing

    def _is_over(self, idle_s: float) -> bool:
        if idle_s < LEAST_S:
            return False
        limit_s = self._limit_s()
        return limit_s is not None and idle_s >= limit_s


def _is_lock_key(event: QEvent) -> bool:
    """Ctrl+L; caught here, because a shortcut of the window is dead while a dialog is open."""
    control = Qt.KeyboardModifier.ControlModifier
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == control
    )
