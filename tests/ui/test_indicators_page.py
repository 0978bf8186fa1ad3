"""Kennzahlen on screen: period, preview that is what the file holds, and arithmetic on tap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_advisor.ui.companies.indicators_page import IndicatorsPage
from desktop_advisor.ui.companies.screen import CompaniesScreen
from desktop_advisor.ui.destinations import Destination, Where
from desktop_advisor.ui.shell import MainWindow
from desktop_advisor.ui.theme.apply import apply_theme
from desktop_advisor.ui.theme.tokens import DARK
from desktop_advisor.ui.widgets import FigureButton
from desktop_advisor.usecases.company_file import show_company_file
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace
from tests.ui.consultation import close, screen_of, settle, visible_words, window_at
from tests.ui.sample import foundry
from tests.ui.test_every_screen import clipped, unnamed


@pytest.fixture
def agreed(place: Workplace) -> Workplace:
    visit = show_company_file(place, foundry(place)).visits[0]
    by = "Sabine Hartmann"
    record_consent(place, visit.visit_id, "statistics", granted=True, given_by=by)
    return place


@pytest.fixture
def window(qtbot: QtBot, agreed: Workplace) -> Iterator[MainWindow]:
    made = window_at(qtbot, agreed, Destination(Where.COMPANIES))
    screen_of(made, CompaniesScreen).show_indicators()
    settle(qtbot)
    yield made
    close(made)


@pytest.fixture
def page(window: MainWindow) -> IndicatorsPage:
    return screen_of(window, CompaniesScreen).indicators


def choose(qtbot: QtBot, page: IndicatorsPage, first: str, last: str) -> None:
    page.show_span("free")
    settle(qtbot)
    for key, text in (("first", first), ("last", last)):
        edit = page.days.edit(key)
        assert isinstance(edit, QLineEdit)
        edit.setText(text)
    page.count()
    settle(qtbot)


def test_the_list_leads_to_the_indicators_and_back(
    window: MainWindow, page: IndicatorsPage
) -> None:
    screen = screen_of(window, CompaniesScreen)
    assert page.isVisible()
    assert screen.title() == "Kennzahlen für die Förderstelle"
    (back,) = screen.secondary()
    back.run()

    assert not page.isVisible()
    labels = [action.label for action in screen.secondary()]
    assert labels == ["PDF prüfen", "Kennzahlen für die Förderstelle"]


def test_this_year_is_counted_at_once_and_no_company_is_named(page: IndicatorsPage) -> None:
    assert page.report is not None
    assert (page.report.first, page.report.last) == (date(2026, 1, 1), date(2026, 11, 24))
    words = visible_words(page)
    assert "1 Fall ohne Einwilligung zur Statistik" in words
    assert "Weniger als drei Unternehmen: nicht aufgeschlüsselt." in words
    assert "Muldental" not in words
    assert "Hartmann" not in words


def test_the_last_quarter_and_days_of_ones_own(qtbot: QtBot, page: IndicatorsPage) -> None:
    page.show_span("quarter")
    settle(qtbot)
    assert page.report is not None
    assert (page.report.first, page.report.last) == (date(2026, 7, 1), date(2026, 9, 30))

    choose(qtbot, page, "1.11.2026", "24.11.2026")
    assert (page.report.first, page.report.last) == (date(2026, 11, 1), date(2026, 11, 24))


def test_a_period_that_ends_too_early_cannot_be_saved(qtbot: QtBot, page: IndicatorsPage) -> None:
    choose(qtbot, page, "24.11.2026", "1.11.2026")

    assert "Der Zeitraum endet, bevor er beginnt." in visible_words(page)
    assert not page.save.isEnabled()


def test_a_figure_opens_its_arithmetic(page: IndicatorsPage) -> None:
    button = page.findChildren(FigureButton)[0]
    button.click()

    assert button.sheet is not None
    assert button.sheet.derivation.title == "Unternehmen"
    assert "24.11.2026" in button.sheet.derivation.formula
    button.sheet.close_sheet()


@pytest.mark.parametrize("name", ["kennzahlen.xlsx", "kennzahlen.csv"])
def test_the_file_holds_what_is_shown(
    qtbot: QtBot, page: IndicatorsPage, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    page.write(target)
    settle(qtbot)

    assert str(target) in visible_words(page)
    if name.endswith("xlsx"):
        assert load_workbook(target)["Überblick"]["B2"].value == 1
    else:
        said = target.read_text(encoding="utf-8-sig")
        assert "Überblick;Unternehmen;Wert;1" in said


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_no_word_is_clipped_and_nothing_unnamed(
    qtbot: QtBot, qapp: QApplication, agreed: Workplace, scale: float
) -> None:
    apply_theme(qapp, DARK, scale)
    window = window_at(qtbot, agreed, Destination(Where.COMPANIES))
    screen_of(window, CompaniesScreen).show_indicators()
    QThreadPool.globalInstance().waitForDone(5000)
    qtbot.waitUntil(lambda: clipped(window) == [], timeout=2000)
    assert unnamed(window) == []
    close(window)
