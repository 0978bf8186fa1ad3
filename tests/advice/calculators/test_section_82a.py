"""§ 82a SGB III: how many must be affected, and what is paid (domain §5b vector)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.calculators.outcome import Holds, Outcome
from desktop_advisor.advice.calculators.section_82a import Plan, calculate_82a, persons_needed
from desktop_advisor.advice.eligibility import Verdict

MET = Plan(
    staff=Decimal(180),
    affected=18,
    persons=10,
    with_child=4,
    hours=Decimal(300),
    net_loss=Decimal(2100),
    months=Decimal(3),
    course_cost=Decimal(5000),
    has_agreement=True,
    pays_course=True,
    is_approved=True,
    goes_beyond_adaptation=True,
    was_funded_lately=False,
    is_under_notice=False,
    uses_82=False,
    is_obligatory=False,
)


def calculated(**changes: object) -> Outcome:
    return calculate_82a(replace(MET, **changes), date(2026, 11, 22))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("staff", "needed"), [("180", 18), ("250", 50), ("181", 19), ("249", 25), ("251", 51)]
)
def test_the_threshold_is_rounded_up(staff: str, needed: int) -> None:
    assert persons_needed(Decimal(staff)) == needed


def test_one_person_too_few_excludes() -> None:
    assert calculated().verdict is Verdict.IN_QUESTION
    outcome = calculated(affected=17)
    assert outcome.verdict is Verdict.EXCLUDED
    assert "18 Personen" in outcome.sentence
    assert outcome.amounts[0].value == 0


def test_below_ten_staff_a_declaration_stands_in_for_the_agreement() -> None:
    small = {"staff": Decimal(8), "affected": 2, "has_agreement": False}
    outcome = calculated(**small, has_declaration=True)
    assert outcome.verdict is Verdict.IN_QUESTION
    assert any("schriftliche Erklärung" in c.text for c in outcome.conditions)
    assert calculated(**small).verdict is Verdict.OPEN
    assert calculated(**(small | {"staff": Decimal(9)})).verdict is Verdict.OPEN
    assert calculated(**(small | {"staff": Decimal(10)})).verdict is Verdict.EXCLUDED


def test_exactly_120_hours_are_too_few() -> None:
    assert calculated(hours=Decimal(120)).verdict is Verdict.EXCLUDED
    assert calculated(hours=Decimal("120.5")).verdict is Verdict.IN_QUESTION


def test_persons_with_a_child_get_the_higher_rate() -> None:
    assert calculated().amounts[0].value == Decimal("39564.00")  # 2100 × 3 × (6 × 60 + 4 × 67) %
    assert calculated().amounts[1].value == Decimal("50000.00")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("has_agreement", False),
        ("pays_course", False),
        ("is_approved", False),
        ("goes_beyond_adaptation", False),
        ("was_funded_lately", True),
        ("is_under_notice", True),
        ("uses_82", True),
        ("is_obligatory", True),
    ],
)
def test_every_condition_can_block_and_be_open(field: str, value: bool) -> None:
    assert len(calculated(**{field: value}).of(Holds.BLOCKING)) == 1
    assert len(calculated(**{field: None}).of(Holds.OPEN)) == 1


@given(st.integers(0, 20), st.integers(1, 20), st.decimals(0, 5000, places=2))
def test_the_allowance_stays_between_both_rates(child: int, persons: int, loss: Decimal) -> None:
    value = calculated(with_child=child, persons=persons, net_loss=loss).amounts[0].value
    whole = loss * 3 * persons
    assert value is not None
    assert whole * 60 / 100 - 1 <= value <= whole * 67 / 100 + 1
