"""Heute, Unternehmen: what they show and where they lead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.companies.screen import CompaniesScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.screen import Screen, StatePill
from desktop_advisor.ui.today.screen import TodayScreen
from desktop_advisor.usecases.companies import list_companies
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.provisioning import check_readiness
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry


def opened(qtbot: QtBot, screen: Screen) -> Screen:
    screen.resize(1158, 708)
    screen.refresh()
    screen.show()
    qtbot.addWidget(screen)
    qtbot.waitExposed(screen)
    return screen


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def today(qtbot: QtBot, place: Workplace) -> TodayScreen:
    screen = TodayScreen(place, Destination(Where.TODAY))
    opened(qtbot, screen)
    return screen


def companies(qtbot: QtBot, place: Workplace, *, create: bool = False) -> CompaniesScreen:
    screen = CompaniesScreen(place, Destination(Where.COMPANIES, create=create))
    opened(qtbot, screen)
    return screen


# -- Heute -------------------------------------------------------------------------------------


def test_the_day_lists_its_visits_by_the_german_clock(qtbot: QtBot, place: Workplace) -> None:
    shown = texts(today(qtbot, place).visits)
    assert shown.index("08:30") < shown.index("13:30")
    assert "unterbrochen" in shown
    assert any("Geschäftsführung, Betriebsrat, Personal" in text for text in shown)


def test_an_overdue_measure_says_for_how_long(qtbot: QtBot, place: Workplace) -> None:
    shown = texts(today(qtbot, place).follow_ups)
    assert shown[:2] == ["seit 3 Tagen", "Qualifikationsmatrix Stanzerei"]
    assert "Lieferantengespräch Halbzeuge" not in shown


def test_the_seal_of_the_morning_stands_in_the_header(qtbot: QtBot, place: Workplace) -> None:
    screen = today(qtbot, place)
    assert not screen.pills()
    check_readiness(place)
    (pill,) = screen.pills()
    assert isinstance(pill, StatePill)
    assert pill.text.startswith("✓ Bereit für unterwegs · Stand 09:")


def test_the_primary_button_leads_into_the_interrupted_interview(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = today(qtbot, place)
    action = screen.primary()
    assert action is not None
    with qtbot.waitSignal(screen.navigate) as gone:
        action.run()
    visit = show_company_file(place, foundry(place)).visits[0]
    assert gone.args == [
        Destination(Where.INTERVIEW, company_id=foundry(place), visit_id=visit.visit_id)
    ]
    assert visit.state == "running"


def test_a_visit_planned_here_opens_its_company_file(qtbot: QtBot, place: Workplace) -> None:
    screen = today(qtbot, place)
    screen.ask_for_visit()
    assert screen.primary() is None
    form = screen._form
    assert form is not None
    stamping = list_companies(place, "Stanzwerk")[0].company_id
    form.form.put({"company": str(stamping), "day": None, "time": "9"})
    form.save.click()
    assert "Bitte ausfüllen." in texts(form)
    form.form.put({"day": "25.11.2026"})
    with qtbot.waitSignal(screen.navigate) as gone:
        form.save.click()
    visits = show_company_file(place, stamping).visits
    assert [visit.purpose for visit in visits] == ["Erstgespräch und Kurzcheck"]
    assert gone.args == [
        Destination(Where.COMPANY, company_id=stamping, visit_id=visits[0].visit_id)
    ]


def test_a_row_opens_with_the_enter_key(qtbot: QtBot, place: Workplace) -> None:
    screen = today(qtbot, place)
    row = screen.visits.rows[1]
    with qtbot.waitSignal(screen.navigate) as gone:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert gone.args[0].where is Where.COMPANY


# -- Unternehmen -------------------------------------------------------------------------------


def test_the_search_finds_by_name_and_by_town(qtbot: QtBot, place: Workplace) -> None:
    screen = companies(qtbot, place)
    for wanted, found in (("muldental", "Gießerei Muldental GmbH"), ("CHEMNITZ", "Kabelwerk")):
        screen.search.clear()
        with qtbot.waitSignal(screen.search.searched):
            qtbot.keyClicks(screen.search, wanted)
        names = [row.name for row in screen.list.companies.rows]
        assert len(names) == 1
        assert names[0].startswith(found)


def test_a_search_without_result_says_what_was_searched(qtbot: QtBot, place: Workplace) -> None:
    screen = companies(qtbot, place)
    with qtbot.waitSignal(screen.search.searched):
        qtbot.keyClicks(screen.search, "Brauerei")
    assert "Kein Unternehmen mit „Brauerei“ im Namen oder Ort." in texts(screen)


def test_the_keyboard_walks_from_the_search_into_a_company(qtbot: QtBot, place: Workplace) -> None:
    screen = companies(qtbot, place)
    screen.search.setFocus()
    qtbot.keyClick(screen.search, Qt.Key.Key_Down)
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(screen.navigate) as gone:
        qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert gone.args == [Destination(Where.COMPANY, company_id=list_companies(place)[1].company_id)]


def test_a_new_company_needs_no_more_than_its_name(qtbot: QtBot, place: Workplace) -> None:
    screen = companies(qtbot, place, create=True)
    action = screen.primary()
    assert action is not None
    action.run()
    assert len(list_companies(place)) == 4
    assert "Bitte ausfüllen." in texts(screen)
    name = screen.form.form.edit("name")
    assert isinstance(name, QLineEdit)
    name.setText("Härterei Pleiße")
    with qtbot.waitSignal(screen.navigate) as gone:
        qtbot.keyClick(name, Qt.Key.Key_Return)
    created = list_companies(place, "Härterei")[0]
    assert gone.args == [Destination(Where.COMPANY, company_id=created.company_id)]


@pytest.mark.parametrize(
    ("key", "typed", "words"),
    [
        ("postcode", "0805", "fünf Ziffern"),
        ("heads", "viele", "ganze Zahl"),
    ],
)
def test_a_wrong_field_is_named_beside_it(
    qtbot: QtBot, place: Workplace, key: str, typed: str, words: str
) -> None:
    screen = companies(qtbot, place, create=True)
    screen.form.form.put({"name": "Härterei Pleiße", key: typed})
    screen.form.save()
    assert words in screen.form.form.lines[key].error.text()
    assert list_companies(place, "Härterei") == []


def test_a_company_half_typed_waits_until_it_is_created_or_cancelled(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = companies(qtbot, place, create=True)
    name = screen.form.form.edit("name")
    assert isinstance(name, QLineEdit)
    name.setText("Härterei Pleiße")
    assert screen.leave()
    screen.ask_for_company()
    assert name.text() == "Härterei Pleiße"
    cancel = screen.secondary()[0]
    cancel.run()
    screen.ask_for_company()
    assert name.text() == ""
