"""What a colleague answered arrives by sync while the interview is open on this laptop."""

from __future__ import annotations

import uuid

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace


def test_an_assessment_that_came_to_be_meanwhile_takes_the_answer_in(
    place: Workplace, visit_id: uuid.UUID
) -> None:
    here, there = Interview(place, visit_id), Interview(place, visit_id)
    there.answer("d01_strategy", "2")
    here.answer("d01_customers", "3")
    (row,) = [r for r in show_results(place, here.case_id).maturity if r.dimension.code == "D01"]
    assert row.scores[Perspective.MANAGEMENT].answered == 2
