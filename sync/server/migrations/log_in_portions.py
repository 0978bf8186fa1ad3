"""The log a few rows at a time, as it may be larger than memory.

PostgreSQL's driver would else hold all that a statement finds; and a cursor over a table that is
written meanwhile would not be sure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, column, select, table, tuple_

AT_ONCE = 20
"""Rows; each is as large as a laptop's batch may be."""
_LOG = table("log_entry", column("network_id"), column("seq"))


def log_rows(connection: Connection, *columns: str, kinds: Collection[str] = ()) -> Iterator[Any]:
    """Network, place and these columns of each row of the log, in order.

    kinds: the row is of one of them, () for all. A row may be changed once it was given.
    """
    place = tuple_(_LOG.c.network_id, _LOG.c.seq)
    wanted = select(*_LOG.c, *(column(name) for name in columns)).order_by(*_LOG.c)
    if kinds:
        wanted = wanted.where(column("kind").in_(kinds))
    after = (-1, -1)
    while rows := connection.execute(
        wanted.select_from(_LOG).where(place > after).limit(AT_ONCE)
    ).all():
        yield from rows
        after = (rows[-1].network_id, rows[-1].seq)
