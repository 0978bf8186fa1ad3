"""Save the report for other programs: Word, Excel, JSON."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_advisor.domain.language import speaking
from desktop_advisor.report.model import ReportModel
from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.drives import Progress, allowed_name, put_file
from desktop_advisor.usecases.reporting import read_snapshot
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Export:
    """One kind of file. purpose: what it is good for, one line. make: fonts and model → bytes."""

    id: str
    title: str
    purpose: str
    ending: str
    make: Callable[[Path, ReportModel], bytes]


def _word(fonts: Path, model: ReportModel) -> bytes:
    from desktop_advisor.report.exports.word import word_file

    return word_file(model, fonts)


def _workbook(_fonts: Path, model: ReportModel) -> bytes:
    from desktop_advisor.report.exports.workbook import workbook_file

    return workbook_file(model)


def _json(_fonts: Path, model: ReportModel) -> bytes:
    from desktop_advisor.report.exports.json_file import json_file

    return json_file(model)


EXPORTS: tuple[Export, ...] = (
    Export(
        "docx",
        "Word-Datei",
        "Der ganze Bericht zum Weiterbearbeiten, ohne Unterschrift und Siegel.",
        ".docx",
        _word,
    ),
    Export(
        "xlsx",
        "Excel-Datei",
        "Antworten, Ergebnisse und Maßnahmen als Tabellen.",
        ".xlsx",
        _workbook,
    ),
    Export(
        "json",
        "JSON-Datei",
        "Alle Daten des Berichts für andere Programme, nach veröffentlichtem Schema.",
        ".json",
        _json,
    ),
)


def export_of(export_id: str) -> Export:
    """The kind of that id. Raises KeyError."""
    return {export.id: export for export in EXPORTS}[export_id]


def export_name(export: Export, model: ReportModel) -> str:
    """A file name that says whose report and which version it is."""
    draft = "-vorläufig" if model.is_draft else ""
    plain = "".join(c if c.isalnum() else "-" for c in model.company.name).strip("-")
    stem = f"Beratungsbericht-{plain or 'Betrieb'}-Fassung-{model.version}{draft}"
    return allowed_name(stem + export.ending)


def report_to_export(
    place: Workplace, case_id: uuid.UUID, report_id: uuid.UUID | None = None
) -> ReportModel:
    """The sealed report as it was frozen; without one, the draft as it stands now."""
    return compose_report(place, case_id) if report_id is None else read_snapshot(place, report_id)


def save_export(
    place: Workplace,
    model: ReportModel,
    export_id: str,
    target: Path,
    progress: Progress = lambda _done, _all: None,
) -> Path:
    """Where the file lies now: beside `target` where that is another file.

    Raises DriveFull, DriveMissing, DriveReadOnly, DriveFaulty.
    """
    export = export_of(export_id)
    name = target.name if target.suffix.lower() == export.ending else target.name + export.ending
    with speaking(place.resources.language(model.language)):
        content = export.make(place.resources.fonts, model)
    return put_file(target.parent, name, content, progress)
