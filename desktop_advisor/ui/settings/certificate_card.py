"""The certificate that seals reports: whose it is, until when; make a new one or bring one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_advisor.domain.german import BERLIN, short_date
from desktop_advisor.ui.tasks import Control, run_task
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Field,
    FieldForm,
    Kind,
    Label,
    Pill,
    QuietButton,
    SecondaryButton,
    SmallText,
    SoftText,
    Text,
    clear,
    column,
    row,
    spacer,
)
from desktop_advisor.usecases.certificate import (
    CertificateView,
    import_certificate,
    make_certificate,
    show_certificate,
)
from desktop_advisor.usecases.workplace import Workplace

LARGEST_P12 = 1_000_000
"""Bytes; a certificate with its key is a few kilobytes, so anything larger is something else."""


class CertificateCard(Card):
    """Siegel-Zertifikat.

    Signals:
        changed: another certificate seals from now on.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        self.state = Pill("…")
        super().__init__("", self.state)
        self.set_title(self.tr("Siegel-Zertifikat"))
        self._place = place
        self._facts, self._room = QVBoxLayout(), QVBoxLayout()
        self.trouble = Banner()
        self.bring = SecondaryButton(self.tr("Datei einlesen (.p12) …"))
        self.bring.clicked.connect(lambda _checked: self._choose_file())
        self.renew = QuietButton(self.tr("Neu erstellen"))
        self.renew.clicked.connect(lambda _checked: self._confirm())
        self._facts.addWidget(SoftText(self.tr("Wird gelesen …")))
        self.add(self.trouble, self._facts, self._room, row(spacer(), self.renew, self.bring))

    # -- what is there ---------------------------------------------------------------------

    def read(self) -> None:
        """Show the certificate in force; read off the GUI thread, as cryptography loads slowly."""

        def work(_control: Control) -> CertificateView:
            return show_certificate(self._place)

        run_task(self, work, on_done=self._show, on_failed=self._show_none)

    def _show(self, held: CertificateView) -> None:
        clear(self._facts)
        end = short_date(held.valid_to.astimezone(BERLIN).date())
        expired = held.valid_to < self._place.clock()
        words = self.tr("abgelaufen") if expired else self.tr("✓ gültig bis {0}").format(end)
        self.state.say(words, Tone.DANGER if expired else Tone.GOOD)
        kind = (
            self.tr("auf diesem Gerät erstellt")
            if held.is_self_issued
            else self.tr("von einer Zertifizierungsstelle")
        )
        facts = (
            (self.tr("Inhaber"), held.holder),
            (self.tr("Organisation"), held.organisation),
            (self.tr("Herkunft"), kind),
            (self.tr("Fingerabdruck (SHA-256)"), _grouped(held.fingerprint)),
        )
        for name, fact in facts:
            line = column(Label(name, "label"), Text(fact), gap=0, margins=(0, 2, 0, 6))
            self._facts.addLayout(line)

    def _show_none(self, error: Exception) -> None:
        """What is wrong with it, in place of what would stand here."""
        clear(self._facts)
        self.state.say(self.tr("nicht nutzbar"), Tone.DANGER)
        self.trouble.say_error(error)

    # -- another one -----------------------------------------------------------------------

    def _confirm(self) -> None:
        question = SmallText(
            self.tr(
                "Bereits gesiegelte Berichte bleiben gültig. Neue Berichte tragen das neue"
                " Zertifikat."
            )
        )
        go = SecondaryButton(self.tr("Neues Zertifikat erstellen"))
        go.clicked.connect(lambda _checked: self._run(lambda: make_certificate(self._place)))
        self._ask(question, go)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Zertifikat einlesen"), "", self.tr("Zertifikate (*.p12 *.pfx)")
        )
        if name:
            self.ask_password(Path(name))

    def ask_password(self, path: Path) -> None:
        """The password of the file, then read it."""
        form = FieldForm([Field("password", self.tr("Kennwort der Datei"), Kind.PASSPHRASE)])
        go = SecondaryButton(self.tr("Einlesen"))
        go.clicked.connect(
            lambda _checked: self._run(lambda: self._import(path, form.lines["password"].raw()))
        )
        self._ask(column(SmallText(path.name), form), go)
        form.focus_first()

    def _import(self, path: Path, password: str) -> None:
        with path.open("rb") as file:
            content = file.read(LARGEST_P12)
        import_certificate(self._place, content, password)

    def _ask(self, what: QWidget | QVBoxLayout, go: SecondaryButton) -> None:
        clear(self._room)
        cancel = QuietButton(self.tr("Abbrechen"))
        cancel.clicked.connect(lambda _checked: clear(self._room))
        self._room.addLayout(column(what, row(spacer(), cancel, go), gap=spacing.M))

    def _run(self, work: Callable[[], None]) -> None:
        clear(self._room)
        self.trouble.say_nothing()

        def off_thread(_control: Control) -> None:
            work()

        run_task(self, off_thread, on_done=self._done, on_failed=self.trouble.say_error)

    def _done(self, _nothing: None) -> None:
        self.changed.emit()
        self.read()


def _grouped(fingerprint: str) -> str:
    """In groups of four, so that it can be compared by eye and may wrap."""
    plain = fingerprint.replace(":", "").upper()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
