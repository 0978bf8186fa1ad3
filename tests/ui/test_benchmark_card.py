"""Neben ähnlichen Betrieben: a mean is said as a mean, the middle half as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_advisor.assessment.benchmarks import Group
from desktop_advisor.ui.results.comparison.benchmark_card import BenchmarkCard
from desktop_advisor.usecases.benchmarking import BenchmarkRow, Benchmarks


def words(qtbot: QtBot, group: Group) -> str:
    row = BenchmarkRow("D07", "Qualifizierung", Decimal("1.5"), group)
    card = BenchmarkCard(Benchmarks((row,), "ITAS", date(2026, 11, 23)))
    qtbot.addWidget(card)
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_a_mean_stands_with_the_least_number_of_firms(qtbot: QtBot) -> None:
    group = Group(dimension="D07", size="medium", firms=20, is_at_least=True, mean=Decimal("2.4"))
    assert "Durchschnitt 2,4 · n ≥ 20" in words(qtbot, group)


def test_the_middle_half_stands_with_its_number_of_firms(qtbot: QtBot) -> None:
    middle = {"median": Decimal(2), "lower": Decimal(1), "upper": Decimal(3)}
    group = Group(dimension="D07", size="medium", firms=12, **middle)
    assert "Mitte 2,0 · die mittlere Hälfte 1,0 bis 3,0 · n = 12" in words(qtbot, group)
