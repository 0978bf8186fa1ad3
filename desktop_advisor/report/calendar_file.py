"""A calendar file for Outlook and its like: whole-day entries as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_PRODUCT = "-//Desktop Advisor//Wiedervorlage//DE"
_LONGEST_LINE = 75
"""Octets without the line break (RFC 5545 §3.1)."""


@dataclass(frozen=True)
class CalendarEntry:
    """One whole day. uid: the same each time the entry is written, so that it is replaced.

    summary: the line in the calendar; details: what stands below it, "" for nothing.
    """

    uid: str
    day: date
    summary: str
    details: str = ""


def calendar_file(entries: Iterable[CalendarEntry], stamped_at: datetime) -> bytes:
    """The file, UTF-8, lines ended by CRLF and folded.

    stamped_at: when it was written, for DTSTAMP, with a time zone. DTEND is the day after, as it
    does not belong to the event any more (RFC 5545 §3.6.1). Whole days block nobody's time.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN"]
    stamp = f"{stamped_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: CalendarEntry, stamp: str) -> list[str]:
    details = [f"DESCRIPTION:{_escaped(entry.details)}"] if entry.details else []
    return [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(entry.summary)}",
        *details,
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """TEXT of RFC 5545 §3.3.11; control characters have no place in it."""
    lines = "\n".join(text.splitlines())
    kept = "".join(c for c in lines if c == "\n" or (ord(c) >= 0x20 and ord(c) != 0x7F))
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """At most 75 octets a line, never within a character; what follows starts with a blank."""
    parts, room, part = [], _LONGEST_LINE, b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", _LONGEST_LINE - 1
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
