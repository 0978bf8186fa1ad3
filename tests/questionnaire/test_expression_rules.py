"""Conditions of rules over facts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop_advisor.questionnaire.expression import (
    ExpressionSyntaxError,
    UnknownFunction,
    UnknownName,
)
from desktop_advisor.questionnaire.rules import Facts, compile_condition

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NAMES = ("score_d01", "jae", "county")


def test_a_missing_score_never_fires() -> None:
    condition = compile_condition("${score_d01} < 2", NAMES)
    assert not condition({}, NOW)
    assert not condition({"score_d01": ""}, NOW)
    assert condition({"score_d01": "1.5"}, NOW)


def test_a_condition_tells_which_facts_it_reads() -> None:
    condition = compile_condition("${jae} > 10 and ${score_d01} < 2 or ${jae} = ''", NAMES)
    assert condition.names == ("jae", "score_d01")


def test_it_knows_the_time_it_is_given() -> None:
    assert compile_condition("today() = '2026-11-22'", NAMES)({}, NOW)


@pytest.mark.parametrize(
    ("text", "fault", "position"),
    [
        ("${score} < 2", UnknownName, 0),
        ("1 = score_d01", UnknownName, 4),
        ("nonsense(${jae})", UnknownFunction, 0),
        ("${jae} >", ExpressionSyntaxError, 8),
    ],
)
def test_a_fault_is_found_before_any_fact_is_there(
    text: str, fault: type[Exception], position: int
) -> None:
    with pytest.raises(fault) as caught:
        compile_condition(text, NAMES)
    assert getattr(caught.value, "position", None) == position


def test_facts_read_as_empty_when_unknown() -> None:
    facts = Facts({"jae": "20"})
    assert (facts["jae"], facts["county"]) == ("20", "")
