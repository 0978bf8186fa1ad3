"""How columns become fields of the change log and back: JSON values, dates and ids as text."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table
from sqlalchemy.orm import class_mapper

from desktop_advisor.storage.columns import Exact, Moment, UuidBytes
from desktop_advisor.storage.models import ENTITIES
from desktop_advisor.storage.records import Base, Record
from sync.hybrid_clock import COUNTER_BITS

_ENVELOPE = ("id", "company_id")
"""Columns that every change carries outside its value."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST_INTEGER = 2**63
_SORTED = msgspec.json.Encoder(order="deterministic")


class Undecodable(ValueError):
    """A value that does not fit its column, written by a stranger or another version."""


@dataclass(frozen=True)
class Field:
    """One field of the log: a column by its own name, or a group of columns.

    default: the JSON value of a row that never had a change of this field.
    """

    name: str
    columns: tuple[Column[Any], ...]
    is_group: bool
    default: Any

    def encode(self, values: Mapping[str, Any]) -> Any:
        """The JSON value; a column missing in `values` counts with its default."""
        if not self.is_group:
            return encode(_value_of(self.columns[0], values))
        return {c.key: encode(_value_of(c, values)) for c in self.columns}

    def decode(self, value: Any) -> dict[str, Any]:
        """Column → Python value. Raises: Undecodable."""
        if not self.is_group:
            return {self.columns[0].key: decode(self.columns[0], value)}
        if not isinstance(value, dict) or set(value) != {c.key for c in self.columns}:
            raise Undecodable(self.name)
        return {c.key: decode(c, value[c.key]) for c in self.columns}


@dataclass(frozen=True)
class EntityShape:
    """The logged fields of one entity.

    key: the field that holds the row's primary key; None when the entity id is the primary key.
    computed: fields that only the program fills in.
    """

    name: str
    record: type[Base]
    table: Table
    fields: dict[str, Field]
    field_of_column: dict[str, str]
    stamped: dict[str, str]
    computed: frozenset[str]
    key: str | None

    @property
    def existence(self) -> str:
        """The field that every new row logs, so that the log knows the row exists."""
        return self.key or "deleted"


@cache
def shape(entity: str) -> EntityShape | None:
    """The shape of an entity by its name in the log; None when this version does not know it."""
    record = ENTITIES.get(entity)
    return None if record is None else _shape_of(entity, record)


def shape_of_class(record: type[Any]) -> EntityShape | None:
    """The shape of a mapped class; None when it is not a record of a company file."""
    entity = _entity_names().get(record)
    return None if entity is None else shape(entity)


def encode(value: Any) -> Any:
    """A Python value as JSON value. Raises: ValueError for a moment without time zone."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a moment without time zone cannot be logged")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    return value


def decode(column: Column[Any], value: Any) -> Any:
    """The Python value of a column from its JSON value. Raises: Undecodable."""
    if value is None:
        if not column.nullable:
            raise Undecodable(column.key)
        return None
    try:
        return _decoder(column)(value)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise Undecodable(column.key) from error


def moment_of(hlc: int) -> datetime:
    """The wall-clock part of a hybrid logical stamp."""
    return _EPOCH + timedelta(milliseconds=hlc >> COUNTER_BITS)


def default_of(column: Column[Any]) -> Any:
    """The Python value of a column nobody has set."""
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def to_json(value: Any) -> str:
    """JSON text with sorted keys, so that equal values are equal texts."""
    return _SORTED.encode(value).decode()


def from_json(raw: str) -> Any:
    """The inverse of `to_json`."""
    return msgspec.json.decode(raw)


@cache
def _entity_names() -> dict[type[Any], str]:
    return {record: entity for entity, record in ENTITIES.items()}


def _value_of(column: Column[Any], values: Mapping[str, Any]) -> Any:
    return values[column.key] if column.key in values else default_of(column)


def _shape_of(entity: str, record: type[Base]) -> EntityShape:
    table = class_mapper(record).local_table
    if not isinstance(table, Table) or not issubclass(record, Record):
        raise TypeError(record)
    grouped = {column for columns in record.GROUPS.values() for column in columns}
    outside = {*_ENVELOPE, *record.STAMPED, *grouped}
    fields = {
        name: _field(name, tuple(table.c[c] for c in columns), is_group=True)
        for name, columns in record.GROUPS.items()
    }
    fields |= {
        column.key: _field(column.key, (column,), is_group=False)
        for column in table.columns
        if column.key not in outside
    }
    key_columns = {column.key for column in table.primary_key}
    key = next((name for name, cs in record.GROUPS.items() if set(cs) == key_columns), None)
    return EntityShape(
        name=entity,
        record=record,
        table=table,
        fields=fields,
        field_of_column={c.key: f.name for f in fields.values() for c in f.columns},
        stamped=dict(record.STAMPED),
        computed=record.COMPUTED,
        key=key,
    )


def _field(name: str, columns: tuple[Column[Any], ...], *, is_group: bool) -> Field:
    blank = Field(name, columns, is_group, None)
    return Field(name, columns, is_group, blank.encode({}))


@cache
def _decoder(column: Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    for column_type, decoder in _DECODERS.items():
        if isinstance(kind, column_type):
            return decoder
    if isinstance(kind, JSON):
        wanted: Any = type(default_of(column)) if column.default is not None else object
        return lambda value: _of_type(value, wanted)
    return lambda value: _of_type(value, str)


def _of_type(value: Any, wanted: type) -> Any:
    if not isinstance(value, wanted):
        raise TypeError(wanted)
    return value


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if not -_LARGEST_INTEGER <= value < _LARGEST_INTEGER:
        raise ValueError
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _exact(value: Any) -> Decimal:
    return Decimal(_of_type(value, str))


_DECODERS: dict[type, Callable[[Any], Any]] = {
    UuidBytes: lambda value: uuid.UUID(_of_type(value, str)),
    Moment: _moment,
    Exact: _exact,
    Date: lambda value: date.fromisoformat(_of_type(value, str)),
    Boolean: lambda value: _of_type(value, bool),
    Integer: _integer,
}
