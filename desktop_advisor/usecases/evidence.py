"""Files and photos that evidence an answer: taken in, listed, removed and brought back.

The bytes lie encrypted beside the database and are durable before their row is.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.storage.models import Assessment, Attachment, Case, Consent, Visit
from desktop_advisor.storage.store import Store
from desktop_advisor.usecases.accepted_files import (
    HEIC,
    JPEG,
    PNG,
    FileKind,
    kind_of,
    proper_name,
)
from desktop_advisor.usecases.company_file import consenting, show_company_file
from desktop_advisor.usecases.pictures import (
    HeicPhoto,
    clean_drawing,
    clean_photo,
    thumbnail_of,
)
from desktop_advisor.usecases.visits import record_consent
from desktop_advisor.usecases.workplace import Workplace

PHOTO_CONSENT = "photos"
"""Purpose without which nothing is photographed in the company (domain §6, §8)."""
THUMBNAILS_KEPT = 200
_CAMERA_KINDS = frozenset({"image/jpeg", "image/heic", "image/tiff", "image/webp"})
"""What cameras write; everything else is drawn or copied from a screen."""


class PhotoConsentMissing(KnownError):
    """Nobody has agreed to photos at this visit. visit_id: None where there is no visit at all."""

    def __init__(self, visit_id: uuid.UUID | None) -> None:
        super().__init__(
            "Für Fotos im Betrieb liegt bei diesem Termin keine Einwilligung vor.",
            safe="Das Foto wurde nicht gespeichert; alle Antworten sind es.",
            todo="Bitte fragen Sie, bevor Sie fotografieren; die Antwort gilt für diesen Termin.",
        )
        self.visit_id = visit_id


class FileNotHere(KnownError):
    """The row came from another laptop, the bytes have not."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"„{name}“ ist noch nicht auf diesem Gerät.",
            safe="Die Datei liegt auf dem Gerät, an dem sie abgelegt wurde.",
            todo="Bitte synchronisieren Sie; danach lässt sie sich öffnen.",
        )


@dataclass(frozen=True)
class AttachmentView:
    """One file. question: "" for the conversation as a whole. size: bytes.

    assessment_id: None where it belongs to no perspective. is_picture: a thumbnail can be made.
    is_here: the bytes are on this laptop.
    """

    attachment_id: uuid.UUID
    case_id: uuid.UUID
    assessment_id: uuid.UUID | None
    question: str
    name: str
    media_type: str
    size: int
    added_at: datetime | None
    is_picture: bool
    is_here: bool


def add_file(
    place: Workplace,
    *,
    case_id: uuid.UUID,
    assessment_id: uuid.UUID | None,
    question: str,
    name: str,
    content: bytes,
) -> AttachmentView:
    """Keep a file as it is; only pictures lose their metadata, so that no place travels along.

    The same file at the same question is kept once.
    Raises: EmptyFile, TooLarge, Executable, UnknownKind, UnreadablePicture, TooManyPixels,
    HeicPhoto, DiskFull.
    """
    kind = kind_of(name, content)
    if kind == HEIC:
        raise HeicPhoto(name)
    if kind.media_type in _CAMERA_KINDS:
        kind, content = JPEG, clean_photo(name, content)
    elif kind == PNG:
        content = clean_drawing(name, content)
    return _kept(place, case_id, assessment_id, question, name, kind, content)


def add_photo(
    place: Workplace,
    *,
    case_id: uuid.UUID,
    assessment_id: uuid.UUID | None,
    question: str,
    name: str,
    content: bytes,
) -> AttachmentView:
    """Keep a photo: upright, at most 2560 pixels, without place, time and device.

    Raises: PhotoConsentMissing, before anything is decoded; what `add_file` raises.
    """
    require_photo_consent(place, case_id, assessment_id)
    if kind_of(name, content) == HEIC:
        raise HeicPhoto(name)
    cleaned = clean_photo(name, content)
    return _kept(place, case_id, assessment_id, question, name, JPEG, cleaned)


def looks_like_a_photo(content: bytes) -> bool:
    """Whether it is of a kind that cameras write, and so to be treated as a photo."""
    try:
        return kind_of("", content).media_type in _CAMERA_KINDS
    except KnownError:
        return False


def require_photo_consent(
    place: Workplace, case_id: uuid.UUID, assessment_id: uuid.UUID | None
) -> None:
    """Nothing, where photos may be taken at this visit. Raises: PhotoConsentMissing."""
    with place.store.read() as session:
        visit_id = _visit_of(session, case_id, assessment_id)
        if not _is_granted(session, visit_id):
            raise PhotoConsentMissing(visit_id)


def record_photo_consent(
    place: Workplace, case_id: uuid.UUID, assessment_id: uuid.UUID | None
) -> None:
    """Note that the company has just agreed to photos at this visit, with who speaks for it.

    Raises: PhotoConsentMissing where there is no visit the consent could belong to.
    """
    with place.store.read() as session:
        company_id = session.get_one(Case, case_id).company_id
        visit_id = _visit_of(session, case_id, assessment_id)
    visits = show_company_file(place, company_id).visits
    visit = next((v for v in visits if v.visit_id == visit_id), None)
    if visit is None:
        raise PhotoConsentMissing(None)
    speaker = consenting(visit)
    record_consent(place, visit.visit_id, PHOTO_CONSENT, granted=True, given_by=speaker)


