"""One synchronisation at a time, whichever screen is at the front."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.usecases.sync_phases import RunLog, RunView
from desktop_advisor.usecases.synchronising import SyncFailed, SyncResult, synchronise
from desktop_advisor.usecases.wiping import WipeQuestion, standing_order, wipe_order
from desktop_advisor.usecases.workplace import Workplace


class SyncRun(QObject):
    """The run of this window: started from anywhere, shown anywhere, never twice at once.

    Attributes:
        view: the phases as they stand; None before the first run.
        result: what the last run did; None while it runs or after it failed.
        error: why the last run ended early; None otherwise.
        order: set where the server shut this laptop out and orders its erasure, also before a
            restart of the program.

    Signals:
        moved: `view` has changed, a run began or ended.
        ended: a run is over and `result` or `error` is set.
    """

    moved = Signal()
    ended = Signal()
    _told = Signal(object)

    def __init__(self, place: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._task: Task[SyncResult] | None = None
        self.view: RunView | None = None
        self.result: SyncResult | None = None
        self.error: Exception | None = None
        self.order: WipeQuestion | None = standing_order(place)
        self.is_stopping = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._task is not None

    def start(self) -> bool:
        """Begin, off the GUI thread; False where one is under way already."""
        if self._task is not None:
            return False
        self.view, self.result, self.error = RunLog().view, None, None
        self.is_stopping = False

        self._task = run_task(self, self._work, on_done=self._done, on_failed=self._failed)
        self.moved.emit()
        return True

    def _work(self, control: Control) -> SyncResult:
        """On the worker's thread."""
        try:
            done = synchronise(self._place, progress=self._told.emit, cancelled=control.cancelled)
        except SyncFailed as failed:
            if failed.kind == "revoked":
                with suppress(SyncFailed):
                    self.order = wipe_order(self._place)
            raise
        self.order = None
        return done

    def cancel(self) -> None:
        """Stop at the next safe point; what is confirmed stays confirmed."""
        if self._task is not None:
            self._task.cancel()
            self.is_stopping = True
            self.moved.emit()

    def _hear(self, view: RunView) -> None:
        self.view = view
        self.moved.emit()

    def _done(self, result: SyncResult) -> None:
        self.result = result
        self._end()

    def _failed(self, error: Exception) -> None:
        self.error = error
        self._end()

    def _end(self) -> None:
        self._task = None
        self.is_stopping = False
        self.moved.emit()
        self.ended.emit()
