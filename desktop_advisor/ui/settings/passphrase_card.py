"""Change the passphrase: the old one, and the new one twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from desktop_advisor.ui.start.passphrase_rule import LEAST_LENGTH, strength
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Field,
    FieldForm,
    Kind,
    Pill,
    SecondaryButton,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.settings import change_passphrase
from desktop_advisor.usecases.workplace import Workplace


class PassphraseCard(Card):
    """Three hidden fields and a button.

    Signals:
        changed: the new passphrase is in force.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Passphrase ändern"))
        self._place = place
        self.form = FieldForm(self._fields())
        self.strength = Pill(strength("").words)
        self.message = Banner()
        self.button = SecondaryButton(self.tr("Passphrase ändern"))
        self.button.clicked.connect(lambda _checked: self.change())
        self.add(self.message, self.form, row(self.strength, spacer(), self.button))
        new = self.form.edit("new")
        if isinstance(new, QLineEdit):
            new.textChanged.connect(self._judge)

    def _fields(self) -> Sequence[Field]:
        kind = Kind.PASSPHRASE
        words = self.tr("Neue Passphrase (mindestens {0} Zeichen)").format(LEAST_LENGTH)
        return (
            Field("old", self.tr("Bisherige Passphrase"), kind, required=True),
            Field("new", words, kind, required=True, check=self._check_new),
            Field("again", self.tr("Wiederholen"), kind, required=True, check=self._check_again),
        )

    def _judge(self, passphrase: str) -> None:
        verdict = strength(passphrase)
        self.strength.say(verdict.words, verdict.tone)

    def _check_new(self, passphrase: Value) -> str:
        verdict = strength(str(passphrase))
        return "" if verdict.is_enough else self.tr("Zu schwach: {0}.").format(verdict.words)

    def _check_again(self, passphrase: Value) -> str:
        same = str(passphrase) == self.form.lines["new"].raw()
        return "" if same else self.tr("Die beiden Eingaben sind verschieden.")

    def change(self) -> None:
        """Wrap the key anew, off the GUI thread, since that takes a moment on purpose."""
        values = self.form.values()
        if values is None:
            return
        old, new = str(values["old"]), str(values["new"])
        self.button.setEnabled(False)

        def work(_control: Control) -> None:
            change_passphrase(self._place, old, new)

        run_task(self, work, on_done=self._done, on_failed=self._refused)

    def _done(self, _nothing: None) -> None:
        self.button.setEnabled(True)
        self.form.put({"old": "", "new": "", "again": ""})
        self.message.say(self.tr("Die neue Passphrase gilt ab sofort."), tone=Tone.GOOD)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.message.say_error(error)
