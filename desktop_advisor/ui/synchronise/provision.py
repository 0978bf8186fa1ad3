"""Für unterwegs bereitstellen: one press in the morning, then a green seal or one red list."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop_advisor.domain.german import BERLIN, clock_time
from desktop_advisor.ui.synchronise.run import SyncRun
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    CheckBox,
    ListRow,
    RowList,
    SecondaryButton,
    SmallText,
    SoftText,
)
from desktop_advisor.ui.words import day_and_time
from desktop_advisor.usecases.provisioning import (
    Finding,
    Readiness,
    Way,
    check_readiness,
    ready_since,
)
from desktop_advisor.usecases.workplace import Workplace


class Provision(Card):
    """The check and what it found.

    Attributes:
        found: the last check's result; None before the first.

    Signals:
        checked: there is a new result.
        certificate_wanted: to where PIN and certificate are put right.
    """

    checked = Signal()
    certificate_wanted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Für unterwegs"))
        self._place = place
        self._run: SyncRun | None = None
        self._is_waiting = False
        self._is_checking = False
        self.found: Readiness | None = None
        self.seal = Banner()
        self.list = RowList()
        self._notes = SmallText("")
        self.sync_first = CheckBox(self.tr("Vorher synchronisieren"))
        self.sync_first.setChecked(True)
        self.button = SecondaryButton(self.tr("Für unterwegs bereitstellen"), "check")
        self.button.clicked.connect(self.begin)
        explanation = self.tr(
            "Prüft, ob für den Tag alles auf diesem Gerät ist: Akten, Anlagen, Fragebögen, Katalog,"
            " Platz, Siegel und Uhr."
        )
        self._explanation = SoftText(explanation)
        parts = (self.seal, self._explanation, self.list, self._notes)
        self.add(*parts, self.sync_first, self.button)
        self.refresh(is_enrolled=False)

    def follow(self, run: SyncRun) -> None:
        """Synchronise with this run."""
        self._run = run
        run.ended.connect(self._run_ended)

    def refresh(self, *, is_enrolled: bool) -> None:
        """Show today's seal, if there is one, and what can be chosen."""
        self.sync_first.setVisible(is_enrolled)
        since = ready_since(self._place)
        if self.found is None and since is not None:
            self._say_ready(clock_time(since))
        self._show()

    def begin(self) -> None:
        """Synchronise if that is wished for, then check."""
        if self._is_checking or self._is_waiting:
            return
        wants_sync = self.sync_first.isVisibleTo(self) and self.sync_first.isChecked()
        if wants_sync and self._run is not None:
            self._is_waiting = True
            self._run.start()  # one that is under way already is as good
            self._show()
            return
        self.check()

    def _run_ended(self) -> None:
        """A list that was shown before is looked through again: the run may have settled it."""
        if self._is_waiting or self.found is not None:
            self._is_waiting = False
            self.check()

    def check(self) -> None:
        """Look through everything, off the GUI thread."""
        place = self._place
        self._is_checking = True
        self._show()

        def work(_control: Control) -> Readiness:
            return check_readiness(place)

        run_task(self, work, on_done=self._done, on_failed=self._failed)

    def _done(self, found: Readiness) -> None:
        self.found = found
        self._is_checking = False
        if found.is_ready:
            self._say_ready(clock_time(found.at))
        else:
            words = self.tr("Noch nicht bereit für unterwegs")
            self.seal.say(words, todo=self._as_of(found), tone=Tone.DANGER)
        self.list.show_rows([self._row(finding) for finding in found.todos])
        self._notes.setText("\n".join(note.what for note in found.notes))
        self._show()
        self.checked.emit()

    def _failed(self, error: Exception) -> None:
        self._is_checking = False
        self.seal.say_error(error)
        self._show()

    def _say_ready(self, time: str) -> None:
        words = self.tr("Bereit für unterwegs · Stand {0}").format(time)
        safe = self._as_of(self.found) if self.found is not None else ""
        self.seal.say(words, safe=safe, tone=Tone.GOOD)

    def _as_of(self, found: Readiness) -> str:
        if found.as_of is None:
            return ""
        day = day_and_time(found.as_of.astimezone(BERLIN))
        return self.tr("Abgeglichen mit dem Server: {0}").format(day)

    def _show(self) -> None:
        is_busy = self._is_checking or self._is_waiting
        self.button.setEnabled(not is_busy)
        words = self.tr("Wird geprüft …") if is_busy else self.tr("Für unterwegs bereitstellen")
        self.button.setText(words)
        self._explanation.setVisible(self.found is None)
        self.list.setVisible(self.found is not None and bool(self.found.todos))
        self._notes.setVisible(bool(self._notes.text()))

    def _row(self, finding: Finding) -> ListRow:
        trail = []
        if finding.way is not Way.NONE:
            is_sync = finding.way is Way.SYNCHRONISE
            words = self.tr("Synchronisieren") if is_sync else self.tr("Öffnen")
            button = SecondaryButton(words)
            button.setAccessibleName(f"{words}: {finding.what}")
            button.clicked.connect(lambda _checked, way=finding.way: self._go(way))
            trail.append(button)
        return ListRow(finding.what, finding.todo, trail=trail, pressable=False)

    def _go(self, way: Way) -> None:
        if way is Way.CERTIFICATE:
            self.certificate_wanted.emit()
        elif self._run is not None and not self._is_waiting:
            self._is_waiting = True
            self._run.start()
            self._show()
