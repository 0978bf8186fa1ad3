"""Misspelt sheets, columns and languages, which pyxform passes over in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import (
    OWN_SHEETS,
    OWN_SURVEY_COLUMNS,
    Outline,
    Table,
    language_code,
)
from desktop_advisor.questionnaire.authoring.sheets import FIRST_ROW, HEADER_ROW

_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm", *OWN_SHEETS)
_TEXTS = ("label", "hint", "image", "big-image", "audio", "video")
_SURVEY = (
    *("type", "name", *_TEXTS, "guidance_hint", "relevant", "required", "required_message"),
    *("constraint", "constraint_message", "calculation", "default", "trigger", "appearance"),
    *("parameters", "choice_filter", "readonly", "repeat_count", "autoplay", "rows", "save_to"),
    *("disabled", "intent", "note", *OWN_SURVEY_COLUMNS),
)
_PREFIXED = ("bind", "body", "control", "instance", "media", "jr", "sms_")
_CHOICES = ("list_name", "name", *_TEXTS)
_SETTINGS = (
    *("form_title", "form_id", "version", "default_language", "instance_name", "name", "style"),
    *("public_key", "submission_url", "auto_send", "auto_delete", "allow_choice_duplicates"),
    *("clean_text_values", "namespaces", "id_string", "title", "prefix", "instance_xmlns"),
    *("add_none_option", "client_editable", "set_form_title", "set_form_id", "delimiter"),
    *("sms_keyword", "sms_separator", "omit_instanceid"),
)
_DIMENSIONS = ("code", "kind", "label", "short")
_RECOMMENDATIONS = (
    *("name", "dimension", "relevant", "audience", "growth", "title", "text", "steps", "owner"),
    *("effort", "metric", "offers"),
)
_RULE_TESTS = ("rule", "facts", "fires", "why")
_REQUIRED = {
    "survey": ("type", "name"),
    "choices": ("list_name", "name"),
    "dimensions": ("code", "kind", "label"),
    "recommendations": ("name", "dimension", "relevant", "title", "text"),
    "rule_tests": ("rule", "facts", "fires"),
    "renames": ("old", "new"),
}
_CLOSE = 0.75


def closest(word: str, known: Iterable[str], cutoff: float = _CLOSE) -> str:
    """The known word that was probably meant, "" when none is near."""
    near = get_close_matches(word, [k for k in known if k != word], n=1, cutoff=cutoff)
    return near[0] if near else ""


def find(outline: Outline) -> Iterator[Finding]:
    """Sheets and columns that look misspelt, missing ones, languages written in two ways."""
    yield from _sheets(outline)
    filters = " ".join(row.get("choice_filter") for row in outline.survey.rows)
    yield from _columns(outline.survey, _SURVEY)
    yield from _columns(outline.choices, _CHOICES, also_used=filters, is_open=True)
    yield from _columns(outline.settings_table, _SETTINGS)
    yield from _columns(outline.dimensions, _DIMENSIONS)
    yield from _columns(outline.recommendations, _RECOMMENDATIONS)
    yield from _columns(outline.rule_tests, _RULE_TESTS)
    yield from _columns(outline.renames, ("old", "new"))
    yield from _languages(outline)


def _sheets(outline: Outline) -> Iterator[Finding]:
    names = {sheet.name.lower() for sheet in outline.book.sheets}
    for sheet in outline.book.sheets:
        name = sheet.name.lower()
        if name in _SHEETS or name.startswith("_") or sheet is outline.survey.sheet:
            continue
        meant = closest(name, (known for known in _SHEETS if known not in names))
        if meant:
            message = f"Das Blatt „{sheet.name}“ ist unbekannt und bliebe unbeachtet."
            yield at_cell(Table(sheet), HEADER_ROW, "", message, f"„{meant}“")
    entities = Table(outline.book.sheet("entities"))
    if entities.rows:
        message = "Das Blatt „entities“ gilt in ODK Central; dieses Programm legt keine an."
        suggestion = "hier ohne Wirkung; für Tabellen „begin_repeat“ verwenden"
        yield at_cell(
            entities, HEADER_ROW, entities.headers[0], message, suggestion, Severity.WARNING
        )
    if not outline.survey.rows and not _is_headless(outline.survey):
        message = "Das Blatt „survey“ fehlt oder ist leer."
        yield at_cell(outline.survey, HEADER_ROW, "type", message, "Fragen ab Zeile 2 eintragen")


def _columns(
    table: Table, known: tuple[str, ...], *, also_used: str = "", is_open: bool = False
) -> Iterator[Finding]:
    """is_open: columns of the editor's own are normal here. also_used: text that may name them."""
    if _is_headless(table):
        message = "Zeile 1 ist leer; dort müssen die Überschriften stehen."
        yield at_cell(table, HEADER_ROW, "", message, "leere Zeilen über den Überschriften löschen")
    yield from _headless_cells(table)
    if not table.headers:
        return
    bases = [header.partition("::")[0] for header in table.headers]
    for header, count in Counter(h for h in table.headers if h).items():
        if count > 1:
            message = f"Die Überschrift „{header}“ kommt {count}-mal vor."
            yield at_cell(table, HEADER_ROW, header, message, "Spalten zusammenführen")
    for header, base in zip(table.headers, bases, strict=True):
        if not base or base in known or base.startswith(_PREFIXED) or base in also_used:
            continue
        meant = closest(base, (name for name in known if is_open is False or name not in bases))
        message = f"Die Spalte „{header}“ ist unbekannt und bliebe unbeachtet."
        if meant:
            yield at_cell(table, HEADER_ROW, header, message, f"„{meant}“")
        elif not is_open:
            suggestion = "Überschrift prüfen oder Spalte löschen"
            yield at_cell(table, HEADER_ROW, header, message, suggestion, Severity.WARNING)
    for header in _REQUIRED.get(table.name.lower(), ()):
        if header not in bases and table.rows:
            message, suggestion = f"Die Spalte „{header}“ fehlt.", f"Spalte „{header}“ anlegen"
            yield at_cell(table, HEADER_ROW, header, message, suggestion)


