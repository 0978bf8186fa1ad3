"""Choices, orders and ranges: by digit, arrow, finger and search."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.interview.inputs.choices import ChoiceInput
from desktop_advisor.ui.interview.inputs.option_finder import OptionFinder
from desktop_advisor.ui.interview.inputs.option_rows import OptionRows
from desktop_advisor.ui.interview.inputs.ranking import RankInput
from desktop_advisor.ui.interview.inputs.span import SpanInput
from desktop_advisor.usecases.question_views import Kind, Option, QuestionView
from tests.ui.interview.asked import ABC, HUNDRED, TEN, TOWNS, Ask, Asked, view


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    kept: list[Asked] = []

    def put(first: QuestionView) -> Asked:
        kept.append(Asked(qtbot, first))
        return kept[-1]

    return put


def test_a_digit_chooses_the_option_at_its_place(ask: Ask) -> None:
    asked = ask(view(Kind.CHOICE, options=ABC))
    assert asked.chosen() == []
    assert asked.input.press("2")
    assert asked.said == ["b"]
    assert asked.chosen() == ["b"]
    assert not asked.input.press("7")
    assert [row.badge for row in asked.rows()] == ["1", "2", "3"]


def test_options_that_are_digits_keep_their_own_key(ask: Ask) -> None:
    asked = ask(view(Kind.CHOICE, options=[Option("0", "nie"), Option("1", "immer")]))
    asked.input.press("1")
    assert asked.said == ["1"]


def test_several_are_said_in_the_order_of_the_form(ask: Ask) -> None:
    asked = ask(view(Kind.CHOICES, options=ABC))
    for key in ("3", "1", "2", "1"):
        asked.input.press(key)
    assert asked.said == ["c", "a c", "a b c", "b c"]
    for key in ("2", "3"):
        asked.input.press(key)
    assert asked.said[-1] == ""


def test_the_arrows_walk_and_enter_chooses(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.CHOICE, options=ABC))
    asked.input.setFocus()
    qtbot.waitUntil(asked.input.hasFocus)
    asked.input.move_focus(1)
    asked.input.move_focus(1)
    qtbot.waitUntil(asked.rows()[1].hasFocus)
    assert asked.said == []
    assert asked.input.choose_focused()
    assert asked.said == ["b"]
    assert not asked.input.choose_focused()  # Enter goes on then
    asked.input.move_focus(1)
    asked.input.move_focus(1)
    assert asked.rows()[2].hasFocus()


def test_the_keyboard_stays_on_its_option_when_a_filter_takes_others_away(
    qtbot: QtBot, ask: Ask
) -> None:
    asked = ask(view(Kind.CHOICES, "a b", ABC))
    asked.rows()[1].setFocus()
    qtbot.waitUntil(asked.rows()[1].hasFocus)
    asked.show(view(Kind.CHOICES, "b", ABC[1:]))
    qtbot.waitUntil(lambda: [row.value for row in asked.rows()] == ["b", "c"])
    qtbot.waitUntil(asked.rows()[0].hasFocus)


def test_a_choice_becomes_a_search_when_there_are_many(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.CHOICE, options=ABC))
    made = asked.input
    assert isinstance(made, ChoiceInput)
    assert isinstance(made.part, OptionRows)
    asked.show(view(Kind.CHOICE, options=TOWNS))
    assert isinstance(made.part, OptionFinder)
    assert len(asked.input.findChildren(QWidget)) < 60  # no widget per option
    asked.show(view(Kind.CHOICE, options=ABC))
    assert isinstance(made.part, OptionRows)


def test_a_town_is_found_by_a_part_of_its_name(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.CHOICE, options=TOWNS))
    made = asked.input
    assert isinstance(made, ChoiceInput)
    part = made.part
    assert isinstance(part, OptionFinder)
    made.focus_answer()
    with qtbot.waitSignal(part.search.searched):
        qtbot.keyClicks(part.search, "E 077")
    assert part.found.rowCount() == 10
    qtbot.keyClick(part.search, Qt.Key.Key_Down)
    qtbot.waitUntil(part.list.hasFocus)
    made.move_focus(1)
    assert made.choose_focused()
    assert asked.said == ["t771"]
    assert part.search.text() == "E 077"
    assert "Gemeinde 0771" in part.says.text()
    qtbot.keyClick(part.list, Qt.Key.Key_Space)
    assert asked.said[-1] == "t771"


def test_enter_takes_the_only_one_found(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.CHOICES, options=TOWNS))
    made = asked.input
    assert isinstance(made, ChoiceInput)
    assert isinstance(made.part, OptionFinder)
    qtbot.keyClicks(made.part.search, "0815")
    qtbot.keyClick(made.part.search, Qt.Key.Key_Return)
    assert asked.said == ["t815"]
    qtbot.keyClicks(made.part.search, "9")
    qtbot.keyClick(made.part.search, Qt.Key.Key_Return)
    assert "Nichts gefunden" in made.part.says.text()


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.CHOICES, Kind.CONFIRM])
def test_a_tick_that_could_not_be_stored_goes_back(ask: Ask, kind: Kind) -> None:
    asked = ask(view(kind, options=() if kind is Kind.CONFIRM else ABC))
    asked.is_failing = True
    asked.rows()[0].click()
    assert len(asked.said) == 1
    assert asked.chosen() == []


def test_a_readonly_question_cannot_be_answered(ask: Ask) -> None:
    asked = ask(replace(view(Kind.CHOICE, "a", ABC), is_readonly=True))
    asked.input.press("2")
    asked.rows()[1].click()
    assert asked.said == []
    assert all(e.isReadOnly() for e in ask(replace(view(Kind.DATE), is_readonly=True)).edits())


def test_a_confirmation_is_given_and_taken_back(ask: Ask) -> None:
    asked = ask(view(Kind.CONFIRM))
    asked.input.press("1")
    asked.rows()[0].click()
    assert asked.said == ["OK", ""]


def test_an_order_is_nobodys_before_it_is_given(ask: Ask) -> None:
    asked = ask(view(Kind.RANK, options=ABC))
    made = asked.input
    assert isinstance(made, RankInput)
    assert [row.place.text() for row in made.rows] == ["–", "–", "–"]
    made.take.click()
    assert asked.said == ["a b c"]
    assert [row.place.text() for row in made.rows] == ["1", "2", "3"]
    assert not made.take.isVisible()


def test_rows_move_by_button_and_by_key_and_keep_the_keyboard(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.RANK, "a b c", ABC))
    made = asked.input
    assert isinstance(made, RankInput)
    made.rows[2].up.click()
    assert asked.said == ["a c b"]
    made.rows[0].setFocus()
    for row in made.rows[1:]:  # Tab follows the order that is seen
        qtbot.keyClick(asked.screen.focusWidget(), Qt.Key.Key_Tab)
        assert row.hasFocus()
    moved = made.rows[0]
    moved.setFocus()
    qtbot.waitUntil(moved.hasFocus)
    qtbot.keyClick(moved, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert asked.said[-1] == "c a b"
    assert moved.hasFocus()
    assert "Platz 2 von 3" in moved.accessibleName()
    qtbot.keyClick(made.rows[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert len(asked.said) == 2  # the first stays the first


def test_a_row_is_dragged_to_its_place(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.RANK, "a b c", ABC))
    made = asked.input
    assert isinstance(made, RankInput)
    first, last = made.rows[0], made.rows[2]
    below = first.mapFromGlobal(last.mapToGlobal(QPoint(20, last.height() - 2)))
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    qtbot.mouseMove(first, QPoint(20, 40))
    qtbot.mouseMove(first, below)
    assert asked.said == []
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton)
    assert asked.said == ["b c a"]


def test_a_stored_order_takes_in_options_that_came_later(ask: Ask) -> None:
    asked = ask(view(Kind.RANK, "b a", ABC))
    made = asked.input
    assert isinstance(made, RankInput)
    assert [row.value for row in made.rows] == ["b", "a", "c"]
    assert made.take.isVisible()


def test_a_short_range_is_a_row_of_buttons(ask: Ask) -> None:
    asked = ask(view(Kind.RANGE, span=TEN))
    assert len(asked.rows()) == 11
    assert asked.chosen() == []
    asked.rows()[10].click()
    assert asked.said == ["10"]
    assert asked.input.press("7")
    assert asked.chosen() == ["7"]


def test_a_long_range_has_no_value_before_one_is_given(qtbot: QtBot, ask: Ask) -> None:
    asked = ask(view(Kind.RANGE, span=HUNDRED))
    made = asked.input
    assert isinstance(made, SpanInput)
    assert not made.slider.has_value
    assert made.field.text() == ""
    made.more.click()
    assert asked.said == ["0"]
    made.more.click()
    assert asked.said == ["0", "2.5"]
    assert made.slider.has_value
    assert made.field.text() == "2,5"
    qtbot.keyClick(made.slider, Qt.Key.Key_Right)
    assert asked.said[-1] == "5"
    middle = QPoint(made.slider.width() // 2, made.slider.height() // 2)
    qtbot.mouseClick(made.slider, Qt.MouseButton.LeftButton, pos=middle)
    assert asked.said[-1] == "50"


@pytest.mark.parametrize(
    ("typed", "words"), [("101", "von 0 bis 100"), ("3", "Schritten von 2,5"), ("x", "Zahl")]
)
def test_a_typed_value_must_lie_in_the_range(
    qtbot: QtBot, ask: Ask, typed: str, words: str
) -> None:
    asked = ask(view(Kind.RANGE, span=HUNDRED))
    made = asked.input
    assert isinstance(made, SpanInput)
    qtbot.keyClicks(made.field, typed)
    assert not made.settle()
    assert asked.said == []
    assert words in asked.error()
    made.field.clear()
    qtbot.keyClicks(made.field, "12,5")
    assert made.settle()
    assert asked.said == ["12.5"]
