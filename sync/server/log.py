"""A network's log: what was admitted is appended, what was not is kept aside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from sync.protocol import MAX_CHANGE_BYTES
from sync.server.access import portions
from sync.server.admission import Admitted
from sync.server.bulk import insert_rows
from sync.server.models import LogEntry, QuarantinedChange, table_of

CHANGE_BYTES = 32
"""What a change weighs at least in a reply: a block may say many in a few bytes, and whoever
receives them has each in memory. Ours are larger."""


def head_of(session: Session, network_id: int) -> int:
    """The highest place in the network's log; 0 when it is empty."""
    head = select(func.coalesce(func.max(LogEntry.seq), 0)).where(LogEntry.network_id == network_id)
    return int(session.execute(head).scalar_one())


def append(
    session: Session,
    *,
    network_id: int,
    device_id: str,
    head: int,
    admitted: Sequence[Admitted],
    now: int,
) -> int:
    """The log's new head, after the fresh changes were appended. Holds only under its lock."""
    entries = []
    for changeset in admitted:
        if not changeset.count:
            continue
        head += 1
        changeset.seq = head
        entries.append(
            {
                "network_id": network_id,
                "seq": head,
                "company_id": changeset.company_id,
                "device_id": device_id,
                "received_ms": now,
                "change_count": changeset.count,
                "size": max(changeset.size, CHANGE_BYTES * changeset.count),
                "body": changeset.body,
                "kind": changeset.kind,
            }
        )
    insert_rows(session, table_of(LogEntry), entries)
    return head


def keep_aside(
    session: Session, *, network_id: int, device_id: str, admitted: Sequence[Admitted], now: int
) -> None:
    """Write down what was quarantined, once, for a person to look at."""
    rows = {}
    for changeset in admitted:
        for reason, raw in changeset.quarantined:
            rows[hashlib.sha256(raw).digest()] = {
                "network_id": network_id,
                "device_id": device_id,
                "company_id": changeset.company_id,
                "reason": reason,
                "received_ms": now,
                "body": raw if len(raw) <= MAX_CHANGE_BYTES else b"",
            }
    for some in portions(list(rows)):
        present = session.scalars(
            select(QuarantinedChange.digest).where(
                QuarantinedChange.network_id == network_id, QuarantinedChange.digest.in_(some)
            )
        )
        for digest in present.all():
            del rows[digest]
    if rows:
        session.execute(
            insert(QuarantinedChange), [row | {"digest": digest} for digest, row in rows.items()]
        )
