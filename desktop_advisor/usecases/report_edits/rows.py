"""The stored edits of one case's report, without those of a view that is covered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_advisor.domain.answers import Perspective
from desktop_advisor.domain.language import ENGLISH, GERMAN
from desktop_advisor.storage.report_models import Insertion, Passage, ReportChapter
from desktop_advisor.usecases.releasing import hidden_sides

_Row = TypeVar("_Row", Passage, ReportChapter, Insertion)


@dataclass(frozen=True)
class EditRows:
    """passages by key; insertions in the order of their chapters; hidden: ids of chapters.

    foreign: how many passages were changed in the report in another language.
    """

    passages: dict[str, Passage]
    insertions: list[Insertion]
    hidden: frozenset[str]
    foreign: int = 0


def kept_key(key: str, language: str) -> str:
    """The key an edit is kept under: words belong to the language they are written in."""
    return key if language == GERMAN else f"{language}:{key}"


def _printed_key(kept: str, language: str) -> str:
    """The key on the pages, "" for an edit of a report in another language."""
    mark = kept_key("", language)
    is_foreign = not kept.startswith(mark) or (not mark and kept.startswith(_MARKS))
    return "" if is_foreign else kept.removeprefix(mark)


_MARKS = (kept_key("", ENGLISH),)


def read_rows(session: Session, case_id: uuid.UUID, language: str = GERMAN) -> EditRows:
    """What counts now: an edit made while the works council's view was open is covered with it."""
    covered = hidden_sides(session, case_id)
    passages = _of_case(session, Passage, case_id)
    chapters = _of_case(session, ReportChapter, case_id)
    insertions = _of_case(session, Insertion, case_id)
    found = [(_printed_key(row.key, language), row) for row in passages]
    return EditRows(
        passages={key: row for key, row in found if key and row.perspective not in covered},
        foreign=sum(not key and row.perspective not in covered for key, row in found),
        insertions=sorted(
            (row for row in insertions if row.perspective not in covered),
            key=lambda row: (row.chapter, row.rank, row.id),
        ),
        hidden=frozenset(row.chapter for row in chapters if not row.is_shown),
    )


def undoable_ids(session: Session, case_id: uuid.UUID) -> list[uuid.UUID]:
    """All rows of the case that an undo may touch, also those taken away; none that is covered."""
    covered = hidden_sides(session, case_id)
    found = [row.id for row in _all(session, ReportChapter, case_id)]
    found += [r.id for r in _all(session, Passage, case_id) if r.perspective not in covered]
    found += [r.id for r in _all(session, Insertion, case_id) if r.perspective not in covered]
    return found


def writing_side(session: Session, case_id: uuid.UUID) -> str:
    """Whose words may stand in what is written now: "br" while its view is open, else ""."""
    council = Perspective.WORKS_COUNCIL
    return "" if council in hidden_sides(session, case_id) else str(council)


def _of_case(session: Session, record: type[_Row], case_id: uuid.UUID) -> list[_Row]:
    return [row for row in _all(session, record, case_id) if not row.deleted]


def _all(session: Session, record: type[_Row], case_id: uuid.UUID) -> list[_Row]:
    return list(session.scalars(select(record).where(record.case_id == case_id)))
