"""BAFA consulting grant: a fee at the catalogue's rate for the county (domain §5 P06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_advisor.advice.calculators.consulting import (
    grant_amounts,
    grant_for_fee,
    programme_conditions,
    withheld,
)
from desktop_advisor.advice.calculators.outcome import (
    Condition,
    Holds,
    Outcome,
    required,
    sentence_of,
    sorted_conditions,
)
from desktop_advisor.advice.eligibility import CompanyFacts
from desktop_advisor.advice.fitting_rates import rate_for
from desktop_advisor.advice.offers import Offer, standing
from desktop_advisor.domain.german import euro

OFFER = "bafa-beratung"
MOST_IN_ALL, MOST_PER_YEAR = 5, 2


@dataclass(frozen=True)
class Consulting:
    """A planned consultation; None means not known. fee: € net.

    earlier: funded consultations of this programme before; this_year: of these in this year.
    """

    fee: Decimal | None = None
    earlier: int | None = None
    this_year: int | None = None
    adviser_is_listed: bool | None = None


def calculate_bafa(
    consulting: Consulting, offer: Offer, company: CompanyFacts, today: date
) -> Outcome:
    """What the BAFA grant may bring. offer: the catalogue's entry, which holds the rates."""
    rate = rate_for(offer, company)
    grant = grant_for_fee(rate, consulting.fee)
    earlier, this_year = consulting.earlier, consulting.this_year
    conditions = sorted_conditions(
        (
            *(c for c in programme_conditions(offer, company, today, rate) if not _asked(c)),
            required("beratende Person ist beim BAFA gelistet", consulting.adviser_is_listed),
            required(
                f"höchstens {MOST_IN_ALL} Beratungen insgesamt",
                None if earlier is None else earlier < MOST_IN_ALL,
            ),
            required(
                f"höchstens {MOST_PER_YEAR} Beratungen im Jahr",
                None if this_year is None else this_year < MOST_PER_YEAR,
            ),
        )
    )
    grant = withheld(grant, conditions)
    may = "ein Zuschuss, dessen Höhe noch nicht bestimmbar ist"
    if grant.grant is not None:
        may = f"bis zu {euro(grant.grant)} Zuschuss"
    return Outcome(
        sentence_of(conditions, may),
        tuple(grant_amounts(offer, rate, grant, "förderfähige Kosten × Fördersatz")),
        conditions,
        ("Alle Beträge „bis zu“; der Antrag ist vor Beginn der Beratung zu stellen.",),
        offer.legal_basis,
        standing(offer, today).sentence,
    )


def _asked(condition: Condition) -> bool:
    """Whether the catalogue leaves open what is asked here: the consultations so far."""
    return condition.holds is Holds.OPEN and "bisherige Beratungen" in condition.text
