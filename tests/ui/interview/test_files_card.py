"""Files come by button, drop and paste, are seen, taken away and brought back."""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.camera_roll import CameraRoll, camera_folders
from desktop_advisor.ui.interview.file_row import size_in_words
from desktop_advisor.ui.interview.files_card import FilesCard
from desktop_advisor.usecases.accepted_files import Executable, TooLarge
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.evidence import add_file, list_files, read_file
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry

PDF = b"%PDF-1.7\nQualifikationsmatrix\n%%EOF"
MINE, THEIRS = uuid.uuid4(), uuid.uuid4()


def jpeg(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Watched:
    """A card, what it failed with, and whose files it shows."""

    card: FilesCard
    place: Workplace
    case_id: uuid.UUID
    visit_id: uuid.UUID
    errors: list[Exception] = field(default_factory=list)

    def agree(self) -> None:
        record_consent(self.place, self.visit_id, "photos", granted=True, given_by="S. Hartmann")

    def show(self, question: str = "q1") -> None:
        self.card.show_files(self.place, self.case_id, MINE, question)

    def names(self) -> list[str]:
        return [row.file.name for row in self.card.rows]


def watched(qtbot: QtBot, place: Workplace, camera: CameraRoll | None = None) -> Watched:
    file = show_company_file(place, foundry(place))
    assert file.case_id is not None
    card = FilesCard(camera=camera)
    qtbot.addWidget(card)
    made = Watched(card, place, file.case_id, file.visits[0].visit_id)
    card.failed.connect(made.errors.append)
    card.resize(300, 400)
    card.show()
    made.show()
    return made


@pytest.fixture
def seen(qtbot: QtBot, place: Workplace) -> Watched:
    return watched(qtbot, place)


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    path = tmp_path / "Matrix.pdf"
    path.write_bytes(PDF)
    return path


def dropped(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(card: FilesCard, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    card.dropEvent(event)


def test_a_chosen_file_is_kept_and_listed(
    qtbot: QtBot, seen: Watched, matrix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen.card, "ask_open", lambda _pattern: [matrix])
    with qtbot.waitSignal(seen.card.changed):
        seen.card.file.click()
    assert seen.names() == ["Matrix.pdf"]
    (kept,) = list_files(seen.place, seen.case_id, "q1")
    assert (kept.assessment_id, kept.size) == (MINE, len(PDF))
    assert "41" not in seen.card.rows[0].accessibleName().split("·")[0]
    seen.show("q2")
    assert seen.names() == []


def test_several_files_can_be_dropped_and_a_refused_one_stops_no_other(
    qtbot: QtBot, seen: Watched, matrix: Path, tmp_path: Path
) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ" + b"\0" * 100)
    huge = tmp_path / "film.pdf"
    huge.write_bytes(b"")
    os.truncate(huge, 26 * 1024 * 1024)
    with qtbot.waitSignal(seen.card.changed):
        drop(seen.card, dropped(program, huge, matrix))
    assert seen.names() == ["Matrix.pdf"]
    assert [type(error) for error in seen.errors] == [Executable, TooLarge]


def test_a_picture_from_the_clipboard_is_kept(qtbot: QtBot, seen: Watched) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    seen.card.file.setFocus()
    qtbot.waitUntil(seen.card.file.hasFocus)
    with qtbot.waitSignal(seen.card.changed):
        qtbot.keyClick(seen.card.file, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (row,) = seen.card.rows
    assert row.file.media_type == "image/png"
    assert row.file.name.startswith("Bild ")
    qtbot.waitUntil(lambda: row.picture.pixmap().width() == row.picture.width())


def test_words_on_the_clipboard_are_left_to_others(seen: Watched) -> None:
    QGuiApplication.clipboard().setText("nur Text")
    assert not seen.card.paste()


def test_a_dropped_photo_waits_for_consent_and_is_kept_with_it(
    qtbot: QtBot, seen: Watched, tmp_path: Path
) -> None:
    photo = tmp_path / "halle.jpg"
    photo.write_bytes(jpeg())
    drop(seen.card, dropped(photo))
    seen.show("q2")  # the photo still belongs to the question it was dropped on
    qtbot.waitUntil(seen.card.consent.isVisible)
    assert "Einwilligung" in seen.card.consent.words.text()
    assert seen.names() == []
    with qtbot.waitSignal(seen.card.changed):
        seen.card.consent.action.click()
    assert not seen.card.consent.isVisible()
    seen.show("q1")
    assert seen.names() == ["halle.jpg"]
    (visit, *_) = show_company_file(seen.place, foundry(seen.place)).visits
    (consent,) = (c for c in visit.consents if c.purpose == "photos")
    assert (consent.granted, consent.given_by) == (True, "Sabine Hartmann")


def test_a_photo_nobody_agrees_to_is_let_go(qtbot: QtBot, seen: Watched, tmp_path: Path) -> None:
    photo = tmp_path / "halle.jpg"
    photo.write_bytes(jpeg())
    drop(seen.card, dropped(photo))
    qtbot.waitUntil(seen.card.consent.isVisible)
    seen.card.consent.dismissal.click()
    assert not seen.card.consent.isVisible()
    seen.agree()
    assert list_files(seen.place, seen.case_id) == []


def test_the_photo_button_asks_for_consent_before_anything_is_taken(
    qtbot: QtBot, seen: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "halle.jpg"
    photo.write_bytes(jpeg())
    asked: list[str] = []
    monkeypatch.setattr(seen.card, "ask_open", lambda pattern: asked.append(pattern) or [photo])
    seen.card.photo.click()
    assert asked == []
    assert seen.card.consent.isVisible()
    with qtbot.waitSignal(seen.card.changed):
        seen.card.consent.action.click()
    assert "*.jpg" in asked[0]
    assert seen.names() == ["halle.jpg"]


def test_a_removed_file_can_be_brought_back(qtbot: QtBot, seen: Watched) -> None:
    add(seen)
    seen.show()
    with qtbot.waitSignal(seen.card.changed):
        seen.card.rows[0].remove.click()
    assert seen.names() == []
    assert "Matrix.pdf" in seen.card.removed.words.text()
    with qtbot.waitSignal(seen.card.changed):
        seen.card.removed.action.click()
    assert seen.names() == ["Matrix.pdf"]
    qtbot.waitUntil(seen.card.rows[0].isVisible)
    seen.card.rows[0].setFocus()
    qtbot.waitUntil(seen.card.rows[0].hasFocus)
    qtbot.keyClick(seen.card.rows[0], Qt.Key.Key_Delete)
    assert seen.names() == []
    qtbot.waitUntil(seen.card.removed.action.hasFocus)  # never nowhere


def add(seen: Watched, assessment_id: uuid.UUID = MINE, content: bytes = PDF) -> None:
    name = "Matrix.pdf" if content == PDF else "halle.jpg"
    add_file(
        seen.place,
        case_id=seen.case_id,
        assessment_id=assessment_id,
        question="q1",
        name=name,
        content=content,
    )


def test_files_of_another_perspective_are_counted_but_not_shown(seen: Watched) -> None:
    add(seen, THEIRS)
    seen.show()
    assert seen.names() == []
    assert seen.card.others.isVisible()
    assert seen.card.others.text() == "1 Datei bei anderen Sichtweisen"


def test_a_picture_opens_inside_the_program(qtbot: QtBot, seen: Watched) -> None:
    add(seen, content=jpeg())
    seen.show()
    qtbot.keyClick(seen.card.rows[0], Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: seen.card.opening.viewer is not None and seen.card.opening.viewer.isVisible()
    )
    viewer = seen.card.opening.viewer
    assert viewer is not None
    assert viewer.windowTitle() == "halle.jpg"
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: seen.card.opening.viewer is None)


def test_another_file_is_copied_to_where_the_advisor_wants_it(
    qtbot: QtBot, seen: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(seen)
    seen.show()
    target = tmp_path / "kopie.pdf"
    monkeypatch.setattr(seen.card.opening, "ask_save", lambda _name: target)
    qtbot.mouseClick(seen.card.rows[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == PDF
    monkeypatch.setattr(
        seen.card.opening, "ask_save", lambda _name: tmp_path / "fehlt" / "kopie.pdf"
    )
    with qtbot.waitSignal(seen.card.failed):
        seen.card.rows[0].open_wanted.emit()
    (error,) = seen.errors
    assert isinstance(error, KnownError)
    assert error.safe


def test_everything_has_a_name_and_a_place_for_a_finger(qtbot: QtBot, seen: Watched) -> None:
    add(seen)
    seen.show()
    buttons = [b for b in seen.card.findChildren(QPushButton) if b.isVisible()]
    assert all(button.accessibleName() for button in buttons)
    qtbot.waitUntil(lambda: all(button.height() >= 44 for button in buttons))
    assert seen.card.rows[0].height() >= 44
    assert "Matrix.pdf" in seen.card.rows[0].accessibleName()


def test_in_the_hall_everything_is_made_for_gloves(qtbot: QtBot, seen: Watched) -> None:
    add(seen)
    seen.card.set_size(large=True)
    seen.show()
    seen.card.photo.click()  # asks for consent, with two more buttons

    def are_large() -> bool:
        return all(b.height() >= 72 for b in seen.card.findChildren(QPushButton) if b.isVisible())

    qtbot.waitUntil(are_large)
    assert seen.card.rows[0].height() >= 72
    seen.card.set_size(large=False)
    qtbot.waitUntil(lambda: seen.card.photo.height() < 72)


@pytest.mark.parametrize(
    ("size", "words"),
    [(12, "12 B"), (340_400, "340 kB"), (1_240_000, "1,2 MB")],
)
def test_sizes_are_said_briefly(size: int, words: str) -> None:
    assert size_in_words(size).replace("\u202f", " ") == words


@pytest.fixture
def roll(tmp_path: Path) -> Iterator[tuple[CameraRoll, Path]]:
    """A camera that opens nothing, and the folder it would fill, with an older picture."""
    folder = tmp_path / "Pictures" / "Camera Roll"
    folder.mkdir(parents=True)
    (folder / "alt.jpg").write_bytes(jpeg())
    made = CameraRoll(lambda: camera_folders(tmp_path / "Pictures"), lambda: True)
    yield made, folder
    made.stop()


def test_only_a_new_picture_arrives_and_only_once_it_is_whole(
    qtbot: QtBot, roll: tuple[CameraRoll, Path]
) -> None:
    camera, folder = roll
    assert camera.start()
    (folder / "notiz.txt").write_bytes(b"x")
    with qtbot.waitSignal(camera.arrived) as arrived:
        (folder / "neu.jpg").write_bytes(jpeg("red"))
    assert arrived.args == [folder / "neu.jpg"]
    assert not camera.is_waiting()


def test_a_picture_is_left_alone_while_it_is_being_written(
    qtbot: QtBot, roll: tuple[CameraRoll, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    camera, folder = roll
    sizes = [0, 10, 20, 20]
    monkeypatch.setattr(
        "desktop_advisor.ui.interview.camera_roll._size",
        lambda _path: sizes.pop(0) if sizes else pytest.fail("looked once too often"),
    )
    camera.start()
    with qtbot.waitSignal(camera.arrived):
        (folder / "neu.jpg").write_bytes(jpeg("red"))
    assert sizes == []


def test_without_a_camera_program_nothing_is_waited_for(tmp_path: Path) -> None:
    assert not CameraRoll(lambda: [tmp_path], lambda: False).start()
    assert not CameraRoll(list, lambda: True).start()


def test_a_photo_from_the_camera_is_kept_and_its_original_can_be_deleted(
    qtbot: QtBot, place: Workplace, roll: tuple[CameraRoll, Path]
) -> None:
    camera, folder = roll
    seen = watched(qtbot, place, camera)
    seen.agree()
    seen.card.photo.click()
    assert seen.card.camera_waits.isVisible()
    seen.show("q2")
    with qtbot.waitSignal(seen.card.changed):
        (folder / "neu.jpg").write_bytes(jpeg("red"))
    assert not seen.card.camera_waits.isVisible()
    assert "Camera Roll" in seen.card.original.words.text()
    assert "unverschlüsselt" in seen.card.original.words.text()
    seen.show("q1")
    assert seen.names() == ["neu.jpg"]
    assert read_file(place, seen.card.rows[0].file.attachment_id)
    seen.card.original.action.click()
    assert not (folder / "neu.jpg").exists()
    assert (folder / "alt.jpg").exists()
    assert seen.errors == []


def test_waiting_for_the_camera_can_be_broken_off(
    qtbot: QtBot, place: Workplace, roll: tuple[CameraRoll, Path]
) -> None:
    camera, _ = roll
    seen = watched(qtbot, place, camera)
    seen.agree()
    seen.card.photo.click()
    seen.card.camera_waits.dismissal.click()
    assert not camera.is_waiting()
    assert not seen.card.camera_waits.isVisible()
