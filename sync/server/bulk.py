"""Rows by the hundred: what a batch writes, in one statement for each table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import BigInteger, Integer, LargeBinary, Table, Text, insert
from sqlalchemy.orm import Session

PLAIN_TYPES = {BigInteger: "int8", Integer: "int8", Text: "text", LargeBinary: "bytea"}
FEW = 8
"""Up to so many rows COPY saves nothing."""


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these rows, all with the same columns; others are filled by the database alone."""
    with inserting(session, table, rows):
        pass


@contextmanager
def inserting(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[None]:
    """`insert_rows` beside the block, which is not to ask the database anything.

    PostgreSQL takes them by COPY, which costs a quarter of as many INSERTs, and is at work while
    the block is.
    """
    if not rows:
        yield
        return
    connection = session.connection()
    if connection.dialect.name != "postgresql" or len(rows) <= FEW:
        connection.execute(insert(table), list(rows))
        yield
        return
    columns = [table.c[name] for name in rows[0]]
    named = ", ".join(f'"{column.name}"' for column in columns)
    cursor: Any = connection.connection.cursor()
    cursor.execute("SET LOCAL plan_cache_mode = auto")  # or each row's foreign keys are planned
    with cursor.copy(f'COPY "{table.name}" ({named}) FROM STDIN (FORMAT BINARY)') as copy:
        copy.set_types([PLAIN_TYPES[type(column.type)] for column in columns])
        for row in rows:
            copy.write_row(tuple(row.values()))
        yield
