"""= != < <= > >= over the four types (XPath 1.0 §3.4)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import tzinfo

from desktop_advisor.questionnaire.expression.nodes import string_value
from desktop_advisor.questionnaire.expression.values import (
    Value,
    numbers_of,
    to_boolean,
    to_number,
    to_string,
)

Comparison = Callable[[Value, Value, tzinfo], bool]

SAME_WITHIN = 1e-12
"""Numbers nearer than this are equal: 0.1 + 0.2 = 0.3 (JavaRosa, XPathEqExpr)."""


def is_equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`=`: a node-set is equal when one of its nodes is."""
    return _same(left, right, zone, negated=False)


def is_unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`!=`: a node-set is unequal when one of its nodes is; the empty set never is."""
    return _same(left, right, zone, negated=True)


def _same(left: Value, right: Value, zone: tzinfo, *, negated: bool) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return (left == right) != negated
    if isinstance(left, bool) or isinstance(right, bool):
        return (to_boolean(left) == to_boolean(right)) != negated
    if isinstance(left, list):
        return any(_same_atom(string_value(node), right, zone, negated) for node in left)
    return _same_atom(left, right, zone, negated)


def _same_atom(left: str | float, right: Value, zone: tzinfo, negated: bool) -> bool:
    if isinstance(right, list):
        return any(_same_atom(left, string_value(node), zone, negated) for node in right)
    if isinstance(left, float) or isinstance(right, float):
        return _is_close(to_number(left, zone), to_number(right, zone)) != negated
    return (to_string(left) == to_string(right)) != negated


def _is_close(left: float, right: float) -> bool:
    return left == right or abs(left - right) < SAME_WITHIN


def _ordered(test: Callable[[float, float], bool]) -> Comparison:
    def compare(left: Value, right: Value, zone: tzinfo) -> bool:
        if not isinstance(left, list) and not isinstance(right, list):
            return test(to_number(left, zone), to_number(right, zone))
        others = numbers_of(right, zone)
        return any(test(one, other) for one in numbers_of(left, zone) for other in others)

    return compare


COMPARISONS: dict[str, Comparison] = {
    "=": is_equal,
    "!=": is_unequal,
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
}
