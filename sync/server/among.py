"""SQL: whether a column's value is one of many, which travel as one parameter.

A statement with a place for each of them would be another one for every number of them, and both
databases take longer to read it than to answer it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Self, TypeVar

import msgspec
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Dialect,
    Text,
    TypeDecorator,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

T = TypeVar("T")


class _Listed(TypeDecorator[Iterable[T]], Generic[T]):
    """An array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[T]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(self.of) if _has_arrays(dialect) else Text()

    def process_bind_param(self, value: Iterable[T] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return values if _has_arrays(dialect) else msgspec.json.encode(values).decode()


def _has_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """As it is: SQLite would be asked whether it `= 1`, which no index answers."""
        return self


def among(column: ColumnElement[T], name: str) -> ColumnElement[bool]:
    """Whether the column is one of the values that are given as parameter `name`."""
    return _Among(column, bindparam(name, type_=_Listed(column.type)))


@compiles(_Among)
def _on_sqlite(element: _Among, compiler: SQLCompiler, **_kwargs: Any) -> str:
    column, values = element.clauses
    listed = func.json_each(values).table_valued("value")
    return compiler.process(column.in_(select(listed.c.value)))


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **_kwargs: Any) -> str:
    column, values = element.clauses
    return compiler.process(column == any_(values))
