"""Conditions of rules that say nothing: never true, always true, or what another rule says.

A condition is tried on every case its facts can make (`reach`). Facts count as independent of
each other, as nobody can say which answers go together; so what is found never fires, but not all
that never fires is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from desktop_advisor.questionnaire.authoring.checks import reach
from desktop_advisor.questionnaire.authoring.checks.comparing import (
    Comparison,
    comparison_of,
    holds,
)
from desktop_advisor.questionnaire.authoring.expressions import (
    ExpressionCell,
    names_in,
    rule_cells,
    source_of,
    tree_of,
)
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline
from desktop_advisor.questionnaire.expression import ExpressionError
from desktop_advisor.questionnaire.expression.tree import Expression, Logic
from desktop_advisor.questionnaire.rules import Condition, compile_condition

MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""When conditions are tried; rules about a person's or a contract's time do not exist."""


@dataclass(frozen=True)
class _Rule:
    """A condition that compiles. facts: what it reads."""

    cell: ExpressionCell
    tree: Expression
    condition: Condition
    facts: frozenset[str]

    @property
    def name(self) -> str:
        return self.cell.row.get("name")

    @property
    def is_stop(self) -> bool:
        return self.cell.row.get("audience") == "stop"

    @property
    def is_growth(self) -> bool:
        return self.cell.row.says_yes("growth")

    @property
    def place(self) -> tuple[str, str]:
        """Dimension and audience: where two rules with one condition would say it twice."""
        return self.cell.row.get("dimension"), self.cell.row.get("audience")

    def fires(self, case: dict[str, str]) -> bool:
        return self.condition(case, MOMENT)


def find(outline: Outline, facts: reach.Facts) -> Iterator[Finding]:
    """Rules that never or always fire, that repeat another, or that a warning sign always stops."""
    sound = []
    for rule in _rules(outline, facts):
        finding = _doubt(rule, outline, facts)
        if finding is None:
            sound.append(rule)
        else:
            yield finding
    yield from _twins(sound, outline, facts)
    yield from _always_stopped(sound, outline, facts)


def _rules(outline: Outline, facts: reach.Facts) -> Iterator[_Rule]:
    for cell in rule_cells(outline):
        try:
            tree = tree_of(cell)
            condition = compile_condition(source_of(cell), facts)
        except ExpressionError:
            continue  # a finding of its own
        yield _Rule(cell, tree, condition, frozenset(names_in(tree)))


def _doubt(rule: _Rule, outline: Outline, facts: reach.Facts) -> Finding | None:
    """What is wrong with the condition alone; None when it fires in some cases and not in all."""
    if not rule.facts:
        return None  # a finding of its own
    if _never(rule.tree, outline, facts):
        return _never_true(rule)
    tried = _tried([rule], outline, facts)
    if tried is None:
        message = (
            "Ob die Empfehlung je oder immer erscheint, konnte nicht geprüft werden: Die Bedingung "
            "liest zu vieles zugleich oder einen freien Text."
        )
        return _at(rule, message, "auf zwei Empfehlungen verteilen", Severity.WARNING)
    outcomes = {rule.fires(case) for case in tried}
    if True not in outcomes:
        return _never_true(rule)
    if False not in outcomes:
        message = "Die Bedingung ist immer erfüllt, was auch geantwortet wird."
        return _at(rule, message, "Grenzen prüfen", Severity.WARNING)
    return None


def _tried(rules: list[_Rule], outline: Outline, facts: reach.Facts) -> list[dict[str, str]] | None:
    return reach.cases([rule.tree for rule in rules], outline, facts)


def _twins(rules: list[_Rule], outline: Outline, facts: reach.Facts) -> Iterator[Finding]:
    """Two rules for the same people in the same dimension that always fire together."""
    groups: dict[tuple[tuple[str, str], frozenset[str]], list[_Rule]] = defaultdict(list)
    for rule in rules:
        groups[rule.place, rule.facts].append(rule)
    for group in groups.values():
        for first, second in combinations(group, 2):
            tried = _tried([first, second], outline, facts)
            if tried and all(first.fires(case) == second.fires(case) for case in tried):
                message = f"Die Bedingung gilt genau dann, wenn die von „{first.name}“ gilt."
                suggestion = "beide Empfehlungen zusammenführen oder die Bedingungen trennen"
                yield _at(second, message, suggestion, Severity.WARNING)


def _always_stopped(rules: list[_Rule], outline: Outline, facts: reach.Facts) -> Iterator[Finding]:
    """Growth advice that only fires together with a warning sign is never shown."""
    stops = [rule for rule in rules if rule.is_stop]
    for rule in rules:
        if rule.is_stop and rule.is_growth:
            message = "Ein Warnzeichen kann nicht zugleich Wachstum empfehlen."
            yield at_cell(rule.cell.table, rule.cell.row, "growth", message, "die Zelle leeren")
            continue
        near = [stop for stop in stops if stop.facts & rule.facts]
        tried = _tried([rule, *near], outline, facts) if rule.is_growth and near else None
        firing = [case for case in tried or () if rule.fires(case)]
        if firing and all(any(stop.fires(case) for stop in near) for case in firing):
            message = (
                f"Die Empfehlung erschiene nie: Immer wenn sie gilt, gilt auch das Warnzeichen "
                f"„{near[0].name}“ und stellt sie zurück."
            )
            yield _at(rule, message, "Bedingung weiter fassen oder „growth“ leeren")


def _at(rule: _Rule, message: str, suggestion: str, severity: Severity = Severity.ERROR) -> Finding:
    cell = rule.cell
    return at_cell(cell.table, cell.row, cell.header, message, suggestion, severity)


def _never_true(rule: _Rule) -> Finding:
    message = "Die Bedingung kann nie erfüllt sein: Ihre Teile widersprechen sich."
    return _at(rule, message, "Grenzen prüfen")


def _never(tree: Expression, outline: Outline, facts: reach.Facts) -> bool:
    """Whether two parts contradict each other, which shows even where cases cannot be counted."""
    if isinstance(tree, Logic) and tree.operator == "or":
        return all(_never(part, outline, facts) for part in tree.operands)
    parts = tree.operands if isinstance(tree, Logic) else (tree,)
    if isinstance(tree, Logic) and any(_never(part, outline, facts) for part in parts):
        return True
    by_name: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in _comparisons(parts):
        by_name[comparison.name].append(comparison)
    return any(
        _contradict(comparisons, reach.points(name, comparisons, outline, facts))
        for name, comparisons in by_name.items()
    )


def _comparisons(parts: Iterable[Expression]) -> Iterator[Comparison]:
    for part in parts:
        comparison = comparison_of(part)
        if comparison is not None:
            yield comparison


def _contradict(comparisons: list[Comparison], points: list[str]) -> bool:
    return bool(points) and not any(
        all(holds(point, c.sign, c.constant) for c in comparisons) for point in points
    )
