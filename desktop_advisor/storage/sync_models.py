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


class OutboxParcel(Base):
    """Unsent changes of one company file, packed to travel (`sync.client.port.Parcel`).

    runs: JSON list of [writer, first n, how many]. came: those of them that the server has sent
    meanwhile, so it has them. waiting_count: how many it is not known to have. first_hlc: stamp of
    the oldest. is_sent: whether it has left in a batch whose answer may still come.
    """

    __tablename__ = "outbox_parcel"
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[uuid.UUID] = mapped_column(index=True)
    runs: Mapped[str]
    came: Mapped[str]
    change_count: Mapped[int]
    waiting_count: Mapped[int]
    first_hlc: Mapped[int]
    is_sent: Mapped[bool]
    __table_args__ = ({"sqlite_autoincrement": True},)


class OutboxFrame(Base):
    """The block of a parcel, under the parcel's id.

    It stays a while when the parcel goes, as the state of a thousand parcels fits into few pages,
    and their frames fill one each.
    """

    __tablename__ = "outbox_frame"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frame: Mapped[bytes]


class ArrivedFrame(Base):
    """A received frame that is not yet sorted into log and records; the tally counts it already.

    runs: as in `OutboxParcel`.
    """

    __tablename__ = "arrived_frame"
    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[uuid.UUID] = mapped_column(index=True)
    runs: Mapped[str]
    change_count: Mapped[int]
    frame: Mapped[bytes]


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
