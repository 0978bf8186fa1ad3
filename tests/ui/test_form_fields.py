"""What is typed in German is read as the value it means, or refused beside the field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.company_file.visit_form import parsed_time
from desktop_advisor.ui.widgets import Field, FieldForm, Kind, NoteEdit
from desktop_advisor.ui.widgets.field import NotUnderstood, parsed, shown

TODAY = date(2026, 11, 24)


@given(st.integers(0, 10**9))
def test_a_whole_number_survives_the_field(number: int) -> None:
    assert parsed(Kind.WHOLE, shown(number), TODAY) == number


@given(st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False))
def test_a_decimal_survives_the_field(number: Decimal) -> None:
    assert parsed(Kind.DECIMAL, shown(number), TODAY) == number


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_survives_the_field(day: date) -> None:
    assert parsed(Kind.DAY, shown(day), TODAY) == day


@pytest.mark.parametrize("value", [True, False, None])
def test_yes_no_and_unknown_survive_the_field(value: bool | None) -> None:
    assert parsed(Kind.YES_NO, shown(value), TODAY) is value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1.2.", date(2026, 2, 1)),
        ("01.02.27", date(2027, 2, 1)),
        ("29. 2. 2028", date(2028, 2, 29)),
    ],
)
def test_short_german_dates_are_understood(text: str, day: date) -> None:
    assert parsed(Kind.DAY, text, TODAY) == day


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.WHOLE, "vierzig"),
        (Kind.WHOLE, "4,5"),
        (Kind.DECIMAL, "-3"),
        (Kind.DECIMAL, "NaN"),
        (Kind.DAY, "31.02.2026"),
    ],
)
def test_what_cannot_be_read_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(NotUnderstood):
        parsed(kind, text, TODAY)


@pytest.mark.parametrize(("text", "shown_time"), [("8", "08:00"), ("8.30", "08:30"), ("24:00", "")])
def test_times_are_read_as_people_write_them(text: str, shown_time: str) -> None:
    moment = parsed_time(text)
    assert (f"{moment:%H:%M}" if moment else "") == shown_time


def form(qtbot: QtBot) -> FieldForm:
    made = FieldForm(
        (
            Field("name", "Name", required=True),
            Field("heads", "Beschäftigte", Kind.WHOLE),
            Field("note", "Notiz", Kind.NOTE),
        )
    )
    qtbot.addWidget(made)
    made.show()
    return made


def line_edit(form: FieldForm, key: str) -> QLineEdit:
    edit = form.edit(key)
    assert isinstance(edit, QLineEdit)
    return edit


def test_an_error_stands_beside_its_field_until_something_is_typed(qtbot: QtBot) -> None:
    made = form(qtbot)
    assert made.values() is None
    assert made.lines["name"].error.text() == "Bitte ausfüllen."
    assert not made.lines["name"].error.isHidden()
    qtbot.keyClicks(line_edit(made, "name"), "W")
    assert made.lines["name"].error.isHidden()


def test_a_text_settles_within_half_a_second_after_the_last_key(qtbot: QtBot) -> None:
    made = form(qtbot)
    with qtbot.waitSignal(made.settled, timeout=700) as settled:
        qtbot.keyClicks(line_edit(made, "name"), "Werk")
    assert settled.args == ["name", "Werk"]


def test_leaving_a_field_settles_it_at_once(qtbot: QtBot) -> None:
    made = form(qtbot)
    note = made.edit("note")
    assert isinstance(note, NoteEdit)
    note.setFocus()
    qtbot.waitUntil(note.hasFocus)
    qtbot.keyClicks(note, "Halle 3")
    with qtbot.waitSignal(made.settled, timeout=100):
        qtbot.keyClick(note, Qt.Key.Key_Tab)


def test_a_value_that_cannot_be_read_does_not_settle(qtbot: QtBot) -> None:
    made = form(qtbot)
    with qtbot.assertNotEmitted(made.settled, wait=600):
        qtbot.keyClicks(line_edit(made, "heads"), "viele")
    assert "ganze Zahl" in made.lines["heads"].error.text()
