"""Photos and files of an answer: taken, dropped or pasted here, looked at, taken away."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import counted
from desktop_advisor.ui.interview.camera_roll import CameraRoll, delete_original
from desktop_advisor.ui.interview.drop_hint import DropHint
from desktop_advisor.ui.interview.file_intake import Intake, Item, Spot, taking
from desktop_advisor.ui.interview.file_opening import FileOpening
from desktop_advisor.ui.interview.file_row import SIDE, FileRow
from desktop_advisor.ui.interview.notice import Notice, make_tall
from desktop_advisor.ui.interview.pasted_files import can_take, items_of
from desktop_advisor.ui.tasks import Task, run_task
from desktop_advisor.ui.theme.current import theme
from desktop_advisor.ui.theme.spacing import S
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import SecondaryButton, SmallText, clear, column, row
from desktop_advisor.usecases.evidence import (
    AttachmentView,
    PhotoConsentMissing,
    list_files,
    record_photo_consent,
    remove_file,
    require_photo_consent,
    restore_file,
    thumbnail,
)
from desktop_advisor.usecases.workplace import Workplace

PATIENCE_MS = 300
"""Work that is done sooner is not worth a word."""


class FilesCard(QWidget):
    """The files of one question from one perspective; files can be dropped anywhere on it.

    Attributes:
        consent, removed, camera_waits, original, busy, others: the lines below the list.
        opening: shows or copies a file.

    Signals:
        changed: something was kept, removed or brought back.
        failed: the error that kept a file from being kept, opened or copied.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None, camera: CameraRoll | None = None) -> None:
        super().__init__(parent)
        self._place: Workplace | None = None
        self._spot: Spot | None = None
        self._waiting: tuple[Spot, list[Item]] | None = None
        self._photo_spot: Spot | None = None
        self._original: Path | None = None
        self._removed: uuid.UUID | None = None
        self._task: Task[Intake] | None = None
        self._is_large = False
        self._camera = camera or (CameraRoll(parent=self) if sys.platform == "win32" else None)
        self.rows: list[FileRow] = []
        self.opening = FileOpening(self)
        self.opening.failed.connect(self.failed)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Fotos und Dateien zur Frage"))
        self._make_lines()
        self._lay_out()
        self._connect()
        self._drop_hint = DropHint(self)

    def _make_lines(self) -> None:
        no = self.tr("Ohne Foto weiter")
        self.consent = Notice(self.tr("Einwilligung liegt jetzt vor"), no, Tone.ATTENTION)
        self.removed = Notice(self.tr("Rückgängig"), "", Tone.NEUTRAL)
        self.camera_waits = Notice("", self.tr("Abbrechen"), Tone.MAIN)
        self.original = Notice(self.tr("Original löschen"), self.tr("Behalten"), Tone.ATTENTION)
        self.busy = Notice("", self.tr("Abbrechen"), Tone.MAIN)
        self._busy_soon = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.others = SmallText("")
        self.others.hide()

    def _lay_out(self) -> None:
        self.photo = SecondaryButton(self.tr("Foto"))
        self.file = SecondaryButton(self.tr("Datei"))
        for button in (self.photo, self.file):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        waiting = (self.busy, self.camera_waits)
        self._notices = (*waiting, self.consent, self.original, self.removed)
        self.setLayout(
            column(
                self._list, self.others, *self._notices, row(self.photo, self.file, gap=S), gap=S
            )
        )

    def _connect(self) -> None:
        self.photo.clicked.connect(self.take_photo)
        self.file.clicked.connect(self.choose_files)
        self.consent.accepted.connect(self._on_consent)
        self.consent.dismissed.connect(self._forget_waiting)
        self.removed.accepted.connect(self._restore)
        self.busy.dismissed.connect(self._stop)
        self._busy_soon.timeout.connect(lambda: self.busy.setVisible(self._task is not None))
        self.original.accepted.connect(self._delete_original)
        if self._camera is not None:
            self.camera_waits.dismissed.connect(self._camera.stop)
            self._camera.arrived.connect(self._on_photo_taken)
            self._camera.given_up.connect(lambda: self.camera_waits.say(""))

    def set_size(self, large: bool) -> None:
        """Targets of at least 72 px, for the hall."""
        self._is_large = large
        for notice in self._notices:
            notice.set_size(large)
        for button in (self.photo, self.file):
            make_tall(button, large)
        for each in self.rows:
            each.set_size(large)

    def show_files(
        self,
        place: Workplace,
        case_id: uuid.UUID,
        assessment_id: uuid.UUID | None,
        question: str,
    ) -> None:
        """The files of that answer; "" for the conversation as a whole."""
        spot = Spot(case_id, assessment_id, question)
        if spot != self._spot:
            self.removed.say("")
        self._place, self._spot = place, spot
        self._load()

    def _load(self) -> None:
        if self._place is None or self._spot is None:
            return
        found = list_files(self._place, self._spot.case_id, self._spot.question)
        own = [f for f in found if f.assessment_id in {None, self._spot.assessment_id}]
        if [r.file for r in self.rows] != own:
            self._build(own)
        others = len(found) - len(own)
        words = counted(others, self.tr("Datei"), self.tr("Dateien"))
        self.others.setText(self.tr("{0} bei anderen Sichtweisen").format(words))
        self.others.setVisible(bool(others))

    def _build(self, files: Sequence[AttachmentView]) -> None:
        clear(self._list)
        self.rows = [FileRow(file) for file in files]
        for each in self.rows:
            each.open_wanted.connect(lambda file=each.file: self._open(file))
            each.remove_wanted.connect(lambda file=each.file: self._remove(file))
            each.set_size(self._is_large)
            self._list.addWidget(each)
        self._load_pictures()

    def _load_pictures(self) -> None:
        place, side = self._place, 2 * theme().px(SIDE)
        wanted = [r.file.attachment_id for r in self.rows if r.file.is_picture]
        if place is not None and wanted:
            run_task(
                self,
                lambda _control: {i: thumbnail(place, i, side) for i in wanted},
                on_done=self._show_pictures,
                on_failed=self.failed.emit,
            )

    def _show_pictures(self, pictures: dict[uuid.UUID, bytes]) -> None:
        for each in self.rows:
            each.show_picture(pictures.get(each.file.attachment_id, b""))

    # -- putting down --------------------------------------------------------------------------

    def take_photo(self) -> None:
        """The camera where there is one, else a choice of pictures; consent comes first."""
        place, spot = self._place, self._spot
        if place is None or spot is None:
            return
        try:
            require_photo_consent(place, spot.case_id, spot.assessment_id)
        except PhotoConsentMissing as error:
            self._ask_consent(spot, [], error)
            return
        if self._camera is not None and self._camera.start():
            self._photo_spot = spot
            self.camera_waits.say(self.tr("Das nächste Foto aus der Kamera kommt hierher."))
            return
        pictures = self.tr("Bilder (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.heic)")
        self.take([Item(p.name, p, is_photo=True) for p in self.ask_open(pictures)])

    def choose_files(self) -> None:
        """A choice of files; what is chosen as a file is kept as one."""
        self.take([Item(p.name, p, is_photo=False) for p in self.ask_open("")])

    def take(self, items: Sequence[Item], spot: Spot | None = None) -> None:
        """Keep these in a worker; photos wait where nobody has agreed to them."""
        place, at = self._place, spot or self._spot
        if place is None or at is None or not items:
            return
        words = self.tr("„{0}“ wird gesichert …")
        self.busy.words.setText(words.format(items[0].name))
        self._busy_soon.start()
        self._task = run_task(
            self,
            taking(place, at, items, words),
            on_done=lambda intake: self._on_taken(at, intake),
            on_failed=self._on_failed,
            on_progress=lambda said, _share: self.busy.words.setText(said),
        )

    def _on_taken(self, spot: Spot, intake: Intake) -> None:
        self._end_task()
        if intake.waiting:
            self._ask_consent(spot, intake.waiting, PhotoConsentMissing(None))
        if intake.kept:
            self.removed.say("")
            self._load()
            self.changed.emit()
            self._say_original()
        for error in intake.refused:
            self.failed.emit(error)

    def _on_failed(self, error: Exception) -> None:
        self._end_task()
        self.failed.emit(error)

    def _end_task(self) -> None:
        self._task = None
        self._busy_soon.stop()
        self.busy.hide()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # -- consent -------------------------------------------------------------------------------

    def _ask_consent(self, spot: Spot, items: list[Item], error: PhotoConsentMissing) -> None:
        before = self._waiting[1] if self._waiting and self._waiting[0] == spot else []
        self._waiting = (spot, [*before, *items])
        self.consent.say(f"{error.what} {error.todo}")

    def _on_consent(self) -> None:
        waiting, self._waiting, place = self._waiting, None, self._place
        if waiting is None or place is None:
            return
        spot, items = waiting
        try:
            record_photo_consent(place, spot.case_id, spot.assessment_id)
        except KnownError as error:
            self._waiting = waiting
            self.failed.emit(error)
            return
        if items:
            self.take(items, spot)
        else:
            self.take_photo()

    def _forget_waiting(self) -> None:
        self._waiting = None

    # -- the camera ----------------------------------------------------------------------------

    def _on_photo_taken(self, path: Path) -> None:
        self.camera_waits.say("")
        self._original = path
        self.take([Item(path.name, path, is_photo=True)], self._photo_spot)

    def _say_original(self) -> None:
        if self._original is not None:
            words = self.tr("Das Foto ist gesichert. Das Original liegt unverschlüsselt in „{0}“.")
            self.original.say(words.format(self._original.parent.name))

    def _delete_original(self) -> None:
        path, self._original = self._original, None
        if path is not None:
            try:
                delete_original(path)
            except KnownError as error:
                self.failed.emit(error)

    # -- looking and removing ------------------------------------------------------------------

    def _open(self, file: AttachmentView) -> None:
        if self._place is not None:
            self.opening.open(self._place, file)

    def _remove(self, file: AttachmentView) -> None:
        if self._place is None:
            return
        try:
            remove_file(self._place, file.attachment_id)
        except KnownError as error:
            self.failed.emit(error)
            return
        had_keyboard = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._removed = file.attachment_id
        self.removed.say(self.tr("„{0}“ ist entfernt.").format(file.name))
        self._load()
        if had_keyboard:
            self.removed.action.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _restore(self) -> None:
        if self._place is not None and self._removed is not None:
            restore_file(self._place, self._removed)
            self._removed = None
            self._load()
            self.changed.emit()

    def ask_open(self, pattern: str) -> list[Path]:
        """The files the advisor chooses; [] for none."""
        found, _ = QFileDialog.getOpenFileNames(
            self.window(), self.tr("Zur Frage ablegen"), "", pattern
        )
        return [Path(name) for name in found]

    # -- dropping and pasting ------------------------------------------------------------------

    def paste(self) -> bool:
        """Take files or a picture from the clipboard; False where there are none."""
        items = items_of(QGuiApplication.clipboard().mimeData())
        self.take(items)
        return bool(items)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_take(event.mimeData()):
            event.acceptProposedAction()
            self._drop_hint.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_hint.hide()
        event.acceptProposedAction()
        self.take(items_of(event.mimeData()))
