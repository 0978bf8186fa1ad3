"""Which company files a caller works with: the one condition behind pull, push, blobs and tallies.

A file is somebody's while an assignment to their team or to them is open and their role works with
files at all. A purge ends every assignment, so nobody's condition holds for an erased file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from sync.server.among import among
from sync.server.devices import Caller
from sync.server.models import table_of
from sync.server.people_models import Assignment

WORKING_ROLES = frozenset({"advisor", "coordinator"})
"""Auditors and administrators see no company file's content."""
AT_ONCE = 1000
"""Ids in one IN list."""

T = TypeVar("T")


def works_with_files(caller: Caller) -> bool:
    """Whether the caller's role sees any company file's content."""
    return caller.role in WORKING_ROLES


def is_mine(company_id: ColumnElement[str]) -> ColumnElement[bool]:
    """SQL: whether who is named by `named(caller)` works with the company file in this column."""
    return (
        select(_ASSIGNED.id)
        .where(_ASSIGNED.company_id == company_id, _IS_THEIRS)
        .correlate_except(table_of(Assignment))
        .exists()
    )


def named(caller: Caller) -> dict[str, Any]:
    """The parameters of `is_mine`; a team and advisor that nobody is for whoever sees no file."""
    sees = works_with_files(caller)
    return {
        "my_network": caller.network_id,
        "my_team": caller.team_id if sees else None,
        "my_advisor": caller.advisor_id if sees else None,
    }


def mine_among(session: Session, caller: Caller, company_ids: Collection[str]) -> set[str]:
    """Those of these company files that the caller works with."""
    if not company_ids:
        return set()
    asked_for = named(caller) | {"companies": company_ids}
    return set(session.connection().execute(_MINE_AMONG, asked_for).scalars())


def portions(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in lists short enough for one statement."""
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


_ASSIGNED = table_of(Assignment).c
_IS_THEIRS = and_(
    _ASSIGNED.network_id == bindparam("my_network"),
    _ASSIGNED.ended_ms.is_(None),
    or_(
        _ASSIGNED.team_id == bindparam("my_team", type_=_ASSIGNED.team_id.type),
        _ASSIGNED.advisor_id == bindparam("my_advisor", type_=_ASSIGNED.advisor_id.type),
    ),
)
_MINE_AMONG = select(_ASSIGNED.company_id).where(
    _IS_THEIRS, among(_ASSIGNED.company_id, "companies")
)
