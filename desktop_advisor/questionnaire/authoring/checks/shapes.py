"""Rows that do not make a whole: empty repeats, tables of unlike questions, missing arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question, Row

_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s=,;]+)")
_NUMERIC = ("start", "end", "step")
_RANGE = (*_NUMERIC, "placeholder", "tick_interval", "tick_labelset")
_SELECTION = ("randomize", "seed", "value", "label")


def find(outline: Outline) -> Iterator[Finding]:
    """Groups, repeats, tables, calculations and parameters."""
    for question in outline.questions:
        if question.is_container:
            yield from _container(outline, question)
        elif question.kind == "calculate":
            yield from _calculation(outline, question.row)
        yield from _parameters(outline, question)


def _container(outline: Outline, container: Question) -> Iterator[Finding]:
    inside = [
        question
        for question in outline.questions
        if question.parents[: len(container.parents) + 1] == (*container.parents, container.name)
    ]
    word = "Der Wiederholung" if container.kind == "begin_repeat" else "Der Gruppe"
    if not inside:
        message = f"{word} „{container.name}“ fehlen die Fragen."
        suggestion = "Fragen zwischen Anfang und Ende eintragen oder beide Zeilen löschen"
        yield at_cell(outline.survey, container.row, "type", message, suggestion, Severity.WARNING)
    yield from _count(outline, container.row)
    if "table-list" in container.row.get("appearance").split():
        yield from _table(outline, container, inside)


def _count(outline: Outline, row: Row) -> Iterator[Finding]:
    count = row.get("repeat_count")
    if re.fullmatch(r"-?[\d.]+", count) and not re.fullmatch(r"0*[1-9]\d*", count):
        message = f"Mit der Anzahl „{count}“ hat die Wiederholung nie eine Zeile."
        suggestion = "eine ganze Zahl ab 1 oder „${frage}“"
        yield at_cell(outline.survey, row, "repeat_count", message, suggestion, Severity.WARNING)


def _table(outline: Outline, table: Question, inside: list[Question]) -> Iterator[Finding]:
    """All rows of a table-list share one list of answers: they are its columns."""
    choosing = [question for question in inside if question.is_selection]
    for question in inside:
        if not question.is_selection and question.kind not in {"note", "calculate", "hidden"}:
            message = f"In der Tabelle „{table.name}“ sind nur Auswahlfragen möglich."
            suggestion = "Frage vor oder hinter die Gruppe stellen"
            yield at_cell(
                outline.survey, question.row, "type", message, suggestion, Severity.WARNING
            )
    for question in choosing[1:]:
        first = choosing[0].list_name
        if question.list_name != first:
            message = (
                f"Alle Zeilen der Tabelle „{table.name}“ brauchen dieselbe Auswahlliste, "
                f"die erste hat „{first}“."
            )
            suggestion = f"„{question.kind} {first}“"
            yield at_cell(outline.survey, question.row, "type", message, suggestion)


def _calculation(outline: Outline, row: Row) -> Iterator[Finding]:
    if not row.get("calculation") and not row.get("default"):
        message = "Die Berechnung ist leer."
        yield at_cell(outline.survey, row, "calculation", message, "Ausdruck eintragen")


def _parameters(outline: Outline, question: Question) -> Iterator[Finding]:
    """Keys that nobody knows, and bounds of a range that are no numbers."""
    known = _RANGE if question.kind == "range" else _SELECTION if question.is_selection else ()
    if not known:
        return
    for key, value in _PARAMETER.findall(question.row.get("parameters")):
        place = (outline.survey, question.row, "parameters")
        if key not in known:
            meant = closest(key, known, 0.5)
            message = f"Die Angabe „{key}“ gibt es bei „{question.kind}“ nicht."
            suggestion = f"„{meant}={value}“" if meant else "eine von " + ", ".join(known)
            yield at_cell(*place, message, suggestion)
        elif key in _NUMERIC and not _is_number(value):
            message = f"Die Angabe „{key}={value}“ ist keine Zahl."
            yield at_cell(*place, message, f"„{key}=1“")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text)) or text.startswith("${")
