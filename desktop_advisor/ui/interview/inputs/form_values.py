"""What is typed in German as the value the form keeps, and back.

Form values are those of XForms: numbers with a point, ISO dates and times (ODK XForms
specification, "Data Types").
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication

from desktop_advisor.domain.german import BERLIN, clock_time, short_date
from desktop_advisor.ui.widgets.field import NotUnderstood
from desktop_advisor.ui.widgets.inputs import parsed_date

translate = QCoreApplication.translate

_GROUPED = re.compile(r"^-?\d{1,3}(\.\d{3})+(,\d+)?$")
_PLAIN = re.compile(r"^-?\d*([.,]\d+)?$")
_TIME = re.compile(r"^(\d{1,2})(?:[:.]?([0-5]\d))?$")
_GROUPS_FROM = 5
"""Digits from which a number is shown in groups of three (DIN 1333: four digits stay together)."""


def read_integer(text: str) -> str:
    """ "1.234" → "1234"; "" stays "". Raises NotUnderstood."""
    number = _number(text)
    if number is not None and ("," in text or number != number.to_integral_value()):
        number = None
    if number is None and text.strip():
        raise NotUnderstood(translate("answers", "Bitte eine ganze Zahl eingeben."))
    return "" if number is None else str(int(number))


def read_decimal(text: str) -> str:
    """ "1.234,5" → "1234.5", "12.5" → "12.5"; "" stays "". Raises NotUnderstood."""
    number = _number(text)
    if number is None and text.strip():
        raise NotUnderstood(translate("answers", "Bitte eine Zahl eingeben, zum Beispiel 12,5."))
    return "" if number is None else plain(number)


def plain(number: Decimal) -> str:
    """The shortest way to write it, with a point and without an exponent."""
    shortest = number.normalize()
    return "0" if not shortest else f"{shortest:f}"


def _number(text: str) -> Decimal | None:
    """A point is a decimal point unless it can only be grouping: "12.5", but "1.250"."""
    typed = re.sub(r"[\s\u202f\u00a0]", "", text).replace("\u2212", "-").removeprefix("+")
    if _GROUPED.match(typed):
        typed = typed.replace(".", "")
    elif not _PLAIN.match(typed):
        return None
    try:
        return Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None


def shown_number(value: str) -> str:
    """ "17400.5" → "17.400,5"; what is no number is shown as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    whole, _, fraction = plain(number).partition(".")
    digits = whole.removeprefix("-")
    if len(digits) >= _GROUPS_FROM:
        digits = f"{int(digits):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") else ""
    return sign + digits + (f",{fraction}" if fraction else "")


def read_day(text: str, today: date) -> str:
    """ "22.11.26" → "2026-11-22"; "" stays "". Raises NotUnderstood."""
    if not text.strip():
        return ""
    day = parsed_date(text, today)
    if day is None:
        raise NotUnderstood(
            translate("answers", "Bitte ein Datum eingeben, zum Beispiel 24.11.2026.")
        )
    return day.isoformat()


def shown_day(value: str) -> str:
    """ "2026-11-22" → "22.11.2026"; what is no day is shown as it is."""
    try:
        return short_date(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def read_time(text: str) -> str:
    """ "8", "8.30", "0830" → "08:30"; "" stays "". Raises NotUnderstood."""
    typed = text.strip().lower().removesuffix("uhr").strip()
    if not typed:
        return ""
    found = _TIME.match(typed)
    if found is None or int(found[1]) > 23:
        raise NotUnderstood(
            translate("answers", "Bitte eine Uhrzeit eingeben, zum Beispiel 08:30.")
        )
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


def shown_time(value: str) -> str:
    """ "09:30:00.000+01:00" → "09:30"; what is no time is shown as it is."""
    return value[:5] if re.match(r"^\d\d:\d\d", value) else value


def read_moment(day: str, clock: str, today: date) -> str:
    """Day and time on a German clock → "2026-11-22T09:30:00.000+01:00"; "" for neither.

    Raises: NotUnderstood, also when only one of them is there.
    """
    read = read_day(day, today), read_time(clock)
    if not any(read):
        return ""
    if not read[0]:
        raise NotUnderstood(translate("answers", "Bitte auch das Datum eingeben."))
    if not read[1]:
        raise NotUnderstood(translate("answers", "Bitte auch die Uhrzeit eingeben."))
    moment = datetime.combine(date.fromisoformat(read[0]), time.fromisoformat(read[1]), BERLIN)
    return moment.isoformat(timespec="milliseconds")


def shown_moment(value: str) -> tuple[str, str]:
    """Day and time on a German clock; what is no moment stands in the first field as it is."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value, ""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=BERLIN)
    return short_date(moment.astimezone(BERLIN).date()), clock_time(moment)
