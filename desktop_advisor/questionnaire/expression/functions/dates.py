"""Dates and times of ODK XForms; a date without an offset is meant in the context's zone."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import datetime

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.functions.signature import Function, text
from desktop_advisor.questionnaire.expression.moments import (
    INVALID,
    day_fraction,
    days_of,
    moment_of,
    pad_date,
    parse_time,
    time_of_days,
)
from desktop_advisor.questionnaire.expression.values import Value, to_string

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _now(context: Context) -> Value:
    return moment_of(context.world.now(), context.zone)


def _today(context: Context) -> Value:
    local = context.world.now().astimezone(context.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment_of(midnight, context.zone)


def _time(context: Context, argument: Compiled) -> datetime | Value:
    """The point in time an argument names; a value where there is none."""
    value = argument(context)
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        time = time_of_days(value, context.zone)
    else:
        written = to_string(value)
        if written == "":
            return ""
        time = parse_time(pad_date(written), context.zone)
    return INVALID if time is None else time


def _date(context: Context, argument: Compiled) -> Value:
    time = _time(context, argument)
    return moment_of(time, context.zone) if isinstance(time, datetime) else time


def _decimal_date_time(context: Context, argument: Compiled) -> Value:
    time = _time(context, argument)
    return days_of(time) if isinstance(time, datetime) else math.nan


def _decimal_time(context: Context, argument: Compiled) -> Value:
    return day_fraction(text(context, argument), context.zone)


_Codes = dict[str, Callable[[datetime], str]]

_DATE_CODES: _Codes = {
    "%Y": lambda time: f"{time.year:04}",
    "%y": lambda time: f"{time.year % 100:02}",
    "%m": lambda time: f"{time.month:02}",
    "%n": lambda time: str(time.month),
    "%b": lambda time: _MONTHS[time.month - 1],
    "%d": lambda time: f"{time.day:02}",
    "%e": lambda time: str(time.day),
    "%a": lambda time: _WEEKDAYS[time.weekday()],
}
"""ODK XForms specification, "format-date": our names of months and days are English as there."""

_TIME_CODES: _Codes = {
    "%H": lambda time: f"{time.hour:02}",
    "%h": lambda time: str(time.hour),
    "%M": lambda time: f"{time.minute:02}",
    "%S": lambda time: f"{time.second:02}",
    "%3": lambda time: f"{time.microsecond // 1000:03}",
}


def _format_date_time(context: Context, argument: Compiled, pattern: Compiled) -> Value:
    return _formatted(context, argument, pattern, _DATE_CODES | _TIME_CODES)


def _format_date(context: Context, argument: Compiled, pattern: Compiled) -> Value:
    return _formatted(context, argument, pattern, _DATE_CODES)


def _formatted(context: Context, argument: Compiled, pattern: Compiled, codes: _Codes) -> str:
    """The pattern with the codes filled in; "" for what is not written as a date (web-forms)."""
    time = parse_time(text(context, argument), context.zone)
    if time is None:
        return ""

    def part(match: re.Match[str]) -> str:
        return codes[match[0]](time)

    return re.sub("|".join(codes), part, text(context, pattern))


DATES = {
    "now": Function(0, 0, _now),
    "today": Function(0, 0, _today),
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, _decimal_date_time),
    "decimal-time": Function(1, 1, _decimal_time),
    "format-date": Function(2, 2, _format_date),
    "format-date-time": Function(2, 2, _format_date_time),
}
