"""Register this laptop at the central server with a one-time code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSysInfo, Signal

from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Banner, Card, Field, FieldForm, SmallText, SoftText
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.enrolment_text import read_enrolment_text
from desktop_advisor.usecases.network_certificate import join_network
from desktop_advisor.usecases.workplace import Workplace


class Enrolment(Card):
    """Server address, one-time code, name of the laptop.

    Signals:
        started: a request is under way.
        enrolled: the server knows this laptop now; its network, and whose it is there ("" for
            nobody's by name).
        failed: it does not; the form says why.
    """

    started = Signal()
    enrolled = Signal(str, str)
    failed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Gerät anmelden"))
        self._place = place
        self._is_running = False
        self.form = FieldForm(self._fields(), columns=3)
        self.form.put({"device": QSysInfo.machineHostName()})
        self.form.typed.connect(self._take_apart)
        self._pinned = SmallText(self.tr("Der Code bringt das Zertifikat des Servers mit."))
        self._pinned.hide()
        self._ca_pem = ""
        self.trouble = Banner()
        self.add(
            SoftText(
                self.tr(
                    "Adresse und Einmalcode erhalten Sie von Ihrem Netzwerk; der Text des QR-Codes"
                    " (advisor://…) füllt beides aus. Bis dahin bleibt alles verschlüsselt auf"
                    " diesem Gerät; Sie können ohne Server vollständig arbeiten."
                )
            ),
            self.trouble,
            spacing.XS,
            self.form,
            self._pinned,
        )

    def _take_apart(self, key: str) -> None:
        """The text of a QR code, pasted into any field, fills address and code."""
        found = read_enrolment_text(self.form.texts()[key])
        if found is None:
            if key == "server":
                self._pin("")
            return
        if key == "device":
            self.form.put({"device": QSysInfo.machineHostName()})
        self.form.put({"server": found.server, "code": found.code})
        self._pin(found.ca_pem)

    def _pin(self, ca_pem: str) -> None:
        """The only authority that may vouch for the server; an address typed anew has none."""
        self._ca_pem = ca_pem
        self._pinned.setVisible(bool(ca_pem))

    def _fields(self) -> Sequence[Field]:
        return (
            Field(
                "server",
                self.tr("Adresse des Servers"),
                hint="https://",
                required=True,
                check=self._check_address,
            ),
            Field("code", self.tr("Einmalcode"), required=True),
            Field("device", self.tr("Name dieses Geräts"), required=True),
        )

    def _check_address(self, address: Value) -> str:
        is_one = str(address).startswith(("https://", "http://"))
        return "" if is_one else self.tr("Eine Adresse beginnt mit https://.")

    @property
    def is_running(self) -> bool:
        """Whether a request is under way."""
        return self._is_running

    def enrol(self) -> None:
        """Ask the server, off the GUI thread."""
        if self._is_running or self.form.values() is None:
            return
        texts = self.form.texts()
        self._is_running = True
        self.trouble.say_nothing()
        self.started.emit()

        ca_pem = self._ca_pem

        def work(_control: Control) -> tuple[str, str]:
            made = join_network(
                self._place, texts["server"], texts["code"], texts["device"], ca_pem
            )
            return made.network, made.person

        run_task(self, work, on_done=self._done, on_failed=self._refused)

    def _done(self, names: tuple[str, str]) -> None:
        self._is_running = False
        self.enrolled.emit(*names)

    def _refused(self, error: Exception) -> None:
        self._is_running = False
        self.trouble.say_error(error)
        self.failed.emit()
