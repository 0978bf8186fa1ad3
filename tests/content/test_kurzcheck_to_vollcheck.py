"""A half-filled Kurzcheck continues as a Vollcheck: same answers, same scores of the core."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_advisor.domain.answers import AnswerState, Response
from desktop_advisor.questionnaire.session import FormSession
from desktop_advisor.questionnaire.sidecar import Sidecar
from desktop_advisor.usecases.scoring import AnswerRecord, dimension_score, site_factors
from tests.content.forms import KURZCHECK, NOW, VOLLCHECK, asked, compiled, form_of, session

CORE = compiled(KURZCHECK).sidecar.indicators
HALF_FILLED = st.fixed_dictionaries(
    {},
    optional={
        indicator.question: st.sampled_from(
            ["1", "2", "3", "4", "5", "na", "dk", "kv"]
            + (["0"] if indicator.role == "level" else [])
        )
        for indicator in CORE
    },
)


def recorded(opened: FormSession, sidecar: Sidecar) -> dict[str, AnswerRecord]:
    """What the session holds, as the scores see it."""
    values = {i.question: opened.state(opened.ref_of(i.question)) for i in sidecar.indicators}
    return {
        name: AnswerRecord(Response.of(state.value, "probe"))
        for name, state in values.items()
        if state.relevant and state.value
    }


def scores_of(sidecar: Sidecar, answers: Mapping[str, AnswerRecord]) -> list[object]:
    """Score of each maturity dimension over its core items, then the core site factors."""
    core = [indicator for indicator in sidecar.indicators if indicator.is_core]
    codes = [dimension.code for dimension in sidecar.dimensions if dimension.kind == "R"]
    by_code = ([i for i in core if i.dimension == code] for code in codes)
    factors = {i.factor for i in core if i.factor}
    sites = [factor for factor in site_factors(sidecar, answers) if factor.indicator in factors]
    return [*(dimension_score(items, answers) for items in by_code), *sites]


@settings(max_examples=25, deadline=None)
@given(answers=HALF_FILLED)
def test_a_half_filled_kurzcheck_continues_as_a_vollcheck(answers: dict[str, str]) -> None:
    company = {"heads": "40", "has_works_council": "yes"}
    before = session(form_of(KURZCHECK), **company, **answers)
    after = session(form_of(VOLLCHECK), **company, **answers)
    for name, value in answers.items():
        assert after.state(after.ref_of(name)).value == value
        assert asked(after, name) == asked(before, name)
    kurzcheck, vollcheck = compiled(KURZCHECK).sidecar, compiled(VOLLCHECK).sidecar
    said, taken_over = recorded(before, kurzcheck), recorded(after, vollcheck)
    assert taken_over == said
    assert scores_of(vollcheck, taken_over) == scores_of(kurzcheck, said)


def test_stored_values_of_the_kurzcheck_open_in_the_vollcheck_as_they_are() -> None:
    before = session(
        form_of(KURZCHECK), heads="40", d01_strategy="3", d07_matrix="dk", d11_council="0"
    )
    after = FormSession(form_of(VOLLCHECK), now=lambda: NOW, values=before.values())
    said = {ref: value for ref, value in before.values().items() if value}
    assert {ref: after.state(ref).value for ref in said} == said
    given = [ref for ref, value in after.values().items() if value and ref not in said]
    assert [ref for ref in given if form_of(VOLLCHECK).binds[ref].calculate is None] == []


def test_new_questions_are_open_after_the_change_and_lower_the_coverage() -> None:
    vollcheck = compiled(VOLLCHECK).sidecar
    answers = {indicator.question: "3" for indicator in CORE}
    said = recorded(session(form_of(VOLLCHECK), heads="40", **answers), vollcheck)
    assert all(record.response.state is AnswerState.ANSWERED for record in said.values())
    strategy = [i for i in vollcheck.indicators if i.dimension == "D01"]
    score = dimension_score(strategy, said)
    assert (score.value, score.answered, score.applicable) == (Decimal(3), 3, 9)
