"""Questions whose value or visibility depends on itself, directly or by a detour."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.expressions import names_in, survey_cells, tree_of
from desktop_advisor.questionnaire.authoring.findings import Finding, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question
from desktop_advisor.questionnaire.expression import ExpressionError

_DECIDING = ("relevant", "calculation")
"""Columns that decide a value; a constraint or `required` may well look at its own question."""
_OTHER_ROUND = frozenset({"indexed-repeat"})
"""Reads the question of another round of a repeat, which is no cycle."""


def find(outline: Outline) -> Iterator[Finding]:
    """One finding per cycle, at the row where it closes."""
    questions = {question.name: question for question in outline.questions}
    reads = _reads(outline, questions)
    done: set[str] = set()
    for start in questions:
        cycle = _cycle_from(start, reads, done)
        if cycle:
            yield _finding(outline, [questions[name] for name in cycle], reads)


def _reads(outline: Outline, questions: dict[str, Question]) -> dict[str, dict[str, str]]:
    """Question → what it reads → by which column; "" for the group around it."""
    reads: dict[str, dict[str, str]] = {
        name: {parent: "" for parent in question.parents if parent}
        for name, question in questions.items()
    }
    for cell in survey_cells(outline):
        if cell.header not in _DECIDING or cell.question is None:
            continue
        try:
            names = names_in(tree_of(cell), without=_OTHER_ROUND)
        except ExpressionError:
            continue  # a finding of its own
        for name in sorted(names & questions.keys()):
            reads[cell.question.name].setdefault(name, cell.header)
    return reads


def _cycle_from(start: str, reads: dict[str, dict[str, str]], done: set[str]) -> list[str]:
    """The first cycle reachable, [] when there is none; `done` grows by what was visited."""
    path: list[str] = []
    waiting: list[tuple[str, bool]] = [(start, True)]
    while waiting:
        name, is_entry = waiting.pop()
        if not is_entry:
            path.pop()
            done.add(name)
        elif name in path:
            done.update(path)
            return path[path.index(name) :]
        elif name not in done:
            path.append(name)
            waiting.append((name, False))
            waiting.extend((other, True) for other in reads.get(name, {}))
    return []


def _finding(outline: Outline, cycle: list[Question], reads: dict[str, dict[str, str]]) -> Finding:
    names = [question.name for question in cycle]
    following = [*names[1:], names[0]]
    deciding = [i for i, name in enumerate(names) if reads[name][following[i]]]
    last = deciding[-1] if deciding else 0
    header = reads[names[last]][following[last]] or "relevant"
    chain = " → ".join([*names, names[0]])
    message = (
        f"„{names[0]}“ hängt von sich selbst ab."
        if len(names) == 1
        else f"Die Fragen hängen im Kreis voneinander ab: {chain}."
    )
    return at_cell(outline.survey, cycle[last].row, header, message, "einen Bezug entfernen")
