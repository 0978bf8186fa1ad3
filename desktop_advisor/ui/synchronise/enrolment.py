"""Register this laptop at the central server with a one-time code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSysInfo, Signal

from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.widgets import Banner, Card, Field, FieldForm, SoftText
from desktop_advisor.ui.widgets.field import Value
from desktop_advisor.usecases.network_certificate import join_network
from desktop_advisor.usecases.workplace import Workplace


class Enrolment(Card):
    """Server address, one-time code, name of the laptop.

    Signals:
        started: a request is under way.
        enrolled: the server knows this laptop now.
        failed: it does not; the form says why.
    """

    started = Signal()
    enrolled = Signal()
    failed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Gerät anmelden"))
        self._place = place
        self._is_running = False
        self.form = FieldForm(self._fields(), columns=3)
        self.form.put({"device": QSysInfo.machineHostName()})
        self.trouble = Banner()
        self.add(
            SoftText(
                self.tr(
                    "Adresse und Einmalcode erhalten Sie von Ihrem Netzwerk. Bis dahin bleibt alles"
                    " verschlüsselt auf diesem Gerät; Sie können ohne Server vollständig arbeiten."
                )
            ),
            self.trouble,
            spacing.XS,
            self.form,
        )

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

        def work(_control: Control) -> object:
            return join_network(self._place, texts["server"], texts["code"], texts["device"])

        run_task(self, work, on_done=self._done, on_failed=self._refused)

    def _done(self, _enrolment: object) -> None:
        self._is_running = False
        self.enrolled.emit()

    def _refused(self, error: Exception) -> None:
        self._is_running = False
        self.trouble.say_error(error)
        self.failed.emit()
