"""Workbook → plain XForm and sidecar. The XForm carries nothing of ours and runs in any ODK tool.

pyxform does the translation; it is imported only here and only when something is compiled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desktop_advisor.domain.answers import AnswerState
from desktop_advisor.questionnaire.authoring.lists_beside import ListsBeside, with_lists
from desktop_advisor.questionnaire.authoring.outline import (
    OWN_SURVEY_COLUMNS,
    Outline,
    canonical_header,
    outline_of,
)
from desktop_advisor.questionnaire.authoring.scoring import sidecar_of
from desktop_advisor.questionnaire.authoring.sheets import (
    BrokenWorkbook,
    Sheet,
    Workbook,
    column_letter,
)
from desktop_advisor.questionnaire.authoring.workbook import read_workbook
from desktop_advisor.questionnaire.sidecar import Sidecar

STATE_LABELS: dict[AnswerState, dict[str, str]] = {
    AnswerState.NOT_APPLICABLE: {"de": "nicht zutreffend", "en": "not applicable"},
    AnswerState.UNKNOWN: {"de": "weiß nicht", "en": "don't know"},
    AnswerState.CONFIDENTIAL: {"de": "keine Angabe (vertraulich)", "en": "confidential"},
}
"""The choices every scored list ends with, in this order (domain §3)."""

_Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Compiled:
    """A compiled workbook. notices: remarks of pyxform, in its English words."""

    xform: bytes
    sidecar: Sidecar
    notices: tuple[str, ...]


def compile_workbook(path: Path) -> Compiled:
    """The form of a `.md` or `.xlsx` workbook; the same workbook gives the same bytes.

    Raises:
        BrokenWorkbook: naming sheet and row as far as they are known.
    """
    return compile_book(read_workbook(path), path.stem, ListsBeside(path))


def compile_book(
    book: Workbook, name: str, lists: Mapping[str, bytes] = MappingProxyType({})
) -> Compiled:
    """The form of a workbook in memory. name: the form's id where the settings give none.

    lists: the files with choices by name; each that the form uses is written into it.
    """
    outline = outline_of(book)
    form_id = outline.settings.get("form_id") or outline.settings.get("id_string") or name
    definition = _definition(outline, form_id)
    plain, notices = _translate(definition)
    xform = with_lists(plain, lists)
    form_hash = hashlib.sha256(xform).hexdigest()
    return Compiled(xform, sidecar_of(outline, form_id, form_hash), notices)


def _translate(definition: dict[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    from desktop_advisor.questionnaire.authoring.pyxform_words import broken_by_pyxform

    try:
        result = convert(definition, validate=False, pretty_print=False)
    except PyXFormError as error:
        raise broken_by_pyxform(str(error)) from error
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise broken_by_pyxform(f"{type(error).__name__}: {error}") from error
    return result.xform.encode(), tuple(result.warnings)


def _definition(outline: Outline, form_id: str) -> dict[str, Any]:
    """The sheets pyxform knows, as it reads them itself: a list of rows and a header each."""
    sheets: dict[str, _Rows] = {"survey": _plain_rows(outline.survey.sheet)}
    for name in ("choices", "settings", "external_choices", "entities", "osm"):
        sheet = outline.book.sheet(name)
        if sheet.cells:
            sheets[name] = _plain_rows(sheet)
    if "settings" in sheets:
        sheets["settings"] = [row for row in sheets["settings"] if row][:1]
    if "choices" in sheets:
        sheets["choices"] += _state_choices(outline)
    definition: dict[str, Any] = {"sheet_names": list(sheets), "fallback_form_name": form_id}
    for name, rows in sheets.items():
        source = outline.survey.sheet if name == "survey" else outline.book.sheet(name)
        definition[name] = rows
        definition[f"{name}_header"] = [dict.fromkeys(_plain_headers(source))]
    return definition


def _is_ours(sheet: Sheet, header: str) -> bool:
    canonical = canonical_header(header)
    if sheet.name.lower() == "settings":
        return canonical.startswith("form_title::")
    return canonical in OWN_SURVEY_COLUMNS


def _plain_headers(sheet: Sheet) -> list[str]:
    seen: set[str] = set()
    for index, header in enumerate(sheet.headers):
        if header and header in seen:
            raise BrokenWorkbook(
                f"Blatt „{sheet.name}“, Zeile 1, Spalte {column_letter(index)}: "
                f"Die Überschrift „{header}“ kommt zweimal vor.",
                todo="Löschen oder benennen Sie eine der Spalten um.",
                sheet=sheet.name,
                row=1,
            )
        seen.add(header)
    return [header for header in sheet.headers if header and not _is_ours(sheet, header)]


def _plain_rows(sheet: Sheet) -> _Rows:
    """All rows from row 2 on, blank ones as {}, so that pyxform counts as the editor does."""
    plain = set(_plain_headers(sheet))
    filled = dict(sheet.rows())
    return [
        {header: text for header, text in filled.get(number, {}).items() if header in plain}
        for number in range(2, len(sheet.cells) + 1)
    ]


def _state_choices(outline: Outline) -> _Rows:
    """Rows for na, dk, kv of every list that a scored question uses and that lacks them."""
    table = outline.choices
    written = dict(zip(table.headers, table.sheet.headers, strict=True))
    labels = table.languages("label")
    added: _Rows = []
    for list_name in dict.fromkeys(question.list_name for question in outline.scored):
        choices = outline.lists.get(list_name)
        if choices is None:
            continue
        for state, texts in STATE_LABELS.items():
            if state.value not in choices:
                row = {written["list_name"]: list_name, written["name"]: state.value}
                for code, header in labels.items():
                    row[written[header]] = texts.get(code, texts["en"])
                added.append(row)
    return added
