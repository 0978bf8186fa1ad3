"""Five counts of staff stay five (domain §4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.domain.headcounts import Count, Staff, headcounts, nis2_in_scope, sgb3_count

STAFF = Staff(
    full_time=100, up_to_30=8, up_to_20=6, up_to_10=4, apprentices=5, insured=117, owners=1
)


def test_the_five_counts_differ_for_the_same_company() -> None:
    found = {h.count: h.value for h in headcounts(STAFF, Decimal("106.5"), Decimal(20), Decimal(9))}
    assert found[Count.UNITS] == Decimal("106.5")
    assert found[Count.SGB3] == Decimal(110)
    assert found[Count.HEADS] == 123
    assert found[Count.INSURED] == 117
    assert len(found) == 5


def test_every_count_brings_its_arithmetic_and_its_law() -> None:
    for count in headcounts(STAFF, Decimal(100), None, None):
        assert count.derivation.source
        assert count.derivation.formula


def test_an_unknown_group_leaves_the_count_open() -> None:
    gap = replace(STAFF, up_to_20=None)
    assert sgb3_count(gap) is None
    found = {h.count: h.value for h in headcounts(gap, None, None, None, heads=120)}
    assert found[Count.HEADS] == 120, "the company file's own figure stands in"


@pytest.mark.parametrize(
    ("units", "turnover", "balance", "expected"),
    [
        (Decimal(50), None, None, True),
        (Decimal(49), Decimal(11), Decimal(11), True),
        (Decimal(49), Decimal(11), Decimal(10), False),
        (Decimal(49), Decimal(11), None, None),
        (Decimal(49), Decimal(5), None, False),
        (None, Decimal(5), Decimal(5), None),
        (None, Decimal(11), Decimal(11), True),
    ],
)
def test_nis2_takes_staff_or_both_financials(
    units: Decimal | None, turnover: Decimal | None, balance: Decimal | None, expected: bool | None
) -> None:
    assert nis2_in_scope(units, turnover, balance) is expected


PERSONS = st.integers(0, 500)


@given(PERSONS, PERSONS, PERSONS, PERSONS)
def test_the_count_of_the_agency_is_never_above_the_persons(a: int, b: int, c: int, d: int) -> None:
    count = sgb3_count(Staff(a, b, c, d))
    assert count is not None
    assert Decimal(a) <= count <= a + b + c + d
