"""Content bundles of a network: published under its authority's signature, versions counting up."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync import content
from sync.protocol import ContentReply, ProblemType
from sync.server.audit import COMMAND_LINE, AdministrationError, note
from sync.server.authority import signing_key
from sync.server.database import Database, now_ms
from sync.server.devices import Caller
from sync.server.directory import network_named
from sync.server.models import CertificateAuthority, Network
from sync.server.people_models import ContentBundle
from sync.server.problems import RefusalError, refusal


@dataclass(frozen=True)
class BundleLine:
    """One published bundle. size: bytes as it travels."""

    version: int
    published_ms: int
    published_by: str
    files: tuple[str, ...]
    size: int


def files_of(source: Path) -> dict[str, bytes]:
    """The files of a folder or a ZIP file that is to be published. Raises AdministrationError.

    Hidden files, lock files of office programs and README files are passed over.
    """
    try:
        if source.is_file():
            with source.open("rb") as file:
                found = content.unpack(file.read(content.MAX_ARCHIVE_BYTES + 1))
        else:
            found = _read_folder(source)
        content.check_files(found)
    except content.ContentError as error:
        raise AdministrationError(str(error)) from error
    return found


def publish(
    database: Database,
    network: str,
    files: Mapping[str, bytes],
    passphrase: str,
    actor: str = COMMAND_LINE,
) -> int:
    """The version of a new bundle of these files. Raises AdministrationError.

    passphrase: opens the network's certificate authority.
    """
    try:
        archive = content.pack(files)
    except content.ContentError as error:
        raise AdministrationError(str(error)) from error
    with database.writing() as session:
        found = network_named(session, network)
        key = _key(session, found, passphrase)
        version = newest_version(session, found.id) + 1
        manifest = content.Manifest(
            network=found.name,
            version=version,
            published_ms=now_ms(),
            files={path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)},
        )
        encoded = msgspec.json.encode(manifest)
        session.add(
            ContentBundle(
                network_id=found.id,
                version=version,
                published_ms=manifest.published_ms,
                published_by=actor,
                manifest=encoded,
                signature=key.sign(encoded, ec.ECDSA(hashes.SHA256())),
                body=archive,
            )
        )
        detail = {"files": len(files), "bytes": len(archive)}
        note(session, found.id, actor, "content published", str(version), detail)
    return version


def newest_version(session: Session, network_id: int) -> int:
    """Version of the network's newest bundle, 0 before the first."""
    query = select(func.max(ContentBundle.version)).where(ContentBundle.network_id == network_id)
    return session.scalar(query) or 0


def bundles(database: Database, network: str) -> Sequence[BundleLine]:
    """What was published, newest first. Raises AdministrationError."""
    with database.reading() as session:
        network_id = network_named(session, network).id
        rows = session.scalars(
            select(ContentBundle)
            .where(ContentBundle.network_id == network_id)
            .order_by(ContentBundle.version.desc())
        )
        return [
            BundleLine(
                row.version,
                row.published_ms,
                row.published_by,
                tuple(sorted(content.read_manifest(row.manifest).files)),
                len(row.body),
            )
            for row in rows
        ]


def show(database: Database, caller: Caller) -> ContentReply:
    """The newest bundle of the caller's network. Raises RefusalError."""
    with database.reading() as session:
        row = session.scalar(
            select(ContentBundle)
            .where(ContentBundle.network_id == caller.network_id)
            .order_by(ContentBundle.version.desc())
            .limit(1)
        )
        if row is None:
            raise refusal(
                ProblemType.NO_CONTENT,
                HTTPStatus.NOT_FOUND,
                "This network has not published any content.",
            )
        return ContentReply(
            version=row.version,
            manifest=_text(row.manifest),
            signature=_text(row.signature),
            archive=_text(row.body),
        )


def _key(session: Session, network: Network, passphrase: str) -> ec.EllipticCurvePrivateKey:
    """The lock on the authority's row lets versions of one network be drawn one at a time."""
    authority = session.get(CertificateAuthority, network.id, with_for_update=True)
    if authority is None:
        raise AdministrationError(
            f'Network "{network.name}" has no certificate authority; laptops would not trust it.'
        )
    try:
        return signing_key(authority, passphrase)
    except RefusalError as closed:
        raise AdministrationError(
            "The passphrase does not open the certificate authority."
        ) from closed


def _read_folder(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise AdministrationError(f"There is neither a folder nor a file {folder}.")
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or path.name.startswith((".", "~", "README")):
            continue
        if path.is_symlink() or not content.is_allowed(name):
            raise AdministrationError(f"{name}: no such file belongs into a bundle.")
        if len(found) == content.MAX_FILES:
            raise AdministrationError(f"More than {content.MAX_FILES} files.")
        with path.open("rb") as file:
            found[name] = file.read(content.MAX_FILE_BYTES + 1)
    return found


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
