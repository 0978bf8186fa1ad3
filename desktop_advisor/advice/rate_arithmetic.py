"""How the rate of an offer came about for one company, so that it can be opened and recomputed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop_advisor.advice.company_facts import CompanyFacts
from desktop_advisor.advice.offers import Offer
from desktop_advisor.advice.rates import Rate, euro_words, number_words, rate_words
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import THIN_SPACE, short_date
from desktop_advisor.domain.regions import county_name

_CHOSEN = "Es gilt die erste Zeile der Satztabelle, die zu den Angaben passt"


def ceiling(rate: Rate) -> Decimal | None:
    """The grant at most, €; None where the line bounds neither cost nor grant."""
    cost = eligible_cost(rate)
    by_cost = None if cost is None else cost * rate.share / 100
    bounds = [bound for bound in (by_cost, rate.grant_cap) if bound is not None]
    return min(bounds, default=None)


def eligible_cost(rate: Rate) -> Decimal | None:
    """The cost a share is paid of at most, €; None where it is not bounded."""
    if rate.cost_cap is not None:
        return rate.cost_cap
    if rate.day_cap is None or rate.max_days is None:
        return None
    return rate.day_cap * rate.max_days


def rate_derivation(offer: Offer, rate: Rate, company: CompanyFacts) -> Derivation:
    """The line of the rate table with what chose it, and what it comes to at most."""
    return Derivation(
        title=f"Höhe: {offer.title}",
        result=rate_words(rate),
        formula=_formula(rate),
        terms=tuple(_terms(rate, company)),
        assumptions=(
            "Obergrenze, keine Zusage; über den Antrag entscheidet die zuständige Stelle.",
            f"Stand der Förderinformation: {short_date(offer.checked_on)}.",
        ),
        source=" · ".join(part for part in (offer.legal_basis, offer.source) if part),
    )


def _formula(rate: Rate) -> str:
    cost, most = eligible_cost(rate), ceiling(rate)
    share = f"{number_words(rate.share)}{THIN_SPACE}%"
    if cost is None:
        return f"{_CHOSEN}."
    by_cost = cost * rate.share / 100
    line = f"{_CHOSEN}: {_cost_words(rate, cost)} · {share} = {euro_words(by_cost)}"
    is_cut = most is not None and most < by_cost
    return f"{line}, höchstens {euro_words(most)}." if is_cut and most is not None else f"{line}."


def _cost_words(rate: Rate, cost: Decimal) -> str:
    """3.500 €, or 12 Tage · 1.200 €."""
    if rate.cost_cap is None and rate.max_days is not None and rate.day_cap is not None:
        return f"{number_words(rate.max_days)} Tage · {euro_words(rate.day_cap)}"
    return euro_words(cost)


def _terms(rate: Rate, company: CompanyFacts) -> Iterator[Term]:
    if rate.counties or rate.not_counties:
        yield Term("Landkreis des Betriebs", county_name(company.county) or company.county)
    if rate.size_classes:
        yield Term("Größenklasse", str(company.size))
    if rate.min_staff is not None or rate.max_staff is not None:
        heads = "" if company.heads is None else str(company.heads)
        yield Term("Beschäftigte (Köpfe)", heads, "Teilzeit zählt nach § 82 SGB III anteilig.")
    yield Term("Satz", f"{number_words(rate.share)}{THIN_SPACE}%", rate.note)
    if rate.cost_cap is not None:
        yield Term("Förderfähige Kosten", euro_words(rate.cost_cap), "höchstens")
    if rate.day_cap is not None:
        yield Term("Tagessatz", euro_words(rate.day_cap), "höchstens")
    if rate.max_days is not None:
        yield Term("Tage", number_words(rate.max_days), "höchstens")
    if rate.grant_cap is not None:
        yield Term("Zuschuss", euro_words(rate.grant_cap), "höchstens")
