"""Which company file leads where several are shown as one.

Two laptops may join a pair in opposite directions without knowing of each other; then the files
name each other in a circle, and the one with the smallest id, which is the one created first, leads
on every laptop.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop_advisor.storage.models import Company

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def leading_files(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """Joined file → the one it is shown in; files that stand by themselves are not in it."""
    joined = select(Company.id, Company.merged_into).where(
        Company.merged_into.is_not(None), Company.deleted.is_(False)
    )
    into: dict[uuid.UUID, uuid.UUID] = {a: b for a, b in session.execute(joined) if b is not None}
    if not into:
        return {}
    here = select(Company.id).where(Company.id.in_(set(into.values())), Company.deleted.is_(False))
    return follow(into, set(session.scalars(here)))


def follow(into: Mapping[uuid.UUID, uuid.UUID], here: set[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Each file to the end of its chain, or to the smallest id of the circle it ends in.

    here: the files there are; one that was erased or never came leads nothing.
    """
    found: dict[uuid.UUID, uuid.UUID] = {}
    for start in into:
        seen = [start]
        while (after := into.get(seen[-1])) is not None and after in here and after not in seen:
            seen.append(after)
        lead = min(seen[seen.index(after) :]) if after in seen else seen[-1]
        if lead != start:
            found[start] = lead
    return found


def names_with_origin(session: Session) -> dict[uuid.UUID, str]:
    """Joined file → "Leading (Akte Joined)", as lists over all companies call it."""
    leads = leading_files(session)
    wanted = {*leads, *leads.values()}
    query = select(Company.id, Company.name).where(Company.id.in_(wanted))
    names = {row.id: row.name for row in session.execute(query)}
    return {key: f"{names[lead]} (Akte {names[key]})" for key, lead in leads.items()}
