"""The values that the facts of a rule can take: as few as tell all its comparisons apart.

`${heads} < 10` needs two numbers of heads, not every number: values for which all comparisons of
a condition come out alike are one case. That keeps the search over all facts together small.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from desktop_advisor.questionnaire.authoring.checks.comparing import (
    Comparison,
    comparison_of,
    holds,
    number_of,
)
from desktop_advisor.questionnaire.authoring.checks.literals import values_of
from desktop_advisor.questionnaire.authoring.outline import Outline, Question
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Expression,
    Literal,
    Operation,
    Reference,
    parts,
    walk,
)
from desktop_advisor.questionnaire.fact_names import COMPANY_FACTS, FIGURES

MOST_CASES = 5000
"""Beyond that a condition is not searched; 0.1 seconds for one rule, our choice."""
_BETWEEN = 0.001
_HIGHEST = {"score": 5.0, "coverage": 1.0}
"""Range of the computed facts: 0–5 and 0–1 (domain §3)."""
_UNBOUNDED = ("job_gap", "job_demand_fall", "job_demand_rise")
"""Figures that count persons or level-persons; the others are percent."""
_WORDS = {
    "has_works_council": ("yes", "no"),
    "size_class": ("micro", "small", "medium", "large"),
}
_TEXTS = ("county", "wz")
_NUMBERS = ("integer", "decimal", "range", "calculate")

Facts = Mapping[str, "Question | None"]


def cases(
    trees: Sequence[Expression], outline: Outline, facts: Facts
) -> list[dict[str, str]] | None:
    """Every case that makes a difference, fact → value; None when it cannot be told or is too much.

    trees: conditions that are looked at together. facts: every name a rule may read.
    """
    values = {}
    for name in dict.fromkeys(_references(trees)):
        of_fact = _values(name, trees, outline, facts)
        if of_fact is None:
            return None
        values[name] = of_fact
    if math.prod(map(len, values.values())) > MOST_CASES:
        return None
    return [dict(zip(values, case, strict=True)) for case in product(*values.values())]


def _references(trees: Sequence[Expression]) -> Iterator[str]:
    for tree in trees:
        yield from (node.name for node in walk(tree) if isinstance(node, Reference))


def _values(
    name: str, trees: Sequence[Expression], outline: Outline, facts: Facts
) -> list[str] | None:
    found = [c for tree in trees for node in walk(tree) if (c := comparison_of(node))]
    mine = [comparison for comparison in found if comparison.name == name]
    begun = _beginnings(name, trees)
    read = Counter(_references(trees))[name]
    if begun and _is_text(name, facts) and read == len(mine) + len(begun):
        return [*sorted({*begun, *(str(c.constant) for c in mine)} - {""}), "x", ""]
    compared_only = read == len(mine)
    listed = _listed(name, outline, facts)
    if listed and not compared_only:
        return _as_numbers(listed, name, trees)
    found_points = points(name, mine, outline, facts) if compared_only else []
    return _apart(found_points, mine) if found_points else None


def _beginnings(name: str, trees: Sequence[Expression]) -> list[str]:
    """What `starts-with(${name}, '…')` asks for."""
    return [
        str(node.arguments[1].value)
        for tree in trees
        for node in walk(tree)
        if isinstance(node, Call)
        and node.name == "starts-with"
        and isinstance(node.arguments[0], Reference)
        and node.arguments[0].name == name
        and isinstance(node.arguments[1], Literal)
    ]


def points(name: str, comparisons: list[Comparison], outline: Outline, facts: Facts) -> list[str]:
    """Values that tell these comparisons of the fact apart, "" included; [] where none is known."""
    listed = _listed(name, outline, facts)
    if listed or name not in facts:
        return listed
    if _is_text(name, facts):
        return _text_points(comparisons)
    return _number_points(name, comparisons, facts)


def _listed(name: str, outline: Outline, facts: Facts) -> list[str]:
    """Values of a selection of one; [] for all else."""
    question = facts.get(name)
    if question is not None and question.kind == "select_one":
        known = sorted(values_of(outline, question))
        return [*known, ""] if known else []
    words = _WORDS.get(name, ()) if question is None else ()
    return [*words, ""] if words else []


def _is_text(name: str, facts: Facts) -> bool:
    question = facts.get(name)
    return name in _TEXTS or (question is not None and question.kind in {"text", "select_one"})


def _text_points(comparisons: list[Comparison]) -> list[str]:
    """The texts it is compared with, none, and one that is none of them."""
    named = {str(c.constant) for c in comparisons} - {""}
    return [*sorted(named), "".join(sorted(named)) + "x", ""]


def _number_points(name: str, comparisons: list[Comparison], facts: Facts) -> list[str]:
    """The constants and their neighbours, within the range; [] for what is no number."""
    question = facts.get(name)
    if question is not None and question.kind not in _NUMBERS and name not in COMPANY_FACTS:
        return []
    highest = _highest(name)
    step = 1.0 if question is not None and question.kind == "integer" else _BETWEEN
    numbers = {0.0} | ({highest} if math.isfinite(highest) else set())
    for comparison in comparisons:
        value = number_of(comparison.constant)
        numbers |= {value - step, value, value + step} if math.isfinite(value) else set()
    inside = sorted(number for number in numbers if 0 <= number <= highest)
    return [*(f"{number:.12g}" for number in inside), ""]


def _highest(name: str) -> float:
    if name in FIGURES:
        return math.inf if name in _UNBOUNDED else 100.0
    return _HIGHEST.get(name.partition("_")[0], math.inf)


def _apart(values: list[str], comparisons: list[Comparison]) -> list[str]:
    """One value of each kind: those for which every comparison comes out alike are one."""
    kinds: dict[tuple[bool, ...], str] = {}
    for value in reversed(values):
        kinds[tuple(holds(value, c.sign, c.constant) for c in comparisons)] = value
    return list(kinds.values())


def _as_numbers(values: list[str], name: str, trees: Sequence[Expression]) -> list[str]:
    """All values; where only numbers are read of them, whatever is no number counts once."""
    if any(_reads_text(name, tree) for tree in trees):
        return values
    return [value for value in values if not math.isnan(number_of(value))] + [""]


def _reads_text(name: str, tree: Expression) -> bool:
    """Whether the fact stands in a function, beside a text, or alone as a condition."""
    waiting: list[tuple[Expression, Expression | None]] = [(tree, None)]
    while waiting:
        node, above = waiting.pop()
        if isinstance(node, Reference) and node.name == name:
            beside = (above.left, above.right) if isinstance(above, Operation) else ()
            if not beside or any(isinstance(other, Literal) for other in beside):
                return True
        if isinstance(node, Call) and node.name != "not" and name in _references((node,)):
            return True
        waiting.extend((part, node) for part in parts(node))
    return False
