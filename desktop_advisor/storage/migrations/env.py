"""Alembic runs this file; it works on the connection that the program hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

import desktop_advisor.storage.log_tables
import desktop_advisor.storage.models  # noqa: F401 - both register their tables
from desktop_advisor.storage.records import Base


def render_stored_type(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A new revision names what SQLite stores, so that it never depends on later code of ours."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_stored_type,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
