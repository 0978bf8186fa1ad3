"""Writes rows of the typed tables from what the log says of them, without SQLAlchemy's processing.

What is written is the same: each column's own type makes the value that the driver is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
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
_FIXED = 5 << 76 | 2 << 62
_FREE = ~(15 << 76 | 3 << 62)
"""Version and variant of a UUIDv5, and the bits beside them (RFC 9562 §5.5)."""
PARENTS = {
    "case_id": "case",
    "visit_id": "visit",
    "assessment_id": "assessment",
    "report_id": "report",
}
"""Column → the entity whose row this one belongs to, and in whose company file it therefore is."""


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
        name: of the table itself.
        primary: columns of the primary key; of a keyed table the parent's id, then a name.
        parents: (place in the row, column, entity) of what the row belongs to.
        key: the field that holds the primary key; None where that is the id.
        removal: takes away the row with a primary key.
        statement: writes a row, over the one that was there.
    """

    def __init__(self, known: EntityShape) -> None:
        columns = list(known.table.columns)
        self.name = known.table.name
        self._cells = {
            c.key: _Cell(place, c, c.type.dialect_impl(_DIALECT).bind_processor(_DIALECT))
            for place, c in enumerate(columns)
        }
        self._blank = [_bound(self._cells[c.key], default_of(c)) for c in columns]
        self._fields = {f.name: self._cells_of(f) for f in known.fields.values()}
        self._stamped = [(self._cells[c], source) for c, source in known.stamped.items()]
        self.key = known.key
        self._id = None if known.key else self._cells["id"].place
        self._company = self._cells["company_id"].place
        names = ", ".join(f'"{c.name}"' for c in columns)
        places = ", ".join("?" for _ in columns)
        self.statement = f'INSERT OR REPLACE INTO "{known.table.name}" ({names}) VALUES ({places})'  # noqa: S608
        self.primary = [c.key for c in known.table.primary_key]
        self._primary = [self._cells[c].place for c in self.primary]
        is_it = " AND ".join(f'"{c}" = ?' for c in self.primary)
        self.removal = f'DELETE FROM "{self.name}" WHERE {is_it}'  # noqa: S608
        self.parents = [
            (self._cells[c].place, c, of) for c, of in PARENTS.items() if c in known.field_of_column
        ]

    def _cells_of(self, of: Field) -> tuple[bool, dict[str, _Cell]]:
        return of.is_group, {c.key: self._cells[c.key] for c in of.columns}

    def row(
        self, entity_id: bytes, company_id: bytes, said: Said, before: dict[tuple[str, str], Cells]
    ) -> list[Any] | None:
        """What the driver is given; None while the log does not know the row's primary key.

        None also where the id is not the one that follows from the key: whoever knows a key could
        else write over its row.

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
            is_keyed = is_keyed or (name == self.key and bool(cells))
        if not is_readable or not (is_keyed or self.key is None):
            return None
        for cell, source in self._stamped:
            moment = moment_of(said[source][1]) if source in said else None
            row[cell.place] = _bound(cell, moment)
        row[self._company] = company_id
        if self._id is not None:
            row[self._id] = entity_id
            return row
        return row if key_id(*(row[place] for place in self._primary)) == entity_id else None

    def keys(
        self, entity_id: bytes, rows: Iterable[Sequence[Any] | None]
    ) -> Sequence[Sequence[Any]]:
        """What `removal` is given for an id of which these rows were to be shown."""
        if self._id is not None:
            return [(entity_id,)]
        return [[row[place] for place in self._primary] for row in rows if row is not None][:1]

    def fits(self, entity_id: bytes, raw: str) -> bool:
        """Whether the id follows from this value of the key."""
        cells = dict(_fitting(self._fields[self.key], from_json(raw))) if self.key else {}
        return bool(cells) and key_id(*(cells[place] for place in self._primary)) == entity_id


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


def key_id(parent: bytes, name: str) -> bytes:
    """The id of a row that is found by its key: UUIDv5, as `sync.blocks.derived_id`."""
    digest = hashlib.sha1(parent + name.encode(), usedforsecurity=False).digest()
    return (int.from_bytes(digest[:16], "big") & _FREE | _FIXED).to_bytes(16, "big")


def _bound(cell: _Cell, value: Any) -> Any:
    return value if cell.bind is None else cell.bind(value)