def list_files(
    place: Workplace, case_id: uuid.UUID, question: str | None = None
) -> list[AttachmentView]:
    """The files of a case, or of one of its questions, newest first."""
    query = select(Attachment).where(Attachment.case_id == case_id, Attachment.deleted.is_(False))
    if question is not None:
        query = query.where(Attachment.question == question)
    with place.store.read() as session:
        return [_view(place, row) for row in session.scalars(query.order_by(Attachment.id.desc()))]


def remove_file(place: Workplace, attachment_id: uuid.UUID) -> None:
    """Take a file off its answer; the bytes stay, so that it can be brought back.

    Raises: SealedReport where a signed report holds it.
    """
    _set_deleted(place, attachment_id, is_deleted=True)


def restore_file(place: Workplace, attachment_id: uuid.UUID) -> None:
    """Bring a removed file back."""
    _set_deleted(place, attachment_id, is_deleted=False)


def read_file(place: Workplace, attachment_id: uuid.UUID) -> bytes:
    """The plain bytes, in memory only. Raises: FileNotHere, DamagedStore."""
    with place.store.read() as session:
        row = session.get_one(Attachment, attachment_id)
    try:
        return place.store.files.read(row.sha256)
    except KeyError:
        raise FileNotHere(row.file_name) from None


def thumbnail(place: Workplace, attachment_id: uuid.UUID, side_px: int) -> bytes:
    """A small PNG, kept in memory only; b"" for what is no picture, not here or not readable."""
    with place.store.read() as session:
        row = session.get_one(Attachment, attachment_id)
    if not row.media_type.startswith("image/") or not place.store.files.has(row.sha256):
        return b""
    kept, key = _THUMBNAILS.setdefault(place.store, OrderedDict()), (row.sha256, side_px)
    made = kept.get(key, b"")
    if not made:
        try:
            made = thumbnail_of(place.store.files.read(row.sha256), side_px)
        except KnownError:
            return b""
        kept[key] = made
        while len(kept) > THUMBNAILS_KEPT:
            kept.popitem(last=False)
    return made


_THUMBNAILS: WeakKeyDictionary[Store, OrderedDict[tuple[str, int], bytes]] = WeakKeyDictionary()
"""By store, so that they go with it when it is locked."""


def _kept(
    place: Workplace,
    case_id: uuid.UUID,
    assessment_id: uuid.UUID | None,
    question: str,
    name: str,
    kind: FileKind,
    content: bytes,
) -> AttachmentView:
    sha256 = place.store.files.add(content)  # whole on the disk before its row is
    with place.store.edit(place.author) as session:
        row = _same(session, case_id, assessment_id, question, sha256)
        if row is None:
            row = Attachment(
                id=new_id(place.clock()),
                company_id=session.get_one(Case, case_id).company_id,
                sha256=sha256,
                size=len(content),
                media_type=kind.media_type,
                file_name=proper_name(name, kind),
                case_id=case_id,
                assessment_id=assessment_id,
                question=question,
                added_at=place.clock(),
            )
            session.add(row)
            session.flush()
    return _view(place, row)


def _same(
    session: Session,
    case_id: uuid.UUID,
    assessment_id: uuid.UUID | None,
    question: str,
    sha256: str,
) -> Attachment | None:
    query = select(Attachment).where(
        Attachment.case_id == case_id,
        Attachment.assessment_id == assessment_id,
        Attachment.question == question,
        Attachment.sha256 == sha256,
        Attachment.deleted.is_(False),
    )
    return session.scalars(query).first()


def _set_deleted(place: Workplace, attachment_id: uuid.UUID, *, is_deleted: bool) -> None:
    with place.store.edit(place.author) as session:
        row = session.get_one(Attachment, attachment_id)
        if row.deleted != is_deleted:
            row.deleted = is_deleted


def _view(place: Workplace, row: Attachment) -> AttachmentView:
    return AttachmentView(
        attachment_id=row.id,
        case_id=row.case_id or row.id,
        assessment_id=row.assessment_id,
        question=row.question,
        name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        added_at=row.added_at,
        is_picture=row.media_type.startswith("image/"),
        is_here=place.store.files.has(row.sha256),
    )


def _visit_of(
    session: Session, case_id: uuid.UUID, assessment_id: uuid.UUID | None
) -> uuid.UUID | None:
    """The visit a photo is taken at: the running one, else the assessment's, else the latest."""
    query = select(Visit).where(Visit.case_id == case_id, Visit.deleted.is_(False))
    visits = list(session.scalars(query.order_by(Visit.starts_at, Visit.id)))
    running = [visit.id for visit in visits if visit.state == "running"]
    if running:
        return running[-1]
    assessment = session.get(Assessment, assessment_id) if assessment_id else None
    if assessment is not None and assessment.visit_id is not None:
        return assessment.visit_id
    begun = [visit.id for visit in visits if visit.state != "planned"]
    return next(reversed(begun or [visit.id for visit in visits]), None)


def _is_granted(session: Session, visit_id: uuid.UUID | None) -> bool:
    if visit_id is None:
        return False
    query = select(Consent.granted).where(
        Consent.visit_id == visit_id,
        Consent.purpose == PHOTO_CONSENT,
        Consent.deleted.is_(False),
    )
    return bool(session.scalar(query))
