"""Working days: on which day one can call a company."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_FIXED = {(1, 1), (5, 1), (10, 3), (12, 24), (12, 25), (12, 26), (12, 31)} | {(3, 8), (10, 31)}
"""Nationwide holidays, 24 and 31 December, and 8 March (Berlin), 31 October (Saxony, Brandenburg).

Our choice: a holiday of any of the networks' regions counts everywhere, because the day after it
suits everybody and nobody has to say in which Land a talk is held.
"""


def easter(year: int) -> date:
    """Easter Sunday, Gregorian (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    """Monday to Friday and no holiday."""
    return (
        day.weekday() < 5 and (day.month, day.day) not in _FIXED and day not in _movable(day.year)
    )


def _movable(year: int) -> frozenset[date]:
    """Good Friday, Easter Monday, Ascension, Whit Monday, and Buß- und Bettag (Saxony)."""
    sunday = easter(year)
    penance = date(year, 11, 22) - timedelta(days=(date(year, 11, 22).weekday() - 2) % 7)
    return frozenset({sunday + timedelta(days=n) for n in (-2, 1, 39, 50)} | {penance})


def working_day_from(day: date) -> date:
    """That day, or the next working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last: 30 November + 3 months is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
