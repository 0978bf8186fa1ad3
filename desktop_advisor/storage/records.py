"""What every table of the company file shares: naming, column types, envelope, deletion."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desktop_advisor.storage.columns import Exact, Moment, UuidBytes


class Base(DeclarativeBase):
    """Declarative base with predictable constraint names, which batch migrations need."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        uuid.UUID: UuidBytes,
        datetime: Moment,
        date: Date,
        Decimal: Exact,
        str: Text,
        bytes: LargeBinary,
        bool: Boolean,
        int: Integer,
        list[str]: JSON,
        dict[str, Any]: JSON,
    }


class Record:
    """What every row of a company file has.

    GROUPS: field in the log → its columns. STAMPED: column → the field whose last change dates it.
    COMPUTED: fields the program fills in; two values are no conflict, the later one stands.
    """

    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {}
    STAMPED: ClassVar[dict[str, str]] = {}
    COMPUTED: ClassVar[frozenset[str]] = frozenset()
    company_id: Mapped[uuid.UUID] = mapped_column(index=True)
    deleted: Mapped[bool] = mapped_column(default=False)


class Entity(Record):
    """A row with an id of its own."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
