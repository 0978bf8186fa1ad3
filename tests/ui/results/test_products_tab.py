"""Produkte: the thermometer, what opens behind each figure, and scenarios that follow the knob."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.results.products.overview_card import ExposureCard
from desktop_advisor.ui.results.products.section import ProductsSection
from desktop_advisor.ui.results.products.stack import StackBars
from desktop_advisor.ui.results.screen import ResultsScreen
from desktop_advisor.ui.widgets import FigureButton
from desktop_advisor.usecases.exposure import show_exposure, undo_scenario
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park
from tests.ui.consultation import (
    Consultation,
    begin,
    close,
    screen_of,
    settle,
    visible_words,
    window_at,
)
from tests.ui.product_rows import FOUNDRY_ROWS


@pytest.fixture
def visit(bare_place: Workplace) -> Consultation:
    made = begin(bare_place)
    made.interview().answer("d01_strategy", "3")
    return made


@pytest.fixture
def screen(qtbot: QtBot, visit: Consultation) -> Iterator[ResultsScreen]:
    window = window_at(qtbot, visit.place, visit.destination(Where.RESULTS, "overview"))
    yield screen_of(window, ResultsScreen)
    settle(qtbot)
    close(window)


def opened(qtbot: QtBot, visit: Consultation) -> ProductsSection:
    """The tab by itself."""
    section = ProductsSection(visit.place, show_results(visit.place, visit.case_id))
    qtbot.addWidget(section)
    section.resize(1100, 700)
    section.show()
    settle(qtbot)
    return section


def with_products(visit: Consultation) -> None:
    visit.interview().fill_rows("products", FOUNDRY_ROWS)


def remaining(visit: Consultation) -> dict[int, Decimal]:
    view = show_exposure(visit.place, visit.case_id)
    return {s.year: s.remaining for s in view.scenarios}


def test_without_a_list_the_tab_leads_into_the_table(qtbot: QtBot, visit: Consultation) -> None:
    section = opened(qtbot, visit)
    assert "Noch keine Produktliste" in visible_words(section)
    assert section.empty is not None
    button = section.empty.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(section.navigate) as gone:
        button.click()
    assert gone.args == [
        Destination(
            Where.INTERVIEW,
            company_id=visit.company_id,
            case_id=visit.case_id,
            visit_id=visit.visit_id,
            focus="products",
        )
    ]
    settle(qtbot)


def test_a_parked_section_says_so(qtbot: QtBot, visit: Consultation) -> None:
    park(visit.place, visit.case_id, "D02")
    assert "zurückgestellt" in visible_words(opened(qtbot, visit))


def test_the_big_number_opens_its_arithmetic(qtbot: QtBot, visit: Consultation) -> None:
    with_products(visit)
    section = opened(qtbot, visit)
    assert section.figures is not None
    big = section.figures.big
    assert big is not None
    assert big.text() == "72,5\u202f%"
    big.click()
    assert big.sheet is not None
    about = big.sheet.derivation
    assert "52,0 · 100" in about.formula
    assert "CATI" in about.source
    big.sheet.close_sheet()


def test_every_figure_has_a_name_to_be_heard(qtbot: QtBot, visit: Consultation) -> None:
    with_products(visit)
    section = opened(qtbot, visit)
    names = [b.accessibleName() for b in section.findChildren(FigureButton)]
    assert len(names) >= 12
    assert all("Rechenweg zeigen" in name for name in names)
    (bars,) = section.findChildren(StackBars)
    assert "Gruppe 5: ganz vom Verbrenner abhängig: 52,0\u202f% vom Umsatz" in bars.accessibleName()
    assert "nicht zugeordnet: 11,0\u202f% vom Umsatz" in bars.accessibleName()


def test_unassigned_turnover_and_open_follow_ons_are_said(
    qtbot: QtBot, visit: Consultation
) -> None:
    with_products(visit)
    words = visible_words(opened(qtbot, visit))
    assert "11,0\u202f% vom Umsatz sind keiner Antriebsgruppe zugeordnet." in words
    assert "Serienende 2031 · Folgeauftrag noch offen" in words
    assert "Folgeauftrag offen 13,5\u202f% · zugesagt 14,0\u202f%" in words


def test_a_dragged_scenario_only_tries_and_a_given_one_is_kept(
    qtbot: QtBot, visit: Consultation
) -> None:
    with_products(visit)
    card = opened(qtbot, visit).scenarios[2030]
    before = card.figures[0].text()
    card.slider.moved.emit(20)
    assert card.figures[0].text() == "52,0\u202f%" != before
    assert remaining(visit)[2030] == Decimal("0.6")
    card.slider.given.emit(10)
    assert remaining(visit)[2030] == Decimal("0.5")
    assert "In der Beratung gesetzt" in visible_words(card)
    assert undo_scenario(visit.place, visit.case_id) == 2030


def test_the_knob_listens_to_the_keyboard(qtbot: QtBot, visit: Consultation) -> None:
    with_products(visit)
    card = opened(qtbot, visit).scenarios[2035]
    QTest.keyClick(card.slider, Qt.Key.Key_Right)
    assert remaining(visit)[2035] == Decimal("0.05")
    assert "2035: noch 5\u202f% des heutigen Verbrennervolumens" in card.slider.accessibleName()
    QTest.keyClick(card.slider, Qt.Key.Key_Left)
    assert not show_exposure(visit.place, visit.case_id).scenarios[1].is_own


def test_a_bundled_assumption_is_chosen_and_given_up_by_a_button(
    qtbot: QtBot, visit: Consultation
) -> None:
    with_products(visit)
    card = opened(qtbot, visit).scenarios[2035]
    law, proposal = card.variants
    assert law.text().startswith("✓")
    proposal.click()
    assert remaining(visit)[2035] == Decimal("0.1")
    assert "16.12.2025" in visible_words(card)
    assert proposal.text().startswith("✓")
    law.click()
    assert remaining(visit)[2035] == Decimal(0)
    assert "In der Beratung gesetzt" not in visible_words(card)


def test_the_screen_counts_a_scenario_as_unsent(qtbot: QtBot, visit: Consultation) -> None:
    with_products(visit)
    section = opened(qtbot, visit)
    with qtbot.waitSignal(section.committed):
        section.scenarios[2030].slider.given.emit(3)


def test_under_sixty_percent_the_number_gives_way_to_its_bounds(
    qtbot: QtBot, visit: Consultation
) -> None:
    visit.interview().fill_rows("products", FOUNDRY_ROWS[:1])
    section = opened(qtbot, visit)
    assert section.figures is not None
    assert section.figures.big is None
    words = visible_words(section)
    assert "keine belastbare Aussage nach Umsatz" in words
    assert "zwischen 52,0\u202f% und 100,0\u202f%" in words


# -- on the overview -------------------------------------------------------------------------


@pytest.fixture
def overview(qtbot: QtBot, screen: ResultsScreen, visit: Consultation) -> ExposureCard:
    with_products(visit)
    screen.open_tab("overview")
    settle(qtbot)
    assert screen.section is not None
    (card,) = screen.section.findChildren(ExposureCard)
    return card


def test_the_overview_names_the_exposure_and_what_ends(overview: ExposureCard) -> None:
    words = visible_words(overview)
    assert "Produktexposition Verbrenner" in words
    assert "72,5\u202f%" in words
    assert "52,0\u202f%" in words
    assert "mit Auslauf bis 2030 ohne Folgeauftrag" in words


def test_the_overview_leads_to_the_products(
    qtbot: QtBot, screen: ResultsScreen, overview: ExposureCard
) -> None:
    assert screen.section is not None
    with qtbot.waitSignal(screen.section.navigate) as gone:
        overview.more.click()
    assert gone.args is not None
    assert (gone.args[0].where, gone.args[0].focus) == (Where.RESULTS, "products")
    settle(qtbot)


def test_without_a_list_the_overview_keeps_quiet(qtbot: QtBot, screen: ResultsScreen) -> None:
    settle(qtbot)
    assert screen.section is not None
    (card,) = screen.section.findChildren(ExposureCard)
    assert not card.isVisible()


def test_an_end_that_nobody_named_is_not_called_zero(
    qtbot: QtBot, screen: ResultsScreen, visit: Consultation
) -> None:
    visit.interview().fill_rows(
        "products", [{"product_name": "Guss", "product_share": "100", "product_cati": "5"}]
    )
    screen.open_tab("overview")
    settle(qtbot)
    assert "Serienenden sind noch nicht erfasst." in visible_words(screen)
    assert "Noch steht in keiner Zeile" in visible_words(opened(qtbot, visit))
