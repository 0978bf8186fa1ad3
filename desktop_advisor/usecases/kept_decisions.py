"""Decisions about conflicts of the last day, so that they can be taken back from any screen."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, select

from desktop_advisor.storage.log_tables import LoggedChange
from desktop_advisor.usecases.workplace import Workplace
from sync.protocol import ChangeName

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KEPT = timedelta(days=1)
"""Our choice: a slip is noticed on the same day; later a new decision is the clearer way."""
MOST_KEPT = 50
_SETTING = "conflicts.decided"


class KeptDecision(msgspec.Struct, frozen=True):
    """What was decided at once. at: seconds since 1970. names: of the changes written."""

    at: float
    names: tuple[ChangeName, ...]

    @property
    def moment(self) -> datetime:
        """When."""
        return datetime.fromtimestamp(self.at, UTC)


def keep_decision(place: Workplace, names: Sequence[ChangeName]) -> None:
    """Remember what was just decided."""
    if names:
        made = KeptDecision(place.clock().timestamp(), tuple(names))
        _save(place, [*_kept(place), made][-MOST_KEPT:])


def forget_decision(place: Workplace, names: Sequence[ChangeName]) -> None:
    """It was taken back."""
    gone = set(names)
    _save(place, [kept for kept in _kept(place) if not gone & set(kept.names)])


def last_decision(place: Workplace, company_id: uuid.UUID | None = None) -> KeptDecision | None:
    """The newest decision of which something still stands as it was decided, without the rest.

    company_id: only where all of it is about that company file.
    """
    with place.store.read() as session:
        for kept in reversed(_kept(place)):
            rows = list(_standing(session, kept.names))
            is_meant = company_id is None or {row.company_id for row in rows} == {company_id}
            if rows and is_meant:
                return KeptDecision(kept.at, tuple((row.writer.hex(), row.n) for row in rows))
    return None


def _standing(session: Session, names: Sequence[ChangeName]) -> Iterator[LoggedChange]:
    """Those of these changes that nobody has replaced or contradicted since."""
    for writer, n in names:
        named = (LoggedChange.writer == bytes.fromhex(writer), LoggedChange.n == n)
        row = session.scalar(select(LoggedChange).where(*named))
        if row is None or not row.is_head:
            continue
        heads = select(func.count()).where(
            LoggedChange.entity_id == row.entity_id,
            LoggedChange.entity == row.entity,
            LoggedChange.field == row.field,
            LoggedChange.is_head,
        )
        if session.scalar(heads) == 1:
            yield row


def _kept(place: Workplace) -> list[KeptDecision]:
    saved = place.store.setting(_SETTING)
    try:
        found = msgspec.json.decode(saved or "[]", type=list[KeptDecision])
    except msgspec.MsgspecError:
        return []
    oldest = (place.clock() - KEPT).timestamp()
    return [kept for kept in found if kept.at >= oldest]


def _save(place: Workplace, kept: list[KeptDecision]) -> None:
    place.store.save_setting(_SETTING, msgspec.json.encode(kept).decode())
