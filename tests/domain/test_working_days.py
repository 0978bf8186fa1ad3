"""Days on which one can call a company."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.working_days import (
    easter,
    is_working_day,
    months_later,
    working_day_from,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter_falls_on_its_known_days(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 18),  # Buß- und Bettag
        date(2027, 11, 17),
        date(2027, 3, 26),  # Karfreitag
        date(2027, 5, 6),  # Himmelfahrt
        date(2027, 5, 17),  # Pfingstmontag
        date(2026, 12, 24),
        date(2026, 11, 21),  # Samstag
    ],
)
def test_nobody_is_called_on_a_day_off(day: date) -> None:
    assert not is_working_day(day)


@given(DAYS)
def test_the_next_working_day_is_never_far(day: date) -> None:
    found = working_day_from(day)
    assert is_working_day(found)
    assert day <= found <= day + timedelta(days=6)
    assert found == day or not is_working_day(day)


@given(DAYS, st.integers(0, 24))
def test_months_later_lands_in_the_month_meant(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_the_end_of_a_month_stays_its_end() -> None:
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
