"""Firmenakte: it saves itself, and its primary button is the next step."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.company_size import SizeClass
from desktop_advisor.ui.company_file.next_step import Step, way_of
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.company_file.visit_panel import VisitPanel
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import ChoiceBox, Segmented
from desktop_advisor.usecases.case_progress import CaseProgress
from desktop_advisor.usecases.companies import CompanyDraft, list_companies
from desktop_advisor.usecases.company_file import (
    AssessmentView,
    CompanyFile,
    MeasureView,
    ReportView,
    VisitView,
    show_company_file,
)
from desktop_advisor.usecases.notes import list_notes, write_note
from desktop_advisor.usecases.today import show_today
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.sample import foundry

ANY = uuid.UUID(int=1)


def opened(qtbot: QtBot, place: Workplace, company: uuid.UUID) -> CompanyFileScreen:
    screen = CompanyFileScreen(place, Destination(Where.COMPANY, company_id=company))
    screen.resize(1158, 708)
    screen.refresh()
    screen.show()
    qtbot.addWidget(screen)
    qtbot.waitExposed(screen)
    return screen


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def field(screen: CompanyFileScreen, key: str) -> QLineEdit:
    edit = screen.data.form.edit(key)
    assert isinstance(edit, QLineEdit)
    return edit


def primary(screen: CompanyFileScreen) -> str:
    action = screen.primary()
    assert action is not None
    return action.label


# -- it saves itself ---------------------------------------------------------------------------


def test_a_field_is_committed_after_a_pause_without_any_button(
    qtbot: QtBot, place: Workplace
) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    town = field(screen, "town")
    town.selectAll()
    qtbot.keyClicks(town, "Glauchau")
    assert screen.save_state.text() == "… wird gespeichert"
    with qtbot.waitSignal(screen.committed, timeout=1000):
        pass
    assert show_company_file(place, company).draft.town == "Glauchau"
    assert screen.save_state.text().startswith("✓ gespeichert")
    assert screen.subtitle().startswith("Glauchau")


def test_what_is_typed_is_committed_before_leaving(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    qtbot.keyClicks(field(screen, "website"), "giesserei.example")
    screen.notes.edit.setPlainText("Zweite Schicht ab Mai")
    assert screen.leave()
    file = show_company_file(place, company)
    assert file.draft.website == "giesserei.example"
    assert file.case_id is not None
    assert list_notes(place, file.case_id)[0].text == "Zweite Schicht ab Mai"


def test_a_field_that_cannot_be_saved_keeps_the_advisor_and_the_text(
    qtbot: QtBot, place: Workplace
) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    postcode = field(screen, "postcode")
    postcode.selectAll()
    qtbot.keyClicks(postcode, "080")
    assert not screen.leave()
    assert postcode.text() == "080"
    assert "fünf Ziffern" in screen.data.form.lines["postcode"].error.text()
    assert show_company_file(place, company).draft.postcode == "08056"


def test_one_wrong_field_does_not_stop_another_from_being_saved(
    qtbot: QtBot, place: Workplace
) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    qtbot.keyClicks(field(screen, "balance_million"), "viel")
    qtbot.keyClicks(field(screen, "website"), "giesserei.example")
    screen.data.flush()
    draft = show_company_file(place, company).draft
    assert (draft.balance_million, draft.website) == ("", "giesserei.example")
    assert field(screen, "balance_million").text() == "viel"


def test_a_person_is_added_with_name_and_enter(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    panel = screen.findChild(VisitPanel)
    assert panel is not None
    panel.role.set_value("qm")
    panel.name.setText("Jörg Pätzold")
    qtbot.keyClick(panel.name, Qt.Key.Key_Return)
    people = show_company_file(place, company).visits[0].people
    assert ("Jörg Pätzold", "Qualitätsmanagement") in [(p.name, p.role_text) for p in people]
    qtbot.waitUntil(lambda: "Jörg Pätzold · Qualitätsmanagement" in texts(panel))
    assert panel.name.text() == ""


def test_each_consent_is_off_until_somebody_gives_it(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    given, *asked = show_company_file(place, company).visits[0].consents
    assert (given.granted, {consent.granted for consent in asked}) == (True, {None})
    buttons = [
        b
        for b in screen.findChildren(QPushButton)
        if b.accessibleName() == f"{asked[0].title}: nicht erteilt"
    ]
    with qtbot.waitSignal(screen.committed):
        buttons[0].click()
    assert show_company_file(place, company).visits[0].consents[1].granted is False


def test_a_visit_is_ended_with_its_hours(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    panel = screen.findChild(VisitPanel)
    assert panel is not None
    panel.end.hours.setText("drei")
    qtbot.mouseClick(panel.end.button, Qt.MouseButton.LeftButton)
    assert show_company_file(place, company).visits[0].state == "interrupted"
    assert "Erwartet wird eine Zahl wie 2 oder 2,5." in texts(panel)
    panel.end.hours.setText("2,5")
    qtbot.mouseClick(panel.end.button, Qt.MouseButton.LeftButton)
    visit = show_company_file(place, company).visits[0]
    assert (visit.state, visit.hours) == ("done", Decimal("2.5"))
    qtbot.waitUntil(lambda: "Beendet, 2,5 Stunden" in texts(screen))


def test_a_contact_is_added_edited_and_removed(qtbot: QtBot, place: Workplace) -> None:
    company = list_companies(place, "Stanzwerk")[0].company_id
    screen = opened(qtbot, place, company)
    contacts = screen.contacts

    def press(words: str) -> None:
        next(b for b in contacts.findChildren(QPushButton) if b.text() == words).click()

    contacts.plus.click()
    assert contacts.form is not None
    contacts.form.put({"name": "Heike Thoß", "phone": "03741 1"})
    press("Person eintragen")
    assert show_company_file(place, company).contacts[0].name == "Heike Thoß"
    qtbot.keyClick(contacts.list.rows[0], Qt.Key.Key_Return)
    contacts.form.put({"phone": "03741 2"})
    press("Übernehmen")
    assert show_company_file(place, company).contacts[0].phone == "03741 2"
    qtbot.keyClick(contacts.list.rows[0], Qt.Key.Key_Return)
    press("Entfernen")
    assert show_company_file(place, company).contacts == ()


# -- what comes next ---------------------------------------------------------------------------


def test_a_bare_company_asks_for_its_first_visit(qtbot: QtBot, place: Workplace) -> None:
    company = list_companies(place, "Stanzwerk")[0].company_id
    screen = opened(qtbot, place, company)
    assert primary(screen) == "Termin anlegen"
    action = screen.primary()
    assert action is not None
    action.run()
    form = screen.visits.form
    assert form is not None
    form.save.click()
    assert screen.visits.form is None
    assert primary(screen) == "Gespräch beginnen ›"


def test_the_primary_button_takes_the_interview_up_again(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    assert primary(screen) == "Gespräch fortsetzen ›"
    action = screen.primary()
    assert action is not None
    with qtbot.waitSignal(screen.navigate) as gone:
        action.run()
    file = show_company_file(place, company)
    assert file.visits[0].state == "running"
    assert gone.args == [
        Destination(
            Where.INTERVIEW,
            company_id=company,
            case_id=file.case_id,
            visit_id=file.visits[0].visit_id,
        )
    ]


def file_with(
    *, visits: tuple[str, ...] = (), answered: int = 0, measures: int = 0, reports: int = 0
) -> CompanyFile:
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    return CompanyFile(
        company_id=ANY,
        name="Gießerei",
        county="",
        size_class=SizeClass.UNDETERMINED,
        draft=CompanyDraft(),
        case_id=ANY,
        contacts=(),
        visits=tuple(
            VisitView(ANY, ANY, moment, None, None, "", "", state, (), ()) for state in visits
        ),
        assessments=(AssessmentView(ANY, ANY, "kurzcheck", "gf", moment, answered),)
        if answered
        else (),
        measures=tuple(MeasureView(ANY, "", "", None, "agreed") for _ in range(measures)),
        reports=tuple(ReportView(ANY, 1, moment, "", "", False) for _ in range(reports)),
        progress=CaseProgress(Perspective.MANAGEMENT, answered, 36),
    )


@pytest.mark.parametrize(
    ("file", "step"),
    [
        (file_with(), Step.VISIT),
        (file_with(visits=("planned",)), Step.INTERVIEW),
        (file_with(visits=("running",), answered=14), Step.INTERVIEW),
        (file_with(visits=("running",), answered=36), Step.RESULTS),
        (file_with(visits=("done",), answered=30), Step.RESULTS),
        (file_with(visits=("done",), answered=30, measures=2), Step.REPORT),
        (file_with(visits=("done",), answered=30, measures=2, reports=1), None),
    ],
)
def test_the_next_step_follows_from_what_is_there(file: CompanyFile, step: Step | None) -> None:
    assert way_of(file).next is step


def test_results_cannot_be_opened_before_the_first_answer() -> None:
    way = way_of(file_with(visits=("running",)))
    assert way.is_reachable(Step.INTERVIEW)
    assert not way.is_reachable(Step.RESULTS)


# -- where the keyboard is ---------------------------------------------------------------------


def test_a_visit_planned_with_enter_leaves_the_keyboard_with_its_people(
    qtbot: QtBot, place: Workplace
) -> None:
    window = MainWindow(place, start=Destination(Where.COMPANY, company_id=foundry(place)))
    qtbot.addWidget(window)
    window.show()
    screen = window.screen_shown
    assert isinstance(screen, CompanyFileScreen)
    screen.visits.ask_for_visit()
    assert screen.primary() is None, "the form has the one primary button"
    assert screen.visits.form is not None
    location = screen.visits.form.form.edit("location")
    location.setFocus()
    qtbot.keyClick(location, Qt.Key.Key_Return)
    assert screen.visits.form is None
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Name der teilnehmenden Person"
    assert screen.primary() is not None
    window.close()


def test_escape_closes_the_form_of_a_visit_and_nothing_else(qtbot: QtBot, place: Workplace) -> None:
    screen = opened(qtbot, place, foundry(place))
    screen.visits.ask_for_visit()
    assert screen.visits.form is not None
    with qtbot.assertNotEmitted(screen.back):
        qtbot.keyClick(screen.visits.form.form.edit("location"), Qt.Key.Key_Escape)
    assert screen.visits.form is None


def test_a_consent_keeps_the_keyboard_and_tab_goes_on_to_the_next(
    qtbot: QtBot, place: Workplace
) -> None:
    screen = opened(qtbot, place, foundry(place))
    panel = screen.findChild(VisitPanel)
    assert panel is not None
    first, second = panel.findChildren(Segmented)[:2]
    given, refused = first.findChildren(QPushButton)
    refused.setFocus()
    qtbot.keyClick(refused, Qt.Key.Key_Space)
    assert screen.focusWidget() is refused
    assert refused.isChecked()
    assert not given.isChecked()
    qtbot.keyClick(refused, Qt.Key.Key_Tab)
    assert screen.focusWidget() in second.findChildren(QPushButton)


def test_the_management_declares_every_consent_of_the_company(
    qtbot: QtBot, place: Workplace
) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    panel = screen.findChild(VisitPanel)
    assert panel is not None
    panel.name.setText("Petra Vogel")
    panel.role.set_value("br")
    panel.enter.click()
    for choice in panel.findChildren(Segmented):
        choice.findChildren(QPushButton)[0].click()
    visit = show_company_file(place, company).visits[0]
    assert {consent.given_by for consent in visit.consents} == {visit.people[0].name}


def test_a_note_is_on_the_disk_after_the_pause_without_any_button(
    qtbot: QtBot, place: Workplace
) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    case = show_company_file(place, company).case_id
    assert case is not None
    known = len(list_notes(place, case))
    qtbot.keyClicks(screen.notes.edit, "Halle 2 steht leer")
    with qtbot.waitSignal(screen.committed, timeout=1000):
        pass
    qtbot.keyClicks(screen.notes.edit, ", seit Mai")
    screen.notes.keep.click()
    stored = list_notes(place, case)
    assert [note.text for note in stored[: len(stored) - known]] == ["Halle 2 steht leer, seit Mai"]
    assert screen.notes.edit.toPlainText() == ""


def test_a_note_is_put_to_a_dimension_and_is_no_longer_waiting(
    qtbot: QtBot, place: Workplace
) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    case = show_company_file(place, company).case_id
    assert case is not None
    write_note(place, case, "Der Chef will abgeben")
    screen.refresh()
    waiting = [todo.count for todo in show_today(place).todos if todo.company_id == company]
    choice = screen.notes.list.rows[0].findChild(ChoiceBox)
    assert choice is not None
    choice.set_value("D08")
    choice.chosen.emit("D08")
    assert list_notes(place, case)[0].dimension == "D08"
    left = [todo.count for todo in show_today(place).todos if todo.company_id == company]
    assert sum(left) == sum(waiting) - 1


def test_the_row_of_a_visit_counts_the_people_just_added(qtbot: QtBot, place: Workplace) -> None:
    company = foundry(place)
    screen = opened(qtbot, place, company)
    panel = screen.findChild(VisitPanel)
    assert panel is not None
    panel.name.setText("Petra Vogel")
    panel.enter.click()
    count = len(show_company_file(place, company).visits[0].people)
    assert any(f"{count} Personen" in words for words in texts(screen))
