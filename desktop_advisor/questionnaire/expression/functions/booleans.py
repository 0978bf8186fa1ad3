"""Conditions: XPath 1.0 §4.3 and the choosing functions of ODK XForms."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.expression.context import Compiled, Context
from desktop_advisor.questionnaire.expression.errors import EvaluationError
from desktop_advisor.questionnaire.expression.functions.signature import (
    Function,
    boolean,
    number,
    of_texts,
    text,
)
from desktop_advisor.questionnaire.expression.nodes import string_value
from desktop_advisor.questionnaire.expression.values import (
    Value,
    numbers_of,
    to_boolean,
)


def _if(context: Context, condition: Compiled, then: Compiled, otherwise: Compiled) -> Value:
    return (then if boolean(context, condition) else otherwise)(context)


def _coalesce(context: Context, first: Compiled, second: Compiled) -> Value:
    return text(context, first) or text(context, second)


def _once(context: Context, argument: Compiled) -> Value:
    """The value the question already has, else the argument."""
    return string_value(context.node) or text(context, argument)


def _booleans(value: Value) -> list[bool]:
    """A node of a set counts when it has text (web-forms)."""
    if isinstance(value, list):
        return [string_value(node) != "" for node in value]
    return [to_boolean(value)]


def _checklist(context: Context, low: Compiled, high: Compiled, *answers: Compiled) -> Value:
    count = sum(sum(_booleans(answer(context))) for answer in answers)
    return _is_between(count, number(context, low), number(context, high))


def _weighted_checklist(context: Context, low: Compiled, high: Compiled, *pairs: Compiled) -> Value:
    if len(pairs) % 2:
        raise EvaluationError("weighted-checklist braucht zu jeder Angabe ein Gewicht")
    total = sum(_weights(context, pairs))
    return _is_between(total, number(context, low), number(context, high))


def _weights(context: Context, pairs: tuple[Compiled, ...]) -> Iterator[float]:
    for answer, weight in zip(pairs[::2], pairs[1::2], strict=True):
        answers = _booleans(answer(context))
        weights = numbers_of(weight(context), context.zone)
        yield from (w for a, w in zip(answers, weights, strict=False) if a)


def _is_between(count: float, low: float, high: float) -> bool:
    return (low == -1 or count >= low) and (high == -1 or count <= high)


def _lang(context: Context, argument: Compiled) -> Value:
    wanted = text(context, argument).lower()
    node = context.node
    while True:
        written = next((a.value for a in node.attributes if a.name == "xml:lang"), None)
        if written is not None:
            return written.lower() == wanted or written.lower().startswith(wanted + "-")
        if node.parent is None:
            return False
        node = node.parent


BOOLEANS = {
    "true": Function(0, 0, lambda _context: True),
    "false": Function(0, 0, lambda _context: False),
    "not": Function(1, 1, lambda context, argument: not boolean(context, argument)),
    "boolean": Function(1, 1, boolean),
    "boolean-from-string": Function(1, 1, of_texts(lambda value: value in ("1", "true"))),
    "if": Function(3, 3, _if),
    "coalesce": Function(2, 2, _coalesce),
    "once": Function(1, 1, _once),
    "checklist": Function(2, None, _checklist),
    "weighted-checklist": Function(2, None, _weighted_checklist),
    "lang": Function(1, 1, _lang),
}
