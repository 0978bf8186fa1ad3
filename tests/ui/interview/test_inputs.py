"""Every kind of question is answered by hand and by key, and says a form value."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Response
from desktop_advisor.ui.interview.inputs import ANSWERED_HERE, AnswerInput
from desktop_advisor.ui.interview.inputs.choice_row import ChoiceRow
from desktop_advisor.ui.interview.inputs.long_text import LongTextInput
from desktop_advisor.ui.interview.inputs.typed_answers import TypedInput
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import LIGHT
from desktop_advisor.usecases.question_views import Kind, QuestionView
from tests.ui.interview.asked import ABC, HUNDRED, TEN, TOWNS, Ask, Asked, view


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    kept: list[Asked] = []

    def put(first: QuestionView) -> Asked:
        kept.append(Asked(qtbot, first))
        return kept[-1]

    return put


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Kind.TEXT, "  Halle 3 ", "Halle 3", "Halle 3"),
        (Kind.INTEGER, "17.400", "17400", "17.400"),
        (Kind.DECIMAL, "1.234,5", "1234.5", "1234,5"),
        (Kind.DATE, "22.11.2026", "2026-11-22", "22.11.2026"),
        (Kind.TIME, "9.30", "09:30", "09:30"),
    ],
)
def test_what_is_typed_is_said_after_a_pause(
    qtbot: QtBot, ask: Ask, kind: Kind, typed: str, value: str, shown: str
) -> None:
    asked = ask(view(kind))
    asked.input.focus_answer()
    (edit,) = asked.edits()
    with qtbot.waitSignals([asked.input.typed, asked.input.answered], timeout=1500):
        qtbot.keyClicks(edit, typed)
    assert asked.said == [value]
    assert edit.text() == typed  # nothing jumps under the fingers
    asked.show(view(kind, value, name="q2"))
    assert edit.text() == shown


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (Kind.INTEGER, "viele", "ganze Zahl"),
        (Kind.DECIMAL, "1,2,3", "Zahl"),
        (Kind.DATE, "31.02.2026", "Datum"),
        (Kind.TIME, "25:00", "Uhrzeit"),
    ],
)
def test_what_makes_no_sense_stays_and_is_said_below_and_never_sent(
    qtbot: QtBot, ask: Ask, kind: Kind, typed: str, words: str
) -> None:
    asked = ask(view(kind))
    asked.input.focus_answer()
    (edit,) = asked.edits()
    qtbot.keyClicks(edit, typed)
    assert not asked.input.settle()
    assert (asked.said, edit.text()) == ([], typed)
    assert words in asked.error()
    assert edit.accessibleDescription() == asked.error()
    asked.input.show_question(asked.view)  # something else was saved meanwhile
    assert edit.text() == typed
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert asked.error() == ""


def test_a_day_is_not_sent_while_it_is_half_typed(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.DATE))
    asked.input.focus_answer()
    (edit,) = asked.edits()
    with qtbot.assertNotEmitted(asked.input.answered, wait=600):
        qtbot.keyClicks(edit, "22.11.20")
    assert asked.error() == ""
    qtbot.keyClicks(edit, "26")
    assert asked.input.settle()
    assert asked.said == ["2026-11-22"]


def test_leaving_a_field_says_it_at_once_and_shows_it_in_full(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.MOMENT))
    day, clock = asked.edits()
    asked.input.focus_answer()
    qtbot.keyClicks(day, "22.11.26")
    clock.setFocus()
    assert asked.said == []
    qtbot.keyClicks(clock, "9")
    assert asked.input.settle()
    assert asked.said == ["2026-11-22T09:30:00.000+01:00".replace("09:30", "09:00")]
    asked.input.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    clock.clearFocus()
    assert (day.text(), clock.text()) == ("22.11.2026", "09:00")


def test_an_emptied_field_opens_the_question_again(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.INTEGER, "12"))
    asked.input.focus_answer()
    qtbot.keyClick(asked.edits()[0], Qt.Key.Key_Delete)
    assert asked.input.settle()
    assert asked.said == [""]


def test_what_could_not_be_stored_is_said_again(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.TEXT))
    qtbot.keyClicks(asked.edits()[0], "Halle")
    asked.input.settle()
    asked.input.unsettle()
    asked.input.settle()
    assert asked.said == ["Halle", "Halle"]


def test_digits_belong_to_a_field_that_is_typed_in(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.INTEGER))
    asked.input.focus_answer()
    qtbot.waitUntil(asked.edits()[0].hasFocus)
    assert not asked.input.press("3")
    towns = ask(view(Kind.CHOICE, options=TOWNS))
    towns.input.focus_answer()
    qtbot.waitUntil(towns.edits()[0].hasFocus)
    assert not towns.input.press("3")


def test_an_empty_field_leaves_the_arrows_to_the_questions(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.TEXT))
    keys: list[int] = []
    asked.input.keyPressEvent = lambda event: keys.append(event.key())  # type: ignore[method-assign]
    asked.input.focus_answer()
    qtbot.keyClick(asked.edits()[0], Qt.Key.Key_Right)
    qtbot.keyClicks(asked.edits()[0], "x")
    qtbot.keyClick(asked.edits()[0], Qt.Key.Key_Left)
    assert keys == [Qt.Key.Key_Right]


def test_a_long_text_is_saved_while_it_is_written(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.LONG_TEXT, "Erstens"))
    made = asked.input
    assert isinstance(made, LongTextInput)
    made.focus_answer()
    made.edit.moveCursor(made.edit.textCursor().MoveOperation.End)
    with qtbot.waitSignal(made.answered, timeout=1500):
        qtbot.keyClick(made.edit, Qt.Key.Key_Return)
        qtbot.keyClicks(made.edit, "Zweitens ")
    assert asked.said == ["Erstens\nZweitens"]
    assert made.edit.toPlainText() == "Erstens\nZweitens "


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_day_is_picked_from_the_calendar(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.DATE, "2026-11-22"))
    made = asked.input
    assert isinstance(made, TypedInput)
    button = made.calendar
    assert button is not None
    assert button.accessibleName() == "Kalender öffnen"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    calendar = button.calendar
    assert calendar is not None
    assert calendar.selectedDate().toString("yyyy-MM-dd") == "2026-11-22"
    calendar.activated.emit(calendar.selectedDate().addDays(3))
    assert asked.said == ["2026-11-25"]
    assert asked.edits()[0].text() == "25.11.2026"
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


ALL = (
    view(Kind.CHOICE, "b", ABC),
    view(Kind.CHOICES, "a c", ABC),
    view(Kind.CHOICE, "t5", TOWNS),
    view(Kind.RANK, "b a c", ABC),
    view(Kind.INTEGER, "12"),
    view(Kind.DECIMAL, "12.5"),
    view(Kind.RANGE, "3", span=TEN),
    view(Kind.RANGE, "35", span=HUNDRED),
    view(Kind.TEXT, "Halle"),
    view(Kind.LONG_TEXT, "Halle"),
    view(Kind.DATE, "2026-11-22"),
    view(Kind.TIME, "09:30"),
    view(Kind.MOMENT, "2026-11-22T09:30:00.000+01:00"),
    view(Kind.CONFIRM, "OK"),
    view(Kind.NOTE),
)


def targets(made: AnswerInput) -> list[QWidget]:
    kinds = (ChoiceRow, QPushButton, QLineEdit, QPlainTextEdit)
    return [w for kind in kinds for w in made.findChildren(kind) if w.isVisible()]


def test_every_kind_is_known() -> None:
    left = {Kind.LEVEL, Kind.TABLE, Kind.FILE, Kind.OTHER}
    assert set(Kind) - left == ANSWERED_HERE == {v.kind for v in ALL}


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("shown", ALL, ids=lambda v: f"{v.kind}-{len(v.options)}")
def test_a_finger_hits_everything_and_nothing_is_clipped(
    qtbot: QtBot, qapp: QApplication, ask: Ask, shown: QuestionView, scale: float
) -> None:
    apply_theme(qapp, LIGHT, scale)
    asked = ask(shown)
    made = asked.input
    for large, least in ((False, 44), (True, 72)):
        made.set_size(large)
        qtbot.waitUntil(lambda least=least: all(w.height() >= least for w in targets(made)))
        for target in targets(made):
            assert target.accessibleName()
            assert target.height() >= target.fontMetrics().height()
    made.set_size(False)
    made.set_compact(True)
    qtbot.waitUntil(lambda: all(w.height() >= 44 for w in targets(made)))
    assert asked.said == []


@pytest.mark.parametrize("shown", ALL, ids=lambda v: f"{v.kind}-{len(v.options)}")
def test_showing_a_question_never_answers_it(ask: Ask, shown: QuestionView) -> None:
    asked = ask(shown)
    asked.show(replace(shown, response=Response.of("")))
    asked.show(replace(shown, response=Response.of("dk")))
    asked.show(shown)
    asked.input.focus_answer()
    assert asked.input.settle()
    assert asked.said == []


def test_a_reader_hears_what_each_part_is(ask: Ask) -> None:
    roles = {Kind.CHOICE: QAccessible.Role.RadioButton, Kind.CHOICES: QAccessible.Role.CheckBox}
    for kind, role in roles.items():
        row = ask(view(kind, options=ABC)).rows()[1]
        heard = QAccessible.queryAccessibleInterface(row)
        assert heard.role() == role
        assert heard.text(QAccessible.Text.Name) == "Die Kernmacherei"
        assert heard.text(QAccessible.Text.Description) == "Taste 2"
    (edit,) = ask(view(Kind.INTEGER)).edits()
    assert edit.accessibleName() == "Wo wird die Matrix gepflegt?"
    first, second = ask(view(Kind.MOMENT)).edits()
    assert first.accessibleName().endswith("Datum")
    assert second.accessibleName().endswith("Uhrzeit")
