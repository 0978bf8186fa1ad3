"""Leave a chapter out of a case's report, and take it in again."""

from __future__ import annotations

import uuid

from desktop_advisor.domain.errors import KnownError
from desktop_advisor.report.chapter_titles import TITLES
from desktop_advisor.report.chapters import ALWAYS, CHAPTERS
from desktop_advisor.storage.models import Case
from desktop_advisor.storage.report_models import ReportChapter
from desktop_advisor.usecases.workplace import Workplace


class ChapterStays(KnownError):
    """A chapter without which the report would promise more than it holds."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"Das Kapitel „{title}“ gehört in jeden Bericht.",
            safe="Am Bericht hat sich nichts geändert.",
            todo="Einzelne Passagen darin können Sie bearbeiten.",
        )


def show_chapter(place: Workplace, case_id: uuid.UUID, chapter: str, *, is_shown: bool) -> None:
    """Print a chapter or leave it out. Raises: ChapterStays."""
    if chapter not in CHAPTERS:
        raise ValueError(chapter)
    if chapter in ALWAYS and not is_shown:
        raise ChapterStays(TITLES[chapter])
    row_id = uuid.uuid5(case_id, f"chapter:{chapter}")
    with place.store.edit(place.author) as session:
        row = session.get(ReportChapter, row_id)
        if row is None:
            company_id = session.get_one(Case, case_id).company_id
            row = ReportChapter(id=row_id, company_id=company_id, case_id=case_id, chapter=chapter)
            session.add(row)
        row.deleted = False
        if row.is_shown != is_shown:
            row.is_shown = is_shown
