"""How a value came about, in figures a reader can recompute (domain §3).

View: a perspective, or None for the leading answers, in which joint ones stand where there are any.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop_advisor.assessment.scores import Score
from desktop_advisor.domain.answers import AnswerState, Perspective
from desktop_advisor.domain.german import one_digit, percent
from desktop_advisor.usecases.results import DimensionRow, IndicatorRow
from desktop_advisor.usecases.scoring import AnswerRecord


@dataclass(frozen=True)
class Step:
    """One indicator in the sum. level: None unless answered; counts: False when it left the set."""

    text: str
    level: Decimal | None
    weight: Decimal
    state: AnswerState
    counts: bool


View = Perspective | None


def score_of(row: DimensionRow, view: View) -> Score | None:
    """The score of a view; None where it has said nothing."""
    return row.led if view is None else row.scores.get(view)


def steps(row: DimensionRow, view: View) -> list[Step]:
    """The indicators of a dimension that count for a view, in the order of the form."""
    return [
        _step(item, item.led if view is None else item.answers.get(view))
        for item in row.indicators
        if _counts(item, view) and item.indicator.role == "level"
    ]


def _counts(item: IndicatorRow, view: View) -> bool:
    return item.is_led if view is None else view in item.indicator.perspectives


def _step(item: IndicatorRow, answer: AnswerRecord | None) -> Step:
    state = answer.response.state if answer else AnswerState.OPEN
    level = Decimal(answer.response.value) if answer and state is AnswerState.ANSWERED else None
    return Step(
        text=item.text,
        level=level,
        weight=item.indicator.weight,
        state=state,
        counts=state is not AnswerState.NOT_APPLICABLE,
    )


def formula(row: DimensionRow, view: View) -> str:
    """ "(3·1 + 2·2) ÷ 3 = 2,3": levels times weights by the sum of weights; "" where none."""
    score = score_of(row, view)
    answered = [s for s in steps(row, view) if s.level is not None]
    if score is None or score.value is None or not answered:
        return ""
    terms = " + ".join(f"{plain(s.level or Decimal(0))}·{plain(s.weight)}" for s in answered)
    total = sum((s.weight for s in answered), Decimal(0))
    return f"({terms}) ÷ {plain(total)} = {one_digit(score.value)}"


def coverage_formula(row: DimensionRow, view: View) -> str:
    """ "3 ÷ 4 = 75 %": answered weight by applicable weight; "" where nothing applies."""
    score = score_of(row, view)
    if score is None or score.coverage is None:
        return ""
    counted = [s for s in steps(row, view) if s.counts]
    answered = sum((s.weight for s in counted if s.level is not None), Decimal(0))
    everything = sum((s.weight for s in counted), Decimal(0))
    return f"{plain(answered)} ÷ {plain(everything)} = {percent(score.coverage)}"


def span(row: DimensionRow, view: View) -> str:
    """ "1,9–3,3", "" where low and high coincide."""
    score = score_of(row, view)
    if score is None or score.low is None or score.high is None or score.low == score.high:
        return ""
    return f"{one_digit(score.low)}–{one_digit(score.high)}"


def plain(value: Decimal) -> str:
    """A weight or level without needless zeros, with a decimal comma."""
    return f"{value.normalize():f}".replace(".", ",")
