"""The journal of synchronising in the store: lines of this laptop, which are no edits of a file."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from desktop_advisor.storage.log_tables import table_of
from desktop_advisor.storage.sync_models import JournalEntry

if TYPE_CHECKING:
    from desktop_advisor.storage.store import Store


def add_line(
    store: Store, at: datetime, kind: str, text: str, company_id: uuid.UUID | None, *, most: int
) -> None:
    """Add a line; the oldest beyond `most` go."""
    table = table_of(JournalEntry)
    line = {"at": at, "kind": kind, "text": text, "company_id": company_id}
    with store.maintain() as session:
        connection = session.connection()
        connection.execute(insert(table), line)
        newest = connection.scalar(select(func.max(table.c.id))) or 0
        connection.execute(delete(table).where(table.c.id <= newest - most))
