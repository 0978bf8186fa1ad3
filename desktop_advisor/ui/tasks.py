"""Long work off the GUI thread: progress, a way to stop, a result or an error handed back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

T = TypeVar("T")


class Control:
    """What running work is given: where to say how far it is, and whether it should stop."""

    def __init__(self, say: Callable[[str, object], None]) -> None:
        self._say = say
        self._stop = threading.Event()

    def progress(self, words: str, share: float) -> None:
        """A German sentence and 0 to 1; may be called from the worker as often as one likes."""
        self._say("progress", (words, share))

    def cancelled(self) -> bool:
        """Whether the advisor asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next safe point."""
        self._stop.set()


class _Run(QRunnable, Generic[T]):
    def __init__(self, task: Task[T], work: Callable[[Control], T]) -> None:
        super().__init__()
        self._task = task
        self._work = work

    def run(self) -> None:
        try:
            result = self._work(self._task.control)
        except Exception as error:  # noqa: BLE001  whatever it is belongs to the GUI thread
            self._task.say("failed", error)
        else:
            self._task.say("done", result)


class Task(QObject, Generic[T]):
    """One piece of work on its way.

    Callbacks run on the GUI thread and only while `owner` still exists.

    Signals:
        finished: after the last callback, whether it went well or not.
    """

    finished = Signal()
    _said = Signal(str, object)
    _under_way: ClassVar[set[Task[object]]] = set()

    def __init__(
        self,
        owner: QObject,
        on_done: Callable[[T], object],
        on_failed: Callable[[Exception], object],
        on_progress: Callable[[str, float], object] | None = None,
    ) -> None:
        super().__init__()
        self._owner = owner
        self._on_done = on_done
        self._on_failed = on_failed
        self._on_progress = on_progress
        self.control = Control(self.say)
        self.is_running = False
        self._said.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def say(self, kind: str, content: object) -> None:
        """Called on the worker's thread; heard on the GUI thread."""
        self._said.emit(kind, content)

    def start(self, work: Callable[[Control], T], pool: QThreadPool | None = None) -> None:
        """Begin; the task keeps itself alive until it has reported."""
        self.is_running = True
        Task._under_way.add(self)  # type: ignore[arg-type]
        (pool or QThreadPool.globalInstance()).start(_Run(self, work))

    def cancel(self) -> None:
        """Ask to stop; the result or error still arrives."""
        self.control.cancel()

    def _hear(self, kind: str, content: object) -> None:
        alive = shiboken6.isValid(self._owner)
        if kind == "progress":
            if alive and self._on_progress is not None and isinstance(content, tuple):
                self._on_progress(*content)
            return
        self.is_running = False
        Task._under_way.discard(self)
        if alive and kind == "done":
            self._on_done(content)  # type: ignore[arg-type]
        elif alive and isinstance(content, Exception):
            self._on_failed(content)
        self.finished.emit()


def is_work_under_way() -> bool:
    """Whether some task has not reported yet."""
    return bool(Task._under_way)


def run_task(
    owner: QObject,
    work: Callable[[Control], T],
    *,
    on_done: Callable[[T], object],
    on_failed: Callable[[Exception], object],
    on_progress: Callable[[str, float], object] | None = None,
) -> Task[T]:
    """Start `work` on another thread; the task, so that it can be cancelled."""
    task = Task(owner, on_done, on_failed, on_progress)
    task.start(work)
    return task
