"""The plan as board and timeline, one measure with everything, undo, and the warning sign."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.advice.board import MIME, BoardCard, carried
from desktop_advisor.ui.advice.measure_sheet import MeasureSheet
from desktop_advisor.ui.advice.recommendation_card import RecommendationCard
from desktop_advisor.ui.advice.screen import AdviceScreen
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import ChoiceBox
from desktop_advisor.usecases.measures import MeasureDraft, add_measure, list_measures
from desktop_advisor.usecases.recommending import agree_measure, refresh_recommendations
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import (
    SLOW_MS,
    Consultation,
    begin,
    close,
    screen_of,
    settle,
    visible_words,
    window_at,
)

AUDIT = MeasureDraft(
    "Energieaudit",
    owner="Technische Leitung",
    starts_on=date(2026, 12, 1),
    due_on=date(2027, 1, 31),
)


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    return begin(bare_place)


@pytest.fixture
def audit(visit: Consultation) -> uuid.UUID:
    return add_measure(visit.place, visit.case_id, AUDIT)


@pytest.fixture
def matrix(visit: Consultation, audit: uuid.UUID) -> uuid.UUID:
    draft = MeasureDraft("Abwärme nutzen", due_on=date(2027, 3, 1), depends_on=audit)
    return add_measure(visit.place, visit.case_id, draft)


@pytest.fixture
def window(qtbot: QtBot, visit: Consultation, matrix: uuid.UUID) -> Iterator[MainWindow]:
    assert matrix
    made = window_at(qtbot, visit.place, visit.destination(Where.ADVICE, "plan"))
    yield made
    close(made)


@pytest.fixture
def screen(window: MainWindow) -> AdviceScreen:
    return screen_of(window, AdviceScreen)


@pytest.fixture
def board(screen: AdviceScreen) -> AdviceScreen:
    screen.plan.show_form("board")
    return screen


def states(visit: Consultation) -> dict[str, str]:
    rows = list_measures(visit.place, visit.case_id)
    return {row.draft.title: row.draft.state for row in rows}


def card(screen: AdviceScreen, measure_id: uuid.UUID) -> BoardCard:
    found = screen.plan.board.card(measure_id)
    assert found is not None
    return found


def sheet(screen: AdviceScreen) -> MeasureSheet:
    assert screen.plan.sheet is not None
    return screen.plan.sheet


def stored(visit: Consultation, measure_id: uuid.UUID) -> MeasureDraft:
    rows = list_measures(visit.place, visit.case_id)
    return next(row.draft for row in rows if row.measure_id == measure_id)


# -- the board -----------------------------------------------------------------------------------


def test_a_card_moves_by_its_button(
    board: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    card(board, audit).steps[1].click()
    assert states(visit)["Energieaudit"] == "running"
    assert card(board, audit) in board.plan.board.lanes["running"].cards


def test_a_card_moves_by_the_keyboard_and_keeps_it(
    board: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    card(board, audit).setFocus()
    for _ in range(2):
        QTest.keyClick(card(board, audit), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert states(visit)["Energieaudit"] == "done"
    assert stored(visit, audit).done_on == date(2026, 11, 24)
    assert card(board, audit).hasFocus()


def test_a_card_that_is_dropped_on_a_lane_takes_its_state(
    board: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    lane = board.plan.board.lanes["dropped"]
    data = carried(audit)
    drop = QDropEvent(
        QPointF(lane.rect().center()),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    lane.dropEvent(drop)
    assert states(visit)["Energieaudit"] == "dropped"


def test_nothing_readable_leaves_the_program_with_a_card(audit: uuid.UUID) -> None:
    assert carried(audit).formats() == [MIME]
    assert not carried(audit).hasText()


def test_there_is_no_step_beyond_the_last_column(board: AdviceScreen, audit: uuid.UUID) -> None:
    assert list(card(board, audit).steps) == [1]
    assert card(board, audit).steps[1].accessibleName() == "Energieaudit: nach „läuft“"


def test_a_card_opens_by_a_click_and_by_enter(board: AdviceScreen, audit: uuid.UUID) -> None:
    QTest.mouseClick(card(board, audit), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert sheet(board).form.measure_id == audit
    board.plan.leave_measure()
    QTest.keyClick(card(board, audit), Qt.Key.Key_Return)
    assert sheet(board).form.measure_id == audit


def test_the_board_stands_two_by_two_where_it_is_narrow(board: AdviceScreen) -> None:
    grid = board.plan.board._grid
    assert grid.itemAtPosition(0, 3) is not None
    board.plan.board.resize(600, 700)
    assert grid.itemAtPosition(0, 3) is None
    assert grid.itemAtPosition(1, 1) is not None


def test_the_form_chosen_is_remembered_while_the_screen_lives(board: AdviceScreen) -> None:
    board.show_view("list")
    board.show_view("plan")
    assert board.plan.forms.value() == "board"
    assert board.plan.board.isVisible()
    assert not board.plan.table.isVisible()


# -- undo ----------------------------------------------------------------------------------------


def test_ctrl_z_takes_the_last_move_back_and_says_so(
    window: MainWindow, board: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    card(board, audit).steps[1].click()
    card(board, audit).setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert states(visit)["Energieaudit"] == "agreed"
    assert "Zurückgenommen: letzte Änderung an „Energieaudit“." in visible_words(board)


def test_undo_says_when_nothing_is_left(board: AdviceScreen, visit: Consultation) -> None:
    for _ in range(3):
        board.plan.undo_button.click()
    assert states(visit) == {}
    assert "nichts mehr zurückzunehmen" in visible_words(board)


# -- one measure ---------------------------------------------------------------------------------


def test_every_field_of_a_measure_can_be_filled(
    screen: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    screen.plan.open_measure(audit)
    form = sheet(screen).form
    steps = form.edit("steps")
    assert isinstance(steps, QPlainTextEdit)
    steps.setPlainText("Zähler ablesen\nAngebote einholen")
    for key, words in (("benefit", "weniger Energiekosten"), ("effort", "5 Tage")):
        edit = form.edit(key)
        assert isinstance(edit, QLineEdit)
        edit.clear()
        QTest.keyClicks(edit, words)
    screen.plan.leave_measure()
    kept = stored(visit, audit)
    assert kept.steps.splitlines() == ["Zähler ablesen", "Angebote einholen"]
    assert (kept.benefit, kept.effort) == ("weniger Energiekosten", "5 Tage")


def test_a_circle_is_refused_in_words_and_the_choice_goes_back(
    screen: AdviceScreen, visit: Consultation, audit: uuid.UUID, matrix: uuid.UUID
) -> None:
    screen.plan.open_measure(audit)
    base = sheet(screen).form.edit("depends_on")
    assert isinstance(base, ChoiceBox)
    base.set_value(str(matrix))
    base.chosen.emit(str(matrix))
    assert "schließt einen Kreis" in visible_words(screen)
    assert base.value() == ""
    assert stored(visit, audit).depends_on is None


def test_a_warning_follows_the_dates(
    screen: AdviceScreen, visit: Consultation, matrix: uuid.UUID
) -> None:
    screen.plan.open_measure(matrix)
    start = sheet(screen).form.edit("starts_on")
    assert isinstance(start, QLineEdit)
    QTest.keyClicks(start, "15.1.2027")
    sheet(screen).settle()
    QTest.qWait(30)
    assert "Beginnt, bevor „Energieaudit“ am 31.01.2027 endet." in visible_words(screen)
    assert stored(visit, matrix).starts_on == date(2027, 1, 15)


def test_an_offer_says_how_it_stands_and_can_be_taken_out(
    screen: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    suspended = next(o for o in visit.place.offers if o.status == "ausgesetzt")
    screen.plan.open_measure(audit)
    sheet(screen).more.chosen.emit(suspended.id)
    QTest.qWait(30)
    assert stored(visit, audit).offers == (suspended.id,)
    assert f"{suspended.title}: Derzeit ausgesetzt" in visible_words(screen)
    sheet(screen)._choose_without(suspended.id)
    assert stored(visit, audit).offers == ()


def test_escape_leads_back_to_the_plan_and_stays(
    window: MainWindow, screen: AdviceScreen, audit: uuid.UUID
) -> None:
    screen.plan.open_measure(audit)
    QTest.keyClick(sheet(screen), Qt.Key.Key_Escape)
    assert screen.plan.sheet is None
    assert window.screen_shown is screen
    assert screen.plan.table.isVisible()


def test_a_measure_taken_off_the_plan_closes(
    screen: AdviceScreen, visit: Consultation, audit: uuid.UUID
) -> None:
    screen.plan.open_measure(audit)
    sheet(screen).remove.click()
    assert "Energieaudit" not in states(visit)
    assert screen.plan.sheet is None


# -- the timeline --------------------------------------------------------------------------------


def test_the_timeline_is_told_in_words_and_walked_by_keys(
    screen: AdviceScreen, matrix: uuid.UUID
) -> None:
    screen.plan.show_form("timeline")
    view = screen.plan.timeline.view
    assert "Energieaudit: 01.12.2026–31.01.2027" in view.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.accessibleDescription().startswith("Abwärme nutzen: bis 01.03.2027")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert sheet(screen).form.measure_id == matrix


def test_the_critical_chain_is_named(screen: AdviceScreen) -> None:
    screen.plan.show_form("timeline")
    QTest.qWait(30)
    assert "Kritische Kette: Energieaudit → Abwärme nutzen." in visible_words(screen)


# -- the calendar, the warning sign --------------------------------------------------------------


def test_the_calendar_is_written_without_names_unless_ticked(
    qtbot: QtBot, screen: AdviceScreen, tmp_path: Path
) -> None:
    target = tmp_path / "plan.ics"
    line = screen.plan.calendar
    screen.plan.calendar_button.click()
    assert line.isVisible()
    for ticked in (False, True):
        line.names.setChecked(ticked)
        with qtbot.waitSignal(line.written, timeout=SLOW_MS):
            line.write(target)
        assert (b"Energieaudit" in target.read_bytes()) is ticked
    assert "2 Einträge in" in visible_words(screen)


def test_advice_taken_earlier_says_that_a_warning_sign_stands_against_it(
    visit: Consultation,
) -> None:
    talk = visit.interview()
    talk.answer("d01_liquidity", "4")
    for name in talk.questions():
        if name.startswith(("d01_", "d06_", "d09_")) and name != "d01_liquidity":
            talk.answer(name, "1")
    grows = {rule.name for rule in visit.place.form().sidecar.rules if rule.is_growth}
    view = next(v for v in refresh_recommendations(visit.place, visit.case_id) if v.rule in grows)
    agree_measure(visit.place, view)
    talk.answer("d01_liquidity", "0")
    views = refresh_recommendations(visit.place, visit.case_id)
    card = RecommendationCard(next(v for v in views if v.rule == view.rule), None)
    words = "\n".join(label.text() for label in card.findChildren(QLabel))
    assert "Zurückgestellt, solange das Warnzeichen besteht" in words
    assert "überholt" not in words


def test_held_back_advice_is_taken_only_with_a_reason(
    qtbot: QtBot, screen: AdviceScreen, visit: Consultation
) -> None:
    talk = visit.interview()
    for name in talk.questions():
        if name.startswith(("d01_", "d06_", "d09_")):
            talk.answer(name, "1")
    talk.answer("d01_liquidity", "0")
    screen.refresh()
    settle(qtbot)
    held = screen.plan.held
    rule = next(iter(held.take))
    held.take[rule].click()
    held.confirm.click()
    assert len(states(visit)) == 2
    held.reason.setText("Auftrag liegt vor")
    held.confirm.click()
    settle(qtbot)
    assert len(states(visit)) == 3
    assert rule not in held.take
