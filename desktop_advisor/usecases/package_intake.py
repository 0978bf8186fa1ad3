"""Read a hand-over package: what it would bring, then taking it in, by the rules of a pull."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from desktop_advisor.domain.german import BERLIN, counted
from desktop_advisor.storage.package_errors import (
    DamagedPackage,
    NotAPackage,
    PackageError,
    PackageTooLarge,
)
from desktop_advisor.storage.package_log import Intake, taking
from desktop_advisor.storage.package_records import (
    MOST_BYTES,
    Blob,
    Manifest,
    read_manifest,
    read_records,
)
from desktop_advisor.storage.sealed_stream import Opener, SealedReader
from desktop_advisor.usecases.handover_package import PackageCancelled, Progress
from desktop_advisor.usecases.receiving_key import private_key
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.workplace import Workplace

_LARGEST_FILE = 2 * MOST_BYTES
_ROOM_LEFT = 64 * 1024 * 1024
"""What taking a package leaves free on the disk (our choice)."""
_AWAY = {
    "purged": "Diese Firmenakte wurde endgültig gelöscht und wird nicht wiederhergestellt.",
    "withdrawn": "Diese Firmenakte ist Ihnen nicht mehr zugewiesen.",
}


@dataclass(frozen=True)
class PackedCompany:
    """One company file of a package.

    changes: in the package; fresh: of those, what is not here; conflicts: fields that would have
    two values afterwards and have not now. refusal: why it stays out, "" when it is taken.
    """

    company_id: uuid.UUID
    name: str
    changes: int
    fresh: int
    conflicts: int
    is_new: bool
    refusal: str = ""

    @property
    def known(self) -> int:
        """Changes that are here already."""
        return self.changes - self.fresh if not self.refusal else 0


@dataclass(frozen=True)
class PackagePreview:
    """What a package would bring; nothing was written. The names are those it tells itself.

    digest: SHA-256 of the file, so that taking it means this very file. fresh_attachments: those
    whose bytes are not here. missing: attachments that its writer had no bytes of.
    """

    path: Path
    digest: str
    author: str
    device: str
    network: str
    written_at: datetime
    companies: tuple[PackedCompany, ...]
    attachments: int
    fresh_attachments: int
    fresh_bytes: int
    missing: int

    @property
    def fresh(self) -> int:
        """Changes that are not here, over all company files."""
        return sum(company.fresh for company in self.companies)

    @property
    def conflicts(self) -> int:
        """Fields that a person would have to decide on."""
        return sum(company.conflicts for company in self.companies)

    @property
    def is_taken_already(self) -> bool:
        """Whether all that may be taken is here."""
        return not self.fresh and not self.fresh_attachments


class TakenAlready(PackageError):
    """All that may be taken is here."""

    def __init__(self) -> None:
        super().__init__(
            "Dieses Übergabepaket ist bereits übernommen.",
            "Es gibt nichts zu tun.",
            safe="Alles, was darin steht, ist auf diesem Gerät.",
        )


@dataclass
class _Run:
    """One reading of a package."""

    place: Workplace
    path: Path
    progress: Progress
    cancelled: Callable[[], bool]
    manifest: Manifest | None = None
    added: list[str] = field(default_factory=list)


def preview_package(
    place: Workplace,
    path: Path,
    passphrase: str = "",
    *,
    progress: Progress = lambda _words, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PackagePreview:
    """Read all of it and try the merge, then take everything back.

    passphrase: only for a package that is locked with one. Raises a PackageError.
    """
    run = _Run(place, path, progress, cancelled)
    opener = Opener(passphrase, private_key(place))
    with taking(place.store, keeps=False) as session:
        return _merged(run, session, opener, keeps_files=False)


def take_package(
    place: Workplace,
    preview: PackagePreview,
    passphrase: str = "",
    *,
    progress: Progress = lambda _words, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> PackagePreview:
    """Take in what was previewed, all or nothing; what was new goes along with the next sync.

    Raises TakenAlready, a PackageError; DamagedPackage also where the file is another one by now.
    """
    run = _Run(place, preview.path, progress, cancelled)
    opener = Opener(passphrase, private_key(place))
    try:
        with taking(place.store, keeps=True) as session:
            taken = _merged(run, session, opener, keeps_files=True)
            if taken.digest != preview.digest:
                raise DamagedPackage("Diese Datei ist nicht mehr dieselbe wie in der Vorschau.")
            if taken.is_taken_already:
                raise TakenAlready
    except BaseException:
        for sha256 in run.added:
            place.store.files.remove(sha256)
        raise
    write_journal(place, "package", _journal_line(taken))
    progress("Fertig", 1.0)
    return taken


def _merged(run: _Run, session: Session, opener: Opener, *, keeps_files: bool) -> PackagePreview:
    try:
        size = run.path.stat().st_size
        file = run.path.open("rb")
    except OSError as error:
        raise NotAPackage from error
    with file:
        if size > _LARGEST_FILE:
            raise PackageTooLarge
        reader = SealedReader(file, opener)
        manifest = read_manifest(reader)
        if keeps_files:
            _check_room(run.place, manifest)
        ids = [uuid.UUID(packed.company_id) for packed in manifest.files]
        intake = Intake(session, ids)
        attachments: set[str] | None = None
        fresh_files: list[int] = []
        for record in read_records(reader, manifest):
            if run.cancelled():
                raise PackageCancelled
            run.progress("Paket wird gelesen", 0.95 * reader.bytes_read / max(size, 1))
            if isinstance(record, Blob):
                if attachments is None:
                    attachments = _folded(intake)
                if record.sha256 in attachments and not run.place.store.files.has(record.sha256):
                    fresh_files.append(len(record.content))
                    if keeps_files:
                        run.added.append(record.sha256)
                        run.place.store.files.add(record.content)
            else:
                intake.add(record)
        if attachments is None:
            _folded(intake)
        if keeps_files:
            intake.set_clock(run.place.store)
        return _told(run, manifest, intake, fresh_files, reader.digest)


def _folded(intake: Intake) -> set[str]:
    intake.fold()
    return intake.attachments()


def _told(
    run: _Run, manifest: Manifest, intake: Intake, fresh_files: list[int], digest: str
) -> PackagePreview:
    conflicts = intake.new_conflicts()
    companies = []
    for packed in manifest.files:
        file = uuid.UUID(packed.company_id)
        reason = intake.kept_away.get(file)
        companies.append(
            PackedCompany(
                file,
                packed.name or "–",
                packed.changes,
                intake.fresh[file],
                conflicts[file],
                is_new=file not in intake.known_files,
                refusal="" if reason is None else _AWAY.get(reason, _AWAY["withdrawn"]),
            )
        )
    return PackagePreview(
        path=run.path,
        digest=digest,
        author=manifest.author,
        device=manifest.device,
        network=manifest.network,
        written_at=_moment(manifest.written_ms),
        companies=tuple(sorted(companies, key=lambda company: company.name.casefold())),
        attachments=len(manifest.blobs),
        fresh_attachments=len(fresh_files),
        fresh_bytes=sum(fresh_files),
        missing=manifest.missing,
    )


def _moment(moment_ms: int) -> datetime:
    try:
        return datetime.fromtimestamp(moment_ms / 1000, tz=BERLIN)
    except (OverflowError, ValueError, OSError) as error:
        raise DamagedPackage from error


def _check_room(place: Workplace, manifest: Manifest) -> None:
    needed = sum(b.size for b in manifest.blobs if not place.store.files.has(b.sha256))
    if shutil.disk_usage(place.folder).free < needed + _ROOM_LEFT:
        raise PackageTooLarge("Auf diesem Gerät ist zu wenig Platz für dieses Übergabepaket.")


def _journal_line(taken: PackagePreview) -> str:
    files = counted(
        sum(not company.refusal for company in taken.companies), "Firmenakte", "Firmenakten"
    )
    attachments = counted(taken.fresh_attachments, "neue Anlage", "neue Anlagen")
    conflicts = counted(taken.conflicts, "Konflikt", "Konflikte")
    return (
        f"Übergabepaket von {taken.author} übernommen: {files}, {taken.fresh} neue Änderungen, "
        f"{attachments}, {conflicts}."
    )
