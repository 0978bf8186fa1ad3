"""Synchronisieren: where every company file stands, one run, its log, and what needs a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN, counted
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.synchronise.conflicts import Conflicts
from desktop_advisor.ui.synchronise.enrolment import Enrolment
from desktop_advisor.ui.synchronise.mails import Mails
from desktop_advisor.ui.synchronise.wording import file_state, result_words
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ListRow,
    Pill,
    ProgressLine,
    RowList,
    SmallText,
    SoftText,
    Text,
    TwoColumns,
    column,
    row,
    scrolling,
)
from desktop_advisor.usecases.synchronising import (
    CompanySyncState,
    SyncFailed,
    SyncOverview,
    SyncResult,
    conflicts,
    show_sync,
    synchronise,
)
from desktop_advisor.usecases.workplace import Workplace

MOST_FILES = 60


class SynchroniseScreen(Screen):
    """One primary button: enrol this laptop, then synchronise."""

    RAIL: ClassVar[Where] = Where.SYNCHRONISE

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._overview: SyncOverview = show_sync(place)
        self._task: Task[SyncResult] | None = None
        self.enrolment = Enrolment(place)
        self.conflicts = Conflicts(place)
        self.mails = Mails(place)
        self.trouble = Banner()
        self.progress = ProgressLine()
        self._run_card = Card(self.tr("Synchronisierung läuft")).add(self.progress)
        self.files = RowList()
        self._log = QVBoxLayout()
        self._log.setSpacing(spacing.XS)
        self.setLayout(column(self._page()))
        self._connect()

    def _page(self) -> QWidget:
        left = column(Card(self.tr("Firmenakten")).add(self.files), gap=spacing.L)
        left.addStretch(1)
        self._log_empty = SoftText(self.tr("Seit dem Start noch keine Synchronisierung."))
        log = Card(self.tr("Verlauf")).add(self._log_empty, self._log)
        right = column(log, gap=spacing.L)
        right.addStretch(1)
        page = QWidget()
        edge = spacing.XXL
        above = (self.trouble, self._run_card, self.enrolment, self.conflicts, self.mails)
        body = column(*above, gap=spacing.L, margins=(edge, 22, edge, 22))
        body.addWidget(TwoColumns(left, right, (8, 5)), 1)
        page.setLayout(body)
        return scrolling(page)

    def _connect(self) -> None:
        self.enrolment.started.connect(self.header_changed)
        self.enrolment.failed.connect(self.header_changed)
        self.enrolment.enrolled.connect(self._enrolled)
        self.conflicts.settled.connect(self._settled)
        self.mails.changed.connect(self.committed)
        self.progress.cancelled.connect(self.cancel)

    @property
    def is_enrolled(self) -> bool:
        """Whether a central server knows this laptop."""
        return bool(self._overview.server_url)

    # -- header ----------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Synchronisieren")

    def subtitle(self) -> str:
        return self._overview.network or self._overview.server_url

    def pills(self) -> Sequence[StatePill | QWidget]:
        if not self.is_enrolled:
            return (StatePill(self.tr("nicht angemeldet")),)
        unsent = self._overview.unsent
        if not unsent:
            return (StatePill(self.tr("✓ alles synchronisiert"), Tone.GOOD),)
        waiting = counted(unsent, self.tr("Änderung"), self.tr("Änderungen"))
        return (StatePill(self.tr("{0} noch nicht gesendet").format(waiting), Tone.ATTENTION),)

    def primary(self) -> Action | None:
        if not self.is_enrolled:
            return Action(
                self.tr("Gerät anmelden"),
                self.enrolment.enrol,
                enabled=not self.enrolment.is_running,
            )
        running = self._task is not None
        return Action(self.tr("Jetzt synchronisieren"), self.run, enabled=not running, icon="sync")

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        self._overview = show_sync(self._place)
        names = {row.company_id: row.name for row in self._overview.companies}
        self.enrolment.setVisible(not self.is_enrolled)
        self._run_card.setVisible(self._task is not None)
        self.conflicts.show_conflicts(conflicts(self._place), names)
        self.mails.refresh()
        shown = self._overview.companies[:MOST_FILES]
        rows: list[QWidget] = [self._row(state) for state in shown]
        hidden = len(self._overview.companies) - len(shown)
        if hidden:
            rows.append(SmallText(self.tr("{0} weitere ohne offene Änderungen").format(hidden)))
        self.files.show_rows(
            rows or [SoftText(self.tr("Noch ist keine Firmenakte auf diesem Gerät."))]
        )
        self.header_changed.emit()

    def _row(self, state: CompanySyncState) -> ListRow:
        pill = Pill(*file_state(state, is_enrolled=self.is_enrolled))
        made = ListRow(state.name, trail=[pill])
        made.pressed.connect(
            lambda: self.go(Destination(Where.COMPANY, company_id=state.company_id))
        )
        return made

    # -- one run ---------------------------------------------------------------------------

    def run(self) -> None:
        """Send and fetch, off the GUI thread."""
        if self._task is not None:
            return
        self.trouble.say_nothing()
        self.progress.advance(None, self.tr("Verbindung wird aufgebaut …"))
        self.progress.stop.setEnabled(True)

        def work(control: Control) -> SyncResult:
            return synchronise(self._place, progress=control.progress, cancelled=control.cancelled)

        self._task = run_task(
            self,
            work,
            on_done=self._done,
            on_failed=self._failed,
            on_progress=lambda words, share: self.progress.advance(share, words),
        )
        self._run_card.show()
        self.header_changed.emit()

    def cancel(self) -> None:
        """Stop at the next safe point; what is confirmed stays confirmed."""
        if self._task is not None:
            self._task.cancel()
            self.progress.stop.setEnabled(False)
            self.progress.advance(None, self.tr("Wird beendet …"))

    def _done(self, result: SyncResult) -> None:
        self._finish(result_words(result))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, SyncFailed) and error.kind == "cancelled":
            self.trouble.say(error.what, safe=error.safe, todo=error.todo, tone=Tone.ATTENTION)
        else:
            self.trouble.say_error(error)
        self._finish(error.what if isinstance(error, KnownError) else self.tr("Abgebrochen."))

    def _finish(self, words: str) -> None:
        self._task = None
        self._write(words)
        self.refresh()
        self.committed.emit()

    def _write(self, words: str) -> None:
        """One line of the log, newest first."""
        moment = self._place.clock().astimezone(BERLIN)
        line = QWidget()
        parts = row(gap=spacing.M, margins=(0, 2, 0, 2))
        time = SmallText(f"{moment:%H:%M:%S}", wrap=False)
        parts.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        parts.addWidget(Text(words), 1)
        line.setLayout(parts)
        self._log.insertWidget(0, line)
        self._log_empty.hide()

    def _enrolled(self) -> None:
        self._write(self.tr("Dieses Gerät ist angemeldet."))
        self.refresh()
        self.committed.emit()

    def _settled(self) -> None:
        self.refresh()
        self.committed.emit()

    def leave(self) -> bool:
        if self._task is None:
            self.trouble.say_nothing()
        return True
