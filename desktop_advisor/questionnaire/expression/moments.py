"""Dates and times as ODK expressions know them: days since 1970-01-01 UTC that print as ISO 8601.

Sources: ODK XForms specification, "Date and time functions"; getodk/web-forms for the texts.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

DAY_MS = 86_400_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[-+]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_UNPADDED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(T.*)?", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}(:\d{2}(\.\d+)?)?([-+]\d{2}(:?\d{2})?)?", re.ASCII)


class Moment(float):
    """A number of days that remembers how it prints; NaN for "Invalid Date"."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, days: float, text: str) -> Moment:
        moment = super().__new__(cls, days)
        moment.text = text
        return moment


INVALID = Moment(math.nan, "Invalid Date")


def moment_of(time: datetime, zone: tzinfo) -> Moment:
    """The moment, printed in that zone: only the date when it is local midnight."""
    return Moment(days_of(time), iso_text(time.astimezone(zone)))


def days_of(time: datetime) -> float:
    """Days since 1970-01-01 UTC, in whole milliseconds like the reference."""
    return ((time - _EPOCH) // timedelta(milliseconds=1)) / DAY_MS


def iso_text(local: datetime) -> str:
    """`2026-11-22`, or `2026-11-22T06:30:00.000-07:00` when it is not midnight."""
    if (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0):
        return f"{local.year:04}-{local.month:02}-{local.day:02}"
    return local.isoformat(timespec="milliseconds")


def time_of_days(days: float, zone: tzinfo) -> datetime | None:
    """The inverse of `days_of`; None outside the calendar (years 1–9999)."""
    if not math.isfinite(days):
        return None
    try:
        return (_EPOCH + timedelta(milliseconds=round(days * DAY_MS))).astimezone(zone)
    except (OverflowError, ValueError):
        return None


def parse_time(text: str, zone: tzinfo) -> datetime | None:
    """An ISO 8601 date or date-time; without an offset it is local. None when it is neither."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    place = _zone_of(offset, zone)
    if place is None:
        return None
    try:
        return datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            _microseconds(fraction),
            tzinfo=place,
        ).astimezone(zone)
    except (ValueError, OverflowError):
        return None


def pad_date(text: str) -> str:
    """`2026-1-2` written as `2026-01-02`; anything else unchanged."""
    match = _UNPADDED.fullmatch(text)
    if match is None:
        return text
    year, month, day, rest = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}{rest or ''}"


def day_fraction(text: str, zone: tzinfo) -> float:
    """`12:00` is 0.5: the part of the local day that has passed; NaN when it is no time.

    A time with "Z" is none either (web-forms); one with an offset is.
    """
    is_time = _TIME.fullmatch(text) is not None
    time = parse_time(f"1970-01-01T{text}", zone) if is_time else None
    if time is None:
        return math.nan
    seconds = time.hour * 3600 + time.minute * 60 + time.second
    return (seconds * 1000 + time.microsecond // 1000) / DAY_MS


def _zone_of(offset: str | None, zone: tzinfo) -> tzinfo | None:
    if offset is None:
        return zone
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:]) if len(offset) > 3 else 0
    if hours > 23 or minutes > 59:
        return None
    sign = -1 if offset[0] == "-" else 1
    return timezone(timedelta(minutes=sign * (hours * 60 + minutes)))


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0")[:6].ljust(6, "0"))
