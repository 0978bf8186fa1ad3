"""The generated report with what the advisor made of it."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy.orm import Session

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.domain.language import speaking
from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.report.edit_model import Inserted
from desktop_advisor.report.model import ReportModel
from desktop_advisor.report.passages import Edit, with_edits, without_edits
from desktop_advisor.storage.models import Attachment
from desktop_advisor.storage.report_models import Insertion
from desktop_advisor.storage.store import Store
from desktop_advisor.usecases.pictures import printed_photo
from desktop_advisor.usecases.report_edits.rows import read_rows
from desktop_advisor.usecases.workplace import Workplace

PHOTOS_KEPT = 60
"""Photos in the size of the page that are held in memory while a report is edited."""


def apply_edits(place: Workplace, case_id: uuid.UUID, model: ReportModel) -> ReportModel:
    """A report as it was composed, with the edits that count now.

    An edit whose generated text has changed since stands; the screen says so. A photo that is not
    on this laptop, or was taken out of the company file, is not printed.
    """
    with place.store.read() as session:
        rows = read_rows(session, case_id, model.language)
        edits = [Edit(key, row.text) for key, row in rows.passages.items()]
        own = [_inserted(place, session, row) for row in rows.insertions]
    with speaking(place.resources.language(model.language)):
        edited = with_edits(model, edits)
    return msgspec.structs.replace(
        edited,
        hidden=tuple(c for c in CHAPTERS if c in rows.hidden and c not in ALWAYS),
        insertions=tuple(part for part in own if part is not None),
    )


def reapply_edits(place: Workplace, case_id: uuid.UUID, model: ReportModel) -> ReportModel:
    """The same draft with the edits as they are now, without composing it anew."""
    return apply_edits(place, case_id, without_edits(model))


def _inserted(place: Workplace, session: Session, row: Insertion) -> Inserted | None:
    if row.attachment_id is None:
        return Inserted(chapter=row.chapter, id=str(row.id), text=row.text)
    image = _photo(place, session.get(Attachment, row.attachment_id))
    if not image:
        return None
    return Inserted(chapter=row.chapter, id=str(row.id), image=image, caption=row.caption)


def _photo(place: Workplace, row: Attachment | None) -> bytes:
    """The photo in the size of the page; b"" where it is away."""
    if row is None or row.deleted or not place.store.files.has(row.sha256):
        return b""
    kept = _PHOTOS.setdefault(place.store, OrderedDict())
    if row.sha256 not in kept:
        try:
            kept[row.sha256] = printed_photo(row.file_name, place.store.files.read(row.sha256))
        except KnownError:
            return b""
        while len(kept) > PHOTOS_KEPT:
            kept.popitem(last=False)
    return kept[row.sha256]


_PHOTOS: WeakKeyDictionary[Store, OrderedDict[str, bytes]] = WeakKeyDictionary()
"""By store, so that they go with it when it is locked."""
