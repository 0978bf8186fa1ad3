"""What the table agrees on together: never averaged, but it goes before each side's own word."""

from __future__ import annotations

import uuid
from decimal import Decimal

from desktop_advisor.domain.answers import Perspective, Response
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.recommending import refresh_recommendations
from desktop_advisor.usecases.releasing import release_view
from desktop_advisor.usecases.results import Results, show_results
from desktop_advisor.usecases.scoring import AnswerRecord, leading, leading_answers
from desktop_advisor.usecases.workplace import Workplace
from tests.filled_cases import note_dissent, say
from tests.report.reading import words_of

GF, BR, BER = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL, Perspective.ADVISOR
JOINT = Perspective.JOINT
SKILLS = {"d07_plan": "4", "d07_matrix": "4", "d07_inclusion": "4"}


def record(value: str) -> AnswerRecord:
    return AnswerRecord(Response.of(value))


def dimension(results: Results, code: str) -> Decimal | None:
    led = next(r.led for r in results.dimensions if r.dimension.code == code)
    return led.printable if led else None


def test_the_joint_answer_stands_in_place_of_the_leading_one() -> None:
    answers = {
        GF: {"a": record("4"), "b": record("2")},
        BR: {"a": record("1"), "c": record("5")},
        JOINT: {"a": record("3"), "b": record(""), "d": record("0")},
    }
    led = leading_answers(answers)
    assert {q: a.response.value for q, a in led.items()} == {"a": "3", "b": "2", "d": "0"}


def test_joint_answers_lead_where_nobody_else_has_said_anything() -> None:
    assert leading({JOINT: {"a": record("3")}, GF: {"a": record("")}}) is JOINT
    assert leading({JOINT: {"a": record("3")}, BER: {"a": record("2")}}) is BER


def test_the_value_of_a_dimension_takes_in_what_was_agreed_and_nothing_is_averaged(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, SKILLS)
    say(place, case_id, BR, dict.fromkeys(SKILLS, "0"))
    say(place, case_id, JOINT, {"d07_matrix": "1"})
    release_view(place, case_id, "Sabine Krauß")
    results = show_results(place, case_id)
    row = next(r for r in results.dimensions if r.dimension.code == "D07")
    assert row.scores[GF].value == Decimal(4)
    assert row.scores[BR].value == Decimal(0)
    weights = {i.indicator.question: i.indicator.weight for i in row.indicators}
    reached = 4 * sum(weights.values()) - 3 * weights["d07_matrix"]
    assert row.led is not None
    assert row.led.value == reached / sum(weights.values())
    assert (results.leading, results.joint, results.has_joint_answers) == (GF, 1, True)
    assert results.perspectives == (GF, BR, JOINT)


def test_joint_answers_alone_give_a_result(place: Workplace, case_id: uuid.UUID) -> None:
    say(place, case_id, JOINT, SKILLS)
    results = show_results(place, case_id)
    assert results.leading is JOINT
    assert dimension(results, "D07") == Decimal(4)


def test_a_rule_fires_on_the_agreed_answer_and_says_so(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, SKILLS)
    before = {view.rule for view in refresh_recommendations(place, case_id)}
    say(place, case_id, JOINT, {"d07_matrix": "0"})
    views = {view.rule: view for view in refresh_recommendations(place, case_id)}
    fresh = [v for rule, v in views.items() if rule not in before and v.is_current]
    causes = [c for v in fresh for c in v.causes if c.fact == "gem_d07_matrix"]
    assert causes
    assert all(c.label.endswith("(gemeinsam)") for c in causes)


def test_the_report_prints_the_joint_column_the_count_and_the_word_of_the_table(
    place: Workplace, case_id: uuid.UUID
) -> None:
    say(place, case_id, GF, SKILLS)
    say(place, case_id, BR, {**SKILLS, "d07_matrix": "1"})
    say(place, case_id, JOINT, {"d07_matrix": "2"})
    note_dissent(place, case_id, "d07_matrix", "Gilt nur für die Kernmacherei.")
    hidden = words_of(compose_report(place, case_id))
    assert "Kernmacherei" not in hidden
    release_view(place, case_id, "Sabine Krauß")
    model = compose_report(place, case_id)
    assert model.joint == 1
    (point,) = model.talking_points
    assert (point.gf, point.br, point.joint) == (4, 1, 2)
    shown = words_of(model)
    assert "1 Kennpunkt wurde gemeinsam festgelegt; dort zählt die gemeinsame Stufe." in shown
    assert "Gilt nur für die Kernmacherei." in shown
    assert "GF 4 · BR 1 · gemeinsam 2" in shown
    assert "Gem." in shown


def test_without_joint_answers_nothing_speaks_of_them(place: Workplace, case_id: uuid.UUID) -> None:
    say(place, case_id, GF, SKILLS)
    shown = words_of(compose_report(place, case_id))
    assert "gemeinsam festgelegt" not in shown
    assert "Gem." not in shown
