"""Chapter Maßnahmenplan: every field as it was agreed, and the same in time."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from desktop_advisor.report.chapter_plan import chart_of
from desktop_advisor.report.plan_model import Measure
from tests.report.reading import words_of
from tests.report.sample import sample_report


def printed(*measures: Measure) -> str:
    return words_of(msgspec.structs.replace(sample_report(), measures=measures))


@pytest.fixture(scope="module")
def words() -> str:
    return words_of(sample_report())


@pytest.mark.parametrize(
    "part",
    [
        "ab 01.12.2026 bis 31.01.2027",
        "Grundlage für Gespräche mit Kunden und Bank",
        "Umsatz mit Auslauf bis 2030 ohne Folgeauftrag ist beziffert",
        "Beginnt nach Maßnahme 1.",
        "umgesetzt am 10.11.2026",
        "Wirkung (20.11.2026) Drei Abwärmequellen beziffert",
        "noch zu benennen Frist offen",
        "solange das Warnzeichen besteht",
        "01.02.2027–31.03.2027 · vereinbart · kritische Kette",
        "ohne Termin · vereinbart",
    ],
)
def test_the_chapter_says(words: str, part: str) -> None:
    assert part in words


def test_without_any_date_there_is_a_table_and_no_timeline() -> None:
    words = printed(Measure(title="Audit"))
    assert "Frist offen" in words
    assert "Zeitplan" not in words


def test_a_plan_of_fifty_measures_goes_on_over_pages() -> None:
    plan = [Measure(title=f"Schritt {n}", due_on=date(2027, 1, n % 28 + 1)) for n in range(1, 51)]
    words = printed(*plan)
    assert all(f"Schritt {n} " in words for n in range(1, 51))


def test_the_bars_carry_the_numbers_of_the_table_and_their_links() -> None:
    chart = chart_of(
        (
            Measure(title="B", due_on=date(2027, 2, 1), waits_for=2),
            Measure(title="A", due_on=date(2027, 1, 1)),
        ),
        date(2026, 11, 24),
    )
    assert [bar.label for bar in chart.bars] == ["2  A", "1  B"]
    assert chart.links() == ((0, 1),)
