"""A mail with the sealed report, prepared at the firm; what waits stands beside the sync."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.usecases.mail_drafts import mail_recipients, write_mail
from desktop_advisor.usecases.results import show_results

if TYPE_CHECKING:
    from desktop_advisor.usecases.workplace import Workplace


class NobodyToWriteTo(KnownError):
    """No contact of the company has an address."""

    def __init__(self) -> None:
        super().__init__(
            "Kein Kontakt dieses Unternehmens hat eine E-Mail-Adresse.",
            safe="Es wurde nichts vorgemerkt.",
            todo="Bitte tragen Sie in der Firmenakte unter Kontakte eine Adresse ein.",
        )


class Mailing(QObject):
    """Prepares mails of one case.

    Signals:
        done: what happened, and what is certain about it.
        failed: the exception.
        changed: one more mail waits.
    """

    done = Signal(str, str)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, screen: QWidget, place: Workplace, case_id: uuid.UUID) -> None:
        super().__init__(screen)
        self._screen = screen
        self._place = place
        self._case_id = case_id

    def ask(self, report_id: uuid.UUID) -> None:
        """To whom: one of the company's contacts."""
        company_id = show_results(self._place, self._case_id).company_id
        people = mail_recipients(self._place, company_id)
        if not people:
            self.failed.emit(NobodyToWriteTo())
            return
        menu = QMenu(self._screen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person in people:
            words = " · ".join(part for part in (person.name, person.email) if part)
            entry = menu.addAction(words.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, to=person.email: self.write(report_id, to))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._below_the_row())

    def _below_the_row(self) -> QPoint:
        """Where the row that was pressed ends; a key may have pressed it, far from the mouse."""
        row = self._screen.focusWidget()
        if row is None:
            return QCursor.pos()
        return row.mapToGlobal(row.rect().bottomLeft())

    def write(self, report_id: uuid.UUID, email: str) -> None:
        """Let a mail wait."""
        try:
            write_mail(self._place, report_id, email)
        except KnownError as error:
            self.failed.emit(error)
            return
        self.changed.emit()
        self.done.emit(
            self.tr("Die E-Mail an {0} ist vorgemerkt.").format(email),
            self.tr("Sie wartet unter „Synchronisieren“, bis Sie sie dort übergeben."),
        )
