"""Forms, catalogues and profile that the network has published: fetched, proven, put in force.

They lie beside the store as published/v<version>-<hex>/, unencrypted like the program's own, and a
small file names the folder in force, so that a switch is one rename. Which version that is stands
in the store, so that nobody brings an older one back.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.storage.durable_files import sync_folder, write_durably
from desktop_advisor.storage.sync_port import StoreChanges
from desktop_advisor.usecases.network_authority import pinned_authority
from desktop_advisor.usecases.published_forms import ContentRefused, check_published, stage
from desktop_advisor.usecases.questionnaires import keep_version
from desktop_advisor.usecases.server_line import server_line
from desktop_advisor.usecases.sync_journal import write_journal
from desktop_advisor.usecases.workplace import CURRENT, PUBLISHED, Workplace
from sync import content
from sync.client.port import Enrolment
from sync.protocol import ContentReply

_IN_FORCE = "content.in force"


class _InForce(msgspec.Struct, frozen=True):
    """Which bundle of which network was put in force last."""

    server_id: str
    network: str
    version: int


@dataclass(frozen=True)
class ContentNews:
    """What came into force. forms: names of the questionnaires; the rest counts from next start."""

    version: int
    forms: tuple[str, ...]
    has_other: bool

    @property
    def words(self) -> str:
        """German sentences; only questionnaires are said to be in use already."""
        said = [f"Neue Inhalte Ihres Netzwerks, Fassung {self.version}, sind da."]
        if self.forms:
            said.append("Die Fragebögen gelten sofort; begonnene Gespräche behalten ihre Fassung.")
        if self.has_other:
            said.append(
                "Angebote und Netzwerkprofil gelten erst, wenn Sie das Programm neu starten."
            )
        return " ".join(said)


def content_version(place: Workplace) -> int:
    """Version of the present network's content in force, 0 for none."""
    enrolment = StoreChanges(place.store).enrolment()
    raw = place.store.secret(_IN_FORCE)
    if enrolment is None or raw is None:
        return 0
    kept = msgspec.json.decode(raw, type=_InForce)
    is_same = (kept.server_id, kept.network) == (enrolment.server_id, enrolment.network)
    return kept.version if is_same else 0


def refresh_content(place: Workplace, newest: int | None = None) -> str:
    """Fetch what is newer, and say in German what came of it; "" for nothing new, and offline.

    newest: the version that the sync reply named; None asks the server.
    """
    from sync.client.calls import Calls
    from sync.client.errors import SyncError

    enrolment = StoreChanges(place.store).enrolment()
    if enrolment is None or (newest is not None and newest <= content_version(place)):
        return ""
    try:
        with server_line(enrolment) as transport:
            reply = Calls(transport).content(enrolment)
        if reply is None or reply.version == content_version(place):
            return ""
        news = take_content(place, enrolment, reply, pinned_authority(place, enrolment))
    except SyncError:
        return ""  # nothing is lost: the next run asks again
    except KnownError as refused:
        write_journal(place, "content", str(refused))
        return str(refused)
    return news.words


def take_content(
    place: Workplace,
    enrolment: Enrolment,
    reply: ContentReply,
    authority: bytes,
    *,
    before_switch: Callable[[], object] = lambda: None,
) -> ContentNews:
    """Prove a bundle, try all of it out in a folder aside, then put it in force at once.

    authority: the certificate (DER) that has to have signed it. Raises ContentRefused, with what
    was in force before still in force.
    """
    manifest, files = _proven(reply, authority)
    if manifest.network != enrolment.network or manifest.version != reply.version:
        raise ContentRefused("Sie sind für ein anderes Netzwerk oder eine andere Fassung.")
    if manifest.version <= content_version(place):
        raise ContentRefused("Sie sind nicht neuer als die, die in Gebrauch sind.")
    published = place.folder / PUBLISHED
    aside = published / f".neu-{os.urandom(4).hex()}"
    name = f"v{manifest.version}-{os.urandom(4).hex()}"
    try:
        try:
            forms = stage(files, aside / name, place)
            write_durably(aside / CURRENT, name.encode("ascii"))
            check_published(replace(place.resources, published=aside), place.profile.id)
            before_switch()
            _keep_begun(place, forms)
            (aside / name).rename(published / name)
            sync_folder(published)
            former = place.resources.content
            write_durably(published / CURRENT, name.encode("ascii"))
        except OSError as error:
            raise ContentRefused("Sie ließen sich auf diesem Gerät nicht ablegen.") from error
        kept = _InForce(enrolment.server_id, enrolment.network, manifest.version)
        place.store.save_secret(_IN_FORCE, msgspec.json.encode(kept))
        _clear(published, {name, former.name if former else name})
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    has_other = any(not path.startswith("forms/") for path in files)
    news = ContentNews(manifest.version, tuple(forms), has_other)
    write_journal(place, "content", news.words)
    return news


def _proven(reply: ContentReply, authority: bytes) -> tuple[content.Manifest, dict[str, bytes]]:
    """Signature first, then everything else. Raises ContentRefused."""
    try:
        signed, signature, archive = (
            base64.b64decode(text, validate=True)
            for text in (reply.manifest, reply.signature, reply.archive)
        )
        key = x509.load_der_x509_certificate(authority).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise InvalidSignature
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise ContentRefused("Sie sind nicht von Ihrem Netzwerk unterschrieben.") from error
    try:
        manifest = content.read_manifest(signed)
        return manifest, content.unpack(archive, manifest.files)
    except content.ContentError as error:
        raise ContentRefused("Sie sind beschädigt oder enthalten Unerlaubtes.") from error


def _keep_begun(place: Workplace, forms: list[str]) -> None:
    """The versions in force until now stay beside the store, for what was begun with them."""
    for name in forms:
        try:
            keep_version(place, place.form(name))
        except KnownError:
            continue  # there was none of that name


def _clear(published: Path, kept: set[str]) -> None:
    """Older contents go; the last ones stay for whatever is open."""
    for path in published.iterdir():
        if path.is_dir() and path.name not in kept and not path.name.startswith("."):
            shutil.rmtree(path, ignore_errors=True)
