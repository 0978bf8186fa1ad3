"""All checks of a workbook: what an editor gets told, place by place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_advisor.questionnaire.authoring.checks import (
    cycles,
    expressions,
    files,
    headers,
    literals,
    names,
    never,
    rule_tables,
    rule_texts,
    rules,
    scoring,
    shapes,
    texts,
    types,
    versions,
)
from desktop_advisor.questionnaire.authoring.findings import Finding, at_cell
from desktop_advisor.questionnaire.authoring.lists_beside import ListsBeside
from desktop_advisor.questionnaire.authoring.outline import Outline, Table, outline_of
from desktop_advisor.questionnaire.authoring.sheets import (
    HEADER_ROW,
    BrokenWorkbook,
    Workbook,
)
from desktop_advisor.questionnaire.authoring.workbook import read_workbook

if TYPE_CHECKING:
    from desktop_advisor.questionnaire.authoring.compiling import Compiled

_SHOWN = 10
_LOOK = "Berichtigen Sie die Zeile und prüfen Sie die Arbeitsmappe erneut."
_WORDS = re.compile(r"['„/]([\w.-]+)['“,]")
"""Quoted words of a complaint, and the last part of a path."""
_LAST_NAME = re.compile(r"(?:/[\w.-]+)*/([\w.-]+)")
"""The question a path like /data/company/heads ends with."""


@dataclass(frozen=True)
class Checked:
    """What is to be said of a workbook, in the order of the sheets, rows and columns.

    compiled: its form, None when an error keeps it from being loaded.
    """

    findings: tuple[Finding, ...]
    compiled: Compiled | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the form from being loaded; () when it loads."""
        return tuple(finding for finding in self.findings if finding.is_error)


def check_workbook(
    path: Path, previous: Path | None = None, offers: Collection[str] | None = None
) -> list[Finding]:
    """Findings in the order of the sheets, rows and columns; [] when all is well.

    previous: the version before, for changed names. offers: known offer ids; None skips them.

    Raises:
        BrokenWorkbook: a file cannot be read at all.
    """
    return list(checked(path, previous, offers).findings)


def checked(
    path: Path, previous: Path | None = None, offers: Collection[str] | None = None
) -> Checked:
    """The findings and, when none is an error, the form: compiled and read, so that it loads.

    Arguments and errors as of `check_workbook`.
    """
    book = read_workbook(path)
    before = outline_of(read_workbook(previous)) if previous else None
    outline, lists = outline_of(book), ListsBeside(path)
    findings = [*_findings(outline, before, offers), *files.find(outline, lists)]
    compiled = None
    if not any(finding.is_error for finding in findings):
        compiled, broken = _compiled(book, path.stem, lists)
        findings += broken
    return Checked(tuple(_in_order(book, findings)), compiled)


def refuse_errors(path: Path) -> None:
    """Nothing, when the workbook has no errors; pyxform is not asked.

    Raises:
        BrokenWorkbook: naming the errors.
    """
    book = read_workbook(path)
    findings = _in_order(book, _findings(outline_of(book), None, None))
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        shown = "\n".join(str(error) for error in errors[:_SHOWN])
        more = f"\n… und {len(errors) - _SHOWN} weitere" if len(errors) > _SHOWN else ""
        raise BrokenWorkbook(
            f"„{path.name}“ hat {len(errors)} Fehler:\n{shown}{more}\n",
            todo="Berichtigen Sie die genannten Stellen.",
            sheet=errors[0].sheet,
            row=errors[0].row,
        )


def _findings(
    outline: Outline, before: Outline | None, offers: Collection[str] | None
) -> list[Finding]:
    return list(_run(outline, before, offers))


def _run(
    outline: Outline, before: Outline | None, offers: Collection[str] | None
) -> Iterator[Finding]:
    for check in (headers, types, shapes, names, expressions, cycles, literals, scoring, texts):
        yield from check.find(outline)
    yield from rules.find(outline, offers)
    facts = rules.facts_of(outline)
    yield from never.find(outline, facts)
    yield from rule_tables.find(outline, facts)
    yield from rule_texts.find(outline)
    if before is not None:
        yield from versions.find(outline, before)


def _compiled(
    book: Workbook, name: str, lists: ListsBeside
) -> tuple[Compiled | None, list[Finding]]:
    """The form, or what only the translation, or the reading of its result, finds."""
    from desktop_advisor.questionnaire.authoring.compiling import compile_book
    from desktop_advisor.questionnaire.xform import BrokenForm, read_xform

    try:
        compiled = compile_book(book, name, lists)
    except BrokenWorkbook as error:
        return None, [_placed(book, error.sheet, error.row, error.what, error.todo)]
    try:
        read_xform(compiled.xform)
    except BrokenForm as error:
        named = _LAST_NAME.match(error.reason)
        row = compiled.sidecar.rows.get(named[1], 0) if named else 0
        return None, [_placed(book, "survey", row, error.what, _LOOK)]
    return compiled, []


def _placed(book: Workbook, sheet: str, row: int, message: str, suggestion: str) -> Finding:
    """At the row, else at that of the question which is named; at the column which is named."""
    outline = outline_of(book)
    table = outline.survey if sheet in {"", "survey"} else Table(book.sheet(sheet))
    words = set(_WORDS.findall(message))
    mentioned = [q.row.number for q in outline.questions if q.name in words]
    number = row or (mentioned[0] if mentioned and table is outline.survey else HEADER_ROW)
    headers = [h for h in table.headers if h in words] or [h for h in table.headers if h]
    return at_cell(table, number, headers[0] if headers else "", message, suggestion)


def _in_order(book: Workbook, findings: list[Finding]) -> list[Finding]:
    order = {sheet.name: index for index, sheet in enumerate(book.sheets)}
    return sorted(
        set(findings),
        key=lambda f: (order.get(f.sheet, len(order)), f.row, len(f.column), f.column, f.message),
    )
