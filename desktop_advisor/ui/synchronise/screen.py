"""Synchronisieren: one run and its phases, where every file stands, and what needs a decision."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.destinations import PACKAGE, Destination, Where
from desktop_advisor.ui.duplicates.hint import DuplicatesHint
from desktop_advisor.ui.screen import Action, Screen, StatePill
from desktop_advisor.ui.synchronise.conflicts import Conflicts
from desktop_advisor.ui.synchronise.enrolment import Enrolment
from desktop_advisor.ui.synchronise.files import Files
from desktop_advisor.ui.synchronise.journal import Journal
from desktop_advisor.ui.synchronise.mails import Mails
from desktop_advisor.ui.synchronise.packages import Packages
from desktop_advisor.ui.synchronise.phases import Phases
from desktop_advisor.ui.synchronise.provision import Provision
from desktop_advisor.ui.synchronise.run import SyncRun
from desktop_advisor.ui.synchronise.wipe_sheet import WipeSheet
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import Banner, TwoColumns, column, scrolling
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.sync_state import Standing, SyncOverview
from desktop_advisor.usecases.synchronising import (
    SyncFailed,
    result_words,
    show_sync,
)
from desktop_advisor.usecases.workplace import Workplace

ARRIVAL_MS = 600
"""Our choice: by then the page has its height, and nobody has begun to scroll."""


class SynchroniseScreen(Screen):
    """One primary button: enrol this laptop, then synchronise, or go on where a run ended.

    Attributes:
        packages: the hand-over packages' card, under the company files.

    Signals:
        wiped: a Wiped; the store is gone and nothing may read it any more.
    """

    wiped = Signal(object)

    RAIL: ClassVar[Where] = Where.SYNCHRONISE

    def __init__(self, place: Workplace, destination: Destination) -> None:
        super().__init__()
        self._place = place
        self._to_hand_over = destination.company_id if destination.focus == PACKAGE else None
        self._overview: SyncOverview = show_sync(place)
        self.enrolment = Enrolment(place)
        self.conflicts = Conflicts(place)
        self.duplicates = DuplicatesHint(place)
        self.mails = Mails(place)
        self.trouble, self.said = Banner(), Banner()
        self.refused = Banner()
        self.phases = Phases()
        self.files = Files(place)
        self.provision = Provision(place)
        self.journal = Journal(place)
        self.packages = Packages(place)
        self.setLayout(column(self._page()))
        self._connect()
        self.sync = SyncRun(place, self)
        self.follow_run(self.sync)

    def _page(self) -> QWidget:
        left = column(self.files, self.packages, gap=spacing.L)
        left.addStretch(1)
        right = column(self.phases, self.provision, self.journal, gap=spacing.L)
        right.addStretch(1)
        page = QWidget()
        edge = spacing.XXL
        above = (self.refused, self.trouble, self.said, self.enrolment)
        open_ends = (self.conflicts, self.duplicates, self.mails)
        body = column(*above, *open_ends, gap=spacing.L, margins=(edge, 22, edge, 22))
        body.addWidget(TwoColumns(left, right, (8, 5)), 1)
        page.setLayout(body)
        self._scroller = scrolling(page)
        return self._scroller

    def _connect(self) -> None:
        self.enrolment.started.connect(self.header_changed)
        self.enrolment.failed.connect(self.header_changed)
        self.enrolment.enrolled.connect(self._enrolled)
        self.conflicts.wanted.connect(self._to_conflicts)
        self.duplicates.wanted.connect(lambda: self.go(Destination(Where.DUPLICATES)))
        self.mails.changed.connect(self.committed)
        self.packages.changed.connect(self._taken)
        self.files.opened.connect(self._open)
        self.provision.certificate_wanted.connect(lambda: self.go(Destination(Where.SETTINGS)))

    def follow_run(self, run: SyncRun) -> None:
        """Show and start this run: the window's, so that it goes on behind other screens."""
        self.sync = run
        self.phases.follow(run)
        self.provision.follow(run)
        run.moved.connect(self.header_changed)
        run.ended.connect(self._ended)

    @property
    def _standing(self) -> Standing:
        return self._overview.standing

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
        if self._standing is not Standing.ACCEPTED:
            return (StatePill(self.tr("nicht mehr zugelassen"), Tone.DANGER),)
        found = []
        if conflicts := self._overview.conflicts:
            fields = counted(conflicts, self.tr("Angabe"), self.tr("Angaben"))
            words = self.tr("{0} zu entscheiden").format(fields)
            found.append(StatePill(words, Tone.ATTENTION, self._to_conflicts))
        if unsent := self._overview.unsent:
            waiting = counted(unsent, self.tr("Eingabe"), self.tr("Eingaben"))
            words = self.tr("{0} noch nicht gesendet").format(waiting)
            found.append(StatePill(words, Tone.ATTENTION))
        if aside := self._overview.quarantined:
            found.append(StatePill(self.tr("{0} zurückgestellt").format(aside), Tone.ATTENTION))
        return found or (StatePill(self.tr("✓ alles synchronisiert"), Tone.GOOD),)

    def _to_conflicts(self) -> None:
        self.go(Destination(Where.CONFLICTS))

    def primary(self) -> Action | None:
        if not self.is_enrolled:
            return Action(
                self.tr("Gerät anmelden"),
                self.enrolment.enrol,
                enabled=not self.enrolment.is_running,
            )
        if self.sync.order is not None and not self.sync.is_running:
            return Action(self.tr("Löschung ansehen …"), self.show_order)
        words = self.tr("Jetzt synchronisieren")
        error = self.sync.error
        if isinstance(error, SyncFailed) and error.can_go_on:
            words = self.tr("Fortsetzen")
        return Action(words, self.run, enabled=not self.sync.is_running, icon="sync")

    def secondary(self) -> Sequence[Action]:
        if self.sync.order is None or self.sync.is_running:
            return ()
        return (Action(self.tr("Noch einmal nachfragen"), self.run),)

    # -- content ---------------------------------------------------------------------------

    def refresh(self) -> None:
        self._overview = show_sync(self._place)
        self._say_standing()
        self.enrolment.setVisible(not self.is_enrolled)
        self._refresh_open_ends()
        self.mails.refresh()
        self.files.show_files(self._overview)
        self.journal.refresh()
        self.provision.refresh(is_enrolled=self.is_enrolled)
        self.provision.setVisible(self._standing is Standing.ACCEPTED)
        self.header_changed.emit()
        if self._to_hand_over is not None:
            self.packages.begin_writing([self._to_hand_over])
            self._to_hand_over = None
            bar = self._scroller.verticalScrollBar()
            bar.rangeChanged.connect(self._look_at_package)
            QTimer.singleShot(
                ARRIVAL_MS, self, partial(bar.rangeChanged.disconnect, self._look_at_package)
            )

    def _refresh_open_ends(self) -> None:
        """What can wait steps back behind an order to erase everything."""
        if self._standing is Standing.TO_BE_ERASED:
            self.conflicts.hide()
            self.duplicates.hide()
            return
        self.conflicts.refresh()
        self.duplicates.refresh()

    def _look_at_package(self, *_range: int) -> None:
        """Bring the card with the sheet to the top, while what is above it takes its place."""
        page = self._scroller.widget()
        if page is not None:
            top = self.packages.mapTo(page, QPoint(0, 0)).y() - spacing.L
            self._scroller.verticalScrollBar().setValue(top)

    def _taken(self) -> None:
        self.refresh()
        self.committed.emit()

    def _open(self, company_id: uuid.UUID) -> None:
        self.go(Destination(Where.COMPANY, company_id=company_id))

    # -- one run ---------------------------------------------------------------------------

    def run(self) -> None:
        """Send and fetch, off the GUI thread; a second press changes nothing."""
        if self.sync.start():
            self.trouble.say_nothing()
            self.said.say_nothing()

    def _ended(self) -> None:
        error, result = self.sync.error, self.sync.result
        if isinstance(error, SyncFailed) and error.kind == "cancelled":
            self.trouble.say(error.what, safe=error.safe, todo=error.todo, tone=Tone.ATTENTION)
        elif error is not None and not (isinstance(error, SyncFailed) and error.kind == "revoked"):
            self.trouble.say_error(error)
        if result is not None:
            self.trouble.say_nothing()
            self.said.say(result_words(result), safe="\n".join(result.departed), tone=Tone.GOOD)
        self._scroller.verticalScrollBar().setValue(0)  # there it is said, and what to do next
        self.refresh()
        self.committed.emit()

    def _say_standing(self) -> None:
        if self.sync.order is not None:
            words = self.tr(
                "Dieses Gerät ist am Server nicht mehr zugelassen; Ihr Netzwerk hat angeordnet,"
                " es zu löschen."
            )
            safe = self.tr("Gelöscht wird erst, wenn Sie es bestätigen.")
            todo = self.tr("„Löschung ansehen …“ oben zeigt vorher, was nur hier liegt.")
            self.refused.say(words, safe=safe, todo=todo)
        elif self._standing is Standing.SHUT_OUT:
            error = SyncFailed("revoked")
            self.refused.say(error.what, safe=error.safe, todo=error.todo)
        else:
            self.refused.say_nothing()

    def show_order(self) -> None:
        """What was ordered and what would go, with the button that means it."""
        if self.sync.order is None:
            return
        sheet = WipeSheet(self._place, self.sync.order, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.wiped.connect(self.wiped)
        sheet.open()

    def _enrolled(self, network: str, person: str) -> None:
        words = self.tr("Angemeldet bei {0}.").format(network)
        if person:
            words = self.tr("Angemeldet als {0} im Netzwerk {1}.").format(person, network)
        todo = self.tr("Synchronisieren Sie jetzt: Dann liegt alles auch am Server.")
        self.said.say(words, todo=todo, tone=Tone.GOOD)
        write_journal(self._place, "run", words)
        self.refresh()
        self.committed.emit()

    def _settled(self) -> None:
        self.refresh()
        self.committed.emit()

    def leave(self) -> bool:
        if not self.sync.is_running:
            self.trouble.say_nothing()
            self.said.say_nothing()
        self.packages.forget_trouble()
        return True
