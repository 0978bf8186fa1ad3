"""Prüfen: drop or choose a PDF and read whether it is unchanged, and why."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_advisor.signing.isolated import CheckCancelled
from desktop_advisor.signing.verdict import Verdict
from desktop_advisor.ui.destinations import Destination
from desktop_advisor.ui.reporting.verdict_card import VerdictCard
from desktop_advisor.ui.screen import Action, Screen
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import XXL, L
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ProgressLine,
    SecondaryButton,
    SoftText,
    clear,
    column,
    row,
    scrolling,
    spacer,
)
from desktop_advisor.usecases.checking import Cancelled, Checked, check_file, check_report

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class VerifyPanel(QWidget):
    """A place to drop a PDF, and the verdict on it.

    Attributes:
        verdict: the last one, None before the first and while one is being found.
        progress: while a file is checked, with the button that stops it.
    """

    def __init__(self, place: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self.verdict: Verdict | None = None
        self._task: Task[Checked] | None = None
        self.setAcceptDrops(True)
        self.trouble = Banner()
        self.trouble.say_nothing()
        self.choose = SecondaryButton(self.tr("PDF wählen …"), "folder")
        self.choose.clicked.connect(self.choose_file)
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self._stop)
        self.progress.hide()
        self._answer = QVBoxLayout()
        self._answer.setSpacing(L)
        inside = QWidget()
        middle = column(
            self.trouble,
            self._drop_card(),
            self.progress,
            self._answer,
            spacer(),
            gap=L,
            margins=(0, 0, 0, XXL),
        )
        inside.setLayout(middle)
        inside.setMaximumWidth(theme().px(760))
        line = row(margins=(XXL, XXL - 2, XXL, 0), gap=0)
        line.addStretch(1)
        line.addWidget(inside, 8)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self.setLayout(column(scrolling(holder), gap=0))

    def _drop_card(self) -> Card:
        card = Card(self.tr("Ist dieses PDF unverändert?"), self.choose)
        card.add(
            SoftText(
                self.tr(
                    "Ziehen Sie einen Bericht hierher oder wählen Sie ihn. Geprüft wird auf "
                    "diesem Gerät, ohne Netz; die Datei wird nicht gespeichert."
                )
            )
        )
        return card

    # -- asking ------------------------------------------------------------------------------

    def check_report(self, report_id: uuid.UUID, name: str) -> None:
        """Check a sealed report of the company file."""
        self._run(name, lambda cancelled: check_report(self._place, report_id, cancelled))

    def check_file(self, path: Path) -> None:
        """Check a file from outside."""
        self._run(path.name, lambda cancelled: check_file(self._place, path, cancelled))

    def choose_file(self) -> None:
        """Ask which file."""
        found, _ = QFileDialog.getOpenFileName(
            self, self.tr("PDF wählen"), "", self.tr("PDF-Dateien (*.pdf)")
        )
        if found:
            self.check_file(Path(found))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_pdf(event)
        if path is not None:
            event.acceptProposedAction()
            self.check_file(path)

    def _run(self, name: str, work: Callable[[Cancelled], Checked]) -> None:
        if self._task is not None:
            self._task.cancel()
        self.verdict = None
        self.trouble.say_nothing()
        clear(self._answer)
        self.progress.advance(None, self.tr("{0} wird geprüft.").format(name))
        self.progress.show()

        def check(control: Control) -> Checked:
            return work(control.cancelled)

        task = run_task(
            self,
            check,
            on_done=lambda checked: self._on_done(task, name, checked),
            on_failed=lambda error: self._on_trouble(task, error),
        )
        self._task = task

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _ends(self, task: Task[Checked]) -> bool:
        """Whether it is the latest check that has ended; an earlier one has nothing to say."""
        if task is not self._task:
            return False
        self._task = None
        self.progress.hide()
        return True

    def _on_done(self, task: Task[Checked], name: str, checked: Checked) -> None:
        if self._ends(task):
            self.show_verdict(name, checked)

    def _on_trouble(self, task: Task[Checked], error: Exception) -> None:
        if not self._ends(task):
            return
        if isinstance(error, CheckCancelled):
            self.trouble.say(self.tr("Die Prüfung wurde abgebrochen."), tone=Tone.ATTENTION)
        elif isinstance(error, OSError):
            self.trouble.say(self.tr("Die Datei lässt sich nicht lesen."))
        else:
            self.trouble.say_error(error)

    # -- answering ---------------------------------------------------------------------------

    def show_verdict(self, name: str, checked: Checked) -> None:
        """The headline first, then whose seal it is, then the reasons."""
        self.verdict = checked.verdict
        clear(self._answer)
        self._answer.addWidget(VerdictCard(name, checked))


def _dropped_pdf(event: QDropEvent) -> Path | None:
    """The one local PDF that is being dropped."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == ".pdf" else None


class VerifyScreen(Screen):
    """The panel as a screen of its own."""

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self.panel = VerifyPanel(place)
        self.panel.choose.hide()  # the window's own button asks here
        self.setLayout(column(self.panel, gap=0))

    def title(self) -> str:
        return self.tr("Bericht prüfen")

    def primary(self) -> Action | None:
        return Action(self.tr("PDF wählen …"), self.panel.choose_file)
