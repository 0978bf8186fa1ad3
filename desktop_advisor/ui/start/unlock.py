"""Unlocking: one field, one button, and a clear word when the passphrase is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.storage.errors import WrongPassphrase
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
    SmallText,
    SoftText,
    row,
    spacer,
)

LONGEST_PAUSE_S = 30
"""Our choice: long enough to make trying by hand hopeless; Argon2id keeps programs from it."""
SECOND_MS = 1000


def pause_s(wrong: int) -> int:
    """Seconds until the next try after so many wrong ones: 1, 2, 4 … 30."""
    return min(2 ** (wrong - 1), LONGEST_PAUSE_S) if wrong else 0


class UnlockPage(Stage):
    """Asks for the passphrase; who mistypes it waits a little longer each time.

    open_store: opens the store or raises a KnownError; called off the GUI thread.
    second_ms: how long a second of the pause takes; only tests ask for less.

    Signals:
        unlocked: what `open_store` returned.
    """

    unlocked = Signal(object)

    def __init__(self, open_store: Callable[[str], object], *, second_ms: int = SECOND_MS) -> None:
        super().__init__()
        self._open_store = open_store
        self._wrong = 0
        self._left_s = 0
        self._is_asked = False
        self._second = QTimer(self, interval=second_ms)
        self._second.timeout.connect(self._count_down)
        self.form = FieldForm([Field("passphrase", self.tr("Passphrase"), Kind.PASSPHRASE)])
        self.trouble = Banner()
        self.button = PrimaryButton(self.tr("Entsperren"))
        self.button.clicked.connect(self.unlock)
        self.patience = SmallText("", wrap=False)
        self.card.add(
            row(*self.head(), gap=spacing.S),
            SoftText(self.words()),
            self.trouble,
            self.form,
            spacing.XS,
            row(self.patience, spacer(), self.button),
        )
        edit = self.passphrase
        edit.returnPressed.connect(self.unlock)
        edit.setFocus()

    def head(self) -> Sequence[QWidget]:
        """What stands at the top of the card, side by side."""
        return (Heading(self.tr("Willkommen zurück")),)

    def words(self) -> str:
        """Why the passphrase is asked for."""
        return self.tr(
            "Ihre Daten liegen verschlüsselt auf diesem Gerät. Zum Entsperren ist kein Netz nötig."
        )

    @property
    def passphrase(self) -> QLineEdit:
        """The field."""
        edit = self.form.edit("passphrase")
        assert isinstance(edit, QLineEdit)  # noqa: S101  PASSPHRASE fields are line edits
        return edit

    def unlock(self) -> None:
        """Try what was typed, once the pause after a wrong try is over."""
        typed = self.passphrase.text()
        if not typed or not self.button.isEnabled():
            return
        self._is_asked = self._left_s > 0
        if self._is_asked:
            self._say_patience()
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
        if isinstance(error, WrongPassphrase):
            self._wrong += 1
            self._left_s = pause_s(self._wrong)
            self._second.start()
            self._say_patience()

    def _count_down(self) -> None:
        self._left_s -= 1
        self._say_patience()
        if self._left_s <= 0:
            self._second.stop()
            if self._is_asked:
                self.unlock()

    def _say_patience(self) -> None:
        words = self.tr("Wird in {0} s geprüft") if self._is_asked else self.tr("Warten: {0} s")
        self.patience.setText(words.format(self._left_s) if self._left_s > 0 else "")
