"""Question types: unknown, not asked by this program, or with a list that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_advisor.questionnaire.authoring.checks.headers import closest
from desktop_advisor.questionnaire.authoring.findings import Finding, Severity, at_cell
from desktop_advisor.questionnaire.authoring.outline import Outline, Question, Row, split_type

_SELECTIONS = ("select_one", "select_multiple", "rank")
_FROM_FILE = ("select_one_from_file", "select_multiple_from_file")
SUPPORTED = (
    *("text", "string", "integer", "int", "decimal", "range", "date", "time", "datetime"),
    *("dateTime", "note", "calculate", "hidden", "acknowledge", "trigger", "image", "photo"),
    *("file", "audio", "video", "barcode", "start", "end", "today", "deviceid", "username"),
    *("email", "phonenumber", "begin_group", "end_group", "begin_repeat", "end_repeat"),
    *("csv-external", "xml-external", *_SELECTIONS, *_FROM_FILE),
)
"""Types of the ODK XLSForm that the interview asks or fills in."""
_INSTEAD = {
    "select_one_external": "„select_one LISTE“ mit „choice_filter“",
    "begin_loop": "„begin_repeat“",
    "end_loop": "„end_repeat“",
}
_NOT_SUPPORTED = (
    *("geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint", "location"),
    *("audit", "background-audio", "osm", "select_one_external", "begin_loop", "end_loop"),
    *("simserial", "subscriberid", "imei"),
)


def find(outline: Outline) -> Iterator[Finding]:
    """Types, lists and the nesting of groups."""
    table = outline.survey
    for row in table.rows:
        kind, _ = split_type(row.get("type"))
        kind = "osm" if kind.startswith("osm ") else kind
        if not kind:
            if row.get("name") or row.get("label"):
                message = "Die Frage hat keinen Typ."
                yield at_cell(table, row, "type", message, "„text“, „select_one LISTE“, …")
        elif kind in _NOT_SUPPORTED:
            message = f"Der Fragetyp „{kind}“ wird im Gespräch nicht angezeigt."
            suggestion = _INSTEAD.get(kind, "Zeile löschen oder als „text“ fragen")
            yield at_cell(table, row, "type", message, suggestion, Severity.WARNING)
        elif kind not in SUPPORTED:
            yield _unknown_type(outline, row, kind)
    yield from _nesting(outline)
    for question in outline.questions:
        yield from _list(outline, question)


def _unknown_type(outline: Outline, row: Row, kind: str) -> Finding:
    first, _, rest = kind.partition(" ")
    if first in (*_SELECTIONS, *_FROM_FILE):
        message = f"Die Auswahlfrage „{kind}“ nennt nicht genau eine Auswahlliste."
        return at_cell(outline.survey, row, "type", message, f"„{first} LISTE“")
    meant = closest(first, (*SUPPORTED, *_NOT_SUPPORTED), 0.6)
    suggestion = f"„{meant} {rest}“".replace(" “", "“") if meant else ""
    message = f"Den Fragetyp „{kind}“ gibt es nicht."
    return at_cell(outline.survey, row, "type", message, suggestion)


def _list(outline: Outline, question: Question) -> Iterator[Finding]:
    name = question.list_name
    if question.kind in _SELECTIONS and not name:
        message = "Die Auswahlfrage nennt keine Auswahlliste."
        suggestion = f"„{question.kind} LISTE“"
        yield at_cell(outline.survey, question.row, "type", message, suggestion)
        return
    if question.kind not in _SELECTIONS or name in outline.lists or name.startswith("${"):
        return
    meant = closest(name, outline.lists)
    message = f"Die Auswahlliste „{name}“ gibt es im Blatt „choices“ nicht."
    suggestion = f"„{meant}“" if meant else f"Liste „{name}“ dort anlegen"
    yield at_cell(outline.survey, question.row, "type", message, suggestion)


def _nesting(outline: Outline) -> Iterator[Finding]:
    open_rows: list[tuple[str, Row]] = []
    for row in outline.survey.rows:
        action, _, kind = split_type(row.get("type"))[0].partition("_")
        if action == "begin":
            open_rows.append((kind, row))
        elif action == "end" and kind in {"group", "repeat", "loop"}:
            if not open_rows:
                message = f"Zu „end_{kind}“ fehlt der Anfang „begin_{kind}“."
                yield at_cell(outline.survey, row, "type", message, "Zeile löschen")
                continue
            opened, opener = open_rows.pop()
            if opened != kind:
                message = f"„end_{kind}“ schließt „begin_{opened}“ aus Zeile {opener.number}."
                yield at_cell(outline.survey, row, "type", message, f"„end_{opened}“")
    for kind, row in open_rows:
        message = f"Zu „begin_{kind}“ fehlt das Ende „end_{kind}“."
        yield at_cell(outline.survey, row, "type", message, f"Zeile „end_{kind}“ ergänzen")
