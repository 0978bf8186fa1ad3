"""Rules that can never fire, because no answer meets all their conditions at once."""

from __future__ import annotations

import math
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from desktop_advisor.questionnaire.authoring.checks.literals import values_of
from desktop_advisor.questionnaire.authoring.expressions import rule_cells, tree_of
from desktop_advisor.questionnaire.authoring.findings import Finding, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question
from desktop_advisor.questionnaire.expression import ExpressionError
from desktop_advisor.questionnaire.expression.tree import (
    Expression,
    Literal,
    Logic,
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
_HIGHEST = {"score": 5.0, "coverage": 1.0}
"""Range of the computed facts: 0–5 and 0–1 (domain §3)."""
_BETWEEN = 0.001

_Comparison = tuple[str, str, "str | float"]
"""Name, operator, constant."""


def find(outline: Outline, facts: dict[str, Question | None]) -> Iterator[Finding]:
    """Contradictions within one rule, and comparisons out of the range of a value."""
    for cell in rule_cells(outline):
        try:
            tree = tree_of(cell)
        except ExpressionError:
            continue  # a finding of its own
        if _never(tree, outline, facts):
            message = "Die Bedingung kann nie erfüllt sein: Ihre Teile widersprechen sich."
            yield at_cell(cell.table, cell.row, cell.header, message, "Grenzen prüfen")


def _never(tree: Expression, outline: Outline, facts: dict[str, Question | None]) -> bool:
    if isinstance(tree, Logic) and tree.operator == "or":
        return all(_never(part, outline, facts) for part in tree.operands)
    parts = tree.operands if isinstance(tree, Logic) else (tree,)
    if isinstance(tree, Logic) and any(_never(part, outline, facts) for part in parts):
        return True
    by_name: dict[str, list[_Comparison]] = defaultdict(list)
    for comparison in _comparisons(parts):
        by_name[comparison[0]].append(comparison)
    return any(
        _contradict(comparisons, _candidates(name, comparisons, outline, facts))
        for name, comparisons in by_name.items()
    )


def _comparisons(parts: Iterable[Expression]) -> Iterator[_Comparison]:
    for part in parts:
        if not isinstance(part, Operation) or part.operator not in _MIRRORED:
            continue
        left, right = part.left, part.right
        if isinstance(left, Reference) and isinstance(right, Literal | Number):
            yield left.name, part.operator, right.value
        elif isinstance(right, Reference) and isinstance(left, Literal | Number):
            yield right.name, _MIRRORED[part.operator], left.value


def _candidates(
    name: str,
    comparisons: list[_Comparison],
    outline: Outline,
    facts: dict[str, Question | None],
) -> set[str]:
    """Values that tell all cases apart, "" included; empty when nothing is known of the fact."""
    question = facts.get(name)
    if question is not None:
        known = values_of(outline, question) if question.kind == "select_one" else set()
        return known | {""} if known else set()
    highest = _HIGHEST.get(name.partition("_")[0])
    if highest is None or name not in facts:
        return set()
    points = {0.0, highest}
    for _, _, constant in comparisons:
        value = _number(constant)
        points |= {value - _BETWEEN, value, value + _BETWEEN}
    return {str(point) for point in points if 0 <= point <= highest} | {""}


def _contradict(comparisons: list[_Comparison], candidates: set[str]) -> bool:
    return bool(candidates) and not any(
        all(_holds(candidate, sign, constant) for _, sign, constant in comparisons)
        for candidate in candidates
    )


def _holds(candidate: str, sign: str, constant: str | float) -> bool:
    """XPath 1.0 §3.4: equality with a string compares texts, all else compares numbers."""
    if sign in _ORDER:
        return _ORDER[sign](_number(candidate), _number(constant))
    same = candidate == constant if isinstance(constant, str) else _number(candidate) == constant
    return same == (sign == "=")


def _number(value: str | float) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan
