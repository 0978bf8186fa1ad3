"""The rate of an offer opens what chose its line and what it comes to at most."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.eligibility import CompanyFacts
from desktop_advisor.advice.fitting_rates import rate_for
from desktop_advisor.advice.offers import read_offers
from desktop_advisor.advice.rate_arithmetic import ceiling, rate_derivation
from desktop_advisor.advice.rates import Rate
from desktop_advisor.domain.company_size import SizeClass

CATALOGUE = Path(__file__).parents[2] / "resources" / "catalogues" / "offers.json"
SHIPPED = {offer.id: offer for offer in read_offers(CATALOGUE.read_bytes())}
FOUNDRY = CompanyFacts(heads=48, county="14524", size=SizeClass.SMALL)
TOOLMAKER = CompanyFacts(heads=9, county="14713", size=SizeClass.MICRO)


@pytest.mark.parametrize(
    ("name", "company", "most"),
    [
        ("bafa-beratung", FOUNDRY, 2800),
        ("bafa-beratung", TOOLMAKER, 1750),
        ("inqa-coaching", FOUNDRY, 11_520),
        ("aufstiegs-bafoeg", FOUNDRY, 7500),
        ("forschungszulage", FOUNDRY, 4_200_000),
        ("sab-weiterbildung", FOUNDRY, 4500),
        ("grw-riga", FOUNDRY, None),
    ],
)
def test_the_grant_ends_where_cost_or_cap_ends(
    name: str, company: CompanyFacts, most: int | None
) -> None:
    rate = rate_for(SHIPPED[name], company)
    assert rate is not None
    assert ceiling(rate) == most


def test_the_arithmetic_names_what_chose_the_line_and_its_source() -> None:
    offer = SHIPPED["bafa-beratung"]
    rate = rate_for(offer, FOUNDRY)
    assert rate is not None
    opened = rate_derivation(offer, rate, FOUNDRY)
    assert [term.label for term in opened.terms] == [
        "Landkreis des Betriebs",
        "Satz",
        "Förderfähige Kosten",
        "Zuschuss",
    ]
    assert opened.terms[0].value == "Zwickau"
    assert "3.500 € · 80 % = 2.800 €" in opened.formula.replace("\u202f", " ")
    assert "keine Zusage" in opened.assumptions[0]
    assert "Rahmenrichtlinie" in opened.source


@given(st.decimals(0, 100, places=2), st.decimals(1, 10**6, places=2), st.decimals(1, 10**6))
def test_a_grant_never_exceeds_its_cap_nor_its_cost(
    share: Decimal, cost: Decimal, cap: Decimal
) -> None:
    most = ceiling(Rate(share=share, cost_cap=cost, grant_cap=cap))
    assert most is not None
    assert most <= cap
    assert most <= cost


def test_days_stand_in_the_arithmetic() -> None:
    offer = SHIPPED["inqa-coaching"]
    opened = rate_derivation(offer, offer.rate_table[0], FOUNDRY)
    assert "12 Tage · 1.200 € · 80 % = 11.520 €." in opened.formula.replace("\u202f", " ")
