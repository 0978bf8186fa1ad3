"""Texts: missing, missing in one language, or too long for the screen."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Row, Table

LONGEST_QUESTION = 320
"""Four lines at 1366 × 768 with the text size at 100 %; our choice."""
LONGEST_CHOICE = 220
"""Three lines on an answer button; our choice."""

_SILENT = (
    *("calculate", "hidden", "start", "end", "today", "deviceid", "username", "email"),
    *("phonenumber", "simserial", "subscriberid", "imei", "audit", "background-audio"),
    *("start-geopoint", "background-geopoint"),
)
_SEEN = ("label", "hint", "guidance_hint", "image", "big-image", "audio", "video", "media")
"""Columns of which one must be filled for a question to be seen; pyxform refuses it else."""
_RULE_TEXTS = ("title", "text", "steps", "owner", "effort", "metric")


def find(outline: Outline) -> Iterator[Finding]:
    """Labels, hints, answers, dimensions and recommendations."""
    survey = outline.survey
    for question in outline.questions:
        row = question.row
        if question.kind in _SILENT or question.kind.endswith("-external"):
            continue
        if not question.is_container and not _is_seen(row):
            header = survey.languages("label").get(outline.default_language, "label")
            message = f"Die Frage „{question.name}“ hat keinen Text."
            yield at_cell(survey, row, header, message, "Fragetext eintragen")
            continue
        yield from _translated(outline, survey, row, "label", is_needed=not question.is_container)
        yield from _translated(outline, survey, row, "hint")
        yield from _translated(outline, survey, row, "constraint_message")
        yield from _short_enough(survey, row, "label", LONGEST_QUESTION)
    for row in outline.choices.rows:
        if row.get("list_name"):
            yield from _translated(outline, outline.choices, row, "label", is_needed=True)
            yield from _short_enough(outline.choices, row, "label", LONGEST_CHOICE)
    for row in outline.dimensions.rows:
        yield from _translated(outline, outline.dimensions, row, "label", is_needed=True)
        yield from _translated(outline, outline.dimensions, row, "short")
    for row in outline.recommendations.rows:
        for base in _RULE_TEXTS:
            needed = base in {"title", "text"}
            yield from _translated(outline, outline.recommendations, row, base, is_needed=needed)


def _translated(
    outline: Outline, table: Table, row: Row, base: str, *, is_needed: bool = False
) -> Iterator[Finding]:
    """A text has all languages of its column or none; a needed one has the default language."""
    languages = table.languages(base)
    texts = table.text(row, base)
    if not texts:
        if is_needed and not row.get("image") and not row.get("appearance"):
            header = languages.get(outline.default_language, base)
            message = f"Der Text „{base}“ fehlt."
            yield at_cell(table, row, header, message, "Text eintragen", Severity.WARNING)
        return
    for code, header in languages.items():
        if code not in texts:
            is_default = code == outline.default_language
            message = f"Die Übersetzung „{header}“ fehlt."
            severity = Severity.ERROR if is_default else Severity.WARNING
            yield at_cell(table, row, header, message, "Text ergänzen", severity)


def _is_seen(row: Row) -> bool:
    """Whether there is anything to show; what an appearance can do without is left to pyxform."""
    return bool(row.get("appearance")) or any(
        text and header.partition("::")[0] in _SEEN for header, text in row.cells.items()
    )


def _short_enough(table: Table, row: Row, base: str, longest: int) -> Iterator[Finding]:
    for header in table.languages(base).values():
        length = len(row.get(header))
        if length > longest:
            message = f"Der Text hat {length} Zeichen; auf dem Bildschirm ist Platz für {longest}."
            yield at_cell(table, row, header, message, "kürzen", Severity.WARNING)
