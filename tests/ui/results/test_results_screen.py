"""The result of the demo's visit, as the screen shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.charts import Axis, RadarChart
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.interview.screen import InterviewScreen
from desktop_advisor.ui.results.arithmetic import coverage_formula, formula, span
from desktop_advisor.ui.results.overview import OverviewSection
from desktop_advisor.ui.results.radar import Radar, two_lines
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.theme.typography import Size, font
from desktop_advisor.usecases.results import show_results
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


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    tell(made)
    return made


def overview(screen: ResultsScreen) -> OverviewSection:
    assert isinstance(screen.section, OverviewSection)
    return screen.section


def test_nothing_answered_is_said_with_one_way_back(qtbot: QtBot, bare_place: Workplace) -> None:
    visit = begin(bare_place)
    window = window_at(qtbot, bare_place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    assert "Noch ist nichts beantwortet" in visible_words(screen)
    assert screen.primary() is None
    close(window)


def test_values_coverage_and_silence_stand_in_the_rows(qtbot: QtBot, visit: Consultation) -> None:
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    by_name = {row.head.accessibleName().split(":")[0]: row for row in overview(screen).rows}
    assert len(by_name) == 11
    skills = visible_words(by_name["Qualifizierung & Weiterbildung"])
    assert "2,4 · 0,7" in skills
    assert "100\u202f% Abdeckung" in skills
    energy = visible_words(by_name["Energie- & Klimawende"])
    assert "keine belastbare Aussage, Abdeckung zu gering" in energy
    assert "33\u202f% Abdeckung" in energy
    close(window)


def test_a_row_opens_its_arithmetic_by_key_and_closes_it_again(
    qtbot: QtBot, visit: Consultation
) -> None:
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    row = overview(screen).rows[6]
    row.head.setFocus()
    QTest.keyClick(row.head, Qt.Key.Key_Return)
    settle(qtbot)
    words = visible_words(row)
    assert "GF: (2·1 + 3·1,5 + 2·1) ÷ 3,5 = 2,4" in words
    assert "Geschäftsführung: 3 – Für mindestens einen Bereich liegt eine gepflegte" in words
    assert "Gewicht 1,5" in words
    QTest.keyClick(row.head, Qt.Key.Key_Space)
    assert "÷" not in visible_words(row)
    close(window)


def test_two_levels_apart_is_a_talking_point_and_one_is_not(
    qtbot: QtBot, visit: Consultation
) -> None:
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    words = visible_words(screen_of(window, ResultsScreen))
    assert "3 Abweichungen ≥ 2" in words
    assert "Wer kommt bei Ihnen zur Weiterbildung dran" in words
    assert "Wie kommt ein Auftrag vom Kunden" not in words
    close(window)


def test_without_the_works_council_there_is_no_comparison(
    qtbot: QtBot, bare_place: Workplace
) -> None:
    visit = begin(bare_place)
    tell(visit, works_council=False)
    window = window_at(qtbot, bare_place, visit.destination(Where.RESULTS))
    words = visible_words(screen_of(window, ResultsScreen))
    assert "Gesprächsanlässe" not in words
    assert "- - BR" not in words
    close(window)


def test_the_primary_button_leads_to_the_advice(qtbot: QtBot, visit: Consultation) -> None:
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    assert window.header.primary is not None
    with qtbot.waitSignal(screen.navigate) as gone:
        window.header.primary.click()
    assert gone.args == [
        Destination(Where.ADVICE, company_id=visit.company_id, case_id=visit.case_id)
    ]
    settle(qtbot)
    close(window)


def test_the_formula_is_the_one_the_score_used(visit: Consultation) -> None:
    results = show_results(visit.place, visit.case_id)
    rows = {row.dimension.code: row for row in results.dimensions}
    assert formula(rows["D07"], GF) == "(2·1 + 3·1,5 + 2·1) ÷ 3,5 = 2,4"
    assert coverage_formula(rows["D05"], GF).endswith("= 33\u202f%")
    assert span(rows["D07"], GF) == ""
    assert span(rows["D09"], GF) == "1,0–2,7"


def test_what_does_not_apply_is_neither_in_value_nor_in_coverage(visit: Consultation) -> None:
    results = show_results(visit.place, visit.case_id)
    mobility = next(r for r in results.dimensions if r.dimension.code == "D06")
    assert formula(mobility, GF) == "(2·1 + 2·1) ÷ 2 = 2,0"
    assert coverage_formula(mobility, GF) == "2 ÷ 2 = 100\u202f%"


@pytest.mark.parametrize("size", [(380, 330), (440, 380), (900, 420)])
def test_no_label_of_the_radar_is_cut_off(qtbot: QtBot, size: tuple[int, int]) -> None:
    labels = (
        "Geschäftsfelder",
        "Antrieb & Produkte",
        "Digitalisierung",
        "Umwelt & Kreislauf",
        "Energie & Klima",
        "Mobilität",
        "Qualifizierung",
        "Fachkräfte",
        "Wissenschaft",
        "Netzwerk",
        "Steuerung & Beteiligung",
    )
    radar = Radar()
    qtbot.addWidget(radar)
    radar.resize(*size)
    radar.show_chart(RadarChart(tuple(Axis(label, Decimal(3)) for label in labels)), "Radar")
    radar.grab()
    metrics = QFontMetricsF(font(Size.SMALL))
    boxes = radar.label_boxes(metrics)
    assert all(QRectF(radar.rect()).contains(box) for box in boxes)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_a_long_label_takes_two_lines() -> None:
    assert two_lines("Steuerung & Beteiligung") == ["Steuerung &", "Beteiligung"]
    assert two_lines("Netzwerk") == ["Netzwerk"]


def test_a_parked_field_is_not_considered_and_nowhere_weak(
    qtbot: QtBot, visit: Consultation
) -> None:
    before = show_results(visit.place, visit.case_id)
    weakest = before.urgent[0].dimension.code
    park(visit.place, visit.case_id, weakest, "D12")
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    row = next(
        r for r in overview(screen).rows if r.head.accessibleName().endswith(": nicht betrachtet")
    )
    assert visible_words(row).count("nicht betrachtet") == 1
    assert "Abdeckung" not in visible_words(row)
    row.toggle()
    assert row.detail is None
    assert screen.results is not None
    assert weakest not in {r.dimension.code for r in screen.results.urgent}
    assert visible_words(screen).count("nicht betrachtet") == 2  # the row and the site
    close(window)


def test_what_was_agreed_together_stands_beside_the_sides_and_is_counted(
    qtbot: QtBot, visit: Consultation
) -> None:
    say(visit.place, visit.case_id, Perspective.JOINT, {"d07_matrix": "1"})
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS))
    screen = screen_of(window, ResultsScreen)
    assert "1 Frage gemeinsam festgelegt" in visible_words(screen)
    assert "GF + gem." in visible_words(screen)
    row = overview(screen).rows[6]
    row.toggle()
    settle(qtbot)
    words = visible_words(row)
    assert "gemeinsam: 1 – " in words
    assert words.count("gemeinsam: ") == 1
    assert "Wert: (2·1 + 1·1,5 + 2·1) ÷ 3,5 = 1,6" in words
    assert "GF: (2·1 + 3·1,5 + 2·1) ÷ 3,5 = 2,4" in words
    close(window)


def test_what_seems_odd_leads_back_to_its_question(qtbot: QtBot, bare_place: Workplace) -> None:
    visit = begin(bare_place)
    tell(visit)
    critical = next(
        row.indicator.question
        for dimension in show_results(bare_place, visit.case_id).maturity
        for row in dimension.indicators
        if row.indicator.is_critical
    )
    visit.interview().answer(critical, "5")
    window = window_at(qtbot, bare_place, visit.destination(Where.RESULTS))
    odd = overview(screen_of(window, ResultsScreen)).odd
    qtbot.waitUntil(odd.isVisible)
    button = next(b for b in odd.findChildren(QPushButton) if b.text() == "Zur Frage")
    button.click()
    settle(qtbot)
    shown = screen_of(window, InterviewScreen).conduct.current
    assert shown == odd.findings[0].questions[0]
    close(window)
