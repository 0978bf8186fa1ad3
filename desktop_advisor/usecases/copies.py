"""Hand over the sealed report on a drive, with a receipt that says how to check it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop_advisor.domain.german import BERLIN, clock_time, figure, short_date
from desktop_advisor.storage.models import Company, Report
from desktop_advisor.usecases.drives import Progress, put_file
from desktop_advisor.usecases.reporting import read_report, report_file_name
from desktop_advisor.usecases.workplace import Workplace


@dataclass(frozen=True)
class Copy:
    """What lies on the drive now."""

    pdf: Path
    receipt: Path


@dataclass(frozen=True)
class Sealed:
    """What a receipt says of a report. replaces: version and file hash, "" where there is none."""

    company: str
    version: int
    by: str
    at: str
    level: str
    content_hash: str
    replaces: str


def copy_report(
    place: Workplace,
    report_id: uuid.UUID,
    folder: Path,
    progress: Progress = lambda _done, _all: None,
) -> Copy:
    """Put the sealed PDF and its receipt there; a second time finds the same file in its place.

    Raises DriveFull, DriveMissing, DriveReadOnly, DriveFaulty.
    """
    pdf = read_report(place, report_id)
    target = put_file(folder, report_file_name(place, report_id), pdf, progress)
    words = receipt(target.name, pdf, _sealed(place, report_id))
    name = f"{target.stem}-Beleg.txt"
    return Copy(target, put_file(folder, name, words.encode("utf-8-sig")))


def receipt(file_name: str, pdf: bytes, sealed: Sealed) -> str:
    """The receipt as text; lines end as Windows expects."""
    digest = sha256(pdf).hexdigest()
    facts = (
        ("Datei", file_name),
        ("Größe", f"{figure(len(pdf))} Byte"),
        ("SHA-256 der Datei", digest),
        ("Unternehmen", sealed.company),
        ("Fassung", str(sealed.version)),
        ("Gesiegelt von", sealed.by),
        ("Gesiegelt am", sealed.at),
        ("Art des Siegels", f"PAdES-{sealed.level}"),
        ("SHA-256 des Inhalts", sealed.content_hash),
        ("Ersetzt", sealed.replaces or "keine frühere Fassung"),
    )
    width = max(len(label) for label, _ in facts) + 2
    lines = [
        "Beleg zum gesiegelten Beratungsbericht",
        "======================================",
        "",
        *(f"{label + ':':<{width}}{' '.join(value.split())}" for label, value in facts),
        "",
        *_how_to_check(file_name, digest),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _how_to_check(file_name: str, digest: str) -> tuple[str, ...]:
    return (
        "So prüfen Sie, ob die Datei unverändert ist",
        "-------------------------------------------",
        "",
        "1. Prüfsumme vergleichen. Das Ergebnis muss der SHA-256 der Datei oben gleich sein.",
        f'   Windows:  certutil -hashfile "{file_name}" SHA256',
        f'   Linux:    sha256sum "{file_name}"',
        f'   macOS:    shasum -a 256 "{file_name}"',
        "",
        "2. Siegel ansehen. Öffnen Sie die Datei mit Adobe Acrobat Reader und dort das",
        "   Unterschriftenfenster: „Seit dem Signieren nicht geändert“ heißt unverändert. Dass",
        "   das Zertifikat als unbekannt gilt, ist üblich: Das Netzwerk stellt es selbst aus.",
        "",
        "3. Alles zusammen prüfen, mit dem Programm der beratenden Person:",
        f'   desktop-advisor verify "{file_name}" --sha256 {digest}',
        "",
        "Wer die Datei ändert oder neu speichert, bricht das Siegel. Bewahren Sie sie daher so",
        "auf, wie sie ist, zusammen mit diesem Beleg.",
    )


def _sealed(place: Workplace, report_id: uuid.UUID) -> Sealed:
    with place.store.read() as session:
        report = session.get_one(Report, report_id)
        company = session.get(Company, report.company_id)
        before = session.get(Report, report.replaces_id) if report.replaces_id else None
        at = report.sealed_at.astimezone(BERLIN) if report.sealed_at else None
        return Sealed(
            company=company.name if company else "",
            version=report.version,
            by=report.sealed_by,
            at=f"{short_date(at.date())}, {clock_time(at)} Uhr" if at else "",
            level=report.level,
            content_hash=report.content_hash,
            replaces=f"Fassung {before.version}, SHA-256 {before.file_hash}" if before else "",
        )
