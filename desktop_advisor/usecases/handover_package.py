"""Write a hand-over package: company files for a colleague's laptop, without a server."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_advisor.domain.german import BERLIN, counted
from desktop_advisor.storage.key_file import KeyCost
from desktop_advisor.storage.package_errors import PackageError
from desktop_advisor.storage.package_log import attachment_hashes, history, packed_files
from desktop_advisor.storage.package_records import (
    Manifest,
    PackedBlob,
    write_blob,
    write_changes,
    write_end,
    write_manifest,
)
from desktop_advisor.storage.sealed_stream import (
    Lock,
    SealedWriter,
    lock_to_recipient,
    lock_with_passphrase,
)
from desktop_advisor.storage.sync_port import StoreChanges, sort_in_all
from desktop_advisor.usecases.drives import write_file
from desktop_advisor.usecases.leading_files import leading_files
from desktop_advisor.usecases.receiving_key import read_key
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.workplace import Workplace

SUFFIX = ".dapaket"
LEAST_PASSPHRASE = 12
"""Characters, as for the store itself; the file may be guessed at for years."""
_COST = KeyCost()
_GROUPS, _GROUP_LENGTH = 5, 4
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""No sign that is mistaken for another; 20 of them are 99 bits."""

Progress = Callable[[str, float], object]


class PassphraseTooShort(PackageError):
    """Guessing would find it."""

    def __init__(self) -> None:
        super().__init__(
            f"Die Passphrase braucht mindestens {LEAST_PASSPHRASE} Zeichen.",
            "Nehmen Sie die vorgeschlagene oder einige zufällige Wörter.",
            safe="Es wurde nichts geschrieben.",
        )


class NothingToPack(PackageError):
    """None of the company files is on this laptop."""

    def __init__(self) -> None:
        super().__init__(
            "Es ist keine Firmenakte ausgewählt.",
            "Bitte wählen Sie mindestens eine aus.",
            safe="Es wurde nichts geschrieben.",
        )


class PackageCancelled(PackageError):
    """The advisor stopped it."""

    def __init__(self) -> None:
        super().__init__(
            "Abgebrochen.",
            "Sie können jederzeit neu beginnen.",
            safe="Es wurde nichts geändert.",
        )


@dataclass(frozen=True)
class WrittenPackage:
    """What was written. missing: attachments whose bytes are not on this laptop."""

    path: Path
    size: int
    files: int
    changes: int
    attachments: int
    missing: int


def suggested_passphrase() -> str:
    """A random one in groups that can be told on the phone; shown once and kept nowhere."""
    signs = "".join(secrets.choice(_READABLE) for _ in range(_GROUPS * _GROUP_LENGTH))
    starts = range(0, len(signs), _GROUP_LENGTH)
    return "-".join(signs[start : start + _GROUP_LENGTH] for start in starts)


def for_passphrase(passphrase: str, cost: KeyCost = _COST) -> Lock:
    """Whoever is told the passphrase reads the package; takes about a third of a second.

    Raises PassphraseTooShort.
    """
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise PassphraseTooShort
    return lock_with_passphrase(passphrase, cost)


def for_recipient(key_text: str) -> Lock:
    """Only the laptop that shows this receiving key reads it. Raises BadReceivingKey."""
    return lock_to_recipient(read_key(key_text))


def write_package(
    place: Workplace,
    company_ids: Collection[uuid.UUID],
    folder: Path,
    lock: Lock,
    *,
    progress: Progress = lambda _words, _share: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> WrittenPackage:
    """The whole history and all attachments of these company files, in one encrypted file.

    What is shown in one of them, because they are one company, goes along. The file's name tells
    nothing of the companies. Raises NothingToPack, PackageTooLarge, PackageCancelled, and what
    drives raise; then no file stays.
    """
    now = place.clock()
    made: list[Manifest] = []

    def write(file: BinaryIO) -> str:
        writer = SealedWriter(file, lock)
        made.append(_write(place, company_ids, writer, progress, cancelled))
        return writer.digest

    name = f"Uebergabepaket-{now.astimezone(BERLIN):%Y-%m-%d-%H%M}{SUFFIX}"
    path = write_file(folder, name, write)
    manifest = made[0]
    written = WrittenPackage(
        path,
        path.stat().st_size,
        len(manifest.files),
        sum(file.changes for file in manifest.files),
        len(manifest.blobs),
        manifest.missing,
    )
    write_journal(place, "package", _journal_line(written))
    progress("Fertig", 1.0)
    return written


def _write(
    place: Workplace,
    company_ids: Collection[uuid.UUID],
    writer: SealedWriter,
    progress: Progress,
    cancelled: Callable[[], bool],
) -> Manifest:
    """One moment of the store: what is edited meanwhile stays out."""
    enrolment = StoreChanges(place.store).enrolment()
    sort_in_all(place.store)
    with place.store.read() as session:
        joined = leading_files(session)
        wanted = {*company_ids, *(part for part, lead in joined.items() if lead in company_ids)}
        files = packed_files(session, wanted)
        if not files:
            raise NothingToPack
        chosen = [uuid.UUID(file.company_id) for file in files]
        hashes = attachment_hashes(session, chosen)
        here = [sha for sha in hashes if place.store.files.has(sha)]
        manifest = Manifest(
            author=place.author,
            device=place.store.device,
            network=enrolment.network if enrolment else place.profile.name,
            written_ms=int(place.clock().timestamp() * 1000),
            files=tuple(files),
            blobs=tuple(PackedBlob(sha256=s, size=place.store.files.size(s)) for s in here),
            missing=len(hashes) - len(here),
        )
        write_manifest(writer, manifest)
        every, done = max(sum(file.changes for file in files), 1), 0
        for changesets in history(session, chosen):
            _go_on(cancelled)
            write_changes(writer, changesets)
            done += sum(len(some.changes) for some in changesets)
            progress(f"Änderungen: {done} von {every}", 0.5 * done / every)
    for number, blob in enumerate(manifest.blobs, start=1):
        _go_on(cancelled)
        write_blob(writer, place.store.files.read(blob.sha256))
        words = f"Dateien: {number} von {len(manifest.blobs)}"
        progress(words, 0.5 + 0.5 * number / len(manifest.blobs))
    write_end(writer)
    return manifest


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise PackageCancelled


def _journal_line(written: WrittenPackage) -> str:
    files = counted(written.files, "Firmenakte", "Firmenakten")
    attachments = counted(written.attachments, "Anlage", "Anlagen")
    return f"Übergabepaket geschrieben: {files}, {written.changes} Änderungen, {attachments}."
