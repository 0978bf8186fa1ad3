"""Names: missing, not allowed in XML, or used twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import YES, Outline, Row, Table, split_type

_XML_NAME = re.compile(r"[^\W\d][\w.-]*")
"""Name without colon (Namespaces in XML 1.0 §3), narrowed to what pyxform takes as well."""
_SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def find(outline: Outline) -> Iterator[Finding]:
    """Questions, choices, dimensions and rules."""
    yield from _questions(outline)
    yield from _choices(outline)
    yield from _twice(outline.dimensions, "code", "Das Kürzel")
    yield from _twice(outline.recommendations, "name", "Der Name")


def _questions(outline: Outline) -> Iterator[Finding]:
    table = outline.survey
    for row in table.rows:
        kind, _ = split_type(row.get("type"))
        if kind and kind != "note" and not kind.startswith("end_") and not row.get("name"):
            message = "Die Frage oder Gruppe hat keinen Namen."
            yield at_cell(table, row, "name", message, "kurzen Namen ohne Leerzeichen eintragen")
    everywhere: dict[str, int] = {}
    nearby: dict[tuple[tuple[str, ...], str], int] = {}
    for question in outline.questions:
        name, row = question.name, question.row
        yield from _spelling(table, row, name)
        first = nearby.setdefault((question.parents, name), row.number)
        anywhere = everywhere.setdefault(name, row.number)
        if not name or anywhere == row.number:
            continue
        is_error = first != row.number or bool(question.dimension)
        yield at_cell(
            table,
            row,
            "name",
            f"Den Namen „{name}“ trägt schon Zeile {first if is_error else anywhere}.",
            "anderen Namen wählen",
            Severity.ERROR if is_error else Severity.WARNING,
        )


def _spelling(table: Table, row: Row, name: str) -> Iterator[Finding]:
    if not name or _SAFE_NAME.fullmatch(name):
        return
    suggestion = re.sub(r"[^A-Za-z0-9_.-]+", "_", name).strip("_")
    if not _SAFE_NAME.fullmatch(suggestion or " "):
        suggestion = f"_{suggestion}"
    is_xml = bool(_XML_NAME.fullmatch(name))
    message = f"Der Name „{name}“ enthält Zeichen, die ein Name nicht haben darf."
    severity = Severity.WARNING if is_xml else Severity.ERROR
    yield at_cell(table, row, "name", message, f"„{suggestion}“", severity)


def _choices(outline: Outline) -> Iterator[Finding]:
    table = outline.choices
    multiple = {q.list_name for q in outline.questions if q.kind in {"select_multiple", "rank"}}
    may_repeat = outline.settings.get("allow_choice_duplicates", "").lower() in YES
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        list_name, name = row.get("list_name"), row.get("name")
        if list_name and not name:
            message = f"Eine Antwort der Liste „{list_name}“ ohne Namen."
            yield at_cell(table, row, "name", message, "Namen eintragen")
            continue
        if name and not list_name:
            message = f"Die Antwort „{name}“ gehört zu keiner Liste und bliebe unbeachtet."
            suggestion = "Name der Liste eintragen"
            yield at_cell(table, row, "list_name", message, suggestion, Severity.WARNING)
        if " " in name and list_name in multiple:
            message = f"„{name}“ enthält ein Leerzeichen; Mehrfachauswahl trennt damit Antworten."
            yield at_cell(table, row, "name", message, f"„{name.replace(' ', '_')}“")
        first = seen.setdefault((list_name, name), row.number)
        if first != row.number and list_name and not may_repeat:
            message = f"Die Liste „{list_name}“ hat „{name}“ schon in Zeile {first}."
            yield at_cell(table, row, "name", message, "anderen Namen wählen")
    used = {question.list_name for question in outline.questions}
    for list_name, choices in outline.lists.items():
        if list_name not in used and not _is_mentioned(outline, list_name):
            first_row = next(iter(choices.values()))
            message = f"Die Auswahlliste „{list_name}“ wird von keiner Frage verwendet."
            suggestion = f"bei einer Frage „select_one {list_name}“ eintragen oder löschen"
            yield at_cell(table, first_row, "list_name", message, suggestion, Severity.WARNING)


def _is_mentioned(outline: Outline, list_name: str) -> bool:
    """Whether some cell reads the list by instance('…') or as labels of a range."""
    return any(list_name in text for row in outline.survey.rows for text in row.cells.values())


def _twice(table: Table, header: str, what: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for row in table.rows:
        text = row.get(header)
        if not text:
            yield at_cell(table, row, header, f"Die Zelle „{header}“ ist leer.", "ausfüllen")
            continue
        first = seen.setdefault(text, row.number)
        if first != row.number:
            message = f"{what} „{text}“ steht schon in Zeile {first}."
            yield at_cell(table, row, header, message, "anderen Namen wählen")
