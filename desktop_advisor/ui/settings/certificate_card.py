"""The certificate that seals reports: whose it is, until when; make a new one or bring one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from desktop_advisor.ui.widgets.flow import FlowLayout
from desktop_advisor.ui.widgets.labels import show_if
from desktop_advisor.usecases.certificate import (
    CertificateView,
    WrongPin,
    change_pin,
    choose_pin,
    import_certificate,
    make_certificate,
    needs_pin,
    show_certificate,
    use_token,
)
from desktop_advisor.usecases.network_certificate import certify_key, is_enrolled
from desktop_advisor.usecases.sealing_token import Token
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
        self._is_working = False
        self._facts, self._room = QVBoxLayout(), QVBoxLayout()
        self.trouble = Banner()
        self.bring = SecondaryButton(self.tr("Datei einlesen (.p12) …"))
        self.bring.clicked.connect(lambda _checked: self._choose_file())
        self.renew = QuietButton(self.tr("Neu erstellen"))
        self.renew.clicked.connect(lambda _checked: self._confirm())
        self.pin = QuietButton(self.tr("PIN ändern"))
        self.pin.clicked.connect(lambda _checked: self._ask_other_pin())
        self.pin.hide()
        self.token = QuietButton(self.tr("Karte oder Stick …"))
        self.token.clicked.connect(lambda _checked: self._ask_token())
        self.certify = QuietButton(self.tr("Vom Netzwerk bestätigen lassen"))
        self.certify.clicked.connect(lambda _checked: self._ask_network())
        self.certify.hide()
        self._facts.addWidget(SoftText(self.tr("Wird gelesen …")))
        self.add(
            self.trouble,
            self._facts,
            self._room,
            FlowLayout(self.certify, self.pin, self.renew, self.token, self.bring),
        )

    # -- what is there ---------------------------------------------------------------------

    def read(self) -> None:
        """Show the certificate in force; read off the GUI thread, as cryptography loads slowly."""

        def work(_control: Control) -> CertificateView | None:
            return None if needs_pin(self._place) else show_certificate(self._place)

        run_task(self, work, on_done=self._show, on_failed=self._show_none)

    def _show(self, held: CertificateView | None) -> None:
        clear(self._facts)
        show_if(self.pin, held is not None and not held.is_on_token)
        can_ask = held is not None and held.is_self_issued and not held.is_on_token
        can_ask = can_ask and is_enrolled(self._place)
        show_if(self.certify, can_ask)
        self.renew.setText(self.tr("PIN festlegen") if held is None else self.tr("Neu erstellen"))
        if held is None:
            self._say_none_yet()
            return
        end = short_date(held.valid_to.astimezone(BERLIN).date())
        expired = held.valid_to < self._place.clock()
        words = self.tr("abgelaufen") if expired else self.tr("✓ gültig bis {0}").format(end)
        self.state.say(words, Tone.DANGER if expired else Tone.GOOD)
        kind = (
            self.tr("auf diesem Gerät erstellt")
            if held.is_self_issued
            else self.tr("ausgestellt von {0}").format(held.issuer)
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

    def _say_none_yet(self) -> None:
        self.state.say(self.tr("noch keines"), Tone.ATTENTION)
        words = self.tr(
            "Das Zertifikat entsteht, sobald Sie die Siegel-PIN festlegen: hier oder vor dem ersten"
            " Siegel."
        )
        self._facts.addWidget(SoftText(words))

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
        is_first = needs_pin(self._place)
        form = FieldForm(self._new_pin())
        words = self.tr("PIN festlegen") if is_first else self.tr("Neues Zertifikat erstellen")
        make = choose_pin if is_first else make_certificate
        go = SecondaryButton(words)
        go.clicked.connect(
            lambda _checked: self._with_pin(form, lambda typed: make(self._place, typed["pin"]))
        )
        self._ask(form if is_first else column(question, form, gap=spacing.M), go)
        form.focus_first()

    def _ask_network(self) -> None:
        words = SmallText(
            self.tr(
                "Der Server Ihres Netzwerks bestätigt, dass dieser Schlüssel Ihnen gehört."
                " Der Schlüssel selbst bleibt auf diesem Gerät."
            )
        )
        form = FieldForm([Field("pin", self.tr("Siegel-PIN"), Kind.PASSPHRASE, required=True)])
        go = SecondaryButton(self.tr("Bestätigen lassen"))
        go.clicked.connect(lambda _checked: self._certify(form))
        self._ask(column(words, form, gap=spacing.M), go)
        form.focus_first()

    def _certify(self, form: FieldForm) -> None:
        pin = form.lines["pin"].raw()
        if form.values() is not None:
            self._run(lambda: certify_key(self._place, pin))

    def _ask_token(self) -> None:
        words = SmallText(
            self.tr(
                "Der Schlüssel bleibt auf dem Gerät; das Programm merkt sich nur, wo er liegt. Die"
                " PIN des Geräts wird bei jedem Siegel gefragt."
            )
        )
        form = FieldForm(
            [
                Field("module", self.tr("Treiber (PKCS#11-Datei)"), required=True),
                Field("token", self.tr("Name der Karte oder des Sticks"), required=True),
                Field("key", self.tr("Name des Schlüssels (leer: der einzige)")),
                Field("pin", self.tr("PIN des Geräts"), Kind.PASSPHRASE, required=True),
            ]
        )
        go = SecondaryButton(self.tr("Verwenden"))
        go.clicked.connect(lambda _checked: self._use_token(form))
        self._ask(column(words, form, gap=spacing.M), go)
        form.focus_first()

    def _use_token(self, form: FieldForm) -> None:
        typed = {key: line.raw().strip() for key, line in form.lines.items()}
        if form.values() is None:
            return
        token = Token(module=typed["module"], token_label=typed["token"], key_label=typed["key"])
        self._run(lambda: use_token(self._place, token, typed["pin"]))

    def _ask_other_pin(self) -> None:
        old = Field("old", self.tr("Bisherige PIN"), Kind.PASSPHRASE, required=True)
        form = FieldForm([old, *self._new_pin()])
        go = SecondaryButton(self.tr("PIN ändern"))
        go.clicked.connect(lambda _checked: self._with_pin(form, self._change))
        self._ask(form, go)
        form.focus_first()

    def _change(self, typed: Mapping[str, str]) -> None:
        change_pin(self._place, typed["old"], typed["pin"])

    def _new_pin(self) -> list[Field]:
        return [
            Field("pin", self.tr("Neue Siegel-PIN"), Kind.PASSPHRASE, required=True),
            Field("again", self.tr("PIN wiederholen"), Kind.PASSPHRASE, required=True),
        ]

    def _with_pin(self, form: FieldForm, make: Callable[[Mapping[str, str]], None]) -> None:
        """Make it so, unless the two PIN differ; read first, as the form goes away."""
        typed = {key: line.raw() for key, line in form.lines.items()}
        if form.values() is None:
            return
        if typed["pin"] != typed["again"]:
            form.say("again", self.tr("Die beiden PIN sind nicht gleich."))
            return
        self._run(lambda: make(typed))

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
        """Do it; what was typed goes away once it is done, and stays where it was refused."""
        if self._is_working:
            return
        self._is_working = True
        self.trouble.say_nothing()

        def off_thread(_control: Control) -> None:
            work()

        run_task(self, off_thread, on_done=self._done, on_failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._is_working = False
        if isinstance(error, WrongPin):  # nothing is being sealed here
            safe = self.tr("Die bisherige PIN gilt weiter.")
            self.trouble.say(error.what, safe=safe, todo=error.todo)
        else:
            self.trouble.say_error(error)

    def _done(self, _nothing: None) -> None:
        self._is_working = False
        clear(self._room)
        self.changed.emit()
        self.read()


def _grouped(fingerprint: str) -> str:
    """In groups of four, so that it can be compared by eye and may wrap."""
    plain = fingerprint.replace(":", "").upper()
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
