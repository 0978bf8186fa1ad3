"""Wissen & Angebote: the catalogue as the advisor reads it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_advisor.advice.offers import Offer, Standing, standing
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class OfferRow:
    """An offer and how far it can be relied on today."""

    offer: Offer
    standing: Standing


def list_offers(place: Workplace, search: str = "") -> list[OfferRow]:
    """Offers whose title, provider or summary contains `search`, as they stand today."""
    today = place.clock().astimezone(BERLIN).date()
    wanted = search.strip().casefold()
    return [
        OfferRow(offer, standing(offer, today))
        for offer in place.offers
        if wanted in f"{offer.title} {offer.provider} {offer.summary}".casefold()
    ]
