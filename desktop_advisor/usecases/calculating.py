"""Calculate what a programme may bring: from company file, catalogue and what is typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from desktop_advisor.advice.calculators import bafa, inqa
from desktop_advisor.advice.calculators.de_minimis import calculate_de_minimis
from desktop_advisor.advice.calculators.outcome import Amount, Outcome
from desktop_advisor.advice.calculators.section_82 import Training, calculate_82
from desktop_advisor.advice.calculators.section_82a import Plan, calculate_82a
from desktop_advisor.advice.calculators.training_cost import Course, calculate_cost
from desktop_advisor.advice.eligibility import CompanyFacts
from desktop_advisor.advice.offers import Offer
from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.german import BERLIN
from desktop_advisor.domain.headcounts import Count
from desktop_advisor.storage.models import Company, Measure
from desktop_advisor.usecases.companies import company_facts
from desktop_advisor.usecases.de_minimis_aids import known_aids
from desktop_advisor.usecases.staff_counts import show_staff
from desktop_advisor.usecases.workplace import Workplace

Typed = Mapping[str, object]
"""Field of the calculator's input → its value; missing or None: not known."""
Made = TypeVar("Made")


class Calculator(StrEnum):
    """Which one; the value is what a destination's focus says."""

    COST = "cost"
    SECTION_82 = "82"
    SECTION_82A = "82a"
    INQA = "inqa"
    BAFA = "bafa"
    DE_MINIMIS = "de_minimis"


OFFERS = {
    "sgb3-82": Calculator.SECTION_82,
    "sgb3-82a": Calculator.SECTION_82A,
    inqa.OFFER: Calculator.INQA,
    bafa.OFFER: Calculator.BAFA,
}
"""Catalogue entry → the calculator that fits it."""
_ENTRY = {calculator: offer for offer, calculator in OFFERS.items()}


class NoSuchOffer(KnownError):
    """The catalogue lacks the entry whose rates the calculator needs."""

    def __init__(self, offer_id: str) -> None:
        super().__init__(
            f"Im Angebotskatalog fehlt der Eintrag „{offer_id}“.",
            safe="Die anderen Rechner sind nicht betroffen.",
            todo="Bitte den Katalog beim nächsten Abgleich erneuern.",
        )


@dataclass(frozen=True)
class Known:
    """What the company file already tells a calculator. company_id: None without a company."""

    facts: CompanyFacts
    name: str = ""
    company_id: uuid.UUID | None = None
    staff_sgb3: Decimal | None = None


def known_of(place: Workplace, company_id: uuid.UUID | None) -> Known:
    """What is known of the company; nothing at all without one."""
    if company_id is None:
        return Known(CompanyFacts())
    with place.store.read() as session:
        company = session.get_one(Company, company_id)
        facts, name = company_facts(company), company.name
    counts = {count.count: count.value for count in show_staff(place, company_id).counts}
    return Known(facts, name, company_id, counts[Count.SGB3])


def prefilled(known: Known, calculator: Calculator) -> dict[str, Decimal | None]:
    """What the fields of a calculator hold at first.

    § 82 takes its own count where persons by hours are known, else the heads, which bound it.
    """
    heads = None if known.facts.heads is None else Decimal(known.facts.heads)
    if calculator is Calculator.SECTION_82:
        return {"staff": known.staff_sgb3 if known.staff_sgb3 is not None else heads}
    return {"staff": heads} if calculator is Calculator.SECTION_82A else {}


def calculate(place: Workplace, calculator: Calculator, known: Known, typed: Typed) -> Outcome:
    """The result for what is typed. Raises NoSuchOffer."""
    return _CALCULATIONS[calculator](place, known, typed)


def today_of(place: Workplace) -> date:
    """The German day."""
    return place.clock().astimezone(BERLIN).date()


def offer_of(place: Workplace, calculator: Calculator) -> Offer | None:
    """The catalogue entry of a calculator; None where it has none or the catalogue lacks it."""
    wanted = _ENTRY.get(calculator, "")
    return next((offer for offer in place.offers if offer.id == wanted), None)


def benefit_text(title: str, outcome: Outcome) -> str:
    """The result as plain text for a measure or the clipboard: sentence, amounts, law, state."""
    lines = [f"{title}: {outcome.sentence}"]
    lines += [f"{amount.label}: {amount.printed}" for amount in outcome.amounts if _is_said(amount)]
    lines += [part for part in (outcome.law, outcome.as_of) if part]
    return "\n".join(lines)


def take_into_measure(place: Workplace, measure_id: uuid.UUID, text: str) -> None:
    """Add the text to what the measure is good for; what stood there stays."""
    with place.store.edit(place.author) as session:
        measure = session.get_one(Measure, measure_id)
        if text not in measure.benefit:
            measure.benefit = "\n".join(part for part in (measure.benefit, text) if part)


def _is_said(amount: Amount) -> bool:
    return amount.value is not None


def _checked_on(place: Workplace, calculator: Calculator) -> date:
    offer = offer_of(place, calculator)
    return offer.checked_on if offer else today_of(place)


def _entry(place: Workplace, calculator: Calculator) -> Offer:
    offer = offer_of(place, calculator)
    if offer is None:
        raise NoSuchOffer(_ENTRY[calculator])
    return offer


def _made(kind: type[Made], typed: Typed) -> Made:
    """An input of its kind; what is not typed keeps the default."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{k: v for k, v in typed.items() if k in names and v is not None})


def _of_82(place: Workplace, _known: Known, typed: Typed) -> Outcome:
    return calculate_82(_made(Training, typed), _checked_on(place, Calculator.SECTION_82))


def _of_82a(place: Workplace, _known: Known, typed: Typed) -> Outcome:
    return calculate_82a(_made(Plan, typed), _checked_on(place, Calculator.SECTION_82A))


def _of_inqa(place: Workplace, known: Known, typed: Typed) -> Outcome:
    offer = _entry(place, Calculator.INQA)
    asked = _made(inqa.Coaching, typed)
    return inqa.calculate_inqa(asked, offer, known.facts, today_of(place))


def _of_bafa(place: Workplace, known: Known, typed: Typed) -> Outcome:
    offer = _entry(place, Calculator.BAFA)
    asked = _made(bafa.Consulting, typed)
    return bafa.calculate_bafa(asked, offer, known.facts, today_of(place))


def _of_de_minimis(place: Workplace, known: Known, typed: Typed) -> Outcome:
    aids = known_aids(place, known.company_id) if known.company_id else ()
    planned, linked = typed.get("planned"), typed.get("has_all_linked")
    return calculate_de_minimis(
        aids,
        today_of(place),
        planned if isinstance(planned, Decimal) else None,
        linked if isinstance(linked, bool) else None,
    )


def _of_cost(_place: Workplace, _known: Known, typed: Typed) -> Outcome:
    return calculate_cost(_made(Course, typed))


_CALCULATIONS: dict[Calculator, Callable[[Workplace, Known, Typed], Outcome]] = {
    Calculator.COST: _of_cost,
    Calculator.SECTION_82: _of_82,
    Calculator.SECTION_82A: _of_82a,
    Calculator.INQA: _of_inqa,
    Calculator.BAFA: _of_bafa,
    Calculator.DE_MINIMIS: _of_de_minimis,
}
