"""What a typed value looks like in the instance (ODK XForms, "Data types"; getodk/web-forms).

Text that does not fit its type reads as empty instead of stopping the form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from desktop_advisor.questionnaire.expression.values import plain_number
from desktop_advisor.questionnaire.xform.model import Control

_INT_BOUND = 2_147_483_648
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}(:\d{2}(:\d{2}(\.\d+)?)?)?)?", re.ASCII)
_TIME = re.compile(
    r"(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[-+](?:0\d|1[0-4]):[0-5]\d)?", re.ASCII | re.IGNORECASE
)


def normalized(value: str, type_name: str) -> str:
    """The value as that type writes it; unknown types keep it as it is."""
    work = _TYPES.get(type_name)
    return value if work is None or value == "" else work(value)


def bounded(value: str, control: Control | None) -> str:
    """The value, or "" where it is outside the bounds of a range (web-forms)."""
    return value if control is None or control.kind != "range" or _is_within(control, value) else ""


def _is_within(control: Control, value: str) -> bool:
    number = plain_number(value)
    start, end = (plain_number(control.parameters.get(name, "")) for name in ("start", "end"))
    return not math.isfinite(start + end) or not (number < start or number > end)


def _integer(value: str) -> str:
    """Decimals are cut towards zero, as Collect does."""
    number = plain_number(value)
    if not math.isfinite(number) or not -_INT_BOUND <= number < _INT_BOUND:
        return ""
    return str(math.trunc(number))


def _decimal(value: str) -> str:
    """Written out, with a decimal point even where it is whole: "10.0" (web-forms, Collect)."""
    number = plain_number(value)
    if not math.isfinite(number):
        return ""
    written = format(Decimal(repr(number)), "f")
    return written if "." in written else f"{written}.0"


def _date(value: str) -> str:
    match = _DATE.fullmatch(value)
    if match is None:
        return ""
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return ""


def _time(value: str) -> str:
    """Seconds are needed, an offset is not, and at most 14 hours (web-forms)."""
    match = _TIME.fullmatch(value)
    if match is None:
        return ""
    try:
        time.fromisoformat(match[1][:8])
    except ValueError:
        return ""
    return value


def _date_time(value: str) -> str:
    day, separator, clock_time = value.partition("T")
    is_whole = bool(separator) and _date(day) == day and _time(clock_time) != ""
    return value if is_whole else ""


def _point(value: str) -> str:
    """Latitude and longitude, perhaps altitude and accuracy, each as a decimal."""
    try:
        numbers = [float(part) for part in value.split()]
    except ValueError:
        return ""
    if not 2 <= len(numbers) <= 4:
        return ""
    return " ".join(repr(number) for number in numbers)


def _trace(value: str) -> str:
    points = [_point(part) for part in value.split(";") if part.strip()]
    return "" if "" in points else ";".join(points)


_TYPES: dict[str, Callable[[str], str]] = {
    "int": _integer,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _date_time,
    "geopoint": _point,
    "geotrace": _trace,
    "geoshape": _trace,
}
