"""The advisor's own paragraphs and photos at the end of a chapter."""

from __future__ import annotations

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_advisor.domain.identifiers import new_id
from desktop_advisor.report.chapters import CHAPTERS
from desktop_advisor.storage.models import Case
from desktop_advisor.storage.report_models import Insertion
from desktop_advisor.usecases.evidence import add_photo
from desktop_advisor.usecases.report_edits.rows import read_rows, writing_side
from desktop_advisor.usecases.workplace import Workplace

REPORT = "report"
"""In place of a question: the photo belongs to the report and to no answer."""


def add_paragraph(place: Workplace, case_id: uuid.UUID, chapter: str, text: str = "") -> uuid.UUID:
    """A paragraph at the end of a chapter; its id."""
    with place.store.edit(place.author) as session:
        return _added(place, session, case_id, chapter, text=text.strip())


def add_report_photo(
    place: Workplace, case_id: uuid.UUID, chapter: str, name: str, content: bytes
) -> uuid.UUID:
    """A photo at the end of a chapter; the insertion's id.

    Raises: PhotoConsentMissing, before anything is decoded; what `evidence.add_photo` raises.
    """
    kept = add_photo(
        place, case_id=case_id, assessment_id=None, question=REPORT, name=name, content=content
    )
    with place.store.edit(place.author) as session:
        return _added(place, session, case_id, chapter, attachment_id=kept.attachment_id)


def edit_insertion(place: Workplace, insertion_id: uuid.UUID, words: str) -> None:
    """Other words for a paragraph; of a photo, the caption."""
    with place.store.edit(place.author) as session:
        row = session.get_one(Insertion, insertion_id)
        field = "text" if row.attachment_id is None else "caption"
        if getattr(row, field) != words.strip() and row.case_id is not None:
            setattr(row, field, words.strip())
            row.perspective = writing_side(session, row.case_id)


def move_insertion(place: Workplace, insertion_id: uuid.UUID, step: int) -> None:
    """One place up (-1) or down (1) within its chapter; nothing at either end."""
    with place.store.edit(place.author) as session:
        row = session.get_one(Insertion, insertion_id)
        if row.case_id is None:
            return
        shown = read_rows(session, row.case_id).insertions
        order = [other for other in shown if other.chapter == row.chapter]
        at = order.index(row)
        if 0 <= at + step < len(order):
            order[at], order[at + step] = order[at + step], order[at]
        for rank, other in enumerate(order, start=1):
            if other.rank != rank:
                other.rank = rank


def remove_insertion(place: Workplace, insertion_id: uuid.UUID) -> None:
    """Take a paragraph or photo out of the report; the photo stays in the company file."""
    with place.store.edit(place.author) as session:
        session.get_one(Insertion, insertion_id).deleted = True


def _added(
    place: Workplace,
    session: Session,
    case_id: uuid.UUID,
    chapter: str,
    *,
    text: str = "",
    attachment_id: uuid.UUID | None = None,
) -> uuid.UUID:
    if chapter not in CHAPTERS:
        raise ValueError(chapter)
    row = Insertion(
        id=new_id(place.clock()),
        company_id=session.get_one(Case, case_id).company_id,
        case_id=case_id,
        chapter=chapter,
        rank=_last_rank(session, case_id, chapter) + 1,
        text=text,
        attachment_id=attachment_id,
        caption="",
        perspective=writing_side(session, case_id),
    )
    session.add(row)
    return row.id


def _last_rank(session: Session, case_id: uuid.UUID, chapter: str) -> int:
    query = select(func.max(Insertion.rank)).where(
        Insertion.case_id == case_id, Insertion.chapter == chapter, Insertion.deleted.is_(False)
    )
    return session.scalar(query) or 0
