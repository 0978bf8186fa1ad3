"""Each row is shown from one company file, whatever changes of other files say of its id.

Who works with one company file may know ids of rows of another. On a laptop that holds both, what
is said in the one must never be shown in the other, nor take its rows along when it is erased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from desktop_advisor.storage.change_log import portions
from desktop_advisor.storage.fields import shape
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.storage.raw_rows import marks
from desktop_advisor.storage.typed_rows import PARENTS, Cells, TypedTable, key_id, typed_table

RowKey = tuple[str, bytes]
"""(entity, entity_id)."""
_COMPANY = "company"


@dataclass(slots=True)
class Claim:
    """What the changes of one company file make of a row.

    values: per field its JSON text and the stamp behind it. heads: by their seq; conflicts: fields;
    both stay empty where nothing is to be weighed.
    """

    company_id: bytes
    values: dict[str, tuple[str, int]] = field(default_factory=dict)
    heads: Sequence[int] = ()
    conflicts: Sequence[str] = ()


Claims = dict[RowKey, list[Claim]]
"""Of each row that is to be shown what each file says of it, the first file first."""
_Owners = Sequence[tuple[int, Mapping[bytes, bytes]]]
"""(place in a row that names a parent, parent → the company file from which it is shown)."""
_NO_RIGHT, _UNREADABLE, _ALONE, _BY_PARENT = range(4)
"""How good a claim is; the best is shown, of several the first."""


def place_of(entity: str) -> int:
    """Sorts entities so that a parent comes before what belongs to it, as they are declared."""
    return _PLACES.get(entity, len(_PLACES))


def show(cursor: Any, claims: Claims) -> None:
    """Write the typed rows; of the claims stays that of the file from which the row is shown.

    None stays where that is no file of these: then its changes stay in the log and have no heads.
    """
    by_entity: defaultdict[str, list[tuple[bytes, list[Claim]]]] = defaultdict(list)
    for (entity, entity_id), of_row in claims.items():
        by_entity[entity].append((entity_id, of_row))
    for entity in sorted(by_entity, key=place_of):
        table = typed_table(entity)
        if table is not None:
            _show_rows(cursor, entity, table, by_entity[entity])
            continue
        for _, of_row in by_entity[entity]:
            del of_row[1:]


def _show_rows(
    cursor: Any, entity: str, table: TypedTable, rows: Sequence[tuple[bytes, list[Claim]]]
) -> None:
    before: dict[tuple[str, str], Cells] = {}
    built = [
        table.row(entity_id, claim.company_id, claim.values, before)
        for entity_id, of_row in rows
        for claim in of_row
    ]
    owners = _owners(cursor, table, [row for row in built if row is not None])
    written: list[Sequence[Any]] = []
    removed: list[Sequence[Any]] = []
    place = 0
    for entity_id, of_row in rows:
        some = built[place : place + len(of_row)]
        place += len(of_row)
        home = _home(entity, entity_id, of_row, some, owners)
        shown = None if home is None else some[home]
        if shown is not None:
            written.append(shown)
        else:  # it may have been shown before a later value came that does not fit, or its parent
            removed += table.keys(entity_id, some)
        if home is None or len(of_row) > 1:
            of_row[:] = [] if home is None else [of_row[home]]
    cursor.executemany(table.removal, removed)
    cursor.executemany(table.statement, written)


def _home(
    entity: str,
    entity_id: bytes,
    claims: Sequence[Claim],
    built: Sequence[Sequence[Any] | None],
    owners: _Owners,
) -> int | None:
    """Which of the claims is of the file in which the row is at home."""
    best, home = _NO_RIGHT, None
    for place, claim in enumerate(claims):
        right = _right(entity, entity_id, claim.company_id, built[place], owners)
        if right > best:
            best, home = right, place
    return home


def _right(
    entity: str, entity_id: bytes, company_id: bytes, row: Sequence[Any] | None, owners: _Owners
) -> int:
    """A company is in its own file, any other row where its parents are."""
    if entity == _COMPANY:
        return _BY_PARENT if company_id == entity_id else _NO_RIGHT
    if row is None:
        return _UNREADABLE
    right = _ALONE
    for place, files in owners:
        file = files.get(row[place])
        if file == company_id:
            right = _BY_PARENT
        elif file is not None:
            return _NO_RIGHT
    return right


def _owners(cursor: Any, table: TypedTable, rows: Sequence[Sequence[Any]]) -> _Owners:
    """The files of those parents that are here."""
    found: list[tuple[int, Mapping[bytes, bytes]]] = []
    for place, _, parent in table.parents:
        named = {row[place] for row in rows} - {None}
        files: dict[bytes, bytes] = {}
        for some in portions(named):
            statement = f'SELECT id, company_id FROM "{_table(parent).name}" WHERE id IN'  # noqa: S608
            files |= dict(cursor.execute(f"{statement} ({marks(some)})", some).fetchall())
        if files:
            found.append((place, files))
    return found


def children_elsewhere(cursor: Any, claims: Iterable[RowKey]) -> list[bytes]:
    """Rows shown from another file than their parent, which is one of these: to be folded anew."""
    by_entity: defaultdict[str, list[bytes]] = defaultdict(list)
    for entity, entity_id in claims:
        by_entity[entity].append(entity_id)
    return [
        row[0] if len(row) == 1 else key_id(*row)
        for entity, parents in by_entity.items()
        for statement in _strays(entity)
        for some in portions(parents)
        for row in cursor.execute(f"{statement} ({marks(some)})", some).fetchall()
    ]


@cache
def _strays(entity: str) -> list[str]:
    """Per table of children by whose parent an index finds them."""
    parents = PARENTS.items()
    return [
        _stray(entity, child, column)
        for child in ENTITIES
        for column, parent in parents
        if parent == entity and _is_found_by(child, column)
    ]


def _stray(parent: str, child: str, column: str) -> str:
    table = _table(child)
    primary = ", ".join(f'c."{name}"' for name in table.primary)
    return (
        f'SELECT {primary} FROM "{table.name}" c JOIN "{_table(parent).name}" p'  # noqa: S608
        f" ON p.id = c.{column} WHERE c.company_id <> p.company_id AND p.id IN"
    )


def _is_found_by(entity: str, column: str) -> bool:
    known = shape(entity)
    found = None if known is None else known.table.columns.get(column)
    return found is not None and bool(found.index or found.primary_key)


def _table(entity: str) -> TypedTable:
    table = typed_table(entity)
    if table is None:
        raise LookupError(entity)
    return table


_PLACES = {entity: place for place, entity in enumerate(ENTITIES)}
