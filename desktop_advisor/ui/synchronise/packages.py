"""Hand-over without a server: write a package, read one, show this laptop's receiving key."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_advisor.domain.german import counted
from desktop_advisor.storage.package_errors import ForPassphrase, WrongPackagePassphrase
from desktop_advisor.ui.reporting.saving import ask_folder
from desktop_advisor.ui.synchronise.package_reading import PassphraseSheet, PreviewSheet
from desktop_advisor.ui.synchronise.package_writing import Wanted, WritingSheet
from desktop_advisor.ui.tasks import Control, Task, run_task
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import (
    Banner,
    Card,
    Label,
    ProgressLine,
    QuietButton,
    SecondaryButton,
    SoftText,
    clear,
    row,
)
from desktop_advisor.usecases.handover_package import (
    SUFFIX,
    PackageCancelled,
    WrittenPackage,
    write_package,
)
from desktop_advisor.usecases.package_intake import (
    PackagePreview,
    preview_package,
    take_package,
)
from desktop_advisor.usecases.receiving_key import receiving_key
from desktop_advisor.usecases.save_folder import last_folder
from desktop_advisor.usecases.workplace import Workplace


class Packages(Card):
    """Two actions, at most one sheet, one piece of work at a time.

    Signals:
        changed: a package was taken in.
    """

    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.set_title(self.tr("Übergabe ohne Server"))
        self._place = place
        self._task: Task[object] | None = None
        self.sheet: QWidget | None = None
        self.said, self.trouble = Banner(), Banner()
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self.cancel)
        self.write_button = SecondaryButton(self.tr("Übergabepaket schreiben …"))
        self.write_button.clicked.connect(lambda _checked: self.begin_writing())
        self.read_button = SecondaryButton(self.tr("Übergabepaket lesen …"))
        self.read_button.clicked.connect(lambda _checked: self._ask_file())
        self.key_button = QuietButton(self.tr("Empfangsschlüssel zeigen"))
        self.key_button.clicked.connect(lambda _checked: self._toggle_key())
        self.key = Label("", "strong", wrap=True)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._room = QVBoxLayout()
        explanation = self.tr(
            "Gibt ganze Firmenakten mit Anlagen verschlüsselt an ein anderes Gerät weiter, etwa auf"
            " einem Stick."
        )
        buttons = row(self.write_button, self.read_button)
        buttons.addStretch(1)
        keys = row(self.key_button)
        keys.addStretch(1)
        parts = (self.said, self.trouble, buttons, self._room, self.progress, keys, self.key)
        self.add(SoftText(explanation), *parts)
        self._settle()

    # -- writing -----------------------------------------------------------------------------

    def begin_writing(self, company_ids: Collection[uuid.UUID] = ()) -> None:
        """Open the sheet, with these company files ticked."""
        if self._task is not None:
            return
        sheet = WritingSheet(self._place, company_ids)
        sheet.confirmed.connect(self._ask_target)
        sheet.dismissed.connect(self._close)
        self._open(sheet)

    def _ask_target(self, wanted: Wanted) -> None:
        folder = ask_folder(self, self._place, self.tr("Ordner für das Übergabepaket"))
        if folder is not None:
            self.write(wanted, folder)

    def write(self, wanted: Wanted, folder: Path) -> None:
        """Write it there, off the GUI thread."""
        place = self._place

        def work(control: Control) -> object:
            control.progress(self.tr("Schlüssel wird berechnet …"), 0.0)
            lock = wanted.lock()
            ids = wanted.company_ids
            return write_package(
                place, ids, folder, lock, progress=control.progress, cancelled=control.cancelled
            )

        def done(written: object) -> None:
            if isinstance(written, WrittenPackage):
                self._written(written, wanted.passphrase)

        self._start(work, done)

    def _written(self, written: WrittenPackage, passphrase: str) -> None:
        self._close()
        files = counted(written.files, self.tr("Firmenakte"), self.tr("Firmenakten"))
        words = self.tr("{0} liegen in „{1}“.").format(files, written.path.name)
        if written.files == 1:
            words = self.tr("{0} liegt in „{1}“.").format(files, written.path.name)
        told = self.tr("Passphrase: {0}").format(passphrase) if passphrase else ""
        note = (
            self.tr("Sie wird nur dieses eine Mal gezeigt; sagen Sie sie getrennt von der Datei.")
            if passphrase
            else self.tr("Nur das gewählte Gerät kann die Datei öffnen.")
        )
        if written.missing:
            missing = counted(written.missing, self.tr("Anlage"), self.tr("Anlagen"))
            note += " " + self.tr("Nicht auf diesem Gerät und darum nicht dabei: {0}.").format(
                missing
            )
        self.said.say(words, safe=told, todo=note, tone=Tone.GOOD)

    # -- reading -----------------------------------------------------------------------------

    def _ask_file(self) -> None:
        folder = str(last_folder(self._place) or Path.home())
        kinds = self.tr("Übergabepakete") + f" (*{SUFFIX})"
        title = self.tr("Übergabepaket lesen")
        found, _ = QFileDialog.getOpenFileName(self, title, folder, kinds)
        if found:
            self.read(Path(found))

    def read(self, path: Path, passphrase: str = "") -> None:
        """Look into it, off the GUI thread; then its sheet, or the question for a passphrase."""
        place = self._place

        def work(control: Control) -> object:
            progress, cancelled = control.progress, control.cancelled
            return preview_package(place, path, passphrase, progress=progress, cancelled=cancelled)

        def done(preview: object) -> None:
            if isinstance(preview, PackagePreview):
                self._show_preview(preview, passphrase)

        def failed(error: Exception) -> None:
            if isinstance(error, ForPassphrase | WrongPackagePassphrase):
                self._ask_passphrase(path, error if passphrase else None)
            else:
                self._close()
                self.trouble.say_error(error)

        self._start(work, done, failed)

    def _ask_passphrase(self, path: Path, error: Exception | None) -> None:
        sheet = PassphraseSheet(path.name)
        sheet.typed.connect(lambda typed: self.read(path, typed))
        sheet.dismissed.connect(self._close)
        self._open(sheet)
        if error is not None:
            self.trouble.say_error(error)
        sheet.form.lines["phrase"].edit.setFocus()

    def _show_preview(self, preview: PackagePreview, passphrase: str) -> None:
        sheet = PreviewSheet(preview)
        sheet.confirmed.connect(lambda chosen: self._take(chosen, passphrase))
        sheet.dismissed.connect(self._close)
        self._open(sheet)
        sheet.go.setFocus()

    def _take(self, preview: PackagePreview, passphrase: str) -> None:
        place = self._place

        def work(control: Control) -> object:
            progress, cancelled = control.progress, control.cancelled
            return take_package(place, preview, passphrase, progress=progress, cancelled=cancelled)

        def done(taken: object) -> None:
            self._close()
            if isinstance(taken, PackagePreview):
                self._taken(taken)
            self.changed.emit()

        self._start(work, done)

    def _taken(self, taken: PackagePreview) -> None:
        changes = counted(taken.fresh, self.tr("Änderung"), self.tr("Änderungen"))
        words = self.tr("Übergabepaket übernommen: {0}.").format(changes)
        todo = (
            self.tr("Bitte entscheiden Sie über {0}.").format(
                counted(taken.conflicts, self.tr("Konflikt"), self.tr("Konflikte"))
            )
            if taken.conflicts
            else self.tr("Alles davon geht bei der nächsten Synchronisation mit.")
        )
        self.said.say(words, todo=todo, tone=Tone.GOOD)

    def forget_trouble(self) -> None:
        """What could not be read is no news any more; a passphrase that was shown once stays."""
        if self._task is None:
            self.trouble.say_nothing()

    # -- within ------------------------------------------------------------------------------

    def cancel(self) -> None:
        """Stop at the next safe point; nothing of it stays."""
        if self._task is not None:
            self._task.cancel()
            self.progress.stop.setEnabled(False)

    def _start(
        self,
        work: Callable[[Control], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.said.say_nothing()
        self.trouble.say_nothing()
        self.progress.stop.setEnabled(True)
        self.progress.advance(None, self.tr("Einen Moment …"))

        def on_done(result: object) -> None:
            self._task = None
            self._settle()
            done(result)

        def on_failed(error: Exception) -> None:
            self._task = None
            self._settle()
            if isinstance(error, PackageCancelled):
                self.trouble.say(error.what, safe=error.safe, tone=Tone.ATTENTION)
            elif failed is not None:
                failed(error)
            else:
                self.trouble.say_error(error)

        self._task = run_task(
            self,
            work,
            on_done=on_done,
            on_failed=on_failed,
            on_progress=lambda words, share: self.progress.advance(share, words),
        )
        self._settle()

    def _settle(self) -> None:
        is_busy = self._task is not None
        self.progress.setVisible(is_busy)
        for button in (self.write_button, self.read_button):
            button.setEnabled(not is_busy)
        if self.sheet is not None:
            self.sheet.setEnabled(not is_busy)
        self.key.setVisible(bool(self.key.text()))

    def _open(self, sheet: QWidget) -> None:
        self._close()
        self.said.say_nothing()
        self.trouble.say_nothing()
        self.sheet = sheet
        self._room.addWidget(sheet)
        sheet.show()

    def _close(self) -> None:
        clear(self._room)
        self.sheet = None

    def _toggle_key(self) -> None:
        shown = bool(self.key.text())
        self.key.setText("" if shown else receiving_key(self._place).replace("-", " "))
        words = self.tr("Empfangsschlüssel zeigen") if shown else self.tr("Schlüssel ausblenden")
        self.key_button.setText(words)
        self._settle()
