"""pyxform's English complaints as sentences an editor can act on, with sheet and row."""

from __future__ import annotations

import re

from desktop_advisor.questionnaire.authoring.sheets import BrokenWorkbook

_ROW = re.compile(r"\[row\s*:\s*(\d+)\]\s*")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices)' sheet")
_WORDS: tuple[tuple[str, str], ...] = (
    (r"List name not in choices sheet: (?P<x>\S+)", "Die Auswahlliste „{x}“ gibt es nicht."),
    (r"Could not find the name '(?P<x>[^']+)'", "Die Frage „{x}“ gibt es nicht."),
    (r"Question with no type", "Die Frage hat keinen Typ."),
    (r"Question or group with no name", "Die Frage oder Gruppe hat keinen Namen."),
    (r"Unknown question type '(?P<x>[^']+)'", "Den Fragetyp „{x}“ gibt es nicht."),
    (r"Missing calculation", "Die Berechnung ist leer."),
    (r"Unmatched 'begin_(?P<x>\w+)'", "Zu „begin_{x}“ fehlt das Ende „end_{x}“."),
    (r"Unmatched 'end_(?P<x>\w+)'", "Zu „end_{x}“ fehlt der Anfang „begin_{x}“."),
    (r"You must have a sheet named 'survey'", "Das Blatt „survey“ fehlt."),
    (r"There should be a choices sheet", "Das Blatt „choices“ fehlt."),
    (r"Names must begin with a letter", "Der Name enthält unerlaubte Zeichen."),
    (r"must be unique|appears more than once", "Ein Name kommt mehrfach vor."),
)


def broken_by_pyxform(complaint: str) -> BrokenWorkbook:
    """The error to show; an unknown complaint is quoted as it is."""
    row = _ROW.search(complaint)
    sheet = _SHEET.search(complaint)
    number = int(row[1]) if row else 0
    sheet_name = sheet[1] if sheet else ("survey" if row else "")
    place = f"Blatt „{sheet_name}“, Zeile {number}: " if row else ""
    return BrokenWorkbook(
        place + _german(complaint),
        todo="Berichtigen Sie die Stelle und prüfen Sie die Arbeitsmappe erneut.",
        sheet=sheet_name,
        row=number,
    )


def _german(complaint: str) -> str:
    for pattern, words in _WORDS:
        match = re.search(pattern, complaint)
        if match:
            return words.format(**match.groupdict())
    return "Die Übersetzung scheitert: " + _ROW.sub("", complaint).strip()
