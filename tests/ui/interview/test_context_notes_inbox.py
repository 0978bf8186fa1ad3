"""The inbox: what waits to be sorted comes first, and nothing is gone for good."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.ui.interview import notes_inbox
from desktop_advisor.ui.interview.note_row import DeletedRow, NoteRow
from desktop_advisor.ui.interview.notes_inbox import NotesInbox
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.spacing import TARGET
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.ui.widgets import ChoiceBox
from desktop_advisor.ui.widgets.field_form import PAUSE_MS
from desktop_advisor.usecases.notes import NoteView, list_notes, write_note
from desktop_advisor.usecases.question_views import DimensionProgress
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import Consultation, begin, visible_words
from tests.ui.interview.test_context_free_note import MATRIX
from tests.ui.test_every_screen import clipped, unnamed

FIELDS = [
    DimensionProgress("D01", "Geschäftsfelder", 0, 3, "d01_strategy"),
    DimensionProgress("D07", "Qualifizierung", 0, 3, "d07_plan"),
    DimensionProgress("D11", "Steuerung & Beteiligung", 0, 3, "d11_council"),
]


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    """Three notes, the oldest at Geschäftsfelder, the others wait."""
    made = begin(bare_place)
    write_note(bare_place, made.case_id, "Nachfolge offen", dimension="D01")
    write_note(bare_place, made.case_id, "Bank im Januar")
    write_note(bare_place, made.case_id, "Ofen 3")
    return made


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 708)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def inbox(room: QWidget, visit: Consultation) -> NotesInbox:
    made = NotesInbox(room)
    show(made, visit)
    return made


def show(inbox: NotesInbox, visit: Consultation) -> None:
    inbox.show_notes(visit.place, visit.case_id, MATRIX, FIELDS, lambda _key: MATRIX.text)


def stored(visit: Consultation, text: str) -> NoteView:
    return next(note for note in list_notes(visit.place, visit.case_id) if note.text == text)


def texts(visit: Consultation) -> list[str]:
    return [note.text for note in list_notes(visit.place, visit.case_id)]


def row_of(inbox: NotesInbox, visit: Consultation, text: str) -> NoteRow:
    made = next(r for r in inbox.rows if r.note_id == stored(visit, text).note_id)
    assert isinstance(made, NoteRow)
    return made


def press(row: QWidget, name: str) -> None:
    """The button whose name begins like that."""
    buttons = row.findChildren(QPushButton)
    QTest.mouseClick(
        next(b for b in buttons if b.accessibleName().startswith(name)), Qt.MouseButton.LeftButton
    )


def order(inbox: NotesInbox) -> list[str]:
    words = visible_words(inbox).splitlines()
    known = ("Noch zuzuordnen", "Ofen 3", "Bank im Januar", "Nachfolge offen")
    return [w for w in words if w in known or w in [f.short for f in FIELDS]]


def test_what_waits_comes_first_and_the_rest_by_field(inbox: NotesInbox) -> None:
    wanted = ["Noch zuzuordnen", "Ofen 3", "Bank im Januar", "Geschäftsfelder", "Nachfolge offen"]
    assert order(inbox) == wanted
    assert "Notizen · 2 noch zuzuordnen" in visible_words(inbox)


def test_one_press_puts_a_note_to_the_question_asked(
    qtbot: QtBot, inbox: NotesInbox, visit: Consultation
) -> None:
    with qtbot.waitSignal(inbox.changed):
        press(row_of(inbox, visit, "Ofen 3"), "Zur Frage: Wie gut wissen Sie")
    note = stored(visit, "Ofen 3")
    assert (note.dimension, note.question) == ("D07", "d07_matrix")


def test_one_press_puts_a_note_to_the_field_talked_about(
    inbox: NotesInbox, visit: Consultation
) -> None:
    press(row_of(inbox, visit, "Ofen 3"), "Zum Feld: Qualifizierung")
    note = stored(visit, "Ofen 3")
    assert (note.dimension, note.question) == ("D07", "")


def test_any_other_field_can_be_chosen(inbox: NotesInbox, visit: Consultation) -> None:
    choice = row_of(inbox, visit, "Ofen 3").findChild(ChoiceBox)
    assert isinstance(choice, ChoiceBox)
    choice.chosen.emit("D11")
    assert stored(visit, "Ofen 3").dimension == "D11"


def test_sorting_goes_on_with_the_next_note_by_keys(inbox: NotesInbox, visit: Consultation) -> None:
    for _ in range(2):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
    found = {stored(visit, text).question for text in ("Ofen 3", "Bank im Januar")}
    assert found == {"d07_matrix"}


def test_a_tag_can_be_taken_off(inbox: NotesInbox, visit: Consultation) -> None:
    press(row_of(inbox, visit, "Nachfolge offen"), "Zuordnung lösen")
    assert stored(visit, "Nachfolge offen").dimension == ""


def test_the_question_of_a_note_can_be_gone_to(
    qtbot: QtBot, inbox: NotesInbox, visit: Consultation
) -> None:
    press(row_of(inbox, visit, "Ofen 3"), "Zur Frage")
    qtbot.waitUntil(lambda: MATRIX.text in visible_words(inbox), timeout=2000)
    with qtbot.waitSignal(inbox.question) as gone:
        press(row_of(inbox, visit, "Ofen 3"), "Frage öffnen")
    assert gone.args == ["d07_matrix"]
    assert not inbox.isVisible()


def test_words_are_changed_in_place_and_saved_in_the_pause(
    qtbot: QtBot, inbox: NotesInbox, visit: Consultation
) -> None:
    note_id = stored(visit, "Ofen 3").note_id
    press(row_of(inbox, visit, "Ofen 3"), "Notiz bearbeiten")
    QTest.keyClicks(QApplication.focusWidget(), "W3 ")
    qtbot.waitUntil(lambda: "W3 Ofen 3" in texts(visit), timeout=4 * PAUSE_MS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert stored(visit, "W3 Ofen 3").note_id == note_id
    assert inbox.isVisible()
    assert row_of(inbox, visit, "W3 Ofen 3").edit is None


def test_a_deleted_note_can_be_brought_back_until_the_inbox_is_closed(
    inbox: NotesInbox, visit: Consultation
) -> None:
    note = stored(visit, "Ofen 3")
    press(row_of(inbox, visit, "Ofen 3"), "Notiz löschen")
    assert note not in list_notes(visit.place, visit.case_id)
    gone = inbox.rows[0]
    assert isinstance(gone, DeletedRow)
    assert gone.restore.hasFocus()
    QTest.keyClick(gone.restore, Qt.Key.Key_Return)
    assert stored(visit, "Ofen 3") == note
    press(row_of(inbox, visit, "Ofen 3"), "Notiz löschen")
    inbox.close_inbox()
    show(inbox, visit)
    assert [type(row) for row in inbox.rows] == [NoteRow, NoteRow]


def test_without_notes_it_says_how_to_write_one(inbox: NotesInbox, visit: Consultation) -> None:
    inbox.show_notes(visit.place, uuid.uuid4(), None, FIELDS)
    assert "Noch keine Notiz. Mit Strg N" in visible_words(inbox)
    assert inbox.rows == []


def test_what_cannot_be_saved_is_said_and_kept(
    inbox: NotesInbox, visit: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise KnownError("Der Datenträger ist voll.")

    monkeypatch.setattr(notes_inbox, "edit_note", full)
    press(row_of(inbox, visit, "Ofen 3"), "Notiz bearbeiten")
    QTest.keyClicks(QApplication.focusWidget(), "neu ")
    inbox.close_inbox()
    assert inbox.isVisible()
    assert "Der Datenträger ist voll." in visible_words(inbox)
    monkeypatch.undo()
    inbox.close_inbox()
    assert not inbox.isVisible()
    assert stored(visit, "neu Ofen 3")


def test_escape_closes_and_a_digit_answers_nothing(qtbot: QtBot, inbox: NotesInbox) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, "3")
    with qtbot.waitSignal(inbox.closed):
        QTest.keyClick(focused, Qt.Key.Key_Escape)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_everything_fits_and_is_named(
    qtbot: QtBot, qapp: QApplication, inbox: NotesInbox, visit: Consultation, scale: float
) -> None:
    apply_theme(qapp, LIGHT, scale)
    press(row_of(inbox, visit, "Ofen 3"), "Notiz löschen")
    show(inbox, visit)
    press(row_of(inbox, visit, "Bank im Januar"), "Notiz löschen")
    qtbot.waitUntil(lambda: clipped(inbox) == [], timeout=2000)
    assert unnamed(inbox) == []
    buttons = [b for b in inbox.findChildren(QPushButton) if b.isVisible()]
    assert [b.accessibleName() for b in buttons if b.height() < TARGET] == []
