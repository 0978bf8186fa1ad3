"""Locking one window: what is typed is committed, everything is hidden, then the keys go."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_advisor.ui.lock.curtain import Curtain
from desktop_advisor.ui.lock.idleness import Idleness
from desktop_advisor.ui.lock.page import LockPage
from desktop_advisor.ui.lock.sleep import watch_sleep
from desktop_advisor.ui.start.unlock import SECOND_MS
from desktop_advisor.ui.tasks import is_work_under_way
from desktop_advisor.usecases.locking import is_locked, lock, lock_minutes, unlock

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace

QUIET_MS = 100
"""How often it is looked whether the work under way has ended."""


class WindowLock(QObject):
    """Everything is hidden at once; the keys are forgotten as soon as no task needs them any more.

    What the screens hold stays in their widgets, so that one goes on where one was.

    Attributes:
        page: the lock page, None while unlocked.
        is_all_saved: False while something typed could not be committed and would go with the
            window.
        idleness: says when it is time.

    Signals:
        lifted: the passphrase was right and everything is shown again.
    """

    lifted = Signal()

    def __init__(
        self,
        place: Workplace,
        front: QStackedWidget,
        settle: Callable[[], bool],
        *,
        idleness: Idleness | None = None,
        second_ms: int = SECOND_MS,
    ) -> None:
        """front: its first page is what is hidden. settle: commits; False where it cannot."""
        super().__init__(front)
        self._place = place
        self._front = front
        self._settle = settle
        self._second_ms = second_ms
        self._curtain = Curtain()
        self._held: QWidget | None = None
        self._title = ""
        self.page: LockPage | None = None
        self.is_all_saved = True
        self._quiet = QTimer(self, interval=QUIET_MS)
        self._quiet.timeout.connect(self._forget_keys)
        self.idleness = idleness or Idleness(self._limit_s, parent=self)
        self.idleness.due.connect(self.lock)
        self._sleep = watch_sleep(self.lock)

    @property
    def is_locked(self) -> bool:
        """Whether the passphrase is asked for."""
        return self.page is not None

    def lock(self) -> None:
        """Commit what is typed, hide everything, forget the keys."""
        if self.is_locked:
            return
        window = self._front.window()
        self._held = window.focusWidget()
        self.is_all_saved = self._is_settled()
        self.page = LockPage(
            self._unlock, is_all_saved=self.is_all_saved, second_ms=self._second_ms
        )
        self.page.unlocked.connect(self._lift)
        self._front.addWidget(self.page)
        self._front.setCurrentWidget(self.page)
        self._title = window.windowTitle()
        window.setWindowTitle(self.tr("Desktop Advisor (gesperrt)"))
        self._curtain.draw(window)
        self.page.passphrase.setFocus()
        self._quiet.start()
        self._forget_keys()

    def _forget_keys(self) -> None:
        """Not before the last callback has run: it may still read, and show a window of its own."""
        if self.page is None:
            return
        self._curtain.draw(self._front.window())
        is_busy = is_work_under_way()
        self.page.say_busy(is_busy)
        if not is_busy:
            self._quiet.stop()
            lock(self._place)

    def _unlock(self, passphrase: str) -> None:
        unlock(self._place, passphrase)

    def _lift(self) -> None:
        page, self.page = self.page, None
        if page is None:
            return
        self._quiet.stop()
        self._front.setCurrentIndex(0)
        self._front.removeWidget(page)
        page.deleteLater()
        self._front.window().setWindowTitle(self._title)
        self._curtain.lift()
        self._give_back_keyboard()
        self._is_settled()
        self.is_all_saved = True
        self.lifted.emit()

    def _is_settled(self) -> bool:
        try:
            return self._settle()
        except Exception:  # noqa: BLE001  whatever keeps it from being saved, it is locked
            return False

    def _give_back_keyboard(self) -> None:
        held, self._held = self._held, None
        if held is None or not shiboken6.isValid(held):
            return
        if held.isVisible() and held.isEnabled():
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _limit_s(self) -> float | None:
        if self.is_locked or is_locked(self._place):
            return None
        minutes = lock_minutes(self._place)
        return None if minutes is None else minutes * 60.0
