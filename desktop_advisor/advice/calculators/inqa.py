"""INQA-Coaching: days at the catalogue's rate, capped by days and fee per day (domain §5 P05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_advisor.advice.calculators.consulting import (
    grant_amounts,
    grant_for_days,
    programme_conditions,
    withheld,
)
from desktop_advisor.advice.calculators.outcome import (
    Outcome,
    required,
    sentence_of,
    sorted_conditions,
)
from desktop_advisor.advice.eligibility import CompanyFacts
from desktop_advisor.advice.fitting_rates import rate_for
from desktop_advisor.advice.offers import Offer, standing
from desktop_advisor.domain.german import euro

OFFER = "inqa-coaching"
MOST_MONTHS = 7


@dataclass(frozen=True)
class Coaching:
    """A planned coaching; None means not known. day_fee: € net."""

    days: Decimal | None = None
    day_fee: Decimal | None = None
    months: Decimal | None = None
    has_advice_centre: bool | None = None
    involves_staff: bool | None = None


def calculate_inqa(coaching: Coaching, offer: Offer, company: CompanyFacts, today: date) -> Outcome:
    """What INQA-Coaching may bring. offer: the catalogue's entry, which holds the rate."""
    rate = rate_for(offer, company)
    grant = grant_for_days(rate, coaching.days, coaching.day_fee)
    conditions = sorted_conditions(
        (
            *programme_conditions(offer, company, today, rate),
            required("Erstberatung bei einer INQA-Beratungsstelle", coaching.has_advice_centre),
            required("Leitung und Beschäftigte wirken mit", coaching.involves_staff),
            required(
                f"Coaching dauert höchstens {MOST_MONTHS} Monate",
                None if coaching.months is None else coaching.months <= MOST_MONTHS,
            ),
        )
    )
    grant = withheld(grant, conditions)
    may = "ein Zuschuss, dessen Höhe noch nicht bestimmbar ist"
    if grant.grant is not None:
        may = f"bis zu {euro(grant.grant)} Zuschuss"
    formula = "Tage (höchstens wie gefördert) × Tagessatz (höchstens wie gefördert) × Fördersatz"
    return Outcome(
        sentence_of(conditions, may),
        tuple(grant_amounts(offer, rate, grant, formula)),
        conditions,
        (
            "Alle Beträge „bis zu“; bewilligt wird vor Beginn.",
            "Sechs Monate nach dem Coaching folgt ein Ergebnisgespräch.",
        ),
        offer.legal_basis,
        standing(offer, today).sentence,
    )
