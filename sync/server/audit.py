"""Who did what: one entry for each administrative act, written in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from sync.server.database import Database, now_ms
from sync.server.models import Network
from sync.server.people_models import AuditEntry

COMMAND_LINE = "Kommandozeile"
"""Who acts where nobody signed in: whoever may log in to the server's machine."""
PAGE = 200


class AdministrationError(ValueError):
    """What was asked cannot be done; the message says why."""


@dataclass(frozen=True)
class AuditLine:
    """One act, as the log shows it; network is "" for the whole server, detail a JSON object."""

    id: int
    at_ms: int
    network: str
    actor: str
    action: str
    subject: str
    detail: str


def note(
    session: Session,
    network_id: int | None,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write an act down: `action` in plain English words, `subject` the id or name acted upon.

    detail: names, ids, numbers and reason codes; never a field's value, never a secret.
    """
    encoded = json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True)
    session.add(
        AuditEntry(
            network_id=network_id,
            at_ms=now_ms(),
            actor=actor,
            action=action,
            subject=subject,
            detail=encoded,
        )
    )


def entries(
    database: Database,
    network_id: int | None = None,
    *,
    before: int | None = None,
    limit: int = PAGE,
) -> Sequence[AuditLine]:
    """The newest acts first, those of the whole server among them.

    network_id: of this network only, None for all. before: only entries with a smaller id, to page.
    """
    wanted = (
        select(AuditEntry, Network.name)
        .outerjoin(Network, Network.id == AuditEntry.network_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    if network_id is not None:
        wanted = wanted.where(
            or_(AuditEntry.network_id == network_id, AuditEntry.network_id.is_(None))
        )
    if before is not None:
        wanted = wanted.where(AuditEntry.id < before)
    with database.reading() as session:
        return [
            AuditLine(e.id, e.at_ms, network or "", e.actor, e.action, e.subject, e.detail)
            for e, network in session.execute(wanted)
        ]
