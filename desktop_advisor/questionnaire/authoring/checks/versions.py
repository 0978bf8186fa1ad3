"""Against the version before: names are kept, or their change is written down (design §7)."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question
from desktop_advisor.questionnaire.authoring.sheets import FIRST_ROW, HEADER_ROW


def find(outline: Outline, previous: Outline) -> Iterator[Finding]:
    """Names that vanished without an entry in `renames`, changed types, an unchanged version."""
    renamed = {row.get("old"): row.get("new") for row in outline.renames.rows}
    now = {question.name: question for question in outline.questions}
    before = {question.name: question for question in previous.questions}
    for name, question in before.items():
        successor = renamed.get(name, name)
        if successor in now:
            yield from _kind(outline, question, now[successor])
        elif name not in renamed:
            yield _vanished(outline, question, set(now) - set(before))
    for row in outline.renames.rows:
        if row.get("new") and row.get("new") not in now:
            message = f"Den neuen Namen „{row.get('new')}“ gibt es nicht."
            yield at_cell(outline.renames, row, "new", message, "Namen einer Frage eintragen")
        if row.get("old") not in before:
            message = f"Den alten Namen „{row.get('old')}“ gab es in der Vorversion nicht."
            suggestion = "Zeile löschen oder Namen prüfen"
            yield at_cell(outline.renames, row, "old", message, suggestion, Severity.WARNING)
    yield from _version(outline, previous)


def _vanished(outline: Outline, question: Question, new_names: set[str]) -> Finding:
    """At the row that now has its text, else at the head of the name column."""
    label = outline.survey.text(question.row, "label")
    for candidate in outline.questions:
        same_text = outline.survey.text(candidate.row, "label") == label
        if candidate.name in new_names and label and same_text:
            message = f"„{question.name}“ heißt jetzt „{candidate.name}“: Antworten fehlen dort."
            suggestion = f"Blatt „renames“: {question.name} → {candidate.name}"
            return at_cell(outline.survey, candidate.row, "name", message, suggestion)
    message = f"Die Frage „{question.name}“ der Vorversion gibt es nicht mehr."
    suggestion = f"Blatt „renames“: {question.name} → neuer Name oder leer"
    return at_cell(outline.survey, HEADER_ROW, "name", message, suggestion)


def _kind(outline: Outline, before: Question, now: Question) -> Iterator[Finding]:
    if before.kind != now.kind:
        message = f"„{now.name}“ war bisher „{before.kind}“ und ist jetzt „{now.kind}“."
        suggestion = "neue Frage mit neuem Namen anlegen"
        yield at_cell(outline.survey, now.row, "type", message, suggestion, Severity.WARNING)


def _version(outline: Outline, previous: Outline) -> Iterator[Finding]:
    version = outline.settings.get("version", "")
    if version == previous.settings.get("version", "") and outline.book != previous.book:
        message = f"Der Inhalt ist geändert, die Version ist weiterhin „{version}“."
        row = FIRST_ROW if outline.settings else HEADER_ROW
        suggestion = "Version erhöhen"
        yield at_cell(outline.settings_table, row, "version", message, suggestion)
