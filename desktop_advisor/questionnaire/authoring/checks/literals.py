"""Comparisons of a selection with a choice that its list does not have."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.compiling import STATE_LABELS
from desktop_advisor.questionnaire.authoring.expressions import (
    ExpressionCell,
    survey_cells,
    tree_of,
)
from desktop_advisor.questionnaire.authoring.findings import Finding, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question
from desktop_advisor.questionnaire.expression import ExpressionError
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Expression,
    Literal,
    Number,
    Operation,
    Path,
    Reference,
    walk,
)

_STATES = frozenset(state.value for state in STATE_LABELS)


def find(outline: Outline) -> Iterator[Finding]:
    """`${q} = 'x'` and `selected(${q}, 'x')` in the survey sheet."""
    by_name = {question.name: question for question in outline.questions}
    for cell in survey_cells(outline):
        try:
            tree = tree_of(cell)
        except ExpressionError:
            continue  # a finding of its own
        yield from wrong_literals(outline, cell, tree, by_name)


def wrong_literals(
    outline: Outline, cell: ExpressionCell, tree: Expression, by_name: dict[str, Question]
) -> Iterator[Finding]:
    """Findings for one expression. by_name: what a `${name}` stands for; facts included."""
    for subject, value in _comparisons(tree):
        question = _question(subject, cell, by_name)
        if question is None or not value:
            continue
        known = values_of(outline, question)
        if known and value not in known:
            meant = closest(value, known, 0.5)
            message = f"Die Frage „{question.name}“ hat keine Antwort „{value}“."
            suggestion = f"„{meant}“" if meant else "eine von " + ", ".join(sorted(known))
            yield at_cell(cell.table, cell.row, cell.header, message, suggestion)


def _comparisons(tree: Expression) -> Iterator[tuple[Expression, str]]:
    for node in walk(tree):
        if isinstance(node, Operation) and node.operator in {"=", "!="}:
            for subject, literal in ((node.left, node.right), (node.right, node.left)):
                text = _constant(literal)
                if text is not None:
                    yield subject, text
        elif isinstance(node, Call) and node.name == "selected" and len(node.arguments) > 1:
            text = _constant(node.arguments[1])
            if text is not None:
                yield node.arguments[0], text


def _constant(node: Expression) -> str | None:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Number):
        return str(int(node.value)) if node.value.is_integer() else str(node.value)
    return None


def _question(
    subject: Expression, cell: ExpressionCell, by_name: dict[str, Question]
) -> Question | None:
    """The selection a comparison looks at: `${q}`, or `.` in a constraint of its own row."""
    if isinstance(subject, Reference):
        return by_name.get(subject.name)
    if isinstance(subject, Path) and subject.origin is None and len(subject.steps) == 1:
        step = subject.steps[0]
        if step.axis == "self" and cell.header == "constraint":
            return cell.question
    return None


def values_of(outline: Outline, question: Question) -> set[str]:
    """Choice names of a selection, states included; empty if they are not in the workbook."""
    if not question.kind.startswith(("select_", "rank")) or question.kind.endswith("_file"):
        return set()
    known = set(outline.lists.get(question.list_name, {}))
    if known and question.dimension:
        known |= _STATES
    if "other" in question.row.get("type"):
        known.add("other")
    return known
