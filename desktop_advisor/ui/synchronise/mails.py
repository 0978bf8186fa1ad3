"""Mails written without a network: open them in the mail program, or drop them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.reporting.saving import ask_folder
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    ListRow,
    Pill,
    QuietButton,
    RowList,
    SecondaryButton,
    SoftText,
)
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.mail_drafts import (
    MailView,
    drop_mail,
    hand_over_mail,
    put_mail_back,
    waiting_mails,
)
from desktop_advisor.usecases.workplace import Workplace


class Mails(Card):
    """All mails that wait; hidden while there is none and nothing to be undone.

    Signals:
        changed: one was handed over, dropped or put back.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("E-Mails, die warten"))
        self._place = place
        self._last: uuid.UUID | None = None
        self.said = Banner(action=self.tr("Rückgängig"))
        self.said.action_pressed.connect(self._undo)
        self.trouble = Banner()
        self.list = RowList()
        explanation = self.tr(
            "Beim Betrieb vorbereitet. „Übergeben“ legt die E-Mail mit dem gesiegelten Bericht als"
            " Datei ab und öffnet sie in Ihrem Mailprogramm; gesendet wird sie erst dort."
        )
        self.add(SoftText(explanation), self.said, self.trouble, self.list)
        self.said.say_nothing()
        self.trouble.say_nothing()

    def refresh(self) -> None:
        """What waits at this moment."""
        mails: Sequence[MailView] = waiting_mails(self._place)
        self.list.show_rows([self._row(mail) for mail in mails])
        self.setVisible(bool(mails) or self._last is not None)

    def _row(self, mail: MailView) -> ListRow:
        trail: list[QWidget] = [Pill(mail.warning, Tone.ATTENTION)] if mail.warning else []
        hand = SecondaryButton(self.tr("Übergeben …"), "mail")
        drop = QuietButton(self.tr("Verwerfen"))
        for button, step in ((hand, self._ask_where), (drop, self._drop)):
            button.setAccessibleName(f"{button.text()}: {mail.company}, {mail.subject}")
            button.clicked.connect(self._pressed(step, mail))
            trail.append(button)
        written = day_and_time(mail.written_at) if mail.written_at else ""
        detail = joined(mail.company, mail.recipient, written)
        return ListRow(mail.subject or "–", detail, trail=trail, pressable=False)

    def _pressed(self, step: Callable[[MailView], None], mail: MailView) -> Callable[[bool], None]:
        return lambda _checked: step(mail)

    def _ask_where(self, mail: MailView) -> None:
        folder = ask_folder(self, self._place, self.tr("Ordner für die E-Mail-Datei"))
        if folder is not None:
            self.hand_over(mail, folder)

    def hand_over(self, mail: MailView, folder: Path) -> None:
        """Write it there, off the GUI thread, and open it."""
        place = self._place

        def work(_control: Control) -> Path:
            return hand_over_mail(place, mail.draft_id, folder)

        def done(path: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
            words = self.tr("Die E-Mail liegt in „{0}“.").format(path.name)
            note = self.tr("Sie ist nicht verschlüsselt: Löschen Sie die Datei nach dem Senden.")
            self._finish(mail, words, note)

        run_task(self, work, on_done=done, on_failed=self.trouble.say_error)

    def _drop(self, mail: MailView) -> None:
        try:
            drop_mail(self._place, mail.draft_id)
        except KnownError as error:
            self.trouble.say_error(error)
            return
        self._finish(mail, self.tr("Verworfen: {0}").format(mail.subject))

    def _finish(self, mail: MailView, words: str, note: str = "") -> None:
        self._last = mail.draft_id
        self.trouble.say_nothing()
        self.said.say(words, todo=note, tone=Tone.GOOD)
        self.refresh()
        self.said.button.setFocus()
        self.changed.emit()

    def _undo(self) -> None:
        if self._last is None:
            return
        draft_id, self._last = self._last, None
        self.said.say_nothing()
        try:
            put_mail_back(self._place, draft_id)
        except KnownError as error:
            self.trouble.say_error(error)
        self.refresh()
        self.changed.emit()
