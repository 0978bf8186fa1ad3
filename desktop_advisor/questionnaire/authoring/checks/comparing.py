"""Comparisons of one fact with one constant, which is what nearly every condition is made of."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import NamedTuple

from desktop_advisor.questionnaire.expression.tree import (
    Expression,
    Literal,
    Number,
    Operation,
    Reference,
)

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class Comparison(NamedTuple):
    """`${name} sign constant`; a comparison the other way round is turned."""

    name: str
    sign: str
    constant: str | float


def comparison_of(part: Expression) -> Comparison | None:
    """The comparison, None for whatever else the expression is."""
    if not isinstance(part, Operation) or part.operator not in _MIRRORED:
        return None
    left, right = part.left, part.right
    if isinstance(left, Reference) and isinstance(right, Literal | Number):
        return Comparison(left.name, part.operator, right.value)
    if isinstance(right, Reference) and isinstance(left, Literal | Number):
        return Comparison(right.name, _MIRRORED[part.operator], left.value)
    return None


def holds(value: str, sign: str, constant: str | float) -> bool:
    """XPath 1.0 §3.4: equality with a string compares texts, all else compares numbers."""
    if sign in _ORDER:
        return _ORDER[sign](number_of(value), number_of(constant))
    same = value == constant if isinstance(constant, str) else number_of(value) == constant
    return same == (sign == "=")


def number_of(value: str | float) -> float:
    """The number a text reads as, NaN for none."""
    try:
        return float(value)
    except ValueError:
        return math.nan
