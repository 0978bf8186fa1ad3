"""Tables beside the typed ones: the change log, open conflicts, local values, confirmed files."""

from __future__ import annotations

import uuid
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    Index,
    Integer,
    Row,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, class_mapper, mapped_column

from desktop_advisor.storage.records import Base


class Upload(IntEnum):
    """Where a change stands on its way to the server (design §6).

    The log itself says LOCAL of loose changes and APPLIED of all that have left it; the packed ones
    among those are LOCAL or SENT, which their parcel says (`outbox.on_their_way`).
    """

    LOCAL = 0
    SENT = 1
    APPLIED = 2
    QUARANTINED = 3


class LoggedChange(Base):
    """One immutable change; only is_head, upload and reason ever move.

    seq: order of arrival here. writer: 16 bytes. value, bases: JSON text. is_own: made on this
    laptop. undoes: seq of the change that this one takes back, only for own changes.
    reason: why the server keeps it apart, in plain German.
    """

    __tablename__ = "change_log"
    seq: Mapped[int] = mapped_column(primary_key=True)
    writer: Mapped[bytes]
    n: Mapped[int]
    company_id: Mapped[uuid.UUID]
    entity: Mapped[str]
    entity_id: Mapped[uuid.UUID]
    field: Mapped[str]
    value: Mapped[str]
    bases: Mapped[str]
    hlc: Mapped[int]
    author: Mapped[str]
    device: Mapped[str]
    schema: Mapped[int] = mapped_column("schema_number", SmallInteger)
    is_head: Mapped[bool]
    is_own: Mapped[bool]
    upload: Mapped[int] = mapped_column(SmallInteger)
    undoes: Mapped[int | None]
    reason: Mapped[str]
    __table_args__ = (
        UniqueConstraint("writer", "n"),
        Index("ix_change_log_entity_id", "entity_id", "field"),
        # Partial, so that they stay as small as what is unsent, however long the history is.
        Index("ix_change_log_outbox", "seq", sqlite_where=text("upload < 2")),
        Index("ix_change_log_unsent", "company_id", sqlite_where=text("upload < 2")),
        Index(
            "ix_change_log_quarantined", "company_id", "is_head", sqlite_where=text("upload = 3")
        ),
    )


class OpenConflict(Base):
    """A field whose heads hold different values, until a person's change names them all."""

    __tablename__ = "open_conflict"
    entity_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[uuid.UUID] = mapped_column(index=True)


class LocalValue(Base):
    """A setting or secret of this laptop; never synced."""

    __tablename__ = "local_value"
    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[bytes]


class ClockPosition(Base):
    """The last hybrid logical stamp given or seen; one row with id 1."""

    __tablename__ = "clock_position"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    hlc: Mapped[int]


class ConfirmedFile(Base):
    """Attachment bytes that the server has confirmed for a company file."""

    __tablename__ = "confirmed_file"
    company_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(Text, primary_key=True)


LogRow = Row[*tuple[Any, ...]]
"""Columns of the change log as a statement has selected them."""


def table_of(record: type[Base]) -> Table:
    """The table of a mapped class, for statements of the storage room that bypass the session."""
    table = class_mapper(record).local_table
    if not isinstance(table, Table):
        raise TypeError(record)
    return table


LOG = table_of(LoggedChange)
CONFLICTS = table_of(OpenConflict)
