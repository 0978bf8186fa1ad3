"""What is typed in German is read as the value the form keeps, or refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.ui.interview.inputs.form_values import (
    plain,
    read_decimal,
    read_integer,
    read_moment,
    read_time,
    shown_moment,
    shown_number,
)
from desktop_advisor.ui.widgets.field import NotUnderstood


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1.250", "1250"),
        ("1 250", "1250"),
        (",5", "0.5"),
        ("-3,20", "-3.2"),
        ("\u22124", "-4"),
        ("100", "100"),
        ("", ""),
    ],
)
def test_decimals_are_read_as_germans_write_them(text: str, value: str) -> None:
    assert read_decimal(text) == value


@pytest.mark.parametrize("text", ["viel", "1,2,3", "1.2.3", "12 %", "1e5", "NaN", "-", ","])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_decimal(text)


@pytest.mark.parametrize("text", ["4,5", "4,0", "1.5", "x"])
def test_a_whole_number_has_no_comma(text: str) -> None:
    with pytest.raises(NotUnderstood, match="ganze Zahl"):
        read_integer(text)


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_shown(number: Decimal) -> None:
    assert read_decimal(shown_number(plain(number))) == plain(number)


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_survives_being_shown(number: int) -> None:
    assert read_integer(shown_number(str(number))) == str(number)


@pytest.mark.parametrize(
    ("text", "value"),
    [("8", "08:00"), ("8.30", "08:30"), ("0830", "08:30"), ("17:05 Uhr", "17:05"), ("", "")],
)
def test_times_are_read_as_people_write_them(text: str, value: str) -> None:
    assert read_time(text) == value


@pytest.mark.parametrize("text", ["24:00", "8:75", "halb neun"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_time(text)


def test_a_moment_is_one_on_a_german_clock_in_winter_and_summer() -> None:
    today = date(2026, 11, 22)
    winter = read_moment("22.11.2026", "9:30", today)
    assert winter == "2026-11-22T09:30:00.000+01:00"
    assert read_moment("1.7.", "12", today) == "2026-07-01T12:00:00.000+02:00"
    assert shown_moment(winter) == ("22.11.2026", "09:30")
    assert shown_moment("2026-11-22T08:30:00Z") == ("22.11.2026", "09:30")
    for day, clock in (("22.11.2026", ""), ("", "9:30")):
        with pytest.raises(NotUnderstood, match="auch"):
            read_moment(day, clock, today)
