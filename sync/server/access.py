"""Which company files a caller works with: the one condition behind pull, push, blobs and tallies.

A file is somebody's while an assignment to their team or to them is open and their role works with
files at all. A purge ends every assignment, so nobody's condition holds for an erased file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from sync.server.devices import Caller
from sync.server.people_models import Assignment

WORKING_ROLES = frozenset({"advisor", "coordinator"})
"""Auditors and administrators see no company file's content."""
AT_ONCE = 1000
"""Ids in one IN list."""

T = TypeVar("T")


def works_with_files(caller: Caller) -> bool:
    """Whether the caller's role sees any company file's content."""
    return caller.role in WORKING_ROLES


def is_mine(
    caller: Caller, company_id: InstrumentedAttribute[str] | ColumnElement[str]
) -> ColumnElement[bool]:
    """SQL: whether the caller works with the company file that this column names."""
    if not works_with_files(caller):
        return false()
    return (
        select(Assignment.id)
        .where(
            Assignment.network_id == caller.network_id,
            Assignment.company_id == company_id,
            *_open_to(caller),
        )
        .exists()
    )


def files_of(caller: Caller) -> Select[str]:
    """SQL: ids of all company files that the caller works with."""
    query = select(Assignment.company_id).where(
        Assignment.network_id == caller.network_id, *_open_to(caller)
    )
    return query if works_with_files(caller) else query.where(false())


def mine_among(session: Session, caller: Caller, company_ids: Collection[str]) -> set[str]:
    """Those of these company files that the caller works with."""
    found: set[str] = set()
    for some in portions(list(company_ids)):
        found |= set(session.scalars(files_of(caller).where(Assignment.company_id.in_(some))))
    return found


def portions(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in lists short enough for one statement."""
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _open_to(caller: Caller) -> tuple[ColumnElement[Any], ...]:
    return (
        Assignment.ended_ms.is_(None),
        or_(Assignment.team_id == caller.team_id, Assignment.advisor_id == caller.advisor_id),
    )
