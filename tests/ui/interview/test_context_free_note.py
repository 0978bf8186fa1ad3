"""The note at hand: stays beside the questions, saved as it is written, put where it belongs."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Evidence, Response
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview.free_note import FreeNote
from desktop_advisor.ui.interview.grips import Grip
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.widgets.field_form import PAUSE_MS
from desktop_advisor.usecases.question_views import QuestionView
from tests.ui.test_every_screen import clipped, unnamed

Stored = dict[uuid.UUID, tuple[str, ...]]


def question(name: str, dimension: str, text: str = "Wie gut wissen Sie das?") -> QuestionView:
    return QuestionView(
        name=name,
        dimension=dimension,
        dimension_label="Qualifizierung",
        number=1,
        of=3,
        text=text,
        help="",
        role="level",
        is_critical=False,
        options=(),
        response=Response(),
        evidence=Evidence.CLAIMED,
        note="",
        answered_elsewhere=(),
    )


MATRIX = question("d07_matrix", "D07", "Wie gut wissen Sie, welche Fähigkeiten vorhanden sind?")


@pytest.fixture
def stored() -> Stored:
    """Note → text, dimension and question."""
    return {}


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 708)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def note(room: QWidget, stored: Stored) -> FreeNote:
    def save(note_id: uuid.UUID | None, *words: str) -> uuid.UUID:
        made = note_id or uuid.uuid4()
        stored[made] = words
        return made

    sheet = FreeNote(save, room)
    sheet.hide()
    sheet.open("D07", "Qualifizierung", MATRIX)
    return sheet


def type_in(note: FreeNote, words: str) -> None:
    QTest.keyClicks(note.text, words)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def texts(stored: Stored) -> list[str]:
    return [words[0] for words in stored.values()]


def test_what_is_typed_is_stored_in_the_pause(qtbot: QtBot, note: FreeNote, stored: Stored) -> None:
    type_in(note, "Bank, W 3")
    qtbot.waitUntil(lambda: texts(stored) == ["Bank, W 3"], timeout=4 * PAUSE_MS)


def test_the_next_ctrl_n_begins_the_next_note(note: FreeNote, stored: Stored) -> None:
    type_in(note, "erste")
    note.open("D07", "Qualifizierung", MATRIX)
    assert note.text.toPlainText() == ""
    type_in(note, "zweite")
    note.settle()
    assert texts(stored) == ["erste", "zweite"]


def test_an_empty_note_is_not_kept(note: FreeNote, stored: Stored) -> None:
    note.open("D07", "Qualifizierung", MATRIX)
    click(note.asked)
    note.close_note()
    assert stored == {}


def test_a_note_is_put_to_the_question_the_field_or_nowhere(note: FreeNote, stored: Stored) -> None:
    type_in(note, "x")
    found = []
    for chip in (note.asked, note.belongs, note.later):
        click(chip)
        found.append(next(iter(stored.values())))
    assert found == [("x", "D07", "d07_matrix"), ("x", "D07", ""), ("x", "", "")]


def test_the_note_stays_open_and_follows_the_talk(note: FreeNote, stored: Stored) -> None:
    note.follow("D11", "Steuerung & Beteiligung", question("d11_council", "D11"))
    assert note.isVisible()
    type_in(note, "x")
    click(note.asked)
    assert next(iter(stored.values())) == ("x", "D11", "d11_council")


def test_what_a_note_was_put_to_stays_when_the_talk_goes_on(note: FreeNote, stored: Stored) -> None:
    type_in(note, "x")
    click(note.asked)
    note.follow("D11", "Steuerung & Beteiligung", question("d11_council", "D11"))
    assert note.asked.text() == "zu „Wie gut wissen Sie,\u00a0…“".replace(",\u00a0", "\u00a0")
    type_in(note, "y")
    note.settle()
    assert next(iter(stored.values())) == ("xy", "D07", "d07_matrix")


def test_between_questions_only_later_is_offered(note: FreeNote) -> None:
    note.close_note()
    note.open("", "")
    assert [c.isVisible() for c in (note.asked, note.belongs, note.later)] == [False, False, True]


def test_escape_saves_and_closes_and_gives_the_keyboard_back(
    qtbot: QtBot, note: FreeNote, stored: Stored
) -> None:
    type_in(note, "x")
    with qtbot.waitSignal(note.closed):
        QTest.keyClick(note.text, Qt.Key.Key_Escape)
    assert texts(stored) == ["x"]
    assert not note.isVisible()


def test_a_note_that_cannot_be_saved_stays_open(qtbot: QtBot, room: QWidget) -> None:
    def full(*_: object) -> uuid.UUID:
        raise KnownError("Der Datenträger ist voll.")

    note = FreeNote(full, room)
    note.open("D07", "Qualifizierung", MATRIX)
    type_in(note, "x")
    with qtbot.waitSignal(note.failed):
        note.close_note()
    assert note.isVisible()
    note.open("D07", "Qualifizierung", MATRIX)
    assert note.text.toPlainText() == "x"
    note.hide()


def test_where_it_was_left_it_opens_again(note: FreeNote, room: QWidget) -> None:
    click(note.move_grip)
    QTest.keyClick(note.size_grip, Qt.Key.Key_Down)
    place = note.geometry()
    assert place.x() < 10
    note.close_note()
    again = FreeNote(lambda *_: uuid.uuid4(), room)
    again.open("D07", "Qualifizierung", MATRIX)
    assert again.geometry() == place


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Up])
def test_arrow_keys_on_the_grip_move_it(note: FreeNote, key: Qt.Key) -> None:
    before = note.pos()
    QTest.keyClick(note.move_grip, key)
    assert note.pos() != before


def drag(grip: Grip, way: QPoint) -> None:
    """Press, move and release as a mouse does; the grip moves away under the pointer."""
    start = grip.mapToGlobal(QPoint(10, 10))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    kind = QMouseEvent.Type
    for event, at in (
        (kind.MouseButtonPress, start),
        (kind.MouseMove, start + way),
        (kind.MouseButtonRelease, start + way),
    ):
        here = QPointF(grip.mapFromGlobal(at))
        QApplication.sendEvent(grip, QMouseEvent(event, here, QPointF(at), left, left, none))


@pytest.mark.parametrize(
    ("part", "change"),
    [("move_grip", (-80, -40, 0, 0)), ("size_grip", (-80, 0, 80, 40))],
)
def test_it_is_dragged_and_sized_by_the_mouse(
    note: FreeNote, part: str, change: tuple[int, int, int, int]
) -> None:
    before, way = note.geometry(), QPoint(-80, 40 if part == "size_grip" else -40)
    drag(getattr(note, part), way)
    x, y, width, height = change
    after = note.geometry()
    assert (after.x() - before.x(), after.y() - before.y()) == (x, y)
    assert (after.width() - before.width(), after.height() - before.height()) == (width, height)


def test_it_never_leaves_the_screen(note: FreeNote, room: QWidget) -> None:
    drag(note.move_grip, QPoint(5000, 5000))
    assert room.rect().contains(note.geometry())
    room.resize(700, 500)
    note.place_itself()
    assert room.rect().contains(note.geometry())


def nothing_overlaps(note: FreeNote) -> bool:
    chips = (note.asked, note.belongs, note.later)
    parts = [p.geometry() for p in (note.text, note.size_grip, *chips) if p.isVisible()]
    return not any(a.intersects(b) for a in parts for b in parts if a != b)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_everything_fits_and_is_named(
    qtbot: QtBot, qapp: QApplication, note: FreeNote, scale: float
) -> None:
    apply_theme(qapp, LIGHT, scale)
    note.close_note()
    note.open("D11", "Steuerung & Beteiligung", MATRIX)
    is_clean: Callable[[], bool] = lambda: nothing_overlaps(note) and clipped(note) == []  # noqa: E731
    qtbot.waitUntil(is_clean, timeout=2000)
    assert unnamed(note) == []
    assert [b.text() for b in note.findChildren(QPushButton) if b.height() < TARGET] == []
