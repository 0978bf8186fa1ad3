"""INQA and BAFA: days or a fee, at the catalogue's rate for this company (domain §5 P05, P06)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_advisor.advice.calculators.outcome import (
    FULL,
    ZERO,
    Amount,
    Condition,
    Holds,
    cents,
    money,
    percent_of,
    verdict_of,
)
from desktop_advisor.advice.eligibility import CompanyFacts, Verdict, check
from desktop_advisor.advice.offers import Offer
from desktop_advisor.advice.rates import Rate
from desktop_advisor.domain.derivation import Derivation, Term
from desktop_advisor.domain.german import euro, figure

_HOLDS = {Verdict.IN_QUESTION: Holds.MET, Verdict.OPEN: Holds.OPEN}


@dataclass(frozen=True)
class Grant:
    """What a rate gives, €. cost: asked for; eligible: what counts of it; grant: at most."""

    cost: Decimal | None
    eligible: Decimal | None
    grant: Decimal | None

    @property
    def rest(self) -> Decimal | None:
        """What stays with the company at least, €."""
        return None if self.cost is None or self.grant is None else self.cost - self.grant


def grant_for_days(rate: Rate | None, days: Decimal | None, day_fee: Decimal | None) -> Grant:
    """The grant for so many days at a fee per day; the rate caps days and fee."""
    if days is None or day_fee is None:
        return Grant(None, None, None)
    cost = cents(days * day_fee)
    if rate is None:
        return Grant(cost, None, None)
    counted = _capped(days, rate.max_days) * _capped(day_fee, rate.day_cap)
    return _granted(rate, cost, counted)


def grant_for_fee(rate: Rate | None, fee: Decimal | None) -> Grant:
    """The grant for one fee; the rate caps the eligible cost."""
    if fee is None:
        return Grant(None, None, None)
    return Grant(cents(fee), None, None) if rate is None else _granted(rate, cents(fee), fee)


def withheld(grant: Grant, conditions: Sequence[Condition]) -> Grant:
    """The grant as it is, or none of it where something excludes it."""
    if verdict_of(conditions) is not Verdict.EXCLUDED or grant.cost is None:
        return grant
    return Grant(grant.cost, grant.eligible, ZERO)


def _granted(rate: Rate, cost: Decimal, counted: Decimal) -> Grant:
    eligible = cents(_capped(counted, rate.cost_cap))
    grant = cents(_capped(eligible * rate.share / FULL, rate.grant_cap))
    return Grant(cost, eligible, grant)


def _capped(value: Decimal, cap: Decimal | None) -> Decimal:
    return value if cap is None else min(value, cap)


def programme_conditions(
    offer: Offer, company: CompanyFacts, today: date, rate: Rate | None
) -> Iterator[Condition]:
    """What the catalogue entry itself says for this company: status, region, size, rate."""
    found = check(offer, company, today)
    for reason in found.reasons:
        if found.verdict is Verdict.EXCLUDED:
            yield Condition(f"weil {reason}", Holds.BLOCKING, because=reason)
        else:
            yield Condition(reason, _HOLDS[found.verdict])
    for reason in found.still_open:
        yield Condition(reason, Holds.OPEN)
    if rate is None:
        words = "Fördersatz für dieses Unternehmen (Landkreis oder Größe) ist nicht bestimmbar"
        if not offer.rate_table:
            words = "im Katalog ist kein Fördersatz hinterlegt"
        yield Condition(words, Holds.OPEN)


def grant_amounts(offer: Offer, rate: Rate | None, grant: Grant, formula: str) -> list[Amount]:
    """Cost, eligible cost, grant and rest, with the arithmetic of the rate."""
    source = f"Angebotskatalog „{offer.title}“, {offer.legal_basis}".rstrip(", ")
    terms = (
        money("Kosten", grant.cost),
        money("davon förderfähig, höchstens", grant.eligible),
        Term("Fördersatz, bis zu", "nicht bestimmbar" if rate is None else percent_of(rate.share)),
    )
    caps = tuple(_cap_words(rate)) if rate is not None else ()
    return [
        Amount("Kosten der Beratung (netto)", grant.cost, _words("Kosten", grant.cost, source)),
        Amount(
            "Zuschuss, bis zu",
            grant.grant,
            Derivation("Zuschuss", _said(grant.grant), formula, terms, caps, source),
        ),
        Amount(
            "verbleibt mindestens beim Betrieb",
            grant.rest,
            Derivation(
                "Rest beim Betrieb",
                _said(grant.rest),
                "Kosten − Zuschuss",
                (money("Kosten", grant.cost), money("Zuschuss", grant.grant, "bis zu")),
                ("Umsatzsteuer ist nicht eingerechnet.",),
                source,
            ),
            is_total=True,
        ),
    ]


def _words(title: str, value: Decimal | None, source: str) -> Derivation:
    return Derivation(title, _said(value), "wie angegeben", (), (), source)


def _cap_words(rate: Rate) -> Iterator[str]:
    if rate.max_days is not None:
        yield f"Höchstens {figure(rate.max_days)} Tage."
    if rate.day_cap is not None:
        yield f"Höchstens {euro(rate.day_cap)} je Tag."
    if rate.cost_cap is not None:
        yield f"Förderfähig sind höchstens {euro(rate.cost_cap)}."
    if rate.grant_cap is not None:
        yield f"Zuschuss höchstens {euro(rate.grant_cap)}."
    if rate.note:
        yield rate.note


def _said(value: Decimal | None) -> str:
    return "nicht bestimmbar" if value is None else euro(value)
