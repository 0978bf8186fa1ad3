"""Work of which only the latest request counts: a newer one replaces what is still waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_advisor.ui.tasks import Control, Task, run_task

T = TypeVar("T")
SLOW_MS = 300
"""What takes no longer needs no progress; it would only flicker."""

_Request = tuple[Callable[[Control], Any], Callable[[Any], object], Callable[[Exception], object]]


class LatestWork(QObject):
    """Runs one piece of work at a time on a worker's thread.

    A request that comes meanwhile asks the running one to stop, ignores what it still says, and
    follows it; of several that wait only the last is run.

    Signals:
        slow: True once work takes longer than SLOW_MS, False when nothing runs any more.
    """

    slow = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task[Any] | None = None
        self._next: _Request | None = None
        self._is_dropped = False
        self._timer = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._timer.timeout.connect(lambda: self.slow.emit(True))

    @property
    def is_running(self) -> bool:
        """Whether something was asked for and has not arrived."""
        return self._next is not None or (self._task is not None and not self._is_dropped)

    def run(
        self,
        work: Callable[[Control], T],
        on_done: Callable[[T], object],
        on_failed: Callable[[Exception], object],
    ) -> None:
        """Do this instead of whatever was asked for before."""
        if not self._timer.isActive() and not self.is_running:
            self._timer.start()
        self._next = (work, on_done, on_failed)
        if self._task is None:
            self._begin()
        else:
            self._task.cancel()

    def drop(self) -> None:
        """Nothing is wanted any more; what runs is asked to stop and not heard."""
        self._next = None
        if self._task is not None:
            self._is_dropped = True
            self._task.cancel()
        self._quiet()

    def _begin(self) -> None:
        if self._next is None:
            return
        (work, on_done, on_failed), self._next = self._next, None
        self._is_dropped = False
        self._task = run_task(
            self,
            work,
            on_done=lambda result: self._end(on_done, result),
            on_failed=lambda error: self._end(on_failed, error),
        )

    def _end(self, tell: Callable[[Any], object], what: object) -> None:
        self._task = None
        if self._next is not None:
            self._begin()
            return
        self._quiet()
        if not self._is_dropped:
            tell(what)

    def _quiet(self) -> None:
        self._timer.stop()
        self.slow.emit(False)
