"""Answers of select questions: blank-separated choice values (ODK XForms)."""

from __future__ import annotations

import math

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.functions.signature import (
    Function,
    number,
    of_texts,
    text,
)
from desktop_advisor.questionnaire.expression.values import Value


def _selected(answer: str, choice: str) -> bool:
    """Nothing is selected in an empty answer (web-forms, JavaRosa)."""
    return choice.strip() in (answer.split() or [""])


def _selected_at(context: Context, answer: Compiled, index: Compiled) -> Value:
    """0-based; "" where there is no such choice."""
    choices, place = text(context, answer).split(), number(context, index)
    if not math.isfinite(place) or not 0 <= place < len(choices):
        return ""
    return choices[int(place)]


def _count_selected(answer: str) -> float:
    return float(len(answer.split()))


SELECTS = {
    "selected": Function(2, 2, of_texts(_selected)),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, of_texts(_count_selected)),
}
