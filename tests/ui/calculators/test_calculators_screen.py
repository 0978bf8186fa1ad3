"""Förderrechner on screen: live result, every condition, and the way into a measure."""

from __future__ import annotations

import uuid

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.ui.calculators.forms import form_of
from desktop_advisor.ui.calculators.screen import CalculatorsScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.routes import make_screen
from desktop_advisor.ui.widgets import ChoiceBox
from desktop_advisor.usecases.calculating import Calculator
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.measures import list_measures
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry

VECTOR = {"hours": "320", "course_cost": "4800", "wage": "3600", "weekly_hours": "38,5"}
GOOD = {
    "is_approved": "yes",
    "goes_beyond_adaptation": "yes",
    "degree_is_old_enough": "yes",
    "was_funded_lately": "no",
    "is_obligatory": "no",
    "has_agreement": "yes",
}


def opened(qtbot: QtBot, place: Workplace, focus: str = "") -> CalculatorsScreen:
    company = foundry(place)
    case = show_company_file(place, company).case_id
    screen = make_screen(
        place, Destination(Where.CALCULATORS, company_id=company, case_id=case, focus=focus)
    )
    assert isinstance(screen, CalculatorsScreen)
    qtbot.addWidget(screen)
    screen.refresh()
    screen.resize(1158, 708)
    screen.show()
    return screen


def type_in(qtbot: QtBot, screen: CalculatorsScreen, key: str, text: str) -> None:
    edit = screen.forms[0].edit(key)
    assert isinstance(edit, QLineEdit)
    edit.clear()
    qtbot.keyClicks(edit, text)


def answer(screen: CalculatorsScreen, key: str, value: str) -> None:
    box = screen.forms[1].edit(key)
    assert isinstance(box, ChoiceBox)
    box.set_value(value)
    box.chosen.emit(value)


def printed(screen: CalculatorsScreen) -> list[str]:
    return [button.text() for button in screen.result.amounts]


def test_the_vector_appears_while_it_is_typed(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, "82")
    assert screen.title() == "Gießerei Muldental GmbH"
    for key, text in VECTOR.items():
        type_in(qtbot, screen, key, text)
    for key, value in GOOD.items():
        answer(screen, key, value)
    assert printed(screen) == [
        "2.640,00\u202f€",
        "8.254,37\u202f€",
        "4.539,90\u202f€",
        "5.874,47\u202f€",
    ]
    assert screen.result.outcome is not None
    assert screen.result.outcome.verdict is Verdict.IN_QUESTION


def test_the_company_file_fills_the_staff_in(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, "82")
    assert screen.typed()["staff"] == 118


def test_an_amount_opens_its_arithmetic(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, "82")
    for key, text in VECTOR.items():
        type_in(qtbot, screen, key, text)
    screen.result.amounts[1].open_arithmetic()
    sheet = screen.result.amounts[1].sheet
    assert sheet is not None
    assert "4,35" in sheet.derivation.formula
    sheet.close_sheet()


def test_a_field_that_cannot_be_read_is_not_known_and_says_so(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place, "82")
    type_in(qtbot, screen, "hours", "viele")
    screen.forms[0].settle()
    assert "hours" not in screen.typed()
    assert "Zahl" in screen.forms[0].lines["hours"].error.text()
    assert printed(screen)[1] == "nicht bestimmbar"


def test_what_fits_another_calculator_is_kept(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, "82")
    type_in(qtbot, screen, "hours", "320")
    screen.choose(Calculator.COST)
    assert screen.typed()["hours"] == 320


@pytest.mark.parametrize("calculator", list(Calculator))
def test_every_calculator_opens_with_its_conditions(
    qtbot: QtBot, place: Workplace, calculator: Calculator
) -> None:
    screen = opened(qtbot, place, str(calculator))
    assert screen.calculator is calculator
    assert screen.form_card.heading.text() == form_of(calculator).title
    assert screen.result.outcome is not None
    assert screen.result.isVisible()


def test_the_county_of_the_company_decides_the_bafa_rate(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, "bafa")
    type_in(qtbot, screen, "fee", "5000")
    assert printed(screen)[1] == "2.800,00\u202f€"


def test_a_result_goes_into_the_measure_and_the_clipboard(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, "bafa")
    type_in(qtbot, screen, "fee", "5000")
    with qtbot.waitSignal(screen.committed):
        screen.take_over.take.click()
    case = show_company_file(place, foundry(place)).case_id
    assert isinstance(case, uuid.UUID)
    benefit = list_measures(place, case)[0].draft.benefit
    assert "2.800,00\u202f€" in benefit
    assert "bis zu" in benefit
    screen.take_over.copy.click()
    assert QGuiApplication.clipboard().text() == benefit


def test_without_a_company_it_calculates_with_nothing_filled_in(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = make_screen(place, Destination(Where.CALCULATORS, focus="inqa"))
    qtbot.addWidget(screen)
    screen.refresh()
    assert isinstance(screen, CalculatorsScreen)
    assert screen.title() == "Förderrechner"
    assert screen.secondary() == ()
    assert not screen.take_over.take.isVisibleTo(screen)


def test_the_sentence_stays_in_sight_where_there_is_little_room(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place, "82")
    assert not screen.strip.isVisible()
    screen.resize(900, 700)
    qtbot.waitUntil(screen.strip.isVisible)
    assert screen.result.outcome is not None
    assert screen.brief.text() == screen.result.outcome.sentence
