"""Unlocking: one field, one button, and a clear word when the passphrase is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from desktop_advisor.ui.start.stage import Stage
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Field,
    FieldForm,
    Heading,
    Kind,
    PrimaryButton,
    SoftText,
    row,
    spacer,
)


class UnlockPage(Stage):
    """Asks for the passphrase.

    open_store: opens the store or raises a KnownError; called off the GUI thread.

    Signals:
        unlocked: what `open_store` returned.
    """

    unlocked = Signal(object)

    def __init__(self, open_store: Callable[[str], object]) -> None:
        super().__init__()
        self._open_store = open_store
        self.form = FieldForm([Field("passphrase", self.tr("Passphrase"), Kind.PASSPHRASE)])
        self.trouble = Banner()
        self.button = PrimaryButton(self.tr("Entsperren"))
        self.button.clicked.connect(self.unlock)
        self.card.add(
            Heading(self.tr("Willkommen zurück")),
            SoftText(
                self.tr(
                    "Ihre Daten liegen verschlüsselt auf diesem Gerät."
                    " Zum Entsperren ist kein Netz nötig."
                )
            ),
            self.trouble,
            self.form,
            spacing.XS,
            row(spacer(), self.button),
        )
        edit = self.passphrase
        edit.returnPressed.connect(self.unlock)
        edit.setFocus()

    @property
    def passphrase(self) -> QLineEdit:
        """The field."""
        edit = self.form.edit("passphrase")
        assert isinstance(edit, QLineEdit)  # noqa: S101  PASSPHRASE fields are line edits
        return edit

    def unlock(self) -> None:
        """Try what was typed."""
        typed = self.passphrase.text()
        if not typed or not self.button.isEnabled():
            return
        self._wait(True)

        def work(_control: Control) -> object:
            return self._open_store(typed)

        run_task(self, work, on_done=self._opened, on_failed=self._refused)

    def _wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)
        self.button.setText(self.tr("Wird geöffnet …") if waiting else self.tr("Entsperren"))
        self.form.setEnabled(not waiting)

    def _opened(self, place: object) -> None:
        self.passphrase.clear()
        self.unlocked.emit(place)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self.trouble.say_error(error)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
