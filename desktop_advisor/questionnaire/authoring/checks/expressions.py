"""Expressions: syntax, functions, names, and names written without `${…}`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.expressions import (
    TEXTS,
    ExpressionCell,
    bare_names,
    names_in,
    names_in_text,
    source_of,
    survey_cells,
    tree_of,
)
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.mending import mended
from desktop_advisor.questionnaire.authoring.outline import Outline, Question, Table
from desktop_advisor.questionnaire.expression import ExpressionError, UnknownFunction
from desktop_advisor.questionnaire.expression.functions import FUNCTIONS, check_calls
from desktop_advisor.questionnaire.expression.tree import Expression

_FUNCTION_NAME = re.compile(r"[\w.:-]+")
_GERMAN = {
    "wenn": "if",
    "nicht": "not",
    "summe": "sum",
    "anzahl": "count",
    "heute": "today",
    "jetzt": "now",
    "runden": "round",
    "verketten": "concat",
    "länge": "string-length",
}
"""Excel's German function names, which editors know."""
_LOOK = "ab Zeichen {} prüfen: Klammern, Anführungszeichen, „and“/„or“ zwischen den Teilen"
_FILTER_NAMES = ("name", "label", "list_name")


def find(outline: Outline) -> Iterator[Finding]:
    """Findings in the expressions and texts of the survey and choices sheets."""
    names = {question.name for question in outline.questions}
    for cell in survey_cells(outline):
        tree, findings = judged(cell, names)
        yield from findings
        if tree is not None:
            yield from _bare(cell, tree, names, _columns(outline, cell.question))
    yield from _texts(outline.survey, TEXTS, names)
    yield from _texts(outline.choices, ("label",), names)


def _columns(outline: Outline, question: Question | None) -> Collection[str] | None:
    """What a choice_filter can read; None for choices in a file of their own."""
    kind = question.kind if question is not None else ""
    if kind.endswith("_file"):
        return None
    outside = Table(outline.book.sheet("external_choices"))
    table = outside if kind.endswith("_external") else outline.choices
    return (*(header.partition("::")[0] for header in table.headers), *_FILTER_NAMES)


def judged(cell: ExpressionCell, names: Collection[str]) -> tuple[Expression | None, list[Finding]]:
    """The tree, None if it does not parse, and what is wrong: syntax, functions, names."""
    try:
        tree = tree_of(cell)
    except ExpressionError as error:
        message = f"Der Ausdruck ist fehlerhaft: {error}."
        meant = mended(cell.text)
        suggestion = f"„{meant}“" if meant else _LOOK.format(error.position + 1)
        return None, [at_cell(cell.table, cell.row, cell.header, message, suggestion)]
    findings = [_wrong_call(cell, error) for error in check_calls(tree)]
    unknown = sorted(names_in(tree) - set(names))
    return tree, findings + [unknown_name(cell.table, cell, name, names) for name in unknown]


def _wrong_call(cell: ExpressionCell, error: ExpressionError) -> Finding:
    written = _FUNCTION_NAME.match(source_of(cell), error.position)
    name = written[0] if written else ""
    if isinstance(error, UnknownFunction):
        meant = _GERMAN.get(name.lower()) or closest(name, FUNCTIONS, 0.6)
        suggestion = f"„{meant}()“" if meant else "eine Funktion der ODK-Liste"
    else:
        low = FUNCTIONS[name].low if name in FUNCTIONS else 1
        suggestion = f"„{name}({', '.join(['…'] * low)})“"
    return at_cell(cell.table, cell.row, cell.header, f"{error}.", suggestion)


def unknown_name(table: Table, cell: ExpressionCell, name: str, names: Collection[str]) -> Finding:
    """The finding for a `${name}` that stands for nothing."""
    meant = closest(name, names, 0.6)
    message = f"„${{{name}}}“ gibt es nicht."
    suggestion = (
        f"„${{{meant}}}“" if meant else "Frage mit diesem Namen anlegen oder Bezug entfernen"
    )
    return at_cell(table, cell.row, cell.header, message, suggestion)


def _bare(
    cell: ExpressionCell, tree: Expression, names: Collection[str], columns: Collection[str] | None
) -> Iterator[Finding]:
    """A bare name reads a child of the question, which is empty: nearly always a forgotten ${}."""
    for name in sorted(set(bare_names(tree))):
        if cell.header == "choice_filter":
            if columns is not None and name not in columns:
                meant = closest(name, columns)
                message = f"Die Spalte „{name}“ gibt es im Blatt „choices“ nicht."
                suggestion = f"„{meant}“" if meant else f"Spalte „{name}“ dort anlegen"
                yield at_cell(cell.table, cell.row, cell.header, message, suggestion)
        elif name in names:
            message = f"„{name}“ ohne „${{…}}“ liest nicht die Frage, sondern bleibt leer."
            yield at_cell(cell.table, cell.row, cell.header, message, f"„${{{name}}}“")
        elif not (cell.question and cell.question.is_container):
            message = f"„{name}“ ist weder Zahl noch Text noch Frage und bleibt leer."
            suggestion = f"„'{name}'“ in Anführungszeichen"
            severity = Severity.WARNING
            yield at_cell(cell.table, cell.row, cell.header, message, suggestion, severity)


def _texts(table: Table, bases: tuple[str, ...], names: Collection[str]) -> Iterator[Finding]:
    for row in table.rows:
        for header in table.headers:
            if header.partition("::")[0] not in bases:
                continue
            for name in names_in_text(row.get(header)):
                if name not in names:
                    cell = ExpressionCell(table, row, header, row.get(header))
                    yield unknown_name(table, cell, name, names)
