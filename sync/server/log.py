"""A network's log: what was admitted is appended, what was not is kept aside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sync.protocol import KIB, MAX_CHANGE_BYTES
from sync.server.access import portions
from sync.server.admission import Admitted
from sync.server.bulk import insert_rows, inserting
from sync.server.models import Device, LogEntry, QuarantinedChange, table_of
from sync.server.problems import too_large

MOST_ASIDE_BYTES = 512 * 1024 * KIB
"""What is kept aside of one laptop and its copies until somebody decides: a thousand assessments
that nobody may take in any more are half of it."""
ROW_BYTES = 256
"""What a change kept aside costs beside its own bytes."""


def head_of(session: Session, network_id: int) -> int:
    """The highest place in the network's log; 0 when it is empty."""
    head = select(func.coalesce(func.max(LogEntry.seq), 0)).where(LogEntry.network_id == network_id)
    return int(session.execute(head).scalar_one())


@contextmanager
def appending(
    session: Session,
    *,
    network_id: int,
    device_id: str,
    head: int,
    admitted: Sequence[Admitted],
    now: int,
) -> Iterator[int]:
    """The log's new head; the fresh changes have their places, and are appended beside the block.

    It is not to ask the database anything. Holds only under the log's lock.
    """
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
                "size": changeset.weight,
                "body": changeset.body,
                "kind": changeset.kind,
            }
        )
    with inserting(session, table_of(LogEntry), entries):
        yield head


def keep_aside(
    session: Session, *, network_id: int, device_id: str, admitted: Sequence[Admitted], now: int
) -> None:
    """Write down what was quarantined, once, for a person to look at.

    Raises RefusalError where more would be kept of one laptop than it may have here.
    """
    rows: dict[bytes, dict[str, Any]] = {}
    for changeset in admitted:
        for reason, raw in changeset.quarantined:
            digest = hashlib.sha256(raw).digest()
            rows[digest] = {
                "network_id": network_id,
                "digest": digest,
                "device_id": device_id,
                "company_id": changeset.company_id,
                "reason": str(reason),
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
    if not rows:
        return
    more = sum(ROW_BYTES + len(row["body"]) for row in rows.values())
    if more + _aside(session, network_id, device_id) > MOST_ASIDE_BYTES:
        raise too_large("Too many changes of this device are kept aside; a coordinator decides.")
    insert_rows(session, table_of(QuarantinedChange), list(rows.values()))


def _aside(session: Session, network_id: int, device_id: str) -> int:
    """What is kept aside of the laptop that this device is a life of."""
    laptop = select(Device.registration_id).where(Device.id == device_id).scalar_subquery()
    lives = select(Device.id).where(Device.registration_id == laptop)
    size = func.coalesce(func.sum(ROW_BYTES + func.length(QuarantinedChange.body)), 0)
    of_laptop = (
        QuarantinedChange.network_id == network_id,
        QuarantinedChange.device_id.in_(lives),
        QuarantinedChange.resolved_ms.is_(None),
    )
    return int(session.scalar(select(size).where(*of_laptop)) or 0)
