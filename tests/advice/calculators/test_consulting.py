"""INQA and BAFA at the rates of the catalogue (domain §5 P05, P06)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.calculators.bafa import Consulting, calculate_bafa
from desktop_advisor.advice.calculators.consulting import grant_for_days, grant_for_fee
from desktop_advisor.advice.calculators.inqa import Coaching, calculate_inqa
from desktop_advisor.advice.calculators.outcome import Holds, Outcome
from desktop_advisor.advice.conditions import Conditions
from desktop_advisor.advice.eligibility import CompanyFacts, Verdict
from desktop_advisor.advice.offers import Offer
from desktop_advisor.advice.rates import Rate
from desktop_advisor.domain.company_size import SizeClass

TODAY = date(2026, 11, 24)
LEIPZIG = ("14713", "14729", "14730", "11000")


def offer(*rates: Rate, eligibility: Conditions, valid_to: date) -> Offer:
    return Offer(
        id="x",
        kind="funding",
        target="company",
        title="Angebot",
        title_en="",
        provider="Träger",
        summary="",
        summary_en="",
        source="",
        status="offen",
        checked_on=date(2026, 11, 22),
        version="1",
        rate_table=rates,
        eligibility=eligibility,
        valid_to=valid_to,
        legal_basis="Richtlinie",
    )


BAFA = offer(
    Rate(share=Decimal(50), cost_cap=Decimal(3500), grant_cap=Decimal(1750), counties=LEIPZIG),
    Rate(share=Decimal(80), cost_cap=Decimal(3500), grant_cap=Decimal(2800), counties=("14", "12")),
    eligibility=Conditions(size_classes=("micro", "small", "medium")),
    valid_to=date(2026, 12, 31),
)
INQA = offer(
    Rate(share=Decimal(80), day_cap=Decimal(1200), max_days=Decimal(12)),
    eligibility=Conditions(min_staff=1, max_staff=249),
    valid_to=date(2027, 12, 31),
)
ZWICKAU = CompanyFacts(heads=118, staff_units=Decimal(110), county="14524", size=SizeClass.MEDIUM)


def bafa(county: str, fee: int = 5000, today: date = TODAY, **more: object) -> Outcome:
    company = CompanyFacts(heads=20, county=county, size=SizeClass.SMALL)
    asked = Consulting(Decimal(fee), **more)  # type: ignore[arg-type]
    return calculate_bafa(asked, BAFA, company, today)


@pytest.mark.parametrize(
    ("county", "grant"),
    [("14524", 2800), ("14511", 2800), ("14713", 1750), ("14730", 1750), ("11000", 1750)],
)
def test_the_county_decides_the_rate(county: str, grant: int) -> None:
    assert bafa(county).amounts[1].value == grant
    assert bafa(county).amounts[2].value == 5000 - grant


def test_a_smaller_fee_is_granted_by_share() -> None:
    assert bafa("14511", fee=1000).amounts[1].value == 800
    assert bafa("14713", fee=1000).amounts[1].value == 500


@pytest.mark.parametrize(
    ("cap", "grant"), [({"cost_cap": Decimal(1000)}, 500), ({"grant_cap": Decimal(300)}, 300)]
)
def test_each_ceiling_holds_by_itself(cap: dict[str, Decimal], grant: int) -> None:
    assert grant_for_fee(Rate(share=Decimal(50), **cap), Decimal(2000)).grant == grant


def test_without_a_county_there_is_no_rate() -> None:
    outcome = bafa("")
    assert outcome.amounts[1].value is None
    assert any("Fördersatz" in c.text for c in outcome.of(Holds.OPEN))


def test_the_programme_ends_on_its_day() -> None:
    allowed = {"adviser_is_listed": True, "earlier": 0, "this_year": 0}
    assert bafa("14524", today=date(2026, 12, 31), **allowed).verdict is Verdict.IN_QUESTION
    ended = bafa("14524", today=date(2027, 1, 1), **allowed)
    assert ended.verdict is Verdict.EXCLUDED
    assert ended.amounts[1].value == 0


def test_the_fifth_consultation_and_the_second_of_a_year_are_still_within() -> None:
    outcome = bafa("14524", adviser_is_listed=True, earlier=4, this_year=1)
    assert outcome.verdict is Verdict.IN_QUESTION


@pytest.mark.parametrize(("earlier", "this_year"), [(5, 0), (2, 2)])
def test_too_many_consultations_exclude(earlier: int, this_year: int) -> None:
    outcome = bafa("14524", adviser_is_listed=True, earlier=earlier, this_year=this_year)
    assert outcome.verdict is Verdict.EXCLUDED


def test_a_large_company_is_told_why_it_is_excluded() -> None:
    large = CompanyFacts(heads=400, county="14524", size=SizeClass.LARGE)
    outcome = calculate_bafa(Consulting(Decimal(1000)), BAFA, large, TODAY)
    assert "weil die Größe nicht passt" in outcome.sentence


def test_inqa_pays_capped_days_at_a_capped_fee() -> None:
    asked = Coaching(Decimal(14), Decimal(1400), Decimal(6), True, True)
    outcome = calculate_inqa(asked, INQA, ZWICKAU, TODAY)
    assert [a.value for a in outcome.amounts] == [19600, 11520, 8080]
    assert outcome.verdict is Verdict.IN_QUESTION
    assert "bis zu" in outcome.sentence


@pytest.mark.parametrize(("months", "verdict"), [(7, Verdict.IN_QUESTION), (8, Verdict.EXCLUDED)])
def test_inqa_takes_seven_months_at_most(months: int, verdict: Verdict) -> None:
    asked = Coaching(Decimal(12), Decimal(1200), Decimal(months), True, True)
    assert calculate_inqa(asked, INQA, ZWICKAU, TODAY).verdict is verdict


def test_a_catalogue_without_rates_gives_no_amount() -> None:
    bare = offer(eligibility=Conditions(), valid_to=date(2027, 12, 31))
    outcome = calculate_inqa(Coaching(Decimal(5), Decimal(900)), bare, ZWICKAU, TODAY)
    assert outcome.amounts[1].value is None
    assert any("kein Fördersatz" in c.text for c in outcome.of(Holds.OPEN))


MONEY = st.decimals(0, 10_000, places=2)
RATES = st.builds(
    Rate,
    share=st.decimals(0, 100, places=1),
    cost_cap=st.none() | MONEY,
    day_cap=st.none() | MONEY,
    max_days=st.none() | st.decimals(0, 20, places=1),
    grant_cap=st.none() | MONEY,
)


@given(RATES, MONEY, MONEY)
def test_a_grant_is_never_above_its_cost_and_grows_with_it(
    rate: Rate, one: Decimal, other: Decimal
) -> None:
    low, high = sorted((one, other))
    small, large = grant_for_fee(rate, low), grant_for_fee(rate, high)
    assert small.grant is not None
    assert large.grant is not None
    assert 0 <= small.grant <= large.grant <= high


@given(RATES, st.decimals(0, 30, places=1), MONEY)
def test_days_are_granted_within_cost(rate: Rate, days: Decimal, fee: Decimal) -> None:
    found = grant_for_days(rate, days, fee)
    assert found.grant is not None
    assert found.cost is not None
    assert found.rest is not None
    assert 0 <= found.grant <= found.cost
    assert found.rest >= 0
