"""§ 82 SGB III to the cent, with every condition named (domain §5b vector)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.calculators.outcome import Holds, Outcome
from desktop_advisor.advice.calculators.section_82 import (
    Training,
    calculate_82,
    hourly_wage,
    shares_of,
)
from desktop_advisor.advice.eligibility import Verdict
from desktop_advisor.advice.offers import read_offers
from desktop_advisor.bootstrap import find_resources
from desktop_advisor.domain.german import euro

CHECKED = date(2026, 11, 22)
MET = Training(
    staff=Decimal(120),
    hours=Decimal(320),
    course_cost=Decimal(4800),
    wage=Decimal(3600),
    weekly_hours=Decimal("38.5"),
    age=38,
    has_agreement=True,
    is_approved=True,
    goes_beyond_adaptation=True,
    degree_is_old_enough=True,
    was_funded_lately=False,
    is_obligatory=False,
)


def calculated(**changes: object) -> Outcome:
    return calculate_82(replace(MET, **changes), CHECKED)  # type: ignore[arg-type]


def values(outcome: Outcome) -> list[str]:
    return [str(amount.value) for amount in outcome.amounts]


def test_the_vector_of_the_field_comes_out_to_the_cent() -> None:
    outcome = calculated()
    assert values(outcome) == ["2640.00", "8254.37", "4539.90", "5874.47"]
    assert euro(hourly_wage(Decimal(3600), Decimal("38.5"))).startswith("21,50")
    assert outcome.verdict is Verdict.IN_QUESTION
    assert "bis zu" in outcome.sentence
    assert "7.179,90" in outcome.sentence


def test_from_45_years_on_the_course_is_borne_in_full() -> None:
    assert values(calculated(age=46))[0] == "4800.00"
    assert values(calculated(age=45))[0] == "4800.00"
    assert values(calculated(age=44))[0] == "2640.00"
    assert values(calculated(is_disabled=True))[0] == "4800.00"


def test_exactly_120_hours_are_too_few() -> None:
    outcome = calculated(hours=Decimal(120))
    assert outcome.verdict is Verdict.EXCLUDED
    assert "mehr als 120 Stunden" in outcome.sentence
    assert values(outcome)[0] == "0.00", "nothing is held out that is excluded"
    assert calculated(hours=Decimal("120.5")).verdict is Verdict.IN_QUESTION


@pytest.mark.parametrize(
    ("staff", "course", "wage"),
    [("49.75", 100, 80), ("50", 55, 55), ("499", 55, 55), ("499.5", 55, 55), ("500", 30, 30)],
)
def test_the_shares_follow_the_size(staff: str, course: int, wage: int) -> None:
    outcome = calculated(staff=Decimal(staff))
    base = outcome.amounts[1].value
    assert base is not None
    assert outcome.amounts[0].value == Decimal(48) * course
    assert outcome.amounts[2].value == round(base * wage / 100, 2)


def test_large_companies_have_no_easing_by_age() -> None:
    assert values(calculated(staff=Decimal(500), age=60))[0] == "1440.00"


def test_whoever_aims_at_a_first_degree_may_be_borne_in_full() -> None:
    outcome = calculated(aims_at_degree=True, degree_is_old_enough=None)
    assert [outcome.amounts[0].value, outcome.amounts[2].value] == [
        Decimal("4800.00"),
        Decimal("8254.37"),
    ]
    assert outcome.verdict is Verdict.IN_QUESTION


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("is_approved", False),
        ("goes_beyond_adaptation", False),
        ("degree_is_old_enough", False),
        ("was_funded_lately", True),
        ("is_obligatory", True),
    ],
)
def test_every_condition_can_block_and_be_open(field: str, value: bool) -> None:
    assert len(calculated(**{field: value}).of(Holds.BLOCKING)) == 1
    assert len(calculated(**{field: None}).of(Holds.OPEN)) == 1


def test_all_blocking_conditions_are_named_at_once() -> None:
    outcome = calculated(hours=Decimal(80), is_approved=False, is_obligatory=True)
    assert len(outcome.of(Holds.BLOCKING)) == 3
    assert outcome.sentence.count("weil") == 3


def test_nothing_known_gives_no_amount_and_only_open_conditions() -> None:
    outcome = calculate_82(Training(), CHECKED)
    assert [amount.value for amount in outcome.amounts] == [None] * 4
    assert {c.holds for c in outcome.conditions} == {Holds.OPEN}
    assert "nicht bestimmbar" in outcome.sentence


def test_every_amount_shows_its_arithmetic_and_law() -> None:
    for amount in calculated().amounts:
        assert amount.derivation.formula
        assert "§ 82 SGB III" in amount.derivation.source
        assert amount.derivation.result == amount.printed


MONEY = st.decimals(0, 20_000, places=2)
HOURS = st.decimals(Decimal("120.5"), 2000, places=1)


@given(MONEY, MONEY, HOURS, st.integers(1, 40), st.integers(1, 900), st.booleans())
def test_grants_never_exceed_the_cost(
    cost: Decimal, wage: Decimal, hours: Decimal, persons: int, staff: int, agreed: bool
) -> None:
    outcome = calculated(
        course_cost=cost,
        wage=wage,
        hours=hours,
        persons=persons,
        staff=Decimal(staff),
        has_agreement=agreed,
    )
    course, base, subsidy, rest = (amount.value for amount in outcome.amounts)
    assert course is not None
    assert base is not None
    assert subsidy is not None
    assert rest is not None
    assert 0 <= course <= cost * persons
    assert 0 <= subsidy <= base
    assert rest >= 0


@given(HOURS, HOURS, MONEY)
def test_more_hours_never_cost_less(one: Decimal, other: Decimal, wage: Decimal) -> None:
    fewer, more = sorted((one, other))
    rests = [calculated(hours=h, wage=wage).amounts[3].value for h in (fewer, more)]
    assert rests[0] is not None
    assert rests[1] is not None
    assert rests[0] <= rests[1]


@pytest.mark.parametrize("staff", [20, 49, 50, 300, 499, 500, 900])
def test_the_catalogue_names_the_same_rates(staff: int) -> None:
    catalogue = find_resources().root / "catalogues" / "offers.json"
    offer = next(o for o in read_offers(catalogue.read_bytes()) if o.id == "sgb3-82")
    lines = [
        line
        for line in offer.rate_table
        if (line.min_staff or 0) <= staff <= (line.max_staff or 10**6)
    ]
    shares = shares_of(Training(staff=Decimal(staff)))
    assert {line.part: line.share for line in lines} == {
        "course": shares.course,
        "wage": shares.wage,
    }
