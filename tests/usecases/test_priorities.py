"""Soll, relevance and the advisor's own order: kept, undone, and counted in the whole."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from desktop_advisor.demo import story
from desktop_advisor.domain.answers import Perspective
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.overall import overall_derivation
from desktop_advisor.usecases.priorities import Priorities
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.targets import (
    RankNeedsReason,
    set_rank,
    set_relevance,
    set_targets,
)
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import park, say
from tests.report.reading import words_of

FORM = "kurzcheck"
STRONG = {"d01_strategy": "4", "d01_customers": "4", "d01_liquidity": "4"}
WEAK = {"d07_plan": "1", "d07_matrix": "1", "d07_inclusion": "1"}


@pytest.fixture
def answered(place: Workplace, case_id: uuid.UUID) -> Workplace:
    say(place, case_id, Perspective.MANAGEMENT, {**STRONG, **WEAK})
    return place


def priorities(place: Workplace, case_id: uuid.UUID) -> Priorities:
    return show_results(place, case_id).priorities


def test_only_what_has_a_value_has_a_place(answered: Workplace, case_id: uuid.UUID) -> None:
    rows = priorities(answered, case_id).rows
    assert [(r.dimension, r.place) for r in rows[:2]] == [("D07", 1), ("D01", 2)]
    assert {r.place for r in rows[2:]} == {None}
    park(answered, case_id, "D07")
    assert "D07" not in {r.dimension for r in priorities(answered, case_id).rows}


def test_trying_a_target_stores_nothing(answered: Workplace, case_id: uuid.UUID) -> None:
    found = priorities(answered, case_id)
    tried = found.with_targets({"D07": Decimal(1), "D01": Decimal(5)})
    assert [r.dimension for r in tried[:2]] == ["D01", "D07"]
    assert priorities(answered, case_id).rows == found.rows


def test_an_agreed_target_is_kept_and_can_be_given_up(
    answered: Workplace, case_id: uuid.UUID
) -> None:
    set_targets(answered, case_id, FORM, {"D07": Decimal(2), "D01": Decimal(5)})
    rows = {r.dimension: r for r in priorities(answered, case_id).rows}
    assert (rows["D07"].target, rows["D07"].wish.level) == (2, 2)
    set_targets(answered, case_id, FORM, {"D07": None})
    rows = {r.dimension: r for r in priorities(answered, case_id).rows}
    assert (rows["D07"].target, rows["D07"].wish.level) == (4, None)
    assert rows["D01"].target == 5


def test_the_overall_value_weighs_by_relevance(answered: Workplace, case_id: uuid.UUID) -> None:
    alike = show_results(answered, case_id).total
    assert alike is not None
    assert alike.value == Decimal("2.5")
    set_relevance(answered, case_id, FORM, "D07", 5)
    set_relevance(answered, case_id, FORM, "D01", 1)
    weighted = show_results(answered, case_id).total
    assert weighted is not None
    assert weighted.value == Decimal("1.5")


def test_a_place_of_its_own_needs_a_reason(answered: Workplace, case_id: uuid.UUID) -> None:
    with pytest.raises(RankNeedsReason):
        set_rank(answered, case_id, FORM, "D01", 1, "  ")
    assert priorities(answered, case_id).rows[0].dimension == "D07"
    set_rank(answered, case_id, FORM, "D01", 1, "Die Bank fragt danach.")
    first = priorities(answered, case_id).rows[0]
    assert (first.dimension, first.computed, first.wish.reason) == (
        "D01",
        2,
        "Die Bank fragt danach.",
    )
    set_rank(answered, case_id, FORM, "D01", None)
    assert priorities(answered, case_id).rows[0].dimension == "D07"


@pytest.mark.parametrize("level", [Decimal("-0.5"), Decimal("5.5")])
def test_a_target_outside_the_scale_is_refused(
    answered: Workplace, case_id: uuid.UUID, level: Decimal
) -> None:
    with pytest.raises(ValueError, match="D07"):
        set_targets(answered, case_id, FORM, {"D07": level})


def test_the_report_prints_the_order_and_how_the_whole_came_about(
    answered: Workplace, case_id: uuid.UUID
) -> None:
    set_rank(answered, case_id, FORM, "D01", 1, "Die Bank fragt danach.")
    model = compose_report(answered, case_id)
    assert [(p.place, p.computed, p.dimension) for p in model.priorities] == [
        (1, 2, "Geschäftsfelder"),
        (2, 1, "Qualifizierung"),
    ]
    assert model.derivations == ()
    words = words_of(model)
    assert "rechnerisch Platz 2, auf Platz 1 gesetzt. Die Bank fragt danach." in words


def test_the_overall_value_opens_its_arithmetic(place: Workplace, case_id: uuid.UUID) -> None:
    say(place, case_id, Perspective.MANAGEMENT, story.MANAGEMENT)
    set_relevance(place, case_id, FORM, "D01", 5)
    results = show_results(place, case_id)
    derivation = overall_derivation(results)
    assert derivation is not None
    weights = [int(term.note.removeprefix("Relevanz ")) for term in derivation.terms]
    values = [Decimal(term.value.replace(",", ".")) for term in derivation.terms]
    mean = sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
    assert results.total is not None
    assert results.total.value is not None
    assert abs(mean - results.total.value) < Decimal("0.05")
    assert f"÷ {sum(weights)} = " in derivation.formula
    assert "Wo die Relevanz nicht erfragt wurde" in " ".join(derivation.assumptions)
