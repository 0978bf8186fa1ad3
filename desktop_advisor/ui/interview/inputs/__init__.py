"""One widget for each way to answer a question; `input_for` chooses it."""

from __future__ import annotations

from desktop_advisor.ui.interview.inputs.answer_input import AnswerInput, Making
from desktop_advisor.ui.interview.inputs.choices import ChoiceInput
from desktop_advisor.ui.interview.inputs.confirmation import ConfirmInput, ReadOnlyInput
from desktop_advisor.ui.interview.inputs.long_text import LongTextInput
from desktop_advisor.ui.interview.inputs.ranking import RankInput
from desktop_advisor.ui.interview.inputs.span import SpanInput
from desktop_advisor.ui.interview.inputs.typed_answers import TYPED
from desktop_advisor.usecases.question_views import Kind, QuestionView

__all__ = ["ANSWERED_HERE", "AnswerInput", "input_for"]

_MAKING: dict[Kind, Making] = {
    Kind.CHOICE: ChoiceInput,
    Kind.CHOICES: ChoiceInput,
    Kind.RANK: RankInput,
    Kind.RANGE: SpanInput,
    Kind.LONG_TEXT: LongTextInput,
    Kind.CONFIRM: ConfirmInput,
    Kind.NOTE: ReadOnlyInput,
    **TYPED,
}
ANSWERED_HERE = frozenset(_MAKING)
"""Kinds that `input_for` knows; levels, tables and files have their own places."""


def input_for(view: QuestionView) -> AnswerInput:
    """The input of a question, showing its stored answer.

    Raises: KeyError for a kind that is not in ANSWERED_HERE.
    """
    return _MAKING[view.kind](view)
