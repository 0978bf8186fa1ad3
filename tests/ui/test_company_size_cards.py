"""Official numbers, group, staff and aids in the company file."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.headcounts import Count
from desktop_advisor.ui.company_file.rows_with_form import RowsWithForm
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.widgets import ChoiceBox
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.de_minimis_aids import list_aids
from desktop_advisor.usecases.group_structure import show_group
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry


def opened(qtbot: QtBot, place: Workplace) -> tuple[CompanyFileScreen, uuid.UUID]:
    company = foundry(place)
    screen = CompanyFileScreen(place, Destination(Where.COMPANY, company_id=company))
    qtbot.addWidget(screen)
    screen.refresh()
    screen.show()
    return screen, company


def typed(qtbot: QtBot, screen: CompanyFileScreen, key: str, text: str) -> str:
    edit = screen.data.form.edit(key)
    assert isinstance(edit, QLineEdit)
    edit.clear()
    qtbot.keyClicks(edit, text)
    return screen.data.remarks[key].text()


def fill(qtbot: QtBot, rows: RowsWithForm, texts: dict[str, str]) -> None:
    assert rows.form is not None
    for key, text in texts.items():
        edit = rows.form.edit(key)
        if isinstance(edit, ChoiceBox):
            edit.set_value(text)
        elif isinstance(edit, QLineEdit):
            edit.clear()
            qtbot.keyClicks(edit, text)
    qtbot.mouseClick(rows.keep, Qt.MouseButton.LeftButton)


def test_a_number_is_remarked_on_as_it_is_typed_and_saved_all_the_same(
    qtbot: QtBot, place: Workplace
) -> None:
    screen, company = opened(qtbot, place)
    assert "neun Ziffern" in typed(qtbot, screen, "vat_id", "DE12")
    assert "Prüfziffer" in typed(qtbot, screen, "vat_id", "DE136695978")
    assert screen.leave(), "it blocks nothing"
    assert show_company_file(place, company).draft.vat_id == "DE136695978"
    assert "Form und Prüfziffer" in typed(qtbot, screen, "vat_id", "DE136695976")
    assert screen.leave()


def test_the_court_makes_a_register_number_unique(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    assert "Registergericht" in typed(qtbot, screen, "register_number", "HRB 123")
    court = screen.data.form.edit("register_court")
    qtbot.keyClicks(court, "Chemnitz")
    assert screen.data.remarks["register_number"].text() == "Amtsgericht Chemnitz, HRB 123"
    assert screen.leave()
    draft = show_company_file(place, company).draft
    assert (draft.register_court, draft.register_number) == ("Chemnitz", "HRB 123")


def test_the_edition_of_the_branch_code_changes_what_is_said_and_not_the_code(
    qtbot: QtBot, place: Workplace
) -> None:
    screen, company = opened(qtbot, place)
    assert "WZ 2025: 25.53" in typed(qtbot, screen, "wz_code", "25.62")
    edition = screen.data.form.edit("wz_edition")
    assert isinstance(edition, ChoiceBox)
    edition.set_value("2025")
    edition.chosen.emit("2025")
    assert screen.leave()
    draft = show_company_file(place, company).draft
    assert (draft.wz_code, draft.wz_edition) == ("25.62", "2025")


def test_county_and_municipality_are_one_key(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    assert "Zwickau" in typed(qtbot, screen, "municipality", "14524330")
    assert screen.leave()
    assert show_company_file(place, company).draft.ags == "14524330"
    county = screen.data.form.edit("ags")
    assert isinstance(county, ChoiceBox)
    assert county.value() == "14524"
    county.set_value("14511")
    county.chosen.emit("14511")
    assert show_company_file(place, company).draft.ags == "14511"
    screen.refresh()
    municipality = screen.data.form.edit("municipality")
    assert isinstance(municipality, QLineEdit)
    assert municipality.text() == ""


def test_a_partner_changes_the_class_in_card_and_header(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    rows = screen.facts.group.affiliates
    rows.plus.click()
    fill(
        qtbot,
        rows,
        {
            "name": "Holding AG",
            "capital": "50",
            "staff_units": "300",
            "turnover_million": "80",
        },
    )
    button = screen.facts.group.size_class
    assert button is not None
    assert button.text() == "Großunternehmen (Small Mid-Cap)"
    assert "Großunternehmen" in screen.subtitle()
    assert show_group(place, company).finding.size == "Großunternehmen"


def test_a_share_above_all_is_refused_beside_the_field(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    rows = screen.facts.group.affiliates
    rows.plus.click()
    fill(qtbot, rows, {"name": "Holding AG", "capital": "130"})
    assert rows.form is not None
    assert "100" in rows.form.lines["capital"].error.text()
    assert show_group(place, company).affiliates == ()


def test_an_earlier_year_is_kept_and_taken_out(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    rows = screen.facts.group.years
    rows.plus.click()
    fill(qtbot, rows, {"year": "2024", "staff_units": "105", "turnover_million": "16"})
    assert [year.year for year in show_group(place, company).years] == [2024]
    rows.plus.click()
    fill(qtbot, rows, {"year": "2024"})
    assert "bereits" in rows.trouble.accessibleName(), "the year's own figures stay"
    rows.close_form()


def test_staff_by_hours_is_saved_and_counted(qtbot: QtBot, place: Workplace) -> None:
    screen, _ = opened(qtbot, place)
    for key, text in {"full_time": "90", "up_to_30": "8", "up_to_20": "6", "up_to_10": "4"}.items():
        edit = screen.facts.staff.form.edit(key)
        qtbot.keyClicks(edit, text)
    assert screen.leave()
    assert screen.facts.staff.figures[Count.SGB3].text() == "100"


def test_an_aid_lowers_what_is_free_today(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    rows = screen.facts.aids.aids
    rows.plus.click()
    fill(qtbot, rows, {"granted_on": "01.03.2025", "amount": "100.000", "body": "SAB"})
    assert screen.facts.aids.free is not None
    assert screen.facts.aids.free.text() == "200.000,00\u202f€"
    assert list_aids(place, company).balance.used == 100_000


def test_the_file_leads_to_the_calculators_of_its_company(qtbot: QtBot, place: Workplace) -> None:
    screen, company = opened(qtbot, place)
    actions = {action.label: action for action in screen.secondary()}
    with qtbot.waitSignal(screen.navigate) as signal:
        actions["Förderung rechnen"].run()
    assert signal.args is not None
    assert (signal.args[0].where, signal.args[0].company_id) == (Where.CALCULATORS, company)