def _is_headless(table: Table) -> bool:
    """Whether there are cells, but none in row 1."""
    return bool(table.sheet.cells) and not any(table.sheet.headers)


def _headless_cells(table: Table) -> Iterator[Finding]:
    """The first text of every column that has no header: it would go nowhere."""
    seen: set[int] = set()
    for number, cells in enumerate(table.sheet.cells[1:], start=FIRST_ROW):
        for index, text in enumerate(cells):
            is_headed = index < len(table.sheet.headers) and table.sheet.headers[index]
            if not text.strip() or is_headed or index in seen or not any(table.sheet.headers):
                continue
            seen.add(index)
            yield Finding(
                table.name,
                number,
                table.sheet.letter(index),
                Severity.WARNING,
                "Die Spalte hat keine Überschrift; ihr Text bliebe unbeachtet.",
                "Überschrift eintragen oder Text löschen",
                line=table.sheet.line(number),
            )


def _languages(outline: Outline) -> Iterator[Finding]:
    """The same language spelt in two ways becomes two languages for pyxform."""
    spelling: dict[str, str] = {}
    default = outline.settings.get("default_language", "")
    if default:
        spelling[language_code(default)] = default
    tables = (outline.survey, outline.choices, outline.dimensions, outline.recommendations)
    for table in tables:
        for header in table.headers:
            base, _, language = header.partition("::")
            if not language or base.startswith(_PREFIXED):
                continue
            first = spelling.setdefault(language_code(language), language)
            if language != first:
                message = f"Die Sprache „{language}“ heißt an anderer Stelle „{first}“."
                yield at_cell(table, HEADER_ROW, header, message, f"„{base}::{first}“")
