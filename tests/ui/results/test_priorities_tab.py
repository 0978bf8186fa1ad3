"""The priorities tab: trying a Soll stores nothing, agreeing does, another place wants a reason."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.results.priorities.section import PrioritiesSection
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import FigureButton
from desktop_advisor.usecases.results import show_results
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


def opened(qtbot: QtBot, place: Workplace) -> tuple[Consultation, MainWindow, PrioritiesSection]:
    visit = begin(place)
    tell(visit)
    window = window_at(qtbot, place, visit.destination(Where.RESULTS, focus="priorities"))
    section = screen_of(window, ResultsScreen).section
    assert isinstance(section, PrioritiesSection)
    settle(qtbot)
    return visit, window, section


def targets(visit: Consultation) -> dict[str, Decimal]:
    rows = show_results(visit.place, visit.case_id).priorities.rows
    return {row.dimension: row.target for row in rows}


def order(section: PrioritiesSection) -> list[str]:
    return [row.priority.dimension for row in section.rows]


def test_a_dragged_target_is_tried_then_agreed(qtbot: QtBot, bare_place: Workplace) -> None:
    visit, window, section = opened(qtbot, bare_place)
    first = section.rows[0].priority.dimension
    section.rows[0].slider.put(4)
    section.rows[0].slider.given.emit(4)
    settle(qtbot)
    assert section.tried == {first: Decimal(2)}
    assert "Ausprobiert, nicht gespeichert: 1 Soll-Wert." in visible_words(section)
    assert targets(visit)[first] == 4
    section.agree.click()
    settle(qtbot)
    assert targets(visit)[first] == 2
    assert order(section)[0] != first
    assert not section.agree.isVisible()
    close(window)


def test_a_trial_can_be_dropped(qtbot: QtBot, bare_place: Workplace) -> None:
    visit, window, section = opened(qtbot, bare_place)
    before = order(section)
    QTest.keyClick(section.rows[0].slider, Qt.Key.Key_PageDown)
    settle(qtbot)
    assert order(section) != before
    section.drop.click()
    assert order(section) == before
    assert set(targets(visit).values()) == {Decimal(4)}
    close(window)


def test_relevance_is_kept_at_once(qtbot: QtBot, bare_place: Workplace) -> None:
    _, window, section = opened(qtbot, bare_place)
    last = next(r for r in reversed(section.rows) if r.priority.value is not None)
    code = last.priority.dimension
    last.rated.emit(5)
    settle(qtbot)
    (line,) = (row for row in section.rows if row.priority.dimension == code)
    assert line.relevance.value() == "5"
    assert line.priority.relevance == 5
    close(window)


def test_another_place_wants_a_reason(qtbot: QtBot, bare_place: Workplace) -> None:
    _, window, section = opened(qtbot, bare_place)
    last = section.rows[3]
    last.elsewhere.click()
    line = section.rank_line
    assert line is not None
    line.place.setValue(1)
    line.take.click()
    assert "Bitte den Grund angeben." in visible_words(section)
    line.reason.setText("Die Bank fragt danach.")
    line.take.click()
    settle(qtbot)
    assert order(section)[0] == last.priority.dimension
    words = "rechnerisch Platz 4: Die Bank fragt danach."
    qtbot.waitUntil(lambda: words in visible_words(section))
    close(window)


def test_the_number_opens_its_arithmetic(qtbot: QtBot, bare_place: Workplace) -> None:
    _, window, section = opened(qtbot, bare_place)
    figure = section.rows[0].findChild(FigureButton)
    assert figure is not None
    figure.click()
    assert figure.sheet is not None
    words = visible_words(figure.sheet)
    for part in ("Ist", "Soll", "Lücke", "Relevanz", "Exposition", "÷ 2 = ", "Quelle"):
        assert part in words
    QTest.keyClick(figure.sheet, Qt.Key.Key_Escape)
    assert figure.sheet is None
    close(window)
