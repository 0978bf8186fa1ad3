"""The facts tree has every name, and nothing in it that is not known (design §7)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.advice.facts import build_facts, fact_names
from desktop_advisor.assessment.scores import ScoredAnswer, score
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.questionnaire.sidecar import Dimension, Indicator, Sidecar

GF, BR, BER = Perspective.MANAGEMENT, Perspective.WORKS_COUNCIL, Perspective.ADVISOR
QUESTIONS = ("d01_a", "d01_b")
SIDECAR = Sidecar(
    form_id="probe",
    version="1",
    title={"de": "Probe"},
    form_hash="",
    dimensions=(Dimension(code="D01", kind="R", label={"de": "Eins"}, short={"de": "Eins"}),),
    indicators=tuple(Indicator(question=name, dimension="D01") for name in QUESTIONS),
)
VALUES = st.sampled_from(["", "0", "3", "5", "na", "dk", "kv"])
ANSWERS = st.dictionaries(st.sampled_from(QUESTIONS), VALUES)


ScoredAnswers = list[ScoredAnswer]


def scored(*levels: int, unknown: int = 0) -> ScoredAnswers:
    answers = [ScoredAnswer("q", AnswerState.ANSWERED, Decimal(level)) for level in levels]
    return [*answers, *[ScoredAnswer("q", AnswerState.UNKNOWN)] * unknown]


@given(answers=st.dictionaries(st.sampled_from([GF, BR, BER]), ANSWERS))
def test_the_names_are_the_same_whatever_is_known(
    answers: dict[Perspective, dict[str, str]],
) -> None:
    facts = build_facts(SIDECAR, company={}, answers=answers, scores={})
    assert set(facts) == set(fact_names(SIDECAR))


def test_nothing_known_means_every_fact_is_empty() -> None:
    facts = build_facts(SIDECAR, company={}, answers={}, scores={})
    assert set(facts.values()) == {""}
    assert {"d01_a", "br_d01_a", "ber_d01_a", "heads", "score_d01", "score_br_d01"} <= set(facts)


def test_management_leads_then_the_advisor_then_the_works_council() -> None:
    def leading(*perspectives: Perspective) -> str:
        answers = {p: {"d01_a": {GF: "1", BER: "2", BR: "3"}[p]} for p in perspectives}
        return build_facts(SIDECAR, company={}, answers=answers, scores={})["d01_a"]

    assert leading(GF, BER, BR) == "1"
    assert leading(BER, BR) == "2"
    assert leading(BR) == "3"


def test_a_perspective_that_answered_nothing_does_not_lead() -> None:
    answers = {GF: {"d01_a": ""}, BER: {"d01_a": "4"}}
    assert build_facts(SIDECAR, company={}, answers=answers, scores={})["d01_a"] == "4"


def test_the_leading_answers_are_never_filled_up_from_another_perspective() -> None:
    answers = {GF: {"d01_a": "1"}, BR: {"d01_b": "5"}}
    facts = build_facts(SIDECAR, company={}, answers=answers, scores={})
    assert (facts["d01_b"], facts["br_d01_b"]) == ("", "5")


def test_a_score_below_sixty_percent_coverage_reads_as_empty_but_its_coverage_does_not() -> None:
    scores = {GF: {"D01": score(scored(2, unknown=1))}, BR: {"D01": score(scored(3, 4))}}
    answers = {GF: {"d01_a": "2"}}
    facts = build_facts(SIDECAR, company={}, answers=answers, scores=scores)
    assert (facts["score_d01"], facts["coverage_d01"]) == ("", "0.5")
    assert facts["score_br_d01"] == "3.5"


def test_company_facts_outweigh_the_question_of_the_same_name() -> None:
    answers = {GF: {"heads": "12"}}
    given_too = build_facts(SIDECAR, company={"heads": "40"}, answers=answers, scores={})
    asked_only = build_facts(SIDECAR, company={"heads": ""}, answers=answers, scores={})
    assert (given_too["heads"], asked_only["heads"]) == ("40", "12")


def test_what_was_agreed_together_can_be_read_and_may_lead() -> None:
    answers = {GF: {"d01_a": "4"}, Perspective.JOINT: {"d01_a": "2"}}
    alone = build_facts(SIDECAR, company={}, answers=answers, scores={})
    assert (alone["d01_a"], alone["gem_d01_a"]) == ("4", "2")
    led = build_facts(SIDECAR, company={}, answers=answers, scores={}, leading={"d01_a": "2"})
    assert led["d01_a"] == "2"
