"""The calendar file, read back by a strict reader of the rules of RFC 5545."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.report.calendar_file import CalendarEntry, calendar_file
from tests.report.calendar_reading import read, unescaped, unfolded

STAMP = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=1)))
_TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


def entry(summary: str = "Wiedervorlage", details: str = "") -> CalendarEntry:
    return CalendarEntry("0198@desktop-advisor", date(2027, 2, 28), summary, details)


def test_an_entry_is_a_whole_day_that_ends_with_the_next() -> None:
    (event,) = read(calendar_file([entry()], STAMP))
    assert event == {
        "UID": "0198@desktop-advisor",
        "DTSTAMP": "20261124T083000Z",
        "DTSTART;VALUE=DATE": "20270228",
        "DTEND;VALUE=DATE": "20270301",
        "SUMMARY": "Wiedervorlage",
        "TRANSP": "TRANSPARENT",
    }


def test_the_calendar_says_which_version_and_who_wrote_it() -> None:
    lines = unfolded(calendar_file([entry()], STAMP))
    assert lines[1] == "VERSION:2.0"
    assert lines[2].startswith("PRODID:-//")


@given(st.lists(st.tuples(_TEXTS, _TEXTS), max_size=3))
def test_any_text_survives_writing_and_reading(texts: list[tuple[str, str]]) -> None:
    events = read(calendar_file([entry(one, other) for one, other in texts], STAMP))
    for event, (summary, details) in zip(events, texts, strict=True):
        assert unescaped(event["SUMMARY"]) == printable(summary)
        assert unescaped(event.get("DESCRIPTION", "")) == (printable(details))


def printable(text: str) -> str:
    lines = "\n".join(text.splitlines())
    return "".join(c for c in lines if c == "\n" or (ord(c) >= 32 and ord(c) != 127))


def test_a_long_umlaut_title_is_folded_between_characters() -> None:
    title = "Prüfgerätemanagement für Öfen; Größe, Maß " * 6
    content = calendar_file([entry(title)], STAMP)
    assert b"\r\n " in content
    (event,) = read(content)
    assert unescaped(event["SUMMARY"]) == title


def test_a_title_cannot_smuggle_in_a_line_of_its_own() -> None:
    (event,) = read(calendar_file([entry("Audit\r\nATTENDEE:mailto:x@example.org")], STAMP))
    assert "ATTENDEE" not in event
    assert unescaped(event["SUMMARY"]) == "Audit\nATTENDEE:mailto:x@example.org"


def test_a_stamp_without_a_zone_is_not_guessed() -> None:
    stamped = calendar_file([entry()], datetime(2026, 11, 24, 8, 30, tzinfo=UTC))
    assert b"DTSTAMP:20261124T083000Z" in stamped


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nSUMMARY:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_the_reader_refuses_what_the_rules_forbid(broken: bytes) -> None:
    with pytest.raises(AssertionError):
        read(broken)
