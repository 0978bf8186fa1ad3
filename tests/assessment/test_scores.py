"""Scores by the vectors of domain §3, and their bounds for any answers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_advisor.assessment.location import SiteFactor
from desktop_advisor.assessment.scores import ScoredAnswer, Verdict, overall, score
from desktop_advisor.domain.answers import AnswerState, Evidence


def answered(*levels: int) -> list[ScoredAnswer]:
    return [
        ScoredAnswer(f"q{i}", AnswerState.ANSWERED, Decimal(level))
        for i, level in enumerate(levels)
    ]


def in_state(state: AnswerState, name: str = "x") -> ScoredAnswer:
    return ScoredAnswer(name, state)


def test_the_vector_of_the_domain_brief_is_reproduced() -> None:
    answers = [
        *answered(3, 2, 4, 1, 3),
        in_state(AnswerState.UNKNOWN),
        in_state(AnswerState.NOT_APPLICABLE),
        in_state(AnswerState.OPEN),
    ]
    result = score(answers)
    assert result.value == Decimal("2.6")
    assert result.coverage == Decimal(5) / 7
    assert result.low is not None
    assert result.high is not None
    assert round(result.low, 3) == Decimal("1.857")
    assert round(result.high, 3) == Decimal("3.286")
    assert result.verdict is Verdict.WITH_INTERVAL


def test_under_sixty_percent_coverage_nothing_is_printable() -> None:
    result = score([*answered(5), in_state(AnswerState.OPEN)])
    assert result.verdict is Verdict.TOO_LITTLE
    assert result.printable is None


def test_sixty_percent_coverage_is_enough() -> None:
    three_of_five = [*answered(2, 2, 2), *[in_state(AnswerState.UNKNOWN)] * 2]
    assert score(three_of_five).verdict is Verdict.WITH_INTERVAL


@pytest.mark.parametrize(
    ("given_answers", "verdict"),
    [
        (59, Verdict.TOO_LITTLE),
        (60, Verdict.WITH_INTERVAL),
        (84, Verdict.WITH_INTERVAL),
        (85, Verdict.SOLID),
    ],
)
def test_coverage_turns_at_sixty_and_at_eighty_five_of_a_hundred(
    given_answers: int, verdict: Verdict
) -> None:
    missing = [in_state(AnswerState.UNKNOWN)] * (100 - given_answers)
    assert score([*answered(*[2] * given_answers), *missing]).verdict is verdict


def test_a_level_left_over_from_another_state_counts_for_nothing() -> None:
    left = ScoredAnswer("x", AnswerState.CONFIDENTIAL, Decimal(5))
    result = score([*answered(1, 1), left])
    assert (result.value, result.answered) == (Decimal(1), 2)


def test_a_dimension_where_nothing_applies_is_not_applicable() -> None:
    result = score([in_state(AnswerState.NOT_APPLICABLE)])
    assert result.verdict is Verdict.NOT_APPLICABLE
    assert result.coverage is None


def test_the_lowest_critical_indicator_is_the_bottleneck() -> None:
    answers = [
        ScoredAnswer("a", AnswerState.ANSWERED, Decimal(1), is_critical=True),
        ScoredAnswer("b", AnswerState.ANSWERED, Decimal(0), is_critical=True),
        ScoredAnswer("c", AnswerState.ANSWERED, Decimal(0)),
    ]
    assert score(answers).bottleneck == "b"


def test_one_is_a_bottleneck_where_the_indicator_is_critical_and_only_there() -> None:
    one = ScoredAnswer("a", AnswerState.ANSWERED, Decimal(1), is_critical=True)
    assert score([one, *answered(0)]).bottleneck == "a"
    assert score(answered(0, 1)).bottleneck is None


def test_a_critical_indicator_above_one_is_no_bottleneck() -> None:
    assert (
        score([ScoredAnswer("a", AnswerState.ANSWERED, Decimal(2), is_critical=True)]).bottleneck
        is None
    )


def test_evidence_counts_what_was_seen_or_read() -> None:
    answers = [
        ScoredAnswer(str(i), AnswerState.ANSWERED, Decimal(3), evidence=evidence)
        for i, evidence in enumerate(Evidence)
    ]
    assert score(answers).evidenced == Decimal("0.5")


def test_the_overall_value_leaves_out_what_is_not_printable() -> None:
    solid, thin = score(answered(2, 4)), score([*answered(5), in_state(AnswerState.OPEN)])
    result = overall([(solid, Decimal(1)), (thin, Decimal(1))])
    assert result.value == Decimal(3)
    assert result.coverage == Decimal("0.5")


def test_the_overall_value_is_weighted_by_relevance() -> None:
    result = overall([(score(answered(1)), Decimal(5)), (score(answered(5)), Decimal(3))])
    assert result.value == Decimal("2.5")


def test_a_site_factor_has_a_gap_only_when_both_are_rated() -> None:
    assert SiteFactor("land", 5, 1).gap == 4
    assert SiteFactor("fibre", 2, 5).gap == -3
    assert SiteFactor("bank", 5, None).gap is None


any_answer = st.builds(
    lambda state, level, weight: ScoredAnswer(
        "q", state, Decimal(level) if state is AnswerState.ANSWERED else None, weight
    ),
    st.sampled_from(AnswerState),
    st.integers(0, 5),
    st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2)]),
)


@given(st.lists(any_answer, max_size=12))
def test_the_value_lies_within_its_bounds(answers: list[ScoredAnswer]) -> None:
    result = score(answers)
    if result.low is None or result.high is None:
        assert result.verdict is Verdict.NOT_APPLICABLE
        return
    assert 0 <= result.low <= result.high <= 5
    if result.value is not None:
        tiny = Decimal("1e-20")
        assert result.low - tiny <= result.value <= result.high + tiny
