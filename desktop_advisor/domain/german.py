"""Figures, dates and counts as a German reader expects them; an English one in an English page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from desktop_advisor.domain.language import GERMAN, say, spoken

BERLIN = ZoneInfo("Europe/Berlin")
THIN_SPACE = "\u202f"
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def decimal_mark(digits: str) -> str:
    """2.55 → "2,55": a number without thousands as it is written in the language spoken."""
    return digits.replace(".", ",") if spoken() == GERMAN else digits


def grouped(digits: str) -> str:
    """1,234.5 → "1.234,5": the same for a number with its thousands set apart."""
    return digits.translate(str.maketrans(",.", ".,")) if spoken() == GERMAN else digits


def one_digit(value: Decimal) -> str:
    """2.55 → "2,6": one decimal, half-up, decimal comma (domain §3)."""
    return decimal_mark(str(value.quantize(Decimal("0.1"), ROUND_HALF_UP)))


def two_digits(value: Decimal) -> str:
    """0.715 → "0,72": two decimals, half-up; for figures between 0 and 1, which one would level."""
    return decimal_mark(str(value.quantize(Decimal("0.01"), ROUND_HALF_UP)))


def percent(share: Decimal) -> str:
    """0.714 → "71 %": whole percent, half-up, thin space before the sign."""
    return f"{(share * 100).quantize(Decimal(1), ROUND_HALF_UP)}{THIN_SPACE}%"


def long_day(day: date) -> str:
    """Dienstag, 24. November."""
    return f"{_WEEKDAYS[day.weekday()]}, {day.day}. {_MONTHS[day.month - 1]}"


def short_date(day: date) -> str:
    """24.11.2026; 24 Nov 2026 in English."""
    return f"{day:%d.%m.%Y}" if spoken() == GERMAN else english_date(day)


def english_date(day: date) -> str:
    """24 Nov 2026, whatever is spoken."""
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def clock_time(moment: datetime) -> str:
    """09:14, on a German clock."""
    return f"{moment.astimezone(BERLIN):%H:%M}"


def counted(count: int, one: str, many: str) -> str:
    """1 Änderung, 2 Änderungen, keine Änderungen."""
    if count == 0:
        return say("keine {0}").format(many)
    return f"{count} {one if count == 1 else many}"


def figure(value: Decimal | int) -> str:
    """1234.50 → "1.234,5": as exact as it is, without trailing zeros, points between thousands."""
    digits = f"{Decimal(value):,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return grouped(digits)


def euro(amount: Decimal) -> str:
    """2640 → "2.640,00 €": to the cent, half-up, thin space before the sign."""
    cents = f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    return money(grouped(cents))


def money(amount: str) -> str:
    """2.640 → "2.640 €"; €2,640 in English."""
    return f"{amount}{THIN_SPACE}€" if spoken() == GERMAN else f"€{amount}"


def million_euro(amount: Decimal | None) -> str:
    """14.2 → "14,2 Mio. €"; "nicht bekannt" for None."""
    if amount is None:
        return say("nicht bekannt")
    return millions(figure(amount))


def millions(amount: str) -> str:
    """14,2 → "14,2 Mio. €"; €14.2 million in English."""
    if spoken() == GERMAN:
        return f"{amount}{THIN_SPACE}Mio.{THIN_SPACE}€"
    return f"€{amount}{THIN_SPACE}million"
