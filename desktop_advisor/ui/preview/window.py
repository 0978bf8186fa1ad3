"""The preview's window: the real interview on a workbook, taken up again when the file changes."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QThreadPool, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desktop_advisor.questionnaire.authoring.checking import Checked, checked
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.frame.header import Header
from desktop_advisor.ui.frame.key_sheet import KeySheet
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.preview.file_follower import FileFollower
from desktop_advisor.ui.preview.findings_view import FindingsBanner, FindingsPage
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.theme.spacing import XL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import LoadingState, column
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.trying_out import Trial
from desktop_advisor.usecases.workplace import Resources, Workplace

SIZE = (1180, 720)
WAKE_MS = 200


@dataclass(frozen=True)
class Round:
    """One reading of the file. place: where its form is asked, None when it has errors."""

    checked: Checked
    place: Workplace | None = None


class PreviewWindow(QMainWindow):
    """Shows the interview of a workbook; answers and place are kept from round to round.

    Signals:
        loaded: a round has ended, whether the form is shown or what is wrong with it.

    Attributes:
        shown: the interview that is asked, None until the workbook was without errors once.
    """

    loaded = Signal()

    def __init__(self, resources: Resources, file: Path) -> None:
        super().__init__()
        self._resources = resources
        self._file = file
        self._trials: list[Trial] = []
        self._task: Task[Round] | None = None
        self._is_stale = False
        self._is_closed = False
        self._coming: InterviewScreen | None = None
        self.shown: InterviewScreen | None = None
        self.header = Header()
        self.header.hide()
        self.banner = FindingsBanner()
        self.page = FindingsPage()
        self._lay_out()
        self._keys()
        self._follower = FileFollower(file, self)
        self._follower.changed.connect(self.reload)
        self.resize(*SIZE)
        self.reload()

    def reload(self) -> None:
        """Read the file again, off the GUI thread; what is shown stays until that is done."""
        if self._is_closed:
            return
        if self._task is not None and self._task.is_running:
            self._is_stale = True
            return
        self._is_stale = False
        file, resources, trials = self._file, self._resources, self._trials

        def read(_control: Control) -> Round:
            return _read(resources, file, trials)

        self._task = run_task(self, read, on_done=self._on_read, on_failed=self._on_unreadable)

    # -- within ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.setProperty("kind", "page")
        self._stack.addWidget(LoadingState(self.tr("Der Fragebogen wird geöffnet.")))
        self._stack.addWidget(self.page)
        self.banner.say_nothing()
        self._banner_room = QWidget()
        self._banner_room.setLayout(column(self.banner, margins=(XL, L, XL, L)))
        self._banner_room.hide()
        middle = QWidget()
        middle.setProperty("kind", "page")
        whole = column(self.header, self._banner_room, gap=0)
        whole.addWidget(self._stack, 1)
        middle.setLayout(whole)
        self.setCentralWidget(middle)
        self._name_window("")

    def _keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {"F1": self._show_keys, "Ctrl+F": self._search}
        for key, run in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(run)

    def _on_read(self, read: Round) -> None:
        if self._is_closed:
            return
        errors = read.checked.errors
        warnings = len(read.checked.findings) - len(errors)
        self._name_window(self.tr("{0} Warnungen").format(warnings) if warnings else "")
        if self._is_stale:
            self.reload()
        elif read.place is not None:
            self._open(read.place)
        elif self.shown is None:
            self.page.show_findings(self._file.name, errors)
            self._stack.setCurrentWidget(self.page)
            self.loaded.emit()
        else:
            self.banner.show_findings(self._file.name, errors)
            self._banner_room.show()
            self.loaded.emit()

    def _on_unreadable(self, error: Exception) -> None:
        """A file that is no workbook at all, or is held by the program that writes it."""
        if self._is_closed:
            return
        if self._is_stale:
            self.reload()
            return
        if self.shown is None:
            self.page.show_error(error)
            self._stack.setCurrentWidget(self.page)
        else:
            self.banner.say_error(error)
            self._banner_room.show()
        self.loaded.emit()

    def _open(self, place: Workplace) -> None:
        """Load the interview on the new form behind the one that is shown."""
        shown = self.shown
        if shown is not None:
            shown.leave()  # what is typed goes along
        asked = shown.interview if shown is not None else None
        there = Destination(
            Where.INTERVIEW,
            visit_id=self._trials[0].visit_id,
            perspective=str(asked.perspective) if asked is not None else "",
            focus=shown.conduct.current if shown is not None else "",
        )
        coming = InterviewScreen(place, there)
        coming.header_changed.connect(lambda: self._show(coming))
        coming.navigate.connect(self._stay)
        if self._coming is not None and self._coming is not self.shown:
            self._drop(self._coming)
        self._coming = coming
        self._stack.addWidget(coming)
        coming.refresh()

    def _show(self, screen: InterviewScreen) -> None:
        """The loaded interview to the front, in place of the one before."""
        if screen is not self._coming or screen.interview is None:
            return
        self.header.show_screen(screen, with_back=False)
        if screen is self.shown:
            return
        old, self.shown = self.shown, screen
        self.banner.say_nothing()
        self._banner_room.hide()
        self.header.show()
        self._stack.setCurrentWidget(screen)
        wanted = screen.focusWidget()
        if wanted is not None:
            wanted.setFocus()
        if old is not None:
            self._drop(old)
        self.loaded.emit()

    def _drop(self, screen: InterviewScreen) -> None:
        self._stack.removeWidget(screen)
        screen.deleteLater()

    def _stay(self, _destination: Destination) -> None:
        self.banner.say(
            self.tr("Die Vorschau zeigt nur das Gespräch."),
            todo=self.tr("Auswertung und Empfehlungen zeigt das Programm selbst."),
            tone=Tone.NEUTRAL,
        )
        self._banner_room.show()

    def _name_window(self, remark: str) -> None:
        parts = (self.tr("Vorschau"), self._file.name, remark)
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _show_keys(self) -> None:
        sheet = KeySheet(self.shown.keys() if self.shown is not None else (), self)
        sheet.open()

    def _search(self) -> None:
        field = self.shown.search_field() if self.shown is not None else None
        if field is not None:
            field.setFocus()
            field.selectAll()

    # -- Qt ----------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing of the trial stays behind, and nothing that still arrives finds it gone."""
        self._is_closed = True
        if self.shown is not None:
            self.shown.leave()
        QThreadPool.globalInstance().waitForDone(10_000)
        super().closeEvent(event)
        for screen in {self.shown, self._coming}:
            if screen is not None:
                shiboken6.delete(screen)  # at once: its timers would write into the closed store
        self.shown = self._coming = None
        while self._trials:
            self._trials.pop().close()


def _read(resources: Resources, file: Path, trials: list[Trial]) -> Round:
    """On the worker: check and compile; only what has no errors reaches the trial.

    trials: the one that runs; empty before the first, which is put there to be closed.
    """
    found = checked(file)
    if found.compiled is None:
        return Round(found)
    if not trials:
        trials.append(Trial(resources))
    place = trials[0].ask(found.compiled)
    Interview(place, trials[0].visit_id)  # what it refuses is said while the old one still stands
    return Round(found, place)


def run_preview(resources: Resources, file: Path, arguments: list[str]) -> int:
    """Show the preview until its window is closed; the exit code."""
    from desktop_advisor.ui.app import create_application

    app = create_application(resources, arguments=arguments)
    window = PreviewWindow(resources, file)
    _close_when_interrupted(window)
    window.show()
    return app.exec()


def _close_when_interrupted(window: PreviewWindow) -> None:
    """Ctrl+C in the terminal closes the window, so that the trial is removed as well."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: window.close())
    waking = QTimer(window, interval=WAKE_MS)  # Python hears a signal only when it runs
    waking.timeout.connect(lambda: None)
    waking.start()
