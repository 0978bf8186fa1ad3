"""Company files of one company: join them, look into them, part them again.

A file that was joined keeps its id, its history, its cases and reports: they are what is assigned,
synchronised and erased. It only names the file it is shown in; `leading_files` says which that is.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from desktop_advisor.domain.german import counted
from desktop_advisor.storage.fields import moment_of
from desktop_advisor.storage.history import undo_edit
from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.storage.models import Case, Company, Report, Visit
from desktop_advisor.usecases.companies import CompanyDraft, draft_of
from desktop_advisor.usecases.leading_files import leading_files
from desktop_advisor.usecases.workplace import Workplace

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MASTER_DATA = tuple(f.name for f in fields(CompanyDraft) if f.name != "wz_edition")
"""Fields of the company itself, in the order of its form; the edition goes with the code."""


@dataclass(frozen=True)
class SideOfMerge:
    """One of two files: what it holds, in words, and its master data as the form shows them.

    changed: field → when it was last set. created: when the file was begun.
    """

    company_id: uuid.UUID
    name: str
    holds: str
    created: datetime | None
    draft: CompanyDraft
    changed: Mapping[str, datetime]


@dataclass(frozen=True)
class FieldOfMerge:
    """A field both files fill differently, or one fills alone. default: whose value is proposed."""

    field: str
    first: str
    second: str
    default: uuid.UUID

    @property
    def is_open(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.first and self.second and self.first != self.second)


@dataclass(frozen=True)
class MergePreview:
    """What joining two files would do; fields: only where they differ."""

    first: SideOfMerge
    second: SideOfMerge
    fields: tuple[FieldOfMerge, ...]


@dataclass(frozen=True)
class MergedFile:
    """A file that is shown in another. items: (what, when, visit or None), the latest first."""

    company_id: uuid.UUID
    name: str
    holds: str
    items: tuple[tuple[str, datetime | None, uuid.UUID | None], ...]


def leading_file(place: Workplace, company_id: uuid.UUID) -> tuple[uuid.UUID, str] | None:
    """Id and name of the file this one is shown in; None where it stands by itself."""
    with place.store.read() as session:
        lead = leading_files(session).get(company_id)
        return (lead, session.get_one(Company, lead).name) if lead is not None else None


def merged_files(place: Workplace, company_id: uuid.UUID) -> list[MergedFile]:
    """The files shown in this one, with what they hold."""
    with place.store.read() as session:
        joined = [key for key, lead in leading_files(session).items() if lead == company_id]
        return [
            MergedFile(
                key, session.get_one(Company, key).name, _holds(session, key), _items(session, key)
            )
            for key in sorted(joined)
        ]


def preview_merge(place: Workplace, one: uuid.UUID, two: uuid.UUID) -> MergePreview:
    """What each file holds, and the master data in which they differ."""
    with place.store.read() as session:
        first, second = _side(session, one), _side(session, two)
    return MergePreview(
        first,
        second,
        tuple(
            FieldOfMerge(name, mine, theirs, _default(name, first, second))
            for name in MASTER_DATA
            if (mine := getattr(first.draft, name)) != (theirs := getattr(second.draft, name))
        ),
    )


def merge(
    place: Workplace, lead: uuid.UUID, other: uuid.UUID, chosen: Mapping[str, uuid.UUID]
) -> None:
    """Show `other` in `lead`, in one edit; chosen: field → the file whose value holds from now on.

    Nothing is moved: cases, visits and sealed reports stay in the file they were made in.
    """
    with place.store.edit(place.author) as session:
        company, joined = session.get_one(Company, lead), session.get_one(Company, other)
        for name in MASTER_DATA:
            source = joined if chosen.get(name) == other else company
            _take(company, source, name)
            if name == "wz_code":
                _take(company, source, "wz_edition")
        joined.merged_into = lead


def part(place: Workplace, other: uuid.UUID) -> None:
    """Take the joining back; what it put into the leading file goes back too, unless changed since.

    Also where another laptop has joined them, or both have, in opposite directions.
    """
    with place.store.edit(place.author) as session:
        lead = leading_files(session).get(other)
        for company_id in (other, lead):
            if company_id is None or session.get_one(Company, company_id).merged_into is None:
                continue
            ids = [other] if lead is None else [other, lead]
            undo_edit(session, ids, (company_id, "merged_into"))
            session.flush()
            company = session.get_one(Company, company_id)
            if company.merged_into is not None:
                company.merged_into = None


def _take(company: Company, source: Company, name: str) -> None:
    value = getattr(source, name)
    if getattr(company, name) != value:
        setattr(company, name, value)


def _default(name: str, first: SideOfMerge, second: SideOfMerge) -> uuid.UUID:
    """The one that says something; of two the one set later."""
    if not getattr(second.draft, name):
        return first.company_id
    if not getattr(first.draft, name):
        return second.company_id
    mine, theirs = first.changed.get(name), second.changed.get(name)
    is_newer = theirs is not None and (mine is None or theirs > mine)
    return second.company_id if is_newer else first.company_id


def _side(session: Session, company_id: uuid.UUID) -> SideOfMerge:
    company = session.get_one(Company, company_id)
    query = (
        select(LoggedChange.field, func.max(LoggedChange.hlc), func.min(LoggedChange.hlc))
        .where(LoggedChange.entity_id == company_id)
        .group_by(LoggedChange.field)
    )
    stamps = [(name, last, begun) for name, last, begun in session.execute(query)]
    first = min((begun for _, _, begun in stamps), default=None)
    return SideOfMerge(
        company_id=company_id,
        name=company.name,
        holds=_holds(session, company_id),
        created=None if first is None else moment_of(first),
        draft=draft_of(company),
        changed={name: moment_of(last) for name, last, _ in stamps},
    )


def _holds(session: Session, company_id: uuid.UUID) -> str:
    """2 Fälle, 3 Termine, 1 Bericht."""

    def count(model: Any) -> int:
        query = select(func.count()).select_from(model)
        of_file = query.where(model.company_id == company_id, model.deleted.is_(False))
        return session.scalar(of_file) or 0

    said = (
        (count(Case), "Beratungsfall", "Beratungsfälle"),
        (count(Visit), "Termin", "Termine"),
        (count(Report), "Bericht", "Berichte"),
    )
    return ", ".join(counted(*one) for one in said if one[0]) or "noch ohne Termin"


def _items(
    session: Session, company_id: uuid.UUID
) -> tuple[tuple[str, datetime | None, uuid.UUID | None], ...]:
    visits = select(Visit).where(Visit.company_id == company_id, Visit.deleted.is_(False))
    reports = select(Report).where(Report.company_id == company_id, Report.deleted.is_(False))
    found = [(v.purpose or "Termin", v.starts_at, v.id) for v in session.scalars(visits)]
    sealed = [
        (f"Bericht, Fassung {r.version}", r.sealed_at, None) for r in session.scalars(reports)
    ]
    rows: list[tuple[str, datetime | None, uuid.UUID | None]] = [*found, *sealed]
    rows.sort(key=lambda row: (row[1] is not None, row[1]), reverse=True)
    return tuple(rows)
