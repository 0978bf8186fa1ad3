"""Writes rows of the typed tables from what the log says of them, without SQLAlchemy's processing.

What is written is the same: each column's own type makes the value that the driver is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Column
from sqlalchemy.dialects.sqlite import pysqlite

from desktop_advisor.storage.fields import (
    EntityShape,
    Field,
    Undecodable,
    decode,
    default_of,
    from_json,
    moment_of,
    shape,
)

Said = Mapping[str, tuple[str, int]]
"""Field → its value as JSON text, and the stamp behind it."""
_DIALECT = pysqlite.dialect()
Cells = Sequence[tuple[int, Any]]
"""Places in a row and what the driver is given for them."""


class _Cell(NamedTuple):
    """Where a column stands in the row, what it is called in a group, how its value is made."""

    place: int
    column: Column[Any]
    bind: Callable[[Any], Any] | None

    def of(self, value: Any) -> Any:
        """What the driver is given for this JSON value. Raises: Undecodable."""
        found = decode(self.column, value)
        return found if self.bind is None else self.bind(found)


class TypedTable:
    """The table of one entity.

    Attributes:
        statement: writes a row, over the one that was there.
        removal: takes away the row of an id; "" where the log's id is not the primary key.
    """

    def __init__(self, known: EntityShape) -> None:
        columns = list(known.table.columns)
        self._cells = {
            c.key: _Cell(place, c, c.type.dialect_impl(_DIALECT).bind_processor(_DIALECT))
            for place, c in enumerate(columns)
        }
        self._blank = [_bound(self._cells[c.key], default_of(c)) for c in columns]
        self._fields = {f.name: self._cells_of(f) for f in known.fields.values()}
        self._stamped = [(self._cells[c], source) for c, source in known.stamped.items()]
        self._key = known.key
        self._id = None if known.key else self._cells["id"].place
        self._company = self._cells["company_id"].place
        names = ", ".join(f'"{c.name}"' for c in columns)
        places = ", ".join("?" for _ in columns)
        self.statement = f'INSERT OR REPLACE INTO "{known.table.name}" ({names}) VALUES ({places})'  # noqa: S608
        self.removal = "" if known.key else f'DELETE FROM "{known.table.name}" WHERE id = ?'  # noqa: S608

    def _cells_of(self, of: Field) -> tuple[bool, dict[str, _Cell]]:
        return of.is_group, {c.key: self._cells[c.key] for c in of.columns}

    def row(
        self, entity_id: bytes, company_id: bytes, said: Said, before: dict[tuple[str, str], Cells]
    ) -> list[Any] | None:
        """What the driver is given; None while the log does not know the row's primary key.

        before: what fields and values of this table came to, as most of them are said often.
        A field this version does not know, or whose value does not fit, stays in the log only.
        """
        row = self._blank.copy()
        is_readable = is_keyed = False
        for name, (raw, _) in said.items():
            cells = before.get((name, raw))
            if cells is None:
                known = self._fields.get(name)
                cells = () if known is None else _fitting(known, from_json(raw))
                before[name, raw] = cells
            for place, bound in cells:
                row[place] = bound
                is_readable = True
            is_keyed = is_keyed or (name == self._key and bool(cells))
        if not is_readable or not (is_keyed or self._key is None):
            return None
        for cell, source in self._stamped:
            moment = moment_of(said[source][1]) if source in said else None
            row[cell.place] = _bound(cell, moment)
        if self._id is not None:
            row[self._id] = entity_id
        row[self._company] = company_id
        return row


@cache
def typed_table(entity: str) -> TypedTable | None:
    """The table of an entity by its name in the log; None when this version does not know it."""
    known = shape(entity)
    return None if known is None else TypedTable(known)


def _fitting(known: tuple[bool, dict[str, _Cell]], value: Any) -> Cells:
    """Nothing where the value does not fit."""
    is_group, cells = known
    if is_group and (not isinstance(value, dict) or value.keys() != cells.keys()):
        return ()
    try:
        return [(c.place, c.of(value[key] if is_group else value)) for key, c in cells.items()]
    except Undecodable:
        return ()


def _bound(cell: _Cell, value: Any) -> Any:
    return value if cell.bind is None else cell.bind(value)
