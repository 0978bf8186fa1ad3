"""Calculators over the company file and the real catalogue."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_advisor.domain.headcounts import Staff
from desktop_advisor.usecases.calculating import (
    OFFERS,
    Calculator,
    NoSuchOffer,
    benefit_text,
    calculate,
    known_of,
    prefilled,
    take_into_measure,
)
from desktop_advisor.usecases.measures import MeasureDraft, add_measure, list_measures
from desktop_advisor.usecases.staff_counts import record_staff
from desktop_advisor.usecases.workplace import Workplace


def test_every_offer_with_a_calculator_stands_in_the_catalogue(place: Workplace) -> None:
    assert set(OFFERS) <= {offer.id for offer in place.offers}


def test_section_82_takes_its_own_count_before_the_heads(
    place: Workplace, company_id: uuid.UUID
) -> None:
    known = known_of(place, company_id)
    assert prefilled(known, Calculator.SECTION_82) == {"staff": Decimal(118)}
    record_staff(place, company_id, Staff(40, 4, 4, 0, 3))
    known = known_of(place, company_id)
    assert prefilled(known, Calculator.SECTION_82) == {"staff": Decimal(45)}
    assert prefilled(known, Calculator.SECTION_82A) == {"staff": Decimal(118)}


@pytest.mark.parametrize("calculator", list(Calculator))
def test_every_calculator_answers_without_a_company_and_without_input(
    place: Workplace, calculator: Calculator
) -> None:
    outcome = calculate(place, calculator, known_of(place, None), {})
    assert outcome.sentence
    assert outcome.conditions
    assert outcome.assumptions


def test_the_catalogue_says_how_old_the_news_are(place: Workplace, company_id: uuid.UUID) -> None:
    known = known_of(place, company_id)
    outcome = calculate(place, Calculator.SECTION_82, known, {"hours": Decimal(320)})
    offer = next(o for o in place.offers if o.id == "sgb3-82")
    assert f"{offer.checked_on:%d.%m.%Y}" in outcome.as_of


def test_a_catalogue_without_the_entry_is_said(place: Workplace) -> None:
    bare = replace(place, offers=())
    with pytest.raises(NoSuchOffer):
        calculate(bare, Calculator.BAFA, known_of(bare, None), {})


def test_a_result_is_added_to_a_measure_once(
    place: Workplace, company_id: uuid.UUID, case_id: uuid.UUID
) -> None:
    draft = MeasureDraft("Schulung", benefit="Eigene Fachkräfte")
    measure = add_measure(place, case_id, draft)
    typed = {"hours": Decimal(320), "course_cost": Decimal(4800), "staff": Decimal(120)}
    outcome = calculate(place, Calculator.SECTION_82, known_of(place, company_id), typed)
    text = benefit_text("§ 82 SGB III", outcome)
    assert "bis zu" in text
    assert "2.400,00" in text
    take_into_measure(place, measure, text)
    take_into_measure(place, measure, text)
    benefit = list_measures(place, case_id)[0].draft.benefit
    assert benefit == f"Eigene Fachkräfte\n{text}"
