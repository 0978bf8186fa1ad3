"""Which documents a consultation has, and drawing one of them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_advisor.usecases.composing import compose_report
from desktop_advisor.usecases.documents import (
    de_minimis,
    hours,
    minutes,
    preparation,
    privacy,
    short,
    sme_declaration,
)
from desktop_advisor.usecases.drives import put_file
from desktop_advisor.usecases.paths_for_employees import compose_paths
from desktop_advisor.usecases.reporting import draw_draft
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Document:
    """One of the documents. purpose: for whom and what for, one line. draw: makes the PDF.

    stem: begins the file name; what follows is the company, unless the page may not name it.
    """

    id: str
    title: str
    purpose: str
    stem: str
    draw: Callable[[Workplace, uuid.UUID], bytes]
    names_company: bool = True


def _report(place: Workplace, case_id: uuid.UUID) -> bytes:
    return draw_draft(place, compose_report(place, case_id))


def _paths(place: Workplace, case_id: uuid.UUID) -> bytes:
    from desktop_advisor.report.paths_page import draw_paths

    return draw_paths(compose_paths(place, case_id), place.resources.fonts)


DOCUMENTS: tuple[Document, ...] = (
    Document(
        "report",
        "Beratungsbericht",
        "Der ganze Bericht mit Anlage, zum Unterschreiben und Ablegen.",
        "Beratungsbericht",
        _report,
    ),
    Document(
        "short",
        "Kurzfassung",
        "Zwei Seiten mit Ergebnis und Plan, zum Aufhängen.",
        "Kurzfassung",
        short.draw,
    ),
    Document(
        "paths",
        "Wege für Beschäftigte",
        "Eine Seite für die Beschäftigten, ohne Betriebsgeheimnisse.",
        "Wege-fuer-Beschaeftigte",
        _paths,
        names_company=False,
    ),
    Document(
        "minutes",
        "Gesprächsprotokoll",
        "Wer wann worüber gesprochen hat, was vereinbart ist; späte Notizen erst, wenn zugeordnet.",
        "Gespraechsprotokoll",
        minutes.draw,
    ),
    Document(
        "hours",
        "Stundennachweis",
        "Termine und Stunden für den Nachweis gegenüber der Förderstelle.",
        "Stundennachweis",
        hours.draw,
    ),
    Document(
        "privacy",
        "Datenschutz und Einwilligungen",
        "Information nach Art. 13 DSGVO und die Zwecke zum Ankreuzen; auch als leeres Formular.",
        "Datenschutz",
        privacy.draw,
    ),
    Document(
        "preparation",
        "Besuchsvorbereitung",
        "Eine Seite für die beratende Person vor dem Termin, nicht für den Betrieb.",
        "Besuchsvorbereitung",
        preparation.draw,
    ),
    Document(
        "sme_declaration",
        "KMU-Selbsterklärung",
        "Größenklasse mit Gruppe und Jahren für die Förderstelle, zum Unterschreiben.",
        "KMU-Selbsterklaerung",
        sme_declaration.draw,
    ),
    Document(
        "de_minimis",
        "De-minimis-Erklärung",
        "Erhaltene De-minimis-Beihilfen und freier Betrag, zum Unterschreiben.",
        "De-minimis-Erklaerung",
        de_minimis.draw,
    ),
)
"""In the order in which an advisor needs them."""


def document(document_id: str) -> Document:
    """The document of that id. Raises KeyError."""
    return {d.id: d for d in DOCUMENTS}[document_id]


def file_name(made: Document, company: str) -> str:
    """A file name without anything a drive might refuse."""
    plain = "".join(c if c.isalnum() else "-" for c in company).strip("-")
    if not made.names_company:
        return f"{made.stem}.pdf"
    return f"{made.stem}-{plain or 'Betrieb'}.pdf"


def save_document(place: Workplace, case_id: uuid.UUID, document_id: str, target: Path) -> Path:
    """Draw a document and put it there, as `write_document` does."""
    return write_document(document(document_id).draw(place, case_id), target)


def write_document(pdf: bytes, target: Path) -> Path:
    """A document drawn already, so that what is kept is what was seen; where it lies.

    Raises DriveFull, DriveMissing, DriveReadOnly, DriveFaulty.
    """
    return put_file(target.parent, target.name, pdf)
