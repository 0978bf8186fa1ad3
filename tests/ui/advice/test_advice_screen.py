"""Deciding on recommendations and keeping the plan, with real rules and offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.advice.plan_table import completeness
from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.tokens import Tone
from desktop_advisor.ui.widgets import ListRow
from desktop_advisor.ui.widgets.field_form import PAUSE_MS
from desktop_advisor.usecases.measures import MeasureDraft, PlanRow, list_measures
from desktop_advisor.usecases.recommending import list_recommendations
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import (
    Consultation,
    begin,
    close,
    screen_of,
    settle,
    tell,
    visible_words,
    window_at,
)

SHOWN_MS = 30
"""What a click puts on the screen is shown when the event loop comes round."""


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    tell(made, works_council=False)
    return made


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation) -> Iterator[MainWindow]:
    made = window_at(qtbot, visit.place, visit.destination(Where.ADVICE))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> AdviceScreen:
    shown = screen_of(window, AdviceScreen)
    assert shown.advice is not None
    assert shown.card is not None
    return shown


def decision(visit: Consultation, screen: AdviceScreen) -> tuple[str, str]:
    assert screen.card is not None
    wanted = screen.card.view.recommendation_id
    views = list_recommendations(visit.place, visit.case_id)
    stored = next(v for v in views if v.recommendation_id == wanted)
    return stored.decision, stored.reason


def words_of(widget: QWidget | None) -> str:
    assert widget is not None
    QTest.qWait(SHOWN_MS)
    return visible_words(widget)


def plan(visit: Consultation) -> list[PlanRow]:
    return list_measures(visit.place, visit.case_id)


def type_into(edit: object, words: str) -> None:
    assert isinstance(edit, QLineEdit)
    QTest.qWait(SHOWN_MS)
    edit.setFocus()
    QTest.keyClicks(edit, words)


def test_the_first_open_recommendation_says_why_and_who_helps(screen: AdviceScreen) -> None:
    words = words_of(screen.card)
    assert "Warum?" in words
    assert "→ " in words
    assert "Wer und was dabei hilft" in words
    assert "kommt in Betracht" in words or "Voraussetzung offen" in words
    assert "Annehmen" in words


def test_accepting_puts_a_measure_on_the_plan_and_asks_who(
    screen: AdviceScreen, visit: Consultation
) -> None:
    screen.card.accept.click()
    assert decision(visit, screen) == ("accepted", "")
    (row,) = plan(visit)
    assert row.draft.title == screen.card.view.title
    assert screen.card.form.edit("owner").hasFocus()


def test_owner_and_date_are_saved_without_a_button(
    qtbot: QtBot, screen: AdviceScreen, visit: Consultation
) -> None:
    screen.card.accept.click()
    type_into(screen.card.form.edit("owner"), "Martin Uhlig")
    type_into(screen.card.form.edit("due_on"), "31.1.2027")
    QTest.keyClick(screen.card.form.edit("due_on"), Qt.Key.Key_Tab)
    qtbot.waitUntil(
        lambda: (
            (plan(visit)[0].draft.owner, plan(visit)[0].draft.due_on)
            == ("Martin Uhlig", date(2027, 1, 31))
        ),
        timeout=6 * PAUSE_MS,
    )


def test_what_is_typed_last_is_saved_when_the_screen_is_left(
    window: MainWindow, screen: AdviceScreen, visit: Consultation, qtbot: QtBot
) -> None:
    screen.card.accept.click()
    type_into(screen.card.form.edit("owner"), "Personalleitung")
    assert window.open(Destination(Where.COMPANIES))
    assert plan(visit)[0].draft.owner == "Personalleitung"
    settle(qtbot)


def test_rejecting_needs_a_reason(screen: AdviceScreen, visit: Consultation) -> None:
    screen.card.reject.click()
    screen.card.take.click()
    assert decision(visit, screen) == ("open", "")
    type_into(screen.card.reason, "Halle wird erst 2028 umgebaut")
    QTest.keyClick(screen.card.reason, Qt.Key.Key_Return)
    assert decision(visit, screen) == ("rejected", "Halle wird erst 2028 umgebaut")
    assert "Grund: Halle wird erst 2028 umgebaut" in words_of(screen.card)
    assert plan(visit) == []


def test_a_second_thought_takes_the_measure_off_the_plan(
    screen: AdviceScreen, visit: Consultation
) -> None:
    screen.card.accept.click()
    screen.card.again.click()
    screen.card.postpone.click()
    type_into(screen.card.reason, "erst im Sommer")
    screen.card.take.click()
    assert decision(visit, screen) == ("postponed", "erst im Sommer")
    assert plan(visit) == []


def test_the_advisors_own_words_replace_the_rules(
    screen: AdviceScreen, visit: Consultation
) -> None:
    screen.card.edit.click()
    screen.card.own_title.setText("Strategietag im Februar")
    screen.card.take.click()
    assert decision(visit, screen)[0] == "edited"
    assert plan(visit)[0].draft.title == "Strategietag im Februar"
    assert "Strategietag im Februar" in words_of(screen.card)


def test_the_row_and_the_count_follow_a_decision(screen: AdviceScreen) -> None:
    total = len(screen.advice.views)
    screen.card.accept.click()
    assert f"{total} Empfehlungen · 1 angenommen · {total - 1} offen" in words_of(screen)
    row = screen.list.rows[screen.card.view.recommendation_id]
    assert "angenommen" in words_of(row)


def test_a_recommendation_leads_to_the_article_that_explains_it(
    qtbot: QtBot, screen: AdviceScreen
) -> None:
    card = screen.card
    assert card is not None
    assert "Zum Nachlesen" in words_of(card)
    articles = {article.title: article.id for article in screen._place.articles}
    link = next(row for row in card.findChildren(ListRow) if row.title.text() in articles)
    with qtbot.waitSignal(screen.navigate) as gone:
        link.pressed.emit()
    assert gone.args == [Destination(Where.KNOWLEDGE, focus=articles[link.title.text()])]


def test_the_plan_says_what_is_missing_and_saves_what_is_added(
    qtbot: QtBot, screen: AdviceScreen, visit: Consultation
) -> None:
    screen.card.accept.click()
    screen.show_view("plan")
    assert "1 Maßnahme ohne Termin · 1 ohne Verantwortliche" in words_of(screen.table)
    (lines,) = screen.table.lines.values()
    type_into(lines["due_on"].edit, "28.02.2027")
    lines["due_on"].settle()
    assert plan(visit)[0].draft.due_on == date(2027, 2, 28)
    assert "1 Maßnahme ohne Verantwortliche" in words_of(screen.table)


def test_an_own_measure_can_be_added_and_removed(screen: AdviceScreen, visit: Consultation) -> None:
    screen.show_view("plan")
    screen.plan.add_button.click()
    (row,) = plan(visit)
    assert row.draft.title == "Neue Maßnahme"
    screen.table.removed.emit(row.measure_id)
    assert plan(visit) == []


def test_a_measure_that_cannot_be_read_as_a_date_stays_in_its_field(
    screen: AdviceScreen, visit: Consultation
) -> None:
    screen.card.accept.click()
    type_into(screen.card.form.edit("due_on"), "bald")
    screen.card.form.settle()
    assert plan(visit)[0].draft.due_on is None
    assert "Bitte ein Datum eingeben" in words_of(screen.card)


def test_looking_twice_writes_nothing(visit: Consultation, screen: AdviceScreen) -> None:
    before = list_recommendations(visit.place, visit.case_id)
    screen.refresh()
    assert list_recommendations(visit.place, visit.case_id) == before


def test_without_an_answer_one_is_led_to_the_plan(qtbot: QtBot, bare_place: Workplace) -> None:
    visit = begin(bare_place)
    window = window_at(qtbot, bare_place, visit.destination(Where.ADVICE))
    words = visible_words(screen_of(window, AdviceScreen))
    assert "Aus den Antworten folgt noch keine Empfehlung" in words
    close(window)


def test_completeness_counts_in_words() -> None:
    import uuid

    def row(owner: str, due: date | None) -> PlanRow:
        return PlanRow(uuid.uuid4(), None, MeasureDraft("x", owner=owner, due_on=due))

    day = date(2027, 1, 31)
    assert completeness([]) == ("noch keine Maßnahme", Tone.NEUTRAL)
    assert completeness([row("A", None), row("B", None)]) == (
        "2 Maßnahmen ohne Termin",
        Tone.ATTENTION,
    )
    assert completeness([row("A", day)])[1] is Tone.GOOD


def test_escape_takes_back_the_question_for_a_reason_and_stays(
    window: MainWindow, screen: AdviceScreen
) -> None:
    card = screen.card
    assert card is not None
    card.reject.click()
    QTest.keyClicks(card.reason, "Zu")
    QTest.keyClick(card.reason, Qt.Key.Key_Escape)
    assert window.screen_shown is screen
    assert card.accept.isEnabled()
    assert "Warum wird sie abgelehnt?" not in words_of(card)
