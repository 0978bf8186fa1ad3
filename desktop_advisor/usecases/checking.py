"""Check sealed files, our own and colleagues': the verdict, and which report it is about."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.report.frozen import content_hash, from_json
from desktop_advisor.storage.models import Report
from desktop_advisor.usecases.anchors import trusted_seals, trusted_stamps
from desktop_advisor.usecases.network_authority import known_lists
from desktop_advisor.usecases.stored_reports import on_record, sealed_otherwise, stored_pdf

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
    its pages; None where the pages could not be read. report_id: in its own words.
    """

    company: str
    version: int
    content_hash: str
    is_printed: bool | None
    report_id: str = ""

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
    """Whether the stored PDF, with proofs where it has them, is still what was sealed.

    Raises CheckCancelled.
    """
    pdf = stored_pdf(place, report_id)
    with place.store.read() as session:
        sealed = session.get_one(Report, report_id).file_hash
    return _checked_by(place, pdf, on_record(place, pdf) or sealed, cancelled)


def check_file(place: Workplace, path: Path, cancelled: Cancelled = never) -> Checked:
    """Whether a PDF somebody brings along is unchanged, by the record where there is one.

    Raises CannotRead, CheckCancelled.
    """
    pdf = read_pdf(path)
    return by_record(place, pdf, lambda expected: _checked_by(place, pdf, expected, cancelled))


def by_record(place: Workplace, pdf: bytes, check: Callable[[str | None], Checked]) -> Checked:
    """What a check says that is handed the recorded hash, or None where there is no record.

    A file that calls itself one of our reports, yet is neither that nor it with proofs, is checked
    against the record of that report, and so is a changed one, whoever sealed it.
    """
    known = on_record(place, pdf)
    checked = check(known)
    if known is not None or checked.about is None:
        return checked
    other = sealed_otherwise(place, pdf, checked.about.report_id)
    return checked if other is None else check(other)


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
    lists: Sequence[bytes] = (),
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
        lists=lists,
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
    return AboutReport(data.company.name, data.version, found, is_printed, data.report_id)


def _checked_by(
    place: Workplace, pdf: bytes, expected: str | None, cancelled: Cancelled
) -> Checked:
    return check_bytes(
        pdf,
        expected=expected,
        anchors=trusted_seals(place),
        stamp_anchors=trusted_stamps(place),
        lists=known_lists(place),
        now=place.clock(),
        cancelled=cancelled,
    )
