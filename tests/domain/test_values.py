"""Plain values: identifiers, size classes, German figures."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from desktop_advisor.domain.answers import AnswerState, Response
from desktop_advisor.domain.company_size import SizeClass, size_class
from desktop_advisor.domain.german import counted, long_day, one_digit, percent
from desktop_advisor.domain.identifiers import answer_id, new_id
from desktop_advisor.domain.regions import county_name


def test_ids_of_one_moment_keep_the_order_in_which_they_were_made() -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    made = [new_id(now) for _ in range(200)]
    turns = sum(later < earlier for earlier, later in pairwise(made))
    assert turns <= 1  # the counter begins anew once in 16,384
    assert len(set(made)) == 200
    assert {made[0].version, made[0].variant} == {7, uuid.RFC_4122}


def test_a_new_id_is_a_uuid7_that_sorts_by_birth() -> None:
    now = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    first, second = new_id(now), new_id(now + timedelta(milliseconds=2))
    assert first.version == 7
    assert first < second


def test_two_laptops_derive_the_same_answer_id() -> None:
    assessment = new_id(datetime(2026, 1, 1, tzinfo=UTC))
    assert answer_id(assessment, "d01_strategy") == answer_id(assessment, "d01_strategy")
    assert answer_id(assessment, "d01_strategy") != answer_id(assessment, "d01_customers")


# Vectors of domain §4 for a single enterprise.
@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        ("9", "1.9", None, SizeClass.MICRO),
        ("9", "2.5", "1.8", SizeClass.MICRO),
        ("49", "10.0", None, SizeClass.SMALL),
        ("249", "60", "42", SizeClass.MEDIUM),
        ("250", "5", None, SizeClass.LARGE),
        ("20", None, None, SizeClass.UNDETERMINED),
    ],
)
def test_size_classes_follow_the_recommendation(
    staff: str, turnover: str | None, balance: str | None, expected: SizeClass
) -> None:
    money = [Decimal(m) if m else None for m in (turnover, balance)]
    assert size_class(Decimal(staff), money[0], money[1]) is expected


@pytest.mark.parametrize("form_value", ["", "0", "5", "na", "dk", "kv", "a b"])
def test_a_response_round_trips_through_its_form_value(form_value: str) -> None:
    assert Response.of(form_value).form_value == form_value


def test_confidential_is_distinct_from_open() -> None:
    assert Response.of("kv").state is AnswerState.CONFIDENTIAL
    assert Response.of("").state is AnswerState.OPEN


def test_figures_read_german_and_round_half_up() -> None:
    assert one_digit(Decimal("2.25")) == "2,3"
    assert percent(Decimal(5) / 7) == "71\u202f%"
    assert long_day(date(2026, 11, 24)) == "Dienstag, 24. November"
    assert counted(1, "Änderung", "Änderungen") == "1 Änderung"
    assert counted(0, "Änderung", "Änderungen") == "keine Änderungen"


def test_a_county_is_known_by_the_municipality_key() -> None:
    assert county_name("14524330") == "Zwickau"
    assert county_name("99999") == ""
