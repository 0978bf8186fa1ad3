"""The sheet before a hand-over package is taken in: who wrote it, and what it would bring."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.ui.theme import spacing
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Field,
    FieldForm,
    ListRow,
    Pill,
    PrimaryButton,
    RowList,
    SecondaryButton,
    SmallText,
    Strong,
    Text,
    column,
    row,
    spacer,
)
from desktop_advisor.ui.widgets.field import Kind
from desktop_advisor.ui.words import day_and_time, joined
from desktop_advisor.usecases.package_intake import PackagePreview, PackedCompany

MOST_ROWS = 30


class PassphraseSheet(QFrame):
    """Asks for the passphrase of a package.

    Signals:
        typed: the passphrase.
        dismissed: the package stays closed.
    """

    typed = Signal(str)
    dismissed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "menu")
        label = self.tr("Passphrase des Pakets")
        self.form = FieldForm((Field("phrase", label, kind=Kind.PASSPHRASE, required=True),))
        self.go = PrimaryButton(self.tr("Öffnen"))
        self.go.clicked.connect(self._confirm)
        cancel = SecondaryButton(self.tr("Abbrechen"))
        cancel.clicked.connect(self.dismissed)
        edge = spacing.L
        heading = Strong(self.tr("„{0}“ öffnen").format(name), wrap=True)
        self.setLayout(
            column(
                heading,
                self.form,
                row(spacer(), cancel, self.go),
                margins=(edge, spacing.M, edge, spacing.M),
            )
        )

    def _confirm(self) -> None:
        if self.form.values() is not None:
            self.typed.emit(self.form.texts()["phrase"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc closes the sheet."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


class PreviewSheet(QFrame):
    """One row per company file, and one button.

    Signals:
        confirmed: the PackagePreview that was read.
        dismissed: nothing is to be taken.
    """

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, preview: PackagePreview) -> None:
        super().__init__()
        self._preview = preview
        self.setProperty("kind", "menu")
        self.go = PrimaryButton(self.tr("Übernehmen"))
        self.go.clicked.connect(lambda _checked: self.confirmed.emit(self._preview))
        self.go.setEnabled(not preview.is_taken_already)
        self._cancel = SecondaryButton(self.tr("Schließen"))
        self._cancel.clicked.connect(self.dismissed)
        listed = RowList()
        rows: list[QWidget] = [self._row(company) for company in preview.companies[:MOST_ROWS]]
        hidden = len(preview.companies) - len(rows)
        if hidden:
            rows.append(SmallText(self.tr("{0} weitere Firmenakten").format(hidden)))
        listed.show_rows(rows)
        edge = spacing.L
        self.setLayout(
            column(
                Strong(self._heading(), wrap=True),
                Text(self._sums()),
                listed,
                SmallText(self._note()),
                row(spacer(), self._cancel, self.go),
                margins=(edge, spacing.M, edge, spacing.M),
            )
        )
        self.setAccessibleName(self._heading())

    def _heading(self) -> str:
        made = self._preview
        written = day_and_time(made.written_at)
        return self.tr("Übergabepaket von {0}, geschrieben am {1}").format(made.author, written)

    def _sums(self) -> str:
        made = self._preview
        if made.is_taken_already:
            return self.tr("Bereits übernommen: Das Paket bringt nichts, was hier fehlt.")
        counts = (
            (made.fresh, self.tr("neue Änderung"), self.tr("neue Änderungen")),
            (made.fresh_attachments, self.tr("neue Anlage"), self.tr("neue Anlagen")),
            (made.conflicts, self.tr("neuer Konflikt"), self.tr("neue Konflikte")),
        )
        return joined(*(counted(many, one, more) for many, one, more in counts if many))

    def _note(self) -> str:
        made = self._preview
        said = [joined(made.network, made.device)] if made.network or made.device else []
        if made.missing:
            missing = counted(made.missing, self.tr("Anlage"), self.tr("Anlagen"))
            said.append(self.tr("Auf jenem Gerät fehlten: {0}.").format(missing))
        said.append(self.tr("Name und Zeit stehen so im Paket."))
        if not made.is_taken_already:
            said.append(self.tr("Noch ist nichts geschrieben."))
        if made.conflicts:
            said.append(self.tr("Was hier anders steht, bleibt als zweite Fassung erhalten."))
        return " ".join(f"{part.rstrip('.')}." for part in said)

    def _row(self, company: PackedCompany) -> ListRow:
        if company.refusal:
            pill = Pill(self.tr("bleibt draußen"), Tone.ATTENTION)
            return ListRow(company.name, company.refusal, trail=[pill], pressable=False)
        trail: list[QWidget] = []
        if company.conflicts:
            words = counted(company.conflicts, self.tr("Konflikt"), self.tr("Konflikte"))
            trail.append(Pill(words, Tone.ATTENTION))
        if company.is_new:
            trail.append(Pill(self.tr("neue Akte"), Tone.MAIN))
        elif not company.fresh:
            trail.append(Pill(self.tr("schon hier"), Tone.GOOD))
        detail = self.tr("{0} neu, {1} schon hier").format(company.fresh, company.known)
        return ListRow(company.name, detail, trail=trail, pressable=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the sheet, not the screen behind it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)
