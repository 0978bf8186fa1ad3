"""Lines of the sync journal that hand-over packages and content bundles leave."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from desktop_advisor.storage.sync_models import JournalEntry


def write_down(session: Session, at: datetime, text: str, kind: str = "package") -> None:
    """One line, in the transaction of what it tells of."""
    session.add(JournalEntry(at=at, kind=kind, company_id=None, text=text))
