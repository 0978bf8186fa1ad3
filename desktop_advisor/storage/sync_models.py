"""Tables for what the central server is told, and what this laptop remembers of the sync."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from desktop_advisor.storage.records import Base, Entity


class CaseFigures(Entity, Base):
    """What the regional indicators may know of one case: classes and means, no name, no text.

    Its id is UUIDv5 of the case; synced with the company file. figures: as
    `usecases.case_figures` writes them, {} before the first sealed report.
    """

    __tablename__ = "case_figures"
    COMPUTED: ClassVar[frozenset[str]] = frozenset({"figures"})
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ErasedFile(Base):
    """A company file that is to stay away from this laptop; never synced as a change.

    reason: "purged" (erased everywhere, Art. 17 GDPR) or "withdrawn" (no longer assigned).
    """

    __tablename__ = "erased_file"
    company_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
    reason: Mapped[str]


class FileTally(Base):
    """Which changes of one company file the server is known to have (`sync.tally`).

    mark: 16 hex digits. Compared with the server's after a sync.
    """

    __tablename__ = "file_tally"
    company_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    change_count: Mapped[int]
    mark: Mapped[str]


class JournalEntry(Base):
    """One line of the sync journal, in plain German; never synced.

    kind: "run", "failure", "conflict", "quarantine", "erased", "package", "content", "duplicate".
    """

    __tablename__ = "journal_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    company_id: Mapped[uuid.UUID | None]
    text: Mapped[str]
