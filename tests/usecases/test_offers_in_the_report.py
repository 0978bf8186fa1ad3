"""The PDF prints a warning with every offer that ran out or was not checked for 90 days."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.model import ReportModel
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.recommending import decide_recommendation, refresh_recommendations
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import say
from tests.report.reading import words_of
from tests.workplaces import SteppingClock


@pytest.fixture
def agreed(place: Workplace, case_id: uuid.UUID) -> uuid.UUID:
    """A case whose accepted recommendations name BAFA's programme."""
    questions = [item.question for item in place.form().sidecar.indicators]
    say(place, case_id, Perspective.MANAGEMENT, dict.fromkeys(questions, "1"))
    for view in refresh_recommendations(place, case_id):
        if any(hint.offer.id == "bafa-beratung" for hint in view.hints):
            decide_recommendation(place, view.recommendation_id, "accepted")
    return case_id


def report_on(place: Workplace, case_id: uuid.UUID, *day: int) -> ReportModel:
    morning = SteppingClock(datetime(*day, 8, tzinfo=UTC))  # type: ignore[misc, arg-type]
    return compose_report(replace(place, clock=morning), case_id)


def bafa(model: ReportModel) -> str:
    """The warning printed with the programme; "" for none."""
    title = "Förderung von Unternehmensberatungen für KMU"
    return next(offer.warning for offer in model.offers if offer.title == title)


def test_an_offer_that_ran_out_on_new_year_says_so_in_the_pdf(
    place: Workplace, agreed: uuid.UUID
) -> None:
    before, after = report_on(place, agreed, 2026, 12, 31), report_on(place, agreed, 2027, 1, 1)

    assert bafa(before) == ""
    assert bafa(after).startswith("Ausgelaufen am 31.12.2026.")
    printed = words_of(after)
    assert "Achtung: Ausgelaufen am 31.12.2026." in printed
    assert "das Angebot am 31.12.2026 ausgelaufen ist" in printed


def test_an_offer_checked_91_days_ago_says_so_in_the_pdf(
    place: Workplace, agreed: uuid.UUID
) -> None:
    fresh, stale = report_on(place, agreed, 2027, 2, 20), report_on(place, agreed, 2027, 2, 21)

    assert "vor mehr als 90 Tagen" not in " ".join(offer.warning for offer in fresh.offers)
    assert all("vor mehr als 90 Tagen" in offer.warning for offer in stale.offers)
    assert "vor mehr als 90 Tagen: vor der Antragstellung" in words_of(stale)


def test_the_report_names_the_rate_and_every_condition(place: Workplace, agreed: uuid.UUID) -> None:
    model = report_on(place, agreed, 2026, 11, 24)
    offer = next(o for o in model.offers if o.title.startswith("Förderung von Unternehmens"))

    assert "höchstens fünf Beratungen insgesamt" in offer.text
    assert any("bisherige Beratungen" in reason for reason in offer.reasons)
    assert "Sie erhalten" not in words_of(model)
