"""Growth advice under a warning sign stays out of the plan unless somebody says why not."""

from __future__ import annotations

import uuid

import pytest

from desktop_advisor.usecases.action_plan import ActionPlan, show_plan
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.growth_pause import (
    NotHeldBack,
    OverrideNeedsReason,
    list_held_back,
    take_despite_warning,
)
from desktop_advisor.usecases.interview import Interview
from desktop_advisor.usecases.measures import list_measures
from desktop_advisor.usecases.recommending import (
    RecommendationView,
    agree_measure,
    list_recommendations,
    refresh_recommendations,
)
from desktop_advisor.usecases.results import show_results
from desktop_advisor.usecases.workplace import Workplace


@pytest.fixture
def talk(place: Workplace, visit_id: uuid.UUID) -> Interview:
    """Answers from which growth advice follows, and nothing that stands against it."""
    made = Interview(place, visit_id)
    for name in made.questions():
        if name.startswith(("d01_", "d06_", "d09_")) and name != "d01_liquidity":
            made.answer(name, "1")
    made.answer("d01_liquidity", "4")
    return made


def growing(place: Workplace, talk: Interview) -> RecommendationView:
    """One piece of growth advice as it stands without a warning sign."""
    rules = {rule.name for rule in place.form().sidecar.rules if rule.is_growth}
    views = refresh_recommendations(place, talk.case_id)
    return next(view for view in views if view.rule in rules)


def plan(place: Workplace, talk: Interview) -> ActionPlan:
    results = show_results(place, talk.case_id)
    return show_plan(place, results, list_recommendations(place, talk.case_id, results))


def test_without_a_warning_sign_nothing_is_held_back(place: Workplace, talk: Interview) -> None:
    assert growing(place, talk).suspended == ""
    assert list_held_back(place, talk.case_id) == ()


def test_a_warning_sign_keeps_growth_advice_out_and_says_why(
    place: Workplace, talk: Interview
) -> None:
    rule = growing(place, talk).rule
    talk.answer("d01_liquidity", "0")
    assert rule not in {v.rule for v in refresh_recommendations(place, talk.case_id)}
    held = {item.rule: item for item in list_held_back(place, talk.case_id)}
    assert held[rule].sentence.startswith("Zurückgestellt, solange das Warnzeichen besteht: ")


def test_a_measure_made_earlier_is_marked_and_stays(place: Workplace, talk: Interview) -> None:
    agree_measure(place, growing(place, talk))
    assert plan(place, talk).lines[0].held == ""
    talk.answer("d01_liquidity", "0")
    refresh_recommendations(place, talk.case_id)
    (line,) = plan(place, talk).lines
    assert "Warnzeichen" in line.held
    assert line.warnings[0] == line.held


def test_the_mark_goes_with_the_warning_sign(place: Workplace, talk: Interview) -> None:
    agree_measure(place, growing(place, talk))
    for level in ("0", "4"):
        talk.answer("d01_liquidity", level)
        refresh_recommendations(place, talk.case_id)
    assert plan(place, talk).lines[0].held == ""


def test_taking_it_all_the_same_needs_a_reason(place: Workplace, talk: Interview) -> None:
    rule = growing(place, talk).rule
    talk.answer("d01_liquidity", "0")
    with pytest.raises(OverrideNeedsReason):
        take_despite_warning(place, talk.case_id, rule, "  ")
    assert list_measures(place, talk.case_id) == []


def test_the_reason_stands_with_the_decision_and_in_the_report(
    place: Workplace, talk: Interview
) -> None:
    view = growing(place, talk)
    talk.answer("d01_liquidity", "0")
    take_despite_warning(place, talk.case_id, view.rule, "Auftrag liegt vor, Bank trägt mit")
    refresh_recommendations(place, talk.case_id)
    (line,) = plan(place, talk).lines
    assert line.row.draft.title == view.title
    assert "Warnzeichen" in line.held
    assert view.rule not in {item.rule for item in list_held_back(place, talk.case_id)}
    model = compose_report(place, talk.case_id)
    printed = next(r for r in model.recommendations if r.title == view.title)
    assert printed.reason == "Trotz Warnzeichen aufgenommen: Auftrag liegt vor, Bank trägt mit"
    assert "die Antworten haben sich seither geändert" not in printed.fired_by


def test_what_is_not_held_back_is_not_taken_this_way(place: Workplace, talk: Interview) -> None:
    with pytest.raises(NotHeldBack):
        take_despite_warning(place, talk.case_id, growing(place, talk).rule, "weil")
