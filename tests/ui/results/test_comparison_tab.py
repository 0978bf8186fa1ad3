"""The comparison tab: nothing sealed is said, and what changed since opens its arithmetic."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.results.comparison.change_bar import ChangeBar
from desktop_advisor.ui.results.comparison.section import ComparisonSection
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import FigureButton
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.workplace import Workplace
from tests.pictures import scribble
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
from tests.workplaces import PIN


def opened(qtbot: QtBot, visit: Consultation) -> tuple[MainWindow, ComparisonSection]:
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS, focus="comparison"))
    section = screen_of(window, ResultsScreen).section
    assert isinstance(section, ComparisonSection)
    settle(qtbot)
    return window, section


def test_without_a_sealed_report_it_says_what_will_stand_here(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    visit = begin(bare_place)
    tell(visit)
    window, section = opened(qtbot, visit)
    words = visible_words(section)
    assert "noch keinen versiegelten Bericht" in words
    assert "Für dieses Netzwerk liegt kein Vergleichsdatensatz vor." in words
    assert not section.choice.isVisible()
    close(window)


def test_changes_since_a_sealed_report_open_their_arithmetic(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    visit = begin(bare_place)
    tell(visit)
    signature = DrawnSignature("Martin Uhlig", "GF", "Zwickau", scribble(), bare_place.clock())
    model = compose_report(bare_place, visit.case_id)
    seal_report(bare_place, visit.case_id, model, [signature], PIN)
    for question in ("d07_plan", "d07_matrix", "d07_inclusion"):
        visit.interview().answer(question, "5")
    window, section = opened(qtbot, visit)
    assert "Fassung 1" in section.choice.currentText()
    assert len(section.findChildren(ChangeBar)) >= 8
    figure = next(f for f in section.findChildren(FigureButton) if f.text().startswith("+"))
    figure.click()
    assert figure.sheet is not None
    assert "heute (5·" in visible_words(figure.sheet)
    figure.sheet.close_sheet()
    close(window)
