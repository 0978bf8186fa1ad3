"""The network orders this laptop's erasure: what goes with it, and one press that means it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Heading,
    SecondaryButton,
    SoftText,
    Text,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.wiping import Wiped, WipeQuestion, wipe
from desktop_advisor.usecases.workplace import Workplace

WIDTH = 560


class WipeSheet(QDialog):
    """Nothing happens until the button that says so is pressed.

    Signals:
        wiped: a Wiped; the store is closed and gone.
    """

    wiped = Signal(object)

    def __init__(
        self, place: Workplace, question: WipeQuestion, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Gerät löschen"))
        self._place = place
        self._is_running = False
        self.loss = Banner()
        self._say_loss(question)
        self.trouble = Banner()
        self.later = SecondaryButton(self.tr("Noch nicht"))
        self.later.clicked.connect(self.reject)
        self.erase = SecondaryButton(self.tr("Gerät jetzt löschen"), "trash")
        self.erase.set_kind("danger")
        self.erase.clicked.connect(self._begin)
        edge = spacing.XXL
        body = column(
            Heading(self.tr("Ihr Netzwerk hat angeordnet, dieses Gerät zu löschen")),
            Text(self._order(question)),
            self.loss,
            SoftText(self._how()),
            self.trouble,
            gap=spacing.L,
            margins=(edge, edge, edge, edge),
        )
        body.addStretch(1)
        body.addLayout(row(spacer(), self.later, self.erase, gap=spacing.M))
        self.setLayout(body)
        width = theme().px(WIDTH)
        width = width if parent is None else min(width, parent.width())
        self.setMinimumWidth(width)
        self.resize(width, body.totalHeightForWidth(width))  # else as high as if it were narrower
        self.later.setFocus()

    def _order(self, question: WipeQuestion) -> str:
        who = question.network or question.server_url
        files = counted(question.files, self.tr("Firmenakte"), self.tr("Firmenakten"))
        words = self.tr(
            "{0} hat dieses Gerät gesperrt und seine Löschung angeordnet. Auf ihm {1} {2}."
        )
        lies = self.tr("liegt") if question.files == 1 else self.tr("liegen")
        return words.format(who, lies, files)

    def _say_loss(self, question: WipeQuestion) -> None:
        if not question.unsent and not question.attachments:
            safe = self.tr("Am Server ist alles, was auf diesem Gerät eingegeben wurde.")
            self.loss.say(self.tr("Es geht keine Eingabe verloren."), safe=safe, tone=Tone.GOOD)
            return
        what = counted(question.unsent, self.tr("Eingabe"), self.tr("Eingaben"))
        where = counted(question.unsent_files, self.tr("Akte"), self.tr("Akten"))
        words = self.tr("{0} in {1} gibt es nur hier; sie gehen verloren.")
        if question.unsent == 1:
            words = self.tr("{0} in {1} gibt es nur hier; sie geht verloren.")
        lost = words.format(what, where)
        if question.attachments:
            files = counted(question.attachments, self.tr("Anlage"), self.tr("Anlagen"))
            said = self.tr("Nur auf diesem Gerät und danach verloren: {0}.").format(files)
            lost = f"{lost} {said}" if question.unsent else said
        todo = self.tr(
            "Die Zahl wird der Administration gemeldet, bevor etwas gelöscht wird. Sprechen Sie"
            " vorher mit ihr, wenn die Eingaben gebraucht werden."
        )
        self.loss.say(lost, todo=todo)

    def _how(self) -> str:
        return self.tr(
            "Zuerst wird der Schlüssel zerstört, dann alle Dateien; danach kann niemand sie lesen,"
            " auch nicht mit der Passphrase. Das lässt sich nicht rückgängig machen."
        )

    def _begin(self) -> None:
        if self._is_running:
            return
        self._set_running(is_running=True)
        self.trouble.say_nothing()
        place = self._place

        def work(_control: Control) -> Wiped:
            return wipe(place)

        run_task(self, work, on_done=self._done, on_failed=self._failed)

    def _done(self, wiped: Wiped) -> None:
        self._set_running(is_running=False)
        self.accept()
        self.wiped.emit(wiped)

    def _failed(self, error: Exception) -> None:
        self._set_running(is_running=False)
        self.trouble.say_error(error)

    def _set_running(self, *, is_running: bool) -> None:
        self._is_running = is_running
        self.later.setEnabled(not is_running)
        self.erase.setEnabled(not is_running)

    def reject(self) -> None:
        """Escape does not leave in the middle of it."""
        if not self._is_running:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_running:
            event.ignore()
        else:
            super().closeEvent(event)
