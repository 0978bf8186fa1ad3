"""What is typed or pasted into a cell, as a form value and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.cell_values import (
    CellKind,
    Choice,
    NotUnderstood,
    form_value,
    plain,
    read_day,
    read_number,
    shown,
)

TODAY = date(2026, 11, 22)
YES_NO = (Choice("yes", "Ja"), Choice("no", "Nein"))
GROUPS = (
    Choice("g5", "5 – Motorguss, Kurbelwellen"),
    Choice("g3", "3 – Kupplung, Bremse, Fahrwerk"),
    Choice("g0", "0 – Batterie, Leistungselektronik"),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"),
        ("12,5 %", "12.5"),
        ("12,5\u202f%", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12.5", "12.5"),
        ("1 234,5 €", "1234.5"),
        ("-3,0", "-3.0"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_a_german_writes_it(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "zwölf", "12,5,6", "1e400", "NaN", "∞", "٣", "%", "12 Stück"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("4.1.29", date(2029, 1, 4)),
        ("24.11.61", date(1961, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24 00:00:00", date(2026, 11, 24)),
        ("31.02.2026", None),
        ("2026", None),
        ("morgen", None),
    ],
)
def test_a_day_is_read_in_german_and_iso(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (CellKind.WORDS, "  Kurbelwellen ", "Kurbelwellen"),
        (CellKind.WHOLE, "1.200", "1200"),
        (CellKind.WHOLE, "12,0", "12"),
        (CellKind.WHOLE, "31.12.2029", "2029"),
        (CellKind.DECIMAL, "12,50", "12.5"),
        (CellKind.DAY, "24.11.2026", "2026-11-24"),
        (CellKind.DECIMAL, "   ", ""),
    ],
)
def test_what_is_typed_becomes_a_form_value(kind: CellKind, text: str, value: str) -> None:
    assert form_value(kind, text, (), TODAY) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("Ja", "yes"), ("j", "yes"), ("x", "yes"), ("NEIN", "no"), ("0", "no"), ("yes", "yes")],
)
def test_yes_and_no_are_understood(text: str, value: str) -> None:
    assert form_value(CellKind.CHOICE, text, YES_NO, TODAY) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("g5", "g5"), ("Gruppe 5", "g5"), ("3 – kupplung", "g3"), ("5", "g5"), ("0", "g0")],
)
def test_a_choice_is_found_by_name_text_or_figure(text: str, value: str) -> None:
    assert form_value(CellKind.CHOICE, text, GROUPS, TODAY) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (CellKind.WHOLE, "12,5"),
        (CellKind.WHOLE, "viele"),
        (CellKind.DECIMAL, "ca. 12"),
        (CellKind.DAY, "Frühjahr"),
        (CellKind.CHOICE, "vielleicht"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(kind: CellKind, text: str) -> None:
    with pytest.raises(NotUnderstood, match=r"\.$"):
        form_value(kind, text, YES_NO, TODAY)


def test_several_choices_are_joined_once_each() -> None:
    assert form_value(CellKind.CHOICES, "nein, ja; nein", YES_NO, TODAY) == "no yes"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (CellKind.DECIMAL, "12.5", "12,5"),
        (CellKind.WHOLE, "2029", "2029"),
        (CellKind.DAY, "2026-11-24", "24.11.2026"),
        (CellKind.CHOICE, "no", "Nein"),
        (CellKind.CHOICES, "no yes", "Nein, Ja"),
        (CellKind.CHOICE, "gone", "gone"),
        (CellKind.DAY, "bald", "bald"),
    ],
)
def test_a_form_value_is_shown_in_german(kind: CellKind, value: str, text: str) -> None:
    assert shown(kind, value, YES_NO) == text


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_survives_being_shown_and_typed_again(number: Decimal) -> None:
    value = plain(number)

    typed = shown(CellKind.DECIMAL, value)

    assert form_value(CellKind.DECIMAL, typed, (), TODAY) == value


@given(st.dates(date(1930, 1, 1), date(2080, 1, 1)))
def test_a_day_survives_being_shown_and_typed_again(day: date) -> None:
    typed = shown(CellKind.DAY, day.isoformat())

    assert form_value(CellKind.DAY, typed, (), TODAY) == day.isoformat()


@given(st.text(), st.sampled_from(list(CellKind)))
def test_any_text_is_either_read_or_refused_with_a_sentence(text: str, kind: CellKind) -> None:
    said = "."
    try:
        form_value(kind, text, GROUPS, TODAY)
    except NotUnderstood as reason:
        said = str(reason)

    assert said.endswith(".")
