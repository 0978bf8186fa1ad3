"""Wiedervorlage: the worklist on Heute, the follow-up of a case, the talks in the company file."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Report
from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.company_file.screen import CompanyFileScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.reporting.screen import ReportScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.today.screen import MOST_DUE, TodayScreen
from desktop_advisor.ui.widgets import ChoiceBox, ListRow
from desktop_advisor.usecases.follow_ups import accept_talk, add_talk, list_talks
from desktop_advisor.usecases.measures import MeasureDraft, add_measure, list_measures
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import (
    Consultation,
    begin,
    close,
    screen_of,
    visible_words,
    window_at,
)


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    return begin(bare_place)


@pytest.fixture
def sealed(visit: Consultation) -> Consultation:
    with visit.place.store.edit(visit.place.author) as session:
        session.add(
            Report(
                id=new_id(visit.place.clock()),
                company_id=visit.company_id,
                case_id=visit.case_id,
                sealed_at=datetime(2026, 8, 20, 11, 0, tzinfo=UTC),
            )
        )
    return visit


@pytest.fixture
def audit(visit: Consultation) -> uuid.UUID:
    draft = MeasureDraft("Energieaudit", due_on=date(2026, 11, 10), metric="Bericht liegt vor")
    return add_measure(visit.place, visit.case_id, draft)


@pytest.fixture
def window(qtbot: QtBot, sealed: Consultation, audit: uuid.UUID) -> Iterator[MainWindow]:
    assert audit
    made = window_at(qtbot, sealed.place, sealed.destination(Where.ADVICE, "follow-up"))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> AdviceScreen:
    return screen_of(window, AdviceScreen)


def today(qtbot: QtBot, place: Workplace) -> TodayScreen:
    made = TodayScreen(place, Destination(Where.TODAY))
    made.resize(1158, 708)
    made.refresh()
    made.show()
    qtbot.addWidget(made)
    qtbot.waitExposed(made)
    return made


def titles(screen: TodayScreen) -> list[str]:
    return [r.title.text() for r in screen.follow_ups.rows if isinstance(r, ListRow)]


def states(visit: Consultation) -> dict[int | None, str]:
    return {talk.months: talk.state for talk in list_talks(visit.place, visit.case_id)}


# -- Heute -------------------------------------------------------------------------------------


def test_measures_and_talks_stand_in_one_list_the_longest_overdue_first(
    qtbot: QtBot, sealed: Consultation, audit: uuid.UUID
) -> None:
    assert audit
    accept_talk(sealed.place, sealed.case_id, 3, date(2026, 11, 20))
    add_talk(sealed.place, sealed.case_id, date(2027, 3, 1))
    shown = titles(today(qtbot, sealed.place))
    assert shown == ["Energieaudit", "Gespräch 3 Monate nach dem Bericht"]


def test_one_press_opens_the_follow_up_of_that_case(
    qtbot: QtBot, visit: Consultation, audit: uuid.UUID
) -> None:
    assert audit
    screen = today(qtbot, visit.place)
    with qtbot.waitSignal(screen.navigate) as gone:
        QTest.keyClick(screen.follow_ups.rows[0], Qt.Key.Key_Return)
    assert gone.args[0] == Destination(
        Where.ADVICE, company_id=visit.company_id, case_id=visit.case_id, focus="follow-up"
    )


def test_a_quiet_day_says_so(qtbot: QtBot, visit: Consultation) -> None:
    screen = today(qtbot, visit.place)
    assert "ist keine Maßnahme und kein Gespräch fällig" in visible_words(screen)
    assert not screen.more.isVisible()


def test_forty_due_entries_are_folded_and_can_be_unfolded(
    qtbot: QtBot, visit: Consultation
) -> None:
    for n in range(40):
        add_measure(visit.place, visit.case_id, MeasureDraft(f"M{n:02}", due_on=date(2026, 11, 1)))
    screen = today(qtbot, visit.place)
    assert len(screen.follow_ups.rows) == MOST_DUE
    assert screen.more.text() == "34 weitere zeigen"
    screen.more.click()
    assert len(screen.follow_ups.rows) == 40
    assert not screen.more.isVisible()


def test_proposals_nobody_decided_on_wait_on_heute(qtbot: QtBot, sealed: Consultation) -> None:
    screen = today(qtbot, sealed.place)
    row = next(r for r in screen.todos.rows if "Wiedervorlage planen" in r.accessibleName())
    with qtbot.waitSignal(screen.navigate) as gone:
        QTest.keyClick(row, Qt.Key.Key_Return)
    assert (gone.args[0].where, gone.args[0].focus) == (Where.ADVICE, "follow-up")


# -- the follow-up of a case ---------------------------------------------------------------------


def test_state_effect_and_new_date_are_saved_where_they_stand(
    screen: AdviceScreen, sealed: Consultation, audit: uuid.UUID
) -> None:
    form = screen.follow_up.measures.forms[audit]
    state = form.edit("state")
    assert isinstance(state, ChoiceBox)
    state.set_value("running")
    state.chosen.emit("running")
    for key, words in (("effect", "Drei Quellen gefunden"), ("due_on", "31.1.2027")):
        edit = form.edit(key)
        assert isinstance(edit, QLineEdit)
        edit.clear()
        QTest.keyClicks(edit, words)
    screen.settle()
    (row,) = list_measures(sealed.place, sealed.case_id)
    assert (row.draft.state, row.draft.due_on) == ("running", date(2027, 1, 31))
    assert (row.draft.effect, row.draft.effect_on) == ("Drei Quellen gefunden", date(2026, 11, 24))


def test_each_proposal_is_accepted_or_skipped_by_a_button(
    screen: AdviceScreen, sealed: Consultation
) -> None:
    talks = screen.follow_up.talks
    by_months = {talk.months: talk.talk_id for talk in talks.talks}
    talks.buttons[by_months[3], "accept"].click()
    talks.buttons[by_months[6], "skip"].click()
    assert states(sealed) == {3: "open", 6: "dropped", 12: "proposed"}


def test_a_talk_held_asks_for_a_note_and_the_next_date(
    screen: AdviceScreen, sealed: Consultation
) -> None:
    talks = screen.follow_up.talks
    first = talks.talks[0].talk_id
    talks.buttons[first, "accept"].click()
    talks.buttons[first, "hold"].click()
    assert talks.form is not None
    note, day = talks.form.edit("note"), talks.form.edit("next_on")
    assert isinstance(note, QPlainTextEdit)
    assert isinstance(day, QLineEdit)
    QTest.keyClicks(note, "Audit beauftragt")
    QTest.keyClicks(day, "1.3.2027")
    talks.take.click()
    held = next(t for t in list_talks(sealed.place, sealed.case_id) if t.talk_id == first)
    assert (held.state, held.note, held.done_on) == (
        "done",
        "Audit beauftragt",
        date(2026, 11, 24),
    )
    assert date(2027, 3, 1) in {t.due_on for t in list_talks(sealed.place, sealed.case_id)}


def test_a_talk_without_a_day_is_not_added(screen: AdviceScreen, sealed: Consultation) -> None:
    talks = screen.follow_up.talks
    talks.plus.click()
    talks.take.click()
    QTest.qWait(30)
    assert "Bitte ausfüllen." in visible_words(talks)
    assert len(list_talks(sealed.place, sealed.case_id)) == 3


def test_escape_takes_back_the_question_and_stays(window: MainWindow, screen: AdviceScreen) -> None:
    screen.follow_up.talks.plus.click()
    assert screen.follow_up.talks.form is not None
    QTest.keyClick(screen.follow_up.talks.form.edit("day"), Qt.Key.Key_Escape)
    assert screen.follow_up.talks.form is None
    assert window.screen_shown is screen


def test_a_talk_half_written_down_is_not_lost_on_the_way_out(
    window: MainWindow, screen: AdviceScreen
) -> None:
    talks = screen.follow_up.talks
    talks.plus.click()
    assert talks.form is not None
    note = talks.form.edit("note")
    assert isinstance(note, QLineEdit)
    QTest.keyClicks(note, "Audit liegt vor")
    screen.show_view("plan")
    assert not window.open(Destination(Where.COMPANIES))
    assert screen.views.value() == "follow-up"
    assert note.text() == "Audit liegt vor"
    QTest.qWait(30)
    assert "Das Gespräch ist noch nicht gespeichert." in visible_words(screen)
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert screen.leave()


def test_the_sealed_report_leads_to_its_follow_up(qtbot: QtBot, sealed: Consultation) -> None:
    report = ReportScreen(sealed.place, sealed.destination(Where.REPORT))
    qtbot.addWidget(report)
    with qtbot.waitSignal(report.navigate) as gone:
        report.plan_follow_up()
    assert gone.args == [Destination(Where.ADVICE, case_id=sealed.case_id, focus="follow-up")]


def test_talks_can_be_added_in_the_company_file(
    qtbot: QtBot, sealed: Consultation, audit: uuid.UUID
) -> None:
    assert audit
    window = window_at(qtbot, sealed.place, sealed.destination(Where.COMPANY))
    file = screen_of(window, CompanyFileScreen)
    file.talks.plus.click()
    assert file.talks.form is not None
    day = file.talks.form.edit("day")
    assert isinstance(day, QLineEdit)
    QTest.keyClicks(day, "12.1.2027")
    file.talks.take.click()
    assert date(2027, 1, 12) in {t.due_on for t in list_talks(sealed.place, sealed.case_id)}
    close(window)
