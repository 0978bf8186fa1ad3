"""First start: who advises, for which network, and the passphrase that locks it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_advisor.ui.start.passphrase_rule import LEAST_LENGTH, strength
from desktop_advisor.ui.start.stage import Stage
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import (
    Banner,
    Field,
    FieldForm,
    Heading,
    Kind,
    Pill,
    PrimaryButton,
    SmallText,
    SoftText,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.certificate import LEAST_PIN


@dataclass(frozen=True)
class NetworkChoice:
    """A network profile as the wizard shows it; note: what has to be confirmed before use."""

    profile_id: str
    name: str
    region: str = ""
    note: str = ""


@dataclass(frozen=True)
class FirstStart:
    """What the wizard collected. pin: of the seal, "" where it is left for the first seal."""

    name: str
    profile_id: str
    passphrase: str
    pin: str = ""


class FirstStartPage(Stage):
    """One page, five fields.

    create_store: creates the store or raises a KnownError; called off the GUI thread.

    Signals:
        created: what `create_store` returned.
    """

    created = Signal(object)

    def __init__(
        self, networks: Sequence[NetworkChoice], create_store: Callable[[FirstStart], object]
    ) -> None:
        super().__init__()
        self._networks = {network.profile_id: network for network in networks}
        self._create_store = create_store
        self.form = FieldForm(self._fields())
        self.network_note = SmallText()
        self.form.put_below("profile", self.network_note)
        self.strength = Pill(strength("").words)
        self.trouble = Banner()
        self.button = PrimaryButton(self.tr("Einrichten"))
        self._fill_card()
        self.button.clicked.connect(self.create_workplace)
        self._edit("passphrase").textChanged.connect(self._judge)
        for key in ("again", "pin"):
            self._edit(key).returnPressed.connect(self.create_workplace)
        self.form.typed.connect(lambda _key: self._describe_network())
        self._describe_network()
        self.form.focus_first()

    def _fields(self) -> Sequence[Field]:
        networks = [(network.profile_id, network.name) for network in self._networks.values()]
        return (
            Field("name", self.tr("Ihr Name, wie er im Bericht steht"), required=True),
            Field("profile", self.tr("Netzwerk"), Kind.CHOICE, options=networks),
            Field(
                "passphrase",
                self.tr("Passphrase (mindestens {0} Zeichen)").format(LEAST_LENGTH),
                Kind.PASSPHRASE,
                required=True,
                check=self._check_passphrase,
            ),
            Field(
                "again",
                self.tr("Passphrase wiederholen"),
                Kind.PASSPHRASE,
                required=True,
                check=self._check_again,
            ),
            Field(
                "pin",
                self.tr(
                    "Siegel-PIN für Berichte (mindestens {0} Zeichen, kann später folgen)"
                ).format(LEAST_PIN),
                Kind.PASSPHRASE,
                check=self._check_pin,
            ),
        )

    def _fill_card(self) -> None:
        hint = SmallText(
            self.tr(
                "Am besten vier Wörter, die nur Sie so verbinden. Ohne Passphrase lassen sich die"
                " Daten nicht öffnen; niemand kann sie zurücksetzen."
            )
        )
        line = row(gap=spacing.M)
        line.addWidget(hint, 1)
        line.addWidget(self.strength, 0, Qt.AlignmentFlag.AlignTop)
        about_passphrase = QWidget()
        about_passphrase.setLayout(line)
        self.form.put_below("passphrase", about_passphrase)
        self.card.add(
            Heading(self.tr("Arbeitsplatz einrichten")),
            SoftText(self.tr("Alles, was Sie eingeben, wird auf diesem Gerät verschlüsselt.")),
            self.trouble,
            self.form,
            spacing.XS,
            row(spacer(), self.button),
        )

    def _edit(self, key: str) -> QLineEdit:
        edit = self.form.edit(key)
        assert isinstance(edit, QLineEdit)  # noqa: S101  TEXT and PASSPHRASE are line edits
        return edit

    def _judge(self, passphrase: str) -> None:
        verdict = strength(passphrase)
        self.strength.say(verdict.words, verdict.tone)

    def _check_passphrase(self, passphrase: Value) -> str:
        verdict = strength(str(passphrase))
        return "" if verdict.is_enough else self.tr("Zu schwach: {0}.").format(verdict.words)

    def _check_again(self, passphrase: Value) -> str:
        same = str(passphrase) == self._edit("passphrase").text()
        return "" if same else self.tr("Die beiden Eingaben sind verschieden.")

    def _check_pin(self, pin: Value) -> str:
        long_enough = not pin or len(str(pin)) >= LEAST_PIN
        return "" if long_enough else self.tr("Zu kurz.")

    def _describe_network(self) -> None:
        chosen = self._networks.get(self.form.texts()["profile"])
        self.network_note.setText(chosen.note or chosen.region if chosen else "")
        self.network_note.setVisible(bool(self.network_note.text()))

    def create_workplace(self) -> None:
        """Create the store with what was typed, or say beside the field what is missing."""
        values = self.form.values()
        if values is None or not self.button.isEnabled():
            return
        wanted = FirstStart(
            str(values["name"]).strip(),
            str(values["profile"]),
            str(values["passphrase"]),
            str(values["pin"] or ""),
        )
        self._wait(True)

        def work(_control: Control) -> object:
            return self._create_store(wanted)

        run_task(self, work, on_done=self.created.emit, on_failed=self._refused)

    def _wait(self, waiting: bool) -> None:
        self.button.setEnabled(not waiting)
        self.button.setText(self.tr("Wird eingerichtet …") if waiting else self.tr("Einrichten"))
        self.form.setEnabled(not waiting)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self.trouble.say_error(error)
