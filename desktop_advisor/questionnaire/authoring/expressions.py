"""Where a workbook has expressions, and what each of them refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_advisor.questionnaire.authoring.outline import Outline, Question, Row, Table
from desktop_advisor.questionnaire.expression import parse
from desktop_advisor.questionnaire.expression.tree import (
    Call,
    Expression,
    Filter,
    Path,
    Reference,
    parts,
)

COLUMNS = (
    *("relevant", "constraint", "calculation", "required", "readonly"),
    *("choice_filter", "repeat_count", "default"),
)
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Translatable columns, in which only `${name}` has a meaning."""

_CONSTANTS = frozenset({"yes", "no", "true", "false", "true()", "false()"})
"""What pyxform turns into true() and false() in these columns (aliases.BINDING_CONVERSIONS)."""
_DYNAMIC = re.compile(r"\$\{|^[\w:-]+\(.*\)$", re.DOTALL)
_IN_TEXT = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*)\}")
_LAST_SAVED = re.compile(r"\$\{\s*last-saved#")


@dataclass(frozen=True)
class ExpressionCell:
    """One cell with an expression. question: whose row it is, None for a rule."""

    table: Table
    row: Row
    header: str
    text: str
    question: Question | None = None


def survey_cells(outline: Outline) -> Iterator[ExpressionCell]:
    """The expressions of the survey sheet, row by row."""
    for question in outline.questions:
        for header in COLUMNS:
            text = question.row.get(header)
            is_plain = header == "default" and not _DYNAMIC.search(text)
            if text and text.lower() not in _CONSTANTS and not is_plain:
                yield ExpressionCell(outline.survey, question.row, header, text, question)


def rule_cells(outline: Outline) -> Iterator[ExpressionCell]:
    """The conditions of the rules."""
    for row in outline.recommendations.rows:
        if row.get("relevant"):
            yield ExpressionCell(outline.recommendations, row, "relevant", row.get("relevant"))


def tree_of(cell: ExpressionCell) -> Expression:
    """The parsed expression. Raises ExpressionSyntaxError."""
    return parse(source_of(cell), references=True)


def source_of(cell: ExpressionCell) -> str:
    """The text that is parsed; places in the tree count in it."""
    return _LAST_SAVED.sub("${", cell.text)


def names_in_text(text: str) -> list[str]:
    """Names between `${` and `}` of a label, in their order."""
    return [match.strip() for match in _IN_TEXT.findall(text)]


def names_in(tree: Expression, *, without: frozenset[str] = frozenset()) -> set[str]:
    """Names of all references, those inside calls of the functions in `without` left out."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Reference):
            found.add(node.name)
        if not (isinstance(node, Call) and node.name in without):
            waiting.extend(parts(node))
    return found


def bare_names(tree: Expression) -> Iterator[str]:
    """Names written without `${…}` outside of predicates: `heads > 5` yields heads."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Filter):
            waiting.append(node.primary)
        elif isinstance(node, Path):
            yield from _bare(node)
        else:
            waiting.extend(parts(node))


def _bare(path: Path) -> Iterator[str]:
    if path.origin is not None or len(path.steps) != 1:
        return
    step = path.steps[0]
    name = getattr(step.test, "local", "*")
    if step.axis == "child" and name != "*":
        yield name
