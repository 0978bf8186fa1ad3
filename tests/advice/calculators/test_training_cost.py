"""Hours away from work and course become euro."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.calculators.training_cost import Course, calculate_cost

COURSE = Course(
    persons=2,
    hours=Decimal(320),
    wage=Decimal(3600),
    weekly_hours=Decimal("38.5"),
    course_cost=Decimal(4800),
    grant=Decimal(10_000),
)


def test_wage_course_and_grant_make_what_remains() -> None:
    values = [amount.value for amount in calculate_cost(COURSE).amounts]
    assert values == [
        Decimal("16508.73"),
        Decimal("9600.00"),
        Decimal("26108.73"),
        Decimal("16108.73"),
    ]


def test_without_the_hours_nothing_is_said() -> None:
    outcome = calculate_cost(replace(COURSE, hours=None))
    assert outcome.amounts[2].value is None
    assert "nicht bestimmbar" in outcome.sentence


MONEY = st.decimals(0, 20_000, places=2)
HOURS = st.decimals(0, 2000, places=1)


@given(HOURS, HOURS, MONEY, MONEY, st.integers(1, 50))
def test_more_hours_never_cost_less_and_no_grant_exceeds_the_cost(
    one: Decimal, other: Decimal, wage: Decimal, grant: Decimal, persons: int
) -> None:
    fewer, more = sorted((one, other))
    base = replace(COURSE, wage=wage, grant=grant, persons=persons)
    small, large = (calculate_cost(replace(base, hours=hours)).amounts for hours in (fewer, more))
    assert small[2].value is not None
    assert large[2].value is not None
    assert small[2].value <= large[2].value
    assert small[3].value is not None
    assert 0 <= small[3].value <= small[2].value
