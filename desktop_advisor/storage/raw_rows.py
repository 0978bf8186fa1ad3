"""Rows as the database driver knows them, for statements that a sync runs by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

import msgspec

from sync.protocol import ChangeName, Run

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RUNS = msgspec.json.Decoder(tuple[Run, ...])


def cursor_of(connection: Connection) -> Any:
    """A cursor of the driver, inside the connection's transaction."""
    return connection.connection.cursor()


def id_text(raw: bytes) -> str:
    """A UUID's 16 bytes as text."""
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_bytes(text: str) -> bytes:
    """The inverse of `id_text`."""
    return bytes.fromhex(text.replace("-", ""))


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values, for an IN list."""
    return ",".join(repeat("?", len(values)))


def runs_text(runs: Iterable[Run]) -> str:
    """Runs as they stand in a column."""
    return msgspec.json.encode(list(runs)).decode()


def read_runs(text: str) -> tuple[Run, ...]:
    """The inverse of `runs_text`."""
    return _RUNS.decode(text)


def names_in(runs: Iterable[Run]) -> Iterator[ChangeName]:
    """The names one by one, in their order."""
    for writer, first, length in runs:
        yield from zip(repeat(writer, length), range(first, first + length), strict=True)


def bounds_of(runs: Iterable[Run]) -> list[tuple[bytes, int, int]]:
    """(writer, first n, last n) of each run, as a statement is given it."""
    return [(bytes.fromhex(w), first, first + length - 1) for w, first, length in runs]
