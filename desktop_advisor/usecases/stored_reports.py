"""The bytes of sealed reports as this laptop holds them."""

from __future__ import annotations

import uuid
from hashlib import sha256

from sqlalchemy import or_, select

from desktop_advisor.storage.models import Attachment, Report
from desktop_advisor.usecases.workplace import Workplace


def stored_pdf(place: Workplace, report_id: uuid.UUID) -> bytes:
    """The sealed PDF, byte for byte; with time stamp and proofs where it has got them.

    A later file that is not the sealed one with proofs never stands in for it.
    """
    files = place.store.files
    with place.store.read() as session:
        report = session.get_one(Report, report_id)
        sealed = files.read(session.get_one(Attachment, report.attachment_id).sha256)
        later = session.get(Attachment, report.upgraded_id) if report.upgraded_id else None
        digest = later.sha256 if later else ""
    if not files.has(digest):  # its bytes may still be on another laptop
        return sealed
    stamped = files.read(digest)
    return stamped if _continues(sealed, stamped) else sealed


def on_record(place: Workplace, pdf: bytes) -> str | None:
    """The hash, if this very file is one of our reports, as sealed or with later proofs.

    The second hash may come from another laptop: where the sealed file is here, it has to be the
    one that was continued.
    """
    digest = sha256(pdf).hexdigest()
    is_it = or_(Report.file_hash == digest, Report.upgraded_hash == digest)
    with place.store.read() as session:
        found = session.scalars(select(Report).where(is_it)).all()
        is_known = any(r.file_hash == digest or _may_be(place, r, pdf) for r in found)
    return digest if is_known else None


def sealed_otherwise(place: Workplace, pdf: bytes, report_id: str) -> str | None:
    """The hash of our report of this id, where the file is neither that nor it with proofs.

    None where we have no such report, or where its bytes are not here to compare with.
    """
    try:
        wanted = uuid.UUID(report_id)
    except ValueError:
        return None
    with place.store.read() as session:
        report = session.get(Report, wanted)
        if report is None or not report.file_hash or _may_be(place, report, pdf):
            return None
        return report.file_hash


def _may_be(place: Workplace, report: Report, pdf: bytes) -> bool:
    files, digest = place.store.files, report.file_hash
    return not files.has(digest) or _continues(files.read(digest), pdf)


def _continues(sealed: bytes, later: bytes) -> bool:
    from desktop_advisor.signing.continuation import continues

    return continues(sealed, later)
