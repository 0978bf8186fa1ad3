"""Choices that stand in a file of their own: is it there, and does it have the columns?"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping

from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.lists_beside import LARGEST_WITHIN
from desktop_advisor.questionnaire.authoring.outline import Outline, Question

_OUTSIDE = {"csv-external": ".csv", "xml-external": ".xml"}
_BESIDE = "Datei in den Ordner der Arbeitsmappe legen oder die Liste ins Blatt „choices“ schreiben"


def find(outline: Outline, lists: Mapping[str, bytes]) -> Iterator[Finding]:
    """lists: the files beside the workbook by name."""
    for question in outline.questions:
        if question.kind.endswith("_from_file"):
            yield from _file(outline, question, question.list_name, lists)
        elif question.kind in _OUTSIDE:
            name = f"{question.name}{_OUTSIDE[question.kind]}"
            yield from _file(outline, question, name, lists)


def _file(
    outline: Outline, question: Question, name: str, lists: Mapping[str, bytes]
) -> Iterator[Finding]:
    if name.startswith("${"):
        return
    place = (outline.survey, question.row, "type")
    if name not in lists:
        message = f"Die Datei „{name}“ liegt nicht neben der Arbeitsmappe; die Liste bliebe leer."
        yield at_cell(*place, message, _BESIDE, Severity.WARNING)
    elif len(lists[name]) > LARGEST_WITHIN:
        message = f"Die Datei „{name}“ ist größer als {LARGEST_WITHIN // 1_000_000} MB."
        suggestion = "auf die gebrauchten Zeilen und Spalten kürzen"
        yield at_cell(*place, message, suggestion, Severity.WARNING)
    elif question.kind.endswith("_from_file") and name.endswith(".csv"):
        yield from _columns(outline, question, name, lists[name])


def _columns(outline: Outline, question: Question, name: str, content: bytes) -> Iterator[Finding]:
    head = content.decode("utf-8-sig", "replace").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    columns = [cell.strip() for cell in next(csv.reader([head], delimiter=delimiter), [])]
    parameters = dict(re.findall(r"(value|label)\s*=\s*([\w-]+)", question.row.get("parameters")))
    for wanted in (parameters.get("value", "name"), parameters.get("label", "label")):
        if wanted not in columns:
            message = f"Die Datei „{name}“ hat keine Spalte „{wanted}“."
            suggestion = "vorhanden: " + ", ".join(columns)
            yield at_cell(outline.survey, question.row, "type", message, suggestion)
