"""Which programmes to have in mind for a company, before anybody has asked for money."""

from __future__ import annotations

from datetime import date

from desktop_advisor.advice.eligibility import Eligibility, Verdict, check
from desktop_advisor.advice.offers import Offer, Reliability, Standing, standing
from desktop_advisor.domain.german import short_date
from desktop_advisor.report.documents.preparation_model import FundingHint
from desktop_advisor.storage.models import Company
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.results import Results
from desktop_advisor.usecases.workplace import Workplace

MOST = 5
"""As many as one keeps in mind on the way in (our choice)."""


def funding_hints(
    place: Workplace, company: Company, results: Results, today: date
) -> tuple[FundingHint, ...]:
    """By county, branch and size; what is sure before what is open, then by field of action."""
    facts = company_facts(company)
    placed = {row.dimension: number for number, row in enumerate(results.priorities.rows)}
    found: list[tuple[Offer, Eligibility, Standing]] = []
    for offer in place.offers:
        verdict, state = check(offer, facts, today), standing(offer, today)
        is_possible = verdict.verdict is not Verdict.EXCLUDED and state.is_available
        if offer.kind == "funding" and is_possible:
            found.append((offer, verdict, state))

    def usefulness(entry: tuple[Offer, Eligibility, Standing]) -> tuple[bool, bool, int]:
        offer, verdict, state = entry
        nearest = min((placed.get(code, len(placed)) for code in offer.dimensions), default=99)
        return verdict.verdict is not Verdict.IN_QUESTION, not state.is_fresh, nearest

    return tuple(
        FundingHint(title=offer.title, verdict=verdict.wording, standing=_stand(offer, state))
        for offer, verdict, state in sorted(found, key=usefulness)[:MOST]
    )


_STANDS = {
    Reliability.FRESH: "aktuell",
    Reliability.STALE: "veraltet",
    Reliability.UNCLEAR: "Stand unklar",
}


def _stand(offer: Offer, state: Standing) -> str:
    """How old the news is first, so that a narrow page cuts the remark and not that."""
    word = _STANDS.get(state.reliability, state.sentence)
    return f"{word}, geprüft am {short_date(offer.checked_on)}. {offer.status_note}".strip()
