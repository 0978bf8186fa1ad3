"""Check sealed files, our own and colleagues': the verdict, and which report it is about."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import or_, select

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.report.frozen import content_hash, from_json
from desktop_advisor.storage.models import Attachment, Report
from desktop_advisor.usecases.anchors import trusted_seals, trusted_stamps

if TYPE_CHECKING:
    from desktop_advisor.signing.verdict import Verdict
    from desktop_advisor.usecases.workplace import Workplace

Cancelled = Callable[[], bool]


class CannotRead(KnownError):
    """A file to be checked cannot be opened, or is far larger than any report."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"„{path.name}“ kann nicht geprüft werden: {why}",
            safe="An der Datei wurde nichts geändert.",
            todo="Bitte wählen Sie die PDF-Datei des Berichts.",
        )


LARGEST_PDF_BYTES = 100 * 1024 * 1024
"""A report has well under 10 MB; what is a hundred times that is no report (our choice)."""


class _Company(msgspec.Struct, frozen=True):
    name: str = ""


class _Data(msgspec.Struct, frozen=True):
    """What every version of the attached data has said so far."""

    version: int = 0
    report_id: str = ""
    company: _Company = _Company()


@dataclass(frozen=True)
class AboutReport:
    """What a sealed file says it is, by the data attached to it.

    content_hash: SHA-256 of the frozen content. is_printed: whether that very hash is printed on
    its pages; None where the pages could not be read.
    """

    company: str
    version: int
    content_hash: str
    is_printed: bool | None

    @property
    def words(self) -> str:
        """One German sentence about data and pages."""
        if self.is_printed is None:
            return "Die beiliegenden Daten wurden nicht mit den Seiten verglichen."
        if self.is_printed:
            return "Die beiliegenden Daten tragen die Prüfsumme, die auf den Seiten gedruckt ist."
        return "Die beiliegenden Daten tragen eine andere Prüfsumme, als auf den Seiten steht."


@dataclass(frozen=True)
class Checked:
    """The verdict on a file. about: None where it carries no data of a report."""

    verdict: Verdict
    about: AboutReport | None


def never() -> bool:
    """Nobody cancels."""
    return False


def check_report(place: Workplace, report_id: uuid.UUID, cancelled: Cancelled = never) -> Checked:
    """Whether the stored PDF is still what was sealed. Raises CheckCancelled."""
    with place.store.read() as session:
        report = session.get_one(Report, report_id)
        pdf = place.store.files.read(session.get_one(Attachment, report.attachment_id).sha256)
        expected = _of_this_file(report, sha256(pdf).hexdigest()) or report.file_hash
    return _checked_by(place, pdf, expected, cancelled)


def check_file(place: Workplace, path: Path, cancelled: Cancelled = never) -> Checked:
    """Whether a PDF somebody brings along is unchanged, by the record where there is one.

    Raises CannotRead, CheckCancelled.
    """
    pdf = read_pdf(path)
    return _checked_by(place, pdf, on_record(place, pdf), cancelled)


def read_pdf(path: Path) -> bytes:
    """A file's content. Raises CannotRead."""
    try:
        if path.stat().st_size > LARGEST_PDF_BYTES:
            raise CannotRead(path, "Die Datei ist zu groß.")
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(path, "Sie lässt sich nicht öffnen.") from error


def check_bytes(
    pdf: bytes,
    *,
    expected: str | None,
    anchors: Sequence[bytes],
    stamp_anchors: Sequence[bytes],
    now: datetime | None = None,
    cancelled: Cancelled = never,
) -> Checked:
    """The verdict without a store, and what the file says it is. Raises CheckCancelled."""
    from desktop_advisor.signing.isolated import verify_isolated

    verdict = verify_isolated(
        pdf,
        expected_sha256=expected,
        anchors=anchors,
        stamp_anchors=stamp_anchors,
        now=now,
        cancelled=cancelled,
    )
    return Checked(verdict, about(verdict))


def about(verdict: Verdict) -> AboutReport | None:
    """Which report the data of a sealed file describe; None for no or foreign data."""
    if not verdict.is_intact or not verdict.attached:
        return None
    try:
        data = msgspec.json.decode(verdict.attached, type=_Data)
        found = content_hash(from_json(verdict.attached))
    except (msgspec.MsgspecError, RecursionError):
        return None
    is_printed = None if verdict.printed is None else found in verdict.printed
    return AboutReport(data.company.name, data.version, found, is_printed)


def _checked_by(
    place: Workplace, pdf: bytes, expected: str | None, cancelled: Cancelled
) -> Checked:
    return check_bytes(
        pdf,
        expected=expected,
        anchors=trusted_seals(place),
        stamp_anchors=trusted_stamps(place),
        now=place.clock(),
        cancelled=cancelled,
    )


def on_record(place: Workplace, pdf: bytes) -> str | None:
    """The hash, if this very file is one of our reports, as sealed or with later proofs."""
    digest = sha256(pdf).hexdigest()
    is_it = or_(Report.file_hash == digest, Report.upgraded_hash == digest)
    with place.store.read() as session:
        return digest if session.scalars(select(Report.id).where(is_it)).first() else None


def _of_this_file(report: Report, digest: str) -> str | None:
    return digest if digest in (report.file_hash, report.upgraded_hash) else None
