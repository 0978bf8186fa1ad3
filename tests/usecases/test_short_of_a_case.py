"""Kurzfassung of a case: the sealed report's own, unless a side was taken back since."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.report.frozen import content_hash, short_hash
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.documents.short import compose_short
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.releasing import release_view, withdraw_release
from desktop_advisor.usecases.reporting import DrawnSignature, seal_report
from desktop_advisor.usecases.workplace import Workplace
from tests.pictures import scribble
from tests.workplaces import PIN

WHO = "Sabine Krauß"


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    made = Interview(place, visit_id)
    for name in ("d07_plan", "d07_matrix", "d07_inclusion"):
        made.answer(name, "1")
    return made


def test_a_draft_is_provisional_and_a_sealed_report_stays_what_it_was(
    place: Workplace, talk: Interview
) -> None:
    talk.switch(Perspective.WORKS_COUNCIL)
    talk.answer("d07_matrix", "4")
    release_view(place, talk.case_id, WHO)
    draft = compose_short(place, talk.case_id)
    assert (draft.is_draft, draft.mark) == (True, "Fassung 1")

    model = compose_report(place, talk.case_id)
    at = datetime(2026, 11, 24, 11, 45, tzinfo=UTC)
    signed = DrawnSignature("Martin Uhlig", "Geschäftsführung", "Zwickau", scribble(), at)
    seal_report(place, talk.case_id, model, [signed], PIN)
    talk.switch(Perspective.MANAGEMENT)
    talk.answer("d07_matrix", "3")
    final = compose_short(place, talk.case_id)
    assert (final.is_draft, final.ratings) == (False, draft.ratings)
    assert final.mark == f"Fassung 1 · {short_hash(content_hash(model))}"

    withdraw_release(place, talk.case_id, WHO)
    after = compose_short(place, talk.case_id)
    assert (after.is_draft, after.mark) == (True, "Fassung 2")
    assert after.ratings != final.ratings
