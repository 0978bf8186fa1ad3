"""The tab of jobs: figures that open, few persons unseen, a way into the table, a page to save."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.ui.calculators.screen import CalculatorsScreen
from desktop_advisor.ui.destinations import Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.results.jobs.section import AT_ONCE, JobsSection
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.widgets import FigureButton
from desktop_advisor.usecases.calculating import Calculator
from desktop_advisor.usecases.job_profiles import JobsView, show_jobs
from desktop_advisor.usecases.questionnaires import choose
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
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

GF = Perspective.MANAGEMENT
ROWS = {
    "jobs#00": "1",
    "jobs#00/job_name": "Zerspanung",
    "jobs#00/job_heads": "12",
    "jobs#00/job_under30": "6",
    "jobs#00/job_60plus": "6",
    "jobs#00/job_demand5": "9",
    "jobs#00/job_exits5": "4",
    "jobs#00/job_c1_name": "Messdaten lesen",
    "jobs#00/job_c1_is": "1",
    "jobs#00/job_c1_should": "3",
    "jobs#01": "1",
    "jobs#01/job_name": "Lohnbüro",
    "jobs#01/job_heads": "2",
}


def opened(
    qtbot: QtBot, place: Workplace, answers: dict[str, str], *parked: str
) -> tuple[Consultation, MainWindow, JobsSection]:
    visit = begin(place)
    choose(place, visit.case_id, "vollcheck")
    say(place, visit.case_id, GF, {"d08_age": "2", **answers}, "vollcheck")
    park(place, visit.case_id, *parked, form_id="vollcheck")
    window = window_at(qtbot, place, visit.destination(Where.RESULTS, focus="jobs"))
    settle(qtbot)
    return visit, window, section_of(window)


def section_of(window: MainWindow) -> JobsSection:
    section = screen_of(window, ResultsScreen).section
    assert isinstance(section, JobsSection)
    return section


def test_figures_stand_beside_what_is_masked_and_open_their_arithmetic(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    _, window, section = opened(qtbot, bare_place, ROWS)
    said = visible_words(section)
    assert "1 Tätigkeit mit weniger als drei Personen: Angaben nicht gezeigt." in said
    assert "Lohnbüro" not in said
    assert "9 (−3)" in said
    (card,) = section.cards
    gap = card.findChildren(FigureButton)[0]
    assert gap.accessibleName().startswith("Qualifizierungslücke Zerspanung: 24 Personen-Stufen")
    gap.setFocus()
    QTest.keyClick(gap, Qt.Key.Key_Space)
    assert gap.sheet is not None
    assert "(max(0, 3 − 1)) · 12 = 24" in visible_words(gap.sheet)
    close(window)


def test_what_is_to_be_learned_leads_to_the_calculators(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    _, window, section = opened(qtbot, bare_place, ROWS)
    button = section.cards[0].funding
    assert button is not None
    button.click()
    settle(qtbot)
    assert screen_of(window, CalculatorsScreen).calculator is Calculator.SECTION_82
    close(window)


def test_an_empty_table_leads_into_the_interview_at_that_table(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    _, window, section = opened(qtbot, bare_place, {})
    assert section.empty is not None
    assert "Noch ist keine Tätigkeit eingetragen" in visible_words(section)
    section.empty.button.click()
    settle(qtbot)
    assert screen_of(window, InterviewScreen).conduct.current == "jobs"
    close(window)


def test_many_jobs_all_arrive_and_another_view_stops_those_on_their_way(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    many = {
        key.replace("#00", f"#{number:02d}"): value
        for number in range(2 * AT_ONCE + 1)
        for key, value in ROWS.items()
        if key.startswith("jobs#00")
    }
    visit, window, section = opened(qtbot, bare_place, many)
    qtbot.waitUntil(lambda: len(section.cards) == 2 * AT_ONCE + 1)
    section.show_view(show_jobs(bare_place, visit.case_id))
    section.show_view(JobsView("parked", visit.company_id, question="jobs"))
    settle(qtbot)
    assert "zurückgestellt" in visible_words(section)
    close(window)


def test_a_parked_section_says_so_and_shows_nothing(qtbot: QtBot, bare_place: Workplace) -> None:
    _, window, section = opened(qtbot, bare_place, ROWS, "D08")
    assert "zurückgestellt" in visible_words(section)
    assert "Zerspanung" not in visible_words(section)
    close(window)


def test_the_kurzcheck_names_the_vollcheck_and_still_has_the_page_for_employees(
    qtbot: QtBot, bare_place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = begin(bare_place)
    tell(visit, works_council=False)
    window = window_at(qtbot, bare_place, visit.destination(Where.RESULTS, focus="jobs"))
    settle(qtbot)
    section = section_of(window)
    assert "Der Vollcheck hat dafür eine Tabelle" in visible_words(section)
    assert section.paths is not None
    target = tmp_path / "wege.pdf"
    dialog = "desktop_advisor.ui.results.jobs.paths_line.QFileDialog.getSaveFileName"
    monkeypatch.setattr(dialog, lambda *_: (str(target), ""))
    section.paths.button.click()
    settle(qtbot)
    assert target.read_bytes().startswith(b"%PDF")
    assert "Die Seite liegt in" in visible_words(section)
    monkeypatch.setattr(dialog, lambda *_: (str(tmp_path / "fehlt" / "x.pdf"), ""))
    section.paths.button.click()
    settle(qtbot)
    assert "ist nicht erreichbar" in visible_words(section)
    close(window)
